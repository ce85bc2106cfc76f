"""Charging papers, orders of sentence, and charges that take several rows in any order."""

# ruff: noqa: E501 - pages are easier to check in one piece

from __future__ import annotations

import textwrap
from datetime import date

import pytest
from typed_grid import a_page
from typed_papers import ACCUSED

from casefile.docket import Disposition, DocketRecord, DocumentKind, GapKind, Grade
from casefile.law import Outcome
from eligibility.case import Case
from eligibility.determine import determine, load_law
from extract.amounts import grams_in
from extract.calibration import thresholds
from extract.documents import documents_in
from extract.records import records_of
from extract.words_apart import with_words_apart

COMPLAINT = f"""\
{ACCUSED} Poss. Cannabis 14.3
 gms in that he knowingly and unlawfully did the act described above,
 in violation of Chapter 720, Act 550,
 Section 4(c), Illinois Compiled Statutes.
"""
ORDER = """\
              IN THE CIRCUIT COURT OF COOK COUNTY, ILLINOIS
 CRIMINAL NO.: 96 MC1 075437 01
 DEFT.: OSTROWSKI, PABLO S
                   JUDGMENT AND SENTENCE
 BIRTHDATE   29 MAY 70
 DATE OF SENTENCE: 12 JUL 96

   COUNT 1  MA      POSS CANNABIS 20 GRAMS
         720/550/4-C
   COUNT 2  MA      BATTERY
         720-5/12-3(A)

 THE DEFENDANT HAVING BEEN ADJUDGED GUILTY, IT IS HEREBY ORDERED:
   PLED GUILTY                                    CT 1
   SENTENCED TO {sentence}                        CT 1
           12 MONTHS
"""


def the_record(text: str) -> DocketRecord:
    page = a_page(text)
    (document,) = documents_in([page])
    (record,) = records_of([page], document.kind)
    return record


def test_a_complaint_accuses_across_the_ends_of_its_lines() -> None:
    record = the_record(COMPLAINT)
    (charge,) = record.charges
    assert record.document_kind is DocumentKind.COMPLAINT
    assert charge.statute.value == "720 ILCS 550/4(c)"
    assert charge.description.value == "Poss. Cannabis 14.3 gms"
    assert charge.offense_date.value == date(2004, 11, 5)
    assert charge.grams.value is not None
    assert tuple(charge.grams.value) == (14.3, 14.3)


def test_a_complaint_tells_of_no_ending_and_no_relief_follows_from_that() -> None:
    record = the_record(COMPLAINT)
    (charge,) = record.charges
    assert charge.disposition.is_silent
    as_of = date(2026, 6, 30)
    (answer,) = determine(Case(record), law=load_law("illinois"), policy=None, as_of=as_of, risk=0.3)
    assert answer.outcome is Outcome.REVIEW
    assert answer.reason_codes == ("R-AMBIGUOUS:disposition",)


def test_two_counts_of_a_complaint_are_two_charges() -> None:
    other = COMPLAINT[COMPLAINT.index(" Carmen") :].replace("550,\n Section 4(c)", "5,\n Section 12-3(a)")
    text = (
        COMPLAINT.replace(" Carmen", " COUNT 1\n Carmen")
        + "\n COUNT 2\n"
        + other.replace("Poss. Cannabis 14.3\n gms", "Battery")
    )
    charges = the_record(text).charges
    assert [c.statute.value for c in charges] == ["720 ILCS 550/4(c)", "720 ILCS 5/12-3(a)"]
    assert [c.count for c in charges] == [1, 2]


SECOND_COUNT = (
    COMPLAINT[COMPLAINT.index(" Carmen") :]
    .replace("550,\n Section 4(c)", "5,\n Section 19-1(a)")
    .replace("Poss. Cannabis 14.3\n gms", "Burglary")
)
TWO_COUNTS = COMPLAINT.replace(" Carmen", " COUNT 1\n Carmen") + "\n COUNT 2\n" + SECOND_COUNT
GARBLED_CITATION = SECOND_COUNT.replace("in violation of Chapter 720, Act 5,\n Section", "contrary to 72O ILC5 5/")
GARBLED = {
    "the word offense": TWO_COUNTS.replace("committed the offense of Burglary", "committed the OFFFNSF of Burglary"),
    "the citation": TWO_COUNTS.replace(SECOND_COUNT, GARBLED_CITATION),
    "the first count": TWO_COUNTS.replace("committed the offense of Poss", "committed the OFFFNSF of Poss"),
    "a citation under no count": COMPLAINT + "\n\n" + GARBLED_CITATION,
}


