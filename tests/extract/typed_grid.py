"""Typed text to an OcrPage: an 80-column grid of perfect words with boxes."""

from __future__ import annotations

import re

from casefile.archive import PageId
from casefile.ocr import BBox, InkRegion, OcrPage, Word

PITCH, LEADING = 20, 40


def a_page(
    text: str,
    *,
    page_id: str = "p1",
    confidence: float = 0.96,
    regions: tuple[InkRegion, ...] = (),
    ink: float = 0.05,
) -> OcrPage:
    """Each line of `text` a row; columns keep their places."""
    words = []
    for row, line in enumerate(text.splitlines()):
        for found in re.finditer(r"\S+", line):
            box = BBox(
                100 + found.start() * PITCH + 2,
                100 + row * LEADING,
                100 + found.end() * PITCH - 2,
                100 + row * LEADING + 26,
            )
            words.append(Word(found[0], box, confidence, row))
    return OcrPage(PageId(page_id), 1700, 2200, tuple(words), tuple(w.bbox for w in words), regions, ink, 0, "typed")
