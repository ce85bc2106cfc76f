"""What the pages of the review queue need from the place that keeps the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NewType, Protocol

from casefile.archive import PageId
from casefile.docket import ChargeId, DocketRecord, RecordId
from casefile.law import Determination, Outcome, Ruling
from casefile.linkage import Candidate, Match
from casefile.ocr import BBox
from casefile.persons import Person
from casefile.review import Answer, AnswerKind, ItemId, ItemKind, ReviewItem
from review_queue import fields
from review_queue.access import Role
from review_queue.fields import AnyReading
from review_queue.triage import State

UserId = NewType("UserId", int)
ENOUGH_TO_TELL = 10  # answers in an hour, below which a pace is an accident


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Whoever sits at the pages."""

    user_id: UserId
    name: str
    role: Role


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
    is_hidden: bool = False  # expunged or sealed: shown to administrators alone


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with all that its page shows. `item` may be unasked: any field can be corrected.

    `held_by` names who else holds the question, None where whoever looks at it does; `draft` is what they had
    begun to type.
    """

    item: ReviewItem
    view: RecordView
    candidates: tuple[CandidateView, ...] = ()  # of a match question, best first
    page: PageView | None = None  # the item's page, where it is none of the record's own
    held_by: str | None = None
    draft: str = ""
    is_open: bool = True  # waits for an answer, rather than looked at for correction


def reading_of(view: QuestionView) -> AnyReading | None:
    """The reading a question is about; None for questions about a link or a page."""
    if view.item.kind is not ItemKind.READING or not fields.is_field(view.item.field):
        return None
    return fields.reading_at(view.view.record, view.item.field)


def seen_mark(view: QuestionView) -> str:
    """A digest of what the page offers to accept, to tell a save that comes too late; of a page beside a record,
    what of the record might be missing there."""
    match = view.view.match if view.item.field == fields.MATCH_FIELD else None
    is_of_page = view.item.kind is ItemKind.PAGE
    offered = (
        reading_of(view),
        match and (match.status, match.settled_by_person),
        [c.person.person_id for c in view.candidates],
        is_of_page and (view.item.page_id, view.item.bbox, view.item.field, view.view.record.charges),
    )
    return hashlib.sha256(repr(offered).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer said. The place is the item's, as the desk gave it; `value` as in `Answer`; `seen` is the
    mark of what they had before them (`seen_mark`), empty where that need not be checked."""

    item: ReviewItem
    kind: AnswerKind
    value: str | None
    by: Reviewer
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an answer: state and determinations of its record before and after."""

    item: ReviewItem
    before: State
    after: State
    determinations_before: tuple[Determination, ...]
    determinations: tuple[Determination, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that was not kept: somebody else holds the question (`held_by`), or what the page offered is
    no longer what stands there. `now` is the question as it stands, None where it is gone."""

    now: QuestionView | None
    held_by: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work stands. `open_items` leaves out the `legal_items`, which wait for an attorney.

    `waiting` tells, in plain words, what hangs on the open questions and how many there are of each; counts of a
    large archive may be some seconds old.
    """

    open_items: int
    legal_items: int
    answered: int  # by anybody, undone ones left out
    answered_by_me: int
    records: int
    accepted: int
    reviewed: int
    last_hour: int = 0  # answers of mine
    last_hour_of_all: int = 0
    at_work: int = 0  # people who hold a question
    waiting: tuple[tuple[str, int], ...] = ()

    @property
    def hours_left(self) -> float | None:
        """How long the open questions take at the pace of the last hour; None where that tells nothing yet."""
        return self.open_items / self.last_hour_of_all if self.last_hour_of_all >= ENOUGH_TO_TELL else None


@dataclass(frozen=True, slots=True)
class WorkedView:
    """An answer somebody gave, and what became of it: `standing`, `withdrawn`, `superseded` by a later answer,
    `contradicted` by a later reading of the machine, or `unplaced`: its ink is found no more."""

    answer: Answer
    at: str
    became: str
    state: State | None  # of its record; None where that is gone or hidden
    outcomes: tuple[Determination, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that was looked for."""

    record_id: RecordId
    docket_number: str
    name: str
    state: State
    where: str


@dataclass(frozen=True, slots=True)
class WaitingCharge:
    """A charge that waits for a ruling, with its record as it stands."""

    record: DocketRecord
    charge_id: ChargeId
    count: int


