"""Words that look like an ending, a kind of probation, a weight, a day or a name, and say something else."""
# ruff: noqa: E501 - rows are easier to check in one piece

from __future__ import annotations

import textwrap

import pytest
from typed_grid import a_page
from typed_papers import ACCUSED, STATEMENT

from casefile.docket import Charge, Disposition, DocumentKind, Grade, SentenceKind, SentencePart, Termination
from extract.amounts import grams_in
from extract.calibration import thresholds
from extract.dates import dates_in
from extract.kinds import kind_of, seen_on
from extract.names import name_in
from extract.records import records_of

CAPTION = STATEMENT.format(more="")
PLEADED = "  05/20/93 PLEA OF GUILTY                 C001\n"
FOUND = "  05/20/93 FINDING OF GUILTY              C001\n"
SUPERVISED = PLEADED + "  05/20/93 SUPERVISION 12 MTHS            C001\n"
FREE = {
    Disposition.DISMISSED, Disposition.NOT_GUILTY, Disposition.NOLLE_PROSEQUI, Disposition.STRICKEN_OFF_LEAVE, Disposition.VACATED,
}  # fmt: skip
GONE = {Disposition.EXPUNGED, Disposition.SEALED}


def _charge(entries: str) -> Charge:
    (record,) = records_of([a_page(CAPTION + entries)], DocumentKind.CERTIFIED_STATEMENT)
    return record.charges[0]


def _surely(charge: Charge, endings: set[Disposition]) -> bool:
    return charge.disposition.value in endings and charge.disposition.confidence > 0.9


def _accused_of(words: str) -> Charge:
    told = (
        f"possession of cannabis, in that he knowingly possessed {words}, in violation of Chapter 56 1/2, Section 704."
    )
    (record,) = records_of([a_page(f"{ACCUSED}\n{textwrap.fill(told, 70)}\n")], DocumentKind.COMPLAINT)
    return record.charges[0]


@pytest.mark.parametrize("before", ["", PLEADED])
@pytest.mark.parametrize(
    "row",
    ["COURT FINDS DEFENDANT INDIGENT PLEADS NOT GUILTY", "COURT FINDS DEFENDANT FIT FOR TRIAL PLEA OF NOT GUILTY",
     "COURT FINDS DEFENDANT KNOWINGLY WAIVES JURY NOT GUILTY PLEA ENTERED", "FOUND DEFT WITHDRAWS PLEA OF NOT GUILTY",
     "COURT FINDS DEFENDANT FIT TO STAND TRIAL NOT GUILTY", "COURT FINDS DEFENDANT NOT GUILTY PLEA VOLUNTARY",
     "DEFENDANT PLEPDS NOT GUILTY TO ALL COUNTS", "DEFT PLFADS NOT GUILTY AS TO COUNT 1"],
)  # fmt: skip
def test_a_plea_of_not_guilty_is_no_acquittal(before: str, row: str) -> None:
    assert not _surely(_charge(f"{before}  05/20/93 {row}   C001\n"), FREE)


@pytest.mark.parametrize(
    "row", ["COURT FINDS DEFENDANT NOT GUILTY", "COURT FINDS THE DEFENDANT DESMOND MARLOW NOT GUILTY", "FINDING OF NOT GUILTY",
            "FINDING OF NOT GUILTY AS TO ALL COUNTS", "FOUND NOT GUILTY AS TO THE CHARGE"]
)  # fmt: skip
def test_an_acquittal_is_one(row: str) -> None:
    assert _surely(_charge(f"  05/20/93 {row}   C001\n"), {Disposition.NOT_GUILTY})


@pytest.mark.parametrize(("day", "sure"), [("05/20/94", True), ("05/20/93", True), ("05/20/83", False)])
def test_no_case_ends_before_the_year_in_its_number(day: str, sure: bool) -> None:
    """In 93CR9912301 the year may be misread, or that of the day."""
    page = a_page(CAPTION + f"  {day} FINDING OF GUILTY              C001\n", confidence=0.99)
    (record,) = records_of([page], DocumentKind.CERTIFIED_STATEMENT)
    assert (record.docket_number.confidence > 0.6) is sure
    assert (record.charges[0].disposition_date.confidence > 0.5) is sure


