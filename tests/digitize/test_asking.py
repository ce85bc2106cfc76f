"""Which parts of a line the second reader sees: doubtful words, nothing else, nothing lost."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.asking import Part, Thresholds, parts_of
from digitize.ctc import ALPHABET, LineFrames, letters_of, text_of

SURE, UNSURE = 0.998, 0.7


def frames(text: str, unsure: frozenset[int] = frozenset(), sure: float = SURE, unclear: float = UNSURE) -> LineFrames:
    """Frames that spell a text, a blank one after each letter; the letters at `unsure` are unclear."""
    rows = np.zeros((2 * len(text), len(ALPHABET)), dtype=np.float32)
    for at, character in enumerate(text):
        clear = unclear if at in unsure else sure
        rows[2 * at] = (1 - clear) / (len(ALPHABET) - 1)
        rows[2 * at, ALPHABET.index(character)] = clear
        rows[2 * at + 1, 0] = 1.0
    return LineFrames(rows, 1 / max(1, len(rows)))


def asked(text: str, *unsure: int, unclear: float = UNSURE) -> list[str]:
    parts = parts_of(frames(text, frozenset(unsure), unclear=unclear), Thresholds())
    return [text_of(letters_of(part.first.rows)) for part in parts if part.asked]


@pytest.mark.parametrize(
    ("text", "unsure", "expected"),
    [
        ("PLEA OF GUILTY ENTERED TODAY", (), []),
        ("PLEA OF GUILTY ENTERED TODAY", (9,), ["GUILTY"]),
        ("PLEA OF GUILTY ENTERED TODAY", (0,), ["PLEA"]),
        ("PLEA OF GUILTY ENTERED TODAY", (27,), ["TODAY"]),
        ("PLEA OF GUILTY ENTERED BY THE COURT", (0, 34), ["PLEA", "COURT"]),
        ("PLEA OF GUILTY ENTERED BY THE COURT", (0, 5), ["PLEA OF"]),
        ("PROBATION 24 MTHS", (), []),
        ("PROBATION 24 MTHS", (10,), ["24"]),
        ("PLEA OF GUILTY ENTERED BY THE COURT", (14,), []),  # a blank, clear enough
        ("PLEA OF GUILTY ENTERED BY THE COURT", (9, 14), ["GUILTY ENTERED"]),  # but not to part what is asked about
    ],
)
def test_doubtful_words_are_asked_about(text: str, unsure: tuple[int, ...], expected: list[str]) -> None:
    assert asked(text, *unsure) == expected


def test_what_stands_to_both_sides_of_a_blank_that_may_be_none_is_one() -> None:
    assert asked("PLEA OF GUILTY ENTERED BY THE COURT", 14, unclear=0.4) == ["GUILTY ENTERED"]


@pytest.mark.parametrize("drawn", ["==========", "- - - - - -", "....-....", "_____ ~~~~~"])
@pytest.mark.parametrize("sure", [0.5, 0.8])
def test_nobody_is_asked_about_a_line_drawn_with_signs(drawn: str, sure: float) -> None:
    assert [part.asked for part in parts_of(frames(drawn, sure=sure), Thresholds())] == [False]


def test_what_stands_in_a_drawn_line_is_asked_about() -> None:
    assert asked("FINED ........ 25 DOLLARS", 15) == ["25"]
    assert asked("-12-", 1) == ["-12-"]


@pytest.mark.parametrize("text", ["1994", "B2", "L7A", "IOU", "11/12", "90-CR-1", "M@Y", "12 MTHS"])
def test_what_may_be_a_number_must_be_clearer_than_a_plain_word(text: str) -> None:
    assert [part.asked for part in parts_of(frames("MTHS (SERVED)", sure=0.85), Thresholds())] == [False]
    assert any(part.asked for part in parts_of(frames(text, sure=0.85), Thresholds()))


def test_few_letters_on_a_wide_line_are_dirt_and_nobody_is_asked() -> None:
    narrow = frames("I-", sure=0.7)
    paper = np.zeros((30, len(ALPHABET)), dtype=np.float32)
    paper[:, 0] = 1.0
    wide = LineFrames(np.concatenate((narrow.rows, paper)), 1 / 34)
    assert [[part.asked for part in parts_of(line, Thresholds())] for line in (narrow, wide)] == [[True], [False]]


def test_a_line_that_may_be_a_mark_or_no_type_is_asked_about_as_a_whole() -> None:
    assert asked("11") == ["11"]
    unclear = parts_of(frames("LORD KNOWS WHAT", sure=0.5), Thresholds())
    assert [part.asked for part in unclear] == [True]
    assert [part.asked for part in parts_of(frames("SCRIBBLE AND MORE", sure=0.4), Thresholds())] == [False]


@given(
    st.text(alphabet="AB1 ", min_size=1, max_size=40).map(str.strip).filter(bool),
    st.sets(st.integers(0, 39)),
    st.integers(1, 5000),
)
def test_parts_are_the_line(text: str, unsure: set[int], width: int) -> None:
    line = frames(" ".join(text.split()), frozenset(unsure))
    parts = parts_of(line, Thresholds())
    assert " ".join(text_of(letters_of(part.first.rows)) for part in parts) == text_of(letters_of(line.rows))
    assert (parts[0].start, parts[-1].stop) == (0.0, 1.0)
    assert all(a.stop == b.start and a.asked != b.asked for a, b in pairwise(parts))
    assert sum(len(part.first.rows) for part in parts) == len(line.rows)
    assert all(_letters_stand_where_they_stood(part, line) for part in parts)
    assert all(part.columns(width).stop > part.columns(width).start for part in parts)


def _letters_stand_where_they_stood(part: Part, line: LineFrames) -> bool:
    there = [round(part.on_line(one.middle * part.first.step), 6) for one in letters_of(part.first.rows)]
    return set(there) <= {round(one.middle * line.step, 6) for one in letters_of(line.rows)}
