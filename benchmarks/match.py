"""Linking captions to persons, beside Splink 5 in the same run, on one core.

    .venv/bin/python -m benchmarks.match --size 10000 --size 100000
    .venv/bin/python -m benchmarks.match --size 1000000 --many 40000 --keep-as match_1m

Lists and captions are made for the run (benchmarks.linkage_data), in seeds that nothing was developed on. Every figure
is of the test half; the one threshold that F1 needs comes from the other half, for the peer alike. Seconds are of the
processor, so that what else the machine does counts less; on both sides they end where the best person of each caption
and the probability are known: the peer is not asked for its waterfalls, and ours are made only when somebody looks.

The safe point is where a link may be acted on: `linked` for ours, p >= .99 for the peer, whose documentation leaves the
threshold to its user. How many absent namesakes lie above it is told for both, and, for both again, how many lie above
the threshold at which 99.5 % are right: what is wrong there is mostly they, by the choice of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import click

from benchmarks.figures import keep
from benchmarks.linkage_figures import Said, best_threshold, figures_of, groups_of, truth_of

FIRST_SEED = 10_000  # seeds below have been looked at while the matcher was made
MARGINS = (0.0, 1.0, 3.0, 6.0)  # bits to the runner-up below which the peer makes no claim; chosen on development
APPENDED = 1000
SINGLE = 300  # captions asked one by one
PEER_SINGLE = 3
MEMORY = """
import re, sys
from pathlib import Path
from match.captions import read_captions
from match.kept import open_index
from match.link import link

def megabytes():  # of this process alone; what getrusage says is inherited from whoever began it
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

before = megabytes()
index = open_index(Path(sys.argv[1]))
for record in read_captions(Path(sys.argv[2])).records[:500]:
    link(record, index)
print(megabytes(), before)
"""

Seconds = dict[str, float]


@contextmanager
def timed(seconds: Seconds, name: str) -> Iterator[None]:
    """Adds the processor seconds of what is done to `seconds` under `name`."""
    start = time.process_time()
    yield
    seconds[name] = round(time.process_time() - start, 4)


def made(folder: Path, *, persons: int, captions: int, seed: int, absent: float) -> Path:
    """The data of these arguments, made unless they stand there already."""
    target = folder / f"n{persons}-q{captions}-s{seed}-a{absent}"
    if not (target / "manifest.json").exists():
        arguments = ["--n", persons, "--queries", captions, "--seed", seed, "--absent", absent, "--out", target]
        command = [sys.executable, "-m", "benchmarks.linkage_data", *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def ours(folder: Path, seconds: Seconds, *, labels: bool = True) -> Callable[[str], dict[str, Said]]:
    """Our answers for a half of the captions; without `labels` nothing was ever learnt from any."""
    from match.batch import link_batch
    from match.calibration import UNCALIBRATED
    from match.captions import read_captions
    from match.compiled import compiled
    from match.kept import keep_index, open_index
    from match.long_lists import read_long_list
    from match.settings import MatchSettings

    compiled()
    if not (folder / "index").exists():
        with timed(seconds, "read_list"):
            listed = read_long_list(folder / "persons.csv")
        with timed(seconds, "build_index"):
            keep_index(folder / "index", listed.columns)
        del listed
    with timed(seconds, "open_index"):
        index = open_index(folder / "index")
    settings = MatchSettings() if labels else MatchSettings(calibration=UNCALIBRATED)

    def answers(half: str) -> dict[str, Said]:
        with timed(seconds, f"read_{half}"):
            records = read_captions(folder / f"captions_{half}.csv").records
        with timed(seconds, f"link_{half}"):
            decisions = link_batch(records, index, settings).decisions
            found = [(one.record_id, one.person_id, one.probability, one.status == "linked") for one in decisions]
        return {caption: Said(best, p, linked) for caption, best, p, linked in found if best is not None}

    return answers


def splink(folder: Path, seconds: Seconds) -> Callable[[str], dict[float, dict[str, Said]]]:
    """The peer's answers for a half of the captions, by the margin asked for."""
    from benchmarks.linkage_splink import Splink

    def answers(half: str) -> dict[float, dict[str, Said]]:
        with timed(seconds, f"load_{half}"):
            peer = Splink(folder, half)
        with timed(seconds, f"train_{half}"):
            peer.train()
        if half == "dev":
            peer.save(folder / "splink.json")
        with timed(seconds, f"link_{half}"):
            found = {MARGINS[0]: peer.predict(margin=MARGINS[0])}
        found |= {margin: peer.predict(margin=margin) for margin in MARGINS[1:]}
        if half == "test":
            seconds["one_query"] = _peer_single(peer, folder)
            del peer
            _with_saved_model(folder, seconds)
        return {m: {q: Said(p, prob, prob >= 0.99) for q, (p, prob) in each.items()} for m, each in found.items()}

    return answers


