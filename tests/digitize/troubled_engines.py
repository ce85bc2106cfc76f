"""Engines that misbehave on a page of a certain width, importable by worker processes."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import numpy.typing as npt

from casefile.ocr import BBox
from digitize.engine import SeenWord

TROUBLE = 900  # straightened pages at least this wide make trouble


class Steady:
    """Sees one word on every page: how wide it is."""

    name = "steady 1"

    def words_on(self, image: npt.NDArray) -> Sequence[SeenWord]:  # type: ignore[type-arg]
        if image.shape[1] >= TROUBLE:
            self.trouble()
        return (SeenWord(str(image.shape[1]), BBox(10, 10, 60, 40), 0.9),)

    def trouble(self) -> None: ...


class Deadly(Steady):
    def trouble(self) -> None:
        os._exit(9)


class Hanging(Steady):
    def trouble(self) -> None:
        time.sleep(600)


class Greedy(Steady):
    def trouble(self) -> None:
        bytearray(1 << 40)


class Faulty(Steady):
    def trouble(self) -> None:
        raise ValueError("MARLOW, DESMOND")  # as an error that quotes the page might


def no_program() -> Steady:
    from casefile.errors import ProgramMissingError

    raise ProgramMissingError("Tesseract is not installed")
