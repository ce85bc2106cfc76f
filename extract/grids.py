"""Tables of counts: a row of heads, and under it for each count what was charged and how it ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from extract.counts import BOILERPLATE
from extract.dates import dates_in, opens_with_date
from extract.doc import Line, Sheet, level_of, shared_width
from extract.entries import count_number
from extract.grid_rows import Filling, is_amendment
from extract.labels import fields_in
from extract.retold import CHARGED, DAY, ENDED, Telling, Told, is_crowded
from extract.statutes import statute_in

ALIGNED = 1.6  # in character widths: a cell that begins this near to a head stands under it
FAR = 3.2  # in heights of a row: rows further apart are no table any more
_ENDING = {*ENDED, DAY}
_NUMBER = re.compile(r"^\W*(?:C(?:OUN)?T?S?\.?|CHG|#|NO\.?)?\W*0{0,2}([1-9]\d?|[IVX]{1,4})\W*$")


@dataclass(frozen=True)
class Head:
    """The head of a column, from its left to its right edge in straightened pixels, and the field it names."""

    field: str
    left: float
    right: float
    words: tuple[Token, ...]


def grid_on(sheet: Sheet) -> Telling | None:
    """The table of counts of a page; None where it has none."""
    for row in range(len(sheet.lines) - 1):
        for height in (1, 2):
            heads = heads_in(sheet, row, height)
            if heads and _is_grid([head.field for head in heads]):
                telling = _counts(sheet, heads, row, row + height)
                if telling is not None:
                    return telling
    return None


def _is_grid(fields: Sequence[str]) -> bool:
    named = [field for field in fields if field]
    charged = {"statute", "charge", "description"} & set(named)
    ended = _ENDING & set(named)
    return (
        bool(charged)
        and bool(ended - {DAY})
        and len(named) >= 3
        and len(named) >= 0.7 * len(fields)
        and "docket_number" not in named
        and "name" not in named
    )


def heads_in(sheet: Sheet, row: int, height: int) -> list[Head]:
    """The heads that begin in a row, one or two rows high; empty where they cannot be heads."""
    lines = sheet.lines[row : row + height]
    if len(lines) < height or len(lines[0].cells) < 2 or any(c.isdigit() for line in lines for c in line.text):
        return []
    groups: list[list[Span]] = [[piece] for cell in lines[0].cells for piece in _apart(sheet, row + height, cell)]
    for cell in lines[1].cells if height == 2 else ():
        over = [g for g in groups if shared_width(g[0], cell) > 0 or abs(_left(g[0]) - _left(cell)) < 2 * sheet.pitch]
        if len(over) > 1:
            return []
        (over[0].append(cell) if over else groups.append([cell]))
    groups.sort(key=lambda g: min(map(_left, g)))
    return _numbering(sheet, row + height, [_head(group) for group in groups])


_NUMBERED = re.compile(r"ALL|C?0{0,2}[1-9]\d?")


def _numbering(sheet: Sheet, below: int, heads: Sequence[Head]) -> list[Head]:
    """The heads, `CHG` being that of the numbers of counts where nothing else stands in the rows right below it."""
    rows = [cut_under(line, heads) for line in sheet.lines[below : below + 3] if any(c.isalnum() for c in line.text)]
    out = list(heads)
    for at, head in enumerate(heads):
        said = [" ".join(token.norm_ for token in row[at]) for row in rows if head.field == "charge" and row.get(at)]
        if said and all(map(_NUMBERED.fullmatch, said)):
            out[at] = replace(head, field="count")
    return out


def _apart(sheet: Sheet, below: int, cell: Span) -> Iterator[Span]:
    """The heads of a cell: two that stand close together are parted where a column below begins under a word and
    each piece names a field."""
    begins = [_left(other) for line in sheet.lines[below : below + 3] for other in line.cells]
    start = cell.start
    for token in list(cell)[1:]:
        under = any(abs(float(level_of(token).left) - left) < 0.8 * sheet.pitch for left in begins)
        pieces = cell.doc[start : token.i], cell.doc[token.i : cell.end]
        if under and all(fields_in(piece.text) for piece in pieces):
            yield pieces[0]
            start = token.i
    yield cell.doc[start : cell.end]


def _head(group: Sequence[Span]) -> Head:
    words = tuple(token for span in group for token in span)
    fields = fields_in(" ".join(token.text for token in words))
    field = fields[0] if fields else ""
    if field == "other" and words[0].norm_.startswith("DATE"):
        field = DAY
    if len(words) == 1 and words[0].norm_.strip(".:") in ("NO", "#", "NUMBER", "LINE", "ITEM"):
        field = "count"
    return Head(field, min(map(_left, group)), max(_right(span) for span in group), words)


def _left(span: Span) -> float:
    return float(level_of(span[0]).left)


def _right(span: Span) -> float:
    return float(level_of(span[-1]).right)


def _counts(sheet: Sheet, heads: Sequence[Head], first: int, top: int) -> Telling | None:
    """The counts under the heads; None where the rows below are none of a table."""
    cut: list[tuple[int, dict[int, list[Token]]]] = []
    above = sheet.lines[top - 1]
    for row in range(top, len(sheet.lines)):
        line = sheet.lines[row]
        if ends_table(sheet, heads, above, line):
            break
        above = line
        if any(c.isalnum() for c in line.text):
            cut.append((row, cut_under(line, heads)))
    heads = _cited_apart(heads, cut)
    starts = _starts(sheet, heads, cut)
    cut = _together(sheet, heads, cut, starts)
    starts = {at for at in starts if at < len(cut)}
    if not starts:
        return None
    within = _within(heads, cut, starts)
    loose = [at for at in range(len(cut)) if at not in starts | within and not _completes(heads, cut, at, starts)]
    if 0 not in starts or any(_may_begin(heads, cut[at][1]) for at in loose):
        return None
    counts = _filled(heads, cut, starts)
    if counts is None:
        return None
    numbers = [told.number for told in counts]
    if len(set(numbers)) < len(numbers) or any(map(is_crowded, counts)) or not any(map(_charges, counts)):
        return None
    named = frozenset(token.i for line in sheet.lines[first:top] for token in line.span)
    named |= {token.i for told in counts for token in told.repeated}
    return Telling(tuple(counts), frozenset((*range(first, top), *(row for row, _ in cut))), heads=named)


def _cited_apart(heads: Sequence[Head], cut: Cut) -> list[Head]:
    """The heads, of two columns that say what was charged the one with citations known as that."""
    out = list(heads)
    columns = [at for at, head in enumerate(heads) if head.field in ("charge", "description")]
    if any(head.field == "statute" for head in heads) or len(columns) < 2:
        return out
    for column in columns:
        cells = [" ".join(t.text for t in cells[column]) for _, cells in cut if column in cells]
        if cells and statute_in(cells[0]) is not None:
            out[column] = replace(heads[column], field="statute")
            break
    return out


def _filled(heads: Sequence[Head], cut: Cut, starts: set[int]) -> list[Told] | None:
    """The counts with the words of their rows; None where a row may be another's."""
    counts: list[Filling] = []
    for at, (_, cells) in enumerate(cut):
        number = _number(cells, heads) if at in starts else None
        repeats = bool(counts) and number is not None and number == counts[-1].told.number
        named: dict[str, list[Token]] = {}
        for column, words in cells.items():
            named.setdefault(heads[column].field, []).extend(words)
        if at in starts and not repeats:
            counts.append(Filling(Told(number or len(counts) + 1, heads=_heads_by_field(heads))))
            counts[-1].first(named)
        elif not counts[-1].more(named, repeats=repeats):
            return None
    return [count.whole() for count in counts]


