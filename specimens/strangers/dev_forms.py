"""Strangers for development, forms: a card with labels over its fields, a ruled ledger, an order of sentence."""

from collections.abc import Iterable
from datetime import date

from ..facts import Act, CaseFacts
from ..reading import read_entries
from .desk import Desk, Drawn, drawn
from .entries import Entry, Tongue, entries, penalties
from .paper import Block, Grid, Page, flowed, placed, wrapped
from .telling import Telling, last_day, standing
from .wording import Cites, act_of, called, charged, graded, number

CARD_CITES = Cites("Ch {chapter} {act}/{section}", "Ch {half} {section}", "a", "{outer} ({inner})")
CARD = Tongue(
    acts={
        "filed": "Indictment filed",
        "bond": ("Bond set $1,000 D", "Deft on bond"),
        "defender": ("P.D. apptd", "Pub Def appointed"),
        "arraigned": "Deft arraigned",
        "continued": ("Cont by agreement {next}", "B/A {next}"),
        "continued_defendant": ("M/D cont {next}", "Cont on mo. of deft {next}"),
        "continued_state": "M/S cont {next}",
        "continued_court": ("O/C {next}", "Order of Court cont {next}"),
        "plea_not_guilty": "Plea N.G.",
        "plea_guilty": ("Plea G.", "Pleads guilty"),
        "jury_waived": "J.W.",
        "found_guilty": ("Fdg guilty", "F.G."),
        "found_not_guilty": ("Fdg not guilty, deft disch", "F.N.G."),
        "verdict_guilty": "Jury verdict guilty",
        "verdict_not_guilty": "Jury verdict not guilty",
        "judgment": ("Jdgmt on fdg", "Judgment entered"),
        "nolle": ("Nolle pros", "N.P."),
        "stricken": ("S.O.L.", "Stricken, leave to reinstate"),
        "reinstated": ("Reinstated", "Mo. State reinstated"),
        "no_probable_cause": ("No prob cause", "F.N.P.C. deft disch"),
        "leave_denied": ("Lv to file denied", "L.F.D."),
        "dismissed": ("Dismissed", "Cause dismissed"),
        "non_suit": "Non-suit",
        "warrant": ("Deft fails to appear, B.F. warrant", "Bond forf. & wrnt"),
        "warrant_quashed": ("Wrnt quashed", "Warrant recalled"),
        "superseded": "Superseded by indictment",
        "transferred": "Transf to Crim Div",
        "abated": "Abated, death of deft",
        "amended": ("Chg amended to {text} {cite}", "On mo. State amended: {text} {cite}"),
        "violation": "Pet viol filed",
        "terminated": ("Term satis, deft disch", "Terminated satisfactorily"),
        "revoked": ("Supv revoked", "Revoked"),
        "vacated": "Jdgmt vacated",
        "expunged": "Ordered expunged",
        "sealed": "Ordered sealed",
    },
    penalties={
        "prison": "{amount} Dept of Corr",
        "jail": ("{amount} C.C. Jail", "House of Corr {amount}"),
        "probation": ("{amount} probation", "Prob {amount}"),
        "first_offender": ("{then} prob {amount}", "Sec {then} probation {amount}"),
        "conditional_discharge": "Cond disch {amount}",
        "supervision": ("Superv {amount}", "Placed on supv {amount}"),
        "fine": ("Fined {amount}", "Fine {amount} no costs"),
        "community_service": "{amount} comm service",
        "time_served": "Time consid served {amount}",
        "credit": "Cr {amount} served",
        "boot_camp": "Boot camp",
        "restitution": "Rest. {amount}",
        "treatment": "Drug treatment",
    },
    units={"days": "{n} days", "months": "{n} mo", "years": "{n} yrs", "hours": "{n} hrs", "dollars": "${n}"},
    years=True,
)
CARD_LABELS = (
    (
        "NAME OF DEFENDANT",
        "GENERAL NUMBER",
        "DATE OF BIRTH",
        "SEX",
        "CHARGE AND SECTION",
        "DATE",
        "JUDGE",
        "PROCEEDINGS",
    ),
    ("The People vs.", "Gen. No.", "Born", "Sex", "Offense / Chapter and Section", "Date", "Court", "Orders of Court"),
)


