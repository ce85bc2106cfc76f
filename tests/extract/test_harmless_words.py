"""What may be passed over on a page, and what no page may be relied on beside: words, rows, columns."""
# ruff: noqa: E501 - pages are easier to check in one piece

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from freed import is_freed
from typed_grid import a_page
from typed_papers import ACCUSED, STATEMENT

from casefile.docket import Disposition, DocketRecord, DocumentKind, SentenceKind, Termination
from extract.calibration import thresholds
from extract.dates import dates_in
from extract.dispositions import wordings_in
from extract.entries import ALL_COUNTS, amounts_in, counts_in
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


CARD = """\
 NAME OF ACCUSED  Cedric Ivory                    FILE  95-CR-23658
 DATE OF BIRTH    Apr 30, 1971
 COMPLAINT 1   POC
      CITED  720 ILCS 550/4(a)                    CL C MISD
      OCCURRED  Dec 14, 1995
 COMPLAINT 2   Poss Cann w/i del
      CITED  720 ILCS 550/5(c)                    CL 4 FEL
      OCCURRED  Dec 14, 1995
 PRESIDING     ENTERED          MEMORANDUM OF ORDERS
 Allen         Jan 2, 1996      Arraigned. Plea not guilty. Motion
                                Deft., cont.
                                Feb 12, 1996.
 Allen         Feb 12, 1996     Order of court, cont. Mar 11, 1996.
"""


def test_a_case_that_went_over_to_a_day_and_who_presided_leave_no_doubt() -> None:
    record = _record(
        f"{CARD} Allen         Mar 11, 1996     Stricken with leave all complaints.\n", DocumentKind.HALF_SHEET
    )
    for charge in record.charges:
        assert charge.disposition.value is Disposition.STRICKEN_OFF_LEAVE
        assert charge.disposition_date.value == date(1996, 3, 11)
        assert min(charge.disposition.confidence, charge.disposition_date.confidence) > 0.98


@pytest.mark.parametrize("words", ["Stricken with leave complaint 2.", "Stricken with leave."])
def test_an_ending_of_one_complaint_or_of_nobody_knows_which_is_not_that_of_all(words: str) -> None:
    record = _record(f"{CARD} Allen         Mar 11, 1996     {words}\n", DocumentKind.HALF_SHEET)
    first = record.charges[0].disposition
    assert first.value is not Disposition.STRICKEN_OFF_LEAVE or first.confidence < 0.6


def test_a_day_in_the_column_of_days_opens_an_entry_though_the_row_above_ends_in_continued() -> None:
    text = f"{CARD} Allen         Mar 11, 1996     Motion Deft., cont.\n               Apr 22, 1996     Nolle pros all complaints.\n"
    assert {c.disposition_date.value for c in _record(text, DocumentKind.HALF_SHEET).charges} == {date(1996, 4, 22)}


def test_a_day_typed_too_far_to_the_right_is_that_of_what_was_done_on_it() -> None:
    text = f"{CARD} Allen         Mar 11, 1996     Motion Deft., cont.\n                                Apr 22, 1996  Nolle pros all complaints.\n"
    assert {c.disposition_date.value for c in _record(text, DocumentKind.HALF_SHEET).charges} == {date(1996, 4, 22)}


@pytest.mark.parametrize("word", ["Reversed", "Supvn", "Dischgd", "Undone"])
def test_a_word_behind_a_case_that_went_over_is_weighed(word: str) -> None:
    text = f"{CARD} Allen         Mar 11, 1996     Nolle pros all complaints.\n Allen         May 6, 1996      {word}\n"
    assert all(c.disposition.confidence <= 0.8 for c in _record(text, DocumentKind.HALF_SHEET).charges)


@pytest.mark.parametrize(
    "words", ["cause recalled to call", "for sentencing", "Order of Mar 11, 1996 erroneous", "undone"]
)
def test_a_day_behind_a_motion_with_words_of_its_own_is_weighed(words: str) -> None:
    text = f"{CARD} Allen         Mar 11, 1996     Nolle pros all complaints. Motion State cont.\n{'':32}Apr 22, 1996 {words}\n"
    assert not any(map(is_freed, _record(text, DocumentKind.HALF_SHEET).charges))


def test_a_day_behind_a_motion_for_trial_is_that_to_which_the_case_went_over() -> None:
    text = f"{CARD} Allen         Mar 11, 1996     Motion State cont.\n{'':32}Apr 22, 1996 for trial.\n Allen         Apr 22, 1996     Nolle pros all complaints.\n"
    assert all(map(is_freed, _record(text, DocumentKind.HALF_SHEET).charges))


