"""Lines of type found on a straightened page: row pieces in upright strips, chained from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from digitize.lines.shape import Pixels
from digitize.lines.straight import Line, straightened
from digitize.lines.strokes import strokes_on
from digitize.prepare.pieces import closed, half_of, labelled, numbered, where

Mask: TypeAlias = npt.NDArray[np.uint8]
Counts: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = npt.NDArray[np.int32]
Places: TypeAlias = npt.NDArray[np.intp]

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
_END = 3.0  # letters: so much of a line's end may go without a piece that tells where it runs
_TALLER = 1.35  # times the piece in the middle by ink: so much may the tallest tell how high a line is
_THIN = 0.3  # letters: what is left of a stroke is thinner
_UPRIGHT = 1.9  # letters: what is higher and so thin is left of an upright rule, which would tie rows together
_LEVEL = 0.45  # share of the lower of two pieces that must stand level with the other


@dataclass(slots=True)
class _Piece:
    """A bit of a row within one strip; the band is where its ink is thick: the small letters."""

    left: int
    right: int
    top: int  # of the band
    bottom: int
    ink: int
    middle: float = field(init=False)  # of the band, down the page
    centre: float = field(init=False)  # across it

    def __post_init__(self) -> None:
        self.middle = (self.top + self.bottom) / 2
        self.centre = (self.left + self.right) / 2


@dataclass(slots=True)
class _Chain:
    """Pieces of one line, from left to right; `end` is the last of full height: a dash says little about where its
    line runs."""

    pieces: list[_Piece]
    end: _Piece
    right: int = field(init=False)  # of the last piece

    def __post_init__(self) -> None:
        self.right = self.pieces[-1].right

    def add(self, piece: _Piece) -> None:
        self.pieces.append(piece)
        self.end, self.right = _sound(self.pieces[-3:])[-1], piece.right

    def drop(self, piece: _Piece) -> float:
        """How far below its end the chain runs where a piece stands, by the slope of its last pieces."""
        sound = _sound(self.pieces[-4:])
        if len(sound) < 3:
            return 0.0
        slope = (sound[-1].middle - sound[0].middle) / max(1.0, sound[-1].centre - sound[0].centre)
        return min(max(slope, -_STEEPEST), _STEEPEST) * (piece.centre - self.end.centre)


def _sound(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces of full height; one that is far taller than most of the ink, as with a stroke on it, tells nothing
    about the others."""
    high = [piece.bottom - piece.top for piece in pieces]
    full = max(high)
    if len(pieces) > 2:
        full = min(full, round(_TALLER * _middle_height(pieces)))
    return [piece for piece, own in zip(pieces, high, strict=True) if own >= _SOUND * full]


def _middle_height(pieces: Sequence[_Piece]) -> int:
    """The height of the piece in the middle by ink."""
    left = sum(piece.ink for piece in pieces) / 2
    for piece in sorted(pieces, key=lambda piece: piece.bottom - piece.top):
        left -= piece.ink
        if left <= 0:
            break
    return piece.bottom - piece.top


def lines_of(image: Pixels) -> tuple[Line, ...]:
    """The lines of a straightened page, dark on white, each with the way from its crop back to the page.

    Handwriting and stains come as lines, too: only reading can tell. A page without ink has none.
    """
    height, width = image.shape
    if min(height, width) < 4:
        return ()
    clean, letter, strokes = _of_sane_size(faded_ink(half_of(image)))
    if letter == 0.0:
        return ()
    if strokes.any():
        image = _painted_out(strokes, image)
    clean, image = _without_solids(clean, image, letter)
    pieces = sorted(_pieces(clean, letter), key=lambda piece: piece.left)
    chains = [chain for chain in _chains(pieces, letter) if _counts(chain, letter)]
    lines = [straightened(image, *_centres(chain, letter), letter=2 * letter) for chain in chains]
    return _without_scraps(lines, 2 * letter)


