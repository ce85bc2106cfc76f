"""Strangers for development, statements: a mainframe screen on microfilm, a typed certificate by charge."""

from collections.abc import Mapping
from datetime import date
from random import Random

from ..facts import CaseFacts
from ..reading import Reading
from .desk import Desk, Drawn, drawn
from .entries import Tongue, entries, penalties
from .paper import Block, Grid, Page, centred, flowed, wrapped
from .telling import Telling, last_day, one_of, standing
from .wording import Charged, Cites, act_of, called, charged, graded, number, ordinal

SCREEN_CITES = Cites("{chapter}-{act}/{section}", "{chapter}-{section}", "-A", "{outer}({inner})")
SCREEN = Tongue(
    acts={
        "filed": ("CASE INITIATED - INDICTMENT", "INFORMATION FILED"),
        "bond": "BOND SET - D BOND",
        "defender": "P.D. APPOINTED",
        "arraigned": "ARRAIGNMENT HELD",
        "continued": "CONTD B/A TO {next}",
        "continued_defendant": "CONTD MTN DEFT TO {next}",
        "continued_state": "CONTD MTN STATE TO {next}",
        "continued_court": "CONTD O/C TO {next}",
        "plea_not_guilty": "NOT GUILTY PLEA ENTERED",
        "plea_guilty": "GUILTY PLEA ENTERED",
        "jury_waived": "JURY WAIVER TENDERED",
        "found_guilty": "COURT FINDS DEFT GUILTY",
        "found_not_guilty": "COURT FINDS DEFT NOT GUILTY",
        "verdict_guilty": "JURY VERDICT - GUILTY",
        "verdict_not_guilty": "JURY VERDICT - NOT GUILTY",
        "judgment": "JUDGMENT ENTERED ON FINDING",
        "nolle": "NOLLE PROSEQUI - STATE MOTION",
        "stricken": "STRICKEN OFF - LEAVE REINST",
        "reinstated": "REINSTATED ON CALL",
        "no_probable_cause": "NO PROBABLE CAUSE FOUND",
        "leave_denied": "LEAVE TO FILE DENIED",
        "dismissed": "CHARGE DISMISSED",
        "non_suit": "NON-SUIT",
        "warrant": "BOND FORF - WARRANT TO ISSUE",
        "warrant_quashed": "WARRANT QUASHED & RECALLED",
        "superseded": "SUPERSEDED BY INDICTMENT",
        "transferred": "TRANSFERRED TO CRIM DIVISION",
        "abated": "ABATED - DEATH OF DEFT",
        "amended": "CHARGE AMENDED - SEE AMD LINE",
        "violation": "VIOLATION PETITION FILED",
        "terminated": "TERMINATED SATISFACTORILY",
        "revoked": "SUPV/PROB REVOKED",
        "vacated": "JUDGMENT VACATED",
        "expunged": "RECORD EXPUNGED BY ORDER",
        "sealed": "RECORD SEALED BY ORDER",
    },
    penalties={
        "prison": "SENT - ILL DEPT CORR {amount}",
        "jail": "SENT - CCDOC {amount}",
        "probation": "SENT - PROBATION {amount}",
        "first_offender": "SENT - {first} PROB {amount}",
        "conditional_discharge": "SENT - COND DISCH {amount}",
        "supervision": "SENT - CRT SUPERVISION {amount}",
        "fine": "SENT - FINE {amount}",
        "community_service": "SENT - COMM SERV {amount}",
        "time_served": "SENT - TIME CONSID SERVED {amount}",
        "credit": "CREDIT TIME SERVED {amount}",
        "boot_camp": "SENT - IMPACT INCARC/BOOT CAMP",
        "restitution": "SENT - RESTITUTION {amount}",
        "treatment": "SENT - DRUG TREATMENT",
    },
    units={"days": "{n} DAYS", "months": "{n} MOS", "years": "{n} YRS", "hours": "{n} HRS", "dollars": "${n}"},
)


