"""Captions that are already text, read off paper with their errors, as records to link."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from casefile.docket import Defendant, DocketRecord, Reading, RecordId, Sex, Suffix, silent
from match.birth_dates import whole_figures
from match.docket_numbers import canonical_docket_number
from match.names import LONGEST_NAME, letters
from match.table import Problem, Row, read_table

NEEDED = ("caption_id", "name_raw")
COLUMNS = (*NEEDED, "birth_date_raw", "sex", "race", "sid", "ir_number", "alias_raw", "docket_number")
ALSO_KNOWN = re.compile(r"\s+(?:A/K/A|A\.?K\.?A\.?)\s+", re.IGNORECASE)
LONGEST_NUMBER = 15
SUFFIXES = frozenset(Suffix.__members__)
LOOK_LIKE = {"(": "C", "[": "L", "{": "C", "]": "J", "|": "I", "!": "I", "$": "S"}
ATTACHED = re.compile(r"(?<=[^\W\d]{3})(?=[(\[{|!.](?:JR|SR|II|III|IV)\b)", re.IGNORECASE)  # a suffix after a mark
MARKS = re.compile(r"(?<=[^\W\d])[(\[{](?=[^\W\d])|\](?=[^\W\d])|[|!$](?=\w)|(?<=\w)[|!$]")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CaptionList:
    """One record a caption, its `record_id` being the `caption_id`, and the cells not understood."""

    records: tuple[DocketRecord, ...]
    problems: tuple[Problem, ...]


def read_captions(path: Path) -> CaptionList:
    """The captions in a CSV file as records without charges."""
    table = read_table(path, "the list of captions", COLUMNS, NEEDED)
    problems: list[Problem] = []
    return CaptionList(tuple(_record(row) for row in table.each(problems)), tuple(problems))


def _record(row: Row) -> DocketRecord:
    return DocketRecord(
        record_id=RecordId(row.text("caption_id")),
        document_kind=None,
        page_ids=(),
        docket_number=_reading(row, "docket_number", _docket_number),
        arrest_date=silent(),
        filed_date=silent(),
        arresting_agency=silent(),
        defendant=_defendant(row),
    )


def _defendant(row: Row) -> Defendant:
    name = row.cell("name_raw", name_in, None)
    unread: Reading[str] = Reading(None, row.text("name_raw") or None, 0.0)
    aliases = [f"{name.alias}, {name.given}"] if name and name.alias else []
    if alias := row.cell("alias_raw", _alias, ""):
        aliases.append(alias)
    return Defendant(
        surname=_read(name.surname, row.text("name_raw")) if name else unread,
        given=_read(name.given, row.text("name_raw")) if name else unread,
        middle=_read(name.middle, row.text("name_raw")) if name else silent(),
        suffix=_suffix(name, row.text("name_raw")) if name else silent(),
        aliases=tuple(Reading(alias) for alias in aliases),
        birth_date=_birth_date(row.text("birth_date_raw")),
        sex=_reading(row, "sex", lambda text: Sex(text.upper())),
        race=_reading(row, "race", str),
        ir_number=_reading(row, "ir_number", _number),
        sid=_reading(row, "sid", _number),
    )


def _suffix(name: PrintedName, raw: str) -> Reading[Suffix]:
    return Reading(None, raw, 0.0) if name.suffix_in_doubt else Reading(name.suffix)


def _read(text: str, raw: str) -> Reading[str]:
    return Reading(text, raw) if text else silent()


def _reading(row: Row, column: str, understood: Callable[[str], T]) -> Reading[T]:
    """The cell as a reading: what cannot be understood is ink nobody could read."""
    value: T | None = row.cell(column, understood, None)
    raw = row.text(column)
    return Reading(value, raw or None, 0.0 if raw and value is None else 1.0)


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A caption's name taken apart; `alias` is a second surname after AKA, and a suffix `in doubt` has several
    readings."""

    surname: str
    given: str = ""
    middle: str = ""
    suffix: Suffix | None = None
    alias: str = ""
    suffix_in_doubt: bool = False


