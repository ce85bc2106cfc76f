"""The share of defendants on the list, learnt of what was read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from casefile.archive import Page, PageId, Place, Sha256
from casefile.docket import DocumentKind
from casefile.persons import Person, PersonId
from casefile.review import Answer, AnswerKind
from casefile.rows import DocumentRow
from casefile.store import Store
from clerk import deciding, shares
from clerk.calibrating import calibrate_match
from clerk.settings import Settings
from eligibility.determine import load_law
from match.names import name_shares
from review_queue.triage import Thresholds
from tests.factories import a_defendant, a_record, read

TOTAL = 60


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Records of as many defendants, all of other names and birth dates."""
    with Store(tmp_path / "casefile.db") as opened:
        for at in range(TOTAL):
            keep(opened, at)
        yield opened


def keep(store: Store, at: int) -> None:
    page_id = PageId(f"p{at:03d}")
    place = Place("b", "f", f"{at}.png", 0)
    person = person_at(at)
    said = a_defendant(
        surname=read(person.surname), given=read(person.given), birth_date=read(person.birth_date or date.min)
    )
    with store.writing():
        store.add_pages([Page(page_id, place, Sha256(str(at)), 1)], size=1)
        record = a_record(page_id, defendant=said, arrest_date=read(date(1998, 1, 1) + timedelta(at)))
        store.put_document(DocumentRow(page_id, DocumentKind.CERTIFIED_STATEMENT, "k"), place, [page_id], [record])


def person_at(at: int) -> Person:
    surname, given = list(name_shares("surname"))[at], list(name_shares("given"))[at]
    return Person(PersonId(f"P{at:05d}"), surname, given=given, birth_date=date(1950, 1, 1) + timedelta(131 * at))


def rules(listed: range, *, complete: bool = False, folder: Path | None = None, digest: str = "list") -> deciding.Rules:
    persons = tuple(person_at(at) for at in listed)
    return deciding.Rules(
        law=load_law("illinois"), policy=None, as_of=date(2026, 1, 1), settings=Settings(), persons=persons,
        persons_digest=f"{digest} {listed}", list_complete=complete, thresholds=Thresholds(()), index_folder=folder,
    )  # fmt: skip


@pytest.mark.parametrize(("listed", "low", "high"), [(range(TOTAL), 0.8, 1.0), (range(8), 0.2, 0.55)])
def test_the_share_is_learnt_of_the_records(store: Store, listed: range, low: float, high: float) -> None:
    here = rules(listed)
    share = shares.learn_share(store, here)
    assert low < share < high
    assert shares.share_of(store, here) == share
    assert shares.is_far(share, here) is ("warning" in shares.told(share, here))


def test_before_anything_was_learnt_the_setting_stands(store: Store) -> None:
    assert shares.share_of(store, rules(range(9))) == Settings().prior_listed


def test_a_complete_list_and_an_empty_one_need_no_share(store: Store) -> None:
    for here in (rules(range(9), complete=True), rules(range(0))):
        assert shares.learn_share(store, here) == here.match_settings.listed
    assert not shares.is_far(0.01, rules(range(9), complete=True))
    assert store.setting(shares.SHARE) is None


def test_answers_do_not_move_it_and_another_list_does(store: Store) -> None:
    here = rules(range(TOTAL))
    before, of = shares.learn_share(store, here), store.setting(shares.SHARE_OF)
    row = store.record(store.record_rows()[0][0])
    assert row is not None
    with store.writing():
        store.put_body(replace(row.body, defendant=a_defendant(surname=read("SOMEBODY"))), set(), {})
    assert shares.learn_share(store, here) == before
    assert store.setting(shares.SHARE_OF) == of
    assert shares.learn_share(store, rules(range(8))) < before - shares.FAR


def test_a_new_share_links_the_records_anew_and_the_same_does_not(store: Store) -> None:
    here = rules(range(TOTAL))
    everyone = [record_id for record_id, _ in store.record_rows()]
    assert deciding.link_records(store, here, everyone) == TOTAL
    shares.learn_share(store, here)
    assert deciding.link_records(store, here, everyone) == TOTAL
    shares.learn_share(store, here)
    assert deciding.link_records(store, here, everyone) == 0


def test_the_index_of_a_long_list_is_kept_and_made_anew_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "LONG_LIST", 10)
    folder = tmp_path / "persons"
    assert len(rules(range(9), folder=folder).index) == 9
    assert not folder.exists()
    assert len(rules(range(20), folder=folder).index) == 20
    kept = sorted(path.name for path in folder.iterdir())
    assert [rules(range(20), folder=folder).index.person(at) for at in range(20)] == [person_at(n) for n in range(20)]
    assert sorted(path.name for path in folder.iterdir()) == kept
    assert len(rules(range(30), folder=folder).index) == 30


def test_the_share_of_another_list_says_nothing_of_this_one(store: Store) -> None:
    shares.learn_share(store, rules(range(8)))
    other = rules(range(TOTAL))
    assert shares.share_of(store, other) == other.match_settings.listed


def test_a_calibration_is_learnt_anew_whatever_was_learnt_before(store: Store) -> None:
    """What an earlier release kept, or damage left, plays no part in it."""
    share = shares.learn_share(store, rules(range(TOTAL)))
    record_id, _ = store.record_rows()[0]
    said = json.dumps(person_at(0).person_id)
    with store.writing():
        store.add_answer(Answer(0, AnswerKind.LINK, record_id, None, None, "person", said, "somebody"))
    found = [
        calibrate_match(store, replace(rules(range(TOTAL)), match_calibration=text))
        for text in ("", "[date]\nshift = -3.0\nscale = 0.5\n", "not a calibration")
    ]
    assert found[0][1] == 1
    assert found[0] == found[1] == found[2]
    assert shares.share_of(store, rules(range(TOTAL))) == share
