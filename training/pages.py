"""Items of the train split as pages of words: with perfect words, or read by the engine from the worn scan."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from casefile.archive import PageId
from casefile.ocr import BBox, OcrPage, Word
from digitize.engine import Engine
from digitize.recognize import PageJob, Settings, recognize
from digitize.rows import rows_of
from specimens import Item, Maker, Specimen, Told, splits
from specimens.forms import ALL, FORMS, SEEN, form_names
from specimens.render import cells_on


@dataclass(frozen=True)
class ReadItem:
    """An item with its pages read; `level` is the wear of its first page."""

    item: Item
    pages: tuple[OcrPage, ...]

    @property
    def told(self) -> tuple[Told, ...]:
        return self.item.told


def items(seed: int, total_pages: int, split: str = "train") -> Iterator[Item]:
    """Items of a split until their pages number `total_pages`."""
    allowed = splits()[split]
    made = 0
    for item in Maker(seed, layouts=allowed.layouts, fonts=allowed.fonts, wear=allowed.wear).items():
        if made >= total_pages:
            return
        made += len(item.specimens)
        yield item


def form_items(
    seed: int, total_pages: int, *, kinds: Iterable[str] = FORMS, forms: int = 40, first: int = 0, unseen: bool = False
) -> Iterator[Item]:
    """Items on forms put together by chance until their pages number `total_pages`; `unseen`: with words that
    no form of training has."""
    allowed = splits()["held_out" if unseen else "train"]
    names = form_names(forms, kinds=kinds, first=first, stock=ALL if unseen else SEEN)
    made = 0
    for item in Maker(seed, layouts=names, fonts=allowed.fonts, wear=allowed.wear).items():
        if made >= total_pages:
            return
        made += len(item.specimens)
        yield item


def perfectly_read(item: Item) -> ReadItem:
    """The item's pages as if no character had been misread."""
    return ReadItem(item, tuple(_perfect(f"{item.name}-{i}", s) for i, s in enumerate(item.specimens)))


def _perfect(name: str, specimen: Specimen) -> OcrPage:
    width, height = specimen.size
    on_grid = specimen.sheet.machine.label_font is None
    printed = cells_on(specimen.sheet) if on_grid else specimen.words
    boxes = [BBox(*map(int, word.bbox)) for word in printed]
    rows = rows_of(boxes)
    placed = [(line, i) for line, row in enumerate(rows) for i in row]
    words = tuple(Word(printed[i].text, boxes[i], 0.96, line) for line, i in placed)
    return OcrPage(
        PageId(name),
        width,
        height,
        words,
        tuple(w.bbox for w in words),
        (),
        0.05 if words else 0.0,
        0,
        "perfect",
    )


def read_by_engine(item: Item, engine: Engine) -> ReadItem:
    """The item's pages printed, worn, scanned and read."""
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for number, specimen in enumerate(item.specimens):
            path = Path(folder) / f"{number}.png"
            scan = specimen.scan()
            Image.fromarray(scan.picture).save(path, dpi=(scan.dpi, scan.dpi))
            pages.append(recognize(PageJob(PageId(f"{item.name}-{number}"), path, 0), engine, Settings()))
    return ReadItem(item, tuple(pages))


def values_of(told: Told) -> dict[str, Any]:
    """The fields a record states, by path."""
    record = told.record
    out: dict[str, Any] = {
        name: record.get(name) for name in ("docket_number", "arrest_date", "filed_date", "arresting_agency")
    }
    out |= {f"defendant.{name}": value for name, value in record["defendant"].items()}
    for charge in record["charges"]:
        out |= {f"charges.{charge['count']}.{name}": value for name, value in charge.items() if name != "count"}
    return out
