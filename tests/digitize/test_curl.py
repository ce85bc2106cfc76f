"""On a page that did not lie flat a date still stands level with its own entry."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from casefile.ocr import BBox
from digitize.curl import levelled
from digitize.engine import SeenWord
from digitize.rows import rows_of

ROWS, PITCH, WIDE = 14, 40, 2000
TEXTS = ("04/12/91", "PLEA", "OF", "GUILTY", "FINED", "100.00", "MAZUREK")
PLACES = (100, 500, 640, 720, 900, 1050, 1700)  # a date, an entry of five words, and a judge far off


def a_page(wave: float, phase: float, *, jitter: int = 0, seed: int = 0) -> list[SeenWord]:
    """Rows of seven words, each moved down by the wave of the page where it stands."""
    chance = random.Random(seed)
    words = []
    for row in range(ROWS):
        for text, left in zip(TEXTS, PLACES, strict=True):
            middle = left + 10 * len(text)
            down = wave * math.sin(2 * math.pi * (middle / WIDE + phase)) + chance.randint(-jitter, jitter)
            top = 100 + row * PITCH + round(down)
            high = 29 if "/" in text else 24
            top -= (high - 24) // 2
            words.append(SeenWord(text, BBox(left, top, left + 20 * len(text), top + high), 0.9, (), row))
    return words


def rows(words: list[SeenWord]) -> list[list[str]]:
    found = rows_of(levelled(words), [word.piece for word in words])
    return [[words[at].text for at in row] for row in found]


@given(st.floats(5, 16), st.floats(0.0, 1.0), st.integers(0, 1))
def test_words_of_a_row_stand_level_however_the_page_curls(wave: float, phase: float, jitter: int) -> None:
    flat = levelled(a_page(wave, phase, jitter=jitter))
    for at in range(0, len(flat), len(TEXTS)):
        middles = [(bbox.top + bbox.bottom) / 2 for bbox in flat[at : at + len(TEXTS)]]
        assert max(middles) - min(middles) <= 3 + 2 * jitter


def test_a_judge_far_off_stands_with_the_entry_though_the_page_curls_by_half_a_row() -> None:
    # in every second row the judge is cut as a line of his own
    words = [
        replace(word, piece=100 + at) if at % (2 * len(TEXTS)) == len(TEXTS) - 1 else word
        for at, word in enumerate(a_page(14.0, 0.2))
    ]
    as_they_stand = rows_of([word.bbox for word in words], [word.piece for word in words])
    assert any(len(row) != len(TEXTS) for row in as_they_stand)
    assert rows(words) == [list(TEXTS)] * ROWS


@given(st.integers(0, 2), st.integers(0, 99))
def test_a_flat_page_stays_as_it_is(jitter: int, seed: int) -> None:
    words = a_page(0.0, 0.0, jitter=jitter, seed=seed)
    assert levelled(words) == [word.bbox for word in words]


def test_what_was_typed_lower_than_the_labels_of_a_form_is_no_curl() -> None:
    words = [
        SeenWord(text, BBox(left, top - down - high, left + 100, top - down), 0.9, (), row)
        for row, top in enumerate(range(100, 800, 50))
        for text, left, high, down in (
            ("NAME", 100, 18, 0),
            ("MILLER", 300, 26, 7),
            ("RACE", 900, 18, 0),
            ("W", 1100, 26, 7),
        )
    ]
    assert levelled(words) == [word.bbox for word in words]


def test_a_few_words_tell_nothing() -> None:
    words = a_page(14.0, 0.2)[:20]
    assert levelled(words) == [word.bbox for word in words]


def test_no_words_have_no_boxes() -> None:
    assert levelled([]) == []
