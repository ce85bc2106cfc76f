"""The desk over the store: an answer is kept for ever, asked once, and moves only what depends on it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import extract
from casefile.docket import Disposition, Grams, RecordId, SettledBy, Termination
from casefile.review import AnswerKind, ItemKind
from clerk import deciding
from clerk.archive import Archive
from clerk.desk import StoreDesk
from review_queue.access import Role
from review_queue.desk import Given, QuestionView, Reviewer, UserId
from review_queue.fields import encode, reading_at
from specimens.box import Box
from tests.clerk.office import Office

ME = Reviewer(UserId(1), "R. Reviewer", Role.REVIEWER)
OTHER = Reviewer(UserId(2), "O. Other", Role.REVIEWER)
CHIEF = Reviewer(UserId(3), "A. Chief", Role.ADMINISTRATOR)
SAID = {
    "statute": "720 ILCS 550/4(b)",
    "disposition": Disposition.NOLLE_PROSEQUI,
    "docket_number": "91CR0101001",
    "surname": "VANDERSLOOT",
    "given": "ADELE",
    "birth_date": date(1961, 2, 3),
    "offense_date": date(1991, 2, 3),
    "arrest_date": date(1991, 2, 3),
    "grams": Grams(2.5, 10),
    "termination": Termination.SATISFACTORY,
}


@pytest.fixture
def desk(finished: Office, tmp_path: Path) -> StoreDesk:
    """A copy of the finished archive to answer in."""
    shutil.copytree(finished.archive.root, tmp_path / "copy")
    desk = StoreDesk(Archive(tmp_path / "copy"))
    for name in (ME, OTHER):
        with desk.store.writing():
            assert desk.rows.add_user(name.name, name.role) == name.user_id
    return desk


def reading_question(desk: StoreDesk) -> QuestionView:
    """The first open question about a field of a record for which we have something to say."""
    after = None
    for _ in range(500):
        view = desk.next_question(ME, after=after)
        assert view is not None
        if view.item.kind is ItemKind.READING and name_of(view) in SAID:
            return view
        after = view.item.item_id
    pytest.fail("no question about a reading is open")


def name_of(view: QuestionView) -> str:
    return view.item.field.rpartition(".")[2]


def answer(desk: StoreDesk, view: QuestionView, value: Any = None) -> Any:
    kept = encode(view.item.field, SAID[name_of(view)] if value is None else value)
    return desk.save(Given(view.item, AnswerKind.VALUE, kept, ME))


def test_an_answered_question_is_not_asked_again(desk: StoreDesk) -> None:
    view = reading_question(desk)
    before = desk.progress(ME)
    answer(desk, view)
    assert view.item.item_id not in {item.item_id for item in desk.store.items()}
    after = desk.progress(ME)
    assert (after.answered, after.answered_by_me) == (before.answered + 1, before.answered_by_me + 1)


def test_the_reading_is_the_persons_from_then_on(desk: StoreDesk) -> None:
    view = reading_question(desk)
    answer(desk, view)
    record = desk.record(ME, RecordId(view.item.record_id or ""))
    assert record is not None
    reading = reading_at(record.record, view.item.field)
    assert reading is not None
    assert (reading.value, reading.settled_by) == (SAID[name_of(view)], SettledBy.REVIEWER)


def test_only_what_depends_on_the_answer_is_computed_again(desk: StoreDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    view = reading_question(desk)
    record_id = RecordId(view.item.record_id or "")
    reached = deciding.reach(desk.store, record_id)
    decided: list[str] = []
    real = deciding.determine

    def watched(case: Any, **rest: Any) -> Any:
        decided.append(case.record.record_id)
        return real(case, **rest)

    monkeypatch.setattr(deciding, "determine", watched)
    answer(desk, view)
    assert record_id in decided
    assert set(decided) <= reached
    assert len(decided) < len(desk.store.record_rows())


def test_undo_opens_the_question_again(desk: StoreDesk) -> None:
    view = reading_question(desk)
    whole = [item.item_id for item in desk.store.items()]
    answer(desk, view)
    taken_back = desk.undo(ME)
    assert taken_back is not None
    assert (taken_back.record_id, taken_back.field) == (view.item.record_id, view.item.field)
    assert [item.item_id for item in desk.store.items()] == whole
    assert desk.undo(ME) is None
    assert desk.undo(OTHER) is None


def test_an_answer_outlives_the_next_version_of_the_reader(
    desk: StoreDesk, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = reading_question(desk)
    answer(desk, view)
    monkeypatch.setattr(extract, "VERSION", extract.VERSION + 1)
    office = Office(desk.archive)
    assert office.run(box.source).pages_extracted > 0
    record = desk.record(ME, RecordId(view.item.record_id or ""))
    assert record is not None
    reading = reading_at(record.record, view.item.field)
    assert reading is not None
    assert (reading.value, reading.settled_by) == (SAID[name_of(view)], SettledBy.REVIEWER)
    assert view.item.item_id not in {item.item_id for item in desk.store.items()}


def test_what_no_person_can_read_stays_illegible_and_is_not_asked_again(desk: StoreDesk) -> None:
    view = reading_question(desk)
    desk.save(Given(view.item, AnswerKind.CANNOT_READ, None, ME))
    record = desk.record(ME, RecordId(view.item.record_id or ""))
    assert record is not None
    reading = reading_at(record.record, view.item.field)
    assert reading is not None
    assert reading.is_illegible
    assert view.item.item_id not in {item.item_id for item in desk.store.items()}


def test_answers_stand_in_the_export_and_never_in_the_audit(desk: StoreDesk) -> None:
    view = reading_question(desk)
    answer(desk, view)
    rows = [r for r in Office(desk.archive).exported() if r["record_id"] == view.item.record_id]
    assert "reviewer" in json.dumps(rows)
    assert str(SAID[name_of(view)]) not in repr(list(desk.store.audit_rows()))
    assert ME.name not in repr(list(desk.store.audit_rows()))


def test_the_ink_of_every_question_can_be_shown(desk: StoreDesk) -> None:
    shown = 0
    for item in desk.store.items():
        if item.page_id is not None and item.bbox is not None and shown < 5:
            png = desk.crop(ME, item.page_id, item.bbox)
            assert png is not None
            assert png.startswith(b"\x89PNG")
            shown += 1
    assert shown


def test_unknown_ids_give_nothing(desk: StoreDesk) -> None:
    assert desk.record(ME, RecordId("r0")) is None
    assert desk.question(ME, "q0") is None  # type: ignore[arg-type]
    assert desk.question_about(ME, RecordId("r0"), "docket_number") is None
    assert desk.page_image(ME, "p0") is None  # type: ignore[arg-type]


def test_any_field_can_be_corrected_though_nobody_asked(desk: StoreDesk) -> None:
    row = next(row for row in Office(desk.archive).exported() if row.get("charges"))
    view = desk.question_about(ME, RecordId(row["record_id"]), "arresting_agency")
    assert view is not None
    answer(desk, view, "OAK LAWN PD")
    (after,) = [r for r in Office(desk.archive).exported() if r["record_id"] == row["record_id"]]
    assert after["arresting_agency"]["value"] == "OAK LAWN PD"
    assert after["arresting_agency"]["settled_by"] == "reviewer"


def test_reviewing_works_while_a_run_holds_the_archive(desk: StoreDesk) -> None:
    from clerk import archive as archives

    with archives.held(desk.archive):
        view = reading_question(desk)
        answer(desk, view)
    assert desk.progress(ME).answered == 1


def test_questions_come_in_the_order_of_their_worth(desk: StoreDesk) -> None:
    priorities = [item.priority for item in desk.store.items()]
    assert priorities == sorted(priorities, reverse=True)
    first, second = desk.next_question(ME), None
    assert first is not None
    second = desk.next_question(ME, after=first.item.item_id)
    assert second is not None
    assert second.item.item_id != first.item.item_id
