"""What outcomes do for people: two policies over the same records, by year and route, and who has nothing left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from casefile.docket import Charge, Disposition, RecordId, Termination
from casefile.law import Determination, Outcome
from casefile.linkage import MatchStatus
from casefile.rulings import Rulings
from casefile.store import Store
from clerk import deciding
from clerk.cases import case_of
from eligibility.determine import determine
from eligibility.features import DEFERRED
from eligibility.law import Policy
from eligibility.terms import anniversary

POLICE_ROUTES = ("i1", "a2.5")  # police records: no conviction is cleared by them
YEARS = 7
REDESIGNATED = "redesignate"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One charge, as it counts for its person, and its answer under one policy."""

    person: str
    is_conviction: bool
    is_felony: bool | None
    decided: date | None
    answer: Determination

    @property
    def is_cleared(self) -> bool:
        """Whether this answer, carried out, leaves no conviction; a list for the agencies leaves what there is."""
        granted = self.answer.outcome in (Outcome.AUTO, Outcome.MOTION)
        return granted and self.is_conviction and self.answer.route not in POLICE_ROUTES and not self._is_reduced

    @property
    def _is_reduced(self) -> bool:
        return self.answer.result == REDESIGNATED

    @property
    def leaves_felony(self) -> bool | None:
        if not self.is_conviction or self.is_cleared:
            return False
        granted = self.answer.outcome in (Outcome.AUTO, Outcome.MOTION)
        return False if granted and self._is_reduced else self.is_felony


@dataclass(slots=True)
class Effect:
    """What one policy comes to. People are those linked to a listed person, or one a record where nobody is."""

    policy: str | None
    outcomes: Counter[str] = field(default_factory=Counter)
    by_route: Counter[str] = field(default_factory=Counter)
    by_year: dict[int, Counter[str]] = field(default_factory=dict)
    convictions: int = 0
    cleared: int = 0
    reduced: int = 0
    people: int = 0
    people_no_felony_left: int = 0  # had one
    people_no_conviction_lately: int = 0  # had one in the last 7 years
    people_no_conviction_left: int = 0  # had one


def effect_of(policy: str | None, charges: Iterable[Weighed], as_of: date) -> Effect:
    """The sums over every charge, and over people: a doubt about a class or a date keeps what it may be."""
    effect = Effect(policy)
    people: dict[str, list[Weighed]] = {}
    for one in charges:
        people.setdefault(one.person, []).append(one)
        outcome = str(one.answer.outcome) or "elsewhere"
        effect.outcomes[outcome] += 1
        effect.by_route[one.answer.route or outcome] += 1
        year = one.decided.year if one.decided else 0
        effect.by_year.setdefault(year, Counter())[one.answer.route or outcome] += 1
        effect.convictions += one.is_conviction
        effect.cleared += one.is_cleared
        effect.reduced += one.is_conviction and one._is_reduced and one.answer.outcome in (Outcome.AUTO, Outcome.MOTION)
    for its in people.values():
        _count_person(effect, its, anniversary(as_of, -YEARS))
    return effect


def _count_person(effect: Effect, its: Sequence[Weighed], since: date) -> None:
    effect.people += 1
    convictions = [one for one in its if one.is_conviction]
    left = [one for one in convictions if not one.is_cleared]
    effect.people_no_conviction_left += bool(convictions) and not left
    had_felony = any(one.is_felony for one in convictions)
    effect.people_no_felony_left += had_felony and not any(one.leaves_felony is not False for one in convictions)
    had_lately = any(one.decided is not None and one.decided > since for one in convictions)
    has_lately = any(one.decided is None or one.decided > since for one in left)
    effect.people_no_conviction_lately += had_lately and not has_lately


def compared(store: Store, rules: deciding.Rules, policies: Sequence[Policy | None]) -> list[Effect]:
    """What each policy comes to over every record of the archive, on the day and under the law of `rules`."""
    weighed: list[list[Weighed]] = [[] for _ in policies]
    rulings = Rulings(store).standing()
    for record_id in _told_once(store):
        row, match = store.record(record_id), store.match(record_id)
        if row is None or row.body.defendant is None:
            continue
        case = case_of(store, row.body, match).case
        is_linked = match is not None and match.status is MatchStatus.LINKED and match.best is not None
        person = match.best.person_id if is_linked and match and match.best else record_id
        charges = {charge.count: charge for charge in row.body.charges}
        for place, policy in enumerate(policies):
            answers = determine(
                case, law=rules.law, policy=policy, as_of=rules.as_of, risk=rules.settings.risk, rulings=rulings
            )
            final = {answer.count: answer for answer in answers}
            weighed[place] += [_weighed(person, charges[count], answer) for count, answer in final.items()]
    names = (None if policy is None else policy.name for policy in policies)
    return [effect_of(name, its, rules.as_of) for name, its in zip(names, weighed, strict=True)]


def _told_once(store: Store) -> Iterator[RecordId]:
    """Every record, but of those that surely tell of one docket and defendant only the first."""
    seen: set[tuple[str, str]] = set()
    for record_id, _ in store.record_rows():
        row, match = store.record(record_id), store.match(record_id)
        number = None if row is None else row.body.docket_number.value
        best = None if match is None or match.status is not MatchStatus.LINKED else match.best
        if number is not None and best is not None:
            if (number, best.person_id) in seen:
                continue
            seen.add((number, best.person_id))
        yield record_id


def _weighed(person: str, charge: Charge, answer: Determination) -> Weighed:
    grade = charge.grade.value
    return Weighed(
        person=person,
        is_conviction=_is_conviction(charge),
        is_felony=None if grade is None else grade.startswith("F"),
        decided=charge.disposition_date.value,
        answer=answer,
    )


def _is_conviction(charge: Charge) -> bool:
    said = charge.disposition.value
    return said is Disposition.GUILTY or (said in DEFERRED and charge.termination.value is Termination.REVOKED)
