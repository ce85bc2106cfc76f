"""How clerks typed docket numbers, citations, grades and amounts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from .facts import Citation, Number, Sentence
from .layout import CiteForm, Layout

RENUMBERED = 1993
OLD_CITES_PERSIST, OLD_CITES_UNTIL = 0.12, 2004
CARELESS_SHARE = 0.08  # of citations in computer listings are typed with a slip
SUBS: Mapping[str, Callable[[str], str]] = {
    "(a)": lambda s: f"({s.lower()})",
    "(A)": lambda s: f"({s.upper()})",
    "-A": lambda s: f"-{s.upper()}",
    "A": lambda s: s.upper(),
    "a": lambda s: s.lower(),
    " (A)": lambda s: f" ({s.upper()})",
    " A": lambda s: f" {s.upper()}",
    "": lambda s: "",
}


def subs_in(subs: tuple[str, ...], style: str) -> str:
    """The subsections appended in a style; mixed styles such as "A(1)" change after the first."""
    if style == "A(1)":
        return "".join((subs[0].upper(), *(f"({s.upper()})" for s in subs[1:]))) if subs else ""
    if style == "-A(1)":
        return "".join((f"-{subs[0].upper()}", *(f"({s.upper()})" for s in subs[1:]))) if subs else ""
    return "".join(SUBS[style](sub) for sub in subs)


def _typed(citation: Citation, form: CiteForm, *, old: bool) -> str:
    chapter = citation.old_chapter if old else citation.chapter
    base = form.form.format(
        chapter=chapter,
        act=citation.act,
        section=citation.old_section if old else citation.section,
        half=chapter.replace(".5", " 1/2"),
        glyph=chapter.replace(".5", "½"),
        dashed=chapter.replace(".5", "-1/2"),
    )
    return base + subs_in(citation.subs, form.subs)


def typed_citation(rng: Random, layout: Layout, citation: Citation, year: int) -> tuple[str, str]:
    """The citation as this layout types it, in the numbering of its year, and what it says."""
    inner = citation.inner
    has_old = bool(citation.old_section) and (inner is None or bool(inner.old_section))
    lingering = RENUMBERED <= year <= OLD_CITES_UNTIL and rng.random() < OLD_CITES_PERSIST
    old = has_old and (not citation.chapter or year < RENUMBERED or lingering)
    forms = layout.cites["ilrs" if old else "ilcs"]
    form = rng.choices(forms, [f.weight for f in forms])[0]
    careless = "careless" in layout.traits and rng.random() < CARELESS_SHARE
    if inner is None and careless and rng.random() < 0.3:
        short = replace(citation, subs=())
        return _typed(short, form, old=old) + rng.choice((".", "")), short.canonical
    typed = _typed(citation, form, old=old)
    if inner is not None:
        typed += rng.choice(("({})", "({})", "/{}", " ({})")).format(_typed(inner, form, old=old))
    return (_slipped(rng, typed) if careless else typed), citation.canonical


def _slipped(rng: Random, typed: str) -> str:
    """The citation with a slip of the finger that leaves its sense alone."""
    slips = [typed + ".", typed if "1/2" in typed else typed.replace("/", "\\")]
    if typed.endswith(")"):
        slips += [typed[:-1], typed[:-1] + ".)", typed + ")"]
    return rng.choice(slips)


def typed_number(form: str, number: Number) -> str:
    """The docket number in a form of the layout: {yy}, {type}, {seq}, {dd}."""
    return form.format(
        yy=f"{number.year % 100:02d}",
        yyyy=number.year,
        type=number.kind,
        seq=number.sequence,
        dd=f"{number.defendant:02d}",
    )


def numerals(count: int) -> Mapping[str, str]:
    """The number of a count as clerks write it in other than plain figures: roman, letter, ordinal."""
    return {
        "roman": ROMANS[count - 1],
        "letter": "ABCDEFGH"[count - 1],
        "ordinal": f"{count}{ordinal_ending(count)}",
    }


def ordinal_ending(number: int) -> str:
    """The letters behind a number that make it an ordinal: 1st, 2nd, 3rd, 4th, 11th."""
    return "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def number_as_read(form: str, number: Number) -> str:
    """What the typed number says in canonical form."""
    return number.canonical(with_defendant="{dd}" in form)


def typed_grade(style: str, grade: str) -> tuple[str, str | None]:
    """The grade in the style of the layout, and what it then says: FX, F4, MA, or F and M alone."""
    letter, rank = grade[:1], grade[1:]
    if style == "type":
        return letter, letter
    if style == "type_class":
        return f"{letter} {rank}".strip(), grade
    if style == "class_words":
        noun = "FEL" if letter == "F" else "MISD"
        return (f"CL {rank} {noun}", grade) if rank else (noun, letter)
    if style == "class_long":
        noun = "FELONY" if letter == "F" else "MISDEMEANOR"
        return (f"CLASS {rank} {noun}", grade) if rank else (noun, letter)
    if style == "class_behind":
        noun = "FELONY" if letter == "F" else "MISDEMEANOR"
        return (f"{noun}, CLASS {rank}", grade) if rank else (noun, letter)
    if style == "word":
        return ("FELONY" if letter == "F" else "MISDEMEANOR"), letter
    if style == "joined":
        return grade, grade
    return "", None


ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
NUMERALS = {
    1: "one",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    10: "ten",
    12: "twelve",
    18: "eighteen",
    20: "twenty",
    24: "twenty-four",
    30: "thirty",
    50: "fifty",
    60: "sixty",
    90: "ninety",
    100: "one hundred",
    180: "one hundred eighty",
}


def typed_amount(rng: Random, layout: Layout, sentence: Sentence) -> tuple[str, Sentence]:
    """The amount of a sentence in the words of the layout, and the sentence as it then reads."""
    amount, unit = sentence.amount, sentence.unit
    if amount is None or unit is None:
        return "", sentence
    if unit == "months" and amount % 12 == 0 and "years_for_months" in layout.traits and rng.random() < 0.4:
        amount, unit = amount // 12, "years"
    read = Sentence(sentence.kind, amount, unit)
    form = rng.choice(layout.units[unit])
    if amount == 1:
        form = re.sub(r"(?<=[A-Za-z])s(?=\.?$)|(?<=[A-Z])S(?=\.?$)", "", form)
    word = NUMERALS.get(amount)
    if "amounts_in_words" in layout.traits and word and unit != "dollars" and rng.random() < 0.35:
        return form.format(n=rng.choice((word, f"{word} ({amount})"))), read
    return form.format(n=f"{amount:,}" if unit == "dollars" and amount > 999 else amount), read
