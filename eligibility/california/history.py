"""A person's whole history as California law looks at it: what came before, beside, and lately.

Each other charge is brought down to the few things it may be. Where one of its readings is doubtful or silent, all
it may be stays open: an answer then counts only if it holds whichever way. Every question to the history gives
back the values that are possible, one where it is known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, auto
from itertools import product
from typing import Any

from casefile.docket import Charge, Disposition, DocketRecord, Reading, Termination
from casefile.linkage import MatchStatus
from eligibility.california.citation import Cited, cited_in
from eligibility.california.figures import Priors
from eligibility.case import Case, Stated
from eligibility.entries import Entry
from eligibility.features import DEFERRED, STOPPED
from eligibility.terms import FINANCIAL, is_surely_over

SURE = 0.99  # what is read less surely of another charge may be anything
Day = date | None


class Prior(IntEnum):
    """How an earlier conviction that counts against relief stands in time; the highest of several decides."""

    NONE = auto()
    DATE_OPEN = auto()  # between offense and conviction, or of unknown date
    BEFORE = auto()


@dataclass(frozen=True, slots=True)
class Past:
    """Another charge of the history, or of the case: all that each of its particulars may be."""

    cited: tuple[Cited | None, ...]  # None: cannot be told
    convicted: tuple[bool, ...]
    decided: tuple[Day, ...]
    same_docket: bool | None
    same_event: bool | None
    of_person: bool | None  # None: perhaps
    complete: bool | None  # whether its sentence is; None: unknown

    @property
    def may_be_conviction(self) -> bool:
        return True in self.convicted and self.of_person is not False

    @property
    def is_conviction(self) -> bool:
        return self.convicted == (True,) and self.of_person is True


@dataclass(frozen=True, slots=True)
class _Strike:
    counts: tuple[bool, ...]
    decided: tuple[Day, ...]
    same_docket: bool | None


class History:
    """The other charges of a case and of its person, ready to be asked."""

    def __init__(self, pasts: Iterable[Past], priors: Priors, *, whole: bool, registrant: tuple[bool, ...]) -> None:
        """`whole`: nothing of it is unread or only perhaps theirs. `registrant`: registrable, at a date unknown."""
        self._pasts = tuple(pasts)  # two that are alike are two convictions
        self._priors = priors
        self.whole = whole
        self._registrant = registrant
        self._strikes = tuple(dict.fromkeys(self._of_strikes(self._pasts)))
        self._same = self._by_section()
        convictions = [p for p in self._pasts if p.may_be_conviction]
        known = [p.decided[0] for p in convictions if p.is_conviction and _one(p.decided)]
        self._latest = max((day for day in known if day is not None), default=None)
        self._open_days = [d for p in convictions if not p.is_conviction or not _one(p.decided) for d in p.decided]
        self.only_cannabis = self._all_cannabis(convictions)
        self.all_complete = self._completion(convictions)

    # Priors

    def _of_strikes(self, pasts: Iterable[Past]) -> Iterator[_Strike]:
        by_gang = self._is_gang_somewhere(pasts)
        for past in pasts:
            bars = {None if c is None else self._bars(c, by_gang) for c in past.cited}
            may = bars != {False} and past.may_be_conviction
            if may:
                sure = bars == {True} and past.is_conviction
                yield _Strike((True,) if sure else (False, True), past.decided, past.same_docket)

    def _is_gang_somewhere(self, pasts: Iterable[Past]) -> bool:
        """Whether any charge of the person's is or may be the gang enhancement, be it in a docket of its own."""
        cited = (c for past in pasts if past.may_be_conviction for c in past.cited)
        return any(c is not None and self._priors.is_enhanced(c) for c in cited)

    def _bars(self, cited: Cited, by_gang: bool) -> bool | None:
        """Whether it counts; a gang offense may where the enhancement stands beside it as a charge of its own."""
        bars = self._priors.bars(cited)
        return None if bars is False and by_gang and self._priors.is_gang_offense(cited) else bars

    def prior(self, earliest: date, offense: date, convicted: Day) -> tuple[Prior, ...]:
        """How super strikes and registrable offenses stand to an offense committed between two days.

        One convicted in the same case does not count (People v. Smit), a later one neither.
        """
        found = [
            {_stands(s, c, d, earliest, convicted) for c, d in product(s.counts, s.decided)} for s in self._strikes
        ]
        if True in self._registrant:
            found.append({Prior.DATE_OPEN} if self._registrant == (True,) else {Prior.NONE, Prior.DATE_OPEN})
        if not self.whole:
            found.append({Prior.NONE, Prior.BEFORE})
        return _highest(found)

    def gang_in_docket(self) -> tuple[bool, ...]:
        """Whether a violent charge enhanced under PC 186.22(b)(4) was convicted in the same docket."""
        here = [p for p in self._pasts if p.same_docket is not False and p.may_be_conviction]
        cited = [c for p in here for c in p.cited]
        known = [c for c in cited if c is not None]
        is_enhanced = any(self._priors.is_enhanced(c) for c in known)
        found = is_enhanced and any(self._priors.is_gang_offense(c) for c in known)
        return (True,) if found else (False, True) if None in cited or not self.whole else (False,)

    def _by_section(self) -> dict[str, tuple[list[date], int]]:
        """By section the days of its sure convictions, and how many more there may be."""
        days: dict[str, list[date]] = defaultdict(list)
        more: dict[str, int] = defaultdict(int)
        for past in self._pasts_counted:
            for number in {_covered(c) for c in past.cited}:
                day = past.decided[0]
                if _one(past.decided) and day is not None and past.is_conviction and _one(past.cited):
                    days[number].append(day)
                else:
                    more[number] += 1
        return {number: (sorted(days[number]), more[number]) for number in {*days, *more}}

    @property
    def _pasts_counted(self) -> Iterator[Past]:
        return (p for p in self._pasts if p.may_be_conviction)

    def has_two_earlier(self, number: str, convicted: Day) -> tuple[bool, ...]:
        """Whether two or more convictions under the same section came before this one."""
        days, more = self._same.get(number, ([], 0))
        more += self._same.get("", ([], 0))[1]
        earlier = len(days) if convicted is None else bisect_left(days, convicted)
        least = 0 if convicted is None else earlier
        most = earlier + more
        if least >= 2:
            return (True,)
        return (False, True) if most >= 2 or not self.whole else (False,)

    # Beside it

    def cannabis_beside(self, *, event: bool) -> tuple[bool, ...]:
        """Whether a charge of HS 11357 to 11360 stands in the same case, or with `event` in the same event."""
        ties = [(p, p.same_docket or p.same_event if event else p.same_docket) for p in self._pasts]
        near = [p for p, tie in ties if tie and p.of_person]
        perhaps = [p for p, tie in ties if tie is not False and p.of_person is not False]
        if any(all(c is not None and c.is_cannabis for c in p.cited) for p in near):
            return (True,)
        may = any(c is None or c.is_cannabis for p in perhaps for c in p.cited)
        return (False, True) if may or not self.whole else (False,)

    # Lately

    def is_free_since(self, day: date, own: Day) -> tuple[bool, ...]:
        """Whether no conviction, this one included, is after that day; of any county."""
        if (self._latest is not None and self._latest > day) or (own is not None and own > day):
            return (False,)
        may = own is None or any(d is None or d > day for d in self._open_days)
        return (False, True) if may or not self.whole else (True,)

    def _all_cannabis(self, convictions: list[Past]) -> tuple[bool, ...]:
        """Whether every conviction is under HS 11357 to 11360."""
        others = [p for p in convictions if not all(c is not None and c.is_cannabis for c in p.cited)]
        if any(p.is_conviction and not any(c is None or c.is_cannabis for c in p.cited) for p in others):
            return (False,)
        return (False, True) if others or not self.whole else (True,)

    def _completion(self, convictions: list[Past]) -> tuple[bool, ...]:
        if any(p.complete is False and p.is_conviction for p in convictions):
            return (False,)
        is_open = any(p.complete is not True for p in convictions)
        return (False, True) if is_open or not self.whole else (True,)