def _heads_by_field(heads: Sequence[Head]) -> dict[str, list[Token]]:
    return {head.field: list(head.words) for head in heads if head.field}


def _charges(told: Told) -> bool:
    """Whether what stands under the heads of a charge is one, and no bare number or letter of a count."""
    words = [word for place in ("statute", "charge", "description") for word in told.places.get(place, [])]
    return any(sum(c.isalpha() for c in word.text) > 3 or sum(c.isdigit() for c in word.text) > 2 for word in words)


def _may_begin(heads: Sequence[Head], cells: dict[int, list[Token]]) -> bool:
    """Whether a row that seems to go on with a count may be the next count's, its number or citation misread."""
    cited = any(
        heads[column].field == "statute" and any(sum(c.isdigit() for c in token.text) >= 2 for token in words)
        for column, words in cells.items()
    )
    ended = any(heads[column].field in _ENDING for column in cells)
    charged = any(heads[column].field in CHARGED[:3] for column in cells)
    return (cited and len(cells) > 1) or (ended and charged and len(cells) >= 3)


Cut = list[tuple[int, dict[int, list[Token]]]]


def _within(heads: Sequence[Head], cut: Cut, starts: set[int]) -> set[int]:
    """The rows that can be no count's first: those before the last of counts that are numbered without a break, and
    those without the day that the first row of every count has."""
    numbers = [_number(cut[at][1], heads) for at in sorted(starts)]
    running = [number for at, number in enumerate(numbers) if at == 0 or number != numbers[at - 1]]
    if not starts or running != list(range(1, len(running) + 1)):
        return set()
    days = next((column for column, head in enumerate(heads) if head.field == DAY), None)
    dated = days is not None and all(days in cut[at][1] for at in starts)
    amended = {at for at in range(len(cut)) if _amends(heads, cut, at)}
    undated = {at for at in range(len(cut)) if dated and not _is_day(cut[at][1].get(days or 0, []))}
    return amended | undated | set(range(max(starts)))