def faded_ink(small: Pixels) -> Mask:
    """The ink of a page at half its size; where type has faded, what is lighter counts."""
    dark = 255 - small
    grain = 1.48 * float(np.median(dark[::3, ::3]))  # paper is white: what is left of it is its grain
    height, width = small.shape
    coarse = cv2.resize(dark, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    around = cv2.blur(cv2.dilate(coarse, np.ones((7, 13), dtype=np.uint8)), (13, 7))
    level = np.clip(_FADED * around.astype(np.float32), min(_DARKEST, max(_LIGHTEST, _NOISE * grain)), _DARKEST)
    least = cv2.resize(level, (width, height), interpolation=cv2.INTER_LINEAR)
    holds: Mask = (dark > least.astype(np.uint8)).view(np.uint8)  # no whole number lies between
    return holds


def _of_sane_size(ink: Mask) -> tuple[Mask, float, Mask]:
    """The ink without specks, rules and what is far taller than letters; the height of a letter; and the strokes of
    frames that were taken away from among letters."""
    labels, stats = labelled(ink)
    width, height, area = np.asarray(stats[1:, 2:], dtype=np.int32).T
    like_letters = (height >= 5) & (height <= 40) & (width >= 2) & (width <= 80) & (area >= 8)
    if not like_letters.any():
        return ink, 0.0, np.zeros_like(ink)
    letter = float(np.clip(_middle(height[like_letters], area[like_letters]), 7.0, 24.0))
    least = max(3.0, 0.015 * letter * letter)
    large = (height > 5 * letter) | (width > 40 * letter)
    upright = (height > _UPRIGHT * letter) & (width < _THIN * letter)
    gone = np.concatenate(([False], (area < least) | large | upright))
    clean = where(~gone, labels) & ink
    if not large.any():
        return clean, letter, np.zeros_like(ink)
    odd = where(np.concatenate(([False], large)), labels)
    strokes = strokes_on(odd, stats[1:][large], letter)
    return clean | _letters_of(odd, strokes, least, letter), letter, strokes


def _letters_of(odd: Mask, strokes: Mask, least: float, letter: float) -> Mask:
    """What is of a letter's size in pieces that hold strokes, once these are taken away."""
    if not strokes.any():
        return np.zeros_like(odd)
    rest = np.where(strokes > 0, np.uint8(0), odd)
    labels, stats = labelled(rest)
    sane = (stats[:, 4] >= least) & (stats[:, 3] <= 5 * letter) & (stats[:, 2] <= 40 * letter)
    kept = sane & (np.minimum(stats[:, 2], stats[:, 3]) >= _THIN * letter)
    kept[0] = False
    return where(kept, labels)


def _painted_out(strokes: Mask, image: Pixels) -> Pixels:
    """The page with the strokes painted white, and their soft edge with them."""
    return _with_white(image, strokes, edge=1)


def _with_white(image: Pixels, mask: Mask, *, edge: int) -> Pixels:
    """The page with white where a mask of half its size holds, and so many pixels around; no more of it is looked at
    than holds the mask."""
    left, top, wide, high = cv2.boundingRect(mask)
    part = cv2.copyMakeBorder(mask[top : top + high, left : left + wide], 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0,))
    over = np.repeat(np.repeat(np.asarray(part), 2, axis=0), 2, axis=1)
    if edge:
        over = np.asarray(cv2.dilate(over, np.ones((2 * edge + 1, 2 * edge + 1), dtype=np.uint8)), dtype=np.uint8)
    before, above = 2 * left - 2, 2 * top - 2  # where `over` begins on the page, or beside it
    inside = over[max(0, -above) : image.shape[0] - above, max(0, -before) : image.shape[1] - before]
    painted = image.copy()
    rows, columns = inside.shape
    painted[max(0, above) :, max(0, before) :][:rows, :columns][inside > 0] = 255
    return painted


