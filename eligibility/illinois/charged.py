"""A charge as the rows see it: every notion of the table, worked out from facts as they are asked for.

What the paper does not say is settled here as the law file says ("What silence means").
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from casefile.docket import Disposition, Grade, SentenceKind, Termination
from eligibility.citation import CANNABIS_CONTROL_ACT, PARAPHERNALIA_ACT, Citation
from eligibility.engine import Facts, Feature
from eligibility.features import DEFERRED, OPEN, STOPPED
from eligibility.illinois.associated import Level
from eligibility.illinois.features import UNREAD, Features, Sentence
from eligibility.illinois.figures import Figures, Variant, fits_grade, fits_grams, fits_subsequent
from eligibility.parameters import in_force
from eligibility.table import Contradiction, once
from eligibility.terms import FINANCIAL, anniversary, is_surely_over


class Ending(StrEnum):
    """What a disposition means to the law."""

    CONVICTION = "conviction"
    NON_CONVICTION = "non_conviction"
    OPEN = "open"
    OTHER = "other"
    STOPPED = "stopped"


EVERY_ENDING = tuple(
    d
    for d in (
        *DEFERRED,
        Disposition.GUILTY,
        Disposition.DISMISSED,
        Disposition.STRICKEN_OFF_LEAVE,
        Disposition.PENDING,
        Disposition.OTHER,
    )
)


class Charged:
    """One charge under one assignment of its facts."""

    def __init__(self, features: Features, figures: Figures, as_of: date, facts: Facts) -> None:
        self.features, self.figures, self.as_of, self.facts = features, figures, as_of, facts

    # How it ended

    @once
    def disposition(self) -> Disposition:
        """The disposition; every ending where the paper is silent.

        A guilty whose sentence line is missing, though the form has a place for it, or that is sentenced to
        supervision, may be a deferred disposition.
        """
        feature = self.features.disposition
        said = self.facts.ask(feature)
        if said is None:
            return self.facts.choose("every ending", EVERY_ENDING, about=feature)
        if said is not Disposition.GUILTY or not self._sentence_leaves_doubt:
            return said
        return self.facts.choose("unsentenced", (Disposition.GUILTY, *DEFERRED), about=self.features.sentence)

    @property
    def _sentence_leaves_doubt(self) -> bool:
        sentence = self.facts.ask(self.features.sentence)
        if sentence is None:
            return self.features.has_place_for_sentence
        return any(part.kind is SentenceKind.SUPERVISION for part in sentence)

    @once
    def ending(self) -> Ending:
        disposition = self.disposition
        if disposition in DEFERRED:
            return self._deferred_ending
        if disposition is Disposition.GUILTY:
            return Ending.CONVICTION
        if disposition is Disposition.OTHER:
            return Ending.OTHER
        if disposition in STOPPED:
            return Ending.STOPPED
        return Ending.OPEN if disposition in OPEN else Ending.NON_CONVICTION

    @property
    def _deferred_ending(self) -> Ending:
        """Completed, revoked, or still open where no end is on the paper."""
        feature = self.features.termination
        said = self.facts.ask(feature)
        if said is None:
            endings = (Ending.NON_CONVICTION, Ending.CONVICTION, Ending.OPEN)
            return self.facts.choose("end of deferral", endings, about=feature)
        return Ending.NON_CONVICTION if said is Termination.SATISFACTORY else Ending.CONVICTION

    @property
    def is_stricken(self) -> bool:
        return self.disposition is Disposition.STRICKEN_OFF_LEAVE

    @property
    def another_is_stopped(self) -> bool:
        return self.facts.ask(self.features.other_stop)

    # When

    @once
    def offense_date(self) -> date:
        """The offense date; else the arrest date, with the days before it where a boundary lies among them."""
        feature = self.features.offense_date
        said = self.facts.ask(feature)
        if said == UNREAD:
            return self.facts.choose("day of offense", self._days_of_offense, about=feature)
        if said is not None:
            return said
        arrested = self._arrested
        if arrested is None:
            cite = self.figures.silence.offense_date.cite
            raise Contradiction(cite, "neither an offense date nor an arrest date", feature, self.features.arrest_date)
        return self.facts.choose("days before arrest", self._days_before(arrested), about=feature)

    @property
    def _days_of_offense(self) -> tuple[date, ...]:
        """The days on which an offense whose date nobody can read may have been: not after the arrest, or where
        that is not known the disposition, nor long before the arrest, nor before the act that is charged."""
        arrested = self.facts.ask(self.features.arrest_date)
        is_known = arrested not in (None, UNREAD)
        last = arrested if is_known else self.facts.ask(self.features.disposition_date)
        first = date.min
        if is_known and arrested is not None:
            first = anniversary(arrested, -self.figures.silence.unread_date.years_before_arrest)
        if self.citation.act == CANNABIS_CONTROL_ACT:
            first = max(first, self.figures.dates.cannabis_control_act.since)
        return self._days_between(first, last)

    def _days_between(self, first: date, last: date | None) -> tuple[date, ...]:
        """A day for every distinction between two days, they among them; every one where they leave none."""
        days = self.features.days
        ends = () if last is None else (last,)
        starts = () if first == date.min else (first,)
        limit = date.max if last is None else last
        within = dict.fromkeys(day for day in (*ends, *days, *starts) if first <= day <= limit)
        return tuple(within) or days

    @once
    def _arrested(self) -> date | None:
        """The arrest date; one that nobody can read lies between offense and disposition."""
        feature = self.features.arrest_date
        said = self.facts.ask(feature)
        if said != UNREAD:
            return said
        is_offense_known = self.facts.ask(self.features.offense_date) is not None
        first = self.offense_date if is_offense_known else date.min
        last = self.facts.ask(self.features.disposition_date)
        return self.facts.choose("day of arrest", self._days_between(first, last or self.as_of), about=feature)

    def _days_before(self, arrested: date) -> tuple[date, ...]:
        silence = self.figures.silence.offense_date
        eves = (boundary - timedelta(days=1) for boundary in self.figures.boundaries)
        near = (eve for eve in eves if 0 < (arrested - eve).days <= silence.days_before_arrest + 1)
        return (arrested, *near)

    @once
    def arrest_date(self) -> date:
        """The arrest date; the offense date stands for it."""
        said = self._arrested
        return self.offense_date if said is None else said

    @property
    def matures_on(self) -> date:
        return anniversary(self.arrest_date, self.figures.dates.waiting.years)

    @property
    def is_matured(self) -> bool:
        return self.as_of >= self.matures_on

    @property
    def is_record_before_act(self) -> bool:
        return self.arrest_date < self.figures.dates.act.since

    @once
    def is_convicted_after_act(self) -> bool:
        """Whether the conviction came on or after the Act; open where its date cannot be or, so close to the
        Act that it may have, is missing."""
        feature = self.features.disposition_date
        decided = self.facts.ask(feature)
        act = self.figures.dates.act.since
        near = anniversary(act, -self.figures.silence.conviction_date.years_before_act)
        cannot_be = decided is not None and not self.offense_date <= decided <= self.as_of
        if cannot_be or (decided is None and self.offense_date >= near):
            return self.facts.choose("convicted after the Act", (False, True), about=feature)
        return decided is not None and decided >= act

    # Who

    @once
    def is_minor(self) -> bool:
        """Whether below the age line of the juvenile court at the offense; no birth date known: adult."""
        return any(self._is_minor_born(born) for born in self._birth_dates)

    @property
    def _birth_dates(self) -> tuple[date, ...]:
        """The birth date on the paper, else of the linked person; where the two differ, either."""
        features, feature = self.features, self.features.birth_date
        said = self.facts.ask(feature)
        if not features.is_linked or (said is not None and said == features.listed_birth_date):
            return () if said is None else (said,)
        unknown = features.listed_birth_date_illegible or not self.facts.ask(features.link)
        if unknown:
            return (said,) if said is not None else (self._any_birth_date(),)
        listed = features.listed_birth_date
        known = tuple(day for day in (said, listed) if day is not None)
        return (self.facts.choose("birth date", known, about=feature),) if known else ()

    def _any_birth_date(self) -> date:
        features = self.features
        about = features.birth_date if features.listed_birth_date_illegible else features.link
        return self.facts.choose("any birth date", (date(1900, 1, 1), self.as_of), about=about)

    def _is_minor_born(self, born: date) -> bool:
        dates, on = self.figures.dates, self.offense_date
        felony, misdemeanor = in_force(dates.juvenile_felony, on), in_force(dates.juvenile_misdemeanor, on)
        below_felony = felony is not None and on < anniversary(born, felony.age)
        below_misdemeanor = misdemeanor is not None and on < anniversary(born, misdemeanor.age)
        if below_felony == below_misdemeanor:
            return below_felony
        return below_felony if self.is_felony else below_misdemeanor

    @property
    def is_felony(self) -> bool:
        if self.citation.is_section_4_or_5:
            stated = self.variant.is_felony
        else:
            grade = self.facts.ask(self.features.grade)
            stated = None if grade is None else grade.startswith("F")
        if stated is None:
            return self.facts.choose("felony", (True, False), about=self.features.grade)
        return stated

    @property
    def is_printed_above_class_4(self) -> bool:
        """Whether a felony is printed that is not surely of Class 4."""
        grade = self.facts.ask(self.features.grade)
        return grade is not None and grade.startswith("F") and grade is not Grade.F4

    # What

    @once
    def citation(self) -> Citation:
        return self.facts.ask(self.features.statute)

    @once
    def is_civil(self) -> bool:
        """A civil law violation: possession of up to 10 g, or paraphernalia seized with it."""
        if self.offense_date < self.figures.dates.civil.since:
            return False
        if self.citation.act == PARAPHERNALIA_ACT and not self.citation.attempt:
            grade = self.facts.ask(self.features.grade)
            if grade is None:
                return self.facts.choose("civil", (False, True), about=self.features.grade)
            return grade is Grade.V
        return self.citation.is_section_4_or_5 and self.variant.is_civil

    @once
    def variant(self) -> Variant:
        """The combination of weight and class that the law allows on that day and the paper bears out.

        A class, SUBQ or 1ST that is printed is believed; combinations that come to the same are one.
        """
        allowed = self.figures.variants(self.citation, self.offense_date)
        grams = self.facts.ask(self.features.grams)
        grade = self.facts.ask(self.features.grade)
        subsequent = self.facts.ask(self.features.subsequent)
        left = [v for v in allowed if fits_grams(v, grams) and fits_grade(v, grade) and fits_subsequent(v, subsequent)]
        if not left:
            of = self.features
            because = "weight, letter, class and date do not fit together"
            raise Contradiction(str(self.citation), because, of.grams, of.grade, of.statute, of.offense_date)
        kinds = {self._kind(v): v for v in reversed(left)}
        chosen = self.facts.choose("combination", self._kinds(left), about=self.features.grams)
        return kinds[chosen]

    def _kind(self, variant: Variant) -> tuple[bool, bool, bool | None, bool | None]:
        return self._is_over(variant), variant.is_civil, variant.is_low, variant.is_felony

    def _kinds(self, variants: Sequence[Variant]) -> tuple[tuple[bool, bool, bool | None, bool | None], ...]:
        return tuple(dict.fromkeys(self._kind(variant) for variant in variants))

    def _is_over(self, variant: Variant) -> bool:
        return variant.over >= self.figures.dates.minor_offense.grams

    @property
    def is_over_30_grams(self) -> bool:
        return self._is_over(self.variant)

    def notes_on_weight(self) -> tuple[str, ...]:
        """How the weight is known."""
        if not self.citation.is_section_4_or_5:
            return ()
        if self.features.grams.doubt.first is not None:
            return ("weight as stated on the paper",)
        variant = self.variant
        upper = "" if math.isinf(variant.to) else f" to {variant.to:g}"
        return (f"weight inferred from letter, class and date: over {variant.over:g}{upper} g",)

    @property
    def class_words(self) -> str:
        grade = self.variant.grade
        if grade is None:
            return "class of that time not confirmed"
        kind = "felony" if grade.startswith("F") else "misdemeanor"
        return f"Class {grade[1:]} {kind}" if grade[1:] else kind

    # Whether a minor cannabis offense

    @once
    def is_minor_offense(self) -> bool:
        """Section 4 or 5, at most 30 grams, no Section 7, not associated with a violent crime."""
        return not self.is_over_30_grams and not self.is_section_7 and not self.is_associated_with_violence

    @property
    def is_section_7(self) -> bool:
        return bool(self.facts.ask(self.features.section7))  # silent: not charged

    @once
    def is_associated_with_violence(self) -> bool:
        """Whether anything of the same arrest, case, or incident date and agency is a violent crime.

        Where the person is only possible, or the link wrong, charges in other dockets are unknown.
        """
        if self._is_person_unknown and self.facts.choose("other dockets", (False, True), about=self.features.link):
            return True
        level = self.facts.ask(self.features.associated).violent
        if level is Level.OPEN:
            return self.facts.choose("associated with violence", (False, True), about=self.features.associated)
        return level is Level.YES

    @once
    def is_accompanied(self) -> bool:
        """Whether another conviction, or an arrest for something else, stands beside it."""
        if self._is_person_unknown and self.facts.choose("other company", (False, True), about=self.features.link):
            return True
        level = self.facts.ask(self.features.associated).accompanies
        if level is Level.OPEN:
            return self.facts.choose("accompanied", (False, True), about=self.features.associated)
        return level is Level.YES

    @property
    def _is_person_unknown(self) -> bool:
        features = self.features
        return features.is_link_possible or (features.is_linked and not self.facts.ask(features.link))

    @property
    def minor_words(self) -> str:
        """Why it is no minor cannabis offense."""
        if self.is_over_30_grams:
            return "over 30 grams"
        return "Section 7 charged" if self.is_section_7 else "associated with a violent crime"

    # Sentence

    @once
    def is_sentence_complete(self) -> bool:
        """Only fines, costs or time served; or long past its longest term with no later violation; else open."""
        stated = self.facts.ask(self.features.completion)
        if stated is not None:
            return stated
        sentence = self.facts.ask(self.features.sentence)
        if sentence and all(part.kind in FINANCIAL for part in sentence):
            return True
        if not self._is_violated and self._is_term_over(sentence):
            return True
        return self.facts.choose("sentence complete", (True, False), about=self._unknown_of_sentence)

    @property
    def _unknown_of_sentence(self) -> Feature[Any]:
        """What would tell: a date or a sentence that is missing, else a fact that no page shows."""
        features = self.features
        if self._is_violated:
            return features.completion
        if self.facts.ask(features.disposition_date) is None:
            return features.disposition_date
        return features.completion if self.facts.ask(features.sentence) else features.sentence

    @property
    def _is_violated(self) -> bool:
        if self.facts.ask(self.features.violated):
            return True
        if self.disposition in DEFERRED:
            return False  # its revocation came before the sentence
        return self.facts.ask(self.features.termination) is Termination.REVOKED

    def _is_term_over(self, sentence: Sentence | None) -> bool:
        decided = self.facts.ask(self.features.disposition_date)
        if decided is None:
            return False
        silence = self.figures.silence.sentence
        return is_surely_over(
            decided,
            sentence or (),
            self.as_of,
            years_if_no_term=silence.years_if_no_term,
            margin_years=silence.margin_years,
        )
