"""Cases whose number and name stand in rows of their own, above the rows of what was charged and done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Span, Token

from casefile.docket import Gap, GapKind
from casefile.ocr import OcrPage
from extract.caption import YOUNGEST
from extract.case_charges import charges_with_endings, names_several
from extract.charges import accuses
from extract.dates import dates_in, is_day, opens_with_date
from extract.doc import Line, Sheet, level_of, line_of, shared_width, source_of, word_of
from extract.footing import may_order
from extract.labels import fields_before, fields_in, fields_named, labels_on
from extract.left_out import Loss, left_out
from extract.numbers import docket_numbers_in
from extract.retold import Setter, tell
from extract.table_cells import speaks_of, tells_ending, text_of
from extract.table_columns import block_of, columns_of_cells, roles_of
from extract.table_heads import heads_columns, stacks_over, top_of
from extract.table_parts import ALIGNED, CHARGE, DAYS, ORDERED, TOLD_AS, Block, Table
from extract.table_rows import own_case_above, ranges_of, starts_of, with_names_above
from extract.table_telling import ink_beside, unnumbered
from extract.tables import day_of_call

_MOST = 4  # rows that name a case before its charges
_USUAL = 0.6  # of the cases of such a page have a name above, and a charge below


@dataclass(frozen=True)
class _Case:
    """The rows that name a case, and those that tell of it."""

    naming: range
    telling: range


@dataclass(frozen=True)
class _Charges:
    """The rows below the name of a case by column, what each column holds, and the words that only name a place."""

    rows: Sequence[dict[int, tuple[Token, ...]]]
    roles: Sequence[str]
    heads: frozenset[int]


@dataclass(frozen=True)
class Banners:
    """A page of such cases: each on a page of its own, whether that has its rows as they stand, the gaps that rows of
    somebody else may leave in each, and the table."""

    pages: tuple[tuple[OcrPage, bool], ...]
    gaps: tuple[tuple[Gap, ...], ...]
    table: Table


def under_banners(sheet: Sheet) -> Banners | None:
    """The cases of a page each of which has its number and name above its charges; None where it is no such page."""
    starts = starts_of(sheet)
    starts = with_names_above(sheet, starts) if starts else _labelled(sheet)
    cases = _cases(sheet, starts) if starts and not own_case_above(sheet, starts[0]) else []
    if not cases:
        return None
    first = cases[0].naming.start
    ranges = tuple(range(case.naming.start, case.telling.stop) for case in cases)
    blocks = tuple(Block(tuple({0: tuple(sheet.lines[row].span)} for row in rows)) for rows in ranges)
    call, charges = tuple(day_of_call(sheet, first)), _charges_below(sheet, cases)
    pages = (_page(sheet, first, *one, call) for one in zip(cases, blocks, charges, strict=True))
    gaps = tuple(tuple(_others_in(sheet, case, cases)) for case in cases)
    return Banners(tuple(pages), gaps, Table((), blocks, call, ranges, min(first, top_of(sheet, first))))


def _labelled(sheet: Sheet) -> list[int]:
    """The rows with a number of a case behind its label, one below the other."""
    placed = list[tuple[int, float, str]]()
    for row, line in enumerate(sheet.lines):
        for found in docket_numbers_in(line.text)[:1]:
            span = line.at(found.start, found.end)
            if "docket_number" in fields_before(line, span):
                placed.append((row, float(level_of(span[0]).left), found.value))
    near = 3.0 * sheet.pitch
    home = max((left for _, left, _ in placed), key=lambda x: sum(abs(x - o) < near for _, o, _ in placed), default=0.0)
    rows = {row: value for row, left, value in placed if abs(left - home) < near}
    return sorted(rows) if len(set(rows.values())) > 1 else []


def _cases(sheet: Sheet, starts: Sequence[int]) -> list[_Case]:
    """The cases that begin in these rows, and in rows like them whose number nobody could read; empty where they are
    no such cases."""
    cases = [_case(sheet, rows) for rows in ranges_of(sheet, starts)]
    named = [case for case in cases if _name_in(sheet, case.naming) is not None]
    charged = [case for case in named if any(accuses(sheet.lines[row]) for row in case.telling)]
    if len(cases) < 2 or len(charged) < _USUAL * len(cases):
        return []
    homes = [float(level_of(cell[0]).left) for case in named if (cell := _name_in(sheet, case.naming)) is not None]
    lost = [row for case in cases for row in case.telling if _names_at(sheet.lines[row], homes)]
    return [_case(sheet, rows) for rows in ranges_of(sheet, sorted({*starts, *lost}))]


def _case(sheet: Sheet, rows: range) -> _Case:
    below = next((row for row in rows if row - rows.start >= _MOST or _tells(sheet.lines[row])), rows.stop)
    return _Case(range(rows.start, below), range(below, rows.stop))


def _tells(line: Line) -> bool:
    """Whether a row charges somebody, says what was done, or heads columns of that."""
    return _is_heads(line) or accuses(line) or opens_with_date(line.text) or tells_ending(line.plain)


def _name_in(sheet: Sheet, rows: range) -> Span | None:
    return next((cell for row in rows for cell in sheet.lines[row].cells if _is_name(cell)), None)


def _is_name(cell: Span) -> bool:
    """Whether a cell is a name, with or without a number of the case before it."""
    text = cell.text
    for found in reversed(docket_numbers_in(text)):
        text = text[: found.start] + text[found.end :]
    return speaks_of(text.strip(" -:")) == "name"


def _names_at(line: Line, homes: Sequence[float]) -> bool:
    """Whether a row that says nothing of charges names somebody where the names of cases stand."""
    near = ALIGNED * line.pitch
    placed = (cell for cell in line.cells if any(abs(level_of(cell[0]).left - home) < near for home in homes))
    return not _tells(line) and any(_is_name(cell) and len(cell) > 1 for cell in placed)


def _others_in(sheet: Sheet, case: _Case, cases: Sequence[_Case]) -> Iterator[Gap]:
    """The gaps of a case that names somebody else as well, or has a row among or behind its charges that may be the
    name of another case nobody could read, or an order about all of them."""
    names = [cell for row in case.naming for cell in sheet.lines[row].cells if _is_name(cell)]
    near, begun = ALIGNED * sheet.pitch, [sheet.lines[one.naming.start].left for one in cases]
    for at, cell in enumerate(names):
        aligned = abs(level_of(cell[0]).left - level_of(names[0][0]).left) < near
        below = at > 0 and (aligned or shared_width(cell, names[0]) > 0)
        if below or (at == 0 and names_several(cell.text)):
            yield Gap(GapKind.UNREAD_INK, sheet.page.page_id, source_of(cell, sheet.page).bbox)
    charged = next((row for row in case.telling if accuses(sheet.lines[row])), case.telling.stop)
    rest = [sheet.lines[row] for row in case.telling if row > charged and not _tells(sheet.lines[row])]
    out = [line for line in rest if any(c.isalnum() for c in line.text) and line.left < max(begun) + near]
    out += [line for line in rest if line.left < sheet.lines[charged].left + near and _may_order(line)]
    out += [
        sheet.lines[one.naming.start]
        for one in cases
        if one.naming.start == case.telling.stop and _is_nobody(sheet, one)
    ]
    for line in dict.fromkeys(out):
        yield Gap(GapKind.UNREAD_INK, sheet.page.page_id, source_of(line.span, sheet.page).bbox)


def _may_order(line: Line) -> bool:
    """Whether a word of a row that nothing claims may be part of an order."""
    return any(may_order(token.text, token.norm_.strip(".,;:()"), word_of(token).confidence) for token in line.span)


def _is_nobody(sheet: Sheet, case: _Case) -> bool:
    """Whether rows that were taken for a case's name hold neither name nor number: they may be of the case above."""
    numbered = any(docket_numbers_in(sheet.lines[row].text) for row in case.naming)
    return not numbered and _name_in(sheet, case.naming) is None


