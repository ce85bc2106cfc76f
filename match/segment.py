"""A part of the list laid out as arrays that are built once, kept as files and mapped into memory."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from casefile.persons import Person, PersonId
from match.columns import FIELD, ITEM, PART, columns_of, person_in
from match.compiled import Kernels, kernels_for
from match.docket_numbers import case_of
from match.kernels import LONGEST_KEY, MASK, MULTIPLIER
from match.names import letters, surname_parts
from match.people_kernels import DAYS, MONTHS
from match.vocabulary import NameArrays, arrays_of, buckets_of

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
FIGURE_CLASS = str.maketrans("OQDUILJTZASBG", "0000111124586")  # letters taken for figures


class People(NamedTuple):
    """Who bears each name; people are numbered in the order of their ids. What is asked of one person stands together,
    for to fetch it from afar is what takes the time."""

    surname_starts: Longs  # for each surname, where its bearers begin below
    bearers: Ints  # who, their given name, the middle one to be called by, -1 without, and the birth date
    years: Ints  # ascending: those in which anybody was born, as four figures
    born_starts: Longs  # for each day of each year, months of 31 days, where those begin who were born on it
    born: Ints  # who, and a given name of theirs


class Arrays(NamedTuple):
    """What else is known of the persons of a segment."""

    text: npt.NDArray[np.uint8]  # the cells of every person, one after the other
    text_starts: Longs
    surname: Ints  # of each person, as the number of the name; so with the next two
    given: Ints
    middle: Ints  # -1 where there is none to be called by
    also_who: Ints  # ascending: who bears each of the names below, too
    also_surname: Ints
    also_given: Ints
    also_alias: npt.NDArray[np.bool_]  # an alias, or else half of a double surname
    number_hash: Longs  # ascending
    number_who: Ints
    number_buckets: Ints


class Segment(NamedTuple):
    """The arrays of a part of the list, with its surnames and given names."""

    arrays: Arrays
    people: People
    surnames: NameArrays
    givens: NameArrays

    def person(self, at: int) -> Person:
        """The person with this number."""
        start, end = self.arrays.text_starts[at : at + 2].tolist()
        return person_in(self.arrays.text[start:end].tobytes().decode())

    def cells(self, positions: Sequence[int]) -> list[str]:
        """The cells of these persons, one person after the other, in the order of match.columns.NAMES."""
        if not len(positions):
            return []
        starts, text = self.arrays.text_starts, self.arrays.text.data
        at = np.array(positions, dtype=np.int64)
        begins, ends = starts[at].tolist(), starts[at + 1].tolist()
        rows = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
        return FIELD.encode().join(rows).decode().split(FIELD)

    def person_id(self, at: int) -> PersonId:
        """The id of the person with this number."""
        start, end = self.arrays.text_starts[at : at + 2].tolist()
        return PersonId(self.arrays.text[start:end].tobytes().partition(FIELD.encode())[0].decode())

    def position(self, person_id: PersonId) -> int | None:
        """The number of a person; None where nobody here has the id."""
        total = len(self.arrays.text_starts) - 1
        at = bisect_left(range(total), person_id, key=self.person_id)
        return at if at < total and self.person_id(at) == person_id else None


def packed(figures: str) -> int:
    """Eight figures, or six where the century is not known, in 32 bits; an unknown figure is 0xF."""
    return int(figures.rjust(8, "f").replace("?", "f"), 16)


def hash_of(kind: str, number: str) -> int:
    """The key of a SID, IR or docket number, look-alike letters and figures being one."""
    value = ord(kind[0])
    for byte in _number_class(number).encode()[:LONGEST_KEY].ljust(LONGEST_KEY, b"\0"):
        value = (value * MULTIPLIER + byte) & MASK
    return value


def hashes_of(kind: str, numbers: Sequence[str]) -> Longs:
    """`hash_of` each number."""
    return _hashed(kind, [_number_class(number) for number in numbers])


def hashes_nearly(kind: str, numbers: Sequence[str], run: Kernels) -> tuple[Longs, Longs]:
    """The keys of what each number is after one figure was misread, lost or added, those of the first up to the first
    of the ends."""
    bare = [_number_class(number).encode() for number in numbers]
    starts = np.cumsum([0, *map(len, bare)])
    keys = np.empty(int(21 * starts[-1]) + 10 * len(bare), dtype=np.int64)
    ends = np.zeros(len(bare), dtype=np.int64)
    run.hashes_nearly(np.frombuffer(b"".join(bare), dtype=np.uint8), starts, ord(kind[0]), keys, ends)
    return keys[: ends[-1] if len(ends) else 0], ends


def _number_class(number: str) -> str:
    return number.translate(FIGURE_CLASS).lstrip("0")


def segment_of(columns: pl.DataFrame) -> Segment:
    """The segment of the persons in `columns`, whose ids differ."""
    columns = columns.sort("person_id")
    run = kernels_for(len(columns))
    born = _born(columns["birth_date"])
    entries = _entries(columns)
    surnames, surname_of = _numbered(entries.surnames)
    givens, given_of = _numbered([*entries.givens, *entries.middles])
    surname, given = surname_of[entries.surname], given_of[entries.given]
    middle = given_of[len(entries.givens) + entries.middle]
    middle[np.array([len(name) < 2 for name in givens], dtype=np.bool_)[middle]] = -1
    by_surname = np.lexsort((entries.owner, given, surname))
    text, text_starts = _text_of(columns)
    own = len(columns)
    also = own + np.argsort(entries.owner[own:], kind="stable")
    arrays = Arrays(
        text, text_starts, surname[:own], given[:own], middle,
        entries.owner[also], surname[also], given[also], entries.is_alias[also],
        *_numbers_of(columns),
    )  # fmt: skip
    owner = entries.owner
    dated = np.flatnonzero(~entries.is_part & (born[owner] != 0))
    years, places = _placed(born[owner[dated]])
    by_day = dated[np.lexsort((owner[dated], places))]
    people = People(
        _starts(surname, len(surnames)),
        _side_by_side(owner[by_surname], given[by_surname], middle[owner[by_surname]], born[owner[by_surname]]),
        years.astype(np.int32),
        _starts(places, MONTHS * DAYS * len(years)),
        _side_by_side(owner[by_day], given[by_day]),
    )
    surname_counts, given_counts = _bearers(entries, surname, len(surnames)), _bearers(entries, given, len(givens))
    return Segment(arrays, people, arrays_of(surnames, surname_counts, run), arrays_of(givens, given_counts, run))


def _placed(born: Longs) -> tuple[Longs, Longs]:
    """The years of birth, and for each birth date the place of its day among all of these years."""
    years, year = np.unique(born >> 16, return_inverse=True)
    month, day = ((part >> 4) * 10 + (part & 15) - 1 for part in (born >> 8 & 0xFF, born & 0xFF))
    return years, (year * MONTHS + month) * DAYS + day


def _side_by_side(*columns: Longs | Ints) -> Ints:
    return np.stack([column.astype(np.int32) for column in columns], axis=1)


def _bearers(entries: _Entries, name: Ints, names: int) -> Ints:
    """How many people go by each name, by that of an alias too where it is another than their own."""
    counted = ~entries.is_part & (~entries.is_alias | (name != name[entries.owner]))
    return np.bincount(name[counted], minlength=names).astype(np.int32)


class _Entries(NamedTuple):
    """Every name of every person: own name, halves of double surnames, aliases, all as numbers of texts."""

    owner: Ints
    surname: Longs
    given: Longs
    is_part: npt.NDArray[np.bool_]
    is_alias: npt.NDArray[np.bool_]
    middle: Longs  # by person
    surnames: list[str]
    givens: list[str]
    middles: list[str]


def _entries(columns: pl.DataFrame) -> _Entries:
    surname, surnames = _coded(columns["surname"])
    given, givens = _coded(columns["given"])
    middle, middles = _coded(columns["middle"])
    owner = np.arange(len(columns), dtype=np.int64)
    part_owner, part_surname, parts = _halves(surname, surnames)
    alias_owner, alias_surname, alias_given, alias_names = _aliases(columns["aliases"])
    total = len(owner) + len(part_owner) + len(alias_owner)
    is_part, is_alias = np.zeros(total, dtype=np.bool_), np.zeros(total, dtype=np.bool_)
    is_part[len(owner) : len(owner) + len(part_owner)] = True
    is_alias[len(owner) + len(part_owner) :] = True
    return _Entries(
        np.concatenate([owner, part_owner, alias_owner]).astype(np.int32),
        np.concatenate([surname, len(surnames) + part_surname, len(surnames) + len(parts) + alias_surname]),
        np.concatenate([given, given[part_owner], len(givens) + alias_given]),
        is_part, is_alias, middle,
        [*map(letters, surnames), *parts, *map(letters, alias_names[0])],
        [*map(letters, givens), *map(letters, alias_names[1])],
        [*map(letters, middles)],
    )  # fmt: skip


def _coded(column: pl.Series) -> tuple[Longs, list[str]]:
    """The number of each cell's text among the different texts of a column."""
    texts = column.unique()
    if not len(texts):
        return np.empty(0, dtype=np.int64), []
    codes = column.replace_strict(texts, pl.Series(range(len(texts)), dtype=pl.Int64), return_dtype=pl.Int64)
    return codes.to_numpy(), texts.to_list()


