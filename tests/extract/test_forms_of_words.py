"""Days, counts, numbers and names in the forms that other clerks give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from typed_grid import a_page

from casefile.docket import Disposition, DocketRecord, DocumentKind, Grams, SentenceKind
from casefile.ocr import BBox, InkRegion
from extract.amounts import amount_in
from extract.dates import closes_with_date, dates_in
from extract.entries import ALL_COUNTS, amounts_in, counts_in
from extract.names import is_borne, name_in
from extract.records import records_of
from extract.statutes import statute_in, with_letter_apart
from extract.words_apart import with_words_apart

THE_DAY = date(1961, 9, 14)


@pytest.mark.parametrize(
    "text",
    [
        "1961/09/14",
        "1961.9.14",
        "1961-09-14",
        "Sep 14 '61",
        "Sept 14, '61",
        "14 SEP 61",
        "14/SEP/61",
        "14SEP61",
        "14SEP1961",
        "14-5EP-1961",
        "September 14, A.D. 1961",
        "14th day of September, A.D. 19 61",
        "the fourteenth day of September, 1961",
        "9/14/1961",
        "09-14-61",
    ],
)
def test_a_day_is_read_however_it_is_typed(text: str) -> None:
    assert [found.value for found in dates_in(text)] == [THE_DAY]


@pytest.mark.parametrize(
    ("text", "day"),
    [("D.O.B.: 29 APRIL 1948", date(1948, 4, 29)), ("APRIL 29, 1948", date(1948, 4, 29)), ("APRIL 1948", None),
     ("25-0CT-1934", date(1934, 10, 25)), ("N0V 5, 1984", date(1984, 11, 5)), ("JAN ll, 1987", date(1987, 1, 11))],
)  # fmt: skip
def test_the_end_of_a_month_s_name_is_no_day_of_it(text: str, day: date | None) -> None:
    assert [found.value for found in dates_in(text)] == ([day] if day else [])


@pytest.mark.parametrize("text", ["12 MAR 30 DAYS", "2007C55176001", "38-16-1(a)(1)", "1961/19/14", "09 14 61"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert not [found for found in dates_in(text) if found.value is not None]


@pytest.mark.parametrize(("text", "closes"), [("NOLLE PROS 2008/01/21", True), ("2008/01/21 NOLLE PROS", False)])
def test_a_row_that_ends_with_its_day(text: str, closes: bool) -> None:
    assert closes_with_date(text) is closes


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("POSSESS MARIJUANA NOT MORE THAN 28.5 GRAMS", None, 28.5),
        ("CANNABIS, NO MORE THAN 30 GRAMS", None, 30.0),
        ("CANNABIS NOT OVER 10 GRAMS", None, 10.0),
        ("POSS CANNABIS MORE THAN 30 GRAMS", 30.0, None),
        ("POSS CANNABIS OVER 500 GRAMS", 500.0, None),
    ],
)
def test_not_more_than_is_never_more_than(text: str, low: float | None, high: float | None) -> None:
    found = amount_in(text)
    assert found is not None
    assert found.grams == Grams(low, high)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("CREDIT TWENTY DAYS", [20]),
        ("TWENTY-FOUR MONTHS", [24]),
        ("COUNT 1 6 MONTHS", [6]),
        ("TIME CONSIDERED SERVED C001 1 1 DYS", []),
    ],
)
def test_amounts_in_words_and_figures_that_fell_apart(text: str, amounts: list[float]) -> None:
    assert [one.amount for one in amounts_in(text)] == amounts


def test_a_letter_at_the_end_of_a_section_may_be_a_subsection() -> None:
    typed = statute_in("38-31-1A")
    assert typed is not None
    apart = with_letter_apart(typed)
    assert apart is not None
    assert {typed.canonical, apart.canonical} == {"720 ILCS 5/31-1a", "720 ILCS 5/31-1(a)"}


@pytest.mark.parametrize(
    ("text", "surname", "ordered"),
    [
        ("BROWN CLARENCE", "BROWN", "list"),
        ("CLARENCE BROWN", "BROWN", "list"),
        ("URSULA OCAMPO", "OCAMPO", "list"),
        ("THOMAS URSULA", "THOMAS", "guess"),
        ("TREADWELL OSTROWSKI", "OSTROWSKI", "guess"),
        ("VINCENT NELSON", "NELSON", "guess"),
        ("Vincent Nelson", "NELSON", "list"),  # in small letters, as it is spoken
        ("Thomas Scott", "SCOTT", "guess"),
        ("Vaughn Roosevelt", "VAUGHN", "guess"),
        ("Brown Clarence", "BROWN", "list"),
        ("TERRANCE O'DELL", "O'DELL", "list"),  # the census writes ODELL
        ("NWOSU TERRANCE", "NWOSU", "rare"),
        ("TERRANCE BRCH", "BRCH", "last"),  # dirt beside a name
        ("JOHN VANTREASE XQR LMT", "LMT", "last"),
        ("LAMONT D'SOUSA", "D'SOUSA", "guess"),
    ],
)
def test_how_the_order_of_a_name_was_known(text: str, surname: str, ordered: str) -> None:
    found = name_in(text)
    assert found is not None
    assert (found.surname, found.ordered) == (surname, ordered)


@pytest.mark.parametrize(("read", "relied_on"), [(0.96, True), (0.6, False)])
def test_a_name_that_no_list_has_is_one_where_it_is_read_surely(read: float, relied_on: bool) -> None:
    page = a_page(" PEOPLE VS. NWOSU TERRANCE      CASE NO. 08 CR 12345-01\n DATE OF BIRTH: 05/06/1960\n")
    words = (replace(word, confidence=read if word.text == "NWOSU" else 0.96) for word in page.words)
    (record,) = records_of([replace(page, words=tuple(words))], DocumentKind.CERTIFIED_STATEMENT)
    assert record.defendant is not None
    surname, given = record.defendant.surname, record.defendant.given
    assert (surname.value, given.value) == ("NWOSU", "TERRANCE")
    assert (min(surname.confidence, given.confidence) > 0.97) is relied_on


@pytest.mark.parametrize(
    ("name", "kind", "borne"),
    [
        ("LA PORTE", "surname", True),
        ("O'DELL", "surname", True),
        ("SMITH-JONES", "surname", True),
        ("FOWALERYK", "surname", False),
        ("CLADENCE", "given", False),
    ],
)
def test_whether_people_have_a_name(name: str, kind: str, borne: bool) -> None:
    assert is_borne(name, kind) is borne


@pytest.mark.parametrize(
    ("text", "surname"),
    [("A8 \u24d08 B1C", None), ("8\u24b6 8\u24d0", None), ("\u24b6bc Xy", "XY"), ("A\u24d0bc De", "DE")],
)
def test_marks_that_count_as_letters_end_the_search_for_a_name(text: str, surname: str | None) -> None:
    found = name_in(text)
    assert (found.surname if found is not None else None) == surname


def the_record(text: str, kind: DocumentKind = DocumentKind.CERTIFIED_STATEMENT) -> DocketRecord:
    (record,) = records_of([a_page(text)], kind)
    return record


def test_a_code_run_together_with_the_words_is_set_apart() -> None:
    page = with_words_apart(a_page("  11359 HS-POSSESS MARIJUANA FOR SALE"))
    assert [word.text for word in page.words] == ["11359", "HS", "POSSESS", "MARIJUANA", "FOR", "SALE"]
    whole = a_page("  11359 HS-POSSESS MARIJUANA FOR SALE").words[1].bbox
    left, right = page.words[1].bbox, page.words[2].bbox
    assert whole.left == left.left <= left.right <= right.left <= right.right == whole.right


def test_a_day_spread_over_columns_is_put_together_only_below_heads_that_say_so() -> None:
    rows = " MO DA YR   CHG   ACTION OF COURT\n 11 03 08         ARRAIGN\n"
    together = with_words_apart(a_page(rows))
    assert "11-03-08" in [word.text for word in together.words]
    without = a_page(rows.replace("MO DA YR", "        "))
    assert with_words_apart(without) is without


BY_COUNT = """ ABSTRACT OF COURT RECORD
 CASE ID              ACCUSED                  DATE OF BIRTH
 2007CR2004801        JANKOWSKI, MICHAEL V     1959/04/24
 COUNT 1 OF 2   MFG/DEL CANNABIS/30-500 GRAMS
    UNDER 720 ILCS 550/5(D)   CLASS 3 FELONY
     DEFENDANT PLEADS GUILTY                               2007/08/09
     SENTENCE: PROBATION, 24 MONTHS                        2007/08/09
 COUNT 2 OF 2   POSS CANNABIS 2.7 GRAMS
    UNDER 720 ILCS 550/4(B)   CLASS B MISDEMEANOR
     STATE DECLINES TO PROSECUTE - NOLLE PROS              2007/08/09
