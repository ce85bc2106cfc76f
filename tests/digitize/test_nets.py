"""Lines go through the net in batches of like width, and each comes back as itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from digitize.ctc import letters_of, text_of
from digitize.engines import _WEIGHTS
from digitize.lines import SQUEEZE, Pixels
from digitize.nets import _BATCH, _WASTE, OwnNet, _batches

FACE = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"
TEXTS = ("720-550/5(d)", "PLEA OF GUILTY", "05/20/93", "DEF SENTENCED TO PROBATION", "24 MTHS", "DEFENDANT ARRAIGNED")


def a_crop(text: str) -> Pixels:
    page = Image.new("L", (20 * len(text) + 20, 44), 255)
    ImageDraw.Draw(page).text((8, 4), text, font=ImageFont.truetype(FACE, 32), fill=0)
    return np.asarray(page)


def test_each_line_comes_back_in_its_place() -> None:
    net = OwnNet(_WEIGHTS)
    read = net.frames_of([a_crop(text) for text in TEXTS], SQUEEZE)
    assert [text_of(letters_of(frames.rows)) for frames in read] == list(TEXTS)
    for text, frames in zip(TEXTS, read, strict=True):
        letters = letters_of(frames.rows)
        middle = 8 + 19.2 * (len(text) - 0.5)  # of the last letter, pixels of the crop
        # nets show a letter up to a frame or two late, never by a whole letter
        assert letters[-1].middle * frames.step * a_crop(text).shape[1] == pytest.approx(middle, abs=18)


def test_no_lines_are_no_work() -> None:
    assert OwnNet(_WEIGHTS).frames_of([], SQUEEZE) == []


@given(st.lists(st.integers(8, 4096)))
def test_batches_hold_every_line_once_and_waste_little(widths: list[int]) -> None:
    batches = list(_batches(widths))
    assert sorted(i for batch in batches for i in batch) == list(range(len(widths)))
    for batch in batches:
        widest, narrowest = max(widths[i] for i in batch), min(widths[i] for i in batch)
        assert widest <= _WASTE * narrowest
        assert len(batch) == 1 or widest * len(batch) <= _BATCH
