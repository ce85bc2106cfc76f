"""The review desk under load: a million open questions on SQLite, eight processes that all want the next one.

    .venv/bin/python -m benchmarks.review --items 1000000 --times 300 --each 5000

Times are of the desk as the pages call it (`next_question`, `save`, `crop`) and, beside them, of whole pages over HTTP
from a server in the same process. Every question stands on a record of its own case, as in a county's archive.
"""

from __future__ import annotations

import json
import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from math import ceil, floor, sqrt
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import click
import httpx
import uvicorn
from argon2 import PasswordHasher
from PIL import Image, ImageDraw, ImageFont

from benchmarks.figures import keep
from casefile.archive import Page, PageId, Place, Sha256, Stage
from casefile.codec import digest, to_json
from casefile.desk_rows import DeskRows
from casefile.docket import (
    Charge,
    Defendant,
    Disposition,
    DocketRecord,
    DocumentKind,
    Reading,
    RecordId,
    Source,
    charge_id_of,
)
from casefile.ocr import BBox, OcrPage
from casefile.review import AnswerKind, ItemId, ItemKind, ReviewItem
from casefile.store import Store
from casefile.turns import STEP
from clerk import archive as archives
from clerk import pipeline
from clerk.archive import Archive
from clerk.desk import StoreDesk
from clerk.desk_door import StoreDoor
from digitize.masters import master_path
from review_queue.access import Role
from review_queue.asking import item_id_of
from review_queue.desk import Given, Reviewer, Saved, UserId, seen_mark
from review_queue.door import COOKIE
from review_queue.web.app import build_app

A_RECORD = 20  # questions on one record
CROPS = 8  # of each page
GOALS = {"next_p95_ms": 100, "save_p95_ms": 60, "cached_crop_p95_ms": 50, "fresh_crop_max_ms": 250}
SCANS = 24  # pages with a master of their own, to cut from
ASKED = (
    "charges.1.statute", "charges.1.disposition", "charges.1.grams", "charges.1.termination", "charges.1.sentence",
    "charges.1.offense_date", "charges.1.disposition_date", "charges.1.plea", "charges.1.grade", "charges.1.violated",
    "charges.1.description", "docket_number", "arrest_date", "filed_date", "arresting_agency", "defendant.surname",
    "defendant.given", "defendant.birth_date", "defendant.sid", "defendant.ir_number",
)  # fmt: skip


def ink(line: int) -> tuple[Source, ...]:
    return (Source(PageId("PAGE"), BBox(200, 200 + 60 * line, 700, 240 + 60 * line)),)


def template() -> DocketRecord:
    """A docket whose statute fits two citations; the ids and names in capitals are replaced for each record."""
    silent: Reading[Any] = Reading(None)
    charge = Charge(
        charge_id_of(RecordId("RECORD"), 1), 1,
        statute=Reading("720 ILCS 550/4(c)", "704-C", 0.6, ink(6), (("720 ILCS 570/402(c)", 0.35),)),
        description=Reading("POSS CANNABIS", "POSS CANNABIS", 0.99, ink(7)),
        grade=silent, offense_date=Reading(date(1998, 5, 2), "5-2-98", 0.999, ink(8)), grams=silent,
        subsequent=silent, section7=silent, plea=silent,
        disposition=Reading(Disposition.GUILTY, "GUILTY", 0.9999, ink(9)),
        disposition_date=Reading(date(1998, 9, 14), "9-14-98", 0.999, ink(10)),
        sentence=silent, termination=silent, violated=silent,
    )  # fmt: skip
    defendant = Defendant(
        Reading("SURNAME", "SURNAME", 0.9999, ink(3)), Reading("ADA", "ADA", 0.9999, ink(4)), silent, silent, (),
        Reading(date(1960, 5, 17), "5-17-60", 0.9999, ink(5)), silent, silent, silent, silent,
    )  # fmt: skip
    return DocketRecord(
        RecordId("RECORD"), DocumentKind.CERTIFIED_STATEMENT, (PageId("PAGE"),),
        Reading("DOCKET", "DOCKET", 0.9999, ink(1)), silent, silent, silent, defendant, (charge,),
    )  # fmt: skip


