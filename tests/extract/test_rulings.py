"""Orders in paragraphs: charges and rulings told in sentences, under the one day of the order or days of their own."""
# ruff: noqa: E501 - sentences are easier to check in one piece

from __future__ import annotations

from datetime import date

import pytest
from freed import is_freed
from typed_grid import a_page
from typed_papers import ORDER_FOOT, ORDER_HEAD

from casefile.docket import Disposition, DocketRecord, DocumentKind, Termination
from extract.amounts import grams_in
from extract.documents import documents_in
from extract.records import records_of

DAY = date(1989, 8, 21)
SURE = 0.95


def the_record(body: str, foot: str = ORDER_FOOT) -> DocketRecord:
    page = a_page(ORDER_HEAD.format(title="ORDER") + body + foot)
    (document,) = documents_in([page])
    (record,) = records_of([page], document.kind)
    return record


TWO_CHARGED = """\
    The defendant stands charged with (1) criminal damage to property,
Ch. 38, Par. 21-1; (2) delivery of cannabis, Section 705(b) of Chapter
56 1/2 of the Illinois Revised Statutes.

"""


@pytest.mark.parametrize(
    ("ruling", "ending"),
    [
        ("After hearing evidence there is a finding of no probable cause as to\nall counts and the defendant is ordered released.", Disposition.NO_PROBABLE_CAUSE),
        ("On motion of the State's Attorney, the People not being ready for\ntrial, the cause is stricken from the call with leave to reinstate.", Disposition.STRICKEN_OFF_LEAVE),
        ("Now come the People by their State's Attorney and say that they will\nno further prosecute on each count; leave is given and a nolle prosequi\nis entered.", Disposition.NOLLE_PROSEQUI),
        ("It is ordered that the complaint be and the same is hereby dismissed\nas to all counts.", Disposition.DISMISSED),
        ("The death of the defendant being suggested of record, the cause is\nabated.", Disposition.ABATED),
    ],
)  # fmt: skip
def test_an_order_ends_every_charge_its_first_sentence_names(ruling: str, ending: Disposition) -> None:
    charges = the_record(f"{TWO_CHARGED}    {ruling}").charges
    assert [c.statute.value for c in charges] == ["720 ILCS 5/21-1", "720 ILCS 550/5(b)"]
    assert {c.disposition.value for c in charges} == {ending}
    assert {c.disposition_date.value for c in charges} == {DAY}


JUDGMENT = """\
    This cause coming on to be heard this 21st day of August, A.D.
1989, the defendant having entered a plea of guilty to the offense of
battery, in violation of Chapter 38, Section 12-3, as charged in
Count Three of the Information,

    and the defendant persisting in said plea, the Court finds the
defendant guilty in manner and form as charged and enters judgment on
the finding.

    It is therefore ordered and adjudged that the defendant pay a fine
of $500 and the costs of this proceeding.

    On motion of the State's Attorney, a nolle prosequi is entered as
to Count I, possession of cannabis (Ch. 56 1/2, Sec. 704(d)).

    Count II, charging delivery of cannabis in violation of Section
705(b) of Chapter 56 1/2 of the Illinois Revised Statutes, is
dismissed on motion of the People."""


def test_each_count_ends_as_its_own_sentence_says() -> None:
    told = [(c.count, c.statute.value, c.disposition.value) for c in the_record(JUDGMENT).charges]
    assert told == [
        (1, "720 ILCS 550/4(d)", Disposition.NOLLE_PROSEQUI),
        (2, "720 ILCS 550/5(b)", Disposition.DISMISSED),
        (3, "720 ILCS 5/12-3", Disposition.GUILTY),
    ]


VERDICTS = """\
    The jury returns into open court its verdicts, to wit: "We, the
jury, find the defendant BERNARD HOLLOMAN {first} of possession of
cannabis, Ch. 56 1/2, Par. 704(d)" and "We, the jury, find the
defendant {second} of battery, Ch. 38, Par. 12-3."

    Judgment is entered on the verdicts. The defendant is sentenced to
90 days in the County Jail and is discharged as to the offense of
which he was acquitted."""


@pytest.mark.parametrize("first", ["guilty", "not guilty"])
def test_a_verdict_belongs_to_the_offense_named_behind_it(first: str) -> None:
    second = {"guilty": "not guilty", "not guilty": "guilty"}[first]
    ended = [c.disposition.value for c in the_record(VERDICTS.format(first=first, second=second)).charges]
    assert ended == [Disposition(first.replace(" ", "_")), Disposition(second.replace(" ", "_"))]


