"""Which rows of data are alike to Illinois law, so that one answer serves all of them.

A key holds what the table reads off a row and nothing else. What it leaves out must not be able to change the answer
or a word of its grounds: tests decide rows both ways and compare.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from casefile.docket import Disposition, Grams, Reading, SentenceKind
from eligibility.citation import Citation
from eligibility.doubt import Doubt
from eligibility.entries import Alike, Entry, Group, is_same_count, record_of, tells_the_same
from eligibility.features import DEFERRED, STOPPED
from eligibility.illinois.associated import NOTHING, Associate, Level, State, associate_of
from eligibility.illinois.features import Sentence, ending_group
from eligibility.illinois.figures import fits_grade, fits_grams, fits_subsequent, load, overlaps
from eligibility.illinois.told import cited
from eligibility.law import Policy
from eligibility.parameters import in_force
from eligibility.terms import FINANCIAL, anniversary, end_of_longest, is_surely_over

Contribution = tuple[State, str]
ANOTHER_STOPPED: Contribution = (NOTHING, "stopped")  # a row of the docket that is expunged or sealed
MINOR = "minor"  # the key of all who were surely under the age line: no row below that one is tried
ALIKE_MINOR: Alike = (MINOR, ())
ADULT = (False, False)
CELLS = slice(Entry._fields.index("statute"), Entry._fields.index("offense_date"))  # what the table reads but for days
DAYS = slice(CELLS.stop, Entry._fields.index("sentence_end"))  # the days, and the sentence that is counted from one


def alike(group: Group, index: int, as_of: date, policy: Policy | None) -> Alike:
    """What Illinois law reads off a row; what stands beside it only so far as the policy asks."""
    return _reader(as_of).alike(group, index, policy)


@cache
def _reader(as_of: date) -> _Reader:
    return _Reader(as_of)


class _Reader:
    """Everything the table reads off a row, on one day."""

    def __init__(self, as_of: date) -> None:
        figures = load()
        self.as_of, self.figures, dates = as_of, figures, figures.dates
        self.cuts = sorted({self._act, dates.cannabis_control_act.since, dates.civil.since})
        bands = {provision.since for provision in dates.deadline}
        self.arrest_cuts = sorted(bands | {self._act})
        self.matured_before = anniversary(as_of, -dates.waiting.years) - timedelta(days=2)
        self.near_act = anniversary(self._act, -figures.silence.conviction_date.years_before_act)
        self.boundaries = figures.boundaries
        self._age_cuts = sorted({line.since for line in (*dates.juvenile_felony, *dates.juvenile_misdemeanor)})
        self._ages = [self._ages_on(day) for day in (date.min, *self._age_cuts)]
        self.eves = [boundary - timedelta(days=1) for boundary in figures.boundaries]
        self._births: dict[date, list[tuple[date, date]]] = {}  # by day of birth the birthdays of each time
        self._lines: dict[date, _Lines] = {}
        self._sentences: dict[int, _Sentence] = {}  # by identity of the cell, which is kept alive
        self._own: dict[tuple[Any, ...], tuple[_Own, Entry]] = {}
        self._associates: dict[tuple[int, ...], tuple[Associate, Entry]] = {}
        self._contributions: dict[tuple[int | bool, ...], set[Contribution]] = {}
        self._numbers: dict[Hashable, int] = {}  # of what rows tell but for their days; a number is soon compared

    @property
    def _act(self) -> date:
        return self.figures.dates.act.since

    def alike(self, group: Group, index: int, policy: Policy | None) -> Alike:
        """Nothing is sought beside a row of a plain group where nothing there could bear on it."""
        entry = group.entries[index]
        own, days = self._by_itself(entry)
        is_alone = group.is_plain and (days is MINOR or not own.is_small)
        others = () if is_alone else group.others(index)
        if not entry.sure or not all(group.entries[i].sure for i in others):
            return None, others
        beside = self._beside(group, index, others, own, policy)
        if beside is None:
            return None, others
        if days is MINOR and ANOTHER_STOPPED not in beside:
            return ALIKE_MINOR
        if not beside:
            return (own.key, days), ()
        ordered = sorted(beside)
        return (own.key, days, tuple(ordered)), [beside[one] for one in ordered]

    # A row's cells but for its days

    def _by_itself(self, entry: Entry) -> tuple[_Own, Hashable]:
        """What is read off a row's own cells: off its days, and off the others."""
        held = entry.offense_date.value or entry.arrest_date.value
        lines = NO_LINES if held is None else self._lines_of(held)
        own = self._own_of(entry, held, lines.eras)
        return own, self._of_days(entry, own, lines)

    def _own_of(self, entry: Entry, held: date | None, eras: int) -> _Own:
        """By identity of the cells, which are kept alive, and by the era that gives letters their weight."""
        cells: Any = entry[CELLS]
        identity = (*map(id, cells), eras)
        known = self._own.get(identity)
        if known is None:
            told = self._told(entry, held)
            told = told._replace(key=self._numbers.setdefault(told.key, len(self._numbers)))
            known = self._own[identity] = (told, entry)
        return known[0]

    def _told(self, entry: Entry, held: date | None) -> _Own:
        cells: Any = entry[CELLS]
        illegible = tuple(cell.is_illegible for cell in cells)
        statute = entry.statute.value
        citation = cited(statute) if statute is not None else None
        told = (citation, illegible, entry.statute.is_silent)
        ending = ending_group(entry.disposition.value), entry.termination.value
        if citation is None or any(illegible) or held is None or entry.disposition.value is None:
            rest = _bands(entry.grams.value), entry.grade.value, entry.subsequent.value, entry.section7.value
            return _Own((told, ending, rest, entry.sentence_complete.value), False, True, True, True, True)
        if not citation.is_section_4_or_5:
            return _Own((told, ending, entry.grade.value), True, False, _may_convict(entry), False, False)
        left = tuple(
            v
            for v in self.figures.variants(citation, held)
            if fits_grams(v, entry.grams.value) and fits_grade(v, entry.grade.value)
            and fits_subsequent(v, entry.subsequent.value)
        )  # fmt: skip
        may_convict = _may_convict(entry)
        limit = self.figures.dates.minor_offense.grams
        is_small = any(variant.over < limit for variant in left) and not entry.section7.value
        weighed = (left, entry.grams.value is None, entry.section7.value)
        complete = entry.sentence_complete.value if may_convict else None
        may_end_otherwise = ending[0] is not Disposition.GUILTY
        return _Own((told, ending, weighed, complete), True, is_small, may_convict, may_end_otherwise, True)

    # Its days

    def _of_days(self, entry: Entry, own: _Own, lines: _Lines) -> Hashable:
        """`lines` are those drawn up to the day of the offense, or of the arrest that stands for it."""
        offense, arrest, decided = entry.offense_date.value, entry.arrest_date.value, entry.disposition_date.value
        if not own.is_plain or _is_any_illegible(entry):
            return self._exactly(entry)
        if offense is None:
            if arrest is None or self._is_near_boundary(arrest):
                return self._exactly(entry)
            offense = arrest
        births = self._of_births(offense, entry.birth_date, lines.ages)
        if births == (True, True) and entry.disposition.value not in STOPPED:
            return MINOR
        held = arrest or offense
        return (
            lines.acts,
            births,
            own.may_end_otherwise and (held if held >= self.matured_before else self._lines_of(held).deadlines),
            own.may_convict and self._of_conviction(offense, decided),
            own.may_convict and self._of_sentence(decided, entry.sentence, own),
        )

    def _lines_of(self, day: date) -> _Lines:
        known = self._lines.get(day)
        if known is None:
            cuts = self.boundaries, self.cuts, self._age_cuts, self.arrest_cuts
            known = self._lines[day] = _Lines._make(bisect_right(lines, day) for lines in cuts)
        return known

    def _is_near_boundary(self, arrest: date) -> bool:
        within = self.figures.silence.offense_date.days_before_arrest + 1
        return any(0 < (arrest - eve).days <= within for eve in self.eves)

    def _exactly(self, entry: Entry) -> Hashable:
        days: Any = entry[DAYS]
        return tuple((day.value, day.raw if day.value is None else day.alternatives) for day in days)

    def _of_conviction(self, offense: date, decided: date | None) -> Hashable:
        if decided is None:
            return offense >= self.near_act
        return offense <= decided <= self.as_of, decided >= self._act

    def _of_births(self, offense: date, born: Reading[date], ages: int) -> Hashable:
        """Whether below the age line of that time, for felonies and for misdemeanors, by each day it may be; of age
        where no day is told."""
        if born.value is None:
            return ADULT
        own = self._of_birth(offense, born.value, ages)
        if not born.alternatives:
            return own
        return own, *(self._of_birth(offense, day, ages) for day, _ in born.alternatives if day is not None)

    def _of_birth(self, offense: date, born: date, ages: int) -> tuple[bool, bool]:
        known = self._births.get(born)
        if known is None:
            known = self._births[born] = [(_birthday(born, f), _birthday(born, m)) for f, m in self._ages]
        felony, misdemeanor = known[ages]
        return offense < felony, offense < misdemeanor

    def _ages_on(self, day: date) -> tuple[int | None, int | None]:
        """The ages of majority for felonies and misdemeanors; None before any line."""
        dates = self.figures.dates
        lines = in_force(dates.juvenile_felony, day), in_force(dates.juvenile_misdemeanor, day)
        felony, misdemeanor = (None if line is None else line.age for line in lines)
        return felony, misdemeanor

    def _of_sentence(self, decided: date | None, read: Reading[Sentence], own: _Own) -> Hashable:
        """What it holds, and whether its term is over; a term that is over needs no date."""
        known = self._sentences.get(id(read))
        if known is None:
            known = self._sentences[id(read)] = self._sentence_of(read)
        if not own.is_covered:
            return known.is_supervised
        if decided is None:
            return known.kinds, None
        if decided.toordinal() < known.ended:
            return known.kinds, True  # longer ago than the term can last, whatever the calendar
        silence = self.figures.silence.sentence
        return known.kinds, is_surely_over(
            decided,
            read.value or (),
            self.as_of,
            years_if_no_term=silence.years_if_no_term,
            margin_years=silence.margin_years,
        )

    def _sentence_of(self, read: Reading[Sentence]) -> _Sentence:
        sentence = read.value
        held = _kinds(sentence or ())
        days = _end_in_days(sentence or (), self.figures.silence.sentence.years_if_no_term)
        ended = 0 if days is None else self.as_of.toordinal() - days
        return _Sentence(None if sentence is None else held, held.is_supervised, ended, read)

    def _beside(
        self, group: Group, index: int, others: Sequence[int], own: _Own, policy: Policy | None
    ) -> dict[Contribution, int] | None:
        """What stands beside a row, as far as the table asks, each with one row that shows it; None where another
        row tells of the same charge, and otherwise."""
        entry = group.entries[index]
        provision = cited(entry.statute.value)
        asks_company = policy is not None and policy.settings.accompanying == "any"
        found: dict[Contribution, int] = {}
        for i in others:
            other = group.entries[i]
            is_same_docket = group.is_same_docket(index, i)
            if is_same_docket and is_same_count(entry, other):
                if not tells_the_same(entry, other):
                    return None
                continue
            if own.is_small:
                for one in self._contributed(other, provision, asks_company=asks_company):
                    found.setdefault(one, i)
            if other.disposition.value in STOPPED and is_same_docket:
                found.setdefault(ANOTHER_STOPPED, i)
        return found

    def _contributed(self, other: Entry, own: Citation | None, *, asks_company: bool) -> set[Contribution]:
        """By identity of the cells that tell it, which are kept alive, and by whether they tell of the same thing."""
        identity = id(other.statute), id(other.grade), id(other.disposition), id(other.termination)
        known = self._associates.get(identity)
        if known is None:
            associate = associate_of(record_of("a", [other], {}), self.figures.violent)
            known = self._associates[identity] = (associate, other)
        associate = known[0]
        of = *identity, own is not None and own == associate.provision, asks_company
        found = self._contributions.get(of)
        if found is None:
            found = self._contributions[of] = _contributions(associate, own, asks_company=asks_company)
        return found


