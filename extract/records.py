"""The docket records of one document: who, which case, which charges, how each ended, and what stayed unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from casefile.docket import (
    Charge,
    DocketRecord,
    DocumentKind,
    Reading,
    charge_id_of,
    record_id_of,
    silent,
)
from casefile.ocr import OcrPage
from extract.calibration import Evidence, Footing
from extract.caption import Part, agency_of, date_reading, defendant_of, docket_number_of, number_mentions
from extract.counts import Counted, charges_of
from extract.dispositions import Effect, WordingFound, wordings_in
from extract.doc import Sheet, confidence_in, sheet_of, source_of
from extract.entries import Entry
from extract.footing import footing_of
from extract.gaps import gaps_of
from extract.labels import labels_on
from extract.outcomes import outcome_of
from extract.particulars import particulars_of
from extract.readings import Finding, reading_of, silence
from extract.segments import parts_of


@dataclass(frozen=True)
class Spoken:
    """What the rows of one defendant say: charges found, entries, and the pages' parts they stand on."""

    parts: tuple[Part, ...]
    charges: tuple[Counted, ...]
    entries: tuple[tuple[int, Entry], ...]  # page index and entry
    footing: Footing


def records_of(pages: Sequence[OcrPage], kind: DocumentKind) -> tuple[DocketRecord, ...]:
    """One record for each defendant of one document, its pages in order; a page of no case gives one bare record."""
    if not kind.is_docket:
        return (_bare(pages, kind),)
    sheets = [sheet_of(page) for page in pages]
    people = parts_of([Part(s, tuple(enumerate(s.lines)), labels_on(s)) for s in sheets])
    return tuple(
        _record(pages, sheets, kind, parts, ordinal, alone=len(people) == 1) for ordinal, parts in enumerate(people)
    )


def _bare(pages: Sequence[OcrPage], kind: DocumentKind) -> DocketRecord:
    return DocketRecord(
        record_id_of(pages[0].page_id, 0),
        kind,
        tuple(p.page_id for p in pages),
        silent(),
        silent(),
        silent(),
        silent(),
        None,
    )


def _record(
    pages: Sequence[OcrPage],
    sheets: Sequence[Sheet],
    kind: DocumentKind,
    parts: Sequence[Part],
    ordinal: int,
    *,
    alone: bool,
) -> DocketRecord:
    record_id = record_id_of(pages[0].page_id, ordinal)
    spoken = _spoken(parts, statement=kind is DocumentKind.CERTIFIED_STATEMENT)
    footing = spoken.footing
    number = _docket_number(spoken)
    latest = _latest_year(spoken, number)
    arrest = _plausible(date_reading(parts, "arrest_date", "date", footing, latest=latest), number)
    offense = _plausible(date_reading(parts, "offense_date", "date", footing, latest=latest), number)
    charges = tuple(_charges(spoken, record_id, arrest, offense, number))
    return DocketRecord(
        record_id=record_id,
        document_kind=kind,
        page_ids=tuple(page.page_id for page in pages),
        docket_number=number,
        arrest_date=arrest,
        filed_date=_filed_date(spoken, latest),
        arresting_agency=agency_of(parts, footing),
        defendant=defendant_of(
            parts, statement=kind is DocumentKind.CERTIFIED_STATEMENT, footing=footing, latest=latest - 10
        ),
        charges=charges,
        gaps=gaps_of(sheets, spoken.charges, spoken.entries, kind, read=number.is_read or bool(charges)),
    )


def _spoken(parts: Sequence[Part], *, statement: bool) -> Spoken:
    charges, entries = charges_of(parts, statement=statement)
    return Spoken(tuple(parts), charges, entries, footing_of(parts, charges, entries))


def _docket_number(spoken: Spoken) -> Reading[str]:
    mentions = [m for part in spoken.parts for m in number_mentions(part)]
    unread = [(label, part.sheet.page) for part in spoken.parts for label in part.labelled("docket_number")]
    return docket_number_of(mentions, spoken.footing, unread)


def _latest_year(spoken: Spoken, number: Reading[str]) -> int:
    """The year two-digit years may reach: a few after the case's own where its number tells it."""
    found = re.match(r"\d\d", number.value or "")
    if found is None:
        return 2019
    year = int(found[0])
    return min(2026, (1900 if year > 26 else 2000) + year + 15)


def _plausible(reading: Reading[date], number: Reading[str]) -> Reading[date]:
    """The reading, a doubt where its day lies years from the year in the docket number."""
    found = re.match(r"\d\d", number.value or "")
    if reading.value is None or found is None or (reading.value.year - int(found[0])) % 100 in (0, 1, 97, 98, 99):
        return reading
    return replace(reading, confidence=min(0.5, reading.confidence))


def _filed_date(spoken: Spoken, latest: int) -> Reading[date]:
    """The day beside a label or, failing that, of the entry that says the charge was filed."""
    labelled: Reading[date] = date_reading(spoken.parts, "filed_date", "date", spoken.footing, latest=latest)
    if not labelled.is_silent:
        return labelled
    for page, entry in spoken.entries:
        if entry.dated is None or entry.date_span is None or entry.dated.value is None:
            continue
        if any(found.wording.effect is Effect.FILED for found in _wordings(entry)):
            evidence = Evidence(confidence_in(entry.date_span), spoken.footing, repaired=not entry.dated.exact)
            source = source_of(entry.date_span, spoken.parts[page].sheet.page)
            return reading_of(Finding(entry.dated.value, entry.dated.raw, (source,), evidence), "date")
    return silence(spoken.footing, "filed_date")


def _wordings(entry: Entry) -> list[WordingFound]:
    return [found for run in entry.runs() for found in wordings_in(run.plain)]


def _charges(
    spoken: Spoken, record_id: str, arrest: Reading[date], offense: Reading[date], number: Reading[str]
) -> list[Charge]:
    out: list[Charge] = []
    for counted in spoken.charges:
        outcome = outcome_of(counted, spoken.charges, spoken.entries, spoken.parts, spoken.footing)
        on = offense.value or arrest.value or _year_of(number)
        particulars = particulars_of(counted, outcome, spoken.parts, spoken.footing, on=on)
        out.append(
            Charge(
                charge_id=charge_id_of(record_id, counted.number),  # type: ignore[arg-type]
                count=counted.number,
                statute=particulars.statute,
                description=particulars.description,
                grade=particulars.grade,
                offense_date=particulars.offense_date or offense,
                grams=particulars.grams,
                subsequent=particulars.subsequent,
                section7=particulars.section7,
                plea=outcome.plea,
                disposition=outcome.disposition,
                disposition_date=outcome.disposition_date,
                sentence=outcome.sentence,
                termination=outcome.termination,
                violated=outcome.violated,
            )
        )
    return out


def _year_of(number: Reading[str]) -> date | None:
    """A day in the case's year, to know which table of weights held; None where the year is one of change."""
    found = re.match(r"\d\d", number.value or "")
    if found is None:
        return None
    year = int(found[0]) + (1900 if int(found[0]) > 26 else 2000)
    return None if year in (1997, 1998, 2016, 2017) else date(year, 1, 1)
