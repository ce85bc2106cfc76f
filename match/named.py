"""How far the names of a record agree with those of a listed person, rare names counting for more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2
from typing import NamedTuple

from casefile.docket import Defendant, Reading
from casefile.linkage import Agreement
from match.index import Index, NameTable, Via
from match.levels import levels, weight_of
from match.names import letters, name_shares, surname_parts

SHIPPED_PERSONS = 200.0  # the shipped shares of names count as a list of this length
RAREST = {"surname": 3e-5, "given": 2e-4}  # share of a name too rare for the shipped table


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


class Scored(NamedTuple):
    """A level and the evidence for it: P(ink given same) over P(ink given different)."""

    level: str
    evidence: float


@dataclass(frozen=True, slots=True)
class NamesCompared:
    """Agreement of the names, and the middle name's having been used up as the given one."""

    agreements: tuple[Agreement, Agreement, Agreement]
    middle_used: bool

    @property
    def weight(self) -> float:
        return sum(agreement.weight for agreement in self.agreements)


def names_said(defendant: Defendant) -> tuple[SaidName, ...]:
    """Every name under which the record may mean its defendant, the printed one first."""
    surnames, givens = _variants(defendant.surname), _variants(defendant.given)
    said_names = [SaidName(surnames, givens)]
    for variant in surnames:
        parts = surname_parts(_printed_as(defendant.surname, variant))
        said_names += [SaidName((Variant(part, variant.p),), givens, part=True) for part in parts]
    if givens and surnames:
        said_names.append(SaidName(givens, surnames, "swapped"))
    for alias in defendant.aliases:
        for text, p in alias.plausible():
            if text:
                surname, _, given = text.partition(",")
                names = _variant(surname, p), _variant(given or "", p)
                said_names.append(SaidName(names[0], names[1] or givens, "alias"))
    return tuple(said for said in said_names if said.surnames or said.givens)


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


def searched(said_names: Iterable[SaidName]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The names of `said_names` as the index looks for them."""
    return tuple((tuple(v.name for v in said.surnames), tuple(v.name for v in said.givens)) for said in said_names)


class NameComparison:
    """The names of one record against any person of an index; each different name is compared once."""

    def __init__(self, said_names: tuple[SaidName, ...], index: Index) -> None:
        self.said_names, self.index = said_names, index
        self._scored: dict[tuple[int, str, int, bool], Scored] = {}

    def with_person(self, at: int) -> NamesCompared:
        """The best agreement of any of the record's names with any of the person's."""
        index = self.index
        entries = range(index.first_entry[at], index.first_entry[at + 1])
        pairs = [self._pair(c, e) for c in range(len(self.said_names)) for e in entries]
        return max(pairs, key=lambda pair: pair.weight, default=_nothing_compared())

    def _pair(self, c: int, entry: int) -> NamesCompared:
        said, via = self.said_names[c], Via(self.index.entry_via[entry])
        surname = self._score(c, "surname", int(self.index.entry_surname[entry]), part=via is Via.PART)
        given = self._score(c, "given", int(self.index.entry_given[entry]), part=via is Via.MIDDLE)
        said_as = "alias" if via is Via.ALIAS else said.said_as
        return NamesCompared(
            (
                Agreement("surname", surname.level, log2(surname.evidence)),
                Agreement("given", given.level, log2(given.evidence)),
                Agreement("name_as", said_as, weight_of("name_as", said_as)),
            ),
            middle_used=via is Via.MIDDLE,
        )

    def _score(self, c: int, field: str, number: int, *, part: bool) -> Scored:
        key = (c, field, number, part)
        if key not in self._scored:
            said = self.said_names[c]
            table = self.index.surnames if field == "surname" else self.index.givens
            variants = said.surnames if field == "surname" else said.givens
            as_part = part or (field == "surname" and said.part)
            self._scored[key] = _scored(field, variants, table, number, as_part, len(self.index))
        return self._scored[key]


def _nothing_compared() -> NamesCompared:
    fields = ("surname", "given", "name_as")
    surname, given, name_as = (Agreement(field, "silent", 0.0) for field in fields)
    return NamesCompared((surname, given, name_as), middle_used=False)


def _scored(
    field: str, variants: tuple[Variant, ...], table: NameTable, number: int, as_part: bool, persons: int
) -> Scored:
    """Evidence averaged over the readings of the name; what is left over of them weighs nothing."""
    if not variants or not table.names[number]:
        return Scored("silent", 1.0)
    evidence, strongest = 1.0, 0.0
    for variant in variants:
        reached, gained = _gained(field, variant, table, number, as_part, persons)
        evidence += gained
        if variant is variants[0]:
            level, strongest = reached, gained
        elif gained > max(strongest, 0.0):
            level, strongest = "alternative", gained
    return Scored(level, max(evidence, 1e-9))


def _gained(
    field: str, variant: Variant, table: NameTable, number: int, as_part: bool, persons: int
) -> tuple[str, float]:
    """The level one reading of a name reaches, and what it adds to the evidence."""
    name, p = variant
    level = table.near(name).get(number) or table.level_of(name, table.names[number])
    u = share_at(field, level, name, table, persons)
    if as_part:
        level = _as_part(field, level)
        u = levels()[field][level].u if level == "differs" else 2 * u  # it is one of two names
    return level, p * (levels()[field][level].m / u - 1.0)


def _as_part(field: str, level: str) -> str:
    """The level of a name that is one of two: half a double surname, or a middle name."""
    if level not in ("exact", "confused"):
        return "differs"
    return "part" if field == "surname" else "middle"


def share_at(field: str, level: str, name: str, table: NameTable, persons: int) -> float:
    """Share of people whose name is at `level` from `name`: as on the list, steadied by shipped shares."""
    if level == "differs":
        return levels()[field][level].u
    count = table.persons_at(name, level)
    shipped = levels()[field][level].u
    if level == "exact":
        shipped = max(name_shares(field).get(name, 0.0), RAREST[field])
    return (count + SHIPPED_PERSONS * shipped) / (persons + SHIPPED_PERSONS)
