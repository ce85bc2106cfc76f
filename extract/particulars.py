"""What a charge says of itself: statute, words, class, amount, and whether these agree with each other."""
# ruff: noqa: E501 - a pattern or a table row is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from spacy.tokens import Span

from casefile.docket import Grade, Grams, Reading
from extract import statutes
from extract.amounts import agreement, bands_of, classes_of, letters_for
from extract.calibration import SURE_WORD, Evidence, Footing
from extract.caption import Part, days_on
from extract.charges import ChargeFound, StatuteFound
from extract.counts import Counted
from extract.dates import DateFound, dates_in, may_have_lost_a_figure
from extract.dispositions import wordings_in
from extract.doc import Line, confidence_in, level_of, source_of, word_of
from extract.entries import amounts_in, count_ranges
from extract.footing import days_of_charge, is_headed_otherwise
from extract.outcomes import Outcome
from extract.readings import Finding, reading_of, silence, unfound
from extract.statutes import Citation, statute_in

T = TypeVar("T")


@dataclass(frozen=True)
class Particulars:
    """The readings of one charge's own row."""

    statute: Reading[str]
    description: Reading[str]
    grade: Reading[Grade]
    grams: Reading[Grams]
    subsequent: Reading[bool]
    section7: Reading[bool]
    offense_date: Reading[date] | None


def particulars_of(
    counted: Counted, outcome: Outcome, parts: Sequence[Part], footing: Footing, *, on: date | None
) -> Particulars:
    """The charge as it finally stood; `on` is the day whose table of weights is asked."""
    at, charge = counted.standing
    _, first = counted.stated[0]
    if charge.statute is None and first.statute is not None:
        charge = first
    part = parts[at]
    grams = _grams(charge, part, footing)
    if outcome.amended and (not counted.amended or (charge.description_span is None and _may_weigh(charge, part))):
        grams = _less_sure(grams)  # of the charge before it was changed, or of one whose words were not found
    statute = _statute(counted, charge, part, parts, footing, on, lost=outcome.amended and not counted.amended)
    return Particulars(
        statute=statute if counted.sure else _less_sure(statute),
        description=_description(charge, part, footing),
        grade=_grade(charge if charge.grade or counted.amended else first, part, footing, on),
        grams=grams if counted.sure else _less_sure(grams),
        subsequent=_subsequent(charge, part, footing),
        section7=_section7(charge, part, footing),
        offense_date=_own_date(
            first, parts[counted.stated[0][0]], footing, early=lambda day: _is_before_all(day, outcome, parts)
        ),
    )


_OF_CHARGE = re.compile(
    r"\d|\b(?:POS|POC|CAN|MARI|DEL|MFG|MAN|MISD|FEL|GR|GM|OZ|OUN|LB|POUND|KG|KILO|OVER|UNDER|LESS|MORE)"
)


def _may_weigh(charge: ChargeFound, part: Part) -> bool:
    """Whether the rows of a charge hold, beside its citation and what was done, a number or a word of an offense."""
    lines = dict(part.numbered)
    rows = [lines[row] for row in charge.lines if row in lines]
    if not rows:
        return True
    told = Line(rows[0].span.doc[rows[0].span.start : rows[-1].span.end], rows[0].pitch)
    return _OF_CHARGE.search(_unsaid(told, charge)) is not None


def _unsaid(line: Line, charge: ChargeFound) -> str:
    """The words of rows, in capitals, without the citation, wordings, amounts, counts and days."""
    plain = line.plain
    spans = [line.plain_at(f.start, f.end) for f in wordings_in(plain)]
    spans += [line.plain_at(a.start, a.end) for a in amounts_in(plain)]
    spans += [line.plain_at(*at) for at in count_ranges(plain)]
    spans += [line.at(day.start, day.end) for day in dates_in(line.text)]
    spans += [charge.statute.span] if charge.statute is not None else []
    known = {i for span in spans for i in range(span.start, span.end)}
    return " ".join(token.norm_ for token in line.span if token.i not in known)


def _less_sure(reading: Reading[T]) -> Reading[T]:
    """The reading where the numbers of the counts do not run, so that it may be another count's."""
    return replace(reading, confidence=min(0.7, reading.confidence))


