"""The facts of a charge that Illinois law may ask for, each with its doubt and the question about it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import TypeVar

from casefile.docket import (
    Charge,
    Disposition,
    DocumentKind,
    Grade,
    Grams,
    SentenceKind,
    SentencePart,
    Termination,
    silent,
)
from casefile.law import Question
from casefile.linkage import MatchStatus
from eligibility.case import Case
from eligibility.citation import CANNABIS_CONTROL_ACT, PARAPHERNALIA_ACT, Citation, Kind
from eligibility.doubt import Branch, merged, of_reading, sure
from eligibility.engine import Feature
from eligibility.features import DEFERRED, OPEN, STOPPED, Reader, birth_date_of, link_of, stop_chance
from eligibility.illinois.associated import Associations, State, told_by
from eligibility.illinois.figures import Figures, overlaps
from eligibility.illinois.told import statute_told
from eligibility.terms import anniversary, is_surely_over

T = TypeVar("T")

Sentence = tuple[SentencePart, ...]
UNREAD = date(9999, 12, 30)  # stands for a day that nobody can read; the rules bound it by what else the paper says


@dataclass(frozen=True, slots=True)
class Features:
    """What may be asked about one charge. A None is the paper's silence, which the rules settle."""

    statute: Feature[Citation]
    grade: Feature[Grade | None]
    grams: Feature[Grams | None]
    subsequent: Feature[bool | None]
    section7: Feature[bool | None]
    offense_date: Feature[date | None]
    arrest_date: Feature[date | None]
    birth_date: Feature[date | None]
    disposition: Feature[Disposition | None]
    disposition_date: Feature[date | None]
    sentence: Feature[Sentence | None]
    termination: Feature[Termination | None]
    violated: Feature[bool | None]
    link: Feature[bool]  # whether the linked person is the defendant
    associated: Feature[State]
    other_stop: Feature[bool]  # whether another charge of the record may be expunged or sealed
    listed_birth_date: date | None  # of the linked person
    listed_birth_date_illegible: bool
    is_linked: bool
    is_link_possible: bool
    has_place_for_sentence: bool
    completion: Feature[bool | None]  # what data of record state about the sentence; paper never does
    days: tuple[date, ...]  # one for every distinction the law makes by date


@dataclass(frozen=True, slots=True)
class Docket:
    """A case with all that its charges share, made ready once."""

    case: Case
    figures: Figures
    as_of: date
    law_alone: bool  # without a policy only violence matters of what is associated
    associations: Associations
    days: tuple[date, ...]
    stop_chances: dict[int, float]  # by count, where a charge may have been expunged or sealed


def docket_of(case: Case, figures: Figures, as_of: date, *, law_alone: bool) -> Docket:
    """The case made ready for `features_of`."""
    charges = [c for record in (case.record, *case.tellings) for c in record.charges]
    chances = {c.count: chance for c in charges if (chance := stop_chance(c)) > 0}
    days = (*representative_days(figures), as_of)
    return Docket(case, figures, as_of, law_alone, Associations(case, figures.violent), days, chances)


