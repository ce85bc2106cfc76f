"""Pages of many cases: each row is a case of its own, with its own ink."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from typed_grid import a_page

from casefile.docket import Disposition, DocketRecord, DocumentKind, GapKind, Plea, Termination, Unit
from casefile.ocr import BBox, InkRegion, OcrPage
from extract.calibration import thresholds
from extract.doc import sheet_of
from extract.documents import documents_in
from extract.records import records_of
from extract.table_telling import cases_on
from extract.tables import table_on

CALL = """\
 COURT CALL    CALL OF: 04/03/97    BR 57

 CASE NO.           NAME                  OFFENSE                          ORDERS
 96-CR-01995-01     GOSS, JOSE            720-550/4(D) F4                  PG
                                          POSS CANNABIS 30-500 GRAMS       FG  PROB 24 MOS
 04-C2-21954-01     HILL, JEROME T        1. 720-5/19-1(A) BURGLARY        NP CT 1
                                          2. 720-550/4(A) POSS CANNABIS    PG CT 2  SUPV 12 MOS CT 2
 11 MC1 477880-01   NWOSU, MARCUS         720-550/4(C)                     BFW
                                          POSS CANNABIS 10-30 GRAMS
"""
LEDGER = """\
 CRIMINAL DOCKET LEDGER

 NUMBER             DEFENDANT             FILED       CHARGE                            DISPOSITION      ENTERED
 83 C6 64194        ROWE, REGINALD        9-19-83     56.5-705-C DEL CANNABIS           FNPC             12-1-83
 81 MC1 295531      IRIZARRY, PATRICK C   5-11-81     56.5-704-C POSS CANNABIS          NP               7-28-81
"""


def records_on(text: str, *regions: InkRegion) -> tuple[DocketRecord, ...]:
    page = a_page(text, regions=regions)
    (document,) = documents_in([page])
    return records_of([page], document.kind)


def surnames(records: tuple[DocketRecord, ...]) -> list[str | None]:
    return [r.defendant.surname.value for r in records if r.defendant is not None]


def test_every_row_of_a_call_is_a_record() -> None:
    records = records_on(CALL)
    assert [r.document_kind for r in records] == [DocumentKind.COURT_SHEET] * 3
    assert surnames(records) == ["GOSS", "HILL", "NWOSU"]
    assert [r.docket_number.value for r in records] == ["96CR0199501", "04C22195401", "11MC147788001"]
    assert len({r.record_id for r in records}) == 3


def test_what_was_ordered_is_of_the_day_of_the_call() -> None:
    goss, hill, nwosu = records_on(CALL)
    assert [c.disposition.value for c in goss.charges] == [Disposition.GUILTY]
    assert goss.charges[0].disposition_date.value == date(1997, 4, 3)
    assert [c.disposition.value for c in hill.charges] == [Disposition.NOLLE_PROSEQUI, Disposition.SUPERVISION]
    assert nwosu.charges[0].disposition.value is Disposition.WARRANT


def test_a_ledger_has_its_days_in_its_rows() -> None:
    rowe, irizarry = records_on(LEDGER)
    assert rowe.document_kind is DocumentKind.LEDGER
    assert (rowe.filed_date.value, rowe.charges[0].disposition_date.value) == (date(1983, 9, 19), date(1983, 12, 1))
    assert rowe.charges[0].disposition.value is Disposition.NO_PROBABLE_CAUSE
    assert irizarry.defendant is not None
    assert irizarry.defendant.middle.value == "C"


def test_columns_in_another_order_say_the_same() -> None:
    turned = "\n".join(line[:20] + line[20:42] + line[42:] for line in LEDGER.splitlines())
    swapped = "\n".join(f"{line[20:42]:<22}{line[:20]:<20}{line[42:]}" for line in LEDGER.splitlines())
    assert surnames(records_on(turned)) == surnames(records_on(swapped))
    assert [r.docket_number.value for r in records_on(swapped)] == [r.docket_number.value for r in records_on(turned)]


def test_every_reading_of_a_row_leads_back_to_ink_of_that_row() -> None:
    page = a_page(CALL)
    rows = {word.text: word.bbox for word in page.words}
    goss = records_on(CALL)[0]
    (source,) = goss.charges[0].statute.sources
    assert source.bbox.overlap(rows["720-550/4(D)"]) > 0.9
    assert {word.bbox for case in cases_on(sheet_of(page)) for word in case.words} <= {w.bbox for w in page.words}


def test_a_number_nobody_could_read_begins_a_case_all_the_same() -> None:
    records = records_on(CALL.replace("04-C2-21954-01", "0Z~C2*Z1954?01"))
    assert len(records) == 3
    assert records[1].docket_number.value is None
    assert records[1].docket_number.confidence < min(thresholds().values())
    assert surnames(records) == ["GOSS", "HILL", "NWOSU"]


def test_an_ending_without_its_beginning_is_no_silence() -> None:
    (first, *_) = records_on(CALL.replace("PG\n", "SUPV TERM SAT\n", 1).replace("FG  PROB 24 MOS", ""))
    ended = first.charges[0].termination
    assert ended.value is Termination.SATISFACTORY
    assert ended.confidence < min(thresholds().values())


def test_two_cards_below_each_other_are_no_table() -> None:
    card = " CASE NO.  84-C1-{}      CHARGE  56 1/2-704(c)\n PEOPLE vs  {}\n DATE     ORDERS\n 7-16-84  NP\n\n"
    text = card.format("19987", "TERRANCE QUILLBY") + card.format("19988", "ORLANDO PEEBLES")
    assert cases_on(sheet_of(a_page(text))) == ()
    assert surnames(records_on(text)) == ["QUILLBY", "PEEBLES"]


def test_a_call_whose_rows_cannot_be_told_apart_is_relied_on_for_nothing() -> None:
    page = a_page("COURT CALL\n\n somebody 720-550/4(D) POSS CANNABIS 30-500 GRAMS  PG  PROB 24 MOS")
    for record in records_of([page], DocumentKind.COURT_SHEET):
        for charge in record.charges:
            assert charge.disposition.confidence < min(thresholds().values())


@pytest.mark.parametrize("lost", ["CASE NO.", "NAME", "OFFENSE", "ORDERS"])
def test_a_head_that_was_lost_changes_no_row(lost: str) -> None:
    def told(text: str) -> list[tuple[object, ...]]:
        return [
            (r.docket_number.value, *(c.statute.value for c in r.charges), *(c.disposition.value for c in r.charges))
            for r in records_on(text)
        ]

    assert told(CALL.replace(lost, " " * len(lost), 1)) == told(CALL)


def test_a_row_that_was_misread_moves_no_other(tmp_path: object) -> None:
    del tmp_path
    page = a_page(CALL)
    worse = tuple(
        replace(w, text="~" * len(w.text)) if "NWOSU" in w.text or "MARCUS" in w.text else w for w in page.words
    )
    read: OcrPage = replace(page, words=worse)
    records = records_of([read], DocumentKind.COURT_SHEET)
    assert surnames(records)[:2] == ["GOSS", "HILL"]


STATEMENT = """\
                 CERTIFIED STATEMENT OF DISPOSITION
 DEFENDANT: MARLOW, DESMOND T      CASE NUMBER: 92 CR 10432
 CHARGED WITH:
   COUNT 1  720-550/4(D)   F4   POSS CANNABIS 30-500 GRAMS
 DISPOSITIONS
 05/20/93  PLEA OF GUILTY             C001
 05/20/93  FINDING OF GUILTY          C001

