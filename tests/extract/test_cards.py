"""What clerks type day by day on cards and registers, and whose it is."""
# ruff: noqa: E501 - entries are easier to check on one line

from __future__ import annotations

from datetime import date

import pytest
from freed import is_freed
from typed_grid import a_page

from casefile.docket import Charge, Disposition, DocketRecord, DocumentKind, Grams, SentenceKind, Termination
from extract.dispositions import Effect, wordings_in
from extract.records import records_of

SURE = 0.95
CARD = """CASE NO. 81-CF-123        PEOPLE VS. FENWICK, ALVIN J      DOB 05-10-57
COUNT 1  POSS CANNABIS 10-30 GRAMS  56 1/2-704(c)
COUNT 2  THEFT  38-16-1(a)
01-29-81   DEFT IN CT. PLEA NG CTS 1 & 2.
"""


def the_record(text: str) -> DocketRecord:
    (record,) = records_of([a_page(text)], DocumentKind.HALF_SHEET)
    return record


def counts(entries: str) -> tuple[Charge, Charge]:
    """The two counts of a card on which this was typed."""
    one, other = the_record(CARD + entries).charges
    return one, other


@pytest.mark.parametrize(
    ("row", "effect", "means"),
    [
        ("CAUSE TRANSFERRED TO JUDGE HALVORSEN", Effect.NONE, None),
        ("TRANSF TO JUDGE LOMAX", Effect.NONE, None),
        ("TRANSFERRED TO DEPT 4, JUDGE ARREOLA", Effect.NONE, None),
        ("TRANSFERRED TO DEPARTMENT 104", Effect.NONE, None),
        ("TRANSFERRED TO JUDGE LOMAX JUVENILE COURT", Effect.FINAL, Disposition.TRANSFERRED),
        ("TRANSFERRED TO BRANCH 57", Effect.FINAL, Disposition.TRANSFERRED),
        ("TRANSFERRED TO JUVENILE DIVISION", Effect.FINAL, Disposition.TRANSFERRED),
        ("HELD TO ANSWER", Effect.FINAL, Disposition.TRANSFERRED),
        ("JUDGMENT WITHHELD. FIRST OFFENDER PROBATION", Effect.NONE, None),
        ("JUDGMENT WITHHELD. PROBATION", Effect.DOUBTED, None),
        ("DIVERSION SUCCESSFULLY COMPLETED", Effect.NONE, None),
        ("BOND $900 LESS COSTS", Effect.NONE, None),
    ],
)
def test_what_a_change_of_judge_and_its_like_do(row: str, effect: Effect, means: Disposition | None) -> None:
    found = wordings_in(row)[0].wording
    assert (found.effect, found.means) == (effect, means)


@pytest.mark.parametrize(
    ("term", "is_one"),
    [
        ("12 MO SUP.", True),
        ("SUP. 12 MO", True),
        ("12 MO SUP'D", False),
        ("SUP CT", False),
        ("3 YRS SUP REL", False),
        ("12 MOS SUP FEE $25", False),
    ],
)
def test_a_supervision_cut_short_is_one_beside_its_length(term: str, is_one: bool) -> None:
    assert (SentenceKind.SUPERVISION in {found.wording.means for found in wordings_in(term)}) is is_one


def test_a_sentence_behind_the_counts_found_guilty_is_theirs() -> None:
    one, other = counts("03-06-81   PG CTS 1 & 2. FG CTS 1 & 2. 6 MOS SUPV.")
    assert {one.disposition.value, other.disposition.value} == {Disposition.SUPERVISION}
    assert min(one.disposition.confidence, other.disposition.confidence) > SURE


def test_a_sentence_before_what_ends_another_count_is_not_that_count_s() -> None:
    one, other = counts("03-06-81   PG CT 1. FINDING GUILTY CT 1. 6 MOS SUPV, FINE $100 + COSTS. NOLLE PROS CT 2.")
    assert (one.disposition.value, other.disposition.value) == (Disposition.SUPERVISION, Disposition.NOLLE_PROSEQUI)
    assert one.disposition.confidence > SURE
    assert other.sentence.value is None


