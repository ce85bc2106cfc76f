"""What is safe unseen, what is asked, and that nothing waits without a question or a reason."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.archive import PageId
from casefile.docket import (
    Disposition,
    DocketRecord,
    DocumentKind,
    Gap,
    GapKind,
    Reading,
    SettledBy,
    Termination,
)
from casefile.law import Determination, Outcome, Question
from casefile.linkage import Match, MatchStatus
from casefile.review import Answer, AnswerKind, ItemKind
from review_queue import fields
from review_queue.answers import A_CHARGE, applied, linked_by
from review_queue.asking import NOTHING_HANGS_ON_IT, item_id_of_answer
from review_queue.triage import (
    DECISIVE,
    IDENTITY,
    State,
    Thresholds,
    gate_paths,
    is_accepted,
    questions_of,
    state_of,
    triage,
)

# No example is timed: the machine may be busy.
UNHURRIED = settings(deadline=None, max_examples=60)

VALUES: dict[str, list[Any]] = {
    "docket_number": ["93CR0000001", "93CR0000081"],
    "defendant.surname": ["QUILLBY", "MARLOW"],
    "defendant.given": ["TERRANCE", "DESMOND"],
    "defendant.birth_date": [None],
    "statute": ["720 ILCS 550/4(c)", "720 ILCS 570/402(c)"],
    "disposition": list(Disposition),
    "termination": [None, *Termination],
    "grams": [None],
}
CONFIDENCES = st.sampled_from([0.0, 0.2, 0.5, 0.8, 0.96, 0.97, 0.999])


@st.composite
def readings(draw: st.DrawFn, values: list[Any]) -> Reading[Any]:
    value = draw(st.sampled_from([*values, None]))
    raw = draw(st.sampled_from(["some print", None])) if value is None else "some print"
    settled_by = draw(st.sampled_from([SettledBy.MACHINE, SettledBy.MACHINE, SettledBy.REVIEWER]))
    others = tuple((other, 0.1) for other in values if other != value)[: draw(st.integers(0, 2))]
    is_settled = settled_by is SettledBy.REVIEWER
    return Reading(value, raw, 1.0 if is_settled else draw(CONFIDENCES), (), () if is_settled else others, settled_by)


@st.composite
def dockets(draw: st.DrawFn, make: SimpleNamespace) -> DocketRecord:
    counts = draw(st.integers(0, 2))
    record: DocketRecord = make.record(charges=tuple(make.charge("r1", "p-r1", n + 1) for n in range(counts)))
    for path in (*IDENTITY, *(f"charges.{n + 1}.{name}" for n in range(counts) for name in DECISIVE)):
        if draw(st.booleans()):
            values = VALUES.get(path) or VALUES[path.rsplit(".", 1)[-1]]
            record = fields.with_reading(record, path, draw(readings(values)))
    gaps = draw(
        st.lists(
            st.sampled_from([Gap(kind, page) for kind in GapKind for page in (None, PageId("p-r1"))]),
            max_size=2,
        )
    )
    return replace(record, gaps=tuple(gaps))


@st.composite
def judgements(draw: st.DrawFn, make: SimpleNamespace, record: DocketRecord) -> tuple[Determination, ...]:
    judged = []
    for charge in record.charges:
        outcome = draw(st.sampled_from([*Outcome, None]))
        if outcome is Outcome.REVIEW:
            asked = draw(
                st.lists(
                    st.sampled_from(
                        [
                            Question("statute", record.record_id, charge.count, worth=0.7),
                            Question("disposition", None, charge.count, worth=0.5),
                            Question("case.pages", record.record_id, worth=0.4),
                            Question("assoc.injury", record.record_id, charge.count, about_ink=False),
                            Question("statute", make.record("r9").record_id, 1, worth=0.3),
                            Question("match", record.record_id, worth=0.2),
                            Question("match", make.record("r9").record_id, worth=0.2),
                            Question("assoc.event", make.record("r9").record_id, worth=0.1),
                            Question("assoc.disposition", make.record("r9").record_id, 1),
                            Question("birth_date", record.record_id),
                        ]
                    ),
                    max_size=3,
                    unique=True,
                )
            )
            judged.append(make.in_doubt(record, charge.count, *asked))
        elif outcome is not None:
            judged.append(make.determination(record, charge.count, outcome=outcome))
    if draw(st.booleans()) and judged and not judged[0].questions:
        judged[0] = replace(judged[0], reason_codes=("R-TOO-SOON",))
    return tuple(judged)


@st.composite
def files(draw: st.DrawFn, make: SimpleNamespace) -> tuple[DocketRecord, Match | None, tuple[Determination, ...]]:
    record = draw(dockets(make))
    status = draw(st.sampled_from([None, *MatchStatus]))
    match = make.match("r1", ("P1", 0.8), status=status) if status else None
    return record, match, draw(judgements(make, record))


def answer_to(record: DocketRecord, item: Any, number: int, kind: AnswerKind) -> Answer:
    value = None if kind is AnswerKind.CANNOT_READ else "null"
    kind = AnswerKind.LINK if item.kind is ItemKind.MATCH and kind is AnswerKind.VALUE else kind
    return Answer(number, kind, item.record_id, item.page_id, item.bbox, item.field, value, "A. Reviewer")


@UNHURRIED
@given(data=st.data())
def test_accepted_implies_every_condition(make: SimpleNamespace, data: st.DataObject) -> None:
    record, match, judged = data.draw(files(make))
    state = state_of(record, match, judged, make.thresholds)
    if state is State.IN_REVIEW:
        return
    assert record.charges
    assert match is None or match.status is not MatchStatus.POSSIBLE
    assert all(each.outcome is not Outcome.REVIEW for each in judged)
    for path, reading in fields.readings_of(record):
        if path in IDENTITY or path.rsplit(".", 1)[-1] in DECISIVE:
            assert not reading.is_illegible
            assert reading.settled_by is SettledBy.REVIEWER or reading.confidence >= 0.97
    touched = any(reading.settled_by is SettledBy.REVIEWER for _, reading in fields.readings_of(record))
    assert (state is State.REVIEWED) == touched


@UNHURRIED
@given(data=st.data())
def test_in_review_has_a_question_or_says_why_not(make: SimpleNamespace, data: st.DataObject) -> None:
    record, match, judged = data.draw(files(make))
    found = triage(record, match, judged, make.thresholds, ())
    assert found.items or found.reasons or found.state is not State.IN_REVIEW
    if found.reasons == (NOTHING_HANGS_ON_IT,):
        assert {each.outcome for each in judged} <= {Outcome.INELIGIBLE, Outcome.ELSEWHERE}
        assert match is None or match.status is not MatchStatus.POSSIBLE


@UNHURRIED
@given(data=st.data())
def test_what_is_answered_is_never_asked_again(make: SimpleNamespace, data: st.DataObject) -> None:
    record, match, judged = data.draw(files(make))
    kind = data.draw(st.sampled_from([AnswerKind.VALUE, AnswerKind.CANNOT_READ]))
    answers: list[Answer] = []
    asked: set[str] = set()
    for _ in range(20):
        now = applied(record, [answer for answer in answers if answer.record_id == "r1"]).record
        who = linked_by(match, answers) if match else None
        found = triage(now, who, judged, make.thresholds, answers)
        items = [item for item in found.items if item.kind is not ItemKind.LEGAL]
        assert not asked & {item.item_id for item in items}
        assert found.items or found.reasons or found.state is not State.IN_REVIEW
        if not items:
            return
        asked.add(items[0].item_id)
        answers.append(answer_to(record, items[0], len(answers) + 1, kind))
    pytest.fail("the questions never end")


@UNHURRIED
@given(data=st.data(), lower=CONFIDENCES)
def test_a_lower_score_never_makes_a_record_safe(make: SimpleNamespace, data: st.DataObject, lower: float) -> None:
    record, match, judged = data.draw(files(make))
    path = data.draw(st.sampled_from(gate_paths(record)))
    reading = fields.reading_at(record, path)
    assert reading is not None
    worse = fields.with_reading(record, path, replace(reading, confidence=min(lower, reading.confidence)))
    if state_of(record, match, judged, make.thresholds) is State.IN_REVIEW:
        assert state_of(worse, match, judged, make.thresholds) is State.IN_REVIEW


@UNHURRIED
@given(confidence=st.floats(0, 1), threshold=st.floats(0, 1), raw=st.sampled_from([None, "print"]))
def test_a_low_score_never_decides(confidence: float, threshold: float, raw: str | None) -> None:
    thresholds = Thresholds({fields.Family.STATUTE: threshold})
    read: Reading[str] = Reading("720 ILCS 550/4(c)", raw, confidence)
    assert is_accepted(read, fields.Family.STATUTE, thresholds) == (confidence >= threshold)
    assert not is_accepted(read, fields.Family.GRAMS, thresholds)
    assert not is_accepted(Reading(None, "print", 1.0), fields.Family.STATUTE, thresholds)


@UNHURRIED
@given(data=st.data())
def test_questions_come_worth_most_first_and_name_nobody(make: SimpleNamespace, data: st.DataObject) -> None:
    record, match, judged = data.draw(files(make))
    items = questions_of(record, match, judged, make.thresholds, ())
    assert [item.priority for item in items] == sorted((item.priority for item in items), reverse=True)
    assert len({item.item_id for item in items}) == len(items)
    for item in items:
        assert not any(name in item.why for name in ("QUILLBY", "MARLOW", "TERRANCE", "93CR"))


def test_a_safe_record_is_accepted_and_asks_nothing(make: SimpleNamespace) -> None:
    record = make.record()
    found = triage(record, None, make.toy_law(record), make.thresholds, ())
    assert (found.state, found.items, found.reasons) == (State.ACCEPTED, (), ())


@pytest.mark.parametrize(
    ("kind", "state"),
    [(DocumentKind.BLANK, State.ACCEPTED), (DocumentKind.OTHER, State.ACCEPTED), (None, State.IN_REVIEW)],
)
def test_pages_without_a_record(make: SimpleNamespace, kind: DocumentKind | None, state: State) -> None:
    found = triage(make.blank(kind=kind), None, (), make.thresholds, ())
    assert found.state is state
    assert [item.field for item in found.items] == ([] if kind else ["page.set_aside"])


@pytest.mark.parametrize("ended", [Disposition.EXPUNGED, Disposition.SEALED])
def test_expunged_and_sealed_are_shown_to_nobody_here(make: SimpleNamespace, ended: Disposition) -> None:
    charge = make.charge("r1", "p-r1", disposition=Reading(ended, "980 RECORD", 0.999))
    found = triage(make.record(charges=(charge,)), None, (), make.thresholds, ())
    assert found.state is State.IN_REVIEW
    assert not found.items
    assert found.reasons


def test_a_perhaps_expunged_record_is_asked_about(make: SimpleNamespace) -> None:
    charge = make.charge("r1", "p-r1", disposition=Reading(Disposition.EXPUNGED, "98O RECORD", 0.8))
    found = triage(make.record(charges=(charge,)), None, (), make.thresholds, ())
    assert found.state is State.IN_REVIEW
    assert [item.field for item in found.items] == ["charges.1.disposition"]


def test_the_reading_that_decides_comes_first(make: SimpleNamespace) -> None:
    doubtful = Reading("QUILLBY", "QU1LLBY", 0.4)
    charge = make.charge(
        "r1", "p-r1", statute=make.read("720 ILCS 550/4(c)", "4-c", 0.7, (), ("720 ILCS 550/4(e)", 0.2))
    )
    record = make.record(charges=(charge,), defendant=make.defendant("p-r1", surname=doubtful))
    items = questions_of(record, None, make.toy_law(record), make.thresholds, ())
    assert [item.field for item in items] == ["charges.1.statute", "defendant.surname"]
    assert items[0].why == "two readings fit this print; the answer decides eligibility"


def test_of_a_surely_ineligible_record_only_the_case_is_asked(make: SimpleNamespace) -> None:
    poor: Reading[Any] = Reading(None, "smudge", 0.0)
    charge = make.charge("r1", "p-r1", disposition=poor, grams=poor)
    record = make.record(
        charges=(charge,), docket_number=poor, defendant=make.defendant("p-r1", surname=poor, birth_date=poor)
    )
    judged = (make.determination(record, outcome=Outcome.INELIGIBLE, route=None),)
    found = triage(record, None, judged, make.thresholds, ())
    assert [item.field for item in found.items] == ["docket_number"]
    sure = replace(record, docket_number=make.record().docket_number)
    found = triage(sure, None, judged, make.thresholds, ())
    assert (found.items, found.reasons) == ((), (NOTHING_HANGS_ON_IT,))


def test_what_a_motion_prints_is_asked_though_the_outcome_stands(make: SimpleNamespace) -> None:
    charges = (
        make.charge("r1", "p-r1", 1, grams=Reading(None, None, 0.5)),
        make.charge("r1", "p-r1", 2, termination=Reading(None, None, 0.5)),
    )
    record = make.record(charges=charges)
    judged = (
        make.determination(record, 1),
        make.determination(record, 2, outcome=Outcome.INELIGIBLE, route=None),
    )
    items = questions_of(record, None, judged, make.thresholds, ())
    assert [item.field for item in items] == ["charges.1.grams", "charges.2.termination"]


def test_a_question_of_law_goes_to_the_attorney(make: SimpleNamespace) -> None:
    record = make.record()
    judged = (make.in_doubt(record, 1, Question("assoc.injury", record.record_id, 1, about_ink=False)),)
    (item,) = questions_of(record, None, judged, make.thresholds, ())
    assert (item.kind, item.page_id) == (ItemKind.LEGAL, None)


def test_an_associated_charge_is_asked_about_where_it_stands(make: SimpleNamespace) -> None:
    record, other = make.record("r1"), make.record("r2")
    asked = (
        Question("assoc.statute", other.record_id, 1, worth=0.9),
        Question("assoc.force", other.record_id, 1, about_ink=False, worth=0.1),
    )
    others, judged = {other.record_id: other}, (make.in_doubt(record, 1, *asked),)
    (ink,) = questions_of(record, None, judged, make.thresholds, (), others=others)
    assert (ink.kind, ink.record_id, ink.field) == (ItemKind.READING, "r2", "charges.1.statute")
    told = make.answer(other, ink.field, None, kind=AnswerKind.CANNOT_READ)
    (law,) = questions_of(record, None, judged, make.thresholds, (told,), others=others)
    assert (law.kind, law.record_id, law.field) == (ItemKind.LEGAL, "r2", "charges.1.assoc.force")


def test_one_question_at_a_time_is_asked_for_a_determination(make: SimpleNamespace) -> None:
    record = make.record()
    asked = [Question(name, record.record_id, 1) for name in ("disposition", "statute", "termination")]
    judged = (make.in_doubt(record, 1, *asked),)
    answers: list[Answer] = []
    for question in asked:
        (item,) = questions_of(record, None, judged, make.thresholds, answers)
        assert item.field == f"charges.1.{question.field}"
        answers.append(make.answer(record, item.field, None, len(answers) + 1, AnswerKind.CANNOT_READ))
    found = triage(record, None, judged, make.thresholds, answers)
    assert found.items == ()
    assert len(found.reasons) == 3


def test_a_link_that_decides_is_asked_until_a_person_made_it(make: SimpleNamespace) -> None:
    record = make.record()
    match = make.match("r1", ("P1", 0.991), status=MatchStatus.LINKED)
    judged = (make.in_doubt(record, 1, Question("match", record.record_id, worth=0.6)),)
    (item,) = questions_of(record, match, judged, make.thresholds, ())
    assert (item.kind, item.field) == (ItemKind.MATCH, "match")
    settled = replace(match, settled_by_person=True)
    found = triage(record, settled, judged, make.thresholds, ())
    assert found.items == ()
    assert found.reasons


def test_the_question_of_an_answer_is_found_again(make: SimpleNamespace) -> None:
    aside = make.blank("b1", kind=None)
    gone = make.record("r1", gaps=(Gap(GapKind.MISSING),), charges=())
    doubtful = make.record("r2", docket_number=Reading("93CR0000001", "93CR", 0.4))
    for record in (aside, gone, doubtful):
        (item,) = questions_of(record, None, make.toy_law(record), make.thresholds, ())
        assert item_id_of_answer(answer_to(record, item, 1, AnswerKind.VALUE)) == item.item_id


def test_a_missing_page_is_asked_about_where_the_law_needs_it(make: SimpleNamespace) -> None:
    record = make.record(gaps=(Gap(GapKind.PAGE_NUMBERS, PageId("p-r1")),))
    assert questions_of(record, None, make.toy_law(record), make.thresholds, ()) == ()
    judged = (make.in_doubt(record, 1, Question("case.pages", record.record_id)),)
    (item,) = questions_of(record, None, judged, make.thresholds, ())
    assert (item.kind, item.field, item.page_id) == (ItemKind.PAGE, "page.page_numbers", "p-r1")


def test_a_doubt_on_another_document_points_there(make: SimpleNamespace) -> None:
    record, other = make.record("r1"), make.record("r2")
    judged = (make.in_doubt(record, 1, Question("disposition", other.record_id, 1)),)
    (blind,) = questions_of(record, None, judged, make.thresholds, ())
    assert (blind.record_id, blind.page_id) == ("r2", None)
    (seen,) = questions_of(record, None, judged, make.thresholds, (), others={other.record_id: other})
    assert (seen.item_id, seen.page_id) == (blind.item_id, "p-r2")
    told = make.answer(other, "charges.1.disposition", '"guilty"')
    assert questions_of(record, None, judged, make.thresholds, (told,), others={other.record_id: other}) == ()


def between(make: SimpleNamespace) -> list[tuple[DocketRecord, tuple[Determination, ...]]]:
    """Two dockets beside one page that nobody has read."""
    gap = Gap(GapKind.SET_ASIDE, PageId("p-between"))
    dockets = [make.record(name, gaps=(gap,)) for name in ("r1", "r2")]
    return [(one, (make.in_doubt(one, 1, Question("case.pages", one.record_id)),)) for one in dockets]


@pytest.mark.parametrize(
    ("kind", "value", "asked_still"),
    [
        (AnswerKind.VALUE, "null", True),
        (AnswerKind.VALUE, A_CHARGE, True),
        (AnswerKind.CANNOT_READ, None, False),
    ],
)
def test_each_docket_beside_an_unread_page_is_asked_for_itself(
    make: SimpleNamespace, kind: AnswerKind, value: str | None, asked_still: bool
) -> None:
    """But nobody is asked twice about a page that no one can read."""
    (mine, my_doubt), (theirs, their_doubt) = between(make)
    (my_item,) = questions_of(mine, None, my_doubt, make.thresholds, ())
    (their_item,) = questions_of(theirs, None, their_doubt, make.thresholds, ())
    assert my_item.item_id != their_item.item_id
    told = replace(answer_to(mine, my_item, 1, kind), value=value)
    assert item_id_of_answer(told) == my_item.item_id
    assert questions_of(mine, None, my_doubt, make.thresholds, (told,)) == ()
    left = questions_of(theirs, None, their_doubt, make.thresholds, (told,))
    assert left == ((their_item,) if asked_still else ())


def test_a_docket_grouped_anew_is_asked_again_about_the_page_beside_it(make: SimpleNamespace) -> None:
    (mine, doubt), _ = between(make)
    (item,) = questions_of(mine, None, doubt, make.thresholds, ())
    told = replace(answer_to(mine, item, 1, AnswerKind.VALUE), record_id=make.record("r-gone").record_id)
    assert applied(mine, [told]).record.gaps == mine.gaps
    assert questions_of(mine, None, doubt, make.thresholds, (told,)) == (item,)


def test_who_the_defendant_of_another_record_is_can_be_asked(make: SimpleNamespace) -> None:
    record, other = make.record("r1"), make.record("r2")
    judged = (make.in_doubt(record, 1, Question("match", other.record_id, worth=0.5)),)
    (blind,) = questions_of(record, None, judged, make.thresholds, ())
    (seen,) = questions_of(record, None, judged, make.thresholds, (), others={other.record_id: other})
    for item in (blind, seen):
        assert (item.kind, item.record_id, item.field) == (ItemKind.MATCH, "r2", "match")
    assert (seen.page_id, seen.bbox) == ("p-r2", other.defendant.surname.sources[0].bbox)
    own = make.in_doubt(other, 1, Question("match", other.record_id))
    match = make.match("r2", ("P1", 0.8))
    assert {i.item_id for i in questions_of(other, match, (own,), make.thresholds, ())} == {
        blind.item_id,
        seen.item_id,
    }
    told = answer_to(other, seen, 1, AnswerKind.VALUE)
    found = triage(record, None, judged, make.thresholds, (told,), others={other.record_id: other})
    assert (found.items, len(found.reasons)) == ((), 1)


def test_whether_two_arrests_are_one_is_asked_on_the_ink_of_their_dates(make: SimpleNamespace) -> None:
    """There, then here, wherever the date is not surely read; only what both dates leave open is the law's."""
    record, other = make.record("r1"), make.record("r2")
    judged = (make.in_doubt(record, 1, Question("assoc.event", other.record_id)),)
    (blind,) = questions_of(record, None, judged, make.thresholds, ())
    assert (blind.kind, blind.record_id, blind.field) == (ItemKind.READING, "r2", "arrest_date")
    answers: list[Answer] = []
    asked = []
    for number in (1, 2, 3):
        here, there = applied(record, answers).record, applied(other, answers).record
        others = {other.record_id: there}
        (item,) = questions_of(here, None, judged, make.thresholds, answers, others=others)
        asked.append((item.kind, item.record_id))
        answers.append(replace(answer_to(record, item, number, AnswerKind.VALUE), value='"1993-04-02"'))
    assert asked == [(ItemKind.READING, "r2"), (ItemKind.READING, "r1"), (ItemKind.LEGAL, "r2")]


