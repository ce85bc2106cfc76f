"""What is taken in, and that one odd page costs itself alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from casefile.archive import Page, PageId, Place, Sha256
from casefile.errors import ExitCode, StorageError
from casefile.ocr import OcrPage
from casefile.store import Store
from clerk import archive as archives
from clerk import cli, exports, intake, reading, standing
from clerk.commands.options import policy_of
from clerk.exports import ILLEGIBLE
from extract.documents import Document
from tests.clerk.office import Office
from tests.factories import a_charge, a_record, illegible


def scan(path: Path, shade: int = 255) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (40, 50), shade).save(path)


def test_the_archive_within_the_source_is_no_new_scan(tmp_path: Path) -> None:
    scan(tmp_path / "a.png")
    archive = archives.create(tmp_path / "archive")
    with archive.store() as store:
        assert [intake.take_in(archive, store, tmp_path, quiet=True) for _ in range(2)] == [1, 0]
        assert [page.place.file for page in store.pages()] == ["a.png"]
        assert store.left_out() == []


def test_a_page_that_cannot_be_grouped_is_set_aside_alone(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(3):
        scan(tmp_path / "source" / f"{at}.png", 250 + at)
    real = reading.documents_in
    victim = ""

    def choking(pages: Sequence[OcrPage], unread_before: Sequence[PageId] = ()) -> tuple[Document, ...]:
        nonlocal victim
        victim = victim or sorted(page.page_id for page in pages)[0]
        if any(page.page_id == victim for page in pages):
            raise ZeroDivisionError
        return real(pages, unread_before)

    monkeypatch.setattr(reading, "documents_in", choking)
    office.run(tmp_path / "source")
    kinds = {row["pages"][0]["page_id"]: row["document_kind"] for row in office.exported()}
    assert len(kinds) == 3
    assert [page_id for page_id, kind in kinds.items() if kind is None] == [victim]


def test_pages_that_fail_together_alone_are_each_set_aside(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(3):
        scan(tmp_path / "source" / f"{at}.png", 250 + at)
    real = reading.documents_in

    def choking(pages: Sequence[OcrPage], unread_before: Sequence[PageId] = ()) -> tuple[Document, ...]:
        if len(pages) > 1:
            raise ZeroDivisionError
        return real(pages, unread_before)

    monkeypatch.setattr(reading, "documents_in", choking)
    office.run(tmp_path / "source")
    assert [row["document_kind"] for row in office.exported()] == [None] * 3


def test_a_cell_of_the_manifest_nobody_understands_is_listed(tmp_path: Path) -> None:
    scan(tmp_path / "source" / "a.png")
    (tmp_path / "source" / "manifest.csv").write_text("file,expected_pages\na.png,three\n")
    told = CliRunner().invoke(
        cli.clerk, ["intake", str(tmp_path / "source"), "--archive", str(tmp_path / "archive"), "--quiet"]
    )
    assert told.exit_code == ExitCode.SOME_FAILED
    assert "manifest.csv: row 2, expected_pages" in told.stderr


def test_a_policy_of_ones_own_is_remembered_from_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert policy_of("mine.toml") == str(tmp_path / "mine.toml")
    assert policy_of("cook_announced") == "cook_announced"
    assert policy_of("none") is None


def test_a_commit_that_fails_leaves_no_transaction_to_join(tmp_path: Path) -> None:
    """A foreign key checked at the end of the transaction stands for a full disk."""
    with Store(tmp_path / "casefile.db") as store:
        store._db.execute("CREATE TABLE child (id REFERENCES masters(sha256) DEFERRABLE INITIALLY DEFERRED)")
        with pytest.raises(sqlite3.IntegrityError), store.writing():
            store._write("INSERT INTO child VALUES ('nobody')")
        with store.writing():
            store.set_setting("kept", "yes")
        with Store(tmp_path / "casefile.db") as other:
            assert other.setting("kept") == "yes"


def test_trouble_with_the_database_is_trouble_with_the_disk(tmp_path: Path) -> None:
    with Store(tmp_path / "casefile.db") as store:
        store._db.execute("PRAGMA max_page_count = 1")
        with pytest.raises(StorageError, match="full"), store.writing():
            store.set_setting("large", "x" * 5_000_000)
        assert store.setting("large") is None


def test_ink_nobody_could_read_is_no_empty_cell() -> None:
    unread = ("grade", "grams", "subsequent", "section7", "disposition", "disposition_date", "sentence", "termination")
    charge = a_charge(**{name: illegible() for name in unread})
    row = exports._charges_row(a_record(charges=(charge,)), charge, None)
    assert {name: row[name] for name in unread} == dict.fromkeys(unread, ILLEGIBLE)
    assert row["source_confidence"] == 0.0


def test_two_scans_under_one_name_stand_one_after_the_other(tmp_path: Path) -> None:
    archive = archives.create(tmp_path / "archive")
    with archive.store() as store, store.writing():
        for sha in ("2", "1"):
            for frame in (0, 1):
                place = Place("b", "f", "x.tif", frame)
                store.add_pages([Page(PageId(f"p{sha}{frame}"), place, Sha256(sha), 2)], size=1)
                store.put_done(PageId(f"p{sha}{frame}"), reading.Stage.DIGITIZE, key="k", output="o")
        (folder,) = reading._folders(store)
    assert [page.page_id for page, _ in folder.pages] == ["p10", "p11", "p20", "p21"]


def test_a_fault_of_ours_tells_where_and_never_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(store: Store) -> standing.Status:
        raise ValueError("QUILLBY, TERRANCE")

    monkeypatch.setattr(standing, "status", faulty)
    archives.create(tmp_path / "archive")
    told = CliRunner().invoke(cli.clerk, ["status", "--archive", str(tmp_path / "archive")])
    assert told.exit_code == ExitCode.FAULT
    assert "ValueError in faulty" in told.stderr
    assert "QUILLBY" not in told.output
