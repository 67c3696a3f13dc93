-- What lists, imports and the rail look up, so that none of them reads every case.

CREATE INDEX organisations_by_postcode ON organisations (postcode) WHERE postcode IS NOT NULL;
-- Not a partial index: a value bound to `kind` would then have its statement planned anew each time.
CREATE INDEX organisations_by_kind ON organisations (kind, name_key);
CREATE INDEX cases_by_provider ON cases (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX awards_by_amount ON awards (amount, case_id) WHERE released_on IS NULL;

-- Derived: how many cases stand where, and what they come to. `worth` is what is awarded, else what is asked.
-- Kept by the triggers below, whatever writes; no rule about money reads it.
CREATE TABLE case_totals (
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    programme_id BLOB NOT NULL,
    round_id BLOB NOT NULL, -- empty where there is none
    worth INTEGER NOT NULL, -- -1 where nothing is asked or awarded
    cases INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    awarded INTEGER NOT NULL,
    PRIMARY KEY (kind, stage, programme_id, round_id, worth)
) STRICT, WITHOUT ROWID;

-- Each case with its open award, as it counts in the totals.
CREATE VIEW case_counted AS
    SELECT c.id, c.kind, c.stage, c.programme_id, coalesce(c.round_id, x'') AS round_id,
           coalesce(a.amount, c.asked, -1) AS worth, coalesce(c.asked, 0) AS asked, coalesce(a.amount, 0) AS awarded
    FROM cases c LEFT JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL;

-- Counts a case in (1) or out (-1), as it stands at that moment.
CREATE VIEW counting AS SELECT x'' AS case_id, 0 AS step;
CREATE TRIGGER counting_step INSTEAD OF INSERT ON counting BEGIN
    INSERT INTO case_totals
    SELECT kind, stage, programme_id, round_id, worth, new.step, new.step * asked, new.step * awarded
    FROM case_counted WHERE id = new.case_id
    ON CONFLICT DO UPDATE SET cases = cases + excluded.cases, asked = asked + excluded.asked, awarded = awarded + excluded.awarded;
END;
CREATE TRIGGER cases_count_in AFTER INSERT ON cases BEGIN INSERT INTO counting VALUES (new.id, 1); END;
CREATE TRIGGER cases_count_out BEFORE DELETE ON cases BEGIN INSERT INTO counting VALUES (old.id, -1); END;
CREATE TRIGGER cases_count_before BEFORE UPDATE OF kind, stage, programme_id, round_id, asked ON cases
BEGIN INSERT INTO counting VALUES (old.id, -1); END;
CREATE TRIGGER cases_count_after AFTER UPDATE OF kind, stage, programme_id, round_id, asked ON cases
BEGIN INSERT INTO counting VALUES (new.id, 1); END;
CREATE TRIGGER awards_count_before_insert BEFORE INSERT ON awards BEGIN INSERT INTO counting VALUES (new.case_id, -1); END;
CREATE TRIGGER awards_count_after_insert AFTER INSERT ON awards BEGIN INSERT INTO counting VALUES (new.case_id, 1); END;
CREATE TRIGGER awards_count_before_update BEFORE UPDATE ON awards BEGIN INSERT INTO counting VALUES (old.case_id, -1); END;
CREATE TRIGGER awards_count_after_update AFTER UPDATE ON awards BEGIN INSERT INTO counting VALUES (new.case_id, 1); END;
CREATE TRIGGER awards_count_before_delete BEFORE DELETE ON awards BEGIN INSERT INTO counting VALUES (old.case_id, -1); END;
CREATE TRIGGER awards_count_after_delete AFTER DELETE ON awards BEGIN INSERT INTO counting VALUES (old.case_id, 1); END;

-- Derived: the cases whose stage owes a letter that was not issued.
CREATE TABLE letters_owed (case_id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Derived: what a list asks of the cases that words find, beside the documents and narrow enough to be read by the ten thousand.
CREATE TABLE search_cases (
    rid INTEGER PRIMARY KEY, -- as in search_documents
    id BLOB NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    programme_id BLOB NOT NULL,
    round_id BLOB,
    organisation_id BLOB NOT NULL,
    received_at TEXT,
    due TEXT,
    asked INTEGER,
    awarded INTEGER
) STRICT;
CREATE TRIGGER search_cases_new_award AFTER INSERT ON awards WHEN new.released_on IS NULL BEGIN
    UPDATE search_cases SET awarded = new.amount WHERE rid = (SELECT rid FROM search_documents WHERE id = new.case_id);
END;
CREATE TRIGGER search_cases_award AFTER UPDATE ON awards BEGIN
    UPDATE search_cases SET awarded = iif(new.released_on IS NULL, new.amount, NULL)
    WHERE rid = (SELECT rid FROM search_documents WHERE id = new.case_id);
END;
CREATE TRIGGER search_cases_lost_award AFTER DELETE ON awards WHEN old.released_on IS NULL BEGIN
    UPDATE search_cases SET awarded = NULL WHERE rid = (SELECT rid FROM search_documents WHERE id = old.case_id);
END;

-- Beginnings of up to nine letters are indexed (a length serves the one below it too): “limited” stands with every second business, and
-- a longer beginning is put together from all words that have it.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
    body, content = 'search_documents', content_rowid = 'rid',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 7 9', detail = none
);