@pytest.mark.parametrize("name", GARBLED)
def test_a_count_of_a_complaint_that_gave_no_charge_is_a_gap(name: str) -> None:
    assert the_record(TWO_COUNTS).gaps == ()
    record = the_record(GARBLED[name])
    assert len(record.charges) == 1
    assert {gap.kind for gap in record.gaps} == {GapKind.UNREAD_INK}
    assert record.charges[0].statute.confidence < thresholds()["statute"]


def test_an_order_typed_on_a_complaint_is_of_the_count_it_names() -> None:
    first, second = the_record(TWO_COUNTS + "\n\n 12/05/04  NOLLE PROSEQUI COUNT 2\n").charges
    assert first.disposition.value is not Disposition.NOLLE_PROSEQUI
    assert second.disposition.value is Disposition.NOLLE_PROSEQUI
    assert second.disposition_date.value == date(2004, 12, 5)


def test_an_order_gives_its_day_to_what_it_orders() -> None:
    first, second = the_record(ORDER.format(sentence="PROBATION")).charges
    assert first.disposition.value is Disposition.GUILTY
    assert first.disposition_date.value == date(1996, 7, 12)
    assert first.sentence.value is not None
    assert [(p.kind.value, p.amount) for p in first.sentence.value] == [("probation", 12)]
    assert second.disposition.is_silent


@pytest.mark.parametrize(
    "words", ["FIRST OFFENDER PROBATION", "FIRST-OFFENDER PROBATION", "SECTION 10 PROBATION", "710 PROBATION"]
)
def test_an_order_of_first_offender_probation_is_no_conviction(words: str) -> None:
    (first, _) = the_record(ORDER.format(sentence=words)).charges
    assert first.disposition.value is Disposition.FIRST_OFFENDER_PROBATION


def test_a_penalty_nobody_understood_is_a_doubt_about_the_conviction() -> None:
    (first, _) = the_record(ORDER.format(sentence="FINE $50 AND PROBXN OF SORTS")).charges
    assert (
        first.disposition.value is not Disposition.GUILTY or first.disposition.confidence < thresholds()["disposition"]
    )


CHARGE_ROWS = (
    "   COUNT 1  720-550/4(D)   F4   POSS CANNABIS 30-500 GRAMS\n   COUNT 2  720-5/12-3(A)   MA   BATTERY",
    "   1.  POSS CANNABIS 30-500 GRAMS   F4\n         720-550/4(D)\n   2.  BATTERY   MA\n         720-5/12-3(A)",
    "   CT 1:  CLASS 4 FELONY\n        720-550/4(D)\n        POSS CANNABIS 30-500 GRAMS\n   CT 2:  CLASS A MISDEMEANOR\n        720-5/12-3(A)\n        BATTERY",
    "   #1  STATUTE: 720-550/4(D)   CLASS: F4\n        OFFENSE: POSS CANNABIS 30-500 GRAMS\n   #2  STATUTE: 720-5/12-3(A)   CLASS: MA\n        OFFENSE: BATTERY",
    "   COUNT 1  FELONY, CLASS 4\n        CHARGE: POSS CANNABIS 30-500 GRAMS   STATUTE: 720-550/4(D)\n   COUNT 2  MISDEMEANOR, CLASS A\n        CHARGE: BATTERY   STATUTE: 720-5/12-3(A)",
)
STATEMENT = """\
                 CERTIFIED STATEMENT OF DISPOSITION
 DEFENDANT: MARLOW, DESMOND T      CASE NUMBER: 93CR9912301
 CHARGED WITH:
{charges}
 DISPOSITIONS
 05/20/93  PLEA OF GUILTY             C001
 05/20/93  NOLLE PROSEQUI             C002
"""


@pytest.mark.parametrize("rows", CHARGE_ROWS)
def test_what_a_numbered_charge_says_may_stand_in_any_order(rows: str) -> None:
    first, second = the_record(STATEMENT.format(charges=rows)).charges
    assert (first.statute.value, second.statute.value) == ("720 ILCS 550/4(d)", "720 ILCS 5/12-3(a)")
    assert (first.description.value, second.description.value) == ("POSS CANNABIS 30-500 GRAMS", "BATTERY")
    assert (first.grade.value, second.grade.value) == (Grade.F4, Grade.MA)
    assert (first.disposition.value, second.disposition.value) == (Disposition.GUILTY, Disposition.NOLLE_PROSEQUI)


