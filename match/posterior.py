"""Evidence to probability: of all listed persons and nobody, who it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp2, fsum, log2
from typing import NamedTuple

from casefile.linkage import Agreement, Candidate
from match.index import Index
from match.nearby import Field, Near
from match.settings import MatchSettings


class Ranked(NamedTuple):
    """A person near a record, the probability of their being the one, and the weight of all that speaks against."""

    near: Near
    probability: float
    against: float


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

    def unlisted(self, found: Field) -> float:
        """Weight of its being nobody listed: a stranger, or somebody who shares a listed person's name."""
        return (1.0 - self.listed) * (1.0 - self.namesake + self.namesake * (found.name_weight / self.persons))

    def ranked(self, found: Field) -> list[Ranked]:
        """Everybody near with their probability, the likeliest first, equals in the order of their ids."""
        each = self.each
        weights, others = [each * one.heavy for one in found.near], each * found.others_weight
        unlisted, total = self.unlisted(found), fsum([others, *weights])
        ranked = []
        for at, (one, weight) in enumerate(zip(found.near, weights, strict=True)):
            against = unlisted + (total - weight if weight < 0.9 * total else _sum_without(at, weights, others))
            ranked.append(Ranked(one, weight / (weight + against), against))
        return sorted(ranked, key=lambda each: (-each.probability, each.near.person_id)) if len(ranked) > 1 else ranked

    def candidate(self, ranked: Ranked, found: Field) -> Candidate:
        """A person with all that weighs; the agreements sum to the log2 odds."""
        one = ranked.near
        prior = Agreement("prior", "listed", log2(self.each / (1.0 - self.listed)))
        level = f"{len(found.near) + found.others - 1} others"
        rivals = Agreement("rivals", level, log2((1.0 - self.listed) / ranked.against))
        return Candidate(one.person_id, ranked.probability, (prior, *one.agreements, rivals))

    def floor(self, best: Near, found: Field) -> float:
        """The probability of `best` if everything illegible spoke against them and for their rivals."""
        weight = self.each * exp2(best.if_hidden(worst=True))
        rivals = fsum(self.each * exp2(one.if_hidden(worst=False)) for one in found.near if one is not best)
        return weight / (weight + rivals + self.each * found.others_weight + self.unlisted(found))


def _sum_without(at: int, weights: Sequence[float], others: float) -> float:
    """The sum of all but one, made anew where a subtraction would lose the small ones."""
    return fsum([others, *weights[:at], *weights[at + 1 :]])