@pytest.mark.parametrize(
    "row", ["THE PRIOR CONVICTION ALLEGATION IS DISMISSED", "TRAFFIC COMPLAINT IS DISMISSED", "CASE DISMISSED"]
)
def test_nobody_is_found_guilty_and_set_free_on_one_day(row: str) -> None:
    assert not _surely(_charge(f"{PLEADED}  05/20/93 {row}   C001\n"), FREE)


@pytest.mark.parametrize(
    "row",
    ["THE CAUSE IS DISMISSED AFTER 90 DAYS WITHOUT ARREST", "THE STATE MAY NOLLE PROSEQUI THE CHARGE", "CASE DISMISSED AND REFILED",
     "CAUSE HAVING BEEN HERETOFORE DISMISSED STATE REFILES", "CASE DISMISSED, STATE TO FILE ANEW", "CASE DISMISSED PROVIDED NO ARRESTS",
     "ON FAILURE OF STATE TO PROCEED CASE DISMISSED", "STATE RECOMMENDS CASE BE DISMISSED", "CASE NUMBER KA207254 DISMISSED",
     "SUPV 12 MTHS AT WHICH TIME CASE DISMISSED", "STATE MOVES CASE DISMISSED, GRANTED UNLESS PAID",
     "DEFT MOVES THAT CASE BE DISMISSED. ALLOWED TO FILE MEMORANDUM", "DEFT MOVES THAT CASE BE DISMISSED. ALLOWED LEAVE TO WITHDRAW",
     "PLEA SET ASIDE", "VERDICT SET ASIDE NEW TRIAL", "SENTENCE SET ASIDE", "FINDING SET ASIDE", "JUDGMENT VACATED NEW TRIAL",
     "SENTENCE VACATED, DEFT TO BE RESENTENCED"],
)  # fmt: skip
def test_what_is_to_come_asked_for_or_tried_again_frees_nobody(row: str) -> None:
    assert not _surely(_charge(f"{FOUND}  07/09/94 {row}   C001\n"), FREE)


@pytest.mark.parametrize(
    ("row", "means"),
    [("STATE MOVES TO NOLLE PROS. ALLOWED", Disposition.NOLLE_PROSEQUI), ("CASE DISMISSED LEAVE TO REFILE", Disposition.DISMISSED),
     ("JUDGMENT AND SENTENCE SET ASIDE", Disposition.VACATED), ("JUDGMENT SET ASIDE AND VACATED", Disposition.VACATED)],
)  # fmt: skip
def test_what_was_done_was_done(row: str, means: Disposition) -> None:
    assert _surely(_charge(f"{FOUND}  07/09/94 {row}   C001\n"), {means})


@pytest.mark.parametrize(
    "row",
    ["AT THE END OF WHICH SUPERVISION IS TERMINATED", "THE PEOPLE RECOMMEND THAT SUPERVISION IS TERMINATED SATISFACTORILY",
     "SUPERVISION MAY BE TERMINATED SATISFACTORILY", "PETITION THAT SUPERVISION BE TERMINATED", "SUPV/PROB PROGRESS SATISFACTORY",
     "SUPV/PROB SATISFACTORY REPORT FILED", "SUPERVISION IS TERMINATED BY REASON OF NEW OFFENSE",
     "SUPERVISION IS TERMINATED AND DEFENDANT COMMITTED"],
)  # fmt: skip
def test_a_term_that_is_to_end_has_not_ended(row: str) -> None:
    term = _charge(f"{SUPERVISED}  05/20/94 {row}   C001\n").termination
    assert not (term.value is Termination.SATISFACTORY and term.confidence > 0.9)


@pytest.mark.parametrize("row", ["SUPERVISION IS NOT REVOKED", "BOND IS REVOKED"])
def test_a_term_that_stands_is_not_surely_revoked(row: str) -> None:
    term = _charge(f"{SUPERVISED}  07/09/94 {row}   C001\n").termination
    assert not (term.value is Termination.REVOKED and term.confidence > 0.9)


