"""Levels of agreement between two names as letters."""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf

from rapidfuzz.distance import Levenshtein

from match.names import CONFUSED, GIVEN_WIDTH, LOST, MERGED, SURNAME_WIDTH, ink_distance, nicknames

FOLDED = str.maketrans("0Q1L5862473", "OOIISBGZATB")  # one letter for each class of look-alikes
JOINED = {"RN": "M", "VV": "W", "CL": "D"}  # pairs most often read as one letter
LIKE = ("A4RKX", "B8EFP3", "CGOQD06", "HNMW", "I1LTJ7", "S5", "UVY", "Z2")  # letters that few misreadings tell apart
COARSE = str.maketrans({letter: each[0] for each in LIKE for letter in each})
MOST_APART = 4  # letters by which two that agree may differ
SHORTEST = 3  # letters of a shortened name
SPLIT = {both: [pair for pair, other in MERGED.items() if other == both] for both in MERGED.values()}
PAIRS = re.compile("|".join(MERGED))
LONG_NAME = 6  # letters from which a name may have more than one letter wrong
MOST_SIMILAR, SIMILAR_A_LETTER = 2.6, 0.359  # ink by which similar names may differ
CONFUSED_AT, CONFUSED_IF_LONG, NEAR_AT = 0.4, 0.8, 1.0  # ink up to which names may be taken for each other
REACHED = ("exact", "nickname", "initial", "cut", "confused", "near", "similar", "short", "differs")
SHORTEST_CUT = {"surname": SURNAME_WIDTH - 2, "given": GIVEN_WIDTH}  # spaces count in print, not here


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """The name with look-alikes made one, so that commonly confused names fall together."""
    for pair, both in JOINED.items():
        name = name.replace(pair, both)
    return name.translate(FOLDED)


def alike(name: str) -> str:
    """The name with single look-alikes made one, letter for letter."""
    return name.translate(FOLDED)


def coarse(name: str) -> str:
    """The name with everything that may be taken for each other made one, letter for letter."""
    return name.translate(COARSE)


def also_printed(name: str) -> set[str]:
    """What else the ink of `name` may be, where two letters were taken for one or one for two, one at a time."""
    found = set()
    for at in range(len(name)):
        if (both := MERGED.get(name[at : at + 2])) is not None:
            found.add(alike(name[:at] + both + name[at + 2 :]))
        found.update(alike(name[:at] + pair + name[at + 1 :]) for pair in SPLIT.get(name[at], ()))
    return found


def far_apart(one: str, other: str) -> bool:
    """Whether so many letters differ that neither a suffix nor little ink can be all that does."""
    return Levenshtein.distance(one, other, score_cutoff=MOST_APART) > MOST_APART


def may_agree(one: str, other: str) -> bool:
    """A quick test before the careful comparison: few letters differ, in print or after folding."""
    most = min(MOST_APART, 1 + min(len(one), len(other)) // 3)
    if abs(len(one) - len(other)) > most:
        return False
    if Levenshtein.distance(one, other, score_cutoff=most) <= most:
        return True
    return Levenshtein.distance(folded(one), folded(other), score_cutoff=1) <= 1


def ink_at_most(one: str, other: str, most: float) -> float:
    """The ink by which two differ; infinite where it is surely more than `most`, for where no two letters may be one
    none is lost, added or taken for another for less than CONFUSED."""
    if CONFUSED * Levenshtein.distance(one, other) > most and not PAIRS.search(f"{one} {other}"):
        return inf
    return ink_distance(*sorted((one, other)), most)


def spelling_level(field: str, read: str, listed: str) -> str:
    """How two names agree: `exact cut confused near similar differs`; `field` is `surname` or `given`."""
    if read == listed:
        return "exact"
    shorter = min(len(read), len(listed))
    if shorter >= SHORTEST_CUT[field] and read[:shorter] == listed[:shorter]:
        return "cut"
    return _graded(ink_distance(*sorted((read, listed))), shorter)


def _graded(distance: float, shorter: int) -> str:
    if distance <= CONFUSED_AT or (distance <= CONFUSED_IF_LONG and shorter >= LONG_NAME):
        return "confused"
    if distance <= (NEAR_AT if shorter > SHORTEST else LOST) and shorter >= SHORTEST:
        return "near"
    similar = shorter > SHORTEST and distance <= min(MOST_SIMILAR, SIMILAR_A_LETTER * shorter)
    return "similar" if similar else "differs"


def given_level(read: str, listed: str) -> str:
    """As `spelling_level`, and `nickname`, `short` and `initial` for given names."""
    if read == listed:
        return "exact"
    if listed in nicknames().get(read, ()):
        return "nickname"
    if min(len(read), len(listed)) == 1:
        return "initial" if read[:1] == listed[:1] else "differs"
    level = spelling_level("given", read, listed)
    return "short" if level in ("similar", "differs") and _is_short_for(read, listed) else level


def level_of(field: str, read: str, listed: str) -> str:
    """How two names of the kind `surname` or `given` agree, in plain words; the loops of match.kernels do the same."""
    return given_level(read, listed) if field == "given" else spelling_level(field, read, listed)


def _is_short_for(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SHORTEST and (longer.startswith(shorter) or longer.endswith(shorter))
