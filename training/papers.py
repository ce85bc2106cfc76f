"""Papers that no form of the specimens has, typed from the sentences of papers.toml: for what kind a page is."""
# ruff: noqa: E501 - a table row is easier to check on one line

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from casefile.archive import PageId
from casefile.docket import DocumentKind
from casefile.ocr import BBox, OcrPage, Word
from specimens.people import MEN, SURNAMES, WOMEN

CHARGES = (
    ("possession of cannabis", "720 ILCS 550/4(c)"), ("poss cannabis 30-500 grams", "56 1/2-704(d)"), ("delivery of cannabis", "56 1/2-705(d)"),
    ("battery", "38-12-3"), ("retail theft", "720 ILCS 5/16A-3"), ("poss controlled substance", "720-570/402(c)"),
    ("possession of marijuana", "11357(b) HS"), ("possession for sale", "11359 H&S"), ("petty theft", "484 PC"), ("driving while license suspended", "95 1/2-6-303"),
)  # fmt: skip
COUNTIES = ("Ogle", "Macon", "Adams", "Knox", "Vermilion", "Tazewell", "Orange", "Marin", "Tulare", "Cook", "Kane")
TOWNS = ("Quincy", "Galesburg", "Dixon", "Pekin", "Salinas", "Visalia", "Evanston")
MONTHS = ("January", "March", "April", "June", "July", "September", "October", "December")
LINES = ("court_sheet", "ledger")  # kinds of one row or block a case


@cache
def _stock() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "papers.toml").read_text("utf-8"))


def papers(seed: int, total: int) -> Iterator[tuple[OcrPage, DocumentKind, str]]:
    """Pages with their kind and the name of the paper, kinds in turn."""
    kinds = [kind for kind in _stock() if kind != "caption"]
    for number in range(total):
        rng, kind = Random(f"paper {seed} {number}"), kinds[number % len(kinds)]
        rows = _of_cases(rng, kind) if kind in LINES else _of_one_case(rng, kind)
        yield _typed(rng, rows, f"paper-{seed}-{number}"), DocumentKind(kind), f"paper {seed} {number}"


def _fills(rng: Random) -> dict[str, str]:
    """What the words in braces are on one row of a paper."""
    surname, given = rng.choice(SURNAMES), rng.choice(MEN + WOMEN)
    month, day, year = rng.randint(1, 12), rng.randint(1, 28), rng.randint(66, 99)
    charge, cite = rng.choice(CHARGES)
    number = rng.choice((f"{year}-CF-{rng.randint(10, 2400)}", f"{year} CM {rng.randint(10, 900)}", f"{year} CR {rng.randint(100, 29999):05d}", f"A{rng.randint(100000, 999999)}"))  # fmt: skip
    written = rng.choice((f"{month:02d}/{day:02d}/{year}", f"{month}-{day}-{year}", f"{month}/{day}/{year}"))
    return {
        "name": f"{given} {surname}", "last": f"{surname}, {given}", "other": rng.choice(SURNAMES), "number": number,
        "county": rng.choice(COUNTIES), "town": rng.choice(TOWNS), "date": written, "n": str(rng.randint(2, 180)),
        "day": f"{rng.choice(MONTHS)} {day}, 19{year}", "charge": charge, "cite": cite, "count": str(rng.randint(1, 3)),
    }  # fmt: skip


def _said(text: str, one: dict[str, str], rng: Random) -> str:
    """A sentence of the case, with days, places and people of its own."""
    return text.format(**{**_fills(rng), **one})


def _of_one_case(rng: Random, kind: str) -> list[str]:
    """A paper of one case: what it is called, whose it is, and sentences in their order."""
    stock = _stock()[kind]
    one = {key: value for key, value in _fills(rng).items() if key in ("name", "number", "county", "charge", "cite")}
    caption = _said(rng.choice(_stock()["caption"]["lines"]), one, rng).split("|")
    if kind == "other" and rng.random() < 0.4:
        caption = caption[-1:]
    parts = [rng.choice(stock["opening"])]
    parts += rng.sample(stock["body"], rng.randint(3, 6) if kind == "half_sheet" else rng.randint(1, 2))
    parts += rng.sample(stock["more"], rng.randint(1, 3))
    title = [" " * rng.randint(0, 30) + rng.choice(stock["title"])]
    head = [*title, "", *caption] if rng.random() < 0.4 else [*caption, "", *title]
    said = [row for part in parts for row in _said(part, one, rng).split("|")]
    close = _said(rng.choice(stock["close"]), one, rng).split("|")
    if rng.random() < 0.12:  # the later page of a paper
        head, said = head[: rng.randint(0, 2)], said[1:]
    return _set(rng, [*head, ""], said, [" " * rng.choice((0, 36)) + row for row in close])


def _of_cases(rng: Random, kind: str) -> list[str]:
    """A paper of several cases, a row or a block each, in one way of telling or two."""
    stock = _stock()[kind]
    ways = rng.sample(stock["rows"], rng.randint(1, 3))
    day = {key: value for key, value in _fills(rng).items() if key in ("day", "date")}
    rows = [_said(rng.choice(ways), {}, rng) for _ in range(rng.randint(3, 10))]
    if rng.random() < 0.3:
        rows = [piece for row in rows for piece in (*textwrap.wrap(row, 44, subsequent_indent="    "), "")]
    return _set(rng, [_said(rng.choice(stock["title"]), day, rng), ""], [], rows)


def _set(rng: Random, head: list[str], prose: list[str], rows: list[str]) -> list[str]:
    """The rows as one typist sets them: in capitals or not, sentences wrapped, spaces between."""
    wide, blank = rng.randint(52, 84), rng.random() < 0.5
    out = list(head)
    for part in prose:
        out += [*textwrap.wrap(part, wide), *([""] if blank else [])]
    out += ["", *rows]
    return [row.upper() for row in out] if rng.random() < 0.5 else out


def _typed(rng: Random, rows: list[str], name: str) -> OcrPage:
    """The rows in the places of a typewriter."""
    pitch, leading, words = rng.randint(14, 18), rng.randint(34, 50), list[Word]()
    for at, row in enumerate(rows):
        for found in re.finditer(r"\S+", row):
            left, top = 100 + found.start() * pitch, 100 + at * leading
            words.append(Word(found[0], BBox(left + 1, top, left + len(found[0]) * pitch - 1, top + 26), 0.96, at))
    level = tuple(word.bbox for word in words)
    return OcrPage(PageId(name), 1700, 2200, tuple(words), level, (), 0.05, 0, "typed")
