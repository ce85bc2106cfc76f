"""What kind of paper each page is, and which pages make one document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from casefile.archive import PageId
from casefile.docket import DocumentKind
from casefile.ocr import OcrPage
from extract.charges import is_charge_statute, statutes_in
from extract.dates import dates_in
from extract.dispositions import Effect, wordings_in
from extract.doc import Sheet, sheet_of
from extract.gaps import printed_page
from extract.lexicon import known_share
from extract.numbers import docket_numbers_in, same_case
from extract.tables import table_on

BLANK_INK = 0.006  # share of dark pixels that dust, punch holes and bleed-through leave
FEW_WORDS = 4


@dataclass(frozen=True, slots=True)
class Document:
    """Pages of one kind that tell one story, in order."""

    kind: DocumentKind
    page_ids: tuple[PageId, ...]


@dataclass(frozen=True)
class Phrase:
    """Words that speak for a kind, and how much."""

    kind: DocumentKind
    text: str
    weight: float


_K = DocumentKind
PHRASES: tuple[Phrase, ...] = (
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED STATEMENT OF CONVICTION", 4.0),
    Phrase(_K.CERTIFIED_STATEMENT, "STATEMENT OF CONVICTION", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED STATEMENT", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "PEOPLE OF THE STATE OF ILLINOIS", 0.7),
    Phrase(_K.CERTIFIED_STATEMENT, "CHARGING THE ABOVE NAMED DEFENDANT", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "FOLLOWING DISPOSITION", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "RENDERED BEFORE THE HONORABLE JUDGE", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "FILED AN INDICTMENT/INFORMATION", 1.5),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED COPY OF CONVICTION", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED DISPOSITION", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "DISPOSITION REPORT", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "DISPOSITION HISTORY", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFICATE OF DISPOSITION", 4.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED TO BE A TRUE COPY", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "DO HEREBY CERTIFY THAT THE RECORDS", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED RECORD OF DISPOSITION", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "I HEREBY CERTIFY THAT THE FOREGOING", 2.0),
    Phrase(_K.HALF_SHEET, "HALF SHEET", 4.0),
    Phrase(_K.HALF_SHEET, "HALF-SHEET", 4.0),
    Phrase(_K.HALF_SHEET, "DATE JUDGE ORDERS", 3.0),
    Phrase(_K.HALF_SHEET, "ORDERS ENTERED", 1.5),
    Phrase(_K.HALF_SHEET, "ORDERS OF COURT", 2.0),
    Phrase(_K.HALF_SHEET, "DATE ORDERS", 2.5),
    Phrase(_K.HALF_SHEET, "DATE ENTRY JUDGE", 2.5),
    Phrase(_K.HALF_SHEET, "DOCKET CARD", 3.0),
    Phrase(_K.HALF_SHEET, "DOCKET SHEET", 2.0),
    Phrase(_K.HALF_SHEET, "RECORD OF PROCEEDINGS", 2.0),
    Phrase(_K.HALF_SHEET, "MEMORANDUM OF ORDERS", 2.5),
    Phrase(_K.HALF_SHEET, "CRIMINAL DISPOSITION SHEET", 2.5),
    Phrase(_K.COURT_SHEET, "COURT SHEET", 4.0),
    Phrase(_K.COURT_SHEET, "COURT CALL", 4.0),
    Phrase(_K.COURT_SHEET, "CALL SHEET", 4.0),
    Phrase(_K.COURT_SHEET, "DAILY CALL", 4.0),
    Phrase(_K.COURT_SHEET, "BRANCH COURT CALL", 4.0),
    Phrase(_K.COMPLAINT, "COMMITTED THE OFFENSE OF", 3.0),
    Phrase(_K.COMPLAINT, "COMMIT THE OFFENSE OF", 3.0),
    Phrase(_K.COMPLAINT, "CONTRARY TO THE STATUTE", 2.0),
    Phrase(_K.COMPLAINT, "SUBSCRIBED AND SWORN", 2.0),
    Phrase(_K.COMPLAINT, "UNDERSIGNED COMPLAINANT", 3.0),
    Phrase(_K.COMPLAINT, "KNOWINGLY AND UNLAWFULLY", 2.0),
    Phrase(_K.COMPLAINT, "GRAND JURORS", 3.0),
    Phrase(_K.COMPLAINT, "CRIMINAL COMPLAINT", 3.0),
    Phrase(_K.COMPLAINT, "FELONY COMPLAINT", 2.0),
    Phrase(_K.COMPLAINT, "AGAINST THE PEACE AND DIGNITY", 3.0),
    Phrase(_K.COMPLAINT, "MISDEMEANOR COMPLAINT", 4.0),
    Phrase(_K.COMPLAINT, "COMPLAINT FOR PRELIMINARY EXAMINATION", 4.0),
    Phrase(_K.COMPLAINT, "COMPLAINANT NOW APPEARS", 3.0),
    Phrase(_K.COMPLAINT, "IN VIOLATION OF CHAPTER", 1.5),
    Phrase(_K.SENTENCING_ORDER, "MITTIMUS", 2.0),
    Phrase(_K.SENTENCING_ORDER, "ORDER OF COMMITMENT AND SENTENCE", 4.0),
    Phrase(_K.SENTENCING_ORDER, "SENTENCING ORDER", 4.0),
    Phrase(_K.SENTENCING_ORDER, "ORDER OF SENTENCE", 4.0),
    Phrase(_K.SENTENCING_ORDER, "ORDER OF PROBATION", 4.0),
    Phrase(_K.SENTENCING_ORDER, "IT IS HEREBY ORDERED", 2.0),
    Phrase(_K.SENTENCING_ORDER, "IT IS FURTHER ORDERED", 2.0),
    Phrase(_K.SENTENCING_ORDER, "IT IS ORDERED", 2.0),
    Phrase(_K.SENTENCING_ORDER, "SENTENCE ORDER", 3.0),
    Phrase(_K.SENTENCING_ORDER, "JUDGMENT AND SENTENCE", 3.0),
    Phrase(_K.SENTENCING_ORDER, "ORDER OF COMMITMENT", 3.0),
    Phrase(_K.SENTENCING_ORDER, "SENTENCES THE DEFENDANT", 3.0),
    Phrase(_K.SENTENCING_ORDER, "HEREBY SENTENCED", 3.0),
    Phrase(_K.SENTENCING_ORDER, "SENTENCED AS FOLLOWS", 3.0),
    Phrase(_K.SENTENCING_ORDER, "SENTENCE IMPOSED", 2.0),
    Phrase(_K.SENTENCING_ORDER, "ADJUDGED GUILTY", 1.5),
    Phrase(_K.SENTENCING_ORDER, "DATE OF SENTENCE", 1.5),
    Phrase(_K.SENTENCING_ORDER, "REMANDED TO THE CUSTODY", 2.0),
    Phrase(_K.SENTENCING_ORDER, "THE SHERIFF SHALL", 2.0),
    Phrase(_K.LEDGER, "CRIMINAL DOCKET LEDGER", 4.0),
    Phrase(_K.LEDGER, "LEDGER", 3.0),
    Phrase(_K.LEDGER, "DOCKET BOOK", 3.0),
    Phrase(_K.LEDGER, "RECORD BOOK", 3.0),
    Phrase(_K.LEDGER, "REGISTER OF", 2.0),
    Phrase(_K.LEDGER, "CLERK'S DOCKET", 2.0),
    Phrase(_K.COURT_SHEET, "CRIMINAL CALL", 3.0),
    Phrase(_K.COURT_SHEET, "CALL OF CASES", 3.0),
    Phrase(_K.COURT_SHEET, "CALL FOR", 1.0),
    Phrase(_K.OTHER, "FACSIMILE TRANSMITTAL", 4.0),
    Phrase(_K.OTHER, "FAX COVER", 4.0),
    Phrase(_K.OTHER, "NUMBER OF PAGES INCLUDING COVER", 4.0),
    Phrase(_K.OTHER, "DEAR SIR", 3.0),
    Phrase(_K.OTHER, "DEAR CLERK", 3.0),
    Phrase(_K.OTHER, "SINCERELY", 2.5),
    Phrase(_K.OTHER, "VERY TRULY YOURS", 3.0),
    Phrase(_K.OTHER, "SUPPLEMENTARY REPORT", 3.0),
    Phrase(_K.OTHER, "NARRATIVE", 2.5),
    Phrase(_K.OTHER, "REPORTING OFFICER", 2.5),
    Phrase(_K.OTHER, "MEMORANDUM", 1.5),
    Phrase(_K.OTHER, "PLEASE FIND ENCLOSED", 3.0),
    Phrase(_K.OTHER, "ENCLOSED PLEASE FIND", 3.0),
    Phrase(_K.OTHER, "RECEIPT", 2.5),
    Phrase(_K.OTHER, "RECEIVED OF", 2.0),
    Phrase(_K.OTHER, "THE SUM OF", 1.5),
    Phrase(_K.OTHER, "YOURS TRULY", 3.0),
    Phrase(_K.OTHER, "GENTLEMEN", 2.0),
    Phrase(_K.OTHER, "ARREST REPORT", 3.0),
    Phrase(_K.OTHER, "OFFENSE CASE REPORT", 3.0),
    Phrase(_K.OTHER, "POLICE DEPARTMENT", 1.0),
    Phrase(_K.OTHER, "KINDLY ADVISE", 2.5),
    Phrase(_K.OTHER, "WITH REFERENCE TO YOUR", 2.5),
    Phrase(_K.OTHER, "TO WHOM IT MAY CONCERN", 3.0),
    Phrase(_K.OTHER, "PROPERTY INVENTORY", 3.0),
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What a page shows at first sight."""

    sheet: Sheet
    kind: DocumentKind
    numbers: tuple[str, ...]
    page: int | None
    opens: bool  # has the head of a document: a caption with number, or charges
    entries: int


