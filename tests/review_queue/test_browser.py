"""The pages in a real browser: the keyboard alone settles the queue, and hostile print runs nothing."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from review_queue.web.app import build_app
from review_queue.web.guard import LOOPBACK
from review_queue.web.sessions import entry_path

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
ONE_TIME = "opens-once"
HOSTILE = (
    "</title></textarea><script>window.ran=1</script>'\"><img src=x onerror=window.ran=2><svg onload=window.ran=3>"
)


@contextmanager
def served(desk: Any) -> Iterator[str]:
    """The address of the pages, served from a thread until the block ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = build_app(desk, secret=ONE_TIME, hosts=LOOPBACK)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def sit_down(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A reviewer at a fresh browser, in by the one-time link; what the console says is kept in `said`."""
    contexts = []

    def sit(address: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(address + entry_path(ONE_TIME))
        page.keyboard.type("A. Reviewer")
        page.keyboard.press("Enter")
        expect(page.locator(".stake, .done").first).to_be_visible()
        page.wait_for_load_state()
        return page

    yield sit
    for context in contexts:
        context.close()


def answer_by_keys(page: Page, desk: Any, *keys: str) -> Any:
    """Presses keys, the last of which sends the answer, and gives the answer that was kept."""
    before = len(desk.answers)
    for key in keys[:-1]:
        page.keyboard.type(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])
    assert len(desk.answers) == before + 1
    return desk.answers[-1]


def go_by_key(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_five_questions_are_settled_with_the_keyboard_alone(
    make: SimpleNamespace, sit_down: Callable[[str], Page]
) -> None:
    desk = make.five_questions()
    with served(desk) as address:
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


def test_every_key_of_the_list_does_what_it_says(make: SimpleNamespace, sit_down: Callable[[str], Page]) -> None:
    desk = make.five_questions()
    with served(desk) as address:
        page = sit_down(address)
        first = page.url
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.keyboard.press("x")  # no command while the list is open
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_hidden()
        page.keyboard.press("p")
        expect(page.locator("#whole .here")).to_be_visible()
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


def test_fields_and_ink_light_up_together(make: SimpleNamespace, sit_down: Callable[[str], Page]) -> None:
    with served(make.five_questions()) as address:
        page = sit_down(address)
        page.goto(f"{address}/records/r5")
        page.focus('a.field[data-path="defendant.surname"]')
        expect(page.locator('rect[data-path="defendant.surname"]')).to_have_class("mark read lit")
        page.locator('rect[data-path="defendant.given"]').click()
        expect(page.locator('a.field[data-path="defendant.given"]')).to_be_focused()


def test_hostile_print_runs_no_script(make: SimpleNamespace, sit_down: Callable[[str], Page]) -> None:
    desk = make.five_questions(HOSTILE)
    said: list[str] = []
    with served(desk) as address:
        page = sit_down(address)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        paths = [f"/questions/{item.item_id}" for item in desk.items()]
        for path in [*paths, "/records/r1", "/records/r3", "/records/r4", "/records/r4/fields/match"]:
            page.goto(address + path)
            assert page.evaluate("window.ran") is None
            assert page.locator("img").count() == 0
    assert said == []  # a blocked script or style would have been reported here


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_narrow_window_and_can_be_read(
    make: SimpleNamespace, sit_down: Callable[[str], Page], scheme: Any
) -> None:
    desk = make.five_questions()
    with served(desk) as address:
        page = sit_down(address)
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": 320, "height": 640})
        for path in ["/records/r1/fields/charges.1.statute", "/records/r1", "/records/r4/fields/match"]:
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") == 320
            assert page.evaluate(FAINT) == []


# Texts whose contrast with what lies behind them is under 4.5 to 1 (WCAG 1.4.3), and buttons without a name.
FAINT = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const lum = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const c = parse(getComputedStyle(at).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const e of document.querySelectorAll("main *, header *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || e.closest("svg, kbd, [aria-hidden], dialog:not([open])")) continue;
    const a = lum(parse(getComputedStyle(e).color)), b = lum(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  for (const e of document.querySelectorAll("button, a, input:not([type=hidden])")) {
    if (!e.textContent.trim() && !(e.labels && e.labels.length)) found.push(`${e.tagName} without a name`);
  }
  return found;
}"""
