"""The pages in a real browser: the keyboard alone settles the queue, and hostile print runs nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from review_queue.door import COOKIE
from review_queue.web.questions import handle_of
from tests.review_queue.browsing import CHROMIUM, a_browser, served, until

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
HOSTILE = (
    "</title></textarea><script>window.ran=1</script>'\"><img src=x onerror=window.ran=2><svg onload=window.ran=3>"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as opened:
        yield opened


@pytest.fixture
def door(make: SimpleNamespace) -> Any:
    return make.door()


@pytest.fixture
def sit_down(browser: Browser, door: Any) -> Iterator[Callable[..., Page]]:
    """A reviewer at a fresh browser, signed in."""
    contexts = []

    def sit(address: str, who: Any = None) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        contexts.append(context)
        cookie = door.let_in(who) if who else door.let_in()
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
        page = context.new_page()
        page.goto(address)
        return page

    yield sit
    for context in contexts:
        context.close()


def answer_by_keys(page: Page, desk: Any, *keys: str) -> Any:
    """Presses keys, the last of which sends the answer, and gives the answer that was kept."""
    before, at = len(desk.answers), page.url
    for key in keys[:-1]:
        page.keyboard.type(key)
    page.keyboard.press(keys[-1])
    until(lambda: len(desk.answers) == before + 1)
    page.wait_for_url(lambda url: url != at)
    until(lambda: not page.evaluate("busy"))
    return desk.answers[-1]


def begin_typing(page: Page, text: str) -> None:
    page.wait_for_selector(".choice.first")
    page.keyboard.press("e")
    page.keyboard.type(text)


def go_by_key(page: Page, key: str) -> None:
    at = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != at)
    until(lambda: not page.evaluate("busy"))


def test_five_questions_are_settled_with_the_keyboard_alone(
    make: SimpleNamespace, door: Any, sit_down: Callable[..., Page]
) -> None:
    desk = make.five_questions()
    with served(desk, door) as address:
        page = sit_down(address)
        given = {}
        for _ in range(5):
            heading = page.locator("h1").inner_text()
            keys = {
                "Statute, count 1": ["e", "4d", "Enter"],
                "Disposition, count 1": ["1"],
                "Surname": ["Enter"],
                "Docket number": ["2"],
                "Who is this defendant?": ["1"],
            }[heading]
            given[heading] = answer_by_keys(page, desk, *keys).value
        expect(page.locator("h1")).to_have_text("Nothing waits for you")
    assert given == {
        "Statute, count 1": '"720 ILCS 550/4(d)"',
        "Disposition, count 1": '"guilty"',
        "Surname": '"MARLOW"',
        "Docket number": '"93CR0000001"',
        "Who is this defendant?": '"P1"',
    }


def test_every_key_of_the_list_does_what_it_says(
    make: SimpleNamespace, door: Any, sit_down: Callable[..., Page]
) -> None:
    desk = make.five_questions()
    with served(desk, door) as address:
        page = sit_down(address)
        first = page.url
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.keyboard.press("x")  # no command while the list is open
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_hidden()
        page.keyboard.press("p")
        expect(page.locator("#whole .here-box")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        page.keyboard.type("xnsup?")  # letters, not commands
        page.keyboard.press("Escape")
        assert desk.answers == []
        assert answer_by_keys(page, desk, "x").kind == "cannot_read"
        go_by_key(page, "u")
        assert page.url == first
        assert desk.answers == []
        assert answer_by_keys(page, desk, "n").value == "null"
        go_by_key(page, "u")
        assert page.url == first
        go_by_key(page, "s")
        assert page.url != first
        go_by_key(page, "r")
        assert "/records/" in page.url
        go_by_key(page, "q")
        assert page.url == first


def test_fields_and_ink_light_up_together(make: SimpleNamespace, door: Any, sit_down: Callable[..., Page]) -> None:
    with served(make.five_questions(), door) as address:
        page = sit_down(address)
        page.goto(f"{address}/records/r5")
        page.focus('a.field[data-path="defendant.surname"]')
        expect(page.locator('rect[data-path="defendant.surname"]')).to_have_class("mark read lit")
        page.locator('rect[data-path="defendant.given"]').click()
        expect(page.locator('a.field[data-path="defendant.given"]')).to_be_focused()


def test_hostile_print_runs_no_script(make: SimpleNamespace, door: Any, sit_down: Callable[..., Page]) -> None:
    desk = make.five_questions(HOSTILE)
    said: list[str] = []
    with served(desk, door) as address:
        page = sit_down(address)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        paths = [f"/questions/{handle_of(item)}" for item in desk.items()]
        for path in [*paths, "/records/r1", "/records/r3", "/records/r4", "/questions/r4~match", "/mine", "/find"]:
            page.goto(address + path)
            assert page.evaluate("window.ran") is None
            assert page.locator("img").count() == 0
        page.goto(f"{address}/questions/r1~charges.1.statute")
        page.keyboard.press("p")  # the viewer styles what it makes, and leaves nothing of that behind
        expect(page.locator("#whole .here-box")).to_be_visible()
        page.keyboard.press("p")
        page.keyboard.press("r")
        page.wait_for_url("**/records/r1")
    assert said == []  # a blocked script or style would have been reported here


PAGES = (
    "/questions/r1~charges.1.statute",
    "/questions/r4~match",
    "/questions/r6~docket_number",
    "/records/r1",
    "/find",
    "/mine",
    "/waiting",
    "/law",
    "/shelf",
    "/users",
    "/questions/none",
    "/enter?token=x",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault_by_axe_and_each_fits_a_narrow_window(
    make: SimpleNamespace, door: Any, sit_down: Callable[..., Page], scheme: Any
) -> None:
    """WCAG 2.2 AA as axe-core checks it, at 320 pixels; see `vendor`."""
    desk = make.five_questions()
    axe, faults = AXE.read_text("utf-8"), []
    with served(desk, door) as address:
        page = sit_down(address, replace(make.me, role="administrator"))
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": 320, "height": 640})
        for path in PAGES:
            page.goto(address + path)
            page.evaluate(axe)
            found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
            faults += [
                (path, fault["id"], fault["nodes"][0]["html"][:120])
                for fault in found["violations"]
                if fault["impact"] in ("serious", "critical")
            ]
            assert page.evaluate("document.documentElement.scrollWidth") == 320, path
    assert faults == []


def test_fifty_rows_are_settled_without_the_mouse_in_few_keystrokes(
    make: SimpleNamespace, door: Any, sit_down: Callable[..., Page]
) -> None:
    """One key where the machine was right; the value and two keys more where it was not."""
    rows = {f"s{n}": statute_row(make, f"s{n}") for n in range(50)}
    desk, typed = make.desk(rows), "704d"
    pressed_right, pressed_wrong, right, wrong = 0, 0, 0, 0
    with served(desk, door) as address:
        page = sit_down(address)
        for n in range(50):
            page.wait_for_selector(".choice.first")
            if n % 10 == 9:
                answer_by_keys(page, desk, "e", typed, "Enter")
                pressed_wrong, wrong = pressed_wrong + len(typed) + 2, wrong + 1
            else:
                answer_by_keys(page, desk, "Enter")
                pressed_right, right = pressed_right + 1, right + 1
        expect(page.locator("h1")).to_have_text("Nothing waits for you")
    assert pressed_right / right <= 1.2
    assert pressed_wrong / wrong <= len(typed) + 3
    values = [answer.value for answer in desk.answers]
    assert values.count('"720 ILCS 550/4(c)"') == right
    assert values.count('"720 ILCS 550/4(d)"') == wrong


def statute_row(make: SimpleNamespace, name: str) -> Any:
    """A record with one doubt: its statute."""
    statute = make.read("720 ILCS 550/4(c)", "704-C", 0.7, make.ink(f"p-{name}", 9), ("720 ILCS 550/4(e)", 0.2))
    return make.record(name, charges=(make.charge(name, f"p-{name}", statute=statute),))


def test_what_is_typed_without_a_connection_is_saved_when_it_returns(
    make: SimpleNamespace, door: Any, sit_down: Callable[..., Page]
) -> None:
    """The server goes away and comes back at the same address; the outage may last as long as it likes."""
    desk = make.desk({"s1": statute_row(make, "s1")})
    with served(desk, door) as address:
        page = sit_down(address)
        begin_typing(page, "704d")
    page.keyboard.press("Enter")
    expect(page.locator("#offline")).to_contain_text("not saved yet")
    expect(page.locator("#text")).to_have_value("704d")
    page.wait_for_timeout(2500)  # longer than one try
    assert desk.answers == []
    with served(desk, door, port=int(address.rpartition(":")[2])):
        expect(page.locator("h1")).to_have_text("Nothing waits for you")
        expect(page.locator("#offline")).to_be_hidden()
    assert [answer.value for answer in desk.answers] == ['"720 ILCS 550/4(d)"']


def test_what_is_typed_is_on_the_server_within_seconds_and_back_after_a_reload(
    make: SimpleNamespace, door: Any, sit_down: Callable[..., Page]
) -> None:
    desk = make.desk({"s1": statute_row(make, "s1")})
    with served(desk, door) as address:
        page = sit_down(address)
        begin_typing(page, "704d")
        until(lambda: list(desk.drafts.values()) == ["704d"])
        expect(page.locator("#preview")).to_contain_text("720 ILCS 550/4(d)")
        expect(page.locator("#supposed")).to_contain_text("relief without a step")
        page.reload()
        expect(page.locator("#text")).to_have_value("704d")
        kept = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert kept == [0, 0]


def test_a_missed_charge_is_drawn_on_the_page(make: SimpleNamespace, door: Any, sit_down: Callable[..., Page]) -> None:
    desk = make.five_questions()
    with served(desk, door) as address:
        page = sit_down(address)
        page.goto(f"{address}/records/r5")
        page.keyboard.press("a")
        sheet = page.locator("svg[data-sheet]").bounding_box()
        assert sheet is not None
        across, down = sheet["width"] / 1275, sheet["height"] / 1650
        page.mouse.move(sheet["x"] + 200 * across, sheet["y"] + 850 * down)
        page.mouse.down()
        page.mouse.move(sheet["x"] + 900 * across, sheet["y"] + 900 * down, steps=4)
        page.mouse.up()
        expect(page.locator("input[name=statute]")).to_be_focused()
        page.keyboard.type("4d")
        page.fill("input[name=disposition]", "nolle")
        page.keyboard.press("Enter")
        expect(page.locator(".told")).to_be_visible()
    (told,) = desk.answers
    assert abs(told.bbox.left - 200) < 8
    assert abs(told.bbox.bottom - 900) < 8
    assert told.value == '{"statute": "720 ILCS 550/4(d)", "disposition": "nolle_prosequi"}'