def name_in(text: str) -> PrintedName:
    """`SURNAME, GIVEN MIDDLE SUFFIX` or `GIVEN MIDDLE SURNAME`; an early point may be a comma."""
    if not 0 < len(letters(_with_letters(text))) <= 2 * LONGEST_NAME:
        raise ValueError("not a name")
    if not any(c.isalpha() for c in _with_letters(text)):
        raise ValueError("a name without letters")
    if "," not in text:
        text = re.sub(r"^([^\s.]{3,})\.\s+(?=\S)", r"\1, ", text.strip())
    before, comma, after = ATTACHED.sub(" ", text).upper().partition(",")
    before, *also = ALSO_KNOWN.split(before, maxsplit=1)
    suffixes, first = _without_suffixes(before.split())
    others, rest = _without_suffixes(re.split(r"[\s,]+", after.strip()))
    alias = _with_letters(" ".join(also))
    name = PrintedName(" ".join(first), *_given(rest), alias=alias) if comma else _in_spoken_order(first, alias)
    return _with_suffix(name, suffixes | others)


def _with_letters(text: str) -> str:
    """The text with the letters that marks within or at the beginning of a word stand for."""
    return MARKS.sub(lambda found: LOOK_LIKE[found[0]], text)


def _in_spoken_order(words: list[str], alias: str) -> PrintedName:
    if len(words) < 2:
        return PrintedName(" ".join(words), alias=alias)
    if len(words) > 2 and len(letters(words[-1])) == 1:
        return PrintedName(words[0], words[1], " ".join(words[2:]), alias=alias)
    return PrintedName(words[-1], words[0], " ".join(words[1:-1]), alias=alias)


def _given(words: list[str]) -> tuple[str, str]:
    return (words[0], " ".join(words[1:])) if words else ("", "")


def _with_suffix(name: PrintedName, suffixes: set[str]) -> PrintedName:
    if len(suffixes) > 1 or "" in suffixes:
        return replace(name, suffix_in_doubt=True)
    return replace(name, suffix=Suffix(suffixes.pop()) if suffixes else None)


def _without_suffixes(words: list[str]) -> tuple[set[str], list[str]]:
    """The suffixes that the words may be, `` for none, and the other words, marks within them read as letters.

    A mark is no part of a suffix: `JR!` is one as it stands; `II!` may be the third, and `I!` an initial.
    """
    suffixes: set[str] = set()
    rest: list[str] = []
    for word in words:
        plain, marked = letters(word), letters("".join(LOOK_LIKE.get(c, c) for c in word))
        suffixes |= {plain, marked} & SUFFIXES
        if marked in SUFFIXES and plain not in SUFFIXES:
            suffixes.add("")
            rest += [plain] if plain else []
        elif plain not in SUFFIXES and letters(as_word := _with_letters(word)):
            rest.append(as_word)
    return suffixes, rest


def _birth_date(raw: str) -> Reading[date]:
    """The day where it is printed cleanly with its century; otherwise the ink is left to be compared."""
    found = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", raw)
    if not found or not whole_figures(raw):
        return Reading(None, raw, 0.0) if raw else silent()
    month, day, year = map(int, found.groups())
    try:
        return Reading(date(year, month, day), raw)
    except ValueError:
        return Reading(None, raw, 0.0)


def _alias(text: str) -> str:
    surname, comma, given = text.partition(",")
    if not comma:
        name = name_in(text)
        surname, given = name.surname, name.given
    if not 0 < len(letters(surname)) <= LONGEST_NAME:
        raise ValueError("not SURNAME, GIVEN")
    return f"{surname.strip()}, {given.strip()}"


def _number(text: str) -> str:
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    if not 0 < len(bare) <= LONGEST_NUMBER:
        raise ValueError("not a number")
    return bare


def _docket_number(text: str) -> str:
    if not (number := canonical_docket_number(text)):
        raise ValueError("not a docket number")
    return number