def _charges_below(sheet: Sheet, cases: Sequence[_Case]) -> list[_Charges]:
    """The rows of charges of each case, cut to the columns that they share."""
    rows = [row for case in cases for row in case.telling]
    columns = columns_of_cells(sheet, [row for row in rows if accuses(sheet.lines[row])])
    orders = len(columns)
    cut = [_with_orders_beside(sheet, case, block_of(sheet, columns, case.telling, columns), orders) for case in cases]
    blocks = [Block(tuple(rows)) for rows, _ in cut if rows]
    roles = roles_of(sheet, [*columns, float(sheet.page.width)], blocks, cases[0].naming.start)
    known = (*(role if role in CHARGE | ORDERED | DAYS else "unknown" for role in roles[:orders]), "orders")
    return [_Charges(rows, known, heads) for rows, heads in cut]


def _page(
    sheet: Sheet, first: int, case: _Case, block: Block, charges: _Charges, call: Sequence[Token]
) -> tuple[OcrPage, bool]:
    """A case on a page of its own, and whether the rows below its particulars are kept as they stand: not where each
    charge has its ending beside it."""
    told = charges_with_endings(charges.rows, charges.roles, call, least=1) if charges.rows else None
    page = replace(sheet.page, regions=ink_beside(sheet, block))
    if told is not None:
        setter = _named(sheet, case, first)
        tell(setter, list(map(unnumbered, told)))
        retold = setter.page(page)
        if left_out((list(sheet.lines[row].span) for row in case.telling), retold, charges.heads) is Loss.NOTHING:
            return retold, False
    setter, labelled = _named(sheet, case, first), {label.span.start for label in labels_on(sheet)}
    wanting = [row for row in case.telling if _wants_day(sheet.lines[row])]
    if call and wanting and all(sheet.lines[row].span.start in labelled for row in wanting):
        setter.row([call], says="DISPOSITION DATE:", ink=call[0])
    for row in case.telling:
        line = sheet.lines[row]
        if call and row in wanting and line.span.start not in labelled:
            setter.entry(call, "", list(line.span), "")
        elif any(c.isalnum() for c in line.text):
            setter.keep(line.span, line.top)
    return setter.page(page), True


