"""Letters found without reading them: their size, which way they lie, and how far they lean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from digitize.prepare.pieces import INK, as_mask
from digitize.rasterize import Pixels

Points: TypeAlias = npt.NDArray[np.float64]

# How far to look for the skew and how finely, in degrees, and in how many strips of the page: up to 8
# degrees either way, in strips first, that a wavy page be found; then over the whole width, for precision.
_SKEW_STEPS = ((8.0, 0.5, 4), (0.5, 0.1, 2), (0.2, 0.02, 1))


@dataclass(frozen=True, slots=True)
class Letters:
    """The components of a letter's size on the small working image."""

    height: float  # the middle height, pixels
    boxes: Points  # rows of (left, top, right, bottom)
    points: Points  # some of their ink, rows of (x, y)


def letters_of(small: Pixels) -> Letters:
    """The components of a letter's size; specks, rules and pictures are left out."""
    ink = as_mask(small < INK)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    stats = np.asarray(stats, dtype=np.int32)
    _, _, width, height, area = stats.T
    fit = (height >= 6) & (height <= 60) & (width >= 2) & (width <= 120) & (area >= 10)
    fit[0] = False
    if not fit.any():
        return Letters(0.0, np.zeros((0, 4)), np.zeros((0, 2)))
    middle = _weighted_median(height[fit], area[fit])
    fit &= (height >= 0.4 * middle) & (height <= 2.5 * middle)
    left, top, width, height, _ = stats[fit].T
    y, x = np.nonzero(fit[labels])
    step = max(1, len(x) // 40_000) | 1
    return Letters(
        middle,
        np.column_stack((left, top, left + width, top + height)).astype(np.float64),
        np.column_stack((x, y))[::step].astype(np.float64),
    )


def _weighted_median(values: npt.NDArray[np.int32], weights: npt.NDArray[np.int32]) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def turn_of(letters: Letters) -> int:
    """0, or 90 where the letters stand closer to the one below than to the one beside: the page is lying.

    Words are set tighter than lines; so this holds on wavy, skewed and tabular pages, too.
    """
    boxes = letters.boxes
    if len(boxes) < 20:
        return 0
    sample = boxes[:: max(1, len(boxes) // 600)]
    beside, below = _gap_after(sample, boxes, 0), _gap_after(sample, boxes, 1)
    near = np.minimum(beside, below) < 3 * letters.height
    if int(near.sum()) < 10:
        return 0
    return 90 if float(np.mean(beside[near] <= below[near])) < 0.4 else 0


def _gap_after(sample: Points, boxes: Points, axis: int) -> Points:
    """How far each box of the sample is from the next one along an axis, among those level with it."""
    start, end = boxes[:, axis], boxes[:, axis + 2]
    low, high = boxes[:, 1 - axis], boxes[:, 3 - axis]
    gap = start[None, :] - sample[:, axis + 2, None]
    shared = np.minimum(high[None, :], sample[:, 3 - axis, None]) - np.maximum(low[None, :], sample[:, 1 - axis, None])
    behind = (start + end)[None, :] / 2 <= sample[:, axis + 2, None]
    gap = np.where(behind | (shared <= 0), np.inf, np.maximum(gap, 0.0))
    return np.asarray(gap.min(axis=1), dtype=np.float64)


def skew_of(letters: Letters, turned: int) -> float:
    """The angle in degrees by which rows fall to the right; 0 where there is too little ink to tell."""
    # Turned clockwise by 90 degrees, (x, y) comes to (-y, x).
    points = letters.points @ np.array([[0, 1], [-1, 0]]) if turned else letters.points
    if len(points) < 200:
        return 0.0
    best = 0.0
    for reach, step, strips in _SKEW_STEPS:
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(points, float(angle), strips)))
    return best


def _sharpness(points: Points, angle: float, strips: int) -> float:
    """How much neighbouring rows differ in ink, when the page is levelled by `angle`.

    Taken in strips down the page, so that a wavy line still counts as one.
    """
    slope = np.deg2rad(angle)
    x, y = points[:, 0], points[:, 1]
    rows = np.floor(y * np.cos(slope) - x * np.sin(slope)).astype(np.int64)
    rows -= rows.min()
    strip = ((x - x.min()) / (np.ptp(x) + 1) * strips).astype(np.int64)
    profile = np.bincount(rows + strip * (int(rows.max()) + 4)).astype(np.float64)
    # Three rows apart: the edges of single rows stand out wherever letters follow the raster.
    return float(np.square(profile[3:] - profile[:-3]).sum())
