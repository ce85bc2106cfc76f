"""How an archive stands: its numbers, what was set aside, what is missing. Light: every command ends with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casefile.archive import PageState, Place, Stage, shelf_order
from casefile.docket import RecordId
from casefile.law import Outcome
from casefile.store import Store
from digitize.intake import manifest_of


@dataclass(frozen=True, slots=True)
class SetAside:
    """A page that could not be used: where it lies, at which stage it failed, why, and what to do."""

    place: Place
    stage: Stage
    reason: str
    advice: str


def set_aside(store: Store) -> list[SetAside]:
    """Every page set aside, in shelf order."""
    found = [SetAside(place, stage, row.reason or "", row.advice or "") for place, stage, row in store.set_aside()]
    return sorted(found, key=lambda one: shelf_order(one.place))


@dataclass(frozen=True, slots=True)
class Status:
    """How an archive stands, in numbers."""

    pages: int
    read: int
    set_aside: int
    waiting: int  # to be read; those under way among them
    under_way: int
    failures: dict[str, int]  # pages set aside, by the reason
    records: int
    states: dict[str, int]
    outcomes: dict[str, int]
    questions: int
    answers: int
    contradicted: int
    unplaced: int
    left_out: int
    persons: int
    law: str | None
    policy: str | None
    as_of: str | None


def status(store: Store) -> Status:
    """The archive's numbers as they stand, also while a run goes on."""
    totals = store.page_totals()
    taken, read = (totals.get((stage, PageState.DONE), 0) for stage in (Stage.INTAKE, Stage.DIGITIZE))
    aside = store.set_aside()
    states, outcomes, records, contradicted, unplaced = _totals(store)
    return Status(
        pages=store.total("pages"),
        read=read,
        set_aside=len(aside),
        waiting=taken - read - totals.get((Stage.DIGITIZE, PageState.SET_ASIDE), 0),
        under_way=store.total("pages under way"),
        failures=dict(sorted(Counter(row.reason or "" for _, _, row in aside).items())),
        records=records,
        states=states,
        outcomes=outcomes,
        questions=store.total("review_items"),
        answers=store.total("answers"),
        contradicted=contradicted,
        unplaced=unplaced,
        left_out=len(store.left_out()),
        persons=store.total("persons"),
        law=store.setting("law"),
        policy=store.setting("policy") or None,
        as_of=store.setting("as_of"),
    )


def _totals(store: Store) -> tuple[dict[str, int], dict[str, int], int, int, int]:
    """States of the records that tell of a case, outcomes of their charges, and answers in dispute."""
    states: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    contradicted: set[int] = set()
    unplaced: set[int] = set()
    for record_id, _ in store.record_rows():
        row, triage = store.record(record_id), store.triage(record_id)
        if row is None or row.body.defendant is None:
            continue
        states[triage.state if triage else "waiting"] += 1
        outcomes.update(final_outcomes(store, record_id))
        contradicted |= set(row.disagreements.get("contradicted", ()))
        unplaced |= set(row.disagreements.get("unplaced", ()))
    return (
        dict(sorted(states.items())),
        dict(sorted(outcomes.items())),
        states.total(),
        len(contradicted),
        len(unplaced),
    )


def final_outcomes(store: Store, record_id: RecordId) -> list[Outcome]:
    """The outcome of each charge, the policy's where one was given."""
    last = {found.count: found.outcome for found in store.determinations(record_id)}
    return list(last.values())


def where(place: Place) -> str:
    """`box/folder/file, page 3`, as an archivist would look for it."""
    name = "/".join(filter(None, (place.box, place.folder, place.file)))
    return f"{name}, page {place.frame + 1}"


def missing_files(store: Store) -> list[str]:
    """Files the manifest names and no source held, and files with fewer pages than it names."""
    found = []
    for row, pages in store.manifest_pages():
        name = "/".join(filter(None, (row.box, row.folder, row.file)))
        if pages == 0:
            found.append(f"{name}: named in the manifest, not on the shelf")
        elif pages < (row.expected_pages or 0):
            found.append(f"{name}: {pages} of the {row.expected_pages} pages the manifest names")
    return found


def manifest_problems(sources: Sequence[Path]) -> tuple[str, ...]:
    """The cells of the manifests that could not be understood, a line each."""
    rows = (row for source in sources for row in manifest_of(source))
    return tuple(f"manifest.csv: row {row.row}, {column}: cannot be understood" for row in rows for column in row.bad)
