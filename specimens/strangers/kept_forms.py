"""Strangers kept for judging, forms: a branch court's call, a complaint, a register with the newest entry first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ..cases import Era, a_weekday
from ..facts import Act, CaseFacts, Event
from ..people import SURNAMES
from ..reading import ENDS
from .desk import Desk, Drawn, drawn
from .entries import Entry, Tongue, entries
from .paper import Block, Grid, Page, flowed, placed, wrapped
from .telling import Telling, last_day
from .wording import Charged, Cites, called, charged, graded, number, ordinal

CALL_CITES = Cites("{chapter}-{act}.0/{section}", "{chapter}/{section}", "A", "{outer} {inner}")
CALL = Tongue(
    acts={
        "continued": "BA {next}",
        "continued_defendant": "MD {next}",
        "continued_state": "MS {next}",
        "continued_court": "OC {next}",
        "plea_guilty": "PG",
        "plea_not_guilty": "PNG",
        "jury_waived": "JW",
        "found_guilty": "FG",
        "found_not_guilty": "FNG",
        "verdict_guilty": "JT VG",
        "verdict_not_guilty": "JT VNG",
        "judgment": "JOF",
        "nolle": "NOLLE",
        "stricken": "SOL",
        "reinstated": "REINST",
        "no_probable_cause": "FNPC",
        "leave_denied": "LFD",
        "dismissed": "DISM",
        "non_suit": "NON-SUIT",
        "warrant": "BFW",
        "warrant_quashed": "WQR",
        "superseded": "SUPERSEDED BY INDICTMENT",
        "transferred": "TRANS CRIM DIV",
        "abated": "DEATH SUGG ABATED",
        "amended": "AMD TO {cite} {text}",
    },
    penalties={
        "prison": "IDOC {amount}",
        "jail": "CCDOC {amount}",
        "probation": "PROB {amount}",
        "first_offender": "{then} PROB {amount}",
        "conditional_discharge": "CD {amount}",
        "supervision": "SUPV {amount}",
        "fine": "FINE {amount}",
        "community_service": "CS {amount}",
        "time_served": "TCS {amount}",
        "credit": "CTDS {amount}",
        "boot_camp": "BOOT CAMP",
        "restitution": "REST {amount}",
        "treatment": "DRUG TREATMENT",
    },
    units={"days": "{n} DA", "months": "{n} MO", "years": "{n} YR", "hours": "{n} HR", "dollars": "${n}"},
)
DECISIVE = {*ENDS, Act.SENTENCED} - {Act.JUDGMENT}
PROCEDURAL = (Act.FILED, Act.BOND, Act.DEFENDER, Act.ARRAIGNED)


def _of_the_day(case: CaseFacts, called_on: date) -> tuple[Event, ...]:
    """What is done on the day the case is first decided, or last continued, moved to the day of the call."""
    decided = [e.on for e in case.events if e.act in DECISIVE]
    final = [e.on for e in case.events if e.act in DECISIVE and e.act is not Act.WARRANT]
    day = min(final or decided, default=max(e.on for e in case.events))
    here = [e for e in case.events if e.on == day and e.act not in PROCEDURAL]
    return tuple(replace(e, on=called_on, next_on=called_on + (e.next_on - e.on) if e.next_on else None) for e in here)


def call(desk: Desk, grid: Grid) -> Drawn:
    """A branch court's call of one day: a small block for every defendant, the clerk's orders typed under it."""
    rng, era = desk.rng, desk.era
    year = rng.randint(era.first, max(era.first, era.last - 1))
    desk.era = Era(year, year)
    cases = [case for _ in range(rng.randint(4, 9)) for case in desk.cases()]
    called_on = a_weekday(date(year + 1, 1, 2) + timedelta(days=rng.randint(0, 300)))
    style = rng.choice(("%m-%d-%y", "%m/%d/%Y"))
    branch, judge = cases[0].branch, cases[0].judges[0][0].upper()
    tells, blocks = list[Telling](), list[Block]()
    for line, case in enumerate(cases, 1):
        tell, block = _called(rng, replace(case, events=_of_the_day(case, called_on)), line, style)
        tells.append(tell)
        blocks.append(block)

    def head(page: Page, at: int) -> int:
        page.put(0, 0, f"CALL OF CASES   {branch}")
        page.put(0, 34, f"COURT DATE {called_on.strftime(style)}")
        page.put(0, grid.width - 8, f"PG {at}")
        page.put(1, 60, f"JUDGE {judge}")
        page.put(1, 0, "LN   M.C.C. NUMBER    DEFENDANT")
        page.put(2, 0, "_" * (grid.width - 2))
        return 4

    pages, ends = placed(grid, head, blocks)
    told = [tell.told(case, [page]) for tell, case, (page, _) in zip(tells, cases, ends, strict=True)]
    return drawn(pages, told, year + 2)


def _called(rng: Random, case: CaseFacts, line: int, style: str) -> tuple[Telling, Block]:
    who = case.person
    typed, read = number("{yy}{type}{seq}", case.number)
    tell = Telling("court_sheet", {"docket_number": read})
    tell.named(who)
    tell.person(who, "birth_date", "sex", "ir_number")
    after = {c.count: charged(rng, "kept", c, case.filed_on.year, CALL_CITES, width=44) for c in case.charges}
    amended = any(e.act is Act.AMENDED for e in case.events)
    before = {
        c.count: charged(rng, "kept", c.amended_from, case.filed_on.year, CALL_CITES, width=44)
        if c.amended_from and amended
        else after[c.count]
        for c in case.charges
    }
    name = called(who, "{last} {suffix}, {first} {m}").upper()
    born, ir = max(54, 24 + len(name)), max(70, 39 + len(name))
    first = [(0, f"{line:02d}"), (5, typed), (22, name), (born, f"{who.born.strftime(style)} {who.sex}")]
    rows: list[list[tuple[int, str]]] = [[*first, (ir, f"IR {who.ir_number}")]]
    for count, one in after.items():
        shown = before[count]
        rows.append([(5, f"{count})"), (9, shown.cite.upper()), (max(35, len(shown.cite) + 11), shown.text.upper())])
        tell.count(count, **{**one.said, "description": one.text.upper()})
    printed = list(entries(rng, case, CALL, after, lambda day: day.strftime(style)))
    tell.entered(e.event for e in printed)
    orders = " / ".join(f"{_counted(e, len(after))}" for e in printed).upper()
    rows += [[(9, row)] for row in wrapped(orders, 68)]
    return tell, [*rows, []]


def _counted(entry: Entry, total: int) -> str:
    counts = entry.event.counts
    if not counts or total == 1:
        return entry.text
    return f"{entry.text} CALL" if len(counts) == total else f"{entry.text} C{'&'.join(map(str, counts))}"


CHARGING_CITES = Cites(
    "Chapter {chapter}, Act {act}, Section {section}", "Chapter {half}, Section {section}", "(a)", "{outer}, {inner}"
)
DEEDS: Mapping[str, str] = {
    "cannabis": "knowingly and unlawfully had under {his} control a quantity of a substance containing cannabis",
    "16": "obtained unauthorized control over merchandise being the property of the owner",
    "12": "intentionally and without legal justification struck the complainant about the body",
    "other": "knowingly, and without lawful authority, did the act forbidden by the said section",
}
TITLES = ("MISDEMEANOR COMPLAINT", "COMPLAINT FOR PRELIMINARY EXAMINATION", "CRIMINAL COMPLAINT")


def complaint(desk: Desk, grid: Grid) -> Drawn:
    """A sworn complaint: printed caption and oath, the charge typed into the form as one sentence for each count."""
    rng = desk.rng
    case = desk.case(lambda one: len(one.charges) < 3 and one.number.kind.startswith("MC"))
    who, year, form = case.person, case.filed_on.year, rng.choice(("{d} %B %Y", "%B {d}, %Y", "%m/%d/%Y"))
    typed, read = number(rng.choice(("{yy} {type} {seq}", "{yy}{type}{seq}{dd}")), case.number)
    tell = Telling("complaint", {"docket_number": read, "arresting_agency": case.agency})
    tell.named(who)
    tell.person(who, "birth_date", "sex", "race")
    page = Page(grid.width)
    title = rng.choice(TITLES)
    for row, column, text in (
        (0, 22, "IN THE CIRCUIT COURT OF COOK COUNTY, ILLINOIS"),
        (3, 0, "THE PEOPLE OF THE STATE OF ILLINOIS"),
        (4, 24, "Plaintiff"),
        (5, 14, "v."),
        (7, 24, "Defendant"),
        (5, 44, "No."),
        (9, 24, title),
    ):
        page.label(row, column, text)
    page.put(6, 4, called(who, "{first} {m}. {last} {suffix}").upper())
    page.put(5, 49, typed)
    page.rules += [grid.down(40, 3, 8), grid.across(7.1, 0, 39)]
    officer = f"{rng.choice('ABCDEFGHJKLMR')}. {rng.choice(SURNAMES)}"
    page.put(11, 0, officer)
    page.label(11, 22, "complainant, being sworn, states that the above named defendant")
    row = 12
    for charge in case.charges:
        one = charged(rng, "kept", charge.amended_from or charge, year, CHARGING_CITES)
        lead = f"Count {charge.count}: " if len(case.charges) > 1 else ""
        for text in wrapped(lead + _sentence(one, who.sex, form, case), 68):
            row += 1
            page.put(row, 2, text)
        row += 1
        tell.count(charge.count, **one.said, offense_date=charge.offense_on.isoformat())
    page.label(
        row + 1, 0, "contrary to the Statute and against the peace and dignity of the People of the State of Illinois."
    )
    _complaint_foot(page, grid, case, row + 3, ordinal(who.born, form))
    return drawn([page], [tell.told(case, [0])], case.filed_on.year)


def _sentence(one: Charged, sex: str, form: str, case: CaseFacts) -> str:
    cited = one.facts.citation
    key = "cannabis" if cited.act == "550" and cited.section in ("4", "5") else cited.section[:2]
    deed = DEEDS.get(key if cited.act in ("550", "5") else "other", DEEDS["other"])
    he = "he" if sex == "M" else "she"
    place = case.person.address.partition(",")[0]
    law = "Illinois Compiled Statutes" if "Act" in one.cite else "Illinois Revised Statutes"
    return (
        f"has, on or about {ordinal(one.facts.offense_on, form)}, at or near {place}, committed the offense of "
        f"{one.text} in that {he} {deed.format(his='his' if sex == 'M' else 'her')}, in violation of {one.cite}, {law}"
    )


def _complaint_foot(page: Page, grid: Grid, case: CaseFacts, row: int, born: str) -> None:
    who = case.person
    fields = (
        ("Date of Birth", 0, born),
        ("Sex", 24, who.sex),
        ("Race", 32, who.race),
        ("Arresting Agency", 42, case.agency),
    )
    page.rules += grid.box(-0.5, row - 0.2, 72, row + 2)
    for label, column, value in fields:
        page.label(row, column, label)
        page.put(row + 1, column + 1, value)
    page.label(row + 5, 40, "(Complainant's Signature)")
    page.rules.append(grid.across(row + 4.9, 38, 70))
    page.label(row + 6, 0, "Subscribed and sworn to before me")
    page.put(row + 6, 40, case.filed_on.strftime("%m-%d-%y"))


REGISTER_CITES = Cites("{chapter} ILCS {act}/{section}", "Ch. {half} Par. {section}", "(a)", "{outer} / {inner}")
REGISTER = Tongue(
    acts={
        "filed": "Information filed",
        "bond": "Bond set at $5,000, 10% to apply",
        "defender": "Public Defender appointed",
        "arraigned": "Deft arraigned, furnished copy",
        "continued": "By agreement cause reset {next}",
        "continued_defendant": "On motion of deft cause reset {next}",
        "continued_state": "On motion of People cause reset {next}",
        "continued_court": "On Court's own motion cause reset {next}",
        "plea_not_guilty": "Deft enters plea of NG",
        "plea_guilty": ("Deft enters vol. GP", "Deft withdraws former plea and enters GP"),
        "jury_waived": "Deft waives jury in open court",
        "found_guilty": ("Court finds deft guilty", "GP accepted, finding of guilty"),
        "found_not_guilty": "Court finds deft NG, deft discharged",
        "verdict_guilty": "Jury returns verdict of guilty",
        "verdict_not_guilty": "Jury returns verdict of NG",
        "judgment": ("Judgment of conviction entered", "Judgment on finding"),
        "nolle": ("People move to nolle pros, allowed", "Nol-prossed on motion of People"),
        "stricken": "Stricken with leave to reinstate",
        "reinstated": "Cause reinstated",
        "no_probable_cause": "Prelim hrg held, no probable cause found",
        "leave_denied": "Leave to file denied",
        "dismissed": ("Dismissed on motion of People", "Charge dismissed"),
        "non_suit": "Non-suit allowed",
        "warrant": "Deft FTA, bond forfeited, warrant to issue",
        "warrant_quashed": "Warrant quashed",
        "superseded": "Superseded by indictment",
        "transferred": "Transferred to felony division",
        "abated": "Death of deft suggested, cause abated",
        "amended": "People amend charge to {text}, {cite}",
        "violation": "Petition to revoke filed",
        "terminated": "Terminated satisfactorily, deft discharged",
        "revoked": "Petition allowed, revoked",
        "vacated": "Judgment vacated on petition of deft",
        "expunged": "Order to expunge entered",
        "sealed": "Order to seal entered",
    },
    penalties={
        "prison": "Sentenced to {amount} DOC",
        "jail": "Sentenced to {amount} county jail",
        "probation": "{amount} probation",
        "first_offender": "{amount} sec. {then} probation",
        "conditional_discharge": "{amount} conditional discharge",
        "supervision": "{amount} supervision",
        "fine": "{amount} fine and costs",
        "community_service": "{amount} public service work",
        "time_served": "Time considered served {amount}",
        "credit": "credit {amount}",
        "boot_camp": "Boot camp recommended",
        "restitution": "{amount} restitution",
        "treatment": "Drug treatment",
    },
    units={"days": "{n} days", "months": "{n} months", "years": "{n} years", "hours": "{n} hours", "dollars": "${n}"},
    years=True,
)


def register(desk: Desk, grid: Grid) -> Drawn:
    """A downstate register of entries in free text, the newest day at the top."""
    rng, case = desk.rng, desk.case()
    who, style = case.person, rng.choice(("%m/%d/%Y", "%m-%d-%y", "%d %b %Y"))
    typed = f"{case.filed_on.year % 100:02d}-{'CF' if case.number.kind[0] == 'C' else 'CM'}-{rng.randint(2, 2400)}"
    tell = Telling("half_sheet", {"docket_number": typed.replace("-", "")})
    tell.named(who)
    tell.person(who, "birth_date")
    tell.alias(who)
    charges = {c.count: charged(rng, "kept", c, case.filed_on.year, REGISTER_CITES) for c in case.charges}
    before = {
        c.count: charged(rng, "kept", c.amended_from, case.filed_on.year, REGISTER_CITES)
        if c.amended_from
        else charges[c.count]
        for c in case.charges
    }
    grades = {count: graded("words", before[count].facts.grade)[0] for count in charges}
    for count, one in charges.items():
        same = one is before[count]
        tell.count(count, **one.said, grade=graded("words", one.facts.grade)[1] if same else None)

    def head(page: Page, at: int) -> int:
        page.put(0, 0, f"{typed}    PEOPLE v. {called(who, '{last}, {first} {m} {suffix}').upper()}")
        page.put(0, 66, f"p.{at}")
        if at > 1:
            return 2
        page.put(
            1, 0, f"DOB: {who.born.strftime(style)}" + (f"   AKA: {who.alias[0]}, {who.alias[1]}" if who.alias else "")
        )
        row = 2
        for count, one in before.items():
            for text in wrapped(f"Count {count}: {one.text}, {one.cite}, {grades[count]}", 70):
                row += 1
                page.put(row, 0, text)
        page.put(row + 2, 0, "DOCKET ENTRIES  (most recent first)")
        return row + 4

    printed = list(entries(rng, case, REGISTER, charges, lambda day: day.strftime(style)))
    tell.entered(e.event for e in printed)
    body = [_day(rng, case, day, printed, style) for day in reversed(list(dict.fromkeys(e.event.on for e in printed)))]
    pages = flowed(grid, head, body)
    return drawn(pages, [tell.told(case, range(len(pages)))], last_day(case).year)


def _day(rng: Random, case: CaseFacts, day: date, printed: Sequence[Entry], style: str) -> Block:
    parts = [f"{e.text}{_named(e.event, len(case.charges))}" for e in printed if e.event.on == day]
    present = f"ASA {rng.choice(SURNAMES)} present. " if rng.random() < 0.4 else ""
    text = present + ". ".join(part[0].upper() + part[1:] for part in parts) + f". ({case.judges[0][0]})"
    first, *more = wrapped(f"{day.strftime(style)}: {text}", 70)
    return [[(0, first)], *([(4, row)] for row in wrapped(" ".join(more), 66) if row), []]


def _named(event: Event, total: int) -> str:
    if not event.counts or total == 1:
        return ""
    if len(event.counts) == total:
        return " to all counts" if total > 2 else " to both counts"
    return f" as to Ct. {', '.join(map(str, event.counts))}"
