"""The same seed makes the same paper, files open, and every word lies on its page."""

import hashlib
import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from specimens import Box, Maker, layout_names, make_box, splits
from specimens.fonts import FontMissingError, faces, font_file
from specimens.layout import layout_named
from specimens.scans import WEIGHTS, Format, write_scans
from specimens.shape import Shape
from specimens.wear import KINDS


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Box]:
    root = tmp_path_factory.mktemp("box")
    return root, make_box(root, pages=8, seed=3)


def test_the_same_seed_makes_the_same_bytes(box: tuple[Path, Box], tmp_path: Path) -> None:
    make_box(tmp_path, pages=8, seed=3)
    assert digest(tmp_path) == digest(box[0])


def test_another_seed_makes_other_pages() -> None:
    one, other = (next(Maker(seed, stray_share=0).items()) for seed in (1, 2))
    assert [w.text for w in one.specimens[0].words] != [w.text for w in other.specimens[0].words]


def test_truth_lies_outside_of_the_source(box: tuple[Path, Box]) -> None:
    assert not any(path.suffix == ".jsonl" for path in box[1].source.rglob("*"))
    assert box[1].records.is_file()
    assert box[1].persons.is_file()


def test_every_page_is_accounted_for_and_every_word_lies_on_it(box: tuple[Path, Box]) -> None:
    pages = [json.loads(line) for line in box[1].pages.read_text("utf-8").splitlines()]
    assert len(pages) == box[1].total_pages >= 8
    for page in pages:
        assert (box[1].source / page["box"] / page["folder"] / page["file"]).is_file()
        for word in page["words"]:
            left, top, right, bottom = word["bbox"]
            assert 0 <= left < right <= page["width"], word
            assert 0 <= top < bottom <= page["height"], word


def test_records_name_pages_that_exist(box: tuple[Path, Box]) -> None:
    ids = {json.loads(line)["page_id"] for line in box[1].pages.read_text("utf-8").splitlines()}
    for line in box[1].records.read_text("utf-8").splitlines():
        assert {page["page_id"] for page in json.loads(line)["pages"]} <= ids


@pytest.mark.parametrize("name", sorted(WEIGHTS))
def test_every_format_opens_again(name: str, tmp_path: Path) -> None:
    item = next(i for i in Maker(5, layouts=["half_sheet_branch"], stray_share=0).items())
    how = Format(name)
    path = tmp_path / f"page{how.ending}"
    scan = item.specimens[0].scan(colour=how.colour, two_tone=how.two_tone)
    write_scans(path, [scan, scan] if how.several else [scan], how)
    if how.ending == ".pdf":
        assert path.read_bytes().startswith(b"%PDF")
        return
    with Image.open(path) as image:
        assert image.size == (scan.picture.shape[1], scan.picture.shape[0])
        assert getattr(image, "n_frames", 1) == (2 if how.several else 1)


def test_splits_share_nothing_and_leave_nothing_out() -> None:
    train, held_out = splits()["train"], splits()["held_out"]
    for attribute in ("layouts", "fonts", "wear"):
        assert not set(getattr(train, attribute)) & set(getattr(held_out, attribute))
    assert {*train.layouts, *held_out.layouts} == set(layout_names())
    assert {*train.wear, *held_out.wear} == set(KINDS)
    assert {*train.fonts, *held_out.fonts} <= set(faces())


@pytest.mark.parametrize("which", ["train", "held_out"])
def test_a_split_uses_only_its_own(which: str) -> None:
    split = splits()[which]
    maker = Maker(9, layouts=split.layouts, fonts=split.fonts, wear=split.wear)
    for specimen in maker.specimens(40):
        assert specimen.font in split.fonts
        assert set(specimen.wear) <= set(split.wear)
        assert specimen.document_kind in ("blank", "other") or specimen.layout in split.layouts


def test_unknown_names_are_told() -> None:
    with pytest.raises(ValueError, match="no kind of wear named rust"):
        Maker(1, wear=["rust"])


def test_a_missing_font_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("specimens.fonts._installed", dict)
    with pytest.raises(FontMissingError, match="apt-get install fonts-courier-prime"):
        font_file("courier-prime")


@pytest.mark.parametrize("name", layout_names())
def test_fonts_of_layouts_are_known(name: str) -> None:
    layout = layout_named(name)
    assert set(layout.fonts) <= set(faces())
    assert (layout.label_font or "dejavu-sans") in faces()


def test_points_go_where_the_ink_goes() -> None:
    for shape in (
        Shape(degrees=2.0),
        Shape(wave=6.0, phase=1.0),
        Shape(degrees=-1.5, wave=-5.0, quarters=1),
        Shape(quarters=2),
    ):
        ink = np.zeros((500, 400), np.uint8)
        ink[200:220, 100:160] = 255
        turned = shape.turned(shape.applied(ink))
        rows, columns = np.nonzero(np.asarray(turned) > 100)
        left, top, right, bottom = shape.carried((100, 200, 160, 220), (400, 500))
        assert left - 2 <= columns.min()
        assert columns.max() <= right + 2
        assert top - 2 <= rows.min()
        assert rows.max() <= bottom + 2


def test_perfect_words_need_no_picture_and_match_the_scan() -> None:
    for item in islice(Maker(4, stray_share=0).items(), 5):
        specimen = item.specimens[0]
        assert [w.text for w in specimen.words] == [w.text for w in specimen.scan().words]
