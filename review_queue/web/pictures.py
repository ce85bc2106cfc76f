"""Where to look on a page: the stretch of paper around the ink, turned upright for the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casefile.ocr import BBox
from review_queue.desk import PageView

_ABOVE_AND_BELOW = 2.2  # line heights of context above and below the ink
_BESIDE = 6.0
# A picture is at least this many line heights wide, or a word alone would fill the screen.
_LEAST_WIDTH = 30.0
_LEAST_HEIGHT = 24  # pixels taken for the height of a line where the ink is flatter, as a hyphen is
_MOST_LINES = 6.0  # ink taller than this many usual lines needs less context


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a page on the screen. `region` is what the picture holds, `ink` what is outlined in it, both
    in pixels of the stored frame; `turned` is the clockwise turn in degrees that brings it upright. What `is_wide`
    takes the width of the screen, and is scrolled through."""

    region: BBox
    ink: BBox | None
    turned: int
    is_wide: bool = False

    @property
    def view_box(self) -> str:
        """The SVG viewBox that frames the region after it was turned about its centre."""
        width, height = self.region.width, self.region.height
        if self.turned not in (90, 270):
            return f"{self.region.left} {self.region.top} {width} {height}"
        left, top = self.centre[0] - height / 2, self.centre[1] - width / 2
        return f"{left:g} {top:g} {height} {width}"

    @property
    def transform(self) -> str:
        across, down = self.centre
        return f"rotate({self.turned} {across:g} {down:g})"

    @property
    def letter(self) -> float:
        """A size of letters, in pixels of the frame, that can be read however large the region is."""
        return max(self.region.width, self.region.height) / 40

    @property
    def centre(self) -> tuple[float, float]:
        return (self.region.left + self.region.right) / 2, (self.region.top + self.region.bottom) / 2

    @property
    def is_tall(self) -> bool:
        """Whether it stands higher than wide on the screen."""
        across, down = self.region.width, self.region.height
        return (across > down) if self.turned in (90, 270) else (down > across)


def whole(page: PageView, ink: BBox | None = None) -> Picture:
    """The whole page with the ink outlined."""
    return Picture(BBox(0, 0, max(1, page.width), max(1, page.height)), ink, page.turned)


def written(page: PageView, boxes: Iterable[BBox]) -> Picture:
    """All that is known to be written on the page, with a margin: where to look for what was not found."""
    found = list(boxes)
    if not found:
        return whole(page)
    ink, margin = BBox.around(found), max(page.width, page.height) // 20
    return Picture(_within(page, ink, margin, margin), None, page.turned, is_wide=True)


def around(page: PageView, ink: BBox | None) -> Picture:
    """The ink with a line of context above and below; the whole page where no ink is known."""
    if ink is None or ink.width <= 0 or ink.height <= 0:
        return whole(page)
    sideways = page.turned in (90, 270)
    line = max(_LEAST_HEIGHT, min(ink.width if sideways else ink.height, page.height // 40 * _MOST_LINES))
    along = max(_BESIDE * line, (_LEAST_WIDTH * line - (ink.height if sideways else ink.width)) / 2)
    across = _ABOVE_AND_BELOW * line
    right, down = (across, along) if sideways else (along, across)
    return Picture(_within(page, ink, round(right), round(down)), ink, page.turned)


def _within(page: PageView, ink: BBox, right: int, down: int) -> BBox:
    """The ink with margins, clipped to the page; ink beside the page gives the whole page."""
    left, top = max(0, ink.left - right), max(0, ink.top - down)
    region = BBox(left, top, min(page.width, ink.right + right), min(page.height, ink.bottom + down))
    return region if region.width > 0 and region.height > 0 else whole(page).region
