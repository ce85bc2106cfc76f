"""A long list of persons read a hundred thousand rows at a time, as columns; what is not plain goes cell by cell.

What comes back is what `match.persons.read_persons` makes of the same file, only sooner and in less memory.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from casefile.archive import Sha256
from match.columns import ITEM, NAMES, PART, columns_of
from match.persons import COLUMNS, NEEDED, person_of, read_persons
from match.table import LONGEST_CELL, Problem, Row, numbered

AT_ONCE = 100_000  # rows
NAME = r"[A-Za-z](?:[A-Za-z '\-.]{0,58}[A-Za-z.])?"
DOCKET = r"\d\d(?:CR\d{7}|C[1-6]\d{7}|MC[1-6]\d{8})"
PLAIN = {
    "surname": f"^(?:{NAME})?$",
    "given": f"^(?:{NAME})?$",
    "middle": f"^(?:{NAME})?$",
    "suffix": "^(?:JR|SR|II|III|IV)?$",
    "birth_date": r"^(?:(?:1[89]|2\d)\d\d-\d\d-\d\d)?$",
    "sex": "^[MF]?$",
    "race": "^(?:[A-Za-z][A-Za-z ]{0,30})?$",
    "ir_number": r"^(?:[A-Z]{0,3}\d[A-Z0-9]{0,11})?$",
    "sid": r"^(?:[A-Z]{0,3}\d[A-Z0-9]{0,11})?$",
    "aliases": f"^(?:{NAME}, {NAME}(?:; {NAME}, {NAME})*)?$",
    "docket_numbers": f"^(?:{DOCKET}(?:; {DOCKET})*)?$",
}
PLAIN_TEXT = r"^[^\x00-\x1f]*$"


@dataclass(frozen=True, slots=True)
class LongList:
    """Everybody on a list as columns, with what could not be understood and the digest of the file."""

    columns: pl.DataFrame
    problems: tuple[Problem, ...]
    sha256: Sha256


def read_long_list(path: Path) -> LongList:
    """The persons in a CSV file as columns; a bad cell is listed and its person stays, a bad id refuses the file."""
    try:
        found = _read(path)
    except (OSError, UnicodeDecodeError, csv.Error, _NotPlainError):
        found = None
    if found is not None and len(found.columns) and found.columns["person_id"].is_unique().all():
        return found
    slow = read_persons(path)  # for its words about what is wrong, and for Windows text
    return LongList(columns_of(slow.persons), slow.problems, slow.sha256)


class _NotPlainError(Exception):
    """The header is not what a plain list has."""


def _read(path: Path) -> LongList:
    parts: list[pl.DataFrame] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = ((number, cells) for number, cells in numbered(csv.reader(file, strict=True)) if any(cells))
        _, first = next(rows, (0, []))
        header = tuple(name.strip().lower() for name in first)
        if any(name not in header for name in NEEDED) or any(header.count(name) > 1 for name in COLUMNS):
            raise _NotPlainError
        while chunk := list(islice(rows, AT_ONCE)):
            parts += _parts(chunk, header, problems)
    empty = columns_of(())
    columns = pl.concat([empty, *parts])
    return LongList(columns, tuple(sorted(problems)), _digest(path))


def _digest(path: Path) -> Sha256:
    with path.open("rb") as file:
        return Sha256(hashlib.file_digest(file, "sha256").hexdigest())


def _parts(
    chunk: list[tuple[int, list[str]]], header: tuple[str, ...], problems: list[Problem]
) -> Iterator[pl.DataFrame]:
    """The rows of a chunk as columns: those that are plain, then those that were gone over cell by cell."""
    regular = [(number, cells) for number, cells in chunk if len(cells) == len(header)]
    careful = [(number, cells) for number, cells in chunk if len(cells) != len(header)]
    if regular:
        columns = dict(zip(header, zip(*(cells for _, cells in regular), strict=True), strict=True))
        frame = pl.DataFrame({name: columns.get(name, ("",) * len(regular)) for name in COLUMNS})
        frame = frame.with_columns(pl.all().str.strip_chars())
        plain = frame.select(_is_plain().alias("plain"))["plain"]
        careful += [regular[at] for at in (~plain).arg_true().to_list()]
        yield _as_columns(frame.filter(plain))
    if careful:
        persons = [
            person_of(Row(number, header, tuple(cells), problems))
            for number, cells in careful
            if any(cell.strip() for cell in cells)
        ]
        if not all(person.person_id for person in persons):
            raise _NotPlainError
        yield columns_of(persons)


def _is_plain() -> pl.Expr:
    checks = [pl.col(name).str.contains(pattern) for name, pattern in PLAIN.items()]
    checks += [pl.col(name).str.contains(PLAIN_TEXT) for name in ("person_id", "address")]
    checks += [pl.col(name).str.len_chars() <= LONGEST_CELL for name in ("aliases", "docket_numbers", "address")]
    born = pl.col("birth_date")
    day = born.str.to_date("%Y-%m-%d", strict=False)
    dockets = pl.col("docket_numbers").str.split("; ")
    return pl.all_horizontal(
        pl.col("person_id") != "",
        *checks,
        (born == "") | (day >= pl.date(1850, 1, 1)).fill_null(value=False),
        dockets.list.n_unique() == dockets.list.len(),
    )


def _as_columns(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        aliases=pl.col("aliases").str.replace_all("; ", ITEM, literal=True).str.replace_all(", ", PART, literal=True),
        docket_numbers=pl.col("docket_numbers").str.replace_all("; ", ITEM, literal=True),
        illegible=pl.lit(""),
    ).select(NAMES)
