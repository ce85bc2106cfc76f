"""A stored page as pixels, just as it was scanned, and the crops of it that people look at."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, TiffImagePlugin

from casefile.errors import PageError
from casefile.ocr import BBox
from digitize import poppler, tiff_strips
from digitize.bare_scans import BareScan, bare_scan
from digitize.broken_jpegs import is_broken
from digitize.formats import (
    PILLOW_ERRORS,
    Limits,
    ScanFormat,
    format_of,
    head_of,
    open_image,
    over_large,
)
from digitize.short_pngs import is_short
from digitize.whole_scans import refuse_damaged

Pixels: TypeAlias = npt.NDArray[np.uint8]

_PHOTOMETRIC, _WHITE_IS_ZERO = 262, 0  # a tag and its value; TIFF 6.0
_OBLONG, _LONGEST = 1.5, 2.7  # a pixel's one side to the other: less is nearly square, more a slip of the maker
_LEAST_DPI, _MOST_DPI = 72, 1200  # beyond these an embedded image's resolution is a slip of the maker


def frame_image(master: Path, frame: int, limits: Limits) -> Pixels:
    """The pixels of one page: height by width, and by 3 where it has colour; not turned in any way.

    `frame` counts from 0. A PDF page that is one scan comes in that scan's own pixels, any other at
    `limits.dpi`. PageError where the page cannot be had.
    """
    scan_format = format_of(head_of(master))
    if scan_format is None:
        raise PageError("unknown_format", "the master is not a scan")
    if scan_format is ScanFormat.PDF:
        scan = bare_scan(master, frame)
        found = None if scan is None else _taken_out(scan, limits)
        return _drawn_page(master, frame, limits) if found is None else found
    with open_image(master, scan_format) as image:
        if scan_format is ScanFormat.TIFF:
            _turn_to(image, frame)
        if image.width * image.height > limits.pixels:
            raise over_large()
        if scan_format is ScanFormat.JPEG:
            _refuse_broken(master.read_bytes())
        if isinstance(image, TiffImagePlugin.TiffImageFile):
            tiff_strips.refuse_damaged(image, master, seconds=limits.seconds)
        found = _decoded(image)
    if scan_format is ScanFormat.PNG and any(bool((row == row[:1]).all()) for row in found[-2:]):
        _refuse_short(master.read_bytes())  # a row that is missing is one shade; every other one is, if woven
    return found


def tallness(master: Path, frame: int, limits: Limits) -> float:
    """How many times higher than wide the pixels of a page are, as its file says: 1 but for coarse faxes, which have
    204 by 98 to the inch, and their like. A page of a PDF is drawn in square pixels; one that would be over-large so is
    taken as it is."""
    scan_format = format_of(head_of(master))
    if scan_format is None or scan_format is ScanFormat.PDF:
        return 1.0
    with open_image(master, scan_format) as image:
        if scan_format is ScanFormat.TIFF:
            _turn_to(image, frame)
        across, down = map(float, image.info.get("dpi") or image.info.get("resolution") or (1.0, 1.0))
        most = limits.pixels / (image.width * image.height)
    ratio = across / down if min(across, down) > 0 else 1.0
    return ratio if _OBLONG <= max(ratio, 1 / ratio) <= min(_LONGEST, most) else 1.0


def _taken_out(scan: BareScan, limits: Limits) -> Pixels | None:
    """The pixels of the one scan that a PDF page is; None where it is not what the PDF says it is."""
    if scan.width * scan.height > limits.pixels:
        raise over_large()
    _refuse_broken(scan.content)
    try:
        with open_image(BytesIO(scan.content), ScanFormat.JPEG) as image:
            plain = image.info.get("adobe_transform") != 0  # else poppler takes its colours for others
            if image.size != (scan.width, scan.height) or image.mode != scan.mode or not plain:
                return None
            return _decoded(image)
    except PageError:
        return None  # poppler may draw what has an odd head, or say what is wrong


def _refuse_broken(jpeg: bytes) -> None:
    if is_broken(jpeg):
        raise poppler.scan_incomplete()


def _refuse_short(png: bytes) -> None:
    if is_short(png):
        raise poppler.scan_incomplete()


def _turn_to(image: Image.Image, frame: int) -> None:
    try:
        image.seek(frame)
    except PILLOW_ERRORS as error:
        raise PageError("unreadable", "the page is not in the file, or its directory is damaged") from error


def _decoded(image: Image.Image) -> Pixels:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is not ours to judge
            image.load()
            return _as_pixels(image)
    except PILLOW_ERRORS as error:
        raise PageError("unreadable", "the page cannot be decoded; fetch or scan it again") from error


def _as_pixels(image: Image.Image) -> Pixels:
    """Eight bits a channel, grey where there is no colour; what is transparent shows white paper."""
    if image.mode == "F":
        raise PageError("unreadable", "its pixels are fractions, which no scanner writes; save it as 8 or 16 bits")
    if image.mode.startswith("I"):
        grey = _eight_bits(np.asarray(image, dtype=np.float32))
        return 255 - grey if _is_negative(image) else grey
    if image.mode in ("1", "L"):
        return np.asarray(image if image.mode == "L" else image.convert("L"))
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        clear = image.convert("RGBA")
        if clear.getchannel("A").getextrema()[1] == 0 and len(set(image.convert("L").getextrema())) > 1:
            raise PageError("unreadable", "the page is wholly transparent; save it without transparency")
        image = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return _grey_if_grey(np.asarray(image if image.mode == "RGB" else image.convert("RGB")))


def _is_negative(image: Image.Image) -> bool:
    """Whether a TIFF says that its lowest value is white, of which Pillow takes no notice where pixels are deep."""
    return isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO


def _eight_bits(deep: npt.NDArray[np.float32]) -> Pixels:
    """Deep grey as eight bits; the depth, 8, 12 or 16 bits, is told by the brightest pixel."""
    brightest = float(deep.max(initial=0.0))
    depth = next((bits for bits in (8, 12, 16) if brightest < 2**bits), 32)
    shallow: Pixels = np.clip(deep / 2 ** (depth - 8), 0, 255).astype(np.uint8)
    return shallow


def _grey_if_grey(rgb: Pixels) -> Pixels:
    return rgb[..., 0].copy() if _is_grey(rgb[::29, ::31]) and _is_grey(rgb) else rgb


def _is_grey(rgb: Pixels) -> bool:
    return np.array_equal(rgb[..., 0], rgb[..., 1]) and np.array_equal(rgb[..., 1], rgb[..., 2])


def _drawn_page(master: Path, frame: int, limits: Limits) -> Pixels:
    """The page as poppler draws it, which leaves white, and says nothing, what it cannot decode."""
    drawing = _drawing(master, frame, limits)
    if drawing.images:
        refuse_damaged(master, frame + 1, drawing.images, seconds=limits.seconds)
    return _drawn(master, frame, drawing, limits)


def _drawn(master: Path, frame: int, drawing: _Drawing, limits: Limits) -> Pixels:
    if not drawing.is_scan:
        return _drawn_by_poppler(master, frame + 1, drawing.size, limits, grey=drawing.grey)
    whole = BBox(0, 0, *drawing.size)
    drawn = poppler.part_of_page(master, frame + 1, drawing.size, whole, grey=drawing.grey, seconds=limits.seconds)
    with drawn as tiff, open_image(tiff, ScanFormat.TIFF) as image:
        return _decoded(image)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How a page of a PDF is drawn: its width and height in pixels, whether without colour, and whether it is one scan,
    which poppler is asked for without further questions; and all images on it."""

    size: tuple[int, int]
    grey: bool
    is_scan: bool
    images: tuple[poppler.EmbeddedImage, ...]


