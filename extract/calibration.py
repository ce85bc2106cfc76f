"""From the evidence for a reading to the probability that it is right, by a table fitted on made pages."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
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
CEILING = 0.9999  # no reading is surer, whatever the pages it was calibrated on may show
WELL_READ, WELL_EXPLAINED = 0.9, 0.8  # from here on a page leaves nothing to complain of


@dataclass(frozen=True, slots=True)
class Footing:
    """What every reading of a document stands on.

    `quality` is the mean confidence of its words, 0 to 1; `explained` the share of them that some recogniser
    claimed; `leftovers` names the fields that unclaimed words may speak of; `inked`: ink that is no type.
    """

    quality: float
    explained: float = 1.0
    leftovers: frozenset[str] = frozenset()
    inked: bool = False
    garbled: float = 0.0  # the share of its dates that no calendar holds, 0 to 1
    shared: bool = False  # rows of other cases stand on the same page
    covered: bool = False  # ink of another kind stands over the type

    @property
    def is_fair(self) -> bool:
        """Whether nothing about the pages speaks against what was read on them."""
        return (
            self.quality >= WELL_READ
            and self.explained >= WELL_EXPLAINED
            and not (self.garbled or self.shared or self.covered)
        )

    def features(self) -> dict[str, float]:
        return {
            "quality": _stretched(self.quality),
            "explained": min(1.0, max(0.0, (self.explained - 0.5) / 0.45)),
            "unexplained": float(self.explained < 0.8),
            "garbled": min(1.0, 4.0 * self.garbled),
            "shared": float(self.shared),
            "covered": float(self.covered),
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a reading. Missing evidence lowers the confidence, never raises it.

    `word` is the confidence of its least sure word, 0 to 1; `agreeing` counts further places that say the same.
    """

    word: float
    footing: Footing
    repaired: bool = False  # a character had to be taken for another
    agreeing: int = 0
    disputed: bool = False  # another place says otherwise
    labelled: bool = True  # a label or the form says what it is
    known: bool = True  # a table or grammar confirms it
    guessed: bool = False  # which charge or field it belongs to is a guess
    short: bool = False  # so few characters that one misread makes another word
    borne: bool = False  # a name that people have: few misreadings make one

    @property
    def is_fair(self) -> bool:
        """Whether nothing at all speaks against the reading."""
        faults = self.repaired, self.disputed, not self.labelled, not self.known, self.guessed, self.short
        return self.word >= SURE_WORD and self.footing.is_fair and not any(faults)

    def features(self) -> dict[str, float]:
        """The numbers the logistic weighs, by name."""
        return {
            "bias": 1.0,
            "word": _stretched(self.word),
            "sure": float(self.word >= SURE_WORD),
            "borne": float(self.borne and self.word < SURE_WORD),
            "fair": float(self.is_fair),
            **self.footing.features(),
            "repaired": float(self.repaired),
            "agreeing": float(min(self.agreeing, 2)),
            "disputed": float(self.disputed),
            "unlabelled": float(not self.labelled),
            "unknown": float(not self.known),
            "guessed": float(self.guessed),
            "short": float(self.short),
        }


