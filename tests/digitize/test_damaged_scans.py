"""Scans in a PDF that cannot be decoded: a page error, never white paper, whoever takes them out."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from casefile.errors import PageError
from digitize.formats import Limits
from digitize.rasterize import frame_image

WIDE, HIGH = 170, 220
DRAWN = ("q 612 0 0 792 0 0 cm /S Do Q", "q 612 0 0 792 0 0 cm /S Do Q q Q")  # a scan alone; more for poppler to draw


def a_pdf(path: Path, scan: bytes, packing: str, drawn: str) -> Path:
    """A PDF of one page that holds one grey scan, as written by a scanner."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /S 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn.encode()),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /%s /Length %d >>\nstream\n%s\nendstream" % (WIDE, HIGH, packing.encode(), len(scan), scan),
    ]
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    path.write_bytes(whole + tail % (table, len(whole)))
    return path


def typed() -> Image.Image:
    """Rows of ink from the head to near the foot, on grainy paper."""
    paper = np.random.default_rng(5).integers(225, 256, (HIGH, WIDE), dtype=np.uint8)
    for top in range(10, HIGH - 20, 20):
        paper[top : top + 8, 20:150] = 20
    return Image.fromarray(paper)


def as_jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize("kept", [0.0, 0.03, 0.1, 0.5, 0.9])
def test_a_jpeg_cut_short_is_a_page_error(tmp_path: Path, drawn: str, kept: float) -> None:
    jpeg = as_jpeg(typed())
    with pytest.raises(PageError, match="unreadable"):
        frame_image(
            a_pdf(tmp_path / "a.pdf", jpeg[: int(kept * len(jpeg))] or b"none", "DCTDecode", drawn), 0, Limits()
        )


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_packed_pixels_cut_short_are_a_page_error(tmp_path: Path, drawn: str, kept: float) -> None:
    packed = zlib.compress(typed().tobytes())
    with pytest.raises(PageError, match="unreadable"):
        frame_image(
            a_pdf(tmp_path / "a.pdf", packed[: int(kept * len(packed))] or b"none", "FlateDecode", drawn), 0, Limits()
        )


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize("packing", ["DCTDecode", "FlateDecode"])
@pytest.mark.parametrize("foot", [0, 100])
def test_whole_scans_and_clean_paper_are_drawn(tmp_path: Path, drawn: str, packing: str, foot: int) -> None:
    """`foot` rows of pure white, as some scanners leave them, are no damage."""
    picture = typed()
    picture.paste(255, (0, HIGH - foot, WIDE, HIGH))
    scan = as_jpeg(picture) if packing == "DCTDecode" else zlib.compress(picture.tobytes())
    found = frame_image(a_pdf(tmp_path / "a.pdf", scan, packing, drawn), 0, Limits())
    assert found.shape == (HIGH, WIDE)
    assert np.abs(found.astype(int) - np.asarray(picture)).mean() < 6


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_scan_of_nothing_is_a_blank_page(tmp_path: Path, drawn: str) -> None:
    blank = as_jpeg(Image.new("L", (WIDE, HIGH), 255))
    assert frame_image(a_pdf(tmp_path / "a.pdf", blank, "DCTDecode", drawn), 0, Limits()).min() == 255


def with_a_hole(whole: bytes, kind: str) -> bytes:
    half = len(whole) // 2
    return {
        "cut": whole[:half] + b"\xff\xd9",
        "zeros": whole[:half] + bytes(len(whole) - half - 2) + b"\xff\xd9",
        "hole": whole[:half] + bytes(900) + whole[half + 900 :],
    }[kind]


@pytest.mark.parametrize("kind", ["cut", "zeros", "hole"])
@pytest.mark.parametrize("written", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
@pytest.mark.parametrize("in_pdf", [False, True])
def test_a_jpeg_with_a_part_missing_inside_is_a_page_error(
    tmp_path: Path, kind: str, written: dict[str, int], in_pdf: bool
) -> None:
    out = BytesIO()
    typed().save(out, "JPEG", quality=80, **written)
    jpeg, path = with_a_hole(out.getvalue(), kind), tmp_path / ("a.pdf" if in_pdf else "a.jpg")
    if in_pdf:
        a_pdf(path, jpeg, "DCTDecode", DRAWN[0])
    else:
        path.write_bytes(jpeg)
    with pytest.raises(PageError, match="unreadable"):
        frame_image(path, 0, Limits())


@pytest.mark.parametrize("spare", [b"", b"\0\0\0", b"behind its end"])
def test_a_whole_jpeg_may_have_a_few_bytes_to_spare(tmp_path: Path, spare: bytes) -> None:
    whole = as_jpeg(typed())
    content = whole + spare if spare.startswith(b"b") else whole[:-2] + spare + whole[-2:]
    (tmp_path / "a.jpg").write_bytes(content)
    assert frame_image(tmp_path / "a.jpg", 0, Limits()).shape == (HIGH, WIDE)
