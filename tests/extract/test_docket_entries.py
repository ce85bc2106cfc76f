"""Docket entries of a few sentences each, as downstate and Californian clerks write them: which count each is about."""
# ruff: noqa: E501 - pages are easier to check in one piece

from __future__ import annotations

import pytest
from freed import is_freed
from typed_grid import a_page

from casefile.docket import Disposition, DocketRecord, DocumentKind, SentenceKind, Termination
from extract.dispositions import Effect, wordings_in
from extract.doc import sheet_of
from extract.entries import refs_for, sentence_parts
from extract.records import records_of
from extract.run_on import with_charges_apart

HEAD = """\
                   KNOX COUNTY  -  DOCKET ENTRIES
No. 04-CM-532
People v. DARNELL L. ESPINOZA          DOB 11/15/1979
OFFENSE:                               Date of Offense 12/06/04
"""
ONE = HEAD + "  1. 720 ILCS 550/4(b)  Possession Of Cannabis\n\n12/08/04  Complaint filed.\n"
TWO = ONE.replace("\n\n", "\n  2. 720 ILCS 5/21-1  Criminal Damage To Property\n\n")
FREE_OF_TWO = {Disposition.NOLLE_PROSEQUI, Disposition.DISMISSED}


def _record(head: str, *entries: str) -> DocketRecord:
    (record,) = records_of([a_page("\n".join((head.rstrip(), *entries)))], DocumentKind.HALF_SHEET)
    return record


def _counts(text: str, effect: Effect) -> list[tuple[int, ...]]:
    found = wordings_in(text)
    return [refs_for(one, found, text) for one in found if one.wording.effect is effect]


@pytest.mark.parametrize(
    ("text", "sentenced", "ended"),
    [
        ("GP TO CT. 1. 10 DAYS COUNTY JAIL, MITTIMUS TO ISSUE. AS TO COUNT 2, STATE NOLLE PROSSES.", (1,), (2,)),
        ("PLEADS GUILTY TO COUNT 1. SUPERVISION 12 MOS, FINE $150 AND COSTS. ON COUNT 2, DISMISSED.", (1,), (2,)),
        ("12 MOS SUPERV. AS TO COUNT 1, NOLLE COUNT 2.", (-1,), (2,)),
    ],
)  # fmt: skip
def test_a_count_that_a_sentence_turns_to_is_that_of_what_follows(
    text: str, sentenced: tuple[int, ...], ended: tuple[int, ...]
) -> None:
    assert _counts(text, Effect.SENTENCE)[0] == sentenced
    assert _counts(text, Effect.FINAL)[-1] == ended


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("PG CT 1. SUPV 12 MONTHS. COUNT 2: STATE'S MOTION TO DISMISS ALLOWED. DISMISSED.", (2,)),
        ("PG CT 1. SUPV 12 MONTHS. COUNT 2: STATE'S MOTION TO DISMISS ALLOWED. NOLLE PROSEQUI.", (-1,)),
    ],
)  # fmt: skip
def test_an_ending_said_again_is_of_the_same_count(text: str, last: tuple[int, ...]) -> None:
    assert _counts(text, Effect.FINAL)[-1] == last


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("State moves to dismiss all counts. Allowed. Cause dismissed.", True),
        ("Case dismissed on motion of People. Deft discharged.", True),
        ("State moves to dismiss. Denied.", False),
        ("Dismissed.", False),
        ("No probable cause.", False),
        ("Plea of guilty. Case dismissed.", False),
        ("Case dismissed ct ?", False),
        ("Case dismissed C00?", False),
        ("Case dismissed #2", False),
        ("Case dismissed on cannabis charge.", False),
        ("Case dismissed as to all counts.", True),
        ("Case dismissed 2/28/05", True),
        ("Case dismissed. State not ready.", True),
    ],
)  # fmt: skip
def test_a_case_that_is_dismissed_is_every_count(said: str, sure: bool) -> None:
    charges = _record(TWO, f"02/28/05  {said}").charges
    assert [is_freed(charge) for charge in charges] == [sure, sure]


def test_a_case_dismissed_after_one_count_ended_is_not_surely_the_other() -> None:
    charges = _record(
        TWO, "02/28/05  Pleads guilty to Count 1. Supervision 6 months.", "08/29/05  Cause dismissed."
    ).charges
    assert not is_freed(charges[1])


@pytest.mark.parametrize("term", ["Supervision", "Probation"])
def test_a_finding_of_violation_hides_no_revocation(term: str) -> None:
    given = f"02/28/05  Pleads guilty. {term} 12 months."
    revoked = f"05/05/05  Hearing on petition to revoke. Court finds violation. {term} revoked. 90 days county jail."
    (charge,) = _record(ONE, given, revoked).charges
    assert charge.termination.value is Termination.REVOKED
    assert not is_freed(charge)


