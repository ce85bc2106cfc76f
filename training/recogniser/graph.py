"""The trained net as an ONNX graph: normalisations folded into the convolutions, and eight bits a weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static  # type: ignore[import-untyped]

from training.recogniser.alphabet import CLASSES

Array: TypeAlias = npt.NDArray[np.float32]
Weights: TypeAlias = Mapping[str, Array]  # by the names torch gives the parts of net.Net
STRIDES = ((2, 2), (2, 1), (1, 1), (2, 2), (1, 1), (4, 1))  # of the stem; as net.STEM and what follows it
_EPSILON = 1e-5  # torch's in its normalisations
_OPSET, _IR = 17, 8


class _Graph:
    """Nodes and weights as they are added, and the value that the last node gives."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.held: list[onnx.TensorProto] = []
        self.last = "ink"

    def add(self, kind: str, name: str, *inputs: str, **attributes: Any) -> None:
        self.nodes.append(helper.make_node(kind, [*inputs], [name], name=name, **attributes))
        self.last = name

    def convolve(self, name: str, weight: Array, bias: Array, **attributes: Any) -> None:
        """A convolution of the last value."""
        self.held += [numpy_helper.from_array(np.ascontiguousarray(w, dtype=np.float32), f"{name}.{part}")
                      for part, w in (("weight", weight), ("bias", bias))]  # fmt: skip
        self.add("Conv", name, self.last, f"{name}.weight", f"{name}.bias", kernel_shape=weight.shape[2:], **attributes)


def graph_of(weights: Weights) -> onnx.ModelProto:
    """The net with soft-max: ink float32 [N, 1, 32, W] to chances [N, W/4, 96]."""
    graph = _Graph()
    for at, stride in enumerate(STRIDES):
        weight, bias = _after(weights, f"stem.{3 * at}", f"stem.{3 * at + 1}")
        side = (weight.shape[2] - 1) // 2 if weight.shape[2] == 3 else 0
        graph.convolve(f"stem{at}", weight, bias, strides=stride, pads=(side, 1, side, 1))
        graph.add("Relu", f"stem{at}.relu", graph.last)
    for at in range(_blocks(weights)):
        _block(graph, weights, at)
    weight, bias = _before(weights, "norm", "out")
    graph.convolve("out", weight, bias)
    graph.held.append(numpy_helper.from_array(np.array([2], np.int64), "axis"))
    graph.add("Squeeze", "flat", graph.last, "axis")
    graph.add("Transpose", "frames", graph.last, perm=(0, 2, 1))
    graph.add("Softmax", "chances", graph.last, axis=-1)
    return _model(graph)


def _blocks(weights: Weights) -> int:
    return len({name.split(".")[1] for name in weights if name.startswith("blocks.")})


def _block(graph: _Graph, weights: Weights, at: int) -> None:
    known, name = graph.last, f"blocks.{at}"
    weight, bias = _after(weights, f"{name}.look", f"{name}.norm")
    side = weight.shape[3] // 2
    graph.convolve(f"block{at}.look", weight, bias, pads=(0, side, 0, side), group=weight.shape[0])
    graph.convolve(f"block{at}.widen", weights[f"{name}.widen.weight"], weights[f"{name}.widen.bias"])
    graph.add("Relu", f"block{at}.relu", graph.last)
    graph.convolve(f"block{at}.narrow", weights[f"{name}.narrow.weight"], weights[f"{name}.narrow.bias"])
    graph.add("Add", f"block{at}", known, graph.last)


def _scale_and_shift(weights: Weights, norm: str) -> tuple[Array, Array]:
    scale = weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"] + np.float32(_EPSILON))
    return scale, weights[f"{norm}.bias"] - scale * weights[f"{norm}.running_mean"]


def _after(weights: Weights, convolution: str, norm: str) -> tuple[Array, Array]:
    """A convolution and the normalisation after it, as one."""
    scale, shift = _scale_and_shift(weights, norm)
    return weights[f"{convolution}.weight"] * scale[:, None, None, None], shift


def _before(weights: Weights, norm: str, convolution: str) -> tuple[Array, Array]:
    """A normalisation and the 1 x 1 convolution after it, as one."""
    scale, shift = _scale_and_shift(weights, norm)
    weight = weights[f"{convolution}.weight"]
    return weight * scale[None, :, None, None], weights[f"{convolution}.bias"] + weight[:, :, 0, 0] @ shift


def _model(graph: _Graph) -> onnx.ModelProto:
    ink = helper.make_tensor_value_info("ink", TensorProto.FLOAT, ["lines", 1, 32, "columns"])
    chances = helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["lines", "frames", CLASSES])
    made = helper.make_graph(graph.nodes, "recogniser", [ink], [chances], graph.held)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    onnx.checker.check_model(model)
    return model


class _Lines(CalibrationDataReader):  # type: ignore[misc]
    """Lines one by one, to see how far the values inside the net range."""

    def __init__(self, inputs: Iterable[Array]) -> None:
        self._left: Iterator[Array] = iter(inputs)

    def get_next(self) -> dict[str, Array] | None:
        ink = next(self._left, None)
        return None if ink is None else {"ink": ink[None, None]}


def quantized(model: onnx.ModelProto, inputs: Sequence[Array]) -> bytes:
    """The model with eight bits a weight, by channel, and for the values between; ranges as on these inputs.

    Weights keep to seven of the bits, so that no processor's sums of products overflow and all read alike. The last
    convolution stays as it is, for its scores make the confidence."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "recogniser.onnx"
        quantize_static(
            model,
            file,
            _Lines(inputs),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            weight_type=QuantType.QInt8,
            activation_type=QuantType.QUInt8,
            op_types_to_quantize=["Conv", "Relu"],  # what a convolution hands to it is then rounded once, not twice
            reduce_range=True,
            nodes_to_exclude=["out"],
        )
        return file.read_bytes()
