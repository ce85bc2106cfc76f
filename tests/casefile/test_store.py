"""The store: gives back what it was given, keeps both rows or neither, loses no answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from casefile.archive import Page, PageState, Place, Sha256, Stage, page_id_of
from casefile.docket import DocumentKind, record_id_of
from casefile.errors import PageError, StorageError
from casefile.linkage import Match, MatchStatus
from casefile.ocr import BBox
from casefile.review import Answer, AnswerKind, ItemId, ItemKind, ReviewItem
from casefile.rows import DocumentRow, TriageRow
from casefile.store import Store
from tests.factories import a_record

SHA = Sha256("a" * 64)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "casefile.db") as opened:
        yield opened


def a_page(file: str = "a.png", sha: Sha256 = SHA) -> Page:
    place = Place("box 1", "folder", file, 0)
    return Page(page_id_of(place, sha), place, sha, 1)


def keep_document(store: Store, page: Page) -> str:
    record = a_record(page.page_id)
    row = DocumentRow(page.page_id, DocumentKind.CERTIFIED_STATEMENT, "key")
    store.put_document(row, page.place, [page.page_id], [record])
    store.put_body(record, [("docket", "98C440123")], {})
    return record.record_id


def an_answer(page: Page, **different: object) -> Answer:
    usual = Answer(
        0, AnswerKind.VALUE, record_id_of(page.page_id, 0), page.page_id, BBox(1, 2, 3, 4), "sid", '"1"', "R"
    )
    return replace(usual, **different)  # type: ignore[arg-type]


def test_pages_and_records_come_back_as_they_went_in(store: Store) -> None:
    page = a_page()
    with store.writing():
        store.add_pages([page], size=9)
        record_id = keep_document(store, page)
    assert store.pages() == [page]
    row = store.record(record_id_of(page.page_id, 0))
    assert row is not None
    assert row.body == a_record(page.page_id)
    assert store.records_with_key("docket", "98C440123") == [record_id]


def test_a_write_outside_a_transaction_is_refused(store: Store) -> None:
    with pytest.raises(StorageError):
        store.set_setting("a", "b")


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing():  # noqa: PT012 - the block is the case
        store.add_pages([a_page()], size=9)
        store.audit("intake", actor="clerk", subject="p")
        raise ZeroDivisionError
    assert store.pages() == []
    assert list(store.audit_rows()) == []


def test_the_audit_only_grows(store: Store) -> None:
    with store.writing():
        store.audit("answer", actor="R. Reviewer", subject="q1", about="QUILLBY")
    for sql in ("DELETE FROM audit", "UPDATE audit SET action = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"), store.writing():
            store._write(sql)
    assert len(list(store.audit_rows())) == 1


def test_the_audit_holds_neither_names_nor_what_was_said(store: Store) -> None:
    with store.writing():
        store.audit("answer", actor="R. Reviewer", subject="q1", about="QUILLBY 1960-05-17")
    text = repr(list(store.audit_rows()))
    assert not any(word in text for word in ("Reviewer", "QUILLBY", "1960"))


def test_the_audit_of_two_archives_cannot_be_compared(tmp_path: Path) -> None:
    digests = set()
    for name in ("a.db", "b.db"):
        with Store(tmp_path / name) as store:
            digests.add(store.keyed_digest("QUILLBY"))
    assert len(digests) == 2


def test_an_answer_outlives_its_record(store: Store) -> None:
    page = a_page()
    with store.writing():
        store.add_pages([page], size=9)
        keep_document(store, page)
        number = store.add_answer(an_answer(page))
        store.drop_document(page.page_id)
    assert store.record(record_id_of(page.page_id, 0)) is None
    assert store.answers() == [an_answer(page, answer_id=number)]
    assert len(store.answers_about(record_id_of(a_page("z.png").page_id, 0), [page.page_id])) == 1


def test_a_withdrawn_answer_no_longer_counts(store: Store) -> None:
    page = a_page()
    with store.writing():
        number = store.add_answer(an_answer(page))
        assert store.withdraw_answer(number)
    assert store.answers() == []
    assert store.last_answer_of("R") is None


def test_what_is_made_of_a_record_goes_with_it(store: Store) -> None:
    page = a_page()
    record_id = record_id_of(page.page_id, 0)
    with store.writing():
        store.add_pages([page], size=9)
        keep_document(store, page)
        store.put_match(Match(record_id, MatchStatus.NONE, (), "no list"), key="k")
        store.put_determinations(record_id, (), key="k")
        store.put_triage(record_id, TriageRow("in_review", None), [an_item("q1", 2.0, page)], key="k")
        store.drop_document(page.page_id)
    assert store.match(record_id) is None
    assert list(store.items()) == []
    assert store.key_of("determinations", record_id) is None


def an_item(item_id: str, priority: float, page: Page) -> ReviewItem:
    record_id = record_id_of(page.page_id, 0)
    return ReviewItem(ItemId(item_id), ItemKind.READING, record_id, page.page_id, None, "sid", "why", priority)


def test_a_question_two_records_wait_for_is_asked_once(store: Store) -> None:
    pages = [a_page("a.png"), a_page("b.png")]
    shared = an_item("q1", 2.0, pages[0])
    with store.writing():
        for page in pages:
            store.add_pages([page], size=9)
            keep_document(store, page)
            items = [shared] if page is pages[1] else [shared, an_item("q2", 3.0, page)]
            state = TriageRow("in_review", None)
            store.put_triage(record_id_of(page.page_id, 0), state, items, key="k")
    assert [item.item_id for item in store.items()] == ["q2", "q1"]
    assert store.open_items() == {"reading": 2}


def test_a_scan_that_was_read_is_not_pushed_out_by_a_namesake(store: Store) -> None:
    good, other = a_page(), a_page(sha=Sha256("b" * 64))
    with store.writing():
        store.add_pages([good], size=9)
        store.put_done(good.page_id, Stage.INTAKE, key="k", output=good.sha256)
        store.add_pages([other], size=9)
    assert {page.page_id for page in store.pages()} == {good.page_id, other.page_id}


def test_a_scan_nobody_could_read_gives_way_to_a_new_one(store: Store) -> None:
    bad, new = a_page(), a_page(sha=Sha256("b" * 64))
    with store.writing():
        store.add_pages([bad], size=0)
        store.put_set_aside(bad.page_id, Stage.INTAKE, key="k", error=PageError("empty", "scan it again"))
        store.add_pages([new], size=9)
    assert [page.page_id for page in store.pages()] == [new.page_id]
    assert store.ledger(Stage.INTAKE) == {}


def test_the_ledger_tells_what_failed_and_why(store: Store) -> None:
    page = a_page()
    with store.writing():
        store.add_pages([page], size=0)
        store.put_set_aside(page.page_id, Stage.INTAKE, key="k", error=PageError("empty", "scan it again"))
    row = store.ledger(Stage.INTAKE)[page.page_id]
    assert (row.state, row.reason, row.advice) == (PageState.SET_ASIDE, "empty", "scan it again")
    assert store.ledger_row(page.page_id, Stage.INTAKE) == row


def test_no_archive_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "casefile.db"
    path.write_bytes(b"this is no database, whatever its name says" * 99)
    with pytest.raises(StorageError, match=r"casefile\.db"):
        Store(path)


def test_two_connections_wait_for_each_other(tmp_path: Path) -> None:
    with Store(tmp_path / "c.db") as one, Store(tmp_path / "c.db") as two:
        with one.writing():
            one.set_setting("a", "1")
            assert two.setting("a") is None
        with two.writing():
            assert two.setting("a") == "1"


def _opened(path: Path, together: Barrier, said: Queue[str]) -> None:
    together.wait()
    try:
        with Store(path) as store:
            said.put(str(store.page_totals()))
    except StorageError as error:
        said.put(str(error))


def test_processes_that_open_a_new_archive_at_once_all_find_it_whole(tmp_path: Path) -> None:
    context = get_context("fork")
    for attempt in range(6):
        together, said = context.Barrier(4), context.Queue()
        path = tmp_path / f"{attempt}.db"
        several = [context.Process(target=_opened, args=(path, together, said)) for _ in range(4)]
        for process in several:
            process.start()
        assert [said.get(timeout=60) for _ in several] == ["{}"] * 4
        for process in several:
            process.join()


def test_tables_are_strict(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.writing():
        store._write("INSERT INTO masters VALUES ('a', 'many', NULL)")
