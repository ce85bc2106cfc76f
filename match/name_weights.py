"""What a printed name weighs for those who bear one like it: the rarer on the list, the more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from math import log2

import numpy as np
import numpy.typing as npt

from match.levels import Level, levels
from match.names import name_shares
from match.said import Variant
from match.spelling import REACHED, level_of, may_agree
from match.vocabulary import REMEMBERED, Neighbours, Vocabulary

SHIPPED_PERSONS = 200.0  # the shipped shares of names count as a list of this length
PLACE = {level: place for place, level in enumerate(REACHED)}
RAREST = {"surname": 3e-5, "given": 2e-4}  # share of a name too rare for the shipped table

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


@dataclass(slots=True)
class NearNames:
    """The listed names near a printed one: how many people bear one at each level, the odds m / u of each level, the
    names found in each part of the list, and what these weigh in bits."""

    persons: Longs
    odds: Floats
    reached: list[Neighbours]
    bits: list[Floats]
    places: list[dict[int, int]] = field(default_factory=list)  # the same, once anybody was compared
    levels: dict[str, str] = field(default_factory=dict)  # of the names that were compared
    sure: dict[str, tuple[str, float]] = field(default_factory=dict)  # the same with what they weigh


@dataclass(slots=True)
class NameWeights:
    """The names of one kind over all parts of a list of `persons`."""

    kind: str
    parts: Sequence[Vocabulary]
    persons: int
    remembered: dict[str, NearNames] = field(default_factory=dict)

    def near(self, name: str) -> NearNames:
        """The listed names near `name`."""
        found = self.remembered.get(name)
        if found is None:
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            found = self.remembered[name] = self._near(name)
        return found

    def _near(self, name: str) -> NearNames:
        nobodys = all(part.number(name) is None for part in self.parts)
        reached = [part.near(name, coarsely=nobodys) for part in self.parts]
        persons = reached[0].persons
        for part in reached[1:]:
            persons = persons + part.persons
        m, shipped = _figures(self.kind)
        borne = SHIPPED_PERSONS * shipped
        borne[0] = SHIPPED_PERSONS * max(name_shares(self.kind).get(name, 0.0), RAREST[self.kind])
        odds = m / ((persons + borne) / (self.persons + SHIPPED_PERSONS))
        odds[-1] = 1.0  # whoever differs is not among those found
        bits = np.log2(np.maximum(odds, 1e-9))
        return NearNames(persons, odds, reached, [bits[part.levels] for part in reached])

    def sure_bits(self, name: str, listed: str) -> tuple[str, float]:
        """The level at which a listed name agrees with a printed one that is beyond doubt, and what it weighs."""
        near = self.near(name)
        if (known := near.sure.get(listed)) is None:
            level = self.level(name, listed)
            bits = log2(max(self._m(level) / self._share(level, name, near), 1e-9))
            known = near.sure[listed] = level, bits
        return known

    def _m(self, level: str) -> float:
        found = levels()[self.kind].get(level)
        return found.m if found else 1.0

    def level(self, name: str, listed: str) -> str:
        """The level at which a printed and a listed name agree."""
        if name == listed:
            return "exact"
        near = self.near(name)
        level = near.levels.get(listed)
        if level is None:
            level = near.levels[listed] = self._reached(near, name, listed) or level_of(self.kind, name, listed)
        return level

    def _reached(self, near: NearNames, name: str, listed: str) -> str | None:
        """The level of a name on the list; None where nobody bears it."""
        if not near.places:
            near.places += (dict(zip(r.numbers.tolist(), r.levels.tolist(), strict=True)) for r in near.reached)
        for part, places in zip(self.parts, near.places, strict=True):
            if (number := part.number(listed)) is not None:
                if (place := places.get(number)) is not None:
                    return REACHED[place]
                if not may_agree(name, listed):
                    return "differs"  # the search reaches whatever else agrees
                return level_of(self.kind, name, listed, partial(part.distance, name, number))
        return None

    def share_at(self, level: str, name: str) -> float:
        """Share of people whose name is at `level` from `name`: as on the list, steadied by shipped shares."""
        return self._share(level, name, self.near(name))

    def _share(self, level: str, name: str, near: NearNames) -> float:
        if level == "differs":
            return levels()[self.kind][level].u
        if level == "exact":
            shipped = max(name_shares(self.kind).get(name, 0.0), RAREST[self.kind])
        else:
            shipped = found.u if (found := levels()[self.kind].get(level)) else 1.0
        return (int(near.persons[PLACE[level]]) + SHIPPED_PERSONS * shipped) / (self.persons + SHIPPED_PERSONS)

    def weights(self, part: int, variants: Sequence[Variant]) -> tuple[Longs, Floats]:
        """The numbers of the names of a part near any reading of a name, and their weights in bits."""
        if len(variants) == 1:
            near = self.near(variants[0].name)
            if variants[0].p == 1.0:
                return near.reached[part].numbers, near.bits[part]
            odds = near.odds[near.reached[part].levels]
            return near.reached[part].numbers, np.log2(np.maximum(1.0 + variants[0].p * (odds - 1.0), 1e-9))
        evidence: dict[int, float] = {}
        for variant in variants:
            near = self.near(variant.name)
            numbers, odds = near.reached[part].numbers, near.odds[near.reached[part].levels]
            for number, ratio in zip(numbers.tolist(), odds.tolist(), strict=True):
                evidence[number] = evidence.get(number, 1.0) + variant.p * (ratio - 1.0)
        found = np.fromiter(evidence, dtype=np.int64, count=len(evidence))
        return found, np.log2(np.maximum(np.fromiter(evidence.values(), dtype=np.float64, count=len(found)), 1e-9))


@cache
def _figures(kind: str) -> tuple[Floats, Floats]:
    """m of each level of REACHED, and u as it is shipped; 1 where a kind of name knows no such level."""
    known = [levels()[kind].get(level, Level(1.0, 1.0)) for level in REACHED]
    return np.array([level.m for level in known]), np.array([level.u for level in known])
