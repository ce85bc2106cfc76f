"""What a recogniser saw on a page: words in reading order, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from casefile.archive import PageId


class BBox(NamedTuple):
    """A rectangle in pixels of the stored frame, origin top left, before any turning or straightening."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def overlap(self, other: BBox) -> float:
        """Shared area over the area of both together, 0 to 1."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        if across <= 0 or down <= 0:
            return 0.0
        shared = across * down
        return shared / (self.width * self.height + other.width * other.height - shared)

    @classmethod
    def around(cls, boxes: Iterable[BBox]) -> BBox:
        """The smallest rectangle that holds all `boxes`; there must be one."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return cls(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word. `line` numbers the row it stands in, from 0, top to bottom of the page as read."""

    text: str
    bbox: BBox
    confidence: float  # 0 to 1, as the engine gives it; Tesseract's 0 to 100 is divided at the boundary
    line: int
    alternatives: tuple[tuple[str, float], ...] = ()  # other readings of the same ink


@dataclass(frozen=True, slots=True)
class InkRegion:
    """Ink that is no readable type: `kind` is `handwriting`, `stamp` or `unread`."""

    kind: str
    bbox: BBox


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page as words in reading order (row by row, left to right), with the engine that read it.

    `level` holds each word's bbox on the straightened page, so that rows and columns can be compared;
    `Word.bbox` leads back to the stored frame. `turned` is the clockwise turn in degrees (0, 90, 180, 270)
    that brings the stored frame upright.
    """

    page_id: PageId
    width: int  # pixels of the stored frame
    height: int
    words: tuple[Word, ...]
    level: tuple[BBox, ...]
    regions: tuple[InkRegion, ...]
    ink: float  # share of dark pixels inside the paper, 0 to 1
    turned: int
    engine: str
