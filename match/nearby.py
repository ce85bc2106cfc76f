"""The listed persons near records, with every field compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import accumulate, pairwise
from math import exp2, fsum
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from casefile.docket import Defendant, DocketRecord, Reading
from casefile.linkage import Agreement
from casefile.persons import PersonId
from match.asked import Printed
from match.birth_dates import figures_of, printed_figures
from match.columns import NAMES
from match.comparisons import CLEAN, REST, Column, Compared, highest_weight, is_whole, rest_beside
from match.index import Index, Nearby
from match.levels import lowest_weight
from match.named import NAMED, NamesCompared
from match.names import letters
from match.said import names_as_printed, names_besides, words_of

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
T = TypeVar("T")
HIDING = ("surname", "given", "middle", "suffix", "sex", "sid", "ir_number")
PERSON_ID = NAMES.index("person_id")
PLACE = {field: place for place, field in enumerate((*NAMED, *REST))}


class Beside(NamedTuple):
    """Listed persons beside records: whose `cells` stand one after the other, how their `names` agree and, field by
    field, the `rest`, and the levels that all fields reached; weights in bits."""

    cells: Sequence[str]
    names: Sequence[NamesCompared]
    rest: Sequence[Column]
    levels: Sequence[Sequence[str]]
    name_weights: Floats
    weights: Floats

    @property
    def ids(self) -> Sequence[str]:
        return self.cells[PERSON_ID :: len(NAMES)]

    def alike(self, persons: Longs, fields: Sequence[str]) -> Longs:
        """A number for each of these persons, the same for those who reach the same levels in `fields`."""
        number = np.zeros(len(persons), dtype=np.int64)
        for place in (PLACE[field] for field in fields):
            levels, known = self.levels[place], dict[str, int]()
            here = [known.setdefault(levels[at], len(known)) for at in persons.tolist()]
            number = number * max(len(known), 1) + np.array(here, dtype=np.int64)
        return number


class Near(NamedTuple):
    """One person near a record, with every field compared: who stands there of those `beside` it."""

    beside: Beside
    at: int

    @property
    def compared(self) -> tuple[Compared, ...]:
        return self.names.names + self.rest

    @property
    def names(self) -> NamesCompared:
        return self.beside.names[self.at]

    @property
    def rest(self) -> tuple[Compared, ...]:
        return tuple([column.of(self.at) for column in self.beside.rest])

    @property
    def weight(self) -> float:
        """In bits."""
        return float(self.beside.weights[self.at])

    @property
    def person_id(self) -> PersonId:
        return PersonId(self.cell(PERSON_ID))

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return tuple(one.agreement for one in self.compared)

    def cell(self, place: int) -> str:
        """What the list says of them at a place of match.columns.NAMES."""
        return self.beside.cells[len(NAMES) * self.at + place]

    def level(self, field: str) -> str:
        """The level that a field reached."""
        return self.beside.levels[PLACE[field]][self.at]

    def of(self, field: str) -> Compared:
        place = PLACE[field] - len(NAMED)
        return self.beside.rest[place].of(self.at) if place >= 0 else self.names.names[place]

    def if_hidden(self, *, worst: bool) -> float:
        """The weight if what could not be read were as bad, or as good, for this person as can be."""
        extreme = lowest_weight if worst else highest_weight
        return self.weight + sum(extreme(one.field) - one.weight for one in self.rest if one.hidden)


class Field(NamedTuple):
    """The persons near a record, compared, how many others were found and what these weigh together, and what the names
    of all do; sums of weights, no longer in bits."""

    near: Sequence[Near]
    others: int
    others_weight: float
    name_weight: float


class Fields:
    """The same for many records: those near record i stand `beside` it from `starts[i]` on; `heavy` is what each
    weighs, no longer in bits, and `by_id` the place of each in the order of their ids."""

    __slots__ = ("beside", "by_id", "heavy", "name_weight", "others", "others_weight", "starts", "whose")

    def __init__(self, beside: Beside, found: Sequence[Nearby], by_id: Longs) -> None:
        self.beside, self.by_id = beside, by_id
        self.starts = np.array([*accumulate((len(one.positions) for one in found), initial=0)], dtype=np.int64)
        self.whose = np.repeat(np.arange(len(found)), np.diff(self.starts))
        self.heavy = _no_longer_in_bits(beside.weights)
        self.others = [one.others for one in found]
        self.others_weight = np.array([one.others_weight for one in found], dtype=np.float64)
        others = np.array([one.others_name_weight for one in found], dtype=np.float64)
        self.name_weight = self.summed(others, _no_longer_in_bits(beside.name_weights))

    def __len__(self) -> int:
        return len(self.others)

    def __getitem__(self, at: int) -> Field:
        near = [Near(self.beside, n) for n in range(self.starts[at], self.starts[at + 1])]
        return Field(near, self.others[at], float(self.others_weight[at]), float(self.name_weight[at]))

    def summed(self, first: Floats, each: Floats) -> Floats:
        """For each record what is `first` and what `each` person near it has, nothing lost in the sum."""
        few, bounds = each.tolist(), pairwise(self.starts.tolist())
        return np.array([fsum([one, *few[a:b]]) for one, (a, b) in zip(first.tolist(), bounds, strict=True)])

    def any_of(self, those: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """For each record whether anybody near it is one of those."""
        return np.bincount(self.whose[those], minlength=len(self)) > 0


def _no_longer_in_bits(weights: Floats) -> Floats:
    return np.array([*map(exp2, weights.tolist())], dtype=np.float64)


def fields_of(records: Sequence[tuple[DocketRecord, Defendant]], index: Index) -> Fields:
    """Everybody on the list who could be meant by each record, compared field by field."""
    found = index.near(printed_in(records, index))
    which = [at for at, some in enumerate(found) for _ in some.positions]
    cells = index.cells([at for some in found for at in some.positions])
    beside = compared_with(cells, [named for some in found for named in some.names], records, which)
    by_id = np.arange(len(which)) if len(index.parts) == 1 else np.argsort(np.argsort(np.array(beside.ids)))
    return Fields(beside, found, by_id)


def compared_with(
    cells: Sequence[str],
    names: Sequence[NamesCompared],
    records: Sequence[tuple[DocketRecord, Defendant]],
    which: Sequence[int],
) -> Beside:
    """Listed persons, whose `cells` stand one after the other, beside `which` of the records, every field compared."""
    columns = [cells[place :: len(NAMES)] for place in range(len(NAMES))]
    rest = rest_beside(records, which, [one.middle for one in names], columns)
    name_weights = np.array([one.weight for one in names], dtype=np.float64)
    others = sum((column.weights for column in rest), np.zeros(len(names)))
    named = ([one.surname for one in names], [one.given for one in names], [one.said_as for one in names])
    levels = (*named, *[column.levels for column in rest])
    return Beside(cells, names, rest, levels, name_weights, name_weights + others)


def printed_in(records: Sequence[tuple[DocketRecord, Defendant]], index: Index) -> list[Printed]:
    """What of each record may lead to persons."""
    few = [defendant for _, defendant in records]
    born = _each(_born, [one.birth_date for one in few])
    middles = _each(
        lambda r: letters(r.value) if r.value and r.confidence >= CLEAN else "", [one.middle for one in few]
    )
    numbers = (
        _each(_numbers, [one.sid for one in few]),
        _each(_numbers, [one.ir_number for one in few]),
        _each(lambda r: tuple([v for v, _ in r.plausible() if v]), [record.docket_number for record, _ in records]),
    )
    hiding = [_each(lambda r: r.is_illegible, [getattr(one, field) for one in few]) for field in HIDING]
    hides = [True in some for some in zip(*hiding, strict=True)]
    printed = []
    for one, (dates, legible, whole, read), middle, sids, irs, dockets, hidden in zip(
        few, born, middles, *numbers, hides, strict=True
    ):
        names, anew = names_as_printed(one), partial(names_besides, one, index.borne)
        printed.append(
            Printed(
                names or anew(), dates, legible, whole, middle, sids, irs, dockets,
                read and not hidden, anew if names else None, partial(words_of, one),
            )
        )  # fmt: skip
    return printed


def _each(told: Callable[[Reading[Any]], T], readings: Sequence[Reading[Any]]) -> list[T]:
    """What each reading tells, looked at once where several are one object."""
    known: dict[int, T] = {}
    found = []
    for reading in readings:
        if (key := id(reading)) not in known:
            known[key] = told(reading)
        found.append(known[key])
    return found


def _born(reading: Reading[date]) -> tuple[tuple[str, ...], float, bool, bool]:
    """What a birth date may be, the probability that it is one of these, whether none of them was mended, and whether
    no ink is left."""
    dates = _dates_printed(reading)
    sure = min(1.0, sum([p for day, p in reading.plausible() if day is not None]))
    illegible = reading.is_illegible
    return dates, 1.0 if illegible else sure, not illegible or is_whole(reading), bool(dates or reading.is_silent)


def _dates_printed(reading: Reading[date]) -> tuple[str, ...]:
    days = [figures_of(day) for day, _ in reading.plausible() if day is not None]
    if reading.is_illegible and reading.raw:
        days += printed_figures(reading.raw)
    return tuple(dict.fromkeys(days))


def _numbers(reading: Reading[str]) -> tuple[str, ...]:
    return tuple([letters(value) for value, _ in reading.plausible() if value])
