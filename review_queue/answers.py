"""A person's answers as new readings: where each belongs, and what becomes of the record."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from casefile.archive import PageId
from casefile.docket import Charge, DocketRecord, Gap, Reading, RecordId, SettledBy, Source
from casefile.linkage import Candidate, Match, MatchStatus
from casefile.ocr import BBox
from casefile.persons import PersonId
from casefile.review import Answer, AnswerKind
from review_queue.fields import (
    MATCH_FIELD,
    PAGE_FIELD,
    AnyReading,
    decode,
    is_field,
    place_of,
    reading_at,
    readings_of,
    with_reading,
)
from review_queue.missed import with_missed
from review_queue.shorthand import NotUnderstoodError

SAME_INK = 0.3  # bboxes that overlap by as much hold the same ink, whatever the run that drew them
NEARER = 0.3  # one place is plainly nearer than another where its ink overlaps by as much more
ROWS = 3  # a charge stands beside ink whose middle is no more line heights away
A_CHARGE = '"a charge is missing"'  # the value of an answer that the unread ink beside a docket is that docket's
SURE = 0.95  # a machine reading as confident as this contradicts a person, rather than merely doubting


# Nobody can say what stands there; the one for want of legible ink, the other for want of any on this page.
UNKNOWN = (AnswerKind.CANNOT_READ, AnswerKind.NOT_HERE)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A machine reading that surely says something else than the person; the person's value stands."""

    answer: Answer
    path: str
    machine: AnyReading


@dataclass(frozen=True, slots=True)
class Applied:
    """The record as a person left it. `unplaced` are answers whose ink the record no longer has."""

    record: DocketRecord
    contradictions: tuple[Contradiction, ...] = ()
    unplaced: tuple[Answer, ...] = ()


def applied(record: DocketRecord, answers: Iterable[Answer], *, sure: float = SURE) -> Applied:
    """The record with every answer in its place, the last one given winning, and every charge a person added.

    `answers` are those given for this record, and those on its pages whose record is gone; an answer of
    another record is placed only where its ink is found again, never by its path alone.
    """
    answers = tuple(answers)
    added = with_missed(record, answers)
    record = added.record
    placed: dict[str, Answer] = {}
    unplaced = [*added.unplaced, *(a for a in answers if _is_about_no_gap(a, record))]
    for answer in _about_ink(answers):
        path = path_for(record, answer)
        if path is None:
            unplaced.append(answer)
        else:
            placed[path] = answer
    contradictions = tuple(_contradictions(record, placed, sure))
    left = replace(record, gaps=tuple(gap for gap in record.gaps if not is_closed(gap, record, answers)))
    for path, answer in placed.items():
        left = with_reading(left, path, _settled(reading_at(record, path), answer, path))
    return Applied(left, contradictions, tuple(unplaced))


def _about_ink(answers: Iterable[Answer]) -> list[Answer]:
    """The answers to `what does this ink say`, in the order given."""
    readings = (a for a in answers if (a.kind is AnswerKind.VALUE or a.kind in UNKNOWN) and is_field(a.field))
    return sorted(readings, key=lambda answer: answer.answer_id)


def path_for(record: DocketRecord, answer: Answer) -> str | None:
    """Where in the record the answer belongs; None where that cannot be told: better asked again than misplaced.

    Paths hold the count of a charge or the position of an alias, and a later run may count otherwise. So an
    answer about ink goes where that ink now is: to its own path if the ink there is as near as any, else to the
    one place of the same field whose ink it is. Of a charge that is silent there, the ink asked about is its row,
    and the answer goes to the charge in that row. Where the machine finds no such ink any more, it falls back on
    its own path only if that has no other ink and is recognisably the place meant. An answer about a place
    without any ink can only follow its path, in its own record.
    """
    if not _is_readable(answer):
        return None
    if answer.page_id is None or answer.bbox is None:
        is_there = answer.record_id == record.record_id and reading_at(record, answer.field) is not None
        return answer.field if is_there else None
    places = _places_over_ink(record, answer) or _places_in_row(record, answer)
    if answer.field in places or (not places and _may_fall_back(record, answer, BBox(*answer.bbox))):
        return answer.field
    return places[0] if len(places) == 1 else None


