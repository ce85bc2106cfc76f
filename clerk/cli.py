"""The command line: arguments in, exit status out."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from casefile.errors import CasefileError, ExitCode, StorageError
from clerk import archive as archives

ARCHIVE = click.option(
    "--archive",
    "-a",
    "root",
    required=True,
    type=click.Path(path_type=Path),
    help="the folder of the archive",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="print the result as JSON")
DAY = click.DateTime(formats=["%Y-%m-%d"])
WORKERS = click.option(
    "--workers",
    type=click.IntRange(0, 256),
    help="pages read at once; default: one a core; 0: in this process",
)
QUIET = click.option("--quiet", is_flag=True, help="no progress on standard error")


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


def printable(text: str) -> str:
    """`text` with whatever could move a terminal's cursor shown as an escape; file names are hostile."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in text)


@click.group(cls=Clerk, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="show where an error came from")
@click.version_option(package_name="docket-clerk")
def clerk(debug: bool) -> None:
    """Reads scanned court dockets, applies the law to them, and asks wherever the ink leaves a doubt."""


# the main job and its stages


def _choices(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--as-of", type=DAY, help="the day judged for; default: today"),
        click.option("--policy", default="none", show_default=True, help="a shipped policy or a .toml of your own"),
        click.option("--law", default="illinois", show_default=True, help="the law that is applied"),
        click.option("--list-complete", is_flag=True, help="everybody who could appear is on the list"),
        click.option("--persons", type=click.Path(path_type=Path), help="the list of persons (CSV)"),
    ):
        function = option(function)
    return function


@clerk.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@ARCHIVE
@_choices
@WORKERS
@QUIET
@AS_JSON
def run(
    sources: tuple[Path, ...], root: Path, persons: Path | None, list_complete: bool, law: str, policy: str,
    as_of: Any, workers: int | None, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """The main job: scans in SOURCE (folders or single files) to records, persons, answers and questions.

    Run again, it does only what is new.
    """
    from clerk import pipeline

    archive = archives.create(root)
    with archives.held(archive), archive.store() as store, interruptible():
        problems = _remember_list(store, persons, complete=list_complete)
        choices = pipeline.Choices(law, _policy(policy), _day(as_of))
        problems += pipeline.manifest_problems(sources)
        cores = os.cpu_count() or 1 if workers is None else workers
        work = pipeline.run(archive, store, sources, choices, workers=cores, quiet=quiet)
        _tell(pipeline.status(store), work, as_json=as_json)
        _finish(store, problems)


def _day(as_of: Any) -> date:
    return date.today() if as_of is None else as_of.date()


def _policy(name: str | None) -> str | None:
    """The policy as the archive remembers it: a file by its whole path, for the next command stands elsewhere."""
    if name is None or name == "none":
        return None
    return str(Path(name).resolve()) if name.endswith(".toml") else name


def _remember_list(store: Any, persons: Path | None, *, complete: bool) -> tuple[str, ...]:
    from clerk import pipeline

    if complete and persons is None:
        raise click.UsageError("--list-complete says something of a list: give --persons, too")
    return () if persons is None else pipeline.remember_persons(store, persons, complete=complete)


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C ends with exit status 130; what was finished is kept."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("clerk: interrupted; what was finished is kept, run again to go on", err=True)
        sys.exit(ExitCode.INTERRUPTED)


def _tell(status: Any, work: Any, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"work": asdict(work), **asdict(status)}))
        return
    nothing = not any(asdict(work).values())
    click.echo(f"as of {status.as_of}, law {status.law}, policy {status.policy or 'none'}")
    click.echo(
        "nothing was new"
        if nothing
        else f"new: {work.files} files, {work.pages_read} pages read, {work.determined} records decided"
    )
    click.echo(f"pages {status.pages}, set aside {status.set_aside}")
    click.echo(f"records {status.records} {_counts(status.states)}")
    click.echo(f"charges {_counts(status.outcomes)}; questions waiting {status.questions}")


def _counts(numbers: dict[str, int]) -> str:
    return "(" + ", ".join(f"{name} {number}" for name, number in numbers.items()) + ")"


def _finish(store: Any, problems: Sequence[str] = ()) -> None:
    """Lists what could not be used on standard error; exit status 10 where there is any."""
    from clerk import pipeline

    aside, left_out, missing = pipeline.set_aside(store), store.left_out(), pipeline.missing_files(store)
    for problem in problems:
        click.echo(f"clerk: {printable(problem)}", err=True)
    for one in aside:
        click.echo(f"clerk: set aside: {printable(pipeline.where(one.place))}: {one.reason}: {one.advice}", err=True)
    for row in left_out:
        name = "/".join(filter(None, (row.box, row.folder, row.file)))
        click.echo(f"clerk: left out: {printable(name)}: {row.why}", err=True)
    for name in missing:
        click.echo(f"clerk: missing: {printable(name)}", err=True)
    if aside or problems or missing or any(row.may_be_a_scan for row in left_out):
        sys.exit(ExitCode.SOME_FAILED)


