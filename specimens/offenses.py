"""The offences invented people are accused of, read from offenses.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

from .facts import Citation, Described

# The Cannabis Control Act and the Controlled Substances Act are of August 1971.
IN_FORCE = {"550": 1972, "570": 1972}
Grams = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Offense:
    """An offence, in which years it was charged, and what clerks call it; `band` in grams."""

    citation: Citation
    grade: str
    group: str
    weight: int
    since: int
    until: int
    band: Grams | None
    official: tuple[str, ...]
    spoken: tuple[str, ...]


def _ends(text: str) -> Grams:
    low, _, high = text.partition(":")
    return (float(low) or None if low else None, float(high) if high else None)


def citation_from(cite: str, old: str) -> Citation:
    """A citation from the slashed forms of offenses.toml."""
    chapter, act, section, *subs = cite.split("/")
    old_chapter, _, old_section = old.partition("/")
    return Citation(chapter, act, section, tuple(s for s in subs if s), old_chapter, old_section)


@cache
def offenses() -> tuple[Offense, ...]:
    """Every offence on the list."""
    rows = tomllib.loads((files(__package__) / "offenses.toml").read_text("utf-8"))["offense"]
    return tuple(
        Offense(
            citation_from(row["cite"], row["old"]),
            row["grade"],
            row["group"],
            row["weight"],
            row.get("since", IN_FORCE.get(row["cite"].split("/")[1], 1900)),
            row.get("until", 2100),
            _ends(row["band"]) if "band" in row else None,
            tuple(row["official"]),
            tuple(row["spoken"]),
        )
        for row in rows
    )


def an_offense(rng: Random, year: int, groups: tuple[str, ...], grade: str | None = None) -> Offense:
    """An offence of one of the groups that was on the books that year; `grade` F or M narrows it."""
    open_to = [
        o
        for o in offenses()
        if o.group in groups and o.since <= year <= o.until and (grade is None or o.grade[0] == grade)
    ]
    return rng.choices(open_to, [o.weight for o in open_to])[0]


def a_weight(rng: Random, band: Grams) -> str:
    """A weight inside the band as a laboratory would give it."""
    low, high = band[0] or 0.3, band[1] or (band[0] or 0) * 2 + 10
    weight = rng.uniform(low + 0.1, min(high, low + (high - low) * 0.8))
    return f"{weight:.1f}" if rng.random() < 0.8 or weight < low + 1 else f"{round(weight)}"


def described(rng: Random, offense: Offense, pattern: str) -> Described:
    """The description a pattern of offenses.toml gives, with the grams it states."""
    if "|" not in pattern:
        return Described(pattern)
    before, marked, after = pattern.split("|")
    shown, _, own = marked.partition("=") if re.search(r"=[\d.]*:", marked) else (marked, "", "")
    grams = _ends(own) if own else offense.band
    if "{exact}" in shown:
        exact = a_weight(rng, offense.band or (1, 10))
        shown, grams = shown.replace("{exact}", exact), (float(exact), float(exact))
    return Described(before + shown + after, grams, (len(before), len(before) + len(shown)))


def cut_to(description: Described, width: int) -> Described | None:
    """The description as a field of `width` characters keeps it; None if the cut goes through the amount."""
    text = description.text[:width].rstrip()
    start, end = description.span
    if description.grams is None or len(description.text) <= width or end <= len(text):
        return Described(text, description.grams, description.span)
    return Described(text) if start >= width else None
