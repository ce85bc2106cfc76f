"""The blanks between a line's words, told by its ink where a net sees one too many or passes over one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from digitize.ctc import Letter, LineFrames, letters_of
from digitize.readings import pitch_of

_CLOSE, _APART = 1.5, 1.45  # times the pitch: letters with a blank between them are two pitches apart
_NARROW, _BROAD = 0.5, 0.8  # of the pitch: paper between letters side by side, and between words
_WIDE = 0.4  # of the height of the letters: the narrowest blank of type that is set by the shape of its letters
_WIDER = 3.0  # times the usual paper between two letters of such type


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two letters that follow each other, the blank that a net sees between them, and the paper there is."""

    before: Letter
    blank: Letter | None
    after: Letter
    white: int  # columns of the widest stretch without ink

    @property
    def frames(self) -> float:
        """How far apart their middles are."""
        return self.after.middle - self.before.middle


def with_true_gaps(frames: LineFrames, ink: npt.NDArray[np.bool_], height: float) -> LineFrames:
    """The frames without blanks for which the ink has no room, and with those that its paper shows.

    `ink` tells for each column of the line whether it holds any; `height` is that of its letters, in columns. Nets
    see blanks before brackets; where words are typed close they see none.
    """
    letters = letters_of(frames.rows)
    scale = frames.step * len(ink)  # columns to a frame
    pairs = list(_pairs(letters, ink, scale))
    pitch = pitch_of(letters)
    false = [pair.blank for pair in pairs if pair.blank and pitch and _is_false(pair, pitch, scale)]
    missed = list(_missed(pairs, pitch, scale, height))
    if not false and not missed:
        return frames
    rows = frames.rows.copy()
    for blank in false:
        rows[blank.first : blank.last, 0] += rows[blank.first : blank.last, 1]
        rows[blank.first : blank.last, 1] = 0.0
    for pair in missed:
        at = (pair.before.last + pair.after.first) // 2
        rows[at, 1] += rows[at, 0]
        rows[at, 0] = 0.0
    return LineFrames(rows, frames.step)


def _pairs(letters: Sequence[Letter], ink: npt.NDArray[np.bool_], scale: float) -> Iterator[_Pair]:
    blank: Letter | None = None
    before: Letter | None = None
    for letter in letters:
        if letter.character == " ":
            blank = letter
            continue
        if before is not None:
            yield _Pair(before, blank, letter, _white(ink, before, letter, scale))
        before, blank = letter, None


def _white(ink: npt.NDArray[np.bool_], before: Letter, after: Letter, scale: float) -> int:
    """The columns of the widest stretch without ink between the middles of two letters."""
    start = round(before.middle * scale)
    stretch = ~ink[start : max(start + 1, round(after.middle * scale))]
    starts, stops = stretches(stretch)
    return int((stops - starts).max(initial=0))


def stretches(mask: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Where each run of true values begins, and where it has ended."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return edges[::2], edges[1::2]


def _is_false(pair: _Pair, pitch: float, scale: float) -> bool:
    return pair.frames < _CLOSE * pitch and pair.white < _NARROW * pitch * scale


def _missed(pairs: Sequence[_Pair], pitch: float, scale: float, height: float) -> Iterator[_Pair]:
    """The letters between which the paper is a blank and the net saw none, though it left a frame for it."""
    inside = [pair.white for pair in pairs if pair.blank is None]
    if not inside:
        return
    least = _BROAD * pitch * scale if pitch else max(_WIDE * height, _WIDER * median(inside))
    for pair in pairs:
        room = pair.white >= least and (not pitch or pair.frames >= _APART * pitch)
        if room and pair.blank is None and pair.after.first > pair.before.last:
            yield pair
