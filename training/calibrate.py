"""Fits the calibration shipped in the package: `python -m training.calibrate --pages N --seeds S ...`."""

from __future__ import annotations

import argparse
import math
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitize.engines import best_engine
from extract.calibration import CEILING, FAMILIES, Evidence, Unspoken, familiarity
from extract.readings import WITNESS
from training.compare import Compared, compared, exported
from training.pages import ReadItem, form_items, items, read_by_engine
from training.together import kept_or_read

# Cautious weights each curve is drawn towards; few pages move it little.
PRIOR: Mapping[str, float] = {
    "bias": -1.0, "word": 4.0, "sure": 1.0, "borne": 0.3, "quality": 1.0, "explained": 1.0, "unexplained": -0.5,
    "garbled": -1.0, "repaired": -1.2, "agreeing": 0.8, "disputed": -2.5,
    "unlabelled": -0.6, "unknown": -1.5, "guessed": -2.5, "short": -0.3, "shared": -0.5, "covered": -0.5, "fair": 1.0,
}  # fmt: skip
PRIOR_SILENCE: Mapping[str, float] = {
    "bias": 0.0, "quality": 2.0, "explained": 2.0, "unexplained": -0.5, "garbled": -1.0,
    "leftover": -3.0, "figures": -0.5, "inked": -0.3,
    "strange": -1.5, "shared": -0.5, "covered": -1.0, "fair": 1.0,
}  # fmt: skip
RISES = {
    "word",
    "sure",
    "borne",
    "quality",
    "explained",
    "agreeing",
    "fair",
}  # more of these is never less sure; of the others, never surer
STRENGTH_POOLED, STRENGTH_FAMILY = 0.5, 1.5
DOUBTED_BIAS = -3.0  # where a curve starts from that has something of the paper against it
OPEN = 0.55  # a doubt capped so low lies between readings that no count of pages settles, as a missing sentence does
DOUBTED_MOST = 0.95  # whatever pages show, no finding against which the paper speaks is relied on unseen
FEWEST_DOUBTED = 40  # of a kind of doubt before pages can say more of it than its cap does
LENT = 700.0  # readings' worth of what the best readings of all families show, beside a family's own
# What the curve may expect among accepted readings: looser than what may be counted, since its ceiling already
# holds back for what so few pages cannot show.
EXPECTED = 0.006
FALLBACK = 0.985  # where no reading can be accepted by the count; silence on a well-read page still may
# Endings of supervision are few; they are worded, joined and read as dispositions are, and fitted with them.
LIKE = {"termination": ("termination", "disposition")}
# What no made page states in its truth: silence about it is known the way these are, in the same rows.
SILENT_LIKE = {"violated": ("termination_alone", "termination", "sentence"), "flags": ("offense_date", "grams")}
UNDECISIVE = {"description", "grade", "ir_number", "sid", "race", "sex", "arresting_agency"}
DECISIVE_SILENCES = {
    "birth_date", "arrest_date", "offense_date", "grams", "termination", "termination_alone", "disposition",
}  # fmt: skip
DECISIVE = {"docket_number", "name", "birth_date", "date", "statute", "disposition", "termination"}
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shown:
    """A reading or a silence with its evidence and whether it was right; `listed`: the truth is an alternative."""

    family: str  # of a silence its topic
    evidence: Evidence | Unspoken
    right: bool
    listed: bool


