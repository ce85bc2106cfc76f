"""Engines that misbehave on a page of a certain width, importable by worker processes."""

from __future__ import annotations

import json
import os
import resource
import socket
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy.typing as npt

from casefile.archive import PageId
from casefile.ocr import BBox
from digitize.engine import SeenWord

TROUBLE = 900  # straightened pages at least this wide make trouble


class Steady:
    """Sees one word on every page: how wide it is."""

    name = "steady 1"

    def words_on(self, image: npt.NDArray) -> Sequence[SeenWord]:  # type: ignore[type-arg]
        if image.shape[1] >= TROUBLE:
            self.trouble()
        return (SeenWord(str(image.shape[1]), BBox(10, 10, 60, 40), 0.9),)

    def trouble(self) -> None: ...


class Deadly(Steady):
    def trouble(self) -> None:
        os._exit(9)


class FeigningIdle(Steady):
    """Goes as a process does that had nothing to read."""

    def trouble(self) -> None:
        from digitize.sandbox import IDLE

        os._exit(IDLE)


class Accusing(Steady):
    """Blames the archive for a page."""

    def trouble(self) -> None:
        from casefile.errors import StorageError

        raise StorageError("no room")


class Mistaking(Steady):
    """Answers for another page, as a process might that a hostile file has taken over."""

    def trouble(self) -> None:
        from digitize import sandbox

        honest = sandbox.Answer
        sandbox.Answer = lambda page: honest(replace(page, page_id=PageId("another")))  # type: ignore[assignment,misc]


class Hanging(Steady):
    def trouble(self) -> None:
        time.sleep(600)


class Greedy(Steady):
    def trouble(self) -> None:
        bytearray(1 << 40)


class Faulty(Steady):
    def trouble(self) -> None:
        raise ValueError("MARLOW, DESMOND")  # as an error that quotes the page might


def no_program() -> Steady:
    from casefile.errors import ProgramMissingError

    raise ProgramMissingError("Tesseract is not installed")


class Littering(Hanging):
    """Leaves a file in the temporary folder."""

    def words_on(self, image: npt.NDArray) -> Sequence[SeenWord]:  # type: ignore[type-arg]
        with tempfile.NamedTemporaryFile(prefix="litter", delete=False) as file:
            file.write(b"ink")
        return super().words_on(image)


class Curious(Steady):
    """Sees one word: what its process may do."""

    def words_on(self, image: npt.NDArray) -> Sequence[SeenWord]:  # type: ignore[type-arg]
        found = {
            "network": _reaches_itself(),
            "proxy": os.environ.get("HTTPS_PROXY"),
            "threads": os.environ.get("OMP_THREAD_LIMIT"),
            "limit": resource.getrlimit(resource.RLIMIT_AS)[0],
            "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
        }
        return (SeenWord(json.dumps(found), BBox(10, 10, 60, 40), 0.9),)


def _reaches_itself() -> bool:
    try:
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(1)
            with socket.create_connection(listening.getsockname(), timeout=1):
                return True
    except OSError:
        return False


def dies_at_once() -> Steady:
    os._exit(1)
