"""Which way up a page lies is told by its letters, and never by how it was laid on the glass."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from digitize.prepare import Orientation, prepare
from digitize.prepare.letters import pieces_of
from digitize.prepare.orientation import SIDE, log_shares, orientation_of, windows_of
from specimens import Maker, splits
from tests.digitize.conftest import FACE, typed_page

PROSE = (
    "The undersigned was present when the parties appeared",
    "and each of them, being duly sworn, answered freely.",
    "It was getting late; the judge adjourned until Friday,",
    "having heard nothing that would change his opinion.",
    "Nobody objected, although several looked puzzled by it.",
)


def small(image: Image.Image) -> np.ndarray:
    return np.asarray(image.resize((image.width * 3 // 4, image.height * 3 // 4)))


def laid(image: np.ndarray, turned: int) -> np.ndarray:
    """The page as it lies where a clockwise turn by `turned` brings it upright."""
    return np.ascontiguousarray(np.rot90(image, turned // 90))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("kind", ["capitals", "prose"])
def test_typing_is_found_to_stand_any_of_four_ways(kind: str, turned: int) -> None:
    page = small(typed_page() if kind == "capitals" else typed_page(PROSE))
    found = orientation_of(laid(page, turned), pieces_of(laid(page, turned)))
    assert found.turned == turned
    assert found.probability > 0.99


def test_turning_the_page_turns_the_votes_and_nothing_else() -> None:
    page = small(typed_page())
    votes = [log_shares(windows_of(laid(page, 90 * k), pieces_of(laid(page, 90 * k)))).mean(axis=0) for k in range(4)]
    for k in range(4):
        assert np.roll(votes[k], -k) == pytest.approx(votes[0], abs=0.25)


def test_windows_show_the_letters_they_are_taken_from() -> None:
    page = np.full((400, 600), 255, np.uint8)
    for left in range(40, 560, 40):
        cv2.rectangle(page, (left, 200), (left + 9, 214), (0,), -1)
    windows = windows_of(page, pieces_of(page))
    assert windows.shape[1:] == (SIDE, SIDE)
    assert (windows[:, SIDE // 2, SIDE // 2] > 0.9).all()


def test_with_hardly_a_letter_nothing_is_claimed() -> None:
    blank = np.full((800, 600), 255, np.uint8)
    assert orientation_of(blank, pieces_of(blank)) == Orientation(0, 0.25)
    pen = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(pen).text((100, 100), "PAGE 2", font=ImageFont.truetype(FACE, 24), fill=0)
    assert orientation_of(np.asarray(pen), pieces_of(np.asarray(pen))).probability <= 0.25


@pytest.mark.parametrize("split", ["train", "held_out"])
def test_made_pages_come_upright_whichever_way_they_lay(split: str) -> None:
    kept = splits()[split]
    maker = Maker(31, layouts=kept.layouts, fonts=kept.fonts, wear=kept.wear, stray_share=0.0)
    for quarters, specimen in enumerate(maker.specimens(4)):
        scan = specimen.scan()
        lying = np.ascontiguousarray(np.rot90(scan.picture, quarters - scan.quarters))
        found = prepare(lying)
        assert found.way.turned == 90 * quarters or found.upright < 0.99
