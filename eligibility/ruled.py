"""Attorneys' rulings laid over what a law leaves open; they never make anything automatic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from casefile.docket import ChargeId
from casefile.law import Ground, Layer, Outcome, Question, Ruling
from eligibility.engine import Facts, Problem
from eligibility.law import Law, Verdict

ROW = 200  # the ruling's ground comes after all rows and after the policy
RULED = "RULED"
HARDLY = 0.01  # of the doubt
FACT = "R-AMBIGUOUS:"  # a fact no page shows may be ruled on for one charge


def applying(rulings: Iterable[Ruling], law: Law, charge_id: ChargeId) -> tuple[Ruling, ...]:
    """The standing rulings that may bear on a charge, the one that goes before others first: what was ruled for
    this charge before what was ruled for all like it, then the later before the earlier."""
    found = [r for r in rulings if r.stands and r.law == law.name and r.charge_id in (None, charge_id)]
    return tuple(sorted(found, key=lambda r: (r.charge_id is None, -r.ruling_id)))


def ruled(problem: Problem[Verdict], rulings: Sequence[Ruling], law: Law) -> Problem[Verdict]:
    """The problem with the rulings' answers where the law's table says review for a question of law."""
    rulings = [ruling for ruling in rulings if ruling.question in law.questions]
    if not rulings:
        return problem

    def decide(facts: Facts) -> Verdict:
        verdict = problem.decide(facts)
        if verdict.outcome is not Outcome.REVIEW:
            return verdict
        asked = [ruling for ruling in rulings if ruling.question in verdict.reasons[:1]]
        provision = problem.provision(facts) if any(ruling.provision for ruling in asked) else ""
        ruling = next((r for r in asked if r.provision in ("", provision)), None)
        return verdict if ruling is None else ruled_so(verdict, ruling, law)

    return replace(problem, decide=decide)


def is_of_fact(questions: Sequence[Question]) -> bool:
    """Whether what is open is a fact that no page shows, and what the ink leaves open beside it hardly matters."""
    return bool(questions) and not questions[0].about_ink and all(q.worth < HARDLY for q in questions if q.about_ink)


def on_fact(rulings: Sequence[Ruling], reason: str) -> Ruling | None:
    """The ruling on a fact that no page shows, made for this charge alone."""
    return next((r for r in rulings if r.charge_id and r.question == reason and reason.startswith(FACT)), None)


def ruled_so(verdict: Verdict, ruling: Ruling, law: Law) -> Verdict:
    """The verdict as ruled, with the ruling as its last ground; who ruled stands in the archive alone."""
    if ruling.outcome not in (Outcome.MOTION, Outcome.INELIGIBLE):
        return verdict
    scope = "for this charge" if ruling.charge_id else "for all like it"
    because = f"ruled {scope}: {ruling.outcome}; ruling {ruling.ruling_id} of {ruling.at[:10]}: {ruling.reason}"
    ground = Ground(f"ruling on {ruling.question}", True, because, layer=Layer.RULING)
    is_motion = ruling.outcome is Outcome.MOTION
    return replace(
        verdict,
        outcome=ruling.outcome,
        route=law.motion_route if is_motion else None,
        result=ruling.result if is_motion else None,
        reasons=(*verdict.reasons, RULED),
        grounds=(*verdict.grounds, (ROW, ground)),
        asks=(),
    )
