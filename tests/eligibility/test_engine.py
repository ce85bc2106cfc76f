"""The engine weighs exactly those combinations under which whatever is open gives one answer."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.law import Question
from eligibility.doubt import Branch, Doubt, merged, one_of, sure
from eligibility.engine import Facts, Feature, Inquiry, Problem, Search, _known_once_answered, finding_of


def feature(name: str, doubt: Doubt[Any]) -> Feature[Any]:
    return Feature(name, doubt, Question(name))


def problem(decide: Callable[[Facts], str]) -> Problem[str]:
    return Problem(decide, lambda answer: answer)


def doubtful(probability: float, *values: int) -> Doubt[int]:
    """1 with this probability, else any of `values`."""
    return Doubt((Branch(probability, (1,)), Branch(1 - probability, (1, *values), anything=True)))


def test_a_feature_nobody_asks_for_changes_nothing() -> None:
    finding = finding_of(problem(lambda facts: "yes"), risk=0.0)
    assert (finding.verdict, finding.probability) == ("yes", 1.0)


def test_an_open_choice_counts_only_where_all_values_agree() -> None:
    either = feature("either", one_of([1, 2]))
    assert finding_of(problem(lambda facts: "yes" if facts.ask(either) else "no"), risk=0.0).verdict == "yes"
    split = finding_of(problem(lambda facts: "one" if facts.ask(either) == 1 else "two"), risk=0.4)
    assert split.verdict is None
    assert [(q.field, q.worth) for q in split.questions] == [("either", 1.0)]


def test_the_mass_of_an_answer_is_that_of_its_combinations() -> None:
    left, right = feature("left", doubtful(0.99, 2)), feature("right", doubtful(0.98, 2))
    both = problem(lambda facts: "yes" if facts.ask(left) == 1 and facts.ask(right) == 1 else "no")
    finding = finding_of(both, risk=0.05)
    assert finding.verdict == "yes"
    assert math.isclose(finding.probability, 0.99 * 0.98)
    assert finding_of(both, risk=0.02).verdict is None


def test_the_question_worth_most_comes_first() -> None:
    left, right = feature("left", doubtful(0.99, 2)), feature("right", doubtful(0.9, 2))
    both = problem(lambda facts: "yes" if facts.ask(left) == 1 and facts.ask(right) == 1 else "no")
    assert [q.field for q in finding_of(both, risk=0.005).questions] == ["right", "left"]


def test_a_choice_of_the_law_is_asked_about_its_feature() -> None:
    ending = feature("ending", sure(None))

    def decide(facts: Facts) -> str:
        return facts.choose("how", ("a", "b"), about=ending) if facts.ask(ending) is None else "never"

    finding = finding_of(problem(decide), risk=0.005)
    assert [q.field for q in finding.questions] == ["ending"]
    assert finding.questions[0].worth == 1.0


def test_where_too_much_is_in_doubt_the_work_is_cut_short() -> None:
    features = [feature(str(i), Doubt((Branch(0.5, (1,)), Branch(0.5, (2,))))) for i in range(16)]
    finding = finding_of(problem(lambda facts: "yes" if all(map(facts.ask, features)) else "no"), risk=0.005)
    assert finding.cut_short
    assert finding.verdict is None


def test_many_slightly_doubtful_readings_are_weighed_to_the_end() -> None:
    features = [feature(str(i), doubtful(0.9999, 2)) for i in range(30)]
    every = problem(lambda facts: "yes" if all(facts.ask(f) == 1 for f in features) else "no")
    finding = finding_of(every, risk=0.005)
    assert math.isclose(finding.probability, 0.9999**30)


DOUBTS = st.builds(
    lambda p, alternative, rest: merged(
        b
        for b in (
            Branch(p, (1,)),
            Branch((1 - p) * alternative, (2,)),
            Branch((1 - p) * (1 - alternative), (1, 2, *rest), anything=True),
        )
        if b.probability > 0
    ),
    st.sampled_from([0.5, 0.9, 1.0]),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.sampled_from([(), (3,)]),
)


@settings(max_examples=150, deadline=None)
@given(
    doubts=st.lists(DOUBTS, min_size=1, max_size=3), table=st.lists(st.sampled_from("abc"), min_size=27, max_size=27)
)
def test_the_mass_is_that_of_a_plain_enumeration(doubts: list[Doubt[int]], table: list[str]) -> None:
    features = [feature(str(i), doubt) for i, doubt in enumerate(doubts)]

    def answer(values: list[int]) -> str:
        return table[sum((value - 1) * 3**i for i, value in enumerate(values))]

    search = Search(problem(lambda facts: answer([facts.ask(f) for f in features])))
    search.run()
    expected: dict[str, float] = {}
    for branches in product(*(doubt.branches for doubt in doubts)):
        answers = {answer(list(values)) for values in product(*(branch.values for branch in branches))}
        if len(answers) == 1:
            (only,) = answers
            expected[only] = expected.get(only, 0.0) + math.prod(branch.probability for branch in branches)
    assert search.mass == pytest.approx(expected)


def test_a_question_for_which_no_work_is_left_is_taken_to_tell_nothing() -> None:
    inquiry = Inquiry(Question("statute"), ((1.0, "statute", sure(True)),))
    always = problem(lambda facts: "motion")
    assert _known_once_answered(always, inquiry, 0.25, 0) == (0.25, 0)
    assert _known_once_answered(always, inquiry, 0.25, 1) == (1.0, 1)
