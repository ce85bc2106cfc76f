"""Words between what decides: set wrongly apart, glued or misread by one letter, or of no weight where they stand."""

from __future__ import annotations

from datetime import date

import pytest
from typed_grid import a_page
from typed_papers import STATEMENT

from casefile.docket import Charge, Disposition, DocketRecord, DocumentKind, Grade, SentenceKind
from extract.amounts import amount_in
from extract.dates import dates_in
from extract.records import records_of
from extract.words_apart import with_words_apart

CAPTION = STATEMENT.format(more="")


def the_record(text: str, kind: DocumentKind = DocumentKind.CERTIFIED_STATEMENT) -> DocketRecord:
    (record,) = records_of([a_page(text)], kind)
    return record


def the_charge(entries: str) -> Charge:
    return the_record(CAPTION + entries).charges[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("T aken Nov 21 by", ["Taken", "Nov", "21", "by"]),
        ("Th hat on the 22nd", ["That", "on", "the", "22nd"]),
        ("CH 56.5 P AR 704", ["CH", "56.5", "PAR", "704"]),
        ("F INE          B ROWN", ["F", "INE", "B", "ROWN"]),  # an ending or a penalty is never made
        ("J ames R obert", ["J", "ames", "R", "obert"]),  # no word of a court: nobody knows
        ("P    AR", ["P", "AR"]),  # two cells
        ("A CALL", ["A", "CALL"]),  # a word by itself
        ("3 December 1984P/G Supv", ["3", "December", "1984", "P/G", "Supv"]),
        ("Room 1984B", ["Room", "1984B"]),  # no month says that it is a year
    ],
)
def test_words_are_set_back_together_and_apart_only_where_the_court_s_words_say_so(row: str, words: list[str]) -> None:
    assert [word.text for word in with_words_apart(a_page(row)).words] == words


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Har 30 '87 Guilty", date(1987, 3, 30)),
        ("to Nay 16 '78.", date(1978, 5, 16)),
        ("Narch 3 1981", date(1981, 3, 3)),
        ("JUM 3 1987", date(1987, 6, 3)),
        ("DAY 30 1987", None),
        ("PAR 12 1965", None),
        ("ACT 5 1961", None),
        ("MAX 12 '87", None),
        ("Har 30 87", None),  # without its apostrophe `87` may be anything
        ("Har 30 187", None),
    ],
)
def test_a_month_misread_by_one_letter_is_read_where_a_day_and_a_year_follow(text: str, day: date | None) -> None:
    found = [(one.value, one.exact) for one in dates_in(text)]
    assert found == ([(day, False)] if day is not None else [])


@pytest.mark.parametrize(
    ("text", "band"), [("MFG/DEL CAN 2.5(10 GRAMS/SCH", (2.5, 10.0)), ("POSS CANNABIS 3 (10 GRAMS)", None)]
)
def test_a_bracket_between_two_weights_that_nothing_closes_is_a_misread_sign(
    text: str, band: tuple[float, float] | None
) -> None:
    found = amount_in(text)
    grams = (found.grams.low, found.grams.high) if found is not None else None
    assert (grams == band) if band is not None else grams != (3.0, 10.0)


GUILTY = "  05/20/93 PLEA OF GUILTY                 C001\n  05/20/93 FINDING OF GUILTY              C001\n"


@pytest.mark.parametrize(
    ("ordered", "sure"),
    [
        ("PROBATION WAS GRANTED FOR A TERM OF 12 MONTHS", True),
        ("DEFENDANT IS ADMITTED TO PROBATION FOR A PERIOD OF 12 MONTHS", True),
        ("PROBATION 12 MONTHS", True),
        ("PROBATION WITHOUT ENTRY 12 MONTHS", False),
        ("7IO PROBATION 12 MONTHS", False),
        ("PROBATION 12 MONTHS SPECIAL", False),
    ],
)
def test_words_that_say_no_more_do_not_make_a_probation_another_kind(ordered: str, sure: bool) -> None:
    charge = the_charge(f"{GUILTY}  05/20/93 {ordered}   C001\n")
    assert charge.disposition.value is Disposition.GUILTY
    assert (charge.disposition.confidence > 0.95) is sure


@pytest.mark.parametrize(
    ("row", "ending"),
    [
        ("COMPL. DISM.", Disposition.DISMISSED),
        ("THE CHARGE IS DISMISSED", Disposition.DISMISSED),
        ("DEATH SUGG CAUSE ABATED", Disposition.ABATED),
        ("PRELIM - NO PC FOUND", Disposition.NO_PROBABLE_CAUSE),
    ],
)
def test_endings_with_a_verb_or_cut_short_are_read_whole(row: str, ending: Disposition) -> None:
    charge = the_charge(f"  05/20/93 {row}   C001\n")
    assert charge.disposition.value is ending
    assert charge.disposition.confidence > 0.95


@pytest.mark.parametrize(
    "row", ["STATE MOVES THAT THE CHARGE BE DISMISSED", "THE CHARGE IS NOT DISMISSED", "IF THE CHARGE IS DISMISSED"]
)
def test_the_same_verbs_end_nothing_where_the_row_says_otherwise(row: str) -> None:
    charge = the_charge(f"  05/20/93 {row}   C001\n")
    assert charge.disposition.value is not Disposition.DISMISSED or charge.disposition.confidence < 0.9


def _with_judges(name: str) -> str:
    rows = [
        "03/18/93 BAIL SET",
        "04/01/93 BY AGREEMENT",
        "05/20/93 PLEA OF GUILTY",
        "05/20/93 FINDING OF GUILTY",
        "05/20/93 PROBATION 12 MONTHS",
    ]
    return "".join(f"  {row:<40}C001    {name}\n" for row in rows)


