"""Writes the shipped net from a training's state: `python -m training.recogniser.ship --out DIR`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from training.recogniser.faces import faces
from training.recogniser.graph import Array, graph_of, quantized
from training.recogniser.judge import made_lines, read_lines, report
from training.recogniser.lines import Lines
from training.recogniser.train import START

SHIPPED = Path(__file__).parents[2] / "digitize" / "weights" / "recogniser.onnx"
_CALIBRATING, _JUDGED, _SEED = 240, 1500, 77_001
HEAD = ("| faces | type | lines | letters | CER | 95 % | words with a digit wrong |", "|---|---|---|---|---|---|---|")


def weights_of(state: Path, mean_with: Path | None = None) -> dict[str, Array]:
    """The weights a training has come to; or their mean with those it began with, kept in half precision, which read
    better than either where a training went on from them (Wortsman and others 2022, Model soups)."""
    held = torch.load(state, weights_only=True, map_location="cpu")
    weights = {
        name: value.float().contiguous().numpy() for name, value in held["net"].items() if value.is_floating_point()
    }
    if mean_with is None:
        return weights
    with np.load(mean_with) as halves:
        return {name: (value + halves[name].astype(np.float32)) / 2 for name, value in weights.items()}


def shipped(weights: dict[str, Array], fonts: Sequence[str]) -> tuple[bytes, bytes]:
    """The net of these weights with eight bits a weight, and in full."""
    whole = graph_of(weights)
    in_full = whole.SerializeToString()  # quantizing moves the weights out of the model
    lines = islice(Lines(faces("train", fonts), _SEED), _CALIBRATING)
    inputs = [made.ink.astype(np.float32) / np.float32(255) for made in lines]
    return quantized(whole, inputs), in_full


def figures(model: bytes, fonts: Sequence[str], total: int = _JUDGED) -> list[str]:
    """A table of errors on lines no training has seen, in faces trained on and in faces held out."""
    rows = list(HEAD)
    for split in ("train", "held"):
        rows += report(split, read_lines(model, made_lines(faces(split, fonts), total, _SEED + 1)))
    return rows


def write(
    state: Path,
    fonts: Sequence[str],
    *,
    to: Path = SHIPPED,
    start: Path | None = START,
    mean: bool = False,
    total: int = _JUDGED,
) -> str:
    """Ships the net of a state to `to` and its half-precision weights to `start`; a table of its figures.

    With `mean` the weights are those between the state's and the ones shipped last.
    """
    weights = weights_of(state, START if mean else None)
    small, whole = shipped(weights, fonts)
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_suffix(".new")
    beside.write_bytes(small)
    beside.replace(to)
    if start is not None:
        np.savez_compressed(start, **{name: value.astype(np.float16) for name, value in weights.items()})  # type: ignore[arg-type]
    said = [f"{to.name}: {len(small):,} bytes; in full {len(whole):,}"]
    if total:
        said += ["", "Eight bits a weight:", "", *figures(small, fonts, total)]
        said += ["", "In full:", "", *figures(whole, fonts, total)]
    return "\n".join(said)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.recogniser.ship", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the folder of the training's state")
    parser.add_argument("--fonts", nargs="*", default=[], help="more folders of fonts, as npm's node_modules")
    parser.add_argument("--lines", type=int, default=_JUDGED, help="made lines to judge on, of each split; 0 for none")
    parser.add_argument("--mean", action="store_true", help="ship the mean with the weights that were shipped last")
    parser.add_argument("--to", type=Path, default=SHIPPED)
    parser.add_argument("--without-start", action="store_true", help="keep no weights to train on from")
    chosen = parser.parse_args()
    start = None if chosen.without_start else START
    said = write(chosen.out / "state.pt", chosen.fonts, to=chosen.to, start=start, mean=chosen.mean, total=chosen.lines)
    print(said)


if __name__ == "__main__":
    main()
