"""Running text: what is charged and what was done on which day, sentence by sentence."""
# ruff: noqa: E501 - sentences are easier to check in one piece

from __future__ import annotations

from datetime import date

import pytest
from freed import is_freed
from typed_grid import a_page

from casefile.docket import Disposition, DocketRecord, DocumentKind, Grade, Termination
from extract.dates import dates_in
from extract.dispositions import says_what_became, wordings_in
from extract.entries import refs_for
from extract.names import may_be_misread, name_in
from extract.records import records_of
from extract.statutes import statute_in
from extract.undone import is_turned

PROSE = """\
 Criminal Court of Cook County
 Record of Disposition - Certified Copy
 People of Illinois
        vs.                              CASE: 82 C1 00940 01
 Pablo M. Johnson

 It appears from the records in my office that Pablo M. Johnson (date of
 birth the 19th day of June, 1948), arrested 12/17/82 by MAYWOOD PD, was
 charged under docket number 82 C1 00940 01 as follows.
 COUNT 1. that the defendant did, on December 17, 1982, commit the offense
 of POSSESS CANNABIS/2.5-10 GRAMS, in violation of 56 1/2 704(b).
 COUNT 2. that the defendant did, on December 17, 1982, commit the offense
 of BATTERY, in violation of 38 12-3(a).
{days}
 Given Under MY Hand and Seal
"""
THAT_ON = """\
 That on January 10, 1983 the defendant was arraigned, the defendant
 entered a plea of not guilty and the case was continued.
 That on March 14, 1983 the State's Attorney moved to nolle pros, motion
 granted as to all counts."""
THEREAFTER = """\
 Thereafter, on the 10th day of January, 1983, bail was set by the court
 and the Public Defender filed an appearance. Thereafter, on the 14th day
 of March, 1983, the State's Attorney moved to nolle pros, motion granted
 as to all counts."""
ON_A_DAY = """\
 On January 10th, 1983 the Public Defender filed an appearance and the
 case was continued.
 On March 14th, 1983 the State's Attorney moved to nolle pros, motion
 granted as to all counts."""
DAY_FIRST = """\
 January 10, 1983: the case was continued by agreement. March 14, 1983:
 the State's Attorney moved to nolle pros, motion granted as to all
 counts."""


def the_record(text: str, kind: DocumentKind = DocumentKind.CERTIFIED_STATEMENT) -> DocketRecord:
    (record,) = records_of([a_page(text)], kind)
    return record


@pytest.mark.parametrize("days", [THAT_ON, THEREAFTER, ON_A_DAY, DAY_FIRST])
def test_days_told_in_sentences_end_the_counts_they_end(days: str) -> None:
    record = the_record(PROSE.format(days=days))
    first, second = record.charges
    assert [first.statute.value, second.statute.value] == ["720 ILCS 550/4(b)", "720 ILCS 5/12-3(a)"]
    assert record.defendant is not None
    assert record.defendant.birth_date.value == date(1948, 6, 19)
    assert record.arrest_date.value == date(1982, 12, 17)
    for charge in record.charges:
        assert charge.offense_date.value == date(1982, 12, 17)
        assert (charge.disposition.value, charge.disposition_date.value) == (
            Disposition.NOLLE_PROSEQUI,
            date(1983, 3, 14),
        )
        assert charge.disposition.confidence > 0.95


def test_a_day_on_which_somebody_filed_an_appearance_is_told_with_what_else_was_done_on_it() -> None:
    day = """\
 On April 28th, 1983 bond was set, the Public Defender filed an
 appearance, the accused pled guilty in open court, the defendant was
 adjudged guilty by the Court and the defendant was fined $25."""
    record = the_record(PROSE.format(days=day))
    assert {charge.disposition.value for charge in record.charges} == {Disposition.GUILTY}
    assert {charge.disposition_date.value for charge in record.charges} == {date(1983, 4, 28)}


def test_entries_close_below_sentences_keep_their_days() -> None:
    days = """\
 1/10/83 DEFENDANT WAS ARRAIGNED AND THE CASE CONTINUED
 3/14/83 PLEA OF GUILTY AND FINDING OF GUILTY COUNT 1 COUNT 2
 9/20/83 PROBATION TERMINATED SATISFACTORILY AS TO ALL COUNTS"""
    record = the_record(PROSE.format(days=days))
    assert {charge.disposition_date.value for charge in record.charges} <= {date(1983, 3, 14), None}


