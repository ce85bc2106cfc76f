"""Masters are kept once, whole, as received, and a change in one is noticed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.archive import Sha256
from casefile.errors import PageError
from digitize.intake import check_fixity, keep_master, master_path


@given(content=st.binary(max_size=4000))
def test_a_master_is_what_was_received(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("received")
    (folder / "scan").write_bytes(content)
    sha256 = keep_master(folder / "scan", folder / "masters")
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert master_path(folder / "masters", sha256).read_bytes() == content


def test_a_master_is_read_only_and_stands_alone_under_its_digest(tmp_path: Path) -> None:
    (tmp_path / "scan").write_bytes(b"one page")
    masters = tmp_path / "masters"
    sha256 = keep_master(tmp_path / "scan", masters)
    assert master_path(masters, sha256) == masters / sha256[:2] / sha256
    assert master_path(masters, sha256).stat().st_mode & 0o777 == 0o440
    assert [path for path in masters.rglob("*") if path.is_file()] == [master_path(masters, sha256)]


def test_a_master_that_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "scan").write_bytes(b"one page")
    masters = tmp_path / "masters"
    first = master_path(masters, keep_master(tmp_path / "scan", masters)).stat()
    again = master_path(masters, keep_master(tmp_path / "scan", masters)).stat()
    assert (first.st_ino, first.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)


def test_fixity_tells_changed_and_missing_masters(tmp_path: Path) -> None:
    shas = []
    for name in ("sound", "changed", "missing"):
        (tmp_path / name).write_text(name)
        shas.append(keep_master(tmp_path / name, tmp_path / "masters"))
    changed, missing = (master_path(tmp_path / "masters", sha) for sha in shas[1:])
    changed.chmod(0o640)
    changed.write_bytes(b"other")
    missing.unlink()
    assert list(check_fixity(tmp_path / "masters", shas)) == list(zip(shas, (True, False, False), strict=True))


def test_a_scan_that_cannot_be_read_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="unreadable"):
        keep_master(tmp_path / "gone", tmp_path / "masters")
    assert list((tmp_path / "masters").iterdir()) == []


def test_a_digest_is_a_digest() -> None:
    assert master_path(Path("m"), Sha256("ab12")) == Path("m/ab/ab12")