def test_a_sentence_that_names_no_count_is_surely_nobody_s_whose_count_follows_with_its_end() -> None:
    one, other = counts("03-06-81   PG. 6 MOS SUPV AND NOLLE PROS CT 2")
    assert other.disposition.value is not Disposition.SUPERVISION
    assert one.disposition.value is not Disposition.SUPERVISION or one.disposition.confidence < SURE


@pytest.mark.parametrize(
    ("rows", "ended", "is_sure"),
    [
        ("03-06-81   PG CTS 1 & 2. SUPV 12 MOS CTS 1 & 2.\n03-08-82   SUPV TERM SAT.", (True, True), True),
        ("03-06-81   PG CT 1. SUPV 12 MOS CT 1.\n03-06-81   NOLLE PROS CT 2.\n03-08-82   SUPV TERM SAT.", (True, False), True),
        ("03-06-81   PG CTS 1 & 2. SUPV 12 MOS CT 1, PROB 24 MOS CT 2.\n03-08-82   TERM SAT.", (True, True), False),
        ("03-06-81   PG CTS 1 & 2. SUPV 12 MOS CT 1, SUPV 6 MOS CT 2.\n09-08-81   SUPV TERM SAT.", (True, True), False),
        ("03-06-81   PG CT 1. SUPV 12 MOS CT 1.\n04-06-81   PG CT 2. SUPV 6 MOS CT 2.\n09-08-81   SUPV TERM SAT.", (True, True), False),
        ("03-06-81   PG CTS 1 & 2. SUPV 12 MOS CTS 1 & 2.\n03-08-82   PROB TERM SAT.", (True, True), False),
    ],
)  # fmt: skip
def test_the_end_of_the_only_term_there_is_needs_no_count(rows: str, ended: tuple[bool, bool], is_sure: bool) -> None:
    charges = counts(rows)
    assert tuple(c.termination.value is Termination.SATISFACTORY for c in charges) == ended
    assert all(c.termination.confidence > SURE for c in charges) is is_sure


def ending(entries: str) -> Charge:
    """The one count of a card on which this was typed."""
    (charge,) = the_record(CARD.replace("COUNT 2  THEFT  38-16-1(a)\n", "") + entries).charges
    return charge


@pytest.mark.parametrize(
    ("words", "is_sure"),
    [
        ("BOND DISCHARGED.", True),
        ("BOND ORDERED DISCHARGED AND $900.00 REFUNDED TO DEPOSITOR.", True),
        ("BAIL EXONERATED. SURETY DISCHARGED.", True),
        ("DEFT DISCHARGED.", False),
        ("DISCH.", False),
    ],
)
@pytest.mark.parametrize("between", ["", "\n03-06-81   "])
def test_a_bond_that_is_discharged_ends_no_term(words: str, is_sure: bool, between: str) -> None:
    charge = ending(f"03-06-81   PLEA GUILTY. FG. SUPV 12 MOS. {between}{words}")
    assert charge.disposition.value is Disposition.SUPERVISION
    assert charge.termination.value is None or charge.termination.confidence < SURE
    assert (charge.termination.value is None and charge.termination.confidence > SURE) is is_sure


@pytest.mark.parametrize(
    ("row", "is_sure"),
    [
        ("03-26-81   ATTORNEY LOMAX DISCHARGED.", False),
        ("03-26-81   WAGE LIEN TERMINATED.", False),
        ("07-26-81   SUPV TERM SAT.", True),
        ("12-26-81   DEFT DISCHARGED.", True),
    ],
)
def test_who_or_what_is_discharged_early_need_not_have_come_to_the_end_of_a_term(row: str, is_sure: bool) -> None:
    charge = ending(f"03-06-81   PLEA GUILTY. FG. SUPV 12 MOS.\n{row}")
    assert (charge.termination.confidence > SURE) is is_sure


