"""Shapes that words of dockets have; among readings that an engine gave, they tell the likelier one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_YEAR, _MONTH, _DAY = r"(?:(?:19|20)?\d\d)", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_NAMED = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_KIND = r"(?:C[1-6R]|CF|CM|MC[1-6]?|TR|DT|OV|CV|MT|JD)"


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape a word may have, with words that have it and words that are near and have not."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    near: tuple[str, ...] = ()


def _shape(name: str, pattern: str, examples: str, near: str = "") -> Shape:
    return Shape(name, re.compile(pattern), tuple(examples.split()), tuple(near.split()))


SHAPES = (
    _shape(
        "date",
        rf"{_MONTH}([/.-]){_DAY}\1{_YEAR}|{_YEAR}-{_MONTH}-{_DAY}|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d\d|{_DAY}-?{_NAMED}-?{_YEAR}",
        "09-OCT-2000 05/20/93 5-7-1993 1993-05-20 052093 10.20.39",
        "05/2O/93 15/20/93 05/40/93 09-0CT-2000",
    ),
    _shape("time", r"(?:[01]?\d|2[0-3]):[0-5]\d", "9:30 13:05", "9:75"),
    _shape(
        "docket number",
        rf"{_YEAR}-?{_KIND}-?\d{{3,8}}(?:-?\d\d)?|{_KIND}-?\d{{2}}-\d{{2,6}}|[A-Z]{{2}}-?\d{{3}}-?\d{{3}}|{_YEAR}{_KIND}|\d\d-\d{{2,6}}(?:-\d\d)?",
        "93CR9912301 94-CR-04262 92C44167801 89CR YE-123-456 2001-CF-123 86-2751",
        "93CRO912301 9ACR-04262",
    ),
    _shape(
        "statute",
        r"(?!\d\d([/.-])\d\d\1\d\d(?:\d\d)?$)\d{1,3}(?:\.\d|½)?[A-E]?[-/]\d{1,4}(?:\.\d{1,2})?[A-E]?(?:[-/.]\d{1,4}(?:\.\d)?)?(?:-?[A-Ga-g])?(?:-?\([0-9A-Za-z]{1,4}\))*(?:-[A-Z0-9]{1,2})*",
        "720-550/4(d) 56.5-704-D 38-9-1 550/5(c) 5/12-3(a) 16A-3(a) 38-16A-3-A 56.5-704D 56½-705(c) 5/11-501(a)(2)",
        "72O-550/4(d) 56.5-7O4-D S50/5(c)",
    ),
    _shape(
        "amount",
        r"\$?\d{1,3}(?:,?\d{3})*(?:\.\d{1,2})?(?:[Gg]|GR|GM|gms?)?|\d{1,5}(?:\.\d)?-\d{1,5}",
        "$1,250.00 500 2.5G 30-500 10",
        "2.SG 3O-500",
    ),
    _shape(
        "number",
        r"#?\d{1,10}|C\d{3}|\d{1,3}(?:ST|ND|RD|TH|st|nd|rd|th)|[1-9][/]\d|(?:56|95|111|127)½",
        "#2 001 C002 10285080 1ST 26th 1/2 56½",
        "C0O2",
    ),
    _shape(
        "word",
        r"[A-Z]+(?:['.&/-][A-Z]+)*|[A-Z]?[a-z]+(?:['./-][A-Za-z]?[a-z]+)*|(?:[A-Za-z]\.)+",
        "GUILTY Guilty guilty MFG/DEL P.D. STATE'S u/s",
        "GU1LTY GUiLTY gUILTY",
    ),
    _shape("name", r"(?:Mc|Mac|O'|De|La)[A-Z][a-z]+", "McDaniel O'Brien DeLuca", "MCdaniel"),
    _shape("signs", r"[-=_*.]+|[&*#-]", "---- === * & -"),
)

_BEFORE, _AFTER = frozenset("([\"'*#"), frozenset(")]\"',.;:*?!")


@lru_cache(maxsize=4096)
def fits(word: str) -> bool:
    """Whether a word, with or without punctuation around it, has one of the shapes."""
    first = next((at for at, c in enumerate(word) if c not in _BEFORE), len(word) - 1)
    last = next((at for at in range(len(word), 0, -1) if word[at - 1] not in _AFTER), 1)
    bare = (word[a:b] for a in range(first + 1) for b in range(len(word), max(a, last - 1), -1))
    return any(shape.pattern.fullmatch(one) for one in bare for shape in SHAPES)


_CHAPTER = re.compile(r"(?<![\d/.-])(56|95|127)1?/2(?=$|[-,.;:)\s]|[PpSs])")


def with_halves(text: str) -> str:
    """The text with the chapters of the old statutes as typewriters had them: 56½, where a net reads 56/2 or 561/2.

    ½ is a letter of its own there, and no chapter has another number before a stroke and a two.
    """
    return _CHAPTER.sub(r"\1½", text)


_FIRST = re.compile(r"(?<![^\s(\d])(\d?)[lIi]st(?=$|[-,.;:)\s])")


def with_firsts(text: str) -> str:
    """The text with 1st and 21st in figures, where a net reads lst: most typewriters have one key for both, and no word
    is written so."""
    return _FIRST.sub(r"\g<1>1st", text)


def names_a_half(text: str) -> bool:
    """Whether a reading holds such a chapter, in one letter or three."""
    return _CHAPTER.search(text.replace(" 1/2", "1/2")) is not None


def strange_share(text: str) -> float:
    """The share of a text's words that have none of the shapes, 0 to 1."""
    words = text.split()
    return sum(not fits(word) for word in words) / len(words) if words else 0.0
