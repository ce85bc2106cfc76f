"""Field by field: the level at which a record and a listed person agree, and what that weighs under doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from math import log2
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from casefile.docket import Defendant, DocketRecord, Reading, Suffix
from casefile.linkage import Agreement
from match.birth_dates import birth_date_level, figures_of, printed_figures, whole_figures
from match.columns import ITEM, NAMES
from match.docket_numbers import case_of
from match.levels import levels, weight_of
from match.names import CONFUSABLE, letters
from match.spelling import far_apart, ink_at_most, may_agree

CLEAN = 0.9  # a reading below this neither supports nor forbids a link
YOUNGEST, OLDEST = 10, 100  # years at an offense or arrest

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
T = TypeVar("T")
K = TypeVar("K")


class Compared(NamedTuple):
    """One field's agreement and what it weighs in bits, whether its reading may be leaned on, and whether ink hides
    its value."""

    field: str
    level: str
    weight: float
    clean: bool = False
    hidden: bool = False  # the field is illegible on paper while the list knows it

    @property
    def agreement(self) -> Agreement:
        return Agreement(self.field, self.level, self.weight)


@cache
def silent(field: str, level: str = "silent") -> Compared:
    """Where either side says nothing, nothing is weighed."""
    return Compared(field, level, 0.0)


def compared(
    field: str, reading: Reading[T], listed: K, level_of: Callable[[T, K], str], printed: str | None = None
) -> Compared:
    """The agreement of a reading with what the list says, averaged over what the ink may say.

    What is left over of the probability weighs nothing either way; `printed` is the level that the raw ink
    reaches by itself where no value could be read.
    """
    if not listed:
        return silent(field)
    if reading.is_silent and not reading.alternatives:
        return silent(field)
    values = [(level_of(value, listed), p) for value, p in reading.plausible() if value is not None]
    if reading.is_illegible and printed is not None:
        return Compared(field, printed, weight_of(field, printed), clean=printed == "exact")
    evidence = 1.0 + sum(p * (2 ** weight_of(field, level) - 1.0) for level, p in values)
    if reading.is_illegible:
        return Compared(field, "illegible", min(0.0, log2(evidence)), hidden=True)
    level = values[0][0] if reading.is_read else "alternative"
    if evidence > 1.0 and weight_of(field, values[0][0]) < 0.0:
        level = "alternative"  # the reading held speaks against, another way to read the ink for the link
    clean = reading.is_read and reading.confidence >= CLEAN
    return Compared(field, level, log2(evidence), clean=clean)


class Kind(NamedTuple):
    """How a field is compared: the cell of the list, what that says, and the level of a value beside it."""

    cell: int
    listed: Callable[[str], Any]
    level_of: Callable[[Any, Any], str]


def _middle_as_printed(read: str, listed: str) -> str:
    return middle_level(letters(read), listed)


def middle_level(read: str, listed: str) -> str:
    if not read:
        return "differs"
    if read == listed:
        return "exact" if len(read) > 1 else "initial"
    if min(len(read), len(listed)) == 1:
        if read[0] == listed[0]:
            return "initial"
        return "initial_alike" if frozenset((read[0], listed[0])) in CONFUSABLE else "differs"
    alike = may_agree(read, listed) and ink_at_most(read, listed, 1.0) <= 1.0
    return "near" if alike else "differs"


def suffix_level(read: Suffix, listed: Suffix) -> str:
    """`JR` and `II` may be one person; any other two suffixes are two."""
    if read == listed or {read, listed} == {Suffix.JR, Suffix.II}:
        return "same"
    return "conflict"


def is_whole(reading: Reading[date]) -> bool:
    """Whether a birth date that was left as ink has one reading alone, nothing of it mended and no other offered."""
    return bool(whole_figures(reading.raw or "")) and not reading.alternatives


def best_level(field: str, reached: Iterable[str]) -> str | None:
    """The level that weighs most of those reached; None where none was."""
    return max(reached, key=lambda level: weight_of(field, level), default=None)


def race_of(text: str) -> str:
    """The letter the printed and the listed word share: BLACK and B are one."""
    return letters(text)[:1]


def _race_level(read: str, listed: str) -> str:
    return "same" if race_of(read) == listed else "differs"


def number_level(read: str, listed: str) -> str:
    """How the figures of two numbers agree; zeros in front count for nothing."""
    if read == listed:
        return "exact"
    read, listed = letters(read).lstrip("0O"), listed.lstrip("0O")
    if read == listed:
        return "exact"
    if not may_agree(read, listed):
        return "differs"
    distance = ink_at_most(read, listed, 1.0)
    return "confused" if distance <= 0.8 else "near" if distance <= 1.0 else "differs"


def _best_docket(read: str, known: tuple[str, ...]) -> str:
    if read in known:
        return "exact"
    near = [number for number in known if not far_apart(read, number)]
    reached = {docket_level(read, number) for number in near} - {"differs"} if near else ()
    return best_level("docket_number", reached) or "differs"


def docket_level(read: str, known: str) -> str:
    """How two docket numbers agree; other defendants of one case are `co_defendant`."""
    if read == known:
        return "exact"
    if far_apart(read, known):
        return "differs"
    near = may_agree(read, known)
    if (near or read[:2] == known[:2]) and (case := case_of(read)) == case_of(known):
        return "same_case" if case in (read, known) else "co_defendant"
    alike = near and ink_at_most(read, known, 0.8) <= 0.8
    return "confused" if alike else "differs"


KINDS = {
    "middle": Kind(NAMES.index("middle"), letters, _middle_as_printed),
    "suffix": Kind(NAMES.index("suffix"), str, suffix_level),
    "birth_date": Kind(
        NAMES.index("birth_date"), lambda cell: cell.replace("-", ""), lambda a, b: birth_date_level(figures_of(a), b)
    ),
    "sex": Kind(NAMES.index("sex"), str, lambda read, listed: "same" if read == listed else "differs"),
    "race": Kind(NAMES.index("race"), race_of, _race_level),
    "sid": Kind(NAMES.index("sid"), str, number_level),
    "ir_number": Kind(NAMES.index("ir_number"), str, number_level),
    "docket_number": Kind(
        NAMES.index("docket_numbers"), lambda cell: tuple(cell.split(ITEM)) if cell else (), _best_docket
    ),
}
REST = (*KINDS, "age")
CELLS = [kind.cell for kind in KINDS.values()]
BORN, UNREAD = NAMES.index("birth_date"), NAMES.index("illegible")
SILENT = tuple(silent(field) for field in REST)


Comparison = Callable[[str], Compared]  # with a cell of the list


class Column(NamedTuple):
    """One field beside listed persons: the different agreements `found`, and which of them is each person's."""

    found: Sequence[Compared]
    which: Longs

    def of(self, at: int) -> Compared:
        """The agreement of one."""
        return self.found[self.which.item(at)]

    @property
    def weights(self) -> Floats:
        """What the field of each weighs."""
        return np.array([one.weight for one in self.found])[self.which]

    @property
    def levels(self) -> list[str]:
        """The level that each reached."""
        levels = [one.level for one in self.found]
        return [levels[which] for which in self.which.tolist()]

    def those(self, test: Callable[[Compared], bool]) -> npt.NDArray[np.bool_]:
        """Whether the agreement of each passes a test."""
        return np.array([test(one) for one in self.found], dtype=np.bool_)[self.which]


