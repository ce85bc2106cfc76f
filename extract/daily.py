"""Days with a row or a column of their own: what was done on each is told again behind its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.tokens import Span, Token

from casefile.ocr import OcrPage
from extract.accusations import flowing, holds_together
from extract.counts import PARTICULARS
from extract.dates import dates_in, is_day, opens_with_date
from extract.dispositions import Effect, says_what_became, wordings_in
from extract.doc import CELL_GAP, Line, Sheet, level_of, sheet_of
from extract.entries import counts_in, is_day_to_come, is_judge_row
from extract.grids import Head, cut_under, ends_table, heads_in
from extract.headings import notion_of
from extract.labels import labels_on
from extract.retold import CHARGED, DAY, ENDED, Setter
from extract.side_by_side import NEAR

_HEADED = (
    r"(?:FINAL )?(?:DISPOSITIONS?|JUDGMENTS?|ORDERS?|SENTENCE|FINDINGS?)(?: (?:ENTERED|DATED?|ON|OF|AND SENTENCE))*:?"
)
_BEFORE = re.compile(
    rf"\W*(?:(?:AND |THAT |THEREAFTER,? )?ON|DATED?:?|ENTERED:?|DAY|{_HEADED})?(?: THE| THIS)?\W*", re.I
)
# `ON 02/27/92 AT 0830 AM IN DEPT 121:`
_AFTER = re.compile(
    r"(?:,? AT \d{1,2}:?\d\d ?(?:[AP]\.?M\.?)?)?"
    r"(?:,? IN (?:DEPT|DEPARTMENT|DIV|DIVISION|ROOM|COURTROOM|BRANCH)\.? \w{1,4})?[\W_]*",
    re.I,
)
_JUDGE = re.compile(r"^\W*(?:BEFORE|JUDGE|HON)\b|PRESIDING\W*$|JUDGE\W*$")
MOST_ROWS = 14  # of one day


def told_by_day(sheet: Sheet) -> OcrPage | None:
    """The page with the rows of each day set behind the day; None where no day has a row to itself with things
    done below it."""
    named = [lb for lb in labels_on(sheet) if (lb.head or lb.below) and lb.field in PARTICULARS]
    heads = {lb.line - 1 if lb.above else lb.line + 1 for lb in named}
    days = {row: day for row, line in enumerate(sheet.lines) if row not in heads and (day := _day_alone(line))}
    blocks = {row: below for row in days if (below := _below(sheet, row, days))}
    if len(blocks) == 1 and not _is_led(sheet.lines[next(iter(blocks))]):
        return None  # a date by itself, as that of a print, says nothing of the rows below it
    if not any(_decides(sheet.lines[at]) for below in blocks.values() for at in below):
        return None
    setter, moved = Setter(sheet.pitch), {at for below in blocks.values() for at in below}
    for row, line in enumerate(sheet.lines):
        if row in blocks:
            first, *rest = blocks[row]
            setter.entry(list(days[row]), "", list(sheet.lines[first].span), "")
            for at in rest:
                setter.onward(list(sheet.lines[at].span))
        elif row not in moved:
            setter.keep(line.span, line.top)
    return setter.page(sheet.page)


def _day_alone(line: Line) -> Span | None:
    """The words of the day a row is; None where it says more."""
    found = dates_in(line.text)
    if len(found) != 1 or found[0].value is None:
        return None
    before, after = line.text[: found[0].start], line.text[found[0].end :]
    whole = _BEFORE.fullmatch(before) is not None and _AFTER.fullmatch(after) is not None
    return line.at(found[0].start, found[0].end) if whole else None


def hours_on(sheet: Sheet) -> frozenset[int]:
    """The tokens, by number, that say at what hour and in what room the court sat on a day that has a row to itself."""
    days = ((line, day) for line in sheet.lines if (day := _day_alone(line)) is not None)
    return frozenset(token.i for line, day in days for token in line.span if token.i >= day.end)


def _is_led(line: Line) -> bool:
    """Whether words before the day say that something was done on it."""
    return any(c.isalpha() for c in line.text[: dates_in(line.text)[0].start])


def _below(sheet: Sheet, row: int, days: dict[int, Span]) -> list[int]:
    """The rows that tell of a day: up to the next one, to a wide gap, to a row that names a judge, or to one that
    begins left of them."""
    out: list[int] = []
    for at in range(row + 1, min(row + 1 + MOST_ROWS, len(sheet.lines))):
        above, line = sheet.lines[at - 1], sheet.lines[at]
        far = line.top - above.bottom > 1.8 * max(10, above.bottom - above.top)
        outward = bool(out) and line.left < sheet.lines[out[0]].left - 1.5 * line.pitch
        if at in days or far or outward or is_judge_row(line) or _JUDGE.search(line.plain) or _dated(line):
            break
        out.append(at)
    if not out or _is_charge(sheet.lines[out[0]]):
        return []
    return out if any(wordings_in(sheet.lines[at].plain) for at in out) else []


_COUNT = re.compile(r"\W*(?:COUNT|CNT|CT|CHARGE|CHG)\b\.? ?(?:NO\.?|NUMBER|#)? ?(?:\d{1,2}|[IVX]{1,4})\b")


def _is_charge(line: Line) -> bool:
    """Whether a row heads a count and does not say what became of it: the day above it is that of the paper."""
    return _COUNT.match(line.plain) is not None and not says_what_became(line.plain)


def _dated(line: Line) -> bool:
    found = dates_in(line.text)
    return bool(found) and _BEFORE.fullmatch(line.text[: found[0].start]) is not None


def _decides(line: Line) -> bool:
    return any(found.wording.effect is not Effect.NONE for found in wordings_in(line.plain))


# --- entries whose day, count or judge stand in columns that are not in the order of reading ------------------------


@dataclass
class _Row:
    """What the rows of one entry hold, by column."""

    day: list[Token]
    count: list[Token]
    words: list[Token] = field(default_factory=list)
    owed: dict[str, list[Token]] = field(default_factory=dict)


_BESIDE = ("judge", "count")
_ABOUT = re.compile(r"ALL|C?0{0,2}[1-9]\d?(?:(?: ?[,&] ?| AND )0{0,2}[1-9]\d?)*")
_COURTROOM = {"CT", "CRT", "COURT"}


def told_in_columns(sheet: Sheet) -> tuple[OcrPage, frozenset[int]] | None:
    """The page with each entry of a table set behind its day, with the count that a column of its own names behind
    it, and the tokens, by number, that head the columns; None where the page has no such table, or its rows read from
    left to right as they stand."""
    for top in range(len(sheet.lines) - 1):
        heads = _of_entries(heads_in(sheet, top, 1))
        if _head_entries([head.field for head in heads]):
            found = _entries_under(sheet, heads, top)
            if found is None:
                return None
            rows, told = found
            codes = [cut_under(sheet.lines[row], heads).get(at, ()) for at in _places_of("code", heads) for row in told]
            named = frozenset(token.i for words in (*(head.words for head in heads), *codes) for token in words)
            return _set_in_rows(sheet, heads, top, rows, told), named
    return None


def _places_of(name: str, heads: Sequence[Head]) -> list[int]:
    return [at for at, head in enumerate(heads) if head.field == name]


_LINE = {"SEQ", "SEQUENCE", "LINE", "LN", "NO", "ITEM", "#"}
_DONE = {"EVENT", "EVENTS", "ACTION", "ACTIVITY", "ACTIONS"}
_CODES = {"CODE", "CD", "ACT CODE", "EVENT CODE", "CODE NO"}
_CODE = re.compile(r"[A-Z]?\d{2,4}[A-Z]?")
_AMOUNT = re.compile(r"(?:TERM|TIME|LENGTH|AMOUNT|AMT|SENTENCE|[/ ])+")
_OWED = re.compile(r"FINE|COSTS?|RESTITUTION|FINE AMOUNT")


def heads_entries(sheet: Sheet, row: int) -> bool:
    """Whether a row heads numbered entries with the counts they are about in a column of their own."""
    fields = [head.field for head in _of_entries(heads_in(sheet, row, 1))]
    return _head_entries(fields) and "count" in fields and bool({"line", "code"} & set(fields))


def _of_entries(heads: Sequence[Head]) -> list[Head]:
    """The heads, those over numbers of rows, amounts and money known as such beside those of a day and of orders."""
    out = _with_day(heads)
    if DAY not in [head.field for head in out]:
        return []
    for at, head in enumerate(heads):
        said = _plain(head.words).strip(".:")
        done = any(other.field in ENDED for other in out[:at])
        if at == 0 and said.strip(".") in _LINE:
            out[at] = replace(head, field="line")
        elif said in _CODES:
            out[at] = replace(head, field="code")
        elif said in _DONE:
            out[at] = replace(head, field="orders")
        elif done and _AMOUNT.fullmatch(said):
            out[at] = replace(head, field="amount")
        elif done and _OWED.fullmatch(said):
            out[at] = replace(head, field=said.split()[0])
    return out


def _with_day(heads: Sequence[Head]) -> list[Head]:
    """The heads, the one that names a day among others known as that of the entries, and orders that were entered
    beside it as no second day."""
    days = [at for at, head in enumerate(heads) if "DATE" in _notions(head)]
    if len(days) != 1 or not all(_notions(heads[days[0]])):
        return list(heads)
    out = [replace(head, field="orders") if head.field == DAY and "ORDER" in _notions(head) else head for head in heads]
    if heads[days[0]].field == "":
        out[days[0]] = replace(heads[days[0]], field=DAY)
    return out


def _notions(head: Head) -> list[str]:
    """What each word of a head names; empty for a word that none of the entries' days has."""
    return ["ORDER" if token.norm_ in ("ACT", "EVENT", "ENTRY") else notion_of(token.norm_) for token in head.words]