def test_a_case_too_young_waits_for_its_day(make: SimpleNamespace) -> None:
    record = make.record()
    judged = (make.determination(record, outcome=Outcome.REVIEW, route=None, reason_codes=("R-TOO-SOON",)),)
    found = triage(record, None, judged, make.thresholds, ())
    assert (found.items, found.reasons) == ((), ("waits for a day that has not come",))


def test_of_a_page_that_says_nothing_only_the_page_is_asked(make: SimpleNamespace) -> None:
    """Neither who nor which case nor the page beside it; once a person finds a case on it, these are asked."""
    nobody = make.defendant("p-r1", **{name: Reading(None, "?", 0.0) for name in ("surname", "given", "birth_date")})
    gaps = tuple(Gap(GapKind.UNREAD_PAGE, PageId(page)) for page in ("p-r1", "p-beside"))
    unread = {"docket_number": Reading(None, "?", 0.0), "defendant": nobody}
    record = make.record(charges=(), gaps=gaps, **unread)
    (item,) = questions_of(record, None, (), make.thresholds, ())
    assert (item.field, item.page_id) == ("page.unread_page", "p-r1")
    told = replace(answer_to(record, item, 1, AnswerKind.VALUE), value="null")
    left = applied(record, [told]).record
    assert triage(left, None, (), make.thresholds, (told,)).items == ()
    asked = {each.field for each in questions_of(make.record(gaps=gaps, **unread), None, (), make.thresholds, ())}
    assert {"docket_number", "defendant.surname"} <= asked


