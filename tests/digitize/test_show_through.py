"""What shows through from the back of a sheet is no word of the page; faint type of its own is."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from casefile.ocr import BBox
from digitize.ctc import Letter
from digitize.engines import best_engine
from digitize.line_engine import LineEngine
from digitize.lines import Pixels
from digitize.show_through import _are_clearer, _Suspect, ink_of_back

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


CAPTION, MANY = ("JUDGE HARRIS",), tuple(f"0{at}/12/91 ORDER OF CONTINUANCE" for at in range(1, 9))


def close(rows: Sequence[str], first: int, fill: int) -> Pixels:
    page = Image.new("L", (900, 620), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(FACE, 34)
    for at, row in enumerate(rows):
        pen.text((60, first + 52 * at), row, font=face, fill=fill)
    return np.asarray(page)


@pytest.mark.parametrize("blur", [0.0, 2.2, 3.0])
def test_a_back_of_more_lines_than_the_page_has_is_not_read(engine: LineEngine, blur: float) -> None:
    back = 255 - close(MANY, 130, 20)[:, ::-1].astype(np.float32)
    if blur:
        back = np.asarray(cv2.GaussianBlur(back, (0, 0), blur), dtype=np.float32)
    page = np.clip(drawn(CAPTION, 40) - 0.2 * back, 0, 255).astype(np.uint8)
    assert words(engine, page) == " ".join(CAPTION).split()


def test_a_line_that_the_back_crosses_keeps_its_words_and_takes_none_of_the_backs(engine: LineEngine) -> None:
    front = drawn(FRONT, 80)
    crossed = 255 - drawn(("* * * * * * * * * * * *", *BACK[:2]), 186)[:, ::-1].astype(np.float32)
    found = words(engine, np.clip(front - 0.22 * crossed, 0, 255).astype(np.uint8))
    assert [word for word in " ".join(FRONT).split() if word not in found] == []


def test_the_grain_of_a_scan_saves_no_ink_of_the_back() -> None:
    page = np.full((100, 200), 255, np.uint8)
    page[20:60, 20:60], page[20:60, 100:140] = 200, 40  # of the back, and the page's own
    page[30, 30:34] = 100  # grains
    gone = ink_of_back(page, 90.0, [])
    assert gone[20:60, 20:60].all()
    assert not gone[:, 100:].any()
    assert not ink_of_back(page, 90.0, [BBox(10, 10, 70, 70)]).any()


def letters(total: int, clear: float) -> tuple[Letter, ...]:
    return tuple(Letter("A", 3 * at, 3 * at + 2, clear) for at in range(total))


@pytest.mark.parametrize(
    ("lines", "own", "mirrored", "back"),
    [(8, 0.5, 0.62, True), (7, 0.5, 0.62, False), (20, 0.5, 0.52, False), (20, 0.55, 0.45, False)],
)
def test_blurred_lines_tell_together_that_they_are_the_backs(
    lines: int, own: float, mirrored: float, back: bool
) -> None:
    faint = [_Suspect(at, letters(5, own), letters(5, mirrored), 60.0) for at in range(lines)]
    assert _are_clearer(faint) == back


def test_faint_lines_that_are_as_often_less_clear_in_a_mirror_are_no_backs() -> None:
    faint = [_Suspect(at, letters(5, 0.5), letters(5, 0.85 if at % 2 else 0.45), 60.0) for at in range(20)]
    assert not _are_clearer(faint)


def test_grain_that_ties_a_page_together_takes_no_type_with_it() -> None:
    """A grainy scan is one piece of ink from edge to edge, of which type is a small share."""
    front = drawn(FRONT[:1], 80)
    grain = np.random.default_rng(5).integers(20, 60, front.shape)
    page = np.clip(front.astype(np.int64) - grain, 0, 255).astype(np.uint8)
    gone = ink_of_back(page, 120.0, [])
    assert gone.any()
    assert not gone[front < 100].any()
