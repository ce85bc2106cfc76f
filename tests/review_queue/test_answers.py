"""A person's answer finds its ink again, wins, and is never lost."""

import json
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
from review_queue.answers import A_CHARGE, Applied, applied, linked_by
from review_queue.asking import Stake, of_reading
from review_queue.triage import is_accepted_at

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


def row(make: SimpleNamespace, count: int, place: int, **differing: Any) -> Any:
    """A charge counted as `count` that stands where the `place`th of the page stands."""
    return replace(make.charge("r1", "p-r1", place, **differing), count=count)


@pytest.mark.parametrize("name", ["statute", "disposition"])
@pytest.mark.parametrize("own", ["other ink", "no ink", "the machine's silence"])
def test_a_charge_found_before_it_takes_no_answer_with_it(make: SimpleNamespace, name: str, own: str) -> None:
    """A later version finds a charge between the two: what was count 2 is now count 3."""
    before = make.record(charges=(row(make, 1, 1), row(make, 2, 3)))
    value = fields.encode(f"charges.2.{name}", getattr(before.charges[0], name).value)
    told = make.answer(before, f"charges.2.{name}", value)
    found: dict[str, Any] = {
        "other ink": {},
        "no ink": {name: replace(getattr(before.charges[0], name), sources=())},
        "the machine's silence": {name: Reading(None)},
    }
    after = replace(before, charges=(row(make, 1, 1), row(make, 2, 2, **found[own]), row(make, 3, 3)))
    laid = applied(after, [told])
    settled = [charge.count for charge in laid.record.charges if getattr(charge, name).settled_by is SettledBy.REVIEWER]
    assert (settled, laid.unplaced) == ([3], ())


@pytest.mark.parametrize(
    ("count", "place", "placed"),
    [(1, 1, True), (2, 2, True), (1, 2, False), (2, 1, False), (2, 3, False), (3, 2, False)],
)
def test_where_the_ink_is_lost_only_its_own_row_takes_the_answer(
    make: SimpleNamespace, count: int, place: int, placed: bool
) -> None:
    """The answer was given for a count standing at `place`; now no disposition is found on the page at all."""
    told = make.answer(make.record(charges=(row(make, count, place),)), f"charges.{count}.disposition", '"dismissed"')
    after = make.record(charges=tuple(row(make, n, n, disposition=Reading(None)) for n in (1, 2, 3)))
    laid = applied(after, [told])
    assert laid.unplaced == (() if placed else (told,))
    settled = [c.count for c in laid.record.charges if c.disposition.settled_by is SettledBy.REVIEWER]
    assert settled == ([count] if placed else [])


def test_rows_too_close_or_unknown_take_no_answer_whose_ink_is_lost(make: SimpleNamespace) -> None:
    told = make.answer(make.record(), "charges.1.disposition", '"dismissed"')
    own = row(make, 1, 1, disposition=Reading(None))
    assert applied(make.record(charges=(own,)), [told]).unplaced == ()
    ink = make.ink("p-r1", 11)
    close = row(make, 2, 2, statute=make.read("720 ILCS 550/4(c)", "4-c", 0.9, ink), disposition=Reading(None))
    nowhere = {name: replace(getattr(own, name), sources=()) for name in ("statute", "description")}
    for charges in ((own, close), (own, replace(close, **nowhere)), (replace(own, **nowhere),)):
        assert applied(make.record(charges=charges), [told]).unplaced == (told,)


def test_a_reading_of_the_case_falls_back_on_its_path_in_its_own_record(make: SimpleNamespace) -> None:
    """The machine now finds nothing there; the record has one docket number only."""
    record = make.record()
    told = make.answer(record, "docket_number", '"93CR0000001"')
    silent = replace(record, docket_number=Reading(None))
    assert applied(silent, [told]).unplaced == ()
    assert applied(silent, [replace(told, record_id=RecordId("r-gone"))]).unplaced != ()


def test_ink_that_two_other_charges_share_takes_no_answer(make: SimpleNamespace) -> None:
    shared = {"disposition": make.record().charges[0].disposition}
    told = make.answer(make.record(), "charges.1.disposition", '"dismissed"')
    both = (row(make, 2, 2, **shared), row(make, 3, 3, **shared))
    assert applied(make.record(charges=both), [told]).unplaced == (told,)
    assert applied(make.record(charges=(row(make, 1, 1), *both)), [told]).unplaced == ()


def test_an_answer_about_no_ink_follows_its_count_only_where_that_is(make: SimpleNamespace) -> None:
    two = make.record(charges=(row(make, 1, 1), row(make, 2, 2)))
    told = make.answer(two, "charges.2.termination", '"satisfactory"')
    assert told.bbox is None
    assert applied(two, [told]).record.charges[1].termination.settled_by is SettledBy.REVIEWER
    assert applied(make.record(), [told]).unplaced == (told,)