"""
OTHER_CASES = (
    " RELATED CASES\n 92 CR 20001   MARLOW, DESMOND       BURGLARY\n 91 CR 30002   MARLOW, DESMOND       THEFT\n",
    " CONSOLIDATED WITH\n CASE NO.      NAME                  CHARGE\n 92 CR 20001   MARLOW, DESMOND       BURGLARY\n",
)


@pytest.mark.parametrize("others", OTHER_CASES)
def test_a_page_that_lists_other_cases_keeps_its_own(others: str) -> None:
    first, *_ = records_on(STATEMENT + others)
    assert first.document_kind is DocumentKind.CERTIFIED_STATEMENT
    assert first.docket_number.value == "92CR10432"
    assert first.charges[0].statute.value == "720 ILCS 550/4(d)"
    assert first.charges[0].disposition.value is Disposition.GUILTY


def test_one_row_under_heads_is_a_call_only_where_the_page_says_so() -> None:
    heads, row = CALL.splitlines()[2:4]
    (called,) = documents_in([a_page(f" COURT CALL\n\n{heads}\n{row}\n")])
    (bare,) = documents_in([a_page(f"{heads}\n{row}\n")])
    assert called.kind is DocumentKind.COURT_SHEET
    assert bare.kind is not DocumentKind.COURT_SHEET


def gaps_on(text: str, *regions: InkRegion) -> list[set[GapKind]]:
    return [{gap.kind for gap in record.gaps} for record in records_on(text, *regions)]


HEADS = "\n".join(CALL.splitlines()[:3]) + "\n"
ROWS = CALL.removeprefix(HEADS)
STRAY_ROW = " " * 42 + "720-5/19-1(A) BURGLARY           FG 3 YRS IDOC\n"
UNTOLD = {
    "the first number unread": CALL.replace("96-CR-01995-01", "~~~~ ~~ ~~~   "),
    "a number inside unread": CALL.replace("04-C2-21954-01", "~~~~ ~~ ~~~   "),
    "a case of the page before": HEADS + STRAY_ROW + ROWS,
    "a row far below": CALL + "\n\n\n\n" + STRAY_ROW,
}


@pytest.mark.parametrize("name", UNTOLD)
def test_a_row_of_no_case_is_a_gap_of_every_case(name: str) -> None:
    gaps = gaps_on(UNTOLD[name])
    assert gaps
    assert all(GapKind.UNREAD_INK in kinds for kinds in gaps)


@pytest.mark.parametrize(("text", "top"), [(HEADS + ROWS.replace("\n 04", "\n\n\n 04"), 310), (CALL, 560)])
def test_a_row_by_hand_beside_no_case_is_a_gap_of_every_case(text: str, top: int) -> None:
    assert gaps_on(text) == [set()] * 3
    written = InkRegion("handwriting", BBox(300, top, 900, top + 26))
    assert gaps_on(text, written) == [{GapKind.UNREAD_INK}] * 3


def test_a_first_number_nobody_could_read_begins_a_case() -> None:
    records = records_on(CALL.replace("96-CR-01995-01", "9?-C?-01?95-01"))
    assert surnames(records) == ["GOSS", "HILL", "NWOSU"]


def test_a_table_that_goes_on_says_so_of_its_last_case() -> None:
    *_, last = gaps_on(CALL + "\n\n\n\n CONTINUED ON NEXT PAGE\n")
    assert last == {GapKind.PAGE_NUMBERS}


NAMED_APART = """\
 CRIMINAL DOCKET LEDGER

 CASE NO.           LAST NAME       FIRST NAME     CHARGE                        DISPOSITION    REMARKS
 83 C6 64194        ROWE            REGINALD       56.5-705-C DEL CANNABIS       FNPC           EXPUNGED 1-5-99
 81 MC1 295531      IRIZARRY        PATRICK        56.5-704-C POSS CANNABIS      NP             BOND 5000