def _head_entries(fields: Sequence[str]) -> bool:
    """Whether heads are those of entries, in an order in which their rows cannot be read."""
    done = [name for name in fields if name in ENDED]
    beside = {name for name in fields if name in ("line", "code", "amount") or _OWED.fullmatch(name)}
    if len(done) != 1 or fields.count(DAY) != 1 or set(fields) - {DAY, *done, *_BESIDE, *beside}:
        return False
    as_it_stands = bool(beside) and "line" not in beside and "count" in fields[: fields.index(done[0])]
    return (
        len(set(fields)) == len(fields) and not as_it_stands and (fields[0] != DAY or bool(beside) or "count" in fields)
    )


def _entries_under(sheet: Sheet, heads: Sequence[Head], top: int) -> tuple[list[_Row], range] | None:
    """The entries under the heads and their rows; None where a row cannot be told from its neighbours."""
    out: list[_Row] = []
    end = top + 1
    for end in range(top + 1, len(sheet.lines) + 1):
        if end == len(sheet.lines) or ends_table(sheet, heads, sheet.lines[end - 1], sheet.lines[end]):
            break
        cells: dict[str, list[Token]] = {}
        for column, words in cut_under(sheet.lines[end], heads).items():
            cells.setdefault(heads[column].field, []).extend(words)
        if not all(token.text.strip(".").isdigit() for token in cells.get("line", [])):
            if says_what_became(sheet.lines[end].plain) or DAY in cells:
                return None
            break  # a row of words below the numbered ones
        if not all(_CODE.fullmatch(token.text) for token in cells.get("code", [])) or not _take(out, cells):
            return None
    return (out, range(top + 1, end)) if out else None


