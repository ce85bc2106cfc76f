"""Whole pages, typed on an 80-column grid."""
# ruff: noqa: E501 - typed pages

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typed_grid import a_page

from casefile.docket import Disposition, DocketRecord, DocumentKind, GapKind, Plea, Reading, Termination
from casefile.ocr import BBox, InkRegion, OcrPage, Word
from extract.calibration import FAMILIES, Evidence, Footing, Unspoken, probability_of, shipped, silence_of, thresholds
from extract.documents import documents_in
from extract.records import records_of

HERE = Path(__file__).parent
STATEMENT = (HERE / "golden" / "statement.txt").read_text("utf-8")
HALF_SHEET = (HERE / "golden" / "half_sheet.txt").read_text("utf-8")


def the_record(text: str, **page: Any) -> DocketRecord:
    """The one record of a typed page."""
    read = a_page(text, **page)
    (document,) = documents_in([read])
    (record,) = records_of([read], document.kind)
    return record


def value(reading: Reading[Any]) -> object:
    return _plain(reading.value)


def _plain(thing: Any) -> object:
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, date):
        return thing.isoformat()
    if hasattr(thing, "_asdict"):
        return list(thing)
    if isinstance(thing, tuple):
        return [_plain(part) for part in thing]
    if hasattr(thing, "kind"):
        return [thing.kind.value, thing.amount, thing.unit.value if thing.unit else None]
    return thing


def as_told(record: DocketRecord) -> dict[str, object]:
    """A record's values, without confidence and ink."""
    person = record.defendant
    assert person is not None
    names = ("surname", "given", "middle", "suffix", "birth_date", "sex", "race", "ir_number", "sid")
    charge_fields = (
        "statute", "description", "grade", "offense_date", "grams", "subsequent", "section7", "plea", "disposition",
        "disposition_date", "sentence", "termination", "violated",
    )  # fmt: skip
    return {
        "kind": record.document_kind.value if record.document_kind else None,
        **{name: value(getattr(record, name)) for name in ("docket_number", "arrest_date", "filed_date")},
        "defendant": {name: value(getattr(person, name)) for name in names},
        "charges": [{"count": c.count, **{f: value(getattr(c, f)) for f in charge_fields}} for c in record.charges],
        "gaps": [gap.kind.value for gap in record.gaps],
    }


@pytest.mark.parametrize("name", ["statement", "half_sheet"])
def test_a_page_reads_as_its_golden_file(name: str) -> None:
    """New output needs a new `extract.VERSION`."""
    text = (HERE / "golden" / f"{name}.txt").read_text("utf-8")
    golden = json.loads((HERE / "golden" / f"{name}.json").read_text("utf-8"))
    assert as_told(the_record(text)) == golden


def test_the_statement_reads_exactly() -> None:
    record = the_record(STATEMENT)
    first, second = record.charges
    assert record.document_kind is DocumentKind.CERTIFIED_STATEMENT
    assert record.docket_number.value == "93CR9912301"
    assert record.defendant is not None
    assert (record.defendant.surname.value, record.defendant.given.value) == ("MARLOW", "DESMOND")
    assert (first.statute.value, first.disposition.value) == ("720 ILCS 550/4(d)", Disposition.GUILTY)
    assert first.sentence.value is not None
    assert [(p.kind.value, p.amount) for p in first.sentence.value] == [
        ("probation", 24),
        ("community_service", 30),
        ("time_served", 11),
    ]
    assert (second.statute.value, second.disposition.value) == ("720 ILCS 550/5(d)", Disposition.NOLLE_PROSEQUI)
    assert second.disposition_date.value == date(1993, 5, 20)


def test_the_half_sheet_reads_exactly() -> None:
    (charge,) = the_record(HALF_SHEET).charges
    assert charge.statute.value == "720 ILCS 550/4(c)"
    assert charge.plea.value is Plea.GUILTY
    assert charge.disposition.value is Disposition.SUPERVISION
    assert charge.termination.value is Termination.SATISFACTORY
    assert charge.disposition_date.value == date(1984, 7, 16)