@clerk.command()
@click.argument("root", type=click.Path(path_type=Path))
@AS_JSON
def init(root: Path, as_json: bool) -> None:
    """Makes an empty archive."""
    archives.create(root)
    _told({"archive": str(root)}, f"made {root}; next: clerk run SOURCE --archive {root}", as_json=as_json)


def _told(result: Mapping[str, object], words: str, *, as_json: bool) -> None:
    """The result as JSON on standard output, or in words on standard error."""
    if as_json:
        click.echo(json.dumps(result))
    else:
        click.echo(f"clerk: {words}", err=True)


@clerk.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@ARCHIVE
@QUIET
@AS_JSON
def intake(sources: tuple[Path, ...], root: Path, quiet: bool, as_json: bool) -> None:
    """Registers the scans in SOURCE; reads nothing yet."""
    from clerk import pipeline, reading

    archive = archives.create(root)
    with archives.held(archive), archive.store() as store, interruptible():
        total = sum(reading.take_in(archive, store, source, quiet=quiet) for source in sources)
        _told({"files": total}, f"{total} new files", as_json=as_json)
        _finish(store, pipeline.manifest_problems(sources))


@clerk.command()
@ARCHIVE
@WORKERS
@QUIET
@AS_JSON
def digitize(root: Path, workers: int | None, quiet: bool, as_json: bool) -> None:
    """Reads the words of every page that has none yet."""
    from clerk import reading

    archive = archives.opened(root)
    cores = os.cpu_count() or 1 if workers is None else workers
    with archives.held(archive), archive.store() as store, interruptible():
        total = reading.read_words(archive, store, workers=cores, quiet=quiet)
        _told({"pages": total}, f"{total} pages read", as_json=as_json)
        _finish(store)


@clerk.command()
@ARCHIVE
@QUIET
@AS_JSON
def extract(root: Path, quiet: bool, as_json: bool) -> None:
    """Puts pages together to documents and reads their records."""
    from clerk import deciding, reading

    archive = archives.opened(root)
    with archives.held(archive), archive.store() as store, interruptible():
        total = reading.read_records(archive, store, quiet=quiet)
        deciding.assemble_all(store)
        _told({"pages": total}, f"{total} pages extracted", as_json=as_json)
        _finish(store)


@clerk.command(name="match")
@ARCHIVE
@_choices
@AS_JSON
def link(
    root: Path, persons: Path | None, list_complete: bool, law: str, policy: str, as_of: Any, as_json: bool
) -> None:
    """Links records to the list of persons."""
    _stage(root, "match", law, policy, as_of, persons=persons, complete=list_complete, as_json=as_json)


@clerk.command()
@ARCHIVE
@_choices
@AS_JSON
def determine(
    root: Path, persons: Path | None, list_complete: bool, law: str, policy: str, as_of: Any, as_json: bool
) -> None:
    """Applies the law to every record whose facts, law, policy or day changed."""
    _stage(root, "determine", law, policy, as_of, persons=persons, complete=list_complete, as_json=as_json)


@clerk.command()
@ARCHIVE
@AS_JSON
def triage(root: Path, as_json: bool) -> None:
    """Decides which readings, matches and grounds a person must settle."""
    _stage(root, "triage", None, None, None, as_json=as_json)


def _stage(
    root: Path, stage: str, law: str | None, policy: str | None, as_of: Any, *,
    persons: Path | None = None, complete: bool = False, as_json: bool,
) -> None:  # fmt: skip
    from clerk import deciding, pipeline

    archive = archives.opened(root)
    with archives.held(archive), archive.store() as store, interruptible():
        problems = _remember_list(store, persons, complete=complete)
        if law is None:
            choices = pipeline.remembered_choices(store)
        else:
            choices = pipeline.Choices(law, _policy(policy), _day(as_of))
        rules = pipeline.rules_of(archive, store, choices)
        everyone = [record_id for record_id, _ in store.record_rows()]
        work = {
            "match": deciding.link_records,
            "determine": deciding.determine_records,
            "triage": deciding.triage_records,
        }[stage]
        total = work(store, rules, everyone)
        if stage == "determine":
            pipeline.remember_choices(store, choices)
        result = {"records": len(everyone), "changed": total}
        _told(result, f"{stage}: {total} of {len(everyone)} records changed", as_json=as_json)
        _finish(store, problems)


# looking, giving out, running the place


