"""Where the paper is kept, and the scan that stands for it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, TypeAlias

PageId = NewType("PageId", str)
Sha256 = NewType("Sha256", str)


class Stage(StrEnum):
    """The stages a page passes; the ledger keeps one state for each."""

    INTAKE = "intake"
    DIGITIZE = "digitize"
    EXTRACT = "extract"


class PageState(StrEnum):
    """How far a page has come in one stage."""

    DONE = "done"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scan was found: box, folder and file as on the shelf; `frame` counts from 0 in the file."""

    box: str
    folder: str
    file: str
    frame: int


@dataclass(frozen=True, slots=True)
class Page:
    """One scanned side, its place on the shelf and the master that holds it.

    `item` and `expected_pages` come from the manifest. `frames` is how many the master holds; a file that
    could not be opened counts as one frame, set aside.
    """

    page_id: PageId
    place: Place
    sha256: Sha256
    frames: int
    item: str = ""
    expected_pages: int | None = None


def page_id_of(place: Place, sha256: Sha256) -> PageId:
    """The same id for the same scan at the same place, for ever; it tells nothing without the scan itself."""
    key = "\0".join((place.box, place.folder, place.file, str(place.frame), sha256))
    return PageId("p" + hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:20])


NaturalKey: TypeAlias = tuple[tuple[tuple[int, int, str], ...], str]


def natural(text: str) -> NaturalKey:
    """A key by which `page2` sorts before `page10`; capitals do not matter unless all else is equal."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    folded = tuple((0, int(p), "") if p[0] in "0123456789" else (1, 0, p.casefold()) for p in parts)
    return folded, text


def shelf_order(place: Place) -> tuple[object, ...]:
    """A key that puts pages in the order they stand on the shelf."""
    return (natural(place.box), natural(place.folder), natural(place.file), place.frame)


def page_order(page: Page) -> tuple[object, ...]:
    """Shelf order in which two scans that bear one name stand one after the other, never page by page."""
    return (*shelf_order(page.place)[:3], page.sha256, page.place.frame)
