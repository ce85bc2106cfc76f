"""How good links are, given the truth: the same figures for whoever made them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.figures import share

SAFE = 0.995  # precision
CLAIMED = 0.99  # probability from which a link is claimed
BINS = 10
DRAWN = 500  # times, for an interval


class Said(NamedTuple):
    """The best person for a caption and the probability, empty where there is nobody; `linked`: acted on."""

    person_id: str
    probability: float
    linked: bool = False


class Truth(NamedTuple):
    """Who is meant, empty for nobody listed; the grade of print; what is special."""

    person_id: str
    level: str
    tags: frozenset[str]


def groups_of(folder: Path) -> dict[str, str]:
    """Race and sex of everybody listed."""
    with (folder / "registry.csv").open(encoding="utf-8", newline="") as file:
        return {row["person_id"]: f"{row['race']} {row['sex']}" for row in csv.DictReader(file)}


def truth_of(folder: Path, half: str) -> dict[str, Truth]:
    """The truth of one half of the captions, by their id."""
    with (folder / f"truth_{half}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {r["query_id"]: Truth(r["person_id"], r["level"], frozenset(r["tags"].split("|"))) for r in rows}


def best_threshold(said: Mapping[str, Said], truth: Mapping[str, Truth]) -> float:
    """The probability from which links have the best F1; to be found on the half for development."""
    right, probability, listed = _arrays(said, truth)
    order = np.argsort(-probability, kind="stable")
    found = np.cumsum(right[order])
    f1 = 2 * found / (np.arange(1, len(order) + 1) + listed)
    return float(probability[order][int(f1.argmax())])


def safe_threshold(said: Mapping[str, Said], truth: Mapping[str, Truth]) -> float:
    """The lowest probability from which the precision is at least SAFE; 2 where there is none."""
    right, probability, _ = _arrays(said, truth)
    order = np.argsort(-probability, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    ends = np.append(np.diff(probability[order]) < 0, True)  # equal probabilities stand or fall together
    safe = np.flatnonzero((precision >= SAFE) & ends)
    return float(probability[order][safe[-1]]) if len(safe) else 2.0


def _arrays(said: Mapping[str, Said], truth: Mapping[str, Truth]) -> tuple[Any, Any, int]:
    rows = [(said.get(key, Said("", 0.0)), true) for key, true in truth.items()]
    right = np.array([one.person_id != "" and one.person_id == true.person_id for one, true in rows])
    probability = np.array([one.probability for one, _ in rows])
    return right, probability, sum(true.person_id != "" for _, true in rows)


def figures_of(
    said: Mapping[str, Said], truth: Mapping[str, Truth], threshold: float, groups: Mapping[str, str]
) -> dict[str, Any]:
    """Every figure the table of goals asks for; `threshold` comes from captions that are not among these.

    Namesakes of people who are not listed are counted at three points: above the threshold at which the precision is
    still SAFE (where what is wrong is mostly they, by the choice of it), among those claimed, and among those linked.
    """
    right, probability, listed = _arrays(said, truth)
    rows = [(said.get(key, Said("", 0.0)), true) for key, true in truth.items()]
    held = probability >= threshold
    safe = safe_threshold(said, truth)
    claimed = probability >= CLAIMED
    linked = np.array([one.linked for one, _ in rows])
    namesakes = np.array(["absent_namesake" in true.tags for _, true in rows])
    bad = np.array([true.level == "bad" and true.person_id != "" for _, true in rows])
    return {
        "captions": len(rows),
        "listed": listed,
        "threshold_from_development": round(threshold, 4),
        "f1": round(float(2 * (held & right).sum() / max(held.sum() + listed, 1)), 5),
        "precision": share(int((held & right).sum()), int(held.sum())),
        "recall": share(int((held & right).sum()), listed),
        "recall_at_safe_precision": share(int((right & (probability >= safe)).sum()), listed),
        "wrong_among_claimed": share(int((claimed & ~right).sum()), int(claimed.sum())),
        "namesakes_above_the_threshold_of_that_recall": share(
            int((namesakes & (probability >= safe)).sum()), int(namesakes.sum())
        ),
        "namesakes_claimed": share(int((namesakes & claimed).sum()), int(namesakes.sum())),
        "recall_badly_printed": share(int((bad & held & right).sum()), int(bad.sum())),
        "brier": round(float(((probability - right) ** 2).mean()), 5),
        "calibration_error": round(_calibration_error(probability, right), 5),
        "linked": share(int(linked.sum()), len(rows)),
        "wrong_among_linked": share(int((linked & ~right).sum()), int(linked.sum())),
        "namesakes_linked": share(int((namesakes & linked).sum()), int(namesakes.sum())),
        "listed_linked": share(int((linked & right).sum()), listed),
        "by_group": _by_group(np.array([groups.get(one.person_id, "") for one, _ in rows]), linked, claimed, right),
    }


def _calibration_error(probability: Any, right: Any) -> float:
    at = np.minimum((probability * BINS).astype(int), BINS - 1)
    parts = [at == n for n in range(BINS) if (at == n).any()]
    return float(sum(abs(probability[p].mean() - right[p].mean()) * p.mean() for p in parts))


def _by_group(groups: Any, linked: Any, claimed: Any, right: Any) -> dict[str, Any]:
    """Wrong links by race and sex of the person linked to, at the point of linking and of claiming; and the worst
    group's rate against everybody's with 95 % of what it is on captions drawn anew, None where no link was wrong."""
    found = {}
    for group in sorted(set(groups.tolist()) - {""}):
        here = groups == group
        found[str(group)] = {
            "wrong_among_linked": share(int((linked & ~right & here).sum()), int((linked & here).sum())),
            "wrong_among_claimed": share(int((claimed & ~right & here).sum()), int((claimed & here).sum())),
        }
    points = {"linked": linked, "claimed": claimed}
    ratios = {name: _worst(groups[told], ~right[told]) for name, told in points.items()}
    spread = {name: _spread(groups[told], ~right[told]) for name, told in points.items()}
    wrong = share(int((linked & ~right).sum()), int(linked.sum()))
    return {"groups": found, "worst_to_all": ratios, "worst_to_all_interval": spread, "wrong_of_linked": wrong}


def _worst(groups: Any, wrong: Any) -> float | None:
    """The rate of the group that fares worst, everybody's being 1; None where nothing is wrong."""
    known = groups != ""
    if not (known & wrong).any():
        return None
    _, number = np.unique(groups[known], return_inverse=True)
    rates = np.bincount(number, weights=wrong[known]) / np.bincount(number)
    return round(float(rates.max() / wrong.mean()), 3)


def _spread(groups: Any, wrong: Any) -> list[float] | None:
    """The 95 % interval of `_worst`; with few wrong links it is wide and says little: some group is always worst."""
    chance = np.random.default_rng(1)
    drawn = (chance.integers(0, len(wrong), len(wrong)) for _ in range(DRAWN if wrong.any() else 0))
    ratios = [ratio for at in drawn if (ratio := _worst(groups[at], wrong[at])) is not None]
    return [round(float(edge), 3) for edge in np.percentile(ratios, [2.5, 97.5])] if ratios else None
