"""How a stranger words charges, citations, amounts and grades."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random

from ..facts import ChargeFacts, Citation, Described, Number, Person, Sentence
from ..offenses import Offense, cut_to, described, offenses

RENUMBERED, OLD_HABIT_SHARE, OLD_HABIT_UNTIL = 1993, 0.15, 2003
FIRST_NOW, FIRST_THEN = {"550": "550/10", "570": "570/410"}, {"550": "710", "570": "1410"}
ATTEMPTED = {"dev": "ATTEMPT ", "kept": "Attempt: "}
SUBS: Mapping[str, Callable[[str], str]] = {
    "(a)": lambda s: f"({s.lower()})",
    "(A)": lambda s: f"({s.upper()})",
    "-A": lambda s: f"-{s.upper()}",
    "A": lambda s: s.upper(),
    "a": lambda s: s.lower(),
}
Amounts = Mapping[str, str]  # by unit: "{n} MOS"


@dataclass(frozen=True, slots=True)
class Charged:
    """A charge as it is to be typed: the citation and what it says, the description and its amount."""

    facts: ChargeFacts
    cite: str
    canonical: str
    text: str
    grams: tuple[float | None, float | None] | None

    @property
    def said(self) -> dict[str, object]:
        """What the record holds once citation and description stand on the page."""
        return {"statute": self.canonical, "description": self.text, "grams": list(self.grams) if self.grams else None}


@dataclass(frozen=True, slots=True)
class Cites:
    """A clerk's way of citing: forms of {chapter} {act} {section} now, {half} {dashed} {chapter} {section} then."""

    now: str
    then: str
    subs: str
    attempt: str = "{outer}({inner})"
    subs_then: str = ""

    def typed(self, citation: Citation, *, old: bool) -> str:
        """The citation; an attempt with what was attempted."""
        outer = self._one(replace(citation, inner=None), old=old)
        if citation.inner is None:
            return outer
        return self.attempt.format(outer=outer, inner=self._one(citation.inner, old=old))

    def _one(self, cited: Citation, *, old: bool) -> str:
        chapter = cited.old_chapter
        base = (self.then if old else self.now).format(
            chapter=chapter if old else cited.chapter,
            act=cited.act,
            section=cited.old_section if old else cited.section,
            half=chapter.replace(".5", " 1/2"),
            dashed=chapter.replace(".5", "-1/2"),
        )
        style = (self.subs_then or self.subs) if old else self.subs
        return base + "".join(SUBS[style](sub) for sub in cited.subs)


@cache
def _descriptions() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    table = tomllib.loads((files("specimens") / "strangers.toml").read_text("utf-8"))
    return {half: {cite: tuple(words) for cite, words in rows.items()} for half, rows in table.items()}


def _offense(citation: Citation, year: int) -> Offense:
    named = [o for o in offenses() if o.citation.canonical == citation.canonical]
    return next((o for o in named if o.since <= year <= o.until), named[0])


def in_old_numbers(rng: Random, citation: Citation, year: int) -> bool:
    """Whether a clerk of that year would cite by the numbers of before 1993."""
    inner = citation.inner
    has_old = bool(citation.old_section) and (inner is None or bool(inner.old_section))
    habit = RENUMBERED <= year <= OLD_HABIT_UNTIL and rng.random() < OLD_HABIT_SHARE
    return has_old and (not citation.chapter or year < RENUMBERED or habit)


def charged(rng: Random, half: str, facts: ChargeFacts, year: int, cites: Cites, *, width: int = 80) -> Charged:
    """The charge in the words of that half's clerks, its description cut to `width` where the amount stays whole."""
    inner = facts.citation.inner
    offense = _offense(inner or facts.citation, year)
    before = ATTEMPTED[half] if inner else ""
    whole = [described(rng, offense, p) for p in _descriptions()[half][offense.citation.canonical]]
    moved = [
        Described(before + d.text, d.grams, (d.span[0] + len(before), d.span[1] + len(before))) if before else d
        for d in whole
    ]
    fitting = [cut for cut in (cut_to(d, width) for d in moved) if cut]
    short = moved[0].text[: moved[0].span[0]].strip()[:width]  # the words in front of the amount
    chosen = rng.choice(fitting) if fitting else Described(short)
    cite = cites.typed(facts.citation, old=in_old_numbers(rng, facts.citation, year))
    return Charged(facts, cite, facts.citation.canonical, chosen.text, chosen.grams)


def amount(sentence: Sentence, units: Amounts, *, years: bool = False) -> tuple[str, Sentence]:
    """The amount in words of `units`, and the sentence as it then reads; with `years`, whole years for months."""
    number, unit = sentence.amount, sentence.unit
    if number is None or unit is None:
        return "", sentence
    if years and unit == "months" and number % 12 == 0:
        number, unit = number // 12, "years"
    shown = units[unit].format(n=f"{number:,}" if unit == "dollars" and number > 999 else number)
    if number == 1:
        shown = re.sub(r"(?<=[A-Za-z]{2})[sS](?=\.?$)", "", shown)
    return shown, Sentence(sentence.kind, number, unit)


def sentenced(
    rng: Random,
    sentence: Sentence,
    words: Mapping[str, str | tuple[str, ...]],
    units: Amounts,
    *,
    act: str = "550",
    years: bool = False,
) -> tuple[str, Sentence]:
    """A penalty worded by its kind, and as it then reads; {first} and {then} name the first-offender probation."""
    typed, read = amount(sentence, units, years=years)
    entry = words[sentence.kind.value]
    options = (entry,) if isinstance(entry, str) else entry
    text = rng.choice(options).format(amount=typed, first=FIRST_NOW.get(act, ""), then=FIRST_THEN.get(act, ""))
    return " ".join(text.split()).strip(" ,-"), read


def act_of(facts: ChargeFacts) -> str:
    """The act charged under, which decides which first-offender probation there is."""
    return (facts.citation.inner or facts.citation).act


def graded(style: str, grade: str) -> tuple[str, str | None]:
    """A grade in a style, and what it says: letters, words, short or bare."""
    letter, rank = grade[:1], grade[1:]
    felony = letter == "F"
    if style == "bare":
        return letter, letter
    if style == "rank":
        return (f"{letter}/{rank}", grade) if rank else (letter, letter)
    if style == "words":
        noun = "felony" if felony else "misdemeanor"
        return (f"Class {rank} {noun}", grade) if rank else (noun.capitalize(), letter)
    noun = "FEL" if felony else "MISD"
    return (f"{noun} CL {rank}", grade) if rank else (noun, letter)


def number(form: str, docket: Number) -> tuple[str, str]:
    """The docket number typed in a form of {yy} {yyyy} {type} {seq} {dd}, and as it reads."""
    typed = form.format(
        yy=f"{docket.year % 100:02d}",
        yyyy=docket.year,
        type=docket.kind,
        seq=docket.sequence,
        dd=f"{docket.defendant:02d}",
    )
    return typed, docket.canonical(with_defendant="{dd}" in form)


def called(who: Person, form: str) -> str:
    """The person's name in a form of {last} {first} {m} {suffix}; what is silent leaves no gap."""
    text = form.format(last=who.surname, first=who.given, m=who.middle, suffix=who.suffix)
    text = re.sub(r"\s+", " ", text).replace(" ,", ",").replace(" .", "")
    return text.strip(" ,")


def ordinal(day: date, form: str) -> str:
    """A date with {d} as its day and the letters that make an ordinal of it in place of {th}."""
    ending = "th" if 10 < day.day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return day.strftime(form).replace("{d}", str(day.day)).replace("{th}", ending)
