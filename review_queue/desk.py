"""What the pages of the review queue need from the place that keeps the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from casefile.archive import PageId
from casefile.docket import DocketRecord, RecordId
from casefile.law import Determination
from casefile.linkage import Candidate, Match
from casefile.ocr import BBox
from casefile.persons import Person
from casefile.review import AnswerKind, ItemId, ReviewItem
from review_queue.triage import State


@dataclass(frozen=True, slots=True)
class PageView:
    """A page to look at: its size in pixels of the stored frame, and the clockwise turn in degrees (0, 90,
    180, 270) that brings it upright. `where` is box, folder and file as on the shelf, for people."""

    page_id: PageId
    width: int
    height: int
    turned: int
    where: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A listed person who may be the defendant, with the evidence."""

    candidate: Candidate
    person: Person


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record with the answers applied, what the law makes of it, and what it waits for."""

    record: DocketRecord
    pages: tuple[PageView, ...]  # in the order of record.page_ids; a page that cannot be shown is left out
    match: Match | None
    linked: Person | None  # the person of match.best, where match is linked
    determinations: tuple[Determination, ...]
    items: tuple[ReviewItem, ...]  # open questions, worth most first
    state: State
    reasons: tuple[str, ...] = ()  # why a record in review is asked no further
    law: str = ""  # law and policy in words, as `Illinois, as of 2026-06-30`


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with all that its page shows. `item` may be unasked: any field can be corrected."""

    item: ReviewItem
    view: RecordView
    candidates: tuple[CandidateView, ...] = ()  # of a match question, best first
    page: PageView | None = None  # the item's page, where it is none of the record's own


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer said. The place is the item's, as the desk gave it; `value` as in `Answer`."""

    item: ReviewItem
    kind: AnswerKind
    value: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an answer: state and determinations of its record before and after."""

    item: ReviewItem
    before: State
    after: State
    determinations_before: tuple[Determination, ...]
    determinations: tuple[Determination, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work stands. `open_items` leaves out the `legal_items`, which wait for an attorney."""

    open_items: int
    legal_items: int
    answered: int  # by anybody, undone ones left out
    answered_by_me: int
    records: int
    accepted: int
    reviewed: int


class Desk(Protocol):
    """The archive as the review pages see it. Called from several threads at once.

    Ids that no record, item or page has give None; nothing is shown of a record whose charges are held to be
    expunged or sealed (None as well). Nothing here raises for what a reviewer typed.
    """

    def next_question(self, reviewer: str, *, after: ItemId | None = None) -> QuestionView | None:
        """The open question of highest priority that nobody has answered; legal ones are left out.

        With `after`, one that comes after that item in the queue, beginning again at its end: a reviewer who
        skips does not meet the same question at once. None where no question is open.
        """

    def question(self, item_id: ItemId) -> QuestionView | None:
        """An open or an answered question by its id."""

    def question_about(self, record_id: RecordId, field: str) -> QuestionView | None:
        """The question about any field of a record, or about its match, asked or not.

        `field` is a path; the item's page and bbox are those of the ink of the reading there.
        """

    def record(self, record_id: RecordId) -> RecordView | None:
        """A record with pages, determinations and open questions as they stand now."""

    def save(self, given: Given) -> Saved:
        """Keeps the answer for ever, then computes again what depends on it, all in one transaction.

        When it returns, `next_question` no longer gives the item, and every view shows the answer.
        """

    def undo(self, reviewer: str) -> ItemId | None:
        """Takes back the reviewer's own last answer that is not yet taken back, and computes again.

        The answer stays in the audit; its question is open again, and its id is returned; None where the
        reviewer has nothing to take back.
        """

    def crop(self, page_id: PageId, bbox: BBox) -> bytes | None:
        """A PNG of that part of the stored frame, neither turned nor straightened; it may be scaled evenly.

        `bbox` lies within the page. None where the page cannot be shown.
        """

    def page_image(self, page_id: PageId) -> bytes | None:
        """A PNG of the whole stored frame, neither turned nor straightened; it may be scaled down evenly."""

    def progress(self, reviewer: str) -> Progress:
        """Counts as they stand now; cheap enough to ask with every page."""
