"""The day of an order: entries that bear none of their own are of the one day the paper gives for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span

from casefile.docket import DocumentKind
from extract.caption import Part
from extract.dates import DateFound, dates_in
from extract.entries import Entry

Dated = tuple[int, DateFound, Span]
_NAMED_OTHERWISE = ("birth_date", "arrest_date", "offense_date", "filed_date", "charge", "description", "statute")


def with_day_of_order(
    parts: Sequence[Part], entries: Sequence[tuple[int, Entry]], kind: DocumentKind
) -> tuple[tuple[int, Entry], ...]:
    """The entries, those without a day under the day of the order; as they are where the paper is no order, or
    where it does not say one day."""
    if kind is not DocumentKind.SENTENCING_ORDER or all(entry.dated is not None for _, entry in entries):
        return tuple(entries)
    day = _day_of(parts)
    if day is None:
        return tuple(entries)
    at, found, span = day
    return tuple(
        (part, replace(entry, dated=found, date_span=span) if entry.dated is None and part == at else entry)
        for part, entry in entries
    )


def _day_of(parts: Sequence[Part]) -> Dated | None:
    """The day beside a label of orders; failing that the one day of the paper that no other label names."""
    labelled = list(_labelled(parts, "disposition_date")) or list(_labelled(parts, "other"))
    days = {found.value for _, found, _ in labelled}
    if len(days) == 1:
        return labelled[0]
    if labelled:
        return None
    free = list(_free(parts))
    return free[0] if len({found.value for _, found, _ in free}) == 1 else None


def _labelled(parts: Sequence[Part], field: str) -> list[Dated]:
    out: list[Dated] = []
    for at, part in enumerate(parts):
        for label in part.labelled(field):
            if label.value is None or (field == "other" and "DATE" not in label.span.text.upper()):
                continue
            for found in dates_in(label.text)[:1]:
                tokens = [t for t in label.value if any(piece in t.text for piece in found.raw.split())]
                if found.value is not None and tokens:
                    out.append((at, found, label.value.doc[tokens[0].i : tokens[-1].i + 1]))
    return out


def _free(parts: Sequence[Part]) -> list[Dated]:
    """The days that stand with none of the labels of other days."""
    out: list[Dated] = []
    for at, part in enumerate(parts):
        taken = {t.i for label in part.labelled(*_NAMED_OTHERWISE) for t in label.value or ()}
        for _, line in part.numbered:
            for found in dates_in(line.text):
                span = line.at(found.start, found.end)
                if found.value is not None and not taken & set(range(span.start, span.end)):
                    out.append((at, found, span))
    return out