TWO = """\
                PEOPLE OF THE STATE OF ILLINOIS
                               VS                   NUMBER 93CR9912301
    MARLOW, DESMOND T         DOB 04/12/70     FILED: 02/09/93
  #1  {first}  POSS CANNABIS 10-30 GRAMS      720 ILCS 550/4(C)     MA
  #2  {second}  THEFT                          720 ILCS 5/16-1(A)    MA
  CT   DATE       DISPOSITION
       03/18/93   ARRAIGNED
"""
BEFORE = TWO.format(first="02/01/93", second="02/01/93")


@pytest.mark.parametrize("count", ["ALL", "BOTH"])
def test_all_before_a_day_is_every_count(count: str) -> None:
    for charge in _record(f"{BEFORE}  {count:4} 05/20/93   NOLLE PROSEQUI\n").charges:
        assert charge.disposition.value is Disposition.NOLLE_PROSEQUI
        assert charge.disposition.confidence > 0.98


THIRD = "  #3  02/01/93  BATTERY                        720 ILCS 5/12-3(A)    MA\n  CT   DATE"


@pytest.mark.parametrize(
    ("row", "freed"),
    [("ALL  05/20/93   NOLLE PROSEQUI", [1, 2, 3]), ("BOTH 05/20/93   NOLLE PROSEQUI", []),
     ("     05/20/93   NOLLE PROS BOTH COUNTS", []), ("     05/20/93   NOLLE PROS CTS 1 & 3", [1, 3]),
     ("     05/20/93   NOLLE PROS ALL COUNTS", [1, 2, 3]), ("     05/20/93   NOLLE PROS ALL COUNTS EXCEPT CT 2", []),
     ("     05/20/93   NOLLE PROS EXCEPT CT 1", []), ("     05/20/93   NOLLE PROS ALL CHARGES BUT COUNT 2", []),
     ("     05/20/93   NOLLE PROS ALL COUNTS OTHER THAN 2", []), ("     05/20/93   NOLLE PROS CT 1, CT 2", [1, 2]),
     ("     05/20/93   NOLLE PROS CT 1, CT 2 CONT TO 06/20/93", [1]), ("     05/20/93   NOLLE PROS CTS 1, 2 CONT TO 06/20/93", [1, 2]),
     ("     05/20/93   DISMISSED COUNT 1 HOLDS COUNT 2", [1]), ("     05/20/93   DISMISSED ALL COMPLAINTS BUT THEFT", []),
     ("     05/20/93   NOLLE PROS COUNT 1; COUNT 2 JURY DEMAND", [1]), ("     05/20/93   NOLLE PROS CT 1, CT 2 TRIAL 06/20/93", [1]),
     ("     05/20/93   NOLLE PROS CT 1, CT 2 MOTION STATE", [1, 2]), ("     05/20/93   NOLLE PROS ALL COUNTS NOT INCLUDING COUNT 1", []),
     ("     05/20/93   NOLLE PROS EACH COUNT BUT THE FIRST", []), ("     05/20/93   NOLLE PROS ALL COUNTS, LESS COUNT 1", []),
     ("     05/20/93   NOLLE PROS COUNT 1, COUNT 2 CONT TO 06/20/93", [1])],
)  # fmt: skip
def test_an_ending_is_that_of_the_counts_it_is_said_of(row: str, freed: list[int]) -> None:
    charges = _record(f"{BEFORE.replace('  CT   DATE', THIRD)}  {row}\n").charges
    assert [at for at, charge in enumerate(charges, 1) if is_freed(charge)] == freed


def test_another_word_before_a_day_names_no_counts() -> None:
    assert all(c.disposition.confidence < 0.6 for c in _record(f"{BEFORE}  HALL 05/20/93   NOLLE PROSEQUI\n").charges)


def test_a_warrant_is_for_the_person_whatever_the_counts() -> None:
    for charge in _record(f"{BEFORE}       05/20/93   BOND FORFEITED, WARRANT\n").charges:
        assert charge.disposition.value is Disposition.WARRANT
        assert charge.disposition.confidence > 0.9


def test_a_day_in_the_charge_s_row_before_all_others_is_that_of_the_offense() -> None:
    first = _record(f"{BEFORE}  ALL  05/20/93   NOLLE PROSEQUI\n").charges[0].offense_date
    assert first.value == date(1993, 2, 1)
    assert first.confidence > 0.98


