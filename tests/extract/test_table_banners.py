"""Pages of cases each of which has its number and name in rows above its charges."""

from __future__ import annotations

from datetime import date

import pytest
from freed import is_freed
from test_tables import records_on, surnames
from typed_grid import a_page

from casefile.docket import Disposition, DocketRecord, Termination
from extract.doc import sheet_of
from extract.table_banners import under_banners

CALL = """\
 COURT CALL    COURTROOM 168    12/02/2002    9:30 AM

 1   02MC3279783   ZIELINSKI, MARISOL JAMES      DOB 10/22/67   ARR 02/16/02
     C001 720-550/4(C)       POSS. CANNABIS               FNG - DISCH
     C002 720-5/26-1(A)(1)   DISORDERLY CONDUCT           FNG - DISCH
 2   02MC6379362   VANHORN, ISAAC B SR           DOB 01/05/57   ARR 11/19/02
     C001 720-550/4(C)       POSS CANNABIS/10-30 GRAMS    PG FG SUPV 12 MOS, FINE
                                                          $250
     C002 720-5/16A-3(A)     RETAIL THEFT                 DISMISSED
 3   02MC3168772   HUBBARD, KENNETH R            DOB 11/25/58   ARR 12/13/02
     C001 720-550/4(A)       POSS CANNABIS                NOLLE PROS
"""
BOOK = """\
                 JUDGE'S DOCKET   LEE COUNTY
 ------------------------------------------------------------------------
 No. 78 CM 912         People vs. ISAAC M GUTIERREZ        born 6-22-43
     POSS CANNABIS 10-30 GRAMS, Ch. 56 1/2, Par. 704(c)
     5-7-78      Complaint filed. Arrested 5-6-78.
     8-23-78     On motion of State's Attorney cause dismissed.
 ------------------------------------------------------------------------
 No. 78 CM 1354        People vs. KENNETH J GRANBERRY      born 11-2-40
     POSS. CANNABIS, Ch. 56 1/2, Par. 704(c)
     9-10-78     Complaint filed.
     12-25-78    Plea of guilty. Placed on supervision 6 months.
     6-25-79     Supervision terminated satisfactorily. Discharged.
"""


def endings(record: DocketRecord) -> list[Disposition | None]:
    return [charge.disposition.value for charge in record.charges]


def test_each_charge_ended_as_it_says_beside_it_on_the_day_of_the_call() -> None:
    one, two, three = records_on(CALL)
    assert surnames((one, two, three)) == ["ZIELINSKI", "VANHORN", "HUBBARD"]
    assert endings(one) == [Disposition.NOT_GUILTY] * 2
    assert endings(two) == [Disposition.SUPERVISION, Disposition.DISMISSED]
    assert endings(three) == [Disposition.NOLLE_PROSEQUI]
    assert {c.disposition_date.value for r in (one, two, three) for c in r.charges} == {date(2002, 12, 2)}
    assert [part.amount for part in two.charges[0].sentence.value or ()] == [12, 250]


def test_days_that_name_a_case_are_of_birth_and_arrest() -> None:
    one, two, _ = records_on(CALL)
    assert one.arrest_date.value == date(2002, 2, 16)
    assert two.defendant is not None
    assert two.defendant.birth_date.value == date(1957, 1, 5)


def test_entries_below_a_name_are_of_that_case() -> None:
    one, two = records_on(BOOK)
    assert surnames((one, two)) == ["GUTIERREZ", "GRANBERRY"]
    assert (endings(one), endings(two)) == ([Disposition.DISMISSED], [Disposition.SUPERVISION])
    assert (one.charges[0].termination.value, two.charges[0].termination.value) == (None, Termination.SATISFACTORY)
    assert min(r.charges[0].disposition.confidence for r in (one, two)) > 0.95


def test_an_arrest_told_where_the_charge_was_filed_is_the_one_it_is_about() -> None:
    one, two = records_on(BOOK)
    assert (one.arrest_date.value, two.arrest_date.value) == (date(1978, 5, 6), None)


def test_heads_of_two_rows_name_a_case_and_its_charges() -> None:
    one, two = records_on(
        """\
 COURT CALL    DATE: 03/04/97
 LN  CASE NUMBER     DEFENDANT                     BIRTH DATE     ARRESTED
     CT   STATUTE             DESCRIPTION                 DISPOSITION
 01  97-MC1-356150   DUGGINS, ANDRE A              11/16/1967     01/23/1997
     1    720-550/5(B)        DELIVERY OF CANNABIS        SOL
     2    720-550/4(B)        POSS CANNABIS               NOLLE PROS
 02  97-MC6-125571   ROLLINS, EDUARDO              01/10/1970     02/24/1997
     1    720-550/4(B)        POSS CANNABIS               PG FG FINE $150
"""
    )
    assert [one.arrest_date.value, two.arrest_date.value] == [date(1997, 1, 23), date(1997, 2, 24)]
    assert (endings(one)[1], endings(two)) == (Disposition.NOLLE_PROSEQUI, [Disposition.GUILTY])


