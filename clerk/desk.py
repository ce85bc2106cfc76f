"""The Desk over the store and the stages: what the review pages show, and what becomes of an answer."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from casefile.archive import PageId
from casefile.desk_rows import DeskRows, GivenRow
from casefile.docket import DocketRecord, RecordId
from casefile.law import Determination, Ruling
from casefile.linkage import Match, MatchStatus
from casefile.ocr import BBox
from casefile.persons import Person, PersonId
from casefile.review import Answer, AnswerKind, ItemId, ItemKind, ReviewItem
from casefile.store import Store
from clerk import deciding, desk_law, exports, pipeline, standing
from clerk.archive import Archive
from clerk.desk_counts import Counts
from clerk.desk_finding import found_records, listed_persons
from clerk.desk_pictures import Pictures
from review_queue.access import Role, sees_hidden
from review_queue.asking import ink_at, item_id_of
from review_queue.desk import (
    CandidateView,
    FoundRecord,
    Given,
    LegalView,
    PageView,
    Progress,
    QuestionView,
    RecordView,
    Refused,
    Reviewer,
    Rule,
    Saved,
    ShelfView,
    WorkedView,
    seen_mark,
)
from review_queue.fields import MATCH_FIELD, is_field, label_of, reading_at
from review_queue.triage import State
from review_queue.web import pictures as framing

HELD_FOR = 10 * 60  # seconds a question is held after the last sign of life
WORKED_ON = ("standing", "withdrawn", "superseded", "contradicted", "unplaced")


class _OnlySupposedError(Exception):
    """Ends a transaction of which nothing is to be kept."""


@dataclass
class StoreDesk:
    """A `review_queue.desk.Desk` over an archive; each thread has a connection of its own."""

    archive: Archive
    now: Callable[[], float] = time.time
    _local: threading.local = field(default_factory=threading.local)
    _rules_lock: threading.Lock = field(default_factory=threading.Lock)
    _rules_kept: tuple[object, deciding.Rules] | None = None

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.archive)
        self.counts = Counts(self.open_store)

    @property
    def store(self) -> Store:
        return self.open_store()

    def open_store(self) -> Store:
        """The connection of this thread."""
        found: Store | None = getattr(self._local, "store", None)
        if found is None:
            found = self._local.store = self.archive.store()
        return found

    @property
    def rows(self) -> DeskRows:
        return DeskRows(self.store)

    # questions

    def next_question(self, who: Reviewer, *, after: ItemId | None = None) -> QuestionView | None:
        last = None if after is None else self.store.item(after)
        with self.store.writing():
            found = list(self._first_free(who, last, most=2))
            if found:
                self.rows.release(who.user_id, but=found[0].item_id)
                self._lease(who, found[0].item_id)
        for item in found[1:]:
            self._prepare(item)
        return self._question(who, found[0]) if found else None

    def _first_free(self, who: Reviewer, last: ReviewItem | None, *, most: int) -> Iterator[ReviewItem]:
        for item in self.rows.free_items(who.user_id, now=self.now(), after=last):
            if item.record_id is not None and self._shown(who, item.record_id) is not None:
                yield item
                most -= 1
            if most == 0:
                return

    def _prepare(self, item: ReviewItem) -> None:
        """Has the next question's ink at hand before it is asked for."""
        page = None if item.page_id is None else self.pictures.view(self.store, item.page_id)
        if page is not None and item.bbox is not None:
            self.pictures.prepare(self.open_store, page.page_id, framing.around(page, item.bbox).region)

    def question(self, who: Reviewer, item_id: ItemId) -> QuestionView | None:
        item = self.store.item(item_id)
        return None if item is None else self._opened(who, item, is_open=True)

    def question_about(self, who: Reviewer, record_id: RecordId, field: str) -> QuestionView | None:
        item = self.store.item(item_id_of(record_id, field, None, None))
        if item is not None and item.kind is not ItemKind.LEGAL:
            return self._opened(who, item, is_open=True)
        record = self._shown(who, record_id)
        if record is None or (is_field(field) and reading_at(record, field) is None):
            return None
        if not is_field(field) and field != MATCH_FIELD:
            return None
        return self._opened(who, _unasked(record, field), is_open=False)

    def _opened(self, who: Reviewer, item: ReviewItem, *, is_open: bool) -> QuestionView | None:
        if item.record_id is None or self._shown(who, item.record_id) is None:
            return None
        if self.rows.holder(item.item_id, now=self.now()) is None:
            with self.store.writing():
                self._lease(who, item.item_id)
        return self._question(who, item, is_open=is_open)

    def _question(self, who: Reviewer, item: ReviewItem, *, is_open: bool = True) -> QuestionView | None:
        view = None if item.record_id is None else self.record(who, item.record_id)
        if view is None:
            return None
        placed = item if item.page_id is not None else _placed(item, view.record)
        candidates = self._candidates(view.match) if item.field == MATCH_FIELD else ()
        elsewhere = placed.page_id if placed.page_id not in view.record.page_ids else None
        page = None if elsewhere is None else self.page_view(elsewhere)
        holder = self.rows.holder(item.item_id, now=self.now())
        held_by = None if holder is None or holder.user_id == who.user_id else holder.name
        draft = self.rows.draft(who.user_id, item.item_id)
        return QuestionView(placed, view, candidates, page, held_by, draft, is_open)

    def _candidates(self, match: Match | None) -> tuple[CandidateView, ...]:
        found = () if match is None else match.candidates
        people = ((candidate, self.store.person(candidate.person_id)) for candidate in found)
        return tuple(CandidateView(candidate, person) for candidate, person in people if person)

    # who holds what

    def _lease(self, who: Reviewer, item_id: ItemId) -> str | None:
        """Holds the question; the name of whoever holds it already, None where that is `who` now."""
        now = self.now()
        holder = self.rows.lease(item_id, who.user_id, now=now, until=now + HELD_FOR)
        return None if holder is None or holder.user_id == who.user_id else holder.name

    def hold(self, who: Reviewer, item_id: ItemId) -> str | None:
        with self.store.writing():
            return self._lease(who, item_id)

    def take_over(self, who: Reviewer, item_id: ItemId) -> None:
        with self.store.writing():
            self.rows.take_over(item_id, who.user_id, until=self.now() + HELD_FOR)
            self.store.audit("take_over", actor=who.name, subject=item_id)

    def release(self, who: Reviewer) -> None:
        with self.store.writing():
            self.rows.release(who.user_id)

    def keep_draft(self, who: Reviewer, item_id: ItemId, text: str) -> None:
        with self.store.writing():
            self.rows.put_draft(who.user_id, item_id, text)

    def stand_back(self, who: Reviewer, record_id: RecordId) -> None:
        with self.store.writing():
            self.rows.recuse(who.user_id, record_id)
            self.rows.release(who.user_id)
            self.store.audit("stand_back", actor=who.name, subject=record_id)

    # records and pages

    def _shown(self, who: Reviewer, record_id: RecordId) -> DocketRecord | None:
        """The record, where the reviewer may see it."""
        row = self.store.record(record_id)
        if row is None or self.rows.is_recused(who.user_id, record_id):
            return None
        return row.body if sees_hidden(who.role) or not exports.is_hidden(self.store, row.body) else None

    def record(self, who: Reviewer, record_id: RecordId) -> RecordView | None:
        record = self._shown(who, record_id)
        if record is None:
            return None
        match, triage = self.store.match(record_id), self.store.triage(record_id)
        reasons = () if triage is None or triage.stalled is None else (triage.stalled,)
        return RecordView(
            record=record,
            pages=tuple(filter(None, map(self.page_view, record.page_ids))),
            match=match,
            linked=self._linked(match),
            determinations=self.store.determinations(record_id),
            items=tuple(self.store.items_of(record_id)),
            state=State.IN_REVIEW if triage is None else State(triage.state),
            reasons=reasons,
            law=self._law(),
            is_hidden=exports.is_hidden(self.store, record),
        )

    def _linked(self, match: Match | None) -> Person | None:
        if match is None or match.best is None or match.status is not MatchStatus.LINKED:
            return None
        return self.store.person(match.best.person_id)

    def _law(self) -> str:
        law, policy, as_of = (self.store.setting(name) or "" for name in ("law", "policy", "as_of"))
        return f"{law.capitalize()}{', policy ' + policy if policy else ''}, as of {as_of}"

    def page_view(self, page_id: PageId) -> PageView | None:
        """The page's size and place; None where it was not read."""
        return self.pictures.view(self.store, page_id)

    def crop(self, who: Reviewer, page_id: PageId, bbox: BBox) -> bytes | None:
        return self.pictures.crop(self.store, page_id, bbox) if self._may_show(who, page_id) else None

    def page_image(self, who: Reviewer, page_id: PageId, *, whole_size: bool = False) -> bytes | None:
        if not self._may_show(who, page_id):
            return None
        return self.pictures.page(self.store, page_id, whole_size=whole_size)

    def _may_show(self, who: Reviewer, page_id: PageId) -> bool:
        """Whether no record on that page is held to be expunged or sealed, or is one `who` stood back from.

        Of a page that belongs to no document nobody knows that yet, and archivists have no business with a case:
        both are shown to administrators, and where the page is on the list of those to scan again.
        """
        document = self.store.document_of(page_id)
        is_narrow = document is None or who.role is Role.ARCHIVIST
        if is_narrow and not sees_hidden(who.role) and not self._is_to_rescan(page_id):
            return False
        ids = [] if document is None else self.store.records_of_document(document)
        return all(self._shown(who, record_id) is not None for record_id in ids)

    def _is_to_rescan(self, page_id: PageId) -> bool:
        return any(row.answer.page_id == page_id for row in self.rows.answers_of_kind(AnswerKind.RESCAN))

    # answers

    def save(self, given: Given) -> Saved | Refused:
        item, who = given.item, given.by
        record_id = RecordId(item.record_id or "")
        with self.store.writing():
            refused = self._refusal(given)
            if refused is not None:
                return self._kept_before(given) or refused
            before, found_before = self._standing(record_id)
            self._keep(self._answer(given), who, subject=item.item_id)
            self.rows.drop_lease(item.item_id)
            self.rows.drop_draft(who.user_id, item.item_id)
            after, found = self._standing(record_id)
        return Saved(item, before, after, found_before, found)

    def _refusal(self, given: Given) -> Refused | None:
        """Why the answer cannot be kept: it is checked in the transaction that would keep it."""
        now = self._question(given.by, given.item)
        held_by = self._lease(given.by, given.item.item_id)
        if held_by is not None or now is None:
            return Refused(now, held_by)
        if given.seen and seen_mark(now) != given.seen:
            return Refused(now)
        chosen = given.value if given.kind is AnswerKind.LINK else None
        is_stranger = chosen not in (None, "null") and self.person(str(chosen).strip('"')) is None
        return Refused(now) if is_stranger else None

    def _kept_before(self, given: Given) -> Saved | None:
        """What became of the very same answer, where the reviewer sends it twice: the first word of it was lost."""
        record_id = RecordId(given.item.record_id or "")
        about = [a for a in self.store.answers_about(record_id, []) if a.field == given.item.field]
        if not about or (about[-1].by, about[-1].kind, about[-1].value) != (given.by.name, given.kind, given.value):
            return None
        state, found = self._standing(record_id)
        return Saved(given.item, state, state, found, found)

    def _answer(self, given: Given) -> Answer:
        item = given.item
        record_id = RecordId(item.record_id or "")
        return Answer(0, given.kind, record_id, item.page_id, item.bbox, item.field, given.value, given.by.name)

    def _keep(self, answer: Answer, who: Reviewer, *, subject: str) -> None:
        """Answer, audit row, and all that follows from it."""
        number = self.store.add_answer(answer)
        self.store.audit("answer", actor=who.name, subject=subject, about=f"{number} {answer.value}")
        deciding.settle(self.store, self.rules(), answer.record_id, answer.page_id)

    def suppose(self, given: Given) -> tuple[Determination, ...] | None:
        record_id = RecordId(given.item.record_id or "")
        if self._shown(given.by, record_id) is None:
            return None
        found: tuple[Determination, ...] = ()
        try:
            with self.store.writing():
                self._keep(self._answer(given), given.by, subject=given.item.item_id)
                found = self.store.determinations(record_id)
                raise _OnlySupposedError
        except _OnlySupposedError:
            return found

    def add_charge(self, who: Reviewer, answer: Answer) -> Saved | None:
        with self.store.writing():
            record = self._shown(who, answer.record_id)
            if record is None or answer.page_id not in record.page_ids or answer.bbox is None:
                return None
            before, found_before = self._standing(answer.record_id)
            self._keep(answer, who, subject=answer.record_id)
            after, found = self._standing(answer.record_id)
        item = _unasked(record, MATCH_FIELD)
        return Saved(item, before, after, found_before, found)

    def undo(self, who: Reviewer) -> Answer | None:
        last = self.store.last_answer_of(who.name)
        return None if last is None else self.reopen(who, last.answer_id)

    def author_of(self, answer_id: int) -> str | None:
        given = self.rows.given(answer_id)
        return None if given is None else given.answer.by

    def reopen(self, who: Reviewer, answer_id: int) -> Answer | None:
        with self.store.writing():
            given = self.rows.given(answer_id)
            if given is None or self._is_closed_to(who, given.answer):
                return None
            if not self.store.withdraw_answer(answer_id) or given.is_withdrawn:
                return None
            answer = given.answer
            self.store.audit("undo", actor=who.name, subject=answer.record_id, about=str(answer_id))
            deciding.settle(self.store, self.rules(), answer.record_id, answer.page_id)
        return answer

    def _is_closed_to(self, who: Reviewer, answer: Answer) -> bool:
        """Whether it is another's answer about a record that `who` may not see; one's own can always be taken back."""
        is_there = self.store.record(answer.record_id) is not None
        return answer.by != who.name and is_there and self._shown(who, answer.record_id) is None

    def worked(self, who: Reviewer) -> Sequence[WorkedView]:
        return tuple(self._worked(who, row) for row in self.rows.given_by(who.name))

    def _worked(self, who: Reviewer, given: GivenRow) -> WorkedView:
        answer = given.answer
        if self.store.record(answer.record_id) is None:
            return WorkedView(answer, given.at, self._became(given), None)
        if self._shown(who, answer.record_id) is None:
            return WorkedView(answer, given.at, "withdrawn" if given.is_withdrawn else "standing", None)
        state, found = self._standing(answer.record_id)
        return WorkedView(answer, given.at, self._became(given), state, found)

    def _became(self, given: GivenRow) -> str:
        row = self.store.record(given.answer.record_id)
        disputed = {} if row is None else row.disagreements
        later = self.store.answers_about(given.answer.record_id, [])
        if given.is_withdrawn:
            return "withdrawn"
        if self._is_replaced(given.answer):
            return "unplaced"
        if given.answer.kind is not AnswerKind.CHARGE and any(
            a.field == given.answer.field and a.answer_id > given.answer.answer_id for a in later
        ):
            return "superseded"
        return next((how for how in WORKED_ON if given.answer.answer_id in disputed.get(how, ())), "standing")

    def _is_replaced(self, answer: Answer) -> bool:
        """Whether the scan an answer was given on gave way to another."""
        return answer.page_id is not None and self.store.page(answer.page_id) is None

    def _standing(self, record_id: RecordId) -> tuple[State, tuple[Determination, ...]]:
        triage = self.store.triage(record_id)
        state = State.IN_REVIEW if triage is None else State(triage.state)
        return state, self.store.determinations(record_id)

    def rules(self) -> deciding.Rules:
        """What decides, shared by the threads until a run leaves other choices or another list behind."""
        choices = pipeline.remembered_choices(self.store)
        key = (choices, self.store.setting("persons_digest"), self.store.setting("list_complete"))
        with self._rules_lock:
            if self._rules_kept is None or self._rules_kept[0] != key:
                self._rules_kept = key, pipeline.rules_of(self.archive, self.store, choices)
            return self._rules_kept[1]

    # finding, the law, the shelf, the counts

    def find(self, who: Reviewer, text: str) -> Sequence[FoundRecord]:
        views = (self.record(who, record_id) for record_id in found_records(self.rows, text))
        return tuple(_found(view) for view in views if view is not None)

    def people(self, text: str) -> Sequence[Person]:
        return listed_persons(self.rules().persons, text)

    def person(self, person_id: str) -> Person | None:
        return self.store.person(PersonId(person_id))

    def legal_questions(self, who: Reviewer) -> Sequence[LegalView]:
        return desk_law.questions(self.store, lambda record_id: self._shown(who, record_id))

    def rulings(self) -> Sequence[Ruling]:
        return desk_law.rulings(self.store)

    def rule(self, who: Reviewer, rule: Rule) -> int:
        return desk_law.rule(self.store, self.rules(), who.name, rule)

    def revoke(self, who: Reviewer, ruling_id: int, reason: str) -> int:
        return desk_law.revoke(self.store, self.rules(), who.name, ruling_id, reason)

    def shelf(self) -> Sequence[ShelfView]:
        asked = self.rows.answers_of_kind(AnswerKind.RESCAN)
        wanted = tuple(self._rescan(row) for row in asked if row.answer.page_id and not self._is_replaced(row.answer))
        aside = (
            ShelfView(None, standing.where(each.place), f"set aside: {each.advice}")
            for each in standing.set_aside(self.store)
        )
        return (*wanted, *aside)

    def _rescan(self, row: GivenRow) -> ShelfView:
        page = self.store.page(row.answer.page_id) if row.answer.page_id else None
        where = "no longer on the shelf" if page is None else standing.where(page.place)
        wanted = "a reviewer found the page wrong; scan it again"
        if page is not None and len(self.store.masters_at(page.place.box, page.place.folder, page.place.file)) > 1:
            wanted = "a reviewer found the page wrong; another scan of that name has come since, and was read beside it"
        return ShelfView(row.answer.page_id, where, wanted, row.at[:10])

    def progress(self, who: Reviewer) -> Progress:
        tally = self.counts.now()
        hour_ago = (datetime.fromtimestamp(self.now(), UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
        lately = Counter(self.rows.given_since(hour_ago))
        return Progress(
            open_items=tally.open_items,
            legal_items=tally.legal_items,
            answered=tally.answered,
            answered_by_me=self.store.answered_by(who.name),
            records=sum(tally.states.values()),
            accepted=tally.states.get(State.ACCEPTED, 0),
            reviewed=tally.states.get(State.REVIEWED, 0),
            last_hour=lately.get(who.name, 0),
            last_hour_of_all=lately.total(),
            at_work=self.rows.at_work(now=self.now()),
            waiting=tally.waiting,
        )


def _unasked(record: DocketRecord, field: str) -> ReviewItem:
    """A question nobody needs answered, for whoever wants to correct what is there."""
    page_id, bbox = ink_at(record, field)
    kind = ItemKind.READING if is_field(field) else ItemKind.MATCH
    item_id = item_id_of(record.record_id, field, None, None)
    why = f"you asked to look at: {label_of(field).lower()}"
    return ReviewItem(item_id, kind, record.record_id, page_id, bbox, field, why, 0.0)


def _placed(item: ReviewItem, record: DocketRecord) -> ReviewItem:
    """The item with the page and place of its reading, where its asker could not know them."""
    if not is_field(item.field):
        return item
    page_id, bbox = ink_at(record, item.field)
    return ReviewItem(item.item_id, item.kind, item.record_id, page_id, bbox, item.field, item.why, item.priority)


def _found(view: RecordView) -> FoundRecord:
    record = view.record
    names = () if record.defendant is None else (record.defendant.surname.value, record.defendant.given.value)
    where = view.pages[0].where if view.pages else ""
    number = record.docket_number.value or ""
    return FoundRecord(record.record_id, number, ", ".join(filter(None, names)), view.state, where)
