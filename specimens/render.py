"""Printed lines put on a sheet: where every word stands, and the ink."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import cv2
import numpy as np

from .fonts import Glyph, Ink, faces, glyph, outline
from .layout import LABEL, Layout, Line, Run

BBox = tuple[int, int, int, int]  # left, top, right, bottom in pixels


DRAWN = re.compile(r"[-_=]{4,}")  # lines drawn with letters; no words


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word and its ink's rectangle, in pixels of the picture it belongs to."""

    text: str
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Machine:
    """What a page is printed with and how: fonts, resolution in dots an inch, the machine's unevenness."""

    font: str
    label_font: str | None
    dpi: int
    shift: tuple[float, float]  # inches the paper sat off
    unevenness: float  # 0 a laser printer, 1 a worn typewriter
    heavy: bool  # a fresh ribbon or a hard blow: thicker strokes
    crooked: tuple[tuple[str, int, int], ...]  # letters that strike beside their place, in pixels


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of paper before it is worn: lines on a grid, or free texts, and ruled lines."""

    size: tuple[float, float]  # inches
    margins: tuple[float, float]
    pitch: tuple[float, float]
    lines: tuple[Line, ...]
    rules: tuple[tuple[float, float, float, float], ...]
    machine: Machine


@dataclass(frozen=True, slots=True)
class _Placed:
    glyph: Glyph
    x: int
    y: int
    letter: str
    label: bool


def sheet_of(layout: Layout, lines: Sequence[Line], machine: Machine) -> Sheet:
    """The sheet a layout's lines make."""
    return Sheet(layout.size, layout.margins, layout.pitch, tuple(lines), layout.rules, machine)


def pixels(sheet: Sheet) -> tuple[int, int]:
    """Width and height of the picture."""
    return round(sheet.size[0] * sheet.machine.dpi), round(sheet.size[1] * sheet.machine.dpi)


def _cell(sheet: Sheet) -> tuple[float, float]:
    return sheet.machine.dpi / sheet.pitch[0], sheet.machine.dpi / sheet.pitch[1]


def _typed(sheet: Sheet, run: Run, row: int) -> Iterator[list[_Placed]]:
    across, down = _cell(sheet)
    machine = sheet.machine
    box = (round(across), round(down))
    top = round((sheet.margins[1] + machine.shift[1]) * machine.dpi + row * down)
    left = (sheet.margins[0] + machine.shift[0]) * machine.dpi
    for found in re.finditer(r"\S+", run.text):
        yield [
            _Placed(
                glyph(machine.font, letter, box, machine.dpi),
                round(left + (run.column + place) * across),
                top,
                letter,
                False,
            )
            for place, letter in enumerate(found.group(), found.start())
        ]


def _preprinted(sheet: Sheet, run: Run, row: int) -> Iterator[list[_Placed]]:
    """The words of a form's label, in proportional letters starting at their column."""
    across, down = _cell(sheet)
    machine = sheet.machine
    name = machine.label_font or machine.font
    size = round(down * 0.58)
    font = outline(name, size)
    top = round(sheet.margins[1] * machine.dpi + row * down)
    for chunk in re.finditer(r"\S+( \S+)*", run.text):
        start = sheet.margins[0] * machine.dpi + (run.column + chunk.start()) * across
        for found in re.finditer(r"\S+", chunk.group()):
            word = []
            for place in range(found.start(), found.end()):
                letter = chunk.group()[place]
                x = start + font.getlength(chunk.group()[:place])
                cell = (round(font.getlength(letter)), round(down))
                word.append(_Placed(_label_glyph(name, letter, size, cell), round(x), top, letter, True))
            yield word


@lru_cache(maxsize=4096)
def _label_glyph(name: str, letter: str, size: int, cell: tuple[int, int]) -> Glyph:
    font = outline(name, size)
    left, top, _, _ = font.getbbox(letter, anchor="ls")
    mask = font.getmask(letter, anchor="ls")
    ink = np.asarray(mask, np.uint8).reshape(mask.size[1], mask.size[0])
    return Glyph(ink, round(left), round(cell[1] * 0.8 + top))


