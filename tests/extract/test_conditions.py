"""Words that tell of nothing done: what a paper warns of, for what a cause came on; and citations in sentences."""
# ruff: noqa: E501 - sentences are easier to check in one piece

from __future__ import annotations

import pytest
from typed_grid import a_page

from extract.charges import is_charge_statute, statutes_in
from extract.conditions import set_aside
from extract.dispositions import says_what_became, wordings_in
from extract.doc import Line, sheet_of
from extract.entries import counts_in


def the_line(text: str) -> Line:
    return sheet_of(a_page(text)).lines[0]


@pytest.mark.parametrize(
    "sentence",
    ["Violation of any condition may result in revocation of probation and the imposition of sentence.",
     "Upon violation of a term or condition of probation, the Court may enter a judgment on its original finding of guilt.",
     "Upon fulfillment of the terms and conditions, the Court shall discharge the person and dismiss the proceedings against him.",
     "If the defendant violates any condition his supervision may be revoked.",
     "The Court may revoke probation at any time."],
)  # fmt: skip
def test_a_warning_tells_of_nothing_done(sentence: str) -> None:
    sheet = set_aside(sheet_of(a_page(sentence)))
    assert not any(says_what_became(line.plain) for line in sheet.lines)


@pytest.mark.parametrize(
    "sentence",
    ["Upon finding of violation probation is revoked and defendant is sentenced to 30 days County Jail.",
     "Violation of probation found. Probation revoked.",
     "The Court finds that the defendant violated a condition; supervision was revoked.",
     "Upon motion of the State the cause is dismissed."],
)  # fmt: skip
def test_what_was_done_is_no_warning(sentence: str) -> None:
    sheet = set_aside(sheet_of(a_page(sentence)))
    assert any(says_what_became(line.plain) for line in sheet.lines)


@pytest.mark.parametrize("words", ["The defendant is charged in this cause", "placed on probation commencing 2-1-84 and terminating 2-1-86"])  # fmt: skip
def test_words_like_those_of_an_end_are_none(words: str) -> None:
    ended = [f.text for f in wordings_in(the_line(words).plain) if f.wording.effect.value == "satisfied"]
    assert ended == []


@pytest.mark.parametrize(
    ("text", "canonical"),
    [("148(a)(1) PC", "PC 148(a)(1)"), ("459 P.C. and", "PC 459"), ("HEALTH AND SAFETY CODE SECTION 11358", "HS 11358"),
     ("Section 11357(b) of the Health and Safety Code", "HS 11357(b)"), ("Health & Safety Code section 11357(b), a Misdemeanor", "HS 11357(b)"),
     ("11360(a) H&S", "HS 11360(a)"), ("Vehicle Code section 14601.1(a)", "VC 14601.1(a)"), ("HS 11357 (b)", "HS 11357(b)"),
     ("in violation of 38-21-1, a Class A misdemeanor", "720 ILCS 5/21-1"), ("contrary to 720 ILCS 550/4, a Class B misdemeanor", "720 ILCS 550/4"),
     ("720-550/4 A POSS CANNABIS", "720 ILCS 550/4(a)"), ('of cannabis, 720 ILCS 550/5(d)" and', "720 ILCS 550/5(d)")],
)  # fmt: skip
def test_a_citation_in_a_sentence(text: str, canonical: str) -> None:
    (found,) = statutes_in(the_line(text))
    assert found.citation is not None
    assert found.citation.canonical == canonical


@pytest.mark.parametrize(
    "text",
    ["placed on probation under 720 ILCS 550/10", "24 months probation pursuant to Section 710 of Chapter 56 1/2",
     "dismissed pursuant to section 1385 Penal Code", "reduced under section 17(b) PC", "petition under HS 11361.8"],
)  # fmt: skip
def test_what_an_order_is_given_under_accuses_nobody(text: str) -> None:
    assert not any(map(is_charge_statute, statutes_in(the_line(text))))


@pytest.mark.parametrize(
    ("text", "counts"),
    [("as charged in Count Three of the Indictment", (3,)), ("Counts One and Two", (1, 2)), ("Count I and Count II", (1, 2)),
     ("the defendant is charged with theft", ()), ("count B", (2,)), ("NP CTS 1, 2, AND 3", (1, 2, 3)),
     ("SOL CTS 1, & 3", (1, 3)), ("GUILTY COUNT 1, AND 2 YEARS PROBATION", (1,)), ("CTS 1, 2, & 3 DAYS JAIL", (1, 2))],
)  # fmt: skip
def test_counts_named_in_words(text: str, counts: tuple[int, ...]) -> None:
    assert counts_in(text) == counts
