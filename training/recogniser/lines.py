"""Made lines: text typed, worn, scanned and cut as the cutter would, ready for the net."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
import numpy.typing as npt

from digitize.lines.shape import net_input
from training.recogniser.faces import CAP, Face, Faces, Ink, draws
from training.recogniser.machines import BASE, SIDE, TALL, typed_line
from training.recogniser.marks import dirt, patchy, rule, scribble, stamped, written
from training.recogniser.texts import LONGEST, line_text

SHARES = {"typed": 0.56, "printed": 0.14, "dots": 0.13, "pins": 0.17}
SILENT = 0.06  # share of crops that hold nothing to read
WIDEST = 560  # columns of a net input; wider ones are squeezed no further but left out
PAD = 0.22  # of a line's height, as the cutter leaves it


@dataclass(frozen=True, slots=True)
class MadeLine:
    """A net input (uint8 [32, W], 255 full ink, W a multiple of 4), what it says, and its kind of type."""

    ink: Ink
    text: str
    kind: str  # a group of faces, or "silent"
    face: str


class Lines:
    """An endless supply of made lines; the same seed gives the same lines."""

    def __init__(self, faces: Faces, seed: int, *, silent: float = SILENT) -> None:
        self.faces, self.silent = faces, silent
        self._rng = Random(seed)
        self._numbers = np.random.Generator(np.random.SFC64(seed))
        self._groups = [group for group in SHARES if faces.by_group[group]]

    def __iter__(self) -> Iterator[MadeLine]:
        while True:
            made = self.silence() if self._rng.random() < self.silent else self.line(self._face())
            if 8 <= made.ink.shape[1] <= WIDEST:
                yield made

    def _face(self) -> Face:
        group = self._rng.choices(self._groups, [SHARES[group] for group in self._groups])[0]
        found = self.faces.by_group[group]
        if group == "typed" and self.faces.favoured and self._rng.random() < 0.4:
            found = tuple(face for face in found if face.file in self.faces.favoured) or found
        return self._rng.choice(found)

    def line(self, face: Face, text: str | None = None) -> MadeLine:
        """A line in that face; of a text of its own where none is given."""
        rng = self._rng
        text = line_text(rng) if text is None else text
        halves = "1/2" in text and draws(face, "½") and rng.random() < 0.5
        typed = typed_line(rng, self._numbers, face, text.replace("1/2", "½") if halves else text)
        worn = _worn(rng, self._numbers, typed.ink, outlined=face.group in ("typed", "printed"))
        band = _band(worn)
        canvas = self._beside(worn)
        crop = _scanned(rng, self._numbers, canvas, (typed.left, typed.right), band)
        return MadeLine(_squeezed(rng, crop, face.group), text, face.group, face.file)

    def _beside(self, ink: Ink) -> Ink:
        """The line with what else may lie in its crop: neighbours, rules, and what was cut out with a rule."""
        rng = self._rng
        if rng.random() < 0.45:
            pitch = round(CAP * rng.uniform(1.55, 2.6))
            around = np.roll(ink, rng.randint(-400, 400), axis=1)
            above, below = rng.choice(((1, 0), (0, 1), (1, 1)))
            if above:
                ink = np.maximum(ink, _shifted(around, -pitch))
            if below:
                ink = np.maximum(ink, _shifted(around[:, ::-1] if rng.random() < 0.3 else around, pitch))
        ink = np.ascontiguousarray(ink)
        self._ruled(ink)
        if rng.random() < 0.035 and self.faces.hands:
            ink = self._crossed(ink)
        if rng.random() < 0.06:
            _cut_out(rng, ink)
        return ink

    def _ruled(self, ink: Ink) -> None:
        rng = self._rng
        if rng.random() < 0.08:
            y = BASE + rng.randint(3, 14)
            start = rng.randint(0, ink.shape[1] // 2)
            end = rng.randint(start, ink.shape[1])
            cv2.line(ink, (start, y), (end, y + rng.randint(-1, 1)), (rng.randint(120, 255),), rng.randint(1, 4))
        if rng.random() < 0.07:
            side = rng.choice((rng.randint(8, SIDE - 8), ink.shape[1] - rng.randint(8, SIDE - 8)))
            cv2.line(ink, (side, 0), (side, TALL), (rng.randint(120, 255),), rng.randint(1, 4))
        if rng.random() < 0.08:
            dirt(rng, ink, rng.randint(1, 8))

    def _crossed(self, ink: Ink) -> Ink:
        """The line under a stamp or a pen: it still says what it says."""
        rng = self._rng
        if rng.random() < 0.5:
            over = stamped(rng, self.faces, TALL, ink.shape[1])
            return np.asarray(cv2.max(ink, cv2.convertScaleAbs(over, alpha=rng.uniform(0.25, 0.75))), np.uint8)
        over = np.zeros_like(ink)
        where = (rng.uniform(0, ink.shape[1] * 0.7), BASE + rng.uniform(-1.2, 1.2) * CAP)
        scribble(rng, over, at=where, length=rng.uniform(1, 6) * CAP, strength=rng.randint(90, 220))
        return np.maximum(ink, over)

    def silence(self) -> MadeLine:
        """A crop with nothing to read: handwriting, a piece of a stamp, rules, dirt, or bare paper."""
        rng = self._rng
        wide = round(CAP * rng.choice((1.5, 3, 6, 10, 16)) * rng.uniform(0.7, 1.3)) + 2 * SIDE
        canvas = np.zeros((TALL, wide), np.uint8)
        kind = rng.choices(("scribble", "hand", "stamp", "rule", "dirt", "paper"), (34, 26, 16, 10, 10, 4))[0]
        if kind == "scribble":
            scribble(rng, canvas, at=(SIDE, BASE), length=wide - 2 * SIDE, strength=rng.randint(120, 255))
        elif kind == "hand" and self.faces.hands:
            canvas = written(rng, self.faces, TALL)
        elif kind == "stamp":
            canvas = stamped(rng, self.faces, TALL, wide)
        elif kind == "rule":
            for _ in range(rng.randint(1, 4)):
                rule(rng, canvas, upright=rng.random() < 0.5)
        elif kind == "dirt":
            dirt(rng, canvas, rng.randint(3, 40))
        if rng.random() < 0.15:
            canvas = self._beside(canvas) if kind in ("rule", "dirt") else canvas
        edge = CAP if kind == "hand" else SIDE
        sides = (edge, max(edge + CAP // 2, canvas.shape[1] - edge))
        scale = rng.uniform(0.6, 1.3)  # a pen keeps no size
        middle = BASE - CAP * 0.4
        band = (round(middle - CAP * 0.7 * scale), round(middle + CAP * 0.7 * scale))
        crop = _scanned(rng, self._numbers, canvas, sides, band)
        return MadeLine(_squeezed(rng, crop, "typed"), "", "silent", kind)


def _shifted(ink: Ink, down: int) -> Ink:
    moved = np.zeros_like(ink)
    if down > 0:
        moved[down:] = ink[:-down]
    else:
        moved[:down] = ink[-down:]
    return moved


def _cut_out(rng: Random, ink: Ink) -> None:
    """A white bar where a rule was taken away with what crossed it."""
    if rng.random() < 0.7:
        y, thick = BASE + rng.randint(-CAP, 8), rng.randint(2, 5)
        start = rng.randint(0, ink.shape[1] // 2)
        ink[y : y + thick, start : rng.randint(start, ink.shape[1])] = 0
        return
    x = rng.randint(SIDE, max(SIDE + 1, ink.shape[1] - SIDE))
    ink[:, x : x + rng.randint(2, 5)] = 0


def _worn(rng: Random, numbers: np.random.Generator, ink: Ink, *, outlined: bool) -> Ink:
    """The line's ink after ribbon and hammer: thick or thin, doubled, grainy, faded in places."""
    chance = rng.random()
    if outlined and chance < 0.42:
        size = rng.choice((2, 2, 3, 3, 4, 5, 6))
        ink = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))  # type: ignore[assignment]
    elif outlined and chance < 0.48:
        ink = cv2.erode(ink, np.ones((2, 2), np.uint8))  # type: ignore[assignment]
    if outlined and rng.random() < 0.12:
        ink = _clogged(rng, ink)
    if rng.random() < 0.14:
        again = _shifted(np.roll(ink, rng.randint(-3, 3), axis=1), rng.choice((-2, -1, 1, 2)))
        ink = np.asarray(cv2.max(ink, cv2.convertScaleAbs(again, alpha=rng.uniform(0.3, 1.0))), np.uint8)
    if rng.random() < 0.25:
        ink = patchy(rng, ink, low=rng.uniform(0.1, 0.7), high=1.3, grain=rng.randint(2, 5))
    if rng.random() < 0.3:
        ink = patchy(rng, ink, low=rng.uniform(0.15, 0.7), high=1.0, grain=rng.randint(18, 90))
    return ink


