"""Many pages read side by side: one that hangs or kills its process costs itself alone."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import FrameType

from pebble import ProcessExpired, ProcessPool

from casefile.errors import CasefileError, PageError, StorageError
from casefile.ocr import OcrPage
from digitize.engine import Engine
from digitize.recognize import PageJob, Settings, recognize

EngineFactory = Callable[[], Engine]
Outcome = OcrPage | PageError

_log = logging.getLogger(__name__)
_FOLDER = "docket-clerk-"  # and the process id: temporary files of a run
_PR_SET_PDEATHSIG = 1


def tesseract_engine() -> Engine:
    """The engine in use."""
    # Imported here, so that a worker with another engine does without it.
    from digitize.tesseract import TesseractEngine

    return TesseractEngine()


def read_pages(
    jobs: Iterable[PageJob],
    *,
    workers: int,
    settings: Settings | None = None,
    engine_factory: EngineFactory = tesseract_engine,
) -> Iterator[tuple[PageJob, Outcome]]:
    """Each page with what was read, or why it was not, as they finish; `workers` 0 reads in this process.

    `jobs` is drawn on only as far as there are workers to do them. `engine_factory` must be a function that
    another process can import. Closing the iterator drops the pages in flight.
    """
    chosen = settings or Settings()
    if workers <= 0:
        return _read_here(jobs, chosen, engine_factory())
    return _read_in_pool(jobs, workers, chosen, engine_factory)


def _read_here(jobs: Iterable[PageJob], settings: Settings, engine: Engine) -> Iterator[tuple[PageJob, Outcome]]:
    for job in jobs:
        yield job, _outcome(job, engine, settings)


def _outcome(job: PageJob, engine: Engine, settings: Settings) -> Outcome:
    """What came of a page. A fault of ours costs the page, too, and is logged without its message: that may
    hold words off the page."""
    try:
        return recognize(job, engine, settings)
    except PageError as error:
        return error
    except CasefileError:
        raise
    except MemoryError:
        return PageError("over_large", "the page needs more memory than a worker may take")
    except Exception as error:
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else "unknown"
        _log.error("page %s failed with %s in %s", job.page_id, type(error).__name__, place)
        return PageError("failed", f"{type(error).__name__} in {place}; report it as a fault of the program")


# --- in worker processes


@dataclass(frozen=True, slots=True)
class _Flight:
    """A page in the hands of a worker, and for the how-manieth time."""

    job: PageJob
    attempt: int


class _Worker:
    """What a worker process keeps from page to page."""

    settings: Settings
    engine_factory: EngineFactory
    engine: Engine | None = None


def _begin_worker(settings: Settings, engine_factory: EngineFactory, temporary: str) -> None:
    """Makes a process fit for hostile pages: its own group, bounded memory, an end when its parent ends."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, _end_worker)
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1:  # the parent was gone before we asked
        _end_worker(signal.SIGTERM, None)
    limit = settings.memory_mib << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tempfile.tempdir = temporary
    _one_thread_each()
    _Worker.settings, _Worker.engine_factory = settings, staticmethod(engine_factory)


def _one_thread_each() -> None:
    from digitize.prepare import use_one_thread

    use_one_thread()


def _end_worker(_signal: int, _frame: FrameType | None) -> None:
    """Ends the worker and the programs it started, at once."""
    os.killpg(0, signal.SIGKILL)


def _read_one(job: PageJob) -> Outcome:
    # Made with the first page and not before: a missing program is then an answer, not a dead worker.
    if _Worker.engine is None:
        _Worker.engine = _Worker.engine_factory()
    return _outcome(job, _Worker.engine, _Worker.settings)


def _read_in_pool(
    jobs: Iterable[PageJob], workers: int, settings: Settings, engine_factory: EngineFactory
) -> Iterator[tuple[PageJob, Outcome]]:
    sweep_temporary()
    with tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{os.getpid()}-") as temporary:
        pool = ProcessPool(
            max_workers=workers,
            initializer=_begin_worker,
            initargs=(settings, engine_factory, temporary),
            context=multiprocessing.get_context("spawn"),
        )
        try:
            yield from _flights(iter(jobs), pool, workers, settings)
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _flights(
    jobs: Iterator[PageJob], pool: ProcessPool, workers: int, settings: Settings
) -> Iterator[tuple[PageJob, Outcome]]:
    """Keeps a few more pages under way than there are workers, and hands back each as it lands."""
    under_way: dict[Future[Outcome], _Flight] = {}
    waiting = (_Flight(job, 1) for job in jobs)
    while True:
        for flight in islice(waiting, workers + 2 - len(under_way)):
            under_way[_start(flight, pool, settings)] = flight
        if not under_way:
            return
        landed, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in landed:
            flight = under_way.pop(future)
            outcome = _landed(future)
            if outcome is not None:
                yield flight.job, outcome
            elif flight.attempt < settings.tries:
                again = _Flight(flight.job, flight.attempt + 1)
                under_way[_start(again, pool, settings)] = again
            else:
                yield flight.job, PageError("crashed", f"reading it ended its process {flight.attempt} times")


def _start(flight: _Flight, pool: ProcessPool, settings: Settings) -> Future[Outcome]:
    future: Future[Outcome] = pool.schedule(_read_one, args=(flight.job,), timeout=settings.page_seconds)
    return future


def _landed(future: Future[Outcome]) -> Outcome | None:
    """What came of a page; None where its worker died over it. An error that is not the page's is raised."""
    try:
        return future.result()
    except ProcessExpired:
        return None
    except FutureTimeoutError:
        return PageError("timeout", "the page took too long to read")
    except BrokenProcessPool as error:
        raise StorageError("no worker processes can be started; is the machine out of memory?") from error


def sweep_temporary() -> None:
    """Removes what runs that were killed have left in the temporary folder."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        owner = folder.name.removeprefix(_FOLDER).split("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)
