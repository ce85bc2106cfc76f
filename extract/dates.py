"""Dates as courts write them; a day that no calendar holds stays unread."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
FIRST_YEAR, LAST_YEAR = 1900, 2035  # outside these a year is a misreading
_DIGITS = str.maketrans("OoQqDdIiLl|!ZzSsBbGg@", "000000111111225588660")
_D = r"[0-9OoQDIl|!iZzSsBG@]"
_NUMERIC = re.compile(
    rf"(?<![0-9A-Za-z/.-])({_D}{{1,2}})\s?([/.-])\s?({_D}{{1,2}})\s?\2\s?({_D}{{4}}|{_D}{{2}})(?![0-9A-Za-z]|[/.-]\d)"
)
_GLUED = re.compile(rf"(?<![0-9A-Za-z/.-])({_D}{{2}})[/.-]({_D}{{2}})({_D}{{2}})(?![0-9A-Za-z/.-])")
_STROKES = re.compile(r"^\W*(\d\d)[7/](\d\d)[7/](\d\d)(?!\d)")  # strokes read as sevens, where a date opens a row
_ISO = re.compile(
    rf"(?<![0-9A-Za-z/.-])((?:19|20){_D}{{2}})\s?([-/.])\s?({_D}{{1,2}})\s?\2\s?({_D}{{1,2}})(?![0-9A-Za-z]|[/.-]\d)"
)
_COMPACT = re.compile(r"(?<![0-9A-Za-z/.-])((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?![0-9A-Za-z/.-])")
_ORDINALS = (
    "FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH", "EIGHTH", "NINTH", "TENTH", "ELEVENTH", "TWELFTH",
    "THIRTEENTH", "FOURTEENTH", "FIFTEENTH", "SIXTEENTH", "SEVENTEENTH", "EIGHTEENTH", "NINETEENTH",
)  # fmt: skip
_TENS = {"TWENTY": 20, "TWENTIETH": 20, "THIRTY": 30, "THIRTIETH": 30}
# Months with a letter that printed like a figure, and the letters that the figures stand for.
_MISREAD_MONTHS, _AS_LETTERS = r"|0CT(?:OBER)?|N0V(?:EMBER)?|AU6|FE8|5EPT?", str.maketrans("0685", "OGBS")
_MONTH = r"(JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|" + (
    "|".join(MONTHS) + rf"|SEPT{_MISREAD_MONTHS})\.?"
)
# A year is followed by no further letter or figure, and is no length of time, weight or hour of the day.
_ENDS = r"(?![0-9A-Za-z]|:\d)(?![ -]{0,2}(?:DAYS?|DYS?|DA|MOS?|MONTHS?|MNTHS?|MTHS?|YRS?|YEARS?|HRS?|HOURS?|GRAMS?|GRMS?|GMS?|GRS?)\b)"
# The year: `1987`, `87`, `'87`, the blank of a form filled in as `19 87`, after `A.D.` or `in the year`.
_YEAR = rf"(?:A\.? ?D\.?,? ?|IN THE YEAR (?:OF OUR LORD )?)?['’`]?((?:19|20) ?{_D}{{2}}|\d{_D}|{_D}\d)" + _ENDS
_WORDED = re.compile(rf"(?<![A-Z]){_MONTH}[ /-]?({_D}{{1,2}})(?:ST|ND|RD|TH)?[ ,./-]+{_YEAR}", re.I)
_DAY_FIRST = re.compile(
    rf"(?<![0-9A-Z])({_D}{{1,2}})(?:ST|ND|RD|TH)?[ ./-]?(?:DAY OF )?{_MONTH}[ ,/-]+{_YEAR}",
    re.I,
)
# `the 17th day of Harch, 1981`: between these words only a month can stand.
_NEARLY = re.compile(rf"(?<![0-9A-Z])({_D}{{1,2}})(?:ST|ND|RD|TH)? DAY OF ([A-Z]{{3,10}})[ ,]+{_YEAR}", re.I)
MONTH_NAMES = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
)  # fmt: skip
# `Har 30 '87`: one letter of the month printed like another, and a day and a year behind it.
_LIKE_A_MONTH = re.compile(
    rf"(?<![0-9A-Z])([A-Z]{{3,9}})\.? (\d{{1,2}}),? (?:['’`](\d\d)|((?:19|20)\d\d)){_ENDS}", re.I
)
_ALIKE = {frozenset(pair) for pair in ("MH", "MN", "MW", "NH", "YV", "UV", "GC", "GO", "CO", "FP", "LI", "RK", "DO")}
# `Feb 26 186`: the apostrophe before the year was read as a one. `196` may as well have lost a figure, so it is none.
_AS_A_ONE = re.compile(
    rf"(?<![A-Z]){_MONTH} (\d{{1,2}}),? [1Il|]([5-8]\d)(?![.,]\d)(?! ?(?:[NSEW]|NORTH|SOUTH|EAST|WEST|LBS?|POUNDS)\b)(?! [A-Z]+ (?:ST|AVE?|RD|DR|BLVD|CT|PL)\b)"
    + _ENDS,
    re.I,
)
_MILITARY = re.compile(rf"(?<![0-9A-Z])(\d{{1,2}})({'|'.join(MONTHS)})((?:19|20)\d\d|\d\d)(?![0-9A-Z])", re.I)
_SPELLED = re.compile(
    rf"(?<![A-Z])((?:(?:TWENTY|THIRTY)[ -])?(?:{'|'.join(_ORDINALS)})|TWENTIETH|THIRTIETH) DAY OF {_MONTH}[ ,]+{_YEAR}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a text: `value` None where the shape is there but no such day exists. `exact`: no character
    had to be taken for another."""

    value: date | None
    raw: str
    start: int
    end: int
    exact: bool
    century_known: bool


