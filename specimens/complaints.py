"""Complaints and charging papers: prose that accuses, wrapped as it was typed."""

import textwrap
from dataclasses import replace
from random import Random
from typing import Any

from .docket import Clerk
from .facts import CaseFacts
from .forms import Words, _caption, _cased, _centred, _room
from .layout import Layout, Line, Run
from .people import MEN, SURNAMES, WOMEN

OPENINGS = (
    "{who}, complainant, now appears before the Circuit Court of Cook County and states that {name} has, on or "
    "about {day}, at {place}, committed the offense of {description} in that he knowingly and unlawfully {did}, "
    "in violation of {cite}.",
    "The undersigned complainant charges that on or about {day} at {place} the defendant {name} committed the "
    "offense of {description}, in violation of {cite}, contrary to the statute and against the peace and dignity "
    "of the People of the State of Illinois.",
    "That on {day}, in Cook County, Illinois, {name} committed the offense of {description} in violation of {cite}, "
    "and against the peace and dignity of the same People of the State of Illinois.",
    "{who} states that {name} on {day} at {place} did commit the offense of {description} ({cite}) in that the said "
    "defendant {did}.",
)
DEEDS = (
    "did the act described above without authority of law",
    "acted with knowledge and without lawful justification",
    "had in his possession and under his control the substance or property described",
)
SIGNED = ("Complainant", "Assistant State's Attorney", "Subscribed and sworn to before me")
PLACES = ("1200 W Madison, Chicago", "the corner of Ogden and Pulaski", "Cook County, Illinois", "3400 S Halsted St")
SPELLED_NEW = (
    "Chapter {chapter}, Act {act}, Section {section}{subs}, Illinois Compiled Statutes",
    "{chapter} ILCS {act}/{section}{subs}",
)
SPELLED_OLD = (
    "Chapter {half}, Section {section}{subs}, Illinois Revised Statutes",
    "Ch. {half}, par. {section}{subs}, Ill. Rev. Stat.",
    "Chapter {half}, Paragraph {section}{subs} of the Illinois Revised Statutes",
)


def complaint(rng: Random, layout: Layout, case: CaseFacts, stock: str) -> tuple[list[Line], dict[str, Any], str]:
    """The lines of one complaint, what it states, and whose it is."""
    words = Words(rng, stock)
    several = rng.random() < 0.25
    charges = tuple(replace(c, amended_from=None) for c in (case.charges if several else case.charges[:1]))
    told = replace(case, charges=charges, events=(), companions=())
    clerk = Clerk(rng, replace(layout, name_widths=(40, 40), traits=frozenset()), told)
    lines = [x for template in _head(words, clerk.layout) for x in clerk.line(template)]
    who = f"{rng.choice(MEN + WOMEN)} {rng.choice(SURNAMES)}"
    for printed in clerk.charges:
        lines += [Line(), *_paragraph(rng, clerk, printed, who, numbered=several and len(charges) > 1)]
    lines += [Line(), *_text(["", " " * 10 + rng.choice(SIGNED)])]
    clerk.stated |= {"description", "cite", "offense"}
    record = clerk._record()
    for row in record["charges"]:
        row.update(disposition=None, disposition_date=None, plea=None, grade=None)
    return lines, record, case.person.person_id


def _head(words: Words, layout: Layout) -> list[str]:
    rng = words.rng
    court, title = (_cased(layout, words.one(*key)) for key in (("phrases", "court"), ("titles", "complaint")))
    rows = [_centred(layout, court), "", *_caption(words, layout), _centred(layout, title)]
    extra = []
    if rng.random() < 0.4:
        extra.append(
            f"{words.label('dob')}: {{dob}}    {words.label('sex')}: {{sex}}    {words.label('race')}: {{race}}"
        )
    if rng.random() < 0.3:
        extra.append(f"{words.label('arrested')}: {{arrested}}    {words.label('ir')}: {{ir}}")
    return [*rows, *extra]


def _paragraph(rng: Random, clerk: Clerk, printed: Any, who: str, *, numbered: bool) -> list[Line]:
    """One accusation in a sentence; the record takes the citation without the form's own shape."""
    cited = printed.charge.citation
    old = clerk.year < 1993 and cited.old_section and cited.inner is None
    form = rng.choice(SPELLED_OLD if old else SPELLED_NEW)
    subs = "".join(f"({s})" for s in cited.subs)
    cite = form.format(
        chapter=cited.chapter,
        act=cited.act,
        half=cited.old_chapter.replace(".5", " 1/2"),
        section=cited.old_section if old else cited.section,
        subs=subs,
    )
    if cited.inner is not None or not cited.chapter:
        cite = printed.cite
    text = rng.choice(OPENINGS).format(
        who=who,
        name=f"{clerk.case.person.given} {clerk.case.person.surname}",
        day=clerk.on(printed.charge.offense_on),
        place=rng.choice(PLACES),
        description=printed.description.text,
        did=rng.choice(DEEDS),
        cite=cite,
    )
    head = [f"COUNT {printed.charge.count}"] if numbered else []
    return _text([*head, *textwrap.wrap(clerk._cased(text), min(70, _room(clerk.layout)), break_on_hyphens=False)])


def _text(rows: list[str]) -> list[Line]:
    return [Line((Run(len(row) - len(row.lstrip()), row.strip()),)) if row.strip() else Line() for row in rows]
