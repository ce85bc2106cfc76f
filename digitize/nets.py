"""Nets that read lines: batches of like width through ONNX Runtime, one thread a process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime  # type: ignore[import-untyped]

from digitize.ctc import Frames, LineFrames
from digitize.lines import Ink, Pixels, net_input, net_width

FRAME = 4  # columns of our net's input to a frame of its output
_BATCH = 2400  # columns of a batch: more costs memory and gains nothing on one core
_WASTE = 1.15  # times the narrowest line of a batch may the widest be as wide


class LineReader(Protocol):
    """What makes frames of probabilities from crops of lines. `name` holds its version."""

    @property
    def name(self) -> str: ...

    def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
        """The frames of every crop."""
        ...


class OwnNet:
    """The net whose weights come with the package."""

    def __init__(self, model: Path) -> None:
        content = model.read_bytes()
        self._session = session_of(content)
        self.name = f"net {hashlib.sha256(content).hexdigest()[:12]}"

    def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
        """The frames of every crop, four columns of net input each."""
        read = in_batches(self._session, [net_input(crop, squeeze) for crop in crops])
        widths = [net_width(crop.shape[0], crop.shape[1], squeeze) for crop in crops]
        return [LineFrames(rows, FRAME / width) for rows, width in zip(read, widths, strict=True)]


def session_of(model: Path | bytes) -> onnxruntime.InferenceSession:
    """A session of one thread that gives memory back."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # lines differ in width: an arena would keep the sum of them all
    options.log_severity_level = 3
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def in_batches(session: onnxruntime.InferenceSession, inputs: Sequence[Ink]) -> list[Frames]:
    """The frames of every input [height, width]; lines of like width go through together."""
    name = session.get_inputs()[0].name
    read: list[Frames] = [np.zeros((0, 0), dtype=np.float32)] * len(inputs)
    for batch in _batches([one.shape[1] for one in inputs]):
        height, width = inputs[0].shape[0], max(inputs[i].shape[1] for i in batch)
        stacked = np.zeros((len(batch), 1, height, width), dtype=np.float32)
        for row, i in enumerate(batch):
            stacked[row, :, :, : inputs[i].shape[1]] = inputs[i]
        (frames,) = session.run(None, {name: stacked})
        for row, i in enumerate(batch):
            read[i] = np.asarray(frames[row, : -(-frames.shape[1] * inputs[i].shape[1] // width)], dtype=np.float32)
    return read


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in sorted(range(len(widths)), key=lambda i: widths[i]):
        if batch and (widths[i] > _WASTE * widths[batch[0]] or widths[i] * (len(batch) + 1) > _BATCH):
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch
