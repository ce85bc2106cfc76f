"""What an office may set, in the `clerk.toml` of its archive."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import msgspec

from casefile.errors import InputError

TEMPLATE = """\
# Settings of this archive. What is left out keeps the value shown.

# The share of wrong answers the office allows, a determination; 0.005 is one in two hundred at most.
risk = 0.005

# Probability, before looking at any name, that somebody on a docket is on the list of persons. What the records
# themselves tell of it outweighs this: it counts as fifty of them.
prior_listed = 0.7

# Until a lawyer has confirmed the law file, packets stay drafts: name and date of who confirmed it.
# confirmed_by = "..."
# confirmed_on = 2026-01-31
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """The office's choices; `risk` and `prior_listed` are probabilities, 0 to 1."""

    risk: float = 0.005
    prior_listed: float = 0.7
    confirmed_by: str | None = None
    confirmed_on: date | None = None

    def __post_init__(self) -> None:
        for name, value in (("risk", self.risk), ("prior_listed", self.prior_listed)):
            if not 0 <= value < 1:
                raise InputError(f"clerk.toml: {name} is a probability, 0 up to 1; found {value}")


def settings_in(path: Path) -> Settings:
    """The settings of a `clerk.toml`; a misspelt key or a value of the wrong kind is an InputError."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is not valid TOML ({error})") from error
    known = {field.name for field in fields(Settings)}
    for name in found:
        if name not in known:
            raise InputError(f"{path}: unknown setting {name!r}; known are {', '.join(sorted(known))}")
    try:
        return msgspec.convert(found, Settings)
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {error}") from error
