"""A real cluster of two processes: workers, coordinators and pages that die cost themselves alone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from casefile.archive import PageId, PageState, Stage
from casefile.codec import to_json
from casefile.errors import ArgumentError, ExitCode, PageError
from casefile.flights import Flights
from casefile.ocr import OcrPage
from clerk import archive as archives
from clerk import cli, dispatch
from clerk.archive import Archive
from clerk.dispatch import ClusterHands, Sent, _checked
from clerk.hands import Lost, OwnHands, Scheduler, begin_forking, hands_of
from digitize.jobs import PageJob
from digitize.sandbox import Answer
from tests.clerk.replaying import DEADLY, HANGING, PLAIN, SLOW, Replaying, put_pages

ROOT = Path(__file__).parents[2]
COORDINATOR = (sys.executable, "-m", "tests.clerk.coordinator")


@pytest.mark.parametrize(
    ("address", "is_refused"),
    [
        ("tcp://scheduler.example:8786", True),
        ("scheduler.example:8786", True),
        ("tcp://192.0.2.7:8786", True),
        ("http://127.0.0.1:8786", True),
        ("tls://", True),
        ("tls://scheduler.example:8786", False),
        ("tcp://127.0.0.1:8786", False),
        ("127.0.0.1:8786", False),
        ("tcp://[::1]:8786", False),
        ("localhost:8786", False),
    ],
)
def test_pages_leave_this_machine_with_tls_only(address: str, *, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(ArgumentError):
            Scheduler(address)
    else:
        assert Scheduler(address).url.endswith(address)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--scheduler", "tcp://192.0.2.7:8786"], "with TLS only"),
        (["--scheduler", "tls://192.0.2.7:8786", "--tls-ca", __file__], "go together"),
        (["--scheduler", "tls://192.0.2.7:8786", "--workers", "2"], "give one of them"),
    ],
)
def test_what_does_not_fit_together_is_refused_before_anything_is_done(
    tmp_path: Path, options: list[str], says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["clerk", "run", str(tmp_path), "--archive", str(tmp_path / "archive"), *options]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as done:
        cli.main()
    assert done.value.code == ExitCode.ARGUMENTS
    assert says in capsys.readouterr().err
    assert not (tmp_path / "archive").exists()


def test_without_workers_no_cluster_is_begun() -> None:
    assert isinstance(hands_of(0), OwnHands)
    code = "import sys; from clerk.hands import hands_of; hands_of(0); print('distributed' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_a_cluster_is_loaded_when_there_is_a_page_to_read() -> None:
    code = (
        "import sys; from clerk.hands import hands_of\n"
        "class NoPages:\n    total, given_up = 0, False\n    def next(self): return None\n"
        "print(list(hands_of(2).read(NoPages())), 'distributed' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[] False"


def test_workers_are_forked_without_threads_and_nothing_is_left_of_how(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = list[tuple[str | None, ...]]()
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    monkeypatch.setenv(names[0], "3")
    monkeypatch.delenv(names[1], raising=False)
    monkeypatch.setattr(
        "multiprocessing.forkserver.ensure_running", lambda: begun.append(tuple(map(os.environ.get, names)))
    )
    begin_forking()
    assert begun == [("1", "1")]
    assert tuple(map(os.environ.get, names)) == ("3", None)


class OnePage:
    """One page to read."""

    total, given_up = 1, False

    def __init__(self) -> None:
        self.left = [PageJob(PageId("p1"), Path("master"), 0)]

    def next(self) -> PageJob | None:
        return self.left.pop() if self.left else None


class Failing:
    """Stands for the process that reads."""

    def __init__(self, *_: object) -> None: ...

    def __enter__(self) -> Failing:
        return self

    def __exit__(self, *_: object) -> None: ...

    def read(self, job: PageJob) -> PageError:
        return PageError("unreadable", job.page_id)


@pytest.mark.parametrize("openssl", [None, "false", "/nowhere/openssl"])
def test_without_keys_no_cluster_is_begun_and_the_page_is_read(
    openssl: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = shutil.which(openssl) if openssl == "false" else openssl
    monkeypatch.setattr(dispatch.shutil, "which", lambda _: program)
    monkeypatch.setattr(dispatch, "LocalCluster", lambda **_: pytest.fail("a cluster was begun"))
    monkeypatch.setattr("digitize.reader.Reader", Failing)
    (landing,) = ClusterHands(Replaying, workers=2).read(OnePage())
    assert (landing.page_id, isinstance(landing.outcome, PageError)) == ("p1", True)
    assert "openssl" in capsys.readouterr().err


@contextmanager
def coordinator(archive: Path, source: Path, *, workers: int = 2) -> Iterator[subprocess.Popen[str]]:
    """A run of its own, in a terminal of its own; all of it is ended in the end."""
    command = [*COORDINATOR, str(archive), str(source), "--workers", str(workers)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def wait_for(condition: Callable[[], bool], *, seconds: float = 180.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.2)


def total_done(archive: Path) -> int:
    with Archive(archive).store() as store:
        return store.page_totals().get((Stage.DIGITIZE, PageState.DONE), 0)


def workers_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The worker processes of a run; not those that read for them, nor what multiprocessing needs for itself."""
    return [
        worker
        for child in psutil.Process(process.pid).children()
        if any("forkserver" in part for part in child.cmdline())
        for worker in child.children()
    ]


