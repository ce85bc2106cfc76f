"""A crop of a line made into the input of a net: one height, squeezed sideways, ink 1 on paper 0."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

Pixels: TypeAlias = npt.NDArray[np.uint8]
Ink: TypeAlias = npt.NDArray[np.float32]

NET_HEIGHT = 32
SQUEEZE = 0.6  # fixed-pitch type is wide: this leaves 2.5 to 3.5 frames a character
_NARROWEST, _WIDEST = 8, 4096  # columns
_LIGHTEST = 170.0  # of 255: what is no darker than this is not stretched any further; paper stays paper
_DARK_SHARE = 2.0  # percent of a crop's pixels that are taken as its full ink


def net_width(height: int, width: int, squeeze: float = SQUEEZE) -> int:
    """The columns that a crop of this size has as net input, before it is padded to whole frames."""
    return int(np.clip(round(width * NET_HEIGHT / max(1, height) * squeeze), _NARROWEST, _WIDEST))


def full_ink(pixels: Pixels) -> float:
    """The tone that the darkest fiftieth of some pixels reach, as numpy.percentile, which takes longer over so few; 0
    where there are none."""
    if not pixels.size:
        return 0.0
    place = (pixels.size - 1) * _DARK_SHARE / 100
    low = int(place)
    ranked = np.partition(pixels, (low, min(low + 1, pixels.size - 1)), axis=None)
    dark, next_dark = float(ranked[low]), float(ranked[min(low + 1, pixels.size - 1)])
    return dark + (next_dark - dark) * (place - low)


def resized(crop: Pixels, columns: int, rows: int) -> Pixels:
    """The crop in another size; averaged where it shrinks."""
    shrinks = crop.shape[0] >= rows and crop.shape[1] >= columns
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(crop, (columns, rows), interpolation=way), dtype=np.uint8)


def net_input(crop: Pixels, squeeze: float = SQUEEZE) -> Ink:
    """The crop of a line, dark on white (uint8, 0 is ink), as float32 [32, W], 0 paper to 1 full ink.

    It has `net_width` columns and, up to the next multiple of 4, paper to the right. The darkest fiftieth of
    the crop becomes full ink, so that faded and heavy lines come alike. An empty crop is a strip of paper.
    """
    height, width = crop.shape[:2]
    columns = net_width(height, width, squeeze)
    padded = np.zeros((NET_HEIGHT, -(-columns // 4) * 4), dtype=np.float32)
    if height == 0 or width == 0:
        return padded
    grey = resized(crop, columns, NET_HEIGHT)
    dark = min(full_ink(grey), _LIGHTEST)
    padded[:, :columns] = np.clip((255.0 - grey.astype(np.float32)) / (255.0 - dark), 0.0, 1.0)
    return padded
