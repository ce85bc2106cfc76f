"""Charges that forms number: every row from one number to the next, whatever the order of what they say."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from casefile.docket import Grade
from extract.amounts import amount_in
from extract.charges import (
    CLASSED,
    OFFENSE_WORD,
    ChargeFound,
    StatuteFound,
    grade_in,
    is_charge_statute,
    segments_of,
    statutes_in,
    take_class,
    without_lead,
)
from extract.dates import dates_in
from extract.doc import Line, level_of
from extract.entries import ROMANS, count_number, letter_number

MOST_ROWS = 6  # of one charge
ROMAN = r"(?:VIII|VII|VI|IV|IX|III|II|I|V|X)"
COUNT_WORD = r"COUNTS?|CTS?|CNTS?|CHGS?|CHARGES?|COMPLAINTS?|OFFENSE|C"
_MARK = re.compile(
    rf"\W{{0,2}}(?:(?P<word>{COUNT_WORD})\.? ?:? ?(?:NO\.? ?)?)?(?P<sign>[#(]?)(?P<zeros>0{{0,2}})(?P<number>\d{{1,2}}|{ROMAN}(?<=[IVX]))(?P<end>[.):]*)"
    r"(?P<of> OF \d{1,2}[.):]*)?(?= |$)"
)
_ORDINAL_MARK = re.compile(
    r"\W{0,2}(?P<number>[1-9IL]ST|2ND|3RD|[4-9]TH|1\dTH) (?P<word>COUNT|CT|CHARGE|CHG)\b[.:]*(?= |$)"
)
_LETTER_MARK = re.compile(r"\W{0,2}(?:COUNTS?|CTS?|CNTS?|CHGS?|CHARGES?)\.? ?:? ?(?P<letter>[A-H])[.):]*(?= |$)")
_GRADE = re.compile(
    r"\(?(?:[FM][ /-]?[1-4XMABC]|[FMP]|(?:CL(?:ASS)?\.? ?)[1-4XMABC](?: (?:FEL(?:ONY)?|MISD\w*))?|(?:FEL(?:ONY)?|MISD\w*)\.?,? (?:CL(?:ASS|S)?\.? ?)?[1-4XMABC]|(?:FEL(?:ONY)?|MISD\w*))\)?"
)


@dataclass(frozen=True)
class Mark:
    """The number of a charge at the head of its first row."""

    row: int
    number: int
    span: Span
    left: int
    worded: bool = False  # the word for a count stands with it
    lettered: bool = False  # `Charge A`


def marks_in(rows: Sequence[tuple[int, Line]], is_entry: Callable[[int, Line], bool]) -> list[Mark]:
    """The numbers 1, 2, 3 that stand under each other; empty where the rows have none. After the first entry only
    those that say what they number, as where each charge has its entries below it."""
    out: list[Mark] = []
    entered = False
    for row, line in rows:
        if is_entry(row, line):
            entered = True
            continue
        mark = _mark(row, line)
        if mark is None or mark.number != len(out) + 1 or (entered and not (mark.worded and out)):
            continue
        if out and abs(mark.left - out[0].left) > 2.5 * line.pitch:
            continue
        if out and not entered and row - out[-1].row > MOST_ROWS:
            continue
        out.append(mark)
    return out


def _mark(row: int, line: Line) -> Mark | None:
    found = _MARK.match(line.text.upper())
    if found is None:
        return _ordinal_mark(row, line)
    span = line.at(found.start(), found.end())
    if span.end >= line.span.end:
        alone = found["word"] and found["number"].isdigit() and int(found["number"]) > 0
        return Mark(row, int(found["number"]), span, level_of(span[0]).left, worded=True) if alone else None
    signed = found["word"] or found["sign"] or found["end"] or found["zeros"]
    gap = level_of(line.span.doc[span.end]).left - level_of(span[-1]).right
    if not signed and gap < 1.3 * line.pitch and not statutes_in(line):
        return None
    number = count_number(found["number"])
    if not number or (found["number"] in ROMANS and not found["word"]):
        return None
    return Mark(row, number, span, level_of(span[0]).left, worded=bool(found["word"]))


def _ordinal_mark(row: int, line: Line) -> Mark | None:
    """The mark of a charge headed `1st count:` or `Charge A`."""
    found = _ORDINAL_MARK.match(line.text.upper())
    if found is None:
        return _letter_mark(row, line)
    span = line.at(found.start(), found.end())
    number = int(found["number"][:-2].translate(str.maketrans("IL", "11")))
    return Mark(row, number, span, level_of(span[0]).left, worded=True) if span.end < line.span.end else None


def _letter_mark(row: int, line: Line) -> Mark | None:
    found = _LETTER_MARK.match(line.text.upper())
    if found is None:
        return None
    span = line.at(found.start(), found.end())
    number = letter_number(found["letter"])
    return Mark(row, number, span, level_of(span[0]).left, True, True) if span.end < line.span.end else None


def blocks_of(
    marks: Sequence[Mark], rows: Sequence[tuple[int, Line]], ends: Callable[[int, Line], bool]
) -> list[list[int]]:
    """For each number its rows; the last charge goes on no longer than the others did."""
    lines = dict(rows)
    out: list[list[int]] = []
    for at, mark in enumerate(marks):
        stop = marks[at + 1].row if at + 1 < len(marks) else mark.row + MOST_ROWS
        block = [mark.row]
        for row in range(mark.row + 1, stop):
            line = lines.get(row)
            if line is None or ends(row, line) or _apart(lines[block[-1]], line):
                break
            if at + 1 == len(marks) and not (
                _goes_on(mark, line, len(block), out) or goes_on_openly(lines[block[-1]], line)
            ):
                break
            block.append(row)
        out.append(block)
    return out


def _apart(above: Line, line: Line) -> bool:
    return line.top - above.bottom > 1.3 * max(10, above.bottom - above.top)


def _goes_on(mark: Mark, line: Line, so_far: int, before: Sequence[Sequence[int]]) -> bool:
    longest = max((len(block) for block in before), default=MOST_ROWS - 1)
    return so_far < longest and line.left > mark.left + 1.5 * line.pitch


def goes_on_openly(above: Line, line: Line) -> bool:
    """Whether the words of a charge are still open where its row ends and go on below, or only their amount stands
    there: `POSSESSION OF | CANNABIS 10-30 GR`, `POSS CANNABIS | 10-30 GR`."""
    over = [cell for cell in above.cells if level_of(cell[0]).left < level_of(line.cells[0][-1]).right]
    if not over or _apart(above, line) or any(map(is_charge_statute, statutes_in(line))):
        return False
    said, more = over[-1].text.upper(), line.cells[0].text.upper()
    is_open = _OPEN.search(said) is not None and OFFENSE_WORD.search(more) is not None
    return is_open or (OFFENSE_WORD.search(said) is not None and _is_amount(more))


_OPEN = re.compile(r"(?:\b(?:OF|WITH|TO)|[a-zA-Z] ?[-/])$")
_WORDS_OF_AMOUNT = {"GRAMS", "GRAM", "GRMS", "GMS", "GM", "GR", "G", "LESS", "MORE", "THAN", "OVER", "UNDER", "NOT", "TO", "AND", "BUT"}  # fmt: skip


def _is_amount(text: str) -> bool:
    """Whether words are those of an amount and of nothing else."""
    return amount_in(text) is not None and set(re.findall(r"[A-Z]+", text)) <= _WORDS_OF_AMOUNT


def charge_in(
    mark: Mark, block: Sequence[int], lines: dict[int, Line], foreign: Callable[[int], frozenset[int]]
) -> ChargeFound | None:
    """The charge that a block of rows states; None where the rows accuse of nothing, or of two things."""
    cited = [(row, s) for row in block for s in statutes_in(lines[row]) if is_charge_statute(s)]
    if len(cited) > 1:
        return None
    row, statute = cited[0] if cited else (mark.row, None)
    charge = ChargeFound(row, statute, mark.number, mark.span, lines=list(block))
    for number in block:
        _read_row(charge, lines[number], foreign(number) | _marked(mark, number, lines), statute)
    worded = OFFENSE_WORD.search(charge.description.upper()) is not None
    return charge if statute is not None or worded else None


def _marked(mark: Mark, row: int, lines: dict[int, Line]) -> frozenset[int]:
    return frozenset(range(mark.span.start, mark.span.end)) if row == mark.row else frozenset()


def _read_row(charge: ChargeFound, line: Line, foreign: frozenset[int], statute: StatuteFound | None) -> None:
    taken = set(foreign)
    for found in dates_in(line.text):
        taken |= {t.i for t in line.at(found.start, found.end)}
    if statute is not None:
        taken |= set(range(statute.span.start, statute.span.end))
    for segment in segments_of(line, taken):
        _take(charge, segment)


_CITING = re.compile(r"(?:UNDER|CONTRARY TO|IN VIOLATION OF|PURSUANT TO|STATUTE|LAW)[ :.,]*")  # words before a citation


def _take(charge: ChargeFound, segment: Span) -> None:
    """Give a piece of a row to class or words by what it says."""
    rest = _without_grade(charge, segment)
    if rest is None:
        return
    text = rest.text
    classed = CLASSED.search(text)
    if classed is not None and charge.grade is None:
        text = take_class(charge, rest, classed).strip(" ,")
    if sum(c.isalpha() for c in text) < 2:
        return
    text = re.sub(r"\s+", " ", text).strip(" ,;'‘’\"-").lstrip(".")
    if _CITING.fullmatch(text.upper()):
        return
    accuses = OFFENSE_WORD.search(text.upper()) is not None
    wanting = not charge.description or not any(c.isdigit() for c in charge.description)
    if not charge.description or (accuses and wanting and OFFENSE_WORD.search(charge.description.upper()) is None):
        charge.description, charge.description_span = without_lead(text), rest
    elif charge.description_span is not None and _adds(charge.description, text):
        charge.description = f"{charge.description} {text}"
        charge.description_span = rest.doc[charge.description_span.start : rest.end]
    charge.amount = amount_in(charge.description)


def _adds(words: str, more: str) -> bool:
    """Whether a further piece goes on with the words of the charge, as a wrapped description does."""
    return len(words) >= 12 and OFFENSE_WORD.search(more.upper()) is not None


def _without_grade(charge: ChargeFound, segment: Span) -> Span | None:
    """The piece without the class at its front; None where it is nothing else."""
    if charge.grade in (Grade.F, Grade.M) and len(segment) == 1 and re.fullmatch(r"[1-4XMABC]", segment.text.upper()):
        both = grade_in(f"{charge.grade.value} {segment.text}")
        charge.grade = both or charge.grade
        return None
    for size in (len(segment), 2, 1):
        piece = segment[:size]
        if size > len(segment) or not _GRADE.fullmatch(piece.text.upper().strip(" ,.")):
            continue
        spelled = len(piece.text) > 3
        if size < len(segment) and (
            spelled or (len(piece.text) == 1 and len(segment) <= 2 and segment[1].text.isalpha() is False)
        ):
            continue
        grade = grade_in(piece.text)
        if grade is None or charge.grade is not None:
            continue
        charge.grade, charge.grade_span = grade, piece
        return segment.doc[segment.start + size : segment.end] if size < len(segment) else None
    return segment
