"""The names under which a record may mean its defendant, each with every way to read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from casefile.docket import Defendant, Reading, Suffix
from match.names import letters, surname_parts

SUFFIXES = frozenset(Suffix.__members__)
LOST_SPACE = re.compile(r"(?<=[a-z])(?=[A-Z])")
PLAIN_COMMA = re.compile(r"[^,.]+, [^,]+")
COMMA = re.compile(r",|(?<=[^\s.]{3})\.\s")  # an early point may be one
WITHIN = re.compile(r"(?<=\w)[,.](?=\w)")
MOST_WORDS = 6
AT_HAND = 4096  # names of captions that are looked at together
SHORTEST_WORD = 3  # letters of each of two words that stand together

Borne = Callable[[str, str], bool]


class Variant(NamedTuple):
    """One way to read a name: its letters and the probability of that reading."""

    name: str
    p: float


class SaidName(NamedTuple):
    """One name the record gives its defendant; `said_as` is `main`, `alias`, `swapped`, in a run of ink without a
    comma, where either may come first, `turned` and, with a space put in or taken out, `mended`."""

    surnames: tuple[Variant, ...]
    givens: tuple[Variant, ...]
    said_as: str = "main"
    part: bool = False  # half of a double surname
    middle: str | None = None  # the one that goes with this name where it is not the record's


def names_as_printed(defendant: Defendant) -> tuple[SaidName, ...]:
    """The printed name, the halves of a double surname, and, without a comma, the name with the other one first."""
    surnames, givens = _variants(defendant.surname), _variants(defendant.given)
    said_names = [SaidName(surnames, givens)] if surnames or givens else []
    for variant in surnames:
        printed = _printed_as(defendant.surname, variant)
        parts = () if printed.isalpha() else surname_parts(printed)
        said_names += [SaidName((Variant(part, variant.p),), givens, part=True) for part in parts]
    if givens and surnames and _has_no_comma(defendant):
        said_names.append(SaidName(givens, surnames, "turned"))
    return tuple(said_names)


def names_said(defendant: Defendant, borne: Borne | None = None) -> tuple[SaidName, ...]:
    """Every name under which the record may mean its defendant, the printed one first.

    `borne` says of a name whether anybody listed bears it, or one that looks like it, as a surname, or as a given
    name: only so can words that have lost the space between them be told apart.
    """
    return (*names_as_printed(defendant), *names_besides(defendant, borne))


def names_besides(defendant: Defendant, borne: Borne | None = None) -> tuple[SaidName, ...]:
    """Those of `names_said` that are not as printed."""
    surnames, givens = _variants(defendant.surname), _variants(defendant.given)
    said_names = [said for said in _in_other_orders(defendant, borne) if said.surnames or said.givens]
    if givens and surnames and not _has_no_comma(defendant):
        said_names.insert(0, SaidName(givens, surnames, "swapped"))
    for alias in defendant.aliases:
        for text, p in alias.plausible():
            if text:
                surname, _, given = text.partition(",")
                names = _variant(surname, p), _variant(given or "", p)
                if names[0] or names[1] or givens:
                    said_names.append(SaidName(names[0], names[1] or givens, "alias"))
    return tuple(said_names)


def _has_no_comma(defendant: Defendant) -> bool:
    raw = defendant.surname.raw
    return raw is not None and raw == defendant.given.raw and "," not in raw


def _in_other_orders(defendant: Defendant, borne: Borne | None) -> Iterator[SaidName]:
    """Where surname and given name stand in one run of ink, the other ways to take it apart.

    Without a comma, either end may be the surname, and it may be of two words; a comma or a point may be a speck, or
    what is left of a letter, and a space lost.
    """
    raw = defendant.surname.raw
    if raw is None or raw != (defendant.given.raw or raw):
        return
    printed = letters(defendant.surname.value or ""), letters(defendant.given.value or "")
    known, said_as = {printed, printed[::-1]}, "mended" if raw.strip().isalpha() else "swapped"
    for words in dict.fromkeys(_taken_apart(raw)):
        for surname, given, _ in _splits(words) if len(words) <= MOST_WORDS else ():
            if (surname, given) not in known:
                known.add((surname, given))
                yield SaidName((Variant(surname, 1.0),), (Variant(given, 1.0),), said_as)
    for surname, given, middle in dict.fromkeys(_mended(raw, borne) if borne else ()):
        if (surname, given) not in known:
            yield SaidName((Variant(surname, 1.0),), (Variant(given, 1.0),), "mended", middle=middle)


def _taken_apart(raw: str) -> Iterator[tuple[str, ...]]:
    """The words that the ink may be, each way."""
    if not PLAIN_COMMA.fullmatch(raw):
        spaced = LOST_SPACE.sub(" ", raw)
        yield _words(spaced.replace(",", " "))
        if spaced != raw:
            yield _words(raw.replace(",", " "))
        if WITHIN.search(raw):
            yield _words(WITHIN.sub("", raw).replace(",", " "))
            yield _words(re.sub(r"[,.]", " ", spaced))


def _mended(raw: str, borne: Borne) -> Iterator[tuple[str, str, str]]:
    """Surname, given and middle name with a space put in or taken out; a printed comma's order is kept, and every word
    is one of the three."""
    first, after = _around_comma(raw)
    if len(first) + len(after) > MOST_WORDS:
        return
    unknown = [not borne("given", word) and not borne("surname", word) for word in after or first]
    for words in _spaced_anew(after or first, unknown, borne) if any(unknown) else ():
        if first and after:
            yield "".join(first), words[0], "".join(words[1:])
            continue
        for surname, given, left in _splits(words):
            if all(len(word) == 1 or borne("given", word) for word in left):
                yield surname, given, "".join(left)


@lru_cache(maxsize=AT_HAND)
def _around_comma(raw: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words before and after what may be a comma."""
    first, *rest = [_words(half) for half in COMMA.split(LOST_SPACE.sub(" ", raw), maxsplit=1)]
    return first, rest[0] if rest else ()


