"""Frames become letters and likeliest readings: held against adding up every way by hand."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.ctc import ALPHABET, Frames, letters_of, log_likelihoods, n_best, placed, text_of

SYMBOLS = [0, 1, ALPHABET.index("A"), ALPHABET.index("7")]


def frames_of(shares: list[list[float]]) -> Frames:
    """Frames over blank, space, A and 7 in these shares."""
    rows = np.zeros((len(shares), len(ALPHABET)), dtype=np.float32)
    rows[:, SYMBOLS] = np.array(shares) / np.sum(shares, axis=1, keepdims=True)
    return rows


def added_up(frames: Frames) -> dict[str, float]:
    """The probability of every text, by going through all paths."""
    totals: dict[str, float] = defaultdict(float)
    for path in product(SYMBOLS, repeat=len(frames)):
        text = "".join(ALPHABET[symbol] for symbol, _ in groupby(path))
        totals[text] += float(np.prod([frames[at, symbol] for at, symbol in enumerate(path)]))
    return totals


some_frames = st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=1, max_size=5).map(frames_of)


@given(some_frames)
@settings(max_examples=30, deadline=None)
def test_the_likelihood_of_a_text_is_that_of_all_its_paths(frames: Frames) -> None:
    totals = added_up(frames)
    found = np.exp(log_likelihoods(frames, list(totals)))
    assert found == pytest.approx(list(totals.values()), rel=1e-3, abs=1e-5)
    assert found.sum() == pytest.approx(1, abs=1e-3)


@given(some_frames)
@settings(max_examples=30, deadline=None)
def test_the_n_best_are_the_likeliest_in_order_with_their_probability(frames: Frames) -> None:
    totals: dict[str, float] = defaultdict(float)
    for text, probability in added_up(frames).items():
        totals[text.strip()] += probability
    found = n_best(frames, total=4, width=500)
    likeliest = sorted(totals.values(), reverse=True)[: len(found)]
    assert [np.exp(log) for _, log in found] == pytest.approx(likeliest, rel=0.02, abs=1e-3)
    assert sum(np.exp(log) for _, log in found) <= 1 + 1e-6
    for text, log in found:
        assert np.exp(log) == pytest.approx(totals[text], rel=0.02, abs=1e-3)


def test_repeats_join_and_a_blank_parts_them() -> None:
    a, none = [0.1, 0.0, 0.9, 0.0], [0.9, 0.0, 0.1, 0.0]
    assert text_of(letters_of(frames_of([a, a, none, a]))) == "AA"


def test_spaces_at_the_ends_of_a_line_are_no_letters() -> None:
    space, a = [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0]
    assert text_of(letters_of(frames_of([space, a, space, a, space]))) == "A A"


@given(some_frames)
@settings(max_examples=30, deadline=None)
def test_letters_stand_in_order_where_their_frames_are(frames: Frames) -> None:
    letters = letters_of(frames)
    assert all(one.first < one.last <= two.first for one, two in pairwise(letters))
    for text in {text_of(letters), "A7"}:
        found = placed(frames, text)
        assert text_of(found) in (text, "")
        assert all(one.first < one.last <= two.first for one, two in pairwise(found))


def test_no_frames_hold_no_letters() -> None:
    assert letters_of(np.zeros((0, len(ALPHABET)), np.float32)) == ()
    assert placed(frames_of([[1, 0, 0, 0]]), "A7") == ()
