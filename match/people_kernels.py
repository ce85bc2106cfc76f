"""The loops over the people of a list, in plain Python that match.compiled can turn into machine code.

Found people lie in a `room`, for each caption each once, at their best: `who`, and in bits what their names and what
else was compared weigh; `place_of` says where somebody lies, one more than the place, and is 0 between two captions.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from match.kernels import level_at, may_agree

Array = Any  # a numpy array; the compiler infers its type
Tables = Any  # a NamedTuple of them

EACH = 0x11111111  # the lowest bit of each of eight figures
YEAR, MONTH, DAY = 0x11110000, 0x1100, 0x11  # of them, those of each part of a date
MONTHS, DAYS = 12, 31  # of a year, of a month at most
EXACT, CONFUSED, DIFFERS, PART, SILENT, ALTERNATIVE = 0, 4, 8, 9, 10, 11  # places in match.name_weights' levels
NOTHING = -39.0  # bits below the heaviest at which a weight is less than a grain
GRAIN = 2.0**38  # of the heaviest weight in a sum; sums of whole grains are the same in any order


def gather(
    asked: Tables, before: Tables, first: int, surnames: Tables, givens: Tables, people: Tables, middles: Array,
    scratch: Tables, room: Tables,
) -> int:  # fmt: skip
    """Lays into the room whoever comes near each caption from the `first` on by name or birth date, up to
    `room.ends[which]`; the caption for whom there was no more room, or how many there are.

    `before`: to whom the first so many names of each caption have led already, and its birth date alone; -1 where that
    is still to be asked. Dates are eight figures in 32 bits, 0 unknown, 0xF a figure not known. `asked.day_weights` are
    that of a different date, those of 0 to 7 wrong figures, and that of a like year; `asked.strangers` what the names
    of another weigh, NaN where nobody is looked for by the birth date alone.
    """
    used, places = 0, np.empty(len(people.born_starts), dtype=np.int64)
    for which in range(first, len(asked.middle)):
        if used + len(room.place_of) > len(room.who):
            return which
        begin, days = used, asked.days[asked.day_starts[which] : asked.day_starts[which + 1]]
        known, weights = np.empty(len(days), dtype=np.int64), asked.day_weights[which]
        for k in range(len(days)):
            known[k] = EACH & ~(days[k] & (days[k] >> 1) & (days[k] >> 2) & (days[k] >> 3))
        most = -1e300
        for at in range(before.starts[which], before.starts[which + 1]):
            used = put(
                before.who[at], before.names[at], before.rest[at], room.place_of, room.who, room.names, room.rest, used
            )
        for said in range(asked.said_starts[which] + max(before.said[which], 0), asked.said_starts[which + 1]):
            names, name_bits = weights_of(
                asked.surname_starts[said], asked.surname_starts[said + 1], asked.surname_rows, asked.surname_shares,
                surnames, scratch.by_surname,
            )  # fmt: skip
            like, like_bits = weights_of(
                asked.given_starts[said], asked.given_starts[said + 1], asked.given_rows, asked.given_shares,
                givens, scratch.by_given,
            )  # fmt: skip
            nameless = givens.empty if asked.given_starts[said + 1] > asked.given_starts[said] else -2
            used, heaviest = bearers(
                names, name_bits, like, like_bits, nameless, asked.costs[said], days, known, weights,
                middles[asked.middle[which]], people, scratch.by_given, places, room, used,
            )  # fmt: skip
            most = max(most, heaviest)
        stranger = asked.strangers[which]
        if before.said[which] < 0 and stranger == stranger:
            for k in range(len(days)):
                for n in range(days_nearly(days[k], known[k], people, places) if known[k] == EACH else 0):
                    if places[n] < 0:
                        continue
                    for at in range(people.born_starts[places[n]], people.born_starts[places[n] + 1]):
                        used = put(
                            people.born[at, 0], stranger, weights[1], room.place_of, room.who, room.names, room.rest,
                            used,
                        )  # fmt: skip
                    most = max(most, stranger + weights[1])
        for at in range(begin, used):
            room.place_of[room.who[at]] = 0
        room.ends[which], room.most[which] = used, max(room.most[which], most)
    return len(asked.middle)


def bearers(
    names: Array, name_bits: Array, like: Array, like_bits: Array, nameless: int, costs: Array, days: Array,
    known: Array, weights: Array, middle: Array, people: Tables, weight_of_given: Array, places: Array,
    room: Tables, used: int,
) -> tuple[int, float]:  # fmt: skip
    """Adds those who bear one of the surnames `names` and one of the given names `like`, or a like birth date, and
    those of such a given name born on one of the days or nearly; how many there are now, and the most that anybody
    added weighs.

    `weight_of_given` is NaN throughout, here and afterwards. `nameless` is the number of the empty given name, -1 where
    there is none, -2 where none is asked for. `costs` are those of the way the name is said, of another given name, of
    being called by the middle name, of another surname; `middle` holds the weight of another middle name, from where to
    where the agreeing ones stand, and theirs.
    """
    for which in range(len(like)):
        weight_of_given[like[which]] = like_bits[which]
    if nameless >= 0:
        weight_of_given[nameless] = 0.0
    most, dated = -1e300, len(days) > 0
    bearers_of, surname_starts = people.bearers, people.surname_starts
    place_of, who, weights_of_names, rest = room.place_of, room.who, room.names, room.rest  # no look-up in the loops
    for which in range(len(names)):
        for place in range(surname_starts[names[which]], surname_starts[names[which] + 1]):
            given, other, called = 0.0, 0.0, False
            goes_by = bearers_of[place, 2]
            if nameless != -2:
                given = weight_of_given[bearers_of[place, 1]]
                if given != given:
                    given = weight_of_given[goes_by] - costs[2]  # NaN at -1, behind all names
                    called = given == given
            born = bearers_of[place, 3] if dated else 0
            if given != given:
                if born == 0 or not born_nearly(born, days, known):
                    continue
                given = costs[1]
            if goes_by >= 0 and not called:
                other = middle[3] if middle[1] <= goes_by < middle[2] else middle[0]
            if born != 0:
                other += date_weight(born, days, known, weights)
            name = name_bits[which] + given + costs[0]
            most = max(most, name + other)
            used = put(bearers_of[place, 0], name, other, place_of, who, weights_of_names, rest, used)
    if nameless >= 0:
        weight_of_given[nameless] = math.nan
    for k in range(len(days) if len(like) > 0 else 0):
        for n in range(days_nearly(days[k], known[k], people, places)):
            place, other = (places[n], weights[1]) if places[n] >= 0 else (~places[n], weights[2])
            for at in range(people.born_starts[place], people.born_starts[place + 1]):
                given = weight_of_given[people.born[at, 1]]
                if given == given:
                    name = given + costs[0] + costs[3]
                    most = max(most, name + other)
                    used = put(people.born[at, 0], name, other, place_of, who, weights_of_names, rest, used)
    for which in range(len(like)):
        weight_of_given[like[which]] = math.nan
    return used, most


def days_nearly(day: int, known: int, people: Tables, out: Array) -> int:
    """Writes the places of the days of birth of which at most one known figure is another, ~ of those where one is; how
    many there are."""
    count, starts = 0, people.born_starts
    for at in range(len(people.years)):
        year = figures_off(day, int(people.years[at]) << 16, known & YEAR)
        for month in range(MONTHS if year & (year - 1) == 0 else 0):
            both = year | figures_off(day, in_figures(month + 1) << 8, known & MONTH)
            for number in range(DAYS if both & (both - 1) == 0 else 0):
                off = both | figures_off(day, in_figures(number + 1), known & DAY)
                place = (at * MONTHS + month) * DAYS + number
                if off & (off - 1) == 0 and starts[place] < starts[place + 1]:
                    out[count] = place if off == 0 else ~place
                    count += 1
    return count


def in_figures(number: int) -> int:
    """A number of two figures as they are written."""
    return number // 10 << 4 | number % 10


def weights_of(
    begin: int, end: int, rows: Array, shares: Array, names: Tables, evidence: Array
) -> tuple[Array, Array]:  # fmt: skip
    """The numbers of the listed names near any reading of a name, which are `rows` of `names`, and what they weigh.

    `evidence` is NaN throughout, here and afterwards.
    """
    if end - begin == 1 and shares[begin] == 1.0:
        return all_of(rows[begin], names)
    total = 0
    for which in range(begin, end):
        total += names.ends[rows[which]] - (names.ends[rows[which] - 1] if rows[which] > 0 else 0)
    found, bits, count = np.empty(total, dtype=np.int64), np.empty(total, dtype=np.float64), 0
    for which in range(begin, end):
        row = rows[which]
        for at in range(names.ends[row - 1] if row > 0 else 0, names.ends[row]):
            number, weight = names.numbers[at], names.bits[row, names.levels[at]]
            if evidence[number] != evidence[number]:
                evidence[number] = 1.0
                found[count], bits[count] = number, weight
                count += 1
            evidence[number] += shares[which] * (math.exp2(weight) - 1.0)
    for at in range(count):
        bits[at] = math.log2(max(evidence[found[at]], 1e-9))
        evidence[found[at]] = math.nan
    return found[:count], bits[:count]


def all_of(row: int, names: Tables) -> tuple[Array, Array]:
    """The numbers of the listed names near a printed one, and what they weigh."""
    begin, end = names.ends[row - 1] if row > 0 else 0, names.ends[row]
    bits = np.empty(end - begin, dtype=np.float64)
    for at in range(begin, end):
        bits[at - begin] = names.bits[row, names.levels[at]]
    return names.numbers[begin:end], bits


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


def put(
    person: int, name: float, other: float, place_of: Array, who: Array, names: Array, rest: Array, used: int
) -> int:  # fmt: skip
    """Adds somebody to those found, or lifts them to what they weigh now if that is more; where they
    end now."""
    at = place_of[person] - 1
    if at < 0:
        place_of[person] = used + 1
        who[used], names[used], rest[used] = person, name, other
        return used + 1
    if name + other > names[at] + rest[at]:
        names[at], rest[at] = name, other
    return used


def likely(starts: Array, found: Tables, close: float, least: Array, slack: Array, ends: Array, out: Array) -> None:
    """Writes the places of those at most `close` below the best of their caption and at least at `least`, both lowered
    by the `slack` of the caption, those of the first up to `ends[0]`."""
    used = 0
    for which in range(len(ends)):
        best = -1e300
        for at in range(starts[which], starts[which + 1]):
            best = max(best, found.names[at] + found.rest[at])
        edge = max(best - close, least) - slack[which]
        for at in range(starts[which], starts[which + 1]):
            if found.names[at] + found.rest[at] >= edge:
                out[used] = at
                used += 1
        ends[which] = used


def others(starts: Array, found: Tables, chosen_starts: Array, chosen: Array, number: Array, weights: Array) -> None:
    """How many were found for each caption beside those `chosen`, what they weigh together, and what their names do;
    the same for whatever order they were found in. The chosen of a caption are ascending."""
    for which in range(len(number)):
        low, high = chosen_starts[which], chosen_starts[which + 1]
        most, most_name = -1e300, -1e300
        for at in range(starts[which], starts[which + 1]):
            if not is_one_of(found.who[at], chosen, low, high):
                number[which] += 1
                most = max(most, found.names[at] + found.rest[at])
                most_name = max(most_name, found.names[at])
        total, total_name = 0, 0
        for at in range(starts[which], starts[which + 1]):
            weight, name = found.names[at] + found.rest[at] - most, found.names[at] - most_name
            if max(weight, name) > NOTHING and not is_one_of(found.who[at], chosen, low, high):
                total += int(math.exp2(weight) * GRAIN) if weight > NOTHING else 0
                total_name += int(math.exp2(name) * GRAIN) if name > NOTHING else 0
        if number[which] > 0:
            weights[which, 0] = total / GRAIN * math.exp2(most)
            weights[which, 1] = total_name / GRAIN * math.exp2(most_name)


def is_one_of(who: int, ascending: Array, low: int, high: int) -> bool:
    """Whether `who` is among the numbers from `low` to `high`."""
    at = first_from(ascending, low, high, who)
    return bool(at < high and ascending[at] == who)


def compare_names(
    asked: Tables, captions: Array, persons: Array, surnames: Tables, surname_letters: Tables, givens: Tables,
    given_letters: Tables, arrays: Tables, ink: Tables, reached: Array, bits: Array,
) -> None:  # fmt: skip
    """Writes how the names of each caption best agree with those of the person beside it: the levels of surname and
    given name, which of the names said it was (-1 where none), whether theirs is an alias, and whether it is the middle
    name; and what the two names weigh."""
    for which in range(len(captions)):
        caption, who, most = captions[which], persons[which], -math.inf
        also = first_from(arrays.also_who, 0, len(arrays.also_who), who)
        end, halves = also, also
        while end < len(arrays.also_who) and arrays.also_who[end] == who:
            end += 1
            if not arrays.also_alias[end - 1]:
                halves = end
        called = 1 if arrays.middle[who] >= 0 else 0
        reached[which, 2] = -1
        for said in range(asked.said_starts[caption], asked.said_starts[caption + 1]):
            for name in range(1 + end - also + called):  # the own one, halves of it, the one called by, aliases
                surname, given = arrays.surname[who], arrays.given[who]
                at, is_middle = also + name - 1, called == 1 and name == 1 + halves - also
                if is_middle:
                    given = arrays.middle[who]
                elif name > 0:
                    at -= called if at >= halves else 0
                    surname, given = arrays.also_surname[at], arrays.also_given[at]
                if is_middle and asked.with_middle[said]:
                    continue  # every word is to be some name of theirs
                is_half = name > 0 and not is_middle and not arrays.also_alias[at]
                is_alias = name > 0 and not is_middle and arrays.also_alias[at]
                one, one_bits = scored(
                    asked.surname_starts[said], asked.surname_starts[said + 1], asked.surname_rows,
                    asked.surname_shares, surnames, surname_letters, surname, is_half or asked.part[said], ink,
                )  # fmt: skip
                best = most_scored(
                    asked.given_starts[said], asked.given_starts[said + 1], asked.given_rows, asked.given_shares,
                    givens, is_middle,
                )  # fmt: skip
                if one_bits + best + (asked.alias_bits if is_alias else asked.said_bits[said]) <= most:
                    continue
                other, other_bits = scored(
                    asked.given_starts[said], asked.given_starts[said + 1], asked.given_rows, asked.given_shares,
                    givens, given_letters, given, is_middle, ink,
                )  # fmt: skip
                weight = one_bits + other_bits + (asked.alias_bits if is_alias else asked.said_bits[said])
                if weight > most:
                    most = weight
                    reached[which, 0], reached[which, 1], reached[which, 2] = one, other, said
                    reached[which, 3], reached[which, 4] = is_alias, is_middle
                    bits[which, 0], bits[which, 1] = one_bits, other_bits


def most_scored(begin: int, end: int, rows: Array, shares: Array, names: Tables, as_part: bool) -> float:
    """The most that `scored` may give for any listed name; infinite where there are several readings."""
    if end - begin != 1 or shares[begin] != 1.0:
        return math.inf
    most = 0.0
    for level in range(names.bits.shape[1]):
        bits = names.part_bits[rows[begin], level] if as_part else names.bits[rows[begin], level]
        most = max(most, bits)
    return most


def scored(
    begin: int, end: int, rows: Array, shares: Array, names: Tables, letters: Tables, number: int, as_part: bool,
    ink: Tables,
) -> tuple[int, float]:  # fmt: skip
    """The level at which a listed name agrees with the readings of a printed one, and what it weighs: evidence averaged
    over the readings, what is left over of them weighing nothing.

    `as_part`: one of them is one of two names, half a double surname or a middle name. The empty name says nothing.
    """
    level, evidence, strongest = SILENT, 1.0, 0.0
    for which in range(begin, end):
        reached, bits = SILENT, 0.0
        if number != names.empty:
            reached = level_of(rows[which], number, names, letters, ink)
            bits = names.part_bits[rows[which], reached] if as_part else names.bits[rows[which], reached]
            if as_part:
                reached = PART if reached in (EXACT, CONFUSED) else DIFFERS
        if end - begin == 1 and shares[which] == 1.0:
            return reached, bits
        gained = shares[which] * (math.exp2(bits) - 1.0)
        evidence += gained
        if which == begin:
            level, strongest = reached, gained
        elif gained > max(strongest, 0.0):
            level, strongest = ALTERNATIVE, gained
    return level, math.log2(max(evidence, 1e-9)) if end > begin else 0.0


def level_of(row: int, number: int, names: Tables, letters: Tables, ink: Tables) -> int:
    """The level at which a listed name agrees with a printed one."""
    begin, end = names.ends[row - 1] if row > 0 else 0, names.ends[row]
    at = first_from(names.numbers, begin, end, number)
    if at < end and names.numbers[at] == number:
        return int(names.levels[at])
    name = letters.printed.letters[letters.printed.starts[row] : letters.printed.starts[row + 1]]
    start, after = letters.listed.starts[number], letters.listed.starts[number + 1]
    if not may_agree(name, letters.listed.letters[start:after], ink):
        return DIFFERS
    return int(level_at(name, number, letters.listed, ink, letters.limits, letters.given))
