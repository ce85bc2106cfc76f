"""Records of one person, and no others, together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from casefile.archive import PageId
from casefile.docket import DocketRecord, Reading, RecordId, Sex, Suffix
from casefile.linkage import Candidate, Match, MatchStatus
from casefile.persons import PersonId
from match.joining import _same_name_by_no_chance, events, joined

Records = Callable[..., DocketRecord]
BORN = date(1970, 3, 4)
SAID: dict[str, Any] = {"surname": "QUILLBYXTON", "given": "OTTOKAR", "birth_date": BORN}


def linked(record_id: str, person_id: str, status: MatchStatus = MatchStatus.LINKED) -> Match:
    return Match(RecordId(record_id), status, (Candidate(PersonId(person_id), 0.999, ()),), "")


def together(records: list[DocketRecord], *matches: Match) -> set[frozenset[str]]:
    """The groups, each as the ids it holds."""
    return {frozenset(group.records) for group in joined(records, {m.record_id: m for m in matches})}


@pytest.fixture
def two(a_record: Records) -> Callable[..., list[DocketRecord]]:
    """Two records, the second differing in what is named."""

    def made(first: dict[str, Any] | None = None, **second: Any) -> list[DocketRecord]:
        said = {**SAID, **(first or {})}
        return [
            replace(a_record(**said), record_id=RecordId("a")),
            replace(a_record(**{**said, **second}), record_id=RecordId("b")),
        ]

    return made


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ({}, {}, True),
        ({"surname": "SMITH", "given": "JAMES"}, {}, True),
        ({"sid": "9912345"}, {"birth_date": None}, True),
        ({"sid": "9912345"}, {"birth_date": None, "surname": "QU1LLBYXTON"}, True),
        ({"sid": "9912345"}, {"birth_date": None, "surname": "MARLOW"}, False),
        ({"sid": "9912345"}, {"sid": "8800555"}, False),
        ({"sid": "9912345"}, {"birth_date": date(1970, 3, 9)}, False),
        ({"ir_number": "991234"}, {"ir_number": "0991234", "birth_date": None}, True),
        ({"sex": Sex.MALE}, {"sex": Sex.FEMALE}, False),
        ({"suffix": Suffix.JR}, {"suffix": Suffix.SR}, False),
        ({"suffix": Suffix.JR}, {"suffix": Suffix.II}, True),
        ({"middle": "THEO"}, {"middle": "A"}, False),
        ({"middle": "THEO"}, {"middle": "T"}, True),
        ({}, {"birth_date": date(1970, 3, 9)}, False),
        ({}, {"given": "OTTO"}, False),
        ({}, {"birth_date": Reading(BORN, None, 0.6)}, False),
        ({}, {"surname": Reading("QUILLBYXTON", None, 0.6)}, False),
        ({"birth_date": None}, {}, False),
    ],
)
def test_two_records(
    two: Callable[..., list[DocketRecord]], first: dict[str, Any], second: dict[str, Any], one: bool
) -> None:
    assert len(together(two(first, **second))) == (1 if one else 2)


@pytest.mark.parametrize(("records", "one"), [(10, True), (1_000_000, False)])
def test_a_common_name_and_a_birth_date_join_only_where_strangers_are_few(
    two: Callable[..., list[DocketRecord]], records: int, one: bool
) -> None:
    mine, theirs = (record.defendant for record in two({"surname": "SMITH", "given": "JAMES"}))
    assert mine
    assert theirs
    assert _same_name_by_no_chance(mine, theirs, records) is one


def test_links_to_one_person_join_and_to_two_forbid(two: Callable[..., list[DocketRecord]]) -> None:
    apart = two(surname="MARLOW", birth_date=None)
    assert len(together(apart, linked("a", "P1"), linked("b", "P1"))) == 1
    assert len(together(two(), linked("a", "P1"), linked("b", "P2"))) == 2
    assert len(together(apart, linked("a", "P1"), linked("b", "P1", MatchStatus.POSSIBLE))) == 2


def test_no_chain_joins_two_persons(a_record: Records) -> None:
    """The middle record fits both, the outer two were linked to different persons."""
    records = [replace(a_record(**SAID), record_id=RecordId(name)) for name in "abc"]
    groups = joined(records, {RecordId("a"): linked("a", "P1"), RecordId("c"): linked("c", "P2")})
    for group in groups:
        assert not {"a", "c"} <= set(group.records)
    assert sorted(r for group in groups for r in group.records) == ["a", "b", "c"]


def test_two_defendants_of_one_document_are_two(two: Callable[..., list[DocketRecord]]) -> None:
    records = [replace(record, page_ids=(PageId("p1"),)) for record in two()]
    assert len(together(records)) == 2


def test_a_group_bears_its_persons_id(two: Callable[..., list[DocketRecord]]) -> None:
    (group,) = joined(two(), {RecordId("b"): linked("b", "P1")})
    assert group.person_id == "P1"


def test_the_order_does_not_matter(a_record: Records) -> None:
    chance = Random(11)
    records = [
        replace(
            a_record(
                surname=chance.choice(["QUILLBYXTON", "ZYWICKI"]), given=chance.choice(["OTTOKAR", "ADELE"]),
                birth_date=chance.choice([BORN, date(1970, 3, 9), None]),
                sid=chance.choice(["9912345", "8800555", None]),
                sex=chance.choice([Sex.MALE, Sex.FEMALE, None]),
            ),
            record_id=RecordId(f"r{n}"),
        )
        for n in range(14)
    ]  # fmt: skip
    matches = {RecordId("r3"): linked("r3", "P1"), RecordId("r9"): linked("r9", "P2")}
    found = joined(records, matches)
    for _ in range(5):
        assert joined(chance.sample(records, len(records)), matches) == found


@pytest.mark.parametrize(
    ("second", "total"),
    [
        ({"docket_number": "93CR9912302"}, 1),
        ({"docket_number": "94CR0012301"}, 2),
        ({"docket_number": "94CR0012301", "arrest_date": date(1993, 3, 11)}, 1),
        ({"docket_number": Reading("93CR9912301", None, 0.5)}, 2),
    ],
)
def test_events(two: Callable[..., list[DocketRecord]], second: dict[str, Any], total: int) -> None:
    records = two({"docket_number": "93CR9912301", "arrest_date": date(1993, 3, 11)}, **{"arrest_date": None, **second})
    assert len(events(records, joined(records, {}))) == total
