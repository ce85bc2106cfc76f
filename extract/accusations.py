"""Charging papers: sentences that accuse, read across the ends of their lines."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span

from casefile.ocr import BBox, OcrPage, Word
from extract.amounts import amount_in
from extract.caption import Part
from extract.charges import CLASSED, ChargeFound, StatuteFound, cites_charge, grade_in, is_charge_statute, statutes_in
from extract.counts import Counted
from extract.dates import DateFound, dates_in, opens_with_date
from extract.doc import Line, Sheet, level_of, word_of
from extract.entries import ORDINALS, count_number

_OFFENSE = re.compile(
    r"(?:OFFENSES?|CRIME|CHARGE) OF:? +(?!THE SAME CLASS)(?P<words>.+?)(?:,? (?:AND |BY |IN )?(?:IN VIOLATION|IN THAT|CONTRARY|VIOLATION OF|TO[ -]WIT|PURSUANT|AS DEFINED)|,? \((?!\d+\))|[,;.] *(?:CH(?:APTER|\.)|\d{2,3} ?ILCS)|$)"
)
_DID = re.compile(
    r"\bDID (?:KNOWINGLY |UNLAWFULLY |THEN AND THERE |AND )*(?:COMMIT )?(?P<words>(?:POSSESS|DELIVER|MANUFACTURE|SELL)[A-Z ]{4,60}?)(?:,| IN | AT )"
)
# What was done, by itself: `did willfully possess ..., in violation of`, `violation of ..., in that he did possess ...`.
_ACTED = re.compile(
    r"\bDID,? (?:(?:WILL?FULLY|UNLAWFULLY|KNOWINGLY|FELONIOUSLY|INTENTIONALLY|THEN AND THERE|AND)\b[, ]*)*(?!THE\b|AN?\b|SO\b|NOT\b)(?P<words>[A-Z](?:[^.;:]|\.(?=\d)){3,200}?)(?=,? (?:ALL )?IN VIOLATION\b|[.;]|$)"
)
_PLEADED = re.compile(r"\b(?:PLEA|PLED|PLEADS?|PLEADED)\b")
_COUNT = re.compile(
    r"^\W*(?:COUNT +(?:NO\.? ?)?(?P<number>\d{1,2}|[IVX]{1,4}|ONE|TWO|THREE|FOUR|FIVE|SIX)\b|(?P<order>FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH) COUNT(?= ?[:.-]|\W*$))"
)
# A row that ends so is not at an end.
_LINKING = re.compile(
    r"(?<![A-Z])(?:ON|TO|OF|AND|IN|FOR|UNDER|UNTIL|BY|THE|SAID|ABOUT|FILED|BORN|DATE OF BIRTH|ARRESTED|DATED|DAY|FROM|SINCE|AT|DID|HAS|OR|INCLUDING|COMMENCING|TERMINATING|EXPIRING|ENDING|BEGINNING|THROUGH|WHO|WAS|BE|BEEN|HAVING|ENTERED)$|,$"
    r"|, (?:(?:OFFENSE|OCCURRENCE|VIOLATION|INCIDENT|ARREST|BIRTH) DATE|DATE OF (?:THE )?(?:OFFENSE|OCCURRENCE|VIOLATION|INCIDENT|ARREST|BIRTH)):?$"
)
# A count that a sentence names, `... pled guilty on | Count 1, the State's ...`, heads no charge.
_COUNT_NAMED = re.compile(r"^\W*COUNTS? +(?:\d{1,2}|[IVX]{1,4}|ONE|TWO|THREE|FOUR|FIVE|SIX)(?:,|;| AND\b| THE\b| OF\b)")
_NAMING = re.compile(r"(?<![A-Z])(?:ON|TO|OF|IN)$")
_DAY_WORDS = re.compile(r"(?:ON OR ABOUT|ON ABOUT|ON|DATED?|THE DAY OF)[ ,:]*$")


def flowing(page: OcrPage, sheet: Sheet) -> OcrPage:
    """The page with every paragraph of prose in one row, so that no sentence is cut where its line ends."""
    words: list[Word] = []
    level: list[BBox] = []
    row, top, right = -1, 0, 0.0
    before: Line | None = None
    for line in sheet.lines:
        joined = before is not None and _goes_on(before, line)
        if not joined:
            row, top, right = row + 1, line.top, 0.0
        shift = right + line.pitch - line.left if joined else 0.0
        for token in line.span:
            box = level_of(token)
            words.append(replace(word_of(token), line=row))
            level.append(BBox(round(box.left + shift), top, round(box.right + shift), top + box.height))
            right = box.right + shift
        before = line
    return replace(page, words=tuple(words), level=tuple(level))


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a row of prose goes on in the next: both are sentences, close, and begin at one edge."""
    close = line.top - above.bottom < 1.2 * max(10, above.bottom - above.top)
    prose = is_prose(above) and (len(line.cells) == 1 or _is_spread(above, line))
    entry = opens_with_date(line.text) and not line.text[:1].islower() and _LINKING.search(above.plain) is None
    counted = _COUNT.match(line.text.upper()) is not None
    named = _COUNT_NAMED.match(line.text.upper()) is not None and _NAMING.search(above.plain) is not None
    begins = entry or (counted and not named) or _is_listed(above, line)
    return close and prose and line.left < above.left + 6 * line.pitch and not begins


