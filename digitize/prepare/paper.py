"""Paper told from what lies around it, and ink from paper."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from digitize.prepare.pieces import INK, Mask, as_mask, block, doubled, half_of, halved, inked, opened, reduced
from digitize.prepare.way import Matrix, Straightening
from digitize.rasterize import Pixels

WHITE = 255.0
_LARGE = 1650  # pixels: of a page with a longer side half the size tells its colours
_GAP = 5  # pixels on the straightened page: more than one missing pin leaves, less than the paper inside a letter
_GRAINS, _SOME = (
    4.0,
    7,
)  # spreads of the tone of paper, within which nearly all of it lies; every seventh pixel tells it
_SPECK = 6  # pixels: what has a smaller box is no dot of a letter


def warped(image: Pixels, way: Straightening) -> Pixels:
    """The image on the straightened page; what lies beside the frame is white."""
    if way.scale < 0.75:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.4 / way.scale), dtype=np.uint8)
    ratio = 1.0
    if way.scale > 1.2:
        # Sharper than turning and enlarging in one go, and a third of the time.
        ratio = way.scale
        size = round(image.shape[1] * ratio), round(image.shape[0] * ratio)
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    matrix = _affine(way, ratio)
    flags, border = cv2.INTER_LINEAR, cv2.BORDER_CONSTANT
    level = cv2.warpAffine(image, matrix, way.size, flags=flags, borderMode=border, borderValue=(255,))
    return np.asarray(level, dtype=np.uint8)


def warped_mask(mask: Mask, way: Straightening, ratio: float, size: tuple[int, int]) -> Mask:
    """A mask of the frame, reduced by `ratio`, on a straightened page of that width and height; nothing beside it."""
    to_size = np.diag([size[0] / way.size[0], size[1] / way.size[1], 1.0])
    matrix = _affine(way, ratio, to_size)
    return np.asarray(cv2.warpAffine(mask, matrix, size, flags=cv2.INTER_NEAREST), dtype=np.uint8)


def _affine(way: Straightening, ratio: float, after: Matrix | None = None) -> Matrix:
    """The way as OpenCV takes it, from a frame reduced by `ratio`."""
    # OpenCV counts from the middle of a pixel, we from its edge.
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    forth = (np.eye(3) if after is None else after) @ way.matrix @ np.diag([1 / ratio, 1 / ratio, 1.0])
    return np.asarray((np.linalg.inv(half) @ forth @ half)[:2], dtype=np.float64)


def with_square_pixels(frame: Pixels, tall: float) -> Pixels:
    """The frame as large as it must be for its pixels to be square; `tall` says how many times higher than wide they
    are."""
    if tall == 1.0:
        return frame
    size = round(frame.shape[1] * max(1.0, 1 / tall)), round(frame.shape[0] * max(1.0, tall))
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def grey_of(frame: Pixels) -> Pixels:
    return frame if frame.ndim == 2 else np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def dark_on_light(grey: Pixels) -> Pixels:
    """The page with dark ink; a photostat negative is turned over, told by its dark middle."""
    height, width = grey.shape
    middle = grey[height // 4 : -(height // 4) or None, width // 4 : -(width // 4) or None]
    return 255 - grey if float(np.median(middle[::3, ::3])) < 90 else grey


def paper_of(grey: Pixels) -> Mask:
    """The largest bright area and what it encloses: the paper, without the scanner's lid around it."""
    small = _coarse(grey)
    closed = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, block(21, 21)), dtype=np.uint8)
    bright = as_mask(closed > 0.55 * np.percentile(closed, 90))
    found, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    paper = np.zeros_like(small)
    largest = max(found, key=cv2.contourArea, default=None)
    if largest is None or cv2.contourArea(largest) < 0.2 * small.size:
        return np.full_like(grey, 255)
    cv2.drawContours(paper, [largest], -1, (255,), cv2.FILLED)
    return enlarged(paper, grey.shape)


def _coarse(small: Pixels) -> Pixels:
    """The working image at half its size or below, where letters are lost in the paper."""
    return reduced(half_of(small) if max(small.shape) > 900 else small, 900)[0]


@dataclass(frozen=True, slots=True)
class Lighting:
    """What a page is divided and stretched by: its background, small, and the tones of its darkest ink and of white."""

    background: Pixels
    paper: Mask  # of any size
    darkest: float  # after the background is divided away
    white: float  # the same of what is drawn white


def lighting_of(grey: Pixels, paper: Mask) -> Lighting:
    """The lighting of a page, found on a small image of it."""
    bright = cv2.dilate(_coarse(grey), block(9, 9))
    # Light changes slowly: a quarter of the size will do for the middle.
    background = np.asarray(cv2.medianBlur(half_of(half_of(np.asarray(bright, dtype=np.uint8))), 5), dtype=np.uint8)
    inside = cv2.erode(paper, block(25, 25), borderType=cv2.BORDER_CONSTANT, borderValue=(0,))
    flat, own = _divided(grey, background), np.asarray(inside, dtype=np.uint8)
    # A blank page has nothing to make black: its darkest pixels are paper.
    darkest = min(_darkest_of(flat, own), 160.0)
    return Lighting(np.maximum(background, 1), paper, darkest, _white_of(flat, own, darkest))


def _white_of(flat: Pixels, inside: Mask, darkest: float) -> float:
    """The tone drawn white: down to that of the paper, as far as its grain, as of film, would else be taken for ink."""
    tones = flat[inside > 0][::_SOME]
    if not len(tones):
        return WHITE
    tone = float(np.median(tones))
    grain = 1.48 * float(np.median(np.abs(tones.astype(np.float32) - tone)))
    white = darkest + (tone - _GRAINS * grain - darkest) * 255.0 / INK
    return min(max(white, tone, darkest + 1.0), WHITE)


