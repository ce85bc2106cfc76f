"""What reviewers' answers teach about how far a link may be trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from casefile.docket import RecordId
from casefile.persons import PersonId
from casefile.review import AnswerKind
from casefile.store import Store
from clerk.deciding import Rules
from clerk.shares import share_of
from match.calibration import (
    UNCALIBRATED,
    Calibration,
    Labelled,
    calibration_from,
    kept_as,
    labelled,
    shipped,
)
from match.link import link
from match.posterior import Prior

SHOWN = 100  # candidates, so that nobody who counts is left out


def calibrate_match(store: Store, rules: Rules) -> tuple[Calibration, int]:
    """The calibration that this archive's answers lead to, starting from the shipped one, and how many there were."""
    lessons = list(_lessons(store, rules))
    return calibration_from(lessons, shipped()), len(lessons)


def keep_calibration(store: Store, calibration: Calibration) -> None:
    """Links of this archive are calibrated so from now on."""
    with store.writing():
        store.set_setting("match_calibration", kept_as(calibration))
        store.audit("calibrate", actor="clerk", subject="match", about=kept_as(calibration))


def _lessons(store: Store, rules: Rules) -> Iterator[Labelled]:
    """The best candidate of every record whose person somebody has named, or said to be nobody listed."""
    plain = replace(rules, match_calibration="")  # what was learnt before plays no part, whether it can be read or not
    settings = replace(plain.match_settings, listed=share_of(store, plain), calibration=UNCALIBRATED, shown=SHOWN)
    prior = Prior.of(rules.index, settings).bits
    for record_id, chosen in _chosen(store).items():
        row = store.record(record_id)
        lesson = None if row is None else labelled(link(row.body, rules.index, settings), chosen, prior)
        if lesson is not None:
            yield lesson


def _chosen(store: Store) -> dict[RecordId, PersonId | None]:
    """Whom the last answer of each record names; None where it says nobody."""
    links = (answer for answer in store.answers() if answer.kind is AnswerKind.LINK)
    return {a.record_id: PersonId(json.loads(a.value)) if a.value not in (None, "null") else None for a in links}
