"""Docket numbers in one form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from match.docket_numbers import canonical_docket_number, case_of


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("1993CR9912301", "93CR9912301"),
        ("93 CR 99123", "93CR99123"),
        ("93-CR-99123-01", "93CR9912301"),
        ("93 CR 9912", "93CR09912"),
        ("84 C1 19987", "84C119987"),
        ("01-MC1-999456-01", "01MC199945601"),
        ("19 MC3 110", "19MC3000110"),
        ("04-CF-1487", "04CF1487"),
        ("", ""),
        ("no number", ""),
        ("9" * 40, ""),
    ],
)
def test_canonical_form(text: str, canonical: str) -> None:
    assert canonical_docket_number(text) == canonical


@settings(deadline=None)
@given(st.text("0123456789CRMFT -/", max_size=20))
def test_the_canonical_form_of_a_canonical_form_is_itself(text: str) -> None:
    canonical = canonical_docket_number(text)
    assert canonical_docket_number(canonical) == canonical


def test_co_defendants_share_a_case() -> None:
    assert case_of("93CR9912301") == case_of("93CR9912302") == case_of("93CR99123") == "93CR99123"
    assert case_of("93CR9912301") != case_of("93CR9912401")
    assert case_of("04CF1487") == "04CF1487"
