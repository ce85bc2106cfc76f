"""Whether the scans on a PDF page hold all their pixels: what is missing is drawn as white paper, without a word."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path

from casefile.errors import PageError
from digitize import poppler
from digitize.broken_jpegs import is_broken
from digitize.faxes import Fax, are_whole
from digitize.jbig2_segments import are_all_there
from digitize.pdf_objects import Dictionary, Name, NotPlainError, PdfObjects, Reference, Value, objects_of
from digitize.poppler import EmbeddedImage

_FAX_COLUMNS = 1728  # where a fax does not tell how many; ISO 32000-1, table 11
_PNG_PREDICTORS = range(10, 16)  # one more byte a row tells which; table 8
_STEP = 1 << 20  # bytes unpacked at a time
_CLEAR, _END, _FIRST, _MOST_CODES = 256, 257, 258, 4096  # of LZW
_END_OF_RUNS = 128


def refuse_damaged(path: Path, page: int, images: Sequence[EmbeddedImage], *, seconds: float) -> None:
    """PageError where an image on a page, counted from 1, lacks a part. The file must never change.

    Where the file is locked or odd, faxes and packed pixels are known only by what poppler says of them.
    """
    if any(image.packing == "jbig2" for image in images) and poppler.complains(path, page, seconds=seconds):
        raise poppler.incomplete()
    try:
        with _objects(path, page, seconds=seconds) as objects:
            whole = _are_whole(objects, images, seconds)
    except (NotPlainError, ValueError, OSError):
        with poppler.jpegs_on_page(path, page, seconds=seconds) as jpegs:
            whole = not any(_is_broken(jpeg.read_bytes()) for jpeg in jpegs)
    if not whole:
        raise PageError("unreadable", "a part of the scan is missing in its file; fetch or scan it again")


@contextmanager
def _objects(path: Path, page: int, *, seconds: float) -> Iterator[PdfObjects]:
    """The objects of a file, or of the page written anew where the file is not kept in the plainest way."""
    plain = _plain(path)
    if plain is not None:
        yield plain
        return
    with ExitStack() as stack:
        try:
            alone = stack.enter_context(poppler.page_alone(path, page, seconds=seconds))
        except PageError as error:
            raise NotPlainError from error
        yield objects_of(alone)


@lru_cache(maxsize=2)
def _plain(path: Path) -> PdfObjects | None:
    try:
        return objects_of(path)
    except (NotPlainError, ValueError):
        return None


def _are_whole(objects: PdfObjects, images: Sequence[EmbeddedImage], seconds: float) -> bool:
    faxes: list[Fax] = []
    for image in images:
        if image.place is None or image.packing == "jpx":
            continue  # poppler has told
        head, body = objects.stream(Reference(*image.place))
        if image.mask:
            head, body = objects.stream(head.get(image.mask))
        packings = _each(objects, head.get("Filter"))
        told = [_dictionary(objects, one) for one in _each(objects, head.get("DecodeParms"))]
        last = told[-1] if told and len(told) == len(packings) else {}
        if image.packing in ("jpeg", "ccitt", "jbig2"):
            body = _unpacked(packings[:-1], body, image)
        if image.packing == "ccitt":
            faxes.append(_fax(body, last, image))
        elif image.packing == "jpeg":
            if _is_broken(body):
                return False
        elif image.packing == "jbig2":
            if not are_all_there(body):
                return False
        elif not _has_all(packings, last, body, image):
            return False
    return not faxes or are_whole(faxes, seconds=seconds)


def _is_broken(jpeg: bytes) -> bool:
    """Whether anything is missing of a JPEG, which may have a few bytes before its start."""
    start = jpeg.find(b"\xff\xd8")
    return start < 0 or is_broken(jpeg[start:])


def _each(objects: PdfObjects, value: Value) -> list[Value]:
    found = objects.resolved(value)
    if found is None:
        return []
    return [objects.resolved(one) for one in found] if isinstance(found, list) else [found]


def _dictionary(objects: PdfObjects, value: Value) -> Dictionary:
    return {} if value is None else objects.dictionary(value)


def _fax(body: bytes, told: Dictionary, image: EmbeddedImage) -> Fax:
    columns, k = told.get("Columns", _FAX_COLUMNS), told.get("K", 0)
    if not isinstance(columns, int) or not isinstance(k, int | float):
        raise NotPlainError
    return Fax(body, columns, image.height, int(k), byte_aligned=told.get("EncodedByteAlign") is True)


def _has_all(packings: Sequence[Value], told: Dictionary, body: bytes, image: EmbeddedImage) -> bool:
    a_row = image.row_bytes + (1 if told.get("Predictor") in _PNG_PREDICTORS else 0)
    wanted = a_row * image.height
    if not packings:
        return len(body) >= wanted
    last, body = packings[-1], _unpacked(packings[:-1], body, image)
    if last == Name("FlateDecode"):
        return _inflates_to(body, wanted)
    if last == Name("LZWDecode"):
        return _lzw_length(body, early=told.get("EarlyChange", 1) != 0) >= wanted
    return len(_unpacked(packings[-1:], body, image)) >= wanted


def _unpacked(packings: Sequence[Value], body: bytes, image: EmbeddedImage) -> bytes:
    """The bytes that come of these packings, all of the small kinds."""
    for packing in packings:
        try:
            if packing == Name("ASCII85Decode"):
                body = base64.a85decode(body.strip().removeprefix(b"<~").partition(b"~>")[0])
            elif packing == Name("ASCIIHexDecode"):
                body = bytes.fromhex(body.partition(b">")[0].decode("ascii"))
            elif packing == Name("FlateDecode"):
                body = zlib.decompressobj().decompress(body, 2 * image.row_bytes * image.height + _STEP)
            elif packing == Name("RunLengthDecode"):
                body = bytes(_run_length(body))
            else:
                raise NotPlainError
        except (ValueError, zlib.error) as error:
            raise NotPlainError from error
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
