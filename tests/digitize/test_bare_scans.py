"""A PDF page that is one scan comes with the pixels poppler would draw; any other is left to poppler."""

from __future__ import annotations

import zlib
from io import BytesIO
from itertools import count
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from casefile.errors import PageError
from digitize.bare_scans import bare_scan
from digitize.intake import Limits
from digitize.rasterize import _drawn_page, frame_image

WIDTH, HEIGHT = 80, 100  # pixels; the page is 40 by 50 points
PLAIN = {
    "page": "/Type /Page /Parent 2 0 R /MediaBox [0 0 40 50] /Contents 4 0 R /Resources 5 0 R",
    "contents": "q 40 0 0 50 0 0 cm /Im0 Do Q",
    "contents_head": "",
    "resources": "/XObject << /Im0 6 0 R >>",
    "scan": f"/Type /XObject /Subtype /Image /Width {WIDTH} /Height {HEIGHT} /BitsPerComponent 8",
    "colours": "/ColorSpace /DeviceGray /Filter /DCTDecode",
    "trailer": "/Root 1 0 R /Size 8",
    "other": "<< /Type /Annot /Subtype /Square /Rect [5 5 35 45] /C [1 0 0] >>",
}


def picture(mode: str = "L") -> Image.Image:
    rng = np.random.default_rng(3)
    coarse = rng.integers(0, 256, (10, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).convert(mode)


def jpeg(mode: str = "L") -> bytes:
    out = BytesIO()
    picture(mode).save(out, "JPEG", quality=80)
    return out.getvalue()


def pdf(image: bytes, **told: str) -> bytes:
    """A PDF of one page, each of its parts as it is told; the rest is plain."""
    parts = PLAIN | told
    contents = parts["contents"].encode("latin-1")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< {parts['page']} >>".encode(),
        f"<< /Length {len(contents)} {parts['contents_head']} >>\nstream\n".encode() + contents + b"\nendstream",
        f"<< {parts['resources']} >>".encode(),
        f"<< {parts['scan']} {parts['colours']} /Length {len(image)} >>\nstream\n".encode() + image + b"\nendstream",
        parts["other"].encode(),
    ]
    out, places = b"%PDF-1.4\n", [b"0000000000 65535 f \n"]
    for number, body in zip(count(1), bodies, strict=False):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"xref\n0 %d\n" % len(places) + b"".join(places)
    return out + table + f"trailer\n<< {parts['trailer']} >>\n".encode() + b"startxref\n%d\n%%%%EOF\n" % len(out)


def saved(**how: object) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf(jpeg()))) as one:
        one.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    return path


def fax() -> tuple[bytes, str]:
    out = BytesIO()
    picture("1").save(out, "TIFF", compression="group4")
    with Image.open(out) as image:
        tags = image.tag_v2  # type: ignore[attr-defined]
        (start,), (length,) = tags[273], tags[279]
    body = out.getvalue()[start : start + length]
    decode = f"/DecodeParms << /K -1 /Columns {WIDTH} /Rows {HEIGHT} >>"
    return body, f"/ColorSpace /DeviceGray /Filter /CCITTFaxDecode {decode}"


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_page_that_is_one_jpeg_has_the_pixels_that_poppler_draws(tmp_path: Path, mode: str) -> None:
    colours = f"/ColorSpace /Device{'Gray' if mode == 'L' else 'RGB'} /Filter [/DCTDecode]"
    path = written(tmp_path, pdf(jpeg(mode), colours=colours))
    assert bare_scan(path, 0) is not None
    assert np.array_equal(frame_image(path, 0, Limits()), _drawn_page(path, 0, Limits()))


def test_a_page_that_is_one_fax_is_left_to_poppler(tmp_path: Path) -> None:
    body, colours = fax()
    one_bit = PLAIN["scan"].replace("Component 8", "Component 1")
    path = written(tmp_path, pdf(body, scan=one_bit, colours=colours))
    assert bare_scan(path, 0) is None
    assert frame_image(path, 0, Limits()).min() < 128


def test_what_a_page_draws_may_be_packed(tmp_path: Path) -> None:
    packed = zlib.compress(PLAIN["contents"].encode()).decode("latin-1")
    path = written(tmp_path, pdf(jpeg(), contents=packed, contents_head="/Filter /FlateDecode"))
    assert bare_scan(path, 0) is not None


def test_pages_of_a_tree_come_in_its_order(tmp_path: Path) -> None:
    pictures = [picture("L").rotate(90 * turn).resize((WIDTH, HEIGHT)) for turn in range(4)]
    pictures[0].save(tmp_path / "a.pdf", save_all=True, append_images=pictures[1:], resolution=144, quality=95)
    for page in range(4):
        assert bare_scan(tmp_path / "a.pdf", page) is not None
        found, drawn = (one(tmp_path / "a.pdf", page, Limits()) for one in (frame_image, _drawn_page))
        assert np.array_equal(found, drawn)
    assert bare_scan(tmp_path / "a.pdf", 4) is None


