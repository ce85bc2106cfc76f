"""Phrases that speak for a kind of paper: titles, boilerplate and the openings of letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from casefile.docket import DocumentKind


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
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFICATE OF CONVICTION", 4.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED TRANSCRIPT", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED ABSTRACT", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED RECORD", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED COPY", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFICATION OF", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "ABSTRACT OF", 1.5),
    Phrase(_K.CERTIFIED_STATEMENT, "TRANSCRIPT OF", 1.5),
    Phrase(_K.CERTIFIED_STATEMENT, "EXEMPLIFIED COPY", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "HEREBY CERTIFY", 2.0),
    Phrase(_K.CERTIFIED_STATEMENT, "KEEPER OF THE RECORDS", 2.5),
    Phrase(_K.CERTIFIED_STATEMENT, "TRUE AND CORRECT", 1.5),
    Phrase(_K.CERTIFIED_STATEMENT, "HAND AND SEAL", 1.5),
    Phrase(_K.CERTIFIED_STATEMENT, "HAND AND THE SEAL", 1.5),
    Phrase(_K.CERTIFIED_STATEMENT, "SEAL OF SAID COURT", 1.5),
    Phrase(_K.CERTIFIED_STATEMENT, "STATEMENT OF DISPOSITION", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "STATEMENT OF CASE", 2.5),
    Phrase(_K.CERTIFIED_STATEMENT, "DISPOSITION STATEMENT", 3.0),
    Phrase(_K.CERTIFIED_STATEMENT, "CERTIFIED", 1.0),
    Phrase(_K.HALF_SHEET, "DOCKET ENTRIES", 1.5),
    Phrase(_K.HALF_SHEET, "CASE CARD", 3.0),
    Phrase(_K.HALF_SHEET, "COURT CARD", 2.5),
    Phrase(_K.HALF_SHEET, "INDEX CARD", 2.5),
    Phrase(_K.HALF_SHEET, "RECORD CARD", 2.5),
    Phrase(_K.HALF_SHEET, "MINUTE SHEET", 3.0),
    Phrase(_K.HALF_SHEET, "RECORD SHEET", 2.5),
    Phrase(_K.HALF_SHEET, "CLERK'S MINUTES", 2.5),
    Phrase(_K.HALF_SHEET, "MEMORANDA OF ORDERS", 2.5),
    Phrase(_K.HALF_SHEET, "DATE COURT ORDERS", 2.5),
    Phrase(_K.HALF_SHEET, "DATE PROCEEDINGS", 2.0),
    Phrase(_K.HALF_SHEET, "DATE MINUTES", 2.0),
    Phrase(_K.HALF_SHEET, "ORDER OF COURT", 1.0),
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
    Phrase(_K.COMPLAINT, "IS INFORMED AND BELIEVES", 3.0),
    Phrase(_K.COMPLAINT, "IN THE NAME AND BY THE AUTHORITY OF", 2.0),
    Phrase(_K.COMPLAINT, "BILL OF INDICTMENT", 3.0),
    Phrase(_K.COMPLAINT, "WAS COMMITTED BY", 1.5),
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
    Phrase(_K.OTHER, "PLEASE FIND ENCLOSED", 3.0),
    Phrase(_K.OTHER, "ENCLOSED PLEASE FIND", 3.0),
    Phrase(_K.OTHER, "RECEIPT NO", 2.5),
    Phrase(_K.OTHER, "RECEIPT FOR", 2.5),
    Phrase(_K.OTHER, "BOND RECEIPT", 2.5),
    Phrase(_K.OTHER, "OFFICIAL RECEIPT", 2.5),
    Phrase(_K.OTHER, "CLERK RECEIPT", 2.5),
    Phrase(_K.OTHER, "CASH RECEIPT", 2.5),
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


_LONG = tuple(phrase for phrase in PHRASES if len(phrase.text) >= 12)  # known with some letters misread
_ALIKE = 86  # of 100


def phrase_weights(text: str) -> dict[DocumentKind, float]:
    """For each kind that phrases of `text` speak for, how much they do; its rows end with line feeds."""
    flat = re.sub(r"\s+", " ", text)
    rows = [row for row in (re.sub(r"\s+", " ", row) for row in text.splitlines()) if len(row) >= 9]
    found = {phrase for phrase in PHRASES if phrase.text in flat}
    out: dict[DocumentKind, float] = {}
    for phrase in sorted(found | _nearly_in(rows), key=PHRASES.index):
        out[phrase.kind] = out.get(phrase.kind, 0.0) + phrase.weight
    return out


def _nearly_in(rows: Sequence[str]) -> set[Phrase]:
    """The long phrases that a row holds with some letters misread."""
    if not rows:
        return set()
    alike = cdist([p.text for p in _LONG], rows, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE, dtype=np.uint8)
    pairs = zip(*np.nonzero(alike >= _ALIKE), strict=True)
    near = ((_LONG[at], rows[row]) for at, row in pairs if len(rows[row]) >= 0.8 * len(_LONG[at].text))
    return {phrase for phrase, row in near if _is_spelled_in(phrase.text, row)}


def _is_spelled_in(phrase: str, row: str) -> bool:
    """Whether the row holds every word of the phrase but for two letters, or one in five, or all without spaces."""
    wanted, words = phrase.split(), row.split()
    for at in range(len(words) - len(wanted) + 1):
        pairs = zip(wanted, words[at : at + len(wanted)], strict=True)
        if all(Levenshtein.distance(one, other) <= max(2, len(one) // 5) for one, other in pairs):
            return True
    return bool(fuzz.partial_ratio(phrase.replace(" ", ""), row.replace(" ", "")) >= 96)
