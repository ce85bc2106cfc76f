"""Words that a form runs together or keeps apart, set so that one word says one thing before a page is read; and the
numbers that pleading paper prints beside its lines, which say nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from casefile.ocr import BBox, OcrPage, Word
from extract.dispositions import says_what_became
from extract.headings import field_of_words
from extract.lexicon import LEXICON

_CODE = re.compile(r"(?P<code>HS|PC|VC|H&S)-(?P<rest>[A-Z]{3}.*)")  # `11359 HS-POSSESS MARIJUANA`
_LABEL = re.compile(r"(?P<code>[A-Z]{2,}:)(?P<rest>[A-Z0-9$].*)")
_ENDED = ("plea", "finding", "disposition", "sentence", "orders")
_YEAR = re.compile(r"(?P<code>(?:19|20)\d\d)(?P<rest>[A-Z].*)")  # `3 December 1984P/G`, where the month says what it is
_MONTH = re.compile(r"\W*(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*[.,]*")
_OFTEN = {"TAKEN", "THAT", "THIS", "THEREAFTER", "AFTERWARDS", "AGREED", "ARRESTED", "BORN", "PAR"}
_LINE = re.compile(r"[12]?\d")
_HEADS = re.compile(r"MO(?:NTH)?S?\W*DAY?S?\W*Y(?:EA)?RS?\W*")
_PARTS = (re.compile(r"0?[1-9]|1[0-2]"), re.compile(r"0?[1-9]|[12]\d|3[01]"), re.compile(r"\d\d|(?:19|20)\d\d"))

Placed = tuple[Word, BBox]


def with_words_apart(page: OcrPage) -> OcrPage:
    """The page with the code of a citation, and the year of a day, parted from the words glued to them, and with each
    day that a form spreads over columns headed month, day and year put together; without the running numbers of
    entries. Every word keeps its ink."""
    levels = page.level if len(page.level) == len(page.words) else tuple(word.bbox for word in page.words)
    placed = list(_without_line_numbers(list(zip(page.words, levels, strict=True))))
    before = ["", *(word.text.upper() for word, _ in placed)]
    parted = [piece for one, last in zip(placed, before, strict=False) for piece in _parted(one, last)]
    told = list(_without_serials(_days_together(list(_rejoined(parted)))))
    if [word for word, _ in told] == list(page.words):
        return page
    return replace(page, words=tuple(word for word, _ in told), level=tuple(level for _, level in told))


_LINES = 20  # of pleading paper, at least; no list of counts is so long


def _without_line_numbers(placed: Sequence[Placed]) -> Iterator[Placed]:
    """The words without the numbers of the lines, from 1 on down the left edge of a sheet of pleading paper."""
    figures = sorted((one for one in placed if _LINE.fullmatch(one[0].text)), key=lambda one: one[1].top)
    left = min((one[1].left for one in placed), default=0)
    column = [one for one in figures if one[1].left - left < 3 * one[1].height]
    numbers = [int(word.text) for word, _ in column]
    steps = [b[1].top - a[1].top for a, b in pairwise(column)]
    if len(column) < _LINES or numbers != list(range(1, len(column) + 1)) or max(steps) > 1.5 * min(steps):
        yield from placed
        return
    rows = Counter(word.line for word, _ in placed)
    if not any(rows[word.line] == 1 for word, _ in column):
        yield from placed  # each numbers what stands beside it
        return
    edge = max(level.right for _, level in column)
    dropped = {id(word) for word, _ in column} if all(_is_beyond(one, edge, column) for one in placed) else set()
    yield from (one for one in placed if id(one[0]) not in dropped)


def _is_beyond(one: Placed, edge: int, column: Sequence[Placed]) -> bool:
    """Whether a word is a number of the column or stands to the right of all of them."""
    return one in column or one[1].left > edge


_SERIAL = re.compile(r"0*[1-9]\d{0,3}")
_DATED = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d\d){1,2}")
_FEWEST = 3  # rows in a sequence
_LONGEST = 3  # figures of a count: `001`


def _without_serials(placed: Sequence[Placed]) -> Iterator[Placed]:
    """The words but for the numbers under a head of sequence, each before the day of an entry: they run up one by one
    through the page, as no counts do."""
    heads = [level for word, level in placed if word.text.upper().strip(".#:") in ("SEQ", "SEQUENCE", "LN")]
    found = [
        at
        for at, ((word, level), (day, _)) in enumerate(pairwise(placed))
        if _SERIAL.fullmatch(word.text)
        and _DATED.fullmatch(day.text)
        and (at == 0 or placed[at - 1][0].line != word.line)
        and any(head.top < level.top and abs(head.left - level.left) < 1.5 * level.height for head in heads)
    ]
    numbers = [int(placed[at][0].text) for at in found]
    padded = all(len(placed[at][0].text) > _LONGEST for at in found)
    runs_up = (len(found) >= _FEWEST or padded) and all(b == a + 1 for a, b in pairwise(numbers))
    dropped = set(found) if runs_up else set()
    return (one for at, one in enumerate(placed) if at not in dropped)


def _parted(one: Placed, before: str) -> Iterator[Placed]:
    word, level = one
    text = word.text.upper()
    found = _CODE.fullmatch(text) or _labelled(text) or (_YEAR.fullmatch(text) if _MONTH.fullmatch(before) else None)
    if found is None:
        yield one
        return
    for start, end in ((0, found.end("code")), (found.start("rest"), len(word.text))):
        yield (
            replace(word, text=word.text[start:end], bbox=_piece(word.bbox, word, start, end)),
            _piece(level, word, start, end),
        )


def _labelled(text: str) -> re.Match[str] | None:
    """The label of an ending and the value glued to its colon: `FINDING:GUILTY`."""
    found = _LABEL.fullmatch(text)
    if found is None:
        return None
    dated = found["code"] in ("DATE:", "DT:") and found["rest"][0].isdigit()
    return found if dated or field_of_words(found["code"]) in _ENDED else None


def _rejoined(placed: Sequence[Placed]) -> Iterator[Placed]:
    """The words with the first letter or two of one set back before the rest: `T aken Nov 21`, `Th hat on the`."""
    at = 0
    while at < len(placed):
        whole = _whole(placed[at], placed[at + 1]) if at + 1 < len(placed) else None
        yield whole or placed[at]
        at += 2 if whole else 1


def _whole(one: Placed, after: Placed) -> Placed | None:
    (front, level), (rest, beside) = one, after
    if front.line != rest.line or len(front.text) > 2 or not rest.text.isalpha() or rest.text.upper() in LEXICON:
        return None
    if not rest.text.islower() and not (front.text + rest.text).isupper():
        return None
    known = [text for text in _joins(front.text, rest.text) if _is_of_the_court(text.upper())]
    wide = rest.bbox.left - front.bbox.right > rest.bbox.width / len(rest.text) * 2
    if not known or wide:
        return None
    sure = min(front.confidence, rest.confidence)
    word = replace(front, text=known[0], bbox=BBox.around((front.bbox, rest.bbox)), confidence=sure, alternatives=())
    return word, BBox.around((level, beside))


def _is_of_the_court(word: str) -> bool:
    """Whether a word is a court's own, long enough to be no accident, and ends nothing: `F` beside `NG` stays."""
    return word in _OFTEN or (len(word) > 4 and word in LEXICON and not says_what_became(word))