def ends(archive: Path) -> Counter[str]:
    with Archive(archive).store() as store:
        rows = store.ledger(Stage.DIGITIZE)
        assert Flights(store).under_way() == []
        return Counter(row.reason or str(row.state) for row in rows.values())


def pages(tmp_path: Path, widths: Sequence[int]) -> Path:
    put_pages(tmp_path / "source", widths)
    return tmp_path / "source"


@pytest.fixture
def usual_port_taken() -> Iterator[None]:
    """The port on which Dask shows itself, as another run on this machine has it."""
    with socket.socket() as held:
        with suppress(OSError):  # or it is taken anyway
            held.bind(("127.0.0.1", 8787))
            held.listen()
        yield


@pytest.mark.usefixtures("usual_port_taken")
def test_a_worker_killed_a_page_that_kills_and_a_page_that_hangs_cost_themselves_alone(tmp_path: Path) -> None:
    source, root = pages(tmp_path, [DEADLY, HANGING, *[SLOW] * 6, *[PLAIN] * 6]), tmp_path / "archive"
    with coordinator(root, source) as run:
        wait_for(lambda: total_done(root) >= 2 and any(worker.children() for worker in workers_of(run)))
        victim = max(workers_of(run), key=lambda worker: len(worker.children()))
        readers = victim.children()
        victim.kill()
        _, errors = run.communicate(timeout=240)
    assert run.returncode == 0, errors
    assert ends(root) == {"done": 12, "crashed": 1, "timeout": 1}
    wait_for(lambda: not any(reader.is_running() for reader in readers), seconds=60)
    assert "Traceback" not in errors
    assert "Warning" not in errors


def test_a_coordinator_interrupted_killed_and_begun_again(tmp_path: Path) -> None:
    """Ctrl-C in its terminal, which the workers hear, too; then a kill; then to the end."""
    source, root = pages(tmp_path, [SLOW] * 14), tmp_path / "archive"
    with coordinator(root, source) as run:
        wait_for(lambda: total_done(root) >= 2)
        told = json.loads(CliRunner().invoke(cli.clerk, ["status", "-a", str(root), "--json"]).stdout)
        before = total_done(root)
        os.killpg(run.pid, signal.SIGINT)
        _, errors = run.communicate(timeout=240)
    assert run.returncode == ExitCode.INTERRUPTED, errors
    assert told["run"]["stage"] == "digitize"
    assert told["run"]["total"] == told["pages"] == 14
    assert told["run"]["done"] >= 2
    assert told["run"]["a_minute"] > 0
    assert told["run"]["seconds_left"] > 0
    assert told["under_way"] > 0
    assert before < total_done(root) <= before + 5, "the pages under way landed, and no others were begun"
    with coordinator(root, source, workers=0) as run:
        killed_at = total_done(root) + 1
        wait_for(lambda: total_done(root) >= killed_at)
        run.kill()
        run.wait()
    with Archive(root).store() as store:
        assert Flights(store).under_way()
    assert json.loads(CliRunner().invoke(cli.clerk, ["status", "-a", str(root), "--json"]).stdout)["run"] is None
    with coordinator(root, source, workers=0) as run:
        assert run.wait(timeout=240) == 0
    assert ends(root) == {"done": 14}