"""


def test_entries_that_end_with_their_day_belong_to_the_count_above_them() -> None:
    record = the_record(BY_COUNT)
    first, second = record.charges
    assert record.defendant is not None
    assert record.defendant.birth_date.value == date(1959, 4, 24)
    assert (first.disposition.value, second.disposition.value) == (Disposition.GUILTY, Disposition.NOLLE_PROSEQUI)
    assert first.disposition_date.value == second.disposition_date.value == date(2007, 8, 9)
    assert second.sentence.value is None


ORDER = """ CASE NO.: 01-MC1-363922-01      DEFENDANT'S NAME: MARCUS E AMATO
 SENTENCING ORDER
   CT 1:  DESCRIPTION: POSS CANNABIS 10.5 GRAMS
          OFFENSE DATE: SEP 4, 2001
          CITATION: 720 ILCS 550/4(C)
   CT 2:  DESCRIPTION: DOMESTIC BATTERY
          OFFENSE DATE: SEP 4, 2001
          CITATION: 720-5/12-3.2(A)(1)
 IT IS ORDERED:
 C001  PLEA OF GUILTY
 C001  SENT:  SEC 10 PROBATION
              18 MONTHS
 SENTENCE DATE: MAR 4, 2002
"""


def test_an_order_below_the_blocks_is_about_the_count_it_names() -> None:
    first, second = the_record(ORDER, DocumentKind.SENTENCING_ORDER).charges
    assert first.disposition.value is Disposition.FIRST_OFFENDER_PROBATION
    assert [(part.kind, part.amount) for part in first.sentence.value or ()] == [(SentenceKind.PROBATION, 18)]
    assert second.disposition.value is None
    assert second.description.value == "DOMESTIC BATTERY"


COLUMN = """ FAMILY NAME     GIVEN NAME    MO DA YR BORN   SEX   COURT NO.
 TIDWELL         HECTOR        09 14 61        M     08 CR 01213-01
 CHG   OFFENSE                                 CLASS
 1     POSS CANN LESS THAN THIRTY (30) GRAMS   MA
       720 ILCS 550/4(C)
 2     DEL COCAINE 1-15 GMS                    F1
       720 ILCS 570/401(C)(2)
 MO DA YR   CHG   ACTION OF COURT                    JUDGE
 12 09 08   1     PLEA OF GUILTY                     NELSON
 12 09 08   2     STATE NOLLE PROS                   NELSON
 12 09 08   1     JUDGMENT ON GUILTY FINDING         NELSON
 12 09 08   1     $50 FINE                           NELSON
