"""The review queue as served: a real server over a real archive, a real browser, the keyboard alone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from clerk.archive import Archive
from specimens.box import Box
from tests.clerk.office import Office

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
PASS = "correct horse staple"  # noqa: S105
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@dataclass
class Served:
    office: Office
    link: str
    process: subprocess.Popen[str]


@pytest.fixture
def served(finished: Office, tmp_path: Path) -> Iterator[Served]:
    shutil.copytree(finished.archive.root, tmp_path / "copy")
    command = [sys.executable, "-m", "clerk.cli", "review", "serve", "--archive", tmp_path / "copy", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = next(filter(None, (re.search(r"http://\S+", line) for line in process.stderr)))
        yield Served(Office(Archive(tmp_path / "copy")), found[0], process)
        process.terminate()
        rest = process.stderr.read()
    assert "Traceback" not in rest


def _answered(served: Served) -> list[str]:
    with served.office.archive.store() as store:
        return [answer.field for answer in store.answers()]


def test_questions_settled_by_keyboard_reach_the_export(served: Served, box: Box) -> None:
    visited: list[str] = []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("framenavigated", lambda frame: visited.append(frame.url))
        page.goto(served.link)
        page.fill("#name", "R. Reviewer")
        page.fill("#password", PASS)
        page.fill("#again", PASS)
        page.keyboard.press("Enter")
        while len(fields := _answered(served)) < 3 or all(field.startswith("page") for field in fields):
            assert len(fields) < 60, "no question about a reading among sixty"
            page.wait_for_selector("[data-key=x]")
            page.wait_for_load_state()
            before = page.url
            page.keyboard.press("x")
            page.wait_for_url(lambda url, before=before: url != before)
            page.wait_for_timeout(300)
        browser.close()
    with served.office.archive.store() as store:
        assert store.total("review_items") > 0
    assert "reviewer" in json.dumps(served.office.exported())
    secrets = [
        str(value)
        for row in map(json.loads, box.records.read_text("utf-8").splitlines())
        for value in (row["docket_number"], row["defendant"]["surname"])
        if value
    ]
    assert not [url for url in visited if any(secret in url for secret in secrets)]


def test_the_link_opens_once(served: Served) -> None:
    import httpx

    with httpx.Client() as first, httpx.Client() as second:
        token = served.link.rpartition("=")[2]
        entry = served.link.partition("?")[0]
        origin = {"Origin": served.link.rpartition("/")[0]}
        form = {"token": token, "name": "R. Reviewer", "password": PASS, "again": PASS}
        assert first.post(entry, data=form, headers=origin).status_code == 303
        assert second.post(entry, data=form, headers=origin).status_code == 403
        assert second.get(entry.replace("/enter", "/")).status_code in (303, 401, 403)
