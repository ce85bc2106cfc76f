"""PNGs that end before their last row: a decoder leaves the missing rows black, without a word."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_BANDS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by kind of colour; PNG (ISO/IEC 15948), 11.2.2
_PASSES = ((0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2))  # 8.2
_STEP = 1 << 20  # bytes unpacked at a time


def is_short(png: bytes) -> bool:
    """Whether fewer bytes are packed in a PNG than its rows take; what makes no sense is not judged."""
    chunks = dict[bytes, list[bytes]]()
    for kind, body in _chunks(png):
        chunks.setdefault(kind, []).append(body)
    try:
        width, height, bits, colour, *_, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"][0])
        return _inflated(chunks.get(b"IDAT", [])) < _wanted(width, height, bits * _BANDS[colour], interlaced == 1)
    except (struct.error, KeyError, zlib.error):
        return False


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        yield kind, png[at + 8 : at + 8 + length]
        at += 12 + length


def _wanted(width: int, height: int, bits: int, interlaced: bool) -> int:
    """Bytes of all rows, each with one before it that tells how it is filtered."""
    passes = _PASSES if interlaced else ((0, 1, 0, 1),)
    sizes = ((-(-(width - left) // across), -(-(height - top) // down)) for left, across, top, down in passes)
    return sum(rows * (1 + (wide * bits + 7) // 8) for wide, rows in sizes if wide > 0 and rows > 0)


def _inflated(packed: list[bytes]) -> int:
    unpacking, found = zlib.decompressobj(), 0
    for chunk in packed:
        while chunk and not unpacking.eof:
            found += len(unpacking.decompress(chunk, _STEP))
            chunk = unpacking.unconsumed_tail
    return found
