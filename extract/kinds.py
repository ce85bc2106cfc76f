"""What kind of paper a page is: titles, phrases, rows and words weighed by a small model fitted on made pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from casefile.docket import DocumentKind
from casefile.ocr import OcrPage
from extract.accusations import flowing
from extract.charges import cites_charge
from extract.dates import dates_in
from extract.dispositions import Effect, WordingFound, wordings_in
from extract.doc import Line, Sheet, sheet_of
from extract.gaps import printed_page
from extract.lexicon import known_share
from extract.numbers import docket_numbers_in, same_case
from extract.phrases import phrase_weights
from extract.table_parts import Table
from extract.tables import table_on
from extract.titles import titles_on

BLANK_INK = 0.006  # share of dark pixels that dust, punch holes and bleed-through leave
FEW_WORDS = 4
MANY_CASES = 5  # from so many cases on a page is a call or a ledger, whatever its head says
# A paper that owes no ending must be known as such; in doubt the page is one that does.
SURE_OF_ORDER = 0.7
SURE_OF_STRAY, ABSURD = 0.8, 0.1  # by the words alone; less than that no title and no phrase makes a stray
SURE_BY_LOOKS = 0.97  # by less no paper is one that nothing on it names, and no complaint tells endings
ACCUSING = 2.0  # and say by its phrases that it accuses
# A paper's own title says more than forms of training can: log-odds for each point of a phrase, and most points.
SAYING, MOST_SAID = 0.8, 5.0
TITLED = 4.0  # log-odds, and points, of a title that stands by itself
SEVERAL_DAYS = 3  # no order and no charging paper tells what was done on so many

Floats: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Seen:
    """A page at first sight: its rows, and what the finders see in them."""

    sheet: Sheet

    @cached_property
    def text(self) -> str:
        return "\n".join(line.plain for line in self.sheet.lines)

    @cached_property
    def flat(self) -> str:
        return re.sub(r"\s+", " ", self.text)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The docket numbers of the page, each once."""
        found = (n for line in self.sheet.lines for n in docket_numbers_in(line.text))
        return tuple(dict.fromkeys(n.value for n in found if n.shape != "traffic"))

    @cached_property
    def cases(self) -> int:
        """How many cases the numbers name."""
        return sum(not any(same_case(n, m) for m in self.numbers[:at]) for at, n in enumerate(self.numbers))

    @cached_property
    def statutes(self) -> int:
        """Rows that cite what somebody is charged with."""
        return sum(cites_charge(line) for line in self.sheet.lines)

    @cached_property
    def paragraphs(self) -> Sequence[Line]:
        """The rows, those of a paragraph put in one."""
        return sheet_of(flowing(self.sheet.page, self.sheet)).lines

    @cached_property
    def statutes_across(self) -> int:
        """Paragraphs that cite what somebody is charged with, be the citation cut where a row ends."""
        return sum(map(cites_charge, self.paragraphs))

    @cached_property
    def reports_ending(self) -> bool:
        """Whether a sentence says that a charge ended: on a day, or that it now is or has been so."""
        sentences = (one for line in self.paragraphs for one in re.split(r"(?<=[A-Z]{3})[.;] ", line.plain))
        return any(_reports_ending(sentence) for sentence in sentences)

    @cached_property
    def wordings(self) -> tuple[tuple[Line, tuple[WordingFound, ...]], ...]:
        """The rows that say what a court does, each with its wordings."""
        found = ((line, wordings_in(line.plain)) for line in self.sheet.lines)
        return tuple((line, wordings) for line, wordings in found if wordings)

    @cached_property
    def entries(self) -> tuple[tuple[Line, tuple[WordingFound, ...]], ...]:
        """Of these the rows that begin with a day."""
        return tuple((line, wordings) for line, wordings in self.wordings if _begins_with_day(line))

    @cached_property
    def table(self) -> Table | None:
        return table_on(self.sheet)

    @cached_property
    def titles(self) -> frozenset[DocumentKind]:
        """The kinds that the page calls itself, above what was done."""
        first = min((line.span.start for line, _ in self.entries), default=len(self.sheet.doc))
        above = tuple(line for line in self.sheet.lines if line.span.start < first)
        named = list(titles_on(above))
        return frozenset(kind for kind, alone in named if alone or kind.is_docket)

    @cached_property
    def days(self) -> int:
        """How many days the entries are of."""
        return len({dates_in(line.text)[0].value for line, _ in self.entries})

    @cached_property
    def cases_at_rows(self) -> int:
        """How many cases begin a row with their number, or with the People, and tell something before the next does."""
        lines, begun = self.sheet.lines, dict[str, int]()
        for at, line in enumerate(lines):
            first = len(line.text) if _PARTIES.match(line.plain) else 5
            number = next((n for n in docket_numbers_in(line.text) if n.start <= first and n.shape != "traffic"), None)
            if number and not any(same_case(number.value, other) for other in begun):
                begun[number.value] = at
        told = {line.span.start for line, _ in self.wordings} | {
            line.span.start for line in lines if cites_charge(line)
        }
        ends = [*begun.values(), len(lines)]
        return sum(any(line.span.start in told for line in lines[at:end]) for at, end in pairwise(ends))

    @cached_property
    def phrases(self) -> Mapping[DocumentKind, float]:
        """What the phrases on the page speak for."""
        return phrase_weights(self.text)

    @cached_property
    def shares(self) -> Mapping[DocumentKind, float]:
        """The probability of each kind that the model knows."""
        return _weighed(self)