"""


def test_a_count_in_a_column_behind_the_day_is_the_entry_s() -> None:
    record = the_record(COLUMN, DocumentKind.HALF_SHEET)
    first, second = record.charges
    assert record.defendant is not None
    assert record.defendant.birth_date.value == date(1961, 9, 14)
    assert (first.disposition.value, second.disposition.value) == (Disposition.GUILTY, Disposition.NOLLE_PROSEQUI)
    assert first.disposition_date.value == date(2008, 12, 9)
    assert second.sentence.value is None


CALIFORNIA = """ SUPERIOR COURT OF CALIFORNIA, COUNTY OF KERN
 CERTIFIED ABSTRACT OF RECORD
 NAM/01 VALDIVIA,IRENE
 DOB/19580426 SEX/F
 ARR/DET: 20001101
 COURT: CASE #SCD049117
 CNT:01
   11359 HS-POSSESS MARIJUANA FOR SALE
     DISPO:CONVICTED 20001127
     SEN: 3 YEARS PROBATION, 30 DAYS JAIL
 CNT:02
   11357(A) HS-POSSESS CONCENTRATED CANNABIS
     *DISPO:DISMISSED/1385 PC 20001127
"""


def test_a_californian_abstract() -> None:
    record = the_record(CALIFORNIA)
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.given.value) == ("VALDIVIA", "IRENE")
    assert record.docket_number.value == "SCD049117"
    assert record.docket_number.confidence > 0.98  # as San Diego numbers
    first, second = record.charges
    assert (first.statute.value, second.statute.value) == ("HS 11359", "HS 11357(a)")
    assert (first.disposition.value, second.disposition.value) == (Disposition.GUILTY, Disposition.DISMISSED)


def test_a_felony_number_short_of_a_figure_is_a_doubt() -> None:
    whole = the_record(" PEOPLE VS. SANTIAGO, STEVEN\n CASE NO. 88 CR 15130\n 720 ILCS 550/4(B) POSS CANNABIS\n")
    short = the_record(" PEOPLE VS. SANTIAGO, STEVEN\n CASE NO. 88 CR 1513\n 720 ILCS 550/4(B) POSS CANNABIS\n")
    assert whole.docket_number.value == "88CR15130"
    assert short.docket_number.confidence <= 0.6


def test_type_under_a_stamp_makes_silence_less_sure() -> None:
    page = a_page(BY_COUNT)
    over = page.words[-1].bbox
    covered = a_page(
        BY_COUNT, regions=(InkRegion("stamp", BBox(over.left - 50, over.top - 5, over.right, over.bottom)),)
    )
    (plain,) = records_of([page], DocumentKind.CERTIFIED_STATEMENT)
    (stamped,) = records_of([covered], DocumentKind.CERTIFIED_STATEMENT)
    assert stamped.charges[1].termination.confidence < plain.charges[1].termination.confidence


def test_what_a_sentence_may_be_is_never_what_it_is() -> None:
    (first, _) = the_record(BY_COUNT).charges
    assert first.sentence.alternatives
    assert all(value != first.sentence.value for value, _ in first.sentence.alternatives)


CONVICTED = """ PEOPLE VS. MARLOW, DESMOND        CASE NO. 08 CR 12345-01
 DATE OF BIRTH: 05/06/1960   ARREST DATE: 11/02/2008
 COUNT 1   POSS CANNABIS 20 GRAMS   720 ILCS 550/4(C)   CLASS A MISDEMEANOR
 12/09/08  FINDING OF GUILTY
 12/09/08  PROBATION 12 MONTHS