def screen(desk: Desk, grid: Grid) -> Drawn:
    """Screens of a case inquiry, copied from film: fields in pairs, charges and activity in tables of signs."""
    rng, case = desk.rng, desk.case()
    who, year = case.person, case.filed_on.year
    style = rng.choice(("%m/%d/%Y", "%Y%m%d", "%m-%d-%y"))

    def on(day: date) -> str:
        return day.strftime(style)

    typed, read = number(rng.choice(("{yyyy}{type}{seq}{dd}", "{yy}{type}{seq}{dd}")), case.number)
    charges = {c.count: charged(rng, "dev", c, year, SCREEN_CITES, width=28) for c in case.charges}
    was = {
        c.count: charged(rng, "dev", c.amended_from, year, SCREEN_CITES, width=28)
        for c in case.charges
        if c.amended_from
    }
    tell = Telling("certified_statement", {"docket_number": read, "filed_date": case.filed_on.isoformat()})
    tell.named(who)
    tell.person(who, "birth_date", "sex", "race", "ir_number")
    tell.alias(who)
    name = f"{who.surname},{who.given} {who.middle}".strip().upper() + (f" {who.suffix}" if who.suffix else "")
    printed_on = (
        f"{rng.randint(1, 12):02d}/{rng.randint(1, 28):02d}/{min(2012, last_day(case).year + rng.randint(0, 4))}"
    )
    calendar = rng.randint(1, 60)
    task, stat = rng.choice(("CRIQ", "CC02", "DKT1")), _status(case)

    def head(page: Page, at: int) -> int:
        page.put(0, 0, f"{task}{at:02d}")
        page.put(0, 12, "CLERK OF CIRCUIT COURT - CRIMINAL CASE INQUIRY")
        page.put(0, 62, f"{printed_on} P{at:02d}")
        page.put(1, 0, "=" * 78)
        page.put(2, 0, f"CASE# {typed}")
        page.put(2, 26, f"FILED {on(case.filed_on)}")
        page.put(2, 46, f"STATUS {stat}")
        page.put(2, 63, f"CAL {calendar:02d}")
        page.put(3, 0, f"DEFT  {name}")
        page.put(4, 0, f"DOB {on(who.born)}")
        page.put(4, 17, f"SEX {who.sex}")
        page.put(4, 25, f"RACE {who.race}")
        page.put(4, 34, f"IR# {who.ir_number}")
        page.put(4, 50, f"CB# {case.booking_number}")
        row = 5
        if who.alias:
            page.put(row, 0, f"AKA   {who.alias[0]},{who.alias[1]}".upper())
            row += 1
        page.put(row, 0, "-" * 78)
        return row + 1

    rows: list[Block] = [[[(0, "CNT"), (5, "STATUTE"), (34, "CHARGE DESCRIPTION"), (64, "TYPE"), (70, "CLASS")]]]
    for count, one in charges.items():
        first = was.get(count, one)
        lines = [_screen_charge(f"{count:03d}", first)]
        if first is not one:
            lines.append(_screen_charge("AMD", one))
        tell.count(count, **one.said, grade=one.facts.grade)
        rows.append(lines)
    rows.append([[(0, "-" * 78)], [(0, "DATE"), (14, "CNT"), (21, "ACTIVITY"), (60, "JUDGE")]])
    printed = list(entries(rng, case, SCREEN, charges, on))
    before: date | None = None
    for entry in printed:
        counts = entry.event.counts
        which = "ALL" if not counts or len(counts) == len(charges) else ",".join(f"{c}" for c in counts)
        day = "" if entry.event.on == before else on(entry.event.on)
        before = entry.event.on
        rows.append(
            [
                [
                    (0, on(entry.event.on) if style != "%m-%d-%y" else day or on(entry.event.on)),
                    (14, which),
                    (21, entry.text.upper()),
                    (60, case.judges[-1][0].upper()),
                ]
            ]
        )
    rows.append([[(0, "-" * 78)], [(0, "*** END OF CASE DATA *** CERTIFIED EXTRACT OF THE ELECTRONIC DOCKET")]])
    tell.entered(e.event for e in printed)
    pages = flowed(grid, head, rows, last_row=rng.choice((34, 44, grid.height)))
    return drawn(pages, [tell.told(case, range(len(pages)))], max(last_day(case).year, int(printed_on[-4:])))


