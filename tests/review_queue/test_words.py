"""What the pages say in words, and what importing the package loads."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.docket import Reading
from casefile.law import Outcome
from review_queue import asking
from review_queue.desk import Saved
from review_queue.triage import State
from review_queue.web import words

# No example is timed: the machine may be busy.
UNHURRIED = settings(deadline=None, max_examples=60)


@UNHURRIED
@given(probability=st.floats(0, 1))
def test_no_doubt_is_rounded_away(probability: float) -> None:
    if 0 < probability < 1:
        assert words.percent(probability) not in ("0 %", "100 %")


@UNHURRIED
@given(lower=st.floats(0, 1), higher=st.floats(0, 1))
def test_likelier_is_never_said_in_weaker_words(lower: float, higher: float) -> None:
    spoken = [
        "very unlikely",
        "unlikely",
        "less likely",
        "about even",
        "rather likely",
        "likely",
        "very likely",
    ]
    spoken.append("almost certain")
    ranks = [spoken.index(words.likely(p)) for p in sorted((lower, higher))]
    assert ranks == sorted(ranks)


def test_what_became_of_an_answer_is_told(make: SimpleNamespace) -> None:
    record = make.record()
    item = asking.of_reading(record, "charges.1.statute", asking.Stake.DECIDES)
    was = make.determination(record, outcome=Outcome.REVIEW, route=None)
    now = make.determination(record)
    saved = Saved(item, State.IN_REVIEW, State.REVIEWED, (was,), (now,))
    assert words.became(saved) == (
        "Count 1: not decided yet → relief without a step by the person (i4)",
        "The record is now settled",
    )
    same = Saved(item, State.IN_REVIEW, State.IN_REVIEW, (was,), (was,))
    assert words.became(same) == ("The record stays in review; no outcome changed",)


def test_a_charge_in_a_line_marks_what_is_not_read(make: SimpleNamespace) -> None:
    charge = make.charge("r1", "p-r1", disposition=Reading(None, "smudge", 0.0))
    assert words.charge(make.record(charges=(charge,)), 1) == "720 ILCS 550/4(c), ?"


def test_triage_loads_no_web_picture_or_language_library() -> None:
    heavy = "{'starlette', 'jinja2', 'numpy', 'cv2', 'spacy', 'PIL', 'pytesseract'}"
    code = f"import review_queue.triage, review_queue.desk, sys; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (0.0, "5 minutes"),
        (0.33, "20 minutes"),
        (0.8, "1 hour"),
        (3.4, "3 hours"),
        (10.4, "10 hours"),
        (21.0, "3 working days"),
    ],
)
def test_a_stretch_of_work_is_told_in_round_figures(hours: float, told: str) -> None:
    assert words.duration(hours) == told