def read_items(pages: int, seeds: Sequence[int], keep: Sequence[Path]) -> list[ReadItem]:
    """So many pages of the train split for each seed, half of them on forms put together by chance, read by the
    engine; `keep`, a file a seed, holds them between runs."""
    out: list[ReadItem] = []
    for at, seed in enumerate(seeds):
        file = keep[at] if at < len(keep) else None
        if file is not None and file.exists():
            out.extend(pickle.loads(file.read_bytes()))  # noqa: S301 - our own file
            continue
        engine = best_engine()
        made = (*items(seed, pages // 2), *form_items(seed, pages - pages // 2))
        read = [read_by_engine(item, engine) for item in made]
        if file is not None:
            file.write_bytes(pickle.dumps(read))
        out.extend(read)
    return out


def read_decided(total: int, seed: int, keep: Sequence[Path]) -> list[ReadItem]:
    """So many items of the train split that the law decides, and as many on forms put together by chance: the readings
    that answers lean on. `keep`, two files, holds them between runs."""
    sources = items(seed, 10**6), form_items(seed + 1, 10**6, first=100, forms=60)
    return [read for at, source in enumerate(sources) for read in kept_or_read(source, total, seed, keep[at : at + 1])]


def shown_by(read: Sequence[ReadItem]) -> tuple[list[Shown], list[Shown], list[Compared]]:
    """Every reading with a value, every silence, and all comparisons."""
    shown: list[Shown] = []
    silences: list[Shown] = []
    everything: list[Compared] = []
    for item in read:
        WITNESS.set([])
        fields = list(compared(item))
        seen = {id(reading): (family, evidence) for reading, family, evidence in WITNESS.get() or []}
        for one in fields:
            if one.reading is None or id(one.reading) not in seen:
                continue
            family, evidence = seen[id(one.reading)]
            listed = any(exported(v) == one.truth for v, _ in one.reading.alternatives)
            kind = silences if isinstance(evidence, Unspoken) else shown
            kind.append(Shown(family, evidence, one.right, listed))
        everything.extend(fields)
    WITNESS.set(None)
    return shown, silences, everything


def fitted(shown: Sequence[Shown], prior: Mapping[str, float], strength: float) -> dict[str, float]:
    """Weights of a logistic drawn towards `prior`, each kept to the side its evidence can speak for."""
    names = list(prior)
    start = np.array([prior[name] for name in names])
    if not shown:
        return dict(zip(names, start.tolist(), strict=True))
    x = np.array([[s.evidence.features()[name] for name in names] for s in shown])
    y = np.array([float(s.right) for s in shown])
    return dict(zip(names, _descended(x, y, start, strength, names).tolist(), strict=True))


def _descended(x: Floats, y: Floats, start: Floats, strength: float, names: Sequence[str]) -> Floats:
    weights = start.copy()
    step = 1.0 / (0.25 * float(np.linalg.norm(x, 2)) ** 2 + strength)
    for _ in range(4000):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -30, 30)))
        weights = weights - step * (x.T @ (p - y) + strength * (weights - start))
        for at, name in enumerate(names):
            if name in RISES:
                weights[at] = max(0.0, weights[at])
            elif name != "bias":
                weights[at] = min(0.0, weights[at])
    return weights


def probability(weights: Mapping[str, float], evidence: Evidence | Unspoken) -> float:
    score = sum(weights[name] * value for name, value in evidence.features().items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def wilson_upper(wrong: int, total: int, z: float = 1.645) -> float:
    """The share of wrong ones that such a count does not rule out, one-sided 95 %."""
    if total == 0:
        return 1.0
    share = wrong / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle + spread) / (1 + z * z / total)


def threshold_of(pairs: Sequence[tuple[float, bool]], allowed: float) -> tuple[float, int, int]:
    """The lowest probability from which on neither the curve nor the count has more than `allowed` wrong;
    with the number accepted and the number wrong among them."""
    candidates = sorted({math.floor(p * 10_000) / 10_000 for p, _ in pairs if p >= 0.97})
    for least in candidates:
        accepted = [(p, right) for p, right in pairs if p >= least]
        wrong = sum(not right for _, right in accepted)
        expected = sum(1 - p for p, _ in accepted) / len(accepted) if accepted else 0.0
        if wrong <= allowed * len(accepted) and expected <= EXPECTED:
            return least, len(accepted), wrong
    return FALLBACK, 0, 0


