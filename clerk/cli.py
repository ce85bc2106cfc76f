"""The command line: arguments in, exit status out. The commands themselves stand in `clerk.commands`."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from casefile.errors import CasefileError, ExitCode, StorageError
from clerk.commands.telling import printable

# Each command with its module in `clerk.commands`, imported when it is asked for: every process that a run begins
# imports this file, and none of them needs them all.
COMMANDS = {
    "run": "run",
    "demo": "demo",
    "intake": "stages",
    "digitize": "stages",
    "extract": "stages",
    "match": "match",
    "calibrate": "calibrate",
    "determine": "determine",
    "rule": "rule",
    "report": "report",
    "triage": "stages",
    "review": "review",
    "user": "users",
    "export": "export",
    "status": "status",
    "init": "upkeep",
    "fixity": "upkeep",
    "doctor": "upkeep",
}


class Clerk(click.Group):
    """Turns our errors, and only ours, into a line on standard error and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"clerk.commands.{COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(found, click.Command)  # noqa: S101 - the table above names commands
        return found

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CasefileError as error:
            _complain(error, debug=bool(ctx.params.get("debug")))
            ctx.exit(error.exit_code)
        except BrokenPipeError:  # whoever read our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        except OSError as error:
            wrapped = StorageError(f"{error.filename or 'the disk'}: {error.strerror or error}")
            _complain(wrapped, debug=bool(ctx.params.get("debug")))
            ctx.exit(wrapped.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # its message may hold words off a page, and is told with --debug alone
            if ctx.params.get("debug"):
                raise
            *_, last = traceback.extract_tb(error.__traceback__)
            place = f"{type(error).__name__} in {last.name}, {Path(last.filename).name} line {last.lineno}"
            click.echo(
                f"clerk: a fault of the program: {place}; run again with --debug before it and report it", err=True
            )
            ctx.exit(ExitCode.FAULT)


def _complain(error: CasefileError, *, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    click.echo(f"clerk: {printable(str(error))}", err=True)


@click.group(cls=Clerk, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="show where an error came from")
@click.version_option(package_name="docket-clerk")
def clerk(debug: bool) -> None:
    """Reads scanned court dockets, applies the law to them, and asks wherever the ink leaves a doubt."""


def main() -> NoReturn:
    """The program `clerk`; wrong arguments end with exit status 1."""
    try:
        sys.exit(clerk(standalone_mode=False))
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.ARGUMENTS)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(ExitCode.INTERRUPTED)


if __name__ == "__main__":
    main()
