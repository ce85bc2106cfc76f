"""The measures that readers are compared by say what they are said to say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("scipy", reason="the peers and measures of benchmarks are installed apart")

pytest.importorskip("scipy", reason="the peers of benchmarks/requirements.lock are not installed")

from benchmarks.ocr_measures import (
    PageScore,
    ReadLine,
    ReadWord,
    area_under_curve,
    calibration_error,
    judged,
    ratio_figure,
    score,
    wrong_among_least_sure,
)

TRUTH = ("PEOPLE VS QUILLBY", "03/18/93 PLEA OF GUILTY", "DOCKET 93CR1234501")
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
words = st.text("ABC019-", min_size=1, max_size=6)
pages = st.lists(st.lists(words, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6).map(tuple)


def read(*lines: str, sure: float | None = 0.9) -> tuple[ReadLine, ...]:
    return tuple(tuple(ReadWord(word, sure) for word in line.split()) for line in lines)


@PATIENT
@given(pages, st.randoms())
def test_the_order_of_lines_costs_nothing(truth: tuple[str, ...], rng: np.random.Generator) -> None:
    shuffled = list(truth)
    rng.shuffle(shuffled)
    found = score(read(*shuffled), truth)
    assert (found.character_errors, found.word_errors, found.digit_errors) == (0, 0, 0)


@PATIENT
@given(pages, pages)
def test_no_page_has_more_errors_than_it_and_its_reading_have_letters(
    truth: tuple[str, ...], said: tuple[str, ...]
) -> None:
    found = score(read(*said), truth)
    assert 0 <= found.character_errors <= sum(map(len, truth)) + sum(map(len, said))
    assert found.digit_errors <= found.digit_words


def test_each_kind_of_fault_costs_what_it_is() -> None:
    assert score((), TRUTH).character_errors >= sum(map(len, TRUTH))
    assert score(read(*TRUTH[1:]), TRUTH).character_errors == len(TRUTH[0])
    assert score(read(*TRUTH, "xx"), TRUTH).character_errors == 2
    wrong_number = score(read(TRUTH[0], TRUTH[1], "DOCKET 93CR1234S01"), TRUTH)
    assert (wrong_number.character_errors, wrong_number.digit_words, wrong_number.digit_errors) == (1, 2, 1)


def test_rows_in_pieces_in_any_order_cost_nothing() -> None:
    assert score(read("GUILTY", "PLEA OF", TRUTH[2], TRUTH[0], "03/18/93"), TRUTH).character_errors == 0


def test_a_line_read_in_two_pieces_is_not_taken_for_lost() -> None:
    assert score(read("PEOPLE VS", "QUILLBY", *TRUTH[1:]), TRUTH).character_errors == 0


def test_a_word_is_right_in_its_own_line_only() -> None:
    found = judged(read("GUILTY VS QUILLBY", *TRUTH[1:]), TRUTH)
    assert [one.right for one in found[:3]] == [False, True, True]
    assert all(one.right for one in found[3:])


def test_confidence_is_measured_as_the_textbook_does() -> None:
    sure, right = np.array([0.95, 0.95, 0.95, 0.05]), np.array([1.0, 1.0, 1.0, 0.0])
    assert calibration_error(sure, right) == pytest.approx(0.05)
    assert area_under_curve(sure, right) == 1.0
    assert area_under_curve(np.full(4, 0.5), right) == 0.5
    assert area_under_curve(1 - sure, right) == 0.0
    assert wrong_among_least_sure(sure, right) == 1.0


def test_a_ratio_is_of_all_characters_together() -> None:
    ours = [PageScore(100, 1, 10, 0, 2, 0), PageScore(900, 9, 10, 0, 2, 1)]
    theirs = [PageScore(100, 50, 10, 0, 2, 2), PageScore(900, 50, 10, 0, 2, 2)]
    found = ratio_figure(ours, theirs, "character_errors", "characters", seed=3)
    assert found["value"] == pytest.approx(0.1)
    assert found["interval"][0] <= 0.1 <= found["interval"][1]
    assert found["pages"] == 2
