"""Ink that no word explains is marked: handwriting, stamps, type nobody read; holes and edges are none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from casefile.ocr import BBox, InkRegion
from digitize.engine import SeenWord
from digitize.prepare import Prepared, prepare
from digitize.regions import is_noise, of_stamps, regions_of


def all_words(page: Prepared) -> list[SeenWord]:
    """The whole typed area as one word, as if every letter had been read."""
    ys, xs = np.nonzero(page.ink)
    return [SeenWord("read", BBox(int(xs.min()), int(ys.min()), int(xs.max()), int(ys.max())), 0.9)]


def regions_on(page: Image.Image, read: Image.Image) -> Sequence[InkRegion]:
    """The regions of a page of which all that stands on `read` was read."""
    return regions_of(prepare(np.asarray(page)), all_words(prepare(np.asarray(read))))


def test_a_page_all_read_has_no_regions(page: Image.Image) -> None:
    assert regions_on(page, page) == ()


def test_type_nobody_read_is_unread_and_found_in_its_place(page: Image.Image) -> None:
    found = prepare(np.asarray(page))
    regions = regions_of(found, [])
    assert {region.kind for region in regions} == {"unread"}
    ink = sum(int(np.count_nonzero(found.ink[b.top : b.bottom, b.left : b.right])) for _, b in map(_parts, regions))
    assert ink > 0.95 * np.count_nonzero(found.ink)


def _parts(region: InkRegion) -> tuple[str, BBox]:
    return region.kind, region.bbox


def test_large_joined_strokes_are_handwriting(page: Image.Image) -> None:
    signed = page.copy()
    points = [(300 + 6 * n, 1500 + round(60 * np.sin(n / 3) * np.cos(n / 17))) for n in range(120)]
    ImageDraw.Draw(signed).line(points, fill=40, width=4)
    (region,) = regions_on(signed, page)
    assert region.kind == "handwriting"


def test_a_slanted_frame_is_a_stamp(page: Image.Image) -> None:
    stamped = page.copy()
    frame = [(400, 1500), (900, 1420), (925, 1560), (425, 1640), (400, 1500)]
    ImageDraw.Draw(stamped).line(frame, fill=60, width=4)
    (region,) = regions_on(stamped, page)
    assert region.kind == "stamp"


def test_ink_of_another_colour_is_a_stamp(page: Image.Image) -> None:
    stamped = page.convert("RGB")
    pen = ImageDraw.Draw(stamped)
    for left in range(400, 900, 40):
        pen.rectangle((left, 1500, left + 24, 1530), fill=(190, 30, 40))
    regions = regions_on(stamped, page)
    assert {region.kind for region in regions} == {"stamp"}


@pytest.mark.parametrize("shade", [10, 120])
def test_punch_holes_and_the_edge_of_the_scan_are_no_ink(page: Image.Image, shade: int) -> None:
    punched = page.copy()
    pen = ImageDraw.Draw(punched)
    pen.ellipse((500, 40, 560, 100), fill=shade)
    pen.ellipse((1100, 40, 1160, 100), fill=shade)
    pen.rectangle((0, 0, 14, punched.height), fill=10)
    assert regions_on(punched, page) == ()


@pytest.mark.parametrize("shade", [10, 120])
def test_a_punch_hole_that_touches_a_stroke_is_no_ink(page: Image.Image, shade: int) -> None:
    punched, read = page.copy(), page.copy()
    ImageDraw.Draw(punched).ellipse((60, 1470, 120, 1530), fill=shade)
    for each in (punched, read):
        ImageDraw.Draw(each).line((112, 1515, 190, 1535), fill=40, width=4)
    assert regions_on(punched, read) == ()


def test_a_box_filled_in_and_a_heavy_cross_are_ink(page: Image.Image) -> None:
    marked = page.copy()
    pen = ImageDraw.Draw(marked)
    pen.rectangle((60, 1470, 110, 1520), fill=40)
    pen.line((105, 1510, 190, 1535), fill=40, width=4)
    pen.line((60, 1800, 120, 1860), fill=40, width=14)
    pen.line((60, 1860, 120, 1800), fill=40, width=14)
    assert len(regions_on(marked, page)) == 2


def test_specks_and_printed_lines_are_no_ink_to_read(page: Image.Image) -> None:
    marked = page.copy()
    pen = ImageDraw.Draw(marked)
    for n in range(40):
        pen.rectangle((200 + 31 * n, 1500 + 17 * (n % 7), 202 + 31 * n, 1502 + 17 * (n % 7)), fill=40)
    pen.rectangle((150, 1800, 1500, 1803), fill=40)
    assert regions_on(marked, page) == ()


@pytest.mark.parametrize(
    ("text", "confidence", "noise"),
    [
        ("~.", 0.2, True),
        ("|", 0.1, True),
        ("~.", 0.9, False),
        ("C1", 0.1, False),
        ("T", 0.1, False),
        ("SOL", 0.1, False),
    ],
)
def test_only_unsure_signs_on_a_region_are_noise(text: str, confidence: float, noise: bool) -> None:
    region = InkRegion("handwriting", BBox(0, 0, 100, 100))
    assert is_noise(SeenWord(text, BBox(10, 10, 40, 40), confidence), [region]) is noise
    assert not is_noise(SeenWord(text, BBox(200, 200, 240, 240), confidence), [region])


def a_word(text: str, left: int, top: int, *, height: int = 20, piece: int | None = None) -> SeenWord:
    return SeenWord(text, BBox(left, top, left + 14 * len(text), top + height), 0.95, piece=piece)


def test_what_a_stamp_says_is_no_type_and_type_beneath_it_is() -> None:
    """The stamp's own words lean or are larger; a typed row runs through it, another lies wholly inside."""
    frame = InkRegion("stamp", BBox(300, 300, 700, 500))
    leaning = [a_word("JUL", 320, 320, piece=1), a_word("1989", 560, 345, piece=1)]
    large = [a_word("FILED", 340, 400, height=34, piece=2)]
    through = [a_word("PLEA", 200, 440, piece=3), a_word("GUILTY", 340, 440, piece=3)]
    inside = [a_word("SOL", 400, 470, piece=4)]
    words = [*leaning, *large, *through, *inside]
    assert of_stamps(words, [frame]) == {0, 1, 2}
    assert of_stamps(words, []) == frozenset()


