"""Whether everything the work needs is installed."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass

PROGRAMS = {
    "tesseract": "tesseract-ocr",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
}
LIBRARIES = ("cv2", "pdf2image", "pytesseract", "rapidfuzz", "spacy", "sqlite_utils", "starlette")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the work needs, and where it is or what to install."""

    what: str
    found: bool
    detail: str


def findings() -> list[Finding]:
    """Every outside program and library the main job uses."""
    return [*map(_program, PROGRAMS), *map(_library, LIBRARIES)]


def _program(name: str) -> Finding:
    path = shutil.which(name)
    return Finding(name, path is not None, path or f"install the Debian package {PROGRAMS[name]}")


def _library(name: str) -> Finding:
    there = importlib.util.find_spec(name) is not None
    return Finding(name, there, "installed" if there else "run ./setup again")
