"""A list laid out for searching."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from casefile.docket import DocketRecord, Reading
from casefile.linkage import MatchStatus
from casefile.persons import Person
from match.asked import Printed
from match.index import Index
from match.link import link
from match.names import name_shares
from match.said import SaidName, Variant

Records = Callable[..., DocketRecord]
Persons = Callable[..., Person]

TOTAL = 20_000


@pytest.fixture(scope="module")
def many(a_person: Persons) -> list[Person]:
    """A list as long as a small county's, with names as common as people's are."""
    chance = random.Random(7)
    surnames, givens = name_shares("surname"), name_shares("given")
    drawn = zip(
        chance.choices(list(surnames), list(surnames.values()), k=TOTAL),
        chance.choices(list(givens), list(givens.values()), k=TOTAL),
        strict=True,
    )
    born = [date(1940, 1, 1) + timedelta(days=chance.randrange(20_000)) for _ in range(TOTAL)]
    return [
        a_person(f"P{i:05d}", surname, given=name, birth_date=day, sid=f"{5_000_000 + 7 * i}")
        for i, ((surname, name), day) in enumerate(zip(drawn, born, strict=True))
    ]


@pytest.fixture(scope="module")
def index(many: list[Person]) -> Index:
    return Index(many, complete=False)


def test_everybody_is_found_again(index: Index, many: list[Person], a_record: Records) -> None:
    for person in many[::400]:
        record = a_record(surname=person.surname, given=person.given, birth_date=person.birth_date, sid=person.sid)
        match = link(record, index)
        assert (match.status, match.best and match.best.person_id) == (MatchStatus.LINKED, person.person_id)


def test_a_common_name_alone_links_nobody(index: Index, a_record: Records) -> None:
    match = link(a_record(surname="SMITH", given="JAMES"), index)
    assert match.status is MatchStatus.POSSIBLE
    assert match.best
    assert match.best.probability < 0.2


def test_a_stranger_is_nobody(index: Index, a_record: Records) -> None:
    record = a_record(surname="QUILLBYXTON", given="OTTOKAR", birth_date=date(1931, 1, 31))
    assert link(record, index).status is MatchStatus.NONE


def said(surname: str, given: str) -> SaidName:
    """A name as it is searched for; an empty half is silent."""
    return SaidName(*((Variant(name, 1.0),) if name else () for name in (surname, given)))


@pytest.mark.parametrize(
    "printed",
    [
        {"names": (said("MARL0W", "DESMOND"),)},
        {"names": (said("MARLOW", ""),)},
        {"names": (said("MARLOW", "D"),)},
        {"names": (said("MAFLQW", "DESMOND"),)},
        {"names": (said("XXXXXX", "DESMOND"),), "birth_dates": ("19700304",)},
        {"names": (said("MARLOW", "XXXXXX"),), "birth_dates": ("700304",)},
        {"birth_dates": ("19700304",)},
        {"birth_dates": ("19700304",), "names": (said("XXXXXX", "XXXXXX"),)},
        {"sids": ("9912345",)},
        {"sids": ("99I2345",)},
        {"ir_numbers": ("991234",)},
        {"docket_numbers": ("93CR9912302",)},
    ],
)
def test_ways_to_a_person(printed: dict[str, Any], a_person: Persons) -> None:
    person = a_person(
        given="DESMOND",
        birth_date=date(1970, 3, 4),
        sid="9912345",
        ir_number="991234",
        docket_numbers=("93CR9912301",),
    )
    stranger = a_person("P0", "QUILLBY", given="OTTO", birth_date=date(1931, 1, 31))
    index = Index([stranger, person], complete=False)
    (found,) = index.near([Printed(**{"names": (), **printed})])
    assert found.positions == (index.position(person.person_id),)


def test_a_misread_number_lifts_one_of_many_who_bear_the_name(index: Index, many: list[Person]) -> None:
    meant = [person for person in many if person.surname == "SMITH"][50]
    misread = "9" + meant.sid[1:]  # nobody's
    at, names = index.position(meant.person_id), (said("SMITH", ""),)
    stranger = (said("QUILLBYXTON", ""),)
    asked = [Printed(names=names), Printed(names=names, sids=(misread,)), Printed(names=stranger, sids=(misread,))]
    assert [at in found.positions for found in index.near(asked)] == [False, True, False]


def test_a_name_is_as_common_as_the_people_who_go_by_it(a_person: Persons) -> None:
    called = (("MARLOW", "DEZ"), ("QUILL", "DESMOND"))
    index = Index([a_person(f"P{i}", given="DESMOND", aliases=called) for i in range(3)])
    assert [index.givens.persons_near(name).tolist()[0] for name in ("DESMOND", "DEZ")] == [3, 3]
    assert [index.surnames.persons_near(name).tolist()[0] for name in ("MARLOW", "QUILL")] == [3, 3]


def test_a_rarer_name_weighs_more(index: Index, a_record: Records) -> None:
    def weight(surname: str) -> float:
        best = link(a_record(surname=surname), index).best
        assert best
        return next(a.weight for a in best.agreements if a.field == "surname")

    common, *_, rare = name_shares("surname")
    assert weight(rare) > weight(common) + 2.0


def test_a_doubtful_name_weighs_less(index: Index, a_record: Records) -> None:
    def probability(confidence: float) -> float:
        reading = Reading("SMITH", None, confidence)
        best = link(a_record(surname=reading, given="JAMES", birth_date=date(1970, 3, 4)), index).best
        assert best
        return max(a.weight for a in best.agreements if a.field == "surname")

    assert probability(0.5) < probability(0.9) < probability(1.0)


@pytest.mark.parametrize(
    ("surname", "given", "levels", "middle_used"),
    [
        ("ORTIZVANCE", "DESMOND", ("exact", "exact", "main"), False),
        ("ORTIZ", "DESMOND", ("part", "exact", "main"), False),
        ("VANCE", "DESMOND", ("part", "exact", "main"), False),
        ("VANCE", "DE5MOND", ("part", "confused", "main"), False),
        ("ORTIZVANCE", "THEO", ("exact", "middle", "main"), True),
        ("QUILL", "DEZ", ("exact", "exact", "alias"), False),
        ("MARLOW", "OTTO", ("exact", "silent", "alias"), False),
    ],
)
def test_every_name_of_a_person_is_compared(
    surname: str, given: str, levels: tuple[str, ...], middle_used: bool, a_person: Persons
) -> None:
    person = a_person("P2", "Ortiz-Vance", given="Desmond", middle="Theo", aliases=(("Quill", "Dez"), ("Marlow", "")))
    index = Index([a_person("P1", "Harlow"), person, a_person("P3", "Marlow", given="Ann", middle="B")])
    compared = index.compared(Printed(names=(said(surname, given),)), index.position(person.person_id))
    assert tuple(one.level for one in compared.names) == levels
    assert (compared.middle == "") is middle_used


def test_nobody_is_called_by_an_initial(a_person: Persons) -> None:
    index = Index([a_person(given="Ann", middle="B")])
    assert index.compared(Printed(names=(said("MARLOW", "B"),)), 0).middle is None
