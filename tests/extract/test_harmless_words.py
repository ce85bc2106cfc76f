"""What may be passed over on a page, and what no page may be relied on beside: words, rows, columns."""
# ruff: noqa: E501 - pages are easier to check in one piece

from __future__ import annotations

from datetime import date

import pytest
from typed_grid import a_page
from typed_papers import ACCUSED, STATEMENT

from casefile.docket import Disposition, DocketRecord, DocumentKind
from extract.dates import dates_in
from extract.entries import ALL_COUNTS, counts_in
from extract.names import name_in
from extract.records import records_of

CAPTION = STATEMENT.format(more="")
DROPPED = CAPTION + "  05/20/93 NOLLE PROSEQUI                 C001\n"
CONVICTED = CAPTION + (
    "  05/20/93 PLEA OF GUILTY                 C001\n"
    "  05/20/93 DEF SENTENCED TO PROBATION     C001\n           24 MTHS\n"
)


def _record(text: str, kind: DocumentKind = DocumentKind.CERTIFIED_STATEMENT) -> DocketRecord:
    (record,) = records_of([a_page(text)], kind)
    return record


def _disposition(text: str) -> tuple[Disposition | None, float]:
    reading = _record(text).charges[0].disposition
    return reading.value, reading.confidence


def test_a_plain_page_is_sure() -> None:
    assert _disposition(DROPPED)[1] > 0.98
    assert _disposition(CONVICTED)[1] > 0.98


@pytest.mark.parametrize("page", [DROPPED, CONVICTED])
@pytest.mark.parametrize(
    "words",
    ["SUSPENDED", "EXTENDED", "PAROLE", "DIRECTED", "ROBBERY", "CLASS 4 FELONY", "MANUFACTURE DELIVERY", "ORDER ENTERED",
     "CASE BEFORE THE COURT\n           CHARGE BROUGHT BACK ON STATE'S REQUEST",
     "CASE BEFORE THE COURT\n           GOVERNOR GAVE CLEMENCY",
     "AGREED TO 08/09/94\n           CHARGE THROWN OUT", "UNDER 710", "SECTION 1410", "UNDER LAW 570/410"],
)  # fmt: skip
def test_what_is_not_understood_after_the_end_is_a_doubt_about_it(page: str, words: str) -> None:
    assert _disposition(f"{page}  07/09/94 {words}\n")[1] <= 0.8


@pytest.mark.parametrize(
    ("twice", "after"),
    [("TRIAL DEFERRED", "CASE DEFERRED"), ("CONTINUED REFILED", "CASE REFILED"), ("MITTIMUS STAYED", "STAYED"),
     ("CONTINUED DIVERSION", "DIVERSION")],
)  # fmt: skip
def test_a_word_of_orders_that_stands_twice_beside_procedure_is_nobody_s_name(twice: str, after: str) -> None:
    before = f"  04/01/93 {twice}\n  04/09/93 {twice}\n  05/20/93 NOLLE"
    assert _disposition(f"{DROPPED.replace('  05/20/93 NOLLE', before)}  07/09/94 {after}\n")[1] <= 0.8


@pytest.mark.parametrize("judge", ["QUILLBY", "OKONJO"])
def test_a_judge_beside_every_entry_is_no_doubt(judge: str) -> None:
    before = f"  04/01/93 CONTINUED {judge}\n  04/09/93 BOND SET {judge}\n  04/29/93 AGREED TO 05/20/93 {judge}\n  05/20/93 NOLLE"
    assert _disposition(DROPPED.replace("  05/20/93 NOLLE", before))[1] > 0.98


@pytest.mark.parametrize("room", ["MOTION CALL", "JUDGE WILSON CALL", "DIVISION CALL"])
def test_a_judge_s_call_is_not_every_count(room: str) -> None:
    assert ALL_COUNTS not in counts_in(f"NOLLE PROSEQUI {room} C002")


