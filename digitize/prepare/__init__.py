"""A stored page made fit to read: upright, level, of one letter size, dark on white; and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from casefile.ocr import BBox
from digitize.prepare.letters import letters_of, skew_of, turn_of
from digitize.prepare.marks import stamp_frames, without_holes_and_edges
from digitize.prepare.paper import (
    coloured,
    dark_on_light,
    even,
    grey_of,
    paper_of,
    rules_on,
    share,
    soothed,
    warped,
    without,
)
from digitize.prepare.pieces import INK, Mask, as_mask, block, clusters, components, reduced
from digitize.prepare.way import Straightening, straightening
from digitize.prepare.way import turned_over as way_turned_over
from digitize.prepare.zeros import plain_zeros
from digitize.rasterize import Pixels

__all__ = [
    "Mask",
    "Prepared",
    "Straightening",
    "clusters",
    "components",
    "paper_of",
    "prepare",
    "stamp_frames",
    "straightening",
    "turned_over",
    "use_one_thread",
]

LETTER = 24.0  # pixels: the height Tesseract reads best is some 20 to 30
_FEWEST_LETTERS = 4  # a page with fewer components of a letter's size is blank


@dataclass(frozen=True, slots=True)
class Prepared:
    """A straightened page: `image` dark on white, and masks of its ink, its rules and its coloured ink."""

    image: Pixels
    ink: Mask  # letters and strokes, without rules
    rules: Mask
    coloured: Mask
    zeros: tuple[BBox, ...]  # that were slashed, and are plain on `image`
    eights: tuple[BBox, ...]  # that have the shape of one; looked for only where zeros are marked
    way: Straightening
    letter: float  # height of a letter, pixels of `image`
    letters: int  # components of a letter's size
    darkness: float  # share of dark pixels inside the paper, 0 to 1

    @property
    def is_blank(self) -> bool:
        return self.letters < _FEWEST_LETTERS


def prepare(frame: Pixels) -> Prepared:
    """The stored frame straightened; whether it stands on its head only reading can tell (`turned_over`)."""
    grey = dark_on_light(grey_of(frame))
    paper = paper_of(grey)
    clean = even(grey, paper)
    small, ratio = reduced(clean)
    letters = letters_of(small)
    turned = turn_of(letters)
    height = letters.height / ratio
    scale = float(np.clip(LETTER / height, 0.4, 3.0)) if height else 1.0
    way = straightening(frame.shape[1], frame.shape[0], turned, skew_of(letters, turned), scale)
    level = warped(clean, way, 255)
    rules = rules_on(as_mask(level < INK), LETTER)
    image, zeros, eights = plain_zeros(soothed(without(level, rules)), height * scale)
    return Prepared(
        image=image,
        ink=without_holes_and_edges(
            as_mask((level < INK) & (cv2.dilate(rules, block(3, 3)) == 0)),
            warped(paper, way, 0),
            height * scale,
        ),
        rules=rules,
        coloured=coloured(frame, way),
        zeros=zeros,
        eights=eights,
        way=way,
        letter=height * scale,
        letters=len(letters.boxes),
        darkness=share(clean < INK, paper),
    )


def turned_over(page: Prepared) -> Prepared:
    """The same page standing on its head."""
    width, height = page.way.size

    def turned(b: BBox) -> BBox:
        return BBox(width - b.right, height - b.bottom, width - b.left, height - b.top)

    return replace(
        page,
        way=way_turned_over(page.way),
        image=_over(page.image),
        ink=_over(page.ink),
        rules=_over(page.rules),
        coloured=_over(page.coloured),
        zeros=tuple(map(turned, page.zeros)),
        eights=tuple(map(turned, page.eights)),
    )


def _over(image: Pixels) -> Pixels:
    return np.ascontiguousarray(image[::-1, ::-1])


def use_one_thread() -> None:
    """Keeps OpenCV to one thread in this process, where each core has a process of its own."""
    cv2.setNumThreads(1)
