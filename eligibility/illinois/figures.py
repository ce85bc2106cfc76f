"""The figures of Illinois law as they are loaded, and the combinations of class and weight it allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

import msgspec

from casefile.docket import Grade, Grams
from eligibility.citation import Citation
from eligibility.parameters import Age, Dated, SilentOffenseDate, SilentSentence, Weight, figures, in_force

INFINITY = float("inf")


class Waiting(Dated, frozen=True, forbid_unknown_fields=True):
    years: int


class Deadline(Dated, frozen=True, forbid_unknown_fields=True):
    by: date


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`law.toml`."""

    version: str
    cannabis_control_act: Dated
    act: Dated
    civil: Dated
    minor_offense: Weight
    waiting: Waiting
    juvenile_felony: tuple[Age, ...]
    juvenile_misdemeanor: tuple[Age, ...]
    deadline: tuple[Deadline, ...]


class UnreadDate(Dated, frozen=True, forbid_unknown_fields=True):
    years_before_arrest: int


class SilentConvictionDate(Dated, frozen=True, forbid_unknown_fields=True):
    years_before_act: int


class Silence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`silence.toml`."""

    offense_date: SilentOffenseDate
    unread_date: UnreadDate
    conviction_date: SilentConvictionDate
    sentence: SilentSentence


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"grade": "class"}):
    letter: str
    over: float
    to: float = INFINITY
    grade: Grade | None = None
    first: Grade | None = None
    subsequent: Grade | None = None
    cite: str | None = None


class Era(Dated, frozen=True, forbid_unknown_fields=True):
    bands: tuple[Band, ...]
    confirmed: bool = True
    letters_confirmed: bool = True


class Attempt(Dated, frozen=True, forbid_unknown_fields=True):
    steps: dict[Grade, Grade]


class Classes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`classes.toml`."""

    possession: tuple[Era, ...]
    delivery: tuple[Era, ...]
    attempt: Attempt


class Sections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    act: str
    sections: tuple[str, ...]


class TurningSections(Sections, frozen=True, forbid_unknown_fields=True):
    on: Literal["injury", "felony", "force"]


class ViolentList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"yes": "is"}):
    """`violent.toml`."""

    version: str
    since: date
    cite: str
    yes: tuple[Sections, ...]
    turns: tuple[TurningSections, ...]
    is_not: tuple[Sections, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One combination the law allows on a day: weight over `over` and up to `to` grams, first or subsequent
    offense (None: alike), and the class then; None where the class of that time is not confirmed."""

    letter: str
    over: float
    to: float
    subsequent: bool | None
    grade: Grade | None
    cite: str

    @property
    def is_felony(self) -> bool | None:
        return None if self.grade is None else self.grade.startswith("F")

    @property
    def is_low(self) -> bool | None:
        """Misdemeanor or Class 4 felony; None where the class is not confirmed."""
        return None if self.grade is None else self.grade in LOW

    @property
    def is_civil(self) -> bool:
        return self.grade is Grade.V


LOW = (Grade.MA, Grade.MB, Grade.MC, Grade.M, Grade.F4)


@dataclass(frozen=True, slots=True)
class Figures:
    """All the figures of Illinois law."""

    dates: Dates
    silence: Silence
    classes: Classes
    violent: ViolentList
    boundaries: tuple[date, ...] = field(init=False)  # when an answer of section 3 or of the Act may change
    cuts: tuple[float, ...] = field(init=False)  # grams at which a band of any era ends, from 0; the last is endless
    _variants: dict[tuple[Citation, date], tuple[Variant, ...]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        eras = (*self.classes.possession, *self.classes.delivery)
        days = {era.since for era in eras} | {self.dates.act.since, self.dates.civil.since}
        bands = {band.over for era in eras for band in era.bands}
        object.__setattr__(self, "boundaries", tuple(sorted(days)))
        object.__setattr__(self, "cuts", tuple(sorted(bands | {INFINITY})))

    def variants(self, citation: Citation, on: date) -> tuple[Variant, ...]:
        """Every combination the law allowed on that day for a violation, or attempt, of Section 4 or 5."""
        eras = self.classes.possession if citation.section == "4" else self.classes.delivery
        era = in_force(eras, on)
        if era is None:
            return ()
        key = citation, era.since
        if key not in self._variants:
            self._variants[key] = tuple(self._of_era(era, citation))
        return self._variants[key]

    def _of_era(self, era: Era, citation: Citation) -> Iterator[Variant]:
        for band in era.bands:
            if not citation.letter or not era.letters_confirmed or band.letter == citation.letter:
                yield from self._of_band(band, era, attempt=citation.attempt)

    def _of_band(self, band: Band, era: Era, *, attempt: bool) -> list[Variant]:
        section, comma, since = era.cite.partition(",")
        cite = band.cite or f"{section}({band.letter}){comma}{since}"
        if not era.confirmed:
            return [Variant(band.letter, band.over, band.to, None, None, cite)]
        classes = {None: band.grade} if band.grade else {False: band.first, True: band.subsequent}
        steps = self.classes.attempt.steps
        found = []
        for subsequent, grade in classes.items():
            grade = steps.get(grade) if attempt and grade else grade  # no attempt of a civil violation
            if grade is not None:
                found.append(Variant(band.letter, band.over, band.to, subsequent, grade, cite))
        return found


def fits_grade(variant: Variant, grade: Grade | None) -> bool:
    """Whether a class as printed can be this one; a bare `F` or `M` is any of its kind."""
    if grade is None or variant.grade is None or grade == variant.grade:
        return True
    bare = grade in (Grade.F, Grade.M) or variant.grade is Grade.M
    return bare and grade[0] == variant.grade[0]


def fits_grams(variant: Variant, grams: Grams | None) -> bool:
    """Whether an amount as stated can lie in this band."""
    return grams is None or overlaps(grams, variant.over, variant.to)


def overlaps(grams: Grams, over: float, to: float) -> bool:
    """Whether an amount can be over `over` and up to `to` grams."""
    low = 0.0 if grams.low is None else grams.low
    high = INFINITY if grams.high is None else grams.high
    if low == high:
        return over < low <= to
    return max(low, over) < min(high, to)


def fits_subsequent(variant: Variant, subsequent: bool | None) -> bool:
    return subsequent is None or variant.subsequent is None or variant.subsequent == subsequent


@cache
def load() -> Figures:
    """The figures as shipped."""
    return Figures(
        figures("illinois/law", Dates),
        figures("illinois/silence", Silence),
        figures("illinois/classes", Classes),
        figures("illinois/violent", ViolentList),
    )
