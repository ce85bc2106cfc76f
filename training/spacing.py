"""What tells a blank between two letters: `python -m training.spacing` prints the weights for digitize/spacing.py.

Pages are made from a fresh seed and read by our own net; its letters are laid beside the words that stand there.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import fields

import numpy as np
from rapidfuzz.distance import Levenshtein

from casefile.ocr import BBox
from digitize.engines import best_engine
from digitize.line_engine import LineEngine
from digitize.lines import SQUEEZE, Line, lines_of
from digitize.prepare import prepare
from digitize.spacing import Weights, evidence_of_pairs
from specimens import Scan
from training.confidence import Table, fitted, scans

ALIKE = 0.75  # of a line's letters: less, and nobody knows which is which
ON_LINE = 0.45  # letters: words whose middle is no further from the line's stand on it

Pair = tuple[list[float], bool]


def pairs_on(scan: Scan, engine: LineEngine) -> Iterator[Pair]:
    """What speaks for a blank between each two letters of a scan, and whether there is one."""
    page = prepare(scan.picture)
    truth = [(word.text.replace("½", "1/2"), page.way.from_frame(BBox(*map(int, word.bbox)))) for word in scan.words]
    lines = lines_of(page.image)
    for line, frames in zip(lines, engine._first.frames_of([line.crop for line in lines], SQUEEZE), strict=True):
        blanks = _blanks("".join(one.character for one in frames.letters if one.character != " "), _there(line, truth))
        evidence = evidence_of_pairs(frames, np.asarray(line.ink.any(axis=0)), line.letter)
        yield from ((row, blanks[at]) for at, row in enumerate(evidence) if at in blanks)


def _there(line: Line, truth: Sequence[tuple[str, BBox]]) -> str:
    """The words that stand on a line."""
    box = line.bbox
    middles = [(text, bbox.left, (bbox.left + bbox.right) / 2, (bbox.top + bbox.bottom) / 2) for text, bbox in truth]
    return " ".join(
        text
        for text, _, x, y in sorted(middles, key=lambda one: one[1])
        if box.left < x < box.right and abs(line.middle_at(x) - y) < ON_LINE * line.letter
    )


def _blanks(read: str, true: str) -> dict[int, bool]:
    """For letters read, by number, whether a blank follows; left out where they are not those of the truth."""
    bare = true.replace(" ", "")
    if Levenshtein.normalized_similarity(read, bare) < ALIKE:
        return {}
    ends = set(np.cumsum([len(word) for word in true.split()]).tolist())
    same: dict[int, int] = {}
    for step in Levenshtein.opcodes(read, bare):
        if step.tag in ("equal", "replace"):
            same.update(zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=False))
    return {at: same[at] + 1 in ends for at in same if same.get(at + 1) == same[at] + 1}


def wrong(evidence: Table, blank: Table, weights: Table) -> tuple[int, int]:
    """The blanks made and the blanks missed."""
    found = evidence @ weights > 0
    return int((found & (blank == 0)).sum()), int((~found & (blank == 1)).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--seed", type=int, default=31003)
    parser.add_argument("--split", default="strangers_dev", choices=("train", "strangers_dev"))
    chosen = parser.parse_args()
    engine = best_engine()
    if not isinstance(engine, LineEngine):
        raise SystemExit("no net is installed: there is nothing to fit")
    pages = [[*pairs_on(scan, engine)] for scan in scans(chosen.seed, chosen.pages, chosen.split)]
    fit, check = (_table([pair for page in pages[start::2] for pair in page]) for start in (0, 1))
    weights = fitted(*_table([pair for page in pages for pair in page]))
    for field, weight in zip(fields(Weights), weights.tolist(), strict=True):
        print(f"{field.name}: float = {weight:.3f}")
    made, missed = wrong(*check, fitted(*fit))
    print(f"of {len(check[1])} pairs unseen, {int(check[1].sum())} blanks: {made} made, {missed} missed")


def _table(pairs: Sequence[Pair]) -> tuple[Table, Table]:
    return np.array([row for row, _ in pairs]), np.array([float(blank) for _, blank in pairs])


if __name__ == "__main__":
    main()
