"""Illinois: relief for cannabis records under 20 ILCS 2630/5.2(i)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from casefile.law import Outcome
from eligibility.case import Case
from eligibility.citation import provision_in, provision_of
from eligibility.engine import Facts, Problem
from eligibility.illinois.alike import alike
from eligibility.illinois.charged import Charged
from eligibility.illinois.features import Features, docket_of, features_of
from eligibility.illinois.figures import Figures, load
from eligibility.illinois.overlay import Settings, overlaid
from eligibility.illinois.rules import decide, motion_route
from eligibility.law import Law, Policy, Posed, Verdict


def law() -> Law:
    """Illinois law with the figures as shipped."""
    version = load().dates.version
    return Law(
        "illinois",
        version,
        problems_of,
        Settings,
        QUESTIONS,
        "i3",
        alike,
        PASSABLE,
        {"i4": "i3"},
        EARLY,
        provision_in,
    )


# What the table leaves to an attorney: none of these can be answered by looking at the paper again.
QUESTIONS = (
    "R-JUVENILE", "R-CONV-AFTER", "R-PRE-CCA", "R-ORDINANCE", "R-CASUAL", "M-ATTEMPT", "R-CLASS-ERA", "R-SENTENCE",
)  # fmt: skip
PASSABLE = (
    "R-JUVENILE",
    "R-CONV-AFTER",
    "R-PRE-CCA",
)  # before what was violated, its class and its ending are looked at


# Before ending, class and sentence are looked at; the rows that look at those are of Sections 4 and 5 alone.
EARLY = ("R-ORDINANCE", "R-CASUAL", "M-ATTEMPT")


def problems_of(case: Case, policy: Policy | None, as_of: date) -> Posed:
    """What is to be decided for each charge of the record, by its count."""
    figures = load()
    docket = docket_of(case, figures, as_of, law_alone=policy is None)
    same = same_result if policy is None else same_outcome

    def posed(count: int) -> Problem[Verdict]:
        charge = next(charge for charge in case.record.charges if charge.count == count)
        table = _Table(features_of(docket, charge), figures, as_of, policy)
        return Problem(table.decide, same, table.provision, table.motion_route)

    return Posed(posed)


def same_result(verdict: Verdict) -> Hashable:
    """The law layer gives one answer where outcome and route are the same."""
    return verdict.outcome, verdict.route


def same_outcome(verdict: Verdict) -> Hashable:
    """After an overlay the outcome is enough, but what is automatic must be so by one route: a list for the
    agencies is no motion, and where the law layer says review an overlay must not make it automatic."""
    return verdict.outcome, verdict.route if verdict.outcome is Outcome.AUTO else None


@dataclass(frozen=True, slots=True)
class _Table:
    """The decision table bound to the features of one charge."""

    features: Features
    figures: Figures
    as_of: date
    policy: Policy | None

    def decide(self, facts: Facts) -> Verdict:
        verdict = decide(self.features, self.figures, self.as_of, facts)
        if self.policy is None:
            return verdict
        return overlaid(verdict, self.policy, self.features, self.figures, self.as_of, facts)

    def provision(self, facts: Facts) -> str:
        """What a ruling on all like it may name: `720 ILCS 550/5`."""
        return provision_of(facts.ask(self.features.statute))

    def motion_route(self, facts: Facts) -> str | None:
        """The route by which a motion may be ruled for all like it."""
        return motion_route(Charged(self.features, self.figures, self.as_of, facts))
