"""What an office may set about linking."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.errors import InputError
from match.calibration import Calibration


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """Probabilities and shares, each above 0 and below 1."""

    listed: float = 0.7  # share of defendants who are on the list, before anything is seen of a batch
    listed_if_complete: float = 0.999  # the same where the list is declared complete
    unlisted_namesake: float = 0.4  # share of the unlisted who bear a listed name: relatives, namesakes, false names
    link_at: float = 0.99
    runner_up_at_most: float = 0.005
    nobody_below: float = 0.02
    shown: int = 5  # candidates kept in a match
    calibration: Calibration | None = None  # the shipped one where there is none of the office's own

    def __post_init__(self) -> None:
        shares = (self.listed, self.listed_if_complete, self.link_at, self.runner_up_at_most, self.nobody_below)
        if not all(0.0 < share < 1.0 for share in (*shares, self.unlisted_namesake)):
            raise InputError("match settings: every probability and share lies above 0 and below 1")
