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
