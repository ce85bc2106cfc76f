"""Pages of many cases, such as calls and ledgers: each case of the table told again as a small page of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Span, Token

from casefile.ocr import BBox, InkRegion, OcrPage, Word
from extract.case_charges import charge_starts, charges_with_endings
from extract.charges import OFFENSE_WORD, cites_charge
from extract.dates import dates_in, is_day, opens_with_date
from extract.dispositions import Effect, wordings_in
from extract.doc import Line, Sheet, confidence_in, level_of, line_of, shared_width, word_of
from extract.entries import counts_in
from extract.labels import fields_before, fields_in, fields_named
from extract.left_out import Loss, left_out
from extract.names import is_given
from extract.numbers import docket_numbers_in, of_no_known_shape
from extract.retold import DAY, Setter, Told, tell

MOST_ABOVE = 20  # rows of a letterhead, a title and the heads of columns
YOUTH = 15  # years; nobody is charged in these courts who is younger
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
_AMENDED = "amended"  # a column of charges that those charged were amended to
_CHARGE = {"charge", "statute", "description", "count", "grade", "type", "offense_date"}
_ORDERED = {"orders", "disposition", "finding", "sentence", "plea", "judge"}
_ENDINGS = (Effect.FINAL, Effect.PLEA_GUILTY, Effect.NOT_GUILTY, Effect.SENTENCE, Effect.WARRANT, Effect.GONE)
_APART = ("plea", "finding", "disposition", "sentence")  # each in a column of its own
_DAY = {"disposition_date", "date"}
_FIGURES = ("ir_number", "sid")
_PLACED = {*TOLD_AS, *_CHARGE, *_ORDERED, *_DAY, _AMENDED}


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
        cells = (_text(row) for block in self.blocks for row in block.in_columns(at))
        return frozenset(filter(None, map(of_no_known_shape, cells)))

    @property
    def days_in_rows(self) -> bool:
        return any(column.role in ("date", "disposition_date", "filed_date") for column in self.columns)


def table_on(sheet: Sheet) -> Table | None:
    """The table of cases that the page is; None where it is none."""
    starts = _starts(sheet)
    if not starts or _own_case_above(sheet, starts[0]):
        return None
    starts = _with_names_above(sheet, starts)
    firm = _columns_of_cells(sheet, starts)
    columns = _with_columns_of_heads(sheet, starts, firm)
    ranges = tuple(_ranges(sheet, starts))
    blocks = tuple(_block(sheet, columns, rows, firm) for rows in ranges)
    roles = _roles(sheet, columns, blocks, starts[0])
    heads = _heads_of(sheet, columns, starts[0])
    blocks = tuple(Block(tuple(_with_charge_whole(row, roles) for row in block.rows)) for block in blocks)
    columns, roles, heads, blocks = _unstacked(columns, roles, heads, blocks)
    blocks, ranges = _joined(blocks, ranges, roles)
    if "docket_number" not in roles or not {"charge", "name", "statute", "description"} & set(roles):
        return None
    named = tuple(
        Column(left, role, heads.get(at, ())[1:], _right_edge(blocks, at))
        for at, (left, role) in enumerate(zip(columns, roles, strict=True))
    )
    return Table(named, blocks, tuple(_day_of_call(sheet, starts[0])), ranges, _top(sheet, starts[0]))


def _right_edge(blocks: Sequence[Block], column: int) -> float:
    """How far the widest words of a column reach."""
    rows = (row[column] for block in blocks for row in block.rows if column in row)
    return max((float(level_of(words[-1]).right) for words in rows), default=0.0)


def cases_on(sheet: Sheet) -> tuple[OcrPage, ...]:
    """For each case of a table a page that tells it alone: the same words with the same ink, put in the rows of a
    form with labels; empty where the page is no table of cases."""
    table = table_on(sheet)
    return () if table is None else told_by(sheet, table)


def told_by(sheet: Sheet, table: Table) -> tuple[OcrPage, ...]:
    """The page of each case of a table, in order."""
    return tuple(_case_told(sheet, table, block) for block in table.blocks)


def _case_told(sheet: Sheet, table: Table, block: Block) -> OcrPage:
    """The page of a case, in the way that leaves out nothing of it."""
    amended = [at for at, column in enumerate(table.columns) if column.role == _AMENDED]
    if block.in_columns(amended) or _has_days_apart(table.columns, block):
        return _told(sheet, table.columns, block, table.call)
    apart = _whole(table.columns, block, _told_apart(sheet, table.columns, block))
    beside = apart or _whole(table.columns, block, _told_by_charge(sheet, table, block))
    return beside or _told(sheet, table.columns, block, table.call)


def _whole(columns: Sequence[Column], block: Block, page: OcrPage | None) -> OcrPage | None:
    """The page of a case, unless it leaves out what may matter; numbers of lines, volumes and pages do not."""
    told = [[words for at, words in row.items() if columns[at].role != "line"] for row in block.rows]
    if page is None or left_out((words for row in told for words in row), page) is not Loss.NOTHING:
        return None
    return page


def _starts(sheet: Sheet) -> list[int]:
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
    head, last, width = _head_row(sheet, min(rows)), max(rows), 10 * sheet.pitch
    for row in range(
        min(rows) if head is None else head + 1, last + 12
    ):  # a number nobody could read begins a case all the same
        if row < len(sheet.lines) and row not in rows:
            inside = [t for t in sheet.lines[row].span if home - near < level_of(t).left < home + width]
            first = bool(inside) and inside[0] == _first_of_cell(sheet.lines[row], inside[0])
            first = first and not is_day(_text(inside).split(":")[-1].removeprefix("DOB "))
            if first and row not in second and sum(c.isdigit() for t in inside for c in t.text) >= 4:
                rows |= {row}
    return sorted(rows)


def _with_names_above(sheet: Sheet, starts: Sequence[int]) -> list[int]:
    """The rows in which the cases begin, where each has its name, and more, in rows above its number."""
    room = min([starts[0] - _top(sheet, starts[0]), *(below - row - 1 for row, below in pairwise(starts))])
    home = min(float(level_of(docket[0]).left) for docket in _numbers_of(sheet, starts))
    for above in range(1, min(room, 2) + 1):
        over = [_cell_at(sheet.lines[row - above], home, 3.0 * sheet.pitch) for row in starts]
        named = [cell is not None and _speaks_of(cell.text) == "name" for cell in over]
        if named[0] and sum(named) >= 0.6 * len(starts) and not _is_named_below(sheet, starts, home):
            torn = [row for row in range(starts[0], starts[-1]) if _opens_unnumbered(sheet, row, above, home)]
            return sorted({*(row - above for row in (*starts, *torn))})
    return list(starts)


def _is_named_below(sheet: Sheet, starts: Sequence[int], home: float) -> bool:
    """Whether a name stands below the number of the last case: those above the others end the cases before them."""
    below = (_cell_at(line, home, 3.0 * sheet.pitch) for line in sheet.lines[starts[-1] + 1 : starts[-1] + 3])
    return any(cell is not None and _speaks_of(cell.text) == "name" for cell in below)


def _opens_unnumbered(sheet: Sheet, row: int, above: int, home: float) -> bool:
    """Whether a row charges somebody named above it whose number nobody could read."""
    cell = _cell_at(sheet.lines[row - above], home, 3.0 * sheet.pitch)
    return cell is not None and "," in cell.text and _speaks_of(cell.text) == "name" and cites_charge(sheet.lines[row])


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
        "docket_number" in fields_in(over.text) and set(_FIGURES) & set(fields_in(under.text))
        for stack in _stacks(sheet, first)
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
        for cell in sheet.lines[row].cells[:2]:  # the number of the row may stand first
            begins = float(level_of(cell[0]).left)
            if row not in known and abs(begins - left) < ALIGNED * sheet.pitch and of_no_known_shape(cell.text):
                out.append((row, begins))
    return out if len(out) + len(known) > 1 else []


def _numbered_alike(sheet: Sheet) -> list[tuple[int, float]]:
    """The rows of a page without heads that begin with numbers written alike, a name behind each, if most of them cite
    what was charged: the cases of a table that began on a page before."""
    firsts = [(row, line.cells[0]) for row, line in enumerate(sheet.lines) if len(line.cells) >= 3]
    named = [(row, cell) for row, cell in firsts if _speaks_of(sheet.lines[row].cells[1].text) == "name"]
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
    return len(cells) >= 3 and "docket_number" in named and whole and bool(named & (_CHARGE | _ORDERED))


def _own_case_above(sheet: Sheet, first: int) -> bool:
    """Whether the page tells a case of its own above the rows: these are then only other cases it mentions."""
    return any(_tells_case(line) for line in sheet.lines[: _top(sheet, first)])


def _tells_case(line: Line) -> bool:
    """Whether a row holds a docket number, a charge, or what was done on a day."""
    if any(found.shape != "traffic" for found in docket_numbers_in(line.text)):
        return True
    return cites_charge(line) or (opens_with_date(line.text) and _ends(line.plain))


def _top(sheet: Sheet, first: int) -> int:
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
    said = OFFENSE_WORD.search(line.plain) or _ends(line.plain) or cites_charge(line)
    return bool(said) and not docket_numbers_in(line.text)


def _headed(sheet: Sheet, first: int) -> bool:
    """Whether a row of heads stands above that promises a number, and what was charged or done, in each row."""
    heads = {field for stack in _stacks(sheet, first) for field in _fields_of(stack)}
    return "docket_number" in heads and bool(heads & (_CHARGE | _ORDERED))


def _first_of_cell(line: Line, token: Token) -> Token:
    return next(cell[0] for cell in line.cells if cell.start <= token.i < cell.end)


def _ranges(sheet: Sheet, starts: Sequence[int]) -> list[range]:
    """The rows of each case: up to the next one, or to the foot of the page."""
    ends = [*starts[1:], _foot(sheet, starts)]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]


def _foot(sheet: Sheet, starts: Sequence[int]) -> int:
    """The first row below the last case that is no part of it: one far below, or of prose."""
    last = starts[-1]
    for row in range(last + 1, len(sheet.lines)):
        above, line = sheet.lines[row - 1], sheet.lines[row]
        if line.top - above.bottom > 2.5 * max(12, above.bottom - above.top):
            return row
    return len(sheet.lines)


def _columns_of_cells(sheet: Sheet, starts: Sequence[int]) -> list[float]:
    """Left edges of the columns where the cells of most first rows begin."""
    near = ALIGNED * sheet.pitch
    lefts = sorted(float(level_of(cell[0]).left) for row in starts for cell in sheet.lines[row].cells)
    groups: list[list[float]] = []
    for left in lefts:
        if groups and left - groups[-1][-1] < near:
            groups[-1].append(left)
        else:
            groups.append([left])
    wanted = min(len(starts), max(2, round(0.4 * len(starts))))
    return [sum(group) / len(group) for group in groups if len(group) >= wanted]


def _with_columns_of_heads(sheet: Sheet, starts: Sequence[int], columns: Sequence[float]) -> list[float]:
    """The left edges with those of heads that stand over none of them: of heads that name a field, and of others under
    which a cell begins."""
    near, found = ALIGNED * sheet.pitch, list(columns)
    rows = range(starts[0], _foot(sheet, starts))
    begun = [float(level_of(cell[0]).left) for row in rows for cell in sheet.lines[row].cells]
    for stack in _stacks(sheet, starts[0]):
        left = float(min(level_of(cell[0]).left for cell in stack))
        holds = bool(_fields_of(stack)) or any(abs(left - other) < near for other in begun)
        if holds and all(abs(left - known) > 2 * near for known in found):
            found.append(left)
    return sorted(found)


def _stacks(sheet: Sheet, first: int) -> list[tuple[Span, ...]]:
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


def _fields_of(stack: Sequence[Span]) -> tuple[str, ...]:
    """The fields that heads over one another name."""
    return tuple(field for _, fields in _named_in(stack) for field in fields)


def _named_in(stack: Sequence[Span]) -> list[tuple[Span, tuple[str, ...]]]:
    """The fields that heads over one another name, with the words that do: each its own or, where one alone says
    little, all as one head."""
    if any(_AMENDS.match(cell.text.upper()) for cell in stack):
        return [(stack[0], (_AMENDED,))]
    each = [(piece, fields_named(piece.text)) for cell in stack for piece in _pieces(cell)]
    apart = all(fields and "other" not in fields for _, fields in each) and len({f for _, f in each}) == len(each)
    whole = () if apart else fields_in(" ".join(cell.text for cell in stack))[:1]
    return [(stack[0], whole)] if whole else [(piece, fields) for piece, fields in each if fields]


def _pieces(cell: Span) -> list[Span]:
    """A head, or two of them that stand side by side with one space between."""
    parted = ((cell[:at], cell[at:]) for at in range(1, len(cell)) if not fields_named(cell.text))
    return next(([*two] for two in parted if all(fields_in(piece.text) for piece in two)), [cell])


_AMENDS = re.compile(r"(?:CHARGE )?(?:AMENDED|REDUCED)\b(?! DATE| ON)")


def _head_rows(sheet: Sheet, first: int) -> list[int]:
    """The rows of heads above the first case: the one nearest to it with several labels, the row above where it is one
    as well, and rows below that go on with them."""
    row = _head_row(sheet, first)
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
    return _heads_columns(upper) or several or (len(upper.cells) >= 3 and len(made) >= 2)


def _goes_under(sheet: Sheet, row: int) -> bool:
    """Whether the row below heads names further fields and nothing else."""
    heads, line = sheet.lines[row].cells, sheet.lines[row + 1]
    named = all(fields_named(cell.text) for cell in line.cells)
    return named and any(shared_width(head, cell) > 0 for head in heads for cell in line.cells)


def _heads_columns(line: Line) -> bool:
    """Whether a row has several labels and little else."""
    cells = list(line.cells)
    return len(cells) >= 3 and sum(bool(fields_in(cell.text)) for cell in cells) >= 0.5 * len(cells)


def _head_row(sheet: Sheet, first: int) -> int | None:
    """The row nearest above the first case with several labels."""
    for row in range(first - 1, max(-1, first - 5), -1):
        if _heads_columns(sheet.lines[row]):
            return row
    return None


def _block(sheet: Sheet, columns: Sequence[float], rows: range, firm: Sequence[float]) -> Block:
    return Block(tuple(_cut(sheet.lines[row], columns, firm) for row in rows))


def _cut(line: Line, columns: Sequence[float], firm: Sequence[float]) -> dict[int, tuple[Token, ...]]:
    """The words of a row by their column: a word begins a column where it stands at its edge, else it goes on; behind
    one space only at the edge of a column of which most first rows have a cell (`firm`)."""
    out: dict[int, list[Token]] = {}
    near, at = ALIGNED * line.pitch, -1
    before: Token | None = None
    for token in line.span:
        left = float(level_of(token).left)
        gap = left - level_of(before).right if before is not None else 99.0 * line.pitch
        edge = next((i for i, x in enumerate(columns) if abs(left - x) < near), None)
        if (
            at < 0
            or gap > 1.9 * line.pitch
            or (
                edge is not None
                and edge > at
                and columns[edge] in firm
                and gap > 0.6 * line.pitch
                and abs(left - columns[edge]) < 0.6 * line.pitch
            )
        ):
            at = edge if edge is not None else max((i for i, x in enumerate(columns) if x <= left + near), default=0)
        out.setdefault(at, []).append(token)
        before = token
    return {column: tuple(tokens) for column, tokens in out.items()}


def _roles(sheet: Sheet, columns: Sequence[float], blocks: Sequence[Block], first: int) -> list[str]:
    """What each column holds: by what most of its cells say and, where they do not tell, by its head."""
    heads = _heads_of(sheet, columns, first)
    roles = [_role_of(blocks, at, heads.get(at, ("",))[0]) for at in range(len(columns))]
    if "docket_number" not in roles and not heads:
        roles = [_number_by_place(role, at, blocks) for at, role in enumerate(roles)]
    numbered = [at for at, role in enumerate(roles) if role == "docket_number" and _holds_numbers(blocks, at)]
    roles = [_no_number(role, at, numbered) for at, role in enumerate(roles)]
    charges = [at for at, role in enumerate(roles) if role == "charge"]
    orders = [at for at, role in enumerate(roles) if role in _ORDERED]
    if len(charges) > 1 and not orders:  # what was done stands right of what was charged
        roles[charges[-1]] = "orders"
        orders = charges[-1:]
    for at, role in enumerate(roles):
        if role == "date" and not heads.get(at) and "birth_date" not in roles and _are_births(blocks, at, roles):
            roles[at] = "birth_date"
        elif role == "date" and not heads.get(at):
            roles[at] = "date" if orders and abs(at - orders[0]) == 1 else "unknown"
    return roles


def _with_charge_whole(row: dict[int, tuple[Token, ...]], roles: Sequence[str]) -> dict[int, tuple[Token, ...]]:
    """The row, what begins below the number of a count and is none put to the charge behind it."""
    at = next((at for at in row if roles[at] == "count" and set(roles[at + 1 : at + 2]) & _CHARGE), None)
    if at is None:
        return row
    own, behind = row[at], row.get(at + 1, ())
    cites = cites_charge(line_of((*own, *behind))) and not (behind and cites_charge(line_of(behind)))
    if not cites and re.fullmatch(r"\W*(?:C(?:OUN)?T\W*)?\d{1,2}\W*", _text(own).upper()):
        return row
    return {**{place: words for place, words in row.items() if place != at}, at + 1: (*own, *behind)}


def _unstacked(
    columns: Sequence[float], roles: Sequence[str], heads: Mapping[int, tuple[str, ...]], blocks: Sequence[Block]
) -> tuple[list[float], list[str], dict[int, tuple[str, ...]], tuple[Block, ...]]:
    """The columns with those parted in which a number, a name, a birth date and a charge stand in one cell."""
    lefts, parted = list[float](), list[str]()
    under, rows = dict[int, tuple[str, ...]](), [[dict[int, tuple[Token, ...]]() for _ in b.rows] for b in blocks]
    for at, role in enumerate(roles):
        cut = [_parts_of([row.get(at, ()) for row in b.rows], role, heads.get(at, ())) for b in blocks]
        others = [kind for kind in _STACKED if kind not in roles and _is_usual(kind, cut)]
        under[len(lefts)] = heads.get(at, ())
        for kind in (role, *(others if role in ("docket_number", "name") else ())):
            for cells, out in zip(cut, rows, strict=True):
                for cell, row in zip(cells, out, strict=True):
                    mine = [t for told, t in cell if (told if told in others else role) == kind]
                    if mine:
                        row[len(lefts)] = tuple(mine)
            lefts.append(columns[at])
            parted.append(kind)
    return lefts, parted, {at: f for at, f in under.items() if f}, tuple(Block(tuple(out)) for out in rows)


def _joined(
    blocks: Sequence[Block], ranges: Sequence[range], roles: Sequence[str]
) -> tuple[tuple[Block, ...], tuple[range, ...]]:
    """The cases, those told together whose number and name are said again with each further charge."""
    out: list[tuple[Block, range]] = []
    for block, rows in zip(blocks, ranges, strict=True):
        own = _particulars_in(block, roles)
        if out and own == _particulars_in(out[-1][0], roles) and own["name"] and own["docket_number"]:
            again = _says_again(out[-1][0], block, roles)
            known = {*TOLD_AS, *(_CHARGE if again else ())}
            further = Block(tuple({at: c for at, c in row.items() if roles[at] not in known} for row in block.rows))
            out[-1] = (Block((*out[-1][0].rows, *further.rows)), range(out[-1][1].start, rows.stop))
        else:
            out.append((block, rows))
    return tuple(block for block, _ in out), tuple(rows for _, rows in out)


def _says_again(block: Block, further: Block, roles: Sequence[str]) -> bool:
    """Whether rows name the only charge above them anew, with what was ordered about it on another day."""
    charges, days = ([at for at, role in enumerate(roles) if role in kinds] for kinds in (_CHARGE, _DAY))
    charged, dated = (
        [[_text(row) for row in one.in_columns(columns)] for one in (block, further)] for columns in (charges, days)
    )
    return charged[0] == charged[1] and len(charged[0]) > 0 and len(dated[1]) == 1 and dated[1][0] not in dated[0]


def _particulars_in(block: Block, roles: Sequence[str]) -> dict[str, str]:
    """What the columns of number, name and other particulars say of a case."""
    wanted = {"docket_number", "name", *(role for role in roles if role in TOLD_AS)}
    said = {role: [at for at, known in enumerate(roles) if known == role] for role in wanted}
    return {role: " ".join(_text(row) for row in block.in_columns(at)) for role, at in said.items()}


_STACKED = ("docket_number", "name", "birth_date", "charge")


def _is_usual(kind: str, cut: Sequence[Sequence[Sequence[tuple[str, Token]]]]) -> bool:
    """Whether most cases have words of this kind in a column."""
    return 2 * sum(any(told == kind for cell in cells for told, _ in cell) for cells in cut) > len(cut)


def _parts_of(cells: Sequence[Sequence[Token]], role: str, heads: Sequence[str]) -> list[list[tuple[str, Token]]]:
    """The words of a column of numbers or names in one case, row by row, each with what it tells of."""
    if role not in ("docket_number", "name"):
        return [[(role, token) for token in cell] for cell in cells]
    out: list[list[tuple[str, Token]]] = []
    charged = False
    for cell in cells:
        text, kinds = _text(cell), [""] * len(cell)
        for date in dates_in(text) if "birth_date" in heads else ():
            kinds = ["birth_date" if t else k for k, t in zip(kinds, _under(cell, date.start, date.end), strict=True)]
        for number in docket_numbers_in(text):
            here = _under(cell, number.start, number.end)
            kinds = ["docket_number" if t and not k else k for k, t in zip(kinds, here, strict=True)]
        rest = _text(token for token, kind in zip(cell, kinds, strict=True) if not kind)
        charged = bool(out) and bool(rest) and (charged or _speaks_of(rest) == "charge")
        named = role == "docket_number" and not any(c.isdigit() for c in rest) and "birth_date" not in fields_in(rest)
        other = "charge" if charged else "name" if named else role
        out.append([(kind or other, token) for kind, token in zip(kinds, cell, strict=True)])
    return out


def _under(cell: Sequence[Token], start: int, end: int) -> list[bool]:
    """Which words of a cell stand under these characters of its text."""
    out, at = list[bool](), 0
    for token in cell:
        out.append(at < end and at + len(token.text) > start)
        at += len(token.text) + 1
    return out


def _heads_of(sheet: Sheet, columns: Sequence[float], first: int) -> dict[int, tuple[str, ...]]:
    """The fields that the heads of each column name: of one over the other, or parted by a stroke, all of them."""
    out: dict[int, tuple[str, ...]] = {}
    for stack in _stacks(sheet, first):
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


def _are_births(blocks: Sequence[Block], at: int, roles: Sequence[str]) -> bool:
    """Whether the days of a column behind the names lie a youth's age before every other day of their rows."""
    others = [column for column, role in enumerate(roles) if column != at and role not in TOLD_AS]
    rows = [row for block in blocks for row in block.rows if at in row]
    born = [dates_in(_text(row[at])) for row in rows]
    done = [[day for column in others for day in dates_in(_text(row.get(column, ())))] for row in rows]
    spans = [
        (day.value.year, own[0].value.year)
        for own, days in zip(born, done, strict=True)
        for day in days
        if own and own[0].value is not None and day.value is not None
    ]
    behind = at > 0 and roles[at - 1] == "name"
    return behind and len(spans) >= 3 and all(later - earlier >= YOUTH for later, earlier in spans)


