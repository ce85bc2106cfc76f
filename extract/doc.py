"""OcrPage to spaCy Doc and back to ink: one token is one OCR word, so no reading loses its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from statistics import median
from typing import cast

from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from casefile.docket import Source
from casefile.ocr import BBox, OcrPage, Word
from extract.lexicon import LEXICON, plain, rejoined

CELL_GAP = 1.9  # in character widths: more than one space of fixed-pitch type
MOST_WORDS = 20_000  # a page with more holds no docket; the rest is left unread

Token.set_extension("word", default=None, force=True)
Token.set_extension("level", default=None, force=True)


@dataclass(frozen=True)
class Line:
    """One printed row as text; a place in the text leads back to its words."""

    span: Span
    pitch: float  # median character width of the page, straightened pixels

    @cached_property
    def text(self) -> str:
        return " ".join(token.text for token in self.span)

    @cached_property
    def plain(self) -> str:
        return " ".join(token.norm_ for token in self._plain_tokens)

    @cached_property
    def _starts(self) -> list[int]:
        return list(_offsets(token.text for token in self.span))

    @cached_property
    def _plain_tokens(self) -> list[Token]:
        return [token for token in self.span if token.norm_ not in (GLUED, ASIDE)]

    @cached_property
    def _plain_starts(self) -> list[int]:
        return list(_offsets(token.norm_ for token in self._plain_tokens))

    def at(self, start: int, end: int) -> Span:
        """The words under characters `start` to `end` of `text`."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return self.span[first : last + 1]

    def plain_at(self, start: int, end: int) -> Span:
        """The words under characters `start` to `end` of `plain`."""
        first = self._plain_tokens[bisect_right(self._plain_starts, start) - 1].i
        last_index = bisect_right(self._plain_starts, max(start, end - 1)) - 1
        last = self._plain_tokens[last_index].i
        while last + 1 < self.span.end and self.span.doc[last + 1].norm_ == GLUED:
            last += 1
        return self.span.doc[first : last + 1]

    def plain_around(self, start: int, end: int, stops: Set[int]) -> tuple[int, int]:
        """The characters of `plain` in one cell with those from `start` to `end`, up to words of `stops`."""
        span = self.plain_at(start, end)
        cell = next((cell for cell in self.cells if span[0] in cell), self.span)
        low, high = 0, len(self.plain)
        for token, at in zip(self._plain_tokens, self._plain_starts, strict=True):
            stays = cell.start <= token.i < cell.end and token.i not in stops
            if not stays and token.i < span.start:
                low = at + len(token.norm_) + 1
            elif not stays and token.i >= span.end:
                high = min(high, at)
        return min(low, start), max(high, end)

    def offset_of(self, token: int) -> int:
        """Where the word with index `token` of the page begins in `text`."""
        return self._starts[token - self.span.start]

    @cached_property
    def cells(self) -> tuple[Span, ...]:
        """The row cut at wide gaps."""
        return tuple(_cells(self.span, self.pitch))

    @cached_property
    def left(self) -> int:
        return level_of(self.span[0]).left

    @cached_property
    def top(self) -> int:
        return min(level_of(token).top for token in self.span)

    @cached_property
    def bottom(self) -> int:
        return max(level_of(token).bottom for token in self.span)


def line_of(words: Sequence[Token]) -> Line:
    """The stretch of a row from the first of these words to the last."""
    return Line(words[0].doc[words[0].i : words[-1].i + 1], 10.0)


def stretches_of(words: Iterable[Token]) -> Iterator[Line]:
    """The words in stretches, cut wherever one is not right behind the one before it."""
    for _, run in groupby(enumerate(words), key=lambda pair: pair[1].i - pair[0]):
        yield line_of([token for _, token in run])


GLUED = "\u2060"  # the norm of a word that belongs to the word before it
ASIDE = "\u2061"  # the norm of a word that is no part of what its row says, such as a judge's name in a column


def _offsets(texts: Iterator[str] | Sequence[str]) -> Iterator[int]:
    at = 0
    for text in texts:
        yield at
        at += len(text) + 1


@dataclass(frozen=True)
class Sheet:
    """A page as a Doc with its rows; the working surface of every finder."""

    page: OcrPage
    doc: Doc
    lines: tuple[Line, ...]
    quality: float  # mean word confidence, 0 to 1

    @property
    def pitch(self) -> float:
        return self.lines[0].pitch if self.lines else 10.0


def word_of(token: Token) -> Word:
    return cast(Word, token._.word)


def level_of(token: Token) -> BBox:
    return cast(BBox, token._.level)


def shared_width(one: Span, other: Span) -> int:
    """How much of the page's width two stretches of rows share, straightened pixels; below 0 where they are apart."""
    right = min(level_of(one[-1]).right, level_of(other[-1]).right)
    return right - max(level_of(one[0]).left, level_of(other[0]).left)


def level_around(span: Span) -> BBox:
    return BBox.around(level_of(token) for token in span)


