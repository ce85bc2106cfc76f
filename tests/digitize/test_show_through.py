"""What shows through from the back of a sheet is no word of the page; faint type of its own is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from digitize.engines import best_engine
from digitize.line_engine import LineEngine
from digitize.lines import Pixels

FACE = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"
FRONT = ("05/20/93 PLEA OF GUILTY", "720-550/5(d) MFG/DEL CANNABIS", "PROBATION 24 MTHS", "JUDGE HARRIS")
BACK = ("CERTIFIED STATEMENT OF CONVICTION", "CLERK OF THE CIRCUIT COURT", "04/16/1991 NOLLE PROSEQUI ALL COUNTS")


def drawn(rows: Sequence[str], first: int, fill: int = 20) -> Pixels:
    page = Image.new("L", (900, 620), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(FACE, 34)
    for at, row in enumerate(rows):
        pen.text((60, first + 120 * at), row, font=face, fill=fill)
    return np.asarray(page)


def with_back(front: Pixels, strength: float) -> Pixels:
    back = 255 - drawn(BACK, 140)[:, ::-1].astype(np.float32)
    return np.clip(front - strength * back, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def engine() -> LineEngine:
    found = best_engine()
    assert isinstance(found, LineEngine)
    return found


def words(engine: LineEngine, page: Pixels) -> list[str]:
    seen = sorted(engine.words_on(page), key=lambda word: (word.bbox.top // 40, word.bbox.left))
    return [word.text for word in seen]


@pytest.mark.parametrize("strength", [0.2, 0.35, 0.5])
def test_the_back_is_not_read(engine: LineEngine, strength: float) -> None:
    front = drawn(FRONT, 80)
    assert words(engine, with_back(front, strength)) == words(engine, front) == " ".join(FRONT).split()


def test_a_faint_line_of_the_page_stays(engine: LineEngine) -> None:
    faint = np.minimum(drawn(FRONT[:3], 80), drawn(FRONT[3:], 80 + 3 * 120, fill=140))
    assert words(engine, with_back(faint, 0.25))[-2:] == ["JUDGE", "HARRIS"]


def test_a_page_all_faint_is_read(engine: LineEngine) -> None:
    assert words(engine, drawn(FRONT, 80, fill=170)) == " ".join(FRONT).split()
