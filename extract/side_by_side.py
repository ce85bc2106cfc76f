"""Counts side by side: a row of their numbers, and under it a row for each thing that is said of all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from extract.dates import opens_with_date
from extract.doc import Line, Sheet, level_of
from extract.entries import count_number
from extract.headings import notion_of
from extract.labels import fields_in
from extract.retold import CHARGED, DAY, ENDED, Telling, Told, is_crowded

_NUMBERED = re.compile(r"(?:COUNTS?|CTS?|CNTS?|CHARGES?|CHGS?)\.? ?(?:NO\.? ?|#)?0{0,2}([1-9]\d?|[IVX]{1,4})\W*")
NEAR = 1.6  # in character widths: what begins this near to the number of a count stands under it
FAR = 3.2  # in heights of a row: rows further apart are no table any more
_PLACES = {*CHARGED, *ENDED, DAY, "offense_date"}


def side_by_side_on(sheet: Sheet) -> Telling | None:
    """The counts that stand beside each other on a page; None where none do or their rows cannot be told apart."""
    bands = {row: heads for row, line in enumerate(sheet.lines) if len(heads := _heads(line)) > 1}
    told = [_counts(sheet, row, heads) for row, heads in bands.items()]
    whole = [telling for telling in told if telling is not None]
    numbers = [count.number for telling in whole for count in telling.counts]
    if not whole or len(whole) < len(told) or len(set(numbers)) < len(numbers):
        return None
    rows = frozenset(row for telling in whole for row in telling.rows)
    named = frozenset(token for telling in whole for token in telling.heads)
    return Telling(tuple(count for telling in whole for count in telling.counts), rows, heads=named)


def _heads(line: Line) -> list[tuple[int, Span]]:
    """The numbers of a row of counts and their cells; empty where the row says more, or names one twice."""
    found = [(_NUMBERED.fullmatch(cell.text.upper()), cell) for cell in line.cells]
    if found and found[0][0] is None and fields_in(found[0][1].text):
        found = found[1:]  # a word for the column of labels
    numbers = [(count_number(match[1]), cell) for match, cell in found if match is not None]
    whole = [(number, cell) for number, cell in numbers if number]
    distinct = len({number for number, _ in whole}) == len(found)
    return whole if len(whole) == len(found) and distinct else []


def _counts(sheet: Sheet, top: int, heads: Sequence[tuple[int, Span]]) -> Telling | None:
    counts = [Told(number) for number, _ in heads]
    lefts = [float(level_of(cell[0]).left) for _, cell in heads]
    named: set[int] = {token.i for token in sheet.lines[top].span}
    rows, place, met = {top}, "", set[str]()
    for row in range(top + 1, len(sheet.lines)):
        above, line = sheet.lines[row - 1], sheet.lines[row]
        cut = _cut(line, lefts)
        far = line.top - above.bottom > FAR * max(10, above.bottom - above.top)
        if far or cut is None or opens_with_date(line.text) or _heads(line):
            break
        label = cut.pop(-1, [])
        before, place = place, _place(label) if label else place
        if place and place != before and place in met:
            return None  # another band, its heads lost, or what was done later
        met.add(place)
        if not place:
            break
        named.update(token.i for token in label)
        rows.add(row)
        for column, words in cut.items():
            counts[column].add(place, words, label)
    told = [place for count in counts for place in count.places if place in ENDED]
    if not all(map(_tells_termination, counts)):
        return None
    if not told or any(is_crowded(count) or not count.is_charge for count in counts):
        return None
    return Telling(tuple(counts), frozenset(rows), heads=frozenset(named))


_HOW = re.compile(r"\W*(?:(?:UN)?SAT|(?:UN)?SUCC|TERM|REVOK|DISCH|VACAT)")


def _tells_termination(told: Told) -> bool:
    """Whether what stands beside a label of terminations, if anything, says how a period ended or on what day; a
    length is how long it was to last."""
    text = " ".join(token.norm_ for token in told.places.get("termination", []))
    return not text or _HOW.match(text) is not None or opens_with_date(text)


def _place(label: Sequence[Token]) -> str:
    """What a row with this label says of each count; empty where the label names nothing of a count."""
    text = " ".join(token.text for token in label)
    if any(notion_of(token.norm_) == "TERM" for token in label):
        return "termination"
    field = next(iter(fields_in(text)), "")
    if field == "other" and notion_of(label[0].norm_) == "DATE":
        field = DAY
    return field if field in _PLACES else ""


def _cut(line: Line, lefts: Sequence[float]) -> dict[int, list[Token]] | None:
    """The words of a row by the count they stand under, those left of all counts as -1; None where a stretch of them
    begins under no number."""
    out: dict[int, list[Token]] = {}
    near = NEAR * line.pitch
    for cell in line.cells:
        left = float(level_of(cell[0]).left)
        under = [at for at, edge in enumerate(lefts) if abs(left - edge) < near]
        if not under and left > lefts[0]:
            return None
        at = under[0] if under else -1
        for token in cell:
            begun = [
                i for i, edge in enumerate(lefts) if i > at and abs(level_of(token).left - edge) < 0.6 * line.pitch
            ]
            at = begun[0] if begun and token.i > cell.start else at
            out.setdefault(at, []).append(token)
    return out
