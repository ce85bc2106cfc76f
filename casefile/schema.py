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


RULINGS = """
CREATE TABLE rulings (
    ruling_id INTEGER PRIMARY KEY AUTOINCREMENT,
    law TEXT NOT NULL, question TEXT NOT NULL, charge_id TEXT, provision TEXT NOT NULL,
    outcome TEXT NOT NULL, result TEXT,
    by TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL,
    revoked_by TEXT, revoked_at TEXT, revoked_because TEXT
) STRICT;
CREATE TABLE outcomes_before (
    record_id TEXT PRIMARY KEY, body TEXT NOT NULL
) STRICT
"""


@migrations()
def rulings_and_outcomes_before(db: Database) -> None:
    """What attorneys ruled, and what each record's outcomes were when a run last told of changes."""
    for statement in RULINGS.split(";\n"):
        db.execute(statement)


REVIEW_DESK = """
CREATE TABLE users (
    user_id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
    password TEXT, -- Argon2; NULL until the person chose one
    failures INTEGER NOT NULL DEFAULT 0, locked_until REAL NOT NULL DEFAULT 0,
    closed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE one_time_links (
    digest TEXT PRIMARY KEY, user_id INTEGER REFERENCES users(user_id), until REAL NOT NULL
) STRICT;
CREATE TABLE desk_sessions (
    digest TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(user_id),
    began REAL NOT NULL, seen REAL NOT NULL, shortcuts INTEGER NOT NULL
) STRICT;
CREATE TABLE leases (
    item_id TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(user_id), until REAL NOT NULL
) STRICT;
CREATE INDEX leases_by_user ON leases(user_id);
CREATE TABLE drafts (
    user_id INTEGER NOT NULL REFERENCES users(user_id), item_id TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (user_id, item_id)
) STRICT;
CREATE TABLE recusals (
    user_id INTEGER NOT NULL REFERENCES users(user_id), record_id TEXT NOT NULL,
    PRIMARY KEY (user_id, record_id)
) STRICT;
CREATE INDEX review_items_of_ink ON review_items(priority DESC, item_id) WHERE kind != 'legal';
CREATE INDEX answers_by_person ON answers(by, answer_id);
CREATE INDEX records_by_number ON records(body ->> '$.docket_number.value');
CREATE INDEX records_by_surname ON records(body ->> '$.defendant.surname.value')
"""


@migrations()
def review_desk(db: Database) -> None:
    """Who may sit at the review pages, who holds which question, what they are typing, and what they look for."""
    for statement in REVIEW_DESK.split(";\n"):
        db.execute(statement)


FLIGHTS = """
CREATE TABLE flights (
    page_id TEXT PRIMARY KEY REFERENCES pages(page_id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, -- how often its own process died over it
    losses INTEGER NOT NULL DEFAULT 0, -- how often whoever had it in hand was lost
    under_way INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE run_progress (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    body TEXT NOT NULL
) STRICT;
CREATE INDEX pages_by_scan ON pages(sha256, frame)
"""


@migrations()
def flights_and_run_progress(db: Database) -> None:
    """Pages in the hands of a reader with their tries, how far the run has come, and scans shelved twice."""
    for statement in FLIGHTS.split(";\n"):
        db.execute(statement)


TURNS = """
CREATE TABLE prospects (
    record_id TEXT PRIMARY KEY REFERENCES records(record_id) ON DELETE CASCADE,
    person TEXT NOT NULL, -- whose the record is, or may be; the record itself where that is nobody on the list
    relief INTEGER NOT NULL -- whether any may yet follow from it
) STRICT;
CREATE INDEX prospects_by_person ON prospects(person);
ALTER TABLE review_items ADD COLUMN turn REAL NOT NULL DEFAULT 1e9;
UPDATE review_items SET turn = 1e9 - priority;
DROP INDEX review_items_of_ink;
CREATE INDEX review_items_in_turn ON review_items(turn, item_id, priority) WHERE kind != 'legal';
CREATE INDEX answers_by_time ON answers(at)
"""


@migrations()
def turns(db: Database) -> None:
    """Whose relief each open question stands between, so that those closest to it come first."""
    for statement in TURNS.split(";\n"):
        db.execute(statement)
