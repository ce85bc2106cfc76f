"""The loops over the people of a list, in plain Python that match.compiled can turn into machine code.

Found people lie in `who`, `names` and `rest` (bits of their names and of what else was compared), each once, at their
best; `place_of` says where somebody lies, one more than the place, and is 0 for everybody between two searches.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Array = Any  # a numpy array; the compiler infers its type

EACH = 0x11111111  # the lowest bit of each of eight figures
YEAR = 0x11110000
FEW = 2000  # people of one given name among whom a birth date is looked for one by one
GRAIN = 2.0**38  # of the heaviest weight in a sum; sums of whole grains are the same in any order


def gather(
    surnames: Array, surname_weights: Array, surname_starts: Array, bearers: Array, bearer_given: Array,
    bearer_middle: Array, bearer_born: Array, givens: Array, given_weights: Array, given_starts: Array,
    given_bearer: Array, given_born: Array, weight_of_given: Array, nameless: int, costs: Array, middle: Array,
    asked: Array, date_weights: Array, begins: int, place_of: Array, who: Array, names: Array, rest: Array, count: int,
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
        for place in range(surname_starts[surnames[which]], surname_starts[surnames[which] + 1]):
            given, other, called = 0.0, 0.0, False
            if nameless != -2:
                given = weight_of_given[bearer_given[place]]
                if given != given and bearer_middle[place] >= 0:
                    given = weight_of_given[bearer_middle[place]] - costs[2]
                    called = given == given
            keep, dated = given == given, 0.0
            born = bearer_born[place]
            if len(asked) > 0 and born != 0:
                if not keep:
                    for k in range(len(asked)):
                        off = asked[k] ^ born
                        off = (off | (off >> 1) | (off >> 2) | (off >> 3)) & known[k]
                        if off & YEAR == 0 or ((off * EACH) >> 28) & 15 <= 2:
                            keep = True
                if keep:
                    dated = date_weights[0]
                    for k in range(len(asked)):
                        off = asked[k] ^ born
                        off = (off | (off >> 1) | (off >> 2) | (off >> 3)) & known[k]
                        dated = max(dated, date_weights[min(((off * EACH) >> 28) & 15, 7) + 1])
                        if off & YEAR == 0:
                            dated = max(dated, date_weights[9])
            if keep:
                if given != given:
                    given = costs[1]
                if bearer_middle[place] >= 0 and not called:
                    other = middle[3] if middle[1] <= bearer_middle[place] < middle[2] else middle[0]
                name, other = surname_weights[which] + given + costs[0], other + dated
                most = max(most, name + other)
                person = bearers[place] + begins
                at = place_of[person] - 1
                if at < 0:
                    at = count
                    count += 1
                    place_of[person] = count
                    who[at], names[at], rest[at] = person, name, other
                elif name + other > names[at] + rest[at]:
                    names[at], rest[at] = name, other
    if len(asked) > 0:
        for which in range(len(givens)):
            name = weight_of_given[givens[which]] + costs[0] + costs[3]
            begin, end = given_starts[givens[which]], given_starts[givens[which] + 1]
            for k in range(len(asked)):
                tries = 73 if end - begin > FEW and known[k] == EACH else 1
                for one in range(tries):  # the very day, and each figure of it replaced; or everybody, one by one
                    low, high = begin, end
                    if tries > 1:
                        day = asked[k]
                        if one > 0:
                            shift, figure = 4 * ((one - 1) // 9), (one - 1) % 9
                            printed = (day >> shift) & 15
                            if figure >= printed:
                                figure += 1
                            day += (figure - printed) << shift
                        while low < high:
                            half = (low + high) // 2
                            if given_born[half] < day:
                                low = half + 1
                            else:
                                high = half
                        high = low
                        while high < end and given_born[high] == day:
                            high += 1
                    for place in range(low, high):
                        off = asked[k] ^ given_born[place]
                        off = (off | (off >> 1) | (off >> 2) | (off >> 3)) & known[k]
                        wrong = ((off * EACH) >> 28) & 15
                        if wrong > 1 or given_born[place] == 0:
                            continue
                        other = date_weights[1 + wrong]
                        most = max(most, name + other)
                        person = given_bearer[place] + begins
                        at = place_of[person] - 1
                        if at < 0:
                            at = count
                            count += 1
                            place_of[person] = count
                            who[at], names[at], rest[at] = person, name, other
                        elif name + other > names[at] + rest[at]:
                            names[at], rest[at] = name, other
    for which in range(len(givens)):
        weight_of_given[givens[which]] = math.nan
    if nameless >= 0:
        weight_of_given[nameless] = math.nan
    return count, most


def add(
    persons: Array, name: float, other: float, place_of: Array, who: Array, names: Array, rest: Array, count: int
) -> int:
    """Adds `persons`, who all weigh the same; how many there are now."""
    for which in range(len(persons)):
        person = persons[which]
        at = place_of[person] - 1
        if at < 0:
            at = count
            count += 1
            place_of[person] = count
            who[at], names[at], rest[at] = person, name, other
        elif name + other > names[at] + rest[at]:
            names[at], rest[at] = name, other
    return count


def likely(
    who: Array, names: Array, rest: Array, count: int, close: float, least: float, slack: float, out: Array
) -> int:
    """Writes the places of those at most `close` below the best and at least at `least`, both lowered by `slack`; how
    many there are, of which the first len(out) were written."""
    best = -1e300
    for at in range(count):
        best = max(best, names[at] + rest[at])
    least, found = max(best - close, least) - slack, 0
    for at in range(count):
        if names[at] + rest[at] >= least:
            if found < len(out):
                out[found] = at
            found += 1
    return found


def others(
    chosen: Array, who: Array, names: Array, rest: Array, count: int, place_of: Array
) -> tuple[int, float, float]:
    """How many were found beside those `chosen`, what they weigh together, and what their names do; the same for
    whatever order they were found in. Nobody is found any more."""
    for which in range(len(chosen)):
        place_of[chosen[which]] = 0
    number, most, most_name = 0, -1e300, -1e300
    for at in range(count):
        if place_of[who[at]] != 0:
            number += 1
            most = max(most, names[at] + rest[at])
            most_name = max(most_name, names[at])
    total, total_name = 0, 0
    for at in range(count):
        if place_of[who[at]] != 0:
            total += int(math.exp2(names[at] + rest[at] - most) * GRAIN)
            total_name += int(math.exp2(names[at] - most_name) * GRAIN)
            place_of[who[at]] = 0
    if number == 0:
        return 0, 0.0, 0.0
    return number, total / GRAIN * math.exp2(most), total_name / GRAIN * math.exp2(most_name)
