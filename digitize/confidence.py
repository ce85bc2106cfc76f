"""How sure a word is: the probability that it is exactly right, calibrated on made pages."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from digitize.patterns import fits
from digitize.readings import WordRead
from digitize.vocabulary import core_of, is_known, is_near, is_torn

_FURTHEST = 7.0  # log odds: beyond it, what a net says of its own sureness adds nothing
_SURELY = 0.9995  # no word is surer
_TOLD = 3  # letters: of a shorter word it says nothing that it is known


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a word stands: its neighbours in its line, the letters of that line, and how its page is read."""

    before: str  # the word before it; empty at the start of a line
    after: str
    letters: int
    page: float  # log odds: the mean share of the page's words


def settings_of(lines: Sequence[Sequence[WordRead]]) -> list[list[Setting]]:
    """The setting of each word of a page, line by line."""
    shares = [_log_odds(word.share) for words in lines for word in words]
    page = sum(shares) / max(1, len(shares))
    return [_settings_in(words, page) for words in lines]


def _settings_in(words: Sequence[WordRead], page: float) -> list[Setting]:
    texts = ["", *(word.text for word in words), ""]
    letters = sum(map(len, texts))
    return [Setting(texts[at], texts[at + 2], letters, page) for at in range(len(words))]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What `python -m training.confidence` found: a weight for each thing that speaks for or against a word."""

    weights: Mapping[str, float]
    listed: float  # of wrong words the share whose truth is among the other readings

    def probability(self, word: WordRead, setting: Setting) -> float:
        """The probability that the word is exactly right."""
        score = sum(self.weights[name] * value for name, value in evidence_of(word, setting).items())
        return min(_SURELY, 1.0 / (1.0 + math.exp(-score)))


@cache
def calibration() -> Calibration:
    """The calibration that comes with the package."""
    table = tomllib.loads((files(__package__) / "confidence.toml").read_text("utf-8"))
    return Calibration(table["weights"], table["listed"])


def evidence_of(word: WordRead, setting: Setting) -> dict[str, float]:
    """What speaks for a word, in numbers; what nets say of themselves in log odds."""
    return _told_by_nets(word) | _told_by_vocabulary(word.text, setting) | _told_by_place(setting)


def _told_by_nets(word: WordRead) -> dict[str, float]:
    return {
        "one": 1.0,
        "share": _log_odds(word.share),
        "least": _log_odds(word.least),
        "mean": _log_odds(word.mean),
        "line": _log_odds(word.line_mean),
        "gap": _log_odds(word.gap),
        "asked": float(word.agreed is not None),
        "agreed": float(word.agreed is True),
        "length": math.log(len(word.text)),
        "digit": float(any(c.isdigit() for c in word.text)),
        "strange": float(not fits(word.text)),
    }


def _told_by_vocabulary(text: str, setting: Setting) -> dict[str, float]:
    """Whether the word is known, a slip away from a known word, or neither; and whether it is part of one, or stands
    beside such a part."""
    core, before, after = core_of(text), core_of(setting.before), core_of(setting.after)
    told = len(core) >= _TOLD
    known, near = told and is_known(core), told and is_near(core)
    return {
        "known": float(known),
        "near": float(near),
        "unknown": float(told and not known and not near),
        "torn": float(is_torn(core, before, after)),
    }


def _told_by_place(setting: Setting) -> dict[str, float]:
    """What is cut off stands at the end of a line, and what is none alone."""
    first, last = not setting.before, not setting.after
    return {
        "first": float(first),
        "last": float(last),
        "alone": float(first and last),
        "letters": math.log(max(1, setting.letters)),
        "page": setting.page,
    }


def _log_odds(probability: float) -> float:
    least = 1.0 / (1.0 + math.exp(_FURTHEST))
    held = min(max(probability, least), 1.0 - least)
    return math.log(held / (1.0 - held))


def alternatives_of(word: WordRead, confidence: float, known: Calibration) -> tuple[tuple[str, float], ...]:
    """The other readings with their probabilities; what is left to 1 is none of these."""
    total = sum(share for _, share in word.others)
    if total <= 0.0:
        return ()
    room = (1.0 - confidence) * known.listed
    shared = ((text, room * share / total) for text, share in word.others)
    return tuple((text, probability) for text, probability in shared if probability >= _FAINTEST)


_FAINTEST = 0.001  # an alternative less likely is not worth keeping
