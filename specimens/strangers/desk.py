"""What a stranger's clerk is given to type from: people, cases, days, and the chance behind every habit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from ..cases import Era, a_case
from ..facts import CaseFacts, Person
from ..layout import Line
from ..specimen import Told
from .paper import Grid, Page, Rule

COMPANION_SHARE = 0.12


@dataclass(slots=True)
class Desk:
    """The source of cases for one item; `draw` gives a person of the box."""

    rng: Random
    era: Era
    draw: Callable[[Random, Era], Person]

    def case(self, fits: Callable[[CaseFacts], bool] = lambda case: True) -> CaseFacts:
        """A case that fits."""
        person = self.draw(self.rng, self.era)
        while not fits(case := a_case(self.rng, person, self.era)):
            pass
        return case

    def cases(self, fits: Callable[[CaseFacts], bool] = lambda case: True) -> tuple[CaseFacts, ...]:
        """A case, and now and then the same against somebody else."""
        person = self.draw(self.rng, self.era)
        other = self.draw(self.rng, self.era) if self.rng.random() < COMPANION_SHARE else person
        company = [] if other.person_id == person.person_id else [other]
        while True:
            case = a_case(self.rng, person, self.era, companions=company)
            both = (case, *case.companions)
            if all(fits(one) for one in both):
                return both


@dataclass(frozen=True, slots=True)
class Drawn:
    """The typed pages of one item, the records they tell, and the youngest year on them."""

    pages: tuple[tuple[tuple[Line, ...], tuple[Rule, ...]], ...]
    told: tuple[Told, ...]
    year: int


def drawn(pages: Sequence[Page], told: Sequence[Told], year: int) -> Drawn:
    """Finished pages with their records."""
    return Drawn(tuple((page.lines, tuple(page.rules)) for page in pages), tuple(told), year)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A layout whose pages are typed by `write`; named like a layout for the maker."""

    name: str
    kind: str
    first_year: int
    last_year: int
    fonts: tuple[str, ...]
    label_font: str | None
    grid: Grid
    write: Callable[[Desk, Grid], Drawn]
