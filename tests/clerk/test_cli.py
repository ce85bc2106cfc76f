"""The command line: every command has help and is documented; every failure has its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from clerk import archive as archives
from clerk import exports
from clerk.cli import clerk
from clerk.commands.telling import printable
from clerk.serving import is_loopback
from specimens.box import Box
from tests.clerk.office import Office

ROOT = Path(__file__).parents[2]


def commands(group: click.Group, prefix: str = "clerk") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def run(*arguments: object, **rest: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "clerk.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **rest)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(("name", "command"), list(commands(clerk)))
def test_every_command_has_help_and_stands_in_the_docs(name: str, command: click.Command) -> None:
    assert command.help
    assert f"`{name}" in (ROOT / "docs" / "commands.md").read_text("utf-8")


def test_what_every_worker_and_command_loads_is_light() -> None:
    """Each process of a run begins with these; what reads records and decides takes seconds to load."""
    heavy = {"spacy", "numba", "distributed", "cv2", "onnxruntime", "starlette"}
    code = f"import sys, clerk.cli, clerk.intake, clerk.standing; print({heavy} & set(sys.modules) or None)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "None"


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["run"], 1, "Missing argument"),
        (["nonsense"], 1, "No such command"),
        (["status", "--archive", "{tmp}/none"], 5, "is no archive"),
        (["export", "records", "--archive", "{archive}", "--out", "{tmp}/a.txt"], 1, "must end in"),
        (["run", "{tmp}/nowhere", "--archive", "{archive}"], 2, "neither a folder nor a file"),
        (["run", "{tmp}", "--archive", "{archive}", "--law", "utopia"], 1, "no such law"),
        (["run", "{tmp}", "--archive", "{archive}", "--persons", "{tmp}/twice.csv"], 2, "person_id"),
        (["review", "serve", "--archive", "{archive}", "--host", "0.0.0.0"], 1, "--cert"),  # noqa: S104
        (["triage", "--archive", "{archive}"], 1, "has not been run yet"),
        (["run", "{archive}/masters", "--archive", "{archive}"], 1, "within the archive itself"),
    ],
)
def test_what_cannot_be_done_says_so_and_ends_with_its_status(
    tmp_path: Path, arguments: list[str], status: int, says: str
) -> None:
    archives.create(tmp_path / "archive")
    (tmp_path / "twice.csv").write_text("person_id,surname\nP1,QUILLBY\nP1,OKONJO\n", "utf-8")
    filled = [part.format(tmp=tmp_path, archive=tmp_path / "archive") for part in arguments]
    done = run(*filled)
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert "QUILLBY" not in done.stderr


def test_a_second_run_finds_the_archive_held(tmp_path: Path) -> None:
    archive = archives.create(tmp_path / "archive")
    with archives.held(archive):
        done = run("run", tmp_path, "--archive", tmp_path / "archive")
    assert done.returncode == 13
    assert "another run" in done.stderr


def test_bad_files_end_with_ten_and_are_listed(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "empty\x1b[31m.png").write_bytes(b"")
    done = run("run", source, "--archive", tmp_path / "archive", "--workers", "1", "--json")
    assert done.returncode == 10, done.stderr
    assert "set aside" in done.stderr
    assert "\x1b" not in done.stderr
    assert json.loads(done.stdout)["set_aside"] == 1
    shown = run("status", "--archive", tmp_path / "archive", "--json")
    assert json.loads(shown.stdout)["aside"][0]["reason"] == "empty"


def test_misspelt_settings_are_named(tmp_path: Path) -> None:
    archive = archives.create(tmp_path / "archive")
    (archive.root / "clerk.toml").write_text("rsik = 0.1\n", "utf-8")
    done = run("run", tmp_path, "--archive", archive.root)
    assert done.returncode == 2
    assert "rsik" in done.stderr


def test_fixity_notices_a_changed_master(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    source.write_bytes(b"")
    office.run(source)
    assert run("fixity", "--archive", office.archive.root).returncode == 0
    master = next(path for path in office.archive.masters.rglob("*") if path.is_file())
    os.chmod(master, 0o600)
    master.write_bytes(b"changed")
    done = run("fixity", "--archive", office.archive.root, "--json")
    assert done.returncode == 12
    assert len(json.loads(done.stdout)["changed"]) == 1


@pytest.mark.parametrize("what", list(exports.EXPORTS))
def test_every_export_can_be_written_both_ways(finished: Office, tmp_path: Path, what: str) -> None:
    lines, table = tmp_path / "out.jsonl", tmp_path / "out.csv"
    for out in (lines, table):
        assert run("export", what, "--archive", finished.archive.root, "--out", out).returncode == 0
    rows = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert len(table.read_text("utf-8").splitlines()) == len(rows) + 1


def test_a_cell_never_begins_a_formula(tmp_path: Path) -> None:
    exports.write([{"a": "=1+1", "b": "@x", "c": -1}], tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8") == "a,b,c\n'=1+1,'@x,-1\n"


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("archive.example", False)],  # noqa: S104
)
def test_only_this_machine_is_this_machine(host: str, *, here: bool) -> None:
    assert is_loopback(host) is here


def test_what_moves_a_cursor_is_shown_as_an_escape() -> None:
    assert printable("a\x1b[2J\nb\u202e") == "a\\x1b[2J\\nb\\u202e"


@pytest.mark.parametrize("package", ["casefile", "eligibility", "match", "review_queue", "extract", "clerk.cli"])
def test_light_packages_load_no_picture_or_language_library(package: str) -> None:
    heavy = "cv2,spacy,pytesseract,pdf2image,onnxruntime"
    code = f"import {package}, sys; print([m for m in '{heavy}'.split(',') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_eligibility_loads_no_numpy() -> None:
    code = "import eligibility.determine, review_queue.triage, sys; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_the_demo_refuses_a_folder_that_holds_something_else(tmp_path: Path, box: Box) -> None:
    (tmp_path / "mine.txt").write_text("dear to me", "utf-8")
    done = run("demo", tmp_path)
    assert done.returncode == 1
    assert "holds something else" in done.stderr


def test_masters_without_their_database_are_not_begun_anew(tmp_path: Path) -> None:
    archive = archives.create(tmp_path / "archive")
    (archive.masters / "ab").mkdir()
    for lost in (lambda: archive.database.write_bytes(b""), archive.database.unlink):
        lost()
        for command in (["status"], ["run", tmp_path]):
            done = run(*command, "--archive", archive.root)
            assert done.returncode == 5
            assert "restore" in done.stderr


def test_a_damaged_database_is_named_without_a_traceback(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    source.write_bytes(b"")
    office.run(source)
    body = bytearray(office.archive.database.read_bytes())
    body[4096 * 2 : 4096 * 12] = b"\xff" * (4096 * 10)
    office.archive.database.write_bytes(bytes(body))
    done = run("status", "--archive", office.archive.root)
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
