"""PDF pages that poppler cannot show in full and only says so on standard error: page errors, where ink is lost."""

from __future__ import annotations

import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.errors import PageError
from digitize.formats import Limits, inspect
from digitize.page_tree import leaf_total
from digitize.rasterize import frame_image
from tests.digitize.made_pdfs import ALONE, GREY, HIGH, RESOURCES, WIDE, WITH_FOOT, a_page, typed

HEAD = f"{GREY} /Filter /FlateDecode"
SCAN = zlib.compress(typed().tobytes())
LOST: dict[str, dict[str, str]] = {
    "an image that is not there": {"resources": "/XObject << /S 9 0 R >>"},
    "no images at all": {"resources": ""},
    "an image of no kind": {"head": HEAD + " /Subtype /Imago"},
    "an image without a width": {"head": HEAD.replace("/Width", "/Wide")},
    "packed in no known way": {"head": f"{GREY} /Filter /FoldDecode"},
    "no known colours": {"head": HEAD.replace("DeviceGray", "DeviceGrue")},
    "a word cut short": {"drawn": "q 612 0 0 792 0 0 cm /S D"},
    "stopped before its last word": {"drawn": "q 612 0 0 792 0 0 cm /S"},
    "too few figures": {"drawn": "q 0 0 792 0 0 cm /S Do Q"},
    "nothing to draw where it says": {"page": "/Contents 9 0 R"},
    "something else to draw": {"page": "/Contents 1 0 R"},
    "type without its font": {"drawn": "BT /G 40 Tf 60 20 Td (PRINTED) Tj ET"},
}


@pytest.mark.parametrize("told", LOST.values(), ids=LOST.keys())
def test_a_page_of_which_something_cannot_be_shown_is_a_page_error(tmp_path: Path, told: dict[str, str]) -> None:
    head = told.get("head", HEAD)
    rest = {key: value for key, value in told.items() if key != "head"}
    with pytest.raises(PageError, match="unreadable"):
        frame_image(a_page(tmp_path / "a.pdf", SCAN, head, **rest), 0, Limits())


def test_a_scan_whose_object_is_nothing_is_a_page_error(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="missing"):
        frame_image(a_page(tmp_path / "a.pdf", None, ""), 0, Limits())


HARMLESS: dict[str, dict[str, str]] = {
    "hidden words in a font that is not there": {"drawn": f"{ALONE} BT 3 Tr /G 40 Tf 60 20 Td (HIDDEN) Tj ET"},
    "a state that is not there": {"drawn": f"/Odd gs {ALONE}"},
    "a note that is not there": {"page": "/Contents 4 0 R /Annots [9 0 R]"},
    "a colour that is not there": {"drawn": f"/Odd cs {ALONE}"},
    "one figure too many": {"drawn": f"7 {ALONE}"},
    "an unmatched end": {"drawn": f"{ALONE} Q Q"},
}


@pytest.mark.parametrize("told", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_odd_and_costs_no_ink_is_drawn(tmp_path: Path, told: dict[str, str]) -> None:
    found = frame_image(a_page(tmp_path / "a.pdf", SCAN, HEAD, **told), 0, Limits())
    assert found.shape == (HIGH, WIDE)
    assert found.min() == 20


def test_a_page_without_anything_is_blank(tmp_path: Path) -> None:
    assert frame_image(a_page(tmp_path / "a.pdf", SCAN, HEAD, page="", resources=""), 0, Limits()).min() == 255
    assert frame_image(a_page(tmp_path / "b.pdf", SCAN, HEAD, drawn=""), 0, Limits()).min() == 255


def test_a_neighbour_that_lost_its_scan_costs_only_itself(tmp_path: Path) -> None:
    whole = a_page(tmp_path / "a.pdf", SCAN, HEAD)
    broken = a_page(tmp_path / "b.pdf", SCAN, HEAD, resources="/XObject << /S 9 0 R >>")
    with pikepdf.open(whole) as both, pikepdf.open(broken) as other:
        both.pages.extend(other.pages)
        both.save(tmp_path / "c.pdf")
    assert frame_image(tmp_path / "c.pdf", 0, Limits()).min() == 20
    with pytest.raises(PageError, match="missing"):
        frame_image(tmp_path / "c.pdf", 1, Limits())


INLINE = "q 612 0 0 792 0 0 cm BI /W 8 /H 4 /CS /G /BPC 8 ID " + "A" * 32 + " EI Q"


def test_an_image_within_what_the_page_draws_is_drawn(tmp_path: Path) -> None:
    found = frame_image(a_page(tmp_path / "a.pdf", SCAN, HEAD, drawn=INLINE), 0, Limits())
    assert found.min() == found.max() == ord("A")


def pages(path: Path, total: int, *, counted: int) -> Path:
    kids = " ".join(["3 0 R"] * total)
    return a_page(path, SCAN, HEAD, tree=f"/Kids [{kids}] /Count {counted}")


@pytest.mark.parametrize(
    "written", [{}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}, {"linearize": True}]
)
def test_leaves_are_counted_in_every_kind_of_pdf(tmp_path: Path, written: dict[str, object]) -> None:
    with pikepdf.open(a_page(tmp_path / "a.pdf", SCAN, HEAD)) as pdf:
        for _ in range(40):
            pdf.add_blank_page()
        pdf.save(tmp_path / "b.pdf", **written)  # type: ignore[arg-type]
    assert leaf_total(tmp_path / "b.pdf") == inspect(tmp_path / "b.pdf", Limits()).frames == 41


