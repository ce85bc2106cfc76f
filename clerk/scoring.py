"""How right an archive is, held against the truth of a synthetic box."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from casefile.archive import Page, Place, Sha256, page_id_of
from casefile.docket import (
    Charge,
    DocketRecord,
    DocumentKind,
    RecordId,
    charge_id_of,
    record_id_of,
)
from casefile.law import Outcome
from casefile.linkage import Candidate, Match, MatchStatus
from casefile.persons import PersonId
from casefile.rows import DocumentRow
from casefile.store import Store
from clerk import deciding
from clerk.cases import keys_of

Row = dict[str, Any]
Spot = tuple[str, str, str, int]  # box, folder, file, frame

CASE_FIELDS = ("docket_number", "arrest_date", "filed_date")
DEFENDANT_FIELDS = (
    "surname", "given", "middle", "suffix", "birth_date", "sex", "race", "ir_number", "sid",
)  # fmt: skip
CHARGE_FIELDS = (
    "statute", "grade", "offense_date", "grams", "plea", "disposition", "disposition_date", "sentence",
    "termination",
)  # fmt: skip
DECISIVE = frozenset(
    ("statute", "disposition", "termination", "grams", "offense_date", "arrest_date", "disposition_date",
     "docket_number", "surname", "birth_date")
)  # fmt: skip
RELIEF = (Outcome.AUTO, Outcome.MOTION)


@dataclass
class Score:
    """Counts of a box held against its truth; shares are formed where they are shown."""

    true_records: int = 0
    found_records: int = 0  # of the true ones
    invented_records: int = 0
    kinds: int = 0
    kinds_right: int = 0
    fields: int = 0
    fields_right: int = 0
    accepted_fields: int = 0
    accepted_wrong: int = 0
    accepted_decisive: int = 0
    accepted_decisive_wrong: int = 0
    accepted_records: int = 0
    linked: int = 0
    linked_wrong: int = 0
    charges: int = 0
    outcomes_right: int = 0
    relief: int = 0  # charges of accepted records with auto or motion
    false_clears: int = 0
    wrong: list[str] = field(default_factory=list)  # paths of accepted readings that are wrong


def score(
    exported: Sequence[Row], truth: Sequence[Row], pages: Sequence[Row], outcomes: dict[tuple[str, int], str]
) -> Score:
    """The counts for exported records; `outcomes` are the law's answers on the true facts."""
    found = Score()
    _score_kinds(found, exported, pages)
    pairs, invented = _paired([row for row in exported if "docket_number" in row], truth)
    found.true_records, found.invented_records = len(truth), len(invented)
    found.charges = sum(len(row["charges"]) for row in truth)
    for row in invented:
        _score_record(found, row, None, outcomes)
    for partner, true in pairs:
        found.found_records += partner is not None
        if partner is None:
            found.fields += sum(1 for _ in _fields_of(true))
        else:
            _score_record(found, partner, true, outcomes)
    return found


def _score_kinds(found: Score, exported: Iterable[Row], pages: Iterable[Row]) -> None:
    kinds = {spot: row["document_kind"] for row in exported for spot in _spots(row)}
    for page in pages:
        found.kinds += 1
        found.kinds_right += (
            kinds.get((page["box"], page["folder"], page["file"], page["frame"])) == page["document_kind"]
        )


def _spots(row: Row) -> set[Spot]:
    return {(row["box"], row["folder"], page["file"], page["frame"]) for page in row["pages"]}


def _paired(exported: Sequence[Row], truth: Sequence[Row]) -> tuple[list[tuple[Row | None, Row]], list[Row]]:
    """Each true record with the exported one that shares most with it: pages first, then number, then name."""
    scored = [
        (_likeness(row, true), at, of)
        for at, row in enumerate(exported)
        for of, true in enumerate(truth)
        if _spots(row) & _spots(true)
    ]
    partner: dict[int, int] = {}
    used: set[int] = set()
    for _, at, of in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if at not in used and of not in partner:
            partner[of] = at
            used.add(at)
    pairs = [(exported[partner[of]] if of in partner else None, true) for of, true in enumerate(truth)]
    return pairs, [row for at, row in enumerate(exported) if at not in used]


def _likeness(row: Row, true: Row) -> float:
    shared = len(_spots(row) & _spots(true)) / len(_spots(row) | _spots(true))
    same_number = bool(row["docket_number"]["value"] == true["docket_number"])
    same_name = bool(row["defendant"]["surname"]["value"] == true["defendant"]["surname"])
    return shared + same_number + same_name


def _fields_of(true: Row) -> Iterator[tuple[str, Any]]:
    for name in CASE_FIELDS:
        yield name, true.get(name)
    for name in DEFENDANT_FIELDS:
        yield name, true["defendant"].get(name)
    for charge in true["charges"]:
        for name in CHARGE_FIELDS:
            yield name, charge.get(name)


def _score_record(found: Score, row: Row, true: Row | None, outcomes: dict[tuple[str, int], str]) -> None:
    for name in CASE_FIELDS:
        _score_reading(found, name, row[name], true and true.get(name), is_true=true is not None)
    for name in DEFENDANT_FIELDS:
        expected = true and true["defendant"].get(name)
        _score_reading(found, name, row["defendant"][name], expected, is_true=true is not None)
    charges = {charge["count"]: charge for charge in (true["charges"] if true else ())}
    for charge in row["charges"]:
        expected_charge = charges.pop(charge["count"], None)
        for name in CHARGE_FIELDS:
            expected = expected_charge and expected_charge.get(name)
            _score_reading(found, name, charge[name], expected, is_true=expected_charge is not None)
    found.fields += len(charges) * len(CHARGE_FIELDS)
    _score_answer(found, row, true, outcomes)


