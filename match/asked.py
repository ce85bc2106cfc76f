"""What records say of their defendants, many at once, laid out as the loops want it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from match.levels import weight_of
from match.name_weights import NameWeights
from match.said import SaidName, Variant
from match.segment import packed

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


class Printed(NamedTuple):
    """What of a record may lead to persons: its names, readings of the birth date, numbers.

    `anew` reads the names in every other order, slowly: for where hardly anybody comes near by `names`.
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
    weights = [_day_weights(one.legible, one.whole) for one in printed]
    return Asked(
        _starts(len(one.names) for one in printed),
        *_readings([name.surnames for name in said], surnames),
        *_readings([name.givens for name in said], givens),
        np.array([_costs(name.said_as, name.part, bool(name.surnames)) for name in said]).reshape(-1, 4),
        np.array([weight_of("name_as", name.said_as) for name in said]),
        weight_of("name_as", "alias"),
        np.array([name.part for name in said], dtype=np.bool_),
        np.array([bool(name.middle) for name in said], dtype=np.bool_),
        _starts(len(one.birth_dates) for one in printed),
        np.array([packed(figures) for one in printed for figures in one.birth_dates], dtype=np.int64),
        np.array(weights).reshape(-1, 10),
        np.array([_strangers(one, float(each[1]), least) for one, each in zip(printed, weights, strict=True)]),
        np.array([number[one.middle] for one in printed], dtype=np.int64),
    )  # fmt: skip


def _readings(readings: Sequence[tuple[Variant, ...]], table: NameWeights) -> tuple[Longs, Longs, Floats]:
    every = [*chain.from_iterable(readings)]
    table.look_for(variant.name for variant in every)
    rows = np.array([table.rows[variant.name] for variant in every], dtype=np.int64)
    return _starts(map(len, readings)), rows, np.array([variant.p for variant in every], dtype=np.float64)


def _starts(lengths: Iterable[int]) -> Longs:
    return np.array([*accumulate(lengths, initial=0)], dtype=np.int64)


@cache
def _costs(said_as: str, part: bool, surname_said: bool) -> tuple[float, ...]:
    """What a name weighs for being said so, another given name, being called by the middle one, another surname."""
    own = weight_of("name_as", said_as) - (_part_cost() if part else 0.0)
    other_surname = (weight_of("surname", "differs") if surname_said else 0.0) + (_part_cost() if part else 0.0)
    return own, weight_of("given", "differs"), _middle_cost(), other_surname


def _strangers(printed: Printed, same_day: float, least: float) -> float:
    """What the names weigh of somebody called otherwise; NaN where a like birth date could not make up for that."""
    names = sum(_of_another(bool(said.surnames), bool(said.givens)) for said in printed.names[:1])
    return names if names + same_day >= least else float("nan")


@cache
def _of_another(surname_said: bool, given_said: bool) -> float:
    said = {"surname": surname_said, "given": given_said}
    return sum(weight_of(name, "differs") for name, known in said.items() if known)


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
