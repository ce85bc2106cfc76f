"""What a printed name weighs for those who bear one like it: the rarer on the list, the more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from match.growing import Growing
from match.levels import Level, levels
from match.names import name_shares
from match.spelling import REACHED
from match.vocabulary import REMEMBERED, Limits, Texts, Vocabulary, limits_of, texts_of

SHIPPED_PERSONS = 200.0  # the shipped shares of names count as a list of this length
RAREST = {"surname": 3e-5, "given": 2e-4}  # share of a name too rare for the shipped table
DIFFERS = REACHED.index("differs")
WHOLE = [REACHED.index(level) for level in ("exact", "confused")]  # at these, half of a name agrees as half of one
AS_PART = {"surname": "part", "given": "middle"}

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


class Weighed(NamedTuple):
    """Printed names of one kind, a row each, and those near them in one part of the list: which agree with row i, up to
    `ends[i]`, at which level, and what they weigh by it, whole or as one of two names."""

    ends: Longs
    numbers: Longs
    levels: npt.NDArray[np.int8]
    bits: Floats
    part_bits: Floats
    empty: int  # the number of the empty name


class Spelled(NamedTuple):
    """The letters of the printed names and of the listed ones, and how names of the kind are graded."""

    printed: Texts
    listed: Texts
    limits: Limits
    given: bool


class NameWeights:
    """The names of one kind over all parts of a list of `persons`, and the printed ones that were looked for."""

    def __init__(self, kind: str, parts: Sequence[Vocabulary], persons: int) -> None:
        self.kind, self.parts, self.persons = kind, parts, persons
        self.levels = (*REACHED, AS_PART[kind], "silent", "alternative")  # as match.people_kernels numbers them
        self._forget()

    def _forget(self) -> None:
        self.rows: dict[str, int] = {}
        self._letters, self._ends = Growing(np.uint32), Growing(np.int64)
        self._ends.add(np.zeros(1, dtype=np.int64))
        self._bits, self._part_bits = (Growing(np.float64, len(REACHED)) for _ in range(2))
        self._persons = Growing(np.int64, len(REACHED))
        self._near = [(Growing(np.int64), Growing(np.int64), Growing(np.int8)) for _ in self.parts]

    def look_for(self, names: Iterable[str]) -> None:
        """Finds the listed names near each of `names`, and what they weigh; `rows` then has the row of each."""
        if len(self.rows) > REMEMBERED:
            self._forget()
        new = [*dict.fromkeys([name for name in names if name not in self.rows])]
        if new:
            self.rows.update(zip(new, range(len(self.rows), len(self.rows) + len(new)), strict=True))
            self._add(new)

    def _add(self, names: Sequence[str]) -> None:
        texts = texts_of(names)
        nobodys = np.ones(len(names), dtype=np.bool_)
        for part in self.parts:
            nobodys &= part.numbers(texts) < 0
        persons = np.zeros((len(names), len(REACHED)), dtype=np.int64)
        for part, (ends, numbers, reached) in zip(self.parts, self._near, strict=True):
            found = part.near(names, texts, nobodys)
            ends.add(found.ends + len(numbers.held))
            numbers.add(found.numbers)
            reached.add(found.levels)
            persons += found.persons
        self._ends.add(texts.starts[1:] + len(self._letters.held))
        self._letters.add(texts.letters)
        self._persons.add(persons)
        self._weigh(names, persons)

    def _weigh(self, names: Sequence[str], persons: Longs) -> None:
        m, shipped = _figures(self.kind)
        known = name_shares(self.kind)
        borne = np.tile(SHIPPED_PERSONS * shipped, (len(names), 1))
        borne[:, 0] = [SHIPPED_PERSONS * max(known.get(name, 0.0), RAREST[self.kind]) for name in names]
        shares = (persons + borne) / (self.persons + SHIPPED_PERSONS)
        shares[:, DIFFERS] = shipped[DIFFERS]
        as_part = np.full_like(shares, m[DIFFERS] / shipped[DIFFERS])
        as_part[:, WHOLE] = levels()[self.kind][AS_PART[self.kind]].m / (2.0 * shares[:, WHOLE])
        self._bits.add(np.log2(np.maximum(m / shares, 1e-9)))
        self._part_bits.add(np.log2(np.maximum(as_part, 1e-9)))

    def weighed(self, part: int) -> Weighed:
        """All that was looked for, with what is near in a part of the list."""
        ends, numbers, reached = (each.held for each in self._near[part])
        return Weighed(ends, numbers, reached, self._bits.held, self._part_bits.held, self.parts[part].empty)

    def spelled(self, part: int) -> Spelled:
        """The letters of all that was looked for, beside those of a part of the list."""
        names, printed = self.parts[part].arrays, Texts(self._letters.held, self._ends.held)
        return Spelled(printed, Texts(names.letters, names.starts), limits_of(self.kind), self.kind == "given")

    def persons_near(self, name: str) -> Longs:
        """How many people bear a name that agrees with `name` at each level."""
        self.look_for([name])
        found: Longs = self._persons.held[self.rows[name]]
        return found


@cache
def _figures(kind: str) -> tuple[Floats, Floats]:
    """m of each level of REACHED, and u as it is shipped; 1 where a kind of name knows no such level."""
    known = [levels()[kind].get(level, Level(1.0, 1.0)) for level in REACHED]
    return np.array([level.m for level in known]), np.array([level.u for level in known])
