"""An attorney at a browser rules on one charge and on all like it, sees it in the record's grounds, and revokes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from casefile.law import Outcome
from clerk import archive as archives
from clerk import deciding, pipeline
from clerk.desk import StoreDesk
from clerk.desk_door import StoreDoor
from review_queue.access import Role
from review_queue.desk import Reviewer, UserId
from tests.clerk.office import CHOICES
from tests.clerk.test_deciding import paper, rules, shelve
from tests.factories import read
from tests.review_queue.browsing import CHROMIUM, a_browser, served

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
PASSWORD = "correct horse staple"  # noqa: S105 - of an invented person
DELIVERED = "720 ILCS 550/6"  # casual delivery, on which the table leaves the answer to an attorney


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StoreDesk]:
    """Three casual deliveries that wait for a ruling."""
    archive = archives.create(tmp_path / "archive")
    desk = StoreDesk(archive)
    for number, name in enumerate("abc"):
        record = paper(name, charge={"statute": read(DELIVERED)}, docket_number=read(f"98C4401{number}301"))
        shelve(desk.store, f"f{name}", record)
    pipeline.remember_choices(desk.store, CHOICES)
    deciding.recompute(desk.store, rules(archive, desk.store), quiet=True)
    yield desk
    desk.pictures.close()


@pytest.fixture
def door(desk: StoreDesk) -> StoreDoor:
    door = StoreDoor(desk.open_store, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    door.admit(door.first_link() or "", "A. Chief", PASSWORD)
    chief = Reviewer(UserId(1), "A. Chief", Role.ADMINISTRATOR)
    for name, role in (("L. Attorney", Role.ATTORNEY), ("R. Reviewer", Role.REVIEWER)):
        door.admit(door.invite(chief, name, role), name, PASSWORD)
    return door


def come_in(browser: Browser, address: str, name: str) -> Page:
    """A person signed in through the door as everybody is."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(15_000)
    page.goto(address)
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#top")
    return page


def outcomes(desk: StoreDesk) -> list[Outcome]:
    rows = (record_id for record_id, _ in desk.store.record_rows())
    return [found.outcome for record_id in rows for found in desk.store.determinations(record_id)]


def test_an_attorney_rules_on_one_charge_then_on_all_like_it_and_revokes(
    browser: Browser, desk: StoreDesk, door: StoreDoor
) -> None:
    with served(desk, door) as address:
        page = come_in(browser, address, "L. Attorney")
        expect(page.locator("h1")).to_have_text("Questions of law")
        expect(page.locator(".legal h2")).to_contain_text(f"R-CASUAL · {DELIVERED}")
        expect(page.locator(".legal")).to_contain_text("3 charges wait for it")

        page.click("summary:has-text('One by one')")
        first = page.locator(".one").first
        record = first.locator("a").get_attribute("href")
        first.locator("input[name=reason]").fill("the amount was never proved")
        first.get_by_role("button", name="Not eligible").click()
        expect(page.get_by_role("status").filter(has_text="Kept.")).to_have_text("Kept. 1 record was decided anew.")
        expect(page.locator(".legal")).to_contain_text("2 charges wait for it")
        assert outcomes(desk).count(Outcome.INELIGIBLE) == 1

        everybody = page.locator(".legal > .candidate > form")
        everybody.locator("input[name=reason]").fill("punished as possession under Section 4")
        everybody.get_by_role("button", name="Relief by motion").click()
        expect(page.locator("main")).to_contain_text("Nothing waits for an attorney.")
        assert sorted(outcomes(desk)) == sorted([Outcome.INELIGIBLE, Outcome.MOTION, Outcome.MOTION])

        page.goto(f"{address}{record}")
        page.locator("details summary", has_text="grounds").first.click()
        expect(page.locator("table.grounds tr", has_text="ruling on R-CASUAL").locator(".layer")).to_have_text("ruling")
        expect(page.locator("table.grounds")).to_contain_text("the amount was never proved")

        page.goto(f"{address}/law")
        for reason in ("new authority", "on reflection"):
            row = page.locator("tr:not(.gone)", has=page.get_by_role("button", name="Revoke")).first
            row.locator("input[name=reason]").fill(reason)
            row.get_by_role("button", name="Revoke").click()
            expect(page.locator("tr.gone")).to_contain_text([reason] if reason == "new authority" else ["", ""])
        expect(page.locator(".legal")).to_contain_text("3 charges wait for it")
    assert outcomes(desk) == [Outcome.REVIEW] * 3
    assert [(each.by, each.stands) for each in desk.rulings()] == [("L. Attorney", False)] * 2


@pytest.mark.parametrize("left_out", ["reason", "outcome", "code"])
def test_a_ruling_that_cannot_be_made_says_why_and_changes_nothing(
    browser: Browser, desk: StoreDesk, door: StoreDoor, left_out: str
) -> None:
    """As somebody meets it whose page was tampered with, or is older than the law file."""
    wrong: dict[str, Callable[[Page], object]] = {
        "reason": lambda page: page.locator("input[name=reason]").first.evaluate("e => e.removeAttribute('required')"),
        "outcome": lambda page: page.locator("button[name=outcome]").first.evaluate("e => { e.value = 'auto' }"),
        "code": lambda page: page.locator("input[name=code]").first.evaluate("e => { e.value = 'R-NONE' }"),
    }
    with served(desk, door) as address:
        page = come_in(browser, address, "L. Attorney")
        wrong[left_out](page)
        if left_out != "reason":
            page.locator("input[name=reason]").first.fill("as in the case decided before")
        page.locator("button[name=outcome]").first.click()
        expect(page.get_by_role("alert").filter(has_text=".")).to_be_visible()
        if left_out == "outcome":
            expect(page.locator(".legal input[name=reason]").first).to_have_value("as in the case decided before")
    assert outcomes(desk) == [Outcome.REVIEW] * 3
    assert desk.rulings() == ()


def test_a_reviewer_sees_no_questions_of_law(browser: Browser, desk: StoreDesk, door: StoreDoor) -> None:
    with served(desk, door) as address:
        page = come_in(browser, address, "R. Reviewer")
        expect(page.locator("nav")).not_to_contain_text("Law")
        page.goto(f"{address}/law")
        expect(page.locator("form.ruling")).to_have_count(0)
        assert "R-CASUAL" not in page.locator("main").inner_text()
