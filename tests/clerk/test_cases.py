"""What belongs to a case: gaps beside a document, and which records bear on each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casefile.archive import Page, PageId, Place, Sha256, Stage, page_id_of
from casefile.docket import DocketRecord, DocumentKind, GapKind, Reading, RecordId, record_id_of, silent
from casefile.errors import PageError
from casefile.linkage import Candidate, Match, MatchStatus
from casefile.persons import PersonId
from casefile.rows import NOT_A_SCAN, DocumentRow, LeftOut, ManifestEntry
from casefile.store import Store
from clerk.cases import case_of, docket_stem, gaps_by_document, keys_of
from tests.factories import a_defendant, a_record, illegible, read

STATEMENT = DocumentKind.CERTIFIED_STATEMENT


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "casefile.db") as opened:
        yield opened


def shelve(store: Store, *plan: str, file: str | None = None) -> list[Page]:
    """A folder of pages: `doc` (a document each), `blank`, `bad` (set aside), `unread` (nothing read)."""
    pages = []
    for at, what in enumerate(plan):
        place = Place("b", "f", file or f"{at}.png", at if file else 0)
        sha = Sha256(("f" if file else str(at)) * 64)
        page = Page(page_id_of(place, sha), place, sha, len(plan) if file else 1)
        store.add_pages([page], size=1)
        store.put_done(page.page_id, Stage.INTAKE, key="k", output=sha)
        pages.append(page)
        if what == "bad":
            store.put_set_aside(page.page_id, Stage.DIGITIZE, key="k", error=PageError("crashed", "scan again"))
            continue
        store.put_done(page.page_id, Stage.DIGITIZE, key="k", output="o")
        if what == "unread":
            continue
        kind = DocumentKind.BLANK if what == "blank" else STATEMENT
        record = a_record(page.page_id, document_kind=kind)
        if what == "blank":
            record = replace(record, defendant=None, charges=())
        store.put_document(DocumentRow(page.page_id, kind, "k"), place, [page.page_id], [record])
        store.put_done(page.page_id, Stage.EXTRACT, key="k", output="o")
    return pages


@pytest.mark.parametrize(
    ("plan", "tainted"),
    [
        (["doc", "doc"], []),
        (["doc", "bad", "doc", "doc"], [0, 2]),
        (["bad", "doc", "doc"], [1]),
        (["doc", "unread"], [0]),
        (["doc", "blank", "bad"], [0]),
        (["doc", "doc", "bad", "blank", "doc", "doc"], [1, 4]),
    ],
)
def test_a_page_nobody_read_taints_its_neighbours(store: Store, plan: list[str], tainted: list[int]) -> None:
    with store.writing():
        pages = shelve(store, *plan)
    gaps = gaps_by_document(store)
    docs = {page.page_id for at, page in enumerate(pages) if plan[at] == "doc"}
    assert set(gaps) & docs == {pages[at].page_id for at in tainted}
    assert all(gap.kind is GapKind.SET_ASIDE for found in gaps.values() for gap in found)


def test_a_bad_frame_taints_every_document_of_its_file(store: Store) -> None:
    with store.writing():
        pages = shelve(store, "doc", "doc", "bad", "doc", "doc", file="all.tif")
    assert set(gaps_by_document(store)) == {page.page_id for at, page in enumerate(pages) if at != 2}


@pytest.mark.parametrize(
    ("entry", "tainted"),
    [
        (ManifestEntry("b", "f", "0.png", expected_pages=1), set()),
        (ManifestEntry("b", "f", "0.png", expected_pages=2), {0}),
        (ManifestEntry("b", "f", "9.png", item="7"), {0, 1}),
    ],
)
def test_what_the_manifest_misses_taints_what_it_may_belong_to(
    store: Store, entry: ManifestEntry, tainted: set[int]
) -> None:
    with store.writing():
        pages = shelve(store, "doc", "doc")
        store.put_manifest([entry])
    assert set(gaps_by_document(store)) == {pages[at].page_id for at in tainted}


def test_a_missing_file_of_an_item_taints_that_item_alone(store: Store) -> None:
    with store.writing():
        pages = shelve(store, "doc", "doc")
        store.put_manifest([ManifestEntry("b", "f", "0.png", item="7"), ManifestEntry("b", "f", "9.png", item="7")])
    assert set(gaps_by_document(store)) == {pages[0].page_id}


@pytest.mark.parametrize(
    ("number", "stem"),
    [
        ("93CR1234501", "93CR12345"),
        ("93CR12345", "93CR12345"),
        ("83C44988701", "83C449887"),
        ("01MC112345602", "01MC1123456"),
        ("04CF1487", "04CF1487"),
    ],
)
def test_the_stem_of_a_docket_number_leaves_off_the_defendant(number: str, stem: str) -> None:
    assert docket_stem(number) == stem


def keep(store: Store, name: str, person: str | None = None, **different: Any) -> DocketRecord:
    page_id = PageId(f"p{name}")
    place = Place("b", "f", name, 0)
    record = a_record(page_id, **different)
    with store.writing():
        store.add_pages([Page(page_id, place, Sha256(name), 1)], size=1)
        store.put_document(DocumentRow(page_id, STATEMENT, "k"), place, [page_id], [record])
        store.put_body(record, keys_of(record), {})
        if person is not None:
            store.put_match(a_match(record.record_id, person), key="k")
    return record


def a_match(record_id: RecordId, person: str, status: MatchStatus = MatchStatus.LINKED) -> Match:
    return Match(record_id, status, (Candidate(PersonId(person), 0.999, ()),), "")


def case(store: Store, record: DocketRecord) -> Any:
    return case_of(store, record, store.match(record.record_id)).case


def test_two_papers_of_one_docket_are_two_tellings(store: Store) -> None:
    one = keep(store, "a")
    other = keep(store, "b", document_kind=DocumentKind.HALF_SHEET, docket_number=read("98C440123"))
    found = case(store, one)
    assert [telling.record_id for telling in found.tellings] == [other.record_id]
    assert found.related == ()


def test_a_codefendant_is_related_and_another_person(store: Store) -> None:
    one = keep(store, "a")
    keep(store, "b", docket_number=read("98C44012302"), defendant=a_defendant(surname=read("VANDERSLOOT")))
    (related,) = case(store, one).related
    assert (related.same_case, related.same_person, related.same_event) == (True, False, True)


def test_a_doubtful_number_may_be_the_same_case(store: Store) -> None:
    one = keep(store, "a")
    doubtful: Reading[str] = Reading("98C44012801", "98C440128", 0.7, alternatives=(("98C44012301", 0.25),))
    keep(store, "b", docket_number=doubtful, arrest_date=read(date(1990, 1, 1)))
    (related,) = case(store, one).related
    assert related.same_case is None


def test_what_the_same_person_has_elsewhere_is_related(store: Store) -> None:
    one = keep(store, "a", person="P1")
    later = {"arrest_date": read(date(1999, 1, 1)), "charges": ()}
    keep(store, "b", person="P1", docket_number=read("99CR0000101"), **later)
    keep(store, "c", person="P2", docket_number=read("99CR0000201"), **later)
    (related,) = case(store, one).related
    assert (related.same_case, related.same_person, related.same_event) == (False, True, False)


def test_an_arrest_on_the_same_day_by_the_same_name_may_be_one(store: Store) -> None:
    one = keep(store, "a")
    keep(store, "b", docket_number=read("98CR0000101"))
    (related,) = case(store, one).related
    assert (related.same_case, related.same_person, related.same_event) == (False, None, True)


def test_a_record_nobody_can_place_shares_nothing_it_does_not_print() -> None:
    unread = a_record(docket_number=illegible(), arrest_date=illegible(), charges=())
    assert keys_of(unread) == set()


def test_a_record_of_no_case_bears_on_none(store: Store) -> None:
    one = keep(store, "a")
    keep(store, "b", defendant=None, charges=())
    assert case(store, one).related == ()


def test_ids_do_not_change_between_runs() -> None:
    assert record_id_of(PageId("p1"), 0) == record_id_of(PageId("p1"), 0)
    assert record_id_of(PageId("p1"), 0) != record_id_of(PageId("p1"), 1)


def test_brothers_charged_together_never_tell_of_each_other(store: Store) -> None:
    one = keep(store, "a", docket_number=read("98C440123"))
    keep(store, "b", docket_number=read("98C440123"), defendant=a_defendant(given=read("MARVIN")))
    found = case(store, one)
    assert found.tellings == ()
    assert [related.same_person for related in found.related] == [None]


def test_a_paper_without_a_number_never_tells_of_whoever_bears_another_given_name(store: Store) -> None:
    one = keep(store, "a")
    keep(store, "b", docket_number=silent(), defendant=a_defendant(given=read("JEROME")))
    found = case(store, one)
    assert found.tellings == ()
    assert [(related.same_case, related.same_person) for related in found.related] == [(None, None)]


def test_a_paper_whose_name_nobody_can_read_may_be_a_codefendants(store: Store) -> None:
    one = keep(store, "a")
    keep(store, "b", docket_number=read("98C440123"), defendant=a_defendant(surname=illegible()))
    found = case(store, one)
    assert found.tellings == ()
    assert [(related.same_case, related.same_person) for related in found.related] == [(True, None)]


def test_papers_linked_to_two_persons_never_tell_of_each_other(store: Store) -> None:
    one = keep(store, "a", person="P1")
    keep(store, "b", person="P2", docket_number=read("98C440123"))
    found = case(store, one)
    assert found.tellings == ()
    assert [related.same_person for related in found.related] == [False]


def test_an_unlikely_number_may_be_any_other(store: Store) -> None:
    one = keep(store, "a", person="P1")
    doubtful: Reading[str] = Reading("77CR0099901", "77CR00999", 0.4)
    keep(store, "b", person="P1", docket_number=doubtful, arrest_date=read(date(1977, 1, 1)), charges=())
    (related,) = case(store, one).related
    assert related.same_case is None


@pytest.mark.parametrize("status", [MatchStatus.LINKED, MatchStatus.POSSIBLE])
def test_another_name_may_be_an_alias_of_who_may_be_the_same_listed_person(store: Store, status: MatchStatus) -> None:
    one = keep(store, "a", person="P1")
    other = keep(store, "b", docket_number=read("98C55012302"), defendant=a_defendant(surname=read("VANDERSLOOT")))
    with store.writing():
        store.put_match(a_match(other.record_id, "P1", status), key="k")
    (related,) = case(store, one).related
    assert related.same_person is (True if status is MatchStatus.LINKED else None)


def test_one_number_with_its_suffix_is_one_defendants_whatever_the_name(store: Store) -> None:
    one = keep(store, "a")
    keep(store, "b", defendant=a_defendant(surname=read("VANDERSLOOT")))
    (related,) = case(store, one).related
    assert (related.same_case, related.same_person) == (True, None)


@pytest.mark.parametrize(
    ("number", "alias", "one_person"),
    [
        ("0712345", "VANDERSLOOT", None),
        ("712345", "VANDERSLOOT", None),
        ("0712399", "VANDERSLOOT", False),
        ("0712345", "MARLOW", None),
    ],
)
@pytest.mark.parametrize("kind", ["sid", "ir_number"])
def test_one_fingerprint_number_keeps_what_an_alias_was_charged_with_in_sight(
    store: Store, kind: str, number: str, alias: str, one_person: bool | None
) -> None:
    """Nobody listed, two dockets of one arrest, two names: it may be one person, and is never surely."""
    silent: dict[str, Reading[str]] = {"sid": Reading(None), "ir_number": Reading(None)}
    mine = a_defendant(**{**silent, kind: read("0712345")})
    theirs = a_defendant(surname=read(alias), **{**silent, kind: read(number)})
    one = keep(store, "a", defendant=mine)
    keep(store, "b", docket_number=read("98CR0000101"), defendant=theirs)
    (related,) = case(store, one).related
    assert related.same_person is one_person


def test_a_birth_date_leads_to_the_other_docket_of_an_arrest_where_the_surname_was_misread(store: Store) -> None:
    one = keep(store, "a")
    keep(store, "b", docket_number=read("98CR0000101"), defendant=a_defendant(surname=read("OUILLBY")))
    (related,) = case(store, one).related
    assert (related.same_person, related.same_event) == (None, True)


def test_two_arrests_for_one_day_may_be_one_event(store: Store) -> None:
    one = keep(store, "a", person="P1")
    keep(store, "b", person="P1", docket_number=read("98C55012301"), arrest_date=read(date(1998, 6, 30)))
    (related,) = case(store, one).related
    assert (related.same_person, related.same_event) == (True, None)


def test_a_page_set_aside_after_it_was_once_read_taints_its_neighbours(store: Store) -> None:
    with store.writing():
        pages = shelve(store, "doc", "doc", "doc")
        store.drop_document(pages[1].page_id)
        store.put_set_aside(pages[1].page_id, Stage.DIGITIZE, key="k2", error=PageError("timeout", "scan again"))
    assert set(gaps_by_document(store)) == {pages[0].page_id, pages[2].page_id}


def test_two_scans_under_one_name_do_not_hide_a_missing_page(store: Store) -> None:
    place = Place("b", "f", "x.tif", 0)
    with store.writing():
        for sha in ("1", "2"):
            page = Page(page_id_of(place, Sha256(sha)), place, Sha256(sha), 1)
            store.add_pages([page], size=1)
            store.put_document(
                DocumentRow(page.page_id, STATEMENT, "k"), place, [page.page_id], [a_record(page.page_id)]
            )
            for stage in Stage:
                store.put_done(page.page_id, stage, key="k", output="o")
        store.put_manifest([ManifestEntry("b", "f", "x.tif", expected_pages=2)])
    assert len(gaps_by_document(store)) == 2


def test_a_file_that_could_not_be_copied_taints_its_folder(store: Store) -> None:
    with store.writing():
        pages = shelve(store, "doc")
        store.put_left_out(LeftOut("b", "f", "notes.txt", NOT_A_SCAN))
    assert gaps_by_document(store) == {}
    with store.writing():
        store.put_left_out(LeftOut("b", "f", "x.tif", "unreadable: check its permissions"))
    assert set(gaps_by_document(store)) == {pages[0].page_id}