def test_a_term_that_ended_well_on_a_later_day_did() -> None:
    charge = ending("03-06-81   PLEA GUILTY. FG. SUPV 12 MOS.\n03-08-82   DEFT DISCHARGED. BOND DISCHARGED.")
    assert charge.termination.value is Termination.SATISFACTORY


@pytest.mark.parametrize(
    "row",
    [
        "BENCH TRIAL. WITNESSES SWORN. FNG.",
        "BEFORE THE HONORABLE A B LOMAX. FNG.",
        "CLERK OF THE COURT TO REFUND BOND. FNG.",
    ],
)
def test_a_row_of_a_day_in_court_is_heard_whatever_its_words(row: str) -> None:
    charge = ending(f"03-06-81   DEFT FTA. BFW $1000.\n06-05-81   WARRANT QUASHED AND RECALLED.\n06-05-81   {row}")
    assert charge.disposition.value is Disposition.NOT_GUILTY


@pytest.mark.parametrize(
    "row", ["I HEREBY CERTIFY THE ABOVE TO BE CORRECT. NOLLE PROS", "IN WITNESS WHEREOF DISMISSED"]
)
def test_a_certificate_is_no_day_in_court(row: str) -> None:
    charge = ending(f"03-06-81   PLEA GUILTY. FG. PROB 12 MOS.\n06-05-81   {row}")
    assert charge.disposition.value is Disposition.GUILTY


@pytest.mark.parametrize(
    ("row", "means"),
    [
        ("MOTION DEFENDANT TO DISMISS SUSTAINED. DEFENDANT DISCHARGED.", Disposition.DISMISSED),
        ("DEFT MOT TO DISMISS ALLOWED. CAUSE DISMISSED.", Disposition.DISMISSED),
        ("MOTION TO SET ASIDE UNDER SECTION 995 PC GRANTED. INFORMATION DISMISSED.", Disposition.DISMISSED),
        ("CAPIAS RECALLED AND FORFEITURE SET ASIDE. LEAVE TO NOLLE PROSEQUI GRANTED.", Disposition.NOLLE_PROSEQUI),
        ("JURY TRIAL. JURY SWORN. JURY VERDICT NOT GUILTY. DEFT DISCHARGED.", Disposition.NOT_GUILTY),
    ],
)
def test_what_leads_to_an_ending_or_follows_from_it_is_no_doubt(row: str, means: Disposition) -> None:
    charge = ending(f"03-06-81   {row}")
    assert charge.disposition.value is means
    assert charge.disposition.confidence > SURE


@pytest.mark.parametrize(
    "row",
    [
        "MOTION TO DISMISS DENIED. CAUSE DISMISSED FROM CALL.",
        "MOTION TO DISMISS PETITION ALLOWED.",
        "MOTION TO DISMISS GRANTED IN PART.",
        "MOTION TO SET ASIDE DISMISSAL GRANTED.",
        "CAPIAS RECALLED AND FORFEITURE SET ASIDE. NOLLE SET ASIDE.",
        "PLEA OF NOT GUILTY. DEFT DISCHARGED ON BOND.",
    ],
)
def test_a_motion_denied_or_an_end_undone_frees_nobody(row: str) -> None:
    assert not is_freed(ending(f"03-06-81   {row}"))


def test_a_motion_to_dismiss_during_a_term_may_be_for_another_thing() -> None:
    charge = ending("03-06-81   PLEA GUILTY. FG. SUPV 12 MOS.\n04-06-82   MOTION TO DISMISS ALLOWED.")
    assert not is_freed(charge)


