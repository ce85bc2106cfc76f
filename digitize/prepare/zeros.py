"""Slashed zeros made plain: readers trained on book type take them for eights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from casefile.ocr import BBox
from digitize.prepare.pieces import INK, Mask, inked
from digitize.rasterize import Pixels

Outline: TypeAlias = npt.NDArray[np.int32]

# Heavy print closes the holes beside the slash at one darkness and shows them at another; the last, of the heaviest
# print, is tried only where another has shown a marked zero.
_DARKNESSES = (INK, 110, 80)
_FEWEST = 3  # marked zeros


@dataclass(frozen=True, slots=True)
class _Hole:
    """White enclosed by ink."""

    bbox: BBox
    outline: Outline


def plain_zeros(image: Pixels, letter: float) -> tuple[Pixels, tuple[BBox, ...], tuple[BBox, ...]]:
    """The page with what stands inside its zeros painted white; where these zeros are; and where eights are.

    A printer marks all its zeros or none: a page with one or two only has met with an accident.
    """
    zeros: dict[BBox, Outline] = {}
    eights: list[BBox] = []
    for darkness in _DARKNESSES:
        if darkness == _DARKNESSES[-1] and not zeros:
            break
        for bbox, holes in _letters_with_two_holes(inked(image, darkness), letter):
            if holes.marked and not any(bbox.overlap(zero) > 0.5 for zero in zeros):
                zeros[bbox] = holes.hull()
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
    """What two holes in a letter tell: that it is a slashed zero, that it is an eight, or neither."""

    marked: bool
    stacked: bool
    outlines: tuple[Outline, ...]

    def hull(self) -> Outline:
        """The outline of both together."""
        return np.asarray(cv2.convexHull(np.concatenate(self.outlines)), dtype=np.int32)


def _letters_with_two_holes(ink: Mask, letter: float) -> Iterator[tuple[BBox, _Holes]]:
    found, levels = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not found:
        return
    tree = np.asarray(levels, dtype=np.int32)[0]  # rows of: next, previous, first hole, enclosed by
    for at, bbox in _letters(found, tree, letter):
        holes = _holes(at, found, tree)
        outlines = tuple(hole.outline for hole in holes)
        yield bbox, _Holes(_is_slashed_zero(bbox, holes), _is_eight(bbox, holes), outlines)


def _letters(outlines: Sequence[MatLike], tree: Outline, letter: float) -> Iterator[tuple[int, BBox]]:
    """The outlines of a letter's size that enclose white twice, by their place in the tree."""
    enclosed = np.bincount(tree[tree[:, 3] >= 0, 3], minlength=len(tree))
    for at in np.flatnonzero(enclosed == 2).tolist():
        bbox = _bbox(outlines[at])
        if 0.6 * letter <= bbox.height <= 2 * letter and 0.3 * bbox.height <= bbox.width <= 1.1 * bbox.height:
            yield at, bbox


def _holes(at: int, outlines: Sequence[MatLike], tree: Outline) -> list[_Hole]:
    holes, child = [], int(tree[at][2])
    while child >= 0:
        outline = np.asarray(outlines[child], dtype=np.int32)
        holes.append(_Hole(_bbox(outline), outline))
        child = int(tree[child][0])
    return holes


def _bbox(outline: MatLike) -> BBox:
    left, top, width, height = cv2.boundingRect(outline)
    return BBox(left, top, left + width, top + height)


def _is_slashed_zero(bbox: BBox, holes: Sequence[_Hole]) -> bool:
    """Whether two holes lie beside a slash that rises to the right.

    The lower hole is then shifted to the right with both its sides; or, in a narrow zero, with its right side
    only, while both stand level for a good part. In an eight the lower hole is wider on both sides, in a B,
    whose stem is straight, on the right one; in both a bar parts it from the upper one.
    """
    upper, lower = sorted((hole.bbox for hole in holes), key=lambda hole: hole.top + hole.bottom)
    left, right = (lower.left - upper.left) / bbox.width, (lower.right - upper.right) / bbox.width
    level = (upper.bottom - lower.top) / min(upper.height, lower.height)
    wide = left > 0.04 and right > 0.04 and level > -0.05
    narrow = left > -0.01 and right > 0.1 and level > 0.12
    return (wide or narrow) and upper.height + lower.height > 0.66 * bbox.height


def _is_eight(bbox: BBox, holes: Sequence[_Hole]) -> bool:
    """Whether two holes lie one above the other with a bar between; so do those of a B."""
    upper, lower = sorted((hole.bbox for hole in holes), key=lambda hole: hole.top + hole.bottom)
    shift = (lower.left + lower.right - upper.left - upper.right) / 2
    return lower.top > upper.bottom and abs(shift) < 0.045 * bbox.width
