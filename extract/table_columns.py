"""The columns of a table: where they begin, what each holds by its head and by its cells, and words cut to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from extract.caption import YOUNGEST
from extract.charges import cites_charge
from extract.dates import dates_in
from extract.dispositions import wordings_in
from extract.doc import CELL_GAP, Line, Sheet, level_of, line_of
from extract.labels import fields_in
from extract.numbers import docket_numbers_in, of_no_known_shape
from extract.table_cells import speaks_of, tells_ending, text_of
from extract.table_heads import fields_of, heads_of, stacks_over
from extract.table_parts import ALIGNED, AMENDED, APART, CHARGE, DAYS, ORDERED, TOLD_AS, Block
from extract.table_rows import foot_of


def right_edge(blocks: Sequence[Block], column: int) -> float:
    """How far the widest words of a column reach."""
    return max((float(level_of(words[-1]).right) for words in _rows_of(blocks, column)), default=0.0)


def columns_of_cells(sheet: Sheet, starts: Sequence[int]) -> list[float]:
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


def with_columns_of_heads(sheet: Sheet, starts: Sequence[int], columns: Sequence[float]) -> list[float]:
    """The left edges with those of heads that stand over none of them: of heads that name a field, and of others under
    which a cell begins."""
    near, found = ALIGNED * sheet.pitch, list(columns)
    rows = range(starts[0], foot_of(sheet, starts))
    begun = [float(level_of(cell[0]).left) for row in rows for cell in sheet.lines[row].cells]
    for stack in stacks_over(sheet, starts[0]):
        left = float(min(level_of(cell[0]).left for cell in stack))
        holds = bool(fields_of(stack)) or any(abs(left - other) < near for other in begun)
        if holds and all(abs(left - known) > 2 * near for known in found):
            found.append(left)
    return sorted(found)


def firm_columns(sheet: Sheet, starts: Sequence[int], columns: Sequence[float], firm: Sequence[float]) -> list[float]:
    """Those of the columns at whose edge a cell begins behind one space, too: `firm` and those where a word of most
    first rows begins and none goes across."""
    near = 0.6 * sheet.pitch
    rows = [[level_of(token) for token in sheet.lines[row].span] for row in range(starts[0], foot_of(sheet, starts))]
    first = [rows[row - starts[0]] for row in starts]
    begun = {left: sum(any(abs(box.left - left) < near for box in row) for row in first) for left in columns}
    cut = {left for row in rows for box in row for left in columns if box.left + near <= left < box.right - near}
    return [at for at in columns if at in firm or (begun[at] >= max(3, 0.6 * len(starts)) and at not in cut)]


def block_of(sheet: Sheet, columns: Sequence[float], rows: range, firm: Sequence[float]) -> Block:
    """The rows of one case, cut to the columns."""
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


def roles_of(sheet: Sheet, columns: Sequence[float], blocks: Sequence[Block], first: int) -> list[str]:
    """What each column holds: by what most of its cells say and, where they do not tell, by its head."""
    heads = heads_of(sheet, columns, first)
    roles = [_role_of(blocks, at, heads.get(at, ("",))[0]) for at in range(len(columns))]
    if "docket_number" not in roles and not heads:
        roles = [_number_by_place(role, at, blocks) for at, role in enumerate(roles)]
    numbered = [at for at, role in enumerate(roles) if role == "docket_number" and _holds_numbers(blocks, at)]
    roles = [_no_number(role, at, numbered) for at, role in enumerate(roles)]
    charges = [at for at, role in enumerate(roles) if role == "charge"]
    orders = [at for at, role in enumerate(roles) if role in ORDERED]
    if len(charges) > 1 and not orders:  # what was done stands right of what was charged
        roles[charges[-1]] = "orders"
        orders = charges[-1:]
    if any(role in ORDERED and heads.get(at, ("",))[0] in ORDERED for at, role in enumerate(roles)):
        roles = [_no_orders(blocks, at, role, heads.get(at, ("",))[0]) for at, role in enumerate(roles)]
    for at, role in enumerate(roles):
        if role == "date" and not heads.get(at) and "birth_date" not in roles and _are_births(blocks, at, roles):
            roles[at] = "birth_date"
        elif role == "date" and not heads.get(at):
            roles[at] = "date" if orders and abs(at - orders[0]) == 1 else "unknown"
    return roles


def with_charge_whole(row: dict[int, tuple[Token, ...]], roles: Sequence[str]) -> dict[int, tuple[Token, ...]]:
    """The row, what begins below the number of a count and is none put to the charge behind it."""
    at = next((at for at in row if roles[at] == "count" and set(roles[at + 1 : at + 2]) & CHARGE), None)
    if at is None:
        return row
    own, behind = row[at], row.get(at + 1, ())
    cites = cites_charge(line_of((*own, *behind))) and not (behind and cites_charge(line_of(behind)))
    if not cites and re.fullmatch(r"\W*(?:C(?:OUN)?T\W*)?\d{1,2}\W*", text_of(own).upper()):
        return row
    return {**{place: words for place, words in row.items() if place != at}, at + 1: (*own, *behind)}


def with_charge_below(
    row: dict[int, tuple[Token, ...]], roles: Sequence[str], pitch: float
) -> dict[int, tuple[Token, ...]]:
    """The row, what tells a charge below the particulars of a case, across their columns, put where charges stand."""
    charged = next((at for at, role in enumerate(roles) if role in ("charge", "statute", "description")), None)
    at = min(row, default=0)
    if charged is None or not row or roles[at] not in {*TOLD_AS, "line", "unknown"}:
        return row
    run, taken = list(row[at]), [at]
    for other in sorted(row)[1:]:
        first, last = row[other][0], run[-1]
        near = first.i == last.i + 1 and level_of(first).left - level_of(last).right <= CELL_GAP * pitch
        if not near or roles[other] in ORDERED:
            break
        run, taken = [*run, *row[other]], [*taken, other]
    if charged in row.keys() - set(taken) or speaks_of(text_of(run)) != "charge":
        return row
    if speaks_of(text_of(row[at])) in ("name", "docket_number", "date"):
        return row
    return {**{place: words for place, words in row.items() if place not in taken}, charged: tuple(run)}


def with_cells_unstacked(
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


def with_particulars_joined(
    blocks: Sequence[Block], ranges: Sequence[range], roles: Sequence[str]
) -> tuple[tuple[Block, ...], tuple[range, ...]]:
    """The cases, those told together whose number and name are said again with each further charge."""
    out: list[tuple[Block, range]] = []
    for block, rows in zip(blocks, ranges, strict=True):
        own = _particulars_in(block, roles)
        if out and own == _particulars_in(out[-1][0], roles) and own["name"] and own["docket_number"]:
            again = _says_again(out[-1][0], block, roles)
            known = {*TOLD_AS, *(CHARGE if again else ())}
            further = Block(tuple({at: c for at, c in row.items() if roles[at] not in known} for row in block.rows))
            out[-1] = (Block((*out[-1][0].rows, *further.rows)), range(out[-1][1].start, rows.stop))
        else:
            out.append((block, rows))
    return tuple(block for block, _ in out), tuple(rows for _, rows in out)


def _says_again(block: Block, further: Block, roles: Sequence[str]) -> bool:
    """Whether rows name the only charge above them anew, with what was ordered about it on another day."""
    charges, days = ([at for at, role in enumerate(roles) if role in kinds] for kinds in (CHARGE, DAYS))
    charged, dated = (
        [[text_of(row) for row in one.in_columns(columns)] for one in (block, further)] for columns in (charges, days)
    )
    return charged[0] == charged[1] and len(charged[0]) > 0 and len(dated[1]) == 1 and dated[1][0] not in dated[0]


def _particulars_in(block: Block, roles: Sequence[str]) -> dict[str, str]:
    """What the columns of number, name and other particulars say of a case."""
    wanted = {"docket_number", "name", *(role for role in roles if role in TOLD_AS)}
    said = {role: [at for at, known in enumerate(roles) if known == role] for role in wanted}
    return {role: " ".join(text_of(row) for row in block.in_columns(at)) for role, at in said.items()}


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
        text, kinds = text_of(cell), [""] * len(cell)
        for date in dates_in(text) if "birth_date" in heads else ():
            kinds = ["birth_date" if t else k for k, t in zip(kinds, _under(cell, date.start, date.end), strict=True)]
        for number in docket_numbers_in(text):
            here = _under(cell, number.start, number.end)
            kinds = ["docket_number" if t and not k else k for k, t in zip(kinds, here, strict=True)]
        rest = text_of(token for token, kind in zip(cell, kinds, strict=True) if not kind)
        charged = bool(out) and bool(rest) and (charged or speaks_of(rest) == "charge")
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


def _are_births(blocks: Sequence[Block], at: int, roles: Sequence[str]) -> bool:
    """Whether the days of a column behind the names lie a youth's age before every other day of their rows."""
    others = [column for column, role in enumerate(roles) if column != at and role not in TOLD_AS]
    rows = [row for block in blocks for row in block.rows if at in row]
    born = [dates_in(text_of(row[at])) for row in rows]
    done = [[day for column in others for day in dates_in(text_of(row.get(column, ())))] for row in rows]
    spans = [
        (day.value.year, own[0].value.year)
        for own, days in zip(born, done, strict=True)
        for day in days
        if own and own[0].value is not None and day.value is not None
    ]
    behind = at > 0 and roles[at - 1] == "name"
    return behind and len(spans) >= 3 and all(later - earlier >= YOUNGEST for later, earlier in spans)


