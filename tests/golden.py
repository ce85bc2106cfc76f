"""What each stage makes of the fixtures, kept so that a change without a new version shows.

    .venv/bin/python -m tests.golden

writes the files again; do so after raising VERSION in the stage's package. A stage reads what the kept output
of the stage before it says, so that one change shows in one place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

import digitize
import eligibility
import extract
import match as linking
import review_queue
from casefile.archive import PageId
from casefile.codec import to_plain
from casefile.docket import DocketRecord, Sex
from casefile.ocr import BBox, OcrPage, Word
from casefile.persons import Person, PersonId
from digitize.engine import SeenWord
from digitize.recognize import PageJob, Settings, recognize
from digitize.rows import rows_of
from eligibility.case import Case
from eligibility.determine import determine, load_law
from extract.documents import documents_in
from extract.records import records_of
from match.index import Index
from match.link import MatchSettings, link
from review_queue.triage import Thresholds, triage

ROOT = Path(__file__).parents[1]
SPECIMENS = ROOT / "fixtures" / "specimens"
GOLDEN = ROOT / "fixtures" / "golden"
AS_OF = date(2026, 6, 30)


def truth() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SPECIMENS / "truth.jsonl").read_text("utf-8").splitlines()]


class Ruler:
    """An engine that sees the same three words on every page: what prepare makes of their places is measured."""

    name = "ruler"

    def words_on(self, image: npt.NDArray[np.uint8]) -> Sequence[SeenWord]:
        height, width = image.shape[:2]
        places = ((0.1, 0.1), (0.6, 0.1), (0.1, 0.8))
        boxes = [(int(x * width), int(y * height)) for x, y in places]
        return [SeenWord("RULER", BBox(x, y, x + 90, y + 24), 0.96) for x, y in boxes]


def digitized() -> Any:
    found = {}
    for row in truth():
        frame = row.get("frame", 0)
        page = recognize(PageJob(PageId("p"), SPECIMENS / row["file"], frame), Ruler(), Settings())
        words = [[*word.bbox, word.line] for word in page.words]
        found[f"{row['file']}#{frame}"] = {"turned": page.turned, "words": words}
    return found


def read_pages() -> list[OcrPage]:
    """The fixtures as an engine without fault would read them."""
    return [_perfect(at, row) for at, row in enumerate(truth())]


def _perfect(at: int, row: dict[str, Any]) -> OcrPage:
    boxes = [BBox(*word["bbox"]) for word in row["words"]]
    ordered = [(line, i) for line, members in enumerate(rows_of(boxes)) for i in members]
    words = tuple(Word(row["words"][i]["text"], boxes[i], 0.97, line) for line, i in ordered)
    level = tuple(boxes[i] for _, i in ordered)
    return OcrPage(PageId(f"p{at:020d}"), 2550, 3300, words, level, (), 0.05, 0, "perfect")


def extracted() -> Any:
    pages = {page.page_id: page for page in read_pages()}
    found = []
    for page in pages.values():
        for document in documents_in([page]):
            found += records_of([pages[page_id] for page_id in document.page_ids], document.kind)
    return to_plain(found)


def _records() -> list[DocketRecord]:
    return msgspec.convert(kept("extract")["output"], list[DocketRecord])


def _persons() -> list[Person]:
    rows = [record["defendant"] for row in truth() for record in row["records"]]
    return [
        Person(
            PersonId(f"P{n}"),
            row["surname"],
            row["given"] or "",
            birth_date=date.fromisoformat(row["birth_date"]) if row["birth_date"] else date(1960, 1, 1),
            sex=Sex(row["sex"]) if row["sex"] else None,
            ir_number=row["ir_number"] or "",
        )
        for n, row in enumerate(rows)
    ]


def matched() -> Any:
    index = Index(tuple(_persons()), complete=False)
    return to_plain([link(record, index, MatchSettings()) for record in _records()])


def determined() -> Any:
    law = load_law("illinois")
    cases = [Case(record) for record in _records() if record.defendant is not None]
    return to_plain([determine(case, law=law, policy=None, as_of=AS_OF, risk=0.005) for case in cases])


def triaged() -> Any:
    thresholds = Thresholds({"docket_number": 0.9, "name": 0.9, "statute": 0.9, "disposition": 0.9})
    return to_plain([triage(record, None, (), thresholds, ()) for record in _records()])


STAGES: dict[str, tuple[int, Callable[[], Any]]] = {
    "digitize": (digitize.VERSION, digitized),
    "extract": (extract.VERSION, extracted),
    "match": (linking.VERSION, matched),
    "eligibility": (eligibility.VERSION, determined),
    "review_queue": (review_queue.VERSION, triaged),
}


def kept(stage: str) -> Any:
    return json.loads((GOLDEN / f"{stage}.json").read_text("utf-8"))


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for stage, (version, output) in STAGES.items():
        body = {"version": version, "output": json.loads(json.dumps(output()))}
        (GOLDEN / f"{stage}.json").write_text(json.dumps(body, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
