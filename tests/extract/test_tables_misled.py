"""Tables and forms whose words would mislead: none of them is read surely as what it does not say."""

# ruff: noqa: E501 - pages are easier to check in one piece

from __future__ import annotations

from datetime import date

import pytest
from freed import is_freed
from test_forms_and_tables import SIDE_BY_SIDE, a_page, cited, endings, is_relied_on, the_record

from casefile.docket import Disposition, DocketRecord, DocumentKind, Plea, SentenceKind, Termination
from extract.calibration import thresholds
from extract.records import records_of

D = Disposition


def sure_endings(record: DocketRecord) -> list[Disposition | None]:
    """The endings that nobody would be asked about, by count; None where somebody would."""
    return [charge.disposition.value if is_relied_on(charge) else None for charge in record.charges]


def is_sure_of_statute(record: DocketRecord, citation: str) -> bool:
    known = (charge.statute for charge in record.charges)
    return any(one.value == citation and one.confidence >= thresholds()["statute"] for one in known)


UNDER = """\
 1.  POSS CANNABIS 10-30 GRAMS  720 ILCS 550/4(c)
       {led_by}
       DISMISSED
 2.  BURGLARY  720 ILCS 5/19-1(a)
       GUILTY, 30 DAYS JAIL
"""


@pytest.mark.parametrize(
    "led_by",
    ["TO BE", "WILL BE", "STATE MOVES TO", "DEFENSE ASKS THAT CHARGE BE", "COURT REFUSES TO ORDER COUNT",
     "AS TO RONALD SMITH", "CO-DEFENDANT R SMITH:", "COMPLAINT AGAINST BROTHER", "OFFER:"],
)  # fmt: skip
def test_words_in_front_of_an_ending_are_no_charge(led_by: str) -> None:
    assert D.DISMISSED not in sure_endings(the_record(UNDER.format(led_by=led_by)))


@pytest.mark.parametrize("more", ["OVER 30 GRAMS", "CLASS A MISDEMEANOR", "WITH INTENT"])
def test_a_charge_may_go_on_in_front_of_its_ending(more: str) -> None:
    record = the_record(UNDER.format(led_by=more).replace("WITH INTENT", "POSS WITH INTENT"))
    assert sure_endings(record) == [D.DISMISSED, D.GUILTY]


@pytest.mark.parametrize(
    "later", ["       THE ABOVE PROBATION REVOKED 9/1/05, 2 YRS IDOC", "     PROBATION REVOKED 9/1/05, 2 YRS IDOC"]
)
def test_what_may_be_of_every_count_is_not_the_last_ones(later: str) -> None:
    rows = " 1.  POSS CANNABIS 10-30 GRAMS  720 ILCS 550/4(c)\n       GUILTY\n       PROBATION 24 MOS\n"
    rows += f" 2.  BURGLARY  720 ILCS 5/19-1(a)\n       NOT GUILTY\n{later}\n"
    assert not any(map(is_relied_on, the_record(rows).charges))


PLEAS = """\
 CT   STATUTE            OFFENSE              DATE       PLEA         FINDING     SENTENCE
 1    720 ILCS 550/4(d)  POSS CANNABIS        05/11/04   {first}
{again}
 2    720 ILCS 5/12-3(a) BATTERY              05/11/04   NOT GUILTY   NOT GUILTY
"""


@pytest.mark.parametrize(
    ("first", "again", "ending"),
    [
        ("GUILTY       GUILTY      SUPV 12 MOS",
         "                                              06/11/05   NOT GUILTY               VIOL HEARING", D.SUPERVISION),
        ("NOT GUILTY",
         " 1    720 ILCS 550/4(d)  POSS CANNABIS        06/11/04   NOT GUILTY               BENCH WARRANT", D.WARRANT),
        ("NOT GUILTY",
         " 1    720 ILCS 550/4(d)  POSS CANNABIS        06/11/04   NOT GUILTY               JURY TRIAL", None),
        ("NOT GUILTY - JURY DEMAND", "", None),
    ],
)  # fmt: skip
def test_a_plea_is_no_verdict_in_whatever_row(first: str, again: str, ending: Disposition | None) -> None:
    record = the_record(PLEAS.format(first=first, again=again))
    assert sure_endings(record) == [ending, D.NOT_GUILTY]