@UNHURRIED
@given(data=st.data())
def test_however_charges_are_counted_anew_no_answer_is_misplaced(make: SimpleNamespace, data: st.DataObject) -> None:
    """Rows come, go, are counted anew and lose readings; an answer is on its own row or on none."""
    rows = st.lists(st.integers(1, 6), min_size=1, max_size=5, unique=True)
    before = make.record(charges=tuple(row(make, n, place) for n, place in enumerate(data.draw(rows), start=1)))
    name = data.draw(st.sampled_from(["statute", "disposition"]))
    asked = data.draw(st.sampled_from(before.charges))
    told = make.answer(before, f"charges.{asked.count}.{name}", None, kind=AnswerKind.CANNOT_READ)
    places = data.draw(rows)
    lost = data.draw(st.sets(st.sampled_from(places)))
    after = make.record(
        charges=tuple(
            row(make, n, place, **({name: Reading(None)} if place in lost else {}))
            for n, place in enumerate(places, start=1)
        )
    )
    laid = applied(after, [told])
    for charge in laid.record.charges:
        if getattr(charge, name).settled_by is SettledBy.REVIEWER:
            assert charge.description.sources == asked.description.sources
    assert applied(laid.record, [told]).record == laid.record


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


@pytest.mark.parametrize(
    ("by", "kind", "value", "closed"),
    [
        ("r1", AnswerKind.VALUE, "null", True),
        ("r2", AnswerKind.VALUE, "null", False),
        ("r1", AnswerKind.VALUE, A_CHARGE, False),
        ("r1", AnswerKind.CANNOT_READ, None, False),
        ("r2", AnswerKind.CANNOT_READ, None, False),
    ],
)
def test_a_page_that_adds_nothing_to_one_docket_may_belong_to_the_next(
    make: SimpleNamespace, by: str, kind: AnswerKind, value: str | None, closed: bool
) -> None:
    page = PageId("p-between")
    told = Answer(1, kind, RecordId(by), page, None, "page.set_aside", value, "A. Reviewer")
    gap = Gap(GapKind.SET_ASIDE, page)
    assert applied(make.record(gaps=(gap,)), [told]).record.gaps == (() if closed else (gap,))


@pytest.mark.parametrize(
    ("kind", "value", "stays"),
    [
        (AnswerKind.VALUE, "null", True),
        (AnswerKind.VALUE, A_CHARGE, True),
        (AnswerKind.CANNOT_READ, None, False),
    ],
)
def test_only_that_nobody_can_read_it_opens_a_neighbours_gap_again(
    make: SimpleNamespace, kind: AnswerKind, value: str | None, stays: bool
) -> None:
    page = PageId("p-between")
    mine = Answer(1, AnswerKind.VALUE, RecordId("r1"), page, None, "page.set_aside", "null", "A. Reviewer")
    theirs = replace(mine, answer_id=2, record_id=RecordId("r2"), kind=kind, value=value)
    record = make.record(gaps=(Gap(GapKind.SET_ASIDE, page),))
    assert (applied(record, [mine, theirs]).record.gaps == ()) == stays


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


# --- charges the machine missed ---


def a_missed(record: Any, box: BBox, number: int = 1, **said: Any) -> Answer:
    """A charge somebody saw in that box of the record's first page."""
    value = json.dumps({"statute": "720 ILCS 550/4(d)", "disposition": "guilty", "grams": None, **said})
    return Answer(number, AnswerKind.CHARGE, record.record_id, record.page_ids[0], box, "charges", value, "A. Reviewer")


DRAWN = BBox(100, 1190, 900, 1240)