@pytest.mark.parametrize("day", ["05/20/93", "02/11/93", "06/01/93"])
def test_a_day_in_the_charge_s_row_as_late_as_a_filing_or_the_ending_is_a_doubt(day: str) -> None:
    text = TWO.format(first=day, second=day)
    assert _record(f"{text}  ALL  05/20/93   NOLLE PROSEQUI\n").charges[0].offense_date.confidence <= 0.95


@pytest.mark.parametrize(
    ("head", "sure"),
    [("OFFENSE", True), ("DATE", True), ("FILED", False), ("ISSUED", False), ("INDICTED", False), ("DISP", False)],
)
def test_a_head_says_whether_the_day_in_the_charge_s_row_is_that_of_the_offense(head: str, sure: bool) -> None:
    heads = f"  NO  {head:10}CHARGE                         STATUTE               CL\n  #1"
    text = BEFORE.replace("     FILED: 02/09/93", "").replace("  #1", heads)
    second = _record(f"{text}  ALL  05/20/93   NOLLE PROSEQUI\n").charges[1].offense_date
    assert (second.value == date(1993, 2, 1) and second.confidence > 0.98) is sure


@pytest.mark.parametrize("words", ["CALENDAR CR 101 DATE ARRESTED MAY 12TH", "CASE NO. 85 CR 02239 DEFT. DORSEY"])
def test_cr_of_a_room_or_a_number_is_no_credit(words: str) -> None:
    assert not wordings_in(words)


def test_cr_before_days_is_credit() -> None:
    assert [found.wording.means for found in wordings_in("CR 101 DYS")] == [SentenceKind.TIME_SERVED]


def test_a_jury_waived_before_the_end_is_no_doubt_and_one_after_it_is() -> None:
    assert _disposition(DROPPED.replace("  05/20/93", "  04/09/93 WAIVES JURY.\n  05/20/93"))[1] > 0.99
    assert _disposition(f"{DROPPED}  07/09/94 WAIVES JURY.\n")[1] <= 0.8


@pytest.mark.parametrize(
    ("penalty", "sure"),
    [("ELIGIBLE IMPACT PROG-BOOT CAMP", True), ("DEF SENTENCED TO COOK CNTY DOC", False)],
)
def test_a_boot_camp_needs_no_length_as_a_jail_does(penalty: str, sure: bool) -> None:
    text = CONVICTED.replace("DEF SENTENCED TO PROBATION     C001\n           24 MTHS", f"{penalty:31}C001")
    assert (_record(text).charges[0].sentence.confidence > 0.98) is sure


AMENDED = CAPTION.replace("10-30 GRAMS", "112 GRAMS").replace("550/4(C)", "550/4(D)") + (
    "  05/20/93 COMPL AMND TO 720 ILCS 550/4(C) {words}  C001\n  05/20/93 PLEA OF GUILTY                 C001\n"
    "  05/20/93 DEF SENTENCED TO PROBATION     C001\n           24 MTHS\n"
)


def test_an_amendment_to_a_section_and_no_more_says_no_weight() -> None:
    grams = _record(AMENDED.format(words="")).charges[0].grams
    assert grams.is_silent
    assert grams.confidence > 0.97


@pytest.mark.parametrize("words", ["UNDER THIRTY", "LESS 30", "10 30", "OVER OUNCE"])
def test_an_amendment_with_words_that_may_weigh_is_not_surely_silent(words: str) -> None:
    assert _record(AMENDED.format(words=words)).charges[0].grams.confidence <= 0.7


@pytest.mark.parametrize(
    ("name", "about"), [("Maria", False), ("Marcn", True), ("Septembor", True), ("Octaviano", False)]
)
def test_a_first_name_beside_a_number_is_no_month(name: str, about: bool) -> None:
    text = f"{COMPLAINT.replace('DATE OF BIRTH: 1/7/82', '')} {name} 3400\n"
    reading = _record(text, DocumentKind.COMPLAINT)
    assert reading.defendant is not None
    assert (reading.defendant.birth_date.confidence < 0.97) is about


@pytest.mark.parametrize("text", ["AMENDED CHARGE 56.5-704-B", "AMENDED CHARGE 56 1/2 704(B)", "CHARGE 56-1/2-704B"])
def test_the_chapter_behind_the_word_charge_is_no_number_of_one(text: str) -> None:
    assert counts_in(text) == ()


