"""Words of a sheet's back that stand among the page's own: far fainter than its type, and clearer in a mirror."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from digitize.ctc import LineFrames, text_of
from digitize.lines import Line, Pixels
from digitize.readings import WordRead, clearness

Read = list[tuple[Line, list[WordRead]]]

_FAINT = 0.65  # of the darkness of the page's middle word: the page's own type is darker, faded ribbons apart
_BELOW = 0.65  # of the darkness of the page's faintest word: what shows through is fainter
_NEARLY = 0.8  # of the middle word: so dark may be what is as dark as the lines of the back, and must be looked at
_FAR_BELOW = 0.5  # the same where a single word, and no line, is surely the back's
_ABOVE = 1.3  # times as dark as what is surely the back's, words are the page's own
_WORDS = 2  # surely of the back, or a line, tell what other words are
_LETTERS = 3  # letters and figures: shorter words may be their own mirror images
_CLEAR, _CLEARER = 0.95, 4.0  # the mean of a mirror image's letters, and how many times what lacks to 1 is less
_FAR_CLEARER = 20.0  # the same of a word of two letters
_LEAST = 0.005  # lacking to 1: nets tell no difference below
_STROKE = 0.1  # letters: no stroke of type is thinner
_SIDE = 0.35  # letters: so much clean paper is put to either side


@dataclass(frozen=True, slots=True)
class _Faint:
    """A word far fainter than the page's type: its place, how dark it is, and what lacks to a clear reading, 0 to 1, as
    it stands and in a mirror."""

    line: int
    word: int
    dark: float
    lacks: float
    mirrored: float
    signs: int  # letters and figures
    signs_mirrored: int

    @property
    def is_mirrored(self) -> bool:
        """Whether it surely stands on the back."""
        long = min(self.signs, self.signs_mirrored) >= _LETTERS
        return long and self.mirrored <= 1 - _CLEAR and self.lacks >= _CLEARER * self.mirrored

    @property
    def is_own(self) -> bool:
        """Whether it surely stands on the page, be it ever so faint: no mirror image is read so much better."""
        clearer = _CLEARER if self.signs >= _LETTERS else _FAR_CLEARER
        return self.signs > 1 and self.lacks <= 1 - _CLEAR and self.mirrored >= clearer * self.lacks


def without_words_of_back(
    read: Read,
    edges: Sequence[Sequence[int]],
    again: Callable[[Sequence[Pixels]], Sequence[LineFrames]],
    back: Sequence[Line],
) -> Read:
    """The lines without the words that stand on the sheet's back; `edges` are the columns between which the words of
    each stand, `again` reads crops once more, `back` are lines found to be the back's.

    Words as short as A or M look alike in a mirror. They are told by their darkness: about that of what is surely the
    back's, and well under that of the page's faintest word.
    """
    dark = [_darkness(line, own) for (line, _), own in zip(read, edges, strict=True)]
    usual = _usual(read, dark)
    lines = [one for one in map(_of_line, back) if one < _NEARLY * usual]
    least = max(_FAINT * usual, min(_NEARLY * usual, _most(lines)))
    places = [
        (at, i)
        for at, (_, words) in enumerate(read)
        for i, word in enumerate(words)
        if dark[at][i] < least and _signs(word.text)
    ]
    if not places:
        return read
    faint = _looked_at(places, read, edges, dark, again)
    level = _level(faint, lines, _faintest(read, dark, faint))
    gone = {(one.line, one.word) for one in faint if one.is_mirrored or (one.dark <= level and not one.is_own)}
    left = (
        (line, [word for i, word in enumerate(words) if (at, i) not in gone]) for at, (line, words) in enumerate(read)
    )
    return [(line, words) for line, words in left if words]


def _usual(read: Read, dark: Sequence[Sequence[float]]) -> float:
    """The darkness of the page's middle word; of dashes and dots it is not asked."""
    found = [dark[at][i] for at, (_, words) in enumerate(read) for i, word in enumerate(words) if _signs(word.text)]
    return float(np.median(found)) if found else 0.0


def _level(faint: Sequence[_Faint], lines: Sequence[float], faintest: float) -> float:
    """How dark a word of the back is at most, `faintest` being the faintest of the page; 0 where nothing tells."""
    words = [one.dark for one in faint if one.is_mirrored]
    if not words and not lines:
        return 0.0
    below = _BELOW if lines or len(words) >= _WORDS else _FAR_BELOW
    return min(_most([*words, *lines]), below * faintest)


def _most(dark: Sequence[float]) -> float:
    """How dark anything of the back is where this much of it is so dark; 0 where there is nothing."""
    return _ABOVE * float(np.percentile(dark, 90)) if dark else 0.0


def _looked_at(
    places: Sequence[tuple[int, int]],
    read: Read,
    edges: Sequence[Sequence[int]],
    dark: Sequence[Sequence[float]],
    again: Callable[[Sequence[Pixels]], Sequence[LineFrames]],
) -> list[_Faint]:
    """The faint words, each read once more by itself, as it stands and in a mirror."""
    crops = [_crop(read[at][0], edges[at][i], edges[at][i + 1]) for at, i in places]
    seen = [frames.letters for frames in again([*crops, *(np.ascontiguousarray(crop[:, ::-1]) for crop in crops)])]
    found = []
    for (at, i), letters, mirrored in zip(places, seen[: len(crops)], seen[len(crops) :], strict=True):
        word = read[at][1][i]
        lacks = _lacks(max(clearness(letters), word.mean))
        signs = _signs(word.text), _signs(text_of(mirrored))
        found.append(_Faint(at, i, dark[at][i], lacks, _lacks(clearness(mirrored)), *signs))
    return found


def _faintest(read: Read, dark: Sequence[Sequence[float]], faint: Sequence[_Faint]) -> float:
    """How dark the faintest of the words is that are surely the page's own: clear, and no better in a mirror."""
    doubtful = {(one.line, one.word) for one in faint if not one.is_own}
    sure = [
        dark[at][i]
        for at, (_, words) in enumerate(read)
        for i, word in enumerate(words)
        if _signs(word.text) > 1 and word.mean >= _CLEAR and (at, i) not in doubtful
    ]
    return min(sure, default=0.0)


def _darkness(line: Line, edges: Sequence[int]) -> list[float]:
    """How dark the words of a line are, 0 to 255: as dark as the columns of one stroke."""
    darkest = line.crop.min(axis=0)
    stroke = round(_STROKE * line.letter)
    return [_ranked(darkest[first:last], stroke) for first, last in itertools.pairwise(edges)]


def _of_line(line: Line) -> float:
    """How dark a line is on the whole: as dark as an eighth of its columns."""
    darkest = line.crop.min(axis=0)
    return _ranked(darkest, len(darkest) // 8)


def _ranked(columns: Pixels, rank: int) -> float:
    """The darkness that so many columns exceed; the greatest there is, of none at all."""
    rank = min(rank, len(columns) - 1)
    return 255.0 - float(np.partition(columns, rank)[rank]) if len(columns) else 255.0


def _crop(line: Line, first: int, last: int) -> Pixels:
    side = round(_SIDE * line.letter)
    crop = line.crop[:, first : max(first + 1, last)]
    return np.asarray(cv2.copyMakeBorder(crop, 0, 0, side, side, cv2.BORDER_CONSTANT, value=(255,)), dtype=np.uint8)


def _lacks(clear: float) -> float:
    return max(_LEAST, 1.0 - clear)


def _signs(text: str) -> int:
    return sum(one.isalnum() for one in text)
