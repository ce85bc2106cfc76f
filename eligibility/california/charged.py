"""A charge as the California rows see it: every notion of the table, from facts as they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, auto
from functools import partial
from typing import TypeVar

from casefile.docket import (
    Charge,
    Disposition,
    Grade,
    Grams,
    Reading,
    SentenceKind,
    SentencePart,
    Termination,
    silent,
)
from casefile.law import Question
from casefile.linkage import MatchStatus
from casefile.persons import Person
from eligibility.california.citation import COVERED, Cited, cited_in
from eligibility.california.figures import Figures
from eligibility.california.history import History, Prior
from eligibility.case import Case
from eligibility.doubt import of_reading
from eligibility.engine import Facts, Feature
from eligibility.features import DEFERRED, STOPPED, Reader, birth_date_of, link_of
from eligibility.table import Contradiction, once
from eligibility.terms import FINANCIAL, anniversary, is_surely_over

T = TypeVar("T")
UNTOLD = Cited(())  # a statute that cannot be told, or is silent
LETTERS = {"11357": "abcde", "11360": "ab"}
FELONY_LETTERS = {"11357": "a", "11360": "a"}
Sentence = tuple[SentencePart, ...]


class Age(IntEnum):
    """How old at the offense, as far as the law asks."""

    CHILD = auto()  # under 18
    YOUNG = auto()  # 18 to 20
    ADULT = auto()  # 21 and over


class Ending(IntEnum):
    CONVICTION = auto()
    OTHERWISE = auto()
    UNTOLD = auto()  # a disposition of no known word, or expunged or sealed


@dataclass(frozen=True, slots=True)
class Features:
    """What may be asked about one charge. A None is silence, which the rules settle."""

    statute: Feature[Cited]
    grade: Feature[Grade | None]
    grams: Feature[Grams | None]
    plants: Feature[float | None]
    form: Feature[str | None]
    facts: Feature[tuple[str, ...] | None]
    offense_date: Feature[date | None]
    arrest_date: Feature[date | None]
    birth_date: Feature[date | None]
    disposition: Feature[Disposition | None]
    disposition_date: Feature[date | None]
    termination: Feature[Termination | None]
    sentence: Feature[Sentence | None]
    violated: Feature[bool | None]
    complete: Feature[bool | None]
    sentence_end: Feature[date | None]
    county: Feature[str | None]
    deceased: Feature[bool | None]
    doj_listed: Feature[bool | None]
    challenged: Feature[bool | None]
    link: Feature[bool]
    history: Feature[None]  # what a question about the history is about
    listed_birth_date: date | None
    is_link_possible: bool


def features_of(case: Case, charge: Charge, figures: Figures, as_of: date) -> Features:
    """The features of one charge, over all papers that tell of it and what data of record say besides."""
    same = (c for telling in case.tellings for c in telling.charges if c.count == charge.count)
    of = Reader(case.record, charge, (charge, *same))
    records = (case.record, *case.tellings)
    stated, link = case.stated_of(charge.charge_id), link_of(case)
    is_linked = case.match is not None and case.match.status is MatchStatus.LINKED
    person: Person | None = case.person if is_linked else None
    days = days_of(figures, as_of)
    births = [r.defendant.birth_date for r in records if r.defendant is not None] or [silent()]
    cell = partial(_cell, case, charge)
    return Features(
        statute=_statute(of),
        grade=of.feature("grade", lambda c: c.grade, tuple(Grade)),
        grams=of.feature("grams", lambda c: c.grams, (None, Grams(1, 1), Grams(20, 20), Grams(60, 60))),
        plants=cell("plants", stated.plants, (None, 1.0, 100.0)),
        form=cell("form", stated.form, (None, "concentrate")),
        facts=cell("facts", stated.facts, (None, ("minor_sale", "minor_use", "import_export", "environmental"))),
        offense_date=of.feature("offense_date", lambda c: c.offense_date, days),
        arrest_date=of.shared("arrest_date", [r.arrest_date for r in records], days),
        birth_date=birth_date_of(of, births, person, link, as_of),
        disposition=of.feature("disposition", lambda c: c.disposition, tuple(Disposition)),
        disposition_date=of.feature("disposition_date", lambda c: c.disposition_date, days),
        termination=of.feature("termination", lambda c: c.termination, (None, *Termination)),
        sentence=of.feature("sentence", lambda c: c.sentence, (None, (SentencePart(SentenceKind.PRISON),))),
        violated=of.feature("violated", lambda c: c.violated, (True, False)),
        complete=cell("sentence_complete", stated.sentence_complete, (True, False, None)),
        sentence_end=cell("sentence_end", stated.sentence_end, (None, date.min, date.max)),
        county=cell("county", stated.county, (None, "")),
        deceased=cell("deceased", stated.deceased, (True, False, None)),
        doj_listed=cell("doj_listed", stated.doj_listed, (True, False, None)),
        challenged=cell("challenged", stated.challenged, (True, False, None)),
        link=link,
        history=cell("history", silent(), ()),
        listed_birth_date=person.birth_date if person else None,
        is_link_possible=case.match is not None and case.match.status is MatchStatus.POSSIBLE,
    )


def _cell(
    case: Case, charge: Charge, name: str, reading: Reading[T], anything: Sequence[T | None]
) -> Feature[T | None]:
    """A feature of what data of record say besides; no page can answer a question about it."""
    question = Question(name, case.record.record_id, charge.count, about_ink=False)
    return Feature(name, of_reading(reading, anything), question, reading.sources)


def days_of(figures: Figures, as_of: date) -> tuple[date, ...]:
    """A day on each side of every line the law draws by date."""
    act = figures.dates.act.since
    return (date(1900, 1, 1), act - timedelta(days=1), act, as_of)


def _statute(of: Reader) -> Feature[Cited]:
    """What is cited; where that cannot be told, any of the covered sections, or none."""
    read = of.feature("statute", lambda c: c.statute, (None,))
    doubt = read.doubt.mapped(lambda text: UNTOLD if text is None else cited_in(text) or UNTOLD)
    return Feature("statute", doubt, read.question, read.sources)


class Charged:
    """One charge under one assignment of its facts."""

    def __init__(self, features: Features, history: History, figures: Figures, as_of: date, facts: Facts) -> None:
        self.features, self.history, self.figures = features, history, figures
        self.as_of, self.facts = as_of, facts

    # What

    @once
    def cited(self) -> Cited:
        """The citation; with a letter where one is left off and the law gives one.

        A section without its letter may be any that its class allows; old 11357(a) and 11360(a) alone were felonies.
        """
        feature = self.features.statute
        said = self.facts.ask(feature)
        if said == UNTOLD:
            return self.facts.choose("any statute", REPRESENTATIVES, about=feature)
        section = said.covered
        if section is None or said.letter or section.number not in LETTERS or said.is_derivative:
            return said
        letters = self._letters(section.number)
        letter = self.facts.choose("letter", letters, about=feature)
        lettered = cited_in(f"HS {section.number}({letter})")
        assert lettered is not None  # noqa: S101 - made of known parts
        return lettered

    def _letters(self, number: str) -> str:
        grade = self.facts.ask(self.features.grade)
        if grade is None:
            return LETTERS[number]
        if grade.startswith("F"):
            return FELONY_LETTERS[number]
        return "b" if grade is Grade.I or number == "11360" else LETTERS[number]

    @property
    def number(self) -> str:
        """`11358`; empty where it is none of the four sections."""
        section = self.cited.covered
        return section.number if section is not None else ""

    @property
    def is_sale_or_growing(self) -> bool:
        return self.number in ("11358", "11359", "11360")

    @once
    def is_felony(self) -> bool:
        """As stated; where nothing is, as the section was before: 11358, 11359, 11360(a) felonies, else not.

        11357(a) without a class was either; there what follows is the same.
        """
        grade = self.facts.ask(self.features.grade)
        if grade is not None:
            return grade.startswith("F")
        return self.number in ("11358", "11359") or (self.number == "11360" and self.cited.letter != "b")

    @property
    def is_infraction(self) -> bool:
        return self.facts.ask(self.features.grade) is Grade.I

    # How it ended

    @once
    def ending(self) -> Ending:
        feature = self.features.disposition
        said = self.facts.ask(feature)
        if said is None:
            return self.facts.choose("every ending", tuple(Ending), about=feature)
        if said in DEFERRED:
            return self._deferred
        if said is Disposition.OTHER or said in STOPPED:
            return Ending.UNTOLD
        return Ending.CONVICTION if said is Disposition.GUILTY else Ending.OTHERWISE

    @property
    def _deferred(self) -> Ending:
        feature = self.features.termination
        said = self.facts.ask(feature)
        if said is None:
            return self.facts.choose("end of deferral", (Ending.OTHERWISE, Ending.CONVICTION), about=feature)
        return Ending.OTHERWISE if said is Termination.SATISFACTORY else Ending.CONVICTION

    # When

    @once
    def convicted_on(self) -> date | None:
        return self.facts.ask(self.features.disposition_date)

    @once
    def offense(self) -> tuple[date, date]:
        """The first and the last day on which the offense may have been, as far as the law asks."""
        feature = self.features.offense_date
        said = self.facts.ask(feature)
        if said is not None:
            return said, said
        silence = self.figures.dates.offense_date
        arrested = self.facts.ask(self.features.arrest_date)
        if arrested is not None:
            return arrested - timedelta(days=silence.days_before_arrest), arrested
        convicted = self.convicted_on
        if convicted is None:
            because = "neither an offense nor an arrest nor a conviction date"
            raise Contradiction(silence.cite, because, feature, self.features.arrest_date)
        return anniversary(convicted, -silence.years_before_conviction), convicted

    @once
    def is_after_act(self) -> bool:
        """Whether the offense was on or after the day the act took effect."""
        act, (_, last) = self.figures.dates.act.since, self.offense
        first = self.offense[0]
        if self.facts.ask(self.features.offense_date) is None and self.facts.ask(self.features.arrest_date) is None:
            first = last - timedelta(days=self.figures.dates.offense_date.days_before_conviction)
        if (first >= act) == (last >= act):
            return last >= act
        return self.facts.choose("after the act", (False, True), about=self.features.offense_date)

    # Who

    @once
    def age(self) -> Age:
        """The age at the offense; no birth date known: of age, but whether 21 stays open."""
        born = self._born
        if born is None:
            return self.facts.choose("age", (Age.YOUNG, Age.ADULT), about=self.features.birth_date)
        first, last = (self._age_on(day, born) for day in self.offense)
        ages = tuple(age for age in Age if first <= age <= last)
        return self.facts.choose("age then", ages, about=self.features.offense_date)

    @once
    def _born(self) -> date | None:
        said = self.facts.ask(self.features.birth_date)
        listed = self.features.listed_birth_date
        if said is not None and listed is not None and said != listed:
            return self.facts.choose("birth date", (said, listed), about=self.features.birth_date)
        return said if said is not None else listed

    def _age_on(self, day: date, born: date) -> Age:
        dates = self.figures.dates
        if day < anniversary(born, dates.minor.age):
            return Age.CHILD
        return Age.YOUNG if day < anniversary(born, dates.adult.age) else Age.ADULT

    def has_reached(self, years: int, day: date | None) -> bool:
        """Whether the person had that age on a day; open where birth date or day is not known."""
        born = self._born
        if born is None or day is None:
            about = self.features.birth_date if born is None else self.features.disposition_date
            return self.facts.choose(f"reached {years}", (False, True), about=about)
        return day >= anniversary(born, years)

    def is_older_than(self, years: int) -> bool:
        """Whether so many years have passed since the conviction; open where its day is not known."""
        if self.convicted_on is None:
            return self.facts.choose(f"{years} years since", (False, True), about=self.features.disposition_date)
        return self.as_of >= anniversary(self.convicted_on, years)

    # How much

    @once
    def is_within_limits(self) -> bool | None:
        """Whether weight or plants are within what is lawful now; None where no amount is known."""
        if self.number == "11358":
            plants = self.facts.ask(self.features.plants)
            return None if plants is None else 0 < plants <= self.figures.dates.plants.plants
        grams = self.facts.ask(self.features.grams)
        if grams is None:
            return None
        limit = self.figures.dates.concentrate.grams
        low, high = grams.low or 0.0, grams.high
        if high is not None and high <= limit:
            return True
        return False if low >= limit else None

    @property
    def shown(self) -> tuple[str, ...]:
        return self.facts.ask(self.features.facts) or ()

    @once
    def is_under_export_limit(self) -> bool:
        """Whether a weight is known that import or export does not count with; of concentrate none is sure."""
        grams = self.facts.ask(self.features.grams)
        if grams is None or grams.high is None or self.facts.ask(self.features.form) == "concentrate":
            return False
        return grams.high <= self.figures.dates.exported.grams

    # History

    @once
    def prior(self) -> Prior:
        first, last = self.offense
        return self._of_history("prior", self.history.prior(first, last, self.convicted_on))

    @once
    def has_two_earlier(self) -> bool:
        return self._of_history("two earlier", self.history.has_two_earlier(self.number, self.convicted_on))

    def cannabis_beside(self, *, event: bool) -> bool:
        return self._of_history(f"beside {event}", self.history.cannabis_beside(event=event))

    @once
    def is_gang_enhanced(self) -> bool:
        return self._of_history("gang", self.history.gang_in_docket())

    def is_free_for(self, years: int) -> bool:
        since = anniversary(self.as_of, -years)
        return self._of_history("free", self.history.is_free_since(since, self.convicted_on))

    @once
    def has_only_cannabis(self) -> bool:
        return self._of_history("only cannabis", self.history.only_cannabis)

    @once
    def are_all_complete(self) -> bool:
        return self._of_history("all complete", self.history.all_complete)

    def _of_history(self, name: str, values: tuple[T, ...]) -> T:
        """One of what the history may be; a doubt about who the person is leaves all of it open."""
        about = self.features.link if self.features.is_link_possible else self.features.history
        if not self.facts.ask(self.features.link):
            raise Contradiction("law file, section 2", "whose history this is, is in doubt", self.features.link)
        return self.facts.choose(name, values, about=about)

    # Sentence, list, county

    @once
    def is_serving(self) -> bool:
        """Whether the sentence still runs; open where nothing tells."""
        stated = self.facts.ask(self.features.complete)
        if stated is not None:
            return not stated
        ends = self.facts.ask(self.features.sentence_end)
        if ends is not None:
            return ends > self.as_of
        return not self.facts.choose("sentence complete", self._completion, about=self.features.complete)

    @property
    def _completion(self) -> tuple[bool, ...]:
        sentence, decided = self.facts.ask(self.features.sentence), self.convicted_on
        if sentence and all(part.kind in FINANCIAL for part in sentence):
            return (True,)
        violated = self.facts.ask(self.features.violated) or self.facts.ask(self.features.termination)
        if decided is None or violated:
            return (True, False)
        silence = self.figures.dates.sentence
        over = is_surely_over(
            decided,
            sentence or (),
            self.as_of,
            years_if_no_term=silence.years_if_no_term,
            margin_years=silence.margin_years,
        )
        return (True,) if over else (True, False)

    @once
    def is_automatic(self) -> bool:
        """On the Department's list and not challenged in time; silence of both: so."""
        return self.facts.ask(self.features.doj_listed) is not False and not self.facts.ask(self.features.challenged)

    @once
    def is_deceased(self) -> bool:
        return bool(self.facts.ask(self.features.deceased))

    def is_of_county(self, county: str) -> bool:
        """Whether the conviction is of that county; open where none is stated."""
        said = self.facts.ask(self.features.county)
        if not said:
            return self.facts.choose("of the county", (False, True), about=self.features.county)
        return said.casefold().strip() == county.casefold().strip()


def _representatives() -> tuple[Cited, ...]:
    texts = [f"HS {number}({letter})" for number, letters in LETTERS.items() for letter in letters]
    texts += [f"HS {number}" for number in COVERED if number not in LETTERS] + ["PC 32", "PC 459"]
    return tuple(cited for cited in map(cited_in, texts) if cited is not None)


REPRESENTATIVES = _representatives()
