"""Citations as clerks type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.statutes import statute_in

AS_TYPED = (
    ("56.5-704-D", "720 ILCS 550/4(d)"),
    ("56 1/2-704(c)", "720 ILCS 550/4(c)"),
    ("56½-704(c)", "720 ILCS 550/4(c)"),
    ("56-1/2 704 C", "720 ILCS 550/4(c)"),
    ("56x/2-704(e)", "720 ILCS 550/4(e)"),
    ("56 l/2-704(e)", "720 ILCS 550/4(e)"),
    ("56.5 1401 (D)", "720 ILCS 570/401(d)"),
    ("56.5.1407-B(2)", "720 ILCS 570/407(b)(2)"),
    ("ch. 38 par. 16-1", "720 ILCS 5/16-1"),
    ("Ill. Rev. Stat. 1977, ch. 56 1/2, par. 704(e)", "720 ILCS 550/4(e)"),
    ("Chapter 720, Act 550, Section 4(d)", "720 ILCS 550/4(d)"),
    ("Chapter 720, Section 550/4(d)", "720 ILCS 550/4(d)"),
    ("Ch. 625 Par. 5/6-303(a)", "625 ILCS 5/6-303(a)"),
    ("720 ILCS 550/4(d)", "720 ILCS 550/4(d)"),
    ("720-550.0/4-C", "720 ILCS 550/4(c)"),
    ("720/5.0/16A-3-A", "720 ILCS 5/16A-3(a)"),
    ("720-550/4(C).)", "720 ILCS 550/4(c)"),
    ("720-550/5(/)(B)", "720 ILCS 550/5(b)"),
    ("720-550/4.", "720 ILCS 550/4"),
    ("720-570\\401A", "720 ILCS 570/401(a)"),
    ("720-570/401(a)(7.5)(A)(ii)", "720 ILCS 570/401(a)(7.5)(A)(ii)"),
    ("625 5 11 501 A 2", "625 ILCS 5/11-501(a)(2)"),
    ("625-6/303(A)", "625 ILCS 5/6-303(a)"),
    ("38-16A-3A", "720 ILCS 5/16A-3(a)"),
    ("95.5-6-303", "625 ILCS 5/6-303"),
    ("38-1005-6-1", "730 ILCS 5/5-6-1"),
    ("38-22-3", "Ill. Rev. Stat. ch. 38, par. 22-3"),
    ("HS 11357(b)", "HS 11357(b)"),
    ("11357 HS (B)", "HS 11357(b)"),
    ("11357(B) HS (M)", "HS 11357(b)"),
    ("11364 HS (F)", "HS 11364"),
    ("38-8-4/56.5-1402", "720 ILCS 5/8-4 (720 ILCS 570/402)"),
    ("720-5/8-4(720-550/4(d))", "720 ILCS 5/8-4 (720 ILCS 550/4(d))"),
    ("720 ILCS 5/8-4 (720 ILCS 550/4(d))", "720 ILCS 5/8-4 (720 ILCS 550/4(d))"),
    ("720-5\\8-4(401-A-2-D)", "720 ILCS 5/8-4 (720 ILCS 570/401(a)(2)(D))"),
    ("720-570(8-4)/401(D)(I))", "720 ILCS 5/8-4 (720 ILCS 570/401(d)(i))"),
    ("720-570/401(D)(720-5/8-4))", "720 ILCS 5/8-4 (720 ILCS 570/401(d))"),
    ("720-5/8-4(a)//720-5/9-1-a-1", "720 ILCS 5/8-4 (720 ILCS 5/9-1(a)(1))"),
    ("720-5/8-1(56.5)(705)", "720 ILCS 5/8-1 (720 ILCS 550/5)"),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "canonical"), AS_TYPED)
def test_a_typed_citation_has_its_canonical_form(typed: str, canonical: str) -> None:
    found = statute_in(typed)
    assert found is not None
    assert found.canonical == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AR",
        "RES BURG",
        "ALL FIELDS REQUIRED",
        "03/11/93",
        "93CR9912301",
        "720-570/8-4",
        "720-550/4(0)",
        "<b>=1+1</b>",
    ],
)
def test_what_cannot_be_parsed_is_said_to_be_unparsed(text: str) -> None:
    assert statute_in(text) is None


def test_an_attempt_names_what_was_attempted_and_is_no_possession() -> None:
    attempt, possession = statute_in("720-5/8-4(720-550/4(d))"), statute_in("720-550/4(d)")
    assert attempt is not None
    assert possession is not None
    assert attempt.wrapper == "8-4"
    assert attempt.canonical != possession.canonical


def test_a_section_of_no_table_is_not_called_known() -> None:
    found = statute_in("720-5/46-9(a)")
    assert found is not None
    assert not found.known


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    statute_in(text)


@given(st.text(alphabet="0123456789-/()ABCDabcd. ½\\", max_size=40))
def test_a_canonical_citation_parses_to_itself(text: str) -> None:
    found = statute_in(text)
    if found is not None and found.known and found.state == "IL":
        again = statute_in(found.canonical)
        assert again is not None
        assert again.canonical == found.canonical


@pytest.mark.parametrize(
    "text", ["720 ILCS 550/5(a)/7", "720 ILCS 550/5(a)/5.2", "720-550/5(a)/5.1", "720 ILCS 550/4(d) / 7"]
)
def test_the_number_of_another_section_is_no_subsection(text: str) -> None:
    assert statute_in(text) is None


@pytest.mark.parametrize(
    ("typed", "known"), [("HS 11357(b)", True), ("11359 HS", True), ("HS 11339", False), ("PC 459", False)]
)
def test_sections_of_california_by_which_drugs_are_charged_are_known(typed: str, known: bool) -> None:
    found = statute_in(typed)
    assert found is not None
    assert found.known is known
