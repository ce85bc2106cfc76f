"""The listed persons near a record, with every field compared."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.docket import Defendant, DocketRecord, Reading
from casefile.linkage import Agreement
from casefile.persons import Person
from match.birth_dates import figures_of, printed_figures
from match.comparisons import Compared, compare_rest, highest_weight
from match.index import Index, Printed
from match.levels import lowest_weight
from match.named import NameComparison, names_said, searched
from match.names import letters


@dataclass(frozen=True, slots=True)
class Near:
    """One person near the record, with every field compared."""

    person: Person
    names: tuple[Agreement, ...]
    rest: tuple[Compared, ...]

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return (*self.names, *(field.agreement for field in self.rest))

    @property
    def name_weight(self) -> float:
        return sum(agreement.weight for agreement in self.names)

    @property
    def weight(self) -> float:
        return self.name_weight + sum(field.agreement.weight for field in self.rest)

    def level(self, field: str) -> str:
        return next(agreement.level for agreement in self.agreements if agreement.field == field)

    def of(self, field: str) -> Compared:
        return next(compared for compared in self.rest if compared.agreement.field == field)

    def if_hidden(self, *, worst: bool) -> float:
        """The weight if what could not be read were as bad, or as good, for this person as can be."""
        extreme = lowest_weight if worst else highest_weight
        return self.weight + sum(
            extreme(field.agreement.field) - field.agreement.weight for field in self.rest if field.hidden
        )


def those_near(record: DocketRecord, defendant: Defendant, index: Index) -> list[Near]:
    """Everybody on the list who could be meant, compared field by field, in the order of their ids."""
    said_names = names_said(defendant)
    printed = Printed(
        names=searched(said_names),
        birth_dates=_dates_printed(defendant),
        sids=_numbers(defendant.sid),
        ir_numbers=_numbers(defendant.ir_number),
        docket_numbers=tuple(v for v, _ in record.docket_number.plausible() if v),
    )
    names = NameComparison(said_names, index)
    near = []
    for at in index.near(printed):
        person, named = index.persons[at], names.with_person(at)
        rest = compare_rest(record, defendant, person, middle_used=named.middle_used)
        near.append(Near(person, named.agreements, rest))
    return near


def _dates_printed(defendant: Defendant) -> tuple[str, ...]:
    reading = defendant.birth_date
    days = [figures_of(day) for day, _ in reading.plausible() if day is not None]
    if reading.is_illegible and reading.raw:
        days += printed_figures(reading.raw)
    return tuple(dict.fromkeys(days))


def _numbers(reading: Reading[str]) -> tuple[str, ...]:
    return tuple(letters(value) for value, _ in reading.plausible() if value)