ENDED_LATER = """\
    This cause coming on for termination, the defendant having on May 2,
1988 pleaded guilty to possession of cannabis, Ch. 56 1/2, Par. 704(c),
and having been placed on supervision for 12 months, and the Court
being fully advised in the premises,

    IT IS ORDERED that {ruling}"""


@pytest.mark.parametrize(
    ("ruling", "ended"),
    [
        ("the defendant's supervision be and is hereby\nterminated satisfactorily and the defendant is discharged.", Termination.SATISFACTORY),
        ("supervision is terminated and the defendant discharged\nand the proceedings dismissed.", Termination.SATISFACTORY),
        ("the supervision heretofore granted be and is hereby\nrevoked, the defendant is adjudged guilty and fined $250.", Termination.REVOKED),
    ],
)  # fmt: skip
def test_what_was_ordered_before_keeps_its_day(ruling: str, ended: Termination) -> None:
    (charge,) = the_record(ENDED_LATER.format(ruling=ruling)).charges
    assert (charge.disposition.value, charge.disposition_date.value) == (Disposition.SUPERVISION, date(1988, 5, 2))
    assert charge.termination.value is ended


PROBATION = """\
    The defendant having pleaded guilty to the offenses of delivery of
cannabis, Ch. 56 1/2, Par. 705(d) and possession of cannabis, Section
704(c) of Chapter 56 1/2, and not having been previously convicted of
any offense under this or any other law, the Court, without entering a
judgment of guilt, ORDERS that the defendant be placed on probation for
24 months commencing August 21, 1989 and terminating August 20, 1991
under Section 10 of the Cannabis Control Act, subject to conditions.

Upon violation of a term or condition of probation, the Court may enter
a judgment on its original finding of guilt. Upon fulfillment of the
terms and conditions of probation, the Court shall discharge the person
and dismiss the proceedings against him. {warning}"""


@pytest.mark.parametrize(
    "warning",
    ["", "Violation of any condition may\nresult in revocation of probation.", "If the defendant violates any\ncondition, probation may be revoked."],
)  # fmt: skip
def test_what_an_order_of_probation_warns_of_has_not_happened(warning: str) -> None:
    charges = the_record(PROBATION.format(warning=warning)).charges
    assert [c.statute.value for c in charges] == ["720 ILCS 550/5(d)", "720 ILCS 550/4(c)"]
    assert {c.disposition.value for c in charges} == {Disposition.FIRST_OFFENDER_PROBATION}
    assert {c.termination.value for c in charges} == {None}


@pytest.mark.parametrize(
    "ruling",
    [
        "The defendant prays that a nolle prosequi be entered as to all counts.",
        "The motion of the defendant that the cause be dismissed is denied.",
        "The Court will consider whether the cause should be dismissed.",
        "The State asks that the cause be stricken with leave to reinstate.",
        "The nolle prosequi entered as to all counts was entered in error.",
        "The witness for the State was dismissed, and the cause is continued.",
        "As to the codefendant a nolle prosequi is entered.",
    ],
)
def test_what_is_asked_denied_or_anothers_frees_nobody(ruling: str) -> None:
    for charge in the_record(f"{TWO_CHARGED}    {ruling}").charges:
        assert charge.disposition.value in (None, Disposition.PENDING, Disposition.OTHER) or (
            charge.disposition.confidence < SURE
        )


def test_two_days_of_one_order_are_a_doubt() -> None:
    body = f"{TWO_CHARGED}    This cause coming on to be heard this 20th day of August, 1989, the\ncause is dismissed as to all counts."
    for charge in the_record(body).charges:
        assert charge.disposition_date.value is None or charge.disposition_date.confidence < SURE


@pytest.mark.parametrize("words", ["The complaint is amended to charge", "The People move to reduce the charge to"])
def test_a_change_of_charge_is_left_to_others(words: str) -> None:
    body = f"    The defendant is charged with delivery of cannabis, Ch. 56 1/2, Par.\n705(d). {words} possession of\ncannabis, Ch. 56 1/2, Par. 704(a). The defendant is found guilty of the\ncharge."
    for charge in the_record(body).charges:
        assert charge.statute.value != "720 ILCS 550/5(d)" or charge.statute.confidence < SURE


