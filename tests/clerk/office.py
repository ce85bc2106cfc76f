"""An archive under test, with real Tesseract that reads each picture once in a test session."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from clerk import archive as archives
from clerk import exports, pipeline
from clerk.archive import Archive
from clerk.hands import Jobs, Landing
from digitize.engine import SeenWord
from digitize.recognize import Settings
from digitize.sandbox import outcome_of
from digitize.tesseract import TesseractEngine

CHOICES = pipeline.Choices("illinois", None, date(2026, 6, 30))


class RememberingEngine:
    """Tesseract, asked once for each picture; `calls` counts every picture it was shown."""

    seen: dict[str, Sequence[SeenWord]] = {}  # noqa: RUF012 - shared by every engine of the session
    calls = 0

    def __init__(self) -> None:
        self._engine = TesseractEngine()
        self.name = self._engine.name

    def words_on(self, image: npt.NDArray[np.uint8]) -> Sequence[SeenWord]:
        RememberingEngine.calls += 1
        key = hashlib.sha256(image.tobytes() + repr(image.shape).encode()).hexdigest()
        if key not in self.seen:
            self.seen[key] = self._engine.words_on(image)
        return self.seen[key]


class NearHands:
    """Reads pages in the test's own process, so that the engine's memory lasts."""

    def read(self, jobs: Jobs) -> Iterator[Landing]:
        engine = RememberingEngine()
        while (job := jobs.next()) is not None:
            yield Landing(job.page_id, outcome_of(job, engine, Settings()))


@dataclass(frozen=True)
class Office:
    """An archive on a machine, and what to do with it."""

    archive: Archive

    def run(self, *sources: Path, persons: Path | None = None, **rest: Any) -> pipeline.Work:
        with archives.held(self.archive), self.archive.store() as store:
            if persons is not None:
                pipeline.remember_persons(store, persons, complete=False)
            choices = rest.pop("choices", CHOICES)
            return pipeline.run(
                self.archive, store, sources, choices, hands=rest.pop("hands", NearHands()), quiet=True, **rest,
            )  # fmt: skip

    def exported(self, what: str = "records") -> list[dict[str, Any]]:
        with self.archive.store() as store:
            thresholds = pipeline.rules_of(self.archive, store, CHOICES).thresholds
            return [json.loads(json.dumps(row)) for row in exports.EXPORTS[what](store, thresholds)]

    def bytes(self, out: Path) -> bytes:
        with self.archive.store() as store:
            thresholds = pipeline.rules_of(self.archive, store, CHOICES).thresholds
            exports.write(exports.records(store, thresholds), out)
        return out.read_bytes()