def test_a_petition_in_a_sentence_is_no_ending() -> None:
    days = THAT_ON.replace("moved to nolle pros, motion\n granted as", "prays that leave be given to nolle pros as")
    record = the_record(PROSE.format(days=days))
    assert all(
        c.disposition.value is not Disposition.NOLLE_PROSEQUI or c.disposition.confidence < 0.8 for c in record.charges
    )


OVER = """\
 CERTIFIED STATEMENT OF CONVICTION / DISPOSITION
 {over}          84-C2-27981-01
 DEFENDANT'S NAME          CASE NUMBER
 B/D: 12-10-44       SID NO.: 45448047
 COUNT 1: 56.5 705(C)
 POSS.CANN.W/INTENT F4
 HISTORY OF THE CASE
 05-15-84   COUNT 1  STRICKEN W/LV TO REINSTATE
 DORSEY, EUGENE E
"""


def test_a_name_over_its_label_is_the_defendants() -> None:
    record = the_record(OVER.format(over="NADINE PACHECO"))
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.given.value) == ("PACHECO", "NADINE")
    assert record.defendant.surname.confidence > 0.95


def test_what_is_said_of_the_defendant_names_nobody() -> None:
    text = OVER.format(over="NADINE PACHECO").replace(
        "HISTORY OF THE CASE", "THE COURT SENTENCES THE DEFENDANT:\n PLEA ACCEPTED"
    )
    record = the_record(text)
    assert record.defendant is not None
    assert record.defendant.surname.value == "PACHECO"


@pytest.mark.parametrize(
    ("typed", "surname", "given"),
    [
        ("LORRAINE DE LEON", "DE LEON", "LORRAINE"),
        ("VAN HOUTEN MARIA", "VAN HOUTEN", "MARIA"),
        ("JEFFERSON DE ANDRE", "JEFFERSON", "DE ANDRE"),
        ("DE SHAWN WILLIAMS", "WILLIAMS", "DE SHAWN"),
        ("MARIA DE LA CRUZ", "DE LA CRUZ", "MARIA"),
        ("JAMES MC DONALD", "MC DONALD", "JAMES"),
        ("WILLIAMS LA TOYA", "WILLIAMS", "LA TOYA"),
    ],
)
def test_particles_belong_to_the_word_behind_them(typed: str, surname: str, given: str) -> None:
    found = name_in(typed)
    assert found is not None
    assert (found.surname, found.given, found.ordered) == (surname, given, "list")


@pytest.mark.parametrize(
    ("given", "doubted"), [("LANONT", True), ("JANES", True), ("XQZ", True), ("BARTHOLOMEW", False)]
)
def test_a_given_name_is_doubted_where_another_is_a_letter_away(given: str, doubted: bool) -> None:
    assert may_be_misread(given) is doubted


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("Section 21-1(a) of Chapter 38", "720 ILCS 5/21-1(a)"),
        ("Section 5(c) of Act 550 of Chapter 720", "720 ILCS 550/5(c)"),
        ("Paragraph 704(b) of Chapter 56 1/2", "720 ILCS 550/4(b)"),
        ("Section 9 of Chapter 720", None),
    ],
)
def test_a_section_before_its_chapter(typed: str, canonical: str | None) -> None:
    found = statute_in(typed)
    assert (found.canonical if found is not None else None) == canonical


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Feb 26 186 Fine of $200", [date(1986, 2, 26)]),
        ("On the 17th day of Harch, 1981, the", [date(1981, 3, 17)]),
        ("on the 5th day of Jule, 1980", []),  # June or July
        ("Jan 24 190 Ill. Dept.", []),  # '90, or a figure of 1990 to 1960 was lost
        ("JUL 3 180 DAYS", []),
        ("JAN 4 150.00", []),
    ],
)
def test_days_of_which_a_mark_or_a_letter_was_misread(typed: str, days: list[date]) -> None:
    found = dates_in(typed)
    assert [one.value for one in found] == days
    assert not any(one.exact for one in found)


