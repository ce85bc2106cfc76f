"""Entries with the number of their row, their count, and their amounts in columns of their own."""

from __future__ import annotations

import pytest
from freed import is_freed
from test_tables import records_on

from casefile.docket import Charge, Disposition, SentenceKind, Termination

TOP = """\
 CERTIFIED STATEMENT OF CONVICTION / DISPOSITION
 CASE NO: 94CR2928702     DEFENDANT: KOWALCZYK, PHILLIP      DOB: 12/22/66
 DATE FILED: 06/08/94     ARREST DATE: 06/07/94
 CHARGES:
   C001  720-550/5(C)        MAN/DEL CANNABIS          CLASS 4 FELONY
   C002  720-550/4(C)        POSS CANNABIS             CLASS A MISDEMEANOR
"""
NUMBERED = """\
 {line}   DATE        ACTIVITY                                CNT   {amount}   JUDGE
 0001  06/08/94    COMPLAINT FILED                                           OKONKWO, ADELE M
 0002  11/16/94    PLEA OF GUILTY                          001               BRANDVOLD, S
 0003  11/16/94    SENT/CRT SUPV/SPEC CONDS                001   6 MTHS      OKONKWO, ADELE M
 0004  11/16/94    MOTION STATE-NOLLE PROSEQUI             002               OKONKWO, ADELE M
 0005  05/17/95    SUPERVISION TERMINATED SATISFACTORILY   001               BRANDVOLD, S
 *** END OF STATEMENT ***   CERTIFIED TRUE AND CORRECT
"""
MONEY = """\
 DATE        ORDER                               CNT   FINE      COSTS
 11/16/94    PLEA GUILTY. FINDING GUILTY.        1     150.00    45.00
 11/16/94    NOLLE PROSEQUI                      2
"""


def charges_under(entries: str) -> tuple[Charge, ...]:
    (record,) = records_on(TOP + entries)
    return record.charges


@pytest.mark.parametrize(
    ("line", "amount"), [("SEQ ", "TERM/AMOUNT"), ("LINE", "AMOUNT     "), ("NO. ", "TIME/AMT   ")]
)
def test_a_count_behind_what_was_done_is_the_one_it_was_done_about(line: str, amount: str) -> None:
    one, two = charges_under(NUMBERED.format(line=line, amount=amount))
    assert (one.disposition.value, two.disposition.value) == (Disposition.SUPERVISION, Disposition.NOLLE_PROSEQUI)
    assert min(one.disposition.confidence, two.disposition.confidence) > 0.95
    assert (one.termination.value, two.termination.value) == (Termination.SATISFACTORY, None)
    assert [(part.kind, part.amount) for part in one.sentence.value or ()] == [(SentenceKind.SUPERVISION, 6)]


def test_small_numbers_of_rows_are_no_counts() -> None:
    entries = NUMBERED.format(line="LINE", amount="AMOUNT     ")
    for number in range(1, 6):
        entries = entries.replace(f" 000{number} ", f" {number}    ")
    assert [charge.disposition.value for charge in charges_under(entries)] == [
        Disposition.SUPERVISION,
        Disposition.NOLLE_PROSEQUI,
    ]


def test_a_row_without_a_number_that_says_what_became_of_a_charge_is_not_put_to_another() -> None:
    entries = NUMBERED.format(line="SEQ ", amount="TERM/AMOUNT")
    stray = entries.replace(" *** END OF STATEMENT ***   CERTIFIED", " THE FOREGOING WAS VACATED ON APPEAL")
    assert not all(map(is_freed, charges_under(stray)))


def test_an_amount_under_the_head_of_fines_is_one() -> None:
    one, two = charges_under(MONEY)
    assert (one.disposition.value, two.disposition.value) == (Disposition.GUILTY, Disposition.NOLLE_PROSEQUI)
    assert (SentenceKind.FINE, 150) in [(part.kind, part.amount) for part in one.sentence.value or ()]
    assert two.sentence.value is None


CODED = """\
 88C11004701                     CERTIFIED STATEMENT OF CONVICTION/DISPOSITION
 NAME      RADCLIFF OSCAR A                       ARREST  10-11-88
 BIRTH     11-19-61              IR 1008007       SID  28027315

 {number}   STATUTE                     DESCRIPTION                          CL
 001   56 1/2-705(d)               MFG/DEL CANN 30-500 GR               F3
 002   56 1/2-704(b)               POSS CANN < 10 GR                    MB
 003   38-16A-3(a)                 RETAIL THEFT                         MA

 SEQ   ACT DATE     CODE    ACTIVITY                             {number}    TERM
 0001  10-31-88     105     IND/INFO FILED                       ALL
 0002  02-13-89     204     FINDING OF GUILTY                    001
 0003  02-13-89     317     DEF SENTENCED TO PROBATION           001    18 MTHS
 0004  02-13-89     293     CASE DISMISSED                       002
 0005  02-13-89     625     VERDICT-NOT GUILTY                   003
 0006  11-20-89     546     PROBATION REVOKED                    001
"""


