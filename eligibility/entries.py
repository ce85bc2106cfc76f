"""Charges as data of record: one row, what it shares with others, and the case that it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from casefile.docket import (
    Charge,
    Defendant,
    Disposition,
    DocketRecord,
    DocumentKind,
    Grade,
    Grams,
    Reading,
    RecordId,
    SentencePart,
    Termination,
    charge_id_of,
    silent,
)
from eligibility.case import Case, Related, Stated
from eligibility.features import STOPPED

NOBODY = 0  # the code of an empty cell among persons, dockets and events
SURE = 0.99  # a day this sure is taken as read when rows are put together
FEW = 16  # rows of a group up to which each is held against each
CROWDED = 200  # rows under one docket, event or arrest beyond which nobody is told apart


class Entry(NamedTuple):
    """One row of charges.csv as readings. `person`, `docket` and `event` are codes, `NOBODY` where the cell is empty.

    `sure` is False where the row is less than data of record, so that each of its cells may be otherwise, or where
    its arrest is in doubt: such a row is like no other, and is decided by itself. Of the cells of a sure row only
    `birth_date` may be one of several, those that its person's rows tell.
    """

    number: int | None  # of the count, where one is given
    statute: Reading[str]
    grade: Reading[Grade]
    grams: Reading[Grams]
    subsequent: Reading[bool]
    section7: Reading[bool]
    disposition: Reading[Disposition]
    termination: Reading[Termination]
    sentence_complete: Reading[bool]
    offense_date: Reading[date]
    arrest_date: Reading[date]
    birth_date: Reading[date]
    disposition_date: Reading[date]
    sentence: Reading[tuple[SentencePart, ...]]
    sentence_end: Reading[date]
    county: Reading[str]
    deceased: Reading[bool]
    sex_registrant: Reading[bool]
    plants: Reading[float]
    form: Reading[str]
    facts: Reading[tuple[str, ...]]
    doj_listed: Reading[bool]
    challenged: Reading[bool]
    person: int
    docket: int
    event: int
    sure: bool

    @property
    def violated(self) -> Reading[bool]:
        return SILENT


SILENT: Reading[Any] = silent()
STATED = (
    "sentence_complete", "sentence_end", "county", "deceased", "sex_registrant", "plants", "form", "facts",
    "doj_listed", "challenged",
)  # fmt: skip
CELLS = Entry._fields[: Entry._fields.index("person")]
_TOLD = tuple(name for name in CELLS if name not in ("number", "birth_date", "arrest_date", *STATED))


# What a law needs of a row: rows with one key have one answer, that of a case with these others beside it. A row whose
# key is None is decided by itself.
Alike = tuple[Hashable | None, Sequence[int]]

# Looks at one row of a group, on a day and under a policy.
AlikeOf = Callable[["Group", int, date, Any], Alike]


class Group:
    """Rows that share a person, a docket or an event, directly or by way of others."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._by_tie: dict[tuple[str, Any], list[int]] | None = None
        self.is_plain = _are_plain(entries)

    def others(self, index: int) -> list[int]:
        """The rows that share docket, event, or person and arrest date, or perhaps do, and are not known to be another
        person's."""
        entries, total = self.entries, len(self.entries)
        if total == 1:
            return []
        found: Iterable[int] = range(total) if total <= FEW else sorted(set().union(*self._near(index)))
        mine = entries[index]
        return [i for i in found if i != index and _may_stand_beside(mine, entries[i])]

    def is_crowded(self, index: int) -> bool:
        """Whether so many rows stand under one of its keys that the key tells nothing, such as a docket `UNKNOWN`."""
        return len(self.entries) > CROWDED and any(len(rows) > CROWDED for rows in self._near(index))

    def _near(self, index: int) -> list[list[int]]:
        """The rows under each key of a row; some of them may still be known not to be tied to it."""
        entry, ties = self.entries[index], self._ties()
        if entry.person == NOBODY:
            return [ties[tie] for tie in _ties_of(entry)]
        keys = [(kind, (code, person)) for kind, code in _ties_of(entry) for person in (entry.person, NOBODY)]
        found = [ties[key] for key in keys if key in ties]
        if rest := ties.get(("person" if is_open(entry) else "open", entry.person)):
            found.append(rest)
        return found

    def _ties(self) -> dict[tuple[str, Any], list[int]]:
        if self._by_tie is None:
            self._by_tie = defaultdict(list)
            for index, entry in enumerate(self.entries):
                for tie in (*_ties_of(entry), ("person", entry.person)):
                    self._by_tie[tie].append(index)
                for kind, code in _ties_of(entry):
                    self._by_tie[kind, (code, entry.person)].append(index)
                if is_open(entry):
                    self._by_tie["open", entry.person].append(index)
        return self._by_tie

    def is_same_docket(self, one: int, other: int) -> bool:
        return self.entries[one].docket == self.entries[other].docket != NOBODY

    def is_same_event(self, one: int, other: int) -> bool | None:
        """Whether the arrest is one; None where the day of either cannot be relied on."""
        return _is_same_event(self.entries[one], self.entries[other])

    def of_person(self, index: int) -> list[int]:
        """The other rows of the same person; of nobody known, those of the same docket or event."""
        mine = self.entries[index].person
        if mine == NOBODY:
            return self.others(index)
        rest = set(self._person_rows(mine)) | set(self.others(index))
        return sorted(rest - {index})

    def _person_rows(self, person: int) -> list[int]:
        return self._ties()[("person", person)]

    def case(self, index: int, others: Iterable[int]) -> Case:
        """The case of one row, which has count 1, with these others of its docket, event or person."""
        entry = self.entries[index]
        here = [i for i in others if self.is_same_docket(index, i)]
        elsewhere = [i for i in others if not self.is_same_docket(index, i)]
        stated: dict[Any, Stated] = {}
        tellings = [i for i in here if is_same_count(entry, self.entries[i])]
        own = [i for i in here if i not in tellings]
        record = record_of("r", [entry, *(self.entries[i] for i in own)], stated)
        told = tuple(record_of(f"t{i}", [self.entries[i]], stated) for i in tellings)
        related = tuple(
            Related(record_of(f"o{i}", [self.entries[i]], stated), False, True, self.is_same_event(index, i))
            for i in elsewhere
        )
        return Case(record, told, related, stated=stated)


