"""The stages, in order, and what they were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casefile.codec import digest
from casefile.errors import ArgumentError, InputError
from casefile.store import Store
from clerk import deciding, intake, reading
from clerk.archive import Archive
from clerk.hands import Hands
from clerk.words import read_words
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
    files = sum(intake.take_in(archive, store, source, quiet=quiet) for source in sources)
    read = read_words(archive, store, hands, quiet=quiet)
    extracted = reading.read_records(archive, store, quiet=quiet)
    determined = deciding.recompute(store, rules, quiet=quiet)
    remember_choices(store, choices)
    return Work(files, read, extracted, determined)
