"""What the desk keeps: who holds a question, answers whole or not at all, drafts, and what nobody else may see."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from casefile.archive import Page, PageId, Place, Sha256, Stage
from casefile.desk_rows import DeskRows
from casefile.docket import Disposition, DocketRecord, DocumentKind, Gap, GapKind, RecordId, record_id_of
from casefile.ocr import BBox
from casefile.persons import Person, PersonId
from casefile.review import Answer, AnswerKind, ItemId, ItemKind, ReviewItem
from casefile.rows import DocumentRow, TriageRow
from casefile.store import Store
from clerk import archive as archives
from clerk import deciding, pipeline
from clerk.corrections import corrections
from clerk.desk import StoreDesk
from review_queue.access import Role
from review_queue.desk import Given, QuestionView, Refused, Reviewer, Saved, UserId, seen_mark
from tests.clerk.office import CHOICES
from tests.clerk.taking import take_all
from tests.factories import a_charge, a_defendant, a_record, ink, read

ME = Reviewer(UserId(1), "R. Reviewer", Role.REVIEWER)
OTHER = Reviewer(UserId(2), "O. Other", Role.REVIEWER)
CHIEF = Reviewer(UserId(3), "A. Chief", Role.ADMINISTRATOR)
PEOPLE = (Person(PersonId("P1"), "QUILLBY", "TERRANCE"), Person(PersonId("P2"), "OSTRANDER", "ADA"))
NAMES = ("QUILLBY", "MARLOWE", "HALVORSEN")


@dataclass
class Hands:
    at: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


def shelve(store: Store, record: DocketRecord) -> None:
    """The record as read off one page in a folder of its own."""
    (page_id,) = record.page_ids
    place = Place("b", page_id, "0001.png", 0)
    store.add_pages([Page(page_id, place, Sha256(page_id), 1)], size=1)
    for stage in Stage:
        store.put_done(page_id, stage, key="k", output="o")
    store.put_document(DocumentRow(page_id, DocumentKind.CERTIFIED_STATEMENT, "k"), place, [page_id], [record])


def doubtful(number: int, **differing: Any) -> DocketRecord:
    """A record whose statute may be one of two, and that decides."""
    page_id = PageId(f"p{number}")
    statute = read(
        "720 ILCS 550/4(c)",
        confidence=0.6,
        raw="704-C",
        sources=(ink(page_id),),
        alternatives=(("720 ILCS 570/402(c)", 0.35),),
    )
    return a_record(
        page_id,
        docket_number=read(f"98C4401{number:02}01"),
        defendant=a_defendant(surname=read(NAMES[number % 3]), given=read(f"T{number}")),
        charges=(a_charge(page_id=page_id, statute=statute, **differing),),
    )


@pytest.fixture
def desk(tmp_path: Path) -> StoreDesk:
    """Three records with a question each, and three people at the desk."""
    archive = archives.create(tmp_path / "archive")
    desk = StoreDesk(archive, now=Hands())
    with desk.store.writing():
        for number in range(3):
            shelve(desk.store, doubtful(number))
        desk.store.replace_persons(PEOPLE)
        desk.store.set_setting("persons_digest", "1")
        for who in (ME, OTHER, CHIEF):
            assert desk.rows.add_user(who.name, who.role) == who.user_id
    pipeline.remember_choices(desk.store, CHOICES)
    deciding.recompute(desk.store, desk.rules(), quiet=True)
    return desk


def asked(desk: StoreDesk, who: Reviewer = ME) -> QuestionView:
    view = desk.next_question(who)
    assert view is not None
    assert view.item.field == "charges.1.statute"
    return view


def given(view: QuestionView, who: Reviewer = ME, value: str = "720 ILCS 550/4(d)") -> Given:
    return Given(view.item, AnswerKind.VALUE, json.dumps(value), who, seen_mark(view))


# --- who holds a question ---


def test_two_people_are_never_given_one_question(desk: StoreDesk) -> None:
    assert asked(desk, ME).item.item_id != asked(desk, OTHER).item.item_id


def test_going_on_frees_the_question_before(desk: StoreDesk) -> None:
    first = asked(desk).item.item_id
    second = desk.next_question(ME, after=first)
    assert second is not None
    assert second.item.item_id != first
    assert desk.rows.holder(first, now=desk.now()) is None
    assert asked(desk, OTHER).item.item_id == first


def test_a_hold_runs_out_after_ten_minutes_and_a_heartbeat_renews_it(desk: StoreDesk) -> None:
    hands: Any = desk.now
    first = asked(desk).item.item_id
    hands.at += 599
    assert desk.hold(ME, first) is None
    hands.at += 599
    assert asked(desk, OTHER).item.item_id != first
    assert desk.hold(OTHER, first) == ME.name
    hands.at += 2
    assert asked(desk, OTHER).item.item_id == first
    assert desk.hold(ME, first) == OTHER.name


def test_whoever_takes_over_saves_and_the_other_does_not(desk: StoreDesk) -> None:
    view = asked(desk)
    desk.take_over(OTHER, view.item.item_id)
    refused = desk.save(given(view))
    assert isinstance(refused, Refused)
    assert refused.held_by == OTHER.name
    assert desk.store.answers() == []
    assert isinstance(desk.save(given(view, OTHER)), Saved)


def test_looking_at_a_question_somebody_holds_says_so(desk: StoreDesk) -> None:
    view = asked(desk)
    seen = desk.question_about(OTHER, RecordId(view.item.record_id or ""), view.item.field)
    assert seen is not None
    assert (seen.held_by, seen.is_open) == (ME.name, True)


def test_eight_processes_take_no_question_twice(tmp_path: Path) -> None:
    archive = archives.create(tmp_path / "archive")
    each, processes = 200, 8
    with archive.store() as store, store.writing():
        shelve(store, doubtful(0))
        about = doubtful(0).record_id
        items = [
            ReviewItem(ItemId(f"q{n:05}"), ItemKind.READING, about, None, None, "docket_number", "w", float(n % 7))
            for n in range(each * processes)
        ]
        store.put_triage(about, TriageRow("in_review", None), items, key="k")
        for n in range(1, processes + 1):
            DeskRows(store).add_user(f"user {n}", Role.REVIEWER)
    work = [(archive.database, n, each) for n in range(1, processes + 1)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        taken = [item for found in pool.starmap(take_all, work) for item in found]
    assert len(taken) == len(set(taken)) == each * processes


# --- answers, whole or not at all ---


def test_a_save_that_dies_at_any_statement_keeps_answer_and_audit_or_neither(desk: StoreDesk) -> None:
    with desk.store.writing():
        desk.store.replace_persons(())
        desk.store.set_setting("persons_digest", "2")
    command = [sys.executable, "-m", "tests.clerk.dying", str(desk.archive.root)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    found = [tuple(each) for each in json.loads(told.stdout)]
    assert len(found) > 20
    assert set(found[:-1]) == {(0, 0)}
    assert found[-1] == (1, 1)


def test_a_save_that_comes_too_late_shows_what_stands_there_now(desk: StoreDesk) -> None:
    view = asked(desk)
    desk.take_over(OTHER, view.item.item_id)
    desk.save(given(view, OTHER, "720 ILCS 550/4(a)"))
    late = desk.save(given(view, ME))
    assert isinstance(late, Refused)
    assert late.now is not None
    assert late.now.view.record.charges[0].statute.value == "720 ILCS 550/4(a)"
    assert len(desk.store.answers()) == 1


def test_an_answer_sent_twice_is_kept_once(desk: StoreDesk) -> None:
    said = given(asked(desk))
    assert isinstance(desk.save(said), Saved)
    assert isinstance(desk.save(said), Saved)
    assert len(desk.store.answers()) == 1


def test_supposing_keeps_nothing_and_tells_what_saving_then_does(desk: StoreDesk) -> None:
    said = given(asked(desk))
    before = list(desk.store._db.conn.iterdump())
    supposed = desk.suppose(said)
    assert list(desk.store._db.conn.iterdump()) == before
    saved = desk.save(said)
    assert isinstance(saved, Saved)
    assert saved.determinations == supposed != saved.determinations_before


def test_a_link_to_nobody_on_the_list_is_not_kept(desk: StoreDesk) -> None:
    record_id = doubtful(0).record_id
    view = desk.question_about(ME, record_id, "match")
    assert view is not None
    stranger = Given(view.item, AnswerKind.LINK, '"P9"', ME, seen_mark(view))
    assert isinstance(desk.save(stranger), Refused)
    assert isinstance(desk.save(replace(stranger, value='"P2"')), Saved)


def test_a_charge_that_was_missed_is_decided_and_outlives_a_rerun(desk: StoreDesk) -> None:
    record = doubtful(1)
    said = json.dumps({"statute": "720 ILCS 570/402(c)", "disposition": "guilty"})
    box = BBox(100, 900, 800, 940)
    told = Answer(0, AnswerKind.CHARGE, record.record_id, record.page_ids[0], box, "charges", said, ME.name)
    assert desk.add_charge(ME, replace(told, page_id=PageId("p-else"))) is None
    assert desk.add_charge(ME, told) is not None
    with desk.store.writing():
        shelve(desk.store, record)
    deciding.recompute(desk.store, desk.rules(), quiet=True)
    view = desk.record(ME, record.record_id)
    assert view is not None
    assert [(c.count, c.statute.value) for c in view.record.charges][1:] == [(2, "720 ILCS 570/402(c)")]
    assert {d.count for d in view.determinations} == {1, 2}
    (answer,) = desk.store.answers()
    assert desk.reopen(ME, answer.answer_id) is not None
    after = desk.record(ME, record.record_id)
    assert after is not None
    assert len(after.record.charges) == 1


def test_a_charge_that_was_missed_is_added_to_its_own_case_alone(desk: StoreDesk) -> None:
    first = doubtful(1)
    (page_id,) = first.page_ids
    second = replace(first, record_id=record_id_of(page_id, 1), docket_number=read("98C44010901"), charges=())
    document = DocumentRow(page_id, DocumentKind.COURT_SHEET, "k")
    with desk.store.writing():
        desk.store.put_document(document, Place("b", page_id, "0001.png", 0), [page_id], [first, second])
    deciding.recompute(desk.store, desk.rules(), quiet=True)
    said = json.dumps({"statute": "720 ILCS 570/402(c)", "disposition": "guilty"})
    box = BBox(100, 900, 800, 940)
    told = Answer(0, AnswerKind.CHARGE, first.record_id, page_id, box, "charges", said, ME.name)
    assert desk.add_charge(ME, told) is not None
    records = [desk.record(ME, record.record_id) for record in (first, second)]
    assert [len(view.record.charges) for view in records if view] == [2, 0]
    assert [view.record.gaps for view in records if view] == [first.gaps, second.gaps]
    with desk.store.writing():
        desk.store.put_document(document, Place("b", page_id, "0001.png", 0), [page_id], [second])
    deciding.recompute(desk.store, desk.rules(), quiet=True)
    view, row = desk.record(ME, second.record_id), desk.store.record(second.record_id)
    assert view is not None
    assert row is not None
    assert (view.record.charges, [gap.bbox for gap in view.record.gaps]) == ((), [box])
    assert row.disagreements["unplaced"] == (1,)


def test_reopening_asks_again_and_my_answers_tell_it(desk: StoreDesk) -> None:
    view = asked(desk)
    desk.save(given(view))
    (mine,) = desk.worked(ME)
    assert (mine.became, mine.answer.value) == ("standing", '"720 ILCS 550/4(d)"')
    assert desk.author_of(mine.answer.answer_id) == ME.name
    assert desk.reopen(CHIEF, mine.answer.answer_id) is not None
    assert desk.reopen(CHIEF, mine.answer.answer_id) is None
    assert [row.became for row in desk.worked(ME)] == ["withdrawn"]
    assert asked(desk).item.item_id == view.item.item_id


# --- drafts, what is shown to whom, finding ---


def test_what_is_being_typed_outlives_the_server_and_ends_with_the_answer(desk: StoreDesk) -> None:
    view = asked(desk)
    desk.keep_draft(ME, view.item.item_id, "55-D")
    after = StoreDesk(desk.archive, now=desk.now)
    assert asked(after).draft == "55-D"
    after.save(given(asked(after)))
    assert after.rows.draft(ME.user_id, view.item.item_id) == ""


def test_nobody_is_shown_a_record_they_stood_back_from(desk: StoreDesk) -> None:
    view = asked(desk)
    record_id = RecordId(view.item.record_id or "")
    desk.stand_back(ME, record_id)
    assert desk.record(ME, record_id) is None
    assert asked(desk).item.record_id != record_id
    assert asked(desk, OTHER).item.record_id == record_id


@pytest.mark.parametrize("gone", [Disposition.EXPUNGED, Disposition.SEALED])
def test_what_was_expunged_or_sealed_is_for_administrators(desk: StoreDesk, gone: Disposition) -> None:
    hidden = doubtful(7, disposition=read(gone, confidence=0.7))
    with desk.store.writing():
        shelve(desk.store, hidden)
    deciding.recompute(desk.store, desk.rules(), quiet=True)
    for who in (replace(ME, role=role) for role in Role if role is not Role.ADMINISTRATOR):
        assert desk.record(who, hidden.record_id) is None
        assert desk.question_about(who, hidden.record_id, "docket_number") is None
        assert desk.page_image(who, hidden.page_ids[0]) is None
        assert desk.find(who, "98C44010701") == ()
    view = desk.record(CHIEF, hidden.record_id)
    assert view is not None
    assert view.is_hidden


@pytest.mark.parametrize("is_filed", [True, False])
def test_who_may_look_at_a_page(desk: StoreDesk, monkeypatch: pytest.MonkeyPatch, is_filed: bool) -> None:
    """A page of no document may hold anything; archivists see what is to be scanned again and nothing else."""
    monkeypatch.setattr(desk.pictures, "page", lambda store, page_id, whole_size: b"png")
    page_id = PageId("p0")
    if not is_filed:
        with desk.store.writing():
            desk.store.drop_document(page_id)

    def seen() -> set[Role]:
        return {role for role in Role if desk.page_image(replace(ME, role=role), page_id) is not None}

    assert seen() == (set(Role) - {Role.ARCHIVIST} if is_filed else {Role.ADMINISTRATOR})
    rescan = Answer(0, AnswerKind.RESCAN, doubtful(0).record_id, page_id, None, "page", None, ME.name)
    with desk.store.writing():
        desk.store.add_answer(rescan)
    assert seen() == set(Role)


def test_pictures_are_made_one_at_a_time_and_once(desk: StoreDesk) -> None:
    together, most, made = 0, 0, []

    def slow(number: int) -> bytes:
        nonlocal together, most
        together += 1
        most = max(most, together)
        time.sleep(0.01)
        together -= 1
        made.append(number)
        return b"%d" % number

    with ThreadPoolExecutor(8) as threads:
        wanted = [number % 4 for number in range(8)]
        found = list(threads.map(lambda n: desk.pictures._made((n,), lambda: slow(n)), wanted))
    assert found == [b"%d" % number for number in wanted]
    assert (most, sorted(made)) == (1, [0, 1, 2, 3])


@pytest.mark.parametrize("text", ["98C4401 00", "98 c4 40100 01", "98C4401000", "quillby", " Quil"])
def test_records_are_found_by_number_or_surname(desk: StoreDesk, text: str) -> None:
    assert [found.name for found in desk.find(ME, text)] == ["QUILLBY, T0"]


@pytest.mark.parametrize("text", ["", "q", "%", "'", "QUILLBYX", "\x00\x00", "98C4401' OR '1'='1"])
def test_other_words_find_nothing(desk: StoreDesk, text: str) -> None:
    assert desk.find(ME, text) == ()


def test_listed_people_are_found_by_name_or_id(desk: StoreDesk) -> None:
    find: Callable[[str], Any] = desk.people
    assert [p.person_id for p in find("ostrander, a")] == ["P2"]
    assert [p.person_id for p in find("p1")] == ["P1"]
    assert find("o") == ()


def test_a_page_to_scan_again_is_listed_for_the_archivist(desk: StoreDesk) -> None:
    view = asked(desk)
    desk.save(replace(given(view), kind=AnswerKind.RESCAN, value=None))
    assert [(page.page_id, page.where) for page in desk.shelf()] == [
        (view.item.page_id, f"b/{view.item.page_id}/0001.png, page 1")
    ]
    record_id = RecordId(view.item.record_id or "")
    after = desk.record(ME, record_id)
    assert after is not None
    assert view.item.field not in {item.field for item in after.items}
    assert "its page waits to be scanned again" in "".join(after.reasons)


def test_counts_say_what_waits_and_why(desk: StoreDesk) -> None:
    before = desk.progress(ME)
    assert before.open_items == sum(total for _, total in before.waiting) == 3
    assert dict(before.waiting) == {"the answer decides eligibility": 3}
    desk.save(given(asked(desk)))
    after = desk.progress(ME)
    assert after.answered_by_me == 1


def test_counts_say_how_fast_everybody_works_together(desk: StoreDesk) -> None:
    desk.now = time.time
    desk.save(given(asked(desk)))
    desk.save(given(asked(desk, OTHER), OTHER))
    asked(desk)
    for who in (ME, OTHER):
        told = desk.progress(who)
        assert (told.answered, told.answered_by_me) == (2, 1)
        assert (told.last_hour_of_all, told.last_hour, told.at_work, told.hours_left) == (2, 1, 1, None)
    assert replace(told, open_items=30, last_hour_of_all=20).hours_left == 1.5


def test_corrections_lead_back_to_the_ink_and_name_nobody(desk: StoreDesk) -> None:
    view = asked(desk)
    desk.save(given(view))
    (row,) = corrections(desk.store)
    assert (row["said"], row["machine"], row["confidence"]) == ('"720 ILCS 550/4(d)"', '"720 ILCS 550/4(c)"', 0.6)
    assert (row["page_id"], row["bbox"], row["field"]) == (
        view.item.page_id,
        list(view.item.bbox or ()),
        "charges.1.statute",
    )
    assert ME.name not in repr(row)


def test_an_answer_about_a_page_is_marked_when_that_page_is_scanned_again(desk: StoreDesk) -> None:
    """What was said of the old scan says nothing of the new one, which is asked about for itself."""
    record = doubtful(5)
    old, new = (Gap(GapKind.UNREAD_INK, PageId(name)) for name in ("p-old", "p-new"))

    def read_again(gap: Gap) -> None:
        with desk.store.writing():
            for page_id, place in ((PageId("p-old"), "g"), (PageId("p-new"), "g"))[: 1 + (gap is new)]:
                desk.store.add_pages([Page(page_id, Place("b", place, "1.png", 0), Sha256(page_id), 1)], size=1)
            shelve(desk.store, replace(record, charges=(), gaps=(gap,)))
        deciding.recompute(desk.store, desk.rules(), quiet=True)

    def about_the_page() -> ReviewItem:
        view = desk.record(ME, record.record_id)
        assert view is not None
        return next(item for item in view.items if item.kind is ItemKind.PAGE)

    read_again(old)
    asked_of_old = desk.question(ME, about_the_page().item_id)
    assert asked_of_old is not None
    assert isinstance(desk.save(Given(asked_of_old.item, AnswerKind.VALUE, "null", ME, seen_mark(asked_of_old))), Saved)
    assert [row.became for row in desk.worked(ME)] == ["standing"]
    read_again(new)
    assert about_the_page().page_id == "p-new"
    assert [row.became for row in desk.worked(ME)] == ["unplaced"]
    assert isinstance(desk.save(Given(asked_of_old.item, AnswerKind.VALUE, "null", OTHER, "x")), Refused)


def test_whoever_needs_fewest_answers_is_asked_about_first(desk: StoreDesk) -> None:
    """A case that wants two answers waits behind those that want one, until one of its two is given."""
    twofold = replace(doubtful(4), docket_number=read("98C44010401", confidence=0.5))
    with desk.store.writing():
        shelve(desk.store, twofold)
    deciding.recompute(desk.store, desk.rules(), quiet=True)
    order = [item.record_id for item in desk.rows.free_items(ME.user_id, now=desk.now())]
    assert order[3:] == [twofold.record_id] * 2
    view = desk.question_about(ME, twofold.record_id, "docket_number")
    assert view is not None
    desk.save(given(view, value="98C44010401"))
    left = list(desk.rows.free_items(ME.user_id, now=desk.now()))
    assert {item.record_id for item in left} == {doubtful(n).record_id for n in (0, 1, 2, 4)}
    turns = desk.store._db.conn.execute("SELECT DISTINCT CAST(turn / 10000 + 0.5 AS INT) FROM review_items").fetchall()
    assert turns == [(1,)]
