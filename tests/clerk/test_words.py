"""Every page ends done or set aside, once, whoever is lost over it and whenever."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import digitize
from casefile.archive import PageId, PageState, Stage
from casefile.errors import PageError
from casefile.flights import Flights, RunFigures
from casefile.ocr import OcrPage
from clerk import archive as archives
from clerk import intake, standing
from clerk.archive import Archive
from clerk.hands import Jobs, Landing, Lost
from clerk.progress import told
from clerk.words import LOSSES, TRIES, Ending, read_words
from digitize.viewer import Viewer
from tests.clerk.replaying import PLAIN, put_pages


class Killed(BaseException):
    """Stands for a kill of the coordinator."""


Fate = Callable[[PageId, int], OcrPage | PageError | Lost]


class FatefulHands:
    """Hands by whom each page meets its fate: told by its id and how often these hands had it before."""

    def __init__(self, fate: Fate, *, window: int = 3) -> None:
        self.fate, self.window = fate, window
        self.had: Counter[PageId] = Counter()

    def read(self, jobs: Jobs) -> Iterator[Landing]:
        under_way: list[PageId] = []
        while True:
            while len(under_way) < self.window and (job := jobs.next()) is not None:
                under_way.append(job.page_id)
            if not under_way or jobs.given_up:
                return
            page_id = under_way.pop(0)
            self.had[page_id] += 1
            yield Landing(page_id, self.fate(page_id, self.had[page_id]))


def words(page_id: PageId, _times: int = 1) -> OcrPage:
    return OcrPage(page_id, 400, 300, (), (), (), 0.0, 0, "fated 1")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    put_pages(tmp_path / "source", [PLAIN] * 7)
    made = archives.create(tmp_path / "archive")
    with made.store() as store:
        intake.take_in(made, store, tmp_path / "source", quiet=True)
    return made


def read(archive: Archive, fate: Fate = words, **rest: int) -> FatefulHands:
    hands = FatefulHands(fate, **rest)
    with archive.store() as store:
        read_words(archive, store, hands, quiet=True)
    return hands


def ledger(archive: Archive) -> dict[PageId, str]:
    with archive.store() as store:
        rows = store.ledger(Stage.DIGITIZE)
        assert Flights(store).under_way() == []
        return {page_id: row.reason or row.state for page_id, row in rows.items()}


def first_page(archive: Archive) -> PageId:
    with archive.store() as store:
        return next(taken.page.page_id for taken in Flights(store).taken())


@pytest.mark.parametrize(("times", "ends"), [(TRIES - 1, PageState.DONE), (TRIES, "crashed")])
@pytest.mark.parametrize("window", [1, 4])
def test_a_page_whose_process_dies_is_tried_three_times(archive: Archive, times: int, ends: str, window: int) -> None:
    victim = first_page(archive)
    hands = read(archive, lambda page, n: Lost.PROCESS if page == victim and n <= times else words(page), window=window)
    assert ledger(archive) == {page: ends if page == victim else PageState.DONE for page in hands.had}
    assert len(hands.had) == 7
    assert hands.had[victim] == min(times + 1, TRIES)
    assert hands.had.total() - hands.had[victim] == 6


def test_tries_outlive_the_coordinator(archive: Archive) -> None:
    """The page ends its process; then the coordinator is killed; three times over."""
    victim = first_page(archive)
    for _ in range(TRIES - 1):

        def deadly(page: PageId, times: int) -> OcrPage | Lost:
            if page == victim and times == 1:
                return Lost.PROCESS
            raise Killed

        with pytest.raises(Killed):
            read(archive, deadly)
    hands = read(archive, lambda page, _: Lost.PROCESS if page == victim else words(page))
    assert hands.had[victim] == 1
    assert ledger(archive)[victim] == "crashed"


def kill_hard(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The coordinator is lost with three pages under way and has no time to say so."""

    def dying(_page: PageId, _times: int) -> OcrPage:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Flights, "give_back", lambda _: None)
        with pytest.raises(Killed):
            read(archive, dying)


