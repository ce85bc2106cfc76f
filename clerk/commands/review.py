"""`clerk review`: the questions a person must settle."""

from __future__ import annotations

from pathlib import Path

import click

from clerk import archive as archives
from clerk.commands.options import ARCHIVE
from clerk.commands.telling import interruptible


@click.group()
def review() -> None:
    """The questions a person must settle."""


@review.command()
@ARCHIVE
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--cert", type=click.Path(path_type=Path, exists=True), help="certificate (PEM), for other hosts")
@click.option("--key", type=click.Path(path_type=Path, exists=True), help="its key (PEM)")
def serve(root: Path, host: str, port: int, cert: Path | None, key: Path | None) -> None:
    """Opens the review queue to a browser on this machine, or, with TLS, to others."""
    from clerk.serving import Tls, serve_review

    if (cert is None) != (key is None):
        raise click.UsageError("--cert and --key go together")
    tls = Tls(cert, key) if cert is not None and key is not None else None
    with interruptible():
        serve_review(archives.opened(root), host=host, port=port, tls=tls)


@review.command()
@ARCHIVE
@click.option("--out", required=True, type=click.Path(path_type=Path), help="a .jsonl or .csv file")
def corrections(root: Path, out: Path) -> None:
    """Writes what people said of the ink, beside what was read there: training data that leads back to its page."""
    from clerk.corrections import write_corrections

    with archives.opened(root).store() as store:
        click.echo(f"clerk: {write_corrections(store, out)} rows in {out}", err=True)