@pytest.mark.parametrize("name", ["KOWALCZYK", "CRENSHAW", "ROBINSON"])
def test_a_name_beside_every_order_is_no_part_of_one(name: str) -> None:
    charge = the_charge(_with_judges(name))
    assert charge.disposition.value is Disposition.GUILTY
    assert charge.disposition.confidence > 0.95


def test_a_word_beside_one_order_only_may_be_part_of_it() -> None:
    charge = the_charge(f"{GUILTY}  05/20/93 PROBATION 12 MONTHS CREDOTH   C001\n")
    assert charge.disposition.confidence < 0.95 or charge.sentence.confidence < 0.95


ORDER = """
IN THE CIRCUIT COURT OF COOK COUNTY, ILLINOIS
PARTY:  LEDBETTER, CHRISTOPHER
CLERK'S NO.:  11-MC1-206132
B/D 10/05/1964  SID 27068818   INDIVIDUAL RECORD NO. 374434
POLICE AGENCY CHICAGO PD   ARRESTED ON 09/08/2011
DATED:  10/04/2011
COUNT 1:  POSS OF CANN 2.5 LESS THAN 10G
   CL B MISD
   720 550/4(B)
COUNT 2:  RESISTING ARREST
   CL A MISD
   720/5/31-1-A
JUDGMENT IS ENTERED AND SENTENCE IMPOSED AS FOLLOWS:
[X] PLEA OF GUILTY   ALL COUNTS
[X] FINDING GUILTY   ALL COUNTS
[X] JUDGMENT ENTERED   ALL COUNTS
[X] {penalty}   ALL COUNTS
    {amount}
ENTERED: JUDGE SZYMANSKI, LORRAINE M
"""


@pytest.mark.parametrize(("penalty", "amount"), [("CCDOC", "30 DAYS"), ("COND DISCH", "6 MONTHS"), ("IDOC", "1 YEAR")])
def test_the_day_of_an_order_over_its_counts_and_an_amount_under_all_counts(penalty: str, amount: str) -> None:
    charges = the_record(ORDER.format(penalty=penalty, amount=amount), DocumentKind.SENTENCING_ORDER).charges
    assert [charge.statute.value for charge in charges] == ["720 ILCS 550/4(b)", "720 ILCS 5/31-1(a)"]
    for charge in charges:
        assert charge.disposition_date.value == date(2011, 10, 4)
        assert charge.statute.confidence > 0.95
        assert charge.sentence.value is not None
        assert [part.amount for part in charge.sentence.value] == [float(amount.split()[0])]


CLASSED = """
CIRCUIT COURT OF COOK COUNTY
BIRDSONG, BARTHOLOMEW W          01 MC4 332782
(DEFT.)                          GEN. NO.
                 SENTENCING ORDER
B/D: FEB 19, 1965   SID NO.: 19285716
DATE JAN 16, 2002
COUNT 1:  720-550/4(C)
  OCCURRED: NOV 8, 2001     CLASS A MISDEMEANOR
  MISD.POSS.CANNABIS
IT IS HEREBY ORDERED THAT THE DEFENDANT BE SENTENCED AS FOLLOWS:
PLEADS GUILTY
COURT FINDS DEFENDANT GUILTY
TIME CONSIDERED SERVED
ENTERED: JUDGE ABERNETHY, DENISE G
"""


def test_a_class_behind_the_day_of_a_block_is_the_count_s() -> None:
    (charge,) = the_record(CLASSED, DocumentKind.SENTENCING_ORDER).charges
    assert (charge.grade.value, charge.offense_date.value) == (Grade.MA, date(2001, 11, 8))
    assert charge.statute.confidence > 0.95


def test_time_considered_served_needs_no_amount() -> None:
    (charge,) = the_record(CLASSED, DocumentKind.SENTENCING_ORDER).charges
    assert charge.sentence.value is not None
    assert [(part.kind, part.amount) for part in charge.sentence.value] == [(SentenceKind.TIME_SERVED, None)]
    assert charge.sentence.confidence > 0.95


NARRATIVE = """
            IN THE CIRCUIT COURT OF COOK COUNTY, ILLINOIS
THE PEOPLE OF THE STATE OF ILLINOIS,
            -vs-                           Cause No. 84 C 13640
Veronica Crenshaw
   BE IT REMEMBERED, that of said defendant, born on the 17th day of July, 1941,
it was alleged in the above cause, on the 24th day of December, 1984:
    Count I.  POC (MISDEMEANOR, CLASS B)
        contrary to Chapter 56 1/2, Paragraph 704(b),
        done on the 6th day of December, 1984.
    Count II.  Disord Cond (MISDEMEANOR, CLASS C)
        contrary to Chapter 38, Paragraph 26-1(a)(1),
        done on the 6th day of December, 1984.
    Count III.  Theft (MISDEMEANOR, CLASS A)
        contrary to Chapter 38, Paragraph 16-1(a)(1),
        done on the 6th day of December, 1984.
AND that the Court thereafter proceeded as follows:
   On the 2nd day of September, 1985, the Honorable Frederick T. Young presiding:
      stricken off the call, leave to reinstate being given as to each
      Count.
"""


def test_counts_of_few_words_in_running_text_keep_their_number_and_their_class() -> None:
    charges = the_record(NARRATIVE).charges
    assert [(c.count, c.statute.value, c.grade.value) for c in charges] == [
        (1, "720 ILCS 550/4(b)", Grade.MB),
        (2, "720 ILCS 5/26-1(a)(1)", Grade.MC),
        (3, "720 ILCS 5/16-1(a)(1)", Grade.MA),
    ]
    assert min(c.statute.confidence for c in charges) > 0.95
    assert min(c.grade.confidence for c in charges) > 0.95
