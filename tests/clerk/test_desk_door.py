"""The door of the desk: one-time links, passwords, the lock, leaving, and who may change whom."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner

from casefile.store import Store
from clerk import archive as archives
from clerk.cli import clerk
from clerk.desk_door import AT_ONCE, StoreDoor
from review_queue.access import Role
from review_queue.desk import Reviewer
from review_queue.door import NotAdmittedError

PASS = "quite a long one"  # noqa: S105
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Hands:
    """The hands of a clock, in seconds."""

    at: float = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class House:
    store: Store
    door: StoreDoor
    hands: Hands

    def first(self) -> str:
        """The cookie of the first administrator."""
        token = self.door.first_link()
        assert token is not None
        cookie = self.door.admit(token, "A. Chief", PASS)
        assert cookie is not None
        return cookie

    def who(self, cookie: str) -> Reviewer:
        session = self.door.session(cookie)
        assert session is not None
        return session.who

    def other(self, chief: str, role: Role = Role.REVIEWER) -> str:
        cookie = self.door.admit(self.door.invite(self.who(chief), "B. Other", role), "", PASS)
        assert cookie is not None
        return cookie


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with archives.create(tmp_path / "archive").store() as store:
        hands = Hands()
        yield House(store, StoreDoor(lambda: store, hasher=CHEAP, now=hands), hands)


def test_the_first_link_makes_the_administrator_and_opens_once(house: House) -> None:
    token = house.door.first_link()
    assert token is not None
    assert house.door.invitation(token) is not None
    cookie = house.door.admit(token, "A. Chief", PASS)
    assert cookie is not None
    assert house.who(cookie).role is Role.ADMINISTRATOR
    assert house.door.admit(token, "B. Thief", PASS) is None
    assert house.door.first_link() is None


def test_an_older_first_link_is_dead_once_the_server_printed_another(house: House) -> None:
    old, new = house.door.first_link(), house.door.first_link()
    assert house.door.invitation(old or "") is None
    assert house.door.invitation(new or "") is not None


def test_links_grow_old(house: House) -> None:
    chief = house.first()
    token = house.door.invite(house.who(chief), "B. Other", Role.REVIEWER)
    house.hands.at += 7 * 24 * 3600 + 1
    assert house.door.admit(token, "", PASS) is None


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaa", "A. Chief A. Chief", "x" * 201])
def test_a_poor_password_does_not_do_and_leaves_the_link_open(house: House, password: str) -> None:
    token = house.door.first_link() or ""
    with pytest.raises(NotAdmittedError):
        house.door.admit(token, "A. Chief", password)
    assert house.door.admit(token, "A. Chief", PASS) is not None


def test_five_wrong_passwords_shut_the_door_for_a_quarter_of_an_hour(house: House) -> None:
    house.first()
    assert [house.door.sign_in("A. Chief", "wrong") for _ in range(5)] == [None] * 5
    assert house.door.sign_in("A. Chief", PASS) is None
    assert house.door.users()[0].is_locked_out
    house.hands.at += 15 * 60 + 1
    assert house.door.sign_in("A. Chief", PASS) is not None


@pytest.mark.parametrize("password", ["wrong", PASS])
def test_a_try_that_began_before_the_lock_neither_opens_it_nor_comes_in(house: House, password: str) -> None:
    house.first()
    early = house.door.rows.user_named("A. Chief")
    assert [house.door.sign_in("A. Chief", "wrong") for _ in range(5)] == [None] * 5
    assert not house.door._is_theirs(early, password)
    assert house.door.users()[0].is_locked_out


def test_a_flood_of_passwords_is_hashed_a_few_at_a_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.first()
    together, most = 0, 0

    def slow(kept: str, password: str) -> bool:
        nonlocal together, most
        together += 1
        most = max(most, together)
        time.sleep(0.02)
        together -= 1
        return False

    monkeypatch.setattr(house.door, "hasher", SimpleNamespace(verify=slow))
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda _: house.door._fits("kept", "wrong"), range(8))) == [False] * 8
    assert most == AT_ONCE


def test_a_first_link_is_dead_once_there_is_an_administrator(house: House) -> None:
    token = house.door.first_link() or ""
    with house.store.writing():
        known = house.door.rows.add_user("A. Chief", Role.ADMINISTRATOR)
    assert house.door.admit(house.door._new_link(known), "", PASS) is not None
    assert house.door.invitation(token) is None
    assert house.door.admit(token, "B. Thief", PASS) is None
    assert [user.name for user in house.door.users()] == ["A. Chief"]


def test_four_wrong_ones_do_not_and_a_right_one_begins_anew(house: House) -> None:
    house.first()
    for _ in range(3):
        assert [house.door.sign_in("A. Chief", "wrong") for _ in range(4)] == [None] * 4
        assert house.door.sign_in("A. Chief", PASS) is not None


def test_wrong_passwords_at_the_lock_count_as_well(house: House) -> None:
    cookie = house.first()
    house.hands.at += 30 * 60 + 1
    session = house.door.session(cookie)
    assert session is not None
    assert session.is_locked
    assert [house.door.unlock(session, "wrong") for _ in range(5)] == [False] * 5
    assert not house.door.unlock(session, PASS)
    house.hands.at += 15 * 60 + 1
    assert house.door.unlock(session, PASS)


def test_half_an_hour_without_a_touch_locks_and_a_touch_does_not(house: House) -> None:
    cookie = house.first()
    for _ in range(4):
        house.hands.at += 29 * 60
        session = house.door.session(cookie)
        assert session is not None
        assert not session.is_locked
        house.door.touch(session)
    house.hands.at += 31 * 60
    locked = house.door.session(cookie)
    assert locked is not None
    assert locked.is_locked
    assert house.door.unlock(locked, PASS)
    again = house.door.session(cookie)
    assert again is not None
    assert not again.is_locked


def test_a_session_lasts_a_working_day(house: House) -> None:
    cookie = house.first()
    house.hands.at += 12 * 3600 + 1
    assert house.door.session(cookie) is None


def test_leaving_ends_every_session_and_frees_what_was_held(house: House) -> None:
    here = house.first()
    there = house.door.sign_in("A. Chief", PASS)
    who = house.who(here)
    with house.store.writing():
        house.door.rows.lease("q1", who.user_id, now=house.hands.at, until=house.hands.at + 600)  # type: ignore[arg-type]
    house.door.sign_out(who)
    assert house.door.session(here) is None
    assert house.door.session(there) is None
    assert house.door.rows.holder("q1", now=house.hands.at) is None  # type: ignore[arg-type]


def test_a_new_link_takes_the_old_password_and_sessions_away(house: House) -> None:
    chief = house.first()
    cookie = house.other(chief)
    token = house.door.renew(house.who(chief), house.who(cookie).user_id)
    assert house.door.session(cookie) is None
    assert house.door.sign_in("B. Other", PASS) is None
    assert house.door.admit(token, "", "another long one") is not None


def test_whoever_is_shut_out_is_out_at_once(house: House) -> None:
    chief = house.first()
    cookie = house.other(chief)
    user_id = house.who(cookie).user_id
    house.door.close(house.who(chief), user_id, closed=True)
    assert house.door.session(cookie) is None
    assert house.door.sign_in("B. Other", PASS) is None
    house.door.close(house.who(chief), user_id, closed=False)
    assert house.door.sign_in("B. Other", PASS) is not None


def test_the_last_administrator_stays(house: House) -> None:
    chief = house.first()
    who = house.who(chief)
    with pytest.raises(NotAdmittedError):
        house.door.close(who, who.user_id, closed=True)
    with pytest.raises(NotAdmittedError):
        house.door.give_role(who, who.user_id, Role.REVIEWER)
    other = house.other(chief, Role.ADMINISTRATOR)
    house.door.give_role(house.who(other), who.user_id, Role.REVIEWER)
    assert house.door.session(chief) is None  # another role ends every session


def test_a_name_is_given_once(house: House) -> None:
    chief = house.first()
    house.other(chief)
    with pytest.raises(NotAdmittedError):
        house.door.invite(house.who(chief), " B.  Other ", Role.ATTORNEY)


def test_nothing_secret_or_named_stands_in_the_database_or_the_audit(house: House) -> None:
    cookie = house.first()
    token = house.door.invite(house.who(cookie), "B. Other", Role.REVIEWER)
    dump = "\n".join(house.store._db.conn.iterdump())
    assert PASS not in dump
    assert cookie not in dump
    assert token not in dump
    assert "A. Chief" not in repr(list(house.store.audit_rows()))


def test_users_are_let_in_and_shut_out_from_the_command_line(tmp_path: Path) -> None:
    archives.create(tmp_path / "archive")

    def user(*arguments: str) -> str:
        done = CliRunner().invoke(clerk, ["user", *arguments, "--archive", str(tmp_path / "archive")])
        assert done.exit_code == 0, done.output
        return done.stdout

    assert user("add", "B. Other", "--role", "attorney").startswith("/enter?token=")
    assert json.loads(user("list", "--json")) == [
        {"name": "B. Other", "role": "attorney", "has_password": False, "closed": False}
    ]
    user("role", "B. Other", "--role", "adjudicator")
    user("close", "B. Other")
    assert user("list") == "B. Other\tadjudicator\tclosed\n"
    user("unlock", "B. Other")
    assert user("renew", "B. Other").startswith("/enter?token=")
