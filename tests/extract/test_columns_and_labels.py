"""Entries whose day and count stand in columns of any order, labels left blank, labels with numbers of boxes."""

from __future__ import annotations

from datetime import date

import pytest
from freed import is_freed
from typed_grid import a_page

from casefile.docket import Charge, Disposition, DocketRecord, DocumentKind, Grade, Grams, SentenceKind, Termination
from extract.calibration import thresholds
from extract.records import records_of

D = Disposition
HEAD = """\
                 RECORD SHEET - CRIMINAL
 NO. 80 CR 23812    PEOPLE V. TYRONE M. HOLT    D.O.B. 10/10/1953
"""
TWO = """\
 COUNT 1   POSS OF CANNABIS    56.5-704-C
 COUNT 2   BATTERY             38-12-3

"""


def the_record(rows: str, kind: DocumentKind = DocumentKind.HALF_SHEET) -> DocketRecord:
    (record,) = records_of([a_page(HEAD + rows)], kind)
    return record


def endings(record: DocketRecord) -> list[Disposition | None]:
    return [charge.disposition.value for charge in record.charges]


def is_sure(charge: Charge) -> bool:
    """Whether both the ending and how its term ended are relied on unseen."""
    readings = (("disposition", charge.disposition), ("termination", charge.termination))
    return all(reading.confidence >= thresholds()[family] for family, reading in readings)


COUNT_BEHIND_DAY = """\
 DATE         {head}   ORDER
 02/18/1980   {first}  Arraignment. Bond $1,000.
 05/10/1980   1    Plea guilty. Supv 12 mos, fine $100.
 {day}   2    Nolle pros.
 05/16/1981   1    Supv term sat.
"""
COUNT_LAST = """\
 DATE         ORDER                                     {head}
 02/18/1980   Arraignment. Bond $1,000.                 {first}
 05/10/1980   Plea guilty. Supv 12 mos,                 1
              fine $100.
 {day}   Nolle pros.                               2
 05/16/1981   Supv term sat.                            1
"""


JUDGE_FIRST = """\
 CHARGES  1) POSS OF CANNABIS    56.5-704-C

 JUDGE     DATE         ORDER
 Easley    02/18/1980   Arraignment.
 Easley    05/10/1980   Nolle pros Count 1. Motion State cont.
 {later}
"""


@pytest.mark.parametrize(
    ("later", "freed"),
    [("", True), ("Easley    05/16/1981   Recalled", False), ("Easley    05/16/1981   Denied", False),
     ("                       05/16/1981.", True), ("                       05/16/1981 cause back on call", False)],
)  # fmt: skip
def test_the_first_word_below_a_column_of_judges_and_a_day_among_orders_are_weighed(later: str, freed: bool) -> None:
    assert is_freed(the_record(JUDGE_FIRST.format(later=later)).charges[0]) is freed


@pytest.mark.parametrize("table", [COUNT_BEHIND_DAY, COUNT_LAST])
@pytest.mark.parametrize(("head", "first"), [("CT", "ALL"), ("CT", "1"), ("COUNT", "")])
def test_a_column_of_counts_says_which_count_an_entry_is_about(table: str, head: str, first: str) -> None:
    record = the_record(TWO + table.format(head=head, first=first, day="05/10/1980"))
    one, two = record.charges
    assert endings(record) == [D.SUPERVISION, D.NOLLE_PROSEQUI]
    assert (one.termination.value, two.termination.value) == (Termination.SATISFACTORY, None)
    assert {part.amount for part in one.sentence.value or ()} == {12.0, 100.0}
    assert is_sure(one)
    assert is_sure(two)


@pytest.mark.parametrize("table", [COUNT_BEHIND_DAY, COUNT_LAST])
def test_a_column_of_courtrooms_ends_no_count(table: str) -> None:
    record = the_record(TWO + table.format(head="CT", first="1", day="06/10/1980"))  # never two on a day
    assert not any(is_freed(charge) or is_sure(charge) for charge in record.charges)


ORDER_FIRST = """\
 COUNT 1   POSS OF CANNABIS    56.5-704-C

 {order:<40}{judge:<14}DATE
 Arraignment. Bond $1,000.               CHOATE        02/18/1980
 Plea of guilty. Finding of guilty. {last:<5}CHOATE        05/10/1980
 {more}
"""


@pytest.mark.parametrize(
    ("last", "more", "ending"),
    [("710", "probation 12 mos, fine $100.", D.FIRST_OFFENDER_PROBATION), ("", "Supv 6 mos.", D.SUPERVISION),
     ("", "Probation 12 mos.", D.GUILTY)],
)  # fmt: skip
@pytest.mark.parametrize(("order", "judge"), [("ORDER", "JUDGE"), ("PROCEEDINGS", "JUDGE")])
def test_what_was_ordered_goes_on_below_its_day(
    order: str, judge: str, last: str, more: str, ending: Disposition
) -> None:
    record = the_record(ORDER_FIRST.format(order=order, judge=judge, last=last, more=more))
    assert endings(record) == [ending]
    assert record.charges[0].disposition_date.value == date(1980, 5, 10)


BLANKS = """\
 Charge POSS CANNABIS 30-500 GRAMS    Sec. CH 56 1/2 PAR 704(d)
 Filed 3-25-80      Born 5-21-53
 {ending}
 Date of disposition 5-23-80
 {blank}
"""


@pytest.mark.parametrize("blank", ["Supervision terminated", "Supervision terminated satisfactorily:"])
def test_a_term_is_not_over_for_the_words_of_a_form(blank: str) -> None:
    ending = "Disposition Placed on supervision for 12 months"
    charge = the_record(BLANKS.format(ending=ending, blank=blank)).charges[0]
    assert (charge.disposition.value, charge.disposition_date.value) == (D.SUPERVISION, date(1980, 5, 23))
    assert not is_freed(charge)
    dated = the_record(BLANKS.format(ending=ending, blank=f"{blank} 5-20-81")).charges[0]
    assert dated.termination.value is Termination.SATISFACTORY
    assert is_sure(dated)


