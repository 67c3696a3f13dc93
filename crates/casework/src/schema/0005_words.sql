-- Beginnings of every length up to ten letters are at hand: of any other length they are gathered from all words that have them.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
    body, content = 'search_documents', content_rowid = 'rid',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8 9 10', detail = none
);
-- Bytes that are gathered before they are written: an import writes its words in a few large pieces, which need not be merged.
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);

-- The words themselves: a longer beginning is looked for by the few words that have it.
CREATE VIRTUAL TABLE search_words USING fts5vocab (search, instance);
