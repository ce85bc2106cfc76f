"""Letters that stand close get more room for the second reader; each crop's frames come back at its own place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from digitize.ctc import ALPHABET, LineFrames
from digitize.lines import SQUEEZE, Pixels
from digitize.squeeze import ROOMY, is_close, read_in_kind


def frames_of(text: str, apart: int) -> LineFrames:
    """A line whose letters stand so many frames apart."""
    rows = np.full((apart * len(text) + 1, len(ALPHABET)), 0.001, dtype=np.float32)
    rows[:, 0] = 0.9
    for at, letter in enumerate(text):
        rows[apart * at, 0], rows[apart * at, ALPHABET.index(letter)] = 0.02, 0.9
    return LineFrames(rows, 1 / len(rows))


@pytest.mark.parametrize(
    ("text", "apart", "close"),
    [("DEFENDANT", 3, False), ("DEFENDANT", 2, False), ("PLAINTF", 1, True), ("MD", 1, False), ("", 1, False)],
)
def test_a_line_is_close_by_the_frames_from_letter_to_letter(text: str, apart: int, close: bool) -> None:
    assert is_close(frames_of(text, apart)) is close


class Noting:
    """A reader whose frames tell the width of the crop and the squeeze it was shown with."""

    name = "noting"

    def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
        assert crops, "nothing is asked about nothing"
        return [LineFrames(np.full((1, 1), crop.shape[1], dtype=np.float32), squeeze) for crop in crops]


@pytest.mark.parametrize("close", [(True, False, True), (False, False, False), (True, True, True), ()])
def test_every_crop_is_read_at_its_squeeze_and_comes_back_in_order(close: tuple[bool, ...]) -> None:
    crops = [np.full((30, 10 + at), 255, dtype=np.uint8) for at in range(len(close))]
    read = read_in_kind(Noting(), crops, close)
    assert [int(one.rows[0, 0]) for one in read] == [10 + at for at in range(len(close))]
    assert [one.step for one in read] == [ROOMY if one else SQUEEZE for one in close]
