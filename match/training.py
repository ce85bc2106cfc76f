"""m and u of every level, counted on records whose person is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from casefile.docket import DocketRecord, RecordId
from casefile.linkage import Agreement
from casefile.persons import PersonId
from match.index import Index
from match.levels import Level, levels
from match.named import NAMED
from match.nearby import Near, compared_with, fields_of, printed_in
from match.rules import name_agrees
from match.said import names_said
from match.spelling import REACHED

NAMES = ("surname", "given", "name_as")
SETTLED = {"age", "name_as"}  # reasoned rather than counted
PSEUDO = 0.5  # added to every count, so that nothing unseen is impossible

Seen = Counter[tuple[str, str]]


def levels_from(
    records: Sequence[DocketRecord], persons: Mapping[RecordId, PersonId | None], index: Index
) -> dict[str, dict[str, Level]]:
    """Levels re-estimated from labelled records; None in `persons` says that nobody listed is meant.

    u of the other fields is counted between unlisted people and the listed whose names agree with theirs, for
    only they can be mistaken: fathers and sons, namesakes and twins share more than two strangers do. (Listed
    namesakes are compared one by one and need no average.) u of the names is the share of the list at that
    level, averaged over the records.
    """
    same, different = Seen(), Seen()
    shares: dict[tuple[str, str], float] = {}
    for record in records:
        true = persons[record.record_id]
        same.update(_levels_of(_with_true(record, true, index)))
        if true is None:
            different.update(_levels_of(_with_namesakes(record, index)))
        for key, share in _name_shares(record, index):
            shares[key] = shares.get(key, 0.0) + share / len(records)
    return {
        field: known if field in SETTLED else _estimated(field, known, same, different, shares)
        for field, known in levels().items()
    }


def _levels_of(agreements: Iterable[Agreement]) -> Iterator[tuple[str, str]]:
    return ((agreement.field, agreement.level) for agreement in agreements)


def _with_true(record: DocketRecord, person_id: PersonId | None, index: Index) -> tuple[Agreement, ...]:
    if record.defendant is None or person_id is None:
        return ()
    at = index.position(person_id)
    (printed,) = printed_in([(record, record.defendant)], index)
    named = index.compared(printed.read_anew(), at)
    return Near(compared_with(index.cells([at]), [named], [(record, record.defendant)], [0]), 0).agreements


def _with_namesakes(record: DocketRecord, index: Index) -> Iterator[Agreement]:
    if record.defendant is None:
        return
    for near in fields_of([(record, record.defendant)], index)[0].near:
        if name_agrees(near):
            yield from near.agreements[len(NAMED) :]


def _name_shares(record: DocketRecord, index: Index) -> Iterator[tuple[tuple[str, str], float]]:
    """How much of the list lies at each level from the record's printed name."""
    if record.defendant is None:
        return
    said = names_said(record.defendant)[:1]
    for field, variants, table in (
        *(("surname", one.surnames, index.surnames) for one in said),
        *(("given", one.givens, index.givens) for one in said),
    ):
        for variant in variants[:1]:
            for level, persons in zip(REACHED, table.persons_near(variant.name).tolist(), strict=True):
                if persons:
                    yield (field, level), persons / len(index)


def _estimated(
    field: str,
    known: Mapping[str, Level],
    same: Seen,
    different: Seen,
    shares: Mapping[tuple[str, str], float],
) -> dict[str, Level]:
    ms = _relative({level: same[field, level] for level in known})
    if field in NAMES:
        us = {level: shares.get((field, level), figures.u) for level, figures in known.items()}
    else:
        us = _relative({level: different[field, level] for level in known})
    return {level: Level(ms[level], us[level]) for level in known}


def _relative(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values()) + PSEUDO * len(counts)
    return {level: (count + PSEUDO) / total for level, count in counts.items()}