@pytest.mark.parametrize("after", ["Cause dismissed.", "Deft discharged."])
def test_the_name_of_a_term_that_ended_well_gives_none(after: str) -> None:
    given = "02/28/05  Pleads guilty. First offender probation 24 months."
    (charge,) = _record(ONE, given, f"03/01/07  Report filed. Probation term satisfactory. {after}").charges
    assert (charge.disposition.value, charge.termination.value) == (
        Disposition.FIRST_OFFENDER_PROBATION,
        Termination.SATISFACTORY,
    )
    assert min(charge.disposition.confidence, charge.termination.confidence) > 0.9


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("PROBATION 24 MONTHS, COSTS", [SentenceKind.PROBATION]),
        ("PROBATION 24 MONTHS, COSTS $85", [SentenceKind.PROBATION, SentenceKind.FINE]),
        ("PG. COSTS ONLY.", [SentenceKind.FINE]),
    ],
)  # fmt: skip
def test_costs_beside_a_penalty_are_none(text: str, kinds: list[SentenceKind]) -> None:
    assert [part.kind for part, _ in sentence_parts(wordings_in(text), text)] == kinds


ENDED = "02/28/05  Plea accepted. Factual basis found. State nolle prosses."


@pytest.mark.parametrize(
    ("after", "sure"),
    [
        ("Receipt filed.", True), ("Costs paid in full.", True), ("Bond refund mailed.", True),
        ("Receipt filed for warrant.", False), ("Set for pretrial diversion.", False), ("Motion to vacate. Allowed.", False),
    ],
)  # fmt: skip
def test_what_a_clerk_does_after_the_end_leaves_it_as_it_stands(after: str, sure: bool) -> None:
    (charge,) = _record(ONE, ENDED, f"03/14/05  {after}").charges
    assert is_freed(charge) == sure


@pytest.mark.parametrize(
    ("before", "sure"),
    [("Court finds plea knowing and voluntary.", True), ("Court accepts recommendation.", True), ("Sec. 10 granted.", False),
     ("Judgment withheld.", False)],
)  # fmt: skip
def test_only_what_may_withhold_judgment_makes_a_probation_another(before: str, sure: bool) -> None:
    (charge,) = _record(ONE, f"02/28/05  Pleads guilty. {before} Sentence: probation 12 months.").charges
    assert (charge.disposition.value is Disposition.GUILTY and charge.disposition.confidence > 0.9) == sure


def test_a_judge_in_a_column_behind_the_days_moves_nothing() -> None:
    rows = ("12/15/04  Brankin    Cont. for arraignment.", "02/28/05  Brankin    State's motion to dismiss allowed.")
    (charge,) = _record(ONE.replace("12/08/04  Complaint", "12/08/04  Brankin    Complaint"), *rows).charges
    assert is_freed(charge)


def test_a_word_of_orders_behind_the_day_is_no_judge() -> None:
    rows = (
        "12/15/04  Erroneous    Cont. for arraignment.",
        "02/28/05  Erroneous    State's motion to dismiss allowed.",
    )
    (charge,) = _record(ONE, *rows).charges
    assert not is_freed(charge)


RUN_ON = """\
KNOX COUNTY              GENERAL DOCKET              04-CM-532
THE PEOPLE OF THE STATE OF ILLINOIS      vs.    DARNELL L. ESPINOZA
{charges}
Defense attorney: Otis Kimbrell
12/08/04  Complaint filed.
02/28/05  Pleads guilty to Count 1. Supervision 6 months. Count 2: State nolle prosses.
"""


@pytest.mark.parametrize(
    "charges",
    [
        "Offense: Count 1 Possession Of Cannabis (720 ILCS 550/4(b)); Count 2 Criminal Damage (720\nILCS 5/21-1). Date of offense 12/06/04.",
        "CHARGES: CT 1 720 ILCS 550/4(b) POSS CANNABIS, CT 2 720 ILCS 5/21-1 CRIM DAMAGE, ON OR ABOUT\n12/06/04",
        "Charged with: 720 ILCS 550/4(b) Possession Of Cannabis; 720 ILCS 5/21-1 Criminal Damage. Offense date\n12/06/04",
    ],
)  # fmt: skip
def test_charges_that_run_on_are_each_one_and_their_day_is_of_all(charges: str) -> None:
    (record,) = records_of([a_page(RUN_ON.format(charges=charges))], DocumentKind.HALF_SHEET)
    assert [charge.statute.value for charge in record.charges] == ["720 ILCS 550/4(b)", "720 ILCS 5/21-1"]
    assert {str(charge.offense_date.value) for charge in record.charges} == {"2004-12-06"}
    assert [charge.disposition.value for charge in record.charges] == [
        Disposition.SUPERVISION,
        Disposition.NOLLE_PROSEQUI,
    ]
    assert all(charge.statute.confidence > 0.9 for charge in record.charges)


