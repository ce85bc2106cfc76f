"""What a printed name weighs for those who bear one like it: the rarer on the list, the more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import log2
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from match.levels import Level, levels
from match.names import name_shares
from match.said import Variant
from match.spelling import REACHED, may_agree
from match.vocabulary import REMEMBERED, Neighbours, Vocabulary


class Scored(NamedTuple):
    """A level and the evidence for it in bits: log2 of P(ink given same) over P(ink given different)."""

    level: str
    bits: float


SILENT = Scored("silent", 0.0)
SHIPPED_PERSONS = 200.0  # the shipped shares of names count as a list of this length
PLACE = {level: place for place, level in enumerate(REACHED)}
DIFFERS = PLACE["differs"]
RAREST = {"surname": 3e-5, "given": 2e-4}  # share of a name too rare for the shipped table

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


@dataclass(slots=True)
class NearNames:
    """The listed names near a printed one: how many people bear one at each level, the share u of these and the odds
    m / u, the names found in each part of the list, and what these weigh in bits."""

    persons: Longs
    shares: Floats
    odds: Floats
    reached: list[Neighbours]
    bits: list[Floats]
    scored: dict[tuple[int, int, bool], Scored] = field(default_factory=dict)  # by part and number, once compared


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
        shares = (persons + borne) / (self.persons + SHIPPED_PERSONS)
        shares[DIFFERS] = shipped[DIFFERS]
        odds = m / shares
        bits = np.log2(np.maximum(odds, 1e-9))
        return NearNames(persons, shares, odds, reached, [bits[part.levels] for part in reached])

    def scored(self, name: str, part: int, number: int, *, as_part: bool = False) -> Scored:
        """The level at which a listed name agrees with a printed one that is beyond doubt, and what it weighs.

        `as_part`: one of them is one of two names, half a double surname or a middle name. The empty name says nothing.
        """
        near = self.near(name)
        if (known := near.scored.get((part, number, as_part))) is None:
            known = near.scored[part, number, as_part] = self._scored(near, name, part, number, as_part=as_part)
        return known

    def _scored(self, near: NearNames, name: str, part: int, number: int, *, as_part: bool) -> Scored:
        if number == self.parts[part].empty:
            return SILENT
        place = self._level(name, near.reached[part], part, number)
        level, odds = REACHED[place], float(near.odds[place])
        if as_part:
            known, whole = levels()[self.kind], level
            level = ("part" if self.kind == "surname" else "middle") if whole in ("exact", "confused") else "differs"
            u = known[level].u if level == "differs" else 2.0 * float(near.shares[place])
            odds = known[level].m / u
        return Scored(level, log2(max(odds, 1e-9)))

    def _level(self, name: str, reached: Neighbours, part: int, number: int) -> int:
        at = int(reached.numbers.searchsorted(number))
        if at < len(reached.numbers) and reached.numbers[at] == number:
            return int(reached.levels[at])
        names = self.parts[part]  # the search reaches whatever else agrees
        return names.level(name, number) if may_agree(name, names.name(number)) else DIFFERS

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
