"""A docket as one document tells it: who, which case, which charges, and how sure each reading is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, NamedTuple, NewType, TypeVar

from casefile.archive import PageId
from casefile.ocr import BBox

RecordId = NewType("RecordId", str)
ChargeId = NewType("ChargeId", str)

T = TypeVar("T")


class DocumentKind(StrEnum):
    CERTIFIED_STATEMENT = "certified_statement"
    HALF_SHEET = "half_sheet"
    COURT_SHEET = "court_sheet"
    COMPLAINT = "complaint"
    SENTENCING_ORDER = "sentencing_order"
    LEDGER = "ledger"
    BLANK = "blank"
    OTHER = "other"

    @property
    def is_docket(self) -> bool:
        """Whether such a page tells of a case."""
        return self not in (DocumentKind.BLANK, DocumentKind.OTHER)


class Disposition(StrEnum):
    """How a charge ended; the words of the outside."""

    GUILTY = "guilty"
    NOT_GUILTY = "not_guilty"
    NOLLE_PROSEQUI = "nolle_prosequi"
    STRICKEN_OFF_LEAVE = "stricken_off_leave"
    DISMISSED = "dismissed"
    NO_PROBABLE_CAUSE = "no_probable_cause"
    LEAVE_TO_FILE_DENIED = "leave_to_file_denied"
    SUPERVISION = "supervision"
    FIRST_OFFENDER_PROBATION = "first_offender_probation"
    VACATED = "vacated"
    ABATED = "abated"
    SUPERSEDED = "superseded"
    TRANSFERRED = "transferred"
    WARRANT = "warrant"
    PENDING = "pending"
    EXPUNGED = "expunged"
    SEALED = "sealed"
    OTHER = "other"


class Termination(StrEnum):
    """How supervision or probation ended."""

    SATISFACTORY = "satisfactory"
    REVOKED = "revoked"


class Plea(StrEnum):
    GUILTY = "guilty"
    NOT_GUILTY = "not_guilty"


class Sex(StrEnum):
    MALE = "M"
    FEMALE = "F"


class Suffix(StrEnum):
    JR = "JR"
    SR = "SR"
    II = "II"
    III = "III"
    IV = "IV"


class Grade(StrEnum):
    """Class of an offense as printed; `F` or `M` where no class is printed."""

    FM = "FM"
    FX = "FX"
    F1 = "F1"
    F2 = "F2"
    F3 = "F3"
    F4 = "F4"
    MA = "MA"
    MB = "MB"
    MC = "MC"
    P = "P"
    I = "I"  # noqa: E741 - infraction, the outside's own letter
    V = "V"
    F = "F"
    M = "M"


class Grams(NamedTuple):
    """An amount the page states, in grams: both ends alike for an exact weight; a band leaves out its
    low end and holds its high end; None is an open end."""

    low: float | None
    high: float | None


class SentenceKind(StrEnum):
    PRISON = "prison"
    JAIL = "jail"
    PROBATION = "probation"
    CONDITIONAL_DISCHARGE = "conditional_discharge"
    SUPERVISION = "supervision"
    FINE = "fine"
    COMMUNITY_SERVICE = "community_service"
    TIME_SERVED = "time_served"
    BOOT_CAMP = "boot_camp"
    RESTITUTION = "restitution"
    TREATMENT = "treatment"
    OTHER = "other"


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    DOLLARS = "dollars"


@dataclass(frozen=True, slots=True)
class SentencePart:
    """One part of a sentence; amount and unit are None where none is printed."""

    kind: SentenceKind
    amount: float | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The ink a reading comes from."""

    page_id: PageId
    bbox: BBox


