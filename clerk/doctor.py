"""Whether everything the work needs is installed."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass

from digitize.isolation import NetworkGuard, guard_here

PROGRAMS = {
    "tesseract": "tesseract-ocr",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
}
LIBRARIES = ("cv2", "distributed", "pdf2image", "pytesseract", "rapidfuzz", "spacy", "sqlite_utils", "starlette")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the work needs, and where it is or what to install."""

    what: str
    found: bool
    detail: str


def findings() -> list[Finding]:
    """Every outside program and library the main job uses."""
    return [*map(_program, PROGRAMS), *map(_library, LIBRARIES), *_guards()]


def _guards() -> list[Finding]:
    """How well this machine lets us shut in what opens hostile files; nothing here keeps the work from being done."""
    return [
        Finding("no network for pages", True, _NETWORK[guard_here()]),
        Finding("openssl", True, shutil.which("openssl") or _WITHOUT_OPENSSL),
    ]


_NETWORK = {
    NetworkGuard.NAMESPACE: "what decodes a page has a network of its own, with nobody in it",
    NetworkGuard.LANDLOCK: "the kernel refuses TCP to what decodes a page (Landlock); it allows no namespaces here",
    NetworkGuard.HOOK: "weak: Python alone refuses it, as the kernel allows neither namespaces nor Landlock here",
}
_WITHOUT_OPENSSL = (
    "not installed: a run can make no keys for workers here and reads one page after the other; "
    "install the Debian package openssl to read on every core"
)


def _program(name: str) -> Finding:
    path = shutil.which(name)
    return Finding(name, path is not None, path or f"install the Debian package {PROGRAMS[name]}")


def _library(name: str) -> Finding:
    there = importlib.util.find_spec(name) is not None
    return Finding(name, there, "installed" if there else "run ./setup again")