def test_a_citation_lost_from_one_charge_is_never_taken_from_the_next() -> None:
    rows = CHARGE_ROWS[1].replace("         720-550/4(D)\n", "         ~~~;~ .\n")
    first, second = the_record(STATEMENT.format(charges=rows)).charges
    assert first.statute.value is None
    assert second.statute.value == "720 ILCS 5/12-3(a)"


def test_words_not_understood_before_a_count_leave_that_count_theirs() -> None:
    """The first order is misread; its count must not be taken for that of the next."""
    rows = "\n".join(CHARGE_ROWS[:1])
    text = (
        STATEMENT.format(charges=rows)
        .replace("PLEA OF GUILTY             C001", "P!? XQUILTX CT 1 NOLLE PROS CT 2")
        .replace(" 05/20/93  NOLLE PROSEQUI             C002\n", "")
    )
    first, second = the_record(text).charges
    assert first.disposition.value is not Disposition.NOLLE_PROSEQUI
    assert second.disposition.value is Disposition.NOLLE_PROSEQUI


def test_a_name_whose_order_no_column_or_comma_tells_is_not_accepted_unseen() -> None:
    record = the_record(STATEMENT.format(charges=CHARGE_ROWS[0]).replace("MARLOW, DESMOND T", "XANTHOR VELLIQUE"))
    assert record.defendant is not None
    assert record.defendant.surname.confidence < thresholds()["name"]


BAD = {
    "empty": "",
    "another language": "El tribunal declara que el acusado no ha comparecido.\nLa audiencia queda aplazada.",
    "markup": '<script>alert(\'720-550/4(D)\')</script>\n=HYPERLINK("x";"93CR9912301")',
    "no number, no name": "CERTIFIED STATEMENT OF CONVICTION\n05/20/93 PLEA OF GUILTY",
    "figures": "\n".join(" ".join(str(i * j) for j in range(12)) for i in range(12)),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("kind", list(DocumentKind))
def test_bad_input_invents_nothing(name: str, kind: DocumentKind) -> None:
    for record in records_of([a_page(BAD[name])], kind):
        if record.defendant is not None:
            assert record.defendant.birth_date.value is None
            assert record.defendant.surname.value is None or record.defendant.surname.confidence < thresholds()["name"]


@pytest.mark.parametrize(
    "words",
    ["RECORD EXPUNGED", "Pet. to expunge allowed", "EXPUNGEMENT ORDER ENTERED", "PETITION-SEAL CONVICTION-GRTD"],
)
def test_a_record_already_gone_is_told_as_gone(words: str) -> None:
    text = STATEMENT.format(charges=CHARGE_ROWS[0]) + f" 06/20/99  {words}\n"
    for charge in the_record(text).charges:
        assert charge.disposition.value in (Disposition.EXPUNGED, Disposition.SEALED)


def test_a_record_told_as_gone_above_its_caption_is_gone_and_looked_at() -> None:
    statement = STATEMENT.format(charges=CHARGE_ROWS[0])
    assert the_record(statement).gaps == ()
    record = the_record(" RECORD EXPUNGED BY ORDER OF COURT\n\n" + statement)
    assert [c.disposition.value for c in record.charges] == [Disposition.EXPUNGED] * 2
    assert {gap.kind for gap in record.gaps} == {GapKind.UNREAD_INK}


def test_another_states_statute_is_called_so() -> None:
    rows = "   COUNT 1  11357(b) HS   POSS MARIJUANA"
    (charge,) = the_record(
        STATEMENT.format(charges=rows).replace(" 05/20/93  NOLLE PROSEQUI             C002\n", "")
    ).charges
    assert charge.statute.value == "HS 11357(b)"


FORM = """\
 The People of the State of Illinois     )
                Plaintiff                )   MISDEMEANOR COMPLAINT
                   v.                    )   No.   84 MC6 141525
 WILLIE EUGENE GUTIERREZ                 )
                Defendant

 WILLIE EUGENE GUTIERREZ      1138 S. Ashland Ave.      has, on or about
      (defendant)                 (address)
 December 2, 1984        at        7922 W. 63rd St., Chicago
      (date)                      (place of offense)
 committed the offense of    {offense}    in that he/she
 knowingly and unlawfully had in her possession more than 10 grams but not
 more than 30 grams of a substance containing cannabis
 in violation of Chapter    56 1/2    Section    704(c)
 ILLINOIS REVISED STATUTES
"""


def test_a_form_accuses_though_its_blanks_stand_apart() -> None:
    (record,) = records_of([a_page(FORM.format(offense="Poss. of Cannabis"))], DocumentKind.COMPLAINT)
    (charge,) = record.charges
    assert (charge.statute.value, charge.grams.value) == ("720 ILCS 550/4(c)", grams_in("10-30 GRAMS"))
    assert charge.offense_date.value == date(1984, 12, 2)


BELOW = """\
PEOPLE OF THE STATE OF ILLINOIS
     vs.                               NO. 89-CF-1193
BERNARD HOLLOMAN
                    COMPLAINT
     Daniel Brooks states that on or about June 4, 1989, in Kane County,
Illinois, Bernard Holloman committed the offense of
        Unlawful possession of cannabis
in violation of
   Chapter  56 1/2   Section  704(c)    Illinois Revised Statutes
in that he knowingly possessed 12 grams of cannabis.
"""


def test_a_form_that_tells_the_offense_and_how_in_rows_of_their_own_weighs_it() -> None:
    (charge,) = records_of([a_page(BELOW)], DocumentKind.COMPLAINT)[0].charges
    assert (charge.statute.value, charge.grams.value) == ("720 ILCS 550/4(c)", grams_in("12 GRAMS"))


def test_a_blank_form_takes_no_citation_from_another_offense() -> None:
    text = FORM.format(offense="Theft").replace("in violation of", "committed the offense of Battery, in violation of")
    (record,) = records_of([a_page(text)], DocumentKind.COMPLAINT)
    assert len(record.charges) == 1


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("DELIVERY OF CANNABIS, a Class 4 felony, in that he", Grade.F4),
        ("DELIVERY OF CANNABIS in that he, having been convicted of a Class 4 felony,", None),
    ],
)
def test_the_class_beside_the_words_of_an_offense_is_its_own(words: str, grade: Grade | None) -> None:
    text = f"""{ACCUSED} {words}
 knowingly delivered cannabis, in violation of Ch. 56 1/2, Par. 705(c).
"""
    (record,) = records_of([a_page(text)], DocumentKind.COMPLAINT)
    assert [c.grade.value for c in record.charges] == [grade]


