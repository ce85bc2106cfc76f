"""Whether a page that is told again leaves out ink that may matter: then it is read as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from enum import IntEnum

from spacy.tokens import Token

from casefile.ocr import BBox, OcrPage
from extract.amounts import amount_in
from extract.charges import cites_charge
from extract.dates import dates_in
from extract.dispositions import says_what_became
from extract.doc import Line, line_of, word_of
from extract.footing import may_order
from extract.numbers import docket_numbers_in


class Loss(IntEnum):
    """What a page told again leaves out: nothing that matters, what may matter, or what says how a charge stands."""

    NOTHING = 0
    SOMETHING = 1
    DECISIVE = 2


def left_out(rows: Iterable[Sequence[Token]], page: OcrPage, heads: Set[int] = frozenset()) -> Loss:
    """The worst of what words of these rows say that `page` has no more.

    `heads` are the tokens, by number, that name columns and places: what they say is of what, not what.
    """
    kept = {word.bbox for word in page.words}
    return max((_loss(piece) for row in rows for piece in _gone(row, kept, heads)), default=Loss.NOTHING)


_COUNT = re.compile(r"C?0*\d{1,2}\W*")
# What holds a charge or a heading together in running text.
_JOINING = {
    "VIOLATION", "OFFENSE", "OFFENSES", "CHARGED", "CHARGES", "CHARGE", "MATTER", "VERSUS", "CAUSE", "CASE", "NO",
    "DOCKET", "SEARCH", "DISCLOSES", "INDICTMENT", "INFORMATION", "COMPLAINT", "INDICTMENT/INFORMATION", "STANDS",
    "CHAPTER", "SECTION", "CONTRARY", "TRANSCRIPT", "CALLED",
}  # fmt: skip
_ACCUSING = re.compile(r"COMMIT(?:TED)? THE OFFENSES?\b")


def _gone(row: Sequence[Token], kept: Set[BBox], heads: Set[int]) -> Iterator[Line]:
    """The stretches of a row that are not told again."""
    run: list[Token] = []
    for token in row:
        if word_of(token).bbox not in kept and token.i not in heads:
            run.append(token)
        elif run:
            yield line_of(run)
            run = []
    if run:
        yield line_of(run)


def _loss(piece: Line) -> Loss:
    if says_what_became(piece.plain) or cites_charge(piece) or docket_numbers_in(piece.text):
        return Loss.DECISIVE
    dated = dates_in(piece.text) or amount_in(piece.plain)
    return Loss.SOMETHING if dated or any(map(_may_matter, piece.span)) else Loss.NOTHING


def _may_matter(token: Token) -> bool:
    """Whether a word by itself may be part of an order, or a number of more than a count."""
    norm = token.norm_.strip(".,;:()")
    before = token.doc[max(0, token.i - 2) : token.i].text.upper()
    if norm == "WITH" and "CHARGED" in token.doc[max(0, token.i - 5) : token.i].text.upper().split():
        return False
    opened = before == "BE IT"  # remembered, however that was read
    if opened or _ACCUSING.match(" ".join(t.norm_ for t in token.doc[token.i : token.i + 3])):
        return False
    if _COUNT.fullmatch(token.text):
        return False  # the number of a count or of a row
    figures = sum(c.isdigit() for c in token.text) >= 3
    return figures or (norm not in _JOINING and may_order(token.text, norm, word_of(token).confidence))