@pytest.mark.parametrize("blank", ["Nolle prosequi", "Dismissed", "Found not guilty:", "Nolle prosequi\n Dismissed"])
def test_no_charge_is_ended_by_the_words_of_a_form(blank: str) -> None:
    assert not is_freed(the_record(BLANKS.format(ending="Plea", blank=blank)).charges[0])
    labelled = the_record(BLANKS.format(ending=f"Disposition {blank.split(chr(10))[0]}", blank="")).charges[0]
    assert is_freed(labelled)


KEYED = """\
 CHG  STATUTE        OFFENSE             CODE  DATE
 1    38-12-3        BATTERY             {code}    06/16/89

 {heading}
 {a}
 {b}
 C  GUILTY - JAIL
 {f}
"""


@pytest.mark.parametrize("code", ["B", "F"])
@pytest.mark.parametrize("gap", [" ", "   "])
def test_a_key_below_its_heading_needs_no_sign(code: str, gap: str) -> None:
    key = {"a": f"A{gap}NOLLE PROSEQUI", "b": f"B{gap}DISMISSED", "f": f"F{gap}NOT GUILTY"}
    record = the_record(KEYED.format(code=code, heading="DISPOSITION CODES", **key))
    assert endings(record) == [{"B": D.DISMISSED, "F": D.NOT_GUILTY}[code]]
    assert record.charges[0].disposition_date.value == date(1989, 6, 16)
    assert record.charges[0].offense_date.value is None


@pytest.mark.parametrize("heading", ["FOR OFFICE USE", "SEE REVERSE"])
def test_endings_of_which_none_has_a_day_free_nobody(heading: str) -> None:
    key = {"a": "A  NOLLE PROSEQUI", "b": "B  DISMISSED", "f": "F  NOT GUILTY"}
    rows = KEYED.replace(" C  GUILTY - JAIL\n", "").format(code="C", heading=heading, **key)
    assert not is_freed(the_record(rows).charges[0])


def test_a_birth_date_beside_a_charge_is_not_the_day_of_the_offense() -> None:
    (charge,) = the_record(" CHARGE  56 1/2-704(c)  POSS CANNABIS 10-30 GRAMS       DOB 03/04/61\n").charges
    assert charge.offense_date.value is None
    assert charge.grams.value is not None


@pytest.mark.parametrize(("day", "sure"), [("03/04/61", False), ("03/04/80", True)])
def test_no_offense_lies_years_before_its_case(day: str, sure: bool) -> None:
    (charge,) = the_record(f" CHARGE  56 1/2-704(c)  POSS CANNABIS 10-30 GRAMS       {day}\n").charges
    assert (charge.offense_date.confidence > 0.7) is sure


BOXES = """\
              COURT DISPOSITION ABSTRACT
 1. NAME (LAST, FIRST, MIDDLE)       2. DATE OF BIRTH    3. SEX
 PEMBERTON, LEROY C                  04/24/59            M
 5. DATE OF ARREST     6. ARRESTING AGENCY     (7) COURT CASE NUMBER
 08/09/99              SHERIFF                 00-CF-1685
"""


def test_a_label_may_stand_behind_the_number_of_its_box() -> None:
    page = a_page(BOXES + " COUNT 1  720 ILCS 550/4(b)  POSS CANNABIS\n")
    (record,) = records_of([page], DocumentKind.CERTIFIED_STATEMENT)
    assert record.defendant is not None
    assert record.defendant.birth_date.value == date(1959, 4, 24)
    assert record.arrest_date.value == date(1999, 8, 9)
    assert (record.docket_number.value, record.arresting_agency.value) == ("00CF1685", "SHERIFF")


VALUES_BELOW = """\

 CHARGE 1
 STATUTE CITATION      OFFENSE                         CLASS
 56.5-704-B            POSS CANNABIS 2.5-10 GRAMS      B
 PLEA                  DISPOSITION / SENTENCE          DISPOSITION DATE
 {plea:<21} {ending:<31} 01/05/80

 CHARGE 2
 STATUTE CITATION      OFFENSE                         CLASS
 38-16A-3(A)           RETAIL THEFT                    A
 PLEA                  DISPOSITION / SENTENCE          DISPOSITION DATE
                       NOLLE PROSEQUI                  01/06/80
"""


@pytest.mark.parametrize(
    ("plea", "ending", "wanted"),
    [("GUILTY", "PROBATION 12 MONTHS", D.GUILTY), ("NOT GUILTY", "SUPERVISION 6 MONTHS", D.SUPERVISION),
     ("NOT GUILTY", "GUILTY", D.GUILTY), ("NOT GUILTY", "NOT GUILTY", D.NOT_GUILTY)],
)  # fmt: skip
def test_a_value_in_the_row_below_its_label_is_of_its_own_count(plea: str, ending: str, wanted: Disposition) -> None:
    record = the_record(VALUES_BELOW.format(plea=plea, ending=ending))
    assert endings(record) == [wanted, D.NOLLE_PROSEQUI]
    pleas = [charge.plea.value.value if charge.plea.value else None for charge in record.charges]
    assert pleas == [plea.lower().replace(" ", "_"), None]
    assert [charge.disposition_date.value for charge in record.charges] == [date(1980, 1, 5), date(1980, 1, 6)]


HEADS_TWICE = """\

 CHARGE                    PLEA
 POSS CANN 56 1/2-704(c)   GUILTY
 FINDING      DATE
 DISMISSED    6-4-89
 CHARGE                    PLEA
 BATTERY 38-12-3           NOT GUILTY
 FINDING      DATE
 GUILTY       6-9-89
"""


def test_rows_of_heads_with_no_gap_between_them_have_values_of_their_own() -> None:
    record = the_record(HEADS_TWICE, DocumentKind.CERTIFIED_STATEMENT)
    assert endings(record) == [D.DISMISSED, D.GUILTY]