"""


def test_no_column_is_left_out_for_its_head() -> None:
    rowe, irizarry = records_on(NAMED_APART)
    assert surnames((rowe, irizarry)) == ["ROWE", "IRIZARRY"]
    assert [r.defendant.given.value for r in (rowe, irizarry) if r.defendant] == ["REGINALD", "PATRICK"]
    assert rowe.charges[0].disposition.value is Disposition.EXPUNGED
    assert irizarry.charges[0].disposition.value is Disposition.NOLLE_PROSEQUI


DAYS_TWICE = """\
 CRIMINAL DOCKET LEDGER

 NUMBER             DEFENDANT             CHARGE                            DISPOSITION      DISP DATE
 83 C6 64194        ROWE, REGINALD        56.5-705-C DEL CANNABIS           9-30-83 FNPC     12-1-83
 81 MC1 295531      IRIZARRY, PATRICK C   56.5-704-C POSS CANNABIS          5-11-81 NP       7-28-81
"""


def test_a_day_of_a_column_is_told_beside_orders_with_days_of_their_own() -> None:
    told = [{word.text for word in case.words} for case in cases_on(sheet_of(a_page(DAYS_TWICE)))]
    assert {"9-30-83", "FNPC", "12-1-83"} <= told[0]
    assert {"5-11-81", "NP", "7-28-81"} <= told[1]
    dispositions = [r.charges[0].disposition.value for r in records_on(DAYS_TWICE)]
    assert dispositions == [Disposition.NO_PROBABLE_CAUSE, Disposition.NOLLE_PROSEQUI]


TWO_LINES = """\
 FELONY TRIAL DOCKET

 INDICTMENT  DEFENDANT        DATE OF   OFFENSE                       DATE      FINDING OR   SENTENCE         DATE OF
 NUMBER                       BIRTH                                   FILED     VERDICT                       ORDER
 83-CF-293   WYNN, FRANK D    4-2-55    POSS CANNABIS 56 1/2-704(c)   3-28-83   GUILTY       12 MOS PROB.     7-4-83
 83-CF-301   COLE, ALVIN      6-9-51    BATTERY 38-12-3               4-11-83   NOT GUILTY                    8-1-83
"""


def test_heads_of_two_rows_name_a_column_together() -> None:
    wynn, cole = records_on(TWO_LINES)
    assert (wynn.filed_date.value, cole.filed_date.value) == (date(1983, 3, 28), date(1983, 4, 11))
    assert [c.disposition_date.value for r in (wynn, cole) for c in r.charges] == [date(1983, 7, 4), date(1983, 8, 1)]
    assert wynn.defendant is not None
    assert wynn.defendant.birth_date.value == date(1955, 4, 2)


NAME_FIRST = """\
 COURT CALL    03-09-81

 NAME                     CHARGE                     AMENDED TO           DISPOSITION
 CASE NO.    D.O.B.
 YOUNG, GRANT W           CRIM DAMAGE TO PROPERTY    THEFT                G/P 5 DAYS JAIL
 81 CM 1460  10-26-53     38-21-1                    38-16-1
 LAW, DOLORES             POSSESSION OF CANNABIS                          NOLLE PROS
 81 CM 198   4-17-51      56 1/2-704(a)
 TATE, JANICE M           POSS. OF CANNABIS                               G/P 12 MOS COURT SUPERVISION
 81 CM 159   3-13-61      56 1/2-704(b)
"""
NUMBER_FIRST = """\
 COURT CALL    03-09-81

 CASE NO. / DEFENDANT / DOB     CHARGE                     DISPOSITION
 81 CM 1460                     CRIM DAMAGE TO PROPERTY    G/P 5 DAYS JAIL
 YOUNG, GRANT W                 38-21-1
 DOB 10-26-53
 81 CM 198                      POSSESSION OF CANNABIS     NOLLE PROS
 LAW, DOLORES                   56 1/2-704(a)
 4-17-51
 81 CM 159                      POSS. OF CANNABIS          G/P 12 MOS COURT SUPERVISION
 TATE, JANICE M                 56 1/2-704(b)
 3-13-61
