"""What belongs to a case: the pages nobody has read beside it, and the other records that bear on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.fuzz import ratio

from casefile.archive import Page, PageId, PageState, Stage, shelf_order
from casefile.docket import DocketRecord, Gap, GapKind, Reading, RecordId
from casefile.linkage import Match, MatchStatus
from casefile.persons import PersonId
from casefile.store import Store
from eligibility.case import Case, Related

T = TypeVar("T")

FELONY = re.compile(r"(\d{2}(?:CR|C[1-6])\d{5})(\d{2})?")
MUNICIPAL = re.compile(r"(\d{2}MC[1-6]\d{6})(\d{2})?")
SAME_NAME = 80.0  # similarity, 0 to 100, from which two printed surnames may be one person's
SURE = 0.99  # a reading this sure is taken as read when records are put together


def docket_stem(number: str) -> str:
    """The number of the case without the defendant's suffix: `93CR1234501` gives `93CR12345`."""
    found = FELONY.fullmatch(number) or MUNICIPAL.fullmatch(number)
    return found[1] if found else number


# gaps


def gaps_by_document(store: Store) -> dict[str, tuple[Gap, ...]]:
    """For each document, what beside it nobody has read: it may belong to its case.

    A page set aside, unread or missing taints the nearest dockets on both sides in its folder, blank and stray
    pages between them skipped, and every docket with a page in the same file or the same item.
    """
    document_of = store.dockets_of_pages()
    unread = _unread_pages(store)
    found: dict[str, set[Gap]] = defaultdict(set)
    for pages in _by_folder(store.pages()):
        for at, page in enumerate(pages):
            if page.page_id in unread:
                gap = Gap(unread[page.page_id], page.page_id)
                for neighbour in _tainted(pages, at, document_of):
                    found[neighbour].add(gap)
    for document, gap in _missing(store, document_of):
        found[document].add(gap)
    return {document: tuple(sorted(gaps, key=str)) for document, gaps in found.items()}


def _unread_pages(store: Store) -> dict[PageId, GapKind]:
    """Pages set aside in any stage, pages not read yet, and docket pages of which nothing could be read."""
    unread = {page.page_id: GapKind.SET_ASIDE for page in store.pages()}
    extracted = store.ledger(Stage.EXTRACT)
    for page_id, row in extracted.items():
        if row.state is PageState.DONE:
            unread.pop(page_id, None)
    for record_id, _ in store.record_rows():
        found = store.record(record_id)
        if found is not None and any(gap.kind is GapKind.UNREAD_PAGE for gap in found.machine.gaps):
            unread |= dict.fromkeys(found.machine.page_ids, GapKind.UNREAD_PAGE)
    return unread


def _by_folder(pages: Iterable[Page]) -> list[list[Page]]:
    folders: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: shelf_order(page.place)):
        folders[page.place.box, page.place.folder].append(page)
    return list(folders.values())


def _tainted(pages: Sequence[Page], at: int, document_of: dict[PageId, str]) -> Iterator[str]:
    here = pages[at]
    for page in pages:
        same_file = page.sha256 == here.sha256 and page.place.file == here.place.file
        if same_file or (here.item and page.item == here.item):
            yield from _documents_of([page], document_of)
    for side in (pages[:at][::-1], pages[at + 1 :]):
        yield from list(_documents_of(side, document_of))[:1]


def _documents_of(pages: Iterable[Page], document_of: dict[PageId, str]) -> Iterator[str]:
    return (document_of[page.page_id] for page in pages if page.page_id in document_of)


def _missing(store: Store, document_of: dict[PageId, str]) -> Iterator[tuple[str, Gap]]:
    """What the manifest names and the shelf does not hold: whole files, or pages of a file."""
    pages = store.pages()
    for row in store.manifest():
        here = [p for p in pages if (p.place.box, p.place.folder, p.place.file) == (row.box, row.folder, row.file)]
        if here and len(here) >= (row.expected_pages or 0):
            continue
        folder = [p for p in pages if (p.place.box, p.place.folder) == (row.box, row.folder)]
        same_item = [p for p in folder if row.item and p.item == row.item]
        for document in set(_documents_of(here or same_item or folder, document_of)):
            yield document, Gap(GapKind.MISSING)


# keys by which records find each other


def keys_of(record: DocketRecord) -> set[tuple[str, str]]:
    """What other records about the same case, arrest or unread page would share, over every plausible reading."""
    if record.defendant is None:
        return set()
    keys = {("docket", docket_stem(number)) for number in _values(record.docket_number)}
    days = {day.isoformat() for day in _values(record.arrest_date)}
    days |= {day.isoformat() for charge in record.charges for day in _values(charge.offense_date)}
    names = {name[:4] for name in _values(record.defendant.surname)}
    keys |= {("event", f"{day} {name}") for day in days for name in names}
    return keys | {("gap", gap.page_id) for gap in record.gaps if gap.page_id is not None}


