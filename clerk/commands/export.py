"""`clerk export`: what the archive holds, as data; a command for each kind."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clerk import archive as archives
from clerk.commands import ocr_exports
from clerk.commands.options import ARCHIVE, AS_JSON

OUT = click.option("--out", required=True, type=click.Path(path_type=Path), help="a .jsonl or .csv file")
HELP = {
    "records": "Every record with its readings, answers and state; pages that carry none, too.",
    "determinations": "Every answer of the law, a row a charge and policy.",
    "persons": "Every person of the list with the records linked to them.",
    "review": "Every question that waits for a person.",
    "charges": "Every charge in the columns of charges.csv.",
}


@click.group()
def export() -> None:
    """Writes what the archive holds as data."""


def _rows_of(what: str) -> click.Command:
    @ARCHIVE
    @OUT
    @AS_JSON
    def write_rows(root: Path, out: Path, as_json: bool) -> None:
        from clerk import exports
        from extract.calibration import thresholds
        from review_queue.triage import Thresholds

        with archives.opened(root).store() as store:
            total = exports.write(exports.EXPORTS[what](store, Thresholds(thresholds())), out)
        if as_json:
            click.echo(json.dumps({"rows": total}))
        else:
            click.echo(f"clerk: {total} rows in {out}", err=True)

    return click.command(what, help=HELP[what])(write_rows)


for kind in HELP:
    export.add_command(_rows_of(kind))
for command in (ocr_exports.alto, ocr_exports.hocr):
    export.add_command(command)
