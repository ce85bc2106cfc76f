"""Letters found without reading them: their size, which way they lie, and how far they lean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from digitize.prepare.pieces import Labels, inked, labelled, where
from digitize.rasterize import Pixels

Numbers: TypeAlias = npt.NDArray[np.int32]
Points: TypeAlias = npt.NDArray[np.float64]
Places: TypeAlias = npt.NDArray[np.float32]

# How far to look for the skew and how finely, in degrees, and in how many strips of the page: up to 8
# degrees either way, in strips first, that a wavy page be found; then over the whole width, for precision. The
# last number is how many points of ink are looked at.
_SKEW_STEPS = ((8.0, 0.5, 4, 16_000), (0.5, 0.1, 2, 24_000), (0.1, 0.02, 1, 40_000))


@dataclass(frozen=True, slots=True)
class Pieces:
    """The connected pieces of ink on the small working image."""

    labels: Labels
    stats: Numbers  # rows of (left, top, width, height, pixels); the first is what is no ink


@dataclass(frozen=True, slots=True)
class Letters:
    """The pieces of a letter's size, on a page that lies in one of four ways."""

    height: float  # the middle height, pixels
    boxes: Points  # rows of (left, top, right, bottom)
    among: npt.NDArray[np.bool_]  # for each piece of the page whether it is one of them


def pieces_of(small: Pixels) -> Pieces:
    """All connected ink of the small working image."""
    return Pieces(*labelled(inked(small)))


def letters_of(pieces: Pieces, turned: int) -> Letters:
    """The pieces of a letter's size on a page that must be turned by `turned`; specks, rules and pictures are
    left out."""
    left, top, width, height, area = pieces.stats.T
    high, wide = (width, height) if turned % 180 else (height, width)
    fit = (high >= 6) & (high <= 60) & (wide >= 2) & (wide <= 120) & (area >= 10)
    fit[0] = False
    if not fit.any():
        return Letters(0.0, np.zeros((0, 4)), fit)
    middle = _weighted_median(high[fit], area[fit])
    fit &= (high >= 0.4 * middle) & (high <= 2.5 * middle)
    boxes = np.column_stack((left, top, left + width, top + height))[fit]
    return Letters(middle, boxes.astype(np.float64), fit)


def ink_of(pieces: Pieces, letters: Letters, turned: int) -> Points:
    """Some of the ink of the letters, rows of (x, y), on a page that must be turned by `turned`."""
    # Every second pixel along the lines: across them all rows are needed, or every second would look empty.
    across, down = (1, 2) if turned % 180 else (2, 1)
    some: Labels = pieces.labels[::down, ::across].copy()
    own = np.flatnonzero(where(letters.among, some).view(np.bool_))
    y, x = np.divmod(own[:: max(1, len(own) // 40_000) | 1], some.shape[1])
    return np.column_stack((x * across, y * down)).astype(np.float64)


def _weighted_median(values: npt.NDArray[np.int32], weights: npt.NDArray[np.int32]) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def skew_of(ink: Points, turned: int) -> float:
    """The angle in degrees by which rows of ink fall to the right; 0 where there is too little to tell."""
    # Turned clockwise by 90 degrees, (x, y) comes to (-y, x).
    # Standing on its head it leans the same way.
    points = ink @ np.array([[0, 1], [-1, 0]]) if turned % 180 else ink
    if len(points) < 200:
        return 0.0
    best = 0.0
    for reach, step, strips, most in _SKEW_STEPS:
        angles = best + np.arange(-reach, reach + step / 2, step)
        x, y = points[:: max(1, len(points) // most) | 1].T.astype(np.float32)
        strip = ((x - x.min()) / (np.ptp(x) + 1) * strips).astype(np.int32)
        best = float(max(angles, key=lambda angle: _sharpness(x, y, strip, float(angle))))
    return best


def _sharpness(x: Places, y: Places, strip: Numbers, angle: float) -> float:
    """How much neighbouring rows differ in ink, when the page is levelled by `angle`.

    Taken in strips down the page, so that a wavy line still counts as one.
    """
    slope = np.deg2rad(angle)
    level = y * np.float32(np.cos(slope)) - x * np.float32(np.sin(slope))
    rows = (level - np.floor(level.min())).astype(np.int32)
    profile = np.bincount(rows + strip * (rows.max() + 4)).astype(np.float64)
    # Three rows apart: the edges of single rows stand out wherever letters follow the raster.
    return float(np.square(profile[3:] - profile[:-3]).sum())
