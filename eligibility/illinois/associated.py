"""Which charges are associated with a charge, and what they may mean: a violent crime, something else beside it.

Every associated charge is brought down to two questions before anything branches: may it be a violent crime, and
does it accompany the charge as a conviction or as an arrest for something else. Each is *no*, *open* or *yes*,
with probabilities; any number of charges then adds up to one doubt of at most nine branches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, auto
from functools import cache, reduce
from itertools import accumulate, product
from typing import NamedTuple

from casefile.docket import Charge, Disposition, DocketRecord, Grade, Source, Termination
from casefile.law import Question
from eligibility.case import Case, Related
from eligibility.citation import Citation, Kind
from eligibility.doubt import Branch, Doubt, merged, sure
from eligibility.engine import Feature, Inquiry
from eligibility.features import told_of
from eligibility.illinois.figures import ViolentList
from eligibility.illinois.told import is_same_charge, statute_told

INQUIRIES = 4  # of the associated charges, those asked about


class Level(IntEnum):
    NO = auto()
    OPEN = auto()
    YES = auto()


class State(NamedTuple):
    """What associated charges amount to."""

    violent: Level
    accompanies: Level


NOTHING = State(Level.NO, Level.NO)
UNKNOWN = State(Level.OPEN, Level.OPEN)


@dataclass(frozen=True, slots=True)
class Associate:
    """One thing that may be associated: a charge, or pages that nobody has read.

    `count` is set where it is a charge of the record itself. `same_thing` is its doubt beside a charge under the
    same `provision`: an arrest for the same thing does not accompany, a conviction does.
    """

    doubt: Doubt[State]
    same_thing: Doubt[State]
    question: Question
    sources: tuple[Source, ...] = ()
    provision: Citation | None = None
    count: int | None = None

    def beside(self, own: Citation | None) -> Doubt[State]:
        """Its doubt beside a charge under a provision; None where that is not known for sure."""
        return self.same_thing if own is not None and own == self.provision else self.doubt


def associates_of(case: Case, violent: ViolentList) -> tuple[Associate, ...]:
    """Everything that is or may be associated with charges of a case, in an order of its own.

    A page that was not read leaves open what it shows; so does one of a record that is only perhaps associated.
    """
    found = [
        _associate(c, case.record, told_by(case, c), violent, perhaps=False, own=True) for c in case.record.charges
    ]
    for telling in case.tellings:
        others = [c for c in telling.charges if not any(_is_told(c, own) for own in case.record.charges)]
        found += [_associate(c, telling, (c,), violent, perhaps=False) for c in others]
    for related in case.related:
        if related.is_associated is not False:
            found += [_related(c, related, violent) for c in related.record.charges]
    associated = [related.record for related in case.related if related.is_associated is not False]
    found += [_unread(record) for record in (case.record, *case.tellings, *associated) if record.gaps]
    return tuple(sorted(found, key=lambda a: (a.question.record_id or "", a.question.count or 0)))


def associate_of(record: DocketRecord, violent: ViolentList) -> Associate:
    """The first charge of a record that is surely associated with another."""
    charge = record.charges[0]
    return _associate(charge, record, (charge,), violent, perhaps=False)


def told_by(case: Case, charge: Charge) -> tuple[Charge, ...]:
    """The charge, and the same one as other papers of the docket tell it."""
    others = (c for telling in case.tellings for c in telling.charges)
    return (charge, *(c for c in others if _is_told(c, charge)))


def _is_told(telling: Charge, charge: Charge) -> bool:
    return telling.count == charge.count and is_same_charge(charge, telling)


class Associations:
    """All that may be associated in a case, ready to be added up beside each of its charges."""

    def __init__(self, case: Case, violent: ViolentList) -> None:
        self._associates = associates_of(case, violent)
        self._record = case.record
        self._provisions = {associate.provision for associate in self._associates}
        self._added: dict[tuple[Citation | None, bool], tuple[list[Doubt[State]], _Totals]] = {}

    def feature(self, charge: Charge, own: Citation | None, *, law_alone: bool) -> Feature[State]:
        """What is associated with a charge, all together; for the law alone only violence matters.

        `own` is the charge's provision, None where it is in doubt.
        """
        doubts, totals = self._beside(own if own in self._provisions else None, law_alone)
        itself = [i for i, associate in enumerate(self._associates) if associate.count == charge.count]
        total = totals.without(itself[0])
        others = [i for i in range(len(doubts)) if i not in itself]
        likely = [i for i in others if doubts[i].first != NOTHING]
        sources = tuple(source for i in likely for source in self._associates[i].sources)

        def inquiries() -> tuple[Inquiry, ...]:
            asked = _most_open(doubts, others)
            return tuple(
                _inquiry(self._associates[i].question, [doubts[j] for j in others if j != i], doubts[i]) for i in asked
            )

        question = Question("case.pages", self._record.record_id)
        return Feature("associated", total, question, sources, inquiries)

    def _beside(self, own: Citation | None, law_alone: bool) -> tuple[list[Doubt[State]], _Totals]:
        if (own, law_alone) not in self._added:
            doubts = [associate.beside(own) for associate in self._associates]
            if law_alone:
                doubts = [doubt.mapped(lambda state: State(state.violent, Level.NO)) for doubt in doubts]
            self._added[own, law_alone] = doubts, _Totals(doubts)
        return self._added[own, law_alone]


class _Totals:
    """What all but one of several doubts amount to, without adding them up each time."""

    def __init__(self, doubts: Sequence[Doubt[State]]) -> None:
        nothing = {NOTHING: 1.0}
        self._before = list(accumulate(doubts, _plus, initial=nothing))
        self._after = list(accumulate(reversed(doubts), _plus, initial=nothing))[::-1]

    def without(self, index: int) -> Doubt[State]:
        return _as_doubt(_plus(self._before[index], _as_doubt(self._after[index + 1])))


def together(doubts: Iterable[Doubt[State]]) -> Doubt[State]:
    """What several amount to together; they are taken to be misread independently of each other."""
    return _as_doubt(reduce(_plus, doubts, {NOTHING: 1.0}))


def _plus(total: dict[State, float], doubt: Doubt[State]) -> dict[State, float]:
    sums: dict[State, float] = {}
    for (state, p), branch in product(total.items(), doubt.branches):
        added = branch.values[0]
        joined = State(max(state.violent, added.violent), max(state.accompanies, added.accompanies))
        sums[joined] = sums.get(joined, 0.0) + p * branch.probability
    return sums


def _as_doubt(total: dict[State, float]) -> Doubt[State]:
    return merged(Branch(p, (state,)) for state, p in sorted(total.items()))


def _is_settled(doubt: Doubt[State]) -> bool:
    return len(doubt.branches) == 1 and Level.OPEN not in doubt.first


def _most_open(doubts: Sequence[Doubt[State]], others: Sequence[int]) -> list[int]:
    def openness(index: int) -> float:
        branches = doubts[index].branches
        still_open = sum(b.probability for b in branches if Level.OPEN in b.values[0])
        return round(still_open + 1 - branches[0].probability, 9)

    doubtful = [i for i in others if not _is_settled(doubts[i])]
    return sorted(doubtful, key=lambda i: -openness(i))[:INQUIRIES]


def _inquiry(question: Question, others: Sequence[Doubt[State]], doubt: Doubt[State]) -> Inquiry:
    """What the whole would be if this one were known; an open level is as likely yes as no."""
    rest = together(others)
    likely: dict[State, float] = {}
    for branch in doubt.branches:
        levels = [(Level.NO, Level.YES) if level is Level.OPEN else (level,) for level in branch.values[0]]
        known = [State(*chosen) for chosen in product(*levels)]
        for state in known:
            likely[state] = likely.get(state, 0.0) + branch.probability / len(known)
    answers = ((p, "associated", together([rest, sure(state)])) for state, p in sorted(likely.items()))
    return Inquiry(question, tuple(answers))


def _unread(record: DocketRecord) -> Associate:
    sources = tuple(Source(gap.page_id, gap.bbox) for gap in record.gaps if gap.page_id and gap.bbox)
    return Associate(sure(UNKNOWN), sure(UNKNOWN), Question("case.pages", record.record_id), sources)


def _associate(
    charge: Charge,
    record: DocketRecord,
    tellings: tuple[Charge, ...],
    violent: ViolentList,
    *,
    perhaps: bool,
    own: bool = False,
) -> Associate:
    citations = statute_told(tellings)
    grades = told_of(tellings, lambda c: c.grade, (None,))
    violence = _violence(citations, grades, violent)
    convictions = _convictions(tellings)
    question = _question(charge, record, citations, violent)
    return Associate(
        _perhaps(violence.mapped(lambda level: State(level, Level.YES)), perhaps),
        _perhaps(_paired(violence, convictions), perhaps),
        question,
        (*charge.statute.sources, *charge.disposition.sources),
        citations.first if citations.is_sure else None,
        charge.count if own else None,
    )


def _related(charge: Charge, related: Related, violent: ViolentList) -> Associate:
    """A charge of another record; of one that is only perhaps associated, that is the question."""
    perhaps = related.is_associated is None
    found = _associate(charge, related.record, (charge,), violent, perhaps=perhaps)
    if not perhaps or found.question.field != "assoc.disposition":
        return found
    field = "match" if related.same_person is None else "assoc.event"
    return replace(found, question=Question(field, related.record.record_id))


def _perhaps(doubt: Doubt[State], perhaps: bool) -> Doubt[State]:
    """The same of a charge that is only perhaps associated: what it would show stays open."""
    if not perhaps:
        return doubt
    return doubt.mapped(lambda state: State(*(min(level, Level.OPEN) for level in state)))


def _paired(left: Doubt[Level], right: Doubt[Level]) -> Doubt[State]:
    return merged(
        Branch(a.probability * b.probability, (State(a.values[0], b.values[0]),))
        for a, b in product(left.branches, right.branches)
    )


def _violence(citations: Doubt[Citation | None], grades: Doubt[Grade | None], violent: ViolentList) -> Doubt[Level]:
    """Whether a charge is a violent crime, with the doubt about its statute and class."""
    return merged(
        Branch(a.probability * b.probability, (_common(_level(c, g, violent) for c, g in product(a.values, b.values)),))
        for a, b in product(citations.branches, grades.branches)
    )


def _common(levels: Iterable[Level]) -> Level:
    found = set(levels)
    return found.pop() if len(found) == 1 else Level.OPEN


def _level(citation: Citation | None, grade: Grade | None, violent: ViolentList) -> Level:
    """Violent, not, or open: it turns on a fact, stands in no list, or could not be parsed."""
    listed = _listed(citation, violent)
    if listed == "felony" and grade is not None and citation is not None and not citation.attempt:
        return Level.YES if grade.startswith("F") else Level.NO
    if listed == "is" and citation is not None and not citation.attempt:
        return Level.YES
    return Level.NO if listed == "is_not" else Level.OPEN  # an attempt of a violent crime turns on the force used


def _listed(citation: Citation | None, violent: ViolentList) -> str | None:
    """In which part of the list a provision stands: `is`, `is_not`, or the fact it turns on."""
    if citation is None or citation.kind is not Kind.STATE:
        return None
    return _index(violent).get(citation.provision)


@cache
def _index(violent: ViolentList) -> dict[tuple[str, str], str]:
    index: dict[tuple[str, str], str] = {}
    for part in violent.is_not:
        index |= {(part.act, section): "is_not" for section in part.sections}
    for turning in violent.turns:
        index |= {(turning.act, section): turning.on for section in turning.sections}
    for part in violent.yes:
        index |= {(part.act, section): "is" for section in part.sections}
    return index


def _question(
    charge: Charge, record: DocketRecord, citations: Doubt[Citation | None], violent: ViolentList
) -> Question:
    """What to ask about an associated charge: the ink of its statute, or the fact on which it turns."""
    listed = _listed(citations.first, violent) if citations.is_sure else None
    if listed == "is" and citations.first is not None and citations.first.attempt:
        listed = "force"
    field = {"injury": "assoc.injury", "force": "assoc.force", "felony": "assoc.grade"}.get(
        listed or "", "assoc.statute" if listed is None else "assoc.disposition"
    )
    about_ink = field not in ("assoc.injury", "assoc.force")
    return Question(field, record.record_id, charge.count, about_ink)


def _convictions(tellings: tuple[Charge, ...]) -> Doubt[Level]:
    """Whether an associated charge ended in a conviction."""
    dispositions = told_of(tellings, lambda c: c.disposition, (None,))
    terminations = told_of(tellings, lambda c: c.termination, (None,))
    return merged(
        Branch(a.probability * b.probability, (_common(_convicted(d, t) for d, t in product(a.values, b.values)),))
        for a, b in product(dispositions.branches, terminations.branches)
    )


def _convicted(disposition: Disposition | None, termination: Termination | None) -> Level:
    if disposition in (Disposition.SUPERVISION, Disposition.FIRST_OFFENDER_PROBATION):
        return {Termination.REVOKED: Level.YES, Termination.SATISFACTORY: Level.NO}.get(termination, Level.OPEN)  # type: ignore[arg-type]
    if disposition is Disposition.GUILTY:
        return Level.YES
    return Level.OPEN if disposition in (None, Disposition.OTHER) else Level.NO