_ENDED = (Effect.FINAL, Effect.NOT_GUILTY, Effect.SATISFIED, Effect.UNSATISFIED, Effect.REVOKED, Effect.GONE)
_NOW = re.compile(r"\b(?:(?:IS|ARE|HEREBY|STANDS|HAS|HAVE|HAVING)(?: \w+){0,2}|FINDS?(?: \w+){0,5})\W*$")
_FINDS = re.compile(r"(?:COURT )?FINDS?\b")
_NOT_YET = re.compile(
    r"\b(?:IF|WHETHER|UNLESS|UNTIL|WHEN|BEFORE|SHOULD|MUST|MAY|MIGHT|WOULD|COULD|PRAYS?|ASKS?|MOVES?|REQUESTS)\b"
)


def _reports_ending(sentence: str) -> bool:
    """Whether a sentence tells of an ending with a day, or as what is or has been done and not what may be."""
    ends = [found for found in wordings_in(sentence) if found.wording.effect in _ENDED]
    said = [found for found in ends if _NOT_YET.search(sentence[: found.start]) is None]
    now = any(_FINDS.match(found.text) or _NOW.search(sentence[: found.start]) for found in said)
    return now or (bool(said) and bool(dates_in(sentence)))


_PARTIES = re.compile(r"\W*(?:\d+[.)]? )?(?:THE )?PEOPLE (?:OF .{5,30} )?VS?\b")


def seen_on(page: OcrPage) -> Seen:
    return Seen(sheet_of(page))


def kind_of(seen: Seen) -> DocumentKind:
    """The kind of a page. What may tell of a case is never taken for a stray or a blank one; a page that may owe
    the endings of its charges is never taken for one that does not."""
    if _is_blank(seen.sheet):
        return DocumentKind.BLANK
    tabled = _table_kind(seen)
    if tabled is not None:
        return tabled
    docket = _docket_weight(seen)
    few = len(seen.sheet.lines) <= 2 and docket == 0.0 and not _says_what_was_done(seen)
    if few or (_handwritten(seen.sheet) and docket < 2):
        return _unclear(seen.sheet)
    if _is_stray(seen, docket):
        return DocumentKind.OTHER
    told = seen.reports_ending or _ends_in_rows(seen) or (docket >= 1.0 and not _tells_nothing_done(seen))
    if docket < 2.0 and max(seen.phrases.values(), default=0.0) < 2.0 and not told:
        return _unclear(seen.sheet)
    return _docket_kind(seen)


def _docket_weight(seen: Seen) -> float:
    """How much of a page is what dockets are made of."""
    rows = 1.5 * min(seen.statutes or seen.statutes_across, 2) + 1.0 * min(len(seen.entries), 4)
    people = any(_THE_PEOPLE.search(line.text) for line in seen.sheet.lines)
    named = people or _NAMED.search(seen.text) is not None
    return 2.0 * (bool(seen.numbers) or (named and _CASE_NUMBER.search(seen.text) is not None)) + rows + 1.5 * people


_THE_PEOPLE = re.compile(r"\bP(?:EOPLE|eople)\b|\bpeople,? (?:of|vs?\b)|^\W*(?:the )?people\b")  # not those of a story
_CASE_NUMBER = re.compile(
    r"\b(?:CASE|DOCKET|CAUSE|COURT) ?(?:NO\.?|NUMBER|NUM|#|:)[ :.#]*"
    r"[A-Z]{0,3}[ -]?[A-Z0-9-]*(?:\d{3}|\d [A-Z]{1,2} \d{3})"
)
_NAMED = re.compile(r"\bDEFENDANT\b|\bLAST NAME\b|\bNAME ?:")