def _clogged(rng: Random, ink: Ink) -> Ink:
    """Type not cleaned for long: counters and mouths of letters are full, c is near o and e near a blot."""
    size = rng.randint(5, 10)
    full = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    return np.asarray(cv2.max(ink, cv2.convertScaleAbs(full, alpha=rng.uniform(0.4, 1.0))), np.uint8)


def _band(ink: Ink) -> tuple[int, int]:
    """The rows of the line's own ink as the cutter finds them; a low mark alone gets the height of a letter."""
    profile = ink[:, SIDE:-SIDE].sum(axis=1, dtype=np.int64)
    rows = np.flatnonzero(profile > 0.02 * max(1, int(profile.max())))
    if not len(rows):
        return BASE - CAP, BASE
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    if bottom - top < 0.62 * CAP:
        middle = (top + bottom) // 2
        return middle - CAP // 2, middle + CAP // 2
    return top, bottom


def _scanned(rng: Random, numbers: np.random.Generator, ink: Ink, sides: tuple[int, int], band: tuple[int, int]) -> Ink:
    """The crop, dark on white, that scanner and cutter make of a canvas."""
    capital = rng.triangular(12, 34, 22)
    scale = capital / CAP
    wide = sides[1] - sides[0]
    rise = rng.gauss(0, 0.05 if rng.random() < 0.85 else 0.14) * CAP / max(wide, 3 * CAP)
    lean = rng.gauss(0, 0.03)
    middle = ((sides[0] + sides[1]) / 2, (band[0] + band[1]) / 2)
    tall = (band[1] - band[0]) * scale
    above, below = (tall * (PAD + _slip(rng)) for _ in range(2))
    before, after = (capital * max(0.05, 0.35 + rng.uniform(-0.3, 0.5)) for _ in range(2))
    size = (max(6, round(wide * scale + before + after)), max(6, round(tall + above + below)))
    place = np.array(
        [
            [scale, scale * lean, 0.0],
            [scale * rise, scale, 0.0],
        ]
    )
    place[:, 2] = np.array([before + wide * scale / 2, above + tall / 2]) - place[:, :2] @ np.array(middle)
    seen = np.asarray(cv2.warpAffine(ink, place, size, flags=cv2.INTER_LINEAR), np.uint8)
    return _photographed(rng, numbers, seen, capital)