def _statute(
    counted: Counted,
    charge: ChargeFound,
    part: Part,
    parts: Sequence[Part],
    footing: Footing,
    on: date | None,
    *,
    lost: bool,
) -> Reading[str]:
    found = charge.statute
    if found is None:
        return _unread_statute(charge, part, footing)
    source = source_of(found.span, part.sheet.page)
    citation = found.citation
    if citation is None:
        return _unread_statute(charge, part, footing)
    rivals = _neighbours(found)
    agrees, implied = _checked(citation, charge, on)
    at_most = 1.0
    if citation.section in ("8-4", "8-2", "8-1") and not citation.wrapper:
        at_most = 0.4  # an attempt of what is not said
    spelled = statutes.with_letter_apart(citation)
    if spelled is not None and agrees is not True:
        rivals[spelled.canonical] = 6.0  # `31-1A`: section 31-1a, or subsection (a) of 31-1
        at_most = 0.5
    if _letter_lost(found, part):
        rivals |= {replace(citation, parts=(letter,)).canonical: 3.0 for letter in _letters_of(citation, on)}
        at_most = 0.4
    if agrees is False:
        rivals |= dict.fromkeys(implied, 6.0)
        at_most = 0.5
    if _attempted(charge) and not citation.wrapper:
        rivals[replace(citation, wrapper="8-4").canonical] = 6.0
        at_most = 0.5
    if lost:
        rivals[citation.canonical] = 1.0
        return reading_of(Finding[str](None, found.raw, (source,), Evidence(0.0, footing), rivals), "statute")
    same = [
        c
        for _, c in counted.stated
        if c.statute and c.statute.citation and c.statute.citation.canonical == citation.canonical
    ]
    others = {c.statute.citation.canonical for _, c in counted.stated if c.statute and c.statute.citation} - {
        citation.canonical
    }
    if others and not counted.amended:
        rivals |= dict.fromkeys(others, 4.0)
    evidence = Evidence(
        word=_confidence_of(found, is_told=agrees is not False and _names_cannabis(charge)),
        footing=footing,
        repaired=found.repaired or found.loose,
        agreeing=int(agrees is True) + max(0, len(same) - 1),
        disputed=agrees is False or bool(others and not counted.amended),
        known=citation.known,
        labelled=bool(citation.parts) or (citation.state == "CA" and citation.known),
    )
    return reading_of(Finding(citation.canonical, found.raw, (source,), evidence, rivals, at_most), "statute")


def _confidence_of(found: StatuteFound, *, is_told: bool) -> float:
    """The least sure word of a citation; where its description tells of cannabis too, the chapter's `56%` is no doubt:
    the engine has no better sign for the half, and no other chapter has the section."""
    citation, span = found.citation, found.span
    sections = [token for token in span if token.text.upper() != _HALF_AS_PERCENT]
    settled = is_told and citation is not None and citation.is_cannabis and citation.known and bool(citation.parts)
    if not settled or not any(any(c.isdigit() for c in token.text) for token in sections):
        return confidence_in(span)
    return min(word_of(token).confidence for token in sections)


def _letters_of(citation: Citation, on: date | None) -> list[str]:
    return (
        sorted({letter for letters in bands_of(citation.section, on) for letter in letters})
        if citation.is_cannabis
        else []
    )


def _letter_lost(found: StatuteFound, part: Part) -> bool:
    """Whether ink that is neither class nor words follows a citation without a letter: its letter, unread."""
    citation, doc = found.citation, found.span.doc
    if citation is None or citation.parts or found.span.end >= len(doc):
        return False
    following = doc[found.span.end]
    beside = level_of(following).left - level_of(doc[found.span.end - 1]).right
    if not 0 <= beside < 3.5 * part.sheet.pitch or abs(level_of(following).top - level_of(found.span[-1]).top) > 20:
        return False
    text = following.text.strip(".,;:")
    is_word = _NO_LETTER.match(doc[following.i : following.i + 2].text) is not None
    if is_word and not _letters_of(citation, None) and confidence_in(doc[following.i : following.i + 1]) >= SURE_WORD:
        return False
    return len(text) <= 5 and not re.fullmatch(r"[FMPX]|[FM]?[1-4]|[A-Z]{3,}|[A-Z][a-z]+|POC|CL", text)


_HALF_AS_PERCENT = "56%"  # `56½`, as an engine without that sign reads it
# A class, money, a small word, or the article before a class.
_NO_LETTER = re.compile(
    r"(?:[FM][ABCX]|\$?\d+\.\d\d|OF|TO|IN|AS|of|to|in|as|[a-z]{3,})(?![^\s.,;:])|(?i:an? (?:FELONY|MISD))"
)