def test_every_reading_leads_back_to_its_ink() -> None:
    record = the_record(STATEMENT)
    read = a_page(STATEMENT)
    for charge in record.charges:
        for reading in (charge.statute, charge.disposition, charge.grams):
            assert reading.sources
            assert all(any(word.bbox.overlap(source.bbox) > 0 for word in read.words) for source in reading.sources)


def half_sheet(
    *entries: str,
    charges: str = " CASE NO.  84-C1-19987      CHARGE  56 1/2-704(c)\n PEOPLE vs  TERRANCE QUILLBY\n DATE     ORDERS",
) -> str:
    return "\n".join((charges, *(f" {entry}" for entry in entries)))


@pytest.mark.parametrize(
    ("entries", "disposition", "termination"),
    [
        (("7-16-84  NP",), Disposition.NOLLE_PROSEQUI, None),
        (("7-16-84  SOL",), Disposition.STRICKEN_OFF_LEAVE, None),
        (("7-16-84  SOL", "9-16-84  Reinstated", "10-1-84  PG FG Supv 12 mos"), Disposition.SUPERVISION, None),
        (("7-16-84  FNG",), Disposition.NOT_GUILTY, None),
        (("7-16-84  Not guilty plea entered", "8-16-84  NP"), Disposition.NOLLE_PROSEQUI, None),
        (("7-16-84  Not guilty plea entered",), Disposition.PENDING, None),
        (("7-16-84  PNG", "8-16-84  FG  Prob 12 mos"), Disposition.GUILTY, None),
        (("7-16-84  PG  FG  710 Prob 24 mos",), Disposition.FIRST_OFFENDER_PROBATION, None),
        (
            ("7-16-84  PG  FG  Supv 12 mos", "3-1-85  Supv revoked  30 days CCDOC"),
            Disposition.SUPERVISION,
            Termination.REVOKED,
        ),
        (("7-16-84  BFW",), Disposition.WARRANT, None),
        (("7-16-84  BFW", "8-1-84  BFW quashed", "9-1-84  NP"), Disposition.NOLLE_PROSEQUI, None),
        (("7-16-84  MD 8-1", "8-1-84  MS 9-1"), Disposition.PENDING, None),
        (("7-16-84  PG  FG  $100 fine", "8-1-90  Record expunged"), Disposition.EXPUNGED, None),
    ],
)
def test_the_ending_that_stands(
    entries: tuple[str, ...], disposition: Disposition, termination: Termination | None
) -> None:
    (charge,) = the_record(half_sheet(*entries)).charges
    assert charge.disposition.value is disposition
    assert charge.termination.value is termination


def test_a_finding_without_a_sentence_is_a_doubt_between_three() -> None:
    (charge,) = the_record(half_sheet("7-16-84  PG  FG")).charges
    plausible = {value for value, _ in charge.disposition.plausible()}
    assert {Disposition.GUILTY, Disposition.SUPERVISION, Disposition.FIRST_OFFENDER_PROBATION} <= plausible
    assert charge.disposition.confidence <= 0.5


def test_a_letter_that_disagrees_with_the_amount_is_a_doubt_not_a_choice() -> None:
    text = STATEMENT.replace("56.5-704-D ", "56.5-704-E ").replace("30-500 GRAMS", "10-30 GRAMS ")
    statute = the_record(text).charges[0].statute
    assert statute.confidence <= 0.5
    assert {"720 ILCS 550/4(c)", "720 ILCS 550/4(e)"} <= {value for value, _ in statute.plausible()}


def test_an_unread_letter_is_never_taken_for_no_letter() -> None:
    statute = the_record(STATEMENT.replace("56.5-704-D ", "56.5-704 ~; ")).charges[0].statute
    assert statute.confidence < min(thresholds().values())


