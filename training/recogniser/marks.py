"""Ink that is not to be read: handwriting, stamps, rules, dirt."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np

from training.recogniser.faces import CAP, Face, Faces, Ink, glyph
from training.recogniser.texts import date_text, line_text, surname

_STAMPED = ("FILED", "ENTERED", "RECEIVED", "CERTIFIED", "COPY", "CLERK", "CIRCUIT COURT", "VOID", "PAID", "JAN", "APR",
            "AUG", "NOV", "DEPUTY CLERK", "APPROVED", "DISTRICT ATTORNEY", "SEALED", "RECORDED", "POSTED")  # fmt: skip


def scribble(rng: Random, canvas: Ink, *, at: tuple[float, float], length: float, strength: int) -> None:
    """A hurried pen: loops, waves and long strokes from `at` to the right."""
    x, y = at
    height, lean, thick = CAP * rng.uniform(0.4, 1.5), rng.uniform(-0.2, 0.7), rng.choice((1, 2, 2, 3, 4, 5))
    points: list[tuple[float, float]] = []
    end = x + length
    while x < end:
        wide = height * rng.uniform(0.15, 0.8)
        tall = height * rng.choice((0.4, 0.5, 0.5, 0.6, 1.0, -0.7)) * rng.uniform(0.7, 1.3)
        closed = rng.random() < 0.6
        for turn in range(7):
            angle = turn / 7 * (6.28 if closed else 3.14)
            up = tall * (1 - np.cos(angle)) / 2
            points.append((x + wide * turn / 7 + lean * up + (tall * 0.3 * np.sin(angle) if closed else 0.0), y - up))
        x += wide
        y += rng.gauss(0, height * 0.05)
        if rng.random() < 0.15:
            x += height * rng.uniform(0.2, 0.8)
            _pen(canvas, points, thick, strength)
            points = []
    _pen(canvas, points, thick, strength)


def _pen(canvas: Ink, points: list[tuple[float, float]], thick: int, strength: int) -> None:
    if len(points) > 2:
        path = np.round(np.array(points) * 8).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(canvas, [path], isClosed=False, color=(strength,), thickness=thick, lineType=cv2.LINE_AA, shift=3)


def written(rng: Random, faces: Faces, tall: int) -> Ink:
    """A few words in a hand, slanted; nobody is asked to read them."""
    hand = rng.choice(faces.hands)
    text = rng.choice((line_text(rng)[:16], surname(rng), date_text(rng)))
    canvas = _set(hand, text, tall)
    lean = rng.uniform(0.0, 0.5)
    wide = canvas.shape[1] + tall
    leant = cv2.warpAffine(canvas, np.array([[1, -lean, lean * tall * 0.7], [0, 1, 0]], np.float32), (wide, tall))
    return np.asarray(leant, np.uint8)


def _set(face: Face, text: str, tall: int) -> Ink:
    """The text set in a face, its baseline at three fifths of the canvas."""
    glyphs = [glyph(face, letter) for letter in text]
    pens = np.concatenate(([0.0], np.cumsum([g.advance for g in glyphs])))
    canvas = np.zeros((tall, round(float(pens[-1])) + 2 * CAP), np.uint8)
    base = round(tall * 0.6)
    for drawn, pen in zip(glyphs, pens.tolist(), strict=False):
        x, y = max(0, round(CAP + pen + drawn.left)), max(0, base + drawn.top)
        part = canvas[y : y + drawn.ink.shape[0], x : x + drawn.ink.shape[1]]
        np.maximum(part, drawn.ink[: part.shape[0], : part.shape[1]], out=part)
    return canvas


def stamped(rng: Random, faces: Faces, tall: int, wide: int) -> Ink:
    """A piece of a rubber stamp: big letters and a frame, askew, patchy."""
    face = rng.choice(faces.by_group["printed"])
    word = rng.choice((rng.choice(_STAMPED), rng.choice(_STAMPED), date_text(rng).upper()))
    art = _set(face, word, tall)
    if rng.random() < 0.6:
        cv2.rectangle(art, (6, round(tall * 0.2)), (art.shape[1] - 6, round(tall * 0.75)), (255,), rng.randint(2, 5))
    canvas = np.zeros((tall, wide), np.uint8)
    angle = rng.choice((-1, 1)) * rng.uniform(7, 35)
    turn = cv2.getRotationMatrix2D((art.shape[1] / 2, tall / 2), angle, rng.uniform(0.9, 2.2))
    turn[0, 2] += rng.uniform(0, max(1, wide - art.shape[1]))
    turn[1, 2] += rng.uniform(-0.3, 0.3) * tall
    cv2.warpAffine(art, turn, (wide, tall), dst=canvas)
    return patchy(rng, canvas, low=0.2, high=0.9)


def patchy(rng: Random, ink: Ink, *, low: float, high: float, grain: int = 40) -> Ink:
    """The ink times a smooth field between low and high; `grain` pixels from one value to the next."""
    tall, wide = ink.shape
    numbers = np.random.Generator(np.random.SFC64(rng.getrandbits(40)))
    seed = (numbers.random((max(2, tall // grain), max(2, wide // grain)), np.float32) * (high - low) + low) * 255
    field = cv2.resize(seed, (wide, tall), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(ink, field.astype(np.uint8), scale=1 / 255), np.uint8)


def rule(rng: Random, canvas: Ink, *, upright: bool) -> None:
    """A ruled line, whole or broken, somewhere on the canvas."""
    tall, wide = canvas.shape
    thick, tone = rng.randint(1, 4), rng.randint(120, 255)
    if upright:
        x = rng.randrange(wide)
        cv2.line(canvas, (x, rng.randrange(tall // 2)), (x + rng.randint(-2, 2), tall), (tone,), thick)
        return
    y, start = rng.randrange(tall), rng.randint(0, wide // 2)
    cv2.line(canvas, (start, y), (rng.randint(start, wide), y + rng.randint(-3, 3)), (tone,), thick)


def dirt(rng: Random, canvas: Ink, blots: int) -> None:
    """Blots, hairs and crumbs."""
    tall, wide = canvas.shape
    for _ in range(blots):
        x, y, tone = rng.randrange(wide), rng.randrange(tall), rng.randint(90, 255)
        if rng.random() < 0.7:
            size = (max(1, round(rng.expovariate(0.3))), max(1, round(rng.expovariate(0.3))))
            cv2.ellipse(canvas, (x, y), size, rng.uniform(0, 180), 0, 360, (tone,), -1)
        else:
            far = (x + rng.randint(-40, 40), y + rng.randint(-25, 25))
            cv2.line(canvas, (x, y), far, (tone,), rng.choice((1, 1, 2, 3)), cv2.LINE_AA)
