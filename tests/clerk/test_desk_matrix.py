"""Every route that names a thing, for every role, on one's own, somebody else's, a closed one and a stranger's."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from httpx import Client, Response

from casefile.docket import Disposition, DocketRecord
from casefile.review import Answer, AnswerKind, ItemId
from clerk import archive as archives
from clerk import deciding, pipeline
from clerk.desk import StoreDesk
from clerk.desk_door import StoreDoor
from review_queue.access import MATRIX, Role, may
from review_queue.asking import item_id_of
from review_queue.desk import Reviewer, UserId
from review_queue.door import COOKIE
from review_queue.web.app import build_app
from tests.clerk.office import CHOICES
from tests.clerk.test_deciding import rules
from tests.clerk.test_desk_keeping import doubtful, shelve
from tests.factories import read

PASSWORD = "correct horse staple"  # noqa: S105 - of an invented person
FIELD = "charges.1.statute"
MY_DRAFT, THEIR_DRAFT = "what I typed", "what they typed"
OWN, OTHERS, HIDDEN, STOOD_BACK = range(4)  # the records: mine in hand, another's, one that was sealed, one I know
WHOSE = {"own": OWN, "others": OTHERS, "hidden": HIDDEN, "stood back from": STOOD_BACK}
INK = {role for role in Role if may(role, "question")}


@dataclass
class Office:
    """A desk where another reviewer works, too; `client` is a browser of `me`."""

    desk: StoreDesk
    me: Reviewer
    other: Reviewer
    client: Client

    def ask(self, method: str, path: str, **form: str) -> Response:
        data = (form or {"": ""}) if method == "POST" else None
        return self.client.request(method, path, data=data, follow_redirects=False)


def record_of(number: int) -> DocketRecord:
    differing = {"disposition": read(Disposition.SEALED, confidence=0.7)} if number == HIDDEN else {}
    return doubtful(number, **differing)


def item_of(number: int) -> ItemId:
    return item_id_of(record_of(number).record_id, FIELD, None, None)


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four records, decided; not to be changed."""
    archive = archives.create(tmp_path_factory.mktemp("matrix") / "archive")
    with archive.store() as store:
        with store.writing():
            for number in WHOSE.values():
                shelve(store, record_of(number))
        pipeline.remember_choices(store, CHOICES)
        deciding.recompute(store, rules(archive, store), quiet=True)
    return archive.root


