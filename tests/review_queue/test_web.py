"""The pages over a desk in memory: who gets in, what is shown, what is kept, and what is turned away."""

import re
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import Client
from starlette.routing import Route

from casefile.archive import PageId
from casefile.docket import Gap, GapKind, Reading
from casefile.law import Question
from casefile.review import AnswerKind
from review_queue.access import LOCKED, MATRIX, OPEN, Reach, Role, may
from review_queue.answers import A_CHARGE
from review_queue.desk import Reviewer, UserId
from review_queue.web.app import build_app, routes
from review_queue.web.questions import handle_of

HOST = "http://127.0.0.1:8000"
HOSTILE = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>{{7*7}}"

Enter = Callable[[Any], Client]


@pytest.fixture
def enter(make: SimpleNamespace) -> Enter:
    """Builds the app over a desk and sits down at it."""

    def inside(desk: Any, role: Role = Role.REVIEWER) -> Client:
        door = make.door()
        client = make.client(build_app(desk, door))
        client.cookies.set(make.COOKIE, door.let_in(Reviewer(UserId(1), "A. Reviewer", role)))
        client.door = door
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
    house = SimpleNamespace()
    names = [route.name for route in routes(house)]  # type: ignore[arg-type]
    assert len(names) == len(set(names))
    assert set(names) == set(MATRIX) | OPEN
    assert set(MATRIX) >= LOCKED


def test_a_route_without_a_rule_is_not_built() -> None:
    from review_queue.web import app

    with pytest.raises(LookupError, match="has no rule"):
        app._guarded(SimpleNamespace(), "/x", "GET", lambda *_: None, "unheard_of")  # type: ignore[arg-type]
    assert not may(Role.ADMINISTRATOR, "unheard_of")


FORMS = {"answer": {"action": "accept"}, "found": {"text": "QU"}}


@pytest.mark.parametrize("role", [None, *Role])
def test_every_route_answers_as_the_matrix_says(make: SimpleNamespace, enter: Enter, role: Role | None) -> None:
    for route in routes(SimpleNamespace()):  # type: ignore[arg-type]
        if not isinstance(route, Route) or route.name in OPEN:
            continue
        desk = make.five_questions()
        client = enter(desk, role or Role.REVIEWER)
        if role is None:
            client.cookies.clear()
        path = filled(route.path)
        method = "POST" if "POST" in (route.methods or ()) else "GET"
        form = FORMS.get(route.name, {"": ""}) if method == "POST" else None
        got = client.request(method, path, data=form, follow_redirects=False)
        if role is None:
            assert got.status_code == (303 if path == "/" else 401), route.name
            assert "QUILLBY" not in got.text
        else:
            assert (got.status_code == 403) == (not may(role, route.name)), (route.name, got.status_code)


def filled(path: str) -> str:
    for name, value in {
        "{handle}": "r5~docket_number",
        "{record_id}": "r5",
        "{page_id}": "p-r5",
        "{answer_id:int}": "77",
        "{ruling_id:int}": "77",
        "{user_id:int}": "77",
    }.items():
        path = path.replace(name, value)
    return path


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("whose", ["own", "other"])
def test_reopening_reaches_own_or_others_answers(make: SimpleNamespace, enter: Enter, role: Role, whose: str) -> None:
    desk = make.five_questions()
    by = "A. Reviewer" if whose == "own" else "B. Other"
    desk.answers = [replace(make.answer(desk.records["r1"], "charges.1.statute", "null", 7), by=by)]
    desk.asked = [None]
    client = enter(desk, role)
    got = client.post("/answers/7", data={"": ""}, follow_redirects=False)
    assert (got.status_code == 303) == may(role, "reopen", own=whose == "own")
    assert (desk.answers == []) == (got.status_code == 303)


def test_reviewers_reach_their_own_answers_alone() -> None:
    assert MATRIX["reopen"][Role.REVIEWER] is Reach.OWN
    assert MATRIX["reopen"][Role.ADJUDICATOR] is Reach.ANY
    assert not may(Role.ATTORNEY, "answer")
    assert not may(Role.ADMINISTRATOR, "rule")
    assert not may(Role.ARCHIVIST, "record")


def test_leaving_ends_every_session_of_that_person(make: SimpleNamespace, enter: Enter) -> None:
    client = enter(make.five_questions())
    elsewhere = make.client(client.app)
    elsewhere.cookies.set(make.COOKIE, client.door.let_in(make.me))
    assert elsewhere.get("/records/r1").status_code == 200
    client.post("/leave", data={"": ""})
    assert elsewhere.get("/records/r1").status_code == 401