"""


@pytest.mark.parametrize("text", [NAME_FIRST, NUMBER_FIRST])
def test_a_cell_may_hold_number_name_and_birth_date_in_any_order(text: str) -> None:
    records = records_on(text)
    assert [(r.docket_number.value, name) for r, name in zip(records, surnames(records), strict=True)] == [
        ("81CM1460", "YOUNG"),
        ("81CM198", "LAW"),
        ("81CM159", "TATE"),
    ]
    born = [r.defendant.birth_date.value for r in records if r.defendant is not None]
    assert born == [date(1953, 10, 26), date(1951, 4, 17), date(1961, 3, 13)]
    assert [c.disposition.value for r in records for c in r.charges] == [
        Disposition.GUILTY,
        Disposition.NOLLE_PROSEQUI,
        Disposition.SUPERVISION,
    ]


def test_what_was_charged_is_what_it_was_amended_to() -> None:
    young, law, _ = records_on(NAME_FIRST)
    assert [c.statute.value for c in young.charges] == ["720 ILCS 5/16-1"]
    assert [c.statute.value for c in law.charges] == ["720 ILCS 550/4(a)"]


REGISTER = """\
 CRIMINAL REGISTER

 GENERAL      TITLE OF CAUSE              DATE       PROCEEDINGS AND ORDERS
 NUMBER       AND OFFENSE
 76-CM-410    People vs.                  10-4-76    Information filed.
              Harriet M. Fine             11-15-76   Plea of guilty. Placed on supervision 12 months.
              Poss cannabis               11-7-77    Supervision revoked. Judgment of guilty.
              Ch. 56 1/2 Par. 704(b)
 76-CM-72     People vs.                  1-8-76     Complaint filed.
              Keisha Dubrow               2-16-76    Nolle prosequi.
              Retail theft
              Ch. 38 Par. 16A-3
"""


def test_days_in_rows_of_a_case_are_each_of_what_stands_beside_them() -> None:
    fine, dubrow = records_on(REGISTER)
    assert surnames((fine, dubrow)) == ["FINE", "DUBROW"]
    (poss,), (theft,) = fine.charges, dubrow.charges
    assert (poss.disposition.value, poss.disposition_date.value) == (Disposition.SUPERVISION, date(1976, 11, 15))
    assert poss.termination.value is Termination.REVOKED
    assert (theft.disposition.value, theft.disposition_date.value) == (Disposition.NOLLE_PROSEQUI, date(1976, 2, 16))
    assert (poss.statute.value, theft.statute.value) == ("720 ILCS 550/4(b)", "720 ILCS 5/16A-3")


SUPERVISED = """\
 REGISTER OF COURT SUPERVISION CASES

 CASE NO.    NAME              OFFENSE                       DATE       TERM           DATE       RESULT
                                                             PLACED                    ENDED
 84-CM-443   LAW, RAYMOND T    POSS CANNABIS 56 1/2-704(c)   07-13-84   12 MOS SUPV    12-14-85   REVOKED
 84-CM-309   COLE, ART A       POSS CANNABIS 56 1/2-704(b)   07-11-84   6 MOS SUPV     10-01-85   SATISFACTORY
 84-CM-228   WELLS, PAT J      POSS CANNABIS 56 1/2-704(a)   07-30-84   6 MOS SUPV
"""


def test_each_of_two_days_in_a_row_is_of_the_orders_behind_it() -> None:
    charges = [charge for record in records_on(SUPERVISED) for charge in record.charges]
    assert [c.disposition.value for c in charges] == [Disposition.SUPERVISION] * 3
    assert [c.disposition_date.value for c in charges] == [date(1984, 7, 13), date(1984, 7, 11), date(1984, 7, 30)]
    assert [c.termination.value for c in charges] == [Termination.REVOKED, Termination.SATISFACTORY, None]


def test_an_ending_without_its_day_is_not_of_the_day_before_it() -> None:
    pleaded = SUPERVISED.replace("12 MOS SUPV", "NOT GUILTY ").replace("12-14-85   REVOKED", "           NOLLE PROS")
    (charge,) = records_on(pleaded)[0].charges
    assert charge.disposition.value is Disposition.NOLLE_PROSEQUI
    assert charge.disposition_date.value != date(1984, 7, 13) or charge.disposition_date.confidence < 0.9


MONEY = """\
 FINE AND FEE BOOK

 DATE        CASE        PEOPLE VS.        OFFENSE                      DISPOSITION       FINE     CLERK'S   RECEIPT
             NUMBER                                                                                FEE       NO.
 11-16-78    78-CM-624   RICE, GRANT K     POSS CANNABIS 56 1/2-704(c)  GUILTY, FINED     150.00   20.00     2699
 11-20-78    78-CM-687   LAW, ALVIN        BATTERY 38-12-3              NOLLE PROSEQUI
 11-21-78    78-CM-690   COLE, BERNICE     THEFT 38-16-1                GUILTY, FINED     50.00    25.00     2700
