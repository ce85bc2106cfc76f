"""Who on the list a record's defendant is: linked, possible, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casefile.docket import DocketRecord, RecordId
from casefile.linkage import Match, MatchStatus
from casefile.persons import PersonId
from match.calibration import at_odds, calibrated_odds, kind_of, probability_at, shipped
from match.index import Index
from match.nearby import Field, those_near
from match.posterior import Prior, Ranked
from match.rules import judged
from match.settings import MatchSettings

__all__ = ["MatchSettings", "link"]

DEFAULT = MatchSettings()


class Evidence(NamedTuple):
    """What the candidates of a match are made of: who was found, the likeliest of them, and their log2 odds."""

    found: Field
    shown: Sequence[Ranked]
    odds: Sequence[float]
    prior: Prior


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a record and whom it means at best; all that speaks for and against is told on demand."""

    record_id: RecordId
    status: MatchStatus
    why: str
    evidence: Evidence | None = None

    @property
    def person_id(self) -> PersonId | None:
        """The likeliest person."""
        return self.evidence.shown[0].near.person_id if self.evidence else None

    @property
    def probability(self) -> float:
        """That it is the likeliest person."""
        return probability_at(self.evidence.odds[0]) if self.evidence else 0.0

    @property
    def match(self) -> Match:
        """The decision with every candidate shown."""
        if self.evidence is None:
            return Match(self.record_id, self.status, (), self.why)
        found, shown, odds, prior = self.evidence
        before = [prior.candidate(each, found) for each in shown]
        candidates = tuple(at_odds(one, bits) for one, bits in zip(before, odds, strict=True))
        return Match(self.record_id, self.status, candidates, self.why)


def link(record: DocketRecord, index: Index, settings: MatchSettings = DEFAULT) -> Match:
    """The persons who may be the record's defendant, best first, and whether one may be acted on."""
    found = those_near(record, record.defendant, index) if record.defendant else None
    return decided(record, found, Prior.of(index, settings), index, settings).match


def decided(record: DocketRecord, found: Field | None, prior: Prior, index: Index, settings: MatchSettings) -> Decision:
    """What becomes of a record, where it is known already who is near."""
    defendant = record.defendant
    if defendant is None or found is None:
        return Decision(record.record_id, MatchStatus.NONE, "the page names no defendant")
    if not len(index):
        return Decision(record.record_id, MatchStatus.NONE, "there is no list of persons")
    ranked = prior.ranked(found)
    shown = ranked[: settings.shown]
    odds, listed = _odds(ranked, shown, found, prior, settings) if ranked else ([], 0.0)
    near, probabilities = [each.near for each in ranked], [probability_at(bits) for bits in odds[:2]]
    status, why = judged(defendant, near, found, probabilities, listed, prior, index, settings)
    return Decision(record.record_id, status, why, Evidence(found, shown, odds, prior) if ranked else None)


def _odds(
    ranked: Sequence[Ranked], shown: Sequence[Ranked], found: Field, prior: Prior, settings: MatchSettings
) -> tuple[list[float], float]:
    """The calibrated log2 odds of those shown, and the probability that anybody listed is meant."""
    best, unlisted = ranked[0], prior.unlisted(found)
    weight = prior.each * best.near.heavy
    rivals = max(best.against - unlisted, 0.0) / weight
    calibration = settings.calibration or shipped()
    odds = calibrated_odds(
        kind_of(best.near.level), [each.probability for each in shown], calibration,
        rivals=rivals, unlisted=unlisted / weight, prior=prior.bits,
    )  # fmt: skip
    return odds, probability_at(odds[0]) * (1.0 + rivals)
