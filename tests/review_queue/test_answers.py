"""A person's answer finds its ink again, wins, and is never lost."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.archive import PageId
from casefile.docket import Disposition, Gap, GapKind, Reading, RecordId, SettledBy, Source
from casefile.linkage import MatchStatus
from casefile.ocr import BBox
from casefile.review import Answer, AnswerKind
from review_queue import fields
from review_queue.answers import applied, linked_by

# No example is timed: the machine may be busy.
UNHURRIED = settings(deadline=None, max_examples=60)

STATUTE = "charges.1.statute"


def moved(record: Any, path: str, by: int) -> Any:
    """The record with the ink of one reading drawn `by` pixels further right."""
    reading = fields.reading_at(record, path)
    assert reading is not None
    ((page_id, box),) = ((source.page_id, source.bbox) for source in reading.sources)
    there = Source(page_id, BBox(box.left + by, box.top, box.right + by, box.bottom))
    return fields.with_reading(record, path, replace(reading, sources=(there,)))


def test_an_answer_becomes_a_reading_settled_by_a_person(make: SimpleNamespace) -> None:
    record = make.record()
    told = make.answer(record, STATUTE, '"720 ILCS 550/4(d)"')
    reading = fields.reading_at(applied(record, [told]).record, STATUTE)
    machine = record.charges[0].statute
    assert reading == Reading("720 ILCS 550/4(d)", machine.raw, 1.0, machine.sources, settled_by=SettledBy.REVIEWER)


@UNHURRIED
@given(by=st.integers(-400, 400))
def test_an_answer_follows_its_ink_as_far_as_it_overlaps(make: SimpleNamespace, by: int) -> None:
    record = make.record()
    told = make.answer(record, STATUTE, '"720 ILCS 550/4(d)"')
    after = applied(moved(record, STATUTE, by), [told])
    overlap = max(0, 300 - abs(by)) / (300 + abs(by))
    assert (after.unplaced == ()) == (overlap >= 0.3)
    assert (after.record.charges[0].statute.value == "720 ILCS 550/4(d)") == (overlap >= 0.3)


def test_ink_on_another_page_is_other_ink(make: SimpleNamespace) -> None:
    record = make.record()
    told = replace(make.answer(record, STATUTE, '"720 ILCS 550/4(d)"'), page_id=PageId("p-else"))
    assert applied(record, [told]).unplaced == (told,)


def test_without_ink_to_compare_record_and_path_tell_the_place(make: SimpleNamespace) -> None:
    record = make.record()
    told = make.answer(record, "defendant.birth_date", '"1961-04-02"')
    after = applied(record, [told])
    assert after.record.defendant.birth_date.settled_by is SettledBy.REVIEWER
    stranger = replace(told, record_id=RecordId("r-gone"))
    assert applied(record, [stranger]).unplaced == (stranger,)


def test_an_answer_follows_its_charge_when_counts_change(make: SimpleNamespace) -> None:
    record = make.record()
    told = make.answer(record, STATUTE, '"720 ILCS 550/4(d)"')
    renumbered = replace(record, charges=(make.charge("r1", "p-r1", 2), replace(record.charges[0], count=3)))
    after = applied(renumbered, [told])
    assert [charge.statute.value for charge in after.record.charges] == [
        "720 ILCS 550/4(c)",
        "720 ILCS 550/4(d)",
    ]
    assert after.unplaced == ()


@UNHURRIED
@given(order=st.permutations([1, 2, 3]))
def test_the_last_answer_given_wins(make: SimpleNamespace, order: list[int]) -> None:
    record = make.record()
    letters = {1: "a", 2: "b", 3: "d"}
    answers = [make.answer(record, STATUTE, f'"720 ILCS 550/4({letters[n]})"', n) for n in order]
    assert applied(record, answers).record.charges[0].statute.value == "720 ILCS 550/4(d)"


def test_a_person_may_find_the_paper_silent(make: SimpleNamespace) -> None:
    record = make.record()
    reading = applied(record, [make.answer(record, STATUTE, "null")]).record.charges[0].statute
    assert reading.is_silent
    assert reading.settled_by is SettledBy.REVIEWER
    assert reading.sources


def test_what_nobody_can_read_is_illegible_and_may_be_anything(make: SimpleNamespace) -> None:
    for raw in ("56.5-7", None):
        charge = make.charge("r1", "p-r1", statute=Reading(None, raw, 0.5, make.ink("p-r1", 9)))
        record = make.record(charges=(charge,))
        told = make.answer(record, STATUTE, None, kind=AnswerKind.CANNOT_READ)
        reading = applied(record, [told]).record.charges[0].statute
        assert reading.is_illegible
        assert reading.settled_by is SettledBy.REVIEWER
        assert reading.none_of_these == 1.0


@pytest.mark.parametrize(
    ("confidence", "value", "contradicts"),
    [
        (0.99, "720 ILCS 550/4(c)", True),
        (0.6, "720 ILCS 550/4(c)", False),
        (0.99, "720 ILCS 550/4(d)", False),
    ],
)
def test_a_sure_machine_that_says_otherwise_is_listed(
    make: SimpleNamespace, confidence: float, value: str, contradicts: bool
) -> None:
    charge = make.charge("r1", "p-r1", statute=Reading(value, "4-c", confidence, make.ink("p-r1", 9)))
    record = make.record(charges=(charge,))
    after = applied(record, [make.answer(record, STATUTE, '"720 ILCS 550/4(d)"')])
    assert after.record.charges[0].statute.value == "720 ILCS 550/4(d)"
    assert [each.path for each in after.contradictions] == ([STATUTE] if contradicts else [])


@pytest.mark.parametrize("kept", ['"cleared"', "not json", "3"])
def test_an_answer_in_an_old_form_is_kept_aside(make: SimpleNamespace, kept: str) -> None:
    record = make.record()
    told = make.answer(record, "charges.1.disposition", kept)
    after = applied(record, [told])
    assert after.unplaced == (told,)
    assert after.record.charges[0].disposition.value is Disposition.GUILTY


def test_no_answer_changes_nothing(make: SimpleNamespace) -> None:
    record = make.record()
    assert applied(record, []).record == record


@UNHURRIED
@given(answers=st.lists(st.sampled_from(["a", "b", None]), max_size=4))
def test_applying_twice_changes_nothing(make: SimpleNamespace, answers: list[str | None]) -> None:
    record = make.record()
    kept = [
        make.answer(record, STATUTE, None if letter is None else f'"720 ILCS 550/4({letter})"', n)
        for n, letter in enumerate(answers)
    ]
    once = applied(record, kept).record
    assert applied(once, kept).record == once


@pytest.mark.parametrize(
    ("kind", "bbox", "closed"),
    [
        (GapKind.UNREAD_INK, BBox(100, 100, 300, 200), True),
        (GapKind.UNREAD_INK, BBox(110, 100, 310, 200), True),
        (GapKind.UNREAD_INK, BBox(300, 100, 500, 200), False),
        (GapKind.UNREAD_INK, None, False),
        (GapKind.UNREAD_PAGE, BBox(100, 100, 300, 200), False),
    ],
)
def test_a_gap_is_closed_where_a_person_looked(
    make: SimpleNamespace, kind: GapKind, bbox: BBox | None, closed: bool
) -> None:
    looked = Answer(
        1,
        AnswerKind.VALUE,
        RecordId("r1"),
        PageId("p-r1"),
        BBox(100, 100, 300, 200),
        "page.unread_ink",
        "null",
        "A.",
    )
    gap = Gap(kind, PageId("p-r1"), bbox)
    assert applied(make.record(gaps=(gap,)), [looked]).record.gaps == (() if closed else (gap,))
    unsure = replace(looked, answer_id=2, kind=AnswerKind.CANNOT_READ, value=None)
    assert applied(make.record(gaps=(gap,)), [looked, unsure]).record.gaps == (gap,)


def link(number: int, value: str) -> Answer:
    return Answer(number, AnswerKind.LINK, RecordId("r1"), None, None, "match", value, "A. Reviewer")


def test_a_person_makes_the_link(make: SimpleNamespace) -> None:
    match = make.match("r1", ("P1", 0.8), ("P2", 0.1))
    assert linked_by(match, []) == match
    chosen = linked_by(match, [link(1, "null"), link(2, '"P2"')])
    assert (chosen.status, chosen.settled_by_person) == (MatchStatus.LINKED, True)
    assert [(c.person_id, c.probability) for c in chosen.candidates] == [("P2", 1.0), ("P1", 0.0)]
    assert linked_by(match, [link(3, '"P9"')]).best.person_id == "P9"
    none = linked_by(match, [link(1, '"P2"'), link(2, "null")])
    assert (none.status, none.settled_by_person) == (MatchStatus.NONE, True)
    assert linked_by(make.match("r2", ("P1", 0.8)), [link(1, "null")]).status is MatchStatus.POSSIBLE
