"""The pages over a desk in memory: who gets in, what is shown, what is kept, and what is turned away."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import Client
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from casefile.archive import PageId
from casefile.docket import Gap, GapKind, Reading
from casefile.law import Question
from casefile.review import AnswerKind
from review_queue.access import MATRIX, OPEN, Role, may
from review_queue.answers import A_CHARGE
from review_queue.web.app import build_app
from review_queue.web.sessions import entry_path

HOST = "http://127.0.0.1:8000"
ONE_TIME = "opens-once"
HOSTILE = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>{{7*7}}"

Enter = Callable[[Any], Client]


@pytest.fixture
def enter(make: SimpleNamespace) -> Enter:
    """Builds the app over a desk and goes in by the one-time link."""

    def inside(desk: Any) -> Client:
        client = make.client(build_app(desk, secret=ONE_TIME))
        assert "Your name" in client.get(entry_path(ONE_TIME)).text
        page = client.post("/enter", data={"token": ONE_TIME, "reviewer": "A. Reviewer"})
        assert page.status_code == 200
        return client

    return inside


def seen(text: str) -> str:
    return re.findall(r'name="seen" value="([0-9a-f]+)"', text)[0]


def answer(client: Client, **form: str) -> Any:
    """Answers the question the queue gives."""
    page = client.get("/")
    return client.post(str(page.url.path), data={"seen": seen(page.text), **form})


# --- the door ---


def test_every_route_has_a_rule(make: SimpleNamespace) -> None:
    app: Starlette = build_app(make.five_questions(), secret=ONE_TIME)
    names = [route.name for route in app.routes if isinstance(route, Route | Mount)]
    assert len(names) == len(app.routes) == len(set(names))
    assert set(names) == set(MATRIX) | OPEN


def test_the_matrix_holds_for_every_route_and_role(make: SimpleNamespace) -> None:
    for route in MATRIX:
        assert may(Role.REVIEWER, route)
        assert not may(None, route)
    assert not may(Role.REVIEWER, "unheard_of")


def test_nobody_gets_in_without_the_link(make: SimpleNamespace) -> None:
    client = make.client(build_app(make.five_questions(), secret=ONE_TIME))
    paths = [
        "/records/r1",
        "/records/r1/fields/docket_number",
        "/records/r1/fields/docket_number/ink.png",
        "/pages/p-r1.png",
        "/questions/q",
        "/questions/q/ink.png",
    ]
    for path in paths:
        refused = client.get(path)
        assert (refused.status_code, "QUILLBY" in refused.text) == (401, False)
    for path in ["/undo", "/leave", "/shortcuts", "/invite", "/questions/q", "/questions/q/preview"]:
        assert client.post(path, data={"a": "b"}).status_code == 401
    assert client.get("/").status_code == 403
    assert client.get(entry_path("guess")).status_code == 403
    assert client.post("/enter", data={"token": "guess", "reviewer": "A."}).status_code == 403


def test_the_link_opens_once(make: SimpleNamespace, enter: Enter) -> None:
    client = enter(make.five_questions())
    other = make.client(client.app)
    assert other.get(entry_path(ONE_TIME)).status_code == 403
    assert other.post("/enter", data={"token": ONE_TIME, "reviewer": "B."}).status_code == 403


def test_a_colleague_is_let_in_by_a_link_of_their_own(make: SimpleNamespace, enter: Enter) -> None:
    client = enter(make.five_questions())
    (token,) = re.findall(r"token=([\w-]+)", client.post("/invite", data={"": ""}).text)
    other = make.client(client.app)
    assert "B. Reviewer" in other.post("/enter", data={"token": token, "reviewer": "B. Reviewer"}).text


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b"])
def test_a_reviewer_has_a_name(make: SimpleNamespace, name: str) -> None:
    client = make.client(build_app(make.five_questions(), secret=ONE_TIME))
    assert client.post("/enter", data={"token": ONE_TIME, "reviewer": name}).status_code == 422
    assert client.post("/enter", data={"token": ONE_TIME, "reviewer": "A."}).status_code == 200


def test_leaving_ends_the_session(make: SimpleNamespace, enter: Enter) -> None:
    client = enter(make.five_questions())
    cookie = client.cookies["clerk_review"]
    client.post("/leave", data={"": ""})
    client.cookies.set("clerk_review", cookie)
    assert client.get("/records/r1").status_code == 401


def test_the_cookie_is_out_of_reach(make: SimpleNamespace) -> None:
    client = make.client(build_app(make.five_questions(), secret=ONE_TIME))
    given = client.post("/enter", data={"token": ONE_TIME, "reviewer": "A."}, follow_redirects=False)
    cookie = given.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::"])
def test_another_host_name_is_not_served(make: SimpleNamespace, enter: Enter, host: str) -> None:
    client = enter(make.five_questions())
    for path in ["/", "/records/r1", "/static/review.css"]:
        assert client.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 200),
        ({"sec-fetch-site": "cross-site", "origin": HOST}, 403),
        ({"sec-fetch-site": "same-site", "origin": HOST}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": HOST}, 200),
        ({"origin": "http://127.0.0.1:9000"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_pages_may_post(make: SimpleNamespace, enter: Enter, headers: dict[str, str], status: int) -> None:
    client = enter(make.five_questions())
    del client.headers["sec-fetch-site"]
    assert client.post("/undo", data={"": ""}, headers=headers).status_code == status


def test_a_form_beyond_all_measure_is_refused(make: SimpleNamespace, enter: Enter) -> None:
    client = enter(make.five_questions())
    assert client.post("/undo", data={"text": "x" * 20_000}).status_code == 413
    assert client.post("/undo", content=iter([b"a=b"])).status_code == 413


@pytest.mark.parametrize("path", ["/", "/records/r1", "/static/review.js", "/nowhere", "/pages/p-r1.png"])
def test_every_answer_carries_the_protective_headers(make: SimpleNamespace, enter: Enter, path: str) -> None:
    headers = enter(make.five_questions()).get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] == ("private, max-age=86400" if "static" in path else "no-store")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


# --- what is shown ---


def pages_of(client: Client, desk: Any) -> dict[str, str]:
    paths = [f"/questions/{item.item_id}" for item in desk.items()]
    paths += [f"/records/{name}" for name in desk.records] + ["/records/r4/fields/match"]
    return {path: client.get(path).text for path in paths}


def test_no_page_holds_inline_script_or_style(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions()
    for text in pages_of(enter(desk), desk).values():
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=)|javascript:", text)


def test_hostile_print_is_inert(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions(HOSTILE)
    shown = pages_of(enter(desk), desk)
    assert sum("&lt;script&gt;alert(1)" in text for text in shown.values()) >= 5
    for text in shown.values():
        assert "<script>alert" not in text
        assert "<img" not in text


def test_addresses_hold_ids_only(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions()
    for path, text in pages_of(enter(desk), desk).items():
        links = [path, *re.findall(r'(?:href|src|action|data-preview)="([^"]*)"', text)]
        assert not re.search("quillby|marlow|halvors|93cr|terrance|1961", " ".join(links).lower())


def test_the_question_shows_ink_readings_reason_and_stake(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions()
    client = enter(desk)
    item = next(item for item in desk.items() if item.field == "charges.1.statute")
    text = client.get(f"/questions/{item.item_id}").text
    for said in [
        "Statute, count 1",
        "readings fit this print; the answer decides eligibility",
        "720 ILCS 550/4(c)",
        "likely, 71 %",
        "720 ILCS 550/4(e)",
        "not decided yet",
        "box 7 / folder 2",
        "<b>5</b> waiting",
    ]:
        assert said in text
    ink = client.get(f"/questions/{item.item_id}/ink.png")
    assert ink.content.startswith(b"\x89PNG")
    assert client.get("/pages/p-r1.png").content.startswith(b"\x89PNG")
    assert client.get("/pages/p-none.png").status_code == 404


def test_the_record_shows_fields_ink_and_grounds(make: SimpleNamespace, enter: Enter) -> None:
    text = enter(make.five_questions()).get("/records/r5").text
    assert text.count('data-path="defendant.surname"') == 2  # the field and its ink
    assert "not more than 30 grams" in text
    assert 'href="/records/r5/fields/charges.1.grams"' in text


@pytest.mark.parametrize(
    "path",
    [
        "/questions/none",
        "/records/none",
        "/records/r1/fields/nothing",
        "/records/r1/fields/charges.9.statute",
        "/records/r1/fields/match",
    ],
)
def test_what_is_not_there_is_said_so(make: SimpleNamespace, enter: Enter, path: str) -> None:
    assert enter(make.five_questions()).get(path).status_code == 404


# --- what is kept ---


@pytest.mark.parametrize(
    ("form", "kind", "value"),
    [
        ({"action": "accept"}, AnswerKind.VALUE, '"720 ILCS 550/4(c)"'),
        ({"action": "choice", "choice": "2"}, AnswerKind.VALUE, '"720 ILCS 550/4(e)"'),
        ({"action": "choice", "choice": "3"}, AnswerKind.VALUE, "null"),
        ({"action": "typed", "text": "4d"}, AnswerKind.VALUE, '"720 ILCS 550/4(d)"'),
        ({"action": "silent"}, AnswerKind.VALUE, "null"),
        ({"action": "cannot_read"}, AnswerKind.CANNOT_READ, None),
    ],
)
def test_an_answer_is_kept_as_given(
    make: SimpleNamespace, enter: Enter, form: dict[str, str], kind: AnswerKind, value: str | None
) -> None:
    desk = make.five_questions()
    desk = make.desk({"r1": desk.records["r1"]})
    client = enter(desk)
    after = answer(client, **form)
    (kept,) = desk.answers
    machine = desk.records["r1"].charges[0].statute
    assert (kept.kind, kept.value, kept.by, kept.field) == (kind, value, "A. Reviewer", "charges.1.statute")
    assert (kept.page_id, kept.bbox) == (machine.sources[0].page_id, machine.sources[0].bbox)
    assert "Saved: Statute, count 1." in after.text
    assert "Saved:" not in client.get("/").text


@pytest.mark.parametrize(
    ("action", "kind", "value", "asked"),
    [
        ("silent", AnswerKind.VALUE, "null", 2),
        ("missing", AnswerKind.VALUE, A_CHARGE, 2),
        ("cannot_read", AnswerKind.CANNOT_READ, None, 1),
    ],
)
def test_the_page_between_two_dockets_is_asked_of_each(
    make: SimpleNamespace, enter: Enter, action: str, kind: AnswerKind, value: str | None, asked: int
) -> None:
    gaps = (Gap(GapKind.SET_ASIDE, PageId("p-between")),)
    desk = make.desk({name: make.record(name, charges=(), gaps=gaps) for name in ("r1", "r2")})
    client = enter(desk)
    assert "each is asked for itself" in client.get("/").text
    while "Is anything here missing" in client.get("/").text:
        answer(client, action=action)
    told = [kept for kept in desk.answers if kept.page_id == "p-between"]
    assert {(kept.kind, kept.value) for kept in told} == {(kind, value)}
    assert len(told) == asked == len({kept.record_id for kept in told})


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"action": "choice"},
        {"action": "choice", "choice": "9"},
        {"action": "choice", "choice": "0"},
        {"action": "choice", "choice": "²"},
        {"action": "typed", "text": "4h5"},
        {"action": "typed", "text": ""},
        {"action": "typed"},
        {"action": "link", "choice": "1"},
    ],
)
def test_what_is_no_answer_is_not_kept(make: SimpleNamespace, enter: Enter, form: dict[str, str]) -> None:
    desk = make.five_questions()
    refused = answer(enter(make.desk({"r1": desk.records["r1"]})), **form)
    assert refused.status_code == 422
    assert "expected" in refused.text
    assert form.get("text", "") in refused.text


def test_an_unread_reading_cannot_be_accepted(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.desk({"r2": make.five_questions().records["r2"]})
    assert answer(enter(desk), action="accept").status_code == 422
    assert desk.answers == []


def test_a_save_that_comes_too_late_is_shown_not_kept(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.desk({"r1": make.five_questions().records["r1"]})
    client = enter(desk)
    page = client.get("/")
    form = {"seen": seen(page.text), "action": "accept"}
    client.post(page.url.path, data={**form, "action": "choice", "choice": "2"})
    late = client.post(page.url.path, data=form)
    assert late.status_code == 409
    assert len(desk.answers) == 1


def test_undo_takes_back_and_asks_again(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.desk({"r1": make.five_questions().records["r1"]})
    client = enter(desk)
    assert "Nothing waits for you" in answer(client, action="accept").text
    assert "Statute, count 1" in client.post("/undo", data={"": ""}).text
    assert desk.answers == []


def test_skipping_shows_another_question(make: SimpleNamespace, enter: Enter) -> None:
    client = enter(make.five_questions())
    first = client.get("/")
    (skip,) = re.findall(r'href="(/\?after=\w+)"', first.text)
    assert client.get(skip).url != first.url


def test_any_field_can_be_corrected(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions()
    client = enter(desk)
    path = "/records/r5/fields/defendant.birth_date"
    form = {"seen": seen(client.get(path).text), "action": "typed", "text": "5/20/63"}
    after = client.post(path, data=form)
    assert str(after.url).endswith("/records/r5")
    assert "1963-05-20" in after.text
    assert desk.record("r5").state == "reviewed"


@pytest.mark.parametrize(
    ("form", "status", "person"),
    [({"action": "link", "choice": "2"}, "linked", "P2"), ({"action": "none"}, "none", None)],
)
def test_a_person_settles_who_it_is(
    make: SimpleNamespace, enter: Enter, form: dict[str, str], status: str, person: str | None
) -> None:
    desk = make.five_questions()
    desk = make.desk({"r4": desk.records["r4"]}, desk.matches, desk.persons)
    client = enter(desk)
    assert "Who is this defendant?" in client.get("/").text
    answer(client, **form)
    view = desk.record("r4")
    assert (view.match.status, view.linked and view.linked.person_id) == (status, person)
    assert view.state == "reviewed"


def test_a_link_needs_a_candidate_that_is_there(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions()
    desk = make.desk({"r4": desk.records["r4"]}, desk.matches, desk.persons)
    assert answer(enter(desk), action="link", choice="3").status_code == 422
    assert answer(enter(desk), action="accept").status_code == 422


def test_a_page_question_takes_yes_or_cannot(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.desk({"r6": make.record("r6", charges=())})
    client = enter(desk)
    assert "Is anything here missing" in client.get("/").text
    assert answer(client, action="typed", text="4d").status_code == 422
    answer(client, action="cannot_read")
    assert desk.answers[0].kind is AnswerKind.CANNOT_READ
    assert "waits for a better scan" in client.get("/records/r6").text


def test_a_question_of_law_is_told_but_not_asked(make: SimpleNamespace, enter: Enter) -> None:
    asked = Question("assoc.force", None, 1, about_ink=False)
    desk = make.desk({"r5": make.record("r5")}, law=lambda record: (make.in_doubt(record, 1, asked),))
    client = enter(desk)
    assert "Nothing waits for you" in client.get("/").text
    assert "an attorney decides" in client.get("/records/r5").text
    (item,) = desk.items()
    assert client.get(f"/questions/{item.item_id}").status_code == 404


def test_typed_text_is_previewed(make: SimpleNamespace, enter: Enter) -> None:
    client = enter(make.five_questions())
    preview = "/records/r1/fields/charges.1.statute/preview"
    assert client.post(preview, data={"text": "704d"}).json() == {"shown": "720 ILCS 550/4(d)"}
    assert "problem" in client.post(preview, data={"text": "??"}).json()
    assert client.post("/records/r4/fields/match/preview", data={"text": "P1"}).status_code == 404


def test_single_keys_can_be_turned_off(make: SimpleNamespace, enter: Enter) -> None:
    client = enter(make.five_questions())
    assert 'data-shortcuts="on"' in client.get("/").text
    assert 'data-shortcuts="on"' not in client.post("/shortcuts", data={"": ""}).text


def test_an_empty_archive_has_nothing_to_ask(make: SimpleNamespace, enter: Enter) -> None:
    assert "Nothing waits for you" in enter(make.desk({})).get("/").text


def test_a_silent_machine_reading_is_accepted_as_silence(make: SimpleNamespace, enter: Enter) -> None:
    charge = make.charge("r1", "p-r1", grams=Reading(None, None, 0.6))
    desk = make.desk({"r1": make.record(charges=(charge,))})
    client = enter(desk)
    assert "nothing stands there" in client.get("/").text
    answer(client, action="accept")
    assert (desk.answers[0].value, desk.record("r1").state) == ("null", "reviewed")
