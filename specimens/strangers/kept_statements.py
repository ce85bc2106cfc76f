"""Strangers kept for judging, statements: a certificate told in paragraphs, a landscape table of counts."""

from collections.abc import Mapping
from random import Random

from ..facts import CaseFacts, Event
from ..reading import Reading
from .desk import Desk, Drawn, drawn
from .entries import Tongue, entries, penalties
from .paper import Block, Grid, Page, centred, flowed, wrapped
from .telling import Telling, last_day, standing
from .wording import Charged, Cites, act_of, called, charged, graded, number, ordinal

PROSE_CITES = Cites(
    "Chapter {chapter}, Act {act}, Section {section}",
    "Chapter {half}, Paragraph {section}",
    "(a)",
    "{outer} (attempt) and {inner}",
)
STATUTES = {True: "Illinois Compiled Statutes", False: "Illinois Revised Statutes"}
PROSE = Tongue(
    acts={
        "plea_guilty": ("the defendant entered a plea of guilty", "the defendant pleaded guilty"),
        "plea_not_guilty": "the defendant entered a plea of not guilty",
        "found_guilty": ("the Court found the defendant guilty", "a finding of guilty was entered"),
        "found_not_guilty": "the Court found the defendant not guilty",
        "verdict_guilty": "a jury returned its verdict of guilty",
        "verdict_not_guilty": "a jury returned its verdict of not guilty",
        "judgment": "judgment was entered upon the finding",
        "nolle": ("the State entered a nolle prosequi", "on motion of the State a nolle prosequi was entered"),
        "stricken": "the cause was stricken off with leave to reinstate",
        "reinstated": "the cause was reinstated on motion of the State",
        "no_probable_cause": "the Court found no probable cause and the defendant was discharged",
        "leave_denied": "leave to file was denied",
        "dismissed": "the charge was dismissed",
        "non_suit": "a non-suit was taken",
        "warrant": "the bond was forfeited and a warrant ordered to issue",
        "warrant_quashed": "the warrant was quashed and recalled",
        "superseded": "the charge was superseded by indictment",
        "transferred": "the cause was transferred to the Criminal Division",
        "abated": "the cause was abated by reason of the death of the defendant",
        "amended": "on motion of the State the charge was amended to {text} in violation of {cite}",
        "violation": "a petition alleging violation was filed",
        "terminated": "the same was terminated satisfactorily and the defendant discharged",
        "revoked": "the same was revoked",
        "vacated": "the judgment was vacated",
        "expunged": "the record was ordered expunged",
        "sealed": "the record was ordered sealed",
    },
    penalties={
        "prison": "the defendant was sentenced to {amount} in the Department of Corrections",
        "jail": "the defendant was sentenced to {amount} in the County Jail",
        "probation": "the defendant was placed on probation for {amount}",
        "first_offender": "the defendant was placed on Section {then} probation for {amount}",
        "conditional_discharge": "a sentence of conditional discharge for {amount} was imposed",
        "supervision": "the defendant was placed under supervision for {amount}",
        "fine": "a fine of {amount} was imposed",
        "community_service": "the defendant was ordered to perform {amount} of community service",
        "time_served": "the defendant was sentenced to time considered served, {amount}",
        "credit": "credit was given for {amount} in custody",
        "boot_camp": "the defendant was recommended for boot camp",
        "restitution": "restitution of {amount} was ordered",
        "treatment": "treatment for drug abuse was ordered",
    },
    units={"days": "{n} days", "months": "{n} months", "years": "{n} years", "hours": "{n} hours", "dollars": "${n}"},
)
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
DATED = ("the {d}{th} day of %B, %Y", "%B {d}, %Y", "the {d}{th} of %B %Y")


