"""Rows are rebuilt from boxes: a date stands with its entry, whatever order the engine gave them in."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from casefile.ocr import BBox
from digitize.rows import rows_of


def a_table(rows: int, columns: int, slope: float = 0.0) -> list[BBox]:
    """Words 60 wide and 30 high, 50 from row to row; `slope` is what a row falls from one column to the next."""
    return [
        BBox(c * 200, round(r * 50 + c * slope), c * 200 + 60, round(r * 50 + c * slope) + 30)
        for r in range(rows)
        for c in range(columns)
    ]


@given(st.integers(1, 12), st.integers(1, 8), st.floats(-9, 9), st.randoms(use_true_random=False))
def test_a_table_comes_back_row_by_row(rows: int, columns: int, slope: float, chance: random.Random) -> None:
    words = a_table(rows, columns, slope)
    shuffled = list(range(len(words)))
    chance.shuffle(shuffled)
    found = rows_of([words[i] for i in shuffled])
    assert [[shuffled[i] for i in row] for row in found] == [
        list(range(r * columns, (r + 1) * columns)) for r in range(rows)
    ]


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(1, 200), st.integers(1, 80))))
def test_every_word_stands_in_one_row_from_left_to_right(found: list[tuple[int, int, int, int]]) -> None:
    bboxes = [BBox(x, y, x + w, y + h) for x, y, w, h in found]
    rows = rows_of(bboxes)
    assert sorted(i for row in rows for i in row) == list(range(len(bboxes)))
    assert all([bboxes[i].left for i in row] == sorted(bboxes[i].left for i in row) for row in rows)


def test_signs_stand_in_the_row_they_belong_to() -> None:
    dash, stop = BBox(70, 14, 80, 18), BBox(90, 26, 95, 31)
    assert rows_of([BBox(0, 0, 60, 30), dash, stop, BBox(0, 50, 60, 80)]) == ((0, 1, 2), (3,))


def test_no_words_are_no_rows() -> None:
    assert rows_of([]) == ()


def test_pieces_stay_whole_where_lines_curve_and_a_scrawl_stands_before_one() -> None:
    """Two lines that fall to the right; the lower one's first word is a tall scrawl that was read with it."""
    upper = [BBox(100 + 100 * i, 100 + 9 * i, 180 + 100 * i, 130 + 9 * i) for i in range(6)]
    lower = [BBox(20, 110, 90, 190)] + [BBox(100 + 100 * i, 150 + 9 * i, 180 + 100 * i, 180 + 9 * i) for i in range(6)]
    rows = rows_of([*lower, *upper], [1] * len(lower) + [2] * len(upper))
    assert sorted(map(sorted, rows)) == [list(range(7)), list(range(7, 13))]
