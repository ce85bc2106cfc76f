"""Endings that are negated, undone or another's, and charges that were lost beside others."""
# ruff: noqa: E501 - pages are easier to check in one piece

from __future__ import annotations

from dataclasses import replace

import pytest
from freed import is_freed
from typed_grid import a_page
from typed_papers import STATEMENT

from casefile.docket import Disposition, DocketRecord, DocumentKind, GapKind, Termination
from casefile.ocr import BBox, InkRegion
from extract.records import records_of

GUILTY = "  05/20/93 PLEA OF GUILTY                 C001\n  05/20/93 DEF SENTENCED TO PROBATION     C001\n           24 MTHS\n"
DROPPED = "  05/20/93 NOLLE PROSEQUI                 C001\n"


def _record(entries: str, more: str = "") -> DocketRecord:
    (record,) = records_of([a_page(STATEMENT.format(more=more) + entries)], DocumentKind.CERTIFIED_STATEMENT)
    return record


@pytest.mark.parametrize("entries", [GUILTY, DROPPED])
def test_the_plain_page_is_sure_of_charge_and_end(entries: str) -> None:
    (charge,) = _record(entries).charges
    assert min(charge.statute.confidence, charge.disposition.confidence) > 0.97


@pytest.mark.parametrize("entries", [GUILTY, DROPPED])
@pytest.mark.parametrize("named", ["NOLLE PROSEQUI C002", "PLEA OF GUILTY C002", "DEF SENTENCED ILLINOIS DOC C002"])
def test_a_count_that_only_an_entry_names_was_lost(entries: str, named: str) -> None:
    record = _record(f"{entries}  05/20/93 {named}\n")
    assert all(charge.statute.confidence <= 0.7 for charge in record.charges)


@pytest.mark.parametrize(
    "row",
    ["720ILCS5/12-3(A)BATTERY", "7201LCS5/12-3 BATIERY", "BATTERY", "DOM BATT CLASS A MISDEMEANOR", "AGG BATT", "ROBBERY",
     "UUW", "C002", "720 ILCS 5/12-3"],
)  # fmt: skip
def test_another_offense_below_a_charge_is_a_doubt_about_both(row: str) -> None:
    charges = _record(GUILTY, more=f"        {row}").charges
    assert len(charges) > 1 or charges[0].statute.confidence <= 0.7


