"""People gathered by name and birth date: the same by every way of looking, and whoever else came before."""

from collections.abc import Callable
from datetime import date, timedelta
from math import exp2, fsum
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.persons import Person
from match import people_kernels
from match.compiled import PLAIN, Kernels, compiled
from match.index import Index, Nearby, Printed, Room
from match.said import SaidName, Variant

Persons = Callable[..., Person]

SURNAMES = ("MARLOW", "HARLOW", "MARLOWE", "QUILL", "SMITH")
GIVENS = ("DESMOND", "DENISE", "BILL", "WILLIAM", "D", "")
FIRST = date(1960, 1, 1)


@pytest.fixture(scope="module")
def people(a_person: Persons) -> list[Person]:
    chance = Random(11)
    return [
        a_person(
            f"P{i:03d}",
            chance.choice(SURNAMES),
            given=chance.choice(GIVENS),
            middle=chance.choice(("THEO", "T", "BILL", "")),
            birth_date=FIRST + timedelta(days=chance.randrange(900)) if chance.random() < 0.9 else None,
            aliases=((chance.choice(SURNAMES), "DEZ"),) if chance.random() < 0.2 else (),
        )
        for i in range(90)
    ]


@pytest.fixture(scope="module")
def index(people: list[Person]) -> Index:
    return Index(people)


def with_kernels(people: list[Person], run: Kernels) -> Index:
    index = Index(people)
    index.run = run
    return index


@st.composite
def printed(draw: st.DrawFn) -> Printed:
    """A caption with some of its parts, the year of the birth date sometimes of two figures and one figure unread."""
    day = FIRST + timedelta(days=draw(st.integers(0, 899)))
    figures = f"{day:%Y%m%d}"[draw(st.sampled_from([0, 0, 2])) :]
    at = draw(st.integers(0, len(figures) - 1))
    figures = figures[:at] + draw(st.sampled_from([figures[at], figures[at], "1", "?"])) + figures[at + 1 :]
    names = [draw(st.sampled_from(each)) for each in ((*SURNAMES, "MARL0W", "ZYWICKI"), (*GIVENS, "DE5MOND"))]
    surnames, givens = (((Variant(name, draw(st.sampled_from([1.0, 0.7]))),) if name else ()) for name in names)
    said = (SaidName(surnames, givens), SaidName(givens, surnames, "swapped"))
    dates = draw(st.sampled_from([(), (figures,), (figures, f"{FIRST:%Y%m%d}")]))
    middle = draw(st.sampled_from(["", "T", "THEO", "BILL"]))
    return Printed(names=said, birth_dates=dates, middle=middle, all_read=draw(st.booleans()))


@settings(max_examples=60, deadline=None)
@given(asked=printed())
def test_machine_code_finds_the_same_people(people: list[Person], index: Index, asked: Printed) -> None:
    fast = with_kernels(people, compiled()).near(asked)
    assert fast._replace(others_weight=0.0, others_name_weight=0.0) == index.near(asked)._replace(
        others_weight=0.0, others_name_weight=0.0
    )
    assert fast[3:] == pytest.approx(index.near(asked)[3:])


@settings(max_examples=60, deadline=None)
@given(asked=printed())
def test_birth_dates_looked_up_are_those_looked_at_one_by_one(
    people: list[Person], index: Index, asked: Printed
) -> None:
    few, people_kernels.FEW = people_kernels.FEW, 0
    try:
        looked_up = index.near(asked)
    finally:
        people_kernels.FEW = few
    assert looked_up == index.near(asked)


@settings(max_examples=40, deadline=None)
@given(before=printed(), asked=printed())
def test_one_search_leaves_nothing_behind_for_the_next(
    people: list[Person], index: Index, before: Printed, asked: Printed
) -> None:
    fresh = Index(people).near(asked)
    index.near(before)
    assert index.near(asked) == fresh


@given(st.lists(st.floats(-40, 30), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_what_the_others_weigh_is_the_same_in_any_order(weights: list[float], chance: Random) -> None:
    def summed(bits: list[float]) -> Nearby:
        total, none = len(bits), np.empty(0, dtype=np.int64)
        places = np.arange(1, total + 1, dtype=np.int32)
        found = PLAIN.others(none, Room(places, np.arange(total), np.array(bits), np.zeros(total)), total)
        assert not places.any()
        return Nearby((), (), *found)

    one, other = summed(weights), summed(chance.sample(weights, len(weights)))
    assert one == other
    assert one.others == len(weights)
    assert one.others_weight == pytest.approx(fsum(map(exp2, weights)), rel=1e-9)
