"""Pages to read and what stands on them: made ones kept for judging, and real ones with a transcription."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from xml.etree.ElementTree import parse

import numpy as np
from PIL import Image

from casefile.ocr import BBox
from digitize.rows import rows_of
from specimens import Maker, Specimen, splits
from specimens.scans import Format, write_scans

LEVELS = ("clean", "normal", "bad")
FORMATS = (("pdf_grey", 2), ("pdf_colour", 1), ("pdf_two_tone", 1))  # and how many of four pages are in each
FEWEST_WORDS = 15  # a page with fewer says nothing about a reader
_TYPED_RULE = re.compile(r"([-=_*.~+])\1{3,}|(?<=\s)(?:\. ){3,}\.")
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "..."})


@dataclass(frozen=True, slots=True)
class BenchPage:
    """A page within a PDF, counted from 0, and its true lines from the top."""

    pdf: Path
    frame: int
    level: str
    lines: tuple[str, ...]


def made_pages(folder: Path, total: int, seed: int) -> list[BenchPage]:
    """As many pages of each level of wear, upright, in a PDF for each kind of scan; a page is as it would be printed.

    Layouts are those of the second maker's half kept for judging; fonts and kinds of wear are the held-out ones.
    """
    rng = Random(f"formats {seed}")
    by_format: dict[str, list[Specimen]] = {name: [] for name, _ in FORMATS}
    for level in LEVELS:
        for specimen in _specimens(level, total // len(LEVELS), seed):
            names, weights = zip(*FORMATS, strict=True)
            by_format[rng.choices(names, weights)[0]].append(specimen)
    return [page for name, some in by_format.items() if some for page in _in_one_pdf(folder / f"{name}.pdf", some)]


def _specimens(level: str, total: int, seed: int) -> Iterator[Specimen]:
    kept = splits()["strangers"]
    maker = Maker(seed, layouts=kept.layouts, fonts=kept.fonts, wear=kept.wear, levels={level: 1.0}, stray_share=0.0)
    full = (one for item in maker.items() for one in item.specimens if len(one.words) >= FEWEST_WORDS)
    for _ in range(total):
        yield next(full)


def _in_one_pdf(path: Path, specimens: Sequence[Specimen]) -> Iterator[BenchPage]:
    how = Format(path.stem)
    scans = [one.scan(colour=how.colour, two_tone=how.two_tone) for one in specimens]
    upright = [
        replace(scan, picture=np.ascontiguousarray(np.rot90(scan.picture, -scan.quarters)), quarters=0)
        for scan in scans
    ]
    write_scans(path, upright, how)
    for frame, one in enumerate(specimens):
        yield BenchPage(path, frame, one.level, lines_of(one))


def lines_of(specimen: Specimen) -> tuple[str, ...]:
    """The rows of a made page, as they were printed before all wear."""
    words = specimen.words
    rows = rows_of([BBox(*word.bbox) for word in words])
    return tuple(" ".join(words[at].text for at in row) for row in rows)


def real_pages(folder: Path, source: Path) -> list[BenchPage]:
    """The scans in `source` that have a transcription in ALTO beside them, a PDF each."""
    pages = []
    for truth in sorted(source.glob("*.xml")):
        scan = truth.with_suffix(".jpg")
        if scan.exists():
            path = folder / f"{truth.stem}.pdf"
            with Image.open(scan) as image:
                image.save(path, quality=95, resolution=300)
            pages.append(BenchPage(path, 0, "real", _lines_in_alto(truth)))
    return pages


def _lines_in_alto(path: Path) -> tuple[str, ...]:
    lines = (
        " ".join(string.get("CONTENT", "") for string in line.iter() if string.tag.endswith("}String"))
        for line in parse(path).iter()  # noqa: S314 - our own transcription
        if line.tag.endswith("}TextLine")
    )
    return tuple(folded(line) for line in lines if line.strip())


def folded(text: str) -> str:
    """The text with typographic signs as a typewriter has them and single blanks, without leaders and typed rules.

    These say nothing. Every side's text and the truth are folded alike.
    """
    return " ".join(_TYPED_RULE.sub(" ", text.translate(_PLAIN)).split())
