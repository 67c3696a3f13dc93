use register::{Operation, TouchedRow};
use rusqlite::{Connection, OptionalExtension, Result};
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
/// Where a case is held already, its row is written only if it differs. An award has its own triggers.
const AS_IT_IS: &str = "ON CONFLICT (rid) DO UPDATE SET reference = excluded.reference, kind = excluded.kind, stage = excluded.stage,
        programme_id = excluded.programme_id, round_id = excluded.round_id, organisation_id = excluded.organisation_id,
        received_at = excluded.received_at, due = excluded.due, asked = excluded.asked, awarded = excluded.awarded
     WHERE (reference, kind, stage, programme_id, round_id, organisation_id, received_at, due, asked, awarded) IS NOT
        (excluded.reference, excluded.kind, excluded.stage, excluded.programme_id, excluded.round_id, excluded.organisation_id,
         excluded.received_at, excluded.due, excluded.asked, excluded.awarded)";

const WRITE: &str = "INSERT INTO search_documents (id, noun, body) VALUES (?1, ?2, ?3)";

/// From this many rows in one action on it is quicker to fill the index anew, where they are most of what it holds.
const BULK: usize = 2_000;

/// Fills the index from the tables.
pub(crate) fn rebuild(connection: &Connection) -> Result<()> {
    connection.execute_batch("DELETE FROM search_documents; DELETE FROM search_cases;")?;
    for (_, documents) in DOCUMENTS {
        write_down(connection, documents)?;
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
        if let Some((table, _)) = DOCUMENTS.iter().find(|(table, _)| *table == row.table) {
            renew(connection, table, &row.key)?;
        }
        // A case is found by its business's name too.
        if row.table == "organisations" && row.operation == Operation::Updated {
            let cases: Vec<Vec<u8>> = connection
                .prepare_cached("SELECT id FROM cases WHERE organisation_id = ?1")?
                .query_map([&row.key], |found| found.get(0))?
                .collect::<Result<_>>()?;
            for case in cases {
                renew(connection, "cases", &case)?;
            }
        }
    }
    Ok(())
}

/// Brings the index up to date for one record. What is as it was is not written: most changes leave every word as it stood.
fn renew(connection: &Connection, table: &str, key: &[u8]) -> Result<()> {
    let held: Option<(i64, String)> = connection
        .prepare_cached("SELECT rid, body FROM search_documents WHERE id = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let now = document(connection, table, key)?;
    let rid = match (held, now) {
        (None, None) => return Ok(()),
        (Some((rid, held)), Some((_, now))) if held == now => rid,
        (Some((rid, held)), Some((_, now))) => {
            unindex(connection, rid, &held)?;
            connection
                .prepare_cached("UPDATE search_documents SET body = ?2 WHERE rid = ?1")?
                .execute((rid, &now))?;
            index(connection, rid, &now)?;
            rid
        }
        (Some((rid, held)), None) => {
            unindex(connection, rid, &held)?;
            connection.prepare_cached("DELETE FROM search_documents WHERE rid = ?1")?.execute([rid])?;
            connection.prepare_cached("DELETE FROM search_cases WHERE rid = ?1")?.execute([rid])?;
            return Ok(());
        }
        (None, Some((noun, now))) => {
            connection.prepare_cached(WRITE)?.execute((key, noun, &now))?;
            let rid = connection.last_insert_rowid();
            index(connection, rid, &now)?;
            rid
        }
    };
    if table == "cases" {
        connection.prepare_cached(&format!("{CASES} WHERE d.rid = ?1 {AS_IT_IS}"))?.execute([rid])?;
    }
    Ok(())
}

fn index(connection: &Connection, rid: i64, body: &str) -> Result<()> {
    connection.prepare_cached("INSERT INTO search (rowid, body) VALUES (?1, ?2)")?.execute((rid, body))?;
    Ok(())
}

/// Takes a document's words out of the index, which must be told them as they were put in.
fn unindex(connection: &Connection, rid: i64, body: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO search (search, rowid, body) VALUES ('delete', ?1, ?2)")?
        .execute((rid, body))?;
    Ok(())
}

/// The noun and the words of one record, if it is there.
fn document(connection: &Connection, table: &str, key: &[u8]) -> Result<Option<(String, String)>> {
    let Some((_, documents)) = DOCUMENTS.iter().find(|(known, _)| *known == table) else { return Ok(None) };
    let own = if table == "cases" { "c.id" } else { "id" };
    connection
        .prepare_cached(&format!("{documents} WHERE {own} = ?1"))?
        .query_row([key], |row| Ok((row.get(1)?, words_of(&row.get::<_, String>(2)?))))
        .optional()
}

/// Writes down the words of everything that `documents` finds.
fn write_down(connection: &Connection, documents: &str) -> Result<()> {
    let mut write = connection.prepare_cached(WRITE)?;
    let mut asked = connection.prepare(documents)?;
    let mut found = asked.query([])?;
    while let Some(row) = found.next()? {
        let (id, noun, body): (Uuid, String, String) = row.try_into()?;
        write.execute((id, noun, words_of(&body)))?;
    }
    Ok(())
}

/// The longest beginnings that the index holds (`0005_words.sql`).
const INDEXED: usize = 10;
/// A beginning of more words than these is left to the index.
const FEW: usize = 12;

/// The same query, for which less is put together. A beginning that is longer than the index holds would be gathered from every
/// word that has it, and “Wolverhampton” may stand with every second case; the few words themselves are at hand.
pub(crate) fn by_whole_words(reader: &Reader, beginnings: &str) -> Result<String> {
    let letters = |beginning: &str| beginning.trim_matches(['"', '*']).to_ascii_lowercase();
    // Other letters are folded by SQLite in its own way, and a word of nothing but accents is none to it.
    let plain = beginnings.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'"' | b'*' | b' '));
    if !plain || beginnings.split(' ').all(|beginning| letters(beginning).len() <= INDEXED) {
        return Ok(beginnings.to_owned());
    }
    let mut parts = Vec::new();
    for beginning in beginnings.split(' ') {
        let letters = letters(beginning);
        let known = if letters.len() > INDEXED { whole_words(reader, &letters)? } else { Vec::new() };
        parts.push(match known.len() {
            1..=FEW => format!("({})", known.join(" OR ")),
            _ => beginning.to_owned(),
        });
    }
    Ok(parts.join(" AND "))
}

