"""A PDF page that is one scan and nothing else, as scanners write it: the scan as it lies in the file.

Poppler draws such a page with the same pixels in five times as long. Whatever else a page may show, be it a note, a
stamp laid over it or a line of text, leaves it to poppler; so does whatever qpdf has a word to say about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

_MOST_DRAWN = 400  # bytes of what a page draws, packed or not: one scan takes some fifty
_OFF = 0.25  # pixels by which a scan may be larger or smaller than its page
_SQUARE = 0.1  # by which its pixels may be longer one way than the other
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_HARMLESS = {"/Type", "/Parent", "/Contents", "/Metadata", "/Thumb", "/LastModified", "/PieceInfo"}
_BOXES = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
_OF_SCAN = {"/Type", "/Subtype", "/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Filter", "/DecodeParms"}
_OF_SCAN |= {"/Length", "/Interpolate", "/Name"}
_MODES = {"/DeviceGray": "L", "/DeviceRGB": "RGB"}
_DRAWN = re.compile(
    rb"\s*(?:q\s+)?(\d+(?:\.\d*)?)\s+0(?:\.0*)?\s+0(?:\.0*)?\s+(\d+(?:\.\d*)?)\s+0(?:\.0*)?\s+0(?:\.0*)?\s+cm"
    rb"\s+(/[A-Za-z0-9_.+*:-]+)\s+Do\s*(?:\sQ\s*)?"
)


class _OtherError(Exception):
    """The page, or what it draws, is otherwise."""


@dataclass(frozen=True, slots=True)
class BareScan:
    """A scan taken out of a PDF: a JPEG, what it has to hold, and the colours its pixels are."""

    content: bytes
    width: int
    height: int
    mode: str  # Pillow's: L or RGB


def bare_scan(path: Path, page: int) -> BareScan | None:
    """The one scan that fills a page, counted from 0, in its own pixels; None where anything about the page is
    otherwise or not told in the plainest way."""
    try:
        with pikepdf.open(path, suppress_warnings=True, attempt_recovery=False) as pdf:
            if pdf.is_encrypted or page >= len(pdf.pages):
                return None
            found = _scan_on(_with_inherited(pdf.pages[page].obj))
            return None if pdf.get_warnings() else found
    except (_OtherError, pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, TypeError, ValueError, OSError):
        return None


def _with_inherited(page: Any) -> dict[str, Any]:
    """What is told of a page, by it or by a node above it. ISO 32000-1, 7.7.3.4."""
    told = dict(page.items())
    node, seen = page.get("/Parent"), set()
    while isinstance(node, pikepdf.Dictionary) and node.objgen not in seen:
        seen.add(node.objgen)
        told = {key: node[key] for key in _INHERITED if key in node} | told
        node = node.get("/Parent")
    return told


def _scan_on(page: dict[str, Any]) -> BareScan:
    if page.keys() - {*_HARMLESS, *_INHERITED, *_BOXES} or page.get("/Rotate", 0) != 0:
        raise _OtherError
    wide, high = _sheet(page)
    across, down, name = _drawn(page)
    resources = _of(pikepdf.Dictionary, page.get("/Resources"))
    if "/ColorSpace" in resources:  # may say what grey or red is
        raise _OtherError
    scan = _of(pikepdf.Stream, _of(pikepdf.Dictionary, resources.get("/XObject")).get(name))
    width, height = (_of(int, scan.get(side)) for side in ("/Width", "/Height"))
    if min(width, height) < 2:
        raise _OtherError
    if abs(across / wide - 1) * width > _OFF or abs(down / high - 1) * height > _OFF:
        raise _OtherError
    if abs(width / wide * high / height - 1) >= _SQUARE:
        raise _OtherError
    return BareScan(scan.read_raw_bytes(), width, height, _mode(scan))


def _of(kind: Any, value: Any) -> Any:
    """The value, if it is of a kind."""
    if not isinstance(value, kind):
        raise _OtherError
    return value


def _sheet(page: dict[str, Any]) -> tuple[float, float]:
    """Width and height of a page, from the origin on, points; no other box may cut it."""
    box = page.get("/MediaBox")
    if any(page[name] != box for name in _BOXES if name in page):
        raise _OtherError
    left, bottom, wide, high = (float(edge) for edge in _of(pikepdf.Array, box))
    if left != 0 or bottom != 0 or wide < 1 or high < 1:
        raise _OtherError
    return wide, high


def _drawn(page: dict[str, Any]) -> tuple[float, float, str]:
    """How wide and how high the one thing is that a page draws, points, and its name."""
    contents = _of(pikepdf.Stream, _alone(page.get("/Contents")))
    if set(contents.keys()) - {"/Length", "/Filter", "/DecodeParms"} or len(contents.read_raw_bytes()) > _MOST_DRAWN:
        raise _OtherError
    drawn = _DRAWN.fullmatch(contents.read_bytes())
    if drawn is None:
        raise _OtherError
    return float(drawn[1]), float(drawn[2]), drawn[3].decode("ascii")


def _mode(scan: Any) -> str:
    """What the pixels of a JPEG are that lies in a PDF as it is. A fax is left to poppler, which says where its rows
    end early."""
    if set(scan.keys()) - _OF_SCAN or scan.get("/Subtype") != pikepdf.Name.Image or scan.get("/Interpolate", False):
        raise _OtherError
    packing, parameters = _alone(scan.get("/Filter")), _alone(scan.get("/DecodeParms"))
    mode = _MODES.get(str(_of(pikepdf.Name, scan.get("/ColorSpace"))))
    if (
        mode is None
        or scan.get("/BitsPerComponent") != 8
        or packing != pikepdf.Name.DCTDecode
        or parameters is not None
    ):
        raise _OtherError
    return mode


def _alone(value: Any) -> Any:
    """The one value of a list, or the value that is no list."""
    if not isinstance(value, pikepdf.Array):
        return value
    if len(value) != 1:
        raise _OtherError
    return value[0]
