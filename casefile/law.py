"""What the law says of a charge, and on what grounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casefile.docket import ChargeId, RecordId, Source


class Outcome(StrEnum):
    AUTO = "auto"
    MOTION = "motion"
    INELIGIBLE = "ineligible"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Ground:
    """One row of a decision table as tried: met, not met, or (None) unknown; where the law says so, with the
    source mark of the law file; and the ink it rests on."""

    cite: str
    met: bool | None
    because: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """The one reading whose answer would settle most: a field of a charge or of the case.

    `field` is a path such as `statute`, `disposition`, `assoc.injury` or `case.pages`; `record_id` and
    `count` say where it stands; `about_ink` is False for questions of law or fact that no page can answer.
    """

    field: str
    record_id: RecordId | None = None
    count: int | None = None
    about_ink: bool = True
    worth: float = 0.0  # share of the doubt that the answer settles, 0 to 1


@dataclass(frozen=True, slots=True)
class Determination:
    """The answer for one charge on one day. `probability` is that of the answer's being right, 0 to 1, given
    the doubts of the readings; None for `review`."""

    record_id: RecordId
    charge_id: ChargeId
    count: int
    law: str
    law_version: str
    policy: str | None
    as_of: date
    outcome: Outcome
    route: str | None
    result: str | None
    reason_codes: tuple[str, ...]
    grounds: tuple[Ground, ...]
    probability: float | None
    questions: tuple[Question, ...] = ()  # the one worth most first
