"""What raises a doubt and what does not: amounts beside letters, classes behind them, words beside an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casefile.docket import Grams
from extract.amounts import agreement
from extract.calibration import (
    FAMILIAR,
    Evidence,
    Footing,
    Unspoken,
    calibration_of,
    doubted_name,
    familiarity,
    probability_of,
    shipped,
    silence_of,
)
from extract.footing import may_order
from extract.statutes import statute_in

FAIR = Footing(0.99, 1.0)


@pytest.mark.parametrize(
    ("letter", "grams", "agrees"),
    [
        ("d", Grams(30.0, 500.0), True),
        ("d", Grams(30.0, None), None),  # 4(d) is 30 to 500: `over 30` may be it
        ("e", Grams(30.0, None), None),  # and so may the next
        ("c", Grams(30.0, None), False),
        ("b", Grams(None, 30.0), None),  # 2.5 to 10 is under 30 too
        ("d", Grams(None, 30.0), False),
        ("b", Grams(30.0, 500.0), False),
        ("b", Grams(12.0, 12.0), False),
    ],
)
def test_words_that_leave_the_letter_open_neither_agree_nor_contradict(
    letter: str, grams: Grams, agrees: bool | None
) -> None:
    assert agreement("4", letter, grams, date(1990, 1, 1)) is agrees


@pytest.mark.parametrize("typed", ["56-1/2-705(D)F3", "720-550/5(D) M", "720 ILCS 550/5(d)(4)"])
def test_a_class_behind_a_cannabis_letter_is_no_subsection(typed: str) -> None:
    found = statute_in(typed)
    assert found is not None
    assert (found.canonical, found.repaired) == ("720 ILCS 550/5(d)", True)


def test_subsections_of_other_acts_stay() -> None:
    found = statute_in("720 ILCS 5/16-1(a)(1)")
    assert found is not None
    assert found.canonical == "720 ILCS 5/16-1(a)(1)"


@pytest.mark.parametrize(
    ("word", "speaks"),
    [
        ("SUPV", True), ("WITHHELD", True), ("DEFERRED", True), ("PROBATN", True), ("REVOKED", True), ("710X", True),
        ("AGREED", False), ("COURT", False), ("ESPOSITO", False), ("05/12/78", False), ("1987", False),
        ("D-5000", False), ("ALLEN", False), ("PEREZ", False), ("CHATMAN", False), ("1553315,", False), ("SHOW", False),
        ("DISMISSAL", True), ("ALLD", True), ("SENTENCING", True), ("DISCHGD", True), ("RECALLS", True),
        ("JAILED", True), ("PARDONED", True), ("STRUCK", True), ("ERRONEOUS", True), ("REVIVES", True),
        ("OVERRULED", True), ("RECONSIDER", True),
        ("1,500", True),
    ],
)  # fmt: skip
def test_words_an_order_does_without_speak_of_none(word: str, speaks: bool) -> None:
    assert may_order(word, word, 0.99) is speaks


def test_a_word_hardly_read_may_be_an_order() -> None:
    assert may_order("ESPOSITO", "ESPOSITO", 0.4)


def test_a_reading_against_which_nothing_speaks_is_never_less_sure_than_one_with_a_fault() -> None:
    best = Evidence(0.99, FAIR)
    faults = (
        replace(best, repaired=True), replace(best, disputed=True), replace(best, guessed=True),
        replace(best, known=False), replace(best, footing=replace(FAIR, shared=True)),
    )  # fmt: skip
    assert best.is_fair
    for family in shipped().curves:
        assert all(probability_of(family, fault) <= probability_of(family, best) for fault in faults)


def test_a_silence_that_words_speak_against_is_less_sure() -> None:
    fair = Unspoken("grams", FAIR)
    hinted = Unspoken("grams", replace(FAIR, leftovers=frozenset({"grams"})))
    assert fair.is_fair
    assert not hinted.is_fair
    assert silence_of(hinted)[0] < silence_of(fair)[0]


def test_nothing_on_a_page_little_explained_is_surer_than_its_form_is_familiar() -> None:
    strange = Footing(0.99, FAMILIAR - 0.1)
    most = familiarity(strange)
    assert most < 0.97
    assert all(probability_of(family, Evidence(1.0, strange)) <= most for family in shipped().curves)


def test_a_kind_of_doubt_nobody_calibrated_keeps_its_cap() -> None:
    text = (
        "version = 1\n[default]\nweights = { bias = 9.0 }\nlisted = 0.5\n[silence.default]\nweights = { bias = 1.0 }\n"
    )
    assert calibration_of(text + "listed = 0.5\n").doubted == {}
    assert doubted_name("disposition", 0.5) == "disposition@0.5"
