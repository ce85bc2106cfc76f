"""What rubber stamps say is told from what is typed, and typed words that would change an answer are kept."""

from __future__ import annotations

import pytest

from digitize.stamps import says_a_stamp


@pytest.mark.parametrize(
    "text",
    [
        "RECEIVED NOV 12 1987",
        "FILED 05/18/93",
        "CLERK OF THE CIRCUIT COURT MAY 18 2015",
        "RECEiVED",
        "POSTED : MAY 1 8 2015",
        "ENTERED CLERK OF THE CIRCUIT COURT JUN 3 1991",
    ],
)
def test_what_was_done_by_whom_and_when_is_a_stamp(text: str) -> None:
    assert says_a_stamp(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MAY 18 2015",  # a day alone may be typed
        "SEALED MAY 18 2015",
        "EXPUNGED",
        "IMPOUNDED BY COURT",
        "FINED 1993",  # one letter from FILED
        "RECEIVED NOV 12 1987 PLEA OF GUILTY",
        "RECEIVED NOV 12 1987 05/18/93",  # the second day is typed
        "FILED 85-CR-15943",
        "THE COURT",
        "DATE FILED 05/18/93",  # a field of a form
        "FILED HARGROVE",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not says_a_stamp(text.split())
