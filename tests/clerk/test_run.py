"""The main job: real pages in, records out; the second run does nothing; bad files cost themselves alone."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

import extract
from casefile.docket import DocketRecord, DocumentKind
from casefile.ocr import OcrPage
from casefile.store import Store
from clerk import pipeline, reading, standing
from specimens.box import Box
from tests.clerk.office import Office, RememberingEngine

FORM = {"record_id", "document_kind", "box", "folder", "files", "pages", "state"}
CASE = {"docket_number", "arrest_date", "filed_date", "arresting_agency", "defendant", "charges", "match"}
READING = {"value", "raw", "confidence", "page_id", "bbox", "alternatives", "settled_by", "accepted"}


def test_every_page_of_the_box_is_accounted_for(finished: Office, box: Box) -> None:
    truth = {
        (row["box"], row["folder"], row["file"], row["frame"])
        for row in map(json.loads, box.pages.read_text("utf-8").splitlines())
    }
    spots = {
        (row["box"], row["folder"], page["file"], page["frame"]) for row in finished.exported() for page in row["pages"]
    }
    assert spots == truth


def test_a_record_has_the_form_the_outside_relies_on(finished: Office) -> None:
    rows = finished.exported()
    cases = [row for row in rows if "charges" in row]
    assert cases, "the box holds dockets"
    for row in rows:
        assert set(row) >= FORM
    for row in cases:
        assert set(row) >= FORM | CASE | {"determinations"}
        assert set(row["docket_number"]) == READING
        for charge in row["charges"]:
            assert set(charge["statute"]) == READING
        for found in row["determinations"]:
            assert found["as_of"] == "2026-06-30"
            assert found["outcome"] in ("auto", "motion", "ineligible", "review")
            assert all(set(ground) >= {"cite", "met", "because"} for ground in found["grounds"])


def test_confidence_is_a_probability_and_alternatives_leave_room(finished: Office) -> None:
    for row in finished.exported():
        for charge in row.get("charges", []):
            statute = charge["statute"]
            listed = statute["confidence"] + sum(p for _, p in statute["alternatives"])
            assert 0 <= statute["confidence"] <= 1
            assert listed <= 1 + 1e-6


def test_the_second_run_does_nothing(finished: Office, box: Box, tmp_path: Path) -> None:
    before = finished.bytes(tmp_path / "before.jsonl")
    calls = RememberingEngine.calls
    work = finished.run(box.source)
    assert work == pipeline.Work(0, 0, 0, 0)
    assert RememberingEngine.calls == calls
    assert finished.bytes(tmp_path / "after.jsonl") == before


def test_two_archives_of_one_box_export_the_same_bytes(
    finished: Office, office: Office, box: Box, tmp_path: Path
) -> None:
    office.run(box.source, persons=box.persons)
    assert office.bytes(tmp_path / "a.jsonl") == finished.bytes(tmp_path / "b.jsonl")


def test_a_page_shelved_twice_is_read_once(office: Office, box: Box, tmp_path: Path) -> None:
    one = next(path for path in sorted(box.source.rglob("*")) if path.suffix in (".png", ".jpg"))
    source = tmp_path / "source"
    source.mkdir()
    for name in ("a", "b"):
        shutil.copy(one, source / f"{name}{one.suffix}")
    assert office.run(source).pages_read == 1
    assert len(office.exported()) == 2


def test_bad_files_are_set_aside_and_the_rest_goes_on(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "empty.png").write_bytes(b"")
    (source / "torn.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<")
    (source / "text.tif").write_text("a text that says it is a scan")
    (Path(os.fsdecode(os.fsencode(source) + b"/named\xff.png"))).write_bytes(b"")
    Image.new("L", (400, 500), 255).save(source / "blank.png")
    office.run(source)
    with office.archive.store() as store:
        aside = {one.place.file for one in standing.set_aside(store)}
    assert aside == {"empty.png", "torn.pdf", "text.tif", "named\\xff.png"}
    kinds = {row["files"][0]: (row["document_kind"], row["state"]) for row in office.exported()}
    assert kinds["blank.png"] == ("blank", "accepted")
    assert {kinds[name] for name in aside} == {(None, "in_review")}


def test_a_single_file_and_no_list_of_persons_do_something_sensible(office: Office, box: Box) -> None:
    truth = [json.loads(line) for line in box.records.read_text("utf-8").splitlines()]
    row = next(row for row in truth if row["document_kind"] == "certified_statement")
    office.run(box.source / row["box"] / row["folder"] / row["files"][0])
    exported = [row for row in office.exported() if "match" in row]
    assert exported
    assert all(row["match"] == {"status": "none", "person_id": None, "probability": None} for row in exported)
    assert all(row["determinations"] for row in exported if row["charges"])


def test_no_name_date_or_number_stands_in_the_audit(finished: Office, box: Box) -> None:
    with finished.archive.store() as store:
        text = repr(list(store.audit_rows()))
    assert len(text) > 500
    for row in map(json.loads, box.records.read_text("utf-8").splitlines()):
        for secret in (row["docket_number"], row["defendant"]["surname"], row["defendant"]["birth_date"]):
            assert not secret or secret not in text


def test_masters_are_what_was_received_and_cannot_be_written(finished: Office, box: Box) -> None:
    scans = {path.read_bytes() for path in box.source.rglob("*") if path.is_file()}
    masters = [path for path in finished.archive.masters.rglob("*") if path.is_file()]
    assert {path.read_bytes() for path in masters} == scans
    assert all(path.stat().st_mode & 0o222 == 0 for path in masters)


class Killed(BaseException):
    """Stands for a kill between two transactions."""


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_kill_at_any_transaction_ends_in_the_same_export(
    finished: Office, office: Office, box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side: str
) -> None:
    """Killed at the first commit, run again, killed at the third, and so on at widening steps, until it ends."""
    real = Store.writing
    limit = count = 0

    def counted(self: Store):  # type: ignore[no-untyped-def]
        nonlocal count
        count += not self._db.conn.in_transaction
        if side == "before" and count > limit:
            raise Killed
        return _then(real(self), self)

    from contextlib import contextmanager

    @contextmanager
    def _then(inner, store):  # type: ignore[no-untyped-def]
        with inner:
            yield
        if side == "after" and count > limit:
            raise Killed

    monkeypatch.setattr(Store, "writing", counted)
    kills = 0
    while True:
        count, limit = 0, limit + 1 + kills // 3
        try:
            office.run(box.source, persons=box.persons)
        except Killed:
            kills += 1
            continue
        break
    monkeypatch.undo()
    assert kills > 10
    assert office.bytes(tmp_path / "killed.jsonl") == finished.bytes(tmp_path / "whole.jsonl")


def test_damaged_words_are_read_anew(office: Office, box: Box, tmp_path: Path) -> None:
    office.run(box.source, persons=box.persons)
    whole = office.bytes(tmp_path / "whole.jsonl")
    victim = next(office.archive.derived.rglob("*.json.gz"))
    victim.unlink()
    assert office.run(box.source).pages_read == 1
    assert office.bytes(tmp_path / "again.jsonl") == whole


def test_the_database_is_strict_and_whole(finished: Office) -> None:
    connection = sqlite3.connect(finished.archive.database)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        connection.close()


def test_a_page_the_extractor_chokes_on_is_set_aside_and_tried_again_with_the_next_version(
    office: Office, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading.records_of
    victims: list[str] = []

    def choking(pages: Sequence[OcrPage], kind: DocumentKind) -> tuple[DocketRecord, ...]:
        if kind.is_docket and not victims:
            victims.extend(page.page_id for page in pages)
            raise ZeroDivisionError
        return real(pages, kind)

    monkeypatch.setattr(reading, "records_of", choking)
    office.run(box.source)
    rows = {page["page_id"]: row for row in office.exported() for page in row["pages"]}
    assert victims
    assert all((rows[v]["document_kind"], rows[v]["state"]) == (None, "in_review") for v in victims)
    monkeypatch.setattr(extract, "VERSION", extract.VERSION + 1)
    office.run(box.source)
    rows = {page["page_id"]: row for row in office.exported() for page in row["pages"]}
    assert all(rows[v]["document_kind"] is not None for v in victims)
