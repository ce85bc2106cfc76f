"""The attorney's desk: what the law leaves open, and the rulings that close it."""

from __future__ import annotations

from collections.abc import Callable

from casefile.docket import DocketRecord, RecordId
from casefile.law import Ruling
from casefile.store import Store
from clerk import deciding
from clerk import rulings as ruled
from review_queue.desk import LegalView, Rule, WaitingCharge

MOST_SHOWN = 25  # charges listed under a question; the rest are counted


def questions(store: Store, shown: Callable[[RecordId], DocketRecord | None]) -> tuple[LegalView, ...]:
    """What waits for an attorney, the most waited for first; `shown` gives the records they may see."""
    return tuple(_view(asked, shown) for asked in ruled.open_questions(store))


def _view(asked: ruled.OpenQuestion, shown: Callable[[RecordId], DocketRecord | None]) -> LegalView:
    first = ((each, shown(each.record_id)) for each in asked.waiting[:MOST_SHOWN])
    waiting = (WaitingCharge(record, each.charge_id, each.count) for each, record in first if record is not None)
    return LegalView(
        asked.law,
        asked.question,
        asked.provision,
        asked.because,
        asked.cite,
        asked.is_of_fact,
        tuple(waiting),
        len(asked.waiting),
    )


def rulings(store: Store) -> tuple[Ruling, ...]:
    """Every ruling, the newest first."""
    return tuple(sorted(ruled.all_rulings(store), key=lambda ruling: -ruling.ruling_id))


def rule(store: Store, rules: deciding.Rules, by: str, made: Rule) -> int:
    """Keeps a ruling and decides again what it touches; how many records that were."""
    _, touched = ruled.rule(
        store,
        rules,
        question=made.code,
        outcome=made.outcome,
        by=by,
        reason=made.reason,
        charge_id=made.charge_id,
        provision=made.provision,
        result=made.result,
    )
    return len(touched)


def revoke(store: Store, rules: deciding.Rules, by: str, ruling_id: int, reason: str) -> int:
    """Ends a ruling and decides again what it touched; how many records that were."""
    return len(ruled.revoke(store, rules, ruling_id, by=by, reason=reason))
