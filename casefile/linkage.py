"""A record and the person it is linked to, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casefile.docket import RecordId
from casefile.persons import PersonId


class MatchStatus(StrEnum):
    """`linked` may be acted on; `possible` means somebody should look; `none`, that nobody need."""

    LINKED = "linked"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far one field agrees: the level it reached and what that weighs, in bits (log2 m/u)."""

    field: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listed person and the probability, 0 to 1, that of all listed and none of them this is the one."""

    person_id: PersonId
    probability: float
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The candidates of a record, best first; empty where nobody on the list comes near.

    `why` says in one line what kept a candidate from being linked, or linked it; it names fields, not people.
    """

    record_id: RecordId
    status: MatchStatus
    candidates: tuple[Candidate, ...]
    why: str
    settled_by_person: bool = False

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None
