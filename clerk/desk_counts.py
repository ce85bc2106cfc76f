"""How much waits and how much is done: exact while that is cheap to count, else some seconds old."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread

from casefile.desk_rows import DeskRows
from casefile.errors import StorageError
from casefile.store import Store
from review_queue.asking import stake_of

CHEAP = 0.02  # seconds; a count that takes no longer is made anew each time
REST = 20  # a dear count rests this many times as long as it took
LEAST_REST = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of an archive at one moment; `waiting` by what hangs on the questions, in plain words."""

    open_items: int
    legal_items: int
    answered: int
    states: dict[str, int]
    waiting: tuple[tuple[str, int], ...]


def tally_of(store: Store) -> Tally:
    """Everything counted now."""
    rows = DeskRows(store)
    waiting: Counter[str] = Counter()
    for worth, total in rows.waiting_by_worth().items():
        waiting[stake_of(worth).words] += total
    legal = store.open_items().get("legal", 0)
    return Tally(waiting.total(), legal, store.total("answers"), rows.states(), tuple(waiting.items()))


class Counts:
    """The tally for every page: shared by the threads of a server."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store, self._lock = open_store, Lock()
        self._kept: Tally | None = None
        self._took, self._at, self._is_counting = 0.0, 0.0, False

    def now(self) -> Tally:
        """The counts as they stand, or, where counting is dear, as they stood a short while ago."""
        with self._lock:
            kept, age = self._kept, time.monotonic() - self._at
            is_due = age > max(LEAST_REST, REST * self._took)
            if kept is not None and self._took > CHEAP:
                if is_due and not self._is_counting:
                    self._is_counting = True
                    Thread(target=self._refresh, daemon=True).start()
                return kept
        return self._count()

    def _refresh(self) -> None:
        try:
            self._count()
        except StorageError:
            pass  # the next page asks again
        finally:
            self._is_counting = False

    def _count(self) -> Tally:
        began = time.monotonic()
        tally = tally_of(self._open_store())
        with self._lock:
            self._kept, self._at = tally, time.monotonic()
            self._took = self._at - began
        return tally
