"""What holds of linking whatever the record and the list."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.docket import DocketRecord, Reading, Sex, Suffix
from casefile.linkage import MatchStatus
from casefile.persons import Person
from match.explain import log2_odds, waterfall
from match.index import Index
from match.link import MatchSettings, link

SURNAMES = st.sampled_from(["MARLOW", "MARLO", "HARLOW", "QUILLBY", "MARLOW-QUILL", "D", ""])
GIVENS = st.sampled_from(["DESMOND", "DEZMOND", "DENISE", "BILL", "WILLIAM", "D", "MARLOW", ""])
DAYS = st.sampled_from([date(1970, 3, 4), date(1970, 4, 3), date(1970, 3, 9), date(1952, 11, 28), date(1991, 8, 17)])
NUMBERS = st.sampled_from(["9912345", "9912346", "8800555", ""])
DOCKETS = st.sampled_from(["93CR9912301", "93CR9912302", "93CR99123", "84C119987", ""])
RACES = st.sampled_from(["B", "BLACK", "W", ""])

PEOPLE = st.fixed_dictionaries(
    {
        "surname": SURNAMES,
        "given": GIVENS,
        "middle": st.sampled_from(["THEO", "T", "AUGUSTUS", ""]),
        "suffix": st.sampled_from([None, *Suffix]),
        "birth_date": st.none() | DAYS,
        "sex": st.sampled_from([None, *Sex]),
        "race": RACES,
        "ir_number": NUMBERS,
        "sid": NUMBERS,
        "docket_numbers": st.sets(DOCKETS.filter(bool), max_size=2).map(lambda some: tuple(sorted(some))),
        "aliases": st.sampled_from([(), (("QUILL", "DEZ"),), (("MARLOW", "DESMOND"),)]),
    }
)
LISTS = st.lists(PEOPLE, max_size=4)
CONFIDENCES = st.sampled_from([1.0, 0.95, 0.8, 0.5, 0.2])
READ = {
    "surname": SURNAMES,
    "given": GIVENS,
    "middle": st.sampled_from(["THEO", "T", "AUGUSTUS", ""]),
    "suffix": st.sampled_from([None, *Suffix]),
    "birth_date": st.none() | DAYS,
    "sex": st.sampled_from([None, *Sex]),
    "race": RACES,
    "ir_number": NUMBERS,
    "sid": NUMBERS,
}
ILLEGIBLE: Reading[Any] = Reading(None, "~", 0.0)

Scene = tuple[dict[str, Any], list[dict[str, Any]]]
Records = Callable[..., DocketRecord]
Persons = Callable[..., Person]


@st.composite
def scenes(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The fields of a record, and a list on which its defendant mostly is, printed with some faults."""
    people = draw(LISTS)
    meant = people[0] if people and draw(st.integers(0, 9)) else draw(PEOPLE)
    values = {name: meant[name] for name in READ} | {"docket_number": next(iter(meant["docket_numbers"]), "")}
    for name in draw(st.sets(st.sampled_from(sorted(values)), max_size=3)):
        values[name] = draw(READ.get(name, DOCKETS))
    doubted = draw(st.sets(st.sampled_from(sorted(values)), max_size=2))
    return {
        name: Reading(value, None, draw(CONFIDENCES) if name in doubted else 1.0) if value else None
        for name, value in values.items()
    }, people


def listed(a_person: Persons, people: list[dict[str, Any]]) -> list[Person]:
    return [a_person(f"P{i}", **fields) for i, fields in enumerate(people)]


