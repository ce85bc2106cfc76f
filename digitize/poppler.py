"""What poppler's programs tell about a PDF, and parts of its pages; whole pages are drawn by `rasterize`."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from casefile.errors import PageError, ProgramMissingError
from casefile.ocr import BBox

POINTS = 72.0  # to the inch
_BLOCK = 16  # pages told of at once: the programs take longer to start than to tell
_MOST_OF_SHEET = 0.7  # what scans cover of a page that is a scan
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
    """An image on a PDF page: its own pixels, how many of them stand on an inch of paper, and what keeps them."""

    width: int
    height: int
    x_ppi: float
    y_ppi: float
    components: int  # 1 for grey, 3 where there may be colour
    row_bytes: int  # of its pixels, unpacked
    packing: str  # poppler's word: image, jpeg, jpx, jbig2, ccitt
    place: tuple[int, int] | None  # number and generation of its object; None for one within what the page draws
    mask: str = ""  # SMask or Mask where it only covers the image of that object

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def area(self) -> float:
        """Of the paper that it covers, in square points."""
        return self.width / self.x_ppi * POINTS * (self.height / self.y_ppi * POINTS)

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
    """The size of a page, counted from 1, and the images on it; PageError where poppler says that it cannot show some
    of the page. What is told of its neighbours is kept for when they are asked about. The file must never change."""
    first = page - (page - 1) % _BLOCK
    sheet, images = _block(path, first, min(seconds, _BLOCK_SECONDS)).get(page, (None, ()))
    if sheet is not None:
        return sheet, images
    alone = sheets(path, page, page, seconds=seconds)
    if not alone:
        raise PageError("unreadable", "the PDF does not have this page")
    listed = _listed(path, page, page, seconds=seconds)
    images = tuple(_images(listed.stdout).get(page, ()))
    if _loses_ink(listed.stderr, is_scan=_are_a_scan(images, alone[0])):
        raise incomplete()
    return alone[0], images


def _are_a_scan(images: Sequence[EmbeddedImage], sheet: Sheet) -> bool:
    """Whether images, with a margin about them or in strips it may be, are most of a page."""
    covered = sum(image.area for image in images if not image.mask)
    return covered >= _MOST_OF_SHEET * sheet.width * sheet.height


def incomplete() -> PageError:
    return PageError("unreadable", "a part of the page is missing or damaged in the PDF; fetch or scan it again")


def scan_incomplete() -> PageError:
    return PageError("unreadable", "a part of the scan is missing in its file; fetch or scan it again")


@lru_cache(maxsize=16)
def _block(path: Path, first: int, seconds: float) -> Mapping[int, tuple[Sheet, tuple[EmbeddedImage, ...]]]:
    """What is told of pages from `first` on, by their number; nothing where one of them stops the telling, or where
    poppler cannot show all of one."""
    last = first + _BLOCK - 1
    try:
        sizes = _sizes(path, first, last, seconds=seconds)
        listed = _listed(path, first, last, seconds=seconds)
    except (PageError, MemoryError):  # of a neighbour, it may be
        return {}
    if _loses_ink(listed.stderr, is_scan=False):
        return {}
    images = _images(listed.stdout)
    return {page: (sheet, tuple(images.get(page, ()))) for page, sheet in sizes.items()}


# What poppler (22.12) says on standard error where ink is lost, and nowhere else. Of type and of objects that are gone,
# only where the page is no scan: what a scan was read as lies invisible on it, often in fonts that are not there.
_LOST = re.compile(
    rb"XObject .* is (?:unknown|wrong type)|Unknown (?:XObject subtype|operator|filter)|Bad (?:filter name|'Filter')"
    rb"|Bad image parameters|[Ee]nd of file in (?:inline image|flate)|Bad .* in flate stream|Bad LZW stream"
    rb"|method in flate stream|CCITTFax|(?<!segment type in )JBIG2|segment handler|opening JPX Stream\."
    rb"|with stream length|start of jpeg data|Leftover args|Too few \(|[Pp]age contents|Bad form bounding"
)
_LOST_TYPE = re.compile(rb"No font in|Missing or bad Type3 CharProc|Invalid XRef entry")


def _loses_ink(told: bytes, *, is_scan: bool) -> bool:
    return _LOST.search(told) is not None or (not is_scan and _LOST_TYPE.search(told) is not None)


def complains(path: Path, page: int, *, seconds: float) -> bool:
    """Whether poppler, unpacking all images of a page, counted from 1, says that a part of one is missing."""
    with TemporaryDirectory() as folder:
        asked = ("-f", str(page), "-l", str(page))
        return _loses_ink(_done("pdfimages", path, *asked, seconds=seconds, out=f"{folder}/scan").stderr, is_scan=True)


def _listed(path: Path, first: int, last: int, *, seconds: float) -> subprocess.CompletedProcess[bytes]:
    return _done("pdfimages", path, "-list", "-f", str(first), "-l", str(last), seconds=seconds)


def _images(told: bytes) -> Mapping[int, list[EmbeddedImage]]:
    """The images that `pdfimages -list` tells of, by the number of their page, counted from 1."""
    found: dict[int, list[EmbeddedImage]] = defaultdict(list)
    for row in (line.split() for line in told.decode("utf-8", "replace").splitlines()[2:]):
        image = _image(row)
        if image is not None and row[0].isdigit():
            found[int(row[0])].append(image)
    return found


def _image(row: list[str]) -> EmbeddedImage | None:
    """One row of `pdfimages -list`: page num type width height color comp bpc enc interp object gen x y size ratio,
    with `[inline]` for object and generation where it is none."""
    if len(row) > 10 and row[10] == "[inline]":
        row = [*row[:10], "", "", *row[11:]]
    if len(row) < 14 or not (row[3].isdigit() and row[4].isdigit() and row[12].isdigit() and row[13].isdigit()):
        return None
    x_ppi, y_ppi = float(row[12]), float(row[13])
    if x_ppi <= 0 or y_ppi <= 0:
        return None
    components, bits = (int(cell) if cell.isdigit() else otherwise for cell, otherwise in ((row[6], 3), (row[7], 1)))
    # A palette image has one component and may yet be coloured.
    grey = row[5] in ("gray", "-") and components == 1
    return EmbeddedImage(
        int(row[3]),
        int(row[4]),
        x_ppi,
        y_ppi,
        components=1 if grey else 3,
        row_bytes=(int(row[3]) * (1 if row[6] == "-" else components) * bits + 7) // 8,
        packing=row[8],
        place=(int(row[10]), int(row[11])) if row[10].isdigit() and row[11].isdigit() else None,
        mask={"smask": "SMask", "mask": "Mask"}.get(row[2], ""),
    )


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


@contextmanager
def jpegs_on_page(path: Path, page: int, *, seconds: float) -> Iterator[list[Path]]:
    """The JPEGs of a page, counted from 1, as they lie in the PDF; PageError where any other scan on it is damaged."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "scan"
        done = _done("pdfimages", path, "-j", "-f", str(page), "-l", str(page), seconds=seconds, out=str(root))
        if _loses_ink(done.stderr, is_scan=True):
            raise incomplete()
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
