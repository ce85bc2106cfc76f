"""Forms and tables of clerks elsewhere: grids, keys, counts side by side, groups of counts, cases with several charges."""

# ruff: noqa: E501 - pages are easier to check in one piece

from __future__ import annotations

from datetime import date

import pytest
from typed_grid import a_page

from casefile.docket import Charge, Disposition, DocketRecord, DocumentKind, Plea, SentenceKind, Termination
from extract.calibration import thresholds
from extract.records import records_of

D = Disposition
STATEMENT, HALF_SHEET, CALL = (
    DocumentKind.CERTIFIED_STATEMENT,
    DocumentKind.HALF_SHEET,
    DocumentKind.COURT_SHEET,
)
HEAD = """\
              CIRCUIT COURT OF PEORIA COUNTY, ILLINOIS
                    RECORD OF DISPOSITION

 CASE NO.  04-CF-1487                      DEFENDANT  JABLONSKI, CLYDE R
 D.O.B.  11/09/71                          FILED  03/16/04

"""


def the_record(rows: str, kind: DocumentKind = STATEMENT) -> DocketRecord:
    (record,) = records_of([a_page(HEAD + rows)], kind)
    return record


def endings(record: DocketRecord) -> list[Disposition | None]:
    return [charge.disposition.value for charge in record.charges]


def cited(record: DocketRecord) -> list[str | None]:
    return [charge.statute.value for charge in record.charges]


def is_relied_on(charge: Charge) -> bool:
    """Whether an ending is read, and surely enough that nobody is asked."""
    return charge.disposition.is_read and charge.disposition.confidence >= thresholds()["disposition"]


def days(record: DocketRecord) -> list[date | None]:
    return [charge.disposition_date.value for charge in record.charges]


def penalties(charge: Charge) -> list[tuple[SentenceKind, float | None]]:
    return sorted(((part.kind, part.amount) for part in charge.sentence.value or ()), key=str)


SIDE_BY_SIDE = """\
                COUNT 1                 COUNT 2                 COUNT 3
 CITATION       720 ILCS 550/4(b)       720 ILCS 5/19-1(a)      720 ILCS 5/12-3(a)
 CHARGE         POSS CANNABIS 2.5-10    BURGLARY                BATTERY
                GRAMS
 PLEA                                                           GUILTY
 FINDING        NOT GUILTY              STRICKEN W/LEAVE TO     GUILTY
                                        REINSTATE
 DISP DATE      8/29/04                 8/29/04                 9/02/04
 SENTENCE                                                       180 DAYS JAIL
"""


def test_counts_side_by_side_are_read_down() -> None:
    record = the_record(SIDE_BY_SIDE)
    assert endings(record) == [D.NOT_GUILTY, D.STRICKEN_OFF_LEAVE, D.GUILTY]
    assert cited(record) == ["720 ILCS 550/4(b)", "720 ILCS 5/19-1(a)", "720 ILCS 5/12-3(a)"]
    assert days(record) == [date(2004, 8, 29), date(2004, 8, 29), date(2004, 9, 2)]
    assert [penalties(charge) for charge in record.charges] == [[], [], [(SentenceKind.JAIL, 180.0)]]
    assert record.charges[2].plea.value is Plea.GUILTY


def test_an_ending_that_stands_under_no_count_is_given_to_none() -> None:
    moved = SIDE_BY_SIDE.replace(
        " FINDING        NOT GUILTY              STR", " FINDING                 NOT GUILTY     STR"
    )
    assert not any(map(is_relied_on, the_record(moved).charges))


KEYED = """\
 CT.   STATUTE NO.          NATURE OF OFFENSE     CODE      DISP DATE    SENTENCE
 1     720 ILCS 550/4(B)    POSS CANNABIS 2.5-10  9         05-03-04     PROB 6 MOS
                            GRAMS
 2     720 ILCS 5/16-1(A)   THEFT UNDER $300      {code}         05-03-04

 KEY TO DISPOSITIONS:
  1 = NO PROBABLE CAUSE         2 = COURT SUPERVISION         3 = NOT GUILTY
  7 = FIRST OFFENDER PROBATION  8 = BENCH WARRANT             9 = GUILTY - CONVICTED
"""


@pytest.mark.parametrize(
    ("code", "ending"), [("3", D.NOT_GUILTY), ("1", D.NO_PROBABLE_CAUSE), ("8", D.WARRANT), ("9", D.GUILTY)]
)
def test_a_code_means_what_the_key_on_the_page_says(code: str, ending: Disposition) -> None:
    record = the_record(KEYED.format(code=code))
    assert endings(record) == [D.GUILTY, ending]
    assert days(record) == [date(2004, 5, 3)] * 2


