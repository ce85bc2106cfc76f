"""Long straight strokes askew, as of a stamp's frame: told apart from the type that they cross and join."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

Mask: TypeAlias = npt.NDArray[np.uint8]
Boxes: TypeAlias = npt.NDArray[np.int32]

_LONG = 4.0  # letters: a stroke of type is never so long
_BREAK = 2  # pixels of paper a worn stroke may lose
_WIDEST, _TALLEST = 60.0, 20.0  # letters: a frame is smaller; the edge of a scan is not
_THIN = 0.35  # of a frame's box at most is ink
_ASKEW = 0.015  # down for one across, or across for one down
_STEPS = 180  # directions that are tried


def strokes_on(ink: Mask, stats: Boxes, letter: float) -> Mask:
    """The long strokes on pieces of ink that are no letters; `stats` has their boxes: left, top, width, height, ink.

    Ink is 1, and so are strokes. What of a piece is neither long nor straight is left: letters, it may be, that a frame
    joins.
    """
    strokes = np.zeros_like(ink)
    for left, top, wide, high, area in stats.tolist():
        if wide <= _WIDEST * letter and high <= _TALLEST * letter and area <= _THIN * wide * high:
            inside = np.s_[top : top + high, left : left + wide]
            strokes[inside] |= _strokes(np.ascontiguousarray(ink[inside]), letter)
    return strokes


def _strokes(piece: Mask, letter: float) -> Mask:
    """The straight strokes of a piece, as broad as they are, if they run both ways as those of a frame do, and askew:
    what is left of level rules tells nothing."""
    drawn = np.zeros_like(piece)
    length = round(_LONG * letter)
    found = cv2.HoughLinesP(piece, 1, np.pi / _STEPS, round(0.8 * length), minLineLength=length, maxLineGap=_BREAK)
    ends = np.zeros((0, 4), dtype=np.int32) if found is None else np.asarray(found, dtype=np.int32).reshape(-1, 4)
    wide, high = np.abs(ends[:, 2] - ends[:, 0]), np.abs(ends[:, 3] - ends[:, 1])
    across = wide > high
    if across.all() or not across.any():
        return drawn
    if float(np.median(np.minimum(wide, high) / np.maximum(wide, high))) < _ASKEW:
        return drawn
    for x0, y0, x1, y1 in ends.tolist():
        cv2.line(drawn, (int(x0), int(y0)), (int(x1), int(y1)), (1,), 3)
    return drawn & piece
