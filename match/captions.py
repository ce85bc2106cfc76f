"""Captions that are already text, read off paper with their errors, as records to link."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from casefile.docket import Defendant, DocketRecord, Reading, RecordId, Sex, Suffix, silent
from match.birth_dates import whole_figures
from match.docket_numbers import canonical_docket_number
from match.names import LONGEST_NAME, letters
from match.table import Problem, read_table

NEEDED = ("caption_id", "name_raw")
COLUMNS = (*NEEDED, "birth_date_raw", "sex", "race", "sid", "ir_number", "alias_raw", "docket_number")
ALSO_KNOWN = re.compile(r"\s+(?:A/K/A|A\.?K\.?A\.?)\s+", re.IGNORECASE)
LONGEST_NUMBER = 15
SUFFIXES = frozenset(Suffix.__members__)
LOOK_LIKE = {"(": "C", "[": "L", "{": "C", "]": "J", "|": "I", "!": "I", "$": "S"}
MARK = frozenset(LOOK_LIKE)
ATTACHED = re.compile(r"(?<=[^\W\d]{3})(?=[(\[{|!.](?:JR|SR|II|III|IV)\b)", re.IGNORECASE)  # a suffix after a mark
MARKS = re.compile(r"(?<=[^\W\d])[(\[{](?=[^\W\d])|\](?=[^\W\d])|[|!$](?=\w)|(?<=\w)[|!$]")

NOTHING: Reading[Any] = silent()
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

    def readings(column: str, understood: Callable[[str], T]) -> list[Reading[T]]:
        return table.values(column, lambda text: Reading(understood(text), text), _unread, problems)

    records = [
        DocketRecord(
            record_id=RecordId(caption_id),
            document_kind=None,
            page_ids=(),
            docket_number=docket_number,
            arrest_date=NOTHING,
            filed_date=NOTHING,
            arresting_agency=NOTHING,
            defendant=Defendant(
                name.surname,
                name.given,
                name.middle,
                name.suffix,
                (*name.aliases, *aliases),
                born,
                sex,
                race,
                ir_number,
                sid,
            ),
        )
        for caption_id, docket_number, name, aliases, born, sex, race, ir_number, sid in zip(
            table.texts("caption_id"),
            readings("docket_number", _docket_number),
            table.values("name_raw", _name, _no_name, problems),
            table.values("alias_raw", _aliases, _no_aliases, problems),
            table.values("birth_date_raw", _birth_date, _birth_date, []),
            readings("sex", lambda text: Sex(text.upper())),
            readings("race", str),
            readings("ir_number", _number),
            readings("sid", _number),
            strict=True,
        )
    ]
    return CaptionList(tuple(records), tuple(sorted(problems, key=attrgetter("row"))))


def _unread(text: str) -> Reading[Any]:
    """A cell that cannot be understood, which is ink nobody could read, or an empty one."""
    return Reading(None, text, 0.0) if text else NOTHING


class _Name(NamedTuple):
    """What a caption's name says."""

    surname: Reading[str]
    given: Reading[str]
    middle: Reading[str]
    suffix: Reading[Suffix]
    aliases: tuple[Reading[str], ...] = ()


def _name(raw: str) -> _Name:
    name = name_in(raw)
    suffix: Reading[Suffix] = (
        Reading(None, raw, 0.0) if name.suffix_in_doubt else Reading(name.suffix) if name.suffix else NOTHING
    )
    aliases = (Reading(f"{name.alias}, {name.given}"),) if name.alias else ()
    return _Name(_read(name.surname, raw), _read(name.given, raw), _read(name.middle, raw), suffix, aliases)


def _no_name(raw: str) -> _Name:
    unread: Reading[str] = Reading(None, raw or None, 0.0)
    return _Name(unread, unread, NOTHING, NOTHING)


def _aliases(text: str) -> tuple[Reading[str], ...]:
    return (Reading(_alias(text)),)


def _no_aliases(_: str) -> tuple[Reading[str], ...]:
    return ()


def _read(text: str, raw: str) -> Reading[str]:
    return Reading(text, raw) if text else NOTHING


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
    plain = _with_letters(text)
    if not 0 < len(letters(plain)) <= 2 * LONGEST_NAME:
        raise ValueError("not a name")
    if not any(c.isalpha() for c in plain):
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
    return text if MARK.isdisjoint(text) else MARKS.sub(lambda found: LOOK_LIKE[found[0]], text)


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
        if word.isascii() and word.isalpha() and word not in SUFFIXES:
            rest.append(word)
            continue
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
        return Reading(None, raw, 0.0) if raw else NOTHING
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
