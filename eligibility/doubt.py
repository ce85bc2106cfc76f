"""What a fact may be: branches with their probabilities, each holding one value or leaving several open."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from casefile.docket import Reading

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Branch(Generic[T]):
    """One way a fact may be, with its probability, 0 to 1; several `values` are open among themselves.

    `anything` marks the branch of *none of these*: its values stand for all that the field can hold.
    """

    probability: float
    values: tuple[T, ...]
    anything: bool = False


@dataclass(frozen=True, slots=True)
class Doubt(Generic[T]):
    """All the ways a fact may be. Probabilities sum to 1; the likeliest listed branch comes first."""

    branches: tuple[Branch[T], ...]

    @property
    def is_sure(self) -> bool:
        return len(self.branches) == 1 and len(self.branches[0].values) == 1

    @property
    def first(self) -> T:
        return self.branches[0].values[0]

    def grouped(self, key: Callable[[T], Hashable]) -> Doubt[T]:
        """The same doubt where values with one `key` are one value, shown as the likeliest of them."""
        shown: dict[Hashable, T] = {}
        for branch in self.branches:
            for value in branch.values:
                shown.setdefault(key(value), value)
        return merged(
            Branch(b.probability, tuple(dict.fromkeys(shown[key(v)] for v in b.values)), b.anything)
            for b in self.branches
        )

    def mapped(self, function: Callable[[T], U]) -> Doubt[U]:
        """The doubt about `function` of the fact."""
        return merged(
            Branch(b.probability, tuple(dict.fromkeys(map(function, b.values))), b.anything) for b in self.branches
        )


def sure(value: T) -> Doubt[T]:
    return Doubt((Branch(1.0, (value,)),))


def one_of(values: Iterable[T]) -> Doubt[T]:
    """One of these, nobody knows which."""
    return Doubt((Branch(1.0, tuple(dict.fromkeys(values))),))


def merged(branches: Iterable[Branch[T]]) -> Doubt[T]:
    """The doubt of these branches, alike ones added up; *anything* last, for its values hold the others'."""
    total: dict[tuple[T, ...], Branch[T]] = {}
    for branch in branches:
        known = total.get(branch.values)
        if known is not None:
            branch = Branch(known.probability + branch.probability, branch.values, known.anything and branch.anything)
        total[branch.values] = branch
    # 9 places: a sum of the same numbers in another order must not change which comes first.
    return Doubt(tuple(sorted(total.values(), key=lambda b: (b.anything, -round(b.probability, 9)))))


def of_reading(reading: Reading[T], anything: Iterable[T | None]) -> Doubt[T | None]:
    """The doubt about a reading; a sure silence is None.

    What the listed values leave of 1 is spread over nothing: it may be any of `anything` or of the listed. Of
    illegible ink only the alternatives are listed, whatever confidence it carries.
    """
    if reading.confidence >= 1.0 and not reading.alternatives and not reading.is_illegible:
        return sure(reading.value)
    listed = [(value, _probability(p)) for value, p in reading.plausible()]
    listed = [(value, p) for value, p in listed if p > 0]
    scale = max(1.0, math.fsum(p for _, p in listed))
    branches: list[Branch[T | None]] = [Branch(p / scale, (value,)) for value, p in listed]
    left = 1.0 - math.fsum(b.probability for b in branches)
    if left > 1e-12 or not branches:
        values = dict.fromkeys([*anything, *(value for value, _ in listed)])
        branches.append(Branch(max(left, 0.0) if branches else 1.0, tuple(values), anything=True))
    return merged(branches)


def _probability(number: float) -> float:
    return min(1.0, number) if number > 0 else 0.0  # not a number counts as nothing


def same(left: T, right: T) -> T | None:
    """The value two papers agree on, where only the same will do."""
    return left if left == right else None


def told_by_both(
    left: Doubt[T | None], right: Doubt[T | None], agreed: Callable[[T, T], T | None] = same
) -> Doubt[T | None]:
    """What two papers tell of one fact: the surer where they agree, the other where one is silent, and both
    values where they differ. Ink that nobody can read is no silence: it may say anything, also the contrary."""
    if surer := _agreeing(left, right, agreed):
        return surer
    everything = tuple(dict.fromkeys(v for doubt in (left, right) for b in doubt.branches for v in b.values))
    return merged(
        Branch(a.probability * b.probability, everything, anything=True)
        if a.anything or b.anything
        else Branch(a.probability * b.probability, _either(a.values, b.values))
        for a in left.branches
        for b in right.branches
    )


def _agreeing(
    left: Doubt[T | None], right: Doubt[T | None], agreed: Callable[[T, T], T | None]
) -> Doubt[T | None] | None:
    """The surer of those whose likeliest value is what both agree on; None where they do not agree."""
    ours, theirs = left.branches[0], right.branches[0]
    if ours.anything or theirs.anything:
        return None
    if ours.values == theirs.values:
        return max(left, right, key=lambda doubt: doubt.branches[0].probability)
    if len(ours.values) > 1 or len(theirs.values) > 1 or ours.values[0] is None or theirs.values[0] is None:
        return None
    common = agreed(ours.values[0], theirs.values[0])
    return None if common is None else (left if left.first == common else right)


def _either(left: tuple[T | None, ...], right: tuple[T | None, ...]) -> tuple[T | None, ...]:
    if left == (None,):
        return right
    if right == (None,):
        return left
    return tuple(dict.fromkeys((*left, *right)))
