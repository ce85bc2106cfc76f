"""Who reads the pages: one reading process beside this one, a cluster on this machine, or one of the office's."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing import forkserver
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from casefile.archive import PageId
from casefile.errors import ArgumentError, PageError
from casefile.ocr import OcrPage
from clerk.addresses import is_loopback
from digitize.engines import best_engine
from digitize.jobs import EngineFactory, PageJob, Settings

# A worker computes nothing itself: libraries that it loads may begin no threads of their own.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Lost(StrEnum):
    """How a page came back unread."""

    PROCESS = "process"  # the process that opened it died over it
    WORKER = "worker"  # whoever held that process was lost


@dataclass(frozen=True, slots=True)
class Landing:
    """A page that came back from whoever read it."""

    page_id: PageId
    outcome: OcrPage | PageError | Lost


class Jobs(Protocol):
    """The pages that wait to be read."""

    def next(self) -> PageJob | None:
        """One more page; None where there is none just now, though one in flight may come back."""
        ...

    @property
    def total(self) -> int:
        """How many there were at the beginning; no more hands are needed."""
        ...

    @property
    def given_up(self) -> bool:
        """Whether nobody waits any longer, not even for what is under way."""
        ...


class Hands(Protocol):
    """Whoever reads pages. Nothing they do is kept but by whoever asked them."""

    def read(self, jobs: Jobs) -> Iterator[Landing]:
        """Each page as it lands. `jobs` is drawn on whenever hands are free; the iterator ends when it has none and
        no page is under way. Closing it drops the pages under way."""
        ...


@dataclass(frozen=True, slots=True)
class Scheduler:
    """An existing Dask cluster: its address, and the files (PEM) by which both sides know each other."""

    address: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.address if "://" in self.address else f"tcp://{self.address}")
        if parts.scheme not in ("tcp", "tls") or not parts.hostname:
            raise ArgumentError("--scheduler wants an address like tls://host:8786")
        if parts.scheme != "tls" and not is_loopback(parts.hostname):
            raise ArgumentError(
                "--scheduler: that is another machine, and pages travel there with TLS only; "
                "give tls://HOST:PORT with --tls-ca, --tls-cert and --tls-key"
            )
        given = [self.ca, self.cert, self.key]
        if any(given) and not all(given):
            raise ArgumentError("--tls-ca, --tls-cert and --tls-key go together")

    @property
    def url(self) -> str:
        return self.address if "://" in self.address else f"tcp://{self.address}"


@dataclass(frozen=True, slots=True)
class OwnHands:
    """One page after the other, each decoded and read by a process of its own bounds beside this one."""

    engine_factory: EngineFactory = best_engine
    settings: Settings = field(default_factory=Settings)

    def read(self, jobs: Jobs, *, first: PageJob | None = None) -> Iterator[Landing]:
        """Each page as it lands; `first` is one that was drawn already."""
        from digitize.reader import Reader

        with Reader(self.engine_factory, self.settings) as reader:
            while (job := first or jobs.next()) is not None:
                first = None
                outcome = reader.read(job)
                yield Landing(job.page_id, Lost.PROCESS if outcome is None else outcome)


@dataclass(frozen=True, slots=True)
class ClusterToBe:
    """The workers of a cluster; nothing of it is loaded or begun before there is a page to read."""

    engine_factory: EngineFactory
    workers: int = 1
    scheduler: Scheduler | None = None

    def read(self, jobs: Jobs) -> Iterator[Landing]:
        """Each page as it lands."""
        first = jobs.next()
        if first is None:
            return
        if self.scheduler is None:
            begin_forking()
        from clerk.dispatch import ClusterHands  # it loads Dask

        yield from ClusterHands(self.engine_factory, self.workers, self.scheduler).read(jobs, first=first)


def begin_forking() -> None:
    """Begins the process that the workers of this machine are forked from: it loads its libraries while this one
    loads the same."""
    multiprocessing.set_forkserver_preload(["clerk.dispatch"])
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        forkserver.ensure_running()
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def hands_of(workers: int, scheduler: Scheduler | None = None, *, engine_factory: EngineFactory = best_engine) -> Hands:
    """The hands that a run was asked to use; no cluster is begun before there is a page to read."""
    if scheduler is None and workers == 0:
        return OwnHands(engine_factory)
    return ClusterToBe(engine_factory, workers, scheduler)