def test_a_pdf_with_more_pages_than_it_counts_is_refused(tmp_path: Path) -> None:
    assert inspect(pages(tmp_path / "a.pdf", 2, counted=2), Limits()).frames == 2
    with pytest.raises(PageError, match="more pages than it counts"):
        inspect(pages(tmp_path / "b.pdf", 2, counted=1), Limits())


def test_a_later_edition_counts(tmp_path: Path) -> None:
    plain = a_page(tmp_path / "a.pdf", SCAN, HEAD).read_bytes()
    start = int(plain.rpartition(b"startxref\n")[2].split()[0])
    later = b"2 0 obj\n<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 1 >>\nendobj\n"
    table = b"xref\n2 1\n%010d 00000 n \ntrailer << /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    (tmp_path / "b.pdf").write_bytes(plain + later + table % (len(plain), start, len(plain) + len(later)))
    assert leaf_total(tmp_path / "a.pdf") == 1
    assert leaf_total(tmp_path / "b.pdf") == 2


def test_a_tree_that_bites_its_tail_or_a_file_with_a_password_tells_nothing(tmp_path: Path) -> None:
    assert leaf_total(a_page(tmp_path / "a.pdf", SCAN, HEAD, tree="/Kids [2 0 R 3 0 R] /Count 1")) is None
    with pikepdf.open(a_page(tmp_path / "b.pdf", SCAN, HEAD, drawn=WITH_FOOT, resources=RESOURCES)) as pdf:
        pdf.save(tmp_path / "c.pdf", encryption=pikepdf.Encryption(owner="owner", user="", R=4))
        pdf.save(tmp_path / "d.pdf", encryption=pikepdf.Encryption(owner="owner", user="user", R=4))
    assert leaf_total(tmp_path / "c.pdf") == 1
    assert leaf_total(tmp_path / "d.pdf") is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_the_bytes_are_leaves_are_counted_or_not_told(tmp_path: Path, data: st.DataObject) -> None:
    whole = tmp_path / "packed.pdf"
    if not whole.exists():
        with pikepdf.open(a_page(tmp_path / "a.pdf", b"x", GREY)) as pdf:
            pdf.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=False)
    content = bytearray(data.draw(st.sampled_from([whole, tmp_path / "a.pdf"])).read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    (tmp_path / "b.pdf").write_bytes(content)
    assert leaf_total(tmp_path / "b.pdf") in (None, 0, 1)


HIDDEN = "BT 3 Tr /G 40 Tf 60 20 Td (HIDDEN) Tj ET"
MARGIN = "q 560 0 0 730 26 30 cm /S Do Q"
STRIPS = "q 612 0 0 396 0 396 cm /S Do Q q 612 0 0 396 0 0 cm /S Do Q"


@pytest.mark.parametrize("drawn", [MARGIN, STRIPS], ids=["with a margin", "in strips"])
def test_hidden_words_do_not_matter_where_scans_are_most_of_the_page(tmp_path: Path, drawn: str) -> None:
    path = a_page(tmp_path / "a.pdf", SCAN, HEAD, drawn=f"{drawn} {HIDDEN}")
    assert frame_image(path, 0, Limits()).min() < 30


def test_words_in_a_font_that_is_not_there_matter_beside_a_small_picture(tmp_path: Path) -> None:
    path = a_page(tmp_path / "a.pdf", SCAN, HEAD, drawn=f"q 400 0 0 500 26 30 cm /S Do Q {HIDDEN}")
    with pytest.raises(PageError, match="unreadable"):
        frame_image(path, 0, Limits())
