"""The listed persons near a record, with every field compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import exp2, fsum
from operator import attrgetter

from casefile.docket import Defendant, DocketRecord, Reading
from casefile.linkage import Agreement
from casefile.persons import PersonId
from match.asked import Printed
from match.birth_dates import figures_of, printed_figures
from match.columns import NAMES
from match.comparisons import CLEAN, REST, Compared, Rest, highest_weight, is_whole
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

    __slots__ = ("cells", "compared", "heavy", "name_weight", "weight")

    def __init__(self, cells: Sequence[str], names: tuple[Compared, ...], rest: tuple[Compared, ...]) -> None:
        self.cells, self.compared = cells, names + rest
        self.name_weight = sum([one.weight for one in names])
        self.weight = self.name_weight + sum([one.weight for one in rest])
        self.heavy = exp2(self.weight)

    @property
    def person_id(self) -> PersonId:
        return PersonId(self.cells[PERSON_ID])

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return tuple(one.agreement for one in self.compared)

    @property
    def levels(self) -> dict[str, str]:
        return {one.field: one.level for one in self.compared}

    def level(self, field: str) -> str:
        """The level that a field reached."""
        return self.compared[PLACE[field]].level

    def of(self, field: str) -> Compared:
        return self.compared[PLACE[field]]

    def if_hidden(self, *, worst: bool) -> float:
        """The weight if what could not be read were as bad, or as good, for this person as can be."""
        extreme = lowest_weight if worst else highest_weight
        return self.weight + sum(extreme(one.field) - one.weight for one in self.compared if one.hidden)


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
    printed = [printed_in(record, defendant, index) for record, defendant in records]
    fields = []
    found = index.near(printed)
    cells = iter(index.cells([at for some in found for at in some.positions]))
    for (record, defendant), some in zip(records, found, strict=True):
        rest = Rest(record, defendant) if some.positions else None
        fields.append(Field([compared_with(next(cells), named, rest) for named in some.names] if rest else [], some))
    return fields


def compared_with(cells: Sequence[str], named: NamesCompared, rest: Rest) -> Near:
    """A listed person, every field compared."""
    return Near(cells, named.names, rest.beside(cells, middle_used=named.middle_used, middle=named.middle))


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
