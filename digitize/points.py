"""The point that ends a line, told by its ink: our net takes it for dirt."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitize.ctc import ALPHABET, Letter, LineFrames

_SMALLEST, _LARGEST = 0.12, 0.34  # letters: the sides of a point
_TALL = 0.45  # letters: what is higher stands on the baseline
_OFF = 0.13  # letters: a point ends no further from it, up or down
_NEAREST, _FURTHEST = 0.28, 0.6  # letters: from the middle of the letter before it
_FULL = 0.7  # of its box is ink
_SURE = 0.94  # that such a mark is a point: 51 of 51 were on pages of the second maker's half for development
_POINT = ALPHABET.index(".")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of ink after the last letter, in columns and rows of the crop."""

    left: int
    top: int
    width: int
    height: int
    ink: int

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


def with_end_point(frames: LineFrames, ink: npt.NDArray[np.bool_], height: float) -> LineFrames:
    """The frames of a line with the point that its ink shows after the last letter, where they have none.

    `ink` is the crop's, `height` that of its letters in pixels.
    """
    letters = frames.letters
    if len(letters) < 2 or not (letters[-1].character.isalnum() or letters[-1].character in ")'\""):
        return frames
    at = _place(letters[-1], frames.step * ink.shape[1], ink, height)
    if at is None:
        return frames
    frame = max(letters[-1].last, int(at / (frames.step * ink.shape[1])))
    if frame >= len(frames.rows):
        return frames
    rows = frames.rows.copy()
    rows[frame] *= 1.0 - _SURE
    rows[frame, _POINT] += _SURE
    return LineFrames(rows, frames.step)


def _place(last: Letter, scale: float, ink: npt.NDArray[np.bool_], height: float) -> float | None:
    """The column of the only mark after the last letter, if it looks like a point; `scale` is columns to a frame."""
    start = max(0, round(last.middle * scale - 1.5 * height))
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink[:, start:].astype(np.uint8), connectivity=8)
    marks = [_Mark(start + left, *rest) for left, *rest in stats[1:].tolist()]
    feet = [mark.top + mark.height for mark in marks if mark.height > _TALL * height]
    after = [mark for mark in marks if mark.middle > last.middle * scale + _NEAREST * height]
    if not feet or len(after) != 1:
        return None
    (mark,) = after
    near = mark.middle - last.middle * scale <= _FURTHEST * height
    return mark.middle if near and _is_point(mark, float(np.median(feet)), height) else None


def _is_point(mark: _Mark, baseline: float, height: float) -> bool:
    sides = (mark.width, mark.height)
    small = _SMALLEST * height <= min(sides) and max(sides) <= _LARGEST * height
    low = abs(mark.top + mark.height - baseline) <= _OFF * height
    return small and low and mark.ink >= _FULL * mark.width * mark.height
