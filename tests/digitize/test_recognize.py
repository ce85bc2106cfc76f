"""A page read: every word with its ink, rows whole, blank pages unread, and pages turned the right way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from casefile.archive import PageId
from casefile.errors import ProgramMissingError
from casefile.ocr import BBox, OcrPage
from digitize import tesseract
from digitize.accuracy import cer
from digitize.rasterize import Pixels
from digitize.recognize import PageJob, SeenWord, Settings, legibility, recognize
from digitize.tesseract import TesseractEngine

FACE = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"
Make = Callable[..., Image.Image]
Save = Callable[[Image.Image, str], Path]


class Replaying:
    """Gives the same words for every page and counts how often it is asked."""

    name = "replaying 1"

    def __init__(self, *words: SeenWord) -> None:
        self.words, self.asked = words, 0

    def words_on(self, image: Pixels) -> Sequence[SeenWord]:
        self.asked += 1
        return self.words


def read(path: Path, engine: object) -> OcrPage:
    return recognize(PageJob(PageId("p1"), path, 0), engine, Settings())  # type: ignore[arg-type]


def text_of(page: OcrPage) -> str:
    rows: dict[int, list[str]] = {}
    for word in page.words:
        rows.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(rows[line]) for line in sorted(rows))


def test_a_blank_page_is_not_shown_to_the_engine(saved: Save, scan_of: Make) -> None:
    engine = Replaying(SeenWord("ghost", BBox(0, 0, 9, 9), 0.9))
    page = read(saved(scan_of(Image.new("L", (850, 1100), 235)), "a.png"), engine)
    assert (engine.asked, page.words, page.regions) == (0, (), ())


def test_an_ordinary_page_is_read_once(saved: Save, page: Image.Image) -> None:
    engine = Replaying(SeenWord("GUILTY", BBox(100, 100, 200, 130), 0.96))
    read(saved(page, "a.png"), engine)
    assert engine.asked == 1


class Reading:
    """Reads a page as poorly as it is told to, time after time."""

    name = "reading 1"

    def __init__(self, *sure: float) -> None:
        self.sure = list(sure)

    def words_on(self, image: Pixels) -> Sequence[SeenWord]:
        return (SeenWord("GUILTY", BBox(300, 200, 400, 230), self.sure.pop(0)),)


@pytest.mark.parametrize(
    ("sure", "turned"),
    [
        ((0.9,), 0),
        ((0.3, 0.9, 0.9), 180),  # the band on its head, then the page
        ((0.3, 0.35, 0.35, 0.3, 0.35, 0.4), 0),  # no better so, nor with gaps across its letters filled, either way up
        ((0.3, 0.35, 0.35, 0.3, 0.6, 0.6), 180),  # far better with gaps filled and on its head
        ((0.3, 0.35, 0.35, 0.6, 0.3, 0.6), 0),
    ],
)
def test_a_page_that_letters_show_upright_is_tried_on_its_head_where_it_is_read_poorly(
    saved: Save, page: Image.Image, sure: tuple[float, ...], turned: int
) -> None:
    engine = Reading(*sure)
    assert read(saved(page, "a.png"), engine).turned == turned
    assert engine.sure == []


def test_of_a_page_that_is_hardly_read_no_faint_ink_is_lost_in_silence(saved: Save, scan_of: Make) -> None:
    sheet = Image.new("L", (1700, 1200), 238)
    pen, face = ImageDraw.Draw(sheet), ImageFont.truetype(FACE, 33)
    pen.text((150, 200), "DARK ENOUGH TO BE SEEN BY ANYONE", font=face, fill=35)
    pen.text((150, 700), "DISMISSED 05/20/93", font=face, fill=198)
    found = read(saved(scan_of(sheet), "a.png"), Replaying(SeenWord("~", BBox(1, 1, 9, 9), 0.1)))
    assert any(region.bbox.overlap(BBox(150, 700, 510, 730)) > 0.3 for region in found.regions)


def test_words_of_a_coarse_fax_lead_back_to_its_oblong_pixels(saved: Save, page: Image.Image) -> None:
    coarse = page.resize((page.width, page.height // 2))
    path = saved(page, "a.png").with_suffix(".tif")
    coarse.save(path, dpi=(204, 102))
    engine = Replaying(SeenWord("GUILTY", BBox(100, 400, 200, 430), 0.96))
    (fine,), (found,) = read(saved(page, "a.png"), engine).words, read(path, engine).words
    assert found.bbox.left == pytest.approx(fine.bbox.left, rel=0.1)
    assert found.bbox.bottom == pytest.approx(fine.bbox.bottom / 2, rel=0.1)


def test_words_come_row_by_row_whatever_the_engines_order(saved: Save, page: Image.Image) -> None:
    date, entry = BBox(100, 100, 200, 130), BBox(900, 104, 1200, 134)
    lower = BBox(100, 180, 200, 210)
    engine = Replaying(
        SeenWord("GUILTY", entry, 0.9), SeenWord("06/01/93", lower, 0.9), SeenWord("05/20/93", date, 0.9)
    )
    found = read(saved(page, "a.png"), engine)
    assert [(word.text, word.line) for word in found.words] == [
        ("05/20/93", 0),
        ("GUILTY", 0),
        ("06/01/93", 1),
    ]
    assert len(found.level) == len(found.words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], 0.0), ([("GUILTY", 0.9)], 0.9), ([("~~~~", 0.9)], 0.0), ([("AB", 1.0), ("--", 1.0)], 0.5)],
)
def test_legibility_is_confidence_by_the_letter(words: list[tuple[str, float]], expected: float) -> None:
    seen = [SeenWord(text, BBox(0, 0, 1, 1), confidence) for text, confidence in words]
    assert legibility(seen) == pytest.approx(expected)


# --- the real engine


@pytest.fixture(scope="module")
def engine() -> TesseractEngine:
    return TesseractEngine()


@pytest.fixture
def sheet(page: Image.Image) -> Image.Image:
    """The upper part of the typed page: enough to read, quick to read."""
    return page.crop((0, 100, page.width, 510))


@pytest.mark.parametrize(("turned", "skew"), [(0, 2.0), (180, -1.0), (270, 0.0)])
def test_a_typed_page_is_read_however_it_lies(
    sheet: Image.Image,
    lines: tuple[str, ...],
    scan_of: Make,
    saved: Save,
    engine: TesseractEngine,
    turned: int,
    skew: float,
) -> None:
    """`turned` is the clockwise turn that the reader must find; every word leads back to its ink."""
    stored = scan_of(sheet, skew=skew, turned=-turned)
    found = read(saved(stored, "a.png"), engine)
    assert found.turned == turned
    assert cer(text_of(found), "\n".join(lines[:7])) < 0.03
    # Citation, type and description stand far apart on the paper and in one row here.
    assert any(row.startswith("720-550") and "MFG/DEL" in row for row in text_of(found).splitlines())
    pixels = np.asarray(stored)
    assert (found.width, found.height) == stored.size
    for word in found.words:
        box = word.bbox
        assert (pixels[box.top : box.bottom, box.left : box.right] < 120).any(), word.line
    long = max(found.words, key=lambda word: len(word.text)).bbox
    assert (long.height > long.width) == (turned == 270)


def test_the_name_of_the_engine_holds_its_version(engine: TesseractEngine) -> None:
    assert engine.name.split()[0] == "tesseract"
    assert engine.name.split()[1][0].isdigit()


def test_a_missing_tesseract_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, engine: TesseractEngine
) -> None:
    monkeypatch.setattr(tesseract.pytesseract.pytesseract, "tesseract_cmd", "no-such-tesseract")
    with pytest.raises(ProgramMissingError, match="tesseract-ocr"):
        engine.words_on(np.full((50, 50), 255, np.uint8))
