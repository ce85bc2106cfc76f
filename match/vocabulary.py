"""The different names of one kind on a list: those spelled like a printed one are found without looking at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from match.compiled import Kernels
from match.names import CONFUSABLE_WITH, MERGED, THIN, nicknames
from match.spelling import (
    LONG_NAME,
    MOST_SIMILAR,
    SHORTEST,
    SHORTEST_CUT,
    alike,
    also_printed,
    level_at_distance,
    shortenings,
)

Numbers = npt.NDArray[np.int64]
LAST = "\U0010ffff"  # sorts after every letter
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
    halves: Numbers  # the first and last letters of each long name, ascending
    halved: npt.NDArray[np.int32]  # whose they are
    persons: npt.NDArray[np.int32]  # how many bear the name as their own


def arrays_of(kind: str, names: Sequence[str], persons: npt.NDArray[np.int32], run: Kernels) -> NameArrays:
    """The arrays for `names`, which are sorted and all different; `persons` says how many bear each."""
    letters, starts = _run_of(names)
    bare, bare_starts = _run_of([alike(name) for name in names])
    room = int(bare_starts[-1]) + len(names)
    hashes, hashed = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int32)
    written = run.hash_of_deletions(bare, bare_starts, hashes, hashed)
    order = np.argsort(hashes[:written], kind="stable")
    halves, halved = _all_halves(names)
    return NameArrays(kind, letters, starts, hashes[:written][order], hashed[:written][order], halves, halved, persons)


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


def _looked_up(wanted: Numbers, keys: Numbers, values: npt.NDArray[np.int32]) -> list[npt.NDArray[np.int32]]:
    """The values under each of the wanted keys; the keys ascend."""
    first = np.searchsorted(keys, wanted, "left").tolist()
    last = np.searchsorted(keys, wanted, "right").tolist()
    return [values[a:b] for a, b in zip(first, last, strict=True) if a < b]


def _run_of(names: Sequence[str]) -> tuple[npt.NDArray[np.uint32], Numbers]:
    run = np.frombuffer("".join(names).encode("utf-32-le"), dtype=np.uint32)
    starts = np.zeros(len(names) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, names), dtype=np.int64, count=len(names)), out=starts[1:])
    return run, starts


@cache
def _ink_tables() -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.uint8]]:
    """Which letters are mistaken for each other and which are thin; which two are read as one."""
    alike = np.zeros((128, 128), dtype=np.bool_)
    merged = np.zeros((128, 128), dtype=np.uint8)
    for letter, others in CONFUSABLE_WITH.items():
        for other in others:
            alike[ord(letter), ord(other)] = alike[ord(other), ord(letter)] = True
    for letter in THIN:
        alike[0, ord(letter)] = True
    for pair, both in MERGED.items():
        merged[ord(pair[0]), ord(pair[1])] = ord(both)
    return alike, merged


@dataclass(slots=True, eq=False)
class Vocabulary:
    """The names of `arrays`, read back when they are needed."""

    arrays: NameArrays
    run: Kernels
    _spelled: dict[int, str] = field(default_factory=dict)
    _backwards: list[tuple[str, int]] | None = None
    _numbers: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self.arrays.starts) - 1

    def name(self, number: int) -> str:
        """The name with this number."""
        spelled = self._spelled.get(number)
        if spelled is None:
            start, end = self.arrays.starts[number : number + 2]
            spelled = self.arrays.letters[start:end].tobytes().decode("utf-32-le")
            if len(self._spelled) > 4 * REMEMBERED:
                self._spelled.clear()
            self._spelled[number] = spelled
        return spelled

    def number(self, name: str) -> int | None:
        """The number of a name; None where nobody bears it."""
        if self.arrays.kind == "given":
            if self._numbers is None:
                self._numbers = {self.name(n): n for n in range(len(self))}
            return self._numbers.get(name)
        place = self._place(name)
        return place if place < len(self) and self.name(place) == name else None

    def near(self, name: str) -> dict[int, str]:
        """The listed names that agree with `name` at all, and at which level."""
        kind, levels = self.arrays.kind, dict[int, str]()
        spelled, called = self._spelled_like(name), self._called_like(name)
        numbers = np.concatenate([spelled, called])
        distances = self._distances(name, numbers)
        worth = (distances <= MOST_SIMILAR) | (np.arange(len(numbers)) >= len(spelled))
        for number, distance in zip(numbers[worth].tolist(), distances[worth].tolist(), strict=True):
            level = level_at_distance(kind, name, self.name(number), distance)
            if level != "differs":
                levels[number] = level
        return levels

    def _distances(self, name: str, numbers: Numbers) -> npt.NDArray[np.float64]:
        if not len(numbers):
            return np.empty(0)
        letters = np.frombuffer(name.encode("utf-32-le"), dtype=np.uint32)
        alike, merged = _ink_tables()
        found: npt.NDArray[np.float64] = self.run.ink_distances(
            letters, numbers, self.arrays.letters, self.arrays.starts, alike, merged
        )
        return found

    def _spelled_like(self, name: str) -> Numbers:
        """Names that are this one after a letter or two were lost, added or replaced, and long names half alike."""
        bare, starts = _run_of([alike(name), *sorted(also_printed(name))])
        room = len(bare) + len(starts)
        hashes, which = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int32)
        written = self.run.hash_of_deletions(bare, starts, hashes, which)
        found = _looked_up(hashes[:written], self.arrays.hashes, self.arrays.hashed)
        if len(name) >= LONG_NAME:
            halves = np.array(_halves(alike(name)), dtype=np.int64)
            found += _looked_up(halves, self.arrays.halves, self.arrays.halved)
        return np.unique(np.concatenate(found)).astype(np.int64) if found else np.empty(0, dtype=np.int64)

    def _called_like(self, name: str) -> Numbers:
        """Given names that stand for this one or are short for it, surnames cut short, names of one initial."""
        given = self.arrays.kind == "given"
        found = []
        if len(name) == 1 or len(name) >= (SHORTEST if given else SHORTEST_CUT["surname"]):
            found.append(self.beginning(name))
        others = {name[:1]}
        if given:
            others |= nicknames().get(name, frozenset()) | shortenings(name)
            found.append(self._ending_in(name))
        elif len(name) > SHORTEST_CUT["surname"]:
            others |= {name[:n] for n in range(SHORTEST_CUT["surname"], len(name))}
        numbers = [n for other in others if (n := self.number(other)) is not None]
        return np.concatenate([*found, np.array(numbers, dtype=np.int64)])

    def _ending_in(self, name: str) -> Numbers:
        """The numbers of the names that end so."""
        if len(name) < SHORTEST:
            return np.empty(0, dtype=np.int64)
        if self._backwards is None:
            self._backwards = sorted((self.name(n)[::-1], n) for n in range(len(self)))
        low = bisect_left(self._backwards, (name[::-1], -1))
        high = bisect_left(self._backwards, (name[::-1] + LAST, -1))
        return np.array([n for _, n in self._backwards[low:high]], dtype=np.int64)

    def beginning(self, letters: str) -> Numbers:
        """The numbers of the names that begin so; they stand together."""
        low, high = self._place(letters), self._place(letters + LAST)
        return np.arange(low, high, dtype=np.int64)

    def _place(self, name: str) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.name(middle) < name:
                low = middle + 1
            else:
                high = middle
        return low
