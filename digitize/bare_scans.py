"""A PDF page that is one scan and nothing else, as scanners write it: the scan as it lies in the file.

Poppler draws such a page with the same pixels in five times as long. Whatever else a page may show, be it a note, a
stamp laid over it or a line of text, leaves it to poppler.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from digitize.pdf_objects import Dictionary, Name, NotPlainError, PdfObjects, Reference, Value, objects_of, unpacked

_MOST_PAGES = 5000  # of a file that is looked into
_MOST_DRAWN = 400  # bytes of what a page draws: one scan takes some fifty
_OFF = 0.25  # pixels by which a scan may be larger or smaller than its page
_SQUARE = 0.1  # by which its pixels may be longer one way than the other
_INHERITED = ("MediaBox", "CropBox", "Rotate", "Resources")
_HARMLESS = {"Type", "Parent", "Contents", "Metadata", "Thumb", "LastModified", "PieceInfo"}
_BOXES = ("CropBox", "TrimBox", "BleedBox", "ArtBox")
_OF_SCAN = {"Type", "Subtype", "Width", "Height", "BitsPerComponent", "ColorSpace", "Filter", "DecodeParms", "Length"}
_OF_SCAN |= {"Interpolate", "Name"}
_MODES = {Name("DeviceGray"): "L", Name("DeviceRGB"): "RGB"}
_DRAWN = re.compile(
    rb"\s*(?:q\s+)?(\d+(?:\.\d*)?)\s+0(?:\.0*)?\s+0(?:\.0*)?\s+(\d+(?:\.\d*)?)\s+0(?:\.0*)?\s+0(?:\.0*)?\s+cm"
    rb"\s+/([A-Za-z0-9_.+*:-]+)\s+Do\s*(?:\sQ\s*)?"
)


@dataclass(frozen=True, slots=True)
class BareScan:
    """A scan taken out of a PDF: a JPEG, what it has to hold, and the colours its pixels are."""

    content: bytes
    width: int
    height: int
    mode: str  # Pillow's: L or RGB


def bare_scan(path: Path, page: int) -> BareScan | None:
    """The one scan that fills a page, counted from 0, in its own pixels; None where anything about the page is
    otherwise or not told in the plainest way. The file must never change."""
    told = _told(path)
    if told is None or page >= len(told[1]):
        return None
    try:
        return _scan_on(told[0], told[1][page])
    except (NotPlainError, ValueError):
        return None


@lru_cache(maxsize=2)
def _told(path: Path) -> tuple[PdfObjects, tuple[Dictionary, ...]] | None:
    """The objects of a file, and its pages with what they inherit; None where it is not plain. Kept, for its other
    pages will be asked about."""
    try:
        objects = objects_of(path)
        return objects, _pages(objects)
    except (NotPlainError, OSError, ValueError):
        return None


def _pages(objects: PdfObjects) -> tuple[Dictionary, ...]:
    pages: list[Dictionary] = []
    seen: set[Reference] = set()
    waiting: list[tuple[Value, Dictionary]] = [(objects.dictionary(objects.trailer.get("Root")).get("Pages"), {})]
    while waiting:
        place, inherited = waiting.pop()
        if not isinstance(place, Reference) or place in seen or len(pages) > _MOST_PAGES:
            raise NotPlainError
        seen.add(place)
        node = inherited | objects.dictionary(place)
        if node.get("Type") == Name("Page"):
            pages.append(node)
            continue
        kids = objects.resolved(node.get("Kids"))
        if node.get("Type") != Name("Pages") or not isinstance(kids, list) or len(kids) > _MOST_PAGES:
            raise NotPlainError
        down = {key: node[key] for key in _INHERITED if key in node}
        waiting += [(kid, down) for kid in reversed(kids)]
    return tuple(pages)


def _scan_on(objects: PdfObjects, page: Dictionary) -> BareScan:
    if page.keys() - {*_HARMLESS, *_INHERITED, *_BOXES} or page.get("Rotate", 0) != 0:
        raise NotPlainError
    wide, high = _sheet(objects, page)
    across, down, name = _drawn(objects, page)
    resources = objects.dictionary(page.get("Resources"))
    if "ColorSpace" in resources:  # may say what grey or red is
        raise NotPlainError
    head, body = objects.stream(objects.dictionary(resources.get("XObject")).get(name))
    width, height = head.get("Width"), head.get("Height")
    if not isinstance(width, int) or not isinstance(height, int) or min(width, height) < 2:
        raise NotPlainError
    if abs(across / wide - 1) * width > _OFF or abs(down / high - 1) * height > _OFF:
        raise NotPlainError
    if abs(width / wide * high / height - 1) >= _SQUARE:
        raise NotPlainError
    return _scan(objects, head, body, width, height)


def _sheet(objects: PdfObjects, page: Dictionary) -> tuple[float, float]:
    """Width and height of a page, from the origin on, points; no other box may cut it."""
    box = objects.resolved(page.get("MediaBox"))
    if any(objects.resolved(page[name]) != box for name in _BOXES if name in page):
        raise NotPlainError
    if not isinstance(box, list) or len(box) != 4:
        raise NotPlainError
    left, bottom, wide, high = (objects.resolved(edge) for edge in box)
    if left != 0 or bottom != 0 or not isinstance(wide, int | float) or not isinstance(high, int | float):
        raise NotPlainError
    if wide < 1 or high < 1:
        raise NotPlainError
    return float(wide), float(high)


def _drawn(objects: PdfObjects, page: Dictionary) -> tuple[float, float, str]:
    """How wide and how high the one thing is that a page draws, points, and its name."""
    contents = page.get("Contents")
    if isinstance(contents, list) and len(contents) == 1:
        contents = contents[0]
    drawn = _DRAWN.fullmatch(unpacked(*objects.stream(contents), most=_MOST_DRAWN))
    if drawn is None:
        raise NotPlainError
    return float(drawn[1]), float(drawn[2]), drawn[3].decode("ascii")


def _scan(objects: PdfObjects, head: Dictionary, body: bytes, width: int, height: int) -> BareScan:
    """The scan, a JPEG as it lies there. A fax is left to poppler, which says where its rows end early."""
    if head.keys() - _OF_SCAN or head.get("Subtype") != Name("Image") or head.get("Interpolate", False) is not False:
        raise NotPlainError
    packing, parameters = _alone(head.get("Filter")), _alone(objects.resolved(head.get("DecodeParms")))
    colours, bits = head.get("ColorSpace"), head.get("BitsPerComponent")
    mode = _MODES.get(colours) if isinstance(colours, Name) else None
    if mode is not None and bits == 8 and packing == Name("DCTDecode") and parameters is None:
        return BareScan(body, width, height, mode)
    raise NotPlainError


def _alone(value: Value) -> Value:
    """The one value of a list, or the value that is no list."""
    if not isinstance(value, list):
        return value
    if len(value) != 1:
        raise NotPlainError
    return value[0]
