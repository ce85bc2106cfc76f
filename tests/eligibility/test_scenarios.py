"""Every scenario file gives the outcome, route and reasons it states, under the law and under the overlay."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casefile.docket import Charge, ChargeId, DocumentKind, Gap, GapKind, Reading, RecordId
from casefile.law import Determination
from casefile.linkage import Candidate, Match, MatchStatus
from casefile.persons import Person, PersonId
from eligibility.case import Case, Related, Stated
from eligibility.determine import determine, load_law, load_policy

SCENARIOS = [
    pytest.param(scenario, id=f"{path.stem}: {scenario['name']}")
    for path in sorted(Path(__file__).parent.glob("scenarios/*.toml"))
    for scenario in tomllib.loads(path.read_text(encoding="utf-8"))["scenario"]
]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_has_its_outcome(scenario: dict[str, Any], a: Any) -> None:
    as_of = scenario.get("as_of", date(2026, 6, 30))
    case = case_of(scenario, a)
    for policy, expected in scenario["expect"].items():
        chosen = None if policy == "law" else load_policy(policy)
        law = load_law(scenario.get("law", "illinois"))
        answers = determine(case, law=law, policy=chosen, as_of=as_of, risk=0.005)
        if expected == "nothing":
            assert answers == ()
        else:
            answer = next(d for d in answers if d.count == 1 and d.policy == (chosen.name if chosen else None))
            assert told(answer) == expected, [(g.cite, g.met, g.because) for g in answer.grounds]


def told(answer: Determination) -> str:
    """As a scenario writes it: `auto/i4 A-MCO-CONV`, or `auto/11361.9 [dismiss] A-DISMISS`."""
    route = f"/{answer.route}" if answer.route else ""
    result = (f"[{answer.result}]",) if answer.result else ()
    return " ".join((answer.outcome + route, *result, *answer.reason_codes))


STATED = [f.name for f in dataclasses.fields(Stated)]


def case_of(scenario: dict[str, Any], a: Any) -> Case:
    stated: dict[ChargeId, Stated] = {}
    first = charge_of(a, 1, scenario["charge"], stated)
    others = [charge_of(a, count, also, stated) for count, also in enumerate(scenario.get("same_case", ()), start=2)]
    record = a.record(first, *others, **record_facts(scenario.get("record", {}), a))
    tellings = tuple(
        a.record(charge_of(a, telling.pop("count", 1), telling, stated, f"t{i}"), record_id=f"t{i}")
        for i, telling in enumerate(map(dict, scenario.get("telling", ())))
    )
    related = tuple(related_of(a, i, also, stated) for i, also in enumerate(scenario.get("related", ())))
    match, person = match_of(scenario.get("match"))
    return Case(record, tellings, related, match, person, stated)


def charge_of(
    a: Any, count: int, facts: dict[str, Any], stated: dict[ChargeId, Stated], record_id: str = "r1"
) -> Charge:
    """A charge of the scenario; what only data of record say is put beside it."""
    cells = {name: value for name, value in facts.items() if name in STATED}
    charge = a.charge(count, record_id, **(a.nothing | a.stated({n: v for n, v in facts.items() if n not in STATED})))
    if cells:
        stated[charge.charge_id] = Stated(**{name: cell(name, value) for name, value in cells.items()})
    return charge


def cell(name: str, value: Any) -> Reading[Any]:
    if value == "illegible":
        return Reading(None, "???", 0.3)
    return Reading(tuple(value) if name == "facts" else value, "cell")


def record_facts(facts: dict[str, Any], a: Any) -> dict[str, Any]:
    stated = a.stated({name: facts[name] for name in ("arrest_date", "birth_date") if name in facts})
    if "kind" in facts:
        stated["kind"] = DocumentKind(facts["kind"])
    return stated | {"gaps": [Gap(GapKind(kind)) for kind in facts.get("gaps", ())]}


def related_of(a: Any, number: int, facts: dict[str, Any], stated: dict[ChargeId, Stated]) -> Related:
    facts = dict(facts)
    ties = [{"yes": True, "no": False, "perhaps": None}[facts.pop(tie)] for tie in ("case", "person", "event")]
    gaps = [Gap(GapKind(kind)) for kind in facts.pop("gaps", ())]
    name = f"other{number}"
    record = a.record(charge_of(a, 1, facts, stated, name), record_id=name, gaps=gaps)
    return Related(record, *ties)


def match_of(facts: dict[str, Any] | None) -> tuple[Match | None, Person | None]:
    if facts is None:
        return None, None
    candidate = Candidate(PersonId("P1"), facts.get("probability", 1.0), ())
    settled = facts.get("settled", False)
    match = Match(RecordId("r1"), MatchStatus(facts["status"]), (candidate,), "fields agree", settled)
    illegible = ("birth_date",) if facts.get("birth_date_illegible") else ()
    return match, Person(PersonId("P1"), "QUILLBY", birth_date=facts.get("birth_date"), illegible=illegible)