UNDER_A_HEAD = """\

 CHARGE                    {head}
 BATTERY 38-12-3           {said}
 POSS CANN 56 1/2-704(c)   {said}
 6-9-89  Guilty
"""


@pytest.mark.parametrize(
    ("head", "said"), [("PLEA", "NOT GUILTY"), ("RECOMMENDATION", "NOLLE PROSEQUI"), ("STATE'S OFFER", "DISMISSED")]
)
def test_what_was_pleaded_or_offered_is_no_ending(head: str, said: str) -> None:
    record = the_record(UNDER_A_HEAD.format(head=head, said=said), DocumentKind.CERTIFIED_STATEMENT)
    assert not any(map(is_freed, record.charges))


TABLES_BELOW = """\

 STATUTE CITATION      OFFENSE                         CLASS
 56.5-704-B            POSS CANNABIS 2.5-10 GRAMS      B
 38-16A-3(A)           RETAIL THEFT                    A
 PLEA                  DISPOSITION / SENTENCE          DISPOSITION DATE
 GUILTY                PROBATION 12 MONTHS             01/05/80
                       NOLLE PROSEQUI                  01/06/80
"""


def test_rows_that_make_a_table_are_no_values_of_one_count() -> None:
    record = the_record(TABLES_BELOW)
    assert len(record.charges) == 2
    assert not any(is_sure(charge) for charge in record.charges)  # which ending is whose, nothing says


STACKED = """\
              MUNICIPAL DEPARTMENT - COURT SHEET
 BRANCH 37          01/26/80        JUDGE KAPLINSKI
 M.C.C. NO.    NAME                  CHARGE                     DISPOSITION
 {number:<13} {birth:<21} COMPLAINANT
 80MC1207117   HENDRICKS, OSCAR A    CH 56 1/2 PAR              Nolle pros
 573106        09/16/42              704(c) POSS CANNABIS
                                     10-30 GRAMS
 80MC1317997   WHITFIELD, DWAYNE D   56 1/2-704(a) POSS CANN    SOL
 106259        02/05/53              LESS THAN 2.5 GRAMS
 80MC1491311   VASQUEZ, HATTIE       95 1/2-6-303 DRIVING ON    Dismissed
 148527        03/12/42              SUSPENDED LICENSE
"""


def test_heads_in_two_rows_name_what_stands_in_two_rows() -> None:
    page = a_page(STACKED.format(number="IR NO.", birth="BIRTH DATE"))
    records = records_of([page], DocumentKind.COURT_SHEET)
    people = [record.defendant for record in records]
    assert [person.birth_date.value for person in people if person] == [
        date(1942, 9, 16), date(1953, 2, 5), date(1942, 3, 12)
    ]  # fmt: skip
    assert [person.ir_number.value for person in people if person] == ["573106", "106259", "148527"]
    assert [endings(record) for record in records] == [[D.NOLLE_PROSEQUI], [D.STRICKEN_OFF_LEAVE], [D.DISMISSED]]


def test_a_charge_that_goes_on_in_the_next_row_is_whole() -> None:
    page = a_page(STACKED.format(number="IR NO.", birth="BIRTH DATE"))
    one, two, _ = (record.charges[0] for record in records_of([page], DocumentKind.COURT_SHEET))
    assert (one.statute.value, two.statute.value) == ("720 ILCS 550/4(c)", "720 ILCS 550/4(a)")
    grams = [charge.grams.value for charge in (one, two)]
    assert [(g.low, g.high) for g in grams if g is not None] == [(10.0, 30.0), (None, 2.5)]


NARROW_BOX = """\
      RECORD OF PROCEEDINGS (HALF SHEET)
      CHARGE(S)                                   DEFENDANT
      {number}720 ILCS 550/4(C) {words:<20}       STALLWORTH, BERNARD
      {more}
      CASE NUMBER: 01MC3281520           BORN: 03/12/1968             ARR: 08/06/2001
      DATE         JUDGE        CLERK ORDER ENTERED
      08/08/2001   CASTELLANO   LK    COMPLAINT FILED
      12/12/2001   WEXLER       LK    NOLLE PROSEQUI
"""


@pytest.mark.parametrize("number", ["1) ", "1. ", ""])
@pytest.mark.parametrize(
    ("words", "more"),
    [("POSSESSION OF", "CANNABIS/10-30 GR"), ("POSS CANNABIS", "10-30 GRAMS"), ("POSS CANNABIS 10-", "30 GRAMS")],
)
def test_a_charge_that_its_row_leaves_open_or_without_its_amount_goes_on_below(
    number: str, words: str, more: str
) -> None:
    text = NARROW_BOX.format(number=number, words=words, more=more)
    (record,) = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    (charge,) = record.charges
    assert charge.grams.value is not None
    assert (charge.grams.value.low, charge.grams.value.high) == (10.0, 30.0)
    assert charge.statute.confidence >= thresholds()["statute"]
    assert is_sure(charge)


@pytest.mark.parametrize("number", ["1) ", ""])
@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("POSS CANNABIS", "BATTERY"),
        ("POSSESSION OF", "BATTERY"),
        ("POSSESSION OF", "COCAINE"),
        ("POSS CANNABIS", "POSS CANNABIS 30-500 GR"),
        ("POSS CANNABIS", "30-500 GRAMS"),
    ],
)
def test_words_below_a_charge_that_are_another_or_belie_it_leave_it_doubtful(
    number: str, words: str, more: str
) -> None:
    text = NARROW_BOX.format(number=number, words=words, more=more)
    (record,) = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    assert len(record.charges) > 1 or record.charges[0].statute.confidence < thresholds()["statute"]


def test_a_day_below_a_name_that_nothing_names_is_no_sure_birth_date() -> None:
    rows = [row for row in STACKED.splitlines() if "COMPLAINANT" not in row]
    page = a_page(
        "\n".join(row[:1] + " " * 13 + row[14:] if row[1:2].isdigit() and "/" in row[:24] else row for row in rows)
    )
    for record in records_of([page], DocumentKind.COURT_SHEET):
        assert record.defendant is not None
        assert record.defendant.birth_date.confidence < thresholds()["birth_date"]


