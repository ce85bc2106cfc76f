"""What changed since the last run, told in ids; and the newest dockets before the older ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import click

from casefile.docket import DocketRecord, RecordId
from casefile.rulings import OutcomesBefore
from casefile.store import Store
from clerk import deciding

LISTED = 100  # changes told one by one; the rest is counted


@dataclass(frozen=True, slots=True)
class Change:
    """An outcome that is not what it was; None where there was none, or is none any more."""

    record_id: RecordId
    count: int
    policy: str | None
    before: str | None
    after: str | None


def newest_first(store: Store, record_ids: Iterable[RecordId]) -> list[RecordId]:
    """The same records, the most recent dockets first; what has no date last, in order of id."""
    return sorted(record_ids, key=lambda record_id: _age(store, record_id))


def _age(store: Store, record_id: RecordId) -> tuple[int, RecordId]:
    row = store.record(record_id)
    day = None if row is None else _latest_day(row.body)
    return (0 if day is None else -day.toordinal()), record_id


def _latest_day(record: DocketRecord) -> date | None:
    days = [record.arrest_date.value, record.filed_date.value, *(c.offense_date.value for c in record.charges)]
    return max((day for day in days if day is not None), default=None)


def outcomes(store: Store) -> dict[RecordId, str]:
    """Every record's outcomes as they stand, one JSON text each."""
    found = {}
    for record_id, _ in store.record_rows():
        answers = store.determinations(record_id)
        if answers:
            rows = [[a.count, a.policy, a.outcome, a.route, a.result] for a in answers]
            found[record_id] = json.dumps(rows)
    return found


def since_last(store: Store) -> list[Change]:
    """The outcomes that changed since they were last remembered; remembers how they are now. The first time of an
    archive nothing has changed."""
    before, after = OutcomesBefore(store).all(), outcomes(store)
    with store.writing():
        OutcomesBefore(store).replace(after)
    if not before:
        return []
    return [change for record_id in sorted({*before, *after}) for change in _of(record_id, before, after)]


def _of(record_id: RecordId, before: dict[RecordId, str], after: dict[RecordId, str]) -> list[Change]:
    if before.get(record_id) == after.get(record_id) or record_id not in before:
        return []  # a record that is new has not changed
    was, now = _by_charge(before.get(record_id)), _by_charge(after.get(record_id))
    keys = sorted({*was, *now}, key=str)
    changed = [key for key in keys if was.get(key) != now.get(key)]
    return [
        Change(record_id, count, policy, was.get((count, policy)), now.get((count, policy)))
        for count, policy in changed
    ]


def _by_charge(text: str | None) -> dict[tuple[int, str | None], str]:
    rows = json.loads(text) if text else []
    return {(count, policy): "/".join(part for part in said if part) for count, policy, *said in rows}


def determine_newest_first(store: Store, rules: deciding.Rules, record_ids: Sequence[RecordId]) -> int:
    """Decides what is new or changed, newest dockets first, and tells on standard error whose outcome changed."""
    total = deciding.determine_records(store, rules, newest_first(store, record_ids))
    tell(since_last(store))
    return total


def tell(changed: Sequence[Change]) -> None:
    """One line a changed outcome, by ids alone."""
    for change in changed[:LISTED]:
        layer = f" under {change.policy}" if change.policy else ""
        words = f"{change.before or 'no answer'} before, {change.after or 'no answer'} now"
        click.echo(f"clerk: changed: {change.record_id} count {change.count}{layer}: {words}", err=True)
    if len(changed) > LISTED:
        click.echo(f"clerk: changed: and {len(changed) - LISTED} more outcomes", err=True)