def _halves(surname: Longs, surnames: Sequence[str]) -> tuple[Longs, Longs, list[str]]:
    """Who has a double surname, and its parts."""
    parts: list[str] = []
    first, count = np.zeros(len(surnames), dtype=np.int64), np.zeros(len(surnames), dtype=np.int64)
    for n, text in enumerate(surnames):
        if not text.isalpha() and (found := surname_parts(text)):
            first[n], count[n] = len(parts), len(found)
            parts += found
    here = count[surname]
    owner = np.repeat(np.arange(len(surname), dtype=np.int64), here)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(here) - here, here)
    return owner, first[surname[owner]] + within, parts


def _aliases(column: pl.Series) -> tuple[Longs, Longs, Longs, tuple[list[str], list[str]]]:
    frame = pl.DataFrame({"owner": pl.int_range(len(column), eager=True), "alias": column})
    frame = frame.filter(pl.col("alias") != "").with_columns(pl.col("alias").str.split(ITEM)).explode("alias")
    halves = frame["alias"].str.split_exact(PART, 1).struct.unnest()
    surname, surnames = _coded(halves["field_0"])
    given, givens = _coded(halves["field_1"].fill_null(""))
    return frame["owner"].to_numpy().astype(np.int64), surname, given, (surnames, givens)


