"""Grams a description states, and whether section and letter agree with them on the day of the offense."""
# ruff: noqa: E501 - a pattern or a table row is easier to check on one line

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from casefile.docket import Grade, Grams

_N = r"(\d{1,3}(?:,\d{3})|\d{1,5}(?:\.\d{1,3})?|\.\d{1,2})"
_UNIT = r"(?:GRAMS?|GRMS?|GRS?|GMS?|G)\b"
_CANNABIS = re.compile(r"\bCANN?(?:[AI]B[IU]S)?\b|CANN[AI]BIS|CANABIS|MARI[JH]UANA|HASHISH")
_STEPS = (
    1.0,
    2.5,
    5.0,
    10.0,
    14.0,
    15.0,
    28.0,
    30.0,
    100.0,
    200.0,
    400.0,
    500.0,
    900.0,
    2000.0,
    2500.0,
    5000.0,
)
_LADDER = (2.5, 10.0, 30.0, 100.0, 500.0, 2000.0, 5000.0)
_LIKE_DIGITS = str.maketrans("OQIL|SZ", "0011152")


@dataclass(frozen=True, slots=True)
class AmountFound:
    """An amount in a text, with its place; `exact` where nothing had to be supplied or repaired."""

    grams: Grams
    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Shape:
    pattern: re.Pattern[str]
    kind: str


_SHAPES = (
    _Shape(re.compile(rf"{_N}\s?(?:{_UNIT})?\s?(?:-|<|>|TO|LESS THAN|BUT LESS THAN)\s?{_N}"), "band"),
    _Shape(
        re.compile(
            rf"(?:>|\bOVER|\bMORE THAN|\bEXCEEDING)\s?{_N}\s?(?:{_UNIT})?,?\s?(?:AND|BUT)"
            rf"\s(?:NOT (?:MORE THAN|OVER|EXCEEDING)|LESS THAN|UNDER|UP TO)\s?{_N}"
        ),
        "band",
    ),
    _Shape(re.compile(rf"\b(?:NOT? LESS THAN|AT LEAST)\s?{_N}"), "over"),
    _Shape(
        re.compile(
            rf"(?:<=?|=<|\bU/|\bL/T|\bLT|\bUNDER|\bBELOW|(?<!\bNOT )(?<!\bNO )\bLESS(?: THAN)?|\bNOT? (?:MORE THAN|OVER|EXCEEDING|(?:TO|IN) EXCE(?:ED|SS OF))|\bUP TO)\s?{_N}"
        ),
        "under",
    ),
    _Shape(
        re.compile(
            rf"(?<!\bNOT )(?<!\bNO )(?<!\bNOT IN )(?:>=?|=>|\bO/|\b[GM]/T|\bGT|\bOVER|\bABOVE|\bMORE THAN|\bGREATER THAN|\bEXCEEDING|\bEXCESS OF)\s?{_N}"
        ),
        "over",
    ),
    _Shape(re.compile(rf"{_N}\s?(?:{_UNIT})?\s?(?:AND|&|OR) (?:UNDER|LESS)"), "under"),
    _Shape(re.compile(rf"{_N}\s?(?:{_UNIT})?\s?(?:AND|&|OR) (?:OVER|MORE)"), "over"),
    _Shape(re.compile(rf"{_N}\s{_N}\s?{_UNIT}"), "gap"),
    _Shape(re.compile(rf"{_N}\s?{_UNIT}"), "exact"),
)


_OTHER_UNIT = re.compile(r"\d ?(?:LBS?|POUNDS?|KGS?|KILOS?|KILOGRAMS?|OZS?|OUNCES?)\b")
_LOST_BEFORE = re.compile(r"(?<![\d/.-])\d{1,3}[ ,] ?$")


def grams_in(text: str) -> Grams | None:
    """The one amount in grams `text` states; None where it states none."""
    found = amount_in(text)
    return found.grams if found is not None else None


