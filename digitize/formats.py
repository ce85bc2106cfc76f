"""Which scan a file holds, judged from its first and last bytes and its headers, never by decoding it."""

from __future__ import annotations

import mmap
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from PIL import Image, TiffImagePlugin

from casefile.errors import PageError
from digitize import poppler
from digitize.page_tree import leaf_total


class ScanFormat(StrEnum):
    """The scan formats taken in, by Pillow's names but for PDF."""

    PDF = "PDF"
    TIFF = "TIFF"
    PNG = "PNG"
    JPEG = "JPEG"
    JPEG2000 = "JPEG2000"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask of us; 80 megapixels hold 11 by 17 inches at 600 dpi."""

    megapixels: float = 80.0
    frames: int = 5000  # of one file
    dpi: int = 300  # for PDF pages that are no scan
    seconds: float = 60.0  # for one call of an outside program

    @property
    def pixels(self) -> int:
        return int(self.megapixels * 1_000_000)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file turned out to be, and how many pages it holds."""

    format: ScanFormat
    frames: int


SUFFIXES = {
    ".pdf": ScanFormat.PDF,
    ".tif": ScanFormat.TIFF,
    ".tiff": ScanFormat.TIFF,
    ".png": ScanFormat.PNG,
    ".jpg": ScanFormat.JPEG,
    ".jpeg": ScanFormat.JPEG,
    ".jp2": ScanFormat.JPEG2000,
}

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", ScanFormat.PNG),
    (b"\xff\xd8\xff", ScanFormat.JPEG),
    (b"II*\0", ScanFormat.TIFF),
    (b"MM\0*", ScanFormat.TIFF),
    (b"II+\0", ScanFormat.TIFF),
    (b"MM\0+", ScanFormat.TIFF),
    (b"\0\0\0\x0cjP  \r\n\x87\n", ScanFormat.JPEG2000),
    (b"\xff\x4f\xff\x51", ScanFormat.JPEG2000),
)
_HEAD = 1024  # bytes; a PDF may begin with as much that is none of it

# What Pillow's readers are known to raise on hostile bytes; anything else is a fault of ours.
PILLOW_ERRORS = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    ZeroDivisionError,
    AttributeError,
    MemoryError,
    struct.error,
    zlib.error,
)


def format_of(head: bytes) -> ScanFormat | None:
    """The scan format that begins with these bytes; None for anything else."""
    for magic, scan_format in _MAGIC:
        if head.startswith(magic):
            return scan_format
    return ScanFormat.PDF if b"%PDF-" in head[:_HEAD] else None


def head_of(path: Path) -> bytes:
    """The first bytes of a file, enough to tell its format."""
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise PageError("unreadable", "the file cannot be opened; check its permissions") from error


def inspect(path: Path, limits: Limits, *, suffix: str | None = None) -> Inspection:
    """The format and number of pages of a scan; PageError where it cannot be taken in.

    `suffix` is that of the name the file came with, where `path` has another.
    Sizes are judged from headers. A file fails as over-large only where every page of it is; else the
    large page fails alone, when it is read.
    """
    scan_format = _format_told(path, path.suffix if suffix is None else suffix)
    if scan_format is not ScanFormat.PDF:
        _refuse_cut_off(path, scan_format)
        return Inspection(scan_format, _frames_of_image(path, scan_format, limits))
    if b"%%EOF" not in _tail_of(path, 8192):
        raise PageError("truncated", "the PDF has no end; fetch or scan it again")
    return Inspection(scan_format, _frames_of_pdf(path, limits))


def _format_told(path: Path, suffix: str) -> ScanFormat:
    """The format that suffix and content agree on; a suffix that tells nothing is no objection."""
    head = head_of(path)
    if not head:
        raise PageError("empty", "the file holds no bytes; fetch or scan it again")
    claimed, found = SUFFIXES.get(suffix.lower()), format_of(head)
    if found is not None and claimed in (None, found):
        return found
    if claimed is None:
        raise PageError("unknown_format", "not a PDF, TIFF, PNG, JPEG or JPEG 2000 file")
    if found is None and _begins_as(claimed, head):
        raise PageError("truncated", "the file stops within its first bytes; fetch or scan it again")
    raise PageError("mislabelled", f"the name says {claimed}, the content is {found or 'something else'}")


def _begins_as(claimed: ScanFormat, head: bytes) -> bool:
    magics = [magic for magic, scan_format in _MAGIC if scan_format is claimed] or [b"%PDF-"]
    return any(magic.startswith(head) for magic in magics)


def _tail_of(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - size))
        return file.read(size)


def _refuse_cut_off(path: Path, scan_format: ScanFormat) -> None:
    """Raises where the end that the format demands is missing; a TIFF's strips are judged page by page."""
    complete = {
        ScanFormat.PNG: _png_is_complete,
        ScanFormat.JPEG: _jpeg_is_complete,
        ScanFormat.JPEG2000: _jpeg2000_is_complete,
        ScanFormat.TIFF: _tiff_has_its_directories,
    }[scan_format]
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if not complete(content):
            raise PageError("truncated", "the image stops before its end; fetch or scan it again")