def _is_spread(above: Line, line: Line) -> bool:
    """Whether a row that goes on where the one above broke off is parted only by the wide spaces of a full line."""
    gaps = [level_of(right[0]).left - level_of(left[-1]).right for left, right in pairwise(line.cells)]
    goes_on = line.text[:1].islower() or _LINKING.search(above.plain) is not None
    return goes_on and len(gaps) == 1 and gaps[0] < 3.5 * line.pitch and holds_together(line)


def _is_listed(above: Line, line: Line) -> bool:
    """Whether the row above states a charge in a list, and the next begins something else."""
    if _COUNT.match(above.text.upper()) is None or holds_together(above) or _LINKING.search(above.plain) is not None:
        return False
    first = line.span[0].norm_.strip(".,;:")
    fresh = line.text[:1].isupper() and first not in _SMALL and first not in ("IS", "BE", "ARE", "WERE")
    return fresh and cites_charge(above)


def is_prose(line: Line) -> bool:
    """Whether a row is running text."""
    words = sum(any(c.isalpha() for c in token.text) for token in line.span)
    return (words >= 6 and len(line.cells) <= 2) or (len(line.span) >= 5 and words >= 3 and len(line.cells) == 1)


def is_running(line: Line) -> bool:
    """Whether a row is part of a sentence: among its words are those that hold sentences together."""
    return not opens_with_date(line.text) and holds_together(line)  # what opens with its day is an entry


def holds_together(line: Line) -> bool:
    """Whether the words that hold sentences together are among those of a row, or of rows that were joined."""
    words = [t.norm_.strip(".,;:()") for t in line.span if any(c.isalpha() for c in t.text)]
    small = sum(w in _SMALL and not (w == "A" and before == "CLASS") for before, w in pairwise(["", *words]))
    return len(words) >= 5 and small >= 2 and small >= 0.14 * len(words) and len(line.cells) <= 2


_SMALL = {"THE", "OF", "AND", "WAS", "IN", "FOR", "A", "AN", "BY", "HIS", "HER", "THAT", "IS", "WERE", "AS", "AT", "WITH", "BEEN", "HAS", "HAVING", "THIS", "SAID", "DID", "WHOSE", "WHO", "THEREOF", "HEREIN"}  # fmt: skip


def accusations_of(parts: Sequence[Part]) -> tuple[Counted, ...]:
    """The charges that the sentences of a charging paper state, in order."""
    found = [(at, charge) for at, part in enumerate(parts) for charge in _in_part(part)]
    numbers = [charge.count for _, charge in found]
    printed = bool(found) and numbers == list(range(1, len(found) + 1))
    known = [n for n in numbers if n is not None]
    ordered = len(known) == len(found) and known == sorted(set(known))  # one lost among them moves no other
    sure = printed or not known
    return tuple(
        Counted(number, printed, [(at, charge)], sure=sure)
        for number, (at, charge) in zip(known if ordered else range(1, len(found) + 1), found, strict=True)
    )


