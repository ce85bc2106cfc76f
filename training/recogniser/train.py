"""Trains the net on made lines, always fresh ones, for so many minutes; may be taken up again later."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor, distributed
from torch.nn import functional

from training.recogniser.alphabet import labels_of
from training.recogniser.faces import faces
from training.recogniser.lines import Lines, MadeLine
from training.recogniser.net import Net

RATE, LEAST_RATE, WARM_UP = 2.5e-3, 2e-6, 40.0  # WARM_UP in seconds
CHUNK = 640  # lines made at a time, then put into batches of like width
COLUMNS = 10_500  # of a batch
TOGETHER = 8  # steps between two averagings
CLIP = 2.0
START = Path(__file__).with_name("start.npz")


@dataclass(frozen=True, slots=True)
class Plan:
    """One training: how long, where its state is kept, what fonts, by how many processes."""

    minutes: float
    out: Path
    fonts: Sequence[str]
    seed: int
    processes: int
    snapshot_minutes: float
    resume: bool
    from_shipped: bool
    rate: float = RATE


@dataclass(slots=True)
class Course:
    """How far a training has come."""

    elapsed: float = 0.0  # seconds trained before this start
    steps: int = 0
    lines: int = 0


def batches(lines: Iterator[MadeLine], rng: Random) -> Iterator[list[MadeLine]]:
    """Batches of lines of like width, about COLUMNS columns each, without end."""
    while True:
        chunk = sorted((next(lines) for _ in range(CHUNK)), key=lambda made: made.ink.shape[1] + rng.uniform(0, 8))
        ready: list[list[MadeLine]] = [[]]
        for made in chunk:
            if ready[-1] and made.ink.shape[1] * (len(ready[-1]) + 1) > COLUMNS:
                ready.append([])
            ready[-1].append(made)
        rng.shuffle(ready)
        yield from ready


def packed(batch: Sequence[MadeLine]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ink, labels end to end, frames and letters of each line; all a batch needs for the loss."""
    widest = max(made.ink.shape[1] for made in batch)
    ink = np.zeros((len(batch), 1, 32, widest), np.uint8)
    for at, made in enumerate(batch):
        ink[at, 0, :, : made.ink.shape[1]] = made.ink
    labels = [label for made in batch for label in labels_of(made.text)]
    frames = torch.full((len(batch),), widest // 4)
    letters = torch.tensor([len(made.text) for made in batch])
    return torch.from_numpy(ink).float() / 255, torch.tensor(labels, dtype=torch.long), frames, letters


def loss_of(net: Net, batch: Sequence[MadeLine]) -> Tensor:
    """The CTC loss of a batch, by letter."""
    ink, labels, frames, letters = packed(batch)
    scores = net(ink.contiguous(memory_format=torch.channels_last))
    chances = functional.log_softmax(scores.float(), 1).permute(2, 0, 1)
    total = functional.ctc_loss(chances, labels, frames, letters, reduction="sum", zero_infinity=True)
    return total / max(1, int(letters.sum()))


def rate_at(part: float, seconds: float, highest: float) -> float:
    """The learning rate after a part of the time: warm-up, then half a cosine."""
    warm = min(1.0, seconds / WARM_UP)
    return max(LEAST_RATE, highest * warm * 0.5 * (1 + math.cos(math.pi * min(1.0, part))))


def trained(rank: int, plan: Plan) -> None:
    """One process of a training; all of them hold the same weights after every TOGETHER steps."""
    _quiet()
    distributed.init_process_group(
        "gloo", init_method=f"file://{plan.out.absolute()}/meeting", rank=rank, world_size=plan.processes
    )
    torch.manual_seed(plan.seed)
    net = Net().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    steps = torch.optim.AdamW(net.parameters(), plan.rate, betas=(0.9, 0.98), weight_decay=0.02)
    if plan.from_shipped:
        _begin_with(net, START)
    course = _taken_up(plan, net, steps) if plan.resume else Course()
    supply = batches(iter(Lines(faces("train", plan.fonts), _seed(plan, rank, course))), Random(rank))
    _run(rank, plan, net, steps, course, supply)
    distributed.destroy_process_group()


def _quiet() -> None:
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    os.environ["OMP_NUM_THREADS"] = "1"


def _seed(plan: Plan, rank: int, course: Course) -> int:
    """Another seed for every process and every taking up, so that lines are always fresh."""
    return plan.seed * 1_000_003 + rank * 7919 + course.steps


def _run(
    rank: int, plan: Plan, net: Net, steps: torch.optim.Optimizer, course: Course, supply: Iterator[list[MadeLine]]
) -> None:
    start, saved, mean = time.monotonic(), time.monotonic(), 0.0
    net.train()
    for batch in supply:
        seconds = time.monotonic() - start
        for group in steps.param_groups:
            group["lr"] = rate_at(seconds / (60 * plan.minutes), seconds, plan.rate)
        loss = loss_of(net, batch)
        steps.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), CLIP)
        steps.step()
        course.steps += 1
        course.lines += len(batch)
        mean = float(loss.detach()) if mean == 0.0 else 0.97 * mean + 0.03 * float(loss.detach())
        if course.steps % TOGETHER:
            continue
        over = _averaged(net, done=seconds >= 60 * plan.minutes)
        if rank == 0 and (over or time.monotonic() - saved > 60 * plan.snapshot_minutes):
            saved = time.monotonic()
            _save(plan, net, steps, Course(course.elapsed + seconds, course.steps, course.lines * plan.processes))
        if rank == 0 and course.steps % (5 * TOGETHER) == 0:
            print(f"{seconds / 60:6.2f} min  step {course.steps}  lines {course.lines * plan.processes}  "
                  f"loss a letter {mean:.4f}", flush=True)  # fmt: skip
        if over:
            return


def _averaged(net: Net, *, done: bool) -> bool:
    """The weights of all processes made their mean; True where any of them is done."""
    state = [value for value in net.state_dict().values() if value.is_floating_point()]
    flat = torch.cat([value.reshape(-1) for value in state] + [torch.tensor([float(done)])])
    distributed.all_reduce(flat)
    over = bool(flat[-1] > 0)
    flat /= distributed.get_world_size()
    at = 0
    for value in state:
        value.copy_(flat[at : at + value.numel()].reshape(value.shape))
        at += value.numel()
    return over


def _save(plan: Plan, net: Net, steps: torch.optim.Optimizer, course: Course) -> None:
    held: dict[str, Any] = {
        "net": net.state_dict(),
        "optimizer": steps.state_dict(),
        "course": {"elapsed": course.elapsed, "steps": course.steps, "lines": course.lines},
        "seed": plan.seed,
    }
    beside = plan.out / "state.new"
    torch.save(held, beside)
    beside.replace(plan.out / "state.pt")


def _begin_with(net: Net, start: Path) -> None:
    """Gives the net the weights shipped last, kept in half precision."""
    with np.load(start) as halves:
        weights = {name: torch.from_numpy(halves[name].astype(np.float32)) for name in halves.files}
    net.load_state_dict(weights, strict=False)  # without the counts of batches, which nothing depends on


def _taken_up(plan: Plan, net: Net, steps: torch.optim.Optimizer) -> Course:
    held = torch.load(plan.out / "state.pt", weights_only=True)
    net.load_state_dict(held["net"])
    steps.load_state_dict(held["optimizer"])
    course = Course(**held["course"])
    return Course(course.elapsed, course.steps, course.lines // plan.processes)
