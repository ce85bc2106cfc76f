"""The right person or no person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casefile.docket import DocketRecord, Reading, Sex, Suffix
from casefile.errors import InputError
from casefile.linkage import Match, MatchStatus
from casefile.persons import Person
from match.index import Index
from match.levels import weight_of
from match.link import MatchSettings, link

LINKED, POSSIBLE, NONE = MatchStatus.LINKED, MatchStatus.POSSIBLE, MatchStatus.NONE
BORN = date(1970, 3, 4)
LISTED: dict[str, Any] = {
    "given": "DESMOND",
    "middle": "THEO",
    "birth_date": BORN,
    "sex": Sex.MALE,
    "race": "B",
    "sid": "9912345",
    "ir_number": "991234",
    "docket_numbers": ("93CR9912301",),
}
PRINTED: dict[str, Any] = {"surname": "MARLOW", "given": "DESMOND", "birth_date": BORN}
STRANGERS = ("QUILLBY TERRANCE", "VANDERSLOOT PETER", "OKONJO ADELE", "HALVORSEN NILS", "TEMBLADOR ROSA")

Records = Callable[..., DocketRecord]
Persons = Callable[..., Person]


@pytest.fixture
def linked(a_record: Records, a_person: Persons) -> Callable[..., Match]:
    """What becomes of the printed defendant, where only what differs is named."""

    def found(*others: Person, listed: dict[str, Any] | None = None, complete: bool = False, **printed: Any) -> Match:
        person = a_person("P1", **{**LISTED, **(listed or {})})
        strangers = [
            a_person(f"S{i}", name.split()[0], given=name.split()[1], birth_date=date(1950 + i, 1 + i, 9 + i))
            for i, name in enumerate(STRANGERS)
        ]
        index = Index([person, *strangers, *others], complete=complete)
        return link(a_record(**{**PRINTED, **printed}), index, MatchSettings())

    return found


def test_name_and_birth_date_are_enough(linked: Callable[..., Match]) -> None:
    match = linked()
    assert (match.status, match.best and match.best.person_id) == (LINKED, "P1")
    assert match.why == "agrees on birth_date"


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ({"surname": "MARL0W"}, LINKED),
        ({"surname": "MARIOW", "given": "DESMQND"}, LINKED),
        ({"given": "DEZ"}, POSSIBLE),
        ({"given": "DEZ", "sid": "9912345"}, LINKED),
        ({"given": "D"}, LINKED),
        ({"birth_date": None}, POSSIBLE),
        ({"birth_date": None, "sid": "9912345"}, LINKED),
        ({"birth_date": None, "ir_number": "0991234"}, LINKED),
        ({"birth_date": None, "docket_number": "93CR9912301"}, LINKED),
        ({"birth_date": None, "race": "B", "sex": Sex.MALE, "middle": "THEO"}, POSSIBLE),
        ({"birth_date": Reading(None, "3/4/70", 0.0)}, LINKED),
        ({"birth_date": Reading(None, "O3/O4/l97O", 0.0)}, POSSIBLE),
        ({"birth_date": Reading(None, "a blot", 0.0)}, POSSIBLE),
        ({"birth_date": Reading(None, "a blot", 0.0), "sid": "9912345"}, LINKED),
        ({"birth_date": Reading(BORN, None, 0.7)}, POSSIBLE),
        ({"birth_date": date(1970, 3, 9)}, POSSIBLE),
        ({"birth_date": date(1951, 11, 28)}, POSSIBLE),
        ({"sid": "8800555"}, POSSIBLE),
        ({"ir_number": "880055"}, POSSIBLE),
        ({"sid": Reading(None, "a blot", 0.0)}, POSSIBLE),
        ({"sex": Sex.FEMALE}, POSSIBLE),
        ({"sex": Reading(None, "?", 0.0)}, POSSIBLE),
        ({"middle": "Q"}, POSSIBLE),
        ({"middle": "T"}, LINKED),
        ({"surname": Reading("MARLOW", None, 0.7)}, POSSIBLE),
        ({"surname": Reading("MARLOW", None, 0.7), "sid": "9912345"}, LINKED),
        ({"surname": Reading("HARLEM", None, 0.6, alternatives=(("MARLOW", 0.3),))}, POSSIBLE),
        ({"surname": Reading(None, "a blot", 0.0)}, POSSIBLE),
        ({"surname": "QUIMBLE", "given": "OSCAR", "birth_date": date(1944, 7, 7)}, NONE),
        ({"surname": "QUIMBLE", "given": "OSCAR", "docket_number": "93CR9912301"}, POSSIBLE),
        ({"surname": "QUIMBLE", "given": "OSCAR", "sid": "9912345"}, POSSIBLE),
        ({"given": "WALTER"}, POSSIBLE),
        ({"surname": "DESMOND", "given": "MARLOW"}, LINKED),
        ({"arrest_date": date(1993, 3, 11)}, LINKED),
        ({"offense_dates": (date(1993, 3, 11),)}, LINKED),
    ],
)
def test_one_defendant_and_one_listed_person(
    linked: Callable[..., Match], printed: dict[str, Any], status: MatchStatus
) -> None:
    assert linked(**printed).status is status


@pytest.mark.parametrize(
    "born",
    [
        Reading(None, "3/4/19780", 0.0),
        Reading(None, "3/4/19570", 0.0),
        Reading(None, "3/4/197", 0.0),
        Reading(None, "3/047/1970", 0.0),
        Reading(None, "03104/1970", 0.0),
        Reading(None, "03041970", 0.0),
        Reading(None, "03/O4/1970", 0.0),
        Reading(None, "03/04/1970", 0.0, alternatives=((date(1978, 3, 4), 0.4),)),
        Reading(None, "03/04/1978", 0.0, alternatives=((BORN, 0.4),)),
        Reading(None, "03/04/1970", 0.0, alternatives=((None, 0.4),)),
    ],
)
def test_a_mended_birth_date_links_nobody_and_weighs_less_than_an_exact_one(
    linked: Callable[..., Match], born: Reading[date]
) -> None:
    match = linked(birth_date=born)
    assert match.status is POSSIBLE
    assert match.best
    (agreement,) = (agreement for agreement in match.best.agreements if agreement.field == "birth_date")
    assert agreement.level == "figures_alike"
    assert 0.0 < agreement.weight < weight_of("birth_date", "exact")
    assert linked(birth_date=born, sid="9912345").status is LINKED


@pytest.mark.parametrize("day", [date(1965, 1, 1), date(1978, 1, 1), date(2075, 1, 1)])
def test_an_impossible_age_forbids(linked: Callable[..., Match], day: date) -> None:
    assert linked(arrest_date=day, sid="9912345").status is not LINKED
    assert linked(offense_dates=(day,), sid="9912345").status is not LINKED


@pytest.mark.parametrize(
    ("read", "listed", "status"),
    [
        (Suffix.JR, Suffix.SR, POSSIBLE),
        (Suffix.III, Suffix.JR, POSSIBLE),
        (Suffix.JR, Suffix.II, LINKED),
        (Suffix.JR, Suffix.JR, LINKED),
        (None, Suffix.JR, LINKED),
        (Reading(None, "?", 0.0), Suffix.JR, POSSIBLE),
    ],
)
def test_suffixes(linked: Callable[..., Match], read: Any, listed: Suffix, status: MatchStatus) -> None:
    assert linked(suffix=read, listed={"suffix": listed}).status is status


def test_race_never_lifts_a_probability(linked: Callable[..., Match]) -> None:
    silent, same, other = (linked(race=race, birth_date=None).best for race in (None, "B", "W"))
    assert silent
    assert same
    assert other
    assert silent.probability == same.probability > other.probability


@pytest.mark.parametrize(
    ("twin", "printed", "status"),
    [
        ({}, {}, POSSIBLE),
        ({}, {"middle": "THEO"}, POSSIBLE),
        ({"middle": "AUGUSTUS", "sex": Sex.MALE}, {"middle": "THEO"}, POSSIBLE),
        ({}, {"sid": "9912345"}, LINKED),
        ({"given": "DEZMOND"}, {}, POSSIBLE),
        ({"birth_date": date(1991, 8, 17), "suffix": Suffix.JR}, {}, LINKED),
        ({"birth_date": date(1970, 3, 9)}, {}, POSSIBLE),
        ({"birth_date": date(1962, 8, 17)}, {}, LINKED),
        ({"birth_date": date(1970, 3, 9)}, {"birth_date": date(1970, 3, 6)}, POSSIBLE),
    ],
)
def test_namesakes_on_the_list(
    linked: Callable[..., Match], a_person: Persons, twin: dict[str, Any], printed: dict[str, Any], status: MatchStatus
) -> None:
    other = a_person("P2", "MARLOW", **{"given": "DESMOND", "birth_date": BORN, **twin})
    assert linked(other, **printed).status is status


def test_a_person_listed_twice_is_not_linked(linked: Callable[..., Match], a_person: Persons) -> None:
    twice = a_person("P2", "MARLOW", **LISTED)
    match = linked(twice, sid="9912345", docket_number="93CR9912301")
    assert match.status is POSSIBLE
    assert [round(candidate.probability, 3) for candidate in match.candidates[:2]] == [0.5, 0.5]


def test_an_illegible_cell_leaves_a_namesake_in_the_running(linked: Callable[..., Match], a_person: Persons) -> None:
    namesake = a_person("P2", "MARLOW", given="DESMOND", illegible=("birth_date",))
    assert "P2" in [candidate.person_id for candidate in linked(namesake).candidates]


@pytest.mark.parametrize(
    ("complete", "namesake", "printed", "status"),
    [
        (True, False, {}, LINKED),
        (False, False, {}, POSSIBLE),
        (True, True, {}, POSSIBLE),
        (True, False, {"surname": "MARLO"}, POSSIBLE),
        (True, False, {"birth_date": date(1951, 11, 28)}, POSSIBLE),
        (True, False, {"surname": Reading("MARLOW", None, 0.8)}, POSSIBLE),
    ],
)
def test_a_complete_list(
    linked: Callable[..., Match],
    a_person: Persons,
    complete: bool,
    namesake: bool,
    printed: dict[str, Any],
    status: MatchStatus,
) -> None:
    others = [a_person("P2", "MARLOW", given="DESMOND", birth_date=date(1951, 5, 5))] if namesake else []
    assert linked(*others, complete=complete, **{"birth_date": None, **printed}).status is status


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ({"aliases": (("QUILL", "DEZ"),)}, {"surname": "QUILL", "given": "DEZ", "sid": "9912345"}),
        ({}, {"surname": "QUILL", "given": "DEZ", "aliases": ("MARLOW, DESMOND",), "sid": "9912345"}),
        ({}, {"surname": "MARLOW-QUILL", "sid": "9912345"}),
        ({"given": "WILLIAM"}, {"given": "BILL"}),
        ({"given": "THEO", "middle": "DESMOND"}, {"docket_number": "93CR9912301"}),
        ({"given": "BARTHOLOMEW"}, {"given": "BARTHOLOME"}),
    ],
)
def test_other_names_of_one_person(
    linked: Callable[..., Match], listed: dict[str, Any], printed: dict[str, Any]
) -> None:
    match = linked(listed=listed, **printed)
    assert (match.status, match.best and match.best.person_id) == (LINKED, "P1")


@pytest.mark.parametrize("listed", [{"given": "DEZMONDO"}, {"given": "THEO", "middle": "DESMOND"}])
@pytest.mark.parametrize("only", [{}, {"birth_date": None, "docket_number": "93CR9912301"}])
@pytest.mark.parametrize("complete", [False, True])
def test_what_a_brother_may_share_links_only_where_no_brother_can_be_missing(
    linked: Callable[..., Match], listed: dict[str, str], only: dict[str, Any], complete: bool
) -> None:
    match = linked(listed=listed, complete=complete, **only)
    assert match.best
    assert match.best.probability >= MatchSettings().link_at
    assert match.status is (LINKED if complete else POSSIBLE)


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ({"birth_date": None}, POSSIBLE),
        ({"birth_date": None, "docket_number": "93CR9912301"}, LINKED),
        ({}, LINKED),
    ],
)
def test_a_number_with_one_name_alone_links_nobody(
    linked: Callable[..., Match], printed: dict[str, Any], status: MatchStatus
) -> None:
    for name in ({"surname": "QUIMBLE"}, {"given": "OSWALD"}):
        match = linked(sid="9912345", **name, **printed)
        assert match.status is status, match.why


@pytest.mark.parametrize("more", [{}, {"sid": "9912345"}, {"ir_number": "991234"}])
@pytest.mark.parametrize("others", [0, 1])
def test_an_alias_that_is_all_that_is_read_counts_as_a_name(
    a_record: Records, a_person: Persons, more: dict[str, str], others: int
) -> None:
    people = [a_person("P1", "MARLOW", **LISTED), a_person("P2", "COOK", given="TED", birth_date=date(1961, 2, 3))]
    index = Index(people[: 1 + others], complete=True)
    unread: dict[str, Any] = {"surname": None, "given": None, "birth_date": BORN, **more}
    assert link(a_record(aliases=("KRZYZEWSKI, VITO",), **unread), index, MatchSettings()).status is not LINKED
    assert link(a_record(aliases=("MARLOW, DESMOND",), **unread), index, MatchSettings()).why != "the name contradicts"


def test_without_a_list_nobody_is_found(a_record: Records) -> None:
    match = link(a_record(**PRINTED), Index([], complete=False))
    assert (match.status, match.candidates) == (NONE, ())
    assert "no list" in match.why


def test_a_page_without_defendant_is_linked_to_nobody(a_record: Records, a_person: Persons) -> None:
    record = replace(a_record(), defendant=None)
    assert link(record, Index([a_person()], complete=True)).status is NONE


@pytest.mark.parametrize("surname", [Reading(None, "a blot", 0.0), Reading("HARLEM", None, 0.4), None])
def test_nobody_is_ruled_out_by_a_name_that_was_not_read(linked: Callable[..., Match], surname: Any) -> None:
    match = linked(surname=surname, given="OSWALD", birth_date=None)
    assert match.status is POSSIBLE


def test_a_why_names_no_person(linked: Callable[..., Match]) -> None:
    for printed in ({}, {"birth_date": None}, {"sid": "8800555"}, {"middle": "Q"}, {"surname": "QUIMBLE"}):
        assert not any(text in linked(**printed).why for text in ("MARLOW", "DESMOND", "QUIMBLE", "8800555", "1970"))


@pytest.mark.parametrize("field", ["listed", "link_at", "unlisted_namesake", "nobody_below"])
@pytest.mark.parametrize("value", [0.0, 1.0, -1.0, float("nan")])
def test_settings_are_probabilities(field: str, value: float) -> None:
    with pytest.raises(InputError):
        MatchSettings(**{field: value})


@pytest.mark.parametrize(
    ("read", "listed", "status"),
    [
        ("CALVIN", "ALVIN", POSSIBLE),
        ("ALVIN", "CALVIN", POSSIBLE),
        ("DEAN", "JEAN", POSSIBLE),
        ("MARIA", "MARIO", POSSIBLE),
        ("LARRY", "BARRY", POSSIBLE),
        ("ROSAN", "ROSA", LINKED),  # no name
        ("CALVIM", "CALVIN", LINKED),
        ("CALWIN", "CALVIN", LINKED),
        ("TRRRANCE", "TERRANCE", LINKED),
        ("DEAM", "DEAN", LINKED),
    ],
)
def test_a_name_that_another_is_but_for_a_letter_may_be_a_brothers(
    linked: Callable[..., Match], read: str, listed: str, status: MatchStatus
) -> None:
    names = {"given": read, "listed": {"given": listed, "middle": ""}}
    assert linked(**names).status is status
    assert linked(**names, complete=True).status is LINKED
    assert linked(**names, sid="9912345").status is LINKED
    assert linked(**names, docket_number="93CR9912301").status is LINKED


def test_a_name_that_somebody_else_on_the_list_bears_may_be_a_brothers(
    linked: Callable[..., Match], a_person: Persons
) -> None:
    other = a_person("P2", "SMITH", given="DEZMOND", birth_date=date(1951, 1, 2))
    assert linked(given="DEZMOND").status is LINKED
    assert linked(other, given="DEZMOND").status is POSSIBLE