def test_a_charge_whose_citation_cannot_be_read_is_a_charge_all_the_same() -> None:
    first, second = the_record(STATEMENT.replace("56.5-704-D ", "720-550/4(0)")).charges
    assert first.statute.is_illegible
    assert second.statute.value == "720 ILCS 550/5(d)"
    assert (first.disposition.value, second.disposition.value) == (Disposition.GUILTY, Disposition.NOLLE_PROSEQUI)


def test_an_amended_charge_wins() -> None:
    text = STATEMENT.replace(
        "  05/20/93 PLEA OF GUILTY ",
        "  05/20/93 CHARGE AMENDED TO:          C001\n           720-550/4(C) POSS CANNABIS 10-30 GRAM\n  05/20/93 PLEA OF GUILTY ",
    )
    first = the_record(text).charges[0]
    assert first.statute.value == "720 ILCS 550/4(c)"
    assert value(first.grams) == [10.0, 30.0]


def test_an_amendment_that_cannot_be_read_leaves_the_statute_unread() -> None:
    text = STATEMENT.replace(
        "  05/20/93 PLEA OF GUILTY ", "  05/20/93 CHARGE AMENDED              C001\n  05/20/93 PLEA OF GUILTY "
    )
    assert the_record(text).charges[0].statute.is_illegible


def test_an_ending_of_no_named_count_among_several_is_a_guess() -> None:
    text = STATEMENT.replace("NOLLE PROSEQUI    C002", "NOLLE PROSEQUI        ")
    first, second = the_record(text).charges
    assert first.disposition.value is Disposition.GUILTY
    assert second.disposition.confidence <= 0.7


def test_a_missing_page_is_a_gap() -> None:
    pages = [
        a_page(STATEMENT, page_id="p1"),
        a_page("  PAGE 003   NUMBER 93CR9912301\n  06/20/93 PROBATION REVOKED  C001", page_id="p3"),
    ]
    (document,) = documents_in(pages)
    (record,) = records_of(pages, document.kind)
    assert [gap.kind for gap in record.gaps] == [GapKind.PAGE_NUMBERS]
    assert record.charges[0].termination.value is Termination.REVOKED


def test_ink_beside_an_entry_is_a_gap() -> None:
    row = next(word.bbox for word in a_page(HALF_SHEET).words if word.text == "7-16-84")
    ink = InkRegion("handwriting", BBox(1200, row.top, 1500, row.bottom))
    assert GapKind.UNREAD_INK in [gap.kind for gap in the_record(HALF_SHEET, regions=(ink,)).gaps]


@pytest.mark.parametrize(
    ("kind", "width", "above", "below", "is_gap"),
    [
        ("unread", 14, 6, -6, False),  # a ditto, or a speck
        ("unread", 14, 0, 0, True),  # as high as type: a figure
        ("unread", 60, 6, -6, True),  # wider than a letter
        ("handwriting", 12, 30, 40, False),  # what is left of a frame
        ("handwriting", 60, 30, 40, True),
    ],
)
def test_ink_that_can_be_no_letter_is_no_gap(kind: str, width: int, above: int, below: int, is_gap: bool) -> None:
    row = next(word.bbox for word in a_page(HALF_SHEET).words if word.text == "7-16-84")
    top = row.top + above if kind == "unread" else row.top - above
    ink = InkRegion(kind, BBox(1500, top, 1500 + width, row.bottom + below))
    assert (GapKind.UNREAD_INK in [gap.kind for gap in the_record(HALF_SHEET, regions=(ink,)).gaps]) is is_gap


def test_a_stroke_through_type_is_a_gap() -> None:
    word = next(word.bbox for word in a_page(HALF_SHEET).words if word.text == "Supv")
    ink = InkRegion("handwriting", BBox(word.left + 10, word.top - 60, word.left + 20, word.bottom + 60))
    assert GapKind.UNREAD_INK in [gap.kind for gap in the_record(HALF_SHEET, regions=(ink,)).gaps]