def card(desk: Desk, grid: Grid) -> Drawn:
    """A card of the 1970s and 80s: printed labels above what was typed, then a line or two for every day."""
    rng, case = desk.rng, desk.case()
    who, year = case.person, case.filed_on.year
    labels, style = rng.choice(CARD_LABELS), rng.choice(("%-m/%-d/%y", "%m-%d-%y", "%b %-d %y"))

    def on(day: date) -> str:
        return day.strftime(style)

    typed, read = number(rng.choice(("{yy}{type} {seq}", "{yy}-{type}-{seq}")), case.number)
    charges = {c.count: charged(rng, "dev", c, year, CARD_CITES, width=34) for c in case.charges}
    first = {
        c.count: charged(rng, "dev", c.amended_from, year, CARD_CITES, width=34) if c.amended_from else charges[c.count]
        for c in case.charges
    }
    tell = Telling("half_sheet", {"docket_number": read})
    tell.named(who)
    tell.person(who, "birth_date", "sex")
    for count, one in charges.items():
        tell.count(count, **one.said)
    columns = rng.choice(((0, 10, 22), (1, 12, 27)))

    def head(page: Page, at: int) -> int:
        page.rules += grid.box(-1, -0.3, 70, 4)
        page.rules += [grid.across(1.9, -1, 70)]
        for row, column, text in ((0, 0, labels[0]), (0, 48, labels[1]), (2, 0, labels[2]), (2, 24, labels[3])):
            page.label(row, column, text)
        page.put(1, 1, called(who, rng.choice(("{last}, {first} {m} {suffix}", "{first} {m}. {last} {suffix}"))))
        page.put(1, 49, typed)
        page.put(3, 1, on(who.born))
        page.put(3, 25, who.sex)
        page.label(2, 34, "SHEET")
        page.put(3, 35, str(at))
        row = 5
        if at == 1:
            page.label(row, 0, labels[4])
            for count, one in first.items():
                row += 1
                page.put(row, 0, (f"{count}. " if len(first) > 1 else "") + f"{one.text}  {one.cite}")
            row += 2
        for column, text in zip(columns, (labels[5], labels[6], labels[7]), strict=True):
            page.label(row, column, text)
        page.rules += [grid.across(row + 1, -1, 70)]
        return row + 2

    printed = list(entries(rng, case, CARD, charges, on))
    body: list[Block] = []
    for day in dict.fromkeys(e.event.on for e in printed):
        parts = [_with_counts(e, len(charges)) for e in printed if e.event.on == day]
        rows = wrapped(_run_on(parts), 70 - columns[2])
        lines = [[(columns[2], row)] for row in rows]
        lines[0] = [(columns[0], on(day)), (columns[1], case.judges[0][0][:11]), *lines[0]]
        body.append(lines)
    tell.entered(e.event for e in printed)
    pages = flowed(grid, head, body)
    return drawn(pages, [tell.told(case, range(len(pages)))], last_day(case).year)


def _run_on(parts: Iterable[str]) -> str:
    """The parts as sentences, none of which ends in two full stops."""
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)


def _with_counts(entry: Entry, total: int) -> str:
    counts = entry.event.counts
    if not counts or total == 1:
        return entry.text
    if len(counts) == total:
        return f"{entry.text} all cts"
    return f"{entry.text} Ct{'s' if len(counts) > 1 else ''} {' & '.join(map(str, counts))}"


LEDGER_CITES = Cites("{chapter}-{act}-{section}", "{dashed}-{section}", "(a)", "{outer} of {inner}")
LEDGER = Tongue(
    acts={},
    penalties={
        "prison": "{amount} Penitentiary",
        "jail": "{amount} County Jail",
        "probation": "{amount} Probation",
        "first_offender": "{amount} {then} Probation",
        "conditional_discharge": "{amount} Cond. Disch.",
        "supervision": "{amount} Supervision",
        "fine": "Fine {amount}",
        "community_service": "{amount} Comm. Serv.",
        "time_served": "Time served {amount}",
        "credit": "Credit {amount}",
        "boot_camp": "Boot Camp",
        "restitution": "Restitution {amount}",
        "treatment": "Treatment",
    },
    units={"days": "{n} Da.", "months": "{n} Mos.", "years": "{n} Yrs.", "hours": "{n} Hrs.", "dollars": "${n}"},
)
JUDGMENTS = {
    "guilty": "Guilty",
    "not_guilty": "Not Guilty",
    "nolle_prosequi": "Nol. Pros.",
    "stricken_off_leave": "Stricken w/ leave",
    "dismissed": "Dismissed",
    "no_probable_cause": "No Prob. Cause",
    "leave_to_file_denied": "Leave to File Den.",
    "supervision": "Supervision",
    "first_offender_probation": "First Offender",
    "vacated": "Vacated",
    "abated": "Abated",
    "superseded": "Superseded by Indt.",
    "transferred": "Transferred",
    "warrant": "B.F. Warrant",
    "pending": "Pending",
    "expunged": "Expunged",
    "sealed": "Sealed",
}
LEDGER_COLUMNS = (
    (0, "Number"),
    (16, "Defendant"),
    (42, "Charge"),
    (76, "Plea"),
    (83, "Judgment"),
    (105, "Date"),
    (116, "Sentence / Termination"),
)


