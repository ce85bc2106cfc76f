"""The docket records of one document: who, which case, which charges, how each ended, and what stayed unread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, starmap
from typing import TypeVar

from casefile.docket import (
    Charge,
    DocketRecord,
    DocumentKind,
    Gap,
    GapKind,
    Reading,
    charge_id_of,
    record_id_of,
    silent,
)
from casefile.ocr import OcrPage
from extract.accusations import accusations_of, flowing, is_running, unstated_in
from extract.blocks import blocks_on
from extract.calibration import STRANGE, Evidence, Footing
from extract.caption import Part, agency_of, date_reading, defendant_of, docket_number_of, number_mentions
from extract.codes import is_keyed, with_codes_told
from extract.conditions import set_aside
from extract.counts import Counted, charges_of
from extract.crossed import with_boxes_settled, with_crosses_alone_settled
from extract.daily import (
    goes_on_with_its_day,
    hours_on,
    tells_two_days,
    told_by_day,
    told_in_columns,
    with_entries_whole,
    with_halves_joined,
)
from extract.dispositions import Effect, WordingFound, says_what_became, wordings_in
from extract.doc import Line, Sheet, confidence_in, sheet_of, source_of
from extract.entries import Entry, is_dated_row
from extract.footing import footing_of
from extract.gaps import gaps_of
from extract.gone import gone_in, gone_on_no_day
from extract.grids import grid_on
from extract.labels import labels_on
from extract.left_out import Loss, left_out
from extract.orders import with_day_of_order
from extract.outcomes import outcome_of
from extract.particulars import particulars_of
from extract.readings import Finding, reading_of, silence
from extract.retold import Telling, retold
from extract.rulings import is_unclear_below, rulings_on
from extract.run_on import runs_together, with_charges_apart
from extract.second_look import with_second_look
from extract.segments import parts_of
from extract.sentences import told_in_sentences
from extract.side_by_side import side_by_side_on
from extract.table_banners import under_banners
from extract.table_telling import told_by
from extract.tables import table_on
from extract.under_counts import under_counts_on
from extract.untold import next_page_wanted, others_in, untold_on
from extract.words_apart import with_words_apart

TABLES = (DocumentKind.COURT_SHEET, DocumentKind.LEDGER)


@dataclass(frozen=True)
class Spoken:
    """What the rows of one defendant say: charges found, entries, and the pages' parts they stand on."""

    parts: tuple[Part, ...]
    charges: tuple[Counted, ...]
    entries: tuple[tuple[int, Entry], ...]  # page index and entry
    footing: Footing
    doubtful: tuple[tuple[int, Line], ...] = ()  # rows that somebody should look at, with their part


def records_of(pages: Sequence[OcrPage], kind: DocumentKind) -> tuple[DocketRecord, ...]:
    """One record for each defendant of one document, its pages in order; a page of no case gives one bare record."""
    if not kind.is_docket:
        return (_bare(pages, kind),)
    pages = boxed = [with_words_apart(page) for page in pages]
    if kind not in TABLES:
        boxed = [with_boxes_settled(page) for page in pages]
        pages = [with_crosses_alone_settled(page) for page in boxed]
    plain = [_plainly(sheet_of(page) if kind in TABLES else set_aside(sheet_of(page)), kind) for page in pages]
    sheets, is_strange = [sheet for sheet, _ in plain], kind in TABLES or not all(is_whole for _, is_whole in plain)
    is_strange = is_strange or any(page is not before for page, before in zip(pages, boxed, strict=True))
    if kind in TABLES:
        cases = [case for sheet in sheets for case in _cases_on(sheet)]
        if cases:
            return tuple(_case(pages, *case, kind, ordinal) for ordinal, case in enumerate(cases))
        sheets = [_plainly(set_aside(sheet), DocumentKind.HALF_SHEET)[0] for sheet in sheets]
    if kind is DocumentKind.COMPLAINT:
        sheets = [sheet_of(flowing(page, sheet)) for page, sheet in zip(pages, sheets, strict=True)]
    people = parts_of([Part(s, tuple(enumerate(s.lines)), labels_on(s)) for s in sheets])
    return tuple(
        _record(pages, sheets, kind, parts, ordinal, strange=is_strange) for ordinal, parts in enumerate(people)
    )


