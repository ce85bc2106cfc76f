"""Canonical citations are told apart; what cannot be parsed is unknown, never a default."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.citation import Citation, Kind, citation_in

STATE = Kind.STATE


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("720 ILCS 550/4(d)", Citation(STATE, "720 ILCS 550", "4", "d")),
        ("720 ILCS 550/4", Citation(STATE, "720 ILCS 550", "4")),
        ("720 ILCS 550/5.2(B)(1)", Citation(STATE, "720 ILCS 550", "5.2", "b")),
        ("720 ILCS 570/402(c)", Citation(STATE, "720 ILCS 570", "402", "c")),
        ("625 ILCS 5/6-303", Citation(STATE, "625 ILCS 5", "6-303")),
        ("720 ILCS 5/12-3.05(a)(1)", Citation(STATE, "720 ILCS 5", "12-3.05", "a")),
        ("720 ILCS 5/31A-1.1", Citation(STATE, "720 ILCS 5", "31A-1.1")),
        ("720 ILCS 5/11-20.1A", Citation(STATE, "720 ILCS 5", "11-20.1A")),
        ("720 ILCS 5/12-4.2-5", Citation(STATE, "720 ILCS 5", "12-4.2-5")),
        ("720 ILCS 5/8-4 (720 ILCS 550/4(d))", Citation(STATE, "720 ILCS 550", "4", "d", attempt=True)),
        ("720 ILCS 5/8-4(a) (720 ILCS 570/402)", Citation(STATE, "720 ILCS 570", "402", attempt=True)),
        ("720 ILCS 5/8-4", Citation(STATE, attempt=True)),
        ("720 ILCS 5/8-4 (HS 11357)", Citation(STATE, attempt=True)),
        ("Ill. Rev. Stat. ch. 38, par. 22-3", Citation(Kind.OLD)),
        ("Ill. Rev. Stat. ch. 56 1/2, par. 704(c)", Citation(STATE, "720 ILCS 550", "4", "c")),
        ("Ill. Rev. Stat. ch. 56 1/2, par. 710", Citation(STATE, "720 ILCS 550", "10")),
        ("Ill. Rev. Stat. ch. 56 1/2, par. 1402", Citation(Kind.OLD)),
        ("Chicago Municipal Code 7-24-099", Citation(Kind.ORDINANCE)),
        ("MCC 7-24-099", Citation(Kind.ORDINANCE)),
        ("720 ILCS 550/4d", Citation(STATE, "720 ILCS 550", "4", "d")),
        ("720 ILCS 550/19", Citation(STATE, "720 ILCS 550", "19")),
        ("Ill. Rev. Stat. ch. 56 1/2, par. 704D", Citation(STATE, "720 ILCS 550", "4", "d")),
        ("HS 11357(b)", Citation(Kind.ELSEWHERE)),
        ("720 ILCS 550/04(b)", Citation(STATE, "720 ILCS 550", "4", "b")),
        ("720 ILCS 550/4.0(b)", Citation(STATE, "720 ILCS 550", "4", "b")),
        ("720 ILCS 550/4.0b", Citation(STATE, "720 ILCS 550", "4", "b")),
        ("720 ILCS 0550/5.00", Citation(STATE, "720 ILCS 550", "5")),
        ("720 ILCS 550/10", Citation(STATE, "720 ILCS 550", "10")),
        ("720 ILCS 5/012-03.2", Citation(STATE, "720 ILCS 5", "12-3.2")),
        ("720 ILCS 5/08-4", Citation(STATE, attempt=True)),
        ("720 ILCS 5/12-3.05", Citation(STATE, "720 ILCS 5", "12-3.05")),
        ("WI 961.41(3g)", Citation(Kind.ELSEWHERE)),
        ("21 USC 844", Citation(Kind.ELSEWHERE)),
    ],
)
def test_a_canonical_citation_names_its_provision(text: str, citation: Citation) -> None:
    assert citation_in(text) == citation


@pytest.mark.parametrize(
    "text",
    ["", "POSS CANNABIS", "720 ILCS", "720 ILCS 550/", "720-550/4(d)", "720 ILCS 550/4(d) or 5(d)", "4(d)",
     "720 ILCS 550/5(a)(7)", "720 ILCS 550/4(a)(5.2)", "Ill. Rev. Stat. ch. 56 1/2, par. 704(a)(7)",
     "720 ILCS 5/8-4 (720 ILCS 550/5(a)(7))", "720 ILCS 5/8-4 (garbage)",
     "720 ILCS 5/8-4 (720 ILCS 5/8-4 (720 ILCS 550/4))", "Ill. Rev. Stat. ch. 56 1/2", "720 ILCS 550/4(c)(d)",
     "720 ILCS 550/5c(d)", "720 ILCS 550/705(c)", "720 ILCS 550/20", "720 ILCS 550/4-1", "720 ILCS 550/4(a-5)",
     "IL 720-550/4(a)", "７２０ ILCS 550/4(b)", "720 ILCS 550/４(b)", "CH 56.5-704(d)"],
)  # fmt: skip
def test_what_cannot_be_parsed_is_unknown(text: str) -> None:
    assert citation_in(text) is None


@given(st.text(max_size=200))
def test_hostile_text_is_no_error(text: str) -> None:
    found = citation_in(text)
    assert found is None or not found.is_section_4_or_5 or "ILCS" in text or "Rev" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("720 ILCS 550/4(d)", "720 ILCS 550/4(d)"),
        ("720 ILCS 5/8-4 (720 ILCS 550/4(d))", "720 ILCS 5/8-4 (720 ILCS 550/4(d))"),
        ("720 ILCS 5/8-4", "720 ILCS 5/8-4"),
        ("Ill. Rev. Stat. ch. 38, par. 22-3", "an older act"),
        ("HS 11357(b)", "law of another state or federal law"),
    ],
)
def test_a_citation_is_shown_as_it_is_cited(text: str, shown: str) -> None:
    assert str(citation_in(text)) == shown
