"""An index kept in a folder: the same answers however it was built and asked."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.docket import DocketRecord, RecordId
from casefile.errors import InputError
from casefile.persons import Person
from match.batch import link_batch
from match.index import Index
from match.kept import append_persons, keep_index, open_index, source_of
from match.link import link
from match.segment import Segment, opened
from match.settings import MatchSettings

Records = Callable[..., DocketRecord]
Persons = Callable[..., Person]

SURNAMES = ("MARLOW", "HARLOW", "MARLOW QUILL", "SMITH", "SMYTHE", "OKONJO")
GIVENS = ("DESMOND", "DENISE", "BILL", "WILLIAM", "D", "")


@pytest.fixture(scope="module")
def people(a_person: Persons) -> list[Person]:
    chance = Random(5)
    return [
        a_person(
            f"P{i:03d}",
            chance.choice(SURNAMES),
            given=chance.choice(GIVENS),
            middle=chance.choice(("THEO", "T", "")),
            birth_date=date(1960, 1, 1) + timedelta(days=chance.randrange(40)) if chance.random() < 0.8 else None,
            sid=f"{9_000_000 + i}" if chance.random() < 0.5 else "",
            aliases=((chance.choice(SURNAMES), "DEZ"),) if chance.random() < 0.2 else (),
            docket_numbers=("93CR9912301",) if chance.random() < 0.1 else (),
        )
        for i in range(60)
    ]


@pytest.fixture(scope="module")
def records(people: list[Person], a_record: Records) -> list[DocketRecord]:
    found = [
        a_record(surname=p.surname, given=p.given or None, birth_date=p.birth_date, sid=p.sid or None, middle="T")
        for p in people[::3]
    ]
    found += [a_record(surname="SM1TH", given="WILLIAM"), a_record(given="BILL", birth_date=date(1960, 1, 9))]
    return [replace(record, record_id=RecordId(f"r{i:02d}")) for i, record in enumerate(found)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 59), st.integers(1, 59))
def test_appending_answers_as_building_anew(
    people: list[Person], records: list[DocketRecord], tmp_path_factory: pytest.TempPathFactory, one: int, two: int
) -> None:
    folder = tmp_path_factory.mktemp("index")
    first, second = sorted((one, two))
    shuffled = Random(one).sample(people, len(people))
    keep_index(folder, shuffled[:first])
    append_persons(folder, shuffled[first:second])
    append_persons(folder, shuffled[second:])
    grown, anew = open_index(folder), Index(people)
    assert [link(r, grown) for r in records] == [link(r, anew) for r in records]
    one, other = (link_batch(records, index, MatchSettings()) for index in (grown, anew))
    assert (one.matches, one.listed) == (other.matches, other.listed)


def test_many_small_additions_are_made_one(people: list[Person], records: list[DocketRecord], tmp_path: Path) -> None:
    keep_index(tmp_path, people[:20])
    for person in people[20:40]:
        append_persons(tmp_path, [person])
    assert len(json.loads((tmp_path / "index.json").read_text())["segments"]) <= 13
    anew = Index(people[:40])
    assert [link(r, open_index(tmp_path)) for r in records] == [link(r, anew) for r in records]


def test_a_record_is_linked_alike_alone_and_in_any_batch(people: list[Person], records: list[DocketRecord]) -> None:
    index = Index(people)
    together = link_batch(records, index, MatchSettings(), estimate=False).matches
    backwards = link_batch(records[::-1], index, MatchSettings(), estimate=False).matches
    assert together == backwards[::-1] == tuple(link(record, index) for record in records)


def test_the_order_of_a_batch_does_not_matter_to_what_is_learnt_of_it(
    people: list[Person], records: list[DocketRecord]
) -> None:
    index = Index(people)
    one, other = (link_batch(some, index, MatchSettings()) for some in (records, records[::-1]))
    assert one.listed == other.listed
    assert one.matches == other.matches[::-1]


def test_people_come_back_as_they_were_given(people: list[Person], tmp_path: Path) -> None:
    keep_index(tmp_path, people, source="a list")
    index = open_index(tmp_path)
    assert source_of(tmp_path) == "a list"
    assert [index.person(index.position(person.person_id)) for person in people] == people


def test_who_is_listed_already_is_not_added(people: list[Person], tmp_path: Path) -> None:
    keep_index(tmp_path, people)
    with pytest.raises(InputError, match="1 of the persons to add") as caught:
        append_persons(tmp_path, people[:1])
    assert people[0].person_id not in str(caught.value)
    assert len(open_index(tmp_path)) == len(people)


@pytest.mark.parametrize("contents", [None, "{", "[]", '{"format": 99, "version": 1, "segments": [], "source": ""}'])
def test_what_is_no_index_is_not_opened(tmp_path: Path, contents: str | None) -> None:
    if contents is not None:
        (tmp_path / "index.json").write_text(contents)
    assert source_of(tmp_path) is None
    with pytest.raises(InputError):
        open_index(tmp_path)


def test_an_addition_that_was_cut_short_counts_for_nothing(
    people: list[Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_index(tmp_path, people[:30])

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("match.kept._replace_contents", full)
    with pytest.raises(OSError, match="no space"):
        append_persons(tmp_path, people[30:])
    monkeypatch.undo()
    assert len(open_index(tmp_path)) == 30
    append_persons(tmp_path, people[30:])
    assert len(open_index(tmp_path)) == len(people)


def test_who_reads_while_others_write_takes_what_stands(people: list[Person], tmp_path: Path) -> None:
    lists = {"one": people[:20], "other": people[20:35]}
    keep_index(tmp_path, lists["one"], source="one")

    def write(name: str) -> None:
        for _ in range(3):
            keep_index(tmp_path, lists[name], source=name)

    def read(_: int) -> bool:
        index = open_index(tmp_path)
        return [index.person(at) for at in range(len(index))] in list(lists.values())

    with ThreadPoolExecutor(5) as pool:
        writing = [pool.submit(write, name) for name in ("one", "other", "one")]
        assert all(pool.map(read, range(30)))
        for each in writing:
            each.result()
    assert len(list(tmp_path.glob("part-*"))) == 1


def test_an_index_replaced_while_it_is_opened_is_opened_again(
    people: list[Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_index(tmp_path, people[:5], source="one")

    def replaced(folder: Path) -> Segment:
        monkeypatch.undo()
        keep_index(tmp_path, people[:7], source="other")
        return opened(folder)

    monkeypatch.setattr("match.kept.opened", replaced)
    assert len(open_index(tmp_path)) == 7


def test_the_index_of_another_list_is_not_taken(people: list[Person], tmp_path: Path) -> None:
    keep_index(tmp_path, people[:5], source="one")
    assert len(open_index(tmp_path, source="one")) == 5
    with pytest.raises(InputError, match="another list"):
        open_index(tmp_path, source="other")


def test_an_index_of_which_a_part_is_gone_is_built_again(people: list[Person], tmp_path: Path) -> None:
    keep_index(tmp_path, people[:5], source="one")
    for part in tmp_path.glob("part-*"):
        shutil.rmtree(part)
    with pytest.raises(InputError, match="build it again"):
        open_index(tmp_path)
    keep_index(tmp_path, people[:5], source="one")
    assert len(open_index(tmp_path)) == 5


def test_hostile_names_stay_in_their_cells(a_person: Persons, tmp_path: Path) -> None:
    hostile = [
        a_person("P1", "A\x1fB\x1e", given="C\x1dD", aliases=(("E\x1eF", "G"),), address="1\x1f2"),
        a_person("P2", "李", given="Ω" * 60),
        a_person("P3", "=HYPERLINK()", given="O'NEIL-" * 8),
    ]
    keep_index(tmp_path, hostile)
    index = open_index(tmp_path)
    assert [index.person(at).person_id for at in range(3)] == ["P1", "P2", "P3"]
    assert index.person(0).surname == "A B "
    assert index.person(1) == hostile[1]


def test_an_empty_list_can_be_kept(tmp_path: Path, a_record: Records) -> None:
    keep_index(tmp_path, [])
    assert link(a_record(surname="MARLOW"), open_index(tmp_path)).candidates == ()