def _placed(sheet: Sheet) -> Iterator[list[_Placed]]:
    for row, line in enumerate(sheet.lines):
        words: list[list[_Placed]] = []
        for run in line.runs:
            label = run.style == LABEL and sheet.machine.label_font is not None
            words.extend(_preprinted(sheet, run, row) if label else _typed(sheet, run, row))
        yield from sorted(words, key=lambda word: word[0].x)


def words_on(sheet: Sheet) -> tuple[Word, ...]:
    """Every word in reading order with the rectangle of its ink."""
    out = []
    for word in _placed(sheet):
        inked = [p for p in word if p.glyph.ink.size]
        text = "".join(p.letter for p in word)
        if inked and not DRAWN.fullmatch(text):
            out.append(
                Word(
                    text,
                    (
                        min(p.x + p.glyph.left for p in inked),
                        min(p.y + p.glyph.top for p in inked),
                        max(p.x + p.glyph.left + p.glyph.ink.shape[1] for p in inked),
                        max(p.y + p.glyph.top + p.glyph.ink.shape[0] for p in inked),
                    ),
                )
            )
    return tuple(out)


def cells_on(sheet: Sheet) -> tuple[Word, ...]:
    """Every word with the rectangle of its cells on the grid: no font is opened, so it takes no time."""
    across, down = _cell(sheet)
    left, top = (sheet.margins[at] * sheet.machine.dpi for at in (0, 1))
    out = []
    for row, line in enumerate(sheet.lines):
        for run in sorted(line.runs, key=lambda one: one.column):
            for found in re.finditer(r"\S+", run.text):
                if DRAWN.fullmatch(found.group()):
                    continue
                x, y = left + (run.column + found.start()) * across, top + row * down
                wide = across * len(found.group())
                out.append(
                    Word(
                        found.group(),
                        (round(x + 1), round(y + 0.2 * down), round(x + wide - 1), round(y + 0.85 * down)),
                    )
                )
    return tuple(out)


def ink_of(sheet: Sheet, rng: Random) -> Ink:
    """The sheet's ink, 0 to 255; uneven blows and crooked letters come from `rng`."""
    width, height = pixels(sheet)
    canvas = np.zeros((height, width), np.uint8)
    for left, top, right, bottom in sheet.rules:
        ends = [round(v * sheet.machine.dpi) for v in (left, top, right, bottom)]
        cv2.line(canvas, (ends[0], ends[1]), (ends[2], ends[3]), 190, max(1, sheet.machine.dpi // 150))
    typed = faces()[sheet.machine.font].kind == "typed"
    crooked = {letter: (dx, dy) for letter, dx, dy in sheet.machine.crooked}
    worn = sheet.machine.unevenness
    for word in _placed(sheet):
        for p in word:
            if not p.glyph.ink.size:
                continue
            dx, dy = crooked.get(p.letter, (0, 0)) if typed and not p.label else (0, 0)
            strength = 256
            if typed and not p.label and worn:
                dy += round(rng.gauss(0, 0.6) * worn)
                strength = round(256 * (1 - worn * 0.4 * rng.random() ** 2))
            _strike(canvas, p.glyph.ink, p.x + p.glyph.left + dx, p.y + p.glyph.top + dy, strength)
    return cv2.dilate(canvas, np.ones((2, 2), np.uint8)) if sheet.machine.heavy else canvas


def _strike(canvas: Ink, ink: Ink, x: int, y: int, strength: int) -> None:
    height, width = ink.shape
    if x < 0 or y < 0 or x + width > canvas.shape[1] or y + height > canvas.shape[0]:
        return
    if strength < 256:
        ink = ((ink.astype(np.uint16) * strength) >> 8).astype(np.uint8)
    part = canvas[y : y + height, x : x + width]
    np.maximum(part, ink, out=part)
