"""Field by field: the level at which a record and a listed person agree, and what that weighs under doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log2
from typing import TypeVar

from casefile.docket import Defendant, DocketRecord, Reading, Sex, Suffix
from casefile.linkage import Agreement
from casefile.persons import Person
from match.birth_dates import birth_date_level, figures_of, printed_figures, whole_figures
from match.docket_numbers import case_of
from match.levels import levels, weight_of
from match.names import CONFUSABLE, ink_distance, letters
from match.spelling import far_apart, may_agree

CLEAN = 0.9  # a reading below this neither supports nor forbids a link
YOUNGEST, OLDEST = 10, 100  # years at an offense or arrest

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Compared:
    """One field's agreement, whether its reading may be leaned on, and whether ink hides its value."""

    agreement: Agreement
    clean: bool = False
    hidden: bool = False  # the field is illegible on paper while the list knows it


@cache
def silent(field: str, level: str = "silent") -> Compared:
    """Where either side says nothing, nothing is weighed."""
    return Compared(Agreement(field, level, 0.0))


def compared(
    field: str,
    reading: Reading[T],
    listed: K | None,
    level_of: Callable[[T, K], str],
    printed: str | None = None,
) -> Compared:
    """The agreement of a reading with what the list says, averaged over what the ink may say.

    What is left over of the probability weighs nothing either way; `printed` is the level that the raw ink
    reaches by itself where no value could be read.
    """
    if not listed:
        return silent(field)
    if reading.value is not None and reading.confidence == 1.0 and not reading.alternatives:
        return _surely(field, level_of(reading.value, listed))
    if reading.is_silent and not reading.alternatives:
        return silent(field)
    values = [(level_of(value, listed), p) for value, p in reading.plausible() if value is not None]
    if reading.is_illegible and printed is not None:
        return Compared(Agreement(field, printed, weight_of(field, printed)), clean=printed == "exact")
    evidence = 1.0 + sum(p * (2 ** weight_of(field, level) - 1.0) for level, p in values)
    if reading.is_illegible:
        return Compared(Agreement(field, "illegible", min(0.0, log2(evidence))), hidden=True)
    level = values[0][0] if reading.is_read else "alternative"
    if evidence > 1.0 and weight_of(field, values[0][0]) < 0.0:
        level = "alternative"  # the reading held speaks against, another way to read the ink for the link
    clean = reading.is_read and reading.confidence >= CLEAN
    return Compared(Agreement(field, level, log2(evidence)), clean=clean)


@cache
def _surely(field: str, level: str) -> Compared:
    """The agreement of a reading that is beyond doubt."""
    return Compared(Agreement(field, level, weight_of(field, level)), clean=True)


def compare_rest(
    record: DocketRecord, defendant: Defendant, person: Person, *, middle_used: bool, middle: str | None = None
) -> tuple[Compared, ...]:
    """Every compared field but the names; `middle` where another middle name than the defendant's is read."""
    printed = defendant.middle if middle is None else Reading(middle or None)
    return (
        silent("middle") if middle_used else _with("middle", printed, person, _middle),
        _suffix(defendant.suffix, person) if _says_nothing(defendant.suffix)
        else _with("suffix", defendant.suffix, person, _suffix),
        _with("birth_date", defendant.birth_date, person, _birth_date),
        _with("sex", defendant.sex, person, _sex),
        _with("race", defendant.race, person, _race),
        _with("sid", defendant.sid, person, _sid),
        _with("ir_number", defendant.ir_number, person, _ir_number),
        _docket_number(record.docket_number, person),
        _age(record, person),
    )  # fmt: skip


def _says_nothing(reading: Reading[T]) -> bool:
    return reading.value is None and reading.raw is None and not reading.alternatives


def _with(
    field: str, reading: Reading[T], person: Person, comparison: Callable[[Reading[T], Person], Compared]
) -> Compared:
    """The comparison, unless the paper is silent; a cell of the list that could not be understood hides a value as
    illegible ink does."""
    if _says_nothing(reading):
        return silent(field)
    if person.illegible and field in person.illegible:
        return Compared(Agreement(field, "illegible", 0.0), hidden=True)
    return comparison(reading, person)


def _middle(reading: Reading[str], person: Person) -> Compared:
    return compared("middle", reading, letters(person.middle), _middle_as_printed)


def _middle_as_printed(read: str, listed: str) -> str:
    return middle_level(letters(read), listed)


def middle_level(read: str, listed: str) -> str:
    if not read:
        return "differs"
    if read == listed:
        return "exact" if len(read) > 1 else "initial"
    if min(len(read), len(listed)) == 1:
        taken_for = frozenset((read[0], listed[0])) in CONFUSABLE
        return "initial" if read[0] == listed[0] else "initial_alike" if taken_for else "differs"
    alike = may_agree(read, listed) and ink_distance(*sorted((read, listed))) <= 1.0
    return "near" if alike else "differs"