def narrative(desk: Desk, grid: Grid) -> Drawn:
    """A certificate in paragraphs, the way a deputy dictated it; each day is a sentence."""
    rng, case = desk.rng, desk.case()
    form, width = rng.choice(DATED), rng.choice((62, 66, 70))
    typed, read = number(rng.choice(("{yy} {type} {seq}", "{yy}-{type}-{seq}{dd}")), case.number)
    charges = {c.count: charged(rng, "kept", c, case.filed_on.year, PROSE_CITES) for c in case.charges}
    tell = Telling("certified_statement", {"docket_number": read, "filed_date": case.filed_on.isoformat()})
    tell.named(case.person)
    tell.alias(case.person)
    for count, one in charges.items():
        tell.count(count, **one.said)
    printed = list(entries(rng, case, PROSE, charges, lambda day: ordinal(day, form)))
    tell.entered(e.event for e in printed)
    paragraphs = [_opening(rng, case, typed), _accused(rng, case, charges, form)]
    for day in dict.fromkeys(e.event.on for e in printed):
        parts = [f"{e.text}{_as_to(e.event, len(charges))}" for e in printed if e.event.on == day]
        said = parts[0] if len(parts) == 1 else f"{'; '.join(parts[:-1])}; and {parts[-1]}"
        paragraphs.append(f"That on {ordinal(day, form)}, {said}.")
    paragraphs.append("All of which appears from the records and files now remaining in my office.")
    body: list[Block] = [
        [[(6 if at == 0 else 0, row)] for at, row in enumerate(_indented(text, width))] + [[]] for text in paragraphs
    ]
    title = rng.choice(
        ("CLERK'S CERTIFICATE AS TO DISPOSITION", "TO WHOM IT MAY CONCERN: CERTIFICATE OF CONVICTION RECORD")
    )

    def head(page: Page, at: int) -> int:
        if at > 1:
            page.put(0, *centred(width, f"- {at} -"))
            return 2
        for row, text in enumerate(("State of Illinois  )", "                   )  ss.", "County of Cook     )")):
            page.put(row, 0, text)
        page.put(4, *centred(width, title))
        return 7

    pages = flowed(grid, head, body)
    return drawn(pages, [tell.told(case, range(len(pages)))], last_day(case).year)


def _indented(text: str, width: int) -> list[str]:
    first = wrapped(text, width - 6)[0]
    rest = text[len(first) :].strip()
    return [first, *(wrapped(rest, width) if rest else [])]


def _opening(rng: Random, case: CaseFacts, typed: str) -> str:
    who = case.person
    alias = f", otherwise known as {who.alias[1]} {who.alias[0]}," if who.alias else ""
    opening = rng.choice(
        (
            "I, the undersigned, Clerk of the Circuit Court of Cook County and keeper of its records, do hereby "
            "certify that in the cause entitled The People of the State of Illinois versus {name}{alias} and numbered "
            "{typed} the record discloses the following:",
            "This is to certify that the records of this Court in General Number {typed}, The People of the State of "
            "Illinois against {name}, defendant,{alias} have been searched by me and show as follows:",
        )
    )
    return opening.format(name=called(who, "{first} {m}. {last} {suffix}"), alias=alias, typed=typed).replace(",,", ",")


def _accused(rng: Random, case: CaseFacts, charges: Mapping[int, Charged], form: str) -> str:
    paper = "an information" if case.number.kind[0] == "C" else "a complaint"
    parts = []
    for count, one in charges.items():
        facts = case.charges[count - 1].amended_from
        first = charged(rng, "kept", facts, case.filed_on.year, PROSE_CITES) if facts else one
        where = f"in the {ORDINALS[count - 1]} count thereof with " if len(charges) > 1 else ""
        law = "" if "Act" not in first.cite else f" of the {STATUTES[True]}"
        law = law or f" of the {STATUTES[False]}"
        parts.append(f"{where}the offense of {first.text} in violation of {first.cite}{law}")
    with_what = "; and ".join(parts) if len(charges) > 1 else f"with {parts[0]}"
    return f"That on {ordinal(case.filed_on, form)}, {paper} was filed charging the said defendant {with_what}."


def _as_to(event: Event, total: int) -> str:
    if not event.counts or total == 1:
        return ""
    if len(event.counts) == total:
        return " as to all counts"
    names = " and ".join(ORDINALS[count - 1] for count in event.counts)
    return f" as to the {names} count{'s' if len(event.counts) > 1 else ''}"


TABLE_CITES = Cites("{chapter} {act}/{section}", "{chapter}/{section}", "(A)", "{outer} {inner}")
TABLE = Tongue(
    acts={},
    penalties={
        "prison": "DOC {amount}",
        "jail": "Jail {amount}",
        "probation": "Prob. {amount}",
        "first_offender": "{first} Prob. {amount}",
        "conditional_discharge": "CD {amount}",
        "supervision": "Supv. {amount}",
        "fine": "Fine {amount}",
        "community_service": "Comm. Svc. {amount}",
        "time_served": "TCS {amount}",
        "credit": "Cred. {amount}",
        "boot_camp": "Boot camp",
        "restitution": "Rest. {amount}",
        "treatment": "Treatment",
    },
    units={"days": "{n}d", "months": "{n}m", "years": "{n}y", "hours": "{n} hours", "dollars": "${n}"},
)
RESULTS = {
    "guilty": "Guilty",
    "not_guilty": "Not Guilty",
    "nolle_prosequi": "Nolle Pros",
    "stricken_off_leave": "Strk Off-Leave",
    "dismissed": "Dismissed",
    "no_probable_cause": "No Prob Cause",
    "leave_to_file_denied": "Leave Denied",
    "supervision": "Supervision",
    "first_offender_probation": "1st Off Prob",
    "vacated": "Vacated",
    "abated": "Abated-Death",
    "superseded": "Superseded",
    "transferred": "Transferred",
    "warrant": "BF Warrant",
    "pending": "Open",
    "expunged": "Expunged",
    "sealed": "Sealed",
}
COLUMNS = (
    (0, "Ct"),
    (4, "Law Violated"),
    (31, "Offense"),
    (66, "Lvl"),
    (71, "Pl"),
    (76, "Result"),
    (92, "Result Dt"),
    (104, "Sentence"),
)