def _is_any_illegible(entry: Entry) -> bool:
    """Whether there is ink nobody can read where a day or the sentence stands."""
    days: Any = entry[DAYS]
    for day in days:  # noqa: SIM110 - asked of every row, and a loop is soonest done
        if day.value is None and day.raw is not None:
            return True
    return False


def _birthday(born: date, age: int | None) -> date:
    """The day on which somebody reaches an age; where there is no line, everybody always has."""
    return date.min if age is None else anniversary(born, age)


def _end_in_days(sentence: Any, years_if_no_term: int) -> int | None:
    """Days from which on a term with a year's margin is surely over; some more than it takes."""
    end = end_of_longest(date(2000, 1, 1), sentence, years_if_no_term)
    return None if end is None else (end - date(2000, 1, 1)).days + 366 + 31


def _kinds(sentence: Any) -> _Kinds:
    is_financial = bool(sentence) and all(part.kind in FINANCIAL for part in sentence)
    return _Kinds(bool(sentence), is_financial, any(part.kind is SentenceKind.SUPERVISION for part in sentence))


class _Kinds(NamedTuple):
    """What a sentence holds."""

    anything: bool
    is_financial: bool
    is_supervised: bool


class _Lines(NamedTuple):
    """How many lines of each kind the law has drawn up to a day."""

    eras: int
    acts: int
    ages: int
    deadlines: int


