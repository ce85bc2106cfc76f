"""How far the names of a record agree with those of a listed person, rare names counting for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp2, log2

from casefile.linkage import Agreement
from match.index import Called, Index
from match.levels import weight_of
from match.name_weights import SILENT, NameWeights, Scored
from match.said import SaidName, Variant


@dataclass(frozen=True, slots=True)
class NamesCompared:
    """Agreement of the names, the middle name's having been used up as the given one, and which one was printed."""

    agreements: tuple[Agreement, Agreement, Agreement]
    middle_used: bool
    middle: str | None = None  # where the name was read anew, the middle name left over


def compare_names(said_names: Sequence[SaidName], index: Index, at: int) -> NamesCompared:
    """The best agreement of any of a record's names with any of those of the person at a position."""
    best, most = None, float("-inf")
    part, listed_names = index.names_of(at)
    for said in said_names:
        for listed in listed_names:
            if listed.middle and said.middle:
                continue  # every word is to be some name of theirs
            half = listed.surname_part or said.part
            surname = _scored(said.surnames, index.surnames, part, listed.surname, as_part=half)
            given = _scored(said.givens, index.givens, part, listed.given, as_part=listed.middle)
            said_as = "alias" if listed.alias else said.said_as
            weight = surname.bits + given.bits + weight_of("name_as", said_as)
            if weight > most:
                most, best = weight, (surname, given, said_as, listed, said.middle)
    return _compared(*best) if best else _nothing_compared()


def _compared(surname: Scored, given: Scored, said_as: str, listed: Called, middle: str | None) -> NamesCompared:
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


def _scored(variants: tuple[Variant, ...], table: NameWeights, part: int, listed: int, *, as_part: bool) -> Scored:
    """Evidence averaged over the readings of the name; what is left over of them weighs nothing."""
    if not variants:
        return SILENT
    if len(variants) == 1 and variants[0].p == 1.0:
        return table.scored(variants[0].name, part, listed, as_part=as_part)
    evidence, strongest, level = 1.0, 0.0, "silent"
    for variant in variants:
        reached, bits = table.scored(variant.name, part, listed, as_part=as_part)
        gained = variant.p * (exp2(bits) - 1.0)
        evidence += gained
        if variant is variants[0]:
            level, strongest = reached, gained
        elif gained > max(strongest, 0.0):
            level, strongest = "alternative", gained
    return Scored(level, log2(max(evidence, 1e-9)))