@clerk.command()
@ARCHIVE
@AS_JSON
def status(root: Path, as_json: bool) -> None:
    """How the archive stands: pages, records, questions, what was set aside and why."""
    from clerk import pipeline

    with archives.opened(root).store() as store:
        found = pipeline.status(store)
        aside = pipeline.set_aside(store)
        if as_json:
            listed = [
                {"box": o.place.box, "folder": o.place.folder, "file": o.place.file, "frame": o.place.frame,
                 "stage": o.stage, "reason": o.reason, "advice": o.advice}
                for o in aside
            ]  # fmt: skip
            left_out = [asdict(row) for row in store.left_out()]
            missing = pipeline.missing_files(store)
            click.echo(json.dumps({**asdict(found), "aside": listed, "left_out_files": left_out, "missing": missing}))
            return
        for name, value in asdict(found).items():
            click.echo(f"{name.replace('_', ' '):14} {_counts(value) if isinstance(value, dict) else value}")
        for one in aside:
            click.echo(f"set aside      {printable(pipeline.where(one.place))}: {one.reason}: {one.advice}")
        for row in store.left_out():
            name = "/".join(filter(None, (row.box, row.folder, row.file)))
            click.echo(f"left out       {printable(name)}: {row.why}")
        for missing_file in pipeline.missing_files(store):
            click.echo(f"missing        {printable(missing_file)}")


@clerk.command()
@click.argument("what", type=click.Choice(["records", "determinations", "persons", "review", "charges"]))
@ARCHIVE
@click.option("--out", required=True, type=click.Path(path_type=Path), help="a .jsonl or .csv file")
@AS_JSON
def export(what: str, root: Path, out: Path, as_json: bool) -> None:
    """Writes what the archive holds as data."""
    from clerk import exports
    from extract.calibration import thresholds
    from review_queue.triage import Thresholds

    with archives.opened(root).store() as store:
        total = exports.write(exports.EXPORTS[what](store, Thresholds(thresholds())), out)
    if as_json:
        click.echo(json.dumps({"rows": total}))
    else:
        click.echo(f"clerk: {total} rows in {out}", err=True)


@clerk.command()
@ARCHIVE
@AS_JSON
def fixity(root: Path, as_json: bool) -> None:
    """Checks that every master is still what was received; exit status 12 where one is not."""
    from digitize.intake import check_fixity

    archive = archives.opened(root)
    with archive.store() as store:
        bad = [sha for sha, good in check_fixity(archive.masters, store.masters()) if not good]
        total = len(store.masters())
    if as_json:
        click.echo(json.dumps({"masters": total, "changed": bad}))
    for sha in bad:
        click.echo(f"clerk: {sha}: missing, or not what was received; restore it from a backup", err=True)
    click.echo(f"clerk: {total - len(bad)} of {total} masters are as received", err=True)
    if bad:
        sys.exit(ExitCode.FIXITY)


@clerk.command()
@AS_JSON
def doctor(as_json: bool) -> None:
    """Says whether everything the work needs is installed; exit status 3 where a program is missing."""
    from clerk.doctor import findings

    found = findings()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found]))
    else:
        for one in found:
            click.echo(f"{'ok     ' if one.found else 'MISSING'} {one.what}: {one.detail}")
    if not all(one.found for one in found):
        sys.exit(ExitCode.PROGRAM_MISSING)


@clerk.group()
def review() -> None:
    """The questions a person must settle."""


@review.command()
@ARCHIVE
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--cert", type=click.Path(path_type=Path, exists=True), help="certificate (PEM), for other hosts")
@click.option("--key", type=click.Path(path_type=Path, exists=True), help="its key (PEM)")
def serve(root: Path, host: str, port: int, cert: Path | None, key: Path | None) -> None:
    """Opens the review queue to a browser on this machine, or, with TLS, to others."""
    from clerk.serving import Tls, serve_review

    if (cert is None) != (key is None):
        raise click.UsageError("--cert and --key go together")
    tls = Tls(cert, key) if cert is not None and key is not None else None
    with interruptible():
        serve_review(archives.opened(root), host=host, port=port, tls=tls)


@clerk.command()
@click.argument("folder", default="demo-archive", type=click.Path(path_type=Path))
@click.option("--pages", default=72, show_default=True, type=click.IntRange(60, 2000))
@click.option("--seed", default=1965, show_default=True)
@WORKERS
@AS_JSON
def demo(folder: Path, pages: int, seed: int, workers: int | None, as_json: bool) -> None:
    """Makes a synthetic box with its truth, runs every stage, and says how right it was."""
    from clerk.demo import run_demo

    with interruptible():
        run_demo(folder, pages=pages, seed=seed, workers=workers, as_json=as_json)


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
