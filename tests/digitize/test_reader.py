"""A page that hangs, dies, or asks for too much costs itself alone; its process has bounds and no network."""

from __future__ import annotations

import json
import logging
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from casefile.archive import PageId
from casefile.errors import PageError, ProgramMissingError, StorageError
from casefile.ocr import OcrPage
from digitize import reader as readers
from digitize.isolation import NetworkGuard, guard_here
from digitize.reader import NO_MASTER, Reader, sweep_temporary
from digitize.recognize import PageJob, Settings
from digitize.sandbox import IDLE, Answer


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


@pytest.fixture
def jobs(tmp_path: Path) -> list[PageJob]:
    """Three small pages, the second of them wide enough to make trouble."""
    widths = (400, 1000, 410)
    for number, width in enumerate(widths):
        sheet = Image.new("L", (width, 300), 240)
        pen = ImageDraw.Draw(sheet)
        for left in range(40, 360, 20):
            pen.rectangle((left, 100, left + 12, 124), fill=20)
        sheet.save(tmp_path / f"{number}.png")
    return [PageJob(PageId(f"p{n}"), tmp_path / f"{n}.png", 0) for n in range(len(widths))]


def told(outcome: OcrPage | PageError | None) -> str:
    if outcome is None:
        return "died"
    return outcome.reason if isinstance(outcome, PageError) else "read"


@pytest.mark.parametrize(
    ("trouble", "settings", "reason"),
    [
        ("Deadly", Settings(), "died"),
        ("FeigningIdle", Settings(), "died"),
        ("Accusing", Settings(), "died"),
        ("Mistaking", Settings(), "died"),
        ("Hanging", Settings(page_seconds=5), "timeout"),
        ("Greedy", Settings(), "over_large"),
        ("Faulty", Settings(), "failed"),
    ],
)
def test_trouble_costs_its_page_alone(
    jobs: list[PageJob], trouble: str, settings: Settings, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    import troubled_engines

    with caplog.at_level(logging.DEBUG), Reader(getattr(troubled_engines, trouble), settings) as reader:
        found = [reader.read(job) for job in jobs]
    assert [told(outcome) for outcome in found] == ["read", reason, "read"]
    assert "MARLOW" not in caplog.text + str(found)
    if reason == "failed":
        assert "p1" in caplog.text


@pytest.fixture
def steady() -> Iterator[Reader]:
    import troubled_engines

    with Reader(troubled_engines.Steady) as reader:
        yield reader


def test_one_process_reads_page_after_page_and_goes_with_its_reader(steady: Reader, jobs: list[PageJob]) -> None:
    assert steady.process_id is None
    first, process = steady.read(jobs[0]), steady.process_id
    assert isinstance(first, OcrPage)
    assert len(first.words) == 1
    assert told(steady.read(jobs[1])) == "read"
    assert steady.process_id == process
    assert process is not None
    steady.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_process_that_ended_between_pages_is_begun_anew(steady: Reader, jobs: list[PageJob]) -> None:
    steady.read(jobs[0])
    assert steady.process_id is not None
    os.kill(steady.process_id, signal.SIGKILL)
    time.sleep(0.1)
    assert told(steady.read(jobs[1])) == "read"


def test_temporary_files_go_with_the_process(
    jobs: list[PageJob], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import troubled_engines

    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with Reader(troubled_engines.Littering, Settings(page_seconds=5)) as reader:
        reader.read(jobs[0])
        assert list((tmp_path / "temporary").rglob("litter*"))
        assert told(reader.read(jobs[1])) == "timeout"
        assert not list((tmp_path / "temporary").iterdir())


def test_the_process_has_no_network_no_secrets_and_one_thread(
    jobs: list[PageJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    import troubled_engines

    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    with Reader(troubled_engines.Curious) as reader:
        page = reader.read(jobs[0])
    assert isinstance(page, OcrPage)
    found = json.loads(page.words[0].text)
    assert found == {"network": False, "proxy": None, "threads": "1", "limit": 6144 << 20, "core": 0}


def test_the_guard_this_machine_gives_is_known() -> None:
    assert guard_here() in NetworkGuard


@pytest.mark.parametrize("name", ["annotations", "IntEnum", "ExitCode", "PageError", "__doc__", "nonesuch"])
def test_a_fault_is_looked_up_among_our_errors_alone(name: str) -> None:
    assert type(readers.fault_of(Answer(fault=name, advice="see"))) is StorageError


def test_a_process_that_went_for_want_of_work_costs_no_page(
    steady: Reader, jobs: list[PageJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    steady.read(jobs[0])
    left = [EOFError]

    def went(self: readers.Process, job: PageJob, *, within: float) -> Answer:
        if left:
            raise left.pop()
        return answer_to(self, job, within=within)

    answer_to = readers.Process.answer_to
    monkeypatch.setattr(readers, "IDLE_SECONDS", 0.0)
    monkeypatch.setattr(readers.Process, "answer_to", went)
    monkeypatch.setattr(readers.Process, "status", lambda self: IDLE if not left else None)
    assert told(steady.read(jobs[1])) == "read"


def test_a_missing_program_is_an_answer_not_a_dead_process(jobs: list[PageJob]) -> None:
    import troubled_engines

    with Reader(troubled_engines.no_program) as reader, pytest.raises(ProgramMissingError, match="not installed"):
        reader.read(jobs[0])


def test_an_engine_that_cannot_be_made_stops_the_run(jobs: list[PageJob], monkeypatch: pytest.MonkeyPatch) -> None:
    import troubled_engines

    monkeypatch.setattr(readers, "_STARTS", 1)
    with Reader(troubled_engines.dies_at_once) as reader, pytest.raises(StorageError, match="no process"):
        reader.read(jobs[0])


def test_a_master_that_is_gone_is_one_page_and_masters_that_are_not_there_are_a_mistake(
    steady: Reader, tmp_path: Path
) -> None:
    (tmp_path / "masters" / "ab").mkdir(parents=True)
    assert told(steady.read(PageJob(PageId("p"), tmp_path / "masters" / "ab" / "abc", 0))) == NO_MASTER
    with pytest.raises(StorageError, match="mounted"):
        steady.read(PageJob(PageId("p"), tmp_path / "elsewhere" / "ab" / "abc", 0))


def test_what_a_killed_reader_left_is_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "docket-clerk-4194305-x").mkdir()  # above the largest process id there can be
    (tmp_path / "docket-clerk-1-x").mkdir()
    (tmp_path / "elsewhere").mkdir()
    sweep_temporary()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docket-clerk-1-x", "elsewhere"]
