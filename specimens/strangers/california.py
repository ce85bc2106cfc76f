"""Invented California cases, and a stranger for development that abstracts them count by count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from ..cases import a_judge, after
from ..facts import Act, Event, Kind, Person, Sentence
from ..offenses import a_weight
from ..reading import read_entries
from .desk import Desk, Drawn, drawn
from .entries import Tongue
from .paper import Block, Grid, Page, centred, flowed, wrapped
from .telling import Telling, one_of
from .wording import called, ordinal, sentenced

CODES = {"HS": "H&S", "PC": "P.C.", "VC": "V.C."}
COUNTIES = ("LOS ANGELES", "SAN DIEGO", "ALAMEDA", "FRESNO", "KERN", "SACRAMENTO")
# Code, section, subsection, grades it was charged as, first and last year, words, band in grams, weight.
CHARGES: tuple[tuple[str, str, str, str, int, int, str, tuple[float | None, float | None] | None, int], ...] = (
    ("HS", "11357", "b", "M", 1976, 2010, "POSSESS MARIJUANA |NOT MORE THAN 28.5 GRAMS|", (None, 28.5), 9),
    ("HS", "11357", "b", "I", 2011, 2016, "POSSESS MARIJUANA |NOT MORE THAN 28.5 GRAMS|", (None, 28.5), 5),
    ("HS", "11357", "c", "M", 1976, 2016, "POSSESS MARIJUANA |OVER 28.5 GRAMS|", (28.5, None), 6),
    ("HS", "11357", "a", "FM", 1976, 2016, "POSSESS CONCENTRATED CANNABIS", None, 4),
    ("HS", "11358", "", "F", 1976, 2016, "CULTIVATE MARIJUANA", None, 7),
    ("HS", "11359", "", "F", 1976, 2016, "POSSESS MARIJUANA FOR SALE", None, 12),
    ("HS", "11360", "a", "F", 1976, 2016, "SELL/TRANSPORT MARIJUANA", None, 8),
    ("HS", "11360", "b", "M", 1976, 2016, "TRANSPORT/GIVE MARIJUANA |UNDER 28.5 GRAMS=:28.5|", (None, 28.5), 4),
    ("HS", "11350", "a", "F", 1976, 2014, "POSSESS NARCOTIC CONTROLLED SUBSTANCE", None, 5),
    ("HS", "11377", "a", "FM", 1976, 2014, "POSSESS CONTROLLED SUBSTANCE", None, 4),
    ("HS", "11364", "", "M", 1976, 2014, "POSSESS CONTROLLED SUBST PARAPHERNALIA", None, 3),
    ("PC", "459", "", "FM", 1950, 2016, "BURGLARY", None, 4),
    ("PC", "484", "a", "M", 1950, 2016, "THEFT", None, 4),
    ("PC", "148", "a", "M", 1950, 2016, "OBSTRUCT/RESIST PEACE OFFICER", None, 3),
    ("VC", "23152", "a", "M", 1982, 2016, "DRIVING UNDER INFLUENCE", None, 4),
)


@dataclass(frozen=True, slots=True)
class Count:
    """One accusation: canonical citation, its parts, words and grams, grade."""

    number: int
    code: str
    section: str
    sub: str
    text: str
    grams: tuple[float | None, float | None] | None
    grade: str

    @property
    def canonical(self) -> str:
        """The citation as the export has it."""
        return f"{self.code} {self.section}" + (f"({self.sub})" if self.sub else "")

    @property
    def said(self) -> dict[str, object]:
        """What the record holds once citation and words stand on the page."""
        return {"statute": self.canonical, "description": self.text, "grams": list(self.grams) if self.grams else None}


@dataclass(frozen=True, slots=True)
class CaliforniaCase:
    """One defendant in one case of a superior or municipal court."""

    number: str
    county: str
    person: Person
    arrested_on: date
    filed_on: date
    judge: tuple[str, str, str]
    counts: tuple[Count, ...]
    events: tuple[Event, ...]

    @property
    def last_day(self) -> date:
        """The youngest day in the case."""
        return max(self.filed_on, *(e.on for e in self.events))


def _counts(rng: Random, year: int) -> tuple[Count, ...]:
    open_to = [row for row in CHARGES if row[4] <= year <= row[5]]
    marijuana = [row for row in open_to if row[0] == "HS" and row[1][:4] == "1135" and row[1] != "11350"] or open_to
    picked = [rng.choices(marijuana, [row[8] for row in marijuana])[0]]
    for _ in range(rng.choices((0, 1, 2), (50, 35, 15))[0]):
        row = rng.choices(open_to, [row[8] for row in open_to])[0]
        if row not in picked:
            picked.append(row)
    return tuple(_count(rng, number, row) for number, row in enumerate(picked, 1))


def _count(rng: Random, number: int, row: tuple[object, ...]) -> Count:
    code, section, sub, grades, _, _, words, band, _ = row
    before, _, rest = str(words).partition("|")
    marked = rest.partition("|")[0].partition("=")[0]
    text, grams = before + marked, band if marked else None
    if band and rng.random() < 0.4:  # plain words that leave the amount to the letter
        text, grams = before.strip(), None
        if rng.random() < 0.5:
            weight = a_weight(rng, (band[0] or 1.0, band[1] or 400.0))  # type: ignore[index]
            text, grams = f"{text} {weight} GRAMS", (float(weight), float(weight))
    return Count(number, str(code), str(section), str(sub), text, grams, rng.choice(str(grades)))  # type: ignore[arg-type]


def _penalties(rng: Random, grade: str) -> list[Sentence]:
    jail = Sentence(Kind.JAIL, rng.choice((1, 5, 10, 30, 60, 90, 180)), "days")
    fine = Sentence(Kind.FINE, rng.choice((25, 50, 100, 150, 300, 1000)), "dollars")
    if grade == "I":
        return [Sentence(Kind.FINE, rng.choice((25, 50, 100)), "dollars")]
    if grade == "F":
        prison = [Sentence(Kind.PRISON, rng.choice((16, 24, 36)), "months")]
        return rng.choice(
            (
                [Sentence(Kind.PROBATION, 36, "months"), jail],
                [Sentence(Kind.PROBATION, 60, "months"), jail, fine],
                prison,
            )
        )
    return rng.choice(([Sentence(Kind.PROBATION, rng.choice((12, 24, 36)), "months"), fine], [jail], [fine]))


def a_california_case(desk: Desk) -> CaliforniaCase:
    """A case of one to three counts, most of them marijuana, from complaint to its end."""
    rng = desk.rng
    person = desk.draw(rng, desk.era)
    year = rng.randint(max(desk.era.first, min(person.born.year + 18, desk.era.last)), desk.era.last)
    filed = after(rng, date(year, 1, 1), 0, 340)
    counts = _counts(rng, year)
    number = rng.choice(("BA{:06d}", "SCD{:06d}", "A{:06d}", f"{year % 100:02d}" + "F{:05d}")).format(
        rng.randint(10_000, 99_999)
    )
    events, day = [Event(filed, Act.FILED)], after(rng, filed, 1, 20)
    every = tuple(one.number for one in counts)
    events += [Event(day, Act.ARRAIGNED), Event(day, Act.PLEA_NOT_GUILTY, every)]
    for _ in range(rng.choice((0, 1, 1, 2))):
        later = after(rng, day, 10, 50)
        events.append(Event(day, Act.CONTINUED, (), None, later))
        day = later
    roll = rng.random()
    if roll < 0.6:
        kept = every if rng.random() < 0.2 else every[:1]
        events.append(Event(day, Act.PLEA_GUILTY, kept))
        events += [Event(day, Act.JUDGMENT, kept)] if rng.random() < 0.7 else []
        if len(kept) < len(every):
            events.append(Event(day, Act.DISMISSED, every[len(kept) :]))
        events += [Event(day, Act.SENTENCED, kept, one) for one in _penalties(rng, counts[0].grade)]
    elif roll < 0.67:
        events.append(Event(day, Act.VERDICT_NOT_GUILTY, every))
    elif roll < 0.94:
        events.append(Event(day, Act.DISMISSED, every))
    else:
        events.append(Event(day, Act.WARRANT, every))
    arrested = filed.replace(day=1) if filed.day > 1 else filed
    return CaliforniaCase(number, rng.choice(COUNTIES), person, arrested, filed, a_judge(rng), counts, tuple(events))


ABSTRACT = Tongue(
    acts={},
    penalties={
        "prison": "{amount} STATE PRISON",
        "jail": "{amount} JAIL",
        "probation": "{amount} PROBATION",
        "fine": "{amount} FINE",
    },
    units={"days": "{n} DAYS", "months": "{n} MONTHS", "years": "{n} YEARS", "dollars": "${n}"},
    years=True,
)
ENDS: Mapping[str, str | tuple[str, ...]] = {
    "guilty": "CONVICTED",
    "not_guilty": ("ACQUITTED", "FOUND NOT GUILTY"),
    "dismissed": ("DISMISSED/FURTHERANCE OF JUSTICE", "DISMISSED 1385 PC", "DISMISSED"),
    "warrant": "BENCH WARRANT ISSUED",
    "pending": "PENDING",
}


def abstract(desk: Desk, grid: Grid) -> Drawn:
    """A certified abstract of a California case: numbered counts, each with its *DISPO and what follows wrapped."""
    rng, case = desk.rng, a_california_case(desk)
    who, style = case.person, rng.choice(("%Y%m%d", "%m-%d-%Y"))
    tell = Telling("certified_statement", {"docket_number": case.number, "arrest_date": case.arrested_on.isoformat()})
    tell.named(who)
    tell.person(who, "birth_date", "sex")
    tell.alias(who)
    mark = rng.choice(("*DISPO:", "DISPO:", "DISPOSITION:"))

    def head(page: Page, at: int) -> int:
        page.put(0, *centred(70, f"SUPERIOR COURT OF CALIFORNIA, COUNTY OF {case.county}"))
        page.put(1, *centred(70, "CERTIFIED ABSTRACT OF RECORD"))
        page.put(3, 0, "NAM/01 " + called(who, "{last},{first} {m} {suffix}").upper())
        page.put(3, 48, f"PAGE {at} OF RECORD")
        page.put(4, 0, f"DOB/{who.born.strftime(style)}  SEX/{who.sex}")
        if who.alias:
            page.put(5, 0, f"NAM/02 {who.alias[0]},{who.alias[1]}".upper())
        return 7

    body: list[Block] = [
        [[(0, "* " * 30)]],
        [[(0, f"ARR/DET: {case.arrested_on.strftime(style)}")], [(0, f"COURT:   CASE #{case.number}")], []],
    ]
    readings = read_entries(case.events, [c.number for c in case.counts])
    for one in case.counts:
        reading = readings[one.number]
        pairs = [sentenced(rng, s, ABSTRACT.penalties, ABSTRACT.units, years=True) for s in reading.sentences]
        reading.sentences = [read for _, read in pairs]
        rows = [
            f"CNT:{one.number:02d}",
            f"  {one.section}{f'({one.sub.upper()})' if one.sub else ''} {one.code}-{one.text}",
        ]
        rows += [f"   {mark}{one_of(rng, ENDS[reading.disposition])}"]
        if reading.disposed_on:
            rows[-1] += f"  {reading.disposed_on.strftime(style)}"
        grade_shown = reading.disposition == "guilty"
        if grade_shown:
            rows.append(f"   CONV STATUS:{ {'F': 'FELONY', 'M': 'MISDEMEANOR', 'I': 'INFRACTION'}[one.grade] }")
        if pairs:
            first, *more = wrapped(", ".join(text for text, _ in pairs), 44)
            rows += [f"   SEN: {first}", *(f"        {part}" for part in more)]
        body.append([[(0, row)] for row in rows] + [[]])
        tell.stands(one.number, reading, **one.said, grade=one.grade if grade_shown else None, plea=None)
    signed = ordinal(case.last_day, "%m/%d/%Y")
    body.append([[(0, "* " * 30)], [(0, f"ATTEST: EXECUTIVE OFFICER/CLERK    {signed}")]])
    pages = flowed(grid, head, body)
    told = tell.told_of(who, range(len(pages)))
    return drawn(pages, [told], case.last_day.year)
