"""Pages that are no docket: letters, police narratives, fax covers, notes, and blank sides."""

import textwrap
from datetime import date, timedelta
from random import Random

from .cases import a_judge
from .layout import Line, Run
from .people import MEN, SURNAMES, WOMEN

STREET = ("North Wells Street", "West Adams Street", "South Dearborn Street", "Oak Park Avenue")
LETTERS = (
    "Enclosed please find the documents you requested by telephone. Kindly return the signed copy "
    "to this office at your "
    "earliest convenience, together with the fee mentioned in our earlier correspondence.",
    "This office represents the above named client. We ask that the matter be continued to a later "
    "date, as counsel will be "
    "engaged on trial in another county during the week in question.",
    "Thank you for your inquiry concerning storage of old files. The boxes on the third floor will "
    "be moved to the warehouse "
    "during the summer, and an inventory will follow.",
    "Please be advised that the interpreter you asked for is not available on that day. We can "
    "offer another interpreter on "
    "the following morning, if the court has no objection.",
)
NARRATIVES = (
    "R/O while on routine patrol observed subject standing at mouth of alley. Subject upon seeing "
    "marked unit fled on foot "
    "northbound. After brief chase subject was detained and a protective pat down was done. Subject "
    "was conveyed to the "
    "district for processing. Nothing further at this time.",
    "Complainant stated to R/O that unknown persons entered the rear porch during the night and "
    "removed two bicycles. No "
    "witnesses. Evidence technician notified. Canvass of the area met with negative results.",
    "In summary: R/Os responded to a call of a disturbance. Upon arrival the parties had separated. "
    "Both were advised of "
    "their rights to sign complaints and refused. Report made for information only.",
)


def _someone(rng: Random) -> str:
    return f"{rng.choice(MEN + WOMEN)} {rng.choice(SURNAMES)}"


def _day(rng: Random, first: int, last: int) -> date:
    return date(rng.randint(first, last), 1, 1) + timedelta(days=rng.randint(0, 364))


def _page(rows: list[str]) -> tuple[Line, ...]:
    return tuple(Line((Run(len(row) - len(row.lstrip()), row.strip()),)) if row.strip() else Line() for row in rows)


def letter(rng: Random, first: int, last: int) -> tuple[Line, ...]:
    """A letter about nothing a docket says."""
    writer, day = _someone(rng), _day(rng, first, last)
    body: list[str] = []
    for text in rng.sample(LETTERS, rng.randint(1, 3)):
        body += [*textwrap.wrap(text, 62), ""]
    return _page(
        [
            f"{writer}",
            "Attorney at Law" if rng.random() < 0.5 else "",
            f"{rng.randint(10, 900)} {rng.choice(STREET)}",
            "Chicago, Illinois",
            "",
            "",
            " " * 34 + day.strftime("%B %-d, %Y"),
            "",
            f"Dear {a_judge(rng)[0]}:",
            "",
            *body,
            "Very truly yours,",
            "",
            "",
            "",
            writer,
        ]
    )


def narrative(rng: Random, first: int, last: int) -> tuple[Line, ...]:
    """A police officer's account without names or charges."""
    rows = [
        "SUPPLEMENTARY REPORT",
        f"BEAT {rng.randint(1011, 2535)}    UNIT {rng.randint(1, 25):03d}    "
        f"DATE {_day(rng, first, last).strftime('%d %b %y').upper()}",
        "-" * 70,
        "NARRATIVE",
        "",
    ]
    for text in rng.sample(NARRATIVES, rng.randint(1, 3)):
        rows += [*textwrap.wrap(text.upper(), 68), ""]
    return _page([*rows, f"OFFICER {rng.choice(SURNAMES).upper()} STAR {rng.randint(2000, 19999)}"])


def fax_cover(rng: Random, first: int, last: int) -> tuple[Line, ...]:
    """The cover sheet of a facsimile."""
    return _page(
        [
            "",
            "        FACSIMILE TRANSMITTAL SHEET",
            "",
            f"TO:      {_someone(rng)}",
            f"FROM:    {_someone(rng)}",
            f"FAX:     (312) 555-{rng.randint(100, 199):04d}",
            f"DATE:    {_day(rng, max(first, 1988), last).strftime('%m/%d/%Y')}",
            f"PAGES:   {rng.randint(2, 9)} including this cover",
            "",
            "RE:      records request",
            "",
            "COMMENTS:",
            *textwrap.wrap(rng.choice(LETTERS), 58),
        ]
    )


def note(rng: Random, first: int, last: int) -> tuple[Line, ...]:
    """A sheet with a printed heading; the rest is handwriting."""
    return _page([rng.choice(("MEMORANDUM", "NOTES", "WHILE YOU WERE OUT", "ROUTING SLIP"))])


