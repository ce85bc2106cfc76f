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
_ENDS = ("disposition", "finding", "orders", "plea")
LEAST = 2  # pairs that make a key
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
    key = {code: words for row in rows for code, words in _pairs(sheet.lines[row])}
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
    pairs = {row: list(_pairs(line)) for row, line in enumerate(sheet.lines)}
    whole = [row for row, found in pairs.items() if found and len(found) == len(sheet.lines[row].cells)]
    ending_rows = [row for row in whole if any(says_what_became(words) for _, words in pairs[row])]
    rows = {row for row in whole if ending_rows and ending_rows[0] - 1 <= row <= ending_rows[-1] + 1}
    told = [pair for row in rows for pair in pairs[row]]
    codes = [code for code, _ in told]
    heads = {row - 1 for row in rows if row and row - 1 not in rows and _HEADING.search(sheet.lines[row - 1].plain)}
    signed = all("=" in sheet.lines[row].text for row in rows)
    distinct = len(set(codes)) == len(codes)
    enough = len(told) >= LEAST if heads else signed and len(told) >= BARE and not any(c.isdigit() for c in codes)
    ending = sum(says_what_became(words) for _, words in told)
    return rows | heads if distinct and enough and ending >= LEAST else set()


def _pairs(line: Line) -> Iterator[tuple[str, str]]:
    """The codes of a row and what they stand for, one a cell."""
    for cell in line.cells:
        found = _PAIR.fullmatch(" ".join(token.text.upper() for token in cell))
        if found is not None:
            yield found["code"], found["words"]


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
