"""Eligibility of records that are data already: a table of charges in, the same table with answers out.

The table is read twice and never held: the first time each cell becomes the number of its value in its column, the
second time every row leaves as it came with its answer behind it. In between, rows that share a person, a docket or
an event are looked at together, and rows that are alike to the law are decided once.
"""

from __future__ import annotations

import gc
import re
from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from casefile.errors import InputError
from casefile.law import Determination, Ground, Outcome
from clerk.charges import COLUMNS, NEEDED, SURE, nothing, parsers, reading_of
from clerk.tables import Table, as_csv, line_of, padded, written
from eligibility.determine import determine
from eligibility.entries import CELLS, CROWDED, NOBODY, Alike, Entry, Group, together
from eligibility.features import STOPPED
from eligibility.law import Law, Policy

ADDED = ("outcome", "result", "route", "reason_codes", "why")
BLOCK = 20_000  # rows looked at together, or a whole group where that is larger
LISTED = 1_000  # cells that could not be understood are listed up to here, then counted
CROWD = f"more than {CROWDED} rows stand under one docket, event or arrest: what is one and what is not cannot be told"
RAGGED = "the row has not as many cells as the header"
BESIDE_RAGGED = "a row that names the same person, docket or event has not as many cells as the header"
UNPLACED = "a docket number of this person, or of this event, cannot be read: what stands beside it cannot be told"
NEAR = 0.85  # from this likeness on a column's name is a slip of a known one
SHORT = {"no": "number", "nr": "number", "num": "number", "dt": "date", "dob": "birthdate", "sec": "section"}
SHARED = ("person_id", "docket_number", "event_id")
CODED = tuple("count" if name == "number" else name for name in CELLS)
# What parts a docket number: spaces, dashes of every kind, what has no width; the last four as Windows wrote them.
DOCKET_MARKS = re.compile(
    r"[\s/._\-\xad\u058a\u05be\u1806\u200b-\u200f\u2010-\u2015\u2043\u2053\u2060\u2212\u2e17\u2e1a\u2e3a\u2e3b"
    r"\u2e40\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\ufeff\uff0d\udc96\udc97\udca0\udcad]+"
)
BESIDE_A_LETTER = re.compile(r"(?<![0-9])-|-(?![0-9])")
BEFORE_A_DEFENDANT = re.compile(r"(?<=[0-9]{5})-(?=[0-9]{2}$)")  # as Cook County numbers those charged together
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides beside the rows."""

    law: Law
    policy: Policy | None
    as_of: date
    risk: float


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch came to. `problems` are lines for the office, `unread` the columns that bore on no answer;
    `decided` counts sets of facts, not rows."""

    rows: int
    decided: int
    outcomes: dict[str, int]
    problems: tuple[str, ...]
    unread: tuple[str, ...] = ()


def determine_charges(source: Path, out: Path, rules: Rules) -> Done:
    """Decides every row of `source` and writes it with its answer to `out`, both CSV or Parquet by their endings."""
    with as_csv(source) as path:
        table = Table(path)
        with _uncollected():
            read = _read(table, rules.law.name)
            answers = _Answers(rules, read, table.delimiter)
            given = answers.to_all()
        with written(out, source, table.delimiter) as partial:
            _write(table, partial, given, answers.texts, frozenset(read.ragged))
    outcomes = Counter[str]()
    for number, total in zip(*np.unique(given, return_counts=True), strict=True):
        outcomes[answers.outcomes[int(number)] or "(none)"] += int(total)
    return Done(read.rows, answers.decided, dict(sorted(outcomes.items())), read.problems(), _unread(table))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles among objects: of the millions made here none is in one."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# Reading


class _Coder(dict[str, int]):
    """The number of each distinct text of a column, given out as they come."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


@dataclass(slots=True)
class _Read:
    """The table as numbers: for each column the number of each row's text, and each distinct text as a reading."""

    rows: int
    codes: dict[str, array[int]]
    texts: dict[str, list[str]]
    shared: dict[str, array[int]]
    ragged: list[int]
    named: set[int]  # codes of what rows out of shape may name
    unplaced: list[int]  # rows whose docket number is given, but in no letter or figure
    parse: Mapping[str, Callable[[str], Any]]
    readings: dict[str, list[Any]] = field(default_factory=dict)

    def problems(self) -> tuple[str, ...]:
        """Each cell that could not be understood, by row and column."""
        found = [(row, "number of cells") for row in self.ragged]
        found += [(row, "docket_number") for row in self.unplaced]
        for name, readings in self.readings.items():
            bad = [number for number, reading in enumerate(readings) if reading.is_illegible]
            if bad:
                rows = np.nonzero(np.isin(np.frombuffer(self.codes[name], dtype=np.int32), bad))[0]
                found += [(int(row), name) for row in rows]
        found.sort()
        told = [f"charges: row {row + 2}, {name}: cannot be understood" for row, name in found[:LISTED]]
        more = len(found) - len(told)
        return (*told, *([f"charges: and {more} more cells that cannot be understood"] if more > 0 else []))


