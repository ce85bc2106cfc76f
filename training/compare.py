"""Readings against what the page was made to say, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from casefile.docket import Charge, DocketRecord, Grams, Reading, SentencePart
from extract.documents import documents_in
from extract.records import records_of
from specimens import Told
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
    for told, record in paired(read, records_in(read)):
        yield from compared_with(read, told, record)


def compared_with(read: ReadItem, told: Told, record: DocketRecord | None) -> Iterator[Compared]:
    """Every field that was told against what a record says of it."""
    specimen = read.item.specimens[told.pages[0]]
    for path, value in values_of(told).items():
        name = path.split(".")[-1]
        if name in ("aliases",) or value == "":
            continue
        reading = _reading(record, path)
        said = exported(reading.value) if reading is not None else "(no record)"
        yield Compared(name, reading, said, value, specimen.level, specimen.layout, f"{read.item.name}:{path}")


def paired(read: ReadItem, records: Sequence[DocketRecord]) -> list[tuple[Told, DocketRecord | None]]:
    """Each told record with the one that was read of it, best pairs first; None where none was.

    Where a page tells of several cases, a record of another number and another name is not the one that was told.
    """
    scored = []
    for at, told in enumerate(read.told):
        pages = {read.pages[i].page_id for i in told.pages}
        alone = sum(bool(set(told.pages) & set(other.pages)) for other in read.told) == 1
        for of, record in enumerate(records):
            fit = _fit(record, told.record) if set(record.page_ids) & pages and record.defendant is not None else 0.0
            if fit > (0.0 if alone else 0.5):
                scored.append((-fit, of, at))
    partner: dict[int, DocketRecord] = {}
    used: set[int] = set()
    for _, of, at in sorted(scored):
        if at not in partner and of not in used:
            partner[at] = records[of]
            used.add(of)
    return [(told, partner.get(at)) for at, told in enumerate(read.told)]


def _fit(record: DocketRecord, truth: dict[str, Any]) -> float:
    """How much speaks for both being one; a quarter where they share no more than the page."""
    number = record.docket_number.value or ""
    said = record.defendant.surname.value or "" if record.defendant is not None else ""
    charged = {charge.statute.value for charge in record.charges} & {c["statute"] for c in truth["charges"]}
    alike = _alike(number, truth["docket_number"] or "") + 0.5 * _alike(said, truth["defendant"]["surname"] or "")
    return 0.25 + 2.0 * alike + 0.2 * bool(charged)


def _alike(said: str, truth: str) -> float:
    """1 for the same, less for what a few misread characters make of it, 0 for another word."""
    ratio = SequenceMatcher(None, said, truth, autojunk=False).ratio() if said and truth else 0.0
    return ratio if ratio >= 0.75 else 0.0


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
