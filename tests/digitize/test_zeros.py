"""Slashed zeros: the slash must not make an eight of a zero."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from casefile.ocr import BBox
from digitize.engine import SeenWord
from digitize.marked_zeros import mended
from digitize.prepare.zeros import plain_zeros

DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
LIBERATION = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"
COURIER = "/usr/share/fonts/opentype/courier-prime/Courier Prime Bold.otf"
FREEMONO = "/usr/share/fonts/truetype/freefont/FreeMonoBold.ttf"


def typed(text: str, *, slashed: str = "", face: str = DEJAVU, size: int = 38) -> npt.NDArray[np.uint8]:
    """One line of type, letters some 28 pixels high; those in `slashed` get a slash."""
    page = Image.new("L", (40 * len(text) + 80, 100), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(face, size)
    for at, letter in enumerate(text):
        left = 40 + 40 * at
        if letter in slashed:
            pen.ellipse((left, 38, left + 19, 65), outline=0, width=3)
            pen.line((left + 3, 61, left + 16, 42), fill=0, width=2)
        else:
            pen.text((left, 30), letter, font=font, fill=0)
    return np.asarray(page)


@pytest.mark.parametrize("text", ["0000", "08/30/00", "8008 0B0 060"])
def test_slashed_zeros_are_found_and_nothing_else(text: str) -> None:
    page = typed(text, slashed="0")
    plain, zeros, _ = plain_zeros(page, 28.0)
    middles = sorted((zero.left + zero.right) // 2 for zero in zeros)
    expected = [40 + 40 * at + 10 for at, letter in enumerate(text) if letter == "0"]
    assert np.allclose(middles, expected, atol=3)
    for zero in zeros:
        inside = plain[zero.top + 6 : zero.bottom - 6, zero.left + 6 : zero.right - 6]
        assert inside.min() > 200


@pytest.mark.parametrize("face", [DEJAVU, LIBERATION, COURIER, FREEMONO])
@pytest.mark.parametrize("size", [26, 30, 38])
@pytest.mark.parametrize("text", ["8888 BBB NUMBER", "QUICK BROWN FOX 98689", "AaeegdpqRR&@%", "WMNHWMNH"])
def test_other_letters_are_left_as_they_are(text: str, size: int, face: str) -> None:
    page = typed(text, face=face, size=size)
    plain, zeros, _ = plain_zeros(page, size * 0.73)
    assert zeros == ()
    assert np.array_equal(plain, page)


def test_eights_are_known_where_zeros_are_marked() -> None:
    _, zeros, eights = plain_zeros(typed("080800", slashed="0"), 28.0)
    assert len(zeros) == 4
    places = {round(((eight.left + eight.right) / 2 - 50) / 40) for eight in eights}
    assert places == {1, 3}


def test_one_or_two_marked_zeros_are_an_accident() -> None:
    page = typed("12003456", slashed="0")
    plain, zeros, eights = plain_zeros(page, 28.0)
    assert (zeros, eights) == ((), ())
    assert np.array_equal(plain, page)


WORD = BBox(100, 10, 300, 40)  # ten letters, each 20 wide


def at(place: int) -> BBox:
    return BBox(102 + 20 * place, 12, 118 + 20 * place, 38)


def test_a_zero_in_the_ink_is_a_zero_in_the_text() -> None:
    (word,) = mended([SeenWord("O1-10-98CR", WORD, 0.9)], [at(0), at(4)], [at(7)])
    assert (word.text, word.confidence, word.alternatives) == ("01-10-98CR", 0.9, ())


def test_an_eight_the_ink_does_not_show_is_a_doubt_with_its_other_reading() -> None:
    (word,) = mended([SeenWord("18-30-1998", WORD, 0.93)], [at(4)], [at(9)])
    assert word.text == "18-30-1998"
    assert word.confidence == 0.5
    assert word.alternatives == (("10-30-1998", 0.5),)


@given(st.text("0O8B-", min_size=1, max_size=10), st.floats(0, 1))
def test_without_marked_zeros_nothing_changes(text: str, confidence: float) -> None:
    word = SeenWord(text, WORD, confidence)
    assert mended([word], [], []) == [word]


@given(st.text("0O8B-", min_size=1, max_size=10), st.floats(0, 1), st.sets(st.integers(0, 9)))
def test_mending_never_makes_a_word_surer(text: str, confidence: float, places: set[int]) -> None:
    (word,) = mended([SeenWord(text, WORD, confidence)], [at(place) for place in places] or [at(30)], [])
    assert word.confidence <= confidence
    assert len(word.text) == len(text)


def test_a_word_read_by_lines_gets_its_zero_and_no_doubt() -> None:
    """Its net has said how sure it is; the reading that is now its text is no longer its other one."""
    word = SeenWord("C0O8", BBox(0, 0, 40, 20), 0.9, (("C008", 0.06), ("C0O3", 0.02)), piece=0)
    zero = BBox(20, 0, 30, 20)
    (found,) = mended([word], [zero], [])
    assert (found.text, found.confidence, found.alternatives) == ("C008", 0.9, (("C0O3", 0.02),))


def test_a_mark_that_would_spoil_a_word_is_worn_type() -> None:
    zero = BBox(20, 0, 30, 20)
    assert mended([SeenWord("INQUIRY", BBox(0, 0, 70, 20), 0.9)], [zero], [])[0].text == "INQUIRY"
    assert mended([SeenWord("19O85", BBox(0, 0, 50, 20), 0.9)], [zero], [])[0].text == "19085"
