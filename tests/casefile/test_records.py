"""Records: what a reading means, and that JSON gives back what it was given."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.archive import Place, Sha256, natural, page_id_of, shelf_order
from casefile.codec import digest, from_json, to_json
from casefile.docket import DocketRecord, Grams, Reading
from casefile.errors import CasefileError, ExitCode
from casefile.ocr import BBox
from tests.factories import a_charge, a_record, illegible, ink

words = st.text(max_size=12)
probabilities = st.floats(0, 1)
dates = st.dates(date(1900, 1, 1), date(2030, 12, 31))
boxes = st.tuples(*[st.integers(0, 3000)] * 4).map(lambda b: BBox(*b))


def readings(values: st.SearchStrategy[object]) -> st.SearchStrategy[Reading[object]]:
    return st.builds(
        Reading,
        value=st.none() | values,
        raw=st.none() | words,
        confidence=probabilities,
        sources=st.lists(boxes.map(lambda b: ink(bbox=tuple(b))), max_size=2).map(tuple),
        alternatives=st.lists(st.tuples(st.none() | values, probabilities), max_size=3).map(tuple),
    )


grams = st.builds(Grams, st.none() | st.floats(0, 9e3), st.none() | st.floats(0, 9e3))


@given(readings(dates), readings(words), readings(grams))
def test_json_gives_back_the_record_it_was_given(
    day: Reading[date], text: Reading[str], amount: Reading[Grams]
) -> None:
    record = a_record(arrest_date=day, arresting_agency=text, charges=(a_charge(grams=amount),))
    assert from_json(to_json(record), DocketRecord) == record


@given(readings(words))
def test_silent_illegible_and_read_are_three_things(reading: Reading[object]) -> None:
    assert [reading.is_silent, reading.is_illegible, reading.is_read].count(True) == 1


def test_what_is_left_over_is_none_of_these() -> None:
    reading = Reading("c", "c", 0.7, alternatives=(("e", 0.2),))
    assert reading.none_of_these == pytest.approx(0.1)
    assert list(reading.plausible()) == [("c", 0.7), ("e", 0.2)]
    assert list(illegible().plausible()) == []


@given(boxes, boxes)
def test_overlap_is_the_same_both_ways_and_at_most_one(a: BBox, b: BBox) -> None:
    assert a.overlap(b) == b.overlap(a)
    assert 0 <= a.overlap(b) <= 1


@given(st.lists(boxes, min_size=1, max_size=5))
def test_a_box_around_boxes_holds_each(many: list[BBox]) -> None:
    around = BBox.around(many)
    assert all(around.left <= b.left and around.bottom >= b.bottom for b in many)


def test_pages_sort_as_people_number_them() -> None:
    names = ["p10.png", "p2.png", "P1.png"]
    assert sorted(names, key=natural) == ["P1.png", "p2.png", "p10.png"]
    a, b = (Place("b", "f", name, 0) for name in ("p2.png", "p10.png"))
    assert shelf_order(a) < shelf_order(b)


@given(st.text(max_size=20), st.text(max_size=20))
def test_names_of_any_shape_can_be_put_in_order(a: str, b: str) -> None:
    assert (natural(a) < natural(b)) or (natural(b) <= natural(a))


def test_a_page_id_tells_apart_place_and_scan() -> None:
    place = Place("b", "f", "a.png", 0)
    ids = {page_id_of(place, Sha256("1")), page_id_of(place, Sha256("2"))}
    ids.add(page_id_of(Place("b", "f", "a.png", 1), Sha256("1")))
    assert len(ids) == 3


def test_digest_changes_with_any_part() -> None:
    assert digest("a", "b") == digest("a", "b")
    assert digest("a", "b") != digest("ab", "")


def _kinds(kind: type[CasefileError]) -> list[type[CasefileError]]:
    return [kind, *(k for sub in kind.__subclasses__() for k in _kinds(sub))]


@pytest.mark.parametrize("kind", _kinds(CasefileError))
def test_every_error_of_ours_has_an_exit_status(kind: type[CasefileError]) -> None:
    assert kind.exit_code in ExitCode
    assert kind.exit_code is not ExitCode.DONE