T = TypeVar("T")
_PROSE = (DocumentKind.CERTIFIED_STATEMENT, DocumentKind.HALF_SHEET)


def _plainly(sheet: Sheet, kind: DocumentKind) -> tuple[Sheet, bool]:
    """The page as a list of charges and entries, where it tells each count's ending in its own place; and whether
    all that may matter on it is told again. A page that would lose an ending, a charge or a number stays as it is."""
    if kind in TABLES or kind is DocumentKind.COMPLAINT:
        return sheet, True
    sheet = with_entries_whole(with_halves_joined(with_charges_apart(sheet)))
    is_whole = not runs_together(sheet)
    if is_keyed(sheet):
        page, is_told = with_codes_told(sheet)
        sheet, is_whole = set_aside(sheet_of(page)), is_whole and is_told
    telling = side_by_side_on(sheet) or grid_on(sheet) or blocks_on(sheet) or under_counts_on(sheet)
    spoken, is_all = _told(sheet, telling, kind)
    if telling is not None and not is_all and not any(count.is_ended for count in telling.counts):
        by_itself, is_told = _told(sheet, None, kind)  # where what looks like a count's own day opens a day in court
        if by_itself is not sheet and is_told:
            spoken, is_all = by_itself, True
    strange = any(map(tells_two_days, spoken.lines)) or any(starmap(goes_on_with_its_day, pairwise(spoken.lines)))
    return spoken, is_whole and is_all and not strange


def _told(sheet: Sheet, telling: Telling | None, kind: DocumentKind) -> tuple[Sheet, bool]:
    """The page told again, its counts as `telling` says, and whether all that may matter on it is."""
    is_whole = True
    in_sentences = rulings_on(sheet, alone=True) if telling is not None else None
    if in_sentences is not None:  # what looks like a heading stands in a sentence
        spoken, is_all = _told_again(sheet, in_sentences[0])
        if spoken is not sheet:
            return spoken, is_all and in_sentences[1]
    if telling is not None:
        sheet, is_whole = _told_again(sheet, retold(sheet, telling), telling.heads)
    in_columns, by_day = told_in_columns(sheet), told_by_day(sheet)
    if in_columns is not None or by_day is not None:
        spoken, is_all = _told_again(sheet, *(in_columns or (by_day, hours_on(sheet))))
        return spoken, is_whole and is_all
    for in_running_text in (told_in_sentences,) if telling is not None else (told_in_sentences, rulings_on):
        told = in_running_text(sheet)
        if told is None:
            continue
        spoken, is_all = _told_again(sheet, told[0])
        is_whole = is_whole and is_all and told[1]
        if spoken is not sheet:
            return spoken, is_whole
    return sheet, is_whole and not (kind is DocumentKind.SENTENCING_ORDER and is_unclear_below(sheet))


def _told_again(sheet: Sheet, page: OcrPage | None, heads: frozenset[int] = frozenset()) -> tuple[Sheet, bool]:
    if page is None:
        return sheet, True
    named = heads.union(token.i for label in labels_on(sheet) for token in label.span)
    loss = left_out((list(line.span) for line in sheet.lines), page, named)
    return sheet if loss is Loss.DECISIVE else set_aside(sheet_of(page)), loss is Loss.NOTHING


def _cases_on(sheet: Sheet) -> list[tuple[Sheet, bool, tuple[Gap, ...]]]:
    """The cases of a table, each a page of its own, whether all of it was understood, and the gaps that what no case
    tells leaves in each."""
    banners = under_banners(sheet)
    table = table_on(sheet) if banners is None else banners.table
    if table is None:
        return []
    pages = [(page, False) for page in told_by(sheet, table)] if banners is None else banners.pages
    plain = DocumentKind.HALF_SHEET
    cases = [_plainly(set_aside(sheet_of(page)), plain) if kept else (sheet_of(page), True) for page, kept in pages]
    untold, more = untold_on(sheet, table), next_page_wanted(sheet, table)
    own = [others_in(sheet, table, at) for at in range(len(cases))] if banners is None else list(banners.gaps)
    own[-1:] = [(*gaps, *more) for gaps in own[-1:]]
    return [(*case, (*untold, *gaps)) for case, gaps in zip(cases, own, strict=True)]