def test_words_with_room_beside_the_charge_above_may_be_another() -> None:
    page = a_page(STACKED.format(number="IR NO.", birth="BIRTH DATE").replace("LESS THAN 2.5 GRAMS", "BATTERY"))
    record = records_of([page], DocumentKind.COURT_SHEET)[1]
    assert len(record.charges) > 1 or record.charges[0].statute.confidence < thresholds()["statute"]


WORDS_FIRST = """\
 CASE NO.      DEFENDANT             CHARGE                     ORDER
 80CM12071     HENDRICKS, OSCAR A    POSS CANNABIS 10-30 GRAMS  05/06/80 CT 1 NOLLE PROSEQUI
                                     720 ILCS 550/4(c)          05/06/80 CT 2 30 DAYS JAIL
                                     POSS CANNABIS 30-500 GRAMS
                                     720 ILCS 550/4(d)
 80CM12072     VASQUEZ, HATTIE       RETAIL THEFT               05/06/80 DISMISSED
                                     720 ILCS 5/16A-3(a)
"""


def test_words_between_two_citations_are_never_put_together_by_room_alone() -> None:
    first, _ = records_of([a_page(WORDS_FIRST)], DocumentKind.LEDGER)
    grams = {charge.statute.value: charge.grams.value for charge in first.charges}
    wanted = {"720 ILCS 550/4(c)": (10.0, 30.0), "720 ILCS 550/4(d)": (30.0, 500.0)}
    assert {cited: (held.low, held.high) for cited, held in grams.items() if held is not None} == wanted


CARD = """\

 CT   STATUTE        OFFENSE         CLASS   PLEA   DISPOSITION              DATE
 1    56.5-704-C     POSS CANNABIS   A       G      SUPERVISION 6 MONTHS     05/10/80
                     10-30 GRAMS                    FINE $50
 2    38-12-3        BATTERY         A              NOLLE PROSEQUI           05/11/80
"""


@pytest.mark.parametrize("kind", [DocumentKind.LEDGER, DocumentKind.COURT_SHEET])
def test_a_card_of_one_case_taken_for_a_table_is_read_and_not_relied_on(kind: DocumentKind) -> None:
    record = the_record(CARD, kind)
    one, two = record.charges
    assert endings(record) == [D.SUPERVISION, D.NOLLE_PROSEQUI]
    assert [one.disposition_date.value, two.disposition_date.value] == [date(1980, 5, 10), date(1980, 5, 11)]
    assert one.plea.is_read
    assert not any(is_freed(charge) or is_sure(charge) for charge in record.charges)


ONE_ENTRY = """\
 No.  81 C 01130          I.R. 190682      BR 50
 PEOPLE VS   Frederick P. Nwosu
 OFFENSE   56 1/2-704(c)    Poss. Cannabis 15.6 gms
 OFFENSE   56 1/2-704 (b)   POC
 OFFENSE   56 1/2-1402(b)   PCS
 DATE       JUDGE      ORDERS
  8-17-81   Ivory      Dismissed all cts
"""
WRAPPED = """\
 Defendant   Van Dyke, Patrick D.        Number   88 MC5 013879 01
 Born   04/29/44   Sex   M   Race   W
 Offense
 1   38-12-3(a)           Batt                 CL A MISD
 2   38-16-1(a)(1)        Theft u/300          CL A MISD
 Date         Orders of Court                                      Judge
 06/13/88     Bail set   P.G. Count 1   Finding of Guilty          Hargrove
              Count 1   Stricken off, leave to reinstate
              Count 2   Supervision 12 months Count 1
 06/20/89     Terminated satis., Disch Count 1                     Gaines
"""


def test_a_single_entry_below_heads_is_an_entry_and_not_the_values_of_a_block() -> None:
    (record,) = records_of([a_page(ONE_ENTRY)], DocumentKind.HALF_SHEET)
    assert [(c.disposition.value, c.disposition_date.value) for c in record.charges] == [
        (D.DISMISSED, date(1981, 8, 17))
    ] * 3


def test_an_entry_that_wraps_before_the_judges_column_keeps_the_counts_of_its_rows() -> None:
    (record,) = records_of([a_page(WRAPPED)], DocumentKind.HALF_SHEET)
    first, second = record.charges
    assert (first.disposition.value, second.disposition.value) == (D.SUPERVISION, D.STRICKEN_OFF_LEAVE)
    assert [(part.kind.value, part.amount) for part in first.sentence.value or ()] == [("supervision", 12)]


def test_a_column_headed_chg_that_holds_numbers_names_the_counts() -> None:
    text = """\
 PEOPLE OF THE STATE OF ILLINOIS
           VS.                              CASE NO. 11MC638649001
 JEROME A FONTENOT
 SEX: M  RACE: B   DOB: 09/08/1966     IR#: 1109170    ARREST DATE: 02/02/2011
                 CERTIFIED STATEMENT OF CONVICTION/DISPOSITION
 CHG  STATUTE                 CL  DESCRIPTION
 001  720-550/5(C)            F4  MFG/DEL CANNABIS/10-30 GRAMS
 002  720-550/4(B)            MB  POSS CANNABIS
 DATE         CHG   DISPOSITION                            JUDGE
 02/25/2011   ALL   PLEA OF NOT GUILTY                     MERRIWEATHER
 05/29/2011   002   STRICKEN OFF-LEAVE TO REINSTATE        MERRIWEATHER
 05/29/2011   001   PLEA OF GUILTY                         MERRIWEATHER
 05/29/2011   001   DEF SENTENCED TO PROBATION 24 MTHS     MERRIWEATHER
"""
    (record,) = records_of([a_page(text)], DocumentKind.CERTIFIED_STATEMENT)
    assert endings(record) == [D.GUILTY, D.STRICKEN_OFF_LEAVE]
    assert all(charge.disposition.confidence > 0.99 for charge in record.charges)


