"""Rows of data that stand beside each other, and what the others of a person say of one."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from casefile.docket import Disposition, Reading, silent
from eligibility.entries import CELLS, FEW, NOBODY, Entry, Group, together

BORN, LATER = date(1960, 1, 1), date(1961, 1, 1)
DAY, NEXT = date(1998, 5, 2), date(1998, 5, 3)
BLUR: Reading[Any] = Reading(None, "199?", 0.0)


def day(value: date | None) -> Reading[date]:
    return silent() if value is None else Reading(value, value.isoformat())


def an_entry(*, person: int = 1, docket: int = NOBODY, event: int = NOBODY, sure: bool = True, **cells: Any) -> Entry:
    told: dict[str, Any] = dict.fromkeys(CELLS, silent()) | {"number": None}
    told |= {"statute": Reading("720 ILCS 550/4(b)", "4(b)"), "disposition": Reading(Disposition.GUILTY, "guilty")}
    told |= {name: day(value) if value is None or isinstance(value, date) else value for name, value in cells.items()}
    return Entry(**told, person=person, docket=docket, event=event, sure=sure)


@pytest.mark.parametrize(
    ("mine", "theirs", "beside", "same_event"),
    [
        ({"docket": 7}, {"docket": 7}, True, False),
        ({"docket": 7}, {"docket": 8}, False, False),
        ({"docket": 7}, {"docket": 7, "person": 2}, False, False),
        ({"docket": 7}, {"docket": 7, "person": NOBODY}, True, False),
        ({"event": 7}, {"event": 7}, True, True),
        ({"event": 7}, {"event": 7, "person": 2}, False, True),
        ({"event": 7, "person": NOBODY}, {"event": 7, "person": NOBODY}, True, True),
        ({"arrest_date": DAY}, {"arrest_date": DAY}, True, True),
        ({"arrest_date": DAY}, {"arrest_date": NEXT}, False, False),
        ({"arrest_date": DAY, "person": NOBODY}, {"arrest_date": DAY, "person": NOBODY}, False, False),
        ({"arrest_date": DAY}, {"arrest_date": DAY, "person": 2}, False, False),
        ({"arrest_date": DAY}, {"offense_date": DAY}, True, True),
        ({"arrest_date": DAY}, {"arrest_date": BLUR}, True, None),
        ({"arrest_date": DAY}, {"offense_date": BLUR}, True, None),
        ({"arrest_date": DAY}, {"offense_date": BLUR, "arrest_date": NEXT}, False, False),
        ({"arrest_date": DAY}, {}, False, False),
        ({"arrest_date": DAY}, {"arrest_date": Reading(NEXT, "ink", 0.98), "sure": False}, True, None),
        ({"arrest_date": DAY}, {"arrest_date": Reading(NEXT, "ink", 0.99), "sure": False}, False, False),
    ],
)
def test_what_stands_beside_a_row(
    mine: dict[str, Any], theirs: dict[str, Any], beside: bool, same_event: bool | None
) -> None:
    group = Group([an_entry(**mine), an_entry(**theirs)])
    assert [group.others(0), group.others(1)] == ([[1], [0]] if beside else [[], []])
    assert group.is_same_event(0, 1) is group.is_same_event(1, 0) is same_event


@pytest.mark.parametrize("seed", range(5))
def test_in_a_large_group_the_same_rows_are_beside_each_other_as_in_pairs(seed: int) -> None:
    rng = random.Random(seed)
    entries = [
        an_entry(
            person=rng.choice([NOBODY, 1, 2]),
            docket=rng.choice([NOBODY, NOBODY, 11, 12]),
            event=rng.choice([NOBODY, NOBODY, 21]),
            arrest_date=rng.choice([None, DAY, NEXT, BLUR]),
            offense_date=rng.choice([None, DAY, NEXT, BLUR]),
        )
        for _ in range(3 * FEW)
    ]
    group = Group(entries)
    for one, mine in enumerate(entries):
        pairs = [other for other, theirs in enumerate(entries) if other != one and Group([mine, theirs]).others(0)]
        assert group.others(one) == pairs


def test_the_history_of_nobody_is_what_stands_beside_the_row() -> None:
    group = Group([an_entry(person=NOBODY, docket=7), an_entry(person=NOBODY, docket=7), an_entry(), an_entry()])
    assert group.of_person(0) == [1]
    assert group.of_person(2) == [3]


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (None, [BORN], {BORN}),
        (None, [BORN, LATER], {BORN, LATER}),
        (BORN, [LATER], {BORN, LATER}),
        (BORN, [None], {BORN}),
        (None, [None], set()),
        (BLUR, [BORN], set()),
        (BLUR, [BORN, LATER], set()),
    ],
)
def test_a_birth_date_is_what_the_rows_of_a_person_say(own: Any, others: list[Any], expected: set[date]) -> None:
    rows = [an_entry(birth_date=own), *(an_entry(birth_date=other) for other in others)]
    told = together(rows)[0]
    plausible = dict(told.birth_date.plausible())
    assert {born for born in plausible if born is not None} == expected
    assert told.birth_date.is_illegible == (own is BLUR)
    assert told.sure
    if expected:
        assert sum(plausible.values()) == pytest.approx(1)


def test_nothing_is_said_of_a_birth_by_rows_of_nobody_or_of_another() -> None:
    rows = [an_entry(person=NOBODY), an_entry(person=NOBODY, birth_date=BORN), an_entry(person=2, birth_date=BORN)]
    assert together([*rows, an_entry(person=1)]) == [*rows, an_entry(person=1)]


def test_a_row_whose_arrest_cannot_be_told_is_like_no_other() -> None:
    blurred, plain, nobody = an_entry(arrest_date=BLUR), an_entry(arrest_date=DAY), an_entry(person=0, arrest_date=BLUR)
    assert [entry.sure for entry in together([blurred, plain, nobody])] == [False, True, True]
    assert together([blurred])[0].sure


def test_a_docket_that_everybody_has_is_crowded_and_one_of_two_hundred_is_not() -> None:
    group = Group([an_entry(person=n, docket=7) for n in range(1, 202)])
    assert not group.is_crowded(0)  # of others nothing is beside it
    group = Group([an_entry(person=NOBODY, docket=7 if n < 201 else 8, event=9 if n < 2 else 0) for n in range(203)])
    assert group.is_crowded(0)
    assert not group.is_crowded(202)
    assert not Group([an_entry(person=NOBODY, docket=7) for _ in range(200)]).is_crowded(0)
