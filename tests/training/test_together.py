"""What doubts together come to is never taken for less than the count of wrong answers allows."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.calibration import calibration_of, shipped
from training.together import Weighed, most_expected, weight_of, written


@pytest.mark.parametrize("count", range(8))
def test_the_highest_mean_leaves_a_tenth_below_the_count(count: int) -> None:
    mean = most_expected(count)
    below = sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(count + 1))
    assert below == pytest.approx(0.1, abs=1e-9)


@given(st.lists(st.builds(Weighed, st.floats(1e-4, 0.04), st.booleans()), max_size=60))
def test_a_weight_is_never_above_one_nor_below_what_came_true(found: list[Weighed]) -> None:
    weight = weight_of(found)
    doubt = sum(one.doubt for one in found)
    assert 0 < weight <= 1
    assert not found or weight >= min(1.0, sum(one.wrong for one in found) / doubt)


def test_the_weight_is_written_beside_the_curves_and_once() -> None:
    curve = "weights = { bias = 1.0 }\nlisted = 0.5\nthreshold = 0.99\nceiling = 0.99"
    text = f"version = 1\n\n[default]\n{curve}\n\n[silence.default]\n{curve}\n"
    once = written(text, [Weighed(0.1, False)] * 100)
    assert written(once, [Weighed(0.1, False)] * 100) == once
    assert calibration_of(once).together == pytest.approx(most_expected(0) / 10, abs=1e-3)
    assert calibration_of(text).together == 1.0


def test_the_shipped_weight_was_measured() -> None:
    assert 0 < shipped().together <= 1