@pytest.mark.parametrize("marks", [("1", "2"), ("A", "B")])
def test_rows_by_day_under_a_head_charge_are_no_list_of_charges(marks: tuple[str, str]) -> None:
    first, second = marks
    text = f"""\
                          CIRCUIT COURT OF COOK COUNTY
 PEOPLE VS. DESMOND MARLOW                    NO. 93CR9912301
 CHARGE {first}   720 ILCS 550/4(C)      POSS CANNABIS 10-30 GRAMS
 CHARGE {second}   720 ILCS 5/16-1(A)     THEFT

 DATE        CHARGE      DISPOSITION
 05/20/93    {second}           NOLLE PROSEQUI
 05/20/93    {first}           SUPERVISION 12 MONTHS
"""
    found = [charge.disposition for charge in _record(text).charges]
    wanted = [Disposition.SUPERVISION, Disposition.NOLLE_PROSEQUI]
    assert all(reading.value is due or reading.confidence < 0.9 for reading, due in zip(found, wanted, strict=False))


COMPLAINT = f"""\
{ACCUSED} Battery in that he
 knowingly and unlawfully did the act described above,
 in violation of Chapter 720, Act 5,
 Section 12-3(a), Illinois Compiled Statutes.

"""


@pytest.mark.parametrize(
    "row",
    ["Finding N.G.", "Complaint withdrawn", "Defendant discharged.", "Motion of State to strike allowed", "Nolle pros",
     "Fined $50 and costs", "Found guilty. 10 days House of Correction", "Supervision one year", "Judge Smith  PG  Supv 6 mos",
     "Defendant not guilty", "DISM."],
)  # fmt: skip
def test_a_complaint_with_a_word_of_its_end_is_not_silent_about_it(row: str) -> None:
    (bare,) = _record(COMPLAINT, DocumentKind.COMPLAINT).charges
    (told,) = _record(f"{COMPLAINT} {row}\n", DocumentKind.COMPLAINT).charges
    assert bare.disposition.is_silent
    assert not told.disposition.is_silent
    assert told.disposition.confidence < 0.95


@pytest.mark.parametrize("text", ["DOB JU12 1970", "AU612 93", "COUNT 10CT 5 1993"])
def test_a_figure_of_the_day_is_no_letter_of_the_month(text: str) -> None:
    assert not [found for found in dates_in(text) if found.value is not None]


def test_a_day_in_ones_that_print_like_letters() -> None:
    assert [found.value for found in dates_in("APRIL ll, 1994")] == [date(1994, 4, 11)]


def test_a_section_before_the_day_says_what_kind_of_probation_it_was() -> None:
    text = CONVICTED.replace("  05/20/93 DEF SENTENCED TO PROBATION", "  710  05/20/93 PROBATION")
    value, sure = _disposition(text)
    assert value is Disposition.FIRST_OFFENDER_PROBATION or sure < 0.95


def test_a_second_doubt_makes_nothing_surer() -> None:
    _, one = _disposition(f"{CONVICTED}  07/09/94 ORDER UNDONE\n")
    _, both = _disposition(f"{CONVICTED}  07/09/94 CONVICTION OVERTURNED, 6 MOS MORE\n")
    assert both <= one


@pytest.mark.parametrize("words", ["PLEA OF GUILTY TO POC", "CANNABIS ORDERED DESTROYED"])
def test_the_count_s_own_offense_named_in_an_entry_is_no_doubt(words: str) -> None:
    assert _record(f"{CONVICTED}  05/20/93 {words}\n").charges[0].statute.confidence > 0.9


def test_a_chapter_with_a_point_is_no_weight() -> None:
    text = DROPPED.replace("720 ILCS 550/4(C)       POSS CANNABIS 10-30 GRAMS", "56.5/704C       POSS CANNABIS CH 56.5")
    assert not _record(text).charges[0].grams.is_illegible


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("HILL JOSE", "columns"),
        ("JOSE HILL", "guess"),
        ("EUGENE MITCHELL IH", "guess"),
        ("MARLOW DESMOND T", "columns"),
    ],
)
def test_a_name_typed_past_its_columns_is_no_sure_one(text: str, ordered: str) -> None:
    found = name_in(text, surname_first=True)
    assert found is not None
    assert found.ordered == ordered


def test_a_leaf_that_goes_on_is_the_same_person_s() -> None:
    found = name_in("BRIAN D HIGHTOWER (CONTINUED, LEAF 2)")
    assert found is not None
    assert (found.surname, found.given, found.middle) == ("HIGHTOWER", "BRIAN", "D")