def _values(reading: Reading[T]) -> list[T]:
    return [value for value, _ in reading.plausible() if value is not None]


# the case


@dataclass(frozen=True, slots=True)
class CaseRows:
    """A case, and what tells whether it is still the same: the digest of every record that went into it,
    and how each is related."""

    case: Case
    digests: tuple[tuple[RecordId, str], ...]

    @property
    def relations(self) -> tuple[object, ...]:
        return tuple((r.record.record_id, r.same_case, r.same_person, r.same_event) for r in self.case.related)


def case_of(store: Store, record: DocketRecord, match: Match | None) -> CaseRows:
    """The record with all that bears on it: other tellings of its docket, and what the same person, case or
    arrest has elsewhere in the archive."""
    person_id = _person_id(match)
    tellings: list[DocketRecord] = []
    related: list[Related] = []
    digests: list[tuple[RecordId, str]] = []
    for other_id in sorted(_others(store, record, match)):
        row = store.record(other_id)
        if row is None or row.body.defendant is None:
            continue
        digests.append((other_id, row.sha256))
        other_match = store.match(other_id)
        if _tells_the_same(record, row.body):
            tellings.append(row.body)
        else:
            related.append(_related(record, match, row.body, other_match))
    person = None if person_id is None else store.person(person_id)
    case = Case(record, tuple(tellings), tuple(related), match, person)
    return CaseRows(case, tuple(digests))


def _person_id(match: Match | None) -> PersonId | None:
    linked = match is not None and match.status is MatchStatus.LINKED and match.best is not None
    return match.best.person_id if linked else None  # type: ignore[union-attr]


def _others(store: Store, record: DocketRecord, match: Match | None) -> set[RecordId]:
    keys = [(kind, value) for kind, value in keys_of(record) if kind != "gap"]
    found = {r for kind, value in keys for r in store.records_with_key(kind, value)}
    if match is not None and match.best is not None and match.status is not MatchStatus.NONE:
        found |= set(store.records_of_person(match.best.person_id))
    return found - {record.record_id}


def _tells_the_same(record: DocketRecord, other: DocketRecord) -> bool:
    """Whether both documents surely tell of one defendant in one case."""
    numbers = (record.docket_number, other.docket_number)
    if not all(number.is_read and number.confidence >= SURE for number in numbers):
        return False
    mine, theirs = str(record.docket_number.value), str(other.docket_number.value)
    if docket_stem(mine) != docket_stem(theirs):
        return False
    one_suffix = mine == theirs or docket_stem(mine) in (mine, theirs)
    return one_suffix and _same_name(record, other) is not False


def _same_name(record: DocketRecord, other: DocketRecord) -> bool | None:
    """Whether both print one person's surname; None where either is not surely read."""
    if record.defendant is None or other.defendant is None:
        return None
    mine, theirs = record.defendant.surname, other.defendant.surname
    if not (mine.is_read and theirs.is_read):
        return None
    alike = max(ratio(a, b) for a in _values(mine) for b in _values(theirs)) >= SAME_NAME
    if alike:
        return True
    return False if min(mine.confidence, theirs.confidence) >= SURE else None


def _related(record: DocketRecord, match: Match | None, other: DocketRecord, other_match: Match | None) -> Related:
    person = _same_person(record, match, other, other_match)
    return Related(
        record=other,
        same_case=_shared(_stems(record), _stems(other), sure=_sure(record.docket_number, other.docket_number)),
        same_person=person,
        same_event=_same_event(record, other),
    )


def _stems(record: DocketRecord) -> set[str]:
    return {docket_stem(number) for number in _values(record.docket_number)}


def _sure(*readings: Reading[T]) -> bool:
    return all(reading.is_read and reading.confidence >= SURE for reading in readings)


def _shared(mine: set[T], theirs: set[T], *, sure: bool) -> bool | None:
    """True or False where both sides are sure; None where they may share a value."""
    if sure:
        return mine == theirs
    return None if mine & theirs or not mine or not theirs else False


def _same_person(
    record: DocketRecord, match: Match | None, other: DocketRecord, other_match: Match | None
) -> bool | None:
    mine, theirs = _person_id(match), _person_id(other_match)
    if mine is not None and theirs is not None:
        return mine == theirs
    return False if _same_name(record, other) is False else None


def _same_event(record: DocketRecord, other: DocketRecord) -> bool | None:
    """Whether the arrest is one; None where either date is silent or doubtful."""
    mine, theirs = record.arrest_date, other.arrest_date
    return _shared(set(_values(mine)), set(_values(theirs)), sure=_sure(mine, theirs))
