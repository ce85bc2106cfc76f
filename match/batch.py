"""Many records at once: how many of their defendants are on the list is learnt from the batch itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum

from casefile.docket import DocketRecord
from casefile.linkage import Match
from match.index import Index
from match.link import Decision, decided, fields_near
from match.nearby import Fields
from match.posterior import Prior
from match.settings import MatchSettings

ROUNDS = 30
AS_MANY_RECORDS = 50.0  # the setting counts as much as this many records, so that a small batch hardly moves it
NEVER_ABOVE, NEVER_BELOW = 0.98, 0.02


@dataclass(frozen=True)
class Batch:
    """What becomes of the records, in their order, and the share of listed defendants they were judged with."""

    decisions: tuple[Decision, ...]
    listed: float

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The decisions with all that speaks for and against."""
        return tuple(one.match for one in self.decisions)


def link_batch(
    records: Sequence[DocketRecord], index: Index, settings: MatchSettings, *, estimate: bool = True
) -> Batch:
    """Every record linked, the share of the listed being re-estimated first; no labels are needed.

    Without `estimate` the setting stands, and each match is that of `link`.
    """
    with _collector_resting():
        return _linked(records, index, settings, estimate=estimate)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """What a batch makes holds no cycles; looking for some again and again among so much takes a fifth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.freeze()  # and back: all of it is old now, or the collector would go through it at once
            gc.unfreeze()
            gc.enable()


def _linked(records: Sequence[DocketRecord], index: Index, settings: MatchSettings, *, estimate: bool) -> Batch:
    fields = fields_near(records, index)
    listed = estimated_listed(fields, index, settings) if estimate else settings.listed
    return Batch(decided(records, fields, index, replace(settings, listed=listed)), listed)


def listed_share(records: Sequence[DocketRecord], index: Index, settings: MatchSettings) -> float:
    """The share of the records' defendants who are on the list, as `link_batch` would learn it."""
    return estimated_listed(fields_near(records, index), index, settings)


def estimated_listed(near: Fields, index: Index, settings: MatchSettings) -> float:
    """The share of defendants on the list that explains a batch best, steadied by the setting; EM, unlabelled."""
    if index.complete or not len(index):
        return settings.listed
    unit = Prior(0.5, len(index), settings.unlisted_namesake)
    here = unit.each * near.summed(near.others_weight, near.heavy)
    away = unit.unlisted(near.name_weight)
    share = settings.listed
    for _ in range(ROUNDS):
        expected = fsum((share * here / (share * here + (1.0 - share) * away)).tolist())
        share = (expected + AS_MANY_RECORDS * settings.listed) / (len(near) + AS_MANY_RECORDS)
    return min(max(share, NEVER_BELOW), NEVER_ABOVE)
