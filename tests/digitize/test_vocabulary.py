"""Words held against those of prose, courts and people: known ones, slips, and parts of torn ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.vocabulary import core_of, is_known, is_near, is_torn, words


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Guilty,", "GUILTY"),
        ("(COUNT", "COUNT"),
        ("PEOPLE'S", ""),  # holds a mark within
        ("550/4(d)", ""),
        ("12", ""),
        ("...", ""),
        ("Núñez", ""),  # not of the alphabet that is read
        ("", ""),
    ],
)
def test_the_core_of_a_word_is_its_letters_alone(text: str, core: str) -> None:
    assert core_of(text) == core


@pytest.mark.parametrize("core", ["GUILTY", "CANNABIS", "THE", "DEFT", "MTN", "NOV", "JOHNSON", "UNDERSIGNED"])
def test_words_of_courts_and_common_names_are_known_and_no_slips(core: str) -> None:
    assert is_known(core)
    assert not is_near(core)


@pytest.mark.parametrize(
    "core",
    [
        "GUILTV",  # a letter taken for another
        "ARESTED",  # one lost
        "COUURT",  # one won
        "DEFORE",
        "JUDGRNENT",  # two that look like one
        "LAWVIOLATED",  # two words
        "RETURNNUMBER",
    ],
)
def test_a_slip_is_near_a_known_word(core: str) -> None:
    assert not is_known(core)
    assert is_near(core)


@pytest.mark.parametrize("core", ["", "XQ", "ZQXJKV", "TDENTTETCOTTON"])
def test_what_is_far_from_all_words_is_near_none(core: str) -> None:
    assert not is_near(core)


@pytest.mark.parametrize(
    ("core", "before", "after", "torn"),
    [
        ("D", "", "OCKET", True),
        ("OCKET", "D", "", True),
        ("C", "OF", "OURT", True),
        ("COURT", "THE", "FINDS", False),
        ("A", "CHARGE", "MISDEMEANOR", False),
        ("GUILTY", "", "", False),
        ("", "CO", "URT", False),
    ],
)
def test_a_word_is_torn_where_it_makes_one_with_its_neighbour(core: str, before: str, after: str, torn: bool) -> None:
    assert is_torn(core, before, after) is torn


@given(st.sampled_from(sorted(words())), st.data())
def test_every_word_with_one_letter_changed_is_known_or_near(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    slip = word[:at] + other + word[at + 1 :]
    assert is_known(slip) or is_near(slip)