@pytest.mark.parametrize(
    ("caption", "surname", "given", "middle"),
    [
        ("PEOPLE v. LAMONT J. CASTELLAN              APR 07 1984", "CASTELLAN", "LAMONT", "J"),
        ("PEOPLE v. LAMONT J. CASTELLAN              Ch. 56 1/2", "CASTELLAN", "LAMONT", "J"),
        ("PEOPLE v. HARGROVE, DENISE R               For People: K. Osei", "HARGROVE", "DENISE", "R"),
        ("PEOPLE v. HARGROVE, DENISE                 ATTORNEYS FEENEY", "HARGROVE", "DENISE", None),
        ("PEOPLE v. HARGROVE,   DENISE     R", "HARGROVE", "DENISE", "R"),
        ("PEOPLE v. MAY, APRIL", "MAY", "APRIL", None),
    ],
)
def test_a_name_ends_where_another_column_begins(caption: str, surname: str, given: str, middle: str | None) -> None:
    defendant = the_record(f"{caption}\nCASE NO. 84-CF-12\nCOUNT 1  POSS CANNABIS  56 1/2-704(c)").defendant
    assert defendant is not None
    assert (defendant.surname.value, defendant.given.value, defendant.middle.value) == (surname, given, middle)


CALIFORNIAN = """PEOPLE VS. DEFENDANT 01: FENWICK, ALVIN J      CASE NO. {number}      DOB 05-10-57
COUNT 1  {statute}  POSS MARIJUANA
COUNT 2  HS 11364  POSS PARAPHERNALIA
01-29-81   DEFT PRES. ARRAIGNED.
03-06-81   {row}
"""


def californian(row: str, *, number: str = "M-123456", statute: str = "HS 11357(b)") -> DocketRecord:
    return the_record(CALIFORNIAN.format(row=row, number=number, statute=statute))


@pytest.mark.parametrize(
    ("number", "statute", "value", "is_sure"),
    [
        ("M-123456", "HS 11357(b)", "M123456", True),
        ("F 123456", "HS 11357(b)", "F123456", True),
        ("A062787", "HS 11357(b)", "A062787", True),
        ("436192", "HS 11357(b)", "436192", True),
        ("#81F48935", "HS 11357(b)", "81F48935", True),
        ("436192", "56 1/2-704(c)", "436192", False),  # a number of Illinois may have been misread
        ("SCD04-9117-B2", "HS 11357(b)", "SCD049117B2", False),
    ],
)
def test_courts_of_california_number_as_they_like(number: str, statute: str, value: str, is_sure: bool) -> None:
    record = californian("PLEADS GUILTY CTS 1 AND 2. FINE $100.", number=number, statute=statute)
    assert record.docket_number.value == value
    assert (record.docket_number.confidence > SURE) is is_sure
    assert record.defendant is not None
    assert record.defendant.surname.value == "FENWICK"


@pytest.mark.parametrize(
    ("row", "is_sure"),
    [
        ("PLEADS GUILTY CTS 1 AND 2. IMPOSITION OF SENTENCE SUSPENDED, 1 YR SUMMARY PROBATION.", True),
        ("PLEADS GUILTY CTS 1 AND 2. FINE $100 PLUS PA, 3 DAYS SUSPENDED.", True),
        ("PLEADS GUILTY CTS 1 AND 2. ENTRY OF JUDGMENT DEFERRED, 18 MOS PROBATION.", False),
        ("PLEADS GUILTY CTS 1 AND 2. DIVERSION, 18 MOS PROBATION.", False),
    ],
)
def test_california_defers_nothing_without_a_word(row: str, is_sure: bool) -> None:
    assert (californian(row).charges[0].disposition.confidence > SURE) is is_sure


def test_counts_before_a_verb_are_those_it_ends() -> None:
    row = "PLEADS GUILTY CT. 1, 1 YR PROBATION. ON MOTION OF DA CT. 2 IS DISMISSED, CASE CONTINUED AS TO CT. 1"
    one, other = californian(row).charges
    assert (one.disposition.value, other.disposition.value) == (Disposition.GUILTY, Disposition.DISMISSED)


def test_counts_that_a_verb_names_behind_it_are_those_it_ends() -> None:
    one, other = counts("03-06-81   PLEA GUILTY CT 1 GUILTY FINDING CT 1 NOLLE PROSSED CTS 2 PROBATION 18 MOS CT 1")
    assert (one.disposition.value, other.disposition.value) == (Disposition.GUILTY, Disposition.NOLLE_PROSEQUI)