@UNHURRIED
@given(
    counts=st.lists(st.integers(1, 30), max_size=5, unique=True),
    places=st.permutations(range(1, 6)),
    found=st.booleans(),
    by=st.integers(-12, 12),
)
def test_a_missed_charge_survives_every_rerun_and_stands_there_once(
    make: SimpleNamespace, counts: list[int], places: list[int], found: bool, by: int
) -> None:
    """However a later version counts, and whether or not it now finds the charge itself."""
    record = make.record()
    charges = [row(make, count, place) for count, place in zip(counts, places, strict=False)]
    if found:
        ink = (Source(PageId("p-r1"), BBox(120, 1200 + by, 420, 1230 + by)),)
        itself = replace(
            make.charge("r1", "p-r1", 1, statute=make.read("720 ILCS 550/4(a)", "704-A", 0.99, ink)),
            count=31,
            description=Reading(None),
        )
        charges.insert(len(charges) // 2, itself)
    after = applied(replace(record, charges=tuple(charges)), [a_missed(record, DRAWN)])
    assert after.unplaced == ()
    assert len(after.record.charges) == len(counts) + 1
    assert len({charge.count for charge in after.record.charges}) == len(counts) + 1
    (added,) = (c for c in after.record.charges if c.statute.settled_by is SettledBy.REVIEWER)
    assert (added.statute.value, added.disposition.value) == ("720 ILCS 550/4(d)", Disposition.GUILTY)
    assert added.grams.is_silent
    others = [c for c in after.record.charges if c is not added]
    assert all(c.statute.settled_by is SettledBy.MACHINE for c in others)


def test_what_was_left_open_of_a_missed_charge_is_unknown_not_silent(make: SimpleNamespace) -> None:
    record = make.record()
    added = applied(record, [a_missed(record, DRAWN)]).record.charges[-1]
    assert added.termination.is_illegible
    assert not is_accepted_at(
        applied(record, [a_missed(record, DRAWN)]).record, "charges.2.termination", make.thresholds
    )


@UNHURRIED
@given(before=st.integers(1, 4), after=st.integers(1, 4))
def test_a_correction_of_a_missed_charge_stays_with_it(make: SimpleNamespace, before: int, after: int) -> None:
    def counted(total: int) -> Any:
        return make.record(charges=tuple(row(make, n, n) for n in range(1, total + 1)))

    missed = a_missed(counted(before), DRAWN)
    whole = applied(counted(before), [missed]).record
    told = make.answer(whole, f"charges.{before + 1}.statute", '"720 ILCS 550/4(b)"', 2)
    rerun = applied(counted(after), [missed, told])
    assert rerun.unplaced == ()
    assert rerun.record.charges[-1].statute.value == "720 ILCS 550/4(b)"
    assert all(charge.statute.settled_by is SettledBy.MACHINE for charge in rerun.record.charges[:-1])


@pytest.mark.parametrize("standing", [0, 1, 2])
def test_a_charge_added_to_a_record_that_is_gone_is_nobodys_unless_the_ink_tells(
    make: SimpleNamespace, standing: int
) -> None:
    ink = (Source(PageId("p-r1"), BBox(120, 1200, 420, 1230)),)
    statute = make.read("720 ILCS 550/4(a)", "704-A", 0.99, ink)
    charges = tuple(row(make, count, count, statute=statute) for count in range(1, standing + 1))
    record = make.record(charges=charges)
    told = replace(a_missed(record, DRAWN), record_id=RecordId("r-gone"))
    after = applied(record, [told])
    if standing == 1:
        assert [c.statute.value for c in after.record.charges] == ["720 ILCS 550/4(d)"]
        assert (after.unplaced, after.record.gaps) == ((), ())
    else:
        assert after.record.charges == charges
        assert after.unplaced == (told,)
        assert after.record.gaps == (Gap(GapKind.UNREAD_INK, PageId("p-r1"), DRAWN),)


def test_a_missed_charge_whose_page_is_gone_is_listed(make: SimpleNamespace) -> None:
    record = make.record()
    told = replace(a_missed(record, DRAWN), page_id=PageId("p-else"))
    assert applied(record, [told]) == Applied(record, (), (told,))


@UNHURRIED
@given(name=st.sampled_from(["grams", "termination", "sentence", "offense_date"]), order=st.permutations([1, 2, 3]))
def test_an_answer_about_silence_stays_with_its_charge_however_charges_are_counted(
    make: SimpleNamespace, name: str, order: list[int]
) -> None:
    record = make.record(charges=tuple(row(make, n, n) for n in (1, 2, 3)))
    path = f"charges.2.{name}"
    item = of_reading(record, path, Stake.DECIDES)
    assert item.bbox is not None
    told = replace(make.answer(record, path, "null"), page_id=item.page_id, bbox=item.bbox)
    again = replace(record, charges=tuple(row(make, count, place) for place, count in enumerate(order, start=1)))
    after = applied(again, [told])
    assert after.unplaced == ()
    settled = [c.count for c in after.record.charges if getattr(c, name).settled_by is SettledBy.REVIEWER]
    assert settled == [order[1]]


def test_a_link_to_somebody_no_longer_listed_is_asked_again(make: SimpleNamespace) -> None:
    match = make.match("r1", ("P1", 0.9))
    told = Answer(1, AnswerKind.LINK, RecordId("r1"), None, None, "match", '"P7"', "A. Reviewer")
    assert linked_by(match, [told], listed={"P1", "P7"}).status is MatchStatus.LINKED
    left = linked_by(match, [told], listed={"P1"})
    assert (left.status, left.settled_by_person) == (MatchStatus.POSSIBLE, False)


@pytest.mark.parametrize(
    ("beside", "is_lost"),
    [
        ((Gap(GapKind.UNREAD_INK, PageId("p-new")),), True),  # scanned again
        ((), True),  # read after all
        ((Gap(GapKind.SET_ASIDE, PageId("p-old")),), True),  # of another kind: asked anew
        ((Gap(GapKind.UNREAD_INK, PageId("p-old")),), False),
    ],
)
def test_an_answer_about_a_page_that_is_no_gap_any_more_is_listed(
    make: SimpleNamespace, beside: tuple[Gap, ...], is_lost: bool
) -> None:
    record = make.record("r1", gaps=beside)
    told = Answer(
        3, AnswerKind.VALUE, record.record_id, PageId("p-old"), None, "page.unread_ink", "null", "A. Reviewer"
    )
    others = replace(told, answer_id=4, record_id=RecordId("r2"))
    found = applied(record, [told, others])
    assert found.unplaced == ((told,) if is_lost else ())
    assert bool(found.record.gaps) == bool(is_lost and beside)
