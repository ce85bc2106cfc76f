"""The names under which a record may mean its defendant, each with every way to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casefile.docket import Defendant, Reading, Suffix
from match.names import letters, surname_parts

SPACES = re.compile(r"\s+")
LOST_SPACE = re.compile(r"(?<=[a-z])(?=[A-Z])")
PLAIN_COMMA = re.compile(r"[^,.]+, [^,]+")
MOST_WORDS = 6


class Variant(NamedTuple):
    """One way to read a name: its letters and the probability of that reading."""

    name: str
    p: float


@dataclass(frozen=True, slots=True)
class SaidName:
    """One name the record gives its defendant; `said_as` is `main`, `alias` or `swapped`."""

    surnames: tuple[Variant, ...]
    givens: tuple[Variant, ...]
    said_as: str = "main"
    part: bool = False  # half of a double surname


def names_said(defendant: Defendant) -> tuple[SaidName, ...]:
    """Every name under which the record may mean its defendant, the printed one first."""
    surnames, givens = _variants(defendant.surname), _variants(defendant.given)
    said_names = [SaidName(surnames, givens)]
    for variant in surnames:
        parts = surname_parts(_printed_as(defendant.surname, variant))
        said_names += [SaidName((Variant(part, variant.p),), givens, part=True) for part in parts]
    if givens and surnames:
        said_names.append(SaidName(givens, surnames, "swapped"))
    said_names += _in_other_orders(defendant)
    for alias in defendant.aliases:
        for text, p in alias.plausible():
            if text:
                surname, _, given = text.partition(",")
                names = _variant(surname, p), _variant(given or "", p)
                said_names.append(SaidName(names[0], names[1] or givens, "alias"))
    return tuple(said for said in said_names if said.surnames or said.givens)


def _in_other_orders(defendant: Defendant) -> Iterator[SaidName]:
    """Where surname and given name stand in one run of ink, the other ways to take it apart.

    Without a comma, either end may be the surname, and it may be of two words; a comma may be a speck, and a
    space lost before a capital.
    """
    raw = defendant.surname.raw
    if raw is None or raw != defendant.given.raw or PLAIN_COMMA.fullmatch(raw):
        return
    words = [letters(word) for word in SPACES.split(LOST_SPACE.sub(" ", raw.replace(",", " ")))]
    words = [word for word in words if word and word not in Suffix.__members__]
    printed = letters(defendant.surname.value or ""), letters(defendant.given.value or "")
    if len(words) > MOST_WORDS:
        return
    for surname, given in dict.fromkeys(_splits(words)):
        if (surname, given) not in (printed, printed[::-1]):
            yield SaidName((Variant(surname, 1.0),), (Variant(given, 1.0),), "swapped")


def _splits(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Surname and given name, each of one word or the surname of two."""
    if len(words) == 2:
        yield words[0], words[1]
        yield words[1], words[0]
    if len(words) >= 3:
        yield words[0], words[1]
        yield words[-1], words[0]
        yield words[0] + words[1], words[2]
        yield words[-2] + words[-1], words[0]


def _variants(reading: Reading[str]) -> tuple[Variant, ...]:
    found: dict[str, float] = {}
    for text, p in reading.plausible():
        if text and (name := letters(text)):
            found[name] = found.get(name, 0.0) + p
    return tuple(Variant(name, min(p, 1.0)) for name, p in found.items())


def _variant(text: str, p: float) -> tuple[Variant, ...]:
    name = letters(text)
    return (Variant(name, p),) if name else ()


def _printed_as(reading: Reading[str], variant: Variant) -> str:
    """The text, spaces and hyphens included, that `variant` was made from."""
    return next(text for text, _ in reading.plausible() if text and letters(text) == variant.name)
