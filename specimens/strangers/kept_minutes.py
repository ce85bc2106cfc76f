"""A stranger kept for judging: the running minutes of a California court, as its computer prints them."""

from random import Random

from ..facts import Act, Event
from .california import CaliforniaCase, Count, a_california_case
from .desk import Desk, Drawn, drawn
from .entries import Tongue
from .paper import Block, Grid, Page, flowed, wrapped
from .telling import Telling, one_of
from .wording import called, sentenced

MINUTES = Tongue(
    acts={
        "arraigned": "DEFENDANT IS ARRAIGNED AND WAIVES FURTHER READING OF THE COMPLAINT.",
        "plea_not_guilty": "DEFENDANT PLEADS NOT GUILTY TO {counts}, {what}.",
        "continued": ("NEXT SCHEDULED EVENT: {next} 830 AM.", "CONTINUED TO {next} BY STIPULATION."),
        "plea_guilty": (
            "DEFENDANT WITHDRAWS PLEA OF NOT GUILTY AND PLEADS GUILTY TO {counts}, {what}.",
            "DEFENDANT ENTERS A PLEA OF GUILTY TO {counts}, {what}.",
        ),
        "judgment": ("{counts}: DISPOSITION: CONVICTED.", "THE COURT FINDS THE DEFENDANT CONVICTED ON {counts}."),
        "dismissed": (
            "{counts}: DISPOSITION: DISMISSED IN FURTHERANCE OF JUSTICE PER 1385 PC.",
            "ON PEOPLE'S MOTION {counts} DISMISSED.",
        ),
        "verdict_not_guilty": "THE JURY FINDS THE DEFENDANT NOT GUILTY AS TO {counts}.",
        "warrant": "DEFENDANT FAILS TO APPEAR. BENCH WARRANT ORDERED TO ISSUE ON {counts}.",
    },
    penalties={
        "prison": "AS TO {counts}: IMPRISONED IN STATE PRISON FOR {amount}.",
        "jail": "SERVE {amount} IN COUNTY JAIL AS TO {counts}.",
        "probation": "IMPOSITION OF SENTENCE SUSPENDED. PROBATION GRANTED FOR {amount} AS TO {counts}.",
        "fine": "PAY A FINE OF {amount} AS TO {counts}.",
    },
    units={"days": "{n} DAYS", "months": "{n} MONTHS", "years": "{n} YEARS", "dollars": "${n}"},
)
GRADES = {"F": "FEL", "M": "MISD", "I": "INF"}


def minutes(desk: Desk, grid: Grid) -> Drawn:
    """Minutes of every hearing in capitals; counts at the head, pleas and orders in full sentences."""
    rng, case = desk.rng, a_california_case(desk)
    who, style = case.person, rng.choice(("%m/%d/%y", "%m/%d/%Y"))
    tell = Telling("certified_statement", {"docket_number": case.number, "filed_date": case.filed_on.isoformat()})
    tell.named(who)
    tell.alias(who)
    body: list[Block] = []
    filed = f"COMPLAINT FILED ON {case.filed_on.strftime(style)}. DEFENDANT IS CHARGED AS FOLLOWS:"
    body.append([*([(0, row)] for row in wrapped(filed, 64)), []])
    for one in case.counts:
        text = f"COUNT {one.number:02d}: {_cite(one)} {GRADES[one.grade]} - {one.text}."
        body.append([[(0 if at == 0 else 10, row)] for at, row in enumerate(wrapped(text, 60))])
        tell.count(one.number, **one.said, grade=one.grade)
    printed = [e for e in case.events if e.act is not Act.FILED]
    told: list[Event] = []
    for day in dict.fromkeys(e.on for e in printed):
        clerk = rng.choice(("CENTRAL", "NORTH", "EAST"))
        rows = [f"ON {day.strftime(style)} AT 830 AM IN {clerk} DISTRICT DEPT {rng.randint(1, 60)}:"]
        rows.append(f"  CASE CALLED. {case.judge[1][0]}. {case.judge[0]}, JUDGE.".upper())
        for event in (e for e in printed if e.on == day):
            text, read = _sentence(rng, case, event, style)
            told.append(read)
            first, *more = wrapped(text, 62)
            rows += [f"  {first}", *(f"  {row}" for row in more)]
        body += [[[]] if len(rows) > 12 else [[], *([(0, row)] for row in rows[:3])]]
        body += [[[(0, row)]] for row in (rows if len(rows) > 12 else rows[3:])]
    tell.entered(told)
    body.append(
        [
            [],
            [(0, "I HEREBY CERTIFY THIS TO BE A CORRECT COPY OF THE ELECTRONIC DOCKET.")],
            [(0, f"ON FILE IN THIS OFFICE AS OF {case.last_day.strftime(style)}.")],
        ]
    )

    def head(page: Page, at: int) -> int:
        page.put(0, 0, f"CASE NO. {case.number}")
        page.put(0, 50, f"PAGE NO. {at}")
        page.put(1, 0, "THE PEOPLE OF THE STATE OF CALIFORNIA  VS.")
        page.put(2, 0, "DEFENDANT 01: " + called(who, "{first} {m} {last} {suffix}").upper())
        if who.alias:
            page.put(3, 0, f"   AKA {who.alias[1]} {who.alias[0]}".upper())
        page.put(4, 0, f"{case.county} COUNTY")
        return 6

    pages = flowed(grid, head, body)
    return drawn(pages, [tell.told_of(who, range(len(pages)))], case.last_day.year)


def _cite(one: Count) -> str:
    sub = f"({one.sub.upper()})" if one.sub else ""
    return f"{one.section}{sub} {one.code}"


def _sentence(rng: Random, case: CaliforniaCase, event: Event, style: str) -> tuple[str, Event]:
    """The minute of one event, and the event as it then reads."""
    counts = event.counts or tuple(one.number for one in case.counts)
    named = f"COUNT{'S' if len(counts) > 1 else ''} " + ", ".join(f"{count:02d}" for count in counts)
    what = ", ".join(_cite(case.counts[count - 1]) for count in counts)
    if event.sentence:
        shown = {kind: one_of(rng, words).replace("{counts}", named) for kind, words in MINUTES.penalties.items()}
        text, read = sentenced(rng, event.sentence, shown, MINUTES.units)
        return text, Event(event.on, event.act, event.counts, read)
    following = event.next_on.strftime(style) if event.next_on else ""
    text = one_of(rng, MINUTES.acts[event.act.value]).format(counts=named, what=what, next=following)
    return text, event
