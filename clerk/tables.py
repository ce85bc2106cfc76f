"""A table of rows as a file: CSV read and written line by line as it stands, Parquet by way of it."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from casefile.errors import ArgumentError, InputError, StorageError

CHUNK = 4096  # rows
LONGEST = 1 << 20  # characters of one cell
ENDINGS = (".csv", ".parquet")


@contextmanager
def as_csv(path: Path) -> Iterator[Path]:
    """The table as a CSV file: itself, or a Parquet file written out beside the system's temporary files."""
    if path.suffix.lower() not in ENDINGS:
        raise ArgumentError(f"{path}: the name must end in one of {', '.join(ENDINGS)}")
    if not path.is_file():
        raise InputError(f"{path}: is not a file; give a table of charges")
    if path.suffix.lower() == ".csv":
        yield path
        return
    import polars

    with TemporaryDirectory() as folder:
        copy = Path(folder) / "charges.csv"
        try:
            polars.scan_parquet(path).cast(polars.String).sink_csv(copy)
        except polars.exceptions.PolarsError as error:
            raise InputError(f"{path}: cannot be read as Parquet; check the file") from error
        yield copy


class Table:
    """The rows of a CSV file. Cells are told apart, and each row's own text kept so that it leaves unchanged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        csv.field_size_limit(LONGEST)
        first = self._first_line()
        self._delimiter = max(",;\t", key=first.count) if first else ","
        rows = self._rows()
        header = next(rows, None)
        if header is None:
            raise InputError(f"{path}: is empty; its first row must name the columns")
        self.header: tuple[str, ...] = tuple(header[0])
        self.header_text = header[1]

    @property
    def delimiter(self) -> str:
        return self._delimiter

    def _first_line(self) -> str:
        with self._opened() as file:
            return file.readline()

    @contextmanager
    def _opened(self) -> Iterator[TextIO]:
        try:
            with open(self._path, encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
                yield file
        except OSError as error:
            raise StorageError(f"{self._path}: cannot be read ({error.strerror})") from error

    def _rows(self) -> Iterator[tuple[list[str], str]]:
        """Every row as cells and as its text without its line end; empty lines are left out."""
        taken: list[str] = []

        def lines(file: Iterable[str]) -> Iterator[str]:
            for line in file:
                taken.append(line)
                yield line

        with self._opened() as file:
            try:
                for cells in csv.reader(lines(file), delimiter=self._delimiter, strict=True):
                    text = taken[0] if len(taken) == 1 else "".join(taken)
                    taken.clear()
                    if cells:
                        yield cells, text.rstrip("\r\n")
            except csv.Error as error:
                raise InputError(f"{self._path}: is no CSV file ({error}); nothing was decided") from error

    def rows(self) -> Iterator[tuple[list[str], str]]:
        """The rows below the header."""
        found = self._rows()
        next(found)
        return found

    def chunks(self) -> Iterator[list[tuple[list[str], str]]]:
        """The same, some thousand at a time."""
        chunk: list[tuple[list[str], str]] = []
        for row in self.rows():
            chunk.append(row)
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk


def padded(cells: Sequence[str], text: str, width: int, delimiter: str) -> str:
    """A row's text with exactly so many cells: what is short is filled, what is over is cut off."""
    if len(cells) == width:
        return text
    if len(cells) < width:
        return text + delimiter * (width - len(cells))
    return line_of(cells[:width], delimiter)


def line_of(cells: Iterable[str], delimiter: str = ",") -> str:
    """Cells as CSV text, quoted where they must be, without a line end."""
    return delimiter.join(quoted(cell, delimiter) for cell in cells)


def quoted(cell: str, delimiter: str = ",") -> str:
    if delimiter in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


@contextmanager
def written(out: Path, source: Path, delimiter: str = ",") -> Iterator[Path]:
    """Where to write the result as CSV; it takes its place, whole, when the block ends well.

    A Parquet result takes the columns of a Parquet source as they are there, with their types.
    """
    if out.suffix.lower() not in ENDINGS:
        raise ArgumentError(f"{out}: the name must end in one of {', '.join(ENDINGS)}")
    partial = out.with_name(out.name + ".partial")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        if out.suffix.lower() == ".parquet":
            _to_parquet(partial, source, delimiter)
        os.replace(partial, out)
    except OSError as error:
        raise StorageError(f"{out}: cannot be written ({error.strerror})") from error
    finally:
        partial.unlink(missing_ok=True)


def _to_parquet(partial: Path, source: Path, delimiter: str) -> None:
    import polars

    made = partial.with_name(partial.name + ".parquet")
    try:
        text = polars.scan_csv(partial, separator=delimiter, infer_schema=False, truncate_ragged_lines=False)
        if source.suffix.lower() == ".parquet":
            own = polars.scan_parquet(source)
            names = text.collect_schema().names()[len(own.collect_schema().names()) :]
            text = polars.concat([own, text.select(names)], how="horizontal")
        text.sink_parquet(made)
    except polars.exceptions.PolarsError:
        raise InputError(f"{source}: cannot be written as Parquet, which must be UTF-8; give --out a .csv") from None
    else:
        os.replace(made, partial)
    finally:
        made.unlink(missing_ok=True)