def test_brackets_and_tails_make_no_type_larger() -> None:
    """A statute within a scribble is as high as capitals but for its brackets."""
    scribble = InkRegion("handwriting", BBox(80, 180, 700, 400))
    rows = [a_word("GUILTY", 100, 60 + 40 * at, piece=at) for at in range(3)]
    statute = a_word("720-550/4(d)", 100, 200, height=26, piece=3)
    large = a_word("POSTED", 100, 300, height=26, piece=4)
    assert of_stamps([*rows, statute, large], [scribble]) == frozenset({4})


@pytest.mark.parametrize(
    ("said", "kept"), [("FILED MAY 18 2015", 0), ("SEALED MAY 18 2015", 4), ("HILL MAY 18 2015", 4)]
)
def test_a_level_stamp_is_told_by_what_it_says(page: Image.Image, said: str, kept: int) -> None:
    """Its frame was taken for rules; a form's box around anything else is none."""
    stamped = page.copy()
    ImageDraw.Draw(stamped).rectangle((400, 1500, 900, 1640), outline=40, width=5)
    found = prepare(np.asarray(stamped))
    scale = found.way.scale
    words = [
        a_word(text, round((430 + 110 * at) * scale), round(1550 * scale), piece=50)
        for at, text in enumerate(said.split())
    ]
    regions = regions_of(found, [*all_words(prepare(np.asarray(page))), *words])
    assert len(words) - len(of_stamps(words, regions)) == kept
