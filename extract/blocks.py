"""Labelled blocks: for each count its charge and its ending, each beside a label of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Span, Token

from extract.charges import cites_charge, grade_in, is_charge_statute, statutes_in
from extract.daily import heads_entries
from extract.dates import dates_in, opens_with_date
from extract.dispositions import says_what_became
from extract.doc import Line, Sheet, level_of, line_of, shared_width
from extract.entries import count_number
from extract.headings import notion_of
from extract.labels import LabelFound, fields_in, heads_days, labels_on
from extract.retold import DAY, ENDED, Telling, Told, is_crowded

_HEADING = re.compile(
    r"^\W*(?:(?P<word>COUNTS?|CHARGE|CT|CNT|CHG)\b\.? ?(?:NO|NUMBER|#)?(?:\W{0,3}|[ ._-]*[.:] ?)|C(?=0))"
    r"0{0,2}(?P<number>[1-9]\d?|[IVX]{1,4})\b\W*"
)
_CHARGED = ("statute", "charge", "description", "grade", "type", "offense_date")
_SINGLE = ("statute", "description", "disposition", "finding", "plea", "sentence", DAY)
_WHOSE = ("docket_number", "name")  # between blocks, they begin another person's or another case's
_PLACES = {*_CHARGED, *ENDED, DAY}


@dataclass
class _Block:
    """The rows of one count as they are met: what stands in each place, and the rows that tell it."""

    number: int | None
    told: Told
    rows: set[int] = field(default_factory=set)


def blocks_on(sheet: Sheet) -> Telling | None:
    """The labelled blocks of a page; None where it has none that tell of a charge and of an ending."""
    by_row: dict[int, list[LabelFound]] = {}
    for label in labels_on(sheet):
        by_row.setdefault(label.line, []).append(label)
    tables = {row for row, labels in by_row.items() if heads_days(sheet, row, labels) or heads_entries(sheet, row)}
    places = {row: _places(sheet.lines[row], labels) for row, labels in by_row.items() if row not in tables}
    headed = {row: found for row, labels in by_row.items() if (found := _places_below(sheet, row, labels))}
    places |= headed
    told = _blocks(sheet, places, {row + 1 for row in headed}, tables)
    blocks = [block for block in told if block.told.is_charge]
    ended = any(_has_ending(block) for block in blocks)
    if not blocks or not (ended or all(map(_is_whole, blocks))):
        return None
    numbers = [block.number for block in blocks]
    if None not in numbers and len(set(numbers)) < len(numbers):
        return None
    for at, block in enumerate(blocks, 1):
        block.told.number = block.number or at
    numbers = [block.told.number for block in blocks]
    if len(set(numbers)) < len(numbers):
        return None
    if any(number not in numbers for number in _headed(sheet)):
        return None  # a count beside them whose rows are no block
    starts = () if ended else tuple(min(block.rows) for block in blocks)
    rows = frozenset(row for block in blocks for row in block.rows)
    others = [label for label in labels_on(sheet) if label.field in _WHOSE and min(rows) < label.line <= max(rows)]
    if others or any(is_crowded(block.told) for block in blocks):
        return None
    named = frozenset(token.i for block in blocks for token in block.told.heads.get("termination", ()))
    return Telling(tuple(block.told for block in blocks), rows, starts, named)


def _headed(sheet: Sheet) -> Iterator[int]:
    """The counts that rows of a page head, where they do not say how a charge ended."""
    for line in sheet.lines:
        found = _HEADING.match(line.plain) or _numbered(line)
        number = _number(found) if found is not None else None
        if number is not None and not opens_with_date(line.text) and not says_what_became(line.plain):
            yield number


def _is_whole(block: _Block) -> bool:
    """Whether a heading numbers the block, labels say what is charged, and nothing else stands among its rows."""
    places = block.told.places
    told = block.number is not None and sum(bool(places.get(place)) for place in _CHARGED) >= 2
    return told and len(block.rows) == max(block.rows) - min(block.rows) + 1


def _is_ending(place: _Place) -> bool:
    """Whether a place says how a charge ended."""
    return place.field in ENDED and place.field != "orders"


@dataclass(frozen=True)
class _Place:
    """A label at the head of a cell and the words up to the next one."""

    field: str
    label: Span
    words: tuple[Token, ...]


def _places(line: Line, labels: Sequence[LabelFound]) -> list[_Place]:
    """The places of a row, in order; a label right behind another one is its value, unless a mark follows it."""
    if opens_with_date(line.text):
        return []
    heads: list[LabelFound] = []
    for label in labels:
        begins = any(cell.start == label.span.start for cell in line.cells)
        between = label.span.doc[heads[-1].span.end : label.span.start].text if heads else "none"
        valued = not any(c.isalnum() for c in between) and not label.marked
        if begins and not valued:
            heads.append(label)
    ends = [*(label.span.start for label in heads[1:]), line.span.end][: len(heads)]
    found = [_place(label, end) for label, end in zip(heads, ends, strict=True)]
    kept = zip(heads, found, strict=True)
    return [place for label, place in kept if _is_told(place) and place.field in _PLACES and _stands_apart(line, label)]


def _places_below(sheet: Sheet, row: int, labels: Sequence[LabelFound]) -> list[_Place]:
    """The places of a row of heads whose values stand in the row below; none where further rows under several of the
    heads make it a table, or the row below is an entry that opens with its day."""
    heads = [label for label in labels if label.head and label.value is not None]
    if not heads or len(heads) < len([label for label in labels if label.head]) or row + 1 >= len(sheet.lines):
        return []
    under = sheet.lines[row + 1]
    if opens_with_date(under.text) or any(_begins_again(line, labels) for line in _right_below(sheet, row + 1)):
        return []
    held = {token.i for label in heads for token in label.value or ()}
    if any(token.i not in held for token in under.span):
        return []
    found = [_Place(label.field, label.span, tuple(label.value or ())) for label in heads]
    return [place for place in found if place.field in _PLACES and _is_told(place)]


def _right_below(sheet: Sheet, row: int) -> Iterator[Line]:
    """The rows below a row with no gap between them, to the next row of heads."""
    for above, line in pairwise(sheet.lines[row:]):
        if line.top - above.bottom >= 1.5 * max(10, above.bottom - above.top):
            return
        if len(line.cells) > 1 and all(fields_in(cell.text) for cell in line.cells):
            return
        yield line


def _begins_again(line: Line, labels: Sequence[LabelFound]) -> bool:
    """Whether a row has words, and no labels, under several of the heads."""
    begun = [cell for cell in line.cells if _is_under(cell, labels)]
    return len(begun) > 1 and not any(fields_in(cell.text) for cell in begun)


def _is_under(cell: Span, labels: Sequence[LabelFound]) -> bool:
    return any(shared_width(cell, label.value or label.span) > 0 for label in labels)


_DAY_WORDS = ("DATE", "DT", "ON")


def _place(label: LabelFound, end: int) -> _Place:
    """The label and its words; one that says no more than `Date`, with a day behind it, names the day of an ending."""
    words = tuple(_value(label, end))
    bare = len(label.span) <= 2 and label.span[0].norm_.strip(".:") in _DAY_WORDS
    if label.field == "description" and words and _is_citation(words):
        return _Place("statute", label.span, words)  # `Violation`
    return _Place(DAY if bare and label.field == "other" and _is_day(words) else label.field, label.span, words)


def _is_citation(words: Sequence[Token]) -> bool:
    """Whether words are a citation of a charge and no more."""
    found = statutes_in(line_of(words))
    return len(found) == 1 and is_charge_statute(found[0]) and len(found[0].span) == len(words)


def _is_day(words: Sequence[Token]) -> bool:
    """Whether words are a day and no more."""
    text = " ".join(token.text for token in words)
    found = dates_in(text)
    return len(found) == 1 and not any(c.isalnum() for c in text[: found[0].start] + text[found[0].end :])


def _is_told(place: _Place) -> bool:
    """Whether words stand behind a label that are no label themselves, as in a row of heads, and no day that heads
    what was ordered on it."""
    said = bool(place.words) and not fields_in(" ".join(token.text for token in place.words))
    return said and not (place.field in ENDED and _is_day(place.words))


def _value(label: LabelFound, end: int) -> Iterator[Token]:
    glued = label.value is not None and not label.below and label.value.start < label.span.end
    for token in label.span.doc[label.span.end - int(glued) : end]:
        if any(c.isalnum() for c in token.text):
            yield token


def _stands_apart(line: Line, label: LabelFound) -> bool:
    """Whether a mark or a wide gap parts a label from its value; titles such as `DISPOSITION REPORT` have none."""
    ends = [label.span[-1], *line.span.doc[label.span.end : min(label.span.end + 1, line.span.end)]]
    leader = any(_LEADER.fullmatch(token.text) for token in ends)
    return label.marked or leader or any(cell.start == label.span.end for cell in line.cells)


_LEADER = re.compile(r"[._-]{2,}")


def _has_ending(block: _Block) -> bool:
    places = block.told.places
    return any(places.get(place) for place in ENDED)


def _blocks(
    sheet: Sheet, places: Mapping[int, Sequence[_Place]], valued: Set[int], tables: Set[int]
) -> Iterator[_Block]:
    """The blocks from above to below: a heading begins one, and so does a place that is filled already; `valued` are
    the rows that hold no more than the values of places in the row above, `tables` those that head entries."""
    block: _Block | None = None
    for row, line in enumerate(sheet.lines):
        mine = places.get(row, ())
        if row in valued and block is not None:
            block.rows.add(row)
            continue
        heading = _heading(sheet, row, places)
        if row in tables or (heading is None and _is_order(line, block)):
            if block is not None:
                yield block
            block = None
            continue
        if block is not None and (heading is not None or any(_filled(block, place) for place in mine)):
            yield block
            block = None
        if block is None and (heading is not None or mine):
            block = _Block(_number(heading) if heading is not None else None, Told(0))
        if block is None:
            continue
        if heading is not None:
            _take_heading(block, line, heading, mine, row)
        if mine:
            _take(block, mine, row)
            if block.number is not None and heading is None and all(place.field in _CHARGED for place in mine):
                _take_beside(block, line, mine)
        elif heading is None and not _wraps(block, sheet, row):
            if _is_later(block, line, row):
                label = [] if block.told.places.get("termination") else _label_of_end(line)
                block.told.add("termination", line.span[len(label) :], label)
                block.rows.add(row)
            elif says_what_became(line.plain) or not _near(block, row, places):
                yield block
                block = None
            elif not _has_ending(block) and block.number is not None:
                _take_unlabelled(block, line, row)
    if block is not None:
        yield block


def _is_order(line: Line, block: _Block | None) -> bool:
    """Whether a row begins the orders of the court, or names another count than that of the block it stands in."""
    named = {int(found[1]) for found in _NAMED.finditer(line.plain)}
    other = bool(named) and (block is None or named != {block.number})
    return other or _ORDERED.search(line.plain) is not None


_NAMED = re.compile(r"(?<![A-Z0-9])(?:C0{1,2}|(?:COUNTS?|CTS?|CNTS?|CHGS?)\.? ?#?0{0,2})([1-9]\d?)(?![A-Z0-9/])")

_ORDERED = re.compile(
    r"\bIT IS (?:THEREFORE,? |HEREBY |FURTHER )*(?:ORDERED|ADJUDGED)|\bTHE COURT (?:HEREBY |FINDS AND )*ORDERS"
)


def _heading(sheet: Sheet, row: int, places: Mapping[int, Sequence[_Place]]) -> re.Match[str] | None:
    """The number of a count that a row heads, where places of its block follow within the next rows."""
    line, following = sheet.lines[row], range(row, row + 5)
    found = _HEADING.match(line.plain) or _numbered(line)
    if found is None or opens_with_date(line.text) or any(map(_is_ending, places.get(row, ()))):
        return None
    return found if any(places.get(at) for at in following) and _number(found) is not None else None


_BARE = re.compile(r"^\W{0,2}#?0{0,2}(?P<number>[1-9]\d?)[.):]*(?= )\W*")


def _numbered(line: Line) -> re.Match[str] | None:
    """The number alone that a row with a citation of a charge begins with."""
    found = _BARE.match(line.plain)
    cites = found is not None and any(
        is_charge_statute(one) and one.span.start > line.span.start for one in statutes_in(line)
    )
    return found if cites else None


def _number(heading: re.Match[str]) -> int | None:
    return count_number(heading["number"])


def _filled(block: _Block, place: _Place) -> bool:
    return place.field in _SINGLE and bool(block.told.places.get(place.field))


def _take_heading(block: _Block, line: Line, heading: re.Match[str], mine: Sequence[_Place], row: int) -> None:
    """The heading's own row: what stands behind the number without a label is the charge."""
    block.rows.add(row)
    said = line.plain_at(heading.start(), max(1, len(heading[0].rstrip())))
    labelled = {t.i for place in mine for t in (*place.label, *place.words)}
    for cell in line.cells:
        rest = [
            t for t in cell if t.i >= said.end and t.i not in labelled and any(c.isalnum() or c in "<>" for c in t.text)
        ]
        if rest:
            graded = rest[0].i == cell.start and grade_in(cell.text) is not None
            block.told.add("grade" if graded else "charge", rest)