def silent_curves(silences: Sequence[Shown]) -> Iterator[str]:
    """The lines of the silence curves: one for each topic often seen, and a default for the rest."""
    pooled = fitted([s for s in silences if s.family not in UNDECISIVE], PRIOR_SILENCE, STRENGTH_POOLED)
    plain = _ceiling(_best(silences, pooled))
    decisive = [s for s in silences if s.family in DECISIVE_SILENCES]
    common, fair = 1.0 - _ceiling(_best(decisive, pooled)), _counted(decisive)
    yield f"\n[silence.default]\nweights = {_table(pooled)}\nlisted = 0.5\nceiling = {plain:.5f}"
    for topic in sorted({*SILENT_LIKE, *(s.family for s in silences)}):
        mine = [s for s in silences if s.family in SILENT_LIKE.get(topic, (topic,))]
        if len(mine) < 30:
            continue
        weights = fitted(mine, pooled, STRENGTH_FAMILY)
        lost = [s for s in mine if not s.right]
        listed = 0.95 if topic in SILENT_LIKE else _listed(lost)  # yes or no: the other answer is always listed
        yield f"\n[silence.{topic}]\nweights = {_table(weights)}\nlisted = {listed:.2f}"
        lent = common if topic in DECISIVE_SILENCES or topic in SILENT_LIKE else 0.0
        ceiling = _ceiling(_best(mine, weights), lent)
        yield f"ceiling = {ceiling:.5f}" + (_fair(mine, fair) if lent else "")
        yield f"# {len(mine)} silences, {len(lost)} of them false"


