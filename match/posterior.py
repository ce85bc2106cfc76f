"""Evidence to probability: of all listed persons and nobody, who it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp2, fsum, log2
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from casefile.linkage import Agreement, Candidate
from match.index import Index
from match.nearby import Field, Fields, Near
from match.settings import MatchSettings

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


class Ranked(NamedTuple):
    """A person near a record, the probability of their being the one, and the weight of all that speaks against."""

    near: Near
    probability: float
    against: float


class Ranking(NamedTuple):
    """The same for everybody near each of many records, `order` having those of each record by their probability, the
    likeliest first, equals in the order of their ids."""

    prior: Prior
    fields: Fields
    weights: Floats
    probabilities: Floats
    against: Floats
    unlisted: Floats  # of each record
    order: Longs

    def likeliest(self) -> tuple[Longs, Longs]:
        """The records near which anybody is, and the likeliest person near each."""
        records = np.flatnonzero(np.diff(self.fields.starts))
        return records, self.order[self.fields.starts[records]]

    def best(self, record: int) -> Near:
        """The likeliest person near a record."""
        return Near(self.fields.beside, int(self.order[self.fields.starts[record]]))

    def of(self, record: int) -> Longs:
        """Those near a record, the likeliest first."""
        return self.order[self.fields.starts[record] : self.fields.starts[record + 1]]

    def ranked(self, at: int) -> Ranked:
        """Who stands there."""
        return Ranked(Near(self.fields.beside, at), float(self.probabilities[at]), float(self.against[at]))


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before anything is compared.

    `listed` is the probability of being on the list, each of `persons` alike. Somebody unlisted bears the name
    of a listed person with probability `namesake`, more often than chance has it: a father, a son, a borrowed
    name. So a name alone, however rare, never proves that the listed bearer is meant.
    """

    listed: float
    persons: int
    namesake: float

    @classmethod
    def of(cls, index: Index, settings: MatchSettings) -> Prior:
        if index.complete:
            return cls(settings.listed_if_complete, len(index), 0.0)
        return cls(settings.listed, len(index), settings.unlisted_namesake)

    @property
    def each(self) -> float:
        return self.listed / self.persons

    @property
    def bits(self) -> float:
        """The log2 odds of being on the list."""
        return log2(self.listed / (1.0 - self.listed))

    def unlisted(self, name_weight: Floats) -> Floats:
        """Weight of its being nobody listed: a stranger, or somebody who shares a listed person's name; `name_weight`
        is what the names of everybody near a record weigh."""
        return (1.0 - self.listed) * (1.0 - self.namesake + self.namesake * (name_weight / self.persons))

    def ranked(self, fields: Fields) -> Ranking:
        """Everybody near each record with their probability."""
        weights, others = self.each * fields.heavy, self.each * fields.others_weight
        unlisted, total = self.unlisted(fields.name_weight), fields.summed(others, weights)[fields.whose]
        rivals = np.where(weights < 0.9 * total, total - weights, 0.0)
        heavy = np.flatnonzero(weights >= 0.9 * total)  # without these a subtraction would lose the small ones
        starts, each, first = fields.starts.tolist(), weights.tolist(), others.tolist()
        for at, record in zip(heavy.tolist(), fields.whose[heavy].tolist(), strict=True):
            begin, end = starts[record : record + 2]
            rivals[at] = fsum([first[record], *each[begin:at], *each[at + 1 : end]])
        against = unlisted[fields.whose] + rivals
        probabilities = weights / (weights + against)
        order = np.lexsort((fields.by_id, -probabilities, fields.whose))
        return Ranking(self, fields, weights, probabilities, against, unlisted, order)

    def candidate(self, ranked: Ranked, others: int) -> Candidate:
        """A person beside so many others with all that weighs; the agreements sum to the log2 odds."""
        one = ranked.near
        prior = Agreement("prior", "listed", log2(self.each / (1.0 - self.listed)))
        rivals = Agreement("rivals", f"{others} others", log2((1.0 - self.listed) / ranked.against))
        return Candidate(one.person_id, ranked.probability, (prior, *one.agreements, rivals))

    def floor(self, best: Near, found: Field) -> float:
        """The probability of `best` if everything illegible spoke against them and for their rivals."""
        weight = self.each * exp2(best.if_hidden(worst=True))
        rivals = fsum(self.each * exp2(one.if_hidden(worst=False)) for one in found.near if one.at != best.at)
        unlisted = float(self.unlisted(np.array(found.name_weight)))
        return weight / (weight + rivals + self.each * found.others_weight + unlisted)
