"""How sure a word is: the probability that it is exactly right, calibrated on made pages."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from digitize.patterns import fits
from digitize.readings import WordRead

_FURTHEST = 7.0  # log odds: beyond it, what a net says of its own sureness adds nothing
_SURELY = 0.9995  # no word is surer


@dataclass(frozen=True, slots=True)
class Calibration:
    """What `python -m training.confidence` found: a weight for each thing that speaks for or against a word."""

    weights: Mapping[str, float]
    listed: float  # of wrong words the share whose truth is among the other readings

    def probability(self, word: WordRead) -> float:
        """The probability that the word is exactly right."""
        score = sum(self.weights[name] * value for name, value in evidence_of(word).items())
        return min(_SURELY, 1.0 / (1.0 + math.exp(-score)))


@cache
def calibration() -> Calibration:
    """The calibration that comes with the package."""
    table = tomllib.loads((files(__package__) / "confidence.toml").read_text("utf-8"))
    return Calibration(table["weights"], table["listed"])


def evidence_of(word: WordRead) -> dict[str, float]:
    """What speaks for a word, in numbers; what nets say of themselves in log odds."""
    asked = word.agreed is not None
    return {
        "one": 1.0,
        "share": _log_odds(word.share),
        "least": _log_odds(word.least),
        "mean": _log_odds(word.mean),
        "line": _log_odds(word.line_mean),
        "gap": _log_odds(word.gap),
        "asked": float(asked),
        "agreed": float(word.agreed is True),
        "agreed_share": _log_odds(word.share) if word.agreed else 0.0,
        "single": float(len(word.text) == 1),
        "length": math.log(len(word.text)),
        "digit": float(any(c.isdigit() for c in word.text)),
        "strange": float(not fits(word.text)),
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
