"""The facts of invented cases, before any of them is put on paper."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Act(StrEnum):
    """What an entry of a docket says was done."""

    FILED = "filed"
    BOND = "bond"
    DEFENDER = "defender"
    ARRAIGNED = "arraigned"
    CONTINUED = "continued"
    CONTINUED_DEFENDANT = "continued_defendant"
    CONTINUED_STATE = "continued_state"
    CONTINUED_COURT = "continued_court"
    PLEA_NOT_GUILTY = "plea_not_guilty"
    PLEA_GUILTY = "plea_guilty"
    JURY_WAIVED = "jury_waived"
    FOUND_GUILTY = "found_guilty"
    FOUND_NOT_GUILTY = "found_not_guilty"
    VERDICT_GUILTY = "verdict_guilty"
    VERDICT_NOT_GUILTY = "verdict_not_guilty"
    JUDGMENT = "judgment"
    NOLLE = "nolle"
    STRICKEN = "stricken"
    REINSTATED = "reinstated"
    NO_PROBABLE_CAUSE = "no_probable_cause"
    LEAVE_DENIED = "leave_denied"
    DISMISSED = "dismissed"
    NON_SUIT = "non_suit"
    WARRANT = "warrant"
    WARRANT_QUASHED = "warrant_quashed"
    SUPERSEDED = "superseded"
    TRANSFERRED = "transferred"
    ABATED = "abated"
    AMENDED = "amended"
    SENTENCED = "sentenced"
    VIOLATION = "violation"
    TERMINATED = "terminated"
    REVOKED = "revoked"
    VACATED = "vacated"
    EXPUNGED = "expunged"
    SEALED = "sealed"


class Kind(StrEnum):
    """What a sentence consists of."""

    PRISON = "prison"
    JAIL = "jail"
    PROBATION = "probation"
    FIRST_OFFENDER = "first_offender"
    CONDITIONAL_DISCHARGE = "conditional_discharge"
    SUPERVISION = "supervision"
    FINE = "fine"
    COMMUNITY_SERVICE = "community_service"
    TIME_SERVED = "time_served"
    CREDIT = "credit"
    BOOT_CAMP = "boot_camp"
    RESTITUTION = "restitution"
    TREATMENT = "treatment"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who never lived."""

    person_id: str
    surname: str
    given: str
    middle: str
    suffix: str
    born: date
    sex: str
    race: str
    ir_number: str
    sid: str
    alias: tuple[str, str] | None  # surname, given
    address: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the law: chapter, act, section and subsections of today's numbering, and of the old one."""

    chapter: str
    act: str
    section: str
    subs: tuple[str, ...] = ()
    old_chapter: str = ""
    old_section: str = ""
    inner: "Citation | None" = None  # what was attempted

    @property
    def canonical(self) -> str:
        """The modern citation, attempts with what was attempted in brackets."""
        if not self.chapter:
            return f"Ill. Rev. Stat. ch. {self.old_chapter}, par. {self.old_section}"
        own = f"{self.chapter} ILCS {self.act}/{self.section}" + "".join(f"({sub})" for sub in self.subs)
        return f"{own} ({self.inner.canonical})" if self.inner else own


@dataclass(frozen=True, slots=True)
class Described:
    """A description and the amount it states, in grams; `span` is where the amount stands in the text."""

    text: str
    grams: tuple[float | None, float | None] | None = None
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ChargeFacts:
    """One accusation as filed, or as amended."""

    count: int
    citation: Citation
    official: tuple[Described, ...]  # what a clerk's computer may call it
    spoken: tuple[Described, ...]  # what a clerk at a typewriter may call it
    grade: str  # F4, MA; F or M where the class is not known
    offense_on: date
    amended_from: "ChargeFacts | None" = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One penalty; `amount` counts `unit`, both empty where nothing is stated."""

    kind: Kind
    amount: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done in court on one day; `counts` empty means the whole case."""

    on: date
    act: Act
    counts: tuple[int, ...] = ()
    sentence: Sentence | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A docket number: two-digit year, type, sequence digits, defendant suffix."""

    year: int
    kind: str  # CR, C, C1 to C6, MC1 to MC6
    sequence: str
    defendant: int = 1

    def canonical(self, *, with_defendant: bool) -> str:
        """Capitals and digits only; the suffix only where it is printed."""
        return f"{self.year % 100:02d}{self.kind}{self.sequence}" + (f"{self.defendant:02d}" if with_defendant else "")


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One defendant in one case, from arrest to the last entry."""

    number: Number
    person: Person
    arrested_on: date
    filed_on: date
    agency: str
    branch: str
    judges: tuple[tuple[str, str, str], ...]  # surname, given, initial
    charges: tuple[ChargeFacts, ...]
    events: tuple[Event, ...]
    booking_number: str
    companions: tuple["CaseFacts", ...] = field(default=())
