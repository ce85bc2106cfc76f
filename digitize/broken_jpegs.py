"""JPEGs of which a part is missing: a decoder fills it in, says so where nobody listens, and goes on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import cv2
import numpy as np

_ENDS_EARLY = re.compile(rb"premature end|bad Huffman code|unexpected marker|extraneous bytes before marker 0xd[0-7]")
_SPARE = re.compile(rb"(\d+) extraneous bytes before marker 0xd9")
_MOST_SPARE = 16  # bytes some scanners leave before the end
_STDERR = 2
_START, _END = b"\xff\xd8", b"\xff\xd9"


def is_broken(jpeg: bytes) -> bool:
    """Whether libjpeg says that the data of a JPEG ends early or makes no sense, or can make nothing of it; what does
    not begin as one is not judged."""
    if not jpeg.startswith(_START):
        return False
    found: object = None
    with _complaints() as told, suppress(cv2.error):
        # Without an end OpenCV waits for more and says nothing; a second end does no harm.
        found = cv2.imdecode(np.frombuffer(jpeg + _END, dtype=np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    said = b"".join(told)
    spare = _SPARE.search(said)
    return found is None or _ENDS_EARLY.search(said) is not None or (spare is not None and int(spare[1]) > _MOST_SPARE)


@contextmanager
def _complaints() -> Iterator[list[bytes]]:
    """What libjpeg writes to the process's standard error, which is the only place it tells; whole at the end."""
    told: list[bytes] = []
    caught, ours = os.memfd_create("complaints"), os.dup(_STDERR)
    os.dup2(caught, _STDERR)
    try:
        yield told
    finally:
        os.dup2(ours, _STDERR)
        os.close(ours)
        told.append(os.pread(caught, 1 << 16, 0))
        os.close(caught)
