"""Masks and the connected pieces in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from casefile.ocr import BBox
from digitize.rasterize import Pixels

Mask: TypeAlias = npt.NDArray[np.uint8]  # 255 where it holds, else 0
Labels: TypeAlias = npt.NDArray[np.uint16] | npt.NDArray[np.int32]

INK = 150  # of 255, after the background is divided away: darker is ink
_SIXTEEN_BITS = 1 << 16
_LITTLE = 0.7  # of its size: an image that shrinks no further loses little between its pixels
_BEFORE_8 = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], dtype=np.uint8)
_BEFORE_4 = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=np.uint8)
_WORK_SIDE = 1650  # pixels: a letter sheet at 150 dpi, where the dots of a matrix printer run together


def inked(image: Pixels, darkness: int = INK) -> Mask:
    """The ink of an evened page."""
    return np.asarray(cv2.threshold(image, darkness - 1, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def components(mask: Mask) -> npt.NDArray[np.int32]:
    """The connected pieces of a mask, one a row: left, top, width, height, pixels."""
    return labelled(mask)[1][1:]


def labelled(mask: Mask, connectivity: int = 8) -> tuple[Labels, npt.NDArray[np.int32]]:
    """For each pixel the number of its piece, 0 where there is none; and of each piece left, top, width, height and
    pixels, the first row being what is none.

    Numbers of 16 bits take less than half as long, where there are surely enough of them: OpenCV begins a piece only
    where nothing above or to the left of a pixel holds.
    """
    short = mask.size < _SIXTEEN_BITS or _beginnings(mask, connectivity) < _SIXTEEN_BITS
    kind = cv2.CV_16U if short else cv2.CV_32S
    _, found, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=connectivity, ltype=kind)
    labels: Labels = np.asarray(found, dtype=np.uint16) if short else np.asarray(found, dtype=np.int32)
    return labels, np.asarray(stats, dtype=np.int32)


def numbered(mask: Mask, connectivity: int = 8) -> tuple[Labels, int]:
    """For each pixel the number of its piece, 0 where there is none, and how many pieces there are: a sixth of the time
    that `labelled` takes over large ones."""
    if mask.size < _SIXTEEN_BITS or _beginnings(mask, connectivity) < _SIXTEEN_BITS:
        total, found = cv2.connectedComponents(mask, connectivity=connectivity, ltype=cv2.CV_16U)
        return np.asarray(found, dtype=np.uint16), total - 1
    total, found = cv2.connectedComponents(mask, connectivity=connectivity, ltype=cv2.CV_32S)
    return np.asarray(found, dtype=np.int32), total - 1


def where(kept: npt.NDArray[np.bool_], labels: Labels) -> Mask:
    """1 where the number of a pixel's piece is one that is kept, else 0: as `kept[labels]`, which takes five times as
    long."""
    if labels.dtype != np.uint16:
        return kept.view(np.uint8)[labels]
    table = np.zeros(_SIXTEEN_BITS, dtype=np.uint8)
    table[: len(kept)] = kept
    return np.asarray(cv2.LUT(labels, table), dtype=np.uint8)


def _beginnings(mask: Mask, connectivity: int) -> int:
    """How many pixels of a mask have none of it above them or to their left."""
    before = _BEFORE_4 if connectivity == 4 else _BEFORE_8
    above = cv2.dilate(mask, before, anchor=(1, 1), borderType=cv2.BORDER_CONSTANT, borderValue=(0,))
    return cv2.countNonZero(mask) - cv2.countNonZero(cv2.bitwise_and(mask, above))


def opened(mask: Mask, length: int, *, down: bool = False) -> Mask:
    """What of a mask runs on for so many pixels across, or down: as OpenCV's opening, in a quarter of the time."""
    runs = _thinned(mask, length, down=down)
    return _spread(runs, length, down=down) if cv2.countNonZero(runs) else runs


def closed(mask: Mask, length: int, *, down: bool = False) -> Mask:
    """The mask with gaps across, or down, of fewer pixels filled: as OpenCV's closing, in a third of the time on narrow
    ones."""
    return _thinned(_spread(mask, length, down=down), length, down=down)


def _thinned(mask: Mask, length: int, *, down: bool) -> Mask:
    """Where a mask holds for so many pixels around; beyond its edge it does."""
    return _joined(mask, length, 255, cv2.bitwise_and, down=down)


