"""Who on the list a record's defendant is: linked, possible, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from casefile.docket import DocketRecord, RecordId
from casefile.linkage import Candidate, Match, MatchStatus
from casefile.persons import PersonId
from match.calibration import KIND_FIELDS, at_odds, calibrated_odds, kind_of, probability_at, shipped
from match.index import Index
from match.nearby import Beside, Fields, Near, fields_of
from match.posterior import Prior, Ranking
from match.rules import judged
from match.settings import MatchSettings

__all__ = ["MatchSettings", "link"]

Longs = npt.NDArray[np.int64]
DEFAULT = MatchSettings()
UNNAMED = "the page names no defendant"


class Odds(NamedTuple):
    """Records with everybody near them; for each what its best link rests on, and what all other listed persons and
    nobody listed weigh, the best one weighing 1."""

    ranking: Ranking
    kinds: Sequence[str]
    rivals: Sequence[float]
    unlisted: Sequence[float]
    settings: MatchSettings

    def bits(self, record: int, most: int) -> list[float]:
        """The calibrated log2 odds of the `most` likeliest persons near a record."""
        few = self.ranking.of(record)[:most]
        return calibrated_odds(
            self.kinds[record], self.ranking.probabilities[few].tolist(), self.settings.calibration or shipped(),
            rivals=self.rivals[record], unlisted=self.unlisted[record], prior=self.ranking.prior.bits,
        )  # fmt: skip

    def candidates(self, record: int) -> tuple[Candidate, ...]:
        """Those worth showing, with all that speaks for and against."""
        ranking, near = self.ranking, self.ranking.of(record).tolist()
        few, others = near[: self.settings.shown], len(near) + ranking.fields.others[record] - 1
        before = [ranking.prior.candidate(ranking.ranked(at), others) for at in few]
        return tuple(at_odds(one, bits) for one, bits in zip(before, self.bits(record, len(few)), strict=True))


class Decision(NamedTuple):
    """What becomes of a record, whom it means at best and with which probability; all that speaks for and against is
    told on demand."""

    record_id: RecordId
    status: MatchStatus
    why: str
    person_id: PersonId | None = None
    probability: float = 0.0
    odds: Odds | None = None
    place: int = 0  # of the record among those of the odds

    @property
    def match(self) -> Match:
        """The decision with every candidate shown."""
        candidates = self.odds.candidates(self.place) if self.odds else ()
        return Match(self.record_id, self.status, candidates, self.why)


def link(record: DocketRecord, index: Index, settings: MatchSettings = DEFAULT) -> Match:
    """The persons who may be the record's defendant, best first, and whether one may be acted on."""
    return decided([record], fields_near([record], index), index, settings)[0].match


def fields_near(records: Sequence[DocketRecord], index: Index) -> Fields:
    """Who is near those of the records that name a defendant."""
    return fields_of([(record, record.defendant) for record in records if record.defendant], index)


def decided(
    records: Sequence[DocketRecord], fields: Fields, index: Index, settings: MatchSettings
) -> tuple[Decision, ...]:
    """What becomes of each record, where it is known already who is near those that name a defendant."""
    if not len(index):
        nobody = "there is no list of persons"
        return tuple([_undecided(record, nobody if record.defendant else UNNAMED) for record in records])
    odds = _odds(Prior.of(index, settings).ranked(fields), settings)
    probabilities = [
        [probability_at(bits) for bits in odds.bits(at, 2)] if kind else [] for at, kind in enumerate(odds.kinds)
    ]
    listed = [
        some[0] * (1.0 + rivals) if some else 0.0 for some, rivals in zip(probabilities, odds.rivals, strict=True)
    ]
    defendants = [record.defendant for record in records if record.defendant]
    verdicts = iter(judged(defendants, odds.ranking, probabilities, listed, index, settings))
    ids = fields.beside.ids
    decisions, place = [], 0
    for record in records:
        if not record.defendant:
            decisions.append(_undecided(record, UNNAMED))
            continue
        best, (status, why) = probabilities[place], next(verdicts)
        if best:
            person_id = PersonId(ids[odds.ranking.order[fields.starts[place]]])
            decisions.append(Decision(record.record_id, status, why, person_id, best[0], odds, place))
        else:
            decisions.append(Decision(record.record_id, status, why))
        place += 1
    return tuple(decisions)


def _undecided(record: DocketRecord, why: str) -> Decision:
    return Decision(record.record_id, MatchStatus.NONE, why)


def _odds(ranking: Ranking, settings: MatchSettings) -> Odds:
    """What the calibrated odds are made of; records near which nobody is have no kind."""
    records, best = ranking.likeliest()
    kinds, rivals, unlisted = [""] * len(ranking.fields), np.zeros(len(ranking.fields)), np.zeros(len(ranking.fields))
    weights, nobody = ranking.weights[best], ranking.unlisted[records]
    rivals[records] = np.maximum(ranking.against[best] - nobody, 0.0) / weights
    unlisted[records] = nobody / weights
    for record, kind in zip(records.tolist(), _kinds(ranking.fields.beside, best), strict=True):
        kinds[record] = kind
    return Odds(ranking, kinds, rivals.tolist(), unlisted.tolist(), settings)


def _kinds(beside: Beside, persons: Longs) -> list[str]:
    """What the links of these persons rest on; those that agree alike are looked at once."""
    alike = beside.alike(persons, KIND_FIELDS)
    _, first, kinds = np.unique(alike, return_index=True, return_inverse=True)
    found = [kind_of(Near(beside, at).level) for at in persons[first].tolist()]
    return [found[kind] for kind in kinds.tolist()]