def _one(values: tuple[object, ...]) -> bool:
    return len(values) == 1 and values[0] is not None


def _covered(cited: Cited | None) -> str:
    if cited is None:
        return ""
    section = cited.covered
    return section.number if section is not None and not cited.is_derivative else "other"


def _stands(strike: _Strike, counts: bool, decided: Day, earliest: date, convicted: Day) -> Prior:
    if not counts or strike.same_docket:
        return Prior.NONE
    if decided is None:
        return Prior.DATE_OPEN
    if decided < earliest:
        return Prior.BEFORE if strike.same_docket is False else Prior.DATE_OPEN
    return Prior.DATE_OPEN if convicted is None or decided < convicted else Prior.NONE


def _highest(found: list[set[Prior]]) -> tuple[Prior, ...]:
    """Every value the highest of these may have."""
    least = max((min(values) for values in found), default=Prior.NONE)
    return tuple(sorted({least} | {v for values in found for v in values if v > least}))


# Out of a case


def history_of(case: Case, priors: Priors, as_of: date, silence: tuple[int, int]) -> History:
    """The history of a case: its own charges, and every related record that is or may be of its person.

    `silence`: margin and years without a printed term, after which a sentence counts as complete.
    """
    pasts = [_past(case, c, case.record, True, True, True, as_of, silence) for c in case.record.charges]
    for related in case.related:
        tie = related.same_case, related.same_event, related.same_person
        pasts += [_past(case, c, related.record, *tie, as_of, silence) for c in related.record.charges]
    is_possible = case.match is not None and case.match.status is MatchStatus.POSSIBLE
    gaps = case.record.gaps or any(r.record.gaps for r in case.related if r.same_person is not False)
    return History(pasts, priors, whole=not is_possible and not gaps, registrant=_registrant(case))


