"""How far the names of a record agree with those of a listed person, rare names counting for more."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from match.comparisons import Compared, silent
from match.levels import weight_of

NAMED = ("surname", "given", "name_as")


class NamesCompared(NamedTuple):
    """How the names agree, the middle name's having been used up as the given one, and the middle name left over where
    the name was read anew."""

    names: tuple[Compared, Compared, Compared]
    middle_used: bool = False
    middle: str | None = None


@cache
def said(said_as: str) -> Compared:
    """What it weighs that a name is said so."""
    return Compared("name_as", said_as, weight_of("name_as", said_as))


NOTHING_COMPARED = NamesCompared((silent("surname"), silent("given"), silent("name_as")))
