"""Records to JSON and back: one form for the store, for hashing and for golden files."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def to_json(thing: object) -> bytes:
    """The canonical JSON of a record: the same record gives the same bytes on every machine."""
    return msgspec.json.encode(thing, order="deterministic")


def from_json(body: bytes | str, kind: type[T]) -> T:
    """The record of type `kind` that `to_json` wrote."""
    return msgspec.json.decode(body, type=kind)


def to_plain(thing: object) -> Any:
    """A record as dicts, lists, strings, numbers: what `json.loads(to_json(thing))` gives."""
    return msgspec.to_builtins(thing)


def digest(*parts: object) -> str:
    """SHA-256 over the canonical JSON of the parts, in hex; the key by which work is known to be done."""
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()
