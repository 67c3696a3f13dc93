-- A case may owe more than one letter, and an officer may write a template.

DROP TABLE letters_owed;
-- Derived: the letters that cases owe and that were not issued.
CREATE TABLE letters_owed (case_id BLOB NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (case_id, kind)) STRICT, WITHOUT ROWID;

ALTER TABLE templates ADD COLUMN written_by TEXT; -- none where the text is the program's own
ALTER TABLE templates ADD COLUMN written_on TEXT;

-- The rates from April 2026 were since published on GOV.UK as they stood here.
UPDATE statutory_limits SET source = replace(source, ' (check before relying on it)', '') WHERE source LIKE '%(check before%';
