"""Words made records: extract over the store, doing only what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import extract
from casefile.archive import Page, PageId, PageState, Stage, natural, page_order
from casefile.codec import digest
from casefile.docket import DocketRecord, DocumentKind
from casefile.errors import InputError, PageError
from casefile.flights import Flights
from casefile.ocr import OcrPage
from casefile.rows import DocumentRow
from casefile.store import Store
from clerk.archive import Archive
from clerk.deciding import assemble
from clerk.progress import Progress
from extract.documents import Document, documents_in
from extract.records import records_of


@dataclass(frozen=True, slots=True)
class _Folder:
    """The readable pages of one folder in shelf order, with the digests of their words; `cut_off` names those
    right behind a page that nobody could read."""

    box: str
    folder: str
    pages: tuple[tuple[Page, str], ...]
    cut_off: tuple[PageId, ...] = ()

    @property
    def key(self) -> str:
        return digest(extract.VERSION, [(page.page_id, output) for page, output in self.pages], self.cut_off)


def read_records(archive: Archive, store: Store, *, quiet: bool = False) -> int:
    """Extracts the documents of every folder whose words changed; how many pages it looked at."""
    _drop_unreadable(store)
    stale = [(folder.box, folder.folder, len(folder.pages)) for folder in _folders(store) if _is_stale(store, folder)]
    progress = Progress("extract", sum(pages for *_, pages in stale), quiet=quiet)
    for box, name, _ in stale:
        folder = _folder(store, box, name)
        if folder is not None:
            _extract_folder(archive, store, folder, progress)
    progress.end()
    return progress.total


def _is_stale(store: Store, folder: _Folder) -> bool:
    done = store.folder_ledger(Stage.EXTRACT, folder.box, folder.folder)
    return any(page.page_id not in done or done[page.page_id].key != folder.key for page, _ in folder.pages)


def _folders(store: Store) -> Iterator[_Folder]:
    """The folders that hold a readable page, in shelf order, one at a time."""
    for box, name in sorted(store.shelf(), key=lambda at: (natural(at[0]), natural(at[1]))):
        folder = _folder(store, box, name)
        if folder is not None:
            yield folder


def _folder(store: Store, box: str, name: str) -> _Folder | None:
    words = store.folder_ledger(Stage.DIGITIZE, box, name)
    pages, cut_off, unread = list[tuple[Page, str]](), list[PageId](), False
    for page in sorted(store.pages_of(box, name), key=page_order):
        row = words.get(page.page_id)
        if row is not None and row.state is PageState.DONE and row.output is not None:
            pages.append((page, row.output))
            cut_off += [page.page_id] if unread else []
            unread = False
        else:
            unread = True
    return _Folder(box, name, tuple(pages), tuple(cut_off)) if pages else None


@dataclass(frozen=True, slots=True)
class _Extracted:
    """One document of a folder; `records` is None where it stands in the store as it is."""

    row: DocumentRow
    document: Document
    records: tuple[DocketRecord, ...] | None
    failure: PageError | None = None


def _extract_folder(archive: Archive, store: Store, folder: _Folder, progress: Progress) -> None:
    """Reads first and writes after, so that nobody who saves an answer waits for the reading."""
    words = {page.page_id: _words(archive, page, output) for page, output in folder.pages}
    outputs = {page.page_id: output for page, output in folder.pages}
    known = {row.document_id: row for row in store.documents(folder.box, folder.folder)}
    found = []
    documents, failed = _documents(list(words.values()), folder.cut_off)
    for document in (*documents, *failed):
        found.append(_extracted(document, words, outputs, known, failed.get(document)))
        for _ in document.page_ids:
            progress.step(failed=None if found[-1].failure is None else found[-1].failure.reason)
    with store.writing():
        _keep_folder(store, folder, found)
        new = [record.record_id for each in found for record in each.records or ()]
        assemble(store, new)  # at once: nobody sees a record without the answers people gave
        Flights(store).put_figures(progress.figures)


def _documents(
    pages: Sequence[OcrPage], cut_off: Sequence[PageId]
) -> tuple[tuple[Document, ...], dict[Document, PageError]]:
    """The documents of a folder; and apart from them, as one each, the pages that make the grouping fail: all of
    them, where it fails for those together that pass alone."""
    try:
        return documents_in(pages, cut_off), {}
    except Exception as error:  # a folder must not stop at the page nobody foresaw
        failure = PageError("not_grouped", f"looking at the page failed with {type(error).__name__}")
        good = [page for page in pages if _is_groupable([page])]
        if not _is_groupable(good):
            good = []
        bad = [page for page in pages if page not in good]
        return documents_in(good, cut_off), {Document(DocumentKind.OTHER, (page.page_id,)): failure for page in bad}


def _is_groupable(pages: Sequence[OcrPage]) -> bool:
    try:
        documents_in(pages)
    except Exception:  # as above
        return False
    return True


def _extracted(
    document: Document,
    words: Mapping[PageId, OcrPage],
    outputs: Mapping[PageId, str],
    known: Mapping[str, DocumentRow],
    failure: PageError | None,
) -> _Extracted:
    key = digest(extract.VERSION, document.kind, [(p, outputs[p]) for p in document.page_ids])
    row = DocumentRow(document.page_ids[0], document.kind, key)
    if failure is not None:
        return _Extracted(row, document, (), failure)
    if known.get(row.document_id) == row:
        return _Extracted(row, document, None)
    return _Extracted(row, document, *_records([words[p] for p in document.page_ids], document.kind))


def _keep_folder(store: Store, folder: _Folder, found: Sequence[_Extracted]) -> None:
    _drop_ungrouped(store, folder, [each.document for each in found])
    for each in found:
        pages = each.document.page_ids
        if each.failure is not None:
            store.drop_document(each.row.document_id)
        elif each.records is not None:
            store.put_document(each.row, folder.pages[0][0].place, pages, each.records)
        for page_id in pages:
            _keep_extracted(store, page_id, folder.key, each.row.key, each.failure)


def _records(pages: Sequence[OcrPage], kind: DocumentKind) -> tuple[tuple[DocketRecord, ...], PageError | None]:
    """The records of one document; where reading it fails, none and the reason."""
    try:
        return records_of(pages, kind), None
    except PageError as error:
        return (), error
    except Exception as error:  # a county's pages must not stop at the one nobody foresaw
        return (), PageError("not_extracted", f"reading the page failed with {type(error).__name__}")


def _keep_extracted(store: Store, page_id: PageId, folder_key: str, output: str, failure: PageError | None) -> None:
    if failure is None:
        store.put_done(page_id, Stage.EXTRACT, key=folder_key, output=output)
    else:
        store.put_set_aside(page_id, Stage.EXTRACT, key=folder_key, error=failure)


def _words(archive: Archive, page: Page, output: str) -> OcrPage:
    words = archive.words(page.page_id, sha256=output)
    if words is None:
        path = archive.words_path(page.page_id)
        path.unlink(missing_ok=True)
        raise InputError(f"{path.name}: the words of this page were damaged; run again to read it anew")
    return words


def _drop_unreadable(store: Store) -> None:
    """Documents of folders in which no page can be read any more."""
    for box, folder in store.folders():
        if _folder(store, box, folder) is None:
            with store.writing():
                for row in store.documents(box, folder):
                    store.drop_document(row.document_id)


def _drop_ungrouped(store: Store, folder: _Folder, documents: Iterable[Document]) -> None:
    """Documents whose pages are put together otherwise now."""
    grouped = {document.page_ids[0] for document in documents}
    for row in store.documents(folder.box, folder.folder):
        if row.document_id not in grouped:
            store.drop_document(row.document_id)
