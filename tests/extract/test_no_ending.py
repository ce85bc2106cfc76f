"""Rows that hold the words of an ending and are none: asked for, to come, denied, of a motion or of somebody else."""
# ruff: noqa: E501 - rows are easier to check in one piece

from __future__ import annotations

import pytest
from freed import is_freed
from typed_grid import a_page
from typed_papers import STATEMENT

from casefile.docket import Charge, Disposition, DocumentKind, Termination
from extract.records import records_of

CAPTION = STATEMENT.format(more="")
FOUND = "  05/20/93 FINDING OF GUILTY              C001\n"
SUPERVISED = "  05/20/93 PLEA OF GUILTY                 C001\n  05/20/93 SUPERVISION 12 MTHS            C001\n"
DROPPED = "  05/20/93 NOLLE PROSEQUI                 C001\n"


def _charge(entries: str) -> Charge:
    (record,) = records_of([a_page(CAPTION + entries)], DocumentKind.CERTIFIED_STATEMENT)
    return record.charges[0]


@pytest.mark.parametrize("before", ["", FOUND, SUPERVISED])
@pytest.mark.parametrize(
    "row",
    ["MOT. DISMISS", "DEF. MOT. DISMISS", "CONT 08/09/94 DISMISS", "B/A 8-9-94 DISMISS", "DISMISS MOTION FILED", "DISMISS MTN BY DEFT",
     "DISMISS ON NEXT DATE", "DISMISS AFTER 6 MOS IF NO ARRESTS", "DISMISS IF COMPLETES 710", "DISMISS UPON COMPLETION",
     "COURT DISMISSES DEFTS MOTION", "COURT DISMISSES POST-CONVICTION PETITION", "STATE DISMISSES VIOLATION", "COURT DISMISSES VOP",
     "DEFT MOTION STRICKEN, LEAVE TO REFILE", "MOTION STRICKEN, LEAVE TO REFILE", "BOND MOTION STRICKEN, LEAVE TO REFILE",
     "COMPLAINT STRICKEN, LEAVE TO FILE AMENDED", "DEFT MOTION STRICKEN", "MOTION STRICKEN",
     "SET FOR SATIS. TERM 07/15/95", "CONT FOR SATIS TERM 9/20/95", "SUCCESSFUL COMPLETION OF COUNSELING FILED",
     "DRUG EVAL COMPLETED SUCCESSFULLY", "COMPLETED SUCCESSFULLY 10 HRS SWAP", "PAROLE EXPIRED SATISFACTORILY",
     "TERM TO BE ENDED SATISFACTORILY WHEN FINE PAID", "STATE ELECTS NOT TO PROCEED TODAY", "STATE DECLINES TO PROCEED ON COMPANION", "TRAFFIC CASE DISMISSED", "IN OTHER CASE DISMISSED",
     "COURT DENIES LEAVE TO FILE MOTION", "COURT DENIES LEAVE TO FILE LATE NOTICE OF APPEAL", "JURY DISMISSED", "APPEAL DISMISSED",
     "WITNESS DISMISSED", "ATTORNEY DISCHARGED", "PETITION DENIED", "CODEFENDANT DISMISSED, CAUSE SET FOR TRIAL",
     "CODEFENDANT HAVING BEEN DISMISSED CAUSE SET FOR TRIAL", "COMPLAINT HAVING BEEN DISMISSED STATE REFILES",
     "WITNESS FOR STATE DISMISSED", "JURY WAS DISMISSED BY THE COURT", "NOLLE PROSEQUI IN 82 C1 99999 CAUSE SET FOR TRIAL",
     "DISMISSED AS TO 93CR9912302", "DEFENDANT HAVING BEEN FOUND NOT GUILTY IN 93CR9900001 CAUSE SET FOR TRIAL",
     "DEFENDANT HAVING BEEN DISCHARGED FROM HOSPITAL CONTINUED",
     "The jury was unable to agree on a verdict of guilty or\n           not guilty and the jury was discharged by the court and the\n           matter was set for a new trial.",
     "Now comes the defendant by his attorney and asks\n           that the complaint be dismissed, and the court takes the\n           matter under advisement.",
     "the motion of the defendant for a finding of not guilty at\n           the close of the case of the State is heard and the cause is continued",
     "the defendant requests that the cause be stricken off call with leave"],
)  # fmt: skip
def test_what_is_no_ending_frees_nobody(before: str, row: str) -> None:
    assert not is_freed(_charge(f"{before}  07/09/94 {row}\n"))


