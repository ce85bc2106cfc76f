"""Whether the segments of a JBIG2 in a PDF are all there: poppler passes over one whose head is cut off."""

from __future__ import annotations

import struct

_REGIONS = {6, 7, 22, 23, 38, 39, 42, 43}  # kinds of segments that put ink on the page; ITU-T T.88, 7.3
_PAGE, _END_OF_STRIPE = 48, 50
_UNKNOWN = 0xFFFFFFFF  # a length, or the height of a page told stripe by stripe
_STRIPED = 0x8000


def are_all_there(content: bytes, height: int) -> bool:
    """Whether each segment ends within the content, one at least puts ink on the page, and the stripes of a page told
    in stripes go down to its `height` in rows. T.88, 7.2, 7.4.8, 7.4.10."""
    at, end, regions, is_striped, told = 0, len(content.rstrip(b"\r\n")), 0, False, 0
    try:
        while at < end:
            kind, at, length = _head(content, at)
            regions += kind in _REGIONS
            if kind == _PAGE:
                is_striped = _is_striped(content, at)
            elif kind == _END_OF_STRIPE:
                told = 1 + int(struct.unpack_from(">I", content, at)[0])
            if length == _UNKNOWN and not is_striped:
                return True  # its own end tells where it ends; whoever unpacks it will say if it is missing
            at = _own_end(content, at) if length == _UNKNOWN else at + length
    except (struct.error, IndexError, ValueError):
        return False
    return regions > 0 and at <= len(content) and (not is_striped or told >= height)


def _is_striped(content: bytes, at: int) -> bool:
    _, height, _, _, _, stripes = struct.unpack_from(">IIIIBH", content, at)
    return height == _UNKNOWN or bool(stripes & _STRIPED)


def _own_end(content: bytes, at: int) -> int:
    """Where a region of unknown length ends: behind a mark that its packing never makes, and a count of rows. T.88,
    7.2.7."""
    is_fax = content[at + 17] & 1
    return content.index(b"\0\0" if is_fax else b"\xff\xac", at + 18) + 2 + 4


def _head(content: bytes, at: int) -> tuple[int, int, int]:
    """The kind of a segment, where its data begin, and how long they are."""
    (number,) = struct.unpack_from(">I", content, at)
    flags, referred = content[at + 4], content[at + 5] >> 5
    at += 6
    if referred == 7:
        referred = struct.unpack_from(">I", content, at - 1)[0] & 0x1FFFFFFF
        at += 3 + (referred + 8) // 8
    at += referred * (1 if number <= 256 else 2 if number <= 65536 else 4)
    at += 4 if flags & 0x40 else 1
    return flags & 0x3F, at + 4, struct.unpack_from(">I", content, at)[0]
