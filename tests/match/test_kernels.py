"""The loops give what the plain definitions give, compiled or not."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from match.compiled import PLAIN, cache_folder, compiled
from match.kernels import FAR
from match.names import ink_distance, nicknames
from match.segment import hash_of, hashes_nearly, packed
from match.spelling import (
    LIKE,
    MOST_SIMILAR,
    NEAR_AT,
    REACHED,
    SIMILAR_A_LETTER,
    also_printed,
    level_at_distance,
    level_of,
)
from match.vocabulary import Vocabulary, _letters_of, arrays_of

LETTERS = st.text(alphabet="AEIMNRSLDCO01VWU", min_size=1, max_size=9)
NAMES = st.sampled_from(["WILLIAM", "BILL", "B", "CHRISTOPHER", "CHRIS", "MARYBETH", "BETH", "O"]) | st.text(
    alphabet="AEIMNRLO1", min_size=1, max_size=16
)


def vocabulary(names: set[str], kind: str = "surname") -> Vocabulary:
    ordered = sorted(names)
    return Vocabulary(arrays_of(kind, ordered, np.ones(len(ordered), dtype=np.int32), PLAIN), PLAIN)


def near(names: Vocabulary, printed: str) -> dict[int, str]:
    """The names near a printed one, and their levels."""
    numbers, levels, _ = names.near(printed)
    return {number: REACHED[level] for number, level in zip(numbers.tolist(), levels.tolist(), strict=True)}


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.sets(LETTERS, min_size=1, max_size=5))
def test_distances_are_those_of_the_definition(name: str, others: set[str]) -> None:
    listed = vocabulary(others)
    numbers = np.arange(len(listed), dtype=np.int64)
    whole = listed._distances(_letters_of(name), numbers, (FAR, FAR)).tolist()
    near_enough = listed._distances(_letters_of(name), numbers).tolist()
    for number, distance, or_far in zip(numbers.tolist(), whole, near_enough, strict=True):
        other = listed.name(number)
        if abs(len(name) - len(other)) <= 4:
            assert distance == pytest.approx(ink_distance(name, other))
            assert or_far == distance or (or_far == FAR and distance > NEAR_AT)
            assert or_far == distance or distance > min(MOST_SIMILAR, SIMILAR_A_LETTER * min(len(name), len(other)))


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.sets(LETTERS, min_size=1, max_size=6))
def test_whoever_is_found_near_is_found_at_the_level_of_the_definition(name: str, others: set[str]) -> None:
    listed = vocabulary(others)
    for number, level in near(listed, name).items():
        reached = level_of("surname", name, listed.name(number))
        assert reached in (level, "differs")  # the search looks more closely than the quick test does


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["surname", "given"]), NAMES, st.sets(NAMES, min_size=1, max_size=8))
def test_levels_by_the_loop_are_those_of_the_definition(kind: str, name: str, others: set[str]) -> None:
    listed = vocabulary({*others, name[:13], name + "Z", name[1:] + "X"} - {""}, kind)
    numbers = np.arange(len(listed), dtype=np.int64)
    printed = _letters_of(name)
    distances = listed._distances(printed, numbers)
    nicknamed = listed._numbers_of(sorted(nicknames().get(name, ()))) if kind == "given" else numbers[:0]
    found, reached, persons = listed._at_levels(printed, numbers.copy(), distances, nicknamed)
    levels = dict(zip(found.tolist(), reached.tolist(), strict=True))
    assert persons.tolist() == [list(levels.values()).count(level) for level in range(len(REACHED))]  # one bears each
    for number, distance in zip(numbers.tolist(), distances.tolist(), strict=True):
        level = REACHED[levels.get(number, REACHED.index("differs"))]
        assert level == level_at_distance(kind, name, listed.name(number), distance)


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.integers(0, 8), st.sampled_from("ABEILMNORST01W"))
def test_a_name_is_found_after_any_one_letter_was_changed(name: str, at: int, letter: str) -> None:
    changed = name[:at] + letter + name[at + 1 :]
    assert vocabulary({name})._spelled_like(_letters_of(changed)).size or len(name) <= 2


@settings(max_examples=60, deadline=None)
@given(LETTERS)
def test_a_name_is_found_however_two_letters_of_it_were_taken_for_one(name: str) -> None:
    """The loop makes up in ink what match.spelling.also_printed spells out."""
    for printed in also_printed(name):
        if printed:
            assert vocabulary({printed})._spelled_like(_letters_of(name)).size


@pytest.mark.parametrize("kind", ["surname", "given"])
@settings(max_examples=40, deadline=None)
@given(NAMES, st.sets(NAMES, min_size=1, max_size=9))
def test_names_that_begin_or_end_so(kind: str, text: str, others: set[str]) -> None:
    listed = vocabulary(others, kind)
    assert {listed.name(n) for n in listed.beginning(text).tolist()} == {n for n in others if n.startswith(text)}
    if len(text) >= 3:
        assert {listed.name(n) for n in listed._ending_in(text).tolist()} == {n for n in others if n.endswith(text)}


@pytest.mark.parametrize(
    ("kind", "printed", "listed"),
    [
        ("surname", "MARL0W", "MARLOW"),
        ("surname", "MAYFICLD", "MAYFIELD"),
        ("surname", "GOIVZALEZ", "GONZALEZ"),
        ("surname", "BURRIS", "BUMS"),
        ("surname", "BUMS", "BURNS"),
        ("surname", "LORIG", "LONG"),
        ("surname", "FNK", "FUNK"),
        ("surname", "RIFMEHSCHNEIDER", "RIEMENSCHNEIDER"),
        ("surname", "8RAITHWALTE", "BRAITHWAITE"),
        ("surname", "WOJCIECHOWSKIEW", "WOJCIECHOWSKIEWICZ"),
        ("given", "ARTLIRO", "ARTURO"),
        ("given", "TERRCLL", "TERRELL"),
        ("given", "BILL", "WILLIAM"),
        ("given", "BETH", "MARYBETH"),
        ("given", "CHRIS", "CHRISTOPHER"),
        ("given", "C", "CHRISTOPHER"),
        ("given", "CHRISTOPHER", "C"),
    ],
)
def test_names_are_found_in_spite_of_the_ink(kind: str, printed: str, listed: str) -> None:
    names = vocabulary({listed, "QUILLBY", "ZYWICKI"}, kind)
    if (kind, printed) == ("surname", "BURRIS"):
        assert near(names, printed) == {}  # three letters are two too many
        return
    assert [names.name(number) for number in near(names, printed)] == [listed]


@pytest.mark.parametrize(
    ("printed", "listed"), [("WIHSFTT", "WINSETT"), ("MFPLOWC", "MERLOWC"), ("8PANHAM", "BRANHAM")]
)
def test_a_name_that_nobody_bears_is_looked_for_under_coarse_letters(printed: str, listed: str) -> None:
    names = vocabulary({listed, "QUILLBY", "ZYWICKI"})
    found = names.near(printed, coarsely=True)
    assert [names.name(number) for number in found.numbers.tolist()] == [listed]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="AEIMNRSLDCO01VWU", min_size=4, max_size=9), st.randoms(use_true_random=False))
def test_coarse_letters_find_a_name_however_many_were_misread(name: str, chance: Random) -> None:
    classes = {letter: each for each in LIKE for letter in each}
    printed = "".join(chance.choice(classes.get(letter, letter)) for letter in name)
    assert vocabulary({name})._spelled_like(_letters_of(printed), coarsely=True).size


def test_an_empty_list_has_no_names() -> None:
    assert near(vocabulary(set()), "MARLOW") == {}
    assert near(vocabulary({""}, "given"), "MARLOW") == {}


def test_machine_code_gives_the_same() -> None:
    run = compiled()
    names = sorted({"MARLOW", "MARLO", "HARLOW", "QUILLBY", "BRAITHWAITE", "D", "RNARLOW"})
    ones = np.ones(len(names), dtype=np.int32)
    plain, fast = arrays_of("surname", names, ones, PLAIN), arrays_of("surname", names, ones, run)
    assert np.array_equal(plain.hashes, fast.hashes)
    assert np.array_equal(plain.hashed, fast.hashed)
    for name in ("MARLOW", "M4RLOW", "BRAlTHWAlTE", "D"):
        assert near(Vocabulary(plain, PLAIN), name) == near(Vocabulary(fast, run), name)


def test_figures_packed() -> None:
    assert packed("19700304") == 0x19700304
    assert packed("700304") == 0xFF700304
    assert packed("?9700304") == 0xF9700304


@pytest.mark.parametrize(("one", "other", "same"), [("99I2345", "9912345", True), ("0991234", "991234", True),
                                                    ("9912345", "9912346", False)])  # fmt: skip
def test_numbers_are_looked_up_by_class(one: str, other: str, same: bool) -> None:
    assert (hash_of("sid", one) == hash_of("sid", other)) is same
    assert hash_of("sid", one) != hash_of("ir_number", one)


@pytest.mark.parametrize("misread", ["9912346", "991245", "99123455", "8912345", "99I2346"])
def test_a_number_is_found_after_one_figure_was_misread_lost_or_added(misread: str) -> None:
    assert hash_of("sid", "9912345") in hashes_nearly("sid", misread)
    assert hash_of("sid", "9912354") not in hashes_nearly("sid", misread)
    assert hash_of("ir_number", "9912345") not in hashes_nearly("sid", misread)


def test_compiled_code_is_not_kept_where_others_may_write(tmp_path: pytest.TempPathFactory, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = cache_folder()
    assert folder is not None
    folder.chmod(0o777)
    assert cache_folder() is None
