"""Which rows of data are alike to California law, so that one answer serves all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable
from datetime import date
from functools import cache
from typing import Any

from casefile.docket import Reading
from eligibility.california.citation import cited_in
from eligibility.california.figures import load
from eligibility.california.history import citations, completion, convictions
from eligibility.entries import STATED, Alike, Entry, Group
from eligibility.law import Policy
from eligibility.terms import anniversary

MANY = 60  # other rows from which on a history is cut down to what tells
KEPT = 3  # rows of each kind, from the earliest and from the latest


def alike(group: Group, index: int, as_of: date, policy: Policy | None) -> Alike:
    """What California law reads off a row; a covered section stands or falls with the whole history.

    A row that stands alone, and one whose section and company the table does not ask about, have a key; a covered
    conviction with a history is decided by itself, since everything in it may matter.
    """
    entry = group.entries[index]
    others = group.of_person(index)
    if len(others) > MANY:
        others = _telling(group, index, others, as_of)
    if not entry.sure or not all(group.entries[i].sure for i in others):
        return Alike(None, others)
    if others and not _is_apart(entry, group, index, policy):
        return Alike(None, others)
    return Alike((_own(entry), _of_days(entry, as_of, policy)), [i for i in others if group.is_same_docket(index, i)])


def _telling(group: Group, index: int, others: list[int], as_of: date) -> list[int]:
    """Of a long history the rows that can bear on an answer; of rows that say the same of it, some.

    A history asks for super strikes, for the earliest under each section, the latest of all, for what is beside a
    charge, and whether something holds of every conviction: more rows of one kind than `KEPT` change nothing.
    """
    kept: dict[Hashable, list[int]] = defaultdict(list)
    figures = load()
    silence = figures.dates.sentence.margin_years, figures.dates.sentence.years_if_no_term
    last = date.max
    by_day = sorted(others, key=lambda i: (group.entries[i].disposition_date.value or last, i))
    for i in by_day:
        past = group.entries[i]
        cited, convicted = citations(past), convictions(past)
        bars = frozenset(None if c is None else figures.priors.bars(c) for c in cited)
        covered = frozenset("" if c is None else c.covered.number if c.covered else "other" for c in cited)
        decided = past.disposition_date
        gang = frozenset(c and (figures.priors.is_enhanced(c), figures.priors.is_gang_offense(c)) for c in cited)
        registrant = past.sex_registrant.value, past.sex_registrant.is_illegible
        kind = bars, covered, gang, convicted, decided.is_read, registrant, past.sure
        whole = completion(past, past, as_of, silence)
        beside = group.is_same_docket(index, i), group.is_same_event(index, i)
        near = (cited, past.disposition.value) if any(beside) else None
        kept[kind, whole, beside, near].append(i)
    return sorted({i for rows in kept.values() for i in (*rows[:KEPT], *rows[-KEPT:])})


def _is_apart(entry: Entry, group: Group, index: int, policy: Policy | None) -> bool:
    """Whether the table answers without a look at anything else: no covered section, nor one tied to it, nor listed
    as related; and no other row of the docket, whose being expunged would end it."""
    if any(group.is_same_docket(index, i) for i in group.others(index)):
        return False
    cited = cited_in(entry.statute.value or "")
    if cited is None or cited.is_cannabis or cited.is_derivative:
        return False
    return policy is None or not (policy.settings.related_dismiss or policy.settings.related_review)


def _own(entry: Entry) -> Hashable:
    cells = (
        entry.statute, entry.grade, entry.grams, entry.disposition, entry.termination,
        *(getattr(entry, name) for name in STATED if name != "sentence_end"),
    )  # fmt: skip
    return tuple(_cell(reading) for reading in cells)


def _cell(reading: Reading[Any]) -> Hashable:
    return reading.value if reading.value is not None else reading.raw


def _of_days(entry: Entry, as_of: date, policy: Policy | None) -> Hashable:
    """Which side of every line the days stand on; the days themselves where one is missing or a policy counts."""
    days = (entry.offense_date, entry.arrest_date, entry.birth_date, entry.disposition_date, entry.sentence_end)
    offense, born, decided = entry.offense_date.value, entry.birth_date.value, entry.disposition_date.value
    if policy is not None or offense is None or born is None or decided is None:
        return tuple(_cell(reading) for reading in (*days, entry.sentence))
    dates = load().dates
    ends = entry.sentence_end.value
    over = entry.sentence_complete.value is not None or ends is not None
    return (
        bisect_right((dates.act.since,), offense),
        offense < _birthday(born, dates.minor.age),
        offense < _birthday(born, dates.adult.age),
        (ends is not None and ends > as_of) if over else (decided, entry.sentence.value, entry.sentence.raw),
    )


@cache
def _birthday(born: date, age: int) -> date:
    return anniversary(born, age)
