"""What lies on the shelf: the scans in a folder by box, folder and file, and the manifest that came along."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casefile.archive import NaturalKey, natural
from casefile.errors import InputError, PageError
from digitize.formats import SUFFIXES, Inspection, Limits, ScanFormat, format_of, head_of, inspect
from digitize.masters import check_fixity, keep_master, master_path

__all__ = [
    "Found",
    "FoundFiles",
    "Inspection",
    "Limits",
    "ManifestRow",
    "ScanFormat",
    "check_fixity",
    "files_in",
    "inspect",
    "keep_master",
    "manifest_of",
    "master_path",
    "scans_in",
]

MANIFEST = "manifest.csv"
_LITTER = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file on the shelf; `folder` holds the rest of the path joined by `/` where it lies deeper."""

    path: Path
    box: str
    folder: str
    file: str


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The scans in their order, what lies among them that is no scan or was not followed, and the folders
    that could not be looked into."""

    scans: tuple[Found, ...]
    others: tuple[Found, ...]
    closed: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """A line of the manifest; `bad` names the columns whose cell could not be understood."""

    file: str
    box: str
    folder: str
    item: str
    expected_pages: int | None
    note: str
    row: int = 0  # in the file, the heading being row 1
    bad: tuple[str, ...] = ()


def scans_in(source: Path) -> tuple[Found, ...]:
    """The scans under `source` in natural order of box, folder and file."""
    return files_in(source).scans


def files_in(source: Path) -> FoundFiles:
    """Everything under `source`, or the one file it is; hidden files and a desktop's litter are left out."""
    closed: list[Found] = []
    if source.is_file():
        found = [Found(source, "", "", source.name)]
    elif source.is_dir():
        found = sorted(_walk(source, closed), key=_shelf_order)
    else:
        raise InputError("the source is neither a folder nor a file")
    scans = [one for one in found if _is_scan(one, source)]
    return FoundFiles(tuple(scans), tuple(one for one in found if one not in set(scans)), tuple(closed))


def _shelf_order(found: Found) -> tuple[NaturalKey, ...]:
    return natural(found.box), natural(found.folder), natural(found.file)


def _walk(source: Path, closed: list[Found]) -> Iterator[Found]:
    """Every file below; a link to a folder is named, not followed, so that no page is taken twice.

    An archive of ours below is passed over: its masters are no new scans. Folders that cannot be looked into are
    added to `closed`.
    """

    def note(error: OSError) -> None:
        closed.append(_found(Path(os.fsdecode(error.filename)), source))

    for folder, names, files in os.walk(source, followlinks=False, onerror=note):
        if "casefile.db" in files and "masters" in names:
            names.clear()
            continue
        names[:] = sorted(name for name in names if not name.startswith("."))
        links = [name for name in names if (Path(folder) / name).is_symlink()]
        for name in (*links, *files):
            path = Path(folder) / name
            if not _is_litter(path, source):
                yield _found(path, source)


def _is_litter(path: Path, source: Path) -> bool:
    return path.name.startswith(".") or path.name.lower() in _LITTER or path == source / MANIFEST


def _found(path: Path, source: Path) -> Found:
    *above, file = path.relative_to(source).parts or (".",)
    return Found(path, above[0] if above else "", "/".join(above[1:]), file)


def _is_scan(found: Found, source: Path) -> bool:
    """Whether it is a file within the source that has a scan's suffix or a scan's first bytes."""
    path = found.path
    root = source.resolve()
    if not path.is_file() or (path != source and root not in path.resolve().parents):
        return False
    return path.suffix.lower() in SUFFIXES or _begins_as_scan(path)


def _begins_as_scan(path: Path) -> bool:
    try:
        return format_of(head_of(path)) is not None
    except PageError:
        return False


def manifest_of(source: Path) -> tuple[ManifestRow, ...]:
    """The rows of SOURCE/manifest.csv; none where there is no manifest."""
    path = source / MANIFEST
    if not source.is_dir() or not path.is_file():
        return ()
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("manifest.csv cannot be read as UTF-8 text") from error
    rows = csv.DictReader(text.splitlines(keepends=True), restval="", strict=True)
    if "file" not in [(name or "").strip() for name in rows.fieldnames or ()]:
        raise InputError("manifest.csv has no column `file`")
    try:
        found = tuple(_manifest_row(row, at) for at, row in enumerate(rows, start=2))
    except csv.Error as error:
        raise InputError("manifest.csv is not a table that can be read") from error
    _check_repeats(found)
    return found


def _check_repeats(rows: Sequence[ManifestRow]) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        first = seen.setdefault((row.box, row.folder, row.file), row.row)
        if first != row.row and row.file:
            raise InputError(f"manifest.csv names the same file in rows {first} and {row.row}")


def _manifest_row(row: dict[str, str], at: int) -> ManifestRow:
    cells = {(name or "").strip(): value.strip() for name, value in row.items() if isinstance(value, str)}
    printed = cells.get("expected_pages", "")
    pages = int(printed) if re.fullmatch(r"[0-9]{1,6}", printed) else None
    bad = ("expected_pages",) if printed and pages is None else ()
    if not cells.get("file"):
        bad = ("file", *bad)
    file, box, folder, item, note = (cells.get(name, "") for name in ("file", "box", "folder", "item", "note"))
    return ManifestRow(file, box, folder, item, pages, note, row=at, bad=bad)