def blank(rng: Random, first: int, last: int) -> tuple[Line, ...]:
    """Nothing at all."""
    return ()


STRAYS = {"letter": letter, "narrative": narrative, "fax_cover": fax_cover, "note": note, "blank": blank}


REFERENCES = (
    "Re: People v. {name}, No. {number}",
    "RE:  {name}   Case {number}",
    "Subject: your client {name} ({number})",
)
ABOUT_CASES = (
    "Please find enclosed a copy of the court file you asked for. The charge of {charge} was before the court on "
    "{day} and the file shows what became of it.",
    "We write about the above matter, in which our client was arrested on {day} for {charge}. Kindly advise this "
    "office of the next court date.",
    "With reference to your letter of {day}, our records show that the defendant was charged with {charge}. A fee of "
    "five dollars is due before a certified copy can be sent.",
)
REPORTS = (
    "ABOVE SUBJECT {name} WAS OBSERVED BY R/O AT MOUTH OF ALLEY AND FOUND TO HAVE ON HIS PERSON A SMALL BAG OF A "
    "CRUSHED GREEN PLANT SUSPECT CANNABIS. SUBJECT PLACED IN CUSTODY AND ADVISED OF RIGHTS. CHARGED WITH {charge}.",
    "R/O EXECUTED A SEARCH WARRANT AND ARRESTED {name} FOR {charge}. INVENTORIED UNDER NUMBER {inventory}. COURT DATE "
    "{day} BRANCH 57.",
)
CHARGES = ("possession of cannabis", "retail theft", "battery", "possession of a controlled substance", "trespass")


def _case_words(rng: Random, first: int, last: int) -> dict[str, str]:
    year = rng.randint(first, last)
    return {
        "name": _someone(rng),
        "number": f"{year % 100:02d} CR {rng.randint(100, 29999):05d}",
        "charge": rng.choice(CHARGES),
        "day": _day(rng, first, last).strftime("%B %-d, %Y"),
        "inventory": str(rng.randint(1_000_000, 9_999_999)),
    }


def case_letter(rng: Random, first: int, last: int) -> tuple[Line, ...]:
    """A letter about a case; it names people and a number and is no docket."""
    told = _case_words(rng, first, last)
    rows = [_someone(rng), "Attorney at Law", "", _day(rng, first, last).strftime("%B %-d, %Y"), ""]
    rows += [
        rng.choice(REFERENCES).format(**told),
        "",
        rng.choice(("Dear Sir or Madam:", "Dear Clerk:", "Gentlemen:")),
        "",
    ]
    for text in rng.sample(ABOUT_CASES, rng.randint(1, 2)):
        rows += [*textwrap.wrap(text.format(**told), 62), ""]
    return _page([*rows, rng.choice(("Sincerely,", "Very truly yours,", "Yours truly,")), "", "", _someone(rng)])


def case_report(rng: Random, first: int, last: int) -> tuple[Line, ...]:
    """A police report that names a person and a charge."""
    told = _case_words(rng, first, last)
    title = rng.choice(
        ("SUPPLEMENTARY REPORT", "ARREST REPORT - NARRATIVE", "GENERAL OFFENSE CASE REPORT", "VICE CASE REPORT")
    )
    rows = [
        title,
        "CHICAGO POLICE DEPARTMENT" if rng.random() < 0.6 else "",
        f"R.D. NO. {rng.choice('ABCDF')}{rng.randint(100000, 999999)}     BEAT {rng.randint(1011, 2535)}",
        "",
    ]
    rows += [
        f"OFFENDER: {told['name'].upper()}   M/{rng.choice('BWH')}   AGE {rng.randint(17, 60)}",
        "",
        "NARRATIVE:" if rng.random() < 0.7 else "",
    ]
    for text in rng.sample(REPORTS, rng.randint(1, 2)):
        rows += [*textwrap.wrap(text.format(**told).upper(), 68), ""]
    return _page([*rows, f"REPORTING OFFICER {rng.choice(SURNAMES).upper()} STAR {rng.randint(2000, 19999)}"])


def receipt(rng: Random, first: int, last: int) -> tuple[Line, ...]:
    """A receipt for a fee or a bond."""
    told = _case_words(rng, first, last)
    return _page(
        [
            rng.choice(("RECEIPT", "BOND RECEIPT", "CLERK'S RECEIPT FOR FEES")),
            "",
            f"RECEIVED OF {told['name'].upper()}",
            f"THE SUM OF ${rng.randint(5, 900)}.00   CASE {told['number']}",
            f"DATE {told['day'].upper()}",
            "THIS IS NOT A RECORD OF CONVICTION",
        ]
    )


VARIED_STRAYS = {**STRAYS, "case_letter": case_letter, "case_report": case_report, "receipt": receipt}
