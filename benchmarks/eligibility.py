"""Speed and memory of `clerk determine --charges`: rows a second from CSV to result file, with full grounds.

    .venv/bin/python -m benchmarks.eligibility --rows 1000000

One process on one core, the rows of a made-up county in no order. The peer is the same rules run row after row
without reusing an answer, in the same run on a sample; beside it stands the published figure of Clear My Record,
10,000 records a minute. A sample of the reused answers is held against answers worked out alone.
"""

from __future__ import annotations

import csv
import multiprocessing
import random
import resource
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from benchmarks.figures import keep, share
from clerk.batch import Rules, determine_charges
from eligibility.laws import load_law, load_policy

SEED = 64
AS_OF = date(2026, 6, 30)
CLEAR_MY_RECORD = 10_000 / 60  # rows a second, as published
STATUTES = {
    "720 ILCS 550/4(a)": 22, "720 ILCS 550/4(b)": 17, "720 ILCS 550/4(c)": 12, "720 ILCS 550/4(d)": 10,
    "720 ILCS 550/4(e)": 2, "720 ILCS 550/5(b)": 3, "720 ILCS 550/5(c)": 4, "720 ILCS 550/5(d)": 5,
    "720-550/4(c)": 2, "56.5-704-C": 2, "720 ILCS 570/402(c)": 10, "720 ILCS 5/16-25": 5, "720 ILCS 5/12-3.2": 2,
    "720 ILCS 5/12-3": 3, "625 ILCS 5/6-303": 6, "720 ILCS 600/3.5": 3, "720 ILCS 550/5.2(b)": 1,
}  # fmt: skip
ENDINGS = {
    "guilty": 38, "nolle_prosequi": 22, "stricken_off_leave": 16, "dismissed": 9, "supervision": 6,
    "first_offender_probation": 4, "not_guilty": 3, "pending": 2,
}  # fmt: skip
SENTENCES = ["18 months probation", "100 dollars fine", "30 days jail", "2 years prison", "12 months supervision", ""]


def write_county(path: Path, rows: int, seed: int) -> None:
    """A county's charges, one to five a docket, dockets of persons who come back, in no order."""
    rng = random.Random(seed)
    births: dict[str, date] = {}
    charges: list[list[object]] = []
    while len(charges) < rows:
        charges += _docket(rng, rows, births)
    charges = charges[:rows]
    rng.shuffle(charges)
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("record_id", *COLUMNS))
        table.writerows((f"r{number}", *charge) for number, charge in enumerate(charges))


COLUMNS = (
    "person_id", "docket_number", "count", "offense_date", "arrest_date", "statute", "description", "grade", "grams",
    "disposition", "disposition_date", "sentence", "termination", "birth_date",
)  # fmt: skip


FIRST, LAST = date(1972, 1, 1), date(2018, 12, 31)


def _docket(rng: random.Random, rows: int, births: dict[str, date]) -> list[list[object]]:
    """One to five charges; of the dockets of a person who comes back one in fifty states another birth date."""
    person = f"P{rng.randrange(rows // 2)}" if rng.random() < 0.9 else ""
    born = births.get(person)
    first = FIRST if born is None else max(FIRST, date(born.year + 17, born.month, born.day))
    day = first + timedelta(days=rng.randrange((LAST - first).days))
    if born is None:
        born = date(day.year - rng.randrange(17, 50), rng.randrange(1, 13), rng.randrange(1, 29))
        if person and born.year + 17 < LAST.year:
            births[person] = born
    elif rng.random() < 0.02:
        born = born.replace(year=born.year + rng.choice([-1, 1]))
    number = f"{day.year % 100:02d}CR{rng.randrange(10**8):08d}"
    decided = day + timedelta(days=rng.randrange(10, 500))
    found: list[list[object]] = []
    for count in range(1, rng.choices([1, 2, 3, 5], [70, 18, 8, 4])[0] + 1):
        ending = rng.choices(list(ENDINGS), list(ENDINGS.values()))[0]
        ended = (
            rng.choice(["satisfactory", "revoked", ""]) if ending in ("supervision", "first_offender_probation") else ""
        )
        statute = rng.choices(list(STATUTES), list(STATUTES.values()))[0]
        sentence = rng.choice(SENTENCES) if ending == "guilty" else ""
        grams = rng.choice(["5", "12.5", "45"]) if rng.random() < 0.05 else ""
        found.append(
            [person, number, count, day, day, statute, "CANNABIS", "", grams, ending, decided, sentence, ended, born]
        )
    return found


def timed(source: str, out: str, policy: str | None, *, reuse: bool) -> dict[str, Any]:
    """One run in this process: seconds of processor and clock, and the most memory it held."""
    law = load_law("illinois")
    rules = Rules(law if reuse else replace(law, alike=None), load_policy(policy) if policy else None, AS_OF, 0.005)
    begun, clock = time.process_time(), time.perf_counter()
    done = determine_charges(Path(source), Path(out), rules)
    cpu, wall = time.process_time() - begun, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": done.rows, "decided": done.decided, "cpu_s": round(cpu, 2), "wall_s": round(wall, 2),
        "rows_a_cpu_second": round(done.rows / cpu), "rows_a_second": round(done.rows / wall),
        "most_memory_mb": round(memory), "outcomes": done.outcomes,
    }  # fmt: skip


def alone(source: Path, out: Path, policy: str | None, *, reuse: bool) -> dict[str, Any]:
    """The same in a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(timed, (str(source), str(out), policy), {"reuse": reuse})


def answers_of(path: Path) -> list[tuple[str, ...]]:
    with open(path, encoding="utf-8", newline="") as file:
        return [tuple(row[-5:]) for row in csv.reader(file)]


@click.command()
@click.option("--rows", default=1_000_000, show_default=True)
@click.option("--sample", default=2_000, show_default=True, help="rows of the peer's run")
@click.option("--policy", help="a policy over the law")
@click.option("--seed", default=SEED, show_default=True)
def main(rows: int, sample: int, policy: str | None, seed: int) -> None:
    """Measures and writes benchmarks/results/eligibility.json."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_county(folder / "all.csv", rows, seed)
        write_county(folder / "some.csv", sample, seed + 1)
        ours = alone(folder / "all.csv", folder / "all_out.csv", policy, reuse=True)
        (folder / "all_out.csv").unlink()
        reused = alone(folder / "some.csv", folder / "reused.csv", policy, reuse=True)
        naive = alone(folder / "some.csv", folder / "naive.csv", policy, reuse=False)
        pairs = list(zip(answers_of(folder / "reused.csv"), answers_of(folder / "naive.csv"), strict=True))
    keep(
        "eligibility",
        {
            "seed": seed,
            "policy": policy,
            "ours": ours,
            "naive_peer": naive,
            "ours_on_the_peers_rows": reused,
            "times_the_naive_peer": round(ours["rows_a_cpu_second"] / naive["rows_a_cpu_second"], 1),
            "times_clear_my_record_as_published": round(ours["rows_a_cpu_second"] / CLEAR_MY_RECORD, 1),
            "reused_answers_equal_to_the_peers": share(sum(a == b for a, b in pairs), len(pairs)),
        },
    )


if __name__ == "__main__":
    main()
