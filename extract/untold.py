"""What of a page of many cases no case tells: rows outside them all, and ink beside none of their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casefile.docket import Gap, GapKind
from extract.charges import accuses
from extract.dates import dates_in
from extract.dispositions import says_what_became
from extract.doc import Line, Sheet, source_of
from extract.gaps import along, beside, goes_on, writing_on
from extract.gone import says_gone
from extract.table_parts import Block, Table

ROWS_BELOW = 4  # so many rows under the last case another may have been written by hand
NUMBER_FIGURES = 5  # as many figures at the head of a row may be a docket number nobody could read


def untold_on(sheet: Sheet, table: Table) -> tuple[Gap, ...]:
    """The gaps that every case of the table has: nobody knows to which of them such a row or such ink belongs."""
    return (*_rows(sheet, table), *_ink(sheet, table))


def next_page_wanted(sheet: Sheet, table: Table) -> tuple[Gap, ...]:
    """The gap of the last case of a table that says it goes on on another page; empty where it does not."""
    below = sheet.lines[table.ranges[-1].start :]
    wanted = any(goes_on(line) for line in below)
    return (Gap(GapKind.PAGE_NUMBERS, sheet.page.page_id),) if wanted else ()


def others_in(sheet: Sheet, table: Table, case: int) -> tuple[Gap, ...]:
    """The gaps of a case in whose rows another person is named beside what was charged or done: a co-defendant, or
    one whose own number was lost."""
    names = [_names_in(block, table) for block in table.blocks]
    below = len(names) > 1 and all(not own[0] and len(own) > 1 and own[1] for own in names)  # a row under the number
    rows = list(zip(table.ranges[case], names[case], strict=True))[below:]
    others = (row for row, name in rows[1:] if _is_another(name, rows[0][1]) and _says(sheet.lines[row]))
    boxes = (source_of(sheet.lines[row].span, sheet.page).bbox for row in others)
    return tuple(Gap(GapKind.UNREAD_INK, sheet.page.page_id, box) for box in boxes)


def _names_in(block: Block, table: Table) -> list[str]:
    """What stands in the columns of names, row by row, in capitals."""
    columns = [at for at, column in enumerate(table.columns) if column.role == "name"]
    cells = ([token for at in columns for token in row.get(at, ())] for row in block.rows)
    return [" ".join(token.text.upper() for token in words) for words in cells]


_PERSON = re.compile(r"[A-Z]{2}, ?(?!(?:[JS]R|II+)\b)[A-Z]")
_TWO_NAMES = re.compile(r"(?!A/?K/?A\b|ALIAS\b)[A-Z'-]{2,}(?: [A-Z'-]+\.?)* (?!(?:[JS]R|II+)\b)[A-Z'-]{2,}\.?")


def _is_another(name: str, first: str) -> bool:
    """Whether what stands below a name is a further one: surname first, or as the one above in the order of speech."""
    return _PERSON.search(name) is not None or ("," not in first and _TWO_NAMES.fullmatch(name) is not None)


def _rows(sheet: Sheet, table: Table) -> Iterator[Gap]:
    told = {row for rows in table.ranges for row in rows}
    told -= set(_begun(table))
    for row, line in enumerate(sheet.lines):
        if row not in told and (_says(line) if row >= table.top else says_gone(line)):
            yield Gap(GapKind.UNREAD_INK, sheet.page.page_id, source_of(line.span, sheet.page).bbox)


def _begun(table: Table) -> Iterator[int]:
    """The rows inside a case that have words in place of a number and a name, as the first of another case has."""
    wanted = {role: [at for at, c in enumerate(table.columns) if c.role == role] for role in ("docket_number", "name")}
    for rows, block in zip(table.ranges, table.blocks, strict=True):
        for row, cut in list(zip(rows, block.rows, strict=True))[1:]:
            if all(any(at in cut for at in columns) for columns in wanted.values()):
                yield row


def _says(line: Line) -> bool:
    """Whether a row speaks of a charge, of what was done, or of a case."""
    done = says_what_became(line.plain)
    return done or accuses(line) or _numbered(line)


def _numbered(line: Line) -> bool:
    """Whether a row begins with figures as a docket number does; a day is none."""
    first = line.cells[0].text
    return not dates_in(first) and sum(c.isdigit() for c in first) >= NUMBER_FIGURES


def _ink(sheet: Sheet, table: Table) -> Iterator[Gap]:
    rows = [source_of(sheet.lines[row].span, sheet.page).bbox for rows in table.ranges for row in rows]
    extents = [along(box, sheet) for box in rows]
    spare = ROWS_BELOW * 2 * max(12, min(bottom - top for top, bottom in extents))
    above = spare if sheet.page.turned else spare // ROWS_BELOW  # below, on a page scanned turned, may be above
    low, high = min(top for top, _ in extents) - above, max(bottom for _, bottom in extents) + spare
    for region in writing_on(sheet):
        top, bottom = along(region.bbox, sheet)
        if low < bottom and top < high and not any(beside(region, box, sheet) for box in rows):
            yield Gap(GapKind.UNREAD_INK, sheet.page.page_id, region.bbox)
