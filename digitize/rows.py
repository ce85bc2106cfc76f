"""Words put in reading order: rows rebuilt from boxes, so that a date stands with its entry."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from casefile.ocr import BBox

_TALL = 2.0  # times the middle height of the page's words: such a word spans rows and leads none


class _Row:
    """A row being built from left to right; the words at its end say where it runs."""

    def __init__(self, index: int, bbox: BBox) -> None:
        self.members = [index]
        self.bboxes = [bbox]

    def add(self, index: int, bbox: BBox) -> None:
        self.members.append(index)
        self.bboxes.append(bbox)

    def end(self) -> BBox:
        """The last word that shows the full height of the row; a dash or a stop does not."""
        last = self.bboxes[-3:]
        full = max(b.height for b in last)
        return next(b for b in reversed(last) if b.height >= 0.6 * full)

    @property
    def middle(self) -> float:
        return median((b.top + b.bottom) / 2 for b in self.bboxes)


def rows_of(bboxes: Sequence[BBox]) -> tuple[tuple[int, ...], ...]:
    """The indices of `bboxes` row by row from the top, each row from left to right.

    The boxes stand on the straightened page. A word joins the row whose end it overlaps most, by at least
    half of the lower of the two; a word that overlaps none begins a row.
    """
    rows: list[_Row] = []
    for index in _leaders_first(bboxes):
        bbox = bboxes[index]
        row = max(rows, key=lambda r: _overlap(r.end(), bbox), default=None)
        if row is None or _overlap(row.end(), bbox) < 0.5:
            rows.append(_Row(index, bbox))
        else:
            row.add(index, bbox)
    rows.sort(key=lambda row: row.middle)
    return tuple(tuple(sorted(row.members, key=lambda i: (bboxes[i].left, i))) for row in rows)


def _leaders_first(bboxes: Sequence[BBox]) -> list[int]:
    """From left to right, but words too tall to lead a row come last."""
    tall = _TALL * median(b.height for b in bboxes) if bboxes else 0.0
    return sorted(range(len(bboxes)), key=lambda i: (bboxes[i].height > tall, bboxes[i].left, bboxes[i].top))


def _overlap(one: BBox, other: BBox) -> float:
    """The share of the lower of two boxes that stands level with the other."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, shared) / max(1, min(one.height, other.height))
