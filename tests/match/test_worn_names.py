"""Captions whose names worn print spoilt, linked: the right person, or a person's look."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casefile.docket import Suffix
from casefile.linkage import Match, MatchStatus
from casefile.persons import Person
from match.captions import read_captions
from match.index import Index
from match.levels import weight_of
from match.link import link

LINKED, POSSIBLE, NONE = MatchStatus.LINKED, MatchStatus.POSSIBLE, MatchStatus.NONE
BORN = date(1961, 3, 14)
BIRTH, DOCKET, SID = "3/14/1961,,", ",98CR1234501,", ",,9912345"
STRANGERS = ("QUILLBY TERRANCE", "VANDERSLOOT PETER", "OKONJO ADELE", "HALVORSEN NILS", "TEMBLADOR ROSA")

Linked = Callable[..., Match]
Persons = Callable[..., Person]


@pytest.fixture
def linked(a_file: Callable[[str], Path], a_person: Persons) -> Linked:
    """What becomes of a caption, the rest of it being `known`, among these people and strangers."""

    def found(raw: str, *people: Person, known: str = ",,", complete: bool = False) -> Match:
        captions = a_file(f'caption_id,name_raw,birth_date_raw,docket_number,sid\nc1,"{raw}",{known}\n')
        names = [name.split() for name in STRANGERS]
        strangers = [a_person(f"S{n}", surname, given=given) for n, (surname, given) in enumerate(names)]
        (record,) = read_captions(captions).records
        return link(record, Index([*people, *strangers], complete=complete))

    return found


@pytest.fixture
def listed(a_person: Persons) -> Callable[..., Person]:
    def person(surname: str, given: str, **fields: object) -> Person:
        own = {"birth_date": BORN, "docket_numbers": ("98CR1234501",), "sid": "9912345"}
        return a_person("P1", surname, given=given, **{**own, **fields})

    return person


@pytest.mark.parametrize("known", [BIRTH, DOCKET, SID])
@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("MARLOWE, DESMOND JR", "suffix contradicts"),
        ("MARLOWE, DESMOND JR!", "suffix contradicts"),
        ("MARLOWE, DESMOND JR|", "suffix contradicts"),
        ("MARLOWE, DESMOND |JR|", "suffix contradicts"),
        ("MARLOWE, DESMOND (JR)", "suffix contradicts"),
        ("MARLOWE, DESMOND[JR]", "suffix contradicts"),
        ("MARLOWE, DESMOND!JR", "suffix contradicts"),
        ("MARLOWE.JR, DESMOND", "suffix contradicts"),
        ("MARLOWE, DESMOND|II", "suffix is illegible"),
        ("MARLOWE JR!, DESMOND", "suffix contradicts"),
        ("MARLOWE, DESMOND III!", "suffix contradicts"),
        ("MARLOWE, DESMOND II!", "suffix is illegible"),
        ("MARLOWE, DESMOND I!", "suffix is illegible"),
        ("MARLOWE, DESMOND |||", "suffix is illegible"),
        ("MARLOWE SR, DESMOND JR", "suffix is illegible"),
    ],
)
def test_marks_hide_no_suffix(linked: Linked, listed: Callable[..., Person], raw: str, why: str, known: str) -> None:
    senior = listed("MARLOWE", "DESMOND", suffix=Suffix.SR)
    match = linked(raw, senior, known=known)
    assert (match.status, match.why) == (POSSIBLE, why)
    assert linked("MARLOWE, DESMOND SR!", senior, known=known).status is LINKED


OTHERS = [
    ("JOHNSEN, ERIC", "ERIC", "JOHN"),
    ("DAVIDSON, JAMES", "JAMES", "DAVID"),
    ("ROBERTSON,DAVID", "DAVID", "ROBERT"),
    ("ROBERTSON. DAVID", "DAVID", "ROBERT"),
    ("PETERSEN, KARL", "KARL", "PETER"),
    ("ANNALEE WHITE", "WHITE", "ANNA"),
    ("DAVIDHENRY, MARTIN", "DAVID", "HENRY"),
    ("KIMBALL", "BALL", "KIM"),
    ("DAVIDSON", "SON", "DAVID"),
    ("LEEANN", "LEE", "ANN"),
    ("LeeAnn", "LEE", "ANN"),
]


@pytest.mark.parametrize(("raw", "surname", "given"), OTHERS)
def test_a_mended_name_alone_links_nobody(
    linked: Linked, listed: Callable[..., Person], raw: str, surname: str, given: str
) -> None:
    assert linked(raw, listed(surname, given), complete=True).status is not LINKED


@pytest.mark.parametrize("known", [BIRTH, DOCKET])
@pytest.mark.parametrize("raw", ["KIMBALL", "KimBall", "DAVIDHENRY, MARTIN"])
def test_one_word_that_may_be_two_wants_more_than_one_thing_that_agrees(
    linked: Linked, listed: Callable[..., Person], raw: str, known: str
) -> None:
    bearer = listed("BALL", "KIM") if "," not in raw else listed("DAVID", "HENRY")
    assert linked(raw, bearer, known=known).status is not LINKED


def test_a_lost_space_is_mended_where_enough_agrees(linked: Linked, listed: Callable[..., Person]) -> None:
    perigo = listed("PERIGO", "COLBY")
    assert linked("COLBYPERIGO", perigo, known="3/14/1961,98CR1234501,").status is LINKED
    assert linked("COLBYPERIGO", perigo, known=SID).status is LINKED
    assert linked("PERIGO, COL BY", perigo, known=BIRTH).status is LINKED
    assert linked("PERIGO, COLBYTHEO", perigo, known=BIRTH).status is LINKED


@pytest.mark.parametrize("raw", ["ROBERTSEN, DAVID", "DAVID ROBERTSEN"])
def test_a_letter_misread_is_likelier_than_a_space_lost(
    linked: Linked, listed: Callable[..., Person], a_person: Persons, raw: str
) -> None:
    meant = a_person("P2", "ROBERTSON", given="DAVID", birth_date=date(1970, 1, 2))
    match = linked(raw, listed("DAVID", "ROBERT"), meant, complete=True)
    assert match.best
    assert match.best.person_id == "P2"
    assert weight_of("name_as", "mended") < weight_of("name_as", "swapped")


@pytest.mark.parametrize(
    ("known", "complete", "status"), [(DOCKET, False, POSSIBLE), (BIRTH, False, LINKED), (",,", True, POSSIBLE)]
)
def test_without_a_comma_either_name_may_come_first(
    linked: Linked, listed: Callable[..., Person], a_person: Persons, known: str, complete: bool, status: MatchStatus
) -> None:
    other = a_person("P2", "THOMAS", given="HENRY", birth_date=date(1970, 1, 2))
    match = linked("HENRY THOMAS", listed("HENRY", "THOMAS"), other, known=known, complete=complete)
    assert match.status is status


def test_two_born_on_one_day_with_names_the_other_way_round(
    linked: Linked, listed: Callable[..., Person], a_person: Persons
) -> None:
    other = a_person("P2", "THOMAS", given="HENRY", birth_date=BORN)
    assert linked("HENRY THOMAS", listed("HENRY", "THOMAS"), other, known=BIRTH).status is POSSIBLE


@pytest.mark.parametrize("known", [",,", BIRTH])
def test_less_evidence_never_links_more(linked: Linked, listed: Callable[..., Person], known: str) -> None:
    lewis = listed("MARLOWE", "DESMOND", middle="LEWIS")
    match = linked("MARLOWE, DESMOND ARTHUR", lewis, known=known, complete=True)
    assert (match.status, match.why) == (POSSIBLE, "the middle name contradicts")
    assert linked("MARLOWE, DESMOND LEWIS", lewis, known=known, complete=True).status is LINKED


@pytest.mark.parametrize(("printed", "day"), [("3/b/1961", 6), ("3/g/1961", 9), ("3/I4/1961", 14)])
def test_a_letter_in_a_birth_date_is_no_exact_figure(
    linked: Linked, listed: Callable[..., Person], printed: str, day: int
) -> None:
    born = listed("MARLOWE", "DESMOND", birth_date=date(1961, 3, day))
    match = linked("MARLOWE, DESMOND", born, known=f"{printed},,")
    assert match.best
    levels = {agreement.field: agreement.level for agreement in match.best.agreements}
    assert (match.status, levels["birth_date"]) == (POSSIBLE, "figures_alike")
