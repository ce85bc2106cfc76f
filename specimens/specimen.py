"""Specimens: single invented pages with their truth, and the items of paper they come in."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

import cv2
import numpy as np

from .fonts import Ink, faces
from .render import Sheet, Word, ink_of, pixels, words_on
from .wear import Worked, draw_handwriting, halve, worn

QUARTER_TURN_SHARE = {"clean": 0.01, "normal": 0.03, "bad": 0.05}


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as the scanner wrote it: grey (two axes) or RGB (three), and its words where they now are."""

    picture: Ink
    words: tuple[Word, ...]
    dpi: int
    two_tone: bool
    quarters: int  # counter-clockwise quarter turns it was laid down with


@dataclass(frozen=True, slots=True)
class Specimen:
    """One side of paper before it is scanned; `seed` decides the wear, so that a page can be drawn alone."""

    document_kind: str  # certified_statement, half_sheet, blank or other
    layout: str
    level: str  # clean, normal or bad
    wear: tuple[str, ...]
    sheet: Sheet
    seed: str
    handwriting: bool = False
    year: int = 2012  # of the youngest entry; a stamp is of that year or later

    @property
    def font(self) -> str:
        """The font the page is printed in."""
        return self.sheet.machine.font

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the unworn page in reading order; no picture is made for this."""
        return words_on(self.sheet)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the unworn page in pixels."""
        return pixels(self.sheet)

    def scan(self, *, colour: bool = False, two_tone: bool = False) -> Scan:
        """The page printed, worn and scanned."""
        rng = Random(self.seed)
        ink = ink_of(self.sheet, rng)
        if self.handwriting:
            _fill_with_handwriting(ink, rng, self.sheet.machine.dpi)
        page = Worked(ink, self.sheet.machine.dpi, faces()[self.font].kind == "dots", self.year)
        if self.words and rng.random() < QUARTER_TURN_SHARE[self.level]:
            page.shape.quarters = rng.choice((1, 2, 2, 3))
        page = worn(page, rng, self.level, self.wear)
        if two_tone and not page.two_tone:
            halve(page, 0.5)
        words = tuple(Word(w.text, page.shape.carried(w.bbox, self.size)) for w in self.words)
        picture = page.shape.turned(page.grey)
        if colour and not (two_tone or page.two_tone):
            picture = _tinted(picture, page.tint)
        return Scan(picture, words, page.dpi, two_tone or page.two_tone, page.shape.quarters)


def _tinted(grey: Ink, tint: tuple[float, float, float]) -> Ink:
    """The picture in the colour of its paper."""
    steps = np.arange(256)
    return cv2.merge([cv2.LUT(grey, (steps * part).astype(np.uint8)) for part in tint])


def _fill_with_handwriting(ink: Ink, rng: Random, dpi: int) -> None:
    y = dpi * 1.6
    while y < min(ink.shape[0] - dpi, dpi * rng.uniform(4, 9)):
        draw_handwriting(ink, rng, (dpi * rng.uniform(0.6, 0.9), y), round(dpi * rng.uniform(3, 6)), dpi, 220)
        y += dpi * rng.uniform(0.3, 0.45)


@dataclass(frozen=True, slots=True)
class Told:
    """A record, whose it is, and on which pages of the item it stands (from 0)."""

    record: dict[str, Any]
    person_id: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """What lies together in a folder: pages in order, and the records they state."""

    name: str
    specimens: tuple[Specimen, ...]
    told: tuple[Told, ...]

    def joined(self, other: "Item") -> "Item":
        """This item with another laid behind it."""
        behind = tuple(replace(t, pages=tuple(p + len(self.specimens) for p in t.pages)) for t in other.told)
        return Item(self.name, self.specimens + other.specimens, self.told + behind)
