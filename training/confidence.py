"""Calibrates the confidence of words: `python -m training.confidence`, which writes digitize/confidence.toml.

Pages of the train split are made from fresh seeds, read, and every word held against the truth at its place.
Half of the pages fit the weights, the other half give the figures that stand beside them.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox
from digitize.confidence import Setting, evidence_of, settings_of
from digitize.engines import best_engine
from digitize.line_engine import LineEngine, boxes_of, is_drawn, is_rule, is_speck, seen_word
from digitize.prepare import prepare
from digitize.readings import WordRead
from digitize.recognize import typed_on
from specimens import Maker, Scan, splits

RIDGE = 2.0  # pseudo-counts that draw every weight to nought
ROUNDS = 30

Table = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A word as read; whether it is exactly what stands there; whether the truth is among its other readings."""

    word: WordRead
    setting: Setting
    right: bool
    listed: bool


def scans(seed: int, total: int, split: str = "train") -> Iterator[Scan]:
    """One page of each made item, the right way up, with the wear of its split."""
    allowed = splits()[split]
    made = 0
    for item in Maker(seed, layouts=allowed.layouts, fonts=allowed.fonts, wear=allowed.wear).items():
        scan = item.specimens[0].scan()
        if scan.quarters or not scan.words:
            continue
        yield scan
        made += 1
        if made == total:
            return


def _kept_scans(seed: int, total: int, keep: Path | None) -> Iterator[Scan]:
    """The scans, out of a file of an earlier run where there is one."""
    if keep is None:
        yield from scans(seed, total)
        return
    if not keep.exists():
        with keep.open("wb") as file:
            for scan in scans(seed, total):
                pickle.dump(scan, file)
    with keep.open("rb") as file:
        for _ in range(total):
            try:
                yield pickle.load(file)  # noqa: S301 - written by this program
            except EOFError:
                return


def judged(scan: Scan, engine: LineEngine) -> list[Judged]:
    """The words an engine reads on a scan, each held against the truth at its place."""
    page = prepare(scan.picture)
    truth = [(word.text, page.way.from_frame(BBox(*map(int, word.bbox)))) for word in scan.words]
    lines = engine.lines_read(page.image)
    settings = settings_of([words for _, words in lines])
    found = [
        (word, bbox, piece, setting)
        for piece, (line, words) in enumerate(lines)
        for word, bbox, setting in zip(words, boxes_of(line, words), settings[piece], strict=True)
        if not (is_rule(word.text) or is_speck(word.text) or is_drawn(word.text, bbox, line.letter))
    ]
    type_alone, _ = typed_on(page, [seen_word(*one) for one in found])
    kept = {(word.text, word.bbox) for word in type_alone}
    return [
        _held_against(word, setting, _there(bbox, truth))
        for word, bbox, _, setting in found
        if (word.text, bbox) in kept
    ]


def _there(bbox: BBox, truth: Sequence[tuple[str, BBox]]) -> list[str]:
    """The words of the truth that share more than half of the smaller box with this one."""
    return [text for text, other in truth if _shared(bbox, other) > 0.5]


def _shared(one: BBox, other: BBox) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / max(1, min(one.width * one.height, other.width * other.height))


def _held_against(word: WordRead, setting: Setting, there: Sequence[str]) -> Judged:
    """Typed halves are read as the sign or spelt out: either is what stands there."""
    true = {_spelt(text) for text in there}
    return Judged(word, setting, _spelt(word.text) in true, any(_spelt(text) in true for text, _ in word.others))


def _spelt(text: str) -> str:
    return text.replace("½", "1/2")


def fitted(evidence: Table, right: Table) -> Table:
    """The weights of a logistic regression with a ridge, by Newton's method."""
    weights = np.zeros(evidence.shape[1])
    for _ in range(ROUNDS):
        probability = 1.0 / (1.0 + np.exp(-evidence @ weights))
        slope = evidence.T @ (right - probability) - RIDGE * weights
        bend = (evidence * (probability * (1 - probability))[:, None]).T @ evidence + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def figures(probability: Table, right: Table) -> dict[str, float]:
    """Calibration error over ten equal bins, area under the curve, and the wrong words among the quarter least sure."""
    bins = np.minimum((probability * 10).astype(int), 9)
    parts = [bins == b for b in range(10) if (bins == b).any()]
    error = sum(float(abs(probability[part].mean() - right[part].mean()) * part.mean()) for part in parts)
    order = np.argsort(probability, kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(len(order))
    good, bad = float(right.sum()), float(len(right) - right.sum())
    area = (float(ranks[right == 1].sum()) - good * (good - 1) / 2) / max(1.0, good * bad)
    quarter = order[: len(order) // 4]
    return {
        "words": float(len(right)),
        "right": good / len(right),
        "calibration_error": error,
        "area_under_curve": area,
        "wrong_in_least_sure_quarter": float((1 - right[quarter]).sum()) / max(1.0, bad),
    }


def _table(words: Sequence[Judged]) -> tuple[Table, Table, list[str]]:
    rows = [evidence_of(one.word, one.setting) for one in words]
    names = list(rows[0])
    evidence = np.array([[row[name] for name in names] for row in rows])
    return evidence, np.array([float(one.right) for one in words]), names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=240)
    parser.add_argument("--seed", type=int, default=31002)
    parser.add_argument("--keep", type=Path, help="a file that keeps the pages as scanned, for the next time")
    parser.add_argument("--out", type=Path, default=Path("digitize/confidence.toml"))
    chosen = parser.parse_args()
    engine = best_engine()
    if not isinstance(engine, LineEngine):
        raise SystemExit("no net is installed: there is nothing to calibrate")
    pages = [judged(scan, engine) for scan in _kept_scans(chosen.seed, chosen.pages, chosen.keep)]
    fit, check = ([one for page in pages[start::2] for one in page] for start in (0, 1))
    evidence, right, names = _table(fit)
    weights = fitted(evidence, right)
    other, truth, _ = _table(check)
    shown = figures(1.0 / (1.0 + np.exp(-other @ weights)), truth)
    wrong = [one for one in fit if not one.right]
    listed = (sum(one.listed for one in wrong) + 1.0) / (len(wrong) + 2.0)
    # What ships is fitted on all pages; its figures are those of the half that was not seen.
    everything, all_right, _ = _table([*fit, *check])
    chosen.out.write_text(
        "\n".join(_written(names, fitted(everything, all_right), listed, shown, chosen, engine)), "utf-8"
    )
    print({name: round(value, 4) for name, value in shown.items()})


def _written(
    names: Sequence[str],
    weights: Table,
    listed: float,
    shown: dict[str, float],
    chosen: argparse.Namespace,
    engine: LineEngine,
) -> Iterator[str]:
    yield "# Written by `python -m training.confidence`; not to be edited by hand."
    yield f'fitted_on = "{chosen.pages} pages of the train split, seed {chosen.seed}"'
    yield f'engine = "{engine.name}"'
    yield f"listed = {listed:.3f}\n\n[weights]"
    yield from (f"{name} = {weight:.4f}" for name, weight in zip(names, weights.tolist(), strict=True))
    yield "\n[figures]  # of the odd pages, with weights fitted on the even ones"
    yield from (f"{name} = {value:.4f}" for name, value in shown.items())
    yield ""


if __name__ == "__main__":
    main()
