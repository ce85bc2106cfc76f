"""A list of ten million made persons: reading it, building its index, and asking it, in time and memory.

    .venv/bin/python -m benchmarks.linkage_long

One list is made by benchmarks.linkage_data; the others are it again under other ids, given, middle names and birth
dates each drawn anew from it, numbers left out. So names are as common as they would be, and no surname is new. The
captions are those of the first list. Each step is a process of its own, whose peak of memory and page faults that went
to disk are told.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import polars as pl

from benchmarks.figures import keep

BEFORE = """
import json, re, resource, sys, time
from pathlib import Path

def told(**figures):
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({**figures, "peak_mb": round(peak), "faults_to_disk": used.ru_majflt,
                      "cpu_seconds": round(used.ru_utime + used.ru_stime, 1)}))

folder = Path(sys.argv[1])
"""
BUILD = (
    BEFORE
    + """
from match.kept import keep_index
from match.long_lists import read_long_list

start = time.process_time()
listed = read_long_list(folder / "long.csv")
read = time.process_time() - start
keep_index(folder / "long", listed.columns)
told(persons=len(listed.columns), problems=len(listed.problems), read_seconds=round(read, 1))
"""
)
ASK = (
    BEFORE
    + """
from statistics import median
from match.captions import read_captions
from match.kept import open_index
from match.link import link

index = open_index(folder / "long")
records = read_captions(folder / "captions_test.csv").records[:600]
taken, linked = [], 0
for record in records:
    start = time.process_time()
    linked += link(record, index).status == "linked"
    taken.append(time.process_time() - start)
taken = sorted(taken[300:])
told(persons=len(index), captions=len(records), linked=linked, median_ms=round(1000 * median(taken), 2),
     at_95_ms=round(1000 * taken[int(0.95 * len(taken))], 2))
"""
)


def lengthened(folder: Path, times: int, seed: int) -> None:
    """Writes the list of `folder` again `times` times as long."""
    with (folder / "persons.csv").open("rb") as file:
        first = pl.read_csv(file, infer_schema=False).fill_null("")
    with (folder / "long.csv").open("wb") as file:
        first.write_csv(file)
        for copy in range(1, times):
            drawn = [
                pl.col(name).shuffle(seed=seed + 10 * copy + at)
                for at, name in enumerate(("given", "middle", "birth_date"))
            ]
            first.with_columns(
                pl.col("person_id") + f"-{copy}", *drawn, sid=pl.lit(""), ir_number=pl.lit(""), aliases=pl.lit(""),
                docket_numbers=pl.lit(""),
            ).write_csv(file, include_header=False)  # fmt: skip


def _told(script: str, folder: Path) -> dict[str, Any]:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True)
    return {**json.loads(done.stdout), "wall_seconds": round(time.perf_counter() - start, 1)}


@click.command()
@click.option("--persons", default=1_000_000, show_default=True, help="persons of the first list")
@click.option("--times", default=10, show_default=True, help="how often it stands in the long one")
@click.option("--seed", default=10_900, show_default=True)
def main(persons: int, times: int, seed: int) -> None:
    """Prints what each step took and writes it to benchmarks/results."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        arguments = ["--n", persons, "--queries", 1200, "--seed", seed, "--out", folder]
        command = [sys.executable, "-m", "benchmarks.linkage_data", *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        lengthened(folder, times, seed)
        found = {"seed": seed, "list_mb": round((folder / "long.csv").stat().st_size / 2**20)}
        found["build"] = _told(BUILD, folder)
        kept = sum(path.stat().st_size for path in (folder / "long").rglob("*.npy"))
        found["index_mb"] = round(kept / 2**20)
        found["ask"] = _told(ASK, folder)
    click.echo(json.dumps(found, indent=1))
    keep("match_10m", found)


if __name__ == "__main__":
    main()