GRID = """\
 PEOPLE OF THE STATE OF ILLINOIS
      VS.               CASE NO.: 88 C1 12345
 THOMPSON, CHRISTOPHER
 DOB: 08/10/1952

 CNT   CRIME          STATUTE CITED        ADJUDICATION     PUNTSHMENT      DT OF DISPO
 001   RET THEFT      CH. 38 PAR.          FOUND GUILTY     FINE OF $75     11/14/1988
                      16A-3(A)
 002   RESISTING      CH. 38 PAR. 31-1(A)  FOUND GUILTY     FINE OF $75     11/14/1988
"""


def test_a_citation_goes_on_in_its_cell() -> None:
    record = the_record(GRID)
    assert [charge.statute.value for charge in record.charges] == ["720 ILCS 5/16A-3(a)", "720 ILCS 5/31-1(a)"]
    assert {charge.disposition.value for charge in record.charges} == {Disposition.GUILTY}


def test_a_whole_citation_below_another_is_not_its_end() -> None:
    record = the_record(
        GRID.replace("CH. 38 PAR.  ", "38 21-2      ").replace(
            "                      16A-3(A)", "       BATTERY        38 12-3(A)           NOLLE PROS"
        )
    )
    assert (
        all(charge.statute.confidence < 0.95 or charge.statute.value != "720 ILCS 5/21-2" for charge in record.charges)
        or len(record.charges) == 3
    )


ORDER = """\
 MUNICIPAL DEPARTMENT, COOK COUNTY
 DEF KESSLER, TYRONE JR.              CAUSE NO. 84-MC1-025267-01
 {title}
 DOB:10/24/58    ARRESTING AGENCY:MAYWOOD PD    DATE FILED:03/16/84
 THIS ORDER ENTERED 05/07/84
 CT 1: POSS CANNABIS 4.3 GRAMS     MB
 56.5 704(B)     OCCURRED: 03/05/84
 THE COURT FINDS AND ORDERS:
 FINDING: GUILTY
 JUDGMENT ON FINDING
 SENTENCED {sentence}
 12 MONTHS
 JUDGE PEREZ, GREGORY G
"""


def test_a_charge_of_two_rows_keeps_its_citation_and_its_class() -> None:
    (charge,) = the_record(
        ORDER.format(title="ORDER", sentence="CONDITIONAL DISCHARGE"), DocumentKind.SENTENCING_ORDER
    ).charges
    assert (charge.statute.value, charge.grade.value, charge.offense_date.value) == (
        "720 ILCS 550/4(b)",
        Grade.MB,
        date(1984, 3, 5),
    )
    assert charge.statute.confidence > 0.95


@pytest.mark.parametrize(("sentence", "doubted"), [("PROBATION", False), ("CONDITIONAL DISCHARGE", True)])
def test_a_title_that_names_another_sentence_is_a_doubt(sentence: str, doubted: bool) -> None:
    (charge,) = the_record(
        ORDER.format(title="ORDER OF PROBATION", sentence=sentence), DocumentKind.SENTENCING_ORDER
    ).charges
    assert (charge.sentence.confidence < 0.9) is doubted


def test_first_offenders_named_beside_a_charge_are_no_plain_conviction() -> None:
    text = """\
 People of Illinois  )
     vs.             )   Case ID: 03MC143273201
 Hill, Patrick G.    )
 CHG NO  CITATION             NATURE OF OFFENSE    HOW DISPOSED            JUDGMENT DT
         720 ILCS 550/4-C     Poss Cann 10-30 g    Plea guilty, Sec. 710   12 Dec 03
                                                   probation, 18 mos
 2       720-5.0/24-1-A-4     UUW                  N/P                     12 Dec 03
"""
    record = the_record(text, DocumentKind.HALF_SHEET)
    for charge in record.charges:
        assert charge.disposition.value is not Disposition.GUILTY or charge.disposition.confidence < 0.95


ONE_CHARGE = """\
 PEOPLE OF THE STATE OF ILLINOIS  VS.  OKAFOR, MICHAEL
 CASE NO. 82 C1 12345
 DATE OF OFFENSE 02/01/82
 DATE OF ARREST 02/01/82

 The defendant, born on June 30, 1960, was charged in the said court for the offense
 of possession of cannabis 20 grams in violation of Chapter 56 1/2 Section 704(c) in case number 82 C1 12345.

{days}
"""
FREE = {Disposition.DISMISSED, Disposition.NOT_GUILTY, Disposition.NOLLE_PROSEQUI, Disposition.STRICKEN_OFF_LEAVE}