def documents_in(pages: Sequence[OcrPage]) -> tuple[Document, ...]:
    """The documents that the readable pages of one folder make, in order; every page is in exactly one."""
    looks = [_look(page) for page in pages]
    groups: list[list[Look]] = []
    for look in looks:
        if groups and _goes_on(groups[-1], look):
            groups[-1].append(look)
        else:
            groups.append([look])
    return tuple(Document(_kind_of(group), tuple(look.sheet.page.page_id for look in group)) for group in groups)


def _kind_of(group: Sequence[Look]) -> DocumentKind:
    return group[0].kind


def _look(page: OcrPage) -> Look:
    sheet = sheet_of(page)
    text = "\n".join(line.plain for line in sheet.lines)
    numbers = tuple(
        dict.fromkeys(n.value for line in sheet.lines for n in docket_numbers_in(line.text) if n.shape != "traffic")
    )
    statutes = sum(any(is_charge_statute(s) for s in statutes_in(line)) for line in sheet.lines)
    entries = sum(_is_entry(line.text, line.plain) for line in sheet.lines)
    kind = _table_kind(sheet, text) or _kind(sheet, text, numbers, statutes, entries)
    number, _ = printed_page(sheet)
    return Look(
        sheet,
        kind,
        numbers,
        number,
        opens=bool(numbers) or statutes > 0 or "PEOPLE" in text[:400],
        entries=entries,
    )


