"""Days and terms: anniversaries that are never early, and when a sentence is over."""

from __future__ import annotations

import math
from calendar import isleap
from collections.abc import Sequence
from datetime import date, timedelta

from casefile.docket import SentenceKind, SentencePart, Unit

FINANCIAL = (SentenceKind.FINE, SentenceKind.TIME_SERVED)
NO_TERM = (Unit.HOURS, Unit.DOLLARS)


def anniversary(day: date, years: int) -> date:
    """The same day that many years on; of 29 February the 1 March where there is none, so never a day early."""
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        return date.max if years > 0 else date.min
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def end_of_longest(start: date, sentence: Sequence[SentencePart], years_if_no_term: int) -> date | None:
    """When the longest term ends; None where it ends after all calendars."""
    parts = [part for part in sentence if part.kind not in FINANCIAL and part.unit not in NO_TERM]
    try:
        terms = [_months_and_days(part) for part in parts if part.amount is not None and part.unit is not None]
        if not terms or len(terms) < len(parts):
            terms.append((12 * years_if_no_term, 0))
        return max(_after(start, months, days) for months, days in terms)
    except (ValueError, OverflowError):
        return None


def is_surely_over(
    decided: date, sentence: Sequence[SentencePart], as_of: date, *, years_if_no_term: int, margin_years: int
) -> bool:
    """Whether the longest term from the day of decision ended longer ago than the margin that silence leaves."""
    ends = end_of_longest(decided, sentence, years_if_no_term)
    return ends is not None and as_of > anniversary(ends, margin_years)


def _months_and_days(part: SentencePart) -> tuple[int, int]:
    """A term as months and days, rounded up."""
    amount = part.amount or 0.0
    if part.unit is Unit.DAYS:
        return 0, math.ceil(amount)
    return math.ceil(amount * (12 if part.unit is Unit.YEARS else 1)), 0


def _after(start: date, months: int, days: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    first = date(start.year + years, month + 1, 1)
    return first + timedelta(days=start.day - 1 + days)
