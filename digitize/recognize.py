"""One page read: from a master to words in reading order, each with its place in the ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from casefile.ocr import BBox, InkRegion, OcrPage, Word
from digitize.curl import levelled
from digitize.engine import Engine, SeenWord
from digitize.jobs import PageJob, Settings
from digitize.lines import faded_ink
from digitize.marked_zeros import mended
from digitize.prepare import Prepared, prepare, turned_over
from digitize.prepare.pieces import doubled, half_of
from digitize.rasterize import frame_image, tallness
from digitize.regions import is_noise, of_stamps, regions_of
from digitize.rows import rows_of

__all__ = ["Engine", "PageJob", "SeenWord", "Settings", "recognize"]

_POOR = 0.55  # of 1: upright type, even badly worn, is read better than this on the whole
_SURE = 0.99  # of 1: of a page's way up by the shapes of its letters
_SIGNS = frozenset("()[]*&#$%+")  # nets make dashes, dots and strokes of dirt, not these
_GUESSED = 0.1  # of 1: a whole row below is what the engine makes of handwriting; its ink is unread
_FAR_MORE = 1.5  # times the sure letters: chance reads no scribble so much better
_BETTER = 0.15  # by so much must a page on its head be read better: handwriting reads as badly either way


def recognize(job: PageJob, engine: Engine, settings: Settings) -> OcrPage:
    """The page as words; PageError where it cannot be had. A blank page is not shown to the engine."""
    frame = frame_image(job.master, job.frame, settings.limits)
    height, width = frame.shape[:2]
    tall = tallness(job.master, job.frame, settings.limits)
    page = prepare(frame, tall=tall)
    page, seen = (page, ()) if page.is_blank else _read_upright(page, engine)
    if not page.is_blank and legibility(seen) < _POOR:
        page, seen = _read_filled(page, seen, prepare(frame, tall=tall, broken=True), engine)
    words, regions = typed_on(page, seen)
    if not page.is_blank and (page.grainy or legibility(seen) < _POOR):
        regions = regions_of(_with_faint_ink(page), words)
    flat = levelled(words)
    rows = rows_of(flat, [word.piece for word in words])
    ordered = [(line, words[i], flat[i]) for line, row in enumerate(rows) for i in row]
    way = page.way
    return OcrPage(
        page_id=job.page_id,
        width=width,
        height=height,
        words=tuple(_word(word, way.to_frame(word.bbox), line) for line, word, _ in ordered),
        level=tuple(way.to_level(bbox) for *_, bbox in ordered),
        regions=tuple(InkRegion(region.kind, way.to_frame(region.bbox)) for region in regions),
        ink=page.darkness,
        turned=way.turned,
        engine=engine.name,
    )


def typed_on(page: Prepared, seen: Sequence[SeenWord]) -> tuple[list[SeenWord], tuple[InkRegion, ...]]:
    """The words that are type, and the regions of other ink: guessed rows, stamps and noise are no words."""
    legible = [seen[i] for row in _rows(seen) if _is_legible([seen[i] for i in row]) for i in row]
    regions = regions_of(page, legible)
    stamped = of_stamps(legible, regions)
    return [word for at, word in enumerate(legible) if at not in stamped and not is_noise(word, regions)], regions


def _is_legible(row: Sequence[SeenWord]) -> bool:
    """Whether a row is type: letters or figures well enough read, or clear signs that nets do not make of dirt, as the
    brackets down the middle of a caption."""
    signs = all(_SIGNS.issuperset(word.text) for word in row)
    return legibility(row) >= _GUESSED or (signs and min(word.confidence for word in row) >= _POOR)


def _rows(words: Sequence[SeenWord]) -> tuple[tuple[int, ...], ...]:
    return rows_of(levelled(words), [word.piece for word in words])


def _word(word: SeenWord, bbox: BBox, line: int) -> Word:
    return Word(word.text, bbox, word.confidence, line, word.alternatives)


def _read_upright(page: Prepared, engine: Engine) -> tuple[Prepared, Sequence[SeenWord]]:
    """The page with its words, the right way up. Only where a poor reading makes us doubt is it tried on its head, and
    where nothing is read only if letters did not tell; letters without their lowest row of pins tell it wrongly."""
    seen = _seen(page, engine)
    if legibility(seen) >= _POOR or (page.upright >= _SURE and not seen):
        return page, seen
    over = turned_over(page)
    band = _fullest_band(over)
    if legibility(engine.words_on(over.image[band])) < legibility(_within(seen, band, over)) + _BETTER:
        return page, seen
    other = _seen(over, engine)
    return (over, other) if legibility(other) >= legibility(seen) + _BETTER else (page, seen)


def _read_filled(
    page: Prepared, seen: Sequence[SeenWord], filled: Prepared, engine: Engine
) -> tuple[Prepared, Sequence[SeenWord]]:
    """The page with the gaps across its letters filled and its words then, where far more is read so; else the page as
    it was."""
    ways = (filled, turned_over(filled))
    upright = max(ways, key=lambda way: _sure_letters(engine.words_on(way.image[_fullest_band(way)])))
    better = _seen(upright, engine)
    more = _sure_letters(better) >= _FAR_MORE * _sure_letters(seen)
    return (upright, better) if more and legibility(better) > legibility(seen) else (page, seen)


def _with_faint_ink(page: Prepared) -> Prepared:
    """The page with what is ink only against the paper around it, as of faded type: where little is read, or grain was
    made white, it must not be lost in silence."""
    faint = doubled(faded_ink(half_of(page.image)) * np.uint8(255), page.ink.shape)
    return replace(page, ink=np.asarray(page.ink | np.where(page.rules > 0, np.uint8(0), faint), dtype=np.uint8))


def _seen(page: Prepared, engine: Engine) -> list[SeenWord]:
    """The words on a page, with its marked zeros read as such."""
    return mended(engine.words_on(page.image), page.zeros, page.eights)


def legibility(seen: Sequence[SeenWord]) -> float:
    """The mean confidence of a letter, 0 to 1; signs count as misread, and nothing seen is 0."""
    letters = sum(len(word.text) for word in seen)
    return _sure_letters(seen) / letters if letters else 0.0


def _sure_letters(seen: Sequence[SeenWord]) -> float:
    """How many letters and figures are right, by the confidence of their words."""
    return sum(word.confidence * sum(c.isalnum() for c in word.text) for word in seen)


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
