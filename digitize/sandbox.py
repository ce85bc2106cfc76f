"""The process that decodes and reads pages, one after the other, within bounds; `digitize.reader` holds it, and
`digitize.viewer` one that only shows them.

It is told what to do over its standard input, by frames that its parent pickled, and answers over its standard
output in JSON: what comes back from a process that opened a hostile file is data, never code.
"""

from __future__ import annotations

import errno
import logging
import os
import pickle
import queue
import signal
import struct
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from casefile.codec import to_json
from casefile.errors import CasefileError, PageError
from casefile.ocr import OcrPage
from digitize.formats import Inspection, inspect
from digitize.isolation import allow_processor, bound_memory, without_network
from digitize.jobs import EngineFactory, InspectionJob, Job, Outcome, PageJob, PictureJob, Settings

if TYPE_CHECKING:
    from digitize.engine import Engine

LENGTH = struct.Struct(">I")  # before each frame
IDLE_SECONDS = 120.0  # then it goes, and leaves its memory to others
IDLE = 17  # the exit status by which its parent knows that
_PROCESSOR_MORE = 30.0  # seconds beyond the time of a page: its engine may still be warming up

_log = logging.getLogger(__name__)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Orders:
    """All that such a process is told at its beginning; without an engine it shows pages and reads none."""

    engine_factory: EngineFactory | None
    settings: Settings
    temporary: str
    idle_seconds: float | None = IDLE_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """What such a process says: a page, a PNG, what a file is, or why there is none; `fault` names an error that is
    not the page's."""

    page: OcrPage | None = None
    picture: bytes | None = None
    inspection: Inspection | None = None
    reason: str | None = None
    advice: str = ""
    fault: str | None = None


def outcome_of(job: PageJob, engine: Engine, settings: Settings) -> Outcome:
    """What came of a page. A fault of ours costs the page, too, and is told without its message: that may
    hold words off the page."""
    from digitize.recognize import recognize  # it loads the picture library

    return _contained(lambda: recognize(job, engine, settings), f"page {job.page_id}")


def _contained(work: Callable[[], Made], named: str) -> Made | PageError:
    """What the work makes, or why nothing came of what is `named`; errors that are not the page's are raised."""
    try:
        return work()
    except PageError as error:
        return error
    except CasefileError:
        raise
    except MemoryError:
        return PageError("over_large", "the page needs more memory than a worker may take")
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOMEM:
            return PageError("over_large", "the file needs more memory than a worker may take")
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else "unknown"
        _log.error("%s failed with %s in %s", named, type(error).__name__, place)
        return PageError("failed", f"{type(error).__name__} in {place}; report it as a fault of the program")


def serve() -> None:
    """The life of a reading process: orders, then pages, until its parent is gone or has nothing more to read."""
    told, answers = _taken_over(0, os.O_RDONLY), _taken_over(1, os.O_WRONLY)
    guard = without_network()  # first of all, while there is one thread
    if (body := _frame(told)) is None:
        return
    orders = pickle.loads(body)  # noqa: S301 - from our own parent
    try:
        engine = _prepared(orders)
    except CasefileError as error:
        _say(answers, Answer(fault=type(error).__name__, advice=str(error)))
        return
    _say(answers, Answer(advice=guard))
    _taken_over(2, os.O_WRONLY)  # libraries quote what they decode
    jobs = _listening(told)
    while (job := _next(jobs, orders.idle_seconds)) is not None:
        allow_processor(orders.settings.page_seconds + _PROCESSOR_MORE)
        _say(answers, _answer(job, engine, orders.settings))


def _taken_over(descriptor: int, mode: int) -> int:
    """The stream under another number, so that no library writes into it by chance and no program inherits it."""
    ours = os.dup(descriptor)
    nothing = os.open(os.devnull, mode)
    os.dup2(nothing, descriptor)
    os.close(nothing)
    return ours


def _prepared(orders: Orders) -> Engine | None:
    tempfile.tempdir = orders.temporary
    if orders.engine_factory is None:
        bound_memory(orders.settings.memory_mib)
        return None
    import digitize.recognize  # noqa: F401 - now, and not on the time of the first page
    from digitize.prepare import use_one_thread

    bound_memory(orders.settings.memory_mib)
    use_one_thread()
    return orders.engine_factory()


def _answer(job: Job, engine: Engine | None, settings: Settings) -> Answer:
    try:
        if isinstance(job, PageJob):
            return _read(job, engine, settings)
        return _shown(job, settings) if isinstance(job, PictureJob) else _inspected(job, settings)
    except CasefileError as error:
        return Answer(fault=type(error).__name__, advice=str(error))


def _read(job: PageJob, engine: Engine | None, settings: Settings) -> Answer:
    assert engine is not None  # noqa: S101 - whoever hands in pages to read has ordered an engine
    outcome = outcome_of(job, engine, settings)
    return _refused(outcome) if isinstance(outcome, PageError) else Answer(page=outcome)


def _shown(job: PictureJob, settings: Settings) -> Answer:
    from digitize.rasterize import crop_png, page_png

    def picture() -> bytes:
        if job.bbox is not None:
            return crop_png(job.master, job.frame, job.bbox, margin=0, limits=settings.limits)
        return page_png(job.master, job.frame, longest_side=job.longest_side, limits=settings.limits)

    found = _contained(picture, "a picture")
    return _refused(found) if isinstance(found, PageError) else Answer(picture=found)


def _inspected(job: InspectionJob, settings: Settings) -> Answer:
    found = _contained(lambda: inspect(job.path, settings.limits, suffix=job.suffix), "a file")
    return _refused(found) if isinstance(found, PageError) else Answer(inspection=found)


def _refused(error: PageError) -> Answer:
    return Answer(reason=error.reason, advice=error.advice)


def _listening(told: int) -> queue.SimpleQueue[Job]:
    """The jobs as they come in, by a thread of its own: when the parent is gone, everything here ends at once."""
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()

    def listen() -> None:
        while (body := _frame(told)) is not None:
            jobs.put(pickle.loads(body))  # noqa: S301 - from our own parent
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=listen, daemon=True).start()
    return jobs


def _next(jobs: queue.SimpleQueue[Job], idle_seconds: float | None) -> Job | None:
    try:
        return jobs.get(timeout=idle_seconds)
    except queue.Empty:
        sys.stdout.flush()
        os._exit(IDLE)


def _frame(descriptor: int) -> bytes | None:
    head = _exactly(descriptor, LENGTH.size)
    return None if head is None else _exactly(descriptor, LENGTH.unpack(head)[0])


def _exactly(descriptor: int, size: int) -> bytes | None:
    """So many bytes; None where the stream ends before."""
    body = bytearray()
    while len(body) < size:
        block = os.read(descriptor, size - len(body))
        if not block:
            return None
        body += block
    return bytes(body)


def _say(descriptor: int, answer: Answer) -> None:
    body = to_json(answer)
    left = memoryview(LENGTH.pack(len(body)) + body)
    try:
        while left:
            left = left[os.write(descriptor, left) :]
    except BrokenPipeError:  # nobody is left to hear it
        os._exit(0)