/// The words of the index with this beginning, quoted; one more than a few at most.
fn whole_words(reader: &Reader, beginning: &str) -> Result<Vec<String>> {
    let mut next =
        reader.prepare_cached("SELECT term FROM search_words WHERE term >= ?1 AND term < ?2 LIMIT 1")?;
    let (mut words, mut from, end) = (Vec::new(), beginning.to_owned(), format!("{beginning}\u{10ffff}"));
    while words.len() <= FEW {
        let Some(word) = next.query_row([&from, &end], |row| row.get::<_, String>(0)).optional()? else {
            break;
        };
        words.push(format!("\"{word}\""));
        // Past every place where this word stands: no word holds this character.
        from = format!("{word}\u{1}");
    }
    Ok(words)
}

/// The rows of the index in which the words stand, in their order.
pub(crate) fn rows_of_index(reader: &Reader, words: &str) -> Result<Vec<i64>> {
    reader
        .prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid")?
        .query_map([words], |row| row.get(0))?
        .collect()
}

pub(super) fn find(reader: &Reader, words: &str, limit: u32) -> std::result::Result<Vec<Hit>, Problem> {
    // Never score every match: the newest few are what an officer looks for, and scoring a broad beginning costs 100 ms.
    let mut statement = reader.prepare_cached(
        "SELECT d.id, d.noun FROM search s JOIN search_documents d ON d.rid = s.rowid
         WHERE search MATCH ?1 ORDER BY s.rowid DESC LIMIT ?2",
    )?;
    let found: Vec<(Uuid, String)> = statement
        .query_map((by_whole_words(reader, words)?, limit), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
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
    use super::*;
    use crate::{
        Desk,
        forms::{self, Noun},
    };

    /// A desk with one organisation, and a document for each text under it as a person's name.
    fn desk_with(texts: &[String]) -> (Desk, Uuid) {
        let now = "2026-11-23T09:30:00Z".parse().unwrap();
        let mut desk = Desk::in_memory("Marlbrook (test)", "Ada Manager", now).unwrap();
        let values = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(field, value)| ((*field).to_owned(), Some((*value).to_owned()))).collect()
        };
        let business = values(&[("name", "Brook Alloys Ltd"), ("kind", "business")]);
        let business = forms::save(&mut desk, Noun::Organisation, None, &business).unwrap().id;
        let people: Vec<forms::Values> = texts.iter().map(|name| values(&[("name", name)])).collect();
        forms::save_all(&mut desk, "People", Noun::Person, &people).unwrap();
        (desk, business)
    }

    /// Everything that the index is made of.
    fn index(desk: &Desk) -> Vec<(i64, Vec<u8>)> {
        let mut blocks = desk.reader().prepare("SELECT id, block FROM search_data ORDER BY id").unwrap();
        let blocks = blocks.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        blocks.collect::<Result<_>>().unwrap()
    }

    #[test]
    fn a_change_that_leaves_the_words_as_they_were_does_not_write_the_index() {
        let (mut desk, business) = desk_with(&[]);
        let saves = |desk: &mut Desk, field: &str, value: &str| {
            let values = [(field.to_owned(), Some(value.to_owned()))].into();
            forms::save(desk, Noun::Organisation, Some(business), &values).unwrap();
        };
        let before = index(&desk);
        saves(&mut desk, "phone", "01632 960001");
        assert_eq!(index(&desk), before, "a telephone number is no word");
        saves(&mut desk, "town", "Marlbrook");
        assert_ne!(index(&desk), before, "a town is");
    }

    #[test]
    fn by_whole_words_the_same_is_found_as_by_their_beginnings() {
        let mut texts: Vec<String> = [
            "manufacturing",
            "Manufacturings",
            "manufacture",
            "manufacturable",
            "Łódź",
            "composite component",
            "x1",
        ]
        .map(str::to_owned)
        .into();
        // More words than a few have one beginning.
        texts.extend((0..40).map(|number| format!("acousticians{number} manufacturer{}", number % 3)));
        let (desk, _) = desk_with(&texts);
        let mut whole_words = 0;
        for text in texts.iter().flat_map(|text| text.split(' ')).chain([
            "nothingnesses",
            "ＭＡＮＵＦＡＣＴＵＲＩＮＧ",
            "\u{301}",
            "\u{301}manufacture",
        ]) {
            for (end, _) in text.char_indices().skip(1).chain([(text.len(), ' ')]) {
                let Some(beginnings) = match_all(&format!("{} manufacturi", &text[..end])) else { continue };
                let found = |query: &str| -> Vec<i64> {
                    let sql = "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid";
                    let mut rows = desk.reader().prepare(sql).unwrap();
                    rows.query_map([query], |row| row.get(0)).unwrap().collect::<Result<_>>().unwrap()
                };
                let whole = by_whole_words(desk.reader(), &beginnings).unwrap();
                assert_eq!(found(&whole), found(&beginnings), "{beginnings} as {whole}");
                whole_words += usize::from(whole.contains(" OR "));
            }
        }
        assert!(whole_words > 20, "only {whole_words} were looked for by whole words");
    }

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
