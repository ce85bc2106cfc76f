"""The schema of casefile.db, one migration a change, never edited after it has shipped.

A page's traces hang on `pages` and a docket's on `records` by foreign keys that cascade, so that every trace
of one docket can be destroyed; `masters.successor` leaves room for a redacted scan in a master's place.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("casefile")

TABLES = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE masters (
    sha256 TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    successor TEXT REFERENCES masters(sha256)
) STRICT;

CREATE TABLE pages (
    page_id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES masters(sha256),
    box TEXT NOT NULL, folder TEXT NOT NULL, file TEXT NOT NULL, frame INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    superseded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX pages_by_place ON pages(box, folder, file, frame);

CREATE TABLE manifest (
    box TEXT NOT NULL, folder TEXT NOT NULL, file TEXT NOT NULL,
    item TEXT NOT NULL, expected_pages INTEGER, note TEXT NOT NULL,
    PRIMARY KEY (box, folder, file)
) STRICT;

CREATE TABLE left_out (
    box TEXT NOT NULL, folder TEXT NOT NULL, file TEXT NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (box, folder, file)
) STRICT;

CREATE TABLE ledger (
    page_id TEXT NOT NULL REFERENCES pages(page_id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    state TEXT NOT NULL,
    key TEXT NOT NULL,
    output TEXT,
    reason TEXT, advice TEXT,
    PRIMARY KEY (page_id, stage)
) STRICT;

CREATE TABLE documents (
    document_id TEXT PRIMARY KEY,
    box TEXT NOT NULL, folder TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    gaps TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX documents_by_folder ON documents(box, folder);

CREATE TABLE document_pages (
    page_id TEXT PRIMARY KEY REFERENCES pages(page_id) ON DELETE CASCADE,
    document_id TEXT NOT NULL REFERENCES documents(document_id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL
) STRICT;
CREATE INDEX document_pages_by_document ON document_pages(document_id, sequence);

CREATE TABLE records (
    record_id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents(document_id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    machine TEXT NOT NULL,
    body TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    disagreements TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX records_by_document ON records(document_id, ordinal);

CREATE TABLE record_keys (
    record_id TEXT NOT NULL REFERENCES records(record_id) ON DELETE CASCADE,
    kind TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (record_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_keys_by_value ON record_keys(kind, value);

CREATE TABLE persons (
    person_id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;

CREATE TABLE matches (
    record_id TEXT PRIMARY KEY REFERENCES records(record_id) ON DELETE CASCADE,
    key TEXT NOT NULL, person_id TEXT, body TEXT NOT NULL
) STRICT;
CREATE INDEX matches_by_person ON matches(person_id);

CREATE TABLE determinations (
    record_id TEXT PRIMARY KEY REFERENCES records(record_id) ON DELETE CASCADE,
    key TEXT NOT NULL, body TEXT NOT NULL
) STRICT;

CREATE TABLE triage (
    record_id TEXT PRIMARY KEY REFERENCES records(record_id) ON DELETE CASCADE,
    key TEXT NOT NULL, state TEXT NOT NULL, stalled TEXT
) STRICT;

CREATE TABLE review_items (
    item_id TEXT NOT NULL,
    record_id TEXT NOT NULL REFERENCES records(record_id) ON DELETE CASCADE, -- whose answer hangs on it
    kind TEXT NOT NULL, priority REAL NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (item_id, record_id)
) STRICT;
CREATE INDEX review_items_by_priority ON review_items(priority DESC, item_id);
CREATE INDEX review_items_by_record ON review_items(record_id);

CREATE TABLE answers (
    answer_id INTEGER PRIMARY KEY AUTOINCREMENT,
    record_id TEXT NOT NULL, page_id TEXT,
    bbox TEXT, field TEXT NOT NULL, kind TEXT NOT NULL, value TEXT,
    by TEXT NOT NULL, at TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX answers_by_page ON answers(page_id);
CREATE INDEX answers_by_record ON answers(record_id);

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, digest TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
CREATE TRIGGER audit_keeps_words BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END
"""


@migrations()
def first_tables(db: Database) -> None:
    """Statement by statement, since a script would end the migration's own transaction."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)
