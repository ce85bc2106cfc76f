"""A case of a table whose charges stand one under the other, each with its own ending beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from extract.charges import cites_charge
from extract.dates import dates_in, opens_with_date
from extract.dispositions import says_what_became
from extract.doc import line_of
from extract.entries import counts_in
from extract.retold import CHARGED, DAY, Told, said_of
from extract.statutes import statute_in

Row = Mapping[int, Sequence[Token]]  # the words of a row by column
_CHARGE = (*CHARGED, "offense_date")
_NAMES = ("name", "surname", "given", "alias")
_SEVERAL = re.compile(r"\b(?:AND|ET\.? ?ALS?\b|BOTH|CO-?DEF\w*)\b|&")
_ORDERED = ("orders", "disposition", "finding", "sentence", "plea")
_STAYS = re.compile(
    r"\W*(?:OPEN|(?:STILL )?PENDING|PENDS|UNKNOWN|UNK|NONE)?\W*"
)  # what else goes on in the row of another


def charges_with_endings(
    rows: Sequence[Row], roles: Sequence[str], call: Sequence[Token], *, least: int = 2
) -> list[Told] | None:
    """The charges of a case, in order, with what was done about each; None where fewer than `least` rows charge,
    where endings name counts, where one of them does not begin beside its charge, where charges are numbered otherwise
    than by their order, or where two are charged: each may have an ending of his own. `call` is the day that all of it
    was done on."""
    if _names_several(rows, roles):
        return None
    starts = charge_starts(rows, roles)
    if not starts or sum(bool(_words(row, roles, _CHARGE)) for row in rows) < least:
        return None
    ends = [*starts[1:], len(rows)]
    groups = [rows[start:end] for start, end in zip(starts, ends, strict=True)]
    if not any(_says_ending(group, roles) for group in groups):
        return None
    told = [_told(number, group, roles, call) for number, group in enumerate(groups, 1)]
    return None if any(one is None for one in told) else [one for one in told if one is not None]


def charge_starts(rows: Sequence[Row], roles: Sequence[str]) -> list[int]:
    """The rows with which the charges of a case begin; empty where they cannot be told apart."""
    return _starts(rows, roles, _cited(rows, roles))


def _names_several(rows: Sequence[Row], roles: Sequence[str]) -> bool:
    """Whether the column of names names more than one defendant."""
    named = [" ".join(token.text.upper() for token in _words(row, roles, _NAMES)) for row in rows]
    persons = [text for text in named if re.search(r"[A-Z]{2}, ?(?!(?:[JS]R|II+)\b)[A-Z]", text)]
    return len(persons) > 1 or any(map(names_several, named))


def names_several(text: str) -> bool:
    """Whether a name goes on with another's, or says that there are others."""
    return _SEVERAL.search(text.upper()) is not None


def _cited(rows: Sequence[Row], roles: Sequence[str]) -> list[tuple[int, int]]:
    """The first and the last row of every citation; one that goes on in the next row has two."""
    out: list[tuple[int, int]] = []
    for at, row in enumerate(rows):
        words = _words(row, roles, _CHARGE)
        if words and cites_charge(line_of(words)):
            out.append((at, at))
        elif at and (not out or out[-1][1] < at - 1) and _goes_on(rows[at - 1], row, roles):
            out.append((at - 1, at))
    return out


def _goes_on(above: Row, row: Row, roles: Sequence[str]) -> bool:
    """Whether the words of a charge in a row, or those of one of its columns, begin with the end of a citation that
    stands above them."""
    apart = ((above.get(at, ()), words) for at, words in row.items() if roles[at] in _CHARGE)
    both = [(_words(above, roles, _CHARGE), _words(row, roles, _CHARGE)), *apart]
    return any(
        statute_in(" ".join(token.text for token in [*first, *rest[:1]])) is not None
        for first, rest in both
        if first and rest
    )


def _starts(rows: Sequence[Row], roles: Sequence[str], citations: Sequence[tuple[int, int]]) -> list[int]:
    """The rows with which charges begin: those that cite or, where the words of a charge stand before its citation,
    those after one that cites; empty where they cannot be told apart."""
    charged = [at for at, row in enumerate(rows) if _words(row, roles, _CHARGE)]
    if not citations or charged[0] != 0:
        return []
    if citations[0][0] == 0:
        return [first for first, _ in citations]
    after = [next((at for at in charged if at > last), None) for _, last in citations]
    starts = [0, *(at for at in after[:-1] if at is not None)]
    return starts if after[-1] is None and len(set(starts)) == len(citations) else []


def _told(number: int, group: Sequence[Row], roles: Sequence[str], call: Sequence[Token]) -> Told | None:
    """One charge and what was done about it; None where nothing is said of that beside its first row, or what is said
    may go on beside another charge."""
    done, said = [_words(row, roles, _ORDERED) for row in group], _done_in(group, roles)
    first = done[0]
    if not first or counts_in(said) or not (_says_ending(group, roles) or _STAYS.fullmatch(said)):
        return None
    charged = " ".join(token.norm_ for row in group[1:] for token in _words(row, roles, _CHARGE))
    if _printed(group[0], roles) not in (None, number) or says_what_became(charged):
        return None  # what is done stands among the words of the charge
    told = Told(number)
    for column in sorted({at for row in group for at in row if roles[at] in _CHARGE}):
        for row in group:
            told.add(roles[column], row.get(column, ()))
    days = [token for row in group for token in _words(row, roles, (DAY, "date"))]
    own = _leading_day(first)
    if any(_leading_day(row) for row in done[1:]):
        return None  # a day of its own for each thing done
    told.add(DAY, days or own or call)
    for role in _ORDERED:
        for row in group:
            told.add(role, [token for token in _words(row, roles, (role,)) if token not in own])
    return told


_NUMBERED = re.compile(
    r"\W*(?:(?:C0{1,2}|(?:COUNT|CT|CNT|CHG)\.? ?#?0{0,2})([1-9]\d?)(?![A-Z0-9/-])|0{0,2}([1-9]\d?)(?:[.):]+ |$))"
)


def _printed(row: Row, roles: Sequence[str]) -> int | None:
    """The number of a count that stands before its charge or in a column of its own."""
    counted = [token for at in sorted(row) if roles[at] == "count" for token in row[at]]
    words = counted or _words(row, roles, _CHARGE)
    found = _NUMBERED.match(" ".join(token.norm_ for token in words))
    return int(found[1] or found[2]) if found is not None else None


def _says_ending(group: Sequence[Row], roles: Sequence[str]) -> bool:
    """Whether rows say what became of a charge, if only with a yes or a no below the head that asks."""
    answers = (_words(row, roles, (role,)) for row in group for role in ("finding", "disposition"))
    return says_what_became(_done_in(group, roles)) or any(said_of("disposition", words) for words in answers if words)


def _done_in(group: Sequence[Row], roles: Sequence[str]) -> str:
    return " ".join(token.norm_ for row in group for token in _words(row, roles, _ORDERED))


def _words(row: Row, roles: Sequence[str], wanted: Sequence[str]) -> list[Token]:
    return [token for at in sorted(row) if roles[at] in wanted for token in row[at]]


def _leading_day(words: Sequence[Token]) -> list[Token]:
    """The words at the front that are a day."""
    text = " ".join(token.text for token in words)
    if not opens_with_date(text):
        return []
    end = dates_in(text)[0].end
    return [token for at, token in enumerate(words) if len(" ".join(t.text for t in words[: at + 1])) <= end]
