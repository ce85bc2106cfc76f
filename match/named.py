"""How far the names of a record agree with those of a listed person, rare names counting for more."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import NamedTuple

from casefile.linkage import Agreement
from casefile.persons import Person
from match.index import Index
from match.levels import levels, weight_of
from match.name_weights import NameWeights
from match.names import letters, surname_parts
from match.said import SaidName, Variant


class Scored(NamedTuple):
    """A level and the evidence for it in bits: log2 of P(ink given same) over P(ink given different)."""

    level: str
    bits: float


class ListedName(NamedTuple):
    """One name a listed person goes by; `surname_part`: half a double surname, `middle`: called by it."""

    surname: str
    given: str
    surname_part: bool = False
    middle: bool = False
    alias: bool = False


def names_of(person: Person) -> list[ListedName]:
    """Every name of a person, the own one first."""
    given, surname = letters(person.given), letters(person.surname)
    names = [ListedName(surname, given)]
    if not person.surname.isalpha():
        names += (ListedName(part, given, surname_part=True) for part in surname_parts(person.surname))
    if len(middle := letters(person.middle)) > 1:
        names.append(ListedName(surname, middle, middle=True))
    names += (ListedName(letters(last), letters(first), alias=True) for last, first in person.aliases)
    return names


@dataclass(frozen=True, slots=True)
class NamesCompared:
    """Agreement of the names, the middle name's having been used up as the given one, and which one was printed."""

    agreements: tuple[Agreement, Agreement, Agreement]
    middle_used: bool
    middle: str | None = None  # where the name was read anew, the middle name left over


class NameComparison:
    """The names of one record against any person of an index; each different name is compared once."""

    def __init__(self, said_names: tuple[SaidName, ...], index: Index) -> None:
        self.said_names, self.index = said_names, index
        self._scored: dict[tuple[int, str, str, bool], Scored] = {}

    def with_person(self, person: Person) -> NamesCompared:
        """The best agreement of any of the record's names with any of the person's."""
        best, most = None, float("-inf")
        listed_names = names_of(person)
        for c, said in enumerate(self.said_names):
            for listed in listed_names:
                if listed.middle and said.middle:
                    continue  # every word is to be some name of theirs
                surname = self._score(c, "surname", listed.surname, part=listed.surname_part)
                given = self._score(c, "given", listed.given, part=listed.middle)
                said_as = "alias" if listed.alias else said.said_as
                weight = surname.bits + given.bits + weight_of("name_as", said_as)
                if weight > most:
                    most, best = weight, (surname, given, said_as, listed, said.middle)
        return _compared(*best) if best else _nothing_compared()

    def _score(self, c: int, field: str, listed: str, *, part: bool) -> Scored:
        key = (c, field, listed, part)
        if (scored := self._scored.get(key)) is None:
            said = self.said_names[c]
            table = self.index.surnames if field == "surname" else self.index.givens
            variants = said.surnames if field == "surname" else said.givens
            as_part = part or (field == "surname" and said.part)
            scored = self._scored[key] = _scored(variants, table, listed, as_part=as_part)
        return scored


def _compared(surname: Scored, given: Scored, said_as: str, listed: ListedName, middle: str | None) -> NamesCompared:
    return NamesCompared(
        (
            Agreement("surname", surname.level, surname.bits),
            Agreement("given", given.level, given.bits),
            Agreement("name_as", said_as, weight_of("name_as", said_as)),
        ),
        middle_used=listed.middle,
        middle=middle,
    )


def _nothing_compared() -> NamesCompared:
    fields = ("surname", "given", "name_as")
    surname, given, name_as = (Agreement(field, "silent", 0.0) for field in fields)
    return NamesCompared((surname, given, name_as), middle_used=False)


def _scored(variants: tuple[Variant, ...], table: NameWeights, listed: str, *, as_part: bool) -> Scored:
    """Evidence averaged over the readings of the name; what is left over of them weighs nothing."""
    if not variants or not listed:
        return Scored("silent", 0.0)
    if len(variants) == 1 and variants[0].p == 1.0 and not as_part:
        return Scored(*table.sure_bits(variants[0].name, listed))
    evidence, strongest = 1.0, 0.0
    for variant in variants:
        reached, gained = _gained(variant, table, listed, as_part=as_part)
        evidence += gained
        if variant is variants[0]:
            level, strongest = reached, gained
        elif gained > max(strongest, 0.0):
            level, strongest = "alternative", gained
    return Scored(level, log2(max(evidence, 1e-9)))


def _gained(variant: Variant, table: NameWeights, listed: str, *, as_part: bool) -> tuple[str, float]:
    """The level one reading of a name reaches, and what it adds to the evidence."""
    name, p = variant
    level = table.level(name, listed)
    u = table.share_at(level, name)
    if as_part:
        level = _as_part(table.kind, level)
        u = levels()[table.kind][level].u if level == "differs" else 2 * u  # it is one of two names
    return level, p * (levels()[table.kind][level].m / u - 1.0)


def _as_part(field: str, level: str) -> str:
    """The level of a name that is one of two: half a double surname, or a middle name."""
    if level not in ("exact", "confused"):
        return "differs"
    return "part" if field == "surname" else "middle"