def test_a_number_behind_the_word_charge_is_one() -> None:
    assert counts_in("NOLLE CHARGE 2.") == (2,)


SHEET = """\
 CIRCUIT COURT OF COOK COUNTY                          HALF SHEET
 DOCKET  85 MC4 073881          NAME  EVERSOLE, NADINE
 ARREST  08-27-85            D.O.B.  01-06-43
 CHARGED WITH:
     1) POSS CANNABIS    CH 56.5 704-C
 09-23-85    BAIL FIXED   B/A 11-15-85                     YOUNG
 11-15-85    PLEA GUILTY CHG 1 JUDG ON FNDG CHG 1 HOUSE OF     {mark}
             CORR 180 DAYS CHG 1
"""


@pytest.mark.parametrize(
    ("mark", "whole"),
    [
        ('"', True),
        ("''", True),
        ("JEFFERIES", True),
        ("RECON", False),
        ("ERROR", False),
        ("CODEFT", False),
        ("NOT", False),
        ("WITHHELD", False),
        ("STET", False),
    ],
)
def test_a_judge_in_the_last_column_cuts_no_order_in_two(mark: str, whole: bool) -> None:
    (charge,) = _record(SHEET.format(mark=mark), DocumentKind.HALF_SHEET).charges
    kinds = [part.kind for part in charge.sentence.value or ()]
    assert (kinds == [SentenceKind.JAIL] and charge.disposition.confidence > 0.98) is whole


@pytest.mark.parametrize(("given", "sure"), [("720 ILCS 550/10", True), ("720 ILCS 5/12-3", False)])
def test_the_section_probation_is_given_under_is_no_other_offense(given: str, sure: bool) -> None:
    text = CONVICTED.replace("DEF SENTENCED TO PROBATION     C001", f"C001 PROBATION {given}")
    charge = _record(text).charges[0]
    assert (charge.statute.confidence > 0.98) is sure
    assert (charge.disposition.value is Disposition.FIRST_OFFENDER_PROBATION) is sure


SENTENCED = """\
                 CIRCUIT COURT OF COOK COUNTY - CRIMINAL DIVISION
 THE PEOPLE OF THE STATE OF ILLINOIS )
      VS.                            )    CASE 93MC109858301
 ROOSEVELT N TREADWELL               )
                         SENTENCE ORDER
 DATE OF SENTENCE: 08-02-1993
    1.  OFF DATE: 05-08-1993
        STATUTORY CITATION: 720 ILCS 5/21-1(A)
        OFFENSE: KNOW DAMAGE PROPERTY
    2.  OFF DATE: 05-08-1993
        STATUTORY CITATION: 720 ILCS 550/4(C)
        OFFENSE: POSS CANNABIS
 IT IS HEREBY ORDERED THAT THE DEFENDANT BE SENTENCED AS FOLLOWS:
    C001  SENTENCED CONDITIONAL DISCHARGE
          12 MTHS
 {foot}
"""


def test_an_order_of_one_count_that_its_judge_signs_is_silent_about_the_other() -> None:
    record = _record(SENTENCED.format(foot="ENTERED:  JUDGE OCAMPO, SHIRLEY K"), DocumentKind.SENTENCING_ORDER)
    first, second = record.charges
    assert first.disposition.confidence > 0.98
    assert second.disposition_date.is_silent
    assert second.disposition_date.confidence > 0.98


def test_an_order_with_another_day_is_not_surely_silent_about_that_of_the_other_count() -> None:
    record = _record(SENTENCED.format(foot="ENTERED:  08-09-1993"), DocumentKind.SENTENCING_ORDER)
    assert record.charges[1].disposition_date.confidence < 0.97


SHOWN = """\
                  CLERK OF THE CIRCUIT COURT OF COOK COUNTY
                        CERTIFIED COPY OF CONVICTION
 The records of this Court show that in case number 83 MC5 424041 the
 defendant Juan M. Alcott, date of birth
 5-12-46, sex M, race B, was charged as follows:
 that the defendant did, on 9-12-83, commit the offense of RETAIL
 THEFT, in violation of Ill. Rev. Stat. ch. 38, par. 16A-3(a).
 On 10-25-83 the State's Attorney moved to nolle pros, motion granted.
 {more}
"""


def test_what_records_show_is_believed_and_a_birth_date_may_stand_in_the_next_row() -> None:
    record = _record(SHOWN.format(more=""))
    assert record.defendant is not None
    assert record.defendant.birth_date.value == date(1946, 5, 12)
    (charge,) = record.charges
    readings = (record.defendant.birth_date, charge.statute, charge.disposition)
    assert all(reading.confidence > 0.98 for reading in readings)


