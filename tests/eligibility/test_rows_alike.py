"""Rows of data that look alike and are not: what the shared answer must not leave out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from eligibility.laws import load_law, load_policy
from tests.clerk.test_batch import CALIFORNIA, PLAIN, decided, rules, said

GUILTY = {"disposition": "guilty", "disposition_date": "2002-06-01"}
LATER = date(2019, 11, 11)


def test_two_convictions_of_one_arrest_without_a_docket_accompany_each_other(tmp_path: Path) -> None:
    by = rules("illinois", "cook_announced")
    assert by.policy == load_policy("cook_announced")
    row = PLAIN | {"person_id": "P1", "arrest_date": "1998-05-02", "count": "1"}
    first, second = decided(tmp_path, row, row | {"record_id": "r2"}, by=by)
    assert said(first) == said(second)
    assert first["outcome"] != "auto"
    assert "P-ACCOMPANIED" in first["reason_codes"]


def test_a_gang_offense_may_count_by_an_enhancement_in_a_row_of_its_own(tmp_path: Path) -> None:
    own = CALIFORNIA | {"person_id": "P1", "docket_number": "A"}
    shooting = CALIFORNIA | GUILTY | {"record_id": "r2", "statute": "246 PC", "person_id": "P1", "docket_number": "B"}
    gang = shooting | {"record_id": "r3", "statute": "186.22(B)(4) PC"}
    by = rules("california", as_of=LATER)
    assert said(decided(tmp_path, own, shooting, by=by)[0]).startswith("auto")
    assert decided(tmp_path, own, shooting, gang, by=by)[0]["outcome"] == "review"


def test_one_illegible_registration_among_many_rows_is_no_silence(tmp_path: Path) -> None:
    assert load_law("california").alike is not None
    own = CALIFORNIA | {"person_id": "P1", "docket_number": "A", "sex_registrant": ""}
    petty = own | GUILTY | {"statute": "484 PC"}
    many = [petty | {"record_id": f"r{n}", "docket_number": f"B{n}"} for n in range(2, 80)]
    by = rules("california", as_of=LATER)
    assert said(decided(tmp_path, own, *many, by=by)[0]).startswith("auto")
    many[40]["sex_registrant"] = "ye?"
    assert decided(tmp_path, own, *many, by=by)[0]["outcome"] == "review"
