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


_STATE = re.compile(r"(\d{1,3}) ILCS (\d{1,4})/(\d+[A-Za-z]?(?:[-.]\d+)*[A-Za-z]?)((?:\([\w.-]{1,5}\))*)")
_OLD = re.compile(r"Ill\. ?Rev\. ?Stat\. ch\. (\d+(?: 1/2)?), pars?\. (\d[\w.-]*)((?:\([\w.-]{1,5}\))*)")
_ORDINANCE = re.compile(r"\b(ordinances?|municipal code|mun\. ?code|m\.c\.c\.|county code|village code)\b|^MCC\b", re.I)
_ELSEWHERE = re.compile(r"(?:HS|PC|VC|BP|H&S|[A-Z]{2} \S+) ?\d[\w.]*(?:\([\w.]{1,5}\))*|\d+ U\.?S\.?C\.? .*")


# Sections of the Cannabis Control Act that know letters alone: a number beneath one is another section.
UNNUMBERED = ("4", "5")


def citation_in(text: str) -> Citation | None:
    """The provision a canonical citation names; None where it cannot be told, which is never a default."""
    text = " ".join(text.split())
    attempted = re.fullmatch(r"720 ILCS 5/8-4(?:\([\w.-]+\))*(?: \((.+)\))?", text)
    if attempted:
        return _attempt_of(attempted.group(1))
    if found := _STATE.fullmatch(text):
        chapter, act, section, subsections = found.groups()
        if (
            f"{chapter} ILCS {act}" == CANNABIS_CONTROL_ACT
            and section in UNNUMBERED
            and re.search(r"\(\d", subsections)
        ):
            return None
        return Citation(Kind.STATE, f"{chapter} ILCS {act}", section, _letter(subsections))
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


def _letter(subsections: str) -> str:
    found = re.match(r"\(([\w.-]+)\)", subsections)
    return found.group(1).lower() if found else ""


def _old(chapter: str, paragraph: str, subsections: str) -> Citation | None:
    """Chapter 56 1/2, par. 700+n is section n of the Cannabis Control Act; other old law stays old."""
    section = re.fullmatch(r"7(\d\d)((?:\.\d+)?)", paragraph)
    if chapter == "56 1/2" and section:
        number = str(int(section.group(1))) + section.group(2)
        if number in UNNUMBERED and re.search(r"\(\d", subsections):
            return None
        return Citation(Kind.STATE, CANNABIS_CONTROL_ACT, number, _letter(subsections))
    return Citation(Kind.OLD)