@pytest.mark.parametrize(
    "days",
    [
        " On March 4, 1983 the witness for the People was in the court and was dismissed by the court.",
        " On March 4, 1983 the cause was called and the jury was in the court. The charge was not\n at that day dismissed by the State.",
        " On March 4, 1983 and it was the plea of the attorney\n that the said charge be dismissed by the court.",
        " On March 4, 1983 the State was in the court and was of a mind that the charge should be\n nolle prosequi in the event of the death of the man.",
        " It was the motion of the defendant that on March 4, 1983 the said charge\n be dismissed by the court.",
        " In a cause of the State in the court of Lake County, on March 4, 1983 the charge was\n dismissed by the State.",
        " On March 4, 1983 the charge was in the said court dismissed by the State as to all of the\n men but the said defendant.",
        " On March 4, 1983 the said charge was in this court dismissed. On\n April 9, 1983 the order of that day was of no force by an order of the court.",
        " On March 4, 1983 the said charge was in this court dismissed. The said order was on\n April 9, 1983 annulled.",
        " On March 4, 1983 the said charge was in this court dismissed. And on\n April 9, 1983 the cause was put on the trial call of the said court.",
        " On March 4, 1983 the defendant was in the court for a trial and on\n May 4, 1983 the jury was not of one mind and was by the court dismissed.",
        " On March 4, 1983 the said charge was by the court dismissed, and the said order was",
    ],
)
def test_sentences_that_hold_the_words_of_an_ending_free_nobody(days: str) -> None:
    (charge,) = the_record(ONE_CHARGE.format(days=days)).charges
    assert charge.disposition.value not in FREE or charge.disposition.confidence <= 0.9


@pytest.mark.parametrize("last", ["and", "of", "by", "in"])
def test_a_count_headed_below_an_open_sentence_stays_a_count(last: str) -> None:
    head = ONE_CHARGE.format(days="").split(" The defendant")[0]
    text = f"""{head}
 The defendant, born on June 30, 1960, was in case number 82 C1 12345 charged in the said court as of the counts herein.
 Count 1. The offense of possession of cannabis 20 grams in violation of Chapter 56 1/2 Section 704(c) {last}
 Count 2. The offense of delivery of cannabis.

 On March 4, 1983 the said defendant was found not guilty by the court in the said cause.
"""
    record = the_record(text)
    assert len(record.charges) == 2 or record.charges[0].disposition.confidence <= 0.9


def test_a_second_ending_in_the_row_below_is_another_counts() -> None:
    text = """\
 PEOPLE OF THE STATE OF ILLINOIS
      VS.               CASE NO.: 82 C1 12345
 OKAFOR, MIKE
 DOB: 06/30/1960         DATE OF OFFENSE 02/01/82

 CNT   STATUTE          OFFENSE                 PLEA         FINDING      DISP DATE
 1     720 ILCS         POSS CANNABIS 20 GRAMS  GUILTY       GUILTY       03/04/1983
       550/4(C)         POSS CANNABIS 20 GRAMS  GUILTY       NOLLE PROS   03/04/1983
"""
    assert not [c for c in the_record(text).charges if c.disposition.value in FREE and c.disposition.confidence > 0.9]


@pytest.mark.parametrize(
    ("typed", "surname"),
    [
        ("PONCE DE LEON    JUAN", "PONCE DE LEON"),
        ("CRUZ DE JESUS MARIA", "CRUZ DE JESUS"),
        ("MORALES DEL VALLE ANA", "MORALES DEL VALLE"),
        ("PEREZ DE LA ROSA ANA", "PEREZ DE LA ROSA"),
    ],
)
def test_a_surname_keeps_the_particles_inside_it(typed: str, surname: str) -> None:
    found = name_in(typed, surname_first=True)
    assert found is not None
    assert found.surname == surname


FOOT = """\
 PEOPLE OF THE STATE OF ILLINOIS
 AGAINST THE DEFENDANT: OKAFOR, MICHAEL
 CASE NO. 82 C1 12345   DOB 06/30/1960
 C001  56 1/2 704(C)    POSS CANNABIS 20 GRAMS
 03/04/1983  NOLLE PROSEQUI C001
 {foot}
"""


@pytest.mark.parametrize(
    "foot",
    [
        "WILSON, THOMAS\n Name",
        "WILSON, THOMAS\n (Name)\n ATTORNEY FOR DEFENDANT",
        "MORGAN M FINLEY\n NAME           DOB",
    ],
)
def test_a_name_over_a_label_in_a_foot_is_nobodys(foot: str) -> None:
    record = the_record(FOOT.format(foot=foot))
    assert record.defendant is not None
    assert record.defendant.surname.value == "OKAFOR"


