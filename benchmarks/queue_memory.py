"""The coordinator's memory with many pages queued, against a tenth of them.

    .venv/bin/python -m benchmarks.queue_memory --queued 100000 --read 200

Each size has a process of its own, begun afresh, which reads some pages with two workers and a replaying engine.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from benchmarks import replay
from benchmarks.figures import keep
from casefile.archive import Page, Place, Sha256, Stage, page_id_of
from clerk import archive as archives
from clerk import standing
from clerk.archive import Archive
from clerk.dispatch import ClusterHands
from clerk.hands import Hands, Jobs, Landing
from clerk.words import read_words
from digitize.intake import master_path

_FOLDER = 200  # pages


def fill(archive: Archive, queued: int, scans: list[bytes]) -> None:
    """Registers so many pages; the first of them have masters, which is as far as the run goes."""
    shas = [Sha256(hashlib.sha256(scan).hexdigest()) for scan in scans]
    for sha, scan in zip(shas, scans, strict=True):
        path = master_path(archive.masters, sha)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(scan)
    with archive.store() as store, store.writing():
        for at in range(queued):
            sha = shas[at] if at < len(shas) else Sha256(hashlib.sha256(str(at).encode()).hexdigest())
            place = Place("box", f"folder{at // _FOLDER:06d}", f"{at:08d}.png", 0)
            page = Page(page_id_of(place, sha), place, sha, 1)
            store.add_pages([page], size=1)
            store.put_done(page.page_id, Stage.INTAKE, key="k", output=sha)


class UpTo:
    """Hands that stop after so many pages."""

    def __init__(self, hands: Hands, pages: int) -> None:
        self._hands, self._left = hands, pages

    def read(self, jobs: Jobs) -> Iterator[Landing]:
        for landing in self._hands.read(jobs):
            yield landing
            self._left -= 1
            if self._left <= 0:
                return


def measured(root: Path, pages: int) -> dict[str, float]:
    """Reads so many pages of an archive and says what that took; to be run in a process of its own."""
    archive = Archive(root)
    with archives.held(archive), archive.store() as store:
        before = _mib()
        total = read_words(archive, store, UpTo(ClusterHands(replay.Replay, 2), pages), quiet=True)
        reading = _mib()
        standing.status(store)
    return {"pages_read": total, "mib_before": before, "mib_reading": reading, "mib_with_status": _mib()}


def _mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _in_a_process(root: Path, pages: int, log: Path) -> dict[str, float]:
    code = "import sys; from pathlib import Path; from benchmarks.queue_memory import measured; import json\n"
    code += "if __name__ == '__main__': print(json.dumps(measured(Path(sys.argv[1]), int(sys.argv[2]))))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(root), str(pages)],
        env={**os.environ, replay.LOG: str(log)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


@click.command()
@click.option("--queued", default=100_000, show_default=True)
@click.option("--read", default=200, show_default=True, help="pages that are read in each")
@click.option("--seed", default=5, show_default=True)
def main(queued: int, read: int, seed: int) -> None:
    """Writes benchmarks/results/queue_memory.json."""
    result: dict[str, Any] = {"seed": seed, "read": read}
    with TemporaryDirectory() as folder:
        replay.put_pages(Path(folder) / "scans", read + 20, seed=seed)
        scans = [path.read_bytes() for path in sorted((Path(folder) / "scans").rglob("*.png"))]
        for size in (queued // 10, queued):
            archive = archives.create(Path(folder) / str(size))
            fill(archive, size, scans)
            result[str(size)] = _in_a_process(archive.root, read, Path(folder) / "log")
    small, large = result[str(queued // 10)], result[str(queued)]
    result["ratio"] = round(large["mib_with_status"] / small["mib_with_status"], 3)
    result["ratio_above_start"] = round(
        (large["mib_with_status"] - large["mib_before"]) / (small["mib_with_status"] - small["mib_before"]), 3
    )
    click.echo(json.dumps(result, indent=2))
    click.echo(f"kept in {keep('queue_memory', result)}")


if __name__ == "__main__":
    main()
