"""Charge rows: the statute wherever it stands, and around it count, class, words and amount."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span

from casefile.docket import Grade
from extract.amounts import AmountFound, amount_in
from extract.dates import DateFound, dates_in
from extract.doc import Line, Sheet, level_of
from extract.numbers import docket_numbers_in
from extract.statutes import Citation, statute_in

_START = re.compile(
    r"^\(?(?:CH(?:APTER|AP)?[.;:]?$|CH(?:APTER|AP)?[.;:]?\d|ILL?\.?|HS|H&S|H\.S\.?|PC$|P\.C\.?$|[PV]C\d|VC$|V\.C\.?$|HEALTH$|PENAL$|VEHICLE$|(?:10|15|20|35|38|56|5[6G]|9[5S]|205|225|305|410|415|430|510|625|720|730|750|815|820)"
    r"(?:[-/\\ .=,(½%]|$|\.5|ILCS)|(?:56|95)[Xx]?[1lI|]?/2|\d{3,5}\(?[A-Za-z]?\)?$|\d{3,5}(?:\.\d{1,2})?(?:\(\w{1,2}\))*,?$)"
)
# `Section 21-1(a) of Chapter 38`, `Section 11357(b) of the Health and Safety Code`
_TURNED = re.compile(
    r"\(?(?:SEC(?:TION|T)?|PAR(?:AGRAPH)?)\.? \d\S* (?:OF (?:ACT|CH)|(?:OF (?:THE )?)?(?:CALIF\w*\.? )?(?:HEALTH|PENAL|VEHICLE|H ?& ?S|HS|PC|P\.C|VC|V\.C)\b)"
)
_OPENS = ("(", "/", "\\", "-", "<", "¢", "{", "[")
_PROCEDURE = {"705", "725", "735", "730"}
# Sections of the California Penal Code that end a case or defer it, and accuse of nothing.
_CALIFORNIA_RELIEF = {"11361.5", "11361.8", "11361.9"}  # of its Health and Safety Code
_CALIFORNIA_PROCEDURE = {"17", "849", "851.8", "1203.1", "1203.41", "1203.42", "1387", "1417.6", "1473.7", "859", "871", "977", "995", "1000", "1000.1", "1000.2", "1000.3", "1000.4", "1118", "1118.1", "1202.4", "1203", "1203.2", "1203.3", "1203.4", "1210.1", "1382", "1385", "1538.5"}  # fmt: skip
_LIKE = str.maketrans("OQIl|!SBZ", "001111582")
OFFENSE_WORD = re.compile(
    r"\b(?:POSS(?!IB)\w*|CANN?\w*|MARI[JH]UANA|MFG|MANU?F?\w*|DEL(?:IVERY?)?|PCS|POC|DCS|THEFT|BATT\w*|ROBBERY|BURGLARY|ASSAULT|ASLT|MURDER|"
    r"TRESPASS\w*|WEAPON|FIREARM|UUW|AUUW|DUI|DRIVING|RESIST\w*|OBSTRUCT\w*|DAMAGE|PARAPHERNALIA|CONTROLLED|SUBST\w*|COCAINE|HEROIN|"
    r"GRAMS?|SUBSTANCE|CONDUCT|PROSTITUTION|FORGERY|GAMBLING|RETAIL|DISORDERLY|ARSON|KIDNAP\w*|STALKING|CONTEMPT|SUSPENDED|HYPODERMIC|"
    r"TRAFFICKING|CASUAL|MISCHIEF|FRAUD\w*|DECEPTIVE|HARASS\w*|MOB|DRUG|PLANTS?|ATT(?:EMPT)?|SOL(?:ICITATION)?|CONSP\w*)\b"
)  # fmt: skip


@dataclass(frozen=True)
class StatuteFound:
    """A citation on a page: the words that hold it; `raw` as printed; `loose` where its end was a guess."""

    citation: Citation | None
    span: Span
    raw: str
    repaired: bool
    loose: bool


@dataclass
class ChargeFound:
    """One charge as its row tells it; spans are None where the row is silent."""

    line: int
    statute: StatuteFound | None
    count: int | None = None
    count_span: Span | None = None
    grade: Grade | None = None
    grade_span: Span | None = None
    description: str = ""
    description_span: Span | None = None
    amount: AmountFound | None = None
    lines: list[int] = field(default_factory=list)
    amended: bool = False
    amount_span: Span | None = None  # the words of the amount, where they stand apart from those of the offense
    dated: tuple[DateFound, Span] | None = None  # the day of the offense, where the charge's own words give it


def statutes_in(line: Line) -> list[StatuteFound]:
    """The citations a row holds, left to right."""
    if len(line.cells) > 1 and _BLANKS.search(line.plain):
        line = Line(line.span, _WIDE * line.pitch)
    out: list[StatuteFound] = []
    taken = _not_statutes(line)
    at = line.span.start
    while at < line.span.end:
        found = _statute_at(line, at, taken) if at not in taken else None
        if found is not None:
            out.append(found)
            at = found.span.end
        else:
            at += 1
    return out


# A form's `Chapter ____ Section ____` with the blanks filled in: its parts stand apart and are one citation.
_BLANKS = re.compile(r"\bCHAPTER\b[ .,]*[\d/ .-]*\d[\d/ .-]*,? *(?:SECTION|PARAGRAPH|PAR|ACT)\b")
_WIDE = 10.0


def _not_statutes(line: Line) -> set[int]:
    """Words that belong to dates and docket numbers."""
    taken: set[int] = set()
    for found in dates_in(line.text):
        taken.update(t.i for t in line.at(found.start, found.end))
    for number in docket_numbers_in(line.text):
        taken.update(t.i for t in line.at(number.start, number.end))
    return taken


def _statute_at(line: Line, at: int, taken: set[int]) -> StatuteFound | None:
    doc = line.span.doc
    first = doc[at].text
    turned = first[:4].upper().startswith(("SEC", "PAR", "(SEC", "(PAR")) and _TURNED.match(
        doc[at : at + 6].text.upper()
    )
    if not (turned or _START.match(first.upper()) or _START.match(first.translate(_LIKE))):
        return None
    best: StatuteFound | None = None
    for end in range(at + 1, min(line.span.end, at + 12) + 1):
        if end - 1 in taken or (best is not None and not _continues(doc[at:end], best)):
            break
        if end - at > 1 and _gap(doc, end - 1) > 3.2 * line.pitch:
            break
        best = _parsed(doc[at:end], best) or best
    return best


def _gap(doc: object, i: int) -> float:
    tokens = doc  # a spaCy Doc
    return float(level_of(tokens[i]).left - level_of(tokens[i - 1]).right)  # type: ignore[index]


def _continues(span: Span, best: StatuteFound) -> bool:
    """Whether the word after a citation that already parses can still belong to it."""
    last, before = span[-1].text, span[-2].text
    if re.fullmatch(r"1/2[.,;:)\"]*|½[.,;:)\"]*", last) and re.search(r"(?:56|95)$", best.raw):
        return True  # `Chapter 56` parses by itself
    if last.startswith(_OPENS) or before.endswith(("-", "/", "(", "\\")) or span.end - 1 > best.span.end:
        return True
    if best.raw.count("(") > best.raw.count(")") and len(best.raw) < 40:
        return True
    citation = best.citation
    if citation is not None and citation.section in ("8-1", "8-2", "8-4") and not citation.wrapper:
        return True  # what was attempted is still to come
    single = re.fullmatch(r"[A-Ha-h][.,)]?", last) is not None and not _is_article(span)
    fresh = citation is not None and not citation.parts and not citation.wrapper
    close = level_of(span[-1]).left - level_of(span[-2]).right < 1.9 * _width(span)
    digit = re.fullmatch(r"\d{1,4}(?:\.\d)?|\d{1,2}-\d{1,4}", last) is not None
    lettered = (
        citation is not None
        and citation.parts[-1:]
        and citation.parts[-1].isalpha()
        and citation.act not in ("550", "570")
    )
    if close and lettered and re.fullmatch(r"\d{1,2}", last):
        return True
    return close and ((single and fresh) or (digit and fresh and citation is not None and not citation.known))


def _is_article(span: Span) -> bool:
    """Whether an `a` behind a citation begins what the offense is, `38-21-1, a Class A misdemeanor`, and is no letter
    of its own."""
    if span[-1].text not in ("a", "A"):
        return False
    behind = span.doc[span.end].text.upper() if span.end < len(span.doc) else ""
    graded = re.match(r"(?:CLASS|FEL|MISD|PETTY|PERSON|VIOL|CRIM|BUSIN)[A-Z]*", behind) is not None
    worded = span[-1].text == "a" and re.match(r"[A-Za-z]{2}", behind) is not None
    return graded or worded or span[-2].text.endswith(",")


def _width(span: Span) -> float:
    return max(1.0, sum(level_of(t).width for t in span) / max(1, sum(len(t.text) for t in span)))


def _parsed(span: Span, best: StatuteFound | None) -> StatuteFound | None:
    raw = span.text
    loose = best is not None and not raw[len(best.raw) :].strip().startswith(_OPENS)
    citation = statute_in(raw) or statute_in(_unwrapped(raw))
    if citation is not None and (citation.known or citation.state == "CA" or _typed_whole(raw)):
        return StatuteFound(citation, span, raw, citation.repaired, loose)
    repaired = _mended(raw)
    if repaired is not None and repaired.known:
        return StatuteFound(repaired, span, raw, True, loose)
    return None


def _unwrapped(raw: str) -> str:
    """The citation without the brackets it stands in: `(720 ILCS 550/4(c))`."""
    if not raw.startswith("("):
        return raw
    bare = raw.rstrip(" .,;")
    return bare[1:-1] if bare.count(")") >= bare.count("(") and bare.endswith(")") else bare[1:]


def _typed_whole(raw: str) -> bool:
    """Whether a citation of no known section has at least the shape of one."""
    return (
        re.match(
            r"^\d{2,3}[ -]?(?:ILCS)?[ ]?\d{1,4}/\d|^CH|^38[-. ]|^(?:H\.?&?S|P\.?C|V\.?C)\.? ?\d|^\d{3,5}\S* (?:H\.?&?S|P\.?C|V\.?C)\.?$",
            raw.upper(),
        )
        is not None
    )


def _mended(raw: str) -> Citation | None:
    """The citation `raw` is when letters among its digits are the digits they print like."""
    mended = re.sub(
        r"(?<=[\d/.-])[OQIl|!SBZ](?=[\d/.(-])|(?<=\d)[OQIl|!SBZ](?=[\d-])|^[S5][G6](?=\.5)|^7Z(?=[0O])",
        _like,
        raw,
    )
    mended = re.sub(r"^(56|95)([ -]?)[1lI|]7[2Z](?!\d)", r"\g<1>\g<2>1/2", mended)
    mended = re.sub(r"\((\w)[1lI|]$", r"(\1)", mended)  # a bracket read as a stroke
    return statute_in(mended) if mended != raw else None


def _like(m: re.Match[str]) -> str:
    return m[0].replace("G", "6").translate(_LIKE)


_COUNT = re.compile(r"^\(?(?:C(?:OUN)?T?\.?S? ?|COMPLAINT )?#?0{0,2}(\d{1,2})[.):]?$", re.I)
_FELONY_CLASS = {"M": Grade.FM, "X": Grade.FX, "1": Grade.F1, "2": Grade.F2, "3": Grade.F3, "4": Grade.F4}
_MISD_CLASS = {"A": Grade.MA, "B": Grade.MB, "C": Grade.MC}


def grade_in(text: str) -> Grade | None:
    """The class `text` prints: `CLASS 4 FELONY`, `F 4`, `4`, `A MISD`, `F`; None where it prints none."""
    tidy = re.sub(r"[^A-Z0-9 ]+", " ", text.upper())
    tidy = re.sub(r"\b(?:CLASS|CLS|CL|GRADE|TYPE)\b", " ", tidy)
    tidy = re.sub(r"\bFEL(?:ONY)?\b", "F", re.sub(r"\bMISD(?:EMEANOR|EMEANOUR)?\b", "M", tidy))
    words = tidy.split()
    if not words or len(words) > 2:
        return None
    if len(words) == 1 and len(words[0]) == 2:
        words = list(words[0])
    if len(words) == 1:
        single = {
            "F": Grade.F,
            "M": Grade.M,
            "P": Grade.P,
            "X": Grade.FX,
            "V": Grade.V,
            "I": Grade.I,
            "PETTY": Grade.P,
        }
        return single.get(words[0]) or _FELONY_CLASS.get(words[0]) or _MISD_CLASS.get(words[0])
    for kind, letter in (words, words[::-1]):
        if kind == "F" and letter in _FELONY_CLASS:
            return _FELONY_CLASS[letter]
        if kind == "M" and letter in _MISD_CLASS:
            return _MISD_CLASS[letter]
    return None


def charge_of(
    number: int,
    line: Line,
    statute: StatuteFound | None,
    *,
    header: Header | None = None,
    foreign: frozenset[int] = frozenset(),
) -> ChargeFound:
    """The charge on a row: what stands left and right of its citation, read by column where a header names them.

    `foreign` are words that labels claim for other fields.
    """
    charge = ChargeFound(number, statute, lines=[number])
    taken = set(foreign)
    for found in dates_in(line.text):
        taken |= {t.i for t in line.at(found.start, found.end)}
    if statute is not None:
        taken |= set(range(statute.span.start, statute.span.end))
    for segment in segments_of(line, taken):
        _place(charge, segment, line, header)
    return charge


def segments_of(line: Line, taken: set[int]) -> Iterator[Span]:
    """The row's cells without the citation."""
    doc = line.span.doc
    for cell in line.cells:
        start: int | None = None
        for i in range(cell.start, cell.end + 1):
            free = i < cell.end and i not in taken
            if free and start is None:
                start = i
            if not free and start is not None:
                yield doc[start:i]
                start = None