def _take(out: list[_Row], cells: dict[str, list[Token]]) -> bool:
    """Add a row to the entries: one of its own where it has a day, else part of the one above it."""
    day, count, judge = (cells.get(name, []) for name in (DAY, "count", "judge"))
    count = count if any(c.isalnum() for c in _plain(count)) else []  # `-`
    if wordings_in(_plain(judge)) or (count and _ABOUT.fullmatch(_plain(count)) is None):
        return False
    if is_day(" ".join(token.text for token in day)):
        out.append(_Row(day, count))
    elif day or count or not out:
        return False
    words = [token for name in ENDED for token in cells.get(name, [])]
    if not day and opens_with_date(_plain(words)) and not is_day_to_come(_plain(words), _plain(out[-1].words)):
        return False  # what was done on another day
    out[-1].words.extend([*words, *cells.get("amount", [])])
    for name in filter(_OWED.fullmatch, cells):
        out[-1].owed.setdefault(name, []).extend(cells[name])
    return True


def _set_in_rows(sheet: Sheet, heads: Sequence[Head], top: int, rows: Sequence[_Row], told: range) -> OcrPage:
    """The page with the entries in the place of their rows, and no head over judges, amounts and the like: what
    stands below it now was done."""
    counted = _number_counts(sheet, heads, top, rows)
    silent = {token.i for head in heads if head.field not in (DAY, "count", *ENDED) for token in head.words}
    setter = Setter(sheet.pitch)
    for number, line in enumerate(sheet.lines):
        if number == told.start:
            for row in rows:
                about = _about(row) if counted else ""
                if row.words:
                    setter.entry(row.day, "", row.words, about)
                for name, amount in row.owed.items():
                    setter.entry(row.day, name if "$" in _plain(amount) else f"{name} $", amount, about)
        if number not in told:
            setter.keep([token for token in line.span if token.i not in silent], line.top)
    return setter.page(sheet.page)


