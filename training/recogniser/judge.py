"""How well a net reads made lines: errors by kind of type, and what it makes of crops without any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]
from rapidfuzz.distance import Levenshtein

from training.recogniser.alphabet import greedy
from training.recogniser.faces import Faces
from training.recogniser.lines import Lines, MadeLine

_DRAWS = 300  # of the bootstrap


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A made line and what the net read."""

    made: MadeLine
    read: str

    @property
    def truth(self) -> str:
        return " ".join(self.made.text.split())

    @property
    def errors(self) -> int:
        return Levenshtein.distance(self.read, self.truth)


@dataclass(frozen=True, slots=True)
class Judged:
    """Lines of one kind: how many, character error rate with its 95 % interval, words with a digit and wrong ones."""

    lines: int
    letters: int
    cer: float
    interval: tuple[float, float]
    numbers: int
    numbers_wrong: int


def made_lines(faces: Faces, total: int, seed: int) -> list[MadeLine]:
    """So many made lines, silent ones among them."""
    return list(islice(Lines(faces, seed), total))


def session_of(model: bytes) -> onnxruntime.InferenceSession:
    """A session of one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def read_lines(model: bytes, lines: Iterable[MadeLine]) -> list[ReadLine]:
    """What the net reads, line by line."""
    session = session_of(model)
    read = []
    for made in lines:
        ink = made.ink.astype(np.float32)[None, None] / np.float32(255)
        (chances,) = session.run(None, {"ink": ink})
        read.append(ReadLine(made, " ".join(greedy(chances[0].argmax(axis=1).tolist()).split())))
    return read


def judged(read: Sequence[ReadLine]) -> Judged:
    """The errors of lines that hold type."""
    errors = np.array([one.errors for one in read])
    letters = np.array([len(one.truth) for one in read])
    wrong = numbers = 0
    for one in read:
        found = one.read.split()
        for word in one.truth.split():
            if any(letter.isdigit() for letter in word):
                numbers += 1
                wrong += word not in found
    rate = float(errors.sum() / max(1, letters.sum()))
    return Judged(len(read), int(letters.sum()), rate, _interval(errors, letters), numbers, wrong)


def _interval(errors: npt.NDArray[np.int64], letters: npt.NDArray[np.int64]) -> tuple[float, float]:
    """By drawing lines again and again (Efron, 1979)."""
    numbers = np.random.Generator(np.random.PCG64(1))
    picks = numbers.integers(0, len(errors), (_DRAWS, len(errors)))
    rates = errors[picks].sum(axis=1) / np.maximum(1, letters[picks].sum(axis=1))
    low, high = np.quantile(rates, (0.025, 0.975))
    return float(low), float(high)


def by_kind(read: Sequence[ReadLine]) -> Mapping[str, list[ReadLine]]:
    """The lines by their group of faces, crops without type as "silent"."""
    kinds: dict[str, list[ReadLine]] = defaultdict(list)
    for one in read:
        kinds[one.made.kind].append(one)
    return kinds


def report(split: str, read: Sequence[ReadLine]) -> list[str]:
    """Rows of a table in Markdown: split, kind, lines, letters, CER with interval, numbers wrong."""
    rows = []
    kinds = dict(by_kind(read))
    silent = kinds.pop("silent", [])
    typed = [one for lines in kinds.values() for one in lines]
    for kind, lines in [*sorted(kinds.items()), ("all type", typed)]:
        got = judged(lines)
        low, high = got.interval
        rows.append(f"| {split} | {kind} | {got.lines} | {got.letters} | {100 * got.cer:.2f} % | {100 * low:.2f} to "
                    f"{100 * high:.2f} | {got.numbers_wrong} of {got.numbers} |")  # fmt: skip
    noisy = sum(bool(one.read) for one in silent)
    rows.append(f"| {split} | nothing to read | {len(silent)} | 0 | read as something: {noisy} | | |")
    return rows


__all__ = ["Judged", "ReadLine", "by_kind", "judged", "made_lines", "read_lines", "report"]
