"""Runs whose workers and coordinator are killed at random moments, against undisturbed ones.

    .venv/bin/python -m benchmarks.kills --pages 300 --worker-kills 20 --coordinator-kills 10 --real-pages 24

First with an engine that replays recorded words after a delay; then, with one kill of each kind, on real reading.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import psutil

from benchmarks.figures import keep
from benchmarks.replay import LOG, put_pages
from casefile.archive import PageState, Stage
from casefile.store import Store
from specimens import make_box

CLERK = [sys.executable, "-m", "clerk.cli"]
KINDS = ("worker", "coordinator", "reader")


@dataclass
class Run:
    """A run that is begun again whenever it was killed."""

    command: list[str]
    archive: Path
    environment: dict[str, str]
    starts: int = 0
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        self.starts += 1
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.DEVNULL, stderr=said)

    @property
    def said(self) -> Path:
        """Where it is kept what the run complained of."""
        return self.archive.with_suffix(".said")

    def landed(self) -> int:
        """How many pages are done or set aside so far."""
        if not (self.archive / "casefile.db").exists():
            return 0
        with Store(self.archive / "casefile.db") as store:
            return sum(total for (stage, _), total in store.page_totals().items() if stage is Stage.DIGITIZE)

    def kill(self, kind: str, rng: random.Random) -> bool:
        """Kills one process of that kind with SIGKILL; False where there is none just now."""
        if kind == "coordinator":
            self.process.kill()
            self.process.wait()
            self.start()
            return True
        try:
            servers = [one for one in psutil.Process(self.process.pid).children() if "forkserver" in _said(one)]
            workers = [worker for server in servers for worker in server.children()]
            readers = [one for each in workers for one in each.children() if "digitize.sandbox" in _said(one)]
            rng.choice(workers if kind == "worker" and readers else readers).kill()
        except (IndexError, psutil.NoSuchProcess):
            return False
        return True


def _said(process: psutil.Process) -> str:
    return " ".join(process.cmdline())


def disturbed(run: Run, kinds: Sequence[str], pages: int, rng: random.Random) -> Counter[str]:
    """Kills at random points of the run's progress, all of them before its end; how many of each kind were given."""
    due = sorted(rng.randrange(pages * 9 // 10) for _ in kinds)
    given: Counter[str] = Counter()
    run.start()
    for kind, at in zip(kinds, due, strict=True):
        while run.landed() < at and run.process.poll() is None:
            time.sleep(0.1)
        time.sleep(rng.uniform(0, 1.0))
        while run.process.poll() is None and not run.kill(kind, rng):
            time.sleep(0.1)
        given[kind] += 1
    _finish(run)
    return given


def _finish(run: Run) -> None:
    if run.process.wait() not in (0, 10):
        said = run.said.read_text("utf-8", "replace")[-2000:]
        raise SystemExit(f"the run ended with status {run.process.returncode}; it said last:\n{said}")


def compared(commands: tuple[Run, Run], kinds: Sequence[str], pages: int, rng: random.Random) -> dict[str, Any]:
    """One run undisturbed and one disturbed: whether every page ended once, and the exports are the same."""
    whole, killed = commands
    began = time.monotonic()
    whole.start()
    _finish(whole)
    middle = time.monotonic()
    given = disturbed(killed, kinds, pages, rng)
    with Store(killed.archive / "casefile.db") as store:
        totals = store.page_totals()
    return {
        "pages": pages,
        "kills": dict(given),
        "starts": killed.starts,
        "done": totals.get((Stage.DIGITIZE, PageState.DONE), 0),
        "set_aside": totals.get((Stage.DIGITIZE, PageState.SET_ASIDE), 0),
        "same_export": _export(killed.archive) == _export(whole.archive),
        "seconds_whole": round(middle - began, 1),
        "seconds_killed": round(time.monotonic() - middle, 1),
    }


def _export(archive: Path) -> bytes:
    out = archive / "records.jsonl"
    subprocess.run([*CLERK, "export", "records", "--archive", str(archive), "--out", str(out)], check=True)
    return out.read_bytes()


def replayed(folder: Path, pages: int, kinds: Sequence[str], seed: int) -> dict[str, Any]:
    """The comparison with the replaying engine, and how often a page was read again in vain."""
    put_pages(folder / "source", pages, seed=seed)
    runs = []
    for name in ("whole", "killed"):
        command = [sys.executable, "-m", "benchmarks.replay", str(folder / name), str(folder / "source"), "2"]
        runs.append(Run(command, folder / name, {**os.environ, LOG: str(folder / f"{name}.log")}))
    found = compared((runs[0], runs[1]), kinds, pages, random.Random(seed))
    shown = (folder / "killed.log").read_text().split()
    return {**found, "pages_shown": len(shown), "pages_shown_undisturbed": len(set(shown))}


def really_read(folder: Path, pages: int, seed: int) -> dict[str, Any]:
    """The comparison on real reading, with one kill of each kind."""
    box = make_box(folder / "box", pages=pages, seed=seed)
    runs = []
    for name in ("whole", "killed"):
        command = [*CLERK, "run", str(box.source), "--archive", str(folder / name), "--persons", str(box.persons),
                   "--as-of", "2026-06-30", "--quiet", "--workers", "2"]  # fmt: skip
        runs.append(Run(command, folder / name, dict(os.environ)))
    return compared((runs[0], runs[1]), KINDS, pages, random.Random(seed))


@click.command()
@click.option("--pages", default=300, show_default=True)
@click.option("--worker-kills", default=20, show_default=True)
@click.option("--coordinator-kills", default=10, show_default=True)
@click.option("--real-pages", default=24, show_default=True, help="0: no real reading")
@click.option("--seed", default=77, show_default=True)
def main(pages: int, worker_kills: int, coordinator_kills: int, real_pages: int, seed: int) -> None:
    """Writes benchmarks/results/kills.json; exit status 1 where an export differs or a page is missing."""
    kinds = ["worker"] * worker_kills + ["coordinator"] * coordinator_kills
    random.Random(seed).shuffle(kinds)
    result: dict[str, Any] = {"seed": seed}
    with TemporaryDirectory() as folder:
        result["replayed"] = replayed(Path(folder) / "replayed", pages, kinds, seed)
        if real_pages:
            result["read"] = really_read(Path(folder) / "read", real_pages, seed)
    good = True
    for name in ("replayed", "read"):
        found = result.get(name)
        if found is not None:
            good = good and found["same_export"] and found["done"] + found["set_aside"] == found["pages"]
            click.echo(f"{name}: {found}")
    click.echo(f"kept in {keep('kills', result)}")
    if not good:
        sys.exit(1)


if __name__ == "__main__":
    main()