def _are_plain(entries: Sequence[Entry]) -> bool:
    """Whether all rows are sure, none is of a case expunged or sealed, and no docket's count is told twice."""
    counts: set[tuple[int, int]] = set()
    for entry in entries:
        count = None if entry.number is None else (entry.docket, entry.number)
        if not entry.sure or entry.disposition.value in STOPPED or count in counts:
            return False
        if count is not None:
            counts.add(count)
    return True


def _may_stand_beside(mine: Entry, theirs: Entry) -> bool:
    if mine.docket == theirs.docket != NOBODY or mine.event == theirs.event != NOBODY:
        return mine.person == theirs.person or NOBODY in (mine.person, theirs.person)
    return mine.person == theirs.person != NOBODY and _is_same_event(mine, theirs) is not False


def _is_same_event(mine: Entry, theirs: Entry) -> bool | None:
    """The offense date stands for an arrest date that is not given."""
    if mine.event == theirs.event != NOBODY:
        return True
    if mine.person != theirs.person or mine.person == NOBODY:
        return False
    if is_open(mine) or is_open(theirs):
        return None
    arrest, other = mine.arrest_date.value, theirs.arrest_date.value
    if arrest is not None and other is not None:
        return arrest == other
    return not _days(mine).isdisjoint(_days(theirs))


