"""What commands say: data on standard output, words on standard error, and what could not be used."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from casefile.errors import ExitCode

if TYPE_CHECKING:
    from casefile.store import Store


def printable(text: str) -> str:
    """`text` with whatever could move a terminal's cursor shown as an escape; file names are hostile."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in text)


def told(result: Mapping[str, object], words: str, *, as_json: bool) -> None:
    """The result as JSON on standard output, or in words on standard error."""
    if as_json:
        click.echo(json.dumps(result))
    else:
        click.echo(f"clerk: {words}", err=True)


def counts(numbers: Mapping[str, int]) -> str:
    """Numbers by name, in brackets."""
    return "(" + ", ".join(f"{name} {number}" for name, number in numbers.items()) + ")"


def finish(store: Store, problems: Sequence[str] = ()) -> None:
    """Lists what could not be used on standard error; exit status 10 where there is any."""
    from clerk import standing

    aside, left_out, missing = standing.set_aside(store), store.left_out(), standing.missing_files(store)
    for problem in problems:
        click.echo(f"clerk: {printable(problem)}", err=True)
    for one in aside:
        click.echo(f"clerk: set aside: {printable(standing.where(one.place))}: {one.reason}: {one.advice}", err=True)
    for row in left_out:
        name = "/".join(filter(None, (row.box, row.folder, row.file)))
        click.echo(f"clerk: left out: {printable(name)}: {row.why}", err=True)
    for name in missing:
        click.echo(f"clerk: missing: {printable(name)}", err=True)
    if aside or problems or missing or any(row.may_be_a_scan for row in left_out):
        sys.exit(ExitCode.SOME_FAILED)


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C ends with exit status 130; what was finished is kept."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("clerk: interrupted; what was finished is kept, run again to go on", err=True)
        sys.exit(ExitCode.INTERRUPTED)