def features_of(docket: Docket, charge: Charge) -> Features:
    """The features of one charge, over all papers that tell of it."""
    case, figures, days = docket.case, docket.figures, docket.days
    tellings = told_by(case, charge)
    records = (case.record, *case.tellings)
    of = Reader(case.record, charge, tellings)
    statute = _statute(of)
    disposition = of.feature("disposition", lambda c: c.disposition, tuple(Disposition))
    grams = of.feature("grams", lambda c: c.grams, representative_grams(figures))
    own = statute.doubt.first if statute.doubt.is_sure else None
    linked = case.match is not None and case.match.status is MatchStatus.LINKED
    person = case.person if linked else None
    link = link_of(case)
    births = [r.defendant.birth_date for r in records if r.defendant is not None] or [silent()]
    return _grouped_by_days(
        docket,
        Features(
            statute=statute,
            grade=of.feature("grade", lambda c: c.grade, tuple(Grade)),
            grams=replace(grams, doubt=grams.doubt.grouped(partial(_bands_of, figures=figures))),
            subsequent=of.feature("subsequent", lambda c: c.subsequent, (True, False)),
            section7=of.feature("section7", lambda c: c.section7, (True, False)),
            offense_date=of.feature("offense_date", lambda c: c.offense_date, (UNREAD,)),
            arrest_date=of.shared("arrest_date", [r.arrest_date for r in records], (UNREAD,)),
            birth_date=birth_date_of(of, births, person, link, docket.as_of),
            disposition=replace(disposition, doubt=disposition.doubt.grouped(ending_group)),
            disposition_date=of.feature("disposition_date", lambda c: c.disposition_date, days),
            sentence=of.feature("sentence", lambda c: c.sentence, REPRESENTATIVE_SENTENCES),
            termination=of.feature("termination", lambda c: c.termination, (None, *Termination)),
            violated=of.feature("violated", lambda c: c.violated, (True, False)),
            link=link,
            associated=docket.associations.feature(charge, own, law_alone=docket.law_alone),
            other_stop=_other_stop(docket, charge),
            listed_birth_date=person.birth_date if person else None,
            listed_birth_date_illegible=person is not None and "birth_date" in person.illegible,
            is_linked=linked,
            is_link_possible=case.match is not None and case.match.status is MatchStatus.POSSIBLE,
            has_place_for_sentence=any(r.document_kind in HAS_PLACE_FOR_SENTENCE for r in records),
            completion=_completion(case, charge),
            days=days,
        ),
    )


def _grouped_by_days(docket: Docket, features: Features) -> Features:
    """The same features where days that no row can tell apart are one day, shown as the likeliest of them."""
    offense, decided = features.offense_date, features.disposition_date
    if offense.doubt.is_sure and decided.doubt.is_sure:
        return features
    lines = sorted(_lines(docket, features))
    ends = [_term_ends(docket, sentence) for b in features.sentence.doubt.branches for sentence in b.values]

    def place(day: date | None) -> object:
        return day if day is None or day == UNREAD else bisect_right(lines, day)

    def decided_place(day: date | None) -> object:
        return place(day), day and tuple(is_over(day) for is_over in ends)

    return replace(
        features,
        offense_date=replace(offense, doubt=offense.doubt.grouped(place)),
        disposition_date=replace(decided, doubt=decided.doubt.grouped(decided_place)),
    )


def _lines(docket: Docket, features: Features) -> set[date]:
    """Every day that some row may compare an offense or a disposition with, and the day after it."""
    figures, as_of = docket.figures, docket.as_of
    act = figures.dates.act.since
    lines = {*features.days, anniversary(as_of, -figures.dates.waiting.years)}
    lines |= {anniversary(act, -figures.silence.conviction_date.years_before_act)}
    lines |= {deadline.since for deadline in figures.dates.deadline}
    births = {day for b in features.birth_date.doubt.branches for day in b.values} | {features.listed_birth_date}
    ages = {line.age for line in (*figures.dates.juvenile_felony, *figures.dates.juvenile_misdemeanor)}
    lines |= {anniversary(born, age) for born in births if born is not None for age in ages}
    dates = (features.offense_date, features.arrest_date, features.disposition_date)
    lines |= {day for feature in dates for b in feature.doubt.branches for day in b.values if day is not None}
    return lines | {day + timedelta(days=1) for day in lines if day < UNREAD}


def _term_ends(docket: Docket, sentence: Sentence | None) -> Callable[[date], bool]:
    silence = docket.figures.silence.sentence

    def is_over(decided: date) -> bool:
        return is_surely_over(
            decided,
            sentence or (),
            docket.as_of,
            years_if_no_term=silence.years_if_no_term,
            margin_years=silence.margin_years,
        )

    return is_over


# The forms that have a place for the sentence beside the disposition.
HAS_PLACE_FOR_SENTENCE = (
    DocumentKind.CERTIFIED_STATEMENT,
    DocumentKind.HALF_SHEET,
    DocumentKind.COURT_SHEET,
    DocumentKind.SENTENCING_ORDER,
    DocumentKind.LEDGER,
)


def _completion(case: Case, charge: Charge) -> Feature[bool | None]:
    stated = case.stated_of(charge.charge_id).sentence_complete
    question = Question("sentence_complete", case.record.record_id, charge.count, about_ink=False)
    return Feature("sentence_complete", of_reading(stated, (True, False, None)), question)


