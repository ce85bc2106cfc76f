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
from eligibility.california.history import History, Past, citations, completion, convictions, options, registrant_of
from eligibility.entries import STATED, Alike, Entry, Group, is_same_count, tells_the_same
from eligibility.features import STOPPED
from eligibility.law import Policy
from eligibility.terms import FINANCIAL, anniversary, is_surely_over

MANY = 60  # other rows from which on a history is cut down to what tells
KEPT_TOLD = 100_000  # rows whose part in a history is kept
KEPT = 3  # rows of each kind, from the earliest and from the latest


def alike(group: Group, index: int, as_of: date, policy: Policy | None) -> Alike:
    """What California law reads off a row; a covered section stands or falls with the whole history.

    Of a history the key holds what it answers to the questions that the table asks, not the rows that make it.
    """
    entry = group.entries[index]
    others = group.of_person(index)
    if len(others) > MANY:
        others = _telling(group, index, others, as_of)
    if not entry.sure or not all(group.entries[i].sure for i in others):
        return None, others
    own = _own(entry), _of_days(entry, as_of, policy)
    beside = [i for i in others if group.is_same_docket(index, i)]
    if not others or _is_apart(entry, beside, policy):
        return own, beside
    history = _of_history(group, index, others, as_of, policy)
    return (None if history is None else (*own, history)), others


def _of_history(group: Group, index: int, others: list[int], as_of: date, policy: Policy | None) -> Hashable | None:
    """What the history answers; None where its row leaves open what is asked, or another tells otherwise of it."""
    entry = group.entries[index]
    own, offense, convicted = cited_in(entry.statute.value or ""), entry.offense_date.value, entry.disposition_date
    if own is None or offense is None or convicted.is_illegible:
        return None
    same = [i for i in others if group.is_same_docket(index, i)]
    tellings = [i for i in same if is_same_count(entry, group.entries[i])]
    if not all(tells_the_same(entry, group.entries[i]) for i in tellings):
        return None
    told = [i for i in others if i not in tellings]
    history = _history(group, index, told, as_of)
    number = own.covered.number if own.covered is not None else ""
    asked: list[Hashable] = [
        any(group.entries[i].disposition.value in STOPPED for i in same),
        history.prior(offense, offense, convicted.value),
        history.has_two_earlier(number, convicted.value),
        history.cannabis_beside(event=False),
    ]
    if policy is not None:
        years = policy.settings.years_crime_free
        asked += [
            history.cannabis_beside(event=True),
            history.gang_in_docket(),
            years is not None and history.is_free_since(anniversary(as_of, -years), convicted.value),
            history.only_cannabis,
            history.all_complete,
        ]
    return tuple(asked)


def _history(group: Group, index: int, told: list[int], as_of: date) -> History:
    """The history of `group.case(index, told)`, made without the case."""
    figures = load()
    own = group.entries[index]
    pasts = [_past(own, as_of, is_here=True, same_event=True)]
    for i in told:
        is_here = group.is_same_docket(index, i)
        same_event = True if is_here else group.is_same_event(index, i)
        pasts.append(_past(group.entries[i], as_of, is_here=is_here, same_event=same_event))
    registrant = registrant_of(group.entries[i].sex_registrant for i in (index, *told))
    return History(pasts, figures.priors, whole=True, registrant=registrant)


def _past(entry: Entry, as_of: date, *, is_here: bool, same_event: bool | None) -> Past:
    cited, convicted, decided, complete = _told_of(entry, as_of)
    return Past(cited, convicted, decided, is_here, same_event, True, complete)


_TOLD: dict[tuple[Any, ...], tuple[Any, Entry]] = {}


