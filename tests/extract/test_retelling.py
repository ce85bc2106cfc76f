"""Forms that tell each count's ending in its own place are read as those that list charges and entries."""

from __future__ import annotations

from datetime import date

import pytest
from typed_grid import a_page

from casefile.docket import Disposition, DocketRecord, DocumentKind, Plea
from extract.headings import field_of_words
from extract.records import records_of

CAPTION = """ PEOPLE OF THE STATE OF ILLINOIS
      VS.               CASE NO.: 82 C1 12345
 OKAFOR, MIKE
 DOB: 06/30/1960

"""
GRID = (
    CAPTION
    + """ CNT   STATUTE          OFFENSE                 PLEA         FINDING      SENTENCE              DISP DATE
 1     56.5-704-D       POSS CANNABIS 30-500    GUILTY       GUILTY       PROBATION             03/04/1983
                        GRAMS                                             24 MONTHS
 2     38-12-3-A        BATTERY                 NOT GUILTY   NOLLE PROS                         03/04/1983
"""
)
BLOCKS = (
    CAPTION
    + """ COUNT 1
    STATUTE:   56.5-704-D
    OFFENSE:   POSS CANNABIS 30-500 GRAMS
    PLEA:      GUILTY              FINDING:  GUILTY
    SENTENCE:  PROBATION 24 MONTHS
    DISPOSITION DATE:  03/04/1983

 COUNT 2
    STATUTE:   38-12-3-A
    OFFENSE:   BATTERY
    PLEA:      NOT GUILTY          FINDING:  NOLLE PROS
    DISPOSITION DATE:  03/04/1983
"""
)
DAYS = (
    CAPTION
    + """ CHARGES FILED:
   COUNT 1  56.5-704-D   POSS CANNABIS 30-500 GRAMS
   COUNT 2  38-12-3-A    BATTERY

 On the 4th day of March, A.D. 1983:
     PLEA OF GUILTY COUNT 1; FINDING OF GUILTY COUNT 1; NOLLE PROSEQUI COUNT 2
     PLEA OF NOT GUILTY COUNT 2; PROBATION 24 MONTHS COUNT 1
"""
)


def the_record(text: str) -> DocketRecord:
    (record,) = records_of([a_page(text)], DocumentKind.CERTIFIED_STATEMENT)
    return record


@pytest.mark.parametrize("text", [GRID, BLOCKS, DAYS], ids=["grid", "blocks", "days"])
def test_each_count_has_its_own_ending(text: str) -> None:
    first, second = the_record(text).charges
    assert (first.statute.value, second.statute.value) == ("720 ILCS 550/4(d)", "720 ILCS 5/12-3(a)")
    assert first.disposition.value is Disposition.GUILTY
    assert second.disposition.value is Disposition.NOLLE_PROSEQUI
    assert (first.plea.value, second.plea.value) == (Plea.GUILTY, Plea.NOT_GUILTY)
    assert first.disposition_date.value == second.disposition_date.value == date(1983, 3, 4)
    assert [(p.kind.value, p.amount) for p in first.sentence.value or ()] == [("probation", 24)]
    assert second.sentence.value is None


@pytest.mark.parametrize("text", [GRID, BLOCKS], ids=["grid", "blocks"])
def test_a_retold_value_leads_back_to_its_own_ink(text: str) -> None:
    page = a_page(text)
    (record,) = records_of([page], DocumentKind.CERTIFIED_STATEMENT)
    (source,) = record.charges[1].statute.sources
    (word,) = [word for word in page.words if word.text == "38-12-3-A"]
    assert source.bbox == word.bbox


def test_an_ending_without_words_is_not_made_up() -> None:
    record = the_record(GRID.replace("NOLLE PROS", "          "))
    assert record.charges[1].disposition.value in (None, Disposition.PENDING)
    assert record.charges[1].disposition.confidence <= 0.9


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("DT OF BIRTH", "birth_date"),
        ("DATE OF DISPO", "disposition_date"),
        ("DISPOSED ON", "disposition_date"),
        ("HOW DISPOSED", "disposition"),
        ("JUDGMENT DT", "disposition_date"),
        ("Court's Finding", "finding"),
        ("CAUSE NO.", "docket_number"),
        ("DEF LAST NAME", "surname"),
        ("OCCURRED", "offense_date"),
        ("DISPOSITION REPORT", ""),
        ("Vehicle", ""),
    ],
)
def test_a_label_is_known_by_the_words_it_is_put_together_from(label: str, field: str) -> None:
    assert field_of_words(label) == field


HEADS = " CNT   STATUTE          OFFENSE                 PLEA         FINDING      DISP DATE     "
ROW = " 1     56.5-704-D       POSS CANNABIS           GUILTY       GUILTY       03/04/1983    "
SAID = """ On January 5, 1983 the defendant MIKE OKAFOR, was charged with the offense of possession of cannabis in
 violation of Chapter 56 1/2 Section 704(d) in case number 82 C1 12345, and the said case was assigned to this court.

"""