def test_a_plea_shortened_in_a_later_row_is_no_verdict() -> None:
    record = the_record("""\
 CT   STATUTE            OFFENSE              DATE       PLEA  FOUND  ORDERED
 1    720 ILCS 550/4(d)  POSS CANNABIS        03/11/04   NG    G      SUPV 12 MOS
                                              04/11/04   NG           CONT
 2    720 ILCS 5/12-3(a) BATTERY              05/11/04   NG    NG     DISCHARGED
""")
    assert endings(record) == [D.SUPERVISION, D.NOT_GUILTY]
    assert record.charges[0].plea.value is Plea.NOT_GUILTY


KEY = """
 DISPOSITION CODES:
  1 = NO PROBABLE CAUSE         2 = COURT SUPERVISION         3 = NOT GUILTY
  7 = FIRST OFFENDER PROBATION  8 = BENCH WARRANT             9 = GUILTY - CONVICTED
"""
OTHERS = ["JUDGE CODE", "CLASS CODE", "CRT CODE  ", "AGCY CODE ", "OFF CODE  "]


@pytest.mark.parametrize("head", [*OTHERS, "CODE      "])
@pytest.mark.parametrize("ending", ["FINDING", "DISP   "])
def test_a_code_beside_a_column_of_endings_is_none(head: str, ending: str) -> None:
    record = the_record(f"""\
 CT.   STATUTE NO.          NATURE OF OFFENSE     {head}   DATE        {ending}
 1     720 ILCS 550/4(B)    POSS CANNABIS 2.5-10  3            05-03-04    9
 2     720 ILCS 5/16-1(A)   THEFT UNDER $300      3            05-03-04    9
{KEY}""")
    assert D.NOT_GUILTY not in endings(record)
    assert all(charge.plea.value is None for charge in record.charges)


@pytest.mark.parametrize("head", OTHERS)
def test_a_code_of_something_else_ends_nothing(head: str) -> None:
    record = the_record(f"""\
 CT.   STATUTE NO.          NATURE OF OFFENSE     {head}   DATE
 1     720 ILCS 550/4(B)    POSS CANNABIS 2.5-10  3            05-03-04
 2     720 ILCS 5/16-1(A)   THEFT UNDER $300      3            05-03-04
{KEY}""")
    assert not any(map(is_relied_on, record.charges))


PERIODS = """\
                COUNT 1                 COUNT 2
 CITATION       720 ILCS 550/4(b)       720 ILCS 5/19-1(a)
 CHARGE         POSS CANNABIS 2.5-10    BURGLARY
 FINDING        SUPERVISION 12 MOS      GUILTY
 DISP DATE      8/29/04                 8/29/04
 SENTENCE                               180 DAYS JAIL
 {label:<15}{how}
"""
BLOCKS = """\
 COUNT 1   POSS CANNABIS 10-30 GRAMS   720 ILCS 550/4(c)   A MISD
      FINDING: SUPERVISION   DATE: 07/11/04
      SENTENCE: SUPV 12 MOS
      {label}: {how}
 COUNT 2   BURGLARY   720 ILCS 5/19-1(a)   2 FEL
      FINDING: NOT GUILTY   DATE: 07/12/04
"""


@pytest.mark.parametrize("page", [PERIODS, BLOCKS], ids=["side by side", "in a block"])
@pytest.mark.parametrize("label", ["TERMINATION", "DISCHARGE", "TERMINATED"])
@pytest.mark.parametrize("how", ["UNSATISFACTORY", "UNSAT", "UNSATISFACTORILY 9/30/05"])
def test_a_period_that_ended_badly_is_asked_about(page: str, label: str, how: str) -> None:
    charge = the_record(page.format(label=label, how=how)).charges[0]
    assert charge.termination.value is None
    assert charge.termination.confidence < thresholds()["termination"]