def _read(table: Table, law: str) -> _Read:
    columns = _columns(table)
    coders = {name: _Coder() for name in (*CODED, "source_confidence") if name in columns}
    codes: dict[str, array[int]] = {name: array("i") for name in coders}
    shared: dict[str, array[int]] = {name: array("q") for name in SHARED if name in columns}
    ids: array[int] = array("q")
    ragged: list[int] = []
    total, width = 0, len(table.header)
    named: set[int] = set()
    unplaced: list[int] = []
    read = [place for name, place in columns.items() if name != "description"]
    for chunk in table.chunks():
        by_column = chunk.columns
        bad = [(i, row) for i, (row, text) in chunk.odd if _is_ragged(row, text, width, read, table.delimiter)]
        ragged += [total + i for i, _ in bad]
        for name, coder in coders.items():
            codes[name].extend(map(coder.__getitem__, by_column[columns[name]]))
        for name, hashes in shared.items():
            hashes.extend(_hashes(name, by_column[columns[name]]))
            if name == "docket_number":
                unplaced += _unplaced(by_column[columns[name]], hashes, total)
            for i, _ in bad:
                hashes[total + i] = 0  # whose it is cannot be told: nothing stands beside it, see `_Answers.to_all`
        named.update(code for _, row in bad for code in _named_in(row))
        _check_ids(by_column[columns["record_id"]], total)
        ids.extend(map(hash, by_column[columns["record_id"]]))
        total += chunk.total
    _check_unique(table, ids, columns["record_id"])
    parse = parsers(law)
    texts = {name: list(coder) for name, coder in coders.items()}
    readings = {name: [reading_of(text, parse[name]) for text in found] for name, found in texts.items()}
    return _Read(total, codes, texts, shared, ragged, named, unplaced, parse, readings)


def _hashes(name: str, cells: Sequence[str]) -> Iterator[int]:
    """A number for each person, docket or event; 0, the hash of an empty text, where none is named or can be read."""
    texts = map(str.upper, map(str.strip, cells))
    if name == "docket_number" and not "".join(cells).isalnum():
        texts = map(cache(_docket), texts)
    return map(hash, texts)


def _docket(text: str) -> str:
    """A docket number without the marks beside its letters: `98 CR 12345-01` is `98CR1234501`, but `12-345` is not
    `123-45`. Of one that holds no letter or figure nothing is left."""
    if not any(map(str.isalnum, text)):
        return ""
    return BEFORE_A_DEFENDANT.sub("", BESIDE_A_LETTER.sub("", DOCKET_MARKS.sub("-", text)))


def _unplaced(cells: Sequence[str], hashes: Sequence[int], before: int) -> list[int]:
    """The rows that have a docket number nobody can read, such as `-`: it may be any docket's."""
    return [place for place, cell in enumerate(cells, start=before) if not hashes[place] and cell.strip()]


def _is_ragged(row: Sequence[str], text: str, width: int, read: Sequence[int], between: str) -> bool:
    """Whether a row has not as many cells as the header, or its cells hold a line break where none belongs: within a
    column that is read, or before what looks like a row of its own, as an open quote leaves it."""
    if len(row) != width:
        return True
    if "\n" not in text and "\r" not in text:
        return False
    if any("\n" in row[place] or "\r" in row[place] for place in read):
        return True
    return any(line.count(between) >= width - 1 for cell in row for line in cell.splitlines()[1:])


def _named_in(row: Sequence[str]) -> set[int]:
    """The codes of all that a row out of shape may name as person, docket or event."""
    cells = {part.strip().upper() for cell in row for part in (cell, *re.split(r'[,;|\t\r\n"]', cell))}
    return {hash(text) for text in (*cells, *map(_docket, cells))} - {hash("")}