def _table_kind(sheet: Sheet, text: str) -> DocumentKind | None:
    """A call or a ledger by the rows of many cases it holds; None where it holds no such rows."""
    form = table_on(sheet)
    if form is None:
        return None
    scores = _scores(text)
    call, ledger = scores.get(DocumentKind.COURT_SHEET, 0.0), scores.get(DocumentKind.LEDGER, 0.0)
    if len(form.blocks) < 2 and not call + ledger:
        return None  # one row under heads is a call or a ledger only where the page says so
    call += 1.5 * form.day_above - 1.0 * form.days_in_rows
    ledger += 1.5 * form.days_in_rows
    return DocumentKind.COURT_SHEET if call >= ledger else DocumentKind.LEDGER


def _is_entry(text: str, plain: str) -> bool:
    found = dates_in(text)
    return bool(found) and found[0].start <= 4 and bool(wordings_in(plain))


def _kind(sheet: Sheet, text: str, numbers: Sequence[str], statutes: int, entries: int) -> DocumentKind:
    if _is_blank(sheet):
        return DocumentKind.BLANK
    scores = _scores(text)
    for kind, weight in _content(sheet, entries, statutes).items():
        scores[kind] = scores.get(kind, 0.0) + weight
    docket = 2.0 * bool(numbers) + 1.5 * min(statutes, 2) + 1.0 * min(entries, 4) + 1.5 * ("PEOPLE" in text)
    if (len(sheet.lines) <= 2 and not numbers and not statutes) or (_handwritten(sheet) and docket < 2):
        return _unclear(sheet)
    other = scores.pop(DocumentKind.OTHER, 0.0)
    best = max(scores, key=lambda k: scores[k], default=None)
    if best is not None and scores[best] >= 2.0 and (other < 2.5 or docket >= 4.0 or scores[best] > other):
        return _by_rows(best, numbers, scores)
    if other >= 2.5 and docket < 4.5:
        return DocumentKind.OTHER
    if docket >= 2.0:
        return _by_rows(_by_content(text, numbers, entries), numbers, scores)
    return _unclear(sheet)


