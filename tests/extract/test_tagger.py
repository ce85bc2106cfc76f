"""The second opinion: it names the field of a word, offers what the finders missed, and is never relied on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typed_grid import a_page

from casefile.docket import DocketRecord, Reading
from extract.calibration import thresholds
from extract.caption import Part
from extract.doc import Sheet, sheet_of
from extract.documents import documents_in
from extract.labels import labels_on
from extract.readings import unfound
from extract.records import records_of
from extract.second_look import AT_MOST, with_second_look
from extract.tagger import BUCKETS, TAGS, features_of, fields_told, shipped, tagged

STATEMENT = """\
                 CERTIFIED STATEMENT OF DISPOSITION
 DEFENDANT: MARLOW, DESMOND T      CASE NUMBER: 93CR9912301
 DATE OF BIRTH: 04/12/61      ARREST DATE: 03/02/93
 CHARGED WITH:
   COUNT 1  720-550/4(D)   F4   POSS CANNABIS 30-500 GRAMS
 05/20/93  PLEA OF GUILTY             C001
"""


def parts_of(sheet: Sheet) -> tuple[Part, ...]:
    return (Part(sheet, tuple(enumerate(sheet.lines)), labels_on(sheet)),)


def the_record(text: str) -> DocketRecord:
    page = a_page(text)
    (document,) = documents_in([page])
    (record,) = records_of([page], document.kind)
    return record


def readings(record: DocketRecord) -> Iterator[Reading[Any]]:
    person = record.defendant
    assert person is not None
    yield from (record.docket_number, record.arrest_date, record.filed_date)
    yield from (person.surname, person.given, person.birth_date, person.ir_number, person.sid)
    for charge in record.charges:
        yield from (charge.offense_date, charge.disposition_date)


def told(text: str) -> dict[str, str]:
    return {run.field: run.span.text for run in fields_told(sheet_of(a_page(text)).doc)}


def test_every_word_of_a_plain_statement_has_its_field() -> None:
    fields = told(STATEMENT)
    assert fields["docket_number"] == "93CR9912301"
    assert fields["surname"].strip(",") == "MARLOW"
    assert fields["given"] == "DESMOND"
    assert fields["birth_date"] == "04/12/61"
    assert fields["arrest_date"] == "03/02/93"
    assert fields["description"] == "POSS CANNABIS 30-500 GRAMS"
    assert fields["disposition_date"] == "05/20/93"


def test_a_doc_is_tagged_once_a_token_and_only_once() -> None:
    doc = sheet_of(a_page(STATEMENT)).doc
    first = tagged(doc)._.tags
    assert len(first) == len(doc)
    assert all(tag.field in TAGS and 0.0 < tag.probability <= 1.0 for tag in first)
    assert tagged(doc)._.tags is first


@pytest.mark.parametrize("text", ["", "x", "~~~ ;;;\n|| |", "<script>\n=1+1"])
def test_odd_pages_have_tags_too(text: str) -> None:
    doc = sheet_of(a_page(text)).doc
    assert len(tagged(doc)._.tags) == len(doc)


def test_features_are_rows_of_the_table_and_do_not_change() -> None:
    doc = sheet_of(a_page(STATEMENT)).doc
    ids = features_of(doc)
    assert ids.min() >= 0
    assert ids.max() < BUCKETS
    assert np.array_equal(ids, features_of(sheet_of(a_page(STATEMENT)).doc))
    assert shipped().table.shape[0] == BUCKETS


def test_a_value_that_was_read_stays() -> None:
    record = the_record(STATEMENT)
    sheet = sheet_of(a_page(STATEMENT))
    looked = with_second_look(record, parts_of(sheet))
    pairs = zip(readings(record), readings(looked), strict=True)
    assert all(after == before for before, after in pairs if before.is_read)


def test_what_was_not_found_is_offered_with_its_ink_and_never_accepted() -> None:
    record = the_record(STATEMENT)
    assert record.defendant is not None
    blind = replace(
        record,
        docket_number=unfound(),
        arrest_date=Reading(None, None, 0.99),
        defendant=replace(record.defendant, surname=unfound(), given=unfound(), birth_date=Reading(None, None, 0.98)),
    )
    looked = with_second_look(blind, parts_of(sheet_of(a_page(STATEMENT))))
    assert looked.defendant is not None
    found = (looked.docket_number, looked.arrest_date, looked.defendant.surname, looked.defendant.birth_date)
    assert [r.value for r in found] == [
        record.docket_number.value,
        record.arrest_date.value,
        "MARLOW",
        record.defendant.birth_date.value,
    ]
    assert all(r.sources and r.confidence <= AT_MOST for r in found)
    assert min(thresholds().values()) > AT_MOST


def test_silence_that_is_doubted_stays_listed() -> None:
    record = replace(the_record(STATEMENT), arrest_date=Reading(None, None, 0.99))
    arrest = with_second_look(record, parts_of(sheet_of(a_page(STATEMENT)))).arrest_date
    assert None in dict(arrest.alternatives)
    assert arrest.confidence + sum(p for _, p in arrest.alternatives) <= 1.0 + 1e-9


WORDS = st.sampled_from(
    ["MARLOW,", "DESMOND", "04/12/61", "93CR9912301", "DOB", "GRZ:", "ARREST", "720-550/4(D)", "C001", "02/30/91", "T"]
)


@given(st.lists(st.lists(WORDS, max_size=6).map("  ".join), max_size=8).map("\n".join))
@settings(max_examples=40, deadline=None)
def test_whatever_stands_on_the_page_nothing_offered_is_sure(text: str) -> None:
    sheet = sheet_of(a_page(text))
    record = the_record(STATEMENT)
    assert record.defendant is not None
    blind = replace(record, docket_number=unfound(), arrest_date=Reading(None, None, 0.99))
    looked = with_second_look(blind, parts_of(sheet))
    for before, after in zip(readings(blind), readings(looked), strict=True):
        assert after == before or after.confidence <= AT_MOST
        assert after.confidence + sum(p for _, p in after.alternatives) <= 1.0 + 1e-6
