"""Pages drawn for the tests: invented text in a typewriter face, and the ways scans of them go wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

FACE = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"

LINES = (
    "PEOPLE OF THE STATE OF ILLINOIS            PAGE 001",
    "            VS               NUMBER 93CR9912301",
    "MARLOW     DESMOND     T",
    "",
    "Charging the above named defendant with:",
    "56.5-704-D             F  POSS CANNABIS 30-500 GRAMS",
    "720-550/5(D)           F  MFG/DEL CANNABIS 30-500 G",
    "",
    "03/18/93 DEFENDANT ARRAIGNED",
    "03/18/93 PLEA OF NOT GUILTY",
    "05/20/93 MOTION STATE-NOLLE PROSEQUI       C002",
    "05/20/93 PLEA OF GUILTY                    C001",
    "05/20/93 DEF SENTENCED TO PROBATION        C001",
    "         24 MTHS",
)


@cache
def typed_page(lines: tuple[str, ...] = LINES, dpi: int = 200) -> Image.Image:
    """A letter sheet with these lines in ten-pitch type."""
    page = Image.new("L", (round(8.5 * dpi), 11 * dpi), 238)
    face = ImageFont.truetype(FACE, round(dpi / 6))  # ten to the inch
    pen = ImageDraw.Draw(page)
    for row, line in enumerate(lines):
        pen.text((0.9 * dpi, dpi + row * dpi / 6 * 1.25), line, font=face, fill=35)
    return page


def scanned(page: Image.Image, *, skew: float = 0.0, turned: int = 0, noise: float = 4.0) -> Image.Image:
    """The page as a scanner sees it: `skew` degrees, falling to the right; then lying or on its head."""
    skewed = page.rotate(-skew, Image.Resampling.BICUBIC, fillcolor=238)
    grain = np.random.default_rng(7).normal(0, noise, (skewed.height, skewed.width))
    noisy = Image.fromarray(np.clip(np.asarray(skewed) + grain, 0, 255).astype(np.uint8))
    return noisy.rotate(-turned, expand=True)


@pytest.fixture
def page() -> Image.Image:
    return typed_page()


@pytest.fixture
def lines() -> tuple[str, ...]:
    return LINES


@pytest.fixture
def scan_of() -> Callable[..., Image.Image]:
    return scanned


@pytest.fixture
def page_of() -> Callable[..., Image.Image]:
    return typed_page


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Image.Image, str], Path]:
    """Saves an image under a name in the test's own folder."""

    def save(image: Image.Image, name: str) -> Path:
        path = tmp_path / name
        image.save(path)
        return path

    return save
