"""Writes the handful of pages in fixtures/specimens: `python -m specimens.fixtures [FOLDER]`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .maker import Maker
from .scans import Format, write_scans
from .specimen import Item

SEED = 1984
# What is wanted, the level of wear, and how it is written.
WANTED = (
    ("statement_26th", "clean", "tiff_two_tone"),
    ("statement_wide", "normal", "jpeg_grey"),
    ("half_sheet_branch", "normal", "jpeg_colour"),
    ("docket_card", "bad", "jpeg_grey"),
    ("blank", "normal", "jpeg_grey"),
    ("letter", "clean", "pdf_two_tone"),
)


def wanted_items() -> Iterator[tuple[Item, Format]]:
    """For each wanted page the first item that is that page alone; dockets with several counts."""
    for place, (layout, level, form) in enumerate(WANTED):
        stray = layout in ("blank", "letter")
        maker = Maker(
            SEED + place,
            layouts=None if stray else (layout,),
            levels={level: 1},
            stray_share=1.0 if stray else 0.0,
        )
        yield (
            next(
                item
                for item in maker.items()
                if len(item.specimens) == 1
                and item.specimens[0].layout == layout
                and item.specimens[0].sheet.machine.dpi == 200
                and (stray or any(len(told.record["charges"]) > 1 for told in item.told))
            ),
            Format(form),
        )


def write_fixtures(folder: Path) -> None:
    """Six pages and truth.jsonl, a line for each page: its words, its records and whose they are."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for item, form in wanted_items():
        specimen = replace(item.specimens[0], seed=f"{SEED}")
        scan = specimen.scan(colour=form.colour, two_tone=form.two_tone)
        file = f"{specimen.layout}{form.ending}"
        write_scans(folder / file, [scan], form)
        row = {
            "file": file,
            "document_kind": specimen.document_kind,
            "layout": specimen.layout,
            "font": specimen.font,
            "level": specimen.level,
            "wear": list(specimen.wear),
            "dpi": scan.dpi,
            "quarters": scan.quarters,
            "words": [{"text": word.text, "bbox": list(word.bbox)} for word in scan.words],
            "records": [{**told.record, "person_id": told.person_id} for told in item.told],
        }
        lines.append(json.dumps(row, ensure_ascii=False))
    (folder / "truth.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_fixtures(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("fixtures/specimens"))
