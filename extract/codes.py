"""Endings told by a code whose key is printed on the page: `5` in a column, `5 = GUILTY - CONVICTED` at the foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from casefile.ocr import BBox, OcrPage, Word
from extract.dispositions import says_what_became
from extract.doc import Line, Sheet, level_of, word_of
from extract.labels import fields_in

_HEADING = re.compile(r"\b(?:CODES?|KEY|LEGEND|ABBREVIATIONS)\b")
_PAIR = re.compile(r"(?:(?<=  )|^)\(?(?P<code>[A-Z0-9]{1,4})\)? ?[=-] ?(?P<words>[A-Z]{2}.*)")
_BARE = re.compile(
    r"\(?(?P<code>[A-Z]|[0-9]{1,2}|[A-Z][0-9])[).]* (?P<words>[A-Z]{3}.*)"
)  # `01 DISMISSED`, below a heading
_ABOVE = re.compile(r"\W*(?:[A-Z]+ ){0,3}(?:CODES|KEY|LEGEND|ABBREVIATIONS)(?: [A-Z]+){0,3}\W*")
_ENDS = ("disposition", "finding", "orders", "plea")
LEAST = 2  # pairs that make a key
MOST_CODES = 20  # rows of a key
BARE = 3  # pairs with an equals sign that make one without a heading
SINGLE = 0.9  # of so few characters one misread makes another ending
NEAR = 2.5  # in character widths: a code that begins this near to its head stands under it


def is_keyed(sheet: Sheet) -> bool:
    """Whether a key to codes of endings is printed on the page."""
    return bool(_key_rows(sheet))


def with_codes_told(sheet: Sheet) -> tuple[OcrPage, bool]:
    """The page with each code under a head of endings replaced by the words that the key gives it, and without the
    key; and whether no code was left untold. What is put in keeps the ink of its code."""
    rows = _key_rows(sheet)
    key = {code: words for row in rows for code, words in _pairs(sheet, row)}
    found = list(_codes(sheet, rows))
    codes = {token.i: key[_bare(token)] for _, token in found if _bare(token) in key}
    untold = [token for _, token in found if _bare(token) not in key]
    for head in {head.start: head for head, _ in found if not set(fields_in(head.text)) & set(_ENDS)}.values():
        codes |= {token.i: "DISPOSITION" if token.i == head.start else "" for token in head}
    words: list[Word] = []
    level: list[BBox] = []
    for number, line in enumerate(sheet.lines):
        for token in line.span if number not in rows else ():
            for word, box in _told(token, codes.get(token.i)):
                words.append(replace(word, line=number))
                level.append(box)
    page = replace(sheet.page, words=tuple(words), level=tuple(level))
    return page, bool(codes) and not untold


def _key_rows(sheet: Sheet) -> set[int]:
    """The rows of a key, with its heading; empty where the page has none."""
    pairs = {row: list(_pairs(sheet, row)) for row in range(len(sheet.lines))}
    ending_rows = [row for row, found in pairs.items() if any(says_what_became(words) for _, words in found)]
    rows = {row for row in pairs if pairs[row] and ending_rows[:1] and ending_rows[0] - 1 <= row <= ending_rows[-1] + 1}
    told = [pair for row in rows for pair in pairs[row]]
    codes = [code for code, _ in told]
    heads = {row - 1 for row in rows if row and row - 1 not in rows and _HEADING.search(sheet.lines[row - 1].plain)}
    signed = all("=" in sheet.lines[row].text for row in rows)
    distinct = len(set(codes)) == len(codes)
    enough = len(told) >= LEAST if heads else signed and len(told) >= BARE and not any(c.isdigit() for c in codes)
    ending = sum(says_what_became(words) for _, words in told)
    return rows | heads if distinct and enough and ending >= LEAST else set()


def _pairs(sheet: Sheet, row: int) -> list[tuple[str, str]]:
    """The codes of a row that holds nothing else, and what they stand for: one a cell, with a sign between; below the
    heading of a key with none."""
    cells = [" ".join(token.text.upper() for token in cell) for cell in sheet.lines[row].cells]
    found = [_PAIR.fullmatch(cell) for cell in cells]
    if not all(found) and _is_below_heading(sheet, row):
        found = [_BARE.fullmatch(pair) for pair in _pieces(cells)]
    return [(one["code"], one["words"]) for one in found if one is not None] if all(found) else []


def _pieces(cells: Sequence[str]) -> Iterator[str]:
    """The cells, one that is a code alone put together with the one behind it."""
    code = ""
    for cell in cells:
        if not code and re.fullmatch(r"\W?(?:[A-Z]|\d{1,2}|[A-Z]\d)\W?", cell):
            code = cell
        else:
            yield f"{code} {cell}".strip()
            code = ""
    if code:
        yield code


def _is_below_heading(sheet: Sheet, row: int) -> bool:
    """Whether the rows right above a row, each as short as a code and its words, lead up to the heading of a key."""
    for at in range(row - 1, max(-1, row - 1 - MOST_CODES), -1):
        if _ABOVE.fullmatch(sheet.lines[at].plain) and len(sheet.lines[at].cells) == 1:
            return True
        cells = [" ".join(token.text.upper() for token in cell) for cell in sheet.lines[at].cells]
        if not all(map(_BARE.fullmatch, _pieces(cells))):
            return False
    return False


def _codes(sheet: Sheet, rows: set[int]) -> Iterator[tuple[Span, Token]]:
    """The words that stand alone in a column headed for endings, each with its head."""
    for row, line in enumerate(sheet.lines):
        for head in _heads_of_codes(line) if row not in rows and len(line.cells) > 2 else ():
            if not any(c.isdigit() for c in line.text):
                yield from (
                    (head, cell[0])
                    for below in _below(sheet, row, rows)
                    for cell in below.cells
                    if len(cell) == 1 and abs(level_of(cell[0]).left - level_of(head[0]).left) < NEAR * sheet.pitch
                )


def _heads_of_codes(line: Line) -> Sequence[Span]:
    """The heads of a row that name endings or, where none does, the one that says no more than that it heads codes."""
    ending = [cell for cell in line.cells if set(fields_in(_uncoded(cell))) & set(_ENDS)]
    bare = [cell for cell in line.cells if re.fullmatch(r"\W*CODES?\W*", cell.text.upper())]
    return ending or (bare if len(bare) == 1 else [])


def _uncoded(head: Span) -> str:
    """What a head says besides that codes stand under it."""
    return re.sub(r"[ /]*\bCODES?\b\.?", "", head.text.upper()) or "CODE"


def _below(sheet: Sheet, top: int, rows: set[int]) -> Sequence[Line]:
    """The rows under a row of heads, up to the key."""
    last = next((row for row in range(top + 1, len(sheet.lines)) if row in rows), len(sheet.lines))
    return sheet.lines[top + 1 : last]


def _bare(token: Token) -> str:
    return token.text.upper().strip("().:")


def _told(token: Token, words: str | None) -> Iterator[tuple[Word, BBox]]:
    """The word as it stands or, for a code, the words it stands for, side by side in the room of the code."""
    word, box = word_of(token), level_of(token)
    if words is None:
        yield word, box
        return
    pieces = words.split()
    if not pieces:
        return
    step = max(2.0, box.width / len(pieces))
    for at, piece in enumerate(pieces):
        left = round(box.left + at * step)
        yield (
            replace(word, text=piece, confidence=min(word.confidence, SINGLE)),
            BBox(left, box.top, left + max(1, round(step) - 1), box.bottom),
        )