def _with_orders_beside(
    sheet: Sheet, case: _Case, block: Block, orders: int
) -> tuple[list[dict[int, tuple[Token, ...]]], frozenset[int]]:
    """The rows of charges, with what was done in rows below a charge put beside it in the column `orders`, and the
    words that only name a place."""
    out, heads, charged = [dict(row) for row in block.rows], set[int](), -1
    for at, row in enumerate(case.telling):
        line = sheet.lines[row]
        done = out[charged].get(orders, ()) if charged >= 0 else ()
        if _is_heads(line):
            heads |= {t.i for t in line.span}
            out[at] = {}
        elif accuses(line):
            charged = -1 if tells_ending(line.plain) else at
        elif charged >= 0 and not opens_with_date(line.text) and (done or tells_ending(line.plain)):
            named = list(line.cells[0]) if fields_in(line.cells[0].text) else list(line.span[:1])
            heads |= {t.i for t in named if not done and fields_in(text_of(named))}
            out[charged][orders], out[at] = (*done, *(t for t in line.span if t.i not in heads)), {}
    return out, frozenset(heads)


def _is_heads(line: Line) -> bool:
    return heads_columns(line) and not any(c.isdigit() for c in line.text)


def _wants_day(line: Line) -> bool:
    """Whether a row of orders has no day of its own."""
    return tells_ending(line.plain) and not accuses(line) and not opens_with_date(line.text)


def _named(sheet: Sheet, case: _Case, first: int) -> Setter:
    """A page begun with the particulars of a case, each with its label."""
    setter = Setter(sheet.pitch)
    for says, words in _particulars(sheet, case, first):
        setter.row([words], says=says, ink=words[0])
    setter.gap()
    return setter


def _particulars(sheet: Sheet, case: _Case, first: int) -> Iterator[tuple[str, Sequence[Token]]]:
    """The words that name a case, piece by piece, with the labels that they have not themselves."""
    labels = {label.span.start: label.field for label in labels_on(sheet) if label.line in case.naming}
    name, over = _name_in(sheet, case.naming), [cell for stack in stacks_over(sheet, first) for cell in stack]
    behind = False
    for piece in (piece for row in case.naming for piece in _pieces(sheet.lines[row], labels)):
        found = docket_numbers_in(piece.text)
        number = line_of(list(piece)).at(found[0].start, found[0].end) if found else piece[:0]
        rest = [t for t in piece if not (number and number.start <= t.i < number.end)]
        if number:
            yield TOLD_AS["docket_number"], list(number)
        if rest and name is not None and name.start <= rest[0].i < name.end:
            yield TOLD_AS["name"], rest
            behind = True
            continue
        head = _head_over(piece, over)
        if not head and behind and is_day(piece.text) and _is_birth(sheet, case, piece):
            head = "birth_date"
        if not head and behind and re.fullmatch(r"[MF]/[A-Z]", piece.text):
            yield "SEX/RACE:", rest
            continue
        numbered = re.fullmatch(r"\W*\d{0,3}\W*", text_of(rest)) is not None  # the number of the row
        if rest and (head or not numbered) and not (number and fields_in(text_of(rest))):
            yield "" if piece.start in labels else TOLD_AS.get(head, ""), rest
        behind = behind and len(piece.text) <= 3  # of sex and race


def _head_over(piece: Span, over: Sequence[Span]) -> str:
    """The particular that the nearest head over a piece names; empty where none does."""
    heads = {cell: next((field for field in fields_named(cell.text) if field in TOLD_AS), "") for cell in over}
    above = [cell for cell, field in heads.items() if field and shared_width(cell, piece) > 0]
    nearest = min(above, key=lambda cell: abs(level_of(cell[0]).left - level_of(piece[0]).left), default=None)
    return "" if nearest is None else heads[nearest]


def _pieces(line: Line, labels: Mapping[int, str]) -> Iterator[Span]:
    """The cells of a row, each label with what stands behind it."""
    begun: int | None = None
    for cell in line.cells:
        first = cell.start if begun is None else begun
        begun = first if fields_in(cell.text) else None
        if begun is None:
            inner = (
                at for at in range(cell.start + 1, cell.end) if labels.get(at, "name") not in ("name", "docket_number")
            )
            yield from (cell.doc[start:end] for start, end in pairwise((first, *inner, cell.end)))
    if begun is not None:
        yield line.span.doc[begun : line.span.end]


def _is_birth(sheet: Sheet, case: _Case, piece: Span) -> bool:
    """Whether a day lies a youth's age before every other day of its case."""
    rows = [sheet.lines[row] for row in (*case.naming, *case.telling)]
    others = [
        day.value.year
        for line in rows
        for cell in line.cells
        if cell != piece
        for day in dates_in(cell.text)
        if day.value
    ]
    own = dates_in(piece.text)[0].value
    return own is not None and bool(others) and own.year + YOUNGEST <= min(others)