ARRESTED = """\
 CASE NO. 81-MC6-363596     CHARGE  56 1/2 704(b)     IR 1199460
 PEOPLE vs  VERNON J CASEY      BR 36
 DOB 10/27/49   SEX M   ARR 4/16/81   Poss cann
 DATE        JUDGE            ORDERS
 5-18-81     Calloway         {entry}
 6-19-81     "                Nolle Pros
"""


@pytest.mark.parametrize("day", ["4/16/81", "Apr 16, 1981"])
@pytest.mark.parametrize("entry", ["PNG JW", "Arr. PNG JW", "ARR 6-19-81"])
def test_arr_before_a_day_of_the_caption_is_the_arrest_and_in_an_entry_is_not(entry: str, day: str) -> None:
    (record,) = records_of([a_page(ARRESTED.format(entry=entry).replace("4/16/81", day))], DocumentKind.HALF_SHEET)
    assert record.arrest_date.value == date(1981, 4, 16)
    (record,) = records_of([a_page(ARRESTED.format(entry=entry).replace("ARR 4/16/81", ""))], DocumentKind.HALF_SHEET)
    assert record.arrest_date.value is None


@pytest.mark.parametrize(
    ("printed", "number", "sure"),
    [("BA157935", "BA157935", True), ("A-803892", "A803892", True), ("CR 660950", "CR660950", True),
     ("SCR-47718", "SCR47718", True), ("95F01234", "95F01234", True),
     ("C449887", "C449887", False), ("CR0665901", "CR0665901", False), ("ZQ15793", "ZQ15793", False)],
)  # fmt: skip
def test_a_number_as_courts_of_california_print_it_is_known_and_one_of_cook_county_without_its_year_is_not(
    printed: str, number: str, *, sure: bool
) -> None:
    accused = "11357(B) HS POSS MARIJUANA" if sure else "720 ILCS 550/4(C) POSS CANNABIS"
    page = a_page(f"COURT CASE NUMBER: {printed}\nDEFENDANT: CROSBY, EUGENE W      DOB: 03/15/66\n  {accused}\n")
    [record] = records_of([page], DocumentKind.CERTIFIED_STATEMENT)
    assert (record.docket_number.value, record.docket_number.confidence > 0.98) == (number, sure)


@pytest.mark.parametrize("labels", [("Offense:", "Statute:"), ("CHARGE", "STATUTE")])
def test_an_offense_and_a_statute_under_labels_of_their_own_are_one_charge(labels: tuple[str, str]) -> None:
    words, cited = labels
    record = the_record(f"""\
{words} Possession of Cannabis
{cited} 56 1/2-704(d)
04-27-89  NOLLE PROSEQUI
""")
    assert [charge.statute.value for charge in record.charges] == ["720 ILCS 550/4(d)"]


def test_a_statute_that_nothing_labels_is_not_surely_of_the_offense_above_it() -> None:
    record = the_record("""\
CHARGE Possession of Cannabis
       38-16A-3(a) Retail Theft
04-27-89  NOLLE PROSEQUI
""")
    assert record.charges[0].statute.confidence < thresholds()["statute"]


LISTED = """\
CERTIFIED COPY OF DISPOSITION      CASE NO. 84-CR-15605-02
DEFENDANT: TRUJILLO, DOLORES L     DOB: 09/24/42
CT  STATUTE          CL  CHARGE
01  56.5-704-C        A  POSS CANNABIS/10-30 GRAM
02  Ch. 56 1/2 Par. 1402(c)   4  POSS AMT CON SUB
  DATE    CNT  DISPOSITION/ACTIVITY            AMT/TERM    JUDGE
05-05-84       DEFENDANT ARRAIGNED                         OCHOA, MARTIN
08-31-84  {other}   {ending}                         OCHOA, MARTIN
08-31-84  01   PLEA OF GUILTY                              OCHOA, MARTIN
08-31-84  01   SUPERVISION                     18 MTHS     OCHOA, MARTIN
"""


@pytest.mark.parametrize(
    ("other", "ending", "second"),
    [("02", "NOLLE PROSEQUI", Disposition.NOLLE_PROSEQUI), ("02", "PLEA OF GUILTY", Disposition.GUILTY)],
)
def test_heads_of_entries_below_the_charges_are_no_part_of_the_last_one(
    other: str, ending: str, second: Disposition
) -> None:
    [record] = records_of([a_page(LISTED.format(other=other, ending=ending))], DocumentKind.CERTIFIED_STATEMENT)
    told = [(one.grade.value, one.disposition.value) for one in record.charges]
    assert told == [(Grade.MA, Disposition.SUPERVISION), (Grade.F4, second)]
    assert record.charges[0].disposition.confidence > 0.98
    assert second is Disposition.GUILTY or record.charges[1].disposition.confidence > 0.98


OF_EACH = """\
              CRIMINAL DEFENDANT / CHARGE DISPOSITION LISTING
CASE NUMBER: 03-CR-28452-01        DEFENDANT: O'ROURKE, JEROME R
CHARGE 001  STATUTE 720-550/5(B)  TYPE M CLASS A
            MFG/DEL CANNABIS/2.5-10 GRAMS
      DISP DATE  DISPOSITION                     SENTENCE      FINE
      06/20/2003 PLEA OF NOT GUILTY
      01/19/2004 {first}
      01/19/2004 {then}
CHARGE 002  STATUTE 720-550/5(D)  TYPE F CLASS 3
            MFG/DEL CANNABIS/30-500 GRAMS
      DISP DATE  DISPOSITION                     SENTENCE      FINE
      06/20/2003 PLEA OF NOT GUILTY
      01/19/2004 NOLLE PROSEQUI
"""


