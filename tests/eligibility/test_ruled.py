"""What a ruling makes of a charge: it lets a row be passed, and no row below it is left out for that."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casefile.docket import ChargeId, Disposition, Grade, SentenceKind, SentencePart, Unit
from casefile.law import Layer, Outcome, Question, Ruling
from eligibility.case import Case, Related, Stated
from eligibility.determine import determine, load_law
from eligibility.ruled import is_of_fact
from eligibility.terms import end_of_longest

ILLINOIS, CALIFORNIA = load_law("illinois"), load_law("california")
AFTER = {"offense_date": date(2019, 6, 1), "disposition_date": date(2020, 1, 1)}
EARLY = {"offense_date": date(1965, 5, 1), "disposition_date": date(1966, 1, 1)}
YEARS = (SentencePart(SentenceKind.PRISON, 4.0, Unit.YEARS),)
THEFT = {"statute": "720 ILCS 5/16-25", "grade": Grade.MA}
ROBBERY = {"statute": "720 ILCS 5/18-1", "grade": Grade.F2}
OLD = {"statute": "Ill. Rev. Stat. ch. 38, par. 22-3", "grade": Grade.F}


def ruling(question: str, outcome: Outcome = Outcome.MOTION, number: int = 1, **more: Any) -> Ruling:
    law = "california" if question in CALIFORNIA.questions else "illinois"
    return Ruling(number, law, question, outcome, "A", "why", "2026-01-02T00:00:00", **more)


def answer(a: Any, *rulings: Ruling, born: Any = None, arrested: Any = None, **fields: Any) -> Any:
    case = Case(a.record(a.charge(1, **fields), birth_date=born, arrest_date=arrested))
    return determine(case, law=ILLINOIS, policy=None, as_of=date(2026, 6, 30), risk=0.005, rulings=rulings)[0]


def said(found: Any) -> str:
    return " ".join(filter(None, (found.outcome, found.route, *found.reason_codes)))


@pytest.mark.parametrize(
    ("question", "fields", "expected"),
    [
        ("R-CONV-AFTER", AFTER | THEFT, "ineligible X-NOT-4-5 R-CONV-AFTER RULED"),
        ("R-CONV-AFTER", AFTER, "motion i3 A-MCO-CONV R-CONV-AFTER RULED"),
        (
            "R-CONV-AFTER",
            AFTER | {"statute": "720 ILCS 550/5(e)", "grade": Grade.F2, "sentence": YEARS},
            "ineligible X-CLASS R-CONV-AFTER RULED",
        ),
        ("R-PRE-CCA", EARLY | ROBBERY, "ineligible X-NOT-4-5 R-PRE-CCA RULED"),
        ("R-PRE-CCA", EARLY | OLD, "review R-PRE-CCA"),
        (
            "R-JUVENILE",
            ROBBERY | {"disposition": Disposition.PENDING, "born": date(1985, 1, 1)},
            "ineligible X-NOT-4-5 R-JUVENILE RULED",
        ),
        ("R-JUVENILE", {"disposition": Disposition.PENDING, "born": date(1985, 1, 1)}, "review R-PENDING R-JUVENILE"),
        ("R-JUVENILE", {"disposition": Disposition.DISMISSED, "born": date(1985, 1, 1)}, "review R-JUVENILE"),
        ("R-JUVENILE", {"born": date(1985, 1, 1)}, "motion i3 A-MCO-CONV R-JUVENILE RULED"),
    ],
)
def test_a_motion_for_all_like_it_only_lets_the_table_go_on(
    a: Any, question: str, fields: dict[str, Any], expected: str
) -> None:
    assert said(answer(a, **fields)) == f"review {question}"
    found = answer(a, ruling(question), **fields)
    assert said(found) == expected
    assert found.outcome is Outcome.REVIEW or found.grounds[-1].layer is Layer.RULING


def test_what_is_ruled_of_one_charge_reaches_an_older_act_too(a: Any) -> None:
    charge = ChargeId(answer(a, **EARLY, **OLD).charge_id)
    found = answer(a, ruling("R-PRE-CCA", charge_id=charge), **EARLY, **OLD)
    assert said(found) == "motion i3 R-PRE-CCA RULED"


def test_two_rows_may_be_passed_one_after_the_other(a: Any) -> None:
    born = date(2003, 1, 1)
    young = answer(a, ruling("R-JUVENILE"), born=born, **AFTER)
    assert said(young) == "review R-CONV-AFTER R-JUVENILE"
    both = answer(a, ruling("R-JUVENILE"), ruling("R-CONV-AFTER", number=2), born=born, **AFTER)
    assert both.outcome is Outcome.MOTION
    assert {"R-JUVENILE", "R-CONV-AFTER", "RULED"} <= set(both.reason_codes)


def test_doubtful_ink_below_a_passed_row_still_goes_to_a_person(a: Any) -> None:
    doubtful = a.read("720 ILCS 550/4(b)", 0.6, ("720 ILCS 5/16-25", 0.4))
    found = answer(a, ruling("R-CONV-AFTER"), statute=doubtful, grade=None, **AFTER)
    assert found.outcome is Outcome.REVIEW


def test_a_california_fact_ruled_a_motion_leaves_earlier_convictions_to_the_table(a: Any) -> None:
    fields = {"statute": "HS 11359", "grade": Grade.F, "offense_date": date(2010, 1, 15)}
    charge = a.charge(1, **fields, disposition_date=date(2010, 6, 1))
    strike = a.charge(2, statute="PC 187", disposition_date=date(2002, 1, 1))
    row = Stated(sentence_complete=a.read(True), facts=a.read(("environmental",)))
    other = a.record(strike, record_id="o1", docket_number="02C1")
    case = Case(a.record(charge), related=(Related(other, False, True, False),), stated={charge.charge_id: row})
    day, ruled = date(2019, 11, 11), (ruling("R-FACT"),)
    before = determine(case, law=CALIFORNIA, policy=None, as_of=day, risk=0.005)[0]
    after = determine(case, law=CALIFORNIA, policy=None, as_of=day, risk=0.005, rulings=ruled)[0]
    assert (said(before), said(after)) == ("review R-FACT", "ineligible X-PRIOR R-FACT RULED")


def test_a_fact_is_ruled_on_only_where_it_alone_is_open(a: Any) -> None:
    battery = a.charge(2, statute="720 ILCS 5/12-3")
    probation = (SentencePart(SentenceKind.PROBATION, 2.0, Unit.YEARS),)
    open_date = a.charge(1, statute="720 ILCS 550/4(a)", grade=None, sentence=probation, disposition_date=None)
    (charge,) = {open_date.charge_id}
    on_injury = ruling("R-AMBIGUOUS:assoc.injury", charge_id=charge)
    for own, expected in ((open_date, Outcome.REVIEW), (a.charge(1), Outcome.MOTION)):
        case = Case(a.record(own, battery))
        found = determine(case, law=ILLINOIS, policy=None, as_of=date(2026, 6, 30), risk=0.005, rulings=(on_injury,))
        assert found[0].outcome is expected
    assert not is_of_fact([Question("assoc.injury", about_ink=False, worth=0.5), Question("disposition_date")])


ORDINANCE = {"statute": "Chicago Municipal Code 7-24-099", "grade": None}
CASUAL = {"statute": "720 ILCS 550/6", "grade": None}
RUNNING = {"sentence": (SentencePart(SentenceKind.PRISON, 60.0, Unit.YEARS),)}
ENDED = {"disposition": Disposition.DISMISSED}


@pytest.mark.parametrize(
    ("question", "fields", "expected"),
    [
        ("R-CASUAL", CASUAL, "motion i3 R-CASUAL RULED"),
        ("R-CASUAL", CASUAL | {"grade": Grade.F4}, "motion i3 R-CASUAL RULED"),
        ("R-CASUAL", CASUAL | {"grade": Grade.F3}, "review R-CASUAL"),
        ("R-CASUAL", CASUAL | {"grade": Grade.F}, "review R-CASUAL"),
        ("R-CASUAL", CASUAL | {"disposition": Disposition.PENDING}, "review R-CASUAL"),
        ("R-CASUAL", CASUAL | RUNNING, "review R-AMBIGUOUS:sentence_complete"),
        ("R-CASUAL", CASUAL | ENDED, "motion b R-CASUAL RULED"),
        ("R-CASUAL", CASUAL | ENDED | {"arrested": date(2025, 7, 1)}, "review R-CASUAL"),
        ("R-ORDINANCE", ORDINANCE, "motion i3 R-ORDINANCE RULED"),
        ("R-ORDINANCE", ORDINANCE | {"disposition": Disposition.WARRANT}, "review R-ORDINANCE"),
        ("R-ORDINANCE", ORDINANCE | ENDED, "motion b R-ORDINANCE RULED"),
        ("M-ATTEMPT", ENDED | {"statute": "720 ILCS 5/8-4 (720 ILCS 550/4(d))", "grade": None},
         "motion b M-ATTEMPT RULED"),
    ],
)  # fmt: skip
def test_a_motion_for_all_like_an_early_row_reaches_no_further_than_the_rows_below(
    a: Any, question: str, fields: dict[str, Any], expected: str
) -> None:
    assert said(answer(a, **fields)) == f"review {question}"
    found = answer(a, ruling(question), **fields)
    assert said(found) == expected
    if expected == f"review {question}":
        assert (found.grounds[-1].layer, found.grounds[-1].met) == (Layer.RULING, None)
        of_it = answer(a, ruling(question, charge_id=ChargeId(found.charge_id)), **fields)
        assert said(of_it) == f"motion i3 {question} RULED"
    against = answer(a, ruling(question, Outcome.INELIGIBLE), **fields)
    assert said(against) == f"ineligible {question} RULED"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "motion 11361.8 A-REDESIGNATE R-DERIVATIVE RULED"),
        ({"offense_date": date(2017, 1, 1), "disposition_date": date(2017, 5, 1)},
         "ineligible X-AFTER R-DERIVATIVE RULED"),
        ({"disposition": Disposition.DISMISSED}, "ineligible X-NOCONV R-DERIVATIVE RULED"),
        ({"statute": "PC 32"}, "review R-DERIVATIVE"),
    ],
)  # fmt: skip
def test_a_california_attempt_ruled_a_motion_is_still_held_against_the_rows_below(
    a: Any, fields: dict[str, Any], expected: str
) -> None:
    usual = {"statute": "PC 664/HS 11359", "grade": Grade.F, "offense_date": date(2010, 1, 15)}
    charge = a.charge(1, **(usual | {"disposition_date": date(2010, 6, 1)} | fields))
    beside = a.charge(2, statute="HS 11359", grade=Grade.F, disposition=Disposition.DISMISSED)
    case = Case(a.record(charge, beside), stated={charge.charge_id: Stated(sentence_complete=a.read(True))})
    day = date(2019, 11, 11)
    before = determine(case, law=CALIFORNIA, policy=None, as_of=day, risk=0.005)[0]
    assert said(before) == "review R-DERIVATIVE"
    after = determine(case, law=CALIFORNIA, policy=None, as_of=day, risk=0.005, rulings=[ruling("R-DERIVATIVE")])[0]
    assert said(after) == expected


@pytest.mark.parametrize(
    ("law", "text", "provision"),
    [
        (ILLINOIS, "720 ILCS 550/4(b)", "720 ILCS 550/4"),
        (ILLINOIS, "nonsense", "an unknown provision"),
        (CALIFORNIA, "11357(A) HS", "HS 11357"),
        (CALIFORNIA, "66411359 HS", "HS 11359"),
        (CALIFORNIA, "PC 32", "PC 32"),
        (CALIFORNIA, "PC 664/187", "PC 664/PC 187"),
        (CALIFORNIA, "nonsense", "an unknown provision"),
    ],
)
def test_a_provision_is_named_as_its_law_cites_it(a: Any, law: Any, text: str, provision: str) -> None:
    assert law.provision_in(text) == provision


def test_a_ruling_on_one_california_section_leaves_the_others(a: Any) -> None:
    fields = {"grade": Grade.F, "offense_date": date(2010, 1, 15), "disposition_date": date(2010, 6, 1)}
    row = Stated(sentence_complete=a.read(True), facts=a.read(("environmental",)))
    found = {}
    for statute in ("HS 11359", "HS 11360(a)"):
        charge = a.charge(1, statute=statute, **fields)
        case = Case(a.record(charge), stated={charge.charge_id: row})
        rulings = [ruling("R-FACT", provision="HS 11359")]
        (one,) = determine(case, law=CALIFORNIA, policy=None, as_of=date(2019, 11, 11), risk=0.005, rulings=rulings)
        found[statute] = one.outcome
    assert found == {"HS 11359": Outcome.MOTION, "HS 11360(a)": Outcome.REVIEW}


@pytest.mark.parametrize("amount", [float("inf"), float("nan"), 1e300])
def test_a_term_without_end_has_no_end(amount: float) -> None:
    sentence = (SentencePart(SentenceKind.PRISON, amount, Unit.YEARS),)
    assert end_of_longest(date(2000, 1, 1), sentence, 10) is None


@pytest.mark.parametrize(("charge_id", "scope"), [(None, "for all like it"), ("r1-1", "for this charge")])
def test_a_ruling_says_of_what_it_was_made(a: Any, charge_id: Any, scope: str) -> None:
    found = answer(a, ruling("R-CASUAL", charge_id=charge_id), statute="720 ILCS 550/6", grade=None)
    told = [ground.because for ground in found.grounds if ground.layer is Layer.RULING]
    assert len(told) == 1
    assert f"ruled {scope}: motion" in told[0]


@pytest.mark.parametrize(
    ("provision", "expected"), [("720 ILCS 550/6", "motion i3 R-CASUAL RULED"), ("720 ILCS 550/5", "review R-CASUAL")]
)
def test_a_ruling_on_one_illinois_provision_leaves_the_others(a: Any, provision: str, expected: str) -> None:
    made = ruling("R-CASUAL", provision=provision)
    assert said(answer(a, made, statute="720 ILCS 550/6", grade=None)) == expected


def test_one_charge_may_stay_open_though_all_like_it_are_ruled(a: Any) -> None:
    fields = {"statute": "720 ILCS 550/6", "grade": None}
    of_all, of_this = ruling("R-CASUAL"), ruling("R-CASUAL", Outcome.REVIEW, 2, charge_id=ChargeId("r1-1"))
    assert said(answer(a, of_all, **fields)) == "motion i3 R-CASUAL RULED"
    assert said(answer(a, of_all, of_this, **fields)) == "review R-CASUAL"
