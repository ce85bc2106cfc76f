"""Made lines say what they show, come again by their seed, and are as the net takes them."""

from __future__ import annotations

from itertools import islice
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.recogniser.alphabet import LETTERS, greedy, labels_of, readable
from training.recogniser.faces import GROUPS, Faces, clogged, faces, glyph, pins_of
from training.recogniser.judge import ReadLine, judged
from training.recogniser.lines import WIDEST, Lines, MadeLine
from training.recogniser.texts import LONGEST, docket_number, line_text


@pytest.fixture(scope="module")
def train() -> Faces:
    return faces("train")


@pytest.fixture(scope="module")
def made(train: Faces) -> list[MadeLine]:
    return list(islice(Lines(train, 5), 100))


@settings(deadline=None)  # the first text reads the prose on the disk
@given(st.integers(0, 10_000))
def test_a_text_is_short_and_within_the_alphabet(seed: int) -> None:
    text = line_text(Random(seed))
    assert 1 <= len(text) <= LONGEST
    assert text.strip()
    assert len(labels_of(text)) == len(text)


@given(st.text(alphabet=LETTERS, max_size=30))
def test_frames_of_a_text_parted_by_blanks_give_the_text(text: str) -> None:
    frames = [label for one in labels_of(text) for label in (one, one, 0)]
    assert greedy(frames) == text.strip()


@given(st.text(max_size=40))
def test_a_readable_text_stays_readable(text: str) -> None:
    once = readable(text)
    assert readable(once) == once
    assert labels_of(once) is not None


def test_the_same_seed_makes_the_same_lines(train: Faces) -> None:
    first, again = (list(islice(Lines(train, 11), 12)) for _ in range(2))
    assert [one.text for one in first] == [one.text for one in again]
    assert all(np.array_equal(a.ink, b.ink) for a, b in zip(first, again, strict=True))


def test_another_seed_makes_other_lines(train: Faces) -> None:
    first, other = ([one.text for one in islice(Lines(train, seed), 12)] for seed in (1, 2))
    assert first != other


def test_lines_have_the_shape_the_net_takes(made: list[MadeLine]) -> None:
    for one in made:
        assert one.ink.dtype == np.uint8
        assert one.ink.shape[0] == 32
        assert one.ink.shape[1] % 4 == 0
        assert one.ink.shape[1] <= WIDEST


def test_a_line_has_frames_enough_for_its_letters(made: list[MadeLine]) -> None:
    tight = [one for one in made if one.ink.shape[1] // 4 < len(one.text)]
    assert len(tight) <= 2  # a squeezed line of thin letters may fall short; the loss leaves it out


def test_lines_with_text_have_ink(made: list[MadeLine]) -> None:
    assert all(one.ink.max() > 60 for one in made if len(one.text) > 2)


def test_crops_without_type_say_nothing(train: Faces) -> None:
    lines = Lines(train, 3, silent=1.0)
    silent = list(islice(lines, 40))
    assert {one.text for one in silent} == {""}
    assert len({one.face for one in silent}) >= 4  # handwriting, stamps, rules, dirt


def test_every_group_of_faces_makes_lines(train: Faces) -> None:
    lines = Lines(train, 7)
    for group in GROUPS:
        for face in train.by_group[group][:3]:
            line = lines.line(face, "720-550/4(d) 30.5G")
            assert (line.text, line.kind) == ("720-550/4(d) 30.5G", group)
            assert line.ink.shape[1] >= 60


def test_letters_of_outlines_stand_on_the_baseline(train: Faces) -> None:
    for face in train.by_group["typed"]:
        drawn = glyph(face, "H")
        assert abs(drawn.top + 30) <= 3
        assert -drawn.top - drawn.ink.shape[0] <= 2


def test_a_clogged_letter_has_more_ink_and_the_same_place(train: Faces) -> None:
    face = train.by_group["typed"][0]
    plain, dirty = glyph(face, "e").ink, clogged(face, "e", 11)
    assert plain.shape == dirty.shape
    assert (dirty >= plain).all()
    assert dirty.sum() > plain.sum()


def test_pins_strike_for_every_letter(train: Faces) -> None:
    for face in (*train.by_group["dots"], *train.by_group["pins"]):
        assert all(pins_of(face, letter).pins.any() for letter in "ABXYZabxyz0189")


def test_no_face_is_both_trained_on_and_held_out() -> None:
    train, held = faces("train"), faces("held")
    trained_on = {face.file for group in GROUPS for face in train.by_group[group]}
    kept = {face.file for group in GROUPS for face in held.by_group[group]}
    assert not trained_on & kept


def test_faces_kept_for_judging_specimens_are_not_trained_on() -> None:
    from specimens import splits
    from specimens.fonts import faces as specimen_faces

    train = faces("train")
    files = {face.file for group in GROUPS for face in train.by_group[group]}
    for name in splits()["held_out"].fonts:
        face = specimen_faces()[name]
        file = face.file if face.grid is None else f"{face.file}:{face.grid[1]}"
        assert file not in files


def test_docket_numbers_hold_digits() -> None:
    rng = Random(4)
    assert all(sum(letter.isdigit() for letter in docket_number(rng)) >= 5 for _ in range(200))


@settings(max_examples=20)
@given(st.integers(0, 8))
def test_every_changed_letter_counts_as_one_error(changed: int) -> None:
    truth = "75-12345 X"
    read = "?" * changed + truth[changed:]
    one = ReadLine(MadeLine(np.zeros((32, 8), np.uint8), truth, "typed", "none"), read)
    got = judged([one])
    assert got.cer == pytest.approx(changed / len(truth))
    assert (got.numbers, got.numbers_wrong) == (1, int(changed > 0))
