"""Which parts of a line a second reader is asked about: the words of which the first is unsure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digitize.ctc import Letter, LineFrames
from digitize.readings import clearness


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How clear the letters of a line must be, 0 to 1.

    `legible` is from the trial that the recipe comes from. The others were chosen on 71 pages of the second maker's
    half for development and of older layouts. Asking about figures less clear than .99 besides, about a doubtful word's
    neighbours, about marks in wide dirt and about plain words less clear than .9 takes the second reader twice as long;
    on 48 of these pages 333 letters and 18 words with a figure were wrong so, 294 and 16 without. Down from `doubtful`
    to `blank` our net and the ink together tell blanks as well as the second net does.
    """

    legible: float = 0.6  # mean: clearer lines are type
    faint: float = 0.45  # mean: lines down to this are type if the second reader finds much the same
    doubtful: float = 0.9  # a letter, a figure or a sign that is less clear is doubtful
    plain: float = 0.8  # and a letter of a word of letters alone
    blank: float = 0.5  # and a blank
    parting: float = 0.98  # a blank that is less clear does not part what is asked about from what is not
    close: float = 0.985  # a letter of a line whose letters stand close

    def for_close(self) -> Thresholds:
        """Those for a line whose letters stand too close for the first reader, which may be sure and wrong there."""
        return replace(self, doubtful=self.close, plain=self.close, blank=self.close, parting=self.close)


_SIGNS, _DRAWN = frozenset("-=_*.~+ "), 5  # what lines are drawn with, and how many of them are one
_SHORT = 2  # letters: what so short a line holds may be a mark for *as above*, and a figure says little
_ROOM = 17  # frames, some five letters wide: a line with so much room for so few letters is no type
_PLAIN = frozenset(" .,;:'-()")  # what stands in and around words
_WORDY = 4  # letters: fewer may be part of a number


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line between clear blanks, as places in its width (0 to 1), what the first reader made of it, and
    whether the second is asked; `edges` is how clear the blanks at its ends are."""

    start: float
    stop: float
    first: LineFrames
    asked: bool
    edges: tuple[float, float] = (1.0, 1.0)

    def columns(self, width: int) -> slice:
        """Its columns in a crop so wide."""
        return slice(round(self.start * width), max(round(self.start * width) + 1, round(self.stop * width)))

    def on_line(self, place: float) -> float:
        """A place in the part's width as one in the line's."""
        return self.start + place * (self.stop - self.start)


def parts_of(first: LineFrames, thresholds: Thresholds) -> list[Part]:
    """The parts of a line from left to right; a line that may not be type is one part, and asked about as a whole."""
    letters = first.letters
    clear = clearness(letters)
    if clear < thresholds.faint:  # a ditto mark, it may be
        return [Part(0.0, 1.0, first, asked=len(letters) <= 1)]
    if len(letters) <= _SHORT:
        return [Part(0.0, 1.0, first, asked=len(first.rows) <= _ROOM and _is_doubtful_alone(letters, thresholds))]
    if clear < thresholds.legible:
        return [Part(0.0, 1.0, first, asked=_is_doubtful_alone(letters, thresholds))]
    blanks = [one for one in _between_words(letters) if one.confidence >= thresholds.parting]
    asked = [_is_doubtful(run, thresholds) for run in _between(letters, blanks)]
    cuts = [blank for at, blank in enumerate(blanks) if asked[at] != asked[at + 1]]
    return _cut(first, cuts, starts_asked=asked[0])


def _between_words(letters: Sequence[Letter]) -> Iterator[Letter]:
    """The blanks of a line; those between two signs that lines are drawn with belong to what is drawn."""
    for before, one, after in zip(letters, letters[1:], letters[2:], strict=False):
        if one.character == " " and not _SIGNS.issuperset((before.character, after.character)):
            yield one


def _is_doubtful_alone(letters: Sequence[Letter], thresholds: Thresholds) -> bool:
    """Whether a line that says little is doubtful: of its figures none is clear enough."""
    return _is_doubtful(letters, thresholds) or (
        any(one.character.isdigit() for one in letters) and not _is_drawn(letters)
    )


def _is_doubtful(letters: Sequence[Letter], thresholds: Thresholds) -> bool:
    """Whether a letter or a blank is unclear; a line drawn with signs says nothing."""
    if _is_drawn(letters):
        return False
    least = thresholds.plain if _is_wording(letters) else thresholds.doubtful
    return any(one.confidence < (thresholds.blank if one.character == " " else least) for one in letters)


def _is_drawn(letters: Sequence[Letter]) -> bool:
    return len(letters) >= _DRAWN and _SIGNS.issuperset(one.character for one in letters)


def _is_wording(letters: Sequence[Letter]) -> bool:
    """Whether letters spell words alone: no figure, no sign of a number, and enough of them."""
    total = sum(one.character.isalpha() for one in letters)
    return total >= _WORDY and all(one.character.isalpha() or one.character in _PLAIN for one in letters)


def _between(letters: Sequence[Letter], blanks: Sequence[Letter]) -> list[list[Letter]]:
    runs: list[list[Letter]] = [[]]
    left = list(blanks)
    for letter in letters:
        if left and letter is left[0]:
            del left[0]
            runs.append([])
        else:
            runs[-1].append(letter)
    return runs


def _cut(first: LineFrames, cuts: Sequence[Letter], *, starts_asked: bool) -> list[Part]:
    """The line cut through the middle of these blanks; every second part is asked about."""
    frames = [0, *(int(blank.middle) for blank in cuts), len(first.rows)]
    clear = [1.0, *(blank.confidence for blank in cuts), 1.0]
    parts = []
    for at in range(len(cuts) + 1):
        start = frames[at] * first.step
        stop = 1.0 if at == len(cuts) else frames[at + 1] * first.step
        rows = LineFrames(first.rows[frames[at] : frames[at + 1]], first.step / (stop - start))
        parts.append(Part(start, stop, rows, asked=starts_asked == (at % 2 == 0), edges=(clear[at], clear[at + 1])))
    return parts
