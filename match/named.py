"""How far the names of a record agree with those of a listed person, rare names counting for more."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from match.comparisons import Compared, silent
from match.levels import weight_of

NAMED = ("surname", "given", "name_as")


class NamesCompared(NamedTuple):
    """The levels at which the names agree and what these weigh, and the middle name to be compared where it is not the
    defendant's: the one left over where the name was read anew, or none where it was used up as the given one."""

    surname: str = "silent"
    given: str = "silent"
    said_as: str = "silent"
    surname_weight: float = 0.0
    given_weight: float = 0.0
    middle: str | None = None

    @property
    def names(self) -> tuple[Compared, Compared, Compared]:
        return (
            Compared("surname", self.surname, self.surname_weight),
            Compared("given", self.given, self.given_weight),
            said(self.said_as),
        )

    @property
    def weight(self) -> float:
        return self.surname_weight + self.given_weight + said(self.said_as).weight


@cache
def said(said_as: str) -> Compared:
    """What it weighs that a name is said so."""
    return silent("name_as") if said_as == "silent" else Compared("name_as", said_as, weight_of("name_as", said_as))


NOTHING_COMPARED = NamesCompared()