@pytest.mark.parametrize(
    "row",
    ["NOT WITHOUT ENTERING JUDGMENT PROBATION 12 MTHS", "FINE $10 PROBATION 12 MTHS", "RM 10 PROB 12 MTHS", "COUNT ONE 10 PROB 12 MTHS",
     "FIRST OFFENDER PROBATION DENIED PROBATION 12 MTHS", "PROBATION 12 MTHS NOT 710", "PROBATION 12 MTHS SECTION 10 DENIED",
     "PROBATION 12 MTHS REPORT TO 1410 S MICHIGAN", "NOT 710 PROBATION 12 MTHS", "710 PROBATION NOT GRANTED PROBATION 12 MTHS"],
)  # fmt: skip
def test_what_only_looks_like_first_offenders_probation(row: str) -> None:
    assert not _surely(_charge(f"{PLEADED}  05/20/93 {row}   C001\n"), {Disposition.FIRST_OFFENDER_PROBATION})


def test_a_tenth_of_april_is_no_section() -> None:
    assert not _surely(
        _charge(f"{PLEADED}  APRIL 10 PROBATION 12 MTHS   C001\n"), {Disposition.FIRST_OFFENDER_PROBATION}
    )


@pytest.mark.parametrize(
    "row",
    ["SECTION 10 PROBATION 12 MTHS", "PROBATION 12 MTHS SEC. 10", "710 PROBATION 12 MTHS", "10 PROBATION 12 MTHS"],
)
def test_first_offenders_probation_by_its_section(row: str) -> None:
    assert _surely(_charge(f"{PLEADED}  05/20/93 {row}   C001\n"), {Disposition.FIRST_OFFENDER_PROBATION})


@pytest.mark.parametrize(
    "row",
    ["CLERK SHALL SEAL PSI REPORT", "MEDICAL RECORDS ARE SEALED", "COURT DENIES MOTION THAT RECORDS BE SEALED",
     "AFTER TWO YEARS THE CLERK SHALL EXPUNGE THE RECORD UPON PETITION", "GRAND JURY RECORDS ARE SEALED"],
)  # fmt: skip
def test_what_is_sealed_may_not_be_the_record(row: str) -> None:
    assert not _surely(_charge(f"{FOUND}  07/09/94 {row}   C001\n"), GONE)


@pytest.mark.parametrize(
    "row", ["GRANT EXPUNGEMENT", "EXPUNGEMENT GRANTED", "PETITION/EXPUNGEMENT-ALLOWED", "RECORD SEALED", "CLERK SHALL EXPUNGE RECORDS"]
)  # fmt: skip
def test_a_record_that_is_gone_is(row: str) -> None:
    assert _surely(_charge(f"{FOUND}  07/09/94 {row}   C001\n"), GONE)


def test_a_department_before_its_term_is_prison_and_one_in_lieu_is_not() -> None:
    sent = _charge(f"{PLEADED}  05/20/93 SENT TO DEPARTMENT OF CORRECTIONS 3 YEARS   C001\n").sentence
    assert [(part.kind, part.amount) for part in sent.value or ()] == [(SentenceKind.PRISON, 3.0)]
    spared = _charge(f"{PLEADED}  05/20/93 PROBATION 2 YRS IN LIEU OF 2 YRS PRISON   C001\n").sentence
    assert not _has_prison(spared.value) or spared.confidence < 0.9


def _has_prison(parts: tuple[SentencePart, ...] | None) -> bool:
    return any(part.kind is SentenceKind.PRISON for part in parts or ())


@pytest.mark.parametrize(
    ("words", "grams"),
    [("not less than 30 grams of cannabis", (30.0, None)), ("in excess of 30 grams of cannabis", (30.0, None)),
     ("at least 30 grams of cannabis", (30.0, None)), ("greater than 30 grams of cannabis", (30.0, None)),
     ("30 grams or more of cannabis", (30.0, None)), ("30 grams or less of cannabis", (None, 30.0)),
     ("no more than 10 grams of cannabis", (None, 10.0)), ("1,200 grams of cannabis", (1200.0, 1200.0)),
     ("2 1/2 grams of cannabis", (2.5, 2.5)), ("10-30 grams of cannabis", (10.0, 30.0)),
     ("more than 30 but not more than 500 grams of cannabis", (30.0, 500.0)), ("approximately 44.7 grams of cannabis", (44.7, 44.7))],
)  # fmt: skip
def test_the_weight_of_an_accusation_is_the_whole_phrase(words: str, grams: tuple[float | None, float | None]) -> None:
    assert _accused_of(words).grams.value == grams


