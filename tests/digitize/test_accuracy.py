"""Error rates as the field counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.accuracy import NOTHING, accuracy_of, cer, wer

TEXT = st.text("ab1 \n", max_size=40)


@pytest.mark.parametrize(
    ("read", "truth", "errors"),
    [
        ("NOLLE PROSEQUI", "NOLLE PROSEQUI", 0),
        ("NOLLE\n  PROSEQUI", "NOLLE PROSEQUI", 0),
        ("N0LLE PROSEQUI", "NOLLE PROSEQUI", 1),
        ("NOLLEPROSEQUI", "NOLLE PROSEQUI", 1),
        ("", "SOL", 3),
        ("SOL SOL", "SOL", 4),
    ],
)
def test_characters_in_error(read: str, truth: str, errors: int) -> None:
    assert accuracy_of(read, truth).character_errors == errors
    assert cer(read, truth) == errors / len(truth)


def test_words_and_words_with_a_digit() -> None:
    found = accuracy_of("05/20/93 PLEA 0F GUILTY C00I", "05/20/93 PLEA OF GUILTY C001")
    assert wer("05/20/93 PLEA 0F GUILTY C00I", "05/20/93 PLEA OF GUILTY C001") == 2 / 5
    assert (found.digit_words, found.digit_words_wrong) == (2, 1)


def test_a_number_out_of_order_is_not_misread() -> None:
    assert accuracy_of("C001 05/20/93", "05/20/93 C001").digit_words_wrong == 0


@given(TEXT)
def test_a_text_is_no_error_against_itself(text: str) -> None:
    found = accuracy_of(text, text)
    assert (found.character_errors, found.word_errors, found.digit_words_wrong) == (0, 0, 0)


@given(TEXT, TEXT)
def test_pages_add_up(one: str, other: str) -> None:
    together = accuracy_of(one, other) + accuracy_of(other, one)
    assert together.character_errors == 2 * accuracy_of(one, other).character_errors
    assert accuracy_of(one, other) + NOTHING == accuracy_of(one, other)


def test_nothing_to_read_is_no_error_rate() -> None:
    assert (cer("", ""), wer("", "")) == (0.0, 0.0)
