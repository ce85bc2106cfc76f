"""The figures of each law and the policies of offices: dated, cited TOML, and its loader."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from typing import Protocol, TypeVar

import msgspec

Figures = TypeVar("Figures")


class Provision(Protocol):
    """A figure in force from a day on."""

    @property
    def since(self) -> date: ...


class Dated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure of law: in force from a day on, as its citation says."""

    since: date
    cite: str


class Age(Dated, frozen=True, forbid_unknown_fields=True):
    age: int


class Weight(Dated, frozen=True, forbid_unknown_fields=True):
    grams: float


class SilentOffenseDate(Dated, frozen=True, forbid_unknown_fields=True):
    days_before_arrest: int


class SilentSentence(Dated, frozen=True, forbid_unknown_fields=True):
    margin_years: int
    years_if_no_term: int


InForce = TypeVar("InForce", bound=Provision)


def in_force(provisions: Sequence[InForce], on: date) -> InForce | None:
    """The provision that applied on that day; None before the first took effect."""
    return next((p for p in reversed(provisions) if p.since <= on), None)


def figures(name: str, shape: type[Figures]) -> Figures:
    """The figures of `parameters/<name>.toml`, checked against their shape."""
    text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), shape)
