"""The loops over names that numpy has no word for, in plain Python that match.compiled can turn into machine code."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any  # a numpy array; the compiler infers its type
Tables = Any  # a NamedTuple of them

MULTIPLIER, MASK = 131, (1 << 55) - 1  # products stay below 2**63
SPREAD = 0x3779B97F4A7C15  # odd, so that no two hashes become one
INK = 20  # of these make the ink of a letter
CONFUSED, LOST_THIN, DOUBLED, SWAPPED, LOST, OTHER = 7, 12, 8, 16, 18, 20
FAR = 1000
LONGEST_KEY, ZERO = 24, 48  # figures of a number that count, and the character 0
MOST_LETTERS = 198
MOST_APART = 4  # letters by which two names that agree may differ in length
HALF = 4  # letters at either end of a long name by which it is found in spite of two errors at the other


def hash_of_deletions(letters: Array, starts: Array, out_hash: Array, out_name: Array) -> int:
    """Fills in a hash of every name and of the name less any one letter; how many were written.

    `letters[starts[i]:starts[i + 1]]` is name i; `out_*` hold room for one more than its letters for each.
    """
    written = 0
    for name in range(len(starts) - 1):
        text = letters[starts[name] : starts[name + 1]]
        hashes = np.empty(len(text) + 1, dtype=np.int64)
        for which in range(hashes_without(text, hashes)):
            out_hash[written], out_name[written] = hashes[which], name
            written += 1
    return written


def hashes_without(letters: Array, out: Array) -> int:
    """Writes the hash of the letters and, if they are more than two, of all but each one; how many were written."""
    length, value = len(letters), 7
    for at in range(length):
        out[length - at] = value
        value = (value * MULTIPLIER + int(letters[at])) & MASK
    out[0] = spread(value)
    if length <= 2:
        return 1
    after, power = 0, 1
    for at in range(length - 1, -1, -1):
        out[length - at] = spread((int(out[length - at]) * power + after) & MASK)
        after, power = (int(letters[at]) * power + after) & MASK, (power * MULTIPLIER) & MASK
    return length + 1


def spread(value: int) -> int:
    """Another number for each, such that all are spread evenly over their range."""
    return (value * SPREAD) & MASK


def found_at(value: int, hashes: Array, buckets: Array) -> int:
    """Where the first hash stands that is `value` or more, among hashes that `buckets` parts evenly."""
    low = int(buckets[bucket_of(value, len(buckets))])
    while low < len(hashes) and hashes[low] < value:
        low += 1
    return low


def bucket_of(value: int, buckets: int) -> int:
    """The bucket of a hash; the last of the `buckets` is the end."""
    return ((value >> 24) * (buckets - 1)) >> 31


def hashes_nearly(numbers: Array, starts: Array, kind: int, out: Array, ends: Array) -> None:
    """Writes the hashes of what each number may be after one figure of it was misread, lost or added, those of the
    first up to `ends[0]`."""
    used = 0
    for which in range(len(ends)):
        start, length = starts[which], starts[which + 1] - starts[which]
        changed = np.empty(length + 1, dtype=np.int64)
        for more in range(-1 if length > 1 else 0, 2):  # figures than it has
            for at in range(length + (1 if more > 0 else 0)):
                for figure in range(10 if more >= 0 else 1):
                    for place in range(length + more):
                        if more >= 0 and place == at:
                            changed[place] = ZERO + figure
                        else:
                            changed[place] = numbers[start + place - (more if place >= at else 0)]
                    out[used] = hash_of_number(changed, length + more, kind)
                    used += 1
        ends[which] = used


def hash_of_number(number: Array, length: int, kind: int) -> int:
    """The hash of a number, zeros in front counting for nothing."""
    first, value = 0, kind
    while first < length and number[first] == ZERO:
        first += 1
    for place in range(first, first + LONGEST_KEY):
        value = (value * MULTIPLIER + (int(number[place]) if place < length else 0)) & MASK
    return value


def bearing(keys: Array, hashes: Array, buckets: Array, low: Array, high: Array) -> None:
    """Writes from where to where each key stands among the hashes."""
    for which in range(len(keys)):
        low[which] = found_at(keys[which], hashes, buckets)
        high[which] = low[which]
        while high[which] < len(hashes) and hashes[high[which]] == keys[which]:
            high[which] += 1


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


def borne_alike(texts: Tables, listed: Tables, fold: Array, out: Array) -> None:
    """Sets `out` for each name that anybody bears, or one that only look-alikes tell from it."""
    for which in range(len(out)):
        name = texts.letters[texts.starts[which] : texts.starts[which + 1]]
        if is_borne_alike(name, listed.hashes, listed.hashed, listed.buckets, listed.starts, fold):
            out[which] = True


def is_borne_alike(name: Array, keys: Array, hashed: Array, buckets: Array, starts: Array, fold: Array) -> bool:
    """Whether anybody bears the name, or one that only look-alikes tell from it."""
    bare = name.copy()
    for at in range(len(name)):
        if name[at] < 128:
            bare[at] = fold[name[at]]
    hashes = np.empty(len(name) + 1, dtype=np.int64)
    hashes_without(bare, hashes)
    low = found_at(hashes[0], keys, buckets)
    while low < len(keys) and keys[low] == hashes[0]:
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
    used, seen = ends[first - 1] if first > 0 else 0, np.zeros(len(listed.starts), dtype=np.bool_)
    for which in range(first, len(coarsely)):
        name = texts.letters[texts.starts[which] : texts.starts[which + 1]]
        called = nicknames.starts[nicknames.whose[which] : nicknames.whose[which + 1] + 1]
        found = names_near(
            name, nicknames.letters, called, listed, ink, limits, given, coarsely[which], seen, out[used:],
            reached[used:], counted[which],
        )  # fmt: skip
        if found < 0:
            return which
        used += found
        ends[which] = used
    return len(coarsely)


def names_near(
    name: Array, nicknames: Array, nickname_starts: Array, listed: Tables, ink: Tables, limits: Tables, given: bool,
    coarsely: bool, seen: Array, out: Array, reached: Array, counted: Array,
) -> int:  # fmt: skip
    """Writes the numbers of the listed names that agree with `name` at all into `out`, ascending, and the level of each
    into `reached`, as a place in match.spelling.REACHED; how many they are, or, below 0, for how many room is needed.

    At each level the persons who bear one are added to `counted`. `nicknames` are the names that stand for this one,
    one after the other. `coarsely`: even those of which several letters were misread. `seen` is of no name.
    """
    found = spelled_like(name, listed.hashes, listed.hashed, listed.buckets, ink.fold, ink, out, 0)
    if len(name) >= limits.long_name:
        found = half_alike(name, listed, ink, out, found)
    if coarsely:
        found = spelled_like(name, listed.coarse, listed.coarsely, listed.coarse_buckets, ink.coarse, ink, out, found)
    found = called_like(name, nicknames, nickname_starts, listed, limits, given, out, found)
    if found > len(out):
        return -found
    left = 0
    for which in range(found):
        if not seen[out[which]]:
            seen[out[which]] = True
            out[left] = out[which]
            left += 1
    for which in range(left):
        seen[out[which]] = False
    levels_with(name, out, left, listed.letters, listed.starts, ink, limits, given, reached)
    letters, starts, persons = listed.letters, listed.starts, listed.persons
    found, left = left, 0
    for which in range(found):
        number, level = out[which], reached[which]
        if given and level > 1 and is_among(letters, starts[number], starts[number + 1], nicknames, nickname_starts):
            level = 1
        if level < 8:
            out[left], reached[left] = number, level
            counted[level] += persons[number]
            left += 1
    order = np.argsort(out[:left])
    out[:left], reached[:left] = out[:left][order], reached[:left][order]
    return left


def put(number: int, out: Array, found: int) -> int:
    """Writes a number where there is room; how many there are now."""
    if found < len(out):
        out[found] = number
    return found + 1


def spelled_like(
    name: Array, hashes: Array, hashed: Array, buckets: Array, fold: Array, ink: Tables, out: Array, found: int
) -> int:  # fmt: skip
    """Adds the names that are `name` after a letter was lost, added or replaced, two letters taken for one or one for
    two; `fold[a]` is the look-alike that stands for the letter a."""
    length = len(name)
    bare, wanted = np.empty(length + 1, dtype=np.int64), np.empty(length + 2, dtype=np.int64)
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
        for which in range(hashes_without(bare[:total], wanted)):
            low = found_at(wanted[which], hashes, buckets)
            while low < len(hashes) and hashes[low] == wanted[which]:
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


def is_among(letters: Array, begin: int, end: int, names: Array, starts: Array) -> bool:
    """Whether the name from `begin` to `end` is one of `names`, which stand one after the other."""
    for which in range(len(starts) - 1):
        start, same = starts[which], starts[which + 1] - starts[which] == end - begin
        for at in range(end - begin):
            if same and names[start + at] != letters[begin + at]:
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
    """The level of `levels_with` for one listed name."""
    numbers, level = np.full(1, number), np.empty(1, dtype=np.int8)
    levels_with(name, numbers, 1, listed.letters, listed.starts, ink, limits, given, level)
    return int(level[0])


def levels_with(
    name: Array, numbers: Array, count: int, letters: Array, starts: Array, ink: Tables, limits: Tables, given: bool,
    out: Array,
) -> None:  # fmt: skip
    """Writes the level at which a printed name agrees with each of `count` listed ones, nicknames aside: as
    match.spelling.level_of. Of neighbours in the alphabet, what the same first letters cost is counted once.

    One long loop: a call, or a part of an array, within it would take as long as all the rest.
    """
    length, costs, merged = len(name), ink.costs, ink.merged
    n = min(length, MOST_LETTERS)
    taken, rows = np.empty((128, n), dtype=np.int64), np.zeros((n + MOST_APART + 2, n + 1), dtype=np.int64)
    least = np.zeros(n + MOST_APART + 2, dtype=np.int64)
    lost, both = np.empty(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    stands, joins = np.zeros(128, dtype=np.int64), np.zeros(128, dtype=np.int64)  # a bit for each place, few in each
    for i in range(n):
        before, place = name[i - 1] if i > 0 else 0, 1 << (i % 60)
        taken[:, i] = costs[min(name[i], 127)]
        lost[i] = lost_cost(before, name[i], costs)
        stands[min(name[i], 127)] |= place
        if i > 0 and before < 128 and name[i] < 128 and merged[before, name[i]] > 0:
            both[i] = merged[before, name[i]]
            joins[both[i]] |= place
        rows[0, i + 1] = rows[0, i] + lost[i]
    reckoned, known = 0, 0  # where the name stands of which rows are known, and how many
    for which in range(count):
        start, end = starts[numbers[which]], starts[numbers[which] + 1]
        shorter, head, tail = min(length, end - start), 0, 0
        if not given and shorter < limits.shortest_cut and abs(length - (end - start)) > MOST_APART:
            out[which] = 8
            continue
        while head < shorter and name[head] == letters[start + head]:
            head += 1
        while given and tail < shorter and name[length - 1 - tail] == letters[end - 1 - tail]:
            tail += 1
        level = level_by_letters(length, end - start, head, limits, given)
        if level >= 0:
            out[which] = level
            continue
        m, j, cost = min(end - start, MOST_LETTERS), 0, FAR
        limit = int(INK * most_ink(shorter, limits) + 0.01)
        if abs(n - m) <= MOST_APART:
            while j < known and j < m and letters[reckoned + j] == letters[start + j]:
                j += 1
                if least[j] > limit and least[j - 1] > limit:  # whatever follows goes on from one of the two rows
                    break
            while j < m and (j == 0 or least[j] <= limit or least[j - 1] <= limit):
                j += 1
                reckoned, known = start, j
                b, before_b = letters[start + j - 1], letters[start + j - 2] if j > 1 else 0
                lost_b, merged_b = lost_cost(before_b, b, costs), 0
                if before_b < 128 and b < 128:
                    merged_b = int(merged[before_b, b])
                least_here = left = rows[j, 0] = rows[j - 1, 0] + lost_b
                swapped, joined, parted = 0, 0, 0  # the places where more may have happened to two letters
                if b < 128 and before_b < 128:
                    swapped, joined = (stands[b] << 1) & stands[before_b], joins[b]
                    parted = stands[merged_b] if merged_b > 0 else 0
                if swapped | joined | parted == 0 and b < 127 and n <= 60:
                    for i in range(n):
                        left = min(rows[j - 1, i] + taken[b, i], rows[j - 1, i + 1] + lost_b, left + lost[i])
                        rows[j, i + 1] = left
                        least_here = min(least_here, left)
                else:
                    for i in range(n):
                        best = rows[j - 1, i] + (taken[b, i] if b < 128 else 0 if name[i] == b else OTHER)
                        best = min(best, rows[j - 1, i + 1] + lost_b, left + lost[i])
                        if i > 0 and both[i] == b:
                            best = min(best, rows[j - 1, i - 1] + CONFUSED)
                        if i > 0 and name[i - 1] == b and name[i] == before_b and b != before_b:
                            best = min(best, rows[j - 2, i - 1] + SWAPPED)
                        if merged_b > 0 and name[i] == merged_b:
                            best = min(best, rows[j - 2, i] + CONFUSED)
                        rows[j, i + 1] = left = best
                        least_here = min(least_here, left)
                least[j] = least_here
            cost = rows[m, n] if j == m and rows[m, n] <= limit else FAR
        out[which] = level_by_ink(cost / INK, shorter, head == shorter or tail == shorter, limits, given)


def level_by_letters(length: int, other: int, head: int, limits: Tables, given: bool) -> int:
    """The level of two names so long, the same up to `head`, where the letters tell it at once; otherwise -1."""
    shorter = min(length, other)
    if head == length and length == other:
        return 0
    if given and shorter == 1:
        return 2 if head == 1 else 8
    return 3 if shorter >= limits.shortest_cut and head == shorter else -1


def most_ink(shorter: int, limits: Tables) -> float:
    """The ink by which two names that agree may differ."""
    return float(max(limits.near, similar_ink(shorter, limits)))


def similar_ink(shorter: int, limits: Tables) -> float:
    """The ink by which similar names may differ."""
    return float(min(limits.most_similar, limits.similar_a_letter * shorter) if shorter > limits.shortest else -1.0)


def level_by_ink(distance: float, shorter: int, within: bool, limits: Tables, given: bool) -> int:
    """The level of two names so far apart in ink; `within`: one is how the other begins or ends."""
    if distance <= limits.confused or (distance <= limits.confused_if_long and shorter >= limits.long_name):
        return 4
    if distance <= (limits.near if shorter > limits.shortest else LOST / INK) and shorter >= limits.shortest:
        return 5
    if given and shorter >= limits.shortest and within:
        return 7
    return 6 if distance <= similar_ink(shorter, limits) else 8


def lost_cost(before: int, letter: int, mistaken: Array) -> int:
    """What it costs to lose a letter that stands behind another."""
    if before == letter:
        return DOUBLED
    return int(mistaken[0, letter]) if letter < 128 else LOST
