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
