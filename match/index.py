"""Everybody on the list, laid out so that those who come near a name or a birth date are found at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import log2
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from casefile.persons import Person, PersonId
from match.compiled import Kernels, kernels_for
from match.docket_numbers import case_of
from match.levels import weight_of
from match.name_weights import NameWeights
from match.said import SaidName
from match.segment import Segment, hash_of, hashes_nearly, packed, segment_of_persons
from match.vocabulary import REMEMBERED, Vocabulary

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
CLOSE = 14.0  # bits below the best from which nobody is compared field by field
MOST_COMPARED = 8  # compared field by field; with ink unread, more may turn out to be meant
MOST_IF_UNREAD = 200
UNSEEN = 10.0  # bits by which what is compared later may lift somebody
PLAIN = 8.0  # bits beyond those of the length of the list from which the names need not be read in other orders
AS_PRINTED = frozenset({"main", "turned"})  # read always: without a comma either name may come first
BY_NUMBER = 40.0  # bits that keep whoever bears a printed number among those compared
NOBODY = -1e300  # bits
NO_MIDDLE = np.zeros(4)


@dataclass(frozen=True, slots=True)
class Printed:
    """What of a record may lead to persons: its names, readings of the birth date, numbers.

    `legible` is the probability that the birth date is one of `birth_dates`; `whole`, that none of them was mended;
    `all_read`, that no ink is unread.
    """

    names: tuple[SaidName, ...]
    birth_dates: tuple[str, ...] = ()
    legible: float = 1.0
    whole: bool = True
    middle: str = ""
    sids: tuple[str, ...] = ()
    ir_numbers: tuple[str, ...] = ()
    docket_numbers: tuple[str, ...] = ()
    all_read: bool = True


class Nearby(NamedTuple):
    """Positions of those worth comparing by the `names` searched for, and what all the others found weigh:
    2 ** weight, summed."""

    names: tuple[SaidName, ...]
    positions: tuple[int, ...]
    others: int
    others_weight: float
    others_name_weight: float


class Room(NamedTuple):
    """Whoever is gathered, as match.people_kernels has them."""

    place_of: npt.NDArray[np.int32]
    who: Longs
    names: Floats
    rest: Floats


class Gathered:
    """The room in which people are gathered while one record is searched for; each search leaves it empty."""

    __slots__ = ("by_given", "count", "most", "room")

    def __init__(self, persons: int, givens: Sequence[int]) -> None:
        self.count, self.most = 0, NOBODY
        who = np.empty(persons, dtype=np.int64)
        self.room = Room(np.zeros(persons, dtype=np.int32), who, np.empty(persons), np.empty(persons))
        self.by_given = [np.full(max(number, 1), np.nan) for number in givens]


class Called(NamedTuple):
    """One name a listed person goes by, as numbers; `surname_part`: half a double surname, `middle`:
    called by it."""

    surname: int
    given: int
    surname_part: bool = False
    middle: bool = False
    alias: bool = False


@dataclass(slots=True, eq=False)
class Part:
    """A segment at work: its vocabularies, and at which position its persons begin."""

    segment: Segment
    surnames: Vocabulary
    givens: Vocabulary
    begins: int
    number: int
    middles: dict[str, Floats] = field(default_factory=dict)  # already looked up


class Index:
    """A list of persons ready to be searched; `complete` says that everybody who could appear is on it."""

    def __init__(self, persons: Iterable[Person], *, complete: bool = False) -> None:
        self._set_up([segment_of_persons(tuple(persons))], complete)

    @classmethod
    def of(cls, segments: Sequence[Segment], *, complete: bool = False) -> Index:
        """The index of the persons of all `segments`."""
        index = cls.__new__(cls)
        index._set_up(segments, complete)
        return index

    def _set_up(self, segments: Sequence[Segment], complete: bool) -> None:
        self.complete = complete
        self.parts: list[Part] = []
        self._total = sum(len(segment.arrays.text_starts) - 1 for segment in segments)
        self.run: Kernels = kernels_for(self._total)
        self._plain_enough = log2(max(self._total, 1)) + PLAIN
        self._worth_comparing = log2(max(self._total, 1)) - UNSEEN
        self._rooms: list[Gathered] = []
        begins = 0
        for number, segment in enumerate(segments):
            names = Vocabulary("surname", segment.surnames, self.run), Vocabulary("given", segment.givens, self.run)
            self.parts.append(Part(segment, *names, begins, number))
            begins += len(segment.arrays.text_starts) - 1
        self.surnames = NameWeights("surname", [part.surnames for part in self.parts], self._total)
        self.givens = NameWeights("given", [part.givens for part in self.parts], self._total)

    def __len__(self) -> int:
        return self._total

    def person(self, at: int) -> Person:
        """The person at a position."""
        part = self._part_of(at)
        return part.segment.person(at - part.begins)

    def _part_of(self, at: int) -> Part:
        return next(part for part in reversed(self.parts) if part.begins <= at)

    def names_of(self, at: int) -> tuple[int, list[Called]]:
        """The part that the person at a position is in, and every name of theirs, the own one first."""
        part = self._part_of(at)
        arrays, who = part.segment.arrays, at - part.begins
        surname, given, middle = int(arrays.surname[who]), int(arrays.given[who]), int(arrays.middle[who])
        names = [Called(surname, given)]
        begin = int(arrays.also_who.searchsorted(np.int32(who)))  # of the same type, or all are copied
        while begin < len(arrays.also_who) and arrays.also_who[begin] == who:
            alias = bool(arrays.also_alias[begin])
            called = int(arrays.also_surname[begin]), int(arrays.also_given[begin])
            names.append(Called(*called, surname_part=not alias, alias=alias))
            begin += 1
        if middle >= 0:
            names.insert(sum(not name.alias for name in names), Called(surname, middle, middle=True))
        return part.number, names

    def position(self, person_id: PersonId) -> int:
        """Where a listed person stands."""
        for part in self.parts:
            found = part.segment.position(person_id)
            if found is not None:
                return part.begins + found
        raise KeyError(person_id)

    def borne(self, kind: str, name: str) -> bool:
        """Whether anybody listed has a name of the kind `surname` or `given` that looks like this one."""
        table = self.surnames if kind == "surname" else self.givens
        return any(part.has_alike(name) for part in table.parts)

    def near(self, printed: Printed) -> Nearby:
        """Who could be meant: the likeliest by name, birth date and middle name, and whoever bears a number."""
        room = self._rooms.pop() if self._rooms else Gathered(len(self), [len(part.givens) for part in self.parts])
        found = self._near(printed, room)
        self._rooms.append(room)  # after a failure it is not used again
        return found

    def _near(self, printed: Printed, room: Gathered) -> Nearby:
        room.count, room.most = 0, NOBODY
        plain = tuple(said for said in printed.names if said.said_as in AS_PRINTED)
        asked = np.array([packed(figures) for figures in printed.birth_dates], dtype=np.int64)
        dates = _date_weights(printed.legible, printed.whole)
        names = plain
        self._gather(plain, printed, asked, dates, room)
        if len(plain) < len(printed.names) and room.most < self._plain_enough:
            names = printed.names
            self._gather([said for said in names if said.said_as not in AS_PRINTED], printed, asked, dates, room)
        return self._chosen(names, room, self._numbered(printed, room), printed)

    def _gather(self, names: Sequence[SaidName], printed: Printed, asked: Longs, dates: Floats, room: Gathered) -> None:
        for part in self.parts:
            middle = self._by_middle(part, printed.middle)
            for said in names:
                self._by_name(part, said, middle, asked, dates, room)
            if len(asked):
                self._born_on(part, printed, asked, dates, room)

    def _by_name(self, part: Part, said: SaidName, middle: Floats, asked: Longs, dates: Floats, room: Gathered) -> None:
        surnames, surname_weights = self.surnames.weights(part.number, said.surnames)
        givens, given_weights = self.givens.weights(part.number, said.givens)
        nameless = part.givens.empty if said.givens else -2
        room.count, most = self.run.gather(
            surnames, surname_weights, givens, given_weights, room.by_given[part.number], nameless,
            _costs(said.said_as, said.part, bool(said.surnames)), middle, asked, dates, part.begins,
            part.segment.people, room.room, room.count,
        )  # fmt: skip
        room.most = max(room.most, most)

    def _by_middle(self, part: Part, middle: str) -> Floats:
        """What another middle name weighs, from which to which number those stand that agree, and what these weigh."""
        if (known := part.middles.get(middle)) is None:
            if len(part.middles) >= REMEMBERED:
                part.middles.clear()
            known = part.middles[middle] = self._middle(part, middle)
        return known

    def _middle(self, part: Part, middle: str) -> Floats:
        if not middle:
            return NO_MIDDLE
        low, high, level = 0, 0, "exact"
        if len(middle) == 1:
            (low, high), level = part.givens.beginning(middle), "initial"
        elif (number := part.givens.number(middle)) is not None:
            low, high = number, number + 1
        return np.array([weight_of("middle", "differs"), low, high, weight_of("middle", level)])

    def _born_on(self, part: Part, printed: Printed, asked: Longs, dates: Floats, room: Gathered) -> None:
        """Those born on the very day, if a like birth date could make up for names that differ."""
        names = sum(_of_another(bool(said.surnames), bool(said.givens)) for said in printed.names[:1])
        if names + float(dates[1]) < max(-CLOSE, self._worth_comparing):
            return
        arrays = part.segment.arrays
        low, high = np.searchsorted(arrays.born, asked, "left"), np.searchsorted(arrays.born, asked, "right")
        for begin, end in zip(low.tolist(), high.tolist(), strict=True):
            who = arrays.born_who[begin:end]
            room.count = self.run.add(who, part.begins, names, float(dates[1]), room.room, room.count)
            room.most = max(room.most, names + float(dates[1]) if len(who) else NOBODY)

    def _numbered(self, printed: Printed, room: Gathered) -> set[int]:
        """Whoever bears a printed number; where nobody bears a SID or IR number, whoever was gathered and bears one
        nearly like it."""
        dockets = [hash_of("docket", case_of(number)) for number in printed.docket_numbers]
        found = self._bearing(np.array(dockets, dtype=np.int64)) if dockets else set()
        for kind, numbers in (("sid", printed.sids), ("ir_number", printed.ir_numbers)):
            for number in numbers:
                same = self._bearing(np.array([hash_of(kind, number)], dtype=np.int64))
                nearly = () if same else self._bearing(hashes_nearly(kind, number))
                found |= same or {who for who in nearly if room.room.place_of[who]}
        return found

    def _bearing(self, keys: Longs) -> set[int]:
        found: set[int] = set()
        for part in self.parts:
            hashes, who = part.segment.arrays.number_hash, part.segment.arrays.number_who
            low, high = hashes.searchsorted(keys, "left"), hashes.searchsorted(keys, "right")
            for at in np.flatnonzero(low < high).tolist():
                found.update((part.begins + who[low[at] : high[at]].astype(np.int64)).tolist())
        return found

    def _chosen(
        self, names_searched: tuple[SaidName, ...], room: Gathered, numbered: set[int], printed: Printed
    ) -> Nearby:
        """The likeliest and the numbered apart from the others."""
        slack, most = (0.0, MOST_COMPARED) if printed.all_read else (BY_NUMBER, MOST_IF_UNREAD)
        at = self._likely(room, slack)
        positions = room.room.who[at]
        if len(at) > most:
            total = room.room.names[at] + room.room.rest[at]
            order = np.argsort(positions)
            positions = positions[order]
            positions = positions[self._first_few(positions, total[order], most)]
        chosen = sorted(numbered.union(positions.tolist()))
        others = self.run.others(np.array(chosen, dtype=np.int64), room.room, room.count)
        room.count = 0
        return Nearby(names_searched, tuple(chosen), *others)

    def _likely(self, room: Gathered, slack: float) -> Longs:
        """The places of those worth comparing."""
        enough = 256
        while True:
            out = np.empty(enough, dtype=np.int64)
            total = self.run.likely(room.room, room.count, CLOSE, self._worth_comparing, slack, out)
            if total <= enough:
                return out[:total]
            enough = total

    def _first_few(self, positions: Longs, total: Floats, most: int) -> npt.NDArray[np.bool_]:
        """The `most` who weigh most, of equals those whose ids come first."""
        if len(total) <= most:
            return np.ones(len(total), dtype=np.bool_)
        edge = np.partition(total, len(total) - most)[len(total) - most]
        few: npt.NDArray[np.bool_] = np.greater(total, edge)
        equal = np.flatnonzero(total == edge)
        wanted = most - int(few.sum())
        if len(equal) > wanted and len(self.parts) > 1:
            equal = np.array(sorted(equal.tolist(), key=lambda n: self.person(int(positions[n])).person_id))
        few[equal[:wanted]] = True
        return few


@cache
def _costs(said_as: str, part: bool, surname_said: bool) -> Floats:
    """What a name weighs for being said so, another given name, being called by the middle one, another surname."""
    own = weight_of("name_as", said_as) - (_part_cost() if part else 0.0)
    other_surname = (weight_of("surname", "differs") if surname_said else 0.0) + (_part_cost() if part else 0.0)
    return np.array([own, weight_of("given", "differs"), _middle_cost(), other_surname])


@cache
def _of_another(surname_said: bool, given_said: bool) -> float:
    """What the names weigh of somebody called otherwise."""
    said = {"surname": surname_said, "given": given_said}
    return sum(weight_of(name, "differs") for name, known in said.items() if known)


@lru_cache(maxsize=1024)
def _date_weights(legible: float, whole: bool) -> Floats:
    """What 8 to 0 like figures weigh: that of another date first, then by wrong figures, a like year last."""
    same = "exact" if whole else "figures_alike"
    levels = ["differs", same, "figures_alike", "two_figures", *["differs"] * 5, "same_year"]
    weights = np.array([weight_of("birth_date", level) for level in levels])
    return np.log2(1.0 + legible * (np.exp2(weights) - 1.0)) if legible < 1.0 else weights


def _part_cost() -> float:
    return weight_of("surname", "exact") - weight_of("surname", "part")


def _middle_cost() -> float:
    return weight_of("given", "exact") - weight_of("given", "middle")
