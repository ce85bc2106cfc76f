"""What kind of paper a page is: phrases, rows and words weighed by a small model fitted on made pages."""

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
from extract.lexicon import known_share
from extract.numbers import docket_numbers_in, same_case
from extract.phrases import phrase_weights
from extract.tables import Table, table_on

BLANK_INK = 0.006  # share of dark pixels that dust, punch holes and bleed-through leave
FEW_WORDS = 4
MANY_CASES = 5  # from so many cases on a page is a call or a ledger, whatever its head says
# A paper that owes no ending must be known as such; in doubt the page is one that does.
SURE_OF_ORDER = 0.7
SURE_DESPITE_ENDINGS = 0.97  # a complaint that tells endings must look like nothing else
ACCUSING = 2.0  # and say by its phrases that it accuses
# A paper's own title says more than forms of training can: log-odds for each point of a phrase, and most points.
SAYING, MOST_SAID = 0.8, 5.0

Floats: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Seen:
    """A page at first sight: its rows, and what the finders see in them."""

    sheet: Sheet

    @cached_property
    def text(self) -> str:
        return "\n".join(line.plain for line in self.sheet.lines)

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
    def statutes_across(self) -> int:
        """Paragraphs that cite what somebody is charged with, be the citation cut where a row ends."""
        flowed = sheet_of(flowing(self.sheet.page, self.sheet))
        return sum(cites_charge(line) for line in flowed.lines)

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
    def phrases(self) -> Mapping[DocumentKind, float]:
        """What the phrases on the page speak for."""
        return phrase_weights(self.text)


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
    few = len(seen.sheet.lines) <= 2 and not seen.numbers and not seen.statutes
    if few or (_handwritten(seen.sheet) and docket < 2):
        return _unclear(seen.sheet)
    if _is_stray(seen, docket):
        return DocumentKind.OTHER
    if docket < 2.0 and max(seen.phrases.values(), default=0.0) < 2.0:
        return _unclear(seen.sheet)
    return _docket_kind(seen)


def _docket_weight(seen: Seen) -> float:
    """How much of a page is what dockets are made of."""
    rows = 1.5 * min(seen.statutes or seen.statutes_across, 2) + 1.0 * min(len(seen.entries), 4)
    people = "PEOPLE" in seen.text
    return 2.0 * (bool(seen.numbers) or (people and _CASE_NUMBER.search(seen.text) is not None)) + rows + 1.5 * people


_CASE_NUMBER = re.compile(r"\b(?:CASE|DOCKET|CAUSE|COURT) ?(?:NO\.?|NUMBER|NUM|#)[ :.#]*[A-Z]{0,3}[ -]?[A-Z0-9-]*\d{3}")


def _is_stray(seen: Seen, docket: float) -> bool:
    """Whether phrases of letters, reports and the like outweigh all that a docket has."""
    other = seen.phrases.get(DocumentKind.OTHER, 0.0)
    best = max((w for kind, w in seen.phrases.items() if kind is not DocumentKind.OTHER), default=0.0)
    if docket == 0.0 and other >= 1.5 and not _says_what_was_done(seen):
        return True
    if other < 2.5 or docket >= 4.5 or (docket >= 4.0 and best >= 2.0):
        return False
    return best < 2.0 or other >= best


def _says_what_was_done(seen: Seen) -> bool:
    """Whether the page tells of an ending, a penalty or a revocation, as the second page of an order may."""
    done = (Effect.FINAL, Effect.NOT_GUILTY, Effect.PLEA_GUILTY, Effect.SENTENCE, Effect.REVOKED, Effect.SATISFIED)
    return any(found.wording.effect in done for _, wordings in seen.wordings for found in wordings)


def _docket_kind(seen: Seen) -> DocumentKind:
    """The likeliest kind of a page that tells of a case."""
    shares = probabilities_of(seen)
    if seen.cases >= MANY_CASES:
        return max(TABLES, key=lambda kind: shares[kind])
    tables = seen.cases >= 2 or any(seen.phrases.get(kind) for kind in TABLES)
    best = max((kind for kind in DOCKETS if tables or kind not in TABLES), key=lambda kind: shares[kind])
    told = best is DocumentKind.COMPLAINT and _tells_endings(seen)
    if told and (seen.phrases.get(DocumentKind.COMPLAINT, 0.0) < ACCUSING or _sentences(seen)):
        return max(OWING, key=lambda kind: shares[kind])
    if best in OWING or shares[best] >= (SURE_DESPITE_ENDINGS if told else SURE_OF_ORDER):
        return best
    return max(OWING, key=lambda kind: shares[kind])


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
    if not call + ledger and (len(form.blocks) < 2 or seen.cases < 2):
        return None  # the rows of one case are a call or a ledger only where the page says so
    call += 1.5 * form.day_above - 1.0 * form.days_in_rows
    ledger += 1.5 * form.days_in_rows
    return DocumentKind.COURT_SHEET if call >= ledger else DocumentKind.LEDGER


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
TABLES = (DocumentKind.COURT_SHEET, DocumentKind.LEDGER)
OWING = (DocumentKind.CERTIFIED_STATEMENT, DocumentKind.HALF_SHEET)
_TOLD = (Effect.FINAL, Effect.PLEA_GUILTY, Effect.SENTENCE, Effect.PLEA_NOT_GUILTY, Effect.NONE)
_LISTED = re.compile(r"(?i)\bC0\d\d\b|\bCALL$")
_PENALTY_ONLY = re.compile(r"^\W*\$?\d[\d.,]* ?[A-Z]*\W*$")


@dataclass(frozen=True)
class Model:
    """Multinomial logistic over words, pairs of words and measures of a page."""

    places: Mapping[str, int]  # of words and pairs; measures follow behind
    weights: Floats  # features by kinds
    bias: Floats
    centre: Floats  # of the measures
    spread: Floats
    kinds: tuple[DocumentKind, ...] = field(default=DOCKETS)

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
    model = shipped()
    said = np.array([min(MOST_SAID, seen.phrases.get(kind, 0.0)) for kind in model.kinds], np.float32)
    scores = model.scores(words_of(seen), measures_of(seen)) + SAYING * said
    shares = np.exp(scores - scores.max())
    return dict(zip(model.kinds, (shares / shares.sum()).tolist(), strict=True))


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
        float(bool(re.search(r"CERTIF|ATTEST|FOREGOING|TRUE (?:AND CORRECT )?COPY|HAND AND SEAL", seen.text))),
        sum(_begins_with_day(line) for line in lines) / total,
        float("PEOPLE" in seen.text),
    ]