def unstated_in(parts: Sequence[Part], charges: Sequence[Counted]) -> tuple[tuple[int, Line], ...]:
    """The rows, each with its part, that head a count, accuse or cite a statute of which no charge came."""
    return tuple((at, line) for at, part in enumerate(parts) for line in _unstated(at, part, charges))


def _unstated(at: int, part: Part, charges: Sequence[Counted]) -> Iterator[Line]:
    stated = [c for counted in charges for where, c in counted.stated if where == at]
    rows = {row for charge in stated for row in charge.lines}
    cited = {s.citation for row, line in part.numbered if row in rows for s in statutes_in(line)}
    heads = [(row, line, _headed(line)) for row, line in part.numbered if _COUNT.match(line.text.upper())]
    ends = [*(row for row, _, _ in heads[1:]), part.numbered[-1][0] + 1] if heads else []
    answered = {n for (row, _, n), end in zip(heads, ends, strict=True) if rows & set(range(row, end))}
    answered |= {counted.number for counted in charges if counted.printed}
    yield from (line for _, line, number in heads if number not in answered)
    for row, line in part.numbered:
        citations = {s.citation for s in statutes_in(line) if is_charge_statute(s)}
        if row not in rows and (citations - cited or _OFFENSE.search(line.plain)):
            yield line


def _headed(line: Line) -> int | None:
    """The number of the count that a row heads."""
    found = _COUNT.match(line.text.upper())
    if found is None:
        return None
    return ORDINALS[found["order"]] if found["order"] else count_number(found["number"])


def _in_part(part: Part) -> Iterator[ChargeFound]:
    count: int | None = None
    heading: Line | None = None
    for row, line in part.numbered:
        if _COUNT.match(line.text.upper()):
            count = _headed(line)
        statutes = [s for s in statutes_in(line) if is_charge_statute(s)]
        told = _OFFENSE.search(line.plain) or _DID.search(line.plain)
        if _COUNT.match(line.text.upper()):
            heading = line
        rows = [row]
        opens = told is not None and "VIOLATION" not in line.plain
        if not statutes and (opens or _OFFENSE_BELOW.search(line.plain)):
            rows, line = _sentence_of(part, row)
            statutes = [s for s in statutes_in(line) if is_charge_statute(s)]
            told = _OFFENSE.search(line.plain)
        if told is None and len(statutes) == 1 and "VIOLATION" in line.plain and not _PLEADED.search(line.plain):
            told = _ACTED.search(line.plain)
        if told is None or (not statutes and "VIOLATION" not in line.plain):
            continue
        charge = _charge(rows, line, statutes, told, count)
        if heading is not None and heading is not line and charge.grade is None:
            _heading_class(charge, heading)
        yield charge
        count, heading = None, None


_OFFENSE_BELOW = re.compile(r"\b(?:OFFENSES?|CRIME) OF:?$")
_DATES_IT = re.compile(r"\bON (?:OR )?ABOUT\b")
# Rows below a citation that go on: `in that he knowingly possessed ...`.
_TELLS_HOW = re.compile(r"[a-z]|(?i:IN THAT|TO[ -]WIT)\b")
_MOST_ROWS = 7  # of a form's sentence, with the small print under its blanks