def _registrant(case: Case) -> tuple[bool, ...]:
    """Whether anything says that the person is registered under PC 290: since when, nothing says."""
    mine = {c.charge_id for c in case.record.charges}
    mine |= {c.charge_id for r in case.related if r.same_person is not False for c in r.record.charges}
    return registrant_of(stated.sex_registrant for known, stated in case.stated.items() if known in mine)


def registrant_of(readings: Iterable[Reading[bool]]) -> tuple[bool, ...]:
    """The same, of what each row says."""
    said = list(readings)
    if any(reading.value and _is_sure(reading) for reading in said):
        return (True,)
    return (False, True) if any(True in options(reading) or not _is_sure(reading) for reading in said) else (False,)


def _past(
    case: Case, charge: Charge, record: DocketRecord, same_docket: bool | None, same_event: bool | None,
    of_person: bool | None, as_of: date, silence: tuple[int, int],
) -> Past:  # fmt: skip
    stated = case.stated_of(charge.charge_id)
    return Past(
        cited=citations(charge),
        convicted=convictions(charge),
        decided=options(charge.disposition_date),
        same_docket=same_docket,
        same_event=same_event,
        of_person=of_person,
        complete=completion(charge, stated, as_of, silence),
    )


def _is_sure(reading: Reading[Any]) -> bool:
    return reading.confidence >= SURE and (reading.is_read or reading.is_silent)


def options(reading: Reading[date] | Reading[bool]) -> tuple:  # type: ignore[type-arg]
    """What a particular of another charge may be: one value where it is sure, None where it may be any."""
    if _is_sure(reading):
        return (reading.value,)
    return tuple(dict.fromkeys([*(v for v, p in reading.plausible() if p > 0), None]))


def citations(charge: Charge | Entry) -> tuple[Cited | None, ...]:
    """What a charge may cite; None among them where it may be anything."""
    reading = charge.statute
    if _is_sure(reading):
        return (None if reading.value is None else cited_in(reading.value),)
    values = (v for v, p in reading.plausible() if p > 0 and v is not None)
    return tuple(dict.fromkeys([*(cited_in(v) for v in values), None]))


def convictions(charge: Charge | Entry) -> tuple[bool, ...]:
    """Whether a charge ended in a conviction: one value where that is sure."""
    if not _is_sure(charge.disposition) or charge.disposition.value in (None, Disposition.OTHER, *STOPPED):
        return (False, True)
    said = charge.disposition.value
    if said in DEFERRED:
        if not _is_sure(charge.termination) or charge.termination.value is None:
            return (False, True)
        return (charge.termination.value is Termination.REVOKED,)
    return (said is Disposition.GUILTY,)


def completion(charge: Charge | Entry, stated: Stated | Entry, as_of: date, silence: tuple[int, int]) -> bool | None:
    """Whether a sentence is complete, from what is surely known; None where that does not tell."""
    if stated.sentence_complete.is_read and _is_sure(stated.sentence_complete):
        return stated.sentence_complete.value
    if stated.sentence_end.is_read and _is_sure(stated.sentence_end):
        return stated.sentence_end.value <= as_of  # type: ignore[operator]
    if not all(_is_sure(r) for r in (charge.sentence, charge.disposition_date, charge.violated)):
        return None
    sentence = charge.sentence.value
    if sentence and all(part.kind in FINANCIAL for part in sentence):
        return True
    decided, (margin, no_term) = charge.disposition_date.value, silence
    if decided is None or charge.violated.value or charge.termination.value is Termination.REVOKED:
        return None
    over = is_surely_over(decided, sentence or (), as_of, years_if_no_term=no_term, margin_years=margin)
    return True if over else None