@lru_cache(maxsize=4096)
def dates_in(text: str, *, latest: int = 2019) -> tuple[DateFound, ...]:
    """The dates `text` holds, in order; two-digit years fall in the hundred years up to `latest`."""
    found = [*_numeric(text, latest), *_worded(text, latest)]
    found.sort(key=lambda f: (f.start, -f.end))
    return tuple(_apart(found))


def _apart(found: list[DateFound]) -> Iterator[DateFound]:
    end = -1
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


def _numeric(text: str, latest: int) -> Iterator[DateFound]:
    strokes = _STROKES.match(text)
    if strokes is not None and "/" not in strokes[0]:
        one = _found(strokes, text, (strokes[3], strokes[1], strokes[2]), latest)
        if one.value is not None:
            yield DateFound(one.value, one.raw, one.start, one.end, exact=False, century_known=False)
    for m in _ISO.finditer(text):
        yield _found(m, text, (m[1], m[3], m[4]), latest)
    for m in _COMPACT.finditer(text):
        yield _found(m, text, (m[1], m[2], m[3]), latest)
    for m in _NUMERIC.finditer(text):
        if sum(c.isdigit() for c in m[0]) >= 3:
            yield _found(m, text, (m[4], m[1], m[3]), latest)
    for m in _GLUED.finditer(text):
        if sum(c.isdigit() for c in m[0]) >= 5:
            one = _found(m, text, (m[3], m[1], m[2]), latest)
            yield DateFound(one.value, one.raw, one.start, one.end, exact=False, century_known=False)


def _worded(text: str, latest: int) -> Iterator[DateFound]:
    month_first = [m for m in _WORDED.finditer(text) if not _is_name_of_month(m) and _stands_apart(m, 1)]
    for m in month_first:
        yield _found(m, text, (m[3], _month(m[1]), m[2]), latest)
    whole = [m.span() for m in month_first if re.search(r"\d{4}$", m[0])]
    for pattern in (_DAY_FIRST, _MILITARY):
        for m in pattern.finditer(text):
            if any(m.start() < end and start < m.end() for start, end in whole) or not _stands_apart(m, 2):
                continue  # `1 JAN 10, 2008`: a count, then the day
            yield _found(m, text, (m[3], _month(m[2]), m[1]), latest)
    for m in _NEARLY.finditer(text):
        near = [name for name in MONTH_NAMES if Levenshtein.distance(name, m[2].upper(), score_cutoff=1) == 1]
        if len(near) == 1 and re.fullmatch(_MONTH, m[2], re.I) is None:
            yield replace(_found(m, text, (m[3], _month(near[0]), m[1]), latest), exact=False)
    for m in _LIKE_A_MONTH.finditer(text):
        month = _month_like(m[1].upper())
        if month is not None and not _is_a_word(m):
            yield replace(_found(m, text, (m[3] or m[4], month, m[2]), latest), exact=False)
    for m in _AS_A_ONE.finditer(text):
        yield replace(_found(m, text, (m[3], _month(m[1]), m[2]), latest), exact=False)
    for m in _SPELLED.finditer(text):
        yield _found(m, text, (m[3], _month(m[2]), str(_ordinal(m[1].upper()))), latest)


def _month_like(word: str) -> str | None:
    """The one month whose name prints like `word` but for one letter, in figures; None if it is a month itself."""
    near = {
        _month(name)
        for name in (*MONTHS, *MONTH_NAMES)
        if len(name) == len(word)
        and len(unlike := [frozenset(pair) for pair in zip(name, word, strict=True) if pair[0] != pair[1]]) == 1
        and unlike[0] in _ALIKE
    }
    return near.pop() if len(near) == 1 and re.fullmatch(_MONTH, word, re.I) is None else None


def _is_name_of_month(m: re.Match[str]) -> bool:
    """Whether what looks like a day is the rest of the month's name: `APRIL 1948` is no 11th of April."""
    return m[1].upper() == "APR" and m[2].upper() == "IL"


# Words of their own a letter away from a month: `MAPLE WAY 12 1987` is no day in May.
_WORDS = ("WAY", "RAY", "HAY", "LAY", "NAY", "MAN", "JAM", "NOW", "FED")
_TO_A_DAY = re.compile(r"(?i)\b(?:TO|ON|FROM|UNTIL|SINCE|DATED?|CONT\w*|BY)\W*$")