@lru_cache(maxsize=64)
def _drawing(master: Path, frame: int, limits: Limits) -> _Drawing:
    sheet, held = poppler.page_told(master, frame + 1, seconds=limits.seconds)
    for are_masks in (False, True):  # each may be taken out of the file, and a scan may have a mask of its own size
        if sum(image.pixels for image in held if bool(image.mask) is are_masks) > limits.pixels:
            raise over_large()
    images = tuple(image for image in held if image.mask != "SMask")
    grey = bool(images) and all(image.components == 1 for image in images)
    size = _size_of_scan(sheet, images)
    return _Drawing(size or _size_of(sheet, images, limits), grey, size is not None, held)


def _size_of_scan(sheet: poppler.Sheet, images: tuple[poppler.EmbeddedImage, ...]) -> tuple[int, int] | None:
    """Width and height in pixels of the one scan that fills a sheet, as it lies on it; None where there is none."""
    scans = [image for image in images if image.covers(sheet)]
    scan = max(scans, key=lambda image: image.width * image.height, default=None)
    if scan is None or abs(scan.x_ppi / scan.y_ppi - 1) >= 0.1:
        return None
    wide = (scan.width > scan.height) == (sheet.width > sheet.height)
    return (scan.width, scan.height) if wide else (scan.height, scan.width)


