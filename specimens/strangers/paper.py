"""Paper in a machine: texts put on a grid of letters, block after block, page after page."""

import math
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..layout import FILL, LABEL, Line, Run

Rule = tuple[float, float, float, float]
Put = tuple[int, str] | tuple[int, str, str]  # column, text, style
Block = Sequence[Sequence[Put]]  # rows that stay together


LABEL_WIDTH = 0.72  # of a cell: letters of a form's labels are proportional and small


class OverprintError(ValueError):
    """Two texts would stand in one place; the page would not say what its truth says."""


@dataclass(slots=True)
class Page:
    """One side being typed, `width` letters wide; rules in inches."""

    width: int
    rows: dict[int, list[Run]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)

    def put(self, row: int, column: int, text: str, style: str = FILL) -> None:
        """The text at that row and column; OverprintError where something stands or the paper ends."""
        if not text.strip():
            return
        lead = len(text) - len(text.lstrip())
        run = Run(column + lead, text.strip(), style)
        end = run.column + _cells(run)
        if run.column < 0 or end > self.width:
            raise OverprintError(f"row {row}: columns {run.column} to {end} leave a page of {self.width}")
        for other in self.rows.get(row, []):
            if run.column <= other.column + _cells(other) and other.column <= end:
                raise OverprintError(f"row {row}: columns {run.column} to {end} are taken")
        self.rows.setdefault(row, []).append(run)

    def label(self, row: int, column: int, text: str) -> None:
        """The text as the form has it printed."""
        self.put(row, column, text, LABEL)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The page line by line."""
        last = max(self.rows, default=-1)
        return tuple(Line(tuple(sorted(self.rows.get(n, ()), key=lambda r: r.column))) for n in range(last + 1))


def _cells(run: Run) -> int:
    return math.ceil(len(run.text) * LABEL_WIDTH) if run.style == LABEL else len(run.text)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where letters stand on a sheet, in inches, letters an inch and lines an inch."""

    size: tuple[float, float]
    margins: tuple[float, float]
    pitch: tuple[float, float]

    @property
    def width(self) -> int:
        """Letters that fit on a line."""
        return int((self.size[0] - self.margins[0] - 0.25) * self.pitch[0])

    @property
    def height(self) -> int:
        """Lines that fit on a page."""
        return int((self.size[1] - self.margins[1] - 0.3) * self.pitch[1])

    def across(self, row: float, first: float, last: float) -> Rule:
        """A ruled line under the top of a row, from column to column."""
        y = self.margins[1] + row / self.pitch[1]
        return self.margins[0] + first / self.pitch[0], y, self.margins[0] + last / self.pitch[0], y

    def down(self, column: float, first: float, last: float) -> Rule:
        """A ruled line left of a column, from row to row."""
        x = self.margins[0] + column / self.pitch[0]
        return x, self.margins[1] + first / self.pitch[1], x, self.margins[1] + last / self.pitch[1]

    def box(self, left: float, top: float, right: float, bottom: float) -> list[Rule]:
        """The four sides of a box, columns and rows."""
        return [
            self.across(top, left, right),
            self.across(bottom, left, right),
            self.down(left, top, bottom),
            self.down(right, top, bottom),
        ]


Head = Callable[[Page, int], int]  # types the head of a page by its number, gives the row the body starts on


def flowed(grid: Grid, head: Head, blocks: Iterable[Block], *, last_row: int | None = None) -> list[Page]:
    """Pages of blocks under their heads; a block that does not fit goes to the next page."""
    return placed(grid, head, blocks, last_row=last_row)[0]


def placed(
    grid: Grid, head: Head, blocks: Iterable[Block], *, last_row: int | None = None
) -> tuple[list[Page], list[tuple[int, int]]]:
    """Pages of blocks under their heads, and for every block its page, from 0, and the row below it."""
    bottom = grid.height if last_row is None else last_row
    page = Page(grid.width)
    pages, row, ends = [page], head(page, 1), list[tuple[int, int]]()
    for block in blocks:
        if row + len(block) > bottom:
            page = Page(grid.width)
            pages.append(page)
            row = head(page, len(pages))
        for puts in block:
            for put in puts:
                page.put(row, *put)
            row += 1
        ends.append((len(pages) - 1, row))
    return pages, ends


def wrapped(text: str, width: int) -> list[str]:
    """The text in rows of that width, never cut inside a word."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def centred(width: int, text: str) -> Put:
    """The text in the middle of a line."""
    return (max(0, (width - len(text)) // 2), text)
