"""The heads over the columns of a table, and what they say that stands below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span

from extract.charges import OFFENSE_WORD, cites_charge
from extract.dates import opens_with_date
from extract.doc import Line, Sheet, level_of, shared_width
from extract.labels import fields_in, fields_named
from extract.numbers import docket_numbers_in
from extract.table_cells import tells_ending
from extract.table_parts import AMENDED


def top_of(sheet: Sheet, first: int) -> int:
    """The row where a table begins whose first case begins in row `first`: below its heads or, where it has none,
    with the rows right above that go on with a case of the page before."""
    heads = _head_rows(sheet, first)
    if heads:
        return heads[-1] + 1
    top = first
    while top > 0 and not opens_with_date(sheet.lines[top - 1].text) and _says(sheet.lines[top - 1]):
        top -= 1
    return top


def _says(line: Line) -> bool:
    """Whether a row speaks of a charge or an ending, with no docket number of its own."""
    said = OFFENSE_WORD.search(line.plain) or tells_ending(line.plain) or cites_charge(line)
    return bool(said) and not docket_numbers_in(line.text)


def stacks_over(sheet: Sheet, first: int) -> list[tuple[Span, ...]]:
    """The cells of the rows of heads above the first case, those that stand over one another together, from above to
    below; empty where there are none."""
    out: list[tuple[Span, ...]] = []
    for row in _head_rows(sheet, first):
        over = {at: cell for cell in sheet.lines[row].cells if (at := _stack_over(out, cell)) is not None}
        out += [(cell,) for cell in sheet.lines[row].cells if cell not in over.values()]
        for at, cell in over.items():
            out[at] = (*out[at], cell)
    return out


def _stack_over(stacks: Sequence[tuple[Span, ...]], cell: Span) -> int | None:
    return next((at for at, stack in enumerate(stacks) if any(shared_width(one, cell) > 0 for one in stack)), None)


def fields_of(stack: Sequence[Span]) -> tuple[str, ...]:
    """The fields that heads over one another name."""
    return tuple(field for _, fields in _named_in(stack) for field in fields)


def _named_in(stack: Sequence[Span]) -> list[tuple[Span, tuple[str, ...]]]:
    """The fields that heads over one another name, with the words that do: each its own or, where one alone says
    little, all as one head."""
    if any(_AMENDS.match(cell.text.upper()) for cell in stack):
        return [(stack[0], (AMENDED,))]
    each = [(piece, fields_named(piece.text)) for cell in stack for piece in _pieces(cell)]
    clear = all(fields and ("other" not in fields or _is_whole(piece)) for piece, fields in each)
    apart = clear and len({fields for _, fields in each}) == len(each)
    whole = () if apart else fields_in(" ".join(cell.text for cell in stack))[:1]
    return [(stack[0], whole)] if whole else [(piece, fields) for piece, fields in each if fields]


def _is_whole(head: Span) -> bool:
    """Whether a head says enough by itself: `NEXT DATE`, but not `DATE` or `DATE OF`, which belong to another."""
    return len(head) > 1 and head[-1].norm_ not in ("OF", "OR", "AND", "FOR")


def _pieces(cell: Span) -> list[Span]:
    """A head, or two of them that stand side by side with one space between."""
    parted = ((cell[:at], cell[at:]) for at in range(1, len(cell)) if not fields_named(cell.text))
    return next(([*two] for two in parted if all(fields_in(piece.text) for piece in two)), [cell])


_AMENDS = re.compile(r"(?:CHARGE )?(?:AMENDED|REDUCED)\b(?! DATE| ON)")


def _head_rows(sheet: Sheet, first: int) -> list[int]:
    """The rows of heads above the first case: the one nearest to it with several labels, the row above where it is one
    as well, and rows below that go on with them."""
    row = head_row(sheet, first)
    if row is None:
        return []
    upper = [row - 1] if row and _is_near(sheet, row - 1) and _goes_over(sheet.lines[row - 1], sheet.lines[row]) else []
    lower = [row + 1] if row + 1 < first and _is_near(sheet, row) and _goes_under(sheet, row) else []
    return [*upper, row, *lower]


def _is_near(sheet: Sheet, row: int) -> bool:
    above, below = sheet.lines[row], sheet.lines[row + 1]
    return below.top - above.bottom < max(10, above.bottom - above.top)


def _goes_over(upper: Line, line: Line) -> bool:
    """Whether a row above heads is one of heads too: several labels, or words that make labels with those below."""
    stacks = [[one, cell] for cell in line.cells for one in upper.cells if shared_width(one, cell) > 0]
    made = [stack for stack in stacks if fields_in(" ".join(cell.text for cell in stack))]
    several = sum(bool(fields_in(cell.text)) for cell in upper.cells) >= 3
    return heads_columns(upper) or several or (len(upper.cells) >= 3 and len(made) >= 2)


def _goes_under(sheet: Sheet, row: int) -> bool:
    """Whether the row below heads names further fields and nothing else."""
    heads, line = sheet.lines[row].cells, sheet.lines[row + 1]
    named = all(fields_named(cell.text) for cell in line.cells)
    return named and any(shared_width(head, cell) > 0 for head in heads for cell in line.cells)


def heads_columns(line: Line) -> bool:
    """Whether a row has several labels and little else."""
    cells = list(line.cells)
    return len(cells) >= 3 and sum(bool(fields_in(cell.text)) for cell in cells) >= 0.5 * len(cells)


def head_row(sheet: Sheet, first: int) -> int | None:
    """The row nearest above the first case with several labels."""
    for row in range(first - 1, max(-1, first - 5), -1):
        if heads_columns(sheet.lines[row]):
            return row
    return None


def heads_of(sheet: Sheet, columns: Sequence[float], first: int) -> dict[int, tuple[str, ...]]:
    """The fields that the heads of each column name: of one over the other, or parted by a stroke, all of them."""
    out: dict[int, tuple[str, ...]] = {}
    for stack in stacks_over(sheet, first):
        home = _column_at(sheet, columns, min(level_of(cell[0]).left for cell in stack))
        for piece, fields in _named_in(stack):
            at = home if piece.start == stack[0].start else _column_at(sheet, columns, level_of(piece[0]).left)
            at = home if at is None else at
            if at is not None:
                out[at] = (*out.get(at, ()), *fields)
    return out


def _column_at(sheet: Sheet, columns: Sequence[float], left: float) -> int | None:
    """The column that begins nearest to a place; None where none begins near it."""
    at = min(range(len(columns)), key=lambda i: abs(columns[i] - left))
    return at if abs(columns[at] - left) < 3.0 * sheet.pitch else None
