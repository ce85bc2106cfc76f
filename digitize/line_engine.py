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
from digitize.asking import Part, Thresholds, parts_of
from digitize.back_words import without_words_of_back
from digitize.confidence import Setting, alternatives_of, calibration, settings_of
from digitize.ctc import Letter, LineFrames, text_of
from digitize.engine import SeenWord
from digitize.lines import SQUEEZE, Line, lines_of
from digitize.nets import LineReader
from digitize.points import with_end_point
from digitize.rasterize import Pixels
from digitize.readings import WordRead, clearness, pitch_of, words_read
from digitize.show_through import Mask, back_of, clear_words, ink_of_back
from digitize.spacing import stretches, with_true_gaps
from digitize.squeeze import is_close, read_in_kind
from digitize.stars import star_words

VERSION = 8  # of cutter, choice and confidence together: the nets have versions of their own


_RULE = re.compile(r"([-=_*.~+])\1{3,}|[-=_*.~+:]{6,}")
_DASHES = frozenset("-_")
_BROADEST, _THINNEST = 1.4, 9.0  # letters to a dash, and its breadth in heights: what is broader is left of a rule
_ALIKE = 0.34  # of the letters of two readings: chance does not make readings of a scribble so much alike
_FLAT = 0.4  # letters: no letter is so low
_LOW, _HIGH = 0.15, 0.62  # letters: the height of the strokes of a ditto mark
_LEVEL = 0.15  # letters: they stand no further from level
_THINNED, _UNSURE = 0.01, 0.6  # of a word's box taken away: it is no surer than that
_WORDY, _PLAIN = 4, 0.9  # letters and figures, and the mean of how clear they are: so much is type in itself
_TOUCHES, _SLIVER, _BEHIND = 0.1, 0.8, 0.35  # letters: a sliver's distance from the edge, its breadth, paper behind it
_CERTAIN, _NEARLY = 0.95, 0.85  # mean of the letters of a line, by our net alone, and by both
_TWICE, _SURELY = 0.45, 0.97  # the same of each reader, where both read the same; of the second, where it reads more
_VERSUS = re.compile(r"-?[Vv][Ss]?\.?-?")
_SMALL = 0.85  # of the middle line's height: no capitals
_LEADER = 4  # dots in a line lead somewhere
_ALONE = frozenset(".,'`^_~")  # never a word
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
        settings = settings_of([words for _, words in read])
        seen = (
            seen_word(word, bbox, piece, setting)
            for piece, (line, words) in enumerate(read)
            for word, bbox, setting in zip(words, boxes_of(line, words), settings[piece], strict=True)
            if not (is_rule(word.text) or is_speck(word.text) or is_drawn(word.text, bbox, line.letter))
        )
        return tuple(seen if gone is None else (_as_thinned(word, gone) for word in seen))

    def lines_read(self, image: Pixels) -> list[tuple[Line, list[WordRead]]]:
        """Every line that holds type, with its words and what speaks for each."""
        return self._read_page(image)[0]

    def _read_page(self, image: Pixels) -> tuple[list[tuple[Line, list[WordRead]]], Mask | None]:
        """The lines with their words, and the ink that was taken for the back's."""
        gone: Mask | None = None
        lines, first = self._first_reading(image)
        back = back_of(lines, [frames.letters for frames in first], self._read)
        behind = [lines[at] for at in back.lines]
        if back.darkness:
            kept = [
                bbox
                for at, line in enumerate(lines)
                if at not in back.lines
                for bbox in clear_words(line, first[at], self._thresholds.doubtful)
            ]
            gone = ink_of_back(image, back.darkness, kept)
            lines, first = self._first_reading(np.where(gone, np.uint8(255), image))
            back = back_of(lines, [frames.letters for frames in first], self._read)
            behind += [lines[at] for at in back.lines]
        read = list[tuple[Line, list[WordRead]]]()
        for at, heard in enumerate(self._heard(lines, first)):
            line = lines[at]
            if len(heard) == 1 and is_ruled(line, heard[0].part.first.letters):
                continue
            mark = _ditto(line, heard[0]) if len(heard) == 1 else None
            stars = star_words(line, first[at].letters)
            if mark is not None:
                read.append((line, [mark]))
            elif stars:
                read.append((line, stars))
            elif at not in back.lines and self._is_type(heard):
                read.append((line, _words(heard)))
        edges = [edges_of(line, words) for line, words in read]
        return _in_true_case(without_words_of_back(read, edges, self._read, behind)), gone

    def _first_reading(self, image: Pixels) -> tuple[Sequence[Line], Sequence[LineFrames]]:
        lines = lines_of(image)
        return lines, self._read([line.crop for line in lines])

    def _read(self, crops: Sequence[Pixels]) -> Sequence[LineFrames]:
        return self._first.frames_of(crops, SQUEEZE)

    def _heard(self, lines: Sequence[Line], first: Sequence[LineFrames]) -> list[list[_Heard]]:
        """The parts of each line, with what the second reader makes of those on which the first is unsure."""
        parts = [self._parts(line, frames) for line, frames in zip(lines, first, strict=True)]
        if self._second is None:
            return [[_Heard(part) for part in some] for some in parts]
        asked = [(at, part) for at, some in enumerate(parts) for part in some if part.asked]
        crops = [crop_of(lines[at], part) for at, part in asked]
        told = iter(read_in_kind(self._second, crops, [is_close(first[at]) for at, _ in asked]))
        return [
            [
                _Heard(part, _parted(line, next(told), part, first[at]) if part.asked else None, is_close(first[at]))
                for part in parts[at]
            ]
            for at, line in enumerate(lines)
        ]

    def _parts(self, line: Line, frames: LineFrames) -> list[Part]:
        """The parts of a line; where it can only be a mark for *as above*, and its ink is none, nobody is asked."""
        thresholds = self._thresholds.for_close() if is_close(frames) else self._thresholds
        parts = parts_of(_parted(line, frames), thresholds)
        (whole, *more) = parts
        letters = whole.first.letters
        if not more and clearness(letters) < self._thresholds.faint and not _are_two_strokes(line):
            return [replace(whole, asked=False)]
        if not more and is_ruled(line, letters):
            return [replace(whole, asked=False)]
        return parts

    def _is_type(self, heard: Sequence[_Heard]) -> bool:
        """Whether a line is type, not handwriting or dirt: clear in itself, or read alike twice."""
        letters = without_leaders([one for part in heard for one in part.part.first.letters])
        if _SPECKS.issuperset(text_of(letters)):
            return False
        if all(part.second is None for part in heard):
            return clearness(letters) >= self._thresholds.legible
        again = without_leaders([one for part in heard for one in (part.second or part.part.first).letters])
        alike = Levenshtein.normalized_similarity(text_of(letters), text_of(again)) >= _ALIKE
        if any(_is_plain(reading) for reading in (letters, again)) or _is_certain(letters, again):
            return True
        if _is_borne_out(letters, again):
            return True
        return max(clearness(letters), clearness(again)) >= self._thresholds.legible and alike