def _score_reading(found: Score, name: str, reading: Row, expected: Any, *, is_true: bool) -> None:
    right = is_true and _same(reading["value"], expected) and not (reading["raw"] and reading["value"] is None)
    found.fields += is_true
    found.fields_right += right
    if reading["accepted"]:
        found.accepted_fields += 1
        found.accepted_wrong += not right
        found.accepted_decisive += name in DECISIVE
        found.accepted_decisive_wrong += name in DECISIVE and not right
        if not right:
            found.wrong.append(name)


def _same(value: Any, expected: Any) -> bool:
    if isinstance(value, list) and isinstance(expected, list) and value and isinstance(value[0], dict):
        key = lambda part: json.dumps(part, sort_keys=True)  # noqa: E731 - the order of parts says nothing
        return sorted(map(key, map(_part, value))) == sorted(map(key, map(_part, expected)))
    return bool(value == expected)


def _part(part: Row) -> Row:
    amount = part.get("amount")
    return {
        "kind": part["kind"],
        "amount": None if amount is None else float(amount),
        "unit": part.get("unit"),
    }


def _score_answer(found: Score, row: Row, true: Row | None, outcomes: dict[tuple[str, int], str]) -> None:
    accepted = row["state"] == "accepted"
    found.accepted_records += accepted
    linked = row["match"]["status"] == "linked"
    wrong_person = linked and (true is None or row["match"]["person_id"] != true["person_id"])
    found.linked += linked
    found.linked_wrong += wrong_person
    wrong_case = true is None or row["docket_number"]["value"] != true["docket_number"]
    for answer in row["determinations"]:
        if answer["policy"] is not None:
            continue
        expected = None if true is None else outcomes.get((true["record_id"], answer["count"]))
        found.outcomes_right += answer["outcome"] == expected
        if accepted and answer["outcome"] in RELIEF:
            found.relief += 1
            more_than_due = expected not in RELIEF or (expected == "motion" and answer["outcome"] == "auto")
            found.false_clears += more_than_due or wrong_person or wrong_case


# the law on the true facts


def true_outcomes(truth: Sequence[Row], rules: deciding.Rules) -> dict[tuple[str, int], str]:
    """What the law answers for each charge when every reading is right and every person known: truth record id
    and count to outcome."""
    with TemporaryDirectory() as folder, Store(Path(folder) / "truth.db") as store:
        ids = _keep_truth(store, truth, rules)
        deciding.determine_records(store, rules, list(ids))
        return {
            (ids[record_id], each.count): each.outcome
            for record_id in ids
            for each in store.determinations(record_id)
            if each.policy is None
        }


def _keep_truth(store: Store, truth: Sequence[Row], rules: deciding.Rules) -> dict[RecordId, str]:
    listed = {person.person_id for person in rules.persons}
    ids: dict[RecordId, str] = {}
    with store.writing():
        store.replace_persons(rules.persons)
        for row in truth:
            page = Page(page_id_of(_place(row), Sha256("")), _place(row), Sha256(row["record_id"]), 1)
            record = true_record(row, row["document_kind"], page)
            store.add_pages([page], size=0)
            document = DocumentRow(page.page_id, DocumentKind(row["document_kind"]), "")
            store.put_document(document, page.place, [page.page_id], [record])
            store.put_body(record, keys_of(record), {})
            store.put_match(_true_match(record, row["person_id"], listed), key="")
            ids[record.record_id] = row["record_id"]
    return ids


def _place(row: Row) -> Place:
    return Place(row["box"], row["folder"], row["record_id"], 0)


def _true_match(record: DocketRecord, person_id: str, listed: set[PersonId]) -> Match:
    if person_id not in listed:
        return Match(record.record_id, MatchStatus.NONE, (), "not on the list")
    best = Candidate(PersonId(person_id), 1.0, ())
    return Match(record.record_id, MatchStatus.LINKED, (best,), "true", settled_by_person=True)


def true_record(row: Row, kind: str, page: Page | None = None) -> DocketRecord:
    """The record of a line of the truth, every reading sure; without a page, of one that stands nowhere."""
    place = Place("", "", str(row.get("record_id", "")), 0)
    page = page or Page(page_id_of(place, Sha256("")), place, Sha256(""), 1)
    record_id = record_id_of(page.page_id, 0)
    body = {
        "record_id": record_id,
        "document_kind": kind,
        "page_ids": [page.page_id],
        **{name: _sure(row.get(name)) for name in (*CASE_FIELDS, "arresting_agency")},
        "defendant": _true_defendant(row["defendant"]),
        "charges": [_true_charge(charge, record_id) for charge in row["charges"]],
    }
    return msgspec.convert(body, DocketRecord)


def _true_defendant(row: Row) -> Row:
    aliases = [_sure(alias) for alias in row.get("aliases") or ()]
    return {**{name: _sure(row.get(name)) for name in DEFENDANT_FIELDS}, "aliases": aliases}


def _true_charge(row: Row, record_id: RecordId) -> Row:
    names = [each.name for each in fields(Charge)]
    read = {name: _sure(row.get(name)) for name in names if name not in ("charge_id", "count")}
    return {**read, "charge_id": charge_id_of(record_id, row["count"]), "count": row["count"]}


def _sure(value: Any) -> Row:
    return {"value": value, "raw": None if value is None else str(value), "confidence": 1.0}