def _scores(text: str) -> dict[DocumentKind, float]:
    flat = re.sub(r"\s+", " ", text)
    lines = [re.sub(r"\s+", " ", line) for line in text.splitlines()]
    scores: dict[DocumentKind, float] = {}
    for phrase in PHRASES:
        found = phrase.text in flat or (
            len(phrase.text) >= 12
            and any(len(ln) >= 0.8 * len(phrase.text) and fuzz.partial_ratio(phrase.text, ln) >= 86 for ln in lines)
        )
        if found:
            scores[phrase.kind] = scores.get(phrase.kind, 0.0) + phrase.weight
    return scores


def _by_rows(kind: DocumentKind, numbers: Sequence[str], scores: dict[DocumentKind, float]) -> DocumentKind:
    """A page of many cases is a call or a ledger whatever its head seems to say."""
    many = [n for i, n in enumerate(numbers) if not any(same_case(n, m) for m in numbers[:i])]
    if len(many) >= 5 and kind in (DocumentKind.HALF_SHEET, DocumentKind.CERTIFIED_STATEMENT):
        return DocumentKind.LEDGER if scores.get(DocumentKind.LEDGER) else DocumentKind.COURT_SHEET
    return kind


def _by_content(text: str, numbers: Sequence[str], entries: int) -> DocumentKind:
    """A docket page without a telling head: whole words make a statement, abbreviations a half-sheet."""
    long, short = 0, 0
    for line in text.splitlines():
        for found in wordings_in(line):
            if found.wording.effect in _TOLD:
                long += len(found.text) > 9
                short += len(found.text) <= 5
    padded = len(re.findall(r"(?m)^\W*(?:0\d|1[0-2])[/-]\d\d[/-]\d\d", text))
    bare = len(re.findall(r"(?m)^\W*\d[/-]\d{1,2}[/-]\d\d", text))
    return DocumentKind.CERTIFIED_STATEMENT if long + padded > short + 2 * bare else DocumentKind.HALF_SHEET


_TOLD = (Effect.FINAL, Effect.PLEA_GUILTY, Effect.SENTENCE, Effect.PLEA_NOT_GUILTY, Effect.NONE)
_SENTENCED = re.compile(r"(?i)\bC0\d\d\b")


