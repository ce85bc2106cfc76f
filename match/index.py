"""Everybody on the list, laid out so that those who come near a name or a birth date are found at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from math import log2
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from casefile.persons import Person, PersonId
from match.asked import Asked, Printed, asked_of
from match.compiled import Kernels, kernels_for
from match.docket_numbers import case_of
from match.levels import weight_of
from match.name_weights import NameWeights
from match.named import NOTHING_COMPARED, NamesCompared
from match.said import halves_of
from match.segment import Segment, hashes_nearly, hashes_of, segment_of_persons
from match.vocabulary import REMEMBERED, Vocabulary, ink_tables, texts_of

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
CLOSE = 14.0  # bits below the best from which nobody is compared field by field
MOST_COMPARED = 8  # compared field by field; with ink unread, more may turn out to be meant
MOST_IF_UNREAD = 200
UNSEEN = 10.0  # bits by which what is compared later may lift somebody
PLAIN = 8.0  # bits beyond those of the length of the list from which the names need not be read in other orders
BY_NUMBER = 40.0  # bits that keep whoever bears a printed number among those compared
NOBODY = -1e300  # bits
AT_ONCE = 1000  # captions
ROOM_BEYOND = 300_000  # people found for several captions at once, beyond those of a list who may all be near one
NO_MIDDLE = np.zeros(4)


class Nearby(NamedTuple):
    """Positions of those worth comparing, how their names agree, and what all the others found weigh: 2 ** weight,
    summed."""

    positions: tuple[int, ...]
    names: tuple[NamesCompared, ...]
    others: int
    others_weight: float
    others_name_weight: float


class Found(NamedTuple):
    """Whoever was found, for one caption after the other, as match.people_kernels has them."""

    who: Longs
    names: Floats
    rest: Floats


class Before(NamedTuple):
    """To whom the first so many names of each caption have led in a part of the list, those of each from `starts` on;
    -1 where nobody has asked."""

    said: Longs
    starts: Longs
    who: Longs
    names: Floats
    rest: Floats


class Room(NamedTuple):
    """Where people are laid while they are found in a part of the list."""

    place_of: npt.NDArray[np.int32]
    who: Longs
    names: Floats
    rest: Floats
    ends: Longs  # of each caption
    most: Floats  # that anybody found for it weighs


class Scratch(NamedTuple):
    """By number of a name, what it weighs; NaN between two names said, and always behind the last."""

    by_surname: Floats
    by_given: Floats


@dataclass(slots=True, eq=False)
class Part:
    """A segment at work: its vocabularies, and at which position its persons begin."""

    segment: Segment
    surnames: Vocabulary
    givens: Vocabulary
    begins: int
    number: int
    middles: dict[str, Floats] = field(default_factory=dict)  # already looked up
    _places: tuple[npt.NDArray[np.int32], Found, Scratch] | None = None

    def __len__(self) -> int:
        return len(self.segment.arrays.text_starts) - 1

    def room(self, captions: int) -> tuple[Room, Scratch]:
        """An empty room, which is made once."""
        if self._places is None:
            most = len(self) + ROOM_BEYOND
            found = Found(np.empty(most, dtype=np.int64), np.empty(most), np.empty(most))
            scratch = Scratch(*(np.full(len(names) + 1, np.nan) for names in (self.surnames, self.givens)))
            self._places = np.zeros(len(self), dtype=np.int32), found, scratch
        places, found, scratch = self._places
        self._places = None  # after a failure it is not used again
        return Room(places, *found, np.zeros(captions, dtype=np.int64), np.full(captions, NOBODY)), scratch

    def give_back(self, room: Room, scratch: Scratch) -> None:
        """Keeps a room that is empty again."""
        self._places = room.place_of, Found(room.who, room.names, room.rest), scratch


def _leading(printed: Printed) -> str:
    """What brings captions together that lead to the same people, who are then at hand."""
    surnames = printed.names[0].surnames if printed.names else ()
    return surnames[0].name if surnames else ""


def _nothing_before(captions: int) -> Before:
    """Where nobody has asked yet."""
    nobody = np.empty(0, dtype=np.int64)
    return Before(np.full(captions, -1), np.zeros(captions + 1, dtype=np.int64), nobody, np.empty(0), np.empty(0))


def _kept(room: Room, first: int, last: int, those: Truths) -> Found:
    """What a room into which captions were laid from the `first` to the `last` holds of those of them."""
    few = np.repeat(those, np.diff(room.ends[first:last], prepend=0))
    used = len(few)
    return Found(room.who[:used][few], room.names[:used][few], room.rest[:used][few])


def _before(said: Longs, kept: Sequence[tuple[Longs, Found]]) -> Before:
    """To whom so many names of captions have led, which were laid into several rooms one after the other."""
    starts = np.cumsum([0, *np.concatenate([lengths for lengths, _ in kept])])
    return Before(said, starts, *(np.concatenate(some) for some in zip(*(found for _, found in kept), strict=True)))


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
        self._asking = Lock()
        self._borne: dict[str, dict[str, bool]] = {"surname": {}, "given": {}}
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

    def cells(self, positions: Sequence[int]) -> list[str]:
        """What the list says of the persons at these positions, one after the other, each cell as text."""
        if len(self.parts) == 1:
            return self.parts[0].segment.cells(positions)
        parts = [self._part_of(at) for at in positions]
        return [
            cell for at, part in zip(positions, parts, strict=True) for cell in part.segment.cells([at - part.begins])
        ]

    def _part_of(self, at: int) -> Part:
        return next(part for part in reversed(self.parts) if part.begins <= at)

    def position(self, person_id: PersonId) -> int:
        """Where a listed person stands."""
        for part in self.parts:
            found = part.segment.position(person_id)
            if found is not None:
                return part.begins + found
        raise KeyError(person_id)

    def borne(self, kind: str, name: str) -> bool:
        """Whether anybody listed has a name of the kind `surname` or `given` that looks like this one."""
        if name not in self._borne[kind]:
            self._look_whether_borne(kind, [name])
        return self._borne[kind][name]

    def _look_whether_borne(self, kind: str, names: Iterable[str]) -> None:
        """Finds out at once, for `borne` to know, whether anybody has each of the names."""
        known = self._borne[kind]
        if len(known) >= REMEMBERED:
            known.clear()
        new = [*dict.fromkeys([name for name in names if name not in known])]
        texts, found = texts_of(new), np.zeros(len(new), dtype=np.bool_)
        for vocabulary in (self.surnames if kind == "surname" else self.givens).parts:
            vocabulary.find_alike(texts, found)
        known.update(zip(new, found.tolist(), strict=True))

    def _look_at_words(self, runs: Sequence[Sequence[str]]) -> None:
        """Finds out which words of each run of ink are names, and, where one is none, which parts of it are and what
        it makes with the one beside it."""
        words, known = dict.fromkeys(chain.from_iterable(runs)), self._borne
        self._look_whether_borne("given", words)
        others = [word for word in words if not known["given"][word]]
        self._look_whether_borne("surname", others)
        none = {word for word in others if not known["surname"][word]}
        both = [a + b for run in runs for a, b in pairwise(run) if a in none or b in none]
        self._look_whether_borne("surname", both)
        self._look_whether_borne("given", [*both, *(part for word in none for part in halves_of(word))])

    def near(self, printed: Sequence[Printed]) -> list[Nearby]:
        """Who could be meant by each: the likeliest by name, birth date and middle name, and whoever bears a number."""
        near: dict[int, Nearby] = {}
        order = sorted(range(len(printed)), key=lambda at: _leading(printed[at]))
        with self._asking:
            for begin in range(0, len(printed), AT_ONCE):
                some = order[begin : begin + AT_ONCE]
                near.update(zip(some, self._near([printed[at] for at in some]), strict=True))
        return [near[at] for at in range(len(printed))]

    def _near(self, printed: Sequence[Printed]) -> list[Nearby]:
        """The names are read in other orders only where nobody comes near by them as they are printed."""
        enough = np.array([one.anew is None for one in printed], dtype=np.bool_)
        near, before = self._search(printed, enough, [_nothing_before(len(printed)) for _ in self.parts])
        again = [at for at, some in enumerate(near) if some is None]
        self._look_at_words([printed[at].words() for at in again])
        anew = [printed[at].read_anew() for at in again]
        for at, some in zip(again, self._search(anew, np.ones(len(anew), dtype=np.bool_), before)[0], strict=True):
            near[at] = some
        return [some for some in near if some is not None]

    def _search(
        self, printed: Sequence[Printed], enough: Truths, before: Sequence[Before]
    ) -> tuple[list[Nearby | None], list[Before]]:
        """Who comes near each, as `before` has it for earlier names of theirs; None where that is hardly anybody and
        the names are not `enough`, and whom these led to in each part of the list."""
        if not printed:
            return [], []
        middles = [*dict.fromkeys(one.middle for one in printed)]
        least = max(-CLOSE, self._worth_comparing)
        asked = asked_of(printed, middles, self.surnames, self.givens, least)
        by_middle = [np.array([self._by_middle(part, middle) for middle in middles]) for part in self.parts]
        near: list[Nearby | None] = []
        left: list[list[tuple[Longs, Found]]] = [[] for _ in self.parts]
        unsettled = ~enough
        while len(near) < len(printed):
            first = len(near)
            rooms = [part.room(len(printed)) for part in self.parts]
            last = min(
                self.run.gather(
                    asked, known, first, self.surnames.weighed(part.number), self.givens.weighed(part.number),
                    part.segment.people, middle, scratch, room,
                )
                for part, known, middle, (room, scratch) in zip(self.parts, before, by_middle, rooms, strict=True)
            )  # fmt: skip
            most = np.max([room.most[first:last] for room, _ in rooms], axis=0)
            starts, found = self._found([room for room, _ in rooms], first, last)
            unsettled[first:last] &= most < self._plain_enough
            near += self._chosen(printed[first:last], asked, first, ~unsettled[first:last], starts, found)
            for part, (room, scratch), kept in zip(self.parts, rooms, left, strict=True):
                lengths = np.diff(room.ends[first:last], prepend=0)[unsettled[first:last]]
                kept.append((lengths, _kept(room, first, last, unsettled[first:last])))
                part.give_back(room, scratch)
        said = np.diff(asked.said_starts)[unsettled]
        return near, [_before(said, kept) for kept in left]

    def _found(self, rooms: Sequence[Room], first: int, last: int) -> tuple[Longs, Found]:
        """Whoever was found in any part for the captions from `first` to `last`, and where those of each begin."""
        used = [int(room.ends[last - 1]) for room in rooms]
        whos = [room.who[:end] + part.begins for room, end, part in zip(rooms, used, self.parts, strict=True)]
        ends = [room.ends[first:last] for room in rooms]
        if len(rooms) == 1:
            return np.concatenate([[0], ends[0]]), Found(whos[0], rooms[0].names[: used[0]], rooms[0].rest[: used[0]])
        lengths = [np.diff(each, prepend=0) for each in ends]
        caption = np.concatenate([np.repeat(np.arange(last - first), each) for each in lengths])
        order = np.argsort(caption, kind="stable")
        names = [room.names[:end] for room, end in zip(rooms, used, strict=True)]
        rest = [room.rest[:end] for room, end in zip(rooms, used, strict=True)]
        found = Found(np.concatenate(whos)[order], np.concatenate(names)[order], np.concatenate(rest)[order])
        return np.concatenate([[0], np.cumsum(np.sum(lengths, axis=0))]), found

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

    def _chosen(
        self, printed: Sequence[Printed], asked: Asked, first: int, settled: Truths, starts: Longs, found: Found
    ) -> list[Nearby | None]:
        """For each settled caption the likeliest and the numbered, apart from the others."""
        likely = self._likely(printed, starts, found)
        numbered = self._numbered(printed, starts, found)
        chosen = [sorted({*who, *numbered.get(at, ())}) if settled[at] else [] for at, who in enumerate(likely)]
        ends = np.cumsum([0, *map(len, chosen)])
        persons = np.array([who for some in chosen for who in some], dtype=np.int64)
        number, weights = np.zeros(len(printed), dtype=np.int64), np.zeros((len(printed), 2))
        self.run.others(starts, found, ends, persons, number, weights)
        captions = np.repeat(np.arange(first, first + len(printed)), np.diff(ends))
        names = self._names_compared(printed, asked, captions, first, persons)
        return [
            Nearby(tuple(some), tuple(names[begin:end]), others, *both) if done else None
            for some, begin, end, others, both, done in zip(
                chosen,
                ends.tolist(),
                ends[1:].tolist(),
                number.tolist(),
                weights.tolist(),
                settled.tolist(),
                strict=False,
            )
        ]

    def _likely(self, printed: Sequence[Printed], starts: Longs, found: Found) -> list[list[int]]:
        """Those worth comparing for each caption."""
        slack = np.array([0.0 if one.all_read else BY_NUMBER for one in printed])
        ends, out = np.zeros(len(printed), dtype=np.int64), np.empty(len(found.who), dtype=np.int64)
        self.run.likely(starts, found, CLOSE, self._worth_comparing, slack, ends, out)
        bounds = [0, *ends.tolist()]
        whole = found.who[out[: bounds[-1]]].tolist()
        few = [whole[begin:end] for begin, end in pairwise(bounds)]
        for at, one in enumerate(printed):
            most = MOST_COMPARED if one.all_read else MOST_IF_UNREAD
            if len(few[at]) > most:
                places = out[bounds[at] : bounds[at + 1]]
                places = places[np.argsort(found.who[places])]
                positions = found.who[places]
                few[at] = positions[self._first_few(positions, found.names[places] + found.rest[places], most)].tolist()
        return few

    def _numbered(self, printed: Sequence[Printed], starts: Longs, found: Found) -> dict[int, set[int]]:
        """By caption, whoever bears a printed number; where nobody bears a SID or IR number, whoever was found and
        bears one nearly like it."""
        numbered: dict[int, set[int]] = {}
        dockets = [(at, case_of(number)) for at, one in enumerate(printed) for number in one.docket_numbers]
        for place, who in self._bearing(hashes_of("docket", [n for _, n in dockets])).items():
            numbered.setdefault(dockets[place][0], set()).update(who)
        sids = [(at, number) for at, one in enumerate(printed) for number in one.sids]
        ir_numbers = [(at, number) for at, one in enumerate(printed) for number in one.ir_numbers]
        for kind, asked in (("sid", sids), ("ir_number", ir_numbers)):
            bearers = self._bearing(hashes_of(kind, [n for _, n in asked]))
            for place, who in bearers.items():
                numbered.setdefault(asked[place][0], set()).update(who)
            misread = [one for place, one in enumerate(asked) if place not in bearers]
            for place, who in self._bearing_nearly(kind, [n for _, n in misread]).items():
                at = misread[place][0]
                numbered.setdefault(at, set()).update(who & {*found.who[starts[at] : starts[at + 1]].tolist()})
        return numbered

    def _bearing_nearly(self, kind: str, numbers: Sequence[str]) -> dict[int, set[int]]:
        """By their place among `numbers`, who bears one that is like it but for a figure."""
        keys, ends = hashes_nearly(kind, numbers, self.run)
        found: dict[int, set[int]] = {}
        for key, who in self._bearing(keys).items():
            found.setdefault(int(ends.searchsorted(key, "right")), set()).update(who)
        return found

    def _bearing(self, keys: Longs) -> dict[int, set[int]]:
        """By their place among the keys of numbers, who bears each that anybody bears."""
        bearers: dict[int, set[int]] = {}
        for part in self.parts:
            arrays, low, high = part.segment.arrays, np.empty_like(keys), np.empty_like(keys)
            self.run.bearing(keys, arrays.number_hash, arrays.number_buckets, low, high)
            borne = np.flatnonzero(high > low)
            for at, begin, end in zip(borne.tolist(), low[borne].tolist(), high[borne].tolist(), strict=True):
                bearers.setdefault(at, set()).update((arrays.number_who[begin:end] + np.int64(part.begins)).tolist())
        return bearers

    def _names_compared(
        self, printed: Sequence[Printed], asked: Asked, captions: Longs, first: int, persons: Longs
    ) -> list[NamesCompared]:
        """The best agreement of the names of each of `captions` with those of the person beside it."""
        compared: list[NamesCompared] = [NOTHING_COMPARED] * len(persons)
        of_surname, of_given, starts = self.surnames.levels, self.givens.levels, asked.said_starts[first:].tolist()
        for part in self.parts:
            here = np.flatnonzero((persons >= part.begins) & (persons < part.begins + len(part)))
            reached, bits = np.zeros((len(here), 5), dtype=np.int64), np.zeros((len(here), 2))
            self.run.compare_names(
                asked, captions[here], persons[here] - part.begins,
                self.surnames.weighed(part.number), self.surnames.spelled(part.number),
                self.givens.weighed(part.number), self.givens.spelled(part.number),
                part.segment.arrays, ink_tables(), reached, bits,
            )  # fmt: skip
            of_caption = (captions[here] - first).tolist()
            for at, caption, row, weights in zip(
                here.tolist(), of_caption, reached.tolist(), bits.tolist(), strict=True
            ):
                surname, given, number, alias, middle = row
                if number >= 0:
                    name = printed[caption].names[number - starts[caption]]
                    said_as, left_over = "alias" if alias else name.said_as, "" if middle else name.middle
                    compared[at] = NamesCompared(
                        of_surname[surname], of_given[given], said_as, weights[0], weights[1], left_over
                    )  # fmt: skip
        return compared

    def compared(self, printed: Printed, at: int) -> NamesCompared:
        """The best agreement of any of the names with any of those of the person at a position."""
        with self._asking:
            asked = asked_of([printed], [printed.middle], self.surnames, self.givens, NOBODY)
            caption, person = np.zeros(1, dtype=np.int64), np.array([at], dtype=np.int64)
            return self._names_compared([printed], asked, caption, 0, person)[0]

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
