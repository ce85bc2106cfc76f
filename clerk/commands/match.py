"""`clerk match`: records, or captions that are text already, to persons."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casefile.errors import ExitCode
from clerk.commands.deciding import Asked, decide
from clerk.commands.options import AS_JSON, choices
from clerk.commands.telling import printable, told

if TYPE_CHECKING:
    from casefile.docket import RecordId
    from casefile.store import Store
    from clerk.deciding import Rules

SHARE = click.FloatRange(0.0, 1.0, min_open=True, max_open=True)


@click.command()
@click.option("--archive", "-a", "root", type=click.Path(path_type=Path), help="the folder of the archive")
@click.option("--captions", type=click.Path(path_type=Path), help="link these captions (CSV) instead of an archive's")
@click.option("--out", type=click.Path(path_type=Path), help="with --captions: where the links go (CSV)")
@click.option("--index", "folder", type=click.Path(path_type=Path), help="with --captions: keep the list's index here")
@click.option("--calibration", type=click.Path(path_type=Path), help="with --captions: a file of clerk calibrate")
@click.option("--listed", type=SHARE, help="with --captions: the share of defendants on the list, not re-estimated")
@click.option("--as", "form", type=click.Choice(["text", "json"]), default="text", help="with --captions: the evidence")
@click.option("--drawings", type=click.Path(path_type=Path), help="with --captions: a drawing (SVG) of each link")
@choices
@AS_JSON
def match(
    root: Path | None, captions: Path | None, out: Path | None, folder: Path | None, calibration: Path | None,
    listed: float | None, form: str, drawings: Path | None, persons: Path | None, list_complete: bool, law: str,
    policy: str, as_of: Any, as_json: bool,
) -> None:  # fmt: skip
    """Links records to the list of persons; with --captions, captions that are text already."""
    if (root is None) == (captions is None):
        raise click.UsageError("give --archive, or --captions with --persons and --out")
    if captions is None:
        assert root is not None  # noqa: S101 - one of the two is given
        _match_archive(root, Asked(law, policy, as_of, persons, list_complete), as_json=as_json)
        return
    if persons is None or out is None:
        raise click.UsageError("--captions needs --persons and --out")
    from clerk.linking import Job, link_captions

    done = link_captions(
        Job(captions, persons, out, list_complete, folder, calibration, listed, form == "json", drawings)
    )
    for problem in done.problems:
        click.echo(f"clerk: {printable(problem)}", err=True)
    told(done.numbers, done.words, as_json=as_json)
    if done.problems:
        sys.exit(ExitCode.SOME_FAILED)


def _match_archive(root: Path, asked: Asked, *, as_json: bool) -> None:
    from clerk import deciding, shares

    def linked(store: Store, rules: Rules, record_ids: Sequence[RecordId]) -> int:
        click.echo(shares.told(shares.learn_share(store, rules), rules), err=True)
        return deciding.link_records(store, rules, record_ids)

    decide(root, "match", linked, asked, as_json=as_json)
