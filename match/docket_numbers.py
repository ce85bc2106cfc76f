"""The canonical form of a docket number, and the case it belongs to."""

from __future__ import annotations

import re
from functools import lru_cache

FELONY = re.compile(r"(?:19|20)?(\d\d)(CR|C[1-6])(\d{1,5}?)(\d\d)?")
MISDEMEANOR = re.compile(r"(?:19|20)?(\d\d)(MC[1-6])(\d{1,6}?)(\d\d)?")
LONGEST = 20


def canonical_docket_number(text: str) -> str:
    """Capitals and digits only, two-digit year, sequence padded; empty if `text` holds no number."""
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    if len(bare) > LONGEST or sum(c.isdigit() for c in bare) < 3:
        return ""
    for shape, width in ((FELONY, 5), (MISDEMEANOR, 6)):
        if found := shape.fullmatch(bare):
            return _padded(found, width)
    return bare


def _padded(found: re.Match[str], width: int) -> str:
    year, court, sequence, defendant = found.groups()
    digits = sequence + (defendant or "")
    if len(digits) <= width:
        return year + court + digits.zfill(width)
    return year + court + digits[:width] + digits[width:]


@lru_cache(maxsize=1 << 16)
def case_of(docket_number: str) -> str:
    """The number without the two digits that tell co-defendants apart; other shapes as they are."""
    for shape, width in ((FELONY, 5), (MISDEMEANOR, 6)):
        if found := shape.fullmatch(docket_number):
            year, court, sequence, defendant = found.groups()
            return str(year + court + (sequence + (defendant or ""))[:width])
    return docket_number
