"""An office's policy over the Illinois table: it turns automatic relief of convictions into a motion, no more."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from casefile.docket import Grade
from casefile.law import Ground, Layer, Outcome
from eligibility.engine import Facts
from eligibility.illinois.charged import Charged
from eligibility.illinois.features import Features
from eligibility.illinois.figures import Figures
from eligibility.law import Policy, Verdict


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an office may choose over the Illinois table."""

    accompanying: Literal["any", "violent", "none"]  # what a conviction may not be accompanied by
    possession_only: bool
    classes: tuple[Grade, ...]  # grades within the automatic lane; empty: all


ROW = 100  # the overlay's grounds come after all rows of the table


def overlaid(
    verdict: Verdict, policy: Policy, features: Features, figures: Figures, as_of: date, facts: Facts
) -> Verdict:
    """The verdict under a policy; only what the law gives automatically to a conviction can change."""
    if verdict.outcome is not Outcome.AUTO or verdict.route != "i4":
        return verdict
    charged = Charged(features, figures, as_of, facts)
    failed = _failed(charged, policy.settings)
    because = "; ".join(failed.values()) or "within the automatic lane of the policy"
    ground = Ground(policy.cite, not failed, because, layer=Layer.POLICY)
    grounds = (*verdict.grounds, (ROW, ground))
    if not failed:
        return Verdict(verdict.outcome, verdict.route, verdict.reasons, grounds)
    return Verdict(Outcome.MOTION, "i3", (*verdict.reasons, *failed), grounds)


def _failed(charged: Charged, chosen: Settings) -> dict[str, str]:
    """What keeps a conviction out of the automatic lane, by reason code.

    `accompanying = violent` needs no test of its own: with a violent crime beside it a conviction is no minor
    offense, so the law has not made it automatic.
    """
    failed: dict[str, str] = {}
    if chosen.possession_only and charged.citation.section != "4":
        failed["P-POSSESSION-ONLY"] = "delivery: the policy's lane is for possession only"
    if chosen.classes and charged.variant.grade not in chosen.classes:
        failed["P-CLASS"] = "a class outside the policy's lane"
    if chosen.accompanying == "any" and charged.is_accompanied:
        failed["P-ACCOMPANIED"] = "accompanied by another conviction or by an arrest for something else"
    return failed