def _unread_statute(charge: ChargeFound, part: Part, footing: Footing) -> Reading[str]:
    """A charge without a parsed citation: ink where it should stand is illegible, else the row is silent."""
    line = dict(part.numbered)[charge.line]
    own = charge.description_span
    ink = [
        t
        for t in line.span
        if (own is None or not own.start <= t.i < own.end) and sum(c.isdigit() for c in t.text) >= 3
    ]
    if ink:
        span = line.span.doc[ink[0].i : ink[-1].i + 1]
        near = _near(span.text, "")
        finding = Finding[str](
            None, span.text, (source_of(span, part.sheet.page),), Evidence(confidence_in(span), footing), near
        )
        return reading_of(finding, "statute")
    return unfound()


def _checked(citation: Citation, charge: ChargeFound, on: date | None) -> tuple[bool | None, set[str]]:
    """Whether the words of the charge agree with its citation, and the citations they speak for instead."""
    words = charge.description.upper()
    cannabis = _names_cannabis(charge)
    if (citation.chapter, citation.act) == ("720", "570") and cannabis and not re.search(r"CON|SUB", words):
        return False, {replace(citation, act="550").canonical} if citation.section in ("4", "5") else set()
    if not citation.is_cannabis:
        return None, set()
    if re.search(r"\bCON(?:T\w*)?[ .]*SUB|HEROIN|COCAINE", words) and not cannabis:
        return False, set()
    wrong = _wrong_section(citation, words)
    if wrong is not None:
        return False, wrong
    grams = charge.amount.grams if charge.amount is not None else None
    agrees = agreement(citation.section, citation.letter, grams, on)
    if agrees is False and grams is not None:
        letters = letters_for(grams, citation.section, on)
        return False, {replace(citation, parts=(letter,)).canonical for letter in letters}
    return agrees, set()


def _names_cannabis(charge: ChargeFound) -> bool:
    """Whether the words of the charge tell of cannabis."""
    return re.search(r"\bCANN?\b|CANN?[AI]B|MARI[JH]", charge.description.upper()) is not None


def _wrong_section(citation: Citation, words: str) -> set[str] | None:
    """Possession under section 5 or delivery under section 4: the other section is as likely."""
    intent = re.search(r"W/? ?I\b|INTENT|W/INT|\bINT\b|INT DEL", words) is not None
    delivers = re.search(r"MFG|MAN[U/]|\bDEL", words) is not None or intent
    possesses = re.search(r"\bPOSS?", words) is not None
    if citation.section == "5" and possesses and not delivers:
        return {replace(citation, section="4").canonical}
    if citation.section == "4" and delivers and not (possesses and not intent):
        return {replace(citation, section="5").canonical}
    return None


def _attempted(charge: ChargeFound) -> bool:
    return re.match(r"[( ]*ATT(?:EMPT(?:ED)?|MPT)?\b", charge.description.upper()) is not None


_CONFUSED = {
    "0": "8BDCO", "1": "7I4", "3": "8", "4": "9A", "5": "6S", "6": "5", "7": "1", "8": "3B",
    "A": "D4", "B": "8DH", "C": "GEO", "D": "BAO", "E": "CFB", "F": "EP", "G": "C6",
}  # fmt: skip


def _neighbours(found: StatuteFound) -> dict[str | None, float]:
    """Known citations one misread character away, weighted by how often such a misreading happens."""
    return _near(found.raw, found.citation.canonical if found.citation is not None else "")


def _near(text: str, value: str) -> dict[str | None, float]:
    raw = text.upper()[:40]
    out: dict[str | None, float] = {}
    for at, character in enumerate(raw):
        for other in _CONFUSED.get(character, ""):
            near = statute_in(raw[:at] + other + raw[at + 1 :])
            if near is not None and near.known and near.canonical != value and _letter_fits(near):
                out.setdefault(near.canonical, 1.0 if character.isalpha() else 0.4)
    return dict(list(out.items())[:12])


def _letter_fits(citation: Citation) -> bool:
    return not (citation.is_cannabis and citation.section in ("4", "5")) or citation.letter in (*"abcdefg", "")


def _description(charge: ChargeFound, part: Part, footing: Footing) -> Reading[str]:
    if charge.description_span is None or not charge.description:
        return silence(footing, "description")
    span = charge.description_span
    evidence = Evidence(confidence_in(span), footing)
    return reading_of(Finding(charge.description, span.text, (source_of(span, part.sheet.page),), evidence), "other")