@pytest.mark.parametrize("page", [PERIODS, BLOCKS], ids=["side by side", "in a block"])
def test_a_period_that_ended_well_is_read_under_its_label(page: str) -> None:
    charge = the_record(page.format(label="TERMINATION", how="SATISFACTORY 9/30/05")).charges[0]
    assert (charge.disposition.value, charge.termination.value) == (D.SUPERVISION, Termination.SATISFACTORY)


@pytest.mark.parametrize(("label", "how"), [("PROB TERM", "1 YEAR"), ("TERMINATION", "YES")])
def test_how_long_a_period_was_to_last_is_no_end_of_it(label: str, how: str) -> None:
    assert not is_relied_on(the_record(PERIODS.format(label=label, how=how)).charges[1])


ASKED = """\
 CT   STATUTE            OFFENSE              DATE       DISPOSITION
 1    720 ILCS 550/5(d)  MFG CANNABIS         05/11/04   {order}
 {mark}   720 ILCS 550/4(d)  POSS CANNABIS        05/11/04   {told}
 2    720 ILCS 5/12-3(a) BATTERY              05/11/04   NOT GUILTY
"""


@pytest.mark.parametrize(
    ("order", "mark", "told"),
    [
        ("MOTION TO AMEND", "  ", "DENIED; GUILTY"),
        ("STATE MOVES TO AMEND TO", "  ", "GUILTY, PROB 24 MOS"),
        ("GUILTY", "AM", "WITHDRAWN"),
        ("AMENDED TO", "  ", "WITHDRAWN"),
    ],
)
def test_an_amendment_asked_for_or_refused_changes_no_charge(order: str, mark: str, told: str) -> None:
    assert not is_sure_of_statute(the_record(ASKED.format(order=order, mark=mark, told=told)), "720 ILCS 550/4(d)")


AGAIN = """\
 CT   STATUTE            OFFENSE              DATE       DISPOSITION
 1    720 ILCS 550/4(d)  POSS CANNABIS        05/11/04   PLED GUILTY
 1    720 ILCS 550/4(d)  POSS CANNABIS        05/11/04   PROB 24 MOS
                         {more}
 2    720 ILCS 5/12-3(a) BATTERY              05/11/04   NOLLE PROSEQUI
"""


@pytest.mark.parametrize("more", ["AMENDED TO 4(c)", "OVER 30 GRAMS"])
def test_words_under_a_charge_said_again_leave_a_doubt_of_the_charge(more: str) -> None:
    assert not is_sure_of_statute(the_record(AGAIN.format(more=more)), "720 ILCS 550/4(d)")


def test_words_under_a_charge_said_again_are_told() -> None:
    assert sure_endings(the_record(AGAIN.format(more="(CONVICTION VACATED)")))[0] is not D.GUILTY


BANDS = """\
                COUNT 1                          COUNT 2
 CHARGE         POSS CANNABIS {a}  BURGLARY {b}
 FINDING        NOT GUILTY                       GUILTY
 DISP DATE      8/29/04                          8/29/04
 SENTENCE                                        180 DAYS JAIL
                COUNT 3                          {fourth}
 CHARGE         BATTERY {c}       THEFT {d}
 FINDING        GUILTY                           GUILTY
 DISP DATE      8/29/04                          8/29/04
 SENTENCE       30 DAYS JAIL                     60 DAYS JAIL
"""
CITED = {"a": "720 ILCS 550/4(b)", "b": "720 ILCS 5/19-1(a)", "c": "720 ILCS 5/12-3(a)", "d": "720 ILCS 5/16-1(a)"}


@pytest.mark.parametrize("citations", [CITED, {at: " " * len(text) for at, text in CITED.items()}])
def test_counts_in_a_second_band_are_counts_of_their_own(citations: dict[str, str]) -> None:
    record = the_record(BANDS.format(fourth="COUNT 4", **citations))
    assert [charge.count for charge in record.charges] == [1, 2, 3, 4]
    assert endings(record) == [D.NOT_GUILTY, D.GUILTY, D.GUILTY, D.GUILTY]
    amounts = [[(part.kind, part.amount) for part in charge.sentence.value or ()] for charge in record.charges]
    assert amounts == [[], [(SentenceKind.JAIL, 180.0)], [(SentenceKind.JAIL, 30.0)], [(SentenceKind.JAIL, 60.0)]]


