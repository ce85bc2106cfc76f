"""Charges the machine missed: what a person saw in a box they drew on the page, as charges of the record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from casefile.docket import Charge, DocketRecord, Gap, GapKind, Reading, SettledBy, Source, charge_id_of
from casefile.errors import ArgumentError
from casefile.ocr import BBox
from casefile.review import Answer, AnswerKind
from review_queue import fields
from review_queue.fields import CHARGE_FIELDS, AnyReading
from review_queue.shorthand import NotUnderstoodError

CHARGES_FIELD = "charges"  # the field of an answer that adds a charge
NOTHING_THERE = "-"  # what a reviewer types where the paper is silent
WITHIN = 0.5  # a charge stands in the box where at least half of its statute's or description's ink does


@dataclass(frozen=True, slots=True)
class Added:
    """The record with the charges people added; `unplaced` are those whose page it no longer has, and those of a
    record that is gone where the ink does not tell which case they belong to."""

    record: DocketRecord
    unplaced: tuple[Answer, ...] = ()


def with_missed(record: DocketRecord, answers: Iterable[Answer]) -> Added:
    """The record with every charge a person added, each once.

    Where the machine finds that charge after all, in the same ink, what the person said of it is laid over the
    machine's; otherwise it stands behind the others under the next count. A field the person left open is
    unknown, never silent: it is asked about where anything hangs on it.

    A charge added to another record, one that is gone, is this one's only where exactly one charge of this record
    stands in its ink. Otherwise it may be anybody's on that page: the ink is a gap of this record, to be asked about.
    """
    unplaced = []
    for answer in sorted(_added(answers), key=lambda answer: answer.answer_id):
        values = _values(answer)
        if values is None or answer.bbox is None or answer.page_id not in record.page_ids:
            unplaced.append(answer)
            continue
        ink = Source(answer.page_id, BBox(*answer.bbox))
        if answer.record_id != record.record_id and len(charges_in(record, ink)) != 1:
            unplaced.append(answer)
            record = replace(record, gaps=(*record.gaps, Gap(GapKind.UNREAD_INK, ink.page_id, ink.bbox)))
        else:
            record = replace(record, charges=_with(record, values, ink))
    return Added(record, tuple(unplaced))


def _added(answers: Iterable[Answer]) -> Iterator[Answer]:
    return (answer for answer in answers if answer.kind is AnswerKind.CHARGE)


def _values(answer: Answer) -> dict[str, Any] | None:
    """What was said of each field, None for silence; None as a whole where the answer cannot be understood."""
    try:
        kept = json.loads(answer.value or "")
        return {name: fields.decode(f"{CHARGES_FIELD}.1.{name}", json.dumps(value)) for name, value in kept.items()}
    except (json.JSONDecodeError, AttributeError, NotUnderstoodError, ArgumentError):
        return None


def _with(record: DocketRecord, values: Mapping[str, Any], ink: Source) -> tuple[Charge, ...]:
    found = charges_in(record, ink)
    if len(found) == 1:
        said = {name: _said(value, ink, getattr(found[0], name)) for name, value in values.items()}
        laid_over = replace(found[0], **said)  # type: ignore[arg-type]
        return tuple(laid_over if c is found[0] else c for c in record.charges)
    count = max((charge.count for charge in record.charges), default=0) + 1
    return (*record.charges, _charge(record, count, values, ink))


def charges_in(record: DocketRecord, ink: Source) -> list[Charge]:
    """The charges whose statute or description stands in that box."""
    return [charge for charge in record.charges if _stands_in(charge, ink)]


def _stands_in(charge: Charge, ink: Source) -> bool:
    sources = (*charge.statute.sources, *charge.description.sources)
    return any(s.page_id == ink.page_id and _share_within(s.bbox, ink.bbox) >= WITHIN for s in sources)


def _share_within(box: BBox, outer: BBox) -> float:
    """How much of `box` lies in `outer`, 0 to 1."""
    across = min(box.right, outer.right) - max(box.left, outer.left)
    down = min(box.bottom, outer.bottom) - max(box.top, outer.top)
    area = box.width * box.height
    return max(0, across) * max(0, down) / area if area > 0 else 0.0


def _charge(record: DocketRecord, count: int, values: Mapping[str, Any], ink: Source) -> Charge:
    unknown: AnyReading = Reading(None, "", 0.0, (ink,))
    readings = {
        field.name: _said(values[field.name], ink) if field.name in values else unknown for field in CHARGE_FIELDS
    }
    return Charge(charge_id=charge_id_of(record.record_id, count), count=count, **readings)


def _said(value: Any, ink: Source, machine: AnyReading | None = None) -> AnyReading:
    """What the person said, over the machine's own ink where it has some."""
    sources = (machine.sources if machine else ()) or (ink,)
    raw = None if value is None else (machine.raw if machine else None) or ""
    return Reading(value, raw, 1.0, sources, settled_by=SettledBy.REVIEWER)


def charge_typed(texts: Mapping[str, str]) -> str:
    """The JSON of a charge from what was typed field by field; `-` says that nothing stands there, an empty text
    that it was not told. NotUnderstoodError, which names the field, where a text cannot be a value."""
    said: dict[str, Any] = {}
    for field in CHARGE_FIELDS:
        text = texts.get(field.name, "").strip()
        if text:
            said[field.name] = _typed(field, text)
    if not {"statute", "disposition"} & said.keys():
        raise NotUnderstoodError("at least its statute or how it ended")
    return json.dumps(said, ensure_ascii=False)


def _typed(field: fields.Field, text: str) -> Any:
    if text == NOTHING_THERE:
        return None
    path = f"{CHARGES_FIELD}.1.{field.name}"
    try:
        return json.loads(fields.encode(path, fields.parse(path, text)))
    except NotUnderstoodError as refused:
        raise NotUnderstoodError(f"for {field.label.lower()}, {refused.expected}") from None
