"""What poppler's programs tell about a PDF, and parts of its pages; whole pages are drawn by `rasterize`."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from casefile.errors import PageError, ProgramMissingError
from casefile.ocr import BBox

POINTS = 72.0  # to the inch
_BLOCK = 16  # pages told of at once: the programs take longer to start than to tell
_BLOCK_SECONDS = 20.0  # then one page of the block may be to blame, and each is asked about alone


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of a PDF page as shown, turned as the PDF says, in points."""

    width: float
    height: float

    def pixels_at(self, dpi: float) -> float:
        return self.width / POINTS * dpi * (self.height / POINTS * dpi)


@dataclass(frozen=True, slots=True)
class EmbeddedImage:
    """An image on a PDF page: its own pixels, and how many of them stand on an inch of paper."""

    width: int
    height: int
    x_ppi: float
    y_ppi: float
    components: int

    def covers(self, sheet: Sheet) -> bool:
        """Whether it fills the sheet, within 3 % either way; a page turned by the PDF is tried both ways."""
        across, down = self.width / self.x_ppi * POINTS, self.height / self.y_ppi * POINTS
        return _close(across, down, sheet.width, sheet.height) or _close(down, across, sheet.width, sheet.height)


def _close(width: float, height: float, sheet_width: float, sheet_height: float) -> bool:
    return abs(width / sheet_width - 1) < 0.03 and abs(height / sheet_height - 1) < 0.03


def page_total(path: Path, *, seconds: float) -> int:
    """How many pages the PDF says it has."""
    found = re.search(r"^Pages:\s+(\d+)", _told_by("pdfinfo", path, seconds=seconds), re.M)
    if found is None:
        raise PageError("unreadable", "the PDF does not tell how many pages it has")
    return int(found[1])


def sheets(path: Path, first: int, last: int, *, seconds: float) -> tuple[Sheet, ...]:
    """The sizes of pages `first` to `last`, counted from 1; an unlisted page is left out."""
    return tuple(_sizes(path, first, last, seconds=seconds).values())


def _sizes(path: Path, first: int, last: int, *, seconds: float) -> Mapping[int, Sheet]:
    told = _told_by("pdfinfo", path, "-f", str(first), "-l", str(last), seconds=seconds)
    sizes = re.findall(r"^Page\s+(\d+) size:\s+([\d.]+) x ([\d.]+)", told, re.M)
    turns = dict(re.findall(r"^Page\s+(\d+) rot:\s+(-?\d+)", told, re.M))
    return {int(page): _sheet(float(w), float(h), int(turns.get(page, "0"))) for page, w, h in sizes}


def _sheet(width: float, height: float, turn: int) -> Sheet:
    if width <= 0 or height <= 0:
        raise PageError("unreadable", "a page of the PDF has no size")
    return Sheet(height, width) if turn % 180 else Sheet(width, height)


def page_told(path: Path, page: int, *, seconds: float) -> tuple[Sheet, tuple[EmbeddedImage, ...]]:
    """The size of a page, counted from 1, and the images on it; soft masks belong to another image and are left out.

    What is told of its neighbours is kept for when they are asked about. The file must never change.
    """
    first = page - (page - 1) % _BLOCK
    sheet, images = _block(path, first, min(seconds, _BLOCK_SECONDS)).get(page, (None, ()))
    if sheet is not None:
        return sheet, images
    alone = sheets(path, page, page, seconds=seconds)
    if not alone:
        raise PageError("unreadable", "the PDF does not have this page")
    return alone[0], tuple(_images(path, page, page, seconds=seconds).get(page, ()))


@lru_cache(maxsize=16)
def _block(path: Path, first: int, seconds: float) -> Mapping[int, tuple[Sheet, tuple[EmbeddedImage, ...]]]:
    """What is told of pages from `first` on, by their number; nothing where one of them stops the telling."""
    last = first + _BLOCK - 1
    try:
        sizes = _sizes(path, first, last, seconds=seconds)
        images = _images(path, first, last, seconds=seconds)
    except (PageError, MemoryError, ValueError):  # of a neighbour, it may be
        return {}
    return {page: (sheet, tuple(images.get(page, ()))) for page, sheet in sizes.items()}


