"""Pages of many cases: calls of a court and ledgers, a row or a few rows for each defendant."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from random import Random
from typing import Any

from .docket import Clerk, Entry
from .facts import Act, CaseFacts, Event
from .forms import Words
from .layout import Layout, Line
from .reading import ENDS

Row = list[Line]
WIDTHS = {
    "number": 17,
    "inverted": 25,
    "charge": 33,
    "orders": 30,
    "dob": 12,
    "ir": 9,
    "filed": 12,
    "date": 12,
    "line": 4,
}
HEADS = {"charge": ("heads", "description"), "orders": ("heads", "text"), "inverted": ("heads", "name")}


LATER = (Act.TERMINATED, Act.REVOKED, Act.VIOLATION)  # make no sense without what went before


def as_called(rng: Random, case: CaseFacts, called_on: date | None) -> CaseFacts:
    """The case as one day of court tells it: the day it ended, or one on which it was only put off.

    `called_on` is the day of the call, to which the entries are moved; None leaves them on their own day.
    """
    days: dict[date, list[Event]] = {}
    for event in case.events:
        days.setdefault(event.on, []).append(event)
    days = {on: events for on, events in days.items() if not any(e.act in LATER for e in events)} or days
    ended = [events for events in days.values() if any(e.act in ENDS or e.act is Act.SENTENCED for e in events)]
    put_off = [
        events for events in days.values() if all(e.act not in ENDS and e.act is not Act.SENTENCED for e in events)
    ]
    told = ended[0] if ended and (rng.random() < 0.75 or not put_off) else rng.choice(put_off or ended)
    kept = [e for e in told if e.act not in (Act.FILED, Act.AMENDED, Act.VACATED, Act.EXPUNGED)]
    kept = [_moved(e, called_on) for e in kept]
    charges = tuple(replace(charge, amended_from=None) for charge in case.charges)
    return replace(case, events=tuple(kept), charges=charges, companions=())


def _moved(event: Event, called_on: date | None) -> Event:
    if called_on is None:
        return event
    later = event.next_on - event.on if event.next_on else None
    return replace(event, on=called_on, next_on=called_on + later if later else None)


class Table:
    """The columns of one form, and its rows."""

    def __init__(self, words: Words, layout: Layout, *, called_on: date | None) -> None:
        rng = words.rng
        self.words, self.called_on = words, called_on
        names = ["number", "inverted"] if rng.random() < 0.75 else ["inverted", "number"]
        names += [n for n in ("dob", "ir") if rng.random() < 0.25]
        names += ["charge"] if called_on else [*(["filed"] if rng.random() < 0.5 else []), "charge"]
        names += ["orders"] if called_on else rng.sample(["date", "orders"], 2)
        self.names = [*(["line"] if called_on and rng.random() < 0.4 else []), *names]
        total = sum(WIDTHS[n] for n in self.names) + 2 * len(self.names)
        self.layout = replace(layout, size=(11.0, 8.5) if total <= 116 else (14.0, 8.5), pitch=(12.0, 6.0), lines=38)
        self.spaced = rng.random() < 0.6

    def heads(self) -> list[str]:
        """The row of column heads, and what may stand under it."""
        out = ""
        for name in self.names:
            section, key = HEADS.get(name, ("heads", name) if name in ("number", "date") else ("labels", name))
            head = "" if name == "line" else self.words.one(section, key)
            out += f"{head[: WIDTHS[name]]:<{WIDTHS[name] + 2}}"
        return [out.rstrip(), *(["-" * len(out.rstrip())] if self.words.rng.random() < 0.4 else [])]

    def rows(self, clerk: Clerk, place: int) -> Row:
        """The rows of one case."""
        charges = [piece for printed in clerk.charges for piece in self._charge(clerk, printed)]
        orders = [piece for entry in clerk._entries() for piece in _told(entry)]
        wrapped = [row for text in orders for row in textwrap.wrap(text, WIDTHS["orders"], subsequent_indent=" ")]
        on = next((clerk.on(e.on) for e in clerk.printed_events), "")
        lines: Row = []
        for number, (charge, order) in enumerate(zip_longest(charges, wrapped)):
            template = "".join(self._cell(name, first=number == 0) for name in self.names)
            values = {"charge": "", "orders": order or "", "date": on, "line": f"{place}."}
            shown = template.replace("{charge:", charge[0] + "{charge:") if charge else template
            lines += clerk.line(self._fitted(shown, charge), **{**values, **(charge[1] if charge else {})})
        return [*lines, Line()] if self.spaced else lines

    def _charge(self, clerk: Clerk, printed: Any) -> list[tuple[str, dict[str, object]]]:
        """The pieces of a charge, each a template and its values: citation and words, in one row or in two."""
        several = len(clerk.charges) > 1
        count = "{count}. " if several else ""
        values = {
            "count": printed.charge.count,
            "cite": printed.cite,
            "description": printed.description.text,
            "grade": printed.grade,
        }
        grade = " {grade}" if printed.grade else ""
        if len(printed.cite) + len(printed.description.text) + len(printed.grade) + 6 <= WIDTHS["charge"]:
            return [(f"{count}{{cite}}{grade} {{description}}", values)]
        return [(f"{count}{{cite}}{grade}", values), ("   {description}" if several else "{description}", values)]

    def _cell(self, name: str, *, first: bool) -> str:
        wide = WIDTHS[name] + 2
        return f"{{{name}:<{wide}}}" if first or name in ("charge", "orders") else " " * wide

    def _fitted(self, template: str, charge: tuple[str, dict[str, object]] | None) -> str:
        """The template with the charge's own cell cut to what its text leaves."""
        if charge is None:
            return template
        used = len(charge[0].format(**{k: v or "" for k, v in charge[1].items()}))
        return template.replace(f"{{charge:<{WIDTHS['charge'] + 2}}}", " " * max(1, WIDTHS["charge"] + 2 - used))