def test_entries_under_heads_of_their_own_are_of_the_charge_above_them() -> None:
    page = a_page(OF_EACH.format(first="FINDING OF GUILTY", then="SUPERVISION                     12 MOS"))
    [record] = records_of([page], DocumentKind.CERTIFIED_STATEMENT)
    told = [(one.disposition.value, one.disposition.confidence > 0.98) for one in record.charges]
    assert told == [(Disposition.SUPERVISION, True), (Disposition.NOLLE_PROSEQUI, True)]
    assert record.charges[1].sentence.value is None


NUMBERED = """\
CASE NUMBER: 03-CR-28452-01        DEFENDANT: O'ROURKE, JEROME R
CHARGE 001  STATUTE 720-550/5(B)  TYPE M CLASS A
            MFG/DEL CANNABIS/2.5-10 GRAMS
{head}   DISP DATE   DISPOSITION                     SENTENCE      FINE
0001  06/20/2003  PLEA OF NOT GUILTY
0002  01/19/2004  PLEA OF GUILTY
0003  01/19/2004  SUPERVISION                     12 MOS
CHARGE 002  STATUTE 720-550/5(D)  TYPE F CLASS 3
            MFG/DEL CANNABIS/30-500 GRAMS
{head}   DISP DATE   DISPOSITION                     SENTENCE      FINE
0004  06/20/2003  PLEA OF NOT GUILTY
{last}  01/19/2004  NOLLE PROSEQUI
"""


@pytest.mark.parametrize(
    ("head", "last", "sure"), [("SEQ", "0005", True), ("SEQ", "0002", False), ("CNT", "0005", False)]
)
def test_running_numbers_of_entries_are_no_counts(head: str, last: str, *, sure: bool) -> None:
    [record] = records_of([a_page(NUMBERED.format(head=head, last=last))], DocumentKind.CERTIFIED_STATEMENT)
    told = [one.disposition.value for one in record.charges if one.disposition.confidence > 0.98]
    assert (told == [Disposition.SUPERVISION, Disposition.NOLLE_PROSEQUI]) is sure
    assert sure or max(one.statute.confidence for one in record.charges) < 0.9


@pytest.mark.parametrize(
    ("charge", "statute", "charges"),
    [
        ("Retail Theft", "56 1/2-704(d) Possession of Cannabis", 2),
        ("Possession of Cannabis", "38-16A-3(a) Retail Theft", 2),
        ("Possession of Cannabis", "56 1/2-704(d) Poss Cannabis", 1),
    ],
)
def test_a_labelled_statute_that_names_another_offense_is_of_a_charge_of_its_own(
    charge: str, statute: str, charges: int
) -> None:
    record = the_record(f"""\
CHARGE  {charge}
STATUTE {statute}
04-27-89  NOLLE PROSEQUI
""")
    assert len(record.charges) == charges


@pytest.mark.parametrize("other", ["CO-DEFENDANT: JONES, MARY", "CO DEFENDANT: JONES, MARY", "CODEFENDANT JONES, MARY"])
def test_a_codefendant_is_not_the_defendant(other: str) -> None:
    text = f""" PEOPLE OF THE STATE OF ILLINOIS       CASE NO 84-CF-1193
 VS. SMITH, JOHN       DOB 03/04/61
 {other}   DOB 05/06/60
 CT 1  56 1/2-704(d)  POSS CANNABIS 30-500 GRAMS
 06-04-84  NOLLE PROSEQUI
"""
    [record] = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.birth_date.value) == ("SMITH", date(1961, 3, 4))


@pytest.mark.parametrize(
    ("second", "is_sure"), [("JOHN R SMITH", True), ("JOHN R SMYTH", True), ("MARY T JONES", False)]
)
def test_where_two_are_named_as_the_defendant_neither_is_sure(second: str, *, is_sure: bool) -> None:
    text = f""" CIRCUIT COURT       CASE NO 84-CF-1193
 DEFENDANT: JOHN R SMITH
 DEFENDANT: {second}
 COUNT 1: 56 1/2-704(d)  POSS CANNABIS 30-500 GRAMS
 06/04/84  NOLLE PROSEQUI
"""
    [record] = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    assert (record.defendant.surname.confidence > 0.6) is is_sure


@pytest.mark.parametrize("said", ["WAS CHARGED IN THIS COURT WITH THE FOLLOWING:", "HAS BEEN CHARGED HERE AS FOLLOWS:"])
def test_a_sentence_that_opens_with_the_defendant_names_nobody_else(said: str) -> None:
    text = f""" CIRCUIT COURT OF COOK COUNTY
 CASE NO.       90C117390
 DEFENDANT      GUTHRIE, ANTONIO G
 BIRTH DATE     11/08/1965   SEX M
 CERTIFIED STATEMENT OF COURT DISPOSITION
 DEFENDANT {said}
   01  56 1/2-704(d)      POSS CANNABIS 30-500 GRAMS
   10/11/1990  NOLLE PROSEQUI                        C001
"""
    [record] = records_of([a_page(text)], DocumentKind.CERTIFIED_STATEMENT)
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.given.value) == ("GUTHRIE", "ANTONIO")
    assert record.defendant.surname.confidence >= thresholds()["name"]


ENDED_BESIDE_JUDGE = """\
      CIRCUIT COURT OF COOK COUNTY           RECORD OF PROCEEDINGS (HALF SHEET)
      DEFENDANT   O'MALLEY, ROLAND LEE
      1) 720 ILCS 550/4(C) POSS CANNABIS 10-30 GRAMS
      CASE NUMBER: 98C11249201           DATE OF BIRTH: 05-14-1972

      {heads}
      09-18-1998   GOLDBLATT    DR    FINDING OF GUILTY
      09-18-1998   GOLDBLATT    DR    COURT SUPERVISION 6 MONTHS
      01-15-1999   GOLDBLATT    DR    SUPERVISION TERMINATED {how}
"""