"""


def test_columns_of_money_and_receipts_are_no_charges_and_no_cases() -> None:
    table = table_on(sheet_of(a_page(MONEY)))
    assert table is not None
    roles = [column.role for column in table.columns]
    assert (roles.count("charge"), roles.count("docket_number"), roles.count("money")) == (1, 1, 2)
    records = records_on(MONEY)
    assert [r.docket_number.value for r in records] == ["78CM624", "78CM687", "78CM690"]
    assert [[c.statute.value for c in r.charges] for r in records] == [
        ["720 ILCS 550/4(c)"],
        ["720 ILCS 5/12-3"],
        ["720 ILCS 5/16-1"],
    ]
    assert [r.charges[0].disposition_date.value for r in records] == [date(1978, 11, day) for day in (16, 20, 21)]


LISTED = """\
 DISPOSITION LISTING                                                                       PAGE 1 OF 3

 CASE NUMBER   DEFENDANT NAME       DOB        CT STATUTE       CL DESCRIPTION     DISP DATE  DISPOSITION       VOL/PG
 83CM002603    ABER, NADINE         04/19/48   01 56.5-704-B    B  POSS CANNABIS   06/20/83   NOLLE PROSEQUI    38/81
{further}
 83CF002711    WELLS, NADINE A      03/15/62   01 56.5-704-C    A  POSS CANNABIS   08/05/83   PLEA OF GUILTY    38/90
                                               02 38-16-1       A  THEFT                      OPEN
"""
FURTHER = [
    "                                               02 38-24-1       A  USE OF WEAPONS  06/21/83   PLEA OF GUILTY",
    " 83CM002603    ABER, NADINE         04/19/48   02 38-24-1       A  USE OF WEAPONS  06/21/83   PLEA OF GUILTY",
]


@pytest.mark.parametrize("further", FURTHER)
def test_a_case_is_one_record_whether_or_not_its_number_is_said_with_each_count(further: str) -> None:
    aber, wells = records_on(LISTED.format(further=further))
    assert [(c.count, c.statute.value, c.disposition.value) for c in aber.charges] == [
        (1, "720 ILCS 550/4(b)", Disposition.NOLLE_PROSEQUI),
        (2, "720 ILCS 5/24-1", Disposition.GUILTY),
    ]
    assert [c.disposition_date.value for c in aber.charges] == [date(1983, 6, 20), date(1983, 6, 21)]
    assert wells.charges[0].disposition.value is Disposition.GUILTY
    assert wells.charges[1].disposition.value is not Disposition.GUILTY


def test_a_number_said_again_with_another_name_is_of_another_defendant() -> None:
    other = FURTHER[1].replace("ABER, NADINE ", "ABER, GERALD ")
    records = records_on(LISTED.format(further=other))
    assert [r.defendant.given.value for r in records if r.defendant] == ["NADINE", "GERALD", "NADINE"]
    assert [len(r.charges) for r in records] == [1, 1, 2]


HANGING = """\
 JUDGE'S BENCH SHEET     5-16-83

 CASE NO.      DEFENDANT            CT.  CHARGE                       FINDING / SENTENCE
 83 CM 202     TATE, RAYMOND P      1    POSS. CANNABIS               GUILTY PLEA - 18 MOS. 710 PROBATION
                                    56 1/2-704(a)
                                    2    CRIM DAMAGE TO PROPERTY      DISMISSED
                                    38-21-1
 83 CF 107     STAMP, MARVIN        1    MFG/DEL CANNABIS             NOLLE PROS.
                                    56 1/2-705(b)
                                    2    THEFT                        GUILTY PLEA - 6 MOS. SUPERVISION
                                    38-16-1
"""


def test_a_citation_below_the_number_of_its_count_is_of_that_count() -> None:
    told = [[(c.statute.value, c.disposition.value) for c in r.charges] for r in records_on(HANGING)]
    assert told == [
        [("720 ILCS 550/4(a)", Disposition.FIRST_OFFENDER_PROBATION), ("720 ILCS 5/21-1", Disposition.DISMISSED)],
        [("720 ILCS 550/5(b)", Disposition.NOLLE_PROSEQUI), ("720 ILCS 5/16-1", Disposition.SUPERVISION)],
    ]


GOES_ON = """\
 J89244    KESSLER, KEISHA H    02/14/49    1    11357(b) HS    ACQUITTED        08/24/78
                                            2    484 PC         GUILTY PLEA      08/24/78    FINE $100
 A70704    WELLS, MARIA         02/03/54    1    11358 HS       DISMISSED        05/07/79
 J11347    ELLIS, HARRIET       04/28/39    1    11357(b) HS    GUILTY PLEA      07/05/79    FINE $150
