"""`clerk determine`: the law applied to the records of an archive, or to a table of charges."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from casefile.errors import ExitCode
from clerk.commands.options import AS_JSON, choices, day_of, policy_of
from clerk.commands.telling import counts, printable

RISK = 0.005  # of a wrong answer, a row; what an archive's clerk.toml begins with


@click.command()
@click.option("--archive", "-a", "root", type=click.Path(path_type=Path), help="the folder of the archive")
@click.option("--charges", type=click.Path(path_type=Path), help="a table of charges (.csv, .parquet): no archive")
@click.option("--out", type=click.Path(path_type=Path), help="with --charges: the same table with its answers")
@choices
@AS_JSON
def determine(
    root: Path | None, charges: Path | None, out: Path | None, persons: Path | None, list_complete: bool, law: str,
    policy: str, as_of: Any, as_json: bool,
) -> None:  # fmt: skip
    """Applies the law to what is new or changed in an archive, or to every row of a table of charges."""
    if (root is None) == (charges is None):
        raise click.UsageError("give --archive, or --charges with --out")
    if charges is None:
        if out is not None:
            raise click.UsageError("--out goes with --charges")
        assert root is not None  # noqa: S101 - one of both is given
        _archive(root, persons, list_complete, law, policy, as_of, as_json=as_json)
        return
    if out is None or persons is not None or list_complete:
        raise click.UsageError("--charges needs --out, and no list of persons: its rows name their persons")
    _charges(charges, out, law, policy, as_of, as_json=as_json)


def _charges(source: Path, out: Path, law: str, policy: str, as_of: Any, *, as_json: bool) -> None:
    from clerk.batch import Rules, determine_charges
    from eligibility.laws import load_law, load_policy

    name, day = policy_of(policy), day_of(as_of)
    rules = Rules(load_law(law), None if name is None else load_policy(name), day, RISK)
    done = determine_charges(source, out, rules)
    if done.unread:
        click.echo(f"clerk: charges: carried through unread: {printable(', '.join(done.unread))}", err=True)
    for problem in done.problems:
        click.echo(f"clerk: {printable(problem)}", err=True)
    said = {"rows": done.rows, "decided": done.decided, "outcomes": done.outcomes, "as_of": day.isoformat()}
    if as_json:
        click.echo(json.dumps(said))
    else:
        click.echo(f"clerk: {done.rows} rows {counts(done.outcomes)} as of {day} in {out}", err=True)
    if done.problems:
        sys.exit(ExitCode.SOME_FAILED)


def _archive(
    root: Path, persons: Path | None, list_complete: bool, law: str, policy: str, as_of: Any, *, as_json: bool
) -> None:
    from clerk import changes
    from clerk.commands.deciding import Asked, decide

    asked = Asked(law, policy, as_of, persons, list_complete)
    decide(root, "determine", changes.determine_newest_first, asked, remember=True, as_json=as_json)