def _take_unlabelled(block: _Block, line: Line, row: int) -> None:
    """A row among the places of a block without a label: class, citation or words by what each cell is."""
    block.rows.add(row)
    for cell in line.cells:
        block.told.add(_place_of(cell, line.pitch), cell)


def _take_beside(block: _Block, line: Line, mine: Sequence[_Place]) -> None:
    """The cells of a row that stand before its first label, and a class in a cell of its own behind a day."""
    for cell in line.cells:
        if cell.end <= mine[0].label.start:
            block.told.add(_place_of(cell, line.pitch), cell)
        elif mine[-1].field == "offense_date" and cell.start > mine[-1].label.start and _is_class(cell):
            block.told.add("grade", cell)


def _is_class(cell: Span) -> bool:
    return grade_in(cell.text) is not None and not dates_in(cell.text) and len(cell) <= 4


def _place_of(cell: Span, pitch: float) -> str:
    """What a cell without a label tells of a charge."""
    if grade_in(cell.text) is not None:
        return "grade"
    return "statute" if cites_charge(Line(cell, pitch)) else "description"


def _take(block: _Block, mine: Sequence[_Place], row: int) -> None:
    block.rows.add(row)
    for place in mine:
        words = _days(place.words) if place.field == DAY else place.words
        block.told.add(place.field, words, place.label)


