"""What several commands are asked with: the options, and what their values mean."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

ARCHIVE = click.option(
    "--archive",
    "-a",
    "root",
    required=True,
    type=click.Path(path_type=Path),
    help="the folder of the archive",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="print the result as JSON")
DAY = click.DateTime(formats=["%Y-%m-%d"])
WORKERS = click.option(
    "--workers",
    type=click.IntRange(0, 256),
    help="pages read at once; default: one a core; 0: without a cluster",
)
PEM = click.Path(path_type=Path, exists=True, dir_okay=False)
QUIET = click.option("--quiet", is_flag=True, help="no progress on standard error")


def choices(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that decide what is held: the list of persons, the law, the policy, the day."""
    for option in (
        click.option("--as-of", type=DAY, help="the day judged for; default: today"),
        click.option("--policy", default="none", show_default=True, help="a shipped policy or a .toml of your own"),
        click.option("--law", default="illinois", show_default=True, help="the law that is applied"),
        click.option("--list-complete", is_flag=True, help="everybody who could appear is on the list"),
        click.option("--persons", type=click.Path(path_type=Path), help="the list of persons (CSV)"),
    ):
        function = option(function)
    return function


def hands(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say who reads the pages; the command gets them as one argument, `hands`."""

    @wraps(function)
    def with_hands(
        *arguments: Any, workers: int | None, scheduler: str | None, tls_ca: Path | None, tls_cert: Path | None,
        tls_key: Path | None, **rest: Any,
    ) -> Any:  # fmt: skip
        from clerk.hands import Scheduler, hands_of

        if scheduler is not None and workers is not None:
            raise click.UsageError("--workers begins a cluster here, --scheduler names one that runs: give one of them")
        elsewhere = None if scheduler is None else Scheduler(scheduler, tls_ca, tls_cert, tls_key)
        return function(*arguments, hands=hands_of(workers_of(workers), elsewhere), **rest)

    for option in (
        click.option("--tls-key", type=PEM, help="its key (PEM)"),
        click.option("--tls-cert", type=PEM, help="the certificate by which the cluster knows us (PEM)"),
        click.option("--tls-ca", type=PEM, help="the authority of the cluster's certificates (PEM)"),
        click.option("--scheduler", metavar="ADDRESS", help="an existing Dask cluster, as tls://HOST:PORT"),
        WORKERS,
    ):
        with_hands = option(with_hands)
    return with_hands


def day_of(as_of: Any) -> date:
    """The day judged for: as given, or today."""
    return date.today() if as_of is None else as_of.date()


def policy_of(name: str | None) -> str | None:
    """The policy as the archive remembers it: a file by its whole path, for the next command stands elsewhere."""
    if name is None or name == "none":
        return None
    return str(Path(name).resolve()) if name.endswith(".toml") else name


def workers_of(workers: int | None) -> int:
    """How many pages are read at once: as given, or one a core."""
    return os.cpu_count() or 1 if workers is None else workers