"""


def test_a_table_that_goes_on_without_heads_keeps_its_cases_apart() -> None:
    records = records_on(GOES_ON)
    assert [r.document_kind for r in records] == [DocumentKind.LEDGER] * 3
    assert [r.docket_number.value for r in records] == ["J89244", "A70704", "J11347"]
    assert [r.defendant.birth_date.value for r in records if r.defendant] == [
        date(1949, 2, 14),
        date(1954, 2, 3),
        date(1939, 4, 28),
    ]
    assert [[c.disposition.value for c in r.charges] for r in records] == [
        [Disposition.NOT_GUILTY, Disposition.GUILTY],
        [Disposition.DISMISSED],
        [Disposition.GUILTY],
    ]


def test_a_list_of_people_who_are_charged_with_nothing_is_no_table_of_cases() -> None:
    text = GOES_ON
    for charge in ("11357(b) HS", "484 PC     ", "11358 HS   "):
        text = text.replace(charge, "ROOM       ")
    assert table_on(sheet_of(a_page(text))) is None


OPENED_BY_NAMES = """\
 CASE NO.          CHARGE                            DISPOSITION
 {above}
 87CR01234         POSS CANNABIS 56.5-704(c)         GUILTY
 {first}
 {second}          THEFT 38-16-1                     DISMISSED
 {third}
 87CR01777         POSS CANNABIS 56.5-704(c)         GUILTY
 {fourth}
 87CR02211         BATTERY 38-12-3                   NOLLE PROS
 {below}
"""


def _named_in(text: str) -> list[tuple[str | None, str | None, int]]:
    people = ((r.defendant, len(r.charges)) for r in records_on(text))
    return [(p.surname.value, p.middle.value, charges) for p, charges in people if p is not None]


def test_a_judge_above_names_that_end_their_cases_shifts_none() -> None:
    names = ["JUDGE: GREEN, HAROLD", "SMITH, JOHN", "DAVIS, ROBERT", "MOORE, ALAN", "BROWN, MARY"]
    rows = dict(zip(("above", "first", "third", "fourth", "below"), names, strict=True))
    told = _named_in(OPENED_BY_NAMES.format(**rows, second="87CR01567"))
    assert told == [("SMITH", None, 1), ("DAVIS", None, 1), ("MOORE", None, 1), ("BROWN", None, 1)]


def test_a_case_under_its_name_whose_number_is_torn_off_is_not_of_the_one_above() -> None:
    names = ["SMITH, JOHN", "DAVIS, ROBERT", "MOORE, ALAN", "BROWN, MARY", ""]
    rows = dict(zip(("above", "first", "third", "fourth", "below"), names, strict=True))
    told = _named_in(OPENED_BY_NAMES.format(**rows, second="         "))
    assert told == [("SMITH", None, 1), ("DAVIS", None, 1), ("MOORE", None, 1), ("BROWN", None, 1)]


@pytest.mark.parametrize(("row", "middle"), [("  DISMISSED", None), ("  NOT GUILTY", None), ("  JAMES", "JAMES")])
def test_an_ending_below_a_name_is_no_part_of_it(row: str, middle: str | None) -> None:
    text = " CASE NO.     DEFENDANT         CHARGE                       JUDGE\n"
    for number, name in (("87CR01234", "SMITH, JOHN  "), ("87CR01567", "DAVIS, ROBERT")):
        text += f" {number}    {name}     POSS CANNABIS 56.5-704(c)    BROWN\n"
        text += f"             {row}\n"
    assert _named_in(text)[0] == ("SMITH", middle, 1)


WRAPPED = """\
                                      CRIMINAL DOCKET - KNOX COUNTY
 Date Filed  Case No.       Defendant                  Birth Date   Charge                   Disposition
 10-22-80    80-CM-1609     JEFFRIES, CONSTANCE        12-01-38     RESISTING PEACE          Nolle prosequi 12-07-80
                            A                                       OFFICER 38-31-1(a)
 06-04-80    80-CM-1941     INGERSOLL, TERRELL R       03-15-35     POSS. CANNABIS 56        Guilty, 10 days jail,
                                                                    1/2-704(c)               {below}
"""


@pytest.mark.parametrize(("below", "sure"), [("credit 5 days 07-09-80", False), ("credit 5 days", True)])
def test_a_day_under_an_ending_is_no_sure_silence_about_its_day(below: str, *, sure: bool) -> None:
    _, record = records_on(WRAPPED.format(below=below))
    (charge,) = record.charges
    assert charge.disposition.value is Disposition.GUILTY
    day = charge.disposition_date
    assert day.value == date(1980, 7, 9) or (day.confidence > 0.95) is sure


PRINTED_CALL = """\
 {above}
 CASE NO.     DEFENDANT         STATUTE         ARRESTED     ATTORNEY    DISPOSITION
              DOB               CHARGE                                   NEXT DATE
 87MC1234567  SMITH, JOHN       56.5-704(c)     03-19-87     PD          SOL
              04-11-60          POSS CANNABIS
 87MC1234599  DAVIS, ROBERT     56.5-704(b)     03-21-87     PD          CONT MD
              08-02-61          POSS CANNABIS                            05-27-87
 87MC1234611  MOORE, ALAN       38-16A-3        03-24-87     PRO SE      MS NOLLE PROS
              09-09-59          RETAIL THEFT