@pytest.mark.parametrize(
    ("kind", "of", "is_gap"),
    [
        ("unread", "DATE", False),  # ORDERS was lost, over what was ordered
        ("handwriting", "DATE", True),
        ("unread", "6-4-84", True),
        ("unread", "TERRANCE", True),  # the row over that of the heads
    ],
)
def test_ink_in_the_row_of_heads_over_a_column_is_a_head(kind: str, of: str, is_gap: bool) -> None:
    page = HALF_SHEET.replace("JUDGE       ORDERS", "JUDGE")
    rows = a_page(page).words
    row = next(word.bbox for word in rows if word.text == of)
    left = next(word.bbox.left for word in rows if word.text == "Deft")
    left = left if of != "6-4-84" else max(word.bbox.right for word in rows) + 30
    ink = InkRegion(kind, BBox(left, row.top, left + 120, row.bottom))
    assert (GapKind.UNREAD_INK in [gap.kind for gap in the_record(page, regions=(ink,)).gaps]) is is_gap


def test_two_defendants_on_a_page_are_two_records() -> None:
    other = HALF_SHEET.replace("TERRANCE  QUILLBY", "ORLANDO  PEEBLES")
    read = a_page(HALF_SHEET + "\n\n" + other)
    (document,) = documents_in([read])
    records = records_of([read], document.kind)
    assert [r.defendant.surname.value for r in records if r.defendant] == ["QUILLBY", "PEEBLES"]
    assert len({r.record_id for r in records}) == 2


def test_a_blank_page_and_a_letter_tell_of_no_case() -> None:
    letter = "\n".join(
        (
            "  Dear Sir:",
            "  Thank you for your inquiry about the parking garage.",
            "  The fee is due.",
            "  Very truly yours,",
        )
    )
    kinds = [d.kind for d in documents_in([a_page("", ink=0.0), a_page(letter, page_id="p2")])]
    assert kinds == [DocumentKind.BLANK, DocumentKind.OTHER]
    (record,) = records_of([a_page("", ink=0.0)], DocumentKind.BLANK)
    assert record.defendant is None
    assert record.charges == ()


def test_a_docket_page_nobody_can_read_keeps_its_kind_and_says_so() -> None:
    (record,) = records_of([a_page("~~ ;; .", confidence=0.1)], DocumentKind.HALF_SHEET)
    assert record.document_kind is DocumentKind.HALF_SHEET
    assert [gap.kind for gap in record.gaps] == [GapKind.UNREAD_PAGE]


def test_an_impossible_day_is_illegible_not_silent() -> None:
    record = the_record(HALF_SHEET.replace("BR 57", "DOB: 02/30/1991"))
    assert record.defendant is not None
    assert record.defendant.birth_date.is_illegible


