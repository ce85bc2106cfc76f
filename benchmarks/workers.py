"""Two workers against one: pages a minute with Tesseract, runs interleaved.

    .venv/bin/python -m benchmarks.workers --pages 40 --rounds 3

The rate is taken from the first page that lands to the last, so that starting a cluster does not count; the whole
time is given beside it, and the memory of a worker with the process that reads for it and the programs that starts.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, stdev
from tempfile import TemporaryDirectory
from typing import Any

import click
import psutil

from benchmarks.figures import keep
from clerk import archive as archives
from clerk import intake
from clerk.hands import Hands, Jobs, Landing, hands_of
from clerk.words import read_words
from digitize.engines import best_engine
from digitize.jobs import EngineFactory
from digitize.tesseract import TesseractEngine
from specimens import make_box

ENGINES: dict[str, EngineFactory] = {"tesseract": TesseractEngine, "best": best_engine}


class Watched:
    """Hands that note when each page landed."""

    def __init__(self, hands: Hands) -> None:
        self._hands, self.at = hands, list[float]()

    def read(self, jobs: Jobs) -> Iterator[Landing]:
        for landing in self._hands.read(jobs):
            self.at.append(time.monotonic())
            yield landing


class MemoryWatch(threading.Thread):
    """The most that any worker held, in MiB: its own process, the one that reads for it, and what that starts.

    Memory that two processes share counts for each its part (PSS).
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.done = 0.0, threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.5):
            for server in psutil.Process().children():
                try:
                    workers = server.children() if "forkserver" in " ".join(server.cmdline()) else []
                    held = (sum(map(_pss, (worker, *worker.children(recursive=True)))) for worker in workers)
                    self.most = max(self.most, *held, 0.0)
                except psutil.Error:
                    continue


def _pss(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / 2**20
    except psutil.Error:
        return 0.0


def timed(source: Path, root: Path, workers: int, engine: EngineFactory) -> dict[str, float]:
    """One run: its rate once it is going, its whole time, the most memory a worker held."""
    archive, hands, memory = archives.create(root), Watched(hands_of(workers, engine_factory=engine)), MemoryWatch()
    with archives.held(archive), archive.store() as store:
        intake.take_in(archive, store, source, quiet=True)
        memory.start()
        began = time.monotonic()
        pages = read_words(archive, store, hands, quiet=True)
        whole = time.monotonic() - began
        memory.done.set()
    rate = 60 * (pages - 1) / (hands.at[-1] - hands.at[0])
    return {"pages": pages, "a_minute": rate, "seconds": whole, "mib_a_worker": memory.most}


@click.command()
@click.option("--pages", default=40, show_default=True)
@click.option("--rounds", default=3, show_default=True)
@click.option("--engine", type=click.Choice(list(ENGINES)), default="tesseract", show_default=True)
@click.option("--seed", default=9300, show_default=True)
def main(pages: int, rounds: int, engine: str, seed: int) -> None:
    """Writes benchmarks/results/workers.json."""
    runs: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    with TemporaryDirectory() as folder:
        for at in range(rounds):
            source = make_box(Path(folder) / f"box{at}", pages=pages, seed=seed + at).source
            for workers in (1, 2) if at % 2 == 0 else (2, 1):
                runs[workers].append(timed(source, Path(folder) / f"{at}-{workers}", workers, ENGINES[engine]))
    ratios = [two["a_minute"] / one["a_minute"] for one, two in zip(runs[1], runs[2], strict=True)]
    spread = 1.96 * stdev(ratios) / len(ratios) ** 0.5 if len(ratios) > 1 else None
    result: dict[str, Any] = {
        "engine": engine,
        "pages_a_run": pages,
        "seeds": [seed + at for at in range(rounds)],
        "two_against_one": {"value": round(mean(ratios), 3), "n": len(ratios), "half_interval": spread},
        "one": runs[1],
        "two": runs[2],
    }
    click.echo(json.dumps(result, indent=2))
    click.echo(f"kept in {keep('workers', result)}")


if __name__ == "__main__":
    main()