def test_whoever_else_a_sentence_names_is_not_the_defendant() -> None:
    day = """\
 On March 4, 1983 the court was told by the State that THOMAS WILSON, of the police, was not in the said court and a cause
 against JAMES WILSON, herein the codefendant, was continued."""
    record = the_record(ONE_CHARGE.format(days=day))
    assert record.defendant is not None
    assert record.defendant.surname.value == "OKAFOR"


RECORD = """\
No. 85-CF-1765    The People vs. ROGER LEE OKONKWO

Count I   Unlawful Possession of Cannabis, Ch. 56 1/2, Par. 704(b)
Count II  Theft, Ch. 38, Par. 16-1

1/11/85 Defendant appears. Preliminary hearing waived. Defendant
pleads not guilty to both counts.
6/11/85 Defendant withdraws his plea of not guilty to Count I and
enters a plea of guilty. {ruling} On
motion of State's Attorney, Count II is dismissed.
{last}
"""


def _told(ruling: str, last: str = "") -> list[tuple[object, object, object]]:
    page = a_page(RECORD.format(ruling=ruling, last=last))
    (record,) = records_of([page], DocumentKind.HALF_SHEET)
    return [(c.disposition.value, c.disposition_date.value, c.termination.value) for c in record.charges]


DAY = date(1985, 6, 11)


@pytest.mark.parametrize(
    ("ruling", "last", "first"),
    [
        ("Sentenced to 24 months probation on Count I.", "", (Disposition.GUILTY, DAY, None)),
        ("Supervision for 12 months ordered on Count I.", "", (Disposition.SUPERVISION, DAY, None)),
        ("Supervision for 12 months ordered on Count I.",
         "6/21/86 Supervision having been completed, defendant is discharged\nand the cause dismissed.",
         (Disposition.SUPERVISION, DAY, Termination.SATISFACTORY)),
        ("Supervision for 12 months ordered on Count I.",
         "6/21/86 Supervision on Count I having been revoked, defendant is\nsentenced to 30 days County Jail.",
         (Disposition.SUPERVISION, date(1986, 6, 21), Termination.REVOKED)),
    ],
)  # fmt: skip
def test_each_sentence_of_a_day_is_of_the_count_it_names(ruling: str, last: str, first: tuple[object, ...]) -> None:
    told = _told(ruling, last)
    assert told == [first, (Disposition.DISMISSED, DAY, None)]


def test_a_count_with_a_full_stop_at_the_head_of_its_ending_keeps_it() -> None:
    text = "6/11/85 COUNT 1. FINDING OF GUILTY. COUNT 2. NOLLE PROSEQUI."
    found = wordings_in(text)
    assert [(one.text.strip(), refs_for(one, found, text)) for one in found] == [
        ("FINDING OF GUILTY", (1,)),
        ("NOLLE PROSEQUI", (2,)),
    ]


def test_a_word_cut_short_ends_no_sentence() -> None:
    text = "2/13/76 GUILTY PLEA ENTERED ON COUNT 1; NOLLE PROS. BY PEOPLE ON COUNT 2; 24 MONTHS PROBATION ON COUNT 1."
    found = [one for one in wordings_in(text) if says_what_became(one.text.strip())]
    assert [refs_for(one, found, text) for one in found][:2] == [(1,), (2,)]


def test_the_next_sentences_count_is_no_part_of_this_one() -> None:
    text = "6/11/85 SUPERVISION FOR 12 MONTHS ORDERED ON COUNT I. COUNT II DISMISSED ON MOTION OF THE STATE."
    found = [one for one in wordings_in(text) if says_what_became(one.text.strip())]
    assert [refs_for(one, found, text) for one in found][:2] == [(1,), (2,)]


BELOW_ITS_NAME = """\
               CIRCUIT COURT OF COOK COUNTY
 TYRONE L DELACRUZ                          1987CR2764201
 NAME                                       CASE NUMBER
                    CRIMINAL COMPLAINT
 MICHAEL ALCOTT, COMPLAINANT, NOW APPEARS BEFORE THE CIRCUIT COURT OF
 COOK COUNTY AND STATES THAT TYRONE DELACRUZ HAS, ON OR ABOUT 12-8-87,
 AT 3400 S HALSTED ST, COMMITTED THE OFFENSE OF BURGLARY IN VIOLATION OF
 CH. 38, PAR. 19-1(A), ILL. REV. STAT.
"""