def _grade(charge: ChargeFound, part: Part, footing: Footing, on: date | None) -> Reading[Grade]:
    if charge.grade is None or charge.grade_span is None:
        classes = _classes(charge, on)
        return silence(footing, "grade_due" if classes else "grade", dict.fromkeys(classes, 1.0))
    evidence = Evidence(confidence_in(charge.grade_span), footing, short=len(charge.grade_span.text) <= 2)
    source = source_of(charge.grade_span, part.sheet.page)
    return reading_of(Finding(charge.grade, charge.grade_span.text, (source,), evidence), "grade")


def _classes(charge: ChargeFound, on: date | None) -> tuple[Grade, ...]:
    """The classes that belong to what is charged: one that is printed and was not read is one of them."""
    citation = charge.statute.citation if charge.statute is not None else None
    if citation is None or not citation.is_cannabis or citation.wrapper:
        return ()
    return classes_of(citation.section, citation.letter, on)


# A unit by itself, a band, or figures before a unit that was misread: `21.5 GHS`.
_WEIGHED = re.compile(
    r"\bGR(?:AM|M)?S?\b|\bGMS?\b|\d[<>-]\d|(?<![\d.])(?!(?:56|95)\.5)\d+\.\d|\d ?G[A-Z]{1,5}\b|\d ?(?:LB|POUND|KG|KILO|OZ|OUNCE)|(?<![\d./-])\d{1,3} \d{1,3}\b(?![./-])"
)

_PLANTS = re.compile(
    r"[<>]?\d+(?: ?(?:-|<|TO) ?\d+)? ?(?:CANN?[A-Z]* )?PL(?:A(?:N(?:TS?)?)?)?\b"
)  # a number, which is no weight; cut short, too


def _grams(charge: ChargeFound, part: Part, footing: Footing) -> Reading[Grams]:
    if charge.amount is None and charge.amount_span is not None:
        unread = Evidence(confidence_in(charge.amount_span), footing)
        source = source_of(charge.amount_span, part.sheet.page)
        return reading_of(Finding[Grams](None, charge.amount_span.text, (source,), unread), "grams")
    if charge.amount is None or charge.description_span is None:
        said, span = charge.description.upper(), charge.description_span
        weighed = _WEIGHED.search(_PLANTS.sub("", said)) is not None
        if weighed and span is not None and re.search(r"\bCAN|HEROIN|COCA|SUB", said):
            evidence = Evidence(confidence_in(span), footing)
            return reading_of(Finding[Grams](None, span.text, (source_of(span, part.sheet.page),), evidence), "grams")
        return silence(footing, "grams", strange=charge.description_span is None and _may_be_of_drugs(charge))
    span = charge.amount_span if charge.amount_span is not None else charge.description_span
    grams = charge.amount.grams
    citation = charge.statute.citation if charge.statute is not None else None
    agrees = (
        agreement(citation.section, citation.letter, grams, None)
        if citation is not None and citation.is_cannabis
        else None
    )
    band_end = grams.low == grams.high and grams.low in (2.5, 10.0, 30.0, 500.0, 2000.0, 5000.0)
    rivals: dict[Grams | None, float] = {}
    at_most = 1.0
    if agrees is False and citation is not None:
        for letters in bands_of(citation.section, None):
            if citation.letter in letters:
                low, high = letters[citation.letter]
                rivals[Grams(low or None, None if high == float("inf") else high)] = 1.0
        at_most = 0.5
    evidence = Evidence(
        confidence_in(span), footing, repaired=not charge.amount.exact, agreeing=int(agrees is True), disputed=agrees is False,
        known=not band_end,
    )  # fmt: skip
    source = source_of(span, part.sheet.page)
    return reading_of(Finding(grams, span.text, (source,), evidence, rivals, at_most), "grams")


def _may_be_of_drugs(charge: ChargeFound) -> bool:
    """Whether the section is one of those that punish by weight, or is not known: of a theft no grams are told."""
    citation = charge.statute.citation if charge.statute is not None else None
    if citation is None or not citation.known or citation.wrapper:
        return True
    return citation.chapter == "HS" if citation.state == "CA" else citation.act in _DRUG_ACTS


_DRUG_ACTS = {"550", "570", "600", "646"}  # cannabis, controlled substances, paraphernalia, methamphetamine


