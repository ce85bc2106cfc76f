"""A curved line laid straight, and the way from its crop back to the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox
from digitize.lines.shape import Pixels, full_ink
from digitize.prepare.pieces import labelled

Curve: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]

PAD = 0.22  # of the height of its ink: so much paper a crop keeps above and below
_SIDE = 0.35  # letters: so much a crop keeps to the left and right
# and so much clean paper is put to either side: nets take what stands close to an end for something cut off
_PAPER = 0.35
_REACH = 1.9  # letters: how far from its middle a line may hold ink
_LOW, _LOW_ALONE = 0.62, 0.68  # letters: what is lower is a mark; what stands alone, a mark for *as above* it may be,
_NARROW = 1.2  # and no wider than this, is one up to nearly the height of a small letter
_POINT = 9.0  # letters: so much of a line each of the points tells that it runs through
_ONE_ROW, _INSIDE, _DEEP = 1.4, 0.4, 0.5  # letters: what is thicker holds two rows, parted by a valley, and its depth
_DARK = 0.42  # of the darkness of a crop's darkest ink: darker is ink


@dataclass(frozen=True, slots=True)
class Line:
    """A line laid straight. `curve` gives its middle on the page, y for x, the highest power first."""

    crop: Pixels  # dark on white
    left: int  # the page's x of the first column
    above: int  # rows of the crop above the middle; may be negative
    curve: Curve
    ink: Mask = field(init=False, repr=False, compare=False)  # where the crop holds ink, faded as it may be

    def __post_init__(self) -> None:
        object.__setattr__(self, "ink", ink_of(self.crop))

    @property
    def letter(self) -> float:
        """The height of its letters, without the paper that the crop keeps above and below."""
        return float(self.crop.shape[0]) / (1 + 2 * PAD)

    @property
    def bbox(self) -> BBox:
        """The box of the whole crop on the page."""
        height, width = self.crop.shape
        return self.on_page(BBox(0, 0, width, height))

    def middle_at(self, x: float) -> float:
        """The page's y of the middle of the crop where it stands at x."""
        return self._height_at(x) - self.above + float(self.crop.shape[0]) / 2

    def _height_at(self, x: float) -> float:
        """The curve at x: as numpy.polyval, which is slow for one value."""
        y = 0.0
        for factor in self.curve.tolist():
            y = y * x + factor
        return float(y)

    def on_page(self, part: BBox) -> BBox:
        """The rectangle of the page that holds a part of the crop."""
        left, right = self.left + part.left, self.left + part.right
        middle = [self._height_at(left + at * (right - left) / 4) for at in range(5)]
        top, bottom = min(middle) - self.above + part.top, max(middle) - self.above + part.bottom
        return BBox(left, round(top), right, max(round(top) + 1, round(bottom)))

    def ink_box(self, first: int, last: int) -> BBox:
        """The box on the page of the ink in the crop's columns from `first` up to `last`; theirs if there is none."""
        height, width = self.crop.shape
        first = min(max(0, first), width - 1)
        last = min(max(first + 1, last), width)
        ink = self.ink[:, first:last]
        columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
        if not len(columns):
            return self.on_page(BBox(first, 0, last, height))
        return self.on_page(
            BBox(first + int(columns[0]), int(rows[0]), first + int(columns[-1]) + 1, int(rows[-1]) + 1)
        )


def ink_of(crop: Pixels) -> Mask:
    """Where a crop holds ink: what is nearly half as dark as its darkest fiftieth, and no grain of paper."""
    return np.asarray(crop < _threshold(crop))


def _threshold(crop: Pixels) -> float:
    darkest = min(full_ink(crop[::2, ::2]), 170.0)
    return 255.0 - _DARK * (255.0 - darkest)