@pytest.mark.parametrize(
    "content",
    [
        pdf(jpeg(), resources="% a comment\n" + PLAIN["resources"]),
        pdf(jpeg(), resources="/XObject << /I#6d0 6 0 R >>"),
        b"a letter before\n" + pdf(jpeg()),
        saved(object_stream_mode=pikepdf.ObjectStreamMode.generate),
        saved(linearize=True),
    ],
    ids=["a comment", "a name in other letters", "a letter before", "packed objects", "linear"],
)
def test_a_scan_comes_out_of_whatever_qpdf_reads_without_a_word(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    assert bare_scan(path, 0) is not None
    assert np.array_equal(frame_image(path, 0, Limits()), _drawn_page(path, 0, Limits()))


MORE = {
    "a note": {"page": PLAIN["page"] + " /Annots [7 0 R]"},
    "turned": {"page": PLAIN["page"] + " /Rotate 90"},
    "cut": {"page": PLAIN["page"] + " /CropBox [0 0 40 30]"},
    "a unit of its own": {"page": PLAIN["page"] + " /UserUnit 2"},
    "a key of which nothing is known": {"page": PLAIN["page"] + " /Novel 1"},
    "a page that begins elsewhere": {"page": PLAIN["page"].replace("[0 0 40 50]", "[1 0 41 50]")},
    "drawn twice": {"contents": "q 40 0 0 50 0 0 cm /Im0 Do Q q 40 0 0 50 0 0 cm /Im0 Do Q"},
    "a box laid over it": {"contents": PLAIN["contents"] + " 0 0 20 20 re f"},
    "text": {"contents": PLAIN["contents"] + " BT (DISMISSED) Tj ET"},
    "a comment": {"contents": PLAIN["contents"] + " % Q"},
    "smaller than the page": {"contents": "q 30 0 0 50 0 0 cm /Im0 Do Q"},
    "moved": {"contents": "q 40 0 0 50 4 0 cm /Im0 Do Q"},
    "leaning": {"contents": "q 40 3 0 50 0 0 cm /Im0 Do Q"},
    "on its head": {"contents": "q 40 0 0 -50 0 50 cm /Im0 Do Q"},
    "packed in another way": {"contents_head": "/Filter /LZWDecode"},
    "a grey of its own": {"resources": PLAIN["resources"] + " /ColorSpace << /DefaultGray [/CalGray << >>] >>"},
    "no such scan": {"resources": "/XObject << /Im1 6 0 R >>"},
    "two of one name": {"resources": "/XObject << /Im0 7 0 R /Im0 6 0 R >>"},
    "a mask": {"scan": PLAIN["scan"] + " /SMask 7 0 R"},
    "turned tones": {"scan": PLAIN["scan"] + " /Decode [1 0]"},
    "shown at times": {"scan": PLAIN["scan"] + " /OC 7 0 R"},
    "other colours than its own": {"colours": "/ColorSpace [/ICCBased 7 0 R] /Filter /DCTDecode"},
    "packed twice": {"colours": "/ColorSpace /DeviceGray /Filter [/FlateDecode /DCTDecode]"},
    "pixels that are no squares": {
        "page": PLAIN["page"].replace("40 50]", "40 70]"),
        "contents": "40 0 0 70 0 0 cm /Im0 Do",
    },
    "an earlier edition": {"trailer": PLAIN["trailer"] + " /Prev 9"},
    "a lock": {"trailer": PLAIN["trailer"] + " /Encrypt 7 0 R"},
}


@pytest.mark.parametrize("more", MORE.values(), ids=MORE.keys())
def test_a_page_of_which_anything_else_is_told_is_left_to_poppler(tmp_path: Path, more: dict[str, str]) -> None:
    assert bare_scan(written(tmp_path, pdf(jpeg(), **more)), 0) is None


@pytest.mark.parametrize(
    "changed",
    [
        lambda content: content + b"1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n",
        lambda content: content.replace(b"\n6 0 obj", b"\n8 0 obj"),
        lambda content: content.replace(b"endstream\nendobj\n5", b"endstre  \nendobj\n5"),
        lambda content: content.replace(b"/Length 28", b"/Length 27"),
        lambda content: content[:-30],
    ],
)
def test_a_file_that_is_not_as_its_table_says_is_left_to_poppler(tmp_path: Path, changed) -> None:  # type: ignore[no-untyped-def]
    content = changed(pdf(jpeg()))
    assert content != pdf(jpeg())
    assert bare_scan(written(tmp_path, content), 0) is None


def test_a_jpeg_that_is_not_what_the_page_says_is_left_to_poppler(tmp_path: Path) -> None:
    path = written(tmp_path, pdf(jpeg("RGB")))
    assert np.array_equal(frame_image(path, 0, Limits()), _drawn_page(path, 0, Limits()))


def test_a_scan_that_stops_before_its_end_is_no_blank_page(tmp_path: Path) -> None:
    path = written(tmp_path, pdf(jpeg()[: len(jpeg()) // 2]))
    with pytest.raises(PageError, match="missing"):
        frame_image(path, 0, Limits())


def test_a_scan_of_more_pixels_than_the_limit_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="limit"):
        frame_image(written(tmp_path, pdf(jpeg())), 0, Limits(megapixels=0.005))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_the_bytes_are_there_is_an_answer(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(pdf(b"\xff\xd8 no picture \xff\xd9"))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    path = tmp_path / f"{abs(hash(bytes(content)))}.pdf"
    path.write_bytes(content)
    found = bare_scan(path, 0)
    assert found is None or (found.width >= 2 and found.height >= 2)
