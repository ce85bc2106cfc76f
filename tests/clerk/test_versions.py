"""A stage whose output changes has a new version, so that archives know what to compute again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.golden import STAGES, kept

PIXELS = 6  # by which two builds of the picture library may differ


@pytest.mark.parametrize("stage", list(STAGES))
def test_output_changes_only_with_the_version(stage: str) -> None:
    version, output = STAGES[stage]
    golden = kept(stage)
    now = json.loads(json.dumps(output()))
    same = alike(now, golden["output"], by=PIXELS if stage == "digitize" else 1e-6)
    assert version == golden["version"], "a new version: write the files again with python -m tests.golden"
    assert same, f"{stage} gives other output under version {version}: raise VERSION, then python -m tests.golden"


def alike(a: Any, b: Any, *, by: float) -> bool:
    """Whether two JSON values are the same but for numbers that differ by at most `by`."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(alike(a[key], b[key], by=by) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(alike(x, y, by=by) for x, y in zip(a, b, strict=True))
    if isinstance(a, int | float) and isinstance(b, int | float) and not isinstance(a, bool):
        return abs(a - b) <= by
    return bool(a == b)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [([1, "a"], [1.0000001, "a"], True), ([1], [2], False), ({"a": None}, {"a": 0}, False), ([], [1], False)],
)
def test_alike_sees_what_differs(a: Any, b: Any, *, same: bool) -> None:
    assert alike(a, b, by=1e-6) is same
