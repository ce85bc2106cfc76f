"""A table of rows as a file: CSV read and written line by line as it stands, Parquet by way of it."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from itertools import chain, islice
from operator import methodcaller
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TextIO, TypeVar

from casefile.errors import ArgumentError, InputError, StorageError

CHUNK = 1 << 20  # characters of whole lines
LONGEST = 1 << 20  # characters of one cell
QUOTE = '"'
ENDINGS = (".csv", ".parquet")
T = TypeVar("T")


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


Row = tuple[list[str], str]  # its cells, and its text without its line end


class Chunk(NamedTuple):
    """Some thousand rows by columns, each as wide as the header; `odd` are those that hold more or fewer cells or a
    line break, by their place among the rows, as they came."""

    total: int
    columns: Sequence[Sequence[str]]
    odd: Sequence[tuple[int, Row]]


class Table:
    """The rows of a CSV file. Cells are told apart, and each row's own text kept so that it leaves unchanged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        csv.field_size_limit(LONGEST)
        first = self._first_line()
        self._delimiter = max(",;\t", key=first.count) if first else ","
        header = next(self._all(), None)
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

    def rows(self) -> Iterator[Row]:
        """The rows below the header; empty lines are left out."""
        return islice(self._all(), 1, None)

    def chunks(self) -> Iterator[Chunk]:
        """The same, some thousand at a time."""
        chunks: Iterator[list[str | Row]] = self._read(_texts, self._quoted)
        for rows in _without_first(chunks):
            texts = [row for row in rows if isinstance(row, str)]
            yield self._parted(texts) if texts else self._fitted([row for row in rows if not isinstance(row, str)])

    def texts(self) -> Iterator[list[str]]:
        """The same rows as their texts alone."""
        return _without_first(self._read(_texts, lambda lines, file: (text for _, text in self._quoted(lines, file))))

    def _parted(self, texts: list[str]) -> Chunk:
        """Lines without a quote; all at once where each has as many cells as the header."""
        between, width = self._delimiter, len(self.header)
        if set(map(methodcaller("count", between), texts)) != {width - 1}:
            return self._fitted([(text.split(between), text) for text in texts])
        cells = between.join(texts).split(between)
        return Chunk(len(texts), [cells[place::width] for place in range(width)], ())

    def _fitted(self, rows: list[Row]) -> Chunk:
        width = len(self.header)
        odd = [(i, row) for i, row in enumerate(rows) if len(row[0]) != width or "\n" in row[1] or "\r" in row[1]]
        return Chunk(len(rows), list(zip(*(fitted(cells, width) for cells, _ in rows), strict=True)), odd)

    def cells_of(self, text: str) -> list[str]:
        """The cells of one row's text."""
        return next(csv.reader(StringIO(text, newline=""), delimiter=self._delimiter, strict=True), [])

    def _all(self) -> Iterator[Row]:
        return chain.from_iterable(self._read(self._plain, self._quoted))

    def _read(
        self, plain: Callable[[list[str]], Iterable[T]], quoted: Callable[[list[str], TextIO], Iterable[T]]
    ) -> Iterator[list[T]]:
        """What one function makes of lines that hold no quote, the other of those among which some do."""
        with self._opened() as file:
            try:
                while lines := file.readlines(CHUNK):
                    is_plain = QUOTE not in "".join(lines) and max(map(len, lines)) <= LONGEST
                    yield list(plain(lines) if is_plain else quoted(lines, file))
            except csv.Error as error:
                raise InputError(f"{self._path}: is no CSV file ({error}); nothing was decided") from error

    def _plain(self, lines: list[str]) -> list[Row]:
        """Without a quote a row is a line, and a delimiter always divides."""
        between = self._delimiter
        return [(text.split(between), text) for text in _texts(lines)]

    def _quoted(self, lines: list[str], file: TextIO) -> Iterator[Row]:
        """The rows of these lines; the last may run on into lines of the file that come after them."""
        taken: list[str] = []
        left = len(lines)

        def fed() -> Iterator[str]:
            for line in chain(lines, file):
                taken.append(line)
                yield line

        reader = csv.reader(fed(), delimiter=self._delimiter, strict=True)
        while left > 0:
            cells = next(reader)
            text = taken[0] if len(taken) == 1 else "".join(taken)
            left -= len(taken)
            taken.clear()
            if cells:
                yield cells, text.rstrip("\r\n")


def _texts(lines: Iterable[str]) -> list[str]:
    return [text for line in lines if (text := line.rstrip("\r\n"))]


def fitted(cells: list[str], width: int) -> list[str]:
    """A row's cells, with empty ones behind where there are fewer, and without those that are too many."""
    return cells if len(cells) == width else [*cells[:width], *[""] * (width - len(cells))]


def _without_first(chunks: Iterator[list[T]]) -> Iterator[list[T]]:
    """All but the header, wherever the first row stands."""
    for chunk in chunks:
        if chunk:
            if chunk[1:]:
                yield chunk[1:]
            break
    yield from filter(None, chunks)


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
