"""Whose rows are whose: a page that tells of several defendants is cut where each begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extract.caption import PEOPLE, Part, name_mentions, number_mentions
from extract.charges import is_charge_statute, statutes_in
from extract.dates import opens_with_date
from extract.dispositions import wordings_in
from extract.doc import Line
from extract.numbers import same_case

ALIKE_NAMES = 70  # of 100: a surname read twice, however badly, is this like itself


@dataclass
class Person:
    """The parts of the pages that speak of one defendant, and what they are known by."""

    number: str | None
    surname: str | None
    parts: list[Part]


def parts_of(parts: Sequence[Part]) -> list[list[Part]]:
    """For each defendant the parts of the pages that speak of them, in order of appearance."""
    people: list[Person] = []
    for part in parts:
        for number, piece in _pieces(part):
            surname = next((m.name.surname for m in name_mentions(piece) if m.place != "guess"), None)
            home = _home(people, number, surname, piece)
            if home is None:
                people.append(Person(number, surname, [piece]))
            else:
                home.parts.append(piece)
                home.number, home.surname = home.number or number, home.surname or surname
    return [person.parts for person in people] or [[]]


def _home(people: Sequence[Person], number: str | None, surname: str | None, piece: Part) -> Person | None:
    """The person so far whose rows these are; rows without number and name go on with the last one."""
    if not people:
        return None
    if number is None and surname is None:
        return people[-1]
    accused = any(is_charge_statute(found) for _, line in piece.numbered for found in statutes_in(line))
    for person in people:
        same_number = number is None or person.number is None or _one_case(person.number, number)
        same_name = surname is None or person.surname is None or _alike(surname, person.surname)
        here = any(part.sheet is piece.sheet for part in person.parts)
        another = accused if surname is None else surname != person.surname  # a caption anew, and charges of its own
        if same_number and same_name and not (here and another):
            return person
    return None


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= ALIKE_NAMES


def _one_case(one: str, other: str) -> bool:
    """Whether two numbers are one, misread at most twice and not in the defendant's suffix alone."""
    if same_case(one, other):
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) not in (0, 2):
        return False
    differ = [i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b]
    suffix_only = len(one) == len(other) and len(one) >= 11 and all(i >= len(one) - 2 for i in differ)
    return len(differ) <= 2 and not suffix_only


def _pieces(part: Part) -> list[tuple[str | None, Part]]:
    """The rows of a page cut where a new caption follows rows of another case."""
    starts: list[tuple[int, str | None]] = []
    told = False  # whether rows since the last caption told of a case
    own = {m.span.start: m.found.value for m in number_mentions(part) if m.own}
    for row, line in part.numbered:
        value = next((v for start, v in own.items() if line.span.start <= start < line.span.end), None)
        fresh = value is not None or _blind_caption(part, row)
        if fresh and (not starts or told or _other_row(starts, value)):
            starts.append((_caption_top(part, row), value))
            told = False
        told = told or _tells(line)
    if len(starts) <= 1:
        return [(starts[0][1] if starts else None, part)]
    return _with_heading(part, _cut(part, starts))


def _other_row(starts: Sequence[tuple[int, str | None]], value: str | None) -> bool:
    """In a table each row's number begins a case of its own."""
    last = starts[-1][1]
    return value is not None and last is not None and not _one_case(value, last)


def _blind_caption(part: Part, row: int) -> bool:
    """A caption whose number was not read: labels of number and name in one row."""
    fields = {label.field for label in part.labels if label.line == row}
    return {"docket_number", "name"} <= fields


def _tells(line: Line) -> bool:
    return (opens_with_date(line.text) and bool(wordings_in(line.plain))) or any(
        map(is_charge_statute, statutes_in(line))
    )


def _cut(part: Part, starts: list[tuple[int, str | None]]) -> list[tuple[str | None, Part]]:
    starts[0] = (part.numbered[0][0], starts[0][1])
    out: list[tuple[str | None, Part]] = []
    for at, (first, number) in enumerate(starts):
        last = starts[at + 1][0] if at + 1 < len(starts) else part.numbered[-1][0] + 1
        rows = tuple((n, line) for n, line in part.numbered if first <= n < last)
        labels = tuple(label for label in part.labels if first <= label.line < last)
        if rows:
            out.append((number, replace(part, numbered=rows, labels=labels)))
    return out


_OF_PERSON = ("name", "surname", "given", "middle", "suffix", "alias", "birth_date", "sex", "race", "ir_number", "sid")
_NAMING = _OF_PERSON[:3]


def _with_heading(part: Part, pieces: list[tuple[str | None, Part]]) -> list[tuple[str | None, Part]]:
    """The pieces, each with the particulars of the person that a heading above all of them gives: where no case names
    anybody itself, and each follows right upon what became of the one before."""
    numbered = {label.line for label in part.labelled("docket_number")} | {
        row for row, line in part.numbered for m in number_mentions(part) if m.own and m.span.start in _tokens(line)
    }
    first = min(numbered, default=0)
    naming = [label.line for label in part.labelled(*_NAMING) if label.value is not None]
    rows = dict(part.numbered)
    above = [rows.get(piece.numbered[0][0] - 1) for _, piece in pieces[1:]]
    close = all(line is not None and (wordings_in(line.plain) or statutes_in(line)) for line in above)
    if not naming or max(naming) >= first - 1 or not close:
        return pieces
    labels = tuple(label for label in part.labels if label.line < first and label.field in _OF_PERSON)
    heading = tuple((row, rows[row]) for row in sorted({label.line for label in labels}))
    shared = [
        (number, replace(piece, numbered=heading + piece.numbered, labels=labels + piece.labels))
        for number, piece in pieces[1:]
    ]
    return [pieces[0], *shared]


def _tokens(line: Line) -> range:
    return range(line.span.start, line.span.end)


def _caption_top(part: Part, row: int) -> int:
    """The row where the caption of the number in `row` begins: up to two rows above name the people or court."""
    lines, named = dict(part.numbered), {label.line for label in part.labelled(*_NAMING)}
    for above in (row - 2, row - 1):
        line = lines.get(above)
        if line is None or opens_with_date(line.text):
            continue
        if (
            above in named
            or PEOPLE.search(line.plain)
            or any(word in line.plain for word in ("DEFENDANT", "NAME", "CIRCUIT COURT"))
        ):
            return above
    return row
