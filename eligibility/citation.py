"""Canonical citations as the law sees them: act, section, letter; attempts, ordinances, other law."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

CANNABIS_CONTROL_ACT = "720 ILCS 550"
PARAPHERNALIA_ACT = "720 ILCS 600"
CRIMINAL_CODE = "720 ILCS 5"


class Kind(StrEnum):
    """Which body of law a citation belongs to."""

    STATE = "state"
    ORDINANCE = "ordinance"
    ELSEWHERE = "elsewhere"  # another state, or federal law
    OLD = "old"  # Ill. Rev. Stat. without a successor
    UNKNOWN = "unknown"  # ink whose provision cannot be told


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision: `act` as `720 ILCS 550`, `section` as `4`, the first subsection as `letter` where cited.

    `attempt` is True for 720 ILCS 5/8-4 around it; an attempt of nothing that could be read has no section.
    """

    kind: Kind
    act: str = ""
    section: str = ""
    letter: str = ""
    attempt: bool = False

    @property
    def provision(self) -> tuple[str, str]:
        return self.act, self.section

    @property
    def is_section_4_or_5(self) -> bool:
        return self.act == CANNABIS_CONTROL_ACT and self.section in ("4", "5")

    def __str__(self) -> str:
        if self.kind is not Kind.STATE:
            return NAMES[self.kind]
        cited = f"{self.act}/{self.section}" + (f"({self.letter})" if self.letter else "")
        if self.attempt:
            return f"{CRIMINAL_CODE}/8-4 ({cited})" if self.section else f"{CRIMINAL_CODE}/8-4"
        return cited


NAMES = {
    Kind.ORDINANCE: "a local ordinance",
    Kind.ELSEWHERE: "law of another state or federal law",
    Kind.OLD: "an older act",
    Kind.UNKNOWN: "an unknown provision",
}
UNKNOWN = Citation(Kind.UNKNOWN)


def provision_of(citation: Citation) -> str:
    """The provision without its letter, as a ruling names it: `720 ILCS 550/5`."""
    return str(replace(citation, letter=""))


def provision_in(text: str) -> str:
    """The provision that a citation names, as a ruling names it; one that cannot be told is none, and not any."""
    return provision_of(citation_in(text) or UNKNOWN)


_STATE = re.compile(r"(\d{1,3}) ILCS (\d{1,4})/(\d+[A-Za-z]?(?:[-.]\d+)*[A-Za-z]?)((?:\([\w.-]{1,5}\))*)", re.A)
_OLD = re.compile(r"Ill\. ?Rev\. ?Stat\. ch\. (\d+(?: 1/2)?), pars?\. (\d[\w.-]*)((?:\([\w.-]{1,5}\))*)", re.A)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|"
    "RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_ORDINANCE = re.compile(r"\b(ordinances?|municipal code|mun\. ?code|m\.c\.c\.|county code|village code)\b|^MCC\b", re.I)
_ELSEWHERE = re.compile(
    r"(?:HS|PC|VC|BP|H&S|(?:" + _STATES + r") \S+) ?\d[\w.]*(?:\([\w.]{1,5}\))*|\d+ U\.?S\.?C\.? .*"
)


LETTERED = ("4", "5")  # sections of the Cannabis Control Act that know one letter, and nothing beneath it
LAST_SECTION = 19  # of that Act; a number beyond is no section of it


def citation_in(text: str) -> Citation | None:
    """The provision a canonical citation names; None where it cannot be told, which is never a default."""
    text = " ".join(text.split())
    attempted = re.fullmatch(r"720 ILCS 5/8-4(?:\([\w.-]+\))*(?: \((.+)\))?", text)
    if attempted:
        return _attempt_of(attempted.group(1))
    if found := _STATE.fullmatch(text):
        chapter, number, section, subsections = found.groups()
        act = f"{int(chapter)} ILCS {int(number)}"
        if act == CANNABIS_CONTROL_ACT:
            return _of_cannabis(section, subsections)
        section = _unpadded(section)
        if (act, section) == (CRIMINAL_CODE, "8-4"):
            return _attempt_of(None)
        return Citation(Kind.STATE, act, section, _letter(subsections))
    if found := _OLD.fullmatch(text):
        return _old(*found.groups())
    if _ORDINANCE.search(text):
        return Citation(Kind.ORDINANCE)
    if _ELSEWHERE.fullmatch(text):
        return Citation(Kind.ELSEWHERE)
    return None


def _attempt_of(text: str | None) -> Citation | None:
    if text is None:
        return Citation(Kind.STATE, attempt=True)
    inner = citation_in(text)
    if inner is None or inner.attempt:
        return None
    if inner.kind is not Kind.STATE:
        return Citation(Kind.STATE, attempt=True)
    return Citation(Kind.STATE, inner.act, inner.section, inner.letter, attempt=True)


def _unpadded(section: str) -> str:
    """`4` for `04` and for `4.0`, as tables of numbers put it."""
    return re.sub(r"(?<![\d.])0+(?=\d)|\.0+$", "", section)


def _letter(subsections: str) -> str:
    found = re.match(r"\(([\w.-]+)\)", subsections)
    return found.group(1).lower() if found else ""


def _old(chapter: str, paragraph: str, subsections: str) -> Citation | None:
    """Chapter 56 1/2, par. 700+n is section n of the Cannabis Control Act; other old law stays old."""
    section = re.fullmatch(r"7(\d\d)((?:\.\d+)?[A-Za-z]?)", paragraph)
    if chapter == "56 1/2" and section:
        return _of_cannabis(str(int(section.group(1))) + section.group(2), subsections)
    return Citation(Kind.OLD)


def _of_cannabis(section: str, subsections: str) -> Citation | None:
    """`4(d)`, and `4d` for it; None for what the Act does not hold, and where two subsections are named."""
    told = re.fullmatch(r"((\d+)(?:\.\d+)?)([A-Za-z]?)", section)
    if told is None or int(told[2]) > LAST_SECTION:
        return None
    number, under = _unpadded(told[1]), f"({told[3]}){subsections}" if told[3] else subsections
    if number in LETTERED and not re.fullmatch(r"(?:\([A-Za-z]\))?", under):
        return None
    return Citation(Kind.STATE, CANNABIS_CONTROL_ACT, number, _letter(under))
