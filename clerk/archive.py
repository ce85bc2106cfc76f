"""An archive on disk: settings, database, masters, and what can be made again."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from casefile.archive import PageId
from casefile.codec import from_json, to_json
from casefile.errors import BusyError, StorageError
from casefile.ocr import OcrPage
from casefile.store import Store
from clerk.settings import TEMPLATE, Settings, settings_in


@dataclass(frozen=True, slots=True)
class Archive:
    """The folder of an archive: `clerk.toml`, `casefile.db`, `masters/`, `derived/`."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "casefile.db"

    @property
    def masters(self) -> Path:
        return self.root / "masters"

    @property
    def derived(self) -> Path:
        return self.root / "derived"

    @property
    def index(self) -> Path:
        """Where the index of a long list of persons is kept; it is made again where it is missing."""
        return self.derived / "persons"

    def settings(self) -> Settings:
        path = self.root / "clerk.toml"
        return settings_in(path) if path.exists() else Settings()

    def store(self) -> Store:
        """The archive's database; a new connection for each thread that asks."""
        if not self.database.exists():
            raise StorageError(f"{self.root}: is no archive; make one with: clerk init {self.root}")
        return Store(self.database)

    def words_path(self, page_id: PageId) -> Path:
        return self.derived / "words" / page_id[1:3] / f"{page_id}.json.gz"

    def keep_words(self, page: OcrPage) -> str:
        """Writes what was read of a page, whole or not at all; its SHA-256 comes back."""
        body = gzip.compress(to_json(page), compresslevel=6, mtime=0)
        path = self.words_path(page.page_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        with partial.open("wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(path)
        return hashlib.sha256(body).hexdigest()

    def words(self, page_id: PageId, *, sha256: str) -> OcrPage | None:
        """What was read of a page; None where the file is gone or is not what was written."""
        try:
            body = self.words_path(page_id).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(body).hexdigest() != sha256:
            return None
        return from_json(gzip.decompress(body), OcrPage)


def create(root: Path) -> Archive:
    """An empty archive at `root`, or the one that is there already; never an empty one beside old masters."""
    archive = Archive(root)
    _refuse_to_forget(archive)
    try:
        for folder in (root, archive.masters, archive.derived):
            folder.mkdir(parents=True, exist_ok=True)
        os.chmod(root, 0o700)
        if not (root / "clerk.toml").exists():
            (root / "clerk.toml").write_text(TEMPLATE, "utf-8")
    except OSError as error:
        raise StorageError(f"{root}: cannot make an archive here ({error.strerror})") from error
    Store(archive.database).close()
    return archive


def _refuse_to_forget(archive: Archive) -> None:
    """Masters without a database are an archive that lost its answers: a new one beside them would hide that."""
    lost = not archive.database.exists() or archive.database.stat().st_size == 0
    if lost and archive.masters.is_dir() and any(archive.masters.iterdir()):
        raise StorageError(
            f"{archive.root}: holds masters and no casefile.db; restore that from a backup, "
            "or begin a new archive elsewhere"
        )


def opened(root: Path) -> Archive:
    """The archive at `root`; a StorageError where there is none."""
    archive = Archive(root)
    _refuse_to_forget(archive)
    archive.store().close()
    return archive


@contextmanager
def held(archive: Archive) -> Iterator[None]:
    """Holds the archive for one run; BusyError where another does. A killed run lets go of it."""
    with (archive.root / "run.lock").open("w") as lock:
        if not _locked(lock, fcntl.LOCK_EX):
            time.sleep(0.2)  # somebody may only have looked
            if not _locked(lock, fcntl.LOCK_EX):
                raise BusyError(f"{archive.root}: another run holds this archive; wait for it to end")
        yield


def is_held(archive: Archive) -> bool:
    """Whether a run goes on just now."""
    try:
        with (archive.root / "run.lock").open() as lock:
            return not _locked(lock, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def _locked(lock: IO[str], how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