def _sentence_of(part: Part, row: int) -> tuple[list[int], Line]:
    """The sentence of a form with blanks, from the row that dates what a row accuses of to the one that cites and what
    goes on below; the row alone where none cites, or where another accuses before."""
    lines = dict(part.numbered)
    last = next((at for at in range(row + 1, row + _MOST_ROWS) if at in lines and _cites_or_accuses(lines[at])), row)
    if (
        last == row
        or _OFFENSE.search(lines[last].plain)
        or not cites_charge(lines[last])
        or not all(at in lines for at in range(row, last))
    ):
        return [row], lines[row]
    first = next(
        (
            at
            for at in range(row, max(-1, row - _MOST_ROWS), -1)
            if at not in lines or _DATES_IT.search(lines[at].plain)
        ),
        row,
    )
    if first not in lines or any(_cites_or_accuses(lines[at]) for at in range(first, row)):
        first = row
    while last + 1 in lines and _TELLS_HOW.match(lines[last + 1].text) and not _cites_or_accuses(lines[last + 1]):
        last += 1
    whole = Line(lines[row].span.doc[lines[first].span.start : lines[last].span.end], lines[row].pitch)
    return list(range(first, last + 1)), whole


def _cites_or_accuses(line: Line) -> bool:
    accuses = _OFFENSE.search(line.plain) or _COUNT.match(line.text.upper())
    return cites_charge(line) or accuses is not None


def _charge(
    rows: Sequence[int], line: Line, statutes: Sequence[StatuteFound], told: re.Match[str], count: int | None
) -> ChargeFound:
    cited = statutes[0] if len({s.citation for s in statutes}) == 1 else None
    charge = ChargeFound(rows[0], cited, count, lines=list(rows))
    start, end = told.span("words")
    span = line.plain_at(start, max(start + 1, end))
    charge.description, charge.description_span = span.text.strip(" ,.;("), span
    charge.amount = amount_in(charge.description)
    if charge.amount is None and cited is not None and cited.citation is not None and cited.citation.is_marijuana:
        _weigh(charge, line, start if told.re is _ACTED else end)
    _class(charge, line)
    charge.dated = _day_in(line)
    return charge


# The weight in the particulars of a count: `to wit: 44.7 grams of a substance containing cannabis`.
_GRAM = r"(?:GRAMS?|GRMS?|GMS?|GR)\b\.?"
_NUMBER = r"(?:2[ -]1/2|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_LIMIT = r"(?:NOT? (?:MORE|LESS) THAN|NOT (?:OVER|EXCEEDING)|IN EXCESS OF|AT LEAST|EXCEEDING|GREATER THAN|MORE THAN|LESS THAN|OVER|UNDER|UP TO)"
_WEIGHT = re.compile(
    rf"(?:{_LIMIT} )?{_NUMBER}(?: ?{_GRAM})?(?:(?:,? (?:AND|BUT) {_LIMIT} | ?- ?){_NUMBER})? ?{_GRAM}(?: (?:OR|AND) (?:MORE|LESS|OVER|UNDER)\b)?"
)
_WEIGHED = re.compile(rf"\d ?(?:{_GRAM}|(?:POUNDS?|LBS?|OUNCES?|OZS?|KILO\w*|KGS?)\b)")
# What leads to a weight, and what may follow it; anything else, such as a figure cut in two, leaves it unknown.
_LEADS = re.compile(
    r"(?:^|\b(?:OF|TO[ -]WIT|POSSESS(?:ED|ING|ION)?|APPROXIMATELY|APPROX\.?|ABOUT|WEIGHING|WEIGHED|CONTAINING|BEING|DELIVER(?:ED|ING)?|MANUFACTURED?|SOLD|SELL"
    r"|CONTROL|WAS|IS|HAD|ANOTHER|CANNABIS|MARI[JH]UANA|SUBSTANCE|THEREOF))[ :,;(]*$"
)
_TRAILS = re.compile(
    r" ?(?:$|[.,;:)]|OF (?:(?!AND\b)[A-Z'-]+,? ){0,8}(?:CANN?[AI]B|MARI[JH]UANA|SUBSTANCE|SAME)|(?:CANN?[AI]B|MARI[JH]UANA|IN|AT|THEREOF|WITH|ON)\b)"
)
_OTHERWISE = re.compile(
    r"\b(?:COCAINE|CRACK|HEROIN|METH\w*|AMPHET\w*|PHENCYC\w*|PCP|LSD|LYSERG\w*|MORPHINE|CODEINE|OPIUM|PSILO\w*|MUSHROOMS?|PILLS?|CONTROLLED SUBSTANCE|POUNDS?|LBS?|OUNCES?|OZS?|KILO\w*|KGS?)\b"
)


