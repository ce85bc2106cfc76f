"""The listed persons near a record, with every field compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from casefile.docket import Defendant, DocketRecord, Reading
from casefile.linkage import Agreement
from casefile.persons import Person
from match.asked import Printed
from match.birth_dates import figures_of, printed_figures
from match.comparisons import CLEAN, Compared, compare_rest, highest_weight, is_whole
from match.index import Index
from match.levels import lowest_weight
from match.names import letters
from match.said import names_as_printed, names_said

HIDING = ("surname", "given", "middle", "suffix", "sex", "sid", "ir_number")


class Near:
    """One person near the record, with every field compared; weights in bits."""

    __slots__ = ("_levels", "name_weight", "names", "person", "rest", "weight")

    def __init__(self, person: Person, names: tuple[Agreement, ...], rest: tuple[Compared, ...]) -> None:
        self.person, self.names, self.rest = person, names, rest
        self.name_weight = sum(agreement.weight for agreement in names)
        self.weight = self.name_weight + sum([field.agreement.weight for field in rest])
        self._levels: dict[str, str] | None = None

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return (*self.names, *[field.agreement for field in self.rest])

    def level(self, field: str) -> str:
        """The level that a field reached."""
        if self._levels is None:
            self._levels = {agreement.field: agreement.level for agreement in self.agreements}
        return self._levels[field]

    def of(self, field: str) -> Compared:
        return next(compared for compared in self.rest if compared.agreement.field == field)

    def if_hidden(self, *, worst: bool) -> float:
        """The weight if what could not be read were as bad, or as good, for this person as can be."""
        extreme = lowest_weight if worst else highest_weight
        return self.weight + sum(
            extreme(field.agreement.field) - field.agreement.weight for field in self.rest if field.hidden
        )


class Field(NamedTuple):
    """The persons near a record, compared, and what everybody else found weighs together."""

    near: list[Near]
    others: int = 0
    others_weight: float = 0.0
    others_name_weight: float = 0.0


def those_near(record: DocketRecord, defendant: Defendant, index: Index) -> Field:
    """Everybody on the list who could be meant, compared field by field."""
    return fields_of([(record, defendant)], index)[0]


def fields_of(records: Sequence[tuple[DocketRecord, Defendant]], index: Index) -> list[Field]:
    """The same for each of many records."""
    printed = [printed_in(record, defendant, index) for record, defendant in records]
    fields = []
    for (record, defendant), found in zip(records, index.near(printed), strict=True):
        near = []
        for at, named in zip(found.positions, found.names, strict=True):
            person = index.person(at)
            rest = compare_rest(record, defendant, person, middle_used=named.middle_used, middle=named.middle)
            near.append(Near(person, named.agreements, rest))
        fields.append(Field(near, found.others, found.others_weight, found.others_name_weight))
    return fields


def printed_in(record: DocketRecord, defendant: Defendant, index: Index) -> Printed:
    """What of the record may lead to persons."""
    born, middle, dates = defendant.birth_date, defendant.middle, _dates_printed(defendant)
    names, anew = names_as_printed(defendant), partial(names_said, defendant, index.borne)
    return Printed(
        names=names or anew(),
        birth_dates=dates,
        legible=1.0 if born.is_illegible else min(1.0, sum(p for day, p in born.plausible() if day is not None)),
        whole=not born.is_illegible or is_whole(born),
        middle=letters(middle.value) if middle.value and middle.confidence >= CLEAN else "",
        sids=_numbers(defendant.sid),
        ir_numbers=_numbers(defendant.ir_number),
        docket_numbers=tuple(v for v, _ in record.docket_number.plausible() if v),
        all_read=not any(getattr(defendant, name).is_illegible for name in HIDING) and bool(dates or born.is_silent),
        anew=anew if names else None,
    )


def _dates_printed(defendant: Defendant) -> tuple[str, ...]:
    reading = defendant.birth_date
    days = [figures_of(day) for day, _ in reading.plausible() if day is not None]
    if reading.is_illegible and reading.raw:
        days += printed_figures(reading.raw)
    return tuple(dict.fromkeys(days))


def _numbers(reading: Reading[str]) -> tuple[str, ...]:
    return tuple(letters(value) for value, _ in reading.plausible() if value)
