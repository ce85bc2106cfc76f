"""Readings against what the page was made to say, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from casefile.docket import Charge, DocketRecord, Grams, Reading, SentencePart
from extract.documents import documents_in
from extract.records import records_of
from training.pages import ReadItem, values_of

FAMILY_OF = {
    "docket_number": "docket_number",
    "surname": "name", "given": "name", "middle": "name", "suffix": "name",
    "birth_date": "birth_date",
    "arrest_date": "date", "filed_date": "date", "offense_date": "date", "disposition_date": "date",
    "statute": "statute", "disposition": "disposition", "termination": "termination", "grams": "grams",
    "sentence": "sentence", "grade": "grade",
}  # fmt: skip
RECORD_FIELDS = ("docket_number", "arrest_date", "filed_date", "arresting_agency")
PERSON_FIELDS = ("surname", "given", "middle", "suffix", "birth_date", "sex", "race", "ir_number", "sid")
CHARGE_FIELDS = (
    "statute", "description", "grade", "offense_date", "grams", "plea", "disposition", "disposition_date", "sentence",
    "termination",
)  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One field of one record: the reading and the truth in the form of the export."""

    field: str
    reading: Reading[Any] | None  # None: the record or charge was not found
    said: Any
    truth: Any
    level: str
    layout: str
    where: str

    @property
    def family(self) -> str:
        return FAMILY_OF.get(self.field, "other")

    @property
    def right(self) -> bool:
        return bool(self.said == self.truth)


def exported(value: Any) -> Any:
    """A value in the form of the export."""
    if isinstance(value, Grams):
        return [value.low, value.high]
    if isinstance(value, tuple):
        return [exported(part) for part in value]
    if isinstance(value, SentencePart):
        return {
            "kind": value.kind.value,
            "amount": value.amount,
            "unit": value.unit.value if value.unit else None,
        }
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def records_in(read: ReadItem) -> list[DocketRecord]:
    """The records the extractor makes of an item's pages."""
    by_id = {page.page_id: page for page in read.pages}
    out: list[DocketRecord] = []
    for document in documents_in(read.pages):
        out.extend(records_of([by_id[p] for p in document.page_ids], document.kind))
    return out


def compared(read: ReadItem) -> Iterator[Compared]:
    """Every told field against the record that stands on the same page and fits best."""
    records = records_in(read)
    taken: set[str] = set()
    for told in read.told:
        pages = {read.pages[i].page_id for i in told.pages}
        candidates = [
            r for r in records if set(r.page_ids) & pages and r.defendant is not None and r.record_id not in taken
        ]
        record = max(candidates, key=lambda r: _fit(r, told.record), default=None)
        if record is not None:
            taken.add(record.record_id)
        level = read.item.specimens[told.pages[0]].level
        layout = read.item.specimens[told.pages[0]].layout
        truth = values_of(told)
        for path, value in truth.items():
            name = path.split(".")[-1]
            if name in ("aliases",) or value == "":
                continue
            reading = _reading(record, path)
            yield Compared(
                name,
                reading,
                exported(reading.value) if reading is not None else "(no record)",
                value,
                level,
                layout,
                f"{read.item.name}:{path}",
            )


def _fit(record: DocketRecord, truth: dict[str, Any]) -> float:
    number = record.docket_number.value or ""
    surname = record.defendant.surname.value if record.defendant is not None else ""
    return 2.0 * bool(number == truth["docket_number"]) + bool(surname == truth["defendant"]["surname"])


def _reading(record: DocketRecord | None, path: str) -> Reading[Any] | None:
    if record is None:
        return None
    first, *rest = path.split(".")
    if not rest:
        return getattr(record, first)  # type: ignore[no-any-return]
    if first == "defendant":
        return getattr(record.defendant, rest[0])  # type: ignore[no-any-return]
    charge: Charge | None = next((c for c in record.charges if c.count == int(rest[0])), None)
    return getattr(charge, rest[1]) if charge is not None else None


def share_right(fields: Sequence[Compared]) -> float:
    return sum(f.right for f in fields) / len(fields) if fields else 0.0
