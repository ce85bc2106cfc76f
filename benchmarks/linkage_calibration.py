"""The calibration that `match` ships, learnt on made captions: prints the text of match/calibration.toml.

    .venv/bin/python -m benchmarks.linkage_calibration FOLDER/captions_dev.csv FOLDER/captions_test.csv ...

Each file of captions stands beside its truth (truth_*.csv) and its list (persons.csv), as benchmarks.linkage_data
writes them; in seeds that are used for nothing else.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from casefile.docket import RecordId
from casefile.persons import PersonId
from match.batch import link_batch
from match.calibration import KINDS, UNCALIBRATED, Calibration, Labelled, Line, calibration_from, labelled
from match.captions import read_captions
from match.index import Index
from match.kept import keep_index, open_index
from match.long_lists import read_long_list
from match.posterior import Prior
from match.settings import MatchSettings

SETTINGS = MatchSettings(calibration=UNCALIBRATED, shown=50)


def index_of(folder: Path) -> Index:
    """The index of the list in `folder`, kept beside it."""
    if not (folder / "index").exists():
        keep_index(folder / "index", read_long_list(folder / "persons.csv").columns)
    return open_index(folder / "index")


def truth_beside(captions: Path) -> dict[str, PersonId | None]:
    """Who is meant by each caption, None where nobody listed is."""
    with captions.with_name(captions.name.replace("captions", "truth")).open(encoding="utf-8", newline="") as file:
        return {
            row["query_id"]: PersonId(row["person_id"]) if row["person_id"] else None for row in csv.DictReader(file)
        }


def lessons_of(captions: Path) -> list[Labelled]:
    """The best candidates of a file of captions, with the truth."""
    index, truth = index_of(captions.parent), truth_beside(captions)
    batch = link_batch(read_captions(captions).records, index, SETTINGS)
    prior = Prior.of(index, replace(SETTINGS, listed=batch.listed)).bits
    found = (labelled(one, truth[RecordId(one.record_id)], prior) for one in batch.matches)
    return [lesson for lesson in found if lesson is not None]


def as_text(calibration: Calibration, total: Counter[str]) -> str:
    """The lines of calibration.toml."""
    lines = ((kind, calibration.lines.get(kind, Line()), total[kind]) for kind in KINDS)
    return "\n".join(f"[{kind}] # n = {n}\nshift = {line.shift}\nscale = {line.scale}\n" for kind, line, n in lines)


@click.command()
@click.argument("captions", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(captions: Sequence[Path]) -> None:
    """Learns the lines from every file given."""
    lessons = [lesson for path in captions for lesson in lessons_of(path)]
    click.echo(as_text(calibration_from(lessons, UNCALIBRATED), Counter(lesson.kind for lesson in lessons)))
    click.echo(f"{len(lessons)} best candidates", err=True)


if __name__ == "__main__":
    main()
