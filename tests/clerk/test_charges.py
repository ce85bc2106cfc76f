"""Cells of charges.csv as offices write them: what is told, and what is left for a person to tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clerk.charges import parsers, reading_of

ILLEGIBLE = "illegible"


def said(column: str, text: str, law: str = "illinois") -> Any:
    found = reading_of(text, parsers(law)[column])
    return ILLEGIBLE if found.is_illegible else found.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("720 ILCS 550/4(d)", "720 ILCS 550/4(d)"), ("720-550/4-D", "720 ILCS 550/4(d)"),
        ("720 ILCS 5/12-3a", "720 ILCS 5/12-3(a)"), ("720 ILCS 550 4(d)", "720 ILCS 550/4(d)"),
        ("720 ILCS 550-4(d)", "720 ILCS 550/4(d)"), ("720 Ill. Comp. Stat. Ann. 550/4(d)", "720 ILCS 550/4(d)"),
        ("720 ILCS Act 550 Sec. 4(d)", "720 ILCS 550/4(d)"), ("720 ILCS 550/4, subsection (d)", "720 ILCS 550/4(d)"),
        ("56 1/2-704a", "720 ILCS 550/4(a)"), ("ch. 56 1/2, ¶ 704(d)", "720 ILCS 550/4(d)"),
        ("720 ILCS 5/12-3.2a", "720 ILCS 5/12-3.2(a)"), ("720 ILCS 5/11-9.1A", "720 ILCS 5/11-9.1A"),
        ("Ill. Rev. Stat. ch. 38, par. 9-1", "720 ILCS 5/9-1"),
        ("Ill. Rev. Stat. ch. 38, par. 22-3", "Ill. Rev. Stat. ch. 38, par. 22-3"),
        ("720 ILCS 550/4(c), (d)", ILLEGIBLE), ("720 ILCS 550/705(c)", ILLEGIBLE), ("4(d)", ILLEGIBLE),
        ("720 ILCS 550/4(d) or 5(d)", ILLEGIBLE), ("IL 720 550", ILLEGIBLE), ("", None),
    ],
)  # fmt: skip
def test_citations_of_illinois(text: str, expected: str | None) -> None:
    assert said("statute", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Finding of Guilty", "guilty"), ("FG", "guilty"), ("CONVICTED-PROB/JAIL", "guilty"), ("Guilty.", "guilty"),
        ("FNG", "not_guilty"), ("not-guilty", "not_guilty"), ("Verdict-Not Guilty", "not_guilty"),
        ("Motion State-Nolle Prosequi", "nolle_prosequi"), ("NP", "nolle_prosequi"), ("SOLW", "stricken_off_leave"),
        ("Stricken off call with leave to reinstate", "stricken_off_leave"), ("FNPC", "no_probable_cause"),
        ("LFD", "leave_to_file_denied"), ("DISMISSED - FURTHERANCE OF JUSTICE", "dismissed"), ("SUPV", "supervision"),
        ("710 probation", "first_offender_probation"), ("550/10 probation", "first_offender_probation"),
        ("Death suggested-cause abated", "abated"), ("Superseded by Indictment", "superseded"), ("BFW", "warrant"),
        ("NG", ILLEGIBLE), ("DWP", ILLEGIBLE), ("probation", ILLEGIBLE), ("guilty?", ILLEGIBLE),
        ("guilty - vacated", ILLEGIBLE), ("convicted - set aside", ILLEGIBLE), ("Dismissed/Acquitted", ILLEGIBLE),
        ("BF-SOL", ILLEGIBLE), ("no disposition", ILLEGIBLE), ("Supervision - satisfactory", ILLEGIBLE),
        ("PLEA OF GUILTY", ILLEGIBLE), ("PG", ILLEGIBLE), ("guilty plea", ILLEGIBLE), ("pled guilty", ILLEGIBLE),
        ("judgment vacated", ILLEGIBLE), ("conviction vacated", "vacated"),
    ],
)  # fmt: skip
def test_wordings_of_dispositions(text: str, expected: str) -> None:
    assert said("disposition", text) == expected


@pytest.mark.parametrize(
    "text", ["np", "NP", "SOL", "SOLW", "FG", "VG", "FNG", "FNPC", "LFD", "SUPV", "BFW", "710 probation"]
)
def test_a_court_s_short_forms_say_nothing_elsewhere(text: str) -> None:
    assert said("disposition", text) != ILLEGIBLE
    assert said("disposition", text, "california") == ILLEGIBLE
    assert said("disposition", "nolle prosequi", "california") == "nolle_prosequi"


@pytest.mark.parametrize("law", ["illinois", "california"])
def test_what_is_too_long_for_a_citation_is_none(law: str) -> None:
    own = {"illinois": "720 ILCS 550/4(b)", "california": "HS 11359"}[law]
    assert said("statute", own + "," + "HS 11359-A" * 20, law) == ILLEGIBLE


@pytest.mark.parametrize(
    "text",
    [
        "1998-05-02", "5/2/1998", "05-02-1998", "19980502", "May 2, 1998", "2 May 1998", "2-MAY-1998", "1998/5/2",
        "1998-05-02T00:00:00Z", "1998-05-02 00:00:00.000", "05/02/1998 12:00:00 AM", "5/2/1998 0:00", "Sept. 2 1998",
    ],
)  # fmt: skip
def test_days_in_every_form_that_leaves_no_choice(text: str) -> None:
    assert said("offense_date", text) == (date(1998, 9, 2) if "Sept" in text else date(1998, 5, 2))


@pytest.mark.parametrize(
    "text",
    ["5/2/98", "2-May-98", "1998-02-29", "2/30/1998", "1998-05", "1998", "02.05.1998", "1998-05-02 13:45", "35917",
     "0000-00-00", "May 1998", "Mayor 2, 1998", "N/A", "19981350", "13/2/1998"],
)  # fmt: skip
def test_days_that_are_none_or_might_be_several(text: str) -> None:
    assert said("offense_date", text) == ILLEGIBLE


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("grade", "4F", "F4"), ("grade", "F-4", "F4"), ("grade", "M-A", "MA"), ("grade", "Class A", "MA"),
        ("grade", "F", "F"), ("grade", "M/F", ILLEGIBLE), ("grade", "Class 5", ILLEGIBLE), ("grade", "4M", ILLEGIBLE),
        ("termination", "Terminated satisfactorily", "satisfactory"), ("termination", "unsatisfactory", ILLEGIBLE),
        ("sentence_complete", "1", True), ("sentence_complete", "0", False), ("sentence_complete", "2", ILLEGIBLE),
        ("sentence_complete", "1.0", True), ("count", "2.0", 2), ("count", "2.5", ILLEGIBLE),
        ("count", "C002", ILLEGIBLE),
        ("grams", "abt 2 oz", ILLEGIBLE), ("grams", "1,000", ILLEGIBLE), ("grams", "5000+", ILLEGIBLE),
    ],
)  # fmt: skip
def test_classes_ends_and_flags(column: str, text: str, expected: Any) -> None:
    assert said(column, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 MTHS PROBATION", [("probation", 18, "months")]), ("probation 2 yrs", [("probation", 2, "years")]),
        ("3 YEARS PROBATION, 30 DAYS JAIL", [("probation", 3, "years"), ("jail", 30, "days")]),
        ("$1,250 fine; 5 dys jail", [("fine", 1250, None), ("jail", 5, "days")]),
        ("2 yrs IDOC", [("prison", 2, "years")]), ("time served", [("time_served", None, None)]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[tuple[str, float | None, str | None]]) -> None:
    assert [(part.kind, part.amount, part.unit) for part in said("sentence", text)] == expected


@pytest.mark.parametrize("text", ["6 months jail suspended", "life", "none", "18 probation months years", "2 jails"])
def test_a_sentence_of_which_a_word_is_not_known_is_not_known(text: str) -> None:
    assert said("sentence", text) == ILLEGIBLE
