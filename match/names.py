"""Names as letters, and how far two of them lie apart in ink rather than in spelling."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

LONGEST_NAME = 60  # letters; longer cells are no names
SURNAME_WIDTH = 15  # the clerk's fields are cut at these widths
GIVEN_WIDTH = 10

CONFUSABLE_WITH = {
    "0": "OQDC68U",
    "1": "ILTJ7",
    "2": "Z7",
    "3": "S8B5",
    "4": "A9",
    "5": "S683",
    "6": "G085",
    "7": "1TZ2",
    "8": "SB306",
    "9": "4",
    "A": "4R",
    "B": "83ERP",
    "C": "OGE0",
    "D": "O0",
    "E": "FBC",
    "F": "EP",
    "G": "6CO",
    "H": "NM",
    "I": "1LTJ",
    "J": "1I",
    "K": "RX",
    "L": "I1TU",
    "M": "NHW",
    "N": "MHR",
    "O": "0QDCGU",
    "P": "FRB",
    "Q": "O0",
    "R": "KPBAN",
    "S": "583",
    "T": "I17LY",
    "U": "VLO0",
    "V": "UYW",
    "W": "MV",
    "X": "K",
    "Y": "VT",
    "Z": "27",
}  # letters and figures that worn type, ribbons and recognisers mistake for each other
CONFUSABLE = {frozenset((one, other)) for one, others in CONFUSABLE_WITH.items() for other in others}
MERGED = {"RN": "M", "CL": "D", "VV": "W", "LI": "U", "RI": "N", "II": "H", "NN": "M", "NI": "M", "IN": "M"}
THIN = frozenset("I1LJT")  # easily lost, easily a speck

CONFUSED, LOST_THIN, DOUBLED, SWAPPED, LOST = 0.35, 0.6, 0.4, 0.8, 0.9


@lru_cache(maxsize=1 << 17)
def letters(text: str) -> str:
    """Capitals and figures of `text` without accents, spaces and points; another script stays as it is."""
    if text.isascii() and text.isalpha():
        return text.upper()
    plain = unicodedata.normalize("NFKD", text).upper()
    latin = re.sub(r"[^A-Z0-9]", "", plain)
    return latin or "".join(c for c in plain if c.isalnum())


def surname_parts(text: str) -> tuple[str, ...]:
    """The surnames a double surname is made of, each of 3 letters or more; empty for a single surname."""
    parts = tuple(p for p in map(letters, re.split(r"[\s\-_/]+", text.strip())) if len(p) >= 3)
    return parts if len(parts) > 1 else ()


@lru_cache(maxsize=1 << 16)
def ink_distance(left: str, right: str) -> float:
    """Least cost of turning one name into the other; a letter taken for one that looks like it costs 0.35."""
    rows: list[list[float]] = [[0.0]]
    for j, c in enumerate(right):
        rows[0].append(rows[0][j] + _lost(c, right[j - 1] if j else ""))
    for i, a in enumerate(left):
        row = [rows[i][0] + _lost(a, left[i - 1] if i else "")]
        for j, b in enumerate(right):
            best = rows[i][j] + _substituted(a, b)
            best = min(best, rows[i][j + 1] + _lost(a, left[i - 1] if i else ""))
            best = min(best, row[j] + _lost(b, right[j - 1] if j else ""))
            best = min(best, _two_letters(rows, left, right, i, j))
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _substituted(a: str, b: str) -> float:
    if a == b:
        return 0.0
    return CONFUSED if frozenset((a, b)) in CONFUSABLE else 1.0


def _lost(letter: str, before: str) -> float:
    if letter == before:
        return DOUBLED
    return LOST_THIN if letter in THIN else LOST


def _two_letters(rows: list[list[float]], left: str, right: str, i: int, j: int) -> float:
    """Costs of two letters read as one, one as two, and of two letters in the wrong order."""
    best = float("inf")
    if i and MERGED.get(left[i - 1 : i + 1]) == right[j]:
        best = rows[i - 1][j] + CONFUSED
    if j and MERGED.get(right[j - 1 : j + 1]) == left[i]:
        best = min(best, rows[i][j - 1] + CONFUSED)
    if i and j and left[i] == right[j - 1] and left[i - 1] == right[j] and left[i] != left[i - 1]:
        best = min(best, rows[i - 1][j - 1] + SWAPPED)
    return best


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """The names each given name may stand for or be called by."""
    known: dict[str, set[str]] = {}
    for formal, *short in _rows("nicknames.csv"):
        for name in short:
            known.setdefault(formal, set()).add(name)
            known.setdefault(name, set()).add(formal)
    return {name: frozenset(others) for name, others in known.items()}


@cache
def name_shares(kind: str) -> dict[str, float]:
    """Share of the people who bear each common name; `kind` is `surname` or `given`."""
    return {row[1]: float(row[2]) for row in _rows("name_shares.csv") if row[0] == kind}


def is_known_given(name: str) -> bool:
    """Whether people are known to be given this name, which is told as `letters`."""
    return name in name_shares("given") or name in nicknames()


def _rows(name: str) -> Iterator[list[str]]:
    text = (files("match") / name).read_text(encoding="utf-8")
    yield from csv.reader(line for line in text.splitlines() if line and not line.startswith("#"))
