"""What any law may ask of a charge: features made of readings, with their doubts and the questions about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import TypeVar

from casefile.docket import Charge, Disposition, DocketRecord, Reading, SettledBy, Source
from casefile.law import Question
from casefile.persons import Person
from eligibility.case import Case
from eligibility.doubt import Branch, Doubt, merged, of_reading, sure, told_by_both
from eligibility.engine import Feature

T = TypeVar("T")

STOPPED = (Disposition.EXPUNGED, Disposition.SEALED)
OPEN = (Disposition.PENDING, Disposition.WARRANT, Disposition.TRANSFERRED, Disposition.SUPERSEDED)
DEFERRED = (Disposition.SUPERVISION, Disposition.FIRST_OFFENDER_PROBATION)


def told(readings: Iterable[Reading[T]], anything: Iterable[T | None]) -> Doubt[T | None]:
    """The doubt about one field that several papers tell of; there is at least one."""
    domain = tuple(anything)
    return reduce(told_by_both, (of_reading(reading, domain) for reading in readings))


def told_of(
    charges: tuple[Charge, ...], field: Callable[[Charge], Reading[T]], anything: Iterable[T | None]
) -> Doubt[T | None]:
    """The doubt about a field of a charge, over all its tellings."""
    return told([field(charge) for charge in charges], anything)


def sources_of(readings: Iterable[Reading[T]]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for reading in readings for source in reading.sources))


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes features of readings and of the places where they stand."""

    record: DocketRecord
    charge: Charge
    tellings: tuple[Charge, ...]

    def feature(
        self, name: str, field: Callable[[Charge], Reading[T]], anything: Sequence[T | None]
    ) -> Feature[T | None]:
        return self._feature(name, [field(c) for c in self.tellings], anything, self.charge.count)

    def shared(self, name: str, readings: Sequence[Reading[T]], anything: Sequence[T | None]) -> Feature[T | None]:
        return self._feature(name, readings, anything, None)

    def _feature(
        self, name: str, readings: Sequence[Reading[T]], anything: Sequence[T | None], count: int | None
    ) -> Feature[T | None]:
        question = Question(name, self.record.record_id, count, about_ink=_can_be_asked(readings))
        return Feature(name, told(readings, anything), question, sources_of(readings))


def _can_be_asked(readings: Sequence[Reading[T]]) -> bool:
    """Whether looking at the ink may help: not where a person has said that nobody can read it."""
    return not all(r.is_illegible and r.settled_by is SettledBy.REVIEWER for r in readings)


def link_of(case: Case) -> Feature[bool]:
    """Whether the linked person is the defendant, as sure as the link is; a person's word settles it."""
    match = case.match
    best = match.best if match is not None else None
    probability = min(1.0, max(0.0, best.probability)) if best is not None else 1.0
    if match is None or match.settled_by_person or probability == 1.0:
        doubt = sure(True)
    else:
        doubt = merged((Branch(probability, (True,)), Branch(1 - probability, (False,))))
    return Feature("match", doubt, Question("match", case.record.record_id))


def birth_date_of(
    of: Reader, births: Sequence[Reading[date]], person: Person | None, link: Feature[bool], as_of: date
) -> Feature[date | None]:
    """The birth date on the paper; where the linked person has the same, at least as sure as the link."""
    feature = of.shared("birth_date", births, (date(1900, 1, 1), as_of))
    listed = person.birth_date if person is not None else None
    likeliest = feature.doubt.branches[0]
    if listed is None or likeliest.values != (listed,) or not link.doubt.first:
        return feature
    if likeliest.probability >= link.doubt.branches[0].probability:
        return feature
    return replace(feature, doubt=_raised(feature.doubt, link.doubt.branches[0].probability))


def _raised(doubt: Doubt[T], probability: float) -> Doubt[T]:
    """The same doubt with its likeliest branch as probable as this, the others less in proportion."""
    likeliest, *others = doubt.branches
    share = (1 - probability) / (1 - likeliest.probability)
    rest = (Branch(b.probability * share, b.values, b.anything) for b in others)
    return merged((Branch(probability, likeliest.values), *rest))


def stop_chance(charge: Charge) -> float:
    stopped = (p for value, p in charge.disposition.plausible() if value in STOPPED)
    return min(1.0, max(0.0, sum(stopped)))