TEXTS = st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=12), max_size=40)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from(DocumentKind))
def test_no_page_of_words_raises(texts: list[str], kind: DocumentKind) -> None:
    words = tuple(
        Word(t, BBox(10 + 90 * (i % 8), 40 * (i // 8), 80 + 90 * (i % 8), 30 + 40 * (i // 8)), 0.5, i // 8)
        for i, t in enumerate(texts)
    )
    read = replace(a_page(""), words=words, level=tuple(w.bbox for w in words))
    (document,) = documents_in([read])
    assert document.page_ids == (read.page_id,)
    for record in records_of([read], kind):
        assert record.page_ids == (read.page_id,)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=15))
def test_lost_characters_never_make_a_reading_surer_than_its_ceiling(places: list[int]) -> None:
    text = list(STATEMENT)
    for place in places:
        at = (place * 7) % len(text)
        if text[at] != "\n":
            text[at] = "#"
    read: OcrPage = a_page("".join(text), confidence=0.6)
    for record in records_of([read], DocumentKind.CERTIFIED_STATEMENT):
        for charge in record.charges:
            total = sum(p for _, p in charge.statute.plausible())
            assert total <= 1.0 + 1e-6


@pytest.mark.parametrize("family", FAMILIES)
def test_weaker_evidence_is_never_surer(family: str) -> None:
    footing = Footing(quality=0.95, explained=0.98)
    best = Evidence(word=0.97, footing=footing, agreeing=2)
    weaker = (
        replace(best, word=0.5), replace(best, footing=replace(footing, quality=0.4)), replace(best, footing=replace(footing, explained=0.6)),
        replace(best, footing=replace(footing, garbled=0.3)), replace(best, repaired=True), replace(best, agreeing=0),
        replace(best, disputed=True), replace(best, labelled=False), replace(best, known=False), replace(best, guessed=True),
    )  # fmt: skip
    assert all(probability_of(family, one) <= probability_of(family, best) for one in weaker)


@pytest.mark.parametrize("topic", ["birth_date", "grams", "termination", "sentence", "violated", "flags"])
def test_silence_is_less_sure_the_more_is_left_unexplained(topic: str) -> None:
    clear = Unspoken(topic, Footing(quality=0.95, explained=0.98))
    doubted = (
        Unspoken(topic, Footing(quality=0.95, explained=0.98, leftovers=frozenset({topic}))),
        Unspoken(topic, Footing(quality=0.5, explained=0.98)), Unspoken(topic, Footing(quality=0.95, explained=0.5)),
        Unspoken(topic, clear.footing, strange=True),
    )  # fmt: skip
    assert all(silence_of(one)[0] <= silence_of(clear)[0] for one in doubted)
    assert min(silence_of(one)[0] for one in doubted) < silence_of(clear)[0]


def test_a_docket_that_names_nobody_is_unread_not_silent() -> None:
    (record,) = records_of(
        [a_page("CIRCUIT COURT OF COOK COUNTY\nCERTIFIED STATEMENT OF CONVICTION")], DocumentKind.CERTIFIED_STATEMENT
    )
    assert record.defendant is not None
    unread = (record.docket_number, record.defendant.surname, record.defendant.given)
    assert all(reading.is_illegible for reading in unread)


def test_a_label_nobody_understood_leaves_a_doubt_about_the_birth_date() -> None:
    garbled = HALF_SHEET + "\n D0B# ?l. oz ;4\n"
    (plain,), (doubted,) = (records_of([a_page(text)], DocumentKind.HALF_SHEET) for text in (HALF_SHEET, garbled))
    assert plain.defendant is not None
    assert doubted.defendant is not None
    assert (
        doubted.defendant.birth_date.is_illegible
        or doubted.defendant.birth_date.confidence < plain.defendant.birth_date.confidence
    )


def test_thresholds_name_every_family() -> None:
    assert set(thresholds()) == set(FAMILIES)
    assert shipped().version >= 0


def test_noise_of_ten_thousand_words_is_no_case() -> None:
    noise = "\n".join(" ".join(f"w{i}x{j}" for j in range(10)) for i in range(1000))
    (document,) = documents_in([a_page(noise)])
    assert document.kind in (DocumentKind.OTHER, DocumentKind.HALF_SHEET)
    for record in records_of([a_page(noise)], document.kind):
        assert record.docket_number.value is None


SEARCHED = """\
      KANE COUNTY CIRCUIT CLERK - CRIMINAL RECORD SEARCH RESULTS

SUBJECT: {name}       DOB: 05/10/1961

THE FOLLOWING CASES WERE FOUND IN THE RECORDS OF THIS OFFICE:

CASE NUMBER: 1990-CF-1508          FILED: 11/05/1990
   COUNT 1  56 1/2-705(d)      MFG/DEL CANNABIS/30-500 GRAMS   CLASS 3
      DISPOSITION: NOLLE PROSEQUI 12/17/1990
{between}CASE NUMBER: 1993-CF-874           FILED: 03/07/1993
   COUNT 1  720 550/5(c)       MFG/DEL CANNABIS/10-30 GRAMS    CLASS 4
      DISPOSITION: GUILTY 04/22/1993
      SENTENCE: FINE $750.00
"""


@pytest.mark.parametrize(
    ("name", "between", "second"),
    [
        ("GRZYBOWSKI, STANLEY A", "\n", "GRZYBOWSKI"),
        ("GRZYBOWSKI, STANLEY A", "\nSUBJECT: LARKIN, OSCAR      DOB: 02/11/1960\n", "LARKIN"),
        ("GRZYBOWSKI, STANLEY A", "\nSUBLARN, 0SC4R     02/11/1960\n", None),
    ],
)
def test_a_person_named_above_all_cases_is_that_of_each_that_names_nobody_itself(
    name: str, between: str, second: str | None
) -> None:
    records = records_of([a_page(SEARCHED.format(name=name, between=between))], DocumentKind.CERTIFIED_STATEMENT)
    people = [record.defendant for record in records]
    assert [record.docket_number.value for record in records] == ["90CF1508", "93CF874"]
    assert [person and person.surname.value for person in people] == ["GRZYBOWSKI", second]
    if people[1] is not None and second == "GRZYBOWSKI":
        assert people[1].birth_date.value == date(1961, 5, 10)


def test_a_count_before_leaders_begins_a_block_of_its_own() -> None:
    record = the_record("""\
Case ID ......: 00-CF-1957              Status: CLOSED
Name .........: ESPARZA, RUBEN C
Birth Date ...: 06/26/1964   Sex: M   Race: H

Count ........: 001      Offense Date: 04/26/2000
Charge .......: 720 550/5(d)  MFG/DEL CANNABIS/30-500 GRAMS
Class ........: 3 FEL
Disposition ..: SUPERVISION    08/27/2000

Count ........: 002      Offense Date: 04/24/2000
Charge .......: 720 550/5(b)  MFG/DEL CANNABIS/2.5-10 GRAMS
Class ........: A MISD
Disposition ..: NOLLE PROSEQUI    08/27/2000
""")
    told = [(c.statute.value, c.disposition.value, c.offense_date.value) for c in record.charges]
    assert told == [
        ("720 ILCS 550/5(d)", Disposition.SUPERVISION, date(2000, 4, 26)),
        ("720 ILCS 550/5(b)", Disposition.NOLLE_PROSEQUI, date(2000, 4, 24)),
    ]


MINUTES = """\
 SUPERIOR COURT OF CALIFORNIA, COUNTY OF LOS ANGELES
 CASE NO. BA813377                        PAGE NO. 1
 THE PEOPLE OF THE STATE OF CALIFORNIA VS.
 DEFENDANT 01: RODNEY J NAKAGAWA
 BIRTH DATE: 10/28/1964       ARREST DATE: 11/28/1991
 COUNT 01: 11358 HS FEL - CULTIVATE MARIJUANA
 COUNT 02: 11359 HS FEL - POSSESS MARIJUANA FOR SALE
 ON 02/12/92 AT 0830 AM IN DEPT 113:
   DEFENDANT ARRAIGNED.
   COUNT 02: DISMISSED PER PLEA AGREEMENT.
 ON 02/27/92 AT 8:30 A.M. IN DEPARTMENT 121:
   COUNT 01: PLEADS GUILTY.
   COUNT 01: PROBATION GRANTED 12 MONTHS.
{more}"""


@pytest.mark.parametrize(
    ("more", "first"),
    [
        ("", Disposition.GUILTY),
        (" ON 06/20/92 AT 0830 AM IN DEPT 123:\n   COUNT 01: CONVICTION VACATED.\n", Disposition.VACATED),
    ],
)
def test_a_day_with_its_hour_and_room_is_that_of_the_rows_below_it(more: str, first: Disposition) -> None:
    one, other = the_record(MINUTES.format(more=more)).charges
    assert (one.disposition.value, other.disposition.value) == (first, Disposition.DISMISSED)
    assert other.disposition_date.value == date(1992, 2, 12)
    assert other.disposition.confidence > 0.98
    assert first is Disposition.VACATED or one.disposition.confidence > 0.98
