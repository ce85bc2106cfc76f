"""What belongs to a case: the pages nobody has read beside it, and the other records that bear on it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from casefile.archive import Page, PageId, PageState, Place, Sha256, Stage, page_id_of, page_order
from casefile.docket import DocketRecord, Gap, GapKind, Reading, RecordId
from casefile.linkage import Match, MatchStatus
from casefile.persons import PersonId
from casefile.rows import RecordRow
from casefile.store import Store
from eligibility.case import Case, Related
from extract.calibration import weight_together

T = TypeVar("T")

FELONY = re.compile(r"(\d{2}(?:CR|C[1-6])\d{5})(\d{2})?")
MUNICIPAL = re.compile(r"(\d{2}MC[1-6]\d{6})(\d{2})?")
SAME_NAME = 80.0  # similarity, 0 to 100, from which two printed surnames may be one person's
SURE = 0.99  # a reading this sure is taken as read when records are put together
LIKELY = 0.95  # below this, what is listed of a reading does not rule out any other value
MISREAD = 2  # characters by which a likely reading may miss the true one


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
    """Pages set aside in any stage or not read yet; docket pages of which nothing, or not the case, could be read."""
    ledgers = [store.ledger(stage) for stage in Stage]
    unread = {
        page.page_id: GapKind.SET_ASIDE
        for page in store.pages()
        if not all(page.page_id in rows and rows[page.page_id].state is PageState.DONE for rows in ledgers)
    }
    for record_id, _ in store.record_rows():
        found = store.record(record_id)
        if found is not None and _is_of_unknown_case(found):
            unread |= dict.fromkeys(found.machine.page_ids, GapKind.UNREAD_PAGE)
    return unread


def _is_of_unknown_case(row: RecordRow) -> bool:
    """Whether the record stands for ink of which nobody can say what case it tells of."""
    if any(gap.kind is GapKind.UNREAD_PAGE for gap in row.machine.gaps):
        return True
    return row.body.defendant is not None and not _values(row.body.docket_number)


def _by_folder(pages: Iterable[Page]) -> list[list[Page]]:
    folders: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in sorted(pages, key=page_order):
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
    """What the manifest names and the shelf does not hold, whole files or pages of a file; and files on the
    shelf that could not be copied."""
    pages = store.pages()
    for left in store.left_out():
        beside = [p for p in pages if (p.place.box, p.place.folder) == (left.box, left.folder)]
        if left.may_be_a_scan:
            gap = _missing_from(left.box, left.folder, left.file, 1)
            yield from ((document, gap) for document in set(_documents_of(beside, document_of)))
    for row in store.manifest():
        here = [p for p in pages if (p.place.box, p.place.folder, p.place.file) == (row.box, row.folder, row.file)]
        most = max(Counter(page.sha256 for page in here).values(), default=0)  # two scans may bear one name
        if here and most >= (row.expected_pages or 0):
            continue
        folder = [p for p in pages if (p.place.box, p.place.folder) == (row.box, row.folder)]
        same_item = [p for p in folder if row.item and p.item == row.item]
        for document in set(_documents_of(here or same_item or folder, document_of)):
            yield document, _missing_from(row.box, row.folder, row.file, row.expected_pages or 1)


def _missing_from(box: str, folder: str, file: str, pages: int) -> Gap:
    """The gap that pages of this file leave, under an id of its own: who has looked for one file's pages has not
    looked for another's."""
    return Gap(GapKind.MISSING, page_id_of(Place(box, folder, file, pages), Sha256("")))


# keys by which records find each other


def keys_of(record: DocketRecord) -> set[tuple[str, str]]:
    """What other records about the same case, arrest or unread page would share, over every plausible reading."""
    if record.defendant is None:
        return set()
    keys = {("docket", docket_stem(number)) for number in _values(record.docket_number)}
    days = {day.isoformat() for day in _values(record.arrest_date)}
    days |= {day.isoformat() for charge in record.charges for day in _values(charge.offense_date)}
    names = {name[:4] for name in _values(record.defendant.surname)} | _fingerprinted(record)
    names |= {f"born:{born.isoformat()}" for born in _values(record.defendant.birth_date)}  # should the name be misread
    keys |= {("event", f"{day} {name}") for day in days for name in names}
    return keys | {("gap", gap.page_id) for gap in record.gaps if gap.page_id is not None}


def _fingerprinted(record: DocketRecord) -> set[str]:
    """The numbers given for fingerprints, over every plausible reading: one person's, under whatever name."""
    if record.defendant is None:
        return set()
    numbers = (("sid", record.defendant.sid), ("ir", record.defendant.ir_number))
    return {f"{kind}:{value.lstrip('0')}" for kind, number in numbers for value in _values(number) if value.strip("0")}


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
        if _is_telling(record, match, row.body, other_match):
            tellings.append(row.body)
        else:
            related.append(_related(record, match, row.body, other_match))
    person = None if person_id is None else store.person(person_id)
    case = Case(record, tuple(tellings), tuple(related), match, person, weight=weight_together())
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


def _is_telling(record: DocketRecord, match: Match | None, other: DocketRecord, other_match: Match | None) -> bool:
    """Whether the other paper is heard about this docket: it surely tells of it, or perhaps, and contradicts."""
    tells = _tells_the_same(record, match, other, other_match)
    return tells is True or (tells is None and _contradicts(record, other))