@pytest.mark.parametrize(
    ("said", "ended"),
    [("CASE DISMISSED", True), ("PTR DISMISSED", False), ("PTR CT 1 IS DISMISSED", False), ("PVS DISMISSED", False),
     ("P/R DISMISSED", False), ("RULE TO SHOW CAUSE. DISMISSED", False), ("REVOCATION DISMISSED", False),
     ("CONTEMPT DISMISSED", False), ("VIOL. REPORT DISMISSED", False), ("WARRANT DISMISSED", False)],
)  # fmt: skip
def test_a_petition_that_is_dismissed_ends_no_supervision(said: str, ended: bool) -> None:
    supervised = "  05/20/93 PLEA OF GUILTY                 C001\n  05/20/93 SUPERVISION 24 MONTHS     C001\n"
    (charge,) = _record(supervised + f"  06/20/94 {said}\n").charges
    assert (charge.termination.value is Termination.SATISFACTORY and charge.termination.confidence > 0.9) == ended
    assert is_freed(charge) == ended


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("MOT. TO DISMISS ALLOWED. DEFT DISCH. C001", True),
        ("DEFT'S MOTION TO DISMISS COUNT 1 IS ALLOWED", True),
        ("MOT. TO DISMISS C001", False),
        ("MOT. TO DISMISS FILED C001", False),
        ("MOT. TO DISMISS DENIED C001", False),
        ("MOT. TO DISMISS PETITION ALLOWED C001", False),
        ("MOT. TO DISMISS APPEAL ALLOWED C001", False),
        ("MOTION TO DISMISS ALLOWED IN PART C001", False),
        ("MOTION TO DISMISS COUNT 2 ALLOWED, COUNT 1 DENIED", False),
        ("MOTION TO DISMISS ALLOWED C001. ORDER VACATED", False),
        ("DEFT IN COURT. MOTION TO DISMISS GRANTED, CASE DISMISSED C001", True),
        ("CO-DEFT'S MOTION TO DISMISS ALLOWED C001", False),
        ("LEAVE TO FILE MOTION TO DISMISS GRANTED C001", False),
        ("HEARING ON MOTION TO DISMISS ALLOWED C001", False),
        ("STATE'S MOTION TO STRIKE DEFT'S MOTION TO DISMISS ALLOWED C001", False),
        ("OBJECTION TO MOTION TO DISMISS SUSTAINED C001", False),
        ("MOTION TO DISMISS, GRANTED CONTINUANCE C001", False),
        ("MOTION TO DISMISS GRANTED 7 DAYS TO FILE C001", False),
        ("MOTION TO DISMISS GRANTED W/LEAVE TO AMEND C001", False),
        ("MOT DEFT TO DISMISS GRANTED; MOT STATE RECONSIDER GRANTED", False),
        ("MOTION TO VACATE DISMISSAL GRANTED C001", False),
        ("MOTION TO VACATE; DISMISSAL GRANTED C001", False),
        ("MOT TO RECALL - DISMISSAL ALLOWED C001", False),
        ("MOTION TO VACATE AND DISMISSAL GRANTED C001", False),
        ("MOTION FOR DISMISSAL OF SUBPOENA ALLOWED C001", False),
        ("MOTION FOR DISMISSAL OF ALL CHARGES ALLOWED C001", True),
        ("MOTION FOR DISMISSAL GRANTED IN PART C001", False),
        ("DISMISSAL OF PETITION C001", False),
        ("DISMISSAL OF THE CASE C001", True),
        ("DISMISSAL HEARING SET C001", False),
        ("DISMISSAL MOTION GRANTED C001", True),
        ("NOTICE OF DISMISSAL C001", False),
        ("STATE OBJECTS TO DISMISSAL C001", False),
        ("OFFER OF DISMISSAL C001", False),
        ("APPEAL FROM DISMISSAL C001", False),
        ("DISMISSAL NOT GRANTED C001", False),
        ("SUBPOENA DISMISSED C001", False),
        ("HABEAS CORPUS DISMISSED C001", False),
        ("CIVIL COMPLAINT DISMISSED C001", False),
        ("MOTION DISMISSED C001", False),
        ("MOTION STATE; CASE DISMISSED C001", True),
        ("DISMISSED FROM PROGRAM C001", False),
        ("DISMISSED FROM THE CALL C001", True),
    ],
)
def test_a_motion_to_dismiss_ends_a_charge_where_it_is_allowed(said: str, *, ends: bool) -> None:
    charge = _record(f"  05/20/93 {said}\n").charges[0]
    assert is_freed(charge) is ends
    assert ends is (charge.disposition.value is Disposition.DISMISSED and charge.disposition.confidence > 0.9)


SUPERVISED = "  05/20/93 SUPERVISION 12 MTHS              C001\n"
ENDED = SUPERVISED + "  05/20/94 SUPERVISION TERM SATISFACTORY    C001\n"


@pytest.mark.parametrize("entries", [DROPPED, SUPERVISED, ENDED, "  05/20/93 BOND FORFEITURE WARRANT ISSUED\n"])
@pytest.mark.parametrize("undone", ["  07/09/94 VACATED C001\n", "           VACATED 07/09/94\n"])
def test_what_was_vacated_may_be_a_dismissal_or_the_end_of_a_term(entries: str, undone: str) -> None:
    assert not any(map(is_freed, _record(entries + undone).charges))


@pytest.mark.parametrize("undone", ["07/09/94 ABOVE ORDER ENTERED IN ERROR", "ABOVE ENTERED IN ERROR"])
def test_a_term_is_not_surely_over_where_that_was_taken_back(undone: str) -> None:
    assert not any(map(is_freed, _record(f"{ENDED}  {undone}\n").charges))


@pytest.mark.parametrize("said", ["NOLLE PROSEQUI MOTION DEN", "NOLLE PROSEQUI DEN"])
def test_what_was_denied_frees_nobody(said: str) -> None:
    assert not any(map(is_freed, _record(f"  05/20/93 {said} C001\n").charges))