@pytest.mark.parametrize(
    "more",
    [
        "Rule to show cause issued.",
        "On 11-30-83 the order was set aside.",
        "The order was undone.",
        "Judge Brown: order recalling.",
        "Order of Judge Brown revives the charge.",
        "Same was annulled.",
        "Back on trial call 11-30-83.",
    ],
)
def test_records_that_show_more_after_the_end_are_not_believed(more: str) -> None:
    assert not is_freed(_record(SHOWN.format(more=more)).charges[0])


@pytest.mark.parametrize(
    ("term", "whole"), [("THIRTY (30) MONTHS", True), ("TWENTY (30) MONTHS", False), ("30 MONTHS", True)]
)
def test_a_length_in_words_and_figures_is_one_where_they_agree(term: str, whole: bool) -> None:
    assert [(a.amount, term[a.start : a.end] == term) for a in amounts_in(term)] == [(30.0, whole)]


def test_no_name_is_that_the_case_was_continued() -> None:
    assert name_in("cont. Aug") is None


RULED = """\
 Defendant   Brown, Gregory                             Number  95 CR 29183
 Born  09/26/66
 Offense
  1  720-550/8(a)          Prod Cannabis Plants                 CL A MISD
 Date         Orders of Court                                   Judge
 10/06/95     P.N.G.  Bail set  PD appt  Cont. B/A to           Easley
              10/23/95
 10/23/95     Cont. MS to 12/05/95                              Easley
 12/05/95     {end}
"""


def test_an_entry_that_goes_on_in_a_second_row_is_no_row_of_values_below_labels() -> None:
    (charge,) = _record(RULED.format(end="Nolle Pros Count 1   Easley"), DocumentKind.HALF_SHEET).charges
    assert charge.disposition.value is Disposition.NOLLE_PROSEQUI
    assert charge.disposition.confidence > 0.98


@pytest.mark.parametrize(
    ("words", "weighs"), [("5-20 CANNABIS PLA", False), ("5-20 CANNABIS P", True), ("5-20 GR PLA", True)]
)
def test_a_number_of_plants_cut_short_is_no_weight(words: str, weighs: bool) -> None:
    text = DROPPED.replace("550/4(C)", "550/8(B)").replace("POSS CANNABIS 10-30 GRAMS", f"PRODUCE {words}")
    assert _record(text).charges[0].grams.is_silent is not weighs


@pytest.mark.parametrize(
    ("words", "sure"),
    [("AND ORDERED TO PERFORM 30 HRS COMMUNITY SERVICE", True), ("AND ORDERED INTO DRUG TREATMENT", True),
     ("AS ORDERED UNDER SPECIAL ACT, COMMUNITY SERVICE", False), ("ORDERED SEC 10", False)],
)  # fmt: skip
def test_what_else_was_ordered_does_not_say_what_kind_of_probation_it_was(words: str, sure: bool) -> None:
    text = CONVICTED.replace("C001\n           24 MTHS", f"24 MTHS\n           {words}")
    value, known = _disposition(text)
    assert (value is Disposition.GUILTY and known > 0.98) is sure


@pytest.mark.parametrize(("words", "freed"), [("UNDONE", False), ("CONT TO 08/09/94", True)])
def test_a_term_that_ended_well_is_doubted_where_a_later_row_may_undo_it(words: str, freed: bool) -> None:
    text = CONVICTED.replace("DEF SENTENCED TO PROBATION     C001", "SUPERVISION                    C001")
    text += f"  05/20/94 SUPERVISION TERMINATED SATIS   C001\n  07/09/94 {words}\n"
    assert is_freed(_record(text).charges[0]) is freed


@pytest.mark.parametrize(("born", "sure"), [("04/12/70", True), ("04/12/92", False), ("04/12/82", False)])
def test_a_birth_date_of_somebody_who_was_a_child_is_a_doubt(born: str, sure: bool) -> None:
    record = _record(DROPPED.replace("04/12/70", born))
    assert record.defendant is not None
    assert (record.defendant.birth_date.confidence > 0.98) is sure


@pytest.mark.parametrize(
    ("rows", "freed"),
    [("06/20/93 VACATED", False), ("06/20/93 VACATED C001", False), ("06/20/93 DISMISSED", True)],
)
def test_nobody_is_freed_where_what_set_him_free_is_vacated(rows: str, freed: bool) -> None:
    assert is_freed(_record(f"{DROPPED}  {rows}\n").charges[0]) is freed