def _numbered(texts: Sequence[str]) -> tuple[list[str], Ints]:
    """The different names, sorted, and for each text the number of its name."""
    names = sorted({*texts})
    at = {name: number for number, name in enumerate(names)}
    return names, np.fromiter((at[text] for text in texts), dtype=np.int32, count=len(texts))


def _starts(numbers: Ints | Longs, total: int) -> Longs:
    starts = np.zeros(total + 1, dtype=np.int64)
    np.cumsum(np.bincount(numbers, minlength=total), out=starts[1:])
    return starts


def _born(column: pl.Series) -> Longs:
    """The eight figures of `YYYY-MM-DD`, packed; 0 where nothing is known."""
    figures = column.str.replace_all("-", "", literal=True).str.to_integer(base=16, strict=False, dtype=pl.Int64)
    return figures.fill_null(0).to_numpy()


def _text_of(columns: pl.DataFrame) -> tuple[npt.NDArray[np.uint8], Longs]:
    lines = columns.select(pl.concat_str(pl.all(), separator=FIELD).alias("line"))["line"]
    starts = np.zeros(len(lines) + 1, dtype=np.int64)
    np.cumsum(lines.str.len_bytes().to_numpy(), out=starts[1:])
    run = "" if not len(lines) else lines.str.join("").item()
    return np.frombuffer(run.encode(), dtype=np.uint8), starts


def _numbers_of(columns: pl.DataFrame) -> tuple[Longs, Ints, Ints]:
    """Keys of the numbers and cases a person is known by, ascending, whose they are, and where each bucket begins."""
    hashes, owners = [], []
    for kind, column in _numbers_by_kind(columns):
        owner = np.flatnonzero((column != "").to_numpy())
        hashes.append(_hashes(kind, column.filter(column != "")))
        owners.append(owner)
    frame = pl.DataFrame({"owner": pl.int_range(len(columns), eager=True), "n": columns["docket_numbers"]})
    frame = frame.filter(pl.col("n") != "").with_columns(pl.col("n").str.split(ITEM)).explode("n")
    hashes.append(_hashes("docket", _cases(frame["n"])))
    owners.append(frame["owner"].to_numpy().astype(np.int64))
    both = np.stack([np.concatenate(hashes), np.concatenate(owners)])
    order = np.lexsort((both[1], both[0]))
    hashed, who = both[0][order], both[1][order].astype(np.int32)
    first = np.ones(len(hashed), dtype=np.bool_)
    first[1:] = (hashed[1:] != hashed[:-1]) | (who[1:] != who[:-1])
    return hashed[first], who[first], buckets_of(hashed[first])


