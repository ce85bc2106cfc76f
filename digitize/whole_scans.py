"""Whether the scans on a PDF page hold all their pixels: what is missing is drawn as white paper, without a word."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf

from casefile.errors import PageError
from digitize import poppler
from digitize.broken_jpegs import is_broken
from digitize.faxes import Fax, are_whole
from digitize.jbig2_segments import are_all_there
from digitize.poppler import EmbeddedImage

_FAX_COLUMNS = 1728  # where a fax does not tell how many; ISO 32000-1, table 11
_PNG_PREDICTORS = range(10, 16)  # one more byte a row tells which; table 8
_STEP = 1 << 20  # bytes unpacked at a time
_CLEAR, _END, _FIRST, _MOST_CODES = 256, 257, 258, 4096  # of LZW
_END_OF_RUNS = 128
_LARGE = 0.125  # of a sheet; what is less and cannot be taken out is no scan


class _OddError(Exception):
    """The file keeps a scan in a way that is not known here."""


def refuse_damaged(path: Path, page: int, images: Sequence[EmbeddedImage], *, seconds: float) -> None:
    """PageError where an image on a page, counted from 1, lacks a part. To be called in the bounded child alone.

    Where the file has a password or is odd, faxes and packed pixels are known only by what poppler says of them.
    Images within what the page draws are taken out of it first.
    """
    if any(image.place is None for image in images):
        with _images_apart(path, page) as apart:
            sheet, images = poppler.page_told(apart, 1, seconds=seconds)
            if sum(image.area for image in images if image.place is None) > _LARGE * sheet.width * sheet.height:
                raise _unknown()
            _refuse_damaged(apart, 1, images, seconds=seconds)
    else:
        _refuse_damaged(path, page, images, seconds=seconds)


@contextmanager
def _images_apart(path: Path, page: int) -> Iterator[Path]:
    """A PDF of one page, counted from 1, in which images within what it draws are objects of their own."""
    with TemporaryDirectory() as folder:
        apart = Path(folder) / "page.pdf"
        try:
            with pikepdf.open(path, suppress_warnings=True) as pdf, pikepdf.new() as alone:
                alone.pages.append(pdf.pages[page - 1])
                alone.pages[0].externalize_inline_images()
                alone.save(apart)
        except (pikepdf.PdfError, RuntimeError, IndexError, ValueError, OSError) as error:
            raise _unknown() from error
        yield apart


def _unknown() -> PageError:
    return PageError("unreadable", "nobody can tell whether a scan in the PDF is whole; save it anew or scan it again")


def _refuse_damaged(path: Path, page: int, images: Sequence[EmbeddedImage], *, seconds: float) -> None:
    if any(image.packing == "jbig2" for image in images) and poppler.complains(path, page, seconds=seconds):
        raise poppler.incomplete()
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            whole = all(_is_whole(pdf, image) for image in images)
            faxes = [fax for image in images if (fax := _fax(pdf, image)) is not None]
            whole = whole and (not faxes or are_whole(faxes, seconds=seconds))
    except (_OddError, pikepdf.PdfError, RuntimeError, ValueError, OSError):
        with poppler.jpegs_on_page(path, page, seconds=seconds) as jpegs:
            whole = not any(_is_broken(jpeg.read_bytes()) for jpeg in jpegs)
    if not whole:
        raise poppler.scan_incomplete()


def _is_whole(pdf: pikepdf.Pdf, image: EmbeddedImage) -> bool:
    if image.place is None or image.packing in ("jpx", "ccitt"):
        return True  # poppler has told of the one, and is asked about the other
    packings, told, body = _stream(pdf, image)
    if image.packing == "jpeg":
        return not _is_broken(_unpacked(packings[:-1], body, image))
    if image.packing == "jbig2":
        return are_all_there(_unpacked(packings[:-1], body, image), image.height)
    return _has_all(packings, told, body, image)


def _stream(pdf: pikepdf.Pdf, image: EmbeddedImage) -> tuple[list[str], Mapping[str, Any], bytes]:
    """The names of the packings of an image, the last one's parameters, and the bytes as they lie in the file."""
    scan: Any = pdf.get_object(*image.place) if image.place is not None else None
    if image.mask and isinstance(scan, pikepdf.Stream):
        scan = scan.get(f"/{image.mask}")
    if not isinstance(scan, pikepdf.Stream):
        raise _OddError
    packings = [str(one) for one in _each(scan.get("/Filter"))]
    told = _each(scan.get("/DecodeParms"))
    last = told[-1] if len(told) == len(packings) and told else None
    known = dict(last.items()) if isinstance(last, pikepdf.Dictionary) else {}
    return packings, known, scan.read_raw_bytes()