CALIFORNIAN = """\
        SUPERIOR COURT OF THE STATE OF CALIFORNIA
               FOR THE COUNTY OF FRESNO
    THE PEOPLE OF THE STATE OF CALIFORNIA,   )
                   Plaintiff,                )  NO. A207585
           v.                                )
    LEONARD ANN GALLOWAY,                    )  {title}
                   Defendant.                )

    The District Attorney of the County of Fresno, by this information
    hereby accuses Leonard Ann Galloway of the following crimes:
"""
ACTS = (
    "Violation of Section 11357(b) of the Health and Safety Code, a misdemeanor, in that on or about the 4th day of"
    " May, 1979, said defendant did unlawfully possess not more than 28.5 grams of marijuana.",
    "For a further and separate cause of action, being a different offense of the same class of crimes and offenses as"
    " the charge set forth in the preceding count, violation of Section 459 of the Penal Code, a felony, in that on or"
    " about May 4, 1979, said defendant did enter a building with the intent to commit larceny.",
    "On or about May 4, 1979, LEONARD ANN GALLOWAY did willfully and unlawfully cultivate marijuana, in violation of"
    " section 11358 of the Health and Safety Code, a felony.",
)
_HEADS = {
    "FIRST COUNT: ": ("FIRST COUNT: ", "SECOND COUNT: ", "THIRD COUNT: "),
    "COUNT ONE": ("COUNT ONE\n", "COUNT TWO\n", "COUNT THREE\n"),
}


def acts(heads: tuple[str, ...]) -> str:
    told = [f"{head}{act}" for head, act in zip(heads, ACTS, strict=True)]
    rows = (textwrap.wrap(line, 66) or [""] for each in told for line in each.split("\n"))
    return "\n".join("    " + row for few in rows for row in few)


