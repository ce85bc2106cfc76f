"""Which records are safe, and which readings, links and grounds a person must look at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from casefile.docket import Charge, Disposition, DocketRecord, GapKind, RecordId, SettledBy
from casefile.law import Determination, Outcome, Question
from casefile.linkage import Match, MatchStatus
from casefile.review import Answer, AnswerKind, ItemKind, ReviewItem
from review_queue import asking
from review_queue.answers import is_about_gap, is_match_answer, path_for
from review_queue.asking import Stake
from review_queue.fields import MATCH_FIELD, AnyReading, Family, field_of, is_field, reading_at, readings_of

IDENTITY = ("docket_number", "defendant.surname", "defendant.given", "defendant.birth_date")
DECISIVE = ("statute", "disposition", "termination", "grams")
HIDDEN = (Disposition.EXPUNGED, Disposition.SEALED)
# Reviews that no answer ends: only the calendar does.
WAITS_FOR_A_DAY = "R-TOO-SOON"


class State(StrEnum):
    """How far a record may be relied on, as the exports say it."""

    ACCEPTED = "accepted"
    REVIEWED = "reviewed"
    IN_REVIEW = "in_review"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The confidence, 0 to 1, from which a reading of a family may be relied on without looking.

    A family without a threshold is never relied on unseen.
    """

    by_family: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def reached_by(self, confidence: float, family: Family) -> bool:
        threshold = self.by_family.get(family)
        return threshold is not None and confidence >= threshold


@dataclass(frozen=True, slots=True)
class Triage:
    """What stands between a record and its being relied on.

    `items` are the open questions, worth most first; `reasons` say in plain words why a record in review is
    not asked about, or no further. A record in review has an item or a reason.
    """

    state: State
    items: tuple[ReviewItem, ...] = ()
    reasons: tuple[str, ...] = ()


def is_accepted(reading: AnyReading, family: Family, thresholds: Thresholds) -> bool:
    """Whether the value, or the silence, may be relied on without looking; what is illegible never."""
    if reading.is_illegible:
        return False
    return reading.settled_by is SettledBy.REVIEWER or thresholds.reached_by(reading.confidence, family)


def is_accepted_at(record: DocketRecord, path: str, thresholds: Thresholds) -> bool:
    """Whether the record's reading at `path` may be relied on; a place the record lacks, never."""
    reading = reading_at(record, path)
    return reading is not None and is_accepted(reading, field_of(path).family, thresholds)


def state_of(
    record: DocketRecord,
    match: Match | None,
    determinations: Sequence[Determination],
    thresholds: Thresholds,
) -> State:
    """Whether who, which case and what follows are safe, as INTERFACE.md puts it.

    A docket page on which no charge was found is never safe: what follows from it is not known.
    """
    if record.document_kind is None:
        return State.IN_REVIEW
    if not record.document_kind.is_docket:
        return State.ACCEPTED
    if not _is_safe(record, match, determinations, thresholds):
        return State.IN_REVIEW
    return State.REVIEWED if _is_touched(record, match) else State.ACCEPTED


def _is_safe(
    record: DocketRecord,
    match: Match | None,
    determinations: Sequence[Determination],
    thresholds: Thresholds,
) -> bool:
    if not record.charges or may_be_hidden(record):
        return False
    if match is not None and match.status is MatchStatus.POSSIBLE:
        return False
    if any(determination.outcome is Outcome.REVIEW for determination in determinations):
        return False
    return all(is_accepted_at(record, path, thresholds) for path in gate_paths(record))


def gate_paths(record: DocketRecord) -> tuple[str, ...]:
    """The readings that must all be accepted before a record is: who, which case, what each charge became."""
    charges = (f"charges.{charge.count}.{name}" for charge in record.charges for name in DECISIVE)
    return (*IDENTITY, *charges)


def may_be_hidden(record: DocketRecord) -> bool:
    """Whether any charge is held to be expunged or sealed: such a record is for administrators only."""
    return any(charge.disposition.value in HIDDEN for charge in record.charges)