def test_a_docket_without_a_charge_is_never_safe(make: SimpleNamespace) -> None:
    found = triage(make.record(charges=()), None, (), make.thresholds, ())
    assert found.state is State.IN_REVIEW
    assert [item.kind for item in found.items] == [ItemKind.PAGE]


@UNHURRIED
@given(data=st.data())
def test_answering_every_question_ends_the_work(make: SimpleNamespace, data: st.DataObject) -> None:
    """Each gate reading doubtful or not; a person who reads them all leaves a record that is safe."""
    truth: DocketRecord = make.record()
    doubtful = truth
    for path in data.draw(st.sets(st.sampled_from(gate_paths(truth)))):
        reading = fields.reading_at(truth, path)
        assert reading is not None
        raw = data.draw(st.sampled_from([reading.raw, "smudge"]))
        doubtful = fields.with_reading(doubtful, path, replace(reading, value=None, raw=raw, confidence=0.3))
    answers: list[Answer] = []
    for number in range(1, 12):
        record = applied(doubtful, answers).record
        found = triage(record, None, make.toy_law(record), make.thresholds, answers)
        if found.state is not State.IN_REVIEW:
            break
        path = found.items[0].field
        true = fields.reading_at(truth, path)
        assert true is not None
        answers.append(make.answer(doubtful, path, fields.encode(path, true.value), number))
    assert found.state is (State.REVIEWED if answers else State.ACCEPTED)
    assert all(
        fields.reading_at(record, path).value == fields.reading_at(truth, path).value for path in gate_paths(truth)
    )  # type: ignore[union-attr]


def test_a_page_that_is_to_be_scanned_again_is_asked_about_no_more(make: SimpleNamespace) -> None:
    record = make.five_questions().records["r1"]
    judged = make.toy_law(record)
    (item, *_) = triage(record, None, judged, make.thresholds, ()).items
    wrong = answer_to(record, item, 1, AnswerKind.RESCAN)
    after = triage(record, None, judged, make.thresholds, (wrong,))
    assert (after.state, after.items) == (State.IN_REVIEW, ())
    assert after.reasons == ("its page waits to be scanned again",)