@pytest.mark.parametrize("fourth", ["COUNT 2", "C0VNT ?"])
def test_a_band_whose_counts_nobody_knows_ends_none(fourth: str) -> None:
    assert D.NOT_GUILTY not in sure_endings(the_record(BANDS.format(fourth=fourth, **CITED)))


def test_side_by_side_is_still_one_band() -> None:
    assert cited(the_record(SIDE_BY_SIDE)) == ["720 ILCS 550/4(b)", "720 ILCS 5/19-1(a)", "720 ILCS 5/12-3(a)"]


@pytest.mark.parametrize("second", ["AND ZAMORA, CARL", "& CARL ZAMORA", "ET AL", "ZAMORA, CARL"])
def test_the_endings_of_two_defendants_are_not_one_ones(second: str) -> None:
    page = a_page(f"""\
 CRIMINAL REGISTER  2004

 CASE NO.         TITLE OF CAUSE       OFFENSE                FILED        FINAL ORDER
 04-CF-586        PEOPLE VS            POSS CANNABIS          06/30/04     09/24/04
                  ZAMORA, BERNARD      720 ILCS 550/4(d)                   NOLLE PROSEQUI
                  {second:<21}POSS CANNABIS                       GUILTY, PROB
                                       720 ILCS 550/4(d)                   24 MOS

 04-CF-590        PEOPLE VS            BATTERY                06/30/04     08/17/04
                  MARSH, HARRIET       720 ILCS 5/12-3(a)                  FNPC
""")
    zamora, marsh = records_of([page], DocumentKind.LEDGER)
    assert not any(map(is_relied_on, zamora.charges))
    assert endings(marsh) == [D.NO_PROBABLE_CAUSE]


OVER = """\
              CIRCUIT COURT OF PEORIA COUNTY, ILLINOIS
 CASE NO. 04-CF-1487
{rows}

 COUNT 1  720 ILCS 550/4(c)       POSS CANNABIS 10-30 GRAMS
 05/11/04 NOLLE PROSEQUI COUNT 1
"""


@pytest.mark.parametrize(
    "rows",
    [
        " PEOPLE VS. DARNELL BELL\n (DEFENDANT)     (DOB)      (ARRESTED)\n DARNELL BELL    4-14-71    5-16-04",
        "\n (DEFENDANT)                               (DOB)\n BELL, DARNELL                             4-14-71\n"
        " (ADDRESS)                                 (ARRESTED)\n 12 OAK ST                                 5-16-04",
    ],
    ids=["one row", "two rows"],
)
def test_captions_over_their_values_take_none_from_above(rows: str) -> None:
    (record,) = records_of([a_page(OVER.format(rows=rows))], DocumentKind.CERTIFIED_STATEMENT)
    assert record.arrest_date.value == date(2004, 5, 16)
    assert record.defendant is not None
    assert record.defendant.birth_date.value == date(1971, 4, 14)


OTHERS = """\
                         CRIMINAL DOCKET LEDGER
 CASE NO     DEFENDANT            CHARGE                      DATE      DISPOSITION
 84-CM-110   {first:20s}POSS CANN 56 1/2-704(a)     6-4-84    Nolle
             {below:20s}POSS CANN 56 1/2-704(c)     6-4-84    Nolle
 84-CM-112   PEEBLES, ORLANDO    BATTERY 38-12-3             6-9-84    Nolle
"""


