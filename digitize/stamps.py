"""What rubber stamps say: that a paper was filed, received or entered, by whom, and on what day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

# Not what would change an answer: a paper that says it is sealed, expunged or impounded says so in words we keep.
_DONE = frozenset(
    ("APPROVED", "CERTIFIED", "COPIED", "COPY", "DOCKETED", "ENTERED", "FILED", "MAILED", "MICROFILMED", "PAID",
     "POSTED", "RECEIVED", "RECORDED", "CLERK", "CLERK'S")
)  # fmt: skip
# no DATE, BY or NO: these head the fields of a form, with what is typed into it below
_WHO = frozenset(("AND", "CIRCUIT", "COOK", "COUNTY", "COURT", "DEPT", "DIVISION", "OF", "OFFICE", "THE"))
_MONTH = re.compile(r"(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)\.?", re.IGNORECASE)
_NUMBER = re.compile(r"'?\d{1,4},?")
_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_MOST_NUMBERS = 3  # day and year; worn, the day may be read as two
_ALIKE, _LONG = 0.75, 6  # worn letters are misread; but one letter off, a short word is another


def says_a_stamp(words: Sequence[str]) -> bool:
    """Whether words are nothing but a stamp's: what was done or by which clerk, and one day at most.

    A second day, a name or a charge among them is typed under the stamp, and then none of them is taken for its own.
    """
    bare = [word for word in words if re.search(r"[A-Za-z0-9]", word)]
    dates = sum(bool(_MONTH.fullmatch(word) or _DAY.fullmatch(word)) for word in bare)
    numbers = sum(_NUMBER.fullmatch(word) is not None for word in bare)
    said = [word for word in bare if not any(kind.fullmatch(word) for kind in (_MONTH, _DAY, _NUMBER))]
    if dates > 1 or numbers > _MOST_NUMBERS:
        return False
    return any(_is_among(word, _DONE) for word in said) and all(_is_among(word, _DONE | _WHO) for word in said)


def _is_among(word: str, known: frozenset[str]) -> bool:
    capitals = word.upper().strip(".,:;-")
    if len(capitals) < _LONG:
        return capitals in known
    return any(Levenshtein.normalized_similarity(capitals, one) >= _ALIKE for one in known)
