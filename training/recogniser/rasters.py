"""Letters of X11 bitmap fonts (PCF files), pin by pin."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt
from PIL import PcfFontFile


@dataclass(frozen=True, slots=True)
class Raster:
    """The pins of a letter, 1 where one strikes; row `base` is the first below the baseline."""

    pins: npt.NDArray[np.uint8]
    base: int


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A letter as the file holds it; the box is from the pen on the baseline, y downwards."""

    advance: int
    box: tuple[int, int, int, int]  # left, top, right, bottom
    bits: npt.NDArray[np.uint8]


@lru_cache(maxsize=64)
def raster_font(path: str) -> Mapping[str, Raster]:
    """The printable ASCII letters of a fixed-pitch PCF font, each in its cell."""
    with gzip.open(Path(path), "rb") as file:
        font = PcfFontFile.PcfFontFile(cast(BinaryIO, file))
    drawn = {}
    for code in range(32, 127):
        held = font.glyph[code]
        if held is not None:
            (advance, _), box, _, image = held
            drawn[chr(code)] = _Drawn(advance, box, np.asarray(image).astype(np.uint8))
    return _in_cells(drawn)


def _in_cells(drawn: Mapping[str, _Drawn]) -> Mapping[str, Raster]:
    advance = max(one.advance for one in drawn.values())
    above = max(-one.box[1] for one in drawn.values())
    below = max(one.box[3] for one in drawn.values())
    cells = {}
    for letter, one in drawn.items():
        left, top, right, bottom = one.box
        pins = np.zeros((above + below, advance), np.uint8)
        bits = one.bits[: bottom - top, : right - left]
        x0 = max(0, left)
        part = bits[:, x0 - left : advance - left]
        pins[above + top : above + top + part.shape[0], x0 : x0 + part.shape[1]] = part
        cells[letter] = Raster(pins, above)
    return cells
