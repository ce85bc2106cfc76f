"""From records to answers: persons, law and questions over the store, doing only what is new.

Each result is kept with the digest of all that went into it. A run goes over every record and computes those
whose digest changed; a person's answer goes over the records it can reach.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import eligibility
import match as linking
import review_queue
from casefile.archive import PageId
from casefile.codec import digest
from casefile.docket import DocketRecord, RecordId
from casefile.law import Determination, Ruling
from casefile.persons import Person, PersonId
from casefile.review import Answer, AnswerKind
from casefile.rows import RecordRow, TriageRow
from casefile.rulings import Rulings
from casefile.store import Store
from casefile.turns import Turns
from clerk import shares
from clerk.cases import case_of, gaps_by_document, keys_of
from clerk.progress import Progress
from clerk.settings import Settings
from eligibility.determine import determine
from eligibility.law import Law, Policy
from match.calibration import calibration_in
from match.compiled import LONG_LIST
from match.index import Index
from match.kept import keep_index, open_index, source_of
from match.link import MatchSettings, link
from review_queue.answers import applied, linked_by
from review_queue.triage import State, Thresholds, may_bring_relief, triage, whose


@dataclass(frozen=True)
class Rules:
    """What decides beside the records: law, policy, day, risk, the list of persons, the thresholds."""

    law: Law
    policy: Policy | None
    as_of: date
    settings: Settings
    persons: tuple[Person, ...]
    persons_digest: str
    list_complete: bool
    thresholds: Thresholds
    match_calibration: str = ""  # what `clerk calibrate --match` learnt; the shipped one where that is nothing
    index_folder: Path | None = None  # where the index of a long list is kept

    @cached_property
    def match_settings(self) -> MatchSettings:
        """How linking is set here."""
        own = calibration_in(self.match_calibration) if self.match_calibration else None
        return MatchSettings(listed=self.settings.prior_listed, calibration=own)

    @cached_property
    def index(self) -> Index:
        """The index of the list, built when it is first asked for; that of a long list is kept."""
        folder = self.index_folder
        if folder is None or len(self.persons) < LONG_LIST:
            return Index(self.persons, complete=self.list_complete)
        if source_of(folder) != self.persons_digest:
            keep_index(folder, self.persons, source=self.persons_digest)
        return open_index(folder, complete=self.list_complete, source=self.persons_digest)

    @cached_property
    def listed(self) -> frozenset[PersonId]:
        """The ids of everybody on the list."""
        return frozenset(person.person_id for person in self.persons)


def recompute(store: Store, rules: Rules, *, quiet: bool = False) -> int:
    """Brings every record's answer up to date; the number of records whose answer was computed comes back."""
    everyone = assemble_all(store)
    share = shares.learn_share(store, rules)
    if not quiet and shares.is_far(share, rules):
        sys.stderr.write(shares.told(share, rules) + "\n")
    link_records(store, rules, _told("match", everyone, quiet=quiet))
    total = determine_records(store, rules, _told("determine", everyone, quiet=quiet))
    triage_records(store, rules, _told("triage", everyone, quiet=quiet))
    return total


def _told(what: str, record_ids: Sequence[RecordId], *, quiet: bool) -> Iterator[RecordId]:
    """The records one by one, saying now and then how far the work has come."""
    progress = Progress(what, len(record_ids), unit="records", quiet=quiet)
    for record_id in record_ids:
        yield record_id
        progress.step()
    progress.end()


def reach(store: Store, record_id: RecordId) -> set[RecordId]:
    """The records that a change to this one can bear on: they share a case, an arrest or a person with it."""
    found = {record_id}
    for kind, value in store.keys_of(record_id):
        found |= set(store.records_with_key(kind, value))
    match = store.match(record_id)
    if match is not None and match.best is not None:
        found |= set(store.records_of_person(match.best.person_id))
    return found


def settle(store: Store, rules: Rules, record_id: RecordId, page_id: PageId | None = None) -> set[RecordId]:
    """After an answer about this record, or about ink on that page: computes what depends on it and nothing
    else, in one transaction. Who is near is looked at anew after each step, as an answer may move a record to
    another case or person."""
    with store.writing():
        told = {record_id, *_told_by(store, page_id)}
        touched = _reached(store, told)
        touched |= assemble(store, sorted(touched))
        link_records(store, rules, sorted(touched))
        touched |= _reached(store, touched)
        determine_records(store, rules, sorted(touched))
        triage_records(store, rules, sorted(touched))
    return touched


