"""The list of persons as an office gives it, read without losing anybody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from casefile.archive import Sha256
from casefile.docket import Sex, Suffix
from casefile.persons import Person, PersonId
from match.docket_numbers import canonical_docket_number
from match.names import LONGEST_NAME, letters
from match.table import Problem, Row, read_table

NEEDED = ("person_id", "surname")
COLUMNS = (
    *NEEDED,
    *("given", "middle", "suffix", "birth_date", "sex", "race", "ir_number", "sid"),
    *("aliases", "docket_numbers", "address"),
)
LONGEST_NUMBER = 15  # IR and SID numbers have at most 9 figures
EARLIEST_BIRTH = date(1850, 1, 1)

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class PersonList:
    """Everybody on a list, in its order, with what could not be understood and the digest of the file."""

    persons: tuple[Person, ...]
    problems: tuple[Problem, ...]
    sha256: Sha256


def read_persons(path: Path) -> PersonList:
    """The persons in a CSV file; a bad cell is listed and its person stays, a bad id refuses the file."""
    table = read_table(path, "the list of persons", COLUMNS, NEEDED)
    problems: list[Problem] = []
    persons = tuple(person_of(row) for row in table.each(problems))
    return PersonList(persons, tuple(problems), table.sha256)


def person_of(row: Row) -> Person:
    """The person in one row; what is not understood is listed by the row itself."""
    return Person(
        person_id=PersonId(row.text("person_id")),
        surname=row.cell("surname", _name, ""),
        given=row.cell("given", _name, ""),
        middle=row.cell("middle", _name, ""),
        suffix=row.cell("suffix", lambda text: _one_of(Suffix, text.replace(".", "")), None),
        birth_date=row.cell("birth_date", _birth_date, None),
        sex=row.cell("sex", lambda text: _one_of(Sex, text), None),
        race=row.cell("race", _race, ""),
        ir_number=row.cell("ir_number", _number, ""),
        sid=row.cell("sid", _number, ""),
        aliases=row.cell("aliases", _aliases, ()),
        docket_numbers=row.cell("docket_numbers", _docket_numbers, ()),
        address=row.cell("address", str, ""),
        illegible=tuple(row.illegible),
    )


def _name(text: str) -> str:
    if text[0] in "=+@":
        raise ValueError("a formula")
    if not 0 < len(letters(text)) <= LONGEST_NAME:
        raise ValueError("not a name")
    if not any(c.isalpha() for c in text):
        raise ValueError("a name without letters")
    return text


def _one_of(words: type[E], text: str) -> E:
    try:
        return words(text.upper())
    except ValueError:
        raise ValueError("not one of " + " ".join(words)) from None


def _birth_date(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not YYYY-MM-DD")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("no day of the calendar") from None
    if day < EARLIEST_BIRTH:
        raise ValueError("too long ago")
    return day


def _race(text: str) -> str:
    if not any(c.isalpha() for c in text) or len(text) > LONGEST_NAME:
        raise ValueError("not a word")
    return text


def _number(text: str) -> str:
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    if not any(c.isdigit() for c in bare) or len(bare) > LONGEST_NUMBER:
        raise ValueError("not a number")
    return bare


def _aliases(text: str) -> tuple[tuple[str, str], ...]:
    aliases = []
    for alias in filter(None, (part.strip() for part in text.split(";"))):
        surname, comma, given = (part.strip() for part in alias.partition(","))
        if not comma or not surname:
            raise ValueError("not SURNAME, GIVEN")
        aliases.append((_name(surname), _name(given) if given else ""))
    return tuple(aliases)


def _docket_numbers(text: str) -> tuple[str, ...]:
    numbers = [canonical_docket_number(part) for part in text.split(";") if part.strip()]
    if not all(numbers):
        raise ValueError("not a docket number")
    return tuple(dict.fromkeys(numbers))
