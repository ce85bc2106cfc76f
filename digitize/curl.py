"""The curl that all lines of a page share, told by how their words stand and taken out of the words' boxes."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox
from digitize.engine import SeenWord

Floats: TypeAlias = npt.NDArray[np.float64]

_STANDS = re.compile(r"[A-Za-z0-9./()$-]*[A-Za-z0-9][A-Za-z0-9./()$-]*")  # no marks that hang or float alone
_HANGS, _REACHES = re.compile(r"[gjpqyQJ]"), re.compile(r"[/()$]")  # below the line; and as far above it
_HIGH = re.compile(r"[^acemnorsuvwxz.]")
_SMALL, _LARGE = 0.72, 1.2  # of a capital's height are a small letter's and a stroke's that reaches out both ways
_STEP = 0.15  # log: from one size of type to the next
_FEWEST, _PIECES = 24, 6  # words and lines that tell
_DEGREE = 5  # a page seldom bends more than three times from side to side
_STEADY = 1e-3  # of the words' weight: keeps the ends, of which few words tell, from running away
_BENDS = 0.15  # of a word's height: less is no curl
_EXPLAINS = 0.5  # times as far off, at most, are words once the curl is taken out
_BANDS = 5  # of a page, from top to bottom
_OFF = 3.0  # times the middle distance: so far off, a word is misjudged


def levelled(words: Sequence[SeenWord]) -> list[BBox]:
    """The boxes of words as they would stand on a page that lay flat; as they are where nothing speaks for a curl.

    Every line of a page that did not lie flat in the scanner runs in the same wave, seen from the side; where it runs
    up half a line's distance, a date comes to stand level with the entry below its own.
    """
    bboxes = [word.bbox for word in words]
    known = _known(words)
    if sum(map(len, known)) < _FEWEST or len(known) < _PIECES:
        return bboxes
    height = median(words[at].bbox.height for line in known for at in line)
    middles = np.array([(bbox.left + bbox.right) / 2 for bbox in bboxes])
    told = np.concatenate([middles[line] for line in known])
    left, right = float(told.min()), max(float(told.max()), float(told.min()) + 1.0)
    bends = _bends((np.clip(middles, left, right) - left) / (right - left) * 2 - 1)
    wave = _wave(bends, np.array([_level(word) for word in words]), known)
    if wave is None or float(np.ptp(wave)) < _BENDS * height:
        return bboxes
    return [
        BBox(bbox.left, bbox.top - down, bbox.right, bbox.bottom - down)
        for bbox, down in zip(bboxes, np.rint(wave).astype(int).tolist(), strict=True)
    ]


def _known(words: Sequence[SeenWord]) -> list[list[int]]:
    """The words of each line that tell where it runs and are of one type, by number: what a form has printed and what
    was typed into it run apart. Lines with a single one tell nothing."""
    lines: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        if word.piece is not None and _STANDS.fullmatch(word.text) and not _HANGS.search(word.text):
            lines[word.piece, _size(word)].append(at)
    return [line for line in lines.values() if len(line) > 1]


def _size(word: SeenWord) -> int:
    """The size of its type, in steps: words of one type are mostly of the same."""
    return round(math.log(max(1.0, _capital(word))) / _STEP)


def _capital(word: SeenWord) -> float:
    """The height of a capital of its type."""
    if _REACHES.search(word.text):
        return word.bbox.height / _LARGE
    return word.bbox.height / (1.0 if _HIGH.search(word.text) else _SMALL)


def _level(word: SeenWord) -> float:
    """Where the middle of a capital would be."""
    if _HIGH.search(word.text):
        return (word.bbox.top + word.bbox.bottom) / 2
    return word.bbox.bottom - _capital(word) / 2


def _bends(places: Floats) -> Floats:
    """The shapes that a wave is put together from, a column each, at places from -1 to 1 across the page."""
    return np.asarray(np.polynomial.legendre.legvander(places, _DEGREE)[:, 1:], dtype=np.float64)


def _wave(bends: Floats, levels: Floats, lines: Sequence[Sequence[int]]) -> Floats | None:
    """How far below its line's middle each word stands by the curl; None where that explains little."""
    shapes = np.concatenate([bends[line] - bends[line].mean(axis=0) for line in lines])
    downs = np.concatenate([levels[line] - levels[line].mean() for line in lines])
    kept = np.ones(len(downs), dtype=bool)
    for _ in range(2):
        normal = shapes[kept].T @ shapes[kept] + _STEADY * len(downs) * np.eye(shapes.shape[1])
        share = np.linalg.solve(normal, shapes[kept].T @ downs[kept])
        off = np.abs(downs - shapes @ share)
        kept = off <= max(1.0, _OFF * float(np.median(off)))
    before, after = float(np.mean(np.abs(downs[kept]))), float(np.mean(off[kept]))
    heights = np.concatenate([np.full(len(line), levels[line].mean()) for line in lines])
    if after > _EXPLAINS * before or _worsens(np.abs(downs), off, heights):
        return None
    wave: Floats = bends @ share
    return wave


def _worsens(before: Floats, after: Floats, heights: Floats) -> bool:
    """Whether in some band of the page the words stand further off once the curl is taken out: there it lay flat."""
    band = np.digitize(heights, np.quantile(heights, np.arange(1, _BANDS) / _BANDS))
    pairs = [(before[band == one], after[band == one]) for one in range(_BANDS)]
    return any(len(own) > 0 and float(np.mean(own)) + 1.0 < float(np.mean(left)) for own, left in pairs)
