"""An index kept in a folder: built once, mapped into memory when it is opened, added to without being built anew.

The folder holds personal data. It can be made again from the list at any time. One process writes at a time, the others
wait; who reads takes what stands, and what was opened stays as it was.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from casefile.errors import InputError
from casefile.persons import Person
from match import VERSION
from match.columns import columns_of
from match.index import Index
from match.segment import Segment, opened, saved, segment_of, synced

CONTENTS = "index.json"
MISSING = "the index of the list of persons is missing or of another version; build it again"
FORMAT = 6
AT_MOST = 1_000_000  # persons of one segment, so that building needs little memory
TRIES = 5  # to open an index that others replace meanwhile
MOST_SEGMENTS = 12  # of those added; beyond, the small ones are made into one


def keep_index(folder: Path, persons: Sequence[Person] | pl.DataFrame, *, source: str = "") -> None:
    """Builds the index of `persons` into `folder`, in place of what was there; `source` tells what it was made of.

    Where another process has just built that of the same `source`, there is nothing to do.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _writing(folder):
        if source and source_of(folder) == source and _is_whole(folder):
            return
        columns = persons if isinstance(persons, pl.DataFrame) else columns_of(persons)
        before = _contents(folder)
        slices = columns.iter_slices(AT_MOST) if len(columns) else [columns]
        names = [_added(folder, segment_of(part), before, after=number) for number, part in enumerate(slices)]
        _replace_contents(folder, names, source)
        _drop_others(folder, names)


def _is_whole(folder: Path) -> bool:
    """Whether every part of the index can be opened."""
    try:
        for name in _contents(folder)["segments"]:
            opened(folder / str(name))
    except (OSError, ValueError):
        return False
    return True


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Waits for whoever else writes here; the lock goes with the process that holds it."""
    with (folder / "lock").open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def open_index(folder: Path, *, complete: bool = False, source: str | None = None) -> Index:
    """The index kept in `folder`; InputError where there is none, one of another version or, where `source` is given,
    of something else."""
    for _ in range(TRIES):
        contents = _usable(folder)
        if source is not None and contents.get("source") != source:
            raise InputError("the index of the list of persons was replaced by that of another list; run again")
        try:
            return Index.of([opened(folder / str(name)) for name in contents["segments"]], complete=complete)
        except FileNotFoundError:
            continue  # replaced after its contents were read
    raise InputError(MISSING)


def source_of(folder: Path) -> str | None:
    """What the kept index was made of; None where there is none that this version can open."""
    found = _contents(folder)
    return str(found["source"]) if found.get("format") == FORMAT and found.get("version") == VERSION else None


def append_persons(folder: Path, persons: Sequence[Person], *, source: str = "") -> None:
    """Adds people to a kept index; whoever is linked is linked as if it had been built with them from the start.

    An id that is listed already is refused: a changed row needs a new index.
    """
    if persons:
        _usable(folder)
        with _writing(folder):
            _append(folder, persons, source)


def _append(folder: Path, persons: Sequence[Person], source: str) -> None:
    names = [str(name) for name in _usable(folder)["segments"]]
    segments = [opened(folder / name) for name in names]
    ids = {person.person_id for person in persons}
    known = sum(segment.position(person_id) is not None for segment in segments for person_id in ids)
    if known or len(ids) < len(persons):
        raise InputError(
            f"{known + len(persons) - len(ids)} of the persons to add are listed already; "
            "build the index of the whole list anew"
        )
    added = [name for name, one in zip(names, segments, strict=True) if _total(one) < AT_MOST and name != names[0]]
    if len(added) < MOST_SEGMENTS:
        names = [*names, _added(folder, segment_of(columns_of(persons)), _contents(folder))]
    else:
        small = [
            one.person(at) for n, one in zip(names, segments, strict=True) if n in added for at in range(_total(one))
        ]
        whole = _added(folder, segment_of(columns_of([*small, *persons])), _contents(folder))
        names = [*(name for name in names if name not in added), whole]
    _replace_contents(folder, names, source)
    _drop_others(folder, names)


def _total(segment: Segment) -> int:
    return len(segment.arrays.text_starts) - 1


def _usable(folder: Path) -> dict[str, Any]:
    """The contents of an index of this version."""
    contents = _contents(folder)
    if contents.get("format") != FORMAT or contents.get("version") != VERSION:
        raise InputError(MISSING)
    return contents


def _contents(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / CONTENTS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _added(folder: Path, segment: Segment, before: dict[str, Any], *, after: int = 0) -> str:
    """Writes a segment under a name of its own, `after` others; it counts only once the contents name it."""
    number = int(before.get("next", 1)) + after
    name = f"part-{number:04d}"
    beside = folder / (name + ".new")
    for old in (beside, folder / name):  # of a process that was killed
        shutil.rmtree(old, ignore_errors=True)
    saved(segment, beside)
    beside.rename(folder / name)
    return name


def _replace_contents(folder: Path, names: Sequence[str], source: str) -> None:
    following = 1 + max(int(name.rpartition("-")[2]) for name in names)
    contents = {"format": FORMAT, "version": VERSION, "segments": list(names), "next": following, "source": source}
    beside = folder / (CONTENTS + ".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(contents, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / CONTENTS)
    synced(folder)


def _drop_others(folder: Path, names: Sequence[str]) -> None:
    for path in folder.glob("part-*"):
        if path.name not in names:
            shutil.rmtree(path, ignore_errors=True)
