"""A third law, made up, added without touching the engine: what docs/adding-a-law.md walks through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
import pytest

from casefile.docket import Disposition, Reading
from casefile.errors import InputError
from casefile.law import Ground, Layer, Outcome, Ruling
from eligibility.case import Case
from eligibility.determine import determine
from eligibility.engine import Facts, Feature, Problem
from eligibility.features import Reader
from eligibility.law import Law, Policy, Posed, Verdict
from eligibility.laws import policy_in
from eligibility.parameters import in_force
from eligibility.table import Answer, Tried, verdict_of
from eligibility.terms import anniversary


@dataclass(frozen=True)
class Wait:
    """A figure of law as its TOML would give it: in force from a day on, with its citation."""

    since: date
    years: int
    cite: str


WAITS = (
    Wait(date(1998, 1, 1), 5, "Example Code 10-105(c) [T]"),
    Wait(date(2017, 10, 1), 3, "Example Code 10-105(c), as amended 2017 [T]"),
)


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an office may choose over it."""

    ask_a_person: bool = False


@dataclass(frozen=True)
class Charged:
    """The notions of this law, from facts as they are asked for."""

    disposition: Feature[Any]
    decided: Feature[Any]
    as_of: date
    facts: Facts

    @property
    def is_conviction(self) -> bool:
        said = self.facts.ask(self.disposition)
        if said is None:
            return self.facts.choose("every ending", (True, False), about=self.disposition)
        return said is Disposition.GUILTY

    @property
    def wait(self) -> Wait | None:
        return in_force(WAITS, self.as_of)

    @property
    def is_over(self) -> bool:
        decided, wait = self.facts.ask(self.decided), self.wait
        if wait is None or decided is None:
            return self.facts.choose("waited", (True, False), about=self.decided)
        return self.as_of >= anniversary(decided, wait.years)


def no_conviction(charged: Charged) -> Tried:
    """Row 1."""
    answer = Answer(Outcome.AUTO, "10-105", ("E-NOCONV",))
    return Tried("Example Code 10-101 [T]", "a conviction", None if charged.is_conviction else answer)


def waited(charged: Charged) -> Tried:
    """Row 2."""
    wait = charged.wait
    cite = wait.cite if wait else "Example Code 10-105 [T]"
    answer = Answer(Outcome.MOTION, "10-105(c)", ("E-WAITED",)) if charged.is_over else None
    return Tried(cite, "the waiting period", answer)


def too_soon(charged: Charged) -> Tried:
    """Row 3."""
    return Tried("Example Code 10-105(c) [T]", "not yet", Answer(Outcome.INELIGIBLE, None, ("E-SOON",)))


ROWS = (("1", no_conviction), ("2", waited), ("3", too_soon))


def problems_of(case: Case, policy: Policy | None, as_of: date) -> Posed:
    def posed(count: int) -> Problem[Verdict]:
        charge = next(c for c in case.record.charges if c.count == count)
        of = Reader(case.record, charge, (charge,))
        disposition = of.feature("disposition", lambda c: c.disposition, tuple(Disposition))
        decided = of.feature("disposition_date", lambda c: c.disposition_date, (date(1990, 1, 1), as_of))

        def decide(facts: Facts) -> Verdict:
            verdict = verdict_of(ROWS, Charged(disposition, decided, as_of, facts), facts)
            if policy is not None and policy.settings.ask_a_person:
                ground = Ground(policy.cite, True, "a person looks at everything", layer=Layer.POLICY)
                return Verdict(Outcome.REVIEW, None, ("P-PERSON",), (*verdict.grounds, (100, ground)))
            return verdict

        return Problem(decide, lambda verdict: (verdict.outcome, verdict.route))

    return Posed(posed)


EXAMPLE = Law("example", "example-1", problems_of, Settings)
OFFICE = 'name = "o"\nlaw = "example"\nversion = "1"\nsince = 2020-01-01\ncite = "office"\n'


def answer(a: Any, as_of: str = "2026-06-30", policy: Policy | None = None, **fields: Any) -> str:
    case = Case(a.record(a.charge(**fields)))
    day = date.fromisoformat(as_of)
    found = determine(case, law=EXAMPLE, policy=policy, as_of=day, risk=0.005)[-1]
    return " ".join((found.outcome, *found.reason_codes))


@pytest.mark.parametrize(
    ("decided", "as_of", "expected"),
    [
        ("2012-10-01", "2017-09-30", "ineligible E-SOON"),
        ("2012-10-01", "2017-10-01", "motion E-WAITED"),
        ("2014-10-01", "2017-09-30", "ineligible E-SOON"),
        ("2014-10-01", "2017-10-01", "motion E-WAITED"),
        ("2020-02-29", "2023-02-28", "ineligible E-SOON"),
        ("2020-02-29", "2023-03-01", "motion E-WAITED"),
    ],
)
def test_its_dates_hold_to_the_day(a: Any, decided: str, as_of: str, expected: str) -> None:
    assert answer(a, as_of, disposition_date=date.fromisoformat(decided)) == expected


def test_the_engine_gives_it_doubt_and_silence(a: Any) -> None:
    assert answer(a, disposition_date=None) == "review R-AMBIGUOUS:disposition_date"
    assert answer(a, disposition=None, disposition_date=date(2025, 1, 1)) == "review R-AMBIGUOUS:disposition"
    either = Reading(date(2000, 1, 1), "ink", 0.6, alternatives=((date(2001, 1, 1), 0.4),))
    assert answer(a, disposition_date=either) == "motion E-WAITED"
    apart = Reading(date(2000, 1, 1), "ink", 0.6, alternatives=((date(2025, 1, 1), 0.4),))
    assert answer(a, disposition_date=apart) == "review R-AMBIGUOUS:disposition_date"


def test_its_policies_are_checked_against_its_own_settings(a: Any) -> None:
    policy = policy_in(OFFICE + "ask_a_person = true\n", EXAMPLE)
    assert answer(a, policy=policy) == "review P-PERSON"
    with pytest.raises(InputError, match="ask_a_peson"):
        policy_in(OFFICE + "ask_a_peson = true\n", EXAMPLE)
    with pytest.raises(InputError, match="law"):
        policy_in(OFFICE.replace("example", "nowhere"))


@pytest.mark.parametrize("is_early", [False, True])
def test_a_ruling_on_a_provision_finds_no_charge_of_a_law_that_names_none(a: Any, is_early: bool) -> None:
    law = replace(EXAMPLE, questions=("P-PERSON",), motion_route="10-105", early=("P-PERSON",) if is_early else ())
    policy = policy_in(OFFICE + "ask_a_person = true\n", EXAMPLE)
    case = Case(a.record(a.charge()))
    found = {}
    for provision in ("", "720 ILCS 550/4"):
        ruling = Ruling(1, "example", "P-PERSON", Outcome.MOTION, "A", "why", "2026-01-02", provision=provision)
        answers = determine(case, law=law, policy=policy, as_of=date(2026, 6, 30), risk=0.005, rulings=[ruling])
        found[provision] = answers[-1].outcome
    assert found == {"": Outcome.REVIEW if is_early else Outcome.MOTION, "720 ILCS 550/4": Outcome.REVIEW}
