"""Papers that tell each count's ending in its own place: rows of a table, labelled blocks, or sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, zip_longest
from random import Random
from typing import TYPE_CHECKING

from .facts import Act, CaseFacts, Event
from .forms import Words
from .layout import Layout, Line, Run
from .reading import ENDS, GUILT, read_entries

if TYPE_CHECKING:
    from .docket import Clerk, PrintedCharge

GRID, BLOCKS, PROSE = "grid", "blocks", "prose"
UNTOLD = (Act.AMENDED, Act.FILED, Act.VACATED, Act.EXPUNGED, Act.SEALED)
UNDONE = (Act.TERMINATED, Act.REVOKED, Act.VIOLATION, Act.REINSTATED)
PLEAS = {
    Act.PLEA_GUILTY: (("GUILTY", "GUILTY", "G", "PG"), ("PLEADED GUILTY", "GLTY")),
    Act.PLEA_NOT_GUILTY: (("NOT GUILTY", "NOT GUILTY", "NG"), ("N/GUILTY", "NOT GLTY")),
}
FOUND = {
    "guilty": (("GUILTY", "GUILTY", "G"), ("GLTY", "FOUND GUILTY")),
    "not_guilty": (("NOT GUILTY", "NG"), ("ACQ",)),
}
GRID_WIDTHS = {"count": 6, "cite": 19, "description": 22, "grade": 13, "offense": 13, "plea": 12, "finding": 12}
GRID_WIDTHS |= {"disposition": 23, "sentence": 20, "ended_on": 13}


def is_told_apart(layout: Layout) -> str:
    """Which of the three ways the layout has; empty where it lists charges and entries."""
    return next((way for way in (GRID, BLOCKS, PROSE) if way in layout.traits), "")


def as_ended(case: CaseFacts) -> CaseFacts:
    """The case without charges that were amended and without what undoes an ending."""
    charges = tuple(replace(charge, amended_from=None) for charge in case.charges)
    kept: list[Event] = []
    for event in sorted(case.events, key=lambda e: e.on):
        if event.act in UNDONE and any(e.act in ENDS or e.act is Act.SENTENCED for e in kept):
            break
        if event.act not in UNTOLD:
            kept.append(event)
    return replace(case, charges=charges, events=tuple(kept))


@dataclass(frozen=True)
class Ending:
    """How one count ended, in the words of the paper."""

    plea: str
    finding: str
    disposition: str
    sentence: str
    ended_on: str


def ending_of(clerk: Clerk, count: int, words: Words, *, parts: Sequence[str]) -> Ending:
    """The ending of a count in the words the form has for it; what is told is noted as printed.

    `parts`: which of plea, finding, disposition and sentence the form has a place for.
    """
    mine = [replace(e, counts=(count,)) for e in clerk.case.events if count in e.counts or not e.counts]
    standing = read_entries(mine, [count])[count]
    pleas = [e for e in mine if e.act in PLEAS]
    plea = pleas[-1] if pleas and "plea" in parts else None
    last = standing.disposed_on
    ends = [e for e in mine if e.act in ENDS and e.act not in PLEAS and last is not None and e.on <= last][-1:]
    if standing.disposition in ("guilty", "supervision", "first_offender_probation") and not ends and plea is None:
        ends = [e for e in pleas if e.act is Act.PLEA_GUILTY][-1:]
    if ends and ends[0].act not in GUILT and ends[0].on != last:
        ends = []
    penalties = [e for e in mine if e.act is Act.SENTENCED and e.on == last]
    if plea is not None:
        clerk.printed_events.append(replace(plea, counts=(count,)))
    found, said = _found(clerk, ends, words, count, parts)
    imposed = _imposed(clerk, penalties, count)
    pending = "PENDING" if last is None or not (plea or found or said or imposed) else ""
    if "sentence" not in parts:
        said, imposed = ", ".join(x for x in (said, imposed) if x), ""
    shown = words.rng.choice(PLEAS[plea.act][_pick(words)]) if plea is not None else ""
    day = clerk.on(last) if last is not None else ""
    if "disposition" not in parts:
        found = found or said or pending
    return Ending(shown, found, said or ("" if found else pending), imposed, day)


def _pick(words: Words) -> int:
    return int(words.stock == "all" and words.rng.random() < 0.3)


def _found(clerk: Clerk, ends: Sequence[Event], words: Words, count: int, parts: Sequence[str]) -> tuple[str, str]:
    """What stands in the column of findings, and in that of dispositions."""
    if not ends:
        return "", ""
    worded = clerk._worded(ends[0])
    if worded is None:
        return "", ""
    clerk.printed_events.append(replace(worded[2], counts=(count,)))
    meaning = ENDS[ends[0].act]
    plainly = meaning in FOUND and "finding" in parts
    text = words.rng.choice(FOUND[meaning][_pick(words)]) if plainly else clerk._said(worded[0], "", worded[2])[0]
    return (text, "") if plainly else ("", text)


def _imposed(clerk: Clerk, penalties: Iterable[Event], count: int) -> str:
    """The sentence in one breath; its parts are noted as printed."""
    out: list[str] = []
    for event in penalties:
        worded = clerk._worded(event)
        if worded is not None:
            wording, amount, read = worded
            one = replace(read, counts=(count,))
            clerk.printed_events.append(one)
            text, below = clerk._said(wording, amount, one)
            out.append(" ".join(x for x in (text.rstrip("."), below) if x))
    return ", ".join(out)


def blocks_of(clerk: Clerk) -> list[list[Line]]:
    """The body of the paper in blocks of lines, each to be kept on one page."""
    words = Words(clerk.rng, clerk.layout.name.split("~")[1])
    way = is_told_apart(clerk.layout)
    return list({GRID: _grid, BLOCKS: _labelled, PROSE: _prose}[way](clerk, words))


# --- a table with a row for each count ---------------------------------------------------------------------------


def _grid(clerk: Clerk, words: Words) -> Iterator[list[Line]]:
    """A row of heads, then for each count its row, wrapped within its cells."""
    rng = Random(f"columns {clerk.layout.name}")
    names = _grid_columns(rng, int((clerk.layout.size[0] - clerk.layout.margins[0] - 0.6) * clerk.layout.pitch[0]))
    heads = {n: clerk._cased(_head(Words(rng, words.stock), n)) for n in names}
    widths = {n: GRID_WIDTHS[n] for n in names}
    parts = [n for n in names if n in ("plea", "finding", "disposition", "sentence")]
    gap = rng.choice((2, 2, 3))
    yield _cells([heads[n] for n in names], [widths[n] for n in names], gap)
    if rng.random() < 0.3:
        yield [Line((Run(0, "-" * (sum(widths.values()) + gap * (len(names) - 1))),))]
    numbered = rng.choice(("{n}", "{n}", "{n:03d}", "C{n:03d}", "{n}."))
    for printed in clerk.charges:
        cells = _grid_row(clerk, words, printed, parts, names, numbered)
        lines = _cells([clerk._cased(cells[n]) for n in names], [widths[n] for n in names], gap)
        yield [*lines, *([Line()] if rng.random() < 0.5 else [])]
    clerk.stated |= {n for n in names if n in ("cite", "description", "grade", "offense")}


def _grid_columns(rng: Random, room: int) -> list[str]:
    """The columns of a table, as many as its paper has room for."""
    first = ["count"] if rng.random() < 0.85 else []
    charge = ["cite", "description"]
    rng.shuffle(charge)
    ways = [["plea", "finding", "sentence"], ["finding", "sentence"], ["disposition"], ["plea", "disposition"]]
    ways += [["disposition", "sentence"], ["plea", "finding", "disposition"], ["plea", "disposition", "sentence"]]
    ending = list(rng.choice(ways))
    ending.insert(rng.choice((0, len(ending), len(ending))), "ended_on")
    extra = [n for n in ("grade", "offense") if rng.random() < 0.4]
    names = [*first, *charge, *extra, *ending]
    for spare in ("offense", "grade", "plea", "sentence" if "disposition" in names else "finding"):
        if sum(GRID_WIDTHS[n] + 3 for n in names) > room and spare in names:
            names.remove(spare)
    return names


def _head(words: Words, name: str) -> str:
    return words.one("heads", {"ended_on": "ended_on"}.get(name, name))


def _grid_row(
    clerk: Clerk, words: Words, printed: PrintedCharge, parts: Sequence[str], names: Sequence[str], numbered: str
) -> dict[str, str]:
    ending = ending_of(clerk, printed.charge.count, words, parts=parts)
    return {
        "count": numbered.format(n=printed.charge.count),
        "cite": printed.cite,
        "description": printed.description.text,
        "grade": printed.grade,
        "offense": clerk.on(printed.charge.offense_on) if "offense" in names else "",
        "plea": ending.plea,
        "finding": ending.finding,
        "disposition": ending.disposition,
        "sentence": ending.sentence,
        "ended_on": ending.ended_on,
    }


def _cells(texts: Sequence[str], widths: Sequence[int], gap: int) -> list[Line]:
    """Texts side by side, each wrapped within its width."""
    columns = [
        textwrap.wrap(t, w, break_on_hyphens=False, break_long_words=False) for t, w in zip(texts, widths, strict=True)
    ]
    lines: list[Line] = []
    for row in zip_longest(*columns, fillvalue=""):
        at, runs, free = 0, list[Run](), 0
        for text, width in zip(row, widths, strict=True):
            if text:
                runs.append(Run(max(at, free), text))
                free = max(at, free) + len(text) + 1
            at += width + gap
        lines.append(Line(tuple(runs)))
    return lines


# --- a block of labels for each count ----------------------------------------------------------------------------


def _labelled(clerk: Clerk, words: Words) -> Iterator[list[Line]]:
    """For each count a heading and, beside their labels, what was charged and how it ended."""
    rng = Random(f"block {clerk.layout.name}")
    own = Words(rng, words.stock)
    ways = (["plea", "finding", "sentence"], ["disposition"], ["plea", "disposition"], ["disposition", "sentence"])
    parts = list(rng.choice((*ways, ["plea", "finding", "disposition", "sentence"], ["finding", "sentence"])))
    names = ["cite", "description"]
    rng.shuffle(names)
    names += [n for n in ("grade", "offense") if rng.random() < 0.5] + parts
    names.insert(rng.choice((len(names), len(names), len(names) - 1)), "ended_on")
    labels = {n: clerk._cased(_head(own, n)) for n in names}
    heading = rng.choice(
        ("COUNT {n}", "COUNT {n:03d}", "CHARGE {n}", "CT. {n}", "COUNT NO. {n}", "CHARGE NO. {n}:", "COUNT {roman}")
    )
    mark, indent, beside = rng.choice((": ", ":  ", ": ", "   ")), rng.choice((2, 4, 0)), rng.random() < 0.5
    wide = max(map(len, labels.values())) + 2 if rng.random() < 0.5 else 0
    for printed in clerk.charges:
        cells = _grid_row(clerk, own, printed, parts, names, "{n}")
        rows = [
            f"{labels[n] + mark.rstrip() + ' ' if wide else labels[n] + mark:<{wide}}{cells[n]}"
            for n in names
            if cells[n]
        ]
        head = clerk._cased(
            heading.format(
                n=printed.charge.count,
                roman=("I", "II", "III", "IV", "V", "VI", "VII", "VIII")[printed.charge.count - 1],
            )
        )
        lines = [head, *_placed(rows, indent, beside=beside)]
        yield [*(_line(row, clerk) for row in lines), Line()]
    clerk.stated |= {n for n in names if n in ("cite", "description", "grade", "offense")}


def _placed(rows: Sequence[str], indent: int, *, beside: bool) -> Iterator[str]:
    """The labelled rows, two beside each other where both are short and the form does so."""
    waiting = ""
    for row in rows:
        if waiting and len(waiting) < 34 and len(row) < 34 and beside:
            yield f"{' ' * indent}{waiting:<37}{row}"
            waiting = ""
            continue
        if waiting:
            yield " " * indent + waiting
        waiting = row
    if waiting:
        yield " " * indent + waiting


def _line(text: str, clerk: Clerk) -> Line:
    shown = clerk._cased(text)
    return Line((Run(len(shown) - len(shown.lstrip()), shown.strip()),)) if shown.strip() else Line()


# --- sentences ---------------------------------------------------------------------------------------------------


def _prose(clerk: Clerk, words: Words) -> Iterator[list[Line]]:
    """Paragraphs: who was charged with what, and day by day what the court did."""
    rng = words.rng
    room = min(74, int((clerk.layout.size[0] - clerk.layout.margins[0] - 0.8) * clerk.layout.pitch[0]))
    form = Random(f"prose {clerk.layout.name}")
    own = Words(form, words.stock)
    told = [own.one("prose", name) for name in ("opening", "charge", "day")]
    several = len(clerk.charges) > 1
    indent = form.choice((0, 4, 5))
    spelled = form.random() < 0.5
    opening = clerk.line(told[0])
    opening_text = " ".join(run.text for line in opening for run in line.runs)
    yield _paragraph(clerk, opening_text, room, indent)
    for printed in clerk.charges:
        cited = _spelled(clerk, printed, form) if spelled else printed.cite
        text = told[1].format(
            cite=cited,
            description=printed.description.text,
            offense=_day(clerk, form, printed.charge.offense_on),
            name="{name}",
        )
        text = text.replace("{name}", f"{clerk.case.person.given} {clerk.case.person.surname}")
        count = (
            form.choice(("Count {n}: ", "COUNT {n}. ", "Count {n} - ")).format(n=printed.charge.count)
            if several
            else ""
        )
        yield _paragraph(clerk, count + text, room, indent)
    clerk.stated |= {"cite", "description", "offense"} if "{offense}" in told[1] else {"cite", "description"}
    days = [(on, list(events)) for on, events in groupby((e for e in clerk.case.events), key=lambda e: e.on)]
    running = form.random() < 0.4
    sentences: list[str] = []
    for on, events in days:
        done = [said for event in events for said in _done(clerk, own, event, several=several)]
        if done:
            sentences.append(told[2].format(day=_day(clerk, form, on), done=_joined_words(done)))
    if running:
        yield _paragraph(clerk, "  ".join(sentences), room, indent)
    else:
        for sentence in sentences:
            yield _paragraph(clerk, sentence, room, indent)
    del rng


def _joined_words(done: Sequence[str]) -> str:
    *before, last = done
    return f"{', '.join(before)} and {last}" if before else last


def _day(clerk: Clerk, rng: Random, on: date) -> str:
    """A day as sentences give it."""
    from .citing import ordinal_ending

    form = Random(f"day {clerk.layout.name}").choice(
        ("%B %-d, %Y", "the %-d{th} day of %B, %Y", "the %-d{th} day of %B, A.D. %Y", clerk.layout.date, "%B %-d, %Y")
    )
    del rng
    return on.strftime(form).replace("{th}", ordinal_ending(on.day))


def _spelled(clerk: Clerk, printed: PrintedCharge, form: Random) -> str:
    """The citation spelled out, where it can be."""
    cited = printed.charge.citation
    old = bool(clerk.year < 1993 and cited.old_section)
    if cited.inner is not None or not cited.chapter or printed.canonical != cited.canonical:
        return printed.cite
    ways = (
        (
            "Section {section}{subs} of Chapter {half} of the Illinois Revised Statutes",
            "Chapter {half}, Section {section}{subs}, Ill. Rev. Stat.",
            "Ill. Rev. Stat. ch. {half}, par. {section}{subs}",
        )
        if old
        else (
            "Chapter {chapter}, Act {act}, Section {section}{subs} of the Illinois Compiled Statutes",
            "{chapter} ILCS {act}/{section}{subs}",
        )
    )
    return (
        Random(f"cite {clerk.layout.name}")
        .choice(ways)
        .format(
            section=cited.old_section if old else cited.section,
            half=cited.old_chapter.replace(".5", " 1/2"),
            chapter=cited.chapter,
            act=cited.act,
            subs="".join(f"({s})" for s in cited.subs),
        )
    )


def _done(clerk: Clerk, words: Words, event: Event, *, several: bool) -> Iterator[str]:
    """What one entry says as the words of a sentence; nothing where the paper passes it over."""
    from .citing import typed_amount

    key = event.sentence.kind.value if event.sentence else event.act.value
    table = "prose_sentences" if event.sentence else "prose_acts"
    if not words.has(table, key):
        return
    amount, read = typed_amount(clerk.rng, clerk.layout, event.sentence) if event.sentence else ("", None)
    wording = words.one(table, key)
    if "{amount}" in wording and not amount:
        wording = wording.split(" for ")[0].split(" of {")[0].replace("{amount}", "").strip()
    counts = ""
    told = event
    if several and event.counts:
        every = len(event.counts) == len(clerk.charges)
        named = " and ".join(f"Count {n}" if at == 0 else f"{n}" for at, n in enumerate(event.counts))
        counts = (
            " on all counts"
            if every and len(event.counts) > 1
            else f" on {named if len(event.counts) == 1 else named.replace('Count', 'Counts')}"
        )
        counts = counts.replace(" on ", words.rng.choice((" on ", " as to ")))
    clerk.printed_events.append(replace(told, sentence=read) if read is not None else told)
    yield wording.format(amount=amount, first_then="710") + counts


def _paragraph(clerk: Clerk, text: str, room: int, indent: int) -> list[Line]:
    rows = textwrap.wrap(
        clerk._cased(" ".join(text.split())), room, initial_indent=" " * indent, break_on_hyphens=False
    )
    return [*(_line(row, clerk) for row in rows), Line()]
