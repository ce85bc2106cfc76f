"""Whether the segments of a JBIG2 in a PDF are all there: poppler passes over one whose head is cut off."""

from __future__ import annotations

import struct

_REGIONS = {6, 7, 22, 23, 38, 39, 42, 43}  # kinds of segments that put ink on the page; ITU-T T.88, 7.3
_UNKNOWN_LENGTH = 0xFFFFFFFF


def are_all_there(content: bytes) -> bool:
    """Whether each segment ends within the content, and one at least puts ink on the page. T.88, 7.2."""
    at, regions = 0, 0
    try:
        while at < len(content.rstrip(b"\r\n")):
            kind, at, length = _head(content, at)
            regions += kind in _REGIONS
            if length == _UNKNOWN_LENGTH:
                return True  # its own end tells where it ends; whoever unpacks it will say if it is missing
            at += length
    except (struct.error, IndexError):
        return False
    return regions > 0 and at <= len(content)


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