"""
ON_CALL = (
    ("RUN DATE 04-24-87      CALL DATE 04-26-87", date(1987, 4, 26)),
    ("CALL OF 04-26-87       Printed on 04-24-87", date(1987, 4, 26)),
    ("CALL OF 04-26-87       04-26-87", date(1987, 4, 26)),
    ("CALLS OF 04-24-87      AND 04-26-87", None),
)


@pytest.mark.parametrize(("above", "day"), ON_CALL)
def test_a_call_was_held_on_the_day_above_it_that_is_not_of_its_printing(above: str, day: date | None) -> None:
    stricken, continued, nolle = [record.charges[0] for record in records_on(PRINTED_CALL.format(above=above))]
    assert [one.disposition_date.value for one in (stricken, continued, nolle)] == [day, None, day]
    if day is not None:
        assert stricken.disposition.value is Disposition.STRICKEN_OFF_LEAVE
        assert continued.disposition.value is Disposition.PENDING
        assert nolle.disposition.value is Disposition.NOLLE_PROSEQUI
        assert min(stricken.disposition.confidence, nolle.disposition.confidence) > 0.95


TWO_COLUMNS_OF_CHARGES = """\
 CASE NO.     DEFENDANT        CT  STATUTE      OFFENSE         DISP      DISP DATE
 95CM1634     SMITH, JOHN      1   720 ILCS     POSS CANNABIS   GLTY      08-08-95
                                   550/4(a)     IN A PARK
                               2   720 ILCS     RETAIL THEFT    NOLLE     08-09-95
                                   5/16A-3
 95CM1635     DAVIS, ROBERT    1   720 ILCS     CRIM TRESPASS   DISM      09-08-95
                                   5/21-3       TO LAND
"""


def test_a_citation_that_goes_on_below_is_not_cut_by_the_words_beside_it() -> None:
    smith, davis = records_on(TWO_COLUMNS_OF_CHARGES)
    assert [charge.statute.value for charge in smith.charges] == ["720 ILCS 550/4(a)", "720 ILCS 5/16A-3"]
    assert [charge.disposition.value for charge in smith.charges] == [Disposition.GUILTY, Disposition.NOLLE_PROSEQUI]
    assert [charge.statute.value for charge in davis.charges] == ["720 ILCS 5/21-3"]


PLEAS = """\
 NO.          DEFENDANT       CHARGE                     PLEA   DATE     FINDING     SENTENCE
 86-CM-1091   SMITH, JOHN     POSS CANNABIS 56.5-704(c)  GUILTY 05-07-86 GUILTY      1 YEAR PROBATION
 86-CM-1092   DAVIS, ROBERT   POSS CANNABIS 56.5-704(c)  GUILTY 05-12-86 GUILTY      12 MONTHS SUPERVISION
 86-CM-1093   MOORE, ALAN     POSS CANNABIS 56.5-704(c)  NOT    05-20-86 NOT GUILTY
                                                         GUILTY
 86-CM-1094   BROWN, MARY     RETAIL THEFT 38-16A-3             05-21-86 DISMISSED
"""


def test_columns_with_one_space_between_them_are_told_apart_by_their_heads() -> None:
    charges = [record.charges[0] for record in records_on(PLEAS)]
    assert [charge.plea.value for charge in charges] == [Plea.GUILTY, Plea.GUILTY, Plea.NOT_GUILTY, None]
    assert [(part.amount, part.unit) for part in charges[0].sentence.value or ()] == [(1, Unit.YEARS)]
    ended = [charge.disposition.value for charge in charges]
    assert ended == [Disposition.GUILTY, Disposition.SUPERVISION, Disposition.NOT_GUILTY, Disposition.DISMISSED]
    assert [charge.disposition_date.value for charge in charges] == [date(1986, 5, day) for day in (7, 12, 20, 21)]


CALENDAR = """\
 MUNICIPAL COURT, STATE OF CALIFORNIA      CRIMINAL CALENDAR      10-11-77
 DEFENDANT            BORN       CASE NO.   VIOLATION                   PLEA     DISPOSITION
 BRANTLEY, JANICE D   04-28-55   M15606     11357(b) HS POSS MARIJUANA           DISM ON MOTION OF PEOPLE
 BOZEK, HECTOR T      09-08-36   CR21278    11358 HS CULTIVATE          NG       CONT TO 11-14-77 PRETRIAL
 IVERSON, LUIS        10-18-36   A53056     11357(b) HS POSS MARIJUANA  G        FINED $50
 PETTIGREW, WANDA     07-18-41   M98069     11358 HS CULTIVATE          NG       FOUND NOT GUILTY
"""


def test_numbers_of_another_court_may_stand_behind_name_and_birth_date() -> None:
    records = records_on(CALENDAR)
    assert [record.docket_number.value for record in records] == ["M15606", "CR21278", "A53056", "M98069"]
    births = [record.defendant.birth_date.value for record in records if record.defendant is not None]
    assert births == [date(1955, 4, 28), date(1936, 9, 8), date(1936, 10, 18), date(1941, 7, 18)]
    charges = [record.charges[0] for record in records]
    assert [charge.plea.value for charge in charges] == [None, Plea.NOT_GUILTY, Plea.GUILTY, Plea.NOT_GUILTY]
    ended = [charge.disposition.value for charge in charges]
    assert ended == [Disposition.DISMISSED, Disposition.PENDING, Disposition.GUILTY, Disposition.NOT_GUILTY]


LABELLED_CALL = """\
 CALL LIST    ROOM 242    04-08-86
 1.  86 MC5 381791   LOCKETT, MARIA G      DOB 01-25-54
     CHG 56.5-704-C    POSSESSION OF CANNABIS
     DISP {first}
 2.  86 MC4 109115   PETTIGREW, KEVIN E    DOB 06-16-57
     CHG 38-16A-3      RETAIL THEFT
     DISP NOLLE PROSEQUI
 3.  86 MC4 109118   MABRY, HECTOR         DOB 07-21-48
     CHG 38-12-3       BATTERY
     DISP DISMISSED WANT OF PROSECUTION
