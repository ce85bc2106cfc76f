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
    """`1998-05-02` or `5/2/1998`; a day that never was is no day."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", text)
    american = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text)
    if iso is None and american is None:
        raise Unreadable
    year, month, day = iso.groups()[:3] if iso else (american[3], american[1], american[2])  # type: ignore[index]
    return date(int(year), int(month), int(day))


YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


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
    found = re.fullmatch(r"(?:CLASS )?([1-4X])(?: FEL(?:ONY)?)?|(?:FEL(?:ONY)? )(?:CLASS )?([1-4X])", tidy)
    if found:
        return Grade("F" + (found[1] or found[2]))
    found = re.fullmatch(r"(?:CLASS )?([ABC])(?: MISD(?:EMEANOR)?)?|(?:MISD(?:EMEANOR)? )(?:CLASS )?([ABC])", tidy)
    if found:
        return Grade("M" + (found[1] or found[2]))
    raise Unreadable


GRADES = {grade.value: grade for grade in Grade} | {
    "FELONY": Grade.F, "MISDEMEANOR": Grade.M, "MISD": Grade.M, "INFRACTION": Grade.I, "CIVIL": Grade.V,
    "PETTY": Grade.P, "PETTY OFFENSE": Grade.P,
}  # fmt: skip


def disposition_in(text: str) -> Disposition:
    """The disposition by its word; `Nolle Prosequi` and `nolle_prosequi` are one."""
    word = re.sub(r"[\s_-]+", "_", text.strip().lower())
    try:
        return Disposition(DISPOSITIONS.get(word, word))
    except ValueError:
        raise Unreadable from None


DISPOSITIONS = {
    "convicted": "guilty", "conviction": "guilty", "acquitted": "not_guilty", "nolle_pros": "nolle_prosequi",
    "nolle": "nolle_prosequi", "dismissal": "dismissed", "sol": "stricken_off_leave",
}  # fmt: skip


def termination_in(text: str) -> Termination:
    try:
        return Termination(text.lower())
    except ValueError:
        raise Unreadable from None


def sentence_in(text: str) -> tuple[SentencePart, ...]:
    """`18 months probation; 100 dollars fine`."""
    return tuple(_part(part.strip()) for part in text.split(";") if part.strip())


def _part(text: str) -> SentencePart:
    found = re.fullmatch(
        r"(?:\$?(\d+(?:\.\d+)?)\s*)?(?:(day|month|year|hour|dollar)s?\s+)?(?:of\s+)?(\D+)", text.lower()
    )
    if found is None:
        raise Unreadable
    kind = re.sub(r"[\s_-]+", "_", found[3].strip())
    try:
        named = SentenceKind(KINDS.get(kind, kind))
    except ValueError:
        raise Unreadable from None
    unit = Unit(found[2] + "s") if found[2] else None
    return SentencePart(named, None if found[1] is None else float(found[1]), unit)


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
    if not re.fullmatch(r"\d{1,6}", text):
        raise Unreadable
    return int(text)


def statute_in(text: str, law: str) -> str:
    """The canonical citation; as typed is taken, what cannot be told is not."""
    if law == "california":
        from eligibility.california.citation import cited_in

        if cited_in(text) is None:
            raise Unreadable
        return text
    return _illinois_statute(text)


def _illinois_statute(text: str) -> str:
    from eligibility.citation import citation_in

    if citation_in(text) is not None:
        return text
    from extract.statutes import statute_in as typed

    found = typed(text)
    if found is None or not found.known or citation_in(found.canonical) is None:
        raise Unreadable
    return found.canonical


def parsers(law: str) -> dict[str, Callable[[str], Any]]:
    """How each column that bears on an answer is read; free text such as `county` is taken as it stands."""
    return {
        "count": count_in, "offense_date": day_in, "arrest_date": day_in, "statute": lambda text: statute_in(text, law),
        "grade": grade_in, "grams": grams_in, "subsequent": flag_in, "disposition": disposition_in,
        "disposition_date": day_in, "sentence": sentence_in, "sentence_complete": flag_in,
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