"""


@pytest.mark.parametrize(
    "row",
    [
        "12/30/09 DEFENDANT FILED A PETITION PRAYING THAT CASE BE DISMISSED",
        "12/30/09 THE DEFENDANT FILED A MOTION TO BE FOUND NOT GUILTY",
        "12/30/09 CODEFENDANT HAVING BEEN FOUND NOT GUILTY, MOTION TO VACATE DENIED",
        "12/30/09 CODEFENDANT FOUND NOT GUILTY, MOTION TO VACATE DENIED",
        "12/30/09 CONTEMPT AS TO WITNESS NOLLE PROS",
        "01/05/11 I HEREBY CERTIFY THE ABOVE TO BE CORRECT. ALL OTHER CHARGES NOLLE PROSSED",
        "PETITION THAT CASE BE DISMISSED  12/30/09",
        "12/30/09 DISMISSED",
    ],
)
def test_no_later_row_turns_a_sentence_over_without_a_doubt(row: str) -> None:
    (charge,) = the_record(f"{CONVICTED} {row}\n", DocumentKind.HALF_SHEET).charges
    assert charge.disposition.value is Disposition.GUILTY or charge.disposition.confidence <= 0.7


UNENDED = """ NO. 85 CR 12345
 THE PEOPLE VS MARY DOE     DATE OF BIRTH: 05/06/1960
 CHARGE  CH 56 1/2 SEC 704(D)  CLASS 4
"""


@pytest.mark.parametrize("kind", [DocumentKind.HALF_SHEET, DocumentKind.CERTIFIED_STATEMENT])
@pytest.mark.parametrize(
    "row",
    [
        "[X] GUILTY  [ ] DISMISSED",
        "_X_ GUILTY   ___ DISMISSED",
        "GUILTY X   DISMISSED ___",
        "X GUILTY ___ NOT GUILTY",
        "GUILTY / NOT GUILTY",
        "[ ] GUILTY  [ ] DISMISSED",
        "[ ] DISMISSED",
        "[] DISMISSED",
        "GUILTY: YES  DISMISSED: NO",
        "05/20/85 (X) GUILTY ( ) NOT GUILTY ( ) NOLLE PROS",
    ],
)
def test_endings_printed_to_choose_from_are_no_ending(row: str, kind: DocumentKind) -> None:
    (charge,) = the_record(f"{UNENDED} {row}\n", kind).charges
    assert charge.disposition.value in (None, Disposition.PENDING) or charge.disposition.confidence <= 0.7


TWO_COUNTS = """ PEOPLE VS. MARLOW, DESMOND        CASE NO. 08 CR 12345-01
 DATE OF BIRTH: 05/06/1960   ARREST DATE: 11/02/2008
 1   POSS CANNABIS 20 GRAMS   720 ILCS 550/4(C)   MA
 2   POSS CANNABIS 2 GRAMS   720 ILCS 550/4(A)   MC