def test_a_name_over_its_label_comes_before_one_in_a_sentence_and_an_address_is_no_name() -> None:
    (record,) = records_of([a_page(BELOW_ITS_NAME)], DocumentKind.COMPLAINT)
    assert record.defendant is not None
    said = record.defendant
    assert (said.surname.value, said.given.value, said.middle.value) == ("DELACRUZ", "TYRONE", "L")


def test_an_initial_misread_as_small_is_part_of_the_name() -> None:
    page = a_page(
        " HALF-SHEET\n People v. Luis s. Allen\n Docket: 92 CR 00956-01\n 1   38 21-1(a)   MA   CDTP\n 09/21/92  finding NG\n"
    )
    (record,) = records_of([page], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.middle.value) == ("ALLEN", "S")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("JUDGMENT OF GUILTY ON COUNT I. DEFENDANT IS SENTENCED TO 24 MONTHS PROBATION. COUNT II IS NOLLE PROSSED.", [(1,), (1,), (2,)]),
        ("JUDGMENT OF GUILTY ON COUNT I. THE DEFENDANT IS SENTENCED TO PROBATION FOR 24 MONTHS. COUNT II IS NOLLE PROSSED.", [(1,), (1,), (2,)]),
        ("PLEA OF GUILTY TO COUNT 1. COUNT 2 DISMISSED ON MOTION OF STATE. SENTENCED TO 12 MONTHS SUPERVISION.", [(1,), (2,), (1,)]),
        ("PLEA OF GUILTY. SENTENCED TO PROBATION FOR 24 MONTHS. COUNT 2 NOLLE PROSSED.", [(-1,), (-1,), (2,)]),
        ("COUNT 2 DISMISSED ON MOTION OF STATE. SENTENCED TO 12 MONTHS SUPERVISION.", [(2,), (-1,)]),
        ("NOLLE PROSEQUI. PLEA OF GUILTY TO COUNT 2.", [(-1,), (2,)]),
        ("PLEA OF GUILTY TO COUNTS 1 AND 2. COUNT 2 DISMISSED ON MOTION OF STATE. 24 MONTHS PROBATION.", [(1, 2), (2,), (1,)]),
        ("COUNT 1: PLEA OF GUILTY. SUPV. 12 MOS. COUNT 2: NOLLE.", [(1,), (1,), (2,)]),
    ],
)  # fmt: skip
def test_a_sentence_that_names_no_count_is_of_those_the_day_convicts_of(
    text: str, counts: list[tuple[int, ...]]
) -> None:
    found = [one for one in wordings_in(text) if says_what_became(one.text.strip())]
    assert [refs_for(one, found, text) for one in found] == counts


@pytest.mark.parametrize(
    ("later", "freed"),
    [
        ("Supervision having been completed, cause dismissed.", True),
        ("Supervision not having been completed, cause set for hearing.", False),
        ("Supervision continued for payment of costs.", False),
        ("Having completed alcohol program, deft is discharged from the program.", False),
        ("Supervision completed; to be terminated 8/1/90 if fine paid.", False),
        ("Deft arrested on new charge. Supervision completed.", False),
    ],
)
def test_what_is_said_of_a_supervision_later_moves_not_its_day(later: str, *, freed: bool) -> None:
    page = a_page(f"""\
No. 85-CF-1765    The People vs. ROGER LEE OKONKWO

Count I   Unlawful Possession of Cannabis, Ch. 56 1/2, Par. 704(b)

6/11/85  Plea of guilty. Supervision 12 months.
6/21/86  {later}
""")
    (charge,) = records_of([page], DocumentKind.HALF_SHEET)[0].charges
    assert (charge.disposition.value, charge.disposition_date.value) == (Disposition.SUPERVISION, DAY)
    assert is_freed(charge) == freed


def test_a_case_stricken_from_the_trial_call_is_not_at_an_end() -> None:
    text = "6/11/85 DEFENDANT FAILS TO APPEAR. BOND FORFEITED. CAUSE STRICKEN FROM TRIAL CALL."
    assert all(is_turned(one, text) for one in wordings_in(text) if one.frees)