def test_a_key_ends_no_charge() -> None:
    record = the_record(KEYED.format(code="5"))  # no such code
    assert not is_relied_on(record.charges[1])
    assert all(charge.termination.value is None for charge in record.charges)


GROUPED = """\
 CHARGES
   1        720 ILCS 550/4(e)       POSS CANNABIS 500-2000 GRAMS
   2        720 ILCS 550/4(a)       POSSESSION OF CANNABIS
   3        720 ILCS 5/19-1(a)      BURGLARY
   4        720 ILCS 550/5(d)       MFG/DEL CANNABIS/30-500 GRAMS

 ORDER   01-16-2005
   {guilty}: GUILTY
      EACH COUNT, CONCURRENT: 4 YRS IDOC
   {rest}: NOLLE PROSEQUI
"""


@pytest.mark.parametrize(
    "rest", ["REMAINING COUNTS", "ALL OTHER COUNTS", "COUNTS 3 AND 4", "CTS 3-4", "BALANCE OF COUNTS"]
)
def test_groups_of_counts_have_the_day_and_ending_of_their_group(rest: str) -> None:
    record = the_record(GROUPED.format(guilty="CTS 1 & 2", rest=rest))
    assert endings(record) == [D.GUILTY, D.GUILTY, D.NOLLE_PROSEQUI, D.NOLLE_PROSEQUI]
    assert days(record) == [date(2005, 1, 16)] * 4
    assert [penalties(charge) for charge in record.charges] == [[(SentenceKind.PRISON, 4.0)]] * 2 + [[]] * 2


def test_counts_through_a_number_are_all_of_them() -> None:
    record = the_record(GROUPED.format(guilty="CT 1", rest="COUNTS 2 THROUGH 4"))
    assert endings(record) == [D.GUILTY, *[D.NOLLE_PROSEQUI] * 3]


def test_the_remaining_counts_of_none_named_are_nobodys() -> None:
    rows = GROUPED[: GROUPED.index("   {guilty}")] + "   REMAINING COUNTS: NOLLE PROSEQUI\n"
    assert not any(map(is_relied_on, the_record(rows).charges))


BENEATH = """\
 {first}   POSS CANNABIS 10-30 GRAMS   720 ILCS 550/4(c)   A MISD
      PLEA: GUILTY   FINDING: GUILTY   DATE: 07/11/04
      SENTENCE: PROB 24 MTHS; 3 DAYS CREDIT
 {second}   BURGLARY   720 ILCS 5/19-1(a)   2 FEL
      FINDING: COURT SUPERVISION   DATE: 07/12/04
      SENTENCE: SUPV 12 MOS
      07-12-2005  SUPERVISION TERMINATED SATISFACTORILY
"""


@pytest.mark.parametrize(("first", "second"), [("C001", "C002"), ("COUNT 1", "COUNT 2"), ("1", "2"), ("1.", "2.")])
def test_rows_under_a_count_are_of_that_count(first: str, second: str) -> None:
    record = the_record(BENEATH.format(first=first, second=second))
    assert endings(record) == [D.GUILTY, D.SUPERVISION]
    assert days(record) == [date(2004, 7, 11), date(2004, 7, 12)]
    assert [charge.termination.value for charge in record.charges] == [None, Termination.SATISFACTORY]
    assert (SentenceKind.PROBATION, 24.0) in penalties(record.charges[0])


UNDATED = """\
 COUNT 1  720 ILCS 550/4(c)  POSS CANNABIS 10-30 GRAMS
        GUILTY
        90 DAYS COUNTY JAIL
 CT 2  720 ILCS 5/19-1(a)  BURGLARY
        {second}
"""


def test_rows_on_no_day_are_of_the_count_they_stand_under() -> None:
    record = the_record(UNDATED.format(second="DISMISSED"), DocumentKind.SENTENCING_ORDER)
    assert endings(record) == [D.GUILTY, D.DISMISSED]
    assert [penalties(charge) for charge in record.charges] == [[(SentenceKind.JAIL, 90.0)], []]


def test_a_row_that_names_another_count_is_not_of_the_one_above_it() -> None:
    record = the_record(UNDATED.format(second="COUNT 1 DISMISSED"), DocumentKind.SENTENCING_ORDER)
    assert not is_relied_on(record.charges[1])


AMENDED = """\
 CNT   CITATION             OFFENSE              DATE         DISPO
 1     720 ILCS 550/5(d)    MAN/DEL CANN 30-500  01/20/05     {order}
                            GR
 {mark}   720 ILCS 550/4(d)    POSS CANNABIS OVER   {day}     PLEA OF GUILTY;
                            30 GRAMS                          PROBATION 30 MOS
 2     720 ILCS 5/12-3(a)   BATTERY              01/20/05     NOLLE PROSEQUI
"""