def words_of(defendant: Defendant) -> tuple[str, ...]:
    """The words of which `names_besides` asks whether anybody bears them."""
    raw = defendant.surname.raw
    if raw is None or raw != (defendant.given.raw or raw):
        return ()
    first, after = _around_comma(raw)
    return (after or first) if len(first) + len(after) <= MOST_WORDS else ()


def halves_of(word: str) -> Iterator[str]:
    """The beginnings and the ends of a word that may be one of two which lost the space between them."""
    for length in range(SHORTEST_WORD, len(word) - SHORTEST_WORD + 1):
        yield word[:length]
        yield word[-length:]


def _spaced_anew(words: tuple[str, ...], unknown: list[bool], borne: Borne) -> Iterator[tuple[str, ...]]:
    """The words with a space put in, or taken out, where that makes a name of what is none, as `unknown` says."""
    for at, word in enumerate(words):
        if unknown[at] and len(word) >= 2 * SHORTEST_WORD:
            yield from ((*words[:at], *two, *words[at + 1 :]) for two in _two_words(word, borne))
        if at and (unknown[at] or unknown[at - 1]):
            both = words[at - 1] + word
            if borne("surname", both) or borne("given", both):
                yield (*words[: at - 1], both, *words[at + 1 :])


def _words(text: str) -> tuple[str, ...]:
    words = [letters(word) for word in text.split()]
    return tuple([word for word in words if word and word not in SUFFIXES])


def _two_words(word: str, borne: Borne) -> Iterator[tuple[str, str]]:
    """The word as the longest given name that it begins with and a rest, and as a rest and such a name at its end."""
    at_most = len(word) - SHORTEST_WORD
    lengths = range(at_most, SHORTEST_WORD - 1, -1)
    first = next((n for n in lengths if borne("given", word[:n])), 0)
    last = next((n for n in lengths if borne("given", word[-n:])), 0)
    if first:
        yield word[:first], word[first:]
    if last and len(word) - last != first:
        yield word[:-last], word[-last:]


def _splits(words: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Surname and given name, each of one word or the surname of two, and the words left over."""
    if len(words) == 2:
        yield words[0], words[1], ()
        yield words[1], words[0], ()
    if len(words) >= 3:
        yield words[0], words[1], words[2:]
        yield words[-1], words[0], words[1:-1]
        yield words[0] + words[1], words[2], words[3:]
        yield words[-2] + words[-1], words[0], words[1:-2]


def _variants(reading: Reading[str]) -> tuple[Variant, ...]:
    if reading.confidence == 1.0 and not reading.alternatives:
        return _variant(reading.value or "", 1.0)
    found: dict[str, float] = {}
    for text, p in reading.plausible():
        if text and (name := letters(text)):
            found[name] = found.get(name, 0.0) + p
    return tuple(Variant(name, min(p, 1.0)) for name, p in found.items())


def _variant(text: str, p: float) -> tuple[Variant, ...]:
    name = letters(text)
    return (Variant(name, p),) if name else ()


def _printed_as(reading: Reading[str], variant: Variant) -> str:
    """The text, spaces and hyphens included, that `variant` was made from."""
    if not reading.alternatives:
        return reading.value or ""
    return next(text for text, _ in reading.plausible() if text and letters(text) == variant.name)
