"""Ink and holes that are no writing: punch holes, the edge of the scan, and the frames of stamps."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from casefile.ocr import BBox
from digitize.prepare.pieces import Mask, block


def without_holes_and_edges(ink: Mask, paper: Mask, letter: float) -> Mask:
    """The ink without punch holes and without what runs along the edge of the paper.

    A letter cut by the edge is ink and stays: only long or thin pieces go.
    """
    total, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    beside = cv2.erode(paper, block(2 * round(letter / 2) + 1, 2 * round(letter / 2) + 1), borderValue=0) == 0
    at_edge = np.zeros(total, dtype=bool)
    at_edge[np.unique(labels[beside])] = True
    width, height = stats[:, 2], stats[:, 3]
    odd = (np.maximum(width, height) > 2 * letter) | (np.minimum(width, height) < 0.4 * letter)
    gone = at_edge & odd
    gone[0] = False
    for one in np.flatnonzero((width > 1.2 * letter) & (height > 1.2 * letter) & ~gone):
        left, top, wide, high, _ = stats[one]
        piece = labels[top : top + high, left : left + wide] == one
        gone[one] = one > 0 and wide < 5 * letter and _is_disc(np.asarray(piece, dtype=np.uint8))
    clean = ink.copy()
    clean[gone[labels]] = 0
    return clean


def _is_disc(piece: Mask) -> bool:
    """Whether the outline of a piece fills its circle; the middle of a hole may have turned white."""
    outlines, _ = cv2.findContours(piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    _, radius = cv2.minEnclosingCircle(outline)
    return cv2.contourArea(outline) > 0.8 * np.pi * radius * radius


def stamp_frames(ink: Mask, letter: float) -> Iterator[BBox]:
    """The frames that stamps draw around their text: large, hollow, four-sided, as a rule not level."""
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        if width < 4 * letter or height < 2 * letter:
            continue
        sides = cv2.minAreaRect(outline)[1]
        pixels = np.count_nonzero(ink[top : top + height, left : left + width])
        # By the hull: a worn frame has gaps.
        full = cv2.contourArea(cv2.convexHull(outline)) > 0.8 * sides[0] * sides[1]
        if full and pixels < 0.35 * width * height:
            yield BBox(left, top, left + width, top + height)
