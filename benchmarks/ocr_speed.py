"""How fast pages are read end to end by the command line, and what memory its workers take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CLERK = [sys.executable, "-m", "clerk.cli"]
NOT_OURS = ("pandas", "torch")  # what peers and training need, and libraries of ours load where they find it


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the reading stage: what it took, and memory in MiB as shares of what processes hold together."""

    seconds: float
    coordinator: float
    a_worker: float  # all but the coordinator together, over the workers
    largest: float  # process but the coordinator


def read_by_command(source: Path, archive: Path, *, workers: int) -> Run:
    """Takes the scans in and reads them with so many workers; intake is in the time, since peers open files, too."""
    with _as_installed() as environment:
        began = time.monotonic()
        intake = [*CLERK, "intake", str(source), "--archive", str(archive), "--quiet"]
        subprocess.run(intake, check=True, capture_output=True, env=environment)
        command = [*CLERK, "digitize", "--archive", str(archive), "--workers", str(workers), "--quiet"]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        watch = _Watch(run.pid)
        watch.start()
        status = run.wait()
        seconds = time.monotonic() - began
        watch.end()
    if status not in (0, 10):
        raise SystemExit(f"reading ended with status {status}")
    return Run(seconds, watch.coordinator, watch.others / max(1, workers), watch.largest)


@contextmanager
def _as_installed() -> Iterator[Mapping[str, str]]:
    """The environment of an office's machine, which has nothing that only peers and training need."""
    with TemporaryDirectory() as folder:
        for name in NOT_OURS:
            (Path(folder) / f"{name}.py").write_text("raise ImportError('an office does without it')\n")
        path = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH"))))
        yield {**os.environ, "PYTHONPATH": path}


def pages_read(archive: Path) -> int:
    """How many pages of the archive have words."""
    told = subprocess.run([*CLERK, "status", "--archive", str(archive), "--json"], check=True, capture_output=True)
    status = json.loads(told.stdout)
    return int(status["pages"]) - int(status["set_aside"])


class _Watch(threading.Thread):
    """Looks at a process and all it started once a second, for looking costs time; keeps the most memory seen."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root, self._done = root, threading.Event()
        self.coordinator = self.others = self.largest = 0.0

    def run(self) -> None:
        while not self._done.wait(1.0):
            below = [_held(pid) for pid in _below(self._root)]
            self.coordinator = max(self.coordinator, _held(self._root))
            self.others = max(self.others, sum(below))
            self.largest = max([self.largest, *below])

    def end(self) -> None:
        self._done.set()
        self.join()


def _below(root: int) -> Sequence[int]:
    """The processes that a process started, and those they started."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [root]
    while waiting:
        mine = children.get(waiting.pop(), [])
        found += mine
        waiting += mine
    return found


def _held(pid: int) -> float:
    """MiB a process holds; pages shared by several count in parts."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    rows = (line.split() for line in told.splitlines())
    return next((int(row[1]) / 1024 for row in rows if row[0] == "Pss:"), 0.0)
