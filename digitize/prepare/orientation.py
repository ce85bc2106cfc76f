"""Which way up a page lies, told from the shapes of its letters by a small trained net."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from digitize.prepare.letters import Pieces, Points
from digitize.rasterize import Pixels

Windows: TypeAlias = npt.NDArray[np.float32]  # one a row of SIDE by SIDE, ink 1, paper 0

SIDE = 29  # pixels of a window, which shows a letter with its neighbours; odd, so that it has a middle
SIZE = 10.0  # pixels: what a letter's size is brought to in a window
_MOST = 256  # windows looked at; more change no answer
_FEWEST = 12  # letters; with fewer there is nothing to tell by
_LAID = np.log([0.91, 0.03, 0.03, 0.03])  # how pages are laid on the glass, before one letter is looked at
_FLOOR = -3.0  # log probability: no single blot may outvote many letters


@dataclass(frozen=True, slots=True)
class Orientation:
    """The clockwise turn, in degrees, that brings a page upright, and the probability that it does."""

    turned: int
    probability: float


def orientation_of(small: Pixels, pieces: Pieces) -> Orientation:
    """How the page must be turned; probability 0.25 where there are too few letters to tell."""
    windows = windows_of(small, pieces)
    if len(windows) < _FEWEST:
        return Orientation(0, 0.25)
    votes = np.maximum(log_shares(windows), _FLOOR).sum(axis=0) * _net().weight + _LAID
    shares = np.exp(votes - votes.max())
    best = int(np.argmax(shares))
    return Orientation(90 * best, float(shares[best] / shares.sum()))


def windows_of(small: Pixels, pieces: Pieces, *, most: int = _MOST, side: int = SIDE) -> Windows:
    """Windows around letters of the small working image, the way they lie, all letters of one size."""
    boxes, size = _marks(pieces)
    if not len(boxes):
        return np.zeros((0, side, side), dtype=np.float32)
    ratio = SIZE / size
    width, height = max(side, round(small.shape[1] * ratio)), max(side, round(small.shape[0] * ratio))
    flags = cv2.INTER_AREA if ratio < 1 else cv2.INTER_LINEAR
    even = cv2.resize(small, (width, height), interpolation=flags)
    around = cv2.copyMakeBorder(even, side, side, side, side, cv2.BORDER_CONSTANT, value=(255,))
    some = boxes[:: max(1, len(boxes) // most)][:most]
    stretch = np.array([width / small.shape[1], height / small.shape[0]])
    # The pixel in the middle of a letter, and half a window to the left and above, on the page with its border.
    left, top = np.floor((some[:, :2] + some[:, 2:]) / 2 * stretch).astype(np.intp).T + side - side // 2
    every = np.lib.stride_tricks.sliding_window_view(np.asarray(around), (side, side))
    return np.asarray(1.0 - every[top, left] / 255.0, dtype=np.float32)


def _marks(pieces: Pieces) -> tuple[Points, float]:
    """The boxes of what may be letters, whichever way the page lies, and their middle size in pixels."""
    left, top, width, height, area = pieces.stats.T
    size = np.sqrt(width * height)
    fit = (np.maximum(width, height) >= 6) & (np.maximum(width, height) <= 120) & (area >= 10)
    fit[0] = False
    if not fit.any():
        return np.zeros((0, 4)), 0.0
    middle = float(np.median(size[fit]))
    fit &= (size >= 0.5 * middle) & (size <= 2.5 * middle)
    return np.column_stack((left, top, left + width, top + height))[fit].astype(np.float64), middle


def log_shares(windows: Windows) -> npt.NDArray[np.float64]:
    """For each window the log probability of its four turns, by how much each looks like upright type."""
    looks = _net().looks(windows)
    looks -= looks.max(axis=1, keepdims=True)
    return np.asarray(looks - np.log(np.exp(looks).sum(axis=1, keepdims=True)), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Net:
    """Two dense layers; `weight` is what a window's vote counts, since neighbours tell the same twice."""

    first: npt.NDArray[np.float32]  # one a hidden unit and turn: turning the weights is turning every window
    first_bias: npt.NDArray[np.float32]
    second: npt.NDArray[np.float32]
    second_bias: npt.NDArray[np.float32]
    last: npt.NDArray[np.float32]
    weight: float

    def looks(self, windows: Windows) -> npt.NDArray[np.float64]:
        """How much each window would look like upright type after each of the four turns; any scale."""
        hidden = (windows.reshape(len(windows), -1) @ self.first).reshape(len(windows), 4, -1)
        hidden = np.maximum(hidden + self.first_bias, 0) @ self.second
        return np.asarray(np.maximum(hidden + self.second_bias, 0) @ self.last, dtype=np.float64)


@cache
def _net() -> _Net:
    """The shipped net; `python -m training.orientation` makes it."""
    content = (files(__package__) / "orientation.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as kept:
        layers = {name: kept[name].astype(np.float32) for name in kept.files if name != "weight"}
        upright = layers.pop("first").reshape(SIDE, SIDE, -1)
        turns = [np.rot90(upright, turn).reshape(SIDE * SIDE, -1) for turn in range(4)]
        return _Net(np.concatenate(turns, axis=1), **layers, weight=float(kept["weight"]))
