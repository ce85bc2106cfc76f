"""The stages, in order, and what a run has to say at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casefile.archive import PageState, Place, Stage, shelf_order
from casefile.codec import digest
from casefile.docket import RecordId
from casefile.errors import ArgumentError, InputError
from casefile.law import Outcome
from casefile.store import Store
from clerk import deciding, reading
from clerk.archive import Archive
from clerk.hands import Hands
from clerk.words import read_words
from digitize.intake import manifest_of
from eligibility.determine import load_law, load_policy
from extract.calibration import thresholds
from match.persons import read_persons
from review_queue.triage import Thresholds


@dataclass(frozen=True, slots=True)
class Choices:
    """What the last run was told, and the archive remembers: law, policy, the day."""

    law: str
    policy: str | None
    as_of: date


def remember_persons(store: Store, path: Path, *, complete: bool) -> tuple[str, ...]:
    """Reads the list of persons into the archive; what could not be understood comes back, a line each."""
    found = read_persons(path)
    if not found.persons and store.total("persons"):
        raise InputError(f"{path}: holds nobody, and the archive knows a list with people; nothing was changed")
    key = digest(found.persons)
    if store.setting("persons_digest") != key or store.setting("list_complete") != _flag(complete):
        with store.writing():
            store.replace_persons(found.persons)
            store.set_setting("persons_digest", key)
            store.set_setting("list_complete", _flag(complete))
            store.audit("persons", actor="clerk", subject="list", about=key)
    return tuple(f"persons: row {problem.row}, {problem.column}: {problem.what}" for problem in found.problems)


def manifest_problems(sources: Sequence[Path]) -> tuple[str, ...]:
    """The cells of the manifests that could not be understood, a line each."""
    rows = (row for source in sources for row in manifest_of(source))
    return tuple(f"manifest.csv: row {row.row}, {column}: cannot be understood" for row in rows for column in row.bad)


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def remember_choices(store: Store, choices: Choices) -> None:
    with store.writing():
        store.set_setting("law", choices.law)
        store.set_setting("policy", choices.policy or "")
        store.set_setting("as_of", choices.as_of.isoformat())


def remembered_choices(store: Store) -> Choices:
    """What the last run was told; an ArgumentError where there was none yet."""
    law, as_of = store.setting("law"), store.setting("as_of")
    if law is None or as_of is None:
        raise ArgumentError("this archive has not been run yet; run it first: clerk run SOURCE --archive A")
    return Choices(law, store.setting("policy") or None, date.fromisoformat(as_of))


def rules_of(archive: Archive, store: Store, choices: Choices) -> deciding.Rules:
    """All that decides beside the records."""
    return deciding.Rules(
        law=load_law(choices.law),
        policy=None if choices.policy is None else load_policy(choices.policy),
        as_of=choices.as_of,
        settings=archive.settings(),
        persons=tuple(store.persons()),
        persons_digest=store.setting("persons_digest") or "",
        list_complete=store.setting("list_complete") == "yes",
        thresholds=Thresholds(thresholds()),
        match_calibration=store.setting("match_calibration") or "",
        index_folder=archive.index,
    )


@dataclass(frozen=True, slots=True)
class Work:
    """How much a run had to do: what was there already is not counted."""

    files: int
    pages_read: int
    pages_extracted: int
    determined: int


def run(
    archive: Archive,
    store: Store,
    sources: Sequence[Path],
    choices: Choices,
    *,
    hands: Hands,
    quiet: bool = False,
) -> Work:
    """Every stage over what is new; a kill at any moment loses at most the pages in flight."""
    rules = rules_of(archive, store, choices)
    files = sum(reading.take_in(archive, store, source, quiet=quiet) for source in sources)
    read = read_words(archive, store, hands, quiet=quiet)
    extracted = reading.read_records(archive, store, quiet=quiet)
    determined = deciding.recompute(store, rules, quiet=quiet)
    remember_choices(store, choices)
    return Work(files, read, extracted, determined)


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
