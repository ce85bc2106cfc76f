"""The pictures the review pages show: crops and pages, decoded within bounds, kept in memory for the next who asks."""

from __future__ import annotations

import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from casefile.archive import PageId, PageState, Stage
from casefile.errors import PageError
from casefile.ocr import BBox
from casefile.store import Store
from clerk import standing
from clerk.archive import Archive
from digitize.formats import Limits
from digitize.jobs import Settings
from digitize.masters import master_path
from digitize.viewer import Viewer
from review_queue.desk import PageView

LONGEST_SIDE = 1800  # pixels of a whole page as a screen shows it
WHOLE = 6000  # pixels of a whole page to zoom into
ROOM = 96 * 2**20  # bytes of pictures kept
MOST_PAGES = 4096  # page sizes kept
BOUNDS = Settings(Limits(seconds=20.0), page_seconds=25.0, memory_mib=4096)
NOT_AGAIN_FOR = 600.0  # seconds a page that cannot be shown holds nobody up once more

_log = logging.getLogger(__name__)


class Pictures:
    """Pages and crops of an archive. Masters never change, so that a picture once made holds; only whether it may
    be shown is asked each time, by the desk."""

    def __init__(self, archive: Archive, bounds: Settings = BOUNDS) -> None:
        self._archive = archive
        self._viewer = Viewer(bounds)
        self._refused: dict[tuple[PageId, tuple[object, ...]], float] = {}
        self._views: OrderedDict[tuple[PageId, str], PageView] = OrderedDict()
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._size, self._lock = 0, Lock()
        self._making = Lock()  # one master is decoded at a time: each may take a gigabyte
        self._ahead = ThreadPoolExecutor(1, thread_name_prefix="pictures")

    def view(self, store: Store, page_id: PageId) -> PageView | None:
        """The page's size and place; None where it was not read."""
        page, row = store.page(page_id), store.ledger_row(page_id, Stage.DIGITIZE)
        if page is None or row is None or row.state is not PageState.DONE or row.output is None:
            return None
        key = (page_id, row.output)
        with self._lock:
            if key in self._views:
                return self._views[key]
        words = self._archive.words(page_id, sha256=row.output)
        if words is None:
            return None
        view = PageView(page_id, words.width, words.height, words.turned, standing.where(page.place))
        with self._lock:
            self._views[key] = view
            while len(self._views) > MOST_PAGES:
                self._views.popitem(last=False)
        return view

    def crop(self, store: Store, page_id: PageId, bbox: BBox) -> bytes | None:
        """A part of the stored frame as PNG; None where it cannot be shown."""
        page = store.page(page_id)
        if page is None or self.view(store, page_id) is None:
            return None
        master, frame = master_path(self._archive.masters, page.sha256), page.place.frame
        return self._shown(page_id, (page_id, *bbox), lambda: self._viewer.crop(master, frame, bbox))

    def page(self, store: Store, page_id: PageId, *, whole_size: bool = False) -> bytes | None:
        """The whole stored frame as PNG, made to fit a screen unless `whole_size`; None where it cannot be shown."""
        page = store.page(page_id)
        if page is None or self.view(store, page_id) is None:
            return None
        master, frame = master_path(self._archive.masters, page.sha256), page.place.frame
        side = WHOLE if whole_size else LONGEST_SIDE
        return self._shown(page_id, (page_id, side), lambda: self._viewer.page(master, frame, longest_side=side))

    def _shown(self, page_id: PageId, key: tuple[object, ...], make: Callable[[], bytes]) -> bytes | None:
        """The picture; None where the page cannot be decoded, and for a while thereafter."""
        if time.monotonic() < self._refused.get((page_id, key), 0.0):
            return None
        try:
            return self._made(key, make)
        except PageError as error:
            # the process that opened the scan may say anything: only a word of ours goes into the log
            reason = error.reason if re.fullmatch(r"[a-z_]{1,30}", error.reason) else "failed"
            _log.warning("page %s cannot be shown: %s", page_id, reason)
            self._refused[page_id, key] = time.monotonic() + NOT_AGAIN_FOR
            return None

    def begin(self) -> None:
        """Has the process that decodes ready before the first picture is asked for."""
        self._viewer.begin()

    def prepare(self, open_store: Callable[[], Store], page_id: PageId, bbox: BBox) -> None:
        """Makes a crop ahead of the reviewer, in a thread of its own."""
        self._ahead.submit(lambda: self.crop(open_store(), page_id, bbox))

    def close(self) -> None:
        self._ahead.shutdown(wait=True, cancel_futures=True)
        self._viewer.close()

    def _made(self, key: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
        found = self._found(key)
        if found is not None:
            return found
        with self._making:
            found = self._found(key)  # somebody else may have waited for the same
            if found is not None:
                return found
            picture = make()
            self._keep(key, picture)
            return picture

    def _found(self, key: tuple[object, ...]) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: tuple[object, ...], picture: bytes) -> None:
        with self._lock:
            self._kept[key] = picture
            self._size += len(picture)
            while self._size > ROOM and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1])
