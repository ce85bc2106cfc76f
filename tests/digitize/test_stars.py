"""Rows of stars are counted by their ink, whatever a net makes of them; other rows of signs and type are none."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from digitize.ctc import Letter
from digitize.lines import Line, lines_of
from digitize.stars import star_words

FACE = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"


def the_line(text: str) -> Line:
    page = Image.new("L", (1500, 220), 255)
    ImageDraw.Draw(page).text((60, 90), text, font=ImageFont.truetype(FACE, 34), fill=20)
    return max(lines_of(np.asarray(page)), key=lambda line: line.crop.shape[1])


def as_read(text: str, confidence: float = 0.6) -> list[Letter]:
    return [Letter(sign, 3 * at, 3 * at + 1, confidence) for at, sign in enumerate(text)]


@pytest.mark.parametrize("read", ["* * ******** * * *", "*4*##*e*  4*", "* * * * * * * * * * * *"])
def test_stars_are_as_many_as_their_ink_however_they_were_read(read: str) -> None:
    words = star_words(the_line("* " * 12), as_read(read))
    assert [word.text for word in words] == ["*"] * 12
    assert [word.places for word in words] == sorted(word.places for word in words)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("*" * 20, "*" * 20),  # a rule drawn with stars
        ("* * *", "* * *"),
        ("x " * 12, "x x x x x x x x x x x x"),
        ("*** END OF CASE DATA ***", "*** END OF CASE DATA ***"),
        ("PROBATION 24 MTHS", "PROBATION 24 MTHS"),
        ("*  GUILTY * PLEA ** MD *", "** ** * * * ** **"),
    ],
)
def test_nothing_else_is_a_row_of_stars(typed: str, read: str) -> None:
    assert star_words(the_line(typed), as_read(read)) == []
