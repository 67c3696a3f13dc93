-- The register's own tables. Everything that is not marked derived is the record itself.

CREATE TABLE register_about (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each action. `hash` covers `prev`, every other column but itself, and the digests of its parts.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor BLOB NOT NULL,
    actor_name TEXT NOT NULL,
    device TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'erase', 'upgrade')),
    of TEXT NOT NULL, -- JSON: the entries that this one undoes or redoes
    schema INTEGER NOT NULL,
    records INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

-- The records of an entry, some hundreds to a part, so that one record's history need not unpack a whole import.
-- `plain` and `personal` are lines of JSON, one for each record, packed with zstd where that is shorter.
-- `digests` holds two leaves of 32 bytes for each record: plain, then personal (zeros where there is nothing personal).
CREATE TABLE journal_part (
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    records INTEGER NOT NULL,
    plain BLOB NOT NULL,
    personal BLOB,
    digests BLOB NOT NULL,
    PRIMARY KEY (seq, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_is_appended BEFORE INSERT ON journal WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT raise(ABORT, 'the journal is only appended to'); END;
CREATE TRIGGER journal_is_kept BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'the journal is only appended to'); END;
CREATE TRIGGER journal_is_whole BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'the journal is only appended to'); END;
-- Personal values may be erased under retention law; their digests stay.
CREATE TRIGGER journal_part_is_kept BEFORE UPDATE OF seq, part, records, plain, digests ON journal_part
BEGIN SELECT raise(ABORT, 'the journal is only appended to'); END;
CREATE TRIGGER journal_part_is_whole BEFORE DELETE ON journal_part
BEGIN SELECT raise(ABORT, 'the journal is only appended to'); END;

-- Derived: which entries touched a record.
CREATE TABLE journal_record (
    key BLOB NOT NULL,
    seq INTEGER NOT NULL,
    tbl TEXT NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (key, seq, tbl)
) STRICT, WITHOUT ROWID;

-- Derived: which entry undid an entry.
CREATE TABLE journal_undone (
    seq INTEGER PRIMARY KEY,
    undone_by INTEGER NOT NULL
) STRICT;

-- Files, once for each content. Not journalled; references to them are.
CREATE TABLE blobs (
    hash BLOB PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;
