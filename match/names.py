"""Names as letters, and how far two of them lie apart in ink rather than in spelling."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from math import inf

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
MISTAKEN = {
    letter: others + "".join(other for other, its in CONFUSABLE_WITH.items() if letter in its)
    for letter, others in CONFUSABLE_WITH.items()
}  # the same both ways
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
def ink_distance(left: str, right: str, most: float = inf) -> float:
    """Least cost of turning one name into the other; a letter taken for one that looks like it costs 0.35. Infinite
    where it is found on the way to be more than `most`."""
    lost_left, lost_right = _lost_each(left), _lost_each(right)
    joined_left, joined_right = _joined_each(left), _joined_each(right)
    before: list[float] = []
    above = [*accumulate(lost_right, initial=0.0)]
    for i, a in enumerate(left):
        lost, joined, alike = lost_left[i], joined_left[i], MISTAKEN.get(a, "")
        row = [above[0] + lost]
        for j, b in enumerate(right):
            taken = 0.0 if a == b else CONFUSED if b in alike else 1.0
            best = min(above[j] + taken, above[j + 1] + lost, row[j] + lost_right[j])
            if joined == b:
                best = min(best, before[j] + CONFUSED)
            if joined_right[j] == a:
                best = min(best, above[j - 1] + CONFUSED)
            if i and j and a == right[j - 1] and left[i - 1] == b and a != b:
                best = min(best, before[j - 1] + SWAPPED)
            row.append(best)
        before, above = above, row
        if most < inf and min(above) > most and min(before) > most:  # whatever follows goes on from one of the two
            return inf
    return above[-1]


def _lost_each(name: str) -> list[float]:
    """What it costs to lose each letter."""
    return [
        DOUBLED if letter == before else LOST_THIN if letter in THIN else LOST
        for before, letter in zip(" " + name, name, strict=False)
    ]


def _joined_each(name: str) -> list[str]:
    """What each letter and the one before it may be read as together."""
    return [MERGED.get(before + letter, "") for before, letter in zip(" " + name, name, strict=False)]


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
