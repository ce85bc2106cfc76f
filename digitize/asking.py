"""Which parts of a line a second reader is asked about: where the first is unsure, and what stands beside that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digitize.ctc import Letter, LineFrames
from digitize.readings import clearness, least_clear


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How clear the letters of a line must be, 0 to 1.

    `legible` is from the trial that the recipe comes from. `doubtful` was chosen on pages of the train split. `figure`
    was chosen on pages of the second maker's half for development: asking about every figure besides found no more
    words with a digit wrong, and took half as long again. So was `blank`, and on older layouts: asking about blanks
    down to `doubtful` mended nothing, and the second reader saw a tenth more.
    """

    legible: float = 0.6  # mean: clearer lines are type
    faint: float = 0.35  # mean: lines down to this are type if the second reader finds much the same
    doubtful: float = 0.9  # a letter that is less clear is doubtful
    blank: float = 0.5  # and a blank; our net and the ink together tell blanks as well as the second net does
    figure: float = 0.99  # and a figure that is less clear
    beside: int = 1  # words to either side that the second reader sees, too
    close: float = 0.985  # a letter of a line whose letters stand close

    def for_close(self) -> Thresholds:
        """Those for a line whose letters stand too close for the first reader, which may be sure and wrong there."""
        return replace(self, doubtful=self.close, blank=self.close)


_EVERY = 2.0  # no figure is so clear
_SIGNS, _DRAWN = frozenset("-=_*.~+ "), 5  # what lines are drawn with, and how many of them are one
_SHORT = 2  # letters: what so short a line holds may be a mark for *as above*, and a figure says little


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
    if clear < thresholds.legible or len(letters) <= _SHORT:
        return [Part(0.0, 1.0, first, asked=_is_doubtful(letters, thresholds, figure=_EVERY))]
    blanks = [one for one in _between_words(letters) if one.confidence >= thresholds.blank]
    runs = _between(letters, blanks)
    doubts = [_is_doubtful(run, thresholds, figure=thresholds.figure) for run in runs]
    near = thresholds.beside
    asked = [any(doubts[max(0, at - near) : at + near + 1]) for at in range(len(runs))]
    cuts = [blank for at, blank in enumerate(blanks) if asked[at] != asked[at + 1]]
    return _cut(first, cuts, starts_asked=asked[0])


def _between_words(letters: Sequence[Letter]) -> Iterator[Letter]:
    """The blanks of a line; those between two signs that lines are drawn with belong to what is drawn."""
    for before, one, after in zip(letters, letters[1:], letters[2:], strict=False):
        if one.character == " " and not _SIGNS.issuperset((before.character, after.character)):
            yield one


def _is_doubtful(letters: Sequence[Letter], thresholds: Thresholds, *, figure: float) -> bool:
    """Whether a letter is unclear, or a figure less clear than `figure`; a line drawn with signs says nothing."""
    if len(letters) >= _DRAWN and _SIGNS.issuperset(one.character for one in letters):
        return False
    figures = (one for one in letters if one.character.isdigit())
    return least_clear(letters) < thresholds.doubtful or any(one.confidence < figure for one in figures)


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
