"""A run of the first two stages with the replaying engine, as a program of its own that can be killed.

    python -m tests.clerk.coordinator ARCHIVE SOURCE [--workers N | --scheduler ADDRESS CERTIFICATE KEY]

The certificate is its own authority. Exit status 130 where it was interrupted.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from clerk import archive as archives
from clerk import dispatch, intake
from clerk.commands.telling import interruptible
from clerk.dispatch import ClusterHands
from clerk.hands import Hands, OwnHands, Scheduler
from clerk.words import read_words
from digitize.jobs import Settings
from tests.clerk.replaying import Replaying


def hands_of(asked: Namespace) -> Hands:
    settings = Settings(page_seconds=12)
    if asked.scheduler is not None:
        address, cert, key = asked.scheduler
        known = Scheduler(address, Path(cert), Path(cert), Path(key))
        return ClusterHands(Replaying, scheduler=known, settings=settings)
    return ClusterHands(Replaying, asked.workers, settings=settings) if asked.workers else OwnHands(Replaying, settings)


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("archive", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--scheduler", nargs=3)
    parser.add_argument("--patience", type=float, default=120.0, help="seconds for the cluster to answer")
    asked = parser.parse_args()
    dispatch._JOIN_SECONDS = asked.patience
    archive = archives.create(asked.archive)
    with archives.held(archive), archive.store() as store, interruptible():
        intake.take_in(archive, store, asked.source, quiet=True)
        print("reading", flush=True)
        read_words(archive, store, hands_of(asked), quiet=True)


if __name__ == "__main__":
    main()
