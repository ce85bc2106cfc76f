"""What leaves the house as data: records, determinations, persons, questions, charges."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from casefile.archive import Page, PageId, page_order
from casefile.codec import to_plain
from casefile.docket import (
    Charge,
    Defendant,
    Disposition,
    DocketRecord,
    Reading,
    record_id_of,
)
from casefile.errors import ArgumentError, StorageError
from casefile.law import Determination
from casefile.linkage import Match
from casefile.store import Store
from eligibility.illinois.features import HAS_PLACE_FOR_SENTENCE
from review_queue.fields import field_of
from review_queue.triage import Thresholds, is_accepted

T = TypeVar("T")
Row = dict[str, object]

GONE = (Disposition.EXPUNGED, Disposition.SEALED)
ILLEGIBLE = "(illegible)"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


# records


def records(store: Store, thresholds: Thresholds) -> Iterator[Row]:
    """One object a record in shelf order, and one for each page that carries none: every page is there."""
    pages = {page.page_id: page for page in store.pages()}
    entries: list[tuple[tuple[object, ...], int, Callable[[], Row]]] = []
    seen: set[PageId] = set()
    for record_id, _ in store.record_rows():
        row = store.record(record_id)
        if row is None or row.body.page_ids[0] not in pages:
            continue
        first = pages[row.body.page_ids[0]]
        seen |= set(row.body.page_ids)
        ordinal = store.records_of_document(row.document_id).index(record_id)
        entries.append((page_order(first), ordinal, _later(_record, store, row.body, pages, thresholds)))
    for page in pages.values():
        if page.page_id not in seen:
            entries.append((page_order(page), 0, _later(_page_alone, page)))
    entries.sort(key=lambda entry: entry[:2])
    return (make() for _, _, make in entries)


def _later(function: Callable[..., Row], *arguments: object) -> Callable[[], Row]:
    return lambda: function(*arguments)


def _page_alone(page: Page) -> Row:
    """A page that was set aside or is not read yet."""
    return {
        "record_id": record_id_of(page.page_id, 0),
        "document_kind": None,
        **_places([page]),
        "state": "in_review",
    }


def _places(pages: list[Page]) -> Row:
    return {
        "box": pages[0].place.box,
        "folder": pages[0].place.folder,
        "files": list(dict.fromkeys(page.place.file for page in pages)),
        "pages": [{"page_id": p.page_id, "file": p.place.file, "frame": p.place.frame} for p in pages],
    }


def _record(store: Store, record: DocketRecord, pages: Mapping[PageId, Page], thresholds: Thresholds) -> Row:
    triage = store.triage(record.record_id)
    head: Row = {
        "record_id": record.record_id,
        "document_kind": record.document_kind,
        **_places([pages[page_id] for page_id in record.page_ids]),
    }
    state = triage.state if triage else "in_review"
    if record.defendant is None:
        return {**head, "state": state}
    if is_hidden(store, record):
        charges = [{"count": c.count, "disposition": _gone(c)} for c in record.charges]
        return {**head, "charges": charges, "state": "in_review"}
    return {
        **head,
        **_case(record, thresholds),
        "defendant": _defendant(record.defendant, thresholds),
        "charges": [_charge(charge, thresholds) for charge in record.charges],
        "match": _match(store.match(record.record_id)),
        "determinations": [_determination(d) for d in store.determinations(record.record_id)],
        "state": state,
    }


def is_gone(record: DocketRecord) -> bool:
    """Whether the docket says of itself that it was expunged or sealed: then nothing more of it leaves."""
    return any(charge.disposition.value in GONE for charge in record.charges)


def is_hidden(store: Store, record: DocketRecord) -> bool:
    """Whether this paper, or another of its docket, says that the case was expunged or sealed: the law was asked
    and said nothing of any charge."""
    asked = store.key_of("determinations", record.record_id) is not None
    return is_gone(record) or (asked and bool(record.charges) and not store.determinations(record.record_id))


def _gone(charge: Charge) -> str | None:
    return charge.disposition.value if charge.disposition.value in GONE else None


def _case(record: DocketRecord, thresholds: Thresholds) -> Row:
    names = ("docket_number", "arrest_date", "filed_date", "arresting_agency")
    return {name: reading(getattr(record, name), name, thresholds) for name in names}


def _defendant(defendant: Defendant, thresholds: Thresholds) -> Row:
    names = ("surname", "given", "middle", "suffix", "birth_date", "sex", "race", "ir_number", "sid")
    row: Row = {name: reading(getattr(defendant, name), f"defendant.{name}", thresholds) for name in names}
    aliases = [reading(alias, "defendant.aliases.1", thresholds) for alias in defendant.aliases]
    return {**row, "aliases": aliases}


CHARGE_FIELDS = (
    "statute", "description", "grade", "offense_date", "grams", "subsequent", "section7", "plea",
    "disposition", "disposition_date", "sentence", "termination", "violated",
)  # fmt: skip


def _charge(charge: Charge, thresholds: Thresholds) -> Row:
    def read(name: str) -> Row:
        return reading(getattr(charge, name), f"charges.{charge.count}.{name}", thresholds)

    return {"count": charge.count, **{name: read(name) for name in CHARGE_FIELDS}}


def reading(found: Reading[T], path: str, thresholds: Thresholds) -> Row:
    """A reading in the form the outside knows."""
    source = found.sources[0] if found.sources else None
    return {
        "value": to_plain(found.value),
        "raw": found.raw,
        "confidence": round(found.confidence, 6),
        "page_id": None if source is None else source.page_id,
        "bbox": None if source is None else list(source.bbox),
        "alternatives": [[to_plain(value), round(p, 6)] for value, p in found.alternatives],
        "settled_by": found.settled_by,
        "accepted": is_accepted(found, field_of(path).family, thresholds),
    }


def _match(match: Match | None) -> Row:
    if match is None:
        return {"status": "none", "person_id": None, "probability": None}
    best = match.best
    return {
        "status": match.status,
        "person_id": None if best is None else best.person_id,
        "probability": None if best is None else round(best.probability, 6),
    }


def _determination(found: Determination) -> Row:
    return {
        "count": found.count,
        "law": found.law,
        "law_version": found.law_version,
        "policy": found.policy,
        "as_of": found.as_of.isoformat(),
        "outcome": found.outcome,
        "route": found.route,
        "result": found.result,
        "probability": None if found.probability is None else round(found.probability, 6),
        "reason_codes": list(found.reason_codes),
        "grounds": [
            {
                "cite": ground.cite,
                "met": ground.met,
                "because": ground.because,
                "ink": [{"page_id": s.page_id, "bbox": list(s.bbox)} for s in ground.sources],
            }
            for ground in found.grounds
        ],
        "questions": [question.field for question in found.questions],
    }


# the other exports


def determinations(store: Store, thresholds: Thresholds) -> Iterator[Row]:
    """One row a charge and policy, without names."""
    for row in records(store, thresholds):
        for found in _rows(row, "determinations"):
            grounds = found.pop("grounds")
            yield {"record_id": row["record_id"], "docket_number": _value(row, "docket_number"), **found,
                   "grounds": grounds}  # fmt: skip


def persons(store: Store, thresholds: Thresholds) -> Iterator[Row]:
    """One row a listed person: the records linked to them, and those that may be theirs."""
    for person in store.persons():
        linked, possible = [], []
        for record_id in store.records_of_person(person.person_id):
            match = store.match(record_id)
            if match is not None and match.status == "linked":
                linked.append(record_id)
            elif match is not None and match.status == "possible":
                possible.append(record_id)
        yield {"person_id": person.person_id, "linked": linked, "possible": possible}


def review(store: Store, thresholds: Thresholds) -> Iterator[Row]:
    """The open questions, the most useful first."""
    for item in store.items():
        yield {
            "item_id": item.item_id,
            "kind": item.kind,
            "record_id": item.record_id,
            "page_id": item.page_id,
            "bbox": None if item.bbox is None else list(item.bbox),
            "field": item.field,
            "why": item.why,
            "priority": round(item.priority, 6),
        }


def charges(store: Store, thresholds: Thresholds) -> Iterator[Row]:
    """One row a charge in the columns of charges.csv, so that paper and data can meet the same rules."""
    for record_id, _ in store.record_rows():
        row = store.record(record_id)
        if row is None or row.body.defendant is None or is_hidden(store, row.body):
            continue
        match = store.match(record_id)
        for charge in row.body.charges:
            yield _charges_row(row.body, charge, match)


def _charges_row(record: DocketRecord, charge: Charge, match: Match | None) -> Row:
    linked = match is not None and match.status == "linked" and match.best is not None
    defendant = record.defendant
    decisive = (
        charge.statute, charge.disposition, charge.termination, charge.grams, charge.offense_date, charge.grade,
        charge.subsequent, charge.section7, charge.disposition_date, charge.sentence, record.arrest_date,
    )  # fmt: skip
    return {
        "record_id": f"{record.record_id}-{charge.count}",
        "person_id": match.best.person_id if linked and match and match.best else "",
        "docket_number": record.docket_number.value or _unread(record.docket_number),
        "count": charge.count,
        "offense_date": _iso(charge.offense_date),
        "arrest_date": _iso(record.arrest_date),
        "statute": charge.statute.value or _unread(charge.statute),
        "description": charge.description.value or "",
        "grade": charge.grade.value or _unread(charge.grade),
        "grams": _grams(charge),
        "subsequent": _yes_no(charge.subsequent),
        "disposition": charge.disposition.value or _unread(charge.disposition),
        "disposition_date": _iso(charge.disposition_date),
        "sentence": _sentence(charge) or _missing_sentence(record, charge),
        "sentence_complete": "",
        "termination": charge.termination.value or _unread(charge.termination),
        "section7": "yes" if charge.section7.value else _unread(charge.section7),
        "birth_date": "" if defendant is None else _iso(defendant.birth_date),
        "source_confidence": 0.0 if _is_not_whole(record, match) else round(min(r.confidence for r in decisive), 6),
    }


def _is_not_whole(record: DocketRecord, match: Match | None) -> bool:
    """Whether something of the case is unread, or whose it is in doubt: no row of data can say so otherwise."""
    return bool(record.gaps) or (match is not None and match.status == "possible")


def _missing_sentence(record: DocketRecord, charge: Charge) -> str:
    """A guilty without a sentence on a form that has a place for it is a doubt, as it is for the archive."""
    is_due = record.document_kind in HAS_PLACE_FOR_SENTENCE and charge.disposition.value is Disposition.GUILTY
    return ILLEGIBLE if is_due else ""


def _unread(found: Reading[T]) -> str:
    """The cell of a reading without a value: empty for silence, and for ink nobody could read a word that is no
    value of any column."""
    return ILLEGIBLE if found.is_illegible else ""


def _iso(found: Reading[date]) -> str:
    return found.value.isoformat() if found.value is not None else _unread(found)


def _grams(charge: Charge) -> str:
    value = charge.grams.value
    if value is None:
        return _unread(charge.grams)
    low, high = value
    if low == high:
        return f"{low:g}"
    if low is None:
        return f"<{high:g}"
    return f">{low:g}" if high is None else f"{low:g}-{high:g}"


def _yes_no(found: Reading[bool]) -> str:
    return _unread(found) if found.value is None else "yes" if found.value else "no"


def _sentence(charge: Charge) -> str:
    """`18 months probation; 100 dollars fine`"""
    if charge.sentence.is_illegible:
        return _unread(charge.sentence)
    parts = charge.sentence.value or ()
    return "; ".join(
        " ".join(filter(None, (None if p.amount is None else f"{p.amount:g}", p.unit, p.kind.replace("_", " "))))
        for p in parts
    )


def _rows(row: Row, name: str) -> list[Row]:
    found = row.get(name, [])
    return list(found) if isinstance(found, list) else []


def _value(row: Row, name: str) -> object:
    found = row.get(name)
    return found.get("value") if isinstance(found, dict) else None


# files

EXPORTS: dict[str, Callable[[Store, Thresholds], Iterator[Row]]] = {
    "records": records,
    "determinations": determinations,
    "persons": persons,
    "review": review,
    "charges": charges,
}


def write(rows: Iterable[Row], out: Path) -> int:
    """Writes the rows as JSON lines or CSV by the name's ending, whole or not at all; how many there were."""
    kinds = {".jsonl": _as_lines, ".csv": _as_table}
    if out.suffix not in kinds:
        raise ArgumentError(f"{out}: the name must end in one of {', '.join(sorted(kinds))}")
    found = list(rows)
    partial = out.with_name(out.name + ".partial")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(kinds[out.suffix](found), "utf-8", newline="")
        os.replace(partial, out)
    except OSError as error:
        raise StorageError(f"{out}: cannot be written ({error.strerror})") from error
    return len(found)


def _as_lines(rows: list[Row]) -> str:
    return "".join(json.dumps(to_plain(row), ensure_ascii=False) + "\n" for row in rows)


def _as_table(rows: list[Row]) -> str:
    out = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    table = csv.DictWriter(out, columns, lineterminator="\n")
    table.writeheader()
    for row in rows:
        table.writerow({name: _cell(to_plain(value)) for name, value in row.items()})
    return out.getvalue()


def _cell(value: object) -> object:
    """A cell no spreadsheet will run: text that begins like a formula gets an apostrophe before it."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value