def _content(sheet: Sheet, entries: int, statutes: int) -> dict[DocumentKind, float]:
    """What the rows of a page speak for, whatever its head: dated rows with one thing each are a listing, days
    with several things a half-sheet; penalties without days an order; accusing prose a complaint."""
    dated = [line for line in sheet.lines if _is_entry(line.text, line.plain)]
    out: dict[DocumentKind, float] = {}
    if dated:
        told = [sum(f.wording.effect in _TOLD for f in wordings_in(line.plain)) for line in dated]
        short = sum(len(f.text) <= 6 for line in dated for f in wordings_in(line.plain))
        several = sum(told) / len(told) > 1.25 or short > 0.5 * sum(told)
        out[DocumentKind.HALF_SHEET if several else DocumentKind.CERTIFIED_STATEMENT] = 1.0
        listed = sum(bool(_SENTENCED.search(line.text)) for line in sheet.lines)
        if listed >= 2:
            out[DocumentKind.CERTIFIED_STATEMENT] = out.get(DocumentKind.CERTIFIED_STATEMENT, 0.0) + 1.0
        return out
    penal = sum(f.wording.effect is Effect.SENTENCE for line in sheet.lines for f in wordings_in(line.plain))
    found = sum(
        f.wording.effect in (Effect.FINAL, Effect.PLEA_GUILTY) for line in sheet.lines for f in wordings_in(line.plain)
    )
    if statutes and penal and penal + found >= 2 and entries == 0:
        out[DocumentKind.SENTENCING_ORDER] = 1.5
    return out


def _is_blank(sheet: Sheet) -> bool:
    sure = [
        line
        for line in sheet.lines
        for t in line.span
        if len(t.text) >= 2 and t.text.isalnum() and t._.word.confidence > 0.6
    ]
    written = any(region.kind in ("handwriting", "stamp") for region in sheet.page.regions)
    return len(sure) < FEW_WORDS and sheet.page.ink < BLANK_INK and not written


def _handwritten(sheet: Sheet) -> bool:
    """Whether ink is mostly no type: writing covers much more than words do."""
    page = sheet.page
    written = sum(r.bbox.width * r.bbox.height for r in page.regions if r.kind == "handwriting")
    typed = sum(w.bbox.width * w.bbox.height for w in page.words if w.confidence > 0.5)
    return written > 2 * typed and written > 0.05 * page.width * page.height


def _unclear(sheet: Sheet) -> DocumentKind:
    """A page that is neither blank nor readable as a docket: writing and readable prose are `other`; a page of
    print that cannot be read may be a docket, and somebody should look."""
    if _handwritten(sheet):
        return DocumentKind.OTHER
    words = [w for w in sheet.page.words if len(w.text) >= 3]
    readable = sum(w.confidence > 0.7 for w in words)
    if words and readable >= 0.5 * len(words):
        return DocumentKind.OTHER
    if not words and sheet.page.ink < 3 * BLANK_INK:
        return DocumentKind.OTHER if sheet.page.regions else DocumentKind.BLANK
    court = known_share(t.norm_ for line in sheet.lines for t in line.span) > 0.3
    return DocumentKind.HALF_SHEET if court or len(words) >= 30 else DocumentKind.OTHER


def _goes_on(group: Sequence[Look], look: Look) -> bool:
    """Whether a page continues the document before it: its number in the run, its case, or its want of a head."""
    last = group[-1]
    if not group[0].kind.is_docket or not look.kind.is_docket or look.page == 1:
        return False
    if {group[0].kind, look.kind} & {DocumentKind.COURT_SHEET, DocumentKind.LEDGER} or len(look.numbers) >= 5:
        return False
    same = _same_number(group, look)
    if look.page is not None and look.page > 1:
        in_run = last.page is None or look.page > last.page
        return in_run and (same is True or (same is None and (last.page is None or look.page == last.page + 1)))
    if same is False:
        return False
    if same is None:
        return (
            look.entries > 0
            and not look.opens
            and group[0].kind in (DocumentKind.CERTIFIED_STATEMENT, DocumentKind.HALF_SHEET)
        )
    return look.kind is group[0].kind and look.page is None and last.page is None and not _own_head(look)


def _own_head(look: Look) -> bool:
    """Whether a page states charges of its own, as first pages do."""
    return any(is_charge_statute(s) for line in look.sheet.lines[:12] for s in statutes_in(line))


def _same_number(group: Sequence[Look], look: Look) -> bool | None:
    """Whether a page names the group's case; None where it names none."""
    known = [n for one in group for n in one.numbers]
    if not look.numbers or not known:
        return None
    return any(same_case(n, k) or _misread(n, k) for n in look.numbers for k in known)


def _misread(one: str, other: str) -> bool:
    return (
        len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= 1 and one[-2:] == other[-2:]
    )
