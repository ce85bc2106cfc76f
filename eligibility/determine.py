"""Records to determinations: what the law answers for each charge, as surely as the ink allows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date

from casefile.docket import Charge
from casefile.errors import ArgumentError
from casefile.law import Determination, Ground, Outcome, Ruling
from eligibility.case import Case
from eligibility.engine import Finding, Problem, finding_of
from eligibility.features import STOPPED, link_of
from eligibility.law import Law, Policy, Verdict
from eligibility.laws import LAWS, load_law, load_policy
from eligibility.ruled import applying, is_of_fact, on_fact, ruled, ruled_so

__all__ = ["LAWS", "determine", "load_law", "load_policy"]


def determine(
    case: Case,
    *,
    law: Law,
    policy: Policy | None,
    as_of: date,
    risk: float,
    rulings: Sequence[Ruling] = (),
    counts: Container[int] | None = None,
) -> tuple[Determination, ...]:
    """One determination for each charge of the record, and with a policy a second one after it.

    Nothing is said of a record that was expunged or sealed. `risk`, 0 to 1, is the chance of a wrong answer
    the office allows a determination, of doubt that counts as `case.weight` says; what is surer than that is
    answered, the rest is `review`. `rulings` are attorneys' answers to questions of law; `counts` leaves out every
    charge but these.
    """
    if policy is not None and policy.law != law.name:
        raise ArgumentError(f"policy {policy.name} is made for the law {policy.law}, not {law.name}")
    if is_stopped(case):
        return ()
    return tuple(_determinations(case, law, policy, as_of, risk, rulings, counts))


def is_stopped(case: Case) -> bool:
    """Whether the paper says that this case was expunged or sealed, so that nothing may be said of it."""
    records = (case.record, *case.tellings)
    return any(charge.disposition.value in STOPPED for record in records for charge in record.charges)


def _determinations(
    case: Case,
    law: Law,
    policy: Policy | None,
    as_of: date,
    risk: float,
    rulings: Sequence[Ruling],
    counts: Container[int] | None,
) -> Iterator[Determination]:
    layers = (None,) if policy is None else (None, policy)
    problems = [law.problems(case, layer, as_of) for layer in layers]
    for charge in case.record.charges:
        if counts is not None and charge.count not in counts:
            continue
        its = applying(rulings, law, charge.charge_id)
        for layer, posed in zip(layers, problems, strict=True):
            verdict, finding = _found(posed[charge.count], its, law, _Allowed(case, risk))
            yield _determination(case, charge, law, layer, as_of, verdict, finding)


class _Allowed:
    """How much doubt an answer about a case may have: that of its readings counts for the case's weight, that of the
    link to the person for all of itself."""

    def __init__(self, case: Case, risk: float) -> None:
        self._weight = case.weight
        self._link = 1 - link_of(case).doubt.branches[0].probability
        self.doubt = min(0.5, max(0.0, risk - (1 - case.weight) * self._link) / case.weight)

    def weighed(self, probability: float) -> float:
        """The probability of an answer, from what the exploration found."""
        doubt = 1 - probability
        return 1 - (self._weight * doubt + (1 - self._weight) * min(doubt, self._link))


def _found(
    problem: Problem[Verdict], rulings: Sequence[Ruling], law: Law, allowed: _Allowed
) -> tuple[Verdict, Finding[Verdict]]:
    """The verdict with its rulings, and what the exploration came to, its doubt weighed."""
    finding = finding_of(ruled(problem, rulings, law), risk=allowed.doubt)
    finding = replace(finding, probability=allowed.weighed(finding.probability))
    if finding.verdict is not None:
        return finding.verdict, finding
    undecided = _undecided(finding)
    ruling = on_fact(rulings, undecided.reasons[0]) if is_of_fact(finding.questions) else None
    return (undecided if ruling is None else ruled_so(undecided, ruling, law)), finding


def _determination(
    case: Case,
    charge: Charge,
    law: Law,
    layer: Policy | None,
    as_of: date,
    verdict: Verdict,
    finding: Finding[Verdict],
) -> Determination:
    settled = verdict.outcome is not Outcome.REVIEW
    return Determination(
        record_id=case.record.record_id,
        charge_id=charge.charge_id,
        count=charge.count,
        law=law.name,
        law_version=law.version,
        policy=layer.name if layer else None,
        as_of=as_of,
        outcome=verdict.outcome,
        route=verdict.route,
        result=verdict.result,
        reason_codes=verdict.reasons,
        grounds=(_row_1(finding), *(ground for _, ground in verdict.grounds)),
        probability=finding.probability if settled else None,
        questions=() if settled else (verdict.asks or finding.questions),
    )


def _row_1(finding: Finding[Verdict]) -> Ground:
    cite = "law file, section 5"
    if finding.cut_short:
        return Ground(cite, True, "row 1: more doubtful readings together than can be weighed; a person must look")
    if finding.verdict is not None and finding.verdict.asks:
        fields = ", ".join(question.field for question in finding.verdict.asks)
        return Ground(cite, True, f"row 1: the paper contradicts itself, or lacks what nothing stands for: {fields}")
    if finding.verdict is not None:
        return Ground(cite, False, "row 1: all that the paper may say gives the same result")
    fields = ", ".join(dict.fromkeys(question.field for question in finding.questions))
    return Ground(cite, True, f"row 1: what the paper may say gives different results; in doubt: {fields}")


def _undecided(finding: Finding[Verdict]) -> Verdict:
    """The review that a doubt leads to, with the rows on which the possible readings differ left unknown."""
    if finding.cut_short:
        return Verdict(Outcome.REVIEW, None, ("R-OTHER",), ())
    reasons = tuple(f"R-AMBIGUOUS:{question.field}" for question in finding.questions[:1])
    return Verdict(Outcome.REVIEW, None, reasons or ("R-OTHER",), _rows_in_doubt(finding.seen))


def _rows_in_doubt(seen: tuple[Verdict, ...]) -> tuple[tuple[int, Ground], ...]:
    """Every row that any possible reading came to; notes are left out, for nothing is answered."""
    rows: dict[int, list[Ground]] = {}
    for verdict in seen:
        for row, ground in dict(reversed(verdict.grounds)).items():  # of a row and its notes the row
            rows.setdefault(row, []).append(ground)
    return tuple((row, _in_doubt(rows[row], len(seen))) for row in sorted(rows))


def _in_doubt(grounds: list[Ground], readings: int) -> Ground:
    """One ground for a row: unknown where the readings differ, or only some of them come so far as to meet it."""
    first = grounds[0]
    if all(ground.met is False for ground in grounds) or (
        len(grounds) == readings and all(ground.met == first.met for ground in grounds)
    ):
        return first
    because = "; or ".join(dict.fromkeys(ground.because for ground in grounds))
    sources = dict.fromkeys(source for ground in grounds for source in ground.sources)
    return Ground(first.cite, None, because, tuple(sources))