class SettledBy(StrEnum):
    MACHINE = "machine"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What one place on the paper says, and how sure that is.

    `value` None with `raw` None: the paper is silent. `value` None with `raw`: ink that could not be read.
    `confidence` is the probability, 0 to 1, that `value` is right (of a None: that the paper is silent).
    `alternatives` are other plausible values with their probabilities (None among them: silent after all);
    what `confidence` and they leave of 1 is *none of these*.
    """

    value: T | None
    raw: str | None = None
    confidence: float = 1.0
    sources: tuple[Source, ...] = ()
    alternatives: tuple[tuple[T | None, float], ...] = ()
    settled_by: SettledBy = SettledBy.MACHINE

    @property
    def is_silent(self) -> bool:
        return self.value is None and self.raw is None

    @property
    def is_illegible(self) -> bool:
        return self.value is None and self.raw is not None

    @property
    def is_read(self) -> bool:
        return self.value is not None

    @property
    def none_of_these(self) -> float:
        """The probability that the paper says something not listed here, 0 to 1."""
        return max(0.0, 1.0 - self.confidence - sum(p for _, p in self.alternatives))

    def plausible(self) -> Iterator[tuple[T | None, float]]:
        """Every listed value with its probability, the value held first; an illegible value is not listed."""
        if not self.is_illegible:
            yield self.value, self.confidence
        yield from self.alternatives


def silent() -> Reading[T]:
    """A place where the paper says nothing, surely."""
    return Reading(None)


@dataclass(frozen=True, slots=True)
class Defendant:
    surname: Reading[str]
    given: Reading[str]
    middle: Reading[str]
    suffix: Reading[Suffix]
    aliases: tuple[Reading[str], ...]  # `SURNAME, GIVEN`
    birth_date: Reading[date]
    sex: Reading[Sex]
    race: Reading[str]
    ir_number: Reading[str]
    sid: Reading[str]


@dataclass(frozen=True, slots=True)
class Charge:
    """One accusation as it finally stood (the amended one where the prosecutor amended) and how it ended."""

    charge_id: ChargeId
    count: int  # from 1, unique in the record
    statute: Reading[str]  # modern canonical citation
    description: Reading[str]
    grade: Reading[Grade]
    offense_date: Reading[date]
    grams: Reading[Grams]  # only where the page itself states an amount
    subsequent: Reading[bool]  # SUBQ printed: True; 1ST printed: False
    section7: Reading[bool]  # delivery to a minor charged as an enhancement
    plea: Reading[Plea]
    disposition: Reading[Disposition]
    disposition_date: Reading[date]
    sentence: Reading[tuple[SentencePart, ...]]
    termination: Reading[Termination]
    violated: Reading[bool]  # a violation, revocation petition or warrant entered after the sentence


class GapKind(StrEnum):
    """Why a document is not wholly known."""

    PAGE_NUMBERS = "page_numbers"  # a page number is missing from the run printed on the pages
    UNREAD_INK = "unread_ink"  # ink on or beside a charge or disposition row that was not read
    UNREAD_PAGE = "unread_page"  # a docket page of which nothing could be read
    SET_ASIDE = "set_aside"  # a neighbouring page was set aside or awaits a rescan
    MISSING = "missing"  # the manifest names pages that are not here


@dataclass(frozen=True, slots=True)
class Gap:
    """Something of this document, or perhaps of it, that nobody has read."""

    kind: GapKind
    page_id: PageId | None = None
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class DocketRecord:
    """One defendant in one case as one document tells it; or a page that tells of none (no charges)."""

    record_id: RecordId
    document_kind: DocumentKind | None  # None: the page was set aside
    page_ids: tuple[PageId, ...]
    docket_number: Reading[str]
    arrest_date: Reading[date]
    filed_date: Reading[date]
    arresting_agency: Reading[str]
    defendant: Defendant | None  # None where the document tells of no case
    charges: tuple[Charge, ...] = ()
    gaps: tuple[Gap, ...] = ()


def record_id_of(first_page: PageId, ordinal: int) -> RecordId:
    """The same id for the `ordinal`th defendant (from 0) of the document that begins on `first_page`."""
    return RecordId("r" + hashlib.sha256(f"{first_page}\0{ordinal}".encode()).hexdigest()[:20])


def charge_id_of(record_id: RecordId, count: int) -> ChargeId:
    return ChargeId(f"{record_id}-{count}")
