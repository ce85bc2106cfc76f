"""The kinds of value a field can hold: how a reviewer types one, how it is shown, how it is kept as JSON."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from casefile.docket import (
    Disposition,
    Grade,
    Grams,
    Plea,
    Sex,
    Suffix,
    Termination,
)
from review_queue.shorthand import (
    DOCKET_EXPECTED,
    STATUTE_EXPECTED,
    NotUnderstoodError,
    docket_number_typed,
    statute_typed,
)

LONGEST = 200  # characters a reviewer may type into one field
MOST_GRAMS = 10_000_000.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value. `parse` takes what a person types, `show` gives what a person reads and could type
    again; `encode` and `decode` are the form of the value in JSON, as exports have it."""

    name: str
    expected: str
    parse: Callable[[str], Any]
    show: Callable[[Any], str]
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    words: tuple[str, ...] = ()  # all values, where they are few


# --- text ---


def _text(longest: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        plain = " ".join(unicodedata.normalize("NFC", text).split())
        if not plain or len(plain) > longest or not plain.isprintable():
            raise NotUnderstoodError(f"1 to {longest} printable characters")
        return plain

    return parse


NAME_EXPECTED = "a name: letters, hyphens, apostrophes and spaces; aliases stand in a field of their own"


def _name(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).upper().split())
    if not re.fullmatch(r"[^\W\d_][^\d_]{0,59}", plain) or re.search(r"[^\w '’.\-\u0300-\u036f]|\bAKA\b", plain):
        raise NotUnderstoodError(NAME_EXPECTED)
    return plain


ALIAS_EXPECTED = "an alias as SURNAME, GIVEN"


def _alias(text: str) -> str:
    parts = text.split(",")
    if len(parts) > 2:
        raise NotUnderstoodError(ALIAS_EXPECTED)
    return ", ".join(_name(part) for part in parts)


IDENTIFIER_EXPECTED = "letters and digits, 3 to 15 of them"


def _identifier(text: str) -> str:
    plain = re.sub(r"[\s.\-]", "", text).upper()
    if not re.fullmatch(r"[A-Z0-9]{3,15}", plain):
        raise NotUnderstoodError(IDENTIFIER_EXPECTED)
    return plain


def _as_text(kept: Any) -> str:
    if not isinstance(kept, str) or len(kept) > 10 * LONGEST:
        raise NotUnderstoodError("text")
    return kept


def text_kind(name: str, expected: str, parse: Callable[[str], str]) -> Kind:
    """A kind kept as text; what the machine read stays as it is, even where nobody could type it."""
    return Kind(name, expected, parse, str, str, _as_text)


TEXT = text_kind("text", "text as printed", _text(120))
RACE = text_kind("text", "the word or letter as printed", lambda text: _text(30)(text).upper())
NAME = text_kind("name", NAME_EXPECTED, _name)
ALIAS = text_kind("name", ALIAS_EXPECTED, _alias)
IDENTIFIER = text_kind("identifier", IDENTIFIER_EXPECTED, _identifier)
STATUTE = text_kind("statute", STATUTE_EXPECTED, statute_typed)
DOCKET_NUMBER = text_kind("docket_number", DOCKET_EXPECTED, docket_number_typed)

# --- dates ---

DATE_EXPECTED = "a date such as 5/20/93, 052093 or 1993-05-20"
BIRTH_EXPECTED = "a birth date such as 5/20/63, 052063 or 1963-05-20; 1900-1929 and 2000 on with all four digits"
_FIRST_YEAR, _LAST_YEAR = 1850, 2099
_TWO_DIGIT_PIVOT = 30  # dockets begin after 1930: 30 to 99 is 19.., 00 to 29 is 20..


def _date_parts(text: str) -> tuple[str, str, str] | None:
    """Year, month and day as typed; month first unless the year leads."""
    typed = text.strip()
    if found := re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", typed):
        return found[1], found[2], found[3]
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", typed):
        return found[3], found[1], found[2]
    if found := re.fullmatch(r"(\d\d)(\d\d)(\d{4}|\d{2})", typed):
        return found[3], found[1], found[2]
    return None


