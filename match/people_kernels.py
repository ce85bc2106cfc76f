"""The loops over the people of a list, in plain Python that match.compiled can turn into machine code.

Found people lie in a `room`, each once, at their best: `who`, and in bits what their names and what else was compared
weigh; `place_of` says where somebody lies, one more than the place, and is 0 for everybody between two searches.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Array = Any  # a numpy array; the compiler infers its type
Tables = Any  # a NamedTuple of them

EACH = 0x11111111  # the lowest bit of each of eight figures
YEAR = 0x11110000
FEW = 60  # people of one given name among whom a birth date is looked for one by one
GRAIN = 2.0**38  # of the heaviest weight in a sum; sums of whole grains are the same in any order


def gather(
    surnames: Array, surname_weights: Array, givens: Array, given_weights: Array, weight_of_given: Array, nameless: int,
    costs: Array, middle: Array, asked: Array, date_weights: Array, begins: int, people: Tables, room: Tables,
    count: int,
) -> tuple[int, float]:  # fmt: skip
    """Adds those who bear one of `surnames` and a near given name or birth date, and those of a near given name born
    on one of the days `asked` or nearly; how many there are now, and the most that anybody added weighs.

    `weight_of_given` is NaN throughout, here and afterwards. `nameless` is the number of the empty given name (-1 where
    there is none), -2 where none is asked for. `costs` are those of the way the name is said, of another given name,
    of being called by the middle name, of another surname; `middle` holds the weight of another middle name, from
    where to where the agreeing ones stand, and theirs. Dates are eight figures in 32 bits, 0 unknown, 0xF a figure
    not known. `date_weights` are that of a different date, those of 0 to 7 wrong figures, and that of a like year.
    """
    for which in range(len(givens)):
        weight_of_given[givens[which]] = given_weights[which]
    if nameless >= 0:
        weight_of_given[nameless] = 0.0
    known = np.empty(len(asked), dtype=np.int64)
    for k in range(len(asked)):
        known[k] = EACH & ~(asked[k] & (asked[k] >> 1) & (asked[k] >> 2) & (asked[k] >> 3))
    most = -1e300
    for which in range(len(surnames)):
        for place in range(people.surname_starts[surnames[which]], people.surname_starts[surnames[which] + 1]):
            given, other, called = 0.0, 0.0, False
            goes_by = people.bearer_middle[place]
            if nameless != -2:
                given = weight_of_given[people.bearer_given[place]]
                if given != given and goes_by >= 0:
                    given = weight_of_given[goes_by] - costs[2]
                    called = given == given
            born = people.bearer_born[place] if len(asked) > 0 else 0
            if given != given:
                if born == 0 or not born_nearly(born, asked, known):
                    continue
                given = costs[1]
            if goes_by >= 0 and not called:
                other = middle[3] if middle[1] <= goes_by < middle[2] else middle[0]
            if born != 0:
                other += date_weight(born, asked, known, date_weights)
            name = surname_weights[which] + given + costs[0]
            most = max(most, name + other)
            count = put(people.bearer[place] + begins, name, other, room, count)
    for which in range(len(givens)):
        name = weight_of_given[givens[which]] + costs[0] + costs[3]
        for k in range(len(asked)):
            begin, end = people.given_starts[givens[which]], people.given_starts[givens[which] + 1]
            count, heaviest = of_given_born(
                asked[k], known[k], begin, end, name, date_weights, begins, people, room, count
            )
            most = max(most, heaviest)
    for which in range(len(givens)):
        weight_of_given[givens[which]] = math.nan
    if nameless >= 0:
        weight_of_given[nameless] = math.nan
    return count, most


def of_given_born(
    day: int, known: int, begin: int, end: int, name: float, date_weights: Array, begins: int, people: Tables,
    room: Tables, count: int,
) -> tuple[int, float]:  # fmt: skip
    """Adds those of one given name, who stand from `begin` to `end`, whose birth date has at most one figure wrong."""
    most = -1e300
    if end - begin <= FEW or known != EACH:
        return among(begin, end, day, known, name, date_weights, begins, people, room, count, most)
    born = people.given_born
    year = day >> 16
    low = first_from(born, begin, end, year << 16)
    high = first_from(born, low, end, (year + 1) << 16)
    count, most = among(low, high, day, known, name, date_weights, begins, people, room, count, most)
    for one in range(36):  # each figure of the year replaced
        shift, figure = 16 + 4 * (one // 9), one % 9
        printed = (day >> shift) & 15
        if figure >= printed:
            figure += 1
        other = day + ((figure - printed) << shift)
        if begin < end and born[begin] <= other <= born[end - 1]:
            low = first_from(born, begin, end, other)
            high = low
            while high < end and born[high] == other:
                high += 1
            count, most = among(low, high, day, known, name, date_weights, begins, people, room, count, most)
    return count, most


def among(
    begin: int, end: int, day: int, known: int, name: float, date_weights: Array, begins: int, people: Tables,
    room: Tables, count: int, most: float,
) -> tuple[int, float]:  # fmt: skip
    """Adds those from `begin` to `end` whose birth date has at most one figure wrong."""
    for place in range(begin, end):
        off = figures_off(day, people.given_born[place], known)
        if people.given_born[place] != 0 and (off & (off - 1)) == 0:
            other = date_weights[1 + (off != 0)]
            most = max(most, name + other)
            count = put(people.given_bearer[place] + begins, name, other, room, count)
    return count, most


def first_from(ascending: Array, low: int, high: int, least: int) -> int:
    """Where the first stands that is `least` or more."""
    while low < high:
        half = (low + high) // 2
        if ascending[half] < least:
            low = half + 1
        else:
            high = half
    return low


def figures_off(asked: int, born: int, known: int) -> int:
    """A bit for each known figure that differs."""
    off = asked ^ born
    return (off | (off >> 1) | (off >> 2) | (off >> 3)) & known


def how_many(off: int) -> int:
    """How many bits of `figures_off` are set; 8 count as 7 or more."""
    return min(((off * EACH) >> 28) & 15, 7)


def born_nearly(born: int, asked: Array, known: Array) -> bool:
    """Whether a birth date has the year of one asked for, or at most two figures wrong."""
    for k in range(len(asked)):
        off = figures_off(asked[k], born, known[k])
        if off & YEAR == 0 or how_many(off) <= 2:
            return True
    return False


def date_weight(born: int, asked: Array, known: Array, weights: Array) -> float:
    """What a birth date weighs by the figures of it that are wrong, at best."""
    best: float = weights[0]
    for k in range(len(asked)):
        off = figures_off(asked[k], born, known[k])
        best = max(best, weights[how_many(off) + 1])
        if off & YEAR == 0:
            best = max(best, weights[9])
    return best


def put(person: int, name: float, other: float, room: Tables, count: int) -> int:
    """Adds somebody, or lifts them to what they weigh now if that is more; how many there are now."""
    at = room.place_of[person] - 1
    if at < 0:
        room.place_of[person] = count + 1
        room.who[count], room.names[count], room.rest[count] = person, name, other
        return count + 1
    if name + other > room.names[at] + room.rest[at]:
        room.names[at], room.rest[at] = name, other
    return count


def add(persons: Array, begins: int, name: float, other: float, room: Tables, count: int) -> int:
    """Adds `persons`, who all weigh the same; how many there are now."""
    for which in range(len(persons)):
        count = put(persons[which] + begins, name, other, room, count)
    return count


def likely(room: Tables, count: int, close: float, least: float, slack: float, out: Array) -> int:
    """Writes the places of those at most `close` below the best and at least at `least`, both lowered by `slack`; how
    many there are, of which the first len(out) were written."""
    best, found = -1e300, 0
    for at in range(count):
        best = max(best, room.names[at] + room.rest[at])
    least = max(best - close, least) - slack
    for at in range(count):
        if room.names[at] + room.rest[at] >= least:
            if found < len(out):
                out[found] = at
            found += 1
    return found


def others(chosen: Array, room: Tables, count: int) -> tuple[int, float, float]:
    """How many were found beside those `chosen`, what they weigh together, and what their names do; the same for
    whatever order they were found in. Nobody is found any more."""
    who, names, rest = room.who, room.names, room.rest
    for which in range(len(chosen)):
        room.place_of[chosen[which]] = 0
    number, most, most_name = 0, -1e300, -1e300
    for at in range(count):
        if room.place_of[who[at]] != 0:
            number += 1
            most = max(most, names[at] + rest[at])
            most_name = max(most_name, names[at])
    total, total_name = 0, 0
    for at in range(count):
        if room.place_of[who[at]] != 0:
            total += int(math.exp2(names[at] + rest[at] - most) * GRAIN)
            total_name += int(math.exp2(names[at] - most_name) * GRAIN)
            room.place_of[who[at]] = 0
    if number == 0:
        return 0, 0.0, 0.0
    return number, total / GRAIN * math.exp2(most), total_name / GRAIN * math.exp2(most_name)
