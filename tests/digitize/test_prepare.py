"""A page is made upright and level, and every box leads back to its own ink."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from casefile.ocr import BBox
from digitize.prepare import Straightening, paper_of, prepare, straightening, turned_over

Scan = Callable[..., Image.Image]

WAYS = st.builds(
    straightening,
    st.integers(50, 3000),
    st.integers(50, 3000),
    st.sampled_from([0, 90, 180, 270]),
    st.floats(-8, 8),
    st.floats(0.4, 3.0),
)
PARTS = st.tuples(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.01, 0.1), st.floats(0.01, 0.1))


def a_box(way: Straightening, part: tuple[float, float, float, float]) -> BBox:
    left, top = int(part[0] * way.frame_width), int(part[1] * way.frame_height)
    right = left + max(1, int(part[2] * way.frame_width))
    return BBox(left, top, right, top + max(1, int(part[3] * way.frame_height)))


@given(WAYS, PARTS)
def test_a_box_there_and_back_holds_its_ink(way: Straightening, part: tuple[float, float, float, float]) -> None:
    bbox = a_box(way, part)
    back = way.to_frame(way.from_frame(bbox))
    slack = 1 + 1 / way.scale
    assert back.left <= bbox.left + slack
    assert back.top <= bbox.top + slack
    assert back.right >= bbox.right - slack
    assert back.bottom >= bbox.bottom - slack


@given(WAYS, PARTS)
def test_a_box_on_the_straightened_page_stays_on_the_frame(
    way: Straightening, part: tuple[float, float, float, float]
) -> None:
    back = way.to_frame(way.from_frame(a_box(way, part)))
    assert 0 <= back.left < back.right <= way.frame_width
    assert 0 <= back.top < back.bottom <= way.frame_height


@given(st.sampled_from([0, 90, 180, 270]), PARTS)
def test_turning_alone_loses_no_pixel(turned: int, part: tuple[float, float, float, float]) -> None:
    way = straightening(640, 480, turned, 0.0, 1.0)
    bbox = a_box(way, part)
    assert way.to_frame(way.from_frame(bbox)) == bbox


@pytest.mark.parametrize(("turned", "skew"), [(0, -7.5), (90, -1.2), (180, 0.0), (270, 0.4), (180, 3.0), (90, 7.5)])
def test_turn_and_skew_are_found(page: Image.Image, scan_of: Scan, turned: int, skew: float) -> None:
    stored = scan_of(page, skew=skew, turned=-turned)
    found = prepare(np.asarray(stored))
    assert found.way.turned == turned
    assert found.way.skew == pytest.approx(skew, abs=0.15)
    assert found.upright > 0.99


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_comes_out_alike_however_it_lay(page: Image.Image, scan_of: Scan, turned: int) -> None:
    straight, lying = prepare(np.asarray(page)), prepare(np.asarray(scan_of(page, turned=-turned, noise=0.0)))
    assert lying.letter == pytest.approx(straight.letter, abs=1.0)
    assert lying.way.scale == pytest.approx(straight.way.scale, rel=0.05)
    assert np.count_nonzero(lying.ink) == pytest.approx(np.count_nonzero(straight.ink), rel=0.05)


def test_the_shade_of_what_lies_around_the_paper_does_not_fade_its_ink(page: Image.Image) -> None:
    faint = page.point(lambda tone: 238 - (238 - tone) // 4)
    bed = Image.new("L", (page.width + 160, page.height + 160), 10)
    bed.paste(faint, (80, 80))
    assert prepare(np.asarray(bed)).letters == pytest.approx(prepare(np.asarray(faint)).letters, rel=0.1)


@pytest.mark.parametrize("dpi", [150, 200, 300, 400])
def test_letters_come_out_in_one_size(page_of: Scan, dpi: int) -> None:
    assert 18 <= prepare(np.asarray(page_of(dpi=dpi))).letter <= 30


def test_the_straightened_ink_lies_where_the_way_says(scan_of: Scan) -> None:
    sheet = Image.new("L", (1700, 2200), 240)
    for top in range(300, 2000, 60):
        for left in range(200, 1500, 24):
            sheet.paste(30, (left, top, left + 14, top + 26))
    sheet.paste(30, (1400, 100, 1430, 130))
    page = prepare(np.asarray(scan_of(sheet, skew=2.0)))
    back = page.way.from_frame(BBox(1400, 100, 1430, 130))
    stored = np.asarray(scan_of(sheet, skew=2.0)) < 100
    ys, xs = np.nonzero(stored[:220, :])
    marked = page.way.from_frame(BBox(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1))
    dark = page.image[marked.top : marked.bottom, marked.left : marked.right] < 128
    assert dark.mean() > 0.7
    assert back != marked  # the mark did move with the skew


def test_blank_paper_is_blank_in_any_shade(scan_of: Scan) -> None:
    for shade in (255, 238, 180):
        page = prepare(np.asarray(scan_of(Image.new("L", (850, 1100), shade))))
        assert page.is_blank
        assert page.darkness < 0.001


def test_a_typed_page_is_not_blank(page: Image.Image) -> None:
    found = prepare(np.asarray(page))
    assert not found.is_blank
    assert 0.005 < found.darkness < 0.1


def test_the_scanners_lid_is_no_ink(page: Image.Image) -> None:
    bed = Image.new("L", (page.width + 300, page.height + 200), 15)
    bed.paste(page, (200, 100))
    framed, bare = prepare(np.asarray(bed)), prepare(np.asarray(page))
    assert framed.darkness == pytest.approx(bare.darkness, rel=0.25)
    assert paper_of(np.asarray(bed))[50, 50] == 0
    assert paper_of(np.asarray(bed))[1000, 900] == 255


def test_the_grain_of_film_is_no_ink(page: Image.Image) -> None:
    grain = np.random.default_rng(7).normal(0, 10, (page.height, page.width))
    film = np.clip(110 + np.asarray(page) / 238 * 60 + grain, 0, 255).astype(np.uint8)
    found, plain = prepare(film), prepare(np.asarray(page))
    assert found.darkness < 2 * plain.darkness
    assert (found.grainy, plain.grainy) == (True, False)


def test_letters_with_a_gap_across_them_are_as_large_as_whole_ones(page: Image.Image) -> None:
    gaps = np.asarray(page).copy()
    for row in range(14):
        middle = round(200 + row * 200 / 6 * 1.25 + 17)
        gaps[middle : middle + 3] = 238
    whole, halves = prepare(np.asarray(page)), prepare(gaps)
    assert halves.way.scale > 1.2 * whole.way.scale
    assert prepare(gaps, broken=True).way.scale == pytest.approx(whole.way.scale, rel=0.1)


def test_a_negative_is_read_as_its_positive(page: Image.Image) -> None:
    negative = 255 - np.asarray(page)
    assert prepare(negative).darkness == pytest.approx(prepare(np.asarray(page)).darkness, rel=0.3)


def test_a_page_turned_over_twice_is_itself(page: Image.Image) -> None:
    once = prepare(np.asarray(page))
    assert turned_over(once).upright == pytest.approx(1 - once.upright)
    twice = turned_over(turned_over(once))
    assert np.array_equal(once.image, twice.image)
    assert np.allclose(once.way.matrix, twice.way.matrix)
    assert twice.way.turned == 0


def test_rules_are_taken_out_and_letters_stay(page: Image.Image) -> None:
    ruled = page.copy()
    for top in range(100, 2100, 200):
        ruled.paste(40, (80, top, 1600, top + 3))
    with_rules, without = prepare(np.asarray(ruled)), prepare(np.asarray(page))
    assert np.count_nonzero(with_rules.rules) > 0
    assert np.count_nonzero(with_rules.ink) == pytest.approx(np.count_nonzero(without.ink), rel=0.12)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (3, 900), (900, 3), (40, 40)])
def test_odd_little_frames_do_no_harm(size: tuple[int, int]) -> None:
    assert prepare(np.zeros(size[::-1], np.uint8)).is_blank
    assert prepare(np.full((*size[::-1], 3), 255, np.uint8)).is_blank
