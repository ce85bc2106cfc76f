"""What kind of paper a page is, whatever its form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typed_grid import a_page

from casefile.docket import DocumentKind
from casefile.ocr import OcrPage
from extract.kinds import DOCKETS, MEASURES, kind_of, measures_of, probabilities_of, seen_on

LISTING = """\
 DEFENDANT: MARLOW, DESMOND T      CASE NUMBER: 93CR9912301
   COUNT 1  720-550/4(D)   F4   POSS CANNABIS 30-500 GRAMS
   COUNT 2  720-5/12-3(A)  MA   BATTERY
 03/11/93  DEFENDANT ARRAIGNED
 05/20/93  PLEA OF GUILTY             C001
 05/20/93  DEF SENTENCED TO PROBATION C001
           24 MTHS
 05/20/93  MOTION STATE-NOLLE PROSEQUI    C002
"""
CARD = """\
 84-C1-99871   People vs Terrance Quillby    IR 0099871
 56 1/2-704(c)  poss cannabis
 6-4-84   Vandersloot  Deft in ct. PD apptd. B/A 6-25
 6-25-84  "            MD 7-16
 7-16-84  "            PG  FG  JOF  Supv 12 mos to 7-15-85
 7-15-85  "            Supv term sat. Disch.
"""
ORDER = """\
         ORDER OF COMMITMENT AND SENTENCE
 CASE NO. 96 MC1 075437 01   OSTROWSKI, PABLO S
   COUNT 1  MA  POSS CANNABIS 20 GRAMS  720/550/4-C
 IT IS HEREBY ORDERED THAT THE DEFENDANT BE SENTENCED AS FOLLOWS:
   COOK COUNTY JAIL  30 DAYS   CT 1
"""
COMPLAINT = """\
 Case Number  04MC146596201       People v. Carlos Garcia
 Carmen McCray, complainant, now appears before the Circuit Court and states that
 Carlos Garcia has, on or about 11/5/04, committed the offense of battery in that he
 knowingly did the act, in violation of Chapter 720, Act 5, Section 12-3(a), contrary
 to the statute and against the peace and dignity of the People.
"""
CALL = """\
  COURT CALL    BR 57    7-16-84
 NUMBER        DEFENDANT            CHARGE              ORDERS
 84-C1-99871   Quillby, Terrance    56 1/2-704(c)       PG Supv 12 mos
 84-C1-99872   Marlow, Desmond      56 1/2-704(d)       MD 8-1-84
 84-C1-99873   Peebles, Orlando     56 1/2-705(c)       Nolle
"""
LETTER = """\
 Dear Clerk:
 With reference to your letter, our client was arrested for possession of cannabis in
 case 84 CR 01234. Kindly advise this office of the next court date.
 Very truly yours,
"""
KINDS = {
    "a certified statement": (" CERTIFIED STATEMENT OF CONVICTION\n" + LISTING, DocumentKind.CERTIFIED_STATEMENT),
    "a listing certified in words of its own": (
        LISTING + " I, THE KEEPER OF THE RECORDS, DO CERTIFY THE ABOVE. WITNESS MY HAND AND SEAL",
        DocumentKind.CERTIFIED_STATEMENT,
    ),
    "a listing without a title": (LISTING, DocumentKind.CERTIFIED_STATEMENT),
    "a half-sheet without a title": (CARD, DocumentKind.HALF_SHEET),
    "an order": (ORDER, DocumentKind.SENTENCING_ORDER),
    "a complaint": (COMPLAINT, DocumentKind.COMPLAINT),
    "a call": (CALL, DocumentKind.COURT_SHEET),
    "a ledger": (CALL.replace("COURT CALL", "DOCKET BOOK").replace("BR 57    7-16-84", ""), DocumentKind.LEDGER),
    "a letter about a case": (LETTER, DocumentKind.OTHER),
}


def kind(page: OcrPage) -> DocumentKind:
    return kind_of(seen_on(page))


@pytest.mark.parametrize("name", KINDS)
def test_a_page_is_known_by_what_it_holds(name: str) -> None:
    text, wanted = KINDS[name]
    assert kind(a_page(text)) is wanted


def test_the_rows_of_one_case_are_no_ledger() -> None:
    row = " 84-C1-99871   Quillby, Terrance    56 1/2-704({letter})       {day}-84   Nolle\n"
    rows = "".join(row.format(letter=letter, day=day) for letter, day in (("c", "7-16"), ("d", "7-17"), ("e", "7-18")))
    assert kind(a_page(" NUMBER        DEFENDANT            CHARGE      DATE     ORDERS\n" + rows)) in (
        DocumentKind.HALF_SHEET,
        DocumentKind.CERTIFIED_STATEMENT,
    )


STRAY_ROWS = st.lists(
    st.sampled_from([*LETTER.splitlines(), "RECEIPT", "NARRATIVE", "Sincerely,", "MEMORANDUM", "~~ ;;", "<b>x</b>"]),
    max_size=8,
)


@given(above=STRAY_ROWS, below=STRAY_ROWS, docket=st.sampled_from((LISTING, CARD)))
@settings(max_examples=60, deadline=None)
def test_a_docket_is_never_taken_for_a_stray(above: list[str], below: list[str], docket: str) -> None:
    assert kind(a_page("\n".join((*above, docket, *below)))).is_docket


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_kind_and_probabilities(text: str) -> None:
    seen = seen_on(a_page(text))
    shares = probabilities_of(seen)
    assert set(shares) == set(DOCKETS)
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-4)
    assert len(measures_of(seen)) == len(MEASURES)
    kind_of(seen)
