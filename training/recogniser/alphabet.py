"""The letters the net knows, and texts as its labels."""

from __future__ import annotations

from collections.abc import Iterable

BLANK, SPACE = 0, 1
LETTERS = " " + "".join(map(chr, range(33, 127)))  # the letter of label n is LETTERS[n - 1]
CLASSES = len(LETTERS) + 1  # with the blank: 96
_LABELS = {letter: label for label, letter in enumerate(LETTERS, start=1)}


def labels_of(text: str) -> tuple[int, ...]:
    """The labels of a text; a KeyError for a letter the net does not know."""
    return tuple(_LABELS[letter] for letter in text)


def readable(text: str) -> str:
    """The text with every run of space as one blank, and without letters the net does not know."""
    return " ".join("".join(letter if letter in _LABELS else " " for letter in text).split())


def greedy(best: Iterable[int]) -> str:
    """The text of the likeliest label of each frame: repeats and blanks fall away (Graves et al., 2006)."""
    text, last = [], BLANK
    for label in best:
        if label != last and label != BLANK:
            text.append(LETTERS[label - 1])
        last = label
    return "".join(text).strip()
