"""Plausible wholes of which a test names only what differs; everybody here is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casefile.docket import Charge, ChargeId, Defendant, DocketRecord, Reading, RecordId, silent
from casefile.persons import Person, PersonId

NAMES = ("surname", "given", "middle", "suffix", "birth_date", "sex", "race", "ir_number", "sid")

OF_A_CHARGE = (
    *("statute", "description", "grade", "grams", "subsequent", "section7", "plea"),
    *("disposition", "disposition_date", "sentence", "termination", "violated"),
)


def as_reading(value: Any) -> Reading[Any]:
    return value if isinstance(value, Reading) else Reading(value)


def record_of(**fields: Any) -> DocketRecord:
    defendant: dict[str, Any] = {name: as_reading(fields.get(name)) for name in NAMES}
    aliases = tuple(as_reading(alias) for alias in fields.get("aliases", ()))
    return DocketRecord(
        record_id=RecordId("r1"),
        document_kind=None,
        page_ids=(),
        docket_number=as_reading(fields.get("docket_number")),
        arrest_date=as_reading(fields.get("arrest_date")),
        filed_date=silent(),
        arresting_agency=silent(),
        defendant=Defendant(aliases=aliases, **defendant),
        charges=tuple(charge_on(day) for day in fields.get("offense_dates", ())),
    )


def charge_on(day: date) -> Charge:
    rest: dict[str, Reading[Any]] = {name: silent() for name in OF_A_CHARGE}
    return Charge(ChargeId("r1-1"), 1, offense_date=Reading(day), **rest)


def person_of(person_id: str = "P1", surname: str = "MARLOW", **fields: Any) -> Person:
    return Person(PersonId(person_id), surname, **fields)


@pytest.fixture(scope="session")
def a_record() -> Callable[..., DocketRecord]:
    return record_of


@pytest.fixture(scope="session")
def a_person() -> Callable[..., Person]:
    return person_of


@pytest.fixture
def a_file(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def written(content: str | bytes) -> Path:
        path = tmp_path / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written
