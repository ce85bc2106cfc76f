"""What the tagger sees where the finders found nothing: a value to ask about, never one to rely on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from casefile.docket import Charge, Defendant, Disposition, DocketRecord, Reading, Source
from extract.caption import Part
from extract.dates import dates_in
from extract.doc import source_of
from extract.names import name_in
from extract.numbers import docket_numbers_in
from extract.tagger import Tagged, fields_told

T = TypeVar("T")

# The share of the tagger's own probability that is claimed; the most lies below what is accepted unseen.
TRUSTED, AT_MOST = 0.7, 0.6
WORTH_ASKING = 0.6  # less sure than this, the tagger is not heard
AGAINST_SILENCE = 0.85  # nor below this where the finders saw no ink at all
SILENT_AFTER_ALL = 0.8  # of what is left of 1, the share of silence, where the finders found the page silent


@dataclass(frozen=True)
class Offered:
    """A value the tagger sees, with its ink."""

    value: Any
    raw: str
    source: Source
    probability: float


def with_second_look(record: DocketRecord, parts: Sequence[Part]) -> DocketRecord:
    """The record with what the tagger offers in fields that the finders found silent or did not find; values that
    were read stay as they are."""
    if record.defendant is None or not _wanting(record):
        return record
    seen = _Seen(parts)
    person = record.defendant
    new = replace(
        record,
        docket_number=seen.instead_of(record.docket_number, "docket_number"),
        arrest_date=seen.instead_of(record.arrest_date, "arrest_date"),
        defendant=_named(person, seen),
    )
    return replace(new, charges=tuple(_charge(charge, record, seen) for charge in record.charges))


def _wanting(record: DocketRecord) -> bool:
    person = record.defendant
    readings: list[Reading[Any]] = [record.docket_number, record.arrest_date]
    if person is not None:
        readings += [person.surname, person.given, person.birth_date]
    readings += [r for c in record.charges for r in (c.offense_date, c.disposition_date)]
    return any(reading.value is None for reading in readings)


def _named(person: Defendant, seen: _Seen) -> Defendant:
    """The defendant; a name is offered whole, from one place, where no surname was read."""
    out = replace(person, birth_date=seen.instead_of(person.birth_date, "birth_date"))
    if person.surname.is_read:
        return out
    return replace(
        out, surname=seen.instead_of(person.surname, "surname"), given=seen.instead_of(person.given, "given")
    )


def _charge(charge: Charge, record: DocketRecord, seen: _Seen) -> Charge:
    """The charge with days that the page gives once: of the offense, and of an ending that was read without one."""
    out = replace(charge, offense_date=seen.instead_of(charge.offense_date, "offense_date", only=True))
    if charge.disposition.value in (None, Disposition.PENDING):
        return out
    return replace(out, disposition_date=seen.instead_of(charge.disposition_date, "disposition_date", only=True))


class _Seen:
    """What the tagger sees on the rows that speak of one defendant."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.by_field: dict[str, list[Offered]] = {}
        for part in parts:
            rows = {i for _, line in part.numbered for i in range(line.span.start, line.span.end)}
            for told in fields_told(part.sheet.doc):
                if told.span.start in rows and told.probability >= WORTH_ASKING:
                    self._take(told, part)

    def _take(self, told: Tagged, part: Part) -> None:
        parser = PARSERS.get(told.field)
        value = parser(told.span.text) if parser is not None else None
        if value is not None:
            source = source_of(told.span, part.sheet.page)
            offered = Offered(value, told.span.text, source, told.probability)
            self.by_field.setdefault(told.field, []).append(offered)

    def instead_of(self, reading: Reading[T], field: str, *, only: bool = False) -> Reading[T]:
        """The reading or, where it holds no value, what is seen in its place; `only`: where all that is seen agrees."""
        least = AGAINST_SILENCE if reading.is_silent else WORTH_ASKING
        offered = [one for one in self.by_field.get(field, ()) if one.probability >= least]
        values = {one.value for one in offered}
        if reading.is_read or not offered or (only and len(values) > 1):
            return reading
        best = max(offered, key=lambda one: one.probability)
        others = tuple(dict.fromkeys(v for v in _ranked(offered) if v != best.value))[:3]
        return _offered(reading, best, others)


def _ranked(offered: Sequence[Offered]) -> Iterator[Any]:
    yield from (one.value for one in sorted(offered, key=lambda one: -one.probability))


def _offered(reading: Reading[T], best: Offered, others: Sequence[Any]) -> Reading[T]:
    """What is seen, as a doubt: the finders' own other values, and silence where they found that, stay listed."""
    sure = min(AT_MOST, TRUSTED * best.probability)
    left = 1.0 - sure
    listed: dict[Any, float] = {}
    if reading.is_silent:
        listed[None] = left * SILENT_AFTER_ALL * reading.confidence
    room = left - sum(listed.values())
    rivals = {value: p for value, p in reading.alternatives if value is not None and value != best.value}
    rivals |= {value: 0.2 for value in others if value not in rivals}
    total = sum(rivals.values())
    listed |= {value: 0.5 * room * p / max(1.0, total) for value, p in rivals.items()}
    alternatives = tuple((value, round(p, 6)) for value, p in listed.items() if p > 0)
    return replace(
        reading,
        value=best.value,
        raw=best.raw,
        confidence=round(sure, 5),
        sources=tuple(dict.fromkeys((best.source, *reading.sources))),
        alternatives=alternatives,
    )


def _day(text: str) -> Any:
    found = [one.value for one in dates_in(text) if one.value is not None]
    return found[0] if len(found) == 1 else None


def _number(text: str) -> Any:
    found = docket_numbers_in(text)
    return found[0].value if len(found) == 1 else None


def _surname(text: str) -> Any:
    name = name_in(f"{text.strip(' .,:;')}, A", surname_first=True)
    return name.surname if name is not None else None


def _given(text: str) -> Any:
    word = text.strip(" .,:;").upper()
    return word if word.isalpha() and len(word) > 1 else None


PARSERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("birth_date", "arrest_date", "offense_date", "disposition_date"), _day),
    "docket_number": _number,
    "surname": _surname,
    "given": _given,
}
