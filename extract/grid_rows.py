"""The rows of one count of a table: its first, those that go on, and those of what was done or charged later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from extract.charges import is_charge_statute, statutes_in
from extract.dates import dates_in
from extract.dispositions import Effect, WordingFound, wordings_in
from extract.doc import Line
from extract.retold import CHARGED, DAY, ENDED, Act, Told

Cells = Mapping[str, Sequence[Token]]  # the words of a row by the field of their column
_CITING = ("statute", "charge", "description")
AMENDED = ("AM", "AMD", "AMND", "AMEND", "AMENDED")  # in the column of counts


@dataclass
class Filling:
    """A count of a table as its rows are met."""

    told: Told
    opened: dict[str, str] = field(default_factory=dict)  # what its first row says of the charge, by field
    charge: dict[str, list[Token]] | None = None  # the charge it was amended to
    order: list[Token] = field(default_factory=list)  # the words that amend it
    acts: list[Act] = field(default_factory=list)

    def first(self, cells: Cells) -> None:
        self.opened = {name: _text(cells[name]) for name in CHARGED if name in cells}
        self._add(cells, (*CHARGED, *ENDED, DAY))
        self._add(cells, [name for name in cells if name not in self.told.places])

    def more(self, cells: Cells, *, repeats: bool) -> bool:
        """Take a further row, which `repeats` the number of the count; False where it states a charge of its own that
        nothing says the count was amended to."""
        if repeats:
            same = all(self.opened.get(name, "") == _text(cells[name]) for name in CHARGED if name in cells)
            self.told.repeated.extend(t for name in CHARGED if name in cells for t in cells[name])
            return same and self._act(cells)
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
        self.told.acts.extend(self.acts)
        return self.told

    def _add(self, cells: Cells, names: Sequence[str]) -> None:
        for name in names:
            if name in cells and name not in ("count", ""):
                self.told.add(name, cells[name])

    def _act(self, cells: Cells) -> bool:
        done = [t for name in ENDED for t in cells.get(name, ())]
        if done and not self.told.places.get(DAY):
            self._add(cells, (DAY,))
        if done:
            self.acts.append(Act(list(cells.get(DAY, ())), done))
        return True

    def _is_dated(self, cells: Cells) -> bool:
        """Whether a row has a whole day of its own."""
        return bool(dates_in(_text(cells.get(DAY, ()))))

    def _is_another(self, cells: Cells) -> bool:
        """Whether a row cites what is charged, though the count has its citation already."""
        held = [_cited(self.told.places.get(name, [])) for name in _CITING]
        return any(_cited(cells.get(name, ())) for name in _CITING) and any(held)

    def _amend(self, cells: Cells) -> bool:
        """Take a row of the charge that the count was amended to."""
        marked = _text(cells.get("count", ())).strip(".:") in AMENDED
        place = next((name for name in ENDED if self.told.places.get(name)), "")
        last = self.acts[-1].words if self.acts else self.told.places.get(place, [])
        ordered = [one.wording.effect for one in _said(last)][-1:] == [Effect.AMENDED]
        if self.charge is not None or not (marked or ordered):
            return False
        if ordered:
            self.order = list(last)
            del (self.acts[-1].words if self.acts else self.told.places[place])[:]
        else:
            self.order = [t for t in cells.get("count", ()) if t.norm_ != "AM"]
        self.charge = {name: list(cells[name]) for name in CHARGED if name in cells}
        return self._act(cells)

    def _go_on(self, cells: Cells) -> bool:
        """Take a row that goes on with what the one above it says."""
        for name, words in cells.items():
            if name in CHARGED and self.told.repeated:
                self.told.repeated.extend(words)
            elif name in CHARGED and self.charge is not None:
                self.charge.setdefault(name, []).extend(words)
            elif name in ENDED and self.acts:
                self.acts[-1].words.extend(words)
            else:
                self._add({name: words}, (name,))
        return True


def _text(words: Sequence[Token]) -> str:
    return " ".join(token.text.upper() for token in words)


def _said(words: Sequence[Token]) -> Sequence[WordingFound]:
    return wordings_in(" ".join(token.norm_ for token in words))


def _cited(words: Sequence[Token]) -> list[object]:
    """The citations among words that follow each other on the page."""
    if not words:
        return []
    runs: list[list[Token]] = []
    for token in words:
        if runs and runs[-1][-1].i + 1 == token.i:
            runs[-1].append(token)
        else:
            runs.append([token])
    lines = (Line(run[0].doc[run[0].i : run[-1].i + 1], 10.0) for run in runs)
    return [found.citation for line in lines for found in statutes_in(line) if is_charge_statute(found)]
