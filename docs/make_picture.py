"""Draws docs/page-to-answer.png: a synthetic page, the readings on it, and the answer.

.venv/bin/clerk demo && .venv/bin/python docs/make_picture.py demo-archive/archive
"""

from __future__ import annotations

import base64
import html
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from casefile.archive import PageId
from casefile.ocr import BBox
from casefile.review import AnswerKind, ItemKind
from clerk import archive as archives
from clerk import exports
from clerk.desk import StoreDesk
from extract.calibration import thresholds
from review_queue.access import Role
from review_queue.desk import Given, Reviewer, UserId
from review_queue.fields import encode, reading_at
from review_queue.triage import Thresholds

ME = Reviewer(UserId(0), "picture", Role.REVIEWER)
ANSWERED = (ItemKind.READING, ItemKind.PAGE)
SHOWN = ("docket_number", "statute", "disposition", "disposition_date", "offense_date", "arrest_date")
COLOURS = ("#0b6e4f", "#8a4f00", "#7a1f5c", "#1f4f8a", "#5a4f00", "#5a4f00")
STYLE = """
body { margin: 0; font: 15px/1.45 'DejaVu Sans', sans-serif; color: #1c1c1c; background: #fff; width: 1500px }
main { display: grid; grid-template-columns: 760px 330px 350px; gap: 20px; padding: 20px; align-items: start }
h2 { font-size: 14px; letter-spacing: .04em; text-transform: uppercase; color: #555; margin: 0 0 10px }
.page { position: relative; overflow: hidden; border: 1px solid #bbb }
.page img { position: absolute }
.ink { position: absolute; border: 3px solid; border-radius: 4px }
dl { margin: 0 } dt { font-size: 12px; color: #555; margin-top: 10px }
dd { margin: 0; font-weight: bold; border-left: 5px solid; padding-left: 8px }
dd small { display: block; font-weight: normal; color: #555 }
.outcome { font-size: 24px; font-weight: bold; margin: 0 }
ol { padding-left: 18px; margin: 8px 0 } li { font-size: 13px; margin-bottom: 6px } li b { font-weight: 600 }
"""


def main(root: Path) -> None:
    """Sits down as a reviewer over a copy of the archive, confirms what is asked about one statement after another
    until an answer is sure, and draws that one."""
    with TemporaryDirectory() as folder:
        shutil.copytree(root, Path(folder) / "copy")
        desk = StoreDesk(archives.opened(Path(folder) / "copy"))
        row, confirmed = next(filter(None, (_answered(desk, row) for row in _rows(desk) if _tells_well(row))))
        page = _page(desk, row, confirmed)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1500, "height": 700}, device_scale_factor=1)
        tab.set_content(page)
        tab.locator("main").screenshot(path=str(Path(__file__).with_name("page-to-answer.png")))
        browser.close()


def _rows(desk: StoreDesk) -> list[Any]:
    return list(exports.records(desk.store, Thresholds(thresholds())))


def _tells_well(row: Any) -> bool:
    readings = (
        [row["docket_number"], *(c[name] for c in row["charges"] for name in ("statute", "disposition"))]
        if (row["document_kind"] == "certified_statement" and "docket_number" in row and row["charges"])
        else []
    )
    return bool(readings) and len(row["pages"]) == 1 and all(r["confidence"] > 0.9 for r in readings)


def _answered(desk: StoreDesk, row: Any) -> tuple[Any, int] | None:
    """The record once its first charge may be cleared, and how many readings were confirmed; None if it never is."""
    record_id = row["record_id"]
    for confirmed in range(25):
        (now,) = [each for each in _rows(desk) if each["record_id"] == record_id]
        if now["determinations"] and now["determinations"][0]["outcome"] in ("auto", "motion"):
            return now, confirmed
        items = [i for i in desk.store.items_of(record_id) if i.kind in ANSWERED and i.record_id == record_id]
        if not items:
            return None
        if items[0].kind is ItemKind.PAGE:
            desk.save(Given(items[0], AnswerKind.VALUE, None, ME))
            continue
        view = desk.record(ME, record_id)
        reading = None if view is None else reading_at(view.record, items[0].field)
        if reading is None or reading.is_illegible:
            return None
        value = encode(items[0].field, reading.value)
        desk.save(Given(items[0], AnswerKind.VALUE, value, ME))
    return None


def _readings(row: Any) -> list[tuple[str, Any]]:
    charge = row["charges"][0]
    found = [(name, row.get(name) or charge.get(name)) for name in SHOWN]
    return [(name, reading) for name, reading in found if reading and reading["value"] is not None]


def _page(desk: StoreDesk, row: Any, confirmed: int) -> str:
    page_id = PageId(row["pages"][0]["page_id"])
    view = desk.page_view(page_id)
    picture = desk.page_image(ME, page_id)
    if view is None or picture is None:
        raise SystemExit("the page cannot be shown")
    readings = _readings(row)
    scale = 760 / view.width
    lowest = max(reading["bbox"][3] for _, reading in readings)
    height = min(view.height, lowest + view.height // 14) * scale
    boxes = "".join(_ink(BBox(*r["bbox"]), scale, colour) for (_, r), colour in zip(readings, COLOURS, strict=False))
    listed = "".join(_listed(name, r, colour) for (name, r), colour in zip(readings, COLOURS, strict=False))
    found = row["determinations"][0]
    grounds = "".join(
        f"<li><b>{html.escape(g['cite'])}</b><br>{html.escape(g['because'])}</li>" for g in found["grounds"] if g["met"]
    )
    coded = base64.b64encode(picture).decode()
    return f"""<!doctype html><style>{STYLE}</style><main>
      <section><h2>The page</h2><div class="page" style="height:{height:.0f}px">
        <img src="data:image/png;base64,{coded}" width="760" alt="">{boxes}</div></section>
      <section><h2>What it says</h2><dl>{listed}</dl></section>
      <section><h2>The answer, {found["as_of"]}</h2>
        <p class="outcome">{html.escape(found["outcome"])}, route {html.escape(str(found["route"]))}</p>
        <p>after a reviewer confirmed {confirmed} readings</p>
        <ol>{grounds}</ol></section></main>"""


def _ink(bbox: BBox, scale: float, colour: str) -> str:
    left, top, right, bottom = (value * scale for value in bbox)
    return (
        f'<div class="ink" style="left:{left - 6:.0f}px;top:{top - 6:.0f}px;width:{right - left + 6:.0f}px;'
        f'height:{bottom - top + 6:.0f}px;border-color:{colour}"></div>'
    )


def _listed(name: str, reading: Any, colour: str) -> str:
    printed, sure = html.escape(str(reading["raw"])), f"{100 * reading['confidence']:.1f} %"
    return (
        f'<dt>{name.replace("_", " ")}</dt><dd style="border-color:{colour}">{html.escape(str(reading["value"]))}'
        f"<small>printed “{printed}”, {sure}</small></dd>"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo-archive/archive"))
