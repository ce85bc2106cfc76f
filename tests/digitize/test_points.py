"""The point at the end of a line: made where the ink has one, of nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.ctc import ALPHABET, LineFrames, text_of
from digitize.points import with_end_point

LETTER, PITCH, FRAMES = 30, 24, 5  # pixels of a letter's height, columns and frames to a letter
BASE = 40  # the row that letters stand on


def typed(text: str, *marks: tuple[float, int, int, int]) -> tuple[LineFrames, np.ndarray]:  # type: ignore[type-arg]
    """Letters of one pitch that a net sees, and marks after them: pitches behind the last, top, width, height."""
    cells = len(text) + 2
    ink = np.zeros((56, PITCH * cells), dtype=bool)
    rows = np.zeros((FRAMES * cells, len(ALPHABET)), dtype=np.float32)
    rows[:, 0] = 1.0
    for at, letter in enumerate(text):
        ink[BASE - LETTER : BASE, PITCH * at + 4 : PITCH * at + 18] = True
        rows[FRAMES * at + 2] = 0.0
        rows[FRAMES * at + 2, ALPHABET.index(letter)] = 1.0
    for behind, top, width, height in marks:
        left = round(PITCH * (len(text) - 0.5 + behind) - width / 2)
        ink[top : top + height, left : left + width] = True
    return LineFrames(rows, 1 / len(rows)), ink


POINT = (0.6, BASE - 6, 6, 6)


@pytest.mark.parametrize("text", ["FILED", "11-17-92", "704(d)"])
def test_a_point_the_net_passed_over_is_read(text: str) -> None:
    frames = with_end_point(*typed(text, POINT), height=LETTER)
    assert text_of(frames.letters) == f"{text}."
    assert frames.rows.sum(axis=1) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "marks",
    [
        (),
        ((0.6, BASE - 6 - 12, 6, 6),),  # above the line: a speck
        ((0.6, BASE - 2, 2, 2),),  # too small
        ((0.6, BASE - 14, 14, 14),),  # too large
        ((1.6, BASE - 6, 6, 6),),  # too far away
        (POINT, (1.2, BASE - 20, 4, 4)),  # one speck of several
    ],
)
def test_other_marks_are_no_points(marks: tuple[tuple[float, int, int, int], ...]) -> None:
    frames, ink = typed("FILED", *marks)
    assert with_end_point(frames, ink, LETTER) is frames


@pytest.mark.parametrize("text", ["P.D.", "STATUTE:", "A"])
def test_after_another_point_or_a_letter_alone_none_is_made(text: str) -> None:
    frames, ink = typed(text, POINT)
    assert with_end_point(frames, ink, LETTER) is frames