def _columns(table: Table) -> dict[str, int]:
    """Where each known column stands; case and spaces around a name do not matter.

    A name that is nearly one of them is refused where that one is missing: unread, it could clear what it forbids.
    """
    found: dict[str, int] = {}
    for place, tidy in enumerate(map(_tidied, table.header)):
        if tidy in COLUMNS:
            if tidy in found:
                raise InputError(f"charges: two columns are named {tidy}; leave one")
            found[tidy] = place
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise InputError(f"charges: no column {', '.join(missing)}; the first row must name the columns")
    plain = {_plain(name): name for name in COLUMNS if name not in found}
    for place, tidy in enumerate(map(_tidied, table.header), start=1):
        near = [] if tidy in COLUMNS else get_close_matches(_plain(tidy), plain, 1, NEAR)
        if near:
            raise InputError(f"charges: column {place} has nearly the name {plain[near[0]]}; name it so, or otherwise")
    return found


def _tidied(name: str) -> str:
    return "_".join(name.strip().lower().split())


def _plain(name: str) -> str:
    """A column's name without marks, its usual short forms written out."""
    words = re.findall(r"[a-z]+|\d+", name)
    return "".join(SHORT.get(word, word) for word in words)


def _unread(table: Table) -> tuple[str, ...]:
    return tuple(name for name in table.header if _tidied(name) not in COLUMNS)


def _check_ids(cells: Sequence[str], before: int) -> None:
    if not all(map(str.strip, cells)):
        place = next(place for place, cell in enumerate(cells) if not cell.strip())
        raise InputError(f"charges: row {before + place + 2} has no record_id; nothing was decided")


def _check_unique(table: Table, ids: array[int], place: int) -> None:
    """Ends with an InputError where an id stands twice; of equal hashes the ids themselves are looked at."""
    ordered = np.sort(np.frombuffer(ids, dtype=np.int64)) if ids else np.zeros(0, np.int64)
    suspects = set(ordered[1:][ordered[1:] == ordered[:-1]].tolist())
    if not suspects:
        return
    seen: dict[str, int] = {}
    for number, (cells, _) in enumerate(table.rows(), start=2):
        name = cells[place] if place < len(cells) else ""
        if hash(name) in suspects:
            if name in seen:
                raise InputError(
                    f"charges: rows {seen[name]} and {number} have the same record_id; nothing was decided"
                )
            seen[name] = number


# Grouping


def _labels(shared: Mapping[str, array[int]], rows: int) -> Codes:
    """For each row the first row that it shares a person, docket or event with, directly or by way of others."""
    labels = np.arange(rows, dtype=np.int64)
    keys = [np.unique(np.frombuffer(hashes, dtype=np.int64), return_inverse=True) for hashes in shared.values()]
    while True:
        before = labels.copy()
        for values, inverse in keys:
            first = np.full(len(values), rows, dtype=np.int64)
            np.minimum.at(first, inverse, labels)
            empty = np.searchsorted(values, 0)
            is_empty = inverse == empty if empty < len(values) and values[empty] == 0 else np.zeros(rows, bool)
            labels = np.where(is_empty, labels, first[inverse])
        labels = labels[labels]
        if np.array_equal(labels, before):
            return labels


def _groups(read: _Read) -> Iterator[tuple[list[int], list[Entry]]]:
    """The rows of each group with their places in the table, in the table's order."""
    labels = _labels(read.shared, read.rows)
    order = np.argsort(labels, kind="stable")
    ordered = labels[order]
    ends = np.append(np.nonzero(ordered[1:] != ordered[:-1])[0] + 1, read.rows).tolist() if read.rows else []
    entries = _Entries(read)
    start, begin = 0, 0
    pending: list[int] = []
    for end in ends:
        pending.append(end)
        if end - begin >= BLOCK or end == read.rows:
            places = order[begin:end]
            numbers, rows = places.tolist(), entries.at(places)
            for stop in pending:
                of = slice(start - begin, stop - begin)
                yield numbers[of], rows[of]
                start = stop
            begin, pending = end, []


_ENTRY: Callable[[Sequence[Any]], Entry] = partial(tuple.__new__, Entry)  # what `_make` does, without a look at it


