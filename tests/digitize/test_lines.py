"""Lines cut from a page: every word in one of them, curved lines laid straight, and each crop led back to its ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from casefile.ocr import BBox
from digitize.lines import NET_HEIGHT, Pixels, lines_of, net_input, net_width
from digitize.lines.cutter import _centres, _Chain, _chains, _Piece
from digitize.lines.shape import full_ink
from digitize.lines.straight import _fitted

FACE = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"
ROWS = ("05/20/93 PLEA OF GUILTY", "720-550/5(d) MFG/DEL CANNABIS", "PROBATION 24 MTHS", "CASH BOND 1,000.00")


def a_page(rows: tuple[str, ...] = ROWS, *, fill: int = 0, size: int = 34) -> Pixels:
    """Black type on white, capitals about 22 pixels high, rows 60 apart, the first at 100."""
    page = Image.new("L", (1200, 200 + 60 * len(rows)), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(FACE, size)
    for at, row in enumerate(rows):
        pen.text((100, 100 + 60 * at), row, font=face, fill=fill)
    return np.asarray(page)


def bent(page: Pixels, sag: float) -> Pixels:
    """The page with its middle `sag` pixels lower than its sides."""
    height, width = page.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    drop = sag * (1 - ((x - width / 2) / (width / 2)) ** 2)
    return np.asarray(cv2.remap(page, x, (y - drop).astype(np.float32), cv2.INTER_LINEAR, borderValue=(255,)))


def inked(page: Pixels) -> BBox:
    rows, columns = np.nonzero(page < 128)
    return BBox(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)


@pytest.mark.parametrize("sag", [0, 25, -25])
def test_each_row_is_one_line_however_the_page_bends(sag: float) -> None:
    lines = sorted(lines_of(bent(a_page(), sag)), key=lambda line: line.bbox.top)
    assert len(lines) == len(ROWS)
    assert max(line.crop.shape[0] for line in lines) <= 48  # laid straight: no higher than type and its margins


def test_faded_type_is_cut_as_black_type_is() -> None:
    black = lines_of(a_page())
    # the right half of the page lost its ink but for a third
    faded = a_page().copy()
    faded[:, 400:] = 255 - (255 - faded[:, 400:]) // 3
    assert np.array([line.bbox for line in lines_of(faded)]) == pytest.approx(
        np.array([line.bbox for line in black]), abs=5
    )


@pytest.mark.parametrize("shift", range(0, 240, 8))
def test_a_short_line_is_level_wherever_the_strips_part_it(shift: int) -> None:
    page = np.roll(a_page(("2010/10/11",) * 6), shift, axis=1)
    lines = lines_of(page)
    assert len(lines) == 6
    assert max(line.bbox.height for line in lines) <= 48


def test_a_letter_of_which_a_strip_cuts_two_bits_parts_no_line() -> None:
    """The arms of a G beyond the edge of a strip lie one above the other; the line goes on behind both."""
    whole, upper, lower, rest = (
        _Piece(192, 216, 526, 537, 85),
        _Piece(216, 223, 526, 529, 17),
        _Piece(216, 232, 532, 538, 44),
        _Piece(259, 324, 526, 537, 320),
    )
    (chain,) = _chains([whole, upper, lower, rest], 12.0)
    assert chain.pieces == [whole, upper, lower, rest]


@pytest.mark.parametrize("lean", [-30, -14, 14, 30])
def test_a_slanted_frame_that_joins_type_takes_none_of_it_along(lean: int) -> None:
    page = Image.fromarray(a_page())
    frame = [(80, 150), (500, 150 + lean), (500 - lean // 3, 300 + lean), (80 - lean // 3, 300), (80, 150)]
    ImageDraw.Draw(page).line(frame, fill=20, width=5)
    lines = sorted(lines_of(np.asarray(page)), key=lambda line: line.bbox.top)
    for line in lines_of(a_page()):
        middle = line.middle_at(300)
        assert any(
            abs(other.middle_at(300) - middle) < 12 and other.bbox.width > 0.6 * line.bbox.width for other in lines
        )


def test_level_rules_and_pens_are_left_as_they_were() -> None:
    page = Image.fromarray(a_page())
    pen = ImageDraw.Draw(page)
    pen.line([(60 + 8 * n, 240 + round(50 * np.sin(n / 4))) for n in range(60)], fill=20, width=4)
    assert len(lines_of(np.asarray(page))) >= len(ROWS) - 2


def test_columns_far_apart_are_lines_of_their_own() -> None:
    assert len(lines_of(a_page(("05/20/93        PLEA OF GUILTY",)))) == 2


def test_specks_and_paper_are_no_lines() -> None:
    page = np.full((800, 600), 255, np.uint8)
    page[100:102, 50:52] = page[400:402, 300:302] = 0
    assert lines_of(page) == ()
    grain = np.clip(np.random.default_rng(3).normal(248, 5, (800, 600)), 0, 255).astype(np.uint8)
    assert lines_of(grain) == ()


def test_a_punched_hole_beside_a_line_or_on_it_changes_no_crop() -> None:
    whole, holed = a_page(), a_page().copy()
    cv2.circle(holed, (60, 120), 34, (0,), cv2.FILLED)
    cv2.circle(holed, (700, 60), 34, (0,), cv2.FILLED)
    one, two = (sorted(line.bbox[1::-1] + line.bbox[2:] for line in lines_of(page)) for page in (whole, holed))
    assert np.array(two) == pytest.approx(np.array(one), abs=4)


def test_a_dash_alone_keeps_the_height_of_a_letter() -> None:
    page = a_page((*ROWS, "                   -")).copy()
    dash = max(lines_of(page), key=lambda line: line.bbox.top)
    assert 20 <= dash.crop.shape[0] <= 48


@settings(max_examples=25, deadline=None)
@given(st.integers(-30, 30), st.integers(0, 400), st.integers(20, 300))
def test_a_part_of_a_crop_leads_back_to_its_ink(sag: int, first: int, width: int) -> None:
    """What a crop shows in some columns stands on the page in the box they lead to, on bent lines too."""
    page = bent(a_page(("MFG/DEL CANNABIS 30-500 GRAMS PROBATION",)), sag)
    (line,) = lines_of(page)
    first, last = min(first, line.crop.shape[1] - 20), min(first + width, line.crop.shape[1])
    bbox = line.ink_box(first, last)
    part = page[bbox.top : bbox.bottom, bbox.left : bbox.right]
    shown = int((line.crop[:, first:last] < 128).sum())
    assert abs(int((part < 128).sum()) - shown) <= 0.12 * shown + 30
    assert bbox.left >= line.left + first
    assert bbox.right <= line.left + last


def test_a_level_line_leads_back_to_the_pixel() -> None:
    page = a_page(("PROBATION",))
    (line,) = lines_of(page)
    assert line.ink_box(0, line.crop.shape[1]) == inked(page)


# --- hostile pages


@pytest.mark.parametrize(
    "page",
    [
        np.zeros((1, 3000), np.uint8),
        np.zeros((3000, 1), np.uint8),
        np.zeros((900, 700), np.uint8),
        np.full((60, 20_000), 255, np.uint8),
        np.random.default_rng(1).integers(0, 256, (300, 400), np.uint8),
        np.tile(np.array([[0, 255], [255, 0]], np.uint8), (200, 300)),
        np.repeat(np.repeat(np.eye(60, dtype=np.uint8) * 255, 9, 0), 9, 1),
    ],
    ids=["flat", "narrow", "black", "wide", "noise", "chequered", "diagonal"],
)
def test_no_page_is_too_strange_to_cut(page: Pixels) -> None:
    width = page.shape[1]
    for line in lines_of(page):
        assert min(line.crop.shape) >= 1
        assert 0 <= line.left < width
        assert net_input(line.crop).shape[0] == NET_HEIGHT
        assert line.ink_box(-5, 10_000_000).width >= 1


def test_a_line_across_a_very_wide_page_is_cut() -> None:
    strip = np.full((120, 20_000), 255, np.uint8)
    for column in range(50, 19_950, 14):
        strip[40:70, column : column + 6] = 0
    assert sum(line.crop.shape[1] for line in lines_of(strip)) > 19_000


# --- net input


@given(st.integers(1, 90), st.integers(1, 700), st.floats(0.3, 1.0))
@settings(max_examples=40, deadline=None)
def test_net_input_is_one_height_and_whole_frames(height: int, width: int, squeeze: float) -> None:
    crop = np.random.default_rng(height).integers(0, 256, (height, width), np.uint8)
    made = net_input(crop, squeeze)
    columns = net_width(height, width, squeeze)
    assert (made.shape[0], made.dtype) == (NET_HEIGHT, np.float32)
    assert made.shape[1] % 4 == 0
    assert 0 <= made.shape[1] - columns < 4
    assert 0.0 <= made.min() <= made.max() <= 1.0
    assert not made[:, columns:].any()


def test_faded_and_black_lines_come_alike_and_paper_stays_paper() -> None:
    (line,) = lines_of(a_page(("PROBATION 24 MTHS",)))
    faded = (255 - (255 - line.crop.astype(int)) // 2).astype(np.uint8)
    assert np.abs(net_input(line.crop) - net_input(faded)).mean() < 0.02
    assert net_input(np.full((40, 300), 250, np.uint8)).max() < 0.1


@given(st.lists(st.integers(0, 255), min_size=1, max_size=400))
def test_full_ink_is_a_percentile(tones: list[int]) -> None:
    pixels = np.array([tones], dtype=np.uint8)
    assert full_ink(pixels) == pytest.approx(float(np.percentile(pixels, 2.0)))


@given(st.lists(st.floats(-0.2, 0.2), min_size=1, max_size=4), st.integers(0, 1500), st.integers(1, 5))
def test_a_curve_through_points_of_a_curve_is_that_curve(factors: list[float], start: int, step: int) -> None:
    x = np.asarray(start + 40.0 * step * np.arange(8), dtype=np.float64)
    true = np.asarray(np.polyval(np.array(factors), (x - x.mean()) / 100), dtype=np.float64)
    found = _fitted(x, true, np.full(len(x), 2.0), len(factors) - 1)
    assert len(found) == len(factors)
    assert np.polyval(found, x) == pytest.approx(true, abs=1e-3)


def test_a_crop_of_nothing_is_a_strip_of_paper() -> None:
    assert not net_input(np.zeros((0, 5), np.uint8)).any()


def test_a_line_that_something_touches_at_its_end_runs_where_its_letters_stand() -> None:
    """What shows through, or a pen, makes the last pieces of a line far taller than the others."""
    rows = (
        (227, 234, 638, 648, 35), (234, 337, 638, 649, 427), (351, 468, 639, 650, 547), (468, 585, 639, 650, 449),
        (585, 702, 639, 649, 410), (702, 819, 638, 648, 485), (819, 936, 634, 648, 420), (936, 1053, 635, 648, 361),
        (1053, 1134, 638, 657, 269),
    )  # fmt: skip
    pieces = [_Piece(*row) for row in rows]
    x, y, weight, *_ = _centres(_Chain(pieces, pieces[-1]), 11.0)
    curve = _fitted(x, y, weight, 2)
    assert [float(np.polyval(curve, at)) for at in (460, 1000, 1600, 2200)] == pytest.approx([1286] * 4, abs=14)


def test_a_line_that_begins_in_small_letters_and_ends_in_figures_runs_level() -> None:
    """`contrary to Chapter 38, Paragraph 24-1(a)(4),`: the band of its right half is twice as high as that of its
    left, which was left out, and the curve through the rest bent away from it."""
    rows = (
        (148, 216, 418, 427, 319), (216, 323, 418, 427, 430), (335, 432, 415, 427, 474), (432, 539, 415, 430, 500),
        (541, 565, 415, 431, 121),
    )  # fmt: skip
    pieces = [_Piece(*row) for row in rows]
    x, y, weight, left, right = _centres(_Chain(pieces, pieces[-1]), 12.0)
    curve = _fitted(x, y, weight, 2)
    assert [float(np.polyval(curve, at)) for at in (left, 700, right)] == pytest.approx([844] * 3, abs=4)


@pytest.mark.parametrize("pitch", [34, 36, 38, 40])
def test_rows_that_touch_take_nothing_of_each_other_along(pitch: int) -> None:
    """Brackets and tails of one row stand in the next, and join it: a crop holds one row and margins."""
    page = Image.new("L", (1500, 500), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(FACE, 34)
    for at, row in enumerate(
        ("Cannabis plants (3), (g)", "c. 56 1/2 s. 708(a)", "Judgment (jury); Agreed", "by agmt. (Sep)")
    ):
        pen.text((100, 60 + pitch * at), row, font=face, fill=0, stroke_width=1)
    lines = sorted((line for line in lines_of(np.asarray(page)) if line.crop.shape[1] > 200), key=lambda x: x.bbox.top)
    assert len(lines) == 4
    assert max(line.crop.shape[0] for line in lines) <= 60
    assert np.diff([line.middle_at(300) for line in lines]) == pytest.approx([pitch] * 3, abs=6)


@pytest.mark.parametrize("wave", [45, 60])
@pytest.mark.parametrize(("high", "middle"), [(14, 210), (18, 210), (22, 195), (22, 202)])
def test_a_pen_between_two_close_rows_takes_neither_out_of_its_place(high: int, middle: int, wave: int) -> None:
    """Rows as close as type is ever set, and a pen's wave over the third and fourth of them."""
    page = Image.new("L", (1500, 500), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(FACE, 34)
    for at in range(8):
        pen.text((100, 60 + 40 * at), "On the 11th day of November, 1982, the Honorable judge", font=face, fill=0)
    drawn = [(440 + x, middle + high * float(np.sin(x / wave * 6.28))) for x in range(0, 420, 2)]
    pen.line(drawn, fill=60, width=3)
    lines = [line for line in lines_of(np.asarray(page)) if line.crop.shape[1] > 900]
    assert len(lines) == 8
    assert max(line.crop.shape[0] for line in lines) <= 72
    middles = sorted(line.middle_at(600) for line in lines)
    assert middles == pytest.approx([79 + 40 * at for at in range(8)], abs=8)


@pytest.mark.parametrize("left", [70, 80, 86])
def test_what_is_left_of_an_upright_rule_ties_no_rows_together(left: int) -> None:
    page = a_page(("RASMUSSEN",) * 3).copy()
    page[60:180, left : left + 3] = 0
    lines = lines_of(page)
    assert [line.crop.shape[1] > 150 for line in lines] == [True] * 3
    assert max(line.bbox.height for line in lines) <= 48


@pytest.mark.parametrize("down", range(4))
def test_two_strokes_alone_are_cut_with_the_height_of_a_letter(down: int) -> None:
    """Cut to their own height, marks for *as above* look like capitals."""
    page = a_page().copy()
    page[310 + down : 323 + down, 600:606] = page[310 + down : 323 + down, 612:618] = 0
    (mark,) = (line for line in lines_of(page) if line.bbox.top > 280 and line.left > 550)
    assert mark.crop.shape[0] >= 28
