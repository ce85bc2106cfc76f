"""Names as letters and in ink."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from match.names import ink_distance, letters, name_shares, nicknames, surname_parts
from match.spelling import given_level, ink_at_most, spelling_level

NAME = st.text("ABEILMNORST01", max_size=12)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("O'Dell", "ODELL"),
        ("de la Fuente", "DELAFUENTE"),
        ("Núñez", "NUNEZ"),
        ("MARL0W", "MARL0W"),
        (" . , ", ""),
        ("Иванов", "ИВАНОВ"),
    ],
)
def test_letters(text: str, bare: str) -> None:
    assert letters(text) == bare


@settings(deadline=None)
@given(st.text(max_size=40))
def test_letters_of_letters_are_the_same(text: str) -> None:
    assert letters(letters(text)) == letters(text)


@settings(deadline=None)
@given(NAME, NAME)
def test_ink_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert ink_distance(one, other) == pytest.approx(ink_distance(other, one))


@settings(deadline=None)
@given(NAME, NAME, st.sampled_from([0.8, 1.0]))
@example("93CR9912301", "93CR9917801", 0.8)
@example("CORN", "COM", 0.8)
def test_little_ink_is_measured_and_much_is_known_to_be(one: str, other: str, most: float) -> None:
    found, apart = ink_at_most(one, other, most), ink_distance(*sorted((one, other)))
    assert found == apart or min(found, apart) > most


@settings(deadline=None)
@given(NAME, NAME)
def test_only_equal_names_have_no_distance(one: str, other: str) -> None:
    assert (ink_distance(one, other) == 0.0) == (one == other)


@pytest.mark.parametrize(
    ("read", "listed", "level"),
    [
        ("MARLOW", "MARLOW", "exact"),
        ("MARL0W", "MARLOW", "confused"),
        ("MARIOW", "MARLOW", "confused"),
        ("COMELL", "CORNELL", "confused"),
        ("COUIER", "COLLIER", "confused"),
        ("WALDEN", "WALKEN", "near"),
        ("QUILBY", "QUILLBY", "confused"),
        ("VANDERSLOOTENBE", "VANDERSLOOTENBERG", "cut"),
        ("LEE", "LEA", "differs"),
        ("MARLOW", "QUILLBY", "differs"),
    ],
)
def test_spelling_levels(read: str, listed: str, level: str) -> None:
    assert spelling_level("surname", read, listed) == level


@pytest.mark.parametrize(
    ("read", "listed", "level"),
    [
        ("BILL", "WILLIAM", "nickname"),
        ("WILLIAM", "BILL", "nickname"),
        ("W", "WILLIAM", "initial"),
        ("D", "WILLIAM", "differs"),
        ("CHAN", "CHANCELLOR", "short"),
        ("CHRISTOPHE", "CHRISTOPHER", "cut"),
        ("DESMOND", "DENISE", "differs"),
    ],
)
def test_given_name_levels(read: str, listed: str, level: str) -> None:
    assert given_level(read, listed) == level


@settings(deadline=None)
@given(NAME, NAME)
def test_levels_are_the_same_both_ways(one: str, other: str) -> None:
    assert given_level(one, other) == given_level(other, one)
    assert spelling_level("surname", one, other) == spelling_level("surname", other, one)


def test_only_double_surnames_have_parts() -> None:
    assert surname_parts("GARCIA-LOPEZ") == ("GARCIA", "LOPEZ")
    assert surname_parts("MARLOW") == ()


def test_nicknames_lead_both_ways() -> None:
    assert all(name in nicknames()[other] for name, others in nicknames().items() for other in others)


@pytest.mark.parametrize("kind", ["surname", "given"])
def test_name_shares_are_shares(kind: str) -> None:
    shares = name_shares(kind)
    assert len(shares) == 400
    assert 0.2 < sum(shares.values()) < 1.0
    assert all(name == letters(name) for name in shares)