class _Entries:
    """Makes entries of the numbers of rows."""

    def __init__(self, read: _Read) -> None:
        self._read = read
        self._codes = {name: np.frombuffer(codes, dtype=np.int32) for name, codes in read.codes.items() if read.rows}
        self._shared = {name: np.frombuffer(hashes, dtype=np.int64) for name, hashes in read.shared.items()}
        self._confidence = _confidences(read)
        self._doubtful: dict[tuple[str, int, float], Any] = {}

    def at(self, places: Codes) -> list[Entry]:
        """The entries of these rows."""
        total = len(places)
        columns: list[Sequence[Any]] = []
        for name in CODED:
            if name in self._codes:
                readings = self._read.readings[name]
                table = [r.value for r in readings] if name == "count" else readings
                columns.append(list(map(table.__getitem__, self._codes[name][places].tolist())))
            else:
                columns.append([None if name == "count" else nothing()] * total)
        for name in SHARED:
            columns.append(self._shared[name][places].tolist() if name in self._shared else [0] * total)
        if self._confidence is None:
            return list(map(_ENTRY, zip(*columns, [True] * total, strict=True)))
        sure = (self._confidence[self._codes["source_confidence"][places]] >= SURE).tolist()
        entries = map(_ENTRY, zip(*columns, sure, strict=True))
        return [
            entry if entry.sure else self._in_doubt(entry, place)
            for place, entry in zip(places.tolist(), entries, strict=True)
        ]

    def _in_doubt(self, entry: Entry, place: int) -> Entry:
        """The same where every cell is only as sure as the row."""
        assert self._confidence is not None  # noqa: S101 - else every row is sure
        confidence = float(self._confidence[self._codes["source_confidence"][place]])
        cells = {name: self._doubted(name, place, confidence) for name in CODED if name != "count"}
        return entry._replace(**cells)

    def _doubted(self, name: str, place: int, confidence: float) -> Any:
        if name not in self._codes:
            return nothing()
        code = int(self._codes[name][place])
        key = name, code, confidence
        if key not in self._doubtful:
            text = self._read.texts[name][code]
            self._doubtful[key] = reading_of(text, self._read.parse[name], confidence=confidence)
        return self._doubtful[key]


def _confidences(read: _Read) -> npt.NDArray[np.float64] | None:
    """What each distinct `source_confidence` comes to: 1 where empty, 0 where it cannot be understood."""
    if "source_confidence" not in read.readings:
        return None
    found = [1.0 if r.is_silent else 0.0 if r.is_illegible else r.value for r in read.readings["source_confidence"]]
    return np.array(found, dtype=np.float64)


# Deciding


class _Answers:
    """The answers given so far, each kept once as the text that goes behind a row."""

    def __init__(self, rules: Rules, read: _Read, between: str) -> None:
        self._rules, self._read, self._between = rules, read, between
        self._known: dict[Hashable, int] = {}
        self._numbers: dict[str, int] = {}
        self._ragged = frozenset(read.ragged)
        self.texts: list[str] = []
        self.outcomes: list[str] = []
        self.decided = 0

    def to_all(self) -> npt.NDArray[np.int32]:
        """For each row the number of its answer."""
        given = np.zeros(self._read.rows, dtype=np.int32)
        rules = self._rules
        alike = rules.law.alike or _each_by_itself
        known, as_of, policy = self._known, rules.as_of, rules.policy
        for places, rows in _groups(self._read):
            group = Group(together(rows))
            may_be_crowded = len(rows) > CROWDED
            for index, place in enumerate(places):
                if may_be_crowded and group.is_crowded(index) and group.entries[index].disposition.value not in STOPPED:
                    given[place] = self._kept(Outcome.REVIEW, "", "", ("R-INPUT:docket_number",), CROWD)
                    continue
                key, others = alike(group, index, as_of, policy)
                number = None if key is None else known.get(key)
                if number is None:
                    number = self._decided(group, index, others)
                    if key is not None:
                        known[key] = number
                given[place] = number
        self._pass_on(given, self._beside_unplaced(), "R-INPUT:docket_number", UNPLACED)
        self._pass_on(given, self._beside_ragged(), "R-INPUT:row", BESIDE_RAGGED)
        for place in self._ragged:
            given[place] = self._kept(Outcome.REVIEW, "", "", ("R-INPUT:row",), RAGGED)
        return given

    def _pass_on(self, given: npt.NDArray[np.int32], rows: npt.NDArray[np.bool_], reason: str, why: str) -> None:
        """Leaves to a person what was answered of these rows; of which nothing is said, nothing still is."""
        for place in np.nonzero(rows)[0].tolist():
            if self.outcomes[given[place]]:
                given[place] = self._kept(Outcome.REVIEW, "", "", (reason,), why)

    def _beside_unplaced(self) -> npt.NDArray[np.bool_]:
        """The rows whose docket number nobody can read, and all of the same person or event: it may be theirs."""
        unplaced = self._read.unplaced
        found = np.zeros(self._read.rows, dtype=np.bool_)
        found[unplaced] = True
        for name, hashes in self._read.shared.items() if unplaced else ():
            codes = np.frombuffer(hashes, dtype=np.int64)
            if name != "docket_number":
                found |= (codes != NOBODY) & np.isin(codes, codes[unplaced])
        return found

    def _beside_ragged(self) -> npt.NDArray[np.bool_]:
        """The rows with a person, docket or event that a row out of shape may name, too."""
        found = np.zeros(self._read.rows, dtype=np.bool_)
        named = np.array(sorted(self._read.named), dtype=np.int64)
        for hashes in self._read.shared.values() if self._read.ragged else ():
            found |= np.isin(np.frombuffer(hashes, dtype=np.int64), named)
        return found

    def _decided(self, group: Group, index: int, others: Sequence[int]) -> int:
        self.decided += 1
        rules = self._rules
        case = group.case(index, others)
        found = determine(
            case, law=rules.law, policy=rules.policy, as_of=rules.as_of, risk=rules.risk, counts=frozenset((1,))
        )
        if not found:
            why = "the record says that it was expunged or sealed: nothing is said of it"
            return self._kept("", "", "", (), why)
        answer = found[-1]
        reasons = tuple(_told(reason, group.entries[index]) for reason in answer.reason_codes)
        return self._kept(
            answer.outcome, answer.result or "", answer.route or "", reasons, why_of(answer, rules.policy)
        )

    def _kept(self, outcome: str, result: str, route: str, reasons: Sequence[str], why: str) -> int:
        text = line_of((str(outcome), result, route, "; ".join(reasons), why), self._between)
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
            self.outcomes.append(str(outcome))
        return number


