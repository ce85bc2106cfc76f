"""What holds for every record: doubt never makes an answer surer, and identity never changes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.docket import (
    Charge,
    Disposition,
    DocketRecord,
    DocumentKind,
    Grade,
    Grams,
    Reading,
    SentenceKind,
    SentencePart,
    Termination,
    Unit,
    silent,
)
from casefile.law import Determination, Outcome
from eligibility.case import Case, Related
from eligibility.determine import determine, load_law, load_policy
from eligibility.law import Policy

AS_OF = date(2026, 6, 30)
RISK = 0.005
SURENESS = {Outcome.AUTO: 2, Outcome.MOTION: 1, Outcome.INELIGIBLE: 0, Outcome.REVIEW: 0}
POLICIES = (load_policy("cook_announced"), load_policy("cook_announced_violent"))
Answers = dict[tuple[int, str | None], Determination]

ILLEGIBLE: Reading[Any] = Reading(None, "l9?l", 0.2)
DAYS = [
    date(1968, 10, 3), date(1972, 1, 5), date(1979, 6, 15), date(1986, 3, 11), date(1998, 5, 2), date(2012, 8, 9),
    date(2017, 2, 1), date(2019, 3, 1), date(2019, 7, 10), date(2026, 1, 10),
]  # fmt: skip
STATUTES = [
    "720 ILCS 550/4", "720 ILCS 550/4(a)", "720 ILCS 550/4(b)", "720 ILCS 550/4(c)", "720 ILCS 550/4(d)",
    "720 ILCS 550/5(b)", "720 ILCS 550/5(d)", "720 ILCS 550/5.2(b)", "720 ILCS 550/6", "720 ILCS 600/3.5",
    "720 ILCS 5/8-4 (720 ILCS 550/4(d))", "720 ILCS 5/12-3.2", "720 ILCS 5/12-3", "720 ILCS 5/16-25", "unparsable",
    "Chicago Municipal Code 7-24-099",
]  # fmt: skip
SENTENCES = [
    (SentencePart(SentenceKind.FINE),),
    (SentencePart(SentenceKind.PROBATION, 18, Unit.MONTHS),),
    (SentencePart(SentenceKind.SUPERVISION, 12, Unit.MONTHS),),
    (SentencePart(SentenceKind.PRISON),),
]
VALUES: dict[str, list[Any]] = {
    "statute": STATUTES,
    "description": ["POSS CANNABIS"],
    "grade": list(Grade),
    "offense_date": DAYS,
    "grams": [Grams(6, 6), Grams(30, 30), Grams(30.1, 30.1), Grams(None, 2.5), Grams(10, None)],
    "subsequent": [True, False],
    "section7": [True, False],
    "plea": [],
    "disposition": [d for d in Disposition if d not in (Disposition.EXPUNGED, Disposition.SEALED)],
    "disposition_date": DAYS,
    "sentence": SENTENCES,
    "termination": list(Termination),
    "violated": [True, False],
}
DECISIVE = [name for name in VALUES if VALUES[name] and name != "description"]


@st.composite
def readings(draw: st.DrawFn, values: list[Any]) -> Reading[Any]:
    """Silence, illegible ink, or a value, sure or with a doubt over others."""
    kind = draw(st.sampled_from(["silent", "sure", "sure", "sure", "doubtful", "illegible"]))
    if kind == "silent" or not values:
        return silent()
    if kind == "illegible":
        return ILLEGIBLE
    value = draw(st.sampled_from(values))
    if kind == "sure":
        return Reading(value, "ink")
    confidence = draw(st.sampled_from([0.6, 0.9, 0.997, 0.9995]))
    share = draw(st.sampled_from([0.0, 0.5, 1.0])) * (1 - confidence)
    other = draw(st.sampled_from([v for v in values if v != value] or [None]))
    return Reading(value, "ink", confidence, alternatives=((other, share),) if share else ())


def likely(name: str, usual: Any) -> st.SearchStrategy[Reading[Any]]:
    """Often the usual, so that records are found that the law relieves."""
    return st.one_of(st.just(Reading(usual, "ink") if usual is not None else silent()), readings(VALUES[name]))


USUAL = {
    "statute": "720 ILCS 550/4(b)",
    "offense_date": date(1998, 5, 2),
    "disposition": Disposition.GUILTY,
    "disposition_date": date(1998, 9, 1),
    "sentence": SENTENCES[0],
}


@st.composite
def charges(draw: st.DrawFn, a: Any, count: int = 1) -> Charge:
    return a.charge(count, **{name: draw(likely(name, USUAL.get(name))) for name in VALUES})


@st.composite
def cases(draw: st.DrawFn, a: Any) -> Case:
    first = draw(charges(a))
    others = [draw(charges(a, count)) for count in range(2, draw(st.integers(2, 3)))]
    record = a.record(
        first,
        *others,
        arrest_date=draw(likely("offense_date", None)),
        birth_date=draw(st.one_of(st.just(silent()), readings([date(1960, 1, 1), date(1983, 1, 1), date(2000, 1, 1)]))),
        kind=draw(st.sampled_from([DocumentKind.CERTIFIED_STATEMENT, DocumentKind.COMPLAINT])),
    )
    tellings = [a.record(draw(charges(a)), record_id="t1")] if draw(st.integers(0, 3)) == 0 else []
    related = []
    if draw(st.integers(0, 3)) == 0:
        ties = draw(st.tuples(*[st.sampled_from([True, None, False])] * 3))
        related = [Related(a.record(draw(charges(a)), record_id="o1"), *ties)]
    return Case(record, tuple(tellings), tuple(related))


def answers(case: Case, risk: float = RISK, policies: Sequence[Policy] = POLICIES[:1]) -> Answers:
    """The answers by count and policy, those of the law alone among them."""
    law = load_law("illinois")
    found = [d for policy in policies for d in determine(case, law=law, policy=policy, as_of=AS_OF, risk=risk)]
    return {(d.count, d.policy): d for d in found}


def no_surer(before: Case, after: Case) -> None:
    """Review or ineligible never becomes auto or motion, nor motion auto."""
    sure, doubtful = answers(before), answers(after)
    for key, determination in doubtful.items():
        assert SURENESS[determination.outcome] <= SURENESS[sure[key].outcome], (sure[key], determination)


def with_reading(record: DocketRecord, count: int, name: str, reading: Reading[Any]) -> DocketRecord:
    changed = (replace(c, **{name: reading}) if c.count == count else c for c in record.charges)
    return replace(record, charges=tuple(changed))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_making_a_reading_illegible_never_gives_a_surer_answer(a: Any, data: st.DataObject) -> None:
    case = data.draw(cases(a))
    where = data.draw(st.sampled_from(["record", "telling", "related"]))
    name = data.draw(st.sampled_from(DECISIVE))
    if where == "telling" and case.tellings:
        after = replace(case, tellings=(with_reading(case.tellings[0], 1, name, ILLEGIBLE),))
    elif where == "related" and case.related:
        other = replace(case.related[0], record=with_reading(case.related[0].record, 1, name, ILLEGIBLE))
        after = replace(case, related=(other,))
    else:
        count = data.draw(st.sampled_from([c.count for c in case.record.charges]))
        after = replace(case, record=with_reading(case.record, count, name, ILLEGIBLE))
    no_surer(case, after)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_illegible_dates_of_the_record_never_give_a_surer_answer(a: Any, data: st.DataObject) -> None:
    case = data.draw(cases(a))
    assert case.record.defendant is not None
    born = replace(case.record.defendant, birth_date=ILLEGIBLE)
    no_surer(case, replace(case, record=replace(case.record, defendant=born)))
    no_surer(case, replace(case, record=replace(case.record, arrest_date=ILLEGIBLE)))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_lowering_a_confidence_never_gives_a_surer_answer(a: Any, data: st.DataObject) -> None:
    case = data.draw(cases(a))
    name = data.draw(st.sampled_from(DECISIVE))
    count = data.draw(st.sampled_from([c.count for c in case.record.charges]))
    reading = getattr(next(c for c in case.record.charges if c.count == count), name)
    lower = replace(reading, confidence=reading.confidence * data.draw(st.sampled_from([0.0, 0.5, 0.99, 0.999])))
    no_surer(case, replace(case, record=with_reading(case.record, count, name, lower)))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_less_risk_never_gives_a_surer_answer(a: Any, data: st.DataObject) -> None:
    case = data.draw(cases(a))
    bold, careful = answers(case, 0.05), answers(case, 0.0005)
    assert all(
        SURENESS[careful[key].outcome] <= SURENESS[bold[key].outcome] or bold[key].outcome is Outcome.REVIEW
        for key in bold
    )


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_order_of_charges_does_not_matter(a: Any, data: st.DataObject) -> None:
    case = data.draw(cases(a))
    turned = replace(case, record=replace(case.record, charges=case.record.charges[::-1]))
    assert answers(case) == answers(turned)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_identity_never_changes_an_outcome(a: Any, data: st.DataObject) -> None:
    case = data.draw(cases(a))
    doubt = st.sampled_from([silent(), Reading(None, "??"), Reading("VANDERSLOOT", "VANDERSL00T", 0.4)])
    defendant = case.record.defendant
    assert defendant is not None
    other = replace(
        defendant, **{name: data.draw(doubt) for name in ("surname", "given", "middle", "race", "ir_number", "sid")}
    )
    record = replace(case.record, defendant=other, docket_number=data.draw(doubt))
    assert answers(case) == answers(replace(case, record=record))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_an_overlay_leaves_the_outcome_or_turns_auto_into_motion(a: Any, data: st.DataObject) -> None:
    """For fully known facts; here every charge of the record is read for sure, or surely silent."""
    known = {name: data.draw(st.sampled_from(VALUES[name])) for name in USUAL}
    others = [
        a.charge(
            count,
            statute=data.draw(st.sampled_from(STATUTES)),
            disposition=data.draw(st.sampled_from(VALUES["disposition"])),
        )
        for count in range(2, data.draw(st.integers(2, 3)))
    ]
    found = answers(Case(a.record(a.charge(1, **(known | {"grade": None})), *others)), policies=POLICIES)
    for (count, policy), determination in found.items():
        law = found[count, None].outcome
        if policy is not None and law is not Outcome.REVIEW:
            assert determination.outcome in (law, Outcome.MOTION if law is Outcome.AUTO else law)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_answer_is_explained_and_names_nobody(a: Any, data: st.DataObject) -> None:
    for determination in answers(data.draw(cases(a))).values():
        assert determination.grounds
        assert determination.reason_codes
        text = " ".join(ground.cite + ground.because for ground in determination.grounds)
        assert "QUILLBY" not in text
        assert "98C1" not in text
        assert (determination.probability is None) == (determination.outcome is Outcome.REVIEW)
        assert (determination.route is None) == (determination.outcome in (Outcome.REVIEW, Outcome.INELIGIBLE))
        if determination.reason_codes[0].startswith("R-AMBIGUOUS:"):
            field = determination.reason_codes[0].removeprefix("R-AMBIGUOUS:")
            assert not determination.questions or determination.questions[0].field == field


def test_the_fields_of_a_charge_are_all_tried() -> None:
    assert {f.name for f in fields(Charge)} - {"charge_id", "count"} == set(VALUES)
