"""The hold on a reading process: pages handed in, what was read handed back, and a new process for one that died."""

from __future__ import annotations

import logging
import os
import pickle
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import msgspec

from casefile import errors
from casefile.codec import from_json
from casefile.errors import CasefileError, PageError, ProgramMissingError, StorageError
from digitize.jobs import EngineFactory, Job, Outcome, PageJob, Settings
from digitize.sandbox import IDLE, IDLE_SECONDS, LENGTH, Answer, Orders

FOLDER = "docket-clerk-"  # and the process id: temporary files of whoever reads
NO_MASTER = "no_master"  # why a page was not read that may be read tomorrow: its version is not to blame
_START_SECONDS = 300.0  # for libraries and nets to load, on the slowest machine
_STARTS = 3  # failed one after the other, then the machine is to blame
_IDLE_SHARE = 0.9  # of the time a process waits for work: its clock and ours do not start together
_LARGEST_ANSWER = 64 << 20  # bytes; a page full of words is a hundredth of it
_KEPT = ("PATH", "HOME", "LANG", "TZ", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SOURCE_DATE_EPOCH")
_KEPT_PREFIXES = ("LC_", "XDG_", "NUMBA_", "CLERK_")
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")

_log = logging.getLogger(__name__)


class Reader:
    """Reads pages in a process of its own, within the bounds of `settings`; used by one thread at a time.

    `engine_factory` must be a function or class that another process can import. The process is begun with the
    first page, begun anew when it died, and ended with the reader, however that comes about.
    """

    def __init__(self, engine_factory: EngineFactory, settings: Settings | None = None) -> None:
        self._factory, self._settings = engine_factory, settings or Settings()
        self._process: Process | None = None
        self._last_heard = 0.0

    def begin(self) -> None:
        """Has the process ready before it is needed."""
        self._running()

    def read(self, job: PageJob) -> Outcome | None:
        """What came of a page; None where the process died over it or answered amiss.

        A program that is missing is raised: no page is to blame for it.
        """
        if not job.master.exists():
            return _without_master(job)
        process = self._running()
        may_be_idle = time.monotonic() - self._last_heard >= _IDLE_SHARE * IDLE_SECONDS
        try:
            try:
                answer = process.answer_to(job, within=self._settings.page_seconds)
            except EOFError:
                if not may_be_idle or process.status() != IDLE:
                    raise
                self.close()  # it went just as the page came in
                answer = self._running().answer_to(job, within=self._settings.page_seconds)
            self._last_heard = time.monotonic()
            return _outcome(job, answer)
        except TimeoutError:
            self.close()
            return PageError("timeout", "the page took too long to read")
        except (EOFError, _AmissError):
            self.close()
            return None

    def _running(self) -> Process:
        if self._process is not None and self._process.status() is not None:
            self.close()
        if self._process is None:
            self._process = started(self._factory, self._settings)
            self._last_heard = time.monotonic()
        return self._process

    def close(self) -> None:
        """Ends the process, the programs it started and their temporary files, at once."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    @property
    def process_id(self) -> int | None:
        """The process that reads, None before the first page."""
        return None if self._process is None else self._process.process_id

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, _1: type[BaseException] | None, _2: BaseException | None, _3: TracebackType | None) -> None:
        self.close()


def _without_master(job: PageJob) -> PageError:
    if not job.master.parent.parent.exists():
        raise StorageError(f"{job.master.parent.parent}: the masters are not here; is the shared folder mounted?")
    return PageError(NO_MASTER, "its master is gone; restore it from a backup and run again")


class _AmissError(Exception):
    """A process that has opened a hostile file says what none of ours would."""


def _outcome(job: PageJob, answer: Answer) -> Outcome:
    """What came of a page. Whoever opened it may say anything: only that a program is missing is believed of faults."""
    if answer.fault == ProgramMissingError.__name__:
        raise fault_of(answer)
    if answer.fault is not None or (answer.page is not None and answer.page.page_id != job.page_id):
        _log.error("page %s: the process that read it gave no answer to it", job.page_id)
        raise _AmissError
    if answer.page is not None:
        return answer.page
    error = PageError(answer.reason or "failed", answer.advice)
    if error.reason == "failed":
        _log.error("page %s failed: %s", job.page_id, error.advice)
    return error


def fault_of(answer: Answer) -> CasefileError:
    """The error of ours that stopped a reading process, by its name."""
    kind = getattr(errors, answer.fault or "", None)
    if not isinstance(kind, type) or not issubclass(kind, CasefileError) or kind is PageError:
        return StorageError(answer.advice)
    return kind(answer.advice)


class Process:
    """A reading process that was begun; each of its streams is ours alone."""

    def __init__(self, settings: Settings) -> None:
        self._temporary = tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-")
        code = f"import sys; sys.path[:] = {sys.path!r}; from digitize.sandbox import serve; serve()"
        self._popen = subprocess.Popen(
            [sys.executable, "-I", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(self._temporary),
            start_new_session=True,  # so that all it starts can be ended with it
        )

    @property
    def process_id(self) -> int:
        return self._popen.pid

    def begin(self, factory: EngineFactory | None, settings: Settings, idle_seconds: float | None) -> Answer:
        self._send(pickle.dumps(Orders(factory, settings, self._temporary, idle_seconds)))
        return self.answer(within=_START_SECONDS)

    def answer_to(self, job: Job, *, within: float) -> Answer:
        """The answer to what is handed in now; errors as of `answer`."""
        self._send(pickle.dumps(job))
        return self.answer(within=within)

    def _send(self, body: bytes) -> None:
        assert self._popen.stdin is not None  # noqa: S101 - it is a pipe
        try:
            self._popen.stdin.write(LENGTH.pack(len(body)) + body)
            self._popen.stdin.flush()
        except BrokenPipeError:
            return  # its answer will be that it has none

    def answer(self, *, within: float) -> Answer:
        """The next answer; TimeoutError where none came in time, EOFError where none will come."""
        until = time.monotonic() + within
        (size,) = LENGTH.unpack(self._exactly(LENGTH.size, until))
        if size > _LARGEST_ANSWER:
            raise EOFError
        try:
            return from_json(self._exactly(size, until), Answer)
        except msgspec.DecodeError as error:
            raise EOFError from error

    def _exactly(self, size: int, until: float) -> bytes:
        assert self._popen.stdout is not None  # noqa: S101 - it is a pipe
        descriptor, body = self._popen.stdout.fileno(), bytearray()
        listening = select.poll()
        listening.register(descriptor, select.POLLIN)
        while len(body) < size:
            if not listening.poll(max(0.0, until - time.monotonic()) * 1000):
                raise TimeoutError
            block = os.read(descriptor, size - len(body))
            if not block:
                self._popen.wait()
                raise EOFError
            body += block
        return bytes(body)

    def status(self) -> int | None:
        return self._popen.poll()

    def end(self) -> None:
        with suppress(ProcessLookupError):  # gone, and all it started
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()
        for stream in (self._popen.stdin, self._popen.stdout):
            with suppress(BrokenPipeError):
                if stream is not None:
                    stream.close()
        shutil.rmtree(self._temporary, ignore_errors=True)


def _environment(temporary: str) -> dict[str, str]:
    """What a reading process may know of ours: nothing of proxies or secrets, and one thread for each library."""
    kept = {k: v for k, v in os.environ.items() if k in _KEPT or k.startswith(_KEPT_PREFIXES)}
    return {**kept, **dict.fromkeys(_ONE_THREAD, "1"), "TMPDIR": temporary}


def started(factory: EngineFactory | None, settings: Settings, *, idle_seconds: float | None = IDLE_SECONDS) -> Process:
    """A process that is ready for jobs; without an engine it shows pages and reads none."""
    sweep_temporary()
    for _ in range(_STARTS):
        process = Process(settings)
        try:
            answer = process.begin(factory, settings, idle_seconds)
        except (EOFError, TimeoutError):
            process.end()
            continue
        except BaseException:
            process.end()
            raise
        if answer.fault is not None:
            process.end()
            raise fault_of(answer)
        return process
    raise StorageError("no process for reading can be started; is the machine out of memory? See clerk doctor")


def sweep_temporary() -> None:
    """Removes what readers that were killed have left in the temporary folder."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*-*"):
        owner = folder.name.removeprefix(FOLDER).split("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)