@pytest.mark.parametrize("number", ["CHG", "CNT"])
def test_codes_of_acts_stand_between_their_day_and_what_was_done(number: str) -> None:
    (record,) = records_on(CODED.format(number=number))
    assert [charge.disposition.value for charge in record.charges] == [
        Disposition.GUILTY,
        Disposition.DISMISSED,
        Disposition.NOT_GUILTY,
    ]
    assert [charge.termination.value for charge in record.charges] == [Termination.REVOKED, None, None]
    assert min(charge.disposition.confidence for charge in record.charges[1:]) > 0.95


def test_a_code_that_may_be_words_of_an_order_leaves_the_rows_as_they_stand() -> None:
    (record,) = records_on(CODED.format(number="CHG").replace(" 293 ", " VAC "))
    assert not is_freed(record.charges[1])


COUNTED = """\
 No. 87C669491                     PEOPLE OF THE STATE OF ILLINOIS
                                   v. BERNARD ENGSTROM
 Birth date 09/11/52               Arrest date 01/13/87

 Ct    Offense                              Ch. & Par.                  Class
 1     MFG/DEL CANNABIS 10-30 GRAMS         Ch. 56 1/2, Par. 705(c)     F 4
 2     POSS CANNABIS 30-500 GRAMS           Ch. 56 1/2, Par. 704(d)     F 4

 Date         {head}   Order entered                                    Judge
 01/29/87     -    Deft in ct. BFW quashed and recalled. B/A        Brannigan
 03/23/87     {one}    PG FG JOF Prob 24 mos                            Brannigan
 03/24/87     {two}    Nolle pros, deft disch.                          Brannigan
 03/16/89     {one}    Prob term sat. Disch.                            Brannigan
"""


def test_a_column_under_the_word_that_heads_the_charges_numbers_them() -> None:
    (record,) = records_on(COUNTED.format(head="Ct", one=1, two=2))
    assert [charge.disposition.value for charge in record.charges] == [Disposition.GUILTY, Disposition.NOLLE_PROSEQUI]
    assert [charge.termination.value for charge in record.charges] == [Termination.SATISFACTORY, None]
    assert min(charge.disposition.confidence for charge in record.charges) > 0.95


@pytest.mark.parametrize(("head", "one", "two"), [("Ct", 4, 5), ("Crt", 1, 2)])
def test_a_column_that_may_number_courtrooms_frees_nobody(head: str, one: int, two: int) -> None:
    (record,) = records_on(COUNTED.format(head=head, one=one, two=two))
    assert not any(map(is_freed, record.charges))


HALVES = """\
 NO. 84C66499201                GUZIK, HORACE B                       DOB 02/05/46
                                SEX M                                 ARR 07/25/84
 CHG    Ch. 56 1/2, Par. 705(c)       MFG/DEL CANNABIS 10-30 GRAMS        F 4

 {heads}
 08/01/84   Deft in ct. PD apptd. B/A 8-9            10/17/85   {end}
 08/09/84   MD cont'd                                           {more}
 10/15/84   PG, FG, Jdgt. Prob 24 mos
"""
TWICE = "DATE       ORDER                                    DATE       ORDER"


@pytest.mark.parametrize(
    ("end", "term"),
    [
        ("Petn VOP. Admits viol. Prob revoked", Termination.REVOKED),
        ("Prob terminated satisfactorily", Termination.SATISFACTORY),
    ],
)
def test_entries_go_on_in_the_half_of_the_sheet_beside_them(end: str, term: Termination) -> None:
    (record,) = records_on(HALVES.format(heads=TWICE, end=end, more=""))
    (charge,) = record.charges
    assert (charge.termination.value, charge.termination.confidence > 0.95) == (term, True)


@pytest.mark.parametrize("heads", ["DATE       ORDER", ""])
def test_what_was_done_on_another_day_beside_an_entry_is_not_overlooked(heads: str) -> None:
    (record,) = records_on(HALVES.format(heads=heads, end="Petn VOP. Admits viol. Prob revoked", more=""))
    (charge,) = record.charges
    assert charge.termination.value is Termination.REVOKED or charge.termination.confidence < 0.9


def test_a_finding_that_was_undone_in_the_other_half_frees_nobody() -> None:
    text = HALVES.format(heads=TWICE, end="Dism. vacated, cause reinstated", more="").replace(
        "PG, FG, Jdgt. Prob 24 mos", "MS dism."
    )
    (record,) = records_on(text)
    assert not is_freed(record.charges[0])
