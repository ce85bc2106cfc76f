"""Frames of probabilities made into letters with their places, and into the likeliest readings.

Graves, Fernández, Gomez and Schmidhuber 2006, Connectionist Temporal Classification.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Frames: TypeAlias = npt.NDArray[np.float32]  # [frames, 96]: blank, space, ASCII 33 to 126; each row adds up to 1
Logs: TypeAlias = npt.NDArray[np.float64]

ALPHABET = ("", " ", *map(chr, range(33, 127)))
_PLACE = {character: at for at, character in enumerate(ALPHABET) if character}
_FAINTEST = 0.002  # probability: fainter symbols open no reading of their own
_FLOOR = 1e-7  # no net is surer than this that something is not there
_NEVER = -1e30


@dataclass(frozen=True)
class LineFrames:
    """What a net makes of one line: its frames, and the share of the line's width that each stands for."""

    rows: Frames
    step: float

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The letters these frames show, as of `letters_of`; worked out once, as many ask for them."""
        return letters_of(self.rows)


@dataclass(frozen=True, slots=True)
class Letter:
    """A character read, a space among them, and the frames that say so."""

    character: str
    first: int
    last: int  # the frame after
    confidence: float  # of its clearest frame

    @property
    def middle(self) -> float:
        """Its place, counted in frames from the left edge of the line."""
        return (self.first + self.last) / 2


def letters_of(frames: Frames) -> tuple[Letter, ...]:
    """The likeliest symbol of every frame, repeats joined and blanks dropped; spaces at the ends go."""
    if not len(frames):
        return ()
    best = np.asarray(frames.argmax(axis=1))
    starts = np.flatnonzero(np.concatenate(([True], best[1:] != best[:-1])))
    stops = np.append(starts[1:], len(best))
    clearest = np.maximum.reduceat(frames[np.arange(len(best)), best], starts)
    runs = zip(best[starts].tolist(), starts.tolist(), stops.tolist(), clearest.tolist(), strict=True)
    letters = [Letter(ALPHABET[symbol], a, b, clear) for symbol, a, b, clear in runs if symbol]
    while letters and letters[0].character == " ":
        del letters[0]
    while letters and letters[-1].character == " ":
        del letters[-1]
    return tuple(letters)


def text_of(letters: Sequence[Letter]) -> str:
    return "".join(letter.character for letter in letters)


def n_best(frames: Frames, total: int = 6, width: int = 10) -> tuple[tuple[str, float], ...]:
    """The likeliest texts of these frames with their log-probabilities, best first; by prefix beam search.

    Frames where nothing but the blank is likely cost next to nothing. Texts begin and end without a space.
    """
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # probability, ending in blank and in a letter
    scale = 0.0
    for blank, symbols in zip(frames[:, 0].tolist(), _likely(frames), strict=True):
        if not symbols:
            beams = {text: ((b + n) * blank, 0.0) for text, (b, n) in beams.items()}
            continue
        grown: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for text, (ends_blank, ends_letter) in beams.items():
            grown[text][0] += (ends_blank + ends_letter) * blank
            for character, probability in symbols:
                if text and text[-1] == character:
                    grown[text][1] += ends_letter * probability
                    grown[text + character][1] += ends_blank * probability
                else:
                    grown[text + character][1] += (ends_blank + ends_letter) * probability
        sums = {text: b + n for text, (b, n) in grown.items()}
        kept = [(text, grown[text]) for text in sorted(sums, key=sums.__getitem__, reverse=True)[:width]]
        most = sums[kept[0][0]] or 1e-300
        scale += math.log(most)
        beams = {text: (b / most, n / most) for text, (b, n) in kept}
    summed: dict[str, float] = defaultdict(float)
    for text, (ends_blank, ends_letter) in beams.items():
        summed[text.strip()] += ends_blank + ends_letter
    ranked = sorted(summed.items(), key=lambda entry: -entry[1])[:total]
    return tuple((text, float(np.log(max(p, 1e-300))) + scale) for text, p in ranked)


def _likely(frames: Frames) -> list[list[tuple[str, float]]]:
    """For each frame the symbols that are not faint, with their probabilities; the blank is none."""
    likely: list[list[tuple[str, float]]] = [[] for _ in frames]
    at, symbols = np.nonzero(frames[:, 1:] > _FAINTEST)
    shares = frames[at, symbols + 1].tolist()
    for frame, symbol, share in zip(at.tolist(), symbols.tolist(), shares, strict=True):
        likely[frame].append((ALPHABET[symbol + 1], share))
    return likely


def log_likelihoods(frames: Frames, texts: Sequence[str]) -> Logs:
    """The logarithm of the probability of each text, over all the ways the frames can spell it."""
    logs = np.log(np.maximum(frames.astype(np.float64), _FLOOR))
    total, longest = len(texts), 2 * max((len(text) for text in texts), default=0) + 1
    symbols = np.zeros((total, longest), dtype=np.int64)
    for row, text in enumerate(texts):
        symbols[row, 1 : 2 * len(text) : 2] = [_PLACE[character] for character in text]
    skips = np.zeros((total, longest), dtype=bool)  # a blank may be left out between letters that differ
    skips[:, 2:] = (symbols[:, 2:] != 0) & (symbols[:, 2:] != symbols[:, :-2])
    reached = np.full((total, longest + 2), _NEVER)
    reached[:, 2] = 0.0
    began = False
    for row in logs:
        here, before, skipped = reached[:, 2:], reached[:, 1:-1], np.where(skips, reached[:, :-2], _NEVER)
        summed = np.logaddexp(here, skipped) if began else here
        reached[:, 2:] = np.logaddexp(summed, before if began else _second(reached)) + row[symbols]
        began = True
    ends = np.array([2 * len(text) for text in texts], dtype=np.int64)
    at_blank = reached[np.arange(total), ends + 2]
    at_letter = np.where(ends > 0, reached[np.arange(total), np.maximum(ends + 1, 2)], _NEVER)
    return np.asarray(np.logaddexp(at_blank, at_letter))


def _second(reached: Logs) -> Logs:
    """Before the first frame: a text may begin with its first letter as well as with a blank."""
    first = np.full((len(reached), reached.shape[1] - 2), _NEVER)
    if first.shape[1] > 1:
        first[:, 1] = 0.0
    return first


def placed(frames: Frames, text: str) -> tuple[Letter, ...]:
    """A text's letters where these frames show them best; none where there are too few frames for it."""
    if not text or len(frames) < len(text):
        return ()
    logs = np.log(np.maximum(frames.astype(np.float64), _FLOOR))
    symbols = np.zeros(2 * len(text) + 1, dtype=np.int64)
    symbols[1::2] = [_PLACE[character] for character in text]
    path = _best_path(logs[:, symbols], symbols)
    found = []
    for at, character in enumerate(text):
        own = np.flatnonzero(path == 2 * at + 1)
        if not len(own):
            return ()
        first, last = int(own[0]), int(own[-1]) + 1
        found.append(Letter(character, first, last, float(frames[first:last, _PLACE[character]].max())))
    return tuple(found)


def _best_path(emitted: Logs, symbols: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Which symbol each frame stands for on the likeliest way through all of them."""
    total = len(symbols)
    skips = np.zeros(total, dtype=bool)
    skips[2:] = (symbols[2:] != 0) & (symbols[2:] != symbols[:-2])
    score = np.full(total, _NEVER)
    score[:2] = emitted[0, :2]
    came = np.zeros((len(emitted), total), dtype=np.int64)
    for at in range(1, len(emitted)):
        one = np.concatenate(([_NEVER], score[:-1]))
        two = np.where(skips, np.concatenate(([_NEVER, _NEVER], score[:-2])), _NEVER)
        ways = np.stack((score, one, two))
        came[at] = ways.argmax(axis=0)
        score = ways.max(axis=0) + emitted[at]
    path = np.zeros(len(emitted), dtype=np.int64)
    path[-1] = total - 1 if score[-1] >= score[-2] else total - 2
    for at in range(len(emitted) - 1, 0, -1):
        path[at - 1] = path[at] - came[at, path[at]]
    return path
