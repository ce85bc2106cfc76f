"""How right a page was read, whatever the order of its lines; and how well confidence tells right from wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist
from scipy.optimize import linear_sum_assignment

from benchmarks.ocr_pages import folded

Floats = npt.NDArray[np.float64]
RESAMPLED = 2000  # times the pages are drawn anew for an interval (Efron's bootstrap, percentiles)


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as a side read it, with its confidence where it has one."""

    text: str
    confidence: float | None = None


ReadLine = tuple[ReadWord, ...]


@dataclass(frozen=True, slots=True)
class PageScore:
    """What went wrong on a page; all figures are counts, so that pages can be pooled."""

    characters: int
    character_errors: int
    words: int
    word_errors: int  # of the truth, that stand nowhere among the words read
    digit_words: int
    digit_errors: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A word that was read, and whether it stands on the page."""

    confidence: float
    right: bool


def score(read: Sequence[ReadLine], truth: Sequence[str]) -> PageScore:
    """The errors of a page.

    Characters: the least of three, so that no side is charged for the order of what it read. Lines matched with true
    lines so that fewest edits remain, where a line without a match costs all its characters; the whole page in order,
    for rows that run through each other; words matched with true words the same way, for rows in pieces. Words that
    are missed: taken as a bag.
    """
    lines, true_lines = [_text(line) for line in read], [folded(line) for line in truth]
    matched = sum(cost for _, _, cost in _matched(lines, true_lines))
    in_order = Levenshtein.distance(" ".join(filter(None, lines)), " ".join(true_lines))
    by_word = _by_word([word for line in lines for word in line.split()], " ".join(true_lines).split())
    wanted = Counter(word for line in true_lines for word in line.split())
    missed = wanted - Counter(word for line in lines for word in line.split())
    return PageScore(
        characters=sum(map(len, true_lines)) + max(0, len(true_lines) - 1),
        character_errors=int(min(matched, in_order, by_word)),
        words=wanted.total(),
        word_errors=missed.total(),
        digit_words=_with_digit(wanted),
        digit_errors=_with_digit(missed),
    )


def _text(line: ReadLine) -> str:
    return folded(" ".join(word.text for word in line))


def _with_digit(words: Counter[str]) -> int:
    return sum(total for word, total in words.items() if any(c.isdigit() for c in word))


def _matched(lines: Sequence[str], truth: Sequence[str]) -> list[tuple[int | None, int | None, int]]:
    """Pairs of a line read and a true line, by place, with the edits between them; None where there is no other."""
    total, true_total = len(lines), len(truth)
    costs = np.zeros((total + true_total, true_total + total))
    for i, line in enumerate(lines):
        costs[i, :true_total] = [Levenshtein.distance(line, true) for true in truth]
    costs[:total, true_total:] = np.array([len(line) for line in lines])[:, None] if total else 0
    costs[total:, :true_total] = np.array([len(true) for true in truth])[None, :] if true_total else 0
    pairs = zip(*linear_sum_assignment(costs), strict=True)
    return [
        (int(i) if i < total else None, int(j) if j < true_total else None, int(costs[i, j]))
        for i, j in pairs
        if i < total or j < true_total
    ]


def _by_word(words: Sequence[str], truth: Sequence[str]) -> float:
    """The edits between words read and true words matched for the fewest; one left over costs itself and a blank."""
    total, true_total = len(words), len(truth)
    costs = np.zeros((total + true_total, true_total + total))
    if total and true_total:
        costs[:total, :true_total] = cdist(words, truth, scorer=Levenshtein.distance)
    costs[:total, true_total:] = np.array([len(word) + 1 for word in words])[:, None] if total else 0
    costs[total:, :true_total] = np.array([len(word) + 1 for word in truth])[None, :] if true_total else 0
    rows, columns = linear_sum_assignment(costs)
    return float(costs[rows, columns].sum())


def judged(read: Sequence[ReadLine], truth: Sequence[str]) -> list[Judged]:
    """Every word read with a confidence, and whether the word stands at that place of the matching true line."""
    out = []
    true_lines = [folded(line) for line in truth]
    for i, j, _ in _matched([_text(line) for line in read], true_lines):
        if i is None:
            continue
        words = [folded(word.text) for word in read[i]]
        right = _equal(words, true_lines[j].split()) if j is not None else frozenset()
        out += [Judged(w.confidence, at in right) for at, w in enumerate(read[i]) if w.confidence is not None]
    return out


def _equal(read: Sequence[str], truth: Sequence[str]) -> frozenset[int]:
    steps = Levenshtein.opcodes(read, truth)
    return frozenset(at for step in steps if step.tag == "equal" for at in range(step.src_start, step.src_end))


def rate(scores: Sequence[PageScore], errors: str, total: str) -> float | None:
    """Errors over all characters or words of several pages."""
    whole = sum(getattr(one, total) for one in scores)
    return sum(getattr(one, errors) for one in scores) / whole if whole else None


def with_interval(figure: Callable[[npt.NDArray[np.intp]], float | None], pages: int, seed: int) -> dict[str, Any]:
    """A figure over pages, given by their places, with its 95 % interval over pages drawn anew."""
    rng = np.random.default_rng(seed)
    drawn = [figure(rng.integers(0, pages, pages)) for _ in range(RESAMPLED)] if pages else []
    known = [one for one in drawn if one is not None and np.isfinite(one)]
    value = figure(np.arange(pages)) if pages else None
    interval = [round(float(edge), 4) for edge in np.percentile(known, (2.5, 97.5))] if known else None
    return {"value": None if value is None else round(value, 5), "pages": pages, "interval": interval}


def rate_figure(scores: Sequence[PageScore], errors: str, total: str, seed: int) -> dict[str, Any]:
    """A rate over pages with its interval."""
    parts = np.array([[getattr(one, errors), getattr(one, total)] for one in scores], dtype=float).reshape(-1, 2)

    def figure(some: npt.NDArray[np.intp]) -> float | None:
        wrong, whole = parts[some].sum(axis=0)
        return float(wrong / whole) if whole else None

    return with_interval(figure, len(scores), seed)


def ratio_figure(
    ours: Sequence[PageScore], theirs: Sequence[PageScore], errors: str, total: str, seed: int
) -> dict[str, Any]:
    """Our rate over theirs on the same pages, with its interval."""
    pairs = zip(ours, theirs, strict=True)
    counts = [[getattr(one, name) for one in pair for name in (errors, total)] for pair in pairs]
    parts = np.array(counts, dtype=float).reshape(-1, 4)

    def figure(some: npt.NDArray[np.intp]) -> float | None:
        wrong, whole, their_wrong, their_whole = parts[some].sum(axis=0)
        return float(wrong / whole / (their_wrong / their_whole)) if whole and their_wrong else None

    return with_interval(figure, len(ours), seed)


def confidence_figures(by_page: Sequence[Sequence[Judged]], seed: int) -> dict[str, Any]:
    """Calibration error (ten equal bins), Brier score, area under the curve, and the share of wrong words among the
    quarter that is least sure."""
    counts = {"words": sum(map(len, by_page)), "wrong": sum(not one.right for page in by_page for one in page)}
    measures = {
        "calibration_error": calibration_error,
        "brier": brier,
        "area_under_curve": area_under_curve,
        "wrong_among_least_sure_quarter": wrong_among_least_sure,
    }
    arrays = [_as_arrays(page) for page in by_page]

    def on(some: npt.NDArray[np.intp], measure: Callable[[Floats, Floats], float]) -> float | None:
        chosen = [arrays[at] for at in some]
        sure, right = (np.concatenate([one[k] for one in chosen]) for k in range(2))
        return measure(sure, right) if len(sure) else None

    figures = {
        name: with_interval(lambda some, measure=measure: on(some, measure), len(by_page), seed)  # type: ignore[misc]
        for name, measure in measures.items()
    }
    return {**counts, **figures}


def _as_arrays(page: Sequence[Judged]) -> tuple[Floats, Floats]:
    return np.array([one.confidence for one in page]), np.array([float(one.right) for one in page])


def calibration_error(sure: Floats, right: Floats) -> float:
    """The mean distance between confidence and the share that is right, over ten bins by their words."""
    bins = np.minimum((sure * 10).astype(int), 9)
    return float(sum(abs(sure[bins == b].sum() - right[bins == b].sum()) for b in range(10)) / len(sure))


def brier(sure: Floats, right: Floats) -> float:
    return float(np.mean((sure - right) ** 2))


def area_under_curve(sure: Floats, right: Floats) -> float:
    """The chance that a right word is surer than a wrong one, ties counting half (Mann and Whitney, 1947)."""
    values, places, counts = np.unique(sure, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    good = int(right.sum())
    bad = len(right) - good
    if not good or not bad or not len(values):
        return float("nan")
    return float((ranks[places][right > 0].sum() - good * (good + 1) / 2) / (good * bad))


def wrong_among_least_sure(sure: Floats, right: Floats) -> float:
    """Of the wrong words, the share that is among the least sure quarter of all."""
    wrong = len(right) - right.sum()
    least = np.argsort(sure, kind="stable")[: len(sure) // 4]
    return float((1 - right[least]).sum() / wrong) if wrong else float("nan")
