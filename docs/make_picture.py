"""Draws docs/page-to-answer.png: a synthetic page, the readings on it, and the answer.

.venv/bin/clerk demo && .venv/bin/python docs/make_picture.py demo-archive/archive
"""

from __future__ import annotations

import base64
import html
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from casefile.archive import PageId
from casefile.ocr import BBox
from clerk import archive as archives
from clerk import exports, pipeline
from clerk.desk import StoreDesk

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
    """Takes the first certified statement whose charge is eligible for sure and draws it."""
    archive = archives.opened(root)
    with archive.store() as store:
        rules = pipeline.rules_of(archive, store, pipeline.remembered_choices(store))
        rows = [row for row in exports.records(store, rules.thresholds) if row.get("determinations")]
    row = next(filter(_tells_well, rows), None) or next(filter(_is_statement, rows))
    page = _page(StoreDesk(archive), row)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1500, "height": 700}, device_scale_factor=1)
        tab.set_content(page)
        tab.locator("main").screenshot(path=str(Path(__file__).with_name("page-to-answer.png")))
        browser.close()


def _is_statement(row: Any) -> bool:
    return bool(row["document_kind"] == "certified_statement")


def _tells_well(row: Any) -> bool:
    outcomes = {found["outcome"] for found in row["determinations"]}
    return _is_statement(row) and len(row["pages"]) == 1 and outcomes == {"auto"}


def _readings(row: Any) -> list[tuple[str, Any]]:
    charge = row["charges"][0]
    found = [(name, row.get(name) or charge.get(name)) for name in SHOWN]
    return [(name, reading) for name, reading in found if reading and reading["value"] is not None]


def _page(desk: StoreDesk, row: Any) -> str:
    page_id = PageId(row["pages"][0]["page_id"])
    view = desk._page_view(page_id)
    picture = desk.page_image(page_id)
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