def _spread(mask: Mask, length: int, *, down: bool) -> Mask:
    """Where a mask holds within so many pixels around; beyond its edge it does not."""
    return _joined(mask, length, 0, cv2.bitwise_or, down=down)


def _joined(mask: Mask, length: int, beyond: int, join: Callable[..., MatLike], *, down: bool) -> Mask:
    """Each pixel joined with its neighbours: of one, then two, then four and so on."""
    before, after = length // 2, length - 1 - length // 2
    edges = (before, after, 0, 0) if down else (0, 0, before, after)
    found: MatLike = cv2.copyMakeBorder(mask, *edges, cv2.BORDER_CONSTANT, value=(beyond,))
    reached = 1
    while reached < length:
        step = min(reached, length - reached)
        found = join(found[:-step], found[step:]) if down else join(found[:, :-step], found[:, step:])
        reached += step
    return np.asarray(found, dtype=np.uint8)


def clusters(mask: Mask, across: int, down: int) -> tuple[tuple[BBox, int], ...]:
    """Groups of ink no further apart than `across` and `down` pixels, each with its pixels of ink.

    What is near is judged at half size, to within two pixels; boxes and pixels are exact.
    """
    joined = cv2.dilate(halved(mask, least=1), block(max(1, across // 2), max(1, down // 2)))
    labels, stats = labelled(np.asarray(joined, dtype=np.uint8))
    found = (_cluster(mask, labels, at, stats[at].tolist()) for at in range(1, len(stats)))
    return tuple((bbox, pixels) for bbox, pixels in found if pixels)


def _cluster(mask: Mask, labels: Labels, number: int, place: Sequence[int]) -> tuple[BBox, int]:
    """The box of the ink, and its pixels, where labels of half its size have a number; `place` is where to look."""
    left, top, width, height, _ = place
    own = labels[top : top + height, left : left + width] == number
    own = np.repeat(np.repeat(own, 2, axis=0), 2, axis=1)
    # An odd last row or column has no half of its own.
    below = 2 * (top + height) == 2 * labels.shape[0] < mask.shape[0]
    beside = 2 * (left + width) == 2 * labels.shape[1] < mask.shape[1]
    if below or beside:
        own = np.pad(own, ((0, int(below)), (0, int(beside))), mode="edge")
    inside = mask[2 * top : 2 * top + own.shape[0], 2 * left : 2 * left + own.shape[1]]
    own = own[: inside.shape[0], : inside.shape[1]]
    ink = cv2.bitwise_and(inside, as_mask(own))
    x, y, wide, high = cv2.boundingRect(ink)
    return BBox(2 * left + x, 2 * top + y, 2 * left + x + wide, 2 * top + y + high), cv2.countNonZero(ink)


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


def doubled(mask: Mask, shape: tuple[int, ...]) -> Mask:
    """The mask at twice its size; an odd last row or column of `shape` is as the one before it.

    Two pixels are written as one number of 16 bits: a third of the time that OpenCV takes.
    """
    across = (mask.astype(np.uint16) * np.uint16(257)).view(np.uint8)
    twice = np.repeat(across, 2, axis=0)
    more = ((0, shape[0] - twice.shape[0]), (0, shape[1] - twice.shape[1]))
    return twice if more == ((0, 0), (0, 0)) else np.pad(twice, more, mode="edge")


def reduced(image: Pixels, side: int = _WORK_SIDE) -> tuple[Pixels, float]:
    """The image with its longest side at most `side` pixels, and the ratio it was reduced by."""
    ratio = min(1.0, side / max(image.shape[:2]))
    if ratio == 1.0:
        return image, 1.0
    size = max(1, round(image.shape[1] * ratio)), max(1, round(image.shape[0] * ratio))
    # What loses little is taken between pixels: averaging them takes five times as long.
    way = cv2.INTER_LINEAR if ratio > _LITTLE else cv2.INTER_AREA
    return np.asarray(cv2.resize(image, size, interpolation=way), dtype=np.uint8), ratio


def as_mask(holds: npt.NDArray[np.bool_]) -> Mask:
    return holds.astype(np.uint8) * np.uint8(255)


def block(width: int, height: int) -> Mask:
    return np.ones((height, width), dtype=np.uint8)