@pytest.mark.parametrize(
    ("first", "below", "gaps"),
    [
        ("MARLOW, DESMOND", "QUILLBY, TERRANCE", 1),
        ("Desmond Marlow", "Terrance Quillby", 1),
        ("MARLOW, DESMOND", "JR", 0),
        ("MARLOWE-QUILLBY,", "DESMOND THEODORE", 0),
        ("Desmond Marlow", "AKA Desmond Moore", 0),
    ],
)
def test_a_further_person_in_the_rows_of_a_case_is_a_doubt_about_it(first: str, below: str, gaps: int) -> None:
    record, next_one = records_of([a_page(OTHERS.format(first=first, below=below))], DocumentKind.LEDGER)
    assert (len(record.gaps), len(next_one.gaps)) == (gaps, 0)


CALL = """\
 COURT CALL
 CASE NO.     NAME              CHARGE                       DATE       DISPOSITION
 87CR01234    SMITH, JOHN       POSS CANNABIS 56.5-704(c)    01/05/88   {first}
 {again}      POSS CANNABIS 56.5-704(c)    02/05/88   {then}
 87CR01999    BROWN, MARY       BATTERY 38-12-3              01/05/88   GUILTY
"""


@pytest.mark.parametrize(
    ("first", "then"),
    [("DISMISSED", "REINSTATED, GUILTY"), ("NOT GUILTY", "ORDER VACATED"), ("GUILTY, 30 DAYS JAIL", "DISMISSED")],
)
def test_a_charge_said_again_on_another_day_is_not_free_by_half_of_what_was_done(first: str, then: str) -> None:
    page = a_page(CALL.format(first=first, then=then, again="87CR01234    SMITH, JOHN "))
    assert not any(is_freed(charge) for charge in records_of([page], DocumentKind.COURT_SHEET)[0].charges)


@pytest.mark.parametrize(
    ("one", "other"), [("TRIAL HELD, DEFT", "FOUND NOT GUILTY OF DELIVERY"), ("NOLLE PROS AS", "TO DELIVERY ONLY")]
)
def test_an_order_that_may_go_on_beside_the_next_charge_is_not_of_one_of_them(one: str, other: str) -> None:
    page = a_page(f"""\
 COURT CALL   05/11/88
 CASE NO.     NAME              CHARGE                       DISPOSITION
 87CR01888    GREEN, PAUL       DELIV CANNABIS 56.5-705(d)   {one}
                                THEFT 38-16-1                {other}
 87CR01999    BROWN, MARY       BATTERY 38-12-3              GUILTY
""")
    assert not any(is_freed(charge) for charge in records_of([page], DocumentKind.COURT_SHEET)[0].charges)


UNDER_NUMBERS = """\
                    MISDEMEANOR COURT SHEET
 Line  Case / Defendant         Charge                     Result
  1    05 CM 782                720 ILCS 550/4(c)          S.O.L.
       FONTENOT, BERNICE        POSS CANNABIS 10-30 GRAMS
       {below}
  2    05 CM 2189               720 ILCS 550/4(a)          Dismissed
       CROSSKEY, DENISE B       POSS CANNABIS <2.5 GRAMS
       DOB 07/22/1987
"""


@pytest.mark.parametrize(
    ("below", "gaps"), [("DOB 01/19/1960", 0), ("MARLOW, DESMOND          720 ILCS 550/4(c)          Nolle", 1)]
)
def test_the_first_person_named_under_each_number_is_no_further_one(below: str, gaps: int) -> None:
    record, next_one = records_of([a_page(UNDER_NUMBERS.format(below=below))], DocumentKind.COURT_SHEET)
    assert (len(record.gaps), len(next_one.gaps)) == (gaps, 0)


A_CALL = """\
IN THE CIRCUIT COURT OF COOK COUNTY, ILLINOIS
FIRST MUNICIPAL DISTRICT - BRANCH 29          DATE: 01/05/03
CALL SHEET

CASE NO.      DEFENDANT             CHARGE                          DISPOSITION
03112233301   SMITH, JOHN
              DOB 02/03/1975
   C001       720 ILCS 550/4(a)     POSS CANNABIS LESS 2.5G         {first}
   C002       720 ILCS 5/12-3       BATTERY                         {second}
03112234401   JONES, MARY
              DOB 02/04/1976
   C001       720 ILCS 550/4(a)     POSS CANNABIS LESS 2.5G         CONT 02/05/03
"""


