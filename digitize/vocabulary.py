"""Words that readings are held against: of running prose, of courts, and of people's names.

A word that is none of these may be right all the same, as a rare name is; one that is a slip away from a known word
often is that word misread.
"""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from importlib.resources import files
from string import ascii_uppercase

_SHORTEST = 3  # letters: of what is shorter, nearly anything is a word
_LEFT_OUT = 5  # letters: of a shorter word, too many others are left when one goes
_AROUND = ".,:;()[]'\"-#*"  # what stands around a word and is no part of it
# Letters that look like two others where type is set close.
_ALIKE = (("M", "RN"), ("RN", "M"), ("D", "CL"), ("CL", "D"), ("U", "LI"), ("W", "VV"))


@cache
def words() -> frozenset[str]:
    """The known words, in capitals; card: digitize/weights/README.md."""
    packed = files(__package__).joinpath("weights", "words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split())


def core_of(text: str) -> str:
    """The letters of a word in capitals, without the marks around them; empty where it holds anything else."""
    core = text.strip(_AROUND)
    return core.upper() if core.isascii() and core.isalpha() else ""


def is_known(core: str) -> bool:
    return core in words()


@lru_cache(maxsize=4096)
def is_near(core: str) -> bool:
    """Whether a word that is not known is one slip away from a known one: a letter lost, won or taken for another, or
    two known words without the blank between them."""
    if len(core) < _SHORTEST or is_known(core):
        return False
    return _is_a_letter_off(core) or _looks_alike(core) or _is_two(core)


def _is_a_letter_off(core: str) -> bool:
    known = words()
    places = range(len(core))
    if len(core) >= _LEFT_OUT and any(core[:at] + core[at + 1 :] in known for at in places):
        return True
    if any(core[:at] + other + core[at:] in known for at in (*places, len(core)) for other in ascii_uppercase):
        return True
    return any(core[:at] + other + core[at + 1 :] in known for at in places for other in ascii_uppercase)


def _looks_alike(core: str) -> bool:
    return any(core.replace(one, other, 1) in words() for one, other in _ALIKE if one in core)


def _is_two(core: str) -> bool:
    cuts = range(_SHORTEST, len(core) - _SHORTEST + 1)
    return any(is_known(core[:at]) and is_known(core[at:]) for at in cuts)


def is_torn(core: str, before: str, after: str) -> bool:
    """Whether a word is no word, but makes a known one with its neighbour: a blank was seen within it."""
    if not core or (len(core) >= _SHORTEST and is_known(core)):
        return False
    return (bool(before) and is_known(before + core)) or (bool(after) and is_known(core + after))
