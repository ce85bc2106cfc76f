"""Words put in reading order: rows rebuilt from boxes, so that a date stands with its entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from casefile.ocr import BBox

_TALL = 2.0  # times the middle height of the page's words: such a word spans rows and leads none
_APART = 0.5  # of a word's height: so far may words of a row overlap sideways


class _Row:
    """A row being built from left to right; the words at its end say where it runs."""

    def __init__(self) -> None:
        self.members: list[int] = []
        self.bboxes: list[BBox] = []
        self.right = 0
        self.end = BBox(0, 0, 0, 0)  # the last word that shows the full height of the row; a dash or a stop does not

    def add(self, indices: Iterable[int], bboxes: Sequence[BBox]) -> None:
        for index in indices:
            self.members.append(index)
            self.bboxes.append(bboxes[index])
            self.right = max(self.right, bboxes[index].right)
        self.end = _full_one(self.bboxes[:-4:-1])

    @property
    def middle(self) -> float:
        return median((b.top + b.bottom) / 2 for b in self.bboxes)


def _full_one(bboxes: Sequence[BBox]) -> BBox:
    """The first of a few boxes that is about as high as the highest."""
    full = max(b.height for b in bboxes)
    return next(b for b in bboxes if b.height >= 0.6 * full)


def rows_of(bboxes: Sequence[BBox], pieces: Sequence[int | None] | None = None) -> tuple[tuple[int, ...], ...]:
    """The indices of `bboxes` row by row from the top, each row from left to right.

    The boxes stand on the straightened page. A word joins the row whose end it overlaps most, by at least
    half of the lower of the two; a word that overlaps none begins a row. Words that an engine read as one
    piece of a line, those with the same number in `pieces`, stay together, however the line curves.
    """
    rows: list[_Row] = []
    middle = median(b.height for b in bboxes) if bboxes else 0.0
    for unit in _leaders_first(_units(bboxes, pieces), bboxes, middle):
        usual = [bboxes[i] for i in unit if bboxes[i].height <= _TALL * middle]
        start = _full_one((usual or [bboxes[i] for i in unit])[:3])
        level = [row for row in rows if row.end.top < start.bottom and start.top < row.end.bottom]
        fitting = [row for row in level if not usual or _follows(row, bboxes[unit[0]])]
        row = max(fitting, key=lambda r: _overlap(r.end, start), default=None)
        if row is None or _overlap(row.end, start) < 0.5:
            row = _Row()
            rows.append(row)
        row.add(unit, bboxes)
    rows.sort(key=lambda row: row.middle)
    return tuple(tuple(sorted(row.members, key=lambda i: (bboxes[i].left, i))) for row in rows)


def _units(bboxes: Sequence[BBox], pieces: Sequence[int | None] | None) -> list[list[int]]:
    """The words of each piece from left to right; a word of no piece is alone."""
    by_piece: dict[int, list[int]] = defaultdict(list)
    alone: list[list[int]] = []
    for index, piece in enumerate(pieces or [None] * len(bboxes)):
        if piece is None:
            alone.append([index])
        else:
            by_piece[piece].append(index)
    return alone + [sorted(unit, key=lambda i: bboxes[i].left) for unit in by_piece.values()]


def _leaders_first(units: list[list[int]], bboxes: Sequence[BBox], middle: float) -> list[list[int]]:
    """From left to right, but words too tall to lead a row come last."""

    def place(unit: list[int]) -> tuple[bool, int, int, int]:
        left, top, _, _ = bboxes[unit[0]]
        return all(bboxes[i].height > _TALL * middle for i in unit), left, top, unit[0]

    return sorted(units, key=place)


def _follows(row: _Row, bbox: BBox) -> bool:
    """Whether a word stands to the right of a row, not above or below it."""
    return bbox.left >= row.right - max(_APART * bbox.height, 0.5 * min(bbox.width, row.bboxes[-1].width))


def _overlap(one: BBox, other: BBox) -> float:
    """The share of the lower of two boxes that stands level with the other."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, shared) / max(1, min(one.height, other.height))
