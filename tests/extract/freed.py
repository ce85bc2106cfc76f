"""Whether a reading would free somebody: for tests of pages on which nobody may be freed, or somebody must."""

from __future__ import annotations

from casefile.docket import Charge, Disposition, Termination

FREE = {
    Disposition.DISMISSED,
    Disposition.NOT_GUILTY,
    Disposition.NOLLE_PROSEQUI,
    Disposition.STRICKEN_OFF_LEAVE,
    Disposition.VACATED,
    Disposition.NO_PROBABLE_CAUSE,
    Disposition.LEAVE_TO_FILE_DENIED,
    Disposition.ABATED,
}


def is_freed(charge: Charge) -> bool:
    """Whether the charge is held, surely, to have ended without a conviction."""
    ending, term = charge.disposition, charge.termination
    freed = ending.value in FREE and ending.confidence > 0.9
    return freed or (term.value is Termination.SATISFACTORY and term.confidence > 0.9)