@pytest.mark.parametrize(
    ("order", "mark", "day"),
    [
        ("AMENDED TO:", "   ", "        "),
        ("REDUCED TO", "   ", "        "),
        ("", "AMD", "01/20/05"),
        ("", "AM ", "01/20/05"),
    ],
)
def test_a_charge_amended_in_the_row_below_is_the_charge(order: str, mark: str, day: str) -> None:
    record = the_record(AMENDED.format(order=order, mark=mark, day=day))
    assert cited(record) == ["720 ILCS 550/4(d)", "720 ILCS 5/12-3(a)"]
    assert endings(record) == [D.GUILTY, D.NOLLE_PROSEQUI]
    assert record.charges[0].sentence.value is not None


def test_a_second_citation_that_nothing_amends_is_not_taken_for_the_first() -> None:
    record = the_record(AMENDED.format(order="FINDING NOT GUILTY", mark="   ", day="        "))
    assert not any(is_relied_on(charge) for charge in record.charges if charge.disposition.value is D.NOT_GUILTY)


LISTING = """\
 SEQ  CT  CITATION           OFFENSE                DISP DATE    ACTIVITY
 ---- --- ------------------ ---------------------- ------------ --------------------
 0001 1   720 ILCS 550/4(e)  POSS CANNABIS 500-2000 05/11/04     PLED GUILTY
                             GRAMS
 0002                                               05/11/04     4 YEARS DEPT OF
                                                                 CORRECTIONS
 0003 2   720 ILCS 5/12-3(a) BATTERY                05/12/04     PLEA OF GUILTY
 0004 2   720 ILCS 5/12-3(a) BATTERY                05/12/04     PROB 6 MOS
"""


def test_each_thing_done_in_a_row_of_its_own_is_of_the_count_it_numbers() -> None:
    record = the_record(LISTING)
    assert cited(record) == ["720 ILCS 550/4(e)", "720 ILCS 5/12-3(a)"]
    assert endings(record) == [D.GUILTY, D.GUILTY]
    assert penalties(record.charges[0]) == [(SentenceKind.PRISON, 4.0)]
    assert penalties(record.charges[1]) == [(SentenceKind.PROBATION, 6.0)]
    assert record.charges[0].grams.value is not None


RULED = """\
 +-------+--------------------------+--------------+------------------------------+
 | NO    | OFFENSE / CITE           | DATE         | DISPOSITION / SENTENCE       |
 +-------+--------------------------+--------------+------------------------------+
 | 1     | POSS CANNABIS OVER 30    | 08/12/04     | FINDING NOT GUILTY           |
 |       | GRAMS                    |              |                              |
 |       | 720 ILCS 550/4(d)        |              |                              |
 |----------------------------------------------------------------------------------|
 | 2     | BATTERY                  | 08/12/04     | PLEADS GUILTY; 30 DAYS       |
 |       | 720 ILCS 5/12-3(a)       |              | COUNTY JAIL                  |
 +-------+--------------------------+--------------+------------------------------+
"""
BOXED_HEAD = """\
 | JUDGE                      | PROSECUTOR               | DEFENSE COUNSEL              |
 |  OKONJO                    |  ASA MONTEVERDE          |  P.D.                        |
"""


@pytest.mark.parametrize("above", ["", BOXED_HEAD])
def test_the_rulings_of_a_table_are_no_words(above: str) -> None:
    record = the_record(above + RULED, HALF_SHEET)
    assert cited(record) == ["720 ILCS 550/4(d)", "720 ILCS 5/12-3(a)"]
    assert endings(record) == [D.NOT_GUILTY, D.GUILTY]
    assert penalties(record.charges[1]) == [(SentenceKind.JAIL, 30.0)]


CAPTIONS = """\
              CIRCUIT COURT OF PEORIA COUNTY, ILLINOIS

 BELL, DARNELL                             04-CF-1487
 (DEFENDANT)                               (CASE NUMBER)

 4-27-04                                   2-27-69
 (ARRESTED)                                (DOB)

 HON. TIERNEY                              5-16-04
 (BEFORE)                                  (CASE FILED)

 COUNT 1  720 ILCS 550/4(c)       POSS CANNABIS 10-30 GRAMS
"""


