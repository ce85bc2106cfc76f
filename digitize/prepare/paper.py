"""Paper told from what lies around it, and ink from paper."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from digitize.prepare.pieces import INK, Mask, as_mask, block, components, reduced
from digitize.prepare.way import Straightening
from digitize.rasterize import Pixels


def warped(image: Pixels, way: Straightening, fill: int) -> Pixels:
    """The image on the straightened page; what lies beside the frame is `fill`."""
    # OpenCV counts from the middle of a pixel, we from its edge.
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    matrix = np.linalg.inv(half) @ way.matrix @ half
    if way.scale < 0.75:
        sigma = 0.4 / way.scale
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), dtype=np.uint8)
    flags = cv2.INTER_CUBIC if way.scale > 1.2 else cv2.INTER_LINEAR
    warped = cv2.warpAffine(
        image, matrix[:2], way.size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=(fill,)
    )
    return np.asarray(warped, dtype=np.uint8)


def grey_of(frame: Pixels) -> Pixels:
    return frame if frame.ndim == 2 else np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def dark_on_light(grey: Pixels) -> Pixels:
    """The page with dark ink; a photostat negative is turned over, told by its dark middle."""
    height, width = grey.shape
    middle = grey[height // 4 : -(height // 4) or None, width // 4 : -(width // 4) or None]
    return 255 - grey if float(np.median(middle)) < 90 else grey


def paper_of(grey: Pixels) -> Mask:
    """The largest bright area and what it encloses: the paper, without the scanner's lid around it."""
    small, _ = reduced(grey, 600)
    closed = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, block(15, 15)), dtype=np.uint8)
    bright = as_mask(closed > 0.55 * np.percentile(closed, 90))
    found, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    paper = np.zeros_like(small)
    largest = max(found, key=cv2.contourArea, default=None)
    if largest is None or cv2.contourArea(largest) < 0.2 * small.size:
        return np.full_like(grey, 255)
    cv2.drawContours(paper, [largest], -1, (255,), cv2.FILLED)
    return np.asarray(cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def even(grey: Pixels, paper: Mask) -> Pixels:
    """The page with its background divided away and its darkest ink made black; white beside the paper."""
    small, _ = reduced(grey, 800)
    background = cv2.medianBlur(cv2.dilate(small, block(9, 9)), 21)
    background = cv2.resize(background, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(grey, np.maximum(background, 1), scale=255.0)
    # A blank page has nothing to make black: its darkest pixels are paper.
    darkest = min(float(np.percentile(even[::4, ::4], 1.0)), 160.0)
    stretched = np.clip((even.astype(np.float32) - darkest) * (255.0 / (255.0 - darkest)), 0, 255)
    stretched[paper == 0] = 255
    return np.asarray(stretched, dtype=np.uint8)


def share(dark: npt.NDArray[np.bool_], paper: Mask) -> float:
    inside = int(np.count_nonzero(paper))
    return float(np.count_nonzero(dark & (paper > 0))) / inside if inside else 0.0


def rules_on(ink: Mask, letter: float) -> Mask:
    """The printed lines, across and down; a letter is never as long."""
    length = round(letter * 5)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, block(length, 1))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, block(1, length))
    return np.asarray(cv2.bitwise_or(across, down), dtype=np.uint8)


def without(image: Pixels, rules: Mask) -> Pixels:
    """The page with its rules painted white."""
    if not rules.any():
        return image
    bare = image.copy()
    bare[cv2.dilate(rules, block(3, 3)) > 0] = 255
    return bare


def soothed(image: Pixels) -> Pixels:
    """Blurred a little where the letters are made of dots; ribbon and laser type are left alone."""
    if not is_dotted(image):
        return image
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 1.2), dtype=np.uint8)


def is_dotted(image: Pixels) -> bool:
    """Whether letters fall apart into dots: far fewer components are left once the page is blurred."""
    before = _component_total(as_mask(image < INK))
    blurred = np.asarray(cv2.GaussianBlur(image, (0, 0), 1.6), dtype=np.uint8)
    after = _component_total(as_mask(blurred < 190))
    return before > 2.0 * max(1, after)


def _component_total(mask: Mask) -> int:
    return int(np.count_nonzero(components(mask)[:, 4] >= 6))


def coloured(frame: Pixels, way: Straightening) -> Mask:
    """Ink with a colour of its own, against the tint of the paper."""
    if frame.ndim == 2:
        return np.zeros(way.size[::-1], dtype=np.uint8)
    lab = np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2LAB), dtype=np.int16)[..., 1:]
    tint = np.median(lab[::8, ::8].reshape(-1, 2), axis=0)
    chroma = np.abs(lab - tint).max(axis=-1)
    return as_mask(warped(as_mask(chroma > 18), way, 0) > 127)