def _slip(rng: Random) -> float:
    """How far a cut is off, of a line's height."""
    return rng.uniform(-0.32, 0.4) if rng.random() < 0.04 else rng.uniform(-0.13, 0.13)


def _photographed(rng: Random, numbers: np.random.Generator, ink: Ink, capital: float) -> Ink:
    """Ink on paper under a scanner: contrast, show-through, blur, grain, specks, one bit, JPEG."""
    if rng.random() < 0.8:
        sigma = capital / 22 * (rng.uniform(0.25, 1.35) if rng.random() < 0.88 else rng.uniform(1.3, 2.1))
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), sigma), np.uint8)
    paper, strength = rng.uniform(228, 255), rng.uniform(0.4, 1.0)
    grey = paper - strength * ink.astype(np.float32)
    if rng.random() < 0.08:
        back = np.roll(ink[::-1, ::-1], rng.randint(-30, 30), axis=1)
        grey -= cv2.blur(back, (5, 5)) * np.float32(rng.uniform(0.05, 0.25))
    if rng.random() < 0.8:
        grey += numbers.standard_normal(grey.shape, np.float32) * np.float32(rng.uniform(1, 14))
    if rng.random() < 0.3:
        _specks(rng, numbers, grey)
    if rng.random() < 0.16:
        dark = float(np.percentile(grey, 3))
        at = paper - (paper - dark) * rng.uniform(0.3, 0.7)
        grey = np.where(grey < at, np.float32(0), np.float32(255))
    shot = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.15:
        _, packed = cv2.imencode(".jpg", shot, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(18, 75)])
        shot = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    if rng.random() < 0.6:  # pages are brought to one size of letter before they are cut
        ratio = 24 / capital
        size = (max(4, round(shot.shape[1] * ratio)), max(4, round(shot.shape[0] * ratio)))
        way = cv2.INTER_CUBIC if rng.random() < 0.5 else cv2.INTER_LINEAR
        return np.asarray(cv2.resize(shot, size, interpolation=way), np.uint8)
    return np.asarray(shot, np.uint8)


def _specks(rng: Random, numbers: np.random.Generator, grey: npt.NDArray[np.float32]) -> None:
    total = rng.randint(1, 2 + grey.size // 700)
    rows, columns = numbers.integers(0, grey.shape[0], total), numbers.integers(0, grey.shape[1], total)
    dark = rng.random() < 0.75
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        grey[row : row + rng.randint(1, 2), column : column + rng.randint(1, 3)] = 60 if dark else 240


def _squeezed(rng: Random, crop: Ink, group: str) -> Ink:
    """The net input of a crop, squeezed a little more or less than pages are."""
    squeeze = rng.uniform(0.5, 0.75) if group == "printed" else rng.uniform(0.46, 0.68)
    return np.asarray(net_input(crop, squeeze) * 255, np.uint8)


__all__ = ["LONGEST", "Lines", "MadeLine"]
