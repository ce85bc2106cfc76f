"""Where each case of a table begins, and where the table ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Span, Token

from extract.charges import accuses, cites_charge
from extract.dates import is_day, opens_with_date
from extract.doc import Line, Sheet, level_of, line_of
from extract.labels import fields_before, fields_in
from extract.numbers import docket_numbers_in, of_no_known_shape
from extract.table_cells import speaks_of, tells_ending, text_of
from extract.table_heads import fields_of, head_row, stacks_over, top_of
from extract.table_parts import ALIGNED, CHARGE, FIGURES, MOST_ABOVE, ORDERED


def starts_of(sheet: Sheet) -> list[int]:
    """The rows in which a case begins: those with a docket number in the column where most of them stand."""
    placed: list[tuple[int, float]] = []
    for row, line in enumerate(sheet.lines):
        for found in docket_numbers_in(line.text):
            span = line.at(found.start, found.end)
            if "docket_number" not in fields_before(line, span):
                placed.append((row, float(level_of(span[0]).left)))
    known = {row for row, _ in placed}
    second = {row + 1 for row in known} if known and _is_headed_below(sheet, min(known)) else set()
    placed += [(row, left) for row, left in _of_no_known_shape(sheet, known) if row not in second]
    if not placed:
        return []
    near = 3.0 * sheet.pitch
    home = max((left for _, left in placed), key=lambda x: sum(abs(x - left) < near for _, left in placed))
    rows = {row for row, left in placed if abs(left - home) < near}
    values = {f.value for row in rows for f in docket_numbers_in(sheet.lines[row].text)}
    values |= {of_no_known_shape(sheet.lines[row].cells[0].text) for row in rows} - {""}
    if (len(rows) < 2 or len(values) < 2) and not _headed(sheet, min(rows)):
        return []
    head, last, width = head_row(sheet, min(rows)), max(rows), 10 * sheet.pitch
    for row in range(
        min(rows) if head is None else head + 1, last + 12
    ):  # a number nobody could read begins a case all the same
        if row < len(sheet.lines) and row not in rows:
            inside = [t for t in sheet.lines[row].span if home - near < level_of(t).left < home + width]
            first = bool(inside) and inside[0] == _first_of_cell(sheet.lines[row], inside[0])
            first = first and not is_day(text_of(inside).split(":")[-1].removeprefix("DOB "))
            first = first and not _says_charge(inside)
            if first and row not in second and sum(c.isdigit() for t in inside for c in t.text) >= 4:
                rows |= {row}
    return sorted(rows)


def _says_charge(words: Sequence[Token]) -> bool:
    """Whether words at the head of a cell tell a charge and are no number before one."""
    line = line_of(list(words))
    return cites_charge(line) or (accuses(line) and not any(c.isdigit() for c in words[0].text))


def with_names_above(sheet: Sheet, starts: Sequence[int]) -> list[int]:
    """The rows in which the cases begin, where each has its name, and more, in rows above its number."""
    room = min([starts[0] - top_of(sheet, starts[0]), *(below - row - 1 for row, below in pairwise(starts))])
    home = min(float(level_of(docket[0]).left) for docket in _numbers_of(sheet, starts))
    for above in range(1, min(room, 2) + 1):
        over = [_cell_at(sheet.lines[row - above], home, 3.0 * sheet.pitch) for row in starts]
        named = [cell is not None and speaks_of(cell.text) == "name" for cell in over]
        if named[0] and sum(named) >= 0.6 * len(starts) and not _is_named_below(sheet, starts, home):
            torn = [row for row in range(starts[0], starts[-1]) if _opens_unnumbered(sheet, row, above, home)]
            return sorted({*(row - above for row in (*starts, *torn))})
    return list(starts)


def _is_named_below(sheet: Sheet, starts: Sequence[int], home: float) -> bool:
    """Whether a name stands below the number of the last case: those above the others end the cases before them."""
    below = (_cell_at(line, home, 3.0 * sheet.pitch) for line in sheet.lines[starts[-1] + 1 : starts[-1] + 3])
    return any(cell is not None and speaks_of(cell.text) == "name" for cell in below)


def _opens_unnumbered(sheet: Sheet, row: int, above: int, home: float) -> bool:
    """Whether a row charges somebody named above it whose number nobody could read."""
    cell = _cell_at(sheet.lines[row - above], home, 3.0 * sheet.pitch)
    return cell is not None and "," in cell.text and speaks_of(cell.text) == "name" and cites_charge(sheet.lines[row])


def _numbers_of(sheet: Sheet, starts: Sequence[int]) -> Iterator[Span]:
    """The cell of the number in each of these rows; the first where none is of a known shape."""
    for row in starts:
        cells = sheet.lines[row].cells
        yield next((cell for cell in cells if docket_numbers_in(cell.text)), cells[0])


def _cell_at(line: Line, left: float, near: float) -> Span | None:
    """The cell of a row that begins near a place."""
    return next((cell for cell in line.cells if abs(level_of(cell[0]).left - left) < near), None)


def _is_headed_below(sheet: Sheet, first: int) -> bool:
    """Whether under the head of docket numbers stands one of other numbers, which each case has in its second row."""
    return any(
        "docket_number" in fields_in(over.text) and set(FIGURES) & set(fields_in(under.text))
        for stack in stacks_over(sheet, first)
        for over, under in pairwise(stack)
    )


def _of_no_known_shape(sheet: Sheet, known: set[int]) -> list[tuple[int, float]]:
    """The rows, besides those known, with a number under the head of a column of numbers, in whatever shape a court
    elsewhere gives them; at least two of them, or one beside known ones."""
    head = next((row for row in range(min(len(sheet.lines), MOST_ABOVE)) if _heads_numbers(sheet, row)), None)
    if head is None:
        return [] if known else _numbered_alike(sheet)
    over = next(cell for cell in sheet.lines[head].cells if "docket_number" in fields_in(cell.text))
    left, out = float(level_of(over[0]).left), list[tuple[int, float]]()
    for row in range(head + 1, len(sheet.lines)):
        for cell in sheet.lines[row].cells:
            begins = float(level_of(cell[0]).left)
            if row not in known and abs(begins - left) < ALIGNED * sheet.pitch and of_no_known_shape(cell.text):
                out.append((row, begins))
    return out if len(out) + len(known) > 1 else []


def _numbered_alike(sheet: Sheet) -> list[tuple[int, float]]:
    """The rows of a page without heads that begin with numbers written alike, a name behind each, if most of them cite
    what was charged: the cases of a table that began on a page before."""
    firsts = [(row, line.cells[0]) for row, line in enumerate(sheet.lines) if len(line.cells) >= 3]
    named = [(row, cell) for row, cell in firsts if speaks_of(sheet.lines[row].cells[1].text) == "name"]
    written = {row: re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", of_no_known_shape(cell.text))) for row, cell in named}
    usual = Counter(filter(None, written.values())).most_common(1)
    rows = [(row, cell) for row, cell in named if usual and written[row] == usual[0][0]]
    cited = sum(cites_charge(sheet.lines[row]) for row, _ in rows)
    if len({cell.text for _, cell in rows}) < 3 or 2 * cited < len(rows):
        return []
    return [(row, float(level_of(cell[0]).left)) for row, cell in rows]


def _heads_numbers(sheet: Sheet, row: int) -> bool:
    """Whether a row heads columns of numbers and of what was charged or done, the numbers first or second."""
    cells = [fields_in(cell.text) for cell in sheet.lines[row].cells]
    named = {field for fields in cells for field in fields}
    whole = "name" in named or len(cells) >= 4
    return len(cells) >= 3 and "docket_number" in named and whole and bool(named & (CHARGE | ORDERED))


def own_case_above(sheet: Sheet, first: int) -> bool:
    """Whether the page tells a case of its own above the rows: these are then only other cases it mentions."""
    return any(_tells_case(line) for line in sheet.lines[: top_of(sheet, first)])


def _tells_case(line: Line) -> bool:
    """Whether a row holds a docket number, a charge, or what was done on a day."""
    if any(found.shape != "traffic" for found in docket_numbers_in(line.text)):
        return True
    return cites_charge(line) or (opens_with_date(line.text) and tells_ending(line.plain))


def _headed(sheet: Sheet, first: int) -> bool:
    """Whether a row of heads stands above that promises a number, and what was charged or done, in each row."""
    heads = {field for stack in stacks_over(sheet, first) for field in fields_of(stack)}
    return "docket_number" in heads and bool(heads & (CHARGE | ORDERED))


def _first_of_cell(line: Line, token: Token) -> Token:
    return next(cell[0] for cell in line.cells if cell.start <= token.i < cell.end)


def ranges_of(sheet: Sheet, starts: Sequence[int]) -> list[range]:
    """The rows of each case: up to the next one, or to the foot of the page."""
    ends = [*starts[1:], foot_of(sheet, starts)]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]


def foot_of(sheet: Sheet, starts: Sequence[int]) -> int:
    """The first row below the last case that is no part of it: one far below, or of prose."""
    last = starts[-1]
    for row in range(last + 1, len(sheet.lines)):
        above, line = sheet.lines[row - 1], sheet.lines[row]
        if line.top - above.bottom > 2.5 * max(12, above.bottom - above.top):
            return row
    return len(sheet.lines)