@pytest.fixture
def sit(shelves: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role], Office]:
    import shutil

    def inside(role: Role) -> Office:
        shutil.copytree(shelves, tmp_path / "archive")
        desk = StoreDesk(archives.opened(tmp_path / "archive"))
        monkeypatch.setattr(desk.pictures, "crop", lambda *_: b"\x89PNG")
        monkeypatch.setattr(desk.pictures, "page", lambda *_, **__: b"\x89PNG")
        monkeypatch.setattr(desk.pictures, "view", lambda store, page_id: a_page(page_id))
        door = StoreDoor(desk.open_store, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        door.admit(door.first_link() or "", "A. Chief", PASSWORD)
        chief = Reviewer(UserId(1), "A. Chief", Role.ADMINISTRATOR)
        me, other = Reviewer(UserId(2), "M. Me", role), Reviewer(UserId(3), "O. Other", Role.REVIEWER)
        for who in (me, other):
            cookie = door.admit(door.invite(chief, who.name, who.role), who.name, PASSWORD)
            if who is me:
                client = browser_of(build_app(desk, door), cookie or "")
        with desk.store.writing():
            desk._lease(me, item_of(OWN))
            desk._lease(other, item_of(OTHERS))
            desk.rows.put_draft(me.user_id, item_of(OWN), MY_DRAFT)
            desk.rows.put_draft(other.user_id, item_of(OTHERS), THEIR_DRAFT)
            desk.rows.recuse(me.user_id, record_of(STOOD_BACK).record_id)
        return Office(desk, me, other, client)

    return inside


def a_page(page_id: Any) -> Any:
    from review_queue.desk import PageView

    return PageView(page_id, 800, 1000, 0, "b/f/1.png")


def browser_of(app: Any, cookie: str) -> Client:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Starlette would rather have its client's successor
        from starlette.testclient import TestClient
    client = TestClient(app, base_url="http://127.0.0.1:8000", headers={"sec-fetch-site": "same-origin"})
    client.cookies.set(COOKIE, cookie)
    return client


def is_open_to(role: Role, whose: str) -> bool:
    """Whether somebody of that role may see the record at all."""
    return whose in ("own", "others") or (whose == "hidden" and role is Role.ADMINISTRATOR)


EVERYTHING = [(role, whose) for role in Role for whose in WHOSE]


@pytest.mark.parametrize(("role", "whose"), EVERYTHING)
def test_a_question_with_its_draft_its_ink_and_its_hold(sit: Callable[[Role], Office], role: Role, whose: str) -> None:
    office, number = sit(role), WHOSE[whose]
    path = f"/questions/{record_of(number).record_id}~{FIELD}"
    shown = {
        "question": office.ask("GET", path),
        "ink": office.ask("GET", f"{path}/ink.png"),
        "hold": office.ask("POST", f"{path}/hold"),
        "people": office.ask("POST", f"{path}/people", person="QU"),
        "typing": office.ask("POST", f"{path}/typing", text="4d"),
    }
    text = "".join(response.text for name, response in shown.items() if name != "ink")
    assert THEIR_DRAFT not in text
    codes = {name: response.status_code for name, response in shown.items()}
    holder, mine = office.desk.rows.holder(item_of(number), now=office.desk.now()), office.me.user_id
    draft = office.desk.rows.draft(mine, item_of(number))
    if role not in INK:
        assert set(codes.values()) == {403}
    elif not is_open_to(role, whose):
        assert codes == {"question": 404, "ink": 404, "hold": 404, "people": 404, "typing": 200}
        assert "no such question" in shown["typing"].text
    else:
        assert codes == {
            "question": 200,
            "ink": 200,
            "hold": 200 if whose == "others" else 204,
            "people": 200,
            "typing": 200,
        }
        assert (MY_DRAFT in shown["question"].text) == (whose == "own")
        assert ("O. Other" in shown["question"].text) == (whose == "others")
        assert draft == "4d"
    if role not in INK or not is_open_to(role, whose):
        assert draft == (MY_DRAFT if whose == "own" else "")
        assert (holder is not None and holder.user_id == mine) == (whose == "own")
    assert office.desk.rows.draft(office.other.user_id, item_of(OTHERS)) == THEIR_DRAFT
    theirs = office.desk.rows.holder(item_of(OTHERS), now=office.desk.now())
    assert theirs is not None
    assert theirs.user_id == office.other.user_id


@pytest.mark.parametrize(("role", "whose"), EVERYTHING)
@pytest.mark.parametrize("first", ["answer", "take over"])
def test_an_answer_is_kept_of_whoever_has_the_question_in_hand(
    sit: Callable[[Role], Office], role: Role, whose: str, first: str
) -> None:
    office, number = sit(role), WHOSE[whose]
    path = f"/questions/{record_of(number).record_id}~{FIELD}"
    if first == "take over":
        office.ask("POST", f"{path}/take-over")
    said = office.ask("POST", path, action="cannot_read", seen=mark_in(office.ask("GET", path).text))
    may_answer = role in INK and is_open_to(role, whose)
    in_hand = whose != "others" or first == "take over"
    expected = 303 if may_answer and in_hand else 409 if may_answer else 404 if role in INK else 403
    assert said.status_code == expected
    assert [a.by for a in office.desk.store.answers()] == (["M. Me"] if expected == 303 else [])


def mark_in(text: str) -> str:
    _, found, rest = text.partition('name="seen" value="')
    return rest.partition('"')[0] if found else ""


@pytest.mark.parametrize(("role", "whose"), EVERYTHING)
def test_a_record_its_pages_and_what_is_added_to_it(sit: Callable[[Role], Office], role: Role, whose: str) -> None:
    office, record = sit(role), record_of(WHOSE[whose])
    corners = {"page_id": record.page_ids[0], "left": "10", "top": "800", "right": "400", "bottom": "840"}
    codes = {
        "record": office.ask("GET", f"/records/{record.record_id}").status_code,
        "page_image": office.ask("GET", f"/pages/{record.page_ids[0]}.png").status_code,
        "missed": office.ask("POST", f"/records/{record.record_id}/charges", **corners, statute="4d").status_code,
    }
    good = {"record": 200, "page_image": 200, "missed": 303}
    expected = {
        name: 403 if not may(role, name) else code if is_open_to(role, whose) else 404 for name, code in good.items()
    }
    if role is Role.ARCHIVIST:
        expected["page_image"] = 404  # nobody asked for it to be scanned again
    assert codes == expected
    assert len(office.desk.store.answers()) == (expected["missed"] == 303)


@pytest.mark.parametrize(("role", "whose"), EVERYTHING)
@pytest.mark.parametrize("by_me", [True, False])
def test_taking_back_reaches_as_far_as_the_matrix_says(
    sit: Callable[[Role], Office], role: Role, whose: str, by_me: bool
) -> None:
    """One's own answer always; another's for some, and never about a record that is closed to them."""
    office, record = sit(role), record_of(WHOSE[whose])
    by = office.me.name if by_me else office.other.name
    value = json.dumps("720 ILCS 550/4(d)")
    with office.desk.store.writing():
        told = Answer(0, AnswerKind.VALUE, record.record_id, record.page_ids[0], None, "docket_number", value, by)
        number = office.desk.store.add_answer(told)
    code = office.ask("POST", f"/answers/{number}").status_code
    allowed = may(role, "reopen", own=by_me)
    assert code == (303 if allowed else 403)
    is_gone = allowed and (by_me or is_open_to(role, whose))
    assert [a.answer_id for a in office.desk.store.answers()] == ([] if is_gone else [number])


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("by_me", [True, False])
def test_rulings_are_the_attorneys_whoever_made_them(sit: Callable[[Role], Office], role: Role, by_me: bool) -> None:
    office = sit(role)
    made = {"code": "R-CASUAL", "outcome": "motion", "reason": "r", "provision": "720 ILCS 550/6"}
    maker = office.me if by_me else office.other
    with office.desk.store.writing():
        from casefile.law import Outcome
        from review_queue.desk import Rule

        office.desk.rule(maker, Rule("R-CASUAL", Outcome.MOTION, "r", None, "720 ILCS 550/6"))
    (ruling,) = office.desk.rulings()
    expected = 303 if role is Role.ATTORNEY else 403
    assert office.ask("POST", f"/law/{ruling.ruling_id}", reason="on reflection").status_code == expected
    assert [each.stands for each in office.desk.rulings()] == [role is not Role.ATTORNEY]
    assert office.ask("POST", "/law", **made).status_code == expected


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("whose", ["own", "others"])
def test_users_are_the_administrators(sit: Callable[[Role], Office], role: Role, whose: str) -> None:
    office = sit(role)
    user = office.me if whose == "own" else office.other
    got = office.ask("POST", f"/users/{user.user_id}", action="close")
    assert got.status_code == (303 if role is Role.ADMINISTRATOR else 403)
    closed = {row.name for row in office.desk.rows.users() if row.is_closed}
    assert closed == ({user.name} if role is Role.ADMINISTRATOR else set())


def test_every_route_that_names_a_thing_is_tried_here() -> None:
    from review_queue.web.app import routes

    named = {r.name for r in routes(object()) if "{" in getattr(r, "path", "")}  # type: ignore[arg-type]
    tried = {
        "question", "answer", "typing", "hold", "take_over", "people", "ink", "record", "missed", "page_image",
        "reopen", "revoke", "change_user",
    }  # fmt: skip
    assert named == tried <= set(MATRIX)
