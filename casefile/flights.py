"""Pages on their way to be read, as rows of the store: the queue in slices, who is in flight, the tries that failed.

The coordinator alone writes here. A page that is in nobody's hands and never failed has no row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casefile.archive import Page, PageId, PageState, Stage
from casefile.codec import from_json, to_json
from casefile.rows import LedgerRow
from casefile.store import PAGE_COLUMNS, Store, ledger_row_of, page_of

_SLICE = 500  # pages looked at together; the coordinator holds no more of its queue
_TAKEN = (
    f"SELECT {PAGE_COLUMNS}, p.rowid, l.state, l.key, l.output, l.reason, l.advice FROM pages p "  # noqa: S608
    "JOIN ledger i ON i.page_id = p.page_id AND i.stage = ? AND i.state = ? "
    "LEFT JOIN ledger l ON l.page_id = p.page_id AND l.stage = ? "
    "LEFT JOIN manifest m ON (m.box, m.folder, m.file) = (p.box, p.folder, p.file) WHERE NOT p.superseded "
)
_AFTER = "AND (p.box, p.folder, p.file, p.frame, p.rowid) > (?, ?, ?, ?, ?) "
_ORDER = "ORDER BY p.box, p.folder, p.file, p.frame, p.rowid LIMIT ?"
_OF_STAGE = [Stage.INTAKE, PageState.DONE, Stage.DIGITIZE]


@dataclass(frozen=True, slots=True)
class Taken:
    """A page that was taken in, and how its reading stands; None where it was never read."""

    page: Page
    words: LedgerRow | None


@dataclass(frozen=True, slots=True)
class Flight:
    """How often a page was tried in vain: its own process died over it, or whoever had it in hand was lost."""

    tries: int
    losses: int


@dataclass(frozen=True, slots=True)
class RunFigures:
    """How far a run has come in one stage; `seconds` since the stage began, failures by their reason."""

    stage: str
    done: int
    total: int
    unit: str
    seconds: float
    failures: dict[str, int]

    @property
    def a_minute(self) -> float:
        return 60 * self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """By the rate so far; None before the first is done."""
        return (self.total - self.done) * self.seconds / self.done if self.done else None


class Flights:
    """The queue of an archive. Writes belong inside `Store.writing`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def taken(self) -> Iterator[Taken]:
        """Every page taken in, by box, folder, file and frame; drawn in slices, so pages may change meanwhile."""
        where = ""
        values: list[object] = []
        while True:
            found = list(self._store._rows(_TAKEN + where + _ORDER, [*_OF_STAGE, *values, _SLICE]))
            for row in found:
                yield _taken(row)
            if len(found) < _SLICE:
                return
            _, box, folder, file, frame, *_ = found[-1]
            where, values = _AFTER, [box, folder, file, frame, found[-1][9]]

    def same_scan(self, page: Page) -> list[Taken]:
        """The pages that are the same scan, itself among them, however often it was shelved; by id."""
        sql = _TAKEN + "AND (p.sha256, p.frame) = (?, ?) ORDER BY p.page_id"
        return [_taken(row) for row in self._store._rows(sql, [*_OF_STAGE, page.sha256, page.place.frame])]

    def begin(self, page_id: PageId, *, key: str) -> None:
        """Notes that a page was handed out; tries under another key no longer count."""
        self._store._write(
            "INSERT INTO flights (page_id, key, under_way) VALUES (?, ?, 1) ON CONFLICT (page_id) DO UPDATE SET "
            "tries = iif(key = excluded.key, tries, 0), losses = iif(key = excluded.key, losses, 0), "
            "key = excluded.key, under_way = 1",
            [page_id, key],
        )

    def failed(self, page_id: PageId, *, tries: int = 0, losses: int = 0) -> Flight:
        """Takes a page back with so many more tries or losses; how many there were in all comes back."""
        sql = "UPDATE flights SET tries = tries + ?, losses = losses + ?, under_way = 0 WHERE page_id = ?"
        self._store._write(sql, [tries, losses, page_id])
        return self.of(page_id)

    def of(self, page_id: PageId) -> Flight:
        row = next(self._store._rows("SELECT tries, losses FROM flights WHERE page_id = ?", [page_id]), (0, 0))
        return Flight(int(str(row[0])), int(str(row[1])))

    def landed(self, page_id: PageId) -> None:
        """The page is done or set aside, and its tries are history."""
        self._store._write("DELETE FROM flights WHERE page_id = ?", [page_id])

    def under_way(self) -> list[PageId]:
        """The pages in somebody's hands; after a kill, those that were."""
        return [PageId(str(row[0])) for row in self._store._rows("SELECT page_id FROM flights WHERE under_way")]

    def give_back(self) -> None:
        """Takes back what is under way: nobody is to blame, the run was asked to end."""
        self._store._write("UPDATE flights SET under_way = 0 WHERE under_way")

    def put_figures(self, figures: RunFigures) -> None:
        self._store._write("INSERT OR REPLACE INTO run_progress VALUES (1, ?)", [to_json(figures).decode()])

    def figures(self) -> RunFigures | None:
        """How far the run that goes on has come, or the last one had."""
        row = next(self._store._rows("SELECT body FROM run_progress"), None)
        return None if row is None else from_json(str(row[0]), RunFigures)


def _taken(row: tuple[object, ...]) -> Taken:
    return Taken(page_of(row[:9]), None if row[10] is None else ledger_row_of(row[10:]))
