"""Who and which case: docket number, name and the person's particulars, each from every place that says it."""
# ruff: noqa: E501 - a pattern or a table row is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeVar, cast

from spacy.tokens import Span, Token

from casefile.docket import Defendant, Reading, Sex, Suffix
from casefile.ocr import OcrPage
from extract import dates, numbers
from extract.calibration import SURE_WORD, Evidence, Footing
from extract.dates import dates_in
from extract.dispositions import says_what_became
from extract.doc import Line, Sheet, confidence_in, level_of, shared_width, source_of
from extract.labels import LabelFound
from extract.lexicon import LEXICON
from extract.names import NameFound, given_names, is_borne, is_given, may_be_misread, name_in
from extract.numbers import NumberFound, docket_numbers_in, person_number, same_case
from extract.readings import Finding, merged_sources, reading_of, silence, unfound

T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """The rows of one page that speak of one defendant, with the labels among them."""

    sheet: Sheet
    numbered: tuple[tuple[int, Line], ...]
    labels: tuple[LabelFound, ...]

    @property
    def label_starts(self) -> frozenset[int]:
        """The words with which labels begin."""
        return frozenset(label.span.start for label in self.labels)

    def labelled(self, *fields: str) -> list[LabelFound]:
        return [label for label in self.labels if label.field in fields]


# --- docket number ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class NumberMention:
    """A docket number at one place; `own` where a label or the head of the page says it is this case's."""

    found: NumberFound
    span: Span
    part: Part
    own: bool


_ELSEWHERE = re.compile(
    r"\b(?:SEE(?: ALSO)?|TRANSFERRED|TRANSFER|SUPERSEDED|SUPERSEDES|REINDICTED|CROSS|RELATED|COMPANION|FORMERLY|PRIOR|UNDER|WITH)\b"
)


# Before the day of a birth, beside which a number stands in no entry: `born June 2, 1979, Case No. 97-MC4-158146`.
_BIRTH = re.compile(r"(?i)(?:\bborn|birth ?date|date of birth|\bd\.?o\.?b\.?)(?: (?:is|was|on|of|the))*[ :,(]*$")
_ITS_NUMBER = re.compile(r"(?i)[ ,;:.)]*(?:(?:case|cause|docket|court|in|is) ?)*(?:numbers?|no|nos)?[ .:#]*")


def _is_birth_beside_number(before: str, day: dates.DateFound) -> bool:
    """Whether a day is that of a birth, and nothing but the label of a number stands behind it."""
    born, behind = _BIRTH.search(before[: day.start]), _ITS_NUMBER.fullmatch(before[day.end :])
    return born is not None and behind is not None


def number_mentions(part: Part) -> list[NumberMention]:
    """Every docket number of the rows; those in entries that point to another case are not its own."""
    out: list[NumberMention] = []
    valued = {token.i for label in part.labelled("docket_number") for token in label.value or ()}
    for _, line in part.numbered:
        for found in docket_numbers_in(line.text):
            span = line.at(found.start, found.end)
            labelled = span.start in valued
            if found.shape == "traffic" and not labelled:
                continue
            before = line.text[: found.start]
            of_entry = any(not _is_birth_beside_number(before, day) for day in dates_in(before))
            entry = of_entry or _ELSEWHERE.search(line.plain) is not None
            out.append(NumberMention(found, span, part, own=labelled or not entry))
    return out


def docket_number_of(
    mentions: Sequence[NumberMention],
    footing: Footing,
    unread: Sequence[tuple[LabelFound, OcrPage]],
    *,
    californian: bool = False,
) -> Reading[str]:
    """The case's number: what its own mentions agree on; other readings of the same ink are rivals. `californian`: it is
    a case under that state's laws, whose courts number as they like."""
    own = [m for m in mentions if m.own] or []
    if not own:
        return _number_of_no_known_shape(unread, footing, known=californian) or _unread_number(unread, footing)
    best = max(own, key=lambda m: _standing(m, own))
    same = [m for m in own if same_case(m.found.value, best.found.value)]
    value = max((m.found.value for m in same), key=len)
    others = {m.found.value: 1.0 for m in own if not same_case(m.found.value, value)}
    rivals: dict[str | None, float] = dict.fromkeys(numbers.neighbours(value), 0.15)
    rivals.update(dict.fromkeys(numbers.repaired(value), 1.0))
    rivals.update(dict.fromkeys(others, 2.0))
    at_most = 0.6 if numbers.is_far_suffix(value) else 1.0
    if numbers.is_short(best.found) and len({(m.part.sheet.page.page_id, m.span.start) for m in same}) == 1:
        at_most = 0.6  # typed without its zeros, or a figure is lost
    if any(numbers.cut_short(value, _after(m)) for m in same):
        rivals |= {f"{value}{suffix:02}": 4.0 / suffix for suffix in range(1, 6)}
        at_most = 0.4
    evidence = Evidence(
        word=max(confidence_in(m.span) for m in same),
        footing=footing,
        repaired=not any(m.found.exact for m in same),
        agreeing=len({(m.part.sheet.page.page_id, m.span.start) for m in same}) - 1,
        disputed=any(_near(v, value) for v in others) or best.found.checked is False,
        labelled=best.own,
    )
    sources = merged_sources([source_of(m.span, m.part.sheet.page) for m in same])
    return reading_of(Finding(value, best.found.raw, sources, evidence, rivals, at_most), "docket_number")