def _without_solids(ink: Mask, image: Pixels, letter: float) -> tuple[Mask, Pixels]:
    """The ink and the page without what is too solid for a letter: punched holes and blots, beside type or on it."""
    side = round(_SOLID * letter)
    solid = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((side, side), dtype=np.uint8)), dtype=np.uint8)
    if not solid.any():
        return ink, image
    # the corners that a square leaves of a disc, and its soft edge
    rim = 2 * round(0.25 * letter) + 1
    solid = np.asarray(cv2.dilate(solid, np.ones((rim, rim), dtype=np.uint8)), dtype=np.uint8)
    return np.where(solid > 0, np.uint8(0), ink), _with_white(image, solid, edge=0)


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
    labels, total = numbered(closed(stacked, round(_JOIN * letter)), 4)
    pixels = np.flatnonzero((stacked * (labels > 0)).view(np.bool_))  # ink at an edge may be in none
    of = labels.ravel()[pixels] - np.intp(1)
    down, along = np.divmod(pixels, across)
    rows, columns = _Stretch.of(down, of, total, least=0.3), _Stretch.of(along, of, total, least=0.0)
    strip, row = np.divmod(rows.start, height + 2)
    left, above = strip * across, row - rows.start
    inked = rows.ink > 0
    tall = rows.stop - rows.start > _TALL * letter
    for at in np.flatnonzero(inked & tall).tolist():
        inside = np.s_[rows.start[at] : rows.stop[at], columns.start[at] : columns.stop[at]]
        own = stacked[inside] * (labels[inside] == at + 1)
        yield from _rows(own, int(left[at] + columns.start[at]), int(row[at]), letter)
    band = (left + columns.start, left + columns.stop, above + rows.first, above + rows.last, rows.ink)
    for place in np.column_stack(band)[inked & ~tall].tolist():
        yield _Piece(*place)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Of each piece from where to where it reaches one way, between which places it is thick, and how many pixels it
    has."""

    start: Places
    stop: Places
    first: Places
    last: Places  # the place after
    ink: Places

    @classmethod
    def of(cls, places: Places, pieces: Places, total: int, *, least: float) -> _Stretch:
        """Thick is more than that share of the fullest place; `pieces` has for each pixel the piece it is of."""
        start = np.full(total, np.iinfo(np.intp).max)
        stop = np.zeros(total, dtype=np.intp)
        np.minimum.at(start, pieces, places)
        np.maximum.at(stop, pieces, places + 1)
        start = np.minimum(start, stop)  # of a piece without ink
        lengths = np.maximum(stop - start, 1)
        behind = np.cumsum(lengths)
        begin = behind - lengths
        profile = np.bincount((begin - start)[pieces] + places, minlength=int(behind[-1]) if total else 0)
        if not total:
            return cls(start, stop, start, stop, stop)
        thick = np.flatnonzero(profile > least * np.repeat(np.maximum.reduceat(profile, begin), lengths))
        within = np.append(thick, 0)  # for pieces without ink behind the last that has any
        first, last = within[np.searchsorted(thick, begin)], within[np.searchsorted(thick, behind) - 1]
        return cls(start, stop, start + first - begin, start + last + 1 - begin, np.add.reduceat(profile, begin))


def _rows(own: Mask, left: int, top: int, letter: float) -> Iterator[_Piece]:
    """The rows in a piece, parted where the ink between them thins out."""
    profile = own.sum(axis=1, dtype=np.float64)
    for start, stop in _parts(profile, 0, len(profile), letter):
        columns = np.asarray(own[start:stop].any(axis=0)).nonzero()[0]
        if not len(columns):
            continue
        rows = profile[start:stop]
        thick = (rows > 0.3 * rows.max()).nonzero()[0]
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
    reach, steep = _SHIFT * letter, 1.01 * _STEEPEST
    for piece in pieces:
        open_from, middle, centre = piece.left - _GAP * letter, piece.middle, piece.centre
        ended = [chain for chain in open_ones if chain.right < open_from]
        if ended:
            done += ended
            open_ones = [chain for chain in open_ones if chain.right >= open_from]
        # most run elsewhere: that is told before their slope is worked out
        near = [
            chain
            for chain in open_ones
            if abs((end := chain.end).middle - middle) <= reach + steep * abs(centre - end.centre)
        ]
        fitting = [chain for chain in near if _fits(chain, piece, letter)]
        if fitting:
            nearest = min(fitting, key=lambda chain: abs(chain.end.middle + chain.drop(piece) - piece.middle))
            nearest.add(piece)
        else:
            open_ones.append(_Chain([piece], piece))
    return done + open_ones


def _fits(chain: _Chain, piece: _Piece, letter: float) -> bool:
    """Whether a piece goes on where a chain is heading."""
    gap = piece.left - chain.right
    if (
        piece.left - chain.end.right < -0.5 * letter
    ):  # the edge of a strip may leave two bits of a letter, one on the other
        return False
    end, shift = chain.end, _SHIFT if gap < letter else _SHIFT_ACROSS
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
    kept: list[tuple[float, float, Line]] = []  # with the ends between which shorter ones may lie on it
    side = 0.7 * letter
    for line in longest_first:
        left, right = line.left, line.left + line.crop.shape[1]
        if not any(start <= left and right <= stop and _is_on(other, line, letter) for start, stop, other in kept):
            kept.append((left - side, right + side, line))
    return tuple(sorted((line for *_, line in kept), key=lambda line: line.bbox))


def _is_on(longer: Line, line: Line, letter: float) -> bool:
    """Whether the middle of a line lies on the other."""
    x = line.left + line.crop.shape[1] / 2
    return abs(longer.middle_at(x) - line.middle_at(x)) < 0.6 * letter


def _telling(pieces: Sequence[_Piece], letter: float) -> list[_Piece]:
    """The pieces that tell where a line runs, from one end of it to the other: of full height, or, where these leave
    out an end, of that of small letters; not one with a stroke on it, if others do."""
    sound, usual = _sound(pieces), _middle_height(pieces)
    if not _reach_ends(sound, pieces, letter):
        sound = [piece for piece in pieces if piece.bottom - piece.top >= _SOUND * usual]
    most = _TALLER * max(letter, usual)
    bare = [piece for piece in sound if piece.bottom - piece.top <= most]
    return bare if len(bare) > 2 and _reach_ends(bare, pieces, letter) else sound


def _reach_ends(some: Sequence[_Piece], pieces: Sequence[_Piece], letter: float) -> bool:
    slack = _END * letter
    left, right = min(piece.left for piece in some), max(piece.right for piece in some)
    return left - slack <= pieces[0].left and max(piece.right for piece in pieces) <= right + slack


def _centres(chain: _Chain, letter: float) -> tuple[Counts, Counts, Counts, float, float]:
    """Where the line runs, in pixels of the page: x, y and weight of its pieces, its left and its right end.

    A dash, or the sliver of a letter that the edge of a strip cut off, says little about where its line runs.
    """
    sound = _telling(chain.pieces, letter)
    x = np.array([piece.left + piece.right for piece in sound], dtype=np.float64)
    y = np.array([2 * piece.middle for piece in sound])
    weight = np.array([np.sqrt((p.right - p.left) * (p.bottom - p.top)) for p in sound])
    return x, y, weight, 2.0 * chain.pieces[0].left, 2.0 * max(piece.right for piece in chain.pieces)
