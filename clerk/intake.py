"""Files taken in: a master kept of each, its pages counted and registered, doing only what is new."""

from __future__ import annotations

from pathlib import Path

import digitize
from casefile.archive import Page, PageState, Place, Sha256, Stage, page_id_of
from casefile.codec import digest
from casefile.errors import ArgumentError, PageError
from casefile.flights import Flights
from casefile.rows import NOT_A_SCAN, LeftOut, ManifestEntry
from casefile.store import Store
from clerk.archive import Archive
from clerk.progress import Progress
from digitize.intake import Found, FoundFiles, Limits, ManifestRow, files_in, keep_master, manifest_of, master_path
from digitize.jobs import Settings
from digitize.viewer import Viewer

LIMITS = Limits()
_BOUNDS = Settings(LIMITS, page_seconds=180.0)  # of the process that opens new files to count their pages
_TELL_EVERY = 20  # files, for those who ask how far it has come


def take_in(archive: Archive, store: Store, source: Path, *, quiet: bool = False) -> int:
    """Registers what is new under `source`; the number of new files comes back. A file that cannot be
    used is registered too, as one page set aside."""
    if source.resolve().is_relative_to(archive.root.resolve()):
        raise ArgumentError(f"{source}: lies within the archive itself; name the folder of the scans")
    files = _outside(archive, files_in(source))
    progress = Progress("intake", len(files.scans), unit="files", quiet=quiet)
    with store.writing():
        Flights(store).put_figures(progress.figures)
        for folder in map(_storable, files.closed):
            store.put_left_out(LeftOut(folder.box, folder.folder, folder.file, "a folder that may not be read"))
        store.put_manifest(_entry(row) for row in manifest_of(source) if row.file)
        for other in map(_storable, files.others):
            store.put_left_out(LeftOut(other.box, other.folder, other.file, NOT_A_SCAN))
    new = 0
    with Viewer(_BOUNDS) as viewer:
        for found in files.scans:
            if _take_in_file(archive, store, viewer, _storable(found)):
                new += 1
            progress.step()
            if progress.done % _TELL_EVERY == 0:
                with store.writing():
                    Flights(store).put_figures(progress.figures)
    progress.end()
    return new


def _outside(archive: Archive, files: FoundFiles) -> FoundFiles:
    """Without what lies in the archive itself, where that stands within the source: masters are no new pages."""
    root = archive.root.resolve()
    scans, others = (
        tuple(each for each in found if not each.path.resolve().is_relative_to(root))
        for found in (files.scans, files.others)
    )
    return FoundFiles(scans, others, files.closed)


def _storable(found: Found) -> Found:
    """The same file, its names fit to be kept as text: bytes that are no UTF-8 are written as escapes."""
    names = (found.box, found.folder, found.file)
    kept = (name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") for name in names)
    return Found(found.path, *kept)


def _entry(row: ManifestRow) -> ManifestEntry:
    return ManifestEntry(row.box, row.folder, row.file, row.item, row.expected_pages, row.note)


def _take_in_file(archive: Archive, store: Store, viewer: Viewer, found: Found) -> bool:
    try:
        sha256 = keep_master(found.path, archive.masters)
    except PageError as error:
        with store.writing():
            store.put_left_out(LeftOut(found.box, found.folder, found.file, str(error)))
        return False
    if sha256 in store.masters_at(found.box, found.folder, found.file) and not _worth_a_second_look(
        store, found, sha256
    ):
        return False
    failure: PageError | None = None
    frames = 1
    try:
        frames = viewer.inspect(master_path(archive.masters, sha256), suffix=found.path.suffix).frames
    except PageError as error:
        failure = error
    _register(store, found, sha256, frames, failure)
    return True


def _worth_a_second_look(store: Store, found: Found, sha256: Sha256) -> bool:
    """Whether that very scan was set aside by an earlier version, of which this one may make more."""
    row = store.ledger_row(page_id_of(Place(found.box, found.folder, found.file, 0), sha256), Stage.INTAKE)
    return row is not None and row.state is PageState.SET_ASIDE and row.key != _intake_key(sha256)


def _register(store: Store, found: Found, sha256: Sha256, frames: int, failure: PageError | None) -> None:
    places = [Place(found.box, found.folder, found.file, frame) for frame in range(frames)]
    pages = [Page(page_id_of(place, sha256), place, sha256, frames) for place in places]
    with store.writing():
        store.drop_left_out(found.box, found.folder, found.file)
        store.add_pages(pages, size=found.path.stat().st_size)
        for page in pages:
            if failure is not None:
                store.put_set_aside(page.page_id, Stage.INTAKE, key=_intake_key(sha256), error=failure)
            else:
                store.put_done(page.page_id, Stage.INTAKE, key=_intake_key(sha256), output=sha256)
            store.audit("intake", actor="clerk", subject=page.page_id, about=sha256)


def _intake_key(sha256: Sha256) -> str:
    return digest(digitize.VERSION, sha256)