def _with_saved_model(folder: Path, seconds: Seconds) -> None:
    """The peer as one would run it for another batch: tables loaded, the model of an earlier batch, all pairs."""
    from benchmarks.linkage_splink import Splink

    with timed(seconds, "load_with_saved_model"):
        peer = Splink(folder, "test", model=folder / "splink.json")
    with timed(seconds, "link_with_saved_model"):
        peer.predict()


def _peer_single(peer: Any, folder: Path) -> float:
    rows = peer.connection.execute("SELECT * FROM captions LIMIT ?", [PEER_SINGLE + 1])
    names = [column[0] for column in rows.description]
    captions = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    taken = []
    for number, caption in enumerate(captions):
        start = time.process_time()
        peer.ask({**caption, "unique_id": f"Q-one-{number}"})
        taken.append(time.process_time() - start)
    return round(median(taken[1:]), 4)


def compared(folder: Path, *, with_peer: bool) -> dict[str, Any]:
    """Figures of ours and of the peer on the data of a folder."""
    truth = {half: truth_of(folder, half) for half in ("dev", "test")}
    groups = groups_of(folder)
    found: dict[str, Any] = {"seconds": {}}
    answers = ours(folder, found["seconds"].setdefault("ours", {}))
    threshold = best_threshold(answers("dev"), truth["dev"])
    found["ours"] = figures_of(answers("test"), truth["test"], threshold, groups)
    bare = ours(folder, found["seconds"].setdefault("ours_no_labels", {}), labels=False)
    found["ours_no_labels"] = figures_of(bare("test"), truth["test"], 0.5, groups)
    if with_peer:
        peer = splink(folder, found["seconds"].setdefault("splink", {}))
        developed, tested = peer("dev"), peer("test")
        chosen = max(MARGINS, key=lambda m: _f1(developed[m], truth["dev"]))
        found["splink"] = figures_of(
            tested[chosen], truth["test"], best_threshold(developed[chosen], truth["dev"]), groups
        )
        found["splink"]["margin"] = chosen
        found["splink_plain"] = figures_of(
            tested[0.0], truth["test"], best_threshold(developed[0.0], truth["dev"]), groups
        )
        found["ratios"] = _ratios(found)
    return found


def _f1(said: Mapping[str, Said], truth: Any) -> float:
    return float(figures_of(said, truth, best_threshold(said, truth), {})["f1"])


def _ratios(found: Mapping[str, Any]) -> dict[str, Any]:
    best = max(found["splink"]["f1"], found["splink_plain"]["f1"])
    wrong = [found[name]["wrong_among_claimed"]["value"] for name in ("ours", "splink")]
    seconds = found["seconds"]
    return {
        "f1_above_best_splink": round(found["ours"]["f1"] - best, 4),
        "wrong_claims_to_splinks": round(wrong[0] / wrong[1], 4) if wrong[1] else None,
        "seconds_splinks_to_ours": _times(seconds["ours"], seconds["splink"]),
    }


def _times(ours: Seconds, peers: Seconds) -> dict[str, float]:
    """How many times as long the peer takes: for its pairs alone (tables, model and shares of names known); for another
    batch with a saved model, loading included on both sides; with the training it does not need every time."""
    whole = ours["open_index"] + ours["read_test"] + ours["link_test"]
    alone, saved = peers["link_with_saved_model"], peers["load_with_saved_model"] + peers["link_with_saved_model"]
    trained = {"with_training": round((saved + peers["train_test"]) / whole, 2)} if "train_test" in peers else {}
    return {
        "pairs_alone": round(alone / ours["link_test"], 2),
        "another_batch_loading_included": round(saved / whole, 2),
        **trained,
    }


