"""`python -m training.recogniser --minutes M --out DIR`: trains the net and writes the shipped file."""

from __future__ import annotations

import argparse
from pathlib import Path

from torch.multiprocessing.spawn import spawn

from training.recogniser.faces import faces
from training.recogniser.ship import write
from training.recogniser.train import RATE, Plan, trained


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.recogniser", description=__doc__)
    parser.add_argument("--minutes", type=float, default=55.0, help="of training, by the clock")
    parser.add_argument("--out", type=Path, required=True, help="a folder for the state of the training")
    parser.add_argument("--fonts", nargs="*", default=[], help="more folders of fonts, as npm's node_modules")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--snapshot-minutes", type=float, default=5.0)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--from-shipped", action="store_true", help="begin with the weights that were shipped last")
    parser.add_argument(
        "--mean", action="store_true", help="ship the mean of what is trained and what was shipped last"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the state in --out")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "meeting").unlink(missing_ok=True)
    found = faces("train", chosen.fonts)
    if found.missing:
        print("not installed, left out:", ", ".join(found.missing))
    plan = Plan(
        chosen.minutes, chosen.out, tuple(chosen.fonts), chosen.seed, chosen.processes, chosen.snapshot_minutes,
        chosen.resume, chosen.from_shipped, chosen.rate,
    )  # fmt: skip
    spawn(trained, (plan,), nprocs=chosen.processes)  # type: ignore[no-untyped-call]
    print(write(chosen.out / "state.pt", chosen.fonts, mean=chosen.mean))


if __name__ == "__main__":
    main()
