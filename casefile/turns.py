"""In which order questions are asked: persons closest to relief first, then what settles most, as rows of the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from casefile.docket import RecordId
from casefile.store import Store

STEP = 10_000.0  # how far one open question more puts a person back; more than all that follows can make up
SETTLES = 100.0  # how far each further record that waits for the same answer brings it forward
LAST = 1e9  # where nothing open can bring relief; the same stands in `Store.put_triage` for what was never ranked
_MOST_STEPS, _MOST_SETTLED = 9_999, 90


class Turns:
    """The turn of each open question, the lowest first; every write must stand inside `Store.writing`.

    A person's turn is the number of questions still open on all their records, where any of these may yet bring
    relief. Among equals goes first what most records wait for, then what has the higher priority.
    """

    def __init__(self, store: Store) -> None:
        self._rows, self._write = store._rows, store._write

    @contextmanager
    def moved(self, record_id: RecordId, person: str, *, may_bring_relief: bool) -> Iterator[None]:
        """Ranks anew what the block, in which a record's questions change, has moved: the questions of its person,
        of whoever that was before, and of everybody else who waits, or waited, for one of them."""
        before = self._persons(record_id)
        yield
        self._write("INSERT OR REPLACE INTO prospects VALUES (?, ?, ?)", [record_id, person, int(may_bring_relief)])
        for one in sorted(before | self._persons(record_id)):
            self._rank(one)

    def _persons(self, record_id: RecordId) -> set[str]:
        """Whose the record is, and whose records wait for a question of it, too."""
        sql = (
            "SELECT person FROM prospects WHERE record_id = ? UNION "
            "SELECT p.person FROM review_items i JOIN review_items o USING (item_id) "
            "JOIN prospects p ON p.record_id = o.record_id WHERE i.record_id = ?"
        )
        return {str(row[0]) for row in self._rows(sql, [record_id, record_id])}

    def _rank(self, person: str) -> None:
        sql = (
            "SELECT i.rowid, i.item_id, i.priority, i.turn, p.relief, "
            "(SELECT count(*) FROM review_items s WHERE s.item_id = i.item_id) "
            "FROM prospects p JOIN review_items i USING (record_id) WHERE p.person = ?"
        )
        rows = list(self._rows(sql, [person]))
        steps = min(_MOST_STEPS, len({row[1] for row in rows}))
        start = STEP * steps if any(row[4] for row in rows) else LAST
        for rowid, _, priority, turn, _, waiting in rows:
            settles = min(_MOST_SETTLED, int(str(waiting)))
            now = start - SETTLES * (settles - 1) - float(str(priority))
            if now != float(str(turn)):
                self._write("UPDATE review_items SET turn = ? WHERE rowid = ?", [now, rowid])
