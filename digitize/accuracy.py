"""How right a reading is against a ground truth: error rates of characters, words, and words with a digit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Errors (insertions, deletions, substitutions) against `characters` and `words` of truth."""

    characters: int
    character_errors: int
    words: int
    word_errors: int
    digit_words: int  # words of the truth with a digit in them
    digit_words_wrong: int

    @property
    def cer(self) -> float:
        """Character error rate; may exceed 1 where much was read that is not there."""
        return _rate(self.character_errors, self.characters)

    @property
    def wer(self) -> float:
        return _rate(self.word_errors, self.words)

    @property
    def digit_words_wrong_share(self) -> float:
        return _rate(self.digit_words_wrong, self.digit_words)

    def __add__(self, other: Accuracy) -> Accuracy:
        """Both together: rates over many pages are taken over all their characters."""
        return Accuracy(
            self.characters + other.characters,
            self.character_errors + other.character_errors,
            self.words + other.words,
            self.word_errors + other.word_errors,
            self.digit_words + other.digit_words,
            self.digit_words_wrong + other.digit_words_wrong,
        )


NOTHING = Accuracy(0, 0, 0, 0, 0, 0)


def _rate(errors: int, total: int) -> float:
    return errors / total if total else 0.0


def accuracy_of(read: str, ground_truth: str) -> Accuracy:
    """How far `read` is from `ground_truth`; white space of any kind and length counts as one blank."""
    read_words, true_words = read.split(), ground_truth.split()
    read_text, true_text = " ".join(read_words), " ".join(true_words)
    digits, wrong = _digit_words(read_words, true_words)
    return Accuracy(
        characters=len(true_text),
        character_errors=Levenshtein.distance(read_text, true_text),
        words=len(true_words),
        word_errors=Levenshtein.distance(read_words, true_words),
        digit_words=digits,
        digit_words_wrong=wrong,
    )


def cer(read: str, ground_truth: str) -> float:
    """Character error rate, white space folded."""
    return accuracy_of(read, ground_truth).cer


def wer(read: str, ground_truth: str) -> float:
    """Word error rate."""
    return accuracy_of(read, ground_truth).wer


def _digit_words(read: Sequence[str], truth: Sequence[str]) -> tuple[int, int]:
    """How many words of the truth hold a digit, and how many of these stand nowhere in what was read.

    Taken as a bag, so that a line out of order is not counted as a misread number.
    """
    wanted = Counter(word for word in truth if any(c.isdigit() for c in word))
    missed = wanted - Counter(read)
    return wanted.total(), missed.total()