def rest_beside(
    records: Sequence[tuple[DocketRecord, Defendant]],
    which: Sequence[int],
    middles: Sequence[str | None],
    cells: Sequence[Sequence[str]],
) -> list[Column]:
    """Field by field of REST, how `which` of the records agrees with each of some listed persons, whose `cells` stand
    column by column; `middles` has the middle name that goes with their names where that is not the defendant's."""
    whose = np.array(which, dtype=np.int64)
    unread = [(at, cell.split(ITEM)) for at, cell in enumerate(cells[UNREAD]) if cell]
    rest = []
    for place, field in enumerate(KINDS):
        readings, of = _readings_of(records, field), whose
        if field == "middle":
            own = {middle: Reading(middle or None) for middle in dict.fromkeys(middles) if middle is not None}
            number = {middle: len(readings) + at for at, middle in enumerate(own)}
            of = np.array(
                [at if m is None else number[m] for at, m in zip(which, middles, strict=True)], dtype=np.int64
            )
            readings += own.values()
        hidden = [at for at, fields in unread if field in fields and field != "docket_number"]
        rest.append(_column(place, readings, of, cells[CELLS[place]], hidden))
    return [*rest, _ages(records, whose, cells[BORN])]


def _readings_of(records: Sequence[tuple[DocketRecord, Defendant]], field: str) -> list[Reading[Any]]:
    if field == "docket_number":
        return [record.docket_number for record, _ in records]
    return [getattr(defendant, field) for _, defendant in records]


