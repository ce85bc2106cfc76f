"""Birth dates compared as printed figures, never only as days of a calendar."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

FIGURES = str.maketrans("OQDCUIL|JTZASGBE", "0000011111245683")
SMALL = str.maketrans("gqb", "996")  # small letters taken for other figures than their capitals
FIGURE = frozenset("0123456789")
STROKES = frozenset("17")  # what a slash is taken for
ALIKE = {
    frozenset(pair)
    for pair in ("08", "06", "68", "38", "35", "56", "58", "17", "27", "49", "03", "69", "46", "89", "09")
}


@lru_cache(maxsize=1 << 16)
def figures_of(day: date) -> str:
    """The eight figures of a date in the order year, month, day."""
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


@lru_cache(maxsize=1 << 12)
def printed_figures(raw: str) -> tuple[str, ...]:
    """Every way `raw` may be read as month, day, year: eight figures, or six where the year has two.

    Letters count as the figures they are taken for; a slash read as 1 or 7 is taken out again. Where a figure was
    lost, `?` stands in its place (from 1/02 one was: there months and days are printed with two); where one too many
    was read, each is left out in turn.
    """
    if whole := _standing_apart(raw):
        return (whole,)
    groups = re.findall(r"[0-9]+", _in_figures(raw))
    if len(groups) == 3 and (mended := _mended(*groups)):
        return mended
    return _without_strokes("".join(groups))


def whole_figures(raw: str) -> str | None:
    """The one reading of a date whose month, day and year stand apart with no figure too many or too few.

    None where a date must be mended first: among figures that run together, any 1 or 7 may have been a slash, and a
    letter may stand for more figures than the one it is mostly taken for.
    """
    printed = sum(c in FIGURE for c in raw)
    return _standing_apart(raw) if printed == sum(c in FIGURE for c in _in_figures(raw)) else None


def _standing_apart(raw: str) -> str | None:
    """The reading of a date whose parts stand apart, letters taken for figures."""
    text = _in_figures(raw)
    iso = re.fullmatch(r"\D*(\d{4})\D(\d\d)\D(\d\d)\D*", text, re.ASCII)
    if iso:
        return f"{iso[1]}{iso[2]}{iso[3]}"
    groups = re.findall(r"[0-9]+", text)
    if len(groups) == 3 and len(groups[0]) <= 2 and len(groups[1]) <= 2 and len(groups[2]) in (2, 4):
        month, day, year = groups
        return None if _one_lost(month, day) else f"{year}{month:0>2}{day:0>2}"
    return None


def _one_lost(month: str, day: str) -> bool:
    """Whether a figure of the month or the day is missing: one of them is 0, or the other is printed 01 to 09."""
    return "0" in (month, day) or (len(month) != len(day) and max(month, day, key=len).startswith("0"))


def _in_figures(raw: str) -> str:
    return raw.translate(SMALL).upper().translate(FIGURES)


def _mended(month: str, day: str, year: str) -> tuple[str, ...]:
    """Readings of three groups of which some have one figure too many or a year one too few."""
    years = _one_less(year) if len(year) == 5 else _one_more(year) if len(year) == 3 else [year]
    lost = _one_lost(month, day)
    months, days = (_two_figures(group, lost=lost) for group in (month, day))
    widths = {len(group) for group in (*months, *days)}
    if widths != {2} or len(years[0]) not in (2, 4):
        return ()
    return tuple(dict.fromkeys(y + m + d for y in years for m in months for d in days))


def _two_figures(group: str, *, lost: bool) -> list[str]:
    if len(group) == 3:
        return _one_less(group)
    return [group.zfill(2), *(_one_more(group) if lost and len(group) == 1 else ())]


def _one_less(group: str) -> list[str]:
    return [group[:i] + group[i + 1 :] for i in range(len(group))]


def _one_more(group: str) -> list[str]:
    return [group[:i] + "?" + group[i:] for i in range(len(group) + 1)]


def _without_strokes(run: str) -> tuple[str, ...]:
    readings: list[str] = []
    for width in (8, 6):
        for first in (False, True):
            for second in (False, True):
                rest = run
                if second and len(rest) > 4 + first and rest[4 + first] in STROKES:
                    rest = rest[: 4 + first] + rest[5 + first :]
                if first and len(rest) > 2 and rest[2] in STROKES:
                    rest = rest[:2] + rest[3:]
                if len(rest) == width == len(run) - first - second:
                    readings.append(rest[4:] + rest[:4])
    return tuple(dict.fromkeys(readings))


def birth_date_level(read: str, listed: str) -> str:
    """How far the figures of two dates agree; `read` may have a year of two figures."""
    if len(read) == 6:
        listed = listed[2:]
    if read == listed:
        return "exact"
    off = [(a, b) for a, b in zip(read, listed, strict=True) if a != b]
    alike = len(off) <= 2 and all("?" in pair or frozenset(pair) in ALIKE for pair in off)
    if alike and len(off) == 1:
        return "figures_alike"
    if len(off) == 1 or (len(off) == 2 and _neighbours_swapped(read, listed)):
        return "one_figure"
    if read[:-4] == listed[:-4] and read[-4:-2] == listed[-2:] and read[-2:] == listed[-4:-2]:
        return "day_and_month_swapped"
    if read[-4:] == listed[-4:] and "?" not in read and abs(int(read[:-4]) - int(listed[:-4])) == 1:
        return "next_year"
    if len(off) == 2:
        return "two_alike" if alike else "two_figures"
    return "same_year" if read[:-4] == listed[:-4] else "differs"


def _neighbours_swapped(a: str, b: str) -> bool:
    off = [i for i in range(len(a)) if a[i] != b[i]]
    return len(off) == 2 and off[1] == off[0] + 1 and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
