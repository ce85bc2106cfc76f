"""`clerk run`: the main job, from scans to answers and questions."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clerk import archive as archives
from clerk.commands.options import ARCHIVE, AS_JSON, QUIET, choices, day_of, hands, policy_of
from clerk.commands.telling import counts, finish, interruptible

if TYPE_CHECKING:
    from casefile.store import Store
    from clerk.hands import Hands


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@ARCHIVE
@choices
@hands
@QUIET
@AS_JSON
def run(
    sources: tuple[Path, ...], root: Path, persons: Path | None, list_complete: bool, law: str, policy: str,
    as_of: Any, hands: Hands, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """The main job: scans in SOURCE (folders or single files) to records, persons, answers and questions.

    Run again, it does only what is new.
    """
    from clerk import pipeline, standing

    archive = archives.create(root)
    with archives.held(archive), archive.store() as store, interruptible():
        problems = remember_list(store, persons, complete=list_complete)
        chosen = pipeline.Choices(law, policy_of(policy), day_of(as_of))
        problems += standing.manifest_problems(sources)
        work = pipeline.run(archive, store, sources, chosen, hands=hands, quiet=quiet)
        _tell(standing.status(store), work, as_json=as_json)
        finish(store, problems)


def remember_list(store: Store, persons: Path | None, *, complete: bool) -> tuple[str, ...]:
    """Takes the list of persons into the archive, where one is given; what could not be understood comes back."""
    from clerk import pipeline

    if complete and persons is None:
        raise click.UsageError("--list-complete says something of a list: give --persons, too")
    return () if persons is None else pipeline.remember_persons(store, persons, complete=complete)


def _tell(status: Any, work: Any, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"work": asdict(work), **asdict(status)}))
        return
    nothing = not any(asdict(work).values())
    click.echo(f"as of {status.as_of}, law {status.law}, policy {status.policy or 'none'}")
    click.echo(
        "nothing was new"
        if nothing
        else f"new: {work.files} files, {work.pages_read} pages read, {work.determined} records decided"
    )
    click.echo(f"pages {status.pages}, set aside {status.set_aside}")
    click.echo(f"records {status.records} {counts(status.states)}")
    click.echo(f"charges {counts(status.outcomes)}; questions waiting {status.questions}")