@pytest.mark.parametrize(
    "words",
    ["44. 7 grams of cannabis", "1, 200 grams of cannabis", "12 grams of cocaine and a pipe containing cannabis",
     "4 pounds and 12 grams of cannabis", "less than 30 but more than 10 grams of cannabis", "not in excess of 30 grams of cannabis"],
)  # fmt: skip
def test_a_weight_that_is_not_understood_is_asked_about(words: str) -> None:
    grams = _accused_of(words).grams
    assert grams.value is None
    assert grams.raw


def test_the_class_of_an_earlier_conviction_is_not_the_charge_s() -> None:
    told = "possession of cannabis in violation of Chapter 56 1/2, Section 704(b), he having been previously convicted of a Class 4 felony."
    (record,) = records_of([a_page(f"{ACCUSED}\n{textwrap.fill(told, 70)}\n")], DocumentKind.COMPLAINT)
    assert record.charges[0].grade.value is not Grade.F4


@pytest.mark.parametrize(
    ("words", "grams"),
    [("POSS CANNABIS 4(10 GRAMS OR LESS)", (None, 10.0)), ("POSS CANNABIS 2.5(10 GRAMS", (2.5, 10.0)), ("AT LEAST 30 GRAMS", (30.0, None))],
)  # fmt: skip
def test_a_bracket_that_closes_is_no_band(words: str, grams: tuple[float | None, float | None]) -> None:
    assert grams_in(words) == grams


@pytest.mark.parametrize(
    ("text", "days"),
    [("MAPLE WAY 12 1987", 0), ("MARY RAY 12 1987", 0), ("HAY 3 1988", 1), ("CONT TO HAY 3 1988", 1), ("BORN HAY 3 '88", 1)],
)  # fmt: skip
def test_a_street_or_a_name_is_no_month(text: str, days: int) -> None:
    assert len(dates_in(text)) == days


@pytest.mark.parametrize(
    ("text", "surname", "given"),
    [("MC DONALD, SR.", "MC DONALD", ""), ("VAN DYKE, JR.", "VAN DYKE", ""), ("John Roe, Jr.", "ROE", "JOHN"), ("ROE JOHN, SR.", "ROE", "JOHN")],
)  # fmt: skip
def test_a_suffix_behind_a_surname_in_two_words(text: str, surname: str, given: str) -> None:
    found = name_in(text)
    assert found is not None
    assert (found.surname, found.given) == (surname, given)


SECOND = """
    and the defendant shall pay to the Clerk of this Court the sum of
 $250 and costs;

    IT IS FURTHER ORDERED that the supervision heretofore granted be
 and the same is hereby revoked, and the defendant is sentenced to 30
 days in the County Jail.

                          ____________________
                          Judge
"""


def test_the_second_page_of_an_order_is_no_stray_paper() -> None:
    assert kind_of(seen_on(a_page(SECOND))) is not DocumentKind.OTHER


CITED = """\
 CASE NO. 94 CF 1234   PEOPLE VS. DOE, MARY   DATE OF BIRTH: 03-04-50
 COUNT 1  {cited} POSSESSION
 04-01-94  NOLLE PROS
"""


@pytest.mark.parametrize(
    ("cited", "confidence", "sure"),
    [
        ("38-21-2 MA", 0.96, True),
        ("38-21-2 MA", 0.8, False),
        ("38-21-2 OF", 0.96, True),
        ("38-21-2 25.00", 0.96, True),
        ("720 ILCS 5/21-2 a Felony", 0.96, True),
        ("720 ILCS 5/21-2 a", 0.96, False),
        ("38-21-2 (D)'", 0.96, False),
        ("56 1/2-704 MA", 0.96, False),
        ("56 1/2-704 OF", 0.96, False),
    ],
)
def test_only_what_may_be_a_letter_makes_a_citation_without_one_a_doubt(
    cited: str, confidence: float, *, sure: bool
) -> None:
    page = a_page(CITED.format(cited=cited), confidence=confidence)
    (charge,) = records_of([page], DocumentKind.HALF_SHEET)[0].charges
    assert (charge.statute.confidence > thresholds()["statute"]) is sure