def _is_day(words: Sequence[Token]) -> bool:
    """Whether words in a column of days are one, and not the year alone of a day that goes on in the next row."""
    return bool(words) and re.fullmatch(r"\W*(?:19|20)\d\d\W*", " ".join(t.text for t in words)) is None


def _completes(heads: Sequence[Head], cut: Cut, at: int, starts: set[int]) -> bool:
    """Whether the citation of the count above a row is none before it goes on in that row."""
    first = max((start for start in starts if start < at), default=0)
    cited = [head.field == "statute" for head in heads]

    def words(rows: range) -> str:
        return " ".join(
            t.text for row in rows for column, ts in sorted(cut[row][1].items()) if cited[column] for t in ts
        )

    if any(heads[column].field in _ENDING - {"sentence"} for column in cut[at][1]):
        return False  # an ending of its own
    above, whole = words(range(first, at)), words(range(first, at + 1))
    return bool(above) and whole != above and statute_in(above) is None and statute_in(whole) is not None


def _amends(heads: Sequence[Head], cut: Cut, at: int) -> bool:
    """Whether a row tells the charge that the one above it was amended to: marked so, or right under such an order."""
    cells: dict[str, str] = {}
    for column, words in cut[at][1].items():
        cells[heads[column].field] = " ".join(token.text.upper() for token in words)
    cited = any(statute_in(cells.get(field, "")) for field in ("statute", "charge", "description"))
    above = [
        t.norm_ for row in cut[max(0, at - 3) : at] for c, ts in row[1].items() if heads[c].field in ENDED for t in ts
    ]
    told = " ".join(cells.get(field, "") for field in ENDED)
    return cited and is_amendment(cells.get("count", ""), " ".join(above), told)


def _together(sheet: Sheet, heads: Sequence[Head], cut: Cut, starts: set[int]) -> Cut:
    """The rows up to the first that stands apart from the one above it and begins no count."""
    for at in range(1, len(cut)):
        above, line = sheet.lines[cut[at - 1][0]], sheet.lines[cut[at][0]]
        apart = line.top - above.bottom > 0.9 * max(10, above.bottom - above.top)
        if at not in starts and (apart or BOILERPLATE.search(line.plain)) and not _amends(heads, cut, at):
            return cut[:at]
    return cut