def _joins(front: str, rest: str) -> Iterator[str]:
    if front.isalpha():
        yield front + rest
        if len(front) == 2 and front[-1] == rest[0]:
            yield front + rest[1:]


def _piece(box: BBox, word: Word, start: int, end: int) -> BBox:
    step = box.width / len(word.text)
    return BBox(round(box.left + start * step), box.top, round(box.left + end * step), box.bottom)


def _days_together(placed: Sequence[Placed]) -> list[Placed]:
    """The words with every month, day and year in columns under heads that say so made one word."""
    rows = _rows(placed)
    heads = list(_heads(rows))
    if not heads:
        return list(placed)
    out: list[Placed] = []
    for row in rows:
        at = 0
        while at < len(row):
            together = _day(row[at : at + 3], heads)
            out.append(together or row[at])
            at += 3 if together else 1
    return out


def _rows(placed: Sequence[Placed]) -> list[list[Placed]]:
    """The words row by row, each from left to right."""
    rows: dict[int, list[Placed]] = {}
    for one in placed:
        rows.setdefault(one[0].line, []).append(one)
    return [sorted(row, key=lambda one: one[1].left) for row in rows.values()]


def _heads(rows: Sequence[Sequence[Placed]]) -> Iterator[tuple[Placed, ...]]:
    """Up to three words beside each other, some of which may be run together, that head month, day and year."""
    for row in rows:
        for many in (3, 2, 1):
            for at in range(len(row) - many + 1):
                few = tuple(row[at : at + many])
                if _HEADS.fullmatch("".join(word.text.upper() for word, _ in few)):
                    yield few


def _day(three: Sequence[Placed], heads: Sequence[tuple[Placed, ...]]) -> Placed | None:
    """The word that a month, a day and a year make together where they stand below such heads; else None."""
    if len(three) < 3 or not all(
        part.fullmatch(one[0].text.strip(".,")) for part, one in zip(_PARTS, three, strict=True)
    ):
        return None
    wide = median(one[1].width / len(one[0].text) for one in three)
    if not any(_is_below(three, head, wide) for head in heads):
        return None
    words, levels = [one[0] for one in three], [one[1] for one in three]
    text = "-".join(word.text.strip(".,") for word in words)
    sure = min(word.confidence for word in words)
    return replace(
        words[0], text=text, bbox=BBox.around(word.bbox for word in words), confidence=sure, alternatives=()
    ), BBox.around(levels)


def _is_below(three: Sequence[Placed], head: tuple[Placed, ...], wide: float) -> bool:
    """Whether three words begin under the heads, and reach no wider than forms spread a day."""
    left, right = head[0][1].left - 2 * wide, head[-1][1].right
    begins = left <= three[0][1].left < right and three[0][1].top > head[0][1].top
    return begins and three[-1][1].right - three[0][1].left <= 3 * (right - left)
