"""Lines of type found on a straightened page: row pieces in upright strips, chained from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from digitize.lines.shape import Pixels
from digitize.lines.straight import Line, straightened
from digitize.lines.strokes import strokes_on

Mask: TypeAlias = npt.NDArray[np.uint8]
Counts: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = npt.NDArray[np.int32]

_DARKEST, _LIGHTEST = 90.0, 40.0  # of 255: so much darker than paper is ink in black type, and in the faintest
_FADED = 0.55  # of the darkness of the type around it
_NOISE = 5.0  # times the grain of the paper is no ink
_STRIP = 9.0  # letters: within so wide a strip a curved line is as good as level
_JOIN = 2.2  # letters: gaps within a row piece are no wider
_GAP = 2.4  # letters: a wider gap ends a line; rows are rebuilt from words afterwards
_TALL = 1.95  # letters: a taller piece may hold several rows
_SHIFT = 0.75  # letters: how far the middle of the next piece may lie off
_SOLID = 1.2  # letters: so wide and high, no type is black throughout
_STEEPEST = 0.12  # down or up for one across: no line of a straightened page leans more
_SHIFT_ACROSS = 0.4  # letters: the same across white, beyond which a note in the margin may stand
_SOUND = 0.6  # of the height of a line's tallest piece: lower ones do not tell where it runs
_THIN = 0.3  # letters: what is left of a stroke is thinner
_LEVEL = 0.45  # share of the lower of two pieces that must stand level with the other


@dataclass(frozen=True, slots=True)
class _Piece:
    """A bit of a row within one strip; the band is where its ink is thick: the small letters."""

    left: int
    right: int
    top: int  # of the band
    bottom: int
    ink: int

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True)
class _Chain:
    """Pieces of one line, from left to right; `end` is the last of full height: a dash says little about where its
    line runs."""

    pieces: list[_Piece]
    end: _Piece

    @property
    def right(self) -> int:
        return self.pieces[-1].right

    def add(self, piece: _Piece) -> None:
        self.pieces.append(piece)
        self.end = _sound(self.pieces[-3:])[-1]

    def drop(self, piece: _Piece) -> float:
        """How far below its end the chain runs where a piece stands, by the slope of its last pieces."""
        sound = _sound(self.pieces[-4:])
        if len(sound) < 3:
            return 0.0
        slope = (sound[-1].middle - sound[0].middle) / max(1.0, sound[-1].centre - sound[0].centre)
        return min(max(slope, -_STEEPEST), _STEEPEST) * (piece.centre - self.end.centre)


def _sound(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces of full height."""
    full = max(piece.bottom - piece.top for piece in pieces)
    return [piece for piece in pieces if piece.bottom - piece.top >= _SOUND * full]


