"""The table of fields a person can be asked about: path, label, family, kind of value, where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from casefile.docket import Charge, Defendant, DocketRecord, Reading
from casefile.errors import ArgumentError
from review_queue import values
from review_queue.sentences import SENTENCE
from review_queue.shorthand import NotUnderstoodError
from review_queue.values import LONGEST, Kind

AnyReading = Reading[Any]

MATCH_FIELD = "match"
PAGE_FIELD = "page"


class Family(StrEnum):
    """Fields that err alike; each family has its own threshold."""

    DOCKET_NUMBER = "docket_number"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    DATE = "date"
    STATUTE = "statute"
    DISPOSITION = "disposition"
    TERMINATION = "termination"
    GRAMS = "grams"
    SENTENCE = "sentence"
    GRADE = "grade"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the record, what people call it, its family and kind of value."""

    name: str
    label: str
    family: Family
    kind: Kind


CASE_FIELDS = (
    Field("docket_number", "Docket number", Family.DOCKET_NUMBER, values.DOCKET_NUMBER),
    Field("arrest_date", "Arrest date", Family.DATE, values.DATE),
    Field("filed_date", "Filed", Family.DATE, values.DATE),
    Field("arresting_agency", "Arresting agency", Family.OTHER, values.TEXT),
)
DEFENDANT_FIELDS = (
    Field("surname", "Surname", Family.NAME, values.NAME),
    Field("given", "Given name", Family.NAME, values.NAME),
    Field("middle", "Middle name", Family.NAME, values.NAME),
    Field("suffix", "Suffix", Family.NAME, values.SUFFIX),
    Field("birth_date", "Birth date", Family.BIRTH_DATE, values.BIRTH_DATE),
    Field("sex", "Sex", Family.OTHER, values.SEX),
    Field("race", "Race", Family.OTHER, values.RACE),
    Field("ir_number", "IR number", Family.OTHER, values.IDENTIFIER),
    Field("sid", "SID", Family.OTHER, values.IDENTIFIER),
)
ALIAS_FIELD = Field("aliases", "Alias", Family.NAME, values.ALIAS)
CHARGE_FIELDS = (
    Field("statute", "Statute", Family.STATUTE, values.STATUTE),
    Field("description", "Description", Family.OTHER, values.TEXT),
    Field("grade", "Class", Family.GRADE, values.GRADE),
    Field("offense_date", "Offense date", Family.DATE, values.DATE),
    Field("grams", "Grams", Family.GRAMS, values.GRAMS),
    Field("subsequent", "Subsequent offense", Family.OTHER, values.FLAG),
    Field("section7", "Section 7 enhancement", Family.OTHER, values.FLAG),
    Field("plea", "Plea", Family.OTHER, values.PLEA),
    Field("disposition", "Disposition", Family.DISPOSITION, values.DISPOSITION),
    Field("disposition_date", "Disposition date", Family.DATE, values.DATE),
    Field("sentence", "Sentence", Family.SENTENCE, SENTENCE),
    Field("termination", "How it ended", Family.TERMINATION, values.TERMINATION),
    Field("violated", "Violation entered", Family.OTHER, values.FLAG),
)
_CASE = {field.name: field for field in CASE_FIELDS}
_DEFENDANT = {field.name: field for field in DEFENDANT_FIELDS}
_CHARGE = {field.name: field for field in CHARGE_FIELDS}
_PATH = re.compile(
    r"(?:defendant\.(?P<person>[a-z_]+)(?:\.(?P<alias>[1-9]\d?))?|charges\.(?P<count>[1-9]\d{0,3})\.(?P<charge>[a-z_0-9]+)|(?P<case>[a-z_]+))"
)


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A path taken apart: its field; the count of its charge or the position of its alias, both from 1."""

    field: Field
    count: int | None = None
    alias: int | None = None


def place_of(path: str) -> FieldPlace:
    """What `path` names; an unknown path is an `ArgumentError`."""
    found = _PATH.fullmatch(path)
    if found and found["count"] and found["charge"] in _CHARGE:
        return FieldPlace(_CHARGE[found["charge"]], count=int(found["count"]))
    if found and found["alias"] and found["person"] == ALIAS_FIELD.name:
        return FieldPlace(ALIAS_FIELD, alias=int(found["alias"]))
    if found and not found["alias"] and found["person"] in _DEFENDANT:
        return FieldPlace(_DEFENDANT[found["person"]])
    if found and found["case"] in _CASE:
        return FieldPlace(_CASE[found["case"]])
    raise ArgumentError("no such field")


def is_field(path: str) -> bool:
    """Whether `path` names a field of a record."""
    try:
        place_of(path)
    except ArgumentError:
        return False
    return True


def field_of(path: str) -> Field:
    return place_of(path).field


def label_of(path: str) -> str:
    """What people call the field, with the count of its charge: `Statute, count 2`."""
    if path == MATCH_FIELD:
        return "The person"
    if path.startswith(PAGE_FIELD):
        return "The page"
    if not is_field(path):
        return "A question of law"
    place = place_of(path)
    return place.field.label if place.count is None else f"{place.field.label}, count {place.count}"


def parse(path: str, text: str) -> Any:
    """The value a reviewer typed; what cannot be one is a `NotUnderstoodError` that says what can."""
    kind = field_of(path).kind
    if not text.strip() or len(text) > LONGEST:
        raise NotUnderstoodError(kind.expected)
    return kind.parse(text)


def show(path: str, value: Any) -> str:
    """The value as a person reads it, and could type it again; a dash for None."""
    return "—" if value is None else field_of(path).kind.show(value)


def encode(path: str, value: Any) -> str:
    """The value as JSON in the form of the exports, as an `Answer` keeps it."""
    return json.dumps(None if value is None else field_of(path).kind.encode(value), ensure_ascii=False)


def decode(path: str, kept: str | None) -> Any:
    """The value an `Answer` kept; None: the paper is silent there."""
    loaded = None if kept is None else json.loads(kept)
    return None if loaded is None else field_of(path).kind.decode(loaded)


def paths_of(record: DocketRecord) -> Iterator[str]:
    """Every path the record holds a reading at: the case, the defendant, each charge."""
    yield from _CASE
    if record.defendant is not None:
        yield from (f"defendant.{name}" for name in _DEFENDANT)
        yield from (f"defendant.aliases.{n}" for n in range(1, len(record.defendant.aliases) + 1))
    for charge in record.charges:
        yield from (f"charges.{charge.count}.{name}" for name in _CHARGE)


def readings_of(record: DocketRecord) -> Iterator[tuple[str, AnyReading]]:
    """Every path of the record with the reading there."""
    for path in paths_of(record):
        reading = reading_at(record, path)
        if reading is not None:
            yield path, reading


def reading_at(record: DocketRecord, path: str) -> AnyReading | None:
    """The reading at `path`; None where the record has no such charge, alias or defendant."""
    place = place_of(path)
    if place.count is not None:
        charge = _charge_of(record, place.count)
        return None if charge is None else getattr(charge, place.field.name)
    if place.field.name in _CASE and path == place.field.name:
        return getattr(record, place.field.name)  # type: ignore[no-any-return]
    if record.defendant is None:
        return None
    if place.alias is not None:
        return next(iter(record.defendant.aliases[place.alias - 1 : place.alias]), None)
    return getattr(record.defendant, place.field.name)  # type: ignore[no-any-return]


def with_reading(record: DocketRecord, path: str, reading: AnyReading) -> DocketRecord:
    """The record with `reading` at `path`, all else as it was; the place must be there."""
    place = place_of(path)
    if reading_at(record, path) is None:
        raise ArgumentError("the record has no such place")
    if place.count is not None:
        charges = tuple(_charge_with(charge, place, reading) for charge in record.charges)
        return replace(record, charges=charges)
    if record.defendant is not None and path.startswith("defendant."):
        return replace(record, defendant=_defendant_with(record.defendant, place, reading))
    return replace(record, **{place.field.name: reading})  # type: ignore[arg-type]


def _charge_of(record: DocketRecord, count: int) -> Charge | None:
    return next((charge for charge in record.charges if charge.count == count), None)


def _charge_with(charge: Charge, place: FieldPlace, reading: AnyReading) -> Charge:
    if charge.count != place.count:
        return charge
    return replace(charge, **{place.field.name: reading})  # type: ignore[arg-type]


def _defendant_with(defendant: Defendant, place: FieldPlace, reading: AnyReading) -> Defendant:
    if place.alias is None:
        return replace(defendant, **{place.field.name: reading})  # type: ignore[arg-type]
    before, after = defendant.aliases[: place.alias - 1], defendant.aliases[place.alias :]
    return replace(defendant, aliases=(*before, reading, *after))
