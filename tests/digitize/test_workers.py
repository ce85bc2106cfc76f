"""A page that hangs, dies, or asks for too much costs itself alone; the others are read once each."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from casefile.archive import PageId
from casefile.errors import PageError, ProgramMissingError
from casefile.ocr import OcrPage
from digitize.recognize import PageJob, Settings
from digitize.workers import read_pages, sweep_temporary


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


@pytest.fixture
def jobs(tmp_path: Path) -> list[PageJob]:
    """Five small pages, the third of them wide enough to make trouble."""
    widths = (400, 410, 1000, 420, 430)
    for number, width in enumerate(widths):
        sheet = Image.new("L", (width, 300), 240)
        pen = ImageDraw.Draw(sheet)
        for left in range(40, 360, 20):
            pen.rectangle((left, 100, left + 12, 124), fill=20)
        sheet.save(tmp_path / f"{number}.png")
    return [PageJob(PageId(f"p{n}"), tmp_path / f"{n}.png", 0) for n in range(len(widths))]


def reasons(outcomes: Iterator[tuple[PageJob, OcrPage | PageError]]) -> dict[str, str]:
    found = [(job.page_id, o.reason if isinstance(o, PageError) else "read") for job, o in outcomes]
    assert len(found) == len(dict(found)), "a page came back twice"
    return dict(found)


def all_but_the_third(reason: str) -> dict[str, str]:
    return {"p0": "read", "p1": "read", "p2": reason, "p3": "read", "p4": "read"}


@pytest.mark.parametrize(
    ("trouble", "settings", "reason"),
    [
        ("Steady", Settings(), "read"),
        ("Deadly", Settings(), "crashed"),
        ("Hanging", Settings(page_seconds=2), "timeout"),
        ("Greedy", Settings(), "over_large"),
        ("Faulty", Settings(), "failed"),
    ],
)
def test_trouble_costs_its_page_alone(jobs: list[PageJob], trouble: str, settings: Settings, reason: str) -> None:
    import troubled_engines

    outcomes = read_pages(jobs, workers=2, settings=settings, engine_factory=getattr(troubled_engines, trouble))
    assert reasons(outcomes) == all_but_the_third(reason)


def test_without_workers_pages_are_read_here(jobs: list[PageJob], caplog: pytest.LogCaptureFixture) -> None:
    import troubled_engines

    with caplog.at_level(logging.DEBUG):
        outcomes = list(read_pages(jobs, workers=0, engine_factory=troubled_engines.Faulty))
    assert reasons(iter(outcomes)) == all_but_the_third("failed")
    assert "p2" in caplog.text
    assert "MARLOW" not in caplog.text + str(outcomes[2][1])


@pytest.mark.parametrize("workers", [0, 1])
def test_a_missing_program_stops_the_run(jobs: list[PageJob], workers: int) -> None:
    import troubled_engines

    with pytest.raises(ProgramMissingError):
        list(read_pages(jobs, workers=workers, engine_factory=troubled_engines.no_program))


def test_pages_are_drawn_on_only_as_they_are_needed(jobs: list[PageJob]) -> None:
    import troubled_engines

    drawn: list[PageJob] = []

    def shelf() -> Iterator[PageJob]:
        for job in jobs * 20:
            drawn.append(job)
            yield job

    pages = read_pages(shelf(), workers=1, engine_factory=troubled_engines.Steady)
    next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert len(drawn) < 10


def test_what_a_killed_run_left_is_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "docket-clerk-4194305-x").mkdir()  # above the largest process id there can be
    (tmp_path / "docket-clerk-1-x").mkdir()
    (tmp_path / "elsewhere").mkdir()
    sweep_temporary()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docket-clerk-1-x", "elsewhere"]