def _png_is_complete(content: mmap.mmap) -> bool:
    at = 8
    while at + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        at += 12 + length
        if kind == b"IEND":
            return bool(at <= len(content))
    return False


def _jpeg_is_complete(content: mmap.mmap) -> bool:
    """Whether an end marker follows the first scan; a thumbnail's own end lies in the segments before it."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xDA:
            return bool(content.find(b"\xff\xd9", at) >= 0)
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:  # markers without a length
            at += 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False


def _jpeg2000_is_complete(content: mmap.mmap) -> bool:
    """Whether the codestream's end marker is where it belongs: at the end, or followed by other boxes."""
    if content[:4] == b"\xff\x4f\xff\x51":
        return content[-2:] == b"\xff\xd9"
    at = 0
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16], "big")
        end = at + length if length else len(content)
        if kind == b"jp2c":
            return end <= len(content) and content[end - 2 : end] == b"\xff\xd9"
        if end <= at:
            return False
        at = end
    return False


def _tiff_has_its_directories(content: mmap.mmap) -> bool:
    """Whether each page's directory, which may stand at the very end, is within the file, and none leads back to one
    before: readers take such a chain for its end, and the pages behind it are lost. Where the last one ends the file,
    some writers leave out that none follows."""
    order = "<" if content[:2] == b"II" else ">"
    is_big = content[2:4] in (b"+\0", b"\0+")
    total, entry, place = (order + "Q", 20, order + "Q") if is_big else (order + "H", 12, order + "I")
    at, seen = (8 if is_big else 4), set[int]()
    while True:
        if at + struct.calcsize(place) > len(content):
            return bool(seen) and at == len(content)
        (start,) = struct.unpack_from(place, content, at)
        if start == 0:
            return bool(seen)
        if start in seen or start + struct.calcsize(total) > len(content):
            return False
        seen.add(start)
        at = start + struct.calcsize(total) + entry * struct.unpack_from(total, content, start)[0]


@contextmanager
def open_image(path: Path | BytesIO, scan_format: ScanFormat) -> Iterator[Image.Image]:
    """The image file opened by its headers alone; nothing is decoded, no other format is tried."""
    try:
        with warnings.catch_warnings():
            # Sizes are judged by our own limit, page by page.
            warnings.simplefilter("ignore")
            image = Image.open(path, formats=[scan_format.value])
    except Image.DecompressionBombError as error:
        raise over_large() from error
    except PILLOW_ERRORS as error:
        raise PageError("unreadable", "the image's headers make no sense; fetch or scan it again") from error
    with image:
        yield image


def over_large() -> PageError:
    return PageError("over_large", "more pixels than the limit; scan it at a lower resolution")


def _frames_of_image(path: Path, scan_format: ScanFormat, limits: Limits) -> int:
    with open_image(path, scan_format) as image:
        frames = _frame_total(image, limits) if scan_format is ScanFormat.TIFF else 1
        good = False
        for frame in range(frames):
            _seek(image, frame)
            good = good or image.width * image.height <= limits.pixels
            if isinstance(image, TiffImagePlugin.TiffImageFile):
                _refuse_cut_off_tiff(image, path.stat().st_size)
    if not good:
        raise over_large()
    return frames


def _frame_total(image: Image.Image, limits: Limits) -> int:
    """How many directories a TIFF chains together; counted no further than the limit."""
    frames = 1
    while _has_frame(image, frames):
        frames += 1
        if frames > limits.frames:
            raise PageError("too_many_frames", f"more than {limits.frames} pages; split the file")
    return frames


def _has_frame(image: Image.Image, frame: int) -> bool:
    try:
        image.seek(frame)
    except EOFError:
        return False
    except PILLOW_ERRORS as error:
        raise PageError("truncated", "a page's directory lies beyond the end; scan the file again") from error
    return True


def _seek(image: Image.Image, frame: int) -> None:
    if not _has_frame(image, frame):
        raise PageError("unreadable", "the file has fewer pages than its directory says")


def _refuse_cut_off_tiff(image: TiffImagePlugin.TiffImageFile, size: int) -> None:
    """Raises where a strip or tile of the current page would lie beyond the end of the file."""
    tags = image.tag_v2
    for offsets_tag, lengths_tag in ((273, 279), (324, 325)):
        offsets, lengths = tags.get(offsets_tag, ()), tags.get(lengths_tag, ())
        if any(offset + length > size for offset, length in zip(offsets, lengths, strict=False)):
            raise PageError("truncated", "the image stops before its end; fetch or scan it again")


def _frames_of_pdf(path: Path, limits: Limits) -> int:
    frames = poppler.page_total(path, seconds=limits.seconds)
    if frames < 1:
        raise PageError("unreadable", "the PDF has no pages")
    if (leaf_total(path) or 0) > frames:
        raise PageError("unreadable", "the PDF holds more pages than it counts, and some would be lost; save it anew")
    if frames > limits.frames:
        raise PageError("too_many_frames", f"more than {limits.frames} pages; split the file")
    sheets = poppler.sheets(path, 1, frames, seconds=limits.seconds)
    if sheets and all(sheet.pixels_at(limits.dpi) > limits.pixels for sheet in sheets):
        raise over_large()
    return frames
