"""A decision table: rows tried in order, the first that answers wins, every row tried is a ground."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from casefile.law import Ground, Outcome
from eligibility.engine import Facts, Feature
from eligibility.law import Verdict

T = TypeVar("T")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a row answers: outcome, route and reason codes, and notes for whoever acts on it."""

    outcome: Outcome
    route: str | None
    reasons: tuple[str, ...]
    notes: tuple[str, ...] = ()
    result: str | None = None
    stands: bool = False  # also where a ruling for all like it would let the table go on


@dataclass(frozen=True, slots=True)
class Tried:
    """A row as tried: whether it was met, why, and its answer if so."""

    cite: str
    because: str
    answer: Answer | None = None


class Contradiction(Exception):
    """The paper contradicts itself, or lacks what no silence settles."""

    def __init__(self, cite: str, because: str, *about: Feature[Any]) -> None:
        self.cite, self.because = cite, because
        self.asks = tuple(feature.question for feature in about)


class once(Generic[T]):
    """A property worked out once for its object; functools.cached_property takes a lock each time."""

    def __init__(self, function: Callable[[Any], T]) -> None:
        self._function, self._name = function, function.__name__
        self.__doc__ = function.__doc__

    def __get__(self, instance: Any, owner: type) -> T:
        value = instance.__dict__[self._name] = self._function(instance)
        return value


def verdict_of(rows: Sequence[tuple[str, Callable[[C], Tried]]], charged: C, facts: Facts) -> Verdict:
    """The verdict of the table under one assignment of the facts; the last row must answer always."""
    grounds: list[tuple[int, Ground]] = []
    for number, (label, row) in enumerate(rows):
        asked = len(facts.asked)
        try:
            tried = row(charged)
        except Contradiction as contradiction:
            return _contradicted(contradiction, grounds, number, label)
        is_passed = _is_passed(tried.answer, facts)
        if facts.explaining:
            sources = tuple(dict.fromkeys(s for feature in facts.asked[asked:] for s in feature.sources))
            grounds.append(
                (number, Ground(tried.cite, tried.answer is not None, _words(label, tried, is_passed), sources))
            )
        if tried.answer is not None and not is_passed:
            return _answered(tried.answer, grounds, number, tried.cite)
    raise AssertionError("the last row answers always")  # pragma: no cover


def _is_passed(answer: Answer | None, facts: Facts) -> bool:
    return answer is not None and not answer.stands and answer.reasons[0] in facts.passed


def _words(label: str, tried: Tried, is_passed: bool) -> str:
    return f"row {label}: {tried.because}" + ("; the table goes on, as ruled" if is_passed else "")


def _answered(answer: Answer, grounds: list[tuple[int, Ground]], number: int, cite: str) -> Verdict:
    notes = [(number, Ground(cite, True, f"note: {note}")) for note in answer.notes]
    return Verdict(answer.outcome, answer.route, answer.reasons, (*grounds, *notes), result=answer.result)


def _contradicted(contradiction: Contradiction, grounds: list[tuple[int, Ground]], number: int, label: str) -> Verdict:
    ground = Ground(contradiction.cite, None, f"row {label}: {contradiction.because}")
    reason = f"R-AMBIGUOUS:{contradiction.asks[0].field}"
    return Verdict(Outcome.REVIEW, None, (reason,), (*grounds, (number, ground)), contradiction.asks)