@pytest.mark.parametrize(
    ("said", "ends"),
    [("STATE TO NOLLE PROS", False), ("STATE WILL NOLLE PROS", False), ("STATE ELECTS TO NOLLE PROS", True), ("OFFER: NOLLE PROS", False),
     ("MOTION TO NOLLE PROS SUBMITTED", False), ("LEAVE GIVEN TO NOLLE PROS", True), ("MOTION FOR NOLLE PROS OF SUBPOENA ALLOWED", False),
     ("MOTION TO REINSTATE; NOLLE PROS", False), ("MOTION TO QUASH ALLOWED. NOLLE PROS", True), ("ORDER STRICKEN", False)],
)  # fmt: skip
def test_a_charge_is_dropped_when_that_is_done(said: str, *, ends: bool) -> None:
    assert all(is_freed(charge) is ends for charge in _record(f"  05/20/93 {said} C001\n").charges)


@pytest.mark.parametrize("undone", ["VACATED", "JUDGMENT VACATED", "CONVICTION VACATED"])
def test_a_conviction_that_was_vacated_is_none(undone: str) -> None:
    assert all(map(is_freed, _record(f"{GUILTY}  07/09/94 {undone} C001\n").charges))


@pytest.mark.parametrize(
    "said", ["PLEA OF GUILTY TO BATTERY", "PLEA OF GUILTY TO ROBBERY", "FINDING OF GUILTY OF DOMESTIC BATTERY"]
)
def test_a_conviction_of_something_else_is_a_doubt_about_the_charge(said: str) -> None:
    assert _record(f"  05/20/93 {said} C001\n{GUILTY}").charges[0].statute.confidence <= 0.7


@pytest.mark.parametrize(
    "said",
    ["FINES AND COSTS VACATED", "MITTIMUS VACATED", "HOME CONFINEMENT VACATED", "JUDGMENT ON BOND FORFEITURE VACATED",
     "BOND FORFEITURE JUDGMENT VACATED", "ORDER OF 5/24/93 VACATED", "STAY OF MITTIMUS VACATED", "ORDER OF PROTECTION VACATED",
     "MOTION DEFT DIRECTED VERDICT DENIED", "DIRECTED FINDING DENIED", "MOTION STATE NOLLE PROSEQUI DENIED", "SOL DENIED",
     "CASE NOT DISMISSED", "NOLLE PROS TAKEN BACK", "DISMISSAL SET ASIDE", "NOLLE PROSEQUI RESCINDED", "NOLLE PROS AS TO J SMITH ONLY"],
)  # fmt: skip
def test_what_was_denied_or_of_something_else_ends_nothing(said: str) -> None:
    (charge,) = _record(f"{GUILTY}  07/09/94 {said} C001\n").charges
    assert charge.disposition.value is Disposition.GUILTY or charge.disposition.confidence <= 0.8


@pytest.mark.parametrize(
    "said",
    ["PROBATION TERMINATED UNSUCCESSFULLY", "PROBATION TERMINATED DISSATISFACTORY", "TERM SATISFACTORY DENIED",
     "PROBATION NOT TERMINATED", "PROBATION TERMINATED UN-\n           SATISFACTORILY", "PROBATION TERMINATED - FAILED",
     "TERMINATED AND CONVICTION ENTERED", "MOTION TO TERMINATE PROBATION DENIED"],
)  # fmt: skip
def test_a_bad_end_of_probation_is_not_satisfactory(said: str) -> None:
    (charge,) = _record(f"{GUILTY.replace('PROBATION     C', '710 PROBATION C')}  07/09/95 {said}\n").charges
    is_good = charge.termination.value is Termination.SATISFACTORY
    assert not is_good or charge.termination.confidence <= 0.8 or charge.disposition.confidence <= 0.8


