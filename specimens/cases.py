"""Invented cases: what was charged, what happened day by day, how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from .facts import Act, CaseFacts, ChargeFacts, Event, Kind, Number, Person, Sentence
from .offenses import Offense, an_offense, citation_from, described, offenses
from .people import MEN, SURNAMES, WOMEN, as_taken_down

PLANS = {
    "plea": 30,
    "bench": 7,
    "jury": 2,
    "acquitted": 5,
    "nolle": 9,
    "stricken": 10,
    "no_probable_cause": 6,
    "leave_denied": 4,
    "dismissed": 4,
    "supervision": 19,
    "first_offender": 17,
    "warrant": 5,
    "superseded": 2,
    "transferred": 2,
    "abated": 1,
    "pending": 2,
    "vacated": 1,
    "expunged": 1,
    "non_suit": 1,
}
AGENCIES = (
    "CHICAGO PD",
    "CPD",
    "CICERO PD",
    "MAYWOOD PD",
    "COOK CO SHERIFF",
    "HARVEY PD",
    "SKOKIE PD",
    "ILL STATE POLICE",
)
BRANCHES = ("BR 57", "BR 44", "BR 50", "BR 43", "CR 101", "RM 302", "BR 25", "CRTRM 604")
SERIOUS = ("FX", "F1", "F2", "F3", "F4", "F", "MA", "MB", "MC")
CANNABIS_CONTROL_ACT = date(1971, 8, 16)
HOLIDAYS = {(1, 1), (7, 4), (12, 25)}
JAIL_DAYS = {"MA": (2, 5, 10, 30, 60, 90, 180), "MB": (2, 5, 10, 30, 60, 90), "MC": (1, 2, 5, 10, 20)}
PRISON_YEARS = {"FX": (6, 20), "F1": (4, 10), "F2": (3, 7), "F3": (2, 5), "F4": (1, 3), "F": (1, 5)}
CRIMINAL_DIVISION_CR = 1985
FINAL_ON_FELONIES = ("no_probable_cause", "superseded", "transferred")
FIRST_OFFENDER_SECTIONS = {("550", "4"): "abc", ("550", "5"): "abc", ("550", "8"): "ab", ("570", "402"): "bc"}


@dataclass(frozen=True, slots=True)
class Era:
    """Years the cases of a box were filed in, both ends included."""

    first: int
    last: int


def a_weekday(day: date) -> date:
    """The day itself, or the next one the court sits: no weekends, no fixed holidays."""
    while day.weekday() > 4 or (day.month, day.day) in HOLIDAYS:
        day += timedelta(days=1)
    return day


def after(rng: Random, day: date, least: int, most: int) -> date:
    """A working day between `least` and `most` days on."""
    return a_weekday(day + timedelta(days=rng.randint(least, most)))


def a_judge(rng: Random) -> tuple[str, str, str]:
    """Surname, given name and initial of an invented judge."""
    return rng.choice(SURNAMES), rng.choice(MEN + WOMEN), rng.choice("ABCDEFGHJKLMPRST")


def a_number(rng: Random, year: int, *, felony: bool, defendant: int = 1) -> Number:
    """A docket number after the grammar: in C1 to C6 the first digit of the sequence is the district."""
    district = rng.choices(range(1, 7), (60, 8, 6, 10, 8, 8))[0]
    if not felony:
        return Number(year, f"MC{district}", f"{rng.randint(800, 499_999):06d}", defendant)
    if rng.random() < 0.55:
        return Number(year, f"C{district}", f"{district}{rng.randint(0, 9999):04d}", defendant)
    kind = "CR" if year >= CRIMINAL_DIVISION_CR else "C"
    return Number(year, kind, f"{rng.randint(40, 32_000):05d}", defendant)


def _charge(rng: Random, count: int, offense: Offense, offense_on: date) -> ChargeFacts:
    citation = offense.citation
    grade = offense.grade
    if offense.group in ("other", "violent", "drug") and grade.startswith("F") and rng.random() < 0.18:
        citation = replace(citation_from("720/5/8-4", "38/8-4"), inner=citation)
        grade = "F"
    return ChargeFacts(
        count,
        citation,
        tuple(described(rng, offense, p) for p in offense.official),
        tuple(described(rng, offense, p) for p in offense.spoken),
        grade,
        offense_on,
    )


def _charges(rng: Random, year: int, offense_on: date) -> tuple[ChargeFacts, ...]:
    total = rng.choices((1, 2, 3, 4), (45, 32, 16, 7))[0]
    lead = ("cannabis",) if rng.random() < 0.8 else ("drug", "other", "violent", "traffic")
    picked = [an_offense(rng, year, lead)]
    while len(picked) < total:
        rest = ("drug", "other", "traffic", "violent") if rng.random() < 0.65 else ("cannabis",)
        offense = an_offense(rng, year, rest)
        if offense not in picked:
            picked.append(offense)
    return tuple(_charge(rng, number, offense, offense_on) for number, offense in enumerate(picked, 1))


def _plan(rng: Random, charges: Sequence[ChargeFacts]) -> str:
    felony = any(charge.grade.startswith("F") for charge in charges)
    while True:
        plan = rng.choices(tuple(PLANS), tuple(PLANS.values()))[0]
        if plan in FINAL_ON_FELONIES and not felony:
            continue
        if plan in ("supervision", "non_suit", "leave_denied") and felony:
            continue
        if plan == "first_offender" and not may_be_first_offender(charges[0]):
            continue
        if plan in ("jury",) and not felony:
            continue
        return plan


def may_be_first_offender(charge: ChargeFacts) -> bool:
    """Whether 550/10 or 570/410 probation could be given for the charge."""
    cited = charge.citation
    letters = FIRST_OFFENDER_SECTIONS.get((cited.act, cited.section), "")
    return bool(cited.subs) and cited.subs[0] in letters


def _ordinary_sentences(rng: Random, charge: ChargeFacts) -> list[Sentence]:
    felony = charge.grade.startswith("F")
    extras = [
        Sentence(Kind.COMMUNITY_SERVICE, rng.choice((20, 30, 50, 100)), "hours"),
        Sentence(Kind.FINE, rng.choice((50, 75, 100, 150, 250, 500, 1250)), "dollars"),
        Sentence(Kind.RESTITUTION, rng.randint(40, 900), "dollars"),
        Sentence(Kind.TREATMENT),
    ]
    credit = Sentence(Kind.CREDIT, rng.randint(1, 120), "days")
    if felony:
        low, high = PRISON_YEARS[charge.grade]
        prison = [Sentence(Kind.PRISON, rng.randint(low, high), "years"), credit]
        boot = [Sentence(Kind.PRISON, rng.randint(low, high), "years"), Sentence(Kind.BOOT_CAMP)]
        probation = [Sentence(Kind.PROBATION, rng.choice((12, 18, 24, 24, 30)), "months")]
        probation += rng.sample((*extras, Sentence(Kind.JAIL, rng.randint(5, 90), "days")), rng.randint(0, 2))
        return rng.choices((probation, prison, boot), (65, 32, 3))[0]
    days = rng.choice(JAIL_DAYS[charge.grade])
    credit = Sentence(Kind.CREDIT, rng.randint(1, days), "days")
    return rng.choices(
        (
            [
                Sentence(Kind.CONDITIONAL_DISCHARGE, rng.choice((6, 12, 12)), "months"),
                *rng.sample(extras, rng.randint(0, 1)),
            ],
            [Sentence(Kind.JAIL, days, "days"), *([credit] if rng.random() < 0.6 else [])],
            [Sentence(Kind.FINE, rng.choice((25, 50, 75, 100, 200)), "dollars")],
            [
                Sentence(Kind.TIME_SERVED, rng.randint(1, 20), "days")
                if rng.random() < 0.6
                else Sentence(Kind.TIME_SERVED)
            ],
            [
                Sentence(Kind.PROBATION, rng.choice((6, 12, 18)), "months"),
                *rng.sample(extras, rng.randint(0, 1)),
            ],
        ),
        (25, 25, 22, 14, 14),
    )[0]


class Diary:
    """Writes the events of one case in order; a small hand that turns the pages of the calendar."""

    def __init__(self, rng: Random, charges: tuple[ChargeFacts, ...], start: date, *, felony: bool) -> None:
        self.rng, self.charges, self.day, self.felony = rng, charges, start, felony
        self.events: list[Event] = []
        self.all = tuple(charge.count for charge in charges)

    def put(self, act: Act, counts: tuple[int, ...] = (), sentence: Sentence | None = None) -> None:
        """One more entry on the present day."""
        self.events.append(Event(self.day, act, counts, sentence))

    def adjourn(self, least: int = 10, most: int = 45) -> None:
        """A continuance to a later day, which becomes the present one."""
        act = self.rng.choices(
            (Act.CONTINUED, Act.CONTINUED_DEFENDANT, Act.CONTINUED_STATE, Act.CONTINUED_COURT),
            (40, 30, 20, 10),
        )[0]
        later = after(self.rng, self.day, least, most)
        self.events.append(Event(self.day, act, (), None, later))
        self.day = later

    def open(self) -> None:
        """First appearance, and the adjournments before the case is decided."""
        if self.felony:
            self.put(Act.FILED)
            self.day = after(self.rng, self.day, 5, 20)
            if self.rng.random() < 0.85:
                self.put(Act.ARRAIGNED)
                self.put(Act.PLEA_NOT_GUILTY)
        if self.rng.random() < 0.4:
            self.put(Act.BOND)
        if self.rng.random() < 0.5:
            self.put(Act.DEFENDER)
        for _ in range(self.rng.choices((0, 1, 2, 3, 5, 9, 16), (9, 22, 24, 18, 12, 9, 6))[0]):
            self.adjourn()
            if self.rng.random() < 0.05:
                self.put(Act.WARRANT)
                self.day = after(self.rng, self.day, 20, 200)
                self.put(Act.WARRANT_QUASHED)

    def sentence(self, counts: tuple[int, ...], sentences: Sequence[Sentence]) -> None:
        """The sentences, an entry each."""
        for sentence in sentences:
            self.put(Act.SENTENCED, counts, sentence)

    def convict(self, finding: Act) -> None:
        """A finding of guilty on some counts, the rest dropped, and sentence."""
        kept = self.all if self.rng.random() < 0.25 else self.all[:1]
        dropped = self.all[len(kept) :]
        if finding is Act.PLEA_GUILTY:
            self.put(Act.PLEA_GUILTY, kept)
            if self.rng.random() < 0.75:
                self.put(Act.FOUND_GUILTY, kept)
        else:
            if finding is Act.FOUND_GUILTY:
                self.put(Act.JURY_WAIVED)
            self.put(finding, kept)
        if dropped:
            self.put(Act.NOLLE if self.rng.random() < 0.8 else Act.STRICKEN, dropped)
        if self.rng.random() < 0.6:
            self.put(Act.JUDGMENT, kept)
        if self.felony and self.rng.random() < 0.3:
            self.adjourn(14, 40)
        lead = min((self.charges[count - 1] for count in kept), key=lambda charge: SERIOUS.index(charge.grade))
        self.sentence(kept, _ordinary_sentences(self.rng, lead))

    def defer(self, kind: Kind) -> None:
        """Supervision or first-offender probation, and how it ended where the paper says so."""
        kept, dropped = self.all[:1], self.all[1:]
        self.put(Act.PLEA_GUILTY, kept)
        if self.rng.random() < 0.6:
            self.put(Act.FOUND_GUILTY, kept)
        if dropped:
            self.put(self.rng.choice((Act.NOLLE, Act.NOLLE, Act.STRICKEN)), dropped)
        felony = self.charges[0].grade.startswith("F") or kind is Kind.FIRST_OFFENDER
        months = self.rng.choice((12, 18, 24, 24) if felony else (3, 6, 12, 12, 12))
        extra = [Sentence(Kind.FINE, self.rng.choice((50, 100, 250)), "dollars")] if self.rng.random() < 0.25 else []
        self.sentence(kept, [Sentence(kind, months, "months"), *extra])
        end, ended = self.rng.random(), self.day + timedelta(days=round(months * 30.4))
        if end < 0.55:
            self.day = after(self.rng, ended, 0, 12)
            self.put(Act.TERMINATED, kept)
        elif end < 0.68:
            self.day = after(self.rng, self.day, 40, months * 28)
            self.put(Act.VIOLATION, kept)
            self.adjourn(14, 40)
            self.put(Act.REVOKED, kept)
            self.put(Act.JUDGMENT, kept)
            self.sentence(kept, _ordinary_sentences(self.rng, self.charges[0])[:1])


SIMPLE_ENDS = {
    "nolle": Act.NOLLE,
    "no_probable_cause": Act.NO_PROBABLE_CAUSE,
    "leave_denied": Act.LEAVE_DENIED,
    "dismissed": Act.DISMISSED,
    "warrant": Act.WARRANT,
    "superseded": Act.SUPERSEDED,
    "transferred": Act.TRANSFERRED,
    "abated": Act.ABATED,
    "non_suit": Act.NON_SUIT,
}


def _finish(diary: Diary, plan: str) -> None:
    if plan in SIMPLE_ENDS:
        diary.put(SIMPLE_ENDS[plan], diary.all)
    elif plan == "stricken":
        diary.put(Act.STRICKEN, diary.all)
        if diary.rng.random() < 0.12:
            diary.day = after(diary.rng, diary.day, 30, 150)
            diary.put(Act.REINSTATED, diary.all)
            diary.convict(Act.PLEA_GUILTY)
    elif plan in ("plea", "vacated", "expunged"):
        diary.convict(Act.PLEA_GUILTY)
        if plan != "plea":
            diary.day = after(diary.rng, diary.day, 300, 2200)
            diary.put(Act.VACATED if plan == "vacated" else Act.EXPUNGED, diary.all)
    elif plan == "bench":
        diary.convict(Act.FOUND_GUILTY)
    elif plan == "jury":
        diary.convict(Act.VERDICT_GUILTY)
    elif plan == "acquitted":
        jury = diary.felony and diary.rng.random() < 0.3
        if not jury:
            diary.put(Act.JURY_WAIVED)
        diary.put(Act.VERDICT_NOT_GUILTY if jury else Act.FOUND_NOT_GUILTY, diary.all)
    elif plan == "supervision":
        diary.defer(Kind.SUPERVISION)
    elif plan == "first_offender":
        diary.defer(Kind.FIRST_OFFENDER)
    elif plan == "pending":
        diary.adjourn()


def _amended(rng: Random, charges: tuple[ChargeFacts, ...], plan: str) -> tuple[ChargeFacts, ...]:
    """The charges with the first one reduced by the prosecutor, now and then."""
    first = charges[0]
    reducible = first.citation.act == "550" and first.citation.section in ("4", "5") and first.grade[0] == "F"
    if plan not in ("plea", "bench") or not reducible or rng.random() > 0.35:
        return charges
    lesser = [
        c
        for c in ("720/550/4/b", "720/550/4/c", "720/550/4/d")
        if c[-1] < first.citation.subs[0] or first.citation.section == "5"
    ]
    cite = rng.choice(lesser)
    offense = next(o for o in _cannabis() if o.citation.canonical == citation_from(cite, "").canonical)
    return (replace(_charge(rng, 1, offense, first.offense_on), amended_from=first), *charges[1:])


def _cannabis() -> tuple[Offense, ...]:
    return tuple(o for o in offenses() if o.group == "cannabis")


def _happened(
    rng: Random, charges: tuple[ChargeFacts, ...], plan: str, filed_on: date, *, felony: bool
) -> tuple[Event, ...]:
    diary = Diary(rng, charges, filed_on, felony=felony)
    diary.open()
    if any(charge.amended_from for charge in charges):
        diary.put(Act.AMENDED, (1,))
    _finish(diary, plan)
    return tuple(diary.events)


def a_case(rng: Random, person: Person, era: Era, *, companions: Sequence[Person] = ()) -> CaseFacts:
    """One case in the era; `companions` are charged with the same, each with an end of their own."""
    born = person.born.year
    year = rng.randint(max(era.first, min(born + 17, era.last)), era.last)
    arrested_on = date(year, 1, 1) + timedelta(days=rng.randint(0, 350))
    offense_year = year if arrested_on < CANNABIS_CONTROL_ACT else max(year, 1972)
    charges = _charges(rng, offense_year, arrested_on)
    felony = any(charge.grade.startswith("F") for charge in charges)
    filed_on = after(rng, arrested_on, 0, 35)
    number = a_number(rng, filed_on.year, felony=felony)
    judges = tuple(a_judge(rng) for _ in range(rng.choices((1, 2), (75, 25))[0]))
    agency, branch = rng.choice(AGENCIES), rng.choice(BRANCHES)

    def told(who: Person, defendant: int) -> CaseFacts:
        plan = _plan(rng, charges)
        own = _amended(rng, charges, plan)
        return CaseFacts(
            replace(number, defendant=defendant),
            as_taken_down(rng, who),
            arrested_on,
            filed_on,
            agency,
            branch,
            judges,
            own,
            _happened(rng, own, plan, filed_on, felony=felony),
            f"{rng.randint(4_000_000, 19_999_999)}",
        )

    others = tuple(told(who, place) for place, who in enumerate(companions, 2))
    return replace(told(person, 1), companions=others)
