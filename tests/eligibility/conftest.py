"""Records for the tests of the law: a plausible whole, of which a test names only what differs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import pytest

from casefile.docket import (
    Charge,
    Defendant,
    Disposition,
    DocketRecord,
    DocumentKind,
    Gap,
    Grade,
    Grams,
    Reading,
    RecordId,
    SentenceKind,
    SentencePart,
    Termination,
    Unit,
    charge_id_of,
    silent,
)

T = TypeVar("T")

READERS = {
    "grade": Grade,
    "disposition": Disposition,
    "termination": Termination,
    "grams": lambda amounts: Grams(*amounts),
    "sentence": lambda parts: tuple(
        SentencePart(SentenceKind(kind), *([amount, Unit(unit)] if amount is not None else []))
        for kind, amount, unit in ((*part, None, None)[:3] for part in parts)
    ),
}
FIELDS = [f.name for f in dataclasses.fields(Charge) if f.name not in ("charge_id", "count")]


def read(value: T, confidence: float = 1.0, *alternatives: tuple[T | None, float]) -> Reading[T]:
    return Reading(value, "ink", confidence, alternatives=alternatives)


def illegible() -> Reading[Any]:
    return Reading(None, "l9?l", 0.3)


class Factories:
    """Makes charges and records; a charge is a possession that the law relieves automatically."""

    read = staticmethod(read)
    illegible = staticmethod(illegible)
    nothing = dict.fromkeys(FIELDS)  # a charge of which the paper says nothing

    def charge(self, count: int = 1, record_id: str = "r1", **fields: Any) -> Charge:
        """A charge; a field may be a value, a Reading, or None for silence."""
        stated: dict[str, Any] = {
            "statute": "720 ILCS 550/4(b)",
            "offense_date": date(1998, 5, 2),
            "grade": Grade.MB,
            "disposition": Disposition.GUILTY,
            "disposition_date": date(1998, 9, 1),
            "sentence": (SentencePart(SentenceKind.FINE),),
        } | fields
        readings = {name: self.reading(stated.get(name)) for name in FIELDS}
        return Charge(charge_id_of(RecordId(record_id), count), count, **readings)

    def reading(self, value: Any) -> Reading[Any]:
        if isinstance(value, Reading):
            return value
        return silent() if value is None else read(value)

    def record(
        self,
        *charges: Charge,
        record_id: str = "r1",
        kind: DocumentKind = DocumentKind.CERTIFIED_STATEMENT,
        arrest_date: Any = None,
        birth_date: Any = None,
        docket_number: str = "98C10000001",
        surname: str = "QUILLBY",
        gaps: Iterable[Gap] = (),
    ) -> DocketRecord:
        blank: Reading[Any] = silent()
        defendant = Defendant(
            surname=read(surname),
            given=read("TERRANCE"),
            middle=blank,
            suffix=blank,
            aliases=(),
            birth_date=self.reading(birth_date),
            sex=blank,
            race=blank,
            ir_number=blank,
            sid=blank,
        )
        charges = tuple(
            replace(charge, charge_id=charge_id_of(RecordId(record_id), charge.count)) for charge in charges
        )
        return DocketRecord(
            record_id=RecordId(record_id),
            document_kind=kind,
            page_ids=(),
            docket_number=read(docket_number),
            arrest_date=self.reading(arrest_date),
            filed_date=blank,
            arresting_agency=blank,
            defendant=defendant,
            charges=charges,
            gaps=tuple(gaps),
        )

    def stated(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Facts as a scenario file gives them, as values or readings: `"illegible"` is ink nobody can read."""
        return {name: self._stated(name, value) for name, value in facts.items()}

    def _stated(self, name: str, value: Any) -> Any:
        if value == "illegible":
            return illegible()
        if isinstance(value, dict):
            return self._doubtful(name, value)
        return READERS.get(name, lambda same: same)(value)

    def _doubtful(self, name: str, value: dict[str, Any]) -> Reading[Any]:
        reader = READERS.get(name, lambda same: same)
        alternatives: Sequence[Any] = value.get("alternatives", ())
        return read(reader(value["read"]), value["confidence"], *((reader(v), p) for v, p in alternatives))


@pytest.fixture(scope="session")
def a() -> Factories:
    return Factories()
