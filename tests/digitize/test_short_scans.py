"""Scans in a PDF that lack rows or hold others than were packed: page errors, also behind a printed foot."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from casefile.errors import PageError
from digitize.formats import Limits
from digitize.jbig2_segments import are_all_there
from digitize.rasterize import frame_image
from tests.digitize.made_pdfs import (
    ALONE,
    GREY,
    HIGH,
    TWO_TONE,
    WIDE,
    WITH_FOOT,
    a_page,
    a_stream,
    as_tiff,
    packed,
    two_toned,
    typed,
)

PREDICTED = f"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns {WIDE} >>"
FAX = f"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /BlackIs1 true /Columns {WIDE} /Rows {HIGH} >>"


def runs(rows: int) -> bytes:
    whole = typed(rows).tobytes()
    kept = b"".join(bytes([len(whole[at : at + 100]) - 1]) + whole[at : at + 100] for at in range(0, len(whole), 100))
    return kept + b"\x80"


def predicted(rows: int) -> bytes:
    return zlib.compress(b"".join(b"\0" + row.tobytes() for row in np.asarray(typed(rows))))


def flate(rows: int) -> bytes:
    return zlib.compress(typed(rows).tobytes())


PACKED: dict[str, tuple[Callable[[int], bytes], str]] = {
    "not": (lambda rows: typed(rows).tobytes(), GREY),
    "flate": (flate, f"{GREY} /Filter /FlateDecode"),
    "flate, predicted": (predicted, f"{GREY} {PREDICTED}"),
    "lzw": (lambda rows: packed(typed(rows), "tiff_lzw"), f"{GREY} /Filter /LZWDecode"),
    "runs": (runs, f"{GREY} /Filter /RunLengthDecode"),
    "hex": (lambda rows: typed(rows).tobytes().hex().encode() + b">", f"{GREY} /Filter /ASCIIHexDecode"),
    "flate in letters": (
        lambda rows: base64.a85encode(flate(rows)) + b"~>",
        f"{GREY} /Filter [/ASCII85Decode /FlateDecode]",
    ),
    "fax": (lambda rows: packed(two_toned(rows), "group4"), f"{TWO_TONE} {FAX}"),
    "fax of one dimension": (
        lambda rows: packed(two_toned(rows), "group3"),
        f"{TWO_TONE} {FAX}".replace("/K -1", "/K 0"),
    ),
}


@pytest.mark.parametrize("drawn", [ALONE, WITH_FOOT])
@pytest.mark.parametrize(("pack", "head"), PACKED.values(), ids=PACKED.keys())
def test_a_scan_some_rows_short_is_a_page_error_and_a_whole_one_is_drawn(
    tmp_path: Path, pack: Callable[[int], bytes], head: str, drawn: str
) -> None:
    whole = frame_image(a_page(tmp_path / "whole.pdf", pack(HIGH), head, drawn=drawn), 0, Limits())
    assert whole.shape == (HIGH, WIDE)
    assert np.abs(whole[:190].astype(int) - np.asarray(typed())[:190]).mean() < 25
    for rows in (1, HIGH // 2, HIGH - 1):
        short = a_page(tmp_path / f"{rows}.pdf", pack(rows), head, drawn=drawn)
        with pytest.raises(PageError, match="unreadable"):
            frame_image(short, 0, Limits())


@pytest.mark.parametrize("written", [{"linearize": True}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}])
@pytest.mark.parametrize("kind", ["flate", "fax", "lzw"])
def test_a_short_scan_is_found_however_the_pdf_keeps_its_objects(
    tmp_path: Path, kind: str, written: dict[str, object]
) -> None:
    pack, head = PACKED[kind]
    for rows in (HIGH, 150):
        plain = a_page(tmp_path / f"plain{rows}.pdf", pack(rows), head, drawn=WITH_FOOT)
        with pikepdf.open(plain) as pdf:
            pdf.save(tmp_path / f"{rows}.pdf", **written)  # type: ignore[arg-type]
    assert frame_image(tmp_path / f"{HIGH}.pdf", 0, Limits()).shape == (HIGH, WIDE)
    with pytest.raises(PageError, match="missing"):
        frame_image(tmp_path / "150.pdf", 0, Limits())


def test_a_locked_pdf_that_opens_without_a_word_is_drawn(tmp_path: Path) -> None:
    for kind, (pack, head) in PACKED.items():
        plain, locked = a_page(tmp_path / "plain.pdf", pack(HIGH), head), tmp_path / f"{kind}.pdf"
        with pikepdf.open(plain) as pdf:
            pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user="", R=4))
        assert frame_image(locked, 0, Limits()).min() < 30


@pytest.mark.parametrize(
    "spoilt", [lambda whole: whole[:40] + b"?" + whole[41:], lambda whole: whole[: len(whole) // 2]]
)
def test_a_fax_with_a_spoilt_row_is_a_page_error(tmp_path: Path, spoilt: Callable[[bytes], bytes]) -> None:
    pack, head = PACKED["fax"]
    with pytest.raises(PageError, match="unreadable"):
        frame_image(a_page(tmp_path / "a.pdf", spoilt(pack(HIGH)), head), 0, Limits())


def test_packed_pixels_with_a_hole_are_a_page_error_and_a_missing_check_sum_is_none(tmp_path: Path) -> None:
    whole, (_, head) = flate(HIGH), PACKED["flate"]
    half = len(whole) // 2
    with pytest.raises(PageError, match="missing"):
        frame_image(a_page(tmp_path / "a.pdf", whole[:half] + bytes(50) + whole[half + 50 :], head), 0, Limits())
    assert frame_image(a_page(tmp_path / "b.pdf", whole[:-4], head), 0, Limits()).min() == 20


@pytest.mark.parametrize(("mask", "kind"), [("/SMask 6 0 R", GREY), ("/Mask 6 0 R", f"{TWO_TONE} /ImageMask true")])
def test_a_short_mask_is_a_page_error(tmp_path: Path, mask: str, kind: str) -> None:
    kind = kind if mask.startswith("/SMask") else kind.replace("/ColorSpace /DeviceGray", "")
    for rows in (HIGH, 150):
        cover = typed(rows).tobytes() if mask.startswith("/SMask") else two_toned(rows).tobytes()
        over = a_stream(f"/Type /XObject /Subtype /Image {kind} /Filter /FlateDecode", zlib.compress(cover))
        path = a_page(tmp_path / f"{rows}.pdf", flate(HIGH), f"{GREY} /Filter /FlateDecode {mask}", more=[over])
        if rows == HIGH:
            assert frame_image(path, 0, Limits()).shape == (HIGH, WIDE)
        else:
            with pytest.raises(PageError, match="missing"):
                frame_image(path, 0, Limits())


def segments(*parts: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack(">IBBBI", at, kind, 0, 1, len(body)) + body for at, (kind, body) in enumerate(parts))


def test_a_jbig2_without_all_its_segments_is_a_page_error(tmp_path: Path) -> None:
    sheet = (48, struct.pack(">IIIIBH", WIDE, HIGH, 0, 0, 0, 0))
    region = struct.pack(">IIIIBB", WIDE, HIGH, 0, 0, 0, 1)
    whole = segments(sheet, (38, region + packed(two_toned(), "group4")))
    head = f"{TWO_TONE} /Filter /JBIG2Decode"
    assert frame_image(a_page(tmp_path / "a.pdf", whole, head), 0, Limits()).min() == 0
    ended = whole + segments((49, b""))
    assert frame_image(a_page(tmp_path / "ended.pdf", ended, head), 0, Limits()).min() == 0
    short = segments(sheet, (38, region + packed(two_toned(150), "group4")))
    for at, broken in enumerate((whole[:80], whole[:35], whole[:30], short, b"")):
        with pytest.raises(PageError, match="unreadable"):
            frame_image(a_page(tmp_path / f"{at}.pdf", broken, head), 0, Limits())


def a_page_drawing_it(path: Path, told: str, scan: bytes) -> Path:
    """A PDF of one page whose scan lies within what the page draws."""
    drawn = b"q 612 0 0 792 0 0 cm\nBI /W %d /H %d %s ID " % (WIDE, HIGH, told.encode()) + scan + b"\nEI Q"
    return a_page(path, None, "", resources="", page="/Contents 6 0 R", more=[a_stream("", drawn)])


def jpeg(rows: int) -> bytes:
    out = BytesIO()
    typed().save(out, "JPEG", quality=80)
    return out.getvalue()[: len(out.getvalue()) * rows // HIGH]


GREY_WITHIN, FAX_WITHIN = "/CS /G /BPC 8", f"/CS /G /BPC 1 /F /CCF /DP << /K -1 /Columns {WIDE} /BlackIs1 true"
WITHIN: dict[str, tuple[Callable[[int], bytes], str]] = {
    "not": (lambda rows: typed(rows).tobytes(), GREY_WITHIN),
    "flate": (flate, f"{GREY_WITHIN} /F /Fl"),
    "flate in letters": (lambda rows: base64.a85encode(flate(rows)) + b"~>", f"{GREY_WITHIN} /F [/A85 /Fl]"),
    "jpeg": (jpeg, f"{GREY_WITHIN} /F /DCT"),
    "fax": (lambda rows: packed(two_toned(rows), "group4"), f"{FAX_WITHIN} /Rows {HIGH} >>"),
    "fax that does not tell its rows": (lambda rows: packed(two_toned(rows), "group4"), f"{FAX_WITHIN} >>"),
}


@pytest.mark.parametrize(("pack", "told"), WITHIN.values(), ids=WITHIN.keys())
def test_a_scan_within_what_the_page_draws_is_whole_or_a_page_error(
    tmp_path: Path, pack: Callable[[int], bytes], told: str
) -> None:
    whole = frame_image(a_page_drawing_it(tmp_path / "whole.pdf", told, pack(HIGH)), 0, Limits())
    assert np.abs(whole[:190].astype(int) - np.asarray(typed())[:190]).mean() < 25
    for rows in (HIGH // 3, HIGH // 2):
        with pytest.raises(PageError, match="unreadable"):
            frame_image(a_page_drawing_it(tmp_path / f"{rows}.pdf", told, pack(rows)), 0, Limits())


def test_a_jbig2_in_stripes_must_go_down_to_the_foot(tmp_path: Path) -> None:
    half, parts = HIGH // 2, []
    for top in (0, half):
        stripe = packed(two_toned().crop((0, top, WIDE, top + half)), "group4")
        parts += [(38, struct.pack(">IIIIBB", WIDE, half, 0, top, 0, 1) + stripe)]
        parts += [(50, struct.pack(">I", top + half - 1))]
    head = f"{TWO_TONE} /Filter /JBIG2Decode"
    for height in (0xFFFFFFFF, HIGH):
        sheet = (48, struct.pack(">IIIIBH", WIDE, height, 0, 0, 0, 0x8000 | half))
        whole = segments(sheet, *parts, (49, b""))
        assert frame_image(a_page(tmp_path / f"{height}.pdf", whole, head), 0, Limits()).min() == 0
        for left in (parts[:2], parts[:1]):
            with pytest.raises(PageError, match="missing"):
                frame_image(a_page(tmp_path / "short.pdf", segments(sheet, *left, (49, b"")), head), 0, Limits())
            (tmp_path / "short.pdf").unlink()


def test_a_region_of_unknown_length_ends_at_its_mark() -> None:
    sheet = (48, struct.pack(">IIIIBH", WIDE, 0xFFFFFFFF, 0, 0, 0, 0x8000 | HIGH))
    for is_fax, mark in ((1, b"\0\0"), (0, b"\xff\xac")):
        region = struct.pack(">IIIIBB", WIDE, HIGH, 0, 0, 0, is_fax) + b"\x55" * 40
        told = struct.pack(">IBBBI", 1, 38, 0, 1, 0xFFFFFFFF) + region
        ended = told + mark + struct.pack(">I", HIGH)
        assert are_all_there(segments(sheet) + ended + segments((50, struct.pack(">I", HIGH - 1))), HIGH)
        assert not are_all_there(segments(sheet) + ended, HIGH)
        assert not are_all_there(segments(sheet) + told, HIGH)


@pytest.mark.parametrize("dimensions", [0, 1])
def test_a_fax_whose_rows_end_with_marks_on_whole_bytes_is_drawn(tmp_path: Path, dimensions: int) -> None:
    told = f"/K {dimensions} /BlackIs1 true /Columns {WIDE} /Rows {HIGH} /EndOfLine true /EncodedByteAlign true"
    head = f"{TWO_TONE} /Filter /CCITTFaxDecode /DecodeParms << {told} >>"

    def fax(rows: int) -> bytes:
        whole = as_tiff(two_toned(rows), "group3", t278=rows, t292=4 | dimensions)
        with Image.open(BytesIO(whole)) as image:
            (start,), (length,) = (image.tag_v2[tag] for tag in (273, 279))  # type: ignore[attr-defined]
        return whole[start : start + length]

    assert frame_image(a_page(tmp_path / "whole.pdf", fax(HIGH), head), 0, Limits()).min() == 0
    for rows in (HIGH // 2, HIGH - 1):
        with pytest.raises(PageError, match="missing"):
            frame_image(a_page(tmp_path / f"{rows}.pdf", fax(rows), head), 0, Limits())


@pytest.mark.parametrize(("megapixels", "is_taken"), [(0.04, True), (0.03, False)])
def test_a_soft_mask_as_large_as_its_scan_counts_by_itself(
    tmp_path: Path, megapixels: float, *, is_taken: bool
) -> None:
    mask = zlib.compress(b"\xff" * (WIDE * HIGH))
    over = a_stream(f"/Type /XObject /Subtype /Image {GREY} /Filter /FlateDecode", mask)
    path = a_page(tmp_path / "a.pdf", flate(HIGH), f"{GREY} /Filter /FlateDecode /SMask 6 0 R", more=[over])
    if is_taken:
        assert frame_image(path, 0, Limits(megapixels=megapixels)).shape == (HIGH, WIDE)
    else:
        with pytest.raises(PageError, match="over_large"):
            frame_image(path, 0, Limits(megapixels=megapixels))