@dataclass(frozen=True)
class Header:
    """A row of column heads: field and left and right edge, straightened pixels."""

    line: int
    columns: tuple[tuple[str, int, int], ...]

    def field_of(self, span: Span) -> str | None:
        """The column `span` stands in: the head it overlaps, else the last one that begins before it."""
        left, right = level_of(span[0]).left, level_of(span[-1]).right
        shared = [(min(right, r) - max(left, lo), name) for name, lo, r in self.columns]
        best = max(shared, default=(0, ""))
        if best[0] > 0:
            return best[1]
        before = [name for name, lo, _ in self.columns if lo <= left]
        return before[-1] if before else None


CLASSED = re.compile(
    r"(?i)\b(?:FEL(?:ONY)?|MISD\w*),? CL(?:ASS|S)?\.? ?[0-9XMABC]\b|\bCL(?:ASS|S)?\.? ?[0-9XMABC]\b(?: (?:FEL(?:ONY)?|MISD\w*)\b\.?)?"
    r"|^\W*(?:[1-4XMABC] )?(?:FEL(?:ONY)?|MISD(?:EMEANOR)?)\b(?: [1-4XABC]\b)?\W*$|\bF ?[1-4X]$"
)


def _place(charge: ChargeFound, segment: Span, line: Line, header: Header | None) -> None:
    """Give a piece of the row to the field it is."""
    column = header.field_of(segment) if header is not None else None
    if column in ("count", "grade", "type") and charge.statute is not None and _is_words(segment.text):
        column = None  # words never are a number or a class, however the heads stand
    before = charge.statute is None or segment.end <= charge.statute.span.start
    rest = _leading(charge, segment, column, before=before)
    if rest is None:
        return
    text = rest.text
    if column in ("grade", "type") and grade_in(text) is not None:
        _set_grade(charge, rest)
        return
    worded = CLASSED.search(text)
    if worded is not None and charge.grade is None:
        text = take_class(charge, rest, worded)
        if not text:
            return
    stated = charge.statute is not None and sum(c.isalpha() for c in text) >= (3 if before else 2)
    if (
        column in (None, "description", "charge", "statute", "other")
        and (_wordy(text) or stated)
        and not charge.description
    ):
        _describe(charge, rest, text)
    elif charge.description_span is not None and column in (None, "description") and OFFENSE_WORD.search(text.upper()):
        joined = rest.doc[charge.description_span.start : rest.end]
        _describe(charge, joined, f"{charge.description} {text}")


