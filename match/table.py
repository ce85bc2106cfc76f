"""A CSV file as rows and cells: a bad cell is listed and its row stays, a bad id refuses the file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from casefile.archive import Sha256
from casefile.errors import InputError

LONGEST_CELL = 2000  # characters
LONGEST_IN_FILE = 131_072  # characters beyond which a cell has swallowed what follows it

T = TypeVar("T")


class Problem(NamedTuple):
    """A cell that could not be understood; rows as a spreadsheet numbers them, the header being row 1."""

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file under its header; `what` names the file in messages without its path."""

    what: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    sha256: Sha256

    def each(self, problems: list[Problem]) -> Iterator[Row]:
        """The rows in order; what they hold that is not understood is added to `problems`."""
        for number, cells in self.rows:
            yield Row(number, self.header, cells, problems)

    def texts(self, column: str) -> list[str]:
        """The bare text of every cell of a column, empty where a row has none."""
        if column not in self.header:
            return [""] * len(self.rows)
        at = self.header.index(column)
        return [cells[at].strip() if at < len(cells) else "" for _, cells in self.rows]

    def values(
        self, column: str, understood: Callable[[str], T], unread: Callable[[str], T], problems: list[Problem]
    ) -> list[T]:
        """What every cell of a column says, cells of one text the same object: what is `unread` of one that is empty or
        missing or, then listed, not understood, as with Row.cell."""
        known, faults, found = {"": unread("")}, dict[str, str](), []
        for text, (number, cells) in zip(self.texts(column), self.rows, strict=True):
            if text not in known:
                try:
                    known[text] = understood(text)
                except ValueError as error:
                    known[text], faults[text] = unread(text), str(error)
            value, fault = known[text], faults.get(text)
            if len(cells) != len(self.header) or len(text) > LONGEST_CELL:
                damage = Row(number, self.header, cells, problems).damage(column, text)
                value, fault = (unread(text), damage) if damage else (value, fault)
            if fault:
                problems.append(Problem(number, column, fault))
            found.append(value)
        return found


def read_table(path: Path, what: str, columns: Sequence[str], needed: Sequence[str]) -> Table:
    """The file's rows, the first of `needed` being the id that every row has and no two share."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{what} cannot be opened; check where it is and who may read it") from error
    header, rows = _rows_of(content, what)
    for name in needed:
        if name not in header:
            raise InputError(f"{what} has no column {name}")
    for name in columns:
        if header.count(name) > 1:
            raise InputError(f"{what} has the column {name} more than once")
    _check_ids(what, needed[0], header.index(needed[0]), rows)
    return Table(what, header, rows, Sha256(hashlib.sha256(content).hexdigest()))


def _rows_of(content: bytes, what: str) -> tuple[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
    """The header and the numbered rows that hold anything."""
    reader = csv.reader(io.StringIO(_decoded(content, what), newline=""), strict=True)
    try:
        table = [(number, tuple(cells)) for number, cells in numbered(reader)]
    except csv.Error as error:
        raise InputError(f"{what} is no CSV file near its line {reader.line_num}") from error
    rows = tuple((number, cells) for number, cells in table if any(cell.strip() for cell in cells))
    if not rows:
        raise InputError(f"{what} is empty; it needs a header row")
    return tuple(name.strip().lower() for name in rows[0][1]), rows[1:]


def numbered(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows from 1; a csv.Error where a cell runs on beyond all measure.

    The limit of the csv module itself is one for the whole process, and whoever reads larger tables raises it.
    """
    for number, cells in enumerate(rows, start=1):
        if len("".join(cells)) > LONGEST_IN_FILE and max(map(len, cells)) > LONGEST_IN_FILE:
            raise csv.Error("a cell is too long")
        yield number, cells


def _decoded(content: bytes, what: str) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{what} is neither UTF-8 nor Windows text; save it as CSV UTF-8")


def _check_ids(what: str, column: str, at: int, rows: Iterable[tuple[int, tuple[str, ...]]]) -> None:
    """Refuses empty and repeated ids; the message names rows, never people."""
    first_row: dict[str, int] = {}
    faults: list[str] = []
    for number, cells in rows:
        found = cells[at].strip() if at < len(cells) else ""
        if not found:
            faults.append(f"row {number} has none")
        elif found in first_row:
            faults.append(f"row {number} repeats row {first_row[found]}")
        first_row.setdefault(found, number)
    if faults:
        more = f" and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise InputError(f"{column} in {what}: {'; '.join(faults[:5])}{more}; nothing was imported")


@dataclass(slots=True)
class Row:
    """The cells of one row, and the columns of it that could not be understood."""

    number: int
    header: tuple[str, ...]
    cells: tuple[str, ...]
    problems: list[Problem]
    illegible: list[str] = field(default_factory=list)

    def text(self, column: str) -> str:
        """The bare text of a cell, empty where the row has none."""
        at = self.header.index(column) if column in self.header else len(self.cells)
        return self.cells[at].strip() if at < len(self.cells) else ""

    def cell(self, column: str, understood: Callable[[str], T], unknown: T) -> T:
        """What `column` says; `unknown` where it is empty, missing or, then listed, not understood.

        `understood` raises ValueError, whose words name what is wrong and hold nothing of the cell.
        """
        text = self.text(column)
        what = self.damage(column, text)
        if what is None:
            if not text:
                return unknown
            try:
                return understood(text)
            except ValueError as error:
                what = str(error)
        self.illegible.append(column)
        self.problems.append(Problem(self.number, column, what))
        return unknown

    def damage(self, column: str, text: str) -> str | None:
        """What is wrong with the row, so that its cells cannot be trusted to stand in their columns."""
        if column not in self.header:
            return None
        if any(cell.strip() for cell in self.cells[len(self.header) :]):
            return "more cells than columns"
        if self.header.index(column) >= len(self.cells):
            return "the row ends before this column"
        return "too long" if len(text) > LONGEST_CELL else None
