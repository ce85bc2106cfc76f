"""The engine in use: lines cut, read by our own net, and by a second reader where that one is unsure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from casefile.ocr import BBox
from digitize.confidence import alternatives_of, calibration
from digitize.ctc import Letter, LineFrames, letters_of, text_of
from digitize.engine import SeenWord
from digitize.lines import SQUEEZE, Line, lines_of
from digitize.nets import LineReader
from digitize.rasterize import Pixels
from digitize.readings import WordRead, clearness, least_clear, words_read
from digitize.show_through import Mask, back_of, ink_of_back
from digitize.spacing import stretches, with_true_gaps

VERSION = 2  # of cutter, choice and confidence together: the nets have versions of their own


_RULE = re.compile(r"([-=_*.~+])\1{3,}")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How clear the letters of a line must be, 0 to 1.

    `legible` is from the trial that the recipe comes from; `doubtful` was chosen on pages of the train split, where
    0.7, 0.9 and every line cost 0.5, 0.65 and 1.3 CPU seconds a page.
    """

    legible: float = 0.6  # mean: clearer lines are type
    faint: float = 0.35  # mean: lines down to this are type if the second reader finds much the same
    doubtful: float = 0.9  # least clear letter: below it the second reader is asked


_ALIKE = 0.34  # of the letters of two readings: chance does not make readings of a scribble so much alike
_LOW, _HIGH = 0.15, 0.62  # letters: the height of the strokes of a ditto mark
_LEVEL = 0.15  # letters: they stand no further from level
_THINNED, _UNSURE = 0.01, 0.6  # of a word's box taken away: it is no surer than that
_LEADER = 4  # dots in a line lead somewhere
_SPECKS = frozenset(".,:;'`^_|!~\\/ ")  # what nets make of dirt that lies alone


class LineEngine:
    """Reads line by line; `second` is asked about doubtful lines alone, or not at all where there is none."""

    def __init__(
        self, first: LineReader, second: LineReader | None = None, thresholds: Thresholds | None = None
    ) -> None:
        self._first, self._second = first, second
        self._thresholds = thresholds or Thresholds()

    @property
    def name(self) -> str:
        readers = [reader.name for reader in (self._first, self._second) if reader is not None]
        return f"lines {VERSION}: " + ", ".join(readers)

    def words_on(self, image: Pixels) -> tuple[SeenWord, ...]:
        """The words on a straightened page, with boxes in its pixels and calibrated confidence."""
        read, gone = self._read_page(image)
        seen = (
            seen_word(word, bbox, piece)
            for piece, (line, words) in enumerate(read)
            for word, bbox in zip(words, boxes_of(line, words), strict=True)
            if not is_rule(word.text)
        )
        return tuple(seen if gone is None else (_as_thinned(word, gone) for word in seen))

    def lines_read(self, image: Pixels) -> list[tuple[Line, list[WordRead]]]:
        """Every line that holds type, with its words and what speaks for each."""
        return self._read_page(image)[0]

    def _read_page(self, image: Pixels) -> tuple[list[tuple[Line, list[WordRead]]], Mask | None]:
        """The lines with their words, and the ink that was taken for the back's."""
        gone: Mask | None = None
        lines, first = self._first_reading(image)
        back = back_of(lines, [letters_of(frames.rows) for frames in first], self._read)
        if back.darkness:
            kept = [line.bbox for at, line in enumerate(lines) if at not in back.lines and self._is_clear(first[at])]
            gone = ink_of_back(image, back.darkness, kept)
            lines, first = self._first_reading(np.where(gone, np.uint8(255), image))
            back = back_of(lines, [letters_of(frames.rows) for frames in first], self._read)
        second, read = self._second_reading(lines, first), list[tuple[Line, list[WordRead]]]()
        for at, line in enumerate(lines):
            one, two = _parted(line, first[at]), second.get(at)
            two = None if two is None else _parted(line, two)
            if two is not None and _is_ditto(line, letters_of(two.rows)):
                read.append((line, [_ditto(two)]))
            elif at not in back.lines and self._is_type(one, two):
                read.append((line, words_read(one, two)))
        return read, gone

    def _first_reading(self, image: Pixels) -> tuple[Sequence[Line], Sequence[LineFrames]]:
        lines = lines_of(image)
        return lines, self._read([line.crop for line in lines])

    def _read(self, crops: Sequence[Pixels]) -> Sequence[LineFrames]:
        return self._first.frames_of(crops, SQUEEZE)

    def _is_clear(self, frames: LineFrames) -> bool:
        return clearness(letters_of(frames.rows)) >= self._thresholds.doubtful

    def _second_reading(self, lines: Sequence[Line], first: Sequence[LineFrames]) -> dict[int, LineFrames]:
        """What the second reader makes of the lines on which the first is unsure."""
        if self._second is None:
            return {}
        doubtful = [at for at, frames in enumerate(first) if self._is_doubtful(frames)]
        frames = self._second.frames_of([lines[at].crop for at in doubtful], SQUEEZE)
        return dict(zip(doubtful, frames, strict=True))

    def _is_doubtful(self, frames: LineFrames) -> bool:
        """Whether the second reader is asked: about unclear lines, and about all that hold a figure."""
        letters = letters_of(frames.rows)
        if clearness(letters) < self._thresholds.faint:
            return len(letters) <= 1  # a ditto mark, it may be
        return least_clear(letters) < self._thresholds.doubtful or any(one.character.isdigit() for one in letters)

    def _is_type(self, first: LineFrames, second: LineFrames | None) -> bool:
        """Whether a line is type, not handwriting or dirt: clear in itself, or read alike twice."""
        letters = without_leaders(letters_of(first.rows))
        if _SPECKS.issuperset(text_of(letters)):
            return False
        if second is None:
            return clearness(letters) >= self._thresholds.legible
        again = without_leaders(letters_of(second.rows))
        alike = Levenshtein.normalized_similarity(text_of(letters), text_of(again)) >= _ALIKE
        return max(clearness(letters), clearness(again)) >= self._thresholds.legible and alike