def _images(path: Path, first: int, last: int, *, seconds: float) -> Mapping[int, list[EmbeddedImage]]:
    """The images on pages `first` to `last`, counted from 1, by the number of their page."""
    told = _told_by("pdfimages", path, "-list", "-f", str(first), "-l", str(last), seconds=seconds)
    found: dict[int, list[EmbeddedImage]] = defaultdict(list)
    for row in (line.split() for line in told.splitlines()[2:]):
        image = _image(row)
        if image is not None and row[0].isdigit():
            found[int(row[0])].append(image)
    return found


def _image(row: list[str]) -> EmbeddedImage | None:
    """One row of `pdfimages -list`: page num type width height color comp bpc enc interp object gen x y."""
    if len(row) < 14 or row[2] not in ("image", "stencil", "mask") or not row[12].isdigit():
        return None
    x_ppi, y_ppi = float(row[12]), float(row[13])
    if x_ppi <= 0 or y_ppi <= 0:
        return None
    components = int(row[6]) if row[6].isdigit() else 3
    # A palette image has one component and may yet be coloured.
    grey = row[5] in ("gray", "-") and components == 1
    return EmbeddedImage(int(row[3]), int(row[4]), x_ppi, y_ppi, 1 if grey else 3)


@contextmanager
def part_of_page(
    path: Path, page: int, size: tuple[int, int], part: BBox, *, grey: bool, seconds: float
) -> Iterator[Path]:
    """A TIFF of a part of a page, counted from 1: of the page drawn at `size` the pixels within `part`, which lies
    on it. The rest is never drawn; edges of lines laid over a scan may be two of 256 shades off."""
    with TemporaryDirectory() as folder:
        drawn = Path(folder) / "part"
        numbers = {"f": page, "l": page, "scale-to-x": size[0], "scale-to-y": size[1], "x": part.left, "y": part.top}
        numbers |= {"W": part.right - part.left, "H": part.bottom - part.top}
        asked = [word for name, number in numbers.items() for word in (f"-{name}", str(number))]
        asked += ["-tiff", "-singlefile", *(["-gray"] if grey else [])]
        _told_by("pdftocairo", path, *asked, seconds=seconds, out=str(drawn))
        yield drawn.with_suffix(".tif")


_DAMAGED = re.compile(
    rb"Error.*(?:stream|[Ii]mage|XObject|JPEG|JPX|JBIG2|CCITT|DCT|[Ff]late|code)"
)  # not of the page's words


@contextmanager
def jpegs_on_page(path: Path, page: int, *, seconds: float) -> Iterator[list[Path]]:
    """The JPEGs of a page, counted from 1, as they lie in the PDF; PageError where any other scan on it is damaged."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "scan"
        done = _done("pdfimages", path, "-j", "-f", str(page), "-l", str(page), seconds=seconds, out=str(root))
        if _DAMAGED.search(done.stderr):
            raise PageError("unreadable", "a scan in the PDF is damaged; fetch or scan it again")
        yield sorted(Path(folder).glob("*.jpg"))


def _told_by(program: str, path: Path, *arguments: str, seconds: float, out: str = "") -> str:
    return _done(program, path, *arguments, seconds=seconds, out=out).stdout.decode("utf-8", "replace")


def _done(
    program: str, path: Path, *arguments: str, seconds: float, out: str = ""
) -> subprocess.CompletedProcess[bytes]:
    command = [program, *arguments, str(path.absolute()), *([out] if out else [])]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, stdin=subprocess.DEVNULL)
    except FileNotFoundError as error:
        raise missing() from error
    except subprocess.TimeoutExpired as error:
        raise PageError("timeout", "the PDF took too long to open") from error
    if b"Incorrect password" in done.stderr:
        raise PageError("encrypted", "the PDF asks for a password; save it without one")
    if done.returncode != 0:
        raise PageError("unreadable", "the PDF is damaged; fetch or scan it again")
    return done


def missing() -> ProgramMissingError:
    return ProgramMissingError("poppler is not installed: install the Debian package poppler-utils")