@dataclass(frozen=True, slots=True)
class _Heard:
    """A part of a line, and what the second reader makes of it where it was asked."""

    part: Part
    second: LineFrames | None = None
    close: bool = False  # the letters stand too close for the first reader


def crop_of(line: Line, part: Part) -> Pixels:
    """The crop of a part, without the slivers of letters beyond its ends that a cut a little off leaves in it."""
    columns = part.columns(line.crop.shape[1])
    crop, ink = line.crop[:, columns], np.asarray(line.ink[:, columns].any(axis=0))
    before = _sliver(ink, line.letter) if part.start > 0.0 else 0
    after = _sliver(ink[::-1], line.letter) if part.stop < 1.0 else 0
    if not before and not after:
        return crop
    bare = crop.copy()
    bare[:, :before] = 255
    bare[:, bare.shape[1] - after :] = 255
    return bare


def _sliver(ink: npt.NDArray[np.bool_], letter: float) -> int:
    """How many columns a bit of a letter takes that reaches to the first of these, with paper behind it."""
    starts, stops = stretches(ink)
    if len(starts) < 2 or starts[0] > _TOUCHES * letter or stops[0] > _SLIVER * letter:
        return 0
    return int(stops[0]) if starts[1] - stops[0] >= _BEHIND * letter else 0


def _words(heard: Sequence[_Heard]) -> list[WordRead]:
    """The words of a line out of those of its parts."""
    mean = clearness([one for each in heard for one in each.part.first.letters])
    return [
        replace(word, places=tuple(map(each.part.on_line, word.places)))
        for each in heard
        for word in words_read(each.part.first, each.second, line_mean=mean, edges=each.part.edges, close=each.close)
    ]


def _parted(line: Line, frames: LineFrames, part: Part | None = None, whole: LineFrames | None = None) -> LineFrames:
    """The frames with the blanks that the line's ink tells; where they are of a part, its letters are too few to tell
    how evenly they stand, and those of the whole line say so."""
    pixels = line.ink
    ink = np.asarray(pixels.any(axis=0))
    if part is None:
        frames = with_end_point(frames, pixels, line.letter)
    if part is None or whole is None or part.stop - part.start >= 1.0:
        return with_true_gaps(frames, ink, line.letter)
    pitch = pitch_of(whole.letters) * whole.step * len(ink)
    return with_true_gaps(frames, ink[part.columns(len(ink))], line.letter, pitch=pitch)


def _ditto(line: Line, heard: _Heard) -> WordRead | None:
    """The mark for *as above* where a line is that alone: two short strokes side by side, read as such by either net,
    for both know it badly without a row beside it. It is as sure as that net is."""
    readings = (frames for frames in (heard.second, heard.part.first) if frames is not None)
    frames = next((one for one in readings if text_of(one.letters) == '"'), None)
    if frames is None or not _are_two_strokes(line):
        return None
    (mark,) = frames.letters
    sure = mark.confidence
    return WordRead(mark.character, (mark.middle * frames.step,), sure, sure, sure, None, sure, 1.0)


