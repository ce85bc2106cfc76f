"""What can go wrong in our own words, each with the exit status the command line gives for it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit statuses of `clerk`, as the outside relies on them."""

    DONE = 0
    ARGUMENTS = 1
    INPUT = 2
    PROGRAM_MISSING = 3
    STORAGE = 5
    SOME_FAILED = 10
    FIXITY = 12
    BUSY = 13
    FAULT = 70  # of the program itself
    INTERRUPTED = 130


class CasefileError(Exception):
    """An error of ours: says what, where and what to do, and never holds text read off a page."""

    exit_code = ExitCode.INPUT


class ArgumentError(CasefileError):
    """The command was asked for something that does not exist or does not fit together."""

    exit_code = ExitCode.ARGUMENTS


class InputError(CasefileError):
    """What was given cannot be used: a scan, a list, a settings or policy file."""


class PageError(InputError):
    """One page cannot be used; the rest goes on. `reason` is a short code kept in the ledger."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason}: {advice}")
        self.reason, self.advice = reason, advice

    def __reduce__(self) -> tuple[type[PageError], tuple[str, str]]:
        return (type(self), (self.reason, self.advice))


class ProgramMissingError(CasefileError):
    """A program or font the work needs is not installed."""

    exit_code = ExitCode.PROGRAM_MISSING


class StorageError(CasefileError):
    """The archive cannot be read or written: no permission, no room, or not an archive."""

    exit_code = ExitCode.STORAGE


class FixityError(CasefileError):
    """A master is not what was received."""

    exit_code = ExitCode.FIXITY


class BusyError(CasefileError):
    """Another run holds the archive."""

    exit_code = ExitCode.BUSY
