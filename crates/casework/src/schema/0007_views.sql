-- An officer's own views: questions to the list of cases with a name, beside the officer's work at whatever computer. They hold what
-- was searched for, names among it, so they stand here and not with the computer's settings.
CREATE TABLE views (
    id BLOB PRIMARY KEY,
    officer_id BLOB NOT NULL REFERENCES officers,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (officer_id, name)
) STRICT, WITHOUT ROWID;