def _are_two_strokes(line: Line) -> bool:
    """Whether a line's ink is two short strokes, level and side by side."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(line.ink.astype(np.uint8), connectivity=8)
    letter, last = line.letter, line.crop.shape[0]
    strokes = [
        (top, wide, high)
        for _, top, wide, high, area in stats[1:].tolist()
        # what hangs into the crop from the row above, or stands up into it from that below, is none
        if area >= 4 and not (high < _LOW * letter and (top == 0 or top + high == last))
    ]
    if len(strokes) != 2:
        return False
    level = abs(strokes[0][0] - strokes[1][0]) < _LEVEL * letter
    return level and all(_LOW * letter < high < _HIGH * letter and wide < high for _, wide, high in strokes)


def _in_true_case(read: list[tuple[Line, list[WordRead]]]) -> list[tuple[Line, list[WordRead]]]:
    """The lines with the v. between the parties in small letters where it is lower than the page's lines: alone in its
    row it fills its crop as a capital does."""
    heights = [line.letter for line, words in read if sum(len(word.text) for word in words) >= _WORDY]
    usual = float(np.median(heights)) if heights else 0.0
    return [
        (line, [replace(word, text=word.text.lower()) for word in words])
        if line.letter < _SMALL * usual and all(_VERSUS.fullmatch(word.text) for word in words)
        else (line, words)
        for line, words in read
    ]


def _is_plain(letters: Sequence[Letter]) -> bool:
    """Whether a reading is clear words, so that nothing else needs to say so; nets make dashes of dirt, no words."""
    signs = sum(one.character.isalnum() for one in letters)
    return signs >= _WORDY and 2 * signs > len(letters) and clearness(letters) >= _PLAIN


def _is_certain(letters: Sequence[Letter], again: Sequence[Letter]) -> bool:
    """Whether a reading is a letter or figure of which our net, which is silent on dirt, is certain, or of which both
    are nearly so, be it that they read it in two ways."""
    if not any(one.character.isalnum() for one in letters):
        return False
    return clearness(letters) >= _CERTAIN or min(clearness(letters), clearness(again)) >= _NEARLY


def _is_borne_out(letters: Sequence[Letter], again: Sequence[Letter]) -> bool:
    """Whether the second reader bears the first out: it is certain of a word in which the first found some letters, in
    their order, as where the lowest row of pins is gone; or finds the same letter or figure alone."""
    some, word = text_of(letters).replace(" ", ""), text_of(again).replace(" ", "")
    if not some.isalnum() or not word.isalnum():
        return False
    if some == word:
        return min(clearness(letters), clearness(again)) >= _TWICE
    rest = iter(word)
    return len(word) > 2 and clearness(again) >= _SURELY and all(character in rest for character in some)


def without_leaders(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """The letters without the dots that lead from a label to its value: nets see as many of them as they like."""
    dots = sum(one.character == "." for one in letters)
    return tuple(one for one in letters if dots < _LEADER or one.character != ".")


def is_rule(text: str) -> bool:
    """Whether a word is a line drawn with the keys for signs, which is no word."""
    return _RULE.fullmatch(text) is not None


def is_drawn(text: str, bbox: BBox, letter: float) -> bool:
    """Whether what was read as dashes is a bit of a ruled line: too broad for them, or too thin; `letter` is the height
    of a letter."""
    if not _DASHES.issuperset(text):
        return False
    return bbox.width > len(text) * min(_BROADEST * letter, _THINNEST * bbox.height)


def is_ruled(line: Line, letters: Sequence[Letter]) -> bool:
    """Whether a line is a bit of a ruled line alone, of which no word would be kept whatever else is made of it: dashes
    to our net, too broad or too thin for them, and far too low for letters."""
    text = text_of(letters)
    if not text or not _DASHES.issuperset(text):
        return False
    bbox = line.ink_box(0, line.crop.shape[1])
    return bbox.height <= _FLAT * line.letter and is_drawn(text, bbox, line.letter)


def is_speck(text: str) -> bool:
    """Whether a word is one small mark with paper on both sides, which is dirt: nobody types a point alone."""
    return len(text) == 1 and text in _ALONE


def seen_word(word: WordRead, bbox: BBox, piece: int, setting: Setting) -> SeenWord:
    """The word with its calibrated confidence and its other readings."""
    known = calibration()
    confidence = known.probability(word, setting)
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
    return [line.ink_box(first, last) for first, last in itertools.pairwise(edges_of(line, words))] if words else []


def edges_of(line: Line, words: Sequence[WordRead]) -> list[int]:
    """The columns of a line's crop between which its words stand, from its first to its last."""
    width = line.crop.shape[1]
    empty = np.asarray(~line.ink.any(axis=0))
    between = (
        _gap(empty, round(before.places[-1] * width), round(after.places[0] * width))
        for before, after in itertools.pairwise(words)
    )
    return [0, *between, width]


def _gap(empty: npt.NDArray[np.bool_], start: int, stop: int) -> int:
    """The middle of the widest gap without ink between two columns; halfway where there is none."""
    inside = empty[start:stop]
    if not inside.any():
        return (start + stop) // 2
    starts, stops = stretches(inside)
    widest = int(np.argmax(stops - starts))
    return start + int(starts[widest] + stops[widest]) // 2