NO_LINES = _Lines(-1, -1, -1, -1)  # of a day that is not told


class _Sentence(NamedTuple):
    """A sentence: what it holds, the day before which one of its length is over, and the cell that tells it."""

    kinds: _Kinds | None
    is_supervised: bool
    ended: int  # the ordinal of that day; 0 where no day is long enough ago
    read: Reading[Sentence]


class _Own(NamedTuple):
    """A row's cells but for its days. `is_plain`: nothing of it leaves open what follows of days is looked at."""

    key: Hashable
    is_plain: bool
    is_small: bool  # may be a minor offense, so that what stands beside it matters
    may_convict: bool
    may_end_otherwise: bool
    is_covered: bool  # by Section 4 or 5: no other charge's sentence is looked at but for supervision, which is no end


def _may_convict(entry: Entry) -> bool:
    return entry.disposition.value in (Disposition.GUILTY, *DEFERRED)


@lru_cache(maxsize=65536)
def _bands(grams: Grams | None) -> Hashable:
    return grams and tuple(overlaps(grams, low, high) for low, high in pairwise(load().cuts))


def _contributions(associate: Associate, own: Citation | None, *, asks_company: bool) -> set[Contribution]:
    """All that one other row may add: nothing, or how violent, whether it accompanies, and what would tell."""
    field = associate.question.field
    states = _states(associate.beside(own))
    seen = states if asks_company else (State(state.violent, Level.NO) for state in states)
    return {(state, field if Level.OPEN in state else "") for state in seen if state != NOTHING}


def _states(doubt: Doubt[State]) -> Iterator[State]:
    return (value for branch in doubt.branches for value in branch.values)
