"""Counts headed by their charge, and under each, further in, what was done about it, on no day of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract.charges import OFFENSE_WORD, accuses, grade_in, statutes_in
from extract.counts import BOILERPLATE
from extract.dates import dates_in, opens_with_date
from extract.dispositions import says_what_became
from extract.doc import Line, Sheet
from extract.entries import counts_in
from extract.retold import Act, Telling, Told, is_crowded

_HEAD = re.compile(
    r"\W*(?:(?:COUNTS?|CTS?|CNTS?|CHARGES?|CHGS?)\b\.? ?(?:NO\.? ?|#)?|C(?=0)|#)?0{0,2}(?P<number>[1-9]\d?)[.):]*(?= )"
)
_CHARGED = re.compile(r"OF|A|AN|OVER|UNDER|MORE|LESS|THAN|WITH|W/|W/I|INTENT|[\d.,/<>+-]+|(?:GM|GR|G|KG|LB|OZ)S?")
_BACK = re.compile(r"\b(?:ABOVE|FOREGOING|PRECEDING|AFORESAID|BOTH)\b")  # of other counts, too
FURTHER = 1.5  # in character widths: what stands this much further in than its heading is under it
APART = 1.5  # in heights of a row: rows further apart do not go on with each other


@dataclass(frozen=True)
class _Head:
    """The row that a count's charge stands in, and its number."""

    row: int
    number: int
    behind: int  # the first word after the number


def under_counts_on(sheet: Sheet) -> Telling | None:
    """The counts of a page that has each count's ending in rows under its charge; None where one of them has none, or
    rows name another count or begin with a day."""
    heads = list(_heads(sheet))
    if not heads or [head.number for head in heads] != list(range(1, len(heads) + 1)):
        return None
    ends = [*(head.row for head in heads[1:]), len(sheet.lines)]
    bodies = [_body(sheet, head, end) for head, end in zip(heads, ends, strict=True)]
    whole = all(body.stop == end for body, end in zip(bodies[:-1], ends, strict=False))
    counts = [_told(sheet, head, body) for head, body in zip(heads, bodies, strict=True)] if whole else [None]
    told = [count for count in counts if count is not None]
    if len(told) < len(counts) or any(map(is_crowded, told)):
        return None
    rows = frozenset(row for head, body in zip(heads, bodies, strict=True) for row in (head.row, *body))
    return Telling(tuple(told), rows)


def _heads(sheet: Sheet) -> Iterator[_Head]:
    """The rows with which counts begin: a number and a charge, with no ending, all as far in as the first."""
    left: float | None = None
    for row, line in enumerate(sheet.lines):
        found = _HEAD.match(line.plain)
        if found is None or opens_with_date(line.text) or says_what_became(line.plain) or not accuses(line):
            continue
        if left is None or abs(line.left - left) < 2.0 * line.pitch:
            left = line.left if left is None else left
            yield _Head(row, int(found["number"]), line.plain_at(found.start(), found.end()).end)


def _body(sheet: Sheet, head: _Head, end: int) -> range:
    """The rows under a heading: further in than it, with no gap between, up to the next one or to other words."""
    first = sheet.lines[head.row]
    for row in range(head.row + 1, end):
        above, line = sheet.lines[row - 1], sheet.lines[row]
        apart = line.top - above.bottom > APART * max(10, above.bottom - above.top)
        if line.left < first.left + FURTHER * line.pitch or apart or BOILERPLATE.search(line.plain):
            return range(head.row + 1, row)
    return range(head.row + 1, end)


def _told(sheet: Sheet, head: _Head, body: range) -> Told | None:
    """A count with its charge and what was done; None where nothing says how it ended, or on which count it was."""
    told = Told(head.number)
    for cell in sheet.lines[head.row].cells:
        words = [token for token in cell if token.i >= head.behind]
        graded = grade_in(" ".join(token.text for token in words)) is not None
        told.add("grade" if graded else "charge", words)
    is_led = False  # by words that say nothing of an ending, and may belong to one that follows
    for row in body:
        line = sheet.lines[row]
        less_far_in = line.left < sheet.lines[body[0]].left - FURTHER * line.pitch
        if set(counts_in(line.plain)) - {head.number} or less_far_in or _BACK.search(line.plain):
            return None
        if not told.acts and not says_what_became(line.plain):
            if not _goes_on_with_charge(line):
                return None  # words in front of an ending may take it back, or be of another person
            told.add("charge", line.span)
        elif opens_with_date(line.text) or (says_what_became(line.plain) and not is_led):
            if not told.acts and opens_with_date(line.text):
                return None
            told.acts.append(Act([], list(line.span)))
        else:
            told.acts[-1].words.extend(line.span)
        is_led = bool(told.acts) and not says_what_became(line.plain)
    _share_day(told.acts)
    return told if told.acts else None


def _goes_on_with_charge(line: Line) -> bool:
    """Whether every word of a row is one of an offense, an amount, a citation or a class."""
    cited = {token.i for found in statutes_in(line) for token in found.span}
    words = [token.norm_.strip(".,:;()") for token in line.span if token.i not in cited]
    offense = [word for word in words if OFFENSE_WORD.fullmatch(word)]
    others = [word for word in words if any(map(str.isalnum, word)) and not OFFENSE_WORD.search(word)]
    graded = bool(others) and grade_in(" ".join(others)) is not None
    return bool(offense or cited or graded) and (graded or all(map(_CHARGED.fullmatch, others)))


def _share_day(acts: Sequence[Act]) -> None:
    """Give what was done on no day of its own the one day that stands with the first thing done."""
    days = [list(_days(act.words)) for act in acts]
    for act, own in zip(acts[1:], days[1:], strict=True):
        if not own:
            act.days = list(days[0])


def _days(words: Sequence[Token]) -> Iterator[Token]:
    """The words of the one day among them."""
    text = " ".join(token.text for token in words)
    found = dates_in(text)
    at = 0
    for token in words if len(found) == 1 else ():
        if found[0].start <= at < found[0].end:
            yield token
        at += len(token.text) + 1