def _other_stop(docket: Docket, charge: Charge) -> Feature[bool]:
    """Whether another charge of the docket may have been expunged or sealed: then all of it stops."""
    others = {count: p for count, p in sorted(docket.stop_chances.items()) if count != charge.count}
    at_all = 1.0 - math.prod(1 - p for p in others.values())
    likeliest = max(others, key=lambda count: others[count], default=charge.count)
    doubt = merged((Branch(1 - at_all, (False,)), Branch(at_all, (True,)))) if others else sure(False)
    return Feature("stopped", doubt, Question("disposition", docket.case.record.record_id, likeliest))


ALONE = (*DEFERRED, Disposition.GUILTY, Disposition.STRICKEN_OFF_LEAVE, Disposition.OTHER)


def ending_group(disposition: Disposition | None) -> Disposition | None:
    """Endings that the law treats alike, by one of them."""
    if disposition is None or disposition in ALONE:
        return disposition
    if disposition in STOPPED:
        return Disposition.SEALED
    return Disposition.PENDING if disposition in OPEN else Disposition.DISMISSED


def _statute(of: Reader) -> Feature[Citation]:
    """The provision; where the paper is silent or its citation cannot be parsed, any."""
    read = of.feature("statute", lambda c: c.statute, (None,))
    branches = (Branch(b.probability, _possible(b.values), b.anything) for b in statute_told(of.tellings).branches)
    doubt = merged(branches).grouped(_provision_group)
    return Feature("statute", doubt, read.question, read.sources)


def _possible(citations: Sequence[Citation | None]) -> tuple[Citation, ...]:
    found: dict[Citation, None] = {}
    for citation in citations:
        if citation is None or citation.kind is Kind.UNKNOWN:
            found |= dict.fromkeys(REPRESENTATIVE_CITATIONS)
        elif citation.attempt and not citation.section:
            found |= dict.fromkeys(c for c in REPRESENTATIVE_CITATIONS if c.attempt)
        else:
            found[citation] = None
    return tuple(found)


def _provision_group(citation: Citation) -> object:
    """Provisions that the law treats alike, by one of them."""
    if citation.is_section_4_or_5 or citation.kind is Kind.ORDINANCE:
        return citation
    if citation.provision == CASUAL_DELIVERY or citation.act == PARAPHERNALIA_ACT:
        return citation.act, citation.attempt
    return "other"


CASUAL_DELIVERY = (CANNABIS_CONTROL_ACT, "6")
REPRESENTATIVE_CITATIONS = (
    *(Citation(Kind.STATE, CANNABIS_CONTROL_ACT, section, letter) for section in "45" for letter in ("", *"abcdefg")),
    *(Citation(Kind.STATE, CANNABIS_CONTROL_ACT, section, attempt=True) for section in "45"),
    Citation(Kind.STATE, CANNABIS_CONTROL_ACT, "6"),
    Citation(Kind.STATE, PARAPHERNALIA_ACT, "3.5"),
    Citation(Kind.ORDINANCE),
    Citation(Kind.STATE, CANNABIS_CONTROL_ACT, "8", attempt=True),
    Citation(Kind.STATE, CANNABIS_CONTROL_ACT, "8"),
)


def representative_days(figures: Figures) -> tuple[date, ...]:
    """A day for every distinction the law makes by date: the day before each boundary and the day of it."""
    dates = figures.dates
    lines = [p.since for p in (*dates.juvenile_felony, *dates.juvenile_misdemeanor) if p.since > date.min]
    days = {*figures.boundaries, *lines}
    return tuple(sorted(days | {day - timedelta(days=1) for day in days}))


def representative_grams(figures: Figures) -> tuple[Grams, ...]:
    """An exact weight in every band of every era."""
    return tuple(Grams(cut + 0.1, cut + 0.1) for cut in figures.cuts[:-1])


def _bands_of(grams: Grams | None, figures: Figures) -> object:
    """Between which cuts a stated amount may lie; amounts alike in that are alike to the law of every era."""
    return grams and tuple(overlaps(grams, low, high) for low, high in pairwise(figures.cuts))


REPRESENTATIVE_SENTENCES: tuple[Sentence | None, ...] = (
    None,
    (SentencePart(SentenceKind.FINE),),
    (SentencePart(SentenceKind.SUPERVISION),),
    (SentencePart(SentenceKind.PRISON),),
)
