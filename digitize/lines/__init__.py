"""Lines of type cut from a straightened page, and a line as the recogniser's net takes it."""

from digitize.lines.cutter import faded_ink, lines_of
from digitize.lines.shape import NET_HEIGHT, SQUEEZE, Ink, Pixels, net_input, net_width, resized
from digitize.lines.straight import PAD, Line

__all__ = [
    "NET_HEIGHT",
    "PAD",
    "SQUEEZE",
    "Ink",
    "Line",
    "Pixels",
    "faded_ink",
    "lines_of",
    "net_input",
    "net_width",
    "resized",
]