def _case(
    pages: Sequence[OcrPage], sheet: Sheet, is_whole: bool, gaps: Sequence[Gap], kind: DocumentKind, ordinal: int
) -> DocketRecord:
    """The record of one case of a table."""
    part = Part(sheet, tuple(enumerate(sheet.lines)), labels_on(sheet))
    record = _record(pages, [sheet], kind, [part], ordinal, strange=not is_whole)
    return replace(record, page_ids=(sheet.page.page_id,), gaps=tuple(dict.fromkeys((*record.gaps, *gaps))))


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
    strange: bool = False,
) -> DocketRecord:
    """The record that parts of pages tell; `strange`: of a form whose rows were not wholly understood."""
    record_id = record_id_of(pages[0].page_id, ordinal)
    spoken = _spoken(parts, kind)
    if strange or (kind in _PROSE and _is_untold(spoken)):
        spoken = replace(spoken, footing=replace(spoken.footing, explained=min(spoken.footing.explained, STRANGE)))
    footing = spoken.footing
    number = _docket_number(spoken)
    latest = _latest_year(spoken, number)
    arrest = _plausible(date_reading(parts, "arrest_date", "date", footing, latest=latest), number)
    offense = _plausible(date_reading(parts, "offense_date", "date", footing, latest=latest), number)
    charges = tuple(_charges(spoken, record_id, arrest, offense, number, owed=_owes_ending(kind, spoken)))
    number, charges = _in_order(number, charges)
    gaps = gaps_of(sheets, spoken.charges, spoken.entries, kind, read=number.is_read or bool(charges))
    record = DocketRecord(
        record_id=record_id,
        document_kind=kind,
        page_ids=tuple(page.page_id for page in pages),
        docket_number=number,
        arrest_date=arrest,
        filed_date=_filed_date(spoken, latest),
        arresting_agency=agency_of(parts, footing),
        defendant=defendant_of(parts, footing=footing, latest=latest - 10, filed=_year_in(number)),
        charges=charges,
        gaps=tuple(dict.fromkeys((*gaps, *_doubtful(spoken)))),
    )
    return with_second_look(record, parts)


def _spoken(parts: Sequence[Part], kind: DocumentKind) -> Spoken:
    charges, entries = charges_of(parts)
    if kind is DocumentKind.COMPLAINT:
        charges = accusations_of(parts) or charges
        entries = tuple((at, entry) for at, entry in entries if entry.dated is not None and _wordings(entry))
    entries = with_day_of_order(parts, entries, kind)
    unstated = unstated_in(parts, charges) if kind is DocumentKind.COMPLAINT else ()
    if unstated:
        charges = tuple(replace(counted, sure=False) for counted in charges)
    entries = (*entries, *gone_in(parts, charges, entries))
    doubtful = (*unstated, *gone_on_no_day(entries))
    footing = replace(footing_of(parts, charges, entries), shared=kind in TABLES)
    return Spoken(tuple(parts), charges, entries, footing, doubtful)


def _is_untold(spoken: Spoken) -> bool:
    """Whether a sentence that belongs to no day in court says how a charge ended."""
    opened = [(at, entry) for at, entry in spoken.entries if is_dated_row(entry.lines[0])]
    told = {(at, row) for at, entry in opened for row in entry.numbers}
    rows = (line for at, part in enumerate(spoken.parts) for row, line in part.numbered if (at, row) not in told)
    return any(is_running(line) and says_what_became(line.plain) for line in rows)


def _doubtful(spoken: Spoken) -> Iterator[Gap]:
    for at, line in spoken.doubtful:
        page = spoken.parts[at].sheet.page
        yield Gap(GapKind.UNREAD_INK, page.page_id, source_of(line.span, page).bbox)


def _docket_number(spoken: Spoken) -> Reading[str]:
    mentions = [m for part in spoken.parts for m in number_mentions(part)]
    unread = [(label, part.sheet.page) for part in spoken.parts for label in part.labelled("docket_number")]
    cited = [c.statute.citation for counted in spoken.charges for _, c in counted.stated if c.statute is not None]
    californian = bool(cited) and all(citation is not None and citation.state == "CA" for citation in cited)
    return docket_number_of(mentions, spoken.footing, unread, californian=californian)


def _latest_year(spoken: Spoken, number: Reading[str]) -> int:
    """The year two-digit years may reach: a few after the case's own where its number tells it."""
    year = _year_in(number)
    return 2019 if year is None else min(2026, year + 15)


