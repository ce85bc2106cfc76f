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
LEFT_OPEN = "its ending, class or sentence leaves this charge open all the same"
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
        passed: list[Ruling] = []
        while True:
            verdict = problem.decide(facts.passing(ruling.question for ruling in passed))
            ruling = _answering(verdict, problem, rulings, facts)
            if ruling is None:
                return _gone_on(verdict, passed, law)
            if ruling in passed:  # the row stands, but for what was ruled of this very charge
                passed.remove(ruling)
                return _gone_on(ruled_so(verdict, ruling, law) if ruling.charge_id else verdict, passed, law)
            if ruling.outcome is not Outcome.MOTION or ruling.question not in law.passable:
                return _gone_on(_ruled_early(verdict, ruling, law, problem, facts), passed, law)
            passed.append(ruling)

    return replace(problem, decide=decide)


def _ruled_early(verdict: Verdict, ruling: Ruling, law: Law, problem: Problem[Verdict], facts: Facts) -> Verdict:
    """The verdict as ruled; a motion for all like it only as far as rows below the one it answers allow."""
    if ruling.charge_id or ruling.outcome is not Outcome.MOTION or ruling.question not in law.early:
        return ruled_so(verdict, ruling, law)
    route = problem.motion_route(facts)
    if route is not None:
        return replace(ruled_so(verdict, ruling, law), route=route)
    ground = replace(_ground(ruling), met=None, because=f"{_ground(ruling).because}; {LEFT_OPEN}")
    return replace(verdict, grounds=(*verdict.grounds, (ROW, ground)))


def _answering(verdict: Verdict, problem: Problem[Verdict], rulings: Sequence[Ruling], facts: Facts) -> Ruling | None:
    """The ruling that answers the question a verdict leaves open, if any."""
    if verdict.outcome is not Outcome.REVIEW:
        return None
    asked = [ruling for ruling in rulings if ruling.question in verdict.reasons[:1]]
    provision = problem.provision(facts) if any(ruling.provision for ruling in asked) else ""
    return next((ruling for ruling in asked if ruling.provision in ("", provision)), None)


def _gone_on(verdict: Verdict, passed: Sequence[Ruling], law: Law) -> Verdict:
    """What the table came to beyond the rows that were passed: never automatic, and open where no motion reaches what
    it would give; the codes of those rows stay with it, so that a revoked ruling finds its charges."""
    for ruling in reversed(passed):
        if verdict.outcome is Outcome.AUTO:
            verdict = _by_motion(verdict, ruling, law)
        is_open = verdict.outcome is Outcome.REVIEW or RULED in verdict.reasons
        codes = (*verdict.reasons, *(() if ruling.question in verdict.reasons else (ruling.question,)))
        grounds = (*verdict.grounds, (ROW, _ground(ruling)))
        verdict = replace(verdict, reasons=codes if is_open else (*codes, RULED), grounds=grounds)
    return verdict


def _by_motion(verdict: Verdict, ruling: Ruling, law: Law) -> Verdict:
    """What the table gives automatically, as the motion that a ruling makes of it at most."""
    route = law.by_motion.get(verdict.route or "")
    if route is None:
        return replace(verdict, outcome=Outcome.REVIEW, route=None, result=None, reasons=(ruling.question,))
    return replace(verdict, outcome=Outcome.MOTION, route=route, result=ruling.result or verdict.result)


def is_of_fact(questions: Sequence[Question]) -> bool:
    """Whether what is open is a fact that no page shows, and little is open once it is told: a doubt of the ink that
    settles nothing alone may settle the answer beside it."""
    return bool(questions) and not questions[0].about_ink and questions[0].worth >= 1 - HARDLY


def on_fact(rulings: Sequence[Ruling], reason: str) -> Ruling | None:
    """The ruling on a fact that no page shows, made for this charge alone."""
    return next((r for r in rulings if r.charge_id and r.question == reason and reason.startswith(FACT)), None)


def ruled_so(verdict: Verdict, ruling: Ruling, law: Law) -> Verdict:
    """The verdict as ruled, with the ruling as its last ground; who ruled stands in the archive alone."""
    if ruling.outcome not in (Outcome.MOTION, Outcome.INELIGIBLE):
        return verdict
    is_motion = ruling.outcome is Outcome.MOTION
    return replace(
        verdict,
        outcome=ruling.outcome,
        route=law.motion_route if is_motion else None,
        result=ruling.result if is_motion else None,
        reasons=(*verdict.reasons, RULED),
        grounds=(*verdict.grounds, (ROW, _ground(ruling))),
        asks=(),
    )


def _ground(ruling: Ruling) -> Ground:
    scope = "for this charge" if ruling.charge_id else "for all like it"
    because = f"ruled {scope}: {ruling.outcome}; ruling {ruling.ruling_id} of {ruling.at[:10]}: {ruling.reason}"
    return Ground(f"ruling on {ruling.question}", True, because, layer=Layer.RULING)
