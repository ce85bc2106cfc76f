"""Birth dates as printed figures."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from match.birth_dates import birth_date_level, figures_of, printed_figures, whole_figures

DATES = st.dates(date(1900, 1, 1), date(2010, 12, 31))


@pytest.mark.parametrize(
    ("raw", "reading"),
    [
        ("03/04/1971", "19710304"),
        ("3-4-71", "710304"),
        ("O3/O4/l97l", "19710304"),
        ("03104/1971", "19710304"),
        ("0310411971", "19710304"),
        ("03/04/197I", "19710304"),
        ("1971-03-04", "19710304"),
        ("03/04/1g71", "19710304"),
        ("1/04/1971", "19710104"),
        ("1/04/1971", "19711?04"),
        ("1/04/1971", "1971?104"),
        ("03/0/1971", "1971030?"),
    ],
)
def test_what_is_printed_can_be_read(raw: str, reading: str) -> None:
    assert reading in printed_figures(raw)


@pytest.mark.parametrize(
    ("raw", "whole"),
    [
        ("3/4/1960", "19600304"),
        ("O3-O4-l96O", None),
        ("3/b/1961", None),
        ("3/g/1961", None),
        ("3/|/1961", None),
        ("1960-03-04", "19600304"),
        ("3/4/60", "600304"),
        ("3/4/19680", None),
        ("3/4/196", None),
        ("3/047/1960", None),
        ("03104/1960", None),
        ("111960", None),
        ("1/11960", None),
        ("1/12/1960", "19600112"),
        ("1/02/1960", None),
        ("12/0/1960", None),
        ("11/211960", None),
        ("11211960", None),
    ],
)
def test_a_whole_date_has_one_reading_and_a_mended_one_none_to_lean_on(raw: str, whole: str | None) -> None:
    assert whole_figures(raw) == whole
    assert printed_figures(raw)
    assert whole is None or printed_figures(raw) == (whole,)


@pytest.mark.parametrize("raw", ["", "unknown", "///", "1", "٣/٤/١٩٧١"])
def test_what_is_no_date_has_no_figures(raw: str) -> None:
    assert printed_figures(raw) == ()


@pytest.mark.parametrize(
    ("read", "level"),
    [
        ("19710304", "exact"),
        ("710304", "exact"),
        ("19770304", "figures_alike"),
        ("19710309", "figures_alike"),
        ("19770309", "two_alike"),
        ("1971?309", "two_alike"),
        ("19710302", "one_figure"),
        ("19710340", "one_figure"),
        ("19710403", "day_and_month_swapped"),
        ("19700304", "one_figure"),
        ("19711225", "same_year"),
        ("19551128", "differs"),
        ("710425", "same_year"),
        ("19730302", "two_figures"),
    ],
)
def test_levels(read: str, level: str) -> None:
    assert birth_date_level(read, "19710304") == level


def test_the_turn_of_a_decade_is_the_next_year() -> None:
    assert birth_date_level("19800304", "19790304") == "next_year"


@settings(deadline=None)
@given(DATES, DATES)
def test_levels_are_the_same_both_ways(one: date, other: date) -> None:
    assert birth_date_level(figures_of(one), figures_of(other)) == birth_date_level(figures_of(other), figures_of(one))


@settings(deadline=None)
@given(DATES)
def test_a_printed_date_leads_back_to_its_day(day: date) -> None:
    assert printed_figures(day.strftime("%m/%d/%Y")) == (figures_of(day),)


@settings(deadline=None)
@given(st.text("0123456789/-.OIlSB ", max_size=14), DATES)
def test_any_ink_can_be_compared(raw: str, day: date) -> None:
    for read in printed_figures(raw):
        assert len(read) in (6, 8)
        assert birth_date_level(read, figures_of(day))
