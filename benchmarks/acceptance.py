"""Of the records that a perfect reading would let through, those that are relied on unseen; and false clears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks.figures import share
from casefile.docket import DocketRecord
from casefile.law import Determination, Outcome
from clerk.scoring import true_record
from eligibility.case import Case
from eligibility.determine import determine, load_law
from extract.calibration import thresholds, weight_together
from review_queue.triage import State, Thresholds, state_of
from specimens import Told
from training.compare import compared_with, paired, records_in
from training.pages import ReadItem

AS_OF = date(2026, 6, 30)
RISK = 0.005
RELIEF = (Outcome.AUTO, Outcome.MOTION)
LEVELS = ("clean", "normal", "bad")
DECISIVE = frozenset(
    ("statute", "disposition", "termination", "grams", "disposition_date", "offense_date", "arrest_date",
     "docket_number", "surname", "given", "birth_date")
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A record that was told or invented, the person taken as certain: what was answered, and what was due."""

    level: str
    due: bool  # a perfect reading would let it through
    accepted: bool
    right: bool  # every decisive value
    decided: int  # charges with an answer
    wrong: int  # answers that are not those on the true facts
    beyond: int  # charges for which more relief is answered than is due

    @property
    def false_clears(self) -> int:
        return self.beyond if self.accepted else 0


def judged(read: ReadItem) -> Iterator[Judged]:
    """Every told record of an item, and every record that was read where none was told."""
    records = records_in(read)
    pairs = paired(read, records)
    for told, record in pairs:
        yield _judged(read, told, record)
    told_of = {record.record_id for _, record in pairs if record is not None}
    for record in records:
        if record.defendant is not None and record.record_id not in told_of:
            found = _answers(record, weight=weight_together())
            beyond = sum(each.outcome in RELIEF for each in found)
            yield Judged(_level(read, 0), False, _is_accepted(record, found), False, len(found), beyond, beyond)


def _judged(read: ReadItem, told: Told, record: DocketRecord | None) -> Judged:
    specimen = read.item.specimens[told.pages[0]]
    due = {each.count: each for each in _answers(true_record(told.record, specimen.document_kind))}
    lets = bool(due) and all(each.outcome is not Outcome.REVIEW for each in due.values())
    if record is None:
        return Judged(specimen.level, lets, False, False, 0, 0, 0)
    found = _answers(record, weight=weight_together())
    decided = [each for each in found if each.outcome is not Outcome.REVIEW]
    right = all(one.right for one in compared_with(read, told, record) if one.field in DECISIVE)
    return Judged(
        specimen.level,
        lets,
        _is_accepted(record, found),
        right,
        len(decided),
        sum(each.count not in due or due[each.count].outcome is not each.outcome for each in decided),
        sum(_is_beyond(each, due.get(each.count)) for each in decided),
    )


def _level(read: ReadItem, page: int) -> str:
    return read.item.specimens[page].level


def _answers(record: DocketRecord, *, weight: float = 1.0) -> Sequence[Determination]:
    return determine(Case(record, weight=weight), law=load_law("illinois"), policy=None, as_of=AS_OF, risk=RISK)


def _is_accepted(record: DocketRecord, found: Sequence[Determination]) -> bool:
    return state_of(record, None, found, Thresholds(thresholds())) is State.ACCEPTED


def _is_beyond(found: Determination, due: Determination | None) -> bool:
    if found.outcome not in RELIEF:
        return False
    return due is None or due.outcome not in RELIEF or (due.outcome is Outcome.MOTION and found.outcome is Outcome.AUTO)


def acceptance(read: Iterable[ReadItem]) -> dict[str, Any]:
    """The shares by level of wear, and all together."""
    everything = [one for item in read for one in judged(item)]
    groups = {level: [one for one in everything if one.level == level] for level in LEVELS}
    return {name: _shares(group) for name, group in {**groups, "all": everything}.items()}


def _shares(found: Sequence[Judged]) -> dict[str, Any]:
    due = [one for one in found if one.due]
    accepted = sum(one.accepted for one in found)
    return {
        "accepted_of_those_due": share(sum(one.accepted and one.right for one in due), len(due)),
        "accepted_with_a_wrong_decisive_value": share(sum(one.accepted and not one.right for one in found), accepted),
        "answers_wrong": share(sum(one.wrong for one in found), sum(one.decided for one in found)),
        "answers_beyond_what_is_due": sum(one.beyond for one in found),
        "false_clears": share(sum(one.false_clears for one in found), accepted),
    }
