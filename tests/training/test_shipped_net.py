"""The shipped net keeps its contract and reads; a graph made from weights computes what the net does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from digitize.lines.shape import net_input
from training.recogniser.alphabet import greedy
from training.recogniser.faces import Face, faces, glyph
from training.recogniser.graph import STRIDES, graph_of, quantized
from training.recogniser.judge import read_lines, session_of
from training.recogniser.lines import Lines

SHIPPED = Path(__file__).parents[2] / "digitize" / "weights" / "recogniser.onnx"
STEM = ((1, 4, 3, 3), (4, 6, 3, 3), (6, 6, 3, 3), (6, 8, 3, 3), (8, 8, 3, 3), (8, 10, 4, 3))
Array = npt.NDArray[np.float32]


def tiny_weights() -> dict[str, Array]:
    """Weights of a net of the same build, very small."""
    rng = np.random.Generator(np.random.PCG64(3))

    def some(*shape: int) -> Array:
        spread = 0.3 if len(shape) == 1 else 1.4 / np.sqrt(np.prod(shape[1:]))
        return (rng.standard_normal(shape) * spread).astype(np.float32)

    def norm(name: str, total: int) -> Iterator[tuple[str, Array]]:
        yield f"{name}.weight", some(total) + np.float32(1)
        yield f"{name}.bias", some(total)
        yield f"{name}.running_mean", some(total)
        yield f"{name}.running_var", np.abs(some(total)) + np.float32(0.5)

    weights: dict[str, Array] = {}
    for at, (into, out, tall, wide) in enumerate(STEM):
        weights[f"stem.{3 * at}.weight"] = some(out, into, tall, wide)
        weights |= dict(norm(f"stem.{3 * at + 1}", out))
    for at, reach in enumerate((7, 9)):
        name = f"blocks.{at}"
        weights[f"{name}.look.weight"] = some(10, 1, 1, reach)
        weights |= dict(norm(f"{name}.norm", 10))
        weights |= {f"{name}.widen.weight": some(20, 10, 1, 1), f"{name}.widen.bias": some(20)}
        weights |= {f"{name}.narrow.weight": some(10, 20, 1, 1), f"{name}.narrow.bias": some(10)}
    weights |= dict(norm("norm", 10))
    weights |= {"out.weight": some(96, 10, 1, 1), "out.bias": some(96)}
    return weights


def convolved(x: Array, weight: Array, stride: tuple[int, int], pad: tuple[int, int], groups: int = 1) -> Array:
    """A convolution by its definition."""
    x = np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1])))
    out, into, tall, wide = weight.shape
    rows, columns = (x.shape[1] - tall) // stride[0] + 1, (x.shape[2] - wide) // stride[1] + 1
    result = np.zeros((out, rows, columns), np.float32)
    for o in range(out):
        first = o // (out // groups) * into if groups > 1 else 0
        for r in range(tall):
            for c in range(wide):
                seen = x[
                    first : first + into, r : r + stride[0] * rows : stride[0], c : c + stride[1] * columns : stride[1]
                ]
                result[o] += np.tensordot(weight[o, :, r, c], seen, 1)
    return result


def computed(weights: dict[str, Array], ink: Array) -> Array:
    """The frames of one line by the net's definition, step by step, nothing folded."""

    def normed(x: Array, name: str) -> Array:
        mean, var = weights[f"{name}.running_mean"], weights[f"{name}.running_var"]
        scale = weights[f"{name}.weight"] / np.sqrt(var + np.float32(1e-5))
        return (x - mean[:, None, None]) * scale[:, None, None] + weights[f"{name}.bias"][:, None, None]

    x = ink[None]
    for at, stride in enumerate(STRIDES):
        pad = (1, 1) if STEM[at][2] == 3 else (0, 1)
        x = np.maximum(normed(convolved(x, weights[f"stem.{3 * at}.weight"], stride, pad), f"stem.{3 * at + 1}"), 0)
    for at in range(2):
        name = f"blocks.{at}"
        look = weights[f"{name}.look.weight"]
        inner = normed(convolved(x, look, (1, 1), (0, look.shape[3] // 2), groups=10), f"{name}.norm")
        inner = (
            convolved(inner, weights[f"{name}.widen.weight"], (1, 1), (0, 0))
            + weights[f"{name}.widen.bias"][:, None, None]
        )
        inner = convolved(np.maximum(inner, 0), weights[f"{name}.narrow.weight"], (1, 1), (0, 0))
        x = x + inner + weights[f"{name}.narrow.bias"][:, None, None]
    scores = convolved(normed(x, "norm"), weights["out.weight"], (1, 1), (0, 0))[:, 0] + weights["out.bias"][:, None]
    raised = np.exp(scores - scores.max(axis=0))
    return np.asarray((raised / raised.sum(axis=0)).T, np.float32)


@pytest.fixture(scope="module")
def inks() -> list[Array]:
    return [one.ink[:, :120].astype(np.float32) / np.float32(255) for one in islice(Lines(faces("train"), 2), 6)]


def test_the_graph_computes_what_the_net_is_defined_as(inks: list[Array]) -> None:
    weights = tiny_weights()
    session = session_of(graph_of(weights).SerializeToString())
    for ink in inks[:3]:
        (chances,) = session.run(None, {"ink": ink[None, None]})
        np.testing.assert_allclose(chances[0], computed(weights, ink), atol=2e-4)


def scores_of(chances: Array) -> Array:
    """The scores a soft-max was taken of, but for a constant a frame."""
    logs = np.log(chances + np.float32(1e-12))
    return np.asarray((logs - logs.mean(axis=-1, keepdims=True)).ravel())


def test_eight_bits_stay_near_the_whole(inks: list[Array]) -> None:
    model = graph_of(tiny_weights())
    whole = session_of(model.SerializeToString())
    small = session_of(quantized(model, inks))
    for ink in inks:
        (one,), (other,) = (session.run(None, {"ink": ink[None, None]}) for session in (whole, small))
        assert np.corrcoef(scores_of(one), scores_of(other))[0, 1] > 0.99


def clean_line(face: Face, text: str) -> npt.NDArray[np.uint8]:
    """A crop of the text as no machine has worn it: dark on white, capitals 24 pixels tall."""
    glyphs = [glyph(face, letter) for letter in text]
    pens = np.concatenate(([0.0], np.cumsum([one.advance for one in glyphs])))
    canvas = np.zeros((60, round(float(pens[-1])) + 20), np.uint8)
    for one, pen in zip(glyphs, pens.tolist(), strict=False):
        x, y = round(10 + pen + one.left), 44 + one.top
        part = canvas[y : y + one.ink.shape[0], x : x + one.ink.shape[1]]
        np.maximum(part, one.ink[: part.shape[0], : part.shape[1]], out=part)
    inked = np.flatnonzero(canvas.max(axis=1) > 0)
    pad = round(0.22 * (inked[-1] - inked[0]))
    crop = 255 - canvas[max(0, inked[0] - pad) : inked[-1] + pad]
    return np.asarray(cv2.resize(crop, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA), np.uint8)


def test_the_shipped_net_keeps_its_contract() -> None:
    model = SHIPPED.read_bytes()
    assert len(model) <= 4 * 2**20
    session = session_of(model)
    (ink,), (chances,) = session.get_inputs(), session.get_outputs()
    assert (ink.type, chances.type) == ("tensor(float)", "tensor(float)")
    assert (ink.shape[1:3], chances.shape[2]) == ([1, 32], 96)
    for lines, columns in ((1, 8), (3, 200), (2, 644)):
        (out,) = session.run(None, {ink.name: np.zeros((lines, 1, 32, columns), np.float32)})
        assert out.shape == (lines, columns // 4, 96)
        np.testing.assert_allclose(out.sum(axis=2), 1.0, atol=1e-3)


@pytest.mark.parametrize(
    "text", ["89 CR 120574", "720-550/4(D)", "MAY 20 1993", "POSS CANNABIS 30-500 GRAMS", "the said defendant"]
)
@pytest.mark.parametrize("file", ["Courier Prime.otf", "NimbusMonoPS-Bold.otf"])
def test_the_shipped_net_reads_clean_type(file: str, text: str) -> None:
    face = next(face for face in faces("train").by_group["typed"] if face.file == file)
    ink = net_input(clean_line(face, text))
    session = session_of(SHIPPED.read_bytes())
    (chances,) = session.run(None, {session.get_inputs()[0].name: ink[None, None]})
    assert greedy(chances[0].argmax(axis=1).tolist()) == text


def test_bare_paper_is_read_as_nothing() -> None:
    session = session_of(SHIPPED.read_bytes())
    (chances,) = session.run(None, {"ink": np.zeros((1, 1, 32, 320), np.float32)})
    assert greedy(chances[0].argmax(axis=1).tolist()) == ""


def test_worn_lines_of_faces_never_trained_on_are_mostly_read() -> None:
    typed = [one for one in islice(Lines(faces("held"), 21, silent=0.0), 60) if one.kind == "typed"]
    read = read_lines(SHIPPED.read_bytes(), typed)
    assert sum(one.errors for one in read) <= 0.12 * sum(len(one.truth) for one in read)
