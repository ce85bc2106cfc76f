"""Each case of a table told again as a small page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from spacy.tokens import Token

from casefile.ocr import BBox, InkRegion, OcrPage, Word
from extract.case_charges import charge_starts, charges_with_endings
from extract.charges import cites_charge
from extract.dates import dates_in, is_day
from extract.doc import Sheet, confidence_in, level_of, line_of, word_of
from extract.entries import counts_in
from extract.labels import fields_in
from extract.left_out import Loss, left_out
from extract.retold import DAY, Setter, Told, is_crowded, tell
from extract.table_cells import tells_ending, text_of
from extract.table_parts import AMENDED, APART, CHARGE, DAYS, FIGURES, ORDERED, PLACED, TOLD_AS, Block, Column, Table
from extract.tables import table_on


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
    amended = [at for at, column in enumerate(table.columns) if column.role == AMENDED]
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
    charges = [at for at, c in enumerate(columns) if c.role in CHARGE]
    orders = [at for at, c in enumerate(columns) if c.role in ORDERED]
    rest = [at for at, c in enumerate(columns) if not (c.role in PLACED or c.role == "line")]
    days = [t for at, c in enumerate(columns) if c.role in DAYS for row in block.in_columns([at]) for t in row]
    teller.top += round(6 * sheet.pitch)
    by_row = _row_by_row(block, charges, orders)
    dated = [at for at, c in enumerate(columns) if c.role in DAYS]
    pairs = _orders_of_days(dated, orders) if not by_row else ()
    by_day = not by_row and _is_dated_row_by_row(block, dated, orders)
    if by_row:
        for row in block.in_columns([*charges, *orders]):
            teller.row(row, first=())
        teller.row(days)
    else:
        for words, wraps in _charge_rows(sheet, columns, block, charges):
            teller.row(words, wraps=wraps)
        amended = [t for row in block.in_columns(at for at, c in enumerate(columns) if c.role == AMENDED) for t in row]
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
    return replace(sheet.page, words=tuple(teller.words), level=tuple(teller.level), regions=ink_beside(sheet, block))


def _particulars(column: Column, rows: Sequence[Sequence[Token]]) -> Iterator[tuple[str, list[Token]]]:
    """The words of a column of particulars with their label: a day, or figures, in a row of their own below a number
    or a name are what a further head of the column says."""
    if column.role not in TOLD_AS or not rows:
        return
    own: list[Token] = []
    apart: list[tuple[str, list[Token]]] = []
    for number, row in enumerate(rows):
        below = number > 0 and column.role in ("docket_number", "name")
        if below and is_day(text_of(row)):
            apart.append((TOLD_AS["birth_date"] if "birth_date" in column.under else "", list(row)))
        elif below and (named := [f for f in FIGURES if f in column.under]) and _is_figures(row):
            apart.append((TOLD_AS[named[0]], list(row)))
        elif below and (_says_born(text_of(row)) or tells_ending(text_of(row))):
            apart.append(("", list(row)))  # no part of a name
        else:
            own.extend(row)
    yield TOLD_AS[column.role], own
    yield from apart


def _says_born(text: str) -> bool:
    """Whether words are a day of birth behind its label: `DOB 3-17-60`, `b. 3-17-60`."""
    label = text[: days[0].start] if (days := dates_in(text)) else ""
    return "birth_date" in fields_in(label) or label.strip().upper() == "B."


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
        if held and own and further and not any(tells_ending(text_of(words)) for words in held.values()):
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
    if len(set(roles) & set(APART)) < 2 or not starts:
        return None
    counts: list[Told] = []
    firsts = sorted(starts)
    for first, end in zip(firsts, [*firsts[1:], len(block.rows)], strict=True):
        counts.append(Told(len(counts) + 1))
        for column, role in enumerate(roles):
            for row in block.rows[first:end]:
                if column in row and role in (*CHARGE, *APART, DAY):
                    counts[-1].add(role, _unnumbered(row[column], counts[-1].number, role))
    return None if any(map(is_crowded, counts)) else _set(sheet, block, columns, counts)


def _told_by_charge(sheet: Sheet, table: Table, block: Block) -> OcrPage | None:
    """One case whose charges have each their ending beside them; None where it has not."""
    roles = [column.role for column in table.columns]
    least = 1 if {"plea", "finding"} & set(roles) else 2  # a yes or no that its head alone says of what
    counts = charges_with_endings(block.rows, roles, table.call, least=least)
    if counts is None:
        return None
    return _set(sheet, block, table.columns, list(map(unnumbered, counts)))


def unnumbered(told: Told) -> Told:
    """A count without its own number in front of its words."""
    told.places = {
        place: list(_unnumbered(words, told.number, place)) if words else [] for place, words in told.places.items()
    }
    return told


def _set(sheet: Sheet, block: Block, columns: Sequence[Column], counts: Sequence[Told]) -> OcrPage:
    """A case as a page: labelled particulars, its charges, and how each ended."""
    setter = Setter(sheet.pitch)
    for column in range(len(columns)):
        for label, said in _particulars(columns[column], block.in_columns([column])):
            setter.row([said], says=label, ink=said[0])
    setter.gap()
    tell(setter, counts)
    return replace(setter.page(sheet.page), regions=ink_beside(sheet, block))


def _count_starts(block: Block, roles: Sequence[str]) -> set[int]:
    """The rows with which the counts of a case begin: numbered in the column of charges, else where a day stands."""
    charged = [at for at, role in enumerate(roles) if role in ("charge", "description", "statute", "count")]
    texts = [text_of(t for at in charged for t in row.get(at, ())) for row in block.rows]
    numbered = [at for at, text in enumerate(texts) if re.match(r"\(?\d{1,2}[.):]* +[A-Za-z]", text)]
    if numbered:
        return set(numbered) if numbered[0] == 0 else set()
    days = {at for at, row in enumerate(block.rows) if any(roles[c] == DAY for c in row) and texts[at]}
    return days if 0 in days else set()


def _unnumbered(words: Sequence[Token], number: int, place: str) -> Sequence[Token]:
    """The words of a place without the number of their own count in front: the first of `1 year` is none."""
    first = re.fullmatch(r"\(?(\d{1,2})([.):]*)", words[0].text)
    own = first is not None and int(first[1]) == number and len(words) > 1
    return words[1:] if own and first is not None and (place in CHARGE or first[2]) else words


def _row_by_row(block: Block, charges: Sequence[int], orders: Sequence[int]) -> bool:
    """Whether each of several charges has its ending in its own row."""
    charged = [any(at in row for at in charges) and _cites(row, charges) for row in block.rows]
    ended = [tells_ending(text_of(t for at in orders for t in row.get(at, ()))) for row in block.rows]
    named = any(counts_in(text_of(t for at in orders for t in row.get(at, ()))) for row in block.rows)
    several = sum(charged) >= 2
    return several and not named and all(e for c, e in zip(charged, ended, strict=True) if c)


def _cites(row: dict[int, tuple[Token, ...]], charges: Sequence[int]) -> bool:
    tokens = [t for at in charges for t in row.get(at, ())]
    return bool(tokens) and cites_charge(line_of(tokens))


def _dated(rows: Sequence[Sequence[Token]]) -> bool:
    """Whether the orders have days of their own."""
    return bool(rows) and bool(dates_in(text_of(rows[0])[:14]))


def _tell_orders(teller: _Teller, rows: Sequence[Sequence[Token]], days: Sequence[Token]) -> None:
    """The orders as entries: the day first where the rows have none of their own."""
    dated = _dated(rows)
    for number, row in enumerate(rows):
        own = dated and bool(dates_in(text_of(row)[:14]))
        if dated:
            teller.row(row, indent=0.0 if own else 14.0)
        elif number == 0:
            teller.row(row, first=days)
        else:
            teller.row(row, indent=14.0)


def _has_days_apart(columns: Sequence[Column], block: Block) -> bool:
    """Whether a row holds several days, each with orders of its own beside it."""
    dated = [at for at, column in enumerate(columns) if column.role in DAYS]
    orders = [at for at, column in enumerate(columns) if column.role in ORDERED and block.in_columns([at])]
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
    return len(days) > 1 and all(is_day(text_of(row[at])) and set(orders) & row.keys() for row, at in days)


def _tell_by_day(teller: _Teller, block: Block, dated: Sequence[int], orders: Sequence[int]) -> None:
    """The orders as entries, each under the day beside it."""
    for row in block.rows:
        day = [t for at in dated for t in row.get(at, ())]
        said = [t for at in orders for t in row.get(at, ())]
        teller.row(said, first=day, indent=0.0 if day else 14.0)


def ink_beside(sheet: Sheet, block: Block) -> tuple[InkRegion, ...]:
    """The ink nobody could read that lies among the rows of the case."""
    boxes = [word_of(t).bbox for row in block.rows for tokens in row.values() for t in tokens]
    around = BBox.around(boxes)
    return tuple(
        region
        for region in sheet.page.regions
        if region.bbox.top < around.bottom + around.height // 4 and region.bbox.bottom > around.top - 4
    )
