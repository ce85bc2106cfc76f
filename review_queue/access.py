"""Who may do what: the one role matrix of the review pages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a person is to the office; there is one role so far."""

    REVIEWER = "reviewer"


_REVIEWERS = frozenset({Role.REVIEWER})

# Routes open to whoever reaches the server: they show nothing of the archive.
OPEN = frozenset({"enter", "entered", "static"})

MATRIX: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "queue": _REVIEWERS,
        "question": _REVIEWERS,
        "answer": _REVIEWERS,
        "preview": _REVIEWERS,
        "ink": _REVIEWERS,
        "field": _REVIEWERS,
        "field_answer": _REVIEWERS,
        "field_preview": _REVIEWERS,
        "field_ink": _REVIEWERS,
        "record": _REVIEWERS,
        "page_image": _REVIEWERS,
        "undo": _REVIEWERS,
        "shortcuts": _REVIEWERS,
        "invite": _REVIEWERS,
        "leave": _REVIEWERS,
    }
)


def may(role: Role | None, route: str) -> bool:
    """Whether somebody of that role, or of none, may use the route; a route unheard of, nobody."""
    return route in OPEN or (role is not None and role in MATRIX.get(route, frozenset()))
