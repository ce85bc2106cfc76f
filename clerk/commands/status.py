"""`clerk status`: how the archive stands."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from casefile.flights import Flights, RunFigures
from clerk import archive as archives
from clerk import progress
from clerk.commands.options import ARCHIVE, AS_JSON
from clerk.commands.telling import counts, printable


@click.command()
@ARCHIVE
@AS_JSON
def status(root: Path, as_json: bool) -> None:
    """How the archive stands: pages, records, questions, what was set aside and why."""
    from clerk import standing

    archive = archives.opened(root)
    with archive.store() as store:
        found = standing.status(store)
        run = Flights(store).figures() if archives.is_held(archive) else None
        aside = standing.set_aside(store)
        if as_json:
            listed = [
                {"box": o.place.box, "folder": o.place.folder, "file": o.place.file, "frame": o.place.frame,
                 "stage": o.stage, "reason": o.reason, "advice": o.advice}
                for o in aside
            ]  # fmt: skip
            left_out = [asdict(row) for row in store.left_out()]
            missing = standing.missing_files(store)
            told = {**asdict(found), "run": _figures(run)}
            click.echo(json.dumps({**told, "aside": listed, "left_out_files": left_out, "missing": missing}))
            return
        if run is not None:
            click.echo(f"running        {progress.told(run)}")
        for name, value in asdict(found).items():
            click.echo(f"{name.replace('_', ' '):14} {counts(value) if isinstance(value, dict) else value}")
        for one in aside:
            click.echo(f"set aside      {printable(standing.where(one.place))}: {one.reason}: {one.advice}")
        for row in store.left_out():
            name = "/".join(filter(None, (row.box, row.folder, row.file)))
            click.echo(f"left out       {printable(name)}: {row.why}")
        for missing_file in standing.missing_files(store):
            click.echo(f"missing        {printable(missing_file)}")


def _figures(run: RunFigures | None) -> dict[str, object] | None:
    """How far the run that goes on has come; None where there is none."""
    if run is None:
        return None
    return {**asdict(run), "a_minute": run.a_minute, "seconds_left": run.seconds_left}