def doubted_curves(shown: Sequence[Shown], weights: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """The lines of the curves for findings against which something of the paper speaks, by kind of doubt."""
    for name in sorted({s.family for s in shown if "@" in s.family}):
        mine = [s for s in shown if s.family == name]
        if len(mine) < FEWEST_DOUBTED or float(name.split("@")[1]) <= OPEN:
            continue
        family = weights[name.split("@")[0]]
        own = fitted(mine, {**family, "bias": family["bias"] + DOUBTED_BIAS}, STRENGTH_FAMILY)
        lost = [s for s in mine if not s.right]
        yield f'\n[doubted."{name}"]\nweights = {_table(own)}\nlisted = {_listed(lost):.2f}'
        ceiling = min(DOUBTED_MOST, _ceiling((len(lost), len(mine))))
        yield f"ceiling = {ceiling:.5f}\n# {len(mine)} read, {len(lost)} wrong"


def _listed(lost: Sequence[Shown]) -> float:
    """Of wrong readings the share whose truth was listed, small counts drawn to the middle."""
    return (sum(s.listed for s in lost) + 2.0) / (len(lost) + 4.0)


def written(shown: Sequence[Shown], silences: Sequence[Shown], source: str, version: int) -> Iterator[str]:
    """The lines of calibration.toml."""
    decisive = [s for s in shown if s.family in (*DECISIVE, "grams")]
    pooled = fitted(
        [s for s in shown if s.family not in ("other", "sentence") and "@" not in s.family], PRIOR, STRENGTH_POOLED
    )
    yield "# Written by `python -m training.calibrate`; not to be edited by hand."
    yield f"version = {version}"
    yield f'fitted_on = "{source}"'
    plain, common = _ceiling(_best(shown, pooled)), 1.0 - _ceiling(_best(decisive, pooled))
    fair = _counted(decisive)
    yield f"\n[default]\nweights = {_table(pooled)}\nlisted = 0.5\nthreshold = 0.997\nceiling = {plain:.5f}"
    by_family: dict[str, dict[str, float]] = {}
    for family in FAMILIES:
        mine = [s for s in shown if s.family in LIKE.get(family, (family,))]
        weights = by_family[family] = fitted(mine, pooled, STRENGTH_FAMILY)
        ceiling = _ceiling(_best(mine, weights), common if family not in ("other", "sentence") else 0.0)
        counted = "" if family in ("other", "sentence") else _fair(mine, fair)
        rate = float(counted.split("=")[1]) if counted else 0.0
        pairs = [(_claimed(s, weights, ceiling, rate), s.right) for s in mine]
        allowed = 0.003 if family in DECISIVE else 0.005
        least, accepted, wrong = threshold_of(pairs, allowed)
        if not accepted:  # no reading of the family; a silence that is surer than any of them still may
            least = max(FALLBACK, math.ceil(max((p for p, _ in pairs), default=0.0) * 10_000 + 1) / 10_000)
        lost = [s for s in mine if not s.right]
        yield f"\n[{family}]\nweights = {_table(weights)}\nlisted = {_listed(lost):.2f}"
        yield f"threshold = {least}\nceiling = {ceiling:.5f}{counted}"
        most = wilson_upper(wrong, accepted)
        yield f"# {len(mine)} read, {len(lost)} wrong; accepted {accepted}, wrong {wrong}, at most {most:.4f} (95 %)"
    yield from doubted_curves(shown, by_family)
    yield from silent_curves(silences)


FEWEST_FAIR = 20  # readings against which nothing speaks, before their count stands for them


def _fair(shown: Sequence[Shown], common: tuple[int, int]) -> str:
    """What the readings against which nothing speaks bore out, with those of all families counted as so many more."""
    mine = _counted(shown)
    if mine[1] < FEWEST_FAIR or not common[1]:
        return ""
    return f"\nfair = {_ceiling(mine, 1.0 - _ceiling(common)):.5f}"


def _counted(shown: Sequence[Shown]) -> tuple[int, int]:
    """Wrong and all among readings against which nothing speaks."""
    fair = [s.right for s in shown if s.evidence.is_fair]
    return sum(not right for right in fair), len(fair)


def _best(shown: Sequence[Shown], weights: Mapping[str, float]) -> tuple[int, int]:
    """Wrong and all among the better half of some readings."""
    scores = sorted((probability(weights, s.evidence) for s in shown), reverse=True)
    bar = scores[len(scores) // 2] if scores else 1.0
    best = [s.right for s in shown if probability(weights, s.evidence) >= bar]
    return sum(not right for right in best), len(best)


def _ceiling(best: tuple[int, int], common: float = 0.0) -> float:
    """How sure the best evidence can make: the share wrong among the better half of a family's readings, with a third
    of an error added for what so few pages cannot show; with `common`, the share wrong among the best readings of
    all families, counted as so many more."""
    wrong, total = best
    lent = LENT if common else 0.0
    return min(CEILING, 1.0 - (wrong + 0.35 + lent * common) / (total + 1.0 + lent))


def _claimed(shown: Shown, weights: Mapping[str, float], ceiling: float, fair: float) -> float:
    """The confidence that the curve would give."""
    known = min(ceiling, probability(weights, shown.evidence))
    known = max(known, fair) if shown.evidence.is_fair else known
    return min(known, familiarity(shown.evidence.footing))


def _table(weights: Mapping[str, float]) -> str:
    return "{ " + ", ".join(f"{name} = {weight:.3f}" for name, weight in weights.items()) + " }"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seeds", type=int, nargs="+", default=[2001, 2002])
    parser.add_argument("--keep", type=Path, nargs="*", default=[], help="a file a seed that keeps its pages as read")
    parser.add_argument("--decided", type=int, default=130, help="items of each kind that the law decides")
    parser.add_argument("--decided-seed", type=int, default=9101)
    parser.add_argument("--keep-decided", type=Path, nargs="*", default=[], help="two files that keep those")
    parser.add_argument("--out", type=Path, default=Path("extract/calibration.toml"))
    chosen = parser.parse_args()
    read = read_items(chosen.pages, chosen.seeds, chosen.keep)
    read += read_decided(chosen.decided, chosen.decided_seed, chosen.keep_decided)
    shown, silences, everything = shown_by(read)
    total = sum(len(item.pages) for item in read)
    seeds = ", ".join(map(str, (*chosen.seeds, chosen.decided_seed)))
    source = f"{total} pages of the train split, seeds {seeds}, read by {_engine(read)}"
    chosen.out.write_text("\n".join(written(shown, silences, source, version=1)) + "\n", "utf-8")
    _report(everything)


def _engine(read: Sequence[ReadItem]) -> str:
    return next((page.engine for item in read for page in item.pages), "nothing")


def _report(everything: Sequence[Compared]) -> None:
    """Exact fields by level of wear, to standard output."""
    for name in dict.fromkeys(one.field for one in everything):
        cells = []
        for level in ("clean", "normal", "bad"):
            mine = [one.right for one in everything if one.field == name and one.level == level]
            cells.append(f"{sum(mine)}/{len(mine)}")
        print(f"{name:18s} " + "  ".join(cells))


if __name__ == "__main__":
    main()
