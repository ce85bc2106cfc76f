"""What a reading may be, and what two papers tell together."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.docket import Reading
from casefile.law import Ground
from eligibility.determine import _in_doubt
from eligibility.doubt import Branch, Doubt, of_reading, one_of, sure, told_by_both
from eligibility.features import _raised

ANY = ("x", "y")


def of(value: Any, confidence: float = 1.0, *alternatives: tuple[Any, float]) -> Doubt[Any]:
    return of_reading(Reading(value, "ink", confidence, alternatives=alternatives), ANY)


def test_a_sure_reading_is_sure() -> None:
    assert of("a").is_sure
    assert of("a") == sure("a")


def test_what_is_left_over_may_be_anything_the_listed_too() -> None:
    listed, anything = of("a", 0.9, ("b", 0.05)).branches[0], of("a", 0.9, ("b", 0.05)).branches[-1]
    assert listed == Branch(0.9, ("a",))
    assert anything.anything
    assert set(anything.values) == {"x", "y", "a", "b"}
    assert math.isclose(anything.probability, 0.05)


def test_illegible_ink_may_be_anything_whatever_its_confidence() -> None:
    assert of_reading(Reading(None, "l9?l", 0.9), ANY).branches == (Branch(1.0, ANY, anything=True),)


def test_silence_is_none() -> None:
    assert of_reading(Reading(None), ANY) == sure(None)


@given(
    confidence=st.floats(allow_nan=True, allow_infinity=True),
    alternatives=st.lists(st.tuples(st.sampled_from(["b", "c", None]), st.floats(allow_nan=True)), max_size=3),
)
def test_probabilities_sum_to_one_whatever_is_claimed(confidence: float, alternatives: list[Any]) -> None:
    doubt = of_reading(Reading("a", "ink", confidence, alternatives=tuple(alternatives)), ANY)
    assert math.isclose(sum(branch.probability for branch in doubt.branches), 1.0, abs_tol=1e-9)
    assert all(branch.values for branch in doubt.branches)


def test_a_claim_of_more_than_certainty_is_certainty_and_no_more() -> None:
    doubt = of("a", 5.0, ("b", 1.0), ("c", -1.0), ("d", math.nan))
    assert [(b.values, b.probability) for b in doubt.branches] == [(("a",), 0.5), (("b",), 0.5)]


def test_alike_values_are_one_shown_as_the_likeliest() -> None:
    doubt = of("aa", 0.6, ("ab", 0.3), ("b", 0.1)).grouped(lambda value: value[0])
    assert [(b.values, round(b.probability, 6)) for b in doubt.branches] == [(("aa",), 0.9), (("b",), 0.1)]


def test_papers_that_agree_are_as_sure_as_the_surer() -> None:
    assert told_by_both(of("a", 0.9), of("a", 0.99)) == of("a", 0.99)


def test_where_one_is_silent_the_other_speaks() -> None:
    silent: Doubt[Any] = sure(None)
    assert told_by_both(silent, of("a", 0.9)).branches[0] == of("a", 0.9).branches[0]
    assert told_by_both(of("a"), silent) == sure("a")


def test_where_they_differ_it_is_either() -> None:
    assert told_by_both(of("a"), of("b")) == one_of(["a", "b"])


def test_illegible_ink_is_no_silence() -> None:
    illegible = of_reading(Reading(None, "l9?l"), ANY)
    (branch,) = told_by_both(of("a"), illegible).branches
    assert branch.anything
    assert set(branch.values) == {"a", "x", "y"}


@pytest.mark.parametrize(("left", "right"), [("ab", "a"), ("a", "ab")])
def test_papers_may_agree_by_one_telling_more(left: str, right: str) -> None:
    def longer(a: str, b: str) -> str | None:
        return max(a, b, key=len) if a[0] == b[0] else None

    assert told_by_both(of(left), of(right), longer) == sure("ab")
    assert told_by_both(of("b"), of("a"), longer) == one_of(["b", "a"])
    assert told_by_both(one_of(["a", "b"]), of("c"), longer) == one_of(["a", "b", "c"])
    assert told_by_both(one_of(["a", "b"]), of("ab"), longer) == one_of(["a", "b", "ab"])
    assert told_by_both(of("ab"), one_of(["a", "b"]), longer) == one_of(["ab", "a", "b"])


def test_what_is_borne_out_is_surer_and_the_rest_less_in_proportion() -> None:
    raised = _raised(of("a", 0.6, ("b", 0.3)), 0.9)
    assert [(b.values, round(b.probability, 9)) for b in raised.branches[:2]] == [(("a",), 0.9), (("b",), 0.075)]
    assert math.isclose(sum(b.probability for b in raised.branches), 1.0)


@pytest.mark.parametrize(
    ("met", "readings", "expected"),
    [
        ([False, False], 2, False),
        ([False], 2, False),
        ([True, True], 2, True),
        ([None, None], 2, None),
        ([True], 2, None),  # the other reading did not come so far
        ([True, False], 2, None),
        ([False, True], 2, None),
        ([True, None], 2, None),
    ],
)
def test_a_row_is_unknown_where_the_readings_differ_or_some_come_no_further(
    met: list[bool | None], readings: int, expected: bool | None
) -> None:
    grounds = [Ground("a section", value, f"because {number}") for number, value in enumerate(met)]
    found = _in_doubt(grounds, readings)
    assert found.met is expected
    both = {ground.because for ground in grounds}
    assert found.because in both or set(found.because.split("; or ")) == both


def test_claims_that_come_to_more_than_one_leave_nothing_over() -> None:
    assert of("a", 0.9, ("b", 0.9)) == Doubt((Branch(0.5, ("a",)), Branch(0.5, ("b",))))
    assert of("a", 0.75, ("b", 0.5)) == Doubt((Branch(0.6, ("a",)), Branch(0.4, ("b",))))
