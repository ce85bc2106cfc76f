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
    ELSEWHERE = ""  # another county's conviction: this office decides nothing of it


class Layer(StrEnum):
    """Who speaks in a ground: the law's table, an office's policy, or an attorney's ruling."""

    LAW = "law"
    POLICY = "policy"
    RULING = "ruling"


@dataclass(frozen=True, slots=True)
class Ground:
    """One row of a decision table as tried: met, not met, or (None) unknown; where the law says so, with the
    source mark of the law file; and the ink it rests on."""

    cite: str
    met: bool | None
    because: str
    sources: tuple[Source, ...] = ()
    layer: Layer = Layer.LAW


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


@dataclass(frozen=True, slots=True)
class Ruling:
    """An attorney's answer to a question of law, for one charge or for all like it; it stands until revoked.

    `question` is the reason code under which the law leaves it open, such as `R-CASUAL`. With `charge_id` it is
    about that charge alone; without, about every charge with that question, of `provision` (`720 ILCS 550/5`)
    where one is named. `outcome` is `motion`, `ineligible`, or `review` for one charge that stays open although a
    ruling for all like it exists; never `auto`: where the law's table says review, nothing makes it automatic.
    """

    ruling_id: int
    law: str
    question: str
    outcome: Outcome
    by: str
    reason: str
    at: str  # ISO 8601, UTC
    charge_id: ChargeId | None = None
    provision: str = ""
    result: str | None = None  # California: `dismiss` or `redesignate`
    revoked_by: str | None = None
    revoked_at: str | None = None
    revoked_because: str | None = None

    @property
    def stands(self) -> bool:
        return self.revoked_at is None
