"""Which engine reads: the best that is installed."""

from __future__ import annotations

from pathlib import Path

from digitize.engine import Engine

_WEIGHTS = Path(__file__).parent / "weights" / "recogniser.onnx"


def best_engine() -> Engine:
    """Our own net with PP-OCRv6 for the lines it is unsure of; PP-OCRv6 alone; Tesseract where neither is there."""
    # Imported here, so that a process with another engine does without the nets.
    from digitize.line_engine import LineEngine
    from digitize.nets import OwnNet
    from digitize.ppocr import ppocr

    second = ppocr()
    if _WEIGHTS.is_file():
        return LineEngine(OwnNet(_WEIGHTS), second)
    if second is not None:
        return LineEngine(second)
    from digitize.tesseract import TesseractEngine

    return TesseractEngine()