@pytest.mark.parametrize(("when", "freed"), [(" TO 05/20/94.", False), (" TO MAY 20, 1994.", False), ("", True)])
def test_a_term_that_is_to_end_well_has_not(when: str, freed: bool) -> None:
    ended = f"  01/20/94 SUPERVISION{when} TERM SATIS C001\n"
    text = CONVICTED.replace("DEF SENTENCED TO PROBATION     C001", "SUPERVISION                    C001")
    assert is_freed(_record(text + ended).charges[0]) is freed


THEFT = CAPTION.replace("720 ILCS 550/4(C)       POSS CANNABIS 10-30 GRAMS", "720 ILCS 5/16A-3(A)     RETAIL THEFT")
UNWEIGHED = CAPTION.replace(" 10-30 GRAMS", "")


@pytest.mark.parametrize(
    ("page", "sure"),
    [
        (THEFT, True),
        (UNWEIGHED, True),
        (UNWEIGHED + "  CERTIFIED BY DEPUTY CLERK ________  06-15-05\n", True),
        (UNWEIGHED + "  CERTIFIED BY DEPUTY CLERK ________  15-30 GRMS\n", False),
        (UNWEIGHED + "  06-15-05 UNDERSIGNED BY\n", True),  # a day is no weight
        (UNWEIGHED + "  15-30 UNDERSIGNED BY\n", False),
    ],
)
def test_where_no_weight_is_told_that_is_sure_unless_something_may_be_one(page: str, *, sure: bool) -> None:
    grams = _record(page).charges[0].grams
    assert grams.value is None
    assert (grams.confidence > 0.97) is sure


def test_of_a_theft_no_grams_are_told_whatever_its_words() -> None:
    blank = " " * len("POSS CANNABIS 10-30 GRAMS")
    theft, cannabis = (
        _record(page).charges[0].grams
        for page in (THEFT.replace("RETAIL THEFT", ""), CAPTION.replace("POSS CANNABIS 10-30 GRAMS", blank))
    )
    assert theft == _record(THEFT).charges[0].grams
    assert theft.confidence > cannabis.confidence


def test_the_day_of_a_copy_is_no_day_of_the_case() -> None:
    days = [_record(CAPTION + row).filed_date for row in ("", "  CERTIFIED BY DEPUTY CLERK  06-15-05\n")]
    assert days[0] == days[1]
    other = _record(CAPTION + "  SIGNED BY A DEPUTY  06-15-05\n").filed_date
    assert other.confidence < days[0].confidence


def _arrest_untold(text: str) -> float:
    """How sure it is that a page without a day of arrest tells of none."""
    record = _record(text.replace("ARREST DATE 02/01/93", ""))
    assert record.arrest_date.value is None
    return record.arrest_date.confidence


@pytest.mark.parametrize(
    ("row", "entered", "harmless"),
    [
        ("DEF: MARLOW, DESMOND  PG 001", False, True),
        ("DEF: MARLOW, DESMOND  PG 0010493", False, False),
        ("COURTROOM 302", False, True),
        ("CR 101", False, True),
        ("93 CR 101", False, False),
        ("3400 S HALSTED ST", False, True),
        ("3400 S 450", False, False),
        ("BOND SET D-5000", True, True),
        ("ARR. PLEA NOT GUILTY", True, True),
        ("ARR. BY POLICE", True, False),
        ("ARR. 04/01/93", True, False),
    ],
)
def test_numbers_of_rooms_streets_pages_and_bonds_speak_of_no_day(row: str, entered: bool, harmless: bool) -> None:
    before = "  05/20/93 NOLLE"
    text = DROPPED.replace(before, f"  04/01/93 {row}\n{before}") if entered else f"  {row}\n{DROPPED}"
    assert (_arrest_untold(text) == _arrest_untold(DROPPED)) is harmless


def test_the_day_of_the_offense_beside_its_charge_is_no_other_day() -> None:
    headed = DROPPED.replace("DATE OF OFFENSE 02/01/93", "").replace("CLASS A", "02/01/93 CLASS A")
    assert _arrest_untold(headed) == _arrest_untold(DROPPED)
    arrested = headed.replace("  C001  720", " NO    STATUTE      COUNT      DATE OF ARREST\n  C001  720")
    assert _arrest_untold(arrested) < _arrest_untold(DROPPED)


