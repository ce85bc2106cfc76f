"""`clerk demo`: a synthetic box, run through once."""

from __future__ import annotations

from pathlib import Path

import click

from clerk.commands.options import AS_JSON, WORKERS
from clerk.commands.telling import interruptible


@click.command()
@click.argument("folder", default="demo-archive", type=click.Path(path_type=Path))
@click.option("--pages", default=72, show_default=True, type=click.IntRange(60, 2000))
@click.option("--seed", default=1965, show_default=True)
@WORKERS
@AS_JSON
def demo(folder: Path, pages: int, seed: int, workers: int | None, as_json: bool) -> None:
    """Makes a synthetic box with its truth, runs every stage, and says how right it was."""
    from clerk.demo import run_demo

    with interruptible():
        run_demo(folder, pages=pages, seed=seed, workers=workers, as_json=as_json)
