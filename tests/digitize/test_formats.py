"""Bad files: each is refused for its own reason, before anything of it is decoded."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from casefile.errors import PageError
from digitize.intake import Inspection, Limits, ScanFormat, inspect


def encoded(form: str, size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize(size).save(out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims any size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def pdf(*, box: str = "0 0 612 792", trailer: str = "") -> bytes:
    """A PDF of one empty page."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += f"xref\n0 4\n0000000000 65535 f \n{table}".encode().replace(b"xref\n", b"xref\n", 1)
    start = out.index(b"xref")
    end = f"trailer\n<< /Size 4 /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return out + end.encode()


LOCKED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    f"/O <{'ab' * 32}> /U <{'cd' * 32}> >> /ID [<{'01' * 16}> <{'01' * 16}>]"
)

GOOD = {
    "a.png": encoded("PNG"),
    "a.jpg": encoded("JPEG"),
    "a.JPEG": encoded("JPEG"),
    "a.tif": encoded("TIFF"),
    "a.tiff": encoded("TIFF", compression="tiff_lzw"),
    "a.jp2": encoded("JPEG2000"),
    "a.pdf": pdf(),
    "scan": encoded("PNG"),
    "scan.001": encoded("JPEG"),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_files_have_one_page(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(GOOD[name])
    assert inspect(tmp_path / name, Limits()).frames == 1


BAD = {
    "empty": [("a.pdf", b""), ("a.png", b"")],
    "unknown_format": [("a.dat", b"some other bytes"), ("a", b"GIF89a" + bytes(40))],
    "mislabelled": [
        ("a.png", encoded("JPEG")),
        ("a.pdf", encoded("PNG")),
        ("a.tif", pdf()),
        ("a.jpg", b"<html>not found</html>"),
    ],
    "truncated": [
        ("a.png", encoded("PNG")[:-9]),
        ("a.png", b"\x89PN"),
        ("a.jpg", encoded("JPEG")[:-40]),
        ("a.jp2", encoded("JPEG2000")[:-40]),
        ("a.tif", encoded("TIFF", compression="tiff_lzw")[:-500]),
        ("a.pdf", pdf()[:-120]),
    ],
    "encrypted": [("a.pdf", pdf(trailer=LOCKED))],
    "over_large": [
        ("a.png", png_claiming(30_000, 30_000)),
        ("a.png", png_claiming(10_000, 8_100)),
        ("a.pdf", pdf(box="0 0 14400 14400")),
    ],
    "unreadable": [
        ("a.pdf", b"%PDF-1.4\n" + b"nothing that a PDF needs\n" * 10 + b"%%EOF\n"),
        (
            "a.png",
            b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 4) + b"IHDRabcd0000" + b"\0\0\0\0IEND\xae\x42\x60\x82",
        ),
    ],
}


@pytest.mark.parametrize(
    ("reason", "name", "content"), [(reason, *file) for reason, files in BAD.items() for file in files]
)
def test_a_bad_file_is_refused_for_its_reason(tmp_path: Path, reason: str, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PageError) as refusal:
        inspect(tmp_path / name, Limits())
    assert refusal.value.reason == reason
    assert str(tmp_path) not in str(refusal.value)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.jp2", "a.pdf"])
def test_a_file_cut_off_anywhere_is_never_taken_for_whole(tmp_path: Path, name: str) -> None:
    whole = GOOD[name]
    for cut in range(1, len(whole) - 7, max(1, len(whole) // 25)):
        (tmp_path / name).write_bytes(whole[:cut])
        with pytest.raises(PageError):
            inspect(tmp_path / name, Limits())


def test_80_megapixels_are_let_in(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_claiming(10_000, 8_000))
    assert inspect(tmp_path / "a.png", Limits()) == Inspection(ScanFormat.PNG, 1)


def test_every_page_of_a_tiff_is_counted_and_an_over_large_one_costs_only_itself(tmp_path: Path) -> None:
    pages = [Image.new("1", size) for size in ((50, 50), (400, 400), (50, 50))]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    assert inspect(tmp_path / "a.tif", Limits(megapixels=0.1)).frames == 3
    with pytest.raises(PageError, match="over_large"):
        inspect(tmp_path / "a.tif", Limits(megapixels=0.001))


def test_more_pages_than_the_limit_are_refused(tmp_path: Path) -> None:
    pages = [Image.new("1", (8, 8)) for _ in range(4)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    assert inspect(tmp_path / "a.tif", Limits(frames=4)).frames == 4
    with pytest.raises(PageError, match="too_many_frames"):
        inspect(tmp_path / "a.tif", Limits(frames=3))


def test_a_folder_or_missing_file_is_a_page_error(tmp_path: Path, saved: Callable[..., Path]) -> None:
    with pytest.raises(PageError, match="unreadable"):
        inspect(tmp_path / "gone.png", Limits())
