"""The answers to many made-up cases are those kept; see `decisions`, which writes them again."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from tests.eligibility.decisions import CASES, book, kept


@pytest.mark.parametrize("law", CASES)
def test_every_answer_is_the_one_kept(law: str) -> None:
    now, before = book(law).splitlines(), kept(law).read_text(encoding="utf-8").splitlines()
    changed = [pair for pair in zip_longest(now, before) if pair[0] != pair[1]]
    assert not changed, (
        f"{len(changed)} lines differ, first: {changed[0]}; see the docstring of tests.eligibility.decisions"
    )
