"""An engine that replays: the same words for the same picture, at once or after a while; and pages to show it.

Importable by processes elsewhere. What it does is told by the page itself: its width in pixels.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from casefile.ocr import BBox
from digitize.engine import SeenWord

PLAIN, DEADLY, HANGING, SLOW = 400, 640, 840, 1040  # widths before the page is straightened


class Replaying:
    """Sees one word: a digest of the picture."""

    name = "replaying 1"

    def words_on(self, image: npt.NDArray[np.uint8]) -> Sequence[SeenWord]:
        width = image.shape[1]
        if abs(width - DEADLY) < 100:
            os._exit(9)
        if abs(width - HANGING) < 100:
            time.sleep(600)
        time.sleep(1.0 if abs(width - SLOW) < 100 else 0.05)
        return (SeenWord(f"N{int(image.astype(np.int64).sum())}", BBox(10, 10, 60, 40), 0.9),)


def put_pages(folder: Path, widths: Sequence[int]) -> None:
    """Scans of those widths, each other than the rest, named by their place."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, width in enumerate(widths):
        sheet = np.full((300, width), 240, np.uint8)
        for left in range(40, 360, 20):
            sheet[100:124, left : left + 12] = 20
        sheet[200:204, 40 : 44 + at % 300] = 20
        Image.fromarray(sheet).save(folder / f"{at:05d}.png")