def _holds_numbers(blocks: Sequence[Block], at: int) -> bool:
    return any(docket_numbers_in(text_of(row)) for row in _rows_of(blocks, at))


def _number_by_place(role: str, at: int, blocks: Sequence[Block]) -> str:
    """The role of a column without a head: that of numbers where it is the first and every case has one there."""
    every = all(of_no_known_shape(text_of(block.rows[0].get(at, ()))) for block in blocks)
    return "docket_number" if at == 0 and every else role


def _no_number(role: str, at: int, numbered: Sequence[int]) -> str:
    """The role of a column; unknown where only its head promised numbers of cases, which others hold."""
    return "unknown" if role == "docket_number" and numbered and at not in numbered else role


def _no_orders(blocks: Sequence[Block], at: int, role: str, head: str) -> str:
    """The role of a column; that of its head where this says of something else, such as who defends, and no cell of it
    how a charge ended."""
    ended = role == "orders" and head == "other" and any(tells_ending(text_of(row)) for row in _rows_of(blocks, at))
    return head if role == "orders" and head == "other" and not ended else role


def _rows_of(blocks: Sequence[Block], at: int) -> list[tuple[Token, ...]]:
    return [row[at] for block in blocks for row in block.rows if at in row]


def _role_of(blocks: Sequence[Block], at: int, head: str) -> str:
    """What a column holds: numbers or names where the first rows of the cases do, whatever stands below them."""
    first = [text_of(block.rows[0].get(at, ())) for block in blocks if block.rows]
    role = _role(first, head)
    every = [text_of(row) for row in _rows_of(blocks, at)]
    return role if role in ("docket_number", "name") else _role(every, head)


def _role(cells: Sequence[str], head: str) -> str:
    told = [text for text in cells if text]
    if not told:
        return head or "unknown"
    votes = Counter(speaks_of(text) for text in told)
    if votes["docket_number"] >= 0.3 * len(told):
        return "docket_number"
    if votes["date"] >= 0.5 * len(told):
        ordered = any(wordings_in(text.upper()) for text in told)
        if head in (*TOLD_AS, *CHARGE, *(ORDERED if ordered else ())):
            return head
        return "orders" if any(wordings_in(text.upper()) and not dates_in(text) for text in told) else "date"
    if head in TOLD_AS or (head in ("count", "grade", "type") and votes["charge"] < 0.5 * len(told)):
        return head
    if head == AMENDED:
        return head
    if votes["money"] >= 0.5 * len(told):
        return head if head in ORDERED else "money"
    said = max(("charge", "orders"), key=lambda role: votes[role])
    if head in APART and said == "orders":
        return head
    if votes[said] >= 0.25 * len(told):
        return said
    if votes["name"] >= 0.3 * len(told):
        return "name"
    if head in CHARGE | ORDERED:
        return head
    return "line" if votes["figure"] >= 0.7 * len(told) else head or "unknown"
