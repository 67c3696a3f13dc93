-- The computers that open the register for an officer without a passphrase. What opens it stands in keys.json; that it may
-- stands here, so that it is in the history and undone like anything else.
CREATE TABLE computers (
    id BLOB PRIMARY KEY,
    officer_id BLOB NOT NULL REFERENCES officers,
    name TEXT NOT NULL,
    remembered_at TEXT NOT NULL,
    forgotten_at TEXT
) STRICT, WITHOUT ROWID;
