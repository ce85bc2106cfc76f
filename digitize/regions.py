"""Ink that no word explains: handwriting, stamps, and what nobody has read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np

from casefile.ocr import BBox, InkRegion
from digitize.engine import SeenWord
from digitize.prepare import Mask, Prepared, clusters, components, stamp_frames
from digitize.stamps import says_a_stamp

_LEAN = 0.03  # down or up for one across: more than a straightened page's own lines
_LARGE = 1.22  # times the middle height of the page's words
_HIGH, _LOW = re.compile(r"[^acegmnopqrsuvwxyz.,;:_=~-]"), re.compile(r"[gjpqyQ,;()\[\]{}$/|]")
_SMALL, _TAIL = 0.72, 0.25  # of a capital's height: a small letter's, and what hangs below the line
_NOISE = 0.35  # a word less sure than this, and made of signs, is no word


def regions_of(page: Prepared, words: Sequence[SeenWord]) -> tuple[InkRegion, ...]:
    """The regions of a straightened page, boxes in its pixels, from the top."""
    letter = page.letter or 1.0
    frames = [*stamp_frames(page.ink, letter), *_level_stamps(page, words)]
    left_over = _left_over(page, words)
    for frame in frames:
        left_over[frame.top : frame.bottom, frame.left : frame.right] = 0
    found = clusters(left_over, round(1.5 * letter), round(0.7 * letter))
    regions = [InkRegion("stamp", frame) for frame in frames]
    regions += [
        InkRegion(_kind(page, left_over, bbox), bbox)
        for bbox, pixels in found
        if _counts(bbox, pixels, letter) and not _is_line_of_signs(left_over, bbox, letter)
    ]
    return tuple(sorted(regions, key=lambda region: (region.bbox.top, region.bbox.left)))


def _level_stamps(page: Prepared, words: Sequence[SeenWord]) -> Iterator[BBox]:
    """The frames that were taken for rules, since they stand level, around nothing but a stamp's words."""
    for frame in stamp_frames(page.ink | page.rules, page.letter or 1.0):
        if says_a_stamp([words[at].text for at in _inside(words, frame)]):
            yield frame


def _by_piece(words: Sequence[SeenWord]) -> list[list[int]]:
    """The numbers of the words of each piece; a word of no piece is one in itself."""
    pieces: dict[int, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        pieces[-1 - at if word.piece is None else word.piece].append(at)
    return list(pieces.values())


def is_noise(word: SeenWord, regions: Sequence[InkRegion]) -> bool:
    """Whether a word is only what the engine made of handwriting, a stamp or a stain."""
    if word.confidence >= _NOISE or re.search(r"[A-Za-z0-9]", word.text):
        return False
    return any(_share_inside(word.bbox, region.bbox) > 0.5 for region in regions)


def of_stamps(words: Sequence[SeenWord], regions: Sequence[InkRegion]) -> frozenset[int]:
    """The numbers of the words that stamps say, not the page: inside a frame, and unlike the typed lines.

    A stamp's lines lean, or its letters are larger, or they say what stamps say. A typed line that runs on outside the
    frame stays, and so does one inside it that is level and of the page's own size: that is type under a stamp. What is
    left of a worn frame looks like handwriting, so what that encloses is looked at alike.
    """
    frames = [region.bbox for region in regions if region.kind in ("stamp", "handwriting")]
    if not frames or not words:
        return frozenset()
    usual = median(_height(word) for word in words)
    said = (_inside(words, region.bbox) for region in regions if region.kind == "stamp")
    return frozenset(at for own in said if says_a_stamp([words[i].text for i in own]) for at in own) | frozenset(
        at
        for piece in _by_piece(words)
        if _in_one_frame([words[i].bbox for i in piece], frames) and _unlike([words[i] for i in piece], usual)
        for at in piece
    )


def _inside(words: Sequence[SeenWord], frame: BBox) -> list[int]:
    """The numbers of the words that lie in a frame."""
    return [at for at, word in enumerate(words) if _share_inside(word.bbox, frame) > 0.6]


def _in_one_frame(bboxes: Sequence[BBox], frames: Sequence[BBox]) -> bool:
    return any(all(_share_inside(bbox, frame) > 0.6 for bbox in bboxes) for frame in frames)


def _unlike(words: Sequence[SeenWord], usual: float) -> bool:
    """Whether words lean by more than skew leaves, or stand clearly higher than the page's words."""
    first, last = words[0].bbox, words[-1].bbox
    across = (last.left + last.right - first.left - first.right) / 2
    down = (last.top + last.bottom - first.top - first.bottom) / 2
    leans = across > 2 * usual and abs(down) > _LEAN * across
    return leans or median(_height(word) for word in words) > _LARGE * usual


def _height(word: SeenWord) -> float:
    """The height that capitals of the word's type have: brackets and tails reach lower, small letters less high."""
    reach = 1.0 if _HIGH.search(word.text) else _SMALL
    return word.bbox.height / (reach + _TAIL * (_LOW.search(word.text) is not None))


def _explains(word: SeenWord) -> bool:
    """Whether a word is sure enough, or enough of a word, to account for the ink in its box.

    A single doubtful letter is kept and its ink still counts as unread.
    """
    return word.confidence >= _NOISE or re.search(r"[A-Za-z0-9]{2}", word.text) is not None


def _left_over(page: Prepared, words: Sequence[SeenWord]) -> Mask:
    """The ink outside the boxes of words that are read, each box a little larger."""
    left_over = page.ink.copy()
    margin = round(0.2 * page.letter)
    for word in filter(_explains, words):
        left, top, right, bottom = word.bbox
        left_over[max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin] = 0
    return left_over


def _counts(bbox: BBox, pixels: int, letter: float) -> bool:
    """Whether a cluster is large and dense enough to say something; a speck or a scratch is not."""
    least = 0.12 * letter * letter  # about the ink of one letter
    dense = pixels >= 0.02 * bbox.width * bbox.height
    return dense and pixels >= least and bbox.height >= 0.5 * letter and bbox.width >= 0.3 * letter


def _is_line_of_signs(left_over: Mask, bbox: BBox, letter: float) -> bool:
    """Whether a wide cluster holds nothing but dashes: a printed line of hyphens, equals or underlines."""
    if bbox.width < 8 * letter or bbox.height > 2 * letter:
        return False
    pieces = components(left_over[bbox.top : bbox.bottom, bbox.left : bbox.right])
    return int(np.percentile(pieces[:, 3], 95)) < 0.45 * letter


def _kind(page: Prepared, left_over: Mask, bbox: BBox) -> str:
    """Stamps have a colour of their own; handwriting is taller than type or joins its letters."""
    inside = np.s_[bbox.top : bbox.bottom, bbox.left : bbox.right]
    ink = int(np.count_nonzero(left_over[inside]))
    if int(np.count_nonzero(page.coloured[inside])) > 0.5 * ink:
        return "stamp"
    pieces = components(left_over[inside])
    tall = int(pieces[:, 3].max(initial=0)) > 1.8 * page.letter
    joined = int(pieces[pieces[:, 2] > 2.2 * page.letter, 4].sum()) > 0.5 * ink
    return "handwriting" if tall or joined else "unread"


def _share_inside(inner: BBox, outer: BBox) -> float:
    across = min(inner.right, outer.right) - max(inner.left, outer.left)
    down = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    return max(0, across) * max(0, down) / max(1, inner.width * inner.height)