def lines_of(image: Pixels) -> tuple[Line, ...]:
    """The lines of a straightened page, dark on white, each with the way from its crop back to the page.

    Handwriting and stains come as lines, too: only reading can tell. A page without ink has none.
    """
    height, width = image.shape
    if min(height, width) < 4:
        return ()
    small = np.asarray(cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    clean, letter, strokes = _of_sane_size(_ink_of(small))
    if letter == 0.0:
        return ()
    if strokes.any():
        image = _painted_out(strokes, image)
    clean, image = _without_solids(clean, image, letter)
    pieces = sorted(_pieces(clean, letter), key=lambda piece: piece.left)
    chains = [chain for chain in _chains(pieces, letter) if _counts(chain, letter)]
    lines = [straightened(image, *_centres(chain), letter=2 * letter) for chain in chains]
    return _without_scraps(lines, 2 * letter)


def _ink_of(small: Pixels) -> Mask:
    """The ink of a page at half its size; where type has faded, what is lighter counts."""
    dark = 255 - small
    grain = 1.48 * float(np.median(dark[::3, ::3]))  # paper is white: what is left of it is its grain
    height, width = small.shape
    coarse = cv2.resize(dark, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    around = cv2.blur(cv2.dilate(coarse, np.ones((7, 13), dtype=np.uint8)), (13, 7))
    level = np.clip(_FADED * around.astype(np.float32), min(_DARKEST, max(_LIGHTEST, _NOISE * grain)), _DARKEST)
    least = cv2.resize(level, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(dark > least, dtype=np.uint8)


def _of_sane_size(ink: Mask) -> tuple[Mask, float, Mask]:
    """The ink without specks and without what is far taller than letters; the height of a letter; and the strokes of
    frames that were taken away from among letters."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height, area = np.asarray(stats[1:, 2:], dtype=np.int32).T
    like_letters = (height >= 5) & (height <= 40) & (width >= 2) & (width <= 80) & (area >= 8)
    if not like_letters.any():
        return ink, 0.0, np.zeros_like(ink)
    letter = float(np.clip(_middle(height[like_letters], area[like_letters]), 7.0, 24.0))
    least = max(3.0, 0.015 * letter * letter)
    large = (height > 5 * letter) | (width > 40 * letter)
    gone = np.concatenate(([False], (area < least) | large))
    clean = np.where(gone[labels], np.uint8(0), ink)
    if not large.any():
        return clean, letter, np.zeros_like(ink)
    odd = np.where(np.concatenate(([False], large))[labels], ink, np.uint8(0))
    strokes = strokes_on(odd, stats[1:][large], letter)
    return clean | _letters_of(odd, strokes, least, letter), letter, strokes


def _letters_of(odd: Mask, strokes: Mask, least: float, letter: float) -> Mask:
    """What is of a letter's size in pieces that hold strokes, once these are taken away."""
    if not strokes.any():
        return np.zeros_like(odd)
    rest = np.where(strokes > 0, np.uint8(0), odd)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    sane = (stats[:, 4] >= least) & (stats[:, 3] <= 5 * letter) & (stats[:, 2] <= 40 * letter)
    kept = sane & (np.minimum(stats[:, 2], stats[:, 3]) >= _THIN * letter)
    kept[0] = False
    return np.asarray(kept[labels], dtype=np.uint8)


def _painted_out(strokes: Mask, image: Pixels) -> Pixels:
    """The page with the strokes painted white, and their soft edge with them."""
    height, width = image.shape
    over = cv2.resize(strokes, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(
        cv2.bitwise_or(image, cv2.dilate(over, np.ones((3, 3), dtype=np.uint8)) * np.uint8(255)), np.uint8
    )


def _without_solids(ink: Mask, image: Pixels, letter: float) -> tuple[Mask, Pixels]:
    """The ink and the page without what is too solid for a letter: punched holes and blots, beside type or on it."""
    side = round(_SOLID * letter)
    solid = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((side, side), dtype=np.uint8)), dtype=np.uint8)
    if not solid.any():
        return ink, image
    # the corners that a square leaves of a disc, and its soft edge
    rim = 2 * round(0.25 * letter) + 1
    solid = np.asarray(cv2.dilate(solid, np.ones((rim, rim), dtype=np.uint8)), dtype=np.uint8)
    height, width = image.shape
    over = cv2.resize(solid, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.where(solid > 0, np.uint8(0), ink), np.where(over > 0, np.uint8(255), image)


def _middle(values: Numbers, weights: Numbers) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def _pieces(ink: Mask, letter: float) -> Iterator[_Piece]:
    """The row pieces of every strip; all strips are looked at in one go, one below the other."""
    height, width = ink.shape
    across = round(_STRIP * letter)
    strips = -(-width // across)
    padded = np.zeros((height + 2, strips * across), dtype=np.uint8)
    padded[:height, :width] = ink
    stacked = np.ascontiguousarray(padded.reshape(height + 2, strips, across).transpose(1, 0, 2)).reshape(-1, across)
    joined = cv2.morphologyEx(stacked, cv2.MORPH_CLOSE, np.ones((1, round(_JOIN * letter)), dtype=np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=4)
    for label, (left, top, wide, high, _) in enumerate(stats[1:], start=1):
        inside = np.s_[top : top + high, left : left + wide]
        own = np.where(labels[inside] == label, stacked[inside], 0)
        strip, row = divmod(int(top), height + 2)
        yield from _rows(own, strip * across + int(left), row, letter)


def _rows(own: Mask, left: int, top: int, letter: float) -> Iterator[_Piece]:
    """The rows in a piece, parted where the ink between them thins out."""
    profile = own.sum(axis=1, dtype=np.float64)
    for start, stop in _parts(profile, 0, len(profile), letter):
        part = own[start:stop]
        columns = np.flatnonzero(part.any(axis=0))
        if not len(columns):
            continue
        rows = part.sum(axis=1, dtype=np.float64)
        thick = np.flatnonzero(rows > 0.3 * rows.max())
        yield _Piece(
            left + int(columns[0]),
            left + int(columns[-1]) + 1,
            top + start + int(thick[0]),
            top + start + int(thick[-1]) + 1,
            int(rows.sum()),
        )


def _parts(profile: Counts, start: int, stop: int, letter: float) -> Iterator[tuple[int, int]]:
    if stop - start <= _TALL * letter:
        yield start, stop
        return
    smooth = np.convolve(profile[start:stop], np.ones(3) / 3, mode="same")
    edge = round(0.6 * letter)
    valley = edge + int(np.argmin(smooth[edge : len(smooth) - edge]))
    if smooth[valley] > 0.5 * min(smooth[:valley].max(), smooth[valley:].max()):
        yield start, stop
        return
    yield from _parts(profile, start, start + valley, letter)
    yield from _parts(profile, start + valley, stop, letter)


def _chains(pieces: Sequence[_Piece], letter: float) -> list[_Chain]:
    """The pieces, sorted by their left edge, put together to lines."""
    done: list[_Chain] = []
    open_ones: list[_Chain] = []
    for piece in pieces:
        ended = [chain for chain in open_ones if piece.left - chain.right > _GAP * letter]
        if ended:
            done += ended
            open_ones = [chain for chain in open_ones if piece.left - chain.right <= _GAP * letter]
        fitting = [chain for chain in open_ones if _fits(chain, piece, letter)]
        if fitting:
            nearest = min(fitting, key=lambda chain: abs(chain.end.middle + chain.drop(piece) - piece.middle))
            nearest.add(piece)
        else:
            open_ones.append(_Chain([piece], piece))
    return done + open_ones


def _fits(chain: _Chain, piece: _Piece, letter: float) -> bool:
    """Whether a piece goes on where a chain is heading."""
    gap = piece.left - chain.pieces[-1].right
    if (
        piece.left - chain.end.right < -0.5 * letter
    ):  # the edge of a strip may leave two bits of a letter, one on the other
        return False
    end, shift = chain.end, _SHIFT if gap < letter else _SHIFT_ACROSS
    steepest = 1.01 * _STEEPEST * abs(piece.centre - end.centre)
    if abs(end.middle - piece.middle) > shift * letter + steepest:  # most pieces, so before the slope is worked out
        return False
    drop = chain.drop(piece)
    if abs(end.middle + drop - piece.middle) > shift * letter:
        return False
    shared = min(end.bottom + drop, piece.bottom) - max(end.top + drop, piece.top)
    return shared >= _LEVEL * min(end.bottom - end.top, piece.bottom - piece.top)


def _counts(chain: _Chain, letter: float) -> bool:
    """Whether a chain may be type: it has the ink of at least a dash, and is no blob, as of a punched hole."""
    wide = chain.right - chain.pieces[0].left
    tall = max(piece.bottom - piece.top for piece in chain.pieces)
    if tall > 1.6 * letter and wide < 1.6 * tall:
        return False
    return sum(piece.ink for piece in chain.pieces) >= 0.06 * letter * letter and wide >= 0.15 * letter


def _without_scraps(lines: list[Line], letter: float) -> tuple[Line, ...]:
    """The lines without those that lie on a longer one: strokes that the edge of a strip parted from it."""
    longest_first = sorted(lines, key=lambda line: -line.crop.shape[1])
    kept: list[Line] = []
    for line in longest_first:
        if not any(_holds(other, line, letter) for other in kept):
            kept.append(line)
    return tuple(sorted(kept, key=lambda line: line.bbox))


def _holds(longer: Line, line: Line, letter: float) -> bool:
    """Whether a line runs within the other, between its ends."""
    right, ends = line.left + line.crop.shape[1], longer.left + longer.crop.shape[1]
    side = 0.7 * letter
    if line.left < longer.left - side or right > ends + side:
        return False
    x = line.left + line.crop.shape[1] / 2
    return abs(longer.middle_at(x) - line.middle_at(x)) < 0.6 * letter


def _centres(chain: _Chain) -> tuple[Counts, Counts, Counts, float, float]:
    """Where the line runs, in pixels of the page: x, y and weight of its pieces, its left and its right end.

    A dash, or the sliver of a letter that the edge of a strip cut off, says little about where its line runs.
    """
    sound = _sound(chain.pieces)
    x = np.array([piece.left + piece.right for piece in sound], dtype=np.float64)
    y = np.array([2 * piece.middle for piece in sound])
    weight = np.array([np.sqrt((p.right - p.left) * (p.bottom - p.top)) for p in sound])
    return x, y, weight, 2.0 * chain.pieces[0].left, 2.0 * max(piece.right for piece in chain.pieces)
