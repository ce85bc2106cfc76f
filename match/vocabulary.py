"""The different names of one kind on a list: those spelled like a printed one are found without looking at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from match.compiled import Kernels
from match.kernels import CONFUSED, HALF, LOST, LOST_THIN, OTHER, bucket_of
from match.names import CONFUSABLE_WITH, MERGED, THIN, nicknames
from match.spelling import (
    CONFUSED_AT,
    CONFUSED_IF_LONG,
    FOLDED,
    JOINED,
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
)

Numbers = npt.NDArray[np.int64]
Letters = npt.NDArray[np.uint32]
REMEMBERED = 50_000  # names whose neighbours are kept, so that a long batch stays small
ROOM = 1024  # neighbours


class NameArrays(NamedTuple):
    """The names, sorted, as letters in one run, and what they are found by."""

    letters: Letters
    starts: Numbers
    hashes: Numbers  # of each folded name and of that less one letter, ascending
    hashed: npt.NDArray[np.int32]  # whose hash it is
    buckets: npt.NDArray[np.int32]  # where the hashes of each bucket begin
    coarse: Numbers  # the same of the coarsely folded names
    coarsely: npt.NDArray[np.int32]
    coarse_buckets: npt.NDArray[np.int32]
    halves: Numbers  # the first and last letters of each long name, ascending
    halved: npt.NDArray[np.int32]  # whose they are
    backwards: npt.NDArray[np.int32]  # the names in the order in which they stand when read backwards
    persons: npt.NDArray[np.int32]  # how many go by the name


def arrays_of(names: Sequence[str], persons: npt.NDArray[np.int32], run: Kernels) -> NameArrays:
    """The arrays for `names`, which are sorted and all different; `persons` says how many bear each."""
    letters, starts = _run_of(names)
    fine, rough = (_all_hashes([fold(name) for name in names], run) for fold in (alike, coarse))
    reversed_names = [name[::-1] for name in names]
    backwards = np.array(sorted(range(len(names)), key=reversed_names.__getitem__), dtype=np.int32)
    return NameArrays(letters, starts, *fine, *rough, *_all_halves(names), backwards, persons)


def _all_hashes(names: Sequence[str], run: Kernels) -> tuple[Numbers, npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Hashes of the names and of each less one letter, ascending, whose they are, and where each bucket begins."""
    bare, starts = _run_of(names)
    room = int(starts[-1]) + len(names)
    hashes, hashed = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int32)
    written = run.hash_of_deletions(bare, starts, hashes, hashed)
    order = np.argsort(hashes[:written], kind="stable")
    hashes = hashes[:written][order]
    return hashes, hashed[:written][order], buckets_of(hashes)


def buckets_of(hashes: Numbers) -> npt.NDArray[np.int32]:
    """Where the hashes of each bucket begin among all, which are ascending."""
    buckets = np.zeros(len(hashes) // 2 + 2, dtype=np.int32)
    bucket: Any = bucket_of
    np.cumsum(np.bincount(bucket(hashes, len(buckets)), minlength=len(buckets) - 1), out=buckets[1:])
    return buckets


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
    """What letters below 128 cost, taken for each other or, in row 0, lost, as match.kernels counts; which two are read
    as one; what stands for each of the look-alikes, and for each of a coarse class; the pairs a letter may be; and what
    a folded name has for two letters."""

    costs: npt.NDArray[np.uint8]
    merged: npt.NDArray[np.uint8]
    fold: npt.NDArray[np.uint8]
    coarse: npt.NDArray[np.uint8]
    split: npt.NDArray[np.uint8]
    joined: npt.NDArray[np.uint8]


@cache
def ink_tables() -> InkTables:
    """What ink does to letters, as arrays."""
    costs = np.full((128, 128), OTHER, dtype=np.uint8)
    np.fill_diagonal(costs, 0)
    costs[0] = LOST
    merged = np.zeros((128, 128), dtype=np.uint8)
    split = np.zeros((128, 4, 2), dtype=np.uint8)
    for letter, others in CONFUSABLE_WITH.items():
        for other in others:
            costs[ord(letter), ord(other)] = costs[ord(other), ord(letter)] = CONFUSED
    for letter in THIN:
        costs[0, ord(letter)] = LOST_THIN
    for pair, both in MERGED.items():
        merged[ord(pair[0]), ord(pair[1])] = ord(both)
    for both, pairs in SPLIT.items():
        for place, pair in enumerate(pairs):
            split[ord(both), place] = ord(pair[0]), ord(pair[1])
    fine, rough = (np.array([ord(how(chr(n))) for n in range(128)], dtype=np.uint8) for how in (alike, coarse))
    joined = np.zeros((128, 128), dtype=np.uint8)
    for pair, both in JOINED.items():
        joined[ord(pair[0]), ord(pair[1])] = ord(both.translate(FOLDED))
    return InkTables(costs, merged, fine, rough, split, joined)


class Limits(NamedTuple):
    """The lengths and the ink by which match.spelling grades names of a kind."""

    shortest: int
    shortest_cut: int
    long_name: int
    confused: float
    confused_if_long: float
    near: float
    most_similar: float
    similar_a_letter: float


@cache
def limits_of(kind: str) -> Limits:
    """The limits for `surname` or `given`."""
    lengths = (SHORTEST, SHORTEST_CUT[kind], LONG_NAME)
    return Limits(*lengths, CONFUSED_AT, CONFUSED_IF_LONG, NEAR_AT, MOST_SIMILAR, SIMILAR_A_LETTER)


class Texts(NamedTuple):
    """Names as letters in one run; name i from `starts[i]` on."""

    letters: Letters
    starts: Numbers


def texts_of(names: Sequence[str]) -> Texts:
    """The names, in their order."""
    return Texts(*_run_of(names))


class Nicknames(NamedTuple):
    """The names that stand for each of some others, those of name i from `whose[i]` on."""

    letters: Letters
    starts: Numbers
    whose: Numbers


def _nicknames_of(names: Sequence[str], kind: str) -> Nicknames:
    called = [sorted(nicknames().get(name, ())) if kind == "given" else [] for name in names]
    whose = np.zeros(len(names) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, called), dtype=np.int64, count=len(names)), out=whose[1:])
    return Nicknames(*_run_of([name for some in called for name in some]), whose)


