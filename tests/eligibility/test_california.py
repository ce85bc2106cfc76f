"""California: the day before and the day of every date, both sides of every amount, silence, and every option."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.docket import Disposition, Grade, Grams, Reading, RecordId, SentenceKind, SentencePart, Termination
from casefile.errors import InputError
from casefile.law import Determination, Layer, Outcome
from casefile.linkage import Candidate, Match, MatchStatus
from casefile.persons import Person, PersonId
from eligibility.california.citation import SAID_OF, cited_in
from eligibility.case import Case, Related, Stated
from eligibility.determine import determine, load_law, load_policy
from eligibility.law import Policy
from eligibility.laws import policy_in

LAW = load_law("california")
AS_OF = date(2019, 11, 11)
HEAD = 'name = "ours"\nlaw = "california"\nversion = "1"\nsince = 2019-01-01\ncite = "our office"\n'
USUAL: dict[str, Any] = {
    "statute": "HS 11359",
    "grade": Grade.F,
    "offense_date": date(2010, 1, 15),
    "disposition": Disposition.GUILTY,
    "disposition_date": date(2010, 6, 1),
    "sentence": None,
}
BORN = date(1975, 3, 4)


def ours(text: str) -> Policy:
    return policy_in(HEAD + text)


def cell(value: Any) -> Reading[Any]:
    return Reading(value, "cell")


def a_case(a: Any, *others: Any, birth: Any = BORN, arrest: Any = None, stated: Any = None, **fields: Any) -> Case:
    charge = a.charge(1, **(a.nothing | USUAL | fields))
    rows = {"sentence_complete": True} | (stated or {})
    known = {charge.charge_id: Stated(**{name: cell(value) for name, value in rows.items() if value is not None})}
    here = [o for o in others if not isinstance(o, Related)]
    record = a.record(charge, *here, birth_date=birth, arrest_date=arrest)
    return Case(record, related=tuple(o for o in others if isinstance(o, Related)), stated=known)


def past(a: Any, statute: str, day: Any, number: int = 1, **fields: Any) -> Related:
    charge = a.charge(1, f"o{number}", **(a.nothing | {"statute": statute, "disposition": Disposition.GUILTY} | fields))
    record = a.record(replace(charge, disposition_date=a.reading(day)), record_id=f"o{number}")
    return Related(record, False, True, False)


def found(case: Case, policy: Policy | None = None, as_of: date = AS_OF) -> Determination:
    answers = determine(case, law=LAW, policy=policy, as_of=as_of, risk=0.005)
    return next(answer for answer in answers if answer.count == 1 and (answer.policy is None) == (policy is None))


def said(answer: Determination) -> str:
    return " ".join(filter(None, (answer.outcome, answer.result, *answer.reason_codes)))


EARLY = {"offense_date": date(2008, 1, 1)}
REDUCED, DISMISSED = "auto redesignate A-REDESIGNATE", "auto dismiss A-DISMISS"


@pytest.mark.parametrize(("day", "expected"), [("2016-11-08", REDUCED), ("2016-11-09", "ineligible X-AFTER")])
def test_the_eve_and_the_day_of_the_act(a: Any, day: str, expected: str) -> None:
    assert said(found(a_case(a, offense_date=date.fromisoformat(day), disposition_date=date(2017, 1, 1)))) == expected


@pytest.mark.parametrize(
    ("offense", "arrest", "decided", "expected"),
    [
        (None, "2016-11-08", "2017-01-01", REDUCED),
        (None, "2016-12-08", "2017-01-01", "review R-AMBIGUOUS:offense_date"),  # thirty days before: 8 November
        (None, "2016-12-09", "2017-01-01", "ineligible X-AFTER"),
        (None, None, "2016-11-08", REDUCED),
        (None, None, "2017-02-06", "review R-AMBIGUOUS:offense_date"),  # ninety days before: 8 November
        (None, None, "2017-02-07", "ineligible X-AFTER"),
        (None, None, None, "review R-AMBIGUOUS:offense_date"),
    ],
)
def test_what_stands_for_a_missing_offense_date(
    a: Any, offense: Any, arrest: str | None, decided: str | None, expected: str
) -> None:
    fields = {"offense_date": offense, "disposition_date": decided and date.fromisoformat(decided)}
    assert said(found(a_case(a, arrest=arrest and date.fromisoformat(arrest), **fields))) == expected


@pytest.mark.parametrize(
    ("born", "offense", "expected"),
    [
        ("1989-01-15", "2010-01-14", REDUCED),
        ("1989-01-15", "2010-01-15", DISMISSED),
        ("1988-02-29", "2009-02-28", REDUCED),
        ("1988-02-29", "2009-03-01", DISMISSED),
    ],
)
def test_twenty_one_to_the_day(a: Any, born: str, offense: str, expected: str) -> None:
    fields = {"statute": "HS 11357(b)", "grade": Grade.M, "offense_date": date.fromisoformat(offense)}
    assert said(found(a_case(a, birth=date.fromisoformat(born), **fields))) == expected


@pytest.mark.parametrize(
    ("born", "expected"), [("1992-01-15", "ineligible X-NO-CHANGE"), ("1992-01-16", "auto redesignate A-REDESIGNATE")]
)
def test_eighteen_to_the_day(a: Any, born: str, expected: str) -> None:
    fields = {"statute": "HS 11357(c)", "grade": Grade.M}
    assert said(found(a_case(a, birth=date.fromisoformat(born), **fields))) == expected


@pytest.mark.parametrize(
    ("fields", "stated", "expected"),
    [
        ({"statute": "HS 11357(a)", "grams": Grams(8, 8)}, {"form": "concentrate"}, DISMISSED),
        ({"statute": "HS 11357(a)", "grams": Grams(8.01, 8.01)}, {"form": "concentrate"}, REDUCED),
        ({"statute": "HS 11357(a)", "grams": Grams(None, 8)}, {}, DISMISSED),
        ({"statute": "HS 11357(a)", "grams": Grams(2, 20)}, {}, REDUCED),
        ({"statute": "HS 11357(a)", "grams": Grams(9, 9), "grade": Grade.M}, {}, "review R-OTHER"),
        ({"statute": "HS 11357(a)", "grade": Grade.M}, {}, REDUCED),
        ({"statute": "HS 11358"}, {"plants": 1.0}, DISMISSED),
        ({"statute": "HS 11358"}, {"plants": 6.0}, DISMISSED),
        ({"statute": "HS 11358"}, {"plants": 7.0}, REDUCED),
        ({"statute": "HS 11358"}, {"plants": 0.0}, REDUCED),
        ({"statute": "HS 11358"}, {}, REDUCED),
        ({"statute": "HS 11358", "grade": Grade.M}, {}, "review R-OTHER"),
        ({"statute": "HS 11358", "grade": None}, {}, REDUCED),
        ({"statute": "HS 11360(a)"}, {"facts": ("import_export",)}, "ineligible X-FACT"),
        (
            {"statute": "HS 11360(a)", "grams": Grams(28.5, 28.5)},
            {"facts": ("import_export",)},
            "review R-FACT",
        ),
        ({"statute": "HS 11360(a)", "grams": Grams(28.6, 28.6)}, {"facts": ("import_export",)}, "ineligible X-FACT"),
        (
            {"statute": "HS 11360(a)", "grams": Grams(20, 20)},
            {"facts": ("import_export",), "form": "concentrate"},
            "ineligible X-FACT",
        ),
        ({"statute": "HS 11358"}, {"facts": ("environmental",)}, "ineligible X-FACT"),
        ({"statute": "HS 11359"}, {"facts": ("environmental",)}, "review R-FACT"),
        ({"statute": "HS 11359"}, {"facts": ("minor_use",)}, "ineligible X-FACT"),
        ({"statute": "HS 11359"}, {"facts": ("school",)}, REDUCED),
        ({"statute": "HS 11357(b)", "grade": Grade.M}, {"facts": ("minor_sale",)}, DISMISSED),
        ({"statute": "HS 11360(b)", "grade": Grade.M}, {}, REDUCED),
        ({"statute": "HS 11360(b)", "grade": Grade.I}, {}, "review R-OTHER"),
        ({"statute": "HS 11360", "grade": Grade.M}, {}, REDUCED),
        ({"statute": "HS 11360", "grade": None}, {}, REDUCED),
        ({"statute": "HS 11357", "grade": Grade.I}, {}, DISMISSED),
        ({"statute": "HS 11357", "grade": Grade.F}, {}, REDUCED),
        ({"statute": "HS 11357", "grade": Grade.M}, {}, "review R-AMBIGUOUS:statute"),
        ({"statute": "HS 11357(d)", "grade": Grade.M}, {}, "ineligible X-NO-CHANGE"),
        ({"statute": "PC 664/HS 11359"}, {}, "review R-DERIVATIVE"),
        ({"statute": "PC 32"}, {}, "ineligible X-SECTION"),
        ({"statute": "HS 11366"}, {}, "ineligible X-SECTION"),
        ({"statute": "gibberish"}, {}, "review R-AMBIGUOUS:statute"),
        ({"statute": None}, {}, "review R-AMBIGUOUS:statute"),
        ({"disposition": Disposition.DISMISSED}, {}, "ineligible X-NOCONV"),
        ({"disposition": Disposition.PENDING}, {}, "ineligible X-NOCONV"),
        ({"disposition": Disposition.OTHER}, {}, "review R-OTHER"),
        ({"disposition": None}, {}, "review R-AMBIGUOUS:disposition"),
        ({"disposition": Disposition.SUPERVISION}, {}, "review R-AMBIGUOUS:termination"),
        ({"disposition": Disposition.SUPERVISION, "termination": Termination.REVOKED}, {}, REDUCED),
        (
            {"disposition": Disposition.SUPERVISION, "termination": Termination.SATISFACTORY},
            {},
            "ineligible X-NOCONV",
        ),
        ({}, {"doj_listed": False}, "motion redesignate A-REDESIGNATE"),
        ({}, {"challenged": True}, "motion redesignate A-REDESIGNATE"),
        ({}, {"doj_listed": True, "challenged": False}, REDUCED),
        ({}, {"sentence_complete": False}, "motion M-SERVING"),
        ({}, {"sentence_complete": None, "sentence_end": date(2019, 11, 11)}, REDUCED),
        ({}, {"sentence_complete": None, "sentence_end": date(2019, 11, 12)}, "motion M-SERVING"),
        ({}, {"sentence_complete": None}, "review R-AMBIGUOUS:sentence_complete"),
        (
            {"disposition_date": date(2008, 11, 10)} | {"offense_date": date(2008, 1, 1)},
            {"sentence_complete": None},
            REDUCED,
        ),
        (
            {"disposition_date": date(2008, 11, 11)} | EARLY,
            {"sentence_complete": None},
            "review R-AMBIGUOUS:sentence_complete",
        ),
        ({"sentence": (SentencePart(SentenceKind.FINE),)}, {"sentence_complete": None}, REDUCED),
        ({}, {"sex_registrant": True}, "review R-PRIOR-DATE"),
        ({"statute": "HS 11357(b)", "grade": Grade.M}, {"sex_registrant": True}, DISMISSED),
    ],
)
def test_the_table(a: Any, fields: dict[str, Any], stated: dict[str, Any], expected: str) -> None:
    assert said(found(a_case(a, stated=stated, **fields))) == expected


def test_no_birth_date_leaves_open_only_whether_21(a: Any) -> None:
    assert said(found(a_case(a, birth=None))) == REDUCED
    case = a_case(a, birth=None, statute="HS 11357(b)", grade=Grade.M)
    assert said(found(case)) == "review R-AMBIGUOUS:birth_date"


@pytest.mark.parametrize(
    ("statute", "day", "expected"),
    [
        ("PC 187", "2010-01-14", "ineligible X-PRIOR"),
        ("PC 187", "2010-01-15", "review R-PRIOR-DATE"),
        ("PC 187", "2010-05-31", "review R-PRIOR-DATE"),
        ("PC 187", "2010-06-01", REDUCED),
        ("PC 187", None, "review R-PRIOR-DATE"),
        ("PC 314(1)", "2002-04-11", "ineligible X-PRIOR"),
        ("PC 314", "2002-04-11", "review R-AMBIGUOUS:history"),  # the subdivision that tells is left off
        ("PC 664/187", "2002-04-11", "ineligible X-PRIOR"),
        ("PC 215", "2002-04-11", REDUCED),
        ("215/186.22(B)(4) PC", "2002-04-11", "ineligible X-PRIOR"),
        ("PC 459", "2002-04-11", REDUCED),
        ("PC 219.1", "2002-04-11", "ineligible X-PRIOR"),
        ("PC 266d", "2002-04-11", "ineligible X-PRIOR"),
        ("PC 268", "2002-04-11", "ineligible X-PRIOR"),
        ("gibberish", "2002-04-11", "review R-AMBIGUOUS:history"),
    ],
)
def test_earlier_convictions_count_by_their_day(a: Any, statute: str, day: str | None, expected: str) -> None:
    when = None if day is None else date.fromisoformat(day)
    assert said(found(a_case(a, past(a, statute, when)))) == expected
    free = a_case(a, past(a, statute, when), statute="HS 11357(b)", grade=Grade.M)
    assert said(found(free)) == DISMISSED


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["1998-01-01", "2004-01-01"], "review R-TWO-PRIORS"),
        (["1998-01-01"], REDUCED),
        (["2004-01-01", "2004-01-01"], "review R-TWO-PRIORS"),  # alike to the last cell, and two all the same
        (["1998-01-01", "2010-06-01"], REDUCED),  # the second on the same day
        (["1998-01-01", None], "review R-AMBIGUOUS:history"),
    ],
)
def test_two_earlier_convictions_under_the_same_section(a: Any, days: list[str | None], expected: str) -> None:
    others = [past(a, "HS 11359", d and date.fromisoformat(d), n) for n, d in enumerate(days)]
    assert said(found(a_case(a, *others))) == expected


def test_whose_history_it_is_must_be_known(a: Any) -> None:
    match = Match(RecordId("r1"), MatchStatus.POSSIBLE, (Candidate(PersonId("P1"), 0.6, ()),), "fields agree")
    assert said(found(replace(a_case(a), match=match))) == "review R-AMBIGUOUS:match"


OTHER = ("HS 11359", date(2010, 6, 1))


@pytest.mark.parametrize(
    ("text", "fields", "stated", "expected"),
    [
        ('dismiss = ["HS 11359"]', {}, {}, "auto dismiss A-REDESIGNATE P-DISMISS-SECTION"),
        ('dismiss = ["HS 11358"]', {}, {}, "review A-REDESIGNATE P-OTHERWISE"),
        ('otherwise = "statute"', {}, {}, REDUCED),
        (
            'dismiss = ["HS 11357(c)"]',
            {"statute": "HS 11357(c)", "grade": Grade.M},
            {},
            "auto dismiss X-NO-CHANGE P-DISMISS-SECTION",
        ),
        ('reduce = ["HS 11357"]\notherwise = "statute"', {"statute": "HS 11357(b)", "grade": Grade.M}, {}, DISMISSED),
        ('reduce = ["HS 11359"]', {}, {}, REDUCED),
        (
            "under_21 = true",
            {"disposition_date": date(1996, 3, 3)} | {"offense_date": date(1996, 1, 1)},
            {},
            "auto dismiss A-REDESIGNATE P-UNDER-21",
        ),
        (
            "under_21 = true",
            {"disposition_date": date(1996, 3, 4)} | {"offense_date": date(1996, 1, 1)},
            {},
            "review A-REDESIGNATE P-OTHERWISE",
        ),
        ("age_at_least = 44", {}, {}, "auto dismiss A-REDESIGNATE P-AGE"),
        ("age_at_least = 45", {}, {}, "review A-REDESIGNATE P-OTHERWISE"),
        (
            "years_since_conviction = 9",
            {"disposition_date": date(2010, 11, 11)},
            {},
            "auto dismiss A-REDESIGNATE P-YEARS",
        ),
        (
            "years_since_conviction = 9",
            {"disposition_date": date(2010, 11, 12)},
            {},
            "review A-REDESIGNATE P-OTHERWISE",
        ),
        (
            "years_crime_free = 9",
            {"disposition_date": date(2010, 11, 11)},
            {},
            "auto dismiss A-REDESIGNATE P-CRIME-FREE",
        ),
        ("years_crime_free = 9", {"disposition_date": date(2010, 11, 12)}, {}, "review A-REDESIGNATE P-OTHERWISE"),
        ("only_cannabis = true", {}, {}, "auto dismiss A-REDESIGNATE P-ONLY-CANNABIS"),
        ("deceased = true", {}, {"deceased": True}, "auto dismiss A-REDESIGNATE P-DECEASED"),
        ("deceased = true", {}, {}, "review A-REDESIGNATE P-OTHERWISE"),
        ('misdemeanors = "pass"', {"statute": "HS 11357(b)", "grade": Grade.M}, {}, "review A-DISMISS P-OTHER-OFFICE"),
        (
            'misdemeanors = "dismiss"',
            {"statute": "HS 11357(c)", "grade": Grade.M},
            {},
            "auto dismiss X-NO-CHANGE P-MISDEMEANOR",
        ),
        ('misdemeanors = "pass"\notherwise = "redesignate"', {}, {}, REDUCED),
        ('review = ["HS 11359"]\ndismiss = ["HS 11359"]', {}, {}, "review A-REDESIGNATE P-PERSON"),
        ('county = "Yolo"\notherwise = "statute"', {}, {"county": "YOLO"}, REDUCED),
        ('county = "Yolo"', {}, {"county": "Napa"}, "X-COUNTY"),
        ('county = "Yolo"\notherwise = "statute"', {}, {}, "review R-AMBIGUOUS:county"),
        ('dismiss = ["HS 11359"]', {}, {"sentence_complete": False}, "motion dismiss M-SERVING P-DISMISS-SECTION"),
        ('dismiss = ["HS 11359"]', {}, {"doj_listed": False}, "motion dismiss A-REDESIGNATE P-DISMISS-SECTION"),
        ('dismiss = ["HS 11359"]', {}, {"facts": ("minor_sale",)}, "ineligible X-FACT"),
        (
            'dismiss = ["HS 11359"]',
            {"offense_date": date(2017, 1, 1), "disposition_date": date(2017, 5, 1)},
            {},
            "ineligible X-AFTER",
        ),
        ('dismiss = ["HS 11359"]', {"disposition": Disposition.DISMISSED}, {}, "ineligible X-NOCONV"),
        ('dismiss = ["HS 11357"]', {"statute": "HS 11357", "grade": Grade.M}, {}, "auto dismiss P-DISMISS-SECTION"),
    ],
)
def test_every_option(a: Any, text: str, fields: dict[str, Any], stated: dict[str, Any], expected: str) -> None:
    answer = found(a_case(a, stated=stated, **fields), ours(text))
    if 'dismiss = ["HS 11357"]' in text and fields.get("statute") == "HS 11357":
        assert (answer.outcome, answer.result) == (Outcome.AUTO, "dismiss")  # whatever the letter was
    else:
        assert said(answer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('dismiss = ["HS 11359"]', "ineligible X-PRIOR"),
        ('dismiss = ["HS 11359"]\nexclusions = "shown"', "auto dismiss X-PRIOR P-DISMISS-SECTION"),
        ('exclusions = "shown"\notherwise = "statute"', "ineligible X-PRIOR"),
    ],
)
def test_exclusions_are_applied_or_only_shown(a: Any, text: str, expected: str) -> None:
    assert said(found(a_case(a, past(a, "PC 187", date(2003, 5, 4))), ours(text))) == expected


def test_the_record_as_a_whole(a: Any) -> None:
    theft, later = past(a, "PC 459", date(2003, 5, 4)), past(a, "HS 11358", date(2012, 5, 4), 2)
    only, free = (
        ours('only_cannabis = true\notherwise = "statute"'),
        ours('years_crime_free = 9\notherwise = "statute"'),
    )
    assert found(a_case(a, later), only).result == "dismiss"
    assert found(a_case(a, theft), only).result == "redesignate"
    assert found(a_case(a, past(a, "gibberish", date(2003, 5, 4))), only).reason_codes == ("R-AMBIGUOUS:history",)
    assert found(a_case(a, theft), free).result == "dismiss"
    assert found(a_case(a, later), free).result == "redesignate"
    completed = ours('only_cannabis_completed = true\notherwise = "statute"')
    assert found(a_case(a), completed).result == "dismiss"
    assert found(a_case(a, later), completed).outcome is Outcome.REVIEW  # whether the later sentence is complete


def test_related_charges_of_one_event(a: Any) -> None:
    policy = ours('related_dismiss = ["HS 11366.5", "PC 32"]\nrelated_review = ["HS 11366"]')
    cannabis = a.charge(2, **(a.nothing | USUAL))
    assert said(found(a_case(a, cannabis, statute="HS 11366.5"), policy)) == "auto dismiss X-SECTION P-RELATED"
    assert said(found(a_case(a, statute="HS 11366.5"), policy)) == "review X-SECTION P-RELATED"
    assert said(found(a_case(a, cannabis, statute="HS 11366"), policy)) == "review X-SECTION P-RELATED"
    assert said(found(a_case(a, cannabis, statute="PC 459"), policy)) == "ineligible X-SECTION"
    assert said(found(a_case(a, cannabis, statute="PC 32"), policy)) == "auto dismiss R-DERIVATIVE P-RELATED"


def test_a_gang_enhancement_in_the_docket_bars_only_where_the_office_says_so(a: Any) -> None:
    enhanced = a.charge(2, **(a.nothing | USUAL | {"statute": "136.1/186.22(B)(4) PC"}))
    text = 'dismiss = ["HS 11359"]\notherwise = "statute"\n'
    assert found(a_case(a, enhanced), ours(text)).result == "dismiss"
    assert found(a_case(a, enhanced), ours(text + "gang_enhancement = true")).result == "redesignate"


def test_the_answer_says_which_layer_decided(a: Any) -> None:
    answer = found(a_case(a), ours('dismiss = ["HS 11359"]'))
    assert answer.grounds[-1].layer is Layer.POLICY
    assert answer.grounds[-1].met
    assert {ground.layer for ground in found(a_case(a)).grounds} == {Layer.LAW}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('dissmiss = ["HS 11359"]', "dissmiss"),
        ('dismiss = ["cannabis"]', "cannabis"),
        ('otherwise = "approve"', "otherwise"),
        ("age_at_least = true", "age_at_least"),
    ],
)
def test_a_policy_that_cannot_be_used_is_named(text: str, named: str) -> None:
    with pytest.raises(InputError, match=named):
        ours(text)


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("HS 11357(b)", "HS 11357(b)"), ("11357(B) HS", "HS 11357(b)"), ("11357 H & S", "HS 11357"),
        ("66411357(A) HS", "PC 664/HS 11357(a)"), ("PC 664/187", "PC 664/PC 187"), ("11357(A)PC", "None"),
        ("Health and Safety Code Section 11359", "HS 11359"), ("273AB PC", "PC 273ab"), ("187", "None"),
        ("720 ILCS 550/4(b)", "None"), ("", "None"), ("HS 11360(a)/11361(a)", "None"), ("11359 VC", "None"),
        ("HS 11359/PC 245(a)(1)", "None"), ("HS 11359/11366", "None"), ("HS 11357(b)/11357(a)", "None"),
        ("HS 11359/11359", "HS 11359/HS 11359"), ("PC 182/HS 11359", "PC 182/HS 11359"),
        ("215/186.22(B)(4) PC", "PC 215/PC 186.22(b)(4)"), ("11357(B)-HS", "HS 11357(b)"), ("HS-11359", "HS 11359"),
        ("H.S. 11357(b)", "HS 11357(b)"), ("CA HSC 11359", "HS 11359"), ("11357B HS", "HS 11357(b)"),
        ("11357.B HS", "HS 11357(b)"), ("HS 11360 a", "HS 11360(a)"), ("HS 11357, subd. (c)", "HS 11357(c)"),
        ("Cal. Health & Saf. Code, § 11359", "HS 11359"), ("664-11359 HS", "PC 664/HS 11359"),
        ("11357(B) HS-POSSESS MARIJUANA 28.5 GRAMS-", "HS 11357(b)"), ("459 PC-BURGLARY", "PC 459"),
        ("11359 HS-ATTEMPT POSSESS FOR SALE", "None"), ("11359 HS-CONSPIRACY", "None"), ("11359-11360 HS", "None"),
        ("11360(A) HS - SELL/TRANSPORT/ETC MARIJUANA", "HS 11360(a)"), ("459 PC-ARSON", "None"),
        ("11357(A) HS-POSSESS CONCENTRATED CANNABIS", "HS 11357(a)"), ("11357(B) HS-POSS MARIJ FOR SALE", "None"),
        ("11357(B) HS-POSSESS CONCENTRATED CANNABIS", "None"), ("664 PC-HS11359", "None"), ("11378 HS-POSS", "None"),
        ("11357(B) HS-POSS OVER 28.5 GRAMS", "None"), ("11359 HS-POSS 11378 HS-POSS", "None"),
        ("ATTEMPTED 11359 HS", "None"), ("ATTEMPT 664/11359 HS", "PC 664/HS 11359"), ("11359 HS (M)", "None"),
        ("11359-F HS", "HS 11359"), ("11359-ATT HS", "None"), ("HS 11357 F", "None"), ("HS 11357(k)", "None"),
        ("HS １１３５９", "None"), ("HS 11359.0", "HS 11359"), ("HS 11362.05", "HS 11362.05"),
    ],
)  # fmt: skip
def test_citations_as_they_are_typed(text: str, is_read: str) -> None:
    assert str(cited_in(text)) == is_read


@settings(max_examples=150, deadline=None)
@given(
    section=st.sampled_from(["11357(B) HS", "11358 HS", "11359 HS", "11360(A) HS", "459 PC"]),
    dash=st.sampled_from(["-", " - ", " -"]),
    said=st.lists(st.sampled_from([*SAID_OF["HS 11359"].split(), "BURGLARY", "SELL"]), min_size=1, max_size=4),
    more=st.sampled_from(
        ["11378 HS", "664", "PC 664", "AND 187 PC", "ATT", "CNSP", "ACC", "MINOR", "METH", "&", "HS", "X"]
    ),
    place=st.integers(0, 4),
)
def test_nothing_unknown_behind_a_section_is_passed_over(
    section: str, dash: str, said: list[str], more: str, place: int
) -> None:
    words = [*said[:place], more, *said[place:]]
    found = cited_in(section + dash + " ".join(words))
    both = found is not None and found.covered is None and len(found.sections) == 2  # `459 PC-11378 HS`, two read whole
    assert found is None or both


@pytest.mark.parametrize("text", ["11357 HS-A" * 21 + "/", "11357 HS-" + "A" * 200, "1" * 201])
def test_what_is_too_long_for_a_citation_names_nothing(text: str) -> None:
    assert cited_in(text) is None


RANK = {None: 0, "redesignate": 1, "dismiss": 2}
OPTIONS = [
    "", 'dismiss = ["HS 11358", "HS 11357"]', 'reduce = ["HS 11358", "HS 11359", "HS 11360"]', "under_21 = true",
    "age_at_least = 45", "years_since_conviction = 10", "years_crime_free = 10", "only_cannabis = true",
    "deceased = true", 'exclusions = "shown"', 'misdemeanors = "dismiss"', "gang_enhancement = true",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_overlay_never_gives_less_but_by_passing_the_row_on(a: Any, data: st.DataObject) -> None:
    draw = data.draw
    options = draw(st.lists(st.sampled_from(OPTIONS), unique=True))
    last = draw(st.sampled_from(["statute", "redesignate", "review"]))
    policy = ours("\n".join([*options, f'otherwise = "{last}"']))
    letter = draw(st.sampled_from(["11357(a)", "11357(b)", "11357(c)", "11358", "11359", "11360(a)", "11360(b)"]))
    year = draw(st.sampled_from([1995, 2008, 2014, 2016]))
    stated = {
        "plants": draw(st.sampled_from([None, 4.0, 40.0])),
        "deceased": draw(st.sampled_from([None, True])),
        "doj_listed": draw(st.sampled_from([None, False])),
        "sentence_complete": draw(st.sampled_from([True, False])),
        "facts": draw(st.sampled_from([None, ("minor_sale",)])),
    }
    prior = draw(st.sampled_from([None, "PC 187", "PC 459", "HS 11359"]))
    others = [past(a, prior, date(2003, 1, 1))] if prior else []
    case = a_case(
        a, *others, stated=stated, statute=f"HS {letter}", grade=draw(st.sampled_from([None, Grade.F, Grade.M])),
        offense_date=date(year, 3, 1), disposition_date=date(year, 9, 1),
        birth=date(draw(st.sampled_from([1960, 1975, 1994])), 5, 5),
    )  # fmt: skip
    statute, laid = found(case), found(case, policy)
    if laid.outcome in (Outcome.REVIEW, Outcome.ELSEWHERE):
        return
    assert RANK[laid.result] >= RANK[statute.result]
    order = (Outcome.INELIGIBLE, Outcome.REVIEW, Outcome.MOTION, Outcome.AUTO)
    assert order.index(laid.outcome) >= order.index(statute.outcome)


def test_the_shipped_overlays_are_what_they_say(a: Any) -> None:
    assert said(found(a_case(a), load_policy("ca_statute"))) == REDUCED
    assert found(a_case(a), load_policy("ca_example")).result == "dismiss"  # only cannabis on the record


@pytest.mark.parametrize(
    ("birth", "decided", "field"),
    [(None, date(2010, 6, 1), "birth_date"), (date(1990, 6, 1), None, "disposition_date"), (None, None, "birth_date")],
)
def test_an_age_on_a_day_is_asked_about_what_is_missing(a: Any, birth: Any, decided: Any, field: str) -> None:
    policy = ours('under_21 = true\notherwise = "statute"\n')
    answer = found(a_case(a, birth=birth, disposition_date=decided), policy)
    assert answer.outcome is Outcome.REVIEW
    assert answer.questions[0].field == field


PLAIN_CELLS = {"sentence_complete": True, "doj_listed": True}


@pytest.mark.parametrize(
    ("cell_name", "statute", "text", "expected"),
    [
        ("deceased", "HS 11359", "deceased = true", "review R-AMBIGUOUS:deceased"),
        ("deceased", "HS 11359", "deceased = false", REDUCED),
        ("doj_listed", "HS 11359", "", "review R-AMBIGUOUS:doj_listed"),
        ("challenged", "HS 11359", "", "review R-AMBIGUOUS:challenged"),
        ("sentence_complete", "HS 11359", "", "review R-AMBIGUOUS:sentence_complete"),
        ("plants", "HS 11358", "", "review R-AMBIGUOUS:plants"),
        ("facts", "HS 11359", "", "review R-AMBIGUOUS:facts"),
        ("facts", "HS 11357(b)", "", DISMISSED),
        ("county", "HS 11359", 'county = "Alameda"', "review R-AMBIGUOUS:county"),
        ("sex_registrant", "HS 11359", "", "review R-AMBIGUOUS:history"),
    ],
)
def test_a_cell_that_nobody_can_read_may_be_any_that_tells(
    a: Any, cell_name: str, statute: str, text: str, expected: str
) -> None:
    case = a_case(a, statute=statute, stated=PLAIN_CELLS)
    (charge,) = case.record.charges
    known = replace(case.stated_of(charge.charge_id), **{cell_name: Reading(None, "l9?l", 0.0)})
    policy = ours(f'{text}\notherwise = "statute"\n') if text else None
    assert said(found(replace(case, stated={charge.charge_id: known}), policy)) == expected


@pytest.mark.parametrize(
    ("sure", "text", "statute", "expected"),
    [
        (0.9, "years_crime_free = 5", "HS 11357(b)", "review R-AMBIGUOUS:match"),
        (0.9999, "years_crime_free = 5", "HS 11357(b)", "auto dismiss A-REDESIGNATE P-CRIME-FREE"),
        (0.9, 'related_dismiss = ["HS 11366.5"]', "HS 11366.5", "review X-SECTION P-RELATED"),  # either way
        (0.9999, 'related_dismiss = ["HS 11366.5"]', "HS 11366.5", "review X-SECTION P-RELATED"),
        (0.9, 'related_dismiss = ["HS 11366.5"]', "HS 11357(b)", "auto redesignate A-REDESIGNATE"),
    ],
)
def test_an_option_that_asks_for_a_history_asks_whose_it_is(
    a: Any, sure: float, text: str, statute: str, expected: str
) -> None:
    """Where the table has no need of the history, the doubt about the person is first met by the policy."""
    match = Match(RecordId("r1"), MatchStatus.LINKED, (Candidate(PersonId("P1"), sure, ()),), "fields agree")
    case = a_case(a, statute=statute, grade=Grade.M, birth=date(1991, 1, 1))
    policy = ours(f'{text}\notherwise = "statute"\n')
    answer = found(replace(case, match=match), policy)
    assert said(answer) == expected
    assert "match" not in expected or answer.questions[0].field == "match"


def test_a_listed_birth_date_that_differs_is_tried_too(a: Any) -> None:
    """Twenty-one by the paper, under it by the list: which of them is a doubt."""
    match = Match(RecordId("r1"), MatchStatus.LINKED, (Candidate(PersonId("P1"), 1.0, ()),), "fields agree")
    case = a_case(a, statute="HS 11357(b)", grade=Grade.M)
    young = Person(PersonId("P1"), "QUILLBY", birth_date=date(1992, 1, 1))
    assert found(replace(case, match=match, person=young)).reason_codes == ("R-AMBIGUOUS:birth_date",)
    same = Person(PersonId("P1"), "QUILLBY", birth_date=BORN)
    assert said(found(replace(case, match=match, person=same))) == DISMISSED


def test_the_cannabis_charge_of_another_person_says_nothing_of_an_accessory(a: Any) -> None:
    theirs = past(a, "HS 11359", date(2010, 5, 1))
    for person, expected in ((True, "review R-DERIVATIVE"), (False, "ineligible X-SECTION")):
        beside = replace(theirs, same_case=True, same_person=person, same_event=True)
        assert said(found(a_case(a, beside, statute="PC 32"))) == expected


@pytest.mark.parametrize(
    ("grams", "expected"),
    [((None, 8), DISMISSED), ((8, 8), DISMISSED), ((5, 10), REDUCED), ((5, None), REDUCED),
     ((8, None), "review R-OTHER"), ((8, 10), "review R-OTHER"), ((9, 9), "review R-OTHER")],
)  # fmt: skip
def test_a_band_of_concentrate_is_over_the_limit_only_where_all_of_it_is(a: Any, grams: Any, expected: str) -> None:
    case = a_case(a, statute="HS 11357(a)", grade=Grade.M, grams=Grams(*grams))
    assert said(found(case)) == expected