@pytest.mark.parametrize(
    "heads",
    ["DATE         JUDGE        CLERK PROCEEDINGS", "DATE         JUDGE              ENTRIES", "DATE         JUDGE"],
)
@pytest.mark.parametrize("how", ["UNSATISFACTORILY", "NOT SATISFACTORILY", "FOR VIOLATION"])
def test_what_stands_right_of_a_judges_name_is_set_aside_under_no_head(heads: str, how: str) -> None:
    (record,) = records_of([a_page(ENDED_BESIDE_JUDGE.format(heads=heads, how=how))], DocumentKind.HALF_SHEET)
    (charge,) = record.charges
    assert charge.termination.value is not Termination.SATISFACTORY or charge.termination.confidence < 0.9
    assert [(part.kind, part.amount) for part in charge.sentence.value or ()] == [(SentenceKind.SUPERVISION, 6)]


BORN = """\
 {county} COUNTY CIRCUIT COURT    COURT DOCKET       NO. 86 CF 2085
 PEOPLE V. {name}   {label} 08/01/49
 CT 1  POSS CANNABIS 10-30 GRAMS    56 1/2-704(c)             CL A MISD
 DATE       CT     ENTRY                                           JUDGE
 01/12/87   1      FNG                                             Torrance
"""


@pytest.mark.parametrize("name", ["RAYMOND VILLALOBOS", "VILLALOBOS, RAYMOND", "RAYMOND B VILLALOBOS"])
@pytest.mark.parametrize("label", ["DOB", "B.D.", "D/O/B", "B/D", "BD"])
def test_a_label_of_birth_is_no_initial_of_a_name(name: str, label: str) -> None:
    page = a_page(BORN.format(county="LAKE", name=name, label=label))
    (record,) = records_of([page], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.given.value) == ("VILLALOBOS", "RAYMOND")
    assert record.defendant.middle.value == ("B" if " B " in name else None)
    assert record.defendant.birth_date.value == date(1949, 8, 1)
    assert record.defendant.birth_date.confidence > 0.99


@pytest.mark.parametrize("said", ["Victim B.D.", "Victim Mary Jones, DOB", "Victim: Mary Jones    DOB", "Mother  DOB:"])
def test_the_birth_of_another_person_is_not_surely_the_defendants(said: str) -> None:
    text = BORN.format(county="LAKE", name="RAYMOND VILLALOBOS", label="   ").replace("08/01/49", f"\n {said} 08/01/49")
    (record,) = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    assert record.defendant.birth_date.confidence < 0.9