def _is_stray(seen: Seen, docket: float) -> bool:
    """Whether phrases of letters, reports and the like outweigh all that a docket has."""
    certified = _CERTIFIES.search(seen.text) is not None and _says_what_was_done(seen)
    if seen.numbers and (certified or _ends_in_rows(seen)):
        return False
    if not seen.reports_ending and (_calls_itself_other(seen) or _looks_other(seen)):
        return True
    other = seen.phrases.get(DocumentKind.OTHER, 0.0)
    best = max((w for kind, w in seen.phrases.items() if kind is not DocumentKind.OTHER), default=0.0)
    if docket == 0.0 and other >= 1.5 and not _says_what_was_done(seen):
        return True
    if other < 2.5 or docket >= 4.5 or (docket >= 4.0 and best >= 2.0) or stray_share(seen) < ABSURD:
        return False
    return best < 2.0 or other >= best


_CERTIFIES = re.compile(
    r"\bI (?:DO |HEREBY |DO HEREBY )?CERTIFY\b|\bTO CERTIFY\b|\bCERTIF(?:IES|IED BY|Y THAT)\b"
    r"|\b(?:WAS|WERE|BEEN) (?:\w+ )?(?:EXPUNGED|SEALED|IMPOUNDED)\b|\bTHIS IS TO (?:ADVISE|INFORM|NOTIFY|STATE)\b"
    r"|(?<!YOUR )\bRECORDS?(?: OF THIS (?:OFFICE|COURT))? (?:SHOW|DISCLOSE|INDICATE|REFLECT|REVEAL)S?\b"
)


def _calls_itself_other(seen: Seen) -> bool:
    """Whether the page has the title of a motion, a notice, a report and the like, and nothing that a court does."""
    if DocumentKind.OTHER not in seen.titles or any(kind.is_docket for kind in seen.titles):
        return False
    return _tells_nothing_done(seen) and stray_share(seen) >= ABSURD


def _looks_other(seen: Seen) -> bool:
    """Whether a page without charges, orders, or what dockets say of themselves is none by all its words."""
    if seen.statutes or seen.statutes_across or any(kind.is_docket for kind in seen.titles):
        return False
    if _ATTESTED.search(seen.text) is not None or printed_page(seen.sheet)[0] not in (None, 1):
        return False  # the last page of a statement may hold nothing else
    if _ASKED.search(seen.text) is None and not any(map(_is_long, seen.sheet.lines)):
        return False  # nor may a page of a form, its entries elsewhere
    if any(weight >= 2.0 for kind, weight in seen.phrases.items() if kind.is_docket):
        return False
    return _tells_nothing_done(seen) and stray_share(seen) >= SURE_OF_STRAY


def _tells_nothing_done(seen: Seen) -> bool:
    """Whether the page orders nothing and tells charges and endings nowhere but in the sentences of a paragraph."""
    if seen.entries or _ORDERED.search(seen.text) is not None:
        return False
    rows = seen.sheet.lines
    told = {line.span.start for line, wordings in seen.wordings if _is_told(wordings)}
    return not any(
        (line.span.start in told or cites_charge(line)) and not _in_prose(rows, at) for at, line in enumerate(rows)
    )


def _ends_in_rows(seen: Seen) -> bool:
    """Whether a row that is of no paragraph tells of an ending."""
    rows = seen.sheet.lines
    ended = {line.span.start for line, found in seen.wordings if any(one.wording.effect in _ENDED for one in found)}
    return any(line.span.start in ended and not _in_prose(rows, at) for at, line in enumerate(rows))


_ORDERED = re.compile(
    r"\bORDERED\b|\bENTER(?:ED)? ?:|\bSO ORDER|\bADJUDGED\b|\bIT IS THE ORDER\b|\bALLOWED\b|\bGRANTED\b|\bSUSTAINED\b"
    r"|\bTHE COURT (?:FINDS|ORDERS|SENTENCES|HEREBY)\b|\bNOLLE|\bMOTION STATE\b"
)