@pytest.mark.parametrize(
    "row",
    ["ENTERED IN ERROR", "ABOVE ORDER NOT VALID", "SET ASIDE", "ORDER RESCINDED", "BROUGHT BACK BY STATE'S MOTION"],
)
def test_a_row_below_an_ending_that_takes_it_back_is_a_doubt(row: str) -> None:
    (charge,) = _record(f"{DROPPED}           {row}\n").charges
    assert charge.disposition.value is not Disposition.NOLLE_PROSEQUI or charge.disposition.confidence <= 0.8


@pytest.mark.parametrize("later", ["TRIAL SET 7/20/93", "BENCH TRIAL", "SENTENCING HEARING", "TRIAL COMMENCED"])
def test_a_court_that_goes_on_after_the_end_is_a_doubt_about_it(later: str) -> None:
    assert _record(f"{DROPPED}  06/20/93 {later}\n").charges[0].disposition.confidence <= 0.8


@pytest.mark.parametrize("amount", ["10-30 LBS", "10-30 KGS", "15 KG", "15 LBS", "1 015 GRAMS", "28 5 GRAMS", "15 3"])
def test_other_units_and_figures_that_fell_apart_are_no_weight(amount: str) -> None:
    text = STATEMENT.format(more="").replace("10-30 GRAMS", amount) + GUILTY
    (record,) = records_of([a_page(text)], DocumentKind.CERTIFIED_STATEMENT)
    grams = record.charges[0].grams
    assert grams.is_illegible or grams.confidence <= 0.7


@pytest.mark.parametrize(
    ("kind", "wide", "gaps"), [("unread", 700, 1), ("handwriting", 700, 1), ("unread", 20, 0), ("stamp", 700, 0)]
)
def test_ink_in_a_row_of_its_own_among_the_rows_is_a_gap(kind: str, wide: int, gaps: int) -> None:
    page = a_page(STATEMENT.format(more="\n") + DROPPED)
    charge = next(word for word in page.words if word.text == "C001").bbox
    step = charge.bottom - charge.top
    ink = InkRegion(kind, BBox(charge.left, charge.bottom + step, charge.left + wide, charge.bottom + 2 * step))
    (record,) = records_of([replace(page, regions=(ink,))], DocumentKind.CERTIFIED_STATEMENT)
    assert len([gap for gap in record.gaps if gap.kind is GapKind.UNREAD_INK]) == gaps


@pytest.mark.parametrize(
    "below",
    ["MOT STATE TO VACATE DISMISSAL ALLOWED", "SET ASIDE 995 DISMISSAL", "ORDER TO APPEAR", "ORDER VACATING DISMISSAL"],
)
def test_a_dismissal_that_a_later_row_may_undo_is_a_doubt(below: str) -> None:
    charge = _record(f"  05/20/93 DISMISSED C001\n  06/20/93 {below}\n").charges[0]
    assert not is_freed(charge)


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("SUPERVISION TERMINATED SATISFACTORILY", True),
        ("SUPERVISION TERMINATED SATISFACTORILY IN 93CR5555", False),
        ("MOTION DEFT TO TERM SUPERVISION SATISFACTORY", False),
        ("SUPERVISION SATISFACTORY TO DATE", False),
        ("SUPERVISION IS SATISFACTORY, CONT'D 9/1/94", False),
        ("STATUS ON SUPERVISION, SATISFACTORY", False),
        ("SUPERVISION COMPLIANCE SATISFACTORY", False),
        ("SUPERVISION SATISFACTORY", True),
    ],
)
def test_a_term_ends_in_this_case_and_by_order(said: str, *, ends: bool) -> None:
    rows = "  04/20/93 FINDING OF GUILTY C001\n  04/20/93 SUPERVISION 12 MONTHS C001\n"
    assert is_freed(_record(f"{rows}  04/20/94 {said}\n").charges[0]) is ends


@pytest.mark.parametrize("ending", ["CASE DISMISSED", "DISMISSAL", "NOLLE PROSEQUI"])
def test_one_of_two_things_to_come_is_no_ending(ending: str) -> None:
    (charge,) = _record(f"  05/20/93 {ending} OR TRIAL 07/01/93\n").charges
    assert not is_freed(charge)
    (charge,) = _record(f"  05/20/93 {ending} ON DAY OF TRIAL\n").charges
    assert is_freed(charge)