def _weigh(charge: ChargeFound, line: Line, start: int) -> None:
    """Give a charge the one weight of cannabis that its sentence states behind the words of the offense; of one that
    it states otherwise only the place, for somebody to read."""
    text = line.plain
    named = list(_WEIGHED.finditer(text, start))
    if not named:
        return
    one = _WEIGHT.search(text, start)
    if one is None or any(not one.start() <= other.start() < one.end() for other in named):
        charge.amount_span = line.plain_at(*named[0].span())  # stated, and not to be told from others
        return
    charge.amount_span = line.plain_at(*one.span())
    led = _LEADS.search(text[start : one.start()]) and _TRAILS.match(text, one.end())
    if led and _OTHERWISE.search(text, start) is None:
        amount = amount_in(one[0])
        between = len(re.findall(_NUMBER, one[0])) > 1
        half = between and amount is not None and None in amount.grams  # of two limits one was not understood
        charge.amount = None if half else amount


# `the offense of theft, a Class A misdemeanor, in that he ...`: beside the words of the offense.
_CLASS_BESIDE = re.compile(
    r"[A-Z /,'-]{3,70}?, (?:A |AN )?(?:CLASS \w+ )?(?:FELONY|MISDEMEANOR|PETTY OFFENSE)(?=,? IN THAT)"
)
_BARE_CLASS = re.compile(r"(?<=, A )(?:FELONY|MISDEMEANOR)\b")


# Behind these a class is that of something else: `having been convicted of a Class 4 felony`.
_OF_ANOTHER = re.compile(
    r"\b(?:CONVICT\w*|UPON|NOT(?! (?:MORE|LESS|OVER|EXCEEDING))|PREVIOUS\w*|PRIOR|HAVING|SUBSEQUENT|SECOND|IF|WOULD)\b"
)


def _class(charge: ChargeFound, line: Line) -> None:
    """Give a charge the class that a row states, behind the citation or in the heading of the count."""
    start = (
        line.offset_of(charge.statute.span[-1].i) if charge.statute is not None and charge.lines == [charge.line] else 0
    )
    found = CLASSED.search(line.text, start) or _BARE_CLASS.search(line.text.upper(), start)
    if found is not None and _OF_ANOTHER.search(line.text.upper(), start or max(0, found.start() - 60), found.start()):
        found = None
    if found is None and charge.description_span is not None and _COUNT.match(line.text.upper()):
        found = CLASSED.search(line.text, 0, line.offset_of(charge.description_span[0].i))  # in the heading
    if found is None and charge.description_span is not None:
        low = line.offset_of(charge.description_span[0].i)
        beside = _CLASS_BESIDE.match(line.text.upper(), low)
        clear = beside is not None and _OF_ANOTHER.search(line.text.upper(), low, beside.start()) is None
        found = CLASSED.search(line.text, *beside.span()) if beside is not None and clear else None
    grade = grade_in(found[0]) if found is not None else None
    if charge.grade is None and found is not None and grade is not None:
        charge.grade, charge.grade_span = grade, line.at(found.start(), found.end())


def _heading_class(charge: ChargeFound, heading: Line) -> None:
    """Give a charge the class that the heading of its count states: `Count I. Theft (Misdemeanor, Class A)`."""
    found = CLASSED.search(heading.text)
    grade = grade_in(found[0]) if found is not None else None
    if found is not None and grade is not None:
        charge.grade, charge.grade_span = grade, heading.at(found.start(), found.end())


def _day_in(line: Line) -> tuple[DateFound, Span] | None:
    """The day the sentence says the offense was committed on; None where it gives several, or none."""
    dates = dates_in(line.text)
    told = [d for d in dates if _DAY_WORDS.search(line.text[: d.start].upper())] or dates
    if not told or len({d.value for d in told}) != 1 or told[0].value is None:
        return None
    return told[0], line.at(told[0].start, told[0].end)
