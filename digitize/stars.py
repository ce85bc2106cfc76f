"""Rows of stars typed apart, which close a part of a form: told and counted by their ink, for nets lose count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from digitize.ctc import Letter
from digitize.lines import Line
from digitize.readings import WordRead, clearness
from digitize.spacing import stretches

_FEWEST = 8
_SHARE = 0.25  # of what is read are stars: worn ones look like many things, but other rows of signs like none
_JOIN = 0.15  # letters: paper within a star of a matrix printer is no wider
_APART = 0.9  # of a star's width at least is the paper between two with a blank between them
_ALIKE = 0.25  # of the middle one: so much may a star's width or its distance to the next differ
_SURE = 0.95  # of each
_ODD = 0.1  # share of them that may differ more: where a speck touches one, or a stroke is lost


def star_words(line: Line, letters: Sequence[Letter]) -> list[WordRead]:
    """The stars of a line that holds nothing else, a word each; none where it is no row of stars, or where they are
    typed without blanks, as a rule is drawn. They are as sure as their ink: so many marks alike are nothing else."""
    inked = [one.character for one in letters if one.character != " "]
    if inked.count("*") < _SHARE * len(inked) or len(inked) < _FEWEST:
        return []
    marks = _marks(line)
    if not _are_apart_and_alike(marks):
        return []
    width, sure = line.crop.shape[1], max(_SURE, clearness(letters))
    places = ((left + right) / 2 / width for left, right in marks)
    return [WordRead("*", (place,), sure, sure, sure, None, sure, 1.0) for place in places]


def _marks(line: Line) -> list[tuple[int, int]]:
    """The columns from which up to which each mark of the line has its ink."""
    joined: list[tuple[int, int]] = []
    for left, right in zip(*(edge.tolist() for edge in stretches(np.asarray(line.ink.any(axis=0)))), strict=True):
        if joined and left - joined[-1][1] < _JOIN * line.letter:
            joined[-1] = joined[-1][0], right
        else:
            joined.append((left, right))
    return joined


def _are_apart_and_alike(marks: Sequence[tuple[int, int]]) -> bool:
    if len(marks) < _FEWEST:
        return False
    widths = [right - left for left, right in marks]
    white = [after - before for (_, before), (after, _) in pairwise(marks)]
    steps = [after - before for (before, _), (after, _) in pairwise(marks)]
    return median(white) >= _APART * median(widths) and _are_alike(widths) and _are_alike(steps)


def _are_alike(sizes: Sequence[int]) -> bool:
    usual = median(sizes)
    return sum(abs(size - usual) > _ALIKE * usual for size in sizes) <= _ODD * len(sizes)
