"""What every body of law gives the engine: a named, dated table of rules, and policies laid over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from casefile.law import Ground, Outcome, Question
from eligibility.case import Case
from eligibility.engine import Problem


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a law answers under one assignment of every fact it asked for.

    `grounds` are the rows tried, in order; `asks` are worth asking where the paper contradicts
    itself and the answer is `review` for that.
    """

    outcome: Outcome
    route: str | None
    reasons: tuple[str, ...]
    grounds: tuple[tuple[int, Ground], ...]  # (place of the row in the table, ground)
    asks: tuple[Question, ...] = ()
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """An office's own rule, laid over a law; `settings` are what that law lets an office choose."""

    name: str
    law: str
    version: str
    cite: str
    accompanying: str = "none"  # `any`, `violent` or `none`: what a conviction may not be accompanied by
    possession_only: bool = False
    classes: tuple[str, ...] = ()  # grades within the automatic lane; empty: all


@dataclass(frozen=True, slots=True)
class Law:
    """A body of law: its version, whether a record must stop, and the problem each charge poses."""

    name: str
    version: str
    problems: Callable[[Case, Policy | None, date], dict[int, Problem[Verdict]]]
