"""Names as captions print them: which part is the surname, what is an alias, a suffix or an initial."""
# ruff: noqa: E501 - a pattern or a table row is easier to check on one line

from __future__ import annotations

import csv
import gzip
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from casefile.docket import Suffix

_SUFFIXES = {"JR": Suffix.JR, "SR": Suffix.SR, "II": Suffix.II, "III": Suffix.III, "IV": Suffix.IV}
_SUFFIXES |= {
    "LL": Suffix.II,
    "LLL": Suffix.III,
    "11": Suffix.II,
    "111": Suffix.III,
    "2ND": Suffix.II,
    "3RD": Suffix.III,
}
_PARTICLES = {
    "DE",
    "LA",
    "DEL",
    "LOS",
    "VAN",
    "VON",
    "DER",
    "ST",
    "ST.",
    "SAN",
    "MC",
    "MAC",
    "DI",
    "DA",
    "LE",
    "DU",
    "O",
}
_ALIAS = re.compile(r"\b(?:A\.?K\.?A\.?|A/K/A|ALIAS|ALSO KNOWN AS)\b[:. ]*", re.I)
_NOT_NAMES = {
    "VS", "THE", "PEOPLE", "STATE", "ILLINOIS", "NUMBER", "PAGE", "CASE", "NO", "DEFENDANT", "COURT", "JUDGE", "COUNTY",
    "COOK", "OF", "DATE", "BIRTH", "SEX", "RACE", "UNKNOWN", "NONE", "IR", "SID", "DOB", "BR", "CHARGE", "DOCKET",
    "STATEMENT", "CERTIFIED", "CONVICTION", "DISPOSITION", "CIRCUIT", "CLERK", "CITY", "CHICAGO", "BRANCH", "PLAINTIFF",
    "DEFT", "NAME", "AKA", "ALIAS", "AND", "DOC", "ATTORNEY", "STATES", "APPEARS", "APPEARED", "APPEARING", "WITH", "COUNSEL", "CONT",
    "PLEADS", "PLEADED", "WAIVES", "WAIVED", "HAVING", "THAT", "THERETO", "HEREIN", "POSSESSION", "DEFENDANTS", "ADVISED",
    "ORDERED", "ENTERS", "ENTERED", "FAILS", "FAILED", "RELEASED", "RECOGNIZANCE", "REMANDED", "ARRAIGNED", "REPRESENTED", "WITHDRAWS",
    "SENTENCED", "PLEA", "ADMITS", "DENIES", "FILES", "ENFORCEMENT", "AGENCY", "WAS", "WERE", "BEEN", "THIS", "CHARGED",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name in parts. `ordered` tells how the order was known: `comma`, `columns`, `initial`, `list`
    (by how many people are given and inherit these names), `rare` (so, too, of two names of which no list has one),
    `last` (so, too, but with words that may be dirt) or `guess`."""

    surname: str
    given: str
    middle: str
    suffix: Suffix | None
    aliases: tuple[str, ...]
    ordered: str
    mended: bool = False  # a digit stood among the letters


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Common given names, few of which are words of other kinds."""
    text = resources.files("extract").joinpath("data").joinpath("given_names.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_ever_given(word: str) -> bool:
    """Whether the census knows anybody who was given this name."""
    return word in given_names() or _bare(word) in _shares("given")


def is_borne(name: str, kind: str) -> bool:
    """Whether people have this `given` name or `surname`, as a whole or each word of it."""
    whole = re.sub(r"[' .-]", "", name)
    words = [word for word in re.split(r"[ -]", name) if word.strip(".") not in _PARTICLES]
    shares = _shares(kind)
    return whole in shares or (bool(words) and all(_bare(word) in shares for word in words))


@lru_cache(maxsize=4096)
def may_be_misread(word: str) -> bool:
    """Whether nobody was given this name, and one that many were stands a letter away; of a longer name, two or three."""
    if is_ever_given(word):
        return False
    most = 1 + (len(word) > _SHORT) + (len(word) >= _LONG)
    near = process.extractOne(word, list(_shares("given")), scorer=Levenshtein.distance, score_cutoff=most)
    return near is not None or len(word) < _SHORT


@lru_cache(maxsize=4096)
def is_given(word: str) -> bool:
    """Whether `word` is on the list, or a name of the list cut at the ten characters of the clerk's field."""
    return word in given_names() or (len(word) == 10 and any(name.startswith(word) for name in given_names()))


@lru_cache(maxsize=2)
def _shares(kind: str) -> dict[str, float]:
    """How many of a million people have each `given` name or `surname`."""
    packed = resources.files("extract").joinpath("data").joinpath("census_names.csv.gz").read_bytes()
    rows = csv.reader(gzip.decompress(packed).decode("utf-8").splitlines()[2:])
    return {name: float(share) for mine, name, share in rows if mine == kind}


_RARE = {"given": 1.0, "surname": 3.0}  # in a million, of a name that no list has
_HYPHENED = 0.01  # of the people with one of its halves, those with a double surname; nearly no given name is double
_GIVEN_MIDDLES = 0.75  # of middle names; the others are of another family, as after marriage
_TOLD, _LEANING, _AS_SPOKEN = math.log(30.0), math.log(5.0), math.log(4.0)


def _share(kind: str, name: str) -> float:
    shares = _shares(kind)
    if "-" in name.strip("-"):
        halves = [shares.get(_bare(half), _RARE[kind]) for half in name.split("-")]
        return _HYPHENED * (max(halves) if kind == "surname" else min(halves))
    return shares.get(_bare(name), _RARE[kind])


def _middle_share(name: str) -> float:
    return _GIVEN_MIDDLES * _share("given", name) + (1 - _GIVEN_MIDDLES) * _share("surname", name)


def _given_first(words: Sequence[str]) -> float:
    """By the names alone, the log odds that the given name stands first and the surname last, not the surname first;
    a third name is a middle one, given or that of another family."""
    first, *middle, last = words
    straight = _share("given", first) * _share("surname", last)
    turned = _share("surname", first) * _share("given", middle[0] if middle else last)
    if middle:
        straight *= _middle_share(middle[0])
        turned *= _middle_share(last)
    return math.log(straight / turned)


def _is_listed(name: str) -> bool:
    return any(_bare(part) in _shares(kind) for kind in ("given", "surname") for part in name.split("-"))


def _bare(name: str) -> str:
    """A name as the census writes it, without its apostrophe."""
    return name.replace("'", "")


_LONG, _SHORT = 8, 4  # letters of a name
_GOES_ON = re.compile(r"(?i)[ ,(]+CONT(?:INUED|INUATION|'D)\b.*$")  # `MARLOW (CONTINUED, LEAF 2)`


_SUFFIX_APART = re.compile(r"(?i)^([^,]*[A-Z][^,]* [^,]*[A-Z][^,]*), ?(JR|SR|II|III|IV)\.?,?$")  # `John Roe, Jr.`


def _with_suffix(m: re.Match[str]) -> str:
    """A name with its suffix behind it and no comma; a surname of which a particle stands apart keeps its comma."""
    words = m[1].upper().split()
    alone = all(word.strip(".") in _PARTICLES for word in words[:-1])
    return m[0] if alone else f"{m[1]} {m[2]}"


def name_in(text: str, *, surname_first: bool | None = None) -> NameFound | None:
    """The name `text` states; None where it states none. `surname_first`: what the form is known to do."""
    text = _SUFFIX_APART.sub(_with_suffix, text)
    whole, *others = _ALIAS.split(_GOES_ON.sub("", text))
    tidy = _tidied(whole)
    lettered = _without_digits(text)
    if lettered != text and re.search(r"[A-Z][0158]|[0158][A-Z]{2}", tidy):
        found = name_in(lettered, surname_first=surname_first)
        return replace(found, mended=True) if found is not None else None
    if not tidy:
        return None
    lowered = re.search(r"(?<![\w'-])(?!(?:de|la|del|von|van|der)\b)[a-z]{2,}", whole) is not None
    if lowered and re.search(r"[A-Z][a-z]", whole) and text.title() != text:  # some marks count as letters for `title`
        found = name_in(text.title(), surname_first=surname_first)
        return replace(found, mended=True) if found is not None else None
    typed_in = _typed_in_surname(text) if others else None
    if typed_in is not None:
        return typed_in
    aliases = tuple(filter(None, (_alias(other) for other in others)))
    if "," in tidy:
        return _by_comma(tidy, aliases)
    words, suffix = _without_suffix(tidy.split())
    if not words or not all(_is_part(word) for word in words):
        return None
    if len(words) == 1:
        return NameFound(words[0], "", "", suffix, _completed(aliases, words[0], ""), "guess")
    spoken = re.search(r"[A-Z][a-z]", whole) is not None
    return _ordered(words, suffix, aliases, surname_first, spoken=spoken)


def _typed_in_surname(text: str) -> NameFound | None:
    """`MILLER AKA KIRK   DOLORES L`: an alias typed into the surname's field, the given name after it."""
    found = re.fullmatch(
        r"([A-Z][A-Z'-]+(?: [A-Z'-]+)?) (?:AKA|A/K/A|ALIAS) ([A-Z][A-Z'-]*)(?:, ?| +)([A-Z][A-Z'-]+)(?: ([A-Z][A-Z.]*))?(?: ([JS]R|I{2,3}|IV)\.?)?",
        re.sub(r"\s+", " ", text.upper()).strip(" .,"),
    )
    if found is None or ("," not in text and not is_given(found[3])):
        return None
    middle = (found[4] or "").strip(".")
    return NameFound(found[1], found[3], middle, _SUFFIXES.get(found[5] or ""), (f"{found[2]}, {found[3]}",), "comma")


def _without_digits(text: str) -> str:
    """Digits among letters as the letters they print like."""
    return re.sub(
        r"(?<=[A-Za-z])[0158]|[0158](?=[A-Za-z]{2})",
        lambda m: {"0": "O", "1": "I", "5": "S", "8": "B"}[m[0]],
        text,
    )


def _tidied(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii") or text
    tidy = re.sub(r"[^A-Z0-9,'\- ]+", " ", plain.upper().replace("’", "'").replace("`", "'"))
    tidy = re.sub(r"\s+", " ", re.sub(r"\s*,\s*", ", ", tidy)).strip(" ,-'")
    return re.sub(r"\bST (?=[A-Z]{3})", "ST. ", tidy) if re.search(r"\bST\. ?[A-Z]", plain.upper()) else tidy


def _is_part(word: str) -> bool:
    word = word.strip(".")
    letters = sum(c.isalpha() for c in word)
    return letters >= max(1, 0.7 * len(word)) and word not in _NOT_NAMES and len(word) <= 24


def _without_suffix(words: Sequence[str]) -> tuple[list[str], Suffix | None]:
    kept = [word for word in words if word not in _SUFFIXES or words[0] == word]
    found = [_SUFFIXES[word] for word in words[1:] if word in _SUFFIXES]
    return kept, found[0] if found else None


def _by_comma(tidy: str, aliases: tuple[str, ...]) -> NameFound | None:
    head, *tails = [part.strip() for part in tidy.split(",")]
    surname, suffix = _without_suffix(head.split())
    given, suffix_after = _without_suffix(" ".join(tails).split())
    if given and given[0] in _SUFFIXES:
        suffix_after, given = _SUFFIXES[given[0]], given[1:]
    if not surname or not all(_is_part(word) for word in surname + given[:2]):
        return None
    family = " ".join(surname)
    first = given[0] if given else ""
    middle = " ".join(given[1:3])
    return NameFound(family, first, middle, suffix or suffix_after, _completed(aliases, family, first), "comma")


def _ordered(
    words: list[str], suffix: Suffix | None, aliases: tuple[str, ...], surname_first: bool | None, *, spoken: bool
) -> NameFound:
    how = "columns"
    guessed, by = _guessed_order(words, spoken=spoken)
    if surname_first is None:
        surname_first, how = guessed, by
    elif guessed != surname_first and by in ("list", "rare", "last"):
        how = "guess"  # the form says one thing, the names another: clerks typed past their columns
    if surname_first:
        at = next((i + 1 for i, word in enumerate(words) if word not in _PARTICLES), len(words))
        at = min(at, len(words) - 1)
        last = len(words) - 1 - (len(words[-1]) == 1)
        if last > at and is_given(words[last]) and not is_given(words[at]) and not _opens_given(words[at:]):
            at, how = last, "guess"  # two surnames, or a given name that no list holds
        family, rest = " ".join(words[:at]), words[at:]
        first = 1 + _opens_given(rest)
        given, middle = " ".join(rest[:first]), " ".join(rest[first : first + 2])
    else:
        at = len(words) - 1
        while at > 1 and words[at - 1] in _PARTICLES and len(words[at - 1]) > 1:
            at -= 1
        first = 1 + (at > 1 and _opens_given(words))
        family, given, middle = " ".join(words[at:]), " ".join(words[:first]), " ".join(words[first:at])
    return NameFound(family, given, middle, suffix, _completed(aliases, family, given), how)


def _guessed_order(words: list[str], *, spoken: bool) -> tuple[bool, str]:
    """Whether the surname stands first, and by what that is known; `spoken`: typed in small letters, as names are where
    they stand as they are spoken: forms and printers that put surnames first without a comma use capitals."""
    if len(words) >= 3 and len(words[-1]) == 1:
        strange = len(words) >= 4 and 1 in (len(words[1]), len(words[-2]))  # initials in two places
        return True, "guess" if strange else "initial"
    if len(words) >= 3 and len(words[1]) == 1:
        return False, "initial"
    merged = _with_particles(words)
    words = merged if len(merged) > 1 else words
    odds = _given_first(words) + (_AS_SPOKEN if spoken else 0.0)
    if abs(odds) < _TOLD:
        return odds < -_LEANING, "guess"
    plain = len(words) <= 4 and len(words[-1]) > 2  # more or shorter words may be dirt behind the name
    unlisted = [word for word in words if not _is_listed(word)]
    rare = len(words) == 2 and len(unlisted) == 1 and _LIKE_A_NAME.fullmatch(unlisted[0]) is not None
    return odds < 0, "list" if plain and not unlisted else "rare" if rare else "last"


_LIKE_A_NAME = re.compile(r"(?=.*[AEIOUY])[A-Z'-]{4,}")


def _opens_given(words: Sequence[str]) -> bool:
    """Whether the first two words are one given name, and no surname: `DE SHAWN`, not `DE LEON`."""
    whole = "".join(words[:2])
    return words[0] in _PARTICLES and whole in _shares("given") and whole not in _shares("surname")


def _with_particles(words: list[str]) -> list[str]:
    """The words of a name, its particles set before the word they belong to as the census does: `DE LEON`, `DELEON`."""
    out: list[str] = []
    held = ""
    for word in words:
        if word in _PARTICLES and len(word) > 1:
            held += word
        else:
            whole = held + word
            out.append(whole if _is_listed(whole) else word)
            held = ""
    return [*out, held] if held else out


def _alias(text: str) -> str:
    return _tidied(re.split(r"\s{2,}|;", text.strip())[0])


def _completed(aliases: Sequence[str], surname: str, given: str) -> tuple[str, ...]:
    """Aliases as `SURNAME, GIVEN`; one that is a surname alone has the given name of the caption."""
    out = []
    for alias in aliases:
        if "," in alias:
            out.append(", ".join(part.strip() for part in alias.split(",")[:2]))
            continue
        words = [word for word in alias.split() if word not in _SUFFIXES]
        if len(words) == 1:
            out.append(f"{words[0]}, {given}" if given else words[0])
        elif len(words) >= 2 and all(_is_part(word) for word in words):
            found = name_in(" ".join(words))
            out.append(f"{found.surname}, {found.given}" if found else alias)
    return tuple(out)