def ledger(desk: Desk, grid: Grid) -> Drawn:
    """A leaf of a ledger: a line for every charge, the cases one under the other between ruled columns."""
    rng = desk.rng
    cases = [case for _ in range(rng.randint(3, 7)) for case in desk.cases()]
    form = rng.choice(("{yy}{type}{seq}{dd}", "{yy} {type} {seq}"))
    title = rng.choice(("CRIMINAL DOCKET AND JUDGMENT LEDGER", "JUDGMENT DOCKET - PEOPLE'S CASES"))
    leaf = rng.randint(3, 320)
    starts: list[float] = [c - 1.0 for c, _ in LEDGER_COLUMNS] + [grid.width - 1.0]

    def head(page: Page, at: int) -> int:
        page.label(0, 40, title)
        page.label(0, 118, f"Page {leaf + at - 1}")
        for column, text in LEDGER_COLUMNS:
            page.label(2, column, text)
        page.rules += [grid.across(1.8, -1, starts[-1]), grid.across(3.1, -1, starts[-1])]
        return 4

    tells, blocks = list[Telling](), list[Block]()
    for case in cases:
        tell, block = _ledger_case(desk, case, form)
        tells.append(tell)
        blocks.append(block)
    pages, ends = placed(grid, head, blocks)
    for on, row in ends:
        pages[on].rules.append(grid.across(row - 0.5, -1, starts[-1]))
    for at, page in enumerate(pages):
        bottom = max(row for on, row in ends if on == at)
        page.rules += [grid.down(column, 1.8, bottom - 0.5) for column in starts]
    told = [tell.told(case, [page]) for tell, case, (page, _) in zip(tells, cases, ends, strict=True)]
    return drawn(pages, told, max(last_day(case).year for case in cases))


def _ledger_case(desk: Desk, case: CaseFacts, form: str) -> tuple[Telling, Block]:
    rng, who = desk.rng, case.person
    typed, read = number(form, case.number)
    tell = Telling("ledger", {"docket_number": read})
    tell.named(who)
    lines: list[list[tuple[int, str]]] = []
    for count, reading in standing(case).items():
        facts = case.charges[count - 1]
        one = charged(rng, "dev", facts, case.filed_on.year, LEDGER_CITES, width=30)
        sentences = penalties(rng, reading, LEDGER, act_of(facts))
        if reading.termination:
            ended = {"satisfactory": "Term. satisf.", "revoked": "Revoked"}[reading.termination]
            sentences = [ended, *sentences] if reading.termination == "revoked" else [*sentences, ended]
        charge = [*wrapped(f"{count} {one.text}", 32), *wrapped(one.cite, 32)]
        sentence = wrapped(", ".join(sentences), 35)
        rows = [[(42, row)] for row in charge] + [[] for _ in range(len(sentence) - len(charge))]
        for row, text in zip(rows, sentence, strict=False):
            row.append((116, text))
        plea = {"guilty": "G", "not_guilty": "N.G.", None: ""}[reading.plea]
        rows[0] += [(76, plea), (83, JUDGMENTS[reading.disposition])]
        if reading.disposed_on:
            rows[0].append((105, reading.disposed_on.strftime("%-m-%-d-%y")))
        tell.stands(count, reading, **one.said)
        lines += rows
    name = wrapped(called(who, "{last}, {first} {m}. {suffix}"), 25)
    lines += [[] for _ in range(len(name) - len(lines))]
    for row, text in zip(lines, name, strict=False):
        row.append((16, text))
    lines[0].append((0, typed))
    return tell, [*lines, []]


