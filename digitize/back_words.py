"""Words of a sheet's back that stand among the page's own: far fainter than its type, and clearer in a mirror."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import cv2
import numpy as np

from digitize.ctc import LineFrames, text_of
from digitize.lines import Line, Pixels
from digitize.readings import WordRead, clearness

Read = list[tuple[Line, list[WordRead]]]

_FAINT = 0.65  # of the darkness of the page's middle word: the page's own type is darker, faded ribbons apart
_NEARLY = 0.8  # of the middle word: so dark may be what is as dark as the lines of the back, and must be looked at
_ABOVE = 1.3  # times as dark as the lines of the back, words are the page's own
_LETTERS = 3  # letters and figures: shorter words may be their own mirror images
_CLEAR, _CLEARER = 0.95, 4.0  # the mean of a mirror image's letters, and how many times what lacks to 1 is less
_LEAST = 0.005  # lacking to 1: nets tell no difference below
_STROKE = 0.1  # letters: no stroke of type is thinner
_SIDE = 0.35  # letters: so much clean paper is put to either side


def without_words_of_back(
    read: Read,
    edges: Sequence[Sequence[int]],
    again: Callable[[Sequence[Pixels]], Sequence[LineFrames]],
    back: Sequence[Line],
) -> Read:
    """The lines without the words that stand on the sheet's back; `edges` are the columns between which the words of
    each stand, `again` reads crops once more, `back` are lines found to be the back's.

    Only what is read much better in a mirror goes. However faint, a word that reads as well as it stands is left: it
    may be the page's own `NOT`.
    """
    dark = [_darkness(line, own) for (line, _), own in zip(read, edges, strict=True)]
    usual = _usual(read, dark)
    lines = [one for one in map(_of_line, back) if one < _NEARLY * usual]
    most = _ABOVE * float(np.percentile(lines, 90)) if lines else 0.0
    least = max(_FAINT * usual, min(_NEARLY * usual, most))
    places = [
        (at, i)
        for at, (_, words) in enumerate(read)
        for i, word in enumerate(words)
        if dark[at][i] < least and _signs(word.text) >= _LETTERS
    ]
    gone = _mirrored(places, read, edges, again) if places else frozenset()
    left = (
        (line, [word for i, word in enumerate(words) if (at, i) not in gone]) for at, (line, words) in enumerate(read)
    )
    return [(line, words) for line, words in left if words]


def _mirrored(
    places: Sequence[tuple[int, int]],
    read: Read,
    edges: Sequence[Sequence[int]],
    again: Callable[[Sequence[Pixels]], Sequence[LineFrames]],
) -> frozenset[tuple[int, int]]:
    """Which of these words surely stand on the back: each is read once more by itself, as it stands and in a mirror."""
    crops = [_crop(read[at][0], edges[at][i], edges[at][i + 1]) for at, i in places]
    seen = [frames.letters for frames in again([*crops, *(np.ascontiguousarray(crop[:, ::-1]) for crop in crops)])]
    own, turned = seen[: len(crops)], seen[len(crops) :]
    gone = set()
    for (at, i), letters, mirrored in zip(places, own, turned, strict=True):
        lacks = _lacks(max(clearness(letters), read[at][1][i].mean))
        lacks_turned = _lacks(clearness(mirrored))
        long = _signs(text_of(mirrored)) >= _LETTERS
        if long and lacks_turned <= 1 - _CLEAR and lacks >= _CLEARER * lacks_turned:
            gone.add((at, i))
    return frozenset(gone)


def _usual(read: Read, dark: Sequence[Sequence[float]]) -> float:
    """The darkness of the page's middle word; of dashes and dots it is not asked."""
    found = [dark[at][i] for at, (_, words) in enumerate(read) for i, word in enumerate(words) if _signs(word.text)]
    return float(np.median(found)) if found else 0.0


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
