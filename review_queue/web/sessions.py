"""Who sits at the pages: the one-time link, and sessions kept in memory."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import InitVar, dataclass, field
from threading import Lock
from urllib.parse import urlencode

from review_queue.access import Role
from review_queue.desk import Saved

COOKIE = "clerk_review"
KEPT_FOR = 12 * 60 * 60  # seconds a browser keeps the cookie: a working day
LONGEST_NAME = 60


@dataclass(slots=True)
class Session:
    """One reviewer at one browser. `last` is what became of their last answer, shown once."""

    reviewer: str
    role: Role = Role.REVIEWER
    shortcuts: bool = True
    last: Saved | None = None


def entry_path(secret: str) -> str:
    """The path of the one-time link for the server to print."""
    return "/enter?" + urlencode({"token": secret})


def new_secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(slots=True)
class Doorkeeper:
    """Lets in whoever brings a one-time token, once; keeps only digests of tokens and cookies.

    `secret` is the first token; whoever is inside can make one for a colleague.
    """

    secret: InitVar[str]
    _tokens: set[str] = field(default_factory=set)
    _sessions: dict[str, Session] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self, secret: str) -> None:
        self._tokens.add(_digest(secret))

    def invite(self) -> str:
        """A new token that opens once."""
        token = new_secret()
        self._tokens.add(_digest(token))
        return token

    def knows(self, token: str) -> bool:
        """Whether the token was given out and has not been used; compared by digest, so in even time."""
        return _digest(token) in self._tokens

    def admit(self, token: str, reviewer: str) -> str | None:
        """The cookie of a new session; None where the token does not open, or no longer."""
        name = " ".join(reviewer.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            return None
        with self._lock:
            if not self.knows(token):
                return None
            self._tokens.discard(_digest(token))
            cookie = secrets.token_urlsafe(32)
            self._sessions[_digest(cookie)] = Session(name)
        return cookie

    def session(self, cookie: str | None) -> Session | None:
        return self._sessions.get(_digest(cookie)) if cookie else None

    def dismiss(self, cookie: str | None) -> None:
        if cookie:
            self._sessions.pop(_digest(cookie), None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
