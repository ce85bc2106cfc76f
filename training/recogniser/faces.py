"""Typefaces found on this machine, and their letters as small pictures of ink."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from specimens.pins import pin_rows
from training.recogniser.rasters import Raster, raster_font

Ink = npt.NDArray[np.uint8]  # 0 no ink, 255 full
GROUPS = ("typed", "printed", "dots", "pins")
CAP = 30  # pixels: the height of a capital on the canvas lines are typed on
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_TABLE = Path(__file__).with_name("faces.toml")


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: where it lies, its group, and for dots the pins a line has."""

    file: str
    group: str
    path: str
    pins: int = 0


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter: its ink and where that lies from the pen, pixels; `top` is above the baseline, so negative."""

    ink: Ink
    left: int
    top: int
    advance: float


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces that were found, by group, and the files that were not."""

    by_group: Mapping[str, tuple[Face, ...]]
    hands: tuple[Face, ...]
    favoured: frozenset[str]
    missing: tuple[str, ...]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text("utf-8"))


def _files(folders: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for folder in folders:
        for place, _, names in os.walk(os.path.expanduser(folder)):
            for name in sorted(names):
                found.setdefault(name, os.path.join(place, name))
    return found


def faces(split: str, folders: Sequence[str] = ()) -> Faces:
    """The faces of a split (train or held) in the system's font folders and in `folders`.

    Without a single one a ValueError names the packages that bring some."""
    where = _files((*FOLDERS, *folders))
    table = _table()[split]
    missing: list[str] = []
    groups = {group: tuple(_found(group, table[group]["files"], where, missing)) for group in GROUPS}
    hands = tuple(_found("hand", _table()["hand"]["files"], where, missing))
    if not groups["typed"]:
        raise ValueError(f"no typeface of {_TABLE.name} [{split}] is installed: {table['typed']['packages']}")
    return Faces(groups, hands, frozenset(table["typed"].get("favoured", ())), tuple(missing))


def _found(group: str, files: Sequence[str], where: Mapping[str, str], missing: list[str]) -> Iterator[Face]:
    for entry in files:
        name, _, pins = entry.partition(":")
        if name == "specimens":
            yield Face(entry, group, "")
        elif name in where:
            yield Face(entry, group, where[name], int(pins or 0))
        else:
            missing.append(name)


@lru_cache(maxsize=400)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=200)
def _at_cap(path: str) -> ImageFont.FreeTypeFont:
    """The face at the size whose H is CAP pixels tall."""
    _, top, _, bottom = _font(path, 200).getbbox("H", anchor="ls")
    return _font(path, max(8, round(200 * CAP / max(1, bottom - top))))


@lru_cache(maxsize=30_000)
def glyph(face: Face, letter: str) -> Glyph:
    """A letter of an outline face with capitals CAP pixels tall."""
    font = _at_cap(face.path)
    left, top, right, bottom = (round(v) for v in font.getbbox(letter, anchor="ls"))
    wide, tall = max(1, right - left + 2), max(1, bottom - top + 2)
    image = Image.new("L", (wide, tall), 0)
    ImageDraw.Draw(image).text((1 - left, 1 - top), letter, fill=255, font=font, anchor="ls")
    return Glyph(np.asarray(image).copy(), left - 1, top - 1, font.getlength(letter))


@lru_cache(maxsize=1000)
def draws(face: Face, letter: str) -> bool:
    """Whether an outline face has the letter; what it lacks, it draws as it draws no letter at all."""
    if face.group not in ("typed", "printed"):
        return False
    drawn, lacking = glyph(face, letter).ink, glyph(face, "\uffff").ink
    return drawn.max() > 100 and not np.array_equal(drawn, lacking)


@lru_cache(maxsize=20_000)
def clogged(face: Face, letter: str, size: int) -> Ink:
    """The letter with dirt in its eyes and bays: what a disc of `size` pixels cannot enter is filled."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    padded = cv2.copyMakeBorder(glyph(face, letter).ink, size, size, size, size, cv2.BORDER_CONSTANT, value=(0,))
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, disc)
    return np.ascontiguousarray(closed[size:-size, size:-size])


@lru_cache(maxsize=30_000)
def pins_of(face: Face, letter: str) -> Raster:
    """The pins that strike for a letter of a dotted face, and which of its rows is the baseline."""
    if face.path == "":
        return Raster(pin_rows(letter), 7)
    if face.group == "pins":
        return raster_font(face.path)[letter]
    return _on_raster(face, letter)


def _on_raster(face: Face, letter: str) -> Raster:
    """An outline face put on a raster of `pins` rows a line, black or white."""
    font = _font(face.path, face.pins)
    columns = max(1, round(font.getlength("0")))
    image = Image.new("1", (columns, face.pins + 4), 0)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    base = round(face.pins * 0.81)
    draw.text((0, base), letter, fill=1, font=font, anchor="ls")
    return Raster(np.asarray(image).astype(np.uint8), base)