def _days(words: Sequence[Token]) -> Sequence[Token]:
    """The words that are a day, where a day is among them."""
    found = dates_in(" ".join(token.text for token in words))
    return [t for t in words if any(p in t.text for p in found[0].raw.split())] if found else words


def _wraps(block: _Block, sheet: Sheet, row: int) -> bool:
    """Take a row without labels that goes on under the value above it."""
    if row - 1 not in block.rows or not block.told.places:
        return False
    above, line = sheet.lines[row - 1], sheet.lines[row]
    close = line.top - above.bottom < 0.9 * max(10, above.bottom - above.top)
    if not close or opens_with_date(line.text) or len(line.cells) > 2:
        return False
    for place, words in block.told.places.items():
        head = block.told.heads.get(place, [])
        if words and head and words[-1].i < line.span.start and words[-1].i >= above.span.start:
            under = abs(level_of(line.span[0]).left - level_of(words[0]).left) < 3 * line.pitch
            if under:
                block.told.add(place, line.span)
                block.rows.add(row)
                return True
    return False


def _is_later(block: _Block, line: Line, row: int) -> bool:
    """Whether a row right under the places of a numbered count, as far in as they are, tells what came of it later."""
    if block.number is None or not _has_ending(block) or row - 1 not in block.rows:
        return False
    heads = [level_of(words[0]).left for words in block.told.heads.values() if words]
    return (
        bool(heads)
        and abs(line.left - min(heads)) < 1.5 * line.pitch
        and (says_what_became(line.plain) or bool(_label_of_end(line)))
    )


def _label_of_end(line: Line) -> list[Token]:
    """The one word before a colon that says no more than that a period ended: how it did stands behind."""
    first = line.span[0]
    return [first] if len(line.span) > 1 and first.text.endswith(":") and notion_of(first.norm_) == "TERM" else []


def _near(block: _Block, row: int, places: Mapping[int, Sequence[_Place]]) -> bool:
    """Whether a place of the same block may still follow a row that is none."""
    following = [place for at in (row + 1, row + 2) for place in places.get(at, ())]
    return row - max(block.rows) <= 1 and any(not _filled(block, place) for place in following)
