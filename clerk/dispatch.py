"""Pages handed to the workers of a Dask cluster and taken back. Dask dispatches; the ledger alone remembers."""

from __future__ import annotations

import hashlib
import logging
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import click
import dask
import msgspec
from distributed import Client, Future, LocalCluster, Security, WorkerPlugin
from distributed.scheduler import KilledWorker

import digitize
from casefile.codec import from_json, to_json
from casefile.errors import ArgumentError, CasefileError, PageError, StorageError
from casefile.ocr import OcrPage
from clerk.hands import Jobs, Landing, Lost, OwnHands, Scheduler
from digitize.jobs import EngineFactory, PageJob, Settings
from digitize.reader import FOLDER, Reader
from digitize.sandbox import Answer

_Future: TypeAlias = "Future[Sent]"
_BEYOND = 2  # pages under way beyond one a worker, so that none waits for us
_JOIN_SECONDS = 60.0  # for a cluster's first worker to appear
_ALONE_SECONDS = 600.0  # without any worker, then the run ends
_LOOK_SECONDS = 1.0  # between looks at how many workers there are


@dataclass(frozen=True, slots=True)
class Sent:
    """What a worker sends back: an answer in JSON, and its SHA-256; `body` None where the reading process died."""

    body: bytes | None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ClusterHands:
    """The workers of a cluster: of one begun for the purpose, or of an existing one."""

    engine_factory: EngineFactory
    workers: int = 1
    scheduler: Scheduler | None = None
    settings: Settings = field(default_factory=Settings)

    def read(self, jobs: Jobs, *, first: PageJob | None = None) -> Iterator[Landing]:
        """Each page as it lands; `first` is one that was drawn already."""
        first = first or jobs.next()
        if first is None:
            return
        with ExitStack() as stack:
            try:
                client = stack.enter_context(_client(self, max(1, min(self.workers, jobs.total))))
            except _NoKeysError:
                click.echo(f"clerk: {_NO_KEYS}", err=True)
                yield from OwnHands(self.engine_factory, self.settings).read(jobs, first=first)
            else:
                yield from _Window(client, self).landings(first, jobs)


_NO_KEYS = (
    "no keys could be made for workers on this machine, as openssl is missing or fails; reading one page after the "
    "other; install the Debian package openssl to read on every core"
)


class _NoKeysError(Exception):
    """Nothing would keep other users of this machine from the workers of a run."""


class _Window:
    """The pages under way: a few more than there are workers, however long the queue."""

    def __init__(self, client: Client, hands: ClusterHands) -> None:
        self._client, self._hands = client, hands
        self._under_way: dict[str, tuple[PageJob, _Future]] = {}
        self._landed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._room, self._last_seen = 0, time.monotonic()

    def landings(self, first: PageJob, jobs: Jobs) -> Iterator[Landing]:
        job: PageJob | None = first
        while True:
            self._count_workers()
            while len(self._under_way) < self._room and (job := job or jobs.next()) is not None:
                self._hand_out(job)
                job = None
            if not self._under_way or jobs.given_up:
                return
            with suppress(queue.Empty):
                yield self._take_back(self._landed.get(timeout=_LOOK_SECONDS))

    def _count_workers(self) -> None:
        now, threads = time.monotonic(), sum(self._client.nthreads().values())
        if threads:
            self._last_seen = now
        elif now - self._last_seen > _ALONE_SECONDS:
            raise StorageError("the cluster has had no worker for ten minutes; what was read is kept, run again")
        self._room = max(1, threads) + _BEYOND

    def _hand_out(self, job: PageJob) -> None:
        hands = self._hands
        future = self._client.submit(
            read_one, job, hands.engine_factory, hands.settings, digitize.VERSION, pure=False, retries=0
        )
        self._under_way[str(future.key)] = (job, future)
        future.add_done_callback(lambda done: self._landed.put(str(done.key)))

    def _take_back(self, key: str) -> Landing:
        job, future = self._under_way.pop(key)
        try:
            return Landing(job.page_id, _outcome(job, future))
        finally:
            future.release()


def _outcome(job: PageJob, future: _Future) -> OcrPage | PageError | Lost:
    try:
        sent = future.result()
    except KilledWorker:
        return Lost.WORKER
    except CasefileError:
        raise
    except Exception as error:
        raise StorageError(
            f"the cluster failed with {type(error).__name__}; are scheduler and workers up, with the same docket-clerk "
            "as here? What was read is kept, run again to go on"
        ) from error
    return _checked(job, sent)


def _checked(job: PageJob, sent: Sent) -> OcrPage | PageError | Lost:
    """What a worker sent, once it is known to be whole and about the page that was asked for."""
    if sent.body is None:
        return Lost.PROCESS
    if hashlib.sha256(sent.body).hexdigest() != sent.sha256:
        return Lost.WORKER
    try:
        answer = from_json(sent.body, Answer)
    except msgspec.DecodeError:
        return Lost.WORKER
    if answer.page is None:
        return PageError(answer.reason or "failed", answer.advice)
    return answer.page if answer.page.page_id == job.page_id else Lost.WORKER


# at the worker


class _Held(threading.local):
    """The reader of one thread of a worker, kept from page to page."""

    made_for: tuple[Any, ...] = ()
    reader: Reader | None = None


_held = _Held()


def read_one(job: PageJob, engine_factory: EngineFactory, settings: Settings, version: int) -> Sent:
    """Reads a page at a worker, in a process of its own bounds; runs where Dask sends it."""
    if version != digitize.VERSION:
        raise ArgumentError("a worker of the cluster has another version of docket-clerk; install the same everywhere")
    outcome = _reader(engine_factory, settings).read(job)
    if outcome is None:
        return Sent(None)
    if isinstance(outcome, PageError):
        answer = Answer(reason=outcome.reason, advice=outcome.advice)
    else:
        answer = Answer(page=outcome)
    body = to_json(answer)
    return Sent(body, hashlib.sha256(body).hexdigest())