def ends_table(sheet: Sheet, heads: Sequence[Head], above: Line, line: Line) -> bool:
    """Whether a row is no part of the table above it."""
    far = line.top - above.bottom > FAR * max(10, above.bottom - above.top)
    days = heads[0].field in (DAY, "offense_date", "line")
    dated = opens_with_date(line.text) and not days and line.left < heads[0].left + 3 * sheet.pitch
    crosses = sum(_left(line.cells[0]) < head.left < _right(line.cells[0]) for head in heads[1:])
    prose = len(line.cells) == 1 and len(line.span) >= 6 and crosses >= 2
    labelled = re.match(r"[A-Z][A-Z.' ]+:", line.plain) is not None and crosses == 0 and len(line.cells) <= 2
    return far or dated or prose or (labelled and not statute_in(line.cells[0].text))


def cut_under(line: Line, heads: Sequence[Head]) -> dict[int, list[Token]]:
    """The words of a row by column."""
    out: dict[int, list[Token]] = {}
    for cell in line.cells:
        at = _column_of(_left(cell), _right(cell), heads, line.pitch)
        before: Token | None = None
        for token in cell:
            left = float(level_of(token).left)
            edge = next((i for i, h in enumerate(heads) if i > at and abs(left - h.left) < 0.6 * line.pitch), None)
            if before is not None and edge is not None and left - level_of(before).right > 0.6 * line.pitch:
                at = edge
            out.setdefault(at, []).append(token)
            before = token
    return out


def _column_of(left: float, right: float, heads: Sequence[Head], pitch: float) -> int:
    """The column of a cell: the head it is aligned with, else the one it stands under most, else the last before."""
    aligned = [i for i, head in enumerate(heads) if abs(left - head.left) < ALIGNED * pitch]
    if aligned:
        return min(aligned, key=lambda i: abs(left - heads[i].left))
    shared = [(min(right, h.right) - max(left, h.left), -i) for i, h in enumerate(heads)]
    best = max(shared)
    if best[0] > 0:
        return -best[1]
    return max((i for i, head in enumerate(heads) if head.left <= left), default=0)


def _number(cells: dict[int, list[Token]], heads: Sequence[Head]) -> int | None:
    """The number of the count a row begins, where its column says one."""
    words = [t for column, tokens in cells.items() if heads[column].field == "count" for t in tokens]
    found = _NUMBER.match(" ".join(t.text.upper() for t in words)) if words else None
    return None if found is None else count_number(found[1])


def _starts(sheet: Sheet, heads: Sequence[Head], cut: Sequence[tuple[int, dict[int, list[Token]]]]) -> set[int]:
    """The rows with which a count begins: those numbered or, where none is, those that fill most columns."""
    numbered = {at for at, (_, cells) in enumerate(cut) if _number(cells, heads) is not None}
    if numbered:
        return numbered if 0 in numbered else set()
    most = max((len(cells) for _, cells in cut), default=0)
    charged = next((i for i, head in enumerate(heads) if head.field in CHARGED[:3]), 0)
    whole = {at for at, (_, cells) in enumerate(cut) if charged in cells and len(cells) >= max(3, 0.5 * most)}
    return {at for at in whole if _opens(heads, cut[at][1])} if most >= 3 else set()


def _opens(heads: Sequence[Head], cells: dict[int, list[Token]]) -> bool:
    """Whether the cell of citations, where there is one, opens one, and the cell of days holds a day."""
    for column, head in enumerate(heads):
        text = " ".join(t.text for t in cells.get(column, ()))
        if head.field == "statute" and not re.match(r"\W*(?:CH|SEC|\d)", text.upper()):
            return False
        if head.field == DAY and text and not dates_in(text) and not re.match(r"[A-Z]{3}|\d", text.upper()):
            return False
    return True
