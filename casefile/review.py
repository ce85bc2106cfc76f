"""What a person is asked, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from casefile.archive import PageId
from casefile.docket import RecordId
from casefile.ocr import BBox

ItemId = NewType("ItemId", str)


class ItemKind(StrEnum):
    READING = "reading"  # what does this ink say?
    MATCH = "match"  # is this the person?
    LEGAL = "legal"  # a question of law for the attorney
    PAGE = "page"  # a page nobody could read, or that is missing


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One question with the ink to look at and the reason it is asked.

    `field` is a path: `docket_number`, `defendant.surname`, `charges.2.statute` (2 is the count), `match`,
    `page`. `why` names no person. `priority`: higher first.
    """

    item_id: ItemId
    kind: ItemKind
    record_id: RecordId | None
    page_id: PageId | None
    bbox: BBox | None
    field: str
    why: str
    priority: float


class AnswerKind(StrEnum):
    VALUE = "value"  # `value` is what the ink says (JSON); null: the paper is silent there
    CANNOT_READ = "cannot_read"  # no person can read it: it stays illegible and is not asked again
    LINK = "link"  # `value` is the person_id, or null: none of the listed
    NOT_HERE = "not_here"  # what is asked for does not stand on this page: unknown, and not asked again
    RESCAN = "rescan"  # the page is wrong or cannot be worked on: nothing on it is asked until it is scanned again
    CHARGE = "charge"  # `value` is a charge the machine missed (JSON, by field), standing in `bbox`


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said, tied to page, place and field so that it outlives every re-run."""

    answer_id: int
    kind: AnswerKind
    record_id: RecordId
    page_id: PageId | None
    bbox: BBox | None
    field: str
    value: str | None  # JSON in the form of the field's value
    by: str
