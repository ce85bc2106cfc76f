"""A stored page made fit to read: upright, level, of one letter size, dark on white; and the way back.

What can be told on a small image is found there; only the page itself is worked on in full.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from casefile.ocr import BBox
from digitize.prepare.letters import Pieces, ink_of, letters_of, pieces_of, skew_of
from digitize.prepare.marks import holes_and_edges, stamp_frames
from digitize.prepare.orientation import Orientation, orientation_of
from digitize.prepare.paper import (
    WHITE,
    Lighting,
    coloured,
    dark_on_light,
    darkness_of,
    even,
    grey_of,
    joined,
    lighting_of,
    paper_of,
    rules_on,
    soothed,
    warped,
    warped_mask,
    whitened,
    with_square_pixels,
    without,
)
from digitize.prepare.pieces import Mask, closed, clusters, components, halved, inked, labelled, reduced
from digitize.prepare.way import Straightening, of_stored, straightening
from digitize.prepare.way import turned_over as way_turned_over
from digitize.prepare.zeros import plain_zeros
from digitize.rasterize import Pixels

__all__ = [
    "Mask",
    "Orientation",
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
_BREAK = 5  # pixels at 150 dpi, more than the gap that one missing pin leaves
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
    upright: float  # probability that the page stands upright, by the shapes of its letters
    grainy: bool  # its paper is drawn white so that its grain is no ink; faint ink may then be none either

    @property
    def is_blank(self) -> bool:
        return self.letters < _FEWEST_LETTERS


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the small image tells of a page."""

    light: Lighting
    way: Straightening
    letter: float  # height of a letter on the straightened page
    letters: int
    upright: float


def prepare(frame: Pixels, *, tall: float = 1.0, broken: bool = False) -> Prepared:
    """The stored frame straightened; `upright` tells how sure the letters make it that it does not stand on its head.

    Where they do not, only reading can tell (`turned_over`). Stored pixels are `tall` times higher than wide. `broken`
    letters have a gap across them, as a missing pin leaves it, which is filled.
    """
    height, width = frame.shape[:2]
    frame = with_square_pixels(frame, tall)
    grey = dark_on_light(grey_of(frame))
    layout = _layout(grey, broken=broken)
    way, letter = layout.way, layout.letter
    clean = even(grey, layout.light)
    level = warped(clean, way)
    rules = rules_on(inked(level), LETTER)
    level = whitened(level, rules)
    image, zeros, eights = plain_zeros(joined(level) if broken else soothed(level, letter), letter)
    ink = inked(level)
    return Prepared(
        image=image,
        ink=without(ink, holes_and_edges(halved(ink), _paper_on(layout, grey.shape, ink.shape), letter / 2)),
        rules=rules,
        coloured=coloured(frame, way),
        zeros=zeros,
        eights=eights,
        way=of_stored(way, width, height),
        letter=letter,
        letters=layout.letters,
        darkness=darkness_of(clean, layout.light.paper),
        upright=layout.upright,
        grainy=layout.light.white < WHITE,
    )


def _paper_on(layout: _Layout, frame: tuple[int, ...], level: tuple[int, ...]) -> Mask:
    """The paper on the straightened page, at half its size."""
    ratio = layout.light.paper.shape[1] / frame[1]
    return warped_mask(layout.light.paper, layout.way, ratio, (max(1, level[1] // 2), max(1, level[0] // 2)))


def _layout(grey: Pixels, *, broken: bool) -> _Layout:
    """Light, turn, skew and letter size, all found at 150 dpi."""
    small, ratio = reduced(grey)
    light = lighting_of(small, paper_of(small))
    clean = even(small, light)
    pieces, facing = _broken(clean) if broken else _whole(clean)
    letters = letters_of(pieces, facing.turned)
    height = letters.height / ratio
    scale = float(np.clip(LETTER / height, 0.4, 3.0)) if height else 1.0
    skew = skew_of(ink_of(pieces, letters, facing.turned), facing.turned)
    way = straightening(grey.shape[1], grey.shape[0], facing.turned, skew, scale)
    return _Layout(light, way, height * scale, len(letters.boxes), facing.probability)


def _whole(clean: Pixels) -> tuple[Pieces, Orientation]:
    """The pieces of ink, and how the page lies."""
    pieces = pieces_of(clean)
    return pieces, orientation_of(clean, pieces)


def _broken(clean: Pixels) -> tuple[Pieces, Orientation]:
    """The same once gaps up and down are closed. Halves of letters do not tell how a page lies: as nearly all do, or on
    its head."""
    return Pieces(*labelled(closed(inked(clean), _BREAK, down=True))), Orientation(0, 0.5)


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
        upright=1.0 - page.upright,
    )


def _over(image: Pixels) -> Pixels:
    return np.ascontiguousarray(image[::-1, ::-1])


def use_one_thread() -> None:
    """Keeps OpenCV to one thread in this process, where each core has a process of its own."""
    cv2.setNumThreads(1)
