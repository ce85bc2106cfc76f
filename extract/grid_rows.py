"""The rows of one count of a table: its first, those that go on, and those of what was done or charged later."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from extract.charges import OFFENSE_WORD, is_charge_statute, statutes_in
from extract.dates import dates_in
from extract.dispositions import Effect, WordingFound, wordings_in
from extract.doc import stretches_of
from extract.retold import CHARGED, DAY, ENDED, Act, Told, said_of

Cells = Mapping[str, Sequence[Token]]  # the words of a row by the field of their column
_CITING = ("statute", "charge", "description")
AMENDED = ("AM", "AMD", "AMND", "AMEND", "AMENDED")  # in the column of counts
_ASKED = re.compile(r"\b(?:MOTIONS?|MTNS?|MOVES?|MOVED|LEAVE|ASKS?|REQUESTS?|PETITIONS?|OFFERS?)\b")
_REFUSED = re.compile(r"\b(?:DENIED|DEN|WITHDRAWN|W/D|WD|REFUSED|OVERRULED|REJECTED|STRICKEN|VACATED)\b")


def is_amendment(mark: str, order: str, told: str) -> bool:
    """Whether a row that cites states the charge the count was amended to: by its mark in the column of counts, or by
    the order right above it; one only asked for, or that what the row tells refuses, is none."""
    ordered = [one.wording.effect for one in wordings_in(order)][-1:] == [Effect.AMENDED]
    marked = mark.strip(".:") in AMENDED
    return (marked or ordered) and not _REFUSED.search(told) and not (_ASKED.search(order) and not marked)


@dataclass
class Filling:
    """A count of a table as its rows are met."""

    told: Told
    opened: dict[str, str] = field(default_factory=dict)  # what its first row says of the charge, by field
    charge: dict[str, list[Token]] | None = None  # the charge it was amended to
    order: list[Token] = field(default_factory=list)  # the words that amend it
    acts: list[tuple[str, Act]] = field(default_factory=list)  # each with its place
    again: dict[str, str] | None = None  # what a row with the count's number again, and those under it, say of it

    def first(self, cells: Cells) -> None:
        self.opened = {name: _text(cells[name]) for name in CHARGED if name in cells}
        self._add(cells, (*CHARGED, *ENDED, DAY))
        self._add(cells, [name for name in cells if name not in self.told.places])

    def more(self, cells: Cells, *, repeats: bool) -> bool:
        """Take a further row, which `repeats` the number of the count; False where it states a charge of its own that
        nothing says the count was amended to."""
        if repeats:
            same = all(self.opened.get(name, "") == _text(cells[name]) for name in CHARGED if name in cells)
            self.again = {}
            return (
                same and all(self._repeat(name, cells[name]) for name in CHARGED if name in cells) and self._act(cells)
            )
        if self._is_another(cells):
            return self._amend(cells)
        if self._is_dated(cells) and self.told.places.get(DAY) and any(name in cells for name in ENDED):
            return self._act(cells) and not any(name in cells for name in CHARGED)
        return self._go_on(cells)

    def whole(self) -> Told:
        """The count with everything its rows told."""
        if self.charge is not None:
            cells = sorted((self.charge.get(name, []) for name in _CITING), key=lambda words: not _cited(words))
            charged = [token for words in cells for token in words]
            said = "" if any(one.wording.effect is Effect.AMENDED for one in _said(self.order)) else "AMENDED TO"
            self.told.acts.append(Act([], [*self.order, *charged], said))
        for place, act in self.acts:
            self.told.acts.append(Act(act.days, act.words, said_of(place, act.words) if act.words else ""))
        return self.told

    def _add(self, cells: Cells, names: Sequence[str]) -> None:
        for name in names:
            if name in cells and name not in ("count", ""):
                self.told.add(name, cells[name])

    def _act(self, cells: Cells) -> bool:
        done = [name for name in ENDED if cells.get(name)]
        if done and not self.told.places.get(DAY):
            self._add(cells, (DAY,))
        self.acts.extend((name, Act(list(cells.get(DAY, ())), list(cells[name]))) for name in done)
        return True

    def _tell(self, words: Sequence[Token]) -> bool:
        """Take words that stand under a charge said again as said of what was done; False where they say more of it."""
        if OFFENSE_WORD.search(_text(words)) or not self.acts:
            return False
        self.acts[-1][1].words.extend(words)
        self.told.repeated = [token for token in self.told.repeated if token not in words]
        return True

    def _repeat(self, name: str, words: Sequence[Token]) -> bool:
        """Take words that say again what the first rows say of the charge; False where they say more."""
        again = self.again or {}
        said = f"{again.get(name, '')} {_text(words)}".strip()
        self.again = {**again, name: said}
        self.told.repeated.extend(words)
        return f"{_text(self.told.places.get(name, []))} ".startswith(f"{said} ")

    def _is_dated(self, cells: Cells) -> bool:
        """Whether a row has a whole day of its own."""
        return bool(dates_in(_text(cells.get(DAY, ()))))

    def _is_another(self, cells: Cells) -> bool:
        """Whether a row cites what is charged, though the count has its citation already."""
        held = [_cited(self.told.places.get(name, [])) for name in _CITING]
        return any(_cited(cells.get(name, ())) for name in _CITING) and any(held)

    def _amend(self, cells: Cells) -> bool:
        """Take a row of the charge that the count was amended to."""
        place = next((name for name in ENDED if self.told.places.get(name)), "")
        last = self.acts[-1][1].words if self.acts else self.told.places.get(place, [])
        order, told = " ".join(token.norm_ for token in last), " ".join(_text(cells.get(name, ())) for name in ENDED)
        if self.charge is not None or not is_amendment(_text(cells.get("count", ())), order, told):
            return False
        if is_amendment("", order, told):
            self.order = list(last)
            del last[:]
        else:
            self.order = [t for t in cells.get("count", ()) if t.norm_ != "AM"]
        self.charge = {name: list(cells[name]) for name in CHARGED if name in cells}
        return self._act(cells)

    def _go_on(self, cells: Cells) -> bool:
        """Take a row that goes on with what the one above it says."""
        for name, words in cells.items():
            if name in CHARGED and self.again is not None:
                if not self._repeat(name, words) and not self._tell(words):
                    return False
            elif name in CHARGED and self.charge is not None:
                self.charge.setdefault(name, []).extend(words)
            elif name in ENDED and self.acts:
                self._go_on_with(name, words)
            else:
                self._add({name: words}, (name,))
        return True

    def _go_on_with(self, name: str, words: Sequence[Token]) -> None:
        """Add words to what was last done in their place or, where nothing was, as done on the same day."""
        day = self.acts[-1][1].days
        held = next((act for place, act in reversed(self.acts) if place == name and act.days == day), None)
        if held is None:
            self.acts.append((name, Act(list(day), list(words))))
        else:
            held.words.extend(words)


def _text(words: Sequence[Token]) -> str:
    return " ".join(token.text.upper() for token in words)


def _said(words: Sequence[Token]) -> Sequence[WordingFound]:
    return wordings_in(" ".join(token.norm_ for token in words))


def _cited(words: Sequence[Token]) -> list[object]:
    """The citations among words that follow each other on the page."""
    found = (statute for line in stretches_of(words) for statute in statutes_in(line))
    return [statute.citation for statute in found if is_charge_statute(statute)]
