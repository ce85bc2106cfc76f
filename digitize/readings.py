"""Readings of a line's words: what one net or two make of the same ink, weighed against each other."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from digitize.ctc import Frames, Letter, LineFrames, Logs, log_likelihoods, n_best, placed, text_of
from digitize.patterns import names_a_half, strange_share, with_firsts, with_halves

Gap: TypeAlias = tuple[float, float]  # a blank: its place in the line's width, and how clear it is

_SURE = 0.985  # a word whose every letter is at least so clear is not read in other ways
_FIRST_WEIGHT = 0.5  # of the first net's log-probability; the second has the rest
_CLOSE_WEIGHT = 0.25  # the same where letters stand too close for it
_FAINTEST = -14.0  # log-probability: below it, how wrong a net finds a text says nothing more
_STRANGE = 1.5  # log: so much less likely is a word without the shape of any word
_HALF = 5.0  # log
_TOTAL = 6  # readings asked of a net for a doubtful stretch
_FEWEST = 4  # distances between letters, to tell whether they are even
_UNEVEN = 0.09  # of the pitch: letters of one pitch stray less
_MOST_OTHERS = 5
_CLEAR = 0.5  # mean of its letters: a word that a net reads so clearly is left out of no reading
_LONGEST = 24  # letters: a longer stretch is not searched in every way


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line between two blanks, as places in its width (0 to 1), and its letters there."""

    start: float
    stop: float
    letters: tuple[Letter, ...]
    gap: float = 1.0  # how clear the less clear of the blanks beside it is

    @property
    def text(self) -> str:
        return text_of(self.letters)


@dataclass(frozen=True, slots=True)
class WordRead:
    """A word of a line: its text, where its letters stand (0 to 1 of the line's width), and what speaks for it."""

    text: str
    places: tuple[float, ...]  # the middles of the letters
    share: float  # of all readings weighed, by their probability, 0 to 1
    least: float  # of its letters, the least clear: 0 to 1
    mean: float
    agreed: bool | None  # whether the second reader gave the same; None where it was not asked
    line_mean: float  # how clear the letters of the whole line are
    gap: float  # the less clear of the blanks beside it; 1 at the ends of a line
    others: tuple[tuple[str, float], ...] = field(default=())  # other readings with their share


def clearness(letters: Sequence[Letter]) -> float:
    """The mean confidence of a line's letters; 0 where there are none."""
    return float(np.mean([letter.confidence for letter in letters])) if letters else 0.0


def least_clear(letters: Sequence[Letter]) -> float:
    return min((letter.confidence for letter in letters), default=0.0)


def words_read(
    first: LineFrames,
    second: LineFrames | None = None,
    *,
    line_mean: float | None = None,
    edges: tuple[float, float] = (1.0, 1.0),
    close: bool = False,
) -> list[WordRead]:
    """The words of a line, or of a part of one, from the frames of one net, or of two.

    Of a part `line_mean` says how clear its line is, and `edges` how clear the blanks at the part's ends are. Where
    letters stand `close`, the second net sees them better.
    """
    letters = first.letters
    if not letters:
        return []
    mean = clearness(letters) if line_mean is None else line_mean
    if second is None:
        spans = _parted(letters, first.step, _gaps(letters, first.step), edges)
        return [word for span in spans for word in _read_alone(first, span, mean)]
    others = second.letters
    gaps = _shared_gaps(letters, first.step, others, second.step)
    pairs = zip(_parted(letters, first.step, gaps, edges), _parted(others, second.step, gaps, edges), strict=True)
    weight = _CLOSE_WEIGHT if close else _FIRST_WEIGHT
    return [word for mine, theirs in pairs for word in _read_by_both(first, mine, second, theirs, mean, weight)]


def pitch_of(letters: Sequence[Letter]) -> float:
    """The even distance of letters, in frames; 0 where they are set closer or wider by their shape.

    Taken over three letters on end, since frames are nearly as coarse as letters.
    """
    runs = (letters[at : at + 4] for at in range(len(letters) - 3))
    apart = [(run[-1].middle - run[0].middle) / 3 for run in runs if all(one.character != " " for one in run)]
    if len(apart) < _FEWEST:
        return 0.0
    pitch = float(np.median(apart))
    uneven = float(np.median(np.abs(np.array(apart) - pitch))) / pitch
    return pitch if uneven < _UNEVEN else 0.0


def _gaps(letters: Sequence[Letter], step: float) -> list[Gap]:
    return [(letter.middle * step, letter.confidence) for letter in letters if letter.character == " "]