"""


@pytest.mark.parametrize(
    ("first", "day"), [("DISMISSED WANT OF PROSECUTION", date(1986, 4, 8)), ("CONTINUED MD 05-08-86", None)]
)
def test_what_a_call_says_behind_labels_was_done_on_its_day(first: str, day: date | None) -> None:
    lockett, pettigrew, mabry = [record.charges[0] for record in records_on(LABELLED_CALL.format(first=first))]
    days = [one.disposition_date.value for one in (lockett, pettigrew, mabry)]
    assert days == [day, date(1986, 4, 8), date(1986, 4, 8)]


CHARGES_BELOW = """\
 COURT CALL WITH RESULTS      COURT DATE 07/05/93     ROOM 119

 LN CASE NUMBER      DEFENDANT NAME          DOB      ARREST   STATUTE            RESULT
 1  92 C1 18147 01   GUTHRIE, MAXINE G       11/03/49 06/27/92 56 1/2-704(a)      PG/FG
                     UNLAWFUL POSSESSION OF CANNABIS UNDER 2.5 GR                 SUPERVISION 12 MONTHS
 2  92MC1118371      WHITLOCK, GLENN W       01/04/60 04/28/92 56 1/2-704(b)      VERDICT NOT GUILTY
                     POSS CANNABIS
 3  92 C2 23141      THORNBURG, YVETTE H     12/27/72 04/08/92 56 1/2-705(d)      DISMISSED ON MOTION OF STATE
                     MANUFACTURE/DELIVERY CANNABIS 30-500 GR
"""


def test_an_offense_told_below_the_name_across_other_columns_is_of_the_charge() -> None:
    first, second, third = records_on(CHARGES_BELOW)
    assert [r.defendant.middle.value for r in (first, second, third) if r.defendant] == ["G", "W", "H"]
    assert [str(charge.grams.value) for r in (first, second, third) for charge in r.charges] == [
        "Grams(low=None, high=2.5)",
        "None",
        "Grams(low=30.0, high=500.0)",
    ]
    assert min(charge.grams.confidence for r in (first, second, third) for charge in r.charges) > 0.95
    assert [charge.disposition.value for r in (first, second, third) for charge in r.charges] == [
        Disposition.SUPERVISION,
        Disposition.NOT_GUILTY,
        Disposition.DISMISSED,
    ]


def test_an_order_below_a_name_is_no_offense() -> None:
    text = CHARGES_BELOW.replace("POSS CANNABIS\n", "NOLLE AS TO POSS CANNABIS ONLY VACATED\n")
    charge = records_on(text)[1].charges[0]
    assert charge.disposition.confidence < 0.95 or records_on(text)[1].gaps


def test_an_initial_of_birth_below_a_name_is_none_of_it() -> None:
    text = """\
 BR. 52                                 CALL OF AUGUST 12, 1991
 LINE  M.C. NUMBER        NAME OF DEFENDANT          ARREST      VIOLATION                      COURT ORDER
 1     90-MC1-351667-01   YARBROUGH, REGINALD A      5-14-90     56.5-704-C                     DISMISSED
                          B. 3-17-60                             UNLAWFUL POSSESSION OF CANNABIS
 2     90 MC1 01982602    TREVINO, BEATRICE          12-17-90    56.5-704-C                     S.O.L.
                          b. 1-15-71                             UNLAWFUL POSSESSION OF CANNABIS
"""
    people = [record.defendant for record in records_on(text)]
    assert [(one.middle.value, one.birth_date.value) for one in people if one] == [
        ("A", date(1960, 3, 17)),
        (None, date(1971, 1, 15)),
    ]


def test_how_a_term_ended_under_the_days_it_ended_on_is_no_day_of_judgment() -> None:
    text = """\
                                MISDEMEANOR DOCKET BOOK  1976

 Case No.    Defendant         Offense                 Arrested Filed    Judgment           How Closed
 76 CM 1646  QUARLES, MARLENE  POSS CANN 2.5-10 GR     2/27/76  3/5/76   Dismissed 6/28/76
                               56-1/2-704(b)
 76-CM-1951  CASTELLANO, EDDIE POSSESSION OF CANNABIS  11/19/76 11/22/76 P.G. 2/14/77.      Satisfactorily terminated
                               56.5-704-C                                Supv 6 months      8/22/77
 76 CM 1998  IVERSON, PATRICIA POSSESSION OF CANNABIS  11/19/76 11/22/76 P.G. 3/14/77.
                               56.5-704-C                                Fine $50
"""
    first, second, third = (charge for record in records_on(text) for charge in record.charges)
    assert [one.disposition_date.value for one in (first, second, third)] == [
        date(1976, 6, 28),
        date(1977, 2, 14),
        date(1977, 3, 14),
    ]
    assert [one.termination.value for one in (first, second, third)] == [None, Termination.SATISFACTORY, None]
