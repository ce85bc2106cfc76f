"""Scans in a PDF that lack rows or hold others than were packed: page errors, also behind a printed foot."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from casefile.errors import PageError
from digitize.formats import Limits
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