MINUTES = """\
              SUPERIOR COURT OF CALIFORNIA, COUNTY OF FRESNO
                            MINUTE ORDER

PEOPLE VS HOLLOMAN, BERNARD                 CASE NUMBER: KA207253

DATE: 08/21/1989   DEPT 8

COUNT 01: 11357(c) HS MISD
COUNT 02: 11377(a) HS FEL

Defendant pleads {plea} to count 1. Court accepts plea and finds
defendant guilty. Pay fine of $100. Remaining counts dismissed in the
interest of justice pursuant to section 1385 Penal Code.
"""


@pytest.mark.parametrize("plea", ["guilty", "nolo contendere", "no contest"])
def test_minutes_end_the_counts_listed_above_them(plea: str) -> None:
    page = a_page(MINUTES.format(plea=plea))
    (document,) = documents_in([page])
    (record,) = records_of([page], document.kind)
    told = [(c.statute.value, c.disposition.value, c.disposition_date.value) for c in record.charges]
    assert told == [("HS 11357(c)", Disposition.GUILTY, DAY), ("HS 11377(a)", Disposition.DISMISSED, DAY)]


def test_an_entry_below_an_order_goes_on_in_its_next_row() -> None:
    foot = (
        ORDER_FOOT + "\n09/02/91  Probation terminated unsatisfactorily on violation;\n          probation revoked.\n"
    )
    for charge in the_record(PROBATION.format(warning=""), foot).charges:
        assert charge.disposition_date.value in (DAY, None)
        assert charge.termination.value is not Termination.SATISFACTORY


def test_is_charged_is_not_discharged() -> None:
    body = "    The defendant is charged in this cause with possession of cannabis,\nCh. 56 1/2, Par. 704(c), and the same is set for trial."
    (record,) = records_of([a_page(ORDER_HEAD.format(title="ORDER") + body + ORDER_FOOT)], DocumentKind.HALF_SHEET)
    assert all(c.termination.value is None for c in record.charges)


CERTIFIED = """\
                     CLERK OF THE CIRCUIT COURT
                       Macon County, Illinois

    {opening}
Unlawful Possession Of Cannabis, Ch. 56 1/2, Par. 704(c). The charge was
dismissed on August 21, 1989.

                          ______________________
                          Clerk of the Circuit Court
"""


@pytest.mark.parametrize(
    "opening",
    [
        "This is to certify that BERNARD HOLLOMAN, born April 12, 1960, in\nCase No. 89-CF-1193 was charged with",
        "I, Ruth Bellamy, Clerk of the Circuit Court of Macon County, do\nhereby certify that the records of this office show, in cause number\n89-CF-1193, People vs. BERNARD HOLLOMAN, that the defendant was\ncharged with",
    ],
)  # fmt: skip
def test_a_certificate_speaks_of_the_defendant_and_not_of_its_clerk(opening: str) -> None:
    (record,) = records_of([a_page(CERTIFIED.format(opening=opening))], DocumentKind.CERTIFIED_STATEMENT)
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.given.value) == ("HOLLOMAN", "BERNARD")
    assert record.docket_number.value == "89CF1193"
    assert [c.disposition.value for c in record.charges] == [Disposition.DISMISSED]


INDICTED = """\
STATE OF ILLINOIS   )                       CASE NO. 86 CR 00928
COUNTY OF COOK      )

The Grand Jurors chosen, selected and sworn, in the name of the People
of the State of Illinois, present that on or about June 21, 1986
                    at and within said County
                       TIMOTHY M. ARDEN
committed the offense of DELIVERY OF CANNABIS in that he knowingly
delivered to another more than 10 grams but not more than 30 grams of
cannabis, in violation of Ch. 56 1/2, Par. 705(c).

                         A TRUE BILL
"""


def test_an_indictment_names_whom_it_accuses_and_what_was_delivered() -> None:
    (record,) = records_of([a_page(INDICTED)], DocumentKind.COMPLAINT)
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.given.value) == ("ARDEN", "TIMOTHY")
    assert [c.grams.value for c in record.charges] == [grams_in("10-30 GRAMS")]


