"""A whole archive box on disk: scans in folders, a list of persons, and the truth beside them."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from .cases import Era
from .facts import Person
from .maker import ERAS, LEVELS, Maker, splits
from .people import a_namesake, a_person
from .scans import Format, a_format, write_scans
from .specimen import Item, Scan, Specimen

PERSON_COLUMNS = (
    "person_id",
    "surname",
    "given",
    "middle",
    "suffix",
    "birth_date",
    "sex",
    "race",
    "ir_number",
    "sid",
    "aliases",
    "docket_numbers",
    "address",
)
LISTED_SHARE, UNRELATED_PER_DEFENDANT, NUMBER_KNOWN_SHARE = 0.85, 3, 0.65
ITEMS_A_FOLDER = (3, 8)
DEMO_SEED = 1987
WHOLE_FILE_AT_MOST = 6  # pages


@dataclass(frozen=True, slots=True)
class Box:
    """Where a box was written, and how much is in it."""

    source: Path  # SOURCE, which holds <box>/<folder>/<file>
    persons: Path
    records: Path
    pages: Path
    total_pages: int
    total_records: int


def make_box(
    out_dir: Path | str,
    *,
    pages: int,
    seed: int,
    name: str = "BOX-001",
    layouts: Iterable[str] | None = None,
    fonts: Iterable[str] | None = None,
    wear: Iterable[str] | None = None,
    levels: Mapping[str, float] = LEVELS,
    eras: Iterable[Era] = ERAS,
) -> Box:
    """A box of at least `pages` pages under `out_dir`: SOURCE/, persons.csv and truth/."""
    maker = Maker(seed, layouts=layouts, fonts=fonts, wear=wear, levels=levels, eras=eras)
    shelf = Shelf(Path(out_dir), name, Random(f"box {seed}"))
    shelf.fill(_enough(maker, pages))
    listed = shelf.write_persons(maker.people)
    shelf.write_truth(listed)
    root = Path(out_dir)
    return Box(
        root / "SOURCE",
        root / "persons.csv",
        root / "truth/records.jsonl",
        root / "truth/pages.jsonl",
        len(shelf.rows),
        len(shelf.record_rows),
    )


def make_demo_box(out_dir: Path | str, *, seed: int = DEMO_SEED, pages: int = 72, split: str | None = None) -> Box:
    """A box that shows everything: three eras, both kinds of page, strays, all levels of wear.

    `split` is `train` or `held_out`; without it layouts, fonts and wear of both come in.
    """
    if split is None:
        return make_box(out_dir, pages=pages, seed=seed, name="DEMO-BOX")
    kept = splits()[split]
    return make_box(
        out_dir,
        pages=pages,
        seed=seed,
        name="DEMO-BOX",
        layouts=kept.layouts,
        fonts=kept.fonts,
        wear=kept.wear,
    )


def _enough(maker: Maker, pages: int) -> list[Item]:
    items: list[Item] = []
    for item in maker.items():
        items.append(item)
        if sum(len(one.specimens) for one in items) >= pages:
            return items
    return items


class Shelf:
    """Puts items into folders and files and keeps account of what lies where."""

    def __init__(self, root: Path, box: str, rng: Random) -> None:
        self.root, self.box, self.rng = root, box, rng
        self.rows: dict[str, dict[str, Any]] = {}  # pages by their id
        self.record_rows: list[dict[str, Any]] = []

    def fill(self, items: Iterable[Item]) -> None:
        """Every item into a folder, several to a folder."""
        waiting, number = iter(items), 0
        while batch := list(islice(waiting, self.rng.randint(*ITEMS_A_FOLDER))):
            number += 1
            folder = f"F{number:03d}"
            (self.root / "SOURCE" / self.box / folder).mkdir(parents=True, exist_ok=True)
            place = 1
            while batch:
                taken, how = [batch.pop(0)], a_format(self.rng)
                while batch and how.several and self.rng.random() < 0.35 and _pages(taken) < WHOLE_FILE_AT_MOST:
                    taken.append(batch.pop(0))
                place = self._put(folder, taken, how, place)

    def _put(self, folder: str, items: list[Item], how: Format, place: int) -> int:
        """The items written into files of the folder; the next free file number comes back."""
        specimens = [specimen for item in items for specimen in item.specimens]
        groups = [specimens] if how.several else [[specimen] for specimen in specimens]
        spots: list[tuple[str, int]] = []
        for group in groups:
            file = f"{place:04d}{how.ending}"
            scans = [one.scan(colour=how.colour, two_tone=how.two_tone) for one in group]
            write_scans(self.root / "SOURCE" / self.box / folder / file, scans, how)
            for frame, (specimen, scan) in enumerate(zip(group, scans, strict=True)):
                self.rows[self._page_id(folder, file, frame)] = self._page_row(folder, file, frame, specimen, scan)
                spots.append((file, frame))
            place += 1
        start = 0
        for item in items:
            self._account(folder, item, spots[start : start + len(item.specimens)])
            start += len(item.specimens)
        return place

    def _page_id(self, folder: str, file: str, frame: int) -> str:
        return f"{self.box}/{folder}/{file}#{frame}"

    def _page_row(self, folder: str, file: str, frame: int, specimen: Specimen, scan: Scan) -> dict[str, Any]:
        height, width = scan.picture.shape[:2]
        return {
            "page_id": self._page_id(folder, file, frame),
            "box": self.box,
            "folder": folder,
            "file": file,
            "frame": frame,
            "document_kind": specimen.document_kind,
            "layout": specimen.layout,
            "font": specimen.font,
            "level": specimen.level,
            "wear": list(specimen.wear),
            "dpi": scan.dpi,
            "width": width,
            "height": height,
            "two_tone": scan.two_tone,
            "quarters": scan.quarters,
            "record_ids": [],
            "words": [{"text": word.text, "bbox": list(word.bbox)} for word in scan.words],
        }

    def _account(self, folder: str, item: Item, spots: list[tuple[str, int]]) -> None:
        for number, told in enumerate(item.told, 1):
            record_id = f"{self.box}-{item.name}-{number}"
            ids = [self._page_id(folder, *spots[page]) for page in told.pages]
            files = list(dict.fromkeys(spots[page][0] for page in told.pages))
            where = [
                {"page_id": page_id, "file": spots[page][0], "frame": spots[page][1]}
                for page_id, page in zip(ids, told.pages, strict=True)
            ]
            self.record_rows.append(
                {
                    "record_id": record_id,
                    "document_kind": told.record["document_kind"],
                    "box": self.box,
                    "folder": folder,
                    "files": files,
                    "pages": where,
                    **told.record,
                    "person_id": told.person_id,
                }
            )
            for page_id in ids:
                self.rows[page_id]["record_ids"].append(record_id)

    def write_persons(self, people: Iterable[Person]) -> frozenset[str]:
        """persons.csv: most defendants, many others, some namesakes; the ids of the listed defendants."""
        defendants = list(people)
        listed = [person for person in defendants if self.rng.random() < LISTED_SHARE]
        others = [a_person(self.rng, f"U{n:05d}") for n in range(1, len(defendants) * UNRELATED_PER_DEFENDANT + 1)]
        others += [a_namesake(self.rng, person, f"N{n:05d}") for n, person in enumerate(defendants, 1) if n % 6 == 0]
        rows = sorted(
            (self._person_row(p) for p in (*listed, *others)),
            key=lambda row: row["surname"] + row["person_id"],
        )
        with (self.root / "persons.csv").open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, PERSON_COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return frozenset(person.person_id for person in listed)

    def _person_row(self, person: Person) -> dict[str, str]:
        known = self.rng.random() < NUMBER_KNOWN_SHARE
        numbers = [
            r["docket_number"] for r in self.record_rows if r["person_id"] == person.person_id and r["docket_number"]
        ]
        return {
            "person_id": person.person_id,
            "surname": person.surname.upper(),
            "given": person.given.upper(),
            "middle": person.middle,
            "suffix": person.suffix,
            "birth_date": person.born.isoformat(),
            "sex": person.sex,
            "race": person.race,
            "ir_number": person.ir_number if known else "",
            "sid": person.sid if self.rng.random() < NUMBER_KNOWN_SHARE else "",
            "aliases": f"{person.alias[0]}, {person.alias[1]}".upper() if person.alias else "",
            "docket_numbers": numbers[0] if numbers and self.rng.random() < 0.25 else "",
            "address": person.address,
        }

    def write_truth(self, listed: frozenset[str]) -> None:
        """truth/records.jsonl and truth/pages.jsonl."""
        folder = self.root / "truth"
        folder.mkdir(parents=True, exist_ok=True)
        records = [{**row, "listed": row["person_id"] in listed} for row in self.record_rows]
        for name, rows in (("records", records), ("pages", list(self.rows.values()))):
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def _pages(items: Iterable[Item]) -> int:
    return sum(len(item.specimens) for item in items)