"""


def test_two_counts_in_a_column_are_not_the_first_alone() -> None:
    entries = """ DATE       CHG     ACTION OF COURT       JUDGE
 12/09/08   1       NOLLE PROS            NELSON
 12/09/08   2       NOLLE PROS            NELSON
 12/19/08   1, 2    NOLLE PROS VACATED    NELSON
 01/19/09   1, 2    FINDING OF GUILTY     NELSON
 01/19/09   1, 2    PROBATION 24 MONTHS   NELSON
"""
    for charge in the_record(TWO_COUNTS + entries, DocumentKind.HALF_SHEET).charges:
        assert charge.disposition.value is Disposition.GUILTY


def test_a_count_that_an_entry_names_outweighs_a_column_of_courtrooms() -> None:
    entries = """ DATE       CT   JUDGE    ORDERS
 12/09/08   1    NELSON   COUNT 1 FINDING OF GUILTY
 12/09/08   1    NELSON   COUNT 1 PROBATION 12 MONTHS
 12/10/08   1    NELSON   COUNT 2 NOLLE PROS
"""
    first, second = the_record(TWO_COUNTS + entries, DocumentKind.HALF_SHEET).charges
    assert (first.disposition.value, second.disposition.value) == (Disposition.GUILTY, Disposition.NOLLE_PROSEQUI)


def test_what_undoes_an_ending_below_the_last_count_is_about_every_count() -> None:
    text = """ PEOPLE VS. MARLOW, DESMOND        CASE NO. 08 CR 12345-01
 COUNT 1   POSS CANNABIS 20 GRAMS
     UNDER 720 ILCS 550/4(C)  CLASS A MISDEMEANOR
     NOLLE PROS                           08/09/2008
 COUNT 2   POSS CANNABIS 2 GRAMS
     UNDER 720 ILCS 550/4(A)  CLASS C MISDEMEANOR
     NOLLE PROS                           08/09/2008
 NOLLE PROS VACATED AND SET ASIDE         09/09/2008
 FINDING OF GUILTY                        10/09/2008
 PROBATION 12 MONTHS                      10/09/2008
