"""Pages for people to look at, and files to be counted, decoded in a process of its own within bounds."""

from __future__ import annotations

import weakref
from pathlib import Path
from threading import Lock
from types import TracebackType

from casefile.errors import PageError, ProgramMissingError
from casefile.ocr import BBox
from digitize.formats import Inspection
from digitize.jobs import InspectionJob, PictureJob, Settings
from digitize.reader import Process, fault_of, started
from digitize.sandbox import Answer

_TRIES = 2  # the first process may have died of something else than this file


class Viewer:
    """Decodes scans for whoever holds it, one at a time; may be used by several threads.

    The process is begun with the first file or by `begin`, lives as long as the viewer, and is killed and replaced
    where a file takes longer than `settings.page_seconds`. What cannot be had is a PageError.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: Process | None = None
        self._ending: weakref.finalize[[], Viewer] | None = None  # also where nobody closes it
        self._lock = Lock()

    def begin(self) -> None:
        """Has the process ready before it is needed."""
        with self._lock:
            self._running()

    def crop(self, master: Path, frame: int, bbox: BBox) -> bytes:
        """The ink within `bbox`, in pixels of the stored frame, not turned, as PNG."""
        return self._picture(PictureJob(master, frame, bbox))

    def page(self, master: Path, frame: int, *, longest_side: int) -> bytes:
        """The whole stored frame as PNG, made smaller where a side is longer than `longest_side` pixels."""
        return self._picture(PictureJob(master, frame, None, longest_side))

    def _picture(self, job: PictureJob) -> bytes:
        answer = self._answer_to(job)
        if answer.picture is None:
            raise _refusal(answer)
        return answer.picture

    def inspect(self, path: Path, *, suffix: str) -> Inspection:
        """The format and number of pages of a scan that came under a name with that suffix; see
        `digitize.formats.inspect`."""
        answer = self._answer_to(InspectionJob(path, suffix))
        if answer.inspection is None:
            raise _refusal(answer)
        if not 1 <= answer.inspection.frames <= self._settings.limits.frames:
            raise PageError("unreadable", "its number of pages is none a scan can have")
        return answer.inspection

    def _answer_to(self, job: PictureJob | InspectionJob) -> Answer:
        with self._lock:
            for _ in range(_TRIES):
                try:
                    return self._running().answer_to(job, within=self._settings.page_seconds)
                except TimeoutError as error:
                    self._end()
                    raise PageError("timeout", "the file took too long to open") from error
                except EOFError:
                    self._end()
            raise PageError("failed", "the process that opened the file died of it")

    def _running(self) -> Process:
        if self._process is not None and self._process.status() is not None:
            self._end()
        if self._process is None:
            self._process = started(None, self._settings, idle_seconds=None)
            self._ending = weakref.finalize(self, self._process.end)
        return self._process

    def _end(self) -> None:
        self._process = None
        if self._ending is not None:
            self._ending()  # once

    def close(self) -> None:
        """Ends the process and its temporary files at once; the next file begins another."""
        with self._lock:
            self._end()

    def __enter__(self) -> Viewer:
        return self

    def __exit__(self, _1: type[BaseException] | None, _2: BaseException | None, _3: TracebackType | None) -> None:
        self.close()


def _refusal(answer: Answer) -> Exception:
    """Why nothing came of a file. Whoever opened it may say anything: of faults only a missing program is believed."""
    if answer.fault == ProgramMissingError.__name__:
        return fault_of(answer)
    return PageError(answer.reason or "failed", answer.advice if answer.fault is None else "the file cannot be opened")