def sheet_of(page: OcrPage) -> Sheet:
    """The page with one token a word, in rows; norms hold each word as the lexicon knows it."""
    rows = _rows(page)
    placed = [pair for row in rows for pair in row]
    texts = [re.sub(r"\s+", "_", word.text) or "_" for word, _ in placed]
    # A vocabulary a page: one that lived on would keep every word it ever saw.
    doc = Doc(Vocab(), words=texts)
    for token, (word, level) in zip(doc, placed, strict=True):
        token._.word, token._.level = word, level
        token.norm_ = plain(token.text)
    pitch = _pitch(placed)
    lines = tuple(_lines(doc, rows, pitch))
    for line in lines:
        _rejoin(line.span)
    doc.spans["rows"] = [line.span for line in lines]
    quality = sum(word.confidence for word, _ in placed) / len(placed) if placed else 0.0
    return Sheet(page, doc, lines, quality)


Placed = tuple[Word, BBox]


def _rows(page: OcrPage) -> list[list[Placed]]:
    levels = page.level if len(page.level) == len(page.words) else tuple(w.bbox for w in page.words)
    by_line: dict[int, list[Placed]] = {}
    for word, level in list(zip(page.words, levels, strict=True))[:MOST_WORDS]:
        if word.text.strip():
            by_line.setdefault(word.line, []).append((word, level))
    rows = [_without_specks(_without_rules(sorted(by_line[line], key=lambda p: p[1].left))) for line in sorted(by_line)]
    return _merged([row for row in rows if row])


_EMPTY = re.compile(r"_{2,}|\[\]|\(\)")  # a place to tick or to fill in
_SPECK = re.compile(r"[|‘’'`~_.,:;•«»!\[\]°-]{1,3}")


_RULE = re.compile(r"[|+]?[=+-]{2,}[|+]?|[=+|-]{3,}")
_BARS = 3  # in one row: the bars of a ruled table


def _without_rules(row: list[Placed]) -> list[Placed]:
    """The row without the lines of a ruled table: a row of dashes alone, or the bars between its columns."""
    texts = [word.text.strip() for word, _ in row]
    if all(_RULE.fullmatch(text) or text in ("|", "+") for text in texts):
        return []
    if sum(text == "|" for text in texts) < _BARS:
        return row
    return [pair for pair, text in zip(row, texts, strict=True) if text != "|" and not _RULE.fullmatch(text)]


def _without_specks(row: list[Placed]) -> list[Placed]:
    """The row without marks at its ends that are no type: edges of the sheet, dirt, the frame of a form."""
    texts = [word.text.strip() for word, _ in row]
    boxes = {at + step for at in range(len(row) - 1) if texts[at] + texts[at + 1] in ("[]", "()") for step in (0, 1)}
    kept = [at for at, text in enumerate(texts) if at in boxes or _EMPTY.fullmatch(text) or not _SPECK.fullmatch(text)]
    return row[kept[0] : kept[-1] + 1] if kept else row


def _merged(rows: list[list[Placed]]) -> list[list[Placed]]:
    """Rows that stand beside each other on the paper, put together again."""
    out: list[list[Placed]] = []
    for row in rows:
        if out and _beside(out[-1], row):
            out[-1] = sorted(out[-1] + row, key=lambda p: p[1].left)
        else:
            out.append(row)
    return out


def _beside(one: list[Placed], other: list[Placed]) -> bool:
    """Whether two rows are one, typed a little off the line the form is printed on: no word stands over another."""
    middle_one = median((b.top + b.bottom) / 2 for _, b in one)
    middle_other = median((b.top + b.bottom) / 2 for _, b in other)
    height = max(1.0, median(b.height for _, b in one + other))
    near = abs(middle_one - middle_other)
    if near >= 0.6 * height:
        return False
    apart = one[-1][1].right <= other[0][1].left or other[-1][1].right <= one[0][1].left
    return near < 0.35 * height if apart else not _overlapping(one, other)


def _overlapping(one: list[Placed], other: list[Placed]) -> bool:
    return any(a.left < b.right and b.left < a.right for _, a in one for _, b in other)


def _pitch(placed: Sequence[Placed]) -> float:
    widths = [level.width / len(word.text) for word, level in placed if len(word.text) >= 3]
    return max(1.0, median(widths)) if widths else 10.0


def _lines(doc: Doc, rows: list[list[Placed]], pitch: float) -> Iterator[Line]:
    start = 0
    for row in rows:
        yield Line(doc[start : start + len(row)], pitch)
        start += len(row)


def _rejoin(row: Span) -> None:
    """Words the engine cut in two get the whole word's norm on their first piece."""
    for token in row[:-1]:
        following = row.doc[token.i + 1]
        if token.norm_ == GLUED or (token.norm_ in LEXICON and following.norm_ in LEXICON):
            continue
        gap = level_of(following).left - level_of(token).right
        whole = rejoined(token.norm_, following.norm_)
        if whole is not None and gap < 1.5 * max(1, level_of(token).width / len(token.text)):
            token.norm_, following.norm_ = whole, GLUED


def _cells(row: Span, pitch: float) -> Iterator[Span]:
    start = row.start
    for token in row[:-1]:
        following = row.doc[token.i + 1]
        if level_of(following).left - level_of(token).right > CELL_GAP * pitch:
            yield row.doc[start : following.i]
            start = following.i
    yield row.doc[start : row.end]


def source_of(span: Span, page: OcrPage) -> Source:
    """The ink under `span`, in pixels of the stored frame."""
    return Source(page.page_id, BBox.around(word_of(token).bbox for token in span))


def confidence_in(span: Span) -> float:
    """The confidence of the least sure word of `span`, 0 to 1."""
    return min(word_of(token).confidence for token in span)
