"""What every body of law gives the engine: a named, dated table of rules, and policies laid over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casefile.law import Ground, Outcome, Question
from eligibility.case import Case
from eligibility.engine import Problem
from eligibility.entries import AlikeOf


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
    settings: Any


class Posed(dict[int, Problem[Verdict]]):
    """The problems of a record's charges by count, each made when it is first asked for."""

    def __init__(self, pose: Callable[[int], Problem[Verdict]]) -> None:
        super().__init__()
        self._pose = pose

    def __missing__(self, count: int) -> Problem[Verdict]:
        found = self[count] = self._pose(count)
        return found


Problems = Callable[[Case, Policy | None, date], Posed]


@dataclass(frozen=True, slots=True)
class Law:
    """A body of law: its version and the problem each charge poses, by count.

    `settings` is the shape of what a policy over it may choose. `questions` are the reason codes that an attorney
    may rule on, and `motion_route` is the route of what is ruled a motion. Those of `passable` rows stand before rows
    that look at the charge itself: ruled a motion, they only let the table go on, and `by_motion` is the route by
    which a motion reaches what the table then gives automatically. Those of `early` rows answer before rows that
    look at how the charge ended and whether its sentence is complete: a motion ruled for all like it stands where
    the problem names a route for it, and leaves the others open. `provision_in` names the provision of a citation
    as rulings do. `alike` tells which rows of data have one
    answer; without it each is decided by itself, which is slower and no different.
    """

    name: str
    version: str
    problems: Problems
    settings: type[Any]
    questions: tuple[str, ...] = ()
    motion_route: str | None = None
    alike: AlikeOf | None = None
    passable: tuple[str, ...] = ()
    by_motion: Mapping[str, str] = field(default_factory=dict)
    early: tuple[str, ...] = ()
    provision_in: Callable[[str], str] = str
