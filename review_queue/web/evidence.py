"""The match question: docket and listed person side by side, and the waterfall of what speaks for and against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

from casefile.docket import Defendant
from casefile.linkage import Candidate
from casefile.persons import Person
from review_queue import fields
from review_queue.desk import CandidateView, QuestionView

WIDTH = 100.0  # of a waterfall's drawing
SAYS_NOTHING = "says nothing"
_PLAIN = {"prior": "before looking", "rivals": "others as likely", "sid": "SID", "ir_number": "IR number"}
_SUREST = 1e-9  # probabilities are held this far from 0 and 1, so that their odds are finite


@dataclass(frozen=True, slots=True)
class Line:
    """One field of docket and person. `agrees` is None where either is silent."""

    label: str
    docket: str
    listed: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Step:
    """One field's weight in bits as a step of the waterfall: the bar from where the evidence stood before it to
    where it stands after, in hundredths of the drawing's width."""

    field: str
    level: str
    weight: float
    start: float
    length: float

    @property
    def speaks(self) -> str:
        if abs(self.weight) < 0.05:
            return SAYS_NOTHING
        return f"{'for' if self.weight > 0 else 'against'}, {abs(self.weight):.1f} bits"


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The evidence for a candidate in order; `even` is where the odds are even."""

    steps: tuple[Step, ...]
    even: float

    @property
    def telling(self) -> tuple[Step, ...]:
        """The steps that move the odds."""
        return tuple(step for step in self.steps if step.speaks != SAYS_NOTHING)

    @property
    def silent(self) -> tuple[str, ...]:
        """The fields that were looked at and say nothing."""
        return tuple(step.field for step in self.steps if step.speaks == SAYS_NOTHING)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A candidate on a number key, with all that speaks for and against."""

    key: int
    candidate: CandidateView
    lines: tuple[Line, ...]
    waterfall: Waterfall


def likenesses(view: QuestionView) -> tuple[Likeness, ...]:
    """The candidates of a match question, best first; their waterfalls share one scale."""
    defendant = view.view.record.defendant
    if defendant is None:
        return ()
    runs = [_running(each.candidate) for each in view.candidates]
    low, high = min((min(run) for run in runs), default=0.0), max((max(run) for run in runs), default=1.0)
    return tuple(
        Likeness(key, each, tuple(_lines(defendant, each.person)), _waterfall(each.candidate, low, high))
        for key, each in enumerate(view.candidates[:9], start=1)
    )


@dataclass(frozen=True, slots=True)
class Stranger:
    """A listed person who is no candidate, beside the docket."""

    person: Person
    lines: tuple[Line, ...]


def stranger(view: QuestionView, person: Person) -> Stranger:
    """The person beside the docket, field by field."""
    defendant = view.view.record.defendant
    return Stranger(person, () if defendant is None else tuple(_lines(defendant, person)))


def _running(candidate: Candidate) -> list[float]:
    """The odds in bits before the first field, after each, and even odds."""
    probability = min(1 - _SUREST, max(_SUREST, candidate.probability))
    after = log2(probability / (1 - probability))
    weights = [agreement.weight for agreement in candidate.agreements]
    run = [after - sum(weights)]
    for weight in weights:
        run.append(run[-1] + weight)
    return [*run, 0.0]


def _waterfall(candidate: Candidate, low: float, high: float) -> Waterfall:
    scale = WIDTH / ((high - low) or 1.0)
    run = _running(candidate)[:-1]
    steps = (
        Step(
            _plain(agreement.field),
            _plain(agreement.level),
            agreement.weight,
            round((min(before, after) - low) * scale, 2),
            round(abs(agreement.weight) * scale, 2),
        )
        for agreement, before, after in zip(candidate.agreements, run, run[1:], strict=False)
    )
    return Waterfall(tuple(steps), round((0.0 - low) * scale, 2))


def _plain(name: str) -> str:
    """What the linkage calls something, in words a reviewer has."""
    return _PLAIN.get(name, name.replace("_", " ").removesuffix(" others"))


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