def _number_counts(sheet: Sheet, heads: Sequence[Head], top: int, rows: Sequence[_Row]) -> bool:
    """Whether a column that may number courtrooms numbers counts: no case is in two rooms, or in all, on one day."""
    head = next((head for head in heads if head.field == "count"), None)
    if head is None or _plain(head.words).strip(".:") not in _COURTROOM:
        return head is not None
    named = {_plain(row.count) for row in rows if row.count}
    if (listed := _listed_above(sheet, _plain(head.words), top)) and named <= listed:
        return True
    above = {number for line in sheet.lines[:top] for number in counts_in(line.plain)}
    known = {number for row in rows for number in counts_in(_about(row))} <= {0, *above}
    days: dict[str, set[str]] = {}
    for row in rows:
        days.setdefault(_plain(row.day), set()).update([_plain(row.count)] if row.count else [])
    return known and ("ALL" in named or any(len(numbers) > 1 for numbers in days.values()))


def _listed_above(sheet: Sheet, head: str, top: int) -> set[str]:
    """The numbers of charges that a list of them above has under the same head."""
    for row in range(top):
        heads = heads_in(sheet, row, 1)
        at = next((at for at, other in enumerate(heads) if _plain(other.words) == head), None)
        if at is not None and heads[at].field == "count" and {other.field for other in heads} & set(CHARGED):
            return {_plain(cut_under(line, heads).get(at, ())) for line in sheet.lines[row + 1 : top]} - {""}
    return set()


def _about(row: _Row) -> str:
    """The counts of an entry by its column, as an entry names them; empty where its words name them."""
    said = _plain(row.count).removeprefix("C")
    if not said or counts_in(_plain(row.words)):
        return ""
    return "ALL COUNTS" if said == "ALL" else f"COUNTS {said}" if re.search(r"\D", said) else f"COUNT {said}"


def _plain(words: Sequence[Token]) -> str:
    return " ".join(token.norm_ for token in words)


def tells_two_days(line: Line) -> bool:
    """Whether a row that opens with its day tells, far behind, what became of a charge on another."""
    later = line.cells[1:] if opens_with_date(line.cells[0].text) else ()
    rest = (line.span.doc[cell.start : line.span.end] for cell in later if opens_with_date(cell.text))
    return any(says_what_became(_plain(list(words))) for words in rest)