@pytest.mark.parametrize(
    "row",
    ["STATES MOTION TO REINSTATE SOL GRANTED", "MOTION STATE TO REINSTATE SOL CASE ALLOWED", "LEAVE TO REINSTATE SOL CASE GRANTED",
     "STATE GIVEN LEAVE TO REINSTATE CHARGE PREVIOUSLY STRICKEN", "MOTION STATE TO REINSTATE NOLLE PROS CASE GRANTED",
     "MOT D ALLOWED", "MOT ST ALLOWED", "MOT ST RECONSIDER ALLOWED"],
)  # fmt: skip
def test_a_case_that_may_be_open_again_is_not_surely_ended(row: str) -> None:
    assert not is_freed(_charge(f"{DROPPED}  07/09/94 {row}\n"))


@pytest.mark.parametrize(
    "row",
    ["The charge against his brother was dismissed on May 20, 1993 in the same court.",
     "It appears that in a case of the year before he was found not guilty on May 3, 1992."],
)  # fmt: skip
def test_a_story_with_a_day_in_it_is_no_entry(row: str) -> None:
    assert not is_freed(_charge(f"{FOUND}  {row}\n"))


@pytest.mark.parametrize(
    ("row", "day"),
    [("NOLLE PROSEQUI 05/20/93 ON CHARGE OF 02/01/93", "1993-05-20"), ("STRICKEN OFF CALL 05/20/93 ARRESTED 02/01/93", "1993-05-20"),
     ("SUPERVISION 12 MOS 05/20/93 TO 05/19/94", "1993-05-20")],
)  # fmt: skip
def test_the_first_day_of_a_row_is_its_own(row: str, day: str) -> None:
    assert str(_charge(f"  {row}\n").disposition_date.value) in (day, "None")


@pytest.mark.parametrize(
    ("row", "means"),
    [("DISMISS", Disposition.DISMISSED), ("DISMISS WOJCIK", Disposition.DISMISSED), ("STRICKEN - LEAVE", Disposition.STRICKEN_OFF_LEAVE),
     ("SOL - LEAVE TO REINSTATE", Disposition.STRICKEN_OFF_LEAVE), ("STATE MOTION STRICKEN - LEAVE", Disposition.STRICKEN_OFF_LEAVE),
     ("FINDING ACQ", Disposition.NOT_GUILTY), ("NOT GUILTY AFTER TRIAL", Disposition.NOT_GUILTY),
     ("STATE DECLINES TO PROSECUTE", Disposition.NOLLE_PROSEQUI), ("COURT DENIES LEAVE TO FILE", Disposition.LEAVE_TO_FILE_DENIED)],
)  # fmt: skip
def test_what_is_an_ending_is_one(row: str, means: Disposition) -> None:
    ending = _charge(f"  05/20/93 {row}                 C001\n").disposition
    assert (ending.value, ending.confidence > 0.9) == (means, True)


@pytest.mark.parametrize("row", ["SATIS COMPLETION", "TERM SATISFACTORILY COMPLETED", "DISCHARGED SATISFACTORILY"])
def test_a_term_that_ended_well_did(row: str) -> None:
    assert is_freed(_charge(f"{SUPERVISED}  05/20/94 {row}        C001\n"))


@pytest.mark.parametrize(
    "row",
    ["OFFICER FAILS TO APPEAR", "FAILURE TO APPEAR SET ASIDE", "DO NOT ISSUE WARRANT", "NO VIOLATION OF THE TERMS",
     "VIOLATION OF CONDITIONS OF BAIL BOND", "PET REVOKE SUPV/PROB", "RULE - WHY NOT REVOKE SUPV/PROB"],
)  # fmt: skip
def test_what_is_no_violation_is_not_surely_one(row: str) -> None:
    charge = _charge(f"{SUPERVISED}  07/09/94 {row}\n")
    assert not (charge.violated.value and charge.violated.confidence > 0.9 and "REVOKE" not in row)
    assert not (charge.termination.value is Termination.REVOKED and charge.termination.confidence > 0.9)