def _is_words(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 3 and grade_in(text) is None and CLASSED.search(text) is None


def _leading(charge: ChargeFound, segment: Span, column: str | None, *, before: bool) -> Span | None:
    """Take count and class off the front of a piece; what is left of it, or None."""
    start = segment.start
    if before and len(segment) == 2 and all(re.fullmatch(r"\W*\d{1,2}[.):]?", t.text) for t in segment):
        start += 1  # a speck before the count read as a figure
    if (
        before
        and charge.count is None
        and not CLASSED.match(segment.text)
        and column in (None, "count", "charge", "statute", "other", "docket_number")
    ):
        end = start + (
            2
            if re.fullmatch(r"(?i)C(?:OUN)?T\.?S?|CNT|COUNT:?|CHARGE|CHG|COMPLAINT|NO\.?", segment[0].text)
            and len(segment) > 1
            else 1
        )
        found = re.search(r"(\d{1,2})[.):]?$", segment.doc[start:end].text)
        counted = _COUNT.match(
            segment.doc[start:end]
            .text.replace("CNT", "CT")
            .replace("CHARGE", "CT")
            .replace("CHG", "CT")
            .replace("O", "0")
            if end - start == 1
            else "CT" + segment[1].text
        )
        if found is not None and counted is not None and 1 <= int(counted[1]) <= 60:
            charge.count, charge.count_span = int(counted[1]), segment.doc[start:end]
            start = end
    while (
        start < segment.end
        and charge.grade is None
        and column in (None, "grade", "type", "description", "statute", "other")
    ):
        pair = segment.doc[start : start + 2]
        if start + 2 <= segment.end and grade_in(pair.text) is not None and len(pair.text) <= 3:
            charge.grade, charge.grade_span = grade_in(pair.text), pair
            start += 2
        elif re.fullmatch(r"[FMPTQBX]|[FM][1-4XABC]|\(?[FM]\)?", segment.doc[start].text.upper()) and not before:
            if _set_grade(charge, segment.doc[start : start + 1]) is None:
                break
            start += 1
        else:
            break
    return segment.doc[start : segment.end] if start < segment.end else None


def take_class(charge: ChargeFound, span: Span, worded: re.Match[str]) -> str:
    """What words say besides the class that is among them, which the charge then has."""
    said = span.char_span(*worded.span(), alignment_mode="expand")
    charge.grade, charge.grade_span = grade_in(worded[0]), said if said is not None else span
    return re.sub(r"\( *\)", "", span.text[: worded.start()] + span.text[worded.end() :]).strip(" -/")


def _set_grade(charge: ChargeFound, span: Span) -> Grade | None:
    grade = grade_in(span.text)
    if grade is not None and charge.grade in (Grade.F, Grade.M) and grade not in (Grade.F, Grade.M):
        value = {Grade.F: _FELONY_CLASS, Grade.M: _MISD_CLASS}[charge.grade].get(span.text.strip().upper())
        charge.grade, charge.grade_span = value or charge.grade, span
    elif grade is not None and charge.grade is None:
        charge.grade, charge.grade_span = grade, span
    elif grade in (Grade.F, Grade.M) and charge.grade is not None:
        both = grade_in(f"{span.text} {charge.grade_span.text if charge.grade_span else ''}")
        charge.grade = both or charge.grade
    return grade


def _wordy(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 3 and (OFFENSE_WORD.search(text.upper()) is not None or len(text) >= 6)


def _describe(charge: ChargeFound, span: Span, text: str) -> None:
    text = re.sub(
        r"(?i)^\W*(?:COMPLAINT|COUNT|CHARGE|CNT|CT)\W*\d{0,2}[.):]?\s+", "", re.sub(r"\s+", " ", text).strip()
    )
    charge.description, charge.description_span = without_lead(text.strip(" ,;'‘’\"").lstrip(".")), span
    charge.amount = amount_in(charge.description)


_LEADS_ON = re.compile(
    r"(?i)(?:^AMENDED TO[ :,]+|[ ,]+(?:UNDER|CONTRARY TO|IN VIOLATION OF|PURSUANT TO|STATUTE)[ :,]*$)"
)


def without_lead(text: str) -> str:
    """The words of a charge without those that only lead to its citation or to itself."""
    return _LEADS_ON.sub("", text)


def cites_charge(line: Line) -> bool:
    """Whether a row cites what somebody is charged with."""
    return any(map(is_charge_statute, statutes_in(line)))


def accuses(line: Line) -> bool:
    """Whether a row names an offense or cites what somebody is charged with."""
    return OFFENSE_WORD.search(line.plain) is not None or cites_charge(line)


def is_charge_statute(statute: StatuteFound) -> bool:
    """Whether a citation accuses; chapters of procedure do not."""
    citation = statute.citation
    if citation is not None and _grants_probation(statute, citation):
        return False
    if citation is not None and citation.state == "CA":
        relief = citation.chapter == "HS" and citation.section in _CALIFORNIA_RELIEF
        return not relief and not (citation.chapter == "PC" and citation.section in _CALIFORNIA_PROCEDURE)
    return citation is not None and (citation.chapter not in _PROCEDURE or citation.wrapper != "")


_FIRST_OFFENDERS = {("720", "550", "10"), ("720", "570", "410")}
_UNDER = re.compile(r"\b(?:PROB\w*|SUPERV\w*|UNDER|PURSUANT|PROVISIONS?|PER|OFFENDERS?|ACCORDANCE|DEFER\w*)\b")


def _grants_probation(statute: StatuteFound, citation: Citation) -> bool:
    """Whether a sentence names the section of first offenders' probation as what probation is given under."""
    if citation.wrapper or (citation.chapter, citation.act, citation.section) not in _FIRST_OFFENDERS:
        return False
    span = statute.span
    return _UNDER.search(" ".join(t.norm_ for t in span.doc[max(0, span.start - 10) : span.start])) is not None


def headers_on(sheet: Sheet, labels: Sequence[tuple[int, str, Span]]) -> list[Header]:
    """Rows of three or more column heads that belong to charges."""
    rows: dict[int, list[tuple[str, int, int]]] = {}
    words: dict[int, int] = {}
    for number, name, span in labels:
        rows.setdefault(number, []).append((name, level_of(span[0]).left, level_of(span[-1]).right))
        words[number] = words.get(number, 0) + len(span)
    wanted = {"statute", "description", "charge"}
    return [
        Header(number, tuple(sorted(columns, key=lambda c: c[1])))
        for number, columns in sorted(rows.items())
        if len(columns) >= 2
        and wanted & {name for name, _, _ in columns}
        and words[number] >= 0.7 * len(sheet.lines[number].span)
    ]
