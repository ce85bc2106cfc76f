"""The blanks between a line's words, told by its ink where a net sees one too many or passes over one."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from digitize.ctc import Frames, Letter, LineFrames
from digitize.readings import pitch_of

_CLOSE, _APART = 1.5, 1.45  # times the pitch: letters with a blank between them are two pitches apart
_NARROW, _BROAD = 0.7, 0.8  # of the pitch: paper before a bracket that stands close, and between words
_WIDE = 0.4  # of the height of the letters: the narrowest blank of type that is set by the shape of its letters
_WIDER = 3.0  # times the usual paper between two letters of such type
_FEWEST = 5  # pairs of letters: from fewer, nobody can tell what paper between letters is usual
_OPENING, _POINTS, _CLOSING = "([", ".,:;'", ".,:;)"
_BESIDE = 1.6  # times the usual distance of letters within words: what closes a word stands no further from it


@dataclass(frozen=True, slots=True)
class Weights:
    """What tells a blank between two letters, in log odds; found as by `python -m training.spacing`, on 84 pages of
    the second maker's half for development and of the older layouts."""

    one: float = 0.890
    seen: float = 1.650  # times the net's own log odds
    opening: float = -5.136  # before a bracket: nets see blanks there
    even: float = -1.322  # in type of one pitch
    apart: float = 2.591  # times pitches between the letters' middles, over one and a half
    white: float = 1.177  # times the paper, in heights of a letter
    wider: float = 3.606  # times the same, over what is usual in the line
    point: float = -2.038  # after a point, which leaves paper around itself


WEIGHTS: tuple[float, ...] = astuple(Weights())
_FURTHEST = 5.0  # log odds: a net's sureness counts for no more


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two letters that follow each other, the blank that a net sees between them, and the paper there is."""

    before: Letter
    blank: Letter | None
    after: Letter
    white: int  # columns of the widest stretch without ink
    seen: float  # the highest probability of a blank that a frame between them gives

    @property
    def frames(self) -> float:
        """How far apart their middles are."""
        return self.after.middle - self.before.middle


def with_true_gaps(
    frames: LineFrames, ink: npt.NDArray[np.bool_], height: float, *, pitch: float | None = None
) -> LineFrames:
    """The frames without blanks for which the ink has no room, and with those that its paper shows.

    `ink` tells for each column of the line whether it holds any; `height` is that of its letters, in columns. Nets
    see blanks before brackets; where words are typed close they see none. `pitch`, in columns, is given where the
    letters are too few to tell it.
    """
    letters = frames.letters
    scale = frames.step * len(ink)  # columns to a frame
    pairs = list(_pairs(letters, frames.rows, ink, scale))
    pitch = pitch_of(letters) if pitch is None else pitch / scale
    odds = _odds(pairs, pitch, height)
    closing = {id(pair) for pair in _closing(pairs)}
    false = [
        pair.blank
        for pair, odd in zip(pairs, odds, strict=True)
        if pair.blank and (_is_false(pair, odd, pitch, scale) or id(pair) in closing)
    ]
    shown = {id(pair) for pair in _missed(pairs, pitch, scale, height)}
    missed = [
        pair
        for pair, odd in zip(pairs, odds, strict=True)
        if pair.blank is None
        and (odd > 0 or id(pair) in shown)
        and pair.after.first > pair.before.last
        and id(pair) not in closing
    ]
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


def _pairs(letters: Sequence[Letter], rows: Frames, ink: npt.NDArray[np.bool_], scale: float) -> Iterator[_Pair]:
    blank: Letter | None = None
    before: Letter | None = None
    paper, seen = _Paper(ink), rows[:, 1].tolist()
    for letter in letters:
        if letter.character == " ":
            blank = letter
            continue
        if before is not None:
            start, stop = round(before.middle * scale), round(letter.middle * scale)
            yield _Pair(
                before, blank, letter, paper.widest(start, max(start + 1, stop)), max(seen[before.first : letter.last])
            )
        before, blank = letter, None


class _Paper:
    """The stretches of a line without ink."""

    def __init__(self, ink: npt.NDArray[np.bool_]) -> None:
        self._starts, self._stops = (edges.tolist() for edges in stretches(~ink))

    def widest(self, start: int, stop: int) -> int:
        """The columns of the widest stretch between two columns."""
        widest, at = 0, bisect_right(self._stops, start)
        while at < len(self._starts) and self._starts[at] < stop:
            widest = max(widest, min(self._stops[at], stop) - max(self._starts[at], start))
            at += 1
        return widest


def stretches(mask: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Where each run of true values begins, and where it has ended."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return edges[::2], edges[1::2]


def evidence_of_pairs(frames: LineFrames, ink: npt.NDArray[np.bool_], height: float) -> list[list[float]]:
    """What speaks for a blank between each two letters, in the order of the weights; for fitting these."""
    scale = frames.step * len(ink)
    pairs = list(_pairs(frames.letters, frames.rows, ink, scale))
    usual = median(pair.white for pair in pairs) if pairs else 0.0
    return [_evidence(pair, pitch_of(frames.letters), usual, height) for pair in pairs]


def _odds(pairs: Sequence[_Pair], pitch: float, height: float) -> list[float]:
    """The log odds that there is a blank between each two letters; nought where a line is too short to tell."""
    if len(pairs) < _FEWEST:
        return [0.0] * len(pairs)
    usual = median(pair.white for pair in pairs)
    return [_weighed(_evidence(pair, pitch, usual, height)) for pair in pairs]


def _weighed(evidence: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True))


def _evidence(pair: _Pair, pitch: float, usual: float, height: float) -> list[float]:
    apart = min(max(pair.frames / pitch - 1.5, -1.0), 1.0) if pitch else 0.0
    return [
        1.0,
        _log_odds(pair.seen),
        float(pair.after.character in _OPENING),
        float(pitch > 0),
        apart,
        min(pair.white / height, 1.0),
        min(max((pair.white - usual) / height, -0.2), 1.0),
        float(pair.before.character in _POINTS),
    ]


def _log_odds(probability: float) -> float:
    held = min(max(probability, 1e-4), 1 - 1e-4)
    return min(max(math.log(held / (1.0 - held)), -_FURTHEST), _FURTHEST)


def _is_false(pair: _Pair, odd: float, pitch: float, scale: float) -> bool:
    close = pair.frames < _CLOSE * pitch and pair.white < _NARROW * pitch * scale
    return odd < 0 or (pair.after.character in _OPENING and close)


def _closing(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """The pairs whose second letter closes the first one's word: it stands as near as the next letter would. The paper
    before a colon looks like a blank, for most of its cell is paper. Dots that lead somewhere close no word."""
    inside = [pair.frames for pair in pairs if pair.blank is None]
    if len(inside) < 2:
        return
    nearest = _BESIDE * median(inside)
    for pair, after in zip(pairs, (*pairs[1:], None), strict=True):
        leads = after is not None and pair.after.character == after.after.character == "."
        if pair.after.character in _CLOSING and pair.before.character.isalnum() and not leads and pair.frames < nearest:
            yield pair


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