def _darkest_of(flat: Pixels, inside: Mask) -> float:
    """The tone that a hundredth of the pixels inside are darker than; white where there are none."""
    counts = np.cumsum(cv2.calcHist([flat], [0], inside, [256], [0, 256]))
    return float(np.searchsorted(counts, 0.01 * counts[-1])) if counts[-1] else 255.0


def even(grey: Pixels, light: Lighting) -> Pixels:
    """The page, in any size, with its background divided away and its darkest ink black; white beside the paper."""
    stretch = np.clip((np.arange(256) - light.darkest) * (255.0 / (light.white - light.darkest)), 0, 255)
    flat = cv2.LUT(_divided(grey, light.background), stretch.astype(np.uint8))
    if cv2.countNonZero(light.paper) == light.paper.size:
        return np.asarray(flat, dtype=np.uint8)
    return np.asarray(cv2.bitwise_or(flat, enlarged(~light.paper, grey.shape)), dtype=np.uint8)


def _divided(grey: Pixels, background: Pixels) -> Pixels:
    around = cv2.resize(background, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, around, scale=255.0), dtype=np.uint8)


def enlarged(mask: Mask, shape: tuple[int, ...]) -> Mask:
    """A mask brought to the height and width of `shape`."""
    if mask.shape == shape:
        return mask
    if mask.shape == (shape[0] // 2, shape[1] // 2):
        return doubled(mask, shape)
    return np.asarray(cv2.resize(mask, shape[1::-1], interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def darkness_of(clean: Pixels, paper: Mask) -> float:
    """The share of ink inside the paper, a mask of any size, 0 to 1."""
    inside = cv2.countNonZero(paper) * clean.size / paper.size
    # Beside the paper all is white.
    return min(1.0, cv2.countNonZero(inked(clean)) / inside) if inside else 0.0


def rules_on(ink: Mask, letter: float) -> Mask:
    """The printed lines, across and down, found at half the size of the page; a letter is never as long."""
    half, length = halved(ink), round(letter * 2.5)
    lines = np.asarray(cv2.bitwise_or(opened(half, length), opened(half, length, down=True)), dtype=np.uint8)
    if not cv2.countNonZero(lines):
        return np.zeros_like(ink)
    return np.asarray(cv2.bitwise_and(enlarged(lines, ink.shape), ink), dtype=np.uint8)


def whitened(level: Pixels, rules: Mask) -> Pixels:
    """The page with its rules painted white."""
    if not cv2.countNonZero(rules):
        return level
    return np.asarray(cv2.bitwise_or(level, cv2.dilate(rules, block(3, 3))), dtype=np.uint8)


def without(ink: Mask, gone: Mask) -> Mask:
    """The ink less what is gone, found at half its size: its edge falls between pixels of the whole."""
    if not cv2.countNonZero(gone):
        return ink
    kept = np.asarray(cv2.bitwise_not(cv2.dilate(gone, block(3, 3))), dtype=np.uint8)
    return np.asarray(cv2.bitwise_and(ink, enlarged(kept, ink.shape)), dtype=np.uint8)


def joined(image: Pixels) -> Pixels:
    """The page with the gaps filled that a missing pin leaves across its letters."""
    filled = cv2.morphologyEx(image, cv2.MORPH_OPEN, block(1, _GAP))
    return np.asarray(cv2.GaussianBlur(filled, (0, 0), 1.0), dtype=np.uint8)


def soothed(image: Pixels, letter: float) -> Pixels:
    """Blurred a little where the letters are made of dots; ribbon and laser type are left alone."""
    if not is_dotted(_fullest(image, letter)):
        return image
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 1.2), dtype=np.uint8)


def _fullest(image: Pixels, letter: float) -> Pixels:
    """The rows of the page, some eight lines of type, that hold most ink."""
    height = round(16 * max(letter, 1.0))
    if height >= image.shape[0]:
        return image
    ink = np.cumsum(cv2.reduce(inked(half_of(image)), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0], dtype=np.int64)
    high = height // 2
    top = 2 * int(np.argmax(ink[high:] - ink[:-high])) if len(ink) > high else 0
    return image[top : top + height]


def is_dotted(image: Pixels) -> bool:
    """Whether letters fall apart into dots: far fewer components are left once the page is blurred."""
    before = _piece_total(inked(image))
    blurred = np.asarray(cv2.GaussianBlur(image, (0, 0), 1.6), dtype=np.uint8)
    after = _piece_total(inked(blurred, 190))
    return before > 2.0 * max(1, after)


def _piece_total(mask: Mask) -> int:
    """How many pieces a mask has that are no specks; outlines are told in a tenth of the time that pixels take."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = map(cv2.boundingRect, outlines)
    return sum(width * height >= _SPECK for _, _, width, height in boxes)


def coloured(frame: Pixels, way: Straightening) -> Mask:
    """Ink with a colour of its own, against the tint of the paper."""
    width, height = way.size
    if frame.ndim == 2:
        return np.zeros((height, width), dtype=np.uint8)
    small, ratio = (half_of(frame), 0.5) if max(frame.shape) > _LARGE else (frame, 1.0)
    lab = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), dtype=np.uint8)
    tint = np.median(lab[::4, ::4].reshape(-1, 3), axis=0)[1:]
    away = np.abs(np.arange(256) - tint[:, None]).astype(np.uint8)
    chroma = cv2.max(*(cv2.LUT(cv2.extractChannel(lab, at + 1), away[at]) for at in range(2)))
    mask = np.asarray(cv2.threshold(chroma, 18, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    return warped_mask(mask, way, ratio, (width, height))