@pytest.mark.parametrize(
    "said",
    [
        "MS TO DISM",
        "MOT TO DISMISS DENIED",
        "DISM DENIED",
        "DISMISSAL VACATED",
        "NP AS TO CT 1",
        "NOLLE PROS COUNT 1",
        "SOL AS TO C001",
        "TO BE DISM",
        "SUPV TERM SATIS DENIED",
    ],
)
def test_what_the_row_of_a_charge_asks_undoes_or_says_of_another_count_frees_nobody(said: str) -> None:
    """Endings typed in the rows of charges are weighed with the words beside them, as those of entries are."""
    record = records_of([a_page(A_CALL.format(first="PG SUPV 6 MOS", second=said))], DocumentKind.COURT_SHEET)[0]
    first, second = record.charges
    assert not is_freed(second)
    assert (first.disposition.value, is_freed(first)) == (D.SUPERVISION, False)


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        ("NP AS TO CT 2", D.NOLLE_PROSEQUI),
        ("MS DISM", D.DISMISSED),
        ("SOL", D.STRICKEN_OFF_LEAVE),
        ("MS NOLLE PROS", D.NOLLE_PROSEQUI),
        ("FNG", D.NOT_GUILTY),
        ("NOLLE PROS ALL CTS", D.NOLLE_PROSEQUI),
    ],
)
def test_an_ending_in_the_row_of_its_own_charge_is_sure(said: str, ending: Disposition) -> None:
    record = records_of([a_page(A_CALL.format(first="CONT 02/05/03", second=said))], DocumentKind.COURT_SHEET)[0]
    assert (record.charges[1].disposition.value, is_freed(record.charges[1])) == (ending, True)


CT_BEFORE_DAY = """CIRCUIT COURT OF COOK COUNTY          CERTIFIED STATEMENT OF CONVICTION / DISPOSITION
PEOPLE OF THE STATE OF ILLINOIS   VS   JOHN SMITH       NUMBER 88CR1122301
DATE OF BIRTH 02/03/1960
001  56.5-704-B    POSS CANNABIS
002  38-12-3       BATTERY

CT  DATE      ACTIVITY
1   01/05/88  PLEA OF GUILTY  FINDING OF GUILTY
2   01/05/88  {said}
"""


@pytest.mark.parametrize(
    ("said", "freed"), [("NOLLE PROSEQUI", True), ("NOLLE PROSEQUI CT 2", True), ("NOLLE PROSEQUI CT 1", False)]
)
def test_an_entry_that_names_another_count_than_its_column_is_doubted(said: str, freed: bool) -> None:
    (record,) = records_of([a_page(CT_BEFORE_DAY.format(said=said))], DocumentKind.CERTIFIED_STATEMENT)
    assert [is_freed(charge) for charge in record.charges] == [False, freed]


OUTCOMES = """\
IN THE CIRCUIT COURT OF COOK COUNTY, ILLINOIS
CERTIFIED STATEMENT OF CONVICTION / DISPOSITION
PEOPLE OF THE STATE OF ILLINOIS   VS   JOHN SMITH       NUMBER 88CR1122301
DATE OF BIRTH 02/03/1960

COUNT   STATUTE              DESCRIPTION                DISPOSITION
001     56.5-704-B           POSS CANNABIS              {first}
002     38-12-3              BATTERY                    {second}
"""


@pytest.mark.parametrize(
    ("first", "freed"),
    [("DISMISSED", True), ("DISM AS TO COUNT 1", True), ("DISM AS TO COUNT 2", False), ("DISM CTS 2 & 3", False)],
)
@pytest.mark.parametrize("second", ["FINDING OF GUILTY", ""])
def test_a_cell_that_names_another_count_than_its_row_frees_neither(first: str, freed: bool, second: str) -> None:
    page = a_page(OUTCOMES.format(first=first, second=second))
    (record,) = records_of([page], DocumentKind.CERTIFIED_STATEMENT)
    assert [is_freed(charge) for charge in record.charges] == [freed, False]
