"""What people said of the ink, with what the machine had read there: for calibration, and as training data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casefile.desk_rows import DeskRows
from casefile.docket import DocketRecord
from casefile.review import Answer, AnswerKind
from casefile.store import Store
from clerk import exports
from clerk.exports import Row
from review_queue.answers import UNKNOWN, path_for
from review_queue.fields import encode, field_of, is_field, reading_at

ABOUT_INK = (AnswerKind.VALUE, *UNKNOWN)


def corrections(store: Store) -> Iterator[Row]:
    """One row for each standing answer about ink that can be found on its page.

    `page_id`, `master` and `bbox` (pixels of the stored frame) lead to the ink; `said` is the person's value as JSON
    (null: nothing stands there; absent with another `kind`: nobody can say), `machine` what was read there, its
    confidence and raw text. Names of reviewers stay behind: `reviewer` is a digest with the archive's own key.
    Records that were expunged or sealed are left out.
    """
    rows = DeskRows(store)
    for kind in ABOUT_INK:
        for given in rows.answers_of_kind(kind):
            row = store.record(given.answer.record_id)
            if row is None or not is_field(given.answer.field) or exports.is_hidden(store, row.body):
                continue
            found = _row(store, given.answer, row.machine)
            if found is not None:
                yield {**found, "at": given.at}


def _row(store: Store, answer: Answer, machine: DocketRecord) -> Row | None:
    page = None if answer.page_id is None else store.page(answer.page_id)
    path = path_for(machine, answer)
    reading = None if path is None else reading_at(machine, path)
    if page is None or path is None or reading is None or answer.bbox is None:
        return None
    return {
        "answer_id": answer.answer_id,
        "record_id": answer.record_id,
        "page_id": page.page_id,
        "master": page.sha256,
        "frame": page.place.frame,
        "bbox": list(answer.bbox),
        "field": path,
        "family": field_of(path).family,
        "kind": answer.kind,
        "said": answer.value,
        "machine": None if reading.value is None else encode(path, reading.value),
        "raw": reading.raw,
        "confidence": reading.confidence,
        "reviewer": store.keyed_digest(answer.by)[:16],
    }


def write_corrections(store: Store, out: Path) -> int:
    """Writes them all to a `.jsonl`, `.csv` or whatever else exports know; how many there were."""
    return exports.write(corrections(store), out)
