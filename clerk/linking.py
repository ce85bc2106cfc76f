"""Captions in a file to links in a file, without an archive."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casefile.linkage import Match
from match.batch import Batch, link_batch
from match.calibration import Calibration, read_calibration
from match.captions import read_captions
from match.explain import steps_of, waterfall_json, waterfall_svg
from match.index import Index
from match.kept import keep_index, open_index, source_of
from match.long_lists import read_long_list
from match.segment import segment_of
from match.settings import MatchSettings
from match.table import Problem

HEADER = ("caption_id", "status", "person_id", "probability", "runner_up_id", "runner_up_probability", "evidence")
FAR = 0.15  # change of the share of the listed from which it is worth a warning


@dataclass(frozen=True, slots=True)
class Job:
    """What `clerk match --captions` is asked for; without `listed` the share of the listed is learnt of the batch."""

    captions: Path
    persons: Path
    out: Path
    list_complete: bool = False
    index: Path | None = None
    calibration: Path | None = None
    listed: float | None = None
    as_json: bool = False
    drawings: Path | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: numbers for a program, words for a person, and the cells that were not understood."""

    numbers: dict[str, object]
    words: str
    problems: tuple[str, ...]


def link_captions(job: Job) -> Done:
    """Links every caption and writes a row for each, in their order."""
    index, problems = _index(job)
    found = read_captions(job.captions)
    problems += [_told("captions", problem) for problem in found.problems]
    settings = MatchSettings(calibration=_calibration(job))
    if job.listed is not None:
        settings = replace(settings, listed=job.listed)
    batch = link_batch(found.records, index, settings, estimate=job.listed is None)
    _write(job.out, _rows(batch.matches, as_json=job.as_json))
    if job.drawings is not None:
        _draw(job.drawings, batch.matches)
    statuses = Counter(one.status.value for one in batch.matches)
    numbers: dict[str, object] = {
        "captions": len(batch.matches),
        **dict(sorted(statuses.items())),
        "listed": batch.listed,
    }
    return Done(numbers, _words(batch, settings, index), tuple(problems))


def _words(batch: Batch, settings: MatchSettings, index: Index) -> str:
    statuses = Counter(one.status.value for one in batch.matches)
    told = ", ".join(f"{statuses[status]} {status}" for status in ("linked", "possible", "none"))
    words = f"{len(batch.matches)} captions: {told}; share of defendants on the list: {batch.listed:.3f}"
    if not index.complete and abs(batch.listed - settings.listed) > FAR:
        words += f" (warning: far from the {settings.listed:.2f} expected; is this the right list for these papers?)"
    return words


def _index(job: Job) -> tuple[Index, list[str]]:
    """The index of the list, kept where one is asked for, and the cells of the list not understood."""
    listed = read_long_list(job.persons)
    problems = [_told("persons", problem) for problem in listed.problems]
    if job.index is None:
        return Index.of([segment_of(listed.columns)], complete=job.list_complete), problems
    if source_of(job.index) != listed.sha256:
        keep_index(job.index, listed.columns, source=listed.sha256)
    return open_index(job.index, complete=job.list_complete, source=listed.sha256), problems


def _calibration(job: Job) -> Calibration | None:
    return None if job.calibration is None else read_calibration(job.calibration)


def _told(what: str, problem: Problem) -> str:
    return f"{what}: row {problem.row}, {problem.column}: {problem.what}"


def _rows(matches: Sequence[Match], *, as_json: bool) -> Iterator[tuple[str, ...]]:
    for one in matches:
        best, second = one.best, one.candidates[1] if len(one.candidates) > 1 else None
        yield (
            one.record_id,
            one.status.value,
            best.person_id if best else "",
            f"{best.probability:.6f}" if best else "",
            second.person_id if second else "",
            f"{second.probability:.6f}" if second else "",
            waterfall_json(one) if as_json else _evidence(one),
        )


def _evidence(one: Match) -> str:
    """Why, and what each field weighs in bits; fields and levels only, nothing off the paper."""
    steps = steps_of(one.best) if one.best else ()
    return "; ".join([one.why, *(f"{s.field} {s.level} {s.weight:+.2f}" for s in steps if s.level != "silent")])


def _write(path: Path, rows: Iterator[tuple[str, ...]]) -> None:
    """All of the file or none of it."""
    beside = path.with_name(path.name + ".part")
    with beside.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _draw(folder: Path, matches: Sequence[Match]) -> None:
    """A drawing a caption, named by its place in the file: an id may be no file name."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(matches, start=1):
        (folder / f"{number:06d}.svg").write_text(waterfall_svg(one), encoding="utf-8")