@dataclass(frozen=True, slots=True)
class LegalView:
    """A question of law and the charges that wait for it. `code` is the reason code; `provision` the statute that
    all those alike share; a question `is_of_fact` is ruled on for one charge at a time."""

    law: str
    code: str
    provision: str
    because: str
    cite: str
    is_of_fact: bool
    waiting: tuple[WaitingCharge, ...]  # the first of them
    total: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What an attorney rules; `charge_id` None: on every charge with that code and provision."""

    code: str
    outcome: Outcome
    reason: str
    charge_id: ChargeId | None
    provision: str = ""
    result: str | None = None


@dataclass(frozen=True, slots=True)
class ShelfView:
    """A page the archivist should look for: where it lies, and what is wanted of it."""

    page_id: PageId | None
    where: str
    wanted: str
    said_on: str = ""


class Desk(Protocol):
    """The archive as the review pages see it. Called from several threads at once.

    Ids that no record, item or page has give None; nothing is shown of a record whose charges are held to be
    expunged or sealed, but to administrators, and nothing of one that the reviewer stood back from (None as
    well). Nothing here raises for what a reviewer typed.
    """

    def next_question(self, who: Reviewer, *, after: ItemId | None = None) -> QuestionView | None:
        """The open question of highest priority that nobody has answered or holds, held for `who` from now on;
        legal ones are left out.

        With `after`, one that comes after that item in the queue, beginning again at its end: a reviewer who
        skips does not meet the same question at once. None where no question is open.
        """

    def question(self, who: Reviewer, item_id: ItemId) -> QuestionView | None:
        """An open question by its id, held for `who` unless somebody else holds it."""

    def question_about(self, who: Reviewer, record_id: RecordId, field: str) -> QuestionView | None:
        """The question about any field of a record, or about its match, asked or not.

        `field` is a path; the item's page and bbox are those of the ink of the reading there.
        """

    def record(self, who: Reviewer, record_id: RecordId) -> RecordView | None:
        """A record with pages, determinations and open questions as they stand now."""

    def save(self, given: Given) -> Saved | Refused:
        """Keeps the answer for ever, then computes again what depends on it: answer, audit row and the check
        that nobody else holds the question are one transaction.

        When it returns, `next_question` no longer gives the item, and every view shows the answer.
        """

    def suppose(self, given: Given) -> tuple[Determination, ...] | None:
        """What the law would say of the record if this were answered; nothing is kept. None where that cannot
        be told now."""

    def add_charge(self, who: Reviewer, answer: Answer) -> Saved | None:
        """Adds a charge the machine missed (`AnswerKind.CHARGE`) and computes again; None where the record is
        not there, or the ink is on none of its pages."""

    def undo(self, who: Reviewer) -> Answer | None:
        """Takes back the reviewer's own last answer that is not yet taken back, and computes again.

        The answer stays in the audit; its question is open again. None where the reviewer has nothing to take
        back.
        """

    def author_of(self, answer_id: int) -> str | None:
        """The name of whoever gave that answer; None where there is none such."""

    def reopen(self, who: Reviewer, answer_id: int) -> Answer | None:
        """Takes back that answer, as `undo` does."""

    def worked(self, who: Reviewer) -> Sequence[WorkedView]:
        """The reviewer's own last answers, the newest first, and what became of them."""

    def hold(self, who: Reviewer, item_id: ItemId) -> str | None:
        """Holds the question for another ten minutes; the name of whoever else holds it, None where nobody."""

    def take_over(self, who: Reviewer, item_id: ItemId) -> None:
        """Holds the question although somebody else does; their answer to it will be refused."""

    def release(self, who: Reviewer) -> None:
        """Frees whatever the reviewer holds."""

    def keep_draft(self, who: Reviewer, item_id: ItemId, text: str) -> None:
        """Keeps what the reviewer is typing until they answer the question."""

    def stand_back(self, who: Reviewer, record_id: RecordId) -> None:
        """The reviewer knows this person: the record is shown to them no more."""

    def find(self, who: Reviewer, text: str) -> Sequence[FoundRecord]:
        """Records by the beginning of a docket number or of a surname."""

    def people(self, text: str) -> Sequence[Person]:
        """Listed persons by their id or the beginning of `SURNAME, GIVEN`."""

    def person(self, person_id: str) -> Person | None:
        """A listed person."""

    def legal_questions(self, who: Reviewer) -> Sequence[LegalView]:
        """What waits for an attorney, one line for all that is alike, the commonest first."""

    def rulings(self) -> Sequence[Ruling]:
        """Every ruling, revoked ones too, the newest first."""

    def rule(self, who: Reviewer, rule: Rule) -> int:
        """Keeps the ruling and decides again what it touches; how many records that were. A ruling that cannot be
        made is a `CasefileError` that says why."""

    def revoke(self, who: Reviewer, ruling_id: int, reason: str) -> int:
        """Ends a ruling and decides again what it touched; one that does not stand is a `CasefileError`."""

    def shelf(self) -> Sequence[ShelfView]:
        """The pages that people or stages want scanned again."""

    def crop(self, who: Reviewer, page_id: PageId, bbox: BBox) -> bytes | None:
        """A PNG of that part of the stored frame, neither turned nor straightened; it may be scaled evenly.

        `bbox` lies within the page. None where the page cannot be shown.
        """

    def page_image(self, who: Reviewer, page_id: PageId, *, whole_size: bool = False) -> bytes | None:
        """A PNG of the whole stored frame, neither turned nor straightened; scaled down evenly to fit a screen,
        or, with `whole_size`, as it was scanned."""

    def progress(self, who: Reviewer) -> Progress:
        """Counts as they stand now; cheap enough to ask with every page."""