@pytest.mark.parametrize(
    ("entry", "ending"),
    [
        ("Supervision having been completed, cause dismissed.", Disposition.SUPERVISION),
        ("Completed supervision. Case dismissed.", Disposition.SUPERVISION),
        ("Defendant discharged from 710 probation, case dismissed.", Disposition.FIRST_OFFENDER_PROBATION),
        ("Having completed probation under Section 10, case dismissed.", Disposition.FIRST_OFFENDER_PROBATION),
    ],
)
def test_a_dismissal_after_a_term_that_is_only_named_ends_the_term(entry: str, ending: Disposition) -> None:
    page = a_page(f"""\
No. 85-CF-1765    The People vs. ROGER LEE OKONKWO

Count I   Unlawful Possession of Cannabis, Ch. 56 1/2, Par. 704(b)

6/11/87  {entry}
""")
    (charge,) = records_of([page], DocumentKind.HALF_SHEET)[0].charges
    assert (charge.disposition.value, charge.termination.value) == (ending, Termination.SATISFACTORY)
    assert charge.disposition_date.value is None or charge.disposition_date.confidence < 0.9


def test_of_a_name_that_was_not_found_nothing_is_surely_silent() -> None:
    page = a_page(" HALF-SHEET\n CASE NO. 92 CR 00956\n CHARGE  56.5-704(b)  POSS CANNABIS\n 09/21/92  finding NG\n")
    (record,) = records_of([page], DocumentKind.HALF_SHEET)
    assert record.defendant is not None
    said = record.defendant
    assert [r.confidence for r in (said.surname, said.given, said.middle, said.suffix)] == [0.0] * 4


def test_an_entry_that_opens_with_the_one_count_it_names_is_of_that_count() -> None:
    text = """\
 HALF-SHEET   NO. 81 MC2 346266   PEOPLE V. FELICIA W. JANKOWSKI
 Ct 1  56 1/2 704(c)  POSS CANNABIS
 Ct 2  38 16A-3(a)  Retail Theft
 DATE            ORDERS ENTERED
 10-13-81        Ct 1  P.G. F.G. J.O.F.  Supv 6 mos
                 Ct 2  PG FG  Prob 12 mos
 10-23-81        Ct 2  Mot deft vacate plea & FG allowed. Mot State SOL
"""
    (record,) = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    first, second = record.charges
    assert (first.disposition.value, first.disposition_date.value) == (Disposition.SUPERVISION, date(1981, 10, 13))
    assert [(part.kind.value, part.amount) for part in first.sentence.value or ()] == [("supervision", 6)]
    assert second.disposition.value is Disposition.STRICKEN_OFF_LEAVE


CERTIFYING = """
           OFFICE OF THE CIRCUIT CLERK
To Whom It May Concern:

RE: People of the State of Illinois vs. RUBEN B TILLMAN
    Case No. 93-CF-1198
    D.O.B. 03/09/1957

This is to certify that according to the records of this office, on {day}
the above named defendant was {charged} POSSESSION OF CANNABIS
10-30 GRAMS in violation of 720 ILCS 550/4(c), a Class A misdemeanor.
On April 26, 1993 the defendant entered a plea of guilty and was fined $500.
"""


@pytest.mark.parametrize(
    ("charged", "filed", "committed"),
    [
        ("charged with", date(1993, 3, 14), None),
        ("by me said to have committed the offense of", None, date(1993, 3, 14)),
    ],
)
def test_a_letter_names_the_defendant_before_the_case_the_class_behind_the_section_and_the_day_of_charging(
    charged: str, filed: date | None, committed: date | None
) -> None:
    [record] = records_of(
        [a_page(CERTIFYING.format(day="March 14, 1993", charged=charged))], DocumentKind.CERTIFIED_STATEMENT
    )
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.given.value) == ("TILLMAN", "RUBEN")
    assert record.charges[0].grade.value is Grade.MA
    assert (record.filed_date.value, record.charges[0].offense_date.value) == (filed, committed)


