"""The figures of California law as they are loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import msgspec

from eligibility.california.citation import Cited, Section, section
from eligibility.parameters import Age, Dated, SilentOffenseDate, SilentSentence, Weight, figures


class Plants(Dated, frozen=True, forbid_unknown_fields=True):
    plants: int


class UnknownOffenseDate(SilentOffenseDate, frozen=True, forbid_unknown_fields=True):
    days_before_conviction: int
    years_before_conviction: int


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`law.toml`."""

    version: str
    act: Dated
    automatic: Dated
    petition: Dated
    adult: Age
    minor: Age
    concentrate: Weight
    plants: Plants
    exported: Weight
    offense_date: UnknownOffenseDate
    sentence: SilentSentence


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cite: str
    sections: tuple[str, ...]


class Gang(Listed, frozen=True, forbid_unknown_fields=True):
    enhancement: str


class PriorsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`priors.toml`."""

    version: str
    super_strike: Listed
    gang: Gang
    registrable: Listed


@dataclass(frozen=True, slots=True)
class Priors:
    """Which convictions count against HS 11358 to 11360 where they came earlier."""

    barring: tuple[Section, ...]  # super strikes and registrable offenses
    gang: tuple[Section, ...]
    enhancement: Section
    cite: str
    _known: dict[Cited, bool | None] = field(default_factory=dict, compare=False)

    def bars(self, cited: Cited) -> bool | None:
        """Whether a conviction under these sections counts; None where the subdivision that tells is left off."""
        if cited not in self._known:
            self._known[cited] = self._told(cited)
        return self._known[cited]

    def _told(self, cited: Cited) -> bool | None:
        by = [self._bars(one, cited) for one in cited.sections]
        if True in by:
            return True
        return None if None in by else False

    def _bars(self, one: Section, cited: Cited) -> bool | None:
        patterns = self.barring + (self.gang if self.is_enhanced(cited) else ())
        if any(one.is_under(pattern) for pattern in patterns):
            return True
        return None if any(one.may_be_under(pattern) for pattern in patterns) else False

    def is_enhanced(self, cited: Cited) -> bool:
        return any(one.may_be_under(self.enhancement) for one in cited.sections)

    def is_gang_offense(self, cited: Cited) -> bool:
        return any(one.may_be_under(pattern) for one in cited.sections for pattern in self.gang)


@dataclass(frozen=True, slots=True)
class Figures:
    """All the figures of California law."""

    dates: Dates
    priors: Priors


@cache
def load() -> Figures:
    """The figures as shipped."""
    listed = figures("california/priors", PriorsFile)
    barring = (*listed.super_strike.sections, *listed.registrable.sections)
    priors = Priors(
        tuple(dict.fromkeys(map(section, barring))),
        tuple(map(section, listed.gang.sections)),
        section(listed.gang.enhancement),
        f"{listed.super_strike.cite}; {listed.registrable.cite}",
    )
    return Figures(figures("california/law", Dates), priors)
