"""Blanks told by the ink: none where there is no room, one where the paper shows it, whatever a net says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.ctc import ALPHABET, LineFrames, letters_of, text_of
from digitize.spacing import with_true_gaps

PITCH, FRAMES = 20, 5  # columns and frames to a letter


def typed(cells: str, seen: str) -> tuple[LineFrames, np.ndarray]:  # type: ignore[type-arg]
    """Type of one pitch: the ink of `cells`, and the frames of a net that sees `seen`, where ~ is nothing."""
    ink = np.zeros(PITCH * len(cells), dtype=bool)
    rows = np.zeros((FRAMES * len(cells), len(ALPHABET)), dtype=np.float32)
    rows[:, 0] = 1.0
    for at, (cell, letter) in enumerate(zip(cells, seen, strict=True)):
        if cell != " ":
            ink[PITCH * at + 3 : PITCH * at + 17] = True
        if letter != "~":
            rows[FRAMES * at + 2] = 0.0
            rows[FRAMES * at + 2, ALPHABET.index(letter)] = 1.0
    return LineFrames(rows, 1 / len(rows)), ink


def read(cells: str, seen: str) -> str:
    return text_of(letters_of(with_true_gaps(*typed(cells, seen), height=24).rows))


@pytest.mark.parametrize(
    ("cells", "seen", "text"),
    [
        ("TO BE MADE", "TO BE MADE", "TO BE MADE"),
        ("THEY HAVE FOUND", "THEY~HAVE~FOUND", "THEY HAVE FOUND"),
        ("PLEA  OF  GUILTY", "PLEA~~OF~~GUILTY", "PLEA OF GUILTY"),
        ("TOBEMADE", "TOBEMADE", "TOBEMADE"),
    ],
)
def test_words_are_parted_where_their_ink_is(cells: str, seen: str, text: str) -> None:
    assert read(cells, seen) == text


def test_a_blank_without_room_in_type_of_one_pitch_is_none() -> None:
    frames, ink = typed("720-550/5(d)", "720-550/5(d)")
    rows = frames.rows.copy()
    between = FRAMES * 9  # before the bracket
    rows[between] = 0.0
    rows[between, 1] = 1.0
    assert text_of(letters_of(rows)) == "720-550/5 (d)"
    assert text_of(letters_of(with_true_gaps(LineFrames(rows, frames.step), ink, 24).rows)) == "720-550/5(d)"


@given(st.text("ABC19/ ", min_size=0, max_size=20))
def test_letters_are_neither_lost_nor_made(cells: str) -> None:
    cells = " ".join(cells.split()) or "A"
    before = cells.replace(" ", "~")
    assert read(cells, before).replace(" ", "") == cells.replace(" ", "")


def test_a_blank_that_a_net_is_sure_of_stays_in_type_set_by_the_shape_of_its_letters() -> None:
    """Letters of a printed label stand so evenly, in frames, that they pass for type of one pitch."""
    text, ink = "NAME OF DEFENDANT", np.zeros(12 * 17, dtype=bool)
    rows = np.zeros((3 * len(text), len(ALPHABET)), dtype=np.float32)
    rows[:, 0] = 1.0
    for at, letter in enumerate(text):
        rows[3 * at + 1] = 0.0
        rows[3 * at + 1, ALPHABET.index(letter)] = 1.0
        if letter != " ":
            ink[12 * at - 3 : 12 * at + 14] = True  # letters nearly touch, blanks are half a letter broad
    frames = LineFrames(rows, 1 / len(rows))
    assert text_of(letters_of(with_true_gaps(frames, ink, 22).rows)) == text


def test_two_letters_are_too_few_to_tell_a_blank_by() -> None:
    frames, ink = typed("A B", "A B")
    assert with_true_gaps(frames, ink, 24) is frames


def colon_after_paper(text: str, point: str) -> tuple[LineFrames, np.ndarray]:  # type: ignore[type-arg]
    """Type of one pitch that ends in a point: a speck in the middle of its cell, with much paper before it."""
    frames, ink = typed(text + point, text + point)
    ink[PITCH * len(text) :] = False
    ink[PITCH * len(text) + 8 : PITCH * len(text) + 12] = True
    ink[PITCH * len(text) - 5 : PITCH * len(text)] = False
    return frames, ink


@pytest.mark.parametrize("text", ["RACE", "CASE NO", "SEX"])
@pytest.mark.parametrize("point", [":", ".", ",", ";", ")"])
def test_a_point_as_near_as_the_next_letter_closes_its_word(text: str, point: str) -> None:
    frames, ink = colon_after_paper(text, point)
    assert text_of(with_true_gaps(frames, ink, 24).letters) == text + point
    rows = frames.rows.copy()
    between = FRAMES * len(text)
    rows[between] = 0.0
    rows[between, 1] = 1.0  # and where the net itself sees a blank
    assert text_of(with_true_gaps(LineFrames(rows, frames.step), ink, 24).letters) == text + point


@pytest.mark.parametrize("cells", ["STATUTE . . . . .", "COURT : CASE", "APPEARED , AND"])
def test_a_point_that_stands_apart_stays_apart(cells: str) -> None:
    assert read(cells, cells) == cells
