"""`clerk calibrate`: what reviewers' answers teach."""

from __future__ import annotations

from pathlib import Path

import click

from clerk import archive as archives
from clerk.commands.options import ARCHIVE, AS_JSON
from clerk.commands.telling import interruptible, told

FEWEST = 30  # answers below which nothing is learnt


@click.command()
@ARCHIVE
@click.option("--match", "what", flag_value="match", required=True, help="how far links to persons may be trusted")
@click.option("--out", type=click.Path(path_type=Path), help="write the calibration to a file, too (TOML)")
@AS_JSON
def calibrate(root: Path, what: str, out: Path | None, as_json: bool) -> None:
    """Learns from reviewers' answers how often the machine is right; run `clerk match` after it."""
    from clerk import calibrating, pipeline
    from match.calibration import kept_as

    archive = archives.opened(root)
    with archives.held(archive), archive.store() as store, interruptible():
        rules = pipeline.rules_of(archive, store, pipeline.remembered_choices(store))
        found, answers = calibrating.calibrate_match(store, rules)
        learnt = answers >= FEWEST
        if learnt:
            calibrating.keep_calibration(store, found)
            if out is not None:
                out.write_text(kept_as(found), encoding="utf-8")
    found_out = f"learnt from {answers} answers" if learnt else f"{answers} answers are too few to learn from"
    words = f"{what}: {found_out}"
    told({"answers": answers, "learnt": learnt}, words, as_json=as_json)
