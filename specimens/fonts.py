"""Fonts by name: found among the system's, turned into small pictures of letters, and kept."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from .pins import pin_rows

Ink = MatLike  # bytes: 0 no ink, 255 full
FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
OVERSAMPLED = 4
MATRIX_LINE = 1 / 6  # inches from line to line of a matrix printer


class FontMissingError(RuntimeError):
    """A font that layouts name is not installed."""

    def __init__(self, name: str, file: str, package: str) -> None:
        super().__init__(f"font {name!r} ({file}) is not installed: apt-get install {package}")
        self.name, self.package = name, package


@dataclass(frozen=True, slots=True)
class Face:
    """A font as layouts name it; `grid` is columns and rows of pins a letter takes."""

    name: str
    file: str
    package: str
    kind: str  # typed, printed or dots
    grid: tuple[int, int] | None
    thin: bool
    lacks: str
    borrows: str


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter's ink and where it lies in its cell, in pixels from the cell's top left."""

    ink: Ink
    left: int
    top: int


@cache
def faces() -> Mapping[str, Face]:
    """Every font the package knows, by name."""
    table: dict[str, dict[str, Any]] = tomllib.loads((files(__package__) / "fonts.toml").read_text("utf-8"))
    return {
        name: Face(
            name,
            row.get("file", ""),
            row["package"],
            row["kind"],
            _grid(row.get("grid")),
            row.get("thin", False),
            row.get("lacks", ""),
            row.get("borrows", ""),
        )
        for name, row in table.items()
    }


def _grid(given: list[int] | None) -> tuple[int, int] | None:
    return (given[0], given[1]) if given else None


@cache
def _installed() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for place, _, names in os.walk(folder):
            found.update({name: os.path.join(place, name) for name in sorted(names) if name not in found})
    return found


def font_file(name: str) -> str:
    """Where the font lies; FontMissingError, naming the Debian package, where it does not."""
    face = faces()[name]
    path = _installed().get(face.file)
    if path is None:
        raise FontMissingError(name, face.file, face.package)
    return path


@lru_cache(maxsize=256)
def outline(name: str, size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels."""
    return ImageFont.truetype(font_file(name), size)


@lru_cache(maxsize=128)
def _fitting(name: str, cell_width: int, line_height: int) -> ImageFont.FreeTypeFont:
    """The font at the size whose letters are as wide as the cell, but no taller than the line."""
    probe = outline(name, 100)
    return outline(name, max(8, min(round(cell_width * 100 / probe.getlength("M")), round(line_height * 1.05))))


@lru_cache(maxsize=40_000)
def glyph(name: str, letter: str, cell: tuple[int, int], dpi: int) -> Glyph:
    """The letter in a cell of that width and height in pixels; `dpi` gives dots their size."""
    face = faces()[name]
    if face.grid:
        return _dotted(face, letter, cell, dpi)
    return _outlined(face.borrows if letter in face.lacks else name, letter, cell)


def _trimmed(ink: Ink, left: int, top: int) -> Glyph:
    rows, columns = np.flatnonzero(ink.max(axis=1) > 40), np.flatnonzero(ink.max(axis=0) > 40)
    if not len(rows):
        return Glyph(np.zeros((0, 0), np.uint8), 0, 0)
    y0, y1, x0, x1 = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    return Glyph(np.ascontiguousarray(ink[y0:y1, x0:x1]), int(left + x0), int(top + y0))


def _outlined(name: str, letter: str, cell: tuple[int, int]) -> Glyph:
    width, height = cell
    font = _fitting(name, width, height)
    pad = width // 2 + 2
    image = Image.new("L", (width + 2 * pad, height * 2), 0)
    shift = (width - font.getlength(letter)) / 2
    ImageDraw.Draw(image).text((pad + shift, height * 1.3), letter, fill=255, font=font, anchor="ls")
    return _trimmed(np.asarray(image), -pad, -round(height * 0.5))


def _pins(face: Face, letter: str) -> NDArray[np.uint8]:
    """The pins that strike for a letter, rows by columns."""
    if not face.file:
        return pin_rows(letter)
    columns, rows = face.grid or (6, 12)
    image = Image.new("1", (columns, rows), 0)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    draw.text((0, round(rows * 0.81)), letter, fill=1, font=outline(face.name, rows), anchor="ls")
    return np.asarray(image).astype(np.uint8)


def _dotted(face: Face, letter: str, cell: tuple[int, int], dpi: int) -> Glyph:
    pins = _pins(face, letter)
    rows, columns = pins.shape
    across, down = (
        cell[0] / columns,
        min(cell[1] * 0.86, dpi * MATRIX_LINE * 0.86) / (rows + (0 if face.file else 2)),
    )
    radius = max(across, down) * 0.56
    canvas = np.zeros(((cell[1] + 12) * OVERSAMPLED, (cell[0] + 12) * OVERSAMPLED), np.uint8)
    for row, column in np.argwhere(pins):
        middle = (
            round((6 + (column + 0.5) * across) * OVERSAMPLED),
            round((6 + (row + 0.8) * down) * OVERSAMPLED),
        )
        cv2.circle(canvas, middle, round(radius * OVERSAMPLED), 255, -1, cv2.LINE_AA)
    small = cv2.resize(canvas, (cell[0] + 12, cell[1] + 12), interpolation=cv2.INTER_AREA)
    return _trimmed(small, -6, -6)
