"""Readings from findings: value, ink, calibrated confidence and the other values the ink may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from casefile.docket import Reading, Source
from extract.calibration import (
    Evidence,
    Footing,
    Unspoken,
    doubted_name,
    doubted_probability_of,
    listed_share,
    probability_of,
    silence_of,
)

T = TypeVar("T")

# Where calibration is fitted, every reading made is kept here with its family and evidence.
WITNESS: ContextVar[list[tuple[Reading[Any], str, Evidence | Unspoken]] | None] = ContextVar("witness", default=None)

MOST_ALTERNATIVES = 10


@dataclass(frozen=True)
class Finding(Generic[T]):
    """A value as found, before its confidence: `value` None is ink of the right place that gave nothing.

    `rivals` are other values with relative weights; their sum is shared out of what confidence leaves.
    """

    value: T | None
    raw: str
    sources: tuple[Source, ...]
    evidence: Evidence
    rivals: Mapping[T | None, float] = field(default_factory=dict)
    at_most: float = 1.0  # below 1 where something of the paper speaks against it: the kind of doubt, by its cap


def reading_of(finding: Finding[T], family: str) -> Reading[T]:
    """The finding with its probability of being right and its alternatives."""
    if finding.value is None:
        return _illegible(finding, family)
    confidence = (
        doubted_probability_of(family, finding.evidence, finding.at_most)
        if finding.at_most < 1.0
        else (probability_of(family, finding.evidence))
    )
    rivals = {value: weight for value, weight in finding.rivals.items() if value != finding.value}
    witness = WITNESS.get()
    share = max(listed_share(family), 0.9 if finding.at_most < 1.0 else 0.0)
    reading = Reading(
        finding.value,
        finding.raw,
        round(confidence, 5),
        finding.sources,
        _alternatives(rivals, (1.0 - confidence) * share),
    )
    if witness is not None:
        name = family if finding.at_most == 1.0 else doubted_name(family, finding.at_most)
        witness.append((reading, name, finding.evidence))
    return reading


def _illegible(finding: Finding[T], family: str) -> Reading[T]:
    sure = probability_of(family, finding.evidence)
    rivals = dict(finding.rivals)
    return Reading(None, finding.raw or "?", 0.0, finding.sources, _alternatives(rivals, min(0.8, 1.0 - sure * 0.2)))


def _alternatives(rivals: Mapping[T | None, float], mass: float) -> tuple[tuple[T | None, float], ...]:
    top = sorted(rivals.items(), key=lambda item: -item[1])[:MOST_ALTERNATIVES]
    total = sum(weight for _, weight in top)
    if total <= 0 or mass <= 0:
        return ()
    return tuple((value, round(mass * weight / total, 6)) for value, weight in top)


def silence(
    footing: Footing, topic: str, rivals: Mapping[T | None, float] | None = None, *, strange: bool = False
) -> Reading[T]:
    """A field nothing on the page speaks of; the less of the page is explained, the less sure that is."""
    unspoken = Unspoken(topic, footing, strange)
    sure, listed = silence_of(unspoken)
    reading: Reading[T] = Reading(None, None, round(sure, 5), (), _alternatives(rivals or {}, (1.0 - sure) * listed))
    witness = WITNESS.get()
    if witness is not None:
        witness.append((reading, topic, unspoken))
    return reading


def unfound(
    rivals: Mapping[T | None, float] | None = None, raw: str = "?", sources: tuple[Source, ...] = ()
) -> Reading[T]:
    """A field that a docket must speak of and that was not found: ink nobody has read, never silence."""
    return Reading(None, raw, 0.0, sources, _alternatives(rivals or {}, 0.5))


def merged_sources(*groups: Sequence[Source]) -> tuple[Source, ...]:
    """Every source once, in order."""
    return tuple(dict.fromkeys(source for group in groups for source in group))
