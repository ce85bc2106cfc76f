"""What stands on a sheet's back and shows through: fainter than the page's type, and clear in a mirror."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox
from digitize.ctc import Letter, LineFrames
from digitize.lines import Line, Pixels
from digitize.readings import clearness, words_of

Mask = npt.NDArray[np.bool_]

_FAINT = 0.7  # of the darkness of the page's middle line
_UNCLEAR = 0.8  # mean of its letters: a line so unclear may be one of the back, be it ever so dark
_CLEARER = 0.12  # so much clearer must its mirror image be
_FEWEST = 4  # letters: short words may be their own mirror images
_BLURRED = 0.5  # of the darkness of the page's middle line: so faint is what shows through, too blurred to be read
_MANY, _GAIN, _MOSTLY = 8, 0.07, 0.7  # lines, by how much they are clearer in a mirror, and the share that is at all
_SURELY = 4  # lines of the back: what else is as faint is the back's if it is no clearer than in a mirror
_LINES = 2  # of the back on a page, before its ink is looked at
_ABOVE = 1.15  # times as dark as the lines of the back, the ink is the page's own
_SYMMETRIC = frozenset("AHIMOTUVWXY08ilovwx*-+=.:|_'\"^")
_GRAINS, _FEW = 0.03, 16  # of a piece's ink, and pixels of it, may be darker by the grain of a scan: a letter has more
_PAPER, _EDGE = 12, 6  # of 255: no ink is lighter; pixels: so far from its dark middle a stroke of the page is soft
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
    usual = _usual(dark, letters)
    suspects = [at for at, own in enumerate(letters) if _is_suspect(own, dark[at], usual)]
    mirrored = read([np.ascontiguousarray(lines[at].crop[:, ::-1]) for at in suspects])
    seen = [_Suspect(at, letters[at], frames.letters, dark[at]) for at, frames in zip(suspects, mirrored, strict=True)]
    found = [one for one in seen if one.is_mirrored]
    blurred = [one for one in seen if one.dark < _BLURRED * usual and one.own < _UNCLEAR]
    if len(found) < _LINES and _are_clearer(blurred):
        found = [one for one in blurred if one.is_no_clearer]
    faint = [one.dark for one in found if one.dark < _FAINT * usual]
    level = min(_ABOVE * float(np.percentile(faint, 90)), _DARKEST * usual) if len(faint) >= _LINES else 0.0
    if len(found) >= _SURELY:
        found += [one for one in seen if one.dark <= level and one.is_no_clearer]
    return Back(frozenset(one.at for one in found), level)


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A line that may be the back's: its number, what is read of it and of its mirror image, and how dark it is."""

    at: int
    letters: Sequence[Letter]
    mirrored: Sequence[Letter]
    dark: float

    @property
    def own(self) -> float:
        return clearness(self.letters)

    @property
    def is_mirrored(self) -> bool:
        return len(self.mirrored) >= _FEWEST and clearness(self.mirrored) >= max(_UNCLEAR, self.own + _CLEARER)

    @property
    def is_no_clearer(self) -> bool:
        """Whether it reads no better than in a mirror, where there is anything to read."""
        return len(self.mirrored) > 0 and clearness(self.mirrored) >= self.own


def _are_clearer(faint: Sequence[_Suspect]) -> bool:
    """Whether faint lines are clearer in a mirror on the whole: blurred, none may be so clear that it tells alone."""
    told = [one for one in faint if min(len(one.letters), len(one.mirrored)) >= 2]
    gains = np.array([clearness(one.mirrored) - one.own for one in told])
    return len(gains) >= _MANY and float(gains.mean()) >= _GAIN and float(np.mean(gains > 0)) >= _MOSTLY


def _usual(dark: npt.NDArray[np.float64], letters: Sequence[Sequence[Letter]]) -> float:
    """The darkness of the page's middle line among those that are read clearly, or of all where there is none: the
    lines of the back may be more than its own."""
    clear = [len(own) >= _FEWEST and clearness(own) >= _UNCLEAR for own in letters]
    chosen = dark[clear] if any(clear) else dark
    return float(np.median(chosen)) if len(chosen) else 0.0


def clear_words(line: Line, frames: LineFrames, least: float) -> list[BBox]:
    """The boxes of the words of a line that are read clearly, and so stand on the page itself, be they ever so faint;
    what stands between them, or beside them, may be the back's.

    In a line that is clear on the whole a word may be less so. A line of nothing but letters and signs that are their
    own mirror images does not tell where it stands.
    """
    letters = frames.letters
    least = min(least, _UNCLEAR) if clearness(letters) >= least else least
    clear = [own for own in words_of(letters) if clearness(own) >= least]
    if _SYMMETRIC.issuperset(one.character for own in clear for one in own):
        return []
    scale, half = frames.step * line.crop.shape[1], 0.5 * line.letter
    return [line.ink_box(round(own[0].middle * scale - half), round(own[-1].middle * scale + half)) for own in clear]


def darkness_of(crop: Pixels) -> float:
    """How dark the ink of a line is, 0 to 255: its darkest fiftieth."""
    return 255.0 - float(np.percentile(crop[::2, ::2], 2.0)) if crop.size else 0.0


def ink_of_back(image: Pixels, darkness: float, kept: Sequence[BBox]) -> Mask:
    """Where a page has ink that is hardly anywhere darker, or that lies off all that is where both touch; what lies in
    the boxes `kept` is its own."""
    dark = (255 - image).astype(np.uint8)
    inked, own = dark > _PAPER, dark >= darkness
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inked.astype(np.uint8), connectivity=8)
    darker = np.bincount(labels[own], minlength=len(stats))
    faint = darker <= np.minimum(_GRAINS * stats[:, cv2.CC_STAT_AREA], _FEW)
    faint[0] = False
    struck = cv2.morphologyEx(own.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), dtype=np.uint8))
    edge = cv2.dilate(struck, np.ones((2 * _EDGE + 1, 2 * _EDGE + 1), dtype=np.uint8))
    mask = faint[labels] | (inked & (edge == 0))
    for left, top, right, bottom in kept:
        mask[max(0, top) : bottom, max(0, left) : right] = False
    return np.asarray(mask)


def _is_suspect(letters: Sequence[Letter], dark: float, usual: float) -> bool:
    return dark < _FAINT * usual or clearness(letters) < _UNCLEAR