@pytest.mark.parametrize("heads", _HEADS.values(), ids=_HEADS)
def test_a_count_accuses_of_what_was_done_and_cites_though_it_names_no_offense(heads: tuple[str, ...]) -> None:
    record = records_of([a_page(CALIFORNIAN.format(title="INFORMATION") + acts(heads))], DocumentKind.COMPLAINT)[0]
    told = [(charge.count, charge.statute.value, charge.grade.value) for charge in record.charges]
    assert told == [(1, "HS 11357(b)", Grade.M), (2, "PC 459", Grade.F), (3, "HS 11358", Grade.F)]
    assert [charge.grams.value for charge in record.charges] == [grams_in("NOT MORE THAN 28.5 GRAMS"), None, None]


@pytest.mark.parametrize("title", ["INFORMATION", "AMENDED INFORMATION", "Dept. 5"])
def test_what_stands_beyond_the_stroke_of_a_caption_is_no_part_of_the_name(title: str) -> None:
    heads = _HEADS["FIRST COUNT: "]
    (record,) = records_of([a_page(CALIFORNIAN.format(title=title) + acts(heads))], DocumentKind.COMPLAINT)
    assert record.defendant is not None
    names = (record.defendant.surname, record.defendant.given, record.defendant.middle)
    assert [name.value for name in names] == ["GALLOWAY", "LEONARD", "ANN"]


def test_the_numbers_of_the_lines_of_pleading_paper_say_nothing() -> None:
    plain = (CALIFORNIAN.format(title="INFORMATION") + acts(_HEADS["COUNT ONE"])).split("\n")
    numbered = [f"{row + 1 if row < 28 else '':>2}{plain[row] if row < len(plain) else ''}" for row in range(30)]
    (record,) = records_of([a_page("\n".join(numbered))], DocumentKind.COMPLAINT)
    assert [charge.statute.value for charge in record.charges] == ["HS 11357(b)", "PC 459", "HS 11358"]
    called = "\n".join(f"{row + 1:>2} 84CR{row + 10000} RUIZ, ANA" for row in range(28))
    assert with_words_apart(a_page(called)).words == a_page(called).words


def test_two_counts_in_one_paragraph_are_not_one_charge_without_a_citation() -> None:
    told = "FIRST COUNT: Carlos Garcia did willfully possess cannabis, in violation of 720 ILCS 550/4(a). SECOND COUNT: Carlos Garcia did knowingly steal property, in violation of 720 ILCS 5/16-1."
    page = a_page(CALIFORNIAN.format(title="COMPLAINT") + "\n".join(textwrap.wrap(told, 68)))
    [record] = records_of([page], DocumentKind.COMPLAINT)
    assert [charge.statute.value for charge in record.charges] == ["720 ILCS 550/4(a)", "720 ILCS 5/16-1"]


def test_the_day_of_a_plea_is_not_that_of_an_offense() -> None:
    told = "Carlos Garcia did plead guilty on May 2, 2004 to possession of cannabis in violation of 720 ILCS 550/4(a) and did complete the program."
    page = a_page(CALIFORNIAN.format(title="COMPLAINT") + "\n".join(textwrap.wrap(told, 68)))
    [record] = records_of([page], DocumentKind.COMPLAINT)
    assert record.charges[0].offense_date.value is None


PROBATION = """\
       IN THE CIRCUIT COURT OF VERMILION COUNTY, ILLINOIS

PEOPLE OF THE STATE OF ILLINOIS               Case No. 88-CF-973
    vs.                                       DOB 08/22/1964
MARCUS J ORTEGA

                      {title}

This cause coming on to be heard this June 23, 1988, the People
appearing by the State's Attorney, the defendant appearing in person and
by counsel, and the defendant having pleaded guilty to the offense of
UNLAWFUL DELIVERY OF CANNABIS, a Class 4 Felony, committed on March 14,
1988, in violation of Ch. 56 1/2, Par. 705(c), and the Court
{recital}

IT IS HEREBY ORDERED that the defendant is sentenced to probation for a
period of 12 months, subject to the following conditions:

  1. Not violate any criminal statute of any jurisdiction.
  2. {condition}

Entered: June 23, 1988                 ______________________
                                       Judge
"""


