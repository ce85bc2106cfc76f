"""One page read: from a master to words in reading order, each with its place in the ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from casefile.archive import PageId
from casefile.ocr import BBox, InkRegion, OcrPage, Word
from digitize.engine import Engine, SeenWord
from digitize.formats import Limits
from digitize.marked_zeros import mended
from digitize.prepare import Prepared, prepare, turned_over
from digitize.rasterize import frame_image
from digitize.regions import is_noise, regions_of
from digitize.rows import rows_of

__all__ = ["Engine", "PageJob", "SeenWord", "Settings", "recognize"]

_POOR = 0.55  # of 1: upright type, even badly worn, is read better than this on the whole
_GUESSED = 0.25  # of 1: a whole row below is what the engine makes of handwriting; its ink is unread
_BETTER = 0.15  # by so much must a page on its head be read better: handwriting reads as badly either way


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to read: where its master is and which frame of it, counted from 0."""

    page_id: PageId
    master: Path
    frame: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What one page may cost; none of it changes what is read off a page that stays within."""

    limits: Limits = field(default_factory=Limits)
    page_seconds: float = 300.0  # from first to last, then the page is given up
    memory_mib: int = 6144  # of address space, for a worker and what it starts
    tries: int = 3  # of a page whose worker dies


def recognize(job: PageJob, engine: Engine, settings: Settings) -> OcrPage:
    """The page as words; PageError where it cannot be had. A blank page is not shown to the engine."""
    frame = frame_image(job.master, job.frame, settings.limits)
    height, width = frame.shape[:2]
    page = prepare(frame)
    page, seen = (page, ()) if page.is_blank else _read_upright(page, engine)
    legible = [seen[i] for row in _rows(seen) if legibility([seen[i] for i in row]) >= _GUESSED for i in row]
    regions = regions_of(page, legible)
    words = [word for word in legible if not is_noise(word, regions)]
    ordered = [(line, words[i]) for line, row in enumerate(_rows(words)) for i in row]
    way = page.way
    return OcrPage(
        page_id=job.page_id,
        width=width,
        height=height,
        words=tuple(_word(word, way.to_frame(word.bbox), line) for line, word in ordered),
        level=tuple(way.to_level(word.bbox) for _, word in ordered),
        regions=tuple(InkRegion(region.kind, way.to_frame(region.bbox)) for region in regions),
        ink=page.darkness,
        turned=way.turned,
        engine=engine.name,
    )


def _rows(words: Sequence[SeenWord]) -> tuple[tuple[int, ...], ...]:
    return rows_of([word.bbox for word in words])


def _word(word: SeenWord, bbox: BBox, line: int) -> Word:
    return Word(word.text, bbox, word.confidence, line, word.alternatives)


def _read_upright(page: Prepared, engine: Engine) -> tuple[Prepared, Sequence[SeenWord]]:
    """The page with its words, the right way up. Only a poor reading makes us try it on its head."""
    seen = _seen(page, engine)
    if legibility(seen) >= _POOR:
        return page, seen
    over = turned_over(page)
    band = _fullest_band(over)
    if legibility(engine.words_on(over.image[band])) < legibility(_within(seen, band, over)) + _BETTER:
        return page, seen
    other = _seen(over, engine)
    return (over, other) if legibility(other) >= legibility(seen) + _BETTER else (page, seen)


def _seen(page: Prepared, engine: Engine) -> list[SeenWord]:
    """The words on a page, with its marked zeros read as such."""
    return mended(engine.words_on(page.image), page.zeros, page.eights)


def legibility(seen: Sequence[SeenWord]) -> float:
    """The mean confidence of a letter, 0 to 1; signs count as misread, and nothing seen is 0."""
    letters = sum(len(word.text) for word in seen)
    sure = sum(word.confidence * sum(c.isalnum() for c in word.text) for word in seen)
    return sure / letters if letters else 0.0


def _fullest_band(page: Prepared) -> slice:
    """The rows of the image, about eight lines of type, that hold most ink: enough to tell head from foot."""
    height = min(page.image.shape[0], round(16 * max(page.letter, 1.0)))
    sums = np.cumsum(np.count_nonzero(page.ink, axis=1))
    gains = sums[height - 1 :] - np.concatenate(([0], sums[:-height]))
    top = int(np.argmax(gains))
    return slice(top, top + height)


def _within(seen: Sequence[SeenWord], band: slice, over: Prepared) -> list[SeenWord]:
    """The words of the first reading that lie in a band of the page turned over."""
    height = over.image.shape[0]
    top, bottom = height - band.stop, height - band.start
    return [word for word in seen if top <= (word.bbox.top + word.bbox.bottom) / 2 < bottom]
