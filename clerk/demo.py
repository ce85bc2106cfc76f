"""The demo: a synthetic box with its truth, every stage over it, and how right that was."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from casefile.errors import ArgumentError
from clerk import archive as archives
from clerk import exports, pipeline, standing
from clerk.hands import hands_of
from clerk.scoring import Score, score, true_outcomes
from specimens import make_box

AS_OF = date(2026, 6, 30)  # fixed, so that the demo's answers are the same on every day


def run_demo(folder: Path, *, pages: int, seed: int, workers: int | None, as_json: bool) -> None:
    """Makes the box under `folder`, runs the main job on it and prints what was found and how right it was."""
    began = time.monotonic()
    if folder.exists() and not (folder / "demo").exists() and any(folder.iterdir()):
        raise ArgumentError(f"{folder}: holds something else already; name an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo").touch()
    click.echo(f"clerk: making a box of {pages} synthetic pages in {folder / 'box'}", err=True)
    box = make_box(folder / "box", pages=pages, seed=seed)
    made = time.monotonic()
    found, status = run_box(box, folder / "archive", workers=workers)
    seconds = {"making": made - began, "running": time.monotonic() - made}
    if as_json:
        click.echo(json.dumps({**asdict(status), "score": asdict(found), "seconds": seconds}))
    else:
        _show(found, status, seconds, folder)


def run_box(box: Any, root: Path, *, workers: int | None, quiet: bool = False) -> tuple[Score, standing.Status]:
    """Runs every stage over a made box and holds the export against its truth."""
    archive = archives.create(root)
    choices = pipeline.Choices("illinois", None, AS_OF)
    hands = hands_of(os.cpu_count() or 1 if workers is None else workers)
    with archives.held(archive), archive.store() as store:
        pipeline.remember_persons(store, box.persons, complete=False)
        pipeline.run(archive, store, [box.source], choices, hands=hands, quiet=quiet)
        rules = pipeline.rules_of(archive, store, choices)
        truth, pages = _lines(box.records), _lines(box.pages)
        exported = [json.loads(json.dumps(row)) for row in exports.records(store, rules.thresholds)]
        return score(exported, truth, pages, true_outcomes(truth, rules)), standing.status(store)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _show(found: Score, status: standing.Status, seconds: dict[str, float], folder: Path) -> None:
    outcomes, states = status.outcomes, status.states
    rows = [
        ("pages in the box", f"{status.pages}", f"{_share(found.kinds_right, found.kinds)} known for what they are"),
        ("docket records", f"{status.records}", f"{found.found_records} of {found.true_records} true ones found, "
         f"{found.invented_records} that are none"),
        ("fields read", f"{found.fields}", f"{_share(found.fields_right, found.fields)} exactly right"),
        ("accepted without a person", f"{states.get('accepted', 0)}",
         f"{found.accepted_wrong} of {found.accepted_fields} accepted readings wrong"),
        ("to review", f"{states.get('in_review', 0)}", f"{status.questions} questions wait"),
        ("linked to a listed person", f"{found.linked}", f"{found.linked_wrong} to the wrong one"),
        ("charges eligible", f"{outcomes.get('auto', 0) + outcomes.get('motion', 0)}",
         f"auto {outcomes.get('auto', 0)}, by motion {outcomes.get('motion', 0)}"),
        ("charges not eligible", f"{outcomes.get('ineligible', 0)}", "under this law"),
        ("charges left to a person", f"{outcomes.get('review', 0)}", "some reading of the ink changes the answer"),
        ("false clears", f"{found.false_clears}", f"among {found.relief} eligible charges of accepted records"),
    ]  # fmt: skip
    click.echo(f"\nAs of {status.as_of}, law {status.law}; {seconds['running']:.0f} s for {status.pages} pages\n")
    for name, number, how in rows:
        click.echo(f"  {name:27}{number:>6}   {how}")
    if not states.get("accepted"):
        click.echo(
            "\nNo record is sure enough to be relied on unseen; a reviewer settles the doubts, the weightiest first."
        )
    click.echo(f"\nOpen the review queue:  .venv/bin/clerk review serve --archive {folder / 'archive'}")
    click.echo("Then try scans of your own:  .venv/bin/clerk run SCAN.pdf --archive my-archive")


def _share(part: int, whole: int) -> str:
    return "none" if not whole else f"{100 * part / whole:.1f} %"