@dataclass(frozen=True, slots=True)
class Unspoken:
    """What speaks for a silence: nothing is left on the pages that could be about `topic`."""

    topic: str
    footing: Footing
    strange: bool = False  # something in its place was not understood

    @property
    def is_hinted(self) -> bool:
        """Whether words nobody has claimed may speak of the topic."""
        return self.topic.removesuffix("_due").removesuffix("_alone") in self.footing.leftovers

    @property
    def is_fair(self) -> bool:
        """Whether nothing at all speaks against the silence."""
        return self.footing.is_fair and not (self.is_hinted or self.strange or self.footing.inked)

    def features(self) -> dict[str, float]:
        """The numbers the logistic weighs, by name."""
        return {
            "bias": 1.0,
            **self.footing.features(),
            "fair": float(self.is_fair),
            "leftover": float(self.is_hinted),
            "figures": float("figures" in self.footing.leftovers),
            "inked": float(self.footing.inked),
            "strange": float(self.strange),
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
    fair: float  # what is counted where nothing speaks against a reading; 0 where too few such were seen


@dataclass(frozen=True, slots=True)
class Calibration:
    version: int
    curves: Mapping[str, Curve]
    silence: Mapping[str, Curve]  # by topic; "default" for those without a curve of their own
    doubted: Mapping[str, Curve]  # by `family@cap`: findings against which something of the paper speaks
    together: float = 1.0  # of the doubt that readings leave against an answer, the share that comes true


@lru_cache(maxsize=1)
def shipped() -> Calibration:
    """The calibration inside the package."""
    return calibration_of(resources.files("extract").joinpath("calibration.toml").read_text("utf-8"))


def calibration_of(text: str) -> Calibration:
    """A calibration read from TOML; families it does not name have the default curve."""
    raw = tomllib.loads(text)
    curves = {family: _curve(raw.get(family, raw["default"]), raw["default"]) for family in FAMILIES}
    shared = raw["silence"]["default"]
    silence = {topic: _curve(table, shared) for topic, table in raw["silence"].items()}
    doubted = {name: _curve(table, raw["default"]) for name, table in raw.get("doubted", {}).items()}
    together = float(raw.get("together", {}).get("weight", 1.0))
    if not 0 < together <= 1:
        raise ValueError(f"calibration: the weight of doubts together lies above 0 and up to 1; found {together}")
    kept = MappingProxyType(curves), MappingProxyType(silence), MappingProxyType(doubted)
    return Calibration(int(raw["version"]), *kept, together)


def _curve(table: Mapping[str, Any], default: Mapping[str, Any]) -> Curve:
    merged = {**default, **table}
    return Curve(
        MappingProxyType({name: float(weight) for name, weight in merged["weights"].items()}),
        float(merged["listed"]),
        float(merged.get("threshold", 1.0)),
        min(CEILING, float(merged.get("ceiling", CEILING))),
        min(CEILING, float(table.get("fair", 0.0))),
    )


def probability_of(family: str, evidence: Evidence) -> float:
    """The probability, 0 to 1, that a reading with this evidence is right."""
    known = _weighed(shipped().curves[family], evidence.features(), fair=evidence.is_fair)
    return min(known, familiarity(evidence.footing))


def doubted_name(family: str, at_most: float) -> str:
    """The name under which findings of a family with this cap are calibrated together."""
    return f"{family}@{at_most:g}"


def doubted_probability_of(family: str, evidence: Evidence, at_most: float) -> float:
    """The probability, 0 to 1, of a finding against which something of the paper speaks: what pages with the same
    doubt bore out, or the cap where too few were seen."""
    curve = shipped().doubted.get(doubted_name(family, at_most))
    if curve is None:
        return min(at_most, probability_of(family, evidence))
    return min(_weighed(curve, evidence.features(), fair=False), familiarity(evidence.footing))


def silence_of(unspoken: Unspoken) -> tuple[float, float]:
    """The probability that the paper is silent there, and of what is left of 1 the share its rivals may hold."""
    curves = shipped().silence
    curve = curves.get(unspoken.topic, curves["default"])
    known = _weighed(curve, unspoken.features(), fair=unspoken.is_fair)
    return min(known, familiarity(unspoken.footing)), curve.listed


# A form nobody has calibrated on leaves words unexplained; below the first share nothing on it is relied on unseen.
FAMILIAR, STRANGE, AT_FAMILIAR, AT_STRANGE = 0.7, 0.5, 0.96, 0.7


def familiarity(footing: Footing) -> float:
    """The most that any reading may claim on pages of which so little is explained, 0 to 1."""
    if footing.explained >= FAMILIAR:
        return 1.0
    share = max(0.0, (footing.explained - STRANGE) / (FAMILIAR - STRANGE))
    return AT_STRANGE + (AT_FAMILIAR - AT_STRANGE) * share


def _weighed(curve: Curve, features: Mapping[str, float], *, fair: bool) -> float:
    score = sum(curve.weights.get(name, 0.0) * value for name, value in features.items())
    known = min(curve.ceiling, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score)))))
    return max(known, curve.fair) if fair else known


def listed_share(family: str) -> float:
    """Of what is left of 1, the share that the listed alternatives may hold; the rest is none of these."""
    return shipped().curves[family].listed


def weight_together() -> float:
    """What the doubt that all readings of a case leave against an answer counts for, above 0 to 1: the upper bound of
    the share that came true on pages of forms and words that no curve was fitted on."""
    return shipped().together


def thresholds() -> Mapping[str, float]:
    """For each family the probability from which a reading may be accepted without looking."""
    return MappingProxyType({family: curve.threshold for family, curve in shipped().curves.items()})
