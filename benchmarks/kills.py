"""A run of 60 pages killed at random moments and begun again, against an undisturbed one.

.venv/bin/python -m benchmarks.kills --pages 60 --kills 10
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.figures import keep
from specimens import make_box

CLERK = [sys.executable, "-m", "clerk.cli"]


@click.command()
@click.option("--pages", default=60, show_default=True)
@click.option("--kills", default=10, show_default=True)
@click.option("--seed", default=77, show_default=True)
def main(pages: int, kills: int, seed: int) -> None:
    """Kills the whole process with SIGKILL, runs again, and compares the exports byte for byte."""
    rng = random.Random(seed)
    with TemporaryDirectory() as folder:
        box = make_box(Path(folder) / "box", pages=pages, seed=seed)
        began = time.monotonic()
        _finish(_start(box.source, box.persons, Path(folder) / "whole"))
        whole = time.monotonic() - began
        killed = Path(folder) / "killed"
        done, given = 0, 0
        while done < kills:
            run = _start(box.source, box.persons, killed)
            try:
                run.wait(timeout=rng.uniform(0.3, whole / kills * 2))
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
                run.wait()
                done += 1
                continue
            given += 1
            if given > kills:
                break
        _finish(_start(box.source, box.persons, killed))
        same = _export(killed) == _export(Path(folder) / "whole")
    path = keep(
        "kills", {"pages": pages, "kills": done, "same_export": same, "seed": seed, "seconds_whole": round(whole)}
    )
    click.echo(
        f"{done} kills over {pages} pages: the export is {'the same' if same else 'NOT the same'}; kept in {path}"
    )
    if not same:
        sys.exit(1)


def _start(source: Path, persons: Path, archive: Path) -> subprocess.Popen[bytes]:
    command = [*CLERK, "run", str(source), "--archive", str(archive), "--persons", str(persons),
               "--as-of", "2026-06-30", "--quiet", "--workers", "2"]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _finish(run: subprocess.Popen[bytes]) -> None:
    if run.wait() not in (0, 10):
        raise SystemExit(f"the run ended with status {run.returncode}")


def _export(archive: Path) -> bytes:
    out = archive / "records.jsonl"
    subprocess.run([*CLERK, "export", "records", "--archive", str(archive), "--out", str(out)], check=True)
    return out.read_bytes()


if __name__ == "__main__":
    main()
