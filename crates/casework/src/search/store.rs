use register::{Operation, TouchedRow};
use rusqlite::{Connection, OptionalExtension, Params, Result};
use uuid::Uuid;

use super::{Hit, HitNoun, words_of};
use crate::{problem::Problem, store::Reader};

/// What is indexed of each noun: one statement that gives id, noun and body.
const DOCUMENTS: [(&str, &str); 3] = [
    (
        "organisations",
        "SELECT id, 'organisation', name || ' ' || coalesce(trading_name, '') || ' ' || coalesce(company_number, '') || ' '
            || coalesce(postcode, '') || ' ' || coalesce(replace(postcode, ' ', ''), '') || ' ' || coalesce(town, '') FROM organisations",
    ),
    ("people", "SELECT id, 'person', name || ' ' || coalesce(email, '') || ' ' || coalesce(job_title, '') FROM people"),
    (
        "cases",
        "SELECT c.id, 'case', c.reference || ' ' || c.title || ' ' || coalesce(c.need, '') || ' ' || coalesce(c.external_reference, '')
            || ' ' || o.name || ' ' || coalesce(o.company_number, '') FROM cases c JOIN organisations o ON o.id = c.organisation_id",
    ),
];

/// What lists ask of the cases among the documents.
const CASES: &str = "INSERT INTO search_cases (rid, id, reference, kind, stage, programme_id, round_id, organisation_id, received_at, due,
                              asked, awarded)
     SELECT d.rid, c.id, c.reference, c.kind, c.stage, c.programme_id, c.round_id, c.organisation_id, c.received_at, c.due,
            c.asked, a.amount
     FROM search_documents d JOIN cases c ON c.id = d.id LEFT JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL";

/// From this many rows in one action on it is quicker to fill the index anew, where they are most of what it holds.
const BULK: usize = 2_000;

/// Fills the index from the tables.
pub(crate) fn rebuild(connection: &Connection) -> Result<()> {
    connection.execute_batch("DELETE FROM search_documents; DELETE FROM search_cases;")?;
    for (_, documents) in DOCUMENTS {
        write_down(connection, documents, [])?;
    }
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')", [])?;
    connection.execute(CASES, [])?;
    Ok(())
}

/// Keeps the index right after a change, an undo or a redo.
pub(crate) fn follow(connection: &Connection, touched: &[TouchedRow]) -> Result<()> {
    let indexed = touched.iter().filter(|row| DOCUMENTS.iter().any(|(table, _)| *table == row.table)).count();
    if indexed >= BULK {
        let held: i64 =
            connection.query_row("SELECT count(*) FROM search_documents", [], |row| row.get(0))?;
        if indexed as i64 > held / 2 {
            return rebuild(connection);
        }
    }
    for row in touched {
        let Some((table, documents)) = DOCUMENTS.iter().find(|(table, _)| *table == row.table) else {
            continue;
        };
        if row.operation != Operation::Inserted {
            forget(connection, &row.key)?;
        }
        if row.operation != Operation::Deleted {
            let own = if *table == "cases" { "c.id" } else { "id" };
            add(connection, &format!("{documents} WHERE {own} = ?1"), &row.key)?;
        }
        // A case is found by its business's name too.
        if *table == "organisations" && row.operation == Operation::Updated {
            let cases: Vec<Vec<u8>> = connection
                .prepare_cached("SELECT id FROM cases WHERE organisation_id = ?1")?
                .query_map([&row.key], |found| found.get(0))?
                .collect::<Result<_>>()?;
            for case in cases {
                forget(connection, &case)?;
                add(connection, &format!("{} WHERE c.id = ?1", DOCUMENTS[2].1), &case)?;
            }
        }
    }
    Ok(())
}

fn forget(connection: &Connection, key: &[u8]) -> Result<()> {
    let held: Option<(i64, String)> = connection
        .prepare_cached("SELECT rid, body FROM search_documents WHERE id = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((rid, body)) = held {
        connection
            .prepare_cached("INSERT INTO search (search, rowid, body) VALUES ('delete', ?1, ?2)")?
            .execute((rid, body))?;
        connection.prepare_cached("DELETE FROM search_documents WHERE rid = ?1")?.execute([rid])?;
        connection.prepare_cached("DELETE FROM search_cases WHERE rid = ?1")?.execute([rid])?;
    }
    Ok(())
}

