"""Draws the pictures of docs/review.md from an archive of synthetic pages:

.venv/bin/python docs/make_screenshots.py demo-archive/archive
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from playwright.sync_api import Page, sync_playwright

from casefile.review import ItemKind
from clerk import archive as archives
from clerk.desk import StoreDesk
from clerk.desk_door import StoreDoor
from review_queue.access import Role
from review_queue.desk import Reviewer, UserId
from review_queue.door import COOKIE
from review_queue.web.app import build_app

HERE = Path(__file__).parent
PORT = 8791
SIZE = {"width": 1280, "height": 900}


@contextmanager
def served(desk: StoreDesk, door: StoreDoor) -> Iterator[str]:
    """The desk's address while the block lasts."""
    server = uvicorn.Server(uvicorn.Config(build_app(desk, door), port=PORT, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{PORT}"
    server.should_exit = True
    thread.join()


def draw(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(HERE / f"{name}.png"))


def main(root: Path) -> None:
    """Sits down at a copy of the archive and draws what stands there."""
    with TemporaryDirectory() as folder:
        shutil.copytree(root, Path(folder) / "copy")
        desk = StoreDesk(archives.opened(Path(folder) / "copy"))
        door = StoreDoor(desk.open_store)
        cookie = door.admit(door.first_link() or "", "A. Archer", "correct horse staple") or ""
        me = Reviewer(UserId(1), "A. Archer", Role.ADMINISTRATOR)
        items = [item for item in desk.store.items() if item.record_id is not None and item.page_id is not None]
        with_ink = [
            i for i in items if i.kind is ItemKind.READING and i.bbox is not None and desk.question(me, i.item_id)
        ]
        first = max(with_ink, key=lambda item: item.field.endswith("statute"))
        match = next((item for item in items if item.kind is ItemKind.MATCH), None)
        with served(desk, door) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for scheme, ending in (("light", ""), ("dark", "-dark")):
                context = browser.new_context(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]
                context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
                page = context.new_page()
                if not ending:
                    page.goto(f"{address}/questions/{first.record_id}~{first.field}")
                    draw(page, "review-question")
                page.goto(f"{address}/records/{first.record_id}")
                page.click(f'a.field[data-path="{first.field}"]')
                page.wait_for_selector("[data-panel]")
                draw(page, f"review-record{ending}")
                if match is not None and not ending:
                    page.goto(f"{address}/questions/{match.record_id}~match")
                    draw(page, "review-match")
                if not ending:
                    page.goto(f"{address}/waiting")
                    draw(page, "review-waiting")
                context.close()
            browser.close()
        desk.pictures.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
