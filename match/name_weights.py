"""What a printed name weighs for those who bear one like it: the rarer on the list, the more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2

import numpy as np
import numpy.typing as npt

from match.levels import levels
from match.names import name_shares
from match.said import Variant
from match.spelling import REACHED, level_of
from match.vocabulary import REMEMBERED, Neighbours, Vocabulary

SHIPPED_PERSONS = 200.0  # the shipped shares of names count as a list of this length
PLACE = {level: place for place, level in enumerate(REACHED)}
ALIKE = np.ones(len(REACHED))
RAREST = {"surname": 3e-5, "given": 2e-4}  # share of a name too rare for the shipped table

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


@dataclass(slots=True)
class NearNames:
    """The listed names near a printed one: how many people bear one at each level, the odds m / u of each level, the
    names found in each part of the list, and what these weigh in bits."""

    persons: list[int]
    odds: Floats
    reached: list[Neighbours]
    bits: list[Floats]
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
        reached = [part.near(name) for part in self.parts]
        persons = [sum(each) for each in zip(*(part.persons for part in reached), strict=True)]
        found = NearNames(persons, ALIKE, reached, [])
        odds = [self._m(level) / self._share(level, name, found) for level in REACHED[:-1]]
        found.odds = np.array([*odds, 1.0])
        bits = np.log2(np.maximum(found.odds, 1e-9))
        found.bits = [bits[part.levels] for part in reached]
        return found

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
            level = near.levels[listed] = self._reached(near, listed) or level_of(self.kind, name, listed)
        return level

    def _reached(self, near: NearNames, listed: str) -> str | None:
        for part, reached in zip(self.parts, near.reached, strict=True):
            if (number := part.number(listed)) is not None:
                at = int(reached.numbers.searchsorted(number))
                if at < len(reached.numbers) and reached.numbers[at] == number:
                    return REACHED[reached.levels[at]]
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
        return (near.persons[PLACE[level]] + SHIPPED_PERSONS * shipped) / (self.persons + SHIPPED_PERSONS)

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
