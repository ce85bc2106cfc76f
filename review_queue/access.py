"""Who may do what: the one role matrix of the review pages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a person is to the office."""

    ARCHIVIST = "archivist"  # keeps the paper: sees what must be scanned again, and nothing of a case
    REVIEWER = "reviewer"  # says what the ink says, and takes back what they said
    ADJUDICATOR = "adjudicator"  # a reviewer who may reopen what others said
    ATTORNEY = "attorney"  # rules on questions of law, reads the records, answers no ink
    ADMINISTRATOR = "administrator"  # everything but the law; alone sees what was expunged or sealed


class Reach(StrEnum):
    """Whose things a role may use a route on."""

    OWN = "own"
    ANY = "any"


_A, _R, _J, _L, _M = Role.ARCHIVIST, Role.REVIEWER, Role.ADJUDICATOR, Role.ATTORNEY, Role.ADMINISTRATOR
Rule = Mapping[Role, Reach]


def _rule(*roles: Role, own: tuple[Role, ...] = ()) -> Rule:
    return MappingProxyType({**dict.fromkeys(roles, Reach.ANY), **dict.fromkeys(own, Reach.OWN)})


_EVERYBODY = _rule(own=tuple(Role))
_AT_THE_INK = _rule(_R, _J, _M)
_READING = _rule(_R, _J, _L, _M)

# Routes open to whoever reaches the server: they show nothing of the archive.
OPEN = frozenset({"enter", "entered", "static"})
# Routes that a session answers to although it is locked.
LOCKED = frozenset({"locked", "unlocked", "leave"})

MATRIX: Mapping[str, Rule] = MappingProxyType(
    {
        "home": _EVERYBODY,
        "locked": _EVERYBODY,
        "unlocked": _EVERYBODY,
        "leave": _EVERYBODY,
        "shortcuts": _EVERYBODY,
        "next": _AT_THE_INK,
        "question": _AT_THE_INK,
        "answer": _AT_THE_INK,
        "ink": _AT_THE_INK,
        "hold": _AT_THE_INK,
        "typing": _AT_THE_INK,
        "take_over": _AT_THE_INK,
        "people": _AT_THE_INK,
        "undo": _rule(own=(_R, _J, _M)),
        "mine": _rule(own=(_R, _J, _M)),
        "reopen": _rule(_J, _M, own=(_R,)),
        "missed": _AT_THE_INK,
        "record": _READING,
        "page_image": _rule(*Role),
        "find": _READING,
        "found": _READING,
        "waiting": _READING,
        "law": _rule(_L, _M),
        "rule": _rule(_L),
        "revoke": _rule(_L),
        "shelf": _rule(_A, _J, _M),
        "users": _rule(_M),
        "invite": _rule(_M),
        "change_user": _rule(_M),
    }
)


def may(role: Role | None, route: str, *, own: bool = True) -> bool:
    """Whether somebody of that role, or of none, may use the route on a thing that is their own, or (`own`
    False) somebody else's; a route unheard of, nobody."""
    if route in OPEN:
        return True
    reach = None if role is None else MATRIX.get(route, {}).get(role)
    return reach is Reach.ANY or (reach is Reach.OWN and own)


def sees_hidden(role: Role) -> bool:
    """Whether the role may see records that were, or may have been, expunged or sealed."""
    return role is Role.ADMINISTRATOR