def _status(case: CaseFacts) -> str:
    open_still = any(one.disposition in ("pending", "warrant") for one in standing(case).values())
    return "ACTIVE" if open_still else "CLOSED"


def _screen_charge(mark: str, one: Charged) -> list[tuple[int, str]]:
    letter, rank = one.facts.grade[:1], one.facts.grade[1:]
    return [(0, mark), (5, one.cite.upper()), (34, one.text.upper()), (65, letter), (72, rank)]


BLOCK_CITES = Cites("{chapter} ILCS {act}/{section}", "Ch. {half}, Sec. {section}", "(a)", "{outer} ({inner})")
BLOCK_UNITS = {
    "days": "{n} days",
    "months": "{n} months",
    "years": "{n} years",
    "hours": "{n} hours",
    "dollars": "${n}.00",
}
BLOCKS = Tongue(
    acts={},
    penalties={
        "prison": "Illinois Department of Corrections, {amount}",
        "jail": "County jail, {amount}",
        "probation": "Probation, {amount}",
        "first_offender": "Section {first} first offender probation, {amount}",
        "conditional_discharge": "Conditional discharge, {amount}",
        "supervision": "Court supervision, {amount}",
        "fine": "Fine of {amount}",
        "community_service": "Community service, {amount}",
        "time_served": "Time considered served, {amount}",
        "credit": "Credit for {amount} served",
        "boot_camp": "Impact incarceration (boot camp)",
        "restitution": "Restitution of {amount}",
        "treatment": "Substance abuse treatment",
    },
    units=BLOCK_UNITS,
    years=True,
)
OUTCOMES: Mapping[str, str | tuple[str, ...]] = {
    "guilty": ("Found guilty", "Guilty; judgment entered"),
    "not_guilty": ("Found not guilty; discharged", "Not guilty"),
    "nolle_prosequi": ("Nolle prosequi", "Nolle prossed by the State"),
    "stricken_off_leave": ("Stricken off with leave to reinstate", "SOL"),
    "dismissed": ("Dismissed", "Case dismissed"),
    "no_probable_cause": ("Finding of no probable cause; discharged", "No probable cause"),
    "leave_to_file_denied": "Leave to file denied",
    "supervision": "Placed on court supervision",
    "first_offender_probation": "Placed on first offender probation, no judgment entered",
    "vacated": ("Conviction vacated", "Judgment vacated by order of court"),
    "abated": "Abated by death of defendant",
    "superseded": "Superseded by indictment",
    "transferred": "Transferred to the Criminal Division",
    "warrant": ("Bond forfeited, warrant ordered", "Bond forfeiture warrant"),
    "pending": ("Pending", "No disposition of record"),
    "expunged": "Expunged by order of court",
    "sealed": "Sealed by order of court",
}
ENDINGS: Mapping[str, str | tuple[str, ...]] = {
    "satisfactory": ("Terminated satisfactorily", "Completed, discharged satisfactorily"),
    "revoked": "Revoked",
}
HEADINGS = ("CERTIFICATE OF DISPOSITION", "CLERK'S CERTIFICATE OF FINAL DISPOSITION", "CERTIFIED RECORD OF DISPOSITION")
DISTRICTS = {"1": "FIRST", "2": "SECOND", "3": "THIRD", "4": "FOURTH", "5": "FIFTH", "6": "SIXTH"}


