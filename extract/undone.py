"""Words that turn an ending over, or say that it is of something else than the charge."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re

from casefile.docket import Disposition
from extract.dispositions import Effect, WordingFound

# What was denied, taken back or said of somebody else did not end the charge.
_TURNS = re.compile(
    r"\b(?:DENIED|OVERRULED|REFUSED|RESCINDED|RESERVED|ERROR|ERRONEOUS\w*|SET ASIDE|TAKEN BACK|BROUGHT BACK|NOT VALID(?! WITHOUT)|OVERTURNED"
    r"|(?<!TO )(?<!LEAVE )(?<!LV )RE-?INST\w*|STANDS|CO-?DEF\w*|ONLY|AS TO (?!ALL|EACH|BOTH|EVERY|C(?:OUN)?TS?\b|CH(?:AR)?GE?S?\b|CNTS?\b|C?0*\d|DEF(?:T|ENDANT)?\b|THE (?:COUNT|CHARGE)|SAID)[A-Z])"
)
_NEGATES = re.compile(r"\b(?:NOT|NO|NEVER|WITHOUT) (?:\w+ )?$")
# Of these `vacated` says nothing about the charge; of an ending without a conviction, that the case is open again.
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:FINES?|COSTS?|FEES?|MITTIMUS|CONFINEMENT|BONDS?|BAIL|FORFEIT\w*|ORDER|DATE|APPOINTMENT|STAY|WARRANT|PROTECTION|RESTITUTION"
    r"|NOLLE|DISMISSAL|SOL|STRICKEN|CONDITION|HEARING)\b"
)
_BAD_END = re.compile(
    r"\b(?:UN-?\s?SUCC\w*|DISSAT\w*|FAIL\w*|NEGATIV\w*|NOT|DENIED|CONVICTION|UN-|UNSAT\w*|REVO\w*|VIOL\w*)"
)
_FREES = (Effect.FINAL, Effect.NOT_GUILTY)
# Rows by themselves that take back what stands above them.
_TAKES_BACK = re.compile(
    r"\b(?:ENTERED IN ERROR|NOT VALID(?! WITHOUT)|TAKEN BACK|BROUGHT BACK|SET ASIDE|RESCINDED|RE-?INST(?:ATED?|'D)?|OVERTURNED|CONVICTION STANDS)\b"
)
_GOES_ON = re.compile(r"\b(?:TRIAL|SENTENCING|JURY|WITNESS\w*|PLEA|VERDICT|F ?G)\b")


def is_turned(one: WordingFound, text: str) -> bool:
    """Whether an ending that is no conviction, or the good end of a term, is negated, undone or another's by what
    stands beside it in `text` (plain capitals); words of its own wording do not count."""
    effect, rest = one.wording.effect, text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    if effect is Effect.SATISFIED:
        return _TURNS.search(rest) is not None or _BAD_END.search(rest) is not None
    if effect not in _FREES or one.wording.means is Disposition.GUILTY:
        return False
    if one.text.strip() == "VACATED" and _OF_SOMETHING_ELSE.search(text):
        return True
    if one.wording.means is Disposition.VACATED and re.search(r"\b(?:BOND|BAIL|FORFEIT\w*)\b", text):
        return True
    return _TURNS.search(rest) is not None or _NEGATES.search(text[: one.start]) is not None


def takes_back(text: str) -> bool:
    """Whether a row by itself takes back what was done."""
    return _TAKES_BACK.search(text) is not None


def goes_on_in_court(text: str) -> bool:
    """Whether an entry tells of a trial, a plea or a sentence to come."""
    return _GOES_ON.search(text) is not None
