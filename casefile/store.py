"""The store: records to SQLite rows and back. The only user of sqlite_utils.

Every write goes through `Store.writing`, one immediate transaction; what a stage made and the ledger row that
says so are written together or not at all.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from casefile.archive import Page, PageId, PageState, Place, Sha256, Stage
from casefile.codec import digest, from_json, to_json
from casefile.docket import DocketRecord, DocumentKind, Gap, RecordId
from casefile.errors import PageError, StorageError
from casefile.law import Determination
from casefile.linkage import Match
from casefile.ocr import BBox
from casefile.persons import Person, PersonId
from casefile.review import Answer, AnswerKind, ReviewItem
from casefile.rows import (
    DocumentRow,
    LedgerRow,
    LeftOut,
    ManifestEntry,
    RecordRow,
    TriageRow,
)
from casefile.schema import migrations

BUSY_SECONDS = 30.0  # a reviewer's save waits this long for a run's transaction, and the other way round
PAGE_COLUMNS = "p.page_id, p.box, p.folder, p.file, p.frame, p.sha256, p.frames, coalesce(m.item, ''), m.expected_pages"
ANSWER_COLUMNS = "answer_id, kind, record_id, page_id, bbox, field, value, by"
PAGES = (
    f"SELECT {PAGE_COLUMNS} FROM pages p LEFT JOIN manifest m "  # noqa: S608 - constants of ours
    "ON (m.box, m.folder, m.file) = (p.box, p.folder, p.file) WHERE NOT p.superseded"
)


class Store:
    """An archive's database. One Store serves one thread; readers never wait for the writer."""

    def __init__(self, path: Path) -> None:
        try:
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise StorageError(f"{path}: cannot be opened ({error}); check the path and permissions") from error
        self._db = Database(connection)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            connection.close()
            raise StorageError(
                f"{path}: is no archive database, is damaged, or may not be written to ({error})"
            ) from error

    def _prepare(self) -> None:
        self._db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        self._write_ahead()
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA secure_delete = ON")
        self._migrate()

    def _write_ahead(self) -> None:
        """Keeps a write-ahead log; SQLite waits for nobody where two connections ask for that at the same time."""
        until = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(0.02)

    def _migrate(self) -> None:
        """Brings the schema up to date, all of it or nothing; of several processes that open the file, one does."""
        if migrations.pending(self._db):
            with self.writing():
                migrations.apply(self._db)

    def close(self) -> None:
        self._db.conn.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One immediate transaction around every write: all of it is kept, or none; nested calls join in."""
        if self._db.conn.in_transaction:
            yield
            return
        with _disk_trouble_named():
            self._db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.conn.execute("COMMIT")
            except BaseException:
                self._db.conn.rollback()  # after a commit that failed, too: the next one must not join it
                raise

    def _rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[object, ...]]:
        with _disk_trouble_named():
            yield from self._db.conn.execute(sql, values)

    def _write(self, sql: str, values: Sequence[object] = ()) -> int:
        if not self._db.conn.in_transaction:
            raise StorageError("a write outside of a transaction")
        return self._db.conn.execute(sql, values).rowcount

    # settings and audit

    def setting(self, key: str) -> str | None:
        found = next(self._rows("SELECT value FROM settings WHERE key = ?", [key]), None)
        return None if found is None else str(found[0])

    def set_setting(self, key: str, value: str) -> None:
        self._write("INSERT OR REPLACE INTO settings VALUES (?, ?)", [key, value])

    def keyed_digest(self, text: str) -> str:
        """A digest of `text` that tells nothing to whoever does not hold this archive's key."""
        key = self.setting("audit_key")
        if key is None:
            with self.writing():
                key = self.setting("audit_key") or secrets.token_hex(32)
                self.set_setting("audit_key", key)
        return hmac.new(bytes.fromhex(key), text.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()

    def audit(self, action: str, *, actor: str, subject: str, about: str = "") -> None:
        """One more row: who did what to which id; `actor` and `about` are kept as keyed digests only."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        row = [at, self.keyed_digest(actor), action, subject, self.keyed_digest(about)]
        self._write("INSERT INTO audit (at, actor, action, subject, digest) VALUES (?, ?, ?, ?, ?)", row)

    def audit_rows(self) -> Iterator[tuple[int, str, str, str, str, str]]:
        sql = "SELECT seq, at, actor, action, subject, digest FROM audit ORDER BY seq"
        for seq, at, actor, action, subject, value in self._rows(sql):
            yield int(str(seq)), str(at), str(actor), str(action), str(subject), str(value)

    # pages, manifest, ledger

    def add_pages(self, pages: Sequence[Page], *, size: int) -> None:
        """Registers the frames of one file of `size` bytes. An earlier scan at its place that could not be
        used is superseded; one that was read stays, since two scans may bear one name."""
        for page in pages:
            place = page.place
            self._write("INSERT OR IGNORE INTO masters VALUES (?, ?, NULL)", [page.sha256, size])
            self._write(
                "UPDATE pages SET superseded = 1 WHERE (box, folder, file) = (?, ?, ?) AND sha256 != ? AND "
                "EXISTS (SELECT 1 FROM ledger l WHERE l.page_id = pages.page_id AND l.state = ?)",
                [place.box, place.folder, place.file, page.sha256, PageState.SET_ASIDE],
            )
            self._write(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (page_id) DO UPDATE SET superseded = 0, "
                "frames = excluded.frames",
                [page.page_id, page.sha256, *_placed(place), place.frame, page.frames],
            )

    def pages(self) -> list[Page]:
        """Every page in use, unordered."""
        return [page_of(row) for row in self._rows(PAGES)]

    def pages_of(self, box: str, folder: str) -> list[Page]:
        """Every page in use of one folder, unordered."""
        return [page_of(row) for row in self._rows(PAGES + " AND (p.box, p.folder) = (?, ?)", [box, folder])]

    def shelf(self) -> list[tuple[str, str]]:
        """Every box and folder that holds a page in use, unordered."""
        sql = "SELECT DISTINCT box, folder FROM pages WHERE NOT superseded"
        return [(str(box), str(folder)) for box, folder in self._rows(sql)]

    def page(self, page_id: PageId) -> Page | None:
        row = next(self._rows(PAGES + " AND p.page_id = ?", [page_id]), None)
        return None if row is None else page_of(row)

    def masters_at(self, box: str, folder: str, file: str) -> set[Sha256]:
        """The digests of the scans registered at that place."""
        sql = "SELECT DISTINCT sha256 FROM pages WHERE (box, folder, file) = (?, ?, ?) AND NOT superseded"
        return {Sha256(str(row[0])) for row in self._rows(sql, [box, folder, file])}

    def masters(self) -> list[Sha256]:
        return [Sha256(str(row[0])) for row in self._rows("SELECT sha256 FROM masters ORDER BY sha256")]

    def put_manifest(self, rows: Iterable[ManifestEntry]) -> None:
        for row in rows:
            values = [row.box, row.folder, row.file, row.item, row.expected_pages, row.note]
            self._write("INSERT OR REPLACE INTO manifest VALUES (?, ?, ?, ?, ?, ?)", values)

    def manifest(self) -> list[ManifestEntry]:
        sql = "SELECT box, folder, file, item, expected_pages, note FROM manifest ORDER BY box, folder, file"
        return [_entry(row) for row in self._rows(sql)]

    def manifest_pages(self) -> list[tuple[ManifestEntry, int]]:
        """Every line of the manifest with how many pages of that file there are."""
        sql = (
            "SELECT m.box, m.folder, m.file, m.item, m.expected_pages, m.note, count(p.page_id) FROM manifest m "
            "LEFT JOIN pages p ON (p.box, p.folder, p.file) = (m.box, m.folder, m.file) AND NOT p.superseded "
            "GROUP BY m.box, m.folder, m.file ORDER BY m.box, m.folder, m.file"
        )
        return [(_entry(row[:6]), int(str(row[6]))) for row in self._rows(sql)]

    def put_left_out(self, row: LeftOut) -> None:
        self._write("INSERT OR REPLACE INTO left_out VALUES (?, ?, ?, ?)", [row.box, row.folder, row.file, row.why])

    def drop_left_out(self, box: str, folder: str, file: str) -> None:
        self._write("DELETE FROM left_out WHERE (box, folder, file) = (?, ?, ?)", [box, folder, file])

    def left_out(self) -> list[LeftOut]:
        sql = "SELECT box, folder, file, why FROM left_out ORDER BY box, folder, file"
        return [LeftOut(str(b), str(f), str(n), str(w)) for b, f, n, w in self._rows(sql)]

    def put_done(self, page_id: PageId, stage: Stage, *, key: str, output: str) -> None:
        row = [page_id, stage, PageState.DONE, key, output]
        self._write("INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?, NULL, NULL)", row)

    def put_set_aside(self, page_id: PageId, stage: Stage, *, key: str, error: PageError) -> None:
        row = [page_id, stage, PageState.SET_ASIDE, key, error.reason, error.advice]
        self._write("INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, NULL, ?, ?)", row)

    def ledger(self, stage: Stage) -> dict[PageId, LedgerRow]:
        """What is known of every page in use at that stage."""
        sql = (
            "SELECT l.page_id, l.state, l.key, l.output, l.reason, l.advice FROM ledger l "
            "JOIN pages p USING (page_id) WHERE l.stage = ? AND NOT p.superseded"
        )
        return {PageId(str(row[0])): ledger_row_of(row[1:]) for row in self._rows(sql, [stage])}

    def folder_ledger(self, stage: Stage, box: str, folder: str) -> dict[PageId, LedgerRow]:
        """What is known at that stage of every page in use of one folder."""
        sql = (
            "SELECT l.page_id, l.state, l.key, l.output, l.reason, l.advice FROM pages p JOIN ledger l USING (page_id) "
            "WHERE (p.box, p.folder) = (?, ?) AND l.stage = ? AND NOT p.superseded"
        )
        return {PageId(str(row[0])): ledger_row_of(row[1:]) for row in self._rows(sql, [box, folder, stage])}

    def set_aside(self) -> list[tuple[Place, Stage, LedgerRow]]:
        """Every page in use that was set aside, at each stage, unordered."""
        sql = (
            "SELECT p.box, p.folder, p.file, p.frame, l.stage, l.state, l.key, l.output, l.reason, l.advice "
            "FROM ledger l JOIN pages p USING (page_id) WHERE l.state = ? AND NOT p.superseded"
        )
        return [
            (Place(str(row[0]), str(row[1]), str(row[2]), int(str(row[3]))), Stage(str(row[4])), ledger_row_of(row[5:]))
            for row in self._rows(sql, [PageState.SET_ASIDE])
        ]

    def page_totals(self) -> dict[tuple[Stage, PageState], int]:
        """How many pages in use are in each state at each stage."""
        sql = (
            "SELECT l.stage, l.state, count(*) FROM ledger l JOIN pages p USING (page_id) WHERE NOT p.superseded "
            "GROUP BY l.stage, l.state"
        )
        return {(Stage(str(s)), PageState(str(state))): int(str(total)) for s, state, total in self._rows(sql)}

    def ledger_row(self, page_id: PageId, stage: Stage) -> LedgerRow | None:
        sql = "SELECT state, key, output, reason, advice FROM ledger WHERE (page_id, stage) = (?, ?)"
        row = next(self._rows(sql, [page_id, stage]), None)
        return None if row is None else ledger_row_of(row)

    # documents and records

    def document_of(self, page_id: PageId) -> str | None:
        row = next(self._rows("SELECT document_id FROM document_pages WHERE page_id = ?", [page_id]), None)
        return None if row is None else str(row[0])

    def documents(self, box: str, folder: str) -> list[DocumentRow]:
        sql = "SELECT document_id, kind, key FROM documents WHERE (box, folder) = (?, ?) ORDER BY document_id"
        return [DocumentRow(str(i), DocumentKind(str(k)), str(key)) for i, k, key in self._rows(sql, [box, folder])]

    def folders(self) -> list[tuple[str, str]]:
        sql = "SELECT DISTINCT box, folder FROM documents ORDER BY box, folder"
        return [(str(box), str(folder)) for box, folder in self._rows(sql)]

    def drop_document(self, document_id: str) -> None:
        """Removes a document with its records and all that was made of them; its answers stay."""
        self._write("DELETE FROM documents WHERE document_id = ?", [document_id])

    def put_document(
        self, row: DocumentRow, place: Place, pages: Sequence[PageId], records: Sequence[DocketRecord]
    ) -> None:
        self.drop_document(row.document_id)
        values = [row.document_id, place.box, place.folder, row.kind, row.key]
        self._write("INSERT INTO documents (document_id, box, folder, kind, key) VALUES (?, ?, ?, ?, ?)", values)
        for sequence, page_id in enumerate(pages):
            self._write("DELETE FROM document_pages WHERE page_id = ?", [page_id])
            self._write("INSERT INTO document_pages VALUES (?, ?, ?)", [page_id, row.document_id, sequence])
        for ordinal, record in enumerate(records):
            body = to_json(record).decode()
            self._write(
                "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, '{}')",
                [record.record_id, row.document_id, ordinal, body, body, digest(body)],
            )

    def put_gaps(self, gaps: Mapping[str, tuple[Gap, ...]]) -> None:
        """What lies unread beside each document; a document left out has nothing unread beside it."""
        for (document,) in list(self._rows("SELECT document_id FROM documents")):
            body = to_json(gaps.get(str(document), ())).decode()
            values = [body, document, body]
            self._write("UPDATE documents SET gaps = ? WHERE document_id = ? AND gaps != ?", values)

    def gaps_of(self, document_id: str) -> tuple[Gap, ...]:
        row = next(self._rows("SELECT gaps FROM documents WHERE document_id = ?", [document_id]), None)
        return () if row is None else from_json(str(row[0]), tuple[Gap, ...])

    def dockets_of_pages(self) -> dict[PageId, str]:
        """The document each page belongs to, where that tells of a case."""
        sql = (
            "SELECT d.page_id, d.document_id FROM document_pages d JOIN documents USING (document_id) "
            "WHERE kind NOT IN (?, ?)"
        )
        rows = self._rows(sql, [DocumentKind.BLANK, DocumentKind.OTHER])
        return {PageId(str(page)): str(document) for page, document in rows}

    def record_rows(self) -> list[tuple[RecordId, str]]:
        """The id and content digest of every record, in order of id."""
        sql = "SELECT record_id, sha256 FROM records ORDER BY record_id"
        return [(RecordId(str(record)), str(sha)) for record, sha in self._rows(sql)]

    def records_of_document(self, document_id: str) -> list[RecordId]:
        sql = "SELECT record_id FROM records WHERE document_id = ? ORDER BY ordinal"
        return [RecordId(str(row[0])) for row in self._rows(sql, [document_id])]

    def record(self, record_id: RecordId) -> RecordRow | None:
        sql = "SELECT machine, body, sha256, disagreements, document_id FROM records WHERE record_id = ?"
        row = next(self._rows(sql, [record_id]), None)
        if row is None:
            return None
        machine, body, sha, disagreements, document = row
        return RecordRow(
            from_json(str(machine), DocketRecord),
            from_json(str(body), DocketRecord),
            str(sha),
            from_json(str(disagreements), dict[str, tuple[int, ...]]),
            str(document),
        )

    def put_body(
        self,
        record: DocketRecord,
        keys: Iterable[tuple[str, str]],
        disagreements: dict[str, tuple[int, ...]],
    ) -> None:
        """The record as answers and its neighbours leave it, and the keys by which others find it."""
        body = to_json(record).decode()
        self._write(
            "UPDATE records SET body = ?, sha256 = ?, disagreements = ? WHERE record_id = ?",
            [body, digest(body), to_json(disagreements).decode(), record.record_id],
        )
        self._write("DELETE FROM record_keys WHERE record_id = ?", [record.record_id])
        for kind, value in sorted(set(keys)):
            self._write("INSERT INTO record_keys VALUES (?, ?, ?)", [record.record_id, kind, value])

    def keys_of(self, record_id: RecordId) -> list[tuple[str, str]]:
        sql = "SELECT kind, value FROM record_keys WHERE record_id = ? ORDER BY kind, value"
        return [(str(kind), str(value)) for kind, value in self._rows(sql, [record_id])]

    def records_with_key(self, kind: str, value: str) -> list[RecordId]:
        sql = "SELECT record_id FROM record_keys WHERE (kind, value) = (?, ?) ORDER BY record_id"
        return [RecordId(str(row[0])) for row in self._rows(sql, [kind, value])]

    # persons, matches, determinations, triage

    def replace_persons(self, persons: Iterable[Person]) -> None:
        self._write("DELETE FROM persons")
        for position, person in enumerate(persons):
            self._write("INSERT INTO persons VALUES (?, ?, ?)", [person.person_id, position, to_json(person).decode()])

    def persons(self) -> list[Person]:
        return [from_json(str(row[0]), Person) for row in self._rows("SELECT body FROM persons ORDER BY position")]

    def person(self, person_id: PersonId) -> Person | None:
        row = next(self._rows("SELECT body FROM persons WHERE person_id = ?", [person_id]), None)
        return None if row is None else from_json(str(row[0]), Person)

    def put_match(self, match: Match, *, key: str) -> None:
        for_person = None if match.best is None else match.best.person_id
        row = [match.record_id, key, for_person, to_json(match).decode()]
        self._write("INSERT OR REPLACE INTO matches VALUES (?, ?, ?, ?)", row)

    def match(self, record_id: RecordId) -> Match | None:
        row = next(self._rows("SELECT body FROM matches WHERE record_id = ?", [record_id]), None)
        return None if row is None else from_json(str(row[0]), Match)

    def records_of_person(self, person_id: PersonId) -> list[RecordId]:
        """Records whose best candidate is that person."""
        sql = "SELECT record_id FROM matches WHERE person_id = ? ORDER BY record_id"
        return [RecordId(str(row[0])) for row in self._rows(sql, [person_id])]

    def put_determinations(self, record_id: RecordId, found: Sequence[Determination], *, key: str) -> None:
        row = [record_id, key, to_json(found).decode()]
        self._write("INSERT OR REPLACE INTO determinations VALUES (?, ?, ?)", row)

    def determinations(self, record_id: RecordId) -> tuple[Determination, ...]:
        row = next(self._rows("SELECT body FROM determinations WHERE record_id = ?", [record_id]), None)
        return () if row is None else from_json(str(row[0]), tuple[Determination, ...])

    def put_triage(self, record_id: RecordId, row: TriageRow, items: Sequence[ReviewItem], *, key: str) -> None:
        self._write("INSERT OR REPLACE INTO triage VALUES (?, ?, ?, ?)", [record_id, key, row.state, row.stalled])
        self._write("DELETE FROM review_items WHERE record_id = ?", [record_id])
        for item in items:
            values = [item.item_id, record_id, item.kind, item.priority, to_json(item).decode()]
            self._write("INSERT INTO review_items VALUES (?, ?, ?, ?, ?, 1e9 - ?4)", values)  # last, until ranked

    def drop_triage(self, record_ids: Iterable[RecordId]) -> None:
        """What was made of these records no longer follows from what is there: they are in review until triaged."""
        for record_id in record_ids:
            self._write("DELETE FROM triage WHERE record_id = ?", [record_id])

    def triage(self, record_id: RecordId) -> TriageRow | None:
        row = next(self._rows("SELECT state, stalled FROM triage WHERE record_id = ?", [record_id]), None)
        return None if row is None else TriageRow(str(row[0]), _text(row[1]))

    def key_of(self, table: str, record_id: RecordId) -> str | None:
        """The key under which `matches`, `determinations` or `triage` was last computed for that record."""
        sql = {
            "matches": "SELECT key FROM matches WHERE record_id = ?",
            "determinations": "SELECT key FROM determinations WHERE record_id = ?",
            "triage": "SELECT key FROM triage WHERE record_id = ?",
        }[table]
        row = next(self._rows(sql, [record_id]), None)
        return None if row is None else str(row[0])

    def items(self, *, kinds: Sequence[str] | None = None) -> Iterator[ReviewItem]:
        """Open questions, the most useful first, each once however many records wait for it."""
        seen: set[str] = set()
        sql = "SELECT item_id, kind, body FROM review_items ORDER BY priority DESC, item_id"
        for item_id, kind, body in self._rows(sql):
            if str(item_id) not in seen and (kinds is None or kind in kinds):
                seen.add(str(item_id))
                yield from_json(str(body), ReviewItem)

    def open_items(self) -> dict[str, int]:
        """How many questions are open, by kind."""
        sql = "SELECT kind, count(DISTINCT item_id) FROM review_items GROUP BY kind"
        return {str(kind): int(str(total)) for kind, total in self._rows(sql)}

    def states(self) -> dict[str, int]:
        """How many records that tell of a case are in each state."""
        sql = (
            "SELECT t.state, count(*) FROM triage t JOIN records r USING (record_id) "
            "WHERE r.body ->> '$.defendant' IS NOT NULL GROUP BY t.state ORDER BY t.state"
        )
        return {str(state): int(str(total)) for state, total in self._rows(sql)}

    def answered_by(self, reviewer: str) -> int:
        sql = "SELECT count(*) FROM answers WHERE NOT withdrawn AND by = ?"
        return int(str(next(self._rows(sql, [reviewer]))[0]))

    def last_answer_of(self, reviewer: str) -> Answer | None:
        sql = (
            "SELECT answer_id, kind, record_id, page_id, bbox, field, value, by FROM answers "
            "WHERE NOT withdrawn AND by = ? ORDER BY answer_id DESC LIMIT 1"
        )
        row = next(self._rows(sql, [reviewer]), None)
        return None if row is None else answer_of(row)

    def items_of(self, record_id: RecordId) -> list[ReviewItem]:
        sql = "SELECT body FROM review_items WHERE record_id = ? ORDER BY priority DESC, item_id"
        return [from_json(str(row[0]), ReviewItem) for row in self._rows(sql, [record_id])]

    def item(self, item_id: str) -> ReviewItem | None:
        row = next(
            self._rows("SELECT body FROM review_items WHERE item_id = ? ORDER BY priority DESC LIMIT 1", [item_id]),
            None,
        )
        return None if row is None else from_json(str(row[0]), ReviewItem)

    # answers

    def add_answer(self, answer: Answer) -> int:
        """Keeps what a person said; its number comes back. `answer.answer_id` is ignored."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        bbox = None if answer.bbox is None else json.dumps(answer.bbox)
        row = [answer.record_id, answer.page_id, bbox, answer.field, answer.kind, answer.value, answer.by, at]
        self._write(
            "INSERT INTO answers (record_id, page_id, bbox, field, kind, value, by, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        return int(str(next(self._rows("SELECT last_insert_rowid()"))[0]))

    def withdraw_answer(self, answer_id: int) -> bool:
        """The person took it back: it is kept, and no longer counts."""
        return self._write("UPDATE answers SET withdrawn = 1 WHERE answer_id = ?", [answer_id]) == 1

    def answers_about(self, record_id: RecordId, pages: Sequence[PageId]) -> tuple[Answer, ...]:
        """Every standing answer about that record or one of its pages, oldest first."""
        marks = ", ".join("?" * len(pages))
        sql = (
            "SELECT answer_id, kind, record_id, page_id, bbox, field, value, by FROM answers "  # noqa: S608 - marks only
            f"WHERE NOT withdrawn AND (record_id = ? OR page_id IN ({marks})) ORDER BY answer_id"
        )
        return tuple(answer_of(row) for row in self._rows(sql, [record_id, *pages]))

    def answers(self) -> list[Answer]:
        sql = (
            "SELECT answer_id, kind, record_id, page_id, bbox, field, value, by FROM answers "
            "WHERE NOT withdrawn ORDER BY answer_id"
        )
        return [answer_of(row) for row in self._rows(sql)]

    def total(self, table: str) -> int:
        """How many rows one of the tables of work holds."""
        sql = {
            "answers": "SELECT count(*) FROM answers WHERE NOT withdrawn",
            "pages": "SELECT count(*) FROM pages WHERE NOT superseded",
            "pages under way": "SELECT count(*) FROM flights WHERE under_way",
            "persons": "SELECT count(*) FROM persons",
            "records": "SELECT count(*) FROM records",
            "review_items": "SELECT count(DISTINCT item_id) FROM review_items",
        }[table]
        return int(str(next(self._rows(sql))[0]))


@contextmanager
def _disk_trouble_named() -> Iterator[None]:
    """What SQLite finds wrong with disk or locks, as an error of ours."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a fault of ours, not the disk's
    except sqlite3.DatabaseError as error:
        raise StorageError(
            f"the archive's database: {error}; check the disk, restore it from a backup if it is damaged"
        ) from error


def _placed(place: Place) -> tuple[str, str, str]:
    return place.box, place.folder, place.file


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _entry(row: tuple[object, ...]) -> ManifestEntry:
    box, folder, file, item, expected, note = row
    pages = None if expected is None else int(str(expected))
    return ManifestEntry(str(box), str(folder), str(file), str(item), pages, str(note))


def ledger_row_of(row: tuple[object, ...]) -> LedgerRow:
    """The ledger row of `state, key, output, reason, advice`."""
    state, key, output, reason, advice = row
    return LedgerRow(PageState(str(state)), str(key), _text(output), _text(reason), _text(advice))


def page_of(row: tuple[object, ...]) -> Page:
    """The page in a row of `PAGE_COLUMNS`."""
    page_id, box, folder, file, frame, sha, frames, item, expected = row
    place = Place(str(box), str(folder), str(file), int(str(frame)))
    pages = None if expected is None else int(str(expected))
    return Page(PageId(str(page_id)), place, Sha256(str(sha)), int(str(frames)), str(item), pages)


def answer_of(row: tuple[object, ...]) -> Answer:
    """The answer in a row of `ANSWER_COLUMNS`."""
    answer_id, kind, record_id, page_id, bbox, field, value, by = row
    return Answer(
        int(str(answer_id)),
        AnswerKind(str(kind)),
        RecordId(str(record_id)),
        None if page_id is None else PageId(str(page_id)),
        None if bbox is None else BBox(*json.loads(str(bbox))),
        str(field),
        _text(value),
        str(by),
    )
