"""Forms with boxes to cross: what stands beside a box that was left empty is not said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from casefile.ocr import OcrPage
from extract.dispositions import says_what_became
from extract.doc import Line, Sheet, level_of, sheet_of, word_of
from extract.entries import amounts_in
from extract.undone import takes_back

_MARK = re.compile(
    r"\W{0,2}?(?:(?P<square>\[ ?[_ ]*(?P<a>[Xx✓√]?)[_ ]*\])|(?P<round>\( ?[_ ]*(?P<b>[Xx✓√]?)[_ ]*\))"
    r"|(?P<line>_{2,}|_+(?P<c>[Xx✓√])_+))(?= |$)"
)
_CLEAR = 0.9  # of the words of a mark, what they must be read with
_AT_ONE_EDGE = 2.0  # how far boxes of one column stand apart from each other, in characters


_CROSSES = ("X", "x", "✓", "√")
_FAR = 2.0  # of a row's height, how far below another a row of the same choices stands


@dataclass(frozen=True)
class _Row:
    line: Line
    style: str
    crossed: bool
    mark: Sequence[Token]


def with_boxes_settled(page: OcrPage) -> OcrPage:
    """The page without the words beside empty boxes and without the marks of the others; as it is where a box of the
    column is not clearly read, none is crossed, or something may have been typed in under an empty one."""
    if not any(mark in word.text for word in page.words for mark in "[(_"):
        return page
    return _without(page, _not_said(sheet_of(page)))


def with_crosses_alone_settled(page: OcrPage) -> OcrPage:
    """The page without the words beside boxes of which nothing was read, where others of their column hold a cross:
    whether such a box is empty nobody knows, so what is left is never beyond doubt."""
    if not any(word.text in _CROSSES for word in page.words):
        return page
    return _without(page, _not_crossed(sheet_of(page)))


def _without(page: OcrPage, words: Iterable[Token]) -> OcrPage:
    gone = {word_of(token).bbox for token in words}
    if not gone:
        return page
    levels = page.level if len(page.level) == len(page.words) else tuple(word.bbox for word in page.words)
    kept = [(word, level) for word, level in zip(page.words, levels, strict=True) if word.bbox not in gone]
    return replace(page, words=tuple(word for word, _ in kept), level=tuple(level for _, level in kept))


def _not_said(sheet: Sheet) -> Iterator[Token]:
    rows = [row for line in sheet.lines if (row := _row(line)) is not None]
    styles = {row.style for row in rows if row.crossed}
    rows = [row for row in rows if row.style in styles]
    if len(styles) != 1 or len(rows) < 3 or all(row.crossed for row in rows) or not _all_read(sheet, rows):
        return
    gone: list[Token] = []
    owner: _Row | None = None
    for line in sheet.lines:
        own = next((row for row in rows if row.line is line), None)
        if own is not None:
            owner = own
            gone.extend(own.mark if own.crossed else line.span)
        elif owner is not None and _goes_on(owner, line):
            if not owner.crossed and _says_by_itself(line):
                return
            gone.extend(() if owner.crossed else line.span)
        else:
            owner = None
    yield from gone


def _row(line: Line) -> _Row | None:
    found = _MARK.match(line.text)
    if found is None or found.end() >= len(line.text):
        return None
    style = next(name for name in ("square", "round", "line") if found[name])
    span = line.at(found.start(), found.end())
    return _Row(line, style, bool(found["a"] or found["b"] or found["c"]), list(span))


def _goes_on(row: _Row, line: Line) -> bool:
    """Whether a row without a box stands right under the words beside one, further in than the box."""
    near = line.top - row.line.bottom < 3.0 * max(10, row.line.bottom - row.line.top)
    return near and line.left > row.line.left + 2 * row.line.pitch


def _says_by_itself(line: Line) -> bool:
    """Whether a row under an empty box decides or imposes something in a sentence that may have been typed in."""
    decides = says_what_became(line.plain) or bool(amounts_in(line.plain)) or takes_back(line.plain)
    return decides and not line.text[:1].islower()


def _all_read(sheet: Sheet, rows: Sequence[_Row]) -> bool:
    """Whether every mark is clear, no row holds a second box, and no row of the column has lost its own."""
    first, last = min(row.line.top for row in rows), max(row.line.top for row in rows)
    left = min(row.line.left for row in rows)
    bare = [
        line
        for line in sheet.lines
        if first < line.top < last and all(line is not row.line for row in rows)
        if line.left <= left + _AT_ONE_EDGE * line.pitch
    ]
    clear = all(word_of(token).confidence >= _CLEAR for row in rows for token in row.mark)
    alone = not any(_SECOND.search(row.line.text, len(row.mark) + 3) for row in rows)
    return clear and alone and not bare


_SECOND = re.compile(r"\[ ?[Xx✓√]? ?\]|\( ?[Xx✓√]? ?\)")


def _not_crossed(sheet: Sheet) -> Iterator[Token]:
    """The words of rows that begin where those behind the crosses of their column do."""
    right = max((_right(line) for line in sheet.lines), default=0)
    for run in _runs(sheet):
        crossed = [_is_crossed(line) for line in run]
        kept = False
        for at, line in enumerate(run):
            goes_on = at > 0 and not crossed[at] and not _fits(line, run[at - 1], right)
            kept = kept if goes_on else crossed[at]
            if any(crossed):
                yield from line.span[:1] if crossed[at] else () if kept else line.span


def _runs(sheet: Sheet) -> Iterator[Sequence[Line]]:
    """Rows close below each other whose words, behind a cross or not, begin at one edge."""
    run: list[Line] = []
    for line in sheet.lines:
        near = bool(run) and line.top - run[-1].bottom < _FAR * max(10, run[-1].bottom - run[-1].top)
        if run and not (near and abs(_edge(line) - _edge(run[-1])) <= _AT_ONE_EDGE * line.pitch):
            yield run
            run = []
        run.append(line)
    yield run


def _is_crossed(line: Line) -> bool:
    return len(line.span) > 2 and line.span[0].text in _CROSSES and line.span[1].text[:1].isalnum()


def _edge(line: Line) -> float:
    return level_of(line.span[1]).left if _is_crossed(line) else line.left


def _fits(line: Line, above: Line, right: float) -> bool:
    """Whether the first word of a row had stood in the row above, if it went on there."""
    return _right(above) + line.pitch + level_of(line.span[0]).width < right


def _right(line: Line) -> int:
    return level_of(line.span[-1]).right