@pytest.mark.parametrize("dirt", ["B D", "B X"])
def test_a_name_with_initials_in_two_places_is_not_sure(dirt: str) -> None:
    page = a_page(BORN.format(county="LAKE", name=f"RAYMOND VILLALOBOS {dirt}", label="DOB"))
    (record,) = records_of([page], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    assert record.defendant.surname.confidence < thresholds()["name"]


def test_a_county_beside_versus_is_no_defendant() -> None:
    text = """\
 PEOPLE OF THE STATE OF ILLINOIS                 CASE NO. 95 CM 1385
       VS.                                       ST. CLAIR COUNTY
 DOUGLAS SALDANA                                 DOB 07/06/52
 CHARGE: POSS CANNABIS <2.5 GRAMS, 720 ILCS 550/4(a), CLASS C MISDEMEANOR
 01/08/96     Defendant pleads guilty. Court finds defendant guilty. Fine $100.
"""
    (record,) = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    assert record.defendant.surname.value == "SALDANA"


CERTIFIED = """\
              CERTIFIED STATEMENT OF DISPOSITION
 CASE NUMBER       06CF7683
 DEFENDANT NAME    OSTROWSKI, ANTHONY R
 ARREST DATE       12/20/2006
 COUNT 1
   Statute              720 ILCS 550/5(c)
   Offense              Mfg/Del Cannabis 10-30 Grams
   Final Disposition    GUILTY
   {disposed}

 I, the undersigned Clerk, do hereby certify that the above is a true and correct statement.
 Dated: April 7, 2010
"""


@pytest.mark.parametrize(
    ("disposed", "day"),
    [("Disposed             03/13/2007", date(2007, 3, 13)), ("Date Disposed        03/13/2007", date(2007, 3, 13)),
     ("", None)],
)  # fmt: skip
def test_the_day_of_the_copy_is_not_that_of_the_disposition(disposed: str, day: date | None) -> None:
    (record,) = records_of([a_page(CERTIFIED.format(disposed=disposed))], DocumentKind.CERTIFIED_STATEMENT)
    assert record.charges[0].disposition_date.value == day


ONE = """\
 COUNT 1   POSS OF CANNABIS    56.5-704-C

 DATE         ORDER
 02/18/1980   Arraignment. Bond $1,000.
 05/10/1980   {entry}
"""


@pytest.mark.parametrize(
    ("entry", "freed"),
    [("Motion of defendant to dismiss as to Count 1 allowed.", True),
     ("Motion of defendant to dismiss as to Count 1 denied.", False),
     ("Objection to motion of defendant to dismiss as to Count 1 sustained.", False)],
)  # fmt: skip
def test_a_motion_to_dismiss_a_count_ends_it_where_it_was_allowed(entry: str, freed: bool) -> None:
    assert is_freed(the_record(ONE.format(entry=entry)).charges[0]) is freed


@pytest.mark.parametrize(
    ("entry", "term"),
    [("Supv rev. 30 days CCDOC.", Termination.REVOKED), ("VOS sust. Supv rev.", Termination.REVOKED),
     ("Supv rev hearing set.", None), ("Supv rev. hrg 6-1-81.", None)],
)  # fmt: skip
def test_rev_is_a_revocation_unless_it_is_to_be_heard(entry: str, term: Termination | None) -> None:
    rows = ONE.format(entry="PG. FG. Supv 12 mos.") + f" 11/10/1980   {entry}\n"
    assert the_record(rows).charges[0].termination.value is term


BOXED_DAY = """\
 NAME OF DEFENDANT (LAST, FIRST, MIDDLE)              CASE NUMBER
  TIBBETTS, STANLEY                                    2009-CF-1337
 OFFENSE                                         STATUTE
  POSS OF CANNABIS/30-500 GRAMS                  720-550/4(D)
 CLASS                   PLEA                    DATE OF DISPOSITION
  Class 4 Felony         NOT GUILTY              02/10/2010
 DISPOSITION
  STRICKEN WITH LEAVE TO REINSTATE
"""


@pytest.mark.parametrize(
    ("below", "day", "sure"),
    [("", date(2010, 2, 10), True),
     (" DATE OF DISPOSITION\n  02/10/2010\n", date(2010, 2, 10), True),
     (" DATE OF DISPOSITION\n  02/12/2010\n", None, False)],
)  # fmt: skip
def test_the_day_under_its_label_in_a_box_is_that_of_the_disposition(below: str, day: date | None, sure: bool) -> None:
    (record,) = records_of([a_page(BOXED_DAY + below)], DocumentKind.CERTIFIED_STATEMENT)
    (charge,) = record.charges
    assert charge.disposition.value is Disposition.STRICKEN_OFF_LEAVE
    assert charge.disposition_date.value == day
    assert (charge.disposition_date.confidence > 0.95) is sure


@pytest.mark.parametrize("offense", ["POSS OF CANNABIS 2.5-10 GR", "POSSESSION OF CANNABIS", "UNLAWFUL USE OF WEAPON"])
def test_what_a_person_is_charged_with_is_no_part_of_the_name_before_it(offense: str) -> None:
    (record,) = records_of(
        [a_page(f" CASE NO. 86 CF 2085\n DEFENDANT: GUTHRIE, DENNIS G {offense}\n")], DocumentKind.COURT_SHEET
    )
    told = record.defendant
    assert told is not None
    assert (told.surname.value, told.given.value, told.middle.value) == ("GUTHRIE", "DENNIS", "G")


@pytest.mark.parametrize(
    ("behind", "middle", "sure"), [("              b. 08/01/49", None, True), (" B. 08/01/49", "B", False)]
)
def test_a_small_b_before_a_day_in_a_cell_of_its_own_is_of_birth(behind: str, middle: str | None, sure: bool) -> None:
    rows = f" 80 C 125431      People vs. Yvette Nordstrom{behind}\n   Poss Cannabis, 56 1/2-704(b)\n   6/9/80   NP\n"
    (record,) = records_of([a_page(rows)], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    assert record.defendant.middle.value == middle
    assert (
        record.defendant.birth_date.value == date(1949, 8, 1) and record.defendant.birth_date.confidence > 0.97
    ) is sure


JACKET = """\
 CASE                       PEOPLE OF THE STATE OF ILLINOIS VS.      BIRTH DATE
 96C22989202                {name:41}08/12/59
 JUDGE                      {other:41}ARREST DATE
 Haverkamp                  Tillotson                                06/24/96

 CT   STATUTE         OFFENSE                      PLEA    FINDING   SENTENCE         DATE
 1    720-550/4(D)    POSS CANNABIS 30-500 GRAMS   G       GUILTY    18 MOS PROBATION 01/09/97
"""


@pytest.mark.parametrize("other", ["DEFENSE COUNSEL", "ATTORNEY", "COURT REPORTER"])
@pytest.mark.parametrize("name", ["OYLER,  HARRIET   S", "OYLER  III, HARRIET", ""])
def test_who_judges_or_pleads_is_not_the_defendant_named_below_the_people(name: str, other: str) -> None:
    page = a_page(JACKET.format(name=name, other=other))
    (record,) = records_of([page], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    assert record.defendant.surname.value == ("OYLER" if name else None)
    assert record.defendant.given.value == ("HARRIET" if name else None)


@pytest.mark.parametrize("head", ["ATTORNEY", "COMPLAINANT"])
def test_nobody_is_the_defendant_below_the_head_of_another(head: str) -> None:
    text = f" 96C22989202          {head}\n                      Haverkamp, Walter\n 720-550/4(D)  POSS CANNABIS\n"
    (record,) = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    assert record.defendant is None or record.defendant.surname.value is None


FELONY = """\
 CRIMINAL DIVISION                              GEN. NO. 93 CR 1695801
 THE PEOPLE OF THE STATE OF ILLINOIS      ATTY: RAMSDELL
            vs.
 BERNARD D QUARLES                        D/B:  08-12-57
 INFORMATION FOR:
   COUNT 1   MFG/DEL CANNABIS 30-500 GRAMS      720 ILCS 550/5(d)         F/3
   COUNT 2   POSS CANNABIS 2.5-10 GRAMS         720 ILCS 550/4(b)         M/B

 DATE           PROCEEDINGS
 09-06-93       On motion of the State, the charges are nolle prossed.
"""


def test_a_stroke_in_a_class_or_in_the_label_of_birth_is_no_doubt() -> None:
    (record,) = records_of([a_page(FELONY)], DocumentKind.HALF_SHEET)
    assert [charge.grade.value for charge in record.charges] == [Grade.F3, Grade.MB]
    assert record.defendant is not None
    assert record.defendant.birth_date.value == date(1957, 8, 12)
    assert record.defendant.birth_date.confidence > 0.99


def test_a_sign_before_an_amount_stays_with_it_in_the_heading_of_a_count() -> None:
    text = """\
 DEFENDANT NAME:    HOLLINS, GLORIA M          CASE NUMBER: 94 MC5 276554
 CHARGE 01      POSS CANNABIS < 2.5 GRAMS
    STATUTE:      720-550/4(A)                 CLASS:  M C
    DISPOSITION:  COURT SUPERVISION            DATE:   09/26/1994
 CHARGE 02      POSS CANNABIS/2.5-10 GRAMS
    STATUTE:      720/550-4(b)                 CLASS:  M B
    DISPOSITION:  NOLLE PROSEQUI               DATE:   09/26/1994
"""
    (record,) = records_of([a_page(text)], DocumentKind.CERTIFIED_STATEMENT)
    assert [charge.grams.value for charge in record.charges] == [Grams(None, 2.5), Grams(2.5, 10.0)]