OVER = """ Defendant MARLOW, DESMOND        Number 04CR1234501
 1  720-550/5(d)  Poss cann 30-500 gms   CL 3 FEL

 Date       Orders of Court                        Judge
 09/02/04   P.N.G.  Cont. MD to                    Green
            10/25/04
 10/25/04   Cont. B/A 11/05/04                     Green
 11/05/04   Nolle Pros                             Green
"""


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        (OVER, True),
        (OVER.replace("            10/25/04", "            10/26/04"), False),  # on which nothing was done
        (OVER.replace("Cont. MD to ", "Bond ordered"), False),
    ],
)
def test_a_day_to_which_a_case_went_over_may_stand_in_a_row_of_its_own(text: str, harmless: bool) -> None:
    untold = _record(text, DocumentKind.HALF_SHEET).arrest_date
    assert untold.is_silent
    assert (untold.confidence > 0.99) is harmless


@pytest.mark.parametrize(
    ("words", "sure"),
    [("PROGRESS REPORT", True), ("CONTINUANCE FOR TERMINATION", True), ("O/C FREE REPT OF PROCD ORD N/C", True),
     ("REVIEW COURT AFFIRMANCE", True), ("STATE APPELLATE DEFENDER APPTD", True), ("BAIL REFUND TO ATTORNEY", True),
     ("POST-CONVICTION PETITION DISMISSED", True), ("NO BAIL", True),
     ("PROGRESS REPORT ANNULLED", False), ("JUDGMENT AFFIRMED IN PART", False), ("REVIEW COURT REVERSAL", False),
     ("MANDATE FILED", False), ("APPEAL FILED BY CO-DEFT", False)],
)  # fmt: skip
@pytest.mark.parametrize("page", [DROPPED, CONVICTED])
def test_what_follows_a_judgment_and_leaves_it_as_it_stands_is_no_doubt(page: str, words: str, *, sure: bool) -> None:
    assert (_disposition(f"{page}  07/09/94 {words}\n")[1] > 0.98) is sure


DROPPED_OF_TWO = STATEMENT.format(more="  C002  720-550/4(B)   M  POSS CANNABIS 2.5-10 GRAMS\n") + (
    "  05/20/93 NOLLE PROSEQUI                 C002\n"
    "  05/20/93 PLEA OF GUILTY                 C001\n"
    "  05/20/93 DEF SENTENCED TO PROBATION     C001\n           24 MTHS\n"
    "{row}"
)


@pytest.mark.parametrize(
    ("row", "sure"),
    [("05/21/95 PROB TERMINATED SATISFACTORY", True), ("05/21/95 TERMINATED SATISFACTORILY", True),
     ("05/20/93 PROB TERMINATED SATISFACTORY", False), ("05/21/95 SUPERVISION TERMINATED SATISFACTORY", False),
     ("05/21/95 DEFENDANT DISCHARGED", False),
     ("06/20/93 SUPERVISION                    C002\n  05/21/95 TERMINATED SATISFACTORILY", False),
     ("06/20/93 DEF SENTENCED TO PROBATION\n  05/21/95 TERMINATED SATISFACTORILY", False)],
)  # fmt: skip
def test_a_term_that_ends_beside_no_count_is_that_of_the_only_count_that_has_one(row: str, *, sure: bool) -> None:
    first, second = _record(DROPPED_OF_TWO.format(row=f"  {row}\n")).charges
    ended = first.termination.value is Termination.SATISFACTORY and first.termination.confidence > 0.98
    assert (ended and second.termination.is_silent and second.termination.confidence > 0.98) is sure


def test_a_petition_beside_no_count_leaves_those_that_were_dropped_alone() -> None:
    first, second = _record(DROPPED_OF_TWO.format(row="  06/20/94 PETN VIOL OF PROBATION FILED\n")).charges
    assert min(first.disposition.confidence, second.disposition.confidence) > 0.98


TWO_COUNTS = CAPTION.replace(
    "CLASS A MISDEMEANOR\n",
    "CLASS A MISDEMEANOR\n  C002  720 ILCS 5/16A-3(A)      RETAIL THEFT   CLASS A MISDEMEANOR\n",
)


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("ALL COUNTS DISMISSED.", True),
        ("ALL COUNTS DISMISSED EXCEPT COUNT 1", False),
        ("ALL COUNTS DISMISSED BUT COUNT 1", False),
        ("ALL OTHER COUNTS DISMISSED", False),
        ("FINDING OF GUILTY COUNT 1. ALL COUNTS DISMISSED", False),
    ],
)
def test_all_counts_dismissed_says_itself_of_which(said: str, sure: bool) -> None:
    first, _ = _record(f"{TWO_COUNTS}  05/20/93 {said}\n").charges
    assert (is_freed(first) and first.disposition.confidence > 0.98) is sure


