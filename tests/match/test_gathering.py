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
from match import index as index_module
from match.asked import Printed
from match.compiled import PLAIN, Kernels, compiled
from match.index import Found, Index
from match.people_kernels import days_nearly
from match.said import SaidName, Variant
from match.segment import packed, segment_of_persons

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
    (fast,), (plain,) = with_kernels(people, compiled()).near([asked]), index.near([asked])
    assert fast[:3] == plain[:3]
    assert fast[3:] == pytest.approx(plain[3:])


@settings(max_examples=60, deadline=None)
@given(asked=printed())
def test_days_looked_up_are_those_looked_at_one_by_one(people: list[Person], index: Index, asked: Printed) -> None:
    of_list = index.parts[0].segment.people
    for figures in asked.birth_dates:
        wanted = figures.rjust(8, "?")
        looked_at = {
            (one.person_id, wrong)
            for one in people
            if one.birth_date
            and (wrong := sum(a not in (b, "?") for a, b in zip(wanted, f"{one.birth_date:%Y%m%d}", strict=True))) <= 1
        }
        known = int("".join("0" if figure == "?" else "1" for figure in wanted), 16)
        places = np.empty(len(of_list.born_starts), dtype=np.int64)
        found = places[: days_nearly(packed(figures), known, of_list, places)].tolist()
        looked_up = {
            (f"P{who:03d}", int(place < 0))
            for place in found
            for day in [max(place, ~place)]
            for who in of_list.born[of_list.born_starts[day] : of_list.born_starts[day + 1], 0].tolist()
        }
        assert looked_up == looked_at


@settings(max_examples=12, deadline=None)
@given(asked=st.lists(printed(), min_size=1, max_size=4), at_once=st.integers(1, 5))
def test_many_captions_at_once_find_whom_each_finds_alone(
    people: list[Person], asked: list[Printed], at_once: int
) -> None:
    whole = Index(people)
    parts = Index.of([segment_of_persons(people[:30]), segment_of_persons(people[30:])])
    alone = [Index(people).near([one])[0] for one in asked]
    all_at_once, index_module.AT_ONCE = index_module.AT_ONCE, at_once
    try:
        assert whole.near(asked) == alone
    finally:
        index_module.AT_ONCE = all_at_once
    assert parts.near(asked) == alone
    assert whole.near(asked[::-1]) == alone[::-1]


def test_a_full_room_is_emptied_and_filled_again(people: list[Person], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [
        Printed(names=(SaidName((Variant(surname, 1.0),), (Variant(given, 1.0),)),))
        for surname in SURNAMES
        for given in GIVENS[:-1]
    ]
    at_once = Index(people).near(asked)
    monkeypatch.setattr(index_module, "ROOM_BEYOND", 1)
    assert Index(people).near(asked) == at_once


@given(st.lists(st.floats(-40, 30), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_what_the_others_weigh_is_the_same_in_any_order(weights: list[float], chance: Random) -> None:
    def summed(bits: list[float]) -> tuple[int, float]:
        found = Found(np.arange(len(bits)), np.array(bits), np.zeros(len(bits)))
        starts, nobody = np.array([0, len(bits)]), np.zeros(2, dtype=np.int64)
        number, weighed = np.zeros(1, dtype=np.int64), np.zeros((1, 2))
        PLAIN.others(starts, found, nobody, nobody[:0], number, weighed)
        return int(number[0]), float(weighed[0, 0])

    one, other = summed(weights), summed(chance.sample(weights, len(weights)))
    assert one == other
    assert one == (len(weights), pytest.approx(fsum(map(exp2, weights)), rel=1e-9))