def _size_of(sheet: poppler.Sheet, images: tuple[poppler.EmbeddedImage, ...], limits: Limits) -> tuple[int, int]:
    """Width and height in pixels to draw a sheet at that is not one scan."""
    dpi = _dpi_of_strips(images, limits) if images else limits.dpi
    if sheet.pixels_at(limits.dpi) > limits.pixels:
        raise over_large()
    dpi = min(dpi, (limits.pixels / sheet.pixels_at(1)) ** 0.5)
    return max(1, int(sheet.width / poppler.POINTS * dpi)), max(1, int(sheet.height / poppler.POINTS * dpi))


def _dpi_of_strips(images: tuple[poppler.EmbeddedImage, ...], limits: Limits) -> float:
    """The resolution of the largest image on a page that is made of several, but never below our own."""
    largest = max(images, key=lambda image: image.width * image.height)
    return min(_MOST_DPI, max(limits.dpi, largest.x_ppi, largest.y_ppi))


def _drawn_by_poppler(master: Path, page: int, size: tuple[int, int], limits: Limits, *, grey: bool) -> Pixels:
    # Imported here, since only PDF pages need it.
    from pdf2image import convert_from_path
    from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError

    try:
        drawn = convert_from_path(
            str(master.absolute()),
            first_page=page,
            last_page=page,
            size=size,
            grayscale=grey,
            # Cairo gives a scan's own pixels back; pdftoppm stretches them by one. TIFF, since packing the pixels
            # of a grainy scan into PNG takes longer than all reading.
            use_pdftocairo=True,
            fmt="tiff",
            timeout=max(1, round(limits.seconds)),
        )
    except PDFInfoNotInstalledError as error:
        raise poppler.missing() from error
    except PDFPopplerTimeoutError as error:
        raise PageError("timeout", "the PDF page took too long to draw") from error
    except (PDFPageCountError, *PILLOW_ERRORS) as error:
        raise PageError("unreadable", "the PDF page cannot be drawn") from error
    if len(drawn) != 1:
        raise PageError("unreadable", "the PDF page cannot be drawn")
    return _as_pixels(drawn[0])


@lru_cache(maxsize=2)
def _kept_frame(master: Path, frame: int, limits: Limits) -> Pixels:
    """The last pages looked at: a reviewer asks for many crops of one. Masters never change."""
    return frame_image(master, frame, limits)


def crop_png(
    master: Path, frame: int, bbox: BBox, *, margin: int, turned: int = 0, limits: Limits | None = None
) -> bytes:
    """The ink within `bbox` (pixels of the stored frame) and `margin` pixels around, upright, as PNG.

    `turned` is the clockwise turn that brings the page upright; a bbox off the page gives its nearest pixel.
    """
    return _png(Image.fromarray(_turned(_part(master, frame, bbox, margin, limits or Limits()), turned)))


def _part(master: Path, frame: int, bbox: BBox, margin: int, limits: Limits) -> Pixels:
    """Of a PDF the part alone is drawn, which takes little more than half as long as the page does."""
    if format_of(head_of(master)) is ScanFormat.PDF:
        drawing = _drawing(master, frame, limits)
        part = _on_page(bbox, margin, *drawing.size)
        drawn = poppler.part_of_page(master, frame + 1, drawing.size, part, grey=drawing.grey, seconds=limits.seconds)
        with drawn as tiff, open_image(tiff, ScanFormat.TIFF) as image:
            found = _decoded(image)
        if found.shape[:2] == (part.bottom - part.top, part.right - part.left):
            return found
    page = _kept_frame(master, frame, limits)
    part = _on_page(bbox, margin, page.shape[1], page.shape[0])
    return page[part.top : part.bottom, part.left : part.right]


def _on_page(bbox: BBox, margin: int, width: int, height: int) -> BBox:
    left = min(max(0, bbox.left - margin), width - 1)
    top = min(max(0, bbox.top - margin), height - 1)
    right = min(max(left + 1, bbox.right + margin), width)
    bottom = min(max(top + 1, bbox.bottom + margin), height)
    return BBox(left, top, right, bottom)


def page_png(
    master: Path, frame: int, *, turned: int = 0, longest_side: int = 1600, limits: Limits | None = None
) -> bytes:
    """The whole page upright as PNG, made smaller where a side is longer than `longest_side` pixels."""
    page = Image.fromarray(_turned(_kept_frame(master, frame, limits or Limits()), turned))
    page.thumbnail((longest_side, longest_side), Image.Resampling.BOX, reducing_gap=2.0)
    return _png(page)


def _turned(pixels: Pixels, turned: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(pixels, k=-(turned // 90)))


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
