"""Ink and holes that are no writing: punch holes, the edge of the scan, and the frames of stamps."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from casefile.ocr import BBox
from digitize.prepare.pieces import Mask, block, halved, labelled, where


def holes_and_edges(ink: Mask, paper: Mask, letter: float) -> Mask:
    """The ink that is a punch hole or runs along the edge of the paper.

    A letter cut by the edge is ink and stays: only long or thin pieces go.
    """
    labels, stats = labelled(ink)
    margin = 2 * round(letter / 2) + 1
    within = cv2.erode(paper, block(margin, margin), borderType=cv2.BORDER_CONSTANT, borderValue=(0,))
    at_edge = np.zeros(len(stats), dtype=bool)
    beside = cv2.findNonZero(cv2.bitwise_and(ink, cv2.bitwise_not(within)))
    if beside is not None:
        x, y = np.asarray(beside, dtype=np.intp).reshape(-1, 2).T
        at_edge[labels[y, x]] = True
    width, height = stats[:, 2], stats[:, 3]
    odd = (np.maximum(width, height) > 2 * letter) | (np.minimum(width, height) < 0.4 * letter)
    gone = at_edge & odd
    gone[0] = False
    found = np.zeros_like(ink)
    for one in np.flatnonzero((width > 1.2 * letter) & (height > 1.2 * letter) & ~gone):
        left, top, wide, high, pixels = stats[one]
        if one == 0 or max(wide, high) >= 8 * letter or pixels < letter * letter:
            continue
        piece = np.asarray(labels[top : top + high, left : left + wide] == one, dtype=np.uint8)
        if wide < 5 * letter and 0.7 < wide / high < 1.4 and _is_disc(piece):
            gone[one] = True
        else:
            found[top : top + high, left : left + wide] |= _disc_in(piece, letter) * np.uint8(255)
    return where(gone, labels) * np.uint8(255) | found if gone.any() else found


def _disc_in(piece: Mask, letter: float) -> Mask:
    """The disc to which strokes of type or of a rule are joined: what is left of a piece without them."""
    size = round(0.8 * letter)
    around = cv2.copyMakeBorder(piece, size, size, size, size, cv2.BORDER_CONSTANT, value=(0,))
    bare = np.asarray(cv2.morphologyEx(around, cv2.MORPH_OPEN, _round(size)), dtype=np.uint8)
    labels, stats = labelled(bare)
    discs = [
        at
        for at, (left, top, wide, high, _) in enumerate(stats)
        if at and min(wide, high) > 1.2 * letter and _is_disc(bare[top : top + high, left : left + wide])
    ]
    found = cv2.dilate(np.isin(labels, discs).astype(np.uint8), _round(3))
    return np.asarray(cv2.bitwise_and(found[size:-size, size:-size], piece), dtype=np.uint8)


def _round(size: int) -> Mask:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), dtype=np.uint8)


def _is_disc(piece: Mask) -> bool:
    """Whether the outline of a piece fills its circle; the middle of a hole may have turned white."""
    outlines, _ = cv2.findContours(piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    _, radius = cv2.minEnclosingCircle(outline)
    return cv2.contourArea(outline) > 0.8 * np.pi * radius * radius


def stamp_frames(ink: Mask, letter: float) -> Iterator[BBox]:
    """The frames that stamps draw around their text: large, hollow, four-sided, as a rule not level."""
    outlines, _ = cv2.findContours(halved(ink), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        if width < 2 * letter or height < letter:
            continue
        if _runs_along_its_sides(np.asarray(outline, dtype=np.int32), max(1, round(0.4 * letter))):
            yield BBox(2 * left, 2 * top, 2 * (left + width), 2 * (top + height))


def _runs_along_its_sides(outline: npt.NDArray[np.int32], breadth: int) -> bool:
    """Whether nearly all of an outline lies near all four sides of the tightest slanted rectangle around it."""
    left, top, width, height = cv2.boundingRect(outline)
    corners = np.asarray(cv2.boxPoints(cv2.minAreaRect(outline)), dtype=np.int32) - (left, top)
    points = outline[:, 0] - (left, top)
    near = np.zeros((4, height, width), dtype=np.uint8)
    for side, (start, end) in enumerate(zip(corners, np.roll(corners, 1, axis=0), strict=True)):
        cv2.line(near[side], start.tolist(), end.tolist(), (1,), breadth)
    drawn = np.zeros((height, width), dtype=np.uint8)
    cv2.polylines(drawn, [points], isClosed=True, color=(1,))
    on_side = [int(np.count_nonzero(drawn & one)) / max(1, int(np.count_nonzero(one))) for one in near]
    on_any = np.count_nonzero(drawn & near.max(axis=0)) / np.count_nonzero(drawn)
    return bool(on_any > 0.85 and min(on_side) > 0.4 / breadth)
