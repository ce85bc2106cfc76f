"""The share of the listed, learnt from the batch; and m and u, learnt from labels."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casefile.docket import DocketRecord, RecordId
from casefile.linkage import MatchStatus
from casefile.persons import Person, PersonId
from match.batch import link_batch
from match.index import Index
from match.levels import levels
from match.link import MatchSettings, link
from match.names import name_shares
from match.training import levels_from

FIRST = date(1950, 1, 1)
Records = Callable[..., DocketRecord]
Persons = Callable[..., Person]


@pytest.fixture(scope="module")
def people(a_person: Persons) -> list[Person]:
    surnames, givens = list(name_shares("surname")), list(name_shares("given"))
    return [
        a_person(f"P{i:04d}", surnames[i % 400], given=givens[i * 7 % 400], birth_date=FIRST + timedelta(i * 9))
        for i in range(1200)
    ]


@pytest.fixture(scope="module")
def records(people: list[Person], a_record: Records) -> list[DocketRecord]:
    return [
        replace(
            a_record(surname=p.surname, given=p.given, birth_date=p.birth_date),
            record_id=RecordId(f"r-{p.person_id}"),
        )
        for p in people[:400]
    ]


@pytest.mark.parametrize(("unlisted", "low", "high"), [(0, 0.9, 1.0), (200, 0.45, 0.62), (380, 0.05, 0.2)])
def test_the_share_of_the_listed_is_found_without_labels(
    people: list[Person], records: list[DocketRecord], unlisted: int, low: float, high: float
) -> None:
    batch = link_batch(records, Index(people[unlisted:], complete=False), MatchSettings())
    assert low < batch.listed < high
    linked = [m for m in batch.matches if m.status is MatchStatus.LINKED]
    assert all(m.best and m.record_id == f"r-{m.best.person_id}" for m in linked)


def test_a_batch_of_one_is_judged_almost_by_the_setting(people: list[Person], records: list[DocketRecord]) -> None:
    index = Index(people, complete=False)
    batch = link_batch(records[:1], index, MatchSettings())
    assert batch.listed == pytest.approx(MatchSettings().listed, abs=0.02)
    assert batch.matches[0].status is link(records[0], index).status


@pytest.mark.parametrize(("first", "step"), [(0, 1), (39, -1), (3, 7)])
def test_a_batch_in_any_order_answers_as_one_by_one(
    people: list[Person], records: list[DocketRecord], first: int, step: int
) -> None:
    index, asked = Index(people[10:], complete=False), records[:40][first::step]
    batch = link_batch(asked, index, MatchSettings(), estimate=False)
    alone = Index(people[10:], complete=False)
    assert list(batch.matches) == [link(record, alone) for record in asked]


def test_a_decision_says_what_its_match_tells(people: list[Person], records: list[DocketRecord]) -> None:
    nobody = replace(records[0], defendant=None)
    batch = link_batch([*records[:60], nobody], Index(people[30:]), MatchSettings())
    assert [(one.record_id, one.status, one.why) for one in batch.decisions] == [
        (one.record_id, one.status, one.why) for one in batch.matches
    ]
    best = [one.best for one in batch.matches]
    assert [one.person_id for one in batch.decisions] == [one.person_id if one else None for one in best]
    assert [one.probability for one in batch.decisions] == [one.probability if one else 0.0 for one in best]
    assert best[-1] is None


@pytest.mark.parametrize("complete", [True, False])
def test_an_empty_batch_or_list(records: list[DocketRecord], complete: bool) -> None:
    index = Index([], complete=complete)
    assert link_batch([], index, MatchSettings()).matches == ()
    assert {m.status for m in link_batch(records[:3], index, MatchSettings()).matches} == {MatchStatus.NONE}


def test_levels_are_probabilities_and_better_levels_weigh_more() -> None:
    for field, known in levels().items():
        assert all(0.0 < level.m <= 1.0 and 0.0 < level.u <= 1.0 for level in known.values()), field
        assert sum(level.m for level in known.values()) <= (1.2 if field not in ("age", "name_as") else 2.0)
        if "exact" in known:
            assert known["exact"].weight == max(level.weight for level in known.values())
        for worst in ("differs", "conflict", "impossible"):
            if worst in known:
                assert known[worst].weight == min(level.weight for level in known.values())


def test_levels_are_learnt_from_labels(people: list[Person], records: list[DocketRecord]) -> None:
    index = Index(people[200:], complete=False)
    truth = {r.record_id: PersonId(r.record_id[2:]) if i >= 200 else None for i, r in enumerate(records)}
    learnt = levels_from(records, truth, index)
    assert learnt.keys() == levels().keys()
    assert learnt["birth_date"]["exact"].m > 0.95
    assert learnt["surname"]["exact"].m > 0.95
    assert learnt["age"] == levels()["age"]
