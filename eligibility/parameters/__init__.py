"""The figures of each law and the policies of offices: dated, cited TOML, and its loader."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal, Protocol, TypeVar

import msgspec

from casefile.docket import Grade
from casefile.errors import InputError
from eligibility.law import Policy

Figures = TypeVar("Figures")


class Provision(Protocol):
    """A figure in force from a day on."""

    @property
    def since(self) -> date: ...


InForce = TypeVar("InForce", bound=Provision)


def in_force(provisions: Sequence[InForce], on: date) -> InForce | None:
    """The provision that applied on that day; None before the first took effect."""
    return next((p for p in reversed(provisions) if p.since <= on), None)


def figures(name: str, shape: type[Figures]) -> Figures:
    """The figures of `parameters/<name>.toml`, checked against their shape."""
    text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), shape)


class PolicyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys a policy file may have; every other key is named and refused."""

    name: str
    law: Literal["illinois"]
    version: str
    since: date
    cite: str
    accompanying: Literal["any", "violent", "none"]
    possession_only: bool
    classes: tuple[Grade, ...]


def load_policy(name_or_path: str) -> Policy:
    """The policy shipped under that name, or of a `.toml` file; a wrong or misspelt key is named."""
    return policy_in(_policy_text(name_or_path))


def policy_in(text: str) -> Policy:
    """The policy that a TOML text states."""
    try:
        stated = msgspec.convert(tomllib.loads(text), PolicyFile)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"the policy file is not TOML: {error}") from error
    except msgspec.ValidationError as error:
        known = ", ".join(PolicyFile.__struct_fields__)
        raise InputError(f"the policy file cannot be used: {error}; its keys are {known}") from error
    return Policy(
        name=stated.name,
        law=stated.law,
        version=stated.version,
        cite=stated.cite,
        accompanying=stated.accompanying,
        possession_only=stated.possession_only,
        classes=stated.classes,
    )


def _policy_text(name_or_path: str) -> str:
    shipped = files(__name__).joinpath("policies")
    names = sorted(entry.name.removesuffix(".toml") for entry in shipped.iterdir() if entry.name.endswith(".toml"))
    if name_or_path in names:
        return shipped.joinpath(f"{name_or_path}.toml").read_text(encoding="utf-8")
    if not name_or_path.endswith(".toml"):
        raise InputError(f"no such policy; there are {', '.join(names)}, or a path to a .toml file")
    try:
        return Path(name_or_path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the policy file cannot be read; give a path to a .toml file in UTF-8") from error
