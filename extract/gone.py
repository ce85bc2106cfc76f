"""Rows that say a record is expunged or sealed and stand among no entries, such as above the caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.caption import Part
from extract.counts import Counted
from extract.dates import dates_in
from extract.dispositions import Effect, wordings_in
from extract.doc import Line
from extract.entries import Entry

_WORD = re.compile(r"EXPUNG|SEAL")  # the bare codes of such orders are too like other figures


def says_gone(line: Line) -> bool:
    """Whether a row says that a record is gone, or may say so."""
    effects = (Effect.GONE, Effect.DOUBTED)
    return any(f.wording.effect in effects and _WORD.search(f.text) for f in wordings_in(line.plain))


def gone_in(
    parts: Sequence[Part], charges: Sequence[Counted], entries: Sequence[tuple[int, Entry]]
) -> Iterator[tuple[int, Entry]]:
    """Such rows as entries of their part; those that a charge or an entry holds already are left out."""
    known = {(at, row) for at, entry in entries for row in entry.numbers}
    known |= {(at, row) for counted in charges for at, charge in counted.stated for row in charge.lines}
    for at, part in enumerate(parts):
        for row, line in part.numbered:
            if (at, row) not in known and says_gone(line):
                day = next(iter(dates_in(line.text)), None)
                yield at, Entry([line], day, line.at(day.start, day.end) if day else None, [row])


def gone_on_no_day(entries: Sequence[tuple[int, Entry]]) -> Iterator[tuple[int, Line]]:
    """The rows, each with its part, that say so without the day of an order; somebody should look at them."""
    yield from ((at, line) for at, entry in entries if entry.dated is None for line in entry.lines if says_gone(line))