@pytest.mark.parametrize(("said", "understood"), [("ARR.", True), ("ARRD BACK", False)])
def test_an_arraignment_cut_short_undoes_nothing(said: str, understood: bool) -> None:
    before = "  05/20/93 NOLLE"
    sentence = _record(DROPPED.replace(before, f"  05/20/93 {said}\n{before}")).charges[0].disposition
    assert (sentence.confidence > 0.98) is understood


@pytest.mark.parametrize("said", ["ARR.", "ARRAIGNED", "DEFT ARRAIGNED"])
def test_an_arraignment_after_the_end_is_a_doubt_about_it(said: str) -> None:
    assert _disposition(f"{DROPPED}  06/20/93 {said}\n")[1] <= 0.8


FINED = """\
 CASE NO. 94 CF 1234   PEOPLE VS. DOE, MARY   DATE OF BIRTH: 03-04-50
 COUNT 1  POSS CANNABIS 10-30 GRAMS  720 ILCS 550/4(C)
 01-08-94  COPY OF CHARGE FURNISHED. RIGHTS EXPLAINED.
 02-08-94  SUBPOENA RETURNED SERVED.
 04-01-94  PLEA OF GUILTY. FINDING OF GUILTY. {ends}
"""


@pytest.mark.parametrize(
    ("ends", "confidence", "sure"),
    [
        ("SENTENCED TO PAY FINE $100.", 0.96, True),
        ("FINE $100. BAIL $50.00 REFUNDED.", 0.96, True),
        ("FINE $100. BAIL $50.00 REFUNDED.", 0.8, False),
        ("FINE $100. 12 MOS SPVN.", 0.96, False),
        ("FINE $100. CRT SUPERVSN.", 0.96, False),
        ("FINE $100. DEFRD.", 0.96, False),
        ("FINE $100. JUDGM WITHLD.", 0.96, False),
        ("FINE $100. FIRST OFFNDR.", 0.96, False),
        ("FINE $100. 550/10.", 0.96, False),
        ("FINE $100. SATIS.", 0.96, False),
        ("FINE $100. JUDGMENT DEFFERED.", 0.96, False),
    ],
)
def test_only_words_that_may_put_a_judgment_off_make_a_conviction_a_doubt(
    ends: str, confidence: float, *, sure: bool
) -> None:
    page = a_page(FINED.format(ends=ends), confidence=confidence)
    (charge,) = records_of([page], DocumentKind.HALF_SHEET)[0].charges
    assert charge.disposition.value is Disposition.GUILTY or not sure
    assert (charge.disposition.value is Disposition.GUILTY and charge.disposition.confidence > 0.9) is sure


HALF_SHEET = """\
CIRCUIT COURT OF COOK COUNTY MUNICIPAL DISTRICT HALF SHEET
CASE NO. 82-C1 12185    NAME URBINA, VINCENT L
DATE OF ARREST 05-07-82  D.O.B. 12-03-48  BR 57
COMPLAINTS:
  1) {told}

06-14-82 PLEA OF GUILTY FINDING OF GUILTY FINE $50
"""


@pytest.mark.parametrize(
    ("told", "poor", "sure"),
    [
        ("POSS CANNABIS  Ch. 56% Sec. 704(a)", "56%", True),
        ("POSS CANNABIS  Ch. 56% Sec. 704(a)", "704(a)", False),
        ("POSSESSION     Ch. 56% Sec. 704(a)", "56%", False),
        ("POSS CONT SUBST Ch. 56% Sec. 704(a)", "56%", False),
        ("POSS CANNABIS  Ch. 56% Sec. 1402(c)", "56%", False),
    ],
)
def test_a_half_read_as_percent_is_a_doubt_unless_section_and_description_tell_of_cannabis(
    told: str, poor: str, *, sure: bool
) -> None:
    page = a_page(HALF_SHEET.format(told=told))
    words = tuple(replace(word, confidence=0.36 if word.text == poor else word.confidence) for word in page.words)
    (record,) = records_of([replace(page, words=words)], DocumentKind.HALF_SHEET)
    assert (record.charges[0].statute.confidence >= thresholds()["statute"]) is sure
