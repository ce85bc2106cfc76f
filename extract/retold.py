"""A page that tells each count's ending in its own place, told again as a list of charges and one of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from spacy.tokens import Token

from casefile.ocr import BBox, OcrPage, Word
from extract.charges import is_charge_statute, statutes_in
from extract.dates import dates_in
from extract.dispositions import wordings_in
from extract.doc import Line, Sheet, level_of, stretches_of, word_of
from extract.entries import ALL_COUNTS, counts_in

Cell = Sequence[Token]
T = TypeVar("T")
CHARGED = ("statute", "charge", "description", "type", "grade")
ENDED = ("plea", "finding", "disposition", "sentence", "orders")
DAY = "disposition_date"
_INDENT = 14.0  # of rows that go on, in character widths


@dataclass
class Act:
    """One thing done about a count: its day, where it has one, and the words."""

    days: list[Token]
    words: list[Token]
    said: str = ""  # words that the page says by the place alone


@dataclass
class Told:
    """What a page tells of one count: the words in each place; `number` is the count's own, printed or by order."""

    number: int
    places: dict[str, list[Token]] = field(default_factory=dict)
    heads: dict[str, list[Token]] = field(default_factory=dict)  # the words that name the places
    repeated: list[Token] = field(default_factory=list)  # what further rows say again of the charge
    acts: list[Act] = field(default_factory=list)  # what was done after that, each in rows of its own

    def add(self, place: str, words: Iterable[Token], head: Iterable[Token] = ()) -> None:
        held = self.places.setdefault(place, [])
        held.extend(w for w in words if w not in held)
        self.heads.setdefault(place, list(head))

    @property
    def is_charge(self) -> bool:
        return any(self.places.get(place) for place in ("statute", "charge", "description"))

    @property
    def is_ended(self) -> bool:
        return bool(self.acts) or any(self.places.get(place) for place in (*ENDED, "termination"))


@dataclass(frozen=True)
class Telling:
    """The counts that rows of a page tell, and which rows; `starts`: where each is told again, if not together."""

    counts: tuple[Told, ...]
    rows: frozenset[int]
    starts: tuple[int, ...] = ()
    heads: frozenset[int] = frozenset()  # the tokens, by number, that name columns


def is_crowded(told: Told) -> bool:
    """Whether one count holds what is two counts' or two days': then nobody knows which belongs to which."""
    cited = {s.citation for s in _found(told, "statute", statutes_in) if is_charge_statute(s)}
    days = {day.value for day in _found(told, DAY, lambda line: dates_in(line.text))}
    return len(cited) > 1 or len(days) > 1


def _found(told: Told, place: str, finder: Callable[[Line], Iterable[T]]) -> Iterator[T]:
    """What is found in the words of a place, stretch by stretch."""
    for line in stretches_of(told.places.get(place, [])):
        yield from finder(line)


def retold(sheet: Sheet, telling: Telling) -> OcrPage:
    """The page with the telling's rows replaced by a row for each charge and one for each thing done about it.

    Every word keeps its ink; only where it stands on the straightened page changes. Words put in, such as the
    number of a count, take the ink of the words they are said of.
    """
    setter = Setter(sheet.pitch)
    apart = dict(zip(telling.starts, telling.counts, strict=False))
    first = -1 if apart else min(telling.rows)
    for number, line in enumerate(sheet.lines):
        if number == first:
            setter.gap()
            tell(setter, telling.counts)
            setter.gap()
        if number in apart:
            tell_charge(setter, apart[number])
        if number not in telling.rows:
            setter.keep(line.span, line.top)
    return setter.page(sheet.page)


def tell(setter: Setter, counts: Sequence[Told]) -> None:
    """The charges in a list, then what was done about each of them."""
    for told in counts:
        tell_charge(setter, told)
    setter.gap()
    for told in counts:
        _tell_ending(setter, told)


def tell_charge(setter: Setter, told: Told) -> None:
    """A row for the charge, and one below it for the day of the offense."""
    if not told.is_charge:
        return
    cells = [told.places.get(place, []) for place in ("statute", "charge")]
    graded = [*told.places.get("type", []), *told.places.get("grade", [])]
    bare = all(len(token.text.strip(".")) <= 2 for token in graded)
    cells.append(graded)
    cells.append(told.places.get("description", []))
    ink = next(cell for cell in cells if cell)
    prefix = {2: "CLASS"} if graded and bare and not told.places.get("type") else {}
    setter.row(cells, says=f"COUNT {told.number}", ink=ink[0], prefix=prefix)
    day = told.places.get("offense_date")
    if day:
        setter.row([day], says="OFFENSE DATE:", ink=day[0], indent=8.0)