def _tells_the_same(
    record: DocketRecord, match: Match | None, other: DocketRecord, other_match: Match | None
) -> bool | None:
    """Whether both documents tell of one defendant in one case; None where that is not sure.

    One document never tells of a defendant twice. Where one paper leaves off the suffix, or the number has
    none, only the name tells co-defendants apart, brothers by their given names.
    """
    if record.page_ids == other.page_ids or _same_person(record, match, other, other_match) is False:
        return False
    if _same_case(record, other) is False or _has_other_first_name(record, other):
        return False
    mine, theirs = record.docket_number.value, other.docket_number.value
    if mine is None or theirs is None or min(record.docket_number.confidence, other.docket_number.confidence) < LIKELY:
        return None
    if mine != theirs and docket_stem(mine) not in (mine, theirs):
        return False
    named = _same_name(record, other)
    is_one = docket_stem(mine) == docket_stem(theirs) and (named or (mine == theirs and _has_suffix(mine)))
    return True if is_one and named is not False else None


def _has_other_first_name(record: DocketRecord, other: DocketRecord) -> bool:
    """Whether given names or birth dates are too far apart for one person on two papers of a case."""
    if record.defendant is None or other.defendant is None:
        return False
    mine, theirs = record.defendant, other.defendant
    return _differ(mine.given, theirs.given) or _differ(mine.birth_date, theirs.birth_date)


def _contradicts(record: DocketRecord, other: DocketRecord) -> bool:
    """Whether a charge of the same count ended otherwise there."""
    theirs = {charge.count: charge for charge in other.charges}
    pairs = [(charge, theirs[charge.count]) for charge in record.charges if charge.count in theirs]
    endings = [(getattr(a, name), getattr(b, name)) for a, b in pairs for name in ("disposition", "termination")]
    return any(a.is_read and b.is_read and a.value != b.value for a, b in endings)


def _same_name(record: DocketRecord, other: DocketRecord) -> bool | None:
    """Whether both print one person's name, an alias included; None where that is not surely read."""
    if record.defendant is None or other.defendant is None:
        return None
    mine, theirs = record.defendant, other.defendant
    if not (mine.surname.is_read and theirs.surname.is_read):
        return None
    if _alike(mine.surname, theirs.surname):
        return None if _has_other_first_name(record, other) else True
    if mine.aliases or theirs.aliases:
        return None
    return False if _sure(mine.surname, theirs.surname) else None


def _alike(mine: Reading[str], theirs: Reading[str]) -> bool:
    return max((ratio(a, b) for a in _values(mine) for b in _values(theirs)), default=0.0) >= SAME_NAME


def _differ(mine: Reading[T], theirs: Reading[T]) -> bool:
    """Whether both are read and nothing that one may say is near what the other may say; an initial is near."""
    ours, others = [str(v) for v in _values(mine)], [str(v) for v in _values(theirs)]
    near = (ratio(a, b) >= SAME_NAME or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a in ours for b in others)
    return bool(ours and others) and not any(near)


def _related(record: DocketRecord, match: Match | None, other: DocketRecord, other_match: Match | None) -> Related:
    return Related(
        record=other,
        same_case=_same_case(record, other),
        same_person=_same_person(record, match, other, other_match),
        same_event=_same_event(record, other),
    )


def _same_case(record: DocketRecord, other: DocketRecord) -> bool | None:
    return _shared(record.docket_number, other.docket_number, docket_stem)


def _sure(*readings: Reading[T]) -> bool:
    return all(reading.is_read and reading.confidence >= SURE for reading in readings)


def _shared(mine: Reading[T], theirs: Reading[T], key: Callable[[T], str]) -> bool | None:
    """True or False where both sides are sure; None where they may share a value.

    What is likely read may be another value only if that is near what was read; what is less than likely, any.
    """
    ours, others = {key(v) for v in _values(mine)}, {key(v) for v in _values(theirs)}
    if _sure(mine, theirs):
        return key(mine.value) == key(theirs.value)  # type: ignore[arg-type]
    if not ours or not others or min(_listed(mine), _listed(theirs)) < LIKELY:
        return None
    near = any(Levenshtein.distance(a, b) <= MISREAD for a in ours for b in others)
    return None if near else False


def _listed(reading: Reading[T]) -> float:
    """The probability that the reading is one of its listed values, silence left out."""
    return sum(p for value, p in reading.plausible() if value is not None)


def _same_person(
    record: DocketRecord, match: Match | None, other: DocketRecord, other_match: Match | None
) -> bool | None:
    mine, theirs = _person_id(match), _person_id(other_match)
    if mine is not None and theirs is not None:
        return mine == theirs
    if _may_be(match) & _may_be(other_match):
        return None
    one_number = _sure(record.docket_number, other.docket_number) and _has_suffix(record.docket_number.value)
    if one_number and record.docket_number.value == other.docket_number.value:
        return None  # a number with its suffix is one defendant's, whatever name a paper prints
    if _fingerprinted(record) & _fingerprinted(other):
        return None  # an alias; that it is one person only keeps the other docket's charges in sight
    return False if _same_name(record, other) is False else None


def _has_suffix(number: str | None) -> bool:
    return number is not None and docket_stem(number) != number


def _may_be(match: Match | None) -> set[PersonId]:
    """The listed persons who may be the defendant."""
    if match is None or match.status is MatchStatus.NONE:
        return set()
    found = match.candidates[:1] if match.status is MatchStatus.LINKED else match.candidates
    return {candidate.person_id for candidate in found}


def _same_event(record: DocketRecord, other: DocketRecord) -> bool | None:
    """Whether the arrest is one; None where either date is silent or doubtful, or where the arrests differ and
    an offense is of one day."""
    arrests = _shared(record.arrest_date, other.arrest_date, str)
    if arrests is not False:
        return arrests
    mine, theirs = ({d for c in r.charges for d in _values(c.offense_date)} for r in (record, other))
    return None if mine & theirs else False
