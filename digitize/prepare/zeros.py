"""Slashed and dotted zeros made plain: readers trained on book type take them for eights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox
from digitize.prepare.pieces import INK, Mask, as_mask
from digitize.rasterize import Pixels

Outline: TypeAlias = npt.NDArray[np.int32]

# Heavy print closes the holes beside the slash at one darkness and shows them at another.
_DARKNESSES = (INK, 110, 80)
_FEWEST = 3  # marked zeros


@dataclass(frozen=True, slots=True)
class _Hole:
    """White enclosed by ink."""

    bbox: BBox
    outline: Outline

    @property
    def middle(self) -> tuple[float, float]:
        return (self.bbox.left + self.bbox.right) / 2, (self.bbox.top + self.bbox.bottom) / 2


def plain_zeros(image: Pixels, letter: float) -> tuple[Pixels, tuple[BBox, ...], tuple[BBox, ...]]:
    """The page with what stands inside its zeros painted white; where these zeros are; and where eights are.

    A printer marks all its zeros or none: a page with one or two only has met with an accident.
    """
    zeros: dict[BBox, Outline] = {}
    eights: list[BBox] = []
    for darkness in _DARKNESSES:
        for bbox, holes in _letters_with_holes(as_mask(image < darkness), letter):
            if holes.marked and not any(bbox.overlap(zero) > 0.5 for zero in zeros):
                zeros[bbox] = holes.hull
            elif holes.stacked:
                eights.append(bbox)
    if len(zeros) < _FEWEST:
        return image, (), ()
    plain = image.copy()
    for inside in zeros.values():
        cv2.fillPoly(plain, [inside], (255,))
    return plain, tuple(zeros), tuple(eights)


@dataclass(frozen=True, slots=True)
class _Holes:
    """What the white within a letter tells: that it is a marked zero, that it is an eight, or neither."""

    marked: bool
    stacked: bool
    hull: Outline


def _letters_with_holes(ink: Mask, letter: float) -> Iterator[tuple[BBox, _Holes]]:
    found, levels = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not found:
        return
    outlines = [np.asarray(outline, dtype=np.int32) for outline in found]
    tree = np.asarray(levels, dtype=np.int32)[0]  # rows of: next, previous, first hole, enclosed by
    dots = _dots(outlines, tree, letter)
    for at, bbox in _letters(outlines, tree, letter):
        holes = _holes(at, outlines, tree)
        hull = cv2.convexHull(np.concatenate([hole.outline for hole in holes]))
        marked = _is_slashed_zero(bbox, holes) or _is_dotted_zero(bbox, holes, dots)
        yield bbox, _Holes(marked, _is_eight(bbox, holes), np.asarray(hull, dtype=np.int32))


def _letters(outlines: Sequence[Outline], tree: Outline, letter: float) -> Iterator[tuple[int, BBox]]:
    """The outlines of a letter's size that enclose white, by their place in the tree."""
    for at, (_, _, hole, enclosed_by) in enumerate(tree):
        if enclosed_by < 0 <= hole:
            bbox = _bbox(outlines[at])
            if 0.6 * letter <= bbox.height <= 2 * letter and 0.3 * bbox.height <= bbox.width <= 1.1 * bbox.height:
                yield at, bbox


def _dots(outlines: Sequence[Outline], tree: Outline, letter: float) -> npt.NDArray[np.float64]:
    """The middles of pieces as small as the dot in a zero, rows of (x, y)."""
    boxes = [_bbox(outlines[at]) for at, row in enumerate(tree) if row[3] < 0]
    small = [b for b in boxes if max(b.width, b.height) < 0.45 * letter and min(b.width, b.height) >= 2]
    return np.array([((b.left + b.right) / 2, (b.top + b.bottom) / 2) for b in small]).reshape(-1, 2)


def _holes(at: int, outlines: Sequence[Outline], tree: Outline) -> list[_Hole]:
    holes, child = [], int(tree[at][2])
    while child >= 0:
        holes.append(_Hole(_bbox(outlines[child]), outlines[child]))
        child = int(tree[child][0])
    return holes


def _bbox(outline: Outline) -> BBox:
    left, top, width, height = cv2.boundingRect(outline)
    return BBox(left, top, left + width, top + height)


def _is_slashed_zero(bbox: BBox, holes: Sequence[_Hole]) -> bool:
    """Whether two holes lie beside a slash that rises to the right.

    The holes of an eight lie straight above one another with a bar between; those beside a slash are shifted
    sideways, the higher to the left, and stand partly level with each other.
    """
    if len(holes) != 2:
        return False
    level, sideways, tall = _set_of(bbox, holes)
    return level > -0.05 and sideways > 0.045 and tall > 0.66


def _is_eight(bbox: BBox, holes: Sequence[_Hole]) -> bool:
    """Whether two holes lie one above the other with a bar between; so do those of a B."""
    if len(holes) != 2:
        return False
    level, sideways, _ = _set_of(bbox, holes)
    return level < -0.1 and abs(sideways) < 0.045


def _set_of(bbox: BBox, holes: Sequence[_Hole]) -> tuple[float, float, float]:
    """How far two holes stand level with each other (below 0: apart), how far the lower is shifted to the
    right, and how high both are together, in shares of the letter."""
    upper, lower = sorted(holes, key=lambda hole: hole.middle[1])
    shared = min(upper.bbox.bottom, lower.bbox.bottom) - max(upper.bbox.top, lower.bbox.top)
    level = shared / min(upper.bbox.height, lower.bbox.height)
    sideways = (lower.middle[0] - upper.middle[0]) / bbox.width
    return level, sideways, (upper.bbox.height + lower.bbox.height) / bbox.height


def _is_dotted_zero(bbox: BBox, holes: Sequence[_Hole], dots: npt.NDArray[np.float64]) -> bool:
    """Whether the one hole, nearly as high as the letter, has a dot in its middle."""
    if len(holes) != 1 or not len(dots) or holes[0].bbox.height < 0.5 * bbox.height:
        return False
    hole = holes[0].bbox
    off = np.abs(dots - np.array(holes[0].middle)) / np.array([hole.width, hole.height])
    return bool((off.max(axis=1) < 0.2).any())