"""
    for charge in the_record(text).charges:
        assert charge.disposition.value is Disposition.GUILTY
        assert charge.disposition.confidence <= 0.7


@pytest.mark.parametrize(
    "text",
    ["MAR 12 DISMISSED", "5 DEC SOL", "12/MAR DISMISSED", "MAY 10/15 GRAMS", "DEC 9 24 MNTHS", "SEP 14, 10:30 AM"],
)
def test_words_amounts_and_hours_are_no_years(text: str) -> None:
    assert not [found for found in dates_in(text) if found.value is not None]


def test_the_count_before_a_day_is_no_part_of_it() -> None:
    assert [found.value for found in dates_in("1 JAN 10, 2008 NOLLE PROS")] == [date(2008, 1, 10)]


@pytest.mark.parametrize(
    ("text", "number"),
    [("ONE HUNDRED AND EIGHTY DAYS", 180), ("THREE HUNDRED SIXTY-FOUR DAYS", 364), ("TWENTY TWO MONTHS", 22)],
)
def test_numbers_in_words_are_read_whole(text: str, number: int) -> None:
    assert [one.amount for one in amounts_in(text)] == [number]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("CANNABIS MORE THAN 30 GRAMS AND NOT MORE THAN 500 GRAMS", 30.0, 500.0),
        ("CANNABIS MORE THAN 10 GRAMS BUT NOT MORE THAN 30 GRAMS", 10.0, 30.0),
        ("CANNABIS NOT LESS THAN 30 GRAMS", 30.0, None),
    ],
)
def test_weights_with_two_sides_keep_both(text: str, low: float, high: float | None) -> None:
    found = amount_in(text)
    assert found is not None
    assert found.grams == Grams(low, high)


@pytest.mark.parametrize("row", ["TAKEN OFF CALL 03/12/2008", "TAKEN UNDER ADVISEMENT TO 03/12/2008"])
def test_what_is_taken_off_call_is_nobody(row: str) -> None:
    assert the_record(f" PEOPLE VS. DOE, MARY   CASE NO. 08 CR 12345\n {row}\n").arrest_date.value is None


@pytest.mark.parametrize("number", ["0812 13-01", "09-14-1961", "312-555-1234"])
def test_what_is_no_docket_number_stays_unread(number: str) -> None:
    record = the_record(f" PEOPLE VS. DOE, MARY\n CASE NO. {number}\n 12/09/08 NOLLE PROS\n")
    assert record.docket_number.confidence <= 0.9


FIGURES_LOST = [
    ("02-16-74", "03-04-50", True),
    ("2-16-74", "03-04-50", False),
    ("12-16-74", "03-04-50", True),
    ("6-16-74", "03-04-50", False),
    ("6-16-74", "03-04-1950", False),
    ("2-16-74", "03-04-1950", False),
    ("2-16-1974", "03-04-1950", False),
    ("1-MAY-1974", "09-JUL-1950", False),
]


@pytest.mark.parametrize(("day", "other", "sure"), FIGURES_LOST)
def test_a_day_that_may_have_lost_its_first_figure_is_a_doubt(day: str, other: str, sure: bool) -> None:
    record = the_record(f" CASE NO. 74 C 1234   PEOPLE VS. DOE, MARY\n ARREST DATE: {day}   DATE OF BIRTH: {other}\n")
    assert (record.arrest_date.confidence > 0.95) is sure


@pytest.mark.parametrize(
    ("bail", "ended", "sure"),
    [("6-9-74", "8-2-74", True), ("06-09-74", "8-2-74", False), ("10-29-74", "11-30-74", False)],
)
def test_days_typed_without_noughts_have_lost_no_figure(bail: str, ended: str, sure: bool) -> None:
    record = the_record(
        " CASE NO. 74 C 1234   PEOPLE VS. DOE, MARY\n ARREST DATE: 2-16-74   DATE OF BIRTH: 03/04/1950\n"
        f" POSS CANNABIS 56 1/2-704(B)\n {bail}  BAIL SET\n {ended}  NOLLE PROS\n"
    )
    assert (record.arrest_date.confidence > 0.95) is sure


LETTERED = """\
 STATE OF ILLINOIS V. DWAYNE T MARLOW             GENERAL NUMBER 91C1-1678201
 CHARGE A   MISDEMEANOR   POSS CANNABIS 8.1 GRAMS      STATUTE 56-1/2-704(B)
 CHARGE B   MISDEMEANOR   CRIM DAMAGE TO PROP          STATUTE 38-21-1(A)
 CHARGE C   MISDEMEANOR   RETAIL THEFT                 STATUTE 38-16A-3(A)
 DISPOSITION OR ORDER           CHARGE       JUDGE        DATE
 ARRAIGNED IN OPEN COURT                     YBARRA       01 AUG 91
 AGREED CONTINUANCE                          YBARRA       01 AUG 91
 {endings}
 IDENTIFICATION   BORN 19 JUL 64   SEX M   RACE B   I.R. NUMBER 1659057
 ARRESTED 29 JUN 91
"""


def _lettered(*rows: tuple[str, str]) -> list[tuple[Disposition | None, bool]]:
    endings = "\n ".join(f"{said:<31}{letters:<13}YBARRA       21 AUG 91" for said, letters in rows)
    (record,) = records_of([a_page(LETTERED.format(endings=endings))], DocumentKind.CERTIFIED_STATEMENT)
    return [(charge.disposition.value, charge.disposition.confidence > 0.98) for charge in record.charges]


def test_charges_with_letters_end_as_the_column_of_letters_says() -> None:
    dismissed, dropped = (Disposition.DISMISSED, True), (Disposition.NOLLE_PROSEQUI, True)
    assert _lettered(("DISMISSED", "A, B & C")) == [dismissed] * 3
    assert _lettered(("NOLLE PROSEQUI", "ALL")) == [dropped] * 3
    assert _lettered(("DISMISSED", "A & C"), ("NOLLE PROSEQUI", "B")) == [dismissed, dropped, dismissed]


def test_a_letter_that_is_no_charge_of_the_case_leaves_a_doubt() -> None:
    assert not any(sure for _, sure in _lettered(("NOLLE PROSEQUI", "A & E")))


def test_counts_behind_a_word_that_ends_in_on_are_seen() -> None:
    assert counts_in("DEF SENTENCED TO PROBATION CALL 18 MONTHS") == (ALL_COUNTS,)
    assert counts_in("CASE ON CALL") == ()


@pytest.mark.parametrize(("text", "counts"), [("NOLLE ON LST COUNT", (1,)), ("NOLLE ON EVERY COUNT", (ALL_COUNTS,))])
def test_counts_as_typewriters_without_a_one_print_them(text: str, counts: tuple[int, ...]) -> None:
    assert counts_in(text) == counts


PLAIN = """\
              CIRCUIT COURT OF COOK COUNTY
 PEOPLE VS. DWAYNE MARLOW            NO. 94 C6 68025-01
 DATE OF BIRTH: 11/14/1945   DATE OF ARREST: 07/06/1994
 C001   720-550.0/4-B      POSS CANNABIS 8.1 GRAMS
 07/19/94 CASE FILED
 {routine}
 09/07/94 NOLLE PROSEQUI C001
 ISSUED UNDER SEAL. NOT VALID WITHOUT THE IMPRESSION OF THE CLERK'S SEAL.