def blocks(desk: Desk, grid: Grid) -> Drawn:
    """A typed certificate: the caption in brackets, then a paragraph of leaders for every charge."""
    rng, case = desk.rng, desk.case()
    who = case.person
    form = rng.choice(("%B {d}, %Y", "%m/%d/%Y", "%b. {d}, %Y"))
    typed, read = number(rng.choice(("{yy} {type} {seq}", "{yy}-{type}-{seq}-{dd}")), case.number)
    tell = Telling("certified_statement", {"docket_number": read})
    tell.named(who)
    tell.person(who, "birth_date")
    tell.alias(who)
    fill, left = rng.choice((".", ".", "_", " ")), rng.choice((2, 5, 8))
    title = rng.choice(HEADINGS)

    def head(page: Page, at: int) -> int:
        if at > 1:
            page.put(0, 0, f"{typed}   (continued, sheet {at})")
            return 2
        return _block_caption(page, case, typed, title, ordinal(who.born, form), DISTRICTS.get(case.number.kind[-1]))

    body: list[Block] = []
    for count, reading in standing(case).items():
        body.append(_block(rng, tell, case, count, reading, (fill, left, form)))
    signed = ordinal(last_day(case), form)
    body.append(
        [
            [],
            [(0, "I certify the foregoing to be a true abstract of the record.")],
            [],
            [(34, f"Clerk of the Court   {signed}")],
        ]
    )
    pages = flowed(grid, head, body)
    return drawn(pages, [tell.told(case, range(len(pages)))], last_day(case).year)


def _block_caption(page: Page, case: CaseFacts, typed: str, title: str, born: str, district: str | None) -> int:
    who = case.person
    court = f"MUNICIPAL DEPARTMENT, {district} DISTRICT" if district else "COUNTY DEPARTMENT, CRIMINAL DIVISION"
    page.put(0, *centred(70, "CIRCUIT COURT OF COOK COUNTY, ILLINOIS"))
    page.put(1, *centred(70, court))
    page.put(3, *centred(70, title))
    page.put(6, 0, "THE PEOPLE")
    page.put(7, 6, "against")
    page.put(9, 0, called(who, "{first} {m}. {last} {suffix}"))
    if who.alias:
        page.put(10, 2, f"a/k/a {who.alias[1]} {who.alias[0]}")
    for row in range(6, 12):
        page.put(row, 42, ")")
    page.put(7, 45, f"Gen. No. {typed}")
    page.put(9, 45, f"Born {born}")
    return 13


def _block(
    rng: Random, tell: Telling, case: CaseFacts, count: int, reading: Reading, habit: tuple[str, int, str]
) -> Block:
    fill, left, form = habit
    facts = case.charges[count - 1]
    year = case.filed_on.year
    one = charged(rng, "dev", facts, year, BLOCK_CITES)
    first = charged(rng, "dev", facts.amended_from, year, BLOCK_CITES) if facts.amended_from else one
    grade, grade_read = graded("words", facts.grade)
    rows = [(f"Charge No. {count}", "")]
    rows += [("Offense", first.text), ("Statute", first.cite)]
    if first is not one:
        rows += [("Amended to", f"{one.text}, {one.cite}")]
    rows.append(("Class", grade))
    plea = {"guilty": "Guilty", "not_guilty": "Not guilty", None: ""}[reading.plea]
    rows.append(("Plea", plea))
    rows.append(("Disposition", one_of(rng, OUTCOMES[reading.disposition])))
    if reading.disposed_on:
        rows.append(("Date of disposition", ordinal(reading.disposed_on, form)))
    if reading.termination:
        rows.append(("How ended", one_of(rng, ENDINGS[reading.termination])))
    rows.append(("Sentence", "; ".join(penalties(rng, reading, BLOCKS, act_of(facts)))))
    tell.stands(count, reading, **one.said, grade=grade_read)
    out: list[list[tuple[int, str]]] = [[]]
    for label, value in rows:
        if not value:
            if label.startswith("Charge"):
                out.append([(0, label)])
            continue
        dots = fill * (22 - len(label)) if fill != " " else ""
        parts = wrapped(value, 70 - left - 24)
        out.append([(left, f"{label} {dots}"), (left + 25, parts[0])])
        out += [[(left + 25, part)] for part in parts[1:]]
    return out
