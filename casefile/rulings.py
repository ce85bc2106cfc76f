"""What attorneys ruled, as rows of the store; a ruling is never deleted, only revoked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from casefile.docket import ChargeId, RecordId
from casefile.law import Outcome, Ruling
from casefile.store import Store

COLUMNS = (
    "ruling_id, law, question, outcome, by, reason, at, charge_id, provision, result, "
    "revoked_by, revoked_at, revoked_because"
)


class Rulings:
    """The rulings of an archive. Writes belong inside `Store.writing`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, ruling: Ruling) -> Ruling:
        """Keeps a ruling; it comes back with its number. `ruling_id` and `at` of what is given are ignored."""
        at = _now()
        self._store._write(
            "INSERT INTO rulings (law, question, outcome, by, reason, at, charge_id, provision, result) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [ruling.law, ruling.question, ruling.outcome, ruling.by, ruling.reason, at, ruling.charge_id,
             ruling.provision, ruling.result],
        )  # fmt: skip
        (number,) = next(self._store._rows("SELECT last_insert_rowid()"))
        found = self.get(int(str(number)))
        assert found is not None  # noqa: S101 - it was written in this transaction
        return found

    def revoke(self, ruling_id: int, *, by: str, reason: str) -> bool:
        """Ends a standing ruling; False where there is none of that number, or it was revoked before."""
        sql = (
            "UPDATE rulings SET revoked_by = ?, revoked_at = ?, revoked_because = ? "
            "WHERE ruling_id = ? AND revoked_at IS NULL"
        )
        return self._store._write(sql, [by, _now(), reason, ruling_id]) == 1

    def get(self, ruling_id: int) -> Ruling | None:
        return next(self._found("WHERE ruling_id = ?", [ruling_id]), None)

    def all(self) -> tuple[Ruling, ...]:
        """Every ruling ever made, oldest first, the revoked ones among them."""
        return tuple(self._found("ORDER BY ruling_id", []))

    def standing(self) -> tuple[Ruling, ...]:
        """The rulings that are in force, oldest first."""
        return tuple(self._found("WHERE revoked_at IS NULL ORDER BY ruling_id", []))

    def _found(self, where: str, values: list[object]) -> Iterator[Ruling]:
        for row in self._store._rows(f"SELECT {COLUMNS} FROM rulings {where}", values):  # noqa: S608 - words of ours
            yield _ruling(row)


class OutcomesBefore:
    """What each record's outcomes were when changes were last told of."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> dict[RecordId, str]:
        rows = self._store._rows("SELECT record_id, body FROM outcomes_before")
        return {RecordId(str(record)): str(body) for record, body in rows}

    def replace(self, outcomes: Mapping[RecordId, str]) -> None:
        """Remembers these, and forgets records that are no more."""
        before = self.all()
        for record_id in before.keys() - outcomes.keys():
            self._store._write("DELETE FROM outcomes_before WHERE record_id = ?", [record_id])
        for record_id, body in outcomes.items():
            if before.get(record_id) != body:
                self._store._write("INSERT OR REPLACE INTO outcomes_before VALUES (?, ?)", [record_id, body])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _ruling(row: tuple[object, ...]) -> Ruling:
    number, law, question, outcome, by, reason, at, charge, provision, result, *revoked = row
    revoked_by, revoked_at, revoked_because = (None if v is None else str(v) for v in revoked)
    return Ruling(
        ruling_id=int(str(number)),
        law=str(law),
        question=str(question),
        outcome=Outcome(str(outcome)),
        by=str(by),
        reason=str(reason),
        at=str(at),
        charge_id=None if charge is None else ChargeId(str(charge)),
        provision=str(provision),
        result=None if result is None else str(result),
        revoked_by=revoked_by,
        revoked_at=revoked_at,
        revoked_because=revoked_because,
    )


def decided_with(store: Store, text: str) -> list[RecordId]:
    """The records in whose determinations these words stand, in order of id."""
    rows = store._rows("SELECT record_id FROM determinations WHERE instr(body, ?) ORDER BY record_id", [text])
    return [RecordId(str(row[0])) for row in rows]


def decided_with_doubt(store: Store) -> list[RecordId]:
    """The records with a charge whose readings lead to different answers: a question of law may lie among them."""
    return sorted({*decided_with(store, '"R-AMBIGUOUS:'), *decided_with(store, '"R-OTHER"')})
