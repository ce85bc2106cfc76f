"""What was read of each page, one file a page: ALTO and hOCR."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from casefile.archive import Page, PageId, PageState, Stage, page_order
from casefile.errors import StorageError
from casefile.ocr import OcrPage
from casefile.store import Store
from clerk.alto import alto
from clerk.archive import Archive
from clerk.exports import is_hidden
from clerk.hocr import hocr

Writer = Callable[..., bytes]
FORMS: dict[str, tuple[Writer, str]] = {"alto": (alto, ".alto.xml"), "hocr": (hocr, ".hocr")}
_LONGEST_NAME = 240  # bytes; file systems take 255


@dataclass(frozen=True, slots=True)
class Written:
    """How many pages were written; withheld, since their paper says it was expunged or sealed, or has not been
    asked yet; and without words, since they were set aside, or are not read yet."""

    files: int
    withheld: int
    unread: int


def write_pages(archive: Archive, store: Store, form: str, out: Path) -> Written:
    """Writes `OUT/<box>/<folder>/<file>.<frame>` and the ending of the form for each page, each whole or not at
    all; what an earlier export wrote of a page that may not leave now is removed."""
    make, ending = FORMS[form]
    program = f"docket-clerk {version('docket-clerk')}"
    open_to_all = _may_leave(store)
    files = withheld = unread = 0
    for page, words, path in _read_pages(archive, store, out, ending):
        if words is None:
            unread += 1
            _remove(path)
        elif page.page_id not in open_to_all:
            withheld += 1
            _remove(path)
        else:
            _write(path, make(page, words, program=program))
            files += 1
    return Written(files, withheld, unread)


def _may_leave(store: Store) -> frozenset[PageId]:
    """The pages that were looked at and do not say, nor does another paper of their docket, that they are gone."""
    looked_at = {page for page, row in store.ledger(Stage.EXTRACT).items() if row.state is PageState.DONE}
    for record_id, _ in store.record_rows():
        row = store.record(record_id)
        if row is not None and is_hidden(store, row.body):
            looked_at -= set(row.body.page_ids)
    return frozenset(looked_at)


def _read_pages(archive: Archive, store: Store, out: Path, ending: str) -> Iterator[tuple[Page, OcrPage | None, Path]]:
    """Every page in shelf order with its words, None where there are none, and where its file goes."""
    ledger = store.ledger(Stage.DIGITIZE)
    taken: set[Path] = set()
    for page in sorted(store.pages(), key=page_order):
        row = ledger.get(page.page_id)
        done = row is not None and row.state is PageState.DONE and row.output is not None
        words = archive.words(page.page_id, sha256=row.output) if done and row and row.output else None
        path = _path(out, page, ending)
        if path in taken:  # two scans that bear one name
            path = path.with_name(f"{page.page_id}{ending}")
        taken.add(path)
        yield page, words, path


def _path(out: Path, page: Page, ending: str) -> Path:
    place = page.place
    parts = [_harmless(part) for part in (*place.box.split("/"), *place.folder.split("/")) if part]
    name = f"{_harmless(place.file)}.{place.frame}{ending}"
    if len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        name = f"{page.page_id}{ending}"
    return out.joinpath(*parts, name)


def _harmless(name: str) -> str:
    """A name that stays in its folder."""
    return "_" if name in ("", ".", "..") else name.replace("/", "_").replace("\0", "_")


def _remove(path: Path) -> None:
    if not os.path.lexists(path):
        return
    try:
        path.unlink()
    except OSError as error:
        raise StorageError(f"{path.parent}: a page that may not leave stays there ({error.strerror})") from error


def _write(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as error:
        raise StorageError(f"{path.parent}: a page cannot be written there ({error.strerror})") from error
