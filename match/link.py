"""Who on the list a record's defendant is: linked, possible, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp2

from casefile.docket import DocketRecord
from casefile.linkage import Candidate, Match, MatchStatus
from match.calibration import calibrated, shipped
from match.index import Index
from match.nearby import Field, those_near
from match.posterior import Prior, Ranked
from match.rules import judged
from match.settings import MatchSettings

__all__ = ["MatchSettings", "link"]

DEFAULT = MatchSettings()


def link(record: DocketRecord, index: Index, settings: MatchSettings = DEFAULT) -> Match:
    """The persons who may be the record's defendant, best first, and whether one may be acted on."""
    found = those_near(record, record.defendant, index) if record.defendant else Field([])
    return linked_among(record, found, index, settings)


def linked_among(record: DocketRecord, found: Field, index: Index, settings: MatchSettings) -> Match:
    """The same, where it is known already who is near."""
    defendant = record.defendant
    if defendant is None:
        return Match(record.record_id, MatchStatus.NONE, (), "the page names no defendant")
    if not len(index):
        return Match(record.record_id, MatchStatus.NONE, (), "there is no list of persons")
    prior = Prior.of(index, settings)
    ranked = prior.ranked(found)
    shown = [prior.candidate(each, found) for each in ranked[: settings.shown]]
    candidates, listed = _calibrated(ranked, shown, prior.unlisted(found), prior, settings)
    in_order = found._replace(near=[each.near for each in ranked])
    status, why = judged(defendant, in_order, candidates, listed, prior, index, settings)
    return Match(record.record_id, status, candidates, why)


def _calibrated(
    ranked: Sequence[Ranked], shown: Sequence[Candidate], unlisted: float, prior: Prior, settings: MatchSettings
) -> tuple[tuple[Candidate, ...], float]:
    """The candidates calibrated, and the probability that anybody listed is meant."""
    if not ranked:
        return (), 0.0
    weight = prior.each * exp2(ranked[0].near.weight)
    rivals = max(ranked[0].against - unlisted, 0.0) / weight
    calibration = settings.calibration or shipped()
    candidates = calibrated(shown, calibration, rivals=rivals, unlisted=unlisted / weight, prior=prior.bits)
    return candidates, candidates[0].probability * (1.0 + rivals)
