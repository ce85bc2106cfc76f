"""Everybody on the list, laid out so that those who come near a name or a birth date are found at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, log2
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from casefile.persons import Person, PersonId
from match.compiled import Kernels, kernels_for
from match.docket_numbers import case_of
from match.levels import weight_of
from match.name_weights import NameWeights
from match.said import SaidName
from match.segment import Segment, hash_of, packed, segment_of_persons
from match.vocabulary import Vocabulary

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
CLOSE = 14.0  # bits below the best from which nobody is compared field by field
MOST_COMPARED = 8  # compared field by field; with ink unread, more may turn out to be meant
MOST_IF_UNREAD = 200
UNSEEN = 10.0  # bits by which what is compared later may lift somebody
PLAIN = 8.0  # bits beyond those of the length of the list from which the names need not be read in other orders
BY_NUMBER = 40.0  # bits that keep whoever bears a printed number among those compared
NO_ENTRIES = np.empty(0, dtype=np.int64)


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


class _Found(NamedTuple):
    positions: Longs
    names: Floats  # bits
    rest: Floats


@dataclass(slots=True, eq=False)
class Part:
    """A segment at work: its vocabularies, and at which position its persons begin."""

    segment: Segment
    surnames: Vocabulary
    givens: Vocabulary
    begins: int
    number: int


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
        begins = 0
        for number, segment in enumerate(segments):
            names = Vocabulary(segment.surnames, self.run), Vocabulary(segment.givens, self.run)
            self.parts.append(Part(segment, *names, begins, number))
            begins += len(segment.arrays.text_starts) - 1
        self.surnames = NameWeights("surname", [part.surnames for part in self.parts], self._total)
        self.givens = NameWeights("given", [part.givens for part in self.parts], self._total)

    def __len__(self) -> int:
        return self._total

    def person(self, at: int) -> Person:
        """The person at a position."""
        part = next(part for part in reversed(self.parts) if part.begins <= at)
        return part.segment.person(at - part.begins)

    def position(self, person_id: PersonId) -> int:
        """Where a listed person stands."""
        for part in self.parts:
            found = part.segment.position(person_id)
            if found is not None:
                return part.begins + found
        raise KeyError(person_id)

    def near(self, printed: Printed) -> Nearby:
        """Who could be meant: the likeliest by name, birth date and middle name, and whoever bears a number."""
        plain = tuple(said for said in printed.names if said.said_as == "main")
        names, found = plain, self._found_by(printed, plain)
        least = log2(max(len(self), 1)) + PLAIN
        if len(plain) < len(printed.names) and not any((one.names + one.rest >= least).any() for one in found):
            names = printed.names
            found += self._found_by(printed, tuple(said for said in printed.names if said.said_as != "main"))
        numbered = np.concatenate([self._numbered(part, printed) for part in self.parts])
        together = _Found(*(np.concatenate(column) for column in zip(*found, strict=True)))
        return self._chosen(names, together, np.unique(numbered) if len(numbered) else numbered, printed)

    def _found_by(self, printed: Printed, names: Sequence[SaidName]) -> list[_Found]:
        return [found for part in self.parts for found in self._found_in(part, printed, names)]

    def _found_in(self, part: Part, printed: Printed, names: Sequence[SaidName]) -> Iterable[_Found]:
        asked = np.array([packed(figures) for figures in printed.birth_dates], dtype=np.int64)
        dates = _date_weights(printed.legible, whole=printed.whole)
        yield _Found(NO_ENTRIES, np.empty(0), np.empty(0))
        for said in names:
            yield from self._by_name(part, said, printed.middle, asked, dates)
        if len(asked):
            yield self._born_on(part, printed, asked, dates)

    def _by_name(self, part: Part, said: SaidName, middle: str, asked: Longs, dates: Floats) -> Iterable[_Found]:
        arrays, which = part.segment.arrays, part.number
        surnames, surname_weights = self.surnames.weights(which, said.surnames)
        givens, given_weights = self.givens.weights(which, said.givens)
        cost = weight_of("name_as", said.said_as) - (_part_cost() if said.part else 0.0)
        dense = self._by_given(part, said, givens, given_weights)
        room = int((arrays.surname_starts[surnames + 1] - arrays.surname_starts[surnames]).sum())
        places, weights = np.empty(room, dtype=np.int64), np.empty((room, 2))
        total = self.run.bearers(
            surnames, surname_weights, arrays.surname_starts, arrays.bearer_given, arrays.bearer_middle,
            arrays.bearer_born, dense, weight_of("given", "differs"), _middle_cost(), self._by_middle(part, middle),
            asked, dates, places, weights,
        )  # fmt: skip
        yield _Found(
            part.begins + arrays.bearer[places[:total]].astype(np.int64), weights[:total, 0] + cost, weights[:total, 1]
        )
        if len(asked) and len(givens):
            yield self._born_near(part, said, givens, dense, asked, dates)

    def _born_near(
        self, part: Part, said: SaidName, givens: Longs, dense: Floats, asked: Longs, dates: Floats
    ) -> _Found:
        """Those of a near given name born on the day or nearly, whatever their surname."""
        arrays = part.segment.arrays
        room = int((arrays.given_starts[givens + 1] - arrays.given_starts[givens]).sum())
        places, wrong = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
        total = self.run.born_near(givens, arrays.given_starts, arrays.given_born, asked, places, wrong)
        which = np.searchsorted(arrays.given_starts, places[:total], "right") - 1
        name = dense[which] + weight_of("name_as", said.said_as)
        if said.surnames:
            name = name + weight_of("surname", "differs")
        return _Found(
            part.begins + arrays.given_bearer[places[:total]].astype(np.int64), name, dates[1 + wrong[:total]]
        )

    def _by_given(self, part: Part, said: SaidName, givens: Longs, weights: Floats) -> Floats:
        """What each given name of the segment weighs; NaN where it is not near, 0 where nothing is said."""
        if not said.givens:
            return np.zeros(max(len(part.givens), 1))
        dense = np.full(max(len(part.givens), 1), np.nan)
        dense[givens] = weights
        if (empty := part.givens.number("")) is not None:
            dense[empty] = 0.0
        return dense

    def _by_middle(self, part: Part, middle: str) -> Floats:
        """What each middle name of the segment weighs."""
        if not middle:
            return np.zeros(max(len(part.givens), 1))
        dense = np.full(max(len(part.givens), 1), weight_of("middle", "differs"))
        if len(middle) == 1:
            dense[part.givens.beginning(middle)] = weight_of("middle", "initial")
        elif (same := part.givens.number(middle)) is not None:
            dense[same] = weight_of("middle", "exact")
        return dense

    def _born_on(self, part: Part, printed: Printed, asked: Longs, dates: Floats) -> _Found:
        """Those born on the very day, if a like birth date could make up for names that differ."""
        fields = {name for said in printed.names[:1] for name in ("surname", "given") if getattr(said, name + "s")}
        names = sum(weight_of(name, "differs") for name in fields)
        if names + float(dates[1]) < self._least(0.0):
            return _Found(NO_ENTRIES, np.empty(0), np.empty(0))
        arrays = part.segment.arrays
        edges = zip(
            np.searchsorted(arrays.born, asked, "left").tolist(),
            np.searchsorted(arrays.born, asked, "right").tolist(),
            strict=True,
        )
        who = np.concatenate([NO_ENTRIES, *(arrays.born_who[a:b].astype(np.int64) for a, b in edges)])
        return _Found(part.begins + who, np.full(len(who), names), np.full(len(who), dates[1]))

    def _numbered(self, part: Part, printed: Printed) -> Longs:
        arrays = part.segment.arrays
        keys = [
            *(hash_of("sid", number) for number in printed.sids),
            *(hash_of("ir_number", number) for number in printed.ir_numbers),
            *(hash_of("docket", case_of(number)) for number in printed.docket_numbers),
        ]
        if not keys:
            return NO_ENTRIES
        asked = np.array(keys, dtype=np.int64)
        first = np.searchsorted(arrays.number_hash, asked, "left").tolist()
        last = np.searchsorted(arrays.number_hash, asked, "right").tolist()
        found = [arrays.number_who[a:b].astype(np.int64) for a, b in zip(first, last, strict=True)]
        return part.begins + np.concatenate([NO_ENTRIES, *found])

    def _least(self, best: float) -> float:
        """The bits below which nobody can be meant."""
        return max(best - CLOSE, log2(max(len(self), 1)) - UNSEEN)

    def _chosen(self, names_searched: tuple[SaidName, ...], found: _Found, numbered: Longs, printed: Printed) -> Nearby:
        """Each person once, at their best; the likeliest and the numbered apart from the others."""
        total = found.names + found.rest
        order = np.lexsort((-total, found.positions))
        positions = found.positions[order]
        first = np.ones(len(positions), dtype=np.bool_)
        first[1:] = positions[1:] != positions[:-1]
        positions, total, names = positions[first], total[order][first], found.names[order][first]
        if not len(positions):
            return Nearby(names_searched, tuple(numbered.tolist()), 0, 0.0, 0.0)
        slack = 0.0 if printed.all_read else BY_NUMBER
        likely = total >= self._least(float(total.max())) - slack
        likely &= self._first_few(positions, total, MOST_COMPARED if printed.all_read else MOST_IF_UNREAD)
        others = ~likely
        if len(numbered):
            others &= ~np.isin(positions, numbered, assume_unique=True)
        chosen = np.union1d(positions[likely], numbered)
        sums = int(others.sum()), _sum_of(total[others]), _sum_of(names[others])
        return Nearby(names_searched, tuple(chosen.tolist()), *sums)

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


def _sum_of(bits: Floats) -> float:
    """2 ** bits, summed to the same figure in any order."""
    return fsum(np.exp2(bits).tolist())


def _date_weights(legible: float, *, whole: bool) -> Floats:
    """What 8 to 0 like figures weigh: that of another date first, then by wrong figures, a like year last."""
    same = "exact" if whole else "figures_alike"
    levels = ["differs", same, "figures_alike", "two_figures", *["differs"] * 5, "same_year"]
    weights = np.array([weight_of("birth_date", level) for level in levels])
    return np.log2(1.0 + legible * (np.exp2(weights) - 1.0)) if legible < 1.0 else weights


def _part_cost() -> float:
    return weight_of("surname", "exact") - weight_of("surname", "part")


def _middle_cost() -> float:
    return weight_of("given", "exact") - weight_of("given", "middle")
