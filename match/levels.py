"""What each level of agreement weighs: m and u as data, and the weight in bits they give."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from math import log2
from typing import NamedTuple


class Level(NamedTuple):
    """One degree of agreement: `m` is P(level given the same person), `u` given a different one."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        """Bits of evidence for the same person."""
        return log2(self.m / self.u)


@cache
def levels() -> dict[str, dict[str, Level]]:
    """The levels of every compared field, best first."""
    text = (files("match") / "levels.toml").read_text(encoding="utf-8")
    return {
        name: {level: Level(**figures) for level, figures in table.items()}
        for name, table in tomllib.loads(text).items()
    }


@cache
def weight_of(field: str, level: str) -> float:
    """Bits that a level of agreement weighs."""
    return levels()[field][level].weight


@cache
def lowest_weight(field: str) -> float:
    """What a field weighs at its worst, which is what ink nobody could read may hide."""
    return min(level.weight for level in levels()[field].values())