def _ties_of(entry: Entry) -> Iterable[tuple[str, Any]]:
    if entry.docket != NOBODY:
        yield "docket", entry.docket
    if entry.event != NOBODY:
        yield "event", entry.event
    if entry.person != NOBODY:
        arrest, offense = entry.arrest_date.value, entry.offense_date.value
        if arrest is not None:
            yield "day", (entry.person, arrest)
        if offense is not None and offense != arrest:
            yield "day", (entry.person, offense)


def _days(entry: Entry) -> set[date]:
    """The days by which a row may be tied to another of its person."""
    return {day for day in (entry.arrest_date.value, entry.offense_date.value) if day is not None}


def is_open(entry: Entry) -> bool:
    """Whether the day of its arrest, or the offense's that stands for it, cannot be relied on.

    Days that are not given at all leave nothing open: a file that shows no tie has none.
    """
    day = entry.arrest_date
    if not entry.sure and day.confidence < SURE:
        return True
    if day.value is not None:
        return False
    return entry.offense_date.is_illegible if day.raw is None else True


def together(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The rows of a group, each with what the others of its person say of it.

    A birth date that is not given is theirs, and where theirs differ it is any of them. A row whose arrest cannot be
    told may stand beside any of them.
    """
    if len(entries) == 1:
        return entries
    return [
        entry._replace(sure=False) if entry.sure and entry.person != NOBODY and is_open(entry) else entry
        for entry in _with_birth_dates(entries)
    ]


def _with_birth_dates(entries: Sequence[Entry]) -> Sequence[Entry]:
    if len({id(entry.birth_date) for entry in entries}) == 1:
        return entries
    told: dict[int, dict[date, Reading[date]]] = {}
    for entry in entries:
        if entry.person != NOBODY and entry.birth_date.value is not None:
            told.setdefault(entry.person, {})[entry.birth_date.value] = entry.birth_date
    if not told:
        return entries
    return [_born(entry, told[entry.person]) if entry.person in told else entry for entry in entries]


def _born(entry: Entry, told: dict[date, Reading[date]]) -> Entry:
    own = entry.birth_date
    if len(told) == 1:
        return entry._replace(birth_date=next(iter(told.values()))) if own.is_silent else entry
    if own.is_illegible:
        return entry
    first, *others = sorted(told)
    share = 1 / len(told)
    doubt = Reading(first, first.isoformat(), share, alternatives=tuple((day, share) for day in others))
    return entry._replace(birth_date=doubt)


def is_same_count(one: Entry, other: Entry) -> bool:
    """Whether two rows of one docket and person tell of one charge: the same count and statute."""
    return one.number is not None and one.number == other.number and one.statute.value == other.statute.value


def tells_the_same(one: Entry, other: Entry) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in CELLS)


def record_of(record_id: str, entries: Sequence[Entry], stated: dict[Any, Stated]) -> DocketRecord:
    first = entries[0]
    charges = []
    for count, entry in enumerate(entries, start=1):
        charge = _charge(RecordId(record_id), count, entry)
        charges.append(charge)
        stated[charge.charge_id] = Stated(**{name: getattr(entry, name) for name in STATED})
    return DocketRecord(
        record_id=RecordId(record_id),
        document_kind=DocumentKind.COMPLAINT,  # no form whose missing sentence line would leave a doubt
        page_ids=(),
        docket_number=SILENT,
        arrest_date=first.arrest_date,
        filed_date=SILENT,
        arresting_agency=SILENT,
        defendant=Defendant(
            SILENT, SILENT, SILENT, SILENT, (), first.birth_date, SILENT, SILENT, SILENT, SILENT
        ),
        charges=tuple(charges),
    )  # fmt: skip


def _charge(record_id: RecordId, count: int, entry: Entry) -> Charge:
    return Charge(
        charge_id_of(record_id, count),
        count,
        description=SILENT,
        plea=SILENT,
        violated=SILENT,
        **{name: getattr(entry, name) for name in _TOLD},
    )