def _is_a_word(m: re.Match[str]) -> bool:
    """Whether what is like a month is a word behind another, and no apostrophe tells that a year follows."""
    before = m.string[: m.start()]
    spoken = m[1].upper() in _WORDS and re.search(r"[A-Za-z]", before) is not None
    return spoken and m[3] is None and _TO_A_DAY.search(before) is None


def _stands_apart(m: re.Match[str], month: int) -> bool:
    """Whether a month with a figure for a letter stands by itself, so that no figure of a day or a count is in it."""
    around = m.string[: m.start(month)][-1:] + m.string[m.end(month) :][:1]
    return m[month].isalpha() or not any(c.isalnum() for c in around)


def _ordinal(words: str) -> int:
    """The day of the month that an ordinal in words names."""
    *tens, last = re.split(r"[ -]", words)
    return sum(_TENS[one] for one in tens) + (_TENS.get(last) or _ORDINALS.index(last) + 1)


def _month(name: str) -> str:
    return str(MONTHS.index(name[:3].upper().translate(_AS_LETTERS)) + 1)


def _found(m: re.Match[str], text: str, parts: tuple[str, str, str], latest: int) -> DateFound:
    bare = parts[0].replace(" ", ""), parts[1], parts[2]
    year, month, day = (part.translate(_DIGITS) for part in bare)
    exact = (year, month, day) == bare and re.search(_MISREAD_MONTHS[1:], m[0], re.I) is None
    value = day_of(year, month, day, latest=latest)
    return DateFound(value, text[m.start() : m.end()], m.start(), m.end(), exact, len(year) == 4)


def day_of(year: str, month: str, day: str, *, latest: int = 2019) -> date | None:
    """The day these digits name; None where the calendar has none such or the year is out of range."""
    if not (year + month + day).isdecimal():
        return None
    number = int(year)
    if len(year) == 2:
        number += latest // 100 * 100
        number -= 100 if number > latest else 0
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


_CONFUSED = {
    "0": "86", "1": "74", "2": "7", "3": "85", "4": "91", "5": "63", "6": "580", "7": "12", "8": "306", "9": "40",
}  # fmt: skip


def neighbours(value: date, raw: str) -> tuple[date, ...]:
    """Days that one misread digit away print like `value`."""
    two_digits = re.search(r"\d{4}", raw) is None
    text = f"{value:%m%d%y}" if two_digits else f"{value:%m%d%Y}"
    out: list[date] = []
    for at, digit in enumerate(text):
        for other in _CONFUSED.get(digit, ""):
            changed = text[:at] + other + text[at + 1 :]
            day = day_of(changed[4:], changed[:2], changed[2:4], latest=value.year // 100 * 100 + 99)
            if day is not None and abs(day.year - value.year) < 60:
                out.append(day)
    zeros = text.replace("6", "0")  # zeros printed with a stroke are read as sixes all over a page
    day = day_of(zeros[4:], zeros[:2], zeros[2:4], latest=value.year // 100 * 100 + 99)
    if day is not None and zeros != text:
        out.insert(0, day)
    return tuple(dict.fromkeys(out))


def opens_with_date(text: str) -> bool:
    """Whether a row begins with a date, as entries do."""
    found = dates_in(text)
    return (
        bool(found)
        and re.fullmatch(
            r"\W*(?:[CcTtNnOoUu.#]{0,5}\W?[0-9OoIl]{1,3}|(?:[Oo][Nn] )?(?:[Tt][Hh][Ee])?|[Oo][Nn])?\W*",
            text[: found[0].start],
        )
        is not None
    )


def closes_with_date(text: str) -> bool:
    """Whether a row ends with a date, as entries do where days have the last column."""
    found = dates_in(text)
    return bool(found) and not any(c.isalnum() for c in text[found[-1].end :])


def is_day(text: str) -> bool:
    """Whether a text is one date and no other letters or figures."""
    found = dates_in(text)
    return len(found) == 1 and sum(map(str.isalnum, found[0].raw)) == sum(map(str.isalnum, text))


_LONE = re.compile(r"\d[-/.]")
_PADDED = re.compile(r"0\d[-/.]|\d{1,2}[-/.]0\d[-/.]")
_BARE = re.compile(r"\d{1,2}[-/.]\d[-/.]")  # at the edge of a page only the first figure is lost


def may_have_lost_a_figure(raw: str, others: Iterable[str]) -> bool:
    """Whether a day that begins with one figure stands among days that pad theirs with a nought: `2-16-74`, which may
    have been `12-16-74`, beside `03-04-75`; not where more of those written like it go without: `4-1-75`, `5-8-75`."""
    days = list(others)
    if _LONE.match(raw) is None or not any(map(_PADDED.match, days)):
        return False
    alike = [day for day in days if _written(day) == _written(raw)]
    return sum(_BARE.match(day) is not None for day in alike) <= sum(_PADDED.match(day) is not None for day in alike)


def _written(raw: str) -> tuple[str, bool]:
    """How a day is written, whatever figures it pads: what parts them, and whether the century is told."""
    return re.sub(r"\w+", "", raw), len(re.findall(r"\w+", raw)[-1]) > 2
