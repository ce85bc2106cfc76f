"""The shelf: what counts as a scan, where it stands, and what its manifest says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.archive import natural
from casefile.errors import InputError
from digitize.intake import files_in, manifest_of, scans_in

PNG = b"\x89PNG\r\n\x1a\n"


def put(root: Path, *names: str, content: bytes = PNG) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


def places(root: Path) -> list[tuple[str, str, str]]:
    return [(one.box, one.folder, one.file) for one in scans_in(root)]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("a.png", ("", "", "a.png")),
        ("B1/a.png", ("B1", "", "a.png")),
        ("B1/F1/a.png", ("B1", "F1", "a.png")),
        ("B1/F1/x/y/a.png", ("B1", "F1/x/y", "a.png")),
    ],
)
def test_box_and_folder_are_the_path(tmp_path: Path, name: str, place: tuple[str, str, str]) -> None:
    put(tmp_path, name)
    assert places(tmp_path) == [place]


def test_order_is_natural_by_box_folder_and_file(tmp_path: Path) -> None:
    put(tmp_path, "B10/F1/a.png", "B2/F1/a10.png", "B2/F1/a2.png", "B2/F10/a.png", "B2/F2/a.png", "z.png")
    assert places(tmp_path) == [
        ("", "", "z.png"),
        ("B2", "F1", "a2.png"),
        ("B2", "F1", "a10.png"),
        ("B2", "F2", "a.png"),
        ("B2", "F10", "a.png"),
        ("B10", "F1", "a.png"),
    ]


@given(st.lists(st.text("aA1290-. ", max_size=6)))
def test_natural_order_is_total(names: list[str]) -> None:
    assert sorted(set(names), key=natural) == sorted(sorted(set(names)), key=natural)
    assert len({natural(name) for name in names}) == len(set(names))


@pytest.mark.parametrize("litter", ["Thumbs.db", "desktop.ini", ".DS_Store", ".hidden/a.png", "manifest.csv"])
def test_litter_is_neither_scan_nor_listed(tmp_path: Path, litter: str) -> None:
    put(tmp_path, litter)
    found = files_in(tmp_path)
    assert (found.scans, found.others) == ((), ())


def test_a_file_without_suffix_is_a_scan_by_its_first_bytes(tmp_path: Path) -> None:
    put(tmp_path, "B1/scan0001")
    assert places(tmp_path) == [("B1", "", "scan0001")]


def test_what_is_no_scan_is_listed(tmp_path: Path) -> None:
    put(tmp_path, "B1/notes.txt", content=b"bring the other box")
    found = files_in(tmp_path)
    assert found.scans == ()
    assert [one.file for one in found.others] == ["notes.txt"]


def test_a_damaged_file_with_a_scans_suffix_stays_among_the_scans(tmp_path: Path) -> None:
    put(tmp_path, "B1/a.pdf", content=b"")
    assert places(tmp_path) == [("B1", "", "a.pdf")]


def test_links_that_lead_out_and_special_files_are_listed_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/secret.png", "shelf/B1/a.png")
    shelf = tmp_path / "shelf"
    (shelf / "B1" / "link.png").symlink_to(tmp_path / "elsewhere" / "secret.png")
    (shelf / "B2").symlink_to(tmp_path / "elsewhere")
    (shelf / "B1" / "loop").symlink_to(shelf)
    os.mkfifo(shelf / "B1" / "pipe.png")
    found = files_in(shelf)
    assert [one.file for one in found.scans] == ["a.png"]
    assert {one.file for one in found.others} == {"link.png", "B2", "loop", "pipe.png"}


def test_a_link_within_the_shelf_is_a_scan(tmp_path: Path) -> None:
    put(tmp_path, "B1/a.png")
    (tmp_path / "B1" / "again.png").symlink_to(tmp_path / "B1" / "a.png")
    assert [one.file for one in scans_in(tmp_path)] == ["a.png", "again.png"]


def test_the_source_may_be_one_file(tmp_path: Path) -> None:
    put(tmp_path, "B1/a.png")
    (found,) = scans_in(tmp_path / "B1" / "a.png")
    assert (found.box, found.folder, found.file) == ("", "", "a.png")


def test_a_source_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        scans_in(tmp_path / "nowhere")


def manifest(tmp_path: Path, text: str) -> Path:
    (tmp_path / "manifest.csv").write_text(text, "utf-8")
    return tmp_path


def test_a_manifest_is_read_by_its_headings(tmp_path: Path) -> None:
    text = '\ufeffbox,file,expected_pages,item,folder,note\nB1,a.tif,3,item 7,F2,"torn, taped"\n'
    (row,) = manifest_of(manifest(tmp_path, text))
    assert (row.file, row.box, row.folder, row.item, row.expected_pages) == ("a.tif", "B1", "F2", "item 7", 3)
    assert row.note == "torn, taped"
    assert row.bad == ()


def test_columns_other_than_file_may_be_missing(tmp_path: Path) -> None:
    (row,) = manifest_of(manifest(tmp_path, "file\na.tif\n"))
    assert (row.file, row.box, row.expected_pages, row.bad) == ("a.tif", "", None, ())


@pytest.mark.parametrize("cell", ["three", "-1", "2.5", "٣", "1e3"])
def test_a_bad_page_number_keeps_its_row_and_is_named(tmp_path: Path, cell: str) -> None:
    (row,) = manifest_of(manifest(tmp_path, f"file,expected_pages\na.tif,{cell}\n"))
    assert (row.file, row.expected_pages, row.bad, row.row) == ("a.tif", None, ("expected_pages",), 2)


def test_no_manifest_is_no_rows(tmp_path: Path) -> None:
    assert manifest_of(tmp_path) == ()


@pytest.mark.parametrize("text", ["box,item\nB1,1\n", ""])
def test_a_manifest_without_file_column_is_an_input_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="file"):
        manifest_of(manifest(tmp_path, text))


def test_an_archive_of_ours_among_the_scans_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "archive" / "masters" / "ab").mkdir(parents=True)
    (tmp_path / "archive" / "casefile.db").touch()
    (tmp_path / "archive" / "masters" / "ab" / "abc.png").touch()
    (tmp_path / "scan.png").touch()
    found = files_in(tmp_path)
    assert [one.file for one in found.scans] == ["scan.png"]
    assert found.others == ()


def test_a_manifest_that_names_a_file_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file,expected_pages\na.png,1\na.png,2\n", "utf-8")
    with pytest.raises(InputError, match="rows 2 and 3"):
        manifest_of(tmp_path)