def _in_prose(rows: Sequence[Line], at: int) -> bool:
    """Whether a row is of a paragraph: long, without columns, or the short end of a sentence."""
    return _is_long(rows[at]) or (at > 0 and _is_long(rows[at - 1]) and not rows[at - 1].text.endswith((".", ":")))


def _is_long(line: Line) -> bool:
    return max(len(cell) for cell in line.cells) >= 7


def _is_told(wordings: Iterable[WordingFound]) -> bool:
    """Whether a row tells of an ending or a penalty."""
    done = (*_ENDED, Effect.PLEA_GUILTY, Effect.SENTENCE)
    return any(found.wording.effect in done for found in wordings)


def _says_what_was_done(seen: Seen) -> bool:
    """Whether any row tells what a court did, as the second page of an order may."""
    return any(_is_told(wordings) for _, wordings in seen.wordings)


def _docket_kind(seen: Seen) -> DocumentKind:
    """The likeliest kind of a page that tells of a case."""
    shares = probabilities_of(seen)
    if seen.cases >= MANY_CASES:
        return _call_or_ledger(seen)
    if seen.cases_at_rows >= 3:
        return _call_or_ledger(seen)
    tables = seen.cases >= 2 or any(seen.phrases.get(kind) for kind in TABLES)
    allowed = OWING if seen.days >= SEVERAL_DAYS else (*OWING, *OWING_NONE)
    kinds: tuple[DocumentKind, ...] = (*allowed, *(TABLES if tables else ()))
    best = max(kinds, key=lambda kind: shares[kind])
    told = best is DocumentKind.COMPLAINT and _tells_endings(seen)
    if told and (seen.phrases.get(DocumentKind.COMPLAINT, 0.0) < ACCUSING or _sentences(seen)):
        return max(OWING, key=lambda kind: shares[kind])
    by_name = best in seen.titles or seen.phrases.get(best, 0.0) >= ACCUSING
    sure = shares[best] >= (SURE_OF_ORDER if by_name and not told else SURE_BY_LOOKS)
    if best in OWING or (sure and (by_name or best in TABLES or _SPEECH[best].search(seen.flat) is not None)):
        return best
    return max(OWING, key=lambda kind: shares[kind])


# How a paper speaks that orders, and one that accuses, whatever its title.
_SPEECH = {
    DocumentKind.SENTENCING_ORDER: re.compile(
        r"\b(?:IS|BE) (?:HEREBY )?(?:SENTENCED|COMMITTED|PLACED|DISCHARGED|DISMISSED|GRANTED|REVOKED)\b"
        r"|\bORDERED\b|\bADJUDGED\b|\bTHE COURT (?:HEREBY )?(?:FINDS|ORDERS|SENTENCES|GRANTS)\b"
        r"|\b(?:JUDGMENT|SENTENCE) OF THIS COURT\b|\bCOMMANDED\b"
    ),
    DocumentKind.COMPLAINT: re.compile(
        r"\b(?:COMPLAIN\w*|SWORN?|OATH|ACCUS\w+|CHARGES? THAT|COMMIT(?:TED)?|UNLAWFULLY|KNOWINGLY|DID|VIOLAT\w+"
        r"|UNDERSIGNED|JURORS)\b"
    ),
}  # fmt: skip


def _call_or_ledger(seen: Seen) -> DocumentKind:
    """A ledger tells of many days, a call of one."""
    shares = probabilities_of(seen)
    if seen.days >= SEVERAL_DAYS and DocumentKind.COURT_SHEET not in seen.titles:
        return DocumentKind.LEDGER
    return max(TABLES, key=lambda kind: shares[kind])


def _sentences(seen: Seen) -> bool:
    """Whether the page tells both of a finding and of a penalty."""
    effects = {found.wording.effect for _, wordings in seen.wordings for found in wordings}
    return {Effect.FINAL, Effect.SENTENCE} <= effects


def _tells_endings(seen: Seen) -> bool:
    """Whether the page says how charges ended, which a charging paper does not."""
    ends = (Effect.FINAL, Effect.NOT_GUILTY, Effect.SENTENCE)
    return any(found.wording.effect in ends for _, wordings in seen.wordings for found in wordings)


