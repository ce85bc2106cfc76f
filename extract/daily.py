"""Days with a row of their own: what was done stands in the rows below, and is told again behind its day."""

from __future__ import annotations

import re

from spacy.tokens import Span

from casefile.ocr import OcrPage
from extract.counts import PARTICULARS
from extract.dates import dates_in
from extract.dispositions import Effect, says_what_became, wordings_in
from extract.doc import Line, Sheet
from extract.entries import is_judge_row
from extract.labels import labels_on
from extract.retold import Setter

_HEADED = (
    r"(?:FINAL )?(?:DISPOSITIONS?|JUDGMENTS?|ORDERS?|SENTENCE|FINDINGS?)(?: (?:ENTERED|DATED?|ON|OF|AND SENTENCE))*:?"
)
_BEFORE = re.compile(
    rf"\W*(?:(?:AND |THAT |THEREAFTER,? )?ON|DATED?:?|ENTERED:?|DAY|{_HEADED})?(?: THE| THIS)?\W*", re.I
)
_AFTER = re.compile(r"[\W_]*")
_JUDGE = re.compile(r"^\W*(?:BEFORE|JUDGE|HON)\b|PRESIDING\W*$|JUDGE\W*$")
MOST_ROWS = 14  # of one day


def told_by_day(sheet: Sheet) -> OcrPage | None:
    """The page with the rows of each day set behind the day; None where no day has a row to itself with things
    done below it."""
    named = [lb for lb in labels_on(sheet) if (lb.head or lb.below) and lb.field in PARTICULARS]
    heads = {lb.line - 1 if lb.above else lb.line + 1 for lb in named}
    days = {row: day for row, line in enumerate(sheet.lines) if row not in heads and (day := _day_alone(line))}
    blocks = {row: below for row in days if (below := _below(sheet, row, days))}
    if len(blocks) == 1 and not _is_led(sheet.lines[next(iter(blocks))]):
        return None  # a date by itself, as that of a print, says nothing of the rows below it
    if not any(_decides(sheet.lines[at]) for below in blocks.values() for at in below):
        return None
    setter, moved = Setter(sheet.pitch), {at for below in blocks.values() for at in below}
    for row, line in enumerate(sheet.lines):
        if row in blocks:
            first, *rest = blocks[row]
            setter.entry(list(days[row]), "", list(sheet.lines[first].span), "")
            for at in rest:
                setter.onward(list(sheet.lines[at].span))
        elif row not in moved:
            setter.keep(line.span, line.top)
    return setter.page(sheet.page)


def _day_alone(line: Line) -> Span | None:
    """The words of the day a row is; None where it says more."""
    found = dates_in(line.text)
    if len(found) != 1 or found[0].value is None:
        return None
    before, after = line.text[: found[0].start], line.text[found[0].end :]
    whole = _BEFORE.fullmatch(before) is not None and _AFTER.fullmatch(after) is not None
    return line.at(found[0].start, found[0].end) if whole else None


def _is_led(line: Line) -> bool:
    """Whether words before the day say that something was done on it."""
    return any(c.isalpha() for c in line.text[: dates_in(line.text)[0].start])


def _below(sheet: Sheet, row: int, days: dict[int, Span]) -> list[int]:
    """The rows that tell of a day: up to the next one, to a wide gap, to a row that names a judge, or to one that
    begins left of them."""
    out: list[int] = []
    for at in range(row + 1, min(row + 1 + MOST_ROWS, len(sheet.lines))):
        above, line = sheet.lines[at - 1], sheet.lines[at]
        far = line.top - above.bottom > 1.8 * max(10, above.bottom - above.top)
        outward = bool(out) and line.left < sheet.lines[out[0]].left - 1.5 * line.pitch
        if at in days or far or outward or is_judge_row(line) or _JUDGE.search(line.plain) or _dated(line):
            break
        out.append(at)
    if not out or _is_charge(sheet.lines[out[0]]):
        return []
    return out if any(wordings_in(sheet.lines[at].plain) for at in out) else []


_COUNT = re.compile(r"\W*(?:COUNT|CNT|CT|CHARGE|CHG)\b\.? ?(?:NO\.?|NUMBER|#)? ?(?:\d{1,2}|[IVX]{1,4})\b")


def _is_charge(line: Line) -> bool:
    """Whether a row heads a count and does not say what became of it: the day above it is that of the paper."""
    return _COUNT.match(line.plain) is not None and not says_what_became(line.plain)


def _dated(line: Line) -> bool:
    found = dates_in(line.text)
    return bool(found) and _BEFORE.fullmatch(line.text[: found[0].start]) is not None


def _decides(line: Line) -> bool:
    return any(found.wording.effect is not Effect.NONE for found in wordings_in(line.plain))
