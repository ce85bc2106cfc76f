"""What a paper calls itself: a title alone in its cell near the head of the page, known by its noun."""
# ruff: noqa: E501 - a table row is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from casefile.docket import DocumentKind
from extract.doc import Line
from extract.labels import fields_in
from extract.names import is_given

AMONG = 16  # rows below letterhead, court and caption in which a title may stand
LONGEST = 9  # words; what is longer is a sentence

_K = DocumentKind
# Titles that their noun does not tell, asked first, each with one that it must know; None where nothing follows.
WHOLE: tuple[tuple[str, DocumentKind | None, str], ...] = (
    (r"NOTICES? TO APPEAR|.*\bCITATION AND COMPLAINT|UNIFORM (?:TRAFFIC )?(?:CITATION|TICKET)", _K.COMPLAINT, "NOTICE TO APPEAR"),
    (r"(?:BILL OF )?(?:INDICTMENT|INFORMATION)", _K.COMPLAINT, "BILL OF INDICTMENT"),
    (r".*\bSEARCH WARRANT", _K.OTHER, "COMPLAINT FOR SEARCH WARRANT"),
    (r"(?:.*\b(?:MOTION|NOTICE|PETITION|APPLICATION|STIPULATION|REQUEST)\b.*)\b(?:ORDER|JUDGMENT)|PROPOSED .*", None, "PETITION AND ORDER"),
    (r"(?:CERTIFICATE|PROOF|AFFIDAVIT) OF (?:SERVICE|MAILING)", _K.OTHER, "CERTIFICATE OF SERVICE"),
    (r"(?:TRANSCRIPT|REPORT) OF (?:PROCEEDINGS?|TESTIMONY|EVIDENCE)", _K.OTHER, "REPORT OF PROCEEDINGS"),
    (r"STATEMENT OF (?:FACTS?|RIGHTS?|WITNESS|PROBABLE CAUSE)|(?:WITNESS|VOLUNTARY) STATEMENT", _K.OTHER, "STATEMENT OF FACTS"),
    (r".*\b(?:LIST|INDEX) OF (?:WITNESSES|EXHIBITS|JURORS)|(?:WITNESS|EXHIBIT|JURY) LIST", _K.OTHER, "LIST OF WITNESSES"),
    (r"(?:BAIL|APPEARANCE|RECOGNIZANCE|SURETY|CASH|INDIVIDUAL|PERSONAL) (?:BAIL )?BOND", _K.OTHER, "BAIL BOND"),
    (r"(?:WARRANT|WRIT) OF COMMITMENT|CERTIFICATE OF (?:PROBATION|CONDITIONS)", _K.SENTENCING_ORDER, "WARRANT OF COMMITMENT"),
    (r"ABSTRACT OF JUDGMENT\b.*|JUDGMENT AND \w+(?: \w+)?|SENTENCE|.*\bAND SENTENCE", _K.SENTENCING_ORDER, "ABSTRACT OF JUDGMENT"),
    (r"(?:MINUTE|COURT|JOURNAL) ORDER|MINUTES? ENTRY", _K.SENTENCING_ORDER, "MINUTE ORDER"),
    (r"ORDERS?(?: OF| BY)? (?:THE )?COURT|ORDERS(?: ENTERED)?", None, "ORDERS OF COURT"),
    (r"(?:CERTIFIED|TRUE) COPY|ABSTRACT OF (?:RECORD|CASE|COURT RECORD|DISPOSITION|CONVICTION)", _K.CERTIFIED_STATEMENT, "CERTIFIED COPY"),
    (r"(?:RECORD|STATEMENT|REPORT|TRANSCRIPT|NOTICE) OF (?:\w+ )?(?:CONVICTION|DISPOSITION|DOCKET)S?\b.*", _K.CERTIFIED_STATEMENT, "RECORD OF DISPOSITION"),
    (r".*\bDISPOSITION (?:RECORD|REPORT|STATEMENT|CERTIFICATE|NOTICE|TRANSCRIPT|ABSTRACT|INQUIRY)", _K.CERTIFIED_STATEMENT, "COURT DISPOSITION RECORD"),
    (r"CERTIFI(?:ED|CATION)\b(?!.*\b(?:MAIL|RECEIPT)).*", _K.CERTIFIED_STATEMENT, "CERTIFIED DISPOSITION"),
    (r"REGISTER OF ACTIONS?|RECORD OF (?:PROCEEDINGS?|ACTIONS?|ORDERS?)", _K.HALF_SHEET, "REGISTER OF ACTIONS"),
    (r"(?:JUDGMENT|FEE|CRIMINAL EXECUTION) DOCKET|.*\bDOCKET (?:BOOK|LEDGER|INDEX)", _K.LEDGER, "JUDGMENT DOCKET"),
    (r"DOCKET CALL|CASES? (?:SET|CALLED|ON CALL)\b.*|LIST OF CASES SET\b.*", _K.COURT_SHEET, "DOCKET CALL"),
)  # fmt: skip
# The noun a title is about, as `ORDER` of `ORDER OF PROBATION` and of `PROBATION ORDER`.
NOUNS: Mapping[DocumentKind, frozenset[str]] = {
    _K.CERTIFIED_STATEMENT: frozenset({"CERTIFICATE", "CERTIFICATION", "EXEMPLIFICATION"}),
    _K.HALF_SHEET: frozenset({"DOCKET", "CARD", "HALF-SHEET", "MINUTES", "ENTRIES", "HISTORY"}),
    _K.COURT_SHEET: frozenset({"CALL", "CALENDAR"}),
    _K.COMPLAINT: frozenset({"COMPLAINT", "ACCUSATION", "INDICTMENT", "TICKET", "CITATION"}),
    _K.SENTENCING_ORDER: frozenset({"ORDER", "JUDGMENT", "MITTIMUS", "DECREE", "COMMITMENT"}),
    _K.LEDGER: frozenset({"LEDGER", "REGISTER", "INDEX", "BOOK"}),
    _K.OTHER: frozenset(
        {"MOTION", "MOTIONS", "NOTICE", "PETITION", "APPLICATION", "SUBPOENA", "SUMMONS", "APPEARANCE", "AFFIDAVIT",
         "STIPULATION", "WARRANT", "REQUEST", "RECEIPT", "REPORT", "EVALUATION", "ASSESSMENT", "MEMORANDUM", "MEMO",
         "RECOGNIZANCE", "BRIEF", "INSTRUCTION", "INSTRUCTIONS", "INVENTORY", "TRANSMITTAL", "FACSIMILE", "WAIVER",
         "DEMAND", "DEPOSITION", "EXHIBIT", "INVOICE", "SUBSTITUTION", "WITHDRAWAL", "CORRESPONDENCE", "CHECKLIST",
         "QUESTIONNAIRE", "NARRATIVE", "SLIP", "ANSWER", "RESPONSE", "OBJECTION", "OBJECTIONS", "INTERROGATORIES"}
    ),
}  # fmt: skip
_KIND_OF = {noun: kind for kind, nouns in NOUNS.items() for noun in nouns}
_GOES_ON = re.compile(
    r" (?:OF|FOR|TO|IN|ON|BY|AND|FROM|WITH|GRANTING|DENYING|REVOKING|PLACING|DISMISSING|TERMINATING|-+) .*"
)
_OF_SENTENCES = frozenset(
    {
        "A",
        "AN",
        "WAS",
        "WERE",
        "IS",
        "ARE",
        "HAS",
        "HAD",
        "HAVE",
        "FILED",
        "ENTERED",
        "HE",
        "SHE",
        "HIS",
        "HER",
        "THIS",
        "THAT",
    }
)
_NUMBERED = re.compile(r"(?i) (?:NO\.? ?|#)?\d+$")
_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind, _ in WHOLE)


