"""Words that a form runs together or keeps apart, set so that one word says one thing before a page is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from casefile.ocr import BBox, OcrPage, Word

_CODE = re.compile(r"(?P<code>HS|PC|VC|H&S)-(?P<rest>[A-Z]{3}.*)")  # `11359 HS-POSSESS MARIJUANA`
_HEADS = re.compile(r"MO(?:NTH)?S?\W*DAY?S?\W*Y(?:EA)?RS?\W*")
_PARTS = (re.compile(r"0?[1-9]|1[0-2]"), re.compile(r"0?[1-9]|[12]\d|3[01]"), re.compile(r"\d\d|(?:19|20)\d\d"))

Placed = tuple[Word, BBox]


def with_words_apart(page: OcrPage) -> OcrPage:
    """The page with the code of a citation parted from the words after it, and with each day that a form spreads over
    columns headed month, day and year put together. Every word keeps its ink."""
    levels = page.level if len(page.level) == len(page.words) else tuple(word.bbox for word in page.words)
    placed = list(zip(page.words, levels, strict=True))
    told = _days_together([piece for one in placed for piece in _parted(one)])
    if [word for word, _ in told] == list(page.words):
        return page
    return replace(page, words=tuple(word for word, _ in told), level=tuple(level for _, level in told))


def _parted(one: Placed) -> Iterator[Placed]:
    word, level = one
    found = _CODE.fullmatch(word.text.upper())
    if found is None:
        yield one
        return
    for start, end in ((0, found.end("code")), (found.start("rest"), len(word.text))):
        yield (
            replace(word, text=word.text[start:end], bbox=_piece(word.bbox, word, start, end)),
            _piece(level, word, start, end),
        )


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
