"""The parts of a table of cases: its columns and what each holds, and the rows of each case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from extract.numbers import of_no_known_shape
from extract.table_cells import text_of

MOST_ABOVE = 20  # rows of a letterhead, a title and the heads of columns
ALIGNED = 1.6  # in character widths: cells that begin this near to each other stand in one column
# How a column's head is told to the finders of a page with labels.
TOLD_AS = {
    "docket_number": "CASE NO:",
    "name": "DEFENDANT:",
    "birth_date": "DOB:",
    "ir_number": "IR NO:",
    "sid": "SID:",
    "sex": "SEX:",
    "race": "RACE:",
    "filed_date": "DATE FILED:",
    "arrest_date": "ARREST DATE:",
    "arresting_agency": "AGENCY:",
    "alias": "ALIAS:",
    "surname": "LAST NAME:",
    "given": "FIRST NAME:",
    "middle": "MIDDLE NAME:",
    "suffix": "SUFFIX:",
}
AMENDED = "amended"  # a column of charges that those charged were amended to
CHARGE = {"charge", "statute", "description", "count", "grade", "type", "offense_date"}
ORDERED = {"orders", "disposition", "finding", "sentence", "plea", "judge"}
APART = ("plea", "finding", "disposition", "sentence")  # each in a column of its own
DAYS = {"disposition_date", "date"}
FIGURES = ("ir_number", "sid")
PLACED = {*TOLD_AS, *CHARGE, *ORDERED, *DAYS, AMENDED}


@dataclass(frozen=True)
class Column:
    """A column by its left edge in straightened pixels, and what stands in it; `role` as labels name fields."""

    left: float
    role: str
    under: tuple[str, ...] = ()  # what further rows of a case hold, by further heads
    right: float = 0.0  # how far its widest row reaches


@dataclass(frozen=True)
class Block:
    """The rows of one case, each cut into the words of its columns."""

    rows: tuple[dict[int, tuple[Token, ...]], ...]

    def in_columns(self, columns: Iterable[int]) -> list[list[Token]]:
        """The words of these columns, row by row; rows without any are left out."""
        wanted = set(columns)
        out = [[t for at in sorted(wanted) for t in row.get(at, ())] for row in self.rows]
        return [row for row in out if row]


@dataclass(frozen=True)
class Table:
    """The columns and cases of a page that is a table."""

    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    call: tuple[Token, ...]  # the words of the one day above the table
    ranges: tuple[range, ...]  # the rows of each block, by their place on the page
    top: int  # the first row below the heads

    @property
    def day_above(self) -> bool:
        return bool(self.call)

    @property
    def numbers(self) -> frozenset[str]:
        """What the column of numbers holds, in shapes that nobody knows."""
        at = [place for place, column in enumerate(self.columns) if column.role == "docket_number"]
        cells = (text_of(row) for block in self.blocks for row in block.in_columns(at))
        return frozenset(filter(None, map(of_no_known_shape, cells)))

    @property
    def days_in_rows(self) -> bool:
        return any(column.role in ("date", "disposition_date", "filed_date") for column in self.columns)
