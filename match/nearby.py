"""The listed persons near a record, with every field compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice
from math import exp2, fsum
from operator import attrgetter

import numpy as np

from casefile.docket import Defendant, DocketRecord, Reading
from casefile.linkage import Agreement
from casefile.persons import PersonId
from match.asked import Printed
from match.birth_dates import figures_of, printed_figures
from match.columns import NAMES
from match.comparisons import CLEAN, REST, Compared, highest_weight, is_whole, rest_beside
from match.index import Index, Nearby
from match.levels import lowest_weight
from match.named import NAMED, NamesCompared
from match.names import letters
from match.said import names_as_printed, names_besides

HIDING = attrgetter("surname", "given", "middle", "suffix", "sex", "sid", "ir_number")
PERSON_ID = NAMES.index("person_id")
PLACE = {field: place for place, field in enumerate((*NAMED, *REST))}


class Near:
    """One person near the record, with every field compared; weights in bits."""

    __slots__ = ("cells", "heavy", "name_weight", "names", "rest", "weight")

    def __init__(
        self, cells: Sequence[str], names: NamesCompared, rest: tuple[Compared, ...], name_weight: float, weight: float
    ) -> None:
        self.cells, self.names, self.rest = cells, names, rest
        self.name_weight, self.weight, self.heavy = name_weight, weight, exp2(weight)

    @property
    def compared(self) -> tuple[Compared, ...]:
        return self.names.names + self.rest

    @property
    def person_id(self) -> PersonId:
        return PersonId(self.cells[PERSON_ID])

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return tuple(one.agreement for one in self.compared)

    def level(self, field: str) -> str:
        """The level that a field reached."""
        place = PLACE[field]
        return self.rest[place - len(NAMED)].level if place >= len(NAMED) else str(self.names[place])

    def of(self, field: str) -> Compared:
        return self.compared[PLACE[field]]

    def if_hidden(self, *, worst: bool) -> float:
        """The weight if what could not be read were as bad, or as good, for this person as can be."""
        extreme = lowest_weight if worst else highest_weight
        return self.weight + sum(extreme(one.field) - one.weight for one in self.rest if one.hidden)


class Field:
    """The persons near a record, compared, how many others were found and what these weigh together, and what the names
    of all do; sums of weights, no longer in bits."""

    __slots__ = ("name_weight", "near", "others", "others_weight")

    def __init__(self, near: list[Near], found: Nearby) -> None:
        self.near, self.others, self.others_weight = near, found.others, found.others_weight
        self.name_weight = fsum([found.others_name_weight, *[exp2(one.name_weight) for one in near]])


def those_near(record: DocketRecord, defendant: Defendant, index: Index) -> Field:
    """Everybody on the list who could be meant, compared field by field."""
    return fields_of([(record, defendant)], index)[0]


def fields_of(records: Sequence[tuple[DocketRecord, Defendant]], index: Index) -> list[Field]:
    """The same for each of many records."""
    found = index.near([printed_in(record, defendant, index) for record, defendant in records])
    which = [at for at, some in enumerate(found) for _ in some.positions]
    cells = index.cells([at for some in found for at in some.positions])
    near = iter(compared_with(cells, [named for some in found for named in some.names], records, which))
    return [Field([*islice(near, len(some.positions))], some) for some in found]


def compared_with(
    cells: Sequence[str],
    names: Sequence[NamesCompared],
    records: Sequence[tuple[DocketRecord, Defendant]],
    which: Sequence[int],
) -> list[Near]:
    """Listed persons, whose `cells` stand one after the other, beside `which` of the records, every field compared."""
    columns = [cells[place :: len(NAMES)] for place in range(len(NAMES))]
    rest = rest_beside(records, which, [one.middle for one in names], columns)
    name_weights = np.array([one.weight for one in names])
    others = sum((np.array([one.weight for one in column]) for column in rest), np.zeros(len(names)))
    weights = name_weights + others
    rows = [cells[begin : begin + len(NAMES)] for begin in range(0, len(cells), len(NAMES))]
    return [*map(Near, rows, names, zip(*rest, strict=True), name_weights.tolist(), weights.tolist())]


def printed_in(record: DocketRecord, defendant: Defendant, index: Index) -> Printed:
    """What of the record may lead to persons."""
    born, middle, dates = defendant.birth_date, defendant.middle, _dates_printed(defendant)
    names, anew = names_as_printed(defendant), partial(names_besides, defendant, index.borne)
    return Printed(
        names=names or anew(),
        birth_dates=dates,
        legible=1.0 if born.is_illegible else min(1.0, sum([p for day, p in born.plausible() if day is not None])),
        whole=not born.is_illegible or is_whole(born),
        middle=letters(middle.value) if middle.value and middle.confidence >= CLEAN else "",
        sids=_numbers(defendant.sid),
        ir_numbers=_numbers(defendant.ir_number),
        docket_numbers=tuple([v for v, _ in record.docket_number.plausible() if v]),
        all_read=bool(dates or born.is_silent) and not any(reading.is_illegible for reading in HIDING(defendant)),
        anew=anew if names else None,
    )


def _dates_printed(defendant: Defendant) -> tuple[str, ...]:
    reading = defendant.birth_date
    days = [figures_of(day) for day, _ in reading.plausible() if day is not None]
    if reading.is_illegible and reading.raw:
        days += printed_figures(reading.raw)
    return tuple(dict.fromkeys(days))


def _numbers(reading: Reading[str]) -> tuple[str, ...]:
    return tuple([letters(value) for value, _ in reading.plausible() if value])
