"""Decides over doubtful facts: runs the rules again for every reading that matters, and for no other.

Rules are plain functions that ask `Facts` for features. A doubtful feature not yet settled stops the run; the run
is repeated with each way it may be. Two kinds of doubt are kept apart. Between *branches* chance decides, with
known probabilities. Among the values left *open* in a branch (silence that the law settles several ways, ink that
nobody can read) nothing decides: an answer counts only if every open value gives it. So the mass of an answer is
the probability of those combinations of branches under which whatever is open gives that answer and no other.

The branch of *anything* holds every value the field can hold, those of the other branches among them. So it can
give an answer only where the likeliest listed branch gives it; only those leaves are tried again under it, and
many slightly doubtful readings cost a number of runs that grows with their square, not with their combinations.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar, cast

from casefile.docket import Source
from casefile.law import Question
from eligibility.doubt import Branch, Doubt, sure

T = TypeVar("T")
V = TypeVar("V")

WORK = 4_000  # runs of the rules before a charge is given to a person
WEIGHING_WORK = 300  # runs to weigh all answers once no answer is sure
INQUIRY_WORK = 40  # runs to weigh one answer to one question; the likeliest readings come first
TOTAL_INQUIRY_WORK = 600
ANSWERS_TRIED = 8  # of one question
SEEN = 8  # verdicts kept for the grounds
SLACK = 1e-9  # sums of probabilities are no exacter
RARE = 1e-6  # combinations of readings rarer than this are not looked at, and count against every answer


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question, and what its answers would make of a doubt: (how likely, which feature, its doubt then)."""

    question: Question
    answers: tuple[tuple[float, str, Doubt[Any]], ...]