def test_a_caption_in_brackets_stands_under_its_value() -> None:
    (record,) = records_of([a_page(CAPTIONS)], STATEMENT)
    person = record.defendant
    assert person is not None
    assert (person.surname.value, person.given.value) == ("BELL", "DARNELL")
    assert person.birth_date.value == date(1969, 2, 27)
    assert (record.arrest_date.value, record.filed_date.value) == (date(2004, 4, 27), date(2004, 5, 16))


CASES = """\
 CRIMINAL REGISTER  2004

 {number}         TITLE OF CAUSE       OFFENSE                FILED        FINAL ORDER
 {first}         PEOPLE VS            POSS CANNABIS          06/30/04     09/24/04
                  ZAMORA, BERNARD      30-500 GRAMS                        VERDICT GUILTY;
                  DOB 08/19/75         720 ILCS 550/4(d)                   180 DAYS COUNTY
                                                                           JAIL
                                       MAN/DEL CANN 30-500                 09/25/04
                                       GR                                  NOLLE PROSEQUI
                                       720 ILCS 550/5(d)

 {second}         PEOPLE VS            BATTERY                06/30/04     08/17/04
                  MARSH, HARRIET       720 ILCS 5/12-3(a)                  FNPC
                  DOB 02/20/69
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [("04-CF-586", "04-CM-715"), ("A338408  ", "M105797  ")],
    ids=["known shape", "another court's"],
)
def test_charges_of_a_case_have_the_endings_beside_them(first: str, second: str) -> None:
    page = a_page(CASES.format(number="CASE NO.", first=first, second=second))
    zamora, marsh = records_of([page], DocumentKind.LEDGER)
    assert cited(zamora) == ["720 ILCS 550/4(d)", "720 ILCS 550/5(d)"]
    assert endings(zamora) == [D.GUILTY, D.NOLLE_PROSEQUI]
    assert days(zamora) == [date(2004, 9, 24), date(2004, 9, 25)]
    assert [penalties(charge) for charge in zamora.charges] == [[(SentenceKind.JAIL, 180.0)], []]
    assert (endings(marsh), days(marsh)) == ([D.NO_PROBABLE_CAUSE], [date(2004, 8, 17)])


def test_a_wrapped_amount_of_a_case_is_not_silence() -> None:
    page = a_page(CASES.format(number="CASE NO.", first="04-CF-586", second="04-CM-715"))
    zamora, _ = records_of([page], DocumentKind.LEDGER)
    assert all(charge.grams.value is not None for charge in zamora.charges)


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("PROB 24 MTHS, 90 DAYS CO JAIL, 14 DAYS CREDIT", {"probation": 24.0, "jail": 90.0, "time_served": 14.0}),
        ("PROB 6 MOS.; 30 DAYS JAIL; FINED $500.00", {"probation": 6.0, "jail": 30.0, "fine": 500.0}),
        ("2 YRS I.D.O.C.; CREDIT 17 DAYS SERVED", {"prison": 2.0, "time_served": 17.0}),
        ("PRISON 2 YRS", {"prison": 2.0}),
    ],
)
def test_an_amount_is_of_the_penalty_it_is_not_parted_from(said: str, parts: dict[str, float]) -> None:
    rows = (
        f" COUNT 1  720 ILCS 550/4(e)  POSS CANNABIS\n\n 05/11/04  FOUND GUILTY  COUNT 1\n 05/11/04  {said}  COUNT 1\n"
    )
    (charge,) = the_record(rows).charges
    assert {part.kind.value: part.amount for part in charge.sentence.value or ()} == parts


@pytest.mark.parametrize(
    ("written", "citation"),
    [("HS11358", "HS 11358"), ("P.C. 459", "PC 459"), ("VC23152(A)", "VC 23152(a)"), ("11357(b) H&S", "HS 11357(b)"),
     ("56-1/2, 705(c)", "720 ILCS 550/5(c)"), ("38, 16-1(a)", "720 ILCS 5/16-1(a)")],
)  # fmt: skip
def test_citations_as_clerks_shorten_them(written: str, citation: str) -> None:
    record = the_record(f" COUNT 1  {written}       POSS MARIJUANA\n")
    assert cited(record) == [citation]


@pytest.mark.parametrize(
    "entry",
    ["04/05/10  PROBATION 18 MONTHS  COUNT 1", "05 APR 10  PROBATION 18 MONTHS  COUNT 1", "4-5-10  PROB 18 MOS  CT 1"],
)
def test_the_year_of_a_day_is_no_section_of_probation(entry: str) -> None:
    day = entry[: entry.index("PROB")]
    rows = f" COUNT 1  720 ILCS 550/4(c)  POSS CANNABIS\n\n {day}GUILTY PLEA  COUNT 1\n {entry}\n"
    (charge,) = the_record(rows).charges
    assert charge.disposition.value is D.GUILTY
