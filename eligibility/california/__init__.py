"""California: relief for cannabis convictions after Proposition 64, HS 11361.8 and 11361.9."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from eligibility.california.alike import alike
from eligibility.california.charged import Charged, Features, features_of
from eligibility.california.citation import provision_in, provision_of
from eligibility.california.figures import Figures, load
from eligibility.california.history import History, history_of
from eligibility.california.overlay import Settings, overlaid
from eligibility.california.rules import AUTOMATIC, PETITION, ROWS
from eligibility.case import Case
from eligibility.engine import Facts, Problem
from eligibility.law import Law, Policy, Posed, Verdict
from eligibility.table import verdict_of

# What the table leaves to an attorney: none of these can be answered by looking at the record again.
QUESTIONS = ("R-DERIVATIVE", "R-FACT", "R-PRIOR-DATE", "R-TWO-PRIORS", "R-OTHER")
# Before other exclusions, the act's date and the sentence are looked at.
PASSABLE = ("R-DERIVATIVE", "R-FACT", "R-PRIOR-DATE", "R-TWO-PRIORS")


def law() -> Law:
    """California law with the figures as shipped."""
    version = load().dates.version
    by_motion = {AUTOMATIC: PETITION}
    return Law(
        "california",
        version,
        problems_of,
        Settings,
        QUESTIONS,
        PETITION,
        alike,
        PASSABLE,
        by_motion,
        provision_in=provision_in,
    )


def problems_of(case: Case, policy: Policy | None, as_of: date) -> Posed:
    """What is to be decided for each charge of the record, by its count."""
    figures = load()
    silence = figures.dates.sentence.margin_years, figures.dates.sentence.years_if_no_term
    history = history_of(case, figures.priors, as_of, silence)

    def posed(count: int) -> Problem[Verdict]:
        charge = next(charge for charge in case.record.charges if charge.count == count)
        table = _Table(features_of(case, charge, figures, as_of), history, figures, as_of, policy)
        return Problem(table.decide, same_answer, table.provision)

    return Posed(posed)


def same_answer(verdict: Verdict) -> Hashable:
    """One answer: outcome, route, and what becomes of the conviction."""
    return verdict.outcome, verdict.route, verdict.result


@dataclass(frozen=True, slots=True)
class _Table:
    """The decision table bound to the features of one charge."""

    features: Features
    history: History
    figures: Figures
    as_of: date
    policy: Policy | None

    def decide(self, facts: Facts) -> Verdict:
        charged = Charged(self.features, self.history, self.figures, self.as_of, facts)
        verdict = verdict_of(ROWS, charged, facts)
        return verdict if self.policy is None else overlaid(verdict, self.policy, charged)

    def provision(self, facts: Facts) -> str:
        """What a ruling on all like it may name: `HS 11359`."""
        return provision_of(facts.ask(self.features.statute))
