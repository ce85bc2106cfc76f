"""The command line: arguments in, exit status out. The commands themselves stand in `clerk.commands`."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

import click

from casefile.errors import CasefileError, ExitCode, StorageError
from clerk.commands import (
    calibrate,
    demo,
    determine,
    export,
    match,
    report,
    review,
    rule,
    run,
    stages,
    status,
    upkeep,
    users,
)
from clerk.commands.telling import printable


class Clerk(click.Group):
    """Turns our errors, and only ours, into a line on standard error and an exit status."""

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


COMMANDS: tuple[click.Command, ...] = (
    run.run,
    demo.demo,
    stages.intake,
    stages.digitize,
    stages.extract,
    match.match,
    calibrate.calibrate,
    determine.determine,
    rule.rule,
    report.report,
    stages.triage,
    review.review,
    users.user,
    export.export,
    status.status,
    upkeep.init,
    upkeep.fixity,
    upkeep.doctor,
)

for command in COMMANDS:
    clerk.add_command(command)


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