def _holds_numbers(blocks: Sequence[Block], at: int) -> bool:
    return any(docket_numbers_in(_text(row.get(at, ()))) for block in blocks for row in block.rows)


def _number_by_place(role: str, at: int, blocks: Sequence[Block]) -> str:
    """The role of a column without a head: that of numbers where it is the first and every case has one there."""
    every = all(of_no_known_shape(_text(block.rows[0].get(at, ()))) for block in blocks)
    return "docket_number" if at == 0 and every else role


def _no_number(role: str, at: int, numbered: Sequence[int]) -> str:
    """The role of a column; unknown where only its head promised numbers of cases, which others hold."""
    return "unknown" if role == "docket_number" and numbered and at not in numbered else role


def _role_of(blocks: Sequence[Block], at: int, head: str) -> str:
    """What a column holds: numbers or names where the first rows of the cases do, whatever stands below them."""
    first = [_text(block.rows[0].get(at, ())) for block in blocks if block.rows]
    role = _role(first, head)
    every = [_text(row.get(at, ())) for block in blocks for row in block.rows]
    return role if role in ("docket_number", "name") else _role(every, head)


def _role(cells: Sequence[str], head: str) -> str:
    told = [text for text in cells if text]
    if not told:
        return head or "unknown"
    votes = Counter(_speaks_of(text) for text in told)
    if votes["docket_number"] >= 0.3 * len(told):
        return "docket_number"
    if votes["date"] >= 0.5 * len(told):
        ordered = head in _ORDERED and any(wordings_in(text.upper()) for text in told)
        return head if ordered or head in (*TOLD_AS, *_CHARGE) else "date"
    if head in TOLD_AS or (head in ("count", "grade", "type") and votes["charge"] < 0.5 * len(told)):
        return head
    if head == _AMENDED:
        return head
    if votes["money"] >= 0.5 * len(told):
        return head if head in _ORDERED else "money"
    said = max(("charge", "orders"), key=lambda role: votes[role])
    if head in _APART and said == "orders":
        return head
    if votes[said] >= 0.25 * len(told):
        return said
    if votes["name"] >= 0.3 * len(told):
        return "name"
    if head in _CHARGE | _ORDERED:
        return head
    return "line" if votes["figure"] >= 0.7 * len(told) else head or "unknown"