def _shared_gaps(mine: Sequence[Letter], step: float, theirs: Sequence[Letter], other_step: float) -> list[Gap]:
    """The blanks that both nets see, within the breadth of a letter."""
    own, others = _gaps(mine, step), _gaps(theirs, other_step)
    if not own or not others:
        return []
    breadth = float(np.median(np.diff([letter.middle * step for letter in mine])))
    shared, used = [], set()
    for place, clear in own:
        nearest = min(range(len(others)), key=lambda at: abs(others[at][0] - place))
        if abs(others[nearest][0] - place) < 0.9 * breadth and nearest not in used:
            used.add(nearest)
            shared.append(((place + others[nearest][0]) / 2, min(clear, others[nearest][1])))
    return shared


def _parted(letters: Sequence[Letter], step: float, gaps: Sequence[Gap], ends: tuple[float, float]) -> list[Span]:
    """The letters between gaps, without the blanks that stand in these."""
    places = [place for place, _ in gaps]
    parts: list[list[Letter]] = [[] for _ in range(len(gaps) + 1)]
    for letter in letters:
        parts[bisect_right(places, letter.middle * step)].append(letter)
    edges = pairwise(((0.0, ends[0]), *gaps, (1.0, ends[1])))
    return [
        Span(a, b, _bare(part), min(left, right)) for ((a, left), (b, right)), part in zip(edges, parts, strict=True)
    ]


def _bare(letters: list[Letter]) -> tuple[Letter, ...]:
    """Letters without the blanks at either end."""
    inked = [at for at, letter in enumerate(letters) if letter.character != " "]
    return tuple(letters[inked[0] : inked[-1] + 1]) if inked else ()


def _cut(frames: LineFrames, span: Span) -> tuple[Frames, int]:
    """The frames of a span and the number of the first; never into its own letters."""
    first, last = round(span.start / frames.step), round(span.stop / frames.step)
    if span.letters:
        first, last = min(first, span.letters[0].first), max(last, span.letters[-1].last)
    first = max(0, min(first, len(frames.rows) - 1))
    rows = frames.rows[first : max(first + 1, last)]
    inked = np.flatnonzero(rows.argmax(axis=1) != 1)  # the blank's own frames are no part of the word beside it
    if not len(inked):
        return rows, first
    return rows[inked[0] : inked[-1] + 1], first + int(inked[0])


def _read_alone(frames: LineFrames, span: Span, mean: float) -> Iterator[WordRead]:
    if not span.letters:
        return
    if least_clear(span.letters) >= _SURE or len(span.letters) > _LONGEST:
        share = float(np.prod([letter.confidence for letter in span.letters]))
        yield from _words_of(span.letters, frames.step, {span.text: share}, None, mean, span.gap)
        return
    cut, _ = _cut(frames, span)
    texts = list(dict.fromkeys((span.text, *(text for text, _ in n_best(cut, _TOTAL) if text))))
    yield from _likeliest(frames, span, _weighed(texts, log_likelihoods(cut, texts)), None, mean)


def _read_by_both(
    first: LineFrames, mine: Span, second: LineFrames, theirs: Span, mean: float, weight: float
) -> Iterator[WordRead]:
    texts = [mine.text]
    if mine.text != theirs.text or min(least_clear(mine.letters), least_clear(theirs.letters)) < _SURE:
        own, _ = _cut(first, mine)
        other, _ = _cut(second, theirs)
        texts = _candidates(own, mine, other, theirs)
    if not any(texts):
        return
    if len(texts) == 1:
        weighed = {texts[0]: 0.0}
    else:
        one, two = (
            np.maximum(log_likelihoods(own, texts), _FAINTEST),
            np.maximum(log_likelihoods(other, texts), _FAINTEST),
        )
        weighed = _weighed(texts, weight * one + (1 - weight) * two)
    yield from _likeliest(first, mine, weighed, theirs, mean)


def _weighed(texts: Sequence[str], logs: Logs) -> dict[str, float]:
    """The texts with their log-probabilities: less where words have no known shape, more for a chapter's ½, which the
    second net does not know."""
    return {
        text: float(log) - _STRANGE * strange_share(as_typed(text)) + _HALF * names_a_half(text)
        for text, log in zip(texts, logs, strict=True)
    }


def _candidates(own: Frames, mine: Span, other: Frames, theirs: Span) -> list[str]:
    """What either net reads or might have read; nothing that neither gave."""
    texts = [mine.text, theirs.text]
    if max(len(mine.letters), len(theirs.letters)) <= _LONGEST:
        texts += [text for text, _ in n_best(own, _TOTAL)] + [text for text, _ in n_best(other, _TOTAL)]
    return list(dict.fromkeys(text for text in texts if text or not (mine.letters and theirs.letters)))


