"""A small archive in memory: records with doubtful ink, a toy law, and a desk over them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import Client
from PIL import Image, ImageDraw, ImageFont
from starlette.applications import Starlette

from casefile.archive import PageId
from casefile.docket import (
    Charge,
    Defendant,
    Disposition,
    DocketRecord,
    DocumentKind,
    Gap,
    Grade,
    Reading,
    RecordId,
    Sex,
    Source,
    charge_id_of,
    silent,
)
from casefile.law import Determination, Ground, Outcome, Question
from casefile.linkage import Agreement, Candidate, Match, MatchStatus
from casefile.ocr import BBox
from casefile.persons import Person, PersonId
from casefile.review import Answer, AnswerKind, ItemId, ItemKind, ReviewItem
from review_queue import asking, fields
from review_queue.access import Role
from review_queue.answers import applied, linked_by
from review_queue.desk import (
    CandidateView,
    Given,
    PageView,
    Progress,
    QuestionView,
    RecordView,
    Refused,
    Reviewer,
    Saved,
    UserId,
    WorkedView,
    seen_mark,
)
from review_queue.door import COOKIE, Session
from review_queue.triage import State, Thresholds, Triage, is_accepted, triage

THRESHOLDS = Thresholds(dict.fromkeys(fields.Family, 0.97))
PAGE = (1275, 1650)
SURE = 0.999


def ink(page_id: str, line: int, column: int = 0, width: int = 300) -> tuple[Source, ...]:
    left, top = 120 + 380 * column, 150 + 60 * line
    return (Source(PageId(page_id), BBox(left, top, left + width, top + 30)),)


def read(
    value: Any, raw: str, confidence: float = SURE, sources: tuple[Source, ...] = (), *others: Any
) -> Reading[Any]:
    return Reading(value, raw, confidence, sources, tuple(others))


def a_charge(record_id: str, page_id: str, count: int = 1, **differing: Any) -> Charge:
    line = 6 + 3 * count
    plain: dict[str, Any] = {
        "charge_id": charge_id_of(RecordId(record_id), count),
        "count": count,
        "statute": read("720 ILCS 550/4(c)", "56.5-704-C", SURE, ink(page_id, line)),
        "description": read("POSS CANNABIS 10-30 GRAM", "POSS CANNABIS 10-30 GRAM", SURE, ink(page_id, line, 1, 420)),
        "grade": Reading(Grade.MA, "M A", SURE, ink(page_id, line, 2, 60)),
        "offense_date": silent(),
        "grams": silent(),
        "subsequent": silent(),
        "section7": silent(),
        "plea": silent(),
        "disposition": read(Disposition.GUILTY, "PLEA OF GUILTY", SURE, ink(page_id, line + 1, 1, 260)),
        "disposition_date": read(date(1993, 5, 20), "05/20/93", SURE, ink(page_id, line + 1, 0, 140)),
        "sentence": silent(),
        "termination": silent(),
        "violated": silent(),
    }
    return Charge(**{**plain, **differing})


def a_defendant(page_id: str, **differing: Any) -> Defendant:
    plain: dict[str, Any] = {
        "surname": read("QUILLBY", "QUILLBY", SURE, ink(page_id, 3)),
        "given": read("TERRANCE", "TERRANCE", SURE, ink(page_id, 3, 1)),
        "middle": silent(),
        "suffix": silent(),
        "aliases": (),
        "birth_date": silent(),
        "sex": Reading(Sex.MALE, "M", SURE, ink(page_id, 4, 0, 40)),
        "race": silent(),
        "ir_number": silent(),
        "sid": silent(),
    }
    return Defendant(**{**plain, **differing})


def a_record(name: str = "r1", **differing: Any) -> DocketRecord:
    page_id = f"p-{name}"
    plain: dict[str, Any] = {
        "record_id": RecordId(name),
        "document_kind": DocumentKind.CERTIFIED_STATEMENT,
        "page_ids": (PageId(page_id),),
        "docket_number": read("93CR0000001", "93CR0000001", SURE, ink(page_id, 1)),
        "arrest_date": silent(),
        "filed_date": silent(),
        "arresting_agency": silent(),
        "defendant": a_defendant(page_id),
        "charges": (a_charge(name, page_id),),
    }
    return DocketRecord(**{**plain, **differing})


def a_determination(record: DocketRecord, count: int = 1, **differing: Any) -> Determination:
    plain: dict[str, Any] = {
        "record_id": record.record_id,
        "charge_id": charge_id_of(record.record_id, count),
        "count": count,
        "law": "illinois",
        "law_version": "1",
        "policy": None,
        "as_of": date(2026, 6, 30),
        "outcome": Outcome.AUTO,
        "route": "i4",
        "result": None,
        "reason_codes": ("A-MCO-CONV",),
        "grounds": (Ground("20 ILCS 2630/5.2(i) [O]", True, "not more than 30 grams"),),
        "probability": 0.999,
    }
    return Determination(**{**plain, **differing})


def in_doubt(record: DocketRecord, count: int, *asked: Question) -> Determination:
    codes = tuple(f"R-AMBIGUOUS:{question.field}" for question in asked)
    return a_determination(
        record,
        count,
        outcome=Outcome.REVIEW,
        route=None,
        reason_codes=codes,
        probability=None,
        questions=asked,
    )


def toy_law(record: DocketRecord) -> tuple[Determination, ...]:
    """Cannabis is relieved, the rest is not; a doubtful statute or disposition is asked about."""
    return tuple(_toy_determination(record, charge) for charge in record.charges)


def _toy_determination(record: DocketRecord, charge: Charge) -> Determination:
    for name in ("statute", "disposition"):
        reading = getattr(charge, name)
        if not is_accepted(reading, fields.field_of(f"charges.1.{name}").family, THRESHOLDS):
            return in_doubt(record, charge.count, Question(name, record.record_id, charge.count, worth=0.8))
    if (charge.statute.value or "").startswith("720 ILCS 550/4"):
        return a_determination(record, charge.count)
    return a_determination(record, charge.count, outcome=Outcome.INELIGIBLE, route=None, reason_codes=("X-NOT-4-5",))


@dataclass
class FakeDesk:
    """A desk over records in memory, with the real triage and answers and a toy law."""

    records: Mapping[str, DocketRecord]
    matches: Mapping[str, Match] = field(default_factory=dict)
    persons: Mapping[str, Person] = field(default_factory=dict)
    place: str = "box 7 / folder 2 / 0001.tif"
    answers: list[Answer] = field(default_factory=list)
    asked: list[ReviewItem] = field(default_factory=list)  # the item of each answer
    law: Callable[[DocketRecord], tuple[Determination, ...]] = toy_law
    lock: Any = field(default_factory=Lock)
    held: dict[str, Reviewer] = field(default_factory=dict)
    drafts: dict[tuple[str, str], str] = field(default_factory=dict)
    recused: set[tuple[str, str]] = field(default_factory=set)
    kept: dict[str, Any] = field(default_factory=dict)

    def triaged(self, name: str) -> tuple[DocketRecord, Match | None, tuple[Determination, ...], Triage]:
        """How the record stands with its answers; computed once for the same of them."""
        machine = self.records[name]
        beside = {gap.page_id for gap in machine.gaps}
        about = tuple(a for a in self.answers if a.record_id == name or a.page_id in beside)
        kept = self.kept.get(name)
        if kept is None or kept[0] is not machine or kept[1:3] != (self.law, about):
            kept = self.kept[name] = (machine, self.law, about, self._triaged(name, about))
        return kept[3]

    def _triaged(self, name: str, about: Sequence[Answer]) -> Any:
        record = applied(self.records[name], [a for a in about if a.record_id == name]).record
        match = self.matches.get(name)
        match = linked_by(match, about) if match else None
        judged = self.law(record)
        return record, match, judged, triage(record, match, judged, THRESHOLDS, about)

    def items(self) -> list[ReviewItem]:
        return sorted(
            (item for name in self.records for item in self.triaged(name)[3].items),
            key=lambda item: (-item.priority, item.item_id),
        )

    def next_question(self, who: Reviewer, *, after: ItemId | None = None) -> QuestionView | None:
        items = [item for item in self.items() if item.kind is not ItemKind.LEGAL and self._is_free(who, item)]
        ids = [item.item_id for item in items]
        start = ids.index(after) + 1 if after in ids else 0
        if not items:
            return None
        found = (items[start:] + items[:start])[0]
        self.held[found.item_id] = who
        return self._view(found, who)

    def _is_free(self, who: Reviewer, item: ReviewItem) -> bool:
        return self.held.get(item.item_id, who) == who and (who.name, item.record_id) not in self.recused

    def question(self, who: Reviewer, item_id: ItemId) -> QuestionView | None:
        known = {item.item_id: item for item in self.items()}
        return self._view(known[item_id], who) if item_id in known else None

    def question_about(self, who: Reviewer, record_id: RecordId, path: str) -> QuestionView | None:
        if record_id not in self.records or (who.name, record_id) in self.recused:
            return None
        asked = next((i for i in self.items() if (i.record_id, i.field) == (record_id, path)), None)
        if asked is not None and asked.kind is not ItemKind.LEGAL:
            return self._view(asked, who)
        record, match, _, _ = self.triaged(record_id)
        if path == fields.MATCH_FIELD:
            return self._view(asking.of_match(record, match, asking.Stake.LINK), who, is_open=False) if match else None
        if fields.reading_at(record, path) is None:
            return None
        return self._view(asking.of_reading(record, path, asking.Stake.PRINTED), who, is_open=False)

    def _view(self, item: ReviewItem, who: Reviewer, *, is_open: bool = True) -> QuestionView:
        assert item.record_id is not None
        view = self.record(who, item.record_id)
        assert view is not None
        candidates = view.match.candidates if view.match and item.kind is ItemKind.MATCH else ()
        people = tuple(CandidateView(c, self.persons[c.person_id]) for c in candidates)
        holder = self.held.setdefault(item.item_id, who)
        draft = self.drafts.get((who.name, item.item_id), "")
        return QuestionView(item, view, people, None, None if holder == who else holder.name, draft, is_open)

    def record(self, who: Reviewer, record_id: RecordId) -> RecordView | None:
        if record_id not in self.records or (who.name, record_id) in self.recused:
            return None
        record, match, judged, found = self.triaged(record_id)
        linked = match and match.status is MatchStatus.LINKED and match.best
        return RecordView(
            record,
            tuple(PageView(page_id, *PAGE, 0, self.place) for page_id in record.page_ids),
            match,
            self.persons[linked.person_id] if linked else None,
            judged,
            found.items,
            found.state,
            found.reasons,
            "Illinois, as of 2026-06-30",
        )

    def save(self, given: Given) -> Saved | Refused:
        item = given.item
        assert item.record_id is not None
        now = self.question_about(given.by, item.record_id, item.field) or self.question(given.by, item.item_id)
        if now is None or now.held_by or seen_mark(now) != given.seen:
            return Refused(now, now.held_by if now else None)
        self.held.pop(item.item_id, None)
        self.drafts.pop((given.by.name, item.item_id), None)
        with self.lock:
            _, _, judged_before, before = self.triaged(item.record_id)
            number = len(self.answers) + 1
            self.answers.append(
                Answer(
                    number,
                    given.kind,
                    item.record_id,
                    item.page_id,
                    item.bbox,
                    item.field,
                    given.value,
                    given.by.name,
                )
            )
            self.asked.append(item)
            _, _, judged, after = self.triaged(item.record_id)
        return Saved(item, before.state, after.state, judged_before, judged)

    def undo(self, who: Reviewer) -> Answer | None:
        mine = [n for n, answer in enumerate(self.answers) if answer.by == who.name]
        if not mine:
            return None
        self.asked.pop(mine[-1])
        return self.answers.pop(mine[-1])

    def author_of(self, answer_id: int) -> str | None:
        return next((answer.by for answer in self.answers if answer.answer_id == answer_id), None)

    def reopen(self, who: Reviewer, answer_id: int) -> Answer | None:
        found = next(n for n, answer in enumerate(self.answers) if answer.answer_id == answer_id)
        self.asked.pop(found)
        return self.answers.pop(found)

    def worked(self, who: Reviewer) -> Sequence[WorkedView]:
        mine = [answer for answer in reversed(self.answers) if answer.by == who.name]
        return [WorkedView(answer, "2026-01-31T10:00:00", "standing", State.IN_REVIEW) for answer in mine]

    def suppose(self, given: Given) -> tuple[Determination, ...] | None:
        kept = list(self.answers), list(self.asked)
        item, by = given.item, given.by.name
        assert item.record_id is not None
        place = (item.record_id, item.page_id, item.bbox, item.field)
        self.answers.append(Answer(len(self.answers) + 1, given.kind, *place, given.value, by))
        judged = self.triaged(item.record_id)[2]
        self.answers, self.asked = kept
        return judged

    def add_charge(self, who: Reviewer, answer: Answer) -> Saved | None:
        _, _, judged, before = self.triaged(answer.record_id)
        self.answers.append(replace(answer, answer_id=len(self.answers) + 1))
        item = asking.of_match(self.records[answer.record_id], None, asking.Stake.LINK)
        self.asked.append(item)
        return Saved(item, before.state, before.state, judged, judged)

    def hold(self, who: Reviewer, item_id: ItemId) -> str | None:
        holder = self.held.setdefault(item_id, who)
        return None if holder == who else holder.name

    def take_over(self, who: Reviewer, item_id: ItemId) -> None:
        self.held[item_id] = who

    def keep_draft(self, who: Reviewer, item_id: ItemId, text: str) -> None:
        self.drafts[who.name, item_id] = text

    def stand_back(self, who: Reviewer, record_id: RecordId) -> None:
        self.recused.add((who.name, record_id))

    def find(self, who: Reviewer, text: str) -> Sequence[Any]:
        return ()

    def people(self, text: str) -> Sequence[Person]:
        return [person for person in self.persons.values() if person.surname.startswith(text.upper())]

    def person(self, person_id: str) -> Person | None:
        return self.persons.get(person_id)

    def legal_questions(self, who: Reviewer) -> Sequence[Any]:
        return ()

    def rulings(self) -> Sequence[Any]:
        return ()

    def shelf(self) -> Sequence[Any]:
        return ()

    def crop(self, who: Reviewer, page_id: PageId, bbox: BBox) -> bytes | None:
        picture = self._picture(page_id)
        return None if picture is None else _png(picture.crop(tuple(bbox)))

    def page_image(self, who: Reviewer, page_id: PageId, *, whole_size: bool = False) -> bytes | None:
        picture = self._picture(page_id)
        return None if picture is None else _png(picture)

    def _picture(self, page_id: PageId) -> Image.Image | None:
        record = next((r for r in self.records.values() if page_id in r.page_ids), None)
        if record is None:
            return None
        picture = Image.new("L", PAGE, 244)
        draw, font = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSansMono.ttf", 26)
        for _, reading in fields.readings_of(record):
            for source in reading.sources:
                draw.text(source.bbox[:2], (reading.raw or "")[:40], 40, font=font)
        return picture

    def progress(self, who: Reviewer) -> Progress:
        states = [self.triaged(name)[3].state for name in self.records]
        items = self.items()
        legal = sum(item.kind is ItemKind.LEGAL for item in items)
        mine = sum(answer.by == who.name for answer in self.answers)
        accepted, reviewed = states.count(State.ACCEPTED), states.count(State.REVIEWED)
        return Progress(len(items) - legal, legal, len(self.answers), mine, len(states), accepted, reviewed)


RIGHT = "right"
ME = Reviewer(UserId(1), "A. Reviewer", Role.REVIEWER)


@dataclass
class FakeDoor:
    """A door with one open session for each cookie; nobody else comes in."""

    inside: dict[str, Session] = field(default_factory=dict)

    def let_in(self, who: Reviewer = ME) -> str:
        cookie = f"cookie-of-{who.name}-{len(self.inside)}"
        self.inside[cookie] = Session(f"key-{len(self.inside)}", who, True, False)
        return cookie

    def lock(self, cookie: str) -> None:
        self.inside[cookie] = replace(self.inside[cookie], is_locked=True)

    def session(self, cookie: str | None) -> Session | None:
        return self.inside.get(cookie or "")

    def touch(self, session: Session) -> None: ...

    def sign_in(self, name: str, password: str) -> str | None:
        return None

    def invitation(self, token: str) -> None:
        return None

    def admit(self, token: str, name: str, password: str) -> str | None:
        return None

    def unlock(self, session: Session, password: str) -> bool:
        cookie = next(c for c, s in self.inside.items() if s.key == session.key)
        self.inside[cookie] = replace(session, is_locked=password != RIGHT)
        return password == RIGHT

    def sign_out(self, who: Reviewer) -> None:
        self.inside = {c: s for c, s in self.inside.items() if s.who != who}

    def switch_shortcuts(self, session: Session) -> None:
        cookie = next(c for c, s in self.inside.items() if s.key == session.key)
        self.inside[cookie] = replace(session, shortcuts=not session.shortcuts)

    def users(self) -> Sequence[Any]:
        return ()


def _png(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def an_answer(
    record: DocketRecord, path: str, value: str | None, number: int = 1, kind: AnswerKind = AnswerKind.VALUE
) -> Answer:
    """An answer about the ink the record has at `path`."""
    reading = fields.reading_at(record, path) if fields.is_field(path) else None
    page_id, bbox = asking.ink_of(record, reading)
    return Answer(number, kind, record.record_id, page_id, bbox, path, value, "A. Reviewer")


def a_match(record_id: str, *people: tuple[str, float], status: MatchStatus = MatchStatus.POSSIBLE) -> Match:
    agreements = (
        Agreement("surname", "exact", 9.1),
        Agreement("birth_date", "differs", -4.2),
        Agreement("sid", "silent", 0.0),
    )
    candidates = tuple(Candidate(PersonId(name), probability, agreements) for name, probability in people)
    return Match(RecordId(record_id), status, candidates, "birth date differs in one digit")


def five_questions(hostile: str = "") -> FakeDesk:
    """Six records: four with doubtful ink (five questions), one sure, one page set aside is left out."""
    doubtful = ink("p-r1", 9)
    r1 = a_record(
        "r1",
        charges=(
            a_charge(
                "r1",
                "p-r1",
                statute=read(
                    "720 ILCS 550/4(c)",
                    hostile or "56.5-704-C",
                    0.71,
                    doubtful,
                    ("720 ILCS 550/4(e)", 0.24),
                    (None, 0.01),
                ),
            ),
        ),
    )
    r2 = a_record(
        "r2",
        charges=(
            a_charge(
                "r2",
                "p-r2",
                disposition=read(
                    None, hostile or "PL#A 0F Gl1LTY", 0.0, ink("p-r2", 10, 1, 260), (Disposition.GUILTY, 0.6)
                ),
            ),
        ),
    )
    r3 = a_record(
        "r3",
        docket_number=read("93CR0000081", hostile or "93CR00O0081", 0.62, ink("p-r3", 1), ("93CR0000001", 0.3)),
        defendant=a_defendant(
            "p-r3",
            surname=read(hostile or "MARLOW", hostile or "MARL0W", 0.8, ink("p-r3", 3), ("MARLON", 0.1)),
        ),
    )
    r4 = a_record("r4", defendant=a_defendant("p-r4", surname=read("HALVORSEN", "HALVORSEN", SURE, ink("p-r4", 3))))
    r5 = a_record("r5")
    people = {
        "P1": Person(
            PersonId("P1"),
            hostile or "HALVORSEN",
            "PETER",
            birth_date=date(1961, 4, 2),
            sex=Sex.MALE,
            address=hostile,
        ),
        "P2": Person(PersonId("P2"), "HALVORSON", "PETER", birth_date=date(1961, 4, 12)),
    }
    records = {record.record_id: record for record in (r1, r2, r3, r4, r5)}
    matches = {"r4": a_match("r4", ("P1", 0.81), ("P2", 0.12))}
    return FakeDesk(records, matches, people, hostile or "box 7 / folder 2 / 0001.tif")


def blank(name: str = "b1", kind: DocumentKind | None = DocumentKind.BLANK, gaps: Sequence[Gap] = ()) -> DocketRecord:
    """A page that tells of no case, or was set aside."""
    return replace(
        a_record(name),
        document_kind=kind,
        docket_number=silent(),
        defendant=None,
        charges=(),
        gaps=tuple(gaps),
    )


def a_client(app: Starlette) -> Client:
    """A browser without a screen, on the server's own address."""
    with warnings.catch_warnings():
        # Starlette would rather have its client's successor, which the project does not install.
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient
    return TestClient(app, base_url="http://127.0.0.1:8000", headers={"sec-fetch-site": "same-origin"})


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The makers of plausible wholes; a test names only what differs."""
    return SimpleNamespace(
        record=a_record,
        charge=a_charge,
        defendant=a_defendant,
        determination=a_determination,
        in_doubt=in_doubt,
        match=a_match,
        answer=an_answer,
        ink=ink,
        read=read,
        blank=blank,
        toy_law=toy_law,
        desk=FakeDesk,
        door=FakeDoor,
        me=ME,
        COOKIE=COOKIE,
        thresholds=THRESHOLDS,
        five_questions=five_questions,
        client=a_client,
    )
