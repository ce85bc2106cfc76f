"""Readings of words: what two nets say is weighed, shapes break ties, and nothing is read that neither gave."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.confidence import Setting, alternatives_of, calibration, evidence_of, settings_of
from digitize.ctc import ALPHABET, LineFrames, letters_of, text_of
from digitize.patterns import SHAPES, fits, strange_share, with_firsts
from digitize.readings import WordRead, _rivals, words_read


def a_line(text: str, doubts: dict[int, dict[str, float]] | None = None, frames: int = 3) -> LineFrames:
    """Frames that spell a text, a letter each `frames`; `doubts` gives other characters at a place their share."""
    rows = np.full((frames * len(text), len(ALPHABET)), 1e-6, dtype=np.float32)
    for at, character in enumerate(text):
        others = (doubts or {}).get(at, {})
        rows[at * frames, ALPHABET.index(character)] = 1.0 - sum(others.values())
        for other, share in others.items():
            rows[at * frames, ALPHABET.index(other) if other else 0] = share
        rows[at * frames + 1 : (at + 1) * frames, 0] = 1.0
    return LineFrames(rows / rows.sum(axis=1, keepdims=True), 1 / len(rows))


def a_line_without_tildes(text: str) -> LineFrames:
    """The same of a net that sees nothing where a tilde stands."""
    line, silent = a_line(text), ALPHABET.index("~")
    line.rows[:, 0] += line.rows[:, silent]
    line.rows[:, silent] = 0.0
    return line


def texts(words: list) -> list[str]:  # type: ignore[type-arg]
    return [word.text for word in words]


def test_a_clear_line_is_read_as_it_stands() -> None:
    words = words_read(a_line("05/20/93 PLEA OF GUILTY"))
    assert texts(words) == ["05/20/93", "PLEA", "OF", "GUILTY"]
    assert all(word.agreed is None and word.others == () for word in words)
    assert [len(word.places) for word in words] == [8, 4, 2, 6]
    places = [place for word in words for place in word.places]
    assert places == sorted(places)


def test_a_doubtful_letter_leaves_its_other_reading() -> None:
    (word,) = words_read(a_line("93CR", {0: {"8": 0.3}}))
    assert (word.text, word.others[0][0]) == ("93CR", "83CR")
    assert word.share == pytest.approx(0.7, abs=0.03)


def test_the_shape_of_a_date_breaks_a_tie_and_a_clear_letter_beats_the_shape() -> None:
    tie = a_line("05/2O/93", {4: {"0": 0.45}})
    assert texts(words_read(tie)) == ["05/20/93"]
    clear = a_line("05/2O/93", {4: {"0": 0.01}})
    assert texts(words_read(clear)) == ["05/2O/93"]


def test_two_nets_that_agree_are_surer_than_two_that_do_not() -> None:
    one = a_line("GUILTY", {2: {"L": 0.3}})
    (alike,) = words_read(one, a_line("GUILTY"))
    (apart,) = words_read(one, a_line("GULLTY"))
    assert (alike.agreed, apart.agreed) == (True, False)
    assert alike.share > apart.share


def test_the_second_net_puts_right_what_the_first_doubts() -> None:
    (word,) = words_read(a_line("GULLTY", {2: {"I": 0.45}}), a_line("GUILTY"))
    assert word.text == "GUILTY"


def test_words_that_only_one_net_parts_are_weighed_together() -> None:
    words = words_read(a_line("SID:45650733 MTHS"), a_line("SID: 45650733 MTHS"))
    assert texts(words) in (["SID:45650733", "MTHS"], ["SID:", "45650733", "MTHS"])
    assert words[0].share < 0.9
    assert words[-1].share > 0.9


# What the other net makes of the ink of NOT: nothing between two blanks, after one, or before one.
@pytest.mark.parametrize("instead", ["OF ~~~ GUILTY", "OF ~~~~GUILTY", "OF~~~~ GUILTY"])
@pytest.mark.parametrize("swapped", [False, True])
def test_a_word_that_one_net_alone_reads_does_not_vanish(instead: str, swapped: bool) -> None:
    one = a_line("OF NOT GUILTY", {at: {"": 0.3} for at in (3, 4, 5)})
    two = a_line_without_tildes(instead)
    words = words_read(two, one) if swapped else words_read(one, two)
    assert texts(words) == ["OF", "NOT", "GUILTY"]
    doubted = words[1]
    assert doubted.agreed is False
    assert doubted.share < 0.5
    assert sure_of(words, 1) < 0.5


def test_a_reading_of_more_words_speaks_against_each_and_stands_beside_it_whole() -> None:
    faint = {at: {"": 0.3, "M": 0.26} for at in (0, 1, 2)} | {3: {"": 0.3}}
    (guilty,) = words_read(a_line("NOT GUILTY", faint), a_line_without_tildes("~~~~GUILTY"))
    assert guilty.agreed is False
    assert "NOT GUILTY" in dict(guilty.others)
    assert _rivals(["GUILTY"], {"GUILTY": 0.55, "NOT GUILTY": 0.45}) == [{"GUILTY": 0.55, "NOT GUILTY": 0.45}]


def test_a_speck_that_one_net_sees_displaces_no_word() -> None:
    words = words_read(a_line("OF . GUILTY", {3: {"": 0.3}}), a_line_without_tildes("OF ~ GUILTY"))
    assert texts(words) == ["OF", "GUILTY"]


@pytest.mark.parametrize(("first", "second"), [("56/2", "56%"), ("561/2", "56k"), ("56½"[:2] + "1/2", "56")])
def test_the_half_of_an_old_chapter_is_told_by_its_shape(first: str, second: str) -> None:
    assert texts(words_read(a_line(f"Ch. {first} Sec"), a_line(f"Ch. {second} Sec"))) == ["Ch.", "56½", "Sec"]


@pytest.mark.parametrize("text", ["5/2/78", "156/2", "56/23", "11/2", "12/56/2/1", "56 1/2"])
def test_no_other_number_is_taken_for_a_chapter(text: str) -> None:
    assert texts(words_read(a_line(text))) == text.split()


def setting_of(word: WordRead) -> Setting:
    """Where a word stands that is all of its page."""
    return settings_of([[word]])[0][0]


def sure_of(words: list[WordRead], at: int) -> float:
    """How sure a word is of a page of one line."""
    return calibration().probability(words[at], settings_of([words])[0][at])


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("GUILTY", "GUILTV"),  # known, and a slip away
        ("MOTION TO", "LAWVIOLATED TO"),
        ("COURT ORDERS", "C OURT ORDERS"),  # torn
    ],
)
def test_words_that_nets_read_alike_are_told_apart_by_the_vocabulary(better: str, worse: str) -> None:
    assert 1 - sure_of(words_read(a_line(worse)), 0) > 3 * (1 - sure_of(words_read(a_line(better)), 0))


def test_on_a_page_that_is_read_poorly_every_word_is_less_sure() -> None:
    clear = words_read(a_line("PLEA OF GUILTY"))
    poor = [words_read(a_line("STATE", {at: {"#": 0.45} for at in range(5)})) for _ in range(6)]
    alone, among = (settings_of(lines)[0][0] for lines in ([clear], [clear, *poor]))
    known = calibration()
    assert known.probability(clear[0], among) < known.probability(clear[0], alone)


clear_text = st.text("ABCdef0123456789/-() ", min_size=1, max_size=14).filter(lambda text: text.strip() != "")


@given(clear_text, clear_text, st.floats(0.02, 0.6))
@settings(max_examples=40, deadline=None)
def test_readings_share_out_one_and_come_from_the_nets(one: str, two: str, doubt: float) -> None:
    at = next(i for i, c in enumerate(one) if c != " ")
    first, second = a_line(one, {at: {"8" if one[at] != "8" else "3": doubt}}), a_line(two)
    allowed = set(one + two + "83")
    known = calibration()
    for again in (None, second):
        for word in words_read(first, again):
            assert 0 < word.share <= 1
            assert word.share + sum(share for _, share in word.others) <= 1 + 1e-6
            assert set(word.text) <= allowed
            confidence = known.probability(word, setting_of(word))
            others = alternatives_of(word, confidence, known)
            assert 0 < confidence < 1
            assert confidence + sum(probability for _, probability in others) <= 1 + 1e-9
            assert word.text not in dict(others)
            assert all(np.isfinite(list(evidence_of(word, setting_of(word)).values())))


def test_every_weight_has_its_evidence_and_the_other_way_round() -> None:
    (word,) = words_read(a_line("GUILTY"))
    assert set(evidence_of(word, setting_of(word))) == set(calibration().weights)


def test_what_a_net_is_less_sure_of_is_less_sure() -> None:
    sure, unsure = (sure_of(words_read(a_line("NO 93CR9912301", doubts)), 1) for doubts in ({}, {7: {"8": 0.4}}))
    assert 1 - unsure > 20 * (1 - sure)
    assert sure > 0.99


@pytest.mark.parametrize("rows", [0, 1, 5])
def test_a_line_of_blanks_has_no_words(rows: int) -> None:
    empty = np.zeros((rows, len(ALPHABET)), np.float32)
    empty[:, 0] = 1.0
    line = LineFrames(empty, 1 / max(1, rows))
    assert words_read(line) == []
    assert words_read(line, line) == []
    assert text_of(letters_of(empty)) == ""


# --- shapes


@pytest.mark.parametrize(("shape", "example"), [(s, e) for s in SHAPES for e in s.examples])
def test_each_shape_holds_its_examples(shape: object, example: str) -> None:
    assert shape.pattern.fullmatch(example)  # type: ignore[attr-defined]
    assert fits(f"({example}),")


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        ("lst", "1st"),
        ("Ist", "1st"),
        ("2lst,", "21st,"),
        ("(ist)", "(1st)"),
        ("the lst count", "the 1st count"),
        ("list", "list"),
        ("first", "first"),
        ("lstop", "lstop"),
        ("ISTVAN", "ISTVAN"),
        ("A1st", "A1st"),
    ],
)
def test_the_key_for_one_and_l_is_a_one_in_ordinals(read: str, typed: str) -> None:
    assert with_firsts(read) == typed
    assert [word.text for word in words_read(a_line(read))] == typed.split()


@pytest.mark.parametrize("near", [near for shape in SHAPES for near in shape.near])
def test_what_is_near_a_shape_has_none(near: str) -> None:
    assert not fits(near)


def test_the_strange_share_of_a_text_is_by_words() -> None:
    assert strange_share("") == 0.0
    assert strange_share("PLEA 0F GUILTY GU1LTY") == 0.5
