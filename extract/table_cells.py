"""What a cell of a table holds, by its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from extract.charges import OFFENSE_WORD
from extract.dates import dates_in
from extract.dispositions import Effect, wordings_in
from extract.names import is_given
from extract.numbers import docket_numbers_in

_ENDINGS = (Effect.FINAL, Effect.PLEA_GUILTY, Effect.NOT_GUILTY, Effect.SENTENCE, Effect.WARRANT, Effect.GONE)


def speaks_of(text: str) -> str:
    """The one field that the words of a cell speak of; empty where they speak of none."""
    upper = text.upper()
    if docket_numbers_in(upper):
        return "docket_number"
    dates = dates_in(text)
    if dates and dates[0].end - dates[0].start >= 0.7 * len(text):
        return "date"
    if re.fullmatch(r"\W*\d{1,3}\W*", text):
        return "figure"
    if _MONEY.fullmatch(text):
        return "money"
    if re.fullmatch(r"\d{1,4} ?/ ?\d{1,4}", text):
        return "figure"  # a volume and its page
    for date in reversed(dates):
        upper = upper[: date.start] + upper[date.end :]
    if (
        re.search(r"\d{2,3}[-/ .](?:ILCS|5|550|570|\d{2,4})\b|CH\. ?\d|56.5|56 1/2", upper)
        or _CALIFORNIAN.search(upper)
        or OFFENSE_WORD.search(upper)
    ):
        return "charge" if not any(f.wording.effect in _ENDINGS for f in wordings_in(upper)) else "orders"
    if wordings_in(upper) or re.search(
        r"\b(?:CONT|APPOINTED|APPTD?|BOND|BAIL|MOTION|MTN|AGREEMENT|WARR|HEARING)\b", upper
    ):
        return "orders"
    words = re.findall(r"[A-Z][A-Z'-]+", upper)
    if _PARTIES.search(upper) and not any(c.isdigit() for c in text):
        return "name"  # `People vs`, in a column headed `Title of cause`
    if (
        ("," in text or any(is_given(word) for word in words))
        and 1 < len(words) <= 5
        and not any(c.isdigit() for c in text)
    ):
        return "name"
    return "other"


_CALIFORNIAN = re.compile(r"\b\d{3,5}(?:\.\d+)?(?:\([A-Z0-9]\))* ?(?:H\.?&?S|P\.?C|V\.?C|B\.?&?P)\b")
_MONEY = re.compile(r"\$? ?\d[\d,]*[.-]\d\d|\$ ?\d[\d,]*")
_PARTIES = re.compile(r"\bPEOPLE\b(?! OF)|(?<![A-Z])VS?\.?$")


def text_of(tokens: Iterable[Token]) -> str:
    """Words as plain text."""
    return " ".join(token.text for token in tokens)


def tells_ending(text: str) -> bool:
    """Whether a text says what became of a charge."""
    return any(found.wording.effect in _ENDINGS for found in wordings_in(text.upper()))
