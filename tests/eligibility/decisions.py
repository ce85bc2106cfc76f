"""A book of decisions: many made-up cases with what each law answers, so that a change of any answer shows.

    .venv/bin/python -m tests.eligibility.decisions

writes it again. What is right is said by the scenarios and the tables of the other tests; this says what changed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from casefile.docket import (
    Charge,
    ChargeId,
    Disposition,
    DocketRecord,
    DocumentKind,
    Gap,
    GapKind,
    Grade,
    Grams,
    Reading,
    RecordId,
    SentenceKind,
    SentencePart,
    SettledBy,
    Termination,
    Unit,
    silent,
)
from casefile.law import Determination
from casefile.linkage import Candidate, Match, MatchStatus
from casefile.persons import Person, PersonId
from eligibility.case import Case, Related, Stated
from eligibility.determine import determine, load_law, load_policy
from eligibility.laws import policy_in
from tests.eligibility.conftest import Factories

KEPT = Path(__file__).parent / "kept"
CASES = {"illinois": 240, "california": 220}
POLICIES = {
    "illinois": (None, "cook_announced", "cook_announced_violent"),
    "california": (None, "ca_example", "ca_statute", "shown"),
}
SHOWN = """name = "shown"
law = "california"
version = "1"
since = 2019-01-01
cite = "our office"
exclusions = "shown"
gang_enhancement = true
review = ["HS 11360(b)"]
reduce = ["HS 11360"]
years_crime_free = 5
only_cannabis_completed = true
related_dismiss = ["PC 32"]
misdemeanors = "pass"
otherwise = "redesignate"
"""
AS_OF = {"illinois": date(2026, 6, 30), "california": date(2019, 11, 11)}
RISK = 0.005
DAYS = {
    "illinois": [
        date(1968, 10, 3), date(1972, 1, 5), date(1979, 6, 15), date(1986, 3, 11), date(1998, 5, 2), date(2004, 2, 29),
        date(2012, 8, 9), date(2016, 8, 10), date(2018, 11, 1), date(2019, 7, 10), date(2025, 9, 1),
    ],
    "california": [
        date(1979, 6, 15), date(1998, 5, 2), date(2004, 2, 29), date(2008, 11, 30), date(2010, 1, 15),
        date(2012, 8, 9), date(2016, 8, 10), date(2016, 11, 20), date(2017, 2, 1), date(2019, 3, 1),
    ],
}  # fmt: skip
STATUTES = {
    "illinois": [
        "720 ILCS 550/4", "720 ILCS 550/4(a)", "720 ILCS 550/4(b)", "720 ILCS 550/4(c)", "720 ILCS 550/4(d)",
        "720 ILCS 550/4(f)", "720 ILCS 550/5", "720 ILCS 550/5(b)", "720 ILCS 550/5(c)", "720 ILCS 550/5(d)",
        "720 ILCS 550/5.2(b)", "720 ILCS 550/6", "720 ILCS 550/7", "720 ILCS 550/8(b)", "720 ILCS 600/3.5",
        "720 ILCS 5/8-4 (720 ILCS 550/4(d))", "720 ILCS 5/8-4 (720 ILCS 550/5(c))", "720 ILCS 5/8-4", "unparsable",
        "720 ILCS 5/12-3.2", "720 ILCS 5/12-3", "720 ILCS 5/16-25", "720 ILCS 5/18-1", "720 ILCS 5/9-1",
        "720 ILCS 5/8-4 (720 ILCS 5/9-1)", "625 ILCS 5/6-303", "Chicago Municipal Code 7-24-099", "HS 11357(b)",
        "Ill. Rev. Stat. ch. 56 1/2, par. 704(c)", "Ill. Rev. Stat. ch. 38, par. 22-40",
    ],
    "california": [
        "HS 11357", "HS 11357(a)", "HS 11357(b)", "HS 11357(c)", "HS 11357(d)", "HS 11357(e)", "HS 11358", "HS 11359",
        "HS 11359", "HS 11360", "HS 11360(a)", "HS 11360(b)", "HS 11366", "HS 11366.5", "PC 32", "PC 664/HS 11359",
        "PC 182(a)(1)/HS 11358", "PC 484", "PC 187", "PC 246", "PC 186.22(b)(4)", "PC 288(a)", "VC 23152(a)", "??",
    ],
}  # fmt: skip
USUAL: dict[str, dict[str, Any]] = {
    "illinois": {
        "statute": "720 ILCS 550/4(b)", "offense_date": date(1998, 5, 2), "disposition": Disposition.GUILTY,
        "disposition_date": date(1998, 9, 1), "sentence": (SentencePart(SentenceKind.FINE),),
    },
    "california": {
        "statute": "HS 11359", "grade": Grade.F, "offense_date": date(2010, 1, 15), "disposition": Disposition.GUILTY,
        "disposition_date": date(2010, 6, 1),
    },
}  # fmt: skip
SENTENCES = [
    (SentencePart(SentenceKind.FINE),),
    (SentencePart(SentenceKind.PROBATION, 18, Unit.MONTHS),),
    (SentencePart(SentenceKind.SUPERVISION, 12, Unit.MONTHS),),
    (SentencePart(SentenceKind.PRISON),),
    (SentencePart(SentenceKind.PRISON, 30, Unit.YEARS), SentencePart(SentenceKind.FINE, 100, Unit.DOLLARS)),
    (SentencePart(SentenceKind.JAIL, 10, Unit.DAYS), SentencePart(SentenceKind.TIME_SERVED)),
]
STATED: dict[str, list[Any]] = {
    "sentence_complete": [True, True, False], "sentence_end": [date(2011, 1, 1), date(2035, 1, 1)],
    "county": ["Alameda"], "deceased": [True, False], "sex_registrant": [True, False], "plants": [5.0, 7.0],
    "form": ["concentrate"], "facts": [("minor_sale",), ("import_export",), ("environmental", "minor_use")],
    "doj_listed": [True, False], "challenged": [True, False],
}  # fmt: skip
BIRTHS = [date(1960, 1, 1), date(1980, 3, 4), date(1992, 6, 1), date(1996, 2, 29)]
OFTEN = {"statute": 0.5, "disposition": 0.3, "offense_date": 0.25, "disposition_date": 0.25}  # not what is usual
TIES = (True, True, True, False, False, None)


class Maker:
    """Makes one case of a law; of each thing now what is usual, now what is not, now a doubt."""

    def __init__(self, law: str, number: int) -> None:
        self._law, self._draw = law, random.Random(f"{law} {number}")
        self._a = Factories()
        self._doubts = number % 4  # of a quarter of the cases no reading is doubtful, and of none more than three

    def case(self) -> Case:
        draw = self._draw
        record = self._record("r1", draw.choices([1, 2, 3], [6, 3, 1])[0])
        told = [self._record("t1", 1)] if draw.random() < 0.15 else []
        related = [
            Related(self._record(f"o{n}", 1), *(draw.choice(TIES) for _ in range(3)))
            for n in range(draw.choices([0, 1, 2, 4], [5, 3, 2, 1])[0])
        ]
        match, person = self._link()
        every = [charge for found in (record, *told, *(r.record for r in related)) for charge in found.charges]
        return Case(record, tuple(told), tuple(related), match, person, dict(self._stated(every)))

    def _record(self, record_id: str, charges: int) -> DocketRecord:
        draw, days = self._draw, DAYS[self._law]
        gaps = (Gap(draw.choice(list(GapKind))),) if draw.random() < 0.03 else ()
        return self._a.record(
            *(self._charge(record_id, n) for n in range(1, charges + 1)),
            record_id=record_id,
            kind=draw.choice([DocumentKind.CERTIFIED_STATEMENT, DocumentKind.COMPLAINT, DocumentKind.LEDGER]),
            arrest_date=self._reading(days, None),
            birth_date=self._reading(BIRTHS, draw.choice([None, BIRTHS[0]])),
            gaps=gaps,
        )

    def _charge(self, record_id: str, count: int) -> Charge:
        days, usual = DAYS[self._law], USUAL[self._law]
        values: dict[str, list[Any]] = {
            "statute": STATUTES[self._law], "grade": list(Grade), "offense_date": days, "disposition_date": days,
            "grams": [Grams(6, 6), Grams(20, 30), Grams(30.1, 30.1), Grams(None, 2.5), Grams(10, None), Grams(8, 8)],
            "subsequent": [True, False], "section7": [True, False], "sentence": SENTENCES,
            "disposition": [*(d for d in Disposition if d is not Disposition.SEALED)],
            "termination": list(Termination), "violated": [True, False],
        }  # fmt: skip
        told = {name: self._reading(known, usual.get(name), OFTEN.get(name, 0.1)) for name, known in values.items()}
        return self._a.charge(count, record_id, **(dict.fromkeys(told) | {"description": None} | told))

    def _reading(self, values: list[Any], usual: Any, often: float = 0.15) -> Reading[Any]:
        draw = self._draw
        if draw.random() > often:
            return silent() if usual is None else Reading(usual, "ink")
        (kind,) = draw.choices(["silent", "sure", "doubtful", "illegible"], [2, 6, 6, 1])
        if kind == "silent":
            return silent()
        value = draw.choice(values)
        if kind == "sure" or not self._doubts:
            return Reading(value, "ink")
        self._doubts -= 1
        if kind == "illegible":
            return Reading(None, "l9?l", 0.2, settled_by=draw.choice([SettledBy.MACHINE, SettledBy.REVIEWER]))
        confidence = draw.choice([0.6, 0.9, 0.985, 0.997, 0.9995])
        other = draw.choice([*(v for v in values if v != value), None])
        left = draw.choice([0.0, 0.5, 1.0]) * (1 - confidence)
        return Reading(value, "ink", confidence, alternatives=((other, left),) if left else ())

    def _stated(self, charges: list[Charge]) -> Iterator[tuple[ChargeId, Stated]]:
        chance = {"illinois": 0.05, "california": 0.2}[self._law]
        for charge in charges:
            told = {n: self._reading(v, None, 0.4) for n, v in STATED.items() if self._draw.random() < chance}
            if self._law == "california" and self._draw.random() < 0.6:
                told["sentence_complete"] = Reading(True, "cell")
            yield charge.charge_id, Stated(**told)

    def _link(self) -> tuple[Match | None, Person | None]:
        draw = self._draw
        if draw.random() < 0.7:
            return None, None
        (status,) = draw.choices([MatchStatus.LINKED, MatchStatus.POSSIBLE, MatchStatus.NONE], [4, 1, 1])
        if status is MatchStatus.NONE:
            return Match(RecordId("r1"), status, (), ""), None
        person = Person(PersonId("P1"), "QUILLBY", birth_date=draw.choice([None, *BIRTHS[:2]]))
        if person.birth_date is None and draw.random() < 0.5:
            person = replace(person, illegible=("birth_date",))
        sure = draw.choice([1.0, 0.9999, 0.996, 0.9]) if status is MatchStatus.LINKED else 0.6
        candidates = (Candidate(person.person_id, sure, ()),)
        return Match(RecordId("r1"), status, candidates, "", draw.random() < 0.2), person


def told(case: Case) -> str:
    """The facts of a case, but for what is usual."""
    told = [_of_record(case.record), *(f"also {_of_record(record)}" for record in case.tellings)]
    told += [
        f"beside (case {_tie(r.same_case)}, person {_tie(r.same_person)}, event {_tie(r.same_event)}) "
        + _of_record(r.record)
        for r in case.related
    ]
    for charge_id, stated in case.stated.items():
        cells = [f"{name}={_said(getattr(stated, name))}" for name in STATED if getattr(stated, name) != silent()]
        told += [f"{charge_id} states {' '.join(cells)}"] if cells else []
    if case.match is not None:
        best = f" {case.match.best.probability}" if case.match.best else ""
        born = f" {case.person.birth_date} {' '.join(case.person.illegible)}".rstrip() if case.person else ""
        told.append(f"{case.match.status}{best}{' by a person' if case.match.settled_by_person else ''}{born}")
    return "; ".join(told)


def _of_record(record: DocketRecord) -> str:
    parts = [record.record_id, str(record.document_kind), *(f"gap {gap.kind}" for gap in record.gaps)]
    born = record.defendant.birth_date if record.defendant is not None else silent()
    for name, reading in (("arrest", record.arrest_date), ("born", born)):
        parts += [] if reading.is_silent else [f"{name}={_said(reading)}"]
    for charge in record.charges:
        cells = [
            f"{name}={_said(getattr(charge, name))}"
            for name in Charge.__dataclass_fields__
            if name not in ("charge_id", "count") and not getattr(charge, name).is_silent
        ]
        parts.append(f"({charge.count}) {' '.join(cells)}")
    return " ".join(parts)


def _said(reading: Reading[Any]) -> str:
    if reading.is_silent:
        return "silent"
    if reading.is_illegible:
        return "illegible" + (" to a person" if reading.settled_by is SettledBy.REVIEWER else "")
    doubt = "" if reading.confidence == 1 else f"~{reading.confidence}"
    return _short(reading.value) + doubt + "".join(f"|{_short(v)}~{p:.6g}" for v, p in reading.alternatives)


def _short(value: Any) -> str:
    if isinstance(value, Grams):
        return f"{value.low}..{value.high}"
    if isinstance(value, tuple):
        return ",".join(map(_short, value))
    if isinstance(value, SentencePart):
        return f"{value.kind} {value.amount} {value.unit}" if value.amount else str(value.kind)
    return str(value)


def _tie(value: bool | None) -> str:
    return {True: "same", False: "other", None: "perhaps"}[value]


def answered(case: Case, law: str) -> Iterator[str]:
    """One line for each answer to a charge: under which policies it is given, what would be asked, and a sum over
    every word of the grounds."""
    given: dict[tuple[int, str], list[str]] = {}
    for name in POLICIES[law]:
        policy = policy_in(SHOWN) if name == "shown" else load_policy(name) if name else None
        for one in determine(case, law=load_law(law), policy=policy, as_of=AS_OF[law], risk=RISK):
            if one.policy == name:
                given.setdefault((one.count, _answer(one)), []).append(name or "law")
    for (count, answer), names in sorted(given.items()):
        yield f"  {count} {', '.join(names)}: {answer}"
    if not given:
        yield "  nothing is said"


def _answer(found: Determination) -> str:
    head = " ".join(filter(None, (found.outcome, found.route, found.result, *found.reason_codes)))
    sure = "" if found.probability is None else f" p={found.probability:.9f}"
    asked = "".join(
        f", {q.field}{'' if q.about_ink else '*'} of {q.record_id}.{q.count} {q.worth:.6f}" for q in found.questions
    )
    grounds = "\n".join(f"{g.cite}|{g.met}|{g.because}|{g.layer}|{len(g.sources)}" for g in found.grounds)
    return f"{head}{sure}{'; asks' + asked[1:] if asked else ''} [{crc32(grounds.encode()):08x}]"


def book(law: str) -> str:
    """The whole book of a law."""
    lines = []
    for number in range(CASES[law]):
        case = Maker(law, number).case()
        lines += [f"{number}: {told(case)}", *answered(case, law)]
    return "\n".join(lines) + "\n"


def kept(law: str) -> Path:
    return KEPT / f"{law}.txt"


def main() -> None:
    """Writes the books of all laws."""
    KEPT.mkdir(exist_ok=True)
    for law in CASES:
        kept(law).write_text(book(law), encoding="utf-8")


if __name__ == "__main__":
    main()
