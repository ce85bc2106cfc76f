"""`clerk export alto` and `clerk export hocr`: what was read of each page, one file a page."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from clerk import archive as archives
from clerk.commands.options import ARCHIVE, AS_JSON
from clerk.commands.telling import told

OUT = click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="a folder")


def _pages_as(form: str, help: str) -> click.Command:
    @ARCHIVE
    @OUT
    @AS_JSON
    def write_pages(root: Path, out: Path, as_json: bool) -> None:
        from clerk import ocr_exports

        archive = archives.opened(root)
        with archive.store() as store:
            written = ocr_exports.write_pages(archive, store, form, out)
        words = f"{written.files} pages in {out}"
        if written.withheld:
            words += f"; {written.withheld} withheld: expunged, sealed, or not looked at yet"
        if written.unread:
            words += f"; {written.unread} without words: see clerk status"
        told(asdict(written), words, as_json=as_json)

    return click.command(form, help=help)(write_pages)


alto = _pages_as("alto", "The words of every page as ALTO 4, a file a page: OUT/<box>/<folder>/<file>.<frame>.alto.xml")
hocr = _pages_as("hocr", "The words of every page as hOCR, a file a page: OUT/<box>/<folder>/<file>.<frame>.hocr")