@pytest.mark.parametrize("born", ["born 6 September 1985, was", "born 6 September 1985, the said defendant was"])
def test_a_day_of_birth_before_a_charge_is_no_day_of_filing(born: str) -> None:
    text = f"""
The records of this court show that in case number 09MC141968801
the defendant DOLORES O'ROURKE, {born} charged as follows:
Count 1: the offense of possession of cannabis 10-30 grams, contrary to 720 ILCS
550/4(C), committed on the 1st day of December, A.D. 2009.
On the 24th day of February, A.D. 2010, the defendant entered a plea of guilty
on count 1 and was fined $100.
"""
    [record] = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    assert record.filed_date.value is None
    assert record.defendant is not None
    assert record.defendant.birth_date.value == date(1985, 9, 6)


_SPREAD = """\
                 IN THE CIRCUIT COURT OF KANKAKEE COUNTY, ILLINOIS
PEOPLE OF THE STATE OF ILLINOIS,            )
      vs.                                   )      No. 88 CF 1370
TERRELL D TREVINO,                          )
                       Defendant.           )
                         INFORMATION
That on May 12, 1988, in Kankakee County, TERRELL D TREVINO {breaks}
offense{gap}of POSSESSION OF CANNABIS, Class 3 Felony, in that he knowingly possessed
a substance containing cannabis, in violation of Ch. 56 1/2, Par. 705(d).
"""


@pytest.mark.parametrize(
    ("breaks", "gap", "day"),
    [
        ("committed the", " ", date(1988, 5, 12)),
        ("committed the", "   ", date(1988, 5, 12)),
        ("committed", "   ", date(1988, 5, 12)),
        ("committed the", "              ", None),
    ],
)
def test_a_sentence_goes_on_over_the_wide_spaces_of_a_full_row(breaks: str, gap: str, day: date | None) -> None:
    page = a_page(_SPREAD.format(breaks=breaks, gap=gap))
    charge = records_of([page], DocumentKind.COMPLAINT)[0].charges[0]
    assert charge.offense_date.value == day


_CERTIFIES = """\
                 CERTIFICATE OF DISPOSITION

I, the undersigned, Clerk of the Circuit Court, do hereby certify that in the
case of The People of the State of Illinois v. {broken}
{rest} the records of this office show that the defendant was
arrested on February 24, 1990 and that the following charges were disposed of:

Count Offense                Statute           Disposition       Date
1     MAN/DEL CANNABIS       56 1/2-705(d)     Nolle Prosequi    07/07/1990
"""


@pytest.mark.parametrize(
    ("broken", "rest", "named"),
    [
        ("Kenneth Dwayne", "Gutierrez, born April 1, 1962, Case No. 90 CR 01016,", ("GUTIERREZ", "KENNETH", "DWAYNE")),
        ("Kenneth", "Dwayne Gutierrez, born April 1, 1962, Case No. 90 CR 01016,", ("GUTIERREZ", "KENNETH", "DWAYNE")),
        ("Kenneth", "Gutierrez, Case No. 90 CR 01016,", ("GUTIERREZ", "KENNETH", None)),
        ("Kenneth Gutierrez,", "Case No. 90 CR 01016, born April 1, 1962,", ("GUTIERREZ", "KENNETH", None)),
        ("Kenneth Gutierrez", "Officer Bram Novak, complainant,", ("GUTIERREZ", "KENNETH", None)),
        ("Kenneth Gutierrez", "Cook County, Case No. 90 CR 01016,", ("GUTIERREZ", "KENNETH", None)),
    ],
)
def test_a_name_goes_on_in_the_next_row_of_its_sentence(
    broken: str, rest: str, named: tuple[str, str, str | None]
) -> None:
    page = a_page(_CERTIFIES.format(broken=broken, rest=rest))
    person = records_of([page], DocumentKind.CERTIFIED_STATEMENT)[0].defendant
    assert (person.surname.value, person.given.value, person.middle.value) == named


@pytest.mark.parametrize("amount", ["6 MONTHS, FINE OF $75", "6 MONTHS, FINE OF $250", "6 MOS, FINE $1,000"])
def test_a_sum_ends_a_sentence_and_what_it_imposes_is_not_the_next_counts(amount: str) -> None:
    text = f"PLEA OF GUILTY TO COUNT 1. PLACED ON SUPERVISION {amount}. ON MOTION OF PEOPLE, COUNT 2 NOLLE PROSSED."
    found = wordings_in(text)
    about = {one.text.strip(" ."): refs_for(one, found, text) for one in found}
    assert {about[words] for words in about if "FINE" in words or "SUPERVISION" in words} == {(1,)}
    assert about["NOLLE PROSSED"] == (2,)
