"""The words of every page: pages handed out, what lands kept once, what fails tried again or set aside.

The coordinator alone writes. A page is noted as under way before it is handed out, and its words are on disk, whole,
before the ledger says that they are; so whoever is killed, every page ends done or set aside, once.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from types import FrameType
from typing import assert_never

import click

import digitize
from casefile.archive import Page, PageId, PageState, Stage
from casefile.codec import digest
from casefile.errors import PageError
from casefile.flights import Flights
from casefile.ocr import OcrPage
from casefile.rows import LedgerRow
from casefile.store import Store
from clerk.archive import Archive
from clerk.hands import Hands, Landing, Lost
from clerk.progress import Progress
from digitize.intake import master_path
from digitize.jobs import PageJob
from digitize.reader import NO_MASTER

TRIES = 3  # of a page whose own process dies over it
LOSSES = 10  # of a page whose worker or coordinator is lost, which may well be no fault of the page
PATIENCE = 60.0  # seconds that pages under way may take to land once somebody asked for the end


def read_words(archive: Archive, store: Store, hands: Hands, *, quiet: bool = False) -> int:
    """Reads every page whose words are not there yet; the number of pages read comes back.

    Ctrl-C lets the pages under way land, for a minute at most, and then raises KeyboardInterrupt; a second one
    raises it at once.
    """
    total = sum(1 for _ in _unread(archive, Flights(store)))
    with ending_gently() as end:
        desk = _ReadingDesk(archive, store, Progress("digitize", total, quiet=quiet), end)
        desk.recover()
        try:
            with closing(hands.read(desk)) as landings:  # type: ignore[type-var]
                for landing in landings:
                    desk.land(landing)
        finally:
            desk.close()
        if end.asked:
            raise KeyboardInterrupt
    return desk.read


class Ending:
    """Whether somebody asked for the end, and since when they wait."""

    def __init__(self) -> None:
        self._since: float | None = None

    def ask(self) -> None:
        self._since = time.monotonic()

    @property
    def asked(self) -> bool:
        return self._since is not None

    @property
    def overdue(self) -> bool:
        return self._since is not None and time.monotonic() - self._since > PATIENCE


@contextmanager
def ending_gently() -> Iterator[Ending]:
    """Takes the first Ctrl-C as a wish; the second acts as ever. Elsewhere than in the main thread it takes none."""
    end = Ending()

    def heard(_signal: int, _frame: FrameType | None) -> None:
        if end.asked:
            raise KeyboardInterrupt
        end.ask()
        click.echo("clerk: finishing the pages under way; Ctrl-C again ends at once", err=True)

    if threading.current_thread() is not threading.main_thread():
        yield end
        return
    before = signal.signal(signal.SIGINT, heard)
    try:
        yield end
    finally:
        signal.signal(signal.SIGINT, before)


class _ReadingDesk:
    """Where pages are handed out and taken back. It holds the pages under way, never the queue."""

    def __init__(self, archive: Archive, store: Store, progress: Progress, end: Ending) -> None:
        self._archive, self._store, self._progress, self._end = archive, store, progress, end
        self._flights = Flights(store)
        self._queue = _first_of_each(archive, self._flights)
        self._again: deque[Page] = deque()
        self._under_way: dict[PageId, Page] = {}
        self.read = 0

    def recover(self) -> None:
        """Pages that were under way when the last run was lost go back to the queue."""
        for page_id in self._flights.under_way():
            page = self._store.page(page_id)
            if page is not None:
                self._take_back(page, Lost.WORKER)
        self._again.clear()  # they stand in the queue as well
        with self._store.writing():
            self._flights.put_figures(self._progress.figures)

    def next(self) -> PageJob | None:
        if self._end.asked:
            return None
        page = self._again.popleft() if self._again else next(self._queue, None)
        if page is None:
            return None
        with self._store.writing():
            self._flights.begin(page.page_id, key=words_key(page))
        self._under_way[page.page_id] = page
        return PageJob(page.page_id, master_path(self._archive.masters, page.sha256).absolute(), page.place.frame)

    @property
    def total(self) -> int:
        return self._progress.total

    @property
    def given_up(self) -> bool:
        return self._end.overdue

    def land(self, landing: Landing) -> None:
        page = self._under_way.pop(landing.page_id)
        if isinstance(landing.outcome, Lost):
            self._take_back(page, landing.outcome)
        else:
            self._keep(page, landing.outcome)

    def _take_back(self, page: Page, lost: Lost) -> None:
        with self._store.writing():
            flight = self._flights.failed(page.page_id, tries=lost is Lost.PROCESS, losses=lost is Lost.WORKER)
            if flight.tries >= TRIES:
                error = PageError("crashed", f"reading it ended its process {flight.tries} times")
            elif flight.losses >= LOSSES:
                error = PageError("crashed", f"whoever read it was lost {flight.losses} times")
            else:
                self._again.append(page)
                return
            self._keep(page, error)

    def _keep(self, page: Page, outcome: OcrPage | PageError) -> None:
        """What came of a page, for all pages that are the same scan; in one transaction with the figures."""
        alike = [t.page for t in self._flights.same_scan(page) if not is_read(self._archive, t.page, t.words)]
        outputs = {} if isinstance(outcome, PageError) else {
            each.page_id: self._archive.keep_words(replace(outcome, page_id=each.page_id)) for each in alike
        }  # fmt: skip
        with self._store.writing():
            for each in alike:
                self._progress.step(failed=outcome.reason if isinstance(outcome, PageError) else None)
                if isinstance(outcome, PageError):
                    key = "" if outcome.reason == NO_MASTER else words_key(each)  # the next run looks again
                    self._store.put_set_aside(each.page_id, Stage.DIGITIZE, key=key, error=outcome)
                elif isinstance(outcome, OcrPage):
                    output = outputs[each.page_id]
                    self._store.put_done(each.page_id, Stage.DIGITIZE, key=words_key(each), output=output)
                else:
                    assert_never(outcome)
            self._flights.landed(page.page_id)
            self._flights.put_figures(self._progress.figures)
        self.read += 1

    def close(self) -> None:
        """Takes back what is still under way; the pages are not to blame."""
        self._progress.end()
        with self._store.writing():
            self._flights.give_back()


def _unread(archive: Archive, flights: Flights) -> Iterator[Page]:
    return (taken.page for taken in flights.taken() if not is_read(archive, taken.page, taken.words))


def _first_of_each(archive: Archive, flights: Flights) -> Iterator[Page]:
    """The unread pages; of those that are one scan shelved twice, the one with the first id."""
    for page in _unread(archive, flights):
        alike = flights.same_scan(page)
        if page.page_id == next(t.page.page_id for t in alike if not is_read(archive, t.page, t.words)):
            yield page


def is_read(archive: Archive, page: Page, row: LedgerRow | None) -> bool:
    """Whether the ledger knows what this version makes of the page, and its words are there."""
    if row is None or row.key != words_key(page):
        return False
    return row.state is PageState.SET_ASIDE or archive.words_path(page.page_id).exists()


def words_key(page: Page) -> str:
    """All that the words of a page depend on."""
    return digest(digitize.VERSION, page.sha256, page.place.frame)
