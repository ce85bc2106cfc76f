"""The loops over names that numpy has no word for, in plain Python that match.compiled can turn into machine code."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any  # a numpy array; the compiler infers its type
Tables = Any  # a NamedTuple of them

MULTIPLIER, MASK = 131, (1 << 55) - 1  # products stay below 2**63
INK = 20  # of these make the ink of a letter
CONFUSED, LOST_THIN, DOUBLED, SWAPPED, LOST, OTHER = 7, 12, 8, 16, 18, 20
FAR = 1000
MOST_LETTERS = 198
MOST_APART = 4  # letters by which two names that agree may differ in length
HALF = 4  # letters at either end of a long name by which it is found in spite of two errors at the other


def hash_of_deletions(letters: Array, starts: Array, out_hash: Array, out_name: Array) -> int:
    """Fills in a hash of every name and of the name less any one letter; how many were written.

    `letters[starts[i]:starts[i + 1]]` is name i; `out_*` hold room for one more than its letters for each.
    """
    written = 0
    for name in range(len(starts) - 1):
        start, end = starts[name], starts[name + 1]
        for left_out in range(-1, end - start):
            if end - start <= 2 and left_out >= 0:
                break
            out_hash[written] = hash_without(letters[start:end], left_out)
            out_name[written] = name
            written += 1
    return written


def hash_without(letters: Array, left_out: int) -> int:
    """The hash of the letters but the one at `left_out`."""
    value = 7
    for at in range(len(letters)):
        if at != left_out:
            value = (value * MULTIPLIER + int(letters[at])) & MASK
    return value


def beginning_with(text: Array, letters: Array, starts: Array, order: Array) -> tuple[int, int]:
    """From where to where the names stand that begin with `text`; where `order` is not empty, from where to where in
    it: it is then the order of the names read backwards, and `text` is read backwards, too."""
    length = len(text)
    low, high, begin = 0, len(starts) - 1, 0
    for edge in range(2):
        while low < high:
            middle = (low + high) // 2
            name = order[middle] if len(order) > 0 else middle
            start, end = starts[name], starts[name + 1]
            before = edge == 1
            for at in range(length):
                if start + at >= end:
                    before = True
                    break
                letter = letters[end - 1 - at] if len(order) > 0 else letters[start + at]
                wanted = text[length - 1 - at] if len(order) > 0 else text[at]
                if letter != wanted:
                    before = letter < wanted
                    break
            if before:
                low = middle + 1
            else:
                high = middle
        if edge == 0:
            begin, high = low, len(starts) - 1
    return begin, low


def number_of(text: Array, letters: Array, starts: Array) -> int:
    """The number of a name; -1 where nobody bears it."""
    low, high = beginning_with(text, letters, starts, starts[:0])
    return low if low < high and starts[low + 1] - starts[low] == len(text) else -1


def borne_alike(name: Array, hashes: Array, hashed: Array, starts: Array, fold: Array) -> bool:
    """Whether anybody bears the name, or one that only look-alikes tell from it."""
    bare = name.copy()
    for at in range(len(name)):
        if name[at] < 128:
            bare[at] = fold[name[at]]
    value = hash_without(bare, -1)
    low = np.searchsorted(hashes, value)
    while low < len(hashes) and hashes[low] == value:
        number = hashed[low]
        if starts[number + 1] - starts[number] == len(name):
            return True
        low += 1
    return False


def numbers_of(texts: Array, text_starts: Array, letters: Array, starts: Array, out: Array) -> None:
    """Writes the number of each name, -1 where nobody bears it."""
    for which in range(len(out)):
        out[which] = number_of(texts[text_starts[which] : text_starts[which + 1]], letters, starts)


def all_near(
    texts: Tables, nicknames: Tables, listed: Tables, ink: Tables, limits: Tables, given: bool, coarsely: Array,
    first: int, out: Array, reached: Array, ends: Array, counted: Array,
) -> int:  # fmt: skip
    """`names_near` of each of `texts` from the `first`, one after the other, those of which `ends[which]` is the end;
    the name for which there was no more room, or how many names there are."""
    used = ends[first - 1] if first > 0 else 0
    for which in range(first, len(coarsely)):
        name = texts.letters[texts.starts[which] : texts.starts[which + 1]]
        called = nicknames.starts[nicknames.whose[which] : nicknames.whose[which + 1] + 1]
        found = names_near(
            name, nicknames.letters, called, listed, ink, limits, given, coarsely[which], out[used:], reached[used:],
            counted[which],
        )  # fmt: skip
        if found < 0:
            return which
        used += found
        ends[which] = used
    return len(coarsely)


def names_near(
    name: Array, nicknames: Array, nickname_starts: Array, listed: Tables, ink: Tables, limits: Tables, given: bool,
    coarsely: bool, out: Array, reached: Array, counted: Array,
) -> int:  # fmt: skip
    """Writes the numbers of the listed names that agree with `name` at all into `out`, ascending, and the level of each
    into `reached`, as a place in match.spelling.REACHED; how many they are, or, below 0, for how many room is needed.

    At each level the persons who bear one are added to `counted`. `nicknames` are the names that stand for this one,
    one after the other. `coarsely`: even those of which several letters were misread.
    """
    found = spelled_like(name, listed.hashes, listed.hashed, ink.fold, ink, out, 0)
    if len(name) >= limits.long_name:
        found = half_alike(name, listed, ink, out, found)
    if coarsely:
        found = spelled_like(name, listed.coarse, listed.coarsely, ink.coarse, ink, out, found)
    found = called_like(name, nicknames, nickname_starts, listed, limits, given, out, found)
    if found > len(out):
        return -found
    lost, rows = np.empty(len(name), dtype=np.int64), np.empty((5, MOST_LETTERS + 2), dtype=np.int64)
    lost_costs(name, ink.costs, lost)
    out[:found].sort()
    letters, starts, persons = listed.letters, listed.starts, listed.persons
    last, left = -1, 0
    for which in range(found):
        number = out[which]
        if number != last:
            last = number
            start, end = starts[number], starts[number + 1]
            level = level_with(name, lost, letters, start, end, ink.costs, ink.merged, limits, given, rows)
            if given and level > 1 and is_among(letters[start:end], nicknames, nickname_starts):
                level = 1
            if level < 8:
                out[left], reached[left] = number, level
                counted[level] += persons[number]
                left += 1
    return left


def put(number: int, out: Array, found: int) -> int:
    """Writes a number where there is room; how many there are now."""
    if found < len(out):
        out[found] = number
    return found + 1


def spelled_like(
    name: Array, hashes: Array, hashed: Array, fold: Array, ink: Tables, out: Array, found: int
) -> int:  # fmt: skip
    """Adds the names that are `name` after a letter was lost, added or replaced, two letters taken for one or one for
    two; `fold[a]` is the look-alike that stands for the letter a."""
    length = len(name)
    bare = np.empty(length + 1, dtype=np.int64)
    for variant in range(1 + 5 * length):  # the name; at each letter: the pair read as one, and four pairs for it
        at, which, total = (variant - 1) // 5, (variant - 1) % 5, length
        if variant == 0:
            bare[:length] = name
        elif which == 0:
            if at + 1 >= length or name[at] >= 128 or name[at + 1] >= 128 or ink.merged[name[at], name[at + 1]] == 0:
                continue
            total = length - 1
            bare[:at] = name[:at]
            bare[at] = ink.merged[name[at], name[at + 1]]
            bare[at + 1 : total] = name[at + 2 :]
        else:
            if name[at] >= 128 or ink.split[name[at], which - 1, 0] == 0:
                continue
            total = length + 1
            bare[:at] = name[:at]
            bare[at] = ink.split[name[at], which - 1, 0]
            bare[at + 1] = ink.split[name[at], which - 1, 1]
            bare[at + 2 :] = name[at + 1 :]
        for at in range(total):
            if bare[at] < 128:
                bare[at] = fold[bare[at]]
        for left_out in range(-1, total if total > 2 else 0):
            value = hash_without(bare[:total], left_out)
            low = np.searchsorted(hashes, value)
            while low < len(hashes) and hashes[low] == value:
                found = put(hashed[low], out, found)
                low += 1
    return found


def half_alike(name: Array, listed: Tables, ink: Tables, out: Array, found: int) -> int:
    """Adds the long names whose first letters, or whose last ones, look like those of `name`."""
    for end in range(2):
        value = 0
        for at in range(HALF):
            letter = name[at if end == 0 else len(name) - HALF + at]
            value = value << 15 | (int(ink.fold[letter] if letter < 128 else letter) & 0x7FFF)
        if end == 1:
            value = -value
        low = np.searchsorted(listed.halves, value)
        while low < len(listed.halves) and listed.halves[low] == value:
            found = put(listed.halved[low], out, found)
            low += 1
    return found


def called_like(
    name: Array, nicknames: Array, nickname_starts: Array, listed: Tables, limits: Tables, given: bool, out: Array,
    found: int,
) -> int:  # fmt: skip
    """Adds the names that stand for this one, those it is short for or cut from, and those of one initial."""
    runs = listed.letters, listed.starts
    length, shortest = len(name), limits.shortest if given else limits.shortest_cut
    for which in range(len(nickname_starts) - 1):
        number = number_of(nicknames[nickname_starts[which] : nickname_starts[which + 1]], *runs)
        found = put(number, out, found) if number >= 0 else found
    number = number_of(name[:1], *runs)
    found = put(number, out, found) if number >= 0 else found
    for letters in range(shortest, length):
        number = number_of(name[:letters], *runs)
        found = put(number, out, found) if number >= 0 else found
        number = number_of(name[length - letters :], *runs) if given else -1
        found = put(number, out, found) if number >= 0 else found
    if length == 1 or length >= shortest:
        low, high = beginning_with(name, *runs, listed.backwards[:0])
        for number in range(low, high):
            found = put(number, out, found)
    if given and length >= shortest:
        low, high = beginning_with(name, *runs, listed.backwards)
        for at in range(low, high):
            found = put(listed.backwards[at], out, found)
    return found


def is_among(name: Array, names: Array, starts: Array) -> bool:
    """Whether `name` is one of `names`, which stand one after the other."""
    for which in range(len(starts) - 1):
        start, same = starts[which], starts[which + 1] - starts[which] == len(name)
        for at in range(len(name)):
            if same and names[start + at] != name[at]:
                same = False
        if same:
            return True
    return False


def may_agree(one: Array, other: Array, ink: Tables) -> bool:
    """Whether few letters of two names differ, in print or folded: as match.spelling.may_agree."""
    most = min(MOST_APART, 1 + min(len(one), len(other)) // 3)
    if abs(len(one) - len(other)) > most:
        return False
    if within(one, other, most):
        return True
    return within(folded(one, ink), folded(other, ink), 1)


def folded(name: Array, ink: Tables) -> Array:
    """The name with look-alikes made one, as match.spelling.folded."""
    out, length, at = np.empty(len(name), dtype=np.int64), 0, 0
    while at < len(name):
        letter, both = int(name[at]), 0
        if at + 1 < len(name) and letter < 128 and name[at + 1] < 128:
            both = int(ink.joined[letter, name[at + 1]])
        out[length] = both if both > 0 else ink.fold[letter] if letter < 128 else letter
        length, at = length + 1, at + (2 if both > 0 else 1)
    return out[:length]


def within(one: Array, other: Array, most: int) -> bool:
    """Whether at most so many letters were lost, added or replaced."""
    row = np.arange(len(other) + 1)
    for i in range(len(one)):
        diagonal, row[0] = row[0], i + 1
        least = i + 1
        for j in range(len(other)):
            best = min(diagonal + (0 if one[i] == other[j] else 1), row[j] + 1, row[j + 1] + 1)
            diagonal, row[j + 1] = row[j + 1], best
            least = min(least, best)
        if least > most:
            return False
    return bool(row[len(other)] <= most)


def level_at(name: Array, number: int, listed: Tables, ink: Tables, limits: Tables, given: bool) -> int:
    """`level_with` of one listed name."""
    lost, rows = np.empty(len(name), dtype=np.int64), np.empty((5, MOST_LETTERS + 2), dtype=np.int64)
    lost_costs(name, ink.costs, lost)
    start, end = listed.starts[number], listed.starts[number + 1]
    return level_with(name, lost, listed.letters, start, end, ink.costs, ink.merged, limits, given, rows)


def level_with(
    name: Array, lost: Array, letters: Array, start: int, end: int, mistaken: Array, merged: Array, limits: Tables,
    given: bool, rows: Array,
) -> int:  # fmt: skip
    """The level at which a printed name and the listed one from `start` to `end` agree, nicknames aside: as
    match.spelling.level_of."""
    length, shorter = len(name), min(len(name), end - start)
    head, tail = 0, 0
    while head < shorter and name[head] == letters[start + head]:
        head += 1
    while tail < shorter and name[length - 1 - tail] == letters[end - 1 - tail]:
        tail += 1
    if head == length and length == end - start:
        return 0
    if given and shorter == 1:
        return 2 if head == 1 else 8
    if shorter >= limits.shortest_cut and head == shorter:
        return 3
    similar = min(limits.most_similar, limits.similar_a_letter * shorter) if shorter > limits.shortest else -1.0
    limit = int(INK * max(limits.near, similar) + 0.01)
    distance = ink_apart(name, lost, letters, start, end, mistaken, merged, limit, rows) / INK
    if distance <= limits.confused or (distance <= limits.confused_if_long and shorter >= limits.long_name):
        return 4
    if distance <= (limits.near if shorter > limits.shortest else LOST / INK) and shorter >= limits.shortest:
        return 5
    if given and shorter >= limits.shortest and (head == shorter or tail == shorter):
        return 7
    return 6 if distance <= similar else 8


def lost_costs(name: Array, mistaken: Array, out: Array) -> None:
    """What it costs to lose each letter of a name."""
    for at in range(min(len(name), MOST_LETTERS)):
        out[at] = lost_cost(name[at - 1] if at > 0 else 0, name[at], mistaken)


def lost_cost(before: int, letter: int, mistaken: Array) -> int:
    """What it costs to lose a letter that stands behind another."""
    if before == letter:
        return DOUBLED
    return int(mistaken[0, letter]) if letter < 128 else LOST


def ink_apart(
    name: Array, lost: Array, letters: Array, start: int, end: int, mistaken: Array, merged: Array, limit: int,
    rows: Array,
) -> int:  # fmt: skip
    """The cost in ink of turning a name into that from `start` to `end`, as `match.names.ink_distance` counts it, INK
    for a letter; FAR where it is more than `limit`. `lost` are those of `lost_costs`; `rows` is room."""
    n, m = min(len(name), MOST_LETTERS), min(end - start, MOST_LETTERS)
    if abs(n - m) > MOST_APART:
        return FAR
    rows[0, 0] = 0
    for j in range(m):
        b, before_b = letters[start + j], letters[start + max(j - 1, 0)]
        rows[3, j] = lost_cost(before_b if j > 0 else 0, b, mistaken)
        rows[4, j] = merged[before_b, b] if j > 0 and before_b < 128 and b < 128 else 0
        rows[0, j + 1] = rows[0, j] + rows[3, j]
    here, above, before, least_above = 0, 2, 1, 0
    for i in range(n):
        before, above, here = above, here, before
        a, before_a, lost_a, both = name[i], name[max(i - 1, 0)], lost[i], 0
        if i > 0 and before_a < 128 and a < 128:
            both = int(merged[before_a, a])
        left = rows[above, 0] + lost_a
        rows[here, 0] = left
        least_here = left
        for j in range(m):
            b = letters[start + j]
            cost = 0 if a == b else OTHER
            if a < 128 and b < 128:
                cost = int(mistaken[a, b])
            best = min(rows[above, j] + cost, rows[above, j + 1] + lost_a, left + rows[3, j])
            if both == b:
                best = min(best, rows[before, j] + CONFUSED)
            if rows[4, j] == a:
                best = min(best, rows[above, j - 1] + CONFUSED)
            if before_a == b and i > 0 and j > 0 and a == letters[start + j - 1] and a != b:
                best = min(best, rows[before, j - 1] + SWAPPED)
            rows[here, j + 1] = best
            left = best
            least_here = min(least_here, best)
        if least_here > limit and least_above > limit:  # whatever follows goes on from one of the two rows
            return FAR
        least_above = least_here
    return int(rows[here, m]) if rows[here, m] <= limit else FAR
