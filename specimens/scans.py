"""Scans written as files: TIFF, PNG, JPEG and PDF, grey, colour and black-and-white."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from .specimen import Scan

# A PDF carries a date; every one of ours the same, so that the bytes are.
WRITTEN = time.struct_time((2020, 1, 2, 3, 4, 5, 3, 2, 0))
WEIGHTS = {
    "jpeg_grey": 24,
    "jpeg_colour": 14,
    "pdf_grey": 12,
    "pdf_two_tone": 6,
    "pdf_colour": 6,
    "tiff_two_tone": 16,
    "tiff_grey": 12,
    "tiff_colour": 2,
    "png_grey": 8,
}


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is written: its ending, what tones it keeps, and whether it holds several pages."""

    name: str

    @property
    def ending(self) -> str:
        """The file name's ending."""
        return {"jpeg": ".jpg", "pdf": ".pdf", "tiff": ".tif", "png": ".png"}[self.name.partition("_")[0]]

    @property
    def colour(self) -> bool:
        """Whether pages keep the colour of their paper."""
        return self.name.endswith("colour")

    @property
    def two_tone(self) -> bool:
        """Whether pages are black and white only."""
        return self.name.endswith("two_tone")

    @property
    def several(self) -> bool:
        """Whether one file can hold several pages."""
        return self.ending in (".pdf", ".tif")


def a_format(rng: Random) -> Format:
    """One of the formats archives hold, as often as they hold it."""
    return Format(rng.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()))[0])


def _picture(scan: Scan, how: Format) -> Image.Image:
    image = Image.fromarray(scan.picture)
    return image.point(lambda tone: 255 if tone > 127 else 0, "1") if how.two_tone else image


def write_scans(path: Path, scans: Sequence[Scan], how: Format) -> None:
    """The scans as one file; formats of one page take one scan."""
    pictures = [_picture(scan, how) for scan in scans]
    resolution = (scans[0].dpi, scans[0].dpi)
    first, rest = pictures[0], pictures[1:]
    if how.ending == ".png":
        first.save(path, compress_level=1, dpi=resolution)
    elif how.ending == ".jpg":
        first.save(path, quality=80, dpi=resolution)
    elif how.ending == ".tif":
        compression = "group4" if how.two_tone else "jpeg" if how.colour else "tiff_lzw"
        first.save(path, save_all=True, append_images=rest, compression=compression, dpi=resolution)
    else:
        kept: dict[str, Any] = {} if how.two_tone else {"quality": 80}
        first.save(
            path,
            None,
            save_all=True,
            append_images=rest,
            resolution=scans[0].dpi,
            creationDate=WRITTEN,
            modDate=WRITTEN,
            **kept,
        )
