"""Connected pieces of a mask: the same in either size of numbers, and clusters of them to the pixel."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.ocr import BBox
from digitize.lines.cutter import _with_white
from digitize.prepare.pieces import (
    Mask,
    as_mask,
    block,
    closed,
    clusters,
    doubled,
    halved,
    labelled,
    numbered,
    opened,
    where,
)


def dust(seed: int, height: int, width: int, share: float) -> Mask:
    return as_mask(np.random.default_rng(seed).random((height, width)) < share)


SIZES = st.tuples(st.integers(0, 1000), st.integers(1, 40), st.integers(1, 40), st.floats(0, 1))


@given(SIZES, st.sampled_from([4, 8]))
def test_pieces_are_those_of_opencv(made: tuple[int, int, int, float], connectivity: int) -> None:
    mask = dust(*made)
    labels, stats = labelled(mask, connectivity)
    _, told, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=connectivity)
    assert np.array_equal(labels, told)
    assert np.array_equal(stats, sizes)


@given(SIZES, st.sampled_from([4, 8]), st.randoms(use_true_random=False))
def test_pieces_are_numbered_as_they_are_labelled_and_some_are_kept(
    made: tuple[int, int, int, float], connectivity: int, rng: Random
) -> None:
    mask = dust(*made)
    labels, stats = labelled(mask, connectivity)
    numbers, total = numbered(mask, connectivity)
    assert np.array_equal(numbers, labels)
    assert total == len(stats) - 1
    kept = np.array([rng.random() < 0.5 for _ in stats])
    for some in (labels, labels.astype(np.int32)):
        assert np.array_equal(where(kept, some), kept[labels])


@given(SIZES, st.integers(1, 50), st.booleans())
def test_runs_are_kept_and_gaps_filled_as_by_opencv(made: tuple[int, int, int, float], length: int, down: bool) -> None:
    mask = dust(*made)
    side = block(1, length) if down else block(length, 1)
    assert np.array_equal(opened(mask, length, down=down), cv2.morphologyEx(mask, cv2.MORPH_OPEN, side))
    assert np.array_equal(closed(mask, length), cv2.morphologyEx(mask, cv2.MORPH_CLOSE, block(length, 1)))


@pytest.mark.parametrize(("share", "kind"), [(0.001, np.uint16), (0.2, np.int32)])
def test_a_mask_of_more_pieces_than_sixteen_bits_can_count_is_told_whole(share: float, kind: type) -> None:
    mask = dust(1, 1500, 1500, share)
    labels, stats = labelled(mask)
    total, told = cv2.connectedComponents(mask, connectivity=8)
    assert labels.dtype == kind
    assert len(stats) == total
    assert np.array_equal(labels, told)


@settings(max_examples=60)
@given(SIZES, st.integers(1, 9), st.integers(1, 9))
def test_clusters_are_told_to_the_pixel(made: tuple[int, int, int, float], across: int, down: int) -> None:
    mask = dust(*made)
    assert sorted(clusters(mask, across, down)) == sorted(_one_by_one(mask, across, down))


def _one_by_one(mask: Mask, across: int, down: int) -> list[tuple[BBox, int]]:
    """The clusters by their definition: which half-sized pixel each pixel belongs to, and what is joined there."""
    joined = cv2.dilate(halved(mask, least=1), block(max(1, across // 2), max(1, down // 2)))
    _, labels = cv2.connectedComponents(joined, connectivity=8)
    own: dict[int, list[tuple[int, int]]] = {}
    for y, x in np.argwhere(mask).tolist():
        number = int(labels[min(y // 2, labels.shape[0] - 1), min(x // 2, labels.shape[1] - 1)])
        own.setdefault(number, []).append((x, y))
    return [
        (BBox(min(x), min(y), max(x) + 1, max(y) + 1), len(x))
        for number, places in own.items()
        if number
        for x, y in [list(zip(*places, strict=True))]
    ]


@given(SIZES, st.integers(0, 1), st.integers(0, 1))
def test_a_mask_at_twice_its_size_is_every_pixel_four_times(
    made: tuple[int, int, int, float], below: int, beside: int
) -> None:
    mask = dust(*made)
    height, width = mask.shape
    twice = doubled(mask, (2 * height + below, 2 * width + beside))
    y, x = np.arange(2 * height + below), np.arange(2 * width + beside)
    assert np.array_equal(twice, mask[np.minimum(y // 2, height - 1)][:, np.minimum(x // 2, width - 1)])


@given(SIZES, st.integers(0, 1), st.integers(0, 1), st.integers(0, 2))
def test_white_is_painted_where_a_mask_holds_and_nowhere_else(
    made: tuple[int, int, int, float], below: int, beside: int, edge: int
) -> None:
    mask = (dust(*made) > 0).astype(np.uint8)
    height, width = 2 * mask.shape[0] + below, 2 * mask.shape[1] + beside
    page = np.full((height, width), 7, dtype=np.uint8)
    whole = np.zeros((height, width), dtype=np.uint8)
    whole[: 2 * mask.shape[0], : 2 * mask.shape[1]] = np.repeat(np.repeat(mask, 2, axis=0), 2, axis=1)
    if edge:
        whole = np.asarray(cv2.dilate(whole, block(2 * edge + 1, 2 * edge + 1)), dtype=np.uint8)
    assert np.array_equal(_with_white(page, mask, edge=edge), np.where(whole > 0, 255, 7))
    assert (page == 7).all()
