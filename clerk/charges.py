"""The cells of charges.csv as readings: liberal in how a thing is written, never in what it is taken for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from casefile.docket import (
    Disposition,
    Grade,
    Grams,
    Reading,
    SentenceKind,
    SentencePart,
    Termination,
    Unit,
    silent,
)

COLUMNS = (
    "record_id", "person_id", "docket_number", "count", "offense_date", "arrest_date", "statute", "description",
    "grade", "grams", "subsequent", "disposition", "disposition_date", "sentence", "sentence_complete",
    "termination", "section7", "birth_date", "source_confidence", "county", "event_id", "sentence_end", "deceased",
    "sex_registrant", "plants", "form", "facts", "doj_listed", "challenged",
)  # fmt: skip
NEEDED = ("record_id", "statute", "disposition")
SURE = 0.99  # from this source_confidence on a row is as on paper


class Unreadable(ValueError):
    """A cell that says nothing this column can hold."""


def day_in(text: str) -> date:
    """`1998-05-02`, `5/2/1998`, `19980502` or `May 2, 1998`; a day that never was is no day, nor is a year of two
    figures."""
    tidy = MIDNIGHT.sub("", text)
    found = next((found for shape in DAYS if (found := shape.fullmatch(tidy))), None)
    if found is None:
        raise Unreadable
    month = found["month"]
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    return date(int(found["year"]), number, int(found["day"]))


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MIDNIGHT = re.compile(r"[T ](?:00?:00(?::00(?:\.0+)?)?Z?|12:00(?::00)? ?AM)$", re.I)
_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAYS = tuple(
    re.compile(shape, re.I)
    for shape in (
        f"{_YEAR}-{_MONTH}-{_DAY}", f"{_YEAR}/{_MONTH}/{_DAY}", f"{_MONTH}[/-]{_DAY}[/-]{_YEAR}",
        r"(?P<year>(?:18|19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)", f"{_NAME} {_DAY},? {_YEAR}",
        f"{_DAY}[ -]{_NAME}[ -]{_YEAR}",
    )
)  # fmt: skip

YES = dict.fromkeys(("yes", "y", "true", "1", "1.0"), True) | dict.fromkeys(("no", "n", "false", "0", "0.0"), False)


def flag_in(text: str) -> bool:
    try:
        return YES[text.lower()]
    except KeyError:
        raise Unreadable from None


def section7_in(text: str) -> bool:
    """`yes` where that enhancement was charged; anything else must be a plain no."""
    return flag_in(text)


def grams_in(text: str) -> Grams:
    """`6`, `2.5-10`, `<2.5`, `>5000`; a `g` after it is taken."""
    tidy = re.sub(r"\s*(?:g|gr|gram|grams)\.?$", "", text.lower()).replace(" ", "")
    number = r"(\d+(?:\.\d*)?|\.\d+)"
    if exact := re.fullmatch(number, tidy):
        return Grams(float(exact[1]), float(exact[1]))
    if band := re.fullmatch(f"{number}-{number}", tidy):
        low, high = float(band[1]), float(band[2])
        if low < high:
            return Grams(low, high)
    if below := re.fullmatch(f"<=?{number}", tidy):
        return Grams(None, float(below[1]))
    if above := re.fullmatch(f">{number}", tidy):
        return Grams(float(above[1]), None)
    raise Unreadable


def grade_in(text: str) -> Grade:
    """`F4`, `Class 4`, `A misd`; or `F`, `M` alone. A mark such as `?` is a doubt, and no class."""
    tidy = re.sub(r"[\s./-]+", " ", text.upper()).strip()
    if tidy in GRADES:
        return GRADES[tidy]
    found = re.fullmatch(r"(?:CLASS )?([1-4X]) ?(?:F|FEL|FELONY)?|(?:F|FEL|FELONY) (?:CLASS )?([1-4X])", tidy)
    if found:
        return Grade("F" + (found[1] or found[2]))
    found = re.fullmatch(r"(?:CLASS )?([ABC]) ?(?:M|MISD|MISDEMEANOR)?|(?:M|MISD|MISDEMEANOR) (?:CLASS )?([ABC])", tidy)
    if found:
        return Grade("M" + (found[1] or found[2]))
    raise Unreadable


GRADES = {grade.value: grade for grade in Grade} | {
    "FELONY": Grade.F, "MISDEMEANOR": Grade.M, "MISD": Grade.M, "INFRACTION": Grade.I, "CIVIL": Grade.V,
    "PETTY": Grade.P, "PETTY OFFENSE": Grade.P,
}  # fmt: skip


def disposition_in(text: str, law: str) -> Disposition:
    """The disposition by its word, or by a whole wording of clerks; `Nolle Prosequi` and `nolle_prosequi` are one.

    Short forms are a court's own: under another law `np` may stand for something else.
    """
    word = re.sub(r"[\s_/,-]+", "_", text.strip(" .").lower())
    if CONVICTED_TO.fullmatch(word):
        return Disposition.GUILTY
    try:
        return Disposition(DISPOSITIONS.get(word, word) if word not in SHORT_IN_COOK else _in_cook(word, law))
    except ValueError:
        raise Unreadable from None


def _in_cook(word: str, law: str) -> str:
    if law != "illinois":
        raise Unreadable
    return SHORT_IN_COOK[word]


CONVICTED_TO = re.compile(r"convicted(?:_(?:prob|probation|jail|prison|fine))+")  # as rap sheets put it
# Whole wordings, so that what stands beside a word is never lost. None is a plea, which may be withdrawn or followed
# by probation without judgment, nor the bare `NG`, which may be one, nor `judgment vacated`, said of bonds too.
SAID = {
    "guilty": "convicted|conviction|finding guilty|finding of guilty|found guilty|verdict guilty|verdict of guilty",
    "not_guilty": "acquitted|acquittal|finding not guilty|finding of not guilty|found not guilty|verdict not guilty"
    "|verdict of not guilty",
    "nolle_prosequi": "nolle pros|nolle|nolle prosecution|nolle prossed|nol pros|motion state nolle prosequi"
    "|motion state nolle pros",
    "stricken_off_leave": "stricken off|stricken off call|stricken off with leave"
    "|stricken off leave to reinstate|stricken off with leave to reinstate|stricken off call with leave to reinstate",
    "no_probable_cause": "finding no probable cause|finding of no probable cause",
    "dismissed": "dismissal|case dismissed|dismissed with prejudice|dismissed without prejudice"
    "|dismissed for want of prosecution|dismissed furtherance of justice|non suit",
    "supervision": "court supervision",
    "first_offender_probation": "first offender",
    "vacated": "conviction vacated",
    "abated": "death suggested cause abated|cause abated",
    "superseded": "superseded by indictment",
    "warrant": "bond forfeiture warrant",
}
DISPOSITIONS = {said.replace(" ", "_"): word for word, wordings in SAID.items() for said in wordings.split("|")}
SHORT_IN_COOK = {
    "fg": "guilty", "vg": "guilty", "fng": "not_guilty", "np": "nolle_prosequi", "sol": "stricken_off_leave",
    "solw": "stricken_off_leave", "fnpc": "no_probable_cause", "lfd": "leave_to_file_denied", "supv": "supervision",
    "bfw": "warrant", "transferred_misd_crt": "transferred", "710_probation": "first_offender_probation",
    "1410_probation": "first_offender_probation", "550_10_probation": "first_offender_probation",
    "570_410_probation": "first_offender_probation",
}  # fmt: skip


def termination_in(text: str) -> Termination:
    word = re.sub(r"[\s_-]+", "_", text.lower())
    try:
        return Termination(TERMINATIONS.get(word, word))
    except ValueError:
        raise Unreadable from None


TERMINATIONS = dict.fromkeys(
    ("terminated_satisfactory", "terminated_satisfactorily", "satisfactorily_terminated", "term_sat"), "satisfactory"
)


def sentence_in(text: str) -> tuple[SentencePart, ...]:
    """`18 months probation; 100 dollars fine`, also with commas between, and `3 YRS PROBATION` or `$1,250 fine`."""
    tidy = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text.lower())
    return tuple(_part(part.strip()) for part in re.split("[;,]", tidy) if part.strip())


def _part(text: str) -> SentencePart:
    if turned := re.fullmatch(r"(\D+?)\s+(\$?\d\S*(?:\s+[a-z]+)?)", text):
        text = f"{turned[2]} {turned[1]}"
    found = re.fullmatch(
        r"(?:\$?(\d+(?:\.\d+)?)\s*)?"
        r"(?:(?:(day|dy)|(month|mth|mo)|(year|yr)|(hour|hr)|(dollar))s?\.?\s+)?(?:of\s+)?(\D+)",
        text,
    )
    if found is None:
        raise Unreadable
    kind = re.sub(r"[\s_-]+", "_", found[7].strip())
    try:
        named = SentenceKind(KINDS.get(kind, kind))
    except ValueError:
        raise Unreadable from None
    unit = next((unit for unit, named in zip(UNITS, found.groups()[1:6], strict=True) if named), None)
    return SentencePart(named, None if found[1] is None else float(found[1]), unit)


UNITS = (Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS, Unit.DOLLARS)
KINDS = {"idoc": "prison", "doc": "prison", "county_jail": "jail", "costs": "fine", "court_supervision": "supervision"}


def plants_in(text: str) -> float:
    if not re.fullmatch(r"\d+(\.0+)?", text):
        raise Unreadable
    return float(text)


def form_in(text: str) -> str:
    if text.lower() != "concentrate":
        raise Unreadable
    return "concentrate"


FACTS = ("minor_sale", "minor_use", "import_export", "environmental", "school")


def facts_in(text: str) -> tuple[str, ...]:
    words = tuple(sorted({word.strip().lower() for word in text.split(";") if word.strip()}))
    if not set(words) <= set(FACTS):
        raise Unreadable
    return words


def count_in(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}(?:\.0+)?", text):
        raise Unreadable
    return int(text.partition(".")[0])


LONGEST_CITATION = 200  # characters


def statute_in(text: str, law: str) -> str:
    """The canonical citation; as typed is taken, what cannot be told is not."""
    if len(text) > LONGEST_CITATION:
        raise Unreadable
    if law == "california":
        from eligibility.california.citation import cited_in

        if cited_in(text) is None:
            raise Unreadable
        return text
    return _illinois_statute(text)


def _illinois_statute(text: str) -> str:
    """The citation as it stands where it is canonical; else what is meant by it, as clerks type it."""
    from eligibility.citation import Kind, citation_in

    own = citation_in(text)
    if own is not None and own.kind is not Kind.OLD and not re.search("[a-z]$", own.section):
        return text
    from extract.statutes import statute_in as typed

    found = typed(_in_short(text))
    if found is not None and found.known and citation_in(found.canonical) is not None:
        return found.canonical
    if own is None:
        raise Unreadable
    return text


def _in_short(text: str) -> str:
    """A citation with its words in the short form: `720 Ill. Comp. Stat. 550/4, subsection (d)`."""
    for long, short in IN_SHORT:
        text = long.sub(short, text)
    return text


IN_SHORT = (
    (re.compile(r"\bIll?\. ?Comp\. ?Stat\.?(?: ?Ann\.?)?", re.I), "ILCS"),
    (re.compile(r",? *\b(?:subsections?|subsecs?\.?|subdivisions?|subds?\.?|subpars?\.?) *(?=\()", re.I), ""),
    (re.compile("¶+"), "par."),
    (re.compile(r"(\d ?ILCS),? +Act +(\d+),? +Sec(?:tion|\.)? *(?=\d)", re.I), r"\1 \2/"),
    (re.compile(r"(\d ?ILCS +\d{1,4})[ -]+(?=\d)", re.I), r"\1/"),
)


def parsers(law: str) -> dict[str, Callable[[str], Any]]:
    """How each column that bears on an answer is read; free text such as `county` is taken as it stands."""
    return {
        "count": count_in, "offense_date": day_in, "arrest_date": day_in, "statute": lambda text: statute_in(text, law),
        "grade": grade_in, "grams": grams_in, "subsequent": flag_in,
        "disposition": lambda text: disposition_in(text, law), "disposition_date": day_in,
        "sentence": sentence_in, "sentence_complete": flag_in,
        "termination": termination_in, "section7": section7_in, "birth_date": day_in, "county": str,
        "sentence_end": day_in, "deceased": flag_in, "sex_registrant": flag_in, "plants": plants_in, "form": form_in,
        "facts": facts_in, "doj_listed": flag_in, "challenged": flag_in, "source_confidence": confidence_in,
    }  # fmt: skip


def confidence_in(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        raise Unreadable from None
    if not 0.0 <= found <= 1.0:
        raise Unreadable
    return found


@cache
def nothing() -> Reading[Any]:
    return silent()


def reading_of(text: str, parse: Callable[[str], Any], *, confidence: float = 1.0) -> Reading[Any]:
    """A cell as a reading: silent where empty, illegible where it says nothing the column can hold."""
    tidy = text.strip()
    if not tidy:
        return nothing() if confidence >= SURE else Reading(None, None, confidence)
    try:
        value = parse(tidy)
    except (ValueError, OverflowError):
        return Reading(None, tidy, 0.0)
    return Reading(value, tidy, 1.0 if confidence >= SURE else confidence)
