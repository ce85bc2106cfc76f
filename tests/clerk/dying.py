"""A save that is killed before each of its statements in turn: run as a process of its own, since it forks."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from casefile.review import AnswerKind
from casefile.store import Store
from clerk.archive import Archive
from clerk.desk import StoreDesk
from review_queue.access import Role
from review_queue.desk import Given, Reviewer, UserId, seen_mark

ME = Reviewer(UserId(1), "R. Reviewer", Role.REVIEWER)
VALUE = '"720 ILCS 550/4(d)"'


def standing_in(path: Path) -> tuple[int, int]:
    """How many answers and how many audit rows of answers the database holds."""
    with Store(path) as store:
        return len(store.answers()), sum(row[3] == "answer" for row in store.audit_rows())


def dies_at(archive: Archive, number: int) -> bool:
    """Saves in a child process that is killed before its statement of that number; False where it ended first."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            desk = StoreDesk(archive)
            view = desk.next_question(ME)
            assert view is not None
            desk.rules()
            left = number

            def count(_: str) -> None:
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(9)

            desk.store._db.conn.set_trace_callback(count)
            desk.save(Given(view.item, AnswerKind.VALUE, VALUE, ME, seen_mark(view)))
            os._exit(0)
        os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, 9):
        raise SystemExit(f"the save failed before its statement {number}")
    return status == 9


def main() -> None:
    """Prints what stands after each death, until a save lives to its end."""
    archive = Archive(Path(sys.argv[1]))
    found = []
    while True:
        has_died = dies_at(archive, len(found) + 1)
        found.append(standing_in(archive.database))
        if not has_died or found[-1] != found[0]:
            break
    print(json.dumps(found))


if __name__ == "__main__":
    main()
