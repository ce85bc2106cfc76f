"""What stands on a sheet's back and shows through: fainter than the page's type, and clear in a mirror."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox
from digitize.ctc import Letter, LineFrames, letters_of
from digitize.lines import Line, Pixels
from digitize.readings import clearness

Mask = npt.NDArray[np.bool_]

_FAINT = 0.7  # of the darkness of the page's middle line
_UNCLEAR = 0.8  # mean of its letters: a line so unclear may be one of the back, be it ever so dark
_CLEARER = 0.12  # so much clearer must its mirror image be
_FEWEST = 4  # letters: short words may be their own mirror images
_LINES = 2  # of the back on a page, before its ink is looked at
_ABOVE = 1.15  # times as dark as the lines of the back, the ink is the page's own
_DARKEST = 0.75  # of the middle line: no page's own type is taken for the back's


@dataclass(frozen=True, slots=True)
class Back:
    """The lines of a page, by number, that stand on its back, and how dark their ink is at most (0 to 255)."""

    lines: frozenset[int]
    darkness: float


def back_of(
    lines: Sequence[Line], letters: Sequence[Sequence[Letter]], read: Callable[[Sequence[Pixels]], Sequence[LineFrames]]
) -> Back:
    """What of these lines is the back's; `letters` are theirs as read, `read` reads crops again."""
    dark = np.array([darkness_of(line.crop) for line in lines])
    usual = float(np.median(dark)) if len(dark) else 0.0
    suspects = [at for at, own in enumerate(letters) if _is_suspect(own, dark[at], usual)]
    mirrored = read([np.ascontiguousarray(lines[at].crop[:, ::-1]) for at in suspects])
    found = [
        at for at, frames in zip(suspects, mirrored, strict=True) if _is_mirrored(letters[at], letters_of(frames.rows))
    ]
    faint = [dark[at] for at in found if dark[at] < _FAINT * usual]
    level = min(_ABOVE * float(np.percentile(faint, 90)), _DARKEST * usual) if len(faint) >= _LINES else 0.0
    return Back(frozenset(found), level)


def darkness_of(crop: Pixels) -> float:
    """How dark the ink of a line is, 0 to 255: its darkest fiftieth."""
    return 255.0 - float(np.percentile(crop[::2, ::2], 2.0)) if crop.size else 0.0


def ink_of_back(image: Pixels, darkness: float, kept: Sequence[BBox]) -> Mask:
    """Where a page has ink that is nowhere darker; what lies in the boxes `kept` is its own."""
    dark = (255 - image).astype(np.uint8)
    _, labels = cv2.connectedComponents((dark > 12).astype(np.uint8), connectivity=8)
    deepest = np.zeros(int(labels.max()) + 1, dtype=np.uint8)
    np.maximum.at(deepest, labels.reshape(-1).astype(np.intp), dark.reshape(-1))
    gone = deepest < darkness
    gone[0] = False
    mask = gone[labels]
    for left, top, right, bottom in kept:
        mask[max(0, top) : bottom, max(0, left) : right] = False
    return np.asarray(mask)


def _is_suspect(letters: Sequence[Letter], dark: float, usual: float) -> bool:
    return dark < _FAINT * usual or clearness(letters) < _UNCLEAR


def _is_mirrored(letters: Sequence[Letter], mirrored: Sequence[Letter]) -> bool:
    return len(mirrored) >= _FEWEST and clearness(mirrored) >= max(_UNCLEAR, clearness(letters) + _CLEARER)