def _told_of(entry: Entry, as_of: date) -> Any:
    """What a row tells as part of a history; by identity of its cells, which are kept alive."""
    cells = (
        entry.statute, entry.disposition, entry.termination, entry.disposition_date, entry.sentence,
        entry.sentence_complete, entry.sentence_end,
    )  # fmt: skip
    identity = (*map(id, cells), as_of)
    known = _TOLD.get(identity)
    if known is None:
        sentence = load().dates.sentence
        complete = completion(entry, entry, as_of, (sentence.margin_years, sentence.years_if_no_term))
        told = citations(entry), convictions(entry), options(entry.disposition_date), complete
        if len(_TOLD) >= KEPT_TOLD:
            _TOLD.clear()
        known = _TOLD[identity] = (told, entry)
    return known[0]


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


def _is_apart(entry: Entry, beside: list[int], policy: Policy | None) -> bool:
    """Whether the table answers without a look at anything else: no covered section, nor one tied to it, nor listed
    as related; and no other row of the docket, whose being expunged would end it."""
    cited = cited_in(entry.statute.value or "")
    if beside or cited is None or cited.is_cannabis or cited.is_derivative:
        return False
    return policy is None or not (policy.settings.related_dismiss or policy.settings.related_review)


def _own(entry: Entry) -> Hashable:
    cells = (
        entry.statute, entry.grade, entry.grams, entry.disposition, entry.termination,
        *(getattr(entry, name) for name in STATED if name != "sentence_end"),
    )  # fmt: skip
    return tuple(_cell(reading) for reading in cells)


def _cell(reading: Reading[Any]) -> Hashable:
    """What a cell says: its value, or its ink where it has none; of one that may be several days all of them."""
    if reading.value is None:
        return reading.raw
    return (reading.value, reading.alternatives) if reading.alternatives else reading.value


def _of_days(entry: Entry, as_of: date, policy: Policy | None) -> Hashable:
    """Which side of every line the days stand on; the days themselves where one is missing."""
    days = (entry.offense_date, entry.arrest_date, entry.birth_date, entry.disposition_date, entry.sentence_end)
    offense, born, decided = entry.offense_date.value, entry.birth_date.value, entry.disposition_date.value
    is_born_once = born is not None and not entry.birth_date.alternatives
    if offense is None or born is None or not is_born_once or decided is None or entry.sentence_end.is_illegible:
        return tuple(_cell(reading) for reading in (*days, entry.sentence))
    dates = load().dates
    ends = entry.sentence_end.value
    is_stated = entry.sentence_complete.value is not None or ends is not None
    return (
        bisect_right((dates.act.since,), offense),
        offense < _birthday(born, dates.minor.age),
        offense < _birthday(born, dates.adult.age),
        ("stated", ends is not None and ends > as_of) if is_stated else _of_sentence(entry, decided, as_of),
        None if policy is None else _of_policy(policy, born, decided, as_of),
    )


def _of_sentence(entry: Entry, decided: date, as_of: date) -> Hashable:
    """Whether a sentence of which nothing is stated counts as complete, or has a cell nobody could understand."""
    if entry.sentence.is_illegible:
        return decided, entry.sentence.raw
    sentence, silence = entry.sentence.value or (), load().dates.sentence
    if sentence and all(part.kind in FINANCIAL for part in sentence):
        return "financial"
    return "silent", is_surely_over(
        decided, sentence, as_of, years_if_no_term=silence.years_if_no_term, margin_years=silence.margin_years
    )


def _of_policy(policy: Policy, born: date, decided: date, as_of: date) -> Hashable:
    """Which of the ages and years that an office counts are reached."""
    chosen = policy.settings
    return (
        chosen.under_21 and decided >= _birthday(born, 21),
        chosen.age_at_least is not None and as_of >= _birthday(born, chosen.age_at_least),
        chosen.years_since_conviction is not None and as_of >= anniversary(decided, chosen.years_since_conviction),
        chosen.years_crime_free is not None and decided > anniversary(as_of, -chosen.years_crime_free),
    )


@cache
def _birthday(born: date, age: int) -> date:
    return anniversary(born, age)
