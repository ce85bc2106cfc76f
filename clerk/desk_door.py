"""The door of the review desk over the store: users, passwords, one-time links, sessions."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from casefile.desk_rows import DeskRows, SessionRow, UserRow
from casefile.store import Store
from review_queue.access import Role
from review_queue.desk import Reviewer, UserId
from review_queue.door import (
    IDLE_MINUTES,
    TRIES,
    Invitation,
    NotAdmittedError,
    Session,
    UserView,
    checked_password,
    plain_name,
)

LOCKED_OUT = 15 * 60  # seconds after too many wrong passwords
SESSION_KEPT = 12 * 60 * 60  # a working day
LINK_KEPT = 7 * 24 * 60 * 60
AT_ONCE = 2  # passwords hashed at the same time; each takes 64 MiB
TOUCHED_EVERY = 20.0  # seconds; a touch is written no oftener


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


@dataclass
class StoreDoor:
    """A `review_queue.door.Door` over the store each thread has open."""

    open_store: Callable[[], Store]
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    now: Callable[[], float] = time.time
    _hashing: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))

    def __post_init__(self) -> None:
        # Checked where nobody has that name, so that a wrong name takes as long as a wrong password.
        self._nobody = self.hasher.hash(secrets.token_urlsafe(16))

    @property
    def rows(self) -> DeskRows:
        return DeskRows(self.open_store())

    # sessions

    def session(self, cookie: str | None) -> Session | None:
        row = self.rows.session(digest_of(cookie)) if cookie else None
        if cookie is None or row is None or row.began < self.now() - SESSION_KEPT:
            return None
        is_idle = row.seen < self.now() - IDLE_MINUTES * 60
        return Session(digest_of(cookie), reviewer_of(row), row.shortcuts, is_idle)

    def touch(self, session: Session) -> None:
        row = self.rows.session(session.key)
        if row is not None and row.seen < self.now() - TOUCHED_EVERY:
            with self.open_store().writing():
                self.rows.touch(session.key, now=self.now())

    def sign_in(self, name: str, password: str) -> str | None:
        user = self.rows.user_named(" ".join(name.split()))
        if user is None or not self._is_theirs(user, password):
            return None
        with self.open_store().writing():
            return self._new_session(user)

    def _is_theirs(self, user: UserRow | None, password: str) -> bool:
        """Whether that is the user's password; wrong ones are counted, and too many shut the door for a while."""
        if user is None or user.password is None or user.is_closed or user.locked_until > self.now():
            self._fits(self._nobody, password)
            return False
        fits = self._fits(user.password, password)
        with self.open_store().writing():
            known = self.rows.user(user.user_id)  # as it stands now: others may have tried meanwhile
            if known is None or known.is_closed or known.password != user.password or known.locked_until > self.now():
                return False
            self._count(known, fits=fits)
        return fits

    def _count(self, user: UserRow, *, fits: bool) -> None:
        failures = 0 if fits else user.failures + 1
        until = self.now() + LOCKED_OUT if failures >= TRIES else 0.0
        if failures or user.failures:
            self.rows.set_failures(user.user_id, 0 if until else failures, locked_until=until)
        if until:
            self.open_store().audit("locked_out", actor="door", subject=f"user {user.user_id}")

    def _fits(self, kept: str, password: str) -> bool:
        try:
            with self._hashing:
                return self.hasher.verify(kept, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _new_session(self, user: UserRow) -> str:
        cookie, now = secrets.token_urlsafe(32), self.now()
        self.rows.open_session(digest_of(cookie), user.user_id, now=now, oldest=now - SESSION_KEPT)
        self.open_store().audit("sign_in", actor=user.name, subject=f"user {user.user_id}")
        return cookie

    def unlock(self, session: Session, password: str) -> bool:
        user = self.rows.user(session.who.user_id)
        if not self._is_theirs(user, password):
            return False
        with self.open_store().writing():
            self.rows.touch(session.key, now=self.now())
        return True

    def sign_out(self, who: Reviewer) -> None:
        with self.open_store().writing():
            self.rows.close_sessions(who.user_id)
            self.open_store().audit("sign_out", actor=who.name, subject=f"user {who.user_id}")

    def switch_shortcuts(self, session: Session) -> None:
        with self.open_store().writing():
            self.rows.set_shortcuts(session.key, on=not session.shortcuts)

    # one-time links

    def first_link(self) -> str | None:
        """A token by which the first administrator comes in; None where one has a password already."""
        return None if self._administrators() else self._new_link(None)

    def _administrators(self) -> list[int]:
        """Those who can come in."""
        users = self.rows.users()
        return [u.user_id for u in users if u.role == Role.ADMINISTRATOR and not u.is_closed and u.password]

    def _new_link(self, user_id: int | None) -> str:
        token = secrets.token_urlsafe(32)
        with self.open_store().writing():
            self.rows.put_token(digest_of(token), user_id, until=self.now() + LINK_KEPT)
        return token

    def invitation(self, token: str) -> Invitation | None:
        found = self.rows.token(digest_of(token), now=self.now())
        if found is None:
            return None
        if found[0] is None:
            return None if self._administrators() else Invitation(None, Role.ADMINISTRATOR)
        user = self.rows.user(found[0])
        return None if user is None or user.is_closed else Invitation(user.name, Role(user.role))

    def admit(self, token: str, name: str, password: str) -> str | None:
        invited = self.invitation(token)
        if invited is None:
            return None
        named = invited.name or plain_name(name)
        checked = checked_password(named, password)
        with self._hashing:
            kept = self.hasher.hash(checked)
        with self.open_store().writing():
            found = self.rows.token(digest_of(token), now=self.now())
            if found is None or not self.rows.drop_token(digest_of(token)):
                return None
            if found[0] is None and self._administrators():
                return None
            user_id = self._first_administrator(named) if found[0] is None else found[0]
            self.rows.set_password(user_id, kept)
            user = self.rows.user(user_id)
            return None if user is None else self._new_session(user)

    def _first_administrator(self, name: str) -> int:
        known = self.rows.user_named(name)
        if known is not None and (known.password or known.role != Role.ADMINISTRATOR or known.is_closed):
            raise NotAdmittedError("that name is taken; choose another")
        return known.user_id if known else self._add(name, Role.ADMINISTRATOR, by="first link")

    # users

    def users(self) -> Sequence[UserView]:
        return tuple(
            UserView(
                UserId(u.user_id),
                u.name,
                Role(u.role),
                u.password is not None,
                u.locked_until > self.now(),
                u.is_closed,
            )
            for u in self.rows.users()
        )

    def invite(self, by: Reviewer, name: str, role: Role) -> str:
        plain = plain_name(name)
        with self.open_store().writing():
            if self.rows.user_named(plain) is not None:
                raise NotAdmittedError("that name is taken; choose another")
            user_id = self._add(plain, role, by=by.name)
            return self._new_link(user_id)

    def _add(self, name: str, role: Role, *, by: str) -> int:
        user_id = self.rows.add_user(name, role)
        self.open_store().audit("add_user", actor=by, subject=f"user {user_id}", about=role)
        return user_id

    def renew(self, by: Reviewer, user_id: UserId) -> str:
        with self.open_store().writing():
            self.rows.set_password(user_id, None)
            self.rows.close_sessions(user_id)
            self.open_store().audit("renew_password", actor=by.name, subject=f"user {user_id}")
            return self._new_link(user_id)

    def give_role(self, by: Reviewer, user_id: UserId, role: Role) -> None:
        with self.open_store().writing():
            if role is not Role.ADMINISTRATOR:
                self._keep_an_administrator(user_id)
            self.rows.set_role(user_id, role)
            self.rows.close_sessions(user_id)
            self.open_store().audit("give_role", actor=by.name, subject=f"user {user_id}", about=role)

    def close(self, by: Reviewer, user_id: UserId, *, closed: bool) -> None:
        with self.open_store().writing():
            if closed:
                self._keep_an_administrator(user_id)
            self.rows.set_closed(user_id, closed=closed)
            self.rows.close_sessions(user_id)
            self.open_store().audit("close_user" if closed else "open_user", actor=by.name, subject=f"user {user_id}")

    def unlock_user(self, by: Reviewer, user_id: UserId) -> None:
        """Lets a user try again who was shut out for wrong passwords."""
        with self.open_store().writing():
            self.rows.set_failures(user_id, 0)
            self.open_store().audit("unlock_user", actor=by.name, subject=f"user {user_id}")

    def _keep_an_administrator(self, user_id: int) -> None:
        if self._administrators() == [user_id]:
            raise NotAdmittedError("this is the last administrator; make another one first")


def reviewer_of(row: SessionRow) -> Reviewer:
    return Reviewer(UserId(row.user.user_id), row.user.name, Role(row.user.role))
