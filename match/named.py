"""How far the names of a record agree with those of a listed person, rare names counting for more."""

from __future__ import annotations

from typing import NamedTuple

from casefile.linkage import Agreement
from match.levels import weight_of
from match.said import SaidName


class NamesCompared(NamedTuple):
    """Agreement of the names, the middle name's having been used up as the given one, and which one was printed."""

    agreements: tuple[Agreement, Agreement, Agreement]
    middle_used: bool = False
    middle: str | None = None  # where the name was read anew, the middle name left over


def names_compared(
    surname: Agreement, given: Agreement, said: SaidName, *, alias: bool, middle_used: bool
) -> NamesCompared:
    """The best agreement of any of a record's names with any of those of a person: that of `said`."""
    said_as = "alias" if alias else said.said_as
    return NamesCompared((surname, given, _said(said_as)), middle_used, said.middle)


def _said(said_as: str) -> Agreement:
    return Agreement("name_as", said_as, weight_of("name_as", said_as))


NOTHING_COMPARED = NamesCompared(
    (Agreement("surname", "silent", 0.0), Agreement("given", "silent", 0.0), Agreement("name_as", "silent", 0.0))
)
