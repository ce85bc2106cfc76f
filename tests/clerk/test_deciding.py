"""What an answer moves, and that nothing is held to be safe before what is new has been weighed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casefile.archive import Page, PageId, Place, Sha256, Stage
from casefile.docket import Disposition, DocketRecord, DocumentKind, Gap, GapKind, RecordId
from casefile.law import Outcome
from casefile.persons import Person, PersonId
from casefile.review import Answer, AnswerKind, ItemKind
from casefile.rows import DocumentRow, ManifestEntry
from casefile.store import Store
from clerk import archive as archives
from clerk import deciding, pipeline
from clerk.archive import Archive
from tests.clerk.office import CHOICES
from tests.factories import a_charge, a_defendant, a_record, illegible, ink, read

SAFE = "accepted"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archives.create(tmp_path / "archive")


@pytest.fixture
def store(archive: Archive) -> Iterator[Store]:
    with archive.store() as opened:
        yield opened


def shelve(store: Store, folder: str, record: DocketRecord, *, gaps: tuple[Gap, ...] = ()) -> DocketRecord:
    """The record as read off one page in a folder of its own."""
    (page_id,) = record.page_ids
    place = Place("b", folder, f"{page_id}.png", 0)
    with store.writing():
        store.add_pages([Page(page_id, place, Sha256(page_id), 1)], size=1)
        for stage in Stage:
            store.put_done(page_id, stage, key="k", output="o")
        store.put_document(DocumentRow(page_id, DocumentKind.CERTIFIED_STATEMENT, "k"), place, [page_id], [record])
    return record


def paper(name: str, **different: Any) -> DocketRecord:
    page_id = PageId(f"p{name}")
    return a_record(page_id, charges=(a_charge(page_id=page_id, **different.pop("charge", {})),), **different)


def rules(archive: Archive, store: Store, *people: Person) -> deciding.Rules:
    with store.writing():
        store.replace_persons(people)
        store.set_setting("persons_digest", "".join(person.person_id for person in people))
    return pipeline.rules_of(archive, store, CHOICES)


def outcome(store: Store, record: DocketRecord) -> Outcome:
    (found,) = store.determinations(record.record_id)
    return found.outcome


def state(store: Store, record: DocketRecord) -> str | None:
    row = store.triage(record.record_id)
    return None if row is None else row.state


def say(store: Store, about: RecordId, kind: AnswerKind, field: str, value: str | None, page: str | None = None) -> int:
    with store.writing():
        page_id = None if page is None else PageId(page)
        return store.add_answer(Answer(0, kind, about, page_id, None, field, value, "R. Reviewer"))


QUILLBY = Person(PersonId("P1"), "QUILLBY", "TERRANCE", birth_date=date(1960, 5, 17), sid="ILQ1")
VIOLENT = {"statute": read("720 ILCS 5/12-3.2"), "description": read("DOMESTIC BATTERY"), "grams": read(None, raw=None)}


def test_a_link_a_person_makes_weighs_on_the_persons_other_cases_at_once(archive: Archive, store: Store) -> None:
    mine = shelve(store, "f1", paper("a"))
    other = shelve(
        store,
        "f2",
        paper(
            "b", charge=VIOLENT, docket_number=read("98C55099901"),
            defendant=a_defendant(surname=read("VANDERSLOOT"), given=read("ADELE"), birth_date=read(date(1971, 1, 2))),
        ),
    )  # fmt: skip
    found = rules(archive, store, QUILLBY)
    deciding.recompute(store, found, quiet=True)
    assert outcome(store, mine) is Outcome.AUTO
    say(store, other.record_id, AnswerKind.LINK, "match", json.dumps("P1"))
    deciding.settle(store, found, other.record_id)
    assert outcome(store, mine) is not Outcome.AUTO
    after = store.determinations(mine.record_id)
    assert deciding.recompute(store, found, quiet=True) == 0
    assert store.determinations(mine.record_id) == after


def test_a_page_somebody_looked_at_in_vain_is_asked_about_once(archive: Archive, store: Store) -> None:
    """The page set aside lies between two dockets; what is said of it for the one is said for the other."""
    found = rules(archive, store)
    first = shelve(store, "f", paper("a", docket_number=read("98C44012301")))
    with store.writing():
        store.add_pages([Page(PageId("pm"), Place("b", "f", "pm.png", 0), Sha256("m"), 1)], size=1)
    second = shelve(store, "f", paper("z", docket_number=read("99C44077701"), arrest_date=read(date(1999, 3, 3))))
    deciding.recompute(store, found, quiet=True)
    pages = [item for item in store.items() if item.kind is ItemKind.PAGE]
    assert {item.page_id for item in pages} == {"pm"}
    for record in (first, second):
        assert any(item.kind is ItemKind.PAGE for item in store.items_of(record.record_id))
    say(store, first.record_id, AnswerKind.CANNOT_READ, f"page.{GapKind.SET_ASIDE}", None, "pm")
    deciding.settle(store, found, first.record_id, PageId("pm"))
    assert [item for item in store.items() if item.kind is ItemKind.PAGE] == []


def test_what_came_in_since_leaves_nothing_accepted_that_it_bears_on(archive: Archive, store: Store) -> None:
    """As after a kill between reading a new paper of a case and deciding it."""
    found = rules(archive, store)
    mine = shelve(store, "f1", paper("a"))
    deciding.recompute(store, found, quiet=True)
    assert state(store, mine) == SAFE
    shelve(store, "f2", paper("b", charge=VIOLENT))
    deciding.assemble_all(store)
    assert state(store, mine) is None
    deciding.recompute(store, found, quiet=True)
    assert outcome(store, mine) is not Outcome.AUTO


def test_a_docket_nobody_can_place_may_belong_to_its_neighbour(archive: Archive, store: Store) -> None:
    found = rules(archive, store)
    mine = shelve(store, "f", paper("a"))
    lost = shelve(
        store, "f", paper("b", charge=VIOLENT, docket_number=illegible(sources=(ink(PageId("pb")),)),
                          arrest_date=illegible(),
                          defendant=a_defendant(surname=illegible(), birth_date=illegible()))
    )  # fmt: skip
    deciding.recompute(store, found, quiet=True)
    assert outcome(store, mine) is Outcome.REVIEW
    say(store, lost.record_id, AnswerKind.VALUE, "docket_number", json.dumps("77CR0000901"))
    deciding.recompute(store, found, quiet=True)
    assert outcome(store, mine) is Outcome.AUTO
    assert deciding.recompute(store, found, quiet=True) == 0


def test_whoever_was_born_and_charged_on_the_same_days_may_be_the_same_under_a_name_nobody_can_read(
    archive: Archive, store: Store
) -> None:
    found = rules(archive, store)
    mine = shelve(store, "f1", paper("a"))
    unnamed = a_defendant(surname=illegible())
    shelve(store, "f2", paper("b", charge=VIOLENT, docket_number=read("77CR0000901"), defendant=unnamed))
    deciding.recompute(store, found, quiet=True)
    assert outcome(store, mine) is Outcome.REVIEW


def test_a_record_without_determination_is_not_accepted(archive: Archive, store: Store) -> None:
    """Another paper of the case says that it was expunged: nothing is said of either."""
    found = rules(archive, store)
    mine = shelve(store, "f1", paper("a"))
    shelve(store, "f2", paper("b", charge={"disposition": read(Disposition.EXPUNGED)}))
    deciding.recompute(store, found, quiet=True)
    assert store.determinations(mine.record_id) == ()
    assert state(store, mine) == "in_review"


@pytest.mark.parametrize("confidence", [0.985, 0.6])
def test_a_paper_that_is_only_likely_of_the_case_can_contradict_it(
    archive: Archive, store: Store, confidence: float
) -> None:
    dropped = {"disposition": read(Disposition.NOLLE_PROSEQUI), "sentence": read(None, raw=None)}
    mine = shelve(store, "f1", paper("a", charge=dropped))
    shelve(store, "f2", paper("b", docket_number=read("98C44012301", confidence=confidence)))
    deciding.recompute(store, rules(archive, store), quiet=True)
    assert outcome(store, mine) is Outcome.REVIEW


def test_who_looked_for_one_missing_file_has_not_looked_for_the_next(archive: Archive, store: Store) -> None:
    found = rules(archive, store)
    mine = shelve(store, "f", paper("a"))
    outcomes = []
    for file in ("x.png", "y.png"):
        with store.writing():
            store.put_manifest([ManifestEntry("b", "f", file)])
        deciding.recompute(store, found, quiet=True)
        outcomes.append(outcome(store, mine))
        (item,) = store.items()
        say(store, mine.record_id, AnswerKind.VALUE, item.field, "null", item.page_id)
        deciding.settle(store, found, mine.record_id, item.page_id)
        outcomes.append(outcome(store, mine))
    assert outcomes == [Outcome.REVIEW, Outcome.AUTO, Outcome.REVIEW, Outcome.AUTO]


def test_an_answer_taken_back_leaves_nothing_cleared_behind_it(archive: Archive, store: Store) -> None:
    """The page beside both dockets was said to hold nothing, then that was taken back."""
    found = rules(archive, store)
    first = shelve(store, "f", paper("a"))
    with store.writing():
        store.add_pages([Page(PageId("pm"), Place("b", "f", "pm.png", 0), Sha256("m"), 1)], size=1)
    second = shelve(store, "f", paper("z", docket_number=read("99C44077701"), arrest_date=read(date(1999, 3, 3))))
    deciding.recompute(store, found, quiet=True)
    number = say(store, first.record_id, AnswerKind.VALUE, f"page.{GapKind.SET_ASIDE}", "null", "pm")
    deciding.settle(store, found, first.record_id, PageId("pm"))
    with store.writing():
        store.withdraw_answer(number)
    deciding.settle(store, found, first.record_id, PageId("pm"))
    assert [outcome(store, record) for record in (first, second)] == [Outcome.REVIEW, Outcome.REVIEW]