def certificate(folder: Path) -> tuple[Path, Path]:
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
               "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=test"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return cert, key


def run_at(
    address: str, cert: Path, key: Path, root: Path, source: Path, *, patience: float = 120
) -> subprocess.CompletedProcess[str]:
    command = [*COORDINATOR, root, source, "--scheduler", address, cert, key, "--patience", str(patience)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_an_existing_cluster_reads_over_tls_and_refuses_whom_it_does_not_know(tmp_path: Path) -> None:
    source, root = pages(tmp_path, [PLAIN] * 4), tmp_path / "archive"
    cert, key = certificate(tmp_path)
    tls = ["--tls-ca-file", cert, "--tls-cert", cert, "--tls-key", key]
    dask = [sys.executable, "-m", "dask"]
    address = tmp_path / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    scheduler = [*dask, "scheduler", *tls, "--protocol", "tls", "--host", "127.0.0.1", "--port", "0",
                 "--no-dashboard", "--scheduler-file", address]  # fmt: skip
    worker = [*dask, "worker", *tls, "--scheduler-file", address, "--no-nanny", "--no-dashboard", "--nthreads", "1",
              "--local-directory", tmp_path / "scratch"]  # fmt: skip
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment, "cwd": tmp_path}
    with subprocess.Popen(scheduler, **silent) as first, subprocess.Popen(worker, **silent) as second:  # type: ignore[call-overload]
        try:
            wait_for(lambda: address.exists() and address.read_text().endswith("}"))
            found = json.loads(address.read_text())["address"]
            assert found.startswith("tls://")
            done = run_at(found, cert, key, root, source)
            (tmp_path / "strange").mkdir()
            put_pages(source, [PLAIN] * 5)
            refused = run_at(found, *certificate(tmp_path / "strange"), root, source, patience=4)
        finally:
            first.kill()
            second.kill()
    assert done.returncode == 0, done.stderr
    assert ends(root) == {"done": 4}
    assert "StorageError" in refused.stderr


def test_an_archive_is_free_again_once_somebody_only_looked(tmp_path: Path) -> None:
    archive = archives.create(tmp_path / "archive")
    assert not archives.is_held(archive)
    with archives.held(archive):
        assert archives.is_held(archive)
    assert not archives.is_held(archive)
    with archives.held(archive):
        pass


def test_the_ledger_of_flights_is_strict(tmp_path: Path) -> None:
    archives.create(tmp_path / "archive")
    connection = sqlite3.connect(tmp_path / "archive" / "casefile.db")
    try:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO run_progress VALUES (2, '{}')")
    finally:
        connection.close()


def sent(answer: Answer, *, body: bytes | None = None) -> Sent:
    told = to_json(answer)
    return Sent(told if body is None else body, hashlib.sha256(told).hexdigest())


PAGE = OcrPage(PageId("p1"), 10, 10, (), (), (), 0.0, 0, "any 1")


@pytest.mark.parametrize(
    ("back", "outcome"),
    [
        (sent(Answer(page=PAGE)), PAGE),
        (Sent(None), Lost.PROCESS),
        (sent(Answer(page=PAGE), body=b"{}"), Lost.WORKER),
        (sent(Answer(page=replace(PAGE, page_id=PageId("p2")))), Lost.WORKER),
        (Sent(b"\x80", hashlib.sha256(b"\x80").hexdigest()), Lost.WORKER),
    ],
)
def test_what_a_worker_sends_is_looked_at_before_it_is_kept(back: Sent, outcome: OcrPage | Lost) -> None:
    assert _checked(PageJob(PageId("p1"), Path("p1"), 0), back) == outcome


def test_why_a_worker_could_not_read_a_page_comes_back_with_it() -> None:
    found = _checked(PageJob(PageId("p1"), Path("p1"), 0), sent(Answer(reason="truncated", advice="scan it again")))
    assert isinstance(found, PageError)
    assert (found.reason, found.advice) == ("truncated", "scan it again")


def test_doctor_says_how_the_network_is_kept_from_pages() -> None:
    done = CliRunner().invoke(cli.clerk, ["doctor", "--json"])
    found = {one["what"]: one["detail"] for one in json.loads(done.stdout)}
    assert "network" in found["no network for pages"] or "kernel" in found["no network for pages"]
