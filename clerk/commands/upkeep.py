"""Running the place: `clerk init`, `fixity`, `doctor`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from casefile.errors import ExitCode
from clerk import archive as archives
from clerk.commands.options import ARCHIVE, AS_JSON
from clerk.commands.telling import told


@click.command()
@click.argument("root", type=click.Path(path_type=Path))
@AS_JSON
def init(root: Path, as_json: bool) -> None:
    """Makes an empty archive."""
    archives.create(root)
    told({"archive": str(root)}, f"made {root}; next: clerk run SOURCE --archive {root}", as_json=as_json)


@click.command()
@ARCHIVE
@AS_JSON
def fixity(root: Path, as_json: bool) -> None:
    """Checks that every master is still what was received; exit status 12 where one is not."""
    from digitize.intake import check_fixity

    archive = archives.opened(root)
    with archive.store() as store:
        bad = [sha for sha, good in check_fixity(archive.masters, store.masters()) if not good]
        total = len(store.masters())
    if as_json:
        click.echo(json.dumps({"masters": total, "changed": bad}))
    for sha in bad:
        click.echo(f"clerk: {sha}: missing, or not what was received; restore it from a backup", err=True)
    click.echo(f"clerk: {total - len(bad)} of {total} masters are as received", err=True)
    if bad:
        sys.exit(ExitCode.FIXITY)


@click.command()
@AS_JSON
def doctor(as_json: bool) -> None:
    """Says whether everything the work needs is installed; exit status 3 where a program is missing."""
    from clerk.doctor import findings

    found = findings()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found]))
    else:
        for one in found:
            click.echo(f"{'ok     ' if one.found else 'MISSING'} {one.what}: {one.detail}")
    if not all(one.found for one in found):
        sys.exit(ExitCode.PROGRAM_MISSING)