def title_in(text: str) -> DocumentKind | None:
    """The kind of paper that `text`, which stands alone, names; None where it is no title."""
    text = _NUMBERED.sub("", text.rstrip(":.,"))
    if re.search(r"[\d:,]", text):
        return None
    words = re.sub(r"[^A-Z'/ -]", " ", text.upper()).split()
    if not words or len(words) > LONGEST or _OF_SENTENCES & set(words):
        return None
    flat = re.sub(r" ?- ?CONT\w*$| CONT\w*$", "", " ".join(words).strip(" -"))
    for pattern, kind in _PATTERNS:
        if pattern.fullmatch(flat):
            return kind
    if len(words) > 1 and any(is_given(word) for word in words):
        return None  # who is called so
    ends = [part.split()[-1] for part in (_GOES_ON.sub("", flat), flat) if part.split()]
    return next((kind for kind in map(_noun_kind, ends) if kind is not None), None)


def _noun_kind(word: str) -> DocumentKind | None:
    """The kind of a noun, one letter misread in a long one."""
    if word in _KIND_OF or len(word) < 7:
        return _KIND_OF.get(word)
    near = {kind for noun, kind in _KIND_OF.items() if len(noun) >= 7 and Levenshtein.distance(word, noun) == 1}
    return near.pop() if len(near) == 1 else None


_LETTERHEAD = re.compile(r"\b(?:COURT|COUNTY|STATE|CLERK)\b")


def _ends_sentence(above: Line, line: Line) -> bool:
    """Whether a row goes on with the sentence of the row above."""
    if above.text.endswith((".", ":")) or abs(above.left - line.left) > 1.5 * line.pitch:
        return False
    return max(len(cell) for cell in above.cells) >= 7 and _LETTERHEAD.search(above.plain) is None


def titles_on(lines: Sequence[Line]) -> Iterator[tuple[DocumentKind, bool]]:
    """The kinds that titles among the first rows name, and whether each stands alone in its row; heads of columns
    and what stands beside a label are no titles."""
    cells = [[cell for cell in line.cells if any(c.isalpha() for c in cell.text)] for line in lines[:AMONG]]
    for at, here in enumerate(cells):
        if len(here) > 2 or (at and _ends_sentence(lines[at - 1], lines[at])):
            continue
        beside = (*cells[max(0, at - 1) : at], *cells[at + 1 : at + 2])
        under_heads = any(sum(bool(fields_in(cell.text)) for cell in near) >= 2 for near in beside)
        for cell in here:
            kind = title_in(cell.text)
            among_heads = under_heads or (len(here) > 1 and len(cell) == 1)
            if kind is not None and not (among_heads and fields_in(cell.text)):
                yield kind, len(here) == 1