def _after(mention: NumberMention) -> str:
    """What stands right after a number in its row."""
    line = next(line for _, line in mention.part.numbered if line.span.start <= mention.span.start < line.span.end)
    close = [t for t in line.span if t.i >= mention.span.end][:1]
    gap = level_of(close[0]).left - level_of(mention.span[-1]).right if close else 0
    rest = line.text[mention.found.end :]
    return rest if gap < 3.0 * line.pitch or not rest.startswith(" ") else ""


def _standing(mention: NumberMention, among: Sequence[NumberMention]) -> tuple[int, bool, bool, float]:
    agreeing = sum(same_case(mention.found.value, other.found.value) for other in among)
    return agreeing, mention.found.exact, mention.found.checked is not False, confidence_in(mention.span)


def _near(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= 2


def _number_of_no_known_shape(
    unread: Sequence[tuple[LabelFound, OcrPage]], footing: Footing, *, known: bool
) -> Reading[str] | None:
    """The number beside its label as it is printed, where no court of Illinois numbers so: `SCD049117`; `known`: where
    none of them, whose number it may be misread, is meant."""
    texts = [(label, page, label.text) for label, page in unread if label.value is not None]
    found = [(lb, page, numbers.of_california(text) or numbers.of_no_known_shape(text)) for lb, page, text in texts]
    told = [(label, page, value) for label, page, value in found if value]
    if not told or len({value for _, _, value in told}) > 1 or any(dates_in(label.text) for label, _, _ in told):
        return None
    label, page, value = told[0]
    if label.value is None:
        return None
    span = label.value[: len(value.split())]
    is_plain = re.fullmatch(r"[A-Z]{0,3}[- ]?\d{5,8}|\d\d-?[A-Z]{1,3}-?\d{4,7}", value) is not None
    is_known = known and (is_plain or bool(numbers.of_california(value)))
    evidence = Evidence(confidence_in(span), footing, known=is_known, agreeing=len(told) - 1)
    source = source_of(span, page)
    rivals: dict[str | None, float] = {None: 1.0}
    at_most = 1.0 if is_known else 0.9
    finding = Finding(re.sub(r"[^A-Z0-9]", "", value), span.text, (source,), evidence, rivals, at_most)
    return reading_of(finding, "docket_number")


def _unread_number(unread: Sequence[tuple[LabelFound, OcrPage]], footing: Footing) -> Reading[str]:
    """No number was found: ink beside its label is illegible; else the page is silent."""
    for label, page in unread:
        if label.value is not None and sum(c.isdigit() for c in label.text) >= 3:
            evidence = Evidence(word=confidence_in(label.value), footing=footing, repaired=True)
            source = source_of(label.value, page)
            rivals: dict[str | None, float] = dict.fromkeys(numbers.with_lost_letter(label.text.split("  ")[0]), 1.0)
            return reading_of(Finding(None, label.text[:40], (source,), evidence, rivals), "docket_number")
    return unfound()


# --- names -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NameMention:
    """A name at one place and how sure its place is: `label`, `versus`, `under` the number, or `guess`."""

    name: NameFound
    span: Span
    part: Part
    place: str


_VERSUS = re.compile(r"(?<![A-Z0-9])(?:V[S5$8]|V|VERSUS|AGAINST|-VS-|US|YS)(?![A-Z0-9])\.?")
PEOPLE = re.compile(r"\bPEOPLE\b|\bPEO(?:PLE?)?\.|\bPPL\b|\bSTATE OF ILL|(?:^| )(?:P|STATE)(?= -?V(?:S|ERSUS)?\b)")


def name_mentions(part: Part) -> list[NameMention]:
    """The places where the rows name the defendant, best place first."""
    out = [
        *_labelled_names(part),
        *_versus_names(part),
        *_told_names(part),
    ]
    # `PLEADS GUILTY` in a column headed for names is no name
    out = [
        mention
        for mention in out
        if not (_boilerplate(mention.span) and says_what_became(_plain(mention.span))) and not _is_no_person(mention)
    ]
    ways = (_over_labels, _head_names, _names_of_party, _accused_names)
    return out or next((found for way in ways if (found := [m for m in way(part) if not _is_no_person(m)])), [])


def _labelled_names(part: Part) -> Iterable[NameMention]:
    parts: dict[str, LabelFound] = {}
    for label in part.labelled("surname", "given", "middle"):
        if label.value is not None and label.field not in parts and re.search(r"[A-Za-z]", label.text):
            parts[label.field] = label
    if "surname" in parts and "given" in parts:
        given = parts["given"].text
        surname = _before(parts["surname"].text, given)
        text = f"{surname}, {given} {parts['middle'].text if 'middle' in parts else ''}"
        name = name_in(text)
        if name is not None:
            yield NameMention(name, _hull([lb.value for lb in parts.values()]), part, "label")
    for label in part.labelled("name"):
        if label.value is None or _is_of_counsel(label, part) or (label.below and _is_spoken_of(label, part)):
            continue
        span = _name_words(label.value, part.sheet.pitch, part.label_starts - {label.span[-1].i})
        order = _order(span, part.sheet.pitch)
        name = (
            name_in(label.text if span == label.value else span.text, surname_first=order) if span is not None else None
        )
        if name is not None and (name.given or label.marked) and len(name.surname) > 1:
            yield NameMention(name, span, part, "label")  # type: ignore[arg-type]


def _is_spoken_of(label: LabelFound, part: Part) -> bool:
    """Whether a row says something of the defendant and does not name one: `... SENTENCES THE DEFENDANT:`."""
    row = dict(part.numbered).get(label.line)
    before = list(row.span.doc[row.span.start : label.span.start]) if row is not None else []
    return len(before) > 1 and before[-1].norm_ == "THE"


def _is_of_counsel(label: LabelFound, part: Part) -> bool:
    """Whether a label asks who stands up for the defendant: `For Deft: Public Defender`."""
    row = dict(part.numbered).get(label.line)
    cell = next((cell for cell in row.cells if cell.start <= label.span.start < cell.end), None) if row else None
    return cell is not None and _FOR.match(_plain(cell.doc[cell.start : label.span.end])) is not None


_FOR = re.compile(r"(?:(?:ATTORNEYS?|ATTY\.?|COUNSEL|APPEAR(?:ANCE|ING|S)?) )?FOR\b")


def _over_labels(part: Part) -> Iterable[NameMention]:
    """The name on a line over its label, on a page that names the defendant nowhere else."""
    for label in part.labelled("name"):
        if label.value is None:
            yield from _over(label, part)


def _over(label: LabelFound, part: Part) -> Iterable[NameMention]:
    """The name that a label stands under, in a row beside the docket number: none of a foot or a letterhead."""
    rows, labelled = dict(part.numbered), {other.line for other in part.labels}
    line, above = rows[label.line], rows.get(label.line - 1)
    alone = any(cell.start == label.span.start and cell.end == label.span.end for cell in line.cells)
    if above is None or label.line - 1 in labelled or label.marked or not alone:
        return
    if not numbers.docket_numbers_in(above.text):
        return
    if line.top - above.bottom > 1.5 * max(10, above.bottom - above.top):
        return
    for cell in above.cells:
        if shared_width(cell, label.span) > 0:
            found = _as_name(cell, part, after_versus=False)
            if found is not None and len(found.span) == len(cell) and not _boilerplate(found.span):
                yield replace(found, place="label")


def _hull(spans: Sequence[Span | None]) -> Span:
    whole = [span for span in spans if span is not None]
    return whole[0].doc[min(s.start for s in whole) : max(s.end for s in whole)]


def _name_words(value: Span, pitch: float, stops: frozenset[int] = frozenset()) -> Span | None:
    """The leading words of a value that can be a name, up to the next label."""
    opening = (token for token in value if any(c.isalnum() for c in token.text))
    first = next((token.i for token in opening if not _ORDINAL.fullmatch(token.text)), value.end)
    value = value.doc[first : value.end]
    if len(value) and value[0].text.isalpha() and value[0].text.islower() and value[0].text not in _SMALL_PARTICLES:
        return None  # the middle of a sentence
    end = value.start
    for token in value:
        if token.i in stops:
            break
        if token.text in _BRACKETS and end > value.start:
            break  # the stroke between the parties and the case
        if not any(c.isalnum() for c in token.text):
            continue
        letters = sum(c.isalpha() for c in token.text)
        if (
            re.fullmatch(r"[a-z]", token.text)
            or letters < 0.6 * len(token.text.strip(".,"))
            or token.norm_.strip(".,:") in _STOPS
            or (end > value.start + 1 and token.norm_.strip(".,:") in _CHARGED)
        ):
            break
        if end > value.start and _goes_on_elsewhere(value.doc[value.start : end], token, pitch):
            break
        end = token.i + 1
    return value.doc[value.start : end] if end > value.start else None


def _goes_on_elsewhere(name: Span, token: Token, pitch: float) -> bool:
    """Whether a word far behind a name is of what stands beside it: of another column, or a stamped day."""
    gap = level_of(token).left - level_of(name[-1]).right
    after = token.doc[token.i + 1].text[:1] if token.i + 1 < len(token.doc) else ""
    if gap > 1.8 * pitch and token.norm_.strip(".")[:3] in dates.MONTHS and after.isdigit():
        return True
    if gap <= 2.8 * pitch or len(name) < 2:
        return False
    if not name.text.isupper():
        return True  # a name typed as it is spoken
    short = len(token.text.strip(".,")) == 1 or token.text.upper().strip(".,") in _SUFFIXES
    return not token.text.isupper() or ("," in name.text.rstrip(",") and not short)


_ORDINAL = re.compile(r"[(#]?0?[1-9][.:)]+|#[1-9]|0[1-9]")  # `DEFENDANT 01: `, of the defendants of a case
_SUFFIXES = {"JR", "SR", "II", "III", "IV"}
_BRACKETS = {")", "]", "}", "|"}
_SMALL_PARTICLES = {"de", "la", "del", "van", "der", "den", "von", "di", "da", "du", "le"}
_STOPS = {
    "PG",    "NUMBER", "CASE", "PAGE", "DOB", "BR", "BRANCH", "IR", "SEX", "RACE", "NO", "CHARGE", "COURT", "DATE", "SID", "AND",
    "DEF", "FIRST", "LAST", "GEN", "CRIMINAL", "CAUSE", "COMPLAINT", "IND", "GENERAL", "SS", "BIRTH", "ARRESTED", "AGE",
    "DEFENDANT", "DEFT", "JUDGE", "COUNTY", "OF", "THE", "DOCKET", "STATE", "FILE", "PLAINTIFF", "VS", "INDICTMENT", "BORN",
    "INFORMATION", "AMENDED", "SUPERSEDING",
}  # fmt: skip
# What opens a charge typed below a name in its column.
_CHARGED = {"POSS", "POSSESSION", "POC", "PCS", "UNLAWFUL", "UNLAWFULLY", "MFG", "MANUFACTURE", "DELIVERY", "DELIV",
    "CANNABIS", "CRIM", "RETAIL", "THEFT", "BATTERY", "BURGLARY", "ROBBERY", "ASSAULT", "AGG", "AGGRAVATED", "DISORDERLY",
    "DRIVING", "RESISTING", "OBSTRUCTING", "DOMESTIC"}  # fmt: skip


def _columns(span: Span | None, pitch: float) -> bool | None:
    """True where the words stand in columns, which forms fill surname first; None where they do not tell."""
    if span is None or len(span) < 2 or "," in span.text or not span.text.isupper():
        return None
    first, last = (span[at].text.upper().strip(".,") for at in (0, -1))
    if len(span) >= 3 and len(span[1].text.strip(".")) == 1 and is_given(first) and not is_given(last):
        return None  # an initial in the middle, a given name before it: typed as it is spoken
    gaps = [level_of(b).left - level_of(a).right for a, b in pairwise(span)]
    return True if max(gaps) > 2.8 * pitch else None


def _before(surname: str, given: str) -> str:
    """What stands under the head of the surname, up to the words under that of the given name."""
    words, first = surname.split(), given.split()[:1]
    return " ".join(words[: words.index(first[0])]) if first and first[0] in words[1:] else surname


def _order(span: Span | None, pitch: float) -> bool | None:
    """True where the form puts surnames first, which its columns tell; None where words must tell."""
    if span is None:
        return None
    words = [w for w in span.text.upper().replace(".", "").split() if w and w not in ("JR", "SR", "II", "III", "IV")]
    return True if not words or _columns(span, pitch) else None


_TOLD = re.compile(
    r"((?:[A-Z][\w.'’-]*|de|la|del|van|von) (?:(?:[A-Z][\w.'’-]*|de|la|del|van|von) ){0,3}[A-Z][\w'’.-]+),? (?:the )?[Dd]efendant(?: herein|,)"
)


def _told_names(part: Part) -> Iterable[NameMention]:
    """A name in a sentence: `Jose Thigpen, defendant herein`."""
    for _, line in part.numbered:
        found = _TOLD.search(line.text)
        name = name_in(found[1]) if found is not None else None
        if found is not None and name is not None and name.given:
            yield NameMention(name, line.at(found.start(1), found.end(1)), part, "versus")
            return


# A name that a sentence accuses or certifies something of; the words around it in any letters.
_NAME = r"(?<!\d )(?P<name>[A-Z][\w.'’-]* (?:[A-Z][\w.'’-]*,? ){0,3}?[A-Z][\w'’.-]+)"
_ACCUSED = re.compile(
    r"(?:(?i:county|state|illinois)\b,? )*"
    + _NAME
    + r",? (?i:(?:(?:has|did|then and there|unlawfully|knowingly)\b[, ]*)*(?:committed|commit) the offenses? of\b)"
    r"|(?i:\bcertify that (?:one )?)"
    + _NAME.replace("<name>", "<told>")
    + r"[,(]* \(?(?i:born|whose|date of birth|d\.?o\.?b\b|in (?:case|cause)|was|on)\b"
)
_COMMITTED = re.compile(r"\W*(?:(?:HAS|DID|THEN AND THERE)\b[, ]*)*(?:COMMITTED|COMMIT) THE OFFENSES? OF\b")


def _accused_names(part: Part) -> Iterable[NameMention]:
    """A name that a sentence accuses, or a certificate speaks of, on a page that names nobody otherwise."""
    rows = [line for _, line in part.numbered]
    for line in rows:
        for found in _ACCUSED.finditer(line.text):
            place = "name" if found["name"] else "told"
            name = name_in(found[place])
            if name is not None and name.given:
                yield NameMention(name, line.at(*found.span(place)), part, "versus")
                return
    for above, line in pairwise(rows):
        if _COMMITTED.match(line.plain):
            first = next((t.i + 1 for t in reversed(above.span) if t.norm_.strip(",") == "COUNTY"), above.span.start)
            words = above.span.doc[first : above.span.end]
            named = _as_name(words, part, after_versus=True) if len(words) else None
            if named is not None and len(named.span) == len(words) and not _boilerplate(named.span):
                yield named
                return


_TRUE_BILL = re.compile(r"\W*A TRUE (?:BILL|COPY)\b")


def _is_no_person(mention: NameMention) -> bool:
    """Whether words like a name are none: the `I` of a clerk who certifies, the foot of an indictment."""
    return len(mention.name.surname.strip(".")) < 2 or _TRUE_BILL.match(mention.span.text.upper()) is not None


_PARTY = re.compile(r"\W*(?:THE )?(?:DEFENDANTS?|DEF'?T\.?|ACCUSED)\W*")


def _names_of_party(part: Part) -> Iterable[NameMention]:
    """A name in a row of its own above one that says `Defendant`, where nothing else on the page names one."""
    rows = [line for _, line in part.numbered]
    for above, line in pairwise(rows[:16]):
        if _PARTY.fullmatch(line.plain) and len(above.cells) == 1:
            found = _as_name(above.span, part, after_versus=False)
            if found is not None and len(found.span) == len(above.span) and not _boilerplate(found.span):
                yield replace(found, place="guess")
                return


def _versus_names(part: Part) -> Iterable[NameMention]:
    rows = list(part.numbered)
    for at, (_, line) in enumerate(rows):
        found = _VERSUS.search(line.plain)
        if found is None or not (
            PEOPLE.search(line.plain) or any(PEOPLE.search(ln.plain) for _, ln in rows[max(0, at - 3) : at])
        ):
            continue
        versus = line.plain_at(found.start(), found.end())
        beside = line.span.doc[versus.end : line.span.end]
        broken = _broken_name(line.span, beside, rows[at + 1][1], part) if len(beside) and at + 1 < len(rows) else None
        spoken = _is_pleading([ln for _, ln in rows[max(0, at - 3) : at + 5]])
        own = broken or _as_name(_up_to_mark(beside), part, after_versus=True, spoken=spoken) if len(beside) else None
        if own is not None:
            yield own
            return
        for number, following in rows[at + 1 : at + 4]:
            for words in (*_below_head(line, versus, following), following.span):
                under = _as_name(words, part, after_versus=False, spoken=spoken)
                if under is None or _of_the_court(under.span) or _is_of_others(under.span, number, part):
                    continue
                yield under
                return


def _below_head(line: Line, versus: Span, below: Line) -> list[Span]:
    """The words of a row below the cell that says `People ... vs.`, where this heads a column beside others."""
    head = next(cell for cell in line.cells if cell.start <= versus.start < cell.end)
    cells = [cell for cell in below.cells if shared_width(cell, head) > 0] if len(line.cells) > 1 else []
    return [below.span.doc[cells[0].start : cells[-1].end]] if cells else []


def _is_of_others(name: Span, row: int, part: Part) -> bool:
    """Whether a name, or a part of it, stands under the head of those who judge, plead, testify or write."""
    above = dict(part.numbered).get(row - 1)
    heads = above.cells if above is not None else ()
    named = (head for head in heads if _OF_OTHERS.search(_plain(head)) and _of_the_court(head))
    return any(shared_width(name, head) > 0 for head in named)


_OF_OTHERS = re.compile(
    r"\b(?:JUDGE|JUSTICE|MAGISTRATE|COUNSEL|ATT(?:ORNE)?YS?|DEFENDER|PROSECUTOR|CLERK|DEPUTY|REPORTER|OFFICERS?|SHERIFF|"
    r"COMPLAINANTS?|WITNESS(?:ES)?|SURETY|BONDSMAN|BAILIFF)\b"
)


def _is_pleading(rows: Sequence[Line]) -> bool:
    """Whether rows set the parties apart as lawyers do, who write names as they are spoken: `Plaintiff, v. X, Defendant.`"""
    cells = [_plain(cell).strip(" .,:") for line in rows for cell in line.cells]
    return any(cell in ("PLAINTIFF", "PLAINTIFFS") for cell in cells) and any(map(_PARTY.fullmatch, cells))


# What is left of a name that the end of a row broke: `... v. Hector Allen | Gutierrez, born May 1, 1970`.
_REST_OF_NAME = re.compile(
    r"(?P<name>(?:[A-Z][\w.'’-]*,? ){0,3}?[A-Z][\w'’.-]+),? (?=[a-z(]|Case\b|Docket\b|No\b|D\.?O\.?B\b)(?![a-z]+ (?:[Cc]ounty|[Cc]ourt)\b)"
)


def _broken_name(above: Span, beside: Span, below: Line, part: Part) -> NameMention | None:
    """A name that a sentence states over the end of its row; None where it ends there, or the next row is no sentence."""
    rest = _REST_OF_NAME.match(below.text)
    first = [token.text for token in beside]
    if rest is None or below.span.start != beside.end or len(first) > 3 or not all(map(_IN_NAME.fullmatch, first)):
        return None
    whole = beside.doc[beside.start : below.at(*rest.span("name")).end]
    if len(whole) > 4 or not all(_is_spoken(words) for words in (above, below.span)):
        return None
    strange = [token.norm_.strip(".,:;") for token in whole if token.i >= below.span.start]
    if any(word in _STOPS or (word in LEXICON and not is_given(word)) for word in strange):
        return None
    name = name_in(whole.text, surname_first=False)
    return NameMention(name, whole, part, "versus") if name is not None and name.given else None


def _is_spoken(words: Span) -> bool:
    """Whether words in small letters hold a row together."""
    return sum(token.text.isalpha() and token.text.islower() for token in words) >= 3


_IN_NAME = re.compile(r"[A-Z][\w'’-]*\.?")  # a word of a name, with no mark that ends it


def _up_to_mark(words: Span) -> Span:
    """The words that a mark parts from what a sentence goes on with; all of them where it does not go on."""
    for token in words[1:]:
        opens = token.text.startswith("(") and any(t.text.islower() for t in words.doc[token.i : words.end])
        runs_on = len(token.text.strip(".,")) > 1 and token.text.islower()  # one letter is an initial, misread
        if opens or (runs_on and token.text not in _SMALL_PARTICLES):
            return words.doc[words.start : token.i]
    return words


def _as_name(words: Span, part: Part, *, after_versus: bool, spoken: bool = False) -> NameMention | None:
    """The name that words are; `spoken`: it stands where names are written as they are spoken."""
    span = _name_words(words, part.sheet.pitch, part.label_starts)
    if span is None or len(span) > 7 or not (len(span) >= 2 or "," in span.text):
        return None
    if span.end < words.end and words.doc[span.end].norm_.strip(".,") == "COUNTY":
        return None  # `ST. CLAIR COUNTY`
    in_columns = _order(span, part.sheet.pitch)
    name = name_in(span.text, surname_first=in_columns if in_columns or not spoken else False)
    if name is None or not name.given:
        return None
    return NameMention(name, span, part, "versus" if after_versus else "under")


def _head_names(part: Part) -> Iterable[NameMention]:
    """A name at the head of a page that has neither label nor versus: continuation pages and cards."""
    for row, line in part.numbered[:6]:
        for cell in line.cells:
            span = _name_words(cell, part.sheet.pitch, part.label_starts)
            if span is None or cell.end - span.end > 1 or not 2 <= len(span) <= 5:
                continue
            if _is_of_others(span, row, part):
                continue
            text = span.text.upper()
            known = "," in text or any(word.strip(",.") in given_names() for word in text.split())
            name = name_in(text, surname_first=_order(span, part.sheet.pitch)) if known else None
            if name is not None and name.given and not _boilerplate(span):
                yield NameMention(name, span, part, "guess")
                return


def _plain(span: Span) -> str:
    return " ".join(token.norm_ for token in span)


def _boilerplate(span: Span) -> bool:
    return sum(t.norm_.strip(".,:;") in LEXICON for t in span) * 2 >= len(span)


def _of_the_court(span: Span) -> bool:
    """Whether every word is one that courts use and no given name: `INFORMATION FILED ON`."""
    words = [token.norm_.strip(".,:;") for token in span]
    return all(word in LEXICON or len(word) < 3 for word in words) and not any(map(is_given, words))


@dataclass(frozen=True)
class NameReadings:
    surname: Reading[str]
    given: Reading[str]
    middle: Reading[str]
    suffix: Reading[Suffix]
    aliases: tuple[Reading[str], ...]


def names_of(mentions: Sequence[NameMention], aliases: Sequence[Reading[str]], footing: Footing) -> NameReadings:
    """The defendant's name by what its places agree on; two orders or two spellings are rivals. A name that was not
    found, or not whole, may have a middle name or a suffix."""
    if not mentions:
        return NameReadings(unfound(), unfound(), unfound(), unfound(), tuple(aliases))
    best = max(
        mentions,
        key=lambda m: (
            _agreeing(m, mentions),
            m.place != "guess",
            m.name.ordered != "guess",
            confidence_in(m.span),
        ),
    )
    name, page = best.name, best.part.sheet.page
    source = source_of(best.span, page)
    sources = merged_sources([source], [source_of(m.span, m.part.sheet.page) for m in mentions])
    misread = name.ordered == "rare" and confidence_in(best.span) < SURE_WORD
    unsure = (name.ordered in ("guess", "last") or misread) and bool(name.given)
    of_another = any(_is_of_another(m, best) for m in mentions)

    def part_of(value: str, attribute: str, swapped: str) -> Reading[str]:
        if not value:
            silent = attribute == "middle" and bool(name.surname and name.given)
            return silence(footing, "middle") if silent else unfound(raw=best.span.text)
        same = [m for m in mentions if getattr(m.name, attribute) == value]
        others = {getattr(m.name, attribute): 1.0 for m in mentions if getattr(m.name, attribute) not in ("", value)}
        evidence = Evidence(
            word=_word_confidence(best, value),
            footing=footing,
            agreeing=len(same) - 1,
            disputed=bool(others),
            labelled=best.place in ("label", "versus", "under"),
            known=attribute != "given" or not may_be_misread(value),
            borne=attribute != "middle" and is_borne(value, attribute),
            guessed=unsure,
            repaired=name.mended,
            short=len(value) <= 3 and attribute != "middle",
        )
        rivals: dict[str | None, float] = {**others}
        if unsure and swapped:
            rivals[swapped] = 2.0
        if name.mended and "O" in value:
            rivals |= {value.replace("O", other): 2.0 for other in "BD"}
        in_order = 1.0 if not unsure else 0.95 if name.ordered in ("last", "rare") else 0.9
        at_most = 0.6 if name.mended or of_another else in_order
        return reading_of(Finding(value, best.span.text, sources, evidence, rivals, at_most), "name")

    surname = part_of(name.surname, "surname", name.given)
    given = part_of(name.given, "given", name.surname)
    middle = part_of(name.middle, "middle", "")
    suffix: Reading[Suffix] = silence(footing, "suffix")
    if name.suffix is not None:
        suffix = reading_of(
            Finding(name.suffix, best.span.text, (source,), Evidence(confidence_in(best.span), footing)),
            "name",
        )
    own = tuple(
        reading_of(Finding(alias, best.span.text, (source,), Evidence(confidence_in(best.span), footing)), "other")
        for alias in name.aliases
    )
    return NameReadings(surname, given, middle, suffix, own + tuple(aliases))


def _is_of_another(mention: NameMention, best: NameMention) -> bool:
    """Whether a place as good as the best names somebody else as the defendant: `DEFENDANT 02: JONES, MARY`."""
    ones, others = ({*m.name.surname.split(), *m.name.given.split()} for m in (mention, best))
    whole = bool(mention.name.surname and mention.name.given and best.name.surname and best.name.given)
    placed = {mention.place, best.place} <= {"label", "versus", "under"}
    return whole and placed and not any(_near(one, other) for one in ones for other in others)


def _agreeing(mention: NameMention, among: Sequence[NameMention]) -> int:
    return sum(m.name.surname == mention.name.surname and m.name.given == mention.name.given for m in among)


def _word_confidence(mention: NameMention, value: str) -> float:
    words = [t for t in mention.span if any(piece and piece in t.text.upper() for piece in value.split())]
    return min((confidence_in(t.doc[t.i : t.i + 1]) for t in words), default=confidence_in(mention.span))


# --- dates and particulars -----------------------------------------------------------------------------


def date_reading(parts: Sequence[Part], field: str, family: str, footing: Footing, *, latest: int) -> Reading[date]:
    """The date a label names; ink there that is no day of the calendar is illegible."""
    mentions: list[tuple[date | None, str, Span, Part, bool]] = []
    stamped = False
    for part in parts:
        for label in part.labelled(field):
            found = dates_in(label.text, latest=latest)
            if (
                field == "filed_date"
                and ((label.below and not label.head) or not label.text)
                and label.span.text.upper().strip(".:") == "FILED"
            ):
                stamped = stamped or bool(found)
                continue  # a clerk's stamp, dated below its word
            if found and label.value is not None:
                mentions.append(
                    (found[0].value, found[0].raw, _narrowed(label.value, found[0].raw), part, found[0].exact)
                )
            elif (
                label.value is not None
                and sum(c.isdigit() for c in label.text) >= 3
                and (label.marked or not label.below)
            ):
                mentions.append((None, label.text[:40], label.value, part, False))
    if not mentions:
        return silence(footing, field, strange=stamped)
    read = [m for m in mentions if m[0] is not None]
    value, raw, span, part, exact = max(
        read or mentions, key=lambda m: (sum(o[0] == m[0] for o in mentions), confidence_in(m[2]))
    )
    evidence = Evidence(
        word=confidence_in(span),
        footing=footing,
        repaired=not exact,
        agreeing=sum(m[0] == value for m in mentions) - 1,
        disputed=any(m[0] not in (None, value) for m in mentions),
    )
    rivals: dict[date | None, float] = {m[0]: 2.0 for m in read if m[0] != value}
    at_most = 0.5 if field == "offense_date" and rivals else 1.0  # of several charges, each with a day of its own
    if dates.may_have_lost_a_figure(raw, days_on(part)):
        at_most = min(at_most, 0.8)
    if value is not None:
        rivals |= {day: 0.2 for day in dates.neighbours(value, raw) if day not in rivals}
    sources = merged_sources(
        [
            source_of(m[2], m[3].sheet.page)
            for m in (mentions if value else [(value, raw, span, part, exact)])
            if m[0] == value
        ]
    )
    return reading_of(Finding(value, raw, sources, evidence, rivals, at_most), family)


def days_on(part: Part) -> Iterator[str]:
    """The days of a part's rows as they are printed."""
    return (found.raw for _, line in part.numbered for found in dates_in(line.text))


def _narrowed(value: Span, raw: str) -> Span:
    """The words of `value` that hold `raw`."""
    tokens = [t for t in value if any(piece in t.text for piece in raw.split())]
    return value.doc[tokens[0].i : tokens[-1].i + 1] if tokens else value


def _by_label(
    parts: Sequence[Part],
    field: str,
    family: str,
    footing: Footing,
    read: Callable[[str], tuple[T, bool] | None],
    topic: str = "",
) -> Reading[T]:
    """A particular that `read` understands beside its label; the rest is silence."""
    for part in parts:
        for label in part.labelled(field):
            found = read(label.text) if label.value is not None else None
            if found is None or label.value is None:
                continue
            span = label.value[:1] if len(label.text.split()) == 1 and not label.below else label.value
            evidence = Evidence(
                confidence_in(span),
                footing,
                repaired=not found[1],
                labelled=label.marked or not label.below,
                short=len(label.text) <= 2,
            )
            return reading_of(Finding(found[0], label.text[:40], (source_of(span, part.sheet.page),), evidence), family)
    return silence(footing, topic or field)


_SEXES: Mapping[str, Sex] = {"M": Sex.MALE, "MALE": Sex.MALE, "F": Sex.FEMALE, "FEMALE": Sex.FEMALE}
_RACES = {
    "W", "B", "H", "A", "I", "O", "U", "WHITE", "BLACK", "HISPANIC", "ASIAN", "WWH", "BLK", "WHT", "HIS", "WH", "BL", "LATINO", "S", "API",
    "INDIAN", "OTHER", "UNKNOWN", "NEGRO", "WBH", "WSH", "CAUCASIAN", "P", "X",
}  # fmt: skip


_SEX_BESIDE = re.compile(r"\bDEF(?:T|ENDANT)?\.? ?\(([MF])\)")


def _sex_of(parts: Sequence[Part], footing: Footing) -> Reading[Sex]:
    """Beside its own label, or in brackets behind the word for the defendant: `Deft. (M)`."""
    own = _by_label(parts, "sex", "other", footing, _sex)
    if not own.is_silent:
        return own
    for part in parts:
        for _, line in part.numbered:
            found = _SEX_BESIDE.search(line.plain)
            if found is not None:
                span = line.plain_at(found.start(1), found.end(1))
                evidence = Evidence(confidence_in(span), footing, short=True)
                source = source_of(span, part.sheet.page)
                return reading_of(Finding(_SEXES[found[1]], span.text, (source,), evidence), "other")
    return own


def _sex(text: str) -> tuple[Sex, bool] | None:
    first = re.split(r"[\s/,;]+", text.upper().strip())[0].strip(".")
    return (_SEXES[first], True) if first in _SEXES else None


def _race(text: str) -> tuple[str, bool] | None:
    words = re.split(r"[\s,;]+", text.upper().strip())
    last = words[0].split("/")[-1].strip(".")
    return (last, True) if last in _RACES else None


def _race_of(parts: Sequence[Part], footing: Footing) -> Reading[str]:
    """Beside its own label, or after the stroke of `SEX/RACE: M/B`."""
    own = _by_label(parts, "race", "other", footing, _race)
    return own if not own.is_silent else _by_label(parts, "sex", "other", footing, _race_after_sex, "race")


def _race_after_sex(text: str) -> tuple[str, bool] | None:
    found = re.match(r"[MF]\s?/\s?([A-Z]+)", text.upper())
    return _race(found[1]) if found is not None else None


def _agency(text: str) -> tuple[str, bool] | None:
    tidy = re.sub(r"\s+", " ", re.split(r"\s\S{2}\.? N[O0][.:]|\s{3,}", text.upper())[0]).strip(" .,:;")
    return (tidy[:60], True) if sum(c.isalpha() for c in tidy) >= 3 and not dates_in(tidy) else None


def agency_of(parts: Sequence[Part], footing: Footing) -> Reading[str]:
    """The arresting agency: beside its own label, or after `by` beside the day of arrest."""
    own = _by_label(parts, "arresting_agency", "other", footing, _agency)
    return (
        own
        if not own.is_silent
        else _by_label(parts, "arrest_date", "other", footing, _agency_after_by, "arresting_agency")
    )


def _agency_after_by(text: str) -> tuple[str, bool] | None:
    found = re.search(r"(?i)\bby\s+(\D+)$", text)
    return _agency(found[1]) if found is not None else None


def _alias_readings(parts: Sequence[Part], given: str, footing: Footing) -> list[Reading[str]]:
    out: list[Reading[str]] = []
    for part in parts:
        for label in part.labelled("alias"):
            if label.value is None or re.match(r"(?i)none|n/?a\b|-", label.text):
                continue
            for piece in re.split(r"\s*;\s*|\s+(?:AND|&)\s+|\s{3,}", label.text):
                name = name_in(piece) if len(piece.split()) > 1 or "," in piece else None
                words = re.sub(r"[^A-Z' -]", "", piece.upper()).strip()
                alias = (
                    f"{name.surname}, {name.given}"
                    if name is not None and name.given
                    else (f"{words}, {given}" if words and given else words)
                )
                if sum(c.isalpha() for c in alias) >= 3:
                    evidence = Evidence(confidence_in(label.value), footing, labelled=label.marked)
                    out.append(
                        reading_of(
                            Finding(alias, label.text[:60], (source_of(label.value, part.sheet.page),), evidence),
                            "other",
                        )
                    )
    return out


YOUNGEST, OLDEST = 15, 80  # ages at which people are charged; a day in the caption so long before is a birth


def _birth_date(
    parts: Sequence[Part], mentions: Sequence[NameMention], footing: Footing, latest: int, filed: int | None
) -> Reading[date]:
    """The day beside its label; failing that the one day of the caption on which somebody of age was born."""
    labelled: Reading[date] = date_reading(parts, "birth_date", "birth_date", footing, latest=latest)
    if labelled.value is not None and filed is not None and not YOUNGEST <= filed - labelled.value.year <= OLDEST:
        return replace(labelled, confidence=min(0.6, labelled.confidence))  # a child, or a figure misread or mistyped
    if not labelled.is_silent or filed is None:
        return labelled
    taken = {t.i for part in parts for lb in part.labels if lb.field.endswith("_date") for t in lb.value or ()}
    found = [
        (day, line.at(day.start, day.end), part, _tells_birth(line, day.start, mentions))
        for part in parts
        for _, line in part.numbered[:14]
        for day in dates_in(line.text, latest=latest)
        if day.value is not None and YOUNGEST <= filed - day.value.year <= OLDEST
    ]
    free = [one for one in found if not taken & set(range(one[1].start, one[1].end))]
    if len({day.value for day, *_ in free}) != 1:
        return labelled
    day, span, part, born = free[0]
    evidence = Evidence(confidence_in(span), footing, repaired=not day.exact, labelled=born)
    source, rivals = source_of(span, part.sheet.page), cast("dict[date | None, float]", {None: 1.0})
    at_most = 1.0 if born else 0.85
    return reading_of(Finding(day.value, day.raw, (source,), evidence, rivals, at_most), "birth_date")


def _tells_birth(line: Line, start: int, mentions: Sequence[NameMention]) -> bool:
    """Whether the day that begins there in a row is that of the birth of who is named before it: no victim's."""
    named = any(m.span.doc is line.span.doc and line.span.start <= m.span.start < line.span.end for m in mentions)
    return named and _BORN.search(line.text[:start]) is not None


_BORN = re.compile(r"(?:^|[ (,])[Bb]\.? ?$")  # `(b. 2-8-32)`


def defendant_of(parts: Sequence[Part], *, footing: Footing, latest: int = 2010, filed: int | None = None) -> Defendant:
    """The person as the caption and the labelled particulars tell; `filed`: the year of the case."""
    mentions = [m for part in parts for m in name_mentions(part)]
    given = mentions[0].name.given if mentions else ""
    names = names_of(mentions, _alias_readings(parts, given, footing), footing)
    return Defendant(
        surname=names.surname,
        given=names.given,
        middle=names.middle,
        suffix=names.suffix,
        aliases=_once(names.aliases),
        birth_date=_birth_date(parts, mentions, footing, latest, filed),
        sex=_sex_of(parts, footing),
        race=_race_of(parts, footing),
        ir_number=_by_label(parts, "ir_number", "other", footing, person_number),
        sid=_by_label(parts, "sid", "other", footing, person_number),
    )


def _once(aliases: Sequence[Reading[str]]) -> tuple[Reading[str], ...]:
    kept: dict[str | None, Reading[str]] = {}
    for alias in aliases:
        kept.setdefault(alias.value, alias)
    return tuple(kept.values())