def amount_in(text: str) -> AmountFound | None:
    """The first amount in grams in `text`; plants, dollars and pills are none."""
    typed = _in_figures(text.upper())
    upper = _repaired(typed)
    if "PLANT" in upper or "$" in upper or "PILL" in upper or _OTHER_UNIT.search(upper):
        return None
    cannabis = _CANNABIS.search(upper) is not None
    for shape in _SHAPES:
        for m in shape.pattern.finditer(upper):
            found = _amount(shape.kind, m, upper, cannabis=cannabis)
            if found is not None and _LOST_BEFORE.search(upper[: m.start()]):
                return None  # `1 015 GRAMS`: nobody knows whether both are one number
            if found is not None:
                exact = found[1] and upper == typed
                return AmountFound(found[0], m.start(), m.end(), exact)
    return None


_WORDED = {
    "TWO AND ONE HALF": "2.5", "TWO AND A HALF": "2.5", "TWO AND ONE-HALF": "2.5", "2 1/2": "2.5", "2-1/2": "2.5", "2½": "2.5",
    "TEN": "10", "THIRTY": "30", "FIVE HUNDRED": "500", "TWO THOUSAND": "2000", "FIVE THOUSAND": "5000", "ONE": "1", "FIVE": "5",
    "TWENTY": "20", "FIFTY": "50", "ONE HUNDRED": "100", "FIFTEEN": "15", "TWENTY-FIVE": "25", "TWENTY FIVE": "25",
}  # fmt: skip
_WORDED_PATTERN = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, _WORDED), key=len, reverse=True)) + r")(?![A-Z0-9])"
)


def _in_figures(upper: str) -> str:
    """Amounts spelled in words as figures: `UNDER TWO AND ONE HALF GRAMS`."""
    return _WORDED_PATTERN.sub(lambda m: _WORDED[m[0]], upper)


def _repaired(upper: str) -> str:
    """Letters between digits of an amount read as the digits they print like: `30-5OO`, `1O-30`; `2.5(10 GRAMS` as a
    band, where nothing closes what would open there."""
    upper = re.sub(r"(?<=\d)[({\[](?=\d+(?:\.\d+)? ?G[A-Z]*\b(?![^(){}\[\]]*[)}\]]))", "<", upper)
    upper = re.sub(r"(?<=\d)(?:\. | \.)(?=\d)", ".", upper)
    return re.sub(r"(?<=[\d.,<>-])[OQIL|SZ]+(?=[\d\s.,<>-]|G|$)|[OIL|](?=\d*\.\d)", _as_digits, upper)


def _as_digits(m: re.Match[str]) -> str:
    return m[0].translate(_LIKE_DIGITS)


def _amount(kind: str, m: re.Match[str], text: str, *, cannabis: bool) -> tuple[Grams, bool] | None:
    numbers = [float(n.replace(",", "")) for n in m.groups()]
    unit = re.match(rf"\s?{_UNIT}", text[m.end() :]) is not None or re.search(_UNIT, m[0]) is not None
    if not (unit or (cannabis and all(n in _LADDER for n in numbers))) or text[m.end() :].startswith(
        ("K", "%", "/9", "/8")
    ):
        return None
    if kind == "exact":
        return Grams(numbers[0], numbers[0]), not (numbers[0] in _STEPS and _may_have_lost_its_sign(text, m))
    if kind == "over":
        return Grams(numbers[0], None), numbers[0] in _STEPS
    if kind == "under":
        return Grams(None, numbers[0]), numbers[0] in _STEPS
    return _band(numbers[0], numbers[1], kind, at_end=m.end() == len(text))


def _may_have_lost_its_sign(text: str, amount: re.Match[str]) -> bool:
    """Whether what stands right beside an amount may be `<` or `+` as it prints: `CANNABIS K 2.5 G`, `30G+`."""
    opened = text[: amount.start()].rstrip().endswith("(") and ")" not in text[amount.end() :]
    return opened or text[amount.end() :].startswith("+") or _LIKE_A_SIGN.search(text[: amount.start()]) is not None


