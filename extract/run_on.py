"""Charges that run on in one paragraph behind its label: each set in a row of its own, and the day of all of them."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span

from extract.charges import is_charge_statute, statutes_in
from extract.dates import dates_in, opens_with_date
from extract.dispositions import Effect, wordings_in
from extract.doc import Line, Sheet, sheet_of
from extract.entries import count_number
from extract.labels import labels_on
from extract.retold import Setter

_MOST_ROWS = 8
_ENDING = (Effect.FINAL, Effect.NOT_GUILTY, Effect.PLEA_GUILTY, Effect.SENTENCE, Effect.SATISFIED, Effect.GONE)
_LABEL = re.compile(
    r"^\W*(?:OFFENSES?|OFFENCES?|CHARGES?|CHARGED(?: WITH)?|VIOLATIONS?|CRIMES?)(?:\(S\))?(?: CHARGED)?\W*[:-] ?"
)
_COUNT = re.compile(
    r"(?<![A-Z])(?:COUNT|CT|CNT|CHARGE)\.? ?(?:NO\. ?)?#?(?P<number>\d{1,2}|[IVX]{1,4}|ONE|TWO|THREE|FOUR|FIVE|SIX)\b(?!/)"
)
_NUMBER = re.compile(r"(?:^|(?<=[ ;,]))\(?(?P<number>\d)[.)] (?=[A-Z0-9(])")
_SEMICOLON = re.compile(r"; +(?:AND )?")
# The day of all of them, behind the last.
_DAY = r"(?:(?:DATE|DAY) OF (?:THE )?(?:OFFENSE|OFFENCE|VIOLATION|OCCURRENCE|INCIDENT)|(?:OFFENSE|VIOLATION|OFF\.?) DATE|(?:COMMITTED |OCCURRING )?ON OR ABOUT|COMMITTED(?: ON)?|OCCURRED(?: ON)?)"
_TAIL = re.compile(rf"(?<=[.,;)]) (?={_DAY}\W)")
_WAITING = re.compile(
    rf"(?:{_DAY}|\b(?:ILCS|HS|H&S|PC|VC|CH|CHAPTER|ACT|PARS?|SEC|SECTION|CODE))\W*$"
)  # how a row ends that goes on


def with_charges_apart(sheet: Sheet) -> Sheet:
    """The sheet with the charges of such a paragraph in rows of their own, and the day behind them in one; as it was
    where the paragraph is not cut into charges of one citation each, or says what became of any."""
    labelled = {label.line for label in labels_on(sheet)}
    for first, line in enumerate(sheet.lines):
        if _LABEL.match(line.text.upper()) is None:
            continue
        last = _last_row(sheet.lines, first, labelled)
        whole = Line(sheet.doc[line.span.start : sheet.lines[last].span.end], line.pitch)
        pieces = _pieces(whole)
        heads = {row.span.start for row in sheet.lines[first : last + 1]}
        if all(piece.start in heads for piece in pieces[2:]):
            continue  # each in a row of its own as it stands
        if not any(found.wording.effect in _ENDING for found in wordings_in(whole.plain)):
            return sheet_of(_set_apart(sheet, first, last, pieces).page(sheet.page))
    return sheet


def runs_together(sheet: Sheet) -> bool:
    """Whether a row behind such a label names several counts and cites fewer charges: some were not read."""
    return any(_names_more(line) for line in sheet.lines if _LABEL.match(line.text.upper()))


def _names_more(line: Line) -> bool:
    named = {found["number"] for found in _COUNT.finditer(line.text.upper())}
    return len(named) > max(1, len({s.span.start for s in statutes_in(line) if is_charge_statute(s)}))


def _last_row(lines: Sequence[Line], first: int, labelled: set[int]) -> int:
    """The last row of the paragraph: those close below that begin with no day and no label of their own."""
    last = first
    for row in range(first + 1, min(len(lines), first + _MOST_ROWS)):
        above, line = lines[row - 1], lines[row]
        waited = _WAITING.search(above.text.upper()) is not None
        close = line.top - above.bottom < 1.2 * max(10, above.bottom - above.top)
        opens = opens_with_date(line.text) or (row in labelled and not _TAIL.search(f". {line.text.upper()}"))
        if not close or (opens and not waited):
            break
        last = row
    return last


def _pieces(whole: Line) -> list[Span]:
    """The label, each charge and the day; empty where a charge would have no citation or several."""
    upper = whole.text.upper()
    label = _LABEL.match(upper)
    cited = [statute for statute in statutes_in(whole) if is_charge_statute(statute)]
    if label is None or not cited:
        return []
    behind = whole.offset_of(cited[-1].span[-1].i)
    tail = next((found.end() for found in _TAIL.finditer(upper) if found.start() > behind), len(upper))
    starts = list(_starts(upper[:tail], label.end()))
    charges = [whole.at(start, stop) for start, stop in zip(starts, [*starts[1:], tail], strict=True)]
    if any(sum(s.span.start >= one.start and s.span.end <= one.end for s in cited) != 1 for one in charges):
        return []
    rest = [whole.at(tail, len(upper))] if tail < len(upper) else []
    if len(charges) + len(rest) < 2 or (rest and not dates_in(rest[0].text)):
        return []
    return [whole.at(0, label.end()), *charges, *rest] if starts[0] else []


def _starts(upper: str, first: int) -> Iterator[int]:
    """Where each charge begins: at its number where they are numbered from one, else behind a semicolon."""
    for pattern in (_COUNT, _NUMBER):
        found = list(pattern.finditer(upper, first))
        if [count_number(m["number"]) for m in found] == list(range(1, len(found) + 1)) and len(found) > 1:
            yield from (m.start() for m in found)
            return
    yield first
    yield from (m.end() for m in _SEMICOLON.finditer(upper, first))


def _set_apart(sheet: Sheet, first: int, last: int, pieces: Sequence[Span]) -> Setter:
    setter = Setter(sheet.pitch)
    for row, line in enumerate(sheet.lines):
        if row == first:
            for piece in pieces:
                setter.row([list(piece)], says="", ink=piece[0])
            setter.gap()
        if not first <= row <= last:
            setter.keep(line.span, line.top)
    return setter
