"""The stages that need no choice, one by one: `clerk intake`, `digitize`, `extract`, `triage`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from clerk import archive as archives
from clerk.commands.deciding import decide
from clerk.commands.options import ARCHIVE, AS_JSON, QUIET, hands
from clerk.commands.telling import finish, interruptible, told

if TYPE_CHECKING:
    from clerk.hands import Hands


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@ARCHIVE
@QUIET
@AS_JSON
def intake(sources: tuple[Path, ...], root: Path, quiet: bool, as_json: bool) -> None:
    """Registers the scans in SOURCE; reads nothing yet."""
    from clerk import standing
    from clerk.intake import take_in

    archive = archives.create(root)
    with archives.held(archive), archive.store() as store, interruptible():
        total = sum(take_in(archive, store, source, quiet=quiet) for source in sources)
        told({"files": total}, f"{total} new files", as_json=as_json)
        finish(store, standing.manifest_problems(sources))


@click.command()
@ARCHIVE
@hands
@QUIET
@AS_JSON
def digitize(root: Path, hands: Hands, quiet: bool, as_json: bool) -> None:
    """Reads the words of every page that has none yet."""
    from clerk.words import read_words

    archive = archives.opened(root)
    with archives.held(archive), archive.store() as store, interruptible():
        total = read_words(archive, store, hands, quiet=quiet)
        told({"pages": total}, f"{total} pages read", as_json=as_json)
        finish(store)


@click.command()
@ARCHIVE
@QUIET
@AS_JSON
def extract(root: Path, quiet: bool, as_json: bool) -> None:
    """Puts pages together to documents and reads their records."""
    from clerk import deciding, reading

    archive = archives.opened(root)
    with archives.held(archive), archive.store() as store, interruptible():
        total = reading.read_records(archive, store, quiet=quiet)
        deciding.assemble_all(store)
        told({"pages": total}, f"{total} pages extracted", as_json=as_json)
        finish(store)


@click.command()
@ARCHIVE
@AS_JSON
def triage(root: Path, as_json: bool) -> None:
    """Decides which readings, matches and grounds a person must settle."""
    from clerk import deciding

    decide(root, "triage", deciding.triage_records, as_json=as_json)
