"""Finding records and listed persons by what people remember of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from casefile.desk_rows import DeskRows
from casefile.docket import RecordId
from casefile.persons import Person
from review_queue.shorthand import NotUnderstoodError, docket_number_typed

MOST = 30  # lines shown; whoever sees so many types more letters
LEAST = 2  # letters to look for


def found_records(rows: DeskRows, text: str) -> list[RecordId]:
    """Records whose docket number, or whose defendant's surname, begins so."""
    plain = " ".join(text.upper().split())
    if len(plain) < LEAST:
        return []
    if not re.search(r"\d", plain):
        surname = plain.partition(",")[0].strip()
        return rows.records_named(surname, most=MOST)
    beginnings = dict.fromkeys((re.sub(r"[^A-Z0-9]", "", plain), *_whole_number(plain)))
    found = (record for beginning in beginnings for record in rows.records_numbered(beginning, most=MOST))
    return list(dict.fromkeys(found))[:MOST]


def _whole_number(text: str) -> list[str]:
    try:
        return [docket_number_typed(text)]
    except NotUnderstoodError:
        return []


def listed_persons(persons: Sequence[Person], text: str) -> tuple[Person, ...]:
    """Persons of that id, or whose `SURNAME, GIVEN` begins so."""
    plain = " ".join(text.upper().replace(",", " ").split())
    if len(plain) < LEAST:
        return ()
    found = (p for p in persons if p.person_id.upper() == plain or f"{p.surname} {p.given}".upper().startswith(plain))
    return tuple(islice(found, MOST))