def _each_by_itself(group: Group, index: int, as_of: date, policy: Policy | None) -> Alike:
    return None, group.of_person(index)


def _told(reason: str, entry: Entry) -> str:
    """A doubt about a cell that could not be understood is named for that cell."""
    head, _, name = reason.partition(":")
    reading = getattr(entry, name, None) if head == "R-AMBIGUOUS" and name in CELLS else None
    return f"R-INPUT:{name}" if reading is not None and reading.is_illegible else reason


def why_of(answer: Determination, policy: Policy | None) -> str:
    """The grounds as text: what decided, the doubt if it was one, then every row tried, with law and policy."""
    deciding = [ground for ground in answer.grounds if ground.met is not False and not _is_note(ground)]
    head = deciding[-1] if deciding else answer.grounds[-1]
    if answer.outcome is Outcome.REVIEW and answer.grounds[0].met:
        head = answer.grounds[0]  # row 1: the readings leave it open
    tried = "; ".join(_words(ground) for ground in answer.grounds)
    laid = f", policy {policy.name} {policy.version}" if policy else ", no policy"
    return f"{head.layer}: {_said(head)}. Law {answer.law_version}{laid}, as of {answer.as_of}. Tried: {tried}"


def _is_note(ground: Ground) -> bool:
    return ground.because.startswith("note: ")


def _said(ground: Ground) -> str:
    return f"{ground.because} [{ground.cite}]"


def _words(ground: Ground) -> str:
    met = {True: "met", False: "not met", None: "unknown"}[ground.met]
    return _said(ground) if _is_note(ground) else f"{met}: {_said(ground)}"


# Writing


def _write(
    table: Table, out: Path, given: npt.NDArray[np.int32], answers: Sequence[str], ragged: frozenset[int]
) -> None:
    """Every row of the table as it stands, with its answer behind it."""
    between, width = table.delimiter, len(table.header)
    behind = [_encoded(f"{between}{answer}\n") for answer in answers]
    done = 0
    with open(out, "wb") as file:
        file.write(_encoded(table.header_text.rstrip() + between + between.join(ADDED) + "\n"))
        for texts in table.texts():
            for row in ragged.intersection(range(done, done + len(texts))) if ragged else ():
                text = texts[row - done]
                texts[row - done] = padded(table.cells_of(text), text, width, between)
            numbers = given[done : done + len(texts)].tolist()
            file.write(
                b"".join(chain.from_iterable(zip(map(_encoded, texts), map(behind.__getitem__, numbers), strict=True)))
            )
            done += len(texts)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