fn add(connection: &Connection, documents: &str, key: &[u8]) -> Result<()> {
    if write_down(connection, documents, [key])? == 1 {
        let rid = connection.last_insert_rowid();
        connection
            .prepare_cached(
                "INSERT INTO search (rowid, body) SELECT rid, body FROM search_documents WHERE rid = ?1",
            )?
            .execute([rid])?;
        connection.prepare_cached(&format!("{CASES} WHERE d.rid = ?1"))?.execute([rid])?;
    }
    Ok(())
}

/// Writes down the words of what `documents` finds, and how many things that were.
fn write_down(connection: &Connection, documents: &str, key: impl Params) -> Result<usize> {
    let mut write =
        connection.prepare_cached("INSERT INTO search_documents (id, noun, body) VALUES (?1, ?2, ?3)")?;
    let mut asked = connection.prepare_cached(documents)?;
    let mut found = asked.query(key)?;
    let mut written = 0;
    while let Some(row) = found.next()? {
        let (id, noun, body): (Uuid, String, String) = row.try_into()?;
        written += write.execute((id, noun, words_of(&body)))?;
    }
    Ok(written)
}

pub(super) fn find(reader: &Reader, words: &str, limit: u32) -> std::result::Result<Vec<Hit>, Problem> {
    // Never score every match: the newest few are what an officer looks for, and scoring a broad beginning costs 100 ms.
    let mut statement = reader.prepare_cached(
        "SELECT d.id, d.noun FROM search s JOIN search_documents d ON d.rid = s.rowid
         WHERE search MATCH ?1 ORDER BY s.rowid DESC LIMIT ?2",
    )?;
    let found: Vec<(Uuid, String)> =
        statement.query_map((words, limit), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_>>()?;
    let mut hits = Vec::with_capacity(found.len());
    for (id, noun) in found {
        let (noun, sql) = match noun.as_str() {
            "case" => (
                HitNoun::Case,
                "SELECT c.reference || ' · ' || o.name, c.title FROM cases c JOIN organisations o ON o.id = c.organisation_id WHERE c.id = ?1",
            ),
            "person" => (
                HitNoun::Person,
                "SELECT p.name, coalesce(o.name, p.email, '') FROM people p LEFT JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ?1",
            ),
            _ => (
                HitNoun::Organisation,
                "SELECT name, coalesce(town, company_number, '') FROM organisations WHERE id = ?1",
            ),
        };
        let named =
            reader.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((title, detail)) = named {
            hits.push(Hit { noun, id, title, detail });
        }
    }
    Ok(hits)
}

#[cfg(test)]
mod tests {
    use super::super::{in_a_word, match_all};

    #[test]
    fn every_character_is_cut_or_kept_as_the_index_does() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE kept USING fts5 (body, tokenize = 'unicode61 remove_diacritics 2', detail = none); BEGIN",
            )
            .unwrap();
        let mut add = connection.prepare("INSERT INTO kept (body) VALUES (?1)").unwrap();
        // The planes with letters; each character stands between two, in the middle of a word.
        let all = ('\u{1}'..='\u{323af}').chain('\u{e0000}'..='\u{e01ef}').filter(|c| in_a_word(*c));
        for c in all {
            let text: String = ['a', c, 'z'].iter().collect();
            add.execute([&text]).unwrap();
            let words = match_all(&text).unwrap();
            assert_eq!(words.split(' ').count(), 1, "{c:?}");
        }
        connection.execute_batch("COMMIT; CREATE VIRTUAL TABLE words USING fts5vocab (kept, 'row')").unwrap();
        let cut: Vec<String> = connection
            .prepare("SELECT term FROM words WHERE term IN ('a', 'z')")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(cut.is_empty(), "SQLite cuts a word where it is not cut here");
    }
}