def may_bring_relief(record: DocketRecord, determinations: Sequence[Determination]) -> bool:
    """Whether relief follows, or may yet follow, from any charge of the record; of one not judged that is not known."""
    outcomes = {each.outcome for each in determinations}
    is_judged = {each.count for each in determinations}.issuperset(charge.count for charge in record.charges)
    return not outcomes or not is_judged or bool(outcomes & {Outcome.AUTO, Outcome.MOTION, Outcome.REVIEW})


def whose(record: DocketRecord, match: Match | None) -> str:
    """Who waits for the record to be settled: the listed person it is, or may be, linked to; else the record itself,
    which stands for somebody not on the list."""
    if match is None or match.best is None or match.status is MatchStatus.NONE:
        return record.record_id
    return match.best.person_id


def _is_touched(record: DocketRecord, match: Match | None) -> bool:
    """Whether a person settled anything of it."""
    if match is not None and match.settled_by_person:
        return True
    return any(reading.settled_by is SettledBy.REVIEWER for _, reading in readings_of(record))


def questions_of(
    record: DocketRecord,
    match: Match | None,
    determinations: Sequence[Determination],
    thresholds: Thresholds,
    answers: Sequence[Answer],
    *,
    others: Mapping[RecordId, DocketRecord] = MappingProxyType({}),
) -> tuple[ReviewItem, ...]:
    """The open questions of the record, worth most first; see `triage`."""
    return triage(record, match, determinations, thresholds, answers, others=others).items


def triage(
    record: DocketRecord,
    match: Match | None,
    determinations: Sequence[Determination],
    thresholds: Thresholds,
    answers: Sequence[Answer],
    *,
    others: Mapping[RecordId, DocketRecord] = MappingProxyType({}),
) -> Triage:
    """The record's state, what to ask about it, and why no more than that.

    Asked is only what could change an outcome, the person or the case, and what a paper sent to court would
    print. `record` and `match` have the answers applied; `answers` may hold those of other records too.
    `others` are records that a determination's question may point to; the item then stands on their page.
    """
    state = state_of(record, match, determinations, thresholds)
    if state is not State.IN_REVIEW:
        return Triage(state)
    if _is_surely_hidden(record, thresholds):
        return Triage(state, reasons=("kept for administrators only",))
    asked = _Asked(record, match, determinations, thresholds, answers, others)
    wanted = asking.worth_most_first(asked.wanted())
    items = tuple(item for item in wanted if not asked.is_answered(item))
    told = tuple(asked.told_of(item) for item in wanted if asked.is_answered(item))
    reasons = tuple(dict.fromkeys((*asked.waits(), *told)))
    return Triage(state, items, reasons if items or reasons else (asking.NOTHING_HANGS_ON_IT,))


