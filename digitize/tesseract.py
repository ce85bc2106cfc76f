"""Tesseract as the engine in use: one call a page, settings as measured."""

from __future__ import annotations

import os
from functools import cache

import pytesseract
from PIL import Image

from casefile.errors import PageError, ProgramMissingError
from casefile.ocr import BBox
from digitize.engine import SeenWord
from digitize.rasterize import Pixels

# Page mode 4, a column of text of many sizes: mode 3 parts dates from their entries.
_CONFIG = "--psm 4 --dpi 300 -c tessedit_do_invert=0"


class TesseractEngine:
    """Tesseract by its command line, English model; `seconds` is the longest one call may take."""

    def __init__(self, *, seconds: float = 120.0) -> None:
        # One thread a process: by default four wait on each other.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._seconds = seconds

    @property
    def name(self) -> str:
        return f"tesseract {_version()}"

    def words_on(self, image: Pixels) -> tuple[SeenWord, ...]:
        """The words on a straightened page, with boxes in its pixels."""
        picture = Image.fromarray(image)
        picture.format = "BMP"  # the form it is handed over in: no time is lost in packing
        told = _told(picture, self._seconds)
        rows = zip(told["text"], told["conf"], *(told[edge] for edge in _EDGES), strict=True)
        # Tesseract gives -1 to rows that stand for blocks and lines; only words have a confidence.
        return tuple(
            SeenWord(text.strip(), BBox(left, top, left + width, top + height), float(confidence) / 100)
            for text, confidence, left, top, width, height in rows
            if float(confidence) >= 0 and text.strip()
        )


_EDGES = ("left", "top", "width", "height")


def _told(picture: Image.Image, seconds: float) -> dict[str, list[str | int | float]]:
    try:
        told: dict[str, list[str | int | float]] = pytesseract.image_to_data(
            picture, lang="eng", config=_CONFIG, timeout=seconds, output_type=pytesseract.Output.DICT
        )
    except pytesseract.TesseractNotFoundError as error:
        raise _missing("tesseract-ocr") from error
    except pytesseract.TesseractError as error:
        if "eng.traineddata" in str(error):
            raise _missing("tesseract-ocr-eng") from error
        raise PageError("unreadable", "Tesseract could not read the page") from error
    except RuntimeError as error:  # pytesseract's way to say that the time is up
        raise PageError("timeout", "Tesseract took too long over the page") from error
    return told


@cache
def _version() -> str:
    try:
        return str(pytesseract.get_tesseract_version())
    except pytesseract.TesseractNotFoundError as error:
        raise _missing("tesseract-ocr") from error


def _missing(package: str) -> ProgramMissingError:
    return ProgramMissingError(f"Tesseract is not installed: install the Debian package {package}")
