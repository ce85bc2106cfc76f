"""Masks and the connected pieces in them."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox
from digitize.rasterize import Pixels

Mask: TypeAlias = npt.NDArray[np.uint8]  # 255 where it holds, else 0

INK = 150  # of 255, after the background is divided away: darker is ink
_WORK_SIDE = 1650  # pixels: a letter sheet at 150 dpi, where the dots of a matrix printer run together


def inked(image: Pixels, darkness: int = INK) -> Mask:
    """The ink of an evened page."""
    return np.asarray(cv2.threshold(image, darkness - 1, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def components(mask: Mask) -> npt.NDArray[np.int32]:
    """The connected pieces of a mask, one a row: left, top, width, height, pixels."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return np.asarray(stats[1:], dtype=np.int32)


def clusters(mask: Mask, across: int, down: int) -> tuple[tuple[BBox, int], ...]:
    """Groups of ink no further apart than `across` and `down` pixels, each with its pixels of ink.

    What is near is judged at half size, to within two pixels; boxes and pixels are exact.
    """
    joined = cv2.dilate(halved(mask, least=1), block(max(1, across // 2), max(1, down // 2)))
    total, labels = cv2.connectedComponents(joined, connectivity=8)
    y, x = np.nonzero(mask)
    if not len(x):
        return ()
    low, far = labels.shape[0] - 1, labels.shape[1] - 1
    owner = np.asarray(labels, dtype=np.int64)[np.minimum(y // 2, low), np.minimum(x // 2, far)]
    sizes = np.bincount(owner, minlength=total)
    edges = [np.full(total, 1 << 30), np.full(total, 1 << 30), np.zeros(total, int), np.zeros(total, int)]
    np.minimum.at(edges[0], owner, x)
    np.minimum.at(edges[1], owner, y)
    np.maximum.at(edges[2], owner, x + 1)
    np.maximum.at(edges[3], owner, y + 1)
    return tuple((BBox(*(int(edge[one]) for edge in edges)), int(sizes[one])) for one in range(1, total) if sizes[one])


def halved(mask: Mask, *, least: int = 2) -> Mask:
    """The mask at half its size: a pixel holds where at least so many of its four do."""
    shares = half_of(mask)
    return np.asarray(cv2.threshold(shares, 63 * least - 32, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def half_of(image: Pixels) -> Pixels:
    """The image at half its size; an odd last row or column is dropped, but never the only one."""
    width, height = max(1, image.shape[1] // 2), max(1, image.shape[0] // 2)
    # Four pixels to one, exactly: the fast way through OpenCV.
    whole = image[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def reduced(image: Pixels, side: int = _WORK_SIDE) -> tuple[Pixels, float]:
    """The image with its longest side at most `side` pixels, and the ratio it was reduced by."""
    ratio = min(1.0, side / max(image.shape[:2]))
    if ratio == 1.0:
        return image, 1.0
    size = max(1, round(image.shape[1] * ratio)), max(1, round(image.shape[0] * ratio))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), ratio


def as_mask(holds: npt.NDArray[np.bool_]) -> Mask:
    return holds.astype(np.uint8) * np.uint8(255)


def block(width: int, height: int) -> Mask:
    return np.ones((height, width), dtype=np.uint8)