def _year_in(number: Reading[str]) -> int | None:
    """The year of the case by its number; None where no number was read, or none that begins with a year apart."""
    found = re.match(r"\d\d", number.value or "")
    bare = re.fullmatch(r"\d{5,7}", number.raw or "") is not None  # as courts of California number
    return None if found is None or bare else int(found[0]) + (1900 if int(found[0]) > 26 else 2000)


def _plausible(reading: Reading[date], number: Reading[str]) -> Reading[date]:
    """The reading, a doubt where its day lies years from the year in the docket number."""
    year = _year_in(number)
    if reading.value is None or year is None or (reading.value.year - year) % 100 in (0, 1, 97, 98, 99):
        return reading
    return _in_doubt(reading)


def _in_order(number: Reading[str], charges: tuple[Charge, ...]) -> tuple[Reading[str], tuple[Charge, ...]]:
    """The case's number and its charges, both in doubt where one ended before the year that the number tells: a figure
    of the one or the other is misread."""
    year = _year_in(number)
    days = [charge.disposition_date.value for charge in charges]
    if year is None or not any(day is not None and day.year < year for day in days):
        return number, charges
    doubted = tuple(
        replace(charge, disposition_date=_in_doubt(charge.disposition_date)) if day and day.year < year else charge
        for charge, day in zip(charges, days, strict=True)
    )
    return _in_doubt(number), doubted


def _in_doubt(reading: Reading[T]) -> Reading[T]:
    return replace(reading, confidence=min(0.5, reading.confidence))


_FILED_BEFORE = re.compile(r"\b(?:HERETOFORE|PREVIOUSLY) FILED\b|\bFILED (?:HEREIN|HERETOFORE|AGAINST)\b")


def _filed_date(spoken: Spoken, latest: int) -> Reading[date]:
    """The day beside a label or, failing that, of the entry that says the charge was filed."""
    labelled: Reading[date] = date_reading(spoken.parts, "filed_date", "date", spoken.footing, latest=latest)
    if not labelled.is_silent:
        return labelled
    for page, entry in spoken.entries:
        if entry.dated is None or entry.date_span is None or entry.dated.value is None:
            continue
        filed = any(found.wording.effect is Effect.FILED for found in _wordings(entry))
        if filed and not any(_FILED_BEFORE.search(line.plain) for line in entry.lines):
            evidence = Evidence(confidence_in(entry.date_span), spoken.footing, repaired=not entry.dated.exact)
            source = source_of(entry.date_span, spoken.parts[page].sheet.page)
            return reading_of(Finding(entry.dated.value, entry.dated.raw, (source,), evidence), "date")
    return silence(spoken.footing, "filed_date")


def _owes_ending(kind: DocumentKind, spoken: Spoken) -> bool:
    """Whether a paper of this kind tells how each charge ended; a complaint does not, an order only of those it
    is about, a call or ledger where something was written in."""
    if kind in TABLES:
        return bool(spoken.entries)
    return kind not in (DocumentKind.COMPLAINT, DocumentKind.SENTENCING_ORDER)


def _wordings(entry: Entry) -> list[WordingFound]:
    return [found for run in entry.runs() for found in wordings_in(run.plain)]


def _charges(
    spoken: Spoken,
    record_id: str,
    arrest: Reading[date],
    offense: Reading[date],
    number: Reading[str],
    *,
    owed: bool,
) -> list[Charge]:
    out: list[Charge] = []
    for counted in spoken.charges:
        outcome = outcome_of(counted, spoken.charges, spoken.entries, spoken.parts, spoken.footing, owed=owed)
        on = offense.value or arrest.value or _year_of(number)
        particulars = particulars_of(counted, outcome, spoken.parts, spoken.footing, on=on)
        own = particulars.offense_date
        out.append(
            Charge(
                charge_id=charge_id_of(record_id, counted.number),  # type: ignore[arg-type]
                count=counted.number,
                statute=particulars.statute,
                description=particulars.description,
                grade=particulars.grade,
                offense_date=_plausible(own, number) if own is not None else offense,
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
    year = _year_in(number)
    return None if year in (None, 1997, 1998, 2016, 2017) else date(year, 1, 1)
