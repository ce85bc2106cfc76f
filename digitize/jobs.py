"""A page to read, and what reading it may cost; light enough for whoever only hands pages out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from casefile.archive import PageId
from casefile.errors import PageError
from casefile.ocr import BBox, OcrPage
from digitize.formats import Limits

if TYPE_CHECKING:
    from digitize.engine import Engine

EngineFactory: TypeAlias = "Callable[[], Engine]"  # a function or class that another process can import
Outcome: TypeAlias = OcrPage | PageError


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to read: where its master is and which frame of it, counted from 0."""

    page_id: PageId
    master: Path
    frame: int


@dataclass(frozen=True, slots=True)
class PictureJob:
    """What a person wants to see of a page, in pixels of the stored frame: the ink within `bbox`, or, where that is
    None, all of it, no side longer than `longest_side` pixels."""

    master: Path
    frame: int
    bbox: BBox | None
    longest_side: int = 0


@dataclass(frozen=True, slots=True)
class InspectionJob:
    """A file of which nothing is known but where it lies, and the suffix of the name it came with."""

    path: Path
    suffix: str


Job: TypeAlias = PageJob | PictureJob | InspectionJob


@dataclass(frozen=True, slots=True)
class Settings:
    """What one page may cost; none of it changes what is read off a page that stays within."""

    limits: Limits = field(default_factory=Limits)
    page_seconds: float = 300.0  # from first to last, then the page is given up
    memory_mib: int = 6144  # of address space, for the process that reads and what it starts