def test_a_count_between_a_plea_and_a_dismissal_may_be_of_either() -> None:
    one, _ = californian("PLEADS GUILTY CT 1 DISMISSED").charges
    assert not is_freed(one)


def test_a_motion_in_the_sentence_before_asks_for_nothing_in_the_next() -> None:
    charge = ending("03-06-81   DEFT FILES MOTION TO SUPPRESS. ON MOTION OF THE PEOPLE THE CAUSE IS DISMISSED.")
    assert charge.disposition.value is Disposition.DISMISSED


@pytest.mark.parametrize(
    "row",
    [
        "DEFT FILES MOTION THAT CAUSE BE DISMISSED.",
        "PETITION OF DEFT PRAYING CAUSE DISMISSED.",
        "CODEFENDANT LOMAX APPEARS. CAUSE DISMISSED.",
    ],
)
def test_what_is_asked_for_or_another_s_frees_nobody(row: str) -> None:
    assert not is_freed(ending(f"03-06-81   {row}"))


@pytest.mark.parametrize(
    ("caption", "born", "is_sure"),
    [
        ("77-CF-32   P vs TIBBETTS, RUBEN A   (b. 2-8-32)", date(1932, 2, 8), True),
        ("77-CF-32   State v. Ruben A. Tibbetts   B. 2-8-32", date(1932, 2, 8), True),
        ("77-CF-32   P v TIBBETTS, RUBEN A   2-8-32", date(1932, 2, 8), False),
        ("77-CF-32   P v TIBBETTS, RUBEN A   (b. 2-8-76)", None, False),
        ("77-CF-32   P v TIBBETTS, RUBEN A\nCOMPLAINING WITNESS JANE DOE (b. 2-8-32)", date(1932, 2, 8), False),
    ],
)
def test_who_was_charged_and_born_in_a_letter_each(caption: str, born: date | None, is_sure: bool) -> None:
    defendant = the_record(f"{caption}\nCOUNT 1  POSS CANNABIS  56 1/2-704(c)\n9-26-77   NOLLE PROS.").defendant
    assert defendant is not None
    assert (defendant.surname.value, defendant.given.value) == ("TIBBETTS", "RUBEN")
    assert defendant.birth_date.value == born
    assert (defendant.birth_date.confidence > SURE and born is not None) is is_sure


@pytest.mark.parametrize("words", ["", "10-30 Grams"])
def test_a_citation_right_under_the_words_of_its_offense_is_theirs(words: str) -> None:
    (charge,) = the_record(f"""No. 77-CM-595                          CRIMINAL          Filed 9-23-77
The People of the State of Illinois            Offense:  Delivery Of Cannabis {words}
     vs.                                                 Ch. 56 1/2 Par. 705(c)
ALVIN M. PRZYBYL
Born March 3, 1933
9-26-77   Plea guilty. Finding guilty. 12 mos probation.
""").charges
    assert (charge.statute.value, charge.statute.confidence > SURE) == ("720 ILCS 550/5(c)", True)
    assert charge.description.value is not None
    assert charge.description.value.startswith("Delivery")


def test_counts_in_a_column_of_the_caption_keep_their_words_and_their_citations() -> None:
    one, other = the_record("""No. 77-CM-595                          CRIMINAL          Filed 9-23-77
The People of the State of Illinois            Offense:  Ct. 1 Poss Cannabis 2.5-10 Grams
     vs.                                                 Ch. 56 1/2 Par. 704(b)
                                                         Ct. 2 Criminal Damage To Property
ALVIN M. PRZYBYL                                         Ch. 38 Par. 21-1
Born March 3, 1933
9-26-77   Plea guilty Ct. 1. Nolle pros Ct. 2.
""").charges
    assert (one.statute.value, one.grams.value) == ("720 ILCS 550/4(b)", Grams(2.5, 10))
    assert (other.statute.value, other.description.value) == ("720 ILCS 5/21-1", "Criminal Damage To Property")