def test_lost_coordinators_are_held_against_a_page_only_in_the_end(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(LOSSES - 1):
        kill_hard(archive, monkeypatch)
    with archive.store() as store:
        assert len(Flights(store).under_way()) == 3
    shutil.copytree(archive.root, archive.root.with_name("copy"))
    read(archive)
    assert set(ledger(archive).values()) == {PageState.DONE}
    other = Archive(archive.root.with_name("copy"))
    kill_hard(other, monkeypatch)
    read(other)
    assert Counter(ledger(other).values()) == {PageState.DONE: 4, "crashed": 3}


def test_a_new_version_forgets_the_tries_of_the_old(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = first_page(archive)
    read(archive, lambda page, _: Lost.PROCESS if page == victim else words(page))
    monkeypatch.setattr(digitize, "VERSION", digitize.VERSION + 1)
    hands = read(archive, lambda page, n: Lost.PROCESS if page == victim and n < TRIES else words(page))
    assert hands.had[victim] == TRIES
    assert set(ledger(archive).values()) == {PageState.DONE}


def test_a_scan_shelved_three_times_is_read_once_and_kept_for_each(tmp_path: Path, archive: Archive) -> None:
    for name in ("again.png", "once-more.png"):
        shutil.copy(tmp_path / "source" / "00002.png", tmp_path / "source" / name)
    with archive.store() as store:
        intake.take_in(archive, store, tmp_path / "source", quiet=True)
    hands = read(archive)
    assert hands.had.total() == 7
    assert len(ledger(archive)) == 9
    with archive.store() as store:
        for page in store.pages():
            row = store.ledger_row(page.page_id, Stage.DIGITIZE)
            assert row is not None
            assert row.output is not None
            kept = archive.words(page.page_id, sha256=row.output)
            assert kept is not None
            assert kept.page_id == page.page_id


def test_a_missing_master_is_looked_for_again(archive: Archive) -> None:
    read(archive, lambda page, _: PageError("no_master", "its master is gone"))
    assert set(ledger(archive).values()) == {"no_master"}
    assert read(archive).had.total() == 7
    assert read(archive).had.total() == 0


def test_the_first_wish_for_an_end_lets_pages_land(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    wished: list[PageId] = []

    def wishing(page: PageId, _times: int) -> OcrPage:
        wished.append(page)
        return words(page)

    monkeypatch.setattr(Ending, "asked", property(lambda _: bool(wished)))
    with pytest.raises(KeyboardInterrupt):
        read(archive, wishing)
    assert len(wished) == 3
    assert Counter(ledger(archive).values()) == {PageState.DONE: 3}
    with archive.store() as store:
        assert [Flights(store).of(page).losses for page in wished] == [0, 0, 0]


def test_who_waits_too_long_gives_up_and_no_page_is_blamed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    landed: list[PageId] = []
    for name in ("asked", "overdue"):
        monkeypatch.setattr(Ending, name, property(lambda _: bool(landed)))

    def wishing(page: PageId, _times: int) -> OcrPage:
        landed.append(page)
        return words(page)

    with pytest.raises(KeyboardInterrupt):
        read(archive, wishing)
    assert Counter(ledger(archive).values()) == {PageState.DONE: 1}
    monkeypatch.undo()
    assert read(archive).had.total() == 6


def test_the_queue_is_drawn_in_slices_and_every_page_once(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casefile.flights._SLICE", 2)
    with archive.store() as store:
        found = [taken.page for taken in Flights(store).taken()]
    assert [page.place.file for page in found] == [f"{n:05d}.png" for n in range(7)]
    assert read(archive).had.total() == 7


def test_status_tells_of_a_run_what_its_progress_tells(archive: Archive) -> None:
    victim = first_page(archive)
    read(archive, lambda page, _: PageError("timeout", "too long") if page == victim else words(page))
    with archive.store() as store:
        found, status = Flights(store).figures(), standing.status(store)
    assert found is not None
    assert (found.stage, found.done, found.total, found.failures) == ("digitize", 7, 7, {"timeout": 1})
    assert (status.read, status.set_aside, status.waiting, status.failures) == (6, 1, 0, {"timeout": 1})


@pytest.mark.parametrize(
    ("figures", "line"),
    [
        (RunFigures("digitize", 0, 9, "pages", 0.0, {}), "digitize: 0 of 9 pages, 0 a minute"),
        (RunFigures("digitize", 3, 9, "pages", 60.0, {}), "digitize: 3 of 9 pages, 3 a minute, 2 min left"),
        (
            RunFigures("digitize", 9, 9, "pages", 60.0, {"timeout": 2, "crashed": 1}),
            "digitize: 9 of 9 pages, 9 a minute; set aside: crashed 1, timeout 2",
        ),
    ],
)
def test_progress_says_how_far_how_fast_and_how_long(figures: RunFigures, line: str) -> None:
    assert told(figures) == line


def test_a_file_set_aside_at_intake_is_tried_again_by_the_next_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_pages(tmp_path / "source", [PLAIN])
    archive = archives.create(tmp_path / "archive")

    def refuse(*_: object, **__: object) -> None:
        raise PageError("unreadable", "for now")

    with archive.store() as store:
        with monkeypatch.context() as patch:
            patch.setattr(Viewer, "inspect", refuse)
            assert [intake.take_in(archive, store, tmp_path / "source", quiet=True) for _ in range(2)] == [1, 0]
        assert [one.reason for one in standing.set_aside(store)] == ["unreadable"]
        assert intake.take_in(archive, store, tmp_path / "source", quiet=True) == 0
        monkeypatch.setattr(digitize, "VERSION", digitize.VERSION + 1)
        assert intake.take_in(archive, store, tmp_path / "source", quiet=True) == 1
        assert standing.set_aside(store) == []
        assert len(store.pages()) == 1