@pytest.mark.parametrize(
    "text",
    [
        f"{CAPTION}{HEADS}REMARKS\n{ROW}VACATED 05/06/1984\n",
        f"{CAPTION}{HEADS}TERMINATION\n{ROW}REVOKED 05/06/1984\n",
        f"{CAPTION}{HEADS}AMOUNT\n{ROW}600 GRAMS\n",
        f"{CAPTION}{HEADS}AMENDED CHARGE\n{ROW}56.5-705-D DELIVERY\n",
        BLOCKS.replace("FINDING:  NOLLE PROS", "FINDING:  NOLLE PROS   REMARKS:  REINSTATED 04/05/1983"),
        CAPTION
        + SAID
        + """ In the matter of the said case the order of nolle prosequi was vacated, and the defendant was found
 guilty of the charge by a jury in this court.

 On March 4, 1983 the said charge was nolle prosequi by the State in the presence of the court.
""",
    ],
    ids=["remarks", "revoked", "amount", "amended", "reinstated", "vacated in prose"],
)
def test_what_a_page_says_beside_is_never_lost_in_silence(text: str) -> None:
    """A column or a sentence with no known place either is read, or leaves nothing sure that hangs on it."""
    record = the_record(text)
    sure = [charge for charge in record.charges if charge.disposition.confidence > 0.9]
    assert not sure, [charge.disposition.value for charge in sure]


@pytest.mark.parametrize("number", ["Z", "2"])
def test_two_charges_are_never_one(number: str) -> None:
    record = the_record(GRID.replace(" 2     38-12", f" {number}     38-12"))
    assert [charge.statute.value for charge in record.charges] == ["720 ILCS 550/4(d)", "720 ILCS 5/12-3(a)"]


def test_another_persons_block_is_not_the_first_persons() -> None:
    other = """ DEFENDANT: WILSON, ANN     CASE NO: 82 C1 99999
    STATUTE:   38-12-3-A
    FINDING:   NOLLE PROS
    DISPOSITION DATE:  03/04/1983
"""
    mine = other.replace("WILSON, ANN", "OKAFOR, MIKE").replace("99999", "12345").replace("38-12-3-A", "56.5-704-D")
    records = records_of([a_page(mine + "\n" + other)], DocumentKind.CERTIFIED_STATEMENT)
    told = [(r.docket_number.value, [c.statute.value for c in r.charges]) for r in records]
    assert ("82C112345", ["720 ILCS 550/4(d)"]) in told
    assert not any("720 ILCS 550/4(d)" in statutes and "720 ILCS 5/12-3(a)" in statutes for _, statutes in told)


def test_the_date_of_a_print_is_no_day_in_court() -> None:
    text = (
        CAPTION
        + """ COUNT 1  56.5-704-D   POSS CANNABIS

 06/01/2004
 NOLLE PROSEQUI COUNT 1
"""
    )
    (charge,) = the_record(text).charges
    assert charge.disposition_date.value is None or charge.disposition_date.confidence < 0.9


@pytest.mark.parametrize("letters", ["4(A)(C)", "4(B)(A)"])
def test_a_letter_more_than_a_section_has_is_not_cut_off(letters: str) -> None:
    record = the_record(GRID.replace("56.5-704-D ", f"550/{letters}"))
    assert record.charges[0].statute.value not in ("720 ILCS 550/4(a)", "720 ILCS 550/4(b)") or (
        record.charges[0].statute.confidence < 0.9
    )


CHARGES_IN_BLOCKS = """                 DISPOSITION REPORT
 PEOPLE OF ILLINOIS VS. RAFAEL F QUARLES       CASE NUMBER 01 CR 23873
 DATE OF BIRTH: 7-24-39     FINGERPRINT NO.: 356225
 ARR DATE: 10-30-01         GENDER: M

                 OFFENSES CHARGED
 CT 1:  OFFENSE: POSSESS CANNABIS/2.5-10 GRAMS
        STATUTORY CITATION: 720-550.0/4-B
 CT 2:  OFFENSE: UNLAWFUL USE OF WEAPON
        STATUTORY CITATION: 720-5.0/24-1-A-4

                 PROCEEDINGS:
 DATE: 11-5-01
   INFORMATION FILED.
 DATE: 11-19-01
   BAIL SET. CONT BY AGREEMENT.
 DATE: 5-27-02
   JURY WAIVED. FINDING OF GUILTY COUNT 1. FINDING OF NOT GUILTY COUNT 2.
"""


def test_a_day_in_court_below_blocks_of_charges_is_none_of_theirs() -> None:
    record = the_record(CHARGES_IN_BLOCKS)
    first, second = record.charges
    assert (first.disposition.value, second.disposition.value) == (Disposition.GUILTY, Disposition.NOT_GUILTY)
    assert min(record.docket_number.confidence, second.disposition.confidence) > 0.99