def test_a_locked_session_shows_nothing_and_keeps_what_is_typed(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions()
    client = enter(desk)
    page = client.get("/next")
    (cookie,) = client.door.inside
    client.door.lock(cookie)
    assert "QUILLBY" not in client.get("/records/r1").text
    form = {"seen": seen(page.text), "action": "typed", "text": "55-D typed while locked"}
    held = client.post(page.url.path, data=form, follow_redirects=False)
    assert (held.status_code, held.headers["location"].partition("?")[0]) == (303, "/locked")
    assert desk.answers == []
    lock = client.get(held.headers["location"])
    (to,) = re.findall(r'name="to" value="([^"]+)"', lock.text)
    assert client.post("/locked", data={"to": to, "password": "wrong"}).status_code == 422
    again = client.post("/locked", data={"to": to, "password": "right"})
    assert "55-D typed while locked" in again.text
    partly = client.post(page.url.path + "/typing", data={"text": "x"}, headers={"hx-request": "true"})
    assert "HX-Redirect" not in partly.headers


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/questions//evil", "/users"])
def test_the_lock_leads_nowhere_else(make: SimpleNamespace, enter: Enter, to: str) -> None:
    client = enter(make.five_questions())
    assert client.get("/locked", params={"to": to}, follow_redirects=False).headers["location"] == "/"


def test_a_fault_is_told_without_its_words(
    make: SimpleNamespace, enter: Enter, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make.five_questions()

    def broken(*_: Any) -> None:
        raise RuntimeError("QUILLBY, TERRANCE 93CR0000001")

    desk.record = broken
    got = enter(desk).get("/records/r1")
    assert got.status_code == 500
    assert "QUILLBY" not in got.text
    assert "RuntimeError at test_web.py:" in caplog.text
    assert "QUILLBY" not in caplog.text
    assert "93CR" not in caplog.text


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
    paths = [f"/questions/{handle_of(item)}" for item in desk.items()]
    paths += [f"/records/{name}" for name in desk.records] + ["/questions/r4~match"]
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
    text = client.get(f"/questions/{handle_of(item)}").text
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
    ink = client.get(f"/questions/{handle_of(item)}/ink.png")
    assert ink.content.startswith(b"\x89PNG")
    assert client.get("/pages/p-r1.png").content.startswith(b"\x89PNG")
    assert client.get("/pages/p-none.png").status_code == 404


def test_the_record_shows_fields_ink_and_grounds(make: SimpleNamespace, enter: Enter) -> None:
    text = enter(make.five_questions()).get("/records/r5").text
    assert text.count('data-path="defendant.surname"') == 2  # the field and its ink
    assert "not more than 30 grams" in text
    assert 'href="/questions/r5~charges.1.grams"' in text


@pytest.mark.parametrize(
    "path",
    [
        "/questions/none",
        "/records/none",
        "/questions/r1~nothing",
        "/questions/r1~charges.9.statute",
        "/questions/r1~match",
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
    assert "Saved:" not in client.get("/next").text


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
    (skip,) = re.findall(r'href="(/next\?after=\w+)"', first.text)
    assert client.get(skip).url != first.url


def test_any_field_can_be_corrected(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions()
    client = enter(desk)
    path = "/questions/r5~defendant.birth_date"
    form = {"seen": seen(client.get(path).text), "action": "typed", "text": "5/20/63"}
    after = client.post(path, data=form)
    assert str(after.url).endswith("/records/r5")
    assert "1963-05-20" in after.text
    assert desk.record(make.me, "r5").state == "reviewed"


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
    view = desk.record(make.me, "r4")
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


def test_an_answer_about_a_page_is_not_kept_where_the_record_changed_meanwhile(
    make: SimpleNamespace, enter: Enter
) -> None:
    """Somebody else added the charge that is missing while this reviewer looked for it."""
    gaps = (Gap(GapKind.UNREAD_INK, PageId("p-r1")),)
    desk = make.desk({"r1": make.record("r1", charges=(), gaps=gaps)})
    client = enter(desk)
    page = client.get("/")
    assert "Is anything here missing" in page.text
    form = {"seen": seen(page.text), "action": "missing"}
    desk.records = {"r1": make.record("r1", gaps=gaps)}
    desk.law = lambda record: (make.in_doubt(record, 1, Question("case.pages", record.record_id)),)
    late = client.post(page.url.path, data=form)
    assert (late.status_code, desk.answers) == (409, [])
    assert "The record has changed since you opened this" in late.text
    assert client.post(page.url.path, data={**form, "seen": seen(late.text)}).status_code == 200
    assert len(desk.answers) == 1


def test_an_answer_to_what_is_asked_no_more_says_so(make: SimpleNamespace, enter: Enter) -> None:
    """The page of the question was scanned again: the new scan is a page, and a question, of its own."""
    desk = make.desk({"r1": make.record("r1", charges=(), gaps=(Gap(GapKind.UNREAD_INK, PageId("p-old")),))})
    client = enter(desk)
    page = client.get("/")
    desk.records = {"r1": make.record("r1", charges=(), gaps=(Gap(GapKind.UNREAD_INK, PageId("p-new")),))}
    late = client.post(page.url.path, data={"seen": seen(page.text), "action": "silent"})
    assert (late.status_code, desk.answers) == (404, [])
    assert "its page scanned again" in late.text


def test_a_question_of_law_is_told_but_not_asked(make: SimpleNamespace, enter: Enter) -> None:
    asked = Question("assoc.force", None, 1, about_ink=False)
    desk = make.desk({"r5": make.record("r5")}, law=lambda record: (make.in_doubt(record, 1, asked),))
    client = enter(desk)
    assert "Nothing waits for you" in client.get("/").text
    assert "an attorney decides" in client.get("/records/r5").text
    (item,) = desk.items()
    assert client.get(f"/questions/{handle_of(item)}").status_code == 404


def test_typed_text_is_previewed_with_what_would_follow(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions()
    client = enter(desk)
    told = client.post("/questions/r1~charges.1.statute/typing", data={"text": "704d"}).text
    assert "Kept as 720 ILCS 550/4(d)" in told
    assert "Count 1: relief without a step by the person" in told
    assert "Not yet" in client.post("/questions/r1~charges.1.statute/typing", data={"text": "??"}).text
    assert desk.answers == []
    assert list(desk.drafts.values()) == ["??"]
    assert 'value="??"' in client.get("/questions/r1~charges.1.statute").text


@pytest.mark.parametrize(
    ("action", "kind"),
    [("not_here", AnswerKind.NOT_HERE), ("rescan", AnswerKind.RESCAN), ("cannot_read", AnswerKind.CANNOT_READ)],
)
def test_no_reading_is_an_answer_too(make: SimpleNamespace, enter: Enter, action: str, kind: AnswerKind) -> None:
    desk = make.desk({"r1": make.five_questions().records["r1"]})
    after = answer(enter(desk), action=action)
    assert (desk.answers[0].kind, desk.answers[0].value) == (kind, None)
    assert "Nothing waits for you" in after.text
    assert desk.record(make.me, "r1").state == "in_review"


def test_whoever_knows_the_person_sees_the_record_no_more(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.desk({"r1": make.five_questions().records["r1"]})
    client = enter(desk)
    assert "Nothing waits for you" in answer(client, action="stand_back").text
    assert client.get("/records/r1").status_code == 404
    assert desk.answers == []


def test_a_question_in_other_hands_is_kept_from_saving_until_taken_over(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.desk({"r1": make.five_questions().records["r1"]})
    other = Reviewer(UserId(2), "B. Other", Role.REVIEWER)
    client = enter(desk)
    path = "/questions/r1~charges.1.statute"
    desk.held = {item.item_id: other for item in desk.items()}
    page = client.get(path)
    assert "B. Other" in page.text
    form = {"seen": seen(page.text), "action": "typed", "text": "4d"}
    late = client.post(path, data=form)
    assert (late.status_code, desk.answers) == (409, [])
    assert 'value="4d"' in late.text
    client.post(path + "/take-over", data={"": ""})
    assert client.post(path, data=form).status_code == 200
    assert len(desk.answers) == 1


def test_a_person_who_is_no_candidate_can_be_linked(make: SimpleNamespace, enter: Enter) -> None:
    desk = make.five_questions()
    desk.persons["P9"] = replace(desk.persons["P1"], person_id="P9", surname="OSTRANDER", address="")
    desk = make.desk({"r4": desk.records["r4"]}, desk.matches, desk.persons)
    client = enter(desk)
    assert "OSTRANDER" in client.post("/questions/r4~match/people", data={"person": "ostr"}).text
    assert answer(client, action="another", person_id="P0").status_code == 422
    answer(client, action="another", person_id="P9")
    assert [a.value for a in desk.answers] == ['"P9"']


@pytest.mark.parametrize(
    ("differing", "status"),
    [
        ({}, 200),
        ({"right": ""}, 422),
        ({"right": "101", "bottom": "1301"}, 422),
        ({"top": "680", "bottom": "730"}, 422),  # where count 1 stands
        ({"page_id": "p-r1"}, 422),
        ({"statute": "", "disposition": ""}, 422),
        ({"statute": "4q7"}, 422),
    ],
)
def test_a_missed_charge_is_added_where_it_was_drawn(
    make: SimpleNamespace, enter: Enter, differing: dict[str, str], status: int
) -> None:
    desk = make.five_questions()
    corners = {"page_id": "p-r5", "left": "100", "top": "1300", "right": "900", "bottom": "1340"}
    said = {"statute": "4d", "disposition": "guilty", "grams": "-"}
    got = enter(desk).post("/records/r5/charges", data={**corners, **said, **differing})
    assert got.status_code == status
    assert len(desk.answers) == (status == 200)
    if status == 200:
        added = desk.record(make.me, "r5").record.charges[-1]
        assert (added.count, added.statute.value, added.grams.is_silent) == (2, "720 ILCS 550/4(d)", True)
        assert added.termination.is_illegible


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
    assert (desk.answers[0].value, desk.record(make.me, "r1").state) == ("null", "reviewed")