@pytest.mark.parametrize("label", ["DISP: ", ""])
def test_what_was_done_may_stand_below_its_charge(label: str) -> None:
    (one, _) = records_on(
        f"""\
 COURT CALL    06/10/02
 1.  02-MC1-382002     JEFFRIES, KENNETH E          01/21/54   ARR 04/01/02
     720-550/4(C)      POSS CANNABIS
         {label}NOLLE PROS
     720-5/16A-3(A)    RETAIL THEFT
         {label}PG FG CD 24 MOS
 2.  02-MC3-153406     QUARLES, BERNARD             03/06/60   ARR 04/02/02
     720-550/4(C)      POSS CANNABIS
         {label}DISMISSED
"""
    )
    assert endings(one) == [Disposition.NOLLE_PROSEQUI, Disposition.GUILTY]
    assert {charge.disposition_date.value for charge in one.charges} == {date(2002, 6, 10)}


UNREAD = CALL.replace(" 2   02MC6379362   VANHORN, ISAAC B SR           DOB 01/05/57   ARR 11/19/02", " {}")


@pytest.mark.parametrize("banner", ["2   O2MC637936Z   VANHORN, ISAAC B SR           DOB 01/05/57", "2   o~MCB"])
def test_a_case_whose_number_nobody_could_read_takes_no_part_of_the_one_above_it(banner: str) -> None:
    one = records_on(UNREAD.format(banner))[0]
    assert endings(one) == [Disposition.NOT_GUILTY] * 2 or one.gaps


def test_a_charge_without_an_ending_takes_none_of_the_others() -> None:
    bare = CALL.replace("RETAIL THEFT                 DISMISSED", "RETAIL THEFT").replace(
        "PG FG SUPV 12 MOS, FINE", "SOL"
    )
    assert not any(map(is_freed, records_on(bare.replace("$250", ""))[1].charges[1:]))


def test_counts_keep_the_numbers_they_are_printed_with() -> None:
    other = CALL.replace("C001 720-550/4(A)", "C003 720-550/4(A)")
    assert [charge.count for charge in records_on(other)[2].charges] == [3]


def test_a_second_name_above_the_charges_leaves_them_open() -> None:
    text = CALL.replace("C001 720-550/4(A) ", "              HUBBARD, TYRONE\n     C001 720-550/4(A) ")
    assert not records_on(CALL)[2].gaps
    assert records_on(text)[2].gaps


@pytest.mark.parametrize(
    "below",
    [
        "     ABOVE NOLLE VACATED - WARRANT ISSUED\n",
        "     MOT ST TO VACATE NP GRANTED 1/5/03\n",
        "     BOND $1000\n     ST'S MOTION TO REINSTATE ALLOWED\n",
    ],
)
def test_a_row_below_the_charges_that_may_undo_their_endings_is_a_doubt(below: str) -> None:
    record = records_on(CALL + below)[2]
    assert record.gaps or not any(map(is_freed, record.charges))


def test_a_second_name_below_the_first_in_a_title_is_a_doubt_about_the_case() -> None:
    second = "                                  LUIS R GUTIERREZ         born 6-22-45\n"
    first = "ISAAC M GUTIERREZ        born 6-22-43\n"
    banners = under_banners(sheet_of(a_page(BOOK.replace(first, first + second))))
    assert banners is not None
    assert [bool(gaps) for gaps in banners.gaps] == [True, False]


def test_an_amount_in_a_charge_begins_no_case() -> None:
    rows = (
        " 1. 04-MC2-312051-01  LOMBARDO, CURTIS K JR            DOB 05/25/80",
        "    POSS OF CANNABIS, 10-30 GRAMS 720-550/4(C)  ARR 08/11/04",
        "    ORDER: NP",
        " 2. 04 C4 42043 01    IVERSON, PATRICIA A              DOB 04/21/70",
        "    POSS OF CANNABIS/10-30 GRAMS 720-550/4(C)  ARR 10/10/04",
        "    ORDER: PG FG Supv 12 mos",
    )
    records = records_on("\n".join((" COURT SHEET         BRANCH 50    DATE 04/19/05    PAGE 9", "", *rows)))
    assert surnames(records) == ["LOMBARDO", "IVERSON"]
    assert [endings(record) for record in records] == [[Disposition.NOLLE_PROSEQUI], [Disposition.SUPERVISION]]


@pytest.mark.parametrize("said", ["(cont'd on p. 45)", "Continued at pg. 45"])
def test_a_page_that_goes_on_on_another_is_not_the_whole_case(said: str) -> None:
    _, two = records_on(f"{BOOK}     {said}\n")
    assert two.gaps