"""


def _plainly(routine: str) -> DocketRecord:
    (record,) = records_of([a_page(PLAIN.format(routine=routine))], DocumentKind.CERTIFIED_STATEMENT)
    return record


@pytest.mark.parametrize("words", ["AGREED TO 09/07/94", "APPT PUB DEFENDER", "PEOPLE'S MOTION TO 09/07/94"])
def test_what_every_case_goes_through_is_no_doubt_about_its_end(words: str) -> None:
    bare, other = (_plainly(f"08/01/94 {routine}").charges[0].disposition for routine in ("CONTINUED", words))
    assert (other.value, round(other.confidence, 3)) == (bare.value, round(bare.confidence, 3))


@pytest.mark.parametrize("words", ["ABROGATED", "C/X", "DECLINED", "ORDER UNDONE", "SET ASIDE", "ORDER ENTERED"])
def test_words_nobody_knows_after_an_ending_are_a_doubt_about_it(words: str) -> None:
    later = PLAIN.replace("C001\n ISSUED", f"C001\n 10/07/94 {words}\n ISSUED")
    (record,) = records_of([a_page(later.format(routine=""))], DocumentKind.CERTIFIED_STATEMENT)
    assert record.charges[0].disposition.confidence <= 0.8


@pytest.mark.parametrize("typed", ["17-APR-1991", "4/17/91", "APR 17, 1991"])
def test_the_day_of_a_probation_is_no_word_about_what_kind_it_is(typed: str) -> None:
    text = PLAIN.replace(
        "09/07/94 NOLLE PROSEQUI C001", f"{typed} PLEA OF GUILTY C001\n {typed} PROBATION C001 12 MONTHS"
    )
    (record,) = records_of([a_page(text.format(routine=""))], DocumentKind.CERTIFIED_STATEMENT)
    assert record.charges[0].disposition.value is Disposition.GUILTY
    assert record.charges[0].disposition.confidence > 0.98


@pytest.mark.parametrize("amount", ["21.5 GHS", "5.5 GRAIS", "30 GMX"])
def test_a_weight_whose_unit_was_misread_is_not_silence(amount: str) -> None:
    (record,) = records_of(
        [a_page(PLAIN.format(routine="").replace("8.1 GRAMS", amount))], DocumentKind.CERTIFIED_STATEMENT
    )
    grams = record.charges[0].grams
    assert grams.value is not None or grams.is_illegible


def test_heads_of_a_day_that_run_together_still_head_it() -> None:
    text = " MO DAYR  ACTION OF COURT\n 08 26 91  NOLLE PROS\n"
    (told,) = [with_words_apart(a_page(text))]
    assert "08-26-91" in [word.text for word in told.words]


@pytest.mark.parametrize(
    "row", ["CHARGE TO: CH. 56 1/2, SEC. 704(C)", "CS 55/4 ) POC C001", "REDUCED T0 720 ILCS 550/4(A)"]
)
def test_another_charge_named_in_an_entry_is_a_doubt_about_the_charge(row: str) -> None:
    bare, other = (_plainly(f"08/01/94 {said}").charges[0].statute for said in ("CONTINUED", row))
    assert bare.confidence > 0.97
    assert other.confidence <= 0.7 or other.value != bare.value


def test_a_number_of_four_figures_may_have_lost_one() -> None:
    whole, short = (
        records_of(
            [a_page(PLAIN.format(routine="").replace("94 C6 68025-01", number))], DocumentKind.CERTIFIED_STATEMENT
        )[0]
        for number in ("74 C 16261", "74 C 1626")
    )
    assert whole.docket_number.confidence > 0.9 >= 0.6 >= short.docket_number.confidence


@pytest.mark.parametrize(
    ("words", "grams"),
    [("PRODUCE 5-20 CANNABIS PLANTS", (True, True)), ("PROD 6 CANNABIS PLANTS 21.5 GHS", (False, False))],
)
def test_plants_are_no_weight_but_a_weight_beside_them_is_one(words: str, grams: tuple[bool, bool]) -> None:
    told = CAPTION_OF_PLANTS.format(words=words)
    reading = the_record(told).charges[0].grams
    assert (reading.is_silent, reading.confidence > 0.9) == grams


CAPTION_OF_PLANTS = """\
                PEOPLE OF THE STATE OF ILLINOIS              PAGE   001
                               VS                   NUMBER 93CR9912301
    MARLOW       DESMOND       T          DOB 04/12/70

                  CERTIFIED STATEMENT OF CONVICTION / DISPOSITION
  Charging the above named defendant with:

  C001  720 ILCS 550/8(B)       {words}  CLASS 4 FELONY

  03/18/93 DEFENDANT ARRAIGNED            C001
  05/20/93 NOLLE PROSEQUI                 C001