class Neighbours(NamedTuple):
    """The numbers of the names that agree with each of some printed ones at all, those of the first, ascending, up to
    `ends[0]`; at which level each does, as its place in match.spelling.REACHED; and how many people bear one at each
    level."""

    ends: Numbers
    numbers: Numbers
    levels: npt.NDArray[np.int8]
    persons: Numbers


class Vocabulary:
    """The names of one kind, `surname` or `given`, that `arrays` hold."""

    __slots__ = ("arrays", "empty", "kind", "limits", "run")

    def __init__(self, kind: str, arrays: NameArrays, run: Kernels) -> None:
        self.kind, self.arrays, self.run = kind, arrays, run
        self.limits = limits_of(kind)
        self.empty = 0 if len(self) and arrays.starts[1] == 0 else -1  # the number of the empty name, if anybody has it

    def __len__(self) -> int:
        return len(self.arrays.starts) - 1

    def name(self, number: int) -> str:
        """The name with this number."""
        start, end = self.arrays.starts[number : number + 2].tolist()
        return self.arrays.letters[start:end].tobytes().decode("utf-32-le")

    def number(self, name: str) -> int | None:
        """The number of a name; None where nobody bears it."""
        number: int = self.run.number_of(_letters_of(name), self.arrays.letters, self.arrays.starts)
        return None if number < 0 else number

    def find_alike(self, texts: Texts, found: npt.NDArray[np.bool_]) -> None:
        """Sets `found` for each name that anybody bears, or one that only look-alikes tell from it."""
        self.run.borne_alike(texts, self.arrays, ink_tables().fold, found)

    def numbers(self, texts: Texts) -> Numbers:
        """The number of each name, -1 where nobody bears it."""
        found = np.empty(len(texts.starts) - 1, dtype=np.int64)
        self.run.numbers_of(*texts, self.arrays.letters, self.arrays.starts, found)
        return found

    def near(self, names: Sequence[str], texts: Texts, coarsely: npt.NDArray[np.bool_]) -> Neighbours:
        """The listed names that agree with each of `names`, which `texts` holds, too, and at which level.

        `coarsely`: even if several of its letters were misread, which takes longer and is for names that nobody bears.
        """
        given, called = self.kind == "given", _nicknames_of(names, self.kind)
        coarsely = coarsely & (np.diff(texts.starts) > SHORTEST)
        counted = np.zeros((len(names), len(REACHED)), dtype=np.int64)
        numbers, levels = np.empty(ROOM + 64 * len(names), dtype=np.int64), np.empty(0, dtype=np.int8)
        ends, done = np.zeros(len(names), dtype=np.int64), 0
        while True:
            levels = np.concatenate([levels, np.empty(len(numbers) - len(levels), dtype=np.int8)])
            done = self.run.all_near(
                texts, called, self.arrays, ink_tables(), self.limits, given, coarsely, done, numbers, levels, ends,
                counted,
            )  # fmt: skip
            if done == len(names):
                used = int(ends[-1]) if len(names) else 0
                return Neighbours(ends, numbers[:used].copy(), levels[:used].copy(), counted)
            numbers = np.concatenate([numbers, np.empty_like(numbers)])

    def beginning(self, letters: str) -> tuple[int, int]:
        """From where to where the names stand that begin so."""
        found: tuple[int, int] = self.run.beginning_with(
            _letters_of(letters), self.arrays.letters, self.arrays.starts, self.arrays.starts[:0]
        )
        return found
