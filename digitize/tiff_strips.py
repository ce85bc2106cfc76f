"""The parts of a TIFF page of which libtiff does not say that some is missing: faxes, JPEGs, strips not told of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import TiffImagePlugin

from digitize import poppler
from digitize.broken_jpegs import is_broken
from digitize.faxes import Fax, are_whole

# Tags and values by their names in TIFF 6.0.
_WIDTH, _LENGTH, _COMPRESSION, _FILL_ORDER, _ROWS_PER_STRIP = 256, 257, 259, 266, 278
_STRIPS, _TILES = (273, 279), (324, 325)  # where they begin, and how long they are
_SAMPLES, _PLANES, _APART = 277, 284, 2
_TILE_WIDTH, _TILE_LENGTH, _T4_OPTIONS, _JPEG_TABLES = 322, 323, 292, 347
_HUFFMAN, _T4, _T6, _JPEG = 2, 3, 4, 7
_START, _END = b"\xff\xd8", b"\xff\xd9"
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def refuse_damaged(image: TiffImagePlugin.TiffImageFile, path: Path, *, seconds: float) -> None:
    """PageError where a part of the page that the image is turned to, a fax or a JPEG, is missing within its file,
    or where the page tells of too few strips or tiles."""
    packing = image.tag_v2.get(_COMPRESSION)
    if not _has_all_parts(image):
        whole = False
    elif packing in (_HUFFMAN, _T4, _T6):
        whole = are_whole(tuple(_faxes(image, path)), seconds=seconds)
    elif packing == _JPEG:
        whole = not any(is_broken(jpeg) for jpeg in _jpegs(image, path))
    else:
        return
    if not whole:
        raise poppler.scan_incomplete()


def _has_all_parts(image: TiffImagePlugin.TiffImageFile) -> bool:
    """Whether as many strips or tiles are told of as cover the page; lengths may be left out where none is packed."""
    tags = image.tag_v2
    if _TILES[0] in tags:
        kinds, across, down = _TILES, tags[_TILE_WIDTH], tags[_TILE_LENGTH]
    else:
        kinds, across, down = _STRIPS, tags[_WIDTH], tags.get(_ROWS_PER_STRIP, tags[_LENGTH])
    planes = tags.get(_SAMPLES, 1) if tags.get(_PLANES) == _APART else 1
    wanted = -(-tags[_WIDTH] // max(1, across)) * -(-tags[_LENGTH] // max(1, down)) * planes
    starts, lengths = (tags.get(kind, ()) for kind in kinds)
    return len(starts) >= wanted and (not lengths or len(lengths) >= wanted)


def _faxes(image: TiffImagePlugin.TiffImageFile, path: Path) -> Iterator[Fax]:
    tags = image.tag_v2
    packing, flat = tags[_COMPRESSION], not tags.get(_T4_OPTIONS, 0) & 1
    k = -1 if packing == _T6 else 0 if packing == _HUFFMAN or flat else 1
    width, left = tags[_WIDTH], tags[_LENGTH]
    rows = tags.get(_ROWS_PER_STRIP, left)
    is_tiled = _TILES[0] in tags
    for part in _parts(image, path):
        content = part.translate(_MIRRORED) if tags.get(_FILL_ORDER) == 2 else part
        if is_tiled:
            yield Fax(content, tags[_TILE_WIDTH], tags[_TILE_LENGTH], k, byte_aligned=packing == _HUFFMAN)
        else:
            yield Fax(content, width, min(rows, left), k, byte_aligned=packing == _HUFFMAN)
            left -= rows


def _jpegs(image: TiffImagePlugin.TiffImageFile, path: Path) -> Iterator[bytes]:
    """Each part with the tables that all have in common before it."""
    tables = bytes(image.tag_v2.get(_JPEG_TABLES, b"")).removesuffix(_END) or _START
    for part in _parts(image, path):
        yield tables + part.removeprefix(_START)


def _parts(image: TiffImagePlugin.TiffImageFile, path: Path) -> Iterator[bytes]:
    tags = image.tag_v2
    starts, lengths = (tags.get(tag, ()) for tag in (_TILES if _TILES[0] in tags else _STRIPS))
    with path.open("rb") as file:
        for start, length in zip(starts, lengths, strict=False):
            file.seek(start)
            yield file.read(length)