def table(desk: Desk, grid: Grid) -> Drawn:
    """A laser print on its side: one row of a ruled table for every count, closing notes in the last column."""
    rng, case = desk.rng, desk.case()
    who = case.person
    style = rng.choice(("%d-%b-%Y", "%m/%d/%y", "%Y-%m-%d"))
    typed, read = number(rng.choice(("{yy} {type} {seq} {dd}", "{yyyy}-{type}-{seq}-{dd}")), case.number)
    tell = Telling(
        "certified_statement",
        {"docket_number": read, "arrest_date": case.arrested_on.isoformat(), "arresting_agency": case.agency},
    )
    tell.named(who)
    tell.person(who, "birth_date", "sex", "race", "sid")
    body, named = list[Block](), called(who, "{last} {suffix}, {first} {m}")

    def head(page: Page, at: int) -> int:
        page.put(0, 0, "Clerk of the Circuit Court - Cook County")
        page.put(0, 96, f"Sheet {at}")
        page.put(1, 0, "Certified Disposition Summary")
        for row, column, text in (
            (3, 0, f"Defendant:  {named}"),
            (3, 60, f"Case:       {typed}"),
            (4, 0, f"Birth date: {who.born.strftime(style)}"),
            (4, 60, f"Arrested:   {case.arrested_on.strftime(style)}"),
            (5, 0, f"Sex/Race:   {who.sex} / {who.race}"),
            (5, 60, f"Agency:     {case.agency}"),
            (6, 0, f"State ID:   {who.sid}"),
        ):
            page.put(row, column, text)
        for column, text in COLUMNS:
            page.put(8, column, text)
        return 10

    for count, reading in standing(case).items():
        body.append(_table_row(rng, tell, case, count, reading, style))
    body.append([[(0, f"Certified true and correct {last_day(case).strftime(style)}.")]])
    pages = flowed(grid, head, body, last_row=grid.height - 2)
    starts = [column - 1.0 for column, _ in COLUMNS] + [grid.width - 1.0]
    bottom = 10.0 + sum(len(block) for block in body[:-1])
    for page in pages[:1]:
        page.rules += [grid.across(row, -1, starts[-1]) for row in (7.8, 9.3, bottom - 0.3)]
        page.rules += [grid.down(column, 7.8, bottom - 0.3) for column in starts]
    return drawn(pages, [tell.told(case, range(len(pages)))], last_day(case).year)


def _table_row(rng: Random, tell: Telling, case: CaseFacts, count: int, reading: Reading, style: str) -> Block:
    facts, year = case.charges[count - 1], case.filed_on.year
    one = charged(rng, "kept", facts, year, TABLE_CITES)
    first = charged(rng, "kept", facts.amended_from, year, TABLE_CITES) if facts.amended_from else None
    grade, grade_read = graded("rank", facts.grade)
    texts = penalties(rng, reading, TABLE, act_of(facts))
    if reading.termination == "revoked":
        texts = ["REVOKED, then", *texts]
    elif reading.termination:
        texts.append("Closed satisfactorily")
    sentence = wrapped("; ".join(texts), 25)
    cites, words = wrapped(one.cite, 26), wrapped(one.text, 34)
    rows = list[list[tuple[int, str]]]()
    if first:
        before = wrapped(first.text, 34)
        rows += [[(31, row)] for row in before]
        rows[0] += [(0, f"{count}"), (4, first.cite)]
        rows.append([(4, "amended to:")])
    height = max(len(cites), len(words), len(sentence))
    for at in range(height):
        rows.append([(c, part[at]) for c, part in ((4, cites), (31, words), (104, sentence)) if at < len(part)])
    main = rows[-height]
    main += [(66, grade), (71, {"guilty": "G", "not_guilty": "NG", None: "-"}[reading.plea])]
    main.append((76, RESULTS[reading.disposition]))
    if not first:
        main.append((0, f"{count}"))
    if reading.disposed_on:
        main.append((92, reading.disposed_on.strftime(style)))
    tell.stands(count, reading, **one.said, grade=grade_read)
    return [*rows, []]
