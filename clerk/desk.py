"""The Desk over the store and the stages: what the review pages show, and what becomes of an answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from casefile.archive import Page, PageId, PageState, Stage
from casefile.docket import DocketRecord, RecordId
from casefile.law import Determination
from casefile.linkage import Match, MatchStatus
from casefile.ocr import BBox, OcrPage
from casefile.persons import Person
from casefile.review import Answer, ItemId, ItemKind, ReviewItem
from casefile.store import Store
from clerk import deciding, exports, pipeline
from clerk.archive import Archive
from digitize.intake import master_path
from digitize.rasterize import crop_png, page_png
from review_queue.asking import ink_of, item_id_of, item_id_of_answer
from review_queue.desk import CandidateView, Given, PageView, Progress, QuestionView, RecordView, Saved
from review_queue.fields import MATCH_FIELD, is_field, label_of, reading_at
from review_queue.triage import State

ASKED = (ItemKind.READING, ItemKind.MATCH, ItemKind.PAGE)
LONGEST_SIDE = 1800  # pixels of a whole page as shown


@dataclass
class StoreDesk:
    """A `review_queue.desk.Desk` over an archive; each thread has a connection of its own."""

    archive: Archive
    _local: threading.local = field(default_factory=threading.local)

    @property
    def store(self) -> Store:
        found: Store | None = getattr(self._local, "store", None)
        if found is None:
            found = self._local.store = self.archive.store()
        return found

    # questions

    def next_question(self, reviewer: str, *, after: ItemId | None = None) -> QuestionView | None:
        views = (self._question(item) for item in self._waiting(after))
        return next((view for view in views if view is not None), None)

    def _waiting(self, after: ItemId | None) -> Iterator[ReviewItem]:
        """The open questions in their order, from the one behind `after` on, and round to it again."""
        last = None if after is None else self.store.item(after)
        if last is None:
            yield from self.store.items(kinds=ASKED)
            return
        place = (-last.priority, last.item_id)
        yield from (i for i in self.store.items(kinds=ASKED) if (-i.priority, i.item_id) > place)
        yield from (i for i in self.store.items(kinds=ASKED) if (-i.priority, i.item_id) <= place)

    def question(self, item_id: ItemId) -> QuestionView | None:
        item = self.store.item(item_id)
        return self._answered(item_id) if item is None else self._question(item)

    def _answered(self, item_id: ItemId) -> QuestionView | None:
        """A question that is closed, found again by the answer that closed it."""
        for answer in reversed(self.store.answers()):
            found = self.question_about(answer.record_id, answer.field)
            if found is not None and found.item.item_id == item_id:
                return found
        return None

    def question_about(self, record_id: RecordId, field: str) -> QuestionView | None:
        for item in self.store.items_of(record_id):
            if item.field == field and item.record_id == record_id:
                return self._question(item)
        row = self.store.record(record_id)
        if row is None or (is_field(field) and reading_at(row.body, field) is None):
            return None
        if not is_field(field) and field != MATCH_FIELD:
            return None
        return self._question(_unasked(row.body, field))

    def _question(self, item: ReviewItem) -> QuestionView | None:
        view = None if item.record_id is None else self.record(item.record_id)
        if view is None:
            return None
        placed = item if item.page_id is not None else _placed(item, view.record)
        candidates = self._candidates(view.match) if item.field == MATCH_FIELD else ()
        elsewhere = placed.page_id if placed.page_id not in view.record.page_ids else None
        page = None if elsewhere is None else self._page_view(elsewhere)
        return QuestionView(placed, view, candidates, page)

    def _candidates(self, match: Match | None) -> tuple[CandidateView, ...]:
        found = () if match is None else match.candidates
        people = ((candidate, self.store.person(candidate.person_id)) for candidate in found)
        return tuple(CandidateView(candidate, person) for candidate, person in people if person)

    # records and pages

    def record(self, record_id: RecordId) -> RecordView | None:
        row = self.store.record(record_id)
        if row is None or exports.is_hidden(self.store, row.body):
            return None
        match, triage = self.store.match(record_id), self.store.triage(record_id)
        reasons = () if triage is None or triage.stalled is None else (triage.stalled,)
        return RecordView(
            record=row.body,
            pages=tuple(filter(None, map(self._page_view, row.body.page_ids))),
            match=match,
            linked=self._linked(match),
            determinations=self.store.determinations(record_id),
            items=tuple(self.store.items_of(record_id)),
            state=State.IN_REVIEW if triage is None else State(triage.state),
            reasons=reasons,
            law=self._law(),
        )

    def _linked(self, match: Match | None) -> Person | None:
        if match is None or match.best is None or match.status is not MatchStatus.LINKED:
            return None
        return self.store.person(match.best.person_id)

    def _law(self) -> str:
        law, policy, as_of = (self.store.setting(name) or "" for name in ("law", "policy", "as_of"))
        return f"{law.capitalize()}{', policy ' + policy if policy else ''}, as of {as_of}"

    def _page_view(self, page_id: PageId) -> PageView | None:
        page, words = self._page(page_id)
        if page is None or words is None:
            return None
        return PageView(page_id, words.width, words.height, words.turned, pipeline.where(page.place))

    def _page(self, page_id: PageId) -> tuple[Page | None, OcrPage | None]:
        page = self.store.page(page_id)
        row = self.store.ledger_row(page_id, Stage.DIGITIZE)
        if page is None or row is None or row.state is not PageState.DONE or row.output is None:
            return page, None
        return page, self.archive.words(page_id, sha256=row.output)

    def crop(self, page_id: PageId, bbox: BBox) -> bytes | None:
        page, words = self._page(page_id)
        if page is None or words is None or not self._may_show(page_id):
            return None
        return crop_png(master_path(self.archive.masters, page.sha256), page.place.frame, bbox, margin=0)

    def page_image(self, page_id: PageId) -> bytes | None:
        page, words = self._page(page_id)
        if page is None or words is None or not self._may_show(page_id):
            return None
        master = master_path(self.archive.masters, page.sha256)
        return page_png(master, page.place.frame, longest_side=LONGEST_SIDE)

    def _may_show(self, page_id: PageId) -> bool:
        """Whether no record on that page is held to be expunged or sealed."""
        document = self.store.document_of(page_id)
        ids = [] if document is None else self.store.records_of_document(document)
        rows = (self.store.record(record_id) for record_id in ids)
        return not any(exports.is_hidden(self.store, row.body) for row in rows if row is not None)

    # answers

    def save(self, given: Given) -> Saved:
        record_id = RecordId(given.item.record_id or "")
        with self.store.writing():
            before, found_before = self._standing(record_id)
            item = given.item
            number = self.store.add_answer(
                Answer(0, given.kind, record_id, item.page_id, item.bbox, item.field, given.value, given.by)
            )
            self.store.audit("answer", actor=given.by, subject=item.item_id, about=f"{number} {given.value}")
            deciding.settle(self.store, self._rules(), record_id, item.page_id)
            after, found = self._standing(record_id)
        return Saved(given.item, before, after, found_before, found)

    def undo(self, reviewer: str) -> ItemId | None:
        with self.store.writing():
            last = self.store.last_answer_of(reviewer)
            if last is None:
                return None
            self.store.withdraw_answer(last.answer_id)
            self.store.audit("undo", actor=reviewer, subject=last.record_id, about=str(last.answer_id))
            deciding.settle(self.store, self._rules(), last.record_id, last.page_id)
        return item_id_of_answer(last)

    def _standing(self, record_id: RecordId) -> tuple[State, tuple[Determination, ...]]:
        triage = self.store.triage(record_id)
        state = State.IN_REVIEW if triage is None else State(triage.state)
        return state, self.store.determinations(record_id)

    def _rules(self) -> deciding.Rules:
        """What decides, held per thread until a run leaves other choices or another list behind."""
        choices = pipeline.remembered_choices(self.store)
        key = (choices, self.store.setting("persons_digest"), self.store.setting("list_complete"))
        if getattr(self._local, "rules_key", None) != key:
            self._local.rules = pipeline.rules_of(self.archive, self.store, choices)
            self._local.rules_key = key
        rules: deciding.Rules = self._local.rules
        return rules

    def progress(self, reviewer: str) -> Progress:
        open_items, states = self.store.open_items(), self.store.states()
        return Progress(
            open_items=sum(total for kind, total in open_items.items() if kind != ItemKind.LEGAL),
            legal_items=open_items.get(ItemKind.LEGAL, 0),
            answered=self.store.total("answers"),
            answered_by_me=self.store.answered_by(reviewer),
            records=sum(states.values()),
            accepted=states.get(State.ACCEPTED, 0),
            reviewed=states.get(State.REVIEWED, 0),
        )


def _unasked(record: DocketRecord, field: str) -> ReviewItem:
    """A question nobody needs answered, for whoever wants to correct what is there."""
    reading = reading_at(record, field) if is_field(field) else None
    page_id, bbox = ink_of(record, reading)
    kind = ItemKind.READING if is_field(field) else ItemKind.MATCH
    item_id = item_id_of(record.record_id, field, None, None)
    why = f"you asked to look at: {label_of(field).lower()}"
    return ReviewItem(item_id, kind, record.record_id, page_id, bbox, field, why, 0.0)


def _placed(item: ReviewItem, record: DocketRecord) -> ReviewItem:
    """The item with the page and place of its reading, where its asker could not know them."""
    if not is_field(item.field):
        return item
    page_id, bbox = ink_of(record, reading_at(record, item.field))
    return ReviewItem(item.item_id, item.kind, item.record_id, page_id, bbox, item.field, item.why, item.priority)