_LIKE_A_SIGN = re.compile(r"(?:\s[A-Z&]\s|[+=~«»‹›{\[])\s?$")


def _band(low: float, high: float, kind: str, *, at_end: bool) -> tuple[Grams, bool] | None:
    """A band between two figures; one cut off at the field's end or robbed of its point is completed."""
    if low < high:
        if kind == "gap" and not _neighbours(low, high):
            return None
        return Grams(low, high), kind == "band" and low in _STEPS and high in _STEPS
    if low == 25.0 and high == 10.0:
        return Grams(2.5, 10.0), False
    whole = [step for step in _LADDER if f"{step:g}".startswith(f"{high:g}") and step > low]
    if at_end and whole and low in _LADDER:
        return Grams(low, whole[0]), True
    return None


def _neighbours(low: float, high: float) -> bool:
    return low in _LADDER and high in _LADDER and _LADDER.index(high) - _LADDER.index(low) in (1, 2)


@dataclass(frozen=True, slots=True)
class Bands:
    """What the letters of a section meant from a day on."""

    section: str
    since: date
    letters: dict[str, tuple[float, float]]
    classes: dict[str, tuple[Grade, ...]]


@lru_cache(maxsize=1)
def _bands() -> tuple[Bands, ...]:
    raw = tomllib.loads(resources.files("extract").joinpath("data").joinpath("bands.toml").read_text("utf-8"))
    return tuple(
        Bands(
            b["section"],
            b["since"],
            {letter: (float(low), float(high)) for letter, (low, high) in b["letters"].items()},
            {letter: tuple(map(Grade, classes)) for letter, classes in b["classes"].items()},
        )
        for b in raw["bands"]
    )


def bands_of(section: str, on: date | None) -> tuple[dict[str, tuple[float, float]], ...]:
    """The meanings of a section's letters that may have held: one where the day is known, else every one."""
    return tuple(bands.letters for bands in _held(section, on))


def _held(section: str, on: date | None) -> list[Bands]:
    mine = [b for b in _bands() if b.section == section]
    return mine if on is None else [b for b in mine if b.since <= on][-1:]


def classes_of(section: str, letter: str, on: date | None) -> tuple[Grade, ...]:
    """The classes that a clerk may have printed for a letter of section 4 or 5; empty where none is known."""
    found = (grade for bands in _held(section, on) for grade in bands.classes.get(letter, ()))
    return tuple(dict.fromkeys(found))


def letters_for(grams: Grams, section: str, on: date | None) -> frozenset[str]:
    """The letters of `section` that an amount can stand under; empty where the section has no bands."""
    out: set[str] = set()
    for letters in bands_of(section, on):
        out |= {letter for letter, band in letters.items() if _within(grams, band)}
    return frozenset(out)


def _within(grams: Grams, band: tuple[float, float]) -> bool:
    low, high = grams
    if low is not None and low == high:
        return band[0] < low <= band[1] or (low == 0 == band[0])
    low_end = 0.0 if low is None else low
    high_end = float("inf") if high is None else high
    return low_end >= band[0] and high_end <= band[1]


def agreement(section: str, letter: str, grams: Grams | None, on: date | None) -> bool | None:
    """Whether letter and amount agree on that day; None where one is missing, the section has no bands, or the
    words leave the letter open, as `over 30 grams` does between 30 to 500 and more."""
    known = bands_of(section, on)
    if grams is None or not letter or not known:
        return None
    if letter in letters_for(grams, section, on):
        return True
    bands = [letters[letter] for letters in known if letter in letters]
    return None if any(_touches(grams, band) for band in bands) else False


def _touches(grams: Grams, band: tuple[float, float]) -> bool:
    """Whether words such as `under 30` or `over 30` leave room for some of the band."""
    low, high = grams
    if (low is None) == (high is None):
        return False  # an exact weight or a band with two ends says which letter it is
    return band[1] > low if low is not None else high is not None and band[0] < high