def _date(text: str) -> date:
    parts = _date_parts(text) if text.isascii() else None
    if parts is None:
        raise NotUnderstoodError(DATE_EXPECTED)
    year = int(parts[0])
    if len(parts[0]) == 2:
        year += 2000 if year < _TWO_DIGIT_PIVOT else 1900
    return _calendar_day(year, int(parts[1]), int(parts[2]))


def _birth_date(text: str) -> date:
    parts = _date_parts(text) if text.isascii() else None
    # A two-digit 05 may be 1905 or 2005; both are people of a docket.
    if parts is None or (len(parts[0]) == 2 and int(parts[0]) < _TWO_DIGIT_PIVOT):
        raise NotUnderstoodError(BIRTH_EXPECTED)
    return _date(text)


def _calendar_day(year: int, month: int, day: int) -> date:
    try:
        on = date(year, month, day)
    except ValueError:
        raise NotUnderstoodError("a day of the calendar, month first") from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise NotUnderstoodError(f"a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return on


def _kept_date(kept: Any) -> date:
    if not isinstance(kept, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", kept, re.ASCII):
        raise NotUnderstoodError("a date as YYYY-MM-DD")
    year, month, day = map(int, kept.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        raise NotUnderstoodError("a day of the calendar") from None


DATE = Kind("date", DATE_EXPECTED, _date, date.isoformat, date.isoformat, _kept_date)
BIRTH_DATE = Kind("date", BIRTH_EXPECTED, _birth_date, date.isoformat, date.isoformat, _kept_date)

# --- words out of a list ---


def _squeezed(text: str) -> str:
    return re.sub(r"[\s_.\-]+", " ", text.strip().lower()).strip()


def word_kind(
    name: str, words: type[StrEnum], short: Mapping[str, StrEnum], whole_only: tuple[StrEnum, ...] = ()
) -> Kind:
    """A kind whose values are the members of `words`: typed whole, by a beginning that fits one alone, by
    initials, or as one of `short`. Those of `whole_only` must be typed whole."""
    spelled = {_squeezed(member.value): member for member in words}
    initials = {"".join(part[0] for part in word.split()): member for word, member in spelled.items() if " " in word}
    expected = "one of: " + ", ".join(spelled)

    def parse(text: str) -> StrEnum:
        typed = _squeezed(text)
        for table in (spelled, short, initials):
            if typed in table:
                return table[typed]
        begun = {m for word, m in spelled.items() if typed and word.startswith(typed) and m not in whole_only}
        if len(begun) != 1:
            fits = sorted(member.value.replace("_", " ") for member in begun)
            raise NotUnderstoodError(f"more letters: {', '.join(fits)} all fit" if fits else expected)
        return begun.pop()

    def decode(kept: Any) -> StrEnum:
        try:
            return words(kept)
        except ValueError:
            raise NotUnderstoodError(expected) from None

    def show(value: StrEnum) -> str:
        return value.value.replace("_", " ")

    return Kind(name, expected, parse, show, lambda value: value.value, decode, tuple(spelled))


_D = Disposition
DISPOSITION = word_kind(
    "disposition",
    Disposition,
    {
        "pg": _D.GUILTY,
        "fg": _D.GUILTY,
        "vg": _D.GUILTY,
        "fng": _D.NOT_GUILTY,
        "sol": _D.STRICKEN_OFF_LEAVE,
        "fnpc": _D.NO_PROBABLE_CAUSE,
        "lfd": _D.LEAVE_TO_FILE_DENIED,
        "supv": _D.SUPERVISION,
        "710": _D.FIRST_OFFENDER_PROBATION,
        "1410": _D.FIRST_OFFENDER_PROBATION,
        "bfw": _D.WARRANT,
    },
    whole_only=(_D.EXPUNGED, _D.SEALED),  # these hide the record from everybody but administrators
)
TERMINATION = word_kind("termination", Termination, {"term sat": Termination.SATISFACTORY})
PLEA = word_kind("plea", Plea, {"pg": Plea.GUILTY, "png": Plea.NOT_GUILTY})
SEX = word_kind("sex", Sex, {"male": Sex.MALE, "female": Sex.FEMALE})
SUFFIX = word_kind("suffix", Suffix, {}, whole_only=tuple(Suffix))
GRADE = word_kind(
    "grade",
    Grade,
    {
        **{f"{prefix}{digit}": Grade(f"F{digit}") for digit in "1234" for prefix in ("", "class ", "cl ")},
        **{f"{prefix}{letter}": Grade(f"M{letter.upper()}") for letter in "abc" for prefix in ("", "class ", "cl ")},
        **{f"{prefix}x": Grade.FX for prefix in ("", "class ", "cl ")},
    },
    whole_only=tuple(Grade),
)

# --- yes and no ---


def _yes_or_no(text: str) -> bool:
    typed = text.strip().lower()
    if typed not in ("y", "yes", "n", "no"):
        raise NotUnderstoodError("yes or no")
    return typed.startswith("y")


def _kept_flag(kept: Any) -> bool:
    if not isinstance(kept, bool):
        raise NotUnderstoodError("yes or no")
    return kept


FLAG = Kind("flag", "yes or no", _yes_or_no, lambda value: "yes" if value else "no", bool, _kept_flag, ("yes", "no"))

# --- amounts ---

GRAMS_EXPECTED = "grams as 6, 2.5-10, <2.5 or >5000"
NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,8}(?:\.\d{1,4})?|\.\d{1,4})"


def number_shown(amount: float) -> str:
    """A number without a needless decimal point: `6`, `2.5`."""
    return str(int(amount)) if amount == int(amount) else repr(amount)


def _grams(text: str) -> Grams:
    typed = re.sub(r"\s*(?:grams?|gms?|g)\.?$", "", text.strip().lower()).replace(" ", "")
    if not typed.isascii():
        raise NotUnderstoodError(GRAMS_EXPECTED)
    if found := re.fullmatch(NUMBER, typed):
        return _amount(number_typed(found[1]), number_typed(found[1]))
    if found := re.fullmatch(rf"<{NUMBER}", typed):
        return _amount(None, number_typed(found[1]))
    if found := re.fullmatch(rf">{NUMBER}", typed):
        return _amount(number_typed(found[1]), None)
    if found := re.fullmatch(rf"{NUMBER}[-<]{NUMBER}", typed):
        return _amount(number_typed(found[1]), number_typed(found[2]))
    raise NotUnderstoodError(GRAMS_EXPECTED)


def number_typed(text: str) -> float:
    """A number as `NUMBER` takes it, commas between thousands or not."""
    return float(text.replace(",", ""))


def _amount(low: float | None, high: float | None) -> Grams:
    ends = [end for end in (low, high) if end is not None]
    if not ends or any(not 0 <= end <= MOST_GRAMS for end in ends) or ends != sorted(ends) or high == 0:
        raise NotUnderstoodError(GRAMS_EXPECTED)
    return Grams(low, high)


def _grams_shown(grams: Grams) -> str:
    if grams.low is None:
        return "<" + number_shown(grams.high or 0.0)
    if grams.high is None:
        return ">" + number_shown(grams.low)
    if grams.low == grams.high:
        return number_shown(grams.low)
    return f"{number_shown(grams.low)}-{number_shown(grams.high)}"


def _kept_grams(kept: Any) -> Grams:
    if not isinstance(kept, list) or len(kept) != 2:
        raise NotUnderstoodError("[low, high] in grams")
    if any(isinstance(end, bool) or not isinstance(end, int | float | None) for end in kept):
        raise NotUnderstoodError("[low, high] in grams")
    low, high = (None if end is None else float(end) for end in kept)
    return _amount(low, high)


GRAMS = Kind("grams", GRAMS_EXPECTED, _grams, _grams_shown, list, _kept_grams)
