"""The loops that numpy has no word for, in plain Python that match.compiled can turn into machine code.

None calls another and none allocates what it does not return, so that each runs the same either way.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any  # a numpy array; the compiler infers its type

MULTIPLIER, MODULUS = 131, (1 << 55) - 55  # products stay below 2**63
CONFUSED, LOST_THIN, DOUBLED, SWAPPED, LOST = 0.35, 0.6, 0.4, 0.8, 0.9
FAR = 99.0


def hash_of_deletions(letters: Array, starts: Array, out_hash: Array, out_name: Array) -> int:
    """Fills in a hash of every name and of the name less any one letter; how many were written.

    `letters[starts[i]:starts[i + 1]]` is name i; `out_*` hold room for one more than its letters for each.
    """
    written = 0
    for name in range(len(starts) - 1):
        start, end = starts[name], starts[name + 1]
        for left_out in range(start - 1, end):
            if end - start <= 2 and left_out >= start:
                break
            value = 7
            for at in range(start, end):
                if at != left_out:
                    value = (value * MULTIPLIER + int(letters[at])) % MODULUS
            out_hash[written] = value
            out_name[written] = name
            written += 1
    return written


def ink_distances(
    name: Array, numbers: Array, letters: Array, starts: Array, alike: Array, merged: Array, most: float,
    most_a_letter: float, least: float,
) -> Array:  # fmt: skip
    """The cost in ink of turning `name` into each of the names `numbers`, as `match.names.ink_distance` counts it;
    FAR where it is more than `most` and than `most_a_letter` for each letter of the shorter, but `least` at any rate.

    `alike[a, b]` says that letters below 128 are mistaken for each other, `alike[0, a]` that a is thin;
    `merged[a, b]` is the letter that the two are read as, or 0.
    """
    out = np.empty(len(numbers), dtype=np.float64)
    rows = np.empty((3, 200), dtype=np.float64)
    n = min(len(name), 198)
    for which in range(len(numbers)):
        start = starts[numbers[which]]
        m = min(starts[numbers[which] + 1] - start, 198)
        if abs(n - m) > 4:
            out[which] = FAR
            continue
        limit, least_above = max(least, min(most, most_a_letter * min(n, m))), 0.0
        rows[0, 0] = 0.0
        for j in range(m):
            b = letters[start + j]
            lost = LOST
            if j > 0 and letters[start + j - 1] == b:
                lost = DOUBLED
            elif b < 128 and alike[0, b]:
                lost = LOST_THIN
            rows[0, j + 1] = rows[0, j] + lost
        for i in range(n):
            here, above, before = (i + 1) % 3, i % 3, (i + 2) % 3
            a = name[i]
            lost_a = LOST
            if i > 0 and name[i - 1] == a:
                lost_a = DOUBLED
            elif a < 128 and alike[0, a]:
                lost_a = LOST_THIN
            rows[here, 0] = rows[above, 0] + lost_a
            least_here = rows[here, 0]
            for j in range(m):
                b = letters[start + j]
                cost = 1.0
                if a == b:
                    cost = 0.0
                elif a < 128 and b < 128 and alike[a, b]:
                    cost = CONFUSED
                best = rows[above, j] + cost
                lost = LOST
                if j > 0 and letters[start + j - 1] == b:
                    lost = DOUBLED
                elif b < 128 and alike[0, b]:
                    lost = LOST_THIN
                best = min(best, rows[above, j + 1] + lost_a, rows[here, j] + lost)
                if i > 0 and name[i - 1] < 128 and a < 128 and merged[name[i - 1], a] == b:
                    best = min(best, rows[before, j] + CONFUSED)
                if j > 0:
                    c = letters[start + j - 1]
                    if c < 128 and b < 128 and merged[c, b] == a:
                        best = min(best, rows[above, j - 1] + CONFUSED)
                    if i > 0 and a == c and name[i - 1] == b and a != b:
                        best = min(best, rows[before, j - 1] + SWAPPED)
                rows[here, j + 1] = best
                least_here = min(least_here, best)
            if least_here > limit and least_above > limit:  # whatever follows goes on from one of the two rows
                rows[n % 3, m] = FAR
                break
            least_above = least_here
        out[which] = rows[n % 3, m]
    return out


def spelled_like(
    name: Array, also: Array, hashes: Array, hashed: Array, halves: Array, halved: Array, fold: Array, merged: Array,
    split: Array, long_name: int, half: int, out: Array,
) -> int:  # fmt: skip
    """Numbers of the names that are `name` after a letter was lost, added or replaced, two letters taken for one or
    one for two, of long names half alike, and those of `also`: ascending, each once. How many there are, or, where
    they may be more than len(out), for how many room is needed.

    `fold[a]` is the look-alike that stands for the letter a, `split[a]` the pairs of letters that are read as it.
    """
    length, found = len(name), 0
    ink = np.empty(length + 2, dtype=np.int64)
    bare = np.empty(length + 2, dtype=np.int64)
    for variant in range(1 + 5 * length):  # the name; at each letter: the pair read as one, and four pairs for it
        at, which, total = (variant - 1) // 5, (variant - 1) % 5, 0
        if variant == 0:
            for i in range(length):
                ink[i] = name[i]
            total = length
        elif which == 0:
            if at + 1 >= length or name[at] >= 128 or name[at + 1] >= 128 or merged[name[at], name[at + 1]] == 0:
                continue
            for i in range(length - 1):
                ink[i] = name[i] if i < at else name[i + 1]
            ink[at] = merged[name[at], name[at + 1]]
            total = length - 1
        else:
            if name[at] >= 128 or split[name[at], which - 1, 0] == 0:
                continue
            for i in range(length + 1):
                ink[i] = name[i] if i < at else name[i - 1]
            ink[at] = split[name[at], which - 1, 0]
            ink[at + 1] = split[name[at], which - 1, 1]
            total = length + 1
        for i in range(total):
            bare[i] = fold[ink[i]] if ink[i] < 128 else ink[i]
        for left_out in range(-1, total):
            if total <= 2 and left_out >= 0:
                break
            value = 7
            for i in range(total):
                if i != left_out:
                    value = (value * MULTIPLIER + bare[i]) % MODULUS
            low = np.searchsorted(hashes, value)
            while low < len(hashes) and hashes[low] == value:
                if found < len(out):
                    out[found] = hashed[low]
                found += 1
                low += 1
        if variant == 0 and length >= long_name:
            for end in range(2):
                value = 0
                for i in range(half):
                    value = value << 15 | (bare[i if end == 0 else length - half + i] & 0x7FFF)
                if end == 1:
                    value = -value
                low = np.searchsorted(halves, value)
                while low < len(halves) and halves[low] == value:
                    if found < len(out):
                        out[found] = halved[low]
                    found += 1
                    low += 1
    for i in range(len(also)):
        if found < len(out):
            out[found] = also[i]
        found += 1
    if found > len(out):
        return found
    out[:found].sort()
    last, distinct = -1, 0
    for i in range(found):
        if out[i] != last:
            last = out[i]
            out[distinct] = last
            distinct += 1
    return distinct


def beginning_with(text: Array, letters: Array, starts: Array, order: Array) -> tuple[int, int]:
    """From where to where the names stand that begin with `text`; where `order` is not empty, from where to where in
    it: it is then the order of the names read backwards, and `text` is backwards, too."""
    edges = (0, 0)
    for edge in range(2):
        low, high = 0, len(starts) - 1
        while low < high:
            middle = (low + high) // 2
            name = middle
            if len(order) > 0:
                name = order[middle]
            start, end = starts[name], starts[name + 1]
            before = edge == 1
            for at in range(len(text)):
                if start + at >= end:
                    before = True
                    break
                letter = letters[start + at]
                if len(order) > 0:
                    letter = letters[end - 1 - at]
                if letter != text[at]:
                    before = letter < text[at]
                    break
            if before:
                low = middle + 1
            else:
                high = middle
        edges = (edges[1], low)
    return edges


def levels_at(
    name: Array, numbers: Array, distances: Array, nicknames: Array, letters: Array, starts: Array, given: bool,
    widths: Array, limits: Array, persons: Array, out: Array, counted: Array,
) -> int:  # fmt: skip
    """Fills in the level that each of the names `numbers` reaches, as a place in match.spelling.REACHED, leaving out,
    of `numbers` too, those that differ; how many are left. At each level their `persons` are added to `counted`.

    The same as match.spelling.level_at_distance; `nicknames` are the numbers of the names that stand for this one,
    `widths` are SHORTEST, the width of the field, and LONG_NAME, `limits` those of match.spelling._graded.
    """
    length, left = len(name), 0
    for which in range(len(numbers)):
        start = starts[numbers[which]]
        other = starts[numbers[which] + 1] - start
        shorter = min(length, other)
        head, tail = 0, 0
        while head < shorter and name[head] == letters[start + head]:
            head += 1
        while tail < shorter and name[length - 1 - tail] == letters[start + other - 1 - tail]:
            tail += 1
        level = 8
        if head == length and length == other:
            level = 0
        elif given and shorter == 1:
            level = 2 if head == 1 else 8
        else:
            distance = distances[which]
            if distance <= limits[0] or (distance <= limits[1] and shorter >= widths[2]):
                level = 4
            elif distance <= (limits[2] if shorter > widths[0] else limits[3]) and shorter >= widths[0]:
                level = 5
            elif shorter > widths[0] and distance <= min(limits[4], limits[5] * shorter):
                level = 6
            if given and level in (6, 8) and shorter >= widths[0] and (head == shorter or tail == shorter):
                level = 7
            if shorter >= widths[1] and head == shorter:
                level = 3
        if given and level != 0:
            for k in range(len(nicknames)):
                if nicknames[k] == numbers[which]:
                    level = 1
        if level < 8:
            numbers[left], out[left] = numbers[which], level
            counted[level] += persons[numbers[left]]
            left += 1
    return left