def _begin_reader(engine_factory: EngineFactory, settings: Settings) -> None:
    """Where it cannot be begun, the first page will tell why."""
    with suppress(CasefileError):
        _reader(engine_factory, settings).begin()


def _reader(engine_factory: EngineFactory, settings: Settings) -> Reader:
    wanted = (engine_factory, settings)
    if _held.reader is None or _held.made_for != wanted:
        if _held.reader is not None:
            _held.reader.close()
        _held.reader, _held.made_for = Reader(engine_factory, settings), wanted
    return _held.reader


# clusters


class _Deaf(WorkerPlugin):
    """A terminal's Ctrl-C reaches workers, too; only the coordinator may act on it."""

    name = "deaf-to-interrupts"

    def setup(self, worker: Any) -> None:
        with suppress(ValueError):  # not in the main thread, which then hears nothing either
            signal.signal(signal.SIGINT, signal.SIG_IGN)


class _Prepared(WorkerPlugin):
    """Has the reading process of a worker begun before the first page comes."""

    name = "reading-process-begun"

    def __init__(self, engine_factory: EngineFactory, settings: Settings) -> None:
        self._engine_factory, self._settings = engine_factory, settings

    def setup(self, worker: Any) -> None:
        worker.executors["default"].submit(_begin_reader, self._engine_factory, self._settings)


def _client(hands: ClusterHands, workers: int) -> AbstractContextManager[Client]:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it we say ourselves
    return _local_client(hands, workers) if hands.scheduler is None else _client_of(hands.scheduler)


@contextmanager
def _local_client(hands: ClusterHands, workers: int) -> Iterator[Client]:
    """A cluster on this machine, for this run alone; nobody without its key can speak to it."""
    with (
        tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-cluster-", ignore_cleanup_errors=True) as folder,
        dask.config.set(_LOCAL),
    ):
        security = _own_keys(Path(folder))
        plugins = (_Deaf(), _Prepared(hands.engine_factory, hands.settings))
        cluster = _cluster(workers, security, folder, plugins)
        try:
            with Client(cluster, security=security) as client:
                yield client
        finally:
            with suppress(TimeoutError):  # a worker that was killed and is slow to go ends with us
                cluster.close()


def _cluster(workers: int, security: Security, folder: str, plugins: Sequence[WorkerPlugin]) -> LocalCluster:
    try:
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            protocol="tls://",
            security=security,
            dashboard_address="127.0.0.1:0",  # any free port: another run on this machine may have the usual one
            memory_limit=0,
            local_directory=folder,
            silence_logs=logging.CRITICAL,
            plugins=plugins,  # of each worker, also of one begun anew
        )
    except (OSError, TimeoutError, RuntimeError) as error:
        raise StorageError(
            f"no workers can be started on this machine ({type(error).__name__}); try --workers 0, and see clerk doctor"
        ) from error


_LOCAL: dict[str, object] = {
    "distributed.scheduler.allowed-failures": 0,  # the ledger counts
    "distributed.scheduler.worker-saturation": 1.0,  # a worker that dies takes one page with it, not two
    # However slow the machine, a worker here is lost when its process ends and not before, and is then begun anew.
    "distributed.scheduler.worker-ttl": None,
    "distributed.deploy.lost-worker-timeout": "1h",
    "distributed.comm.timeouts.connect": "180s",
    "distributed.comm.timeouts.tcp": "180s",
    # One process loads the libraries, and workers are forked from it: half the time to begin with two of them.
    "distributed.worker.multiprocessing-method": "forkserver",
    # What the cluster would find out about itself, many times a second, nobody asks for.
    "distributed.worker.profile.enabled": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.admin.tick.interval": "1s",
    "distributed.scheduler.work-stealing": False,  # a page waits here until a worker is free
    "distributed.scheduler.active-memory-manager.start": False,
}


def _own_keys(folder: Path) -> Security:
    """A key and certificate made for this run, with openssl (see `clerk doctor`)."""
    program = shutil.which("openssl")
    if program is None:
        raise _NoKeysError
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = [program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
               "-keyout", str(key), "-out", str(cert), "-days", "3650", "-subj", "/CN=docket-clerk"]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise _NoKeysError from error
    return _security(cert, cert, key)


def _security(ca: Path, cert: Path, key: Path) -> Security:
    """TLS on every side; a side without a certificate of the same authority is refused."""
    sides: dict[str, str] = {}
    for side in ("client", "scheduler", "worker"):
        sides |= {f"tls_{side}_cert": str(cert), f"tls_{side}_key": str(key)}
    return Security(require_encryption=True, tls_ca_file=str(ca), **sides)


@contextmanager
def _client_of(scheduler: Scheduler) -> Iterator[Client]:
    security = None
    if scheduler.ca is not None and scheduler.cert is not None and scheduler.key is not None:
        security = _security(scheduler.ca, scheduler.cert, scheduler.key)
    elif scheduler.url.startswith("tls://"):
        security = Security(require_encryption=True)  # the files Dask's own configuration names
    try:
        client = Client(scheduler.url, security=security, timeout=_JOIN_SECONDS / 2)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise StorageError(
            f"the scheduler cannot be reached ({type(error).__name__}); check its address, certificates and firewall"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_JOIN_SECONDS)
        except TimeoutError as error:
            raise StorageError("the scheduler has no workers; start some: see docs/cluster.md") from error
        yield client
