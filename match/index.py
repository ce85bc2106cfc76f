"""Everybody on the list, laid out so that those who come near a name or a birth date are found at once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from casefile.persons import Person, PersonId
from match.birth_dates import figures_of
from match.docket_numbers import case_of
from match.names import letters, nicknames, surname_parts
from match.spelling import given_level, spelling_level, without_one

Numbers = npt.NDArray[np.int32]
UNKNOWN_FIGURE = 255
SHORTEST = 3  # letters of a shortened name
REMEMBERED = 50_000  # names whose neighbours are kept, so that a long batch stays small


class Via(IntEnum):
    """Which of a person's names an entry is."""

    MAIN = 0
    PART = 1  # one half of a double surname
    ALIAS = 2
    MIDDLE = 3  # the middle name used as the given one


@dataclass(slots=True)
class NameTable:
    """The different names of one kind, those spelled alike, and the entries that bear each."""

    level_of: Callable[[str, str], str]
    shortened: bool = False  # whether people are called by the beginning or end of the name
    numbers: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    by_part: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    bearers: list[list[int]] = field(default_factory=list)
    persons: list[int] = field(default_factory=list)  # how many bear the name as their own
    by_shortening: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_initial: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    remembered: dict[str, dict[int, str]] = field(default_factory=dict)

    def add(self, name: str, entry: int, via: Via) -> int:
        """The number of `name`, new or known, which `entry` bears."""
        number = self.numbers.get(name)
        if number is None:
            number = self.numbers[name] = len(self.names)
            self.names.append(name)
            self.bearers.append([])
            self.persons.append(0)
            self.by_initial[name[:1]].append(number)
            for part in without_one(name) if name else ():
                self.by_part[part].append(number)
            for part in _shortenings(name) if self.shortened else ():
                self.by_shortening[part].append(number)
        self.bearers[number].append(entry)
        self.persons[number] += via is Via.MAIN
        return number

    def near(self, name: str) -> dict[int, str]:
        """The listed names that agree with `name` at all, and at which level."""
        if name not in self.remembered:
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            self.remembered[name] = self._near(name)
        return self.remembered[name]

    def _near(self, name: str) -> dict[int, str]:
        found: set[int] = set()
        for part in without_one(name):
            found.update(self.by_part.get(part, ()))
        levels = {n: self.level_of(name, self.names[n]) for n in found}
        for other in (*nicknames().get(name, ()), name[:1]):
            if other in self.numbers:
                levels[self.numbers[other]] = self.level_of(name, other)
        for n in self.by_initial[name] if len(name) == 1 else self._shortened(name):
            levels[n] = self.level_of(name, self.names[n])
        return {n: level for n, level in levels.items() if level != "differs"}

    def _shortened(self, name: str) -> set[int]:
        """Listed names that begin or end as `name` does, or the other way round."""
        found = {self.numbers[part] for part in _shortenings(name) if part in self.numbers}
        return found.union(self.by_shortening.get(name, ()))

    def persons_at(self, name: str, level: str) -> int:
        """How many people's own name agrees with `name` at `level`."""
        return sum(self.persons[n] for n, reached in self.near(name).items() if reached == level)


def _shortenings(name: str) -> set[str]:
    """What a name may be shortened to: its first or last letters, three or more."""
    lengths = range(SHORTEST, len(name))
    return {name[:n] for n in lengths} | {name[-n:] for n in lengths}


@dataclass(frozen=True, slots=True)
class Printed:
    """What of a record may lead to persons: spellings of names, readings of the birth date, numbers."""

    names: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # spellings of surname and of given name
    birth_dates: tuple[str, ...]
    sids: tuple[str, ...]
    ir_numbers: tuple[str, ...]
    docket_numbers: tuple[str, ...]