def _told_by(store: Store, page_id: PageId | None) -> set[RecordId]:
    """The records that an answer about this page is laid over."""
    if page_id is None:
        return set()
    document = store.document_of(page_id)
    own = [] if document is None else store.records_of_document(document)
    return {*own, *store.records_with_key("gap", page_id)}


def _reached(store: Store, record_ids: Iterable[RecordId]) -> set[RecordId]:
    return {near for record_id in record_ids for near in reach(store, record_id)}


# answers and neighbours


def assemble_all(store: Store) -> list[RecordId]:
    """Finds the gaps beside every document anew, then lays answers and gaps over every record."""
    everyone = [record_id for record_id, _ in store.record_rows()]
    assemble(store, everyone)  # first the answers: a page whose case a person has told is no gap
    with store.writing():
        store.put_gaps(gaps_by_document(store))
    assemble(store, everyone)
    return everyone


def assemble(store: Store, record_ids: Iterable[RecordId]) -> set[RecordId]:
    """Lays people's answers and the gaps beside each document over what the machine read; the records on which
    what changed bears come back."""
    borne: set[RecordId] = set()
    for record_id in record_ids:
        with store.writing():
            row = store.record(record_id)
            if row is not None:
                borne |= _assemble_one(store, row)
    return borne


def _assemble_one(store: Store, row: RecordRow) -> set[RecordId]:
    gaps = (*row.machine.gaps, *store.gaps_of(row.document_id))
    machine = replace(row.machine, gaps=gaps)
    laid = applied(machine, [a for a in _answers_about(store, machine) if not _is_anothers_charge(store, a, machine)])
    record = laid.record
    disagreements = {
        "contradicted": tuple(found.answer.answer_id for found in laid.contradictions),
        "unplaced": tuple(a.answer_id for a in laid.unplaced if _is_lost(store, a, record)),
    }
    keys = keys_of(record)
    unchanged = record == row.body and disagreements == row.disagreements
    if unchanged and set(store.keys_of(record.record_id)) == keys:
        return set()
    near = reach(store, record.record_id)
    store.put_body(record, keys, disagreements)
    near |= reach(store, record.record_id)
    store.drop_triage(sorted(near))
    return near


def _answers_about(store: Store, *records: DocketRecord) -> tuple[Answer, ...]:
    """Every answer about these records, their pages, and the pages nobody read beside them, oldest first."""
    found = {
        answer.answer_id: answer
        for record in records
        for answer in store.answers_about(
            record.record_id, [*record.page_ids, *(gap.page_id for gap in record.gaps if gap.page_id is not None)]
        )
    }
    return tuple(found[number] for number in sorted(found))


def _is_anothers_charge(store: Store, answer: Answer, record: DocketRecord) -> bool:
    """Whether it adds a charge to another case of the page, one that stands: it says nothing of this one."""
    is_charge = answer.kind is AnswerKind.CHARGE
    return is_charge and answer.record_id != record.record_id and store.record(answer.record_id) is not None


def _is_lost(store: Store, answer: Answer, record: DocketRecord) -> bool:
    """Whether an answer that has no place in this record was meant for it, or for one that is no more."""
    return answer.record_id == record.record_id or store.record(answer.record_id) is None


# persons


def link_records(store: Store, rules: Rules, record_ids: Iterable[RecordId]) -> int:
    """Links each record to the list where record, answers or list changed; how many were linked anew."""
    total = 0
    settings = replace(rules.match_settings, listed=shares.share_of(store, rules))
    for record_id in record_ids:
        with store.writing():
            row = store.record(record_id)
            if row is not None and row.body.defendant is not None:
                total += _link_one(store, rules, row, settings)
    return total