ORDER_CITES = Cites("{chapter} ILCS {act}.0/{section}", "{chapter} {section}", "-A", "{outer} ({inner})")
ORDER = Tongue(
    acts={},
    penalties={
        "prison": "ILLINOIS DEPARTMENT OF CORRECTIONS {amount}",
        "jail": "COOK COUNTY DEPARTMENT OF CORRECTIONS {amount}",
        "probation": "PROBATION {amount}",
        "first_offender": "FIRST OFFENDER PROBATION ({first}) {amount}",
        "conditional_discharge": "CONDITIONAL DISCHARGE {amount}",
        "supervision": "SUPERVISION {amount}",
        "fine": "FINE {amount}",
        "community_service": "COMMUNITY SERVICE {amount}",
        "time_served": "TIME CONSIDERED SERVED {amount}",
        "credit": "CREDIT FOR {amount} IN CUSTODY",
        "boot_camp": "IMPACT INCARCERATION PROGRAM",
        "restitution": "RESTITUTION {amount}",
        "treatment": "DRUG TREATMENT PROGRAM",
    },
    units={"days": "{n} DAYS", "months": "{n} MONTHS", "years": "{n} YEARS", "hours": "{n} HOURS", "dollars": "${n}"},
)


def mittimus(desk: Desk, grid: Grid) -> Drawn:
    """An order of sentence with a box for every count; only what was imposed that day."""
    rng = desk.rng
    case = desk.case(lambda one: any(e.act is Act.SENTENCED for e in one.events))
    who, year = case.person, case.filed_on.year
    day = next(e.on for e in case.events if e.act is Act.SENTENCED)
    pleaded = any(e.act is Act.PLEA_GUILTY for e in case.events)
    acts = (Act.SENTENCED, Act.PLEA_GUILTY) if pleaded else (Act.SENTENCED,)
    here = [e for e in case.events if e.act in acts and e.on <= day]
    counts = next(e.counts for e in here if e.act is Act.SENTENCED)
    typed, read = number(rng.choice(("{yy}{type}{seq}-{dd}", "{yy} {type} {seq}")), case.number)
    tell = Telling("sentencing_order", {"docket_number": read})
    tell.named(who)
    tell.person(who, "birth_date", "ir_number", "sid")
    style = rng.choice(("%m/%d/%Y", "%B %-d, %Y"))
    page = Page(grid.width)
    row = _order_head(page, grid, case, typed, style, pleaded=pleaded)
    for count, reading in read_entries(here, counts).items():
        one = charged(rng, "dev", case.charges[count - 1], year, ORDER_CITES, width=40)
        grade, grade_read = graded("short", one.facts.grade)
        text = penalties(rng, reading, ORDER, act_of(one.facts))
        rows = [row for part in text for row in wrapped(part, 56)]
        page.rules += grid.box(-0.5, row - 0.3, 74, row + len(rows) + 2.4)
        for at, column, word in (
            (row, 0, "COUNT"),
            (row, 12, "STATUTE"),
            (row + 1, 0, "OFFENSE"),
            (row + 1, 54, "CLASS"),
        ):
            page.label(at, column, word)
        page.put(row, 7, str(count))
        page.put(row, 21, one.cite.upper())
        page.put(row + 1, 11, one.text)
        page.put(row + 1, 61, grade)
        page.label(row + 2, 0, "SENTENCE")
        for at, part in enumerate(rows, row + 2):
            page.put(at, 11, part)
        row += len(rows) + 4
        tell.stands(count, reading, **one.said, grade=grade_read)
    page.label(row + 1, 0, "ENTERED")
    page.put(row + 1, 10, day.strftime(style))
    page.label(row + 3, 0, "JUDGE")
    page.put(row + 3, 10, called_judge(case.judges[-1]))
    return drawn([page], [tell.told(case, [0])], day.year)


def called_judge(judge: tuple[str, str, str]) -> str:
    """A judge's name as signed."""
    return f"{judge[1]} {judge[2]}. {judge[0]}"


def _order_head(page: Page, grid: Grid, case: CaseFacts, typed: str, style: str, *, pleaded: bool) -> int:
    who = case.person
    page.label(0, 14, "IN THE CIRCUIT COURT OF COOK COUNTY, ILLINOIS")
    page.label(2, 18, "ORDER OF COMMITMENT AND SENTENCE")
    page.label(4, 0, "PEOPLE OF THE STATE OF ILLINOIS  v.")
    page.put(5, 2, called(who, "{last} {first} {m} {suffix}").upper())
    for row, label, value in (
        (4, "CASE NO.", typed),
        (5, "D.O.B.", who.born.strftime(style)),
        (6, "I.R. NO.", who.ir_number),
        (7, "SID NO.", who.sid),
    ):
        page.label(row, 44, label)
        page.put(row, 54, value)
    how = "PLEA OF GUILTY" if pleaded else "A FINDING OF THE COURT OR JURY"
    page.label(9, 0, "The above named defendant, on")
    page.put(9, 36, how)
    page.label(10, 0, "IT IS ORDERED that sentence is imposed on each count as follows:")
    return 13