def _suffix(reading: Reading[Suffix], person: Person) -> Compared:
    if person.suffix is None or reading.is_silent:
        one_silent = person.suffix is not None or reading.is_read
        return _one_silent() if one_silent else silent("suffix")
    return compared("suffix", reading, person.suffix, suffix_level)


@cache
def _one_silent() -> Compared:
    return Compared(Agreement("suffix", "one_silent", weight_of("suffix", "one_silent")))


def suffix_level(read: Suffix, listed: Suffix) -> str:
    """`JR` and `II` may be one person; any other two suffixes are two."""
    if read == listed or {read, listed} == {Suffix.JR, Suffix.II}:
        return "same"
    return "conflict"


def _birth_date(reading: Reading[date], person: Person) -> Compared:
    listed = figures_of(person.birth_date) if person.birth_date else None
    printed = _printed_level(reading, listed) if listed and reading.is_illegible else None
    return compared("birth_date", reading, listed, lambda day, b: birth_date_level(figures_of(day), b), printed)


def _printed_level(reading: Reading[date], listed: str) -> str | None:
    """The best level that any reading of the ink reaches; where several were tried, `exact` is `figures_alike`."""
    printed = printed_figures(reading.raw or "")
    if not printed:
        return None
    others = (figures_of(day) for day, _ in reading.alternatives if day is not None)
    level = best_level("birth_date", (birth_date_level(read, listed) for read in (*printed, *others)))
    return "figures_alike" if level == "exact" and not is_whole(reading) else level


def is_whole(reading: Reading[date]) -> bool:
    """Whether a birth date that was left as ink has one reading alone, nothing of it mended and no other offered."""
    return bool(whole_figures(reading.raw or "")) and not reading.alternatives


def best_level(field: str, reached: Iterable[str]) -> str | None:
    """The level that weighs most of those reached; None where none was."""
    return max(reached, key=lambda level: weight_of(field, level), default=None)


def race_of(text: str) -> str:
    """The letter the printed and the listed word share: BLACK and B are one."""
    return letters(text)[:1]


def _sex(reading: Reading[Sex], person: Person) -> Compared:
    return compared("sex", reading, person.sex, lambda a, b: "same" if a == b else "differs")


def _race(reading: Reading[str], person: Person) -> Compared:
    """Race as printed may lower a weight and never lifts it."""
    found = compared("race", reading, race_of(person.race), _race_level)
    if found.agreement.weight <= 0.0:
        return found
    return Compared(Agreement("race", found.agreement.level, 0.0), found.clean, found.hidden)


def _race_level(read: str, listed: str) -> str:
    return "same" if race_of(read) == listed else "differs"


def _sid(reading: Reading[str], person: Person) -> Compared:
    return compared("sid", reading, person.sid, number_level)


def _ir_number(reading: Reading[str], person: Person) -> Compared:
    return compared("ir_number", reading, person.ir_number, number_level)


def number_level(read: str, listed: str) -> str:
    """How the figures of two numbers agree; zeros in front count for nothing."""
    if read == listed:
        return "exact"
    read, listed = letters(read).lstrip("0O"), listed.lstrip("0O")
    if read == listed:
        return "exact"
    if not may_agree(read, listed):
        return "differs"
    distance = ink_distance(*sorted((read, listed)))
    return "confused" if distance <= 0.8 else "near" if distance <= 1.0 else "differs"


def _docket_number(reading: Reading[str], person: Person) -> Compared:
    return compared("docket_number", reading, person.docket_numbers, _best_docket)


def _best_docket(read: str, known: tuple[str, ...]) -> str:
    if read in known:
        return "exact"
    return best_level("docket_number", (docket_level(read, number) for number in known)) or "differs"


def docket_level(read: str, known: str) -> str:
    """How two docket numbers agree; other defendants of one case are `co_defendant`."""
    if read == known:
        return "exact"
    if far_apart(read, known):
        return "differs"
    near = may_agree(read, known)
    if (near or read[:2] == known[:2]) and (case := case_of(read)) == case_of(known):
        return "same_case" if case in (read, known) else "co_defendant"
    alike = near and ink_distance(*sorted((read, known))) <= 0.8
    return "confused" if alike else "differs"


def _age(record: DocketRecord, person: Person) -> Compared:
    """Whether the person was of an age to be charged on the days the record names."""
    dated = (record.arrest_date, record.filed_date, *(charge.offense_date for charge in record.charges))
    days = [r.value for r in dated if r.value is not None and r.confidence >= CLEAN]
    if person.birth_date is None or not days:
        return silent("age")
    born = person.birth_date
    ages = [day.year - born.year - ((day.month, day.day) < (born.month, born.day)) for day in days]
    possible = all(YOUNGEST <= age <= OLDEST for age in ages)
    level = "possible" if possible else "impossible"
    return Compared(Agreement("age", level, weight_of("age", level)), clean=True)


@cache
def highest_weight(field: str) -> float:
    """What a field weighs at its best, which is what ink nobody could read may hide for a rival."""
    return max(level.weight for level in levels()[field].values())
