"""Words put right where a printer marks its zeros, which engines take for eights and letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox
from digitize.engine import SeenWord
from digitize.patterns import fits

_LIKE_ZERO = frozenset("OoQDUØøe8@")
_DOUBTFUL = 0.5  # neither the engine nor the ink can tell: even chances


def mended(words: Sequence[SeenWord], zeros: Sequence[BBox], eights: Sequence[BBox]) -> list[SeenWord]:
    """The words with a zero where the ink shows one; an eight that the ink does not show becomes a doubt.

    Where no zeros are marked the words stay as they are. Letters of a word are taken as equally wide. Words read by
    lines get no such doubt: their nets tell an eight from a plain zero, and say how sure they are.
    """
    if not zeros:
        return list(words)
    zero_middles, eight_middles = _middles(zeros), _middles(eights)
    plain = (_with_zeros(word, zero_middles) for word in words)
    return [_with_doubt(word, eight_middles) if word.piece is None else word for word in plain]


def _middles(bboxes: Sequence[BBox]) -> npt.NDArray[np.float64]:
    return np.array([((b.left + b.right) / 2, (b.top + b.bottom) / 2) for b in bboxes]).reshape(-1, 2)


def _places(word: SeenWord, middles: npt.NDArray[np.float64]) -> set[int]:
    """Which letters of a word the marks in its box stand on."""
    left, top, right, bottom = word.bbox
    x, y = middles[:, 0], middles[:, 1]
    on_word = (y > top) & (y < bottom) & (x > left) & (x < right)
    return set(((x[on_word] - left) / (right - left) * len(word.text)).astype(int).tolist())


def _with_zeros(word: SeenWord, zeros: npt.NDArray[np.float64]) -> SeenWord:
    places = {at for at in _places(word, zeros) if word.text[at] in _LIKE_ZERO}
    text = _put(word.text, places)
    if fits(word.text) and not fits(text):  # worn letters look like marked zeros, too: INQUIRY is no IN0UIRY
        return word
    others = tuple((other, probability) for other, probability in word.alternatives if other != text)
    return replace(word, text=text, alternatives=others)


def _with_doubt(word: SeenWord, eights: npt.NDArray[np.float64]) -> SeenWord:
    """The word, but no surer than even where an 8 may be a zero; then that reading is its alternative."""
    unsure = {at for at, letter in enumerate(word.text) if letter == "8"} - _places(word, eights)
    if not unsure:
        return word
    confidence = min(word.confidence, _DOUBTFUL)
    other = (_put(word.text, unsure), min(confidence, 1.0 - confidence))
    return replace(word, confidence=confidence, alternatives=(other,))


def _put(text: str, places: set[int]) -> str:
    return "".join("0" if at in places else letter for at, letter in enumerate(text))
