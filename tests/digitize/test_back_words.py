"""A word of the back among the page's own is no word of the page; symmetric words, and faint ones of its own, are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from digitize.back_words import without_words_of_back
from digitize.ctc import LineFrames
from digitize.engines import best_engine
from digitize.line_engine import LineEngine, edges_of
from digitize.lines import Line, Pixels
from digitize.readings import WordRead

FACE = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"
WIDE, HIGH = 1200, 620
FRONT = ("05/20/93 PLEA OF GUILTY", "720-550/5(d) MFG/DEL CANNABIS", "PROBATION 24 MTHS", "JUDGE HARRIS")
Placed = tuple[int, int, str]  # left, top, text


@pytest.fixture(scope="module")
def engine() -> LineEngine:
    found = best_engine()
    assert isinstance(found, LineEngine)
    return found


def drawn(rows: Sequence[Placed], fill: int = 20) -> Pixels:
    page = Image.new("L", (WIDE, HIGH), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(FACE, 34)
    for left, top, text in rows:
        pen.text((left, top), text, font=face, fill=fill)
    return np.asarray(page)


def typed(rows: Sequence[str]) -> list[Placed]:
    return [(60, 80 + 120 * at, row) for at, row in enumerate(rows)]


def with_back(front: Pixels, words: Sequence[Placed], strength: float) -> Pixels:
    """The page with words of its back; their places are those from the right, seen from the front."""
    back = 255 - drawn(words)[:, ::-1].astype(np.float32)
    return np.clip(front - strength * back, 0, 255).astype(np.uint8)


def words(engine: LineEngine, page: Pixels) -> list[str]:
    seen = sorted(engine.words_on(page), key=lambda word: (word.bbox.top // 40, word.bbox.left))
    return [word.text for word in seen]


@pytest.mark.parametrize("strength", [0.2, 0.35, 0.5])
@pytest.mark.parametrize("text", ["GUILTY", "PROBATION", "DENIED", "COURT"])
def test_a_word_of_the_back_beside_type_is_not_read(engine: LineEngine, text: str, strength: float) -> None:
    front = drawn(typed(FRONT))
    page = with_back(front, [(200, 80, text)], strength)
    assert words(engine, page) == words(engine, front) == " ".join(FRONT).split()


@pytest.mark.parametrize("fill", [150, 180, 195])
@pytest.mark.parametrize("text", ["NOT", "A", "II", "8", "COUNT 1"])
def test_no_faint_word_of_the_page_is_taken_for_the_back_s(engine: LineEngine, text: str, fill: int) -> None:
    rows = ("05/06/92 FINDING OF", *FRONT[1:])
    front = np.minimum(drawn(typed(rows)), drawn([(560, 80, text)], fill=fill))
    back = [(120, 200, "GUILTY"), (200, 320, "DENIED")]
    assert set(text.split()) <= set(words(engine, front))
    assert set(text.split()) <= set(words(engine, with_back(front, back, 0.25)))


def test_words_that_are_their_own_mirror_images_stay(engine: LineEngine) -> None:
    rows = ("A MOM TAT HIM OTTO", "8 0 1 A 808 AUTOMAT", *FRONT[2:])
    back = [(120, 320, "GUILTY"), (200, 440, "DENIED")]
    front = drawn(typed(rows))
    assert words(engine, with_back(front, back, 0.35)) == words(engine, front)
    assert {"A", "MOM", "TAT", "HIM", "OTTO", "808"} <= set(words(engine, front))


@pytest.mark.parametrize("text", ["A", "M", "HIM", "GRANTED", "24"])
def test_a_faint_word_stays_where_nothing_is_of_the_back(engine: LineEngine, text: str) -> None:
    faint = np.minimum(drawn(typed(FRONT)), drawn([(700, 440, text)], fill=150))
    assert words(engine, faint)[-1] == text


def test_a_faint_word_of_the_page_stays_beside_the_back(engine: LineEngine) -> None:
    front = np.minimum(drawn(typed(FRONT)), drawn([(560, 440, "GRANTED")], fill=150))
    page = with_back(front, [(200, 80, "GUILTY"), (200, 200, "DENIED")], 0.35)
    assert words(engine, page) == [*" ".join(FRONT).split(), "GRANTED"]


@pytest.mark.parametrize("row", ["MAY 1 1991 A M TO HIM", "OTTO TATUM MD 801"])
def test_where_all_type_is_faint_all_is_read(engine: LineEngine, row: str) -> None:
    assert words(engine, drawn(typed((row, *FRONT[1:])), fill=170))[: len(row.split())] == row.split()


def test_a_page_of_one_darkness_is_not_read_again() -> None:
    crop = np.full((40, 400), 255, dtype=np.uint8)
    crop[10:30, 20:60] = crop[10:30, 220:260] = 0
    line = Line(crop, 0, 20, np.array([100.0]))
    read = [(line, [WordRead(text, (at,), 1, 0.9, 0.9, None, 0.9, 1) for text, at in (("A", 0.1), ("M", 0.6))])]

    def refuse(crops: Sequence[Pixels]) -> Sequence[LineFrames]:
        raise AssertionError("nothing is faint")

    assert without_words_of_back(read, [edges_of(line, read[0][1])], refuse, ()) == read
    assert without_words_of_back([], [], refuse, ()) == []
