"""Which field each word belongs to, by a small net over its shape, its neighbours and the labels around it.

A spaCy component: `tagged(doc)` leaves in `doc._.tags` one `Tag` a token, a field's name and its probability. It is a
second opinion: what it says is offered where the finders found nothing (extract/second_look.py), and may be weighed
as evidence; it never makes a reading sure. extract/data/tagger.md is the model's card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extract.dates import dates_in
from extract.doc import GLUED, level_of
from extract.lexicon import LEXICON
from extract.names import is_given
from extract.numbers import docket_numbers_in

Floats: TypeAlias = npt.NDArray[np.float32]
Ids: TypeAlias = npt.NDArray[np.int64]

TAGS = (
    "other", "docket_number", "surname", "given", "middle", "birth_date", "arrest_date", "filed_date", "offense_date",
    "disposition_date", "statute", "description", "grade", "plea", "disposition", "sentence", "ir_number", "sid",
)  # fmt: skip
BUCKETS = 1 << 15  # rows of the table that features are hashed into; the last holds nothing
NONE = BUCKETS - 1
BIN = 2.0  # character widths a bin of a row is wide

Doc.set_extension("tags", default=None, force=True)


class Tag(NamedTuple):
    """A field, as TAGS names it, and the probability, 0 to 1, that the token belongs to it."""

    field: str
    probability: float


# --- what is seen of a token ------------------------------------------------------------------------------


class _Traits(NamedTuple):
    """A token by itself: its word, its shape, how it begins and ends, and what it is like; each hashed."""

    word: int
    shape: int
    start: int
    end: int
    like: int


_FIGURES = re.compile(r"\d+")
_CITED = re.compile(r"\d{2,3}[ -/.]\d.*[-/(.]|\d+(?:\.5)?-\d+|ILCS|\d/\d")


@lru_cache(maxsize=20_000)
def _traits(text: str, norm: str) -> _Traits:
    bare = norm.strip(".,:;()#*")
    word = bare if bare and not any(c.isdigit() for c in bare) else "#"
    shape = re.sub(r"[A-Z]", "X", re.sub(r"[a-z]", "x", _FIGURES.sub(lambda m: "d" * min(4, len(m[0])), text)))
    shape = re.sub(r"(.)\1{3,}", r"\1\1\1", shape)[:14]
    flags = (
        bare in LEXICON, is_given(bare), bool(dates_in(text)), bool(docket_numbers_in(text)),
        _CITED.search(text) is not None, text[-1:] in ":#", len(bare) == 1, text[-1:] == ",", text.isupper(),
        min(9, sum(c.isdigit() for c in text)),
    )  # fmt: skip
    return _Traits(*(crc32(part.encode()) for part in (word, shape, bare[:3], bare[-3:], repr(flags))))


def _is_label(token: Token) -> bool:
    """Whether a word may be a label or a head, or a part of one."""
    bare = token.norm_.strip(".,:;()#*")
    return token.text[-1:] in ":#" or (len(bare) > 1 and not any(map(str.isdigit, bare)) and bare in LEXICON)


@dataclass(frozen=True)
class _Around:
    """For each token the places of the tokens it is seen by; the place behind the last token is none."""

    left: Ids
    left2: Ids
    right: Ids
    right2: Ids
    row_first: Ids
    label: Ids  # nearest label word to the left in the row
    label2: Ids  # the one before that
    above: Ids  # what stands over the token
    head: Ids  # the label word nearest above it
    cell_head: Ids  # the label word nearest above the beginning of its cell


def _around(doc: Doc, rows: Sequence[Span], pitch: float) -> _Around:
    none = len(doc)
    at = {name: np.full(none, none, np.int64) for name in _Around.__annotations__}
    over: dict[int, int] = {}
    labels: dict[int, int] = {}
    for row in rows:
        seen: list[int] = []
        cell = row.start
        for token in row:
            i, box = token.i, level_of(token)
            here = round(box.left / (BIN * pitch))
            at["row_first"][i] = row.start
            if i > row.start:
                at["left"][i] = i - 1
                if box.left - level_of(doc[i - 1]).right > 1.9 * pitch:
                    cell = i
            if i > row.start + 1:
                at["left2"][i] = i - 2
            if i + 1 < row.end:
                at["right"][i] = i + 1
            if i + 2 < row.end:
                at["right2"][i] = i + 2
            if seen:
                at["label"][i] = seen[-1]
            if len(seen) > 1:
                at["label2"][i] = seen[-2]
            if _is_label(token):
                seen.append(i)
            at["above"][i] = over.get(here, none)
            at["head"][i] = labels.get(here, none)
            at["cell_head"][i] = labels.get(round(level_of(doc[cell]).left / (BIN * pitch)), none)
        for token in row:
            box, is_label = level_of(token), _is_label(token)
            first, last = round(box.left / (BIN * pitch)) - 1, round(box.right / (BIN * pitch))
            for here in range(first, last + 1):
                over[here] = token.i
                if is_label:
                    labels[here] = token.i
    return _Around(**at)


_SLOTS = ("left", "left2", "right", "right2", "row_first", "label", "label2", "above", "head", "cell_head")


def features_of(doc: Doc) -> Ids:
    """For each token the rows of the table that speak for it: tokens by features."""
    rows: Sequence[Span] = doc.spans["rows"] if "rows" in doc.spans else [doc[:]]
    if not len(doc):
        return np.zeros((0, 1), np.int64)
    pitch = _pitch(doc)
    around = _around(doc, rows, pitch)
    traits = np.array([_traits(t.text, "" if t.norm_ == GLUED else t.norm_) for t in doc] + [(0,) * 5], np.int64)
    itself = np.arange(len(doc))
    word, shape, like = 0, 1, 4
    columns = [traits[itself, k] for k in range(5)]
    for slot in _SLOTS:
        where = getattr(around, slot)
        columns += [traits[where, k] for k in (word, shape, like)]
    own, left, label, head = itself, around.left, around.label, around.head
    columns += [
        _both(traits[label, word], traits[around.label2, word]),
        _both(traits[left, word], traits[around.left2, word]),
        _both(traits[own, shape], traits[label, word]),
        _both(traits[own, shape], traits[head, word]),
        _both(traits[own, like], traits[around.cell_head, word]),
        _both(traits[own, like], traits[left, word]),
        _both(traits[own, like], traits[around.right, like]),
        _both(traits[own, like], _both(traits[left, like], traits[around.left2, like])),
    ]
    columns += _places(doc, rows, pitch)
    salted = np.stack(columns, 1) + (np.arange(len(columns), dtype=np.int64) + 1) * 0x9E3779B1
    mixed = (salted * 0x2545F491) & 0x7FFFFFFFFFFF
    out: Ids = (mixed >> 13) % NONE
    return out


def _both(one: Ids, other: Ids) -> Ids:
    return one * 31 + other * 17 + 7


def _pitch(doc: Doc) -> float:
    widths = [level_of(t).width / len(t.text) for t in doc if len(t.text) >= 3]
    return max(1.0, float(np.median(widths))) if widths else 10.0


def _places(doc: Doc, rows: Sequence[Span], pitch: float) -> Iterator[Ids]:
    """Where a token stands: on the page, in its row and cell, and below what."""
    right = max(level_of(t).right for t in doc)
    bottom = max(level_of(t).bottom for t in doc)
    facts = np.zeros((len(doc), 9), np.int64)
    entered = 0
    for number, row in enumerate(rows):
        dated = bool(dates_in(" ".join(t.text for t in row[:3]))) and bool(dates_in(row.text))
        cited = _CITED.search(row.text) is not None
        cell = 0
        for place, token in enumerate(row):
            box = level_of(token)
            gap = (box.left - level_of(doc[token.i - 1]).right) / pitch if place else 9.0
            cell += 1.9 < gap < 9.0 or (place > 0 and gap >= 9.0)
            facts[token.i] = (
                8 * box.left // max(1, right), 12 * box.top // max(1, bottom), min(3, int(gap)), min(6, place),
                min(5, cell), dated, min(2, entered), cited, min(20, number),
            )  # fmt: skip
        entered += dated
    return iter(facts.T)


# --- the net ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Net:
    """One hidden layer over a sum of rows of the table."""

    table: Floats  # BUCKETS by hidden
    hidden_bias: Floats
    out: Floats  # hidden by tags
    out_bias: Floats

    def probabilities(self, ids: Ids) -> Floats:
        """For each token the probability of each tag."""
        hidden = np.maximum(self.table[ids].sum(1) + self.hidden_bias, 0)
        scores = hidden @ self.out + self.out_bias
        scores = np.exp(scores - scores.max(1, keepdims=True))
        shares: Floats = scores / scores.sum(1, keepdims=True)
        return shares


@lru_cache(maxsize=1)
def shipped() -> Net:
    """The net inside the package."""
    with resources.files("extract").joinpath("data/tagger.npz").open("rb") as file:
        held = np.load(file)
        return Net(*(held[name].astype(np.float32) for name in ("table", "hidden_bias", "out", "out_bias")))


@Language.component("docket_fields", assigns=["doc._.tags"])
def tagged(doc: Doc) -> Doc:
    """The Doc with a `Tag` for each token in `doc._.tags`; one that has them already is left as it is."""
    if doc._.tags is None:
        shares = shipped().probabilities(features_of(doc)) if len(doc) else np.zeros((0, len(TAGS)), np.float32)
        best = shares.argmax(1)
        doc._.tags = tuple(Tag(TAGS[at], float(row[at])) for at, row in zip(best, shares, strict=True))
    return doc


@dataclass(frozen=True)
class Tagged:
    """Neighbouring words of one row with one tag; `probability` is the least of theirs."""

    field: str
    span: Span
    probability: float


def fields_told(doc: Doc) -> list[Tagged]:
    """The runs of words that belong to fields, in reading order."""
    tags: Sequence[Tag] = tagged(doc)._.tags
    out: list[Tagged] = []
    for row in doc.spans["rows"]:
        start = row.start
        for i in range(row.start + 1, row.end + 1):
            if i == row.end or tags[i].field != tags[start].field:
                if tags[start].field != "other":
                    least = min(tags[k].probability for k in range(start, i))
                    out.append(Tagged(tags[start].field, doc[start:i], least))
                start = i
    return out
