"""Levels of agreement between two names as letters."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from match.names import GIVEN_WIDTH, SURNAME_WIDTH, ink_distance, nicknames

FOLDED = str.maketrans("0Q1L5862473", "OOIISBGZATB")  # one letter for each class of look-alikes
LONG_NAME = 6  # letters from which a name may have more than one letter wrong
SHORTEST_CUT = {"surname": SURNAME_WIDTH - 2, "given": GIVEN_WIDTH}  # spaces count in print, not here


def folded(name: str) -> str:
    """The name with look-alikes made one, so that commonly confused names fall together."""
    return name.replace("RN", "M").replace("VV", "W").replace("CL", "D").translate(FOLDED)


def without_one(name: str) -> set[str]:
    """The folded name and all that is left of it with one letter gone."""
    bare = folded(name)
    return {bare, *(bare[:i] + bare[i + 1 :] for i in range(len(bare)) if len(bare) > 2)}


def may_agree(one: str, other: str) -> bool:
    """A quick test before the careful comparison: few letters differ, in print or after folding."""
    most = 2 if min(len(one), len(other)) < LONG_NAME else 3
    if Levenshtein.distance(one, other, score_cutoff=most) <= most:
        return True
    return Levenshtein.distance(folded(one), folded(other), score_cutoff=1) <= 1


def spelling_level(field: str, read: str, listed: str) -> str:
    """How two names agree: `exact cut confused near similar differs`; `field` is `surname` or `given`."""
    if read == listed:
        return "exact"
    shorter = min(len(read), len(listed))
    if shorter >= SHORTEST_CUT[field] and read[:shorter] == listed[:shorter]:
        return "cut"
    if not may_agree(read, listed):
        return "differs"
    distance = ink_distance(*sorted((read, listed)))
    if distance <= 0.4 or (distance <= 0.8 and shorter >= LONG_NAME):
        return "confused"
    if distance <= 1.0 and shorter >= 4:
        return "near"
    return "similar" if distance <= 2.0 and shorter >= LONG_NAME else "differs"


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


def _is_short_for(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 3 and (longer.startswith(shorter) or longer.endswith(shorter))
