"""People as columns of text: what an index is built from, and how one of them is read back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from casefile.docket import Sex, Suffix
from casefile.persons import Person, PersonId

FIELD, ITEM, PART = "\x1f", "\x1e", "\x1d"  # between the cells of a person, the items of a cell, the parts of an item
NAMES = (
    *("person_id", "surname", "given", "middle", "suffix", "birth_date", "sex", "race", "ir_number", "sid"),
    *("aliases", "docket_numbers", "address", "illegible"),
)
SUFFIXES = {"": None, **{one.value: one for one in Suffix}}
SEXES = {"": None, **{one.value: one for one in Sex}}
SEPARATORS = str.maketrans(dict.fromkeys("\x1c\x1d\x1e\x1f", " "))


def columns_of(persons: Iterable[Person]) -> pl.DataFrame:
    """One row a person, every cell text, empty where nothing is known."""
    rows = [_cells(person) for person in persons]
    schema = dict.fromkeys(NAMES, pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _cells(person: Person) -> tuple[str, ...]:
    plain = (person.surname, person.given, person.middle)
    return (
        person.person_id.translate(SEPARATORS),
        *(text.translate(SEPARATORS) for text in plain),
        person.suffix or "",
        person.birth_date.isoformat() if person.birth_date else "",
        person.sex or "",
        person.race.translate(SEPARATORS),
        person.ir_number.translate(SEPARATORS),
        person.sid.translate(SEPARATORS),
        ITEM.join(PART.join(name.translate(SEPARATORS) for name in alias) for alias in person.aliases),
        ITEM.join(number.translate(SEPARATORS) for number in person.docket_numbers),
        person.address.translate(SEPARATORS),
        ITEM.join(person.illegible),
    )


def person_in(text: str) -> Person:
    """The person whose cells `text` holds, joined by FIELD."""
    cells = text.split(FIELD)
    person_id, surname, given, middle, suffix, born, sex, race, ir_number, sid, aliases, dockets, address, unread = (
        cells
    )
    return Person(
        PersonId(person_id), surname, given, middle, SUFFIXES[suffix], date.fromisoformat(born) if born else None,
        SEXES[sex], race, ir_number, sid,
        tuple((a, b) for a, _, b in (alias.partition(PART) for alias in aliases.split(ITEM))) if aliases else (),
        _items(dockets), address, _items(unread),
    )  # fmt: skip


def _items(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(ITEM)) if cell else ()