def _places_over_ink(record: DocketRecord, answer: Answer) -> list[str]:
    """The paths of the same field whose ink is the answer's, those left out that another is plainly nearer than."""
    field = place_of(answer.field).field
    alike = ((path, reading) for path, reading in readings_of(record) if place_of(path).field is field)
    overlaps = {path: _overlap(reading, answer) for path, reading in alike}
    least = max(SAME_INK, max(overlaps.values(), default=0.0) - NEARER)
    return [path for path, overlap in overlaps.items() if overlap >= least]


def _places_in_row(record: DocketRecord, answer: Answer) -> list[str]:
    """The field in each charge whose own row, its statute or description, is the answer's ink."""
    place = place_of(answer.field)
    if place.count is None:
        return []
    rows = (charge for charge in record.charges if _row_overlap(charge, answer) >= SAME_INK)
    return [f"charges.{charge.count}.{place.field.name}" for charge in rows]


def _row_overlap(charge: Charge, answer: Answer) -> float:
    return max(_overlap(charge.statute, answer), _overlap(charge.description, answer))


def _may_fall_back(record: DocketRecord, answer: Answer, asked: BBox) -> bool:
    """Whether the answer's own path, now without ink, is still the place it was given for.

    The case and the defendant are one; an alias cannot be told from the next. A charge is known by its row: it
    must be the only one whose statute or description stands beside the ink that was asked about.
    """
    place, own = place_of(answer.field), reading_at(record, answer.field)
    if own is None or own.sources or answer.record_id != record.record_id or place.alias is not None:
        return False
    beside = {charge.count: _is_beside(charge, answer.page_id, asked) for charge in record.charges}
    own_row = place.count is None or beside[place.count] is True
    return own_row and all(found is False for count, found in beside.items() if place.count not in (None, count))


def _is_beside(charge: Charge, page_id: PageId | None, asked: BBox) -> bool | None:
    """Whether the charge's row is within `ROWS` line heights of that ink; None where nothing tells its row."""
    sources = (*charge.statute.sources, *charge.description.sources)
    if not sources:
        return None
    return any(_is_near(source.bbox, asked) for source in sources if source.page_id == page_id)


def _is_near(row: BBox, asked: BBox) -> bool:
    apart = abs(row.top + row.bottom - asked.top - asked.bottom) / 2
    return apart <= ROWS * min(row.height, asked.height)


def _is_readable(answer: Answer) -> bool:
    """Whether the kept value can still be a value of its field."""
    if answer.kind in UNKNOWN:
        return True
    try:
        decode(answer.field, answer.value)
    except (NotUnderstoodError, json.JSONDecodeError):
        return False
    return True


def _overlap(reading: AnyReading, answer: Answer) -> float:
    """How far the reading's ink and the answer's lie over each other, 0 to 1."""
    boxes = [source.bbox for source in reading.sources if source.page_id == answer.page_id]
    if answer.bbox is None or not boxes:
        return 0.0
    asked = BBox(*answer.bbox)
    return max(asked.overlap(box) for box in (*boxes, BBox.around(boxes)))


def _settled(machine: AnyReading | None, answer: Answer, path: str) -> AnyReading:
    """The person's reading, over the ink the machine had; where that had none, over what they looked at."""
    raw = machine.raw if machine else None
    sources = machine.sources if machine else ()
    if not sources and answer.page_id is not None and answer.bbox is not None:
        sources = (Source(answer.page_id, BBox(*answer.bbox)),)
    if answer.kind in UNKNOWN:
        return Reading(None, raw or "", 0.0, sources, settled_by=SettledBy.REVIEWER)
    value = decode(path, answer.value)
    return Reading(value, None if value is None else raw, 1.0, sources, settled_by=SettledBy.REVIEWER)


