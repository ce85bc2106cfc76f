"""TIFFs and PNGs that are whole as files and lack a part of a page, or a page: never white or black paper."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from casefile.errors import PageError
from digitize.formats import Limits, inspect
from digitize.rasterize import frame_image
from digitize.short_pngs import is_short
from tests.digitize.made_pdfs import HIGH, WIDE, as_tiff, packed, two_toned, typed

STARTS, LENGTHS, PHOTOMETRIC = 273, 279, 262


def directories(content: bytes) -> list[tuple[int, dict[int, int], int]]:
    """Of each page of a small TIFF in Intel's order: its directory, where each tag's value or its place stands, and
    where the place of the next directory does."""
    found, (start,) = [], struct.unpack_from("<I", content, 4)
    while start:
        (total,) = struct.unpack_from("<H", content, start)
        entries = [start + 2 + 12 * at for at in range(total)]
        tags = {struct.unpack_from("<H", content, entry)[0]: entry for entry in entries}
        found.append((start, tags, start + 2 + 12 * total))
        (start,) = struct.unpack_from("<I", content, found[-1][2])
    return found


def lengths_at(content: bytes) -> list[int]:
    """Where the lengths of the strips of the first page stand."""
    entry = directories(content)[0][1][LENGTHS]
    kind, total, place = struct.unpack_from("<HII", content, entry + 2)
    size = 2 if kind == 3 else 4
    first = entry + 8 if total * size <= 4 else place
    return [first + size * at for at in range(total)]


def cut(content: bytes) -> bytes:
    """The middle strip told to be half as long; the file is as long as before."""
    places, out = lengths_at(content), bytearray(content)
    place = places[len(places) // 2]
    form = "<H" if len(places) > 1 and places[1] - places[0] == 2 else "<I"
    struct.pack_into(form, out, place, struct.unpack_from(form, out, place)[0] // 2)
    return bytes(out)


def zeroed(content: bytes) -> bytes:
    """Nothing but zeros in the second half of the pixels."""
    entry = directories(content)[0][1][STARTS]
    total, start = struct.unpack_from("<II", content, entry + 4)
    start = start if total == 1 else struct.unpack_from("<I", content, start)[0]
    end = min(at for at, *_ in directories(content)) if directories(content)[0][0] > start else len(content)
    half = (start + end) // 2
    return content[:half] + bytes(end - half) + content[end:]


FAXES = [
    ("group4", {}),
    ("group3", {}),
    ("group3", {"t292": 1}),  # in two dimensions
    ("group3", {"t292": 4}),  # rows end on whole bytes
    ("tiff_ccitt", {}),
    ("group4", {"t266": 2}),  # bits in mirrored order
    ("group4", {"t278": 32}),  # in strips
    ("group3", {"t278": 50}),
]


@pytest.mark.parametrize(("packing", "tags"), FAXES)
def test_a_fax_in_a_tiff_is_read_whole_or_not_at_all(tmp_path: Path, packing: str, tags: dict[str, int]) -> None:
    whole = as_tiff(two_toned(), packing, **tags)
    (tmp_path / "a.tif").write_bytes(whole)
    assert np.array_equal(frame_image(tmp_path / "a.tif", 0, Limits()), np.asarray(two_toned().convert("L")))
    for name, spoilt in (("cut", cut(whole)), ("zeroed", zeroed(whole))):
        (tmp_path / f"{name}.tif").write_bytes(spoilt)
        with pytest.raises(PageError, match="unreadable"):
            frame_image(tmp_path / f"{name}.tif", 0, Limits())


@pytest.mark.parametrize("packing", ["group4", "group3", "tiff_ccitt"])
@pytest.mark.parametrize("rows", [1, 110, HIGH - 1])
def test_a_fax_that_ends_between_two_rows_is_a_page_error(tmp_path: Path, packing: str, rows: int) -> None:
    content = bytearray(as_tiff(two_toned(rows), packing))
    (tmp_path / "a.tif").write_bytes(content)
    assert frame_image(tmp_path / "a.tif", 0, Limits()).shape == (rows, WIDE)
    tags = directories(content)[0][1]
    for tag in (257, 278):  # rows of the page, rows of a strip
        struct.pack_into(
            "<H" if struct.unpack_from("<H", content, tags[tag] + 2)[0] == 3 else "<I", content, tags[tag] + 8, HIGH
        )
    (tmp_path / "b.tif").write_bytes(content)
    with pytest.raises(PageError, match="missing"):
        frame_image(tmp_path / "b.tif", 0, Limits())


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("tags", [{}, {"t278": 32}])
def test_a_jpeg_in_a_tiff_is_read_whole_or_not_at_all(tmp_path: Path, mode: str, tags: dict[str, int]) -> None:
    whole = as_tiff(typed().convert(mode), "jpeg", **tags)
    (tmp_path / "a.tif").write_bytes(whole)
    assert frame_image(tmp_path / "a.tif", 0, Limits()).shape[:2] == (HIGH, WIDE)
    (tmp_path / "b.tif").write_bytes(cut(whole))
    with pytest.raises(PageError, match="missing"):
        frame_image(tmp_path / "b.tif", 0, Limits())


def four_pages() -> bytes:
    out, pages = BytesIO(), [two_toned() for _ in range(4)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    return out.getvalue()


WRONG_PLACES: dict[str, Callable[[bytes], int]] = {
    "the first": lambda content: directories(content)[0][0],
    "itself": lambda content: directories(content)[1][0],
    "beyond the end": lambda content: len(content) + 100,
    "at the end": lambda content: len(content) - 3,
    "among pixels": lambda _: 12,
}


@pytest.mark.parametrize("place", WRONG_PLACES.values(), ids=WRONG_PLACES.keys())
def test_a_chain_of_pages_that_leads_astray_is_refused(tmp_path: Path, place: Callable[[bytes], int]) -> None:
    content = bytearray(four_pages())
    struct.pack_into("<I", content, directories(content)[1][2], place(bytes(content)))
    (tmp_path / "a.tif").write_bytes(content)
    with pytest.raises(PageError, match="truncated"):
        inspect(tmp_path / "a.tif", Limits())


@pytest.mark.parametrize("spoilt", [b"\0\0", b"\xff\xff", b"\x0a\0" + bytes(90)])
def test_a_later_directory_that_makes_no_sense_is_refused(tmp_path: Path, spoilt: bytes) -> None:
    content = bytearray(four_pages())
    start = directories(content)[2][0]
    content[start : start + len(spoilt)] = spoilt
    (tmp_path / "a.tif").write_bytes(content)
    with pytest.raises(PageError, match="truncated"):
        inspect(tmp_path / "a.tif", Limits())


@pytest.mark.parametrize("packing", ["raw", "tiff_lzw"])
@pytest.mark.parametrize("depth", [8, 16])
def test_a_negative_is_turned(tmp_path: Path, packing: str, depth: int) -> None:
    shades = np.asarray(typed()) if depth == 8 else np.asarray(typed()).astype(np.uint16) * 257
    content = bytearray(as_tiff(Image.fromarray(2**depth - 1 - shades), packing))
    struct.pack_into("<H", content, directories(content)[0][1][PHOTOMETRIC] + 8, 0)
    (tmp_path / "a.tif").write_bytes(content)
    assert np.array_equal(frame_image(tmp_path / "a.tif", 0, Limits()), np.asarray(typed()))


def a_png(rows: bytes, *, height: int = HIGH, packed_as: bytes | None = None) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    body = zlib.compress(rows) if packed_as is None else packed_as
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", WIDE, height, 8, 0, 0, 0, 0))
    middle = b"".join(chunk(b"IDAT", body[at : at + 4000]) for at in range(0, len(body), 4000))
    return b"\x89PNG\r\n\x1a\n" + head + middle + chunk(b"IEND", b"")


ROWS = b"".join(b"\0" + row.tobytes() for row in np.asarray(typed()))


@pytest.mark.parametrize("rows", [0, 1, 110, HIGH - 1])
def test_a_png_some_rows_short_is_a_page_error(tmp_path: Path, rows: int) -> None:
    (tmp_path / "a.png").write_bytes(a_png(ROWS[: rows * (WIDE + 1)]))
    with pytest.raises(PageError, match="unreadable"):
        frame_image(tmp_path / "a.png", 0, Limits())


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_png_cut_short_within_is_a_page_error(tmp_path: Path, kept: float) -> None:
    whole = zlib.compress(ROWS)
    (tmp_path / "a.png").write_bytes(a_png(b"", packed_as=whole[: int(kept * len(whole))]))
    with pytest.raises(PageError, match="unreadable"):
        frame_image(tmp_path / "a.png", 0, Limits())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(1, 1), (9, 7), (64, 33)])
def test_no_whole_png_is_short(mode: str, size: tuple[int, int]) -> None:
    out = BytesIO()
    picture = Image.new("I;16", size) if mode == "I;16" else Image.new("L", size, 255).convert(mode)
    picture.save(out, "PNG")
    assert not is_short(out.getvalue())


def test_a_black_foot_is_no_damage(tmp_path: Path) -> None:
    page = np.asarray(typed()).copy()
    page[150:] = 0
    Image.fromarray(page).save(tmp_path / "a.png")
    assert np.array_equal(frame_image(tmp_path / "a.png", 0, Limits()), page)


def woven(rows: bytes) -> bytes:
    """A PNG of 9 by 5 pixels whose rows come in seven passes."""
    head = struct.pack(">IIBBBBB", 9, 5, 8, 0, 0, 0, 1)
    whole = a_png(rows)
    return whole[:16] + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + whole[33:]


def test_the_rows_of_a_woven_png_are_counted() -> None:
    """By the table of passes: 1, 1, 1, 2, 1, 3 and 2 rows of 2, 1, 3, 2, 5, 4 and 9 pixels, one byte more each."""
    wanted = 3 + 2 + 4 + 2 * 3 + 6 + 3 * 5 + 2 * 10
    assert not is_short(woven(bytes(wanted)))
    assert is_short(woven(bytes(wanted - 1)))


def test_packed_strips_are_what_the_tests_take_them_for() -> None:
    assert len(packed(typed(), "raw")) == WIDE * HIGH


@pytest.mark.parametrize("packing", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_page_that_tells_of_too_few_strips_is_a_page_error(tmp_path: Path, packing: str, mode: str) -> None:
    whole = as_tiff(typed().convert(mode), packing, t278=16)
    (tmp_path / "a.tif").write_bytes(whole)
    assert frame_image(tmp_path / "a.tif", 0, Limits()).shape == (HIGH, WIDE)
    total = len(lengths_at(whole))
    for kept in (1, total // 2, total - 1):
        content = bytearray(whole)
        for tag in (STARTS, LENGTHS):
            struct.pack_into("<I", content, directories(whole)[0][1][tag] + 4, kept)
        (tmp_path / f"{kept}.tif").write_bytes(content)
        with pytest.raises(PageError, match="unreadable"):
            frame_image(tmp_path / f"{kept}.tif", 0, Limits())


def tiled(tiles: int, planes: int = 1) -> bytes:
    """A page of shades in tiles of 64 by 64 pixels, packed in no way, that tells of so many tiles."""
    across, down = -(-WIDE // 64), -(-HIGH // 64)
    page = np.full((down * 64, across * 64), 255, dtype=np.uint8)
    page[:HIGH, :WIDE] = np.asarray(typed())
    parts = [page[64 * y : 64 * y + 64, 64 * x : 64 * x + 64].tobytes() for y in range(down) for x in range(across)]
    body = b"".join(parts) * planes
    colour = [(258, 3, planes, 8)] if planes == 1 else []
    tags = [(256, 3, 1, WIDE), (257, 3, 1, HIGH), *colour, (259, 3, 1, 1), (262, 3, 1, 1 if planes == 1 else 2)]
    tags += [(277, 3, 1, planes), (284, 3, 1, min(planes, 2)), (322, 3, 1, 64), (323, 3, 1, 64)]
    starts = 8 + len(body)
    tags += [(324, 4, tiles, starts), (325, 4, tiles, starts + 4 * tiles)]
    lists = b"".join(struct.pack("<I", 8 + 4096 * at) for at in range(tiles)) + struct.pack("<I", 4096) * tiles
    if planes > 1:
        tags.append((258, 3, planes, starts + len(lists)))
        lists += struct.pack("<H", 8) * planes
    entries = b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
    directory = struct.pack("<H", len(tags)) + entries + bytes(4)
    return b"II*\0" + struct.pack("<I", starts + len(lists)) + body + lists + directory


@pytest.mark.parametrize("planes", [1, 3])
def test_a_page_that_tells_of_too_few_tiles_is_a_page_error(tmp_path: Path, planes: int) -> None:
    total = 12 * planes
    (tmp_path / "a.tif").write_bytes(tiled(total, planes))
    assert np.array_equal(frame_image(tmp_path / "a.tif", 0, Limits()), np.asarray(typed()))
    for kept in (total // 2, total - 1):
        (tmp_path / f"{kept}.tif").write_bytes(tiled(kept, planes))
        with pytest.raises(PageError, match="unreadable"):
            frame_image(tmp_path / f"{kept}.tif", 0, Limits())


def test_a_last_directory_may_end_the_file(tmp_path: Path) -> None:
    """Some writers leave out the four bytes that say that no page follows; half of them are a file cut short."""
    whole = as_tiff(typed(), "raw")
    start, _, end = directories(whole)[0]
    moved = whole[:4] + struct.pack("<I", len(whole)) + whole[8:] + whole[start:end]
    (tmp_path / "a.tif").write_bytes(moved)
    assert inspect(tmp_path / "a.tif", Limits()).frames == 1
    assert np.array_equal(frame_image(tmp_path / "a.tif", 0, Limits()), np.asarray(typed()))
    for broken in (moved[:-1], moved + b"\0\0"):
        (tmp_path / "b.tif").write_bytes(broken)
        with pytest.raises(PageError, match="truncated"):
            inspect(tmp_path / "b.tif", Limits())
