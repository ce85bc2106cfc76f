"""What time, machines and copiers do to a page: each kind of wear by name, stronger as the level rises."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from .fonts import Ink, outline
from .shape import Shape

STAGES = ("ink", "shape", "paper", "scan")
SEVERITY = {"clean": 0.3, "normal": 0.6, "bad": 1.0}
STAMPS = ("FILED", "ENTERED", "CERTIFIED", "CLERK OF THE CIRCUIT COURT", "COPY", "RECEIVED", "POSTED")
STAMP_MONTHS = ("JAN", "MAR", "MAY", "JUL", "SEP", "NOV")
STAMP_FONT = "liberation-sans-narrow"
OPTICS, GRAIN, COARSE_GRAIN = 0.3, 3.6, 24.0  # blur of any scanner in pixels, its noise in tones
INKED = 60  # of 255; what a page's contrast is measured on
SHOW_THROUGH, BORDER_TONE = 0.1, 12


@dataclass(slots=True)
class Worked:
    """A page under the hands of wear; `ink` until it is on paper, `grey` afterwards."""

    ink: Ink
    dpi: int
    dotted: bool
    year: int  # the youngest date on the page; stamps come later
    grey: Ink = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    shape: Shape = field(default_factory=Shape)
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)  # red, green, blue
    two_tone: bool = False

    def inches(self, length: float) -> int:
        """Pixels in that many inches."""
        return round(length * self.dpi)


Wear = Callable[[Worked, Random, float], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of wear, the stage it belongs to, and the levels it occurs at."""

    name: str
    stage: str
    does: Wear
    levels: tuple[str, ...]
    weight: float