@pytest.mark.parametrize(("row", "satisfied"), [("DISCHARGED:", False), ("DISCHARGED: 03-08-82", True)])
def test_a_blank_that_nobody_filled_ends_no_term(row: str, satisfied: bool) -> None:
    charge = ending(f"03-06-81   PLEA GUILTY. FG. SUPV 12 MOS.\n{row}")
    assert (charge.termination.value is Termination.SATISFACTORY) is satisfied
    assert satisfied or charge.termination.confidence > SURE


def test_a_blank_with_something_near_below_it_is_no_sure_silence() -> None:
    charge = ending("03-06-81   PLEA GUILTY. FG. SUPV 12 MOS.\nDISCHARGED:\n    YES")
    assert charge.termination.confidence < SURE


def test_a_citation_under_other_words_is_no_part_of_a_charge_above_it() -> None:
    charges = the_record("""No. 77-CM-595     PEOPLE VS. PRZYBYL, ALVIN M
Offense:  Theft
                                        38-12-3
9-26-77   Plea guilty. Finding guilty. 12 mos probation.
""").charges
    assert charges[0].statute.value != "720 ILCS 5/12-3" or charges[0].statute.confidence < SURE


def test_possible_penalties_are_no_possession() -> None:
    assert (
        ending("""03-06-81   PEOPLE BY STATE'S ATTORNEY. DEFENDANT ADVISED OF THE NATURE OF THE
           CHARGE AND POSSIBLE PENALTIES. CONT TO 03-16-81
03-16-81   NOLLE PROS.""").disposition.confidence
        > SURE
    )


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("FIRST OFFENDER PROB 10/03/01", Disposition.FIRST_OFFENDER_PROBATION),
        ("710 PROB", Disposition.FIRST_OFFENDER_PROBATION),
        ("FIRST OFFENDER PROB DENIED 10/03/01", None),
        ("NO FIRST OFFENDER PROB", None),
        ("FIRST OFFENDER PROB REVOKED 10/03/01", None),
        ("GUILTY 10/03/01", None),
    ],
)
@pytest.mark.parametrize("ended", ["TERM. SATIS.", "TERM. UNSATIS."])
def test_a_term_is_of_the_kind_named_right_before_it_where_its_end_is_told_too(
    kind: str, told: Disposition | None, ended: str
) -> None:
    charge = ending(f"10-03-01   {kind}\n           PROB 24 MOS\n           {ended} 10-03-03")
    is_of_kind = charge.disposition.value is Disposition.FIRST_OFFENDER_PROBATION
    assert is_of_kind is (told is not None) or charge.disposition.confidence < SURE
    assert told is None or is_of_kind
    assert charge.termination.value is not Termination.SATISFACTORY or not ended.startswith("TERM. UN")


@pytest.mark.parametrize(
    ("said", "freed"),
    [
        ("ON MOTION OF STATE'S ATTORNEY CAUSE DISMISSED.", True),
        ("ON MOTION OF STATE'S ATTORNEY DISMISSED.", True),
        ("ON MOTION OF DEFENSE ATTORNEY CAUSE DISMISSED.", True),
        ("ON MOTION OF DISTRICT ATTORNEY NOLLE PROSSED.", True),
        ("ATTORNEY DISMISSED.", False),
        ("DEFENSE ATTORNEY DISMISSED.", False),
        ("PUBLIC DEFENDER DISMISSED.", False),
        ("WITNESS FOR STATE'S ATTORNEY DISMISSED.", False),
        ("MOTION OF STATE'S ATTORNEY TO DISMISS CAUSE DENIED.", False),
    ],
)
def test_who_moved_that_a_cause_be_dismissed_was_not_dismissed_himself(said: str, *, freed: bool) -> None:
    assert is_freed(ending(f"03-06-81   {said}")) is freed