def _subsequent(charge: ChargeFound, part: Part, footing: Footing) -> Reading[bool]:
    words = charge.description.upper()
    if re.search(r"SUBQ|SUBSEQ|\b2ND|3RD|PRIOR", words):
        return _flag(charge, part, footing, value=True)
    if re.search(r"/1ST\b|\b1ST$", words):
        return _flag(charge, part, footing, value=False)
    return silence(footing, "flags", {True: 1.0}, strange=charge.description_span is None)


def _section7(charge: ChargeFound, part: Part, footing: Footing) -> Reading[bool]:
    """Delivery to a minor: section 7 cited, or said in the words."""
    citation = charge.statute.citation if charge.statute is not None else None
    cited = citation is not None and citation.is_cannabis and citation.section == "7"
    if cited or re.search(r"UNDER 18|TO (?:A )?MINOR|\bSEC(?:TION|\.)? 7\b", charge.description.upper()):
        return _flag(charge, part, footing, value=True)
    return silence(footing, "flags", {True: 1.0}, strange=charge.description_span is None)


def _flag(charge: ChargeFound, part: Part, footing: Footing, *, value: bool) -> Reading[bool]:
    span = charge.description_span or (charge.statute.span if charge.statute is not None else None)
    if span is None:
        return silence(footing, "flags", {True: 1.0}, strange=True)
    evidence = Evidence(confidence_in(span), footing)
    return reading_of(Finding(value, span.text, (source_of(span, part.sheet.page),), evidence), "other")


def _is_before_all(day: date | None, outcome: Outcome, parts: Sequence[Part]) -> bool:
    """Whether a day lies before that of the ending, and not after those beside labels of an arrest or a filing."""
    ended = outcome.disposition_date.value
    labels = [lb for part in parts for name in ("filed_date", "arrest_date") for lb in part.labelled(name)]
    told = [found.value for lb in labels for found in dates_in(lb.text)[:1] if found.value is not None]
    return day is not None and ended is not None and day < ended and all(day <= one for one in told)


def _own_date(
    charge: ChargeFound, part: Part, footing: Footing, *, early: Callable[[date | None], bool]
) -> Reading[date] | None:
    """The day of the offense where it stands with the charge: beside a label in the charge's rows or just below,
    under a head of its column, or alone in a row that tells of no order; None where it stands nowhere there. `early`:
    whether a day is one on which the offense can have been, by what else the paper tells."""
    if charge.dated is not None:
        return _offense(*charge.dated, part, footing, labelled=True)
    lines = dict(part.numbered)
    beside = [
        lb
        for lb in part.labels
        if lb.field == "offense_date" and lb.line - charge.lines[-1] in (0, 1) and lb.line >= charge.line
    ]
    for label in beside:
        for found in dates_in(label.text):
            if label.value is not None and found.value is not None:
                return _offense(found, label.value, part, footing, labelled=True)
    heads = [lb for lb in part.labels if lb.field == "offense_date" and 0 < charge.line - lb.line <= 12]
    own = [lines[row] for row in dict.fromkeys((charge.line, *charge.lines)) if row in lines]
    dated = [
        (found, ln.at(found.start, found.end)) for ln in own for found in dates_in(ln.text) if found.value is not None
    ]
    for found, span in dated:
        if heads and abs(source_mid(span) - source_mid(heads[-1].span)) < 8 * part.sheet.pitch:
            return _offense(found, span, part, footing, labelled=True)
    for found, span in days_of_charge(charge, part):
        is_early = early(found.value) and not is_headed_otherwise(span, part, charge.lines[0])
        return _offense(found, span, part, footing, labelled=False, early=is_early)
    return None


def _offense(
    found: DateFound, span: Span, part: Part, footing: Footing, *, labelled: bool, early: bool = True
) -> Reading[date]:
    evidence = Evidence(confidence_in(span), footing, repaired=not found.exact, labelled=labelled)
    source = source_of(span, part.sheet.page)
    rivals: dict[date | None, float] = {} if labelled else {None: 1.0}
    sure = early and not may_have_lost_a_figure(found.raw, days_on(part))
    return reading_of(Finding(found.value, found.raw, (source,), evidence, rivals, 1.0 if sure else 0.8), "date")


def source_mid(span: Span) -> float:
    """The middle of a span's width, straightened pixels."""
    return (level_of(span[0]).left + level_of(span[-1]).right) / 2
