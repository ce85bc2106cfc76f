"""An engine that replays recorded words after a delay, and runs with it that can be killed from outside.

.venv/bin/python -m benchmarks.replay ARCHIVE SOURCE WORKERS
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from casefile.ocr import BBox
from clerk import archive as archives
from clerk import pipeline
from clerk.commands.telling import interruptible
from clerk.dispatch import ClusterHands
from digitize.engine import SeenWord

AS_OF = date(2026, 6, 30)
SECONDS = 0.5  # a page, as if it were read
LOG = "CLERK_BENCHMARK_LOG"  # the file that counts how often pages were shown to the engine
_TRUTH = Path(__file__).parents[1] / "fixtures" / "specimens" / "truth.jsonl"
_WIDTH, _HEIGHT = 850, 1100  # pixels of a page; a third of the recorded ones


class Replay:
    """Sees on each picture the words of one recorded page; which, is told by the picture."""

    name = "replay 1"

    def words_on(self, image: npt.NDArray[np.uint8]) -> Sequence[SeenWord]:
        digest = hashlib.sha256(image.tobytes()).digest()
        with open(os.environ[LOG], "ab") as log:
            log.write(digest[:8].hex().encode() + b"\n")
        time.sleep(SECONDS)
        return recordings()[int.from_bytes(digest[:4]) % len(recordings())]


@cache
def recordings() -> tuple[tuple[SeenWord, ...], ...]:
    """The words of every recorded page that has some, in a third of its size."""
    rows = map(json.loads, _TRUTH.read_text("utf-8").splitlines())
    found = (tuple(SeenWord(w["text"], BBox(*(x // 3 for x in w["bbox"])), 0.97) for w in row["words"]) for row in rows)
    return tuple(words for words in found if words)


def put_pages(folder: Path, pages: int, *, seed: int) -> None:
    """Scans, each other than the rest, in folders of twenty."""
    rng = np.random.default_rng(seed)
    for at in range(pages):
        sheet = Image.new("L", (_WIDTH, _HEIGHT), 240)
        pen = ImageDraw.Draw(sheet)
        for top in range(100, 1000, 28):
            for left in range(80, int(rng.integers(200, 760)), 14):
                pen.rectangle((left, top, left + 8, top + 12), fill=30)
        path = folder / "box" / f"folder{at // 20}" / f"{at:05d}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(path)


def main(root: Path, source: Path, workers: int) -> None:
    """The whole main job with the replaying engine."""
    archive = archives.create(root)
    choices = pipeline.Choices("illinois", None, AS_OF)
    with archives.held(archive), archive.store() as store, interruptible():
        pipeline.run(archive, store, [source], choices, hands=ClusterHands(Replay, workers), quiet=True)


if __name__ == "__main__":
    from benchmarks import replay  # by its own name, so that other processes can find the engine

    replay.main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
