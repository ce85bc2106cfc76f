"""From the evidence for a reading to the probability that it is right, by a table fitted on made pages."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

FAMILIES = (
    "docket_number", "name", "birth_date", "date", "statute", "disposition", "termination", "grams", "sentence",
    "grade", "other",
)  # fmt: skip
SURE_WORD = 0.88  # from here on an engine's word is seldom wrong
CEILING = 0.9995  # no reading is surer than the pages it was calibrated on can show


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a reading. Missing evidence lowers the confidence, never raises it.

    `word` is the confidence of its least sure word, 0 to 1; `quality` the mean of the page's words;
    `agreeing` counts further places that say the same.
    """

    word: float
    quality: float
    repaired: bool = False  # a character had to be taken for another
    agreeing: int = 0
    disputed: bool = False  # another place says otherwise
    labelled: bool = True  # a label or the form says what it is
    known: bool = True  # a table or grammar confirms it
    guessed: bool = False  # which charge or field it belongs to is a guess
    short: bool = False  # so few characters that one misread makes another word

    def features(self) -> dict[str, float]:
        """The numbers the logistic weighs, by name."""
        return {
            "bias": 1.0,
            "word": _stretched(self.word),
            "sure": float(self.word >= SURE_WORD),
            "quality": _stretched(self.quality),
            "repaired": float(self.repaired),
            "agreeing": float(min(self.agreeing, 2)),
            "disputed": float(self.disputed),
            "unlabelled": float(not self.labelled),
            "unknown": float(not self.known),
            "guessed": float(self.guessed),
            "short": float(self.short),
        }


def _stretched(confidence: float) -> float:
    """Confidence on a scale where the step from 0.90 to 0.96 counts; 0 at 0, 1 near certainty."""
    return min(1.0, max(0.0, (confidence - 0.3) / 0.66))


@dataclass(frozen=True, slots=True)
class Curve:
    """A family's logistic, the share of its errors whose truth is listed, and its threshold."""

    weights: Mapping[str, float]
    listed: float
    threshold: float
    ceiling: float


@dataclass(frozen=True, slots=True)
class Calibration:
    version: int
    curves: Mapping[str, Curve]
    silence: Mapping[str, tuple[tuple[float, float], ...]]  # from a page quality on, that silence is true


@lru_cache(maxsize=1)
def shipped() -> Calibration:
    """The calibration inside the package."""
    return calibration_of(resources.files("extract").joinpath("calibration.toml").read_text("utf-8"))


def calibration_of(text: str) -> Calibration:
    """A calibration read from TOML; families it does not name have the default curve."""
    raw = tomllib.loads(text)
    curves = {family: _curve(raw.get(family, raw["default"]), raw["default"]) for family in FAMILIES}
    silence = {family: _steps(raw["silence"].get(family, raw["silence"]["default"])) for family in FAMILIES}
    return Calibration(int(raw["version"]), MappingProxyType(curves), MappingProxyType(silence))


def _steps(rows: Sequence[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    return tuple(sorted((float(quality), float(sure)) for quality, sure in rows))


def _curve(table: Mapping[str, Any], default: Mapping[str, Any]) -> Curve:
    merged = {**default, **table}
    return Curve(
        MappingProxyType({name: float(weight) for name, weight in merged["weights"].items()}),
        float(merged["listed"]),
        float(merged["threshold"]),
        min(CEILING, float(merged.get("ceiling", CEILING))),
    )


def probability_of(family: str, evidence: Evidence) -> float:
    """The probability, 0 to 1, that a reading with this evidence is right."""
    curve = shipped().curves[family]
    score = sum(curve.weights.get(name, 0.0) * value for name, value in evidence.features().items())
    return min(curve.ceiling, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score)))))


def silence_at(family: str, quality: float) -> float:
    """The probability that a field nothing speaks of is silent, on a page whose words have this mean confidence."""
    steps = shipped().silence[family]
    sure = steps[0][1]
    for at, (least, probability) in enumerate(steps):
        if quality >= least:
            sure = probability
        elif at:
            before = steps[at - 1]
            return before[1] + (probability - before[1]) * (quality - before[0]) / (least - before[0])
        else:
            break
    return sure


def listed_share(family: str) -> float:
    """Of what is left of 1, the share that the listed alternatives may hold; the rest is none of these."""
    return shipped().curves[family].listed


def thresholds() -> Mapping[str, float]:
    """For each family the probability from which a reading may be accepted without looking."""
    return MappingProxyType({family: curve.threshold for family, curve in shipped().curves.items()})