HALVES = """\
BR 25  The People v. Gaines, Nadine
       General No. 76MC1-203355
1st count:  Poss. Cannabis 8.5 grams
            c. 56 1/2 s. 704(b)
Deft. (F) born Sep 22 '50    Police rec. (I.R.) 1512862
       Before Judge Abernethy
Mar 26 '76   P.D. assigned; Deft's motion to Apr 13 '76.

BR 25  {people} Delacruz, Yolanda L.
       General No. 76MC1-203355
1st count:  Poss. Cannabis 8.5 grams
            c. 56 1/2 s. 704(b)
Deft. (F) born Feb 26 '38    Police rec. (I.R.) 1268032
       Before Judge Abernethy
May 10 '76   Guilty plea entered on 1st count; Court finds guilty
             on 1st count; First offender probation (Sec. 710) for 1
             year on 1st count.
May 10 '77   Term satisfactorily completed on 1st count.
"""


@pytest.mark.parametrize("people", ["Peo. v.", "Ppl. v.", "The People v.", "Xqe. v."])
def test_the_second_of_two_on_a_page_never_ends_the_first_one_s_case(people: str) -> None:
    found = records_of([a_page(HALVES.format(people=people))], DocumentKind.HALF_SHEET)
    first = found[0].charges[0]
    assert first.disposition.value is not Disposition.FIRST_OFFENDER_PROBATION
    assert first.termination.value is None
    assert len(found) == 2


AMENDED = CAPTION.replace(
    "  The following",
    "  C002  720 ILCS 5/24-1(A)(4)    UNLAWFUL USE OF WEAPON     CLASS A MISDEMEANOR\n\n  The following",
)


@pytest.mark.parametrize(
    "row", ["AMENDED BY STATE TO     720 ILCS 550/4(B) POSS CANNABIS 2.5-10 GRAMS   WOJCIK   05/20/93"]
)
def test_an_amended_charge_of_no_count_is_surely_none_s(row: str) -> None:
    page = a_page(f"{AMENDED}  {row}\n  05/20/93 NOLLE PROSEQUI                 C002\n")
    (record,) = records_of([page], DocumentKind.CERTIFIED_STATEMENT)
    weapon = next(charge for charge in record.charges if charge.count == 2)
    assert weapon.statute.value == "720 ILCS 5/24-1(a)(4)" or weapon.statute.confidence <= 0.7


@pytest.mark.parametrize("end", ["UN", "UNS", "UNSA", "UNSATIS", "UNSATISFA"])
def test_a_bad_end_cut_at_the_edge_of_its_column_is_no_good_one(end: str) -> None:
    assert not is_freed(_charge(f"{SUPERVISED}  05/20/94 SUPERVISION TERMINATED {end} C001\n"))


@pytest.mark.parametrize("end", ["SAT", "SATIS", "SATISFA", "SATISFACT"])
def test_a_good_end_cut_at_the_edge_of_its_column_is_one(end: str) -> None:
    assert is_freed(_charge(f"{SUPERVISED}  05/20/94 SUPERVISION TERMINATED {end} C001\n"))


@pytest.mark.parametrize("word", ["MISTAKE", "VOID", "STRUCK", "RECALLED", "CANCELLED"])
def test_an_ending_with_a_word_below_that_takes_it_back_frees_nobody(word: str) -> None:
    assert not is_freed(_charge(f"  07/09/94 NOLLE PROSEQUI                 C001\n           {word}\n"))


def test_a_judgment_vacated_in_words_cut_short_is_vacated() -> None:
    charge = _charge(f"{FOUND}  07/09/94 MOTION DEF VACATE JUDGMT-ALLOW C001\n")
    assert charge.disposition.value is Disposition.VACATED
    charge = _charge(f"{FOUND}  07/09/94 MOTION DEF VACATE JUDGMT-DENIE C001\n")
    assert charge.disposition.value is Disposition.GUILTY


def test_evidence_suppressed_is_no_word_of_a_sentence() -> None:
    rows = f"  04/09/93 MOTION DEF SUPPRESS EVIDENCE\n{FOUND}  05/20/93 DEF SENTENCED TO PROBATION C001\n           18 MTHS\n"
    assert _charge(rows).disposition.confidence > 0.99
