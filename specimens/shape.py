"""How a page lies on the glass: its waves and its turning, for pictures and for points alike."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

BBox = tuple[int, int, int, int]


@dataclass(slots=True)
class Shape:
    """A wave along the lines, then a turn about the middle, then quarter turns; pixels and degrees."""

    degrees: float = 0.0
    wave: float = 0.0
    phase: float = 0.0
    quarters: int = 0

    def _lift(self, x: NDArray[np.float32], width: int) -> NDArray[np.float32]:
        return (self.wave * np.sin(np.pi * x / width + self.phase)).astype(np.float32)

    def _turn(self, size: tuple[int, int]) -> NDArray[np.float64]:
        return np.asarray(cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), self.degrees, 1.0), np.float64)

    def applied(self, ink: MatLike) -> MatLike:
        """The ink in this shape, of the same size; quarter turns come later."""
        height, width = ink.shape
        if self.wave:
            x = np.arange(width, dtype=np.float32)
            rows = np.arange(height, dtype=np.float32)[:, None] - self._lift(x, width)[None, :]
            columns = np.broadcast_to(x[None, :], (height, width))
            ink = cv2.remap(ink, np.ascontiguousarray(columns), rows, cv2.INTER_LINEAR)
        if abs(self.degrees) > 0.01:
            ink = cv2.warpAffine(ink, self._turn((width, height)), (width, height), flags=cv2.INTER_LINEAR)
        return ink

    def turned(self, picture: MatLike) -> MatLike:
        """The finished picture after its quarter turns, counter-clockwise."""
        return np.ascontiguousarray(np.rot90(picture, self.quarters)) if self.quarters else picture

    def carried(self, bbox: BBox, size: tuple[int, int]) -> BBox:
        """The rectangle around the same ink in the finished picture; `size` is width and height before."""
        width, height = size
        left, top, right, bottom = bbox
        x = np.array([left, right, left, right, (left + right) / 2], np.float32)
        y = np.array([top, top, bottom, bottom, top], np.float32) + self._lift(x, width)
        if abs(self.degrees) > 0.01:
            turn = self._turn(size)
            x, y = turn[0, 0] * x + turn[0, 1] * y + turn[0, 2], turn[1, 0] * x + turn[1, 1] * y + turn[1, 2]
        for _ in range(self.quarters % 4):
            x, y, width, height = y, width - x, height, width
        box = (math.floor(x.min()), math.floor(y.min()), math.ceil(x.max()), math.ceil(y.max()))
        return max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3])
