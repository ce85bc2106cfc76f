"""Rows of the review desk: users and their sessions, who holds which question, drafts, recusals, finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casefile.codec import from_json
from casefile.docket import RecordId
from casefile.review import Answer, ItemId, ReviewItem
from casefile.store import ANSWER_COLUMNS, Store, answer_of

USER = "user_id, name, role, password, failures, locked_until, closed"
MOST_WORKED = 60  # lines of one's own answers that are listed


@dataclass(frozen=True, slots=True)
class UserRow:
    """Somebody who may sit at the desk. `password` is an Argon2 hash, None until they chose one;
    `locked_until` is in seconds since the epoch."""

    user_id: int
    name: str
    role: str
    password: str | None
    failures: int
    locked_until: float
    is_closed: bool


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A user at a browser; `began` and `seen` in seconds since the epoch."""

    user: UserRow
    began: float
    seen: float
    shortcuts: bool


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """Who holds a question, until when, in seconds since the epoch."""

    item_id: ItemId
    user_id: int
    name: str
    until: float


@dataclass(frozen=True, slots=True)
class GivenRow:
    """An answer with the time it was given (ISO, UTC), and whether it was taken back."""

    answer: Answer
    at: str
    is_withdrawn: bool


class DeskRows:
    """The desk's tables over an open store; every write must stand inside `Store.writing`."""

    def __init__(self, store: Store) -> None:
        self._rows, self._write = store._rows, store._write

    def _one(self, sql: str, values: Sequence[object]) -> tuple[object, ...] | None:
        return next(self._rows(sql, values), None)

    # users

    def add_user(self, name: str, role: str) -> int:
        self._write("INSERT INTO users (name, role) VALUES (?, ?)", [name, role])
        row = self._one("SELECT user_id FROM users WHERE name = ?", [name])
        return int(str(row[0])) if row else 0

    def users(self) -> list[UserRow]:
        return [_user(row) for row in self._rows(f"SELECT {USER} FROM users ORDER BY name")]  # noqa: S608 - constant

    def user(self, user_id: int) -> UserRow | None:
        row = self._one(f"SELECT {USER} FROM users WHERE user_id = ?", [user_id])  # noqa: S608 - constant
        return None if row is None else _user(row)

    def user_named(self, name: str) -> UserRow | None:
        row = self._one(f"SELECT {USER} FROM users WHERE name = ?", [name])  # noqa: S608 - constant
        return None if row is None else _user(row)

    def set_password(self, user_id: int, password: str | None) -> None:
        self._write(
            "UPDATE users SET password = ?, failures = 0, locked_until = 0 WHERE user_id = ?", [password, user_id]
        )

    def set_role(self, user_id: int, role: str) -> None:
        self._write("UPDATE users SET role = ? WHERE user_id = ?", [role, user_id])

    def set_closed(self, user_id: int, *, closed: bool) -> None:
        self._write("UPDATE users SET closed = ? WHERE user_id = ?", [int(closed), user_id])

    def set_failures(self, user_id: int, failures: int, *, locked_until: float = 0.0) -> None:
        values = [failures, locked_until, user_id]
        self._write("UPDATE users SET failures = ?, locked_until = ? WHERE user_id = ?", values)

    # one-time links; user_id None makes the first administrator

    def put_token(self, digest: str, user_id: int | None, *, until: float) -> None:
        self._write("DELETE FROM one_time_links WHERE user_id IS ?", [user_id])
        self._write("INSERT INTO one_time_links VALUES (?, ?, ?)", [digest, user_id, until])

    def token(self, digest: str, *, now: float) -> tuple[int | None] | None:
        """The user a link is for, in a tuple of one; None where it is unknown, used or too old."""
        row = self._one("SELECT user_id FROM one_time_links WHERE digest = ? AND until > ?", [digest, now])
        return None if row is None else (None if row[0] is None else int(str(row[0])),)

    def drop_token(self, digest: str) -> bool:
        return self._write("DELETE FROM one_time_links WHERE digest = ?", [digest]) == 1

    # sessions

    def open_session(self, digest: str, user_id: int, *, now: float, oldest: float) -> None:
        """A new session; those that began before `oldest` are removed."""
        self._write("DELETE FROM desk_sessions WHERE began < ?", [oldest])
        self._write("INSERT INTO desk_sessions VALUES (?, ?, ?, ?, 1)", [digest, user_id, now, now])

    def session(self, digest: str) -> SessionRow | None:
        sql = (
            f"SELECT began, seen, shortcuts, {USER} FROM desk_sessions "  # noqa: S608 - constant
            "JOIN users USING (user_id) WHERE digest = ? AND NOT closed"
        )
        row = self._one(sql, [digest])
        if row is None:
            return None
        return SessionRow(_user(row[3:]), float(str(row[0])), float(str(row[1])), bool(row[2]))

    def touch(self, digest: str, *, now: float) -> None:
        self._write("UPDATE desk_sessions SET seen = ? WHERE digest = ?", [now, digest])

    def set_shortcuts(self, digest: str, *, on: bool) -> None:
        self._write("UPDATE desk_sessions SET shortcuts = ? WHERE digest = ?", [int(on), digest])

    def close_sessions(self, user_id: int) -> None:
        """Ends every session of that user and frees what they held; their drafts stay."""
        self._write("DELETE FROM desk_sessions WHERE user_id = ?", [user_id])
        self._write("DELETE FROM leases WHERE user_id = ?", [user_id])

    # leases

    def free_items(self, user_id: int, *, now: float, after: ReviewItem | None = None) -> Iterator[ReviewItem]:
        """Open questions about ink in their order that nobody else holds and this user may answer; with `after`
        those behind it come first, then the others, itself last."""
        turn = None if after is None else self._turn_of(after.item_id)
        if after is None or turn is None:
            yield from self._free(user_id, now, "1", [])
            return
        yield from self._free(user_id, now, "(i.turn, i.item_id) > (?, ?)", [turn, after.item_id])
        yield from self._free(user_id, now, "(i.turn, i.item_id) <= (?, ?)", [turn, after.item_id])

    def _turn_of(self, item_id: ItemId) -> float | None:
        """When an open question is asked; see `casefile.turns`."""
        row = self._one("SELECT min(turn) FROM review_items WHERE item_id = ?", [item_id])
        return None if row is None or row[0] is None else float(str(row[0]))

    def _free(self, user_id: int, now: float, where: str, values: list[object]) -> Iterator[ReviewItem]:
        """Each question once, where the first of those who wait for it stands."""
        sql = (
            "SELECT i.body FROM review_items i INDEXED BY review_items_in_turn "  # noqa: S608 - ours
            f"WHERE i.kind != 'legal' AND {where} "
            "AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.item_id = i.item_id AND l.until > ? AND l.user_id != ?) "
            "AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.user_id = ? AND r.record_id = i.record_id) "
            "AND NOT EXISTS (SELECT 1 FROM review_items f WHERE f.item_id = i.item_id "
            "AND (f.turn, f.rowid) < (i.turn, i.rowid) "
            "AND NOT EXISTS (SELECT 1 FROM recusals o WHERE o.user_id = ? AND o.record_id = f.record_id)) "
            "ORDER BY i.turn, i.item_id"
        )
        for (body,) in self._rows(sql, [*values, now, user_id, user_id, user_id]):
            yield from_json(str(body), ReviewItem)

    def lease(self, item_id: ItemId, user_id: int, *, now: float, until: float) -> LeaseRow | None:
        """Holds the question for the user, if nobody else does; whoever holds it now."""
        self._write(
            "INSERT INTO leases VALUES (?, ?, ?) ON CONFLICT (item_id) DO UPDATE SET user_id = excluded.user_id, "
            "until = excluded.until WHERE leases.user_id = excluded.user_id OR leases.until <= ?",
            [item_id, user_id, until, now],
        )
        return self.holder(item_id, now=now)

    def take_over(self, item_id: ItemId, user_id: int, *, until: float) -> None:
        self._write("INSERT OR REPLACE INTO leases VALUES (?, ?, ?)", [item_id, user_id, until])

    def holder(self, item_id: ItemId, *, now: float) -> LeaseRow | None:
        sql = "SELECT user_id, name, until FROM leases JOIN users USING (user_id) WHERE item_id = ? AND until > ?"
        row = self._one(sql, [item_id, now])
        return None if row is None else LeaseRow(item_id, int(str(row[0])), str(row[1]), float(str(row[2])))

    def release(self, user_id: int, *, but: ItemId | None = None) -> None:
        """Frees what the user holds, one question excepted, and what has run out."""
        self._write("DELETE FROM leases WHERE user_id = ? AND item_id IS NOT ?", [user_id, but])

    def drop_lease(self, item_id: ItemId) -> None:
        self._write("DELETE FROM leases WHERE item_id = ?", [item_id])

    # drafts and recusals

    def put_draft(self, user_id: int, item_id: ItemId, text: str) -> None:
        """What somebody is typing; an empty text is no draft."""
        self.drop_draft(user_id, item_id)
        if text.strip():
            self._write("INSERT INTO drafts VALUES (?, ?, ?)", [user_id, item_id, text])

    def draft(self, user_id: int, item_id: ItemId) -> str:
        row = self._one("SELECT text FROM drafts WHERE (user_id, item_id) = (?, ?)", [user_id, item_id])
        return "" if row is None else str(row[0])

    def drop_draft(self, user_id: int, item_id: ItemId) -> None:
        self._write("DELETE FROM drafts WHERE (user_id, item_id) = (?, ?)", [user_id, item_id])

    def recuse(self, user_id: int, record_id: RecordId) -> None:
        self._write("INSERT OR IGNORE INTO recusals VALUES (?, ?)", [user_id, record_id])

    def is_recused(self, user_id: int, record_id: RecordId) -> bool:
        return self._one("SELECT 1 FROM recusals WHERE (user_id, record_id) = (?, ?)", [user_id, record_id]) is not None

    # answers and finding

    def given_by(self, name: str) -> list[GivenRow]:
        """The last answers of that person, taken back or not, the newest first."""
        sql = (
            f"SELECT at, withdrawn, {ANSWER_COLUMNS} FROM answers WHERE by = ? "  # noqa: S608 - constant
            "ORDER BY answer_id DESC LIMIT ?"
        )
        return [_given(row) for row in self._rows(sql, [name, MOST_WORKED])]

    def given(self, answer_id: int) -> GivenRow | None:
        sql = f"SELECT at, withdrawn, {ANSWER_COLUMNS} FROM answers WHERE answer_id = ?"  # noqa: S608 - constant
        row = self._one(sql, [answer_id])
        return None if row is None else _given(row)

    def given_since(self, since: str) -> dict[str, int]:
        """How many standing answers each person gave since that time (ISO, UTC), by name."""
        sql = "SELECT by, count(*) FROM answers WHERE at >= ? AND NOT withdrawn GROUP BY by"
        return {str(name): int(str(total)) for name, total in self._rows(sql, [since])}

    def at_work(self, *, now: float) -> int:
        """How many people hold a question."""
        row = self._one("SELECT count(DISTINCT user_id) FROM leases WHERE until > ?", [now])
        return 0 if row is None else int(str(row[0]))

    def answers_of_kind(self, kind: str) -> list[GivenRow]:
        sql = f"SELECT at, withdrawn, {ANSWER_COLUMNS} FROM answers WHERE kind = ? AND NOT withdrawn ORDER BY answer_id"  # noqa: S608
        return [_given(row) for row in self._rows(sql, [kind])]

    def records_numbered(self, beginning: str, *, most: int) -> list[RecordId]:
        """Records whose docket number begins so."""
        return self._beginning("body ->> '$.docket_number.value'", beginning, most)

    def records_named(self, beginning: str, *, most: int) -> list[RecordId]:
        """Records whose defendant's surname begins so."""
        return self._beginning("body ->> '$.defendant.surname.value'", beginning, most)

    def _beginning(self, column: str, beginning: str, most: int) -> list[RecordId]:
        sql = f"SELECT record_id FROM records WHERE {column} >= ? AND {column} < ? ORDER BY {column} LIMIT ?"  # noqa: S608
        return [RecordId(str(row[0])) for row in self._rows(sql, [beginning, beginning + "\U0010ffff", most])]

    def states(self) -> dict[str, int]:
        """How many records of documents that tell of a case are in each state."""
        sql = (
            "SELECT t.state, count(*) FROM triage t JOIN records USING (record_id) "
            "JOIN documents d USING (document_id) WHERE d.kind NOT IN ('blank', 'other') GROUP BY t.state"
        )
        return {str(state): int(str(total)) for state, total in self._rows(sql)}

    def waiting_by_worth(self) -> dict[int, int]:
        """How many questions about ink wait, by the whole number of their priority."""
        sql = (
            "SELECT CAST(priority AS INTEGER) AS worth, count(DISTINCT item_id) FROM review_items "
            "WHERE kind != 'legal' GROUP BY worth ORDER BY worth DESC"
        )
        return {int(str(worth)): int(str(total)) for worth, total in self._rows(sql)}


def _user(row: Sequence[object]) -> UserRow:
    user_id, name, role, password, failures, locked_until, closed = row
    kept = None if password is None else str(password)
    return UserRow(
        int(str(user_id)), str(name), str(role), kept, int(str(failures)), float(str(locked_until)), bool(closed)
    )


def _given(row: tuple[object, ...]) -> GivenRow:
    return GivenRow(answer_of(row[2:]), str(row[0]), bool(row[1]))