class Index:
    """A list of persons ready to be searched; `complete` says that everybody who could appear is on it."""

    def __init__(self, persons: Iterable[Person], *, complete: bool = False) -> None:
        self.persons = tuple(sorted(persons, key=lambda person: person.person_id))
        self.complete = complete
        self.surnames = NameTable(lambda read, listed: spelling_level("surname", read, listed))
        self.givens = NameTable(given_level, shortened=True)
        self.by_number: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.by_birth_date: dict[str, list[int]] = defaultdict(list)
        self.first_entry: list[int] = []
        self._lay_out()

    def __len__(self) -> int:
        return len(self.persons)

    def position(self, person_id: PersonId) -> int:
        """Where a listed person stands among `persons`."""
        return bisect_left(self.persons, person_id, key=lambda person: person.person_id)

    def _lay_out(self) -> None:
        owners, givens, vias = list[int](), list[int](), list[int]()
        surnames = list[int]()
        figures = np.full((len(self.persons), 8), UNKNOWN_FIGURE, dtype=np.uint8)
        for at, person in enumerate(self.persons):
            self.first_entry.append(len(owners))
            for via, surname, given in _names_of(person):
                surnames.append(self.surnames.add(surname, len(owners), via))
                givens.append(self.givens.add(given, len(owners), via))
                owners.append(at)
                vias.append(via)
            if person.birth_date is not None:
                text = figures_of(person.birth_date)
                figures[at] = [int(c) for c in text]
                self.by_birth_date[text].append(at)
            self._lay_out_numbers(at, person)
        self.first_entry.append(len(owners))
        self.entry_owner = np.array(owners, dtype=np.int32)
        self.entry_surname = np.array(surnames, dtype=np.int32)
        self.entry_given = np.array(givens, dtype=np.int32)
        self.entry_via = np.array(vias, dtype=np.int8)
        self.figures = figures

    def _lay_out_numbers(self, at: int, person: Person) -> None:
        if person.sid:
            self.by_number["sid", person.sid].append(at)
        if person.ir_number:
            self.by_number["ir_number", person.ir_number].append(at)
        for case in {case_of(number) for number in person.docket_numbers}:
            self.by_number["docket_number", case].append(at)

    def near(self, printed: Printed) -> list[int]:
        """Positions of the persons who could be meant, in the order of their ids."""
        found: set[int] = set()
        for surnames, givens in printed.names:
            found.update(self._by_name(surnames, givens, printed.birth_dates))
        for birth_date in printed.birth_dates:
            found.update(self.by_birth_date.get(birth_date, ()))
        for sid in printed.sids:
            found.update(self.by_number.get(("sid", sid), ()))
        for ir_number in printed.ir_numbers:
            found.update(self.by_number.get(("ir_number", ir_number), ()))
        for docket_number in printed.docket_numbers:
            found.update(self.by_number.get(("docket_number", case_of(docket_number)), ()))
        return sorted(found)

    def _by_name(self, surnames: Sequence[str], givens: Sequence[str], dates: Sequence[str]) -> set[int]:
        near_surnames = {n for name in surnames for n in self.surnames.near(name)}
        near_givens = {n for name in givens for n in self.givens.near(name)}
        entries = _bearers(self.surnames, near_surnames)
        keep = self._date_is_near(self.entry_owner[entries], dates, 6, same_year=True)
        if givens:
            wanted = np.zeros(len(self.givens.names), dtype=bool)
            wanted[[*near_givens, *self.givens.by_initial.get("", ())]] = True
            keep |= wanted[self.entry_given[entries]]
        else:
            keep[:] = True
        found = set(self.entry_owner[entries[keep]].tolist())
        if dates:
            others = _bearers(self.givens, near_givens)
            keep = self._date_is_near(self.entry_owner[others], dates, 7, same_year=False)
            found.update(self.entry_owner[others[keep]].tolist())
        return found

    def _date_is_near(
        self, owners: Numbers, dates: Sequence[str], figures: int, *, same_year: bool
    ) -> npt.NDArray[np.bool_]:
        near = np.zeros(len(owners), dtype=bool)
        for text in dates:
            read = np.array([int(c) for c in text], dtype=np.uint8)
            alike = self.figures[owners][:, 8 - len(read) :] == read
            near |= alike.sum(axis=1) >= figures - (8 - len(read))
            if same_year:
                near |= alike[:, : len(read) - 4].all(axis=1)
        return near


def _bearers(table: NameTable, numbers: Iterable[int]) -> Numbers:
    entries = [entry for number in sorted(numbers) for entry in table.bearers[number]]
    return np.array(entries, dtype=np.int32)


def _names_of(person: Person) -> Iterable[tuple[Via, str, str]]:
    given, surname = letters(person.given), letters(person.surname)
    yield Via.MAIN, surname, given
    for part in surname_parts(person.surname):
        yield Via.PART, part, given
    if len(middle := letters(person.middle)) > 1:
        yield Via.MIDDLE, surname, middle
    for alias_surname, alias_given in person.aliases:
        yield Via.ALIAS, letters(alias_surname), letters(alias_given)
