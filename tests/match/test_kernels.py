"""The loops give what the plain definitions give, compiled or not."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from match import kernels
from match.compiled import PLAIN, Kernels, cache_folder, compiled
from match.kernels import INK, MOST_APART
from match.names import ink_distance
from match.segment import hash_of, hashes_nearly, packed
from match.spelling import LIKE, REACHED, SHORTEST, alike, also_printed, level_of, may_agree
from match.vocabulary import Limits, Vocabulary, arrays_of, ink_tables, limits_of, texts_of

LETTERS = st.text(alphabet="AEIMNRSLDCO01VWU", min_size=1, max_size=9)
NAMES = st.sampled_from(["WILLIAM", "BILL", "B", "CHRISTOPHER", "CHRIS", "MARYBETH", "BETH", "O"]) | st.text(
    alphabet="AEIMNRLO1", min_size=1, max_size=16
)


def vocabulary(names: set[str], kind: str = "surname", run: Kernels = PLAIN) -> Vocabulary:
    ordered = sorted(names)
    return Vocabulary(kind, arrays_of(ordered, np.ones(len(ordered), dtype=np.int32), run), run)


def near(names: Vocabulary, printed: str, *, coarsely: bool = False) -> dict[str, str]:
    """The names near a printed one, and their levels."""
    ends, numbers, levels, (persons,) = names.near([printed], texts_of([printed]), np.array([coarsely]))
    assert ends.tolist() == [len(numbers)]
    assert persons.tolist() == [levels.tolist().count(level) for level in range(len(REACHED))]  # one bears each
    return {names.name(n): REACHED[level] for n, level in zip(numbers.tolist(), levels.tolist(), strict=True)}


def has_alike(names: Vocabulary, printed: str) -> bool:
    """Whether anybody bears a name, asked between two that nobody bears."""
    found = np.zeros(3, dtype=np.bool_)
    names.find_alike(texts_of(["", printed, "ZZYZX"]), found)
    assert not found[2]
    return bool(found[1])


def levels_with(name: str, others: list[str], limits: Limits) -> list[int]:
    """The levels of several listed surnames by the loop, in one go."""
    numbers, out = np.arange(len(others)), np.empty(len(others), dtype=np.int8)
    (printed, _), listed = texts_of([name]), texts_of(others)
    kernels.levels_with(printed, numbers, len(others), *listed, ink_tables(), limits, False, out)
    return [int(level) for level in out]


@settings(max_examples=150, deadline=None)
@given(LETTERS, st.lists(LETTERS, min_size=1, max_size=5), st.integers(8, 60))
def test_distances_are_those_of_the_definition(name: str, others: list[str], most: int) -> None:
    """Whatever was reckoned for the name before, which has some first letters in common or none."""
    lengths = limits_of("surname")._replace(shortest=0, shortest_cut=99)
    within = lengths._replace(confused=most / INK, most_similar=9.0, similar_a_letter=9.0)
    others = [other for other in sorted(others) if abs(len(name) - len(other)) <= MOST_APART]
    near = [other == name or round(ink_distance(name, other) * INK) <= most for other in others]
    assert [level in (0, 4) for level in levels_with(name, others, within)] == near


@pytest.mark.parametrize("before", [2, 58, 59, 60, 61, 119])
def test_two_letters_of_a_long_name_change_places(before: int) -> None:
    name, other = ("E" * before + two + "E" * 9 for two in ("SD", "DS"))
    assert levels_with(name, [other], limits_of("surname")) == [REACHED.index("confused")]


@settings(max_examples=150, deadline=None)
@given(LETTERS, LETTERS, st.sampled_from(["RN", "VV", "CL", "", "O"]), st.integers(0, 4))
def test_which_names_may_agree_by_the_loop(name: str, other: str, put_in: str, at: int) -> None:
    for read, listed in ((name, other), (name, name[:at] + put_in + name[at + 1 :])):
        run = [np.array([ord(c) for c in text], dtype=np.uint32) for text in (read, listed)]
        assert kernels.may_agree(*run, ink_tables()) is may_agree(read, listed)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["surname", "given"]), NAMES | LETTERS, st.sets(NAMES | LETTERS, min_size=1, max_size=8))
def test_levels_by_the_loop_are_those_of_the_definition(kind: str, name: str, others: set[str]) -> None:
    listed = vocabulary({*others, name[:13], name + "Z", name[1:] + "X"} - {""}, kind)
    found = near(listed, name)
    for number in range(len(listed)):
        other = listed.name(number)
        level = level_of(kind, name, other)
        if abs(len(name) - len(other)) <= MOST_APART or level in ("exact", "cut", "initial"):
            assert found.get(other, level) == level
            printed = np.array([ord(c) for c in name], dtype=np.uint32)
            place = kernels.level_at(printed, number, listed.arrays, ink_tables(), listed.limits, kind == "given")
            assert level in ("nickname", REACHED[place])


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.integers(0, 8), st.sampled_from("ABEILMNORST01W"))
def test_a_name_is_found_after_any_one_letter_was_changed(name: str, at: int, letter: str) -> None:
    changed = name[:at] + letter + name[at + 1 :]
    assert near(vocabulary({name}), changed) or len(name) <= 2 or level_of("surname", changed, name) == "differs"


@settings(max_examples=60, deadline=None)
@given(LETTERS)
def test_a_name_is_found_however_two_letters_of_it_were_taken_for_one(name: str) -> None:
    """The loop makes up in ink what match.spelling.also_printed spells out."""
    for printed in also_printed(name):
        if printed:
            assert near(vocabulary({printed}), name) or level_of("surname", name, printed) == "differs"


@settings(max_examples=60, deadline=None)
@given(NAMES, st.sets(NAMES, min_size=1, max_size=9))
def test_names_that_begin_or_end_so(text: str, others: set[str]) -> None:
    listed = vocabulary(others, "given")
    assert {listed.name(n) for n in range(*listed.beginning(text))} == {n for n in others if n.startswith(text)}
    if len(text) >= SHORTEST:
        found = near(listed, text)
        assert {n for n in others if n.startswith(text) or n.endswith(text)} <= {*found}


@settings(max_examples=60, deadline=None)
@given(NAMES, st.sets(NAMES, min_size=1, max_size=9))
def test_names_are_numbered_in_their_order(name: str, others: set[str]) -> None:
    listed = vocabulary(others)
    assert [listed.number(other) for other in sorted(others)] == [*range(len(others))]
    assert (listed.number(name) is None) == (name not in others)
    assert has_alike(listed, name) == (alike(name) in {*map(alike, others)})


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
    assert [*near(names, printed)] == [listed]


@pytest.mark.parametrize(
    ("printed", "listed"), [("WIHSFTT", "WINSETT"), ("MFPLOWC", "MERLOWC"), ("8PANHAM", "BRANHAM")]
)
def test_a_name_that_nobody_bears_is_looked_for_under_coarse_letters(printed: str, listed: str) -> None:
    names = vocabulary({listed, "QUILLBY", "ZYWICKI"})
    assert [*near(names, printed, coarsely=True)] == [listed]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="AEIMNRSLDCO01VWU", min_size=4, max_size=9), st.randoms(use_true_random=False))
def test_coarse_letters_find_a_name_however_many_were_misread(name: str, chance: Random) -> None:
    classes = {letter: each for each in LIKE for letter in each}
    printed = "".join(chance.choice(classes.get(letter, letter)) for letter in name)
    assert near(vocabulary({name}), printed, coarsely=True) or level_of("surname", printed, name) == "differs"


def test_however_many_names_are_near_all_are_found() -> None:
    names = {
        "ANA" + one + other + "X" for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    }
    found = near(vocabulary({*names, *(name + "Y" for name in names), "QUILLBY"}, "given"), "ANA")
    assert {*found.values()} == {"short"}
    assert len(found) == 2 * len(names) > 1024


@settings(max_examples=30, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6), st.sets(NAMES, min_size=1, max_size=9))
def test_names_looked_for_together_are_found_as_each_alone(printed: list[str], others: set[str]) -> None:
    names = vocabulary(others, "given")
    coarsely = np.array([len(name) % 2 == 0 for name in printed])
    together = names.near(printed, texts_of(printed), coarsely)
    alone = [names.near([one], texts_of([one]), coarsely[at : at + 1]) for at, one in enumerate(printed)]
    assert together.ends.tolist() == np.cumsum([len(one.numbers) for one in alone]).tolist()
    for at, of_all in enumerate(together[1:], start=1):
        assert np.array_equal(of_all, np.concatenate([one[at] for one in alone]))


def test_an_empty_list_has_no_names() -> None:
    assert near(vocabulary(set()), "MARLOW") == {}
    assert near(vocabulary({""}, "given"), "MARLOW") == {}


def test_machine_code_gives_the_same() -> None:
    run = compiled()
    names = {"MARLOW", "MARLO", "HARLOW", "QUILLBY", "BRAITHWAITE", "D", "RNARLOW", "WILLIAM", "BILL"}
    for kind in ("surname", "given"):
        plain, fast = vocabulary(names, kind), vocabulary(names, kind, run)
        assert np.array_equal(plain.arrays.hashes, fast.arrays.hashes)
        assert np.array_equal(plain.arrays.hashed, fast.arrays.hashed)
        for name in ("MARLOW", "M4RLOW", "BRAlTHWAlTE", "D", "BILL", "WILL"):
            assert near(plain, name) == near(fast, name)
            assert near(plain, name, coarsely=True) == near(fast, name, coarsely=True)
            assert (plain.number(name), has_alike(plain, name)) == (fast.number(name), has_alike(fast, name))


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
    keys, ends = hashes_nearly("sid", ["1", misread, ""], PLAIN)
    nearly = keys[ends[0] : ends[1]]
    assert hash_of("sid", "9912345") in nearly
    assert hash_of("sid", "9912354") not in nearly
    assert hash_of("ir_number", "9912345") not in nearly
    assert hash_of("sid", "7") in keys[: ends[0]]
    assert len(keys) == ends[2] == ends[1] + 10


def test_compiled_code_is_not_kept_where_others_may_write(tmp_path: pytest.TempPathFactory, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = cache_folder()
    assert folder is not None
    folder.chmod(0o777)
    assert cache_folder() is None