def fill(archive: Archive, items: int, random: Random) -> None:
    """Records with their questions, straight into the tables, as so many runs would have left them."""
    body = to_json(template()).decode()
    with archive.store() as store:
        database = store._db.conn
        database.execute("PRAGMA synchronous = OFF")
        with store.writing():
            for number in range(items // A_RECORD):
                _add(database, body, number, random)
            store.set_setting("persons_digest", "1")
            for n in range(1, 10):
                DeskRows(store).add_user(f"user {n}", Role.REVIEWER)
        database.execute("PRAGMA synchronous = FULL")
    with archive.store() as store:
        pipeline.remember_choices(store, pipeline.Choices("illinois", None, date(2026, 6, 30)))


def _add(database: Any, body: str, number: int, random: Random) -> None:
    page, record, docket = f"p{number:08}", f"r{number:08}", f"{number % 90 + 10:02}C4{number // 90:05}01"
    surname = "".join(random.choices("ABCDEFGHIJKLMNOPRSTUVWZ", k=8))
    for name, value in (("PAGE", page), ("RECORD", record), ("DOCKET", docket), ("SURNAME", surname)):
        body = body.replace(f'"{name}', f'"{value}')
    database.execute("INSERT INTO masters VALUES (?, 1, NULL)", [page])
    database.execute("INSERT INTO pages VALUES (?, ?, ?, 'f', '1.tif', 0, 1, 0)", [page, page, page])
    database.execute(
        "INSERT INTO documents (document_id, box, folder, kind, key) VALUES (?, 'b', ?, 'certified_statement', 'k')",
        [page, page],
    )
    database.execute("INSERT INTO document_pages VALUES (?, ?, 0)", [page, page])
    database.execute("INSERT INTO records VALUES (?, ?, 0, ?, ?, ?, '{}')", [record, page, body, body, digest(body)])
    database.execute("INSERT INTO record_keys VALUES (?, 'docket', ?)", [record, docket[:-2]])
    database.execute("INSERT INTO triage VALUES (?, 'k', 'in_review', NULL)", [record])
    database.execute("INSERT INTO prospects VALUES (?, ?, 1)", [record, record])
    start = STEP * A_RECORD
    rows = (_item(RecordId(record), PageId(page), path, random.uniform(5, 100)) for path in ASKED)
    database.executemany(
        "INSERT INTO review_items VALUES (?, ?, ?, ?, ?, ?)",
        [
            [item.item_id, record, item.kind, item.priority, to_json(item).decode(), start - item.priority]
            for item in rows
        ],
    )


def _item(record_id: RecordId, page_id: PageId, path: str, priority: float) -> ReviewItem:
    item_id = item_id_of(record_id, path, None, None)
    bbox = BBox(200, 500, 700, 540)
    why = "two readings fit this print; the answer decides eligibility"
    return ReviewItem(item_id, ItemKind.READING, record_id, page_id, bbox, path, why, priority)


KINDS = ("tiff", "jpeg", "pdf")


def add_scans(archive: Archive, random: Random) -> dict[str, list[PageId]]:
    """Pages at 300 dpi with masters to cut from, by kind: black and white TIFF (CCITT G4), grey JPEG, and a PDF around
    such a JPEG, as copiers make them."""
    found: dict[str, list[PageId]] = {kind: [] for kind in KINDS}
    with archive.store() as store:
        for number in range(SCANS):
            kind = KINDS[number % len(KINDS)]
            sha = Sha256(f"{number:064x}")
            path = master_path(archive.masters, sha)
            path.parent.mkdir(parents=True, exist_ok=True)
            _save(a_page(random), path, kind)
            page = Page(PageId(f"s{number}"), Place("scans", "f", f"{number}", 0), sha, 1)
            words_of = OcrPage(page.page_id, 2550, 3300, (), (), (), 0.1, 0, "none")
            with store.writing():
                store.add_pages([page], size=1)
                store.put_done(page.page_id, Stage.DIGITIZE, key="k", output=archive.keep_words(words_of))
            found[kind].append(page.page_id)
    return found


def a_page(random: Random) -> Image.Image:
    """Fifty lines of print on grainy paper."""
    font = ImageFont.truetype("DejaVuSansMono.ttf", 34)
    picture = Image.effect_noise((2550, 3300), 24).point(lambda v: min(255, v + 100))
    draw = ImageDraw.Draw(picture)
    for line in range(50):
        words = "".join(random.choices("ABCDEFGHIJ 0123456789", k=80))
        draw.text((200, 200 + 58 * line), words, 30, font=font)
    return picture


def _save(picture: Image.Image, path: Path, kind: str) -> None:
    if kind == "tiff":
        picture.convert("1", dither=Image.Dither.NONE).save(path, "TIFF", compression="group4", dpi=(300, 300))
    elif kind == "jpeg":
        picture.save(path, "JPEG", quality=85, dpi=(300, 300))
    else:
        picture.save(path, "PDF", quality=85, resolution=300.0)


def spent(work: Callable[[], Any]) -> float:
    """Milliseconds a piece of work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def told(times: list[float]) -> dict[str, Any]:
    """Median, 95th percentile with its 95 % interval (order statistics), and the worst, in milliseconds."""
    ordered, n = sorted(times), len(times)
    half = 1.96 * sqrt(n * 0.95 * 0.05)
    low, high = ordered[max(0, floor(n * 0.95 - half) - 1)], ordered[min(n - 1, ceil(n * 0.95 + half))]
    p95 = ordered[min(n - 1, ceil(n * 0.95) - 1)]
    shown = {"median": ordered[n // 2], "p95": p95, "p95_low": low, "p95_high": high, "max": ordered[-1]}
    return {"n": n, **{name: round(value, 1) for name, value in shown.items()}}


def at_the_desk(desk: StoreDesk, times: int) -> dict[str, Any]:
    """Next and save, one after another, as one reviewer works."""
    who = Reviewer(UserId(9), "user 9", Role.REVIEWER)
    desk.rules()
    nexts, saves = [], []
    for _ in range(times):
        began = time.perf_counter()
        view = desk.next_question(who)
        nexts.append((time.perf_counter() - began) * 1000)
        assert view is not None
        given = Given(view.item, AnswerKind.CANNOT_READ, None, who, seen_mark(view))
        began = time.perf_counter()
        assert isinstance(desk.save(given), Saved)
        saves.append((time.perf_counter() - began) * 1000)
    return {"next_ms": told(nexts), "save_ms": told(saves)}


def of_crops(desk: StoreDesk, scans: dict[str, list[PageId]]) -> dict[str, Any]:
    """By kind of master: a crop of a page not looked at lately, another of the page just looked at, and the first
    once more. The process that decodes is running, as it is at a desk that is open."""
    who = Reviewer(UserId(9), "user 9", Role.ADMINISTRATOR)  # pages of no document are shown to no other
    desk.pictures.begin()
    desk.crop(who, scans["jpeg"][0], BBox(0, 0, 9, 9))  # what a process loads with its first picture
    found = {}
    for kind, pages in scans.items():
        fresh, beside, cached = [], [], []
        for n in range(CROPS):
            for page in pages:
                first, second = (
                    BBox(200, 200 + 58 * n, 1500, 500 + 58 * n),
                    BBox(100, 1700 + 58 * n, 1400, 2000 + 58 * n),
                )
                for times, bbox in ((fresh, first), (beside, second), (cached, first)):
                    times.append(spent(lambda page=page, bbox=bbox: shown(desk.crop(who, page, bbox))))
        found[kind] = {"fresh_crop_ms": told(fresh), "same_page_ms": told(beside), "cached_crop_ms": told(cached)}
    return {"crops": found}


def shown(picture: bytes | None) -> bytes:
    """The picture, which must be one."""
    assert picture is not None
    return picture


@contextmanager
def served(desk: StoreDesk) -> Iterator[httpx.Client]:
    """A browser without a screen, signed in at a server in this process."""
    door = StoreDoor(desk.open_store, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    cookie = door.admit(door.first_link() or "", "A. Chief", "correct horse staple")
    server = uvicorn.Server(uvicorn.Config(build_app(desk, door), port=8765, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    with httpx.Client(base_url="http://127.0.0.1:8765", cookies={COOKIE: cookie or ""}, timeout=120) as client:
        yield client
    server.should_exit = True
    thread.join()


def over_http(desk: StoreDesk, times: int) -> dict[str, Any]:
    """The next question's page whole, from the press of a key to the last byte."""
    with served(desk) as client:
        client.get("/next", follow_redirects=True).raise_for_status()  # the first counts everything once
        pages = [spent(lambda: client.get("/next", follow_redirects=True).raise_for_status()) for _ in range(times)]
    return {"next_page_over_http_ms": told(pages)}


def take(path: Path, user_id: int, times: int) -> tuple[list[str], list[float], tuple[float, float]]:
    """Takes the next question again and again, each answered at once, in a process of its own; the ids, how long
    each took, and when the first and the last were."""
    taken, spans, first = [], [], time.time()
    with Store(path) as store:
        rows = DeskRows(store)
        for _ in range(times):
            began = time.perf_counter()
            with store.writing():
                item = next(rows.free_items(user_id, now=time.time()))
                held = rows.lease(item.item_id, user_id, now=time.time(), until=time.time() + 600)
                assert held is not None
                assert held.user_id == user_id
                store._write("DELETE FROM review_items WHERE item_id = ?", [item.item_id])
            spans.append((time.perf_counter() - began) * 1000)
            taken.append(item.item_id)
    return taken, spans, (first, time.time())


def together(archive: Archive, processes: int, each: int) -> dict[str, Any]:
    """Processes that all want the next question at once."""
    work = [(archive.database, n, each) for n in range(1, processes + 1)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        found = pool.starmap(take, work)
    seconds = max(last for *_, (_, last) in found) - min(first for *_, (first, _) in found)
    taken = [ItemId(item) for items, *_ in found for item in items]
    spans = [span for _, times, _ in found for span in times]
    return {
        "processes": processes,
        "taken": len(taken),
        "taken_twice": len(taken) - len(set(taken)),
        "a_second": round(len(taken) / seconds, 1),
        "next_ms": told(spans),
    }


@click.command()
@click.option("--items", default=1_000_000, show_default=True)
@click.option("--times", default=300, show_default=True)
@click.option("--each", default=5000, show_default=True)
@click.option("--seed", default=77, show_default=True)
@click.option("--name", default="review", show_default=True)
def main(items: int, times: int, each: int, seed: int, name: str) -> None:
    """Runs it all and writes benchmarks/results/review.json."""
    random = Random(seed)
    with TemporaryDirectory() as folder:
        archive = archives.create(Path(folder) / "archive")
        fill(archive, items, random)
        scans = add_scans(archive, random)
        desk = StoreDesk(archive)
        result = {"items": items, "seed": seed, "goals": GOALS, "database_mb": archive.database.stat().st_size >> 20}
        result |= at_the_desk(desk, times) | of_crops(replace(desk), scans) | over_http(desk, times)
        result["together"] = together(archive, 8, each)
        desk.pictures.close()
    click.echo(json.dumps(result, indent=2))
    click.echo(f"kept in {keep(name, result)}")


if __name__ == "__main__":
    main()
