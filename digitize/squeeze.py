"""How much a line is squeezed for the second reader: letters that stand close need more room than typed ones."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.ctc import LineFrames
from digitize.lines import SQUEEZE, Pixels
from digitize.nets import LineReader

ROOMY = 0.8  # of its width: of 0.6 to 1.0 the least at which the second net reads close letters best
_CLOSE = 2.0  # frames from letter to letter: 1 typed line in 30 has so few, and most printed labels
_FEWEST = 3  # letters: fewer do not tell


def is_close(line: LineFrames) -> bool:
    """Whether a line's letters stand closer than a typewriter's, by what our net read: printed labels, mostly.

    Our net has too few frames for them (3.9 % of their letters were wrong on pages of the second maker's half for
    development), the second net with ROOMY has enough (1.9 %; 4.1 % as narrow as type).
    """
    letters = line.letters
    if len(letters) < _FEWEST:
        return False
    return letters[-1].middle - letters[0].middle < _CLOSE * (len(letters) - 1)


def read_in_kind(reader: LineReader, crops: Sequence[Pixels], close: Sequence[bool]) -> list[LineFrames]:
    """The frames of every crop, with more room for those whose letters stand close."""
    told: dict[int, LineFrames] = {}
    for room, squeeze in ((False, SQUEEZE), (True, ROOMY)):
        own = [at for at, one in enumerate(close) if one == room]
        if own:
            told |= dict(zip(own, reader.frames_of([crops[at] for at in own], squeeze), strict=True))
    return [told[at] for at in range(len(crops))]