def straightened(image: Pixels, x: Curve, y: Curve, weight: Curve, left: float, right: float, *, letter: float) -> Line:
    """The line that runs through these points, cut from the page; `letter` is the height of one, pixels."""
    curve = _curve(x, y, weight, right - left, letter)
    side = round(_SIDE * letter)
    start, stop = max(0, int(left) - side), min(image.shape[1], int(right) + side)
    reach = round(_REACH * letter)
    tall = _unrolled(image, curve, start, stop, reach)
    top, bottom = _band(tall, reach, side, letter)
    paper = round(_PAPER * letter)
    crop = cv2.copyMakeBorder(tall[top:bottom], 0, 0, paper, paper, cv2.BORDER_CONSTANT, value=(255,))
    return Line(np.asarray(crop, dtype=np.uint8), start - paper, reach - top, curve)


def _curve(x: Curve, y: Curve, weight: Curve, length: float, letter: float) -> Curve:
    """The middle of a line: level where it is short, bent where it is long, as far as the points tell; one pass leaves
    out what lies off."""
    length = min(length, float(np.ptp(x)) + _POINT * letter)
    degree = min(len(x) - 1, int(np.searchsorted((6.0, 30.0, 75.0), length / letter)))
    curve = _fitted(x, y, weight, degree)
    off = np.abs(_valued(curve, x) - y)
    kept = off <= max(0.15 * letter, 2.5 * float(np.median(off)))
    if not kept.all() and int(kept.sum()) > degree:
        curve = _fitted(x[kept], y[kept], weight[kept], degree)
    return curve


def _fitted(x: Curve, y: Curve, weight: Curve, degree: int) -> Curve:
    """The polynomial through weighted points; points may coincide, then it is of a lower degree."""
    degree = min(degree, len(set(x.tolist())) - 1)
    if degree == 0:
        return np.array([np.dot(weight, y) / weight.sum()])
    middle, spread = float(x.mean()), float(np.ptp(x))
    powers = np.vander((x - middle) / spread, degree + 1)
    root = np.sqrt(weight)
    found, *_ = np.linalg.lstsq(powers * root[:, None], y * root, rcond=None)
    return _unscaled(found.tolist(), middle, spread)


def _unscaled(factors: Sequence[float], middle: float, spread: float) -> Curve:
    """The polynomial of (x - middle) / spread as one of x, the highest power first."""
    curve = [0.0]
    for factor in factors:  # times (x - middle) / spread, plus the next
        up, down = (*curve, 0.0), (0.0, *curve)
        curve = [(one - middle * other) / spread for one, other in zip(up, down, strict=True)]
        curve[-1] += factor
    return np.array(curve[-len(factors) :])


def _valued(curve: Curve, x: Curve) -> Curve:
    """As numpy.polyval, which takes longer over few places."""
    y = np.zeros_like(x)
    for factor in curve.tolist():
        y = y * x + factor
    return y


def _unrolled(image: Pixels, curve: Curve, start: int, stop: int, reach: int) -> Pixels:
    """The rows within `reach` of the curve, its middle in row `reach`; paper beyond the page."""
    columns = np.arange(start, stop, dtype=np.float32)
    middle = _valued(curve, np.arange(start, stop, dtype=np.float64) + 0.5).astype(np.float32)
    rows = np.arange(-reach, reach, dtype=np.float32)[:, None]
    if float(np.ptp(middle)) < 0.7:
        return _level(image, round(float(middle.mean())), start, stop, reach)
    return np.asarray(
        cv2.remap(
            image,
            np.broadcast_to(columns, (2 * reach, len(columns))).copy(),
            middle[None, :] + rows,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(255,),
        ),
        dtype=np.uint8,
    )


def _level(image: Pixels, middle: int, start: int, stop: int, reach: int) -> Pixels:
    tall = np.full((2 * reach, stop - start), 255, dtype=np.uint8)
    top, bottom = max(0, middle - reach), min(image.shape[0], middle + reach)
    if top < bottom:
        tall[top - middle + reach : bottom - middle + reach] = image[top:bottom, start:stop]
    return tall