def _link_one(store: Store, rules: Rules, row: RecordRow, settings: MatchSettings) -> bool:
    record = row.body
    answers = store.answers_about(record.record_id, record.page_ids)
    key = digest(
        linking.VERSION, row.sha256, rules.persons_digest, rules.list_complete,
        settings.listed, rules.match_calibration, answers,
    )  # fmt: skip
    if store.key_of("matches", record.record_id) == key:
        return False
    found = link(record, rules.index, settings)
    near = reach(store, record.record_id)
    store.put_match(linked_by(found, answers, listed=rules.listed), key=key)
    store.drop_triage(sorted(near | reach(store, record.record_id)))
    return True


# law


def determine_records(store: Store, rules: Rules, record_ids: Iterable[RecordId]) -> int:
    """Decides each record whose facts, neighbours, law, policy or day changed; how many were decided anew."""
    total = 0
    rulings = Rulings(store).standing()
    for record_id in record_ids:
        with store.writing():
            row = store.record(record_id)
            if row is not None and row.body.defendant is not None:
                total += _determine_one(store, rules, row, rulings)
    return total


def _determine_one(store: Store, rules: Rules, row: RecordRow, rulings: Sequence[Ruling]) -> bool:
    record, match = row.body, store.match(row.body.record_id)
    rows = case_of(store, record, match)
    key = digest(
        eligibility.VERSION, row.sha256, match, rows.case.person, rows.digests, rows.relations,
        rules.law.version, rules.policy, rules.as_of, rules.settings.risk, rows.case.weight,
    )  # fmt: skip
    before = store.key_of("determinations", record.record_id)
    if before is not None and before == f"{key}{_bearing(rulings, store.determinations(record.record_id))}":
        return False
    found = determine(
        rows.case,
        law=rules.law,
        policy=rules.policy,
        as_of=rules.as_of,
        risk=rules.settings.risk,
        rulings=rulings,
    )
    store.put_determinations(record.record_id, found, key=f"{key}{_bearing(rulings, found)}")
    store.drop_triage([record.record_id])
    return True


def _bearing(rulings: Sequence[Ruling], found: Sequence[Determination]) -> str:
    """The rulings that bear on these answers, as the end of their key; nothing where none does."""
    codes = {code for each in found for code in each.reason_codes}
    charges = {each.charge_id for each in found}
    is_open = any(code.startswith(("R-AMBIGUOUS", "R-OTHER")) for code in codes)
    bearing = [
        ruling.ruling_id
        for ruling in rulings
        if (ruling.charge_id in charges if ruling.charge_id else is_open or ruling.question in codes)
    ]
    return "".join(f" {number}" for number in bearing)


# questions


def triage_records(store: Store, rules: Rules, record_ids: Iterable[RecordId]) -> int:
    """Says of each record whether it is safe, and what to ask where it is not; how many changed."""
    total = 0
    for record_id in record_ids:
        with store.writing():
            row = store.record(record_id)
            if row is not None:
                total += _triage_one(store, rules, row)
    return total


def _triage_one(store: Store, rules: Rules, row: RecordRow) -> bool:
    record = row.body
    match, found = store.match(record.record_id), store.determinations(record.record_id)
    others = _asked_about(store, found) if found else {}
    answers = _answers_about(store, record, *others.values())
    thresholds = dict(rules.thresholds.by_family)
    key = digest(review_queue.VERSION, row.sha256, match, found, answers, thresholds, sorted(others.items()))
    if store.key_of("triage", record.record_id) == key:
        return False
    settled = triage(record, match, found, rules.thresholds, answers, others=others)
    stalled = "; ".join(settled.reasons) or None
    state = settled.state if found or not record.charges else State.IN_REVIEW
    person, may = whose(record, match), may_bring_relief(record, found)
    with Turns(store).moved(record.record_id, person, may_bring_relief=may):
        store.put_triage(record.record_id, TriageRow(state, stalled), settled.items, key=key)
    return True


def _asked_about(store: Store, found: Sequence[Determination]) -> dict[RecordId, DocketRecord]:
    """The other records whose ink a question of these determinations points to."""
    wanted = {q.record_id for each in found for q in each.questions if q.record_id is not None}
    rows = (store.record(record_id) for record_id in sorted(wanted - {each.record_id for each in found}))
    return {row.body.record_id: row.body for row in rows if row is not None}