def _is_surely_hidden(record: DocketRecord, thresholds: Thresholds) -> bool:
    return any(
        charge.disposition.value in HIDDEN and is_accepted(charge.disposition, Family.DISPOSITION, thresholds)
        for charge in record.charges
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One record in review with all that bears on what to ask about it."""

    record: DocketRecord
    match: Match | None
    determinations: Sequence[Determination]
    thresholds: Thresholds
    answers: Sequence[Answer]
    others: Mapping[RecordId, DocketRecord]

    def wanted(self) -> Iterator[ReviewItem]:
        """Every question worth a person's time, answered or not; the same one may come twice."""
        if self.record.document_kind is None:
            yield asking.about_page(self.record, GapKind.SET_ASIDE, Stake.UNREAD)
            return
        if self._says_nothing():
            yield from self._of_unread_document()
            return
        yield from self._of_determinations()
        yield from self._of_identity()
        yield from self._of_link()
        yield from self._of_charges()
        yield from self._of_unread_document()

    def waits(self) -> Iterator[str]:
        if any(self._waits_for_a_day(each) for each in self._in_doubt()):
            yield asking.WAITS_FOR_A_DAY

    def _in_doubt(self) -> Iterator[Determination]:
        return (each for each in self.determinations if each.outcome is Outcome.REVIEW)

    @staticmethod
    def _waits_for_a_day(determination: Determination) -> bool:
        return not determination.questions and WAITS_FOR_A_DAY in determination.reason_codes

    def _of_determinations(self) -> Iterator[ReviewItem]:
        """What the law's own doubt asks: of each open determination the one question of ink that settles most
        and has no answer yet, for its answer may settle the others; then what only an attorney can answer.
        A review that names no question is the attorney's as a whole."""
        for determination in self._in_doubt():
            if not determination.questions and not self._waits_for_a_day(determination):
                yield asking.of_law(determination)
            for question in determination.questions:
                items = tuple(self._of_question(determination, question))
                yield from items
                if any(item.kind is not ItemKind.LEGAL and not self.is_answered(item) for item in items):
                    break

    def _of_question(self, determination: Determination, question: Question) -> Iterator[ReviewItem]:
        about = self._record_of(question.record_id)
        if question.field == MATCH_FIELD and about is self.record:
            if self.match is not None and self.match.candidates:
                yield asking.of_match(self.record, self.match, Stake.DECIDES, question.worth)
            else:
                yield asking.of_law(determination, question)
        elif question.field == asking.EVENT and about is not None:
            yield from self._of_event(determination, question, about)
        else:
            yield from asking.of_question(determination, question, about)

    def _of_event(self, determination: Determination, question: Question, about: DocketRecord) -> Iterator[ReviewItem]:
        """Whether both records tell of one arrest: its date there, then here, wherever it is not surely read;
        where both are known and still do not tell, the attorney."""
        for record in (about, self.record):
            reading = record.arrest_date
            if reading.is_read and is_accepted_at(record, asking.ARREST_DATE, self.thresholds):
                continue
            item = asking.of_reading(record, asking.ARREST_DATE, Stake.DECIDES, question.worth)
            yield item
            if not self.is_answered(item):
                return
        yield asking.of_law(determination, question)

    def _has_at_stake(self) -> bool:
        """Whether anything but a sure `ineligible` may follow from this record."""
        known = {each.count for each in self.determinations}
        outcomes = {each.outcome for each in self.determinations}
        return outcomes != {Outcome.INELIGIBLE} or any(c.count not in known for c in self.record.charges)

    def _of_identity(self) -> Iterator[ReviewItem]:
        """The case always, as its charges weigh on the person's others; the person where relief is at stake,
        or where the link hangs on the print."""
        if self.record.defendant is None:
            return
        at_stake = self._has_at_stake()
        if not self._accepts("docket_number"):
            yield asking.of_reading(self.record, "docket_number", Stake.CASE if at_stake else Stake.CASE_ONLY)
        if at_stake or self._is_link_open():
            for path in IDENTITY[1:]:
                if not self._accepts(path):
                    yield asking.of_reading(self.record, path, Stake.PERSON if at_stake else Stake.PERSON_ONLY)

    def _is_link_open(self) -> bool:
        return self.match is not None and self.match.status is MatchStatus.POSSIBLE

    def _of_link(self) -> Iterator[ReviewItem]:
        if self.match is not None and self._is_link_open():
            stake = Stake.LINK if self._has_at_stake() else Stake.LINK_ONLY
            yield asking.of_match(self.record, self.match, stake)

    def _of_charges(self) -> Iterator[ReviewItem]:
        """What a motion would print of charges that bring relief; then, so that it can be made, the rest."""
        reliefs = {Outcome.AUTO, Outcome.MOTION}
        outcomes = {each.outcome for each in self.determinations}
        is_ready = outcomes & reliefs and Outcome.REVIEW not in outcomes
        for charge in self.record.charges:
            own = {each.outcome for each in self.determinations if each.count == charge.count}
            if not own:
                yield from self._of_charge(charge, Stake.UNJUDGED)
            elif own & reliefs:
                yield from self._of_charge(charge, Stake.PRINTED)
            elif is_ready and own == {Outcome.INELIGIBLE}:
                yield from self._of_charge(charge, Stake.BESIDE)
            elif charge.disposition.value in HIDDEN:
                yield asking.of_reading(self.record, f"charges.{charge.count}.disposition", Stake.HIDES)

    def _of_charge(self, charge: Charge, stake: Stake) -> Iterator[ReviewItem]:
        for name in DECISIVE:
            path = f"charges.{charge.count}.{name}"
            if not self._accepts(path):
                hides = name == "disposition" and charge.disposition.value in HIDDEN
                yield asking.of_reading(self.record, path, Stake.HIDES if hides else stake)

    def _says_nothing(self) -> bool:
        """Whether neither a charge nor a case nor a person was found: it may be no docket at all, so that nothing is
        asked but what is on its pages."""
        return not self.record.charges and not any(
            reading is not None and reading.is_read for reading in (reading_at(self.record, path) for path in IDENTITY)
        )

    def _of_unread_document(self) -> Iterator[ReviewItem]:
        if self.record.charges:
            return
        gaps = self.record.gaps
        if self._says_nothing():
            gaps = tuple(gap for gap in gaps if gap.page_id in self.record.page_ids)
        for gap in gaps:
            yield asking.of_gap(self.record, gap, Stake.UNREAD)
        if not gaps:
            yield asking.about_page(self.record, GapKind.UNREAD_PAGE, Stake.UNREAD)

    def _accepts(self, path: str) -> bool:
        return is_accepted_at(self.record, path, self.thresholds)

    def is_answered(self, item: ReviewItem) -> bool:
        """Whether a person has already said what there is to say at this place."""
        return self._is_settled(item) or any(self._answers(answer, item) for answer in self.answers)

    def told_of(self, item: ReviewItem) -> str:
        """Why an answered question is not asked again."""
        return asking.AWAITS_RESCAN if self._awaits_rescan(item) else asking.answered_already(item)

    def _awaits_rescan(self, item: ReviewItem) -> bool:
        return any(_wants_rescan(answer, item) for answer in self.answers)

    def _is_settled(self, item: ReviewItem) -> bool:
        about = self._record_of(item.record_id)
        if item.kind is ItemKind.MATCH and about is self.record:
            return self.match is not None and self.match.settled_by_person
        if about is None or item.kind is not ItemKind.READING:
            return False
        reading = reading_at(about, item.field)
        return reading is not None and reading.settled_by is SettledBy.REVIEWER

    def _answers(self, answer: Answer, item: ReviewItem) -> bool:
        if item.kind is ItemKind.LEGAL:
            return False
        if answer.kind in (AnswerKind.RESCAN, AnswerKind.CHARGE):
            return _wants_rescan(answer, item)
        if item.kind is ItemKind.MATCH:
            return is_match_answer(answer) and answer.record_id == item.record_id
        if item.kind is ItemKind.PAGE:
            is_alike = answer.field == item.field
            return is_alike and is_about_gap(answer, item.record_id, item.page_id, item.bbox)
        if answer.kind is AnswerKind.LINK or not is_field(answer.field):
            return False
        about = self._record_of(item.record_id)
        if about is None or reading_at(about, item.field) is None:
            return answer.record_id == item.record_id and answer.field == item.field
        return path_for(about, answer) == item.field

    def _record_of(self, record_id: RecordId | None) -> DocketRecord | None:
        if record_id is None or record_id == self.record.record_id:
            return self.record
        return self.others.get(record_id)


def _wants_rescan(answer: Answer, item: ReviewItem) -> bool:
    """Whether somebody found the item's page wrong: nothing on it is asked until it is scanned again, as a page
    of its own."""
    return answer.kind is AnswerKind.RESCAN and answer.page_id is not None and answer.page_id == item.page_id
