"""The match question: docket and listed person side by side, and how much each field weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casefile.docket import Defendant
from casefile.linkage import Agreement
from casefile.persons import Person
from review_queue import fields
from review_queue.desk import CandidateView, QuestionView

_WIDEST = 50.0  # of a bar, each way from the middle, in hundredths of the drawing's width


@dataclass(frozen=True, slots=True)
class Line:
    """One field of docket and person. `agrees` is None where either is silent."""

    label: str
    docket: str
    listed: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Bar:
    """The weight of one field in bits, for or against, and its bar: where it begins and how long it is."""

    field: str
    level: str
    weight: float
    start: float
    length: float

    @property
    def speaks(self) -> str:
        if abs(self.weight) < 0.05:
            return "says nothing"
        return f"{'for' if self.weight > 0 else 'against'}, {abs(self.weight):.1f} bits"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A candidate on a number key, with all that speaks for and against."""

    key: int
    candidate: CandidateView
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]


def likenesses(view: QuestionView) -> tuple[Likeness, ...]:
    """The candidates of a match question, best first; bars share one scale, so that they can be compared."""
    defendant = view.view.record.defendant
    if defendant is None:
        return ()
    weights = [a.weight for each in view.candidates for a in each.candidate.agreements]
    scale = max((abs(weight) for weight in weights), default=1.0) or 1.0
    return tuple(
        Likeness(key, each, tuple(_lines(defendant, each.person)), _bars(each.candidate.agreements, scale))
        for key, each in enumerate(view.candidates[:9], start=1)
    )


def _bars(agreements: tuple[Agreement, ...], scale: float) -> tuple[Bar, ...]:
    return tuple(_bar(agreement, abs(agreement.weight) / scale * _WIDEST) for agreement in agreements)


def _bar(agreement: Agreement, length: float) -> Bar:
    start = _WIDEST if agreement.weight >= 0 else _WIDEST - length
    label = agreement.field.replace("_", " ")
    return Bar(label, agreement.level.replace("_", " "), agreement.weight, round(start, 2), round(length, 2))


def _lines(defendant: Defendant, person: Person) -> Iterator[Line]:
    listed = {
        "surname": person.surname,
        "given": person.given,
        "middle": person.middle,
        "suffix": person.suffix or "",
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "sex": person.sex or "",
        "race": person.race,
        "ir_number": person.ir_number,
        "sid": person.sid,
    }
    for name, theirs in listed.items():
        reading = getattr(defendant, name)
        ours = "" if reading.value is None else fields.show(f"defendant.{name}", reading.value)
        yield _line(fields.label_of(f"defendant.{name}"), ours, theirs, is_unread=reading.is_illegible)
    aliases = "; ".join(reading.value for reading in defendant.aliases if reading.value)
    yield _line("Aliases", aliases, "; ".join(f"{surname}, {given}" for surname, given in person.aliases))
    yield Line("Known dockets", "", "; ".join(person.docket_numbers), None)
    yield Line("Address", "", person.address, None)


def _line(label: str, ours: str, theirs: str, *, is_unread: bool = False) -> Line:
    agrees = ours.casefold() == theirs.casefold() if ours and theirs else None
    return Line(label, "not readable" if is_unread else ours, theirs, agrees)
