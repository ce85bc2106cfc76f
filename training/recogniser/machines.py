"""Lines of ink as machines leave them on paper: blows of type, and pins of a matrix printer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np

from training.recogniser.faces import CAP, Face, Ink, clogged, glyph, pins_of

BASE = 3 * CAP  # the baseline's row on the canvas
TALL = 5 * CAP  # rows of the canvas
SIDE = 2 * CAP  # paper to the left and right of the text
Numbers = np.random.Generator


@dataclass(frozen=True, slots=True)
class Typed:
    """A line on its canvas: the ink, and the columns where its text begins and ends."""

    ink: Ink
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class _Machine:
    """One machine on one day: how it spaces, how evenly it strikes, which of its letters are dirty or off."""

    spread: float  # of the face's own pitch
    off: float  # pixels a key may stand off its place for good
    jitter: float  # pixels of a single blow
    dark: tuple[float, float]
    clog: Mapping[str, int]
    worn: float  # share of blows that strike with one side only


def typed_line(rng: Random, numbers: Numbers, face: Face, text: str) -> Typed:
    """The text in a face of its group: letter by letter, or pin by pin."""
    return _pinned(rng, numbers, face, text) if face.group in ("dots", "pins") else _struck(rng, face, text)


def _machine(rng: Random, face: Face, text: str) -> _Machine:
    if face.group == "printed" or rng.random() < 0.35:
        return _Machine(rng.uniform(0.95, 1.08), 0.0, 0.0, (1.0, 1.0), {}, 0.0)
    letters = sorted(set(text))
    clog = {}
    if rng.random() < 0.4:
        share, size = rng.uniform(0.2, 1.0), rng.randint(5, 13)
        clog = {letter: rng.randint(4, size) for letter in letters if rng.random() < share}
    low = rng.uniform(0.35, 1.0)
    worn = rng.uniform(0.05, 0.4) if rng.random() < 0.25 else 0.0
    return _Machine(rng.uniform(0.92, 1.14), rng.uniform(0, 2.2), rng.uniform(0, 1.0), (low, 1.0), clog, worn)


def _struck(rng: Random, face: Face, text: str) -> Typed:
    machine = _machine(rng, face, text)
    off = {letter: (rng.gauss(0, machine.off), rng.gauss(0, machine.off)) for letter in sorted(set(text))}
    glyphs = [glyph(face, letter) for letter in text]
    pens = np.concatenate(([0.0], np.cumsum([g.advance * machine.spread for g in glyphs])))
    canvas = np.zeros((TALL, round(float(pens[-1])) + 2 * SIDE), np.uint8)
    for letter, drawn, pen in zip(text, glyphs, pens.tolist(), strict=False):
        if letter == " ":
            continue
        ink = clogged(face, letter, machine.clog[letter]) if letter in machine.clog else drawn.ink
        dx, dy = off[letter]
        x = round(SIDE + pen + drawn.left + dx + rng.gauss(0, machine.jitter))
        y = round(BASE + drawn.top + dy + rng.gauss(0, machine.jitter))
        _strike(canvas, _uneven(rng, ink, machine), x, y)
    return Typed(canvas, SIDE, canvas.shape[1] - SIDE)


def _uneven(rng: Random, ink: Ink, machine: _Machine) -> Ink:
    """One blow's ink: lighter or darker, at times with one side only."""
    if machine.dark[0] < 1.0:
        ink = cv2.convertScaleAbs(ink, alpha=rng.uniform(*machine.dark))  # type: ignore[assignment]
    if machine.worn and rng.random() < machine.worn:
        tall, wide = ink.shape
        length = tall if rng.random() < 0.7 else wide
        ramp = np.clip(np.linspace(rng.uniform(-0.2, 0.5), rng.uniform(0.9, 1.8), length), 0, 1).astype(np.float32)
        if rng.random() < 0.5:
            ramp = ramp[::-1]
        field = ramp[:, None] if length == tall else ramp[None, :]
        ink = (ink * field).astype(np.uint8)
    return ink


def _strike(canvas: Ink, ink: Ink, x: int, y: int) -> None:
    y0, x0 = max(0, -y), max(0, -x)
    part = canvas[y + y0 : y + ink.shape[0], x + x0 : x + ink.shape[1]]
    np.maximum(part, ink[y0 : y0 + part.shape[0], x0 : x0 + part.shape[1]], out=part)


def _pinned(rng: Random, numbers: Numbers, face: Face, text: str) -> Typed:
    rasters = [pins_of(face, letter) for letter in text]
    base = rasters[0].base
    rows = max(raster.pins.shape[0] for raster in rasters)
    line = np.zeros((rows, sum(raster.pins.shape[1] for raster in rasters)), np.uint8)
    column = 0
    for raster in rasters:
        line[: raster.pins.shape[0], column : column + raster.pins.shape[1]] = raster.pins
        column += raster.pins.shape[1]
    if rng.random() < 0.06:
        line[rng.randrange(rows)] = 0  # a pin no longer strikes
    capital = pins_of(face, "H").pins.any(axis=1)
    down = CAP / max(1, int(capital.sum()))
    across = down * rng.uniform(0.75, 1.4)
    return _dots(rng, numbers, line, base, (across, down))


def _dots(rng: Random, numbers: Numbers, line: Ink, base: int, step: tuple[float, float]) -> Typed:
    """The pins of a line struck on a canvas, some of them not at all."""
    across, down = step
    struck = np.argwhere(line)
    if rng.random() < 0.6:
        struck = struck[numbers.random(len(struck)) >= rng.uniform(0, 0.10)]
    wander = rng.uniform(0, 0.16) * down
    x = SIDE + (struck[:, 1] + 0.5) * across + numbers.normal(0, wander, len(struck))
    y = BASE + (struck[:, 0] - base + 0.5) * down + numbers.normal(0, wander, len(struck))
    canvas = np.zeros((TALL, round(line.shape[1] * across) + 2 * SIDE), np.uint8)
    low = rng.choice((255, 255, 200, 120))
    values = numbers.integers(low, 256, len(struck)).astype(np.uint8)
    rows, columns = np.rint(y).astype(int).clip(0, TALL - 1), np.rint(x).astype(int).clip(0, canvas.shape[1] - 1)
    canvas[rows, columns] = values
    if rng.random() < 0.25:  # a second pass between the first
        shift = rng.choice((0, 1)) * round(down / 2), max(1, round(across / 2))
        canvas = np.maximum(canvas, np.roll(canvas, shift, (0, 1)))
    size = max(2, round(max(across, down) * rng.uniform(0.7, 1.5)))
    dotted = cv2.dilate(canvas, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    return Typed(np.asarray(dotted, np.uint8), SIDE, canvas.shape[1] - SIDE)
