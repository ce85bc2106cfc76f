"""What the three deciding stages share: rules made ready, every record gone over, the result told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clerk import archive as archives
from clerk.commands.options import day_of, policy_of
from clerk.commands.run import remember_list
from clerk.commands.telling import finish, interruptible, told

if TYPE_CHECKING:
    from casefile.docket import RecordId
    from casefile.store import Store
    from clerk.deciding import Rules

    Work = Callable[[Store, Rules, Sequence[RecordId]], int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a deciding stage was asked with: law, policy, day, and the list of persons."""

    law: str
    policy: str
    as_of: Any
    persons: Path | None
    list_complete: bool


def decide(
    root: Path, stage: str, work: Work, asked: Asked | None = None, *, remember: bool = False, as_json: bool
) -> None:
    """Goes over every record; without `asked` by what the last run was told. `remember`: for later commands."""
    from clerk import pipeline

    archive = archives.opened(root)
    with archives.held(archive), archive.store() as store, interruptible():
        problems: tuple[str, ...] = ()
        if asked is None:
            chosen = pipeline.remembered_choices(store)
        else:
            problems = remember_list(store, asked.persons, complete=asked.list_complete)
            chosen = pipeline.Choices(asked.law, policy_of(asked.policy), day_of(asked.as_of))
        everyone = [record_id for record_id, _ in store.record_rows()]
        total = work(store, pipeline.rules_of(archive, store, chosen), everyone)
        if remember:
            pipeline.remember_choices(store, chosen)
        result = {"records": len(everyone), "changed": total}
        told(result, f"{stage}: {total} of {len(everyone)} records changed", as_json=as_json)
        finish(store, problems)