"""


MISREAD = """ CLERK OF THE CIRCUIT COURT OF COOK COUNTY   CRIMINAL DISPOSITION REPORT
 CASE #: 05CR0850501   DEF: WALKER, GREGORY     PG 001
 OFFENSES CHARGED      FILED: 16-NOV-2005
 #10   31-OCT-2005  POSS CANNABIS/30-500 GRAM   720-550/4(D)   F4
 DISPOSITION HISTORY
 CT   DATE         DISPOSITION            TERM/AMOUNT
      16-NOV-2005  COMPLAINT/INFORMATION FILED
 {}   13-MAR-2006  NOLLE PROSEQUI
"""
MISREAD_OF_TWO = MISREAD.replace(
    " DISPOSITION HISTORY", " #2    31-OCT-2005  POSS CONT SUBSTANCE   720-570/402(C)   F4\n DISPOSITION HISTORY"
)


@pytest.mark.parametrize(
    ("text", "named", "read", "counts"),
    [
        (MISREAD, " 1", 0.6, [1]),
        (MISREAD, " 1", 0.96, [10]),  # read surely
        (MISREAD, "10", 0.6, [10]),  # named so where it ended
        (MISREAD, "  ", 0.6, [10]),  # may be all that this page tells of ten counts
        (MISREAD.replace("#10", "#20"), " 1", 0.6, [20]),
        (MISREAD_OF_TWO, " 1", 0.6, [1, 2]),
        (MISREAD_OF_TWO.replace("#2 ", "#12"), " 1", 0.6, [10, 12]),
    ],
)
def test_a_poorly_read_number_of_a_count_is_the_one_that_lacks(
    text: str, named: str, read: float, counts: list[int]
) -> None:
    page = a_page(text.format(named))
    words = (replace(word, confidence=read if word.text in ("#10", "#20") else 0.96) for word in page.words)
    (record,) = records_of([replace(page, words=tuple(words))], DocumentKind.CERTIFIED_STATEMENT)
    assert [charge.count for charge in record.charges] == counts
    assert (min(charge.statute.confidence for charge in record.charges) > 0.97) is (counts[0] == 1)


@pytest.mark.parametrize("number", ["01: ", "1. ", "(1) ", "#1 ", "", "01 "])
def test_a_defendant_with_a_number_is_named_below_the_people(number: str) -> None:
    record = the_record(
        f""" SUPERIOR COURT OF CALIFORNIA, COUNTY OF LOS ANGELES
 CASE NO. BA813377                        PAGE NO. 1
 THE PEOPLE OF THE STATE OF CALIFORNIA VS.
 DEFENDANT {number}RODNEY J NAKAGAWA
 BIRTH DATE: 10/28/1964
 INFORMATION FILED ON 01/21/01.
 COUNT 01: 11359 HS FEL - POSSESS MARIJUANA FOR SALE
"""
    )
    assert record.defendant is not None
    read = record.defendant.surname, record.defendant.given, record.defendant.middle
    assert [one.value for one in read] == ["NAKAGAWA", "RODNEY", "J"]
    assert min(one.confidence for one in read) > 0.98
