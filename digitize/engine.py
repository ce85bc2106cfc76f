"""What a recogniser is to the rest: something that finds words on a straightened page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from casefile.ocr import BBox
from digitize.rasterize import Pixels


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word as an engine saw it; the box is in pixels of the straightened page, confidence 0 to 1."""

    text: str
    bbox: BBox
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()
    piece: int | None = None  # words with the same number were read as one piece of a line


class Engine(Protocol):
    """A recogniser. `name` holds its version: the same name reads the same page alike."""

    @property
    def name(self) -> str: ...

    def words_on(self, image: Pixels) -> Sequence[SeenWord]:
        """The words on a straightened page, dark on white; their order does not matter."""
        ...