def _band(tall: Pixels, middle: int, side: int, letter: float) -> tuple[int, int]:
    """The rows of the crop: the line's own ink with a little paper above and below.

    A low mark, as a dash alone, gets the height of a letter, so that it does not become a bar.
    """
    near = round(0.6 * letter)
    ink = (tall < _threshold(tall[max(0, middle - near) : middle + near])).astype(np.uint8)
    top, bottom, own = _thick_rows(ink, middle, letter)
    alone = tall.shape[1] - 2 * side < _NARROW * letter
    if bottom - top < (_LOW_ALONE if alone else _LOW) * letter:
        centre = (top + bottom) / 2
        top, bottom = round(centre - 0.5 * letter), round(centre + 0.5 * letter)
    else:
        top, bottom = _with_strokes(ink, top, bottom)
        top, bottom = max(top, own.start), min(bottom, own.stop)
    pad = max(2, round(PAD * (bottom - top)))
    top = min(max(0, top - pad), len(tall) - 4)
    return top, max(top + 4, min(len(tall), bottom + pad))


def _thick_rows(ink: Pixels, middle: int, letter: float) -> tuple[int, int, slice]:
    """The run of rows around the middle that hold more than a tenth of the fullest row's ink, and between which rows
    the line's own ink can be, where others are near or, as where the run is thicker than a line, join it."""
    rows = cv2.reduce(ink, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0]
    profile = np.convolve(rows, np.ones(3) / 3, mode="same")
    near = slice(max(0, middle - round(0.6 * letter)), middle + round(0.6 * letter))
    peak = near.start + int(np.argmax(profile[near]))
    full = float(profile[peak])
    thin = np.flatnonzero(profile <= 0.1 * full)
    above, below = thin[thin < peak], thin[thin > peak]
    top = int(above[-1]) + 1 if len(above) else 0
    bottom = max(top + 1, int(below[0]) if len(below) else len(profile))
    if bottom - top <= _ONE_ROW * letter:
        own = slice(top - _before_other(profile[:top][::-1], full), bottom + _before_other(profile[bottom:], full))
        return top, bottom, own
    clear = round(_INSIDE * letter)
    first = max(0, middle - clear - _valley(profile[: max(1, middle - clear)][::-1], full))
    last = middle + clear + _valley(profile[middle + clear :], full)
    top = max(top, first)
    return top, max(top + 1, min(bottom, last)), slice(first, max(top + 1, last))


def _before_other(profile: Curve, full: float) -> int:
    """How many rows from a line's edge on may hold strokes of its own: up to the emptiest before another line, which
    alone holds half as much ink again as the line's fullest row."""
    other = np.flatnonzero(profile > _DEEP * full)
    return int(np.argmin(profile[: max(1, int(other[0]))])) if len(other) else len(profile)


def _valley(profile: Curve, full: float) -> int:
    """How many rows lie before the first valley between a line and the next, from its middle on; all where there is
    none: nothing else rises to twice what it fell to."""
    least, at = full, 0
    for row, ink in enumerate(profile.tolist()):
        if ink < least:
            least, at = ink, row
        elif least < _DEEP * full and ink > 2 * least:
            return at
    return len(profile)


def _with_strokes(ink: Pixels, top: int, bottom: int) -> tuple[int, int]:
    """The band with the strokes that rise above it or hang below, as of b and p; not those of other lines."""
    _, stats = labelled(ink)
    tops, heights = stats[1:, 1], stats[1:, 3]
    bottoms, core = tops + heights, bottom - top
    inside = np.minimum(bottoms, bottom) - np.maximum(tops, top)
    own = (inside > 0.5 * np.minimum(core, heights)) & (heights < 2.2 * core)
    if own.any():
        top = max(min(top, int(tops[own].min())), top - round(0.55 * core))
        bottom = min(max(bottom, int(bottoms[own].max())), bottom + round(0.45 * core))
    return top, bottom
