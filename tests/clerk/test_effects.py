"""What outcomes come to: for charges, by year and route, and for people; and what changed since the last run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casefile.docket import ChargeId, Grade, RecordId
from casefile.law import Determination, Outcome
from casefile.store import Store
from clerk import archive as archives
from clerk import changes, deciding, effects
from clerk.archive import Archive
from clerk.effects import Weighed, effect_of
from eligibility.laws import load_policy
from tests.clerk.test_deciding import paper, rules, shelve
from tests.factories import read

AS_OF = date(2026, 6, 30)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archives.create(tmp_path / "archive")


@pytest.fixture
def store(archive: Archive) -> Iterator[Store]:
    with archive.store() as opened:
        yield opened


def weighed(
    outcome: Outcome, route: str | None, *, person: str = "P", result: str | None = None, **how: Any
) -> Weighed:
    answer = Determination(
        RecordId("r"), ChargeId("r-1"), 1, "illinois", "1", None, AS_OF, outcome, route, result, (), (), None
    )
    usual = {"is_conviction": True, "is_felony": False, "decided": date(1999, 1, 1)}
    return Weighed("P", **(usual | how), answer=answer)


def test_police_records_are_never_convictions_cleared() -> None:
    charges = [weighed(Outcome.AUTO, "i1", is_conviction=False), weighed(Outcome.AUTO, "a2.5")]
    effect = effect_of(None, charges, AS_OF)
    assert (effect.convictions, effect.cleared, effect.people_no_conviction_left) == (1, 0, 0)


@pytest.mark.parametrize(
    ("charges", "no_felony", "no_lately", "none"),
    [
        ([weighed(Outcome.AUTO, "i4")], 0, 0, 1),
        ([weighed(Outcome.AUTO, "i4", is_felony=True)], 1, 0, 1),
        ([weighed(Outcome.MOTION, "i3", decided=date(2021, 1, 1))], 0, 1, 1),
        ([weighed(Outcome.INELIGIBLE, None, is_felony=True)], 0, 0, 0),
        ([weighed(Outcome.REVIEW, None, decided=date(2021, 1, 1))], 0, 0, 0),
        ([weighed(Outcome.AUTO, "11361.9", result="redesignate", is_felony=True)], 1, 0, 0),
        ([weighed(Outcome.AUTO, "11361.9", result="dismiss", is_felony=True)], 1, 0, 1),
        ([weighed(Outcome.AUTO, "i4", is_felony=True), weighed(Outcome.REVIEW, None, is_felony=None)], 0, 0, 0),
        ([weighed(Outcome.AUTO, "i4", decided=date(2021, 1, 1)), weighed(Outcome.REVIEW, None, decided=None)], 0, 0, 0),
        ([weighed(Outcome.AUTO, "i4", decided=date(2019, 6, 30))], 0, 0, 1),  # seven years ago to the day
        ([weighed(Outcome.AUTO, "i4", decided=date(2019, 7, 1))], 0, 1, 1),
    ],
)
def test_what_is_left_to_a_person(charges: list[Weighed], no_felony: int, no_lately: int, none: int) -> None:
    effect = effect_of(None, charges, AS_OF)
    told = (effect.people_no_felony_left, effect.people_no_conviction_lately, effect.people_no_conviction_left)
    assert told == (no_felony, no_lately, none)


def test_two_policies_over_the_same_records(archive: Archive, store: Store) -> None:
    delivery = {"statute": read("720 ILCS 550/5(b)"), "grade": read(Grade.MA), "grams": read(None, raw=None)}
    shelve(store, "f1", paper("a", charge=delivery))
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    alone, announced = effects.compared(store, found, [None, load_policy("cook_announced")])
    assert (dict(alone.by_route), dict(announced.by_route)) == ({"i4": 1}, {"i3": 1})
    assert alone.by_year == {1998: {"i4": 1}}
    assert announced.policy == "cook_announced"


def test_what_changed_is_told_and_what_is_new_is_not(archive: Archive, store: Store) -> None:
    mine = shelve(store, "f1", paper("a"))
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    assert changes.since_last(store) == []
    violent = {"statute": read("720 ILCS 5/12-3.2", confidence=1.0), "grams": read(None, raw=None)}
    shelve(store, "f2", paper("b", charge=violent | {"count": 2}))
    deciding.recompute(store, found, quiet=True)
    changed = changes.since_last(store)
    assert [(c.record_id, c.before) for c in changed] == [(mine.record_id, "auto/i4")]
    assert changed[0].after != "auto/i4"
    assert changes.since_last(store) == []


def test_the_newest_dockets_come_first(archive: Archive, store: Store) -> None:
    for name, year in (("a", 1998), ("b", 2004), ("c", 1990)):
        day = read(date(year, 1, 2))
        shelve(store, name, paper(name, arrest_date=day, charge={"offense_date": day}))
    everyone = [record_id for record_id, _ in store.record_rows()]
    years = []
    for record_id in changes.newest_first(store, everyone):
        row = store.record(record_id)
        assert row is not None
        years.append(row.body.arrest_date.value.year)  # type: ignore[union-attr]
    assert years == [2004, 1998, 1990]
