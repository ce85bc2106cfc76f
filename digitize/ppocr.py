"""PP-OCRv6, the second reader: its net from the rapidocr package, cut to ASCII and kept in the user's cache."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

import numpy as np

from digitize.ctc import LineFrames
from digitize.lines import Ink, Pixels, resized
from digitize.nets import in_batches, session_of

_log = logging.getLogger(__name__)

_FILE = "PP-OCRv6_rec_small.onnx"
_HEIGHT = 48
_NARROWEST, _WIDEST = 32, 6144  # columns
_FORM = 2  # of the file in the cache: raised when it is made in another way
_CHARACTERS = [" ", *map(chr, range(33, 127))]


class PPOCR:
    """PP-OCRv6 small as a reader of lines, its output cut to the characters of our own net."""

    def __init__(self, model: Path | bytes) -> None:
        self._session = session_of(model)
        self.name = f"pp-ocrv6 {metadata.version('rapidocr')}"

    def frames_of(self, crops: Sequence[Pixels], squeeze: float) -> list[LineFrames]:
        """The frames of every crop, eight columns of a line 48 pixels high each."""
        read = in_batches(self._session, [_input(crop, squeeze) for crop in crops])
        return [LineFrames(rows, 1 / len(rows)) for rows in read]


def _input(crop: Pixels, squeeze: float) -> Ink:
    """White is 1 and black -1, as it was trained."""
    height, width = crop.shape
    columns = int(np.clip(round(width * _HEIGHT / max(1, height) * squeeze), _NARROWEST, _WIDEST))
    columns = -(-columns // 8) * 8
    return np.asarray(resized(crop, columns, _HEIGHT).astype(np.float32) / 127.5 - 1.0, dtype=np.float32)


@cache
def ppocr() -> PPOCR | None:
    """The reader; None where the package is not installed or its net is not the one we know."""
    source = _source()
    if source is None:
        return None
    try:
        return PPOCR(_prepared(source))
    except Exception as error:  # each library beneath has errors of its own; none may cost us the first reading
        _log.warning("PP-OCRv6 cannot be used (%s): doubtful lines get no second reading", type(error).__name__)
        return None


def _source() -> Path | None:
    """The net as installed; rapidocr itself is not imported, it would load far more."""
    try:
        files = metadata.files("rapidocr") or []
    except metadata.PackageNotFoundError:
        return None
    found = [Path(str(file.locate())) for file in files if file.name == _FILE]
    return found[0] if found and found[0].is_file() else None


def _prepared(source: Path) -> Path | bytes:
    """The cut net in the cache, made there if need be; where nothing can be kept, as it was made.

    Workers may race: all make the same file, and the last to finish puts it there.
    """
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    kept = _cache_folder() / f"pp-ocrv6-{digest[:16]}-{_FORM}.onnx"
    proof = kept.with_suffix(".sha256")
    if _is_whole(kept, proof):
        return kept
    made = _cut_to_ascii(source)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        _put(kept, made)
        _put(proof, hashlib.sha256(made).hexdigest().encode())
    except OSError:
        return made
    return kept


def _is_whole(kept: Path, proof: Path) -> bool:
    try:
        return hashlib.sha256(kept.read_bytes()).hexdigest() == proof.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return False


def _put(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "docket-clerk"


def _cut_to_ascii(source: Path) -> bytes:
    """The net with an output for blank and ASCII alone, 96 in place of 18,710, and an input of one grey channel: a grey
    line is the same in all three."""
    # Imported here: only the first use on a machine needs it.
    import onnx
    from onnx import numpy_helper

    model = onnx.load(source)
    (characters,) = [entry.value.split("\n") for entry in model.metadata_props if entry.key == "character"]
    places = {character: at + 1 for at, character in enumerate(characters)}
    head = model.graph.node[-4]
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    if head.op_type != "MatMul" or model.graph.node[-1].op_type != "Softmax":
        raise ValueError("not the net we know")
    add = model.graph.node[-3]
    matrix, bias = (numpy_helper.to_array(weights[node.input[1]]) for node in (head, add))
    places[" "] = matrix.shape[1] - 1  # the blank between words is appended to the list
    kept = [0, *(places[character] for character in _CHARACTERS)]
    for node, cut in ((head, matrix[:, kept]), (add, bias[kept])):
        weights[node.input[1]].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(cut), node.input[1]))
    look = model.graph.node[0]
    if look.op_type != "Conv" or look.input[0] != model.graph.input[0].name:
        raise ValueError("not the net we know")
    kernel = numpy_helper.to_array(weights[look.input[1]]).sum(axis=1, keepdims=True)
    weights[look.input[1]].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(kernel), look.input[1]))
    model.graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1
    model.graph.output[0].type.tensor_type.shape.dim[2].dim_value = len(kept)
    content: bytes = model.SerializeToString()
    return content
