"""The way from the stored frame to the straightened page and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox

Matrix: TypeAlias = npt.NDArray[np.float64]  # 3 by 3, points as columns (x, y, 1)


@dataclass(frozen=True, slots=True)
class Straightening:
    """The way from the stored frame to the straightened page and back; `matrix` leads forth.

    Coordinates are edges of pixels, so that a box of the whole frame is (0, 0, width, height).
    """

    matrix: Matrix
    frame_width: int
    frame_height: int
    turned: int  # clockwise, degrees
    skew: float  # degrees, what was left after turning
    scale: float  # straightened pixels to one of the frame

    def to_frame(self, bbox: BBox) -> BBox:
        """Rectangle of the stored frame that holds a box of the straightened page, never off the frame."""
        left, top, right, bottom = _bounds(_inverse(self.matrix), bbox)
        left, top = _within(left, self.frame_width), _within(top, self.frame_height)
        right = min(max(left + 1, round(right)), self.frame_width)
        bottom = min(max(top + 1, round(bottom)), self.frame_height)
        return BBox(left, top, right, bottom)

    def from_frame(self, bbox: BBox) -> BBox:
        """The rectangle of the straightened page that holds a box of the stored frame."""
        return BBox(*(round(edge) for edge in _bounds(self.matrix, bbox)))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the straightened page, pixels."""
        far = self.matrix @ _corners(BBox(0, 0, self.frame_width, self.frame_height))
        return max(1, round(float(far[0].max()))), max(1, round(float(far[1].max())))

    def to_level(self, bbox: BBox) -> BBox:
        """A box of the straightened page in pixels as large as the stored frame's."""
        return BBox(*(round(edge / self.scale) for edge in bbox))


def of_stored(way: Straightening, width: int, height: int) -> Straightening:
    """The same way for a frame that is stored with so many pixels, which need not be square."""
    to_square = np.diag([way.frame_width / width, way.frame_height / height, 1.0])
    return replace(way, matrix=way.matrix @ to_square, frame_width=width, frame_height=height)


def straightening(width: int, height: int, turned: int, skew: float, scale: float) -> Straightening:
    """The way that turns a frame clockwise by `turned`, then by `-skew` degrees, then scales it."""
    matrix = _turning(width, height, turned)
    upright_width, upright_height = (height, width) if turned % 180 else (width, height)
    angle = np.deg2rad(-skew)
    level = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1 / scale]])
    level = level * np.array([[scale], [scale], [scale]])
    corners = level @ _corners(BBox(0, 0, upright_width, upright_height))
    shift = np.eye(3)
    shift[:2, 2] = -corners[:2].min(axis=1)
    return Straightening(shift @ level @ matrix, width, height, turned, skew, scale)


def _turning(width: int, height: int, turned: int) -> Matrix:
    turns = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, -1, height], [1, 0, 0]],
        180: [[-1, 0, width], [0, -1, height]],
        270: [[0, 1, 0], [-1, 0, width]],
    }
    return np.array([*turns[turned], [0, 0, 1]], dtype=np.float64)


def _corners(bbox: BBox) -> Matrix:
    left, top, right, bottom = bbox
    return np.array([[left, right, right, left], [top, top, bottom, bottom], [1, 1, 1, 1]], dtype=np.float64)


def _bounds(matrix: Matrix, bbox: BBox) -> tuple[float, float, float, float]:
    moved = matrix @ _corners(bbox)
    return float(moved[0].min()), float(moved[1].min()), float(moved[0].max()), float(moved[1].max())


def _inverse(matrix: Matrix) -> Matrix:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _within(edge: float, length: int) -> int:
    return min(max(0, round(edge)), length - 1)


def turned_over(way: Straightening) -> Straightening:
    """The way to the same page standing on its head."""
    width, height = way.size
    over = np.array([[-1.0, 0, width], [0, -1.0, height], [0, 0, 1]])
    return replace(way, matrix=over @ way.matrix, turned=(way.turned + 180) % 360)
