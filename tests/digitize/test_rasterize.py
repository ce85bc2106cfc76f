"""A stored page comes as it was scanned: every kind of pixel, every frame, no turning."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess

import numpy as np
import pytest
from PIL import Image

from casefile.errors import PageError
from casefile.ocr import BBox
from digitize import poppler
from digitize.intake import Limits, keep_master, master_path
from digitize.rasterize import _drawn_page, crop_png, frame_image, page_png, tallness

Save = Callable[[Image.Image, str], Path]
GRADIENT = Image.linear_gradient("L").resize((90, 60))


@pytest.mark.parametrize(
    ("mode", "name", "shape"),
    [
        ("1", "a.png", (60, 90)),
        ("L", "a.png", (60, 90)),
        ("P", "a.png", (60, 90)),
        ("LA", "a.png", (60, 90)),
        ("RGB", "a.png", (60, 90)),
        ("CMYK", "a.tif", (60, 90)),
        ("1", "a.tif", (60, 90)),
        ("L", "a.jp2", (60, 90)),
        ("L", "a.jpg", (60, 90)),
    ],
)
def test_every_kind_of_pixel_becomes_eight_bits(saved: Save, mode: str, name: str, shape: tuple[int, ...]) -> None:
    found = frame_image(saved(GRADIENT.convert(mode), name), 0, Limits())
    assert found.shape == shape
    assert found.dtype == np.uint8
    assert found.max() > 240
    assert found.min() < 40


@pytest.mark.parametrize("bits", [8, 12, 16])
def test_deep_grey_is_scaled_by_its_own_depth(saved: Save, bits: int) -> None:
    deep = (np.asarray(GRADIENT, dtype=np.uint32) * (2**bits - 1) // 255).astype(np.uint16)
    found = frame_image(saved(Image.fromarray(deep), "a.png"), 0, Limits())
    assert np.abs(found.astype(int) - np.asarray(GRADIENT, dtype=int)).max() <= 1


def test_colour_stays_colour_and_is_stored_pixel_for_pixel(saved: Save) -> None:
    red = Image.new("RGB", (5, 4), (200, 30, 30))
    assert np.array_equal(frame_image(saved(red, "a.png"), 0, Limits()), np.asarray(red))


def test_what_is_transparent_is_white_paper(saved: Save) -> None:
    clear = Image.new("RGBA", (5, 4), (0, 0, 0, 0))
    assert frame_image(saved(clear, "a.png"), 0, Limits()).min() == 255


def test_a_cameras_word_on_turning_is_not_obeyed(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    GRADIENT.save(tmp_path / "a.jpg", exif=exif)
    assert frame_image(tmp_path / "a.jpg", 0, Limits()).shape == (60, 90)


def test_each_frame_of_a_tiff_is_its_own_page(tmp_path: Path) -> None:
    pages = [Image.new("L", (10 + n, 10), 40 * n) for n in range(4)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    found = [frame_image(tmp_path / "a.tif", n, Limits()) for n in range(4)]
    assert [(page.shape[1], int(page[0, 0])) for page in found] == [(10 + n, 40 * n) for n in range(4)]
    with pytest.raises(PageError, match="unreadable"):
        frame_image(tmp_path / "a.tif", 4, Limits())


@pytest.mark.parametrize(
    ("name", "dpi", "tall"),
    [
        ("a.tif", (204, 98), 204 / 98),
        ("a.png", (200, 100), 2.0),
        ("a.tif", (204, 196), 1.0),
        ("a.jpg", (300, 300), 1.0),
        ("a.tif", (600, 1), 1.0),
        ("a.png", None, 1.0),
    ],
)
def test_pixels_of_a_coarse_fax_are_higher_than_wide(
    tmp_path: Path, name: str, dpi: tuple[int, int] | None, tall: float
) -> None:
    Image.new("L", (40, 20), 255).save(tmp_path / name, **({"dpi": dpi} if dpi else {}))
    assert tallness(tmp_path / name, 0, Limits()) == pytest.approx(tall, rel=0.01)
    assert tallness(tmp_path / name, 0, Limits(megapixels=0.001)) == 1.0


def test_an_over_large_frame_fails_alone(tmp_path: Path) -> None:
    pages = [Image.new("1", (50, 50)), Image.new("1", (500, 500))]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    assert frame_image(tmp_path / "a.tif", 0, Limits(megapixels=0.1)).shape == (50, 50)
    with pytest.raises(PageError, match="over_large"):
        frame_image(tmp_path / "a.tif", 1, Limits(megapixels=0.1))


@pytest.mark.parametrize("size", [(850, 1100), (1100, 850), (1267, 1643)])
def test_a_scan_in_a_pdf_comes_in_its_own_pixels(tmp_path: Path, size: tuple[int, int]) -> None:
    blocks = np.random.default_rng(3).integers(0, 2, (size[1] // 8 + 1, size[0] // 8 + 1), dtype=np.uint8)
    scan = np.kron(blocks * 255, np.ones((8, 8), np.uint8))[: size[1], : size[0]]  # whole JPEG blocks
    Image.fromarray(scan).save(tmp_path / "a.pdf", resolution=150)
    assert np.array_equal(frame_image(tmp_path / "a.pdf", 0, Limits()), scan)


def test_pages_of_a_pdf_are_told_apart_and_grey_stays_grey(tmp_path: Path) -> None:
    pages = [Image.new("L", (80 + 10 * n, 100), 30 + 60 * n) for n in range(3)]
    pages[0].save(tmp_path / "a.pdf", save_all=True, append_images=pages[1:], resolution=100)
    found = [frame_image(tmp_path / "a.pdf", n, Limits()) for n in range(3)]
    assert [page.shape for page in found] == [(100, 80), (100, 90), (100, 100)]
    assert [round(int(page[50, 40]) / 30) for page in found] == [1, 3, 5]
    with pytest.raises(PageError, match="unreadable"):
        frame_image(tmp_path / "a.pdf", 3, Limits())


def pages_of_many_sizes(path: Path, total: int) -> list[tuple[int, int]]:
    pages = [Image.new("L", (40 + n, 60), 200) for n in range(total)]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=100)
    return [(60, 40 + n) for n in range(total)]


def test_every_page_of_a_long_pdf_has_its_own_size(tmp_path: Path) -> None:
    sizes = pages_of_many_sizes(tmp_path / "a.pdf", 34)
    asked = (33, 0, 15, 16, 17, 31, 32)
    assert [frame_image(tmp_path / "a.pdf", n, Limits()).shape for n in asked] == [sizes[n] for n in asked]
    with pytest.raises(PageError, match="unreadable"):
        frame_image(tmp_path / "a.pdf", 34, Limits())


@pytest.mark.parametrize("program", ["pdfinfo", "pdfimages"])
def test_a_page_is_told_of_alone_where_a_neighbour_stops_the_telling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    sizes, tell, stopped = pages_of_many_sizes(tmp_path / "a.pdf", 3), poppler._done, list[str]()

    def told(name: str, path: Path, *arguments: str, seconds: float, out: str = "") -> CompletedProcess[bytes]:
        if name == program and "1" in arguments and "16" in arguments:
            stopped.append(name)
            raise PageError("timeout", "the PDF took too long to open")
        return tell(name, path, *arguments, seconds=seconds, out=out)

    monkeypatch.setattr(poppler, "_done", told)
    assert [_drawn_page(tmp_path / "a.pdf", n, Limits()).shape for n in range(3)] == sizes
    assert stopped == [program]  # once for all of them


def test_a_large_scan_in_a_pdf_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    Image.new("1", (1000, 1000)).save(tmp_path / "a.pdf", resolution=300)
    with pytest.raises(PageError, match="over_large"):
        frame_image(tmp_path / "a.pdf", 0, Limits(megapixels=0.9))


def test_a_master_needs_no_suffix(tmp_path: Path, saved: Save) -> None:
    sha256 = keep_master(saved(GRADIENT, "a.png"), tmp_path / "masters")
    found = frame_image(master_path(tmp_path / "masters", sha256), 0, Limits())
    assert np.array_equal(found, np.asarray(GRADIENT))


def test_damaged_pixels_are_a_page_error(tmp_path: Path, saved: Save) -> None:
    whole = bytearray(saved(GRADIENT, "a.png").read_bytes())
    at = whole.index(b"IDAT") + 8
    whole[at : at + 20] = bytes(20)
    (tmp_path / "bad.png").write_bytes(whole)
    with pytest.raises(PageError, match="unreadable"):
        frame_image(tmp_path / "bad.png", 0, Limits())


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_crop_shows_the_ink_upright(saved: Save, turned: int) -> None:
    upright = Image.new("L", (100, 60), 255)
    upright.paste(0, (20, 10, 30, 40))
    stored = upright.rotate(turned, expand=True)  # counter-clockwise: `turned` clockwise brings it back
    ys, xs = np.nonzero(np.asarray(stored) == 0)
    bbox = BBox(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    path = saved(stored, f"a{turned}.png")
    crop = np.asarray(Image.open(BytesIO(crop_png(path, 0, bbox, margin=5, turned=turned))))
    assert crop.shape == (40, 20)
    assert crop[5:35, 5:15].max() == 0
    assert crop[:5].min() == 255


@pytest.mark.parametrize("bbox", [BBox(-50, -50, -10, -10), BBox(500, 500, 900, 900), BBox(5, 5, 5, 5)])
def test_a_crop_off_the_page_is_still_a_picture(saved: Save, bbox: BBox) -> None:
    crop = Image.open(BytesIO(crop_png(saved(GRADIENT, "a.png"), 0, bbox, margin=0)))
    assert min(crop.size) >= 1


def a_pdf(path: Path, drawn: str, *, head: str = "", objects: tuple[bytes, ...] = ()) -> Path:
    """A page of 300 by 400 points with that content, and what else its dictionary says."""
    content = f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream".encode()
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R{head}>>".encode()
    parts = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *objects)
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += f"{number} 0 obj".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size {len(parts) + 1}>>\n"
    path.write_bytes(body + end.encode() + f"startxref\n{len(body)}\n%%EOF".encode())
    return path


def a_picture(colour: str, bands: int) -> bytes:
    noise = np.random.default_rng(5).integers(0, 256, (160, 120, bands), dtype=np.uint8).tobytes()
    told = f"<</Subtype/Image/Width 120/Height 160/BitsPerComponent 8/ColorSpace/{colour}/Length {len(noise)}>>stream\n"
    return told.encode() + noise + b"\nendstream"


PRINT = "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>/XObject<</I 5 0 R>>>>"
WORDS = "0 0 1 rg BT /F 17 Tf 21.3 333.7 Td (98 CR 1234 NOLLE) Tj ET 1 0 0 RG 10 10.5 m 290 390 l S"


@pytest.mark.parametrize(
    ("drawn", "head", "picture"),
    [
        (WORDS, PRINT, None),
        (WORDS, PRINT + "/Rotate 90", None),
        ("300 0 0 400 0 0 cm /I Do", PRINT, a_picture("DeviceGray", 1)),
        ("300 0 0 400 0 0 cm /I Do", PRINT + "/Rotate 270", a_picture("DeviceGray", 1)),
        (f"q 300 0 0 400 0 0 cm /I Do Q {WORDS}", PRINT, a_picture("DeviceGray", 1)),
        (f"q 97.3 3 -2 111 40.7 80.1 cm /I Do Q {WORDS}", PRINT, a_picture("DeviceRGB", 3)),
        (f"q 20 0 0 30 140 80 cm /I Do Q {WORDS}", PRINT, a_picture("DeviceRGB", 3)),
    ],
    ids=["print", "print turned", "scan", "scan turned", "scan with print on it", "picture askew", "picture small"],
)
def test_a_part_of_a_pdf_page_drawn_alone_is_that_part_of_the_page(
    tmp_path: Path, drawn: str, head: str, picture: bytes | None
) -> None:
    path = a_pdf(tmp_path / "a.pdf", drawn, head=head, objects=() if picture is None else (picture,))
    page = Image.fromarray(frame_image(path, 0, Limits()))
    width, height = page.size
    parts = [
        BBox(0, 0, width, height),
        BBox(width // 3, height // 4, width // 3 + 41, height // 4 + 23),
        BBox(width - 7, height - 5, width + 60, height + 60),
        BBox(-9, height // 2, 1, height // 2 + 1),
    ]
    for part in parts:
        crop = Image.open(BytesIO(crop_png(path, 0, part, margin=3)))
        box = max(0, part.left - 3), max(0, part.top - 3), min(width, part.right + 3), min(height, part.bottom + 3)
        apart = np.asarray(crop.convert("RGB"), int) - np.asarray(page.crop(box).convert("RGB"), int)
        assert np.abs(apart).max() <= (2 if WORDS in drawn and picture else 0)  # edges of lines laid over a scan


def test_a_part_of_a_pdf_page_that_cannot_be_had_is_a_page_error(tmp_path: Path) -> None:
    path = a_pdf(tmp_path / "a.pdf", WORDS, head=PRINT)
    with pytest.raises(PageError, match="unreadable"):
        crop_png(path, 1, BBox(0, 0, 9, 9), margin=0)
    with pytest.raises(PageError, match="over_large"):
        crop_png(path, 0, BBox(0, 0, 9, 9), margin=0, limits=Limits(megapixels=0.1))


def test_a_page_is_shown_upright_and_no_larger_than_asked(saved: Save) -> None:
    shown = Image.open(BytesIO(page_png(saved(GRADIENT, "a.png"), 0, turned=90, longest_side=45)))
    assert shown.size == (30, 45)