def speed(folder: Path, many: int, seed: int) -> dict[str, Any]:
    """One caption at a time, the index's size in memory, appending, and `many` captions at once."""
    from casefile.persons import PersonId
    from match.captions import read_captions
    from match.kept import append_persons, open_index
    from match.link import link

    seconds: Seconds = {}
    index = open_index(folder / "index")
    records = read_captions(folder / "captions_test.csv").records[: 2 * SINGLE]
    for record in records[:SINGLE]:
        link(record, index)
    taken = []
    for record in records[SINGLE:]:
        start = time.process_time()
        link(record, index)
        taken.append(time.process_time() - start)
    seconds["one_query_median"] = round(median(taken), 5)
    seconds["one_query_95"] = round(sorted(taken)[int(0.95 * len(taken))], 5)
    command = [sys.executable, "-c", MEMORY, str(folder / "index"), str(folder / "captions_test.csv")]
    memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    added = [
        _renamed(index.person(at), PersonId(f"X{at:09d}"))
        for at in range(0, len(index), max(1, len(index) // APPENDED))
    ][:APPENDED]
    with timed(seconds, "append_1000"):
        append_persons(folder / "index", added)
    found = {"seconds": seconds, "memory_mb": float(memory[0]), "memory_mb_before_index": float(memory[1])}
    if many:
        more = made(folder, persons=len(index), captions=2 * many, seed=seed, absent=0.15)
        shutil.copy(folder / "splink.json", more / "splink.json")
        found["many"] = _many(more, many)
    return found


def _renamed(person: Any, person_id: Any) -> Any:
    from dataclasses import replace

    return replace(person, person_id=person_id, sid="", ir_number="")


def _many(folder: Path, many: int) -> dict[str, Any]:
    """Ours and the peer's seconds for `many` captions at once."""
    seconds: dict[str, Seconds] = {"ours": {}, "splink": {}}
    ours(folder, seconds["ours"])("test")
    _with_saved_model(folder, seconds["splink"])
    ratios = _times(seconds["ours"], seconds["splink"])
    return {"captions": many, "seconds": seconds, "seconds_splinks_to_ours": ratios}


@click.command()
@click.option("--size", "sizes", type=int, multiple=True, default=(10_000, 100_000), help="persons on the list")
@click.option("--queries", default=8000, show_default=True, help="captions, of which half are tested on")
@click.option("--seed", default=FIRST_SEED, show_default=True)
@click.option("--many", default=0, help="captions linked at once for speed alone, on the longest list")
@click.option("--no-peer", is_flag=True, help="leave Splink out")
@click.option("--folder", type=click.Path(path_type=Path), help="keep the made data here")
@click.option("--keep-as", default="match", show_default=True, help="name of the file under benchmarks/results")
def main(
    sizes: tuple[int, ...], queries: int, seed: int, many: int, no_peer: bool, folder: Path | None, keep_as: str
) -> None:
    """Prints figures and ratios, and writes them to benchmarks/results."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    with TemporaryDirectory() as temporary:
        place = folder or Path(temporary)
        found: dict[str, Any] = {"seed": seed, "queries": queries, "sizes": {}}
        for number, size in enumerate(sorted(sizes)):
            data = made(place, persons=size, captions=queries, seed=seed + number, absent=0.15)
            found["sizes"][str(size)] = one = compared(data, with_peer=not no_peer)
            half = made(place, persons=size, captions=queries, seed=seed + 50 + number, absent=0.5)
            one["half_unlisted"] = compared(half, with_peer=False)
            if size == max(sizes):
                one["speed"] = speed(data, many if not no_peer else 0, seed + 90)
                if not no_peer:
                    peers = one["seconds"]["splink"]["one_query"]
                    one["ratios"]["one_query_splinks_to_ours"] = round(
                        peers / one["speed"]["seconds"]["one_query_median"], 1
                    )
            click.echo(json.dumps({size: _short(one)}, indent=1))
        keep(keep_as, found)


def _short(one: Mapping[str, Any]) -> dict[str, Any]:
    """What the table of goals asks for, in a few lines."""
    names = ("f1", "brier", "calibration_error")
    shares = (
        "recall_at_safe_precision", "wrong_among_claimed", "namesakes_above_the_threshold_of_that_recall",
        "namesakes_claimed", "namesakes_linked",
        "recall_badly_printed", "linked", "wrong_among_linked",
    )  # fmt: skip
    told = {}
    for who in ("ours", "ours_no_labels", "splink", "splink_plain"):
        if who in one:
            told[who] = {**{n: one[who][n] for n in names}, **{n: one[who][n]["value"] for n in shares}}
    half = one["half_unlisted"]["ours"]
    told["half_unlisted"] = {**{n: half[n] for n in names}, **{n: half[n]["value"] for n in shares}}
    groups = one["ours"]["by_group"]
    ratio = {name: groups[name] for name in ("worst_to_all", "worst_to_all_interval", "wrong_of_linked")}
    return {
        **told,
        "ratio_of_groups": ratio,
        "ratios": one.get("ratios"),
        "seconds": one["seconds"],
        "speed": one.get("speed"),
    }


if __name__ == "__main__":
    main()