def no_inquiries() -> tuple[Inquiry, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Feature(Generic[T]):
    """One fact the rules may ask for: what it may be, where it stands, and what to ask about it.

    Without `inquiries` of its own, each value it may have is an answer to `question`.
    """

    name: str
    doubt: Doubt[T]
    question: Question
    sources: tuple[Source, ...] = ()
    inquiries: Callable[[], tuple[Inquiry, ...]] = no_inquiries


class BranchNeeded(Exception):
    def __init__(self, feature: Feature[Any]) -> None:
        self.feature = feature


class ChoiceNeeded(Exception):
    def __init__(self, name: str, values: tuple[Any, ...], about: Feature[Any]) -> None:
        self.name, self.values, self.about = name, values, about


class Facts:
    """The facts under one assignment of the doubtful ones; remembers what was asked, for the grounds.

    `explaining` tells the rules that the grounds will be read; on the many other runs they need none. `passed` are
    the reason codes of rows that do not answer, since an attorney has ruled on them.
    """

    __slots__ = ("_chance", "_opened", "_overrides", "asked", "explaining", "passed")

    def __init__(
        self,
        chance: Mapping[str, Branch[Any]],
        opened: Mapping[str, Any],
        overrides: Mapping[str, Doubt[Any]],
        *,
        explaining: bool = False,
        passed: frozenset[str] = frozenset(),
    ) -> None:
        self._chance, self._opened, self._overrides = chance, opened, overrides
        self.explaining, self.passed = explaining, passed
        self.asked: list[Feature[Any]] = []

    def to_explain(self) -> Facts:
        """The same facts for one more run, whose grounds are read."""
        return Facts(self._chance, self._opened, self._overrides, explaining=True, passed=self.passed)

    def passing(self, codes: Iterable[str]) -> Facts:
        """The same facts for a run in which the rows of these reason codes do not answer."""
        opened = self._chance, self._opened, self._overrides
        return Facts(*opened, explaining=self.explaining, passed=self.passed | frozenset(codes))

    def ask(self, feature: Feature[T]) -> T:
        """The value of a feature under this assignment."""
        self.asked.append(feature)
        doubt = self._overrides.get(feature.name, feature.doubt)
        if len(doubt.branches) == 1:
            branch = doubt.branches[0]
        elif feature.name in self._chance:
            branch = self._chance[feature.name]
        else:
            raise BranchNeeded(replace(feature, doubt=doubt))
        if len(branch.values) == 1:
            return cast(T, branch.values[0])
        return cast(T, self._opening(feature.name, branch.values, feature))

    def choose(self, name: str, values: Sequence[T], *, about: Feature[Any]) -> T:
        """One of the values that the law leaves open; an answer to the question `about` it would tell."""
        told = self._overrides.get(name)
        if told is not None and told.first in values:
            return cast(T, told.first)
        return values[0] if len(values) == 1 else self._opening(name, tuple(values), about)

    def _opening(self, name: str, values: tuple[T, ...], about: Feature[Any]) -> T:
        if name in self._opened:
            return cast(T, self._opened[name])
        raise ChoiceNeeded(name, values, about)


def no_provision(facts: Facts) -> str:
    return ""


def no_route(facts: Facts) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Problem(Generic[V]):
    """One thing to decide: the rules, and what of a verdict must be the same for it to be the same answer.

    `provision` names what was violated under an assignment, so that a ruling on all like it finds its charges;
    `motion_route` is the route on which a motion may be ruled for all like it, None where none may.
    """

    decide: Callable[[Facts], V]
    answer_of: Callable[[V], Hashable]
    provision: Callable[[Facts], str] = no_provision
    motion_route: Callable[[Facts], str | None] = no_route


@dataclass(frozen=True, slots=True)
class Finding(Generic[V]):
    """What the exploration came to.

    `verdict` is the sure one, with its `probability`; where none is sure, or the work was cut short, it is None.
    Then `seen` holds verdicts met, that of the likeliest reading first, and `questions` the best first.
    """

    verdict: V | None
    probability: float
    seen: tuple[V, ...]
    questions: tuple[Question, ...] = ()
    cut_short: bool = False


def finding_of(problem: Problem[V], *, risk: float) -> Finding[V]:
    """The answer that holds but for `risk`, 0 to 1; or none, with the questions that would settle it."""
    search = Search(problem, risk=risk)
    search.run()
    answer, mass = search.heaviest
    if not search.cut_short and mass >= 1 - risk - SLACK:
        facts = next(facts for found, facts in search.seen if found == answer)
        return Finding(problem.decide(facts.to_explain()), min(1.0, mass), ())
    seen = tuple(problem.decide(facts.to_explain()) for _, facts in search.seen)
    return Finding(None, mass, seen, _questions(problem, search.doubted), search.cut_short)


class _Stopped(Exception):
    """The search knows enough, or has no more work to spend."""


@dataclass(slots=True)
class Search(Generic[V]):
    """Explores every reading that matters and weighs the answers; `risk` None weighs them all to the end."""

    problem: Problem[V]
    risk: float | None = None
    overrides: Mapping[str, Doubt[Any]] = field(default_factory=dict)
    work: int = WORK
    cut_short: bool = False
    mass: dict[Hashable, float] = field(default_factory=dict)
    gained: list[tuple[dict[str, Branch[Any]], Hashable, float]] = field(default_factory=list)
    lost: float = 0.0
    seen: list[tuple[Hashable, Facts]] = field(default_factory=list)
    doubted: dict[str, tuple[Feature[Any], tuple[Any, ...]]] = field(default_factory=dict)

    def run(self) -> None:
        try:
            self._leaves({}, 1.0)
        except _Stopped:
            self.cut_short = self.work <= 0

    @property
    def heaviest(self) -> tuple[Hashable, float]:
        """The answer with the most mass; of equals the first met."""
        return max(self.mass.items(), key=lambda item: item[1], default=(None, 0.0))

    def _leaves(self, chance: dict[str, Branch[Any]], weight: float) -> list[tuple[dict[str, Branch[Any]], float]]:
        """Every sure combination below `chance`: what it assigns besides, and its probability given `chance`."""
        if weight < RARE:
            self._lose(weight)
            return []
        settled = self._settled(chance)
        if settled is None:
            self._lose(weight)
            return []
        if not isinstance(settled, Feature):
            self._gain(chance, settled[0], weight)
            return [({}, 1.0)]
        return self._branched(settled, chance, weight)

    def _branched(
        self, feature: Feature[Any], chance: dict[str, Branch[Any]], weight: float
    ) -> list[tuple[dict[str, Branch[Any]], float]]:
        leaves: list[tuple[dict[str, Branch[Any]], float]] = []
        likeliest: list[tuple[dict[str, Branch[Any]], float]] = []
        for number, branch in enumerate(feature.doubt.branches):
            share, found = branch.probability, []
            if branch.anything:
                for below, p in likeliest:
                    deeper = self._leaves({**chance, **below, feature.name: branch}, weight * share * p)
                    found += [({**below, **under}, p * q) for under, q in deeper]
                self._lose(weight * share * (1 - sum(p for _, p in likeliest)))
            else:
                found = self._leaves({**chance, feature.name: branch}, weight * share)
            likeliest = found if number == 0 else likeliest
            leaves += [({**below, feature.name: branch}, share * p) for below, p in found]
        return leaves

    def _settled(self, chance: dict[str, Branch[Any]]) -> tuple[Hashable] | Feature[Any] | None:
        """The answer whatever is open; None where open values give different answers; or the feature that must
        be branched first."""
        answers: set[Hashable] = set()
        needed: Feature[Any] | None = None
        pending: list[dict[str, Any]] = [{}]
        while pending:
            opened = pending.pop()
            try:
                answer = self._answer(chance, opened)
            except ChoiceNeeded as choice:
                self.doubted.setdefault(choice.name, (choice.about, choice.values))
                pending += [{**opened, choice.name: value} for value in reversed(choice.values)]
            except BranchNeeded as branching:
                self.doubted.setdefault(branching.feature.name, (branching.feature, ()))
                needed = needed or branching.feature
            else:
                answers.add(answer)
                if len(answers) > 1:
                    return None
        return needed if needed is not None else (answers.pop(),)

    def _answer(self, chance: dict[str, Branch[Any]], opened: dict[str, Any]) -> Hashable:
        if self.work <= 0:
            raise _Stopped
        self.work -= 1
        facts = Facts(chance, opened, self.overrides)
        answer = self.problem.answer_of(self.problem.decide(facts))
        if len(self.seen) < SEEN or all(answer != other for other, _ in self.seen):
            self.seen.append((answer, facts))
        return answer

    def _gain(self, chance: dict[str, Branch[Any]], answer: Hashable, weight: float) -> None:
        self.mass[answer] = self.mass.get(answer, 0.0) + weight
        self.gained.append((chance, answer, weight))
        self._stop_if_hopeless()

    def _lose(self, weight: float) -> None:
        self.lost += weight
        self._stop_if_hopeless()

    def _stop_if_hopeless(self) -> None:
        """No answer can reach what is asked once the others and the lost mass have taken too much."""
        if self.risk is None:
            return
        others = sum(self.mass.values()) - max(self.mass.values(), default=0.0)
        if self.lost + others > self.risk + SLACK:
            raise _Stopped


def _questions(
    problem: Problem[V], doubted: Mapping[str, tuple[Feature[Any], tuple[Any, ...]]]
) -> tuple[Question, ...]:
    """Every question whose answer bears on the verdict, the one that settles most first.

    Worth is the share of the doubt that the answer removes, in expectation; where no single answer removes any,
    the question met first comes first.
    """
    weighed = Search(problem, work=WEIGHING_WORK)
    weighed.run()
    known = weighed.heaviest[1]
    budget = TOTAL_INQUIRY_WORK
    worth: dict[Question, float] = {}
    for name, (feature, values) in (weighed.doubted | dict(doubted)).items():
        inquiries = feature.inquiries()
        if not inquiries and not values:
            inquiries = (Inquiry(feature.question, ()),)
            gains = [_known_once_told(feature, weighed.gained)]
        else:
            inquiries = inquiries or (Inquiry(feature.question, _answers(name, values)),)
            gains = []
            for inquiry in inquiries:
                gain, spent = _known_once_answered(problem, inquiry, known, budget)
                budget -= spent
                gains.append(gain)
        for inquiry, gain in zip(inquiries, gains, strict=True):
            share = (gain - known) / (1 - known) if known < 1 - SLACK else 0.0
            worth[inquiry.question] = max(min(1.0, share), worth.get(inquiry.question, 0.0))
    ordered = sorted(worth, key=lambda question: -round(worth[question], 9))
    return tuple(replace(question, worth=round(worth[question], 9)) for question in ordered)


def _known_once_told(feature: Feature[Any], gained: Sequence[tuple[dict[str, Branch[Any]], Hashable, float]]) -> float:
    """The mass of the best answer, in expectation, once the feature is told; what is not listed counts as the
    listed do, for then it is known too."""
    listed = [branch for branch in feature.doubt.branches if not branch.anything]
    known = 0.0
    for branch in listed:
        mass: dict[Hashable, float] = {}
        for chance, answer, weight in gained:
            told = chance.get(feature.name)
            share = branch.probability if told is None else float(told is branch or told == branch)
            mass[answer] = mass.get(answer, 0.0) + weight * share
        known += max(mass.values(), default=0.0)
    return known / sum(branch.probability for branch in listed)


def _known_once_answered(problem: Problem[V], inquiry: Inquiry, known: float, budget: int) -> tuple[float, int]:
    """The mass of the best answer, in expectation, once the question is answered; and the work to tell."""
    mass, spent = 0.0, 0
    for probability, name, then in inquiry.answers:
        if spent >= budget:
            return known, spent
        search = Search(problem, overrides={name: then}, work=INQUIRY_WORK)
        search.run()
        mass, spent = mass + probability * search.heaviest[1], spent + INQUIRY_WORK - search.work
    return mass, spent


def _answers(name: str, values: Sequence[Any]) -> tuple[tuple[float, str, Doubt[Any]], ...]:
    """Open values as answers, one as likely as another; of many, some spread over all."""
    step = max(1, -(-len(values) // ANSWERS_TRIED))
    tried = values[::step]
    return tuple((1 / len(tried), name, sure(value)) for value in tried)