def _each(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _is_broken(jpeg: bytes) -> bool:
    """Whether anything is missing of a JPEG, which may have a few bytes before its start."""
    start = jpeg.find(b"\xff\xd8")
    return start < 0 or is_broken(jpeg[start:])


def _fax(pdf: pikepdf.Pdf, image: EmbeddedImage) -> Fax | None:
    if image.place is None or image.packing != "ccitt":
        return None
    packings, told, body = _stream(pdf, image)
    columns, k = told.get("/Columns", _FAX_COLUMNS), told.get("/K", 0)
    if not isinstance(columns, int) or not isinstance(k, int | float | Decimal):
        raise _OddError
    body = _unpacked(packings[:-1], body, image)
    aligned, marked = (told.get(name) is True for name in ("/EncodedByteAlign", "/EndOfLine"))
    return Fax(body, columns, image.height, int(k), byte_aligned=aligned, end_of_line=aligned and marked)


def _has_all(packings: Sequence[str], told: Mapping[str, Any], body: bytes, image: EmbeddedImage) -> bool:
    a_row = image.row_bytes + (1 if told.get("/Predictor") in _PNG_PREDICTORS else 0)
    wanted = a_row * image.height
    if not packings:
        return len(body) >= wanted
    last, body = packings[-1], _unpacked(packings[:-1], body, image)
    if last == "/FlateDecode":
        return _inflates_to(body, wanted)
    if last == "/LZWDecode":
        return _lzw_length(body, early=told.get("/EarlyChange", 1) != 0) >= wanted
    return len(_unpacked(packings[-1:], body, image)) >= wanted


def _unpacked(packings: Sequence[str], body: bytes, image: EmbeddedImage) -> bytes:
    """The bytes that come of these packings, all of the small kinds."""
    for packing in packings:
        try:
            if packing == "/ASCII85Decode":
                body = base64.a85decode(body.strip().removeprefix(b"<~").partition(b"~>")[0])
            elif packing == "/ASCIIHexDecode":
                body = bytes.fromhex(body.partition(b">")[0].decode("ascii"))
            elif packing == "/FlateDecode":
                body = zlib.decompressobj().decompress(body, 2 * image.row_bytes * image.height + _STEP)
            elif packing == "/RunLengthDecode":
                body = bytes(_run_length(body))
            else:
                raise _OddError
        except (ValueError, zlib.error) as error:
            raise _OddError from error
    return body


def _inflates_to(packed: bytes, wanted: int) -> bool:
    """Whether so many bytes come of it, and those that were packed: the check sum at its end may be missing, not
    wrong."""
    unpacking, found = zlib.decompressobj(), 0
    try:
        while packed and not unpacking.eof and found <= wanted + _STEP:
            found += len(unpacking.decompress(packed, _STEP))
            packed = unpacking.unconsumed_tail
    except zlib.error:
        return False
    return found >= wanted


def _lzw_length(packed: bytes, *, early: bool) -> int:
    """How many bytes come of it, told by the lengths of what its codes stand for; 0 where a code stands for nothing."""
    lengths, before, found = [1] * _FIRST, 0, 0
    bits, held, width = 0, 0, 9
    for byte in packed:
        bits, held = (bits << 8 | byte) & 0xFFFFFF, held + 8
        if held < width:
            continue
        held -= width
        code = bits >> held & (1 << width) - 1
        if code == _END:
            break
        if code == _CLEAR:
            lengths, before, width = [1] * _FIRST, 0, 9
            continue
        if before and len(lengths) < _MOST_CODES:
            lengths.append(before + 1)
        if code >= len(lengths):
            return 0
        before = lengths[code]
        found += before
        width = min(12, max(9, (len(lengths) + early).bit_length()))
    return found


def _run_length(packed: bytes) -> Iterator[int]:
    at = 0
    while at < len(packed) and packed[at] != _END_OF_RUNS:
        told = packed[at]
        if told < _END_OF_RUNS:
            yield from packed[at + 1 : at + 2 + told]
            at += 2 + told
        else:
            yield from packed[at + 1 : at + 2] * (257 - told)
            at += 2
