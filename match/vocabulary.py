"""The different names of one kind on a list: those spelled like a printed one are found without looking at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from match.compiled import Kernels
from match.names import CONFUSABLE_WITH, LOST, MERGED, THIN, nicknames
from match.spelling import (
    CONFUSED_AT,
    CONFUSED_IF_LONG,
    LONG_NAME,
    MOST_SIMILAR,
    NEAR_AT,
    REACHED,
    SHORTEST,
    SHORTEST_CUT,
    SIMILAR_A_LETTER,
    SPLIT,
    alike,
    coarse,
    shortenings,
)

Numbers = npt.NDArray[np.int64]
Letters = npt.NDArray[np.uint32]
DIFFERS = REACHED.index("differs")
IN_ORDER = np.empty(0, dtype=np.int64)
HALF = 4  # letters at either end of a long name by which it is found in spite of two errors at the other
REMEMBERED = 50_000  # names whose neighbours are kept, so that a long batch stays small


@dataclass(frozen=True, slots=True, eq=False)
class NameArrays:
    """The names, sorted, as letters in one run, and what they are found by. `kind` is `surname` or `given`."""

    kind: str
    letters: npt.NDArray[np.uint32]
    starts: Numbers
    hashes: Numbers  # of each folded name and of that less one letter, ascending
    hashed: npt.NDArray[np.int32]  # whose hash it is
    coarse: Numbers  # the same of the coarsely folded names
    coarsely: npt.NDArray[np.int32]
    halves: Numbers  # the first and last letters of each long name, ascending
    halved: npt.NDArray[np.int32]  # whose they are
    persons: npt.NDArray[np.int32]  # how many go by the name


def arrays_of(kind: str, names: Sequence[str], persons: npt.NDArray[np.int32], run: Kernels) -> NameArrays:
    """The arrays for `names`, which are sorted and all different; `persons` says how many bear each."""
    letters, starts = _run_of(names)
    fine, rough = (_all_hashes([fold(name) for name in names], run) for fold in (alike, coarse))
    return NameArrays(kind, letters, starts, *fine, *rough, *_all_halves(names), persons)


def _all_hashes(names: Sequence[str], run: Kernels) -> tuple[Numbers, npt.NDArray[np.int32]]:
    """Hashes of the names and of each less one letter, ascending, and whose they are."""
    bare, starts = _run_of(names)
    room = int(starts[-1]) + len(names)
    hashes, hashed = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int32)
    written = run.hash_of_deletions(bare, starts, hashes, hashed)
    order = np.argsort(hashes[:written], kind="stable")
    return hashes[:written][order], hashed[:written][order]


def _all_halves(names: Sequence[str]) -> tuple[Numbers, npt.NDArray[np.int32]]:
    found = [(half, n) for n, name in enumerate(names) if len(name) >= LONG_NAME for half in _halves(alike(name))]
    halves = np.fromiter((half for half, _ in found), dtype=np.int64, count=len(found))
    order = np.argsort(halves, kind="stable")
    return halves[order], np.fromiter((n for _, n in found), dtype=np.int32, count=len(found))[order]


def _halves(name: str) -> tuple[int, int]:
    """The first and the last letters of a long name, packed; the last ones are told from the first by a sign."""
    return _packed(name[:HALF]), -_packed(name[-HALF:])


def _packed(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value << 15 | ord(letter) & 0x7FFF
    return value


def _run_of(names: Sequence[str]) -> tuple[npt.NDArray[np.uint32], Numbers]:
    run = np.frombuffer("".join(names).encode("utf-32-le"), dtype=np.uint32)
    starts = np.zeros(len(names) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, names), dtype=np.int64, count=len(names)), out=starts[1:])
    return run, starts


def _letters_of(text: str) -> Letters:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


class InkTables(NamedTuple):
    """Which letters below 128 are mistaken for each other and which are thin; which two are read as one; what stands
    for each of the look-alikes, and for each of a coarse class; and the pairs a letter may be."""

    alike: npt.NDArray[np.bool_]
    merged: npt.NDArray[np.uint8]
    fold: npt.NDArray[np.uint8]
    coarse: npt.NDArray[np.uint8]
    split: npt.NDArray[np.uint8]


@cache
def ink_tables() -> InkTables:
    """What ink does to letters, as arrays."""
    mistaken = np.zeros((128, 128), dtype=np.bool_)
    merged = np.zeros((128, 128), dtype=np.uint8)
    split = np.zeros((128, 4, 2), dtype=np.uint8)
    for letter, others in CONFUSABLE_WITH.items():
        for other in others:
            mistaken[ord(letter), ord(other)] = mistaken[ord(other), ord(letter)] = True
    for letter in THIN:
        mistaken[0, ord(letter)] = True
    for pair, both in MERGED.items():
        merged[ord(pair[0]), ord(pair[1])] = ord(both)
    for both, pairs in SPLIT.items():
        for place, pair in enumerate(pairs):
            split[ord(both), place] = ord(pair[0]), ord(pair[1])
    fine, rough = (np.array([ord(how(chr(n))) for n in range(128)], dtype=np.uint8) for how in (alike, coarse))
    return InkTables(mistaken, merged, fine, rough, split)


@cache
def _limits(kind: str) -> tuple[Numbers, npt.NDArray[np.float64]]:
    limits = (CONFUSED_AT, CONFUSED_IF_LONG, NEAR_AT, LOST, MOST_SIMILAR, SIMILAR_A_LETTER)
    return np.array([SHORTEST, SHORTEST_CUT[kind], LONG_NAME], dtype=np.int64), np.array(limits)


class Neighbours(NamedTuple):
    """The numbers of the names that agree with a printed one at all, ascending, and at which level each does, as its
    place in match.spelling.REACHED; and how many people bear one at each level."""

    numbers: Numbers
    levels: npt.NDArray[np.int8]
    persons: Numbers


@dataclass(slots=True, eq=False)
class Vocabulary:
    """The names of `arrays`, read back when they are needed."""

    arrays: NameArrays
    run: Kernels
    _names: list[str] | None = None
    _numbers: dict[str, int] | None = None
    _backwards: Numbers | None = None
    _alike: set[str] | None = None

    def __len__(self) -> int:
        return len(self.arrays.starts) - 1

    @property
    def names(self) -> list[str]:
        """Every name, spelled out when it is first asked for."""
        if self._names is None:
            text, ends = self.arrays.letters.tobytes().decode("utf-32-le"), self.arrays.starts.tolist()
            self._names = [text[start:end] for start, end in pairwise(ends)]
        return self._names

    def name(self, number: int) -> str:
        """The name with this number."""
        return self.names[number]

    def number(self, name: str) -> int | None:
        """The number of a name; None where nobody bears it."""
        if self._numbers is None:
            self._numbers = {listed: number for number, listed in enumerate(self.names)}
        return self._numbers.get(name)

    def has_alike(self, name: str) -> bool:
        """Whether anybody bears the name, or one that only look-alikes tell from it."""
        if self.number(name) is not None:
            return True
        if self._alike is None:
            self._alike = {*map(alike, self.names)}
        return alike(name) in self._alike

    def near(self, name: str, *, coarsely: bool = False) -> Neighbours:
        """The listed names that agree with `name` at all, and at which level.

        `coarsely`: even if several of its letters were misread, which takes longer and is for names that nobody bears.
        """
        printed = _letters_of(name)
        called, nicknamed = self._called_like(name)
        numbers = self._spelled_like(printed, called)
        if coarsely and len(name) > SHORTEST:
            numbers = self._spelled_like(printed, numbers, coarsely=True)
        return self._at_levels(printed, numbers, self._distances(printed, numbers), nicknamed)

    def _at_levels(
        self, printed: Letters, numbers: Numbers, distances: npt.NDArray[np.float64], nicknamed: Numbers
    ) -> Neighbours:
        reached, counted = np.empty(len(numbers), dtype=np.int8), np.zeros(len(REACHED), dtype=np.int64)
        arrays = self.arrays
        left = self.run.levels_at(
            printed, numbers, distances, nicknamed, arrays.letters, arrays.starts, arrays.kind == "given",
            *_limits(arrays.kind), arrays.persons, reached, counted,
        )  # fmt: skip
        return Neighbours(numbers[:left], reached[:left], counted)

    def _distances(
        self, printed: Letters, numbers: Numbers, most: tuple[float, float] = (MOST_SIMILAR, SIMILAR_A_LETTER)
    ) -> npt.NDArray[np.float64]:
        """How far each name lies from the printed one, where it is near enough to count."""
        tables = ink_tables()
        found: npt.NDArray[np.float64] = self.run.ink_distances(
            printed, numbers, self.arrays.letters, self.arrays.starts, tables.alike, tables.merged, *most, NEAR_AT
        )
        return found

    def distance(self, name: str, number: int) -> float:
        """How far the name with this number lies from a printed one in ink, at least where it is near."""
        return float(self._distances(_letters_of(name), np.array([number], dtype=np.int64))[0])

    def _spelled_like(self, printed: Letters, also: Numbers = IN_ORDER, *, coarsely: bool = False) -> Numbers:
        """Names that are this one after a letter or two were lost, added or replaced, and long names half alike; with
        those of `also`."""
        arrays, tables, room = self.arrays, ink_tables(), 1024
        hashes, hashed, fold = arrays.hashes, arrays.hashed, tables.fold
        halves, halved = arrays.halves, arrays.halved
        if coarsely:
            hashes, hashed, fold = arrays.coarse, arrays.coarsely, tables.coarse
            halves, halved = halves[:0], halved[:0]
        while True:
            out = np.empty(room, dtype=np.int64)
            total = self.run.spelled_like(
                printed, also, hashes, hashed, halves, halved, fold, tables.merged, tables.split, LONG_NAME, HALF, out,
            )  # fmt: skip
            if total <= room:
                return out[:total]
            room = total

    def _called_like(self, name: str) -> tuple[Numbers, Numbers]:
        """Given names that stand for this one or are short for it, surnames cut short, names of one initial; and
        those of them that are nicknames."""
        given = self.arrays.kind == "given"
        nick = list(nicknames().get(name, ())) if given else []
        others = [*nick, name[:1]]
        if given:
            others += shortenings(name)
        elif len(name) > SHORTEST_CUT["surname"]:
            others += (name[:n] for n in range(SHORTEST_CUT["surname"], len(name)))
        found = [self._numbers_of(others)]
        if len(name) == 1 or len(name) >= (SHORTEST if given else SHORTEST_CUT["surname"]):
            found.append(self.beginning(name))
        if given and len(name) >= SHORTEST:
            found.append(self._ending_in(name))
        return np.concatenate(found), self._numbers_of(nick)

    def _numbers_of(self, names: Sequence[str]) -> Numbers:
        """The numbers of those of these names that anybody bears."""
        return np.array([n for n in map(self.number, names) if n is not None], dtype=np.int64)

    def _ending_in(self, name: str) -> Numbers:
        """The numbers of the names that end so."""
        if self._backwards is None:
            names = sorted(range(len(self)), key=lambda n: self.name(n)[::-1])
            self._backwards = np.array(names, dtype=np.int64)
        low, high = self._range(name[::-1], self._backwards)
        return self._backwards[low:high]

    def beginning(self, letters: str) -> Numbers:
        """The numbers of the names that begin so; they stand together."""
        return np.arange(*self._range(letters, IN_ORDER), dtype=np.int64)

    def _range(self, text: str, order: Numbers) -> tuple[int, int]:
        found: tuple[int, int] = self.run.beginning_with(
            _letters_of(text), self.arrays.letters, self.arrays.starts, order
        )
        return found