@pytest.mark.parametrize(
    ("recital", "title", "condition", "sure"),
    [
        ("having entered judgment of conviction thereon,", "ORDER OF PROBATION", "Pay a fine of $500.00 and court costs within 6 months.", True),
        ("having entered judgment on the finding,", "ORDER OF PROBATION", "Serve 7 days in the county jail.", True),
        ("having found the defendant guilty,", "ORDER OF PROBATION", "Serve 7 days in the county jail.", False),
        ("having entered no judgment of conviction,", "ORDER OF PROBATION", "Serve 7 days in the county jail.", False),
        ("without entering judgment of conviction,", "ORDER OF PROBATION", "Serve 7 days in the county jail.", False),
        ("having vacated the judgment of conviction,", "ORDER OF PROBATION", "Serve 7 days in the county jail.", False),
        ("having entered judgment of conviction thereon,", "ORDER - CANNABIS CONTROL ACT PROBATION", "Serve 7 days in the county jail.", False),
        ("having entered judgment of conviction thereon,", "ORDER OF PROBATION - DEFERRED JUDGMENT", "Serve 7 days in the county jail.", False),
        ("having entered judgment of conviction thereon,", "ORDER OF PROBATION", "Upon completion the Court shall dismiss the proceedings.", False),
    ],
)  # fmt: skip
def test_a_judgment_that_was_entered_tells_which_probation_it_is(
    recital: str, title: str, condition: str, *, sure: bool
) -> None:
    record = the_record(PROBATION.format(recital=recital, title=title, condition=condition))
    (charge,) = record.charges
    assert (charge.disposition.value is Disposition.GUILTY and charge.disposition.confidence > 0.97) is sure


LETTER = """\
          OFFICE OF THE CLERK OF THE CIRCUIT COURT
                   CERTIFICATE OF DISPOSITION

   I, the undersigned, Clerk of the Circuit Court, do hereby certify that in
   the case of The People of the State of Illinois v. Darnell Ray
   Abernathy, {said} 97-MC4-158146, the records of this office
   show that the following charges were disposed of as stated:

   Count  Offense              Disposition         Date          Sentence
   1      UNLAWFUL USE OF      Nolle Prosequi      10/27/1997
          WEAPON
          720 5/24-1(a)(4)
          Class A Misd.
   2      POSS CANNABIS        Nolle Prosequi      10/27/1997
          720 550/4(d)
          Class 4 Felony
"""


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("born June 2, 1979, Case No.", True),
        ("on June 2, 1997 transferred to Case No.", False),
        ("born June 2, 1979, codefendant in No.", False),
        ("born June 2, 1979, also", False),
    ],
)
def test_a_number_behind_the_day_of_birth_is_the_case_and_a_name_in_a_sentence_stands_as_spoken(
    said: str, *, sure: bool
) -> None:
    record = the_record(LETTER.format(said=said))
    assert (record.docket_number.value == "97MC4158146" and record.docket_number.confidence > 0.97) is sure
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.given.value) == ("ABERNATHY", "DARNELL")
    assert record.defendant.surname.confidence > 0.97 or not sure
    assert [charge.grade.value for charge in record.charges] == [Grade("MA"), Grade("F4")]


@pytest.mark.parametrize("counsel", ["For Deft: Public Defender", "Attorney for Defendant: Lamont Tolliver", ""])
def test_who_stands_up_for_the_defendant_is_not_the_defendant(counsel: str) -> None:
    text = ORDER.replace(" DEFT.: OSTROWSKI, PABLO S", f" DEFT.: OSTROWSKI, PABLO S      {counsel}").format(
        sentence="PROBATION"
    )
    defendant = the_record(text).defendant
    assert defendant is not None
    assert defendant.surname.value == "OSTROWSKI"
    assert defendant.surname.confidence > 0.97


@pytest.mark.parametrize(
    ("behind", "sure"), [(", a felony, was", True), (" in that he was", True), (" a , was", False)]
)
def test_an_article_behind_a_section_is_no_letter_of_it(behind: str, *, sure: bool) -> None:
    text = COMPLAINT.replace(
        "Chapter 720, Act 550,\n Section 4(c), Illinois Compiled Statutes.",
        f"the Health and Safety Code,\n Section 11358{behind} committed.",
    )
    assert text != COMPLAINT
    (charge,) = the_record(text).charges
    assert charge.statute.value == "HS 11358"
    assert (charge.statute.confidence > 0.97) is sure