def _column(
    place: int, readings: Sequence[Reading[Any]], of: Longs, cells: Sequence[str], hidden: Sequence[int]
) -> Column:
    """The field at a place of REST: each different pair of a reading and a cell is compared once; `hidden` are those
    whose cell nobody could read."""
    numbers: dict[int, int] = {}  # readings are told apart as objects: what is the same object is the same reading
    number = np.array([numbers.setdefault(id(reading), len(numbers)) for reading in readings], dtype=np.int64)
    different = {id(reading): reading for reading in readings}.values()
    comparisons = [comparison_with(place, reading) for reading in different]
    told = np.array([comparison is not None for comparison in comparisons], dtype=np.bool_)
    reading = number[of]
    at = np.flatnonzero(told[reading])
    texts: dict[str, int] = {}
    listed = np.array([texts.setdefault(cells[n], len(texts)) for n in at.tolist()], dtype=np.int64)
    pairs, inverse = np.unique(reading[at] * max(len(texts), 1) + listed, return_inverse=True)
    words, which = [*texts], np.zeros(len(of), dtype=np.int64)
    found, which[at] = [SILENT[place]], inverse + 1
    for pair in pairs.tolist():
        comparison = comparisons[pair // len(words)]
        if comparison is not None:
            found.append(comparison(words[pair % len(words)]))
    for n in hidden:
        if (comparison := comparisons[reading[n]]) is not None and comparison is not _suffix_unsaid:
            which[n] = len(found)
            found.append(Compared(REST[place], "illegible", 0.0, hidden=True))
    return Column(found, which)


def comparison_with(place: int, reading: Reading[Any]) -> Comparison | None:
    """How a reading of the field at a place of REST is compared; None where the paper is silent, but for a suffix,
    whose absence says something."""
    field = REST[place]
    if reading.value is not None and reading.confidence == 1.0 and not reading.alternatives:
        return partial(_surely, field, reading.value)
    if reading.value is None and reading.raw is None and not reading.alternatives:
        return _suffix_unsaid if field == "suffix" else None
    return partial(_doubtfully, field, reading)


def _ages(records: Sequence[tuple[DocketRecord, Defendant]], whose: Longs, born: Sequence[str]) -> Column:
    days = {at: some for at, (record, _) in enumerate(records) if (some := _days_of(record))}
    which, found = np.zeros(len(whose), dtype=np.int64), [SILENT[-1]]
    for at, record in enumerate(whose.tolist()) if days else ():
        if born[at] and record in days:
            which[at] = len(found)
            found.append(_age(days[record], date.fromisoformat(born[at])))
    return Column(found, which)


def _surely(field: str, value: object, cell: str) -> Compared:
    """The agreement of a reading that is beyond doubt with a cell of the list."""
    kind = KINDS[field]
    if listed := kind.listed(cell):
        return _weighed(field, kind.level_of(value, listed))
    return _one_silent() if field == "suffix" else silent(field)


@cache
def _weighed(field: str, level: str) -> Compared:
    return Compared(field, level, _at_most(field, weight_of(field, level)), clean=True)


def _doubtfully(field: str, reading: Reading[Any], cell: str) -> Compared:
    """The agreement of any other reading."""
    kind = KINDS[field]
    listed = kind.listed(cell)
    if field == "suffix" and (not listed or reading.is_silent):
        return _one_silent() if listed or reading.is_read else silent(field)
    printed = _printed_level(reading, listed) if field == "birth_date" and listed and reading.is_illegible else None
    found = compared(field, reading, listed, kind.level_of, printed)
    return found if field != "race" else found._replace(weight=_at_most(field, found.weight))


def _at_most(field: str, weight: float) -> float:
    """Race as printed may lower a weight and never lifts it."""
    return min(weight, 0.0) if field == "race" else weight


def _suffix_unsaid(cell: str) -> Compared:
    return _one_silent() if cell else silent("suffix")


@cache
def _one_silent() -> Compared:
    return Compared("suffix", "one_silent", weight_of("suffix", "one_silent"))


def _printed_level(reading: Reading[date], listed: str) -> str | None:
    """The best level that any reading of the ink reaches; where several were tried, `exact` is `figures_alike`."""
    printed = printed_figures(reading.raw or "")
    if not printed:
        return None
    others = (figures_of(day) for day, _ in reading.alternatives if day is not None)
    level = best_level("birth_date", (birth_date_level(read, listed) for read in (*printed, *others)))
    return "figures_alike" if level == "exact" and not is_whole(reading) else level


def _days_of(record: DocketRecord) -> list[date]:
    """The days of the offenses, the arrest and the filing that are surely read."""
    dated = [record.arrest_date, record.filed_date, *[charge.offense_date for charge in record.charges]]
    return [reading.value for reading in dated if reading.value is not None and reading.confidence >= CLEAN]


def _age(days: Sequence[date], born: date) -> Compared:
    """Whether the person was of an age to be charged on the days the record names."""
    ages = [day.year - born.year - ((day.month, day.day) < (born.month, born.day)) for day in days]
    return _weighed("age", "possible" if all(YOUNGEST <= age <= OLDEST for age in ages) else "impossible")


@cache
def highest_weight(field: str) -> float:
    """What a field weighs at its best, which is what ink nobody could read may hide for a rival."""
    return max(level.weight for level in levels()[field].values())
