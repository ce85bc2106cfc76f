"""Records of one person across dockets, listed or not, joined; and which dockets of theirs tell of one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple, TypeVar

from casefile.docket import Defendant, DocketRecord, Reading, RecordId
from casefile.linkage import Match, MatchStatus
from casefile.persons import PersonId
from match.comparisons import CLEAN, suffix_level
from match.docket_numbers import case_of
from match.name_weights import RAREST
from match.names import letters, name_shares
from match.spelling import level_of

T = TypeVar("T")

MOST_BY_CHANCE = 0.001  # expected pairs of strangers with this name and birth date, above which the two do not join
BIRTH_DAYS = 40 * 365.0  # days over which the births of those charged are spread
NAME_AGREES = frozenset({"exact", "cut", "confused", "nickname"})


class Group(NamedTuple):
    """Records of one person, in the order of their ids; `person_id` is None where nobody listed is known to be it."""

    records: tuple[RecordId, ...]
    person_id: PersonId | None


def joined(records: Sequence[DocketRecord], matches: Mapping[RecordId, Match]) -> tuple[Group, ...]:
    """Every record in exactly one group.

    Records linked to one person are one group. Others join by a fingerprint number, or by name and birth date where
    the name is rare enough. No group ever holds two linked to different persons, two that contradict each other in
    SID, IR number, birth date, sex or suffix, or two defendants of one document; where a chain of joins would, the
    weaker join is left out. The order of the records does not matter.
    """
    named = {record.record_id: record for record in records if record.defendant is not None}
    groups = {record.record_id: frozenset([record.record_id]) for record in records}
    linked = {record_id: person for record_id in named if (person := _linked(matches.get(record_id))) is not None}
    for a, b in _candidates(named, linked):
        mine, theirs = groups[a], groups[b]
        if mine is theirs or any(_forbidden(named[x], named[y], linked) for x in mine for y in theirs):
            continue
        both = mine | theirs
        groups.update(dict.fromkeys(both, both))
    found = {tuple(sorted(group)) for group in groups.values()}
    return tuple(Group(group, next((linked[r] for r in group if r in linked), None)) for group in sorted(found))


def _linked(match: Match | None) -> PersonId | None:
    return match.best.person_id if match is not None and match.status is MatchStatus.LINKED and match.best else None


def _candidates(
    records: Mapping[RecordId, DocketRecord], linked: Mapping[RecordId, PersonId]
) -> Iterator[tuple[RecordId, RecordId]]:
    """Pairs that should join, the surest kind first, within a kind in the order of ids."""
    by_person, by_number, by_birth = defaultdict(list), defaultdict(list), defaultdict(list)
    for record_id in sorted(records):
        defendant = _defendant(records[record_id])
        if record_id in linked:
            by_person[linked[record_id]].append(record_id)
        for kind, number in (("sid", defendant.sid), ("ir", defendant.ir_number)):
            if (value := _clean(number)) is not None:
                by_number[kind, letters(value).lstrip("0")].append(record_id)
        if (born := _clean(defendant.birth_date)) is not None:
            by_birth[born].append(record_id)
    yield from _pairs(by_person.values())
    for a, b in _pairs(by_number.values()):
        if _names_agree(_defendant(records[a]), _defendant(records[b])):
            yield a, b
    for a, b in _pairs(by_birth.values()):
        if _same_name_by_no_chance(_defendant(records[a]), _defendant(records[b]), len(records)):
            yield a, b


def _pairs(groups: Iterable[Sequence[RecordId]]) -> Iterator[tuple[RecordId, RecordId]]:
    for group in groups:
        yield from combinations(group, 2)


def _defendant(record: DocketRecord) -> Defendant:
    assert record.defendant is not None  # noqa: S101 - only records that name somebody are asked about
    return record.defendant


def _clean(reading: Reading[T]) -> T | None:
    return reading.value if reading.confidence >= CLEAN else None


def _names_agree(one: Defendant, other: Defendant) -> bool:
    return _agree("surname", one.surname, other.surname) and _agree("given", one.given, other.given)


def _agree(field: str, one: Reading[str], other: Reading[str]) -> bool:
    a, b = _clean(one), _clean(other)
    return a is not None and b is not None and level_of(field, letters(a), letters(b)) in NAME_AGREES


def _same_name_by_no_chance(one: Defendant, other: Defendant, records: int) -> bool:
    """Whether both names are the same letter for letter, and too rare for two strangers born on one day."""
    names = [(_clean(one.surname), _clean(other.surname)), (_clean(one.given), _clean(other.given))]
    shares = []
    for kind, (a, b) in zip(("surname", "given"), names, strict=True):
        if a is None or b is None or letters(a) != letters(b) or len(letters(a)) < 2:
            return False
        shares.append(max(name_shares(kind).get(letters(a), 0.0), RAREST[kind]))
    middle = _clean(one.middle), _clean(other.middle)
    if all(middle) and letters(middle[0] or "")[:1] != letters(middle[1] or "")[:1]:
        return False
    return records * shares[0] * shares[1] / BIRTH_DAYS <= MOST_BY_CHANCE


def _forbidden(one: DocketRecord, other: DocketRecord, linked: Mapping[RecordId, PersonId]) -> bool:
    """Whether the two cannot be one person's."""
    persons = {linked[r.record_id] for r in (one, other) if r.record_id in linked}
    if len(persons) > 1 or (one.page_ids and one.page_ids == other.page_ids):
        return True
    a, b = _defendant(one), _defendant(other)
    if len(persons) == 1 and one.record_id in linked and other.record_id in linked:
        return False  # each was linked on evidence of its own
    if _differ(a.sid, b.sid) or _differ(a.ir_number, b.ir_number) or _differ(a.sex, b.sex):
        return True
    suffixes = _clean(a.suffix), _clean(b.suffix)
    if suffixes[0] is not None and suffixes[1] is not None and suffix_level(suffixes[0], suffixes[1]) == "conflict":
        return True
    return _differ(a.birth_date, b.birth_date)


def _differ(one: Reading[T], other: Reading[T]) -> bool:
    a, b = _clean(one), _clean(other)
    return a is not None and b is not None and str(a).lstrip("0") != str(b).lstrip("0")


def events(records: Sequence[DocketRecord], groups: Iterable[Group]) -> tuple[tuple[RecordId, ...], ...]:
    """The records of each person by what they tell of: one case, or one arrest however many docket numbers it got."""
    by_id = {record.record_id: record for record in records}
    found: list[tuple[RecordId, ...]] = []
    for group in groups:
        parent = {record_id: record_id for record_id in group.records}
        seen: dict[object, RecordId] = {}
        for record_id in group.records:
            for key in _event_keys(by_id[record_id]):
                first = seen.setdefault(key, record_id)
                _unite(parent, first, record_id)
        together = defaultdict(list)
        for record_id in group.records:
            together[_root(parent, record_id)].append(record_id)
        found += [tuple(some) for some in together.values()]
    return tuple(sorted(found))


def _event_keys(record: DocketRecord) -> Iterator[tuple[str, str | date]]:
    if (number := _clean(record.docket_number)) is not None:
        yield "case", case_of(number)
    if (arrested := _clean(record.arrest_date)) is not None:
        yield "arrest", arrested


def _root(parent: Mapping[RecordId, RecordId], record_id: RecordId) -> RecordId:
    while parent[record_id] != record_id:
        record_id = parent[record_id]
    return record_id


def _unite(parent: dict[RecordId, RecordId], one: RecordId, other: RecordId) -> None:
    roots = sorted((_root(parent, one), _root(parent, other)))
    parent[roots[1]] = roots[0]