def _speaks_of(text: str) -> str:
    upper = text.upper()
    if docket_numbers_in(upper):
        return "docket_number"
    dates = dates_in(text)
    if dates and dates[0].end - dates[0].start >= 0.7 * len(text):
        return "date"
    if re.fullmatch(r"\W*\d{1,3}\W*", text):
        return "figure"
    if _MONEY.fullmatch(text):
        return "money"
    if re.fullmatch(r"\d{1,4} ?/ ?\d{1,4}", text):
        return "figure"  # a volume and its page
    for date in reversed(dates):
        upper = upper[: date.start] + upper[date.end :]
    if (
        re.search(r"\d{2,3}[-/ .](?:ILCS|5|550|570|\d{2,4})\b|CH\. ?\d|56.5|56 1/2", upper)
        or _CALIFORNIAN.search(upper)
        or OFFENSE_WORD.search(upper)
    ):
        return "charge" if not any(f.wording.effect in _ENDINGS for f in wordings_in(upper)) else "orders"
    if wordings_in(upper) or re.search(
        r"\b(?:CONT|APPOINTED|APPTD?|BOND|BAIL|MOTION|MTN|AGREEMENT|WARR|HEARING)\b", upper
    ):
        return "orders"
    words = re.findall(r"[A-Z][A-Z'-]+", upper)
    if _PARTIES.search(upper) and not any(c.isdigit() for c in text):
        return "name"  # `People vs`, in a column headed `Title of cause`
    if (
        ("," in text or any(is_given(word) for word in words))
        and 1 < len(words) <= 5
        and not any(c.isdigit() for c in text)
    ):
        return "name"
    return "other"