def _likeliest(
    frames: LineFrames, span: Span, logs: dict[str, float], second: Span | None, mean: float
) -> Iterator[WordRead]:
    """The words of the likeliest reading of a span, the others as alternatives.

    Where that one leaves out a word that a net reads clearly, this net's reading is kept, however small its share.
    """
    ranked = sorted(logs, key=lambda text: -logs[text])
    weights = np.exp(np.array([logs[text] for text in ranked]) - logs[ranked[0]])
    shares = dict(zip(ranked, (weights / weights.sum()).tolist(), strict=True))
    chosen = ranked[0]
    for read in (span, second):
        if read is not None and _is_less(_size_of(chosen.split()), _size_of(_clear_words(read))):
            chosen = read.text
    letters = span.letters if chosen == span.text else _letters_for(frames, span, chosen)
    both = None if second is None else (span.text, second.text)
    yield from _words_of(letters, frames.step, shares, both, mean, span.gap)


def _clear_words(span: Span) -> list[str]:
    return [text_of(word) for word in words_of(span.letters) if clearness(word) >= _CLEAR]


def _size_of(words: Sequence[str]) -> tuple[int, int]:
    """How many words hold a letter or figure, and how many of these there are: what nets make of dirt is none."""
    signs = [sum(c.isalnum() for c in word) for word in words]
    return sum(total > 0 for total in signs), sum(signs)


def _is_less(size: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a word was left out, not only joined to its neighbour."""
    return size[0] < other[0] and size[1] < other[1]


def _letters_for(frames: LineFrames, span: Span, chosen: str) -> tuple[Letter, ...]:
    """The letters of a reading that the net itself did not give first, placed as its frames show them best."""
    cut, offset = _cut(frames, span)
    found = placed(cut, chosen)
    if not found:  # too few frames: spread evenly
        width = len(cut) / max(1, len(chosen))
        found = tuple(Letter(c, int(i * width), int((i + 1) * width) + 1, 0.0) for i, c in enumerate(chosen))
    return tuple(Letter(one.character, one.first + offset, one.last + offset, one.confidence) for one in found)


def _words_of(
    letters: Sequence[Letter],
    step: float,
    shares: dict[str, float],
    read: tuple[str, str] | None,
    mean: float,
    gap: float,
) -> Iterator[WordRead]:
    """The words within a span; each gets the share of all readings that hold it. `read` is what two nets gave."""
    total = text_of(letters).split()
    rivals = _rivals(total, shares)
    both = None if read is None else all(text == text_of(letters) for text in read)
    kept = {as_typed(text) for text in read or () if len(text.split()) != len(total)}
    for at, own in enumerate(words_of(letters)):
        word, there = as_typed(total[at]), _joined(rivals[at])
        confidences = [letter.confidence for letter in own]
        others = _foremost(((text, share) for text, share in there.items() if text != word), kept)
        places = tuple(letter.middle * step for letter in own)
        least, middle = min(confidences), float(np.mean(confidences))
        yield WordRead(word, places, min(1.0, there[word]), least, middle, both, mean, gap, others)


def as_typed(text: str) -> str:
    """The reading with chapters and ordinals as they are typed."""
    return with_firsts(with_halves(text))


def _joined(shares: dict[str, float]) -> dict[str, float]:
    """The readings with chapters as typed; those that are then one share what they had."""
    joined: dict[str, float] = defaultdict(float)
    for text, share in shares.items():
        joined[as_typed(text)] += share
    return joined


def _foremost(others: Iterable[tuple[str, float]], kept: Set[str]) -> tuple[tuple[str, float], ...]:
    """The likeliest of other readings, best first; those in `kept` are never crowded out."""
    ranked = sorted(others, key=lambda other: (other[0] not in kept, -other[1]))[:_MOST_OTHERS]
    return tuple(sorted(ranked, key=lambda other: -other[1]))


def _rivals(words: Sequence[str], shares: dict[str, float]) -> list[dict[str, float]]:
    """For each word of the chosen reading what other readings have in its place, with their shares.

    A reading of more words or fewer speaks against each word of the chosen one, and stands beside it as a whole.
    """
    rivals: list[dict[str, float]] = [defaultdict(float) for _ in words]
    for text, share in shares.items():
        parts = text.split()
        for at, word in enumerate(words):
            if len(parts) == len(words):
                rivals[at][parts[at]] += share
            elif text not in ("", word):
                rivals[at][text] += share
    return rivals


def words_of(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """The letters between blanks, word by word."""
    word: list[Letter] = []
    for letter in letters:
        if letter.character != " ":
            word.append(letter)
        elif word:
            yield word
            word = []
    if word:
        yield word