def _field(rng: Random, shape: tuple[int, int], coarse: int, low: float, high: float) -> NDArray[np.float32]:
    """A smooth random field of values between low and high, on the coarse grid resized to the page."""
    numbers = np.random.Generator(np.random.PCG64(rng.getrandbits(63)))
    seed = numbers.uniform(low, high, (coarse + 2, coarse)).astype(np.float32)
    soft = np.clip(cv2.resize(seed, (160, 200), interpolation=cv2.INTER_CUBIC), low, high)
    return np.asarray(cv2.resize(soft, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)


def _times(picture: Ink, factor: NDArray[np.float32]) -> Ink:
    """The picture multiplied by a field of 0 to 1."""
    return cv2.multiply(picture, (factor * 255).astype(np.uint8), scale=1 / 255)


# wear of the ink


def fading_ribbon(page: Worked, rng: Random, severity: float) -> None:
    """The ribbon gives less ink here and there."""
    least = 1 - 0.78 * severity
    page.ink = _times(page.ink, _field(rng, page.ink.shape, 9, least, 1.0))


def missing_pins(page: Worked, rng: Random, severity: float) -> None:
    """A pin of the print head no longer strikes: a thin gap through every line of dots."""
    if not page.dotted:
        return fading_ribbon(page, rng, severity * 0.6)
    line, pin = page.dpi / 6, page.dpi / 72
    for missing in rng.sample(range(1, 8), 1 if severity < 0.9 else rng.choice((1, 1, 2))):
        rows = (np.arange(page.ink.shape[0]) % line - missing * pin) % line < pin * 0.8
        page.ink[rows] = (page.ink[rows] * (1 - 0.9 * severity)).astype(np.uint8)
    return None


def clogged_type(page: Worked, rng: Random, severity: float) -> None:
    """Dirty type fills the letters' eyes and thickens strokes."""
    size = 2 if severity < 0.7 else 3
    fat = cv2.dilate(page.ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    page.ink = cv2.GaussianBlur(fat, (3, 3), 0.5 + 0.5 * severity)


def stamp(page: Worked, rng: Random, severity: float) -> None:
    """A rubber stamp with an invented date, askew, mostly where nothing stands."""
    words = [
        rng.choice(STAMPS),
        f"{rng.choice(STAMP_MONTHS)} {rng.randint(1, 28)} {page.year + rng.choice((0, 0, 1, 2, 5, 9))}",
    ]
    size = rng.uniform(0.16, 0.26) if len(words[0]) < 12 else rng.uniform(0.13, 0.17)
    font = outline(STAMP_FONT, page.inches(size))
    width, height = page.inches(3.0), page.inches(1.3)
    art = np.zeros((height, width), np.uint8)
    left, top, line = page.inches(0.35), page.inches(0.33), page.inches(0.3)
    for row, word in enumerate(words):
        mask = font.getmask(word)
        ink = np.asarray(mask, np.uint8).reshape(mask.size[1], mask.size[0])[:line, : width - 2 * left]
        art[top + row * line : top + row * line + ink.shape[0], left + 6 : left + 6 + ink.shape[1]] = ink
    frame = (
        (left - page.inches(0.06), top - page.inches(0.07)),
        (width - left, top + 2 * line + page.inches(0.02)),
    )
    cv2.rectangle(art, *frame, 255, max(1, page.dpi // 80))
    turned = cv2.warpAffine(
        art, cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-12, 12), 1.0), (width, height)
    )
    patchy = _times(turned, _field(rng, turned.shape, 9, 0.35, 0.75))
    tall, wide = page.ink.shape
    empty = rng.random() < 0.8
    y = (
        rng.randint(int(tall * (0.68 if empty else 0.2)), max(int(tall * 0.68) + 1, tall - height - 4))
        if tall > height * 3
        else 4
    )
    y, x = min(y, tall - height - 1), rng.randint(4, max(5, wide - width - 4))
    part = page.ink[y : y + height, x : x + width]
    np.maximum(part, patchy, out=part)


def scribble(page: Worked, rng: Random, severity: float) -> None:
    """Handwriting nobody can read, in a margin or at the foot."""
    tall, wide = page.ink.shape
    for _ in range(1 + round(severity * rng.random() * 2)):
        x = rng.choice((rng.uniform(0.01, 0.05), rng.uniform(0.7, 0.85))) * wide
        y = rng.choice((rng.uniform(0.02, 0.04), rng.uniform(0.75, 0.95))) * tall
        draw_handwriting(page.ink, rng, (x, y), page.inches(rng.uniform(0.6, 1.4)), page.dpi, 150 + rng.randint(0, 80))


def draw_handwriting(canvas: Ink, rng: Random, at: tuple[float, float], length: int, dpi: int, strength: int) -> None:
    """A run of loops and strokes like a hurried hand, from `at` to the right."""
    x, y = at
    height = dpi * rng.uniform(0.05, 0.09)
    points, travelled = [], 0.0
    while travelled < length:
        step = height * rng.uniform(0.25, 0.6)
        tall = height * rng.choice((0.5, 0.5, 0.6, 1.5)) * rng.uniform(0.7, 1.2)
        for turn in range(6):
            angle = turn / 6 * 2 * np.pi
            points.append(
                (
                    x + travelled + step * turn / 6 + tall * 0.3 * np.sin(angle),
                    y - tall * (1 - np.cos(angle)) / 2,
                )
            )
        travelled += step
        if rng.random() < 0.15:
            travelled += height
            _pen(canvas, points, dpi, strength)
            points = []
    _pen(canvas, points, dpi, strength)


def _pen(canvas: Ink, points: list[tuple[float, float]], dpi: int, strength: int) -> None:
    if len(points) > 1:
        path = np.round(np.array(points) * 8).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(canvas, [path], False, strength, max(1, dpi // 90), cv2.LINE_AA, shift=3)


# wear of the shape


def skew(page: Worked, rng: Random, severity: float) -> None:
    """The page lay askew on the glass, by up to two degrees."""
    page.shape.degrees += rng.choice((-1, 1)) * rng.uniform(0.25, 1.0) * 2.0 * severity


def curl(page: Worked, rng: Random, severity: float) -> None:
    """The page did not lie flat: lines run in a shallow wave."""
    page.shape.wave = rng.uniform(0.3, 1.0) * severity * page.dpi * 0.035 * rng.choice((-1, 1))
    page.shape.phase = rng.uniform(0, 3.1)


# wear of the paper


def yellowing(page: Worked, rng: Random, severity: float) -> None:
    """Old paper: darker, uneven, brown at the edges."""
    depth = 0.42 * severity
    page.grey = _times(page.grey, _field(rng, page.grey.shape, 4, 1 - depth, 1.0))
    page.tint = (1.0, 1 - 0.05 * severity, 1 - 0.2 * severity)


def bleed_through(page: Worked, rng: Random, severity: float) -> None:
    """What stands on the back shows through, mirrored and faint."""
    back = cv2.blur(cv2.flip(page.ink, 1), (5, 5))
    back = np.roll(back, page.inches(rng.uniform(0.05, 0.12)), axis=0)
    page.grey = cv2.subtract(page.grey, cv2.convertScaleAbs(back, alpha=SHOW_THROUGH + 0.1 * severity))


def punch_holes(page: Worked, rng: Random, severity: float) -> None:
    """Two or three holes at the top or the left edge, black where the lid was open."""
    tall, wide = page.grey.shape
    radius, inset = page.inches(0.13), page.inches(0.32)
    tone = rng.choice((BORDER_TONE, 90, 150))
    if rng.random() < 0.5:
        middle = wide // 2
        places = [(middle - page.inches(1.375), inset), (middle + page.inches(1.375), inset)]
    else:
        places = [(inset, round(tall * part)) for part in (0.14, 0.5, 0.86)]
    for place in places:
        cv2.circle(page.grey, place, radius, tone, -1, cv2.LINE_AA)


def black_border(page: Worked, rng: Random, severity: float) -> None:
    """The scanner's dark bed along one or more edges."""
    for edge in rng.sample(range(4), rng.choice((1, 2, 2, 4))):
        turned = np.rot90(page.grey, edge)
        deep, far = (max(2, page.inches(rng.uniform(0.02, 0.16) * (0.4 + severity))) for _ in range(2))
        corners = np.array([[0, 0], [turned.shape[1], 0], [turned.shape[1], far], [0, deep]], np.int32)
        filled = np.ascontiguousarray(turned)
        cv2.fillPoly(filled, [corners], BORDER_TONE)
        page.grey = np.ascontiguousarray(np.rot90(filled, -edge))


def torn_corner(page: Worked, rng: Random, severity: float) -> None:
    """A corner is missing; what lies under the page shows."""
    tall, wide = page.grey.shape
    along, down = page.inches(rng.uniform(0.3, 1.0) * severity), page.inches(rng.uniform(0.3, 0.9) * severity)
    x, y = rng.choice(((0, 0), (wide, 0), (0, tall), (wide, tall)))
    sign_x, sign_y = (1 if x == 0 else -1), (1 if y == 0 else -1)
    ragged = [
        (x + sign_x * along * (1 - t) + rng.uniform(-6, 6), y + sign_y * down * t + rng.uniform(-6, 6))
        for t in np.linspace(0, 1, 9)
    ]
    cv2.fillPoly(page.grey, [np.array([(x, y), *ragged], np.int32)], rng.choice((BORDER_TONE, 120)))


# wear of the scan


def speckle(page: Worked, rng: Random, severity: float) -> None:
    """Dust and dirt: dark specks, a few light ones."""
    numbers = np.random.Generator(np.random.PCG64(rng.getrandbits(63)))
    total = int(page.grey.size / 1e6 * 170 * severity**2) + 20
    rows, columns = (
        numbers.integers(2, page.grey.shape[0] - 3, total),
        numbers.integers(2, page.grey.shape[1] - 3, total),
    )
    for place, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        size = 1 + place % 3
        page.grey[row : row + size, column : column + size] = 235 if place % 5 == 0 else 50


def blur(page: Worked, rng: Random, severity: float) -> None:
    """The scanner was out of focus."""
    page.grey = cv2.GaussianBlur(page.grey, (0, 0), page.dpi / 200 * (0.5 + 0.95 * severity))


def photocopy(page: Worked, rng: Random, severity: float) -> None:
    """A copy of a copy: black and white, edges eaten or grown."""
    page.grey = cv2.GaussianBlur(page.grey, (0, 0), page.dpi / 200 * (0.7 + 0.5 * severity))
    halve(page, rng.uniform(0.5 - 0.2 * severity, 0.5 + 0.12 * severity))


def halve(page: Worked, part: float) -> None:
    """Black and white only; `part` of the way from paper to ink is where black begins (0.2 fat, 0.6 thin)."""
    grey = page.grey
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    around = cv2.resize(cv2.blur(small, (19, 19)), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    depth = cv2.subtract(around, grey)[::2, ::2]
    struck = depth[page.ink[::2, ::2] > INKED]
    cut = float(np.clip(part * np.median(struck), 10, 90)) if struck.size else 60.0
    page.grey = cv2.compare(cv2.convertScaleAbs(grey, beta=cut), around, cv2.CMP_GE)
    page.two_tone = True


def jpeg_artifacts(page: Worked, rng: Random, severity: float) -> None:
    """Saved too small once: blocks and ringing around letters."""
    quality = round(66 - 50 * severity)
    _, data = cv2.imencode(".jpg", page.grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
    page.grey = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


ALL = ("clean", "normal", "bad")
WORSE = ("normal", "bad")
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("fading_ribbon", "ink", fading_ribbon, WORSE, 3),
        Kind("missing_pins", "ink", missing_pins, WORSE, 2),
        Kind("clogged_type", "ink", clogged_type, WORSE, 2),
        Kind("stamp", "ink", stamp, ALL, 2),
        Kind("scribble", "ink", scribble, WORSE, 2),
        Kind("skew", "shape", skew, ALL, 4),
        Kind("curl", "shape", curl, WORSE, 2),
        Kind("yellowing", "paper", yellowing, ALL, 3),
        Kind("bleed_through", "paper", bleed_through, WORSE, 2),
        Kind("punch_holes", "paper", punch_holes, ALL, 2),
        Kind("black_border", "paper", black_border, WORSE, 2),
        Kind("torn_corner", "paper", torn_corner, WORSE, 1),
        Kind("speckle", "scan", speckle, WORSE, 3),
        Kind("blur", "scan", blur, WORSE, 2),
        Kind("photocopy", "scan", photocopy, WORSE, 2),
        Kind("jpeg_artifacts", "scan", jpeg_artifacts, ALL, 2),
    )
}
HOW_MANY = {"clean": (0, 2), "normal": (2, 5), "bad": (5, 7)}
# Together these leave nothing a person could read.
NEVER_TOGETHER = (
    ("photocopy", "fading_ribbon"),
    ("photocopy", "bleed_through"),
    ("blur", "missing_pins"),
    ("clogged_type", "blur"),
    ("clogged_type", "bleed_through"),
    ("photocopy", "clogged_type"),
    ("fading_ribbon", "bleed_through"),
    ("fading_ribbon", "missing_pins"),
    ("photocopy", "missing_pins"),
    ("photocopy", "blur"),
)


def chosen(rng: Random, level: str, allowed: frozenset[str]) -> tuple[str, ...]:
    """Kinds of wear for one page, in the order they act."""
    open_to = [kind for kind in KINDS.values() if level in kind.levels and kind.name in allowed]
    picked: list[str] = []
    for _ in range(rng.randint(*HOW_MANY[level])):
        fitting = [
            k
            for k in open_to
            if k.name not in picked
            and not any(k.name in pair and set(pair) - {k.name} <= set(picked) for pair in NEVER_TOGETHER)
        ]
        if fitting:
            picked.append(rng.choices(fitting, [k.weight for k in fitting])[0].name)
    return tuple(sorted(picked, key=lambda name: STAGES.index(KINDS[name].stage)))


@lru_cache(maxsize=8)
def _grain(shape: tuple[int, int]) -> tuple[Ink, Ink]:
    """What coarse noise adds to and takes from every pixel; the same for every page of a size."""
    noise = np.random.Generator(np.random.PCG64(20)).normal(0, COARSE_GRAIN, (512, 512))
    rows, columns = -(-shape[0] // 512), -(-shape[1] // 512)
    tiled = np.tile(noise, (rows, columns))[: shape[0], : shape[1]]
    return np.clip(tiled, 0, 255).astype(np.uint8), np.clip(-tiled, 0, 255).astype(np.uint8)


def on_paper(page: Worked, rng: Random, severity: float) -> None:
    """The ink on its paper: black is never quite black, white never quite white."""
    darkest = rng.randint(15, 40) + round(70 * max(0.0, severity - 0.4) * rng.random())
    white = rng.randint(238, 252) - round(30 * severity * rng.random())
    page.ink = cv2.GaussianBlur(page.ink, (3, 3), OPTICS + 0.4 * severity)
    page.grey = cv2.convertScaleAbs(page.ink, alpha=(darkest - white) / 255, beta=white)
    if rng.random() < 0.5:
        page.grey = _times(page.grey, _field(rng, page.grey.shape, 5, 1 - 0.08 * severity, 1.0))


def worn(page: Worked, rng: Random, level: str, kinds: tuple[str, ...]) -> Worked:
    """The page after all its wear, as the scanner saw it."""
    severity = SEVERITY[level]
    if not any(KINDS[name].stage == "shape" for name in kinds):
        page.shape.degrees += rng.gauss(0, 0.12)  # nobody lays a page down quite straight
    for stage in STAGES:
        if stage == "paper":
            page.ink = page.shape.applied(page.ink)
            on_paper(page, rng, severity)
        if stage == "scan" and not page.two_tone:
            part = GRAIN * (0.6 + 2.2 * severity**2 * rng.random()) / COARSE_GRAIN
            more, less = (cv2.convertScaleAbs(noise, alpha=part) for noise in _grain(page.grey.shape))
            page.grey = cv2.subtract(cv2.add(page.grey, more), less)
        for name in kinds:
            if KINDS[name].stage == stage:
                KINDS[name].does(page, rng, severity * rng.uniform(0.75, 1.0))
    return page