def goes_on_with_its_day(above: Line, line: Line) -> bool:
    """Whether a row that rules opens with a day which the row above it leads to, and is no entry of that day."""
    led = _LEADS_TO_DAY.search(above.plain.rstrip(" ,:"))
    worded = line.span[0].text[:1].isalpha()
    near = line.top - above.bottom < 1.2 * max(10, above.bottom - above.top)
    ruled = opens_with_date(line.text) and says_what_became(line.plain)
    return led is not None and near and ruled and (worded or led["on"] is not None)


_LEADS_TO_DAY = re.compile(
    r"\b(?:COMMITTED|COMMITTING|OCCURRED|OCCURRING|ALLEGEDLY|BORN|ARRESTED|OFFENSE|ABOUT|ON)"
    r"(?P<on>(?<=ABOUT)|(?<=\bON)| ON)?$"
)


def with_halves_joined(sheet: Sheet) -> Sheet:
    """The sheet, entries that go on in a second half beside the first, under the same heads, set below those."""
    for top in range(len(sheet.lines) - 1):
        heads = heads_in(sheet, top, 1)
        half = len(heads) // 2
        said = [_plain(head.words) for head in heads]
        if half < 2 or said[:half] != said[half:] or DAY not in [head.field for head in heads[:half]]:
            continue
        parted = _parted(sheet, heads[half].left - NEAR * sheet.pitch, top)
        if parted:
            return _set_below(sheet, parted, top, heads[half].left - heads[0].left)
    return sheet


def _parted(sheet: Sheet, edge: float, top: int) -> list[tuple[list[Token], list[Token]]]:
    """The words of the heads and of each row below them left and right of an edge, up to a row that goes across it;
    empty where the right half has no entry of its own."""
    out: list[tuple[list[Token], list[Token]]] = []
    for line in sheet.lines[top:]:
        left = [token for token in line.span if level_of(token).left < edge]
        right = [token for token in line.span if level_of(token).left >= edge]
        if left and right and level_of(right[0]).left - level_of(left[-1]).right <= CELL_GAP * sheet.pitch:
            break
        if not right and left and level_of(left[-1]).right > edge + 2 * NEAR * sheet.pitch:
            break
        out.append((left, right))
    dated = [opens_with_date(" ".join(token.text for token in right)) for _, right in out[1:] if right]
    return out if dated and dated[0] else []


def _set_below(sheet: Sheet, parted: Sequence[tuple[list[Token], list[Token]]], top: int, width: float) -> Sheet:
    setter, end = Setter(sheet.pitch), top + len(parted)
    for line in sheet.lines[:top]:
        setter.keep(line.span, line.top)
    for line, (left, _) in zip(sheet.lines[top:end], parted, strict=True):
        if left:
            setter.keep(left, line.top)
    setter.turn()
    for line, (_, right) in zip(sheet.lines[top + 1 : end], parted[1:], strict=True):
        if right:
            setter.keep(right, line.top, left=width)
    setter.turn()
    for line in sheet.lines[end:]:
        setter.keep(line.span, line.top)
    return sheet_of(setter.page(sheet.page))


def with_entries_whole(sheet: Sheet) -> Sheet:
    """The sheet, an entry in sentences that goes on at the edge its day stands at set in one row: where several do."""
    wrapped = [above for above, line in pairwise(sheet.lines) if _wraps(above, line)]
    entries = [line for line in sheet.lines if opens_with_date(line.text) and holds_together(line)]
    return sheet_of(flowing(sheet.page, sheet)) if wrapped and len(entries) > 1 else sheet


def _wraps(above: Line, line: Line) -> bool:
    """Whether a row of sentences that opens with its day goes on, in the middle of one, right below that day."""
    entry = opens_with_date(above.text) and holds_together(above) and len(above.cells) == 1
    close = line.top - above.bottom < 1.2 * max(10, above.bottom - above.top)
    edge = abs(line.left - above.left) < 1.5 * line.pitch and not opens_with_date(line.text)
    return entry and close and edge and above.text.rstrip()[-1] not in ".:;"
