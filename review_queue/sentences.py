"""Sentences: how a reviewer types one, how it is shown, how it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from casefile.docket import SentenceKind, SentencePart, Unit
from review_queue.shorthand import NotUnderstoodError
from review_queue.values import NUMBER, Kind, number_shown, number_typed, word_kind

SENTENCE_EXPECTED = "parts of a sentence such as 24 months probation; 100 dollars fine; time served"
_UNITS = {
    **dict.fromkeys(("d", "day", "days", "dys"), Unit.DAYS),
    **dict.fromkeys(("mo", "mos", "month", "months", "mths"), Unit.MONTHS),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), Unit.YEARS),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), Unit.HOURS),
    **dict.fromkeys(("dollar", "dollars"), Unit.DOLLARS),
}
_SENTENCE_WORDS = word_kind(
    "sentence",
    SentenceKind,
    {
        "idoc": SentenceKind.PRISON,
        "doc": SentenceKind.PRISON,
        "ccdoc": SentenceKind.JAIL,
        "tcs": SentenceKind.TIME_SERVED,
        "supv": SentenceKind.SUPERVISION,
    },
)
_PART = re.compile(rf"(?:(?P<dollars>\$) ?)?{NUMBER} ?(?P<unit>[a-z]+)? +(?P<kind>[a-z][a-z _]*)")


def _sentence(text: str) -> tuple[SentencePart, ...]:
    parts = [part.strip().lower() for part in text.split(";")]
    if not 0 < len(parts) <= 20 or not all(parts):
        raise NotUnderstoodError(SENTENCE_EXPECTED)
    return tuple(_sentence_part(part) for part in parts)


def _sentence_part(text: str) -> SentencePart:
    found = _PART.fullmatch(text)
    if found is None:
        return SentencePart(_sentence_kind(text))
    amount, unit_word, kind = number_typed(found[2]), found["unit"], found["kind"]
    if found["dollars"]:
        return SentencePart(_sentence_kind(f"{unit_word or ''} {kind}"), amount, Unit.DOLLARS)
    if unit_word in _UNITS:
        return SentencePart(_sentence_kind(kind), amount, _UNITS[unit_word])
    return SentencePart(_sentence_kind(f"{unit_word or ''} {kind}"), amount)


def _sentence_kind(text: str) -> SentenceKind:
    try:
        kind = _SENTENCE_WORDS.parse(text)
    except NotUnderstoodError:
        raise NotUnderstoodError(SENTENCE_EXPECTED) from None
    return SentenceKind(kind)


def _sentence_shown(parts: tuple[SentencePart, ...]) -> str:
    return "; ".join(_part_shown(part) for part in parts)


def _part_shown(part: SentencePart) -> str:
    amount = "" if part.amount is None else number_shown(part.amount)
    words = (amount, part.unit.value if part.unit else "", part.kind.value.replace("_", " "))
    return " ".join(word for word in words if word)


def _sentence_kept(parts: tuple[SentencePart, ...]) -> list[dict[str, Any]]:
    return [{"kind": part.kind, "amount": part.amount, "unit": part.unit} for part in parts]


def _kept_sentence(kept: Any) -> tuple[SentencePart, ...]:
    if not isinstance(kept, list) or not all(isinstance(part, dict) and "kind" in part for part in kept):
        raise NotUnderstoodError("a list of sentence parts")
    return tuple(_kept_part(part) for part in kept)


def _kept_part(kept: Mapping[str, Any]) -> SentencePart:
    amount, unit = kept.get("amount"), kept.get("unit")
    if isinstance(amount, bool) or not isinstance(amount, int | float | None):
        raise NotUnderstoodError("an amount in numbers")
    try:
        kind, measured = SentenceKind(kept["kind"]), None if unit is None else Unit(unit)
    except ValueError:
        raise NotUnderstoodError("a known kind and unit") from None
    return SentencePart(kind, None if amount is None else float(amount), measured)


SENTENCE = Kind("sentence", SENTENCE_EXPECTED, _sentence, _sentence_shown, _sentence_kept, _kept_sentence)
