"""Pages of many cases, such as calls and ledgers."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from extract.dates import dates_in
from extract.doc import Sheet
from extract.table_columns import (
    block_of,
    columns_of_cells,
    firm_columns,
    right_edge,
    roles_of,
    with_cells_unstacked,
    with_charge_below,
    with_charge_whole,
    with_columns_of_heads,
    with_particulars_joined,
)
from extract.table_heads import heads_of, top_of
from extract.table_parts import Block, Column, Table
from extract.table_rows import own_case_above, ranges_of, starts_of, with_names_above


def table_on(sheet: Sheet) -> Table | None:
    """The table of cases that the page is; None where it is none."""
    starts = starts_of(sheet)
    if not starts or own_case_above(sheet, starts[0]):
        return None
    starts = with_names_above(sheet, starts)
    firm = columns_of_cells(sheet, starts)
    columns = with_columns_of_heads(sheet, starts, firm)
    firm = firm_columns(sheet, starts, columns, firm)
    ranges = tuple(ranges_of(sheet, starts))
    blocks = tuple(block_of(sheet, columns, rows, firm) for rows in ranges)
    roles = roles_of(sheet, columns, blocks, starts[0])
    heads = heads_of(sheet, columns, starts[0])
    blocks = tuple(Block(tuple(with_charge_whole(row, roles) for row in block.rows)) for block in blocks)
    below = (tuple(with_charge_below(row, roles, sheet.pitch) for row in block.rows[1:]) for block in blocks)
    blocks = tuple(Block((*block.rows[:1], *rows)) for block, rows in zip(blocks, below, strict=True))
    columns, roles, heads, blocks = with_cells_unstacked(columns, roles, heads, blocks)
    blocks, ranges = with_particulars_joined(blocks, ranges, roles)
    if "docket_number" not in roles or not {"charge", "name", "statute", "description"} & set(roles):
        return None
    named = tuple(
        Column(left, role, heads.get(at, ())[1:], right_edge(blocks, at))
        for at, (left, role) in enumerate(zip(columns, roles, strict=True))
    )
    return Table(named, blocks, tuple(day_of_call(sheet, starts[0])), ranges, top_of(sheet, starts[0]))


def day_of_call(sheet: Sheet, first: int) -> list[Token]:
    """The words of the day a call is for: the one day above the table but for that on which it was printed."""
    found: dict[date, list[Token]] = {}
    for line in sheet.lines[:first]:
        for day in dates_in(line.text):
            if day.value is None:
                return []
            if not _PRINTED.search(line.text[: day.start]):
                found.setdefault(day.value, list(line.at(day.start, day.end)))
    return next(iter(found.values())) if len(found) == 1 else []


_PRINTED = re.compile(
    r"\b(?:RUN|PRINT(?:ED|ING)?|PREPARED|TYPED|REPORT(?:ED)?|GENERATED|REV(?:ISED|\.)?)\b(?: (?:DATE|ON|DT))?\W*$", re.I
)