def _parted(line: Line, frames: LineFrames) -> LineFrames:
    """The frames with the blanks that the line's ink tells."""
    return with_true_gaps(frames, np.asarray(line.ink.any(axis=0)), line.letter)


def _is_ditto(line: Line, letters: Sequence[Letter]) -> bool:
    """Whether a line is the mark for *as above* alone: read as such, and two short strokes side by side.

    Our own net, which sees the mark without a row beside it, knows it badly, so the second reader is heard.
    """
    if text_of(letters) != '"':
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(line.ink.astype(np.uint8), connectivity=8)
    strokes = [(top, wide, high) for _, top, wide, high, area in stats[1:].tolist() if area >= 4]
    if len(strokes) != 2:
        return False
    letter = line.letter
    level = abs(strokes[0][0] - strokes[1][0]) < _LEVEL * letter
    return level and all(_LOW * letter < high < _HIGH * letter and wide < high for _, wide, high in strokes)


def _ditto(second: LineFrames) -> WordRead:
    """The mark as a word, as sure as the second reader is."""
    (mark,) = letters_of(second.rows)
    sure = mark.confidence
    return WordRead(mark.character, (mark.middle * second.step,), sure, sure, sure, None, sure, 1.0)


def without_leaders(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """The letters without the dots that lead from a label to its value: nets see as many of them as they like."""
    dots = sum(one.character == "." for one in letters)
    return tuple(one for one in letters if dots < _LEADER or one.character != ".")


def is_rule(text: str) -> bool:
    """Whether a word is a line drawn with the keys for signs, which is no word."""
    return _RULE.fullmatch(text) is not None


def seen_word(word: WordRead, bbox: BBox, piece: int) -> SeenWord:
    """The word with its calibrated confidence and its other readings."""
    known = calibration()
    confidence = known.probability(word)
    return SeenWord(word.text, bbox, confidence, alternatives_of(word, confidence, known), piece)


def _as_thinned(word: SeenWord, gone: Mask) -> SeenWord:
    """The word, less sure where ink in its box was taken for the back's: a faint stroke of its own may be among it."""
    left, top, right, bottom = word.bbox
    inside = gone[max(0, top) : bottom, max(0, left) : right]
    if not inside.size or np.count_nonzero(inside) < _THINNED * inside.size:
        return word
    return replace(word, confidence=min(word.confidence, _UNSURE))


def boxes_of(line: Line, words: Sequence[WordRead]) -> list[BBox]:
    """The box of each word on the page: its ink from the gap before it to the gap after it."""
    if not words:
        return []
    width = line.crop.shape[1]
    empty = np.asarray(~line.ink.any(axis=0))
    edges = [0]
    for before, after in itertools.pairwise(words):
        edges.append(_gap(empty, round(before.places[-1] * width), round(after.places[0] * width)))
    edges.append(width)
    return [line.ink_box(first, last) for first, last in itertools.pairwise(edges)]


def _gap(empty: npt.NDArray[np.bool_], start: int, stop: int) -> int:
    """The middle of the widest gap without ink between two columns; halfway where there is none."""
    inside = empty[start:stop]
    if not inside.any():
        return (start + stop) // 2
    starts, stops = stretches(inside)
    widest = int(np.argmax(stops - starts))
    return start + int(starts[widest] + stops[widest]) // 2
