"""The laws there are, and the policies of offices over them, by name."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from casefile.errors import ArgumentError, InputError
from eligibility import california, illinois
from eligibility.law import Law, Policy

LAWS: dict[str, Callable[[], Law]] = {"california": california.law, "illinois": illinois.law}


def load_law(name: str) -> Law:
    """The law of that name, with its figures."""
    if name not in LAWS:
        raise ArgumentError(f"no such law; there are: {', '.join(sorted(LAWS))}")
    return LAWS[name]()


def load_policy(name_or_path: str) -> Policy:
    """The policy shipped under that name, or of a `.toml` file; a wrong or misspelt key is named."""
    return policy_in(_policy_text(name_or_path))


def policy_in(text: str, law: Law | None = None) -> Policy:
    """The policy that a TOML text states over the law it names, or over `law`."""
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"the policy file is not TOML: {error}") from error
    head = _checked({name: stated.pop(name) for name in PolicyHead.__struct_fields__ if name in stated}, PolicyHead)
    chosen = load_law(head.law) if law is None and head.law in LAWS else law
    if chosen is None or chosen.name != head.law:
        raise InputError(f"the policy file cannot be used: its law must be one of {', '.join(sorted(LAWS))}")
    return Policy(head.name, head.law, head.version, head.cite, _checked(stated, chosen.settings))


class PolicyHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every policy file says of itself; its other keys are what the law lets an office choose."""

    name: str
    law: str
    version: str
    since: date
    cite: str


def _checked(stated: dict[str, Any], shape: type[Any]) -> Any:
    try:
        return msgspec.convert(stated, shape)
    except msgspec.ValidationError as error:
        names = () if shape is PolicyHead else shape.__struct_fields__
        known = ", ".join((*PolicyHead.__struct_fields__, *names))
        raise InputError(f"the policy file cannot be used: {error}; its keys are {known}") from error


def _policy_text(name_or_path: str) -> str:
    shipped = files("eligibility.parameters").joinpath("policies")
    names = sorted(entry.name.removesuffix(".toml") for entry in shipped.iterdir() if entry.name.endswith(".toml"))
    if name_or_path in names:
        return shipped.joinpath(f"{name_or_path}.toml").read_text(encoding="utf-8")
    if not name_or_path.endswith(".toml"):
        raise InputError(f"no such policy; there are {', '.join(names)}, or a path to a .toml file")
    try:
        return Path(name_or_path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the policy file cannot be read; give a path to a .toml file in UTF-8") from error
