"""The engine that reads by lines: words with their ink, the second reader asked in doubt alone, silence on dirt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from casefile.ocr import BBox
from digitize.asking import Part
from digitize.ctc import Letter, LineFrames
from digitize.engine import SeenWord
from digitize.engines import best_engine
from digitize.line_engine import (
    LineEngine,
    _are_two_strokes,
    _is_borne_out,
    _is_certain,
    crop_of,
    is_drawn,
    is_rule,
    is_ruled,
    is_speck,
)
from digitize.lines import Line, Pixels
from digitize.nets import LineReader
from digitize.tesseract import TesseractEngine

FACE = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"
ROWS = ("05/20/93 PLEA OF GUILTY", "720-550/5(d) MFG/DEL CANNABIS", "PROBATION 24 MTHS")


def a_page(rows: Sequence[str] = ROWS) -> Pixels:
    page = Image.new("L", (900, 160 + 60 * len(rows)), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(FACE, 34)
    for at, row in enumerate(rows):
        pen.text((60, 80 + 60 * at), row, font=face, fill=20)
    return np.asarray(page)


class Counting:
    """A reader that counts the lines it is shown."""

    def __init__(self, reader: LineReader) -> None:
        self._reader, self.shown = reader, 0

    @property
    def name(self) -> str:
        return self._reader.name

    def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
        self.shown += len(crops)
        return self._reader.frames_of(crops, squeeze)


class Blurring(Counting):
    """A reader that is unsure of everything."""

    def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
        frames = super().frames_of(crops, squeeze)
        return [LineFrames(0.68 * one.rows + 0.32 * np.roll(one.rows, 1, axis=1), one.step) for one in frames]


@pytest.fixture(scope="module")
def engine() -> LineEngine:
    found = best_engine()
    assert isinstance(found, LineEngine)
    return found


@pytest.fixture(scope="module")
def seen(engine: LineEngine) -> tuple[SeenWord, ...]:
    return engine.words_on(a_page())


def text_of(words: Sequence[SeenWord]) -> str:
    lines: dict[int | None, list[SeenWord]] = {}
    for word in words:
        lines.setdefault(word.piece, []).append(word)
    rows = sorted(lines.values(), key=lambda row: row[0].bbox.top)
    return "\n".join(" ".join(word.text for word in sorted(row, key=lambda word: word.bbox.left)) for row in rows)


def test_clean_type_is_read_to_the_letter(seen: Sequence[SeenWord]) -> None:
    assert text_of(seen) == "\n".join(ROWS)
    assert all(0 < word.confidence < 1 for word in seen)


def test_the_box_of_a_word_is_its_ink(seen: Sequence[SeenWord]) -> None:
    """Letters of 34 pixel type are 20 wide: where a word stands follows from what comes before it."""
    page = a_page()
    for word in seen:
        row = next(row for row in ROWS if word.text in row)
        left = 60 + 20.4 * row.index(word.text)
        assert word.bbox.left == pytest.approx(left, abs=8), word.text
        assert word.bbox.right == pytest.approx(left + 20.4 * len(word.text), abs=10), word.text
        box = word.bbox
        assert (page[box.top : box.bottom, box.left : box.right] < 128).any()


def test_the_second_reader_is_asked_in_doubt_alone(engine: LineEngine) -> None:
    sure, second = Counting(engine._first), Counting(engine._first)
    page = a_page(("PROBATION ENTERED",))
    LineEngine(sure, second).words_on(page)
    assert (sure.shown, second.shown) == (1, 0)
    LineEngine(Blurring(engine._first), second).words_on(page)
    assert second.shown == 1


def test_what_the_second_reader_says_of_a_part_stands_at_its_place(engine: LineEngine) -> None:
    """It is shown the doubtful word with its neighbours, and every word keeps its ink."""

    class UnsureOnce(Counting):
        def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
            found = super().frames_of(crops, squeeze)
            for one in found:
                middle = slice(round(0.45 * len(one.rows)), round(0.55 * len(one.rows)))
                one.rows[middle] = 0.6 * one.rows[middle] + 0.4 * np.roll(one.rows[middle], 1, axis=1)
            return found

    class Measuring(Counting):
        widest = 0

        def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
            self.widest = max(crop.shape[1] for crop in crops)
            return super().frames_of(crops, squeeze)

    page, second = a_page(("ONE PLEA OF GUILTY ENTERED BY HIM",)), Measuring(engine._first)
    found = LineEngine(UnsureOnce(engine._first), second).words_on(page)
    sure = LineEngine(engine._first).words_on(page)
    assert second.shown == 1
    assert 60 < second.widest < 250  # of 680 that the line is wide
    assert [(word.text, word.bbox) for word in found] == [(word.text, word.bbox) for word in sure]


def test_two_readings_that_have_nothing_alike_are_no_type(engine: LineEngine) -> None:
    class Other(Counting):
        def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
            other = a_page(("QQQQ XXXX",))[80:124, 50:400]
            return super().frames_of([other] * len(crops), squeeze)

    page = a_page(("PROBATION 24 MTHS",))
    assert LineEngine(Blurring(engine._first), Counting(engine._first)).words_on(page)
    assert LineEngine(Blurring(engine._first), Other(engine._first)).words_on(page) == ()


def test_a_ditto_mark_alone_is_read(engine: LineEngine) -> None:
    rows = ("3-13-78   HARRIS   MD   4-3-78", '4-3-78    "        MD   5-2-78')
    found = [word for word in engine.words_on(a_page(rows)) if word.bbox.top > 120]
    assert [word.text for word in sorted(found, key=lambda word: word.bbox.left)] == ["4-3-78", '"', "MD", "5-2-78"]


def test_where_the_first_reader_sees_nothing_the_second_is_asked_about_two_strokes_alone(engine: LineEngine) -> None:
    class Blind(Counting):
        def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
            found = super().frames_of(crops, squeeze)
            nothing = np.eye(1, found[0].rows.shape[1], dtype=np.float32)
            return [LineFrames(np.repeat(nothing, len(one.rows), axis=0), one.step) for one in found]

    first, second = Blind(engine._first), Counting(engine._first)
    assert LineEngine(first, second).words_on(a_page(("A SCRAWL",))) == ()
    assert (first.shown, second.shown) == (2, 0)  # and once in a mirror
    LineEngine(first, second).words_on(a_page(("3-13-78   HARRIS   MD   4-3-78", '4-3-78    "        MD   5-2-78')))
    assert second.shown == 1


@pytest.mark.parametrize("label", ["Plea", "Class", "Disposition"])
def test_a_label_is_read_before_the_dots_that_lead_to_its_value(engine: LineEngine, label: str) -> None:
    found = [word.text.rstrip(".") for word in engine.words_on(a_page((f"{label} {'.' * 20}   GUILTY",)))]
    assert [text for text in found if text] == [label, "GUILTY"]


def test_dirt_is_no_type(engine: LineEngine) -> None:
    page = np.full((600, 800), 255, np.uint8)
    chance = np.random.default_rng(11)
    for x, y in chance.integers(40, 560, (60, 2)):
        page[y : y + 3, x : x + 3] = 0
    page[300:380, 600:680] = 0
    assert [word.text for word in engine.words_on(page) if any(c.isalnum() for c in word.text)] == []


@pytest.mark.parametrize("text", ["----------", "====", "____________", "....", ".....**-..", "_-----_"])
def test_a_line_drawn_with_signs_is_no_word(text: str) -> None:
    assert is_rule(text)


@pytest.mark.parametrize("text", [".", "'", ",", "`", "_", "~"])
def test_a_small_mark_alone_is_dirt(text: str) -> None:
    assert is_speck(text)


@pytest.mark.parametrize("text", ["..", '"', "*", "-", ")", "&", ":", "1", "I", "a.", "", ".,"])
def test_other_signs_alone_are_words(text: str) -> None:
    assert not is_speck(text)


@pytest.mark.parametrize(
    ("text", "size", "drawn"),
    [("-", (14, 4), False), ("-", (34, 3), True), ("-", (20, 2), True), ("--", (30, 4), False), ("--", (120, 5), True),
     ("1", (60, 2), False), ("*", (40, 4), False)],
)  # fmt: skip
def test_a_dash_too_broad_or_too_thin_is_left_of_a_rule(text: str, size: tuple[int, int], drawn: bool) -> None:
    assert is_drawn(text, BBox(100, 50, 100 + size[0], 50 + size[1]), 24.0) == drawn


@pytest.mark.parametrize(
    ("text", "size", "ruled"),
    [("--", (120, 5), True), ("-", (34, 3), True), ("--", (30, 4), False), ("--", (120, 18), False),
     ("", (120, 5), False), ("-1", (120, 5), False)],
)  # fmt: skip
def test_nobody_is_asked_about_a_bit_of_a_rule_that_is_too_low_for_letters(
    text: str, size: tuple[int, int], ruled: bool
) -> None:
    crop = np.full((34, 160), 255, np.uint8)
    top = 17 - size[1] // 2
    crop[top : top + size[1], 10 : 10 + size[0]] = 0
    letters = [Letter(one, at, at + 1, 0.9) for at, one in enumerate(text)]
    assert is_ruled(Line(crop, 0, 17, np.array([17.0])), letters) == ruled


@pytest.mark.parametrize("text", ["--", "***", "-", "ooo", "=-=-", "12-31-99", "*-*"])
def test_signs_that_say_something_are_words(text: str) -> None:
    assert not is_rule(text)


@pytest.mark.parametrize("shape", [(1, 1), (1, 4000), (4000, 1), (50, 20_000)])
def test_strange_pages_are_read_in_silence(engine: LineEngine, shape: tuple[int, int]) -> None:
    assert engine.words_on(np.zeros(shape, np.uint8)) == ()
    assert engine.words_on(np.full(shape, 255, np.uint8)) == ()


def test_the_name_tells_both_nets_apart_from_others(engine: LineEngine) -> None:
    assert engine.name.startswith("lines ")
    assert engine.name == best_engine().name
    assert engine.name != LineEngine(engine._first).name


def test_without_any_net_tesseract_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    from digitize import engines, ppocr

    monkeypatch.setattr(engines, "_WEIGHTS", engines._WEIGHTS.with_name("none.onnx"))
    monkeypatch.setattr(ppocr, "ppocr", lambda: None)
    assert isinstance(best_engine(), TesseractEngine)


def test_boxes_lie_on_the_page(seen: Sequence[SeenWord]) -> None:
    height, width = a_page().shape
    page = BBox(0, 0, width, height)
    assert all(word.bbox.overlap(page) > 0 for word in seen)


def _unsure_at_first(frames: LineFrames) -> LineFrames:
    """Frames of which the first sixth is unclear."""
    rows, part = frames.rows.copy(), len(frames.rows) // 6
    rows[:part] = 0.68 * rows[:part] + 0.32 * np.roll(rows[:part], 1, axis=1)
    return LineFrames(rows, frames.step)


def test_clear_words_are_type_whatever_the_second_reader_makes_of_them(engine: LineEngine) -> None:
    class Elsewhere(Counting):
        def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
            other = a_page(("QQQQ XXXX",))[80:124, 50:400]
            return super().frames_of([other] * len(crops), squeeze)

    class Unsure(Counting):
        def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
            return [_unsure_at_first(one) for one in super().frames_of(crops, squeeze)]

    found = LineEngine(Unsure(engine._first), Elsewhere(engine._first)).words_on(a_page(("PROBATION 24 MTHS",)))
    assert found


@pytest.mark.parametrize("row", ["v.", "-vs-", "I.R. NO.", "P.D. APPOINTED. SENTENCE ENTERED.", "V.O.C."])
def test_what_stands_at_the_ends_of_a_line_is_read_in_its_case(engine: LineEngine, row: str) -> None:
    found = engine.words_on(a_page(("THE PEOPLE", row, "DEFENDANT")))
    assert " ".join(word.text for word in found if 130 < word.bbox.top < 185) == row


def letters(text: str, clear: float) -> tuple[Letter, ...]:
    return tuple(Letter(one, 3 * at, 3 * at + 2, clear) for at, one in enumerate(text))


@pytest.mark.parametrize(
    ("first", "clear", "second", "again", "certain"),
    [("4", 0.99, "A", 0.7, True), ("ML", 0.9, "MI.", 0.94, True), ("4", 0.9, "A", 0.7, False),
     ("--", 0.99, "1", 0.9, False), ("W", 0.6, "1", 0.99, False)],
)  # fmt: skip
def test_a_short_line_stays_where_our_net_is_certain_or_both_nearly_are(
    first: str, clear: float, second: str, again: float, certain: bool
) -> None:
    assert _is_certain(letters(first, clear), letters(second, again)) == certain


@pytest.mark.parametrize(
    ("first", "clear", "second", "again", "borne_out"),
    [
        ("L", 0.52, "ALL", 0.99, True),  # the lowest row of pins is gone
        ("AL", 0.5, "ALL", 0.99, True),
        ("LA", 0.5, "ALL", 0.99, False),
        ("L", 0.52, "ALL", 0.9, False),
        ("L", 0.52, "AL", 0.99, False),
        ("E", 0.52, "ALL", 0.99, False),
        ("", 0.0, "ALL", 0.99, False),
        ("G", 0.56, "G", 0.48, True),
        ("G", 0.56, "G", 0.4, False),
        ("G", 0.56, "6", 0.8, False),
        (".", 0.56, ".", 0.8, False),
        ("--", 0.9, "1", 0.9, False),
    ],
)
def test_a_short_line_is_type_where_one_reader_bears_the_other_out(
    first: str, clear: float, second: str, again: float, borne_out: bool
) -> None:
    assert _is_borne_out(letters(first, clear), letters(second, again)) == borne_out


@pytest.mark.parametrize(
    ("inked", "kept"),
    [
        (((0, 8), (40, 60), (66, 86)), ((40, 60), (66, 86))),  # a bit of the letter before
        (((40, 60), (66, 86), (112, 120)), ((40, 60), (66, 86))),  # of the letter behind
        (((0, 20), (26, 46)), ((0, 20), (26, 46))),  # a letter with the next at its usual distance
        (((12, 20), (40, 60)), ((12, 20), (40, 60))),  # a mark that no cut goes through
        (((0, 60),), ((0, 60),)),
    ],
)
def test_what_the_second_reader_sees_of_a_part_holds_no_sliver_of_the_letters_beside_it(
    inked: Sequence[tuple[int, int]], kept: Sequence[tuple[int, int]]
) -> None:
    crop = np.full((34, 360), 255, np.uint8)
    crop[8:28, 130:230] = 255
    for left, right in inked:
        crop[8:28, 120 + left : 120 + right] = 0
    line = Line(crop, 0, 17, np.array([17.0]))
    frames = LineFrames(np.zeros((30, 96), np.float32), 1 / 30)
    found = crop_of(line, Part(1 / 3, 2 / 3, frames, asked=True))
    inside = np.zeros(120, bool)
    for left, right in kept:
        inside[left:right] = True
    assert ((found < 128).any(axis=0) == inside).all()
    assert found.shape == (34, 120)


def test_a_ditto_mark_below_a_tail_of_the_row_above_is_two_strokes() -> None:
    crop = np.full((34, 44), 255, np.uint8)
    crop[11:23, 15:20] = crop[11:23, 25:30] = 0
    bare = Line(crop.copy(), 0, 17, np.array([17.0]))
    crop[:3, 18:23] = 0
    below = Line(crop.copy(), 0, 17, np.array([17.0]))
    crop[11:23, 35:40] = 0
    three = Line(crop, 0, 17, np.array([17.0]))
    assert [_are_two_strokes(line) for line in (bare, below, three)] == [True, True, False]
