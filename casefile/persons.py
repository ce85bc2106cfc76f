"""The people an office knows of, as its list gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType

from casefile.docket import Sex, Suffix

PersonId = NewType("PersonId", str)


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the list of persons. A cell that could not be understood stands in `illegible` by its
    column's name; it is unknown, not empty."""

    person_id: PersonId
    surname: str
    given: str = ""
    middle: str = ""
    suffix: Suffix | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    race: str = ""
    ir_number: str = ""
    sid: str = ""
    aliases: tuple[tuple[str, str], ...] = ()  # (surname, given)
    docket_numbers: tuple[str, ...] = ()  # in the canonical form of DocketRecord.docket_number
    address: str = ""
    illegible: tuple[str, ...] = ()
