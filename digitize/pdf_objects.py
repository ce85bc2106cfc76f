"""The objects of a PDF that keeps them in the plainest way; any other is left to poppler.

Only what can be understood in one way is: one table of objects, each where the table says, no later edition of any,
nothing packed, locked, commented or named twice. ISO 32000-1, 7.3 and 7.5.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_LARGEST = 1 << 28  # bytes of a file that is looked into; scans of one case are smaller
_DEEPEST = 12  # values within values
_TAIL = 64  # bytes: the place of the table stands within the last of a file
_BLANKS = rb"[\0\t\n\f\r ]*"
_END = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|$)"
_SKIP = re.compile(_BLANKS)
_NAME = re.compile(rb"/([A-Za-z0-9_.+*:-]+)" + _END)
_REFERENCE = re.compile(rb"(\d{1,9}) (\d{1,5}) R" + _END)
_NUMBER = re.compile(rb"[+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})" + _END)
_WORD = re.compile(rb"(true|false|null)" + _END)
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\0\t\n\f\r ]*>", re.S)
_HEAD = re.compile(rb"(\d{1,9}) (\d{1,5}) obj" + _BLANKS)
_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_SECTION = re.compile(rb"(\d{1,9}) (\d{1,9}) ?\r?\n")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)")
_STREAM = re.compile(_BLANKS + rb"stream\r?\n")
_AFTER_STREAM = re.compile(rb"\s{0,2}endstream\s+endobj" + _END)
_AFTER_VALUE = re.compile(_BLANKS + rb"endobj" + _END)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, without its slash."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """An object that stands elsewhere."""

    number: int
    generation: int


Value: TypeAlias = "float | bool | bytes | Name | Reference | list[Value] | dict[str, Value] | None"
Dictionary: TypeAlias = "dict[str, Value]"


class NotPlainError(Exception):
    """The file, or this part of it, is not kept in the plainest way."""


@dataclass(frozen=True, slots=True)
class PdfObjects:
    """The objects of one file, by the places its table gives; `trailer` leads to them."""

    content: mmap.mmap
    places: Mapping[Reference, int]
    trailer: Dictionary

    def resolved(self, value: Value) -> Value:
        """The value itself, or the object that it refers to."""
        return self._object(value)[0] if isinstance(value, Reference) else value

    def dictionary(self, value: Value) -> Dictionary:
        """The dictionary that a value is or refers to."""
        found = self.resolved(value)
        if not isinstance(found, dict):
            raise NotPlainError
        return found

    def stream(self, value: Value) -> tuple[Dictionary, bytes]:
        """The dictionary of a stream and its bytes as they lie in the file."""
        if not isinstance(value, Reference):
            raise NotPlainError
        head, after = self._object(value, is_stream=True)
        if not isinstance(head, dict):
            raise NotPlainError
        start, length = _matched(_STREAM, self.content, after).end(), self.resolved(head.get("Length"))
        if not isinstance(length, int) or isinstance(length, bool) or not 0 <= length <= len(self.content) - start:
            raise NotPlainError
        _matched(_AFTER_STREAM, self.content, start + length)
        return head, self.content[start : start + length]

    def _object(self, reference: Reference, *, is_stream: bool = False) -> tuple[Value, int]:
        place = self.places.get(reference)
        if place is None:
            raise NotPlainError
        head = _matched(_HEAD, self.content, place)
        if (int(head[1]), int(head[2])) != (reference.number, reference.generation):
            raise NotPlainError
        value, after = _value(self.content, head.end())
        if not is_stream:
            _matched(_AFTER_VALUE, self.content, after)
        return value, after


def objects_of(path: Path) -> PdfObjects:
    """The objects of a file; NotPlainError where it is not kept in the plainest way."""
    with path.open("rb") as file:
        if not 0 < path.stat().st_size <= _LARGEST:
            raise NotPlainError
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = _START.search(content, max(0, len(content) - _TAIL))
    if content[:5] != b"%PDF-" or start is None:
        raise NotPlainError
    places, after = _table(content, int(start[1]))
    trailer, _ = _value(content, _matched(re.compile(_BLANKS + rb"trailer" + _BLANKS), content, after).end())
    if not isinstance(trailer, dict) or trailer.keys() - {"Root", "Size", "Info", "ID"}:
        raise NotPlainError  # an earlier edition, a second table or a lock
    return PdfObjects(content, places, trailer)


def unpacked(head: Dictionary, body: bytes, *, most: int) -> bytes:
    """The bytes of a stream that is not packed or by the one common way, no more than `most`."""
    packing = head.get("Filter")
    if head.keys() - {"Length", "Filter"}:
        raise NotPlainError
    if packing is None:
        found = body
    elif packing in (Name("FlateDecode"), [Name("FlateDecode")]):
        unpacking = zlib.decompressobj()
        try:
            found = unpacking.decompress(body, most + 1)
        except zlib.error as error:
            raise NotPlainError from error
        if not unpacking.eof:
            raise NotPlainError
    else:
        raise NotPlainError
    if len(found) > most:
        raise NotPlainError
    return found


def _table(content: mmap.mmap, at: int) -> tuple[Mapping[Reference, int], int]:
    """Where each object stands, and where the table ends."""
    places: dict[Reference, int] = {}
    seen: set[int] = set()
    at = _matched(re.compile(rb"xref ?\r?\n"), content, at).end()
    while (section := _SECTION.match(content, at)) is not None:
        first, total = int(section[1]), int(section[2])
        at = section.end()
        for number in range(first, first + total):
            entry = _matched(_ENTRY, content, at)
            at = entry.end()
            if number in seen:
                raise NotPlainError
            seen.add(number)
            if entry[3] == b"n":
                places[Reference(number, int(entry[2]))] = int(entry[1])
    return places, at


def _matched(pattern: re.Pattern[bytes], content: mmap.mmap, at: int) -> re.Match[bytes]:
    found = pattern.match(content, at)
    if found is None:
        raise NotPlainError
    return found


def _value(content: mmap.mmap, at: int, depth: int = 0) -> tuple[Value, int]:
    """The value that stands at a place, and the place behind it."""
    if depth > _DEEPEST:
        raise NotPlainError
    at = _behind_blanks(content, at)
    if content[at : at + 2] == b"<<":
        return _dictionary(content, at + 2, depth)
    if content[at : at + 1] == b"[":
        return _list(content, at + 1, depth)
    if (found := _NAME.match(content, at)) is not None:
        return Name(found[1].decode("ascii")), found.end()
    if (found := _REFERENCE.match(content, at)) is not None:
        return Reference(int(found[1]), int(found[2])), found.end()
    if (found := _NUMBER.match(content, at)) is not None:
        return (float(found[0]) if b"." in found[0] else int(found[0])), found.end()
    if (found := _STRING.match(content, at)) is not None:
        return found[0], found.end()
    found = _matched(_WORD, content, at)
    return {b"true": True, b"false": False, b"null": None}[found[1]], found.end()


def _list(content: mmap.mmap, at: int, depth: int) -> tuple[list[Value], int]:
    values: list[Value] = []
    while content[(at := _behind_blanks(content, at)) : at + 1] != b"]":
        value, at = _value(content, at, depth + 1)
        values.append(value)
    return values, at + 1


def _dictionary(content: mmap.mmap, at: int, depth: int) -> tuple[Dictionary, int]:
    values: Dictionary = {}
    while content[(at := _behind_blanks(content, at)) : at + 2] != b">>":
        key = _matched(_NAME, content, at)
        name = key[1].decode("ascii")
        if name in values:  # readers differ in which of two they take
            raise NotPlainError
        values[name], at = _value(content, key.end(), depth + 1)
    return values, at + 2


def _behind_blanks(content: mmap.mmap, at: int) -> int:
    found = _SKIP.match(content, at)
    return at if found is None else found.end()