def _contradictions(record: DocketRecord, placed: dict[str, Answer], sure: float) -> Iterator[Contradiction]:
    for path, answer in placed.items():
        machine = reading_at(record, path)
        if machine is None or machine.is_illegible or machine.settled_by is SettledBy.REVIEWER:
            continue
        if machine.confidence < sure:
            continue
        if answer.kind in UNKNOWN or decode(path, answer.value) != machine.value:
            yield Contradiction(answer, path, machine)


def gap_field(gap: Gap) -> str:
    """The field of a question about a gap: `page.unread_ink`."""
    return f"{PAGE_FIELD}.{gap.kind}"


def is_closed(gap: Gap, record: DocketRecord, answers: Iterable[Answer]) -> bool:
    """Whether a person looked at this gap last and found that nothing there is missing from this record.

    That another docket beside the same page misses nothing, or a charge, says nothing of this one. That nobody
    can read the page holds for all of them.
    """
    about = [
        a for a in answers if a.field == gap_field(gap) and is_about_gap(a, record.record_id, gap.page_id, gap.bbox)
    ]
    last = max(about, key=lambda answer: answer.answer_id, default=None)
    return last is not None and last.kind is AnswerKind.VALUE and last.value in (None, "null")


def is_about_gap(answer: Answer, record_id: RecordId | None, page_id: PageId | None, bbox: BBox | None) -> bool:
    """Whether an answer about a gap counts for that record's gap at that place: one given for the record itself,
    or for any record where it is that nobody can read the page; a gap without a page is its record's alone."""
    is_own = answer.record_id == record_id
    if page_id is None or answer.page_id is None:
        return is_own and answer.page_id == page_id and (answer.bbox is None) == (bbox is None)
    if not is_own and answer.kind is not AnswerKind.CANNOT_READ:
        return False
    if answer.page_id != page_id or (answer.bbox is None) != (bbox is None):
        return False
    return answer.bbox is None or bbox is None or BBox(*answer.bbox).overlap(bbox) >= SAME_INK


def _is_about_no_gap(answer: Answer, record: DocketRecord) -> bool:
    """Whether it was given for this record about a page beside it that is no gap of it any more: the page was scanned
    again, or could be read after all."""
    is_of_page = answer.field.startswith(f"{PAGE_FIELD}.") and answer.kind in (AnswerKind.VALUE, *UNKNOWN)
    if not is_of_page or answer.record_id != record.record_id or answer.page_id in (None, *record.page_ids):
        return False
    return not any(
        answer.field == gap_field(gap) and is_about_gap(answer, record.record_id, gap.page_id, gap.bbox)
        for gap in record.gaps
    )


def linked_by(match: Match, answers: Sequence[Answer], *, listed: Container[PersonId] | None = None) -> Match:
    """The match as a person settled it: linked to whom they chose, or to none; as it was where nobody did.

    `listed` are the persons on the list, where that is known: whoever is on it no more cannot be linked, and
    somebody must look again.
    """
    links = [a for a in answers if a.kind is AnswerKind.LINK and a.record_id == match.record_id]
    last = max(links, key=lambda answer: answer.answer_id, default=None)
    if last is None:
        return match
    chosen = json.loads(last.value) if last.value is not None else None
    if not isinstance(chosen, str):
        return replace(match, status=MatchStatus.NONE, why="a person found none of them", settled_by_person=True)
    if listed is not None and chosen not in listed:
        gone = "the person somebody chose is no longer on the list"
        return replace(match, status=MatchStatus.POSSIBLE, why=gone)
    return Match(
        match.record_id,
        MatchStatus.LINKED,
        _chosen_first(match.candidates, PersonId(chosen)),
        "a person made the link",
        settled_by_person=True,
    )


def _chosen_first(candidates: Sequence[Candidate], chosen: PersonId) -> tuple[Candidate, ...]:
    agreements = next((c.agreements for c in candidates if c.person_id == chosen), ())
    others = (replace(c, probability=0.0) for c in candidates if c.person_id != chosen)
    return (Candidate(chosen, 1.0, agreements), *others)


def is_match_answer(answer: Answer) -> bool:
    """Whether it answers who the defendant is, be it that nobody can tell."""
    return answer.kind is AnswerKind.LINK or answer.field == MATCH_FIELD