@pytest.mark.parametrize(
    "charges",
    [
        "Offense: Count 1 Cannabis (720 ILCS 550/4(b)); Count 2 the same (720 ILCS\n5/21-1) and (720 ILCS 5/12-3).",
        "Offense: 720 ILCS 550/4(b) Cannabis and 720 ILCS 5/21-1 Damage. Date of offense 12/06/04",
        "Offense: Count 1 Cannabis (720 ILCS 550/4(b)) dismissed; Count 2 Damage (720 ILCS 5/21-1).",
    ],
)  # fmt: skip
def test_a_list_of_charges_that_may_be_cut_wrongly_stays_as_it_is(charges: str) -> None:
    sheet = sheet_of(a_page(RUN_ON.format(charges=charges)))
    assert with_charges_apart(sheet) is sheet


MINUTES = """\
          SUPERIOR COURT OF THE STATE OF CALIFORNIA, COUNTY OF FRESNO
                          CRIMINAL MINUTES
DATE: 12/28/1979              DEPT. 37
CASE NO. A484886              REPORTER PRATHER
PEOPLE OF THE STATE OF CALIFORNIA VS. RAYMOND D. VILLASENOR
CHARGE: COUNT 1 H&S 11359 POSSESSION OF MARIJUANA FOR SALE, COUNT 2 H&S 11357(c), ON OR ABOUT
SEPTEMBER 28, 1979

NATURE OF PROCEEDINGS: TRIAL SETTING. DEFENDANT PLEADS GUILTY TO COUNT 1. PROBATION
GRANTED FOR 36 MONTHS. PAY FINE OF $350. COUNT 2 DISMISSED IN FURTHERANCE OF JUSTICE. {more}
"""


@pytest.mark.parametrize(
    ("more", "sure"),
    [("BAIL EXONERATED.", True), ("NEXT APPEARANCE: NONE.", True), ("SAID ORDER STAYED.", False), ("COUNT 2 REVIVED.", False)],
)  # fmt: skip
def test_minutes_are_believed_where_each_word_is_understood(more: str, sure: bool) -> None:
    (record,) = records_of([a_page(MINUTES.format(more=more))], DocumentKind.HALF_SHEET)
    first, second = record.charges
    assert (first.statute.value, second.statute.value) == ("HS 11359", "HS 11357(c)")
    assert first.disposition.value is Disposition.GUILTY
    assert is_freed(second) == sure


@pytest.mark.parametrize(
    ("said", "acquitted"),
    [("Jury returns verdict of not guilty. Judgment on verdict.", True), ("Plea of not guilty. Judgment on verdict.", False)],
)  # fmt: skip
def test_judgment_on_an_acquittal_convicts_nobody(said: str, acquitted: bool) -> None:
    (charge,) = _record(ONE, f"02/28/05  {said}").charges
    assert is_freed(charge) == acquitted


def test_a_count_in_a_list_whose_citation_was_not_read_is_a_doubt_about_all() -> None:
    listed = "CHARGE: COUNT 1 H8S 1135g, COUNT 2 H&S 11357(b), COUNT 3 VC Z3152a"
    (record,) = records_of([a_page(RUN_ON.format(charges=listed))], DocumentKind.HALF_SHEET)
    assert record.charges
    assert all(charge.statute.confidence <= 0.7 for charge in record.charges)


LISTED = """\
KNOX COUNTY              GENERAL DOCKET              04-CM-532
THE PEOPLE OF THE STATE OF ILLINOIS      vs.    DARNELL L. ESPINOZA
CHARGES:
{rows}

12/08/04  Complaint filed.
02/28/05  On motion of State cause dismissed.
"""


@pytest.mark.parametrize(
    ("rows", "sure"),
    [
        ("   POSS CANNABIS 720 ILCS 550/4(a)", True),
        ("   POSS CANNABIS\n   720 ILCS 550/4(a)", True),
        ("   UNLAWFUL POSSESSION OF\n   CANNABIS 720 ILCS 550/4(a)\n   LESS THAN 2.5 GRAMS", True),
        ("   RETAIL THEFT\n   720 ILCS 550/4(a)", False),
        ("   RETAIL THEFT\n   POSS CANNABIS 720 ILCS 550/4(a)", False),
        ("   POSS CANNABIS 720 ILCS 550/4(a)\n\n   RETAIL THEFT", False),
        ("   POSS CANNABIS 720 ILCS 550/4(a)\n   POSS CANNABIS", False),
        ("   IMPROPER LANE USAGE\n   POSS CANNABIS 720 ILCS 550/4(a)", False),
    ],
)
def test_a_row_of_a_list_that_no_charge_claims_is_a_doubt_about_all(rows: str, sure: bool) -> None:
    (record,) = records_of([a_page(LISTED.format(rows=rows))], DocumentKind.HALF_SHEET)
    assert all((charge.statute.confidence > 0.9) == sure for charge in record.charges)
