"""Who may come in: what the pages need from the place that keeps users and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from casefile.errors import InputError
from review_queue.access import Role
from review_queue.desk import Reviewer, UserId

COOKIE = "clerk_review"
LONGEST_NAME = 60
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
IDLE_MINUTES = 30
TRIES = 5


class NotAdmittedError(InputError):
    """A name or password that does not do; says what would, never what was typed."""


@dataclass(frozen=True, slots=True)
class Session:
    """A reviewer at one browser; `is_locked` after half an hour without a touch. `key` is the digest of its
    cookie: it names the session, and opens nothing."""

    key: str
    who: Reviewer
    shortcuts: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a one-time link opens: a password for a user, or (`name` None) the place of the first administrator."""

    name: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class UserView:
    """A user as administrators see them."""

    user_id: UserId
    name: str
    role: Role
    has_password: bool
    is_locked_out: bool
    is_closed: bool


class Door(Protocol):
    """Users, passwords, sessions. Cookies and links are kept as digests only."""

    def session(self, cookie: str | None) -> Session | None:
        """The session of a cookie; None where it ended."""

    def touch(self, session: Session) -> None:
        """The reviewer did something: the half hour begins anew."""

    def sign_in(self, name: str, password: str) -> str | None:
        """The cookie of a new session; None where name and password do not fit, or after too many tries."""

    def invitation(self, token: str) -> Invitation | None:
        """What a one-time link opens; None where it is unknown, used or too old. Asking does not use it up."""

    def admit(self, token: str, name: str, password: str) -> str | None:
        """Sets the password a link was made for and gives the cookie of a session; the link is used up.

        None where the link does not open. A name or password that does not do is a `NotAdmittedError`.
        """

    def unlock(self, session: Session, password: str) -> bool:
        """Opens a locked session again; wrong passwords count as they do at the door."""

    def sign_out(self, who: Reviewer) -> None:
        """Ends every session of the user, and frees what they held."""

    def switch_shortcuts(self, session: Session) -> None:
        """Turns single keys on or off."""

    def users(self) -> Sequence[UserView]:
        """Everybody, by name."""

    def invite(self, by: Reviewer, name: str, role: Role) -> str:
        """A new user; the token of the link by which they choose a password. A name that is taken or does not
        do is a `NotAdmittedError`."""

    def renew(self, by: Reviewer, user_id: UserId) -> str:
        """Takes the password away and ends every session; the token of a link for a new one."""

    def give_role(self, by: Reviewer, user_id: UserId, role: Role) -> None:
        """Another role; the last administrator keeps theirs (`NotAdmittedError`)."""

    def close(self, by: Reviewer, user_id: UserId, *, closed: bool) -> None:
        """Shuts a user out, or lets them in again; never the last administrator (`NotAdmittedError`)."""


def plain_name(text: str) -> str:
    """A user's name as it is kept; NotAdmittedError where it does not do."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NotAdmittedError(f"a name has 1 to {LONGEST_NAME} letters")
    return name


def checked_password(name: str, password: str) -> str:
    """A password that does (length and not the name; NIST SP 800-63B 3.1.1); NotAdmittedError otherwise."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise NotAdmittedError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    plain = password.casefold()
    if name.casefold() in plain or len(set(plain)) < 5:
        raise NotAdmittedError("a password holds more than a name or the same few characters")
    return password
