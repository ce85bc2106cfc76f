"""The masters: each scan as it was received, kept once under its SHA-256 and never changed."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from casefile.archive import Sha256
from casefile.errors import PageError, StorageError

_BLOCK = 1 << 20


def master_path(masters: Path, sha256: Sha256) -> Path:
    """Where the master of this digest stands."""
    return masters / sha256[:2] / sha256


def keep_master(path: Path, masters: Path) -> Sha256:
    """The digest of a scan, which from now on is kept as a master; one that is there already is not touched.

    The copy is on disk, whole and read-only, before it has its name: a crash leaves no half master.
    """
    masters.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".incoming-", dir=masters)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as copy:
            sha256 = _copy(path, copy.fileno())
        _give_name(temporary, master_path(masters, sha256))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise StorageError("no room or no permission for masters") from error
        raise
    finally:
        temporary.unlink(missing_ok=True)
    return sha256


def _copy(path: Path, descriptor: int) -> Sha256:
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
        _write(descriptor, block)
    os.fchmod(descriptor, 0o440)
    os.fsync(descriptor)
    return Sha256(digest.hexdigest())


def _blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a scan; a read that fails is the scan's fault, not the archive's."""
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise PageError("unreadable", "the file cannot be read; check its permissions and its disk") from error


def _write(descriptor: int, block: bytes) -> None:
    left = memoryview(block)
    while left:
        left = left[os.write(descriptor, left) :]


def _give_name(temporary: Path, master: Path) -> None:
    """Links the copy to its name; a hard link, unlike a rename, never replaces what is there."""
    master.parent.mkdir(exist_ok=True)
    try:
        os.link(temporary, master)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK):
            raise
        if not master.exists():  # a disk without hard links
            temporary.rename(master)
    _sync_folder(master.parent)
    _sync_folder(master.parent.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_fixity(masters: Path, shas: Iterable[Sha256]) -> Iterator[tuple[Sha256, bool]]:
    """Each digest with whether its master is there and is still what was received."""
    for sha256 in shas:
        yield sha256, _is_unchanged(master_path(masters, sha256), sha256)


def _is_unchanged(master: Path, sha256: Sha256) -> bool:
    try:
        with master.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