_CALIFORNIAN = re.compile(r"\b\d{3,5}(?:\.\d+)?(?:\([A-Z0-9]\))* ?(?:H\.?&?S|P\.?C|V\.?C|B\.?&?P)\b")
_MONEY = re.compile(r"\$? ?\d[\d,]*[.-]\d\d|\$ ?\d[\d,]*")
_PARTIES = re.compile(r"\bPEOPLE\b(?! OF)|(?<![A-Z])VS?\.?$")


def _text(tokens: Iterable[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _day_of_call(sheet: Sheet, first: int) -> list[Token]:
    """The words of the day a call is for: the one date above the table."""
    found: list[list[Token]] = []
    for line in sheet.lines[:first]:
        for date in dates_in(line.text):
            found.append(list(line.at(date.start, date.end)))
    return found[0] if len(found) == 1 else []


# --- telling a case again ------------------------------------------------------------------------------------------


@dataclass
class _Teller:
    """Puts words in rows of a new page, each row a line of its own."""

    pitch: float
    words: list[Word]
    level: list[BBox]
    line: int = 0
    top: int = 0

    def row(
        self,
        tokens: Sequence[Token],
        *,
        label: str = "",
        indent: float = 0.0,
        first: Sequence[Token] = (),
        wraps: Set[int] = frozenset(),
    ) -> None:
        """One row: a label in the finders' words, words put first, then the words with the gaps they have; `wraps` are
        those, by number, that go on with the row above them."""
        if not tokens and not first:
            return
        at = indent * self.pitch
        if label:
            box = word_of(tokens[0]).bbox
            for piece in label.split():
                at = self._put(
                    Word(piece, box, confidence_in(tokens[0].doc[tokens[0].i : tokens[0].i + 1]), self.line),
                    at,
                    len(piece) * self.pitch,
                )
                at += self.pitch
            at += 2 * self.pitch
        for token in first:
            at = self._put(word_of(token), at, level_of(token).width) + self.pitch
        at += 2 * self.pitch if first else 0
        before: Token | None = None
        for token in tokens:
            gap = level_of(token).left - level_of(before).right if before is not None else 0
            near = before is not None and before.i + 1 == token.i and gap >= 0
            apart = self.pitch if token.i in wraps else 2.5 * self.pitch
            at += gap if near else apart if before is not None else 0
            at = self._put(word_of(token), at, level_of(token).width)
            before = token
        self.line += 1
        self.top += round(3 * self.pitch)

    def _put(self, word: Word, at: float, width: float) -> float:
        self.words.append(replace(word, line=self.line))
        self.level.append(BBox(round(at), self.top, round(at + width), self.top + round(1.8 * self.pitch)))
        return at + width


def _told(sheet: Sheet, columns: Sequence[Column], block: Block, call: Sequence[Token]) -> OcrPage:
    """One case as a page: labelled particulars, the charges, then what was ordered under its day."""
    teller = _Teller(sheet.pitch, [], [])
    for at, column in enumerate(columns):
        for label, words in _particulars(column, block.in_columns([at])):
            teller.row(words, label=label)
    charges = [at for at, c in enumerate(columns) if c.role in _CHARGE]
    orders = [at for at, c in enumerate(columns) if c.role in _ORDERED]
    rest = [at for at, c in enumerate(columns) if not (c.role in _PLACED or c.role == "line")]
    days = [t for at, c in enumerate(columns) if c.role in _DAY for row in block.in_columns([at]) for t in row]
    teller.top += round(6 * sheet.pitch)
    by_row = _row_by_row(block, charges, orders)
    dated = [at for at, c in enumerate(columns) if c.role in _DAY]
    pairs = _orders_of_days(dated, orders) if not by_row else ()
    by_day = not by_row and _is_dated_row_by_row(block, dated, orders)
    if by_row:
        for row in block.in_columns([*charges, *orders]):
            teller.row(row, first=())
        teller.row(days)
    else:
        for words, wraps in _charge_rows(sheet, columns, block, charges):
            teller.row(words, wraps=wraps)
        amended = [t for row in block.in_columns(at for at, c in enumerate(columns) if c.role == _AMENDED) for t in row]
        teller.row(amended, label="AMENDED TO")
        teller.top += round(6 * sheet.pitch)
        if pairs:
            days = []
            for day, said in pairs:
                days += _tell_orders_on(teller, block, day, said)
        elif by_day:
            _tell_by_day(teller, block, dated, orders)
        else:
            _tell_orders(teller, block.in_columns(orders), days or list(call))
    for row in block.in_columns(rest):
        teller.row(row)
    if not by_row and not by_day and (_dated(block.in_columns(orders)) or not block.in_columns(orders)):
        teller.row(days)  # no order took them for its own
    return replace(sheet.page, words=tuple(teller.words), level=tuple(teller.level), regions=_beside(sheet, block))


def _particulars(column: Column, rows: Sequence[Sequence[Token]]) -> Iterator[tuple[str, list[Token]]]:
    """The words of a column of particulars with their label: a day, or figures, in a row of their own below a number
    or a name are what a further head of the column says."""
    if column.role not in TOLD_AS or not rows:
        return
    own: list[Token] = []
    apart: list[tuple[str, list[Token]]] = []
    for number, row in enumerate(rows):
        below = number > 0 and column.role in ("docket_number", "name")
        if below and is_day(_text(row)):
            apart.append((TOLD_AS["birth_date"] if "birth_date" in column.under else "", list(row)))
        elif below and (named := [f for f in _FIGURES if f in column.under]) and _is_figures(row):
            apart.append((TOLD_AS[named[0]], list(row)))
        elif below and _ends(_text(row)):
            apart.append(("", list(row)))  # no part of a name
        else:
            own.extend(row)
    yield TOLD_AS[column.role], own
    yield from apart


def _is_figures(words: Sequence[Token]) -> bool:
    return len(words) == 1 and words[0].text.isdigit()


def _charge_rows(
    sheet: Sheet, columns: Sequence[Column], block: Block, charges: Sequence[int]
) -> Iterator[tuple[list[Token], Set[int]]]:
    """The charges, each in a row with the words of each column that go on below put together, and which those are."""
    starts = charge_starts(block.rows, [column.role for column in columns])
    held: dict[int, list[Token]] = {}
    wraps: set[int] = set()
    for number, row in enumerate(block.rows):
        own = {at: list(row[at]) for at in charges if at in row}
        full = all(_wraps(sheet, columns[at], held.get(at, []), words) for at, words in own.items())
        further = number not in starts if len(starts) > 1 else full
        if held and own and further and not any(_ends(_text(words)) for words in held.values()):
            for at, words in own.items():
                wraps.add(words[0].i)
                held.setdefault(at, []).extend(words)
        elif own:
            if held:
                yield [t for at in sorted(held) for t in held[at]], wraps
            held, wraps = own, set()
    if held:
        yield [t for at in sorted(held) for t in held[at]], wraps


def _wraps(sheet: Sheet, column: Column, above: Sequence[Token], words: Sequence[Token]) -> bool:
    """Whether words stand below others of their column for want of room beside them."""
    room = column.right - level_of(above[-1]).right if above else 0.0
    return bool(above) and room < level_of(words[0]).width + 0.5 * sheet.pitch


def _told_apart(sheet: Sheet, columns: Sequence[Column], block: Block) -> OcrPage | None:
    """One case whose counts have plea, finding and sentence in columns of their own; None where it has not."""
    roles = [DAY if column.role == "date" else column.role for column in columns]
    starts = _count_starts(block, roles)
    if len(set(roles) & set(_APART)) < 2 or not starts:
        return None
    counts: list[Told] = []
    for at, row in enumerate(block.rows):
        if at in starts:
            counts.append(Told(len(counts) + 1))
        for column, words in row.items():
            if counts and roles[column] in (*_CHARGE, *_APART, DAY):
                counts[-1].add(roles[column], _unnumbered(words, counts[-1]))
    return _set(sheet, block, columns, counts)


def _told_by_charge(sheet: Sheet, table: Table, block: Block) -> OcrPage | None:
    """One case whose charges have each their ending beside them; None where it has not."""
    roles = [column.role for column in table.columns]
    counts = charges_with_endings(block.rows, roles, table.call)
    if counts is None:
        return None
    for told in counts:
        told.places = {place: list(_unnumbered(words, told)) if words else [] for place, words in told.places.items()}
    return _set(sheet, block, table.columns, counts)


def _set(sheet: Sheet, block: Block, columns: Sequence[Column], counts: Sequence[Told]) -> OcrPage:
    """A case as a page: labelled particulars, its charges, and how each ended."""
    setter = Setter(sheet.pitch)
    for column in range(len(columns)):
        for label, said in _particulars(columns[column], block.in_columns([column])):
            setter.row([said], says=label, ink=said[0])
    setter.gap()
    tell(setter, counts)
    return replace(setter.page(sheet.page), regions=_beside(sheet, block))


def _count_starts(block: Block, roles: Sequence[str]) -> set[int]:
    """The rows with which the counts of a case begin: numbered in the column of charges, else where a day stands."""
    charged = [at for at, role in enumerate(roles) if role in ("charge", "description", "statute", "count")]
    texts = [_text(t for at in charged for t in row.get(at, ())) for row in block.rows]
    numbered = [at for at, text in enumerate(texts) if re.match(r"\(?\d{1,2}[.):]* +[A-Za-z]", text)]
    if numbered:
        return set(numbered) if numbered[0] == 0 else set()
    days = {at for at, row in enumerate(block.rows) if any(roles[c] == DAY for c in row) and texts[at]}
    return days if 0 in days else set()


def _unnumbered(words: Sequence[Token], told: Told) -> Sequence[Token]:
    """The words without the number of their own count in front."""
    first = re.fullmatch(r"\(?(\d{1,2})[.):]*", words[0].text)
    return words[1:] if first is not None and int(first[1]) == told.number and len(words) > 1 else words


def _row_by_row(block: Block, charges: Sequence[int], orders: Sequence[int]) -> bool:
    """Whether each of several charges has its ending in its own row."""
    charged = [any(at in row for at in charges) and _cites(row, charges) for row in block.rows]
    ended = [_ends(_text(t for at in orders for t in row.get(at, ()))) for row in block.rows]
    named = any(counts_in(_text(t for at in orders for t in row.get(at, ()))) for row in block.rows)
    several = sum(charged) >= 2
    return several and not named and all(e for c, e in zip(charged, ended, strict=True) if c)


def _ends(text: str) -> bool:
    return any(found.wording.effect in _ENDINGS for found in wordings_in(text.upper()))


def _cites(row: dict[int, tuple[Token, ...]], charges: Sequence[int]) -> bool:
    tokens = [t for at in charges for t in row.get(at, ())]
    return bool(tokens) and cites_charge(line_of(tokens))


def _dated(rows: Sequence[Sequence[Token]]) -> bool:
    """Whether the orders have days of their own."""
    return bool(rows) and bool(dates_in(_text(rows[0])[:14]))


def _tell_orders(teller: _Teller, rows: Sequence[Sequence[Token]], days: Sequence[Token]) -> None:
    """The orders as entries: the day first where the rows have none of their own."""
    dated = _dated(rows)
    for number, row in enumerate(rows):
        own = dated and bool(dates_in(_text(row)[:14]))
        if dated:
            teller.row(row, indent=0.0 if own else 14.0)
        elif number == 0:
            teller.row(row, first=days)
        else:
            teller.row(row, indent=14.0)


def _has_days_apart(columns: Sequence[Column], block: Block) -> bool:
    """Whether a row holds several days, each with orders of its own beside it."""
    dated = [at for at, column in enumerate(columns) if column.role in _DAY]
    orders = [at for at, column in enumerate(columns) if column.role in _ORDERED and block.in_columns([at])]
    return any(sum(at in row for at in dated) > 1 for row in block.rows) and bool(_orders_of_days(dated, orders))


def _orders_of_days(dated: Sequence[int], orders: Sequence[int]) -> list[tuple[int, list[int]]]:
    """The columns of orders by the column of their day, where each of several days has its own beside it: all to its
    right or all to its left; empty where it is not so."""
    if len(dated) < 2 or len(orders) < 2:
        return []
    right = dated[0] < orders[0]
    own = {day: [at for at in orders if _day_of(at, dated, right=right) == day] for day in dated}
    return list(own.items()) if all(own.values()) and sum(map(len, own.values())) == len(orders) else []


def _day_of(order: int, dated: Sequence[int], *, right: bool) -> int | None:
    before, after = [at for at in dated if at < order], [at for at in dated if at > order]
    return (before[-1] if before else None) if right else (after[0] if after else None)


def _tell_orders_on(teller: _Teller, block: Block, day: int, orders: Sequence[int]) -> list[Token]:
    """The orders of one of several days as an entry; gives the day back where nothing was ordered on it."""
    days = [t for row in block.in_columns([day]) for t in row]
    said = [t for row in block.in_columns(orders) for t in row]
    if days:
        teller.row(said, first=days if said else ())
        return [] if said else days
    teller.top += round(6 * teller.pitch)  # on a day that nobody told
    teller.row(said)
    return []


def _is_dated_row_by_row(block: Block, dated: Sequence[int], orders: Sequence[int]) -> bool:
    """Whether a case has days of several rows, each with what was ordered on it beside."""
    days = [(row, at) for row in block.rows for at in dated if at in row]
    return len(days) > 1 and all(is_day(_text(row[at])) and set(orders) & row.keys() for row, at in days)


def _tell_by_day(teller: _Teller, block: Block, dated: Sequence[int], orders: Sequence[int]) -> None:
    """The orders as entries, each under the day beside it."""
    for row in block.rows:
        day = [t for at in dated for t in row.get(at, ())]
        said = [t for at in orders for t in row.get(at, ())]
        teller.row(said, first=day, indent=0.0 if day else 14.0)


def _beside(sheet: Sheet, block: Block) -> tuple[InkRegion, ...]:
    """The ink nobody could read that lies among the rows of the case."""
    boxes = [word_of(t).bbox for row in block.rows for tokens in row.values() for t in tokens]
    around = BBox.around(boxes)
    return tuple(
        region
        for region in sheet.page.regions
        if region.bbox.top < around.bottom + around.height // 4 and region.bbox.bottom > around.top - 4
    )
