"""Pages of many cases, such as calls and ledgers: each case of the table told again as a small page of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from casefile.ocr import BBox, InkRegion, OcrPage, Word
from extract.case_charges import charge_starts, charges_with_endings
from extract.charges import OFFENSE_WORD, cites_charge
from extract.dates import dates_in, is_day, opens_with_date
from extract.dispositions import Effect, wordings_in
from extract.doc import Line, Sheet, confidence_in, level_of, line_of, shared_width, word_of
from extract.entries import counts_in
from extract.labels import fields_before, fields_in
from extract.left_out import Loss, left_out
from extract.names import is_given
from extract.numbers import docket_numbers_in, of_no_known_shape
from extract.retold import DAY, Setter, Told, tell

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
_CHARGE = {"charge", "statute", "description", "count", "grade", "type", "offense_date"}
_ORDERED = {"orders", "disposition", "finding", "sentence", "plea", "judge"}
_ENDINGS = (Effect.FINAL, Effect.PLEA_GUILTY, Effect.NOT_GUILTY, Effect.SENTENCE, Effect.WARRANT, Effect.GONE)
_APART = ("plea", "finding", "disposition", "sentence")  # each in a column of its own
_DAY = {"disposition_date", "date"}
_FIGURES = ("ir_number", "sid")
_PLACED = {*TOLD_AS, *_CHARGE, *_ORDERED, *_DAY}


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
    columns = _columns(sheet, starts)
    ranges = tuple(_ranges(sheet, starts))
    blocks = tuple(_block(sheet, columns, rows) for rows in ranges)
    roles = _roles(sheet, columns, blocks, starts[0])
    if "docket_number" not in roles or not {"charge", "name", "statute", "description"} & set(roles):
        return None
    heads = _heads_of(sheet, columns, starts[0])
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
    apart = _whole(block, _told_apart(sheet, table.columns, block))
    beside = apart or _whole(block, _told_by_charge(sheet, table, block))
    return beside or _told(sheet, table.columns, block, table.call)


def _whole(block: Block, page: OcrPage | None) -> OcrPage | None:
    """The page of a case, unless it leaves out what may matter."""
    words = ([*row.values()] for row in block.rows)
    if page is None or left_out((cell for row in words for cell in row), page) is not Loss.NOTHING:
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
    if (len(rows) < 2 or len(values) < 2) and not _headed(sheet, min(rows)):
        return []
    head, last, width = _head_row(sheet, min(rows)), max(rows), 10 * sheet.pitch
    for row in range(
        min(rows) if head is None else head + 1, last + 12
    ):  # a number nobody could read begins a case all the same
        if row < len(sheet.lines) and row not in rows:
            inside = [t for t in sheet.lines[row].span if home - near < level_of(t).left < home + width]
            first = bool(inside) and inside[0] == _first_of_cell(sheet.lines[row], inside[0])
            if first and row not in second and sum(c.isdigit() for t in inside for c in t.text) >= 4:
                rows |= {row}
    return sorted(rows)


def _is_headed_below(sheet: Sheet, first: int) -> bool:
    """Whether under the head of docket numbers stands one of other numbers, which each case has in its second row."""
    heads = _head_cells(sheet, first)
    over = [cell for cell in heads if "docket_number" in fields_in(cell.text)]
    under = [cell for cell in heads if set(_FIGURES) & set(fields_in(cell.text))]
    near = any(shared_width(one, other) > 0 for one in over for other in under)
    return near and all(one[0].i < other[0].i for one in over for other in under)


def _of_no_known_shape(sheet: Sheet, known: set[int]) -> list[tuple[int, float]]:
    """The rows, besides those known, with a number under the head of a column of numbers, in whatever shape a court
    elsewhere gives them; at least two of them, or one beside known ones."""
    head = next((row for row in range(min(len(sheet.lines), MOST_ABOVE)) if _heads_numbers(sheet, row)), None)
    if head is None:
        return []
    over = next(cell for cell in sheet.lines[head].cells if "docket_number" in fields_in(cell.text))
    left, out = float(level_of(over[0]).left), list[tuple[int, float]]()
    for row in range(head + 1, len(sheet.lines)):
        for cell in sheet.lines[row].cells[:2]:  # the number of the row may stand first
            begins = float(level_of(cell[0]).left)
            if row not in known and abs(begins - left) < ALIGNED * sheet.pitch and of_no_known_shape(cell.text):
                out.append((row, begins))
    return out if len(out) + len(known) > 1 else []


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
    head = _head_row(sheet, first)
    if head is not None:
        return head + 1
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
    heads = {field for cell in _head_cells(sheet, first) for field in fields_in(cell.text)}
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


def _columns(sheet: Sheet, starts: Sequence[int]) -> list[float]:
    """Left edges of the columns: where the cells of most first rows begin, and the heads above them."""
    near = ALIGNED * sheet.pitch
    lefts = sorted(float(level_of(cell[0]).left) for row in starts for cell in sheet.lines[row].cells)
    groups: list[list[float]] = []
    for left in lefts:
        if groups and left - groups[-1][-1] < near:
            groups[-1].append(left)
        else:
            groups.append([left])
    wanted = min(len(starts), max(2, round(0.4 * len(starts))))
    found = [sum(group) / len(group) for group in groups if len(group) >= wanted]
    for cell in _head_cells(sheet, starts[0]):
        left = float(level_of(cell[0]).left)
        if all(abs(left - known) > 2 * near for known in found) and fields_in(cell.text):
            found.append(left)
    return sorted(found)


def _head_cells(sheet: Sheet, first: int) -> list[Span]:
    """The cells of the rows of heads above the first case, from above to below; empty where there are none."""
    row = _head_row(sheet, first)
    if row is None:
        return []
    upper = sheet.lines[row - 1] if row and _heads_columns(sheet.lines[row - 1]) else None
    near = upper is not None and sheet.lines[row].top - upper.bottom < max(10, upper.bottom - upper.top)
    return [*(upper.cells if upper is not None and near else ()), *sheet.lines[row].cells]


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


def _block(sheet: Sheet, columns: Sequence[float], rows: range) -> Block:
    return Block(tuple(_cut(sheet.lines[row], columns) for row in rows))


def _cut(line: Line, columns: Sequence[float]) -> dict[int, tuple[Token, ...]]:
    """The words of a row by their column: a word begins a column where it stands at its edge, else it goes on."""
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
    charges = [at for at, role in enumerate(roles) if role == "charge"]
    orders = [at for at, role in enumerate(roles) if role in _ORDERED]
    if len(charges) > 1 and not orders:  # what was done stands right of what was charged
        roles[charges[-1]] = "orders"
        orders = charges[-1:]
    for at, role in enumerate(roles):
        if role == "date" and not heads.get(at):
            roles[at] = "date" if orders and abs(at - orders[0]) == 1 else "unknown"
    return roles


def _heads_of(sheet: Sheet, columns: Sequence[float], first: int) -> dict[int, tuple[str, ...]]:
    """The fields that the heads of each column name: of one over the other, or parted by a stroke, all of them."""
    out: dict[int, tuple[str, ...]] = {}
    for cell in _head_cells(sheet, first):
        left = float(level_of(cell[0]).left)
        at = min(range(len(columns)), key=lambda i: abs(columns[i] - left))
        pieces = [fields_in(piece) for piece in cell.text.split("/")]
        whole = fields_in(cell.text)[:1]
        fields = tuple(piece[0] for piece in pieces) if len(pieces) > 1 and all(pieces) else whole
        if fields and abs(columns[at] - left) < 3.0 * sheet.pitch:
            out[at] = (*out.get(at, ()), *fields)
    return out


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
    if head in TOLD_AS or head in ("count", "grade", "type"):
        return head
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
    for date in reversed(dates):
        upper = upper[: date.start] + upper[date.end :]
    if re.search(r"\d{2,3}[-/ .](?:ILCS|5|550|570|\d{2,4})\b|CH\. ?\d|56.5|56 1/2", upper) or OFFENSE_WORD.search(
        upper
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
    if by_row:
        for row in block.in_columns([*charges, *orders]):
            teller.row(row, first=())
        teller.row(days)
    else:
        for words, wraps in _charge_rows(sheet, columns, block, charges):
            teller.row(words, wraps=wraps)
        teller.top += round(6 * sheet.pitch)
        _tell_orders(teller, block.in_columns(orders), days or list(call))
    for row in block.in_columns(rest):
        teller.row(row)
    if not by_row and (_dated(block.in_columns(orders)) or not block.in_columns(orders)):
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


def _beside(sheet: Sheet, block: Block) -> tuple[InkRegion, ...]:
    """The ink nobody could read that lies among the rows of the case."""
    boxes = [word_of(t).bbox for row in block.rows for tokens in row.values() for t in tokens]
    around = BBox.around(boxes)
    return tuple(
        region
        for region in sheet.page.regions
        if region.bbox.top < around.bottom + around.height // 4 and region.bbox.bottom > around.top - 4
    )