def _table_kind(seen: Seen) -> DocumentKind | None:
    """A call or a ledger by the rows of many cases it holds; None where it holds no such rows."""
    form = seen.table
    if form is None:
        return None
    call, ledger = seen.phrases.get(DocumentKind.COURT_SHEET, 0.0), seen.phrases.get(DocumentKind.LEDGER, 0.0)
    if not call + ledger and (len(form.blocks) < 2 or max(seen.cases, len(form.numbers)) < 2):
        return None  # the rows of one case are a call or a ledger only where the page says so
    call += 1.5 * form.day_above - 1.0 * form.days_in_rows
    ledger += 1.5 * (form.days_in_rows or seen.days >= SEVERAL_DAYS)
    shares = probabilities_of(seen)
    leaning = float(np.log((shares[DocumentKind.COURT_SHEET] + 0.01) / (shares[DocumentKind.LEDGER] + 0.01)))
    return DocumentKind.COURT_SHEET if call - ledger + leaning >= 0 else DocumentKind.LEDGER


def _begins_with_day(line: Line) -> bool:
    found = dates_in(line.text)
    return bool(found) and found[0].start <= 4


# --- pages that tell of no case --------------------------------------------------------------------------


def _is_blank(sheet: Sheet) -> bool:
    sure = [
        token
        for line in sheet.lines
        for token in line.span
        if len(token.text) >= 2 and token.text.isalnum() and token._.word.confidence > 0.6
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


# --- the model -------------------------------------------------------------------------------------------

DOCKETS = tuple(kind for kind in DocumentKind if kind.is_docket)
KNOWN = (*DOCKETS, DocumentKind.OTHER)  # to the model
TABLES = (DocumentKind.COURT_SHEET, DocumentKind.LEDGER)
OWING = (DocumentKind.CERTIFIED_STATEMENT, DocumentKind.HALF_SHEET)
OWING_NONE = (DocumentKind.COMPLAINT, DocumentKind.SENTENCING_ORDER)
_TOLD = (Effect.FINAL, Effect.PLEA_GUILTY, Effect.SENTENCE, Effect.PLEA_NOT_GUILTY, Effect.NONE)
_LISTED = re.compile(r"(?i)\bC0\d\d\b|\bCALL$")
_ASKED = re.compile(r"\b(?:WHEREFORE|PRAYS?|MOVES|DEAR|NOTIFIED|ENCLOSED|TRULY|SINCERELY|COMMANDED|RESPECTFULLY)\b")
# Who signs at the foot of a page.
_SIGNED = {
    "a judge": re.compile(r"\bJUDGE\b"),
    "a clerk": re.compile(r"\b(?:CLERK|DEPUTY|SEAL)\b"),
    "an attorney": re.compile(r"\bATTORNEY\b"),
    "a complainant": re.compile(r"\b(?:COMPLAINANT|FOREMAN|DECLARANT|SWORN|NOTARY)\b"),
    "an officer": re.compile(r"\bOFFICER\b"),
}
FOOT = 5  # rows
_ATTESTED = re.compile(r"CERTIF|ATTEST|FOREGOING|TRUE (?:AND CORRECT )?COPY|HAND AND SEAL")
_PENALTY_ONLY = re.compile(r"^\W*\$?\d[\d.,]* ?[A-Z]*\W*$")


@dataclass(frozen=True)
class Model:
    """Multinomial logistic over words, pairs of words and measures of a page."""

    places: Mapping[str, int]  # of words and pairs; measures follow behind
    weights: Floats  # features by kinds
    bias: Floats
    centre: Floats  # of the measures
    spread: Floats
    kinds: tuple[DocumentKind, ...] = field(default=KNOWN)

    def scores(self, words: Iterable[str], measures: Sequence[float]) -> Floats:
        """The log-odds of each kind, up to a constant."""
        found = [self.places[word] for word in words if word in self.places]
        scaled = (np.asarray(measures, np.float32) - self.centre) / self.spread
        told = self.weights[found].sum(0) / np.sqrt(max(4, len(found)))
        out: Floats = told + np.clip(scaled, -3, 3) @ self.weights[len(self.places) :] + self.bias
        return out


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model inside the package; extract/data/kinds.md is its card."""
    with resources.files("extract").joinpath("data/kinds.npz").open("rb") as file:
        held = np.load(file)
        places = {word: at for at, word in enumerate(str(held["words"]).split("\n"))}
        return Model(places, *(held[name].astype(np.float32) for name in ("weights", "bias", "centre", "spread")))


def probabilities_of(seen: Seen) -> dict[DocumentKind, float]:
    """For each kind of docket the probability that the page, which tells of a case, is of that kind."""
    shares = seen.shares
    total = sum(shares[kind] for kind in DOCKETS)
    return {kind: shares[kind] / total for kind in DOCKETS}


def _weighed(seen: Seen) -> dict[DocumentKind, float]:
    """For each kind the model knows its probability."""
    model = shipped()
    said = np.array([min(MOST_SAID, seen.phrases.get(kind, 0.0)) for kind in model.kinds], np.float32)
    named = np.array([kind.is_docket and kind in _titles_of(seen) for kind in model.kinds], np.float32)
    scores = model.scores(words_of(seen), measures_of(seen)) + SAYING * said + TITLED * named
    shares = np.exp(scores - scores.max())
    return dict(zip(model.kinds, (shares / shares.sum()).tolist(), strict=True))


def stray_share(seen: Seen) -> float:
    """The probability that the page is no docket, by its words and rows."""
    return seen.shares[DocumentKind.OTHER]


def _titles_of(seen: Seen) -> frozenset[DocumentKind]:
    """What the page calls itself; the docket of several cases is a ledger."""
    if DocumentKind.HALF_SHEET in seen.titles and seen.cases > 2:
        return seen.titles | {DocumentKind.LEDGER}
    return seen.titles


def words_of(seen: Seen, lines: Iterable[Line] | None = None) -> frozenset[str]:
    """The words of the page, and each two that follow one another in a row."""
    out: set[str] = set()
    for line in seen.sheet.lines if lines is None else lines:
        words = [word for word in re.findall(r"[A-Z][A-Z'-]+", line.plain) if len(word) >= 2]
        out.update(words)
        out.update(f"{one} {other}" for one, other in pairwise(words))
    return frozenset(out)


MEASURES = (
    *(f"phrases of {kind}" for kind in DOCKETS),
    "cases", "statutes", "rows of entries", "entries a day", "short wordings", "penalties", "findings",
    "penalties without day", "counts as codes", "amounts alone", "small letters", "words a row", "cells a row",
    "long rows", "rows", "lying", "certified", "rows beginning with days", "people",
    *(f"titles of {kind}" for kind in KNOWN), "days", "cases at rows", "phrases of other", "ordered", "asked",
    *(f"signed by {who}" for who in _SIGNED),
)  # fmt: skip


def measures_of(seen: Seen) -> list[float]:
    """Numbers that tell kinds apart whatever words a form uses; MEASURES names them in order."""
    lines = seen.sheet.lines
    found = [w for _, wordings in seen.wordings for w in wordings if w.wording.effect in _TOLD]
    told = [sum(w.wording.effect in _TOLD for w in wordings) for _, wordings in seen.entries]
    effects = [w.wording.effect for w in found]
    penal = effects.count(Effect.SENTENCE)
    letters = [c for line in lines for c in line.text if c.isalpha()]
    total = max(1, len(lines))
    return [
        *(min(6.0, seen.phrases.get(kind, 0.0)) for kind in DOCKETS),
        float(min(seen.cases, 6)),
        float(min(seen.statutes, 5)),
        float(np.log1p(len(seen.entries))),
        sum(told) / max(1, len(told)),
        sum(len(w.text) <= 5 for w in found) / max(1, len(found)),
        float(min(penal, 5)),
        float(min(sum(e in (Effect.FINAL, Effect.PLEA_GUILTY) for e in effects), 5)),
        float(min(penal, 5) if not seen.entries else 0),
        float(min(4, sum(bool(_LISTED.search(line.text)) for line in lines))),
        float(min(4, sum(bool(_PENALTY_ONLY.match(line.plain)) for line in lines))),
        sum(c.islower() for c in letters) / max(1, len(letters)),
        sum(len(line.span) for line in lines) / total,
        sum(len(line.cells) for line in lines) / total,
        sum(len(line.span) >= 9 and len(line.cells) <= 2 for line in lines) / total,
        float(min(60, len(lines))),
        float(seen.sheet.page.width > seen.sheet.page.height),
        float(_ATTESTED.search(seen.text) is not None),
        sum(_begins_with_day(line) for line in lines) / total,
        float("PEOPLE" in seen.text),
        *(float(kind in seen.titles) for kind in KNOWN),
        float(np.log1p(seen.days)),
        float(min(seen.cases_at_rows, 6)),
        min(6.0, seen.phrases.get(DocumentKind.OTHER, 0.0)),
        float(_ORDERED.search(seen.text) is not None),
        float(_ASKED.search(seen.text) is not None),
        *(float(any(signed.search(line.plain) for line in lines[-FOOT:])) for signed in _SIGNED.values()),
    ]
