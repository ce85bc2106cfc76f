"""A person's answers as new readings: where each belongs, and what becomes of the record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from casefile.docket import DocketRecord, Gap, Reading, SettledBy, Source
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
from review_queue.shorthand import NotUnderstoodError

SAME_INK = 0.3  # bboxes that overlap by as much hold the same ink, whatever the run that drew them
SURE = 0.95  # a machine reading as confident as this contradicts a person, rather than merely doubting


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
    """The record with every answer in its place, the last one given winning.

    `answers` are those given for this record, and those on its pages whose record is gone; an answer of
    another record is placed only where its ink is found again, never by its path alone.
    """
    placed: dict[str, Answer] = {}
    unplaced: list[Answer] = []
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
    readings = (a for a in answers if a.kind is not AnswerKind.LINK and is_field(a.field))
    return sorted(readings, key=lambda answer: answer.answer_id)


def path_for(record: DocketRecord, answer: Answer) -> str | None:
    """Where in the record the answer belongs; None where its ink is not there any more.

    The same path first; else the same field of another charge over the same ink, as a later run may have
    counted the charges differently.
    """
    if not _is_readable(answer):
        return None
    own = reading_at(record, answer.field)
    if own is not None and is_same_place(own, answer, record):
        return answer.field
    overlaps = {path: _overlap(reading, answer) for path, reading in _akin(record, answer.field)}
    best = max(overlaps, key=lambda path: overlaps[path], default=None)
    return best if best is not None and overlaps[best] >= SAME_INK else None


def _is_readable(answer: Answer) -> bool:
    """Whether the kept value can still be a value of its field."""
    if answer.kind is AnswerKind.CANNOT_READ:
        return True
    try:
        decode(answer.field, answer.value)
    except (NotUnderstoodError, json.JSONDecodeError):
        return False
    return True


def _akin(record: DocketRecord, path: str) -> Iterator[tuple[str, AnyReading]]:
    """The readings of the same field at other places: other charges, other aliases."""
    field = place_of(path).field
    return ((other, r) for other, r in readings_of(record) if other != path and place_of(other).field is field)


def is_same_place(reading: AnyReading, answer: Answer, record: DocketRecord) -> bool:
    """Whether the answer was about this reading of the same path: the same ink, or no ink to compare."""
    if answer.bbox is None or answer.page_id is None or not reading.sources:
        return answer.record_id == record.record_id
    return _overlap(reading, answer) >= SAME_INK


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
    if answer.kind is AnswerKind.CANNOT_READ:
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
        if answer.kind is AnswerKind.CANNOT_READ or decode(path, answer.value) != machine.value:
            yield Contradiction(answer, path, machine)


def gap_field(gap: Gap) -> str:
    """The field of a question about a gap: `page.unread_ink`."""
    return f"{PAGE_FIELD}.{gap.kind}"


def is_closed(gap: Gap, record: DocketRecord, answers: Iterable[Answer]) -> bool:
    """Whether a person looked at this gap last and found that nothing there is missing from the record."""
    about = [a for a in answers if is_about_gap(a, gap, record)]
    last = max(about, key=lambda answer: answer.answer_id, default=None)
    return last is not None and last.kind is AnswerKind.VALUE and last.value in (None, "null")


def is_about_gap(answer: Answer, gap: Gap, record: DocketRecord) -> bool:
    """Whether the answer was about this gap: the same kind, page and ink; or record, where it has no page."""
    if answer.field != gap_field(gap):
        return False
    if gap.page_id is None:
        return answer.record_id == record.record_id and answer.bbox is None
    if answer.page_id != gap.page_id or (answer.bbox is None) != (gap.bbox is None):
        return False
    return answer.bbox is None or gap.bbox is None or BBox(*answer.bbox).overlap(gap.bbox) >= SAME_INK


def linked_by(match: Match, answers: Sequence[Answer]) -> Match:
    """The match as a person settled it: linked to whom they chose, or to none; as it was where nobody did."""
    links = [a for a in answers if a.kind is AnswerKind.LINK and a.record_id == match.record_id]
    last = max(links, key=lambda answer: answer.answer_id, default=None)
    if last is None:
        return match
    chosen = json.loads(last.value) if last.value is not None else None
    if not isinstance(chosen, str):
        return replace(match, status=MatchStatus.NONE, why="a person found none of them", settled_by_person=True)
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