@settings(max_examples=50, deadline=None)
@given(scenes(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_the_list_does_not_matter(
    a_record: Records,
    a_person: Persons,
    scene: Scene,
    chance: Any,
    complete: bool,
) -> None:
    fields, people = scene
    persons = listed(a_person, people)
    shuffled = list(persons)
    chance.shuffle(shuffled)
    record = a_record(**fields)
    assert link(record, Index(persons, complete=complete)) == link(record, Index(shuffled, complete=complete))


@settings(max_examples=50, deadline=None)
@given(scenes(), st.booleans())
def test_the_evidence_sums_to_the_odds(a_record: Records, a_person: Persons, scene: Scene, complete: bool) -> None:
    fields, people = scene
    match = link(a_record(**fields), Index(listed(a_person, people), complete=complete))
    assert sum(candidate.probability for candidate in match.candidates) <= 1.0 + 1e-9
    for candidate in match.candidates:
        assert 0.0 <= candidate.probability <= 1.0
        if 1e-9 < candidate.probability < 1 - 1e-9:
            assert sum(a.weight for a in candidate.agreements) == pytest.approx(log2_odds(candidate), abs=1e-4)
    assert waterfall(match).startswith(match.status)


@settings(max_examples=150, deadline=None)
@given(scenes(), st.sampled_from([*READ, "docket_number"]), st.booleans())
def test_making_a_field_illegible_never_links(
    a_record: Records,
    a_person: Persons,
    scene: Scene,
    field: str,
    complete: bool,
) -> None:
    fields, people = scene
    index = Index(listed(a_person, people), complete=complete)
    if fields[field] is None or link(a_record(**fields), index).status is MatchStatus.LINKED:
        return
    others = [one for one in people if fields["surname"] is None or one["surname"] != fields["surname"].value]
    if field in ("sid", "ir_number") and any(one[field] == fields[field].value for one in others):
        return  # nothing else leads to people of another name; once the number is unread they are strangers
    assert link(a_record(**{**fields, field: ILLEGIBLE}), index).status is not MatchStatus.LINKED


@settings(max_examples=50, deadline=None)
@given(scenes(), st.booleans())
def test_somebody_unrelated_never_links(a_record: Records, a_person: Persons, scene: Scene, complete: bool) -> None:
    fields, people = scene
    record, persons = a_record(**fields), listed(a_person, people)
    stranger = a_person("X", "ZYWICKI", given="OTTOKAR", birth_date=date(1933, 12, 21))
    if link(record, Index(persons, complete=complete)).status is MatchStatus.NONE:
        assert link(record, Index([*persons, stranger], complete=complete)).status is not MatchStatus.LINKED


@settings(max_examples=150, deadline=None)
@given(scenes(), st.booleans())
def test_a_link_is_probable_and_supported(a_record: Records, a_person: Persons, scene: Scene, complete: bool) -> None:
    fields, people = scene
    match = link(a_record(**fields), Index(listed(a_person, people), complete=complete))
    if match.status is not MatchStatus.LINKED:
        return
    assert match.best is not None
    assert match.best.probability >= MatchSettings().link_at
    levels = {agreement.field: agreement.level for agreement in match.best.agreements}
    assert complete or "exact" in {levels[f] for f in ("birth_date", "sid", "ir_number", "docket_number")}
    assert levels["sid"] != "differs"
    assert levels["sex"] != "differs"
    assert levels["suffix"] != "conflict"


@settings(max_examples=50, deadline=None)
@given(scenes())
def test_race_never_links(a_record: Records, a_person: Persons, scene: Scene) -> None:
    fields, people = scene
    index = Index(listed(a_person, people), complete=False)
    if link(a_record(**{**fields, "race": None}), index).status is not MatchStatus.LINKED:
        others = Index(listed(a_person, [{**person, "race": ""} for person in people]), complete=False)
        assert link(a_record(**fields), others).status is not MatchStatus.LINKED


@settings(max_examples=50, deadline=None)
@given(scenes(), st.sampled_from([field for field in READ if field not in ("surname", "given")]))
def test_an_illegible_cell_of_the_list_never_links_its_person(
    a_record: Records, a_person: Persons, scene: Scene, field: str
) -> None:
    fields, people = scene
    persons = listed(a_person, people)
    if not persons or link(a_record(**fields), Index(persons, complete=False)).status is MatchStatus.LINKED:
        return
    blank = None if field in ("suffix", "birth_date", "sex") else ""
    spoilt = replace(persons[0], **{field: blank}, illegible=(field,))
    match = link(a_record(**fields), Index([spoilt, *persons[1:]], complete=False))
    if match.best and match.best.person_id == spoilt.person_id:
        assert match.status is not MatchStatus.LINKED


@settings(max_examples=50, deadline=None)
@given(scenes())
def test_somebody_listed_twice_is_never_linked(a_record: Records, a_person: Persons, scene: Scene) -> None:
    fields, people = scene
    match = link(a_record(**fields), Index(listed(a_person, people * 2), complete=True))
    assert match.status is not MatchStatus.LINKED


def test_the_scenes_hold_links_enough(a_record: Records, a_person: Persons) -> None:
    statuses = Counter[MatchStatus]()

    @settings(max_examples=120, database=None, derandomize=True, deadline=None)
    @given(scenes())
    def count(scene: Scene) -> None:
        fields, people = scene
        statuses[link(a_record(**fields), Index(listed(a_person, people), complete=False)).status] += 1

    count()
    assert statuses[MatchStatus.LINKED] > 12
    assert statuses[MatchStatus.POSSIBLE] > 12


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_linked(a_record: Records, a_person: Persons, surname: str, given_name: str, raw: str) -> None:
    record = a_record(
        surname=Reading(surname, raw, 0.9),
        given=Reading(given_name, raw, 0.9),
        birth_date=Reading(None, raw, 0.0),
        docket_number=Reading(raw or None, raw, 0.5),
        aliases=(raw, Reading(None, raw, 0.0)),
    )
    persons = [a_person("P1", surname, given=given_name, birth_date=date(1970, 3, 4)), a_person("P2", given=raw)]
    assert link(record, Index(persons, complete=False)).record_id == record.record_id
    assert replace(record, defendant=None).defendant is None
