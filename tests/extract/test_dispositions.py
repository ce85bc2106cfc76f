"""Wordings, each by its own examples, and the amounts and dates beside them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.docket import Disposition, Grams
from extract.amounts import agreement, amount_in, grams_in, letters_for
from extract.dates import dates_in, neighbours
from extract.dispositions import WORDINGS, Wording, disposition_in, wordings_in
from extract.labels import LABELS
from extract.lexicon import plain
from extract.numbers import checks_out, docket_numbers_in

EXAMPLES = [(wording, example) for wording in WORDINGS for example in wording.examples]


@pytest.mark.parametrize(("wording", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_wording_reads_its_own_examples_and_nothing_else_does(wording: Wording, example: str) -> None:
    found = wordings_in(example)
    assert [f.wording for f in found] == [wording]


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.field + label.pattern[:8])
def test_every_label_has_examples_that_it_matches(label: object) -> None:
    import re

    from extract.labels import Label

    assert isinstance(label, Label)
    assert all(re.fullmatch(rf"(?:{label.pattern})\s?[:#=.;]*", plain(example)) for example in label.examples)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("finding of not guilty", Disposition.NOT_GUILTY),
        ("plea of not guilty", None),
        ("guilty", Disposition.GUILTY),
        ("PG FNG", None),
        ("SUPV", None),
        ("weather fair", None),
    ],
)
def test_one_disposition_or_none(text: str, means: Disposition | None) -> None:
    assert disposition_in(text) is means


@pytest.mark.parametrize(
    ("text", "qualified"),
    [
        ("PROBATION 24 MOS SEC. 710", True),
        ("PROBATION 720 ILCS 550/10", True),
        ("PROB 24 MOS", False),
        ("PROBATION 10 MOS", False),
    ],
)
def test_first_offender_probation_is_told_from_ordinary(text: str, qualified: bool) -> None:
    (found, *_) = wordings_in(text)
    assert found.qualified_in(text, len(text)) is qualified


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("GU1LTY", "GUILTY"),
        ("PLEAOF", "PLEA OF"),
        ("S.0.L.", "SOL"),
        ("N/P", "NP"),
        ("CHARGECS>:", "CHARGE(S):"),
        ("PAGE001", "PAGE 001"),
        ("FIXED", "FIXED"),
    ],
)
def test_a_misread_word_finds_its_way_back(typed: str, whole: str) -> None:
    assert plain(typed) == whole


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("POSS CANNABIS 30-500 GRAM", 30.0, 500.0),
        ("MFG/DEL CAN 2.5<10 GRAMS/SCH", 2.5, 10.0),
        ("POSSESS CANNABIS >5,000 GRAMS", 5000.0, None),
        ("POSS CANNABIS/500<2,000 GRAMS", 500.0, 2000.0),
        ("MFG/DEL CANNABIS/2000<500", 2000.0, 5000.0),
        ("CANNABIS 6.0 GRAMS", 6.0, 6.0),
        ("POSSESS CANNABIS< 2.5 GRAMS", None, 2.5),
        ("Possession of Cannabis 30 gm and Under", None, 30.0),
        ("Poss cann under two and one half grams", None, 2.5),
        ("POSS CANNABIS/30-5OO GRAM", 30.0, 500.0),
        ("POSS CANNABIS LESS 2.5G", None, 2.5),
        ("POSS CANNABIS <= 2.5 G", None, 2.5),
        ("POSS CANNABIS L/T 2.5 GRAMS", None, 2.5),
        ("POSS CANNABIS BELOW 30 GRAMS", None, 30.0),
        ("POSS CANNABIS M/T 30 GRAMS", 30.0, None),
        ("POSS CANNABIS NOT LESS THAN 30 GRAMS", 30.0, None),
    ],
)
def test_amounts_as_clerks_type_them(text: str, low: float | None, high: float | None) -> None:
    assert grams_in(text) == Grams(low, high)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("CANNABIS 30 GRAMS", True),
        ("CANNABIS (30 GRAMS)", True),
        ("POSSESSION OF 30 GRAMS OF CANNABIS", True),
        ("CANNABIS K 2.5 GRAMS", False),
        ("CANNABIS ( 2.5 GRAMS", False),
        ("CANNABIS 30G+", False),
    ],
)
def test_an_amount_beside_what_may_be_a_sign_is_not_sure(text: str, exact: bool) -> None:
    found = amount_in(text)
    assert found is not None
    assert found.exact is exact


@pytest.mark.parametrize(
    "text", ["THEFT/UNAUTHD CONTROL/>300<10K", "PRODUCE 5-20 CANNABIS PLANTS", "BATTERY", "KNOW DAMAGE PROP >$300-10K"]
)
def test_what_is_no_weight_gives_none(text: str) -> None:
    assert grams_in(text) is None


def test_the_letters_changed_meaning_on_29_july_2016() -> None:
    assert agreement("4", "b", Grams(2.5, 10.0), date(2016, 7, 28)) is True
    assert agreement("4", "b", Grams(2.5, 10.0), date(2016, 7, 29)) is False
    assert letters_for(Grams(10.0, 30.0), "4", date(2016, 7, 29)) == {"b"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("03/11/93 IND", [date(1993, 3, 11)]),
        ("6-4-84", [date(1984, 6, 4)]),
        ("March 11, 1993", [date(1993, 3, 11)]),
        ("02/30/1991", [None]),
        ("O3/1l/93", [date(1993, 3, 11)]),
        ("2.5-10 1993", []),
        ("Nov 135, 1995", []),
        ("22-APR-2010", [date(2010, 4, 22)]),
    ],
)
def test_dates_and_days_that_never_were(text: str, days: list[date | None]) -> None:
    assert [found.value for found in dates_in(text)] == days


@given(st.dates(min_value=date(1920, 1, 1), max_value=date(2012, 12, 31)))
def test_neighbours_of_a_day_are_other_days(day: date) -> None:
    assert day not in neighbours(day, f"{day:%m/%d/%Y}")


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("93CR9912301", "93CR9912301"),
        ("93 CR 12345", "93CR12345"),
        ("93-CR-12345-01", "93CR1234501"),
        ("83 C4 49887", "83C449887"),
        ("20-MC6-00174701", "20MC600174701"),
        ("MC1 81-412568", "81MC1412568"),
        ("78-Cl 17917", "78C117917"),
        ("04-CF-1487", "04CF1487"),
        ("82 C 1234", "82C1234"),
    ],
)
def test_docket_numbers_in_every_shape(printed: str, canonical: str) -> None:
    assert [found.value for found in docket_numbers_in(printed)] == [canonical]


def test_the_district_digit_is_a_checksum() -> None:
    assert checks_out("83C44988701")
    assert not checks_out("83C43988701")