def _told(entry: Entry) -> list[str]:
    text = " ".join(x for x in (entry.text, entry.below) if x).rstrip(".")
    return [f"{text} {entry.count}".strip()]


def table_pages(
    rng: Random, layout: Layout, cases: Iterable[CaseFacts], called_on: date | None, stock: str
) -> tuple[Layout, list[list[Line]], list[tuple[dict[str, Any], str, int]]]:
    """The form as used, its pages, and for each case its record, its person and its page."""
    words = Words(rng, stock)
    table = Table(words, layout, called_on=called_on)
    head = [*_title(words, table, called_on), *table.heads()]
    pages: list[list[Line]] = [[]]
    told: list[tuple[dict[str, Any], str, int]] = []
    for place, case in enumerate(cases, 1):
        clerk = Clerk(rng, table.layout, as_called(rng, case, called_on))
        block = table.rows(clerk, place)
        if not pages[-1] or len(pages[-1]) + len(block) > table.layout.lines:
            pages += [[]] if pages[-1] else []
            pages[-1] += [x for text in head for x in Clerk(rng, table.layout, case).line(text)]
        pages[-1] += block
        told.append((_record(clerk), case.person.person_id, len(pages) - 1))
    return table.layout, pages, told


def _title(words: Words, table: Table, called_on: date | None) -> Sequence[str]:
    rng, layout = words.rng, table.layout
    court = words.one("phrases", "court") if rng.random() < 0.7 else ""
    title = words.one("titles", layout.kind)
    on = (
        f"    {words.one('phrases', 'call_date')}: {called_on.strftime(layout.date).replace('{th}', '')}"
        if called_on
        else ""
    )
    branch = rng.choice(("    BR 57", "    COURTROOM 302", "    BRANCH 44", "")) if called_on else ""
    return [*([f"      {court}"] if court else []), f"{title}{on}{branch}", ""]


def _record(clerk: Clerk) -> dict[str, Any]:
    """What the rows state; a page of many cases gives names inverted and whole."""
    record = clerk._record()
    if not clerk.printed_events:  # nothing was ordered that the page would tell
        for row in record["charges"]:
            row.update(disposition=None, disposition_date=None)
    return record