def _numbers_by_kind(columns: pl.DataFrame) -> Iterator[tuple[str, pl.Series]]:
    for kind in ("sid", "ir_number"):
        yield kind, columns[kind]


def _cases(numbers: pl.Series) -> pl.Series:
    """The case of each docket number, as match.docket_numbers.case_of finds it."""
    found = pl.DataFrame({"n": numbers}).with_columns(
        felony=pl.col("n").str.extract(r"^(\d\d(?:CR|C[1-6])\d{5})(?:\d\d)?$"),
        misdemeanor=pl.col("n").str.extract(r"^(\d\dMC[1-6]\d{6})(?:\d\d)?$"),
    )
    quick = found.select(pl.coalesce("felony", "misdemeanor").alias("case"))["case"]
    rest = numbers.filter(quick.is_null())
    slow = pl.Series([case_of(number) for number in rest.to_list()], dtype=pl.String)
    missing = np.flatnonzero(quick.is_null().to_numpy())
    return quick.scatter(missing, slow) if len(missing) else quick


def _hashes(kind: str, column: pl.Series) -> Longs:
    """`hash_of` for a whole column."""
    folded = column
    for letter, figure in FIGURE_CLASS.items():
        folded = folded.str.replace_all(chr(letter), chr(figure), literal=True)
    return _hashed(kind, folded.str.strip_chars_start("0").to_list())


def _hashed(kind: str, folded: Sequence[str]) -> Longs:
    """The keys of folded numbers."""
    if not folded:
        return np.empty(0, dtype=np.int64)
    cut = [text.encode()[:LONGEST_KEY] for text in folded]
    table = np.array(cut, dtype=f"S{LONGEST_KEY}").view(np.uint8).reshape(len(cut), LONGEST_KEY)
    value = np.full(len(cut), ord(kind[0]), dtype=np.int64)
    for place in range(LONGEST_KEY):
        value = (value * MULTIPLIER + table[:, place]) & MASK
    return value


def saved(segment: Segment, folder: Path) -> None:
    """Writes every array of a segment as a .npy file into `folder`, which is new, and waits until they are on disk."""
    folder.mkdir(parents=True)
    for kind, arrays in segment._asdict().items():
        for name, array in arrays._asdict().items():
            with (folder / f"{kind}_{name}.npy").open("wb") as file:
                np.save(file, array, allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
    synced(folder)


def synced(folder: Path) -> None:
    """Waits until the names in `folder` are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# The head of a .npy file is read by `ast`, whose count of depth threads spoil for each other (python/cpython#106905).
_HEADS = Lock()


def opened(folder: Path) -> Segment:
    """The segment kept in `folder`, its arrays mapped and read as they are needed; any number of threads may ask."""

    def array(name: str) -> Any:
        path = folder / f"{name}.npy"
        with _HEADS:
            mapped = np.load(path, mmap_mode="r" if path.stat().st_size > 128 else None, allow_pickle=False)
        return mapped.view(np.ndarray)

    def arrays(kind: str, names: Sequence[str]) -> Iterator[Any]:
        return (array(f"{kind}_{name}") for name in names)

    return Segment(
        Arrays(*arrays("arrays", Arrays._fields)), People(*arrays("people", People._fields)),
        NameArrays(*arrays("surnames", NameArrays._fields)), NameArrays(*arrays("givens", NameArrays._fields)),
    )  # fmt: skip


def segment_of_persons(persons: Sequence[Person]) -> Segment:
    """The segment of these persons."""
    return segment_of(columns_of(persons))


__all__ = [
    *("Segment", "hash_of", "hashes_nearly", "hashes_of", "opened", "packed", "saved", "segment_of"),
    *("segment_of_persons", "synced"),
]
