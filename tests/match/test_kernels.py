"""The loops give what the plain definitions give, compiled or not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from match.compiled import PLAIN, cache_folder, compiled
from match.names import ink_distance
from match.segment import hash_of, packed
from match.spelling import level_of
from match.vocabulary import Vocabulary, arrays_of

LETTERS = st.text(alphabet="AEIMNRSLDCO01VWU", min_size=1, max_size=9)


def vocabulary(names: set[str], kind: str = "surname") -> Vocabulary:
    ordered = sorted(names)
    return Vocabulary(arrays_of(kind, ordered, np.ones(len(ordered), dtype=np.int32), PLAIN), PLAIN)


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.sets(LETTERS, min_size=1, max_size=5))
def test_distances_are_those_of_the_definition(name: str, others: set[str]) -> None:
    listed = vocabulary(others)
    numbers = np.arange(len(listed), dtype=np.int64)
    for number, distance in zip(numbers.tolist(), listed._distances(name, numbers).tolist(), strict=True):
        other = listed.name(number)
        if abs(len(name) - len(other)) <= 4:
            assert distance == pytest.approx(ink_distance(name, other))


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.sets(LETTERS, min_size=1, max_size=6))
def test_whoever_is_found_near_is_found_at_the_level_of_the_definition(name: str, others: set[str]) -> None:
    listed = vocabulary(others)
    for number, level in listed.near(name).items():
        reached = level_of("surname", name, listed.name(number))
        assert reached in (level, "differs")  # the search looks more closely than the quick test does


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
        assert names.near(printed) == {}  # three letters are two too many
        return
    assert [names.name(number) for number in names.near(printed)] == [listed]


def test_an_empty_list_has_no_names() -> None:
    assert vocabulary(set()).near("MARLOW") == {}
    assert vocabulary({""}, "given").near("MARLOW") == {}


def test_machine_code_gives_the_same() -> None:
    run = compiled()
    names = sorted({"MARLOW", "MARLO", "HARLOW", "QUILLBY", "BRAITHWAITE", "D", "RNARLOW"})
    ones = np.ones(len(names), dtype=np.int32)
    plain, fast = arrays_of("surname", names, ones, PLAIN), arrays_of("surname", names, ones, run)
    assert np.array_equal(plain.hashes, fast.hashes)
    assert np.array_equal(plain.hashed, fast.hashed)
    for name in ("MARLOW", "M4RLOW", "BRAlTHWAlTE", "D"):
        assert Vocabulary(plain, PLAIN).near(name) == Vocabulary(fast, run).near(name)


def test_figures_packed() -> None:
    assert packed("19700304") == 0x19700304
    assert packed("700304") == 0xFF700304
    assert packed("?9700304") == 0xF9700304


@pytest.mark.parametrize(("one", "other", "same"), [("99I2345", "9912345", True), ("0991234", "991234", True),
                                                    ("9912345", "9912346", False)])  # fmt: skip
def test_numbers_are_looked_up_by_class(one: str, other: str, same: bool) -> None:
    assert (hash_of("sid", one) == hash_of("sid", other)) is same
    assert hash_of("sid", one) != hash_of("ir_number", one)


def test_compiled_code_is_not_kept_where_others_may_write(tmp_path: pytest.TempPathFactory, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = cache_folder()
    assert folder is not None
    folder.chmod(0o777)
    assert cache_folder() is None
