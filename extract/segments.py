"""Whose rows are whose: a page that tells of several cases is cut where each begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.caption import NumberMention, Part, number_mentions
from extract.numbers import same_case


def parts_of(parts: Sequence[Part]) -> list[list[Part]]:
    """For each defendant the parts of the pages that speak of them, in order of appearance."""
    people: list[list[Part]] = []
    numbers: list[str | None] = []
    for part in parts:
        for number, piece in _cut(part):
            home = _home(numbers, number)
            if home is None:
                numbers.append(number)
                people.append([piece])
            else:
                people[home].append(piece)
                numbers[home] = numbers[home] or number
    return people or [[]]


def _home(numbers: Sequence[str | None], number: str | None) -> int | None:
    """The person so far whose case `number` is; rows without a number belong to the last one."""
    if not numbers:
        return None
    if number is None:
        return len(numbers) - 1
    for at, known in enumerate(numbers):
        if known is not None and (same_case(known, number) or _misread(known, number)):
            return at
    return len(numbers) - 1 if numbers[-1] is None else None


def _misread(one: str, other: str) -> bool:
    """Whether two numbers may be one, misread once: alike but for a character that is not the suffix alone."""
    if abs(len(one) - len(other)) in (0, 2):
        short, long = sorted((one, other), key=len)
        differ = [i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b]
        suffix_only = len(one) == len(other) and len(one) > 9 and all(i >= len(one) - 2 for i in differ)
        return len(differ) <= 2 and not suffix_only
    return False


def _cut(part: Part) -> list[tuple[str | None, Part]]:
    mentions = [m for m in number_mentions(part) if m.own]
    groups: list[list[NumberMention]] = []
    for mention in mentions:
        for group in groups:
            value = group[0].found.value
            if same_case(value, mention.found.value) or _misread(value, mention.found.value):
                group.append(mention)
                break
        else:
            groups.append([mention])
    if len(groups) <= 1:
        return [(groups[0][0].found.value if groups else None, part)]
    return _rows_each(part, groups)


def _rows_each(part: Part, groups: Sequence[Sequence[NumberMention]]) -> list[tuple[str | None, Part]]:
    """The rows from each case's first number to the next one's; captions just above a number go with it."""
    starts = []
    for group in groups:
        row = next(n for n, line in part.numbered if line.span.start <= group[0].span.start < line.span.end)
        starts.append((_caption_top(part, row), group[0].found.value))
    starts.sort()
    starts[0] = (part.numbered[0][0], starts[0][1])
    out: list[tuple[str | None, Part]] = []
    for at, (first, number) in enumerate(starts):
        last = starts[at + 1][0] if at + 1 < len(starts) else part.numbered[-1][0] + 1
        rows = tuple((n, line) for n, line in part.numbered if first <= n < last)
        labels = tuple(label for label in part.labels if first <= label.line < last)
        if rows:
            out.append((number, replace(part, numbered=rows, labels=labels)))
    return out


def _caption_top(part: Part, row: int) -> int:
    """The row where the caption of the number in `row` begins: up to two rows above name the people."""
    lines = dict(part.numbered)
    for above in (row - 2, row - 1):
        line = lines.get(above)
        if line is not None and any(w in line.plain for w in ("PEOPLE", "DEFENDANT", "NAME")):
            return above
    return row
