"""Who on the list a record's defendant is: linked, possible, or nobody."""

from __future__ import annotations

from collections.abc import Sequence

from casefile.docket import DocketRecord
from casefile.linkage import Match, MatchStatus
from match.index import Index
from match.nearby import Near, those_near
from match.posterior import Prior
from match.rules import judged
from match.settings import MatchSettings

__all__ = ["MatchSettings", "link"]

DEFAULT = MatchSettings()


def link(record: DocketRecord, index: Index, settings: MatchSettings = DEFAULT) -> Match:
    """The persons who may be the record's defendant, best first, and whether one may be acted on."""
    near = those_near(record, record.defendant, index) if record.defendant else []
    return linked_among(record, near, index, settings)


def linked_among(record: DocketRecord, near: Sequence[Near], index: Index, settings: MatchSettings) -> Match:
    """The same, where the persons `near` the record are known already."""
    defendant = record.defendant
    if defendant is None:
        return Match(record.record_id, MatchStatus.NONE, (), "the page names no defendant")
    if not len(index):
        return Match(record.record_id, MatchStatus.NONE, (), "there is no list of persons")
    prior = Prior.of(index, settings)
    pairs = sorted(
        zip(prior.candidates(near), near, strict=True),
        key=lambda pair: (-pair[0].probability, pair[0].person_id),
    )
    ranked = tuple(candidate for candidate, _ in pairs)
    status, why = judged(defendant, [one for _, one in pairs], ranked, prior, index, settings)
    return Match(record.record_id, status, ranked[: settings.shown], why)
