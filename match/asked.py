"""What records say of their defendants, many at once, laid out as the loops want it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from match.levels import weight_of
from match.name_weights import NameWeights
from match.said import SaidName, Variant
from match.segment import packed

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
K = TypeVar("K")
NOTHING_SAID = SaidName((), ())


class Printed(NamedTuple):
    """What of a record may lead to persons: its names, readings of the birth date, numbers.

    `anew` reads the names in every other order, slowly: for where hardly anybody comes near by `names`; it asks who
    bears the `words`.
    `legible` is the probability that the birth date is one of `birth_dates`; `whole`, that none of them was mended;
    `all_read`, that no ink is unread.
    """

    names: tuple[SaidName, ...]
    birth_dates: tuple[str, ...] = ()
    legible: float = 1.0
    whole: bool = True
    middle: str = ""
    sids: tuple[str, ...] = ()
    ir_numbers: tuple[str, ...] = ()
    docket_numbers: tuple[str, ...] = ()
    all_read: bool = True
    anew: Callable[[], tuple[SaidName, ...]] | None = None
    words: Callable[[], tuple[str, ...]] = tuple

    def read_anew(self) -> Printed:
        """The same with the names in every order."""
        return self if self.anew is None else self._replace(names=(*self.names, *self.anew()), anew=None)


class Asked(NamedTuple):
    """Captions, the names each says from `said_starts` on, the readings of these, and the days from `day_starts` on.

    Names are rows of match.name_weights; `costs`, `day_weights` and `strangers` are told in match.people_kernels, and
    `middle` says which of the different middle names it is.
    """

    said_starts: Longs
    surname_starts: Longs
    surname_rows: Longs
    surname_shares: Floats
    given_starts: Longs
    given_rows: Longs
    given_shares: Floats
    costs: Floats
    said_bits: Floats
    alias_bits: float
    part: Truths
    with_middle: Truths
    day_starts: Longs
    days: Longs
    day_weights: Floats
    strangers: Floats
    middle: Longs


def asked_of(
    printed: Sequence[Printed], middles: Sequence[str], surnames: NameWeights, givens: NameWeights, least: float
) -> Asked:
    """The captions as arrays; `least` is the weight from which somebody of other names is worth finding."""
    said = [name for one in printed for name in one.names]
    number = {middle: at for at, middle in enumerate(middles)}
    ways, way = _told_apart([(name.said_as, name.part, bool(name.surnames)) for name in said])
    certain, certainty = _told_apart([(one.legible, one.whole) for one in printed])
    day_weights = np.array([_day_weights(*one) for one in certain]).reshape(-1, 10)
    first = [one.names[0] if one.names else NOTHING_SAID for one in printed]
    strange, stranger = _told_apart(
        [(bool(a.surnames), bool(a.givens), b) for a, b in zip(first, certainty, strict=True)]
    )
    strangers = [_strangers(a, b, float(day_weights[c, 1]), least) for a, b, c in strange]
    return Asked(
        _starts(len(one.names) for one in printed),
        *_readings([name.surnames for name in said], surnames),
        *_readings([name.givens for name in said], givens),
        np.array([_costs(*one) for one in ways]).reshape(-1, 4)[way],
        np.array([weight_of("name_as", said_as) for said_as, _, _ in ways])[way],
        weight_of("name_as", "alias"),
        np.array([part for _, part, _ in ways], dtype=np.bool_)[way],
        np.array([bool(name.middle) for name in said], dtype=np.bool_),
        _starts(len(one.birth_dates) for one in printed),
        np.array([packed(figures) for one in printed for figures in one.birth_dates], dtype=np.int64),
        day_weights[certainty],
        np.array(strangers)[stranger],
        np.array([number[one.middle] for one in printed], dtype=np.int64),
    )  # fmt: skip


def _told_apart(keys: Sequence[K]) -> tuple[list[K], list[int]]:
    """The different ones, and which of them each is."""
    numbers: dict[K, int] = {}
    which = [numbers.setdefault(key, len(numbers)) for key in keys]
    return [*numbers], which


def _readings(readings: Sequence[tuple[Variant, ...]], table: NameWeights) -> tuple[Longs, Longs, Floats]:
    every = [*chain.from_iterable(readings)]
    names = [variant.name for variant in every]
    table.look_for(names)
    rows = np.array([*map(table.rows.__getitem__, names)], dtype=np.int64)
    return _starts(map(len, readings)), rows, np.array([variant.p for variant in every], dtype=np.float64)


def _starts(lengths: Iterable[int]) -> Longs:
    return np.array([*accumulate(lengths, initial=0)], dtype=np.int64)


@cache
def _costs(said_as: str, part: bool, surname_said: bool) -> tuple[float, ...]:
    """What a name weighs for being said so, another given name, being called by the middle one, another surname."""
    own = weight_of("name_as", said_as) - (_part_cost() if part else 0.0)
    other_surname = (weight_of("surname", "differs") if surname_said else 0.0) + (_part_cost() if part else 0.0)
    return own, weight_of("given", "differs"), _middle_cost(), other_surname


def _strangers(surname_said: bool, given_said: bool, same_day: float, least: float) -> float:
    """What the names weigh of somebody called otherwise; NaN where a like birth date could not make up for that."""
    said = {"surname": surname_said, "given": given_said}
    names = sum(weight_of(name, "differs") for name, known in said.items() if known)
    return names if names + same_day >= least else float("nan")


@lru_cache(maxsize=1024)
def _day_weights(legible: float, whole: bool) -> Floats:
    """What 8 to 0 like figures weigh: that of another date first, then by wrong figures, a like year last."""
    same = "exact" if whole else "figures_alike"
    levels = ["differs", same, "figures_alike", "two_figures", *["differs"] * 5, "same_year"]
    weights = np.array([weight_of("birth_date", level) for level in levels])
    return np.log2(1.0 + legible * (np.exp2(weights) - 1.0)) if legible < 1.0 else weights


def _part_cost() -> float:
    return weight_of("surname", "exact") - weight_of("surname", "part")


def _middle_cost() -> float:
    return weight_of("given", "exact") - weight_of("given", "middle")