def _tell_ending(setter: Setter, told: Told) -> None:
    days = told.places.get(DAY, [])
    for place in ENDED:
        words = told.places.get(place, [])
        if words and not _is_of_another(words, told):
            setter.entry(days, said_of(place, words), words, f"COUNT {told.number}")
    for act in told.acts:
        if act.words:
            setter.entry(act.days or days, act.said, act.words, f"COUNT {told.number}")
    ended = told.places.get("termination", [])
    if ended:
        named = any(token.norm_.strip(".,;:()").startswith(_PERIOD_ENDED) for token in ended)
        setter.entry([], "" if named else "TERMINATED", ended, f"COUNT {told.number}")


def _is_of_another(words: Cell, told: Told) -> bool:
    """Whether a cell frees somebody and says by number that it is about other counts than the one it stands beside:
    left out of the list, it leaves the page as it stands."""
    said = " ".join(token.norm_ for token in words)
    named = counts_in(said)
    is_of_others = named != () and {told.number, ALL_COUNTS}.isdisjoint(named)
    return is_of_others and any(one.frees for one in wordings_in(said))


_PERIOD_ENDED = ("TERM", "REVOK", "DISCH", "VACAT")  # words that say so themselves
_YES_OR_NO = {"G", "NG", "GUILTY", "NOT", "N/G", "GLTY", "N/GUILTY"}
_SAYS_ITSELF = ("PLEA", "FINDING", "FOUND", "PLED", "PLEADED", "VERDICT")


def said_of(place: str, words: Cell) -> str:
    """What to put before a cell that says no more than yes or no: its column says of what."""
    first = words[0].norm_.strip(".,:")
    if any(token.norm_.strip(".,:") in _SAYS_ITSELF for token in words):
        return ""
    if len(words) > 2 and (place != "plea" or first not in _YES_OR_NO):
        return ""
    if place == "disposition" and first not in _YES_OR_NO:
        return ""
    return {"plea": "PLEA", "finding": "FINDING", "disposition": "FINDING"}.get(place, "")


class Setter:
    """Sets words in rows of a new page, from above to below."""

    def __init__(self, pitch: float) -> None:
        self.pitch, self.words, self.level = pitch, list[Word](), list[BBox]()
        self.line, self.top, self.shift = 0, 0.0, 0.0
        self._last: float | None = None

    def page(self, page: OcrPage) -> OcrPage:
        """The page with the words as they were set."""
        return replace(page, words=tuple(self.words), level=tuple(self.level))

    def keep(self, words: Iterable[Token], top: float, *, left: float = 0.0) -> None:
        """A row as it stands, moved to the left, with the distance it has from the row above it."""
        step = 3.0 * self.pitch if self._last is None else max(1.0, top - self._last)
        self.top += min(step, 12.0 * self.pitch)
        self._last = top
        for token in words:
            box = level_of(token)
            below = self.top + (box.top - top)
            self._put(word_of(token), box.left - left, below, box.width, box.height)
        self.line += 1

    def turn(self) -> None:
        """What follows stood elsewhere on the page and comes right below now."""
        self._last = None

    def gap(self) -> None:
        self.top += 8 * self.pitch
        self._last = None

    def row(
        self, cells: Sequence[Cell], *, says: str, ink: Token, indent: float = 0.0, prefix: dict[int, str] | None = None
    ) -> None:
        """Words put in, then the cells with wide gaps between them."""
        at = self._said(says, ink, indent * self.pitch) + 3.0 * self.pitch
        for number, cell in enumerate(cells):
            if not cell:
                continue
            put_in = (prefix or {}).get(number, "")
            at = self._said(put_in, cell[0], at) + (self.pitch if put_in else 0)
            at = self._set(cell, at) + 4.0 * self.pitch
        self._end()

    def entry(self, days: Cell, said: str, words: Cell, count: str) -> None:
        """A day, what was done on it, and about which count."""
        at = self._set(days, 0.0) + 3.0 * self.pitch if days else 0.0
        at = self._said(said, words[0], at) + (self.pitch if said else 0)
        at = self._set(words, at) + 3.0 * self.pitch
        self._said(count, words[-1], at)
        self._end()

    def onward(self, words: Cell) -> None:
        """A row that goes on with the entry above it."""
        self._set(words, _INDENT * self.pitch)
        self._end()

    def _end(self) -> None:
        self.line += 1
        self.top += 2.4 * self.pitch

    def _set(self, words: Cell, at: float) -> float:
        for number, token in enumerate(words):
            at += self.pitch if number else 0
            at = self._put(word_of(token), at, self.top, level_of(token).width, 1.8 * self.pitch)
        return at

    def _said(self, text: str, ink: Token, at: float) -> float:
        for number, piece in enumerate(text.split()):
            at += self.pitch if number else 0
            word = Word(piece, word_of(ink).bbox, word_of(ink).confidence, self.line)
            at = self._put(word, at, self.top, len(piece) * self.pitch, 1.8 * self.pitch)
        return at

    def _put(self, word: Word, left: float, top: float, width: float, height: float) -> float:
        self.words.append(replace(word, line=self.line))
        self.level.append(BBox(round(left), round(top), round(left + width), round(top + height)))
        return left + width
