"""What all papers of one docket tell of a charge, taken together."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, reduce
from typing import TypeVar

from casefile.docket import Charge
from eligibility.citation import UNKNOWN, Citation, citation_in
from eligibility.doubt import Doubt, of_reading, told_by_both

T = TypeVar("T")


def is_same_charge(left: Charge, right: Charge) -> bool:
    """Whether two papers of one case tell of the same charge under one count: the statutes may be one.

    Illegible, silent or unparsable statutes may be any; a citation without a letter may be the one with it. An
    amended charge under the same count is another one: it was charged, so it is associated.
    """
    ours, theirs = _plausible_citations(left), _plausible_citations(right)
    if UNKNOWN in ours or UNKNOWN in theirs:
        return True
    return any(more_exact(a, b) for a in ours for b in theirs)


def _plausible_citations(charge: Charge) -> set[Citation]:
    return {cited(value) or UNKNOWN for value, p in charge.statute.plausible() if p > 0} or {UNKNOWN}


def more_exact(left: Citation, right: Citation) -> Citation | None:
    """The one of two citations that tells more, where both may be of the same provision: 4(b) rather than 4."""
    if left == right or replace(left, letter="") == right:
        return left
    return right if replace(right, letter="") == left else None


@lru_cache(maxsize=65536)
def cited(statute: str | None) -> Citation | None:
    """The provision; UNKNOWN where it cannot be told, None where the paper is silent."""
    return None if statute is None else citation_in(statute) or UNKNOWN


def statute_told(charges: tuple[Charge, ...]) -> Doubt[Citation | None]:
    """The doubt about the provision of a charge, over all its tellings."""
    doubts = (of_reading(charge.statute, ("",)).mapped(cited) for charge in charges)
    return reduce(lambda left, right: told_by_both(left, right, more_exact), doubts)
