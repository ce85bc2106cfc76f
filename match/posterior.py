"""Evidence to probability: of all listed persons and nobody, who it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp2, log2

from casefile.linkage import Agreement, Candidate
from match.index import Index
from match.nearby import Near
from match.settings import MatchSettings


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

    def unlisted(self, near: Sequence[Near]) -> float:
        """Weight of its being nobody listed: a stranger, or somebody who shares a listed person's name."""
        shared = sum(exp2(one.name_weight) for one in near) / self.persons
        return (1.0 - self.listed) * (1.0 - self.namesake + self.namesake * shared)

    def candidates(self, near: Sequence[Near]) -> list[Candidate]:
        """Everybody with their probability; the agreements sum to its log2 odds."""
        weights = [self.each * exp2(one.weight) for one in near]
        unlisted, total = self.unlisted(near), sum(weights)
        prior = Agreement("prior", "listed", log2(self.each / (1.0 - self.listed)))
        candidates = []
        for one, weight in zip(near, weights, strict=True):
            against = unlisted + sum_without(total, weight, weights)
            rivals = Agreement("rivals", f"{len(near) - 1} others", log2((1.0 - self.listed) / against))
            agreements = (prior, *one.agreements, rivals)
            candidates.append(Candidate(one.person.person_id, weight / (weight + against), agreements))
        return candidates

    def floor(self, best: Near, others: Sequence[Near]) -> float:
        """The probability of `best` if everything illegible spoke against them and for their rivals."""
        weight = self.each * exp2(best.if_hidden(worst=True))
        rivals = sum(self.each * exp2(other.if_hidden(worst=False)) for other in others)
        return weight / (weight + rivals + self.unlisted([best, *others]))


def sum_without(total: float, one: float, weights: list[float]) -> float:
    """`total` less `one`, summed anew where the subtraction would lose the small ones."""
    if one < 0.9 * total:
        return total - one
    return sum(sorted(weights)[:-1])
