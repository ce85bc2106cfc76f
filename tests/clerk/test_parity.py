"""Paper and data meet the same rules: what the archive answers, its exported charges are answered, too."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from casefile.docket import Disposition, Gap, GapKind, Grade, Grams, SentenceKind, SentencePart, Termination, Unit
from casefile.law import Outcome
from clerk import archive as archives
from clerk import deciding, exports
from clerk.batch import Rules, determine_charges
from eligibility.laws import load_policy
from review_queue.triage import Thresholds
from tests.clerk.office import CHOICES
from tests.clerk.test_deciding import paper, rules, shelve
from tests.factories import a_charge, read

STATUTES = [
    "720 ILCS 550/4(b)", "720 ILCS 550/4(c)", "720 ILCS 550/4(d)", "720 ILCS 550/4", "720 ILCS 550/5(c)",
    "720 ILCS 550/6", "720 ILCS 600/3.5(a)", "720 ILCS 5/12-3.2", "720 ILCS 5/12-3", "720 ILCS 5/16-25",
]  # fmt: skip
SENTENCES = [(SentencePart(SentenceKind.FINE),), (SentencePart(SentenceKind.PROBATION, 18, Unit.MONTHS),)]
SILENT = read(None, raw=None, confidence=1.0)


def some_charge(rng: random.Random, count: int, day: date):  # type: ignore[no-untyped-def]
    disposition = rng.choice([*Disposition][:14])
    deferred = disposition in (Disposition.SUPERVISION, Disposition.FIRST_OFFENDER_PROBATION)
    return a_charge(
        count,
        statute=read(rng.choice(STATUTES), confidence=1.0),
        grade=rng.choice([SILENT, read(Grade.MA, confidence=1.0), read(Grade.F4, confidence=1.0)]),
        grams=rng.choice([SILENT, read(Grams(6, 6), confidence=1.0), read(Grams(30, 500), confidence=1.0)]),
        offense_date=read(day, confidence=1.0),
        disposition=read(disposition, confidence=1.0),
        disposition_date=rng.choice([SILENT, read(day + timedelta(days=200), confidence=1.0)]),
        sentence=read(rng.choice(SENTENCES), confidence=1.0) if disposition is Disposition.GUILTY else SILENT,
        termination=read(rng.choice([*Termination]), confidence=1.0) if deferred and rng.random() < 0.7 else SILENT,
    )


@pytest.mark.parametrize("policy", [None, "cook_announced"])
def test_exported_charges_get_the_archives_answers(tmp_path: Path, policy: str | None) -> None:
    rng = random.Random(3)
    archive = archives.create(tmp_path / "archive")
    with archive.store() as store:
        for number in range(25):
            day = date(1972, 1, 1) + timedelta(days=rng.randrange(17_000))
            record = paper(f"n{number}", docket_number=read(f"{day.year % 100:02d}C44{number:05d}", confidence=1.0))
            charges = tuple(some_charge(rng, count, day) for count in range(1, rng.choice([2, 2, 3, 4])))
            shelve(store, f"f{number}", replace(record, charges=charges, arrest_date=read(day, confidence=1.0)))
        found = replace(rules(archive, store), policy=load_policy(policy) if policy else None)
        deciding.recompute(store, found, quiet=True)
        exports.write(exports.charges(store, Thresholds()), tmp_path / "charges.csv")
        expected = {}
        for record_id, _ in store.record_rows():
            for answer in store.determinations(record_id):  # the policy's answer comes last
                expected[f"{record_id}-{answer.count}"] = f"{answer.outcome}/{answer.route or ''}"
    determine_charges(
        tmp_path / "charges.csv", tmp_path / "out.csv", Rules(found.law, found.policy, CHOICES.as_of, 0.005)
    )
    with open(tmp_path / "out.csv", encoding="utf-8", newline="") as file:
        told = {row["record_id"]: f"{row['outcome']}/{row['route']}" for row in csv.DictReader(file)}
    assert len(expected) > 30
    assert told == expected


def test_what_nobody_read_of_a_case_makes_its_rows_doubtful(tmp_path: Path) -> None:
    archive = archives.create(tmp_path / "archive")
    with archive.store() as store:
        record = paper("a")
        shelve(store, "f", replace(record, gaps=(Gap(GapKind.PAGE_NUMBERS),)))
        found = rules(archive, store)
        deciding.recompute(store, found, quiet=True)
        exports.write(exports.charges(store, Thresholds()), tmp_path / "charges.csv")
    determine_charges(tmp_path / "charges.csv", tmp_path / "out.csv", Rules(found.law, None, CHOICES.as_of, 0.005))
    with open(tmp_path / "out.csv", encoding="utf-8", newline="") as file:
        assert [row["outcome"] for row in csv.DictReader(file)] == [Outcome.REVIEW]
