"""Misread letters: a page of perfect words as a poor reader might give it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from casefile.ocr import OcrPage, Word

# What each character is taken for, as engines on worn type do; the first are the likeliest.
TAKEN_FOR = {
    "0": "O8DQ6", "1": "lI7|", "2": "Z7", "3": "8B5", "4": "A9", "5": "S6", "6": "G8b", "7": "1T/", "8": "B36",
    "9": "g4", "O": "0CQD", "I": "1l|", "S": "5", "B": "8R", "Z": "2", "A": "4R", "C": "GO(", "D": "OB",
    "E": "FB", "F": "PE", "G": "C6", "H": "NM", "K": "X", "L": "I1", "M": "NH", "N": "MH", "P": "FR",
    "R": "PB", "T": "I7", "U": "V", "V": "UY", "W": "VN", "Y": "V", "a": "eo", "c": "eo", "e": "co",
    "i": "l1", "l": "1i", "m": "n", "n": "rm", "o": "ce", "r": "n", "s": "5", "t": "fl", "u": "n",
    "v": "y", ".": ",", ",": ".", "-": "~_", "/": "1I", "(": "C", ")": "J",
}  # fmt: skip
LOST = 0.1  # of misread characters


def misread(page: OcrPage, rng: Random, rate: float) -> OcrPage:
    """The page with that share of its characters misread, and its words less sure where they were."""
    if not rate:
        return page
    return replace(page, words=tuple(_misread(word, rng, rate) for word in page.words))


def _misread(word: Word, rng: Random, rate: float) -> Word:
    text = "".join(_taken(letter, rng) if rng.random() < rate else letter for letter in word.text)
    if text == word.text:
        return replace(word, confidence=rng.uniform(0.85, 0.97))
    return replace(word, text=text or word.text[:1], confidence=rng.uniform(0.3, 0.9))


def _taken(letter: str, rng: Random) -> str:
    return "" if rng.random() < LOST else rng.choice(TAKEN_FOR.get(letter, letter))