BY_PARAGRAPHS = """\
 In the Circuit Court of the Judicial Circuit, Winnebago County, Illinois

People of the State of Illinois v. Andre R Duggins      Case No. 89 CM 1479

Defendant's date of birth: 05/05/1963      Sex: M

                         JUDGMENT AND SENTENCE

Now on this date, July 21, 1989, the defendant appears with counsel for
sentencing. The Court enters judgment as follows:

Count 1: Driving While License Revoked, Class A Misdemeanor, 625 ILCS
5/6-303(a), offense date 04/05/1989.{first}

Count 2: Unlawful Possession of Cannabis, Class C Misdemeanor, 720 ILCS 550/4(a), offense date
04/05/1989.{second}

All costs of the proceeding are assessed against the defendant. So ordered.

                                             Circuit Judge
"""
SENTENCED = " Plea of guilty accepted. The defendant is found\nguilty and is sentenced to 20 days county jail."


def by_paragraphs(first: str, second: str) -> DocketRecord:
    page = a_page(BY_PARAGRAPHS.format(first=first, second=second))
    (document,) = documents_in([page])
    (record,) = records_of([page], document.kind)
    return record


@pytest.mark.parametrize("parted", [" ", "\n"])
def test_what_is_ruled_in_the_paragraph_of_a_count_is_of_that_count(parted: str) -> None:
    first, second = by_paragraphs(f"{parted}Nolle prosequi on motion of the State.", SENTENCED).charges
    endings = [(c.disposition.value, c.disposition.confidence > SURE) for c in (first, second)]
    assert endings == [(Disposition.NOLLE_PROSEQUI, True), (Disposition.GUILTY, True)]
    assert {c.disposition_date.value for c in (first, second)} == {date(1989, 7, 21)}
    assert {c.offense_date.value for c in (first, second)} == {date(1989, 4, 5)}
    assert first.sentence.is_silent
    assert [(part.kind.value, part.amount) for part in second.sentence.value or ()] == [("jail", 20)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", "\nThe defendant is found not guilty."),  # of which count?
        ("", "\n\nThe defendant is found not guilty."),
        (SENTENCED, " Nolle prosequi on the other count."),
        (SENTENCED, " The remaining charges are dismissed."),
        (SENTENCED, " The case is dismissed."),
        (SENTENCED, " Nolle prosequi. Count 1 is vacated."),
        (SENTENCED, " The State will nolle prosequi upon sentencing."),
    ],
)
def test_a_paragraph_that_may_speak_of_other_counts_frees_nobody(first: str, second: str) -> None:
    assert not any(map(is_freed, by_paragraphs(first, second).charges))


def test_days_of_offense_that_begin_rows_head_no_entries() -> None:
    third = "Count 3: Battery, Class A Misdemeanor, 720 ILCS 5/12-3(a), offense date"
    said = f" Nolle prosequi on motion of the State.\n\n{third}\n04/05/1989. Dismissed on motion of the State."
    charges = by_paragraphs(SENTENCED, said).charges
    assert [c.disposition.value for c in charges] == [
        Disposition.GUILTY,
        Disposition.NOLLE_PROSEQUI,
        Disposition.DISMISSED,
    ]
    assert {c.disposition_date.value for c in charges} == {date(1989, 7, 21)}


LED_TO = """\
             STATE OF ILLINOIS - IN THE CIRCUIT COURT
 PEOPLE,                                    )
       vs.                                  )   No. 2004-CF-144
 REGINALD T IWANSKI,                        )   Born 11/13/64
              Defendant.                    )
                          JUDGMENT AND SENTENCE
 Defendant appears with counsel. The Court, being fully advised, ORDERS:
 1. MFG/DEL CANN 30-500 GR, Class 3 Felony, 720 ILCS 550/5-d, {led}
     {day}: Upon his plea of guilty defendant is found guilty and
     judgment is entered. Sentence: 30 months probation.
 ENTERED this date: February 9, 2004
                                            PETTIBONE, Circuit Judge
"""


@pytest.mark.parametrize(
    ("led", "day"),
    [("committed", "January 5, 2004"), ("committed on", "1-5-04"), ("on or about", "01/05/2004")],
)
def test_a_day_that_the_row_above_leads_to_is_surely_nobodys_judgment(led: str, day: str) -> None:
    (record,) = records_of([a_page(LED_TO.format(led=led, day=day))], DocumentKind.SENTENCING_ORDER)
    (charge,) = record.charges
    assert charge.disposition_date.value != date(2004, 1, 5) or charge.disposition_date.confidence < 0.9
    assert charge.offense_date.value == date(2004, 1, 5) or charge.offense_date.confidence < 0.9
